"""Every number that shapes the prospects of the teaching company, and the calls to them.

Jiahe offers organisations a yearly supply contract. It has no effect that somebody is
already a customer: old customers say yes more often because of who they are. How many
say yes, and how much more often, is set nowhere: it comes out.

Money, authority and need are standard normal traits, shifted by where a prospect was
found; money is in fen.
"""

from __future__ import annotations

import numpy as np

FIRST_FOUND, LAST_FOUND = "2024-01-01", "2025-12-31"
DRIFT_FROM = "2025-01-01"
PROSPECTS_PER_CUSTOMER = 0.85  # so many a customer record
SELLERS = ("V1", "V2", "V3", "V4", "V5", "V6")
SELLER_WEIGHTS = np.array((0.22, 0.20, 0.18, 0.16, 0.14, 0.10))
SELLER_PATIENCE = np.array((0.5, 0.2, 0.0, -0.1, -0.3, -0.5))  # of the logit of not giving up
SELLER_LENIENCY = np.array((4.0, -3.0, 0.0, 6.0, -5.0, 1.0))  # points on every score they write down

# --- where prospects are found -----------------------------------------------------------------------------

# Name in English and Chinese; share of new and of old prospects in 2024; what multiplies it in 2025; shifts of
# money, authority and need; what more of need in 2025; cost of finding one in fen, 2024 and 2025.
SOURCES = (
    ("referral", "熟人介绍", 0.10, 0.10, 1.0, (0.1, 0.5, 0.7), 0.0, (6_000, 6_000)),
    ("exhibition", "展会", 0.16, 0.08, 1.0, (0.3, 0.2, 0.2), 0.0, (32_000, 36_000)),
    ("web form", "网上留言", 0.18, 0.12, 1.2, (-0.2, 0.0, 0.5), -0.1, (4_500, 5_500)),
    ("bought list", "购买名录", 0.26, 0.02, 0.8, (0.0, -0.3, -0.4), -0.1, (900, 900)),
    ("cold street", "扫街", 0.18, 0.03, 0.9, (-0.2, 0.3, -0.2), 0.0, (5_500, 6_000)),
    ("ad", "广告", 0.12, 0.05, 1.5, (0.0, -0.1, 0.3), -0.5, (11_000, 14_000)),
    ("own records", "客户档案", 0.0, 0.60, 1.0, (0.0, 0.0, 0.0), 0.0, (300, 300)),
)
KIND_SHARE = np.array((0.0, 0.42, 0.30, 0.20, 0.08))  # of new prospects, in the order of parameters.KINDS

# --- who they are ------------------------------------------------------------------------------------------

OLD_CALLED = 0.90  # share of the organisations among the customers who are offered the contract
OLD_AFTER = 90  # days at least as a customer
# Of old customers: what they are beyond the others, how far their size and orders tell, and how far chance does.
OLD_MONEY, OLD_MONEY_BY_SIZE, OLD_MONEY_SPREAD = 0.1, 0.6, 0.8
OLD_AUTHORITY, OLD_AUTHORITY_SPREAD = 0.8, 0.8
OLD_NEED, OLD_NEED_BY_ORDERS, OLD_NEED_SPREAD = 1.0, 0.45, 0.7
OLD_GONE = 0.8  # less need where they had left before
USUAL_ORDERS = 8.0  # a year
NEW_MEANS = (0.0, -0.15, -0.25)

# The logit of a yes at a call, were it the best of the calls: where it starts, and what the traits add.
YES = {"start": -2.80, "money": 0.05, "authority": 0.30, "need": 1.05, "need and authority": 0.30}
YES_LATER = {"start": -3.05, "money": 0.20, "authority": 0.30, "need": 0.85, "need and authority": 0.30}  # in 2025

# First year's margin of a contract in fen, median by kind; it grows with money.
MARGIN = np.array((0, 210_000, 260_000, 240_000, 620_000))
MARGIN_WITH_MONEY, MARGIN_SPREAD = 0.45, 0.45

# --- what the seller writes down before the first call -----------------------------------------------------

SCORE_MIDDLE, SCORE_UNIT, SCORE_STEP = 50.0, 17.0, 5
SCORE_NOISE = (0.7, 0.9, 0.8)  # of money, authority and need, beside a trait of spread 1
SCORE_NOISE_OLD = 0.6  # what multiplies it where we know them
SCORE_EMPTY = (0.05, 0.10, 0.07)
SCORE_EMPTY_LIST = 2.5  # what multiplies it on a bought list

# --- calls -------------------------------------------------------------------------------------------------

MOST_CALLS = 12
# What multiplies the chance of a yes at the first, second ... call.
BY_CALL = np.array((0.45, 0.90, 1.0, 0.90, 0.75, 0.60, 0.50, 0.40, 0.32, 0.26, 0.21, 0.17))
NO_ANSWER = {"phone": 0.28, "visit": 0.10}
DECLINE, DECLINE_OF_UNLIKELY = 0.02, 0.12  # chance of a no at a call: of everybody, and more of the unlikely
# After a call without a decision the seller gives up: by the number of calls, and by what he feels of the prospect.
GIVE_UP_START, GIVE_UP_PER_CALL, GIVE_UP_FEELING, FEELING_NOISE = -2.1, 0.28, 1.2, 0.6
# In this city and time a lot decided for half of the prospects that they are called on, up to MOST_CALLS.
LOT_CITY, LOT_FROM, LOT_TO, LOT_SHARE = "杭州", "2025-01-01", "2025-09-30", 0.5

FIRST_CALL_DAYS = 6.0  # mean, after the prospect was found
GAP_LEAST, GAP_DAYS, GAP_NO_ANSWER = 3, 9.0, 0.5  # days between calls; after no answer sooner
VISIT_SHARE = (0.15, 0.45)  # of the first call, of the later ones
MINUTES = {"phone": 5.0, "visit": 28.0}  # median
MINUTES_SPREAD, MINUTES_WON, MINUTES_DECLINED, MINUTES_NO_ANSWER = 0.5, 2.6, 0.6, 0.2
CALL_COST = {"phone": (800, 100), "visit": (9_000, 100)}  # fen: of the call, and of each minute

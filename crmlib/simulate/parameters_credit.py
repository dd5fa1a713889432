"""Every number that shapes what organisations owe the teaching company, and why it is what it is.

Organisations buy on account. Whether they pay, and when, comes from two latent traits that drift over the
quarters: how well they can pay (`ability`) and how much they care to (`will`). What the company sees of them,
its ledger, their statements and the seller's judgement, is a blurred picture of these two; a default is drawn
from them too. How well a scorecard foresees defaults is set nowhere: it comes out.

Traits are about standard normal. Rows by kind stand in the order of `parameters.KINDS`; households have none.
"""

from __future__ import annotations

import numpy as np

QUARTERS_BEFORE = 4  # quarters before START whose state is drawn as well: a statement looks back on a year

# --- who buys on account -----------------------------------------------------------------------------------

NO_CREDIT = np.array((0, 0.03, 0.04, 0.10, 0.0))  # small and scattered customers pay at once, whatever they buy
CREDIT_AFTER = 30  # days as a customer before the first purchase on account, of those who joined after START
MONTHLY = np.array((0, 0.65, 0.55, 0.25, 0.85))  # share billed once a month; the others by order; the large monthly
TERMS = (30, 45, 60, 90)  # days; what was agreed when they began, not by grade: nobody graded them then
TERM_SHARE = np.array(
    ((1, 0, 0, 0), (0.60, 0.25, 0.15, 0), (0.50, 0.30, 0.20, 0), (0.40, 0.20, 0.35, 0.05), (0.1, 0.1, 0.5, 0.3))
)

# --- the latent state --------------------------------------------------------------------------------------

ABILITY = np.array((0, -0.10, 0.05, 0.15, 1.20))  # mean by kind: institutions live on budgets and seldom fail
ABILITY_SPREAD, ABILITY_BY_SIZE = 1.00, 0.10  # between customers; size helps a little
ABILITY_STAYED = 0.5  # more of who was a customer before START: the weakest of those are gone
# From quarter to quarter: what stays of a deviation, and what is added. A year on, half of it is left.
ABILITY_KEPT, ABILITY_NEWS = 0.86, 0.30
HIT, HIT_SIZE = 0.025, 1.3  # chance a quarter of a blow of one's own (a big debtor fails, the owner falls ill)
SEASON = np.array(  # by kind and quarter: cash is short after Spring Festival, firms pay up at the end of the year
    ((0, 0, 0, 0), (-0.15, 0.05, 0.0, 0.10), (-0.20, 0.0, 0.05, 0.15), (-0.10, 0, 0, 0.10), (-0.1, 0.1, -0.1, 0.1))
)
# What befalls a kind: first quarter (0 is the first of 2023), how many, and what it takes (less than 0: brings).
# 2023 was good, restaurants lose guests from the end of 2024, and in 2025 money is tight for all, so that more
# default than in the years a card could learn from.
SHOCKS = (
    ("restaurant", 0, 4, -0.5),
    ("shop", 0, 4, -0.4),
    ("firm", 0, 4, -0.3),
    ("restaurant", 7, 5, 0.45),
    ("shop", 8, 4, 0.50),
    ("firm", 8, 4, 0.40),
    ("institution", 8, 4, 0.20),
)
WILL_SPREAD, WILL_WITH_ABILITY, WILL_LARGE = 1.0, 0.15, -0.4  # large buyers pay late because they can
WILL_KEPT, WILL_NEWS = 0.95, 0.15

# --- when they pay -----------------------------------------------------------------------------------------

# Logit of paying late. Will counts as much as ability here and less for a default: not all who pay late fail.
LATE_START, LATE_ABILITY, LATE_WILL = -1.0, 1.5, 1.2
LATE_OFFICE = np.array((0, 0.0, 0.0, 0.3, 2.2))  # papers take their time in institutions: late, and safe
EARLY_DAYS = 5.0  # mean, before the due date, of those in time
LATE_DAYS = np.array((0, 14.0, 14.0, 16.0, 14.0))  # mean, of middling customers
LATE_DAYS_ABILITY, LATE_DAYS_WILL, LATE_MOST = 0.40, 0.15, 80
# Disputes: short or spoiled deliveries. The invoice waits, whoever the customer is, and is paid in the end.
DISPUTE, DISPUTE_DEMANDING, DISPUTE_DAYS = 0.010, 0.7, (55, 150)

# --- when they do not --------------------------------------------------------------------------------------

# Logit of ceasing to pay in a quarter. The base rate is HIGH on purpose: some 300 customers on account must give
# at least 40 defaults in 2025 for a back-test. In life far fewer of those who buy on account fail in a year.
DEFAULT_START, DEFAULT_ABILITY, DEFAULT_WILL = -4.5, 2.4, 1.0
DEFAULT_AFTER = 180  # days on account before anybody ceases to pay, of those who joined after START
# Of those who leave anyway, the logit of leaving because the business closes: they owe what is open.
CLOSED_START, CLOSED_ABILITY, CLOSED_WILL = -0.3, 1.3, 0.2
CLOSED_DAYS = 30  # at most so many days before the last order they cease to pay
NOT_WILLING_START, NOT_WILLING_WILL = -1.6, 1.2  # logit of being able and not willing
STOP_AFTER = 30  # days later the seller sees it; from the next month on the customer pays at once
RECOVERED = {"closed": 0.10, "cannot pay": 0.40, "will not pay": 0.30}  # share that pay in the end, very late
RECOVERY_LEAST, RECOVERY_DAYS = 92, 55.0  # days after due: at least, and mean beyond
WRITTEN_OFF = {"closed": (130, 90), "cannot pay": (200, 120), "will not pay": (200, 120)}  # days: least, and spread

# --- their statements --------------------------------------------------------------------------------------

GIVES = np.array((0, -0.2, -0.5, 0.6, 1.2))  # logit of giving a statement for a quarter
GIVES_SIZE, GIVES_WILL, GIVES_SPREAD, GIVES_WEAK = 0.5, 0.35, 1.3, 0.5  # the weak hide theirs
USUAL_COST = 100_000.0  # yuan a year that a middling customer buys in all; GIVES_SIZE counts from there
GIVES_NEVER = 0.30  # whoever would give fewer never gives any
SENT_LEAST, SENT_DAYS, SENT_WILL = 18, 14.0, 0.25  # days after the end of the quarter
SENT_LATE, SENT_LATE_DAYS = 0.12, (40, 90)  # share that come much later
STATE_NOISE, EMBELLISHED = 0.35, 0.30  # of the ability that they show; the unwilling show too much
# Our share of the goods of our kind that they buy, least and most; and what these are of all their costs of sales.
WALLET = ((0, 1), (0.15, 0.60), (0.08, 0.45), (0.10, 0.50), (0.20, 0.65))
OUR_GOODS = np.array((1, 0.12, 0.15, 0.01, 0.15))
GROSS = np.array((0, 0.56, 0.19, 0.30, 0.12))  # margins by kind: the card has one scale for all of them
NET = np.array((0, 0.035, 0.022, 0.045, 0.010))
TURNOVER = np.array((1, 2.2, 3.0, 1.4, 1.1))  # revenue by total assets
CURRENT_SHARE = np.array((0, 0.38, 0.70, 0.60, 0.45))  # of total assets
DEBT = np.array((0, 0.40, 0.25, 0.10, -0.45))  # logit of liabilities by assets
CURRENT_RATIO = np.array((1, 0.95, 1.35, 1.45, 1.60))
STOCK_DAYS = np.array((0, 14, 48, 40, 9))
DEBTOR_DAYS = np.array((0, 5, 9, 62, 30))
CASH = np.array((0, 0.16, 0.12, 0.14, 0.12))  # operating cash flow by current liabilities
GROWTH, GROWTH_ABILITY, GROWTH_NOISE = 0.03, 0.07, 0.05  # a year
GROSS_ABILITY, NET_ABILITY, DEBT_ABILITY, RATIO_ABILITY = 0.02, 0.022, 0.45, 0.16
DAYS_ABILITY, CASH_ABILITY = 0.12, 0.08
# How far firms differ for good, and how far a quarter's figure strays: of margins, logit, logs and cash in turn.
DIFFER = {"gross": 0.05, "net": 0.018, "debt": 0.55, "ratio": 0.25, "stock": 0.35, "debtor": 0.35, "cash": 0.08}
STRAYS = {"gross": 0.012, "net": 0.012, "debt": 0.10, "ratio": 0.08, "stock": 0.12, "debtor": 0.15, "cash": 0.07}

# --- the seller's reviews ----------------------------------------------------------------------------------

REVIEW_AFTER, REVIEW_SKIPPED = 75, 0.06  # days as a customer before the first; share that nobody writes
REVIEW_DAYS = 20  # before the end of the half-year, at most
OPTIMISM, OPTIMISM_BY_SIZE, REVIEW_NOISE = 0.35, 0.30, 0.75  # what sellers see, beside traits of spread 1
BOUGHT_LOG, BOUGHT_SPREAD = 5.4, 1.3  # mean and spread of the log of what customers buy a month, yuan
USUAL_REVENUE = np.array((1.0, 2.4e5, 1.5e5, 1.2e6, 1.1e5))  # yuan, the median of their kind
MANAGEMENT = (-0.6, 0.6)  # below poor, above good, of what the seller sees
STABLE_FROM = -0.4
YEARS_SHAPE, YEARS_SCALE = 1.6, 4.5  # of the gamma distribution of years in business before they came to us
RANK_TOP, RANK_NEXT, RANK_NOISE = 1.5, 0.6, 0.6  # of the log of how large they are, beside their kind
MAIN_FROM, SECONDARY_FROM = 0.62, 0.30  # place of our share of what they buy within the range of their kind
FAITH_GIVES, FAITH_REFUSES, FAITH_WILL, FAITH_NOISE = 0.65, 0.30, 0.06, 0.10
STAFF_PER_MILLION = np.array(
    (0, 12.0, 8.0, 9.0, 150.0)
)  # for a million yuan of revenue; a school is more than its canteen
SIZE_LARGE, SIZE_MEDIUM = 3_000_000, 400_000  # yuan of revenue
SUED = 0.03  # of a quarter of average trouble: chance of a suit; it doubles as they weaken
SUED_ABILITY, WON_SHARE, SUED_BY_SUPPLIER = 0.9, 0.35, 0.25
HALTED, EXPORT = 0.004, 0.05  # the second of firms only
EXPECTED_LOG, EXPECTED_SPREAD = 0.25, 0.45  # sellers expect 28 % too much of new customers, give or take
EMPTY = {"trade_rank": 0.10, "n_staff": 0.12, "years_in_business": 0.06}  # share that they leave empty

"""Every number that shapes what chapter 4 looks at: the fresh box, the brands, marketing, and customers' ideas."""

from __future__ import annotations

import numpy as np

# --- the fresh box: a subscription paid by the month -------------------------------------------------------

SUBSCRIBER_SHARE = 0.37  # of households that ever buy
FIRST_COHORT = 0.78  # of those who were customers before START begin with the box on the first day
PLANS = ("basic", "family")
FAMILY_SHARE = 0.35
FEE, FAMILY_FEE_LATER = (12800, 21800), 23800  # fen a month; who begins after the rise pays the later fee
COST = (9300, 15200)  # fen a month: goods and delivery
LEAVE = ((0.70, 3.0), (0.65, 3.6))  # beta of each subscriber's own monthly chance to leave, by plan
RISE_MONTH, RISE_LEAVES = "2025-04-01", (0.17, 0.07)  # of the family plan: more leave in that month and the next
BACK_SHARE, BACK_MONTHS = 0.08, 5.0  # of those who left come back, after a mean wait
BEGINS_PER_ORDER = 0.15  # who orders more often is likelier to subscribe

# --- the brand survey: which grocer, and why ---------------------------------------------------------------

GROCERS = ("Jiahe", "Fengyuan", "Wanjia", "Lvhe")
SURVEYS = ("2024-06-15", "2025-06-15")
RESPONDENTS_PER_CUSTOMER = 0.27  # a survey
DRIVERS = ("quality", "price", "convenience", "liking", "trust", "recognition", "rewards")
# How the grocers are seen, on average, from 1 to 5; in rows GROCERS, in columns DRIVERS ("price": 5 is cheap).
SEEN = np.array(
    (
        (3.9, 3.0, 3.1, 3.4, 3.8, 3.5, 2.6),
        (3.4, 3.7, 3.8, 3.4, 3.3, 2.4, 3.3),
        (2.9, 4.1, 3.5, 3.0, 2.9, 2.9, 2.4),
        (3.9, 2.5, 4.0, 3.5, 3.4, 2.6, 3.0),
    )
)
SEEN_LATER = np.array(
    (
        (0.0, -0.2, 0.1, 0.0, 0.0, 0.1, 0.2),
        (0.0, 0.1, 0.0, 0.0, 0.0, 0.0, 0.1),
        (0.1, 0.0, 0.0, 0.0, 0.1, 0.0, 0.0),
        (0.0, 0.2, 0.2, 0.1, 0.0, 0.0, 0.0),
    )
)
TASTES = ("price", "relationship")  # two kinds of respondents
TASTE_SHARE = (0.55, 0.45)
WEIGHTS = np.array(((0.30, 0.70, 0.45, 0.10, 0.15, 0.10, 0.20), (0.35, 0.20, 0.25, 0.30, 0.40, 0.50, 0.30)))
HABIT = 0.9  # what having bought there last adds
OWN_TASTE = 0.7  # spread of what a respondent likes in a grocer for reasons that no question asks
SEEN_SPREAD, LENIENCY_SPREAD, ANSWER_NOISE = 0.75, 0.45, 0.35
HALO = 0.45  # who bought there last rates it so much higher than they see it
NO_ANSWER = 0.02  # share of the ratings that are left empty
MONTHLY_SPEND = (9.1, 0.55)  # mean and sigma of the log, in units of fen/10: about 900 yuan
FROM_OURS = 0.9  # of those who buy at Jiahe and are among its customers, so many can be found by their card

# --- marketing: won and kept, by city and month ------------------------------------------------------------

AIMS = ("win", "keep")
PEOPLE_PER_CUSTOMER = (0.55, 0.30)  # asked or at risk, of the whole company, a month
USUAL_SPEND = (300, 750)  # fen a head
FLOOR = (0.006, 0.640)  # come, or stay, without any spending
CEILING = (0.055, 0.860)
STEEPNESS = (1 / 450, 1 / 800)  # a fen
CITY_SPREAD, MONTH_SPREAD = (0.30, 0.10), (0.15, 0.06)  # of the logit of the rates
FOLLOWS = 1.1  # the manager spends more where and when it goes well: exponent
NOTHING_SHARE = 0.06  # of a manager's months without any spending
TEST_FROM = "2025-01-01"
TEST_LEVELS = (0.0, 0.5, 1.0, 2.0, 4.0)  # times the usual spend, drawn by lot

# --- customers' ideas --------------------------------------------------------------------------------------

IDEAS_PER_CUSTOMER = 0.09
TOPICS = ("packaging", "delivery", "range", "ordering", "recipes", "waste")
ADOPTED_SHARE = 0.16
GAIN = (7.6, 0.9)  # mean and sigma of the log, in yuan a year
BOOKED_NOISE, NOTHING_GAINED = 0.35, 0.35

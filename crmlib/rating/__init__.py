"""The machinery of credit rating: what a scorecard is, how its file is read and checked, facts, points.

`crmlib.scorecard` and `crmlib.credit` are the doors; the cards that come with the kit lie beside this file.
"""

from crmlib.rating.ability import paying_ability
from crmlib.rating.card import NOT_RATED, Cap, CardClass, Condition, Fact, Grade, Item, Level, Scorecard, Slope, Veto
from crmlib.rating.explained import explain, grade_sentences, in_words
from crmlib.rating.facts import gather
from crmlib.rating.fitted import FittedScorecard
from crmlib.rating.fitting import fit_scorecard
from crmlib.rating.grading import caps_that_hold, cut, first_veto, grade_scores, known_facts, lowest_cap, missing_key
from crmlib.rating.limits import agreed_coefficients, count_moves, grade_texts, rates_by_grade, sales_of, step_of
from crmlib.rating.luck import moves_by_chance, shuffle_payments
from crmlib.rating.moves import list_downgrades, share_moved, square_matrix
from crmlib.rating.outcomes import default_rates, later_payments
from crmlib.rating.points import DIGITS, Judged, judge
from crmlib.rating.reading import FOLDER, SHIPPED, read_card
from crmlib.rating.usable import usable

__all__ = [
    "DIGITS",
    "FOLDER",
    "NOT_RATED",
    "SHIPPED",
    "Cap",
    "CardClass",
    "Condition",
    "Fact",
    "FittedScorecard",
    "Grade",
    "Item",
    "Judged",
    "Level",
    "Scorecard",
    "Slope",
    "Veto",
    "agreed_coefficients",
    "caps_that_hold",
    "count_moves",
    "cut",
    "default_rates",
    "explain",
    "first_veto",
    "fit_scorecard",
    "gather",
    "grade_scores",
    "grade_sentences",
    "grade_texts",
    "in_words",
    "judge",
    "known_facts",
    "later_payments",
    "list_downgrades",
    "lowest_cap",
    "missing_key",
    "moves_by_chance",
    "paying_ability",
    "rates_by_grade",
    "read_card",
    "sales_of",
    "share_moved",
    "shuffle_payments",
    "square_matrix",
    "step_of",
    "usable",
]

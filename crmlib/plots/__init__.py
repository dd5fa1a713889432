"""Figures of result tables: ``plot_<result>(result, *, ax=None) -> ax``.

Each takes the table that the function of the same name made, draws it on `ax` or on a new figure and
gives back the axes, so that you can go on with matplotlib: set the title to what you found. It leaves
the table alone and closes nothing. Colors are told apart by people who see few of them, and no figure
speaks by color alone.
"""

from crmlib.plots.acquisition import plot_cost_ratios, plot_response
from crmlib.plots.allocation import plot_next_return
from crmlib.plots.choice import plot_repeat, plot_weights
from crmlib.plots.concentration import plot_lorenz, plot_lorenz_curves, plot_windows
from crmlib.plots.credit import plot_default_rates, plot_grades, plot_limits, plot_migration, plot_points, plot_tornado
from crmlib.plots.equity import plot_bridge, plot_kinds_of_value
from crmlib.plots.growth import plot_beside_chance, plot_growth
from crmlib.plots.identity import plot_link_weights
from crmlib.plots.lifecycle import plot_rhythm, plot_stages
from crmlib.plots.prospects import plot_best_stops, plot_hazards
from crmlib.plots.purchases import plot_alive_groups, plot_frequency_groups, plot_holdout_totals
from crmlib.plots.pyramid import plot_pyramid, plot_tiers, plot_whale
from crmlib.plots.reach import plot_adoption, plot_reach, plot_spread
from crmlib.plots.receivables import plot_ageing
from crmlib.plots.retention import plot_retention_gain, plot_survival
from crmlib.plots.scores import plot_clusters, plot_rates_by_score
from crmlib.plots.shares import plot_shares
from crmlib.plots.spending import plot_best_shares, plot_spending
from crmlib.plots.style import BLUE, GRAY, GREEN, ORANGE, RED, SHADES
from crmlib.plots.targeting import plot_auc, plot_old_and_new
from crmlib.plots.transitions import plot_transitions
from crmlib.plots.trend import plot_months
from crmlib.plots.validation import (
    plot_calibration,
    plot_evidence,
    plot_false_alarms,
    plot_grade_rates,
    plot_roc,
    plot_stability,
)
from crmlib.plots.value import plot_carry_forward, plot_sensitivity
from crmlib.plots.waits import plot_histogram, plot_intervals, plot_lots
from crmlib.plots.worth import plot_stopping, plot_worth_map

__all__ = [
    "plot_repeat",
    "plot_weights",
    "BLUE",
    "GRAY",
    "GREEN",
    "ORANGE",
    "RED",
    "SHADES",
    "plot_adoption",
    "plot_ageing",
    "plot_alive_groups",
    "plot_auc",
    "plot_beside_chance",
    "plot_best_shares",
    "plot_best_stops",
    "plot_bridge",
    "plot_calibration",
    "plot_carry_forward",
    "plot_clusters",
    "plot_cost_ratios",
    "plot_default_rates",
    "plot_evidence",
    "plot_false_alarms",
    "plot_frequency_groups",
    "plot_grade_rates",
    "plot_grades",
    "plot_growth",
    "plot_hazards",
    "plot_kinds_of_value",
    "plot_limits",
    "plot_link_weights",
    "plot_histogram",
    "plot_holdout_totals",
    "plot_intervals",
    "plot_limits",
    "plot_link_weights",
    "plot_lorenz",
    "plot_lorenz_curves",
    "plot_lots",
    "plot_migration",
    "plot_months",
    "plot_next_return",
    "plot_old_and_new",
    "plot_points",
    "plot_pyramid",
    "plot_rates_by_score",
    "plot_reach",
    "plot_response",
    "plot_rates_by_score",
    "plot_reach",
    "plot_retention_gain",
    "plot_rhythm",
    "plot_roc",
    "plot_sensitivity",
    "plot_shares",
    "plot_spending",
    "plot_spread",
    "plot_stability",
    "plot_stages",
    "plot_stopping",
    "plot_survival",
    "plot_tiers",
    "plot_tornado",
    "plot_transitions",
    "plot_whale",
    "plot_windows",
    "plot_worth_map",
]

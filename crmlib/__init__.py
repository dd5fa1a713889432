"""crmlib: customer relationship management, learned and done with data.

A map of the package; import the noun you need, ``from crmlib import pyramid``.

===================  =====================================================
tables               the contract of every table: columns, types, units, keys
intake               a file -> validated table + a report of every row set aside
datasets             the kit's own data, offline, and one door for yours
prepare, privacy     your file's mapping drafted and asked for; personal fields masked
simulate             the teaching company with known truth, at any size
customers            transactions -> one row per customer as of a day
engine, decimals     what customers runs on: DuckDB through Ibis, exact sums
transitions          who moved from which state to which; where it ends up
pyramid              tiers, Lorenz, Gini, ABC, whale curve
concentration        the Pareto law put to the test; ABC by several criteria
profitability        cost by activity, convert or drop, a bank's fee, worksheet
allocation           a budget over tiers, each step where it brings most
plots                plot_<result>(result, *, ax=None) -> ax
language             labels in English or Chinese, fonts, number formats
findings             what a notebook found, for a report to collect
exercises, answers   check(), hint(), solution(), quiz(); what is wrong about an answer
widgets              a figure to move in JupyterLab, and what a page shows instead
export               CSV that is safe to open
kit, folder, report  run the notebooks; a folder that is whole or not there; the page
workspace            a folder of your own with the analyses, ready to change
slides               a lesson as a deck that needs no network
check                what is right and wrong with data before anything runs
lab, cli             open JupyterLab, list the lessons; the ``crmlib`` command
===================  =====================================================

Importing crmlib imports none of them: nothing heavy is loaded until asked for.
"""

__version__ = "0.1.0"

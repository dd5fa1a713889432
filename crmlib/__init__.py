"""crmlib: customer relationship management, learned and done with data.

A map of the package: a file is customer relationship management, or its data; a folder is machinery.
Import the noun you need, ``from crmlib import pyramid``.

===================  =====================================================
tables               the contract of every table: columns, types, units, keys
customer_index       customers in a table of one row each: ranked, looked up, set side by side
require              what a function asks of its arguments, told with their names
datasets             the kit's own data, offline, and one door for yours
customers            transactions -> one row per customer as of a day; snapshots, cohorts
orders               lines of orders, however many: described, selected, added up; customers drawn from them
kinds                what sorts customers: columns that tell a few kinds apart, what each spent most in
totals               customers known by their totals only, one row each
trend                revenue and active customers by month
quality              what is doubtful about orders; the last day that counts
transitions          who moved from which state to which; where it ends up
intervals            where a measure lies for all customers of the kind, with its doubt
chance               what chance alone does: weeks exchanged, orders tossed, days scattered; hands on intervals
growth               customers acquired, raised, fallen and gone; growth as their sum
-------------------  -----------------------------------------------------
contracts            chapter 1: what is asked of a person or an organization, for what, what of it is sensitive
records              how good customer records are, by a contract that says what each field is for
identity             which records are one person's; hands on records, evidence and review
evidence             what two records that agree say: chances learned from the records, weights in bits
review               how right links are where the truth is known; which are worth a look, in money
history              facts that change: how long each held, the half-life of an address
privacy              what a file gives away of people, and what is lost when it gives away less
lifecycle            five stages, RFM scores, the next purchase with its interval
gaps                 who came after a day, and whether intervals for the next purchase held
segments             whether clusters hold: how many, how stable, what groups predict of a later period
prospects            money, authority, need in eight cells; yes by number of the call, when to stop calling
leads                where prospects come from: what each source cost and brought
reach                whom word reaches when circles overlap; how it spreads in a simulated network
contagion            whether word passed on dies out
targeting            scores tried on a later period, old customers beside new, ways of choosing in money
campaigns            what a message adds to what would have come anyway; tests by lot, many times over
-------------------  -----------------------------------------------------
pyramid              chapter 2: tiers, ABC classes by value or by several criteria
concentration        Lorenz, Gini, shares of the best, the Pareto law put to the test
profitability        cost to serve, net profit, the whale curve, convert or drop
signs                the signs of good customers and of bad ones, and what the year after says of them
worksheet            the best and the worst customers of each segment, and what to do next
bank                 accounts, what they earn, and a fee
priorities           whom to act on: who is overdue, fell, costs more than they bring, or owes too much
allocation           a budget over tiers, each step where it brings most
-------------------  -----------------------------------------------------
scorecard            chapter 3: what earns credit, as a file of classes, items and grades that is checked
ledger               invoices at a glance: what is owed, overdue, paid in time; the days they tell of
credit               facts, points, grades and their reasons, limits; moves between grades, loss against margin
receivables          what customers owe, since when it is due, how they paid, what of late money never came
backtest             grades of a day beside the payments of the year after; which grades can be told apart
validation           whether a score predicts: AUC with its interval, KS, chances that come true
stability            whether the customers of today are like those of then, and false alarms
fairness             whether a decision treats two groups alike
-------------------  -----------------------------------------------------
value                chapter 4: profits to come, discounted; with retention; by states; hands on worth
worth                what customers are worth by fitted models of purchase, with two kinds of doubt
health               whether a model of purchases is fit to be used: one check a row, and what to do
purchases            when customers buy again and for how much: BG/NBD and its kin, contracts
holdout              forecasts of purchases held against what came: totals, customers, who is alive
recency              how many periods ago customers last bought, and who of them came back
returns              who takes back more than others: orders with a refund, against chance
retention            who stays: survival, retention and churn of subscriptions, month by month
keeping              what less churn is worth, what a claim about it needs, the most that keeping may cost
choice               why they choose us: multinomial logit, switching between brands, what a driver returns
acquisition          winning against keeping: response curves, what the next success costs, a budget split
equity               what the customer base is worth: number x length x depth; by segment; in the periods to come
bridge               its growth as a sum: more customers, longer relations, deeper ones; in what order, how sure
engagement           four kinds of value: what they buy, whom they bring, what they may yet buy, what they teach us
-------------------  -----------------------------------------------------
plots                plot_<result>(result, *, ax=None) -> ax
language             texts, numbers and fonts in English and Chinese
engine               DuckDB inside, the same Ibis expression elsewhere; exact sums
buying               likelihoods of the models of purchase, and how they are maximized
choosing             chances to choose, and how their weights are found
response             the response curve of winning and keeping, and how it is fitted
rating               how a scorecard's file is read and checked, facts gathered, points given
files                written whole or not at all; CSV that is safe to open; where things lie
lesson               what a notebook imports: check, hint, solution, quiz, say, explore
intake               a file of yours -> validated tables, an account of every row, personal fields masked
simulate             the teaching company with known truth, at any size
kit                  the ``crmlib`` command; runs, reports, workspaces; notebooks, slides and labels built
===================  =====================================================

Importing crmlib imports none of them: nothing heavy is loaded until asked for.
"""

__version__ = "0.1.0"

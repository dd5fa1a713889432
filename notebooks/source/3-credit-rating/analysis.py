# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# # 3 · Who owes us, and how much credit does each deserve?
#
# This notebook runs on the kit's own data and on yours: on a ledger with one row per invoice, or on a list of open items. With statements
# and the sellers' reviews it also gives grades and limits. The answer stands first: what is owed, what is overdue, and whom to act on.
# The evidence follows:
#
# 1. What data is this, and what was left out?
# 2. How old is what they owe, and how do they pay?
# 3. Which grade has each customer, and why?
# 4. How much credit does each get, and who owes more?
# 5. Who moved since the quarter before?
# 6. Does the scorecard tell who ceases to pay, and what is expected to be lost?
# 7. What to doubt.
#
# Every number below comes from this run. A section for which a table is missing, or for which there are too few data, says so,
# and the rest goes on.

# %% [markdown] lang="zh"
# # 3 · 谁欠我们的钱？该给谁多少信用？
#
# 本笔记本既能分析自带的数据，也能分析你自己的数据：每张发票一行的应收账款明细可以，只有未收款清单也可以；如果还有客户的财务报表和业务员的信用调查，就能评出等级和信用额度。结论放在最前面：欠了多少、逾期多少、该先跟进谁。随后是依据，依次回答七个问题：
#
# 1. 这是什么数据？哪些没有采用？
# 2. 欠款拖了多久？客户平时怎么付款？
# 3. 每位客户是什么等级？为什么？
# 4. 每位客户给多少信用？谁已经超了？
# 5. 和上一季度比，谁升了、谁降了？
# 6. 评分表能不能看出谁会违约？预计要损失多少？
# 7. 哪些地方要存疑？
#
# 文中每个数字都是这次运行算出来的。某一节缺少所需的表，或者数据太少时，会说明原因，其余各节照常进行。

# %% [markdown] lang="en"
# **What you can set.** `data`: a data set of the kit, or the path of your file or folder · `mapping`: the small file that says which of
# your columns is which of ours; if empty, the one beside your data (`crmlib check` drafts it) · `show_personal`: do not mask names,
# telephone numbers and the like; then the names stand in the list of whom to act on · `as_of`: the day to look from, the last one that
# counts; if empty, the last day on which the ledger says that an invoice was made, paid or given up (a day far behind all others is taken
# for mistyped) · `scorecard`: "default", "35-35-30", the path of a file of yours, or "payments", which grades by how they paid alone ·
# `margin_rate`: what is left of sales after the cost of the goods, such as 0.2; if empty, from the orders, where they have a cost ·
# `days_late_is_default`: beyond how many days overdue a customer counts as one who does not pay · `currency`: only a sign before the
# amounts, that of the file if it has one · `out`: a folder for the result tables.

# %% [markdown] lang="zh"
# **可以改的参数**：`data`：自带数据集的名称，或者你的文件、文件夹的路径 · `mapping`：映射文件，写明你的哪一列对应我们的哪一列；不填就用数据旁边的那一个（`crmlib check` 会起草） · `show_personal`：不遮盖姓名、电话等个人信息；打开后，名单里会列出客户名称 · `as_of`：截至哪一天（含当天）；不填就是账上最后一次开票、收款或核销的日子（远远落在其他日期之后的日子视为录入错误） · `scorecard`：评分表，可填 "default"、"35-35-30"、你自己的文件的路径，或者 "payments"（只按付款情况评级） · `margin_rate`：毛利率，例如 0.2；不填就从订单的成本里算 · `days_late_is_default`：逾期超过多少天算违约 · `currency`：金额前的货币符号，不填就用文件里的 · `out`：结果表格写到哪个文件夹。

# %% tags=["parameters"]
data = "teaching-company"
mapping = None  # for example "ledger.csv.mapping.toml"
show_personal = False
as_of = None  # for example "2025-12-31"
scorecard = "default"  # or "35-35-30", "payments", "my-card.toml"
margin_rate = None  # for example 0.2
days_late_is_default = 90
currency = None  # for example "CNY"
language = "en"  # "en" or "zh"
out = None

# %%
from datetime import date

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import backtest, credit, datasets, ledger, orders, plots, priorities, quality, receivables, validation
from crmlib import scorecard as cards
from crmlib.lesson import enough, find_main, needs, save_table, say, show_doubts, show_headline, show_period
from crmlib.lesson import show_priorities, show_source
from crmlib.language import FEW, for_reading, money, number, out_of, percent, plural, span, t, use

use(language)

# %% [markdown] lang="en"
# ## The answer
#
# *Owed* is what was invoiced up to `as_of` and neither paid nor given up by then; *overdue* is the part whose due date has passed. The grades
# are dated the day after `as_of`: they know what happened up to the evening of `as_of`, and nothing later.

# %% [markdown] lang="zh"
# ## 结论
#
# *欠款*是截至 `as_of` 当天已开票、尚未收回也没有核销的金额；*逾期*是其中已过到期日的部分。等级的日期是 `as_of` 的次日：只用到 `as_of` 当晚为止已经知道的事，以后的一概不用。

# %% tags=["folded"]
tables, reports = datasets.load_data(data, mapping=mapping, show_personal=show_personal)
main = find_main(tables, only=("invoices",))
usable, left_out = credit.usable_tables(tables)  # without credit notes, rows that stand twice, and the like
bills = usable["invoices"]
has_payments = "paid_date" in bills
currency = currency or reports[main].currency
asked_for = as_of
PAYMENT_ITEMS = ("repayment", "punctuality", "bad_debts", "relation_length")  # what a ledger alone can judge
LEAST_RATED, FEWEST_DEFAULTS, DEFAULT_MARGIN, BORROWED = 0.1, 10, 0.2, 5
MOST_TOLD = 20_000  # customers whose points are told in words, where there are more

# %% tags=["folded"]
days = ledger.list_days(bills)
has_days = len(days) > 0 and (has_payments or "invoice_date" in bills)  # a due date does not say when the list was made
today = pd.Timestamp(date.today())
last_day = quality.last_day(days, today=date.today()) if has_days else today
first_day = days["order_date"].min().normalize() if has_days else min([today, *bills["due_date"]])
is_before_ledger = as_of is not None and pd.Timestamp(as_of) < first_day  # other tables may end before the ledger begins
as_of = last_day if as_of is None or is_before_ledger else pd.Timestamp(as_of).normalize()
rating_day = as_of + pd.Timedelta(days=1)
year_before = rating_day - pd.DateOffset(years=1)
show_period(first_day, max(last_day, first_day), as_of=as_of)

# %% tags=["folded"]
if "invoice_date" not in bills and not has_payments:  # what is on a list of open items has been invoiced
    bills = bills.assign(invoice_date=bills["due_date"].clip(upper=as_of))
    usable["invoices"] = bills
made = bills["invoice_date"].fillna(bills["due_date"]) if "invoice_date" in bills else bills["due_date"]
is_later = made >= rating_day
begins = made.quantile(0.01).normalize() if len(made) else as_of  # one old item does not make a long ledger
history_days = (as_of - begins).days + 1

# %% tags=["folded"]
card = cards.load_scorecard("default" if scorecard == "payments" else scorecard)
whole_card = card
if scorecard == "payments":
    card = cards.keep_items(card, PAYMENT_ITEMS)
rated = credit.rate_customers(usable, card, as_of=rating_day)
is_rated = rated["grade"].astype("str") != "not rated"
has_grades = len(rated) > 0 and is_rated.sum() >= max(1, LEAST_RATED * len(rated))

# %% tags=["folded"]
owed = receivables.owed_by_customer(bills, as_of=rating_day)
amounts = ["n_open", "owed", "n_overdue", "overdue_amount", "overdue_days"]
book = owed[amounts].reindex(rated.index, fill_value=0)
if has_grades:
    limits = credit.credit_limits(rated["grade"], rated, card)
    book = rated[["grade", "reason", "score", "coverage"]].join(book).join(limits[["limit", "term_days"]])
    book["above_limit"] = (book["owed"] - book["limit"]).clip(lower=0).where(is_rated)
total, overdue = book["owed"].sum(), book["overdue_amount"].sum()
items = receivables.open_invoices(bills, as_of=rating_day)
very_late = items.loc[items["days_overdue"] > days_late_is_default, "amount"].sum()

# %% tags=["folded"]
lacks = np.select([rated[f"{one}_age_days"].isna() for one in ("statement", "review")], ["statements", "review"], "")
debtors = book.assign(lacks=lacks)
watched = priorities.watch_debtors(debtors, days_late=days_late_is_default)
said_of = watched[["above_limit"]].join(book.drop(columns="above_limit", errors="ignore"))
if has_grades:
    short = [t("Not rated: {known} of the points can be judged.", known=percent(share, 0)) for share in rated["coverage"]]
    said_of["sentence"] = rated["sentence"].where(is_rated, short).reindex(said_of.index)
act_on = watched[["what_to_do", "at_stake"]].astype({"what_to_do": "category"})
act_on["why"] = priorities.tell_debtors(said_of, currency=currency)
columns = [name for name in ("grade", "overdue_amount", "overdue_days", "owed", "limit") if name in book]
act_on = act_on.join(book[columns]).join(watched[["above_limit"]] if has_grades else watched[[]])

# %% tags=["folded"]
known = tables.get("customers")
if show_personal and known is not None and "name" in known:
    names = known.drop_duplicates("customer_id").set_index("customer_id")["name"]
    act_on.insert(0, "name", names.reindex(act_on.index))


# %% tags=["folded"]
def margins_of(customers):
    """The margin rate of each customer, and where it is from: given, their orders of the year, or the default."""
    lines = tables.get("transactions")
    if margin_rate is not None:
        return pd.Series(float(margin_rate), index=customers), "given"
    year = {"since": rating_day - pd.DateOffset(years=1), "as_of": rating_day - pd.Timedelta(days=1)}
    log = orders.describe_orders(lines, **year) if lines is not None else None
    if log is not None and log["n_lines"] > log["n_without_cost"]:
        costed = orders.select_orders(lines, **year, with_cost=True)
        sums = orders.sum_orders(costed, ["customer_id"])
        if sums["amount"].sum() > 0:
            own = 1 - sums["cost"] / sums["amount"].where(sums["amount"] > 0)
            of_all = 1 - sums["cost"].sum() / sums["amount"].sum()
            return own.reindex(customers).fillna(of_all), "orders"
    return pd.Series(DEFAULT_MARGIN, index=customers), "default"


# %% tags=["folded"]
made_in_year = (made >= year_before) & (made < rating_day)
sold = bills[made_in_year].groupby("customer_id")["amount"].sum().reindex(rated.index, fill_value=0.0)
rate, margin_from = margins_of(rated.index)
margin = sold * rate
# A year to see who paid, and before it a quarter that the card can look at.
has_history = has_grades and has_payments and history_days >= 365 + 92 and days_late_is_default < 365
n_defaults, followed, loss = 0, None, None

# %% tags=["folded"]
if has_history:
    then = credit.rate_customers(usable, card, as_of=year_before, with_sentence=False)
    ledger_then = bills.assign(invoice_date=made, written_off_date=bills.get("written_off_date", pd.NaT))
    term = {"as_of": year_before, "until": rating_day, "overdue_days": days_late_is_default}
    state = backtest.follow_payments(then, ledger_then, **term)["state"]
    became_old = bills["due_date"] + pd.Timedelta(days=days_late_is_default)
    could = bills.loc[(became_old >= year_before) & (became_old < rating_day), "customer_id"]
    is_followed = (state != "in default") & (then.index.isin(could) | (state == "defaulted"))
    followed = then[is_followed].assign(is_default=(state == "defaulted")[is_followed])
    n_defaults = int(followed["is_default"].sum())

# %% tags=["folded"]
if n_defaults >= FEWEST_DEFAULTS:
    rates = credit.default_rates(followed["grade"], followed["is_default"])
    of_all = credit.default_rates(pd.Series("all", index=followed.index), followed["is_default"]).iloc[0]
    borrowed = BORROWED * of_all["default_rate"]  # a grade of few customers is counted with five more like all
    rates["counted_rate"] = (rates["n_failed"] + borrowed) / (rates["n_customers"] + BORROWED)
    lost_share = receivables.unpaid_share(bills, since=year_before, as_of=rating_day, days_late=days_late_is_default)

# %% tags=["folded"]
if n_defaults >= FEWEST_DEFAULTS:
    states = ["in default", "not rated", *card.grade_names[::-1]]
    is_default_now = book["overdue_days"] > days_late_is_default  # they need no forecast
    state_now = rated["grade"].astype("str").mask(is_default_now, "in default")
    counted = rates["counted_rate"].reindex(states).fillna(of_all["default_rate"])
    counted["in default"] = 1.0
    at_risk = pd.DataFrame({"grade": pd.Categorical(state_now, states, ordered=True)}, index=rated.index)
    at_risk = at_risk.assign(exposure=book["owed"], margin=margin)
    loss = credit.expected_loss(at_risk, default_rates=counted, loss_given_default=lost_share)
    expected = loss["expected_loss"].sum()


# %% tags=["folded"]
def range_of_loss(n_times=1000, seed=3):
    """Between which losses 95 of 100 lie, had each grade as many customers and others of them had ceased to pay."""
    n, chance = (rates[name].to_numpy(dtype=float) for name in ("n_customers", "counted_rate"))
    failed = np.random.default_rng(seed).binomial(n.astype(int), chance, (n_times, len(rates)))
    of_all = failed.sum(axis=1, keepdims=True) / n.sum()
    drawn = pd.DataFrame((failed + BORROWED * of_all) / (n + BORROWED), columns=rates.index)
    for name in loss.index.difference(rates.index):
        drawn[name] = 1.0 if name == "in default" else of_all
    losses = drawn[loss.index].to_numpy() @ loss["exposure"].to_numpy() * lost_share
    return np.quantile(losses, [0.025, 0.975])


lowest, highest = range_of_loss() if loss is not None else (np.nan, np.nan)

# %% tags=["folded"]
facts = {
    "owed": (t("Owed"), money(total, currency), total),
    "overdue": (t("Overdue"), money(overdue, currency), overdue),
}
values = {
    "day": as_of.date(),
    "total": money(total, currency),
    "by": plural(len(owed), "1 customer", "{n} customers"),
    "overdue": money(overdue, currency),
    "share": percent(overdue / total) if total > 0 else "",
    "late": money(very_late, currency),
    "days": number(days_late_is_default),
}

# %% tags=["folded"]
if not len(bills):
    answer = [t("The ledger holds no invoice of more than zero.")]
elif not total > 0:
    answer = [t("At the end of {day} nobody owes anything.", **values)]
elif not overdue > 0:
    answer = [t("At the end of {day}, {total} is owed by {by}; none of it is overdue.", **values)]
elif not very_late > 0:
    answer = [t("At the end of {day}, {total} is owed by {by}; {overdue} of it is overdue ({share}).", **values)]
else:
    answer = [
        t(
            "At the end of {day}, {total} is owed by {by}; {overdue} of it is overdue ({share}), {late} for more than {days} days.",
            **values,
        )
    ]

# %% tags=["folded"]
record = pd.DataFrame()
if has_payments:
    record = receivables.payment_record(bills, as_of=rating_day, since=year_before)
if len(record):
    due_in_year = record["amount_due"].sum()
    in_time = (record["amount_due"] * record["on_time_share"]).sum() / due_in_year
    facts["in_time"] = (t("Paid in time, of the last year"), percent(in_time), in_time)
most_known = rated["coverage"].max() if len(rated) else 0.0
no_grades = t(
    "of no customer more than {known} of the points of the scorecard can be judged from these tables, and it asks for {least}",
    known=percent(most_known, 0),
    least=percent(card.min_coverage, 0),
)

# %% tags=["folded"]
if has_grades:
    facts["rated"] = (t("Rated"), out_of(is_rated.sum(), len(rated)), int(is_rated.sum()))
    answer.append(
        t(
            "Rated: {part} of the customers, who owe {rated}. Not rated, for too little is known of them: {n}, who owe {unrated}.",
            part=out_of(is_rated.sum(), len(rated)),
            rated=money(book.loc[is_rated, "owed"].sum(), currency),
            n=number((~is_rated).sum()),
            unrated=money(book.loc[~is_rated, "owed"].sum(), currency),
        )
    )

# %% tags=["folded"]
if not has_grades:
    answer.append(t("There are no grades: {why}. What follows is a list of payments.", why=no_grades))
    if len(record):
        answer.append(
            t(
                "Of {due} that fell due in the last twelve months, {share} was paid in time.",
                due=money(due_in_year, currency),
                share=percent(in_time),
            )
        )

# %% tags=["folded"]
if has_grades:
    above = book.loc[is_rated, "above_limit"]
    facts["above_limit"] = (t("Above the limits"), money(above.sum(), currency), above.sum())
    gets_none = is_rated & (book["limit"] == 0) & (book["owed"] > 0)
    answer.append(
        t(
            "Of the rated, {n} owe more than their limit, by {above} in all; {none} of that is owed at a grade that gets no credit.",
            n=number((above > 0).sum()),
            above=money(above.sum(), currency),
            none=money(book.loc[gets_none, "owed"].sum(), currency),
        )
        if above.sum() > 0
        else t("None of the rated owes more than their limit.")
    )

# %% tags=["folded"]
margin_said = {
    "given": t("at the margin rate you have set"),
    "orders": t("from the costs in the orders"),
    "default": t("at a rate of {rate}, which is the notebook's default and not yours", rate=percent(DEFAULT_MARGIN, 0)),
}[margin_from]
no_loss = None
if not has_grades:
    no_loss = t("it takes grades")
elif not has_history:
    no_loss = t("it takes a ledger of 15 months with days of payment, to see who was graded a year ago and did not pay")
elif loss is None:
    no_loss = t(
        "of those graded a year ago {n} ceased to pay, and fewer than {few} say nothing",
        n=number(n_defaults),
        few=number(FEWEST_DEFAULTS),
    )

# %% tags=["folded"]
if loss is not None:
    facts["expected_loss"] = (t("Expected to be lost in a year"), money(expected, currency), expected)
    answer.append(
        t(
            "Of what is owed now, about {loss} is expected to be lost within a year (95% interval: {low} to {high}), {sure} of it "
            "where payment has stopped already. The margin that these customers brought in the last year is {margin} ({source}).",
            loss=money(expected, currency),
            low=money(lowest, currency),
            high=money(highest, currency),
            sure=money(loss["expected_loss"].get("in default", 0.0), currency),
            margin=money(loss["margin"].sum(), currency),
            source=margin_said,
        )
    )
elif total > 0:
    answer.append(t("What is expected to be lost cannot be told: {why}.", why=no_loss))

# %% tags=["folded"]
if len(act_on):
    first_three = [
        t("{customer} ({todo}, {stake})", customer=row.Index, todo=t(row.what_to_do), stake=money(row.at_stake, currency))
        for row in act_on.head(3).itertuples()
    ]
    answer.append(
        t(
            "Customers to act on: {n}. At stake: {stake}. First: {names}.",
            n=number(len(act_on)),
            stake=money(act_on["at_stake"].sum(), currency),
            names=t("; ").join(first_three),
        )
    )
else:
    answer.append(t("By these signs there is nobody to act on."))
show_headline(facts, answer=answer, currency=currency)

# %% [markdown] lang="en"
# ### Whom to act on
#
# *Overdue*: at stake is what is overdue. *Above the limit*: at stake is what is owed beyond it, and at a grade that gets no credit all of it.
# *Not rated*: at stake is all that is owed. Of several reasons the largest counts, they are not added up. What to do is the first that fits:
# *stop delivery* where a debt is older than `days_late_is_default`; *cash first* where the grade gives no credit; *call for payment* where anything
# is overdue; *cash first, until below the limit* where more is owed than the limit; *ask for statements* or *fill in the review* where a grade
# lacks them, else *watch the next payment*. The list knows nothing of disputes over goods, of promises made or of our own errors: ask before you stop anything.

# %% [markdown] lang="zh"
# ### 该先跟进谁
#
# *逾期*：涉及金额是逾期的部分。*超出额度*：涉及金额是超出信用额度的部分；等级不给信用的，是全部欠款。*未评级*：涉及金额是全部欠款。同时有几个原因的，按金额最大的一个算，不相加。“怎么办”取最先符合的一条：有欠款逾期超过 `days_late_is_default` 天的，*停止发货*；等级不给信用的，*先款后货*；有逾期的，*打电话催收*；欠款超过额度的，*降到额度以内之前先款后货*；评级缺材料的，*索要财务报表*或*补填信用调查*；都不缺，只是还没有付款记录的，*留意下一次付款*。名单不知道货物有没有争议、有没有约好延期、是不是我们自己弄错了：停货之前先问清楚。

# %%
section = t("Whom to act on")
has_list = enough(total > 0, t("nobody owes anything"), section=section)
if has_list:
    todo = act_on["what_to_do"].value_counts()
    parts = [t("{reason}: {n}", reason=t(name), n=number(n)) for name, n in todo.items() if n]
    text = t("By what to do: {counts}.", counts=t("; ").join(parts)) if len(act_on) else answer[-1]
    show_priorities(act_on, text, "3-act-on", title=section, out=out, currency=currency)

# %%
if has_list and len(act_on) > 10:
    say(
        "The first ten of the list have {share} of all that is at stake.",
        share=percent(act_on["at_stake"].head(10).sum() / act_on["at_stake"].sum()),
    )

# %% [markdown] lang="en"
# ## What data is this?
#
# One row of the ledger is one invoice. Rows that cannot be read are set aside, never dropped in silence: how many, and why, stands here,
# with what a rating cannot take, such as credit notes.

# %% [markdown] lang="zh"
# ## 这是什么数据？
#
# 应收账款明细的一行就是一张发票。无法读取的行记为未采用，不会悄悄丢弃：共有多少行、原因是什么，都写在下面；评级用不上的，例如红字发票，也在这里说明。


# %%
def name_defaults():
    """The settings nobody has set, in words."""
    untouched = []
    if scorecard == "default":
        untouched.append(t("the scorecard, {name}", name=card.said()))
    if days_late_is_default == 90:
        untouched.append(t("{days} days overdue as the line beyond which a customer does not pay", days=90))
    if margin_from == "default" and loss is not None:
        untouched.append(t("the margin rate, {rate}", rate=percent(DEFAULT_MARGIN, 0)))
    return untouched


if name_defaults():
    say(
        "As the notebook comes, not as you have chosen: {defaults}. Set your own in its first cell.",
        defaults=t("; ").join(name_defaults()),
    )

# %%
show_source(reports, out=out)
show_doubts([*left_out, *datasets.find_doubts(data, tables, today=date.today())])

# %%
if len(bills) and not has_days:
    say(
        "The list says only when each invoice is due, not on which day it was made: it is looked at from {day}. Set as_of to the day of "
        "the list.",
        day=as_of.date(),
    )
if is_before_ledger:
    say("The day asked for lies before the ledger begins; it is looked at from its own last day, {day}.", day=as_of.date())
if is_later.any():
    say(
        "Invoices made after {day}: {n}, {amount} in all. They are not counted.",
        day=as_of.date(),
        n=number(is_later.sum()),
        amount=money(bills.loc[is_later, "amount"].sum(), currency),
    )

# %%
if has_payments and (bills["paid_date"] >= rating_day).any():
    say(
        "Payments dated after {day}: {n}, the last of {last}. They are not seen; the invoices count as open.",
        day=as_of.date(),
        n=number((bills["paid_date"] >= rating_day).sum()),
        last=bills["paid_date"].max().date(),
    )

# %%
n_billed = bills.loc[~is_later, "customer_id"].nunique()
say(
    "Counted: {n_bills} of {n_customers}, {amount} in all.",
    n_bills=plural(int((~is_later).sum()), "1 invoice", "{n} invoices"),
    n_customers=plural(n_billed, "1 customer", "{n} customers"),
    amount=money(bills.loc[~is_later, "amount"].sum(), currency),
)

# %%
is_due_now = items["days_overdue"] == 1
if is_due_now.any():
    say(
        "Due on {day} itself, and not paid by its end: {n}, {amount} in all. They count as overdue; an ageing list of that day from "
        "another program may not count them yet.",
        day=as_of.date(),
        n=plural(int(is_due_now.sum()), "1 invoice", "{n} invoices"),
        amount=money(items.loc[is_due_now, "amount"].sum(), currency),
    )
if has_days and not has_payments and as_of == last_day:
    say(
        "The list does not say of which day it is: it is looked at from {day}, the last on which an invoice was made. If it is of a later "
        "day, set as_of to that: more may be overdue by then.",
        day=as_of.date(),
    )

# %%
if len(rated) < FEW:
    say(
        "These are fewer than {few} customers. What follows describes them; it is too little to conclude anything about others.",
        few=FEW,
    )

# %% [markdown] lang="en"
# ## How old is what they owe?
#
# The *ageing of receivables* sorts what is owed by how long it has been due. Old debts are the ones that are lost; how many
# of them come in after all, the ledger does not say before it happens.

# %% [markdown] lang="zh"
# ## 欠款拖了多久？
#
# *账龄分析*按到期后过了多少天，把欠款分成几段。拖得越久，越可能收不回来；其中有多少最后还能收到，账上事先看不出来。

# %%
section = t("How old is what they owe?")
has_debt = enough(total > 0, t("nobody owes anything"), section=section)
if has_debt:
    ages = receivables.age_receivables(bills, as_of=rating_day)
    save_table(ages, "3-ageing", title=section, out=out)
    display(for_reading(ages, currency=currency))

# %%
if has_debt:
    _, ax = plt.subplots(figsize=(6.8, 2.9), layout="constrained")
    plots.plot_ageing(ages, currency=currency, ax=ax)
    not_due = percent(ages["amount_share"].iloc[0], 0)
    ax.set_title(t("Of what is owed, {share} is not due yet", share=not_due))
    plt.show()

# %%
late = book["overdue_amount"].sort_values(ascending=False)
if has_debt and overdue > 0:
    half = int((late.cumsum() < overdue / 2).sum()) + 1
    say(
        "{overdue} is overdue, from {n}. Half of it is owed by {half}.",
        overdue=money(overdue, currency),
        n=plural(int((late > 0).sum()), "1 customer", "{n} customers"),
        half=plural(half, "1 of them", "{n} of them"),
    )
elif has_debt:
    say("Nothing is overdue.")

# %% [markdown] lang="en"
# ## How do they pay?
#
# Of what fell due in the last twelve months: the share of the money that was paid no later than it was due, and how many days late invoices
# were paid, those in time counting 0. Few invoices make a shaky share; their number stands beside it.

# %% [markdown] lang="zh"
# ## 客户平时怎么付款？
#
# 看最近十二个月到期的发票：按期收到的金额占多少，付款平均晚几天（按期付的算 0 天）。发票少，比例就不稳，所以张数列在旁边。

# %%
section = t("How do they pay?")
has_record = needs(usable, "invoices", ("paid_date",), section=section)
if has_record:
    nothing_due = t("nothing fell due in the last twelve months")
    has_record = enough(len(record) > 0, nothing_due, section=section)

# %%
if has_record:
    payments = record.join(owed[["owed", "overdue_amount", "overdue_days"]], how="outer").fillna({"owed": 0.0})
    payments = payments.fillna({"n_due": 0, "overdue_amount": 0.0, "overdue_days": 0})
    payments = payments.astype({"n_due": int, "overdue_days": int})
    order = ["overdue_amount", "amount_due"]
    payments = payments.sort_index().sort_values(order, ascending=False, kind="stable")
    save_table(payments, "3-payments", title=section, out=out)
    display(for_reading(payments.head(10), currency=currency))

# %%
if has_record:
    never = (record["n_due"] >= 3) & (record["on_time_share"] == 0)
    say(
        "Of {due} that fell due in the last twelve months, {share} was paid in time. Customers who paid all in time: {all}; with three "
        "invoices or more and none of them in time: {none}.",
        due=money(due_in_year, currency),
        share=percent(in_time),
        all=out_of((record["on_time_share"] >= 1 - 1e-9).sum(), len(record)),
        none=number(never.sum()),
    )

# %% [markdown] lang="en"
# ## The grades
#
# A scorecard gives points for what is known of a customer: how they paid us, their statements, and what our sellers found. The *score* is the
# points got, out of those that could be judged; *coverage* is how many could. Below the coverage that the card asks for a customer is *not
# rated*: too little is known, which is neither good nor bad. A *veto* gives the worst grade whatever the score, a *cap* forbids the best.

# %% [markdown] lang="zh"
# ## 等级
#
# 评分表按已知的情况给分：付款情况、财务报表、业务员的调查。*得分*是得到的分占能够判断的分的比例；*覆盖率*是能够判断的分占多少。覆盖率低于评分表要求的，*未评级*：知道得太少，谈不上好坏。有*否决项*的，不论得分都评最低等级；有*上限*的，不能评最高的等级。

# %%
section = t("Points from statements")
needs(tables, "statements", section=section)
section = t("Points from the sellers' reviews")
needs(tables, "credit_reviews", section=section)
section = t("The grades")
has_card = enough(has_grades, "" if has_grades else no_grades, section=section)

# %%
if scorecard == "payments":
    say(
        "Graded by {n} items of {all} alone, those of how they paid: {points} of {total} points. Such a grade says how they paid us, not whether "
        "they can pay; no grade above {highest} is given, for what would forbid one is not known.",
        n=len(card.items),
        all=len(whole_card.items),
        points=number(sum(whole_card.item(name).points for name in card.item_names)),
        total=number(whole_card.total),
        highest=card.highest_if_key_missing,
    )
elif not has_grades and scorecard == "default" and len(record):
    say(
        "The ledger alone could give grades by {n} items of {all}, {points} of {total} points: set scorecard to \"payments\". They would say how "
        "customers paid us, not whether they can pay, so that is for you to choose.",
        n=len(PAYMENT_ITEMS),
        all=len(card.items),
        points=number(sum(card.item(name).points for name in PAYMENT_ITEMS)),
        total=number(card.total),
    )

# %%
if has_card:
    states = [*card.grade_names, "not rated"]
    grouped = book.assign(grade=book["grade"].astype("str")).groupby("grade")
    grades = grouped[["owed", "overdue_amount", "limit", "above_limit"]].sum().reindex(states, fill_value=0.0)
    grades.insert(0, "n_customers", grouped.size().reindex(states, fill_value=0))
    grades["owed_share"] = grades["owed"] / total if total > 0 else np.nan
    save_table(grades, "3-grades", title=t("Customers and money by grade"), out=out)
    display(for_reading(grades, currency=currency))

# %%
if has_card:
    worst = card.grade_names[-1]
    say(
        "The best two grades hold {n_best} customers, who owe {best}; the worst, {worst}, holds {n_worst}, who owe {owed}.",
        n_best=number(grades["n_customers"].iloc[:2].sum()),
        best=money(grades["owed"].iloc[:2].sum(), currency),
        worst=worst,
        n_worst=number(grades.loc[worst, "n_customers"]),
        owed=money(grades.loc[worst, "owed"], currency),
    )

# %%
if has_card:
    points = credit.score_customers(rated, card, as_of=rating_day)[card.item_names]
    class_of = pd.Series({item.id: item.class_id for item in card.items})
    by_class = points.T.groupby(class_of).sum(min_count=1).T
    by_class = by_class.reindex(columns=[one.id for one in card.classes]).add_suffix("_points")
    listed = book.join(by_class).join(rated["sentence"])
    listed = listed.sort_index().sort_values("owed", ascending=False, kind="stable")
    save_table(listed, "3-rated-customers", title=t("The rated customers"), out=out)

# %%
if has_card:
    told = listed.index
    if len(told) > MOST_TOLD:  # a sentence an item for each of a million customers is more than anybody reads
        told = told[told.isin(told[: MOST_TOLD // 2].union(act_on.index[: MOST_TOLD // 2]))]
        say(
            "Item by item, with a sentence each, the table 3-points has the {n} customers who owe most or come first on the list to act on; "
            "3-item-points has the points of all {n_all}.",
            n=number(len(told)),
            n_all=number(len(listed)),
        )
        save_table(points.loc[listed.index], "3-item-points", title=t("The points of all customers by item"), out=out)
    explained = credit.explain_scores(rated.loc[told], card, as_of=rating_day)
    save_table(explained.loc[told], "3-points", title=t("The points of each customer, item by item"), out=out)

# %%
if has_card:
    shown = listed.loc[is_rated.reindex(listed.index), ["grade", "score", "coverage", *by_class.columns]].head(10)
    for name in ["score", *by_class.columns]:  # cut, not rounded: 89.99 is not the 90 that would be another grade
        shown[name] = (np.floor(shown[name] * 10) / 10).map(lambda value: number(value, 1))
    display(for_reading(shown, shares=["coverage"]))

# %%
if has_card and (~is_rated).any():
    is_unknown = {item.said(): points[item.id].isna() for item in card.items}
    lacking = pd.DataFrame(is_unknown).loc[~is_rated].mean().sort_values(ascending=False, kind="stable")
    lacking = lacking[lacking > 0].rename_axis("item").rename("missing_share")
    save_table(lacking, "3-not-known", title=t("What is not known of those not rated"), out=out)
    say(
        "Of those not rated, most often not known: {items}.",
        items=t(", ").join(t("{item} ({share})", item=name, share=percent(share, 0)) for name, share in lacking.head(3).items()),
    )

# %% [markdown] lang="en"
# ### Why this grade?
#
# The points of each customer, item by item, are in the table `3-points`, each with a sentence. The figure shows those of the rated customer
# with most money at stake.

# %% [markdown] lang="zh"
# ### 为什么是这个等级？
#
# 每位客户各项得了多少分，都写在 `3-points` 表里，每项一句话。图中是涉及金额最大的一位已评级客户。

# %%
first = next((who for who in [*act_on.index, *rated.index] if is_rated[who]), None) if has_card else None
if first is not None:
    _, ax = plt.subplots(figsize=(7.4, 1.2 + 0.27 * len(card.items)), layout="constrained")
    plots.plot_points(credit.explain_scores(rated.loc[[first]], card, as_of=rating_day).loc[first], ax=ax)
    ax.set_title(t("{customer}: grade {grade}", customer=first, grade=rated.loc[first, "grade"]))
    plt.show()
    say("{customer} · {why}", customer=first, why=rated.loc[first, "sentence"])

# %% [markdown] lang="en"
# ## Limits and terms
#
# The limit of a customer is the average invoiced amount of a month, times the term of the grade in months, times its coefficient, both as the
# scorecard says. It follows what they buy, not what they can pay. Who is not rated has no open credit by the card: what they owe is listed
# apart.

# %% [markdown] lang="zh"
# ## 信用额度与信用期限
#
# 信用额度 = 有开票的月份的月均金额 × 该等级的信用期限（折成月）× 该等级的系数，后两项按评分表。它跟着客户买多少走，不代表客户付得起多少。未评级的客户，按评分表没有额度，欠款单独列出。

# %%
section = t("Limits and terms")
has_limits = enough(has_grades, t("it takes grades"), section=section)
if has_limits:
    terms = pd.DataFrame(
        {
            "term_days": [grade.term_days for grade in card.grades],
            "coefficient": [number(grade.coefficient, 1) for grade in card.grades],
        },
        index=pd.Index(card.grade_names, name="grade"),
    )
    by_grade = grades[["n_customers", "limit", "owed", "above_limit"]].reindex(card.grade_names)
    terms = terms.join(by_grade)
    display(for_reading(terms, currency=currency))
    save_table(limits.join(book[["owed", "above_limit"]]), "3-limits", title=section, out=out, best="above_limit")

# %%
if has_limits and total > 0:
    _, ax = plt.subplots(figsize=(6.8, 3.6), layout="constrained")
    plots.plot_limits(book[is_rated & book["limit"].notna()], currency=currency, ax=ax)
    ax.set_title(t("Above the limits: {amount}, of {n} customers", amount=money(above.sum(), currency), n=number((above > 0).sum())))
    plt.show()

# %%
if has_limits:
    within = (above == 0) & (book.loc[is_rated, "owed"] > 0)
    n_without = int(book.loc[is_rated, "limit"].isna().sum())
    say(
        "Of the rated who owe anything, within their limit are {part}.",
        part=out_of(within.sum(), (book.loc[is_rated, "owed"] > 0).sum()),
    )
    if n_without:
        say("Rated, but without a known limit, for no sales of theirs are known: {n}.", n=number(n_without))

# %% [markdown] lang="en"
# ## Who moved since the quarter before?
#
# The same card three months earlier, with what was known then. Who is a customer no more has *left*, who was none yet is *new*, who lacks facts is
# *not rated*: left out, each of them would make the rest look better or worse than it is.

# %% [markdown] lang="zh"
# ## 和上一季度比，谁升了、谁降了？
#
# 用同一张评分表、只用当时知道的事，评三个月以前的等级，再和现在对照。不再是客户的记为*流失*，当时还不是客户的记为*新客户*，材料不够的记为*未评级*；漏掉哪一种，其余的看起来都会走样。

# %%
section = t("Who moved since the quarter before?")
quarter_before = rating_day - pd.DateOffset(months=3)
has_moves = enough(has_grades, t("it takes grades"), section=section)
if has_moves:
    days_known = t("it takes a ledger of half a year; the days known are {days}", days=number(history_days))
    has_moves = enough(history_days >= 184, days_known, section=section)
if has_moves:
    before = credit.rate_customers(usable, card, as_of=quarter_before, with_sentence=False)
    n_before = int((before["grade"].astype("str") != "not rated").sum())
    has_moves = enough(n_before > 0, t("nobody could be rated three months before"), section=section)

# %%
if has_moves:
    moves = credit.migration_counts(before["grade"], rated["grade"], grades=card.grade_names)
    save_table(moves, "3-moves", title=section, out=out)
    _, ax = plt.subplots(figsize=(7.0, 4.4), layout="constrained")
    plots.plot_migration(moves, ax=ax)
    both = moves.loc[card.grade_names, card.grade_names].to_numpy()
    ax.set_title(t("Rated both times, and in the same grade: {part}", part=out_of(np.trace(both), both.sum())))
    plt.show()

# %%
if has_moves:
    say(
        "From {before} to {now}: up {up}, down {down}, the same {same}; rated then and not now {lost}, rated now and not then {gained}; left "
        "{left}, new {new}.",
        before=quarter_before.date(),
        now=rating_day.date(),
        up=number(np.tril(both, -1).sum()),
        down=number(np.triu(both, 1).sum()),
        same=number(np.trace(both)),
        lost=number(moves.loc[card.grade_names, "not rated"].sum()),
        gained=number(moves.loc[["not rated", "new"], card.grade_names].to_numpy().sum()),
        left=number(moves["left"].sum()),
        new=number(moves.loc["new"].sum()),
    )

# %%
if has_moves:
    places = {grade: place for place, grade in enumerate(card.grade_names)}
    was, now = (one["grade"].astype("str").map(places) for one in (before, rated))
    fell = book[now - was.reindex(now.index) > 0].sort_values("owed", ascending=False, kind="stable")
    named = [
        t("{customer} ({step}, {owed})", customer=who, step=span(before.loc[who, "grade"], row["grade"]), owed=money(row["owed"], currency))
        for who, row in fell.head(5).iterrows()
        if row["owed"] > 0
    ]
    if named:
        say("Those who fell owe {owed}. First: {names}.", owed=money(fell["owed"].sum(), currency), names=t("; ").join(named))

# %% [markdown] lang="en"
# ## Does the card tell who ceases to pay?
#
# The customers are graded as of a year before, with what was known then; the year since says who ceased to pay: an invoice more than
# `days_late_is_default` days overdue, or given up. Who had ceased before is left out, and so is who had no invoice that could. The *AUC* is how
# often, of one who ceased and one who did not, the one who did not has the higher score: 0.5 is a coin, 1 is perfect.

# %% [markdown] lang="zh"
# ## 评分表看得出谁会违约吗？
#
# 退回一年以前，只用当时知道的事给客户评级，再看这一年里谁违约了：有发票逾期超过 `days_late_is_default` 天，或者被核销。一年前就已经违约的不算，这一年里没有发票可能拖到那么久的也不算。任取一位违约的和一位没有违约的客户，后者得分更高的机会就是 *AUC*：0.5 等于抛硬币，1 是完全看得出。

# %%
section = t("Does the card tell who ceases to pay?")
has_test = enough(has_grades, t("it takes grades"), section=section)
if has_test:
    too_short = t("it takes a ledger of 15 months with days of payment; the days known are {days}", days=number(history_days))
    has_test = enough(has_history, too_short, section=section)
if has_test:
    scored = followed.loc[followed["grade"].astype("str") != "not rated"].dropna(subset="score")
    is_bad = scored["is_default"]
    few_defaults = t(
        "of {n} who were rated on {day} and could be followed, {bad} ceased to pay; with fewer than {few} of a kind no verdict is given",
        n=number(len(scored)),
        day=year_before.date(),
        bad=number(is_bad.sum()),
        few=number(FEWEST_DEFAULTS),
    )
    verdict = validation.judge_auc(scored["score"], is_bad) if len(scored) else "too few"
    has_test = enough(verdict != "too few", few_defaults, section=section)

# %%
if has_test:
    auc = validation.auc_interval(scored["score"], is_bad)
    _, ax = plt.subplots(figsize=(5.4, 4.2), layout="constrained")
    plots.plot_roc({t("scorecard"): validation.roc_curve(scored["score"], is_bad)}, ax=ax)
    titles = {
        "predicts": t("The score tells those who ceased to pay from the others"),
        "runs against": t("Those who ceased to pay had the better scores"),
        "cannot be told": t("Whether the score tells who ceases to pay cannot be said"),
    }
    ax.set_title(titles[verdict])
    plt.show()

# %%
if has_test:
    say(
        "Rated on {day} and followed: {n}, of whom {bad} ceased to pay. AUC {auc} (95% interval: {low} to {high}).",
        day=year_before.date(),
        n=number(len(scored)),
        bad=number(is_bad.sum()),
        auc=number(auc.auc, 2),
        low=number(auc.low, 2),
        high=number(auc.high, 2),
    )
    if verdict == "predicts":
        say("The score predicts: the interval lies above a coin, and would if one more with the best score had ceased to pay.")
    elif verdict == "runs against":
        say("The score runs against the payments: look at the card, or at which column of the ledger was taken for what.")
    else:
        say("That is not enough to say that the score is better than a coin.")

# %%
if has_history:
    n_then = int((state == "in default").sum())
    say(
        "Not followed: {n_default} who had ceased to pay by {day}, and {n_rest} without an invoice that could have become so old since.",
        n_default=number(n_then),
        day=year_before.date(),
        n_rest=number(len(then) - len(followed) - n_then),
    )

# %% [markdown] lang="en"
# ## What is expected to be lost?
#
# By grade: what is owed now, times the share of that grade's customers who ceased to pay in the year, times the share of late money that never
# came. Beside it the margin that the same customers brought in their last year. A grade of few customers says little of itself: it is counted
# as if it had five more, like all customers. Who is in default already needs no forecast: of what they owe only that share
# comes in. An expected loss is a mean; customers of one trade fail together.

# %% [markdown] lang="zh"
# ## 预计要损失多少？
#
# 分等级计算：现在的欠款 ×（这一年里该等级的客户有多少违约）×（拖得很久的钱里始终没收到的占多少）。旁边列出同一批客户最近一年贡献的毛利。客户少的等级，自己的比例说明不了什么：给它添上五位“平均”客户再算。已经违约的用不着预测：他们的欠款直接按收不回来的比例算。预计损失只是平均数；同一行业的客户会一起出事。

# %%
section = t("What is expected to be lost?")
has_loss = enough(loss is not None, no_loss or "", section=section)
if has_loss:
    save_table(rates, "3-default-rates", title=t("Who ceased to pay, by the grade of a year before"), out=out)
    shown = rates.drop(columns="n_graded").rename(columns={"n_failed": "n_defaults"})
    display(for_reading(shown))
    # A rate above all of the customers is out of reach, and of no use in the figure.
    break_even = loss["break_even_rate"].where(lambda rate: rate < 1).to_frame(t("the margin would be gone"))
    _, ax = plt.subplots(figsize=(7.4, 3.6), layout="constrained")
    plots.plot_default_rates(rates, break_even=break_even, ax=ax)
    ax.set_title(t("Of {n} followed for a year, {part} ceased to pay", n=number(len(followed)), part=number(n_defaults)))
    plt.show()

# %%
if has_loss:
    save_table(loss, "3-expected-loss", title=t("Expected loss beside the margin, by grade"), out=out)
    display(for_reading(loss, currency=currency, shares=["loss_per_margin"]))
    say(
        "Assumed: of what a customer owes who ceases to pay, {share} is lost, the share of the late money of the year that never came. The "
        "margin is reckoned {source}.",
        share=percent(lost_share, 0),
        source=margin_said,
    )

# %%
if has_loss:
    is_dear = {}
    for change in (-1, 0, 1):  # a verdict must stand if one customer more had paid, or one less
        failed = (rates["n_failed"] + change).clip(lower=0) + borrowed
        share = (failed / (rates["n_customers"] + BORROWED)).reindex(loss.index).fillna(of_all["default_rate"])
        too_much = loss["exposure"] * share * lost_share > loss["margin"].clip(lower=0)
        is_dear[change] = too_much & (loss.index != "in default")
    surely, perhaps = (loss.index[one] for one in (is_dear[-1], is_dear[1] & ~is_dear[-1]))
    if len(surely):
        names = t(", ").join(t(name) for name in surely)
        say("More is expected to be lost than the margin of a year brings: {grades}.", grades=names)
    if len(perhaps):
        names = t(", ").join(t(name) for name in perhaps)
        say("Whether more is expected to be lost than the margin of a year brings hangs on one customer: {grades}.", grades=names)
    if not len(surely) and not len(perhaps):
        say("In no grade is more expected to be lost than the margin of a year brings.")

# %% [markdown] lang="en"
# ## What to doubt
#
# The scorecard is no standard. Each of its items says where it comes from: S, found in a public source; M, commonly quoted in this form; R, a
# reconstruction by the authors of this kit. The grades hang on it, and on a ledger that knows whole payments only.

# %% [markdown] lang="zh"
# ## 哪些地方要存疑
#
# 评分表不是标准。每一项都注明出处：S 有公开来源；M 是常见的说法；R 是本套件作者补写的。等级取决于它，也取决于账上只记“付清”的日期、不记部分付款。

# %%
if has_grades:
    card_items = cards.list_items(card)
    sources = card_items.groupby("source")["points"].sum().sort_values(ascending=False, kind="stable")
    meant = {"S": t("found in a public source (S)"), "M": t("commonly quoted (M)"), "R": t("reconstructed by this kit (R)")}
    meant["own"] = t("your own")
    save_table(card_items, "3-scorecard", title=t("The scorecard"), out=out)
    say(
        "Where the {total} points come from: {parts}.",
        total=number(card.total),
        parts=t("; ").join(t("{source}: {points}", source=meant[name], points=number(points)) for name, points in sources.items()),
    )

# %%
if has_grades:
    n_near = 0
    for grade in card.grades[:-1]:
        n_near += int((rated["score"] - grade.at_least).abs().lt(1).where(is_rated & (rated["reason"] == "score"), False).sum())
    say(
        "Graded by their score and within one point of another grade: {part}. For them one late invoice more or less may make another grade.",
        part=out_of(n_near, int((is_rated & (rated["reason"] == "score")).sum())),
    )

# %%
if total > 0:
    biggest = owed["owed"].sort_values(ascending=False, kind="stable")
    if biggest.iloc[0] > 0.1 * total:
        say(
            "One customer, {customer}, owes {share} of everything. What is said of sums hangs on them.",
            customer=biggest.index[0],
            share=percent(biggest.iloc[0] / total),
        )
    old = receivables.open_invoices(bills, as_of=rating_day)
    n_old = int((old["days_overdue"] > 730).sum())
    if n_old:
        say(
            "Open for more than two years after their due date: {n}, {amount} in all. Are they still owed, or only never taken off the books?",
            n=plural(n_old, "1 invoice", "{n} invoices"),
            amount=money(old.loc[old["days_overdue"] > 730, "amount"].sum(), currency),
        )

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
# # 2 · Which customers carry the business?
#
# This notebook runs on the kit's own data and on yours: on orders, or on a list of customers with what each of them brought.
# The answer stands first: how many customers, how much revenue, which way it goes, and whom to act on. The evidence follows:
#
# 1. What data is this, and what was set aside?
# 2. How much of the business do the best 1, 5 and 20% of the customers bring?
# 3. How concentrated is it, and does 80/20 hold here?
# 4. Who moved up or down, and how much of that is chance?
# 5. Which customers cost more than they bring?
# 6. What follows for the next budget?
#
# Every number below comes from this run. A section for which a table is missing, or for which there are too few data, says so,
# and the rest goes on.

# %% [markdown] lang="zh"
# # 2 · 企业靠哪些客户支撑？
#
# 本笔记本既能分析自带的数据，也能分析你自己的数据：订单明细可以，每位客户一行、写明购买金额的名单也可以。结论放在最前面：有多少客户、多少收入、走势如何、该先跟进哪些客户。随后是依据，依次回答六个问题：
#
# 1. 这是什么数据？有哪些行未采用？
# 2. 前 1%、5%、20% 的客户贡献了多少购买金额？
# 3. 购买金额有多集中？“80/20”在这里成立吗？
# 4. 哪些客户升了级、降了级？其中多少只是随机波动？
# 5. 哪些客户的成本高于他们贡献的收入？
# 6. 下一笔预算该怎么分？
#
# 文中每个数字都是这次运行算出来的。某一节缺少所需的表，或者数据太少时，会说明原因，其余各节照常进行。

# %% [markdown] lang="en"
# **What you can set.** `data`: a data set of the kit, or the path of your file or folder · `mapping`: the small file
# that says which of your columns is which of ours; if empty, the one beside your data (`crmlib check` drafts it) · `show_personal`: do
# not mask names, telephone numbers and the like · `as_of`: the day to look from, the last day in the data if empty (a day far behind
# all others is taken for mistyped) · `period_days`: the period whose purchases make a customer big or small · `cuts`: where the pyramid
# is cut, as shares of customers · `currency`: only a sign before the amounts, that of the file if it has one · `budget`: what you may spend on looking after
# customers · `out`: a folder for the result tables.

# %% [markdown] lang="zh"
# **可以改的参数**：`data`：自带数据集的名称，或者你的文件、文件夹的路径 · `mapping`：映射文件，写明你的哪一列对应我们的哪一列；不填就用数据旁边的那一个（`crmlib check` 会起草） · `show_personal`：不遮盖姓名、电话等个人信息 · `as_of`：截至哪一天，不填就是数据的最后一天（远远落在其他日期之后的日子视为录入错误） · `period_days`：按多少天的购买来衡量客户大小 · `cuts`：金字塔在哪里分层（客户数的累计比例） · `currency`：金额前的货币符号，不填就用文件里的 · `budget`：下一期可用于维护客户的预算 · `out`：结果表格写到哪个文件夹。

# %% tags=["parameters"]
data = "teaching-company"
mapping = None  # for example "orders.csv.mapping.toml"
show_personal = False
as_of = None  # for example "2025-12-31"
period_days = 365
cuts = (0.01, 0.05, 0.20)
currency = None  # for example "CNY"
budget = 100_000
language = "en"  # "en" or "zh"
out = None

# %%
import functools
from datetime import date

import matplotlib.pyplot as plt
import pandas as pd

from crmlib import chance, concentration, customers, datasets, orders, plots, priorities, profitability, pyramid
from crmlib import quality, totals, transitions, trend
from crmlib.lesson import enough, find_main, needs, save_table, say, show_doubts, show_headline, show_period
from crmlib.lesson import show_priorities, show_source
from crmlib.language import FEW, for_reading, money, number, out_of, percent, span, t, use
from crmlib.customer_index import look_up, rank_order
from crmlib.kinds import find_kinds
from crmlib.tables import TABLES

use(language)

# %% [markdown] lang="en"
# ## The answer
#
# *Revenue* is what customers paid in the period, refunds taken off; the period is the `period_days` up to and including `as_of`.
# Of a list with one row per customer no period is known: there, revenue is what the list says each customer brought.

# %% [markdown] lang="zh"
# ## 结论
#
# *收入*是客户在统计期内的付款减去退款；统计期是截至 `as_of` 当天（含当天）的 `period_days` 天。如果数据是每位客户一行的名单，统计期就无从得知，收入就是名单上每位客户的金额。

# %% tags=["folded"]
tables, reports = datasets.load_data(data, mapping=mapping, show_personal=show_personal)
has_orders = find_main(tables) == "transactions"  # or one row per customer
currency = currency or reports[find_main(tables)].currency
asked_for = as_of
DEFAULTS = {"period_days": 365, "cuts": (0.01, 0.05, 0.20), "budget": 100_000}  # a default is called one

# %% tags=["folded"]
if has_orders:
    lines = tables["transactions"]  # a DataFrame, or a table that stays where it is
    last_day = quality.last_day(lines)
    as_of = pd.Timestamp(as_of or last_day).normalize()
    log = orders.describe_orders(lines, as_of=as_of)
    first_day, latest = log["earliest_day"], log["latest_day"]
    show_period(first_day, last_day if log["n_later"] else latest, as_of=as_of)

# %% tags=["folded"]
if has_orders:
    transactions = orders.select_orders(lines, as_of=as_of)
    since = max(as_of - pd.Timedelta(days=period_days - 1), first_day)
    in_period = orders.describe_orders(lines, as_of=as_of, since=since)
    n_lacking = in_period["n_without_cost"] if "cost" in lines.columns else 0
    spent = orders.select_orders(transactions, drop=["cost"])
    summary = customers.summarize_customers(spent if n_lacking else transactions, as_of=as_of, since=since)

# %% tags=["folded"]
if has_orders:  # first and last orders are those of all the data, not those of the period
    ever = customers.summarize_customers(spent, as_of=as_of)
    days = ["recency_days", "tenure_days", "first_order_date", "last_order_date"]
    summary[days] = look_up(ever[days], summary.index)
else:
    last_orders = totals.list_last_orders(tables["customer_values"])
    as_of = as_of or (quality.last_day(last_orders, today=date.today()) if len(last_orders) else None)
    summary = ever = totals.summarize_totals(tables["customer_values"], as_of=as_of)
    n_lacking = 0

# %% tags=["folded"]
spending = summary["monetary"].clip(lower=0)
tier = pyramid.assign_tiers(spending, cuts=cuts) if spending.sum() > 0 else None
top_20 = concentration.top_share(spending, 0.20) if spending.sum() > 0 and len(spending) >= 5 else None
months = trend.by_month(transactions, as_of=as_of) if has_orders else None
change = trend.compare_months(transactions, as_of=as_of, months=months) if has_orders else None


# %% tags=["folded"]
def spending_between(lines, first, last):
    """The money of each customer with a line in a period; nobody where there is no line."""
    return orders.sum_orders(lines, ["customer_id"], as_of=last, since=first)["amount"].clip(lower=0)


# %% tags=["folded"]
before = after = pd.Series(dtype=float)
if has_orders:  # two periods of the same length, one after the other
    history_days = (as_of - first_day).days + 1
    move_days = min(period_days, history_days // 2)
    middle = as_of - pd.Timedelta(days=move_days)
    if move_days >= 28:
        start = middle - pd.Timedelta(days=move_days - 1)
        before = spending_between(spent, start, middle)
        after = spending_between(spent, middle + pd.Timedelta(days=1), as_of)

# %% tags=["folded"]
profit = None
if has_orders:
    n_lines = in_period["n_lines"]
    if "cost" in lines.columns and n_lacking <= 0.1 * n_lines:
        costed = orders.select_orders(transactions, with_cost=True)
        profit = customers.summarize_customers(costed, as_of=as_of, since=since) if n_lacking else summary
elif "profit" in summary:
    profit = summary.dropna(subset="profit")
if profit is not None:
    profit = profit[["monetary", "profit"]].rename(columns={"profit": "gross_profit"})
    profit["cost_to_serve"] = 0.0

# %% tags=["folded"]
activities, rates = tables.get("activities"), tables.get("activity_rates")
has_service, unknown = has_orders and activities is not None and rates is not None, []
if has_service:  # known by month: one counts, whole, if at least half its days lie in the period
    month = activities["month"].dt.to_period("M")
    begins, ends = month.dt.start_time, month.dt.end_time.dt.normalize()
    n_inside = (ends.clip(upper=as_of) - begins.clip(lower=since)).dt.days + 1
    counted = 2 * n_inside >= month.dt.days_in_month
    unknown = sorted(set(activities["activity"]) - set(rates["activity"]))

# %% tags=["folded"]
if profit is not None and has_service and not unknown and counted.any():
    served = profitability.cost_to_serve(activities[counted], rates)
    profit = profit.join(served.rename("served"), how="outer").fillna(0.0)
    profit["cost_to_serve"] = profit.pop("served")
if profit is not None:
    profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]

# %% tags=["folded"]
reasons, moved = {}, None
has_big = tier is not None and tier.nunique() > 1
if has_big and {"recency_days", "tenure_days", "frequency"} <= set(ever):
    late = priorities.overdue(ever).index
    is_big = look_up(tier.cat.codes, late, -1).to_numpy() > 0
    reasons["overdue"] = look_up(spending, late[is_big])
if has_big and before.sum() > 0 and after.sum() > 0:
    moved = [pd.DataFrame({"value": part, "tier": pyramid.assign_tiers(part, cuts=cuts)}) for part in (before, after)]
    reasons["fell a tier"] = priorities.fallen(*moved)
if has_big and profit is not None:
    net = look_up(profit["net_profit"], tier.index[tier.cat.codes.to_numpy() > 0])
    reasons["loses money"] = -net[(net < 0).to_numpy()]

# %% tags=["folded"]
act_on = priorities.list_priorities(reasons)
if moved:
    for name, part in zip(("tier_before", "tier_now"), moved, strict=True):
        act_on[name] = look_up(part["tier"], act_on.index).astype(object).fillna("away").astype("category")
elif has_big:
    act_on["tier"] = look_up(tier, act_on.index).astype(object).fillna("away").astype("category")
act_on["revenue"] = look_up(summary["monetary"], act_on.index, 0.0)
if "last_order_date" in ever:
    act_on["last_order_date"] = look_up(ever["last_order_date"], act_on.index)

# %% tags=["folded"]
revenue = summary["monetary"].sum()
facts = {
    "customers": (t("Customers"), number(len(summary)), len(summary)),
    "revenue": (t("Revenue"), money(revenue, currency), revenue),
}
if has_orders:
    facts["period"] = (t("Period"), span(since.date(), as_of.date()), None)
if top_20 is not None:
    facts["top_20_share"] = (t("The best fifth of the customers brings"), percent(top_20), top_20)


# %% tags=["folded"]
def said_of(change):
    """A change in words; what rounds to nothing is neither more nor less."""
    share = percent(abs(change))
    if share == percent(0):
        return t("about the same")
    return t("{share} more", share=share) if change > 0 else t("{share} less", share=share)


verdict = change.verdict if change else None
if change:
    against = t("the same months a year before") if change.is_same_season else t("the months just before")
    now = span(change.first, change.last)
    trend_said = t("{now}: {change}, compared with {against}", now=now, change=said_of(change.share), against=against)
    facts["trend"] = (t("Trend"), trend_said, change.share)

# %% tags=["folded"]
amounts = {"n": number(len(summary)), "revenue": money(revenue, currency)}
if has_orders:
    period = span(since.date(), as_of.date())
    answer = [t("Customers in the period ({period}): {n}. They brought {revenue}.", period=period, **amounts)]
else:
    answer = [t("Customers on the list: {n}. They brought {revenue}.", **amounts)]
if top_20 is not None:
    best_fifth = t("The best fifth of them brought {share} of it.", share=percent(top_20))
    answer = [t("{text} {more}", text=answer[0], more=best_fifth)]

# %% tags=["folded"]
if verdict in ("more", "less"):
    answer.append(
        t(
            "Revenue from {now} is {change}, compared with {against}, and not because of one customer.",
            now=now,
            change=said_of(change.share),
            against=against,
        )
    )
elif verdict == "about the same":
    answer.append(t("Revenue from {now} stands about where it stood in {against}.", now=now, against=against))

# %% tags=["folded"]
if verdict == "one customer":
    rest = said_of(change.share_without_one)
    answer.append(
        t(
            "Revenue from {now} is {change}, compared with {against}; without one customer it would be: {rest}. That is no trend.",
            now=now,
            change=said_of(change.share),
            against=against,
            rest=rest,
        )
    )

# %% tags=["folded"]
if len(act_on):
    first_three = [
        t(
            "{customer} ({reason}, {stake})",
            customer=who,
            reason=t(row["reason"]),
            stake=money(row["at_stake"], currency),
        )
        for who, row in act_on.head(3).iterrows()
    ]
    text = t(
        "Customers to act on: {n}. At stake: {stake}, as much as {share} of the revenue.",
        n=number(len(act_on)),
        stake=money(act_on["at_stake"].sum(), currency),
        share=percent(act_on["at_stake"].sum() / spending.sum()),
    )
    answer.append(t("{text} First: {names}.", text=text, names=t(", ").join(first_three)))
elif reasons:
    answer.append(t("By these signs there is nobody to act on."))

# %% tags=["folded"]
losing = profit[(profit["net_profit"] < 0).to_numpy()] if profit is not None else None
if losing is not None and len(losing):
    answer.append(
        t(
            "Customers who cost more than they bring: {part}; they lose {lost}.",
            part=out_of(len(losing), len(profit)),
            lost=money(-losing["net_profit"].sum(), currency),
        )
    )
elif losing is not None:
    answer.append(t("No customer costs more than they bring."))
elif n_lacking:
    answer.append(t("Who costs more than they bring cannot be told: too many lines have no cost."))
else:
    answer.append(t("Who costs more than they bring cannot be told: these data have no purchase cost."))
show_headline(facts, answer=answer, currency=currency)

# %% [markdown] lang="en"
# ### Whom to act on
#
# Customers above the lowest tier who show one of three signs. *Overdue*: their last order lies more than three times as
# long back as they usually wait (four orders or more); at stake is what they brought in the period. *Fell a tier*: between
# two periods they dropped a tier and brought at least a fifth less; at stake is the difference. *Loses money*: they cost more
# than they bring; at stake is the loss. A sign is a reason to ask, not a proof: of customers who buy by chance, one in twenty
# is overdue at any time, after four orders one in eight, and the section on moves shows how many fall by chance alone.

# %% [markdown] lang="zh"
# ### 该先跟进谁
#
# 列出最低层级以上、出现下面三种迹象之一的客户。*逾期未购*：距最近一次购买的时间超过其平常间隔的三倍（至少有四张订单）；涉及金额是这位客户统计期内的购买金额。*降级*：两段时间之间掉了层级，而且金额至少少了五分之一；涉及金额是减少的部分。*亏损*：成本高于贡献的收入；涉及金额是亏损额。迹象只是去问一问的理由，不是证据：随机购买的客户里，任何时候都有二十分之一显得逾期，只有四张订单的是八分之一；只因随机波动而降级的有多少，看后面讲升降级的一节。

# %%
section = t("Whom to act on")
has_big = enough(spending.sum() > 0, t("nobody brought more money than went back"), section=section) and enough(
    has_big, t("it needs the pyramid"), section=section
)
has_reasons = has_big and enough(
    len(reasons) > 0, t("it needs days of orders, or the profit of each customer"), section=section
)

# %%
if has_reasons:
    by_sign = [
        t("{reason}: {n}", reason=t(name), n=number(len(amounts))) for name, amounts in reasons.items() if len(amounts)
    ]
    signs = t("By sign, and one customer may show several: {counts}.", counts=t("; ").join(by_sign))
    text = (
        t("{text} {signs}", text=text, signs=signs) if len(act_on) else t("By these signs there is nobody to act on.")
    )
    show_priorities(act_on, text, "2-act-on", title=section, out=out, currency=currency)

# %% [markdown] lang="en"
# ### Which way does it go?
#
# Revenue and the customers who ordered, month by month. A month that the data do not cover whole is hatched and takes no part
# in the comparison. The last three whole months are held against the same months a year before, for they have the same
# season; only where the data do not reach so far, against the three just before.

# %% [markdown] lang="zh"
# ### 走势如何？
#
# 逐月列出收入和有订单的客户数。数据没有覆盖整月的月份画斜线，不参加比较。最近三个整月与上一年的同样三个月相比，因为季节相同；数据不够长时，才与紧挨着的前三个月相比。

# %%
section = t("Which way does it go?")
has_trend = needs(tables, "transactions", section=section)
if has_trend:
    too_few = t("it needs at least three months; the data touch {n}", n=len(months))
    has_trend = enough(len(months) >= 3, too_few, section=section)

# %%
if has_trend:
    save_table(months, "2-months", title=t("Revenue and customers by month"), out=out)
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(6.6, 3.8), layout="constrained")
    plots.plot_months(months.tail(36), currency=currency, ax=above)
    plots.plot_months(months.tail(36), column="n_customers", ax=below)
    above.set_title(facts["trend"][1] if change else t("Revenue and customers by month"))
    plt.show()

# %%
if has_trend and change:
    say(
        "{now} brought {revenue}, {against} {before}: {change}. Customers who ordered: {n}, and {n_before} then.",
        now=now,
        revenue=money(change.revenue, currency),
        against=against,
        before=money(change.revenue_before, currency),
        change=said_of(change.share),
        n=number(change.n_customers),
        n_before=number(change.n_customers_before),
    )
elif has_trend:
    n_whole = (months["is_whole"] & (months["revenue"] > 0)).sum()
    say("Which way it goes cannot be said: it takes six whole months with revenue; there are {n}.", n=number(n_whole))

# %%
if has_trend and verdict == "more":
    say("Revenue grew, and not by one customer alone.")
if has_trend and verdict == "less":
    say("Revenue shrank, and not by one customer alone.")
if has_trend and verdict == "about the same":
    say("Revenue stands still: a change of less than {limit} is no trend.", limit=percent(trend.SAME, 0))
if has_trend and verdict == "one customer":
    rest = said_of(change.share_without_one)
    say("Without the customer who changed most it would be: {rest}. One customer is no trend.", rest=rest)
if has_trend and verdict and not change.is_same_season:
    say("The data do not reach back a year: how much of the change is season cannot be told.")

# %% [markdown] lang="en"
# ### The biggest customers
#
# The ten who brought most in the period. Their first and last orders are those of all the data: who bought before the data
# begin looks newer than they are.

# %% [markdown] lang="zh"
# ### 最大的客户
#
# 统计期内购买金额最大的十位。首次和最近一次购买是在全部数据里找的；数据开始之前就买过的客户，看起来会比实际的新。

# %%
section = t("The biggest customers")
has_money = enough(spending.sum() > 0, t("nobody brought more money than went back"), section=section)
if has_money:
    first = rank_order(summary["monetary"])[:10]
    biggest = summary.iloc[first]
    best = pd.DataFrame({"tier": tier.iloc[first], "monetary": biggest["monetary"]})
    best["value_share"] = spending.iloc[first] / spending.sum()
    best = best.join(biggest.drop(columns=["monetary", "tenure_days"], errors="ignore"))
    save_table(best, "2-best-customers", title=section, out=out)
    narrow = best.drop(columns="recency_days", errors="ignore")  # the last order says it; wider, days would break
    display(for_reading(narrow, currency=currency))

# %%
if has_money and len(spending) > 10:
    say("The ten biggest customers bring {share} of the money.", share=percent(best["value_share"].sum()))

# %% [markdown] lang="en"
# ## What data is this?
#
# One row is one line of an order, or of a refund, which is negative; or one customer with what they brought. Rows that cannot
# be read are set aside, never dropped in silence: how many, and why, stands here.

# %% [markdown] lang="zh"
# ## 这是什么数据？
#
# 一行就是一张订单中的一项，退款也占一行，金额为负；或者一行就是一位客户和他的购买金额。无法读取的行记为未采用，不会悄悄丢弃：共有多少行、原因是什么，都写在下面。


# %%
def name_defaults():
    """The settings nobody has set, in words."""
    spoken_cuts = " / ".join(percent(cut, 0) for cut in DEFAULTS["cuts"])
    untouched = []
    if has_orders and period_days == DEFAULTS["period_days"]:
        untouched.append(t("the period, {n} days", n=period_days))
    if tuple(cuts) == DEFAULTS["cuts"]:
        untouched.append(t("the cuts, {cuts} of the customers", cuts=spoken_cuts))
    if budget == DEFAULTS["budget"]:
        untouched.append(t("the budget, {budget}", budget=money(budget, currency)))
    return untouched


if name_defaults():
    say(
        "As the notebook comes, not as you have chosen: {defaults}. Set your own in its first cell.",
        defaults=t("; ").join(name_defaults()),
    )

# %%
show_source(reports, out=out)
show_doubts(datasets.find_doubts(data, tables, today=date.today()))

# %%
if has_orders:
    say(
        "{lines} lines from {n} customers; the amounts add up to {total}.",
        lines=number(log["n_lines"]),
        n=number(log["n_customers"]),
        total=money(log["amount"], currency),
    )

# %%
if has_orders and log["n_later"] and asked_for:
    say(
        "Lines after {as_of}: {n}, the last of {latest}. They are not counted.",
        n=number(log["n_later"]),
        as_of=as_of.date(),
        latest=latest.date(),
    )
elif has_orders and log["n_later"]:
    say(
        "Lines after {as_of}: {n}, the last of {latest}. A day so far behind all others is taken for mistyped, so they "
        "are not counted; set as_of to count them.",
        n=number(log["n_later"]),
        as_of=as_of.date(),
        latest=latest.date(),
    )

# %% [markdown] lang="en"
# ## One row per customer
#
# How big a customer is depends on the period looked at, so the period is stated: the days of `period_days` up to and
# including `as_of`. In it, *frequency* counts orders, and *monetary* is what the customer paid less refunds; a refund is no
# order. *Recency* and *tenure* are the days since the last and the first order in all the data, also before the period. A list
# with one row per customer has no period: there, all of this is as the list says it. The biggest customers stand first.

# %% [markdown] lang="zh"
# ## 每位客户一行
#
# 客户大不大，要看统计的是哪一段时间，所以先把时间说清楚：截至 `as_of` 当天（含当天）的 `period_days` 天。在这段时间里，*frequency*（购买频率）是订单数，*monetary*（购买金额）是付款减去退款；退款不算订单。*recency*（最近购买）和 *tenure*（客户年限）是距最近一次、首次订单的天数，按全部数据计算，统计期之前的也算。每位客户一行的名单没有统计期，一切以名单为准。金额最大的客户排在最前面。

# %%
by_size = rank_order(summary["monetary"])
summary_by_size = summary.iloc[by_size]
save_table(summary_by_size, "2-customers", title=t("One row per customer"), out=out)
for_reading(summary_by_size.head(), currency=currency)

# %%
if has_orders:
    say(
        "In the period ({period}), {n} customers bought or returned something, {total} in all.",
        period=span(since.date(), as_of.date()),
        n=number(len(summary)),
        total=money(revenue, currency),
    )
else:
    say(
        "The list has {n} customers, who brought {total} in all.",
        n=number(len(summary)),
        total=money(revenue, currency),
    )

# %%
not_positive = summary["monetary"] <= 0
if not_positive.any():
    say(
        "Customers who come to zero or less: {part}. They count as customers who brought 0; all shares below are of {base}.",
        part=out_of(not_positive.sum(), len(summary)),
        base=money(spending.sum(), currency),
    )

# %%
if len(summary) < FEW:
    say(
        "These are fewer than {few} customers. What follows describes them; it is too little to conclude anything about others.",
        few=FEW,
    )

# %%
if spending.sum() > 0 and len(spending) > 1:
    _, ax = plt.subplots(figsize=(6.4, 3), layout="constrained")
    plots.plot_spending(summary["monetary"], currency=currency, ax=ax)
    shown = {name: money(summary["monetary"].agg(name), currency) for name in ("median", "mean")}
    ax.set_title(t("Half the customers brought at most {median}; the mean is {mean}", **shown))
    plt.show()

# %%
if spending.sum() > 0 and len(spending) > 1:
    say(
        "Half the customers brought {median} or less; the mean is {mean}, the most of one customer {most}.",
        **shown,
        most=money(summary["monetary"].max(), currency),
    )

# %% [markdown] lang="en"
# ## The pyramid
#
# Rank the customers by what they spent in the period. The best 1% are the VIPs, the next 4% the major customers, the
# next 15% the regular ones, and 80% are small. The number of customers above each cut is rounded to the nearest
# whole customer; customers with equal spending are told apart by their number only, and how many that concerns is shown.

# %% [markdown] lang="zh"
# ## 客户金字塔
#
# 按这段时间的购买金额给客户排名：最前面的 1% 是VIP客户，接着的 4% 是主要客户，再接着的 15% 是普通客户，其余 80% 是小客户。每条分界线以上的人数四舍五入取整；金额相同的客户只能按编号先后区分，这样的客户有多少，表里写明。

# %%
section, has_tiers = t("The pyramid"), False
has_money = enough(spending.sum() > 0, t("nobody brought more money than went back"), section=section)
if has_money:
    one_tier = t("the cuts leave everybody in one tier (customers: {n})", n=number(len(tier)))
    has_tiers = enough(tier.nunique() > 1, one_tier, section=section)

# %%
if has_tiers:
    tiers = pyramid.tier_table(spending, tier)
    save_table(tiers, "2-tiers", title=t("The pyramid"), out=out)
    save_table(
        tier.iloc[by_size], "2-tier-of-each-customer", title=t("The tier of each customer"), out=out
    )
    display(for_reading(tiers, currency=currency))
del summary_by_size  # of millions of customers each copy weighs

# %%
if has_tiers:
    best = tiers.iloc[:-1]
    _, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
    plots.plot_tiers(tiers, ax=ax)
    ax.set_title(
        t(
            "The best {share} of the customers bring {value} of the money",
            share=percent(best["customer_share"].sum()),
            value=percent(best["value_share"].sum()),
        )
    )
    plt.show()

# %%
if has_tiers:
    filled = tiers[tiers["n_customers"] > 0]
    say(
        "The {tier} tier holds {n} of {all} customers and {value} of the money, {mean} each on average; "
        "a customer of the {lowest} tier brings {small}.",
        tier=t(filled.index[0]),
        n=number(filled["n_customers"].iloc[0]),
        all=number(len(tier)),
        value=percent(filled["value_share"].iloc[0]),
        mean=money(filled["mean"].iloc[0], currency),
        lowest=t(filled.index[-1]),
        small=money(filled["mean"].iloc[-1], currency),
    )

# %%
if has_tiers:
    cutoffs = pyramid.tier_cutoffs(spending, cuts=cuts)
    save_table(cutoffs, "2-tier-cutoffs", title=t("Where the cuts lie"), out=out)
    display(for_reading(cutoffs, currency=currency))

# %%
if has_tiers:
    n_above = cutoffs["n_customers"].cumsum()
    for name, cut in cutoffs[cutoffs["n_tied"] > 0.1 * n_above].iterrows():  # a tenth of those above: many
        say(
            "At the cut below the {tier} tier, {n} customers spent the same, {amount}; only their numbers decide which of "
            "them stand above it. This cut does not separate better customers from worse ones.",
            tier=t(name),
            n=number(cut["n_tied"]),
            amount=money(cut["lowest"], currency, 2),
        )

# %% [markdown] lang="en"
# ## How concentrated is it?
#
# The *Lorenz curve* adds customers up from the smallest to the biggest and shows what share of the money they bring.
# Were all equal, it would be the straight line. The *Gini coefficient* is the area between the two, doubled: 0 when
# all are equal, close to 1 when one customer brings everything. The interval shows how far the number would move had
# other customers of the same kind come to us (bootstrap), and holds the number of all customers of the kind as often as its
# level says. With few customers, or a few giants, it holds it less often; it is then called a rough range, with the reason.

# %% [markdown] lang="zh"
# ## 购买金额有多集中？
#
# *洛伦兹曲线*从最小的客户开始逐个累加，看他们合计贡献了多大比例的金额。如果每位客户的金额都相同，它就是图中的对角线（绝对平等线）。*基尼系数*等于两线之间面积的两倍：人人相等时为 0，一位客户包揽全部时接近 1。后面的区间说明：假如来的是另一批同类客户，这个数会在多大范围内变动（自助法），并按所说的置信水平包含同类客户的真实数值。客户少，或者有几个特别大的客户时，达不到这一水平，这时只称为大致范围，并说明原因。

# %%
section = t("How concentrated is it?")
has_fifth = enough(has_money, t("nobody brought more money than went back"), section=section) and enough(
    len(spending) >= 5,
    t("a fifth of the customers must be at least one (customers: {n})", n=len(spending)),
    section=section,
)

# %%
if has_fifth:
    gini = concentration.gini_coefficient(spending)
    judged = spending if len(spending) <= chance.MANY else spending.sample(chance.SAMPLE, random_state=2)
    low, high, doubt = chance.bootstrap_interval(judged, concentration.gini_coefficient, n_resamples=500, seed=2)
    if len(judged) < len(spending):
        said = t("Intervals are those of {n} customers drawn at random from {all}; those of all of them would be narrower.",
                 n=number(len(judged)), all=number(len(spending)))
        show_doubts([said])

# %%
if has_fifth:
    say(
        "The Gini coefficient is {gini} ({how}: {interval}). The best 20% of the customers bring {top_20} of "
        "the money; to reach 80% of the money it takes the best {needed} of the customers.",
        gini=number(gini, 3),
        how=t("95 % interval") if doubt is None else t("a rough range"),
        interval=span(number(low, 3), number(high, 3)),
        top_20=percent(top_20),
        needed=percent(concentration.share_needed(spending, 0.80)),
    )
    if doubt:
        say("Why the range is rough: {doubt}", doubt=doubt)

# %% [markdown] lang="en"
# The course quotes several ratios: 20% of customers bring 80% of income; a securities house where 20% brought 90%;
# 4% bring 30%; 22 to 78. They are claims about other firms. The red marks are the claims; this firm's curve is blue.

# %% [markdown] lang="zh"
# 课程里引用了好几种比例：20% 的客户贡献 80% 的收入；某证券公司 20% 的客户贡献 90%；4% 贡献 30%；22 比 78。这些都是别家企业的说法。红色标记是这些说法，蓝线是本企业的实际情况。

# %%
claims = None
if has_fifth and enough(
    len(spending) >= 25,
    t("4% of the customers must be at least one (customers: {n})", n=len(spending)),
    section=t("Famous ratios and this firm"),
):
    claims = pd.DataFrame(
        [(0.20, 0.80), (0.20, 0.90), (0.04, 0.30), (0.22, 0.78)],
        index=["20:80", "20:90", "4:30", "22:78"],
        columns=["customer_share", "value_share"],
    ).rename_axis("claim")

# %%
if claims is not None:
    claims["here"] = [concentration.top_share(spending, share) for share in claims["customer_share"]]
    for claim, share in claims["customer_share"].items():
        measure = functools.partial(concentration.top_share, share=share)
        claims.loc[claim, ["low", "high"]] = chance.bootstrap_interval(judged, measure, n_resamples=200, seed=2)[:2]
    save_table(claims, "2-claims", title=t("Famous ratios and this firm"), out=out)
    display(for_reading(claims, shares=["here", "low", "high"]))

# %%
if has_fifth:
    _, ax = plt.subplots(figsize=(5.4, 4.2), layout="constrained")
    plots.plot_lorenz(concentration.lorenz_curve(spending), claims=claims, best=0.20, ax=ax)
    ax.set_title(t("The best fifth brings {share}; 80/20 would be 80%", share=percent(top_20)))
    plt.show()

# %%
if claims is not None:
    say(
        "Of the {n} ratios, so many claim more concentration than other customers of this kind would show: {more}; less: {less}; "
        "not to be told from this firm: {same}. Here the best 4% bring {four}.",
        n=number(len(claims)),
        more=number((claims["value_share"] > claims["high"]).sum()),
        less=number((claims["value_share"] < claims["low"]).sum()),
        same=number(claims["value_share"].between(claims["low"], claims["high"]).sum()),
        four=percent(claims.loc["4:30", "here"]),
    )

# %% [markdown] lang="en"
# ### Where this misleads: the length of the period
#
# Over a short period many customers happen not to buy: counted as customers who brought 0, they make the few who bought look
# like everything; left out, they are not missed. Over a long period a person's luck evens out, but big customers pile up more.
# So the same firm may give another answer for another length of period
# ([Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)), and a share without its period says little.
# How much it matters here, the table and the sentence below it say.

# %% [markdown] lang="zh"
# ### 哪里会误导人：统计时间的长短
#
# 时间短，许多客户恰好没买：把他们按 0 计入，少数买了的人就显得包揽了一切；不计入，则看不出少了谁。时间长，每位客户自身的随机起伏会逐渐拉平，而大客户的金额越积越多。因此同一家企业，换一个时间长度，答案可能就不同（[Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)）；只报比例、不报时间，等于没说清楚。在这份数据里影响有多大，看下面的表和那句话。

# %%
section = t("The best fifth by length of period")
has_windows = needs(tables, "transactions", section=section)
rows, names = [], ["window_days", "n_customers", "top_20_share", "top_20_share_of_all_known"]
if has_windows:
    lengths = [days for days in (30, 91, 182, 365, 730) if days < history_days] + [history_days]
    for days in lengths:
        bought = spending_between(spent, as_of - pd.Timedelta(days=days - 1), as_of)
        if len(bought) >= 5 and bought.sum() > 0:  # a fifth is at least one customer, and there is something to share
            known = look_up(bought, ever.index, 0)
            rows.append((days, len(bought), concentration.top_share(bought, 0.2), concentration.top_share(known, 0.2)))

# %%
windows = pd.DataFrame(rows, columns=names).set_index("window_days")
one_length = t("it compares periods of several lengths with at least 5 customers each; there are {n}", n=len(windows))
has_windows = has_windows and enough(len(windows) > 1, one_length, section=section)

# %%
if has_windows:
    save_table(windows, "2-windows", title=t("The best fifth by length of period"), out=out)
    display(for_reading(windows.rename(index=number)))

# %%
if has_windows:
    low, high = (percent(share, 0) for share in (windows["top_20_share"].min(), windows["top_20_share"].max()))
    title = t("The best fifth of the buyers brings {low} to {high}, by the length of the period", low=low, high=high)
    same = t("The best fifth of the buyers brings {low}, whatever the length of the period", low=low)
    _, ax = plt.subplots(figsize=(6.4, 3.2), layout="constrained")
    plots.plot_windows(windows, ax=ax)
    ax.set_title(same if low == high else title)
    plt.show()

# %%
if has_windows:
    short, long = windows.iloc[0], windows.iloc[-1]
    say(
        "What the best fifth brings, from the shortest period ({short_days} days) to the longest ({long_days} days): "
        "among those who bought in it, {buyers}; among all customers ever seen, {all}.",
        short_days=number(short.name),
        long_days=number(long.name),
        buyers=span(percent(short["top_20_share"]), percent(long["top_20_share"])),
        all=span(percent(short["top_20_share_of_all_known"]), percent(long["top_20_share_of_all_known"])),
    )

# %% [markdown] lang="en"
# ### A, B and C
#
# The pyramid cuts by share of *customers*; ABC analysis cuts by share of *value*: the biggest customers who together
# bring 80% are A, the next up to 95% are B, the rest C. The customer who crosses a cut belongs above it.

# %% [markdown] lang="zh"
# ### A、B、C 三类
#
# 金字塔按*客户数*的比例划线，ABC 分类按*金额*的比例划线：从金额最大的客户开始累计，达到总金额 80% 为止的是 A 类，此后达到 95% 为止的是 B 类，其余是 C 类。恰好跨线的那位客户归上一类。

# %%
section = t("A, B and C")
has_classes = enough(has_money, t("nobody brought more money than went back"), section=section) and enough(
    len(spending) > 1, t("it compares customers, and there is one"), section=section
)

# %%
if has_classes:
    abc = pyramid.abc_classes(spending)
    classes = pyramid.tier_table(spending, abc).rename_axis("class")
    save_table(classes, "2-abc", title=t("A, B and C"), out=out)
    display(for_reading(classes, currency=currency))

# %%
if has_classes:
    say(
        "Customers in class A: {part}. They bring {value} of the money.",
        part=out_of(classes.loc["A", "n_customers"], len(abc)),
        value=percent(classes.loc["A", "value_share"]),
    )

# %% [markdown] lang="en"
# ### By columns of your own
#
# Further columns of your file, a region, a salesperson, a store, travel along where the mapping file says so
# (`extra = ["Region"]` under `[transactions.file]`). What each of their values brought stands here; whoever bought in two regions
# counts in both. A file without such columns has nothing here.

# %% [markdown] lang="zh"
# ### 按你自己的列来看
#
# 在映射文件的 `[transactions.file]` 下写上 `extra = ["地区"]`，文件里的其他列（地区、业务员、门店等）就会一起带过来。下面列出它们的每个取值各贡献多少金额；在两个地区都买过的客户，两边各算一次。文件没有这样的列，这里就没有内容。

# %%
def sum_by(column):
    """The customers and the money of each value of a column."""
    if has_orders:
        found = orders.sum_orders(spent, [column], as_of=as_of, since=since)
        return found[["n_customers", "amount"]].rename(columns={"amount": "value"})
    parts = main.groupby(column, dropna=False)
    return pd.DataFrame({"n_customers": parts["customer_id"].nunique(), "value": parts["value"].sum()})


# %%
main = orders.select_orders(transactions, since=since) if has_orders else tables["customer_values"]
own_columns = [name for name in main.columns if name not in TABLES[find_main(tables)].names]
kinds = find_kinds(main, own_columns, most=30) if summary["monetary"].sum() > 0 else []  # more are no kinds

# %%
for place, column in enumerate(kinds, start=1):
    by_kind = sum_by(column).sort_values("value", ascending=False)
    by_kind["value_share"] = by_kind["value"] / by_kind["value"].sum()
    save_table(by_kind, f"2-by-{place}", title=t("By {column}", column=column), out=out)
    display(for_reading(by_kind, currency=currency))
    say(
        "{column}: {best} brings {share} of the money, from {n} customers.",
        column=column,
        best=by_kind.index[0],
        share=percent(by_kind["value_share"].iloc[0]),
        n=number(by_kind["n_customers"].iloc[0]),
    )

# %% [markdown] lang="en"
# ## Who moved up, who moved down?
#
# Two periods of the same length, one after the other: the tier before in the rows, the tier after in the columns. Who
# did not buy in one of the two has the state *away*: without it, everybody who left would vanish from the table.

# %% [markdown] lang="zh"
# ## 谁升了级？谁降了级？
#
# 取前后相接、长度相同的两段时间：行是前一段的层级，列是后一段的层级。某一段没有购买的客户记为 *未购买*；没有这一格，流失的客户就会从表里消失。

# %%
section = t("Who moved up, who moved down?")
has_moves = needs(tables, "transactions", section=section)
if has_moves:
    too_short = t("it needs two periods of at least 28 days; the data cover {days}", days=number(history_days))
    has_moves = enough(move_days >= 28, too_short, section=section)
if has_moves:
    nobody = t("in one of the two periods nobody brought money")
    has_moves = enough(min(before.sum(), after.sum()) > 0, nobody, section=section)


# %%
def count_moves(before, after):
    """How many customers moved from each tier to each, and away; the best tier first."""
    tiers_of_both = [pyramid.assign_tiers(amounts.clip(lower=0), cuts=cuts) for amounts in (before, after)]
    states = [*tiers_of_both[0].cat.categories[::-1], "away"]
    return transitions.transition_counts(*tiers_of_both, states=states, absent="away")


# %%
if has_moves:
    counts = count_moves(before, after)
    best = counts.index[:-2]  # every tier but the lowest
    n_best = counts.loc[best].to_numpy().sum()
    one_tier = t("the cuts leave everybody in one tier (customers: {n})", n=number(len(before)))
    has_moves = enough(n_best > 0, one_tier, section=section)

# %%
if has_moves:
    save_table(counts, "2-moves", title=t("Moves between tiers, customers"), out=out)
    display(for_reading(counts))

# %%
if has_moves:
    n_before = counts.sum(axis=1)
    moves = counts.div(n_before.where(n_before > 0), axis=0)
    moves.loc["away", "away"] = float("nan")  # who bought in neither period is in no table
    save_table(moves, "2-move-shares", title=t("Moves between tiers, shares"), out=out)
    n_stayed = counts.loc[best, best].to_numpy().sum()
    _, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
    plots.plot_transitions(moves, n=n_before, ax=ax)
    ax.set_title(t("Above the lowest tier, and so again: {part}", part=out_of(n_stayed, n_best)))
    plt.show()

# %%
if has_moves:
    say(
        "Between two periods of {days} days: of {n} customers above the lowest tier, {stayed} are above it again, "
        "{lower} are in the lowest and {away} did not buy.",
        days=number(move_days),
        n=number(n_best),
        stayed=number(n_stayed),
        lower=number(counts.loc[best, counts.columns[-2]].sum()),
        away=number(counts.loc[best, "away"].sum()),
    )

# %%
if has_moves:
    highest = counts.index[n_before > 0][0]
    say(
        "Customers of the {tier} tier who are in it again: {part}.",
        tier=t(highest),
        part=out_of(counts.loc[highest, highest], n_before[highest]),
    )

# %%
fell = reasons["fell a tier"] if has_moves and "fell a tier" in reasons else pd.Series(dtype=float)
if has_moves and len(fell):
    was_best = look_up(moved[0]["tier"], fell.index) == moved[0]["tier"].max()
    named = fell[was_best] if was_best.any() else fell
    say(
        "Fell a tier and brought at least a fifth less: {n}, by {less} in all. {kind}: {names}.",
        n=number(len(fell)),
        less=money(fell.sum(), currency),
        kind=t("Out of the best tier, {n}", n=number(len(named))) if was_best.any() else t("The biggest falls"),
        names=t(", ").join(
            t("{customer} ({stake} less)", customer=who, stake=money(less, currency))
            for who, less in named.head(5).items()
        ),
    )
elif has_moves:
    say("Nobody above the lowest tier fell a tier and brought at least a fifth less.")

# %%
if has_moves:
    at_cuts = [pyramid.tier_cutoffs(amounts, cuts=cuts) for amounts in (before, after)]
    if any((table["n_tied"] > 0.1 * table["n_customers"].cumsum()).any() for table in at_cuts):
        say(
            "At a cut of one of the two periods, many customers spent the same. Their numbers keep them in place, so the "
            "tiers look steadier than the customers are."
        )

# %% [markdown] lang="en"
# ### How much of that is chance?
#
# A customer who buys now and then has good and bad weeks, and changes tier without having changed. How often? Take the weeks
# of the two periods in pairs, the first week of the one with the first of the other, and let a coin decide which of the two
# goes where. That makes two new periods, exactly as long, with the same weeks of the season where a period is a year; nobody
# can have changed *between* them. We do it 39 times: were there nothing but chance in the real moves, they would lie outside
# all 39 in one case of twenty.
#
# What this bounds: moves that go no further need no explanation. Moves that go further do, and the coin does not say which
# one: customers changed, came or left, or the season did, where a period is no whole year. It treats one week of a customer as
# good as another. Who orders every second week by habit moves less than the coin says; who buys in bursts, more.

# %% [markdown] lang="zh"
# ### 其中多少只是随机波动？
#
# 偶尔才买的客户，总有买得多的星期和买得少的星期；人没有变，层级却变了。这种情况有多少？把两段时间的星期一一配对：前一段的第一周配后一段的第一周，依此类推；每一对都抛一次硬币，决定哪一周归哪一边。这样得到两段新的时间，长度与原来完全相同；若一段是整年，季节的构成也相同。在这两段*之间*，客户不可能发生变化。如此重复 39 次：假如真实的变动只是随机波动，它落在这 39 次范围之外的机会只有二十分之一。
#
# 这一比较能说明什么：变动没有超出这个范围，就不需要另找原因；超出了，就必有原因，但硬币说不出是哪一个：可能是客户变了、来了或走了，若一段不是整年，也可能是季节变了。这里把同一客户的各个星期视为可以互换。按习惯每两周下一次单的客户，实际变动比抛硬币的结果少；集中一阵子购买的客户，则比它多。


# %%
def share_who_stayed(counts):
    """For each tier, and for all above the lowest together, what share is there again."""
    started = counts.sum(axis=1)
    stayed = pd.Series(counts.to_numpy().diagonal(), index=counts.index) / started.where(started > 0)
    above = counts.index[:-2]
    together = counts.loc[above, above].to_numpy().sum() / counts.loc[above].to_numpy().sum()
    return pd.concat([stayed.drop("away"), pd.Series({"above the lowest tier": together})]).rename_axis("tier")


# %%
has_chance, is_sample = False, len(ever) > chance.MANY
if has_moves:
    section = t("How much of that is chance?")
    has_chance = enough(move_days >= 56, t("it exchanges weeks, and a period has fewer than eight"), section=section)
if has_chance:  # a coin for each week of each customer: of very many, a sample
    drawn = orders.sample_customers(spent, chance.SAMPLE if is_sample else chance.MANY, seed=2, as_of=as_of, since=start)
    drawn_before, drawn_after = before, after
    if is_sample:
        drawn_before = spending_between(drawn, start, middle)
        drawn_after = spending_between(drawn, middle + pd.Timedelta(days=1), as_of)
    smallest, by_chance = min(len(drawn_before), len(drawn_after)), []
    for pair in chance.swap_weeks(drawn, middle=middle, days=move_days, n_times=39, seed=2):
        smallest = min(smallest, *map(len, pair))
        if smallest >= FEW:
            by_chance.append(share_who_stayed(count_moves(*pair)))
    too_few = t("it needs at least {few} customers in each period; in one there are {n}", few=FEW, n=smallest)
    has_chance = enough(smallest >= FEW, too_few, section=section)

# %%
if has_chance:
    by_chance = pd.DataFrame(by_chance)
    drawn_counts = count_moves(drawn_before, drawn_after)
    n_drawn_best = drawn_counts.iloc[:-2].to_numpy().sum()
    stay = pd.DataFrame(
        {
            "stayed_between_periods": share_who_stayed(drawn_counts),
            "stayed_by_chance": by_chance.mean(),
            "lowest_by_chance": by_chance.min(),
            "highest_by_chance": by_chance.max(),
        }
    )
    save_table(stay, "2-moves-and-chance", title=t("Who stayed, and who stays by chance alone"), out=out)
    display(for_reading(stay, shares=list(stay)))

# %%
if has_chance and is_sample:
    stayed = stay.loc["above the lowest tier", "stayed_between_periods"]
    margin = 1.96 * (stayed * (1 - stayed) / n_drawn_best) ** 0.5
    show_doubts(
        [
            t(
                "Moves are compared with chance on {n} customers drawn at random from {all}. Of these, {stayed} of those above "
                "the lowest tier stayed above it (95% interval: {interval}); of all customers, {whole}.",
                n=number(drawn["customer_id"].nunique()),
                all=number(len(ever)),
                stayed=percent(stayed),
                interval=span(percent(stayed - margin), percent(stayed + margin)),
                whole=percent(n_stayed / n_best),
            )
        ]
    )

# %%
if has_chance:
    together = stay.loc["above the lowest tier"]
    say(
        "{stayed} of the customers above the lowest tier stayed above it; with the weeks exchanged at random: {chance}.",
        stayed=percent(together["stayed_between_periods"]),
        chance=span(percent(together["lowest_by_chance"]), percent(together["highest_by_chance"])),
    )

# %%
if has_chance:
    one_customer = 1 / n_drawn_best  # a verdict must stand if one more had stayed, or one less
    if together["stayed_between_periods"] + one_customer < together["lowest_by_chance"]:
        say("More customers moved than chance alone moves: something did change.")
    elif together["stayed_between_periods"] - one_customer > together["highest_by_chance"]:
        say("Fewer customers moved than the coin would move: they buy more steadily than by chance.")
    else:
        say("Chance alone moves as many, give or take one customer: these moves need no other explanation.")

# %% [markdown] lang="en"
# ## Profit is not revenue
#
# A big customer who buys at thin margins and keeps us busy may cost more than they bring. The *whale curve* adds up
# profit from the most profitable customer to the least: it climbs to a peak, and falls where customers lose money.
# It needs the cost of the goods; with a table of activities and what one of each costs, the cost to serve as well
# (Kaplan & Narayanan, *Journal of Cost Management* 15, 2001).

# %% [markdown] lang="zh"
# ## 利润不等于收入
#
# 有的大客户买得多、毛利薄、又很费人手，企业为他们花的成本可能高于他们贡献的收入。*鲸鱼曲线*从最赚钱的客户开始累加利润：先升到峰值，遇到亏损客户便回落。画它需要货物成本；如果还有“服务活动”表和每项活动的单价，就能把服务成本也算进去（Kaplan & Narayanan 2001）。

# %%
section = t("Profit is not revenue")
if has_orders:
    has_cost = needs(tables, "transactions", ("cost",), section=section) and enough(
        profit is not None,
        t(
            "more than a tenth of the lines of the period have no cost: {n} of {all}",
            n=number(n_lacking),
            all=number(n_lines),
        ),
        section=section,
    )
else:
    has_cost = profit is not None or needs(tables, "customer_values", ("profit",), section=section)

# %%
if has_cost and n_lacking:
    say(
        "Lines of the period without a cost: {n} of {all}, {amount} together. "
        "Profit leaves them out, the money as well as the cost.",
        n=number(n_lacking),
        all=number(n_lines),
        amount=money(in_period["amount_without_cost"], currency),
    )

# %%
section = t("Cost to serve")
has_service = needs(tables, "transactions", section=section) and needs(tables, "activities", section=section)
has_service = has_service and needs(tables, "activity_rates", section=section)
if has_service:
    no_rate = t("the table {table} has no rate for {names}", table="activity_rates", names=", ".join(unknown))
    has_service = enough(not unknown, no_rate, section=section)
    has_service = has_service and enough(counted.any(), t("no activity lies in the period"), section=section)

# %%
if has_service and not (since.is_month_start and as_of.is_month_end):
    say(
        "Activities are known by month. Counted whole: {months}; a month counts if at least half its days lie in the period.",
        months=span(month[counted].min(), month[counted].max()),
    )

# %%
if has_cost:
    profit = profit.iloc[rank_order(profit["net_profit"])]
    save_table(profit, "2-profit-of-each-customer", title=t("Profit of each customer"), out=out)
    curve = profitability.whale_curve(profit["net_profit"], shares=False)
    lost = curve["profit"].max() - curve["profit"].iloc[-1]

# %%
if has_cost:
    _, ax = plt.subplots(figsize=(6.4, 3.4), layout="constrained")
    plots.plot_whale(curve, currency=currency, ax=ax)
    title = t("Customers who lose money take {lost} off the peak", lost=money(lost, currency))
    ax.set_title(title if len(losing) else t("No customer loses money"))
    plt.show()

# %%
if has_cost and len(losing):
    say(
        "Customers who cost more than they bring: {part}. They lose {lost}, the others bring {peak}, all together {total}.",
        part=out_of(len(losing), len(profit)),
        lost=money(-losing["net_profit"].sum(), currency),
        peak=money(curve["profit"].max(), currency),
        total=money(profit["net_profit"].sum(), currency),
    )
elif has_cost:
    say(
        "No customer costs more than they bring; all together bring {total}.",
        total=money(profit["net_profit"].sum(), currency),
    )

# %%
if has_cost and has_tiers:
    big = look_up(profit["net_profit"], tier.index[tier.cat.codes.to_numpy() > 0]).dropna()
    n_losing = (big < 0).sum()
    if n_losing:
        say(
            "Customers above the lowest tier who lose money: {part}. Big is not the same as profitable.",
            part=out_of(n_losing, len(big)),
        )
    else:
        say("Of {n} customers above the lowest tier, none loses money.", n=number(len(big)))

# %% [markdown] lang="en"
# ## What follows for the budget
#
# Spread evenly over customers, a budget follows the number of heads: most of it goes to small customers. The table sets
# it against what each tier brings. It shows where a unit of money meets how much business; it does not show that more
# effort there would bring more, which only a trial can tell.

# %% [markdown] lang="zh"
# ## 预算该怎么分？
#
# 按人头平均分，预算就跟着人数走：大部分花在小客户身上。下表把它与各层级贡献的金额对照。它说明每单位预算对应多少购买金额，但不能说明增加投入就会增加购买：这只有通过试验才能知道。

# %%
has_budget = enough(has_tiers, t("it needs the pyramid"), section=t("What follows for the budget"))
if has_budget:
    decision = tiers[["n_customers", "value"]].copy()
    decision["budget_spread_evenly"] = budget * tiers["customer_share"]
    decision["budget_by_value"] = budget * tiers["value_share"]
    given = decision["budget_spread_evenly"].where(decision["budget_spread_evenly"] > 0)
    decision["value_per_unit_spread_evenly"] = decision["value"] / given
    save_table(decision, "2-budget", title=t("The budget, spread evenly and by value"), out=out)
    display(for_reading(decision, currency=currency))

# %%
if has_budget:
    say(
        "Of a budget of {budget}, spreading it evenly gives the lowest tier {even}; by the money it brings, it would get {by_value}.",
        budget=money(budget, currency),
        even=money(decision["budget_spread_evenly"].iloc[-1], currency),
        by_value=money(decision["budget_by_value"].iloc[-1], currency),
    )

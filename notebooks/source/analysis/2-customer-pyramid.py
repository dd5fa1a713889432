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
# This notebook runs on the kit's own data and on yours. It answers, in order:
#
# 1. What data is this, and what was set aside?
# 2. How much of the business do the best 1, 5 and 20 % of the customers bring?
# 3. How concentrated is it, and does 80/20 hold here?
# 4. Who moved up or down, and how much of that is chance?
# 5. Which customers cost more than they bring?
# 6. What follows for the next budget?
#
# Every number below comes from this run. A section that needs a table you do not have says so, and the rest goes on.

# %% [markdown] lang="zh"
# # 2 · 企业靠哪些客户支撑？
#
# 本笔记本既能分析自带的数据，也能分析您自己的数据。依次回答六个问题：
#
# 1. 这是什么数据？有哪些行未采用？
# 2. 前 1%、5%、20% 的客户贡献了多少购买金额？
# 3. 购买金额有多集中？“80/20”在这里成立吗？
# 4. 哪些客户升了级、降了级？其中多少只是偶然？
# 5. 哪些客户的成本高于其带来的收入？
# 6. 下一笔预算该怎么分？
#
# 文中每个数字都是这次运行算出来的。某一节缺少所需的表时，会说明缺什么，其余各节照常进行。

# %% [markdown] lang="en"
# **What you can set.** `data`: a data set of the kit, or the path of your file or folder · `columns`: your column names to ours ·
# `as_of`: the day to look from, the last day in the data if empty · `period_days`: the period whose purchases make a customer big or
# small · `cuts`: where the pyramid is cut, as shares of customers · `currency`: only a sign before the amounts · `budget`: what you
# may spend on looking after customers · `out`: a folder for the result tables.

# %% [markdown] lang="zh"
# **可以改的参数。**`data`：自带数据集的名称，或者您的文件、文件夹的路径 · `columns`：您的列名对应我们的哪个列名 · `as_of`：截至哪一天，不填就是数据的最后一天 · `period_days`：按多少天的购买来衡量客户大小 · `cuts`：金字塔在哪里分层（客户数的累计比例） · `currency`：金额前的货币符号 · `budget`：下一期可用于维护客户的预算 · `out`：结果表格写到哪个文件夹。

# %% tags=["parameters"]
data = "teaching-company"
columns = None  # for example {"Kunde": "customer_id", "Datum": "order_date", "Betrag": "amount"}
as_of = None  # for example "2025-12-31"
period_days = 365
cuts = (0.01, 0.05, 0.20)
currency = None  # for example "CNY"
budget = 100_000
language = "en"  # "en" or "zh"
out = None

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import customers, datasets, plots, pyramid, transitions
from crmlib.findings import needs, save_table, say, show_source
from crmlib.language import money, number, percent, t, translate, use

use(language)

# %% [markdown] lang="en"
# ## What data is this?
#
# One row is one line of an order, or of a refund, which is negative. Rows that cannot be read are set aside, never
# dropped in silence: how many, and why, stands here.

# %% [markdown] lang="zh"
# ## 这是什么数据？
#
# 一行就是一张订单中的一项；退款也占一行，金额为负。无法读取的行记为未采用，不会悄悄丢弃：共有多少行、原因是什么，都写在下面。

# %%
tables, reports = datasets.load_data(data, columns=columns)
show_source(reports, out=out)

# %%
transactions = tables["transactions"]
translate(transactions.head())

# %%
currency = currency or datasets.list_datasets().set_index("name")["currency"].get(str(data))
first_day, last_day = transactions["order_date"].min().normalize(), transactions["order_date"].max().normalize()
as_of = pd.Timestamp(as_of or last_day).normalize()
say(
    "{lines} lines from {n} customers, {first} to {last}; the amounts add up to {total}.",
    lines=number(len(transactions)),
    n=number(transactions["customer_id"].nunique()),
    first=first_day.date(),
    last=last_day.date(),
    total=money(transactions["amount"].sum(), currency),
)

# %% [markdown] lang="en"
# ## One row per customer
#
# How big a customer is depends on the period looked at, so the period is stated: the days of `period_days` up to and
# including `as_of`. In it, *frequency* counts orders, *recency* counts days since the last order, and *monetary* is
# what the customer paid less refunds. A refund is no order.

# %% [markdown] lang="zh"
# ## 每位客户一行
#
# 客户大不大，要看统计的是哪一段时间，所以先把时间说清楚：截至 `as_of` 当天（含当天）的 `period_days` 天。在这段时间里，*frequency*（购买频率）是订单数，*recency*（最近购买）是距最后一张订单的天数，*monetary*（购买金额）是付款减去退款。退款不算订单。

# %%
since = max(as_of - pd.Timedelta(days=period_days - 1), first_day)
summary = customers.summarize_customers(transactions, as_of=as_of, since=since)
save_table(summary, "2-customers", title=t("One row per customer"), out=out)
translate(summary.head().round({"monetary": 2, "profit": 2}))

# %%
not_positive = summary["monetary"] <= 0
spending = summary["monetary"].clip(lower=0)
say(
    "From {since} to {as_of}, {n} customers bought or returned something, {total} in all. "
    "{n_not_positive} of them come to zero or less and count as customers who brought 0; all shares below are of {base}.",
    since=since.date(),
    as_of=as_of.date(),
    n=number(len(summary)),
    total=money(summary["monetary"].sum(), currency),
    n_not_positive=number(not_positive.sum()),
    base=money(spending.sum(), currency),
)

# %% [markdown] lang="en"
# ## The pyramid
#
# Rank the customers by what they spent in the period. The best 1 % are the VIPs, the next 4 % the major customers, the
# next 15 % the regular ones, and 80 % are small. The number of customers above each cut is rounded to the nearest
# whole customer; customers with equal spending are told apart by their number only, and how many that concerns is shown.

# %% [markdown] lang="zh"
# ## 客户金字塔
#
# 按这段时间的购买金额给客户排名：最前面的 1% 是VIP客户，接着的 4% 是主要客户，再接着的 15% 是普通客户，其余 80% 是小客户。每条分界线以上的人数四舍五入取整；金额相同的客户只能按编号先后区分，这样的客户有多少，表里写明。

# %%
tier = pyramid.assign_tiers(spending, cuts=cuts)
tiers = pyramid.tier_table(spending, tier)
save_table(tiers, "2-tiers", title=t("The pyramid"), out=out)
save_table(tier, "2-tier-of-each-customer", title=t("The tier of each customer"), out=out)
translate(tiers.round({"customer_share": 4, "value": 2, "value_share": 4, "mean": 2}))

# %%
best = tiers.iloc[:-1]
ax = plots.plot_tiers(tiers)
ax.set_title(
    t("The best {share} of the customers bring {value} of the money").format(
        share=percent(best["customer_share"].sum(), 0), value=percent(best["value_share"].sum(), 0)
    )
)
plt.show()

# %%
top = tiers[tiers["n_customers"] > 0].iloc[0]
say(
    "The {n} {tier} customers are {share} of all and bring {value} of the money, {mean} each; "
    "a customer of the lowest tier brings {small} on average.",
    n=number(top["n_customers"]),
    tier=t(str(top.name)),
    share=percent(top["customer_share"]),
    value=percent(top["value_share"]),
    mean=money(top["mean"], currency),
    small=money(tiers["mean"].iloc[-1], currency),
)

# %%
cutoffs = pyramid.tier_cutoffs(spending, cuts=cuts)
save_table(cutoffs, "2-tier-cutoffs", title=t("Where the cuts lie"), out=out)
translate(cutoffs.round({"share_of_customers": 4, "lowest": 2, "highest": 2}))

# %% [markdown] lang="en"
# ## How concentrated is it?
#
# The *Lorenz curve* adds customers up from the smallest to the biggest and shows what share of the money they bring.
# Were all equal, it would be the straight line. The *Gini coefficient* is the area between the two, doubled: 0 when
# all are equal, close to 1 when one customer brings everything. The interval shows how far the number would move had
# other customers of the same kind come to us (bootstrap, 95 %). With few customers, or a few giants, it is too narrow and
# usually too low.

# %% [markdown] lang="zh"
# ## 购买金额有多集中？
#
# *洛伦兹曲线*从最小的客户开始逐个累加，看他们合计带来了多少份额的钱。如果每位客户的金额都相同，它就是图中的对角线（绝对平等线）。*基尼系数*等于两线之间面积的两倍：人人相等时为 0，一个客户包揽全部时接近 1。后面的区间说明：假如来的是另一批同类客户，这个数会在多大范围内变动（自助法，95% 置信区间）。客户少，或者有几个特别大的客户时，这个区间偏窄，而且通常偏低。

# %%
gini = pyramid.gini_coefficient(spending)
low, high = pyramid.bootstrap_interval(spending, pyramid.gini_coefficient, n_resamples=500, seed=2)
top_20 = pyramid.top_share(spending, 0.20)
needed = pyramid.share_needed(spending, 0.80)
say(
    "The Gini coefficient is {gini} (95 % interval {low} to {high}). The best 20 % of the customers bring {top_20} of "
    "the money; to reach 80 % of the money it takes the best {needed} of the customers.",
    gini=number(gini, 3),
    low=number(low, 3),
    high=number(high, 3),
    top_20=percent(top_20),
    needed=percent(needed),
)

# %% [markdown] lang="en"
# The course quotes several ratios: 20 % of customers bring 80 % of income; a securities house where 20 % brought 90 %;
# 4 % bring 30 %; 22 to 78. They are claims about other firms. The red marks are the claims; this firm's curve is blue.

# %% [markdown] lang="zh"
# 课程里引用了好几种比例：20% 的客户带来 80% 的收入；某证券公司 20% 的客户带来 90%；4% 带来 30%；22 比 78。这些都是别家企业的说法。红色标记是这些说法，蓝线是本企业的实际情况。

# %%
claims = pd.DataFrame(
    [(0.20, 0.80), (0.20, 0.90), (0.04, 0.30), (0.22, 0.78)],
    index=["20:80", "20:90", "4:30", "22:78"],
    columns=["customer_share", "value_share"],
).rename_axis("claim")
claims["here"] = [pyramid.top_share(spending, share) for share in claims["customer_share"]]
save_table(claims, "2-claims", title=t("Famous ratios and this firm"), out=out)
translate(claims.round(4))

# %%
ax = plots.plot_lorenz(pyramid.lorenz_curve(spending), claims=claims)
ax.set_title(t("The best fifth brings {share}; 80/20 would be 80 %").format(share=percent(top_20)))
plt.show()

# %%
say(
    "{n_above} of the {n} ratios claim more concentration than this firm shows; here the best 4 % bring {four}.",
    n_above=number((claims["value_share"] > claims["here"] + 1e-9).sum()),
    n=number(len(claims)),
    four=percent(claims.loc["4:30", "here"]),
)

# %% [markdown] lang="en"
# ### Where this misleads: the length of the period
#
# Over a short period many customers happen not to buy, and the few who do look like everything; over a long one a
# person's luck evens out. The same firm gives a different answer for every length of period
# ([Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)). So a share without its period says little.

# %% [markdown] lang="zh"
# ### 哪里会误导人：统计时间的长短
#
# 时间短，许多客户恰好没买，少数买了的人就显得包揽了一切；时间长，每位客户自身的偶然起伏会逐渐拉平。同一家企业，换一个时间长度就是另一个答案（[Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)）。所以，只报比例、不报时间，等于没说清楚。

# %%
history_days = (as_of - first_day).days + 1
lengths = [days for days in (30, 91, 182, 365, 730) if days < history_days] + [history_days]
everyone = transactions.loc[transactions["order_date"] < as_of + pd.Timedelta(days=1), "customer_id"].unique()

# %%
rows = []
for days in lengths:
    start = as_of - pd.Timedelta(days=days - 1)
    spent = customers.summarize_customers(transactions, as_of=as_of, since=start)["monetary"].clip(lower=0)
    known = spent.reindex(everyone, fill_value=0)
    rows.append((days, len(spent), pyramid.top_share(spent, 0.2), pyramid.top_share(known, 0.2)))

# %%
names = ["window_days", "n_customers", "top_20_share", "top_20_share_of_all_known"]
windows = pd.DataFrame(rows, columns=names).set_index("window_days")
save_table(windows, "2-windows", title=t("The best fifth by length of period"), out=out)
translate(windows.round(4))

# %%
ax = plots.plot_windows(windows)
ax.set_title(t("The answer moves with the period and with who is counted"))
plt.show()

# %%
say(
    "Among those who bought in the period, the best fifth brings {short} in {short_days} days and {long} in "
    "{long_days} days. Counting every customer ever seen, it is {short_all} and {long_all}.",
    short=percent(windows["top_20_share"].iloc[0]),
    long=percent(windows["top_20_share"].iloc[-1]),
    short_all=percent(windows["top_20_share_of_all_known"].iloc[0]),
    long_all=percent(windows["top_20_share_of_all_known"].iloc[-1]),
    short_days=number(windows.index[0]),
    long_days=number(windows.index[-1]),
)

# %% [markdown] lang="en"
# ### A, B and C
#
# The pyramid cuts by share of *customers*; ABC analysis cuts by share of *value*: the biggest customers who together
# bring 80 % are A, the next up to 95 % are B, the rest C. The customer who crosses a cut belongs above it.

# %% [markdown] lang="zh"
# ### A、B、C 三类
#
# 金字塔按*客户数*的比例划线，ABC 分类按*金额*的比例划线：从金额最大的客户开始累计，达到总金额 80% 为止的是 A 类，此后达到 95% 为止的是 B 类，其余是 C 类。恰好跨线的那位客户归上一类。

# %%
abc = pyramid.abc_classes(spending)
classes = pyramid.tier_table(spending, abc).rename_axis("class")
save_table(classes, "2-abc", title=t("A, B and C"), out=out)
translate(classes.round({"customer_share": 4, "value": 2, "value_share": 4, "mean": 2}))

# %%
say(
    "{n} customers, {share} of all, are class A and bring {value} of the money.",
    n=number(classes.loc["A", "n_customers"]),
    share=percent(classes.loc["A", "customer_share"]),
    value=percent(classes.loc["A", "value_share"]),
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
move_days = min(period_days, history_days // 2)
middle = as_of - pd.Timedelta(days=move_days)
after = customers.summarize_customers(transactions, as_of=as_of, since=middle + pd.Timedelta(days=1))
before = customers.summarize_customers(transactions, as_of=middle, since=middle - pd.Timedelta(days=move_days - 1))

# %%
states = [str(name) for name in tiers.index] + ["away"]
tier_before = pyramid.assign_tiers(before["monetary"].clip(lower=0), cuts=cuts)
tier_after = pyramid.assign_tiers(after["monetary"].clip(lower=0), cuts=cuts)
counts = transitions.transition_counts(tier_before, tier_after, states=states, absent="away")
save_table(counts, "2-moves", title=t("Moves between tiers, customers"), out=out)
translate(counts)

# %%
moves = transitions.transition_matrix(tier_before, tier_after, states=states, absent="away")
save_table(moves, "2-move-shares", title=t("Moves between tiers, shares"), out=out)
highest = counts.index[counts.sum(axis=1) > 0][0]
ax = plots.plot_transitions(moves)
ax.set_title(t("{share} of the {tier} customers are so again").format(share=percent(moves.loc[highest, highest], 0), tier=t(highest)))
plt.show()

# %%
say(
    "Of the {n} {tier} customers of the period before, {stayed} are {tier} again, {lower} are lower and {away} did not buy.",
    n=number(counts.loc[highest].sum()),
    tier=t(highest),
    stayed=number(counts.loc[highest, highest]),
    lower=number(counts.loc[highest, states[states.index(highest) + 1 : -1]].sum()),
    away=number(counts.loc[highest, "away"]),
)

# %% [markdown] lang="en"
# ### How much of that is chance?
#
# A customer who buys now and then has good and bad weeks. So we split *one* period into odd and even weeks and make a
# pyramid of each half. They ran side by side, so hardly anybody can have changed between them: whoever changes tier all
# the same did so mostly by chance. It is an upper bound on chance: half a period holds fewer purchases, so there is more
# of it than between whole periods, and customers who order every second week fall wholly into one half.

# %% [markdown] lang="zh"
# ### 其中多少只是偶然？
#
# 偶尔才买的客户，总有买得多的星期和买得少的星期。于是我们把*同一段*时间按单周、双周分成两半，各做一个金字塔。两半交替进行，客户本身并没有变；因此仍然出现的层级变动大多只是偶然。这是偶然变动的上限：一半时间里的购买更少，偶然变动会比两个完整时段之间更多；每两周下一次单的客户更会全部落在同一半里。

# %%
recent = transactions[transactions["order_date"].between(since, as_of + pd.Timedelta(days=1), inclusive="left")]
odd_week = (recent["order_date"] - since).dt.days // 7 % 2 == 1
halves = [customers.summarize_customers(recent[half], as_of=as_of)["monetary"].clip(lower=0) for half in (~odd_week, odd_week)]
by_chance = transitions.transition_matrix(
    *[pyramid.assign_tiers(half, cuts=cuts) for half in halves], states=states, absent="away"
)
translate(by_chance.round(3))

# %%
stay = pd.DataFrame({"stayed_between_periods": moves.values.diagonal(), "stayed_between_halves": by_chance.values.diagonal()})
stay = stay.set_axis(pd.Index(states, name="tier")).drop(index="away")
save_table(stay, "2-moves-and-chance", title=t("Who stayed, and who stays by chance alone"), out=out)
translate(stay.round(3))

# %%
say(
    "Between two periods of {days} days, {stayed} of the {tier} customers stayed {tier}; between the odd and the even "
    "weeks of one period, {chance} did. If the two are close, the moves may be chance alone.",
    days=number(move_days),
    stayed=percent(stay.loc[highest, "stayed_between_periods"], 0),
    tier=t(highest),
    chance=percent(stay.loc[highest, "stayed_between_halves"], 0),
)

# %% [markdown] lang="en"
# ## Profit is not revenue
#
# A big customer who buys at thin margins and keeps us busy may cost more than he brings. The *whale curve* adds up
# profit from the most profitable customer to the least: it climbs to a peak, and falls where customers lose money.
# It needs the cost of the goods; with a table of activities and what one of each costs, the cost to serve as well
# (Kaplan & Narayanan, *Journal of Cost Management* 15, 2001).

# %% [markdown] lang="zh"
# ## 利润不等于收入
#
# 有的大客户买得多、毛利薄、又很费人手，企业为其付出的成本可能高于其带来的收入。*鲸鱼曲线*从最赚钱的客户开始累加利润：先升到峰值，遇到亏损客户便回落。画它需要货物成本；如果还有“服务活动”表和每项活动的单价，就能把服务成本也算进去（Kaplan & Narayanan 2001）。

# %%
has_cost = needs(tables, "transactions", ("cost",), section=t("Profit is not revenue"))
has_activities = needs(tables, "activities", section=t("Cost to serve")) and needs(
    tables, "activity_rates", section=t("Cost to serve")
)

# %%
profit = None
if has_cost:
    profit = summary[["monetary", "profit"]].rename(columns={"profit": "gross_profit"})
    profit["cost_to_serve"] = 0.0
if has_cost and has_activities:
    in_period = tables["activities"]["month"].between(since, as_of)
    served = pyramid.cost_to_serve(tables["activities"][in_period], tables["activity_rates"])
    profit = profit.join(served.rename("served"), how="outer").fillna(0.0)
    profit["cost_to_serve"] = profit.pop("served")

# %%
if profit is not None:
    profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]
    curve = pyramid.whale_curve(profit["net_profit"])
    save_table(profit, "2-profit-of-each-customer", title=t("Profit of each customer"), out=out)
    ax = plots.plot_whale(curve)
    ax.set_title(t("Customers who lose money take {lost} off the peak").format(
        lost=money(curve["profit"].max() - curve["profit"].iloc[-1], currency)))
    plt.show()

# %%
if profit is not None:
    losing = profit[profit["net_profit"] < 0]
    say(
        "{n} customers ({share}) cost more than they bring, {lost} together; the others bring {peak}, all together {total}.",
        n=number(len(losing)),
        share=percent(len(losing) / len(profit)),
        lost=money(-losing["net_profit"].sum(), currency),
        total=money(profit["net_profit"].sum(), currency),
        peak=money(curve["profit"].max(), currency),
    )

# %%
if profit is not None:
    big = profit.reindex(tier.index[tier > tier.cat.categories[0]])
    say(
        "Of the {n} customers above the lowest tier, {n_losing} lose money: big is not the same as profitable.",
        n=number(len(big)),
        n_losing=number((big["net_profit"] < 0).sum()),
    )

# %% [markdown] lang="en"
# ## What follows for the budget
#
# Spread evenly over customers, a budget follows the number of heads: most of it goes to small customers. The table sets
# it against what each tier brings. It shows where a unit of money meets how much business; it does not show that more
# effort there would bring more, which only a trial can tell.

# %% [markdown] lang="zh"
# ## 预算该怎么分？
#
# 按人头平均分，预算就跟着人数走：大部分花在小客户身上。下表将其与各层级带来的金额对照。它说明每单位预算对应多少购买金额，但不能说明增加投入就会增加购买：这只有通过试验才能知道。

# %%
decision = tiers[["n_customers", "value"]].copy()
decision["budget_spread_evenly"] = budget * tiers["customer_share"]
decision["budget_by_value"] = budget * tiers["value_share"]
decision["value_per_unit_spread_evenly"] = decision["value"] / decision["budget_spread_evenly"]
save_table(decision, "2-budget", title=t("The budget, spread evenly and by value"), out=out)
translate(decision.round(2))

# %%
say(
    "Of a budget of {budget}, spreading it evenly gives the lowest tier {even}; by the money it brings, it would get {by_value}.",
    budget=money(budget, currency),
    even=money(decision["budget_spread_evenly"].iloc[-1], currency),
    by_value=money(decision["budget_by_value"].iloc[-1], currency),
)

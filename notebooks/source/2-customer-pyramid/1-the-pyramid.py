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

# %% [markdown] lang="en" minutes=40 needs=[] rows=["A12", "A21", "A22", "A23", "C21", "D22"] slide="slide"
# # 1 · The pyramid: on whom do we spend the next yuan?
#
# Money and time for customers are limited, so they should go where they do most. The course says where that is: 「刀口上」,
# on the edge of the blade, by which it means the top of the customer pyramid. Is that so?
#
# In this lesson you will
#
# - **build** the customer pyramid, with ties and rounding stated, by revenue and by profit,
# - **test** what is said about it: how few bring how much, who moves up and down, and how much of that is chance,
# - **spread** a budget over the tiers by what the next yuan brings.

# %% [markdown] lang="zh"
# # 1 · 客户金字塔：下一块钱花在谁身上？
#
# 用来维护客户的钱和时间都有限，应当花在最见效的地方。课程说，要花在“刀口上”，也就是客户金字塔的顶端。果真如此吗？
#
# 在这一课里，您将
#
# - **搭建**客户金字塔：按收入、按利润各搭一次，并列规则和取整规则都说清楚；
# - **检验**关于它的说法：多少客户带来多少钱，谁升级、谁降级，其中又有多少只是偶然；
# - **分配**一笔预算：看下一块钱花在哪个层级最见效。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from ipywidgets import FloatSlider
from matplotlib.ticker import PercentFormatter
from scipy.stats import hypergeom

from crmlib import allocation, chance, concentration, customers, datasets, plots, pyramid, transitions
from crmlib.lesson import check, explore, hint, practice_on, quiz, say, solution
from crmlib.language import money, number, percent, t, translate, use

use(language)

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## What does one row say?
#
# Jiahe Foods, the teaching company, is **simulated**: it sells rice, oil, tea and the like to households, restaurants
# and shops. In `transactions` one row is a line of an order, or of a refund, which is negative. Amounts are in CNY.

# %% [markdown] lang="zh"
# ## 一行说的是什么？
#
# 教学公司“嘉禾食品”是**模拟**出来的：它把米、油、茶叶等卖给家庭、餐馆和小店。`transactions` 表中，一行是一张订单中的一项；退款也占一行，金额为负。金额单位为人民币元。

# %%
tables, reports = datasets.load_data("teaching-company")
transactions = tables["transactions"]
translate(transactions[["customer_id", "order_date", "order_id", "category", "amount", "cost"]].head(4))

# %%
say(
    "{read} rows from {first} to {last}: {accepted} can be used, {rejected} were set aside, most of them sales of "
    "the till that name no customer. Of the {accepted}, {refunds} are refunds and {zeros} are samples for 0; {empty} "
    "cells are empty.",
    read=number(reports["transactions"].n_read),
    first=transactions["order_date"].min().date(),
    last=transactions["order_date"].max().date(),
    accepted=number(len(transactions)),
    rejected=number(reports["transactions"].n_rejected),
    refunds=number((transactions["amount"] < 0).sum()),
    zeros=number((transactions["amount"] == 0).sum()),
    empty=number(transactions.isna().to_numpy().sum()),
)

# %% [markdown] lang="en" minutes=5 rows=["A22"] slide="slide"
# ## Eight customers, by hand
#
# In words: rank the customers by what they spent in a stated period; the best 1 % are **VIP**, the next 4 %
# **major**, the next 15 % **regular**, the other 80 % **small** (the course, after 艾克; Curry & Curry 2000). As a
# formula: of $N$ customers,
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$
#
# stand above the cut $c$ = 1 %, 5 %, 20 % ($\lfloor\ \rfloor$ drops the decimals, so a half goes up). With eight customers 1 % is nobody, so here we cut after the first and
# after the third. A has two orders; B brought something back; E orders often, and little.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 用一句话说：先说定一段时间，按这段时间的购买金额给客户排名；最前面的 1% 是**VIP客户**，接着的 4% 是**主要客户**，再接着的 15% 是**普通客户**，其余 80% 是**小客户**（课程引自艾克；Curry & Curry 2000）。写成公式：$N$ 位客户中，站在分界线 $c$（1%、5%、20%）以上的有
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$
#
# 位（$\lfloor\ \rfloor$ 是去掉小数，所以恰好一半时进位）。八位客户的 1% 一个人也没有，所以这里在第一位和第三位之后划线。A 有两张订单；B 退过一次货；E 下单多，每单都小。

# %%
few = pd.DataFrame(
    [("A", 1, 600), ("A", 2, 300), ("B", 3, 270), ("B", 3, -20), ("C", 4, 120), ("D", 5, 120), ("E", 6, 16)]
    + [("E", 7, 16), ("E", 8, 16), ("E", 9, 16), ("E", 10, 16), ("F", 11, 60), ("G", 12, 40), ("H", 13, 30)],
    columns=["customer_id", "order_id", "amount"],
)
eight = few.groupby("customer_id")["amount"].sum()
ranked = eight.sort_values(ascending=False, kind="stable")  # stable: equal ones stay in the order of customer_id
translate(ranked)

# %%
by_hand = pd.Series(["VIP"] + ["major"] * 2 + ["small"] * 5, index=ranked.index)
share = ranked.groupby(by_hand).sum() / ranked.sum()
translate(share.rename("value_share").rename_axis("tier").round(3))

# %% [markdown] lang="en"
# Read it aloud: *one customer of eight brings 900 of 1,600, more than half.* C and D both spent 120; the cut runs
# between them, and only the letter decides who is major. The package ranks, rounds and breaks ties in the same way,
# and says how many customers share the amount at the cut:

# %% [markdown] lang="zh"
# 读出声来：*八位客户中的一位，带来 1,600 元中的 900 元，超过一半*。C 和 D 都花了 120 元，分界线恰好落在两人中间，谁是主要客户只由编号决定。程序包的排名、取整、并列规则与此相同，并且会说明有几位客户的金额恰好等于分界线：

# %%
cuts, labels = (1 / 8, 3 / 8), ("VIP", "major", "small")
assert pyramid.assign_tiers(eight, cuts=cuts, labels=labels).astype(str).equals(by_hand[eight.index].rename("tier"))
translate(pyramid.tier_cutoffs(eight, cuts=cuts, labels=labels))

# %% [markdown] lang="en" tags=["notes"]
# Let them rank the eight on paper first, by amount and then by number of orders: E, who is fifth, comes out on top.
# Students count lines as orders (B has one order, not two), leave the refund out, and think ties cannot happen with
# money.

# %% [markdown] lang="zh"
# 先让学生在纸上给八位客户排名：一次按金额，一次按订单数。按订单数，第五名的 E 会排到最前。常见错误：把行数当订单数（B 是一张订单，不是两张）；漏掉退款；以为金额不会并列。

# %% [markdown] lang="en" minutes=3 rows=["A22"] slide="slide"
# ### How many is one percent?
#
# The course's example has 1,000 customers: 10, 40, 150 and 800. Few firms have exactly 1,000. We round the number
# *above* each cut, halves up, and a tier is the difference; rounding each tier by itself may invent a customer.

# %% [markdown] lang="zh"
# ### 百分之一是几位？
#
# 课程的例子有 1,000 位客户：10、40、150、800。客户恰好 1,000 位的企业很少。我们对每条分界线*以上*的人数四舍五入，相减得到各层人数；如果每层各自取整，可能凭空多出一位客户。

# %%
grocery = datasets.load_complete_journey()["transactions"]
rows = {}
for n in (1000, grocery["customer_id"].nunique(), 250, 49):
    counted = pyramid.assign_tiers(pd.Series(range(n))).value_counts()[list(pyramid.LABELS)]
    rows[n] = [*counted, sum(int(n * share + 0.5) for share in (0.01, 0.04, 0.15, 0.80))]
sizes = pd.DataFrame.from_dict(rows, orient="index", columns=[*pyramid.LABELS, "sum_if_each_is_rounded"])
translate(sizes.rename_axis("n_customers"))

# %% [markdown] lang="en"
# With 250 customers, rounding each tier alone makes 251 of them; with 49 there is no VIP at all. And ties? Amounts
# seldom tie. Numbers of orders do: CDNOW, a music shop (real; one tenth of a cohort of 1997), ranked by orders:

# %% [markdown] lang="zh"
# 有 250 位客户时，每层各自取整会变成 251 位；有 49 位时，一个 VIP 也没有。那么并列呢？金额很少并列，订单数却常常并列。下面把音像店 CDNOW（真实数据，1997 年一批新客户的十分之一）按订单数排名：

# %%
cdnow = datasets.load_cdnow()
music = customers.summarize_customers(cdnow, as_of="1998-06-30")
at_cut = pyramid.tier_cutoffs(music["frequency"])

# %%
say(
    "The last regular customer has {n} orders, and so have {tied} customers in all, on both sides of the cut: among "
    "them the customer's number decides. Ranked by amount, {by_amount} customers stand on a cut.",
    n=number(at_cut.loc["regular", "lowest"]),
    tied=number(at_cut.loc["regular", "n_tied"]),
    by_amount=number(pyramid.tier_cutoffs(music["monetary"])["n_tied"].sum()),
)

# %% [markdown] lang="en" minutes=3 rows=["A12", "A22"] slide="slide"
# ## Who are the gold customers?
#
# The first thing the course asks of a firm: 识别企业的“金牌”客户, know your gold customers. A query, no more: net spending of
# 2025, refunds taken off, the biggest first.

# %% [markdown] lang="zh"
# ## 谁是“金牌”客户？
#
# 课程的客户差异分析，第一问就是识别企业的“金牌”客户。这不过是一次查询：2025 年的购买金额，减去退款，从大到小排。

# %% slide="subslide"
def spent(data, first, last):
    """What each customer spent from one day to another, refunds taken off; below zero counts as zero."""
    return customers.summarize_customers(data, as_of=last, since=first)["monetary"].clip(lower=0)


spending = spent(transactions, "2025-01-01", "2025-12-31")
tier = pyramid.assign_tiers(spending)
gold = spending[tier == "VIP"].sort_values(ascending=False).to_frame()
translate(gold.join(tables["customers"].set_index("customer_id")[["name", "industry"]]).head(5))

# %% slide="slide"
tiers = pyramid.tier_table(spending, tier)
ax = plots.plot_pyramid(tiers)
ax.set_title(
    t("{share} of the customers bring {value} of the money",
        share=percent(tiers.loc["VIP", "customer_share"], 0), value=percent(tiers.loc["VIP", "value_share"], 0)
    )
)
plt.show()

# %%
say(
    "A pyramid of customers, a pillar of money, and a funnel of money per customer: {n_vip} VIPs bring {vip}, "
    "{n_small} small customers {small}, the best fifth {best}. Beware of the mean on the right: the biggest customer "
    "alone brings {biggest} of all; the VIP in the middle spent {median}.",
    n_vip=number(tiers.loc["VIP", "n_customers"]),
    vip=percent(tiers.loc["VIP", "value_share"]),
    n_small=number(tiers.loc["small", "n_customers"]),
    small=percent(tiers.loc["small", "value_share"]),
    best=percent(tiers["value_share"].iloc[:3].sum()),
    biggest=percent(spending.max() / spending.sum()),
    median=money(gold["monetary"].median(), "CNY"),
)

# %% [markdown] lang="en"
# That the best fifth comes close to the famous four fifths is a coincidence: nothing in the simulation sets it. And
# some customers have two records, their spending split between them; chapter 1 puts them together, and the top grows
# a little.

# %% [markdown] lang="zh"
# 前五分之一的份额接近有名的“八成”，只是巧合：模拟中没有任何一处这样设定。另外，有些客户留有两条记录，金额分在两处；第 1 章会把他们合并，塔顶会略微变大。

# %% [markdown] lang="en" minutes=2 slide="slide"
# ### Move the cuts
#
# Nothing in nature cuts at 1, 5 and 20 %. Before you move a slider, say what will happen to the pillar in the middle.

# %% [markdown] lang="zh"
# ### 移动分界线
#
# 1%、5%、20% 并不是天生的分界。拖动滑块之前，先说说中间的柱子会怎样变。

# %%
def draw(vip, major, regular):
    moved = pyramid.tier_table(spending, pyramid.assign_tiers(spending, cuts=(vip, major, regular)))
    ax = plots.plot_pyramid(moved)
    title = t("{share} of the customers bring {value} of the money")
    shares = moved.loc["VIP", ["customer_share", "value_share"]]
    ax.set_title(title.format(share=percent(shares["customer_share"]), value=percent(shares["value_share"])))
    return ax


explore(
    draw,
    vip=FloatSlider(value=0.01, min=0.002, max=0.04, step=0.002, readout_format=".1%", description=t("VIP")),
    major=FloatSlider(value=0.05, min=0.045, max=0.15, step=0.005, readout_format=".1%", description=t("major")),
    regular=FloatSlider(value=0.20, min=0.16, max=0.50, step=0.01, readout_format=".0%", description=t("regular")),
)

# %%
say(
    "Cut at 1 % the top tier brings {one} of the money, cut at 2 % {two}, at 4 % {four}: the cut is ours, the "
    "customers are the same.",
    one=percent(concentration.top_share(spending, 0.01), 0),
    two=percent(concentration.top_share(spending, 0.02), 0),
    four=percent(concentration.top_share(spending, 0.04), 0),
)

# %% [markdown] lang="en" minutes=2 rows=["A22"] slide="slide"
# ### One percent, or everybody above a line?
#
# By share of customers there are always 1 % VIPs, in a good year and in a bad one: a race. By a fixed amount, the
# *threshold*, the number of VIPs tells how the year went: an exam. Take the line that the VIPs of 2024 drew, and hold
# 2025 against it.

# %% [markdown] lang="zh"
# ### 取前百分之一，还是取过线的人？
#
# 按客户数的比例，年成好坏，VIP 总是 1%：这是排名赛。按固定的金额，也就是*门槛*，VIP 的人数就反映年成：这是达标考试。取 2024 年 VIP 的最低金额为门槛，看看 2025 年。

# %%
spending_2024 = spent(transactions, "2024-01-01", "2024-12-31")
tier_2024 = pyramid.assign_tiers(spending_2024)
line = spending_2024[tier_2024 == "VIP"].min()

# %%
say(
    "The line of 2024 is {line}: {n_2024} VIPs stood on or above it. In 2025, {n_line} customers do; by share there "
    "are {n_share} VIPs. A reward that was promised for an amount goes to the {n_line}, a salesman's time goes to a "
    "number that he can visit.",
    line=money(line, "CNY", 2),
    n_2024=number((spending_2024 >= line).sum()),
    n_line=number((spending >= line).sum()),
    n_share=number((tier == "VIP").sum()),
)

# %% [markdown] lang="en" minutes=2 rows=["A22"] slide="slide"
# ## What does each tier buy?
#
# Each column adds up to 100 %: where the money of a tier goes.

# %% [markdown] lang="zh"
# ## 各层级买些什么？
#
# 每一列合计 100%：这个层级的钱花在哪些品类上。

# %%
year = transactions[transactions["order_date"].between("2025-01-01", "2026-01-01", inclusive="left")]
lines = year.assign(tier=year["customer_id"].map(tier))
bought = lines.pivot_table(index="category", columns="tier", values="amount", aggfunc="sum", observed=False)
bought = bought[list(pyramid.LABELS)]
basket = (bought / bought.sum()).sort_values("VIP", ascending=False)
shown = basket.map(lambda share: percent(share, 0))
translate(shown.set_axis([t(name) for name in shown.index]).rename_axis("category"))

# %%
orders = lines[lines["amount"] >= 0].groupby("tier", observed=False)["order_id"].nunique()
gap = (basket["VIP"] - basket["small"]).sort_values()

# %%
say(
    "VIPs put {more} of their money into {top}, small customers {more_small}; for {low} it is {less} and "
    "{less_small}. A VIP orders {vip} times a year for {vip_order} each, a small customer {small} times for "
    "{small_order}.",
    top=t(gap.index[-1]),
    more=percent(basket.loc[gap.index[-1], "VIP"], 0),
    more_small=percent(basket.loc[gap.index[-1], "small"], 0),
    low=t(gap.index[0]),
    less=percent(basket.loc[gap.index[0], "VIP"], 0),
    less_small=percent(basket.loc[gap.index[0], "small"], 0),
    vip=number(orders["VIP"] / tiers.loc["VIP", "n_customers"], 1),
    vip_order=money(tiers.loc["VIP", "value"] / orders["VIP"], "CNY"),
    small=number(orders["small"] / tiers.loc["small", "n_customers"], 1),
    small_order=money(tiers.loc["small", "value"] / orders["small"], "CNY"),
)

# %% [markdown] lang="en" minutes=3 rows=["C21"] slide="slide"
# ## Big by revenue, big by profit?
#
# Value is the first principle by which the course sorts large customers, and it leaves open which value: what they
# spend, or what they bring in profit. So we build both. Profit here is *gross*: sales less cost of goods. What
# serving them costs comes in lesson 2.3.

# %% [markdown] lang="zh"
# ## 收入大，利润也大吗？
#
# 课程讲差异化营销，细分大客户的首要原则是客户价值；但价值可以指消费水平，也可以指利润，课程并未定死。那就各搭一座。这里的利润是*毛利*：销售额减去货物成本。服务他们要花多少钱，第 2.3 课再算。

# %%
profit = customers.summarize_customers(transactions, as_of="2025-12-31", since="2025-01-01")["profit"]
tier_by_profit = pyramid.assign_tiers(profit)
order_of_tiers = list(pyramid.LABELS)
both = pd.crosstab(tier, tier_by_profit).loc[order_of_tiers, order_of_tiers]
translate(both.rename_axis(index="by_revenue", columns="by_profit"))

# %%
worst_vip = profit[tier == "VIP"].idxmin()

# %%
say(
    "{other} of the {n} customers change their tier when profit decides. The {n_vip} VIPs by revenue bring "
    "{revenue_share} of the sales and {profit_share} of the gross profit; of 100 yuan they leave {vip_margin}, small "
    "customers {small_margin}. One VIP spent {spent} and left {left}; by profit the tier is: {tier}.",
    other=number((tier != tier_by_profit).sum()),
    n=number(len(tier)),
    n_vip=number((tier == "VIP").sum()),
    revenue_share=percent(tiers.loc["VIP", "value_share"], 0),
    profit_share=percent(profit[tier == "VIP"].sum() / profit.sum(), 0),
    vip_margin=number(100 * profit[tier == "VIP"].sum() / spending[tier == "VIP"].sum()),
    small_margin=number(100 * profit[tier == "small"].sum() / spending[tier == "small"].sum()),
    spent=money(spending[worst_vip], "CNY"),
    left=money(profit[worst_vip], "CNY"),
    tier=t(str(tier_by_profit[worst_vip])),
)

# %% [markdown] lang="en" minutes=3 rows=["A23"] slide="slide"
# ## Do 20 % bring 90 %?
#
# The course tells of a securities house in which 20 % of the customers, its VIPs, brought 90 % of revenue and profit.
# It adds that the share may be 30 % to 10 % by industry, 「八九不离十」, but that it comes out much like that. We have no
# accounts of a securities house. We have three files about real people (for the grocer see the caution in
# `datasets/README.md`; the loans are amounts lent, in a sample with too many bad ones), and the company: by sales and
# by gross profit.

# %% [markdown] lang="zh"
# ## 20% 的客户带来 90%？
#
# 课程讲了一家证券公司：占客户 20% 的 VIP 带来 90% 的营收获利；又说因产业而异，这个比例可能是 30% 到 10%，但“通常都八九不离十”。我们没有证券公司的账户，但有三份真实人群的数据（超市那份请看 `datasets/README.md` 中的提醒；贷款用的是放款额，样本中不良贷款偏多），还有教学公司，按销售额和毛利各算一次。

# %%
cases = {
    t("teaching company, sales"): spending,
    t("teaching company, gross profit"): profit.clip(lower=0),
    t("grocer, a year"): spent(grocery, "2017-01-01", "2018-01-01"),
    t("CDNOW, a year and a half"): music["monetary"],
    t("German loans, amount lent"): datasets.load_german_credit()["credit_amount"].astype(float),
}
shares = {name: [concentration.top_share(value, top) for top in (0.1, 0.2, 0.3)] for name, value in cases.items()}
tops = pd.DataFrame.from_dict(shares, orient="index", columns=["top_10", "top_20", "top_30"])
tops["needed_for_90"] = [concentration.share_needed(value, 0.9) for value in cases.values()]
translate(tops.map(percent))

# %% slide="slide"
fig, ax = plt.subplots(figsize=(8, 3.4), layout="constrained")
heights = np.arange(len(tops))[::-1]
ax.hlines(heights, tops["top_10"], tops["top_30"], color=plots.GRAY, linewidth=2)
for name, marker, label in (("top_10", "^", "10%"), ("top_20", "o", "20%"), ("top_30", "s", "30%")):
    ax.plot(tops[name], heights, marker, color=plots.BLUE, label=t("best {share}", share=label))
ax.axvline(0.9, color=plots.RED, linestyle="--", label=t("the claim: 90 %"))
ax.set_yticks(heights, tops.index)
ax.set(xlim=(0, 1), xlabel=t("share of the money"))
ax.xaxis.set_major_formatter(PercentFormatter(1))
ax.legend(loc="center left", frameon=False)
n_below = int((tops["top_20"] < 0.9).sum())
ax.set_title(t("In {n} of {all} cases the best fifth stays below 90 %", n=n_below, all=len(tops)))
plt.show()

# %%
say(
    "The best fifth brings {low} to {high}; to reach 90 % it takes {few} to {many} of the customers. Even 30 % of "
    "the customers reach 90 % in {n} of {all} cases. One firm's number is no law; and it moves with the period, "
    "which lesson 2.2 shows.",
    low=percent(tops["top_20"].min(), 0),
    high=percent(tops["top_20"].max(), 0),
    few=percent(tops["needed_for_90"].min(), 0),
    many=percent(tops["needed_for_90"].max(), 0),
    n=number((tops["top_30"] >= 0.9).sum()),
    all=number(len(tops)),
)

# %% [markdown] lang="en" tags=["notes"]
# Ask for guesses before the figure. A brokerage may well be steeper than a grocer: nobody eats a thousand times as
# much as his neighbor, but some trade a thousand times as much. Do not let "the claim is false" stand: it is one
# firm's number that others quote as a rule. Losses of gross profit count as zero here, since shares of a total with
# negative parts mean nothing. The loans stand for amounts lent, not for revenue.

# %% [markdown] lang="zh"
# 看图之前先让学生猜。证券公司完全可能比超市更集中：没有人吃得比邻居多一千倍，交易额却可以多一千倍。不要停在“说法是错的”：那是一家企业的数字，别人把它当成了规律。毛利为负的在这里按零计，因为总额中有负数时，份额没有意义。德国贷款用的是放款额，不是收入。

# %% [markdown] lang="en" minutes=4 rows=["D22"] slide="slide"
# ## Acquire, keep or raise?
#
# Putting the customer at the center, the course asks three things: whom do we *acquire* (who are they, what are they
# like, what do they need, how do we deliver), whom do we *keep*, and whose value can we *raise* toward VIP? Two years
# of the log answer, in customers and in money.

# %% [markdown] lang="zh"
# ## 获取、保有，还是提升？
#
# 课程讲以客户为中心，有三问：*获取*谁（客户是谁，有何特征，需要什么，怎样交付）？*保有*谁？谁的价值可以*提升*，推动他向 VIP 转移？两年的记录可以作答，既数客户，也数钱。

# %%
two = pd.DataFrame({"before": spending_2024, "after": spending}).fillna(0.0)
came, left = ~two.index.isin(spending_2024.index), ~two.index.isin(spending.index)
kept = np.where(two["after"] > two["before"], "kept, spent more", "kept, spent no more")
two["group"] = np.where(came, "acquired", np.where(left, "gone", kept))
flow = two.groupby("group").agg(n_customers=("after", "size"), before=("before", "sum"), after=("after", "sum"))
flow["change"] = flow["after"] - flow["before"]
flow["customer_share"] = flow["n_customers"] / len(two)
translate(flow.round({"before": 0, "after": 0, "change": 0, "customer_share": 3}))

# %%
say(
    "From 2024 to 2025 sales grew by {grew}: {won} came with {n_won} customers who had not bought the year before "
    "({back} of them had in 2023), {lost} went with {n_lost} who did not come back, and those who stayed changed by "
    "{kept}. The lost are {lost_customers} of the customers of 2024 and {lost_money} of its money.",
    grew=money(flow["change"].sum(), "CNY"),
    won=money(flow.loc["acquired", "change"], "CNY"),
    n_won=number(flow.loc["acquired", "n_customers"]),
    back=number(two.index[came].isin(spent(transactions, "2023-01-01", "2023-12-31").index).sum()),
    lost=money(-flow.loc["gone", "change"], "CNY"),
    n_lost=number(flow.loc["gone", "n_customers"]),
    kept=money(flow.loc[["kept, spent more", "kept, spent no more"], "change"].sum(), "CNY"),
    lost_customers=percent(flow.loc["gone", "n_customers"] / len(spending_2024), 0),
    lost_money=percent(flow.loc["gone", "before"] / spending_2024.sum(), 0),
)

# %% [markdown] lang="en"
# *Whom do we acquire?* Who and what they are like (share of organizations, money each), what they need (category),
# how they are served (channel): category and channel are those in which their share of the money exceeds that of the
# others most. Beware: the second record of an old customer looks like a newcomer, too.

# %% [markdown] lang="zh"
# *获取了谁*？客户是谁、有何特征（单位客户的比例、人均金额），需要什么（品类），怎样交付（渠道）：品类和渠道取他们的金额占比高出其他客户最多的那一项。注意：老客户的第二条记录看上去也像新客户。

# %%
is_new = year["customer_id"].map(two["group"]) == "acquired"
organizations = tables["customers"].set_index("customer_id")["customer_type"].reindex(spending.index) == "organisation"
newcomer = pd.Series(spending.index.map(two["group"]) == "acquired", index=spending.index)
who = pd.DataFrame(
    {
        "n_customers": newcomer.value_counts(),
        "organizations": organizations.groupby(newcomer).mean(),
        "mean": spending.groupby(newcomer).mean(),
    }
)
for column in ("category", "channel"):
    mix = year.groupby([is_new, column])["amount"].sum().unstack()
    more = mix.div(mix.sum(axis=1), axis=0).diff().loc[True]
    who[column] = {True: more.idxmax(), False: more.idxmin()}
translate(who.rename({True: "acquired", False: "others"}).rename_axis("group").round({"organizations": 3, "mean": 0}))

# %% [markdown] lang="en"
# ### Who could become VIP? A plain rule, put to the test
#
# The rule: *a major customer whose second half of the period alone was worth half a VIP line.* He already buys at a
# VIP's pace. We tried three rules on the company's years and kept this one, so the company flatters it. The tests are
# two firms that had no say in it: the grocer, from the first half of the year to the second, and CDNOW, from the
# first nine months to the next.

# %% [markdown] lang="zh"
# ### 谁能升为VIP？一条简单规则，拿来检验
#
# 规则：*主要客户中，单是后半段的金额就达到VIP门槛一半的人*。他已经按 VIP 的速度在买。我们在公司的几年数据上试过三条规则，留下了这一条，所以公司的结果会偏乐观。真正的检验是没有参与挑选的两家：超市，从上半年到下半年；CDNOW，从前九个月到后九个月。

# %%
def try_rule(data, *days):
    """How many major customers the rule picks, and how many of them are VIP in the next period."""
    start, middle, end, later = (pd.Timestamp(day) for day in days)
    now, late = spent(data, start, end), spent(data, middle, end)
    then = pyramid.assign_tiers(spent(data, end + pd.Timedelta(days=1), later)) == "VIP"
    standing = pyramid.assign_tiers(now)
    major = standing.index[standing == "major"]
    rose = then.reindex(major, fill_value=False)
    chosen = late.reindex(major, fill_value=0) >= now[standing == "VIP"].min() / 2
    n_new = (then & (standing.reindex(then.index).astype(object) != "VIP")).sum()
    return [len(major), rose.sum(), chosen.sum(), (chosen & rose).sum(), chosen.sum() * rose.mean(), n_new]


names = ["n_major", "n_rose", "n_chosen", "n_chosen_rose", "expected_by_chance", "n_new_vip"]
tried = {
    t("company, 2023 to 2024"): try_rule(transactions, "2023-01-01", "2023-07-01", "2023-12-31", "2024-12-31"),
    t("company, 2024 to 2025"): try_rule(transactions, "2024-01-01", "2024-07-01", "2024-12-31", "2025-12-31"),
    t("grocer, first half to second"): try_rule(grocery, "2017-01-01", "2017-04-02", "2017-07-02", "2018-01-01"),
    t("CDNOW, nine months to nine"): try_rule(cdnow, "1997-01-01", "1997-05-17", "1997-09-30", "1998-06-30"),
}

# %%
rule = pd.DataFrame.from_dict(tried, orient="index", columns=names)
translate(rule.round(1))

# %%
own, test = rule.iloc[:2].sum(), rule.iloc[2:].sum()
# How many of those picked would rise if the rule were no better than a draw: one distribution per firm, added up.
firms = rule.iloc[2:].astype(int).itertuples()
draws = [hypergeom(row.n_major, row.n_rose, row.n_chosen).pmf(range(row.n_chosen + 1)) for row in firms]
by_luck = np.convolve(*draws)[int(test["n_chosen_rose"]) :].sum()

# %%
say(
    "In the company, which helped to choose it, the rule is right with {own} of {own_chosen}. In the two tests it is "
    "with {hits} of {chosen}, where a draw by lot finds {lot}; as many or more would come by luck in {luck} of all "
    "draws. And of the {new} new VIPs there, {missed} were not on its list.",
    own=number(own["n_chosen_rose"]),
    own_chosen=number(own["n_chosen"]),
    hits=number(test["n_chosen_rose"]),
    chosen=number(test["n_chosen"]),
    lot=number(test["expected_by_chance"], 1),
    luck=percent(by_luck, 0),
    new=number(test["n_new_vip"]),
    missed=number(test["n_new_vip"] - test["n_chosen_rose"]),
)

# %% [markdown] lang="en"
# A rule that shone where it was chosen is dull where it is tested: that is the usual fate of rules, and the reason to
# test them. Most new VIPs come from elsewhere, some from outside, so pushing the major customers is not the only way
# to have more.

# %% [markdown] lang="zh"
# 在挑选它的数据上光彩夺目，换个地方检验就黯淡下来：规则大多如此，所以才要检验。新的 VIP 多半另有来路，有的还来自圈外；要想 VIP 多起来，推动主要客户升级并不是唯一的办法。

# %% [markdown] lang="en" minutes=6 rows=["A22"] slide="slide"
# ## Up and down: how much of it is chance?
#
# Rows are the tiers of 2024, columns those of 2025; *away* did not buy in that year. Tiers are ranks, so for
# everybody who climbs into a tier somebody else has to make room.

# %% [markdown] lang="zh"
# ## 升级与降级：有多少只是偶然？
#
# 行是 2024 年的层级，列是 2025 年的层级；*未购买*指那一年没有买。层级就是名次：有人升进来，就得有人让出去。

# %%
states = [*pyramid.LABELS, "away"]


def count_moves(before, after):
    pair = (pyramid.assign_tiers(amounts.clip(lower=0)) for amounts in (before, after))
    return transitions.transition_counts(*pair, states=states, absent="away")


moves = count_moves(spending_2024, spending)
translate(moves)

# %% [markdown] lang="en"
# A change of heart, or luck? **First test: draw lots for the weeks.** Put the weeks of *one* year into two heaps at
# random. Between the heaps nobody had time to change, so who changes tier between them did so by chance. Beside it:
# the same year cut in the middle.

# %% [markdown] lang="zh"
# 是客户变了心，还是碰上了运气？**检验一：给星期抽签**。把*同一年*的各个星期随机分成两堆。两堆交错在一起，客户来不及改变；两堆之间的升降只能是偶然。旁边再列出把这一年从中间切开的结果。

# %%
def stayed(counts):
    return pd.Series(np.diag(counts) / counts.sum(axis=1), index=states).drop("away")


def split(mask):
    return count_moves(*(year[side].groupby("customer_id")["amount"].sum() for side in (mask, ~mask)))


week = ((year["order_date"] - pd.Timestamp("2025-01-01")).dt.days // 7).to_numpy()
rng = np.random.default_rng(21)
lots = [stayed(split(np.isin(week, rng.permutation(week.max() + 1)[:26]))) for _ in range(50)]
weeks = pd.DataFrame({"first_half_to_second": stayed(split(week < 26)), "weeks_by_lot": pd.DataFrame(lots).mean()})
translate(weeks.rename_axis("tier").round(3))

# %%
say(
    "From the first half of 2025 to the second {half} of the VIPs stay; between two heaps of weeks of the same year, "
    "on average over 50 draws, {lot} do. For regular customers it is {half_regular} and {lot_regular}.",
    half=percent(weeks.loc["VIP", "first_half_to_second"], 0),
    lot=percent(weeks.loc["VIP", "weeks_by_lot"], 0),
    half_regular=percent(weeks.loc["regular", "first_half_to_second"], 0),
    lot_regular=percent(weeks.loc["regular", "weeks_by_lot"], 0),
)

# %% [markdown] lang="en"
# **Second test: a world in which nobody changes.** Take each customer's orders of both years, whole, and toss a coin
# for each: 2024 or 2025? Everybody keeps his habits; only the dates are luck. Repeat a hundred times, and see how
# much climbing and falling there is in that world.

# %% [markdown] lang="zh"
# **检验二：一个谁都没有变的世界**。取每位客户两年的订单，整张不拆，逐张抛硬币：归 2024 年，还是归 2025 年？各人的习惯都没变，只有日期听凭运气。重复一百次，看看在这样的世界里有多少升降。

# %%
def toss(orders, seed, n=100):
    """Who stays in each tier, and how many move up, when every order falls into either period by the toss of a coin."""
    rng, rows = np.random.default_rng(seed), []
    for _ in range(n):
        heads = rng.random(len(orders)) < 0.5
        counts = count_moves(*(orders[side].groupby("customer_id")["amount"].sum() for side in (heads, ~heads)))
        up = transitions.mobility(counts.drop(index="away", columns="away"))["up"]
        rows.append([*stayed(counts), up])
    return pd.DataFrame(rows, columns=[*pyramid.LABELS, "up"])


both_years = transactions[transactions["order_date"] >= "2024-01-01"]
unchanged = toss(both_years.groupby(["customer_id", "order_id"], as_index=False)["amount"].sum(), seed=22)
real_up = transitions.mobility(moves.drop(index="away", columns="away"))["up"]

# %%
real = {t("company, 2024 to 2025"): stayed(moves)}
by_chance = {t("company, 2024 to 2025"): unchanged}
halves = (spent(grocery, "2017-01-01", "2017-07-02"), spent(grocery, "2017-07-03", "2018-01-01"))
real[t("grocer, first half to second")] = stayed(count_moves(*halves))
by_chance[t("grocer, first half to second")] = toss(grocery.groupby(["customer_id", "order_id"], as_index=False)["amount"].sum(), seed=23)
bands = {name: table[list(pyramid.LABELS)].quantile([0.025, 0.975]) for name, table in by_chance.items()}
below = {name: int((real[name] < bands[name].iloc[0]).sum()) for name in real}

# %% slide="slide"
fig, axes = plt.subplots(1, 2, figsize=(9, 3.4), sharey=True, layout="constrained")
heights = np.arange(4)[::-1]
for ax, name in zip(axes, real, strict=True):
    low, high = bands[name].to_numpy()
    ax.barh(heights, high - low, left=low, height=0.5, color=plots.ORANGE, alpha=0.6, label=t("if nobody changed (95 %)"))
    ax.plot(real[name], heights, "D", color=plots.BLUE, label=t("really"))
    ax.set_yticks(heights, [t(label) for label in pyramid.LABELS])
    ax.set(xlim=(0.3, 1), xlabel=t("share who stay in their tier"))
    ax.set_title(name, fontsize="medium")
    ax.xaxis.set_major_formatter(PercentFormatter(1))
fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
fig.suptitle(t("The moves of {n} tiers of 8 are no more than chance gives", n=8 - sum(below.values())))
plt.show()

# %%
say(
    "Of those who bought in both years {up} moved up; had nobody changed, {low} to {high} would have (95 of 100 "
    "tosses). In the company {below} of 4 tiers kept fewer than chance would, at the grocer {below_grocer} of 4. Of "
    "the VIPs of 2024, {vip} are VIP again: without any change it would be {vip_chance}.",
    up=percent(real_up),
    low=percent(unchanged["up"].quantile(0.025)),
    high=percent(unchanged["up"].quantile(0.975)),
    below=number(list(below.values())[0]),
    below_grocer=number(list(below.values())[1]),
    vip=percent(stayed(moves)["VIP"], 0),
    vip_chance=percent(unchanged["VIP"].mean(), 0),
)

# %% [markdown] lang="en"
# Where this misleads. The coin lets orders fall at random: who orders every Monday leaves luck less room than it
# assumes, who buys in bursts leaves it more. And "no more than chance gives" is not "nobody changed": in the
# simulation some left for good and others came, in both years; the company cannot see it in ranks. With a few dozen
# customers at the top, only large changes show.

# %% [markdown] lang="zh"
# 哪里会误导人？抛硬币假定订单随机落下：每周一固定下单的客户，运气的余地比它假定的小；一阵一阵集中购买的客户，余地又比它假定的大。另外，“不超过偶然”并不等于“谁也没变”：模拟中两年都有人永远离开，也有人加入，只是企业从名次上看不出来。塔顶只有几十位客户，变化很大才看得出来。

# %% [markdown] lang="en" tags=["notes"]
# Ask: a salesman's three VIPs have all dropped to major; is he to blame? Students read every fall as a failure and
# every rise as somebody's merit. Let them say what the coin keeps (each customer's orders, whole) and what it throws
# away (dates). Tossing lines instead of orders would tear orders apart and understate chance. Lesson 2.3 meets the
# same thing as regression to the mean.

# %% [markdown] lang="zh"
# 可以问：某业务员的三位 VIP 全都降为主要客户，能怪他吗？学生往往把每次降级都看成失职，把每次升级都算成谁的功劳。让他们说出抛硬币保留了什么（每位客户的订单，整张不拆），又扔掉了什么（日期）。如果按行抛，会把一张订单拆散，低估偶然。第 2.3 课的“向均值回归”讲的是同一回事。

# %% [markdown] lang="en" minutes=5 rows=["A21"] slide="slide"
# ## Where does the next yuan go?
#
# That VIPs bring most does not say that a yuan spent on them brings most: what counts is what it *changes*, its
# *marginal value*. The **response curve** says how much profit a given spending adds, and no pyramid shows it. So we
# state one, and call it what it is, an assumption:
#
# $$\text{extra profit per customer} = \text{ceiling} \cdot \frac{x}{\text{half at} + x}$$
#
# where $x$ is the spending per customer and year (Little 1970, with the exponent 1). We assume that attention can
# raise a customer's gross profit by a fifth at most (the *ceiling*), and that 50 yuan a head (*half at*) bring half of
# that. The budget is 10,000 yuan: `allocate_budget` hands it out 50 yuan at a time, each time to the tier where the
# next 50 bring most.

# %% [markdown] lang="zh"
# ## 下一块钱花在哪里？
#
# VIP 带来的钱最多，并不说明花在他们身上的一块钱带来最多：要看这一块钱*改变*了什么，也就是它的*边际价值*。**反应曲线**说的是投入多少、利润随之增加多少，金字塔上看不到。我们先设定一条，并且说明白，这是假设：
#
# $$每位客户增加的利润 = 上限 \times \frac{x}{半程投入 + x}$$
#
# $x$ 是每位客户一年的投入（Little 1970，指数取 1）。假设：维护最多能让一位客户的毛利增加五分之一（*上限*）；每人投入 50 元（*半程投入*），达到其中一半。预算为 10,000 元：`allocate_budget` 每次拿出 50 元，哪个层级再得 50 元增加的利润最多，就投给哪个层级。

# %%
budget = 10_000
ceiling = 0.20 * profit.groupby(tier, observed=False).mean()
curves = pd.DataFrame({"n_customers": tiers["n_customers"], "ceiling": ceiling, "half_at": 50.0}).reindex(pyramid.LABELS)
plan = allocation.allocate_budget(curves, budget=budget, step=50)
evenly = budget * curves["n_customers"] / curves["n_customers"].sum()
plan["spread_evenly"] = evenly
plan["gain_spread_evenly"] = allocation.expected_gain(curves, evenly)
digits = {"spread_evenly": 0, "gain": 0, "gain_spread_evenly": 0, "per_customer": 1, "next_return": 2}
translate(plan.drop(columns="share").rename_axis("tier").round(digits))

# %% slide="slide"
ax = plt.figure(figsize=(8, 4), layout="constrained").add_subplot()
grid = np.linspace(0, 6000, 241)
here = allocation.marginal_gain(curves, plan["spending"])
for color, name in zip((plots.SHADES[0], plots.BLUE, plots.GREEN, plots.ORANGE), curves.index, strict=True):
    along = curves.loc[[name] * len(grid)].set_axis(grid)  # one tier's curve, at each spending of the grid
    slope = allocation.marginal_gain(along, pd.Series(grid, index=grid))
    ax.plot(grid, slope, color=color, linewidth=2, label=t(name))
    ax.plot(plan.loc[name, "spending"], here[name], "o", color=color, markersize=9)
level = plan.loc[plan["spending"] > 0, "next_return"].mean()
ax.axhline(level, color=plots.GRAY, linestyle="--", linewidth=1)
ax.set(ylim=(0, 8), xlim=(-60, 6000), xlabel=t("spent on the tier, CNY"), ylabel=t("what the next yuan brings, CNY"))
ax.legend(frameon=False)
ax.set_title(t("Spend until the next yuan brings the same everywhere: {level}", level=money(level, "CNY", 2)))
plt.show()

# %%
say(
    "By marginal value the same {budget} bring {gain} of extra gross profit; spread evenly over all heads, {even}. "
    "{vip} goes to {n_vip} VIPs and {small} to the small customers, whose next yuan would bring {small_next}. If the "
    "curve is right.",
    budget=money(budget, "CNY"),
    gain=money(plan["gain"].sum(), "CNY"),
    even=money(plan["gain_spread_evenly"].sum(), "CNY"),
    vip=percent(plan.loc["VIP", "share"], 0),
    n_vip=number(curves.loc["VIP", "n_customers"]),
    small=percent(plan.loc["small", "share"], 0),
    small_next=money(plan.loc["small", "next_return"], "CNY", 2),
)

# %% [markdown] lang="en"
# ### Another assumption, another plan
#
# Three guesses that a reasonable person could make: the one above; *VIPs already buy all they need from us*, so that
# there is more room further down (ceilings times 0.02, 0.1, 1 and 4); and *a customer takes more to be moved*, 200
# yuan for half.

# %% [markdown] lang="zh"
# ### 换一个假设，换一个方案
#
# 三种都说得通的猜测：上面那一种；*VIP 需要的东西已经都在我们这里买了*，余地反而在下面（四层的上限分别乘以 0.02、0.1、1、4）；*打动一位客户要花更多钱*，200 元才到一半。

# %%
room = curves["ceiling"] * pd.Series({"VIP": 0.02, "major": 0.10, "regular": 1, "small": 4})
guesses = {
    t("as above"): curves,
    t("VIPs already buy all from us"): curves.assign(ceiling=room),
    t("it takes more to move them"): curves.assign(half_at=200.0),
}
plans = {name: allocation.allocate_budget(guess, budget=budget, step=50) for name, guess in guesses.items()}
table = pd.DataFrame({name: chosen["spending"] for name, chosen in plans.items()}).T.rename_axis(t("assumption"))
table["left_over"] = budget - table.sum(axis=1)
table["gain"] = [chosen["gain"].sum() for chosen in plans.values()]
translate(table.round(0))

# %% [markdown] lang="en"
# The edge of the blade lies where the curve says, not where the pyramid is narrow. So the curve is to be *tested*:
# give the attention to customers drawn by lot, leave the others of the tier alone, compare. It can be done: at United
# Airlines, salesmen drawn by lot planned their calls with such curves, and sold 8.1 % more than their matched
# colleagues ([Fudge & Lodish 1977](https://doi.org/10.1287/inte.8.1pt2.97), ten pairs).

# %% [markdown] lang="zh"
# “刀口”在曲线所指的地方，不在金字塔尖的地方。所以曲线要*检验*：在同一层级里抽签，抽中的客户给予维护，其余照旧，再比较。这是做得到的：美国联合航空公司让抽中的业务员用这类曲线安排拜访，销售额比配对的同事高出 8.1%（[Fudge & Lodish 1977](https://doi.org/10.1287/inte.8.1pt2.97)，共十对）。

# %% [markdown] lang="en" tags=["notes"]
# The common mistake is average for marginal: "VIPs bring most per head, so all to the VIPs". Cover the figure and ask
# what happens to the next yuan for a VIP who has had 200 already. Greedy is optimal here because each step brings
# less than the one before; with an S-shaped curve it is not.

# %% [markdown] lang="zh"
# 常见错误是把平均当边际：“VIP 人均带来最多，所以全给 VIP。”遮住图问：一位 VIP 已经得到 200 元，再给一元还能带来多少？这里逐步选最优就是整体最优，因为每一步带来的都比前一步少；曲线若是 S 形，就不成立了。

# %% [markdown] lang="en" slide="slide"
# ## The decision, in money
#
# Each row is a plan, each column a world in which one of the guesses is true. What is left of the gain after the
# spending? We add a plan that puts a third of the money on each guess.

# %% [markdown] lang="zh"
# ## 用钱来做决定
#
# 一行是一个方案，一列是一种猜测成真的世界。扣除投入之后，还剩多少？这里再加一个方案：三种猜测各押三分之一的钱。

# %%
spendings = {name: chosen["spending"] for name, chosen in plans.items()}
spendings |= {t("a third of each"): sum(spendings.values()) / 3, t("spread evenly"): evenly}
outcome = pd.DataFrame(
    {
        world: {name: (allocation.expected_gain(curve, x) - x).sum() for name, x in spendings.items()}
        for world, curve in guesses.items()
    }
)
translate(outcome.rename_axis(t("plan")).round(0))

# %%
on_average = outcome.mean(axis=1)
known = outcome.max().mean()
worst = outcome.min(axis=1)

# %%
say(
    "If the three worlds are equally likely, the best of these plans is “{plan}”: {best} a year on average, "
    "{its_worst} in its worst world; spread evenly brings {even}. Whoever fears the worst takes “{cautious}”, which "
    "leaves at least {least}. To know the world beforehand would bring {known}, so a trial that tells is worth up to "
    "{worth} a year: that is what testing a curve may cost.",
    plan=on_average.idxmax(),
    best=money(on_average.max(), "CNY"),
    its_worst=money(worst[on_average.idxmax()], "CNY"),
    even=money(on_average[t("spread evenly")], "CNY"),
    cautious=worst.idxmax(),
    least=money(worst.max(), "CNY"),
    known=money(known, "CNY"),
    worth=money(known - on_average.max(), "CNY"),
)

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `grocer` is what each household spent at the grocer in a year · `lines` are the lines of 2025 of the teaching
# company · `tiers` is its pyramid of 2025, best tier first, with `n_customers`, `value` (the sum) and `mean` ·
# `as_of` is its last day · `threshold` is an amount. Stuck? `hint("2.1.1")`, then `solution("2.1.1")`.

# %% [markdown] lang="zh"
# ## 轮到您了
#
# `grocer` 是超市每个家庭一年的购买金额 · `lines` 是教学公司 2025 年的各行 · `tiers` 是它 2025 年的金字塔，最高层级在前，列有 `n_customers`（客户数）、`value`（金额合计）、`mean`（人均） · `as_of` 是最后一天 · `threshold` 是一个金额。卡住了，可以用 `hint("2.1.1")`，再用 `solution("2.1.1")`。

# %%
as_of = pd.Timestamp("2025-12-31")
threshold = round(spent(transactions, "2025-10-02", "2025-12-31").nlargest(100).min(), 2)
lines = year[["customer_id", "order_id", "order_date", "amount"]]
grocer = cases[t("grocer, a year")]
practice_on(grocer=grocer, lines=lines, tiers=tiers, as_of=as_of, threshold=threshold)

# %% [markdown] lang="en"
# **2.1.1** What did the last VIP of the grocer spend, the one just above the 1 % cut? (`grocer`; rounded as in this
# lesson)

# %% [markdown] lang="zh"
# **2.1.1** 超市最后一位 VIP，也就是刚好在 1% 分界线以上的那一位，花了多少钱？（用 `grocer`；取整规则与本课相同）

# %% tags=["exercise"]
last_vip = ...
check("2.1.1", last_vip)

# %% [markdown] lang="en"
# **2.1.2** What share of the money do the VIP and major customers of 2025 bring together, the best 5 %? Work from
# `lines`; whoever comes to less than zero counts as zero. (a fraction)

# %% [markdown] lang="zh"
# **2.1.2** 2025 年的 VIP 客户和主要客户，也就是前 5%，合起来带来多大份额的钱？请从 `lines` 算起；合计为负的客户按零计。（用小数表示）

# %% tags=["exercise"]
share = ...
check("2.1.2", share)

# %% [markdown] lang="en"
# **2.1.3** A gold club takes everybody whose net spending in the 91 days up to and including `as_of` is at least
# `threshold`. What did its members spend in these days, together? (`lines`; round each customer's sum to cents before
# you compare)

# %% [markdown] lang="zh"
# **2.1.3** 某“金牌”俱乐部接纳这样的客户：截至 `as_of` 当天（含当天）的 91 天里，净购买金额不低于 `threshold`。会员在这些天里一共花了多少钱？（用 `lines`；比较之前，先把每位客户的合计四舍五入到分）

# %% tags=["exercise"]
club = ...
check("2.1.3", club)

# %% [markdown] lang="en"
# **2.1.4** The book on the pyramid (Curry & Curry 2000) is quoted as saying that if 2 % of the customers move up,
# revenue grows by 10 %. Suppose that 2 % of each tier below VIP rise to the tier above and then bring what that tier
# brings on average. By what share would the sales in `tiers` grow? (a fraction; no rounding of customers)

# %% [markdown] lang="zh"
# **2.1.4** 有人引用金字塔一书（Curry & Curry 2000）说：2% 的客户升一级，收入就增加 10%。设 VIP 以下每个层级各有 2% 的客户升到上一层，之后带来那一层的平均金额。`tiers` 中的销售额会增长多大比例？（用小数表示；客户数不取整）

# %% tags=["exercise"]
growth = ...
check("2.1.4", growth)

# %% [markdown] lang="en"
# **2.1.5** A judgment. The sales director says: "The small customers, four fifths of all, bring a fifth of the money.
# Stop all service for them and put it into the VIPs." What do you answer, and what would you try first? (two or three
# sentences, in quotes)

# %% [markdown] lang="zh"
# **2.1.5** 思考题，没有标准答案。销售总监说：“小客户占了八成，只带来两成的钱。停掉对他们的一切服务，都投给 VIP。”您怎么回答？先试什么？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("2.1.5", answer)

# %%
quiz("2.1.q1")

# %%
quiz("2.1.q2")

# %%
quiz("2.1.q3")

# %% [markdown] lang="en" slide="slide"
# ## You have
#
# - **built** the pyramid, with ties and rounding stated, by revenue and by profit,
# - **tested** what is said about it against real data and against chance,
# - **spread** a budget by what the next yuan brings, under assumptions that you named.
#
# **Words** — tier (层级), VIP, major, regular, small customer (VIP客户、主要客户、普通客户、小客户), threshold (门槛), response curve
# (反应曲线), marginal value (边际价值).
#
# **Next** — 2.2: how concentrated are we? One curve for all shares at once, and why the answer moves with the period.
#
# **Further reading** — Curry & Curry (2000), *The Customer Marketing Method* · Little (1970), Models and managers,
# reprinted 2004, [doi:10.1287/mnsc.1040.0267](https://doi.org/10.1287/mnsc.1040.0267) · Lodish (1971), CALLPLAN,
# *Management Science* 18(4), 25–40 · Fox (1966), Discrete optimization via marginal analysis,
# [doi:10.1287/mnsc.13.3.210](https://doi.org/10.1287/mnsc.13.3.210) · Fudge & Lodish (1977),
# [doi:10.1287/inte.8.1pt2.97](https://doi.org/10.1287/inte.8.1pt2.97)

# %% [markdown] lang="zh"
# ## 您已经
#
# - **搭建**了客户金字塔：按收入、按利润，并列规则和取整规则都说清楚了；
# - **检验**了关于它的说法：既对照真实数据，也对照偶然；
# - **分配**了一笔预算：看下一块钱带来多少，而且说明了假设。
#
# **术语**：层级（tier）、VIP客户、主要客户、普通客户、小客户（VIP, major, regular, small customer）、门槛（threshold）、反应曲线（response curve）、边际价值（marginal value）。
#
# **下一课**：2.2 购买金额有多集中？一条曲线看清所有比例；答案为什么随统计时间变化。
#
# **延伸阅读**：Curry & Curry (2000), *The Customer Marketing Method* · Little (1970), Models and managers, 2004 年重印，[doi:10.1287/mnsc.1040.0267](https://doi.org/10.1287/mnsc.1040.0267) · Lodish (1971), CALLPLAN, *Management Science* 18(4), 25–40 · Fox (1966), Discrete optimization via marginal analysis, [doi:10.1287/mnsc.13.3.210](https://doi.org/10.1287/mnsc.13.3.210) · Fudge & Lodish (1977), [doi:10.1287/inte.8.1pt2.97](https://doi.org/10.1287/inte.8.1pt2.97)

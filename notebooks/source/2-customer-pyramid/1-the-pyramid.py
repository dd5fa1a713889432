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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=[] rows=["A12", "A22", "A23", "C21"] slide="slide"
# # 1 · The pyramid: who are the gold customers, and what is a place among them worth?
#
# A firm wants to reward its best customers. First it has to say who they are, and then what it promises them.
#
# In this lesson you will
#
# - **build** the customer pyramid from a list of orders, by revenue and by profit,
# - **test** the claim that a fifth of the customers bring nine tenths of the money,
# - **decide** how a gold club should choose its members, or whether to have one at all.

# %% [markdown] lang="zh"
# # 1 · 客户金字塔：谁是“金牌”客户？一个名额值多少钱？
#
# 一家企业想奖励最好的客户。先要说清楚他们是谁，再说清楚承诺给他们什么。
#
# 在这一课里，你将
#
# - **搭建**客户金字塔：从订单记录出发，按收入、按利润各搭一次；
# - **检验**一个说法：两成客户贡献九成收入；
# - **决定**“金牌”俱乐部怎样选会员，或者干脆不办。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A tier is a place in a ranking. Say which value is ranked, over which period, and what happens to ties and fractions.
#
# **Hard point** By share of customers it is a race: there is always a best 1 %. By amount it is an exam: all may pass, or nobody.
#
# **Board** The eight customers by revenue and by profit, side by side; below them “race” and “exam” with one example each.
#
# **Homework** Exercises 2.1.4 and 2.1.5. For one membership card of your own: is it a race or an exam, and who decides where the line is?

# %% [markdown] lang="zh"
# **重点** 层级就是名次。要说清楚按什么价值排、统计哪段时间、并列和小数怎么处理。
#
# **难点** 按人数比例划分，像赛跑：总有人排在前 1%。按金额划线，像考试：可能人人过线，也可能无人过线。
#
# **板书** 八位客户按收入、按利润各排一次，左右对照；下面写“赛跑”和“考试”，各举一例。
#
# **作业** 练习 2.1.4 和 2.1.5。再找一张自己的会员卡：它是赛跑还是考试？线由谁来定？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import math

import matplotlib.pyplot as plt
import pandas as pd

from crmlib import customers, datasets, plots, pyramid
from crmlib.lesson import check, hint, practice_on, quiz, say, sentence, show, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: what is one row?
#
# Jiahe Foods is a **simulated** company. It sells rice, oil and tea to households, restaurants and shops. One row is
# one line of an order. A refund is a row with a negative amount. All amounts are in yuan (CNY).

# %% [markdown] lang="zh"
# ## 先看数据：一行是什么？
#
# 教学公司“嘉禾食品”是**模拟**的，向家庭、餐馆和小店销售米、油、茶叶等。一行是订单中的一项；退款也占一行，金额为负。金额单位：元。

# %%
tables, reports = datasets.load_data(company)
transactions = tables["transactions"]
transactions[["customer_id", "order_date", "order_id", "category", "amount", "cost"]].head(4)

# %% [markdown] lang="en"
# We take the year 2025. `groupby` puts the rows of each customer on a heap of their own, and `sum` adds up each heap. Who is not in the table
# bought nothing in that year, or bought at the till without giving a name. Before we rank anybody, we look at how
# unequal they are.

# %% [markdown] lang="zh"
# 取 2025 年这一年。`groupby` 把每位客户的行归成一堆，`sum` 把每一堆加起来。没有出现的人，要么这一年没有购买，要么在柜台付款时没有留下姓名。排名之前，先看看客户之间差多少。

# %% slide="result"
year = transactions[transactions["order_date"].dt.year == 2025]
spending = year.groupby("customer_id")["amount"].sum()
half, biggest = spending.median(), spending.max()
times = biggest / half
ax = plots.plot_spending(spending, currency="CNY")
ax.set_title(sentence("Half of the customers spent less than {half:CNY}, one spent {biggest:CNY}"))
plt.show()
say("The biggest customer spent as much as {times:.0f} customers in the middle.")

# %% [markdown] lang="en" minutes=6 rows=["A22"] slide="slide"
# ## The pyramid in words, and by hand
#
# Rank the customers by what they spent in a stated period. The best 1 % are **VIP**, the next 4 % **major**, the next
# 15 % **regular**, the other 80 % **small** customers. Of $N$ customers
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$
#
# stand above the cut $c$ = 1 %, 5 % or 20 %. The brackets drop the decimals, so a half is rounded up. (The course,
# after 艾克; Curry & Curry 2000.)

# %% [markdown] lang="zh"
# ## 客户金字塔：先用文字，再亲手算
#
# 先说定一段时间，再按购买金额给客户排名：最前面的 1% 是 **VIP客户**，接着的 4% 是**主要客户**，再接着的 15% 是**普通客户**，其余 80% 是**小客户**。$N$ 位客户中，站在分界线 $c$（1%、5%、20%）以上的有
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$
#
# 位。缺口朝下的括号表示去掉小数；先加 ½ 再去掉小数，就是四舍五入。（课程引用美国艾克的说法；Curry & Curry 2000。）

# %% [markdown] lang="en" tags=["slide-text"]
# Rank the customers by spending in a stated period: 1 % **VIP**, 4 % **major**, 15 % **regular**, 80 % **small**. Of
# $N$ customers, this many stand above the cut $c$ = 1 %, 5 % or 20 %:
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$

# %% [markdown] lang="zh"
# 按一段时间内的购买金额排名：1% **VIP客户**，4% **主要客户**，15% **普通客户**，80% **小客户**。$N$ 位客户中，分界线 $c$（1%、5%、20%）以上的人数：
#
# $$n_c = \left\lfloor c\,N + \tfrac{1}{2} \right\rfloor$$

# %% [markdown] lang="en"
# Eight customers, typed in. A has two orders. B brought something back for 20 yuan: the second row of order 3. E
# orders often, and little. With eight customers 1 % is nobody, so here we cut after the first and after the third.

# %% [markdown] lang="zh"
# 下面输入八位客户。A 有两张订单；B 退了 20 元的货，就是 3 号订单的第二行；E 下单多，每单都小。八位客户的 1% 还不到一个人，所以这里改在第一位和第三位之后划线。

# %%
few = pd.DataFrame(
    [("A", 1, 600, 560), ("A", 2, 300, 290), ("B", 3, 270, 150), ("B", 3, -20, -10)]
    + [("C", 4, 120, 84), ("D", 5, 120, 80), ("E", 6, 16, 9), ("E", 7, 16, 9), ("E", 8, 16, 9)]
    + [("E", 9, 16, 9), ("E", 10, 16, 9), ("F", 11, 60, 40), ("G", 12, 40, 25), ("H", 13, 30, 22)],
    columns=["customer_id", "order_id", "amount", "cost"],
)
few.head(5)

# %% [markdown] lang="en" slide="subslide"
# Add up each customer, then sort. `kind="stable"` keeps equal ones in the order of their letters.

# %% [markdown] lang="zh"
# 先把每位客户的金额加起来，再排序。`kind="stable"` 让金额相同的人保持字母顺序。

# %% slide="result"
by_hand = few.groupby("customer_id")["amount"].sum()
ranked = by_hand.sort_values(ascending=False, kind="stable")
ranked

# %% [markdown] lang="en" slide="fragment"
# **2.1.a** Your turn: what share of the money comes from A? (a fraction, such as 0.25)

# %% [markdown] lang="zh"
# **2.1.a** 你来算：A 贡献了多大比例的金额？（用小数表示，例如 0.25）

# %% tags=["exercise"]
share_of_a = ...
check("2.1.a", share_of_a)

# %% [markdown] lang="en"
# Now all eight. Read the first line aloud: *one customer of eight brings more than half of the money.* C and D both
# spent 120 yuan, and the cut runs between them. Only the letter decides who is major.

# %% [markdown] lang="zh"
# 再算全部八位。把第一行读出声来：*八位客户中的一位，贡献了一半以上的金额*。C 和 D 都花了 120 元，分界线恰好落在两人中间，谁是主要客户只由编号决定。

# %% slide="result"
tier_by_hand = pd.Series(["VIP"] + ["major"] * 2 + ["small"] * 5, index=ranked.index, name="tier")
(ranked.groupby(tier_by_hand, sort=False).sum() / ranked.sum()).rename("value_share")

# %% [markdown] lang="en"
# You have now written what three functions of `crmlib` do. `summarize_customers` adds up each customer,
# `assign_tiers` ranks and cuts, `tier_table` counts and adds up each tier. `assert` stops with an error if they are not equal.

# %% [markdown] lang="zh"
# 你刚才写的，正是 `crmlib` 三个函数所做的：`summarize_customers` 汇总每位客户，`assign_tiers` 排名划线，`tier_table` 统计各层级的人数和金额。结果若不相等，`assert` 会报错并停下。

# %%
dated = few.assign(order_date=pd.Timestamp("2025-06-30"))
eight = customers.summarize_customers(dated, as_of="2025-12-31")
assert eight["monetary"].equals(by_hand.astype(float).rename("monetary"))
names = ("VIP", "major", "small")
tier_of_eight = pyramid.assign_tiers(eight["monetary"], cuts=(1 / 8, 3 / 8), labels=names)
assert (tier_of_eight.astype(str) == tier_by_hand.sort_index()).all()
assert pyramid.tier_table(eight["monetary"], tier_of_eight)["value"].tolist() == [900, 370, 330]

# %% [markdown] lang="en" tags=["notes"]
# Let them rank the eight on paper first, by amount and then by number of orders: E, who is fifth by amount, comes out
# on top. Students count rows as orders (B has one order, not two), leave the refund out, and think that ties cannot
# happen with money.

# %% [markdown] lang="zh"
# 先让学生在纸上给八位客户排名：一次按金额，一次按订单数。按订单数，按金额排第五的 E 会排到最前。常见错误：把行数当订单数（B 是一张订单，不是两张）；漏掉退款；以为金额不会并列。

# %% [markdown] lang="en" minutes=2 rows=["A22"] slide="slide"
# ### How many is one percent? And who is tied?
#
# The course's example has 1,000 customers: 10, 40, 150 and 800. With 250 customers 1 % is 2.5, and 80 % is 200. We
# round the number *above* each cut. Rounding each tier alone would make 3 + 10 + 38 + 200 = 251 customers.

# %% [markdown] lang="zh"
# ### 百分之一是几位？谁并列？
#
# 课程的例子有 1,000 位客户：10、40、150、800。换成 250 位，1% 是 2.5 位。我们对每条线*以上*的人数取整；若每层各自取整，3 + 10 + 38 + 200 = 251 位，凭空多出一位。

# %%
pyramid.assign_tiers(pd.Series(range(250))).value_counts().rename("n_customers")

# %% [markdown] lang="en"
# And ties? Amounts seldom tie. Numbers of orders often do. CDNOW, a real music shop (one tenth of the customers who
# first bought in early 1997), ranked by orders: the last column, `n_tied`, says how many customers share the number
# at the cut below a tier. Among them only the customer's number decides.

# %% [markdown] lang="zh"
# 那么并列呢？金额很少并列，订单数却常常并列。下面是真实的音像店 CDNOW（1997 年初首次购买的客户的十分之一），按订单数排名：最后一列 `n_tied` 是恰好等于该层下方分界线的客户数。这些人谁上谁下，只由客户编号决定。

# %%
cdnow = customers.summarize_customers(datasets.load_cdnow(), as_of="1998-06-30")
cutoffs = pyramid.tier_cutoffs(cdnow["frequency"])
show(cutoffs[["n_customers", "lowest", "highest", "n_tied"]], kind="number")

# %% [markdown] lang="en" minutes=3 rows=["A12", "A22"] slide="slide"
# ## Who are the gold customers?
#
# The first thing the course asks of a firm: 识别企业的“金牌”客户, know your gold customers. It is a
# query, no more. Here are those of Jiahe Foods (simulated) in 2025.

# %% [markdown] lang="zh"
# ## 谁是“金牌”客户？
#
# 课程的客户差异分析，第一问就是识别企业的“金牌”客户。其实只要一次查询。下面是嘉禾食品（模拟）2025 年的金牌客户。

# %% slide="result"
tier = pyramid.assign_tiers(spending)
gold = spending[tier == "VIP"].sort_values(ascending=False).to_frame("spent")
gold.join(tables["customers"].set_index("customer_id")[["name", "industry"]]).head(5)

# %% [markdown] lang="en" slide="subslide"
# **2.1.b** Guess before you look: what share of the money of 2025 came from the best 1 % of the customers? (a fraction)

# %% [markdown] lang="zh"
# **2.1.b** 先猜再看：2025 年，最好的 1% 客户贡献了多大比例的销售额？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("2.1.b", guess)

# %% [markdown] lang="en"
# In the figure the heads stand on the left, the money in the middle, the money per head on the right.

# %% [markdown] lang="zh"
# 图的左边是人数，中间是金额，右边是人均金额。

# %% slide="result"
tiers = pyramid.tier_table(spending, tier)
customer_share, value_share = tiers["customer_share"], tiers["value_share"]
ax = plots.plot_pyramid(tiers, currency="CNY")
ax.set_title(sentence("{customer_share[VIP]:.0%} of the customers bring {value_share[VIP]:.0%} of the money"))
plt.show()

# %% [markdown] lang="en"
# Beware of the mean on the right: one giant can pull it up.

# %% [markdown] lang="zh"
# 右边的人均要当心：一个特大客户就能把它拉高。

# %%
n_vip, best_fifth = len(gold), value_share[["VIP", "major", "regular"]].sum()
mean_vip, middle_vip = gold["spent"].mean(), gold["spent"].median()
say(
    "{n_vip} VIPs bring {value_share[VIP]:.0%} of the sales, the best fifth {best_fifth:.1%}. A VIP spent {mean_vip:CNY} "
    "on average; the VIP in the middle spent {middle_vip:CNY}."
)

# %% [markdown] lang="en"
# Nothing in the simulation sets the share of the best fifth. Where it comes close to the famous four fifths, that is a coincidence. And
# some customers have two records, with their spending split between them. Chapter 1 puts such records together.

# %% [markdown] lang="zh"
# 前 20% 的占比不是模拟时设定的；就算接近有名的“八成”，也是巧合。另外，有些客户留有两条记录，金额分在两处，第 1 章讲怎样合并。

# %% [markdown] lang="en" minutes=4 rows=["C21"] slide="slide"
# ## Big by revenue, big by profit?
#
# The course sorts large customers first by value. That may be what they spend or the profit they bring. So we build the
# pyramid twice. **Gross profit** is sales less the cost of the goods. What serving a customer costs comes in lesson 2.3.

# %% [markdown] lang="zh"
# ## 收入大，利润也大吗？
#
# 课程讲差异化营销，首要原则是客户价值：可以指消费水平，也可以指利润。那就搭两座。**毛利**等于销售额减去货物成本；服务成本第 2.3 课再算。

# %% [markdown] lang="en" tags=["slide-text"]
# Value may mean what customers spend, or the profit they bring. So we build the pyramid twice. **Gross profit** = sales
# less the cost of the goods.

# %% [markdown] lang="zh"
# 客户价值可以指消费水平，也可以指利润，所以搭两座金字塔。**毛利** = 销售额 − 货物成本。

# %%
profit_of_eight = few["amount"].sub(few["cost"]).groupby(few["customer_id"]).sum()
assert eight["profit"].equals(profit_of_eight.astype(float).rename("profit"))
profit_of_eight.rename("profit").sort_values(ascending=False).head(3)

# %% [markdown] lang="en"
# Of the eight, B now stands first: A spends most and leaves little. `summarize_customers` gives the gross profit too.
# In the whole company, the rows of this table are the tiers by revenue, the columns the tiers by gross profit.

# %% [markdown] lang="zh"
# 八位客户中，现在 B 排第一：A 花得最多，留下的毛利却不多。`summarize_customers` 也给出毛利。下面是整个公司：行是按收入的层级，列是按毛利的层级。

# %% slide="result"
profit = customers.summarize_customers(year, as_of="2025-12-31")["profit"]
tier_by_profit = pyramid.assign_tiers(profit)
order = list(pyramid.LABELS)
pd.crosstab(tier, tier_by_profit, rownames=["by_revenue"], colnames=["by_profit"]).loc[order, order]

# %% [markdown] lang="en"
# The customers outside the diagonal have another tier when profit decides. What is a place in each tier worth to the firm?

# %% [markdown] lang="zh"
# 不在对角线上的客户，按毛利排会换层级。那么，一个名额，在每个层级对企业各值多少？

# %%
vip_profit, worth = profit[tier == "VIP"], profit.groupby(tier, observed=True).mean()
n_changed, vip_profit_share = (tier != tier_by_profit).sum(), vip_profit.sum() / profit.sum()
lowest, lowest_spent = vip_profit.min(), spending[vip_profit.idxmin()]
say(
    "{n_changed} customers have another tier by profit. VIPs bring {value_share[VIP]:.0%} of the sales and "
    "{vip_profit_share:.0%} of the gross profit: {worth[VIP]:CNY} each, a major customer {worth[major]:CNY}. "
    "The VIP who brings least spent {lowest_spent:CNY} and brings {lowest:CNY}."
)

# %% [markdown] lang="en" minutes=4 rows=["A23"] slide="slide"
# ## Do a fifth of the customers bring nine tenths?
#
# The course tells of a securities firm: its VIPs, 20 % of the customers, brought 90 % of revenue and profit. By
# industry the share may be 30 % to 10 %, it says, but 「八九不离十」: it is nearly always about so.

# %% [markdown] lang="zh"
# ## 两成客户贡献九成？
#
# 课程讲了一家证券公司：VIP 占客户的 20%，却是营收获利 90% 的主要来源；因产业而异，比例可能是 30% 到 10%，但“通常都八九不离十”。

# %% [markdown] lang="en" slide="fragment"
# We have no accounts of a securities firm. We have the company (simulated), by sales and by gross profit, and three
# files about real people: a grocer, the music shop, and a bank. The grocer's households are frequent shoppers; the
# bank's amounts are loans, not revenue. (`datasets/README.md` says more.) `clip` sets losses to zero: shares of a
# total with negative parts mean nothing.

# %% [markdown] lang="zh"
# 我们没有证券公司的账户，但有教学公司（模拟，按销售额和毛利各一次），还有三份真实数据：超市、音像店、银行。超市那份是常客家庭；银行那份是贷款金额，不是收入（详见 `datasets/README.md`）。`clip` 把亏损按零计：总额中有负数时，占比没有意义。

# %% [markdown] lang="en" tags=["slide-text"]
# Five cases: the company (**simulated**) by sales and by gross profit; real people at a grocer, a music shop, and a bank
# (loans).

# %% [markdown] lang="zh"
# 五份数据：教学公司（**模拟**）的销售额和毛利；真实的超市、音像店、银行贷款。

# %%
households = datasets.load_complete_journey()["transactions"].groupby("customer_id")["amount"].sum()
cases = {
    t("teaching company, sales"): spending.clip(lower=0),
    t("teaching company, gross profit"): profit.clip(lower=0),
    t("grocer, a year"): households,
    t("CDNOW, a year and a half"): cdnow["monetary"],
    t("German loans, amount lent"): datasets.load_german_credit()["credit_amount"],
}

# %% [markdown] lang="en"
# For each we cut at 10, 20 and 30 % of the customers. `cumsum` adds each tier's share to those above it: the best 20 % are
# the first two tiers together.

# %% [markdown] lang="zh"
# 每份数据都在客户数的 10%、20%、30% 处划线。`cumsum` 把每层的占比和上面各层的加在一起：前 20% 就是前两层之和。


# %%
def share_of_best(value):
    """What share of the value the best 10, 20 and 30 % of the customers bring."""
    names = ("top_10", "top_20", "top_30", "others")
    tier = pyramid.assign_tiers(value, cuts=(0.1, 0.2, 0.3), labels=names)
    return pyramid.tier_table(value, tier)["value_share"].cumsum().drop("others")


shares = pd.DataFrame({name: share_of_best(value) for name, value in cases.items()}).T
show(shares, kind="share", digits=0)

# %% [markdown] lang="en"
# The filled dots are the best fifths. The dashed line is the claim.

# %% [markdown] lang="zh"
# 实心圆点是前 20%，虚线是那个说法。

# %% slide="slide"
n_cases, n_below = len(shares), (shares["top_20"] < 0.9).sum()
ax = plots.plot_best_shares(shares, claim=0.9, of="top_20")
ax.set_title(sentence("In {n_below} of {n_cases} cases the best fifth brings less than 90 %"))
plt.show()
least, most = shares["top_20"].min(), shares["top_20"].max()
n_reach = (shares["top_30"] >= 0.9).sum()
say(
    "The best fifth brings {least:.0%} to {most:.0%}, and even the best 30 % never bring 90 %."
    if n_reach == 0
    else "The best fifth brings {least:.0%} to {most:.0%}. The best 30 % bring 90 % in {n_reach} of {n_cases} cases."
)

# %% [markdown] lang="en"
# One firm's number is no law. A brokerage may well be steeper than a grocer: nobody eats a thousand times as much as their
# neighbor, but some trade a thousand times as much. Lesson 2.2 asks how concentrated firms are.

# %% [markdown] lang="zh"
# 一家企业的数字不是规律。证券公司完全可能更集中：没有人吃得比邻居多一千倍，交易额却可以多一千倍。企业究竟有多集中，第 2.2 课再谈。

# %% [markdown] lang="en" tags=["notes"]
# Ask for guesses before the figure. Do not let "the claim is false" stand: it is one firm's number that others quote
# as a rule. Beyond 30 %, ask how many customers it would take to reach 90 %.

# %% [markdown] lang="zh"
# 看图之前先让学生猜。不要停在“说法是错的”：那是一家企业的数字，别人把它当成了规律。还可以问：要达到 90%，得有百分之几的客户？

# %% [markdown] lang="en" minutes=3 rows=["A22"] slide="slide"
# ## Where it misleads: a race or an exam?
#
# “The best 1 %” is a **race**: there is always a winner, also in a bad year. “Who spends so much” is an **exam**: the
# amount is a **threshold**, and all may pass it, or nobody. Both are called gold.
#
# The threshold here is what the last VIP of 2024 spent. In the bad year everybody spends half of what they spent in 2025.

# %% [markdown] lang="zh"
# ## 哪里会误导人：赛跑还是考试？
#
# “前 1%”是**赛跑**：年景再差也有赢家。“买满多少”是**考试**：这个金额叫**门槛**，可能人人过线，也可能无人过线。两种都叫“金牌”。
#
# 这里的门槛是 2024 年最后一位 VIP 的购买金额；“坏年景”假设每人只花 2025 年的一半。

# %% [markdown] lang="en" tags=["slide-text"]
# “The best 1 %” is a **race**: there is always a winner. “Who spends so much” is an **exam**: all may pass the
# **threshold**, or nobody.
#
# We assume a bad year in which everybody spends half.

# %% [markdown] lang="zh"
# “前 1%”是**赛跑**：总有赢家。“买满多少”是**考试**：可能人人过线（**门槛**），也可能无人过线。
#
# 坏年景：假设每人只花一半。

# %% slide="result"
summary_2024 = customers.summarize_customers(transactions, since="2024-01-01", as_of="2024-12-31")
line = pyramid.tier_cutoffs(summary_2024["monetary"]).loc["VIP", "lowest"]
n_above, n_bad = (spending >= line).sum(), (spending / 2 >= line).sum()
pd.DataFrame({"by_place": n_vip, "by_amount": [n_above, n_bad]}, [t("this year"), t("a bad year")])

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## The decision, in money
#
# A gold club gives each member a gift of 500 yuan at the end of the year. Three choices: no club; members by
# *place*, the best 1 %; members by *amount*, last year's line, told in advance.
#
# We **assume**: half of those within 20 % below the line buy more and just reach it. By place nobody can aim: the
# line is known only afterwards.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# “金牌”俱乐部年底送每位会员价值 500 元的礼品。三种做法：不办；按*名次*，取前 1%；按*金额*，用去年的门槛，事先公布。
#
# **假设**：差门槛不到 20% 的客户中，一半会多买一些，刚好过线。按名次则无从争取：线要到年底才知道。

# %% [markdown] lang="en" tags=["slide-text"]
# A gift of 500 yuan for each member. Three choices:
#
# - no club
# - by *place*: the best 1 %
# - by *amount*: last year's line, told in advance
#
# We **assume**: half of those within 20 % below the line just reach it. By place nobody can aim.

# %% [markdown] lang="zh"
# 每位会员送 500 元礼品，三种做法：
#
# - 不办
# - 按*名次*：取前 1%
# - 按*金额*：用去年的门槛，事先公布
#
# **假设**：差门槛不到 20% 的客户，一半会刚好过线；按名次则无从争取。

# %%
gift, moved = 500, 0.5
near = spending[(spending < line) & (spending >= 0.8 * line)]
margin = profit[near.index].sum() / near.sum()
gain = moved * (line - near).sum() * margin

# %% [markdown] lang="en"
# `near` are those close below the line, `margin` is what a yuan of their spending leaves, `gain` the gross profit of
# what they would buy more. Who is above the line anyway gets the gift for nothing.

# %% [markdown] lang="zh"
# `near` 是差一点过线的客户，`margin` 是他们每花一元留下的毛利，`gain` 是多买部分的毛利。本来就在线上的人，白得一份礼品。

# %% slide="result"
clubs = pd.DataFrame(index=pd.Index([t("no club"), t("by place"), t("by amount")], name="plan"))
clubs["n_members"] = [0, n_vip, n_above + moved * len(near)]
clubs["cost"] = gift * clubs["n_members"]
clubs["gain"] = [0, 0, gain]
clubs["gain_less_cost"] = clubs["gain"] - clubs["cost"]
clubs

# %% [markdown] lang="en"
# What would have to be true for the club to pay? Perhaps it keeps VIPs who would have left. We count how many it
# would take.

# %% [markdown] lang="zh"
# 要让俱乐部划算，还需要什么条件？也许它留住了本来会流失的 VIP。算一算要留住几位。

# %% slide="result"
best_plan, best_left = clubs["gain_less_cost"].idxmax(), clubs["gain_less_cost"].max()
short = best_left - clubs.loc[t("by amount"), "gain_less_cost"]
n_to_keep = math.ceil(short / worth["VIP"])
most_gift = int((line - near).sum() * margin / (n_above + len(near)))
say(
    "Under this assumption the best choice is “{best_plan}”. By amount the club leaves {short:CNY} less: it would have to "
    "keep {n_to_keep} VIPs who would have left. Even if all near the line reached it, a gift may cost {most_gift:CNY} at most."
    if short > 0
    else "Under this assumption the best choice is “{best_plan}”: it leaves {best_left:CNY}."
)

# %% [markdown] lang="en"
# It hangs on the assumption that nobody near the line would have reached it anyway. And that a gift changes anything
# at all is a guess, until some customers drawn by lot are promised it and others are not. Lesson 2.5 asks how many VIPs leave.

# %% [markdown] lang="zh"
# 结论取决于假设：差一点过线的人，没有礼品就不会过线。而礼品究竟有没有用，只是猜测；要抽签，对一部分客户承诺，对另一部分不承诺，再比较。VIP 究竟流失几位，第 2.5 课再算。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote before the table appears; most want a club. The common mistake is to count what members spend as what
# the club brings. Ask who gets the gift for what they do anyway, and how many they are.

# %% [markdown] lang="zh"
# 出表之前先举手表决，多数人会想办俱乐部。常见错误是把会员的购买金额当成俱乐部带来的收益。可以问：哪些人不办俱乐部也照样购买，白拿礼品？有几位？

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `grocer`: what each household spent at the grocer in a year · `lines`: the rows of **2024** of the company ·
# `as_of`: its last day · `threshold`: an amount · `summary`: one row per customer of 2024, with `monetary` (spent)
# and `profit` (gross) · `line_2023`: what the last VIP of 2023 spent. Stuck? `hint("2.1.1")`, then `solution("2.1.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `grocer`：超市每个家庭一年的购买金额 · `lines`：公司 **2024 年**的各行 · `as_of`：那一年的最后一天 · `threshold`：一个金额 · `summary`：2024 年每位客户一行，列有 `monetary`（购买金额）和 `profit`（毛利） · `line_2023`：2023 年最后一位 VIP 的购买金额。卡住了，可以用 `hint("2.1.1")`，再用 `solution("2.1.1")`。

# %%
as_of = pd.Timestamp("2024-12-31")
grocer = households
in_2024 = transactions["order_date"].dt.year == 2024
lines = transactions.loc[in_2024, ["customer_id", "order_id", "order_date", "amount"]]
last_days = customers.summarize_customers(lines, since="2024-10-02", as_of=as_of)["monetary"]
threshold = round(last_days.nlargest(100).min(), 2)
summary = summary_2024[["monetary", "profit"]]
summary_2023 = customers.summarize_customers(transactions, since="2023-01-01", as_of="2023-12-31")
line_2023 = pyramid.tier_cutoffs(summary_2023["monetary"]).loc["VIP", "lowest"]
practice_on(grocer=grocer, lines=lines, as_of=as_of, threshold=threshold,
            summary=summary, line_2023=line_2023)

# %% [markdown] lang="en"
# **2.1.1** What did the last VIP of the grocer spend, the one just above the 1 % cut? (`grocer`; rounded as in this
# lesson)

# %% [markdown] lang="zh"
# **2.1.1** 超市最后一位 VIP，也就是刚好在 1% 分界线以上的那一位，花了多少钱？（用 `grocer`；取整规则与本课相同）

# %% tags=["exercise"]
last_vip = ...
check("2.1.1", last_vip)

# %% [markdown] lang="en"
# **2.1.2** What share of the money of 2024 do the VIP and major customers bring together, the best 5 %? Work from
# `lines`. (a fraction)

# %% [markdown] lang="zh"
# **2.1.2** 2024 年的 VIP 客户和主要客户，也就是前 5%，合起来贡献了多大比例的销售额？请从 `lines` 算起。（用小数表示）

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
# **2.1.4** The club of 2024: members are all who spend at least `line_2023`. Suppose that *everyone* who spent from 80 % of
# `line_2023` up to just below it rises to exactly `line_2023`, and that each yuan more leaves what a yuan of *these risers* leaves on average
# (the sum of the risers' profit over the sum of their spending). What may the gift cost per member at most, so that the club
# loses nothing? Those who rise are members too. (`summary`, `line_2023`)

# %% [markdown] lang="zh"
# **2.1.4** 2024 年的俱乐部：购买金额不低于 `line_2023` 的都是会员。设购买金额达到 `line_2023` 的 80%、但还不到 `line_2023` 的客户*全部*升到恰好 `line_2023`，而且每多花一元，留下的毛利与这些客户的平均水平相同（他们的毛利合计除以购买金额合计）。升上来的也是会员。要使俱乐部不亏，每位会员的礼品最多可以花多少钱？（用 `summary` 和 `line_2023`）

# %% tags=["exercise"]
most = ...
check("2.1.4", most)

# %% [markdown] lang="en"
# **2.1.5** A judgment, without code. Sales wants a gold card for the best 1 % by revenue. Finance wants the best 1 % by
# gross profit. Service wants all who spend 10,000 yuan a year. What do you advise, and what would you need to know
# first? (two or three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.1.5** 思考题，不用写代码，没有标准答案。销售部要把金卡发给收入前 1% 的客户，财务部要发给毛利前 1% 的客户，客服部要发给一年买满 1 万元的所有客户。你怎么建议？还要先弄清什么？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("2.1.5", answer)

# %%
quiz("2.1.q1")

# %%
quiz("2.1.q2")

# %%
quiz("2.1.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: what does each tier buy?
#
# Each column adds up to 100 %: where the money of a tier goes. `pivot_table` adds up the amounts, one row per category and
# one column per tier.

# %% [markdown] lang="zh"
# ## 选读：各层级买些什么？
#
# 每一列合计 100%：这个层级的钱花在哪些品类上。`pivot_table` 把金额加起来，一行一个品类，一列一个层级。

# %%
bought = year.assign(tier=year["customer_id"].map(tier)).pivot_table(
    index="category", columns="tier", values="amount", aggfunc="sum", observed=False
)
show((bought / bought.sum())[order].sort_values("VIP", ascending=False), kind="share", digits=0)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **build** the customer pyramid from a list of orders, by revenue and by profit,
# - **test** a claim such as a fifth and nine tenths on data of several firms,
# - **decide** how a gold club should choose its members, with the assumption the answer hangs on.
#
# **Words** — tier (层级), VIP, major, regular, small customer (VIP客户、主要客户、普通客户、小客户), gross profit (毛利),
# threshold (门槛).
#
# **Next** — 2.2: How concentrated are we, and is 80/20 a law?
#
# **Further reading** — Curry & Curry (2000), *The Customer Marketing Method*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **搭建**：会从订单记录搭出客户金字塔，按收入、按利润都会；
# - **检验**：会用几家企业的数据检验“两成客户贡献九成收入”这类说法；
# - **决定**：会判断“金牌”俱乐部怎样选会员，并说出结论取决于什么假设。
#
# **术语**：层级（tier）、VIP客户、主要客户、普通客户、小客户（VIP, major, regular, small customer）、毛利（gross profit）、门槛（threshold）。
#
# **下一课**：2.2 销售有多集中？80/20 是规律吗？
#
# **延伸阅读**：Curry & Curry (2000), *The Customer Marketing Method*

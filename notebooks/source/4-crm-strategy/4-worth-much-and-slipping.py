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

# %% [markdown] lang="en" minutes=32 exercise_minutes=13 pattern=2 needs=["4.3"] rows=["D22", "D31", "D19"] slide="slide"
# # 4 · Who is worth much and slipping away?
#
# The account manager has time for 40 calls a month. Whom should they call? Those who brought most last year? But are they about to leave? Those who are slipping away? But are they worth a call?
#
# In this lesson you will
#
# - **estimate** what a customer spends on a purchase and is worth in a year, with two intervals that are never mixed,
# - **compare** a list by value at stake with lists by last year's money and by RFM, in the year that followed,
# - **decide** whom to call, and from when on a customer is not worth the contact any more.

# %% [markdown] lang="zh"
# # 4 · 谁价值高、又正在流失？
#
# 客户经理一个月只打得了 40 个电话。打给谁？去年贡献最多的？可他们要走吗？正在流失的？可他们值得打吗？
#
# 在这一课里，你将
#
# - **估计**：一位客户每次花多少、一年值多少，并给出两种区间，绝不混在一起；
# - **比较**：按“可能流失的价值”排的名单，和按去年的钱、按 RFM 排的名单，用后一年的结果来评；
# - **决定**：电话打给谁；到什么时候，一位客户就不值得再联系了。

# %% [markdown] lang="en" tags=["slide-text"]
# 40 calls a month. The biggest of last year: are they leaving? Those who are leaving: are they worth a call?
#
# - **estimate** what a customer is worth, with two intervals,
# - **compare** lists in the year that followed,
# - **decide** whom to call, and when to stop.

# %% [markdown] lang="zh"
# 一个月 40 个电话。去年的大客户：他们要走吗？正在走的客户：值得打吗？
#
# - **估计**：一位客户值多少，给出两种区间；
# - **比较**：几张名单，用后一年来评；
# - **决定**：打给谁，什么时候停。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Worth and the chance to be still there belong together: what is at stake is the one times the other. The interval of one customer's future is wide, that of the mean is not.
#
# **Hard point** A list that finds those who leave does not show that a call keeps them. That needs a hold-out drawn by lot (chapter 5).
#
# **Board** A ruler from 560 (own mean) to 200 (mean of all), with 416 on it. Then the catalog: five states, two arrows from each, four values.
#
# **Homework** Exercises 4.4.4 and 4.4.5. Which shop still writes to you though you have not bought there for a year? What does that cost it?

# %% [markdown] lang="zh"
# **重点** 价值和“仍是客户的概率”要合起来看：可能流失的价值，是两者相乘。一位客户的将来，区间很宽；平均值的区间并不宽。
#
# **难点** 名单找出了要走的人，不等于打电话就能留住他们。这要靠随机留出的对照组（第 5 章）。
#
# **板书** 一把尺子，从 560（自己的平均）到 200（全体的平均），416 标在上面。再画目录的例子：五个状态，每个状态两支箭头，四个价值。
#
# **作业** 练习 4.4.4 和 4.4.5。哪家店，你一年没去买了，还在给你发消息？它为此花了多少钱？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import customers, datasets, holdout, lifecycle, plots, purchases
from crmlib import recency, returns, targeting, value
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## What does one purchase bring?
#
# We stand on **31 December 2024**; the year after is kept for the test. One row is one customer of the teaching company (**simulated**). `repeat_purchase_summary` is that of lesson 4.3, now with its last column: `monetary`, the mean amount of the **repeat** purchases, in yuan. Time is in weeks; `tenure` counts from the first purchase to that day.

# %% [markdown] lang="zh"
# ## 一次购买，花多少钱？
#
# 我们站在 **2024 年 12 月 31 日**，后一年留作检验。一行是教学公司（**模拟**数据）的一位客户。`repeat_purchase_summary` 就是第 4.3 课那一个，这次用上最后一列：`monetary`，**重复**购买的平均金额，单位元。时间都以周计；“客户年龄”是从第一次购买到那一天有几周。

# %% [markdown] lang="en" tags=["slide-text"]
# **31 December 2024**; the year after is kept for the test. One row: one customer (**simulated**).
#
# `monetary`: mean amount of the **repeat** purchases.

# %% [markdown] lang="zh"
# 站在 **2024 年 12 月 31 日**；后一年留作检验。一行是一位客户（**模拟**数据）。
#
# `monetary`：**重复**购买的平均金额。

# %%
tables, _ = datasets.load_data(company)
transactions = tables["transactions"]
bought = holdout.split_purchases(transactions, cut="2024-12-31", until="2025-12-31", unit="week")
bought.iloc[:3, :4]

# %% [markdown] lang="en"
# How much do these means differ? (A few lie at 0 or below: they took back what they bought, and count as not seen.)

# %% [markdown] lang="zh"
# 这些平均金额相差多大？（有几位不到 0 元：买了又退，就当作没有看到。）

# %% slide="result"
n_all, n_once = len(bought), (bought["frequency"] == 0).sum()
ax = plots.plot_histogram(bought["monetary"], label=t("mean of the repeat purchases, CNY"), bins=80)
ax.set_title(sentence("{n_once} of {n_all} customers came once: no mean (simulated)"))
plt.show()

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## In words, then as a formula
#
# Somebody came back once and spent 900 yuan. Is 900 what to expect the next time? Partly it was luck. So we **shrink** (收缩) the own mean $\bar z$ of $x$ repeat purchases towards the mean $m$ of all; $m$ counts as much as $w$ purchases:
#
# $$\hat z = \frac{x \, \bar z + w \, m}{x + w}$$
#
# This is the **Gamma-Gamma** model (Fader & Hardie, 2013): it reads $m$ and $w$ from the data. Where customers differ little, $w$ is large. A year's value if they are **still a customer**, and what is **at stake** (可能流失的价值: lost if they have left and we have not noticed), with the margin rate $g$ (毛利率), the purchases $n$ expected within a year, discounted, and the chance $P$ of lesson 4.3:
#
# $$V = g \cdot \hat z \cdot n, \qquad \text{value} = P \cdot V, \qquad \text{at stake} = (1 - P) \cdot V$$

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 有人回来过一次，花了 900 元。下一次也会花 900 元吗？这里面有运气。所以把他自己 $x$ 次重复购买的平均 $\bar z$，向全体的平均 $m$ **收缩**（shrink）；$m$ 的分量，相当于 $w$ 次购买：
#
# $$\hat z = \frac{x \, \bar z + w \, m}{x + w}$$
#
# 这就是 **Gamma-Gamma** 模型（Fader & Hardie，2013），$m$ 和 $w$ 由数据得出：客户之间差别越小，$w$ 越大。再看一位客户**若仍是客户**，一年的价值 $V$，以及**可能流失的价值**（value at stake）：他也许已经悄悄走了，走了就失去 $V$。$g$ 是毛利率，$n$ 是一年内预计的购买次数（折现后），$P$ 是第 4.3 课的概率：
#
# $$V = g \cdot \hat z \cdot n, \qquad 价值 = P \cdot V, \qquad 可能流失的价值 = (1 - P) \cdot V$$

# %% [markdown] lang="en" tags=["slide-text"]
# **Shrink** (收缩) the own mean $\bar z$ of $x$ purchases towards the mean $m$ of all, which counts as $w$ purchases:
#
# $$\hat z = \frac{x \, \bar z + w \, m}{x + w}$$
#
# Margin rate $g$, purchases $n$ in a year (discounted), chance $P$ to be still a customer:
#
# $$V = g \cdot \hat z \cdot n, \qquad \text{value} = P \cdot V, \qquad \text{at stake} = (1 - P) \cdot V$$

# %% [markdown] lang="zh"
# 把自己 $x$ 次的平均 $\bar z$ 向全体的平均 $m$ **收缩**，$m$ 相当于 $w$ 次购买：
#
# $$\hat z = \frac{x \, \bar z + w \, m}{x + w}$$
#
# 毛利率 $g$，一年内购买次数 $n$（折现），仍是客户的概率 $P$：
#
# $$V = g \cdot \hat z \cdot n, \qquad 价值 = P \cdot V, \qquad 可能流失的价值 = (1 - P) \cdot V$$

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in: repeat purchases seen, their mean, the chance that they are still a customer, and how many purchases of a year are expected if so. The mean of all is 200 yuan and counts as 2 purchases; the margin is 20 %.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户：看到几次重复购买、平均多少元、仍是客户的概率、若仍是客户一年预计买几次。全体的平均是 200 元，相当于 2 次购买；毛利率 20%。

# %%
eight = pd.DataFrame({"n_seen": [12, 3, 0, 6, 1, 20, 4, 9], "n_ahead": [7, 1.5, .5, 4, 1, 9, 3, 5],
    "average_amount": [260, 560, 0, 150, 900, 330, 80, 210],
    "probability_alive": [.95, .60, .80, .30, .90, .10, .98, .55]}, index=list("ABCDEFGH"))
eight

# %% [markdown] lang="en" slide="fragment"
# **4.4.a** Your turn: what amount do you expect of B's next purchase? (in yuan)

# %% [markdown] lang="zh"
# **4.4.a** 你来算：B 的下一次购买，预计多少金额？（单位：元）

# %% tags=["exercise"]
amount_of_b = ...
check("4.4.a", amount_of_b)

# %% [markdown] lang="en" slide="subslide"
# Now all eight; `eval` reads a formula with names of columns. Who leads by what they spend, and who by what is at stake?

# %% [markdown] lang="zh"
# 再算全部八位；`eval` 按列名读公式。谁每次花得最多？谁可能流失的价值最大？

# %% slide="result"
eight["expected_amount"] = eight.eval("(n_seen * average_amount + 2 * 200) / (n_seen + 2)")
eight["value_if_alive"] = 0.20 * eight["expected_amount"] * eight["n_ahead"]
eight["at_stake_amount"] = (1 - eight["probability_alive"]) * eight["value_if_alive"]
eight[["expected_amount", "value_if_alive", "at_stake_amount"]]

# %% [markdown] lang="en"
# Read F aloud: *came back twenty times, is most likely gone: that is where the money is at stake.* E spent most on one purchase, and moved furthest towards the mean of all.
#
# Now the company. The modified BG/NBD of lesson 4.3 (one may leave after the **first** purchase as well) gives the chance to be still a customer, Gamma-Gamma the amount: our formula, with $m$ and $w$ from the data ($w = (q - 1) / p$, of two of its parameters).

# %% [markdown] lang="zh"
# 把 F 读出声来：*回来过二十次，多半已经走了：可能流失的钱就在这里。* E 单次花得最多，向全体平均靠得也最多。
#
# 轮到整家公司。第 4.3 课的修正 BG/NBD（**第一次**购买之后也可能离开）给出仍是客户的概率，Gamma-Gamma 给出金额：就是我们的公式，$m$ 和 $w$ 来自数据（$w = (q - 1) / p$，$p$、$q$ 是它的两个参数）。

# %%
again = bought[bought["monetary"] > 0]
model = purchases.fit_mbg_nbd(bought["frequency"], bought["recency"], bought["tenure"])
spending = purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
(p, q, _), x = spending.params.values(), again["frequency"]
m, w = spending.average_purchase(), (q - 1) / p
by_hand = (x * again["monetary"] + w * m) / (x + w)
assert np.allclose(by_hand, spending.expected_purchase(x, again["monetary"]))

# %% [markdown] lang="en" tags=["notes"]
# Let them draw the ruler first: between 200 and 560, and B weighs three against two. Common: the plain middle for everybody; the mean of the eight for the mean of all; to forget that the 2 stands above *and* below.

# %% [markdown] lang="zh"
# 先让学生画尺子：200 到 560 之间，B 自己的分量是三，全体的是二。常见错误：不管谁都取正中间；拿八位的平均当全体的平均；2 只写在分子，忘了分母。

# %% [markdown] lang="en" minutes=7 rows=["D22", "D31"] slide="slide"
# ## Worth and slipping, in one map
#
# `purchase_value` puts the two models together, for a year, each purchase discounted from its day at 10 % a year (an assumption), at the margin rate of the two years. It names **two kinds of doubt**: `value_low` to `value_high`, because the parameters are estimated; `future_low` to `future_high`, because this customer's own future is open even if we knew the parameters. Compare the widths.

# %% [markdown] lang="zh"
# ## 一张图：价值和流失
#
# `purchase_value` 把两个模型合在一起：看一年，每次购买从那一天起按每年 10% 折现（假设），毛利率取前两年的。它分开给出**两种不确定性**：`value_low` 到 `value_high`，因为参数是估出来的；`future_low` 到 `future_high`，因为就算知道参数，这位客户自己的将来也没有定。比一比两个区间的宽度。

# %% [markdown] lang="en" tags=["slide-text"]
# A year, discounted at 10 % (assumed). **Two kinds of doubt**:
#
# - `value_low` … `value_high`: the parameters are estimated
# - `future_low` … `future_high`: this customer's own future is open

# %% [markdown] lang="zh"
# 看一年，按 10% 折现（假设）。**两种不确定性**：
#
# - `value_low` … `value_high`：参数是估出来的
# - `future_low` … `future_high`：这位客户自己的将来没有定

# %% slide="result"
known = transactions[transactions["order_date"] < "2025-01-01"]
margin_rate = 1 - known["cost"].sum() / known["amount"].sum()
a_year = {"margin_rate": margin_rate, "discount_rate": 0.10, "periods": 52, "unit": "week"}
worth = value.purchase_value(model, spending, bought, **a_year, n_draws=200)
worth["at_stake_amount"] = (1 - worth["probability_alive"]) * worth["value_if_alive"]
show(worth.nlargest(4, "value").filter(regex="_low|_high"), kind="money", digits=0)

# %% [markdown] lang="en" slide="subslide"
# Two lists of 40: those who brought the most money in 2024, and those with whom most is at stake.
#
# **4.4.b** Guess before you look: how many customers are on both lists? (a whole number, 0 to 40)

# %% [markdown] lang="zh"
# 两张名单，各 40 位：2024 年贡献最多的；可能流失的价值最大的。
#
# **4.4.b** 先猜再看：有几位同时在两张名单上？（0 到 40 的整数）

# %% tags=["exercise"]
guess = ...
check("4.4.b", guess)

# %% [markdown] lang="en"
# `choose_top` makes a list: a column of true and false. In the map, the further right, the more likely still a customer; the higher, the more they are worth. The list is marked: high up, and not at the right edge. (The thin curve: those who came once; the model knows only for how long they have been silent.)

# %% [markdown] lang="zh"
# `choose_top` 列出名单：一列“是”与“否”。图上越靠右，越可能仍是客户；越靠上，价值越高。标出来的是名单上的客户：位置高，又不在最右边。（右下那条细线是只来过一次的人：模型只知道他们多久没来了。）

# %% slide="result"
of_2024 = known[known["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum()
margin_2024 = margin_rate * of_2024.reindex(worth.index, fill_value=0)
at_stake = value.choose_top(worth["at_stake_amount"], 40)
biggest = value.choose_top(margin_2024, 40)
n_both, n_gone = (at_stake & biggest).sum(), (worth["probability_alive"][at_stake] < 0.5).sum()
ax = plots.plot_worth_map(worth, chosen=at_stake, currency="CNY")
ax.set_title(sentence("{n_both} of the 40 biggest are on the list; {n_gone} on it are likely gone"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# The course asks for three things of a customer strategy: acquire, keep, raise. The map is about **keeping** (保有): a VIP is no longer whoever was big last year, but whoever is worth much from now on. Here are the first five of the list. Where the chance is near 0 it is too late to *keep* them; to win them back is another task.

# %% [markdown] lang="zh"
# 课程把客户战略分成三件事：获取、保有、提升。这张图讲的是**保有**：VIP客户不再是去年贡献大的人，而是今后价值高的人。下面是名单的前五位。概率接近 0 的，已经谈不上*保有*；把他们赢回来，是另一件事。

# %% [markdown] lang="en" tags=["slide-text"]
# Acquire, **keep**, raise: a VIP is whoever is worth much from now on. The first five of the list:
#
# Chance near 0: too late to *keep*; to win back is another task.

# %% [markdown] lang="zh"
# 获取、**保有**、提升：VIP客户是今后价值高的人。名单的前五位：
#
# 概率接近 0：谈不上*保有*；赢回来是另一件事。

# %% slide="result"
columns = ["probability_alive", "value_if_alive", "at_stake_amount"]
worth.nlargest(5, "at_stake_amount")[columns]

# %% [markdown] lang="en" tags=["notes"]
# Ask before the map: where would you stand if you called the biggest only? Top right, where nobody is leaving. The upper left corner is the list, and its far left is gone already: to win back is another task than to keep.

# %% [markdown] lang="zh"
# 看图之前先问：只打给大客户，你站在图的哪里？右上角，那里没有人要走。名单在左上角；最左边的已经走了：赢回和保有是两回事。

# %% [markdown] lang="en" minutes=5 rows=["D31"] slide="slide"
# ## Where it misleads: one customer, and the year after
#
# Now 2025. First the intervals: how many customers brought what **their own** interval holds, and did the total come out as expected? Beside it CDNOW, a **real** music store, 39 weeks and the 39 after them (in dollars of sales).

# %% [markdown] lang="zh"
# ## 哪里会误导人：一位客户，和后来的一年
#
# 揭开 2025 年。先看区间：有多少客户的贡献落在**自己的**区间里？总数和预计的一样吗？旁边放 CDNOW，一家**真实**的网上音像店：39 周，和此后的 39 周（销售额，美元）。

# %% [markdown] lang="en" tags=["slide-text"]
# 2025: how many brought what **their own** interval holds? Did the total come out?
#
# Beside it CDNOW (**real**): 39 weeks, and the 39 after them, in dollars of sales.

# %% [markdown] lang="zh"
# 2025 年：多少人落在**自己的**区间里？总数对吗？
#
# 旁边是 CDNOW（**真实**）：39 周，和此后 39 周，销售额，美元。

# %% [markdown] lang="en"
# `holdout_value` makes a row for each firm: the share of customers inside their own interval; the total expected, its interval (both kinds of doubt), and what came.

# %% [markdown] lang="zh"
# `holdout_value` 给每家企业算出一行：落在自己区间里的客户占多少；预计的总数、它的区间（两种不确定性合在一起）、实际的总数。

# %% slide="result"
cdnow = datasets.load_cdnow()
cds = holdout.split_purchases(cdnow, cut="1997-09-30", until="1998-06-30", unit="week")
of_cds = purchases.fit_mbg_nbd(cds["frequency"], cds["recency"], cds["tenure"])
per_cd = purchases.fit_gamma_gamma(cds["frequency"], cds["monetary"])
came, plain = margin_rate * bought["holdout_spent"], a_year | {"discount_rate": 0}
ours = value.holdout_value(model, spending, bought, came, **plain)
half_year = plain | {"margin_rate": 1, "periods": 39}
theirs = value.holdout_value(of_cds, per_cd, cds, cds["holdout_spent"], **half_year)
show(ours.to_frame(t("our company (simulated)")).T)
show(theirs.to_frame(t("CDNOW (real)")).T, currency="USD")

# %% [markdown] lang="en"
# First column: do the own intervals hold what they promise, 95 %? They are so wide that no single customer can be judged by them. The total is another matter: look whether what came lies between the lowest and the highest value. If not, customers **changed** or the model is wrong; no interval knows of either.

# %% [markdown] lang="zh"
# 先看第一列：自己的区间说好 95%，做到了吗？它们很宽，没法拿来评判某一位客户。总数是另一回事：看实际总数在不在上限和下限之间。不在，要么客户**变了**，要么模型不对；模型自己的区间不会告诉你。

# %% [markdown] lang="en" slide="subslide"
# Now the lists. Whom did they find? Of those who bought **nothing** in 2025 we count the margin they had brought in 2024: the money that left. (That favors lists that rank by this very margin, the plain rule first of all.) Rivals: the 40 biggest; RFM (`good`: scores for money and frequency, 9 taken off who was here lately; ties by the margin of 2024); and a plain rule, the biggest of those silent for 90 days.

# %% [markdown] lang="zh"
# 再看名单。各找到了谁？2025 年**什么也没买**的客户，算他们 2024 年的毛利：这就是流失的钱。（这样算，对按这笔毛利排的名单有利，尤其是简单规则。）对手有三个：最大的 40 位；RFM（`good`：金额和频率的得分，最近来过的减 9 分；同分的看 2024 年毛利）；还有一条简单的规则：90 天没来的人里最大的 40 位。

# %% [markdown] lang="en" tags=["slide-text"]
# Found: the 2024 margin of those who bought **nothing** in 2025.
#
# Rivals: the 40 biggest; RFM; a plain rule (the biggest of those silent for 90 days).

# %% [markdown] lang="zh"
# 找到的钱：2025 年**什么也没买**的客户，2024 年的毛利。
#
# 对手：最大的 40 位；RFM；简单规则（90 天没来的人里最大的）。

# %%
scores = lifecycle.rfm_scores(customers.summarize_customers(known, as_of="2024-12-31"))
good = scores["frequency_score"] + scores["monetary_score"] - 9 * (scores["recency_score"] > 2)
is_silent = bought["tenure"] - bought["recency"] > 90 / 7
lists = {t("most at stake"): at_stake, t("biggest of 2024"): biggest,
         t("RFM"): value.choose_top(good.reindex(worth.index) + margin_2024 / 1e9, 40),
         t("plain rule"): value.choose_top(margin_2024.where(is_silent, 0), 40)}

# %% [markdown] lang="en"
# `choice_lead` takes the difference of two lists and draws the customers anew, with replacement, for its interval. The rows of the rivals say by how much **our** list leads. The plain rule is the hardest rival: it costs no model.

# %% [markdown] lang="zh"
# `choice_lead` 计算两张名单之差，再有放回地重新抽取客户，得出区间。对手那几行，说的是**我们的**名单领先多少。最难对付的是那条简单的规则：它不需要模型。

# %% slide="result"
money_lost = margin_2024.where(bought["holdout_purchases"] == 0, 0)
leads = {name: targeting.choice_lead(money_lost, at_stake, other, seed=1)
         for name, other in lists.items()}
found = pd.DataFrame(leads, index=["lead_amount", "lowest_lead_amount", "highest_lead_amount"]).T
found.insert(0, "found_amount", [money_lost[chosen].sum() for chosen in lists.values()])
found

# %% [markdown] lang="en"
# Two verdicts, each by its interval. Mind: **found is not kept**. Those who had gone before January are found, too.

# %% [markdown] lang="zh"
# 两个结论，各看各的区间。注意：**找到不等于留住**。1 月以前就走了的人，也算“找到”。

# %% slide="result"
(lead, low, high), rival = leads[t("biggest of 2024")], leads[t("plain rule")]
against = (t("it beats the plain rule, too") if rival.low > 0
           else t("the plain rule finds even more") if rival.high < 0
           else t("whether it beats the plain rule is not shown"))
say("Our list finds {lead:CNY} more than the biggest of 2024 (95% interval: {low:CNY} to {high:CNY}); "
    "{against}." if low > 0
    else "That our list finds more than the biggest of 2024 is not shown: {lead:CNY} (95% interval: "
    "{low:CNY} to {high:CNY}); {against}.")

# %% [markdown] lang="en" tags=["notes"]
# What has the model bought us, if a plain rule finds as much? Values in yuan, an interval, and a stop (next section). Let the class say which of these the manager needs.

# %% [markdown] lang="zh"
# 简单规则找到的一样多，那模型给了我们什么？以元计的价值、区间、什么时候停（下一节）。让学生说说，客户经理需要其中哪一样。

# %% [markdown] lang="en" minutes=4 rows=["D31"] slide="slide"
# ## When to stop
#
# A firm sends a catalog each period. It costs 4; an order brings 40. Whoever bought in this period orders again with chance 0.30, one period later 0.20, then 0.15, then 0.05; after that they are off the list. A chain of states in which only the present state counts is a **Markov chain** (马尔可夫链). The value $V_i$ in state $i$ is the profit $R_i$ now plus the value of the next state $j$, by its chance $P_{ij}$, discounted at $d$ = 20 % (Pfeifer & Carraway, 2000, a published example):
#
# $$V_i = R_i + \frac{1}{1 + d} \sum_j P_{ij} \, V_j$$

# %% [markdown] lang="zh"
# ## 什么时候停
#
# 一家企业每期寄一本目录，成本 4 元；来一张订单，赚 40 元。本期买过的人，下期再订的概率是 0.30；隔了一期的 0.20，再隔 0.15，再隔 0.05；之后就从名单上去掉。只看现在处于什么状态的链，叫**马尔可夫链**（Markov chain）。状态 $i$ 下一位客户的价值 $V_i$，等于本期利润 $R_i$，加上下期状态 $j$ 的价值按概率 $P_{ij}$ 加权，再按 $d$ = 20% 折现（Pfeifer & Carraway，2000，论文里的例子）：
#
# $$V_i = R_i + \frac{1}{1 + d} \sum_j P_{ij} \, V_j$$

# %% [markdown] lang="en" tags=["slide-text"]
# A catalog each period costs 4; an order brings 40. Order again: 0.30, then 0.20, 0.15, 0.05, then off the list. A **Markov chain** (马尔可夫链), with $d$ = 20 %:
#
# $$V_i = R_i + \frac{1}{1 + d} \sum_j P_{ij} \, V_j$$
#
# (Pfeifer & Carraway, 2000, a published example)

# %% [markdown] lang="zh"
# 每期一本目录，成本 4 元；一张订单赚 40 元。再订的概率：0.30，然后 0.20、0.15、0.05，之后除名。**马尔可夫链**，$d$ = 20%：
#
# $$V_i = R_i + \frac{1}{1 + d} \sum_j P_{ij} \, V_j$$
#
# （Pfeifer & Carraway，2000，论文里的例子）

# %%
catalog = pd.DataFrame([[.3, .7, 0, 0, 0], [.2, 0, .8, 0, 0], [.15, 0, 0, .85, 0],
    [.05, 0, 0, 0, .95], [0, 0, 0, 0, 1]], [0, 1, 2, 3, "gone"], [0, 1, 2, 3, "gone"])
gain = [40 - 4, -4, -4, -4, 0]
show(catalog, kind="share", digits=0)

# %% [markdown] lang="en" slide="fragment"
# **4.4.c** Somebody who has just bought is worth 52.32. What is somebody worth who last bought **3 periods ago**? (in yuan, two decimals)

# %% [markdown] lang="zh"
# **4.4.c** 刚买过的人值 52.32 元。**三期以前**买过的人值多少？（单位：元，保留两位小数）

# %% tags=["exercise"]
worth_of_three = ...
check("4.4.c", worth_of_three)

# %% [markdown] lang="en" slide="subslide"
# `markov_value` solves all states at once; with `may_stop` the firm stops where going on is worth less than nothing.

# %% [markdown] lang="zh"
# `markov_value` 一次解出所有状态；加上 `may_stop`，哪个状态继续下去不如不做，就在那里停。

# %% slide="result"
values = pd.DataFrame({"never stops": value.markov_value(catalog, gain, discount_rate=0.2),
    "may stop": value.markov_value(catalog, gain, discount_rate=0.2, may_stop=True)})
assert abs(-4 + 0.05 * values.iloc[0, 0] / 1.2 - values.iloc[3, 0]) < 1e-9
show(values, kind="money", digits=2)

# %% [markdown] lang="en" slide="subslide"
# The right to stop makes everybody still on the list worth more, buyers too. Two assumptions to say aloud: nobody orders **without** the catalog, and all in a state are alike.

# %% [markdown] lang="zh"
# 有权停下来，名单上每个状态的价值都更高，刚买过的也一样。有两条假设要说清楚：**没有**目录就没人订；同一个状态里的客户都一样。

# %% slide="result"
loss = -values["never stops"].min()
ax = plots.plot_stopping(values, currency="CNY")
ax.set_title(sentence("The last catalog loses {loss:CNY.2} per customer (published example)"))
plt.show()

# %% [markdown] lang="en" minutes=2 rows=["D19"] slide="slide"
# ## Customers who abuse it
#
# The course says: see “malicious” customers (恶意客户) early and handle them. One sign is goods taken back. But everybody takes something back, and few orders say nothing: with 2 of 5 a rate is 40 %. `flag_refunds` asks of those with ten orders or more: how often would somebody **like all others** have so many refunds? Once in a thousand: a flag. `false_alarms` counts the flags that chance alone gives: **false alarms** (误报).

# %% [markdown] lang="zh"
# ## 滥用规则的客户
#
# 课程要求及早发现、及时处理“恶意客户”。一个迹象是退货。可是谁都会退点东西；订单少，什么也说明不了：5 张退 2 张，退货率就是 40%。`flag_refunds` 只看下过十张以上订单的客户，问：如果他**和大家一样**，退这么多的可能性有多大？不到千分之一，就做标记。`false_alarms` 数出光凭随机会有几个标记，也就是**误报**（false alarm）。

# %% [markdown] lang="en" tags=["slide-text"]
# “Malicious” customers (恶意客户): one sign is goods taken back. With 2 of 5 orders a rate is 40 %, and says nothing.
#
# Ten orders or more: how often would somebody **like all others** have so many refunds? Once in a thousand: a flag.

# %% [markdown] lang="zh"
# “恶意客户”：一个迹象是退货。5 张退 2 张就是 40%，说明不了什么。
#
# 十张订单以上：**和大家一样**的人，退这么多的可能性不到千分之一，就做标记。

# %% slide="result"
counted = returns.count_refunds(transactions)
flagged = returns.flag_refunds(counted, alarm=0.001)
by_chance = returns.false_alarms(counted, alarm=0.001)
n_flagged, is_high = flagged["is_flagged"].sum(), counted["refund_rate"] >= 0.40
n_high, n_few = is_high.sum(), (is_high & (counted["n_orders"] <= 5)).sum()
say("{n_flagged} customers have a flag; chance alone would give {by_chance:.1f}. A rate of 40 % or more "
    "accuses {n_high}; {n_few} of them made five orders or fewer.")
flagged[flagged["is_flagged"]].filter(regex="n_|_rate").nlargest(5, "n_refunded")

# %% [markdown] lang="en"
# Who means it ill is **not in the data**. A bad batch, a wrong size, a firm that orders much at once look the same. A flag is a reason to read the orders and to ask, never to block.

# %% [markdown] lang="zh"
# 谁有恶意，**数据里没有**。一批次品、尺寸不合、单位一次订得多，看上去都一样。做标记，是为了去看订单、去问一问，绝不是为了拉黑。

# %% [markdown] lang="en" minutes=3 rows=["D22"] slide="slide"
# ## Do the sums, then decide
#
# The 40 calls of January 2025. What a call costs stands among the contacts of lesson 1.4; calling nobody costs nothing. What a call **gains** is not in any table. So we turn the question round: which share of what is at stake must the calls keep to pay for themselves?

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 2025 年 1 月的 40 个电话。一个电话多少钱，第 1.4 课的联系记录里有；一个也不打，不花钱。一个电话能**多赚**多少，哪张表里也没有。那就反过来问：可能流失的价值，要留住多大比例，电话费才赚得回来？

# %% [markdown] lang="en" tags=["slide-text"]
# 40 calls. Their cost is known, calling nobody costs nothing. What a call **gains** is in no table.
#
# Turn it round: which share of what is at stake must the calls keep?

# %% [markdown] lang="zh"
# 40 个电话：成本知道，不打不花钱。一个电话**多赚**多少，没有数据。
#
# 反过来问：可能流失的价值，要留住多大比例？

# %% slide="result"
call_cost = tables["contacts"].query("channel == 'phone'")["cost"].mean()
not_gone = at_stake & (worth["probability_alive"] >= 0.10)
plans = {t("call nobody"): at_stake & False, **lists, t("at stake, chance 10 % or more"): not_gone}
decided = pd.DataFrame({"n_calls": {name: plan.sum() for name, plan in plans.items()}})
decided["cost"] = decided["n_calls"] * call_cost
decided["at_stake_amount"] = [worth.loc[plan, "at_stake_amount"].sum() for plan in plans.values()]
decided["must_keep_share"] = decided["cost"] / decided["at_stake_amount"]
decided

# %% [markdown] lang="en"
# The last row leaves out those who are gone almost for certain: nothing is left to **keep** there. And the share is of a sum, of which a few may make most. So look at the last one on the list as well.

# %% [markdown] lang="zh"
# 最后一行去掉了几乎肯定已经走了的人：他们谈不上**留住**。还有，这个比例算的是总和，可能少数几位就占了大头，所以名单上的最后一位也要看。

# %% slide="result"
must_keep, n_late = decided["must_keep_share"].iloc[-1], (at_stake & ~not_gone).sum()
last_share = call_cost / worth.loc[at_stake, "at_stake_amount"].min()
say("{n_late} of the 40 are gone almost for certain. Calls at {call_cost:CNY} to the others pay if they "
    "keep {must_keep:.1%} of what is at stake; for the last of the 40 it takes {last_share:.0%}."
    if last_share < 1
    else "{n_late} of the 40 are gone almost for certain. Calls at {call_cost:CNY} to the others pay if they "
    "keep {must_keep:.1%} of what is at stake. The last of the 40 is not worth a call: shorten the list.")

# %% [markdown] lang="en"
# What would tell the gain? Draw half of the list **by lot** and leave them alone; a year later compare the two halves (chapter 5). Without it, those who were called and stayed would have stayed, perhaps, anyhow. (`worth[not_gone].to_csv("calls.csv")` writes the list into a file.)

# %% [markdown] lang="zh"
# 怎样才知道多赚多少？名单里**抽签**抽出一半，不去打扰；一年以后比较两半（第 5 章）。不这样做，打过电话又留下的人，也许不打也会留下。（`worth[not_gone].to_csv("calls.csv")` 把名单写进文件。）

# %% [markdown] lang="en" tags=["notes"]
# Let them choose: all forty, the first twenty, or nobody, each with a reason in yuan. Then: “I called, and 12 of the 40 are still here. It works!” What is missing in this sentence?

# %% [markdown] lang="zh"
# 让学生选：四十位全打、只打前二十位、一个不打，各说一个以元计的理由。再问：“我都打了，40 位里有 12 位还在。有用！”这句话少了什么？

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# A year later, **31 December 2025**: `now`, one row per customer, with `frequency` and `monetary` (repeat purchases and their mean), `probability_alive`, `customer_value` (of the next year) and `earned_2025` (margin of 2025) · `mean_now` and `weight_now`, the mean of all and what it counts for, from the model of that day · `moves`, how many **private** customers went from which state of the chain to which. Stuck? `hint("4.4.1")`, then `solution("4.4.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 过了一年，**2025 年 12 月 31 日**：`now` 是每位客户一行，列有 `frequency` 和 `monetary`（重复购买的次数和平均金额）、`probability_alive`（仍是客户的概率）、`customer_value`（今后一年的价值）、`earned_2025`（2025 年的毛利） · `mean_now` 和 `weight_now` 是那天的模型给出的全体平均和它的分量 · `moves` 是**个人**客户在链上从哪个状态到哪个状态的人次。卡住了，可以用 `hint("4.4.1")`，再用 `solution("4.4.1")`。

# %%
now = customers.repeat_purchase_summary(transactions, as_of="2025-12-31", unit="week")
model_now = purchases.fit_mbg_nbd(now["frequency"], now["recency"], now["tenure"])
seen = now[now["monetary"] > 0]
spending_now = purchases.fit_gamma_gamma(seen["frequency"], seen["monetary"])
valued = value.purchase_value(model_now, spending_now, now, **a_year, n_draws=40)
now = now[["frequency", "monetary"]].join(valued["probability_alive"])
now["customer_value"] = valued["value"]
of_each = transactions.query("order_date >= '2025'").groupby("customer_id")["amount"].sum()
now["earned_2025"] = margin_rate * of_each.reindex(now.index, fill_value=0)
(p, q, _), mean_now = spending_now.params.values(), spending_now.average_purchase()

# %% [markdown] lang="en"
# The moves of private customers: `count_returns` counts how often one went from a state (row: quarters since the last purchase, 7 is 7 or more) to another in the next quarter (column; 0: bought).

# %% [markdown] lang="zh"
# 个人客户的变动：`count_returns` 数出从哪个状态（行：距上次购买几个季度，7 表示 7 个或更久）到下季度的哪个状态（列；0 表示买了）有多少人次。

# %%
private = transactions.merge(tables["customers"]).query("customer_type == 'person'")
moves = recency.count_returns(private, as_of="2025-12-31", n_periods=4, longest=7)
weight_now = (q - 1) / p
practice_on(now=now, mean_now=mean_now, weight_now=weight_now, moves=moves)

# %% [markdown] lang="en"
# **4.4.1** What amount do you expect of the next purchase, on average, of those with exactly **three** repeat purchases? (`now`, `mean_now`, `weight_now`; in yuan)

# %% [markdown] lang="zh"
# **4.4.1** 恰好有**三次**重复购买的客户，下一次购买平均预计多少金额？（用 `now`、`mean_now`、`weight_now`；单位：元）

# %% tags=["exercise"]
average_amount = ...
check("4.4.1", average_amount)

# %% [markdown] lang="en"
# **4.4.2** How much is at stake in all with the 40 customers with whom most is at stake? (`now`; in yuan)

# %% [markdown] lang="zh"
# **4.4.2** 可能流失的价值最大的 40 位客户，加起来可能流失多少？（用 `now`；单位：元）

# %% tags=["exercise"]
total_at_stake = ...
check("4.4.2", total_at_stake)

# %% [markdown] lang="en"
# **4.4.3** The manager now prepares each call for half an hour: 45 yuan a call. Which share of what is at stake with these 40 must the calls keep to pay for themselves? (`now`; a fraction)

# %% [markdown] lang="zh"
# **4.4.3** 客户经理现在每个电话要准备半小时，一个电话 45 元。这 40 位可能流失的价值，要留住多大比例，电话才划算？（用 `now`；用小数表示）

# %% tags=["exercise"]
share_to_keep = ...
check("4.4.3", share_to_keep)

# %% [markdown] lang="en"
# **4.4.4** A private customer gets a message each quarter: 8 yuan, in every state. A quarter with a purchase leaves 45 yuan before the message. The firm may stop. What is somebody worth who bought **this** quarter, at 10 % a year? A step is a **quarter**. (`moves`, `value.markov_value`; in yuan)

# %% [markdown] lang="zh"
# **4.4.4** 每季度给个人客户发一次消息，不管什么状态都花 8 元。有购买的季度，扣除消息之前留下 45 元。企业有权停止。**本季度**买过的客户值多少？年折现率 10%，一步是一个**季度**。（用 `moves` 和 `value.markov_value`；单位：元）

# %% tags=["exercise"]
worth_of_private_buyer = ...
check("4.4.4", worth_of_private_buyer)

# %% [markdown] lang="en"
# **4.4.5** A judgment, without code. The head of service wants to block, from Monday, every customer who has taken back 40 % of their orders or more: “malicious”. What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.4.5** 思考题，不用写代码，没有标准答案。客服主管想从周一起，把退货率 40% 以上的客户全部拉黑：“都是恶意的。”你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
block_them = ...
check("4.4.5", block_them)

# %%
quiz("4.4.q1")

# %%
quiz("4.4.q2")

# %%
quiz("4.4.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: is the model well?
#
# Before a list goes out, look at the model itself. `check_purchase_model` has a row for each check, with a verdict and what to do. Limits are habits, not laws.

# %% [markdown] lang="zh"
# ## 选读：模型健康吗？
#
# 名单发出去之前，先看模型本身。`check_purchase_model` 每项检查一行，给出结论和该做什么。界限是习惯，不是定律。

# %%
health = value.check_purchase_model(model, spending, bought)
show(health[["found", "verdict", "what_to_do"]], kind="number", digits=2)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **estimate** what a customer spends and is worth, with two intervals that are never mixed,
# - **compare** lists of customers to call in the year that followed,
# - **decide** whom to call, and when a customer is not worth the contact any more.
#
# **Words** — shrink (收缩), Gamma-Gamma, value at stake (可能流失的价值), Markov chain (马尔可夫链), malicious customer (恶意客户), false alarm (误报).
#
# **Next** — 4.5: Why do they choose us?
#
# **Further reading** — Fader, Hardie & Lee (2005), *RFM and CLV*; Pfeifer & Carraway (2000), *Modeling Customer Relationships as Markov Chains*; Ascarza (2018), *Retention Futility*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **估计**：一位客户每次花多少、一年值多少，并给出两种区间，绝不混在一起；
# - **比较**：按“可能流失的价值”排的名单，和按去年的钱、按 RFM 排的名单，用后一年的结果来评；
# - **决定**：电话打给谁；到什么时候，一位客户就不值得再联系了。
#
# **术语**：收缩（shrink）、Gamma-Gamma、可能流失的价值（value at stake）、马尔可夫链（Markov chain）、恶意客户（malicious customer）、误报（false alarm）。
#
# **下一课**：4.5 他们为什么选我们？
#
# **延伸阅读**：Fader, Hardie & Lee（2005），*RFM and CLV: Using Iso-Value Curves for Customer Base Analysis*；Pfeifer & Carraway（2000），*Modeling Customer Relationships as Markov Chains*；Ascarza（2018），*Retention Futility: Targeting High-Risk Customers Might Be Ineffective*

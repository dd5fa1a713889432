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

# %% [markdown] lang="en" minutes=32 exercise_minutes=13 pattern=2 needs=[] rows=["B24", "B13"] slide="slide"
# # 5 · Stages of life: who is leaving, and how much goes with them?
#
# Nobody tells a shop that they have left. They just do not come. If you wait until it is certain, you call too late; if you call
# everybody, you pay for calls that nobody needed.
#
# In this lesson you will
#
# - **place** customers in five stages by a rule you can check by hand,
# - **follow** the moves between stages, and say how long a customer stays,
# - **decide** whom to call back, in money, and what chance alone would show.

# %% [markdown] lang="zh"
# # 5 · 客户生命周期：谁正在离开，会带走多少钱？
#
# 客户要走，从来不会通知商店，只是不再来了。等到确定无疑才打电话，太晚；给每个人都打电话，又白花钱。
#
# 在这一课里，你将
#
# - **划分**：用一条可以亲手验算的规则，把客户分到五个阶段；
# - **追踪**：看客户在阶段之间怎样移动，能停留多久；
# - **决定**：把钱算清楚再决定挽回谁，并说明有多少只是随机波动。

# %% [markdown] lang="en" tags=["slide-text"]
# Nobody tells a shop that they have left.
#
# - **place** customers in five stages by a rule you can check by hand,
# - **follow** the moves between stages, and say how long a customer stays,
# - **decide** whom to call back, in money.

# %% [markdown] lang="zh"
# 客户要走，从来不会通知商店。
#
# - **划分**：用一条可以亲手验算的规则，把客户分到五个阶段；
# - **追踪**：看客户怎样移动，能停留多久；
# - **决定**：把钱算清楚，再决定挽回谁。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Silence is measured in a customer's own gaps, not in days. A stage is a rule, and a rule is right only as often as the next
# months say.
#
# **Hard point** Much of what looks like decline is chance: those who buy at a steady rate are sometimes silent for long.
#
# **Board** Eight lines of time with the purchases on them; beside each gap, silence in gaps, stage. Below: $1 + p + p^2 + \dots = 1/(1-p)$.
#
# **Homework** Exercises 1.5.4 and 1.5.5. Write down the days on which you bought at one shop: what is your gap, and what would the shop call you today?

# %% [markdown] lang="zh"
# **重点** 沉默多久，要用客户自己的购买间隔来量，不能只看天数。阶段是按规则划分的，规则准不准，要看以后几个月。
#
# **难点** 看上去的“衰退”，有很多只是随机波动：购买速度不变的客户，有时也会很久不来。
#
# **板书** 八条时间线，标上每次购买；旁边写间隔、沉默几个间隔、所处阶段。下面写：$1 + p + p^2 + \dots = 1/(1-p)$。
#
# **作业** 练习 1.5.4 和 1.5.5。写下你在某一家店的购买日期：你的间隔是多少？今天这家店会把你划到哪个阶段？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import chance, datasets, lifecycle, plots, targeting, transitions
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: how long have they been silent?
#
# Jiahe Foods (**simulated**), as of 31 December 2025. One row of `transactions` is a line of an order; `customers` has everybody who
# registered. A customer's *silence* is the number of days since their last purchase; an amount below zero is a refund, no purchase.

# %% [markdown] lang="zh"
# ## 先看数据：沉默了多久？
#
# 嘉禾食品（**模拟**），截至 2025 年 12 月 31 日。`transactions` 一行是订单中的一行；`customers` 里是所有登记过的客户。*沉默*是距最近一次购买的天数；金额小于零的是退款，不算购买。

# %% [markdown] lang="en" tags=["slide-text"]
# Jiahe Foods (**simulated**), 31 December 2025. *Silence*: days since the last purchase; a refund is no purchase.

# %% [markdown] lang="zh"
# 嘉禾食品（**模拟**），2025 年 12 月 31 日。*沉默*：距最近一次购买的天数，退款不算购买。

# %%
tables = datasets.load_data(company)[0]
transactions, customers = tables["transactions"], tables["customers"].set_index("customer_id")
last_day = transactions[transactions["amount"] >= 0].groupby("customer_id")["order_date"].max()
silence = (pd.Timestamp("2025-12-31") - last_day.dt.normalize()).dt.days

# %% [markdown] lang="en" slide="fragment"
# Has somebody who has been silent for 90 days left? It depends on how often they came before.

# %% [markdown] lang="zh"
# 沉默 90 天的客户走了没有？这要看他以前多久来一次。

# %% slide="result"
long_silent, n_never = (silence > 90).mean(), len(customers) - len(silence)
ax = plots.plot_histogram(silence, label=t("days since the last purchase"), bins=36)
ax.set_title(sentence("{long_silent:.0%} silent for over 90 days; {n_never} more never bought"))
plt.show()

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Five stages, and a rule
#
# The course names five stages of the customer life cycle (客户生命周期): 潜在获取期, 成长期, 成熟期, 衰退期, 终止期. It gives no rule. Ours, the first line that holds:
#
# | stage | the rule |
# |---|---|
# | **ended** (终止期) | silent for more than 6 of their own gaps |
# | **acquisition** (潜在获取期) | fewer than 3 days of purchase: still being won |
# | **decline** (衰退期) | silent for more than 3 gaps, or spending clearly falls |
# | **growth** (成长期) | spending clearly rises |
# | **maturity** (成熟期) | all others |
#
# Customers who registered and never bought belong to the first stage of the course as well. No transaction shows them, so we count them apart: **potential**.

# %% [markdown] lang="zh"
# ## 五个阶段，一条规则
#
# 课程把客户生命周期分为五个阶段：潜在获取期、客户成长期、客户成熟期、客户衰退期、客户终止期，但没有给出划分规则。下面是我们的规则，从上到下，符合哪一条就是哪一条：
#
# | 阶段 | 规则 |
# |---|---|
# | **终止期** | 沉默超过自己的 6 个间隔 |
# | **潜在获取期** | 购买日少于 3 天：还在争取之中 |
# | **衰退期** | 沉默超过 3 个间隔，或者购买金额明显下降 |
# | **成长期** | 购买金额明显上升 |
# | **成熟期** | 其余客户 |
#
# 登记了但从未购买的人，按课程也属于第一个阶段。交易表里没有他们，所以我们另记为**潜在客户**。

# %% [markdown] lang="en" tags=["slide-text"]
# The first line that holds:
#
# | stage | the rule |
# |---|---|
# | **ended** (终止期) | silent for more than 6 of their own gaps |
# | **acquisition** (潜在获取期) | fewer than 3 days of purchase |
# | **decline** (衰退期) | silent for more than 3 gaps, or spending clearly falls |
# | **growth** (成长期) | spending clearly rises |
# | **maturity** (成熟期) | all others |
#
# Registered, never bought: **potential**.

# %% [markdown] lang="zh"
# 从上到下，符合哪一条就是哪一条：
#
# | 阶段 | 规则 |
# |---|---|
# | **终止期** | 沉默超过自己的 6 个间隔 |
# | **潜在获取期** | 购买日少于 3 天 |
# | **衰退期** | 沉默超过 3 个间隔，或者金额明显下降 |
# | **成长期** | 金额明显上升 |
# | **成熟期** | 其余客户 |
#
# 登记了但从未购买：**潜在客户**。

# %% [markdown] lang="en" slide="subslide"
# The *gap* is the mean number of days between two purchases:
#
# $$\text{gap} = \frac{\text{first purchase} - \text{last purchase (days ago)}}{\text{days of purchase} - 1} \qquad \text{silence in gaps} = \frac{\text{silence}}{\text{gap}}$$
#
# Why 3 and 6? Customers who buy by chance at a steady rate wait for more than 3 gaps once in $e^3 \approx 20$ times, for more than 6 once in $e^6 \approx 400$ (Cox & Lewis 1966).
# That is so where the gap is known. Estimated from $n$ gaps, it is once in $(1 + 3/n)^n$ times: from three gaps once in 8.

# %% [markdown] lang="zh"
# *间隔*是相邻两次购买平均相隔的天数：
#
# $$间隔 = \frac{第一次购买距今天数 - 最近一次购买距今天数}{购买日数 - 1} \qquad 沉默几个间隔 = \frac{沉默天数}{间隔}$$
#
# 为什么是 3 和 6？如果一位客户以不变的速度随机购买，等待超过 3 个间隔的机会大约是 20 次中有 1 次（$e^3 \approx 20$），超过 6 个间隔大约是 400 次中有 1 次（$e^6 \approx 400$）（Cox & Lewis 1966）。这是间隔已知的情形。间隔如果是用 $n$ 个间隔算出来的，就是 $(1 + 3/n)^n$ 次中有 1 次：只有三个间隔时，8 次中就有 1 次。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{gap} = \frac{\text{first} - \text{last purchase (days ago)}}{\text{days of purchase} - 1} \qquad \text{silence in gaps} = \frac{\text{silence}}{\text{gap}}$$
#
# By chance alone: more than 3 gaps once in 20 times, more than 6 once in 400; more often where the gap comes from few purchases.

# %% [markdown] lang="zh"
# $$间隔 = \frac{第一次距今天数 - 最后一次距今天数}{购买日数 - 1} \qquad 沉默几个间隔 = \frac{沉默天数}{间隔}$$
#
# 单凭随机：超过 3 个间隔，20 次中有 1 次；超过 6 个，400 次中有 1 次；购买次数少、间隔算不准时，还要更多。

# %% [markdown] lang="en" minutes=7 rows=["B24"] slide="slide"
# ## Eight customers by hand
#
# Seven are typed in: how many days ago each of their purchases was, 100 yuan every time. The eighth, H, registered and never bought.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入七位客户：每次购买距今多少天，每次都是 100 元。第八位 H 登记了，但从未购买。

# %%
few = pd.Series({
    "A": [690, 630, 570, 510, 450, 390, 330, 270, 210, 150, 90, 30],
    "B": [700, 520, 350, 250, 180, 130, 90, 60, 30, 10],
    "C": [710, 695, 680, 660, 640, 610, 570, 500, 380, 152],
    "D": [300, 260, 220, 180], "E": [410, 380, 350, 320, 290, 260, 230], "F": [25, 5], "G": [400],
}).explode().astype(int).rename("days_ago").rename_axis("customer_id").reset_index()
silent = few.groupby("customer_id")["days_ago"].min()
plots.plot_rhythm(few).set_title(sentence("Silent for {silent[F]} to {silent[G]} days: who left?"))
plt.show()

# %% [markdown] lang="en" slide="fragment"
# Each mark is a purchase, the dotted line is the silence. Before any formula: who has left, in your eyes?
#
# **1.5.a** Your turn: for how many of their own gaps has D been silent? (a number, such as 2.5)

# %% [markdown] lang="zh"
# 每条竖线是一次购买，虚线是沉默。先不用公式，凭眼睛看：谁已经走了？
#
# **1.5.a** 你来算：D 已经沉默了自己的几个间隔？（填一个数，例如 2.5）

# %% tags=["exercise"]
gaps_of_d = ...
check("1.5.a", gaps_of_d)

# %% [markdown] lang="en"
# All of them. `tenure_days` is the first purchase and `recency_days` the last one, in days before today. Three gaps (four purchases) make a rhythm; a customer with
# fewer gets the median gap of all who came back.

# %% [markdown] lang="zh"
# 再算所有人。`tenure_days` 是第一次购买距今的天数，也就是交往时间，`recency_days` 是最近一次购买距今的天数，也就是沉默。至少三个间隔（四次购买）才看得出节奏；不够的，用所有回头客间隔的中位数。

# %% slide="result"
ago = few.groupby("customer_id")["days_ago"]
hand = pd.DataFrame({"n_days": ago.count(), "tenure_days": ago.max(), "recency_days": ago.min()})
gap = (hand["tenure_days"] - hand["recency_days"]) / (hand["n_days"] - 1)
hand["gap_days"] = gap.where(hand["n_days"] >= 4, gap.median())
hand["times_gap"] = hand["recency_days"] / hand["gap_days"]
hand

# %% [markdown] lang="en" slide="subslide"
# Does spending fall or rise? If it is steady, the purchases after the first lie on average in the *middle* of the time since then. `ahead` says how many
# days nearer to today they lie; `middle_error`, how far chance alone usually moves them (the **standard error**). One divided by the other is the
# **slope**. We call it clear beyond 1.645: of steady customers, 1 in 20 rises so much by chance, and 1 in 20 falls.

# %% [markdown] lang="zh"
# 购买金额在上升还是下降？如果速度不变，第一次以后的购买，平均应当落在这段时间的*正中间*。`ahead` 是它们比正中间更靠近今天多少天；`middle_error` 是单凭随机通常会偏离多少天（**标准误**）。两者相除就是**趋势**，超过 1.645 算明显：速度不变的客户，单凭随机，20 位中有 1 位这样上升，1 位这样下降。

# %% [markdown] lang="en" tags=["slide-text"]
# Steady spending lies on average in the *middle* of the time. `ahead`: how many days nearer to today.
#
# $$\text{slope} = \frac{\text{ahead}}{\text{how far chance usually moves it}}$$
#
# Clear: beyond 1.645. By chance 1 in 20 rises so much, and 1 in 20 falls.

# %% [markdown] lang="zh"
# 速度不变，购买平均落在*正中间*。`ahead`：比正中间更靠近今天多少天。
#
# $$趋势 = \frac{更靠近今天多少天}{随机通常会偏离多少天}$$
#
# 超过 1.645 算明显。单凭随机，20 位中有 1 位上升，1 位下降。

# %%
later = few[few["days_ago"] < few["customer_id"].map(hand["tenure_days"])]
ahead = (hand["tenure_days"] - 1) / 2 - later.groupby("customer_id")["days_ago"].mean()
hand["slope_z"] = ahead / chance.middle_error(hand["tenure_days"], hand["n_days"])

# %% [markdown] lang="en"
# Now the rule, written from the bottom line up, so that a line further up in the table wins:

# %% [markdown] lang="zh"
# 现在写规则。从表的最下面一行往上写，上面的行就会盖过下面的行：

# %% slide="result"
stage = pd.Series("maturity", index=hand.index)
stage[hand["slope_z"] > 1.645] = "growth"
stage[(hand["times_gap"] > 3) | (hand["slope_z"] < -1.645)] = "decline"
stage[hand["n_days"] < 3] = "acquisition"
stage[hand["times_gap"] > 6] = "ended"
hand.assign(stage=stage.astype("category"))

# %% [markdown] lang="en"
# Read it aloud: *C came only 152 days ago and D 180, and both are in decline: C since the purchases thin out, D since 180 days are 4.5 gaps of 40.*
# `assign_stages` does the same. H is in no transaction: `stages_of_registered` begins with the list of the registered, and finds H.

# %% [markdown] lang="zh"
# 读出声来：*C 152 天前来过，D 180 天前来过，两位都在衰退期：C 是因为越来越少，D 是因为 180 天相当于 4.5 个 40 天的间隔*。`assign_stages` 做的正是这些。H 不在任何交易中；`stages_of_registered` 从登记名单出发，才找得到 H。

# %% slide="result"
today = pd.Timestamp("2025-12-31")
lines = few.assign(order_date=today - pd.to_timedelta(few["days_ago"], unit="D"), amount=100.0)
of_eight = lifecycle.assign_stages(lines, as_of=today)
assert (of_eight["stage"] == stage).all()
assert np.allclose(of_eight["slope_z"], hand["slope_z"], equal_nan=True)
registered = pd.Series(pd.Timestamp("2024-01-01"), index=list("ABCDEFGH"))
lifecycle.stages_of_registered(lines, registered, as_of=today)

# %% [markdown] lang="en" tags=["notes"]
# G came once and has no rhythm at all: their stage hangs on the gaps of others. Ask whether that is fair, and keep the question for the known truth below.
# The formula behind `middle_error`: a day drawn at random out of $T$ lies off the middle by $\sqrt{(T^2-1)/12}$, the mean of $k$ such days by $\sqrt{k}$ times less.
# Where amounts differ, `assign_stages` weighs the days with them; it looks at two years at most.

# %% [markdown] lang="zh"
# G 只来过一次，根本没有节奏：他的阶段取决于别人的间隔。问学生这样公平吗，把问题留到后面“已知的真相”。`middle_error` 背后的公式：从 $T$ 天里随机抽一天，离正中间的标准差是 $\sqrt{(T^2-1)/12}$；$k$ 个这样的日子的平均数，标准差缩小到 $1/\sqrt{k}$。金额不同时，`assign_stages` 按金额给日子加权；最多只看两年。

# %% [markdown] lang="en" minutes=2 rows=["B24"] slide="slide"
# ## The whole company: who stands where, and with what money?
#
# The same rule for everybody registered (simulated), beside their gross profit (amount less cost of goods) of 2025.

# %% [markdown] lang="zh"
# ## 全公司：谁在哪个阶段，贡献了多少毛利？
#
# 对所有登记客户（模拟数据）用同一条规则，旁边是他们 2025 年的毛利（金额减去商品成本）。

# %%
stage = lifecycle.stages_of_registered(transactions, customers["registered_date"], as_of=today)
sold = transactions[transactions["order_date"].dt.year == 2025]
profit = (sold["amount"] - sold["cost"]).groupby(sold["customer_id"]).sum()
profit = profit.reindex(customers.index, fill_value=0.0)

# %% [markdown] lang="en" slide="fragment"
# Shares of the customers beside shares of the money: compare the two bars of *decline* with those of *maturity*.

# %% [markdown] lang="zh"
# 客户占比和毛利占比放在一起：比较*衰退期*和*成熟期*的两根柱子。

# %% slide="result"
heads = stage.value_counts(normalize=True, sort=False)
money = profit.groupby(stage, observed=False).sum() / profit.sum()
shares = pd.DataFrame({"customer_share": heads, "value_share": money})
ax = plots.plot_stages(shares, value_label=t("share of the gross profit"))
ax.set_title(sentence("In decline: {heads[decline]:.1%} of the customers, {money[decline]:.1%} of the gross profit"))
plt.show()

# %% [markdown] lang="en" minutes=5 rows=["B24"] slide="slide"
# ## Moves: where were they half a year ago?
#
# Stages of 30 June 2025, judged by what was known then, against those of today (simulated). Only customers registered by then can have moved. `transition_matrix`
# has a row for each stage half a year ago and a column for each of today; a row makes 100 %.

# %% [markdown] lang="zh"
# ## 移动：半年前他们在哪里？
#
# 2025 年 6 月 30 日的阶段（只用当时已知的数据）与今天的阶段对照（模拟数据）。只看那时已经登记的客户。`transition_matrix` 的行是半年前的阶段，列是今天的阶段，每行合计 100%。

# %% [markdown] lang="en" tags=["slide-text"]
# Stages of 30 June 2025, judged by what was known then, against those of today (simulated). Rows: half a year ago. Columns: today.

# %% [markdown] lang="zh"
# 2025 年 6 月 30 日的阶段（只用当时已知的数据）与今天的阶段（模拟数据）。行：半年前；列：今天。

# %%
half_ago = pd.Timestamp("2025-06-30")
then = lifecycle.stages_of_registered(transactions, customers["registered_date"], as_of=half_ago)
moves = transitions.transition_matrix(then, stage[then.index], states=stage.cat.categories)

# %% [markdown] lang="en" slide="fragment"
# **1.5.b** Guess before you look: of the customers in decline on 30 June, what share has ended half a year later? (a fraction)

# %% [markdown] lang="zh"
# **1.5.b** 先猜一猜：6 月 30 日在衰退期的客户，半年后有多大比例已经终止？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("1.5.b", guess)

# %% [markdown] lang="en" slide="subslide"
# Now the figure. Read along the row of *decline*: does everybody in it leave?

# %% [markdown] lang="zh"
# 再看图。横着看*衰退期*这一行：是不是每个人都走了？

# %% slide="result"
gone, gone_mature = moves.loc[["decline", "maturity"], "ended"]
ax = plots.plot_transitions(moves, n=then.value_counts())
ax.set_title(sentence("Of those in decline {gone:.0%} have ended, of the mature {gone_mature:.1%}"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# How long does a customer stay mature? Everybody is there for one half-year; a share $p$ stays for a second one, $p^2$ for a third:
#
# $$1 + p + p^2 + \dots = \frac{1}{1-p}$$
#
# `expected_stay` does this for each stage (`stay`). It also follows the ways through other stages and back, until a customer is first called
# ended (`until_end`; Kemeny & Snell 1960).

# %% [markdown] lang="zh"
# 客户在成熟期停留多久？每个人至少停留一个半年；其中 $p$ 停留第二个，$p^2$ 停留第三个，于是
#
# $$1 + p + p^2 + \dots = \frac{1}{1-p}$$
#
# `expected_stay` 对每个阶段都这样算（`stay`），还把绕经其他阶段再回来的路也算进去，直到第一次划到终止期为止（`until_end`；Kemeny & Snell 1960）。

# %% [markdown] lang="en" tags=["slide-text"]
# $$1 + p + p^2 + \dots = \frac{1}{1-p}$$
#
# `stay`: half-years in a row in a stage. `until_end`: half-years until first called ended, by all ways. **Assumed:** the next move hangs only on the stage.

# %% [markdown] lang="zh"
# $$1 + p + p^2 + \dots = \frac{1}{1-p}$$
#
# `stay`：连续停留几个半年。`until_end`：经过所有可能的路，到第一次终止为止有几个半年。**假设**：下一步只看现在的阶段。

# %% slide="result"
lengths = transitions.expected_stay(moves, end="ended")
p = moves.loc["maturity", "maturity"]
assert np.isclose(lengths.loc["maturity", "stay"], 1 / (1 - p))
show(lengths.loc[["growth", "maturity", "decline"]], kind="number", digits=1)

# %% [markdown] lang="en"
# Read the line of *maturity* aloud. `until_end` is longer: it also counts the ways through growth and decline and back. Both numbers **assume** that the next
# move hangs only on the stage, not on how one came there.

# %% [markdown] lang="zh"
# 把*成熟期*这一行读出声来。`until_end` 更长，因为经过成长期、衰退期又回来的路也算在内。两个数都**假设**：下一步怎么走只看现在的阶段，与怎样走到这里无关。

# %% [markdown] lang="en" minutes=2 rows=["B24"] slide="slide"
# ## The known truth (simulated)
#
# This company is simulated, so the day on which each customer left is known. No firm knows that; here it *judges* the rule and is never used
# by it. Rows: the year in which they left. Columns: what the rule calls them today.

# %% [markdown] lang="zh"
# ## 已知的真相（模拟）
#
# 公司是模拟的，所以知道每位客户是哪天离开的。现实中的企业不会知道；这里只用它来*评判*规则，规则从不使用它。行是客户离开的年份，列是规则今天把他们划到的阶段。

# %% [markdown] lang="en" tags=["slide-text"]
# **Simulated**: the day each customer left is known. It judges the rule and is never used by it.

# %% [markdown] lang="zh"
# **模拟数据**：每位客户哪天离开是已知的。只用来评判规则，规则从不使用它。

# %% slide="result"
now = lifecycle.assign_stages(transactions, as_of=today)
left = datasets.load_truth(company)["customers"].set_index("customer_id")["left_date"][now.index]
left_in = left.dt.strftime("%Y").fillna(t("still a customer")).rename("left in")
show(pd.crosstab(left_in, now["stage"], normalize="index"), kind="share", digits=0)

# %% [markdown] lang="en"
# The later they left, the less the rule can see. *Ended* rests on a customer's own gap, or, where they came on fewer than 4 days, on the gap of everybody: is it right as often?

# %% [markdown] lang="zh"
# 离开得越晚，规则越看不出来。划到*终止期*，有的依据客户自己的间隔；购买日不到 4 天的，只能借用大家的间隔。两种情况一样准吗？

# %%
ended, has_left = now[now["stage"] == "ended"], left.notna()
right = has_left[ended.index].groupby(ended["is_own_gap"]).agg(["size", "sum", "mean"])
n_ended, n_borrowed, n_left = len(ended), right.loc[False, "size"], has_left.sum()
own_right, borrowed_right = right["mean"][True], right["mean"][False]
n_missed = n_left - right["sum"].sum()
say("{n_ended} are called ended. Judged by their own gap, {own_right:.0%} had truly left; of the {n_borrowed} "
    "judged by everybody's gap, {borrowed_right:.0%}. {n_missed} of {n_left} who had left are not called so.")

# %% [markdown] lang="en" tags=["notes"]
# How long do mature customers stay in truth? Of those mature on 30 June who had not left, count who left in the half-year after, and divide: compare with
# `until_end`. A customer can leave and look mature for months; the moves see it later.
#
# Some people have two records in `customers` (lesson 1.3 puts them together): the second one looks young, the first one late. The truth counts them as
# one person. Ask what a firm without a truth can do: wait, and count who comes back. That is what the real firm below does.

# %% [markdown] lang="zh"
# 成熟期的客户实际能留多久？取 6 月 30 日在成熟期、还没有真正离开的客户，数一数此后半年走了几位，相除，和 `until_end` 比一比。有人已经离开，几个月里看上去仍是成熟期，移动要晚一些才看得出来。
#
# 有些人在 `customers` 里有两份档案（第 1.3 课讲怎样合并）：第二份看上去是新客户，第一份看上去迟迟不来。真相里他们是同一个人。可以问：没有真相的企业怎么办？等一等，数一数谁又回来了。下面的真实企业就是这样做的。

# %% [markdown] lang="en" minutes=5 rows=["B24"] slide="slide"
# ## Where it misleads: a real firm, chance, and the season
#
# CDNOW, the music shop on the web (**real**, in dollars): everybody first bought in early 1997, so nobody there is new and none is *potential*. Stages of 31 December
# 1997; `came_back_share` says who ordered in the half-year after.

# %% [markdown] lang="zh"
# ## 哪里会误导人：真实企业、随机波动、季节
#
# 网上音像店 CDNOW（**真实数据**，美元）：所有人都在 1997 年初第一次购买，所以没有新来的，也没有*潜在客户*。下面是 1997 年 12 月 31 日的阶段；`came_back_share` 是此后半年又下单的比例。

# %% [markdown] lang="en" tags=["slide-text"]
# CDNOW (**real**): all first bought in early 1997. Stages of 31 December 1997, and who ordered in the half-year after.

# %% [markdown] lang="zh"
# CDNOW（**真实**）：所有人都在 1997 年初第一次购买。1997 年 12 月 31 日的阶段，以及此后半年谁又下单。

# %% slide="result"
cdnow, end = datasets.load_cdnow(), pd.Timestamp("1997-12-31")
music = lifecycle.assign_stages(cdnow, as_of=end)["stage"]
later_orders = cdnow[cdnow["order_date"] > end]
came_back = pd.Series(music.index.isin(later_orders["customer_id"]), index=music.index)
back, back_of_all = came_back.groupby(music, observed=True).mean(), came_back.mean()
say("Ordered again: {back[ended]:.0%} of the ended, {back[decline]:.0%} of those in decline, {back_of_all:.0%} of all.")
pd.DataFrame({"n_customers": music.value_counts(sort=False), "came_back_share": back})

# %% [markdown] lang="en" slide="subslide"
# **Chance.** Imagine a world in which nobody leaves and nobody changes. `scatter_days` makes it: everybody keeps their first day and their number of
# purchases, and the later ones fall on any day up to today. Ten such worlds, judged by the same rule:

# %% [markdown] lang="zh"
# **随机波动**。设想一个谁都没有走、谁都没有变的情景，由 `scatter_days` 造出来：每位客户的第一天和购买次数不变，以后的购买随机落在到今天为止的任何一天。造十个这样的情景，用同一条规则划分：

# %% slide="result"
worlds = chance.scatter_days(transactions, until=today, n_times=10, seed=15)
judged = [lifecycle.assign_stages(world, as_of=today)["stage"] for world in worlds]
by_chance = pd.DataFrame([one.value_counts(normalize=True) for one in judged])
beside = pd.DataFrame({"found": now["stage"].value_counts(normalize=True, sort=False)})
beside["lowest_by_chance"], beside["highest_by_chance"] = by_chance.min(), by_chance.max()
real, low, high = beside.loc["decline"]
assert gone > 2 * gone_mature
ax = plots.plot_beside_chance(beside, label=t("share of those who ever bought"))
ax.set_title(sentence("In decline: {real:.1%}; if nobody left or changed, {low:.1%} to {high:.1%}"))
plt.show()

# %% [markdown] lang="en" slide="fragment"
# It is a rough measure: nobody has left that world, so there are more customers in it who can seem to be late. And luck on the list does not make it
# worthless: in the moves above, those in decline ended more than twice as often as the mature.

# %% [markdown] lang="zh"
# 这只是粗略的尺度：那个情景里谁都没有走，能显得“迟迟不来”的客户更多。名单上有运气，也不等于没有用：回头看前面的移动，衰退期的客户终止的比例，是成熟期客户的两倍以上。

# %% [markdown] lang="en" tags=["slide-text"]
# A rough measure: nobody has left that world, so more can seem late in it. And luck on a list does not make it worthless.

# %% [markdown] lang="zh"
# 只是粗略的尺度：那个情景里谁都没有走，能显得迟迟不来的更多。名单上有运气，也不等于没有用。

# %% [markdown] lang="en" slide="subslide"
# **Season.** On the eve of Spring Festival 2025 suppose that we have only half a year of the log. Take those who clearly grow in it. Rows: what they are called by two years
# of log. Columns: what they are called on 30 June.

# %% [markdown] lang="zh"
# **季节**。2025 年春节前夕，假设手上只有半年的记录。取其中明显成长的客户。行：看两年的记录，他们在哪个阶段；列：6 月 30 日，他们在哪个阶段。

# %% slide="result"
log = transactions[transactions["order_date"] >= "2024-07-29"]
half = lifecycle.assign_stages(log, as_of="2025-01-28")["stage"]
whole = lifecycle.assign_stages(transactions, as_of="2025-01-28")["stage"].rename(t("by two years"))
pd.crosstab(whole[half.index[half == "growth"]], then.rename(t("on 30 June")))

# %% [markdown] lang="en" slide="fragment"
# A slope over less than two years can take the season for a trend. So mind firms with one year of data: this rule cannot tell there.

# %% [markdown] lang="zh"
# 不到两年的记录，会把季节当成成长。只有一年数据的企业要小心：这条规则分不清。

# %% [markdown] lang="en" tags=["notes"]
# Let students say what the made-up world keeps (how many purchases, which amounts, the first day) and what it throws away (when). A grocer whose families shop
# every week in bursts would be harder still on the rule: try Complete Journey, one year, at home.

# %% [markdown] lang="zh"
# 让学生说出造出来的情景保留了什么（购买次数、金额、第一天），扔掉了什么（时间）。如果家庭一阵一阵集中购物，规则更容易出错：可以课后用只有一年数据的 Complete Journey 试试。

# %% [markdown] lang="en" minutes=3 rows=["B13"] slide="slide"
# ## Which customers are valuable? First set the transactional apart
#
# The course first sets *transactional customers* (交易型客户) apart: they come for the price, and go for it. Of the others, the *relational* (关系型客户), three kinds are
# valuable: ① most profit now; ② considerable profit, and may become the largest; ③ profitable now, but losing value.
#
# Our rule. Transactional: a person who paid half of their money or more for goods with a cut price (since 1 April, when today's list prices
# began). Organizations have a discount by contract; that is a relation. Not yet a relation: fewer than 3 days of purchase, or ended. Profit is gross profit here;
# lesson 2.3 takes the cost to serve off.

# %% [markdown] lang="zh"
# ## 识别有价值的客户：先分离交易型客户
#
# 课程先分离*交易型客户*：他们为价格而来，也为价格而走。其余是*关系型客户*，其中有价值的分三类：① 给公司带来最大利润的客户；② 带来可观利润，并且有可能成为最大利润来源的客户；③ 现在能够带来利润，但正在失去价值的客户。
#
# 我们的规则。交易型：个人客户，一半以上的钱花在降价商品上（从 4 月 1 日起算，现行标价从那天开始）。组织客户的折扣写在合同里，那是关系。还谈不上关系的：购买日少于 3 天，或者已经终止。这里的利润是毛利，第 2.3 课再减去服务成本。

# %% [markdown] lang="en" tags=["slide-text"]
# *Transactional* (交易型): a person who paid half of their money or more at a cut price. Of the *relational* (关系型) three kinds are valuable:
#
# ① most profit now · ② considerable, and may become the largest · ③ profitable now, but losing value

# %% [markdown] lang="zh"
# *交易型*：个人客户，一半以上的钱花在降价商品上。*关系型*中有价值的三类：
#
# ① 带来最大利润 · ② 利润可观，并且有可能成为最大利润来源 · ③ 现在带来利润，但正在失去价值

# %%
recent = transactions[(transactions["order_date"] >= "2025-04-01") & (transactions["amount"] > 0)]
recent = recent.merge(tables["products"][["product_id", "list_price"]])
is_cut = recent["amount"] < 0.97 * recent["quantity"] * recent["list_price"]
recent["cut"] = recent["amount"].where(is_cut, 0.0)
paid = recent.groupby("customer_id")[["amount", "cut"]].sum()
is_bargain = paid["cut"] >= 0.5 * paid["amount"]
is_transactional = is_bargain & (customers["customer_type"] == "person")[paid.index]

# %% [markdown] lang="en" slide="subslide"
# `assign_kinds` takes the first that holds: transactional; no relation; ③ in decline with a profit, even if nobody brings more; ① the best fifth of the relational
# by profit; ② growing, and in the better half.

# %% [markdown] lang="zh"
# `assign_kinds` 依次判断，符合哪一条就是哪一条：交易型；谈不上关系；③ 在衰退期而有毛利，哪怕贡献最大；① 关系型客户中毛利排在前五分之一；② 在成长期，毛利排在前一半。

# %% slide="result"
kind = lifecycle.assign_kinds(now, profit, is_transactional=is_transactional)
of_kind = profit[now.index].groupby(kind, observed=False).agg(["size", "sum"])
act = [t("care for"), t("sell more"), t("call back"), t("low cost"), t("full price"), t("win over")]
of_kind.set_axis(["n_customers", "gross_profit"], axis=1).assign(action=act)

# %% [markdown] lang="en"
# Read the profit of each kind before its number of heads. ③ is the list of the next section. ② is short where few rise *clearly*; a lower bar makes it longer, and less sure.

# %% [markdown] lang="zh"
# 先看每一类的毛利，再看人数。③ 就是下一节的名单。*明显*上升的客户少，② 就短；门槛放低，名单会长一些，但也更不可靠。

# %% [markdown] lang="en" tags=["notes"]
# How good is the filter? The truth knows who waits for promotions (`is_deal_prone`, simulated): let students count how many of the *transactional* do, and how many
# such people the filter misses. Nobody should be treated worse for such a guess.

# %% [markdown] lang="zh"
# 这个筛选准不准？真相里有谁专等促销（`is_deal_prone`，模拟）：让学生数一数，*交易型*里有多少真是这样，又漏掉了多少。不应凭这样的猜测怠慢任何客户。

# %% [markdown] lang="en" minutes=2 rows=["B13", "B24"] slide="slide"
# ## The decision, in money: call back those in decline?
#
# **Assumed**: a call costs 15 yuan; it keeps one in ten of those who would otherwise end; a customer we keep brings the gross profit of 2025 once
# more. What share would end, the moves say, by stage. *Everybody* are the mature and those in decline.

# %% [markdown] lang="zh"
# ## 算清账，再决定：要不要挽回衰退期的客户？
#
# **假设**：一个电话 15 元；本来会终止的客户，十位中能留住一位；留住的客户再贡献一年 2025 年那么多的毛利。各阶段有多大比例会终止，看前面的移动。“全部联系”指成熟期和衰退期的全部客户。每行是一种做法。

# %% [markdown] lang="en" tags=["slide-text"]
# **Assumed:** a call costs 15 yuan; it keeps one in ten of those who would otherwise end; a customer we keep brings the gross profit of 2025 once more.

# %% [markdown] lang="zh"
# **假设**：一个电话 15 元；本来会终止的客户，十位中能留住一位；留住的客户再贡献一年 2025 年那么多的毛利。

# %% slide="result"
call, kept = 15.0, 0.10
asked = stage[stage.isin(["decline", "maturity"])].astype("object")
at_risk = asked.map(moves["ended"]) * profit[asked.index]
gain, is_late = kept * at_risk - call, asked == "decline"
chosen = {t("all in decline"): is_late, t("in decline, where it should pay"): is_late & (gain > 0)}
plans = targeting.compare_choices(gain, chosen)
plans

# %% [markdown] lang="en"
# And what the rule misses: how many ended in the last half-year without having been called in decline in June?

# %% [markdown] lang="zh"
# 再看规则漏掉了什么：最近半年终止的客户，有多少 6 月时并没有划到衰退期？

# %%
best_plan, best_gain = plans["net_profit"].idxmax(), plans["net_profit"].max()
needed = np.ceil(100 * call * is_late.sum() / at_risk[is_late].sum()) / 100  # to the safe side
newly = then[(stage[then.index] == "ended") & (then != "ended")]
n_newly, n_unwarned = len(newly), (newly != "decline").sum()
say("Best: {best_plan}; it leaves {best_gain:CNY}. Calling all in decline pays if a call keeps at "
    "least {needed:.0%}. Of {n_newly} who ended since June, {n_unwarned} were not in decline then.")

# %% [markdown] lang="en"
# So the stage says who may be leaving; only the profit says whether a call is worth it. On paper the last plan cannot lose: the assumption that chose its names also counts its gain. The answer hangs on *one in ten*, which nobody has measured. To know, draw half of the list at random and call only
# them, then compare what both halves bring.

# %% [markdown] lang="zh"
# 所以，阶段告诉我们谁可能要走，毛利才告诉我们值不值得打电话。账面上最后一种做法不会亏：挑人和算账用的是同一个假设。结论取决于“十位留住一位”，这个数谁也没有量过。想要知道，就抽签：名单上一半打电话，另一半不打，再比较两边贡献的毛利。

# %% [markdown] lang="en" tags=["notes"]
# Those in decline by a falling slope end far less often than the silent ones (let students split the row). Ask what a call costs when the customer had not thought
# of leaving, and what it is worth to know *why* they are silent.

# %% [markdown] lang="zh"
# 因金额下降而划到衰退期的，比因沉默而划到的更少终止（可以让学生把这一行拆开）。再问：客户本来没想走，接到电话会怎样？知道他们*为什么*沉默，又值多少钱？

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `before`, `after`: the stage of each customer on **30 June 2024** and on **31 December 2024**, *potential* included, of everybody registered by the first day ·
# `customers`: everybody, with `registered_date` · `bought`: the lines of the company without refunds · `day`: **31 March** 2024 · `orders`: all orders of
# CDNOW · `end`: **30 September** 1997 · `list_2024`: the customers in decline on 31 December 2024, with their gross profit of 2024, `gross_profit`. Stuck? `hint("1.5.1")`, then `solution("1.5.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `before`、`after`：**2024 年 6 月 30 日**和 **2024 年 12 月 31 日**每位客户的阶段，包括*潜在客户*，只含第一天以前登记的 · `customers`：所有客户，有 `registered_date`（建档日期）· `bought`：公司的交易行，不含退款 · `day`：2024 年 **3 月 31 日** · `orders`：CDNOW 的全部订单 · `end`：1997 年 **9 月 30 日** · `list_2024`：2024 年 12 月 31 日在衰退期的客户，`gross_profit` 是 2024 年的毛利。卡住了，可以用 `hint("1.5.1")`，再用 `solution("1.5.1")`。

# %%
day, end = pd.Timestamp("2024-03-31"), pd.Timestamp("1997-09-30")
joined = customers["registered_date"]
before = lifecycle.stages_of_registered(transactions, joined, as_of="2024-06-30")
stage_2024 = lifecycle.stages_of_registered(transactions, joined, as_of="2024-12-31")
after = stage_2024[before.index]
sold = transactions[transactions["order_date"].dt.year == 2024]
profit_2024 = (sold["amount"] - sold["cost"]).groupby(sold["customer_id"]).sum()
declining = stage_2024.index[stage_2024 == "decline"]
list_2024 = pd.DataFrame({"gross_profit": profit_2024}, index=declining).fillna(0.0)
bought, orders = transactions[transactions["amount"] >= 0], cdnow
practice_on(before=before, after=after, customers=customers, bought=bought, day=day,
            orders=orders, end=end, list_2024=list_2024)

# %% [markdown] lang="en"
# **1.5.1** By the moves from June to December 2024 (`before`, `after`), for how many half-years in a row does a customer stay in *acquisition*, on average? (a number, such as 1.5)

# %% [markdown] lang="zh"
# **1.5.1** 按 2024 年 6 月到 12 月的移动（`before`、`after`），客户平均连续停留在*潜在获取期*（`"acquisition"`）几个半年？（填一个数，例如 1.5）

# %% tags=["exercise"]
half_years = ...
check("1.5.1", half_years)

# %% [markdown] lang="en"
# **1.5.2** Of all customers registered by `day` (that day included), what share had not bought anything by then? (`customers`, `bought`; a fraction)

# %% [markdown] lang="zh"
# **1.5.2** 到 `day` 为止（含当天）登记的客户中，多大比例到那天为止还什么都没有买？（用 `customers` 和 `bought`；用小数表示）

# %% tags=["exercise"]
share_potential = ...
check("1.5.2", share_potential)

# %% [markdown] lang="en"
# **1.5.3** The rule at the real firm, a quarter earlier. Of the customers of CDNOW whom `lifecycle.assign_stages` calls *ended* as of `end`, what share ordered
# again after it, up to the last day of the data? (`orders`; a fraction)

# %% [markdown] lang="zh"
# **1.5.3** 在真实企业上检验规则，早一个季度。截至 `end`，`lifecycle.assign_stages` 划到*终止期*的 CDNOW 客户，`end` 之后（到数据最后一天）又下单的占多大比例？（用 `orders`；用小数表示）

# %% tags=["exercise"]
wrongly_ended = ...
check("1.5.3", wrongly_ended)

# %% [markdown] lang="en"
# **1.5.4** It is the end of 2024. A call costs 20 yuan. Of those on `list_2024`, 45 % would end; a call keeps one in five of *them*, who then bring the gross profit of 2024 once more. You call exactly those
# for whom you expect a call to bring more than it costs. What do you expect to be left after the cost of the calls? (yuan)

# %% [markdown] lang="zh"
# **1.5.4** 现在是 2024 年底。一个电话 20 元。`list_2024` 名单上的客户有 45% 会终止；打电话能在*会终止的客户*中每五位留住一位，留住的再贡献一年 2024 年那么多的毛利。你只给预期收益超过成本的客户打电话。扣除电话成本，预期还剩多少元？

# %% tags=["exercise"]
left_over = ...
check("1.5.4", left_over)

# %% [markdown] lang="en"
# **1.5.5** A judgment, without code. At a dealer's, customers buy a car about every six years. The program there calls a customer *ended* after two years without a
# purchase, and takes them off the list of invitations. What do you tell the manager? What would you measure instead, and what should be counted before the rule is changed? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.5.5** 思考题，不用写代码，没有标准答案。一家汽车经销店的客户大约六年买一次车。系统规定，两年没有购买就划到*终止期*，不再邀请参加活动。你对店长怎么说？应该改看什么？改规则之前，应该先数什么？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("1.5.5", answer)

# %%
quiz("1.5.q1")

# %%
quiz("1.5.q2")

# %%
quiz("1.5.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: does a half-year twice make a year?
#
# If the next move hangs only on the stage, two half-years of moves give the year: the matrix times itself (`@`). Beside it, the moves that the company
# (simulated) really made from the end of 2024 to the end of 2025, for those who were mature then:

# %% [markdown] lang="zh"
# ## 选读：两个半年等于一年吗？
#
# 如果下一步只看现在的阶段，两个半年的移动合起来就是一年：矩阵乘自己（`@`）。旁边是公司（模拟）从 2024 年底到 2025 年底实际的移动，只看当时成熟期的客户：

# %%
mature_then = stage_2024.index[stage_2024 == "maturity"]
two = pd.DataFrame({"half_year_twice": (moves @ moves).loc["maturity"]})
two["really"] = stage[mature_then].value_counts(normalize=True)
show(two, kind="share", digits=0)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **place** customers in five stages by a rule you can check by hand,
# - **follow** the moves between stages, and say how long a customer stays,
# - **decide** whom to call back, in money, and what chance alone would show.
#
# **Words** — life cycle (客户生命周期), gap (间隔), silence (沉默), slope (趋势), move (移动), expected stay (预计停留), transactional and relational customers (交易型客户、关系型客户).
#
# **Next** — 1.6: Scores and clusters: to whom is a letter worth its postage?
#
# **Further reading** — Cox & Lewis (1966), *The Statistical Analysis of Series of Events*, ch. 3 · Kemeny & Snell (1960), *Finite Markov Chains*, ch. 3 · Fader & Hardie (2001), Forecasting repeat sales at CDNOW,
# [doi:10.1287/inte.31.3s.94.9683](https://doi.org/10.1287/inte.31.3s.94.9683)

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **划分**：会用一条可以亲手验算的规则，把客户分到五个阶段；
# - **追踪**：会看客户在阶段之间怎样移动，能停留多久；
# - **决定**：会把钱算清楚再决定挽回谁，并说明有多少只是随机波动。
#
# **术语**：客户生命周期（life cycle）、间隔（gap）、沉默（silence）、趋势（slope）、移动（move）、预计停留（expected stay）、交易型客户与关系型客户（transactional, relational）。
#
# **下一课**：1.6 打分与聚类：给谁写信，才不白花邮费？
#
# **延伸阅读**：Cox & Lewis (1966), *The Statistical Analysis of Series of Events*，第 3 章 · Kemeny & Snell (1960), *Finite Markov Chains*，第 3 章 · Fader & Hardie (2001), Forecasting repeat sales at CDNOW，[doi:10.1287/inte.31.3s.94.9683](https://doi.org/10.1287/inte.31.3s.94.9683)

# %% [markdown] lang="en" tags=["slide-text"]
# - **place** customers in five stages by a rule you can check by hand,
# - **follow** the moves between stages, and say how long a customer stays,
# - **decide** whom to call back, in money, and what chance alone would show.
#
# **Next** · 1.6: Scores and clusters: to whom is a letter worth its postage?

# %% [markdown] lang="zh"
# - **划分**：会用一条可以亲手验算的规则，把客户分到五个阶段；
# - **追踪**：会看客户在阶段之间怎样移动，能停留多久；
# - **决定**：会把钱算清楚再决定挽回谁，并说明有多少只是随机波动。
#
# **下一课**：1.6 打分与聚类：给谁写信，才不白花邮费？

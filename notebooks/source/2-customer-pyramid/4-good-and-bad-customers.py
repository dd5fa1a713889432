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

# %% [markdown] lang="en" minutes=32 exercise_minutes=13 pattern=2 needs=["2.2", "2.3"] rows=["A25", "A27", "A29", "A30"] slide="slide"
# # 4 · Good customers, bad customers: may one say no?
#
# The course lists four signs of the best customers and five of the worst. It adds that 永远不能拒绝客户, "never refuse a customer", is a
# trap. What is a refusal worth, and what does it cost? And do the signs of one year say anything about the next?
#
# In this lesson you will
#
# - **judge** customers by signs for which a table holds evidence,
# - **test** the signs on the year after, step by step,
# - **decide** whom to refuse, in money, and say what the rule misses.

# %% [markdown] lang="zh"
# # 4 · 好客户，差客户：可以说“不”吗？
#
# 课程列出了最佳客户的四个表现和最差客户的五个表现，还说“永远不能拒绝客户”的信条会使人陷入误区。拒绝一位客户值多少钱，又要付出多少代价？今年的表现，能说明明年吗？
#
# 在这一课里，你将
#
# - **判断**客户：只凭表里有证据的表现；
# - **检验**这些表现：用下一年的结果，一级一级地看；
# - **决定**拒绝谁：把钱算清楚，并说明规则漏掉了什么。

# %% [markdown] lang="en" tags=["slide-text"]
# Never refuse a customer (永远不能拒绝客户)? The course calls it a trap.
#
# - **judge** customers by signs for which a table holds evidence,
# - **test** the signs on the year after, step by step,
# - **decide** whom to refuse, in money, and say what the rule misses.

# %% [markdown] lang="zh"
# “永远不能拒绝客户”？课程说，这会使人陷入误区。
#
# - **判断**客户：只凭表里有证据的表现；
# - **检验**这些表现：用下一年的结果，一级一级地看；
# - **决定**拒绝谁：把钱算清楚，并说明规则漏掉了什么。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A sign counts where a table holds evidence, and it is worth what the year after confirms, at every step and on one base.
#
# **Hard point** Refusing saves only the cost that stops and the loss of who does not pay; the gross profit goes at once.
#
# **Board** The five signs in a column, beside each its evidence; "not judged" beside the second. Later: profit of 100 yuan on credit
# $= m - 100 p$.
#
# **Homework** Exercises 2.4.4 and 2.4.5. Ask a shop owner whom they once refused, and by which sign.

# %% [markdown] lang="zh"
# **重点** 有证据才算一条表现；这条表现有多大用处，要看下一年，而且要在同一批客户上一级一级地看。
#
# **难点** 拒绝客户，省下的只是真正消失的成本和收不回的货款；毛利却立刻没有了。
#
# **板书** 竖着写五个表现，旁边写各自的证据；第二个旁边写“无法判断”。后面再写：赊销 100 元的利润 $= m - 100 p$。
#
# **作业** 练习 2.4.4 和 2.4.5。找一位店主聊聊：拒绝过哪位客户，凭的是哪一条表现。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import math

import matplotlib.pyplot as plt
import pandas as pd

from crmlib import chance, datasets, plots, profitability, signs, worksheet
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look at 2024 first
#
# We stand at the end of 2024 and judge everybody who bought or was served that year (simulated).

# %% [markdown] lang="zh"
# ## 先看 2024 年
#
# 假设现在是 2024 年底，我们来评判这一年买过或服务过的每位客户（模拟数据）。

# %%
tables, _ = datasets.load_data(company)
transactions, activities = tables["transactions"], tables["activities"]
ordered, acted = transactions["order_date"].dt.year, activities["month"].dt.year
lines, done = transactions[ordered == 2024], activities[acted == 2024]

# %% [markdown] lang="en"
# `net_profit` is from lesson 2.3: one row per customer, sales, gross profit, full cost to serve and what is left.
# `service_facts` adds four counts for each customer: orders, requests (visits, deliveries, calls), returned lines, complaints. How many
# requests come with one order? (more than 5 are put into the last bar)

# %% [markdown] lang="zh"
# `net_profit` 是第 2.3 课的：每位客户一行，有销售额、毛利、全部服务成本和净利润。`service_facts` 给每位客户加上四个次数：订单、要求（拜访、送货、打电话下单）、退货行数、投诉。平均一张订单带来几次要求？（超过 5 次的归入最后一根柱子）

# %% slide="subslide"
profit = profitability.net_profit(lines, done, tables["activity_rates"])
facts = signs.service_facts(profit, lines, done)
per_order = facts["n_requests"] / facts["n_orders"].clip(lower=1)
middle, many = per_order.median(), (per_order >= 2).mean()
ax = per_order.clip(upper=5).plot.hist(bins=40, color=plots.BLUE, ylabel=t("number of customers"))
ax.set_title(sentence("Half ask {middle:.1f} times or less for each order, {many:.0%} twice or more"))
ax.set_xlabel(t("requests per order (more than 5: last bar)"))
plt.show()

# %% [markdown] lang="en" minutes=8 rows=["A30"] slide="slide"
# ## Five signs of a bad customer
#
# A sign counts only where there is evidence. What no table holds is *not judged*. That is not a zero.
#
# | a bad customer, says the course | evidence in our tables | counts if |
# |---|---|---|
# | makes you do what you do badly | returned lines (weak: a return may be a whim) | 1 or more for every 4 orders |
# | distracts you from your plan | none; ask your own people | *not judged* |
# | buys little and costs more than they bring | net profit | below zero |
# | asks for much service and attention | requests per order | 2 or more |
# | is unhappy whatever you do | a complaint, although served more than most | cost to serve above the median |
#
# The limits are ours, not the course's. Each can be argued about.

# %% [markdown] lang="zh"
# ## 差客户的五个表现
#
# 有证据，才能算。哪张表都没有记的，是*无法判断*，不能记为零。
#
# | 差客户（课程的说法） | 我们表中的证据 | 何时算有 |
# |---|---|---|
# | 要你做不擅长或做不了的事 | 退货行数（较弱：退货也可能只是一时兴起） | 每 4 张订单有 1 行以上 |
# | 分散注意力，使你偏离计划 | 没有；要问自己的员工 | *无法判断* |
# | 买得少，成本超过带来的收入 | 净利润 | 小于零 |
# | 要求很多服务和关注 | 平均每张订单的要求次数 | 2 次以上 |
# | 怎么努力都不满意 | 服务比多数人多，仍有投诉 | 服务成本高于中位数 |
#
# “以上”都含本数。界线是我们定的，课程里没有，每一个都可以争论。

# %% [markdown] lang="en" slide="subslide"
# Eight customers by hand. The median cost to serve is 172.

# %% [markdown] lang="zh"
# 先亲手算八位客户。服务成本的中位数是 172 元。

# %%
eight = pd.DataFrame({
    "n_orders": [20, 15, 8, 5, 4, 6, 2, 1],
    "n_requests": [16, 36, 7, 4, 2, 9, 1, 1],
    "n_returned": [1, 5, 0, 0, 1, 2, 0, 0], "n_complaints": [1, 2, 0, 0, 0, 0, 0, 0],
    "cost_to_serve": [742, 1430, 240, 80, 62, 224, 20, 120],
    "net_profit": [1058, -230, 460, 370, 188, -44, 110, -60],
}, index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight

# %% [markdown] lang="en"
# **2.4.a** How many of the eight show at least one of the four signs that we can judge?

# %% [markdown] lang="zh"
# **2.4.a** 四个能判断的表现中，至少有一个的客户，八位里有几位？

# %% tags=["exercise"]
at_least_one = ...
check("2.4.a", at_least_one)

# %% [markdown] lang="en"
# Each sign is one comparison. `True` counts as one when we add up a row.

# %% [markdown] lang="zh"
# 每个表现就是一次比较。按行相加时，`True` 算 1。

# %% slide="result"
by_hand = pd.DataFrame({"returns much": eight["n_returned"] / eight["n_orders"] >= 0.25})
by_hand["costs more than brings"] = eight["net_profit"] < 0
by_hand["asks much"] = eight["n_requests"] / eight["n_orders"] >= 2
served_much = eight["cost_to_serve"] > eight["cost_to_serve"].median()
by_hand["unhappy"] = (eight["n_complaints"] > 0) & served_much
by_hand.assign(n_signs=by_hand.sum(axis=1))

# %% [markdown] lang="en"
# Read it aloud: *B shows all four, and A, the best customer, shows one.* `bad_signs` makes the same comparisons. How often does each
# sign show in 2024?

# %% [markdown] lang="zh"
# 读出声来：*B 四个全占；最好的客户 A 也占一个*。`bad_signs` 做的是同样的比较。2024 年，每个表现各有多少位客户？

# %% slide="result"
assert signs.bad_signs(eight).equals(by_hand)
bad = signs.bad_signs(facts)
bad.sum().rename("n_customers")

# %% [markdown] lang="en" tags=["notes"]
# Let students move the limits and defend them before the customer. Ask what A's complaint is: a bad customer, or a good one who tells us
# what is wrong? Keep "not judged" apart: four signs were judged, one was not.

# %% [markdown] lang="zh"
# 让学生自己改界线，并设想当着客户的面怎么说。再问：A 的投诉说明 A 差，还是说明这位好客户在告诉我们哪里做得不好？“无法判断”要单独列出：能判断的有四条，还有一条没有判断。

# %% [markdown] lang="en" minutes=6 rows=["A30"] slide="slide"
# ## Do the signs predict the year after?
#
# We judged by 2024. Now 2025 comes. The base is everybody judged; who left has a net profit of zero in 2025, and does not lose money.
#
# **2.4.b** First guess: of the customers with *two or more* signs in 2024, which share loses money in 2025? (a fraction, such as 0.05)

# %% [markdown] lang="zh"
# ## 这些表现预示下一年吗？
#
# 评判用的是 2024 年，现在看 2025 年。基数是评判过的每一位；已经离开的，2025 年净利润为零，不算亏损。
#
# **2.4.b** 先猜一猜：2024 年有*两个以上*表现的客户，2025 年亏损的占多大比例？（用小数表示，例如 0.05）

# %% [markdown] lang="en" tags=["slide-text"]
# Judged by 2024; now comes 2025. Who left has a net profit of zero.
#
# **2.4.b** Of the customers with *two or more* signs in 2024, which share loses money in 2025?

# %% [markdown] lang="zh"
# 评判用 2024 年，现在看 2025 年；已经离开的，净利润为零。
#
# **2.4.b** 2024 年有*两个以上*表现的客户，2025 年亏损的占多大比例？

# %%
rates = tables["activity_rates"]
after = profitability.net_profit(transactions[ordered == 2025], activities[acted == 2025], rates)
next_year = after["net_profit"].reindex(facts.index).fillna(0.0)

# %% [markdown] lang="en"
# Write your guess, then look at every step, not only at the two ends.

# %% [markdown] lang="zh"
# 写下猜测，再看每一级，不要只看两头。

# %% tags=["exercise"]
guess = ...
check("2.4.b", guess)

# %% [markdown] lang="en" slide="subslide"
# `gradient` groups the customers by their number of signs. The interval (95 %) says how far chance alone may carry a share.

# %% [markdown] lang="zh"
# `gradient` 按表现的个数给客户分组。区间（95%）说明，单凭随机波动，比例可能有多大出入。

# %% slide="result"
steps = signs.gradient(bad, next_year)
share, mean = steps["losing_share"], steps["mean_net_profit"]
steps

# %% [markdown] lang="en"
# Drawn: does every step lie above the one before?

# %% [markdown] lang="zh"
# 画成图：每一级都比前一级高吗？

# %%
ax = (100 * share).plot.bar(color=plots.RED, rot=0, xlabel=t("signs in the year before"))
ax.set_ylabel(t("share who lose money, %"))
ax.set_title(sentence("Losing money: {share[0]:.0%} without a sign, {share[2]:.0%} with two"))
plt.show()

# %% [markdown] lang="en"
# And the money? Read the means from the left to the right. A mean of money hangs on a few large customers, so the step from no sign to one
# gets an interval as well (*bootstrap*, lesson 2.2).

# %% [markdown] lang="zh"
# 那么钱呢？从左到右读一读平均净利润。金额的平均数取决于少数几位大客户，所以从没有到有一个，也要看区间（*自助法*，第 2.2 课）。

# %%
one_sign = next_year[bad.sum(axis=1) == 1]
low, high, _ = chance.bootstrap_interval(one_sign, pd.Series.mean, n_resamples=200, seed=24)
is_open = low <= mean[0] <= high
verdict = t("So chance may turn the first step.") if is_open else t("So the first step is more than chance.")
say(
    "Mean net profit of the year after, from no sign to four: {mean[0]:CNY}, {mean[1]:CNY}, {mean[2]:CNY}, {mean[3]:CNY}, {mean[4]:CNY}. "
    "With one sign the interval reaches from {low:CNY} to {high:CNY}. {verdict}"
)

# %% [markdown] lang="en" slide="subslide"
# Which signs weigh most? Take them one by one: what did customers with it bring in 2025, and customers without it?

# %% [markdown] lang="zh"
# 哪些表现最要紧？一个一个分开看：有这个表现的客户，2025 年平均净利润是多少？没有的呢？

# %% slide="result"
alone = pd.DataFrame({name: next_year.groupby(bad[name]).mean() for name in bad}).T
alone.set_axis(["mean_without", "mean_with"], axis=1).rename_axis("sign")

# %% [markdown] lang="en"
# Before you call a customer bad for a complaint, read the last line: who buys much has more occasions to complain. These are means too; a few
# large customers can turn them.

# %% [markdown] lang="zh"
# 因为投诉就说客户差之前，先看最后一行：买得多的客户，投诉的机会也多。这些也是平均数，几位大客户就能改变它。

# %% [markdown] lang="en" tags=["notes"]
# Compare the line of the unhappy with the others. This sign points at big customers.
# The smallest groups (three and four signs) hold few customers; look at their intervals before you say that four are worse than two.

# %% [markdown] lang="zh"
# 比较“不满意”一行和其他各行。这条表现指向的是大客户。有三、四个表现的客户很少，在说“四个比两个更差”之前，先看区间。

# %% [markdown] lang="en" minutes=5 rows=["A29"] slide="slide"
# ## Four signs of the best
#
# | a good customer, says the course | evidence in our tables | counts if |
# |---|---|---|
# | lets you do what you do well | share of spending on our three categories of highest margin | half or more |
# | values what you do, and pays | paid, as a share of the list price | 95 % or more |
# | makes you better by new demands | a category they had not bought before (weak: a whim) | one or more |
# | takes you where you want to go | none; our strategy stands in no table | *not judged* |
#
# Three customers by hand. `>=` holds each column against its own limit, in the order of the columns.

# %% [markdown] lang="zh"
# ## 最佳客户的四个表现
#
# | 好客户（课程的说法） | 我们表中的证据 | 何时算有 |
# |---|---|---|
# | 让你做擅长的事 | 花在毛利率最高的三个品类上的比例 | 一半以上 |
# | 认为有价值，愿意买 | 实付金额占标价的比例 | 95% 以上 |
# | 提出新要求，让你提高 | 买了以前没买过的品类（较弱：也可能一时兴起） | 一个以上 |
# | 带你走向与战略一致的方向 | 没有；哪张表都没记我们的战略 | *无法判断* |
#
# 先亲手算三位客户。`>=` 把每一列与自己的界线相比，界线按列的顺序写。

# %% slide="result"
three = pd.DataFrame([[0.2, 0.90, 1], [0.6, 0.96, 2], [0.7, 1.00, 0]], index=list("ABC"))
three.columns = ["strong_share", "paid_share", "n_new"]
by_hand = (three >= [0.5, 0.95, 1]).sum(axis=1)
assert signs.good_signs(three).sum(axis=1).equals(by_hand)
three.assign(n_signs=by_hand)

# %% [markdown] lang="en" slide="subslide"
# The same for everybody judged above, on the **same base**: all customers of 2024. Who only returned things or only was visited shows no
# good sign.

# %% [markdown] lang="zh"
# 对上面评判过的每一位照样算，**基数相同**：2024 年的所有客户。只退货或者只被拜访过的，没有好的表现。

# %% slide="result"
bought = signs.buying_facts(lines, transactions[ordered == 2023], tables["products"])
good = signs.good_signs(bought).reindex(facts.index, fill_value=False)
steps_up = signs.gradient(good, next_year)
steps_up

# %% [markdown] lang="en"
# Read both columns from the top to the bottom, the share and the money. Is there a climb, or is it chance? For the share, do the intervals of the first row
# and the last lie apart? For the money, draw as many customers by lot as have two signs or more (`sample`), 500 times: what does a group without any signs in common bring?

# %% [markdown] lang="zh"
# 从上到下读两列：亏损的比例和平均净利润。真的越往下越好，还是只是随机波动？比例，看第一行和最后一行的区间分不分得开。钱，有两个以上表现的客户有几位，就抽签抽几位（`sample`），抽 500 次：随便凑的一组人均多少？

# %%
has_two = good.sum(axis=1) >= 2
lots = pd.Series([next_year.sample(has_two.sum(), random_state=seed).mean() for seed in range(500)])
with_two, (low, high) = next_year[has_two].mean(), lots.quantile([0.025, 0.975])
lose, bounds = steps_up["losing_share"], steps_up.loc[[0, 3]]
is_apart = bounds["lowest_share"].max() > bounds["highest_share"].min()
say_so = {True: t("more than chance"), False: t("chance may explain it")}
on_share, on_money = say_so[is_apart], say_so[not low <= with_two <= high]
say("{lose[0]:.0%} lose money with no good sign, {lose[3]:.0%} with three: {on_share}. Two signs or more bring {with_two:CNY} on average, "
    "as many drawn by lot {low:CNY} to {high:CNY}: {on_money}.")

# %% [markdown] lang="en"
# It is one company and one pair of years: before anybody is treated better for these signs, look whether they predict another year as well.

# %% [markdown] lang="zh"
# 这只是一家公司、前后两年的结果：在因为这些表现优待谁之前，先看看换一年还灵不灵。

# %% [markdown] lang="en" minutes=5 rows=["A25"] slide="slide"
# ## May one say no? Who does not pay
#
# Some of the other 80 %, says the course, are in a bad financial state and do not pay in time (财务状况很糟糕，不能及时付款).
#
# **2.4.c** By hand. Ten small customers buy for 100 yuan each on credit. Goods and service cost us 92 for each. One of the ten never pays.
# What is our profit on all ten?

# %% [markdown] lang="zh"
# ## 可以说“不”吗？付不了款的客户
#
# 课程说，另外 80% 的客户中，有些“财务状况很糟糕，不能及时付款”。
#
# **2.4.c** 亲手算：十位小客户各赊购 100 元。每位的货物和服务成本是 92 元。十位中有一位始终不付款。十位合计，我们的利润是多少元？

# %% [markdown] lang="en" tags=["slide-text"]
# 财务状况很糟糕，不能及时付款: a bad financial state, payment late or never.
#
# **2.4.c** Ten customers buy for 100 yuan each on credit. It costs us 92 for each. One never pays. Our profit on all ten?

# %% [markdown] lang="zh"
# “财务状况很糟糕，不能及时付款。”
#
# **2.4.c** 十位客户各赊购 100 元，每位的成本是 92 元，有一位始终不付款。我们一共赚多少元？

# %% tags=["exercise"]
on_credit = ...
check("2.4.c", on_credit)

# %% [markdown] lang="en" slide="subslide"
# In general, with $m$ yuan of profit on 100 yuan of sales and a share $p$ unpaid: $\text{profit of 100 yuan on credit} = m - 100 \, p$.
#
# The teaching company has no table of payments: it would need invoices, with the day due and the day paid (chapter 3). So take a real
# bank: 1,000 German loans, 1973 to 1975, and of these the *smaller half*. Who had been late before? (`str.contains` looks for either word.)

# %% [markdown] lang="zh"
# 一般地，每卖 100 元有利润 $m$ 元，收不回的比例是 $p$，那么：$赊销\ 100\ 元的利润 = m - 100 \, p$。
#
# 教学公司没有付款的表：要有发票，记下到期日和付款日（第 3 章）。所以用一家真实的银行：1973 至 1975 年德国的 1,000 笔贷款，取金额*较小的一半*。谁以前拖欠过？（`str.contains` 查找两个词中的任何一个。）

# %% [markdown] lang="en" tags=["slide-text"]
# With $m$ yuan of profit on 100 yuan of sales and a share $p$ unpaid:
#
# $$\text{profit of 100 yuan on credit} = m - 100 \, p$$
#
# A real bank: the smaller half of 1,000 German loans, 1973 to 1975. **Assumed:** 5 in 100 unpaid.

# %% [markdown] lang="zh"
# 每卖 100 元有利润 $m$ 元，收不回的比例是 $p$：
#
# $$赊销\ 100\ 元的利润 = m - 100 \, p$$
#
# 一家真实的银行：1973 至 1975 年德国的 1,000 笔贷款，取金额较小的一半。**假设** 5% 未还清。

# %%
loans = datasets.load_german_credit()
loans = loans[loans["credit_amount"] <= loans["credit_amount"].median()]
unpaid = (loans["credit_risk"] == "bad").astype(float)
was_late = loans["credit_history"].str.contains("delay|critical")

# %% [markdown] lang="en"
# The file holds 30 loans in 100 that were not repaid as agreed, on purpose: the bank had fewer. We **assume** 5 in 100, let each of these
# count for 5/30 and each other one for 95/70, and take what was not repaid as agreed for lost. That is severe. Few had been late, so
# their share gets an interval.

# %% [markdown] lang="zh"
# 这份数据是特意挑选的：没有按约还清的贷款占 30%，银行实际没有这么多。我们**假设**是 5%：每笔这样的贷款按 5/30 计，其余每笔按 95/70 计；没有按约还清的，都当作收不回。这样算是从严的。拖欠过的人不多，所以他们的比例要附上区间。

# %%
def share_unpaid(is_bad):
    """The share unpaid, if 5 loans in 100 were bad at the bank, not 30 as in the file."""
    weight = is_bad * (5 / 30) + (1 - is_bad) * (95 / 70)
    return (weight * is_bad).sum() / weight.sum()


late, others = share_unpaid(unpaid[was_late]), share_unpaid(unpaid[~was_late])
ends = chance.bootstrap_interval(unpaid[was_late], share_unpaid, n_resamples=200, seed=24)
late_low, late_high, n_late = ends.low, ends.high, was_late.sum()

# %% [markdown] lang="en" slide="subslide"
# If our small customers, the lower 80 % by sales, paid like these borrowers: what is left of 100 yuan sold to them on credit?

# %% [markdown] lang="zh"
# 如果我们的小客户（销售额较低的 80%）也像这些借款人一样付款，赊销 100 元还剩多少？

# %% slide="result"
small = profit.nsmallest(round(0.8 * len(profit)), "monetary")
per_100 = 100 * small[["net_profit", "gross_profit"]].sum() / small["monetary"].sum()
left_unpaid = 100 * pd.Series({t("late before"): late, t("never late"): others})
credit = pd.DataFrame({"gain_at_full_cost": per_100["net_profit"] - left_unpaid})
credit["gain_if_only_goods_count"] = per_100["gross_profit"] - left_unpaid
credit

# %% [markdown] lang="en"
# Which of the two columns is right? The first, if all of the cost to serve stops with a refusal; the second, if none of it does.

# %% [markdown] lang="zh"
# 该看哪一列？如果拒绝之后服务成本全部消失，看第一列；一点都不消失，看第二列。

# %%
at_full, at_goods = credit.loc[t("late before")]
goods_low, goods_high = per_100["gross_profit"] - 100 * pd.Series([late_high, late_low])
say(
    "Late before ({n_late} loans only): {late:.0%} unpaid (95% interval: {late_low:.0%} to {late_high:.0%}); the others {others:.0%}. 100 yuan on credit then end at "
    "{at_full:CNY} at full cost, at {at_goods:CNY} if only the goods count (95% interval: {goods_low:CNY} to {goods_high:CNY}). Refused, they end at 0; paid in advance, at the profit."
)

# %% [markdown] lang="en" minutes=3 rows=["A27"] slide="slide"
# ## The segmentation worksheet
#
# The course hands out an empty form, 市场细分作业单: for each segment the best customer, the worst, and the next step. Here a segment is
# the category a customer spends most on: `pivot_table` puts the categories side by side, and `idxmax` names the largest of a row.

# %% [markdown] lang="zh"
# ## 市场细分作业单
#
# 课程发的是一张空表：每个市场区段的最佳客户、最差客户和进一步行动。这里按客户花钱最多的品类划分区段：`pivot_table` 把各品类排成列，`idxmax` 给出一行中最大的那一列。

# %% [markdown] lang="en" tags=["slide-text"]
# 市场细分作业单: for each segment the best customer, the worst, and the next step. A segment is the category they spend most on.

# %% [markdown] lang="zh"
# 每个区段的最佳客户、最差客户和进一步行动。区段是客户花钱最多的品类。

# %%
by_category = lines.pivot_table("amount", "customer_id", "category", aggfunc="sum", observed=True)
work = profit[["net_profit"]].assign(segment=by_category.idxmax(axis=1).astype(object))
work["segment"] = work["segment"].fillna(t("no purchase in 2024"))
costs = profitability.cost_by_activity(done, rates)

# %% [markdown] lang="en"
# `next_steps` has two rules: who earns is thanked; for who loses, mend the activity that costs most. `segment_worksheet` picks the best and the worst of each
# segment, as `max` and `min` would. The five segments with most profit:

# %% [markdown] lang="zh"
# `next_steps` 只有两条规则：盈利的，感谢；亏损的，改进最花钱的那项活动。`segment_worksheet` 挑出每个区段最好和最差的客户，和 `max`、`min` 的结果一样。净利润最多的五个区段是：

# %% slide="result"
work["next_step"] = worksheet.next_steps(work["net_profit"], costs)
sheet = worksheet.segment_worksheet(work).set_index("segment")
best, worst = sheet[sheet["place"] == "best"], sheet[sheet["place"] == "worst"]
assert (worst["net_profit"] == work.groupby("segment")["net_profit"].min()[worst.index]).all()
form = best.merge(worst, on="segment", suffixes=["_best", "_worst"])
parts = ["customer_id_best", "net_profit_best", "customer_id_worst", "net_profit_worst"]
form[[*parts, "next_step_worst"]].head(5)

# %% [markdown] lang="en" minutes=2 rows=["A25"] slide="slide"
# ## Do the sums, then decide
#
# The rule on the table: from 2025 on, refuse everybody who showed two signs or more in 2024. Beside it, do nothing. As in lesson 2.3
# each is worked out twice: if all of their cost stops, and if half does, which is an **assumption**. `math.ceil` rounds up, to the safe side.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 讨论中的规则：从 2025 年起，拒绝 2024 年有两个以上表现的所有客户。另一种做法是什么都不做。和第 2.3 课一样，每种做法算两遍：成本全部消失，或只消失一半，后者是**假设**。`math.ceil` 向上取整，宁可多算。

# %% [markdown] lang="en" tags=["slide-text"]
# From 2025 on, refuse everybody who showed two signs or more in 2024. Or do nothing.
#
# Worked out twice: all of their cost stops, or half does. That half is **assumed**.

# %% [markdown] lang="zh"
# 从 2025 年起，拒绝 2024 年有两个以上表现的所有客户。或者什么都不做。
#
# 算两遍：成本全部消失，或只消失一半。“一半”是**假设**。

# %%
refused = after.reindex(facts.index[bad.sum(axis=1) >= 2]).fillna(0.0)
cost, brought = refused["cost_to_serve"].sum(), refused["gross_profit"].sum()
if_all, if_half = cost - brought, cost / 2 - brought
n_refused, n_earning = len(refused), (refused["net_profit"] > 0).sum()
needed = math.ceil(100 * brought / cost) / 100
n_losing, n_caught = (after["net_profit"] < 0).sum(), (refused["net_profit"] < 0).sum()
say(
    "Refusing {n_refused} customers changes the profit of 2025 by {if_all:CNY}, or by {if_half:CNY} if half of their cost stops; "
    "doing nothing, by 0. It pays only if at least {needed:.0%} of the cost stops. The rule sends away {n_earning} who earned in 2025 and catches {n_caught} "
    "of the {n_losing} who lost."
)

# %% [markdown] lang="en"
# So a refusal is a tool with a price. Before you refuse anybody, offer another way: cash first, a minimum order, a call in place of a
# visit. Refuse credit where more is expected to stay unpaid than is left as profit. And some refusals are not yours to choose: the law may oblige you to
# serve everybody alike, and a reason must be about conduct, never about who somebody is.

# %% [markdown] lang="zh"
# 所以，拒绝是要付代价的。拒绝之前，先提出别的办法：先付款、设最低起订额、用电话代替拜访。预计收不回的钱超过能留下的利润，就拒绝赊销。还有些拒绝由不得你：法律可能要求一视同仁；理由只能是客户做了什么，绝不能是客户是什么人。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# The exercises are about customers judged by **2023**, which you have not seen: `bad_2023` has their signs, `profit_2024` what the same
# customers brought in 2024 (0 for who left), `profit_2023` what they brought in 2023.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习评判的是你还没见过的 **2023 年**的客户：`bad_2023` 是他们的表现，`profit_2024` 是同一批客户 2024 年的结果（已离开的为 0），`profit_2023` 是他们 2023 年的结果。

# %%
before, done_2023 = transactions[ordered == 2023], activities[acted == 2023]
profit_2023 = profitability.net_profit(before, done_2023, rates)
bad_2023 = signs.bad_signs(signs.service_facts(profit_2023, before, done_2023))
profit_2024 = profit.reindex(profit_2023.index).fillna(0.0)
practice_on(bad_2023=bad_2023, profit_2023=profit_2023, profit_2024=profit_2024)
practice_on(bad=bad, profit=profit)

# %% [markdown] lang="en"
# **2.4.1** How many customers showed two or more signs in 2023?

# %% [markdown] lang="zh"
# **2.4.1** 2023 年有两个以上（含两个）表现的客户有多少位？

# %% tags=["exercise"]
n_two_signs = ...
check("2.4.1", n_two_signs)

# %% [markdown] lang="en"
# **2.4.2** Of the customers who lost money in 2023, which share lost money in 2024 again? (a fraction; who left did not lose)

# %% [markdown] lang="zh"
# **2.4.2** 2023 年亏损的客户中，2024 年又亏损的占多大比例？（用小数表示；已离开的不算亏损）

# %% tags=["exercise"]
lost_again = ...
check("2.4.2", lost_again)

# %% [markdown] lang="en"
# **2.4.3** At the end of 2023 you refuse everybody with *three* signs or more. If 60 % of their cost stops, how does the profit of 2024 change?
# (positive: it rises)

# %% [markdown] lang="zh"
# **2.4.3** 2023 年底，你拒绝所有有*三个*以上（含三个）表现的客户。如果他们的成本有 60% 消失，2024 年的利润变化多少元？（上升为正）

# %% tags=["exercise"]
change_of_profit = ...
check("2.4.3", change_of_profit)

# %% [markdown] lang="en"
# **2.4.4** Which share of their sales may the customers *without any sign* in 2023 leave unpaid before their net profit of 2023 is gone?
# (a fraction, for all of them together)

# %% [markdown] lang="zh"
# **2.4.4** 2023 年*没有任何表现*的客户，销售额中最多有多大比例收不回，他们 2023 年的净利润才刚好赔光？（合在一起算一个小数）

# %% tags=["exercise"]
bearable = ...
check("2.4.4", bearable)

# %% [markdown] lang="en"
# **2.4.5** A judgment, without code. Think of one customer of a shop, a canteen or a firm you know whom you would call bad. Fill in a line of
# the worksheet: which of the five signs show, by which evidence, which is not judged, and the next step. (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **2.4.5** 思考题，不写代码，没有标准答案。从你熟悉的商店、食堂或企业中，想一位你会称为“差客户”的客户，填一行作业单：五个表现中有哪几个，证据是什么，哪个无法判断，进一步行动是什么。（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
line_of_the_worksheet = ...
check("2.4.5", line_of_the_worksheet)

# %%
quiz("2.4.q1")

# %%
quiz("2.4.q2")

# %%
quiz("2.4.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: the worst improve without us
#
# Whoever is worst this year had, among other things, bad luck. Luck does not repeat, so the worst look better next year and the best look
# worse, whatever we do. Galton saw it in 1886 and called it *regression*. Rank in fifths by 2024, then look at 2025 (simulated; nothing was
# done in between; only those with figures in both years):

# %% [markdown] lang="zh"
# ## 选读：什么都不做，最差的也会变好
#
# 今年垫底的客户，多少带点坏运气。运气不会重复，所以不管我们做什么，最差的明年会显得好些，最好的会显得差些。高尔顿 1886 年就发现了，称之为*回归*。下面按 2024 年排名分成五等份，再看 2025 年（模拟数据；其间什么都没做；只看两年都有记录的客户）：

# %%
both = pd.DataFrame({"mean_2024": profit["net_profit"], "mean_2025": after["net_profit"]}).dropna()
fifth = pd.qcut(both["mean_2024"].rank(method="first"), 5, labels=[1, 2, 3, 4, 5]).rename("fifth")
both.groupby(fifth, observed=True).mean()

# %% [markdown] lang="en"
# So a programme for the worst looks like a success even if it does *nothing*. Take the 200 worst of 2024 and let lots put half of them into
# such a programme. One draw may be lucky, so draw a thousand times.

# %% [markdown] lang="zh"
# 所以，专门针对最差客户的方案，哪怕*什么都不做*，看上去也会成功。取 2024 年最差的 200 位，抽签让一半进入这样的方案。只抽一次可能碰巧，所以抽一千次。

# %%
worst = both.nsmallest(200, "mean_2024")
gain = (worst["mean_2025"] - worst["mean_2024"]).reset_index(drop=True)
draws = [gain.sample(100, random_state=seed) for seed in range(1000)]
inside = pd.Series([draw.mean() for draw in draws])
difference = inside - pd.Series([gain.drop(draw.index).mean() for draw in draws])

# %%
seems, (low, high) = (inside > 0).mean(), difference.quantile([0.025, 0.975])
say(
    "In {seems:.0%} of a thousand draws the programme seems to work: those inside improve. Against those outside the difference lies between "
    "{low:CNY} and {high:CNY} in 95 of 100 draws. Only a control group shows that nothing was done."
)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **judge** customers by signs for which a table holds evidence,
# - **test** the signs on the year after, step by step,
# - **decide** whom to refuse, in money, and say what the rule misses.
#
# **Words:** sign (表现), not judged (无法判断), base (基数), segmentation worksheet (市场细分作业单), share unpaid (收不回的份额), regression to the
# mean (向均值回归), control group (对照组).
#
# **Next** · 2.5: Up, down, or chance: where do 10,000 yuan bring more?
#
# **Further reading** · Haenlein & Kaplan (2009), Unprofitable customers and their management,
# [doi:10.1016/j.bushor.2008.09.001](https://doi.org/10.1016/j.bushor.2008.09.001) · Galton (1886), Regression towards mediocrity,
# [doi:10.2307/2841583](https://doi.org/10.2307/2841583) · Hofmann (1994), Statlog (German Credit Data),
# [doi:10.24432/C5NC77](https://doi.org/10.24432/C5NC77)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **判断**客户：只凭表里有证据的表现；
# - **检验**这些表现：用下一年的结果，一级一级地看；
# - **决定**拒绝谁：把钱算清楚，并说明规则漏掉了什么。
#
# **术语**：表现（sign）、无法判断（not judged）、基数（base）、市场细分作业单（segmentation worksheet）、收不回的比例（share unpaid）、向均值回归（regression to the mean）、对照组（control group）。
#
# **下一课**：2.5 升级、降级，还是随机波动？一万元花在哪里更值？
#
# **延伸阅读**：Haenlein & Kaplan (2009), Unprofitable customers and their management, [doi:10.1016/j.bushor.2008.09.001](https://doi.org/10.1016/j.bushor.2008.09.001) · Galton (1886), Regression towards mediocrity, [doi:10.2307/2841583](https://doi.org/10.2307/2841583) · Hofmann (1994), Statlog (German Credit Data), [doi:10.24432/C5NC77](https://doi.org/10.24432/C5NC77)

# %% [markdown] lang="en" tags=["slide-text"]
# - **judge** customers by signs for which a table holds evidence,
# - **test** the signs on the year after, step by step,
# - **decide** whom to refuse, in money, and say what the rule misses.
#
# **Next** · 2.5: Up, down, or chance: where do 10,000 yuan bring more?

# %% [markdown] lang="zh"
# - **判断**客户：只凭表里有证据的表现；
# - **检验**这些表现：用下一年的结果，一级一级地看；
# - **决定**拒绝谁：把钱算清楚，并说明规则漏掉了什么。
#
# **下一课**：2.5 升级、降级，还是随机波动？一万元花在哪里更值？

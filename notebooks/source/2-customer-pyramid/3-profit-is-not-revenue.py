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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["2.1"] rows=["A13", "A26"] slide="slide"
# # 3 · Profit is not revenue: who takes back what the others earn?
#
# A customer who buys much can cost us money: visits, deliveries and returns go with the sales. The course asks
# 哪些客户导致了企业成本: which customers cause the firm's cost? Today we find them, and what they take back.
#
# In this lesson you will
#
# - **trace** the cost of serving to the customers who cause it,
# - **find** who loses money, and which activity makes them so,
# - **decide** what to do about it, without taking every cost for money saved.

# %% [markdown] lang="zh"
# # 3 · 利润不等于收入：谁把别人赚的钱又亏掉了？
#
# 买得多的客户也可能让企业亏钱：订单后面跟着拜访、送货和退货。课程里问“哪些客户导致了企业成本”。这节课就把他们找出来，算算他们让企业亏掉了多少。
#
# 在这一课里，你将
#
# - **追溯**服务成本：谁引起的，就记到谁的头上；
# - **找出**谁在亏钱、亏在哪项活动上；
# - **决定**怎么办，而且不把账上的成本都当成省得下来的钱。

# %% [markdown] lang="en" tags=["slide-text"]
# 哪些客户导致了企业成本: which customers cause the firm's cost?
#
# - **trace** the cost of serving to the customers who cause it,
# - **find** who loses money, and which activity makes them so,
# - **decide** what to do about it, without taking every cost for money saved.

# %% [markdown] lang="zh"
# 哪些客户导致了企业成本？
#
# - **追溯**服务成本：谁引起的，就记到谁的头上；
# - **找出**谁在亏钱、亏在哪项活动上；
# - **决定**怎么办，而且不把账上的成本都当成省得下来的钱。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Net profit is gross profit less what it took to serve somebody, counted activity by activity.
#
# **Hard point** The hump of the whale is not money one could have: the rates are full costs, and most of them stay when a customer leaves.
#
# **Board** The eight customers with B's line worked out; below it the list added up, its highest number ringed.
#
# **Homework** Exercises 2.3.4 and 2.3.5. Bring one customer of a shop you know who costs more than they bring, and say by which activity.

# %% [markdown] lang="zh"
# **重点** 净利润等于毛利减去服务成本，而服务成本要按一项项活动来算。
#
# **难点** 鲸鱼曲线的“背”不是唾手可得的钱：单价是全部成本，客户走了，大部分成本还在。
#
# **板书** 八位客户的表，写出 B 一行的算式；下面写累加的一串数，圈出最大的一个。
#
# **作业** 练习 2.3.4 和 2.3.5。再从你熟悉的一家店里找一位“花的比带来的多”的客户，说明亏在哪项活动上。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import datasets, plots, profitability
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## What does it take to serve somebody?
#
# The teaching company (simulated) writes down what it does for whom. Each activity has a *rate*: what one of it costs, in yuan.
# The rates are **full costs**: what a visit is charged at pays for the car and the office as well. Remember that word.

# %% [markdown] lang="zh"
# ## 服务一位客户要做些什么？
#
# 教学公司（模拟数据）记下了为谁做过什么。每项活动有一个*单价*，即做一次要花多少元。这些单价是**全部成本**：拜访一次的单价，把车辆和办公室的费用也摊在里面。请记住“全部”两个字。

# %% [markdown] lang="en" tags=["slide-text"]
# The teaching company (simulated) writes down what it does for whom. Each activity has a *rate*. The rates are **full costs**: a visit
# pays for the car and the office as well.

# %% [markdown] lang="zh"
# 教学公司（模拟数据）记下了为谁做过什么。每项活动有一个*单价*，单价是**全部成本**：拜访一次，也摊了车辆和办公室的费用。

# %%
tables, _ = datasets.load_data(company)
rates = tables["activity_rates"]
rates[["activity", "unit_cost"]]

# %% [markdown] lang="en"
# In `activities`, one row is a customer, a month and an activity, with how many times. We look at 2025. A customer without a row
# cost nothing to serve: perhaps they carried everything home from the shop.

# %% [markdown] lang="zh"
# `activities` 表一行是一位客户、一个月、一项活动，以及做了几次。我们看 2025 年。表里没有的客户不花服务成本：比如自己到店把东西拎回家。

# %%
activities = tables["activities"]
done = activities[activities["month"].dt.year == 2025]
done.head(4)

# %% [markdown] lang="en" minutes=8 rows=["A13"] slide="slide"
# ## Eight customers, by hand
#
# *Gross profit* is what a customer paid, less what the goods cost us. *Cost to serve* is every activity, times its rate. What is
# left is the *net profit*:
#
# $$\text{net profit} = \text{gross profit} - \sum_{\text{activity}} \text{times} \times \text{rate}$$
#
# This is *activity-based costing* (Kaplan and Narayanan, 2001): a cost goes to whoever causes it.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# *毛利*是客户付的钱减去货物成本。*服务成本*是各项活动的次数乘以单价，再加起来。剩下的就是*净利润*：
#
# $$净利润 = 毛利 - \sum_{活动} 次数 \times 单价$$
#
# 这就是*作业成本法*（Kaplan 与 Narayanan，2001）：成本由谁引起，就记到谁的头上。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{net profit} = \text{gross profit} - \sum_{\text{activity}} \text{times} \times \text{rate}$$
#
# A cost goes to whoever causes it: *activity-based costing*.

# %% [markdown] lang="zh"
# $$净利润 = 毛利 - \sum_{活动} 次数 \times 单价$$
#
# 成本由谁引起，就记到谁的头上：*作业成本法*。

# %%
eight = pd.DataFrame(
    {
        "gross_profit": [1800, 1200, 700, 450, 250, 180, 130, 60],
        "home delivery": [12, 30, 6, 4, 2, 9, 1, 0],
        "representative visit": [4, 6, 1, 0, 0, 0, 0, 1],
        "return handling": [1, 5, 0, 0, 1, 2, 0, 0],
    },
    index=pd.Index(list("ABCDEFGH"), name="customer_id"),
)
eight

# %% [markdown] lang="en"
# **2.3.a** A delivery costs 20 yuan, a visit 120, a return 22. What is left of customer **B**?

# %% [markdown] lang="zh"
# **2.3.a** 送货一次 20 元，拜访一次 120 元，退货一次 22 元。客户 **B** 还剩下多少净利润？

# %% tags=["exercise"]
left_of_b = ...
check("2.3.a", left_of_b)

# %% [markdown] lang="en"
# Now all eight at once. The rates lie in a Series; pandas multiplies each column by the rate of the same name.

# %% [markdown] lang="zh"
# 再一次算出八位。单价放进一个 Series；pandas 会把每一列乘以同名的单价。

# %% slide="result"
prices = pd.Series({"home delivery": 20, "representative visit": 120, "return handling": 22})
eight["cost_to_serve"] = (eight[prices.index] * prices).sum(axis=1)
eight["net_profit"] = eight["gross_profit"] - eight["cost_to_serve"]
eight[["gross_profit", "cost_to_serve", "net_profit"]]

# %% [markdown] lang="en"
# Read it aloud: *B has the second largest gross profit and is the worst customer.* Next, rank the eight from best to worst and add up.

# %% [markdown] lang="zh"
# 读出声来：*B 的毛利排第二，却是最差的客户*。接着从最好到最差排队，逐个累加。

# %% slide="result"
ranked = eight["net_profit"].sort_values(ascending=False)
ranked.cumsum()

# %% [markdown] lang="en"
# The sum rises as long as customers earn, and falls with those who lose. Drawn for many customers it looks like the back of a whale:
# the *whale curve*. Here five customers earn, and three take 334 yuan back.
#
# The package does both steps. It wants a list like `activities`, one row per customer and activity; `melt` makes it from our columns.

# %% [markdown] lang="zh"
# 只要客户还赚钱，累加的数就上升；轮到亏钱的客户，就往下掉。客户多了，画出来像鲸鱼的背，所以叫*鲸鱼曲线*。这里五位客户赚钱，另外三位又亏掉 334 元。
#
# 这两步程序包都会做。它要的是像 `activities` 那样的清单，一行是一位客户的一项活动；`melt` 可以把我们的几列变成这样的清单。

# %%
listed = eight[prices.index].melt(var_name="activity", value_name="n_times", ignore_index=False)
listed = listed.reset_index()
unit = prices.rename_axis("activity").reset_index(name="unit_cost")
assert (profitability.cost_by_activity(listed, unit).sum(axis=1) == eight["cost_to_serve"]).all()
curve_of_eight = profitability.whale_curve(eight["net_profit"])
assert curve_of_eight["profit"].tolist()[1:] == ranked.cumsum().tolist()

# %% [markdown] lang="en" tags=["notes"]
# Let them do B on paper first. Most forget to multiply the visits, or take the cost off sales. Then ask about H, the smallest: one visit
# made them a loser, and that visit was our decision, not theirs.

# %% [markdown] lang="zh"
# 先让学生在纸上算 B。多数人会忘记把拜访次数乘以单价，或者从销售额里减成本。再问最小的 H：一次拜访就让 H 变成亏损客户，而去不去拜访，是我们决定的，不是客户决定的。

# %% [markdown] lang="en" minutes=7 rows=["A13"] slide="slide"
# ## The whole company: how much is lost again?
#
# The same for everybody who bought or was served in 2025 (simulated). `pd.DataFrame` puts the three columns side by side, customer
# by customer; who is missing in one of them gets a zero.

# %% [markdown] lang="zh"
# ## 整家公司：有多少利润又亏掉了？
#
# 对 2025 年买过或服务过的每位客户（模拟数据）照样算一遍。`pd.DataFrame` 按客户把三列并排放好；某一列里没有的客户记为零。

# %%
lines = tables["transactions"][tables["transactions"]["order_date"].dt.year == 2025]
gross = (lines["amount"] - lines["cost"]).groupby(lines["customer_id"]).sum()
served = profitability.cost_to_serve(done, rates)
by_hand = pd.DataFrame({"gross_profit": gross, "cost_to_serve": served}).fillna(0.0)

# %% [markdown] lang="en"
# `net_profit` does these steps in one go, for any year. It gives the same:

# %% [markdown] lang="zh"
# `net_profit` 把这几步一次做完，哪一年都行。结果相同：

# %%
profit = profitability.net_profit(lines, done, rates)
assert (profit[by_hand.columns] - by_hand).abs().max().max() < 0.005
profit.nsmallest(4, "net_profit")

# %% [markdown] lang="en"
# Look before you rank: how is the net profit spread? What lies beyond 500 yuan is put into the last bar at each end.

# %% [markdown] lang="zh"
# 排队之前先看一看：净利润是怎么分布的？超出 500 元的，归入两端最后一根柱子。

# %% slide="subslide"
losing = profit["net_profit"] < 0
n_losing, n_all = losing.sum(), len(profit)
ax = profit["net_profit"].clip(-500, 500).plot.hist(bins=40, color=plots.BLUE)
ax.set_title(sentence("{n_losing} of {n_all} customers lie left of zero"))
ax.set_ylabel(t("number of customers"))
ax.set_xlabel(t("net profit, yuan (beyond 500: last bar)"))
ax.axvline(0, color=plots.RED)
plt.show()

# %% [markdown] lang="en" slide="subslide"
# **2.3.b** Before you turn the page, guess. Of all that the earning customers earn, which share do the losing ones take back?
# (a fraction, such as 0.05)

# %% [markdown] lang="zh"
# **2.3.b** 先别往下看，猜一猜：盈利的客户赚到的钱里，有多大比例被亏损的客户亏掉了？（用小数表示，例如 0.05）

# %% tags=["exercise"]
guess = ...
check("2.3.b", guess)

# %% [markdown] lang="en"
# The whale shows it: its back above the waterline was earned on the left and is lost again on the right.

# %% [markdown] lang="zh"
# 看鲸鱼曲线：水面以上的“背”，是左边的客户赚来、右边的客户又亏掉的。

# %% slide="slide"
curve = profitability.whale_curve(profit["net_profit"])
peak, total = curve["profit"].max(), curve["profit"].iloc[-1]
hump = peak - total
ax = plots.plot_whale(curve, currency="CNY")
ax.set_title(sentence("The whale's back: {hump:CNY} earned and lost again"))
plt.show()

# %% [markdown] lang="en"
# How much is it, as a share? And are the biggest customers, by sales, among those who earn?

# %% [markdown] lang="zh"
# 占多大比例？销售额最大的客户，都在赚钱吗？

# %%
lost_share = hump / peak
biggest = profit.nlargest(100, "monetary")
n_bad = (biggest["net_profit"] < 0).sum()

# %%
say(
    "{n_losing} customers take back {hump:CNY}, {lost_share:.0%} of what the others earn; {total:CNY} is left. "
    "Of the 100 biggest by sales, {n_bad} lose money."
)

# %% [markdown] lang="en" slide="subslide"
# Is a whale that size usual? A real firm beside ours: at Kanthal, a Swedish maker of heating wire, a fifth of the customers brought
# 225 % of the profit (Kaplan, 1989; Cooper and Kaplan, 1991). The rest lost more than half of that again. And our best fifth?

# %% [markdown] lang="zh"
# 这么大的“鲸背”常见吗？看一家真实企业：瑞典电热丝厂商康泰尔（Kanthal），五分之一的客户贡献了 225% 的利润（Kaplan，1989；Cooper 与 Kaplan，1991），其余客户又亏掉其中的一大半。我们最好的五分之一呢？

# %% [markdown] lang="en" tags=["slide-text"]
# A real firm: at Kanthal, a Swedish maker of heating wire, a fifth of the customers brought 225 % of the profit (Kaplan, 1989; Cooper and Kaplan, 1991).

# %% [markdown] lang="zh"
# 一家真实企业：瑞典电热丝厂商康泰尔（Kanthal），五分之一的客户贡献了 225% 的利润（Kaplan，1989；Cooper 与 Kaplan，1991）。

# %% slide="result"
best_fifth = profit["net_profit"].nlargest(round(n_all / 5))
shares = {t("our best fifth"): best_fifth.sum() / total, t("Kanthal's best fifth"): 2.25}
pd.Series(shares, name="share_of_profit")

# %% [markdown] lang="en" tags=["notes"]
# Cover the right half of the whale and ask where it ends. Students read the hump as profit one could have by sending these customers
# away. It is not: the rates are full costs. Nobody set how large the hump is; it follows from how the simulated customers order.

# %% [markdown] lang="zh"
# 先遮住图的右半边，问学生曲线停在哪里。常见的误解是“把这些客户送走，就能多出这么多利润”。不对：单价是全部成本。鲸背多高不是谁设定的，是模拟客户的下单方式带来的结果。

# %% [markdown] lang="en" minutes=3 rows=["A13"] slide="slide"
# ## Where this misleads: cost spread by sales
#
# Many firms do not count activities. They add up the cost of serving and spread it over the customers in proportion to sales: twice
# the sales, twice the cost. Who then seems to lose money?

# %% [markdown] lang="zh"
# ## 哪里会误导人：按销售额分摊
#
# 许多企业不数活动，而是把服务成本加总，再按销售额分摊：销售额多一倍，成本也多一倍。这样算，谁看上去在亏钱？

# %%
cost_by_sales = profit["cost_to_serve"].sum() * profit["monetary"] / profit["monetary"].sum()
seems_losing = profit["gross_profit"] < cost_by_sales
n_hidden, n_blamed = (losing & ~seems_losing).sum(), (~losing & seems_losing).sum()
say(
    "Spread by sales, {n_hidden} of the {n_losing} who lose money seem to earn it, and {n_blamed} who earn seem to lose. "
    "The total is the same. Only the blame moves."
)

# %% [markdown] lang="en" minutes=3 rows=["A13"] slide="slide"
# ## Which activity makes them so?
#
# What does each activity cost for every 100 yuan of sales? Add up first, then divide. The mean of each customer's rate would let one
# small order count like the biggest customer.

# %% [markdown] lang="zh"
# ## 亏在哪项活动上？
#
# 每卖出 100 元，各项活动花了多少钱？先加总，再相除。如果对每位客户的比率取平均，一位只有一张小订单的客户，就和最大的客户一样重要。

# %%
costs = profitability.cost_by_activity(done, rates).reindex(profit.index, fill_value=0.0)
group = losing.replace({True: "loses", False: "earns"})
per_100 = 100 * costs.groupby(group).sum().div(profit["monetary"].groupby(group).sum(), axis=0).T
per_100 = per_100.sort_values("loses").rename_axis(columns=None)

# %% [markdown] lang="en"
# Side by side, those who earn and those who lose:

# %% [markdown] lang="zh"
# 盈利的和亏损的，并排比一比：

# %% slide="subslide"
ax = per_100.rename(index=t, columns=t).plot.barh(color=[plots.BLUE, plots.RED], ylabel="")
ax.set_xlabel(t("cost per 100 yuan of sales"))
worst_activity, most = per_100.index[-1], per_100["loses"].iloc[-1]
ax.set_title(sentence("Costs most with those who lose: {worst_activity}, {most:CNY} per 100 of sales"))
plt.show()

# %% [markdown] lang="en"
# Before you blame all of them, count whom this activity was done for at all.

# %% [markdown] lang="zh"
# 先别怪所有人，数一数这项活动究竟用在了多少位客户身上。

# %%
least = per_100.loc[worst_activity, "earns"]
n_visited = (costs.loc[losing, worst_activity] > 0).sum()
say(
    "The {worst_activity} costs {most:CNY} for every 100 of sales to those who lose money, {least:CNY} to those who earn. "
    "It was done for {n_visited} of the {n_losing} who lose."
)

# %% [markdown] lang="en" minutes=3 rows=["A26"] slide="slide"
# ## Where does our effort go, and where does profit come from?
#
# After an analysis of all customers, says the course, spread the marketing effort anew (重新合理分配营销力量) and strengthen the important
# customers. So: five equal groups by sales, the biggest first (`rank` gives places, `qcut` cuts them into fifths). Which share of the effort
# does each take, and where do the losses lie?

# %% [markdown] lang="zh"
# ## 营销力量花在哪里，利润来自哪里？
#
# 课程说，对全部客户分析之后，要“重新合理分配营销力量”，对重要顾客加强力量。那就按销售额从大到小分成五等份（`rank` 排名次，`qcut` 切成五份）：每一份占用了多大比例的营销力量（这里用服务成本衡量），亏损又出在哪里？

# %% [markdown] lang="en" tags=["slide-text"]
# Spread the effort anew, says the course, and strengthen the important customers. Five equal groups by sales, the biggest first:

# %% [markdown] lang="zh"
# 课程说：“重新合理分配营销力量”，对重要顾客加强力量。按销售额从大到小分成五等份：

# %%
place = profit["monetary"].rank(method="first", ascending=False)
fifth = pd.qcut(place, 5, labels=[1, 2, 3, 4, 5]).rename("fifth")
parts = profit[["gross_profit", "cost_to_serve"]].assign(loss=-profit["net_profit"].clip(upper=0))
spread = parts.groupby(fifth, observed=True).sum()
spread = spread / spread.sum()
show(spread, kind="share", digits=0)

# %% [markdown] lang="en"
# Read the first line and the last. Are losses a matter of small customers?

# %% [markdown] lang="zh"
# 读第一行和最后一行：亏损是小客户的事吗？

# %%
effort, earned, lost_first = spread.loc[1, ["cost_to_serve", "gross_profit", "loss"]]
lost_last = spread.loc[5, "loss"]
say(
    "The biggest fifth takes {effort:.0%} of the effort and brings {earned:.0%} of the gross profit. "
    "It also holds {lost_first:.0%} of all losses; the smallest fifth holds {lost_last:.0%}."
)

# %% [markdown] lang="en"
# So before you give the big ones more effort, look at what is left of each. What a *moved* visit would bring is another question, for
# lesson 2.6.

# %% [markdown] lang="zh"
# 所以，在给大客户“加强力量”之前，先看每位客户剩下多少净利润。把一次拜访*换*给别人能带来多少，是另一个问题，第 2.6 课再谈。

# %% [markdown] lang="en" minutes=3 rows=["A26"] slide="slide"
# ## Do the sums, then decide
#
# Three choices for next year: do nothing; let all who lose money go; or phone the fifty worst in place of every second visit. Rates
# are full costs, and they do not all vanish. So each choice is worked out twice: if all of the cost stops, and if half does. Half is
# an **assumption**; so is that nobody buys less, and that next year would be like this one. It may not: who is worst this year had bad luck
# too (optional part of lesson 2.4).

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 明年有三种做法：什么都不做；放弃所有亏损客户；对最差的五十位，每两次拜访改一次为打电话。单价是全部成本，不会全部消失，所以每种做法算两遍：成本全部消失，或只消失一半。“一半”是**假设**；“没有人因此少买”“明年和今年一样”也是假设。明年未必一样：今年最差的客户，多少也有运气不好的成分（第 2.4 课选读）。

# %% [markdown] lang="en" tags=["slide-text"]
# Do nothing; let all losers go; or phone the fifty worst in place of every second visit. **Assumed:** half of the cost stops, and nobody
# buys less.

# %% [markdown] lang="zh"
# 什么都不做；放弃所有亏损客户；对最差的五十位，每两次拜访改一次为打电话。**假设**：成本消失一半，没有人因此少买。

# %%
fifty = profit.nsmallest(50, "net_profit")
rate = rates.set_index("activity")["unit_cost"]
n_fewer = costs.loc[fifty.index, "representative visit"].sum() / rate["representative visit"] / 2
phoned = n_fewer * (rate["representative visit"] - rate["phone order"])
stops, gone = profit.loc[losing, "cost_to_serve"].sum(), profit.loc[losing, "gross_profit"].sum()
choices = [t("do nothing"), t("let all losers go"), t("phone the fifty worst")]
decision = pd.DataFrame({"change_if_all_stops": [0, stops - gone, phoned]}, index=choices)
decision["change_if_half_stops"] = [0, stops / 2 - gone, phoned / 2]
decision

# %% [markdown] lang="en"
# Compare the two columns. Which choice holds in both?

# %% [markdown] lang="zh"
# 比较两列：哪种做法在两种情形下都站得住？

# %%
if_all, if_half = decision.loc[choices[1]]
calls, bearable = phoned / 2, phoned / 2 / fifty["gross_profit"].sum()
best = decision["change_if_half_stops"].idxmax()
say(
    "On paper, letting all losers go changes the profit by {if_all:CNY}; if only half of the cost stops, by {if_half:CNY}, "
    "for their gross profit goes with them. Phoning the fifty saves {calls:CNY}, until they buy about {bearable:.0%} less. "
    "Best, if half stops: {best}."
)

# %% [markdown] lang="en"
# Whoever you begin with, ask them first. *What really stops* when a customer leaves is the question of lesson 2.7.

# %% [markdown] lang="zh"
# 不管从谁做起，先问问客户自己。客户走了，*真正会消失的*是哪些成本？第 2.7 课专门回答。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# The exercises are about **2024**, which you have not seen. `profit_2024` has one row per customer, `costs_2024` what each activity
# cost for them.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用的是你还没见过的 **2024 年**。`profit_2024` 每位客户一行，`costs_2024` 是各项活动为他们花的钱。

# %%
lines_2024 = tables["transactions"][tables["transactions"]["order_date"].dt.year == 2024]
done_2024 = activities[activities["month"].dt.year == 2024]
profit_2024 = profitability.net_profit(lines_2024, done_2024, rates)
costs_2024 = profitability.cost_by_activity(done_2024, rates)
costs_2024 = costs_2024.reindex(profit_2024.index, fill_value=0.0)
practice_on(profit_2024=profit_2024, costs_2024=costs_2024, profit=profit, costs=costs)

# %% [markdown] lang="en"
# **2.3.1** How much money did the customers who lost money take back in 2024, together? (a positive amount)

# %% [markdown] lang="zh"
# **2.3.1** 2024 年亏损的客户一共把多少钱又亏掉了？（填正数金额）

# %% tags=["exercise"]
taken_back = ...
check("2.3.1", taken_back)

# %% [markdown] lang="en"
# **2.3.2** Which share of their gross profit did the hundred biggest customers (by sales) use up in service? (one fraction for all of them)

# %% [markdown] lang="zh"
# **2.3.2** 销售额最大的一百位客户，服务成本合计占毛利合计的多大比例？（用小数表示，例如 0.05）

# %% tags=["exercise"]
used_up = ...
check("2.3.2", used_up)

# %% [markdown] lang="en"
# **2.3.3** Of all that it cost to serve those who lost money, which share was visits by representatives? (a fraction)

# %% [markdown] lang="zh"
# **2.3.3** 在服务亏损客户的全部成本中，业务员拜访占多大比例？（用小数表示）

# %% tags=["exercise"]
visit_share = ...
check("2.3.3", visit_share)

# %% [markdown] lang="en"
# **2.3.4** Another firm gives every customer the same cost to serve: the total, divided by the number of customers. How many customers
# who really earn (by activity) would then seem to lose money?

# %% [markdown] lang="zh"
# **2.3.4** 另一家企业让每位客户承担同样的服务成本：总成本除以客户数。这样一来，实际盈利（按活动计算）的客户中，有多少位看上去在亏钱？

# %% tags=["exercise"]
blamed = ...
check("2.3.4", blamed)

# %% [markdown] lang="en"
# **2.3.5** A judgment, without code. A customer is among the ten biggest by sales, loses money, and complained again and again. The
# sales manager says: our best customer. The controller says: let them go. What do you propose, and what would you want to know first?
# (two or three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.3.5** 思考题，不写代码，没有标准答案。一位客户的销售额排在前十，却在亏损，还一再投诉。销售经理说：这是最好的客户。财务说：放弃。你有什么建议？先要弄清什么？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
proposal = ...
check("2.3.5", proposal)

# %%
quiz("2.3.q1")

# %%
quiz("2.3.q2")

# %%
quiz("2.3.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: one customer, two records
#
# Some customers stand in the books twice. Then the visits may be booked to one record and the sales to the other, and half a customer
# looks like a loser. Chapter 1 finds such pairs; here the truth of the simulation tells them.

# %% [markdown] lang="zh"
# ## 选读：一位客户，两条记录
#
# 有些客户在账上登记了两次。拜访可能记在一条记录上，销售记在另一条上，于是“半位客户”看上去在亏钱。第 1 章讲怎样找出这样的成对记录；这里由模拟数据的真值告诉我们。

# %%
truth = datasets.load_truth("teaching-company")["customers"]
twice = truth.set_index("customer_id")["is_duplicate_of"].dropna()
in_pair = profit_2024.index.isin(twice.index) | profit_2024.index.isin(twice)
n_pairs = (in_pair & (profit_2024["net_profit"] < 0)).sum()
if company == "teaching-company":  # only of this one the truth is known
    say("Before you speak to anybody: {n_pairs} of those who lost money in 2024 are one half of a customer recorded twice.")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **trace** the cost of serving to the customers who cause it,
# - **find** who loses money, and which activity makes them so,
# - **decide** what to do about it, without taking every cost for money saved.
#
# **Words:** gross profit (毛利), cost to serve (服务成本), full cost (全部成本), net profit (净利), activity-based costing (作业成本法),
# whale curve (鲸鱼曲线).
#
# **Next** · 2.4: Good customers, bad customers: may one say no?
#
# **Further reading** · Kaplan & Narayanan (2001), Measuring and managing customer profitability, *Journal of Cost Management* 15(5),
# 5–15 · Kaplan (1989), *Kanthal (A)*, Harvard Business School case 190-002 · Cooper & Kaplan (1991), Profit priorities from activity-based costing,
# *Harvard Business Review* 69(3), 130–135

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **追溯**服务成本：谁引起的，就记到谁的头上；
# - **找出**谁在亏钱、亏在哪项活动上；
# - **决定**怎么办，而且不把账上的成本都当成省得下来的钱。
#
# **术语**：毛利（gross profit）、服务成本（cost to serve）、全部成本（full cost）、净利润（net profit）、作业成本法（activity-based costing）、鲸鱼曲线（whale curve）。
#
# **下一课**：2.4 好客户，差客户：可以说“不”吗？
#
# **延伸阅读**：Kaplan & Narayanan (2001), Measuring and managing customer profitability, *Journal of Cost Management* 15(5), 5–15 · Kaplan (1989), *Kanthal (A)*，哈佛商学院案例 190-002 · Cooper & Kaplan (1991), Profit priorities from activity-based costing, *Harvard Business Review* 69(3), 130–135

# %% [markdown] lang="en" tags=["slide-text"]
# - **trace** the cost of serving to the customers who cause it,
# - **find** who loses money, and which activity makes them so,
# - **decide** what to do about it, without taking every cost for money saved.
#
# **Next** · 2.4: Good customers, bad customers: may one say no?

# %% [markdown] lang="zh"
# - **追溯**服务成本：谁引起的，就记到谁的头上；
# - **找出**谁在亏钱、亏在哪项活动上；
# - **决定**怎么办，而且不把账上的成本都当成省得下来的钱。
#
# **下一课**：2.4 好客户，差客户：可以说“不”吗？

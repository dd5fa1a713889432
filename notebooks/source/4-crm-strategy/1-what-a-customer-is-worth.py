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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["2.3"] rows=["D25", "D26", "D27", "D28", "D29"] slide="slide"
# # 1 · What is a customer worth?
#
# A big restaurant talks of leaving. “Let me pay them what they are worth to us,” says the sales head, “then they stay, and we lose nothing.” What is the customer
# worth, and how much may we pay?
#
# In this lesson you will
#
# - **compute** what a customer is worth, from the profits of years to come,
# - **test** whether last year's profit is a forecast, of a group and of one customer,
# - **decide** how much we may pay at most to keep one customer.

# %% [markdown] lang="zh"
# # 1 · 一位客户值多少钱？
#
# 一家大餐馆说要换供应商。销售总监说：“这位客户值多少钱，就让我花多少钱去留。留住了，我们就不亏。”这位客户究竟值多少？我们最多能花多少？
#
# 在这一课里，你将
#
# - **计算**：一位客户值多少钱，从今后各年的利润算起；
# - **检验**：去年的利润能不能当作预测，对一群客户行不行，对一位客户行不行；
# - **决定**：为了留住一位客户，最多能花多少钱。

# %% [markdown] lang="en" tags=["slide-text"]
# “Let me pay them what they are worth to us, then they stay, and we lose nothing.”
#
# - **compute** what a customer is worth,
# - **test** whether last year's profit is a forecast,
# - **decide** how much we may pay at most to keep one customer.

# %% [markdown] lang="zh"
# “这位客户值多少钱，就让我花多少钱去留。”
#
# - **计算**：一位客户值多少钱；
# - **检验**：去年的利润能不能当作预测；
# - **决定**：最多能花多少钱留住一位客户。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A customer is worth the profits to come, discounted. What we may pay is the *change* of that value, not the value.
#
# **Hard point** A forecast that is right for a group can be wrong for nearly every customer in it. And who is still here makes the past look steady.
#
# **Board** B's three years as a line of time, each sum pulled back to today by 1.1, 1.1², 1.1³. Below it: most we may pay = (chance to stay with − without) × CLV.
#
# **Homework** Exercises 4.1.4 and 4.1.5. Find an offer that was made to you so that you stay: what did it cost, and would you have stayed anyway?

# %% [markdown] lang="zh"
# **重点** 客户的价值，是今后各年利润折算到今天的总和。能花多少钱，看的是这个价值的*变化*，不是价值本身。
#
# **难点** 对一群客户来说准的预测，对其中几乎每一位都可能不准。只看今天还在的客户，过去就显得特别稳定。
#
# **板书** 把 B 的三年画成一条时间轴，每笔钱分别除以 1.1、1.1²、1.1³，拉回今天。下面写：最多能花的钱 =（有优惠时留下的概率 − 没有优惠时留下的概率）× 客户终身价值。
#
# **作业** 练习 4.1.4 和 4.1.5。找一个商家为了留住你而给的优惠：它花了多少钱？没有这个优惠，你会不会也留下？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import datasets, growth, plots, profitability, value
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 rows=["D26"] slide="slide"
# ## Income less cost
#
# The course calls it 客户盈利性, **customer profitability**: the income that a customer brings in a period, less what the customer costs in it. Three tables of the
# teaching company (**simulated**) hold it: `transactions`, one row per line of an order, with what the goods cost us; `activities`, what we did for whom in a month; and `activity_rates`, what
# one of each costs. They cover three years, 2023 to 2025.

# %% [markdown] lang="zh"
# ## 收入减去成本
#
# 课程里叫**客户盈利性**（customer profitability）：在特定时期内，客户带来的收入减去成本。教学公司（**模拟**数据）有三张表用得上：`transactions` 一行是一张订单里的一种商品，记着货物成本；`activities` 记着哪个月为谁做过什么；`activity_rates` 是各项活动做一次要花多少元。数据从 2023 年到 2025 年，共三年。

# %% [markdown] lang="en" tags=["slide-text"]
# **Customer profitability** (客户盈利性): the income that a customer brings in a period, less what the customer costs in it.
#
# The teaching company (**simulated**), 2023 to 2025: sales, goods, and what we did for whom.

# %% [markdown] lang="zh"
# **客户盈利性**：在特定时期内，客户带来的收入减去成本。
#
# 教学公司（**模拟**数据），2023 到 2025 年：销售、货物成本、为谁做过什么。

# %%
tables, _ = datasets.load_data(company)
sales, activities = tables["transactions"], tables["activities"]
rates = tables["activity_rates"]

# %% [markdown] lang="en"
# `net_profit` of lesson 2.3 gives the profit of each customer in a period; `yearly_profits` does so for each year, a column for each, in yuan. Who was no customer in a year has no number there.

# %% [markdown] lang="zh"
# 第 2.3 课的 `net_profit` 算出每位客户一段时期的净利润；`yearly_profits` 一年一列，逐年算好，单位元。哪一年不是客户，哪一年就空着。

# %%
by_year = profitability.yearly_profits(sales, activities, rates)
by_year.head(3)

# %% [markdown] lang="en"
# Look before anything is ranked: the restaurants of 2025.

# %% [markdown] lang="zh"
# 先看分布，再排名次：2025 年的餐馆客户。

# %% slide="result"
ids = tables["customers"].query("industry == 'restaurant'")["customer_id"]
restaurants = by_year[by_year.index.isin(ids)]
n_restaurants, n_losing = restaurants[2025].count(), (restaurants[2025] < 0).sum()
ax = plots.plot_histogram(restaurants[2025].dropna(), label=t("net profit of a restaurant in 2025, yuan"), bins=30)
ax.set_title(sentence("{n_restaurants} restaurants, {n_losing} of them lost us money (simulated)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# The sales head's customer is, of the restaurants that were with us in all three years, the one with the largest profit in 2025. Its profit of 2025 by hand: income, less goods, less everything we did. The table shows its three years.

# %% [markdown] lang="zh"
# 销售总监说的，是三年都在的餐馆里 2025 年利润最大的那一家。亲手算一遍它 2025 年的利润：收入减去货物成本，再减去我们为它做的每一件事。下表是它三年的利润。

# %% slide="result"
big = restaurants.dropna()[2025].idxmax()
bought, served = sales[sales["customer_id"] == big], activities[activities["customer_id"] == big]
bought, served = bought.query("order_date >= '2025'"), served.query("month >= '2025'")
costs = served.merge(rates, on="activity").eval("n_times * unit_cost").sum()
last = by_year.loc[big, 2025]
assert abs(bought["amount"].sum() - bought["cost"].sum() - costs - last) < 0.005
by_year.loc[big].rename("net_profit").rename_axis("year")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## In words, then as a formula
#
# **Customer lifetime value** (客户终身价值, CLV), says the course, is the sum of what the customer contributes to our profit in all periods to come. It is a measure that looks *forward*, and it joins income, cost and the
# customer's behavior. A yuan that comes in a year is worth less than a yuan today: at a **discount rate** (折现率) $d$ of 10 % it takes 1.10 yuan in a year to make up for 1 today. So
#
# $$\text{CLV} = \sum_{i=1}^{n} \frac{\pi_i}{(1+d)^i}$$
#
# $\pi_i$ is the profit of period $i$ on sales, **plus any gain beside sales** in that period, as from customers whom this one recommended; $n$ is how many periods the relation lasts (关系生命周期). The first profit is discounted already: money comes at the *end* of a period. A gain by recommendation
# is counted once: with the one who recommended, or with the one who came.

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 课程的定义：**客户终身价值**（Customer Lifetime Value，CLV）是客户在未来所有时期对企业利润的贡献总和。它*面向未来*，把收入、支出和客户行为整合在一起。一年以后的一元，不如今天的一元值钱：**折现率** $d$ 取 10%，一年以后要有 1.10 元，才抵得上今天的 1 元。所以
#
# $$CLV = \sum_{i=1}^{n} \frac{\pi_i}{(1+d)^i}$$
#
# $\pi_i$ 是第 $i$ 期的销售利润，**加上这一期的非销售性收益**，例如这位客户推荐来的新客户贡献的利润；$n$ 是关系生命周期，一共多少期。第一期的利润就已经折现，也就是说：钱在每一期的*期末*才到。推荐收益只算一次：记在推荐人名下，或者记在新客户名下。

# %% [markdown] lang="en" tags=["slide-text"]
# **Customer lifetime value** (客户终身价值): the sum of what the customer contributes to our profit in all periods to come.
#
# $$\text{CLV} = \sum_{i=1}^{n} \frac{\pi_i}{(1+d)^i}$$
#
# - $\pi_i$: profit on sales in period $i$, plus gains beside sales (a recommendation, counted once)
# - $d$: discount rate (折现率) · $n$: how many periods · money comes at the *end* of a period

# %% [markdown] lang="zh"
# **客户终身价值**：客户在未来所有时期对企业利润的贡献总和。
#
# $$CLV = \sum_{i=1}^{n} \frac{\pi_i}{(1+d)^i}$$
#
# - $\pi_i$：第 $i$ 期的销售利润，加上非销售性收益（推荐收益只算一次）
# - $d$：折现率 · $n$：多少期 · 钱在每一期的*期末*才到

# %% [markdown] lang="en" minutes=8 rows=["D29"] slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in: what each will bring in three years, in yuan, and a gain in 2027 from somebody whom they recommend. Today is 1 January 2026.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户：今后三年每年贡献多少利润（元），以及推荐新客户在 2027 年的收益。今天是 2026 年 1 月 1 日。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight[2026] = [1000, 900, 300, 0, -500, 400, 1500, -200]
eight[2027] = [1000, 600, 600, 0, 900, 400, 0, 100]
eight[2028] = [1000, 300, 900, 2000, 900, 400, 0, 100]
eight["referral_in_2027"] = [0, 250, 0, 0, 0, 0, 0, 0]
eight

# %% [markdown] lang="en" slide="fragment"
# **4.1.a** Your turn: what is B worth today, at 10 % a year? B brings 900, 600 and 300, and in 2027 a gain of 250 by recommendation. (in yuan)

# %% [markdown] lang="zh"
# **4.1.a** 你来算：按每年 10% 折现，B 今天值多少？B 三年的利润是 900、600、300，2027 年还有 250 的推荐收益。（单位元）

# %% tags=["exercise"]
worth_of_b = ...
check("4.1.a", worth_of_b)

# %% [markdown] lang="en" slide="subslide"
# Now all eight. Each year has its factor, $1/1.1$, $1/1.1^2$, $1/1.1^3$; pandas multiplies each column by the factor of the same name.

# %% [markdown] lang="zh"
# 再算全部八位。每一年有自己的系数：$1/1.1$、$1/1.1^2$、$1/1.1^3$；pandas 会把每一列乘以同名的系数。

# %% slide="result"
gains = eight[[2026, 2027, 2028]].copy()
gains[2027] += eight["referral_in_2027"]
factors = pd.Series({2026: 1 / 1.1, 2027: 1 / 1.1**2, 2028: 1 / 1.1**3})
by_hand = (gains * factors).sum(axis=1)
pd.DataFrame({"sum_of_profits": gains.sum(axis=1), "lifetime_value": by_hand})

# %% [markdown] lang="en"
# Read E and F aloud: *E brings more than F in all, and is worth less*, for E costs us first and pays later. H brings exactly 0 in all, and is worth less than nothing.
#
# `customer_lifetime_value` does the same for one customer. The `timing` of the course is "end". Money that comes all year round comes in the middle, more or less:

# %% [markdown] lang="zh"
# 把 E 和 F 两行读出声来：*E 的利润总和比 F 多，却不如 F 值钱*，因为 E 先亏后赚。H 的总和正好是 0，价值却是负的。
#
# `customer_lifetime_value` 对一位客户做同样的事。课程的算法是期末（`timing="end"`）。如果钱一年到头陆续到账，大致相当于期中（middle）：

# %% slide="result"
helper = [value.customer_lifetime_value(row, discount_rate=0.10) for _, row in gains.iterrows()]
assert max(abs(by_hand - helper)) < 1e-9
pd.Series({t(when): value.customer_lifetime_value(gains.loc["A"], discount_rate=0.10, timing=when)
           for when in ("end", "middle", "start")}, name="value")

# %% [markdown] lang="en" slide="subslide"
# From end to start is a factor of 1.1, whatever the profits are: when money comes must be said. And the rate must be of the same length as the period. 10 % a year is not 10 % a month; a month's rate is $(1 + d)^{1/12} - 1$.
# Customer A, once more, paid month by month, which comes near the “middle” above:

# %% [markdown] lang="zh"
# 期初到账的价值，总是期末到账的 1.1 倍，和利润是多少无关：所以钱什么时候到，必须说清楚。折现率还要和一期的长短配套。每年 10% 不是每月 10%；月折现率是 $(1 + d)^{1/12} - 1$。客户 A 的钱改为每月到账，再算一遍，结果接近上表的“期中”：

# %% [markdown] lang="en" tags=["slide-text"]
# From end to start: a factor of 1.1. Say when money comes.
#
# A month's rate is $(1 + d)^{1/12} - 1$. Customer A, month by month:

# %% [markdown] lang="zh"
# 期初是期末的 1.1 倍：钱什么时候到，要说清楚。
#
# 月折现率是 $(1 + d)^{1/12} - 1$。客户 A 按月再算：

# %% slide="result"
tried = {t("a month's rate"): 1.10 ** (1 / 12) - 1, t("wrong: the year's rate"): 0.10}
monthly = [1000 / 12] * 36
pd.Series({name: value.customer_lifetime_value(monthly, discount_rate=rate)
           for name, rate in tried.items()}, name="value")

# %% [markdown] lang="en" tags=["notes"]
# Let them do B on paper, on a line of time. Common: the first year not discounted; the gain of 250 added at the end without discount; 10 % off (times 0.9) in place of divided by 1.1; the sum divided once. Ask what E would have to bring in 2028 to be worth as much as F.

# %% [markdown] lang="zh"
# 让学生先在纸上画时间轴算 B。常见错误：第一年不折现；250 的推荐收益不折现就加上；不是除以 1.1，而是乘以 0.9；先加总，再只折现一次。追问：E 在 2028 年要贡献多少，才和 F 一样值钱？

# %% [markdown] lang="en" minutes=5 rows=["D28"] slide="slide"
# ## The tree of profit
#
# Where does the $\pi$ of a year come from? The course draws a tree, for a period $t$ and the next:
#
# $$P_t = R_t - C_t, \quad R_t = f(\text{demand}, \text{price}), \quad C_t = f(\text{sales}, \text{service}, \text{activities})$$
#
# and beside it the **inputs** (投入): what we pay in $t$ to win customers, to advertise and to keep customers, so that $R_{t+1}$ comes. `profit_tree` makes one row per branch, *how many* times *how much*. Here the year 2025 of our restaurant:

# %% [markdown] lang="zh"
# ## 利润树
#
# 一年的 $\pi$ 从哪里来？课程画了一棵树，第 $t$ 期连着第 $t+1$ 期：
#
# $$P_t = R_t - C_t，\quad R_t = f（需求，价格），\quad C_t = f（销售，服务，作业）$$
#
# 这里的“作业”不是习题，是为客户做的各项活动（第 2.3 课）。旁边还有**投入**：为了有 $R_{t+1}$，第 $t$ 期先花的获取客户、做广告、挽留客户的钱。`profit_tree` 一个分支一行，*多少*乘以*每单位多少钱*。先看这家餐馆的 2025 年：

# %% [markdown] lang="en" tags=["slide-text"]
# $$P_t = R_t - C_t, \quad R_t = f(\text{demand}, \text{price}), \quad C_t = f(\text{sales}, \text{service}, \text{activities})$$
#
# **Inputs** (投入): what we pay in $t$ to win and to keep customers, so that $R_{t+1}$ comes.
#
# `profit_tree`: one row per branch, *how many* times *how much*. The restaurant in 2025:

# %% [markdown] lang="zh"
# $$P_t = R_t - C_t，\quad R_t = f（需求，价格），\quad C_t = f（销售，服务，作业）$$
#
# **投入**：为了有 $R_{t+1}$，第 $t$ 期先花的获取和挽留客户的钱。
#
# `profit_tree`：一个分支一行，*多少*乘以*每单位多少钱*。这家餐馆的 2025 年：

# %% slide="result"
tree = profitability.profit_tree(bought, served, rates)
assert abs(tree["amount"].sum() - last) < 0.005
tree

# %% [markdown] lang="en" slide="subslide"
# Next the whole company, and the step from $t$ to $t+1$: what changed from 2024 to 2025, branch by branch. With quantity $q$ and price $p$ of each product, then (1) and now (2):
#
# $$q_2 p_2 - q_1 p_1 = (q_2 - q_1)\, p_1 + q_2\, (p_2 - p_1)$$
#
# The first part is more or fewer pieces, the second is dearer or cheaper. Together they are the change: nothing is left over.

# %% [markdown] lang="zh"
# 再看整家公司，从 $t$ 到 $t+1$：2024 年到 2025 年，一个分支一个分支地看变化。每种商品的数量记作 $q$，价格记作 $p$，原来是 1，现在是 2：
#
# $$q_2 p_2 - q_1 p_1 = (q_2 - q_1)\, p_1 + q_2\, (p_2 - p_1)$$
#
# 前一部分是卖得多了还是少了，后一部分是贵了还是便宜了。两部分加起来就是全部变化，一分不剩。

# %% [markdown] lang="en" tags=["slide-text"]
# $$q_2 p_2 - q_1 p_1 = (q_2 - q_1)\, p_1 + q_2\, (p_2 - p_1)$$
#
# More or fewer pieces, and dearer or cheaper: together they are the change.

# %% [markdown] lang="zh"
# $$q_2 p_2 - q_1 p_1 = (q_2 - q_1)\, p_1 + q_2\, (p_2 - p_1)$$
#
# 前一部分是数量的影响，后一部分是价格的影响，加起来就是全部变化。

# %% slide="result"
later_sales, later_done = sales.query("order_date >= '2024'"), activities.query("month >= '2024'")
change = profitability.profit_change(later_sales, later_done, rates, day="2025-01-01")
assert abs(change["change"].sum() - (by_year[2025].sum() - by_year[2024].sum())) < 0.05
change

# %% [markdown] lang="en"
# Of 100 yuan of new sales, how many became profit? And what is left of 2025 after the inputs? They are no cost of a single customer: nobody wrote down for whom they were spent. Costs of the firm as a whole, such as rent, are in no table.

# %% [markdown] lang="zh"
# 多卖出 100 元，有多少变成了利润？扣除投入以后，2025 年还剩多少？投入不算在哪一位客户头上：没有人记下是为谁花的。房租一类整个企业的成本，这些表里没有。

# %%
more_sales, more_profit = change.loc["sales", "change"], change["change"].sum()
of_100 = 100 * more_profit / more_sales
inputs = tables["marketing_spending"].query("month >= '2025'")["spent"].sum()
left = by_year[2025].sum() - inputs
say("Sales changed by {more_sales:CNY}, profit by {more_profit:CNY}: {of_100:.0f} yuan for each 100 of sales. After inputs of {inputs:CNY} the year leaves {left:CNY}; what they bought comes later, if it comes.")

# %% [markdown] lang="en" minutes=6 rows=["D25", "D26"] slide="slide"
# ## Where it misleads: last year's profit is no forecast
#
# The formula asks for profits *to come*. Nobody has them, so most people carry last year's profit forward. We can test that: take the profit of 2023, expect it again in 2024 and in 2025, and look at what came.

# %% [markdown] lang="zh"
# ## 哪里会误导人：去年的利润不是预测
#
# 公式要的是*今后*的利润。谁也没有，所以多数人把去年的利润照搬过去。这可以检验：假定 2023 年的利润在 2024 年、2025 年照样再来，看看实际来了多少。

# %%
best = restaurants.nlargest(20, 2023).fillna(0)

# %% [markdown] lang="en" slide="fragment"
# **4.1.b** Guess before you look. The 20 restaurants with the largest profit in 2023: of every yuan that we would have expected of them in 2024 and 2025, what part came? (1 is all of it)

# %% [markdown] lang="zh"
# **4.1.b** 先猜再看。2023 年利润最大的 20 家餐馆，我们预期它们 2024 年和 2025 年每年照样贡献。预期的每一元里，实际来了多少？（1 就是全部）

# %% tags=["exercise"]
guess = ...
check("4.1.b", guess)

# %% [markdown] lang="en" slide="subslide"
# Everybody who was a customer in 2023, in five groups of the same size by the profit of 2023. `carry_forward` gives the mean of each group then and in 2025, where who brought nothing counts as 0; and, as a list made today would show it, the mean of those who still bought in 2025.

# %% [markdown] lang="zh"
# 2023 年的全部客户，按 2023 年的利润分成人数相同的五组。`carry_forward` 给出每组当年和 2025 年的平均利润，不再买的记 0；再给出 2025 年还在买的人的平均利润，今天列名单，看到的就是他们。

# %% [markdown] lang="en" tags=["slide-text"]
# The customers of 2023, in five groups by the profit of 2023. Then 2025: all of them (who brought nothing counts as 0), and those who still bought.

# %% [markdown] lang="zh"
# 2023 年的客户，按当年利润分成五组。再看 2025 年：全部（不再买的记 0），以及还在买的。

# %% slide="result"
then, now = by_year[2023].dropna(), by_year[2025]
buyers = sales.query("order_date >= '2025'")["customer_id"].unique()
groups = value.carry_forward(then, now, is_here=pd.Series(True, index=buyers))
best_then, best_now, best_here = groups.loc[5, ["before", "after", "after_here"]]
fifth = then.nlargest(groups.loc[5, "n_customers"])
here_then = fifth[fifth.index.isin(buyers)].mean()
ax = plots.plot_carry_forward(groups, currency="CNY")
ax.set_title(sentence("Best fifth: {best_then:CNY}, now {best_now:CNY}; its customers still here: {here_then:CNY}, now {best_here:CNY} (simulated)"))
plt.show()

# %% [markdown] lang="en"
# Two things pull to the middle. Who leaves brings 0. And some of those at the ends had a lucky or an unlucky year, and such a year does not come again: **regression to the mean** (向均值回归). A third lifts all groups: those who stay may buy more. Which of them is at work in the best fifth? Compare the *same* people, those still here, then and now (in the title); a list of today hides the others.
#
# How good is the forecast, for all together, for the best, and for *one* customer?

# %% [markdown] lang="zh"
# 有两件事把两端拉向中间。走了的客户，贡献是 0。还有些客户只是碰上了运气特别好或特别差的一年，这样的一年不会再来：这叫**向均值回归**（regression to the mean）。还有一件事抬高每一组：留下来的客户可能越买越多。最高一组里，起作用的是哪一件？要比就比*同一批*人：还在的客户，当年多少，现在多少（见图的标题）。走了的客户，今天的名单上看不见。
#
# 这个预测准不准？对全部客户，对最好的客户，对*一位*客户，分别看。

# %%
came, here = now.reindex(then.index).fillna(0), best[best.index.isin(buyers)]
best_share, here_share = (
    (rows[2024] + rows[2025]).sum() / (2 * rows[2023].sum()) for rows in (best, here))
all_share = came.sum() / then.sum()
miss, size = (came - then).abs().mean(), then.abs().mean()
say("For each yuan expected, all customers brought {all_share:CNY.2}, the 20 best restaurants {best_share:CNY.2}, and those of the 20 who are still here {here_share:CNY.2}. For one customer the forecast misses by {miss:CNY} on average, where a customer brings or costs {size:CNY}.")

# %% [markdown] lang="en" slide="subslide"
# Twenty restaurants are few: another twenty would give another number. And how a forecast does for all together says little about one customer. Do the ends move to the middle in a **real** firm? CDNOW sold music in the United States; here are 2,357 people who bought first in early 1997. We have their sales only, **no costs**, so read it as income. First purchases are left out: we take the second half of 1997, expect it again, and look at the first half of 1998 (without Christmas).

# %% [markdown] lang="zh"
# 20 家餐馆不算多，换 20 家，数字会不一样。对全部客户合起来准不准，和对其中一位准不准，也是两回事。**真实**的企业里，两端也会向中间靠拢吗？CDNOW 当年在美国网上卖唱片；这里是 1997 年初第一次购买的 2357 人。只有销售额，**没有成本**，所以看的是收入。第一次购买不算在内：假定 1997 年下半年的购买照样再来，看看 1998 年上半年（没有圣诞节）来了多少。

# %% [markdown] lang="en" tags=["slide-text"]
# A **real** firm: CDNOW (music, United States), 2,357 people who bought first in early 1997. Sales only, **no costs**.
#
# The second half of 1997, expected again, and the first half of 1998.

# %% [markdown] lang="zh"
# **真实**的企业：CDNOW（美国网上唱片店），1997 年初第一次购买的 2357 人。只有销售额，**没有成本**。
#
# 假定 1997 年下半年的购买照样再来，看 1998 年上半年。

# %% slide="result"
cdnow = datasets.load_cdnow()
halves = growth.before_and_after(cdnow[cdnow["order_date"] >= "1997-07-01"], "1998-01-01")
halves = halves.reindex(cdnow["customer_id"].unique(), fill_value=0)
real = value.carry_forward(halves["before"], halves["after"])
show(real, currency="USD")

# %% [markdown] lang="en"
# The three lowest groups bought nothing in late 1997. How much of a dollar came again in the best fifth?

# %% [markdown] lang="zh"
# 最低的三组，1997 年下半年什么也没买。最高的一组，每一美元又来了多少？

# %%
real_share, from_nothing = real.loc[5, "came_share"], real.loc[:3, "after"].mean()
assert real.loc[:3, "before"].eq(0).all()
say("CDNOW: of a dollar of the best fifth {real_share:USD.2} came again; those who had bought nothing spent {from_nothing:USD.2} each.")

# %% [markdown] lang="en" minutes=4 rows=["D27"] slide="slide"
# ## What does the value hang on?
#
# The course names what moves CLV: customer profitability, the length of the relation (关系生命周期), and the discount rate. We move each alone, and the others stay. The ranges: the profit from half of last year's to the best of our three years; length 2, 5, 10 years; rate 6, 10, 14 %. All but the best year are **assumed**: our tables hold three years. The base expects last year's profit again, of a customer whom we picked because it was large: remember the test above.

# %% [markdown] lang="zh"
# ## 价值取决于什么？
#
# 课程列出了客户终身价值的影响因素：客户盈利性、关系生命周期、折现率。每次只动一个，其余不变。范围这样定：利润从去年的一半，到三年里最好的一年；年数 2、5、10 年；折现率 6%、10%、14%。除了最好的一年，都是**假设**：我们的数据只有三年。基准值假定去年的利润照样再来，而这位客户正是因为去年利润大才挑出来的：别忘了上面的检验。

# %% [markdown] lang="en" tags=["slide-text"]
# What moves CLV: profitability, the length of the relation, the discount rate. We move each alone.
#
# Profit: from half of last year's to the best of three. Length (2, 5, 10 years) and rate (6, 10, 14 %): **assumed**.

# %% [markdown] lang="zh"
# 影响因素：客户盈利性、关系生命周期、折现率。每次只动一个。
#
# 利润：从去年的一半，到三年里最好的一年。年数（2、5、10 年）和折现率（6%、10%、14%）是**假设**。

# %%
def worth(yearly_profit, n_years, discount_rate):
    profits = [yearly_profit] * int(n_years)
    return value.customer_lifetime_value(profits, discount_rate=discount_rate)

clv = worth(last, 5, 0.10)

# %% [markdown] lang="en"
# The low, the middle and the high end of each; `last` is last year's profit:

# %% [markdown] lang="zh"
# 每个因素的低值、基准值和高值；`last` 是去年的利润：

# %%
ranges = pd.DataFrame(columns=["low", "base", "high"], dtype=float)
ranges.loc["yearly_profit"] = [last / 2, last, by_year.loc[big].max()]
ranges.loc["n_years"] = [2, 5, 10]
ranges.loc["discount_rate"] = [0.06, 0.10, 0.14]

# %% [markdown] lang="en"
# `sensitivity` calls `worth` with each end in turn, and puts the widest first. Such a figure is called a **tornado**.

# %% [markdown] lang="zh"
# `sensitivity` 依次把每个因素的两端代入 `worth`，波动最大的排在最上面。这种图叫**龙卷风图**（tornado）。

# %% slide="result"
found = value.sensitivity(worth, ranges)
least = t(found.index[-1].replace("_", " "))
ax = plots.plot_sensitivity(found, currency="CNY")
ax.set_title(sentence("Worth {clv:CNY} if last year's profit comes five times; the {least} matters least (simulated)"))
plt.show()

# %% [markdown] lang="en"
# A bar is as wide as the range that was chosen: ask for the range before you read the bar. And beware of sums without an end: the same profit for ever is worth $\pi / d$, at 10 % ten years' profit, and 62 % of that ($1 / 1.1^5$) comes after the fifth year, which nobody has seen.

# %% [markdown] lang="zh"
# 范围定得宽，条就长：看图之前，先问范围是怎么定的。还要提防没有尽头的求和：每年同样的利润一直来下去，值 $\pi / d$，折现率 10% 就是十年的利润；其中 62%（$1 / 1.1^5$）来自第五年以后，谁也没有见过。

# %% [markdown] lang="en" minutes=3 rows=["D25", "D28"] slide="slide"
# ## Do the sums, then decide: how much may we pay?
#
# The sales head would pay the whole CLV. But an offer is an input: it buys a *change*. If the customer stays with a chance of $s_0$ without the offer and of $s_1$ with it, what the offer changes is
#
# $$\text{most we may pay} = (s_1 - s_0) \cdot \text{CLV}$$
#
# The whole CLV is right only if they leave for certain without it, and stay for certain with it. **Assumed**: they stay with 70 % if we do nothing; with the offers as in the table. Net profit is on the careful side: when they go, a part of the service cost stays with us (lesson 2.3).

# %% [markdown] lang="zh"
# ## 算清账，再决定：最多能花多少？
#
# 销售总监愿意花掉全部客户终身价值。可优惠是一种投入，买来的只是*变化*。没有优惠，客户留下的概率是 $s_0$；有优惠，是 $s_1$。优惠改变的是
#
# $$最多能花的钱 = (s_1 - s_0) \cdot CLV$$
#
# 只有“不给优惠必走、给了优惠必留”，才能花掉全部客户终身价值。**假设**：什么也不做，留下的概率是 70%；各种优惠的概率见表。用净利润算是偏谨慎的：客户走了，一部分服务成本还在（第 2.3 课）。

# %% [markdown] lang="en" tags=["slide-text"]
# An offer buys a *change*. They stay with a chance of $s_0$ without it, of $s_1$ with it:
#
# $$\text{most we may pay} = (s_1 - s_0) \cdot \text{CLV}$$
#
# **Assumed**: 70 % stay if we do nothing; with the offers as in the table.

# %% [markdown] lang="zh"
# 优惠买来的只是*变化*。没有优惠留下的概率 $s_0$，有优惠 $s_1$：
#
# $$最多能花的钱 = (s_1 - s_0) \cdot CLV$$
#
# **假设**：什么也不做，70% 会留下；各种优惠的概率见表。

# %% slide="result"
offers = pd.DataFrame(index=[
    t("do nothing"), t("bonus: 5% of last year's sales"), t("a visit a month"), t("pay the whole CLV")])
offers["cost"] = [0, 0.05 * bought["amount"].sum(), 12 * 120, clv]
offers["needed_share"] = offers["cost"] / clv
offers["stay_share"] = [0.70, 0.80, 0.80, 0.95]
raised = offers["stay_share"] - 0.70
offers["gain"] = raised * clv - offers["cost"]
offers["gain_if_2_years"] = raised * worth(last, 2, 0.10) - offers["cost"]
offers

# %% [markdown] lang="en"
# Read the column `needed_share` first. It needs no assumption about what an offer does: by so much must the chance to stay rise, or the offer does not earn back its cost. Then ask how much less profit the best offer can stand.

# %% [markdown] lang="zh"
# 先读 `needed_share`（至少要提高多少）这一列。它不用假设优惠有多大作用：留下的概率至少要提高这么多，优惠才回本。再问一句：以后的利润比去年少多少，最好的优惠就不划算了？

# %%
choice, choice_if_short = offers["gain"].idxmax(), offers["gain_if_2_years"].idxmax()
for_ten, lost = 0.10 * clv, -offers["gain"].iloc[-1]
needs = offers["cost"].iloc[1] / (raised.iloc[1] * clv)
say("Ten points more are worth {for_ten:CNY}; to pay the whole CLV would lose {lost:CNY}. Best is “{choice}”; if they stay two years and not five, “{choice_if_short}”. The bonus pays only if {needs:.0%} of last year's profit comes every year; of the best restaurants still here {here_share:.0%} came.")

# %% [markdown] lang="en"
# All of it hangs on $s_1 - s_0$, and nobody has measured it. Who stays after an offer has not stayed *because* of it. What would tell: make the offer to some customers drawn by lot, and compare (lesson 4.6).

# %% [markdown] lang="zh"
# 结论全看 $s_1 - s_0$，而这个差谁也没有量过。给了优惠以后留下来，不等于*因为*优惠才留下来。怎样才能知道？抽签选一部分客户给优惠，再作比较（第 4.6 课）。

# %% [markdown] lang="en" tags=["notes"]
# Write the sales head's sentence on the board and let them find the mistake before the formula. Most say “too much risk”. The point is another: what would have been ours anyway is not bought by the offer.

# %% [markdown] lang="zh"
# 先把销售总监的话写在黑板上，让学生自己找错，再给公式。多数人会说“风险太大”。关键不在这里：不给优惠也属于我们的那部分，不是优惠买来的。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# Other customers, other years. `shop_profits`: the profits of 2023, 2024 and 2025 of the shop that brought most in 2025, as a forecast for **2026, 2027 and 2028** · `plans`: what a subscription of the fresh box brings and costs a month, by plan · `change_2024`: as `change`, from **2023 to 2024** · `yearly_profit`: what the best **institution** brought in 2025.
# Stuck? `hint("4.1.1")`, then `solution("4.1.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换一些客户，换一些年份。`shop_profits` 是 2025 年利润最大的那家小店 2023、2024、2025 年的利润，当作 **2026、2027、2028 年**的预测 · `plans` 是鲜食月套餐每月的收费和成本，一行一种套餐 · `change_2024` 和 `change` 一样，是 **2023 年到 2024 年**的变化 · `yearly_profit` 是利润最大的那家**机构**客户 2025 年的利润。卡住了，可以用 `hint("4.1.1")`，再用 `solution("4.1.1")`。

# %%
industry = tables["customers"].set_index("customer_id")["industry"].reindex(by_year.index)
shops, institutions = (by_year[industry == name].dropna() for name in ("shop", "institution"))
shop_profits = shops.nlargest(1, 2025).iloc[0].set_axis([2026, 2027, 2028])
yearly_profit = institutions[2025].max()
plans = tables["subscriptions"].groupby("plan")[["monthly_fee", "monthly_cost"]].last()
early_sales, early_done = sales.query("order_date < '2025'"), activities.query("month < '2025'")
change_2024 = profitability.profit_change(early_sales, early_done, rates, day="2024-01-01")
practice_on(
    shop_profits=shop_profits, plans=plans, change_2024=change_2024, yearly_profit=yearly_profit)

# %% [markdown] lang="en"
# **4.1.1** What is the shop worth on 1 January 2026, at **12 %** a year, if in 2027 somebody whom it recommended brings us 400 yuan more? Money comes at the end of a year. (`shop_profits`; in yuan)

# %% [markdown] lang="zh"
# **4.1.1** 这家小店推荐了一位新客户，2027 年会多贡献 400 元利润。按每年 **12%** 折现，2026 年 1 月 1 日，小店值多少？钱在年末到。（用 `shop_profits`；单位元）

# %% tags=["exercise"]
worth_of_shop = ...
check("4.1.1", worth_of_shop)

# %% [markdown] lang="en"
# **4.1.2** A family takes the plan “family” and stays for **18 months**. What is the subscription worth on its first day, at 12 % a **year**? Money comes at the end of a month. (`plans`; in yuan)

# %% [markdown] lang="zh"
# **4.1.2** 一家人订了 family 套餐，一共订 **18 个月**。按每**年** 12% 折现，开始的那一天，这份订阅值多少？钱在月末到。（用 `plans`；单位元）

# %% tags=["exercise"]
worth_of_subscription = ...
check("4.1.2", worth_of_subscription)

# %% [markdown] lang="en"
# **4.1.3** From 2023 to 2024: of each yuan of additional sales, what part became additional profit? (`change_2024`; a fraction)

# %% [markdown] lang="zh"
# **4.1.3** 2023 年到 2024 年，多卖出的每一元里，有多少变成了多赚的利润？（用 `change_2024`；用小数表示）

# %% tags=["exercise"]
came_through = ...
check("4.1.3", came_through)

# %% [markdown] lang="en"
# **4.1.4** The institution brings `yearly_profit` at the end of each of the next **4** years if it stays, and nothing if it leaves now. Without an offer it stays with **60 %**, with the offer with **75 %**. How much may the offer cost at most today, at **8 %** a year? (in yuan)

# %% [markdown] lang="zh"
# **4.1.4** 这家机构留下来，今后 **4** 年每年年末贡献 `yearly_profit`；现在就走，一分也没有。没有优惠，留下的概率是 **60%**；有优惠，是 **75%**。按每年 **8%** 折现，今天这份优惠最多能花多少钱？（单位元）

# %% tags=["exercise"]
most_to_pay = ...
check("4.1.4", most_to_pay)

# %% [markdown] lang="en"
# **4.1.5** A judgment, without code. A software firm offers to write a CLV beside each of our customers: “last year's profit, times ten”. The board wants to choose by it whom the sellers visit, and to pay their bonus by it. What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.1.5** 思考题，不用写代码，没有标准答案。一家软件公司愿意给每位客户写上一个客户终身价值：“去年的利润乘以十”。公司领导想按它决定业务员去拜访谁，还想按它发奖金。你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
times_ten = ...
check("4.1.5", times_ten)

# %%
quiz("4.1.q1")

# %%
quiz("4.1.q2")

# %%
quiz("4.1.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** what a customer is worth: profits to come, discounted, with the timing said,
# - **test** whether last year's profit is a forecast: for a group, for those still here, for one customer,
# - **decide** how much we may pay at most to keep one customer: the change of CLV, not CLV.
#
# **Words** — customer profitability (客户盈利性), customer lifetime value (客户终身价值), discount rate (折现率), input (投入), regression to the mean (向均值回归), tornado (龙卷风图).
#
# **Next** — 4.2: Does 5 % less churn bring 25 to 85 % more profit?
#
# **Further reading** — Berger & Nasr (1998), *Customer lifetime value: Marketing models and applications*; Malthouse & Blattberg (2005), *Can we predict customer lifetime value?*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：一位客户值多少钱：今后的利润，折现相加，说明钱什么时候到；
# - **检验**：去年的利润能不能当作预测：看一群客户，看还在的客户，看一位客户；
# - **决定**：为了留住一位客户，最多能花多少钱：看客户终身价值的变化，不看它本身。
#
# **词汇** — 客户盈利性（customer profitability）、客户终身价值（CLV）、折现率（discount rate）、投入（input）、向均值回归（regression to the mean）、龙卷风图（tornado）。
#
# **下一课** — 4.2：流失率降低 5%，利润真能增加 25%～85% 吗？
#
# **延伸阅读** — Berger 与 Nasr（1998），*Customer lifetime value: Marketing models and applications*；Malthouse 与 Blattberg（2005），*Can we predict customer lifetime value?*

# %% [markdown] lang="en" tags=["slide-text"]
# - **compute** what a customer is worth: profits to come, discounted,
# - **test** whether last year's profit is a forecast: a group, those still here, one customer,
# - **decide** how much we may pay at most: the change of CLV, not CLV.

# %% [markdown] lang="zh"
# - **计算**：一位客户值多少钱：今后的利润，折现相加；
# - **检验**：去年的利润能不能当作预测：一群客户，还在的客户，一位客户；
# - **决定**：最多能花多少钱：看客户终身价值的变化，不看它本身。

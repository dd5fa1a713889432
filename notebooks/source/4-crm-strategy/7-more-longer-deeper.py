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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["4.1"] rows=["D18", "D24", "D30", "D31"] slide="slide"
# # 7 · More, longer, deeper: what is the customer base worth, and where did its growth come from?
#
# The board has 100,000 yuan for next year and asks: did last year's growth come from **more** customers, from **longer** relations or from **deeper** ones? Each asks for another budget.
#
# In this lesson you will
#
# - **compute** what a customer base is worth, as number times length times profit,
# - **split** its growth into three parts that add up, and say which of them is sure,
# - **decide** where 100,000 yuan go, or that they stay where they are.

# %% [markdown] lang="zh"
# # 7 · 更多、更久、更深：客户资产有多大，增长从哪里来？
#
# 董事会明年有十万元预算，先要问清楚：去年的增长，是因为客户**更多**了，关系**更久**了，还是**更深**了？答案不同，钱就花在不同的地方。
#
# 在这一课里，你将
#
# - **计算**：客户资产有多大，等于客户数乘时长再乘人均利润；
# - **拆分**：把增长分成三个部分，加起来正好是总数，并说清楚哪一部分靠得住；
# - **决定**：十万元花在哪里，还是先不花。

# %% [markdown] lang="en" tags=["slide-text"]
# The board has 100,000 yuan and asks: did the growth come from **more** customers, **longer** relations or **deeper** ones?
#
# - **compute** what a customer base is worth,
# - **split** its growth into three parts that add up,
# - **decide** where 100,000 yuan go, or that they stay.

# %% [markdown] lang="zh"
# 董事会有十万元，要问：增长是因为客户**更多**、关系**更久**，还是**更深**？
#
# - **计算**：客户资产有多大；
# - **拆分**：把增长分成三个部分，加起来正好是总数；
# - **决定**：十万元花在哪里，还是先不花。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Customer equity is number times length times profit, so its growth has three parts. What one part adds hangs on the others; the mean over all orders is Shapley's, and adds up.
#
# **Hard point** A part is no cause. “Longer” may only mean that those who would have left are gone.
#
# **Board** Equity of the eight, 2024 and 2025, as two boxes with three sides each. Two orders below, two sets of parts, one sum.
#
# **Homework** Exercises 4.7.4 and 4.7.5. Split the change of your own spending on meals between two months: number of meals times price of a meal.

# %% [markdown] lang="zh"
# **重点** 客户资产等于客户数乘时长再乘人均利润，所以增长有三个部分。每一部分是多少，要看其他两个；取遍所有顺序求平均，就是夏普利值，加起来正好是总数。
#
# **难点** 部分不是原因。“更久”也许只是因为会走的人已经走了。
#
# **板书** 八位客户 2024 年和 2025 年的客户资产，画成两个长方体，三条边就是三个因素。下面写两种顺序：各部分不同，总和一样。
#
# **作业** 练习 4.7.4 和 4.7.5。把你自己两个月饭钱的变化拆开：吃了几顿，每顿多少钱。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import bridge, datasets, engagement, equity, plots, profitability, value
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## Look first: three years of profit
#
# Jiahe Foods (**simulated**). `net_profit_by_year` gives what a customer left in a year: sales, less the goods, less what it took to serve them (lesson 2.3). One row is a customer, one column a year. Who bought nothing in a year was no customer then: the cell is missing.

# %% [markdown] lang="zh"
# ## 先看数据：三年的利润
#
# 嘉禾食品（**模拟**数据）。`net_profit_by_year` 算出每位客户每年留下的净利润：销售额减去货品成本，再减去服务成本（第 2.3 课）。一行是一位客户，一列是一年。某年什么也没买，那年就不是客户，格子空着。

# %% [markdown] lang="en" tags=["slide-text"]
# Jiahe Foods (**simulated**): what each customer left in each year, after the goods and the cost to serve them. No purchase, no customer: the cell is missing.

# %% [markdown] lang="zh"
# 嘉禾食品（**模拟**数据）：每位客户每年留下的净利润，已减去货品成本和服务成本。没买，就不是客户，格子空着。

# %%
tables, _ = datasets.load_data(company)
lines = tables["transactions"].dropna(subset="customer_id")
profits = profitability.net_profit_by_year(lines, tables["activities"], tables["activity_rates"])
show(profits.head(4), kind="money")

# %% [markdown] lang="en"
# A look at 2025. Few customers lie far outside; they are drawn at the ends, at a profit or a loss of 1,000 yuan.

# %% [markdown] lang="zh"
# 看看 2025 年。少数客户离得很远，都画在两端，也就是盈利或亏损 1000 元的地方。

# %% slide="result"
n_2025, n_losses = profits[2025].notna().sum(), (profits[2025] < 0).sum()
ax = plots.plot_histogram(profits[2025].clip(-1000, 1000), label=t("profit of 2025, CNY"), bins=40)
ax.set_title(sentence("{n_losses} of {n_2025} customers of 2025 made us a loss (simulated)"))
plt.show()

# %% [markdown] lang="en" minutes=2 rows=["D24", "D18"] slide="slide"
# ## In words, then as a formula
#
# The course: **customer equity** (客户资产) is what all customers, those of today and those to come, will bring as profit while they stay. Three things drive it (value, brand and relation: lesson 4.5). Here we measure it. For the customers of today it is their number $N$, times the value of one; and that is how long they stay, $L$, times what each brings a year, $m$:
#
# $$\text{equity} = N \cdot L \cdot m \qquad L = \frac{1 + d}{1 + d - r}$$
#
# $r$ is the share that comes again a year later, $d$ the discount rate; $L$ is in years (Gupta & Lehmann 2003). So there are three ways to grow, and the course names them: **more** (更多, $N$), **longer** (更久, $L$), **deeper** (更深, $m$).

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 课程的定义：**客户资产**（customer equity）是现有的与潜在的客户，在忠诚于企业的时间里所产生盈利的价值之和。它由价值资产、品牌资产、关系资产驱动（第 4.5 课）。这一课来量它的大小。现有客户的客户资产，等于客户数 $N$ 乘以一位客户的价值；一位客户的价值，等于留多久（时长 $L$）乘以每年带来多少利润（$m$）：
#
# $$客户资产 = N \cdot L \cdot m \qquad L = \frac{1 + d}{1 + d - r}$$
#
# $r$ 是一年后再来购买的比例（保留率），$d$ 是折现率，$L$ 的单位是年（Gupta & Lehmann，2003）。所以增长有三条路，课程叫作**更多**（$N$）、**更久**（$L$）、**更深**（$m$）。

# %% [markdown] lang="en" tags=["slide-text"]
# **Customer equity** (客户资产): what customers of today and those to come will bring as profit while they stay. For those of today:
#
# $$\text{equity} = N \cdot L \cdot m \qquad L = \frac{1 + d}{1 + d - r}$$
#
# **more** (更多, $N$) · **longer** (更久, $L$) · **deeper** (更深, $m$)

# %% [markdown] lang="zh"
# **客户资产**：现有的与潜在的客户，在忠诚于企业的时间里所产生盈利的价值之和。现有客户的：
#
# $$客户资产 = N \cdot L \cdot m \qquad L = \frac{1 + d}{1 + d - r}$$
#
# **更多**（$N$） · **更久**（$L$） · **更深**（$m$）

# %% [markdown] lang="en" minutes=7 rows=["D18"] slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in: their profit in yuan in three years. C and D skip 2024. C costs more in 2025 than they bring.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户三年的利润（元）。C 和 D 在 2024 年没有来，2025 年又来了；C 在 2025 年是亏损的。

# %%
eight = pd.DataFrame({2023: [90, 100, 60, 50, None, None, None, None],
                      2024: [120, 140, None, None, 60, 80, None, 100],
                      2025: [160, 210, -20, 60, 110, None, 150, 100]}, index=list("ABCDEFGH"))
show(eight, kind="money")

# %% [markdown] lang="en" slide="fragment"
# **4.7.a** Your turn: what is the base of 2025 worth? $r$ is the share of the customers of **2024** who came again in 2025. Without a discount ($d = 0$), $L = 1 / (1 - r)$. (in yuan)

# %% [markdown] lang="zh"
# **4.7.a** 你来算：2025 年的客户资产有多大？$r$ 是 **2024** 年的客户中 2025 年又来的比例。先不折现（$d = 0$），$L = 1 / (1 - r)$。（单位：元）

# %% tags=["exercise"]
equity_2025 = ...
check("4.7.a", equity_2025)

# %% [markdown] lang="en" slide="subslide"
# In code: `notna` says who was there, `&` means *and*.

# %% [markdown] lang="zh"
# 写成代码：`notna` 说明谁在，`&` 是“并且”。

# %% slide="result"
there = eight.notna()
again = (there[2024] & there[2025]).sum() / there[2024].sum()
by_hand = there[2025].sum() / (1 - again) * eight[2025].mean()
float(round(by_hand, 2))

# %% [markdown] lang="en"
# `base_by_period` does it for every year from the second on, with a discount if we want one. Read the row of 2024 aloud: *five customers; half of those of 2023 had come again, so two years each, at 100 yuan a year: 1,000 yuan.* Nobody signs a contract here: C and D were away for a year, and not gone. So $r$, the share who **bought** again, makes $L$ rather too short (lesson 4.3 does better).

# %% [markdown] lang="zh"
# `base_by_period` 从第二年起，每年都这样算，还可以折现。把 2024 年这一行读出声来：*五位客户；2023 年的客户有一半又来了，所以每位留两年，每年 100 元：1000 元*。这里没有合同：C 和 D 只是隔了一年，并没有走。$r$ 其实是“又来购买”的比例，算出来的 $L$ 会偏短（第 4.3 课有更好的办法）。

# %% slide="result"
base_of_eight = equity.base_by_period(eight, discount_rate=0)
assert abs(base_of_eight.loc[2025, "equity"] - by_hand) < 1e-9
base_of_eight

# %% [markdown] lang="en" slide="subslide"
# **4.7.b** Now the growth. First only the *number* changes, from that of 2024 to that of 2025; length and profit stay as they were in 2024. How many yuan does that add? (`base_of_eight`)

# %% [markdown] lang="zh"
# **4.7.b** 再看增长。先只变*客户数*，从 2024 年的变成 2025 年的；时长和人均利润仍是 2024 年的。客户资产增加多少元？（用 `base_of_eight`）

# %% tags=["exercise"]
more_first = ...
check("4.7.b", more_first)

# %% [markdown] lang="en"
# Then longer, then deeper: each step takes what the steps before it have made. Backwards, each step begins with the other end. Two orders, two answers, and both add up.

# %% [markdown] lang="zh"
# 接着变时长，最后变人均利润：每一步都从上一步的结果算起。倒过来再走一遍。两种顺序，两个答案，加起来却一样。

# %% slide="result"
(n0, l0, p0), (n1, l1, p1) = base_of_eight[list(bridge.FACTORS.values())].to_numpy()
forwards = [(n1 - n0) * l0 * p0, n1 * (l1 - l0) * p0, n1 * l1 * (p1 - p0)]
backwards = [(n1 - n0) * l1 * p1, n0 * (l1 - l0) * p1, n0 * l0 * (p1 - p0)]
pd.DataFrame([forwards, backwards], [t("forwards"), t("backwards")], list(bridge.FACTORS))

# %% [markdown] lang="en" slide="subslide"
# Which order is right? None is better than another. Three factors have six orders; **Shapley's part** (1953) is the mean over all six. `growth_by_order` lists them, `growth_split` gives the mean. `shift` puts the year before into the row of the year.

# %% [markdown] lang="zh"
# 哪种顺序才对？谁也不比谁更对。三个因素有六种顺序，**夏普利值**（Shapley，1953）是六种的平均。`growth_by_order` 列出六种，`growth_split` 给出平均。`shift` 把上一年挪到这一年的那一行。

# %% slide="result"
before, after = base_of_eight.shift().loc[[2025]], base_of_eight.loc[[2025]]
orders, split = bridge.growth_by_order(before, after), bridge.growth_split(before, after)
assert abs(split.loc[2025, orders.columns] - orders.mean()).max() < 1e-9
orders.loc[t("mean of all six")] = orders.mean()
show(orders, kind="money")

# %% [markdown] lang="en" tags=["notes"]
# Draw a box: number, length and profit are its sides. Growth is what the larger box has more; the corner that belongs to all three is what the orders fight about. Common: the rate for the length; C and D taken for kept, being old customers.

# %% [markdown] lang="zh"
# 画一个长方体：客户数、时长、人均利润是三条边。增长就是大长方体多出来的部分；同属三条边的那个角，正是各种顺序争的地方。常见错误：拿保留率当时长；C 和 D 是老客户，就当成保留了。

# %% [markdown] lang="en" minutes=6 rows=["D18"] slide="slide"
# ## The whole company
#
# The same for the company (simulated), at a discount of 10 % a year. Retention of 2024 needs the buyers of 2023, the first year that is recorded, so the first base is that of 2024.

# %% [markdown] lang="zh"
# ## 整家公司
#
# 对整家公司（模拟数据）做同样的计算，折现率每年 10%。2024 年的保留率要用 2023 年的购买者，而 2023 年是有记录的第一年，所以最早只能算到 2024 年的客户资产。

# %% slide="result"
base = equity.base_by_period(profits, discount_rate=0.1)
base

# %% [markdown] lang="en" slide="fragment"
# **4.7.c** Guess before you look: what share of the growth from 2024 to 2025 is *more*, the number of customers? (a fraction)

# %% [markdown] lang="zh"
# **4.7.c** 先猜再看：2024 年到 2025 年的增长，*更多*（客户数）占多大比例？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("4.7.c", guess)

# %% [markdown] lang="en"
# A bridge from year to year: blue is what the base is worth, green a part that adds, red one that takes.

# %% [markdown] lang="zh"
# 从一年到下一年搭一座桥：蓝色是客户资产，绿色的部分增加，红色的部分减少。

# %% slide="result"
split = bridge.growth_split(base.shift().iloc[1:], base.iloc[1:])
grew, largest = split["change"].sum(), t(split[["more", "longer", "deeper"]].sum().idxmax())
ax = plots.plot_bridge(split, start="2024", currency="CNY")
ax.set_title(sentence("Equity grew by {grew:CNY} (simulated); the largest part is “{largest}”" if grew > 0
                      else "Equity did not grow: {grew:CNY} (simulated)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# How sure is that? A few customers bring most of the profit: had others come, $m$ would be another. `growth_intervals` draws the customers anew, 1,000 times, and splits each time.

# %% [markdown] lang="zh"
# 这有多可靠？少数客户贡献了大部分利润：换一批客户来，$m$ 就会不同。`growth_intervals` 把客户重新抽取 1000 次，每次都拆一遍。

# %% slide="result"
sure = bridge.growth_intervals(profits, discount_rate=0.1, seed=1)
n_sure = (sure["low"].drop("change") > 0).sum()
say("Parts whose 95% interval lies above 0: {n_sure} of three. That the others add anything is not shown."
    if n_sure < 3 else "All three parts have a 95% interval above 0.")
show(sure, kind="money")

# %% [markdown] lang="en"
# So the largest bar need not be the surest. Where profits have such a long tail the interval itself is rather too narrow.

# %% [markdown] lang="zh"
# 可见最高的那一根，未必最可靠。利润的分布拖着这么长的尾巴，区间本身多半还偏窄。

# %% [markdown] lang="en" minutes=4 rows=["D30"] slide="slide"
# ## Number times mean hides who they are
#
# The course multiplies the size of the base by the value of a customer. That is exact, if the value is the mean value. But a mean of $L \cdot m$ is not the mean of $L$ times the mean of $m$: where those who stay longer also bring more, the **covariance term** (协方差项) is missing: number times the covariance of length and profit, which `means_and_covariance` gives. And one retention for all gives less still, since $L$ bends upwards in $r$. People and organizations apart:

# %% [markdown] lang="zh"
# ## 客户数乘平均数，看不出客户是谁
#
# 课程用客户基础的规模乘以客户终身价值。价值取平均值，这个式子就是精确的。可是 $L \cdot m$ 的平均，不等于 $L$ 的平均乘 $m$ 的平均：留得久的客户如果利润也高，就少算了**协方差项**（covariance term）：客户数乘以时长与利润的协方差，`means_and_covariance` 算的就是它。用同一个保留率还会更少，因为 $L$ 随 $r$ 上升得越来越快。把个人和单位分开：

# %% [markdown] lang="en" tags=["slide-text"]
# Number times mean value is exact. But the mean of $L \cdot m$ is not the mean of $L$ times the mean of $m$: where those who stay longer also bring more, the **covariance term** (协方差项) is missing.

# %% [markdown] lang="zh"
# 客户数乘平均价值是精确的。可是 $L \cdot m$ 的平均，不等于 $L$ 的平均乘 $m$ 的平均：留得久的如果利润也高，就少算了**协方差项**。

# %% slide="result"
customers = tables["customers"].set_index("customer_id")
by_kind = equity.base_by_segment(profits, customers["customer_type"], discount_rate=0.1)
terms = equity.means_and_covariance(by_kind.loc[2025])
whole, pooled, covariance = terms["equity"], base.loc[2025, "equity"], terms["covariance_term"]
say("By segment the base is worth {whole:CNY}; with one rate for all, {pooled:CNY}. The covariance "
    "term alone is {covariance:CNY}.")
by_kind.loc[2025]

# %% [markdown] lang="en"
# Now the growth of each kind; the parts add up over the kinds too. Compare *longer* with the whole company: of what looked like longer relations, how much is only that the mix has moved to those who stay longer?

# %% [markdown] lang="zh"
# 再对每一类分别拆分增长，各部分还可以跨类相加。拿*更久*和整家公司的比一比：看上去关系更久了，有多少只是因为留得久的那一类客户占得更多了？

# %% slide="result"
show(bridge.growth_split(by_kind.loc[2024], by_kind.loc[2025]), kind="money")

# %% [markdown] lang="en" minutes=5 rows=["D30"] slide="slide"
# ## Four kinds of value
#
# The course counts four: **transaction value** (交易价值), what they buy; **referral value** (推荐价值), whom they bring; **growth value** (成长价值), what they may yet buy; **knowledge value** (知识价值), what they teach us. (Kumar et al. 2010 call them CLV, CRV, CIV and CKV, with influence where the course has growth.)
#
# A recommended customer must not count twice. We assume that half of them would not have come without word of mouth; that half of their value belongs to whoever recommended them, and is taken off their own account. On the eight: A has brought G and H. Were nothing taken off, the accounts would add up to more than the firm has.

# %% [markdown] lang="zh"
# ## 四种价值
#
# 课程讲四种：**交易价值**（自己买的）、**推荐价值**（带来的客户）、**成长价值**（还可能买的）、**知识价值**（教给我们的）。（Kumar 等 2010 称为 CLV、CRV、CIV、CKV，其中 CIV 是影响价值，课程这里用成长价值。）
#
# 被推荐来的客户不能算两遍。我们假设其中一半没有口碑就不会来；这一半价值记在推荐人账上，从本人账上扣掉。先在八位客户身上看：G 和 H 是 A 介绍来的。要是不扣，各账户加起来就超过了公司实有的。

# %% [markdown] lang="en" tags=["slide-text"]
# **Transaction** (交易价值) · **referral** (推荐价值) · **growth** (成长价值) · **knowledge value** (知识价值)
#
# Counted once: half of a recommended customer's value (**assumed**) belongs to whoever recommended them, and is taken off their own account.

# %% [markdown] lang="zh"
# **交易价值** · **推荐价值** · **成长价值** · **知识价值**
#
# 只算一遍：被推荐客户的价值，一半（**假设**）记在推荐人账上，从本人账上扣掉。

# %% slide="result"
four = engagement.kinds_of_value(
    eight[2025].dropna(), referred_by=pd.Series({"G": "A", "H": "A"}), word_share=0.5)
assert four.loc["A", "referral_value"] == 125 and four["total_value"].sum() == eight[2025].sum()
four.drop(columns=["growth_value", "knowledge_value"])

# %% [markdown] lang="en" slide="subslide"
# Growth: of the customers of 2024 who bought no tea, what share bought some in 2025, and what did it bring? The product is what tea may yet bring from each who has none; `growth_value` adds up all categories a customer lacks.

# %% [markdown] lang="zh"
# 成长价值：2024 年没买过茶的客户，多大比例 2025 年买了，带来多少毛利？两者相乘，就是一位没买过茶的客户预期会多带来多少。`growth_value` 把每位客户还没买的品类加起来。

# %%
before, after = (lines[lines["order_date"].dt.year == one] for one in (2024, 2025))
gaps = engagement.cross_selling_table(before, after)
has_tea = before.loc[before["category"] == "tea", "customer_id"].nunique()
assert gaps.loc["tea", "n_without_it"] == before["customer_id"].nunique() - has_tea
gaps.loc[["tea"]]

# %% [markdown] lang="en"
# Knowledge: the gain a year that was booked for ideas of 2025 that were adopted. All four kinds are of one year.

# %% [markdown] lang="zh"
# 知识价值：2025 年提出、已采纳的建议，入账的年收益。四种价值都按一年算。

# %%
adopted = tables["ideas"].query("is_adopted and idea_date.dt.year == 2025")
values = engagement.kinds_of_value(
    profits[2025].dropna(), referred_by=customers["referred_by"], word_share=0.5,
    growth=engagement.growth_value(after, gaps),
    knowledge=adopted.groupby("customer_id")["yearly_gain"].sum())
values.sum().to_frame("2025").T

# %% [markdown] lang="en"
# The twenty with the highest total. The title counts those whom transactions alone would have left out.

# %% [markdown] lang="zh"
# 价值合计最高的二十位。标题里数的是：只看交易价值就会漏掉的客户。

# %% slide="result"
top = values["total_value"].nlargest(20).index
n_up = (~top.isin(values["transaction_value"].nlargest(20).index)).sum()
ax = plots.plot_kinds_of_value(values, currency="CNY")
ax.set_title(sentence("{n_up} of the top 20 are not among the top 20 by transactions (simulated)"))
plt.show()

# %% [markdown] lang="en"
# Three cautions. An idea that is booked is ours already, and stays if the customer leaves: thank them, but do not pay to keep them for it. Growth is what those like them added; some of it only replaces another category. And half is an assumption.

# %% [markdown] lang="zh"
# 要当心三点。已经入账的建议是我们的了，客户走了也还在：该谢谢他，但不必为此花钱挽留。成长价值是同类客户多买的，其中有些只是换了品类。“一半”是假设。

# %% [markdown] lang="en" minutes=3 rows=["D18"] slide="slide"
# ## Where it misleads: survivors
#
# A **real** firm: the music shop CDNOW, customers who first bought in early 1997, quarter by quarter. Only sales are known, no costs, so $m$ is sales. Nobody new is added to these customers, so their number falls.

# %% [markdown] lang="zh"
# ## 哪里会误导人：剩下来的人
#
# 一家**真实**的企业：音像店 CDNOW，1997 年初首次购买的那批客户，按季度追踪。只有销售额，没有成本，所以 $m$ 是销售额。这批客户没有新人加入，人数只会减少。

# %% slide="result"
cdnow = datasets.load_cdnow()
quarter = cdnow["order_date"].dt.to_period("Q").astype(str)
sales = cdnow.pivot_table("amount", "customer_id", quarter, aggfunc="sum").iloc[:, :4]
quarters = equity.base_by_period(sales, discount_rate=0.025)
steps = bridge.growth_split(quarters.shift().iloc[1:], quarters.iloc[1:])
ax = plots.plot_bridge(steps, start="1997Q2", label=t("equity from sales"), currency="USD")
first, last = quarters["retention_rate"].iloc[[0, -1]]
ax.set_title(sentence("CDNOW (real): {first:.0%}, then {last:.0%} come again. More loyal?"))
plt.show()

# %% [markdown] lang="en"
# Nobody need have changed. Those who would leave have left, and those who remain come again more often: **survivors**. *Longer* is green, and that proves no loyalty program. A bridge says where the growth lies, never why.

# %% [markdown] lang="zh"
# 谁也不必改变。会走的已经走了，剩下的本来就常来：这是**幸存者**。*更久*是绿色，却证明不了任何忠诚计划有效。桥只说增长落在哪里，从来不说为什么。

# %% [markdown] lang="en" minutes=4 rows=["D31"] slide="slide"
# ## Do the sums, then decide
#
# What is one unit of each way worth? *More*: a newcomer, with the profit of the newcomers of 2025 and the retention of those of 2024, who come again less often. *Longer*: one point of retention. *Deeper*: one yuan a year from each customer.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 三条路上，一个单位各值多少？*更多*：一位新客户，利润取 2025 年新客户的平均，保留率取 2024 年新客户的（他们再来的比例更低）。*更久*：保留率提高一个百分点。*更深*：每位客户每年多带来一元。

# %%
is_new = profits[2025].notna() & profits[2024].isna()
again = profits.loc[profits[2023].isna() & profits[2024].notna(), 2025].notna().mean()
newcomer = value.retention_value(
    profits.loc[is_new, 2025].mean(), retention_rate=again, discount_rate=0.1, first_payment="now")

# %% [markdown] lang="en"
# What does a unit cost? For a newcomer, the mean of the marketing of 2025. For the other two nobody has measured it: we **assume** 15,000 yuan for a point, and 6,000 for a yuan from each. `value_of_one` is also what a unit may cost at most.

# %% [markdown] lang="zh"
# 一个单位要花多少？新客户取 2025 年营销的平均成本。另外两项没有人量过：我们**假设**提高一个百分点要 15,000 元，让每位客户多一元要 6000 元。`value_of_one` 同时也是一个单位最多可以花的钱。

# %% slide="result"
won = tables["marketing_spending"].query("aim == 'win' and month.dt.year == 2025")
cost = won["spent"].sum() / won["n_success"].sum()
units = equity.unit_values(base.loc[2025], discount_rate=0.1)
plans = pd.DataFrame({"value_of_one": [newcomer, units["point"], units["unit"], 0],
                      "cost_of_one": [cost, 15_000, 6_000, None]},
                     [t("a newcomer"), t("a point longer"), t("a yuan deeper"), t("do nothing")])
plans["units_bought"] = 100_000 / plans["cost_of_one"]
gained = plans["units_bought"] * (plans["value_of_one"] - plans["cost_of_one"])
plans["gain_less_cost"] = gained.fillna(0)
plans

# %% [markdown] lang="en"
# Compare `units_bought` with what moved in 2025 without the money. Can 100,000 yuan move as much again?

# %% [markdown] lang="zh"
# 把 `units_bought` 和 2025 年没花这笔钱时的变化比一比：十万元真能再推动这么多吗？

# %% slide="result"
best, gain = plans["gain_less_cost"].idxmax(), plans["gain_less_cost"].max()
n_new, moved = is_new.sum(), base.loc[2025] - base.loc[2024]
points, yuan = 100 * moved["retention_rate"], moved["profit_per_customer"]
say("At the assumed costs “{best}” is best: it brings {gain:CNY} more than it costs." if gain > 0
    else "At the assumed costs no plan pays: the money stays where it is.")
say("In 2025 without it: {n_new} newcomers, {points:.1f} points, {yuan:CNY} from each.")

# %% [markdown] lang="en"
# The answer hangs on the two assumed costs, not on which bar of the bridge was the tallest; and what a unit is worth has an interval of its own. A test by lot would tell: try each on some customers, and leave the others. (The next newcomer costs more than the mean: lesson 4.6.)

# %% [markdown] lang="zh"
# 结论取决于假设的那两个成本，和桥上哪一根最高没有关系；一个单位值多少，本身也有区间。想知道真相，就抽签做试验：对一部分客户试一试，其余照旧。（下一位新客户比平均的更贵，见第 4.6 课。）

# %% [markdown] lang="en" tags=["notes"]
# Before the table, let them vote by the bridge. Then ask what the bridge said about costs: nothing. Let them change 15,000 until another plan is best.

# %% [markdown] lang="zh"
# 出表之前，先让学生看着桥投票。再问：桥上写了成本吗？一个字也没有。让他们改 15,000，改到最好的方案换人为止。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `one_city`: the customers of the city that has most, with their profit in `2023`, `2024` and `2025`, missing where they bought nothing · `sales`: one row per year, `n_customers` and `average_sales` of one · `cities`: one row per city in 2024 · `brought`: profit in 2024 by customer · `referred_by`: who recommended whom. Stuck? `hint("4.7.1")`, then `solution("4.7.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `one_city`：客户最多的那座城市，每位客户 `2023`、`2024`、`2025` 年的利润，没买的年份空着 · `sales`：一年一行，`n_customers` 是客户数，`average_sales` 是人均购买金额 · `cities`：2024 年，一座城市一行 · `brought`：每位客户 2024 年的利润 · `referred_by`：谁是谁推荐来的。卡住了，可以用 `hint("4.7.1")`，再用 `solution("4.7.1")`。

# %%
city = customers["city"].reindex(profits.index)
one_city = profits[city == city.mode()[0]]
spent = lines.groupby([lines["order_date"].dt.year.rename("year"), "customer_id"])["amount"].sum()
spent = spent[spent > 0].groupby("year").agg(["size", "mean"])
sales = spent.set_axis(["n_customers", "average_sales"], axis=1)
cities = equity.base_by_segment(profits, city, discount_rate=0.1).loc[2024]
brought, referred_by = profits[2024].dropna(), customers["referred_by"]
practice_on(one_city=one_city, sales=sales, cities=cities, brought=brought, referred_by=referred_by)

# %% [markdown] lang="en"
# **4.7.1** What is the base of 2025 worth in that city, at a discount of 10 % a year? (`one_city`; number × length × profit; in yuan)

# %% [markdown] lang="zh"
# **4.7.1** 这座城市 2025 年的客户资产有多大？折现率每年 10%。（用 `one_city`；客户数 × 时长 × 人均利润；单位：元）

# %% tags=["exercise"]
equity_of_city = ...
check("4.7.1", equity_of_city)

# %% [markdown] lang="en"
# **4.7.2** Sales are number times average. From 2023 to 2024, how much of the growth of sales is *more*? Two factors have two orders; take Shapley's part. (`sales`; in yuan)

# %% [markdown] lang="zh"
# **4.7.2** 销售额等于客户数乘人均。2023 年到 2024 年销售额的增长中，*更多*占多少？两个因素有两种顺序，取夏普利值。（用 `sales`；单位：元）

# %% tags=["exercise"]
part_of_more = ...
check("4.7.2", part_of_more)

# %% [markdown] lang="en"
# **4.7.3** How large is the covariance term of the cities in 2024: the equity of all cities, less number × mean length × mean profit? The means are over customers. (`cities`; in yuan)

# %% [markdown] lang="zh"
# **4.7.3** 2024 年各城市的协方差项有多大？也就是各城市客户资产之和，减去客户数 × 平均时长 × 平均利润。平均数按客户计算。（用 `cities`；单位：元）

# %% tags=["exercise"]
covariance_of_cities = ...
check("4.7.3", covariance_of_cities)

# %% [markdown] lang="en"
# **4.7.4** In 2024, what stands on the accounts of **those who recommended somebody**, added up: own profit and referral value, less what is passed on? Of those recommended, 40 % would not have come without word of mouth. (`brought`, `referred_by`; in yuan; who is not in `brought` brings 0)

# %% [markdown] lang="zh"
# **4.7.4** 2024 年，**推荐过别人的客户**账上一共有多少？自己的利润加推荐价值，再减去记到别人账上的。被推荐的客户中，40% 没有口碑就不会来。（用 `brought` 和 `referred_by`；单位：元；不在 `brought` 里的按 0 算）

# %% tags=["exercise"]
of_those_who_recommend = ...
check("4.7.4", of_those_who_recommend)

# %% [markdown] lang="en"
# **4.7.5** A judgment, without code. A director says: “Deeper was the largest part of our growth. So the whole 100,000 goes into cross-selling.” What do you answer, and what would you want to know first? (two or three sentences, in quotes)

# %% [markdown] lang="zh"
# **4.7.5** 思考题，不用写代码，没有标准答案。一位董事说：“增长里更深是最大的一部分，所以十万元全部投到交叉销售上。”你怎么回答？先要弄清楚什么？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("4.7.5", answer)

# %%
quiz("4.7.q1")

# %%
quiz("4.7.q2")

# %%
quiz("4.7.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: another split that adds up
#
# The **log split** shares the change out by the logarithms of the three ratios. It adds up as well, for every order it is the same, and it is not Shapley's. It needs factors above 0: a segment that makes a loss has no logarithm, and is refused.

# %% [markdown] lang="zh"
# ## 选读：另一种也加得起来的分法
#
# **对数分解**按三个比值的对数来分。它也加得起来，也与顺序无关，却不等于夏普利值。它要求各因素都大于 0：亏损的细分没有对数，会被拒绝。

# %%
by_log = bridge.growth_split(base.shift().iloc[1:], base.iloc[1:], method="log")
show(pd.DataFrame({t("Shapley"): split.loc[2025], t("logarithms"): by_log.loc[2025]}), kind="money")

# %% [markdown] lang="en" slide="skip"
# ## Optional: customers of today, and those to come
#
# Customer equity counts both. `equity_ahead` keeps them apart: each year the share $r$ of the present customers is left, and as many newcomers as in 2025 are won at the cost of 2025. `won_net_value` is what those are worth today, less their cost. They are taken to be like the mean customer: too good, as the decision above has shown.

# %% [markdown] lang="zh"
# ## 选读：今天的客户和将来的客户
#
# 客户资产两者都算。`equity_ahead` 把它们分开：现有客户每年留下比例 $r$；每年再赢得和 2025 年一样多的新客户，成本也取 2025 年的。`won_net_value` 是这些新客户折到今天的价值减去成本。这里假设他们和平均的客户一样，其实偏乐观，前面的决策已经看到了。

# %%
ahead = equity.equity_ahead(
    base.loc[[2025]].assign(n_won=n_new, win_cost=cost), discount_rate=0.1, n_ahead=5)
ahead.droplevel("segment")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** what a customer base is worth, as number times length times profit, and by segment,
# - **split** its growth into parts that add up, and say which of them is sure,
# - **decide** where the money goes by what a unit is worth and costs, and not by the tallest bar.
#
# **Words** — customer equity (客户资产), more, longer, deeper (更多、更久、更深), Shapley's part (夏普利值), covariance term (协方差项), transaction, referral, growth and knowledge value (交易价值、推荐价值、成长价值、知识价值), survivors (幸存者).
#
# **Next** — the wrap-up of chapter 4, and the analysis of your own customers.
#
# **Further reading** — Gupta & Lehmann (2003), Customers as Assets, [doi:10.1002/dir.10045](https://doi.org/10.1002/dir.10045) · Kumar et al. (2010), Undervalued or Overvalued Customers, [doi:10.1177/1094670510375602](https://doi.org/10.1177/1094670510375602) · Shapley (1953), A Value for n-Person Games

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：会算客户资产，客户数乘时长再乘人均利润，也会分细分来算；
# - **拆分**：会把增长分成加得起来的几个部分，并说清楚哪一部分靠得住；
# - **决定**：看一个单位值多少、要花多少，而不是看哪一根柱子最高。
#
# **术语**：客户资产（customer equity）、更多、更久、更深（more, longer, deeper）、夏普利值（Shapley value）、协方差项（covariance term）、交易价值、推荐价值、成长价值、知识价值、幸存者（survivors）。
#
# **下一步**：第 4 章小结，以及用你自己的客户数据做分析。
#
# **延伸阅读**：Gupta & Lehmann (2003), Customers as Assets，[doi:10.1002/dir.10045](https://doi.org/10.1002/dir.10045) · Kumar et al. (2010), Undervalued or Overvalued Customers，[doi:10.1177/1094670510375602](https://doi.org/10.1177/1094670510375602) · Shapley (1953), A Value for n-Person Games

# %% [markdown] lang="en" tags=["slide-text"]
# - **compute** what a customer base is worth, also by segment,
# - **split** its growth into parts that add up, and say which is sure,
# - **decide** by what a unit is worth and costs, not by the tallest bar.

# %% [markdown] lang="zh"
# - **计算**：会算客户资产，也会分细分来算；
# - **拆分**：会把增长分成加得起来的部分，并说清楚哪一部分靠得住；
# - **决定**：看一个单位值多少、要花多少，不看哪一根柱子最高。

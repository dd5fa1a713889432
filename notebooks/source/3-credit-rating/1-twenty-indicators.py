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

# %% [markdown] lang="en" minutes=34 exercise_minutes=11 pattern=2 needs=["2.3"] rows=["A32", "A34", "B21"] slide="slide"
# # 1 · Twenty indicators, one hundred points: whom do we trust with an unpaid invoice?
#
# Goods go out today, the money comes in two months, or never. The course rates customers for that: twenty indicators, one hundred points, five
# grades. Who wrote the points, and would you bet money on them?
#
# In this lesson you will
#
# - **score** customers by hand on three indicators, and the whole company on twenty,
# - **tell apart** what of the table is sourced, what is commonly quoted, and what was rebuilt,
# - **decide** whom to ask for cash before the goods go out, in money.

# %% [markdown] lang="zh"
# # 1 · 二十项指标，一百分：先发货、后收款，信得过谁？
#
# 货今天发出，钱两个月以后才到，也可能永远不到。课程为此给客户评定信用等级：二十项指标，一百分，五个等级。这些分数是谁定的？你敢不敢拿钱来赌？
#
# 在这一课里，你将
#
# - **打分**：先用三项指标亲手给客户打分，再用二十项指标给整家公司打分；
# - **分清**：表里哪些有出处，哪些是常见的说法，哪些是我们补的；
# - **决定**：哪些客户要先付款、后发货，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# Goods go out today; the money comes in two months, or never.
#
# - **score** customers on three indicators, then on twenty,
# - **tell apart** what is sourced, quoted, and rebuilt,
# - **decide** whom to ask for cash first, in money.

# %% [markdown] lang="zh"
# 货今天发出，钱两个月以后才到，也可能永远不到。
#
# - **打分**：先用三项指标，再用二十项；
# - **分清**：有出处的、常见说法、我们补的；
# - **决定**：谁要先付款，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A scorecard turns facts into points by rules that anyone can read, so that anyone can question them.
#
# **Hard point** What is not known is neither zero nor full marks. And a grade that counts late payment cannot prove itself by late payment.
#
# **Board** The eight customers with three columns of points. The slope of the current ratio as a line from (100 %, 0) to (150 %, 4). Below: S, M, R.
#
# **Homework** Exercises 3.1.4 and 3.1.5. Find a card that scores *you* (a bank, a platform, a school): which of its points could you check?

# %% [markdown] lang="zh"
# **重点** 评分表按谁都能读懂的规则，把事实变成分数；读得懂，才能质疑。
#
# **难点** 不知道的，既不是零分，也不是满分。等级里已经算进了拖欠，就不能再用拖欠来证明等级准。
#
# **板书** 八位客户，三列分数。流动比率的得分画成一条线：从（100%，0 分）到（150%，4 分）。下面写 S、M、R。
#
# **作业** 练习 3.1.4 和 3.1.5。找一张给*你*打分的表（银行、平台、学校都可以）：其中哪些分数你能核对？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import credit, datasets, plots, scorecard
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=5 rows=["A32"] slide="slide"
# ## Every invoice is a loan
#
# The course says why credit is rated: 「加强信用控制，并为客户分类提供依据」, to control credit, and to have a ground for sorting customers. Two things stand in
# the middle: did they pay so far (信用履约记录), and can they pay (还款能力)?
#
# The teaching company (**simulated**) sells on credit to organizations: restaurants, shops, firms, schools and the like. One row is one invoice. `paid_date` is empty while it
# is open, and `written_off_date` is the day on which it was given up. The last day is 31 December 2025.

# %% [markdown] lang="zh"
# ## 每一张发票，都是一笔借款
#
# 课程说，评定信用等级“是为了加强信用控制，并为客户分类提供依据”，“以客户的信用履约记录和还款能力为核心”。也就是两件事：以前付得怎么样？现在付得起吗？
#
# 教学公司（**模拟**数据）赊销给各种单位：餐馆、小店、公司、学校等机构。一行是一张发票；`paid_date`（付款日）空着，表示还没付；`written_off_date`（核销日）是认定收不回来的那一天。数据到 2025 年 12 月 31 日为止。

# %% [markdown] lang="en" tags=["slide-text"]
# 「加强信用控制，并为客户分类提供依据」: control credit, and have a ground for sorting customers.
#
# In the middle: did they pay so far (信用履约记录), and can they pay (还款能力)? One row is one invoice (**simulated**).

# %% [markdown] lang="zh"
# 评定是“为了加强信用控制，并为客户分类提供依据”，以**信用履约记录**和**还款能力**为核心。
#
# 一行是一张发票（**模拟**数据）。

# %%
tables, _ = datasets.load_data(company)
invoices = tables["invoices"]
invoices.drop(columns="invoice_id").head(4)

# %% [markdown] lang="en" slide="subslide"
# How late do they pay? Days after the due date; below zero is early. Open invoices have no such number yet: the worst invoices are not in this
# figure.

# %% [markdown] lang="zh"
# 付款晚了几天？从到期日算起，小于零就是提前。还没付的发票没有这个数，所以最差的那些发票不在图里。

# %% slide="result"
days_late = (invoices["paid_date"] - invoices["due_date"]).dt.days.dropna()
late_share = (days_late > 0).mean()
ax = days_late.clip(-30, 90).plot.hist(bins=40, color=plots.BLUE)
ax.axvline(0, color=plots.RED)
ax.set(xlabel=t("days after the due date (below −30 and above 90: end bars)"), ylabel=t("number of invoices"))
ax.set_title(sentence("Of the invoices that were paid, {late_share:.0%} were paid late"))
plt.show()

# %% [markdown] lang="en"
# Who does not pay for goods of 100 yuan has cost us what the goods cost. `margin_rate` is what is left of a yuan of sales to these customers
# after the cost of the goods. How much must we sell, and be paid for, to earn that back?

# %% [markdown] lang="zh"
# 100 元的货收不到钱，亏的是这批货的成本。`margin_rate` 是毛利率：卖给这些客户一元，减去货物成本剩下多少。要再卖出多少元的货、并且收到钱，才能把亏的赚回来？

# %%
is_given_up = invoices["written_off_date"].notna()
is_open = invoices["paid_date"].isna() & ~is_given_up
owed, given_up = invoices.loc[is_open, "amount"].sum(), invoices.loc[is_given_up, "amount"].sum()
lines = tables["transactions"][tables["transactions"]["customer_id"].isin(invoices["customer_id"])]
margin_rate = 1 - lines["cost"].sum() / lines["amount"].sum()
to_sell = 100 * (1 - margin_rate) / margin_rate
say("They owe us {owed:CNY}; {given_up:CNY} were given up in three years. Of a yuan of sales {margin_rate:.1%} are left: for 100 yuan that are "
    "never paid we must sell goods for {to_sell:CNY} more.")

# %% [markdown] lang="en" minutes=3 rows=["B21"] slide="slide"
# ## Three blocks of facts, three tables
#
# What to know of an organization (组织客户信息), says the course: its **basics** (基本信息: trade, size, age), its **business** (业务状况: sales, strengths, problems),
# and its **dealings** with us (交易状况: terms, credit, how close we are). Here these are three tables: the seller's half-yearly review (`credit_reviews`), the customer's
# quarterly `statements`, and our own `invoices`.
#
# `gather_facts` makes one row of facts per customer, from what was recorded *before* the day of the rating. Payments are those of the last
# quarter.

# %% [markdown] lang="zh"
# ## 三方面的信息，三张表
#
# 课程把组织客户信息分成三块：**基本信息**（行业、规模、创立时间等），**业务状况**（销售业绩、发展潜力、存在的问题等），**交易状况**（交易条件、信用等级、关系的紧密程度等）。在这里就是三张表：业务员每半年写一次的评审 `credit_reviews`，客户每季度的财务报表 `statements`，我们自己的发票 `invoices`。
#
# `gather_facts` 把它们合成每位客户一行的事实，只用评定那一天*之前*已经登记的；付款情况取上一季度。

# %% [markdown] lang="en" tags=["slide-text"]
# - **basics** (基本信息) → the seller's review, half-yearly
# - **business** (业务状况) → the customer's statements, quarterly
# - **dealings** (交易状况) → our own invoices
#
# `gather_facts`: one row per customer, only what was recorded *before* the day.

# %% [markdown] lang="zh"
# - **基本信息** → 业务员的评审，每半年一次
# - **业务状况** → 客户的财务报表，每季度一次
# - **交易状况** → 我们自己的发票
#
# `gather_facts`：每位客户一行，只用那一天*之前*登记的。

# %%
today = "2026-01-01"
facts = credit.gather_facts(tables, as_of=today)
facts[["relation_days", "years_in_business", "current_ratio", "repaid_share"]].head(4)

# %% [markdown] lang="en"
# Many cells are empty. One column for each block: for what share of the customers is it known? `repaid_share` is empty as well where nothing was
# due last quarter.

# %% [markdown] lang="zh"
# 很多格子是空的。每一块挑一列：多大比例的客户已知？上季度没有到期款项的客户，`repaid_share` 也是空的。

# %% slide="result"
one_of_each = ["years_in_business", "current_ratio", "repaid_share"]
show(facts[one_of_each].notna().mean().rename("known_share"), digits=0)

# %% [markdown] lang="en" minutes=5 rows=["A34"] slide="slide"
# ## The scorecard, in words and in a file
#
# The course gives a frame: five classes (五大类), 20 items, 100 points, 30 of them financial. It does not give the points of each item. So the
# kit keeps them in a file that you can read and change:
#
# ```toml
# [[items]]
# id = "current_cover"
# class = "solvency"
# name = "current ratio"
# points = 4
# source = "S"
# slope = {fact = "current_ratio", zero = 1.0, full = 1.5}
# ```
#
# A **slope** has no points at `zero`, all at `full`, and a straight line between. For a fact $x$ and an item of $P$ points
#
# $$\text{points} = P \cdot \min\left(1, \max\left(0, \frac{x - \text{zero}}{\text{full} - \text{zero}}\right)\right)$$
#
# Other items have **levels**: the first one that holds counts. `load_scorecard` refuses a file whose sums are not what it promises.

# %% [markdown] lang="zh"
# ## 评分表：先用文字，再看文件
#
# 课程给的是框架：“五大类共20项”，百分制，“其中财务指标占30分，非财务指标占70分”。每一项给几分，课程没有说。所以我们把它写进一个谁都能读、能改的文件：
#
# ```toml
# [[items]]
# id = "current_cover"
# class = "solvency"
# name_zh = "流动比率"
# points = 4
# source = "S"
# slope = {fact = "current_ratio", zero = 1.0, full = 1.5}
# ```
#
# 这一项按**斜线**给分（`slope`）：在 `zero` 处 0 分，在 `full` 处满分，中间是直线。事实是 $x$，满分是 $P$，
#
# $$得分 = P \cdot \min\left(1, \max\left(0, \frac{x - \text{zero}}{\text{full} - \text{zero}}\right)\right)$$
#
# 另一些项目分**档次**（`levels`）：从上往下，第一个符合的算数。文件里的合计和它自己写明的不一致，`load_scorecard` 就拒绝读入。

# %% [markdown] lang="en" tags=["slide-text"]
# The course: five classes, 20 items, 100 points, 30 financial. The points of each item: a file to read and change.
#
# **Slope**: nothing at `zero`, all at `full`, a line between.
#
# $$\text{points} = P \cdot \min\left(1, \max\left(0, \frac{x - \text{zero}}{\text{full} - \text{zero}}\right)\right)$$

# %% [markdown] lang="zh"
# 课程的框架：五大类，20 项，100 分，财务 30 分。每一项几分，写在一个能读、能改的文件里。
#
# **斜线**：`zero` 处 0 分，`full` 处满分，中间是直线。
#
# $$得分 = P \cdot \min\left(1, \max\left(0, \frac{x - \text{zero}}{\text{full} - \text{zero}}\right)\right)$$

# %% slide="result"
card = scorecard.load_scorecard("default")
items = scorecard.list_items(card)
items.groupby("class", sort=False).agg(
    n_items=("points", "size"), points=("points", "sum"), is_financial=("is_financial", "all"))

# %% [markdown] lang="en"
# We take one item from each block of facts. Keeping of payments counts as *not* financial, although it is a ratio of money: “financial” means here
# *read from the customer's statements*.

# %% [markdown] lang="zh"
# 三块信息各取一项。注意：信用履约率评价这一类算*非财务*指标，虽然它是两笔钱的比。这里的“财务”，是指*从客户的财务报表里读出来*。

# %% slide="result"
three = ["repayment", "relation_length", "current_cover"]
items.loc[three, ["points", "rule"]]

# %% [markdown] lang="en" minutes=8 slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in. `repaid_share` is the share repaid of the credit that was due last quarter. A `current_ratio` of 1.30 is the 130 % of the rule. 0.59 and 0.61 stand beside each other on purpose.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户。`repaid_share` 是上季度到期的款项中还了多大比例。`current_ratio`（流动比率）1.30 就是规则里的 130%。0.59 和 0.61 是有意放在一起的。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight["repaid_share"] = [1.00, 0.90, 1.00, 0.75, 0.59, 0.61, 0.95, 0.00]
eight["relation_days"] = [1200, 500, 45, 730, 900, 900, 200, 1500]
eight["current_ratio"] = [1.80, 1.30, 0.95, 1.50, 1.40, 1.40, 1.10, 2.00]
eight

# %% [markdown] lang="en" slide="fragment"
# **3.1.a** Your turn: how many points does B get, for the three items together?

# %% [markdown] lang="zh"
# **3.1.a** 你来算：三项合计，B 得多少分？

# %% [markdown] lang="en" tags=["slide-text"]
# **3.1.a** Your turn: how many points does B get, for the three items together? B repaid 90 %, has been with us for 500 days, and has a current ratio of 1.30.
#
# - repayment: 20 points times the share repaid, none below 60 %
# - relation: 1 point from 60 days, 2 from 365 days, 3 above 730 days
# - current ratio: a slope from 0 points at 1.00 to 4 points at 1.50

# %% [markdown] lang="zh"
# **3.1.a** 你来算：三项合计，B 得多少分？B 还了 90%，业务关系 500 天，流动比率 1.30。
#
# - 信用履约率：20 分 × 偿付比例，低于 60% 不得分
# - 业务关系持续期：满 60 天 1 分，满 365 天 2 分，超过 730 天 3 分
# - 流动比率：斜线，1.00 得 0 分，1.50 得 4 分

# %% tags=["exercise"]
points_of_b = ...
check("3.1.a", points_of_b)

# %% [markdown] lang="en" slide="subslide"
# Now all eight. `clip` does the min and the max of the formula. `where` keeps the points of those with 0.6 and more, and puts 0 for the others.
# A comparison counts as 1 where it holds: three of them make the levels of the relation.

# %% [markdown] lang="zh"
# 再算全部八位。`clip` 就是公式里的 min 和 max；`where` 留下比例达到 0.6 的得分，其余记 0 分；比较成立算 1，三次比较加起来，就是业务关系持续期的档次。

# %% [markdown] lang="en" tags=["slide-text"]
# All eight: `clip` cuts at 0 and at 4, `where` puts 0 below 60 %, and three comparisons make the levels.

# %% [markdown] lang="zh"
# 全部八位：`clip` 在 0 和 4 处截断；`where` 把低于 60% 的记 0 分；三次比较加成档次。

# %% slide="result"
by_hand = pd.DataFrame(index=eight.index)
by_hand["repayment"] = (20 * eight["repaid_share"]).where(eight["repaid_share"] >= 0.6, 0)
days = eight["relation_days"]
by_hand["relation_length"] = (days >= 60).astype(float) + (days >= 365) + (days > 730)
by_hand["current_cover"] = (4 * (eight["current_ratio"] - 1.0) / (1.5 - 1.0)).clip(0, 4)
by_hand.assign(points=by_hand.sum(axis=1))

# %% [markdown] lang="en"
# Read E and F aloud: *two parts in a hundred more repaid, twelve points more.* The slope falls off a cliff at 60 %. D has been with us for two years to the
# day, and that is not *above* 730 days.
#
# `score_customers` does the same for all 20 items. It wants a column for every fact of the card: `reindex` adds the others, empty. The last two
# lines score and grade the whole company; we look at it in a moment.

# %% [markdown] lang="zh"
# 把 E 和 F 两行读出声来：*只多还了两个百分点，得分却多出 12 分*。斜线在 60% 处成了悬崖。D 和我们做生意整整两年，但整整两年不算*超过* 730 天。
#
# `score_customers` 对 20 项做同样的事。评分表要的每个事实都得有一列：`reindex` 把缺的列补上，里面是空的。最后两行给整家公司打分、定级，稍后再看。

# %%
facts_of_eight = eight.reindex(columns=card.fact_names)
by_card = credit.score_customers(facts_of_eight, card, as_of=today)
assert (by_card[three] - by_hand).abs().to_numpy().max() < 1e-9
scores = credit.score_customers(facts, card, as_of=today)
graded = credit.explain_grades(scores, card)

# %% [markdown] lang="en" slide="subslide"
# From score to grade: AAA from 90 on, AA from 80, A from 70, B from 60, below that C. These cut-offs are found in a public source. Nothing is rounded before: what do
# you expect for 89.999?

# %% [markdown] lang="zh"
# 从得分到等级：90 分起 AAA，80 分起 AA，70 分起 A，60 分起 B，再低是 C。这些分数线有公开出处。定级之前不四舍五入：89.999 分是哪一级？

# %% slide="result"
at_the_line = pd.Series([90, 89.999, 60, 59.999], name="score")
grades_there = credit.assign_grades(at_the_line, card)
show(at_the_line.to_frame().assign(grade=grades_there), digits=3)

# %% [markdown] lang="en" tags=["notes"]
# Let them fill in the eight on paper. Common: 1.30 taken as 130 % of 4 points; full points as soon as the ratio is above 100 %; the floor
# of 60 % taken as the zero of the slope. Ask who wrote the 60 %: we did (R), and E pays for it.

# %% [markdown] lang="zh"
# 让学生先在纸上填八位客户。常见错误：把 1.30 当成 4 分的 130%；一超过 100% 就给满分；把 60% 的下限当成斜线的零点。问学生：60% 是谁定的？是我们（R），代价却由 E 承担。

# %% [markdown] lang="en" minutes=5 rows=["A34"] slide="slide"
# ## The whole company
#
# The share of the points about which something is known is called **coverage** (覆盖率). Below 70 % a customer is **not rated** (未评级): no grade, and by the card no open credit, although the company
# gives it so far. That is a state of its own, and not a bad grade. For the others the score is points got out of the points that *could* be judged, times 100. Lesson 3.2 looks into that.

# %% [markdown] lang="zh"
# ## 整家公司
#
# 100 分里，知道情况、能够评判的占多大比例，叫**覆盖率**（coverage）。覆盖率不到 70%，就**未评级**：没有等级；按评分表也不该赊销，可公司眼下照样赊给他们。这是单独的一种状态，不是差的等级。其余客户：得到的分，除以*能够评判*的分，再乘 100，就是得分。第 3.2 课细说。

# %% [markdown] lang="en" tags=["slide-text"]
# **Coverage** (覆盖率): the share of the points about which something is known. Below 70 %: **not rated** (未评级), a state of its own and no bad grade.
#
# For the others: points got, out of those that *could* be judged.

# %% [markdown] lang="zh"
# **覆盖率**：100 分里，能够评判的占多大比例。不到 70%：**未评级**，是单独的一种状态，不是差的等级。
#
# 其余：得分 = 得到的分 ÷ *能够评判*的分 × 100。

# %% [markdown] lang="en" slide="fragment"
# **3.1.b** Guess before you look: what share of the customers cannot be rated on 1 January 2026? (a fraction)

# %% [markdown] lang="zh"
# **3.1.b** 先猜再看：2026 年 1 月 1 日，多大比例的客户评不出等级？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("3.1.b", guess)

# %% [markdown] lang="en" slide="subslide"
# `explain_grades` gave each customer a grade and a sentence that says why. Here are the grades by line of business:

# %% [markdown] lang="zh"
# `explain_grades` 给了每位客户一个等级，和一句理由。各行业的等级：

# %% slide="result"
industry = tables["customers"].set_index("customer_id")["industry"][facts.index]
counts = pd.crosstab(graded["grade"], industry.fillna("not known")).iloc[::-1]
n_all, n_rated = len(graded), (graded["grade"] != "not rated").sum()
ax = plots.plot_grades(counts)
ax.set_title(sentence("Of {n_all} customers {n_rated} get a grade (simulated)"))
plt.show()

# %% [markdown] lang="en"
# A grade that nobody can explain is of no use in a talk with a customer. Take the B customer with the most credit due: where are the points
# lost?

# %% [markdown] lang="zh"
# 说不出理由的等级，和客户谈的时候没有用。看看 B 级客户中到期款项最多的一位：分数丢在哪里？

# %% slide="result"
one = facts["amount_due"].where(graded["grade"] == "B").idxmax()
explained = credit.explain_scores(facts, card, as_of=today).loc[one]
missed, missed_on_time = explained["missed"].sum(), explained.loc["punctuality", "missed"]
ax = plots.plot_points(explained)
ax.set_title(sentence("Customer {one}: {missed:.0f} points missed, {missed_on_time:.0f} of them by not paying on time"))
plt.show()

# %% [markdown] lang="en"
# Suppose that C customers owe most of what is overdue. Does that prove the card? No: those who owe lost points for it. A grade cannot prove itself by what it was made
# from. A fair test looks at what happens *later*, as below.

# %% [markdown] lang="zh"
# 如果逾期的钱大多是 C 级客户欠的，能证明评分表准吗？不能：欠钱的人正是因为欠钱才被扣了分。等级不能用它自己的依据来证明自己。公平的检验要看*以后*发生的事，下面就这样做。

# %%
overdue = facts["overdue_amount"].groupby(graded["grade"], observed=True).sum()
overdue_of_c, not_rated_share = overdue["C"] / overdue.sum(), 1 - n_rated / n_all
say("{not_rated_share:.0%} of the customers are not rated. C customers owe {overdue_of_c:.0%} of all that is overdue, but they are C partly because they owe it.")

# %% [markdown] lang="en" minutes=4 rows=["A34"] slide="slide"
# ## Where it misleads: who wrote the points?
#
# Copies of this table that go round differ in their points. The file marks each item: **S** found in a public source, **M** commonly quoted in
# this form but the source not found again, **R** rebuilt by the authors of this kit, to fill the frame. The mark is about the points: of some R items name and criteria are sourced, and
# `note` says so. A few S items were scaled to the points of this table.

# %% [markdown] lang="zh"
# ## 哪里会误导人：分数是谁定的？
#
# 流传的各种版本，分值各不相同。文件里每一项都标明：**S** 有公开来源；**M** 常见的说法，但没有再找到出处；**R** 为了补全框架，由本课程工具的作者补写。标记说的是分值：有的 R 项目，名称和标准有公开来源，`note`（说明）里写着；个别 S 项目按比例换算过分数。

# %% [markdown] lang="en" tags=["slide-text"]
# - **S** found in a public source
# - **M** commonly quoted, source not found again
# - **R** rebuilt by the authors of this kit

# %% [markdown] lang="zh"
# - **S** 有公开来源
# - **M** 常见的说法，没有再找到出处
# - **R** 为了补全框架，我们补写的

# %% slide="result"
by_source = pd.crosstab(items["class"], items["source"], values=items["points"], aggfunc="sum")
by_source = by_source.loc[items["class"].unique()[::-1], ["S", "M", "R"]].fillna(0)
n_sourced, n_quoted, n_rebuilt = by_source.sum()
ax = by_source.plot.barh(stacked=True, color=[plots.GREEN, plots.BLUE, plots.ORANGE])
ax.set(xlabel=t("points"), ylabel="")
ax.legend(title=t("source"))
ax.set_title(sentence("Of 100 points {n_sourced:.0f} are sourced (S), {n_quoted:.0f} quoted (M), {n_rebuilt:.0f} rebuilt (R)"))
plt.show()

# %% [markdown] lang="en"
# How much hangs on what we rebuilt? `keep_items` keeps the S and M items and scales them up to 100 points. We grade all customers again, and count who gets another grade.

# %% [markdown] lang="zh"
# 我们补写的部分影响有多大？`keep_items` 只留下 S 和 M 的项目，再按比例放大到 100 分。全部客户重新评一次，数一数有多少人换了等级。

# %%
without = scorecard.keep_items(card, items.index[items["source"] != "R"])
scores_without = credit.score_customers(facts, without, as_of=today)
other_grade = credit.assign_grades(scores_without, without)["grade"]
in_both = (graded["grade"] != "not rated") & (other_grade != "not rated")
n_both, n_other = in_both.sum(), (graded["grade"] != other_grade)[in_both].sum()
say("Without the rebuilt items {n_other} of {n_both} rated customers have another grade.")

# %% [markdown] lang="en" slide="subslide"
# And do points tell anything about **real** firms? 132 firms of the years 1970 to 1982, half of them bankrupt: real as far as is known, for nobody documented
# how they were chosen. The item current ratio, marked S, gives them points:

# %% [markdown] lang="zh"
# 那么分数对**真实**的企业有用吗？1970 至 1982 年的 132 家公司，其中一半破产；就所知是真实数据，但怎样选出来的，没有记载。用“流动比率”这一项（标记 S）给它们打分：

# %% slide="result"
firms = datasets.load_bankruptcies()
firms["points"] = (4 * (firms["current_assets_to_current_debt"] - 1.0) / 0.5).clip(0, 4)
firms["is_full"] = firms["points"] == 4
by_fate = firms.groupby("is_bankrupt").agg(
    average_points=("points", "mean"), full_points_share=("is_full", "mean"))
by_fate.index = [t("not bankrupt"), t("bankrupt")]
assert by_fate["average_points"].is_monotonic_decreasing
assert by_fate["full_points_share"].min() > 0.3
by_fate

# %% [markdown] lang="en"
# Bankrupt firms had fewer points on average, and yet more than three in ten of them had all four. One item is a hint, not a verdict: that is why a card has twenty.

# %% [markdown] lang="zh"
# 破产的公司平均得分低一些，可其中超过三成得了满分。一项指标只是线索，不是判决：所以才要二十项。

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# Whom do we ask for cash before the goods go out? We grade on 1 January 2025, and then look at the invoices of the half-year that *followed*. What is still unpaid
# at the end of 2025, at least three months after it was due, we count as lost.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 哪些客户要先付款、后发货？我们站在 2025 年 1 月 1 日评级，再看*此后*半年开出的发票：到 2025 年底还没付、逾期至少三个月的，算作损失。

# %% [markdown] lang="en" tags=["slide-text"]
# Graded on 1 January 2025; then the invoices of the half-year that *followed*. Still unpaid at the end of 2025: counted as lost.
#
# **Assumed**: asked for cash, they buy 70 % of what they bought.

# %% [markdown] lang="zh"
# 2025 年 1 月 1 日评级，再看*此后*半年的发票；到年底还没付的，算作损失。
#
# **假设**：要求先付款的客户，销售额剩下原来的 70%。

# %%
facts_then = credit.gather_facts(tables, as_of="2025-01-01")
scores_then = credit.score_customers(facts_then, card, as_of="2025-01-01")
graded_then = credit.explain_grades(scores_then, card)

# %% [markdown] lang="en"
# The invoices of the half-year after. `map` looks up each customer's grade; who was not in the list yet is not rated.

# %% [markdown] lang="zh"
# 此后半年的发票。`map` 查出每位客户当时的等级；还不在名单上的，算未评级。

# %%
later = invoices[invoices["invoice_date"].between("2025-01-01", "2025-06-30")]
sold = later.assign(unpaid_amount=later["amount"].where(later["paid_date"].isna(), 0))
grade_then = sold["customer_id"].map(graded_then["grade"].astype("str")).fillna("not rated")

# %% [markdown] lang="en"
# On credit we earn the margin of all sales, less what is lost: the whole invoice, since its margin has just been counted as earned. For cash nothing is lost, but some will buy elsewhere: we **assume** that 70 % of the
# sales stay.

# %% [markdown] lang="zh"
# 赊销的利润是全部销售的毛利，减去损失。减的是发票全额，不只是成本：没收到的那笔毛利，前面已经算作赚到了。先付款就没有损失，但有人会去别家买：**假设**销售额剩下 70%。

# %% slide="result"
money = sold.groupby(grade_then.rename("grade"))[["amount", "unpaid_amount"]].sum()
money["profit_on_credit"] = margin_rate * money["amount"] - money["unpaid_amount"]
money["profit_for_cash"] = 0.7 * margin_rate * money["amount"]
money.loc[counts.index]

# %% [markdown] lang="en"
# Four plans; going on as before is the first of them. We ask from the worst grade up: nobody could explain to an A why a B need not pay first. Those who are not asked for cash buy on credit. The loop adds up both.

# %% [markdown] lang="zh"
# 四种做法，第一种就是照旧。要求先付款，得从最差的一级开始：要 A 级先付款，B 级却可以赊，和客户说不通。没有要求先付款的，照旧赊购；循环把两部分加起来。

# %% slide="result"
asked = {t("credit for all"): [], t("cash from C"): ["C"], t("cash from C and not rated"): ["C", "not rated"]}
asked[t("cash from all")] = list(money.index)
plans = pd.Series(0.0, index=pd.Index(asked, name="plan"), name="plan_profit")
for plan, grades in asked.items():
    plans[plan] = money["profit_on_credit"].drop(grades).sum()
    plans[plan] += money.loc[grades, "profit_for_cash"].sum()
best_plan, full_margin = plans.idxmax(), margin_rate * money.loc["C", "amount"]
must_stay = money.loc["C", "profit_on_credit"] / full_margin
say("Best of the four is “{best_plan}”. Cash from C pays if more than {must_stay:.0%} of their sales stay."
    if must_stay > 0
    else "Best of the four is “{best_plan}”. On credit C customers brought a loss: cash from them pays even if all of them leave.")
plans

# %% [markdown] lang="en"
# It hangs on what share of the sales stays, which nobody has measured: ask a few C customers, drawn at random, for cash, and see. And one half-year is little: a few large invoices decide. The exercises look
# at the half-year before. Lesson 3.5 tests the grades with intervals.

# %% [markdown] lang="zh"
# 结论取决于多少销售额会留下，这个数没有人量过：随机选几位 C 级客户，请他们先付款，看销售额剩下多少就知道。况且半年太短，几张大发票就能左右结果。练习里再看前一个半年；第 3.5 课用区间来检验等级。

# %% [markdown] lang="en" tags=["notes"]
# Vote before the table appears: most want cash from C and from those not rated. Ask what the 30 % who leave take with them: their margin, also of those who
# would have paid. Then let them compute the half-year before (3.1.4), and compare the two answers.

# %% [markdown] lang="zh"
# 出表之前先表决：多数人想让 C 级和未评级的都先付款。追问：走掉的三成把什么也带走了？毛利，包括本来会付款的人的毛利。再让他们算前一个半年（3.1.4），比一比两个答案。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about a day before: `facts_2025`, the facts known on **1 January 2025** · `rated`, one row per customer of that day with `grade` (*not rated*
# among them), `amount_due` (credit due in the last quarter) and `overdue_amount` · `missed`, of those rated that day the points missed in each item, empty where the fact was not known ·
# `c_sales`, the invoices of July to December **2024** of those graded C on 1 July 2024, with `amount` and `unpaid_amount` · `margin_rate`. Stuck? `hint("3.1.1")`, then `solution("3.1.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用更早的数据：`facts_2025` 是 **2025 年 1 月 1 日**已知的事实 · `rated` 是那一天每位客户一行，列有 `grade`（等级，包括未评级 not rated）、`amount_due`（上季度到期的款项）和 `overdue_amount`（逾期金额） · `missed` 是那天有等级的客户每一项的失分，情况不明的项目空着 · `c_sales` 是 2024 年 7 月 1 日评为 C 级的客户在 **2024 年** 7 至 12 月的发票，列有 `amount`（金额）和 `unpaid_amount`（未付金额） · `margin_rate` 是毛利率。卡住了，可以用 `hint("3.1.1")`，再用 `solution("3.1.1")`。

# %%
facts_2025 = facts_then
rated = graded_then[["grade"]].join(facts_then[["amount_due", "overdue_amount"]])
has_grade = rated["grade"] != "not rated"
missed = (items["points"] - scores_then[items.index])[has_grade]
facts_2024 = credit.gather_facts(tables, as_of="2024-07-01")
scores_2024 = credit.score_customers(facts_2024, card, as_of="2024-07-01")
grades_2024 = credit.assign_grades(scores_2024, card)["grade"].astype("str")
is_later = invoices["invoice_date"].between("2024-07-01", "2024-12-31")
c_sales = invoices[is_later & (invoices["customer_id"].map(grades_2024) == "C")]
c_sales = c_sales.assign(unpaid_amount=c_sales["amount"].where(c_sales["paid_date"].isna(), 0))
c_sales = c_sales[["customer_id", "amount", "unpaid_amount"]]
practice_on(facts_2025=facts_2025, rated=rated, missed=missed, c_sales=c_sales,
            margin_rate=margin_rate)

# %% [markdown] lang="en"
# **3.1.1** The item *debt ratio* gives 4 points up to a ratio of 0.60, none from 0.88 on, and a straight line between. How many points do the customers get
# on average whose `debt_ratio` is known? (`facts_2025`)

# %% [markdown] lang="zh"
# **3.1.1** “资产负债率”一项：0.60 及以下得 4 分，0.88 及以上得 0 分，中间是直线。`debt_ratio` 已知的客户，平均得多少分？（用 `facts_2025`）

# %% tags=["exercise"]
mean_points = ...
check("3.1.1", mean_points)

# %% [markdown] lang="en"
# **3.1.2** Add up the credit due last quarter, `amount_due`, of all customers in the list. What share of it was due from customers graded C? (`rated`; a fraction)

# %% [markdown] lang="zh"
# **3.1.2** 名单上全部客户上季度到期的款项 `amount_due` 加起来，其中 C 级客户的款项占多大比例？（用 `rated`；用小数表示）

# %% tags=["exercise"]
share_of_c = ...
check("3.1.2", share_of_c)

# %% [markdown] lang="en"
# **3.1.3** Of all points that the rated customers missed, what share was missed in keeping of payments, that is in the items `repayment`, `punctuality` and
# `bad_debts`? (`missed`; a fraction)

# %% [markdown] lang="zh"
# **3.1.3** 有等级的客户一共丢掉的分数中，信用履约率评价这一类，也就是 `repayment`、`punctuality`、`bad_debts` 三项，占多大比例？（用 `missed`；用小数表示）

# %% tags=["exercise"]
share_missed = ...
check("3.1.3", share_missed)

# %% [markdown] lang="en"
# **3.1.4** In July to December 2024 the C customers bought on credit. Which share of their sales must stay, so that asking them for cash brings *exactly as much* as credit did? Unpaid
# counts as lost, as in this lesson. (`c_sales`, `margin_rate`; a fraction)

# %% [markdown] lang="zh"
# **3.1.4** 2024 年 7 至 12 月，C 级客户赊购。如果改为先付款，他们的销售额要剩下多大比例，利润才*恰好等于*赊销的利润？未付的算作损失，与本课相同。（用 `c_sales` 和 `margin_rate`；用小数表示）

# %% tags=["exercise"]
needed = ...
check("3.1.4", needed)

# %% [markdown] lang="en"
# **3.1.5** A judgment, without code. The sales manager says: “This table is the national standard. A canteen with 59 points is a C, so no credit.” The canteen is two
# years old, gives no statements, and has paid every invoice a week late. What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.1.5** 思考题，不用写代码，没有标准答案。销售经理说：“这张表就是国家标准。食堂得了 59 分，是 C 级，不能赊。”这家食堂开了两年，不肯提供报表，每张发票都付了，只是都晚一个星期。你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
fifty_nine = ...
check("3.1.5", fifty_nine)

# %%
quiz("3.1.q1")

# %%
quiz("3.1.q2")

# %%
quiz("3.1.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **score** customers by hand on three indicators, and the whole company on twenty,
# - **tell apart** what of a table is sourced, what is commonly quoted, and what was rebuilt,
# - **decide** whom to ask for cash before the goods go out, with the assumption the answer hangs on.
#
# **Words** — credit rating (客户信用等级评估), scorecard (评分表), keeping of payments (信用履约率), coverage (覆盖率), not rated (未评级), slope, level (斜线、档次).
#
# **Next** — 3.2: What was known then?
#
# **Further reading** — Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **打分**：会用三项指标亲手给客户打分，会用二十项指标给整家公司打分；
# - **分清**：会说明一张表里哪些有出处，哪些是常见的说法，哪些是后人补的；
# - **决定**：会算哪些客户要先付款、后发货，并说出结论取决于什么假设。
#
# **术语**：客户信用等级评估（credit rating）、评分表（scorecard）、信用履约率（keeping of payments）、覆盖率（coverage）、未评级（not rated）、斜线、档次（slope, level）。
#
# **下一课**：3.2 当时知道什么？
#
# **延伸阅读**：Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM

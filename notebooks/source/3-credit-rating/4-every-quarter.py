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

# %% [markdown] lang="en" minutes=34 exercise_minutes=11 pattern=2 needs=["3.1"] rows=["A33"] slide="slide"
# # 4 · Every quarter: who moves, and how much of it is noise?
#
# A good customer was AA last quarter and is A now. Do you send somebody, ask for cash, and risk that they buy elsewhere? Or was it one
# invoice, twelve days late?
#
# In this lesson you will
#
# - **count** who moved from which grade to which, with those who left and those not rated,
# - **separate** moves from noise: how many grades change although nobody changed,
# - **decide** whether to act on a lower grade at once, after a second quarter, or not at all, in money.

# %% [markdown] lang="zh"
# # 4 · 每季度一次：谁升谁降，有多少只是随机波动？
#
# 一位好客户，上季度是 AA，这季度成了 A。要不要派业务员上门，请他先付款，冒着他去别家买的风险？也许只是一张发票晚付了十二天？
#
# 在这一课里，你将
#
# - **数清**：谁从哪一级到了哪一级，流失的、未评级的都算上；
# - **分辨**：哪些是变化，哪些只是随机波动：谁都没有变，也会有多少人换等级；
# - **决定**：等级下降，是马上行动，再等一个季度，还是什么都不做，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# AA last quarter, A now: send somebody and ask for cash, or was it one invoice, twelve days late?
#
# - **count** who moved, with those who left and those not rated,
# - **separate** moves from noise,
# - **decide** when to act on a lower grade, in money.

# %% [markdown] lang="zh"
# 上季度 AA，这季度 A：上门请他先付款，还是只不过一张发票晚了十二天？
#
# - **数清**谁升谁降，流失的、未评级的都算上；
# - **分辨**变化和随机波动；
# - **决定**等级下降以后何时行动，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A migration matrix counts everybody, those who left and those not rated too. Much of what moves in it would move if nobody changed.
#
# **Hard point** Noise is not seen in any one customer. It is seen only beside a company in which nobody changes.
#
# **Board** The eight customers as a table of two quarters, the row of A as shares. Below: one customer, four invoices, one late; who knows which?
#
# **Homework** Exercises 3.4.4 and 3.4.5. Find a ranking that is published every year (schools, cities, films): how many places would move by chance?

# %% [markdown] lang="zh"
# **重点** 迁移矩阵要数全体客户，流失的、未评级的也在内。其中很多升降，谁都没有变也会出现。
#
# **难点** 看任何一位客户，都看不出随机波动。只有和“谁都没有变”的情景放在一起，才看得出来。
#
# **板书** 八位客户两个季度的表，A 那一行写成比例。下面画一位客户的四张发票，一张晚付：会是哪一张，谁知道？
#
# **作业** 练习 3.4.4 和 3.4.5。找一个每年公布的排行榜（学校、城市、电影都可以）：有多少名次的升降，只是随机波动？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import chance, credit, datasets, plots, scorecard, transitions
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["A33"] slide="slide"
# ## Rated again every quarter
#
# The course: 「每季度根据上一季度评定一次」, rate every quarter, on the quarter before. The teaching company (**simulated**) sells on credit; the card is that of lesson 3.1.

# %% [markdown] lang="zh"
# ## 每个季度重新评一次
#
# 课程要求“每季度根据上一季度评定一次”。教学公司（**模拟**数据）赊销给客户，评分表就是第 3.1 课的那一张。

# %%
tables, _ = datasets.load_data(company)
invoices, card = tables["invoices"], scorecard.load_scorecard("default")
grades = list(card.grade_names)

# %% [markdown] lang="en"
# We rate on the first day of nine quarters. One row is one customer on one day.

# %% [markdown] lang="zh"
# 在九个季度的第一天各评一次。一行是一位客户在某一天的结果。

# %%
days = pd.date_range("2024-01-01", "2026-01-01", freq="QS").strftime("%Y-%m-%d")
rated = {day: credit.rate_customers(tables, card, as_of=day) for day in days}
grade_on = {day: rated[day]["grade"] for day in days}
rated["2025-10-01"][["grade", "score", "coverage", "on_time_share"]].head(4)

# %% [markdown] lang="en" slide="subslide"
# Before we look at who moved: on how much is a grade built? Repayment and punctuality are 34 of the 100 points. They come from the invoices that
# fell due in *one* quarter. How many are there?

# %% [markdown] lang="zh"
# 先不看谁升谁降，先问：一个等级建立在多少事实上？还款和按期两项占 100 分中的 34 分，只看*一个*季度内到期的发票。有多少张？

# %% slide="result"
is_due = invoices["due_date"].between("2025-07-01", "2025-09-30")
n_invoices = invoices.loc[is_due, "customer_id"].value_counts()
few_share = (n_invoices <= 2).mean()
bars = {"bins": range(1, 10), "align": "left", "rwidth": 0.8, "color": plots.BLUE}
ax = n_invoices.clip(upper=8).plot.hist(**bars)
ax.set(xlabel=t("invoices due in the quarter (8 and more: last bar)"), ylabel=t("number of customers"))
ax.set_title(sentence("{few_share:.0%} of those with anything due have one or two invoices due (simulated)"))
plt.show()

# %% [markdown] lang="en"
# With two invoices the share paid on time is 0, one half or 1, and nothing between. Keep that in mind.

# %% [markdown] lang="zh"
# 只有两张发票，按期付款的比例就只能是 0、一半或 1，没有别的可能。先记住这一点。

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## The migration matrix, in words and as a formula
#
# A **migration matrix** (等级迁移矩阵) has one row for each grade before, one column for each grade after. Of the $n_g$ customers who had grade $g$, $n_{gh}$ have grade
# $h$ now:
#
# $$p_{gh} = \frac{n_{gh}}{n_g}$$
#
# *Not rated* is a state of its own, in rows and columns. *Left* is a column: those who were in the list and are not any more. Then every row adds up to 1.
# A row that held nobody is **unknown**, not zero: nobody was there who could have moved.

# %% [markdown] lang="zh"
# ## 等级迁移矩阵：先用文字，再用公式
#
# **等级迁移矩阵**（migration matrix）的行是原来的等级，列是现在的等级。原来是 $g$ 级的有 $n_g$ 位客户，其中 $n_{gh}$ 位现在是 $h$ 级：
#
# $$p_{gh} = \frac{n_{gh}}{n_g}$$
#
# **未评级**是单独的一种状态，行和列里都有。**流失**只在列里：原来在名单上，现在不在了。这样每一行加起来才是 1。一行里一位客户也没有，那一行就是**未知**，不是零：没有人在那里，也就谈不上升降。

# %% [markdown] lang="en" tags=["slide-text"]
# Of the $n_g$ customers with grade $g$ before, $n_{gh}$ have grade $h$ now: $p_{gh} = n_{gh} / n_g$
#
# *Not rated* and *left* are states of their own. A row that held nobody is **unknown**, not zero.

# %% [markdown] lang="zh"
# 原来 $g$ 级有 $n_g$ 位，其中 $n_{gh}$ 位现在是 $h$ 级：$p_{gh} = n_{gh} / n_g$
#
# **未评级**和**流失**都是单独的状态。一位客户也没有的行是**未知**，不是零。

# %% [markdown] lang="en" minutes=6 slide="subslide"
# ## Eight customers, by hand
#
# Eight customers, typed in, with their grades of two quarters. W is not in the list any more. X was not rated the second time, Z the first time.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户两个季度的等级。W 已经不在名单上（left，流失）；X 第二次未评级（not rated），Z 第一次未评级。

# %% slide="result"
eight = pd.DataFrame(index=pd.Index(list("STUVWXYZ"), name="customer_id"))
eight["before"] = ["AA", "A", "A", "A", "A", "A", "B", "not rated"]
eight["after"] = ["AAA", "A", "A", "B", "left", "not rated", "C", "C"]
eight

# %% [markdown] lang="en" slide="fragment"
# **3.4.a** Your turn: of the customers graded A before, what share has a lower grade now? (a fraction)

# %% [markdown] lang="zh"
# **3.4.a** 你来算：原来是 A 级的客户，多大比例现在的等级更低？（用小数表示）

# %% tags=["exercise"]
lower_share = ...
check("3.4.a", lower_share)

# %% [markdown] lang="en" slide="subslide"
# Now all eight: `crosstab` counts every pair of states. Five have a grade twice: S, T, U, V, Y. Three of these have another one; `share_moved` counts just that.

# %% [markdown] lang="zh"
# 再看全部八位：`crosstab` 数出每一对状态有几位。两次都有等级的有五位：S、T、U、V、Y，其中三位换了等级。`share_moved` 数的就是这个比例。

# %% slide="result"
by_hand = pd.crosstab(eight["before"], eight["after"])
assert credit.share_moved(eight["before"], eight["after"].drop("W")) == 3 / 5
by_hand

# %% [markdown] lang="en"
# Read the row of A aloud: *five customers; two stayed, one fell, one left, one is not rated.* Of those who still have a grade two in three stayed; of all five it is two
# in five. `migration_counts` wants two columns, with W missing in the second; `migration_matrix` divides each row by its sum.

# %% [markdown] lang="zh"
# 把 A 这一行读出声来：*五位客户，两位没变，一位下降，一位流失，一位未评级*。只看还有等级的，三位里两位没变；看全部五位，是五位里两位。`migration_counts` 要前后两列等级，W 在后一列里没有；`migration_matrix` 再把每一行除以合计。

# %% slide="result"
counts = credit.migration_counts(eight["before"], eight["after"].drop("W"), grades=grades)
assert (counts.loc[by_hand.index, by_hand.columns] == by_hand).all(axis=None)
matrix = credit.migration_matrix(eight["before"], eight["after"].drop("W"), grades=grades)
show(matrix, kind="share", digits=0)

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## The company's year 2024
#
# One quarter has few customers in each grade. We add up the counts of the four quarters of 2024: `pairwise` gives each day with the next.

# %% [markdown] lang="zh"
# ## 教学公司的 2024 年
#
# 一个季度里，每个等级只有几位到几十位客户。我们把 2024 年四个季度的人数加起来：`pairwise` 把每个评定日和下一个评定日配成一对。

# %% slide="result"
counts = sum(credit.migration_counts(grade_on[first], grade_on[second], grades=grades)
             for first, second in pairwise(days[:5]))
stays = counts.loc["AAA", "AAA"] / counts.loc["AAA"].sum()
ax = plots.plot_migration(counts)
ax.set_title(sentence("Of AAA customers {stays:.0%} are AAA a quarter later (four quarters of 2024, simulated)"))
plt.show()

# %% [markdown] lang="en"
# `mobility` reads the square of the five grades: who rose, stayed, fell. The column *not rated* tells the rest.

# %% [markdown] lang="zh"
# `mobility` 只读五个等级的方块：升了、没变、降了各占多少。其余的看“未评级”那一列。

# %%
rated_twice = transitions.mobility(counts.loc[grades, grades])
up, down = rated_twice["up"], rated_twice["down"]
lost_grade = counts.loc[grades, "not rated"].sum() / counts.loc[grades].to_numpy().sum()
say("Of those rated twice, {up:.0%} rose and {down:.0%} fell within a quarter. And of all with a grade, {lost_grade:.0%} had none a quarter later.")

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Where it misleads: who is left out
#
# Many tables of this kind leave out those who lost their grade. Does it matter? We follow those with a grade on 1 January 2024 for a year. *In trouble*: an invoice due in 2024 was
# still not paid 90 days later.

# %% [markdown] lang="zh"
# ## 哪里会误导人：谁没有算进去
#
# 很多这样的表，把失去等级的客户去掉了。有影响吗？跟踪 2024 年 1 月 1 日有等级的客户一年。这里的“出了问题”，是指 2024 年到期的发票，过了 90 天还没付。

# %%
due = invoices[invoices["due_date"].between("2024-01-01", "2024-12-31")]
is_paid = (due["paid_date"] - due["due_date"]).dt.days <= 90
year = pd.DataFrame({"first": grade_on["2024-01-01"], "later": grade_on["2025-01-01"]})
year = year[year["first"].isin(grades)]
year["in_trouble"] = year.index.isin(due.loc[~is_paid, "customer_id"])
of_all = year["in_trouble"].mean()

# %% [markdown] lang="en"
# Two groups: those who still have a grade a year later, and those who have none, whether not rated or gone.

# %% [markdown] lang="zh"
# 两组客户：一年后还有等级的，和没有等级的（未评级或流失）。

# %% slide="result"
has_grade_later = year["later"].isin(grades)
groups = year.groupby(has_grade_later)["in_trouble"].agg(n_customers="size", trouble_share="mean")
of_gone, of_kept = groups["trouble_share"]
groups.index = [t("no grade a year later"), t("still a grade")]
say("Of all {of_all:.1%} got into trouble, of those who kept a grade {of_kept:.1%}: leaving the others out makes grades look safer."
    if of_kept < of_all
    else "Of all {of_all:.1%} got into trouble, of those who kept a grade {of_kept:.1%}: here leaving the others out does not make grades look safer.")
show(groups, digits=0)

# %% [markdown] lang="en" slide="subslide"
# It is one year, with a few dozen customers who lost their grade. The direction is what one expects; but with so few, a gap like this may come by chance, so both direction and size are uncertain.
#
# A **real** matrix: 6,473 firms rated by Standard & Poor's, over the year 2000. D is default, C is all below B. Those whose rating was withdrawn in the year (“not rated”) had been *taken out*
# before the counts were published. Suppose that one in ten was withdrawn (**assumed**), and that they failed as often, compared with the others, as our own got into trouble.

# %% [markdown] lang="zh"
# 只有一年，失去等级的也只有几十位。方向符合预期；可是人这么少，随机波动也能造成这样的差距，方向和大小都还说不准。
#
# **真实**的矩阵：标准普尔评级的 6473 家公司，2000 年一年的变化。D 是违约，C 是 B 以下的全部。一年里撤销评级的（not rated），公布之前就*去掉了*。**假设**每十家有一家撤销，它们出问题的比例与其余公司相比，倍数和我们的客户一样。

# %% [markdown] lang="en" tags=["slide-text"]
# **Real**: 6,473 firms, Standard & Poor's, 2000. Withdrawn ratings were *taken out* before publication.
#
# **Assumed**: one in ten was withdrawn, and failed more often by as much as our own.

# %% [markdown] lang="zh"
# **真实**：标准普尔，6473 家公司，2000 年。撤销评级的，公布之前就*去掉了*。
#
# **假设**：十家有一家撤销，出问题的倍数和我们的客户一样。

# %% slide="result"
firms = datasets.load_rating_transitions().pivot(
    index="from_grade", columns="to_grade", values="n_issuers")
published = firms.div(firms.sum(axis=1), axis=0)
assert (firms.to_numpy().sum(), firms["D"].sum()) == (6473, 85)
assert published["D"].round(4).tolist()[2:] == [0.0024, 0.0036, 0.0029, 0.0555, 0.1727]
real = pd.DataFrame({"stays_share": np.diag(published), "default_share": published["D"]})
real["default_share_with_withdrawn"] = real["default_share"] * (0.9 + 0.1 * of_gone / of_kept)
show(real, digits=2)

# %% [markdown] lang="en"
# The published shares are those of firms that kept a rating. How much they leave out nobody can read from them. And at 85 defaults in all the order is not safe: BB failed less often
# than BBB.

# %% [markdown] lang="zh"
# 公布的比例，只是保住评级的公司的比例。少算了多少，从表里看不出来。而且一共只有 85 家违约，次序也靠不住：BB 的违约比例比 BBB 还低。

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## A year is not four times the diagonal
#
# If nine in ten A customers stay for a quarter, do .9 to the fourth power stay for a year? No: more, for some leave and come back. A year is the *matrix* times itself, four times. `square_matrix` gives as many rows as columns: those who left stay away.

# %% [markdown] lang="zh"
# ## 一年不是对角线的四次方
#
# 假如一个季度后十位 A 级客户有九位不变，一年后不变的就是 0.9 的四次方吗？不是，比它多：有人离开了又回来。一年要用*矩阵*连乘四次。`square_matrix` 把它补成方阵：流失的不再回来。

# %% [markdown] lang="en" tags=["slide-text"]
# Nine in ten stay for a quarter: is it .9 to the fourth power for a year? More, for some leave and come back.
#
# A year is the *matrix* times itself, four times.

# %% [markdown] lang="zh"
# 一个季度后十位有九位不变，一年后就是 0.9 的四次方吗？比它多：有人离开了又回来。
#
# 一年要用*矩阵*连乘四次。

# %%
square = credit.square_matrix(counts)
assert np.allclose(square.loc["A"], counts.loc["A"] / counts.loc["A"].sum())
ahead = square @ square @ square @ square
assert np.allclose(transitions.forecast(square, square.loc["A"], periods=3).loc[3], ahead.loc["A"])

# %% [markdown] lang="en"
# `forecast` does the same: from the row of A after one quarter, three more quarters. Now the test: those with a grade on 1 January 2025, and their grade a year later, which the matrix of 2024 has not seen. How many have the
# same grade again?

# %% [markdown] lang="zh"
# `forecast` 做的是同一件事：从 A 级客户一个季度后的那一行出发，再走三个季度。现在检验：2025 年 1 月 1 日有等级的客户，一年以后呢？2024 年的矩阵没有见过这些数据。有多少人还是原来的等级？

# %% slide="result"
happened = credit.migration_counts(grade_on["2025-01-01"], grade_on["2026-01-01"], grades=grades)
n_before = happened.loc[grades].sum(axis=1)
again = pd.DataFrame({"happened": np.diag(happened.loc[grades, grades])}, index=grades)
again["by_matrix"] = n_before * np.diag(ahead.loc[grades, grades])
again["by_diagonal"] = n_before * np.diag(square.loc[grades, grades]) ** 4
n_happened, n_matrix, n_diagonal = again.sum()
say("The diagonal expects {n_diagonal:.0f} customers in their old grade, the matrix {n_matrix:.0f}; it was {n_happened:.0f}. The matrix is nearer."
    if abs(n_matrix - n_happened) < abs(n_diagonal - n_happened)
    else "The diagonal expects {n_diagonal:.0f} customers in their old grade, the matrix {n_matrix:.0f}; it was {n_happened:.0f}. Here the matrix is not nearer.")
show(again, digits=1)

# %% [markdown] lang="en"
# A gap remains. A part of it is luck in who moves. A part may be that the matrix takes all A customers for alike, while some of them are AA customers who fell for one quarter and come back. That smells
# of noise.

# %% [markdown] lang="zh"
# 还有差距。一部分是谁升谁降的运气。另一部分可能是因为，矩阵把所有 A 级客户当成一样的，而其中有的本来是 AA 级，只降了一个季度，又回来了。这很像随机波动。

# %% [markdown] lang="en" minutes=7 slide="slide"
# ## How much is noise? A company in which nobody changes
#
# One customer, four invoices, one paid 12 days late. Which one is luck. `shuffle_payments` shuffles the customer's own delays among their own invoices. Nothing else
# changes.

# %% [markdown] lang="zh"
# ## 有多少是随机波动？设想谁都没有变
#
# 一位客户有四张发票，一张晚付了 12 天。是哪一张，全凭运气。`shuffle_payments` 把这位客户自己的延迟天数，在他自己的发票之间重新分一次，别的都不变。

# %% slide="result"
few = pd.DataFrame({"customer_id": "T", "due_date": pd.date_range("2025-05", periods=4, freq="MS")})
few["paid_date"] = few["due_date"] + pd.to_timedelta([0, 0, 0, 12], unit="D")
for ledger in credit.shuffle_payments(few, until="2025-10-01", n_times=3, seed=1):
    print(*(ledger["paid_date"] - few["due_date"]).dt.days)

# %% [markdown] lang="en"
# The two invoices on the right are due in the third quarter. With the late one among them T has half of the 14 points for punctuality, else all 14. Seven points, and T is the same.
#
# Now the company. Statements, reviews, the day, the invoices stay; those that were never paid stay too. Forty times we shuffle the delays, and rate on 1 October 2025.

# %% [markdown] lang="zh"
# 右边两张在第三季度到期。晚付的那张在其中，T 的按期履约只得 14 分的一半；不在其中，就得 14 分。差 7 分，而 T 还是那个 T。
#
# 再看整家公司。报表、评审、评定日、发票都不变，一直没付的发票也不动。把延迟天数重新分四十次，每次都按 2025 年 10 月 1 日评定。

# %% [markdown] lang="en" tags=["slide-text"]
# The whole company: statements, reviews, invoices stay. Forty times each customer's own delays are shuffled, and all are rated on 1 October 2025 (**simulated**).

# %% [markdown] lang="zh"
# 整家公司：报表、评审、发票都不变。每位客户自己的延迟天数重新分四十次，每次都按 2025 年 10 月 1 日评定（**模拟**）。

# %%
before, after = grade_on["2025-07-01"], grade_on["2025-10-01"]
ledgers = credit.shuffle_payments(invoices, until="2025-10-01", n_times=40, seed=1)
shuffled = [credit.rate_customers(tables | {"invoices": ledger}, card, as_of="2025-10-01")
            for ledger in ledgers]

# %% [markdown] lang="en" slide="fragment"
# **3.4.b** Guess before you look: from one shuffle to the next nobody has changed. What share of the rated customers has another grade all the same? (a fraction)

# %% [markdown] lang="zh"
# **3.4.b** 先猜再看：从一次分配到下一次，谁都没有变。有等级的客户中，多大比例还是换了等级？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("3.4.b", guess)

# %% [markdown] lang="en" slide="subslide"
# Each shuffle beside the next one: 39 pairs between which nobody changed. The line is what really happened from July to October 2025.

# %% [markdown] lang="zh"
# 每一次分配和下一次相比：39 对，谁都没有变。竖线是 2025 年 7 月到 10 月实际发生的。

# %% slide="result"
other = pd.Series([credit.share_moved(one["grade"], next_one["grade"])
                   for one, next_one in pairwise(shuffled)])
moved, by_luck = credit.share_moved(before, after), other.mean()
ax = (100 * other).plot.hist(bins=12, color=plots.ORANGE)
ax.axvline(100 * moved, color=plots.BLUE, linewidth=3)
ax.set(xlabel=t("% of the rated with another grade"), ylabel=t("pairs of shuffles"))
ax.set_title(sentence("Another grade: {moved:.0%} in a quarter, {by_luck:.0%} where nobody changed (simulated)"))
plt.show()

# %% [markdown] lang="en"
# `moves_by_chance` does this for all pairs, for the customers with a grade on both days, and draws customers anew for the interval. With two shuffles it finds what
# `share_moved` finds.

# %% [markdown] lang="zh"
# `moves_by_chance` 对两天都有等级的客户，把所有的两两比较都做一遍，并重新抽取客户来算区间。只有两次分配时，结果和 `share_moved` 一样。

# %%
dealt = [one["grade"] for one in shuffled]
of_two = credit.moves_by_chance(*dealt[:2], dealt[:2], seed=1)
assert np.isclose(of_two["by_chance"], credit.share_moved(*dealt[:2]))
noise = credit.moves_by_chance(before, after, dealt, seed=1)
ratio, low, high = noise[["ratio", "low", "high"]]
say("Chance alone would make {ratio:.0%} as many moves as there were (95% interval: {low:.0%} to {high:.0%}).")

# %% [markdown] lang="en" slide="subslide"
# That is no small share. It is one quarter, and rough: who has one invoice in all cannot vary, and luck in statements and reviews is not counted, which makes it too small; in those who did change old and
# new delays are mixed, which makes it too large. And it does not say *which* moves are noise. One trace can be seen: who stands at the top can only fall, who stands at the bottom can only rise. Luck that made a grade good does not last:
# **regression to the middle**.

# %% [markdown] lang="zh"
# 这个比例不小，但只是一个季度，也只是大概：一共只有一张发票的客户不会变，报表和评审里的随机因素也没有算，比例就偏小；真的变了的客户，新旧延迟天数混在一起，比例就偏大。它也说不出*哪些*升降是随机波动。但有一个痕迹看得见：站在最高处的只能降，站在最低处的只能升；让等级变好的运气不会一直有。这叫**向中间回归**。

# %% [markdown] lang="en" tags=["slide-text"]
# It does not say *which* moves are noise. One trace can be seen: who stands at the top can only fall, at the bottom only rise. **Regression to the middle.**

# %% [markdown] lang="zh"
# 它说不出*哪些*升降是随机波动。但有一个痕迹：最高处的只能降，最低处的只能升。这叫**向中间回归**。

# %% slide="result"
change = (rated["2025-10-01"]["score"] - rated["2025-07-01"]["score"]).groupby(before).mean()
luck = pd.DataFrame([(next_one["score"] - one["score"]).groupby(one["grade"]).mean()
                     for one, next_one in pairwise(shuffled)]).mean()
beside = pd.DataFrame({t("observed"): change, t("nobody changed"): luck})
ax = beside.loc[grades].plot.bar(color=[plots.BLUE, plots.ORANGE], rot=0)
ax.set(xlabel=t("grade before"), ylabel=t("average change of the score, points"))
ax.set_title(sentence("Where nobody changed, AAA moves by {luck[AAA]:.1f} points and C by {luck[C]:.1f} (simulated)"))
plt.show()

# %% [markdown] lang="en" tags=["notes"]
# Ask what the seller says who visited the C customers in July: “my visits helped, they rose”. They would have risen without him. The orange bars are the answer. Where a blue bar
# lies clearly lower than the orange one, there was change for the worse as well; with so few customers in a grade, only a large gap says so.

# %% [markdown] lang="zh"
# 可以问：七月拜访过 C 级客户的业务员会说“我去过以后，他们升了”。不去也会升，橙色的柱子就是答案。蓝色柱子明显低于橙色柱子的等级，那个季度也有真实的变化，而且是变差；一个等级里客户这么少，差得多才算数。

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# Everybody who fell in 2024 (`list_downgrades`), and what they bought in the half-year after, in two quarters. Never paid counts as lost. To act is to visit and ask for cash: a visit
# costs what the company's own list says, and we **assume** that 70 % of their purchases stay.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 2024 年等级下降的客户（`list_downgrades`），以及此后半年、分两个季度的购买金额。一直没付的算作损失。行动，就是上门拜访、请他先付款：一次拜访的费用按公司自己的标准，并**假设**购买金额剩下 70%。

# %% [markdown] lang="en" tags=["slide-text"]
# Everybody who fell in 2024, and the half-year after. Never paid: lost.
#
# To act: a visit, and cash before delivery. **Assumed**: 70 % of their purchases stay.

# %% [markdown] lang="zh"
# 2024 年等级下降的客户，此后半年。一直没付的算作损失。
#
# 行动：上门拜访，请他先付款。**假设**：购买金额剩下 70%。

# %%
fell = credit.list_downgrades({day: grade_on[day] for day in days[:6]}, invoices)
visit_cost = tables["activity_rates"].set_index("activity").loc["representative visit", "unit_cost"]
fell[["before", "after", "is_low_again", "amount_first", "unpaid_amount_first"]].head(4)

# %% [markdown] lang="en"
# Three plans. Doing nothing is the first. The second acts at once. The third waits a quarter, and acts on those who are low again: in the second quarter it saves what
# would not be paid, and loses the margin of 30 % and a visit.

# %% [markdown] lang="zh"
# 三种做法。第一种，什么都不做；第二种，马上行动；第三种，等一个季度，仍然偏低的才行动：第二个季度省下收不回来的钱，损失三成的毛利和一次拜访。

# %%
lines = tables["transactions"][tables["transactions"]["customer_id"].isin(invoices["customer_id"])]
margin_rate = 1 - lines["cost"].sum() / lines["amount"].sum()
sales = fell["amount_first"] + fell["amount_second"]
unpaid = fell["unpaid_amount_first"] + fell["unpaid_amount_second"]
plans = pd.DataFrame({"nothing": margin_rate * sales - unpaid})
plans["at_once"] = 0.7 * margin_rate * sales - visit_cost
saved = fell["unpaid_amount_second"] - 0.3 * margin_rate * fell["amount_second"] - visit_cost
plans["if_low_again"] = plans["nothing"] + saved.where(fell["is_low_again"], 0)

# %% [markdown] lang="en"
# How sure is the order of the first two? For each customer we take the difference, and the interval of its mean.

# %% [markdown] lang="zh"
# 前两种做法谁好谁差，有多大把握？每位客户取两者之差，再求平均差额的区间。

# %% slide="result"
plan_profit = plans.sum().rename("plan_profit")
plan_profit.index = [t("do nothing"), t("visit at once"), t("visit if low again")]
difference = (plans["at_once"] - plans["nothing"]).groupby(fell["customer_id"]).sum()
least, most, _ = chance.bootstrap_interval(difference, pd.Series.mean, seed=1)
gain = difference.mean()
say("A visit at once brings {gain:CNY} a customer more than doing nothing (95% interval: {least:CNY} to {most:CNY})."
    if least > 0
    else "A visit at once does not surely beat doing nothing: {gain:CNY} a customer (95% interval: {least:CNY} to {most:CNY}).")
plan_profit

# %% [markdown] lang="en"
# It hangs on the 70 %, which nobody has measured, and on a few invoices: in the exercises the half-year before gives another order. A plan between is worth a thought: write down
# who fell, wait a quarter, and give nobody *more* credit until then. That costs no visit.

# %% [markdown] lang="zh"
# 结论取决于那个 70%，这个数没有人量过；也取决于少数几张发票：练习里换成更早的半年，次序就不同。还可以想一个折中的办法：先记下谁降了级，等一个季度，这期间不给他们*增加*信用。这样不用上门。

# %% [markdown] lang="en" tags=["notes"]
# Vote first. Most want to act at once: a lower grade looks like news. Ask who pays for the visits and for the 30 % of the purchases that go. Then let them compute 2023 (3.4.4), where the
# order is another, and ask which of the two half-years they would show to the board.

# %% [markdown] lang="zh"
# 先表决。多数人想马上行动：等级下降看上去就是消息。追问：拜访的钱谁出？走掉的三成购买金额谁赔？再让他们算 2023 年（3.4.4），次序不同；问他们会把哪一个半年拿给董事会看。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# Other quarters: `last_quarter`, one row per customer, the state on **1 October 2025** (`before`) and on **1 January 2026** (`after`), *not rated*, *new* and *left* among them · `matrix_2025`, the square matrix of the four
# quarters of **2025**, a row for each state before · `spring`, one row per customer: grade on 1 January 2025 (`before`), on **1 April 2025** (`after`), and on that day in two shuffles of
# payments (`first`, `second`) · `fell_2023`, everybody who fell on **1 October 2023 or 1 January 2024** · `margin_rate` · `visit_cost`. Stuck? `hint("3.4.1")`, then `solution("3.4.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换几个季度：`last_quarter` 是每位客户一行，**2025 年 10 月 1 日**的状态（`before`）和 **2026 年 1 月 1 日**的状态（`after`），包括未评级 not rated、新客户 new、流失 left · `matrix_2025` 是 **2025 年**四个季度的方阵，行是原来的状态 · `spring` 是每位客户一行：2025 年 1 月 1 日的等级（`before`）、**2025 年 4 月 1 日**的等级（`after`），以及同一天、付款重新分配两次的等级（`first`、`second`） · `fell_2023` 是 **2023 年 10 月 1 日或 2024 年 1 月 1 日**等级下降的客户 · `margin_rate` 是毛利率 · `visit_cost` 是一次拜访的费用。卡住了，可以用 `hint("3.4.1")`，再用 `solution("3.4.1")`。

# %%
last_quarter = pd.DataFrame({"before": grade_on["2025-10-01"], "after": grade_on["2026-01-01"]})
last_quarter = last_quarter.astype("object").fillna({"before": "new", "after": "left"})
counts_2025 = sum(credit.migration_counts(grade_on[first_day], grade_on[second_day], grades=grades)
                  for first_day, second_day in pairwise(days[4:]))
matrix_2025 = credit.square_matrix(counts_2025)
spring = pd.DataFrame({"before": grade_on["2025-01-01"], "after": grade_on["2025-04-01"]})
two = credit.shuffle_payments(invoices, until="2025-04-01", n_times=2, seed=2)
for name, ledger in zip(["first", "second"], two, strict=True):
    made_up = credit.rate_customers(tables | {"invoices": ledger}, card, as_of="2025-04-01")
    spring[name] = made_up["grade"].reindex(spring.index)
spring = spring.astype("object").fillna("not rated")
days_2023 = ["2023-07-01", "2023-10-01", "2024-01-01", "2024-04-01"]
fell_2023 = credit.list_downgrades(
    {day: credit.rate_customers(tables, card, as_of=day)["grade"] for day in days_2023}, invoices)
practice_on(last_quarter=last_quarter, matrix_2025=matrix_2025, spring=spring, fell_2023=fell_2023,
            margin_rate=margin_rate, visit_cost=visit_cost)

# %% [markdown] lang="en"
# **3.4.1** Of the customers graded A on 1 October 2025, what share has a lower *grade* on 1 January 2026? (`last_quarter`; a fraction)

# %% [markdown] lang="zh"
# **3.4.1** 2025 年 10 月 1 日评为 A 级的客户，多大比例到 2026 年 1 月 1 日*等级*更低了？（用 `last_quarter`；用小数表示）

# %% tags=["exercise"]
lower = ...
check("3.4.1", lower)

# %% [markdown] lang="en"
# **3.4.2** If 2026 moves like 2025: of the customers graded AA on 1 January 2026, what share is graded AA a year later? (`matrix_2025`; a fraction)

# %% [markdown] lang="zh"
# **3.4.2** 假如 2026 年的升降和 2025 年一样：2026 年 1 月 1 日评为 AA 级的客户，多大比例一年后是 AA 级？（用 `matrix_2025`；用小数表示）

# %% tags=["exercise"]
still_aa = ...
check("3.4.2", still_aa)

# %% [markdown] lang="en"
# **3.4.3** In the spring of 2025: of those with a grade in `first` and in `second`, what share differs between the two? And of those with a grade in `before` and in `after`? Give the first share divided by the second.
# (`spring`)

# %% [markdown] lang="zh"
# **3.4.3** 2025 年春天：`first` 和 `second` 两列都有等级的客户中，两个等级不同的占多大比例？`before` 和 `after` 两列都有等级的客户中呢？求前一个比例除以后一个比例。（用 `spring`）

# %% tags=["exercise"]
by_chance = ...
check("3.4.3", by_chance)

# %% [markdown] lang="en"
# **3.4.4** Those who fell on 1 October 2023 or 1 January 2024, over the half-year after: how many yuan does a visit at once bring *more* than doing nothing, for all of them together? As in this
# lesson: 70 % of the purchases stay, nobody visited fails to pay. (`fell_2023`, `margin_rate`, `visit_cost`; negative if less)

# %% [markdown] lang="zh"
# **3.4.4** 2023 年 10 月 1 日或 2024 年 1 月 1 日等级下降的客户，此后半年：马上拜访比什么都不做，合计*多*赚多少元？与本课相同：购买金额剩下 70%，拜访过的没有欠款。（用 `fell_2023`、`margin_rate`、`visit_cost`；少赚就写负数）

# %% tags=["exercise"]
more_by_acting = ...
check("3.4.4", more_by_acting)

# %% [markdown] lang="en"
# **3.4.5** A judgment, without code. The sales manager wants a bonus: “Of the customers I visited because they were C, half have a better grade now.” What do you ask, and how could one find out whether the visits
# helped? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.4.5** 思考题，不用写代码，没有标准答案。销售经理想要奖金：“因为是 C 级，我都去拜访了，现在一半升了级。”你会问什么？怎样才能知道拜访有没有用？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
bonus = ...
check("3.4.5", bonus)

# %%
quiz("3.4.q1")

# %%
quiz("3.4.q2")

# %%
quiz("3.4.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **count** who moved from which grade to which, with those who left and those not rated, for a quarter and for a year,
# - **separate** moves from noise, by a company in which nobody changes,
# - **decide** whether a lower grade is worth a visit, with the assumption the answer hangs on.
#
# **Words** — migration matrix (等级迁移矩阵), not rated (未评级), noise (随机波动), regression to the middle (向中间回归).
#
# **Next** — 3.5: Does it work?
#
# **Further reading** — Lando & Skodeberg (2002), “Analyzing rating transitions and rating drift with continuous observations”, *Journal of Banking & Finance* 26, 423–444

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **数清**：会数谁从哪一级到了哪一级，流失的、未评级的都算上，会算一个季度，也会算一年；
# - **分辨**：会用“谁都没有变”的情景，看出升降中有多少只是随机波动；
# - **决定**：会算等级下降值不值得上门，并说出结论取决于什么假设。
#
# **术语**：等级迁移矩阵（migration matrix）、未评级（not rated）、随机波动（noise）、向中间回归（regression to the middle）。
#
# **下一课**：3.5 评得准吗？
#
# **延伸阅读**：Lando & Skodeberg (2002), “Analyzing rating transitions and rating drift with continuous observations”, *Journal of Banking & Finance* 26, 423–444

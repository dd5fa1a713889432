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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["3.1", "3.5"] rows=["A34"] slide="slide"
# # 6 · Who set the weights?
#
# Thirty points are financial, seventy are not, says the course. Why not fifty and fifty? A customer below 60 gets no goods on credit, and a few points decide who that is. Would other weights lose us less money?
#
# In this lesson you will
#
# - **reweigh** a scorecard, first two classes by hand, then all five,
# - **measure** how much of a grade is the customer, and how much is the weights,
# - **decide** whether other weights are worth their money.

# %% [markdown] lang="zh"
# # 6 · 权重是谁定的？
#
# 课程说，财务指标占 30 分，非财务指标占 70 分。为什么不是五十对五十？低于 60 分的客户不能赊账，而谁低于 60 分，往往只差几分。换一套权重，会少亏钱吗？
#
# 在这一课里，你将
#
# - **改权重**：先用两大类亲手改，再改五大类；
# - **量一量**：一个等级，有多少来自客户，有多少来自权重；
# - **决定**：换一套权重值不值，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# Thirty points are financial, seventy are not. Why not fifty and fifty? Below 60 there is no credit.
#
# - **reweigh** a scorecard, by hand, then all of it,
# - **measure** how much of a grade is the weights,
# - **decide** whether other weights are worth their money.

# %% [markdown] lang="zh"
# 财务 30 分，非财务 70 分。为什么不是五十对五十？低于 60 分就不能赊账。
#
# - **改权重**：先亲手改，再改整张表；
# - **量一量**：等级有多少来自权重；
# - **决定**：换一套值不值，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A grade is a customer seen through weights. Some customers have the same grade through any weights, and some do not: tell them apart.
#
# **Hard point** The points of a class are not how much it decides: what all have in full decides nothing. And weights that were best last year were, in part, lucky last year.
#
# **Board** The eight customers with 30/70 beside 50/50. Below: *points* 28, 42, 14, 9, 7, and an empty row *effective weight*, filled when the figure comes.
#
# **Homework** Exercises 3.6.3 and 3.6.5. Find a ranking of universities: what are its weights, who set them, and what happens to your own with equal weights?

# %% [markdown] lang="zh"
# **重点** 等级是透过权重看到的客户。有的客户换什么权重都是同一级，有的不是：要分得清。
#
# **难点** 一类占多少分，不等于它决定多少：人人都拿满的分，什么也决定不了。去年最好的权重，有一部分是去年运气好。
#
# **板书** 八位客户，30/70 和 50/50 并排。下面写*分值* 28、42、14、9、7，再留一行空着：*实际分量*，等图出来再填。
#
# **作业** 练习 3.6.3 和 3.6.5。找一个大学排行榜：权重是多少，谁定的？改成等权重，你的学校排第几？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from crmlib import backtest, credit, datasets, intervals, plots, scorecard, validation
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=5 rows=["A34"] slide="slide"
# ## Thirty and seventy: says who?
#
# The course gives two numbers: 「其中财务指标占30分，非财务指标占70分」, 30 points financial, 70 not. It gives no reason, and no points for the five classes.
# Copies of the table that go round do not agree: character (品质特性) has 35 points in one, 28 in the one most often quoted, 19 in another. In our card
#
# - **sourced** (S): the names of the classes, 20 items, 100 points, 30 and 70,
# - **commonly quoted** (M): 28 for character and 42 for keeping of payments,
# - **rebuilt** (R) by the authors of this kit: how the 30 are shared out as 14, 9 and 7.

# %% [markdown] lang="zh"
# ## 三十和七十，谁说的？
#
# 课程给了两个数：“其中财务指标占30分，非财务指标占70分”。没有说理由，也没有说五大类各占几分。流传的几种版本并不一致：品质特性在一种里占 35 分，在最常引用的一种里占 28 分，在另一种里占 19 分。我们这张表里，
#
# - **有公开来源**（S）：五大类的名称，20 项，100 分，30 和 70；
# - **常见的说法**（M）：品质特性 28 分，信用履约率 42 分；
# - **我们补写**（R）：财务的 30 分怎样分成 14、9、7。

# %% [markdown] lang="en" tags=["slide-text"]
# 「其中财务指标占30分，非财务指标占70分」: 30 points financial, 70 not. No reason is given. Copies differ: character has 35, 28 or 19 points.
#
# - **S** sourced: class names, 20 items, 100 points, 30 and 70
# - **M** commonly quoted: 28 and 42
# - **R** rebuilt by us: 14, 9 and 7
#
# Customers: of the teaching company (**simulated**).

# %% [markdown] lang="zh"
# “其中财务指标占30分，非财务指标占70分”，没有说理由。各版本不一致：品质特性 35、28、19 分都有。
#
# - **S** 有公开来源：名称，20 项，100 分，30 和 70
# - **M** 常见的说法：28 和 42
# - **R** 我们补写：14、9、7
#
# 客户来自教学公司（**模拟**数据）。

# %%
card = scorecard.load_scorecard("default")
items = scorecard.list_items(card)
weights = items.groupby("class_id", sort=False)["points"].sum()
items.groupby("class", sort=False).agg({"points": "sum", "is_financial": "all"})

# %% [markdown] lang="en"
# We grade the customers of the teaching company (**simulated**) on 1 January 2025, as in lesson 3.5. One row is one customer. `rated` keeps those who get a grade.

# %% [markdown] lang="zh"
# 和第 3.5 课一样，我们站在 2025 年 1 月 1 日，给教学公司（**模拟**数据）的客户评级。一行是一位客户；`rated` 只留下评得出等级的。

# %%
tables, _ = datasets.load_data(company)
facts = credit.gather_facts(tables, as_of="2025-01-01")
scores = credit.score_customers(facts, card, as_of="2025-01-01")
rated = scores[credit.assign_grades(scores, card)["grade"] != "not rated"]

# %% [markdown] lang="en" slide="subslide"
# Weights matter most to those who stand near a line between two grades. How many are less than 3 points away from one? The lines (the cut-offs of the card) are red.

# %% [markdown] lang="zh"
# 权重对谁影响最大？对离分数线近的客户。离最近的一条线不到 3 分的，有多少？红线就是分数线。

# %% slide="result"
lines = [grade.at_least for grade in card.grades[:-1]]
away = pd.DataFrame({line: (rated["score"] - line).abs() for line in lines}).min(axis=1)
n_rated, n_near = len(rated), (away < 3).sum()
ax = rated["score"].plot.hist(bins=range(10, 101, 2), color=plots.BLUE)
ax.vlines(lines, 0, 1, transform=ax.get_xaxis_transform(), color=plots.RED)
ax.set(xlabel=t("score"), ylabel=t("number of customers"))
ax.set_title(sentence("{n_near} of {n_rated} rated customers are less than 3 points from a line"))
plt.show()

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## In words, then as a formula
#
# A **weight** (权重) is how many of the 100 points a class has. Class $k$ has the weight $w_k$; a customer got the share $g_k$ of its points, and the share $j_k$ could be
# judged at all, because the facts were known:
#
# $$\text{score} = 100 \cdot \frac{\sum_k w_k\, g_k}{\sum_k w_k\, j_k}$$
#
# Where everything is known, all $j_k$ are 1, and the score is a weighted mean of the class scores. (A linear rule; Dawes, 1979, calls it *improper* where nobody has fitted the weights to anything.)

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# **权重**（weight）就是一类在 100 分里占几分。第 $k$ 类的权重是 $w_k$；客户得到这一类分数的比例是 $g_k$；事实已知、因此能够评判的比例是 $j_k$：
#
# $$得分 = 100 \cdot \frac{\sum_k w_k\, g_k}{\sum_k w_k\, j_k}$$
#
# 什么都知道的时候，$j_k$ 都是 1，得分就是各类得分的加权平均。（这叫线性规则；权重没有用数据拟合过的，Dawes（1979）称为 *improper*，不规范的线性规则。）

# %% [markdown] lang="en" tags=["slide-text"]
# Class $k$: weight $w_k$ (权重), share of its points got $g_k$, share that could be judged $j_k$.
#
# $$\text{score} = 100 \cdot \frac{\sum_k w_k\, g_k}{\sum_k w_k\, j_k}$$
#
# All is known: a weighted mean of the class scores.

# %% [markdown] lang="zh"
# 第 $k$ 类：权重 $w_k$，得到的比例 $g_k$，能够评判的比例 $j_k$。
#
# $$得分 = 100 \cdot \frac{\sum_k w_k\, g_k}{\sum_k w_k\, j_k}$$
#
# 什么都知道：各类得分的加权平均。

# %% [markdown] lang="en" minutes=7 slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in, of whom everything is known. Two class scores, each out of 100: `financial`, from their statements, and `not_financial`, from our ledger and our sellers.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户，什么都知道。两个分类得分，满分都是 100：`financial` 是财务，出自报表；`not_financial` 是非财务，出自我们的账本和业务员。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight["financial"] = [95, 30, 62, 45, 88, 20, 70, 55]
eight["not_financial"] = [92, 78, 90, 88, 55, 64, 70, 52]
eight

# %% [markdown] lang="en" slide="fragment"
# **3.6.a** Your turn: with 30 points financial and 70 other, D has 0.3 · 45 + 0.7 · 88 = 75.1, an A. What is the score of D with **50 and 50**? (Then look: which grade is that?)

# %% [markdown] lang="zh"
# **3.6.a** 你来算：财务 30 分、非财务 70 分时，D 得 0.3 · 45 + 0.7 · 88 = 75.1，是 A 级。改成**五十对五十**，D 得多少分？（再看一看：这是哪一级？）

# %% tags=["exercise"]
score_of_d = ...
check("3.6.a", score_of_d)

# %% [markdown] lang="en" slide="subslide"
# Now all eight, with both weightings, and the grade of each score.

# %% [markdown] lang="zh"
# 再算全部八位：两套权重，各自的得分和等级。

# %% slide="result"
at_30 = 0.3 * eight["financial"] + 0.7 * eight["not_financial"]
at_50 = 0.5 * eight["financial"] + 0.5 * eight["not_financial"]
graded_30, graded_50 = credit.assign_grades(at_30, card), credit.assign_grades(at_50, card)
pd.DataFrame({"at_30": at_30, "grade_30": graded_30, "at_50": at_50, "grade_50": graded_50})

# %% [markdown] lang="en"
# Read D and E aloud: *the same two customers, and they have changed places.* G has 70 in both classes: no weights can move G. Those who score alike in all classes have a grade of their own; the others have one that the weights gave them.
#
# `reweigh` does this with the whole card. Within a class all items grow alike. For those of whom everything is known it must give what we get by hand: the points of the financial items, scaled from 30 to 50,
# and the others, from 70 to 50. (For a card all your own, `copy_scorecard` gives you the file; `load_scorecard` reads it only if its sums are right.)

# %% [markdown] lang="zh"
# 把 D 和 E 两行读出声来：*还是这两位客户，位置却换过来了*。G 两类都是 70 分，什么权重也动不了他。各类得分差不多的客户，等级是自己的；各类相差大的，等级是权重给的。
#
# `reweigh` 对整张表做同样的事：一类之内，各项同比例增减。什么都知道的客户，结果应当和手算一样：财务各项的得分从 30 放大到 50，其余的从 70 缩小到 50。（想写一张全新的表，`copy_scorecard` 给你一份可以修改的文件；合计不对，`load_scorecard` 拒绝读入。）

# %% [markdown] lang="en" tags=["slide-text"]
# D and E have changed places. G, alike in both classes, cannot be moved.
#
# `reweigh` does it with the whole card, and gives what we get by hand.

# %% [markdown] lang="zh"
# D 和 E 换了位置；两类一样的 G，谁也动不了。
#
# `reweigh` 对整张表做同样的事，结果和手算一样。

# %%
financial = items[items["is_financial"]].groupby("class_id", sort=False)["points"].sum()
even = scorecard.reweigh(card, scorecard.rebalance(card, financial * 50 / 30))
score_even = credit.score_customers(facts, even, as_of="2025-01-01")["score"]
of_all = scores.loc[scores["coverage"] > 0.999, items.index]
by_hand = of_all * np.where(items["is_financial"], 50 / 30, 50 / 70)
assert np.allclose(by_hand.sum(axis=1), score_even[of_all.index])

# %% [markdown] lang="en" minutes=7 slide="slide"
# ## The whole company
#
# `rebalance` makes a **weighting** (一套权重): some classes get new points, and the others share what is left as they did before. A table with one row per weighting does many at once: `score_weightings`
# scores everybody (its row 50 must give what `reweigh` gave), `grade_weightings` goes on to the grades. Vetoes, caps and who is rated stay as they are: only the weights change.
#
# The first table: 0, 10, 20 ... 100 points for the three financial classes.

# %% [markdown] lang="zh"
# ## 看整家公司
#
# `rebalance` 生成**一套权重**：几类给新的分值，其余各类按原来的比例分剩下的。一行一套，做成一张表，就能一次算许多套：`score_weightings` 给所有客户打分（50 那一行必须和 `reweigh` 的结果一样），`grade_weightings` 再定出等级。否决、上限、谁有等级，都不变；变的只有权重。
#
# 第一张表：财务三类合计 0、10、20……100 分。

# %% [markdown] lang="en" tags=["slide-text"]
# `rebalance`: some classes get new points, the others share what is left.
#
# `score_weightings`, `grade_weightings`: many weightings at once, one a row. Vetoes, caps and who is rated stay as they are.

# %% [markdown] lang="zh"
# `rebalance`：几类给新的分值，其余按原比例分剩下的。
#
# `score_weightings`、`grade_weightings`：一行一套权重，一次算许多套。否决、上限、谁有等级都不变。

# %%
grid = pd.DataFrame({n: scorecard.rebalance(card, financial * n / 30) for n in range(0, 101, 10)}).T
assert np.allclose(scorecard.score_weightings(scores, card, grid)[50], score_even, equal_nan=True)
graded = scorecard.grade_weightings(rated, card, grid)
now, even_now = graded[30], graded[50]

# %% [markdown] lang="en" slide="fragment"
# **3.6.b** Guess before you look: with 50 points financial instead of 30, what share of the rated customers gets another grade? (a fraction)

# %% [markdown] lang="zh"
# **3.6.b** 先猜再看：财务从 30 分改成 50 分，有等级的客户中，多大比例会换等级？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("3.6.b", guess)

# %% [markdown] lang="en" slide="subslide"
# From 0 points financial to 100: how many customers have another grade than with the card? With 100 there are some of whom nothing is left to judge: they gave no statements.

# %% [markdown] lang="zh"
# 财务从 0 分到 100 分：和原来的表相比，多少客户换了等级？到了 100 分，有些客户没有什么可评判的了：他们没有给报表。

# %% slide="result"
n_lost, n_other = (graded == "not rated").sum(), graded.ne(now, axis=0).sum()
n_at_20, n_at_50 = n_other[[20, 50]]
counts = pd.DataFrame({t("another grade"): n_other - n_lost, t("not rated"): n_lost})
ax = counts.plot.bar(stacked=True, color=[plots.BLUE, plots.GRAY], rot=0)
ax.set(xlabel=t("points for financial items, of 100"), ylabel=t("number of customers"))
ax.set_title(sentence("Of {n_rated} grades {n_at_50} change with 50 points, {n_at_20} with 20"))
plt.show()

# %% [markdown] lang="en"
# So far the same customers were rated. But the card also asks that 70 of the points could be judged, and without statements exactly 70 can. Give the statements one point more, judge coverage anew, and count who is still rated:

# %% [markdown] lang="zh"
# 到现在为止，有等级的还是同一批客户。可是这张表还要求：至少 70 分能够评判。没有报表的客户，能评判的正好 70 分。给财务多加一分，覆盖率也重新算，再数一数谁还有等级：

# %%
more = scorecard.reweigh(card, scorecard.rebalance(card, financial * 31 / 30))
scores_31 = credit.score_customers(facts, more, as_of="2025-01-01")
is_still = credit.assign_grades(scores_31, more)["grade"][now.index] != "not rated"
pd.DataFrame({"n_rated": {30: n_rated, 31: is_still.sum()}}).rename_axis("financial_points")

# %% [markdown] lang="en"
# So weights decide not only which grade somebody gets, but who gets one.

# %% [markdown] lang="zh"
# 可见权重决定的不只是评哪一级，还有谁评得出等级。

# %% [markdown] lang="en" slide="subslide"
# Which class do the grades hang on? A **tornado** (龙卷风图): each class in turn gets ten points less (the last two: all they have), and ten more; the others share. The widest bar is on top.

# %% [markdown] lang="zh"
# 等级最依赖哪一类？画一张**龙卷风图**（tornado）：每次只动一类，减 10 分（最后两类不足 10 分，全减掉），或者加 10 分，其余各类按比例分摊。最宽的一条排在最上面。

# %% slide="result"
changes = pd.DataFrame(index=items["class"].unique())
for side, move in {t("10 points less"): -10, t("10 points more"): 10}.items():
    rows = {one: scorecard.rebalance(card, {one: max(n + move, 0)}) for one, n in weights.items()}
    moved = scorecard.grade_weightings(rated, card, pd.DataFrame(rows).T).ne(now, axis=0)
    changes[side] = moved.sum().to_numpy()
ax, widest, most = plots.plot_tornado(changes), changes.max(axis=1).idxmax(), changes.max(axis=None)
ax.set_title(sentence("Ten points for {widest}, less or more: up to {most} grades change"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# How many points a class has is not how much it decides. Points that everybody gets in full tell nobody from anybody. The **effective weight** (实际分量) of a class is its part of the variance of the score: its covariance with
# the score over the variance of the score ([Wang & Stanley, 1970](https://doi.org/10.3102/00346543040005663)). `split_score` takes each score apart; the parts add up to it.

# %% [markdown] lang="zh"
# 分值多，不等于决定得多。人人拿满的分，分不出谁和谁。一类的**实际分量**（effective weight），是它在得分方差中占的一份：它和得分的协方差，除以得分的方差（[Wang & Stanley，1970](https://doi.org/10.3102/00346543040005663)）。`split_score` 把每个得分拆成五部分，加起来正好是得分。

# %% [markdown] lang="en" tags=["slide-text"]
# What everybody gets in full decides nothing.
#
# **Effective weight** (实际分量) of a class: its covariance with the score, over the variance of the score.

# %% [markdown] lang="zh"
# 人人拿满的分，什么也决定不了。
#
# 一类的**实际分量**：它和得分的协方差 ÷ 得分的方差。

# %% slide="result"
parts, score = scorecard.split_score(rated, card), rated["score"]
assert np.allclose(parts.sum(axis=1), score)
decided_share = parts.apply(score.cov) / score.var()
points, decides = weights["keeping"], decided_share["keeping"]
both = pd.DataFrame({t("points, of 100"): weights, t("effective weight, %"): 100 * decided_share})
ax = both.set_axis(changes.index)[::-1].plot.barh(color=[plots.GRAY, plots.BLUE], ylabel="")
ax.set_title(sentence("Keeping of payments: {points:.0f} of 100 points, it decides {decides:.0%}"))
plt.show()

# %% [markdown] lang="en" minutes=8 slide="slide"
# ## Where it misleads: five ways to look at the weights
#
# **One: how sure is a grade?** The copies that go round give character 35, 28 and 19 points. Let us draw 300 weightings at random around the card that differ among themselves as much as the copies do
# in character (a Dirichlet distribution: numbers above 0 that add up to 100; `tightness` says how close to the card). A grade is **firm** (稳固) if it stays the same in 95 % of the draws.

# %% [markdown] lang="zh"
# ## 哪里会误导人：换五个角度看权重
#
# **一、一个等级有多可靠？** 流传的版本给品质特性 35、28、19 分。我们以这张表为中心，随机抽 300 套权重，让品质特性的差别正好和各版本之间一样大（用狄利克雷分布：都大于 0，合计 100；`tightness` 表示离这张表多近）。95% 的抽样中等级都不变，就说这个等级是**稳固**的（firm）。

# %% [markdown] lang="en" tags=["slide-text"]
# **One: how sure is a grade?** 300 weightings at random around the card, as far apart as the copies (character 35, 28, 19).
#
# **Firm** (稳固): the same grade in 95 % of the draws.

# %% [markdown] lang="zh"
# **一、一个等级有多可靠？** 以这张表为中心，随机抽 300 套权重，差别和各版本一样大（品质特性 35、28、19）。
#
# **稳固**：95% 的抽样中等级不变。

# %%
tightness = 28 * (100 - 28) / pd.Series([35, 28, 19]).var() - 1
drawn = np.random.default_rng(36).dirichlet(weights / 100 * tightness, 300)
draws = pd.DataFrame(100 * drawn, columns=weights.index)
same_share = scorecard.grade_weightings(rated, card, draws).eq(now, axis=0).mean(axis=1)

# %% [markdown] lang="en"
# One bar for each grade: the share of its customers whose grade is firm.

# %% [markdown] lang="zh"
# 每个等级一条：其中多大比例的客户，等级是稳固的。

# %% slide="result"
is_firm = same_share >= 0.95
firm_share = is_firm.groupby(now).mean().reindex(card.grade_names)
n_firm, aa_share, c_share = is_firm.sum(), firm_share["AA"], firm_share["C"]
ax = (100 * firm_share).plot.bar(color=plots.BLUE, rot=0, ylim=(0, 100))
ax.set(xlabel=t("grade"), ylabel=t("% of its customers whose grade is firm"))
ax.set_title(sentence("{n_firm} of {n_rated} grades are firm"))
plt.show()
say("Of the customers with AA {aa_share:.0%} have a firm grade, of those with C {c_share:.0%}.")

# %% [markdown] lang="en"
# AA has a line on both sides. So has A, but those capped there for a missing key item stay A with any weights. C has no line below it, and a veto is a C with any weights.

# %% [markdown] lang="zh"
# AA 级两边都有分数线。A 级也是，不过因为缺关键项、最高只能评 A 的客户，换什么权重也还是 A。C 级下面没有线，有否决的，什么权重都是 C。

# %% [markdown] lang="en" slide="subslide"
# **Two: the other card of the kit**, with three classes of 35, 35 and 30 points. Rows: the grade by our card. Columns: the grade by the other. Off the diagonal stand those who get another grade: how many, and how many steps away?

# %% [markdown] lang="zh"
# **二、工具里的另一张表**：三大类，35、35、30 分。行是我们这张表的等级，列是另一张表的等级。不在对角线上的，就是换了等级的：有多少？差几级？

# %% slide="result"
second = scorecard.load_scorecard("35-35-30")
scores_second = credit.score_customers(facts, second, as_of="2025-01-01")
now_second = credit.assign_grades(scores_second, second)["grade"][now.index].rename("other_card")
pd.crosstab(now.rename("grade"), now_second).reindex(card.grade_names).iloc[:, ::-1]

# %% [markdown] lang="en" slide="subslide"
# **Three: other lines.** Another set that goes round, quoted without a source we could find, is 86, 61, 46 and 31. `follow_payments` of lesson 3.5 reads who **defaulted** in 2025: an invoice unpaid 90 days after it was due, or written off. Those in
# default on the day already are left out. Grade A or better by the lines of the card, and by the lower ones: how many customers, and what share of them defaults?

# %% [markdown] lang="zh"
# **三、换分数线。** 流传的另一组是 86、61、46、31（常见的说法，没有找到出处）。第 3.5 课的 `follow_payments` 读出 2025 年谁**违约**了：发票到期 90 天以后还没付，或者已经核销。评级当天已经违约的不算在内。A 级及以上，按原来的线和按低的线，各有多少客户？其中多大比例违约？

# %% [markdown] lang="en" tags=["slide-text"]
# **Three: other lines.** 86, 61, 46 and 31, quoted, source not found. Who is A or better then, and what share of those **defaulted** in 2025 (an invoice unpaid 90 days after it was due, or written off)?

# %% [markdown] lang="zh"
# **三、换分数线。** 86、61、46、31（常见的说法，没有找到出处）。A 级及以上变成哪些客户？其中多大比例在 2025 年**违约**（发票到期 90 天以后还没付，或者已经核销）？

# %%
lower = scorecard.with_cutoffs(card, {"AAA": 86, "AA": 61, "A": 46, "B": 31})
both = rated.assign(grade=now, lower=credit.assign_grades(rated, lower)["grade"].astype("str"))
later = backtest.follow_payments(
    both, tables["invoices"], as_of="2025-01-01", until="2026-01-01")
tested = backtest.select_tested(later)
good, good_lower = (tested[one].isin(["AAA", "AA", "A"]) for one in ("grade", "lower"))
n_tested, n_good, n_good_lower = len(tested), good.sum(), good_lower.sum()
bad, bad_lower = tested.loc[good, "is_bad"].mean(), tested.loc[good_lower, "is_bad"].mean()
say("Of {n_tested} customers {n_good} have an A or better, and {bad:.0%} of these default. With the "
    "lower lines {n_good_lower} have one, and {bad_lower:.0%} default. The customers are the same.")

# %% [markdown] lang="en" slide="subslide"
# **Four: does the expert predict better than equal weights?** Dawes (1979) found that equal weights, chosen by nobody, often predict nearly as well as weights that were thought about, or even fitted. Five classes
# of 20 points, against the card, on the same customers: who has the larger AUC?

# %% [markdown] lang="zh"
# **四、专家的权重，比等权重预测得更准吗？** Dawes（1979）发现，等权重不用任何人挑选，预测起来常常和认真想过、甚至拟合过的权重差不多。五类各 20 分，和这张表比：同一批客户，谁的 AUC 大？

# %% [markdown] lang="en" tags=["slide-text"]
# **Four: does the expert predict better than equal weights?** Dawes (1979): equal weights often do nearly as well. Five times 20 points, against the card: whose AUC is larger?

# %% [markdown] lang="zh"
# **四、专家比等权重更准吗？** Dawes（1979）：等权重常常差不多。五类各 20 分，和这张表比，谁的 AUC 大？

# %% slide="result"
equal = pd.DataFrame(20.0, index=["equal"], columns=weights.index)
tested["equal"] = scorecard.score_weightings(tested, card, equal)["equal"]
lead, low, high = validation.auc_lead(tested["score"], tested["equal"], tested["is_bad"])
say("In AUC the card leads equal weights by {lead:.3f} (95% interval: {low:.3f} to {high:.3f}): "
    "which is better cannot be told." if low < 0 < high else
    "In AUC the card leads equal weights by {lead:.3f} (95% interval: {low:.3f} to {high:.3f}).")

# %% [markdown] lang="en"
# The same question to **real** firms: 132 firms of 1970 to 1982, half of them bankrupt (how they were chosen is not documented). The six ratios that our card has too, each measured in its own standard deviations, added up as they
# are; against weights **fitted** to the firms up to 1974.

# %% [markdown] lang="zh"
# 用**真实**的企业再问一遍：1970 至 1982 年的 132 家公司，一半破产（怎样选出来的，没有记载）。取我们的表里也有的六个比率，各自除以标准差，直接相加，是等权重；和用 1974 年及以前的公司**拟合**出来的权重相比。

# %%
firms = datasets.load_bankruptcies()
ratios = ["current_assets_to_current_debt", "assets_to_debt", "cash_flow_to_debt",
          "income_to_sales", "sales_to_receivables", "cost_of_sales_to_inventory"]
early, late = firms.index[firms["year"] <= 1974], firms.index[firms["year"] > 1974]
alike = (firms[ratios] - firms.loc[early, ratios].mean()) / firms.loc[early, ratios].std()
model = LogisticRegression().fit(alike.loc[early], ~firms.loc[early, "is_bankrupt"])
fitted, added = pd.Series(model.decision_function(alike)), alike.sum(axis=1)

# %% [markdown] lang="en"
# By how much does the fit lead, on the firms it was fitted to, and on the later ones?

# %% [markdown] lang="zh"
# 拟合的权重领先多少？在拟合用的公司上看一次，在以后的公司上再看一次。

# %% slide="result"
failed, years = firms["is_bankrupt"], {"1970-1974": early, "1975-1982": late}
leads = {one: validation.auc_lead(fitted[of], added[of], failed[of]) for one, of in years.items()}
assert leads["1970-1974"].low > 0 > leads["1975-1982"].low
show(pd.DataFrame(leads, index=["lead_auc", "low_auc", "high_auc"]).T, digits=3, kind="number")

# %% [markdown] lang="en"
# Where it was fitted, the fit is ahead, and even the interval says so: it does not know that the weights were chosen on these very firms. On the later firms the interval holds 0: it cannot be told. That is the fifth way to be misled:
# **judged by what they were chosen by**, weights always look good. Choose on one period, measure on the next. (The optional part at the end chooses the best of our 300 weightings so.)

# %% [markdown] lang="zh"
# 在拟合用的公司上，拟合的权重领先，连区间也这么说：区间不知道，权重正是用这些公司挑出来的。到了以后的公司，区间里有 0：分不出高低。这就是第五个角度：**用挑选时的结果来评判**，权重总是好看的。要用一段时期来挑，用下一段时期来量。（最后的选读部分，就这样从 300 套权重里挑最好的一套。）

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# Do other weights change to whom we deliver on credit, and what does that bring? Refused are those with a C; customers not rated go on as before and are left out. We **assume** that whoever is refused buys elsewhere: their margin is gone, and so is
# what they would not have paid. One row of `later` is a customer with the sales of 2025 that can be judged, and what of them was not paid.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 换一套权重，先发货给谁会变吗？值多少钱？C 级的不赊；未评级的照旧，不算在内。**假设**：不给赊的客户就去别家买，毛利没有了，收不回来的钱也没有了。`later` 一行是一位客户：2025 年能够判断结果的销售额，和其中没有付的钱。

# %% [markdown] lang="en" tags=["slide-text"]
# Refused are those with a C. Do other weights change who that is, and what does it bring?
#
# **Assumed**: whoever is refused buys elsewhere; their margin is gone, and so is what they would not have paid.

# %% [markdown] lang="zh"
# C 级的不赊。换一套权重，会变成另一些人吗？值多少钱？
#
# **假设**：不给赊的就去别家买：毛利没有了，收不回来的钱也没有了。

# %%
sold = tables["transactions"].merge(tables["invoices"][["customer_id"]].drop_duplicates())
margin_rate = 1 - sold["cost"].sum() / sold["amount"].sum()
margin = margin_rate * later["sold_amount"]
now_equal = scorecard.grade_weightings(rated, card, equal)["equal"]

# %% [markdown] lang="en"
# Five ways to refuse, and nobody refused as the sixth. One row of `is_refused` is a way, with a 1 for everybody it refuses; `@` adds up over the customers.

# %% [markdown] lang="zh"
# 五种拒绝的办法，加上谁也不拒绝。`is_refused` 一行是一种办法，拒绝的客户记 1；`@` 把各客户的数乘起来再相加。

# %% slide="result"
grades_by = {t("the card"): now, t("50 and 50"): even_now, t("equal weights"): now_equal,
             t("the card 35-35-30"): now_second, t("the lower lines"): later["lower"]}
is_refused = pd.DataFrame(grades_by).eq("C").assign(**{t("nobody is refused"): False}).T.astype(int)
plans = pd.DataFrame({"n_refused": is_refused.sum(axis=1), "margin_given_up": is_refused @ margin})
plans["unpaid_saved"] = is_refused @ later["lost_amount"]
profit = margin - later["lost_amount"]
plans["plan_profit"] = profit.sum() - plans["margin_given_up"] + plans["unpaid_saved"]
plans.rename_axis("refused_by")

# %% [markdown] lang="en"
# `each` is what 50 and 50 would have brought more than the card, customer by customer.

# %% [markdown] lang="zh"
# `each` 是逐个客户算：五十对五十，比原来的表多赚多少。

# %% slide="result"
best, each = plans["plan_profit"].idxmax(), profit * ((now == "C").astype(int) - (even_now == "C"))
gain, n_switched, largest = each.sum(), each.ne(0).sum(), each.abs().max()
low, high, _ = intervals.bootstrap_interval(each, pd.Series.sum, seed=36)
moved = (plans["n_refused"] - plans.loc[t("the card"), "n_refused"]).abs()
assert moved[t("the lower lines")] > 2 * moved.iloc[1:4].max()
say("Most profit in 2025: {best}. Refusing by 50 and 50 instead of by the card changes it by {gain:CNY} (95% interval: {low:CNY} to {high:CNY}), from {n_switched} customers, one of whom makes {largest:CNY}: which is better cannot be told." if low < 0 < high else
    "Most profit in 2025: {best}. Refusing by 50 and 50 instead of by the card changes it by {gain:CNY} (95% interval: {low:CNY} to {high:CNY}), from {n_switched} customers.")

# %% [markdown] lang="en"
# So few customers decide that the order of the rows may turn with the next one who does not pay, and the interval itself is rough; of six rows, besides, one is always the first. On this evidence no weighting is worth a quarrel.
# *Where the line is* moves far more customers (compare `n_refused`), but one year does not tell whether that pays, either. Firm grades can be acted on; a C that is not firm deserves a look at the customer before a letter.

# %% [markdown] lang="zh"
# 决定结果的客户这么少，下一位不付款的出现，名次就可能变，区间本身也只是粗略的；何况六行里总有一行排第一。照这些数据，不值得为权重争吵。*线画在哪里*，影响的客户多得多（比较 `n_refused`），不过怎样画更划算，一年的数据也看不出来。稳固的等级，可以照着办；不稳固的 C 级，发拒绝信之前，先看一看客户本人。

# %% [markdown] lang="en" tags=["notes"]
# Vote before the table: who would change the weights? Then ask what the assumption hides: some who are asked to pay first stay (lesson 3.1 assumed 70 %). With that, every refusal costs less, and the order may turn.

# %% [markdown] lang="zh"
# 出表之前先表决：谁想改权重？再问这个假设掩盖了什么：要求先付款的客户，有一部分会留下（第 3.1 课假设是 70%）。这样一来，每一次拒绝的代价都小一些，名次也可能变。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about **1 July 2024**: `two`, of the rated customers with statements two class scores, `financial` and `not_financial`, each out of 100 · `parts_july`, of the rated customers the points of each class, out of
# 100 that could be judged · `facts_july` and `grades_july`, all customers with their facts, and their grades (*not rated* among them) · `after`, of the rated customers `grade`, `other_grade` (with 20 points for keeping of payments, the other classes share), and of the year from that day on
# `sold_amount` and `lost_amount` (not paid) · `card` · `margin_rate`. Stuck? `hint("3.6.1")`, then `solution("3.6.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习都站在 **2024 年 7 月 1 日**：`two` 是有等级、也有报表的客户的两个分类得分，`financial`（财务）和 `not_financial`（非财务），满分都是 100 · `parts_july` 是有等级的客户每一类得几分（能够评判的分数折合成 100 分） · `facts_july` 和 `grades_july` 是全部客户的事实和等级（包括未评级 not rated） · `after` 是有等级的客户：`grade`（等级）、`other_grade`（信用履约率只占 20 分、其余各类按比例分时的等级），以及此后一年的 `sold_amount`（销售额）和 `lost_amount`（没有付的） · `card` 是评分表 · `margin_rate` 是毛利率。卡住了，可以用 `hint("3.6.1")`，再用 `solution("3.6.1")`。

# %%
facts_july = credit.gather_facts(tables, as_of="2024-07-01")
scores_july = credit.score_customers(facts_july, card, as_of="2024-07-01")
grades_july = credit.assign_grades(scores_july, card)["grade"].astype("str")
rated_july = scores_july[grades_july != "not rated"]
ends = {"financial": scorecard.rebalance(card, {"character": 0, "keeping": 0}),
        "not_financial": scorecard.rebalance(card, dict.fromkeys(financial.index, 0))}
two = scorecard.score_weightings(rated_july, card, pd.DataFrame(ends).T).dropna()
parts_july = scorecard.split_score(rated_july, card)
less = scorecard.rebalance(card, {"keeping": 20}).to_frame("less").T
known_july = rated_july.assign(
    grade=grades_july, other_grade=scorecard.grade_weightings(rated_july, card, less)["less"])
after = backtest.follow_payments(
    known_july, tables["invoices"], as_of="2024-07-01", until="2025-07-01")
after = after[["grade", "other_grade", "sold_amount", "lost_amount"]]
practice_on(two=two, parts_july=parts_july, facts_july=facts_july, grades_july=grades_july,
            card=card, after=after, margin_rate=margin_rate)

# %% [markdown] lang="en"
# **3.6.1** A bank believes statements more than sellers: its score is 60 points `financial` and 40 `not_financial`. What share of the customers in `two` gets no A, that is, is below 70? (a fraction)

# %% [markdown] lang="zh"
# **3.6.1** 一家银行更相信报表：财务占 60 分，非财务占 40 分。这样算，`two` 里多大比例的客户够不上 A 级，也就是低于 70 分？（用小数表示）

# %% tags=["exercise"]
share_below = ...
check("3.6.1", share_below)

# %% [markdown] lang="en"
# **3.6.2** Character has 28 of the 100 points. What is its effective weight: which share of the variance of the score is from it? The score of a customer is the sum of their row. (`parts_july`; a fraction)

# %% [markdown] lang="zh"
# **3.6.2** 品质特性占 100 分里的 28 分。它的实际分量是多少，也就是得分的方差中，它占多大一份？一位客户的得分，就是他那一行的合计。（用 `parts_july`；用小数表示）

# %% tags=["exercise"]
share_of_character = ...
check("3.6.2", share_of_character)

# %% [markdown] lang="en"
# **3.6.3** A card of your own: nine points from `character` to `solvency`, and all else as in `card`. First try `scorecard.reweigh(card, {"solvency": 23})`, and read what it says. Then rate everybody in `facts_july` anew. Of those whom *both* cards
# rate, how many have another grade?

# %% [markdown] lang="zh"
# **3.6.3** 写一张自己的评分表：从品质特性 `character` 移 9 分给偿债能力 `solvency`，其余和 `card` 一样。先试一试 `scorecard.reweigh(card, {"solvency": 23})`，读一读它说什么。再给 `facts_july` 里的客户重新评级。*两张表都*评得出等级的客户中，多少人换了等级？

# %% tags=["exercise"]
n_other_grade = ...
check("3.6.3", n_other_grade)

# %% [markdown] lang="en"
# **3.6.4** In the year after 1 July 2024: how much more profit (in yuan) would it have brought to refuse those who are C with 20 points for keeping of payments (`other_grade`) instead of those who are C by the card (`grade`)? As in this lesson, whoever is refused buys elsewhere, and what
# was not paid is lost. (`after`, `margin_rate`)

# %% [markdown] lang="zh"
# **3.6.4** 2024 年 7 月 1 日以后的一年：信用履约率只占 20 分，拒绝这样评出的 C 级客户（`other_grade`），比拒绝原来的 C 级客户（`grade`），利润多多少元？和本课一样：不给赊的客户去别家买，没有付的钱就是损失。（用 `after` 和 `margin_rate`）

# %% tags=["exercise"]
gain_july = ...
check("3.6.4", gain_july)

# %% [markdown] lang="en"
# **3.6.5** A judgment, without code. The head of sales wants 40 points for character, “because character is what counts”. The head of finance wants 50 and 50, “because numbers do not lie”. Each has a list of customers who then move up. What do you propose,
# and what would you measure first? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.6.5** 思考题，不用写代码，没有标准答案。销售总监要给品质特性 40 分：“做生意看的是人品。”财务总监要五十对五十：“数字不会骗人。”两个人手里都有一份名单，改了以后名单上的客户会升级。你有什么建议？先量什么？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
two_lists = ...
check("3.6.5", two_lists)

# %%
quiz("3.6.q1")

# %%
quiz("3.6.q2")

# %%
quiz("3.6.q3")

# %% [markdown] lang="en"
# ## Optional: the luckiest of 300
#
# By the defaults of 2024 we choose the best of our 300 weightings at random, and measure it on 2025. `auc_of` does the steps of the lesson for another day: rate, follow, AUC of every weighting.

# %% [markdown] lang="zh"
# ## 选读：三百套里最走运的一套
#
# 按 2024 年的违约，从 300 套随机的权重里挑出最好的一套，再用 2025 年来量。`auc_of` 把本课的几步放在另一天再做一遍：评级，看后来，算出每套权重的 AUC。

# %%
def auc_of(as_of, until, weightings):
    then = credit.score_customers(credit.gather_facts(tables, as_of=as_of), card, as_of=as_of)
    then["grade"] = credit.assign_grades(then, card)["grade"]
    then = backtest.follow_payments(then, tables["invoices"], as_of=as_of, until=until)
    then = backtest.select_tested(then)
    many = scorecard.score_weightings(then, card, weightings)
    return {one: validation.auc_interval(many[one], then["is_bad"]).auc for one in many}


# %% [markdown] lang="en"
# One point is one weighting. The red cross is the card, the orange point the best of 2024.

# %% [markdown] lang="zh"
# 一个点是一套权重。红叉是原来的表，橙色的点是 2024 年最好的一套。

# %%
tried = draws.copy()
tried.loc["card"] = weights
auc = pd.DataFrame({"then": auc_of("2024-01-01", "2025-01-01", tried),
                    "next_year": auc_of("2025-01-01", "2026-01-01", tried)})
best_then, of_card = auc["then"].iloc[:-1].idxmax(), auc.iloc[-1]
n_better = (auc["next_year"].iloc[:-1] > auc.loc[best_then, "next_year"]).sum()
ax = auc.plot.scatter("then", "next_year", color=plots.GRAY, s=8)
ax.plot(*of_card, "x", color=plots.RED, markersize=12)
ax.plot(*auc.loc[best_then], "o", color=plots.ORANGE, markersize=10)
ax.set(xlabel=t("AUC on the defaults of 2024"), ylabel=t("AUC on the defaults of 2025"))
ax.set_title(sentence("The best of 300 on 2024: on 2025 {n_better} of the others are better"))
plt.show()

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **reweigh** a scorecard, by hand and by a table of weightings,
# - **measure** how much of a grade is the customer, and how much the weights,
# - **decide** whether other weights are worth their money.
#
# **Words** — weight, weighting (权重), effective weight (实际分量), equal weights (等权重), firm (稳固), tornado (龙卷风图).
#
# **Next** — 3.7: Points from data: does a fitted card do better than the expert's?
#
# **Further reading** — Dawes (1979), The robust beauty of improper linear models in decision making, [doi:10.1037/0003-066X.34.7.571](https://doi.org/10.1037/0003-066X.34.7.571)

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **改权重**：会亲手改两大类的权重，会用一张权重的表改五大类；
# - **量一量**：会说明一个等级有多少来自客户、多少来自权重：稳固的等级，实际分量，等权重；
# - **决定**：会算换一套权重值不值；会用一段时期来挑，用下一段时期来量。
#
# **术语**：权重（weight）、实际分量（effective weight）、等权重（equal weights）、稳固（firm）、龙卷风图（tornado）。
#
# **下一课**：3.7 分数来自数据：拟合出来的评分表，比专家的更准吗？
#
# **延伸阅读**：Dawes (1979), The robust beauty of improper linear models in decision making, [doi:10.1037/0003-066X.34.7.571](https://doi.org/10.1037/0003-066X.34.7.571)

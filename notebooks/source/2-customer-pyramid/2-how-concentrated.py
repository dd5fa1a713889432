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

# %% [markdown] lang="en" minutes=40 needs=["2.1"] rows=["A18", "A23", "A24", "E2", "E20"] slide="slide"
# # 2 · How concentrated are we, and is 80/20 a law?
#
# Whoever may look after a fifth of the customers wants to know how much of the business that fifth is: most of it, or half. The course
# quotes 80/20 and other ratios. Before a budget rests on one of them, we compute our own.
#
# In this lesson you will
#
# - **measure** concentration with the Lorenz curve and the Gini coefficient, first on paper,
# - **test** the ratios of the course on three firms, and see what moves the answer,
# - **sort** customers into A, B and C by one criterion and by several.

# %% [markdown] lang="zh"
# # 2 · 购买金额有多集中？80/20 是规律吗？
#
# 如果只顾得上照顾五分之一的客户，就得知道这五分之一占了多少生意：是大部分，还是一半？课程里引用了 80/20 等几种比例。在拿其中任何一个去分预算之前，先算出自己的数。
#
# 在这一课里，您将
#
# - **衡量**集中程度：用洛伦兹曲线和基尼系数，先在纸上算一遍；
# - **检验**课程引用的几种比例：放到三家企业的数据上，看看答案会随什么而变；
# - **划分** A、B、C 三类客户：按一个标准，再按多个标准。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"

# %%
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.ticker import PercentFormatter

from crmlib import chance, concentration, customers, datasets, plots, pyramid, quality
from crmlib.lesson import check, hint, practice_on, quiz, say, solution
from crmlib.language import money, number, percent, t, translate, use

use(language)

# %% [markdown] lang="en" minutes=3 rows=["A23", "E20"] slide="slide"
# ## What the course says
#
# Four sentences about four kinds of firm. They are claims about other firms, not about ours; the table only writes them down:
# the share of customers, and the share of the business these are said to bring.
#
# - **20:80**: a fifth of the customers bring four fifths of the income, the Pareto principle as Juran named it;
# - **20:90**: the securities house of the course, and much the same, it says, in other industries;
# - **4:30** and **22:78**: a builders' merchant, and a general rule.

# %% [markdown] lang="zh"
# ## 课程是怎么说的
#
# 四句话，说的是四类企业。这些是关于别家企业的说法，不是我们自己的数据；下表只是把它们记下来：多大比例的客户，据说带来多大比例的生意。
#
# - **20:80**：五分之一的客户带来五分之四的收入，即朱兰命名的帕累托原则；
# - **20:90**：课程中的证券公司，又说别的产业“通常都八九不离十”；
# - **4:30** 和 **22:78**：一家建材零售商，以及一条一般性的说法。

# %%
claims = pd.DataFrame(
    {"customer_share": [0.20, 0.20, 0.04, 0.22], "value_share": [0.80, 0.90, 0.30, 0.78]},
    index=pd.Index(["20:80", "20:90", "4:30", "22:78"], name="claim"),
)
translate(claims)

# %% [markdown] lang="en" tags=["notes"]
# Ask first, and write the guesses on the board: what do the best 20 % of *our* customers bring? Come back to the guesses at the end.
# Two of the claims contradict each other, unless they are about different firms: 20:80 and 22:78 cannot both hold for one.

# %% [markdown] lang="zh"
# 先让学生猜，并写在黑板上：*我们的*前 20% 客户带来多少？课末再回来看。其中两种说法放在同一家企业身上是矛盾的：20:80 和 22:78 不可能同时成立，除非说的是不同的企业。

# %% [markdown] lang="en" minutes=7 rows=["E2"] slide="slide"
# ## Eight customers, by hand
#
# In words: line the customers up from the smallest to the biggest and add up what they spent, as a share of all. That is the *Lorenz
# curve*. Were all equal, it would be a straight line. The *Gini coefficient* is the area between the two, doubled;
# added up strip by strip, a customer each, that is
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# where the smallest customer has $i = 1$ and the biggest $i = n$ (Gini 1912). Eight customers, typed in:

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 用一句话说：把客户从小到大排成一列，逐个累加购买金额，算出占总数的比例，这就是*洛伦兹曲线*。如果人人相等，它就是一条直线。*基尼系数*等于两线之间面积的两倍；一位客户一条，逐条加起来，就是
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# 其中最小的客户 $i = 1$，最大的客户 $i = n$（Gini 1912）。先输入八位客户：

# %%
eight = pd.Series([900, 400, 250, 200, 120, 80, 40, 10], index=list("ABCDEFGH"), name="monetary")
ordered = eight.sort_values()
lorenz = ordered.cumsum() / ordered.sum()
translate(pd.DataFrame({"monetary": ordered, "share_up_to_here": lorenz.round(3)}).rename_axis("customer_id"))

# %%
i, n = np.arange(1, 9), 8
gini = 2 * (i * ordered).sum() / (n * ordered.sum()) - (n + 1) / n
assert abs(gini - concentration.gini_coefficient(eight)) < 1e-12
say(
    "By hand the Gini coefficient is {gini}; the biggest two of the eight bring {two}.",
    gini=number(gini, 4),
    two=percent(1 - lorenz.iloc[-3]),
)

# %% [markdown] lang="en"
# The helper does the same, so from here on we may use it. One correction matters with few customers: even if one of eight brought everything,
# the formula could only reach $7/8$. Multiplied by $n/(n-1)$ the largest possible is 1 (Deltas 2003).

# %% [markdown] lang="zh"
# 程序算出的结果相同，往后就可以放心使用它。客户少时要做一项修正：即使八位客户里有一位包揽全部，按公式也只能到 $7/8$；乘以 $n/(n-1)$ 之后，最大值才是 1（Deltas 2003）。

# %%
corrected = concentration.gini_coefficient(eight, corrected=True)

# %%
say(
    "Corrected for eight customers it is {corrected}; with a thousand customers the correction is {small} %.",
    corrected=number(corrected, 4),
    small=number(100 / 999, 1),
)

# %% [markdown] lang="en" minutes=5 rows=["A24", "E20"] slide="slide"
# ## The whole company, and the course's points on its curve
#
# The teaching company (simulated) in the calendar year 2025: who bought, and for how much. Refunds are taken off; who comes to less than zero counts as 0.
# The curve starts with the smallest customers, so a claim stands mirrored on it: 20:80 means that the other 80 % bring only 20 %.

# %% [markdown] lang="zh"
# ## 整家公司：把课程的几个点放到曲线上
#
# 教学公司（模拟数据）2025 年全年：谁买了，买了多少。退款已扣除；合计小于零的按 0 计。曲线从最小的客户画起，所以说法要反过来标：20:80 就是其余 80% 的客户只带来 20%。

# %%
lines = datasets.load_teaching_company()["transactions"]
spending = customers.summarize_customers(lines, as_of="2025-12-31", since="2025-01-01")["monetary"].clip(lower=0)
top = concentration.top_share(spending, 0.20)
needed = concentration.share_needed(spending, 0.80)

# %% slide="subslide"
ax = plots.plot_lorenz(concentration.lorenz_curve(spending), claims=claims)
title = t("The best fifth brings {share}; four fifths need the best {needed}")
ax.set_title(title.format(share=percent(top), needed=percent(needed)))
plt.show()

# %%
gini = concentration.gini_coefficient(spending)

# %%
say(
    "{n} customers, Gini {gini}. The best fifth brings {top}: close to 80/20, and by coincidence, for nothing in the "
    "simulation sets it.",
    n=number(len(spending)),
    gini=number(gini, 3),
    top=percent(top),
)

# %% [markdown] lang="en" tags=["notes"]
# Students take the nearness to 80 % for a confirmation. It is the place to say what a coincidence is: the same company over three years, or over one
# month, has another number, and the next section shows firms that nobody made up.

# %% [markdown] lang="zh"
# 学生会把“接近 80%”当成证实。这里正好讲清什么叫巧合：同一家公司，换成三年或者一个月，就是另一个数；下一节是没有人编造过的企业。

# %% [markdown] lang="en" minutes=5 rows=["A23", "A24"] slide="slide"
# ## Three firms: which of the ratios hold?
#
# Beside the teaching company two real ones: a grocer's households (Complete Journey) and the buyers of CDs at CDNOW.
# For each, what the best 4, 20 and 22 % of its customers really bring in the last year of its data.

# %% [markdown] lang="zh"
# ## 三家企业：哪些比例成立？
#
# 教学公司之外，再看两家真实企业：一家超市的家庭客户（Complete Journey），以及音像店 CDNOW 的唱片买家。对每家企业，算出数据最后一年里前 4%、20%、22% 的客户实际带来多少。

# %%
def spend_in_last_year(name):
    lines = datasets.load_data(name)[0]["transactions"]
    last = quality.last_day(lines)
    since = max(last - pd.Timedelta(days=364), lines["order_date"].min().normalize())
    return customers.summarize_customers(lines, as_of=last, since=since)["monetary"].clip(lower=0)


# %%
files = {"teaching company": "teaching-company", "grocer": "complete-journey", "CDNOW": "cdnow"}
firms = {firm: spend_in_last_year(name) for firm, name in files.items()}
tested = claims.copy()
for firm, one in firms.items():
    tested[firm] = [concentration.top_share(one, share) for share in claims["customer_share"]]
translate(tested.round(3))

# %% slide="subslide"
fig, ax = plt.subplots(figsize=(6.4, 4.6), layout="constrained")
for (name, one), color in zip(firms.items(), (plots.GRAY, plots.BLUE, plots.GREEN), strict=True):
    shares = np.linspace(0.01, 1, 100)
    ax.plot(shares, [concentration.top_share(one, share) for share in shares], color=color, linewidth=2, label=t(name))
ax.scatter(claims["customer_share"], claims["value_share"], color=plots.RED, zorder=3)
for name, claim in claims.iterrows():
    lower = {"22:78": -14}.get(name, 2)  # two of the points stand close together
    white = {"facecolor": "white", "edgecolor": "none", "pad": 0.5}
    ax.annotate(name, claim, xytext=(7, lower), textcoords="offset points", color=plots.RED, bbox=white)
ax.xaxis.set_major_formatter(PercentFormatter(1))
ax.yaxis.set_major_formatter(PercentFormatter(1))
ax.set(xlim=(0, 1), ylim=(0, 1), xlabel=t("share of customers, biggest first"), ylabel=t("share of value"))
ax.set_title(t("Real firms are less concentrated than the ratios say"))
ax.legend(loc="lower right", frameon=False)
plt.show()

# %%
n_real = sum((tested[name] >= tested["value_share"] - 0.005).sum() for name in ("grocer", "CDNOW"))

# %%
say(
    "Of four claims tested on two real firms, {n} of 8 reach what is claimed. The grocer's best fifth brings "
    "{grocer}, CDNOW's {cdnow}: not four fifths.",
    n=number(n_real),
    grocer=percent(tested.loc["20:80", "grocer"]),
    cdnow=percent(tested.loc["20:80", "CDNOW"]),
)

# %% [markdown] lang="en" minutes=5 rows=["A24"] slide="slide"
# ## Where this misleads: the window, and who is counted
#
# Whoever did not buy this week: no customer, or a customer of 0? Counted in, they make a few look like everything, and the more so the shorter
# the time, for in a week many happen not to buy. Left out, they hide. Each answer gives another share
# ([Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)). Move the window:

# %% [markdown] lang="zh"
# ## 哪里会误导人：统计时间，以及把谁算进来
#
# 这一周没买的人，不算客户，还是算金额为 0 的客户？算进来，少数人看上去就包揽了一切，而且时间越短越明显，因为一周之内许多人只是恰好没买；不算，他们就从表里消失了。不同的答案给出不同的份额（[Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)）。拖动时间长度看看：

# %%
grocer = datasets.load_complete_journey()["transactions"]
last = quality.last_day(grocer)
day = (last - grocer["order_date"].dt.normalize()).dt.days
by_day = grocer.groupby(["customer_id", day.rename("days_ago")], observed=True)["amount"].sum().reset_index()
everyone = by_day["customer_id"].unique()


# %%
def top_fifth(window_days):
    spent = by_day[by_day["days_ago"] < window_days].groupby("customer_id")["amount"].sum().clip(lower=0)
    known = spent.reindex(everyone, fill_value=0)
    return concentration.top_share(spent, 0.20), concentration.top_share(known, 0.20)


# %%
days = pd.Index([7, 28, 91, 182, 364], name="window_days")
windows = pd.DataFrame([top_fifth(n) for n in days], index=days, columns=["top_20_share", "top_20_share_of_all_known"])
ax = plots.plot_windows(windows)
low, high = percent(windows.min().min(), 0), percent(windows.max().max(), 0)
ax.set_title(t("The grocer's best fifth brings {low} to {high}: it depends on how you count", low=low, high=high))
plt.show()

# %%
from ipywidgets import IntSlider

from crmlib.lesson import explore


def draw(window_days):
    bought, known = top_fifth(window_days)
    fig, ax = plt.subplots(figsize=(6, 1.9), layout="constrained")
    names = [t("of those who bought in the period"), t("of all customers ever seen")]
    ax.barh(names, [bought, known], color=[plots.BLUE, plots.ORANGE])
    ax.axvline(0.8, color=plots.RED, linestyle="--")
    title = t("{n} days: the best fifth brings {a} or {b}")
    ax.set(xlim=(0, 1), title=title.format(n=window_days, a=percent(bought, 0), b=percent(known, 0)))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    return ax


# %%
explore(draw, window_days=IntSlider(value=28, min=7, max=364, step=7, description=t("window days")))

# %%
say(
    "The grocer's best fifth brings {week} of a week and {year} of a year; counting households that did not buy that "
    "week, {all}. All three are true.",
    week=percent(windows["top_20_share"].iloc[0]),
    year=percent(windows["top_20_share"].iloc[-1]),
    all=percent(windows["top_20_share_of_all_known"].iloc[0]),
)

# %% [markdown] lang="en" tags=["notes"]
# The commonest mistake of this lesson: students leave out those who bought nothing, because the table of orders does not have them. Let them
# compute both and say in words which question each answers.

# %% [markdown] lang="zh"
# 本课最常见的错误：学生漏掉没有购买的人，因为订单表里根本没有他们。让学生两种都算，并用话说清楚各自回答的是什么问题。

# %% [markdown] lang="en" minutes=3 rows=["A24"] slide="slide"
# ## How sure are we?
#
# Had other customers of the same kind come to us, the numbers would differ a little. Drawing customers with replacement (bootstrap) shows by how much: between *low* and *high* the number lies in 95 of 100 cases.
# Where a few giants decide, no such level can be promised, and the range is too hopeful: a giant who happened not to be there cannot be drawn.

# %% [markdown] lang="zh"
# ## 我们有多大把握？
#
# 假如来的是另一批同类客户，这些数会略有不同。有放回地重新抽取客户（自助法），就能看出会差多少：100 次中有 95 次，这个数落在*下限*与*上限*之间。如果结果取决于少数几个特别大的客户，就无法保证这样的水平，区间也过于乐观：恰好没出现过的大客户，是抽不出来的。

# %%
rows = {}
for name, one in firms.items():
    with warnings.catch_warnings(record=True) as doubts:
        warnings.simplefilter("always", chance.LevelWarning)  # where it comes, no level can be promised
        low, high = chance.bootstrap_interval(one, lambda value: concentration.top_share(value, 0.20), n_resamples=200, seed=22)
    biggest = one.max() / one.sum()
    rows[name] = (concentration.top_share(one, 0.20), low, high, t("none") if doubts else "95%", biggest)
sure = pd.DataFrame.from_dict(rows, orient="index", columns=["top_20_share", "low", "high", "level", "share_of_the_biggest"])
translate(sure.round(3))

# %%
without = concentration.top_share(spending.drop(spending.nlargest(8).index), 0.20)

# %%
say(
    "Without its eight biggest customers the teaching company's best fifth brings {without} instead of {top}: a few giants carry the ratio.",
    without=percent(without),
    top=percent(top),
)

# %% [markdown] lang="en" minutes=4 rows=["A24"] slide="slide"
# ## Is there a law behind it?
#
# Behind 80/20 stands a law: the share of customers above an amount $x$ falls as a power of $x$, with exponent $\alpha$. If it held, one
# number would give every ratio: the best share $p$ would bring $p^{1 - 1/\alpha}$, and 80/20 means $\alpha$ near 1.16. We fit it to the best fifth and
# ask what it says about the rest.

# %% [markdown] lang="zh"
# ## 背后真有一条规律吗？
#
# 80/20 背后有一条规律：金额高于 $x$ 的客户所占的比例，按 $x$ 的幂次下降，指数是 $\alpha$。如果它成立，一个数就能给出所有比例：前 $p$ 的客户带来 $p^{1 - 1/\alpha}$，80/20 对应的 $\alpha$ 约为 1.16。我们用前五分之一的客户拟合它，再看它对其余客户说得对不对。

# %%
rows = {}
for name, one in firms.items():
    alpha = concentration.pareto_alpha(one, minimum=one.quantile(0.80))
    rows[name] = (alpha, concentration.pareto_top_share(alpha, 0.20), concentration.top_share(one, 0.20))
law = pd.DataFrame.from_dict(rows, orient="index", columns=["alpha", "law_says", "data_say"])
translate(law.round(3))

# %%
gap = (law["law_says"] - law["data_say"]).abs()

# %%
say(
    "Fitted to its best fifth, the law misses the share of the best fifth itself by {small} to {large} points: it describes a tail, not a firm.",
    small=number(100 * gap.min(), 0),
    large=number(100 * gap.max(), 0),
)

# %% [markdown] lang="en" minutes=6 rows=["A18"] slide="slide"
# ## A, B and C, by one criterion and by several
#
# ABC cuts by share of *value*: whoever together brings 80 % is A, up to 95 % B, the rest C. The course wants three criteria: sales, how long
# somebody has been with us, and what the marketing for them costs (here: visits; more of them is worse, so they get a minus). Yuan, days and visits
# cannot be added; *places* can: the share of customers one is ahead of. We weigh the places 3 : 2 : 1 (Flores & Whybark 1986 began this; the weights
# are an opinion, so we change them and look). As many are called A as by sales alone.

# %% [markdown] lang="zh"
# ## A、B、C 三类：按一个标准，再按多个标准
#
# ABC 分类按*金额*的比例划线：合计带来 80% 的是 A 类，到 95% 为止是 B 类，其余是 C 类。课程要求看三个标准：销售收入、交往年限和市场花费（这里用拜访次数代表，越多越不利，所以取负号）。元、天、次不能相加，*名次*可以：看一位客户排在多大比例的客户前面。名次按 3 : 2 : 1 加权（这一做法始于 Flores 与 Whybark 1986；权重只是一种看法，所以还要改一改再看）。A 类客户的人数与只按销售收入划分时相同。

# %%
first = lines.groupby("customer_id")["order_date"].min()  # in these data, which begin in 2023: who came before looks newer
activities = datasets.load_teaching_company()["activities"]
visits = activities[(activities["activity"] == "representative visit") & (activities["month"] >= "2025-01-01")]
criteria = pd.DataFrame(
    {
        "revenue": spending,
        "tenure_days": (pd.Timestamp("2025-12-31") - first.reindex(spending.index)).dt.days,
        "visits": visits.groupby("customer_id")["n_times"].sum().reindex(spending.index, fill_value=0),
    }
)
translate(criteria.nlargest(4, "revenue").round(0))

# %%
one = pyramid.abc_classes(spending)
n_a, n_b = (one == "A").sum(), (one == "B").sum()


def classes(weights):
    place = pyramid.score_by_criteria(criteria, weights).rank(ascending=False, method="first")
    return pd.cut(place, [0, n_a, n_a + n_b, len(place)], labels=["A", "B", "C"])


# %%
several = classes({"revenue": 3, "tenure_days": 2, "visits": -1})
table = pd.crosstab(one.rename("by revenue"), several.rename("by three")).loc[["A", "B", "C"]]
translate(table)

# %%
from sklearn.metrics import cohen_kappa_score

rows = {}
for label, weights in {"3 : 2 : 1": (3, 2, -1), "1 : 1 : 1": (1, 1, -1), "5 : 1 : 1": (5, 1, -1), "3 : 2 : 0": (3, 2, 0)}.items():
    other = classes(dict(zip(criteria.columns, weights, strict=True)))
    rows[label] = (cohen_kappa_score(one.astype(str), other.astype(str), weights="linear"), (other[one == "A"] == "A").mean())
weighing = pd.DataFrame.from_dict(rows, orient="index", columns=["kappa", "stay_in_a"])
translate(weighing.round(3))

# %%
say(
    "With other weights {low} to {high} of the customers who are A by revenue stay A. An agreement (weighted kappa) of 1 would be the same list, 0 chance.",
    low=percent(weighing["stay_in_a"].min(), 0),
    high=percent(weighing["stay_in_a"].max(), 0),
)

# %% [markdown] lang="en" tags=["notes"]
# Who fell from A? Mostly new customers who buy much: the weight of tenure decides against them. Ask whether that is wanted. A list that changes with an
# opinion should be shown with that opinion.

# %% [markdown] lang="zh"
# 谁从 A 类掉了下来？多半是买得多的新客户：交往年限的权重对他们不利。问问学生：这是我们想要的吗？会随看法而变的名单，应当连同看法一起给出。

# %% [markdown] lang="en" minutes=2 rows=["A24"] slide="slide"
# ## The decision, in money
#
# The grocer has 100,000 dollars for looking after customers, to be shared between the best fifth and the others by what each group brings (whether that is a
# good rule is the question of 2.1). What goes wrong if we believe 80/20 and do not look?

# %% [markdown] lang="zh"
# ## 用钱来做决定
#
# 超市有 100,000 美元用于维护客户，在前五分之一和其余客户之间，按两边各自带来的金额分配（这条规则好不好，是第 2.1 课的问题）。如果不看数据，直接相信 80/20，会差多少？

# %%
budget = 100_000
share = tested.loc["20:80", "grocer"]

# %%
say(
    "At the grocer, 80/20 would leave {assumed} for those who bring the rest; in proportion to what they bring it "
    "would be {real}, {times} times as much.",
    assumed=money(0.20 * budget, "USD"),
    real=money((1 - share) * budget, "USD"),
    times=number((1 - share) / 0.20, 1),
)

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `spending` is what each customer of the teaching company spent in 2025; `everybody` the same for all who ever bought, 0 for those who did not buy in 2025.

# %% [markdown] lang="zh"
# ## 轮到您了
#
# `spending` 是教学公司每位客户 2025 年的购买金额；`everybody` 则包括所有曾经买过的客户，2025 年没买的记为 0。

# %%
everybody = spending.reindex(lines["customer_id"].unique(), fill_value=0.0)
practice_on(spending=spending, everybody=everybody)

# %% [markdown] lang="en"
# **2.2.1** What share of the money does the best tenth of the customers of 2025 bring? Round the number of customers to the nearest whole one. (a fraction)

# %% [markdown] lang="zh"
# **2.2.1** 2025 年的客户中，前十分之一带来多大份额的钱？客户数四舍五入取整。（用小数表示）

# %% tags=["exercise"]
best_tenth = ...
check("2.2.1", best_tenth)

# %% [markdown] lang="en"
# **2.2.2** Compute the Gini coefficient of `spending` with pandas or numpy, without the small-sample correction.

# %% [markdown] lang="zh"
# **2.2.2** 用 pandas 或 numpy 算出 `spending` 的基尼系数，不做小样本修正。

# %% tags=["exercise"]
gini_2025 = ...
check("2.2.2", gini_2025)

# %% [markdown] lang="en"
# **2.2.3** How many customers does it take, the biggest first, to reach half of the money of 2025? (a whole number)

# %% [markdown] lang="zh"
# **2.2.3** 从最大的客户数起，要多少位客户才能达到 2025 年总金额的一半？（整数）

# %% tags=["exercise"]
half = ...
check("2.2.3", half)

# %% [markdown] lang="en"
# **2.2.4** What share of the money of 2025 does the best fifth of *everybody* bring, those included who did not buy that year? Round the number of customers. (a fraction)

# %% [markdown] lang="zh"
# **2.2.4** 把当年没买的人也算进来，*所有客户*的前五分之一带来 2025 年多大份额的钱？客户数四舍五入取整。（用小数表示）

# %% tags=["exercise"]
fifth_of_everybody = ...
check("2.2.4", fifth_of_everybody)

# %% [markdown] lang="en"
# **2.2.5** A judgment. A consultant writes: "In your industry 20 % of customers bring 90 % of profit; you should drop the rest." Answer in three sentences (in quotes).

# %% [markdown] lang="zh"
# **2.2.5** 思考题，没有标准答案。一位顾问写道：“在你们这个行业，20% 的客户带来 90% 的利润；其余的应该放弃。”请用三句话回答（放在英文引号 `"..."` 里）。

# %% tags=["exercise"]
answer = ...
check("2.2.5", answer)

# %%
quiz("2.2.q1")

# %%
quiz("2.2.q2")

# %%
quiz("2.2.q3")

# %% [markdown] lang="en" slide="slide"
# ## You have
#
# - **measured** concentration with the Lorenz curve and the Gini coefficient,
# - **tested** the course's ratios on three firms, and seen them move with the window and with who is counted,
# - **sorted** customers into A, B and C, and seen how far the list depends on the weights.
#
# **Words** — Lorenz curve (洛伦兹曲线), Gini coefficient (基尼系数), Pareto principle (帕累托原则), bootstrap (自助法), ABC classes (ABC 分类).
#
# **Next** — 2.3: profit is not revenue. Who takes back what the others earn?
#
# **Further reading** — Schmittlein, Cooper & Morrison (1993), Truth in concentration in the land of (80/20) laws,
# [doi:10.1287/mksc.12.2.167](https://doi.org/10.1287/mksc.12.2.167) · Deltas (2003), The small-sample bias of the Gini coefficient,
# [doi:10.1162/rest.2003.85.1.226](https://doi.org/10.1162/rest.2003.85.1.226) · Newman (2005), Power laws, Pareto distributions and Zipf's law,
# [doi:10.1080/00107510500052444](https://doi.org/10.1080/00107510500052444)

# %% [markdown] lang="zh"
# ## 您已经
#
# - **衡量**了集中程度：会画洛伦兹曲线，会算基尼系数；
# - **检验**了课程引用的比例：放到三家企业上，看到了它们随时间长度和统计对象而变；
# - **划分**了 A、B、C 三类客户，也看到了名单在多大程度上取决于权重。
#
# **术语**：洛伦兹曲线（Lorenz curve）、基尼系数（Gini coefficient）、帕累托原则（Pareto principle）、自助法（bootstrap）、ABC 分类（ABC classes）。
#
# **下一课**：2.3 利润不等于收入。谁把别人赚的钱又花掉了？
#
# **延伸阅读**：Schmittlein, Cooper & Morrison (1993), Truth in concentration in the land of (80/20) laws, [doi:10.1287/mksc.12.2.167](https://doi.org/10.1287/mksc.12.2.167) · Deltas (2003), The small-sample bias of the Gini coefficient, [doi:10.1162/rest.2003.85.1.226](https://doi.org/10.1162/rest.2003.85.1.226) · Newman (2005), Power laws, Pareto distributions and Zipf's law, [doi:10.1080/00107510500052444](https://doi.org/10.1080/00107510500052444)

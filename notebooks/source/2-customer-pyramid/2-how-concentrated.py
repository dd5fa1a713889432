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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["2.1"] rows=["A18", "A23", "A24", "E2", "E20"] slide="slide"
# # 2 · How concentrated are we, and is 80/20 a law?
#
# An account manager can know a few dozen customers by name. Are those few dozen most of our business, or a small part of it? The course
# says that a fifth of the customers bring four fifths of the money. Before any money rests on that, we compute our own share.
#
# In this lesson you will
#
# - **measure** how concentrated sales are, with the Lorenz curve and the Gini coefficient, first by hand,
# - **test** the ratios of the course on three firms, and find what moves the answer,
# - **decide** for how many customers special care pays, and for how many it does not.

# %% [markdown] lang="zh"
# # 2 · 销售有多集中？80/20 是规律吗？
#
# 一位客户经理能记住的客户，不过几十位。这几十位占了我们生意的大半，还是只占一小块？课程说，八成收入来自两成客户。按这句话去花钱之前，先算一算自家的数。
#
# 在这一课里，你将
#
# - **衡量**销售有多集中：用洛伦兹曲线和基尼系数，先亲手算；
# - **检验**课程引用的几种比例：放到三家企业的数据上，看看答案随什么而变；
# - **决定**专人维护该做到第几位客户为止，再往后就不划算。

# %% [markdown] lang="en" tags=["slide-text"]
# Are the few dozen customers that one person can know by name most of our business?
#
# - **measure** how concentrated sales are,
# - **test** the ratios of the course on three firms,
# - **decide** for how many customers special care pays.

# %% [markdown] lang="zh"
# 一个人叫得出名字的几十位客户，占了我们生意的大半吗？
#
# - **衡量**销售有多集中；
# - **检验**课程引用的几种比例；
# - **决定**专人维护做到第几位客户为止。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import math

import matplotlib.pyplot as plt
import pandas as pd

from crmlib import chance, concentration, customers, datasets, plots, pyramid
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Look first: what did each customer spend?
#
# The teaching company is simulated. One row of its table is one line of an order; a return is a line with a negative amount. We take the calendar
# year 2025 and add up each customer's lines. A customer who comes to less than zero would count as 0. Who bought nothing in 2025 is not in the table.

# %% [markdown] lang="zh"
# ## 先看数据：每位客户花了多少？
#
# 教学公司是模拟出来的。表中一行是订单的一行；退货是金额为负的一行。取 2025 年全年，把每位客户的各行加起来。合计小于零的客户按 0 计。2025 年什么都没买的人不在表里。

# %% [markdown] lang="en" tags=["slide-text"]
# A *simulated* company, its orders of 2025. One row is one line of an order; a return is negative. We add up each customer's lines; less than zero counts as 0.

# %% [markdown] lang="zh"
# *模拟*的公司，2025 年的订单。一行是订单的一行，退货为负。按客户加总，小于零的按 0 计。

# %%
lines = datasets.load_data(company)[0]["transactions"]
year = lines[lines["order_date"].dt.year == 2025]
spending = year.groupby("customer_id")["amount"].sum().clip(lower=0)

# %% [markdown] lang="en"
# Before anybody is ranked, look at how the amounts are spread. The axis below is logarithmic: each bar covers amounts a fixed factor larger than the bar before.

# %% [markdown] lang="zh"
# 排名之前，先看金额是怎样分布的。横轴是对数刻度：每往右一格，金额就是前一格的 10 倍。

# %% slide="result"
n, median, biggest = len(spending), spending.median(), spending.max()
ax = plots.plot_spending(spending, currency="CNY")
ax.set_title(sentence("Half of {n} customers spent under {median:CNY}; one spent {biggest:CNY}"))
plt.show()

# %% [markdown] lang="en" minutes=3 rows=["A23", "E20"] slide="slide"
# ## What the course says
#
# Four claims about other firms. The table only writes them down: a share of the customers, and the share of the business they are said to bring.
#
# - **20:90**, a securities house; elsewhere, says the course, it is “八九不离十” (near enough the same).
# - **20:80**, the 80/20 principle (80/20 原则): “经营收入的80%是由20%的客户带来的” (20 % of the customers bring 80 % of the income).
# - **4:30, 22:78 and 20:80**, all three given to one firm, the retailer 百安居 (B&Q China). The course prints only “4=30、78:22、80:20”; we read it as
#   shares of customers and of sales.

# %% [markdown] lang="zh"
# ## 课程是怎么说的
#
# 下面四种说法，说的都是别家企业。表里先把它们记下来：多大比例的客户，据说贡献多大比例的销售额。
#
# - **20:90**：一家证券公司；课程又说，别的行业“通常都八九不离十”。
# - **20:80**：80/20 原则，“经营收入的80%是由20%的客户带来的”。
# - **4:30、22:78、20:80**：三种比例都给了同一家企业，百安居（中国）。课程只写了“4=30、78:22、80:20”，没有解释；我们把它读作客户占比和销售额占比。

# %%
names = pd.Index(["4:30", "20:80", "20:90", "22:78"], name="claim")
claims = pd.DataFrame([[4, 30], [20, 80], [20, 90], [22, 78]], index=names) / 100
claims.columns = ["customer_share", "value_share"]
show(claims, kind="share", digits=0)

# %% [markdown] lang="en" minutes=6 rows=["E2"] slide="slide"
# ## Eight customers, by hand
#
# In words: line the customers up from the smallest to the biggest. Add up what they spent, one by one, as a share of all. That line is the
# *Lorenz curve* (Lorenz 1905). If all customers spent the same, it would be straight.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 用一句话说：把客户从小到大排成一列，逐位累加购买金额，算出占总额的比例。这条线就是*洛伦兹曲线*（Lorenz 1905）。如果人人花得一样多，它就是一条直线。

# %%
eight = pd.Series([900, 400, 250, 200, 120, 80, 40, 10], index=list("ABCDEFGH"), name="monetary")
ordered = eight.sort_values()

# %% [markdown] lang="en"
# **2.2.a** On paper or in code: A to H spent 900, 400, 250, 200, 120, 80, 40 and 10 yuan. What share of the money do the five smallest, D to H, bring
# together? (a fraction)

# %% [markdown] lang="zh"
# **2.2.a** 在纸上算或写代码都行。A 到 H 各花了 900、400、250、200、120、80、40、10 元。最小的五位，也就是 D 到 H，合起来贡献了多大比例的金额？（用小数表示）

# %% tags=["exercise"]
answer = ...
check("2.2.a", answer)

# %% [markdown] lang="en"
# All eight at once: read the last column aloud, line by line. “The smallest customer brings half a percent, the smallest two …”

# %% [markdown] lang="zh"
# 八位一起算。把最后一列一行一行读出来：“最小的一位占千分之五，最小的两位占……”

# %% slide="fragment"
lorenz = ordered.cumsum() / ordered.sum()
pd.DataFrame({"monetary": ordered, "share_up_to_here": lorenz}).rename_axis("customer_id")

# %% [markdown] lang="en" slide="subslide"
# ### One number for the whole curve: Gini
#
# The *Gini coefficient* $G$ is the area between the straight line and the curve, doubled: 0 where all spend the same, near 1 where one customer
# brings everything. Added up strip by strip, one strip for each customer, it is
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# Here $x_i$ is what customer number $i$ spent, the smallest has $i = 1$ and the biggest $i = n$ (Gini 1912).

# %% [markdown] lang="zh"
# ### 用一个数概括整条曲线：基尼系数
#
# *基尼系数* $G$ 等于直线与曲线之间面积的两倍：人人一样时为 0，一人包揽全部时接近 1。把曲线下面的面积切成窄条，一位客户一条，逐条相加，就得到
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# 其中 $x_i$ 是第 $i$ 位客户的购买金额；最小的客户 $i = 1$，最大的客户 $i = n$（Gini 1912）。

# %% [markdown] lang="en" tags=["slide-text"]
# Twice the area between the straight line and the curve:
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# $x_i$: what customer number $i$ spent; the smallest has $i = 1$, the biggest $i = n$.

# %% [markdown] lang="zh"
# 直线与曲线之间面积的两倍：
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# $x_i$：第 $i$ 位客户的购买金额；最小的 $i = 1$，最大的 $i = n$。

# %% [markdown] lang="en"
# By the formula, then by the helpers `gini_coefficient` and `top_share`: each `assert` says that they give the same, so they are earned.
# `plot_lorenz` draws the curve; the dotted lines show how to read it.

# %% [markdown] lang="zh"
# 先按公式算，再用 `gini_coefficient` 和 `top_share` 算；`assert` 核对两者相等，往后可以放心用。`plot_lorenz` 画出曲线，虚线告诉你怎样读图。

# %% slide="result"
places = pd.Series(range(1, 9), index=ordered.index)
gini_of_eight = 2 * (places * ordered).sum() / (8 * ordered.sum()) - 9 / 8
assert abs(gini_of_eight - concentration.gini_coefficient(eight)) < 1e-12
assert abs(concentration.top_share(eight, 2 / 8) - 1300 / 2000) < 1e-12
ax = plots.plot_lorenz(concentration.lorenz_curve(eight), best=2 / 8)
ax.set_title(sentence("Eight customers: Gini {gini_of_eight:.2f}"))
plt.show()

# %% [markdown] lang="en" tags=["notes"]
# Let the class read the dotted lines as a sentence before you show the legend. The commonest mistake is to read the curve from the wrong end:
# "75 % bring a third" and "the best 25 % bring two thirds" are the same point. On all figures of this lesson the smallest customers stand on the left.

# %% [markdown] lang="zh"
# 先让全班把虚线读成一句话，再给他们看图例。最常见的错误是从另一头读：“75% 的客户占三分之一”和“前 25% 的客户占三分之二”是同一个点。本课所有的图，最小的客户都在左边。

# %% [markdown] lang="en" minutes=3 rows=["A24"] slide="slide"
# ## The whole company: predict first
#
# **2.2.b** What share of the money of 2025 do the best 20 % of *our* customers bring? Write your guess down before you look. (a fraction)

# %% [markdown] lang="zh"
# ## 整家公司：先猜
#
# **2.2.b** *我们*的前 20% 客户，贡献了 2025 年销售额的多大比例？先写下你的猜测，再往下看。（用小数表示）

# %% tags=["exercise"]
guess = ...
check("2.2.b", guess)

# %% [markdown] lang="en"
# The curve of all customers, with the four claims of the course on it. A claim stands mirrored: 20:80 means that the other 80 % bring the other 20 %.
# A point *under* the curve claims more concentration than we have.

# %% [markdown] lang="zh"
# 下面是全部客户的曲线，课程的四种说法也标在图上。说法要反过来标：20:80 就是其余 80% 的客户贡献其余 20%。落在曲线*下方*的点，说的比我们实际更集中。

# %% slide="result"
top, gini = concentration.top_share(spending, 0.20), concentration.gini_coefficient(spending)
ax = plots.plot_lorenz(concentration.lorenz_curve(spending), claims=claims, best=0.20)
ax.set_title(sentence("Simulated company: the best fifth brings {top:.1%}, Gini {gini:.2f}"))
plt.show()
say("The best fifth brings {top:.1%}: near 80, by coincidence. Nothing in the simulation sets it."
    if abs(top - 0.80) < 0.02
    else "The best fifth brings {top:.1%}, which is not 80.")

# %% [markdown] lang="en" minutes=4 rows=["A23", "A24", "E20"] slide="slide"
# ## Three firms: which ratios hold?
#
# Two real firms beside ours, each over the last year of its data: a grocer in the USA (Complete Journey, all its households of 2017) and the CD shop CDNOW
# (people whose first order fell in early 1997, what they bought from July 1997 on). `summarize_customers` adds up as we did, for any firm and period; the last
# line checks that it gives the same for ours.

# %% [markdown] lang="zh"
# ## 三家企业：哪些比例成立？
#
# 在教学公司之外，再看两家真实企业，都取数据的最后一年：美国一家超市（Complete Journey，2017 年的全部家庭），以及音像店 CDNOW（1997 年初第一次购买的顾客，看他们 1997 年 7 月以后买了多少）。`summarize_customers` 能对任何企业、任何一段时间像我们那样加总；最后一行核对，对我们的公司结果相同。

# %% [markdown] lang="en" tags=["slide-text"]
# Two *real* firms beside ours, each over the last year of its data: a grocer in the USA (2017, all households) and the CD shop CDNOW (first order in early 1997;
# what they bought from July 1997 on).

# %% [markdown] lang="zh"
# 再看两家*真实*企业，都取数据的最后一年：美国一家超市（2017 年，全部家庭）；音像店 CDNOW（1997 年初首次购买，看 1997 年 7 月以后）。


# %%
def spent(name, first_day, last_day):
    """What each customer of a firm spent in a period; less than zero counts as 0."""
    bought = datasets.load_data(name)[0]["transactions"]
    summary = customers.summarize_customers(bought, as_of=last_day, since=first_day)
    return summary["monetary"].clip(lower=0)


grocer = spent("complete-journey", "2017-01-02", "2018-01-01")
cdnow = spent("cdnow", "1997-07-01", "1998-06-30")
firms = {"teaching company": spending, "grocer": grocer, "CDNOW": cdnow}
assert (spent(company, "2025-01-01", "2025-12-31") - spending).abs().max() < 0.005

# %% [markdown] lang="en"
# For each firm: what the best 4, 20 and 22 % of its customers really bring, beside what is claimed.

# %% [markdown] lang="zh"
# 对每家企业，算出前 4%、20%、22% 的客户实际贡献了多少，放在说法旁边对照。

# %%
tested = claims.copy()
for firm, one in firms.items():
    tested[firm] = [concentration.top_share(one, share) for share in claims["customer_share"]]
show(tested, kind="share")

# %% [markdown] lang="en"
# The same on one figure. A claim that a firm reaches would lie on its curve or above it.

# %% [markdown] lang="zh"
# 画在一张图上。哪家企业达到了某种说法，那个点就会落在它的曲线上，或在曲线上方。

# %% slide="result"
at_grocer, at_cdnow = tested.loc["20:80", ["grocer", "CDNOW"]]
curves_of_firms = {firm: concentration.lorenz_curve(one) for firm, one in firms.items()}
ax = plots.plot_lorenz_curves(curves_of_firms, claims=claims)
assert (tested[["grocer", "CDNOW"]].max(axis=1) < tested["value_share"]).all()
ax.set_title(t("Every claim lies under the curves of both real firms"))
plt.show()
say("The best fifth brings {at_grocer:.1%} at the grocer and {at_cdnow:.1%} at CDNOW. None of the four ratios holds at either of them.")

# %% [markdown] lang="en" minutes=3 rows=["E20"] slide="subslide"
# ### Can one firm have all three ratios of 百安居?
#
# No data are needed. Take the three points in order. Each *further* percent of the customers brings something, but less
# than the percent before, for the best come first. What does each step claim for one further percent? (`diff`: less the row above.)

# %% [markdown] lang="zh"
# ### 同一家企业，能同时有百安居的三种比例吗？
#
# 回答这个问题不需要数据。把三个点按顺序排好：每*再多* 1% 的客户，总要多贡献一点，但不会比前面的 1% 更多，因为最大的客户排在前面。每一步各是怎么说的？（`diff`：每一行减去上一行。）

# %%
points = pd.DataFrame({"customer_share": [0, 4, 20, 22], "value_share": [0, 30, 80, 78]}) / 100
points["per_further_percent"] = points["value_share"].diff() / points["customer_share"].diff() / 100
last_step = points["per_further_percent"].iloc[-1]
assert last_step < 0
show(points, kind="share", digits=1)
say("4:30 and 20:80 fit together. From 20:80 to 22:78 each further percent of the customers would bring {last_step:.1%}: not all three can be exact.")

# %% [markdown] lang="en" tags=["notes"]
# Read as "at least", 22:78 follows from 20:80 and says nothing new. Read as exact numbers they contradict each other. Either way the two are slogans, not
# measurements of one firm. Ask what 4:30 would tell a shop that 20:80 does not: how few customers a team can know by name.

# %% [markdown] lang="zh"
# 如果理解成“至少”，那么由 20:80 就能推出 22:78，后者没有说出新东西；如果理解成精确值，两者互相矛盾。无论哪种，它们都是口号，不是对同一家企业的测量。可以问：4:30 能告诉商店什么 20:80 没说的事？——一个团队叫得出名字的客户，就只有这么少。

# %% [markdown] lang="en" minutes=4 rows=["A24"] slide="slide"
# ## Where this misleads: the period, who is counted, and chance
#
# Somebody who did not buy this week: no customer, or a customer of 0? The shorter the period, the more people happen not to buy. We take the grocer, let
# the period end with its last day, and make it longer: once for those who bought in the period, once for all households ever seen
# ([Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)).

# %% [markdown] lang="zh"
# ## 哪里会误导人：统计多久、算上谁、随机波动
#
# 这一周没来买的人，不算客户，还是算金额为 0 的客户？时间越短，恰好没买的人越多。我们看超市：统计时间都到最后一天为止，逐步加长；一次只算当期买过的，一次算所有有记录的家庭（[Schmittlein, Cooper & Morrison 1993](https://doi.org/10.1287/mksc.12.2.167)）。

# %% [markdown] lang="en" tags=["slide-text"]
# Somebody who did not buy this week: no customer, or a customer of 0? The grocer, over longer and longer periods; once its buyers, once all households ever seen.

# %% [markdown] lang="zh"
# 这一周没买的人，不算客户，还是算 0 元的客户？超市，统计时间逐步加长：一次只算当期买过的，一次算所有家庭。

# %%
journey = datasets.load_data("complete-journey")[0]["transactions"]
windows = concentration.share_by_window(journey, as_of="2018-01-01", days=[7, 28, 91, 182, 364])
buyers, known = windows["top_20_share"], windows["top_20_share_of_all_known"]
moves, moves_known = 100 * (buyers.max() - buyers.min()), 100 * (known.max() - known.min())
assert moves < 3 < moves_known
ax = plots.plot_windows(windows)
ax.set_title(sentence("Grocer: among buyers it moves by {moves:.1f} points, of all known by {moves_known:.1f}"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# So at the grocer it is hardly the period that moves the answer: it is who is counted. Other firms differ; an exercise below asks for one.
# Then chance: had other customers of the same kind come, the share would differ a little. How much? Put the eight names into a hat, draw a name, put it back,
# and draw again, until you have eight. Do that 200 times (*bootstrap*, Efron 1979). What do the two biggest bring each time?

# %% [markdown] lang="zh"
# 可见在超市，让答案变动的主要不是时间长短，而是把谁算进来。别的企业不一定如此，后面有一道练习。再看随机波动：如果来的是另一批同类客户，占比会略有不同。会差多少？把八个名字放进帽子，抽一个，放回去再抽，抽满八个为止。这样做 200 次（*自助法*，Efron 1979）。每次抽到的八位里，最大的两位各占多少？

# %% [markdown] lang="en" tags=["slide-text"]
# Not the period, but who is counted. And chance: eight names in a hat; draw one, put it back, until there are eight. Do that 200 times (*bootstrap*).

# %% [markdown] lang="zh"
# 要紧的不是时间长短，而是把谁算进来。再看随机波动：八个名字放进帽子，抽一个放回一个，抽满八个；这样做 200 次（*自助法*）。


# %% slide="result"
draws = [eight.sample(8, replace=True, random_state=seed) for seed in range(200)]
names = pd.Index([" ".join(sorted(draw.index)) for draw in draws], name="drawn")
drawn = pd.Series([draw.nlargest(2).sum() / draw.sum() for draw in draws], names, name="top_share")
drawn.head(3)

# %% [markdown] lang="en"
# Three of the 200 draws: some stand twice, some not at all, and the share moves. `bootstrap_interval` draws in the same way and gives two ends, corrected for lopsided
# amounts. Of 100 such intervals about 95 hold the true share. Where customers are few, or a few giants decide, fewer do; the table then calls the interval rough.

# %% [markdown] lang="zh"
# 这是 200 次中的三次：有人抽到两次，有人一次也没有，占比跟着变。`bootstrap_interval` 也这样抽，再针对大小悬殊的金额作些修正，给出两端。这样的区间做 100 个，大约 95 个包含真实占比；客户太少，或者少数特大客户说了算，就没有这么多，表中会注明“粗略”。

# %% slide="result"
def best_fifth(value):
    return concentration.top_share(value, 0.20)


sure = chance.intervals_of({"the eight": eight, **firms}, best_fifth, n_resamples=200, seed=22)
show(sure, kind="share")

# %% [markdown] lang="en" minutes=3 rows=["A24", "E20"] slide="slide"
# ## Do the sums, then decide: care for whom?
#
# The course names three strategies of service, each paired with one of competition:
#
# - **cost leadership** (整体成本领导): keep in touch with everybody, cheaply;
# - **differentiation** (差异化): a service that others do not have;
# - **focus** (集中化): more service for a chosen group. 百安居 and its ratios stand here.
#
# We give each a price. *Assumed*: a yearly message costs 1 yuan a customer and keeps 5 of 1,000 who would have left; deliveries at an hour of the customer's choice
# cost 20 yuan and keep 2 of 100; a personal contact who calls each month (12 calls of 6 yuan) costs 72 yuan and keeps 4 of 100. A customer kept brings
# this year's gross profit (sales less what the goods cost) once more. Doing nothing is a plan, too.

# %% [markdown] lang="zh"
# ## 算清账，再决定：该专门照顾谁？
#
# 课程讲了三种服务战略，各配一种竞争策略：
#
# - **整体成本领导**：与所有客户保持联系，花费压到最低；
# - **差异化**：提供别家没有的特色服务；
# - **集中化**：对特定人群加强服务。百安居和它的几种比例就写在这一条后面。
#
# 我们给每种战略标上价钱。*假设*：每年发一条消息，每位客户 1 元，每 1000 位多留住 5 位；按客户指定的时间送货，每位 20 元，每 100 位多留住 2 位；专人每月打一次电话（12 次，每次 6 元），每位 72 元，每 100 位多留住 4 位。留住一位客户，就再得到一年同样多的毛利（销售额减去货品成本）。什么都不做也是一个方案。

# %% [markdown] lang="en" tags=["slide-text"]
# - **cost leadership** (整体成本领导): a message for everybody, 1 yuan, keeps 0.5 of 100
# - **differentiation** (差异化): delivery at a chosen hour, 20 yuan, keeps 2 of 100
# - **focus** (集中化): a personal contact for the best, 72 yuan, keeps 4 of 100
# - or nothing
#
# Prices and effects are *assumed*. A customer kept brings this year's gross profit once more.

# %% [markdown] lang="zh"
# - **整体成本领导**：人人一条消息，1 元，每 100 位多留住 0.5 位
# - **差异化**：按选定钟点送货，20 元，多留住 2 位
# - **集中化**：最大的客户有专人联系，72 元，多留住 4 位
# - 或者什么都不做
#
# 价钱和效果都是*假设*。留住一位客户，再得一年同样的毛利。

# %%
plans = pd.DataFrame({
    "nothing": [0, 0, 0],
    "message for all": [1, 1, 0.005],
    "chosen hour for all": [1, 20, 0.02],
    "contact, best 1%": [0.01, 72, 0.04],
    "contact, best 4%": [0.04, 72, 0.04],
    "contact, best fifth": [0.20, 72, 0.04],
}, index=["customer_share", "cost_per_customer", "kept_rate"]).T.rename_axis("plan")
plans

# %% [markdown] lang="en"
# What a plan keeps is a rate, times the profit of those it reaches: their share is read off a Lorenz curve. Take off what it costs.

# %% [markdown] lang="zh"
# 一个方案留住的毛利 = 多留住的比例 × 它照顾到的客户的毛利；这些客户的占比，从洛伦兹曲线上读出。再减去方案的花费。

# %%
gross = (year["amount"] - year["cost"]).groupby(year["customer_id"]).sum().clip(lower=0)


def gain_of(plan, value, total):
    """What a plan brings in a year, where a profit of `total` is spread as `value` is."""
    reached = total * concentration.top_share(value, plan["customer_share"])
    return plan["kept_rate"] * reached - plan["cost_per_customer"] * n * plan["customer_share"]


curves = {"our gross profit": gross, "our sales": spending}

# %% [markdown] lang="en"
# `iterrows` hands out the plans one by one. We take our curve of gross profit, our curve of sales, and ask what the same plans would be worth if our profit
# were spread as at the two real firms.

# %% [markdown] lang="zh"
# `iterrows` 逐个取出方案。我们先用自己的毛利曲线和销售额曲线，再看如果毛利像两家真实企业那样分布，同样的方案值多少。

# %% slide="result"
gains = pd.DataFrame(index=plans.index)
for name, one in {**curves, "as at the grocer": grocer, "as at CDNOW": cdnow}.items():
    gains[name] = [gain_of(plan, one, gross.sum()) for _, plan in plans.iterrows()]
show(gains, kind="money")

# %% [markdown] lang="en"
# A plan for everybody is worth the same on every curve. Focus lives from the curve. Is the best plan clearly better than the second, or could other customers of the
# same kind turn the two round? Draw the customers anew, as above, and look how far the one is ahead of the other.

# %% [markdown] lang="zh"
# 面向所有人的方案，在哪条曲线上都一样；集中化靠的就是曲线。最好的方案真的比第二好的强吗？换一批同类客户，两者会不会颠倒？像上面那样重新抽取客户，看一看前者领先后者多少。

# %%
two = gains["our gross profit"].nlargest(2)
(best_plan, second), best_gain, apart = two.index, two.max(), two.max() - two.min()


def ahead(value):
    """How far the best plan is ahead of the second, if these were our customers."""
    gain, next_gain = [gain_of(plans.loc[plan], value, value.sum()) for plan in (best_plan, second)]
    return gain - next_gain


low, high, _ = chance.bootstrap_interval(gross, ahead, n_resamples=200, seed=22)
verdict = t("So it is ahead.") if low > 0 else t("So chance may turn the two round.")

# %% [markdown] lang="en"
# What share of their profit would the contact have to keep, to pay for itself: with the best 4 %, and with the best fifth? (`math.ceil` rounds up, to the safe side.)

# %% [markdown] lang="zh"
# 专人联系要多留住多大比例的毛利才够本：只照顾前 4% 时，和照顾前五分之一时？（`math.ceil` 向上取整，宁可多算。）

# %%
must_4, must_20 = [
    math.ceil(1000 * 72 * share * n / (concentration.top_share(gross, share) * gross.sum())) / 1000
    for share in (0.04, 0.20)
]

# %% [markdown] lang="en"
# And how many were there to keep: what share of the best of 2024 bought nothing in 2025?

# %% [markdown] lang="zh"
# 又有多少人可留：2024 年的大客户，到 2025 年总共流失了多少？

# %%
before = spent(company, "2024-01-01", "2024-12-31").sort_values(ascending=False)
is_gone = pd.Series(~before.index.isin(spending.index))
gone_4, gone_20 = [is_gone.head(round(share * len(before))).mean() for share in (0.04, 0.20)]
say("Best by our gross profit: “{best_plan}”, {best_gain:CNY} a year, {apart:CNY} more than “{second}”. "
    "With other customers of the same kind the difference may lie anywhere from {low:CNY} to {high:CNY}. {verdict}")
say("To pay, the contact must keep at least {must_4:.1%} of the profit of the best 4%, but {must_20:.1%} of that of the "
    "best fifth. Nobody can keep more than would go: of the best 4% of 2024, {gone_4:.1%} bought nothing in 2025, of the best fifth {gone_20:.1%}.")

# %% [markdown] lang="en"
# So the decision hangs on our curve and on the assumed 4 of 100, which nobody has measured. Try the contact with a few dozen customers drawn by lot before you hire.

# %% [markdown] lang="zh"
# 可见这个决定取决于两点：我们的曲线，以及“每 100 位多留住 4 位”这个还没人测过的假设。先抽签选几十位客户试一试，再招人。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** — The Lorenz curve read as a sentence; a ratio without its period and base says nothing.
#
# **Hard point** — One point of the curve has two readings: the smallest 80 % bring 20 %, the best 20 % bring 80 %.
#
# **Board** — The eight amounts from small to big, their running sum, the share; beside it the curve with one dotted line.
#
# **Homework** — Exercise 2.2.5 in writing, and the optional section on A, B and C.

# %% [markdown] lang="zh"
# **重点** — 把洛伦兹曲线读成一句话；比例不说明统计时间和统计对象，就没有意义。
#
# **难点** — 曲线上同一个点有两种读法：最小的 80% 占 20%，最大的 20% 占 80%。
#
# **板书** — 八位客户的金额从小到大、累计金额、累计占比；旁边画曲线和一条虚线。
#
# **作业** — 书面完成练习 2.2.5，并自读“选读：A、B、C 三类”。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `lines_2023` are the lines of the teaching company's orders in 2023 · `organizations` is what each organization among its customers spent in 2024 ·
# `cd_lines` are the orders of CDNOW, whose last day is 30 June 1998 · `profit_2024` is the gross profit of each customer in 2024.
# Stuck? `hint("2.2.1")`, then `solution("2.2.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `lines_2023`：教学公司 2023 年订单的各行 · `organizations`：每个单位客户 2024 年的购买金额 · `cd_lines`：CDNOW 的订单，最后一天是 1998 年 6 月 30 日 · `profit_2024`：每位客户 2024 年的毛利。做不出来，先看 `hint("2.2.1")`，再看 `solution("2.2.1")`。

# %%
lines_2023, lines_2024 = [lines[lines["order_date"].dt.year == one] for one in (2023, 2024)]
cd_lines = datasets.load_data("cdnow")[0]["transactions"]
kinds = datasets.load_data(company)[0]["customers"].set_index("customer_id")["customer_type"]
spent_2024 = lines_2024.groupby("customer_id")["amount"].sum()
organizations = spent_2024[spent_2024.index.map(kinds) == "organisation"].clip(lower=0)
profit_2024 = (lines_2024["amount"] - lines_2024["cost"]).groupby(lines_2024["customer_id"]).sum()
given = {"organizations": organizations, "profit_2024": profit_2024}
practice_on(lines_2023=lines_2023, cd_lines=cd_lines, **given)

# %% [markdown] lang="en"
# **2.2.1** What share of the money of 2023 does the best tenth of the customers of that year bring? Work from `lines_2023`; round the number of customers
# to the nearest whole one. (a fraction)

# %% [markdown] lang="zh"
# **2.2.1** 2023 年的客户中，前十分之一贡献了当年多大比例的金额？请从 `lines_2023` 算起；客户数四舍五入取整。（用小数表示）

# %% tags=["exercise"]
best_tenth = ...
check("2.2.1", best_tenth)

# %% [markdown] lang="en"
# **2.2.2** Compute the Gini coefficient of `organizations` by the formula, with pandas.

# %% [markdown] lang="zh"
# **2.2.2** 用 pandas 按公式算出 `organizations` 的基尼系数。

# %% tags=["exercise"]
gini_of_organizations = ...
check("2.2.2", gini_of_organizations)

# %% [markdown] lang="en"
# **2.2.3** All people in `cd_lines` are counted, also those who bought nothing in the last 28 days (3 to 30 June 1998). What share of the money of these 28
# days does the best fiftieth (2 %) of all of them bring? Round the number of people. (a fraction)

# %% [markdown] lang="zh"
# **2.2.3** 把 `cd_lines` 里的人全都算进来，包括最后 28 天（1998 年 6 月 3 日至 30 日）什么都没买的人。所有人中的前五十分之一（2%）贡献了这 28 天多大比例的金额？人数四舍五入取整。（用小数表示）

# %% tags=["exercise"]
best_fiftieth = ...
check("2.2.3", best_fiftieth)

# %% [markdown] lang="en"
# **2.2.4** The contact of the decision above (72 yuan a customer and year, keeps 4 of 100) is offered in 2024 to each customer for whom it pays. To how many? Use
# `profit_2024`. (a whole number)

# %% [markdown] lang="zh"
# **2.2.4** 把上面的专人联系（每位客户每年 72 元，每 100 位多留住 4 位）放到 2024 年，只提供给划算的客户。一共几位？请用 `profit_2024`。（整数）

# %% tags=["exercise"]
n_contacts = ...
check("2.2.4", n_contacts)

# %% [markdown] lang="en"
# **2.2.5** A judgment, no code. A consultant writes: “In your industry 20 % of the customers bring 90 % of the profit; you should drop the rest.” Answer in
# three sentences, in quotes.

# %% [markdown] lang="zh"
# **2.2.5** 思考题，不用写代码，没有标准答案。一位顾问写道：“在你们这个行业，20% 的客户贡献 90% 的利润；其余的应该放弃。”请用三句话回答，放在英文引号 `"..."` 里。

# %% tags=["exercise"]
answer = ...
check("2.2.5", answer)

# %%
quiz("2.2.q1")

# %%
quiz("2.2.q2")

# %%
quiz("2.2.q3")

# %% [markdown] lang="en" rows=["A18"] slide="skip"
# ## Optional: A, B and C, by one kind of value and by several
#
# ABC cuts by share of *value*: the biggest customers who together bring 80 % are A, up to 95 % B, the others C. The course asks for several kinds of
# value: sales (销售收入), years with us (交往年限), marketing spending (市场花费; here the visits we paid, and fewer are better). Yuan, days and visits cannot be added;
# *places* can: the share of the customers one is ahead of (Flores & Whybark 1986 began this). The weights 3 : 2 : 1 are an opinion. As many are called A as by sales alone.
#
# `value_criteria` puts the three values of each customer side by side, `stay_in_a` adds up the places. With each set of weights, what share of those who
# are A by sales stays A?

# %% [markdown] lang="zh"
# ## 选读：A、B、C 三类，按一种价值和按几种价值
#
# ABC 分类按*金额*占比划线：合计占到 80% 的大客户是 A 类，到 95% 为止是 B 类，其余是 C 类。课程要求看几种价值：销售收入、交往年限、市场花费（这里用拜访次数代表，越少越好）。元、天、次不能相加，*名次*可以：看一位客户排在多大比例的客户前面（这一做法始于 Flores 与 Whybark 1986）。权重 3 : 2 : 1 只是一种看法。A 类人数与只按销售收入划分时相同。
#
# `value_criteria` 把每位客户的三种价值列在一起，`stay_in_a` 把名次加权相加。换几组权重，按销售收入是 A 类的客户，有多少仍是 A 类？

# %% slide="skip"
activities = datasets.load_data(company)[0]["activities"]
criteria = pyramid.value_criteria(lines, activities, since="2025-01-01", as_of="2025-12-31")
weights = [(3, 2, -1), (1, 1, -1), (5, 1, -1), (3, 2, 0)]
pyramid.stay_in_a(criteria, weights)

# %% [markdown] lang="en" slide="skip"
# A list that changes with an opinion is to be shown with that opinion. Our orders begin in 2023, so whoever came before looks newer than they are.

# %% [markdown] lang="zh"
# 会随看法而变的名单，应当连同那个看法一起给出。另外，我们的订单从 2023 年开始，更早的客户看上去会比实际新。

# %% [markdown] lang="en" rows=["A24"] slide="skip"
# ## Optional: is there a law behind 80/20?
#
# Pareto's law says that the share of customers above an amount $x$ falls as a power of $x$, with exponent $\alpha$. If it held for a whole firm, the best
# share $p$ would bring $p^{1 - 1/\alpha}$; 80/20 is $\alpha$ near 1.16, and then the best 4 % would bring 64 %, not the 30 of 4:30. We fit $\alpha$ to the best fifth of each
# firm and look at that fifth alone: what does the best fifth *of it* bring?

# %% [markdown] lang="zh"
# ## 选读：80/20 背后有规律吗？
#
# 帕累托定律说：金额高于 $x$ 的客户所占的比例，按 $x$ 的幂次下降，指数是 $\alpha$。如果它对整个企业成立，前 $p$ 的客户就贡献 $p^{1 - 1/\alpha}$；80/20 对应的 $\alpha$ 约为 1.16，这时前 4% 应当占 64%，而不是“4=30”的 30%。我们用每家企业的前 20% 客户估计 $\alpha$，再只看这 20% 的内部：*其中*的前 20% 贡献了多少？

# %% slide="skip"
concentration.law_beside_data(firms, share=0.20)

# %% [markdown] lang="en" slide="skip"
# The law was fitted to these very customers. Where the two columns differ by many points, it misses even them; it may describe the far end of a tail, not a firm.

# %% [markdown] lang="zh"
# 定律就是用这些客户估计出来的。两列相差很多的地方，它连这些客户都说不准；它或许能描述最末端的少数大客户，却描述不了一家企业。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **measure** how concentrated sales are, with the Lorenz curve and the Gini coefficient,
# - **test** a ratio somebody quotes, and ask for its period and for who is counted,
# - **decide** for how many customers special care pays, and for how many it does not.
#
# **Words** — Lorenz curve (洛伦兹曲线), Gini coefficient (基尼系数), 80/20 principle (80/20 原则), bootstrap (自助法), focus (集中化).
#
# **Next** — 2.3: Profit is not revenue: who takes back what the others earn?
#
# **Further reading** — Lorenz (1905), [doi:10.2307/2276207](https://doi.org/10.2307/2276207) · Efron (1979), Bootstrap methods,
# [doi:10.1214/aos/1176344552](https://doi.org/10.1214/aos/1176344552) · Schmittlein, Cooper & Morrison (1993), Truth in
# concentration in the land of (80/20) laws, [doi:10.1287/mksc.12.2.167](https://doi.org/10.1287/mksc.12.2.167) · Newman (2005), Power laws, Pareto
# distributions and Zipf's law, [doi:10.1080/00107510500052444](https://doi.org/10.1080/00107510500052444)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **衡量**销售有多集中：会画洛伦兹曲线，会算基尼系数；
# - **检验**别人引用的比例：先问统计时间，再问把谁算了进来；
# - **决定**专人维护该做到第几位客户为止，再往后就不划算。
#
# **术语**：洛伦兹曲线（Lorenz curve）、基尼系数（Gini coefficient）、80/20 原则（80/20 principle）、自助法（bootstrap）、集中化（focus）。
#
# **下一课**：2.3 利润不等于收入：谁把别人赚的钱又亏掉了？
#
# **延伸阅读**：Lorenz (1905), [doi:10.2307/2276207](https://doi.org/10.2307/2276207) · Efron (1979), Bootstrap methods, [doi:10.1214/aos/1176344552](https://doi.org/10.1214/aos/1176344552) · Schmittlein, Cooper & Morrison (1993), Truth in concentration in the land of (80/20) laws, [doi:10.1287/mksc.12.2.167](https://doi.org/10.1287/mksc.12.2.167) · Newman (2005), Power laws, Pareto distributions and Zipf's law, [doi:10.1080/00107510500052444](https://doi.org/10.1080/00107510500052444)

# %% [markdown] lang="en" tags=["slide-text"]
# - **measure** how concentrated sales are, with the Lorenz curve and the Gini coefficient,
# - **test** a ratio somebody quotes, and ask for its period and for who is counted,
# - **decide** for how many customers special care pays, and for how many it does not.

# %% [markdown] lang="zh"
# - **衡量**销售有多集中：会画洛伦兹曲线，会算基尼系数；
# - **检验**别人引用的比例：先问统计时间，再问把谁算了进来；
# - **决定**专人维护该做到第几位客户为止，再往后就不划算。

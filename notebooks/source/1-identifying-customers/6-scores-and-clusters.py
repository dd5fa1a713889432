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

# %% [markdown] lang="en" minutes=31 exercise_minutes=14 pattern=2 needs=["1.5"] rows=["B20"] slide="slide"
# # 6 · Scores and clusters: to whom is a letter worth its postage?
#
# A charity can write to everybody, to nobody, or to those who will answer. Scores and clusters both promise to tell who that is.
#
# In this lesson you will
#
# - **score** customers by what they did, in a way that holds when half of them bought once,
# - **test** on a later period whether clusters know more than scores and tiers,
# - **decide** whom to write to, by what a letter costs and a gift brings.

# %% [markdown] lang="zh"
# # 6 · 打分与聚类：给谁写信，才不白花邮费？
#
# 慈善机构可以给所有人写信，可以谁都不写，也可以只写给会响应的人。谁会响应？打分和聚类都说自己知道。
#
# 在这一课里，你将
#
# - **打分**：根据客户的行为打分，一半客户只买过一次也不出错；
# - **检验**：用后一段时间的数据，看聚类是否比打分、比层级知道得更多；
# - **决定**给谁写信：算一算一封信要花多少钱，一笔捐款能带来多少钱。

# %% [markdown] lang="en" tags=["slide-text"]
# A charity can write to everybody, to nobody, or to those who will answer.
#
# - **score** customers by what they did,
# - **test** on a later period whether clusters know more,
# - **decide** whom to write to.

# %% [markdown] lang="zh"
# 慈善机构可以给所有人写信，可以谁都不写，也可以只写给会响应的人。
#
# - **打分**：根据客户的行为打分；
# - **检验**：用后一段时间的数据，看聚类是否知道得更多；
# - **决定**给谁写信。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A score is a place among all. Customers who did the same get the same score, whatever the order of the rows.
#
# **Hard point** A tidy cluster is not a useful one. Useful is what predicts something that was not used to make it.
#
# **Board** The eight by number of orders, equal ones in a box; below it “worse + half of the equal ones”. Beside it: cost ÷ gift = rate needed.
#
# **Homework** Exercises 1.6.3 and 1.6.5. Which shop scores you? By what you did how often, what, for how much, or which way?

# %% [markdown] lang="zh"
# **重点** 得分就是在全体客户中的位置。行为相同的人得分相同，和表里的行序无关。
#
# **难点** 分得整齐的聚类不一定有用。能预示没有用来聚类的事，才叫有用。
#
# **板书** 八位客户按订单数排开，相同的圈在一起；下面写“比他差的 + 和他一样的一半”。旁边写：成本 ÷ 捐款 = 需要的响应率。
#
# **作业** 练习 1.6.3 和 1.6.5。再想一想：哪家店在给你打分？看的是频率、种类、金额，还是途径？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from crmlib import customers, datasets, lifecycle, plots, pyramid, segments
from crmlib.lesson import check, hint, practice_on, quiz, say, sentence, show, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 rows=["B20"] slide="slide"
# ## Look first: how often, what, how much, which way
#
# The course lists four facts of behavior, 购买频率、种类、金额、途径: frequency, kinds of goods, amount, channel. For Jiahe Foods
# (**simulated**) and the year 2024 each is one grouping of the rows. A refund is no purchase, but it lowers the amount.

# %% [markdown] lang="zh"
# ## 先看数据：多久买一次、买什么、买多少、从哪里买
#
# 课程列出的行为信息有四项：购买频率、种类、金额、途径。取嘉禾食品（**模拟**）2024 年的数据，每一项只要分一次组。退款不算购买，但要从金额里扣除。

# %% [markdown] lang="en" tags=["slide-text"]
# Behavior, 购买频率、种类、金额、途径: frequency, kinds of goods, amount, channel.
#
# Jiahe Foods (**simulated**), 2024. A refund is no purchase, but it lowers the amount.

# %% [markdown] lang="zh"
# 行为信息：购买频率、种类、金额、途径。
#
# 嘉禾食品（**模拟**），2024 年。退款不算购买，但要从金额里扣除。

# %%
transactions = datasets.load_data(company)[0]["transactions"]
year = transactions[transactions["order_date"].dt.year == 2024]
purchases = year[year["amount"] >= 0].groupby("customer_id")
facts = purchases.agg(frequency=("order_id", "nunique"), n_categories=("category", "nunique"))
facts["monetary"] = year.groupby("customer_id")["amount"].sum()
last_day = purchases["order_date"].max().dt.normalize()
facts["silent_days"] = (pd.Timestamp("2024-12-31") - last_day).dt.days
facts.head(4)

# %% [markdown] lang="en"
# The last column is the silence since the last purchase, **recency**. The channel stands apart, for it is no number; it is the one they used most: `value_counts` counts, `unstack` puts the channels side by side, `idxmax` names the largest. `summarize_customers` gives recency, frequency and amount
# (*monetary*) in one go. Are they the same?

# %% [markdown] lang="zh"
# 最后一列是最近一次购买到年底的天数，叫**最近购买**（recency）。途径不是数，另放一边，取每位客户用得最多的那个：`value_counts` 计数，`unstack` 横排，`idxmax` 取最大值的名字。`summarize_customers` 一次给出这三项：最近购买、频率、金额。和我们算的一样吗？

# %%
summary = customers.summarize_customers(year, as_of="2024-12-31").query("frequency > 0")
theirs = summary[["frequency", "recency_days", "monetary"]].astype(float)
assert np.allclose(theirs, facts[["frequency", "silent_days", "monetary"]])
channel = purchases["channel"].value_counts().unstack().idxmax(axis=1).rename("channel")

# %% [markdown] lang="en" slide="subslide"
# Before anybody gets a score we look at how they are spread.

# %% [markdown] lang="zh"
# 打分之前，先看看客户之间差多少。

# %% slide="result"
half_spent = summary["monetary"].median()
ax = plots.plot_spending(summary["monetary"], currency="CNY")
ax.set_title(sentence("Half of the customers of 2024 spent at most {half_spent:CNY}"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Which facts predict the year after? A **rank correlation** is 1 if two columns put customers in the same order, 0 if they have
# nothing to do with each other, −1 if the order is reversed. The channel has no order: for each we count who came back.

# %% [markdown] lang="zh"
# 哪些行为能预示下一年？**等级相关系数**：两列的排序完全相同是 1，毫无关系是 0，完全相反是 −1。途径没有顺序，就数一数每种途径有多少人再来。

# %% [markdown] lang="en" tags=["slide-text"]
# Which facts predict the sales of 2025? **Rank correlation**: 1 same order, 0 unrelated, −1 reversed.

# %% [markdown] lang="zh"
# 哪些行为能预示 2025 年的购买金额？**等级相关系数**：1 排序相同，0 没有关系，−1 正好相反。

# %% slide="result"
bought_2025 = transactions[transactions["order_date"].dt.year == 2025].groupby("customer_id")
next_year = bought_2025["amount"].sum().reindex(summary.index).fillna(0.0)
show(facts.corrwith(next_year, method="spearman").rename("rank_correlation"), digits=2)
(next_year > 0).groupby(channel).mean().rename("share_came_back")

# %% [markdown] lang="en"
# Careful with the channel: whom a representative visits, the firm has chosen. It may only say who the customer was before.

# %% [markdown] lang="zh"
# 看途径要当心：业务员拜访谁，是企业挑的。途径也许只说明这位客户原来是什么样的客户。

# %% [markdown] lang="en" minutes=6 rows=["B20"] slide="slide"
# ## Scores in words, and by hand
#
# Hughes (1994) cut customers into fifths three times: by recency (R), frequency (F) and monetary (M). The best fifth gets a 5.
# But how do you cut a fifth out of people who are **equal**? Our rule: the **place** of a customer is the share who are worse, and half
# of those who are equal (the customer among them). With $w$ worse and $e$ equal ones of $n$
#
# $$\text{score} = \lceil 5\,p \rceil, \qquad p = \frac{w + e/2}{n}$$
#
# and the brackets round up. Customers who did the same get the same score.

# %% [markdown] lang="zh"
# ## 打分：先用文字，再亲手算
#
# Hughes（1994）把客户按三项各切成五等份：最近购买（R）、频率（F）、金额（M），最好的一份得 5 分，合称 RFM。可是一群人**完全一样**，怎么切出五分之一？我们的规则：客户的**位置**等于比他差的人所占比例，加上和他一样的人（包括他自己）的一半。$n$ 位客户中有 $w$ 位更差、$e$ 位一样，那么
#
# $$得分 = \lceil 5\,p \rceil, \qquad p = \frac{w + e/2}{n}$$
#
# 缺口朝上的括号表示向上取整。行为相同，得分就相同。

# %% [markdown] lang="en" tags=["slide-text"]
# R, F, M: recency, frequency, monetary, each scored 1 to 5 (Hughes 1994). Of $n$ customers $w$ are worse and $e$ equal:
#
# $$\text{score} = \lceil 5\,p \rceil, \qquad p = \frac{w + e/2}{n}$$

# %% [markdown] lang="zh"
# R、F、M：最近购买、频率、金额，各打 1 到 5 分（Hughes 1994）。$n$ 位客户中 $w$ 位更差、$e$ 位一样：
#
# $$得分 = \lceil 5\,p \rceil, \qquad p = \frac{w + e/2}{n}$$

# %% [markdown] lang="en"
# Eight customers, typed in. Half of them bought once. `later` is what they spent in the year after.

# %% [markdown] lang="zh"
# 下面输入八位客户，其中一半只买过一次。`later` 是他们下一年的购买金额。

# %%
columns = ["recency_days", "frequency", "monetary", "later"]
rows = [[5, 9, 900, 800], [12, 5, 620, 300], [20, 3, 120, 200], [40, 2, 240, 0]]
rows = rows + [[30, 1, 60, 50], [90, 1, 300, 0], [200, 1, 40, 0], [340, 1, 35, 0]]
eight = pd.DataFrame(rows, index=list("ABCDEFGH"), columns=columns)

# %% [markdown] lang="en" slide="subslide"
# What most people write is `pd.qcut(frequency, 5)`. It stops with an error: *bin edges must be unique*. Two repairs are found
# everywhere: drop the edges, or number the rows first. Here is what they give, the second once more with the rows turned upside down.

# %% [markdown] lang="zh"
# 多数人会写 `pd.qcut(frequency, 5)`，结果报错：*bin edges must be unique*（分界点不能重复）。网上常见的补救有两种：去掉重复的分界点，或者先按行编号。看看它们的结果；第二种把行序倒过来再做一次。

# %% [markdown] lang="en" tags=["slide-text"]
# `pd.qcut(frequency, 5)` stops: *bin edges must be unique*. Two repairs, the second once more with the rows turned upside down:

# %% [markdown] lang="zh"
# `pd.qcut(frequency, 5)` 报错：分界点不能重复。两种常见的补救，第二种把行序倒过来再做一次：

# %% slide="result"
ways = eight[["frequency"]].copy()
ways["edges_dropped"] = pd.qcut(eight["frequency"], 5, labels=False, duplicates="drop") + 1
ways["rows_numbered"] = pd.qcut(eight["frequency"].rank(method="first"), 5, labels=False) + 1
ways.assign(rows_turned=pd.qcut(eight["frequency"][::-1].rank(method="first"), 5, labels=False) + 1)

# %% [markdown] lang="en"
# With the edges dropped nobody has a 5, and D is no better than those who bought once. With the rows numbered E beats H or H beats E, by the order of the
# file. Now by places.

# %% [markdown] lang="zh"
# 去掉分界点：没有人得 5 分，D 和只买过一次的人同分。按行编号：E 和 H 谁高谁低，全看文件里的顺序。现在改用位置来算。

# %% [markdown] lang="en" slide="fragment"
# **1.6.a** Your turn: what is the place of E by frequency? (a fraction: the share who are worse, and half of those who are equal, E among them)

# %% [markdown] lang="zh"
# **1.6.a** 你来算：按频率，E 的位置是多少？（用小数表示：更差的人所占比例，加上一样的人的一半，E 自己也算在内）

# %% tags=["exercise"]
place_of_e = ...
check("1.6.a", place_of_e)

# %% [markdown] lang="en" slide="subslide"
# All eight: `rank(method="average")` gives equal ones the middle of their ranks, so half a rank less is $w + e/2$. Read the last line
# aloud: *H bought once, as three others did, and has a 2 as they have.* `rfm_scores` does the same for all three; short silence is good, so
# for R the order is turned.

# %% [markdown] lang="zh"
# 算全部八位：`rank(method="average")` 让相同的人取名次的平均数，再减去半个名次，就是 $w + e/2$。把最后一行读出声来：*H 只买过一次，和另外三位一样，也得 2 分*。`rfm_scores` 对三项都这样做；天数越少越好，所以 R 的顺序反过来。

# %% [markdown] lang="en" tags=["slide-text"]
# All eight. Read the last line aloud: *H bought once, as three others did, and has a 2 as they have.*

# %% [markdown] lang="zh"
# 全部八位。把最后一行读出声来：*H 只买过一次，和另外三位一样，也得 2 分*。

# %% slide="result"
orders = eight["frequency"]
place = (orders.rank(method="average") - 0.5) / len(orders)
score = np.ceil(5 * place).astype(int)
by_hand = pd.DataFrame({"frequency": orders, "place": place, "frequency_score": score})
rfm_of_eight = lifecycle.rfm_scores(eight)
assert rfm_of_eight["frequency_score"].equals(by_hand["frequency_score"])
by_hand

# %% [markdown] lang="en" tags=["notes"]
# Let two students score the eight at the board, one reading the list from the top, one from the bottom. They disagree about E to H. Then ask
# which of them is right. The usual slip with the rule: forgetting that a customer is equal to themself.

# %% [markdown] lang="zh"
# 请两位学生到黑板上给八位客户打分，一位从上往下，一位从下往上。E 到 H 的分会不一样，再问谁对。用规则时最常见的错误：忘了客户和自己也“一样”。

# %% [markdown] lang="en" minutes=2 slide="slide"
# ### A real shop: how many are parted by chance?
#
# CDNOW sold music on the web (**real**: a tenth of those who first bought in early 1997, with their orders of a year and a half).

# %% [markdown] lang="zh"
# ### 一家真实的商店：多少人只凭行序分出高低？
#
# CDNOW 在网上卖唱片（**真实数据**：1997 年初首次购买的客户的十分之一，一年半的订单）。

# %% slide="result"
cdnow = datasets.load_cdnow()
shop = customers.summarize_customers(cdnow, as_of="1998-06-30")
bought_once, once = shop["frequency"] == 1, (shop["frequency"] == 1).mean()
n_scores = pd.qcut(shop["frequency"].rank(method="first"), 5, labels=False)[bought_once].nunique()
assert lifecycle.rfm_scores(shop).loc[bought_once, "frequency_score"].nunique() == 1 < n_scores
say("{once:.0%} of the customers of CDNOW bought once. With the rows numbered they get {n_scores} different scores for the same thing; by places all get one.")

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Which letter predicts an answer: R, F or M?
#
# A Dutch charity (**real**) wrote to 4,268 people who had given before. R is the weeks since their last answer, F the share of earlier
# letters they answered, M their average gift. We score, and count who answered this letter. Gifts are in guilders. The charity itself
# chose whom to write to, and how often; one supporter has an average gift of 5,005.

# %% [markdown] lang="zh"
# ## 谁会响应：看 R、F 还是 M？
#
# 荷兰一家慈善机构（**真实数据**）给 4,268 位以前捐过款的人写信。R 是上次响应到现在的周数，F 是以前的信响应了多大比例，M 是平均捐款。先打分，再数这一次谁响应了。捐款单位是荷兰盾。以前给谁写几封信，是机构自己定的；有一位的平均捐款高达 5,005。

# %% [markdown] lang="en" tags=["slide-text"]
# A Dutch charity (**real**) wrote to 4,268 people who had given before.
#
# R: weeks since the last answer · F: share of earlier letters answered · M: average gift, guilders (one: 5,005)

# %% [markdown] lang="zh"
# 荷兰一家慈善机构（**真实数据**）给 4,268 位以前捐过款的人写信。
#
# R：上次响应到现在的周数 · F：以前的信响应的比例 · M：平均捐款，荷兰盾（有一位 5,005）

# %%
charity = datasets.load_charity()
rfm = charity[["weeks_since_response", "response_rate", "average_gift"]]
rfm.columns = ["recency_days", "frequency", "monetary"]
scores = lifecycle.rfm_scores(rfm)

# %% [markdown] lang="en" slide="fragment"
# **1.6.b** Guess before you look: of those with the best score in frequency, which share answered this letter? (a fraction)

# %% [markdown] lang="zh"
# **1.6.b** 先猜一猜：频率得分最高的人，有多大比例响应了这封信？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("1.6.b", guess)

# %% [markdown] lang="en" slide="subslide"
# A line that climbs predicts; a flat one does not. Which one climbs most from score 1 to score 5?

# %% [markdown] lang="zh"
# 线往上走，就能预示；是平的，就不能。从 1 分到 5 分，哪条线升得最多？

# %% slide="result"
answered, three = charity["responded"].mean(), scores.filter(like="score")
rates = pd.DataFrame({one: charity["responded"].groupby(three[one]).mean() for one in three})
rates.columns = [t("last answer (R)"), t("letters answered (F)"), t("average gift (M)")]
best, best_rate = (rates.loc[5] - rates.loc[1]).idxmax(), rates.loc[5].max()
ax = plots.plot_rates_by_score(rates, overall=answered)
ax.set_title(sentence("Best score in {best}: {best_rate:.0%} answer; of all {answered:.0%}"))
plt.show()

# %% [markdown] lang="en"
# And money? Its line may be flat because of one gift, so we leave the 5,005 out. And we ask another question: not *whether* they give, but *how much* the givers give.

# %% [markdown] lang="zh"
# 金额的线不往上走，会不会只怪那一笔捐款？所以去掉 5,005 再算。再换一个问题：不问*捐不捐*，问捐的人*捐多少*。

# %%
usual = charity[charity["average_gift"] < 5000]
whether = usual["average_gift"].corr(usual["responded"].astype(float))
by_chance = 2 / np.sqrt(len(usual))
givers = usual[usual["responded"]]
how_much = givers["average_gift"].corr(givers["gift"])
assert abs(whether) < by_chance < how_much
say("Past gifts do not predict whether somebody answers: correlation {whether:.2f}; chance alone "
    "reaches {by_chance:.2f}. They do predict how much those who answer give: {how_much:.2f}.")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Clusters: groups that nobody drew
#
# **k-means** starts with $k$ centers, gives each customer to the nearest, moves each center to the mean of its customers, and goes on until
# nobody changes. On the eight, by money alone, from A and H: a customer is nearer to A if they lie above the middle between the two. Money in powers of ten, so that 60 and 600 are as far apart as 6 and 60.

# %% [markdown] lang="zh"
# ## 聚类：没有人划线的分组
#
# **k 均值**：先定 $k$ 个中心，每位客户归到最近的中心；中心移到自己这群客户的平均处；再归，再移，直到没有人换组。先用八位客户的金额试，从 A 和 H 出发：在两者中点以上，就离 A 更近。金额取 10 的对数，60 和 600 的距离才等于 6 和 60 的距离。

# %% [markdown] lang="en" tags=["slide-text"]
# **k-means**: give each customer to the nearest of $k$ centers, move each center to the mean of its customers, again, until nobody changes.

# %% [markdown] lang="zh"
# **k 均值**：每位客户归到最近的中心；中心移到自己这群客户的平均处；重复，直到没有人换组。

# %%
powers = np.log10(eight["monetary"])
near_a = powers > (powers["A"] + powers["H"]) / 2
assert (near_a == (powers > powers.groupby(near_a).mean().mean())).all()
assert adjusted_rand_score(near_a, KMeans(2, random_state=1).fit_predict(powers.to_frame())) == 1

# %% [markdown] lang="en"
# Nobody changes: A, B, D and F are one cluster, and scikit-learn finds the same. An **adjusted Rand index** of 1 says that two groupings agree, 0 that they
# agree as by chance. Tidiness is the mean **silhouette**, $(b - a) / \max(a, b)$: $a$ is a customer's mean distance to their own cluster, $b$ to the
# nearest other.

# %% [markdown] lang="zh"
# 没有人换组：A、B、D、F 是一类，scikit-learn 的结果相同。**调整兰德指数**为 1 表示两种分组一致，为 0 表示和随机分组差不多。分得整不整齐，看平均**轮廓系数** $(b - a) / \max(a, b)$：$a$ 是一位客户到同类的平均距离，$b$ 是到最近的另一类的平均距离。

# %% [markdown] lang="en" slide="subslide"
# Now the company (simulated), by R, F and M. Logarithms, less their mean, in standard deviations: otherwise the column with the biggest numbers
# decides alone. How many clusters? `cluster_quality` draws the customers anew ten times and takes the mean adjusted Rand index: **stability**.

# %% [markdown] lang="zh"
# 现在看全公司（模拟），用 R、F、M 三列。先取对数，再减平均数、除以标准差，不然数字最大的那一列会说了算。该分几类？`cluster_quality` 把客户重新抽样十次，取调整兰德指数的平均数，这就是**稳定性**。

# %% [markdown] lang="en" tags=["slide-text"]
# The company (**simulated**) by R, F, M: logarithms on one scale. **Stability**: draw the customers anew ten times, do the clusters agree? (1 is best)

# %% [markdown] lang="zh"
# 全公司（**模拟**），R、F、M 取对数，化为同一尺度。**稳定性**：客户重新抽样十次，分出的类是否一致（1 最好）？

# %% slide="result"
quality = segments.cluster_quality(segments.scale_facts(summary), n_clusters=range(2, 7), seed=16)
tidy, tidiest = quality.loc[4, "silhouette"], quality["silhouette"].idxmax()
assert tidy < 0.5
show(quality[["silhouette", "stability", "least_stable"]], kind="number", digits=2)

# %% [markdown] lang="en"
# We take four, as many as there are tiers; `find_clusters` numbers them by money, 1 spends most. Are they heaps, or pieces of one cloud?

# %% [markdown] lang="zh"
# 我们取四类，和层级一样多；`find_clusters` 按金额编号，1 类最高。它们各成一堆，还是从一团云里切出来的？

# %% slide="result"
cluster = segments.find_clusters(summary, n_clusters=4, seed=16)
ax = plots.plot_clusters(summary.assign(cluster=cluster), currency="CNY")
ax.set_title(sentence("One cloud in four pieces: silhouette {tidy:.2f}; tidiest: {tidiest}"))
plt.show()

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Do clusters know more than tiers and scores?
#
# The test: make the groups from one period, look at the **next**. Three firms: the company (simulated), a grocer and CDNOW (both real). By
# each rule we take the best fifth of the customers. What share of the next period's money do they bring? Groups stand in the order of what
# they spent on average; the scores are added up, 3 to 15. If the fifth ends inside a group, that group counts in part.

# %% [markdown] lang="zh"
# ## 聚类比层级和打分知道得更多吗？
#
# 检验的办法：用一段时间分组，看**下一段**时间。三家企业：教学公司（模拟）、一家超市和 CDNOW（都是真实数据）。按每种规则取最好的 20% 客户，看他们贡献了下一段时间销售额的多大比例。各组按平均购买金额排序；三项得分相加，从 3 到 15。20% 的线切在某一组中间时，这一组的人各按同样的比例计算。

# %% [markdown] lang="en" tags=["slide-text"]
# Groups from one period, money of the **next**. Of each rule we take the best fifth. The company (**simulated**); a grocer and CDNOW (**real**).

# %% [markdown] lang="zh"
# 用一段时间分组，看**下一段**的销售额。每种规则取最好的 20% 客户。教学公司（**模拟**）；超市、CDNOW（**真实**）。

# %%
def look_later(lines, since, as_of, until):
    """By each rule a number, higher where more is expected; and what they spent later, after as_of."""
    before = customers.summarize_customers(lines, since=since, as_of=as_of).query("frequency > 0")
    both = customers.summarize_customers(lines, since=since, as_of=until).loc[before.index]
    ranks = pd.DataFrame({"tiers": pyramid.assign_tiers(before["monetary"]).cat.codes.astype(int)})
    ranks["scores"] = lifecycle.rfm_scores(before).filter(like="score").sum(axis=1)
    ranks["clusters"] = -segments.find_clusters(before, n_clusters=4, seed=16)
    return ranks.assign(later=(both["monetary"] - before["monetary"]).round(2))


# %% [markdown] lang="en"
# The measure on the eight: the best quarter by scores are A and B, and they bring 1,100 of the later 1,350 yuan; `share_caught` says the same. Then the three firms: first and last day of the first period, last day of the second.

# %% [markdown] lang="zh"
# 先用八位客户说明这个指标：按得分最好的四分之一是 A 和 B，后来的 1,350 元里他们贡献了 1,100 元；`share_caught` 给出同样的结果。再看三家企业，依次写明第一段的首日、末日和第二段的末日。

# %%
added = rfm_of_eight.filter(like="score").sum(axis=1)
assert segments.share_caught(added, eight["later"], share=0.25) == (800 + 300) / 1350
simulated, grocer = t("Jiahe Foods (simulated)"), datasets.load_complete_journey()["transactions"]
ranked = {simulated: look_later(transactions, "2024-01-01", "2024-12-31", "2025-12-31")}
ranked[t("grocer")] = look_later(grocer, "2017-01-01", "2017-06-30", "2017-12-31")
ranked[t("CDNOW")] = look_later(cdnow, "1997-01-01", "1997-09-30", "1998-06-30")

# %% [markdown] lang="en" slide="fragment"
# Each line is a firm, each mark a rule.

# %% [markdown] lang="zh"
# 一条线是一家企业，一个标记是一种规则。

# %% slide="result"
caught = pd.DataFrame()
for name, ranks in ranked.items():
    for rule in ["tiers", "scores", "clusters"]:
        caught.loc[name, rule] = segments.share_caught(ranks[rule], ranks["later"], share=0.2)
n_firms, n_better = len(caught), (caught["clusters"] > caught["tiers"]).sum()
ax = plots.plot_best_shares(caught)
ax.set_title(sentence("Best fifth: clusters beat tiers in {n_better} of {n_firms} firms"))
plt.show()

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## Where it misleads: another question, another winner
#
# Tiers and the best fifth both look at the top. Ask about *everybody*: does the rule put all customers in the order of their later money? The tiers
# call four fifths of them small and know no more.

# %% [markdown] lang="zh"
# ## 哪里会误导人：换个问题，赢家就换了
#
# 层级和“最好的 20%”看的都是最上面。换成问*所有人*：规则能不能按后来的购买金额给全部客户排好序？八成客户在层级里都是小客户，再没有别的信息。

# %% [markdown] lang="en" tags=["slide-text"]
# Does the rule put *all* customers in the order of their later money? (rank correlation) The tiers call four fifths small, and know no more.

# %% [markdown] lang="zh"
# 规则能否按后来的购买金额给*全部*客户排序（等级相关系数）？八成客户在层级里都是小客户。

# %% slide="result"
in_order = pd.DataFrame()
for name, ranks in ranked.items():
    in_order[name] = ranks.corrwith(ranks["later"], method="spearman").drop("later")
n_order = (in_order.loc["clusters"] > in_order.loc["tiers"]).sum()
n_scores_first = (in_order.idxmax() == "scores").sum()
show(in_order, kind="number", digits=2)
say("In the order of all customers the clusters beat the tiers in {n_order} of {n_firms} firms; the "
    "added scores are best in {n_scores_first}.")

# %% [markdown] lang="en"
# What clusters give is a *description* in several columns at once. Whom you ask for, the top or everybody, chooses the rule. (Optional, at the end: could it be chance?)

# %% [markdown] lang="zh"
# 聚类的用处，是同时从几个方面*描述*客户。关心最上面的人，还是关心所有人，决定用哪种规则。（会不会只是随机？见本课末尾的选读。）

# %% [markdown] lang="en" tags=["notes"]
# Expect “machine learning must be better”. Ask what k-means was told to do: to set groups apart, not to predict. Before each of the two tables ask for a bet, with its reason:
# money may predict money; and a rule that calls four fifths of all the same cannot put those in order. Then let the tables answer, firm by firm: three firms are few.

# %% [markdown] lang="zh"
# 学生常想：机器学习总该更准。可以问：k 均值的任务是什么？是分得开，不是预测。看两张表之前都先请学生押一种规则，并说出理由：金额也许能预示金额；把八成客户看成一样的规则，没法给这八成排序。然后让表来回答，一家一家看：三家企业不算多。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Do the sums, then decide
#
# The charity again. We **assume**: a letter costs 3 guilders, and people who get none give nothing. A letter pays if
#
# $$\text{share who answer} > \frac{\text{cost of a letter}}{\text{mean gift of those who answer}}$$
#
# the **break-even response rate**. Four choices: nobody, everybody, all whose score in frequency lies above break-even, and all whose added scores do (`map` looks up the rate of those with the same
# score). Half of the supporters, drawn at random, teach us the rates and choose the best of the four; what it brings, the *other* half says.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 还是那家慈善机构。**假设**：一封信 3 荷兰盾；没收到信的人不会捐。一封信划算的条件是
#
# $$响应的比例 > \frac{一封信的成本}{响应者的平均捐款}$$
#
# 右边叫**盈亏平衡响应率**。四种做法：谁都不写、人人都写、只写给频率得分超过盈亏平衡的、只写给三项总分超过盈亏平衡的（`map` 查出同分的人的响应率）。抽签选出一半支持者，响应率向他们学，四种里哪种最好也由他们定；选出的做法值多少，看*另一半*人。

# %% [markdown] lang="en" tags=["slide-text"]
# A letter pays if
#
# $$\text{share who answer} > \frac{\text{cost of a letter}}{\text{mean gift of those who answer}}$$
#
# **Assumed:** 3 guilders a letter; without a letter no gift. Learned and chosen on one half, measured on the other.

# %% [markdown] lang="zh"
# 一封信划算的条件：
#
# $$响应的比例 > \frac{一封信的成本}{响应者的平均捐款}$$
#
# **假设**：一封信 3 荷兰盾；不写信就没有捐款。用一半人学习、挑选，用另一半人衡量。

# %%
letter, by = 3, {t("by frequency"): three["frequency_score"], t("by all three"): three.sum(axis=1)}


def write_to(taught):
    """What each supporter brings, less the letter, by four choices."""
    needed = letter / taught.loc[taught["responded"], "gift"].mean()
    plans = {t("nobody"): charity["gift"] < 0, t("everybody"): charity["gift"] >= 0}
    for name, score in by.items():
        plans[name] = score.map(taught["responded"].groupby(score).mean()) > needed
    return pd.DataFrame(plans).mul(charity["gift"] - letter, axis=0)


# %% [markdown] lang="en" slide="fragment"
# What the four choices bring, in guilders, where we learned, and on the other half. Choose by the first column, believe the second: is the winner the same?

# %% [markdown] lang="zh"
# 四种做法在学习的一半和另一半人身上的结果（荷兰盾）。按前一列挑，看后一列的数：赢家还是同一个吗？

# %% slide="result"
taught = charity.sample(frac=0.5, random_state=16)
halves = write_to(taught).groupby(~charity.index.isin(taught.index)).sum().T
halves.columns = ["gain_where_learned", "gain_on_other_half"]
show(halves, kind="number", digits=0)

# %% [markdown] lang="en" slide="subslide"
# The plan that wins where we learned and chose has also been lucky there. How much does that flatter? A hundred lots, each with another half; beside writing to everybody:

# %% [markdown] lang="zh"
# 在学习和挑选用的那一半人身上取胜，也有运气的成分。这会夸大多少？抽一百次签，每次换一半人，都和“人人都写”相比：

# %%
leads = []
for seed in range(100):
    taught = charity.sample(frac=0.5, random_state=seed)
    net = write_to(taught)
    best = net.loc[taught.index].sum().idxmax()
    lead = net[best] - net[t("everybody")]
    leads.append([lead[taught.index].sum(), lead.drop(taught.index).sum()])
shown, kept = np.mean(leads, axis=0)
say("The winner was {shown:.0f} guilders ahead of writing to everybody on the half that chose it, and {kept:.0f} on the other half, on average. Only the second is to be expected.")

# %% [markdown] lang="en"
# It hangs on an assumption that nobody has tested: that people who get no letter give nothing, now and later. To know, leave some out at random among those you
# would have written to.

# %% [markdown] lang="zh"
# 结论取决于一个没有检验过的假设：没收到信的人，现在和以后都不会捐。想知道，就在本该写信的人里抽签，留一部分不写。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# Data you have not seen. `donors`: 11,104 people who first gave to a radio station in 1995 (**real**); `n_years_given` says in how many of the six
# years after they gave again. `quiet`: supporters of the charity who had *not* answered the letter before. `scored_2023`: the company's customers of 2023,
# with the sum of their three scores, their `cluster`, and `profit_2024`, the gross profit of the year after (0 for those who did not come back).

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 下面都是还没见过的数据。`donors`：1995 年第一次给一家电台捐款的 11,104 人（**真实**），`n_years_given` 是此后六年中又捐了几年。`quiet`：慈善机构的支持者中，*没有*响应上一封信的人。`scored_2023`：教学公司 2023 年的客户，`sum_of_scores` 是三项得分之和，`cluster` 是所属的类，`profit_2024` 是下一年的毛利（没有再来的为零）。

# %%
donors = datasets.load_donors()
quiet = charity[~charity["responded_last"]].assign(frequency_score=scores["frequency_score"])
in_2023 = customers.summarize_customers(transactions, since="2023-01-01", as_of="2023-12-31")
in_2023 = in_2023.query("frequency > 0")
in_2024 = customers.summarize_customers(transactions, since="2024-01-01", as_of="2024-12-31")
scored_2023 = in_2023[["monetary", "profit"]].copy()
scored_2023["cluster"] = segments.find_clusters(in_2023, n_clusters=3, seed=16)
scored_2023["sum_of_scores"] = lifecycle.rfm_scores(in_2023).filter(like="score").sum(axis=1)
scored_2023["profit_2024"] = in_2024["profit"].reindex(in_2023.index).fillna(0.0)
scored_2023["came_back"] = in_2023.index.isin(in_2024.index)
practice_on(donors=donors, quiet=quiet, scored_2023=scored_2023)

# %% [markdown] lang="en"
# **1.6.1** The donors by frequency: what is the *place* of those who gave in exactly one further year? (a fraction; `donors`)

# %% [markdown] lang="zh"
# **1.6.1** 给捐款人按频率排位置：恰好又捐了一年的人，*位置*是多少？（用小数表示；用 `donors`）

# %% tags=["exercise"]
place_of_one = ...
check("1.6.1", place_of_one)

# %% [markdown] lang="en"
# **1.6.2** Of the customers in the *largest* of the three clusters of 2023, which share came back in 2024? (a fraction; `came_back` in `scored_2023`)

# %% [markdown] lang="zh"
# **1.6.2** 2023 年的三类客户中，*人数最多*的那一类，2024 年又来的占多大比例？（用小数表示；`scored_2023` 的 `came_back` 列）

# %% tags=["exercise"]
came_back = ...
check("1.6.2", came_back)

# %% [markdown] lang="en"
# **1.6.3** At the end of 2023 you send a catalog to everybody whose sum of scores is 13 or more. It costs 25 yuan each. By which share must it *raise*
# their gross profit of 2024, all together, to pay for itself? (a fraction; take `profit_2024` as what they bring without the catalog)

# %% [markdown] lang="zh"
# **1.6.3** 2023 年底，给三项总分不低于 13 的客户每人寄一本目录，每本 25 元。他们 2024 年的毛利合计要*提高*多大比例，目录才不亏？（用小数表示；把 `profit_2024` 当作不寄目录时的毛利）

# %% tags=["exercise"]
lift_needed = ...
check("1.6.3", lift_needed)

# %% [markdown] lang="en"
# **1.6.4** You write to the quiet supporters whose score in frequency is 1 or 2 (scored among all supporters). What may a letter cost at most, so that
# nothing is lost? (guilders; `quiet`)

# %% [markdown] lang="zh"
# **1.6.4** 给 `quiet` 中频率得分是 1 或 2 的人写信（得分是在全部支持者中打的）。一封信最多可以花多少钱，才不亏？（荷兰盾）

# %% tags=["exercise"]
most_for_a_letter = ...
check("1.6.4", most_for_a_letter)

# %% [markdown] lang="en"
# **1.6.5** A judgment, without code. An agency offers your firm “seven segments, found by artificial intelligence, with names and portraits”, for 80,000
# yuan. What do you ask to see before you pay, and with what would you compare it? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.6.5** 思考题，不用写代码，没有标准答案。一家咨询公司开价 8 万元，给你们做“人工智能发现的七个客户群”，每群有名字和画像。付钱之前，你要看什么？拿什么来和它比较？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
questions = ...
check("1.6.5", questions)

# %%
quiz("1.6.q1")

# %%
quiz("1.6.q2")

# %%
quiz("1.6.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: tiers or clusters, could it be chance?
#
# How much more do the tiers catch than the clusters (`lead`), and what would it be with other customers of the kind? `caught_lead` draws the customers anew two
# hundred times; `low` and `high` hold 95 of 100. Where 0 lies between them, the difference may be chance.

# %% [markdown] lang="zh"
# ## 选读：层级和聚类的差别，会不会只是随机？
#
# 层级找到的比聚类找到的多多少（`lead`）？如果换一批同样的客户呢？`caught_lead` 把客户重新抽样两百次，`low` 和 `high` 之间包含其中的 95%。0 落在两者之间，差别就可能只是随机。

# %%
leads = {}
for name, ranks in ranked.items():
    leads[name] = segments.caught_lead(ranks.tiers, ranks.clusters, ranks.later, share=0.2, seed=16)
show(pd.DataFrame(leads, index=["lead", "low", "high"]).T, kind="share", digits=0)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **score** customers by what they did, in a way that holds when half of them bought once,
# - **test** on a later period whether clusters know more than scores and tiers,
# - **decide** whom to write to, by what a letter costs and a gift brings.
#
# **Words:** recency (最近购买), frequency (频率), monetary (金额), place (位置), rank correlation (等级相关系数), k-means (k 均值), silhouette
# (轮廓系数), adjusted Rand index (调整兰德指数), stability (稳定性), break-even response rate (盈亏平衡响应率).
#
# **Next** · 1.7: When do they buy again, and is a coupon for those who are late worth its price?
#
# **Further reading** · Hughes (1994), *Strategic Database Marketing* · Franses & Paap (2001),
# [doi:10.1017/CBO9780511753794](https://doi.org/10.1017/CBO9780511753794) · Rousseeuw (1987), Silhouettes,
# [doi:10.1016/0377-0427(87)90125-7](https://doi.org/10.1016/0377-0427%2887%2990125-7) · Malthouse & Blattberg (2005), Can we predict customer lifetime value?,
# [doi:10.1002/dir.20027](https://doi.org/10.1002/dir.20027)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **打分**：根据客户的行为打分，一半客户只买过一次也不出错；
# - **检验**：用后一段时间的数据，看聚类是否比打分、比层级知道得更多；
# - **决定**给谁写信：算一算一封信要花多少钱，一笔捐款能带来多少钱。
#
# **术语**：最近购买（recency）、频率（frequency）、金额（monetary）、位置（place）、等级相关系数（rank correlation）、k 均值（k-means）、轮廓系数（silhouette）、调整兰德指数（adjusted Rand index）、稳定性（stability）、盈亏平衡响应率（break-even response rate）。
#
# **下一课**：1.7 他们什么时候再来买？给逾期未购的客户发优惠券，值不值？
#
# **延伸阅读**：Hughes (1994), *Strategic Database Marketing* · Franses & Paap (2001), [doi:10.1017/CBO9780511753794](https://doi.org/10.1017/CBO9780511753794) · Rousseeuw (1987), Silhouettes, [doi:10.1016/0377-0427(87)90125-7](https://doi.org/10.1016/0377-0427%2887%2990125-7) · Malthouse & Blattberg (2005), Can we predict customer lifetime value?, [doi:10.1002/dir.20027](https://doi.org/10.1002/dir.20027)

# %% [markdown] lang="en" tags=["slide-text"]
# - **score** customers by what they did,
# - **test** on a later period whether clusters know more than scores and tiers,
# - **decide** whom to write to.
#
# **Next** · 1.7: When do they buy again, and is a coupon for those who are late worth its price?

# %% [markdown] lang="zh"
# - **打分**：根据客户的行为打分；
# - **检验**：用后一段时间的数据，看聚类是否知道得更多；
# - **决定**给谁写信。
#
# **下一课**：1.7 他们什么时候再来买？给逾期未购的客户发优惠券，值不值？

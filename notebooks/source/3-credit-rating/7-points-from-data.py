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

# %% [markdown] lang="en" minutes=34 exercise_minutes=11 pattern=2 needs=["3.1", "3.5"] rows=["A34"] slide="slide"
# # 7 · Points from data: does a fitted card do better than the expert's?
#
# An expert wrote the twenty indicators of lesson 3.1. A bank would let the data write the points: who paid, who did not? A better card would save us
# unpaid invoices. Is a card that comes from our own data a better card?
#
# In this lesson you will
#
# - **compute** by hand what one bin of facts says of good and bad payers, and the points it earns,
# - **test** a fitted card on those it has never seen, beside the expert's card,
# - **decide** which card may ask customers for cash, in money, and say what no card can know.

# %% [markdown] lang="zh"
# # 7 · 分数来自数据：拟合出来的评分表，比专家的更准吗？
#
# 第 3.1 课的二十项指标是专家定的。银行的做法是让数据来定分数：谁付了钱，谁没有付？评得更准，收不回来的发票就会少。用自己的数据做出来的评分表，就一定更准吗？
#
# 在这一课里，你将
#
# - **计算**：亲手算出一组事实对好客户、坏客户说明了什么，值多少分；
# - **检验**：让拟合的评分表去评它没见过的客户，和专家的评分表比一比；
# - **决定**：由哪张表决定谁要先付款，把钱算清楚，并说明哪些事任何评分表都不知道。

# %% [markdown] lang="en" tags=["slide-text"]
# An expert wrote the points of lesson 3.1. A bank lets the data write them: who paid, who did not?
#
# - **compute** by hand what one bin of facts says, and its points,
# - **test** a fitted card on those it has never seen,
# - **decide** which card may ask for cash, in money.

# %% [markdown] lang="zh"
# 第 3.1 课的分数是专家定的。银行让数据来定：谁付了钱，谁没有付？
#
# - **计算**：一组事实说明什么，值多少分；
# - **检验**：评没见过的客户，和专家比一比；
# - **决定**：由哪张表决定谁要先付款，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A weight of evidence is the logarithm of two shares. Points are that weight, scaled. A card is judged on those who had no part in fitting it.
#
# **Hard point** Few bad ones: a fitted card learns their names by heart. And nobody knows how those who were refused would have paid.
#
# **Board** Four bins with eight counts; beside them shares, their quotient, its logarithm. Below: 20 points = odds twice as good. Two columns: *fitted on* and *new*.
#
# **Homework** Exercises 3.7.4 and 3.7.5. Which field of a form you have filled in lately could stand for a field that nobody may ask for?

# %% [markdown] lang="zh"
# **重点** 证据权重就是两个比例之比的对数；把它换个刻度，就是分数。评分表准不准，要看没有参加拟合的客户。
#
# **难点** 坏客户太少，拟合的评分表就会死记硬背。被拒绝的人本来会不会付款，谁也不知道。
#
# **板书** 四组，八个数；旁边写比例、比值、对数。下面写：加 20 分 = 好坏比翻一倍。再画两列：“拟合用过的”和“没见过的”。
#
# **作业** 练习 3.7.4 和 3.7.5。最近填过的一张表里，哪一栏能代替那些不许问的问题？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from crmlib import backtest, credit, datasets, fairness, plots, scorecard, targeting, validation
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## A thousand real loans
#
# German credit: **real** loans of a bank, 1973 to 1975. One row is one loan; `is_bad` says that it was not repaid as agreed. The sample has 300 bad ones *on purpose*: at
# the bank there were far fewer. Nobody is in it whom the bank refused.
#
# For 25 years this data went round with wrong labels. The group called “no checking account”, strangely the safest, are those with the fullest accounts. Grömping (2019)
# found the right ones in the German sources; `load_german_credit` gives those.

# %% [markdown] lang="zh"
# ## 一千笔真实的贷款
#
# 德国信贷数据：一家银行 1973 至 1975 年的**真实**贷款。一行是一笔贷款，`is_bad` 表示没有按约定还清。300 笔坏账是*有意*多抽的，银行实际的坏账少得多。银行拒绝了的人，不在数据里。
#
# 这份数据流传了 25 年，标签却是错的：“没有活期账户”的人竟然最可靠，其实他们是账户里钱最多的人。Grömping（2019）从德文原始资料里找到了正确的标签，`load_german_credit` 用的就是这一套。

# %% [markdown] lang="en" tags=["slide-text"]
# **Real** loans of a German bank, 1973–1975; 300 bad ones of 1,000 *on purpose*. Nobody is in it whom the bank refused.
#
# Its labels were wrong for 25 years: “no checking account” meant the fullest ones. Corrected: Grömping (2019).

# %% [markdown] lang="zh"
# 德国一家银行的**真实**贷款，1973–1975 年；1,000 笔里有意抽了 300 笔坏账。被拒绝的人不在数据里。
#
# 标签错了 25 年：“没有活期账户”其实是账户里钱最多的人。更正：Grömping（2019）。

# %% slide="result"
german = datasets.load_german_credit()
german["is_bad"] = german["credit_risk"] == "bad"
german[["checking_account", "duration_months", "is_bad"]].head(4)

# %% [markdown] lang="en" minutes=9 slide="slide"
# ## Weight of evidence, by hand
#
# How much does one fact tell? Cut it into a few **bins**. For each bin ask: what share of all *good* ones is here, and what share of all *bad* ones? The **weight of evidence** (WoE)
# is the logarithm of the one over the other; the **information value** (IV) adds up what all bins say:
#
# $$\text{WoE} = \ln\frac{\text{share of the good ones}}{\text{share of the bad ones}} \qquad
# \text{IV} = \sum_{\text{bins}} (\text{share of the good} - \text{share of the bad}) \cdot \text{WoE}$$
#
# Above 0 is safer than all together, below 0 is riskier. The logarithm makes “twice as many” and “half as many” equally far from 0. (Good, 1985; Siddiqi, 2006, chapter 6)

# %% [markdown] lang="zh"
# ## 证据权重，亲手算
#
# 一个事实能说明多少？先把它分成几**组**。对每一组问两个问题：全部*好*客户中有多大比例在这里？全部*坏*客户中呢？两个比例相除，取自然对数，就是**证据权重**（WoE）；各组合起来说明多少，是**信息值**（IV）：
#
# $$\text{WoE} = \ln\frac{占全部好客户的比例}{占全部坏客户的比例} \qquad
# \text{IV} = \sum_{各组} （占好客户的比例 - 占坏客户的比例） \cdot \text{WoE}$$
#
# 大于 0，比全体可靠；小于 0，比全体危险。取对数，“多一倍”和“少一半”离 0 就一样远。（Good, 1985；Siddiqi, 2006，第 6 章）

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{WoE} = \ln\frac{\text{share of the good ones}}{\text{share of the bad ones}}$$
#
# $$\text{IV} = \sum_{\text{bins}} (\text{share of the good} - \text{share of the bad}) \cdot \text{WoE}$$
#
# Above 0: safer than all together. Below 0: riskier.

# %% [markdown] lang="zh"
# $$\text{WoE} = \ln\frac{占全部好客户的比例}{占全部坏客户的比例}$$
#
# $$\text{IV} = \sum_{各组} （占好客户的比例 - 占坏客户的比例） \cdot \text{WoE}$$
#
# 大于 0：比全体可靠；小于 0：比全体危险。

# %% [markdown] lang="en" slide="subslide"
# Eight numbers, typed in: 200 customers (made up) by the longest delay of their payments so far, and how many of them paid in the year after.

# %% [markdown] lang="zh"
# 输入八个数：200 位（虚构的）客户，按以前最长一次拖欠多久分成四组；此后一年，好客户（付了款的）和坏客户各有多少。

# %%
counts = pd.DataFrame(index=pd.Index(["never", "a week", "a month", "longer"], name="delay"))
counts["good"] = [80, 40, 24, 16]
counts["bad"] = [5, 10, 10, 15]
counts

# %% [markdown] lang="en" slide="fragment"
# **3.7.a** Your turn: what is the weight of evidence of the last bin, `longer`? (`np.log` is the natural logarithm)

# %% [markdown] lang="zh"
# **3.7.a** 你来算：最后一组 `longer`（拖欠一个月以上）的证据权重是多少？（`np.log` 是自然对数）

# %% tags=["exercise"]
woe_of_longer = ...
check("3.7.a", woe_of_longer)

# %% [markdown] lang="en" slide="subslide"
# Now all four. `counts / counts.sum()` makes shares of each column.

# %% [markdown] lang="zh"
# 再算全部四组。`counts / counts.sum()` 把每一列都变成比例。

# %% slide="result"
shares = counts / counts.sum()
by_hand = counts.assign(woe=np.log(shares["good"] / shares["bad"]))
by_hand["iv"] = (shares["good"] - shares["bad"]) * by_hand["woe"]
by_hand

# %% [markdown] lang="en"
# Read two rows aloud. `never`: *half of the good ones are here, and an eighth of the bad ones, four times as large a share*: $\ln 4 = 1.39$. `a week`: a quarter of the good ones, and a quarter of the bad ones. It
# tells nothing, so 0.
#
# `fit_scorecard` does the same from one row per customer. We make 200 rows out of the eight numbers, and compare.

# %% [markdown] lang="zh"
# 把两行读出声来。`never`（从不拖欠）：*一半的好客户在这里，坏客户只有八分之一，前一个比例是后一个的四倍*，$\ln 4 = 1.39$。`a week`（拖一周）：好客户占四分之一，坏客户也占四分之一，什么也没说明，所以是 0。
#
# `fit_scorecard` 用每位客户一行的数据做同样的事。我们把八个数展开成 200 行，比一比。

# %%
n_each = counts.rename_axis(columns="outcome").stack()
people = n_each.index.repeat(n_each).to_frame(index=False)
small_card = credit.fit_scorecard(people[["delay"]], people["outcome"] == "bad")
in_card = small_card.bins.loc["delay"].loc[counts.index]
assert np.allclose(in_card[["woe", "iv"]], by_hand[["woe", "iv"]])

# %% [markdown] lang="en" tags=["notes"]
# Common: the counts 16 / 15 in place of the shares, bad over good, log10, or the bad rate of the bin. Let them say the sentence first: “of all good ones ... are here, of
# all bad ones ...”. Ask what WoE a bin with no bad one at all would have: none. The card asks for 5 good and 5 bad ones in a bin; with fewer it stays neutral.

# %% [markdown] lang="zh"
# 常见错误：直接用 16 / 15，没有先算比例；坏客户除以好客户；用了 log10；算成这一组的坏账率。先让学生把话说出来：“全部好客户中有……在这里，全部坏客户中有……”。再问：一组里一个坏客户也没有，WoE 是多少？算不出来。评分表要求每组至少 5 个好客户、5 个坏客户，不够就记为中性。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## From weights to points
#
# A weight has decimals and a sign; a seller wants points. The usual scale: **20 points more, and the odds of good to bad double**; 600 points stand for odds of 50 to 1.
#
# $$\text{score} = \text{offset} + \text{factor} \cdot \ln(\text{odds}), \quad \text{factor} = \frac{20}{\ln 2}, \quad \text{offset} = 600 - \text{factor} \cdot \ln 50$$
#
# The odds of a bin are good ones over bad ones. More points are safer, in every column: check that on any card you are shown.

# %% [markdown] lang="zh"
# ## 从权重到分数
#
# 权重带小数，有正有负；业务员要的是分数。常用的刻度：**每多 20 分，好坏比翻一倍**；600 分对应的好坏比是 50 比 1。
#
# $$得分 = \text{offset} + \text{factor} \cdot \ln 好坏比 \qquad \text{factor} = \frac{20}{\ln 2}, \quad \text{offset} = 600 - \text{factor} \cdot \ln 50$$
#
# 一组的好坏比，是好客户数除以坏客户数。每一列都应该是分数越高越可靠：别人给你看评分表，先查这一点。

# %% [markdown] lang="en" tags=["slide-text"]
# **20 points more: the odds of good to bad double.** 600 points: 50 to 1.
#
# $$\text{score} = \text{offset} + \text{factor} \cdot \ln(\text{odds}), \quad \text{factor} = \frac{20}{\ln 2}, \quad \text{offset} = 600 - \text{factor} \cdot \ln 50$$

# %% [markdown] lang="zh"
# **每多 20 分，好坏比翻一倍。** 600 分：50 比 1。
#
# $$得分 = \text{offset} + \text{factor} \cdot \ln 好坏比 \qquad \text{factor} = \frac{20}{\ln 2}, \quad \text{offset} = 600 - \text{factor} \cdot \ln 50$$

# %%
factor = 20 / np.log(2)
offset = 600 - factor * np.log(50)
points = offset + factor * np.log(counts["good"] / counts["bad"])
assert (points.round() == in_card["points"]).all()
say("The factor is {factor:.4f}, the offset {offset:.4f}. Those who never paid late get {points[never]:.0f} points, those later than a month {points[longer]:.0f}.")

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Many columns: a real bank
#
# With several columns their weights overlap: long loans are large as well. A **logistic regression** on the weights says how much each still counts beside the others.
# We fit on 600 loans drawn at random, and keep 400 that have no part in it. Age and foreign worker stay out: fields that a score must not use, in
# many countries.

# %% [markdown] lang="zh"
# ## 许多列一起：一家真实的银行
#
# 有好几列时，它们说的话会重复：期限长的贷款，金额也大。在权重上做**逻辑回归**，就知道每一列在其他列之外还说明多少。随机抽 600 笔来拟合，另外 400 笔不参加。年龄和是否外籍工人不放进去：在许多国家，评分不许用这样的信息。

# %% [markdown] lang="en" tags=["slide-text"]
# A **logistic regression** on the weights: how much does each column count beside the others? Fitted on 600 loans drawn at random; 400 have no part in it. Age and foreign worker stay out.

# %% [markdown] lang="zh"
# 在权重上做**逻辑回归**：每一列在其他列之外还说明多少？随机抽 600 笔拟合，400 笔不参加。年龄、是否外籍工人不用。

# %%
fit_loans = german.sample(600, random_state=1)
new_loans = german.drop(fit_loans.index)
unused = ["applicant_id", "credit_risk", "is_bad", "age_years", "foreign_worker"]
bank_card = credit.fit_scorecard(fit_loans.drop(columns=unused), fit_loans["is_bad"])

# %% [markdown] lang="en" slide="subslide"
# One of its columns, the checking account, bin by bin:

# %% [markdown] lang="zh"
# 其中一列：活期账户，一组一组看：

# %% slide="result"
account = bank_card.bins.loc["checking_account"]
assert account["woe"].idxmax().startswith("... >= 200 DM")
plots.plot_evidence(account).set_title(sentence("Full checking accounts: fewest bad ones (600 real loans)"))
plt.show()

# %% [markdown] lang="en"
# There is no secret in `fit_scorecard`. `evidence` gives the weights of each loan; scikit-learn's `LogisticRegression` on them, without a penalty (`C=np.inf`), finds the same coefficients. (The card's
# chances differ a little from its `predict_proba`, because points are rounded to whole ones.)

# %% [markdown] lang="zh"
# `fit_scorecard` 没有什么秘密。`evidence` 给出每笔贷款的权重；scikit-learn 的 `LogisticRegression` 在这些权重上做回归，不加惩罚（`C=np.inf`），系数完全一样。（评分表的违约概率和 `predict_proba` 略有出入，因为分数取了整。）

# %%
weights = bank_card.evidence(fit_loans)
logistic = LogisticRegression(C=np.inf, tol=1e-9).fit(weights, ~fit_loans["is_bad"])
coefficients = bank_card.variables.loc[weights.columns, "coefficient"]
assert np.allclose(logistic.coef_[0], coefficients, atol=1e-3)

# %% [markdown] lang="en" slide="subslide"
# How well does it tell good from bad? The AUC of lesson 3.5, with its 95% interval: once on the 600 loans that made it, once on the 400 others.

# %% [markdown] lang="zh"
# 它分得清好坏吗？用第 3.5 课的 AUC 和 95% 区间：一次在拟合用过的 600 笔上，一次在另外 400 笔上。

# %% slide="result"
on_fit = validation.auc_interval(bank_card.score(fit_loans), fit_loans["is_bad"])
on_new = validation.auc_interval(bank_card.score(new_loans), new_loans["is_bad"])
both = {t("the 600 it was fitted on"): on_fit[:3], t("the 400 others"): on_new[:3]}
show(pd.DataFrame(both, index=["auc", "low", "high"]).T, digits=3)

# %% [markdown] lang="en"
# The first row flatters: the card has seen the answers. Read the second.

# %% [markdown] lang="zh"
# 第一行偏高：评分表看过答案。要看第二行。

# %% [markdown] lang="en" minutes=5 rows=["A34"] slide="slide"
# ## Our own customers: two cards, one test
#
# The teaching company (**simulated**; far more customers fail here than in life). Default (违约) means what it meant in lesson 3.5: an invoice unpaid 90 days after it was due, or written off. We stand on 1 January 2024 and
# fit a card to who defaulted in 2024. Then we stand on 1 January 2025, and both cards face the same question: who will default in 2025? Those in default on the day are taken out.
#
# Both cards get the same 25 facts. They are compared on customers whom the expert's card rates at all.

# %% [markdown] lang="zh"
# ## 自己的客户：两张表，一场考试
#
# 教学公司（**模拟**数据，违约的客户比现实中多得多）。违约的定义和第 3.5 课相同：发票到期 90 天以后还没付，或者已经核销。先站在 2024 年 1 月 1 日，用 2024 年谁违约来拟合一张评分表；再站在 2025 年 1 月 1 日，两张表回答同一个问题：2025 年谁会违约？当天已经违约的，不算在内。
#
# 两张表用同样的 25 个事实，只在专家的评分表评得出等级的客户上比较。

# %% [markdown] lang="en" tags=["slide-text"]
# **Simulated**; far more customers fail than in life.
#
# - Fitted: facts of 1 January 2024, who defaulted in 2024.
# - Tested: facts of 1 January 2025, who defaulted in 2025.
# - The same 25 facts; compared on those the expert's card rates.

# %% [markdown] lang="zh"
# **模拟**数据，违约的客户比现实中多得多。
#
# - 拟合：2024 年 1 月 1 日的事实，2024 年谁违约。
# - 检验：2025 年 1 月 1 日的事实，2025 年谁违约。
# - 同样的 25 个事实；在专家评得出等级的客户上比较。

# %%
tables, _ = datasets.load_data(company)
expert_card, years = scorecard.load_scorecard("default"), {}
for year in [2024, 2025]:
    day, until = f"{year}-01-01", f"{year + 1}-01-01"
    rated = credit.rate_customers(tables, expert_card, as_of=day)
    after = backtest.follow_payments(rated, tables["invoices"], as_of=day, until=until)
    kept = after[after["state"] != "in default"]
    years[year] = kept.assign(expert=kept["score"], is_bad=kept["state"] == "defaulted")

# %% [markdown] lang="en"
# Now fit. `fitted` becomes a column beside `expert`, in both years. First the year from which the card learned:

# %% [markdown] lang="zh"
# 现在拟合。两年的表里，`fitted` 这一列和 `expert` 并排。先看评分表学过的那一年：

# %%
this_year, next_year = years[2024], years[2025]
our_card = credit.fit_scorecard(this_year[expert_card.fact_names], this_year["is_bad"])
this_year["fitted"], next_year["fitted"] = our_card.score(this_year), our_card.score(next_year)
old_rated, new_rated = [one[one["grade"] != "not rated"] for one in [this_year, next_year]]
own_auc = validation.auc_interval(old_rated["fitted"], old_rated["is_bad"]).auc
n_learned, n_learned_bad = len(this_year), this_year["is_bad"].sum()
n_bad = new_rated["is_bad"].sum()
say("The card learned from {n_learned} customers, {n_learned_bad} of them bad. On those of them that are rated its AUC is {own_auc:.2f}.")

# %% [markdown] lang="en" slide="fragment"
# **3.7.b** Guess before you look: what is the AUC of the fitted card on the rated customers of 2025, whom it has not seen?

# %% [markdown] lang="zh"
# **3.7.b** 先猜再看：2025 年有等级的客户，评分表没有见过。在他们身上，拟合的评分表 AUC 是多少？

# %% tags=["exercise"]
guess = ...
check("3.7.b", guess)

# %% [markdown] lang="en" slide="subslide"
# Three curves: the fitted card on its own year, the fitted card a year later, and the expert's card on the same customers a year later.

# %% [markdown] lang="zh"
# 三条曲线：拟合的评分表在当年，拟合的评分表在一年以后，专家的评分表在一年以后的同一批客户上。

# %% slide="result"
own, later, expert = t("fitted, own year"), t("fitted, a year later"), t("expert's, a year later")
scores = {own: (old_rated["fitted"], old_rated["is_bad"]),
          later: (new_rated["fitted"], new_rated["is_bad"]),
          expert: (new_rated["expert"], new_rated["is_bad"])}
aucs = {name: validation.auc_interval(*pair) for name, pair in scores.items()}
curves = {name: validation.roc_curve(*pair) for name, pair in scores.items()}
new_auc = aucs[later].auc
ax = plots.plot_roc(curves, aucs=aucs)
ax.set_title(sentence("AUC of the fitted card: {own_auc:.2f} on its own year, {new_auc:.2f} a year later (simulated)"))
plt.show()

# %% [markdown] lang="en"
# Two intervals that overlap say nothing yet: both cards err on the same customers. `auc_lead` gives the interval of the *difference*.

# %% [markdown] lang="zh"
# 两个区间有重叠，还不能说明什么：两张表评的是同一批客户，会一起出错。`auc_lead` 给出*差*的区间。

# %%
lead, low, high = validation.auc_lead(new_rated["fitted"], new_rated["expert"], new_rated["is_bad"])
say("The fitted card is ahead: its lead in AUC is {lead:.3f} (95% interval: {low:.3f} to {high:.3f}), with {n_bad} bad ones." if low > 0 else
    "The fitted card is behind: its lead in AUC is {lead:.3f} (95% interval: {low:.3f} to {high:.3f}), with {n_bad} bad ones." if high < 0 else
    "The lead of the fitted card in AUC is {lead:.3f} (95% interval: {low:.3f} to {high:.3f}): with {n_bad} bad ones nobody can tell which card is better.")

# %% [markdown] lang="en" tags=["notes"]
# Ask for the guess before the figure; most expect a small fall. On this company the fitted card falls far, and the expert's was never fitted, so it has nothing to lose. Then ask: what can the fitted card
# do that the expert's cannot? It gives points to those not rated as well (3.7.3).

# %% [markdown] lang="zh"
# 出图前先让学生猜，多数人以为只降一点。拟合的评分表降了很多；专家的评分表没有拟合过，也就没有什么可降的。再问：拟合的评分表会做什么专家的评分表做不到的事？未评级的客户，它也给分（练习 3.7.3）。

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Where it misleads: those whom nobody let in
#
# Every fitted card learns from those who *got* credit. Lending Club lets us see what that does: **real** loans of early 2016, graded A to G by the lender. (The file has no dates, so we cannot fit on earlier and
# test on later ones: halves at random.) Suppose the lender had accepted A and B only. We fit one card on all loans of a half, one on its A and B loans, and ask both about the C to G
# loans of the other half.

# %% [markdown] lang="zh"
# ## 哪里会误导人：没有放进门的人
#
# 拟合的评分表只能从*得到*信用的人身上学。会有什么后果？看 Lending Club 的**真实**贷款，2016 年初，由平台评为 A 至 G 级。（文件里没有日期，不能用早的拟合、用晚的检验，只能随机分成两半。）假设平台当时只接受 A、B 两级。用一半里的全部贷款拟合一张表，只用其中的 A、B 级再拟合一张，然后都去评另一半里的 C 至 G 级。

# %% [markdown] lang="en" tags=["slide-text"]
# A fitted card learns from those who *got* credit. **Real** Lending Club loans of 2016 (no dates: halves at random):
#
# **Assumed**: only grades A and B had been accepted. What would the card say of C to G?

# %% [markdown] lang="zh"
# 拟合的评分表只从*得到*信用的人身上学。Lending Club 的**真实**贷款，2016 年（没有日期，随机分两半）：
#
# 假设只接受 A、B 级，评分表会怎样评 C 至 G 级？

# %%
loans = datasets.load_lending_club()
known = loans.drop(columns=["loan_id", "interest_rate_percent", "grade", "sub_grade", "is_bad"])
learn = loans.sample(frac=0.5, random_state=1)
accepted = learn[learn["grade"] <= "B"].index
refused = loans.drop(learn.index).query("grade > 'B'").index
card_all = credit.fit_scorecard(known.loc[learn.index], learn["is_bad"])
card_accepted = credit.fit_scorecard(known.loc[accepted], learn.loc[accepted, "is_bad"])

# %% [markdown] lang="en"
# What share of the C to G loans do they expect to turn bad, and how many did?

# %% [markdown] lang="zh"
# 两张表估计 C 至 G 级有多大比例会变坏？实际呢？

# %% slide="result"
expected = {t("expected, fitted on A and B"): card_accepted.probability(known.loc[refused]).mean(),
            t("expected, fitted on all"): card_all.probability(known.loc[refused]).mean()}
rates = expected | {t("what came"): loans.loc[refused, "is_bad"].mean()}
assert list(rates.values()) == sorted(rates.values())
show(pd.Series(rates, name="bad_rate"), digits=1)

# %% [markdown] lang="en"
# The card that saw only the lender's best loans takes the others for good: it carries over their bad rate. What the lender saw in the others, the grade, is in none of its columns. Even the card fitted on all expects too few, for the same reason. Few bad ones to learn from may be a part of it as well.

# %% [markdown] lang="zh"
# 只见过平台最好的贷款，评分表就把别的贷款也当成好的：它把前者的坏账率搬了过来。平台在后者身上看到的（等级），评分表的哪一列里都没有；所以就连用全部等级拟合的，也估计得偏低。可学的坏账太少，可能也是一部分原因。

# %% [markdown] lang="en"
# To fill in what the refused would have done is called **reject inference** (拒绝推断). It needs an assumption that the data of those accepted cannot check. What can be done: accept a few at random, and see.

# %% [markdown] lang="zh"
# 推测被拒绝的人本来会怎样，叫做**拒绝推断**（reject inference）。它要靠一个假设，而只有被接受的人的数据，检验不了这个假设。能做的是：随机放行少数几位，看看结果。

# %% [markdown] lang="en" slide="subslide"
# ### A field that one must not use
#
# **Real** applications for a mortgage in Boston (Hunter and Walker, 1996): was it approved? It does not say who repaid. May we let a card learn the lender's decisions, if we leave out race, sex and family? A fit on half of
# them, at random; on the other half the card approves as many as the lender did.

# %% [markdown] lang="zh"
# ### 不许用的信息
#
# 波士顿**真实**的住房贷款申请（Hunter 和 Walker，1996）：批准了没有？谁后来还了款，数据里没有。让评分表学习银行的决定，只要不放种族、性别和家庭情况，就公平了吗？随机取一半拟合，在另一半上批准和银行一样多的人。

# %% [markdown] lang="en" tags=["slide-text"]
# **Real** mortgage applications, Boston: approved or not. Who repaid is *not* known.
#
# A card learns the lender's decisions without race, sex and family. Does that make them equal?

# %% [markdown] lang="zh"
# 波士顿**真实**的住房贷款申请：批准了没有。谁还了款，*不*知道。
#
# 评分表学银行的决定，不放种族、性别和家庭情况。决定就平等了吗？

# %%
asked = datasets.load_mortgages()
fields = asked.loc[:, "is_schooled":]  # race, sex and family stand before it
learn_from, is_other = asked.sample(frac=0.5, random_state=1).index, asked["group"] != "white"
blind_card = credit.fit_scorecard(fields.loc[learn_from], ~asked.loc[learn_from, "is_approved"])

# %% [markdown] lang="en"
# `approve_best` approves as many as the lender did, the highest scores first. `compare_gaps` sets both decisions side by side.

# %% [markdown] lang="zh"
# `approve_best` 按得分从高到低，批准和银行一样多的人；`compare_gaps` 把两种决定放在一起比。

# %% slide="result"
test, others = asked.drop(learn_from), is_other.drop(learn_from)
by_card = fairness.approve_best(blind_card.score(test), n_approved=test["is_approved"].sum())
decisions = {t("the lender"): test["is_approved"], t("a card without the fields"): by_card}
gaps = fairness.compare_gaps(decisions, others)
gaps[["rate_in", "rate_out", "rate_gap", "low_rate_gap", "high_rate_gap"]]

# %% [markdown] lang="en"
# `rate_in` is the share approved of Black and Hispanic applicants, `rate_out` of white ones. And how well do the fields that were *left in* tell who is who?

# %% [markdown] lang="zh"
# `rate_in` 是黑人和拉美裔申请人的批准率，`rate_out` 是白人的批准率。*留下来*的信息，能不能猜出申请人属于哪一组？

# %%
proxy_card = credit.fit_scorecard(fields.loc[learn_from], is_other[learn_from])
group_auc = validation.auc_interval(proxy_card.score(test), others).auc
gap, gap_low, gap_high = gaps.iloc[1][["rate_gap", "low_rate_gap", "high_rate_gap"]]
say("Without the fields the gap is {gap:.1%} (95% interval: {gap_low:.1%} to {gap_high:.1%}): the fields left in stand for the group, whom they tell with an AUC of {group_auc:.2f}."
    if gap_high < 0 else
    "Without the fields the gap is {gap:.1%} (95% interval: {gap_low:.1%} to {gap_high:.1%}): it may be chance. The fields left in tell the group with an AUC of {group_auc:.2f}.")

# %% [markdown] lang="en"
# Fields that stand for another are called **proxies** (替代变量). What the data show: leaving a field out does not make decisions equal. What they cannot show: whether the gap is just. Income, debts and history differ between the
# groups, who repaid is not known, and what the lender saw is not all in the file. It is a question to the lender, no proof.

# %% [markdown] lang="zh"
# 能代替另一项信息的，叫**替代变量**（proxy）。数据说明了什么：去掉一栏，决定并不因此平等。数据说明不了什么：差距是否合理。各组的收入、负债、信用记录本来不同，谁还了款不知道，银行看到的也不全在文件里。这是该向银行提的问题，不是证据。

# %% [markdown] lang="en" tags=["notes"]
# Two different things: the first part is about what a card *cannot know*, the second about what it *may not use*. In class, collect proxies: district, school, first name, phone model. Then: does a
# proxy help to tell who pays? Sometimes yes, and that is the hard case: the law, not the AUC, decides.

# %% [markdown] lang="zh"
# 两件事要分开：前一半讲评分表*无法知道*什么，后一半讲它*不许用*什么。请学生列举替代变量：住哪个区、哪所学校、名字、手机型号。再问：替代变量有助于判断谁会付款吗？有时真有帮助，难就难在这里：能不能用，由法律决定，不由 AUC 决定。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Do the sums, then decide
#
# On 1 January 2025 each card may name its worst fifth of the rated customers: they are asked for cash before the goods go out. `follow_payments` also found, of the year after, `sold_amount` (invoices made from that day on that
# can be judged) and `lost_amount` (what of it was not paid). What was lost would have been saved; the margin of those who leave would have been lost. Nobody has measured how many stay: so three columns.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 2025 年 1 月 1 日，每张表可以点出有等级的客户中得分最低的五分之一：他们要先付款、后发货。`follow_payments` 还给出此后一年的 `sold_amount`（那天以后开出、已能判断的发票金额）和 `lost_amount`（其中没有付的）。没付的，本来可以不亏；走掉的客户，毛利就没了。多少人会留下，没有人量过，所以分三列。

# %% [markdown] lang="en" tags=["slide-text"]
# Each card names its worst fifth: cash before the goods go out.
#
# - saved: what was not paid in 2025,
# - lost: the margin of those who leave. **Assumed**: 50, 70 or 90 % of sales stay.

# %% [markdown] lang="zh"
# 每张表点出得分最低的五分之一：先付款、后发货。
#
# - 省下：2025 年没有付的货款；
# - 失去：走掉的客户的毛利。**假设**销售额留下 50%、70% 或 90%。

# %%
lines = tables["transactions"]
lines = lines[lines["customer_id"].isin(tables["invoices"]["customer_id"])]
margin_rate = 1 - lines["cost"].sum() / lines["amount"].sum()
worst = new_rated[["expert", "fitted"]].rank(method="first") <= len(new_rated) // 5

# %% [markdown] lang="en" slide="subslide"
# What each choice brings, compared with asking nobody. `all` and `any` make two more choices: those whom both cards name, and those whom either names.

# %% [markdown] lang="zh"
# 每种选择比“谁也不要求先付款”多赚多少？用 `all` 和 `any` 再做两种选择：两张表都点到的，和至少一张表点到的。

# %% slide="result"
choices = pd.DataFrame({
    t("ask nobody"): False, t("the expert card's worst fifth"): worst["expert"],
    t("the fitted card's worst fifth"): worst["fitted"], t("named by both"): worst.all(axis=1),
    t("named by either"): worst.any(axis=1), t("ask everybody"): True})
lost, margin = new_rated["lost_amount"], margin_rate * new_rated["sold_amount"]
gains = {f"{stay:.0%}": lost - (1 - stay) * margin for stay in [0.5, 0.7, 0.9]}
money = pd.DataFrame({stay: choices.mul(gain, axis=0).sum() for stay, gain in gains.items()})
show(money, kind="money", digits=0)

# %% [markdown] lang="en"
# How much of this hangs on a few customers? `choice_lead` draws the customers anew, a thousand times: the best choice against asking nobody, then the two cards against each other.

# %% [markdown] lang="zh"
# 这些数有多少只取决于少数几位客户？`choice_lead` 把客户重新抽一千次：先拿最好的选择和谁也不要求比，再拿两张表互相比。

# %%
best, nobody = money["70%"].idxmax(), choices[t("ask nobody")]
best_gain, best_low, best_high = targeting.choice_lead(gains["70%"], choices[best], nobody, seed=1)
ahead, least, most = targeting.choice_lead(gains["70%"], worst["fitted"], worst["expert"], seed=1)
say("If 70 % stay, “{best}” brings most: {best_gain:CNY} (95% interval: {best_low:CNY} to {best_high:CNY}). The fitted card brings {ahead:CNY} more than the expert's (95% interval: {least:CNY} to {most:CNY}): let it name whom to ask, and test it again next year." if least > 0 else
    "If 70 % stay, “{best}” brings most: {best_gain:CNY} (95% interval: {best_low:CNY} to {best_high:CNY}). Fitted less expert's is {ahead:CNY} (95% interval: {least:CNY} to {most:CNY}): keep the expert's card, and test again next year." if most < 0 else
    "If 70 % stay, “{best}” brings most: {best_gain:CNY} (95% interval: {best_low:CNY} to {best_high:CNY}). But fitted less expert's is {ahead:CNY} (95% interval: {least:CNY} to {most:CNY}): the sums do not choose a card. Keep the one whose reasons you can tell, and test both again next year.")

# %% [markdown] lang="en"
# Where an interval holds zero, asking nobody is not beaten; and the best of six choices, found afterwards, flatters. The answer hangs on two things that were not measured: how many stay, and how those would have paid who never got credit. A few customers, drawn at random and let through, tell about the second; some of them will cost money, and that is the price of
# knowing.

# %% [markdown] lang="zh"
# 区间里有零，就还没有胜过“谁也不要求”；况且六种选择里事后挑出最好的，本来就偏高。结论取决于两件没有量过的事：多少人会留下；从没得到信用的人本来会不会付款。后一件，可以随机放行几位来看；其中有人会让我们亏钱，这就是弄清楚的代价。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `loans`, the **real** Lending Club loans, all of them · `chances`, what the bank's card gives the 400 German loans it has not seen, as a chance to turn bad · `next_year`, our customers on 1 January 2025 with `grade`, `expert`, `fitted` and `is_bad`; look
# at those *not rated*, whom the lesson left out · `applications`, the **real** mortgage applications. Stuck? `hint("3.7.1")`, then `solution("3.7.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `loans` 是 Lending Club 的全部**真实**贷款 · `chances` 是银行的评分表给 400 笔没见过的德国贷款算出的违约概率 · `next_year` 是 2025 年 1 月 1 日我们的客户，列有 `grade`（等级）、`expert`（专家的得分）、`fitted`（拟合的得分）和 `is_bad`；这一次看*未评级*的客户，课上没有算他们 · `applications` 是**真实**的住房贷款申请。卡住了，可以用 `hint("3.7.1")`，再用 `solution("3.7.1")`。

# %%
chances = bank_card.probability(new_loans)
next_year = next_year[["grade", "expert", "fitted", "is_bad"]]
applications = asked[["is_approved", "is_history_clean", "is_male", "is_married"]]
practice_on(loans=loans, chances=chances, next_year=next_year, applications=applications)

# %% [markdown] lang="en"
# **3.7.1** `term_months` of a Lending Club loan is 36 or 60. What is its information value? (`loans`, with `is_bad`)

# %% [markdown] lang="zh"
# **3.7.1** Lending Club 的贷款期限 `term_months` 是 36 或 60 个月。它的信息值是多少？（用 `loans`，好坏看 `is_bad`）

# %% tags=["exercise"]
information = ...
check("3.7.1", information)

# %% [markdown] lang="en"
# **3.7.2** Another lender scores on another scale: 40 points more, and the odds of good to bad double; 500 points stand for odds of 20 to 1. What would the loans of
# `chances` score on average?

# %% [markdown] lang="zh"
# **3.7.2** 另一家银行用另一种刻度：每多 40 分，好坏比翻一倍；500 分对应的好坏比是 20 比 1。`chances` 里的贷款平均得多少分？

# %% tags=["exercise"]
average_score = ...
check("3.7.2", average_score)

# %% [markdown] lang="en"
# **3.7.3** The expert's card does not rate everybody, the fitted card does. What is the AUC of `fitted` among the customers *not rated*? (`next_year`; `validation.auc_interval`)

# %% [markdown] lang="zh"
# **3.7.3** 专家的评分表评不出等级的客户，拟合的评分表也给分。在*未评级*（`not rated`）的客户中，`fitted` 的 AUC 是多少？（用 `next_year` 和 `validation.auc_interval`）

# %% tags=["exercise"]
auc_not_rated = ...
check("3.7.3", auc_not_rated)

# %% [markdown] lang="en"
# **3.7.4** Of applicants with a clean history (`is_history_clean`): by how much is the share approved of the married higher than that of those not married? Leave out those of whom it is not known.
# (`applications`, `is_married`; a difference of two fractions)

# %% [markdown] lang="zh"
# **3.7.4** 只看信用记录清白的申请人（`is_history_clean`）：已婚的批准率比未婚的高多少？婚姻状况不明的不算。（用 `applications` 和 `is_married`；两个小数之差）

# %% tags=["exercise"]
gap_unmarried = ...
check("3.7.4", gap_unmarried)

# %% [markdown] lang="en"
# **3.7.5** A judgment, without code. The head of data says: “Our fitted card reaches an AUC above 0.9, the expert's only 0.8. And it is fair: we never ask for sex or district, only for the
# phone model and the shop's opening hours. Let us switch on Monday.” What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.7.5** 思考题，不用写代码，没有标准答案。数据主管说：“我们拟合的评分表 AUC 超过 0.9，专家的才 0.8。而且很公平：我们从不问性别和住在哪个区，只看手机型号和店铺的营业时间。下星期一就换。”你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
on_monday = ...
check("3.7.5", on_monday)

# %%
quiz("3.7.q1")

# %%
quiz("3.7.q2")

# %%
quiz("3.7.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: how many bad ones does a card need?
#
# The fitted card of our own customers learned from few bad ones. The same on **real** loans: fit on 90 of the 600 German loans, then on more and more, and measure always on the same 400 others.

# %% [markdown] lang="zh"
# ## 选读：评分表要从多少坏客户身上学？
#
# 我们自己的评分表，可学的坏客户很少。换成**真实**的贷款再看：先用 600 笔德国贷款中的 90 笔拟合，再逐步加多，每次都在同样的另外 400 笔上检验。

# %%
rows, scored = {}, {}
for n_loans in [90, 150, 300, 600]:
    few = fit_loans.head(n_loans)
    few_card = credit.fit_scorecard(few.drop(columns=unused), few["is_bad"])
    fit_auc = validation.auc_interval(few_card.score(few), few["is_bad"]).auc
    scored[n_loans] = few_card.score(new_loans)
    other_auc = validation.auc_interval(scored[n_loans], new_loans["is_bad"]).auc
    rows[n_loans] = {"n_bad": few["is_bad"].sum(), "fitted_on": fit_auc, "on_others": other_auc}
by_size = pd.DataFrame(rows).T.rename_axis("n_loans").astype({"n_bad": int})
assert validation.auc_lead(scored[600], scored[90], new_loans["is_bad"]).low > 0
assert validation.auc_lead(scored[600], scored[300], new_loans["is_bad"]).low < 0
by_size

# %% [markdown] lang="en"
# On the loans it was fitted on the card always looks good. On the others the card made of 600 is better than that made of 90, and the 95% interval of its lead does not hold zero: the more bad ones a card has seen, the less it takes chance for a rule. From 300 to 600 the step is small,
# and may be chance.

# %% [markdown] lang="zh"
# 在拟合用过的贷款上，评分表总是显得很准。在另外 400 笔上，用 600 笔拟合的比用 90 笔拟合的准，两者之差的 95% 区间不含零：见过的坏客户越多，就越不会把随机波动当成规律。从 300 笔到 600 笔，只准了一点点，也可能只是随机波动。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** the weight of evidence of a bin, its information value, and the points it earns,
# - **test** a fitted card on those who had no part in it, beside the expert's, with an interval,
# - **decide** which card may ask for cash, and name what no card knows.
#
# **Words** — weight of evidence (证据权重), information value (信息值), logistic regression (逻辑回归), reject inference (拒绝推断), proxy (替代变量).
#
# **Next** — Chapter 4: what is a customer worth?
#
# **Further reading** — Siddiqi (2017), *Intelligent Credit Scoring*, Wiley · Grömping (2019), *South German Credit Data* · Hardt, Price & Srebro (2016), *Equality of Opportunity in Supervised Learning*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：会算一组的证据权重、一列的信息值，以及它值多少分；
# - **检验**：会用没有参加拟合的客户来检验，和专家的评分表比较，并给出区间；
# - **决定**：会选由哪张表决定谁要先付款，并说出任何评分表都不知道的事：谁会留下，被拒绝的人本来会不会付款。
#
# **术语**：证据权重（weight of evidence）、信息值（information value）、逻辑回归（logistic regression）、拒绝推断（reject inference）、替代变量（proxy）。
#
# **下一步**：第 4 章，客户值多少钱？
#
# **延伸阅读**：Siddiqi (2017), *Intelligent Credit Scoring*, Wiley · Grömping (2019), *South German Credit Data* · Hardt, Price & Srebro (2016), *Equality of Opportunity in Supervised Learning*

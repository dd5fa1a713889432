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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 rows=["A14", "B7", "B11", "B12", "E10", "E12"] slide="slide"
# # 8 · Whom to call first?
#
# Prospects wait, and the sellers have time for half of them. The course gives a rule of three letters: money, authority, need (MAN). Does it find those who buy, or does a fitted score find more? And whom do we call tomorrow?
#
# In this lesson you will
#
# - **sort** prospects by money, authority and need into eight cells, with an action for each,
# - **test** scores on a later period, and find out what must not be in them,
# - **decide** which firms to begin a relation with, in money.

# %% [markdown] lang="zh"
# # 8 · 先找谁？
#
# 许多潜在客户在等，业务员的时间只够联系一半。课程给了一条三个字母的规则：购买力、决定权、需要（MAN）。它能找到会买的客户吗？用数据算出来的评分，会找到更多吗？明天先给谁打电话？
#
# 在这一课里，你将
#
# - **分类**：按购买力、决定权、需要把潜在客户分进八格，每格一个行动；
# - **检验**：用后一段时期检验评分，找出评分里绝不能有的东西；
# - **决定**：今年最想与哪些企业建立关系，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# Many prospects, and time for half of them: whom to call first?
#
# - **sort** prospects by money, authority and need into eight cells,
# - **test** scores on a later period,
# - **decide** which firms to begin a relation with, in money.

# %% [markdown] lang="zh"
# 潜在客户很多，时间只够一半：先找谁？
#
# - **分类**：按购买力、决定权、需要分进八格；
# - **检验**：用后一段时期检验评分；
# - **决定**：与哪些企业建立关系，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A score is worth what a later period says of it, and only with what is known before the first call.
#
# **Hard point** Old customers say yes more often because of who they are. Comparing those whose cards look alike takes only a part of that away.
#
# **Board** $2 \times 2 \times 2 = 8$ cells. The pairs of the eight as a table of 4 by 4, with marks. $z = b_0 + b_1 x_1 + b_2 x_2 + b_3 x_3$,
# $p = 1 / (1 + e^{-z})$.
#
# **Homework** Exercises 1.8.4 and 1.8.5. Ask somebody who sells for a living which of M, A and N they ask about first.

# %% [markdown] lang="zh"
# **重点** 评分好不好，由后一段时期说了算；评分里只能有第一次联系之前就知道的东西。
#
# **难点** 老客户更常答应，是因为他们本来就是这样的客户。只比较卡片上看来相同的人，只能去掉其中一部分。
#
# **板书** $2 \times 2 \times 2 = 8$ 格。八家单位的配对画成 4 行 4 列的表，逐格打勾。$z = b_0 + b_1 x_1 + b_2 x_2 + b_3 x_3$，$p = 1 / (1 + e^{-z})$。
#
# **作业** 练习 1.8.4 和 1.8.5。找一位做销售的人聊聊：M、A、N 三样，先问哪一样？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from crmlib import datasets, leads, plots, prospects, targeting
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["B11"] slide="slide"
# ## Look at the cards
#
# The teaching company (simulated) offers organizations a yearly supply contract. A **prospect** is an organization that may sign; each has
# a card. Before the first call the seller wrote three scores from 0 to 100: can they pay, can our contact decide, do they need it? The
# cards are of 2024 and 2025.
#
# Why study prospects at all? The course says: it links marketing with sales, gives work a direction, shows chances early, and lets us
# satisfy customers from the start (研究潜在客户的意义). The card is that link: one side fills it in, the other acts on it.

# %% [markdown] lang="zh"
# ## 先看卡片
#
# 教学公司（模拟数据）想与各单位签订全年供货合同，签下就是**成交**。可能成交的单位是**潜在客户**，每位一张卡片。第一次联系之前，业务员记下三个评分，0 到 100 分：付得起吗？我们认识的人说了算吗？需要吗？卡片是 2024 和 2025 两年的。
#
# 为什么要研究潜在客户？课程说了四点：它是连接市场营销和销售管理的纽带；使经营有针对性；是识别机会、抢夺先机的前提；有助于实施客户满意策略。卡片就是这条纽带：一边填，另一边照着做。

# %% [markdown] lang="en" tags=["slide-text"]
# A **prospect** is an organization that may sign a yearly supply contract (simulated). Three scores on each card, written before the first
# call: can they pay, can our contact decide, do they need it?

# %% [markdown] lang="zh"
# **潜在客户**：可能签订全年供货合同的单位（模拟数据）。卡片上三个评分，第一次联系之前记下：付得起吗？说了算吗？需要吗？

# %%
tables, _ = datasets.load_data(company)
cards, contacts = tables["prospects"].set_index("prospect_id"), tables["contacts"]
scores = ["money_score", "authority_score", "need_score"]
cards[["name", "industry", "found_date", *scores]].head(5)

# %% [markdown] lang="en" slide="subslide"
# Some scores are empty. An empty score is not a low one: nobody asked. How is need spread over the cards, and how many cards lack a score?

# %% [markdown] lang="zh"
# 有些评分空着。空着不等于低：只是没有人问。需要评分怎样分布？缺评分的卡片占多少？

# %% slide="result"
lacking = cards[scores].isna().any(axis=1).mean()
ax = cards["need_score"].plot.hist(bins=21, xlabel=t("need score, 0 to 100"), ylabel=t("prospects"))
ax.set_title(sentence("The need scores; {lacking:.0%} of the cards lack at least one score"))
plt.show()

# %% [markdown] lang="en" minutes=4 rows=["B12"] slide="slide"
# ## Leave the average customer behind
#
# Six principles of the course for finding prospects (识别潜在客户的原则), and what our tables can say of each:
#
# | principle | evidence in our tables |
# |---|---|
# | leave the average customer behind | the spread of the margins, below |
# | look for those who think of the future | none; ask them |
# | look for elastic customers, who want better all the time | none; ask the sellers |
# | their attitude adapts, and they work with us | none before the first order |
# | weigh the financial prospects | money score, margin, cost of the calls |
# | know when to be careful | expected profit below zero; empty scores |
#
# Where there is no evidence we write *none*, and do not guess. The first can be put to the test.

# %% [markdown] lang="zh"
# ## 摒弃“平均客户”的观点
#
# 课程列出识别潜在客户的六条原则。我们的表能为每一条说些什么？
#
# | 原则 | 我们表中的证据 |
# |---|---|
# | 摒弃平均客户的观点 | 毛利的分布，见下 |
# | 寻找关注未来、对长期合作感兴趣的客户 | 没有；要问他们 |
# | 搜索需要不断改进产品的“弹性”客户 | 没有；要问业务员 |
# | 评估态度有适应性，能在合作问题上发挥作用 | 第一张订单之前没有 |
# | 认真考虑合作关系的财务前景 | 购买力评分、毛利、联系费用 |
# | 知道何时需要谨慎小心 | 预期利润小于零；评分空着 |
#
# 没有证据的，就写“没有”，不能靠猜。第一条可以检验。

# %% [markdown] lang="en" tags=["slide-text"]
# Six principles: not the average customer · the future · elastic customers · an adaptive attitude · financial prospects · when to be careful.
#
# For three of them our tables hold evidence; for three, none: ask.

# %% [markdown] lang="zh"
# 六条原则：不看平均客户 · 关注未来 · “弹性”客户 · 态度有适应性 · 财务前景 · 何时谨慎。
#
# 其中三条，表里有证据；另外三条没有，要去问。

# %% [markdown] lang="en" slide="subslide"
# A contract's **margin** is what its first year leaves after the cost of goods. How many contracts bring less than the mean?

# %% [markdown] lang="zh"
# 合同的**毛利**：第一年的收入减去货物成本。有多少合同达不到平均数？

# %% slide="result"
margin = cards["order_margin"].dropna()
mean, below = margin.mean(), (margin < margin.mean()).mean()
ax = margin.clip(upper=15_000).plot.hist(bins=40, color=plots.BLUE)
ax.axvline(mean, color=plots.RED)
ax.set(xlabel=t("margin, CNY (above 15,000: last bar)"), ylabel=t("number of contracts"))
ax.set_title(sentence("{below:.0%} of the contracts bring less than the mean of {mean:CNY}"))
plt.show()

# %% [markdown] lang="en"
# So plan with the quantiles, not with the mean. A few large contracts make the mean, and the next prospect is probably not one of them.

# %% [markdown] lang="zh"
# 所以做计划要看分位数，不看平均数。平均数是少数大合同撑起来的，下一位潜在客户多半不在其中。

# %% [markdown] lang="en" minutes=7 rows=["E10"] slide="slide"
# ## MAN: eight cells, by hand
#
# **M**oney: can they pay? **A**uthority: can our contact decide? **N**eed: do they want it? A condition is met from 60 points on (our
# threshold, not the course's). A capital letter says *met*, a small one *not met*: `MaN` has money and need, and our contact cannot decide.
#
# Eight organizations (invented). `won` says who signed the contract in the end.

# %% [markdown] lang="zh"
# ## MAN：八个格子，亲手分
#
# **M**oney 购买力：付得起吗？**A**uthority 决定权：我们认识的人说了算吗？**N**eed 需要：想要吗？60 分起算满足（界线是我们定的，课程里没有）。大写表示*满足*，小写表示*不满足*：`MaN` 有钱、有需要，但我们认识的人做不了主。
#
# 八家单位（虚构）。`won`（成交）表示最后签了合同。

# %% [markdown] lang="en" tags=["slide-text"]
# Met from 60 points on (our threshold). Capital: met. Small: not met. `MaN` has money and need; our contact cannot decide.

# %% [markdown] lang="zh"
# 60 分起算满足（界线是我们定的）。大写：满足；小写：不满足。`MaN` 有钱、有需要，但我们认识的人做不了主。

# %%
eight = pd.DataFrame({
    "money_score": [80, 70, 40, 90, 60, 30, 75, 20],
    "authority_score": [70, 30, 80, 85, 70, 20, 40, 30],
    "need_score": [90, 80, 75, 20, 82, 85, 55, 25],
    "won": [True, True, True, False, False, True, False, False],
}, index=pd.Index(list("ABCDEFGH"), name="prospect_id"))
eight

# %% [markdown] lang="en"
# **1.8.a** How many of the eight meet exactly two of the three conditions?

# %% [markdown] lang="zh"
# **1.8.a** 八家单位中，恰好满足三个条件中两个的有几家？

# %% tags=["exercise"]
exactly_two = ...
check("1.8.a", exactly_two)

# %% [markdown] lang="en"
# Each condition is one comparison. `man_cells` makes the same ones, names the cell, and says what to do there.

# %% [markdown] lang="zh"
# 每个条件就是一次比较。`man_cells` 做同样的比较，写出格子的名字，并说明在那一格该做什么。

# %% slide="result"
met = eight[scores] >= 60
cells = prospects.man_cells(eight, thresholds=60)
assert (cells[["money", "authority", "need"]].to_numpy() == met.to_numpy()).all()
cells[["cell", "action"]]

# %% [markdown] lang="en" tags=["notes"]
# Read B's line aloud: money and need, so go on, and find who decides. The course tells of Carnegie's mother under "authority". Ask who in the
# students' own families decides on a telephone, a flat, a holiday. E stands on the threshold; F has need and nothing else, and signed.

# %% [markdown] lang="zh"
# 读出 B 那一行：有钱、有需要，所以继续，并找到说了算的人。课程在“决定权”下面讲了卡耐基母亲的建议。问学生：家里买手机、买房、去哪里度假，分别谁说了算？E 正好在界线上；F 只有需要，却成交了。

# %% [markdown] lang="en" slide="subslide"
# Now all cards. An empty score counts as 50, in the middle. Not every card has an ending yet: some are `open`. How many, by the month in which
# they were found?
#
# Of those found last most are still being called. Those of them that are decided already were quick, and may not be like the others. So we
# leave out November and December 2025; of the months before, only the few open cards are missing.

# %% [markdown] lang="zh"
# 再看全部卡片。空着的评分按中间的 50 分算。有些卡片还没有结果（`open`，未定）。按发现的月份数一数：有多少？
#
# 最后发现的那些，大多还在联系。其中已有结果的，是定得快的，未必和别的一样。所以 2025 年 11、12 月发现的不用；此前各月，只缺少数未定的卡片。

# %% [markdown] lang="en" tags=["slide-text"]
# An empty score counts as 50. Some cards are still `open`: how many, by the month in which they were found? Those decided already were quick,
# and may not be like the others: November and December 2025 are left out.

# %% [markdown] lang="zh"
# 空着的评分按 50 分算。有些卡片未定：按发现的月份，有多少？已有结果的是定得快的，未必和别的一样：2025 年 11、12 月不用。

# %%
is_open = cards["outcome"] == "open"
decided = cards[~is_open & (cards["found_date"] < "2025-11-01")].fillna(dict.fromkeys(scores, 50))
decided["won"], decided["equal"] = decided["outcome"] == "won", decided[scores].sum(axis=1)
is_later = decided["found_date"].dt.year == 2025
early, later = decided[~is_later], decided[is_later]
by_month = is_open.groupby(cards["found_date"].dt.to_period("M")).agg(["sum", "mean"])
by_month.set_axis(["n_undecided", "undecided_share"], axis=1).tail(5)

# %% [markdown] lang="en" slide="subslide"
# Does each condition weigh the same? The cards of 2025, cell by cell, each share with its 95% interval (Wilson 1927). Compare the three cells
# with two capitals.

# %% [markdown] lang="zh"
# 三个条件一样重要吗？把 2025 年的卡片逐格统计，每个比例附 95% 的区间（Wilson 1927）。比一比有两个大写字母的三格。

# %% slide="result"
by_cell = leads.yes_shares(later["won"], prospects.man_cells(later, thresholds=60)["cell"])
two, won_in = by_cell.loc[["MAn", "MaN", "mAN"]], by_cell["yes_share"]
differ = two["low_share"].max() > two["high_share"].min()
verdict = t("it depends on which") if differ else t("they may all be alike")
say("Of those in all three letters {won_in[MAN]:.0%} signed, of those in none {won_in[man]:.0%}. With two letters {verdict}: "
    "without need {won_in[MAn]:.0%}, without authority {won_in[MaN]:.0%}, without money {won_in[mAN]:.0%}.")
by_cell.drop(columns="n_won").reset_index()

# %% [markdown] lang="en" minutes=8 rows=["E10"] slide="slide"
# ## Equal weights, or fitted?
#
# **Equal weights**: add up the three scores. **Fitted**: let the cards of 2024 say how much each score counts. Logistic regression gives a
# chance $p$ of a yes:
#
# $$z = b_0 + b_1 \cdot \text{money} + b_2 \cdot \text{authority} + b_3 \cdot \text{need}, \qquad p = \frac{1}{1 + e^{-z}}$$
#
# How good is a score? Take one who signed and one who did not. How often has the one who signed the higher score? This share of pairs
# is called **AUC**: 50 % is a coin, 100 % is never wrong. A tie counts half.

# %% [markdown] lang="zh"
# ## 等权重，还是让数据定权重？
#
# **等权重**：三个评分直接相加。**拟合**：让 2024 年的卡片说明每个评分有多重要。逻辑回归给出答应的概率 $p$：
#
# $$z = b_0 + b_1 \cdot 购买力 + b_2 \cdot 决定权 + b_3 \cdot 需要 \qquad p = \frac{1}{1 + e^{-z}}$$
#
# 怎样知道评分好不好？取一位成交的和一位没成交的，成交者评分更高的配对占多大比例？这个比例叫 **AUC**：50% 等于抛硬币，100% 是从不出错。分数相同算半对。

# %% [markdown] lang="en" tags=["slide-text"]
# **Equal weights**: money + authority + need. **Fitted** on 2024: $p = 1 / (1 + e^{-z})$.
#
# **AUC**: of all pairs, one who signed and one who did not, the share in which the one who signed has the higher score. A tie counts half.

# %% [markdown] lang="zh"
# **等权重**：购买力 + 决定权 + 需要。**拟合**（2024 年）：$p = 1 / (1 + e^{-z})$。
#
# **AUC**：在所有“成交—未成交”的配对中，成交者评分更高的比例；相同算半对。

# %% [markdown] lang="en" slide="subslide"
# **1.8.b** By hand: in the eight, add up the three scores. Four signed, four did not. What is the AUC of the sum?

# %% [markdown] lang="zh"
# **1.8.b** 亲手算：八家单位，三个评分相加。四家成交，四家没有。这个总分的 AUC 是多少？

# %% tags=["exercise"]
auc_of_sum = ...
check("1.8.b", auc_of_sum)

# %% [markdown] lang="en"
# `pair_up` sets each who signed beside each who did not: one row per pair, the first eight below. The mean of the last column is the AUC, and
# `roc_auc_score` counts the same.

# %% [markdown] lang="zh"
# `pair_up` 把每位成交的和每位没成交的配在一起，一对一行，下面是前八对。最后一列的平均数就是 AUC，`roc_auc_score` 数的是同一件事。

# %% slide="result"
eight["total"] = eight[scores].sum(axis=1)
pairs = targeting.pair_up(eight["won"], eight["total"])
assert roc_auc_score(eight["won"], eight["total"]) == pairs["is_right"].mean()
show(pairs.head(8), kind="number", digits=1)

# %% [markdown] lang="en" slide="subslide"
# Now fit on 2024. `predict_proba` puts scores into the formula above; we ask it of the cards of 2025, which the model has not seen. The
# weights, for one point of each score:

# %% [markdown] lang="zh"
# 现在用 2024 年的卡片拟合。`predict_proba` 就是把评分代入上面的公式；我们用到 2025 年的卡片上，模型没有见过它们。每个评分每一分的权重是：

# %% slide="result"
model = LogisticRegression().fit(early[scores], early["won"])
decided["chance"] = model.predict_proba(decided[scores])[:, 1]
early, later = decided[~is_later], decided[is_later]
show(pd.Series(model.coef_[0], scores, name="weight_per_point"), kind="number", digits=3)

# %% [markdown] lang="en"
# **1.8.c** First guess: in which share of the pairs of 2025 does the fitted chance put the one who signed first? (a fraction)

# %% [markdown] lang="zh"
# **1.8.c** 先猜一猜：2025 年的配对中，拟合的概率把成交者排在前面的占多大比例？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("1.8.c", guess)

# %% [markdown] lang="en" slide="subslide"
# The year of the fit, and the year after:

# %% [markdown] lang="zh"
# 拟合的那一年，和后一年：

# %% slide="result"
auc = pd.DataFrame(index=[2024, 2025])
auc["equal weights"] = [roc_auc_score(one["won"], one["equal"]) for one in (early, later)]
auc["fitted on 2024"] = [roc_auc_score(one["won"], one["chance"]) for one in (early, later)]
fit_then, fit_after = auc["fitted on 2024"]
ax = plots.plot_auc(auc)
ax.set_title(sentence("The fitted score: {fit_then:.0%} in the year of the fit, {fit_after:.0%} in the year after"))
plt.show()

# %% [markdown] lang="en"
# Is the lead of 2025 more than chance? `score_lead` draws as many cards from those of 2025, at random and with putting back, two hundred
# times, and looks at the lead each time (*bootstrap*). The 95% interval holds the middle 95 of 100 leads. And were the chances too high, or too low?

# %% [markdown] lang="zh"
# 2025 年的领先，超出随机波动了吗？`score_lead` 从这些卡片中有放回地抽出同样多张，抽二百次，每次都看领先多少（*自助法*）；95% 区间就是这些领先居中的 95%。概率是不是偏高或偏低？

# %% slide="result"
lead, low, high = targeting.score_lead(later["won"], later["chance"], later["equal"], seed=24)
lead_then = fit_then - auc.loc[2024, "equal weights"]
expected, came = later["chance"].mean(), later["won"].mean()
verdict = t("That may be chance.") if low < 0 < high else t("That is more than chance.")
say("In the year of the fit the model leads by {lead_then:.1%} of the pairs, in the year after by {lead:.1%} (95% interval: {low:.1%} to {high:.1%}). "
    "{verdict} It expected {expected:.0%} to sign in 2025, and {came:.0%} did.")

# %% [markdown] lang="en"
# A fit has seen the answers of its own year, so that year may flatter it. Only a later year can tell. Equal weights
# cannot be flattered in this way: nothing was fitted.

# %% [markdown] lang="zh"
# 拟合时已经看过那一年的答案，所以那一年可能“美化”评分。好不好，只有后一年能说明。等权重没有拟合过什么，也就没有这种美化。

# %% [markdown] lang="en" minutes=4 rows=["E10"] slide="slide"
# ## What must not be in a score
#
# A real firm: a Portuguese bank called about a deposit. Fit on 2008, test on 2009, twice: with what is known *before* the call, and with
# `duration_seconds` as well, how long the call lasted.

# %% [markdown] lang="zh"
# ## 评分里绝不能有什么
#
# 一家真实的企业：葡萄牙一家银行打电话推销定期存款。用 2008 年拟合，用 2009 年检验，做两次：一次只用打电话*之前*知道的，一次再加上通话时长 `duration_seconds`。

# %% [markdown] lang="en"
# `auc_by_period` does what we have just done: fit on the first period, AUC on both.

# %% [markdown] lang="zh"
# `auc_by_period` 做的就是刚才的事：用前一段时期拟合，算出两段时期的 AUC。

# %% slide="result"
calls = datasets.load_bank_calls()
year = calls["call_date"].dt.year
first, second, calls_2010 = calls[year == 2008], calls[year == 2009], calls[year == 2010]
known = ["age_years", "balance", "housing_loan", "personal_loan", "n_calls_before"]
assert abs(targeting.auc_by_period(early, later, scores, answer="won")[1] - fit_after) < 0.001
known_late = [*known, "duration_seconds"]
bank = pd.DataFrame(index=[2008, 2009])
bank["known before"] = targeting.auc_by_period(first, second, known, answer="subscribed")
bank["with duration"] = targeting.auc_by_period(first, second, known_late, answer="subscribed")
show(bank, kind="share", digits=0)

# %% [markdown] lang="en"
# The second column looks splendid, even a year later. And it is of no use.

# %% [markdown] lang="zh"
# 第二列漂亮极了，过了一年还是漂亮。可它一点用也没有。

# %%
plain, splendid = bank.loc[2009]
assert splendid > plain + 0.1
no_long, yes_long = second.groupby("subscribed")["duration_seconds"].median() / 60
say("With the duration the AUC of 2009 rises from {plain:.0%} to {splendid:.0%}. But a call that ends in yes lasts {yes_long:.1f} minutes, another {no_long:.1f}: the duration is known only when the answer is. Before the call the score is worth {plain:.0%}.")

# %% [markdown] lang="en" tags=["notes"]
# This is called a **leak**. Ask for others: number of calls (only the undecided are called again), the date of signing, a discount granted.
# In our own contacts it is `minutes`. A score that is far better than all others has probably seen the answer.

# %% [markdown] lang="zh"
# 这叫**泄漏**。让学生再举几个：联系次数（没定下来的才会再联系）、成交日期、给过的折扣。我们自己的 contacts 表里是 `minutes`。一个评分比别的好得太多，多半是偷看了答案。

# %% [markdown] lang="en" minutes=4 rows=["B7"] slide="slide"
# ## A claim put to the test: 15 % and 50 %
#
# The course says: selling to a new customer succeeds in 15 % of the cases, to an old one in 50 %. No study is named. Suppose the numbers
# are right. Do people say yes *because* they are customers already? Or were those who became customers others from the start? That is called
# **selection**.
#
# Compare equals: within each fifth of the fitted chance, old beside new. Differences of shares are in points (percentage points).

# %% [markdown] lang="zh"
# ## 检验一个说法：15% 和 50%
#
# 课程说：“向新客户推销产品的成功率是15%，而向老客户推销产品的成功率是50%。”没有说出处。就算数字是对的：他们答应，是*因为*已经是客户吗？还是成为客户的人本来就不一样？后一种叫**选择效应**。
#
# 要和同样的人比：在概率的每个五等份里，比较老客户和新客户。比例之差用百分点表示。

# %% [markdown] lang="en" tags=["slide-text"]
# 向新客户推销产品的成功率是15%，而向老客户推销产品的成功率是50%: new 15 %, old 50 %. No study is named.
#
# An effect of being a customer? Or other people from the start? Compare equals, in the simulated company.

# %% [markdown] lang="zh"
# “向新客户推销产品的成功率是15%，而向老客户推销产品的成功率是50%。”没有出处。
#
# 是“做了客户”的作用，还是人本来就不同？在模拟的公司里，和同样的人比。

# %% [markdown] lang="en" slide="subslide"
# Both years together, so that enough old customers stand in each fifth. `compare_equals` takes the shares in each fifth, and the mean of the
# gaps, weighted by the old customers:

# %% [markdown] lang="zh"
# 两年合在一起，每个五等份里才有足够的老客户。`compare_equals` 算出每个五等份里的比例，再按老客户人数加权平均各份的差距：

# %% slide="result"
won, is_old = decided["won"], decided["is_old_customer"]
rate_new, rate_old = won.groupby(is_old).mean()
by_fifth, gap = targeting.compare_equals(won, is_old, decided["chance"])
raw_points, points = 100 * (rate_old - rate_new), 100 * gap
ax = plots.plot_old_and_new(by_fifth)
ax.set_title(sentence("Old against new: {raw_points:.0f} points more in all, {points:.0f} among equals"))
plt.show()

# %% [markdown] lang="en"
# A gap is left. Is that the effect? **The truth of the simulation**, which no firm knows: being a customer has no effect in it at all.
# Compare those whose *true* chance is equal, in 20 parts. We use the truth only to judge our answer.

# %% [markdown] lang="zh"
# 还剩一段差距。它就是“做了客户”的作用吗？看**模拟的真相**（现实中的公司不会知道）：在这份模拟数据里，“已经是客户”没有任何作用。按*真实*的概率分成 20 份，再比一次。真相只用来评判答案，不用来找答案。

# %%
truth = datasets.load_truth(company)["prospects"].set_index("prospect_id")
true_chance = truth["chance_in_twelve"][decided.index]
true_points = 100 * targeting.compare_equals(won, is_old, true_chance, n_parts=20).gap
is_most = true_points < raw_points / 3
verdict = t("Most of the gap is selection.") if is_most else t("Much is unexplained.")
say("New {rate_new:.0%}, old {rate_old:.0%}, a gap of {raw_points:.0f} points. Among those with equal cards it is {points:.0f}, among those equal in "
    "truth {true_points:.0f}. {verdict} The cards see only a part of who somebody is.")

# %% [markdown] lang="en" slide="subslide"
# And a real firm? The bank's people who said yes to an earlier campaign, beside those never called before. The shares of yes:

# %% [markdown] lang="zh"
# 真实的企业呢？银行上一次推销时答应过的人（success），和以前没有联系过的人（unknown），答应的比例：

# %% slide="result"
by_year = pd.DataFrame({2008: first.groupby("outcome_before")["subscribed"].mean()})
by_year[2009] = second.groupby("outcome_before")["subscribed"].mean()
show(by_year.loc[["unknown", "success"]], kind="share", digits=0)

# %% [markdown] lang="en"
# Here, too, people who said yes before say yes more often, and how much more changed from one year to the next. 15 and 50 are no law. To learn the
# effect of being a customer, one would have to choose *at random* some prospects, and make them customers.

# %% [markdown] lang="zh"
# 这里也是：以前答应过的人更常答应，但多多少，前后两年差得很远。15% 和 50% 不是定律。要知道“做了客户”有没有作用，只能*抽签*决定让谁先成为客户，再来比较。

# %% [markdown] lang="en" minutes=3 rows=["A14"] slide="slide"
# ## Do the sums, then decide
#
# What is a call worth? $\text{expected profit} = p \cdot \text{margin} - \text{cost of the calls}$. With $p = 0.2$, a margin of 3,000 and calls for
# 200 in all: $0.2 \cdot 3000 - 200 = 400$ yuan. For the margin we take the mean of 2024 by line of business, for the cost the mean of 2024;
# that both stay so is an **assumption**.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 联系一位潜在客户值多少钱？$预期利润 = p \cdot 毛利 - 联系费用$。例如 $p = 0.2$，毛利 3000 元，联系费用一共 200 元：$0.2 \cdot 3000 - 200 = 400$ 元。毛利取 2024 年各行业的平均数，费用取 2024 年的平均数；**假设**两者不变。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{expected profit} = p \cdot \text{margin} - \text{cost of the calls}$$
#
# **Assumed:** margin by line of business and cost stay as in 2024.

# %% [markdown] lang="zh"
# $$预期利润 = p \cdot 毛利 - 联系费用$$
#
# **假设**：各行业的毛利和联系费用与 2024 年相同。

# %% [markdown] lang="en" slide="subslide"
# What would each way of choosing have brought in 2025 (January to October)? Everybody was called, so we know. A half drawn at random would bring half of everybody, on average.

# %% [markdown] lang="zh"
# 2025 年（1 至 10 月），每种选法会有多少利润？每一位都联系过，所以算得出来。抽签选一半，平均能得到全部的一半。

# %%
cost = contacts.groupby("prospect_id")["cost"].sum().reindex(cards.index, fill_value=0)
margins, usual_cost = early.groupby("industry")["order_margin"].mean(), cost[early.index].mean()
later["expected_profit"] = later["chance"] * later["industry"].map(margins) - usual_cost
later["gain"] = later["order_margin"].fillna(0) - cost[later.index]

# %% [markdown] lang="en"
# `best_half` chooses the half with the higher score, so that both ways call equally many; `compare_choices` adds up the gains of those
# chosen.

# %% [markdown] lang="zh"
# `best_half` 选出分数高的一半，这样两种选法联系的一样多；`compare_choices` 把选中者的利润加起来。

# %% slide="result"
ways = {"two letters or more": prospects.man_cells(later, thresholds=60)["n_met"] >= 2}
ways["half by equal weights"] = targeting.best_half(later["equal"])
ways["half by expected profit"] = targeting.best_half(later["expected_profit"])
targeting.compare_choices(later["gain"], ways)

# %% [markdown] lang="en"
# Which of the last two lines is better, and is that more than chance? `choice_lead` draws the cards as `score_lead` does, a thousand times, and adds
# up the difference each time. And whom did the choice by expected profit miss?

# %% [markdown] lang="zh"
# 最后两行，哪一行更好？差距超出随机波动了吗？`choice_lead` 像 `score_lead` 那样抽一千次，每次都算两者相差多少。按预期利润选，又漏掉了多少？

# %%
by_sum, by_profit = ways["half by equal weights"], ways["half by expected profit"]
ahead, low, high = targeting.choice_lead(later["gain"], by_profit, by_sum, seed=8)
n_reached, n_signed = later.loc[by_profit, "won"].sum(), later["won"].sum()
better = t("expected profit") if ahead > 0 else t("equal weights")
verdict = t("That may be chance.") if low < 0 < high else t("That is more than chance.")
say("Better was the half by {better}. Expected profit less equal weights is {ahead:CNY} (95% interval: {low:CNY} to {high:CNY}). "
    "{verdict} The half by expected profit reached {n_reached} of the {n_signed} who signed.")

# %% [markdown] lang="en" slide="subslide"
# 本年度最想与哪些企业建立关系, asks the course: with which firms do we most want to begin a relation this year? The first ten of those still
# open:

# %% [markdown] lang="zh"
# 课程问：**本年度最想与哪些企业建立关系？** 在还没有结果的单位里，排在最前的十家：

# %% slide="result"
waiting = cards[is_open].fillna(dict.fromkeys(scores, 50))
waiting["signing_rate"] = model.predict_proba(waiting[scores])[:, 1]
waiting["expected_profit"] = waiting["signing_rate"] * waiting["industry"].map(margins) - usual_cost
waiting.nlargest(10, "expected_profit")[["name", "industry", "signing_rate", "expected_profit"]]

# %% [markdown] lang="en"
# The list has names, and is no fate. The chances are those of 2024; the test above says how well they held in 2025. A firm that was called several
# times already is probably less likely to sign than its card says. The last on the list, too, is a firm to be treated well.

# %% [markdown] lang="zh"
# 这是一份名单，不是命运。概率是按 2024 年算的，到 2025 年还准不准，上面检验过。已经联系过几次的，多半比卡片上说的更难。排在最后的，也要好好对待。

# %% [markdown] lang="en" slide="skip" rows=["E12"]
# ## Your turn
#
# The exercises are about what you have not seen: `shops`, the shops among the cards found in January to October 2025 and decided (empty
# scores are 50 again; `gain` is margin less cost of the calls, `won` who signed), and `calls_2010`, the bank's calls of 2010.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用的是你还没见过的数据：`shops` 是 2025 年 1 至 10 月发现、已有结果的商店（空着的评分仍按 50 分；`gain` 是毛利减联系费用，`won` 表示是否成交）；`calls_2010` 是银行 2010 年的电话。

# %%
columns = [*scores, "is_old_customer", "won", "gain"]
shops = later.loc[later["industry"] == "shop", columns]
practice_on(shops=shops, calls_2010=calls_2010, later=later, calls_2009=second)

# %% [markdown] lang="en"
# **1.8.1** How many of the shops stand in the cell `MaN` (threshold 60)?

# %% [markdown] lang="zh"
# **1.8.1** 有多少家商店在 `MaN` 这一格（界线 60 分）？

# %% tags=["exercise"]
n_undecided = ...
check("1.8.1", n_undecided)

# %% [markdown] lang="en"
# **1.8.2** You have no time to fit anything and rank the shops by their need score alone. What is its AUC? (a fraction)

# %% [markdown] lang="zh"
# **1.8.2** 没有时间拟合，只按需要评分给商店排队。这个评分的 AUC 是多少？（用小数表示）

# %% tags=["exercise"]
auc_of_need = ...
check("1.8.2", auc_of_need)

# %% [markdown] lang="en"
# **1.8.3** In 2010, by how much is the share of yes higher among people with an earlier `success` than among those never called before
# (`unknown`)? (a fraction)

# %% [markdown] lang="zh"
# **1.8.3** 2010 年，上次答应过的人（`outcome_before` 为 `success`）答应的比例，比以前没有联系过的人（`unknown`）高多少？（用小数表示）

# %% tags=["exercise"]
gap_2010 = ...
check("1.8.3", gap_2010)

# %% [markdown] lang="en"
# **1.8.4** You call only the shops with a need score of 60 or more. How much more (positive) or less (negative) does that bring than calling
# all shops? (CNY)

# %% [markdown] lang="zh"
# **1.8.4** 只联系需要评分在 60 分以上（含 60）的商店，比联系所有商店多得（正）或少得（负）多少元？

# %% tags=["exercise"]
difference = ...
check("1.8.4", difference)

# %% [markdown] lang="en"
# **1.8.5** A judgment, without code. The course gives four cases by their titles: the advice of Carnegie's mother (authority), Leterman's files
# on his prospects (collect data), Tetra Pak (为人作嫁、利在其中: help the prospect to win), the time clock (do not force the sale). Four
# prospects of Jiahe (invented):
#
# - P: the cook of a school canteen loves our oil; the headmaster signs.
# - Q: a rich hotel; nobody here knows who buys, or what.
# - R: a noodle shop wants the contract; its sales are falling.
# - S: a firm's buyer asks for the third time when we could deliver; the seller keeps talking.
#
# Which case fits which prospect, what is their cell as far as one knows it, and what do you do first? (four sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.8.5** 思考题，不用写代码，没有标准答案。课程用标题给出四个案例：卡耐基母亲的建议（决定权）、莱特曼的准顾客资料（收集资料）、利乐（为人作嫁、利在其中：帮助准顾客把握机会）、打卡钟（不必刻意追求成交）。嘉禾的四位潜在客户（虚构）：
#
# - P：学校食堂的厨师很喜欢我们的油，签字的是校长。
# - Q：一家有钱的酒店，谁管采购、买些什么，这边没有人知道。
# - R：一家面馆想签合同，但生意越来越差。
# - S：一家公司的采购第三次问什么时候能送货，业务员还在不停地讲产品。
#
# 哪个案例对应哪一位？就你所知，他们在哪一格？第一步做什么？（写四句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
four_cases = ...
check("1.8.5", four_cases)

# %%
quiz("1.8.q1")

# %%
quiz("1.8.q2")

# %%
quiz("1.8.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **sort** prospects by money, authority and need into eight cells, with an action for each,
# - **test** scores on a later period, and find out what must not be in them,
# - **decide** which firms to begin a relation with, in money.
#
# **Words:** prospect (潜在客户), money, authority, need (购买力、决定权、需要), equal weights (等权重), fitted (拟合), AUC, leak (泄漏), selection
# (选择效应), expected profit (预期利润).
#
# **Next** · 1.9: When do you stop calling?
#
# **Further reading** · Moro, Cortez & Rita (2014), A data-driven approach to predict the success of bank telemarketing,
# [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Dawes (1979), The robust beauty of improper linear models,
# [doi:10.1037/0003-066X.34.7.571](https://doi.org/10.1037/0003-066X.34.7.571) · Kaufman, Rosset & Perlich (2012), Leakage in data mining,
# [doi:10.1145/2382577.2382579](https://doi.org/10.1145/2382577.2382579)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **分类**：按购买力、决定权、需要把潜在客户分进八格，每格一个行动；
# - **检验**：用后一段时期检验评分，找出评分里绝不能有的东西；
# - **决定**：今年最想与哪些企业建立关系，把钱算清楚。
#
# **术语**：潜在客户（prospect）、购买力、决定权、需要（MAN）、等权重（equal weights）、拟合（fitted）、AUC、泄漏（leak）、选择效应（selection）、预期利润（expected profit）。
#
# **下一课**：1.9 电话打到第几次该停？
#
# **延伸阅读**：Moro, Cortez & Rita (2014), A data-driven approach to predict the success of bank telemarketing, [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Dawes (1979), The robust beauty of improper linear models, [doi:10.1037/0003-066X.34.7.571](https://doi.org/10.1037/0003-066X.34.7.571) · Kaufman, Rosset & Perlich (2012), Leakage in data mining, [doi:10.1145/2382577.2382579](https://doi.org/10.1145/2382577.2382579)

# %% [markdown] lang="en" tags=["slide-text"]
# - **sort** prospects by money, authority and need into eight cells,
# - **test** scores on a later period, and find out what must not be in them,
# - **decide** which firms to begin a relation with, in money.
#
# **Next** · 1.9: When do you stop calling?

# %% [markdown] lang="zh"
# - **分类**：按购买力、决定权、需要分进八格；
# - **检验**：用后一段时期检验评分，找出评分里绝不能有的东西；
# - **决定**：今年最想与哪些企业建立关系，把钱算清楚。
#
# **下一课**：1.9 电话打到第几次该停？

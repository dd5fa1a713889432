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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["3.1"] rows=["A34"] slide="slide"
# # 5 · Does it work?
#
# Twenty indicators cost visits, statements and time. Are those who get a bad grade really the ones who do not pay later? And would a list of who is overdue, which
# costs nothing, have said the same?
#
# In this lesson you will
#
# - **measure** how well a grade predicts, by hand on eight customers and then on the year after,
# - **judge** with an interval what a few defaults can tell, and what they cannot,
# - **decide** in money where to put the line, on one year, and try it on the next.

# %% [markdown] lang="zh"
# # 5 · 评得准吗？
#
# 二十项指标要走访、要报表、要时间。评得差的客户，后来真的没付款吗？要是只列一张“谁已经逾期”的名单，不花一分钱，结果会不会一样？
#
# 在这一课里，你将
#
# - **衡量**：等级预测得准不准，先用八位客户亲手算，再用后一年的账本检验；
# - **判断**：用区间说清楚，几十次违约能说明什么、不能说明什么；
# - **决定**：分数线划在哪里，把钱算清楚；用一年来选，用下一年来验。

# %% [markdown] lang="en" tags=["slide-text"]
# Are those with a bad grade the ones who do not pay later? Would a list of who is overdue have said the same?
#
# - **measure** how well a grade predicts,
# - **judge** with an interval what a few defaults can tell,
# - **decide** in money where to put the line.

# %% [markdown] lang="zh"
# 评得差的客户，后来真的没付款吗？一张逾期名单，会不会一样准？
#
# - **衡量**：等级预测得准不准；
# - **判断**：用区间说清楚能说明什么；
# - **决定**：分数线划在哪里，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A grade is a prediction. It is tested on what came after it, with an interval, and beside a plain rival.
#
# **Hard point** “Cannot be told apart” is not “equal”. And on the year on which a line was chosen it always looks too good.
#
# **Board** Three rows (failed) by five columns (paid): a 1, a half or a 0 in each cell. Below it: 0.5 a coin, 1 perfect. Then an interval for 32 defaults and one for 517.
#
# **Homework** Exercises 3.5.4 and 3.5.5. Find a forecast that you meet every day (weather, delivery time): what would a back-test of it need?

# %% [markdown] lang="zh"
# **重点** 等级是一种预测。要用后来发生的事来检验，要给出区间，还要和一个简单的办法比一比。
#
# **难点** “分不出高下”不等于“一样好”。用选分数线的那一年来检验分数线，结果总是偏好。
#
# **板书** 三行（违约的）五列（付款的）的表，每格填 1、0.5 或 0。下面写：抛硬币 0.5，完全正确 1。再画两条区间：32 次违约的，517 笔坏账的。
#
# **作业** 练习 3.5.4 和 3.5.5。找一个你每天都看到的预测（天气、送达时间）：给它做一次回测，需要哪些数据？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import backtest, credit, datasets, plots, scorecard, stability, validation
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 rows=["A34"] slide="slide"
# ## A grade is a prediction
#
# We stand on 1 January 2025 and rate the customers of the teaching company (**simulated**), from what was recorded before. `rate_customers` does the whole way of lesson 3.1:
# facts, points, grade. One row is one customer. Then we look at what came of it: such a **back-test** (回测) tests the grade of a day by what happened after it.

# %% [markdown] lang="zh"
# ## 等级是一种预测
#
# 站在 2025 年 1 月 1 日，只用那天以前登记的信息，给教学公司（**模拟**数据）的客户评级。`rate_customers` 一步做完第 3.1 课的全部工作：事实、得分、等级。一行是一位客户。评完再看后来怎样，这叫**回测**（back-test，用此后发生的事检验当时的等级）。

# %% [markdown] lang="en" tags=["slide-text"]
# Rated on 1 January 2025 from what was recorded before (**simulated**); then 2025 itself.
#
# **Back-test** (回测): the grade of a day, tested by what happened after it.

# %% [markdown] lang="zh"
# 2025 年 1 月 1 日，只用那天以前登记的信息评级（**模拟**数据）；再看 2025 年。
#
# **回测**（back-test）：用此后发生的事检验当时的等级。

# %%
tables, _ = datasets.load_data(company)
invoices, card = tables["invoices"], scorecard.load_scorecard("default")
rated = credit.rate_customers(tables, card, as_of="2025-01-01")
rated[["grade", "score", "coverage", "overdue_amount"]].head(4)

# %% [markdown] lang="en"
# First a look at the scores of those who have a grade.

# %% [markdown] lang="zh"
# 先看看有等级的客户，得分是怎样分布的。

# %% slide="result"
has_grade = rated["grade"] != "not rated"
n_all, n_not_rated = len(rated), (~has_grade).sum()
ax = plots.plot_histogram(rated.loc[has_grade, "score"], label=t("score, points of 100"), bins=16)
ax.set_title(sentence("{n_not_rated} of {n_all} have no grade; the scores of the others (simulated)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# What is a **default** (违约)? We take what a firm sees in its own ledger: an invoice is still unpaid **90 days after it was due**, or was written off. Banks
# use the same 90 days. `follow_payments` reads the year 2025 for it. Those who are in default *on* the day already are a third kind: there is nothing left to predict.

# %% [markdown] lang="zh"
# 什么叫**违约**（default）？以企业自己的账本为准：发票**到期 90 天以后**还没付，或者已经核销。银行也以 90 天为界。`follow_payments` 按这个定义读出 2025 年的结果。评级*当天*就已经违约的，另算一类：没有什么可预测的了。

# %% [markdown] lang="en" tags=["slide-text"]
# A **default** (违约): an invoice still unpaid **90 days after it was due**, or written off.
#
# In default on the day already: counted apart. Nothing is left to predict.

# %% [markdown] lang="zh"
# **违约**：发票**到期 90 天以后**还没付，或者已经核销。
#
# 评级当天已经违约的，另算一类：没有什么可预测的了。

# %% slide="result"
year = backtest.follow_payments(rated, invoices, as_of="2025-01-01", until="2026-01-01")
pd.crosstab(year["grade"], year["state"])

# %% [markdown] lang="en"
# `select_tested` keeps those who have a grade and were not in default on the day; `is_bad` says who of them defaulted. Read the row *not rated* as well: some of them defaulted, and the card had said nothing.

# %% [markdown] lang="zh"
# `select_tested` 只留下有等级、而且当天没有违约的客户；`is_bad` 说明谁后来违约了。“未评级”那一行也要看：其中也有人违约，评分表什么也没说。

# %%
tested = backtest.select_tested(year)
assert (tested.index == year.index[has_grade & (year["state"] != "in default")]).all()
n_tested, n_bad = len(tested), tested["is_bad"].sum()
n_before = n_all - n_not_rated - n_tested
say("Of {n_all} customers {n_not_rated} have no grade, and {n_before} more are in default on the "
    "day. {n_tested} are left for the test; {n_bad} of them default within the year.")

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## In words, then as a formula
#
# Take one customer who defaulted and one who did not. Does the one who defaulted have the lower score? The share of all such pairs in which that is so is called the **AUC** (a tie
# counts half). A coin has 0.5; a score that is never wrong has 1. With scores $s$, $n_1$ customers who defaulted, $n_0$ who did not, and # for the number of pairs,
#
# $$\text{AUC} = \frac{\#\{s_{\text{defaulted}} < s_{\text{other}}\} + \frac{1}{2} \#\{s_{\text{defaulted}} = s_{\text{other}}\}}{n_1 \cdot n_0}$$
#
# (Mann & Whitney, 1947.) **KS** looks at one line only. Of those who defaulted, and of the others, what share has a score on the line or below? KS is the difference of the two shares, at the line where it is largest.

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 取一位违约的客户，再取一位没有违约的。违约的那位，得分是不是更低？在所有这样的配对中，“是”的比例就叫 **AUC**（得分相同算半对）。抛硬币是 0.5，从不出错是 1。得分记作 $s$，违约的有 $n_1$ 位，没有违约的有 $n_0$ 位，# 表示这样的配对有多少：
#
# $$\text{AUC} = \frac{\#\{s_{违约} < s_{未违约}\} + \frac{1}{2} \#\{s_{违约} = s_{未违约}\}}{n_1 \cdot n_0}$$
#
# （Mann & Whitney，1947。）**KS** 只看一条线。违约的客户里，得分在这条线或以下的占多大比例？没有违约的呢？两个比例相减；哪条线减出来最大，KS 就取哪条。

# %% [markdown] lang="en" tags=["slide-text"]
# **AUC**: of all pairs of one who defaulted and one who did not, the share in which the first has the lower score. A tie counts half; # is a number of pairs.
#
# $$\text{AUC} = \frac{\#\{s_{\text{defaulted}} < s_{\text{other}}\} + \frac{1}{2} \#\{s_{\text{defaulted}} = s_{\text{other}}\}}{n_1 \cdot n_0}$$
#
# **KS**: one line. Share of those who defaulted on it or below, less the same share of the others; at the best line.

# %% [markdown] lang="zh"
# **AUC**：一位违约的、一位没有违约的，配成一对；违约的得分更低，这样的配对占多大比例？相同算半对。（# 是配对的个数）
#
# $$\text{AUC} = \frac{\#\{s_{违约} < s_{未违约}\} + \frac{1}{2} \#\{s_{违约} = s_{未违约}\}}{n_1 \cdot n_0}$$
#
# **KS**：划一条线，在线上或以下的，违约客户的比例减去未违约客户的比例；取最大的。

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in: their score, and whether they failed to pay in the year after.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户：得分，以及此后一年是否违约。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight["score"] = [92, 85, 78, 78, 71, 66, 55, 48]
eight["has_failed"] = [False, False, True, False, False, True, False, True]
eight

# %% [markdown] lang="en" slide="fragment"
# **3.5.a** Your turn: in what share of the pairs (one who failed, one who paid) does the one who failed have the lower score? A tie counts half. (a fraction)

# %% [markdown] lang="zh"
# **3.5.a** 你来算：把违约的和付款的两两配对，违约的那位得分更低的，占多大比例？得分相同算半对。（用小数表示）

# %% [markdown] lang="en" tags=["slide-text"]
# **3.5.a** Your turn: in what share of the pairs (one who failed, one who paid) does the one who failed have the lower score? A tie counts half. (a fraction)
#
# - failed: C 78, F 66, H 48
# - paid: A 92, B 85, D 78, E 71, G 55

# %% [markdown] lang="zh"
# **3.5.a** 你来算：把违约的和付款的两两配对，违约的那位得分更低的，占多大比例？得分相同算半对。（用小数表示）
#
# - 违约的：C 78 分，F 66 分，H 48 分
# - 付款的：A 92 分，B 85 分，D 78 分，E 71 分，G 55 分

# %% tags=["exercise"]
auc_of_eight = ...
check("3.5.a", auc_of_eight)

# %% [markdown] lang="en" slide="subslide"
# Now all pairs. `merge(how="cross")` puts each customer who failed beside each who paid. In the table 1 is a pair in the right order, 0 in the wrong one.

# %% [markdown] lang="zh"
# 再算全部配对。`merge(how="cross")` 让每位违约的和每位付款的都配一次。表里 1 是顺序对，0 是顺序错。

# %% slide="result"
failed, paid = eight[eight["has_failed"]].reset_index(), eight[~eight["has_failed"]].reset_index()
pairs = failed.merge(paid, how="cross", suffixes=("_failed", "_paid"))
ahead = pairs["score_paid"] - pairs["score_failed"]
pairs["counts"] = (ahead > 0) + 0.5 * (ahead == 0)
pairs.pivot(index="customer_id_failed", columns="customer_id_paid", values="counts")

# %% [markdown] lang="en"
# Read row C aloud: *failed with 78 points; E and G paid with fewer.* The mean of the table is the AUC, and `auc_interval` gives the same.

# %% [markdown] lang="zh"
# 把 C 这一行读出声来：*78 分却违约了；E 和 G 分数更低，却都付了款*。整张表的平均数就是 AUC，`auc_interval` 给出的也一样。

# %%
auc_by_hand = pairs["counts"].mean()
auc_by_helper = validation.auc_interval(eight["score"], eight["has_failed"])
assert abs(auc_by_helper.auc - auc_by_hand) < 1e-12
float(round(auc_by_hand, 3))

# %% [markdown] lang="en"
# KS asks each line: of those who failed, and of those who paid, what share lies on it or below? In which row of the table is the gap widest? That gap is KS. `roc_curve` holds the same shares, and `ks_statistic` the widest gap.

# %% [markdown] lang="zh"
# KS 对每一条线都问：违约的、付款的，各有多大比例在这条线或以下？下表里哪一行差得最大？那个差就是 KS。`roc_curve` 里是同样的比例，`ks_statistic` 给出最大的差距。

# %% slide="result"
lines = pd.DataFrame(index=pd.Index(sorted(eight["score"].unique()), name="at"))
lines["good_share"] = [(paid["score"] <= line).mean() for line in lines.index]
lines["bad_share"] = [(failed["score"] <= line).mean() for line in lines.index]
curve = validation.roc_curve(eight["score"], eight["has_failed"]).set_index("at")
assert curve.loc[lines.index].equals(lines)
ks_of_eight = validation.ks_statistic(eight["score"], eight["has_failed"]).ks
assert abs(ks_of_eight - (lines["bad_share"] - lines["good_share"]).max()) < 1e-12
lines

# %% [markdown] lang="en" tags=["notes"]
# Let them fill in the table of three rows and five columns on paper. Common: the tie as 0 or as 1; all 28 pairs of eight customers; a line drawn somewhere, and counted right
# and wrong. The last is accuracy, and it comes back below.

# %% [markdown] lang="zh"
# 让学生先在纸上画三行五列的表。常见错误：相同的记 0 或记 1；拿八位客户的 28 个配对作分母；自己划一条线，数对了几个。最后一种是准确率，后面还会再见。

# %% [markdown] lang="en" minutes=7 rows=["A34"] slide="slide"
# ## The whole company, and a real firm
#
# **3.5.b** Guess before you look: what is the AUC of the twenty indicators on the year 2025? (a number from 0.5, a coin, to 1)

# %% [markdown] lang="zh"
# ## 整家公司，和一家真实的企业
#
# **3.5.b** 先猜再看：二十项指标在 2025 年的 AUC 是多少？（0.5 是抛硬币，1 是从不出错）

# %% tags=["exercise"]
guess = ...
check("3.5.b", guess)

# %% [markdown] lang="en"
# The interval says which AUC the card could have for all customers of the kind, judged from these.

# %% [markdown] lang="zh"
# 区间说的是：从这些客户来看，对所有这类客户，评分表的 AUC 可能是多少。

# %% slide="result"
auc = validation.auc_interval(tested["score"], tested["is_bad"])
of_100, low_100, high_100 = 100 * auc.auc, 100 * auc.low, 100 * auc.high
say("Of 100 pairs {of_100:.0f} are in the right order (95% interval: {low_100:.0f} to {high_100:.0f}): "
    "better than a coin. How much better, {n_bad} defaults cannot tell."
    if auc.low > 0.5
    else "Of 100 pairs {of_100:.0f} are in the right order (95% interval: {low_100:.0f} to "
    "{high_100:.0f}): {n_bad} defaults cannot tell it from a coin.")

# %% [markdown] lang="en" slide="subslide"
# Beside it a **real** rating with what came of it: 9,857 loans of Lending Club (an American platform that lends to private people), early 2016, and the interest rate that it asked for the risk: the higher, the worse it thought of them. A curve shows for every line what share
# of the bad ones it catches, and what share of the good ones it refuses. They are other people, and “bad” is defined otherwise: compare the *widths* of the intervals.

# %% [markdown] lang="zh"
# 旁边放一个**真实**的评级和它的结果：美国网络借贷平台 Lending Club 2016 年初的 9857 笔贷款，以及它按风险收的利率：利率越高，说明它越不放心。曲线表示：每划一条线，能拦住多大比例的违约客户，同时误拒多大比例的好客户。人不同，“坏”的定义也不同：要比的是区间的*宽度*。

# %% [markdown] lang="en" tags=["slide-text"]
# Beside it a **real** rating: 9,857 loans of Lending Club (2016), by the interest rate asked.
#
# Other people, another definition of “bad”: compare the *widths* of the intervals.

# %% [markdown] lang="zh"
# 旁边是一个**真实**的评级：美国网络借贷平台 Lending Club 的 9857 笔贷款（2016 年），利率越高，评得越差。
#
# 人不同，“坏”的定义也不同：要比的是区间的*宽度*。

# %%
loans = datasets.load_lending_club()
real = validation.auc_interval(-loans["interest_rate_percent"], loans["is_bad"])
n_loans = loans["is_bad"].sum()
assert auc.high - auc.low > real.high - real.low

# %% [markdown] lang="en"
# Two curves, and in red the KS of the card.

# %% [markdown] lang="zh"
# 两条曲线；红线是评分表的 KS。

# %% slide="result"
ours, theirs = t("teaching company (simulated)"), t("Lending Club (real)")
curves = {ours: validation.roc_curve(tested["score"], tested["is_bad"])}
curves[theirs] = validation.roc_curve(-loans["interest_rate_percent"], loans["is_bad"])
ks = validation.ks_statistic(tested["score"], tested["is_bad"])
ax = plots.plot_roc(curves, aucs={ours: auc, theirs: real}, ks=ks)
ax.set_title(sentence("{n_bad} defaults give a wide interval, {n_loans} bad loans a narrow one"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Is the **order of the grades** right, and do their shares hold? What we predict for 2025 is what came of the same grade in 2024. `calibration_table` sets both side by side.

# %% [markdown] lang="zh"
# **等级的顺序**对不对？各级的违约比例稳不稳？拿同一等级 2024 年的结果，作为对 2025 年的预测；`calibration_table` 把两者并排放在一起。

# %%
rated_2024 = credit.rate_customers(tables, card, as_of="2024-01-01")
year_2024 = backtest.follow_payments(
    rated_2024, invoices, as_of="2024-01-01", until="2025-01-01")
tested_2024 = backtest.select_tested(year_2024)

# %% [markdown] lang="en"
# `map` looks up the share of the year before. Blue is what came in 2025, with its interval; hollow is what 2024 predicts. Do both fall from grade to grade?

# %% [markdown] lang="zh"
# `map` 查出同一等级上一年的违约比例。蓝点是 2025 年的实际结果和区间，空心菱形是按 2024 年作的预测。两者都逐级下降吗？

# %% slide="result"
rate_2024 = tested_2024.groupby("grade", observed=True)["is_bad"].mean()
predicted = tested["grade"].map(rate_2024).astype(float).fillna(tested_2024["is_bad"].mean())
by_grade = validation.calibration_table(predicted, tested["is_bad"], groups=tested["grade"])
n_grades, n_inside = len(by_grade), by_grade["is_inside"].sum()
n_wrong = (rate_2024.diff() > 0).sum()
ax = plots.plot_grade_rates(by_grade)
ax.set_title(sentence("In {n_inside} of {n_grades} grades the share of 2024 lies in the interval"))
plt.show()

# %% [markdown] lang="en"
# “In the interval” is easily had where the interval is wide, and the share of 2024 is itself a guess from few. So the harder question: which neighbours can be **told apart**? `compare_neighbors` takes the difference of the two shares, with an
# interval; if it leaves out 0, they are apart.

# %% [markdown] lang="zh"
# 区间宽，“落在区间里”就很容易；2024 年的比例本身也只来自为数不多的客户。所以要问更难的：相邻的等级，哪些**分得开**？`compare_neighbors` 给出两级违约比例之差和区间；区间不含 0，就分得开。

# %% slide="result"
neighbors = backtest.compare_neighbors(by_grade)
n_pairs, n_apart = len(neighbors), neighbors["is_apart"].sum()
say("Wrong order in 2024: {n_wrong} of {n_pairs} neighbours. Told apart in 2025: {n_apart}.")
neighbors

# %% [markdown] lang="en"
# The same question to the real loans, of which there are thousands. Their grades go from A, the best, to G; the worst comes first.

# %% [markdown] lang="zh"
# 同样的问题，问问那几千笔真实的贷款。那里的等级从 A（最好）到 G，和我们的不是一回事；最差的排在最前面。

# %%
of_loans = loans.groupby("grade", observed=True)["is_bad"].agg(n="size", n_bad="sum").iloc[::-1]
backtest.compare_neighbors(of_loans)

# %% [markdown] lang="en" tags=["notes"]
# Ask before the table: “How many customers would we need, so that AA and AAA are told apart?” Let them compare 20 AAA customers with 1,945 loans of grade A. Five grades are more than a
# few defaults can hold; that is no reason to give up the grades, but one not to set terms by the last of them.

# %% [markdown] lang="zh"
# 出表之前先问：“要有多少客户，才能把 AA 和 AAA 分开？”让学生比一比：20 位 AAA 客户，1945 笔 A 级贷款。几十次违约撑不起五个等级；这不是说等级没用，而是说最细的那几档，不宜拿来定条件。

# %% [markdown] lang="en" minutes=5 rows=["A34"] slide="slide"
# ## Where it misleads: right most of the time, and a plain rival
#
# Two rules. The first calls everybody good. The second calls those with a C bad. How often is each of them right (its **accuracy**, 准确率), and what share of the defaults does it catch?

# %% [markdown] lang="zh"
# ## 哪里会误导人：多半说对了，和一个简单的对手
#
# 两条规则。第一条说人人都好，第二条说 C 级都会违约。它们各说对了多少（**准确率**，accuracy）？又拦住了多大比例的违约？

# %% slide="result"
is_bad, is_c = tested["is_bad"], tested["grade"] == "C"
rules = pd.DataFrame(index=[t("everybody is good"), t("those with a C are bad")])
rules["right_share"] = [(~is_bad).mean(), (is_c == is_bad).mean()]
rules.assign(caught_share=[0, is_c[is_bad].mean()])

# %% [markdown] lang="en" slide="subslide"
# To call everybody good catches nobody, and is right about most all the same: the fewer default, the more accurate is the rule that does nothing. Always ask for the **base rate** (基准比例), here the share of those who
# default, before you are impressed.
#
# Now the rival: *was anything overdue on the day?* One look into the ledger, yes or no. `auc_lead` takes the difference of two AUCs on the same customers, with its interval.

# %% [markdown] lang="zh"
# 说人人都好，一次违约也拦不住，照样说对了大多数：违约越少，什么也不做的规则，准确率就越高。先问**基准比例**（base rate），也就是违约的本来占多少，再谈准不准。
#
# 再看对手：*当天有没有逾期的款项？* 翻一眼账本，有或没有。`auc_lead` 给出同一批客户上两个 AUC 之差，和它的区间。

# %% [markdown] lang="en" tags=["slide-text"]
# The fewer default, the more accurate is the rule that does nothing. Ask for the **base rate** (基准比例) first.
#
# The rival: *was anything overdue on the day?* One look into the ledger, yes or no.

# %% [markdown] lang="zh"
# 违约越少，什么也不做的规则，准确率就越高。先问**基准比例**。
#
# 对手：*当天有没有逾期的款项？* 翻一眼账本，有或没有。

# %% slide="result"
is_clean = (tested["overdue_amount"].fillna(0) == 0).astype(float)
auc_card, auc_plain = auc.auc, validation.auc_interval(is_clean, is_bad).auc
lead, low, high = validation.auc_lead(tested["score"], is_clean, is_bad)
say("AUC: card {auc_card:.3f}, plain rule {auc_plain:.3f}. The card leads by {lead:.3f} "
    "(95% interval: {low:.3f} to {high:.3f}): it is better."
    if low > 0
    else "AUC: card {auc_card:.3f}, plain rule {auc_plain:.3f}, a lead of {lead:.3f} (95% interval: "
    "{low:.3f} to {high:.3f}). Whether the twenty indicators add anything cannot be told.")

# %% [markdown] lang="en"
# That is no proof that they are equal. And the plain rule knows two states only: to it, those who are not overdue *yet* look like the best payers.

# %% [markdown] lang="zh"
# 这并不证明两者一样好。况且简单的规则只有两种答案：*还没有*逾期的人，在它眼里和最守信用的人一样。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## An alarm, and how often it is false
#
# Are the customers of today like those of a year ago? The **stability index** (群体稳定性指标) cuts the scores into ten bins and adds up, over the bins, (share now − share then) × ln(share now / share then). Rule of thumb: above 0.1 look into it, above 0.25 something
# changed. Who counted how often that is wrong? `stability_by_lot` draws as many customers as we have from bins in which **nothing** changed.

# %% [markdown] lang="zh"
# ## 警报，和误报
#
# 今天的客户和一年前的还像吗？**群体稳定性指标**（stability index）把得分分成十档，逐档计算（现在占比 − 当时占比）× ln（现在占比 ÷ 当时占比），再加起来。经验法则：超过 0.1 要查一查，超过 0.25 就是变了。可谁数过，它会错多少次？`stability_by_lot` 让**什么也不变**，按我们的客户数抽签，抽上一千次。

# %% [markdown] lang="en" tags=["slide-text"]
# **Stability index** (群体稳定性指标): over ten bins, add (share now − share then) × ln(share now / share then).
#
# Rule of thumb: above 0.1 look into it. How often is that false, if **nothing** changed?

# %% [markdown] lang="zh"
# **群体稳定性指标**：十档，逐档加（现在占比 − 当时占比）× ln（现在占比 ÷ 当时占比）。
#
# 经验法则：超过 0.1 要查一查。**什么也没变**的时候，会误报多少次？

# %% slide="result"
moved = stability.stability_index(tested_2024["score"], tested["score"])
drawn = stability.stability_by_lot(len(tested_2024), len(tested), seed=1)
false_share = (drawn > 0.1).mean()
ax = plots.plot_false_alarms(drawn, found=moved.index)
ax.set_title(sentence("If nothing changed, {false_share:.0%} of the draws would give an alarm"))
plt.show()

# %% [markdown] lang="en"
# Look for the red line, our own index: does it lie in the midst of what chance alone gives, or at its edge? In the midst it cannot be told from no change at all. A limit of this test: it draws other customers each year. Many of ours are in both, and then chance moves the index less. And an index says that customers differ, never that the card got worse.

# %% [markdown] lang="zh"
# 红线是我们的客户算得的指标：它在抽签结果的中间，还是边上？在中间，就和什么也没变分不开。这个检验也有局限：它每年抽的都是另一批客户。我们的客户很多两年都在，随机波动就小一些。况且指标只说客户不一样了，从来没有说评分表变差了。

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Do the sums, then decide
#
# Where do we put the line? Two mistakes, two prices. Those who get credit and do not pay cost us **the goods**, at the price on the invoice. Those who are asked to pay first, and would have paid, may leave, and cost us
# **the margin**. On credit we earn the margin less what was lost; if they pay first and a share $b$ of the sales stays, $b$ times the margin. The second less the first is what we gain by asking a grade to pay first:
#
# $$\text{gain} = \text{lost on credit} - (1 - b) \cdot \text{margin}$$
#
# Credit for all, as before, gains 0, and is one of the plans. Counted are sales of the year after the rating whose invoices had 90 days to be paid.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 线划在哪里？错有两种，代价不同。赊了账却不付的，我们损失**货款**，按发票金额算。要求先付款、而本来会付的，也许就走了，我们损失**毛利**。赊销赚的是毛利减去损失；先付款，销售额如果留下的比例是 $b$，赚的是 $b$ · 毛利。要求某个等级先付款，后者减去前者：
#
# $$增加的利润 = 赊销的损失 - (1 - b) \cdot 毛利$$
#
# 照旧全部赊销，增加 0 元，也是一个方案。销售额只算评级后一年内、到期已满 90 天的发票。

# %% [markdown] lang="en" tags=["slide-text"]
# Credit to those who do not pay costs **the goods**; asking those who would have paid costs **the margin**, if they leave. If a share $b$ of the sales stays:
#
# $$\text{gain} = \text{lost on credit} - (1 - b) \cdot \text{margin}$$
#
# Credit for all, as before, gains 0. **Assumed**: none stays, or half.

# %% [markdown] lang="zh"
# 赊给不付款的，损失**货款**；要求会付款的先付，人走了，损失**毛利**。销售额留下 $b$：
#
# $$增加的利润 = 赊销的损失 - (1 - b) \cdot 毛利$$
#
# 照旧全部赊销，增加 0 元。**假设**：全部走掉，或者留下一半。

# %%
bought = tables["transactions"].query("customer_id in @invoices.customer_id")
margin_rate = 1 - bought["cost"].sum() / bought["amount"].sum()
years = {when: table.assign(margin_amount=margin_rate * table["sold_amount"])
         for when, table in ((2024, tested_2024), (2025, tested))}

# %% [markdown] lang="en"
# `cumsum` adds up grade by grade: first C alone, then C and B, and so on; the first row is credit for all, as before. We take two assumptions, *nobody stays* and *half stays*. The plan is chosen on 2024; the column beside it says what it gained in 2025.

# %% [markdown] lang="zh"
# `cumsum` 逐级累加：先只有 C 级，再加上 B 级，依次往下。第一行照旧。假设有两种：*全部走掉*，*留下一半*。方案按 2024 年来选；旁边一列，是它在 2025 年的结果。

# %% slide="result"
plans = pd.DataFrame()
for said, stay in ((t("none stays"), 0), (t("half stays"), 0.5)):
    for when, table in years.items():
        sums = table.groupby("grade", observed=True)[["margin_amount", "lost_amount"]].sum()
        gain = sums["lost_amount"] - (1 - stay) * sums["margin_amount"]
        plans[f"{said} · {when}"] = gain.cumsum().add_suffix(t(" and worse"))
plans = plans.reindex([t("credit for all"), *plans.index], fill_value=0.0)
show(plans, kind="money")

# %% [markdown] lang="en" slide="subslide"
# What a plan gained on the year on which it was chosen is too good; the year after is the honest number. And both hang on a handful of customers: `break_even_share` computes which share of the sales of C must
# stay, as in lesson 3.1, and draws the customers anew, with replacement, for its interval. Below 0 %: asking them pays even if all of them leave.

# %% [markdown] lang="zh"
# 方案在选它的那一年里，结果总是偏好；下一年的才算数。两年的结果又都靠几位客户：`break_even_share` 像第 3.1 课那样，算出 C 级客户的销售额要留下多大比例；再有放回地重新抽取客户，得出区间。低于 0%：就算全部走掉，要求先付款也划算。

# %% [markdown] lang="en" tags=["slide-text"]
# On the year on which it was chosen a plan looks too good; the year after is the honest number.
#
# Which share of the sales of C must stay? Below 0 %: asking pays even if all leave.

# %% [markdown] lang="zh"
# 方案在选它的那一年里，结果总是偏好；下一年的才算数。
#
# C 级的销售额要留下多大比例？低于 0%：全部走掉也划算。

# %% slide="result"
must_stay = pd.DataFrame(
    {when: backtest.break_even_share(table[table["grade"] == "C"], seed=1)[:3]
     for when, table in years.items()},
    index=["must_stay_share", t("lower end of the interval"), t("upper end of the interval")])
chosen = plans.iloc[:, 0].idxmax()
gain_2024, gain_2025 = plans.loc[chosen].iloc[:2]
cost_2025 = -gain_2025
say("If none stays, 2024 chooses “{chosen}”: a gain of {gain_2024:CNY}. In 2025: {gain_2025:CNY}."
    if gain_2025 >= 0
    else "If none stays, 2024 chooses “{chosen}”: a gain of {gain_2024:CNY}. In 2025 that plan "
    "costs {cost_2025:CNY}; credit for all would have been better.")
show(must_stay.T, kind="share")

# %% [markdown] lang="en"
# Look at the two columns on the right of the table of plans as well: if half stays, is the same plan better or worse than credit for all? All of it hangs on the share that stays. Where only a handful of customers lost us anything, even the interval is rough, and rather too narrow (the `doubt` of `break_even_share` says so). Is your assumption inside the interval? Then these two years decide neither for the plan nor against it. What would decide: ask some C customers, drawn at random, to pay first,
# and see what share of their sales stays.

# %% [markdown] lang="zh"
# 再看方案表右边两列：要是留下一半，同一个方案比照旧好，还是比照旧差？结论全看销售额留下多少。让我们亏钱的客户要是只有几位，连区间也是粗略的，多半还偏窄（`break_even_share` 结果里的 `doubt` 会说明）。你的假设落在区间里吗？落在里面，这两年的数据既不支持、也不反对这个方案。怎样才能定下来？随机选几位 C 级客户，请他们先付款，看他们的销售额留下多少。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote for a plan on the columns of 2024, with 2025 covered. Then uncover it. Ask why the best of several plans looks better on its own year: it was chosen for it.

# %% [markdown] lang="zh"
# 先遮住 2025 年的两列，让学生看着 2024 年投票选方案，再揭开。追问：几个方案里选出的最好的，为什么在它自己那一年总显得更好？因为正是按那一年选的。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about the rating of **1 July 2024** and the twelve months after it: `july`, one row per customer in the list, with `grade` (*not rated* among them), `score`, `state`
# (*no default*, *defaulted*, *in default* on the day), `sold_amount`, `margin_amount` (its margin) and `lost_amount` · `grades_before` and `grades_after`, the grades of 1 July **2024** and 1 July
# **2025**. Stuck? `hint("3.5.1")`, then `solution("3.5.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习换一天：**2024 年 7 月 1 日**的评级，和此后十二个月。`july` 是名单上每位客户一行，列有 `grade`（等级，包括未评级 not rated）、`score`（得分）、`state`（状态：*no default* 未违约，*defaulted* 违约，*in default* 当天已违约）、`sold_amount`（销售额）、`margin_amount`（毛利）、`lost_amount`（损失） · `grades_before` 和 `grades_after` 是 **2024 年**和 **2025 年** 7 月 1 日的等级。卡住了，可以用 `hint("3.5.1")`，再用 `solution("3.5.1")`。

# %%
july = credit.rate_customers(tables, card, as_of="2024-07-01")[["grade", "score"]]
july = backtest.follow_payments(july, invoices, as_of="2024-07-01", until="2025-07-01")
july["margin_amount"] = margin_rate * july["sold_amount"]
grades_before = july["grade"]
grades_after = credit.rate_customers(tables, card, as_of="2025-07-01")["grade"]
practice_on(july=july, grades_before=grades_before, grades_after=grades_after)

# %% [markdown] lang="en"
# **3.5.1** What is the AUC of the score? Test those who have a grade and were not in default on the day. (`july`, `validation.auc_interval`; a fraction)

# %% [markdown] lang="zh"
# **3.5.1** 得分的 AUC 是多少？只检验有等级、而且当天没有违约的客户。（用 `july` 和 `validation.auc_interval`；用小数表示）

# %% tags=["exercise"]
auc_of_july = ...
check("3.5.1", auc_of_july)

# %% [markdown] lang="en"
# **3.5.2** Of the same customers: a careful colleague gives credit to AA and AAA only. How much more often is the rule “those with a C, B or A will default, nobody else” right than “nobody will default”? (`july`; a difference of two fractions, negative if it is
# right less often)

# %% [markdown] lang="zh"
# **3.5.2** 还是这些客户：一位谨慎的同事只赊给 AA 级和 AAA 级。“C、B、A 级会违约，别人不会”这条规则，比“谁也不会违约”说对的比例高多少？（用 `july`；两个小数之差，说对的更少就是负数）

# %% tags=["exercise"]
gain_in_accuracy = ...
check("3.5.2", gain_in_accuracy)

# %% [markdown] lang="en"
# **3.5.3** What is the stability index of the grades from 1 July 2024 to 1 July 2025, among those who have a grade? (`grades_before`, `grades_after`)

# %% [markdown] lang="zh"
# **3.5.3** 从 2024 年 7 月 1 日到 2025 年 7 月 1 日，有等级的客户，等级的群体稳定性指标是多少？（用 `grades_before` 和 `grades_after`）

# %% tags=["exercise"]
index_of_grades = ...
check("3.5.3", index_of_grades)

# %% [markdown] lang="en"
# **3.5.4** Suppose that on 1 July 2024 all with a C or a B had been asked to pay first, and **six tenths** of the sales to them had stayed. How much more would we have earned with them than on credit? (`july`; in yuan, negative if less)

# %% [markdown] lang="zh"
# **3.5.4** 假设从 2024 年 7 月 1 日起，要求所有 C 级和 B 级客户先付款，他们的销售额留下**六成**。和赊销相比，从他们身上多赚多少？（用 `july`；单位元，少赚就是负数）

# %% tags=["exercise"]
gain_of_cash = ...
check("3.5.4", gain_of_cash)

# %% [markdown] lang="en"
# **3.5.5** A judgment, without code. An agency offers to keep your twenty indicators up to date, for 60,000 yuan a year. “Your own back-test shows it,” they say: “the card leads the list of who is overdue.” What do you
# answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.5.5** 思考题，不用写代码，没有标准答案。一家征信公司愿意替你更新二十项指标，每年收 6 万元。他们说：“你们自己的回测就说明了问题：评分表比逾期名单准。”你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
agency = ...
check("3.5.5", agency)

# %%
quiz("3.5.q1")

# %%
quiz("3.5.q2")

# %%
quiz("3.5.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: a bin that holds nobody
#
# The fewer the customers, the worse. Among the institutions alone there are so few that a grade may be empty in one year. A logarithm of nothing does not exist, and some programs leave such a bin out
# without a word. Ours says so:

# %% [markdown] lang="zh"
# ## 选读：一个人也没有的一档
#
# 客户越少，问题越大。只看机构客户，人少得有的等级某一年一个人也没有。零没有对数，有的程序就悄悄跳过这一档。我们的会说出来：

# %%
industry = tables["customers"].set_index("customer_id")["industry"]
before, now = (
    table.loc[industry.reindex(table.index) == "institution", "grade"]
    for table in (tested_2024, tested))
print(stability.stability_index(before, now).doubt)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **measure** how well a grade predicts: pairs by hand, AUC and KS on the year after,
# - **judge** with an interval what a few defaults can tell, against a coin, a neighbour and a plain rival,
# - **decide** in money where to put the line, chosen on one year and tried on the next.
#
# **Words** — default (违约), back-test (回测), AUC, KS, calibration (校准), base rate (基准比例), accuracy (准确率), stability index (群体稳定性指标).
#
# **Next** — 3.6: Who set the weights?
#
# **Further reading** — Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM, chapter on measures; Yurdakul & Naranjo (2020), *Statistical Properties of the Population Stability Index*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **衡量**：会衡量等级预测得准不准，配对能亲手数，AUC 和 KS 能用后一年的账本算；
# - **判断**：会用区间说明几十次违约能说明什么，和抛硬币比，和相邻等级比，和简单的对手比；
# - **决定**：会算清楚分数线划在哪里，用一年来选，用下一年来验。
#
# **术语**：违约（default）、回测（back-test）、AUC、KS、校准（calibration）、基准比例（base rate）、准确率（accuracy）、群体稳定性指标（stability index）。
#
# **下一课**：3.6 权重是谁定的？
#
# **延伸阅读**：Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM，衡量指标一章；Yurdakul & Naranjo (2020), *Statistical Properties of the Population Stability Index*

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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["1.8", "3.1"] rows=["A33"] slide="slide"
# # 2 · What was known then?
#
# An invoice was due on 10 March and paid on 6 May. On 1 April somebody had to decide: send the next goods, or not? Today's list says “paid”. On
# that day nobody knew. Would the grade of today have been there when the goods went out?
#
# In this lesson you will
#
# - **work out** the facts of a customer as they were known before a day,
# - **measure** what changes if one peeks at what came later,
# - **decide** what to do with customers of whom too little is known, in money.

# %% [markdown] lang="zh"
# # 2 · 当时知道什么？
#
# 一张发票 3 月 10 日到期，5 月 6 日才付。4 月 1 日那天要拿主意：下一批货发不发？今天的账上写着“已付”，可那天谁也不知道。发货的时候，真能评出今天这个等级吗？
#
# 在这一课里，你将
#
# - **还原**：算出某一天之前已经知道的客户事实；
# - **衡量**：如果偷看了后来的信息，结果会差多少；
# - **决定**：了解太少的客户怎么办，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# Due on 10 March, paid on 6 May. On 1 April: send the next goods, or not?
#
# - **work out** the facts as they were known before a day,
# - **measure** what changes if one peeks,
# - **decide** what to do where too little is known, in money.

# %% [markdown] lang="zh"
# 3 月 10 日到期，5 月 6 日才付。4 月 1 日：下一批货发不发？
#
# - **还原**：某一天之前已经知道什么；
# - **衡量**：偷看了会差多少；
# - **决定**：了解太少的客户怎么办。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A rating has a date. It uses what was recorded before that day, and nothing else.
#
# **Hard point** What is not known is a third state beside good and bad. And a peek is wrong even where it does not make the test look better.
#
# **Board** A time line: quarter, day of the rating, the eight invoices as bars from due to paid. Beside it: 58 of 100, 58 of 58.
#
# **Homework** Exercises 3.2.4 and 3.2.5. Find a table at work or on a platform that shows only today's state: what can it not say about last year?

# %% [markdown] lang="zh"
# **重点** 评级有日期：只用那一天之前已经登记的，别的一概不用。
#
# **难点** 不知道，是好和坏之外的第三种状态。偷看了后来的信息，哪怕检验结果没有变好，也还是错的。
#
# **板书** 一条时间线：季度、评级日，八张发票从到期到付款各画一条横线。旁边写：100 分里得 58 分，58 分里得 58 分。
#
# **作业** 练习 3.2.4 和 3.2.5。在单位或平台上找一张只显示“现在状态”的表：关于去年，它有什么说不出来？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import backtest, credit, datasets, intervals, plots, scorecard, validation
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 rows=["A33"] slide="slide"
# ## A rating has a date
#
# The course says: 「每季度根据上一季度评定一次」, rated once every quarter, on the quarter before. A rule of one line, and it holds a trap:
# much of what happened in a quarter is *known* only later.
#
# A customer's `statements` (**simulated**) are about a quarter that ends on `period_end`. We have them from `recorded_date` on.

# %% [markdown] lang="zh"
# ## 评级有日期
#
# 课程说：“每季度根据上一季度评定一次”。一句话的规则，里面却有个陷阱：一个季度里发生的事，很多要到后来才*知道*。
#
# 客户的财务报表 `statements`（**模拟**数据）说的是 `period_end`（季末）为止的情况，而我们从 `recorded_date`（记录日期）起才看得到。

# %% [markdown] lang="en" tags=["slide-text"]
# 「每季度根据上一季度评定一次」: rated once every quarter, on the quarter before. Much of a quarter is *known* only later.
#
# `statements` (**simulated**): about a quarter up to `period_end`; we have them from `recorded_date` on.

# %% [markdown] lang="zh"
# “每季度根据上一季度评定一次”。可一个季度里发生的事，很多要到后来才*知道*。
#
# 财务报表 `statements`（**模拟**数据）：说的是 `period_end`（季末）为止的情况，从 `recorded_date`（记录日期）起才看得到。

# %%
tables, _ = datasets.load_data(company)
invoices, statements = tables["invoices"], tables["statements"]
statements[["customer_id", "period_end", "recorded_date", "revenue", "net_profit"]].head(4)

# %% [markdown] lang="en"
# How long do statements take? Days from the end of the quarter to the day on which we had them; the red line is at seven weeks.

# %% [markdown] lang="zh"
# 报表要多久才到？从季末到记录日期的天数；红线是七周。

# %% slide="result"
days_waited = (statements["recorded_date"] - statements["period_end"]).dt.days
usual_wait, late_share = days_waited.median(), (days_waited > 49).mean()
ax = days_waited.plot.hist(bins=range(0, 155, 7), color=plots.BLUE)
ax.axvline(49, color=plots.RED)
ax.set(xlabel=t("days from the end of the quarter until we had it"), ylabel=t("number of statements"))
ax.set_title(sentence("Half of the statements take {usual_wait:.0f} days or more, {late_share:.0%} more than seven weeks"))
plt.show()

# %% [markdown] lang="en" minutes=8 slide="slide"
# ## Eight invoices, by hand
#
# A canteen, rated on 1 April 2025. Three words, all as of day $D$, the day of the rating:
#
# - **known**: recorded *before* $D$. What comes in on $D$ itself counts for the next rating.
# - **overdue** (逾期): due before $D$, and not paid before $D$.
# - **asked for in the quarter**: due before $D$, and not yet paid when the quarter began. So older debt that was still open counts too.
#
# $$\text{repaid share} = \frac{\text{amount asked for in the quarter and paid before } D}{\text{amount asked for in the quarter}}$$

# %% [markdown] lang="zh"
# ## 八张发票，亲手算
#
# 一家食堂，2025 年 4 月 1 日评级。三个词，都以评级日 $D$ 为准：
#
# - **已知**：$D$ *之前*登记的。$D$ 当天才来的，下一次评级才算。
# - **逾期**：$D$ 之前到期，$D$ 之前还没有付。
# - **本季应收**：$D$ 之前到期，而且季度开始时还没有付清。所以以前的旧账没付清的，也算在内。
#
# $$到期信用偿付率 = \frac{本季应收中，D 之前已付的金额}{本季应收的金额}$$

# %% [markdown] lang="en" tags=["slide-text"]
# As of day $D$:
#
# - **known**: recorded *before* $D$
# - **overdue** (逾期): due before $D$, not paid before $D$
# - **asked for**: due before $D$, not paid when the quarter began
#
# $$\text{repaid share} = \frac{\text{asked for, and paid before } D}{\text{asked for}}$$

# %% [markdown] lang="zh"
# 以评级日 $D$ 为准：
#
# - **已知**：$D$ *之前*登记的
# - **逾期**：$D$ 之前到期，$D$ 之前没付
# - **本季应收**：$D$ 之前到期，季初还没付清
#
# $$到期信用偿付率 = \frac{本季应收中，D 之前已付的}{本季应收}$$

# %%
day, quarter = pd.Timestamp("2025-04-01"), pd.Timestamp("2025-01-01")
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="invoice_id"))
eight["amount"] = [500.0, 300.0, 300.0, 200.0, 250.0, 500.0, 450.0, 600.0]
eight["due_date"] = pd.to_datetime(["2024-11-30", "2024-12-20", "2025-02-10", "2025-03-31",
                                    "2025-03-10", "2025-03-20", "2025-03-05", "2025-04-01"])
eight["paid_date"] = pd.to_datetime(["2024-12-10", "2025-02-05", "2025-02-20", "2025-03-31",
                                     "2025-05-06", "2025-04-01", None, None])
eight

# %% [markdown] lang="en" slide="fragment"
# **3.2.a** How much was overdue on 1 April 2025, as it was known then? (yuan)

# %% [markdown] lang="zh"
# **3.2.a** 按当时知道的，2025 年 4 月 1 日逾期多少？（元）

# %% tags=["exercise"]
overdue = ...
check("3.2.a", overdue)

# %% [markdown] lang="en" slide="fragment"
# **3.2.b** And what share had been repaid, of what was asked for in the quarter? (a fraction)

# %% [markdown] lang="zh"
# **3.2.b** 本季应收的款项，已经还了多大比例？（用小数表示）

# %% tags=["exercise"]
share_repaid = ...
check("3.2.b", share_repaid)

# %% [markdown] lang="en" slide="subslide"
# Now with pandas. A comparison with an empty date is never true; so `~(paid < day)`, *not paid before*, holds for open invoices too, as it should.

# %% [markdown] lang="zh"
# 再用 pandas 算。和空日期比较，结果总是不成立；所以 `~(paid < day)`（*不是*在那天之前付的）对没付的发票也成立，正合我们的意思。

# %% slide="result"
due, paid = eight["due_date"], eight["paid_date"]
is_overdue = (due < day) & ~(paid < day)
is_asked = (due < day) & ~(paid < quarter)
eight.assign(is_overdue=is_overdue, is_asked_for=is_asked)

# %% [markdown] lang="en"
# Add up, and let `gather_facts` do the same. The item repayment gives 20 points times the share, and none below 60 %. Whoever goes by today's list sees only which dates are empty.

# %% [markdown] lang="zh"
# 加起来，再让 `gather_facts` 做同样的事。“信用履约率”一项是 20 分乘以到期信用偿付率，低于 60% 得 0 分。照今天的账来看，就只看得到哪些日期空着。

# %% slide="result"
asked = eight["amount"].where(is_asked, 0)
repaid_then = asked[paid < day].sum() / asked.sum()
repaid_today = asked[paid.notna()].sum() / asked.sum()
canteen = credit.gather_facts({"invoices": eight.assign(customer_id="canteen")}, as_of=day)
assert canteen.loc["canteen", "overdue_amount"] == eight["amount"][is_overdue].sum()
assert canteen.loc["canteen", "repaid_share"] == repaid_then
points_today = 20 * repaid_today
say("On 1 April the canteen had repaid {repaid_then:.0%}: 0 points. By today's list it looks like {repaid_today:.1%}, and {points_today:.1f} points of 20.")

# %% [markdown] lang="en" tags=["notes"]
# Draw the eight as bars on the time line before anyone computes. Common: F counts as paid (the money came on that very day); H counts as overdue (it is due on that
# day, not before); B is forgotten, for it fell due before the quarter began.

# %% [markdown] lang="zh"
# 先把八张发票画在时间线上，再动手算。常见错误：F 算成已付（钱当天才到）；H 算成逾期（当天才到期）；忘了 B（季度开始以前就到期了）。

# %% [markdown] lang="en" minutes=6 rows=["A33"] slide="slide"
# ## The whole company: what if we peek?
#
# We rate on 1 January 2025. `rate_customers` is the whole way of lesson 3.1 in one call: gather the facts, score them, grade them.

# %% [markdown] lang="zh"
# ## 整家公司：偷看了会怎样？
#
# 2025 年 1 月 1 日评级。`rate_customers` 一步做完第 3.1 课的全过程：收集事实、打分、定级。

# %%
card = scorecard.load_scorecard("default")
then = pd.Timestamp("2025-01-01")
rated = credit.rate_customers(tables, card, as_of=then)
rated[["grade", "score", "statement_age_days", "repaid_share", "overdue_amount"]].head(4)

# %% [markdown] lang="en"
# To peek is called *look-ahead* (前视). Two ways that happen without anybody meaning it. **Statements at once**: they are looked up by the quarter they are about. **Payments of today**: what
# has been paid by now counts as paid; `clip` sets every later payment to the day before the rating.

# %% [markdown] lang="zh"
# 偷看后来的信息，叫*前视*（look-ahead）。有两种往往谁也不是故意的。**报表立刻就到**：按报表所说的季度去查。**用今天的付款**：今天已付的都算已付；`clip` 把后来的付款都改成评级前一天。

# %%
at_once = {"statements": statements.assign(recorded_date=statements["period_end"])}
paid_by_then = invoices["paid_date"].clip(upper=then - pd.Timedelta(days=1))
of_today = {"invoices": invoices.assign(paid_date=paid_by_then)}
peeked = credit.rate_customers(tables | at_once | of_today, card, as_of=then).loc[rated.index]

# %% [markdown] lang="en" slide="fragment"
# **3.2.c** Guess before you look: of the customers with a grade, what share gets *another* grade if we peek in both ways? (a fraction)

# %% [markdown] lang="zh"
# **3.2.c** 先猜再看：两种都偷看，有等级的客户中，多大比例会换一个等级？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("3.2.c", guess)

# %% [markdown] lang="en" slide="subslide"
# Each point is a customer with a grade on that day. On the line nothing has changed; red points have another grade.

# %% [markdown] lang="zh"
# 一个点是一位当天有等级的客户。在线上的没有变化，红色的换了等级。

# %% slide="result"
has_grade = rated["grade"] != "not rated"
is_other = has_grade & (peeked["grade"] != rated["grade"])
n_other, n_graded = is_other.sum(), has_grade.sum()
_, ax = plt.subplots()
for some, color in [(has_grade & ~is_other, plots.BLUE), (is_other, plots.RED)]:
    ax.scatter(rated["score"][some], peeked["score"][some], s=18, color=color)
ax.axline((60, 60), slope=1, color=plots.GRAY, linewidth=1)
ax.set(xlabel=t("score as it was known"), ylabel=t("score with peeking"), title=sentence(
    "{n_other} of {n_graded} customers get another grade by peeking (simulated)"))
plt.show()

# %% [markdown] lang="en"
# And in money: what was overdue on that morning, and how much of it does today's list still show as open?

# %% [markdown] lang="zh"
# 再看钱：那天早上逾期多少？其中多少，今天的账上还看得出来？

# %% slide="result"
overdue_known = rated["overdue_amount"].sum()
hidden_share = 1 - peeked["overdue_amount"].sum() / overdue_known
say("On the morning of 1 January 2025 {overdue_known:CNY} were overdue. Today's list hides {hidden_share:.0%} of it: that money came in later, and nobody could count on it.")

# %% [markdown] lang="en" minutes=6 rows=["A33"] slide="slide"
# ## Where it misleads: does peeking make the test look better?
#
# It is often said: with look-ahead a back-test (回测) looks better than the firm could ever have been. We test that. Who **defaulted** (违约) in 2025? The ledger of the
# firm says it: an invoice was still unpaid 90 days after it was due, or was written off. **AUC**, as in lesson 1.8: how often a customer who did not default has a higher score than one who did. 0.5 is a coin.

# %% [markdown] lang="zh"
# ## 哪里会误导人：偷看了，检验结果就变好吗？
#
# 常听人说：用了前视信息，回测（back-test，拿历史数据检验）看起来就比企业实际能做到的好。我们来检验这句话。2025 年谁**违约**（default）了？看企业自己的账本：发票到期 90 天以后还没付，或者已经核销。**AUC** 和第 1.8 课一样：一位没有违约的客户，得分高于一位违约的客户，这样的比例有多大；0.5 等于抛硬币。

# %% [markdown] lang="en" tags=["slide-text"]
# “With look-ahead a back-test (回测) looks better than the firm could ever have been.” Is it so?
#
# **Defaulted** (违约) in 2025, by the ledger: an invoice unpaid 90 days after it was due, or written off.
#
# **AUC**: how often a customer who did not default has a higher score than one who did. A third peek: the scores of 1 January **2026**.

# %% [markdown] lang="zh"
# “用了前视信息，回测就比实际能做到的好。”真是这样吗？
#
# 2025 年**违约**，看账本：发票到期 90 天以后还没付，或者已经核销。
#
# **AUC**：没有违约的客户得分高于违约的客户，这样的比例。第三种偷看：拿 **2026** 年 1 月 1 日的得分去认。

# %% [markdown] lang="en"
# Of the eight invoices G and H are defaults: still unpaid 90 days after they were due. `follow_payments` must find these two; then it reads the whole ledger.

# %% [markdown] lang="zh"
# 八张发票里，G 和 H 算违约：到期 90 天以后还没付。`follow_payments` 找出来的也应当是这两张；再用它读整本账。

# %%
bills = eight.assign(customer_id=eight.index, invoice_date=quarter, written_off_date=pd.NaT)
of_eight = backtest.follow_payments(eight, bills, as_of=day, until="2026-01-01")["state"]
assert list(eight.index[of_eight == "defaulted"]) == ["G", "H"]
year = backtest.follow_payments(rated, invoices, as_of=then, until="2026-01-01")

# %% [markdown] lang="en"
# `select_tested` keeps those who had a grade, and were not in default on the day already. Their scores: as it was known, with the two ways of peeking, and with a third, the coarsest: the scores of 1 January **2026**.

# %% [markdown] lang="zh"
# `select_tested` 只留下当天有等级、而且那天还没有违约的客户。他们的得分有四种：当时已知的，两种偷看的，还有第三种偷看，最粗糙：直接拿 **2026** 年 1 月 1 日的得分。

# %%
ways = {t("statements at once"): tables | at_once, t("payments of today"): tables | of_today}
chosen = backtest.select_tested(year)
tested, has_defaulted = chosen[["score"]].set_axis([t("as it was known")], axis=1), chosen["is_bad"]
for way, changed in ways.items():
    tested[way] = credit.rate_customers(changed, card, as_of=then)["score"]
a_year_later = credit.rate_customers(tables, card, as_of="2026-01-01")
tested[t("scores of a year later")] = a_year_later["score"]

# %% [markdown] lang="en" slide="subslide"
# All four scores are of the same customers. So we ask for the *lead* of each way of peeking over what was known, with its 95% interval (`auc_lead`): if 0 lies inside, no lead is
# shown.

# %% [markdown] lang="zh"
# 四种得分说的是同一批客户。所以直接问：每种偷看比“当时已知”的 AUC *高出*多少，95% 区间是什么（`auc_lead`）？区间里包含 0，就看不出差别。

# %% slide="result"
honest, *peeks = tested.columns
lead = pd.DataFrame(
    [validation.auc_lead(tested[one], tested[honest], has_defaulted) for one in peeks])
n_shown, ax = (lead["low"] > 0).sum(), plt.figure(figsize=(7, 2.6)).gca()
ax.errorbar(lead["lead"], peeks, xerr=(lead[["low", "high"]].T - lead["lead"]).abs(), fmt="o")
ax.axvline(0, color=plots.GRAY)
ax.set(xlabel=t("lead in AUC over the score as it was known"), ylim=(-0.5, 2.5), title=sentence(
    "A lead is shown for {n_shown} of three ways to peek (95% intervals)" if n_shown else
    "For none of three ways to peek is a lead shown (95% intervals)"))
plt.show()

# %% [markdown] lang="en"
# How large is the lead of the coarse one? And who has no grade any more a year later?

# %% [markdown] lang="zh"
# 粗糙的那种高出多少？一年以后，谁已经没有等级了？

# %% slide="result"
auc_known = validation.auc_interval(tested[honest], has_defaulted).auc
auc_later = validation.auc_interval(tested[peeks[-1]], has_defaulted).auc
more, low, high = lead.iloc[-1]
is_gone = a_year_later["grade"].reindex(tested.index) == "not rated"
n_tested, n_defaulted, n_gone = len(tested), has_defaulted.sum(), is_gone.sum()
bad_gone = (is_gone & has_defaulted).sum()
say("{n_defaulted} of {n_tested} defaulted. Scored a year later the AUC is {auc_later:.2f} in place of {auc_known:.2f}, {more:.2f} more (95% interval: {low:.2f} to {high:.2f}): no lead is shown, which does not say that there is none. And a year later {n_gone} of the {n_tested} have no grade any more, {bad_gone} of the {n_defaulted} among them: a test of those with a grade today loses them."
    if n_shown == 0 else "{n_defaulted} of {n_tested} defaulted. Scored a year later the AUC is {auc_later:.2f} in place of {auc_known:.2f}, {more:.2f} more (95% interval: {low:.2f} to {high:.2f}). A lead is shown for {n_shown} of three ways.")

# %% [markdown] lang="en"
# Is a peek harmless, then, where no lead is shown? No. With so few who defaulted only a large lead could be seen: look how wide the intervals are. And the grades are others, for customers to whom goods were
# sent. A peek is wrong because nobody could have had that grade on that day, not because a test got better.

# %% [markdown] lang="zh"
# 看不出差别，偷看就没事吗？不是。违约的客户这么少，只有很大的差别才看得出来：看看区间有多宽。而且等级变了，货却是按等级发的。偷看之所以错，是因为那天谁也不可能有那个等级，不是因为检验变好看了。

# %% [markdown] lang="en" slide="subslide"
# A **real** case, named as a leak by those who published the data: a bank sells deposits by telephone (lesson 1.8). How long a call lasted is known only when it is over, and then the answer is
# known, too. How well does it tell a yes from a no, beside the account balance, which was known before?

# %% [markdown] lang="zh"
# 一个**真实**的例子，发布数据的人自己写明了这个漏洞：一家银行打电话推销存款（第 1.8 课）。通话多长，挂了电话才知道，那时答复也知道了。用它来区分答应和不答应，效果怎样？旁边放上打电话之前就知道的账户余额：

# %% [markdown] lang="en" tags=["slide-text"]
# A **real** leak, named by those who published the data: how long a bank's call lasted is known only when the answer is known, too. How well does it tell a yes from a no?

# %% [markdown] lang="zh"
# 一个**真实**的漏洞，发布数据的人自己写明了：通话多长，要到知道答复时才知道。用它来区分答应和不答应，效果怎样？

# %% slide="result"
calls = datasets.load_bank_calls()
length = validation.auc_interval(calls["duration_seconds"], ~calls["subscribed"])
balance = validation.auc_interval(calls["balance"], ~calls["subscribed"])
say("The length of a call tells a yes from a no with an AUC of {length.auc:.2f} (95% interval: {length.low:.2f} to {length.high:.2f}), the balance before it with {balance.auc:.2f} ({balance.low:.2f} to {balance.high:.2f}).")

# %% [markdown] lang="en"
# That is no surprise: those who say no soon hang up. Of a column that predicts splendidly ask first: on which day would we have known it?

# %% [markdown] lang="zh"
# 这没什么本事：不答应的人很快就挂了。哪一列“预测”得特别好，先问一句：这一列，我们哪一天才知道？

# %% [markdown] lang="en" minutes=5 rows=["A33"] slide="slide"
# ## What nobody knows: 58 points, or 100?
#
# A new customer to whom nothing was due yet: 42 of 100 points, keeping of payments, cannot be judged. Suppose they get all the others. By the **plain sum** they have 58 points: C, like
# one who does not pay. **Out of what is known** they have 58 of 58, that is 100: AAA. Both are wrong alone.
#
# $$\text{coverage} = \frac{\text{points that can be judged}}{\text{all points}} \qquad \text{score} = 100 \cdot \frac{\text{points got}}{\text{points that can be judged}}$$
#
# The card looks at both. Coverage below 70 %: **not rated**. Above it, but a *key* item missing: at most A.

# %% [markdown] lang="zh"
# ## 谁也不知道的：58 分，还是 100 分？
#
# 一位新客户，还没有到期的款项：信用履约率 42 分没法评判。假设其余的分数全得。**直接相加**是 58 分：C 级，和不付款的人一样。**只按已知的算**，58 分里得 58 分，就是 100 分：AAA。单看哪个都不对。
#
# $$覆盖率 = \frac{能评判的分数}{总分} \qquad 得分 = 100 \cdot \frac{得到的分数}{能评判的分数}$$
#
# 评分表两个都看。覆盖率不到 70%：**未评级**。够 70%，但缺**关键项**：最高评 A。

# %% [markdown] lang="en" tags=["slide-text"]
# Nothing was due yet: 42 points cannot be judged. **Suppose** they get all the others: **58 of 100** is C, **58 of 58** is AAA. Both are wrong alone.
#
# **Coverage** = points that can be judged / all points. Below 70 %: **not rated**. A *key* item missing: at most A.

# %% [markdown] lang="zh"
# 还没有到期的款项：42 分没法评判。**假设**其余全得：**100 分里 58 分**是 C 级，**58 分里 58 分**是 AAA。单看都不对。
#
# **覆盖率** = 能评判的分数 ÷ 总分。不到 70%：**未评级**。缺**关键项**：最高 A。

# %% [markdown] lang="en" slide="subslide"
# The same 1 January 2025, counted in three ways:

# %% [markdown] lang="zh"
# 同样是 2025 年 1 月 1 日，三种算法：

# %% slide="result"
plain_sum, of_known = (credit.assign_grades(rated[one], card) for one in ["points", "score"])
n_all, n_differ = len(rated), (plain_sum != of_known).sum()
counts = pd.DataFrame({t("plain sum"): plain_sum.value_counts(sort=False),
                       t("out of what is known"): of_known.value_counts(sort=False),
                       t("as the card says"): rated["grade"].value_counts(sort=False)})
ax = plots.plot_grades(counts.iloc[::-1])
ax.set_title(sentence("Plain sum or out of what is known: another grade for {n_differ} of {n_all} (simulated)"))
plt.show()

# %% [markdown] lang="en"
# The plain sum makes those bad of whom little is known; the other way makes them good.

# %% [markdown] lang="zh"
# 直接相加，把了解得少的客户算成差的；只按已知的算，又把他们算成好的。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote first: 58 or 100? Then ask what each answer would do to a new customer, and to us. A third vote, “the middle”, is a claim as well: that the unknown pay like the average.

# %% [markdown] lang="zh"
# 先表决：58 分还是 100 分？再问：两种答案对新客户、对我们各有什么后果？有人会说“取中间”：那也是一种说法，等于说不了解的客户付款和平均水平一样。

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# Where should the line be, and what to do with those below it? We look at the half-year that followed. Unpaid at the end of 2025 counts as lost, as in lesson 3.1. Those
# who were not in the list on that day are **new**: of them nothing is known.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 线该画在哪里？线下的客户怎么办？看此后的半年。到 2025 年底还没付的，算作损失，与第 3.1 课相同。那天还不在名单上的是**新客户**：什么也不知道。

# %% [markdown] lang="en" tags=["slide-text"]
# The half-year that followed; unpaid at the end of 2025 counts as lost. **New**: not in the list on that day, nothing known.

# %% [markdown] lang="zh"
# 看此后的半年；到 2025 年底还没付的，算作损失。**新客户**：那天还不在名单上，什么也不知道。

# %%
sold = invoices[invoices["invoice_date"].between("2025-01-01", "2025-06-30")]
sold = sold.assign(unpaid_amount=sold["amount"].where(sold["paid_date"].isna(), 0))
goods = tables["transactions"].merge(invoices[["customer_id"]].drop_duplicates())
margin_rate = 1 - goods["cost"].sum() / goods["amount"].sum()

# %% [markdown] lang="en"
# Lines at 50 to 80 % coverage. What did those below each line buy, and leave unpaid? How many are they, and how many would still be below if all gave statements (30 points)?

# %% [markdown] lang="zh"
# 覆盖率的线画在 50% 到 80%。每条线以下的客户后来买了多少？多少没付？他们有几位？如果人人都交报表（30 分），还剩几位？

# %% slide="result"
known_share = sold["customer_id"].map(rated["coverage"])
with_statement = rated["coverage"] + 0.30 * rated["debt_ratio"].isna()
at = [0.5, 0.6, 0.7, 0.8]
lines = pd.DataFrame({line: sold[known_share < line].sum(numeric_only=True) for line in at}).T
lines["n_customers"] = [(rated["coverage"] < line).sum() for line in at]
lines["still_below_with_statements"] = [(with_statement < line).sum() for line in at]
lines.rename_axis("coverage_below")

# %% [markdown] lang="en" slide="subslide"
# Subtract a row from the next: to the customers between two lines the higher line gives no credit any more; what they bought is at stake, and their unpaid bills are what it saves. Three plans for the new ones and those not rated (a few below 70 % have a veto, and are C). We **assume** that of what must be paid first 70 % is still
# bought. A **first limit**: of each invoice 1,000 yuan on credit, and nothing more before that is paid, so that no customer can lose us more.

# %% [markdown] lang="zh"
# 上下两行相减：夹在两条线之间的，就是线画高以后我们少赊的客户；他们没付的钱，就是省下的。对新客户和未评级的客户（70% 以下有几位因为否决项是 C 级，不算在内），有三种做法。**假设**：要先付款的部分，还会买原来的 70%。**首次额度**：每张发票只赊 1,000 元，没付清不再赊，所以每位客户最多让我们损失这么多。

# %% [markdown] lang="en" tags=["slide-text"]
# **Assumed**: of what must be paid first 70 % is still bought.
#
# **First limit**: 1,000 yuan of each invoice on credit, nothing more before that is paid.

# %% [markdown] lang="zh"
# **假设**：要先付款的部分，还会买原来的 70%。
#
# **首次额度**：每张发票只赊 1,000 元，没付清不再赊。

# %%
state = sold["customer_id"].map(rated["grade"].astype("str")).fillna("new").rename("state")
sold["small_amount"] = sold["amount"].clip(upper=1000)
each = sold.groupby([state, "customer_id"])[["amount", "small_amount", "unpaid_amount"]].sum()
each = each.loc[["not rated", "new"]]

# %% [markdown] lang="en"
# The plans, added up by state. Credit as before is the first.

# %% [markdown] lang="zh"
# 几种做法，按两类客户分别加总；第一种是照旧赊销。

# %% slide="result"
bought, small, unpaid = (each[one] for one in ["amount", "small_amount", "unpaid_amount"])
n_unpaid = (unpaid["new"] > 0).sum()
profit = pd.DataFrame({t("credit as before"): margin_rate * bought - unpaid})
profit[t("cash first")] = 0.7 * margin_rate * bought
profit[t("first limit of 1,000")] = (
    margin_rate * (small + 0.7 * (bought - small)) - unpaid.clip(upper=1000))
show(profit.groupby("state", sort=False).sum().T.rename_axis("plan"), kind="money")

# %% [markdown] lang="en" slide="subslide"
# How sure is that? We draw the customers anew, many times: what would cash have brought more than credit, had other customers of the kind come?

# %% [markdown] lang="zh"
# 这有多大把握？把客户反复重新抽取：如果来的是另一批同类客户，先付款会比赊销多赚多少？

# %% slide="result"
gain = profit[t("cash first")] - profit[t("credit as before")]
gain_thin, gain_new = gain["not rated"].sum(), gain["new"].sum()
low, high, _ = intervals.bootstrap_interval(gain["not rated"], pd.Series.sum, seed=1)
low_new, high_new, _ = intervals.bootstrap_interval(gain["new"], pd.Series.sum, seed=1)
two_share = unpaid["not rated"].nlargest(2).sum() / unpaid["not rated"].sum()
say("With cash in place of credit the profit from those not rated changes by {gain_thin:CNY} (95% interval: {low:CNY} to {high:CNY}), and two customers make {two_share:.0%} of their loss: not decided. The profit from the new ones changes by {gain_new:CNY} (95% interval: {low_new:CNY} to {high_new:CNY}). But only {n_unpaid} of these left anything unpaid: one more bill of that size left unpaid would turn it."
    if low < 0 < high and high_new < 0
    else "With cash in place of credit the profit from those not rated changes by {gain_thin:CNY} (95% interval: {low:CNY} to {high:CNY}; two customers make {two_share:.0%} of their loss), and from the new ones, of whom {n_unpaid} left anything unpaid, by {gain_new:CNY} (95% interval: {low_new:CNY} to {high_new:CNY}).")

# %% [markdown] lang="en"
# With so few customers the ends are rough, and all hangs on the 70 %, which nobody has measured. What can be said: not rated is no verdict. With those not rated no plan is shown to be better, so take the one that teaches us
# something: ask for the statements first (the table above says how many could be rated then), give a small first limit, and look again next quarter. With the new ones a first limit costs some profit (see the table); it guards against the one large bill.

# %% [markdown] lang="zh"
# 客户这么少，区间的两端只是粗略的；一切又取决于没有人量过的 70%。能说的是：未评级不是判决。未评级的客户，看不出哪种做法更好，就选能让我们多知道一点的：先要报表（上面的表说明，有了报表，能多评几位），给一个小的首次额度，下个季度再看。新客户，首次额度要少赚一些（见表），防的是那一笔大账。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about days before: `ledger`, the invoices made before **1 April 2024** and not written off by then, as today's list has them · `sent`, all statements with `period_end` and
# `recorded_date` · `scored`, one row per customer of **1 October 2024** with `points`, `coverage` and `score` · `first_sales`, the invoices of October 2024 to March 2025 of those who
# were not rated on 1 October 2024, with `amount` and `unpaid_amount` (unpaid at the end of 2025). Stuck? `hint("3.2.1")`, then `solution("3.2.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用更早的日子：`ledger` 是 **2024 年 4 月 1 日**之前开出、那时还没有核销的发票，内容是今天账上的样子 · `sent` 是全部报表，列有 `period_end`（季末）和 `recorded_date`（记录日期） · `scored` 是 **2024 年 10 月 1 日**每位客户一行，列有 `points`（得到的分数）、`coverage`（覆盖率）和 `score`（得分） · `first_sales` 是 2024 年 10 月 1 日未评级的客户在 2024 年 10 月至 2025 年 3 月的发票，列有 `amount`（金额）和 `unpaid_amount`（到 2025 年底还没付的金额）。卡住了，可以用 `hint("3.2.1")`，再用 `solution("3.2.1")`。

# %%
is_made = (invoices["invoice_date"] < "2024-04-01") & ~(invoices["written_off_date"] < "2024-04-01")
ledger = invoices.loc[is_made, ["customer_id", "invoice_date", "due_date", "amount", "paid_date"]]
sent = statements[["customer_id", "period_end", "recorded_date"]]
rated_2024 = credit.rate_customers(tables, card, as_of="2024-10-01")
scored = rated_2024[["points", "coverage", "score"]]
not_rated = rated_2024.index[rated_2024["grade"] == "not rated"]
is_first = invoices["invoice_date"].between("2024-10-01", "2025-03-31")
first_sales = invoices[is_first & invoices["customer_id"].isin(not_rated)]
first_sales = first_sales.assign(
    unpaid_amount=first_sales["amount"].where(first_sales["paid_date"].isna(), 0))
first_sales = first_sales[["customer_id", "amount", "unpaid_amount"]]
practice_on(ledger=ledger, sent=sent, scored=scored, first_sales=first_sales)

# %% [markdown] lang="en"
# **3.2.1** How much was overdue on 1 April 2024, as it was known then? (`ledger`; yuan)

# %% [markdown] lang="zh"
# **3.2.1** 按当时知道的，2024 年 4 月 1 日逾期多少？（用 `ledger`；元）

# %% tags=["exercise"]
overdue_then = ...
check("3.2.1", overdue_then)

# %% [markdown] lang="en"
# **3.2.2** Rated on 15 November 2024: how old is the newest statement that was known of a customer, on average? Count the days from the *end of its quarter*; those of whom no statement was known are
# left out. (`sent`; days)

# %% [markdown] lang="zh"
# **3.2.2** 2024 年 11 月 15 日评级：当时已知的每位客户最新一份报表，平均有多旧？天数从报表的*季末*算起；没有任何已知报表的客户不算。（用 `sent`；天）

# %% tags=["exercise"]
average_age = ...
check("3.2.2", average_age)

# %% [markdown] lang="en"
# **3.2.3** Of the customers whose `score` is 80 or more, AA or better by the score alone, what share is not rated, as its coverage is below 70 %? (`scored`; a fraction)

# %% [markdown] lang="zh"
# **3.2.3** `score` 在 80 分及以上的客户，只看得分是 AA 或更好。其中多大比例因为覆盖率不到 70% 而未评级？（用 `scored`；用小数表示）

# %% tags=["exercise"]
high_not_rated = ...
check("3.2.3", high_not_rated)

# %% [markdown] lang="en"
# **3.2.4** Suppose a limit had kept our loss on each customer of `first_sales` to 500 yuan at most, over all their invoices. What share of the unpaid amount would we have saved? (a fraction)

# %% [markdown] lang="zh"
# **3.2.4** 假设 `first_sales` 里的每位客户，合计最多让我们损失 500 元。他们没付的钱里，有多大比例本来可以省下？（用小数表示）

# %% tags=["exercise"]
avoided_share = ...
check("3.2.4", avoided_share)

# %% [markdown] lang="en"
# **3.2.5** A judgment, without code. An analyst shows a scorecard that “would have caught nine of ten bad payers of the last three years”. The facts come from today's customer file, which has
# one row per customer and no dates. What do you ask, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.2.5** 思考题，不用写代码，没有标准答案。一位分析师拿出一张评分表，说“过去三年的坏客户，十个里能认出九个”。事实取自今天的客户档案：每位客户一行，没有日期。你会问什么？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
nine_of_ten = ...
check("3.2.5", nine_of_ten)

# %%
quiz("3.2.q1")

# %%
quiz("3.2.q2")

# %%
quiz("3.2.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **work out** the facts of a customer as they were known before a day,
# - **measure** what changes if one peeks, and say where a lead is shown and where not,
# - **decide** what to do with customers of whom too little is known, in money.
#
# **Words** — look-ahead (前视), back-test (回测), overdue (逾期), default (违约), coverage (覆盖率), not rated (未评级).
#
# **Next** — 3.3: From grade to credit: how much, how long, and to whom none?
#
# **Further reading** — Kaufman, Rosset, Perlich & Stitelman (2012), Leakage in data mining, *ACM Transactions on Knowledge Discovery from Data* 6(4), doi:10.1145/2382577.2382579

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **还原**：会算出某一天之前已经知道的客户事实；
# - **衡量**：会算偷看后来的信息会差多少，并说清楚哪里看得出差别、哪里看不出；
# - **决定**：会把了解太少的客户怎么办，用钱算清楚。
#
# **术语**：前视（look-ahead）、回测（back-test）、逾期（overdue）、违约（default）、覆盖率（coverage）、未评级（not rated）。
#
# **下一课**：3.3 从等级到信用：给多少，给多久，谁不给？
#
# **延伸阅读**：Kaufman, Rosset, Perlich & Stitelman (2012), Leakage in data mining, *ACM Transactions on Knowledge Discovery from Data* 6(4), doi:10.1145/2382577.2382579

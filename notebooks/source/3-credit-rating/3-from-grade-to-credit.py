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

# %% [markdown] lang="en" minutes=34 exercise_minutes=11 pattern=2 needs=["3.1", "2.3"] rows=["A35", "A25"] slide="slide"
# # 3 · From grade to credit: how much, how long, and to whom none?
#
# A grade decides nothing. A limit does: up to here we deliver before you pay, and this long you may wait. And some sellers say: never refuse a customer. What does
# that cost?
#
# In this lesson you will
#
# - **turn** grades into limits and terms, by hand on eight customers, then for the whole company,
# - **compare** what is expected to be lost with the margin, grade by grade,
# - **decide** what to do with customers of low value who pay badly, in money.

# %% [markdown] lang="zh"
# # 3 · 从等级到信用：给多少，给多久，谁不给？
#
# 等级本身什么也决定不了，能决定的是额度：先发货，最多欠这么多；后付款，最多等这么久。还有人说，“永远不能拒绝客户”。这句话要付出多少代价？
#
# 在这一课里，你将
#
# - **换算**：把等级换成额度和期限，先亲手算八位客户，再算整家公司；
# - **比较**：每个等级预期要损失多少，毛利够不够赔；
# - **决定**：价值低、又不能及时付款的客户，该怎么办，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# A grade decides nothing. A limit does: how much we deliver before you pay, and how long you may wait.
#
# - **turn** grades into limits and terms,
# - **compare** expected loss with margin,
# - **decide**: low value and bad payer. Refuse them?

# %% [markdown] lang="zh"
# 等级本身什么也决定不了，能决定的是额度：最多欠多少，最多等多久。
#
# - **换算**：等级换成额度和期限；
# - **比较**：预期损失和毛利；
# - **决定**：价值低、付款又差，拒绝吗？

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Veto before cap before score; limit = sales of a month × term in months × coefficient. A loss is set beside the margin that the same customers bring.
#
# **Hard point** Default rates must come from what happened *after* the day of the grade. And a limit made from sales says what they would like to owe, not what they can pay.
#
# **Board** The eight customers: score, cap, veto, grade, limit. Beside them the chain: expected loss = rate × what is owed × share that is lost; margin; break-even rate.
#
# **Homework** Exercises 3.3.4 and 3.3.5. Find the conditions of one supplier or platform that lets you pay later: which limit, which term, and what changes them?

# %% [markdown] lang="zh"
# **重点** 先看否决项，再看最高可评等级，最后看得分；额度 = 月平均销售额 × 期限（月）× 系数。损失要和同一批客户的毛利放在一起看。
#
# **难点** 违约率要用定级*之后*发生的事来量。按销售额定的额度，说的是客户想欠多少，不是还得起多少。
#
# **板书** 八位客户：得分、最高可评等级、否决、等级、额度。旁边写一条链：预期损失 = 违约率 × 欠款 × 损失比例；毛利；盈亏平衡违约率。
#
# **作业** 练习 3.3.4 和 3.3.5。找一家允许后付款的供应商或平台：额度多少，期限多长，什么会让它变？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import chance, credit, datasets, plots, profitability, scorecard
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["A35"] slide="slide"
# ## What they owe us today
#
# The teaching company (**simulated**) sells to organizations on account. One row is one invoice. It is open while it is neither paid nor given up. We add up what each customer owes
# at the end of 2025.

# %% [markdown] lang="zh"
# ## 他们今天欠我们多少
#
# 教学公司（**模拟**数据）赊销给各种单位。一行是一张发票；既没有付清，也没有核销，就是未结清。先算 2025 年底每位客户欠多少。

# %%
tables, _ = datasets.load_data(company)
invoices, lines, today = tables["invoices"], tables["transactions"], "2026-01-01"
is_open = invoices["paid_date"].isna() & invoices["written_off_date"].isna()
owed = invoices[is_open].groupby("customer_id")["amount"].sum()

# %% [markdown] lang="en"
# Before anything is ranked, a histogram. A few owe much, most owe little.

# %% [markdown] lang="zh"
# 排序之前，先看分布：少数客户欠得多，多数欠得少。

# %% slide="result"
n_owing, top_share = len(owed), owed.nlargest(10).sum() / owed.sum()
ax = plots.plot_histogram(owed.clip(upper=5000), label=t("owed, CNY (end bar: 5,000 or more)"))
ax.set_title(sentence("Ten of {n_owing} customers owe {top_share:.0%} of all that is owed"))
plt.show()

# %% [markdown] lang="en" minutes=4 rows=["A35"] slide="slide"
# ## The rule, in words and as a formula
#
# The course names five grades (五个等级), AAA to C. A **limit** (信用额度) is the most that a customer may owe at a time; a **term** (信用期限) is how long they may wait
# before they pay:
#
# $$\text{limit} = \text{sales of a month} \times \frac{\text{term in days}}{30} \times \text{coefficient of the grade}$$
#
# Sales are the mean of the months with shipments; of a new customer, what the seller expects. The formula, the cut-offs and the coefficients are **S**, found in a public source. There AAA may have 150 % to 300 %: we take the
# lowest. The source says terms of 30 to 90 days; which grade gets which is **R**, rebuilt by us.
#
# Two rules stand above the score. A **veto** (否决项) makes a C: stopped by an authority, sued by a supplier for payment, export (S). A **cap** (最高可评等级) holds a customer at A:
# new, or with key facts missing (S; that “new” means less than a year is R).

# %% [markdown] lang="zh"
# ## 规则：先用文字，再用公式
#
# 课程把信用分为 AAA 到 C 五个等级。**信用额度**，是一位客户同时最多可以欠多少；**信用期限**，是最多可以等多久再付：
#
# $$信用额度 = 月平均销售额 \times \frac{期限（天）}{30} \times 等级系数$$
#
# 月平均销售额只算有发货的月份；新客户用业务员的预计数。公式、分数线和系数标 **S**，有公开来源。来源里 AAA 是 150% 到 300%，我们取最低的。期限，来源只说 30 到 90 天，哪一级给多少天标 **R**，是我们补写的。
#
# 有两条规则排在得分前面。**否决项**直接定为 C 级：国家机关责令停业、已被其他供应商就货款问题起诉、出口业务（S）。**最高可评等级**把客户限在 A 级：新开发的客户，或关键资料不全的客户（S；“新”指不到一年，是 R）。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{limit} = \text{sales of a month} \times \frac{\text{term in days}}{30} \times \text{coefficient}$$
#
# - **veto** (否决项): C, whatever the score
# - **cap** (最高可评等级): new, or key facts missing: A at most
# - formula, cut-offs, coefficients **S**; terms by grade **R**, rebuilt by us

# %% [markdown] lang="zh"
# $$信用额度 = 月平均销售额 \times \frac{期限（天）}{30} \times 等级系数$$
#
# - **否决项**：不管多少分，都是 C 级
# - **最高可评等级**：新客户、关键资料不全，最高 A 级
# - 公式、分数线、系数 **S**；各级的期限 **R**，我们补写的

# %% slide="result"
card = scorecard.load_scorecard("default")
terms = pd.DataFrame(card.grades).set_index("id").rename_axis("grade")
terms = terms[["at_least", "coefficient", "term_days"]]
terms

# %% [markdown] lang="en" minutes=8 rows=["A35"] slide="slide"
# ## Eight customers, by hand
#
# `coverage` is the share of the points that could be judged; below 0.7 a customer is not rated. `cap` and `veto_grade` are empty where no such rule holds.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# `coverage` 是覆盖率，也就是能够评判的分数占多少，不到 0.7 就未评级。`cap` 是最高可评等级，`veto_grade` 是否决后的等级；没有这样的规则，就空着。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight["score"] = [90, 89.999, 95, 93, 84, 64, 60, 59.999]
eight["coverage"] = [1.0, 1.0, 1.0, 0.9, 0.6, 0.9, 0.8, 1.0]
eight["cap"] = [None, None, "A", "A", None, "A", None, None]
eight["veto_grade"] = [None, None, "C", None, None, None, None, None]
eight["monthly_sales"] = [20_000, 20_000, 50_000, 30_000, 15_000, 8_000, 10_000, 10_000]
eight["monthly_sales_expected"] = np.nan
eight.drop(columns="monthly_sales_expected").assign(score=eight["score"].astype("str"))

# %% [markdown] lang="en" slide="fragment"
# **3.3.a** Your turn: what is D's credit limit, in yuan? (score 93, coverage 0.9, cap A, 30,000 yuan a month)

# %% [markdown] lang="zh"
# **3.3.a** 你来算：D 的信用额度是多少元？（93 分，覆盖率 0.9，最高可评 A 级，月平均销售额 30,000 元）

# %% tags=["exercise"]
limit_of_d = ...
check("3.3.a", limit_of_d)

# %% [markdown] lang="en" slide="subslide"
# Now all eight: first the grades. `pd.cut` with `right=False` puts 90 itself into AAA. Then each rule overwrites what stood there, so the strongest comes *last*: the cap, too little known, the veto.

# %% [markdown] lang="zh"
# 再算全部八位，先定等级。`pd.cut` 加 `right=False`，90 分本身就归 AAA。然后每条规则盖掉前面的结果，所以最强的排在*最后*：最高可评等级、资料太少、否决。

# %% slide="result"
starts, names = [0, 60, 70, 80, 90, 101], ["C", "B", "A", "AA", "AAA"]
by_score = pd.cut(eight["score"], starts, right=False, labels=names).astype("str")
is_capped = (eight["cap"] == "A") & by_score.isin(["AA", "AAA"])
grade = by_score.mask(is_capped, "A")
grade = grade.mask(eight["coverage"] < 0.7, "not rated")
grade = grade.mask(eight["veto_grade"] == "C", "C")
pd.DataFrame({"by_score": by_score, "grade": grade})

# %% [markdown] lang="en" slide="subslide"
# F stays B: a cap lowers, it never lifts. Then the limits; `map` looks up term and coefficient. Those not rated have neither, so `fillna` puts 0.

# %% [markdown] lang="zh"
# F 还是 B 级：上限只会压低，不会抬高。再算额度：`map` 查出期限和系数；未评级的查不到，用 `fillna` 记 0。

# %% slide="result"
months = grade.map(terms["term_days"] / 30).fillna(0)
coefficient = grade.map(terms["coefficient"]).fillna(0)
by_hand = eight["monthly_sales"] * months * coefficient
pd.DataFrame({"grade": grade, "monthly_sales": eight["monthly_sales"], "limit": by_hand})

# %% [markdown] lang="en"
# Read A and B aloud: *a thousandth of a point less, and less than half of the credit.* G and H: *a thousandth, and no credit at all.* Lines are needed; but
# those who stand at one deserve a second look.
#
# `assign_grades` and `credit_limits` do the same.

# %% [markdown] lang="zh"
# 把 A 和 B 两行读出声来：*少千分之一分，额度不到一半*。G 和 H：*少千分之一分，一点也不给*。线总要划；不过，正好在线上的客户值得再看一眼。
#
# `assign_grades` 和 `credit_limits` 做的是同样的事。

# %%
graded_eight = credit.assign_grades(eight, card)
assert (graded_eight["grade"].astype("str") == grade).all()
limits_of_eight = credit.credit_limits(graded_eight, eight, card)
assert (limits_of_eight["limit"] - by_hand).abs().max() < 1e-6

# %% [markdown] lang="en" tags=["notes"]
# Common on paper: 93 taken as AAA; “capped” taken as “no credit”; one grade down instead of down to A; 45 days taken as two months. Ask why C, with 95 points, gets nothing: which of its two rules decided?

# %% [markdown] lang="zh"
# 纸上常见的错误：93 分就当成 AAA；把“最高 A 级”当成“不给信用”；只降一级；把 45 天当成两个月。追问：C 有 95 分，为什么一分钱也不给？两条规则，是哪一条起了作用？

# %% [markdown] lang="en" minutes=5 rows=["A35"] slide="slide"
# ## The whole company
#
# `rate_customers` goes the whole way of lesson 3.1, from facts to grade, on 1 January 2026. Then the limits, and beside them what each customer owes. In sum:

# %% [markdown] lang="zh"
# ## 整家公司
#
# `rate_customers` 一步走完第 3.1 课的路：从事实到等级，站在 2026 年 1 月 1 日。再算额度，旁边放上每位客户的欠款。合计：

# %% slide="result"
rated = credit.rate_customers(tables, card, as_of=today)
limits = credit.credit_limits(rated, rated, card)
book = limits.assign(owed=owed.reindex(limits.index).fillna(0))
book[["limit", "owed"]].sum().rename("amount")

# %% [markdown] lang="en" slide="fragment"
# In sum the limits would nearly do. **3.3.b** Guess before you look: customer by customer, what share of all that is owed lies *above* a limit? (a fraction)

# %% [markdown] lang="zh"
# 合计起来，额度差不多够用。**3.3.b** 先猜再看：一位一位地比，全部欠款中有多大比例*超出*了额度？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("3.3.b", guess)

# %% [markdown] lang="en" slide="subslide"
# `clip(lower=0)`: those who owe less than their limit do not make up for those who owe more. After the figure: whom to call first.

# %% [markdown] lang="zh"
# `clip(lower=0)`：欠得比额度少的，不能替欠得多的抵掉。图后面的表，是最该先打电话的客户。

# %% slide="result"
above = (book["owed"] - book["limit"]).clip(lower=0)
above_share, n_above = above.sum() / book["owed"].sum(), (above > 0).sum()
no_credit_share = above[book["limit"] == 0].sum() / above.sum()
ax = plots.plot_limits(book, currency="CNY")
ax.set_title(sentence("{above_share:.0%} of what is owed lies above a limit (simulated)"))
plt.show()
say("{n_above} customers owe more than their limit. Of the money above, "
    "{no_credit_share:.0%} is owed by those who get no credit at all: C or not rated.")
book[["grade", "limit", "owed"]].assign(above_amount=above).nlargest(3, "above_amount")

# %% [markdown] lang="en" slide="subslide"
# A limit does not collect what is owed already; it stops the next delivery. New customers begin with a part of their limit, which grows each quarter (that limits grow step by step is S; the quarters are R): `stepwise=True`.

# %% [markdown] lang="zh"
# 额度收不回已经欠下的钱，它拦住的是下一次发货。新客户先拿到一部分额度，每个季度增加一些（逐步增加是 S，按季度四步走是 R）：`stepwise=True`。

# %% slide="result"
stepwise = credit.credit_limits(rated, rated, card, stepwise=True)
is_new = (stepwise["step_share"] < 1) & (stepwise["limit"] > 0)
new = stepwise[is_new].assign(full_limit=limits["limit"])
new.groupby("step_share")[["full_limit", "limit"]].sum()

# %% [markdown] lang="en" minutes=6 rows=["A25"] slide="slide"
# ## Does the margin carry the loss?
#
# **Expected loss** (预期损失) of a grade is what its customers owe, times the share of those who fail to pay within a year, times the share that is then lost:
#
# $$\text{expected loss} = \text{owed} \times \text{default rate} \times \text{share lost}$$
#
# The default rate must not be read off today's debts, for the grade was made from them. We grade on 1 July 2024 and look at the invoices made in the year *after*. Those who left one unpaid for 90 days after it was due have *failed*.

# %% [markdown] lang="zh"
# ## 毛利赔得起吗？
#
# 一个等级的**预期损失**，是这些客户的欠款，乘以一年内付不出款的比例，再乘以收不回来的比例：
#
# $$预期损失 = 欠款 \times 违约率 \times 损失比例$$
#
# 违约率不能从今天的欠款里读，因为等级就是用它评出来的。我们站在 2024 年 7 月 1 日评级，再看*此后*一年开出的发票：有一张到期 90 天还没付，就算违约。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{expected loss} = \text{owed} \times \text{default rate} \times \text{share lost}$$
#
# Graded on 1 July 2024; invoices of the year *after* (**simulated**, with many defaults on purpose). **Failed**: one is unpaid 90 days after it was due.

# %% [markdown] lang="zh"
# $$预期损失 = 欠款 \times 违约率 \times 损失比例$$
#
# 2024 年 7 月 1 日评级，看*此后*一年的发票（**模拟**数据，有意多放了违约）。**违约**：有一张到期 90 天还没付。

# %%
then, until = "2024-07-01", "2025-06-30"
sold_after = invoices[invoices["invoice_date"].between(then, until)]
is_paid = (sold_after["paid_date"] - sold_after["due_date"]).dt.days <= 90
has_failed = (~is_paid).groupby(sold_after["customer_id"]).any()

# %% [markdown] lang="en"
# `later_payments` does the same and adds the money. `default_rates` counts by grade, with a 95% interval. Those who bought nothing more on account cannot fail: they are graded, and not counted. In that year the company sold on account to C customers as well, so we see how they pay; some had failed before that day (lesson 3.5 sets them apart).

# %% [markdown] lang="zh"
# `later_payments` 做同样的事，还算出金额。`default_rates` 按等级计数，并给出 95% 区间。后来没有再赊购的，不可能违约：评过级，但不计入。那一年对 C 级客户也照样赊销，所以看得到他们怎样付款；有些那天之前就违约了，第 3.5 课再把他们分开。

# %% slide="result"
later = credit.later_payments(invoices, since=then, until=until, as_of="2025-12-31")
assert later["has_failed"].equals(has_failed.rename("has_failed"))
rated_then = credit.rate_customers(tables, card, as_of=then)
rates = credit.default_rates(rated_then["grade"], later["has_failed"])
rates

# %% [markdown] lang="en"
# Now today's book: `exposure` is what they owe. `lost_share` is measured: of the money that came 90 days late or never, the part that was still missing at the end of 2025. The **margin** (毛利) is what they bought in 2025, on account or for cash, less what the goods cost. `expected_loss`, checked by hand:

# %% [markdown] lang="zh"
# 再看今天的账，`exposure`（信用敞口）就是欠款。损失比例 `lost_share` 是量出来的：晚付 90 天以上或一直没付的钱里，到 2025 年底还没收回的占多少。**毛利**是 2025 年的购买金额（赊购和现购都算）减去货物成本。`expected_loss` 用手算核对：

# %% slide="result"
bought = lines[lines["order_date"] >= "2025-01-01"].groupby("customer_id")[["amount", "cost"]].sum()
book["margin"] = (bought["amount"] - bought["cost"]).reindex(book.index).fillna(0)
lost_share = later["unpaid_amount"].sum() / later["failed_amount"].sum()
loss = credit.expected_loss(book.rename(columns={"owed": "exposure"}),
                            default_rates=rates["default_rate"], loss_given_default=lost_share)
lost_by_hand = loss["exposure"] * rates["default_rate"] * lost_share
assert (loss["expected_loss"] - lost_by_hand).abs().max() < 1e-6
loss[["exposure", "default_rate", "expected_loss", "margin"]].assign(lost_share=lost_share)

# %% [markdown] lang="en" slide="subslide"
# The **break-even rate** (盈亏平衡违约率) is the default rate at which the whole margin of a year would be lost: margin over (owed × share lost). But the margin also pays for visits and deliveries, the cost to serve of lesson 2.3. If that is taken off first?

# %% [markdown] lang="zh"
# **盈亏平衡违约率**：违约率到了这个数，一年的毛利就全赔光，也就是毛利 ÷（欠款 × 损失比例）。可是上门、送货也要靠毛利来付，这是第 2.3 课的服务成本。先减去它，又会怎样？

# %% slide="result"
done = tables["activities"][tables["activities"]["month"] >= "2025-01-01"]
service = profitability.cost_to_serve(done, tables["activity_rates"]).groupby(book["grade"]).sum()
after = loss["break_even_rate"] * (1 - service.reindex(loss.index) / loss["margin"]).clip(lower=0)
marks = pd.DataFrame({"at our margin": loss["break_even_rate"], "less cost to serve": after})
n_groups, (n_ours, n_after) = len(rates), marks.gt(rates["high_rate"], axis=0).sum()
ax = plots.plot_default_rates(rates, break_even=marks)
ax.set_title(sentence("Our margin carries {n_ours} of {n_groups} groups; less cost to serve, {n_after}"))
plt.show()

# %% [markdown] lang="en"
# A group is carried if its whole interval lies below the mark. A triangle: the mark is above 100 %; a mark at 0: no margin is left. Which margin is the right one? If we end the *credit*, most of the cost to serve
# stays: take the first mark. If it is about the *customer* as a whole, take the second.
#
# Two cautions. Part of C's debt is overdue already, so a rate of new invoices says too little. And defaults are many in this simulation, on purpose; in life far fewer fail in a year, but margins can be far thinner (exercise 3.3.3).
#
# A **real** lender (Lending Club, loans of early 2016) sets a price for risk: the worse the grade, the higher the interest. A loan of a year at interest $i$ breaks even if $i / (1 + i)$ of them are lost whole.

# %% [markdown] lang="zh"
# 整个区间都在横线以下，才算赔得起。三角表示横线高于 100%；横线在 0，表示毛利已经一点不剩。该看哪个毛利？只停*赊销*，服务成本大半还在，看第一条线；要问整位*客户*值不值，看第二条线。
#
# 还有两点要当心。C 级的欠款有一部分早已逾期，用新发票的违约率来算，还算少了。模拟里有意多放了些违约，为的是有东西可数；现实中一年违约的少得多，不过毛利也可能薄得多（练习 3.3.3）。
#
# 一家**真实**的贷款公司（Lending Club，2016 年初的贷款）给风险定了价：等级越差，利率越高。一年期贷款，利率为 $i$，有 $i / (1 + i)$ 的贷款完全收不回来时，正好不赚不赔。

# %% [markdown] lang="en" tags=["notes"]
# Under the figure: a triangle is a mark above 100 %; a mark at 0 means that no margin is left. Ask which mark counts if only the credit ends, and which if the customer goes. Then the lender: the rate of its young loans still grows.

# %% [markdown] lang="zh"
# 看图：三角表示横线高于 100%；横线在 0，表示毛利一点不剩。追问：只停赊销，看哪条线？客户整个不做了，看哪条？再看贷款公司：贷款还年轻，违约率还会升。

# %% slide="result"
loans = datasets.load_lending_club()
lender = credit.default_rates(loans["grade"], loans["is_bad"]).sort_index()
interest = loans.groupby("grade")["interest_rate_percent"].mean() / 100
lender["break_even_rate"] = interest / (1 + interest)
n_lent, n_carried = len(lender), (lender["high_rate"] < lender["break_even_rate"]).sum()
say("Lending Club, up to the download: interest carries the loss at {n_carried} of {n_lent} "
    "grades. We take no interest: waiting costs those who pay late nothing.")
lender.drop(columns=["n_graded", "n_failed"])

# %% [markdown] lang="en"
# Here *failed* means 21 days late or worse on the day of the download, and the loans were young: in the end more of them fail.

# %% [markdown] lang="zh"
# 这里的“违约”，指下载数据那天已经晚了 21 天以上；贷款都还年轻，最后违约的会更多。

# %% [markdown] lang="en" minutes=3 rows=["A35"] slide="slide"
# ## Where it misleads: sales are no ability to pay
#
# The formula follows what customers *would like to buy*. Can they pay that? `paying_ability` reads the newest statement known on the day: **cash in the term** is the operating cash flow of a year, times term / 365; **equity** is
# assets less liabilities. A rule of thumb of credit managers (**M**, commonly quoted): no limit above 10 % of equity.

# %% [markdown] lang="zh"
# ## 哪里会误导人：买得多，不等于付得起
#
# 公式跟着客户*想买多少*走。付得起吗？`paying_ability` 读当天已知的最新报表：**期限内的现金**，是一年的经营现金流乘以期限 ÷ 365；**净资产**，是资产减负债。信用经理常说的一条经验（**M**）：额度不超过净资产的 10%。

# %% [markdown] lang="en" tags=["slide-text"]
# The formula follows what they *would like to buy*. Can they pay?
#
# - **cash in the term**: operating cash flow of a year × term / 365
# - **equity**: assets less liabilities; rule of thumb (**M**): no limit above 10 % of it

# %% [markdown] lang="zh"
# 公式跟着客户*想买多少*走。付得起吗？
#
# - **期限内的现金**：一年的经营现金流 × 期限 ÷ 365
# - **净资产**：资产减负债；经验（**M**）：额度不超过它的 10%

# %% slide="result"
ability = credit.paying_ability(book, tables["statements"], as_of=today)
known = book.join(ability)[book["limit"] > 0].dropna(subset=["cash_in_term", "equity"])
n_known, n_over_cash = len(known), (known["limit"] > known["cash_in_term"]).sum()
n_over_equity = (known["limit"] > 0.1 * known["equity"]).sum()
say("Of {n_known} limits with a statement, {n_over_cash} are above the cash of the term; "
    "above a tenth of equity: {n_over_equity}.")

# %% [markdown] lang="en" slide="subslide"
# Two yardsticks, two answers. Which is right? Let later payments say: of those with a limit above their cash on 1 July 2024, did more fail in the year after?

# %% [markdown] lang="zh"
# 两把尺子，两个答案。哪个对？让后来的付款说话：2024 年 7 月 1 日，额度超过期限内现金的客户，此后一年违约更多吗？

# %% slide="result"
limits_then = credit.credit_limits(rated_then, rated_then, card)
ability_then = credit.paying_ability(limits_then, tables["statements"], as_of=then)
tried = limits_then.join(ability_then)[limits_then["limit"] > 0].dropna(subset="cash_in_term")
side = tried["limit"].gt(tried["cash_in_term"]).map({True: t("above cash"), False: t("below cash")})
tested = credit.default_rates(side.rename("limit"), later["has_failed"])
say("The intervals overlap: this year cannot tell the two apart." if tested["low_rate"].max()
    < tested["high_rate"].min() else "The intervals do not overlap: this year tells them apart.")
tested

# %% [markdown] lang="en"
# Intervals that overlap are no proof that cash does not matter. Exercise 3.3.2 asks another year.

# %% [markdown] lang="zh"
# 区间重叠，不等于现金不重要。练习 3.3.2 再问另一年。

# %% [markdown] lang="en" minutes=5 rows=["A25"] slide="slide"
# ## Do the sums, then decide: never refuse a customer?
#
# 「永远不能拒绝客户」, never refuse a customer, is a trap, says the course: among the bad 80 % are some in a bad state who do not pay in time (「财务状况很糟糕,不能及时付款」). We
# cross **value** (sales of the year before 1 July 2024: the top fifth, or below) with the grade. Then the year after: margin, what is not paid, and what serving them cost.

# %% [markdown] lang="zh"
# ## 算清账，再决定：永远不能拒绝客户吗？
#
# 课程说，“永远不能拒绝客户”是一个误区：不好的那 80% 里，有的“财务状况很糟糕，不能及时付款”。我们把**价值**（2024 年 7 月 1 日之前一年的销售额：前五分之一，还是以下）和等级交叉，再看此后一年：毛利、未付的金额、服务成本。

# %% [markdown] lang="en" tags=["slide-text"]
# 「永远不能拒绝客户」: a trap, says the course. Value (top fifth by sales, or below) × grade; then the year *after* (**simulated**).
#
# The table: which share of the cost to serve must end, so that refusing pays? Above 100 %: it cannot.

# %% [markdown] lang="zh"
# 课程说，“永远不能拒绝客户”是一个误区。价值（销售额前五分之一，还是以下）× 等级；再看*此后*一年（**模拟**数据）。
#
# 表里是：服务成本要停掉多大比例，拒绝才划算？超过 100%，就不可能划算。

# %%
in_year = lines[lines["order_date"].between(then, until)]
done = tables["activities"][tables["activities"]["month"].between(then, until)]
profit = profitability.net_profit(in_year, done, tables["activity_rates"])
money = later[["amount", "unpaid_amount"]].join(profit, how="outer")
crossed = money.reindex(rated_then.index).fillna(0).assign(grade=rated_then["grade"])
sales = (rated_then["monthly_sales"] * rated_then["n_months_sold"]).fillna(0)
crossed["tier"] = np.where(sales >= sales.quantile(0.8), "top fifth", "low value")
cells = crossed.groupby(["tier", "grade"], observed=True).sum(numeric_only=True)

# %% [markdown] lang="en"
# Refusing loses what is left of the margin after the unpaid invoices, cash sales too. It saves cost to serve, but only the part that really ends: people and cars stay. So we ask *which share of that cost must end* for refusing to pay. Above 100 % it cannot pay.

# %% [markdown] lang="zh"
# 拒绝一批客户，失去的是毛利减去未付金额，连现购的毛利也没了；省下的是服务成本，但只省真正停掉的那部分：人和车还在。所以要问：服务成本*要停掉多大比例*，拒绝才划算？超过 100%，就不可能划算。

# %% slide="result"
must_end = (cells["gross_profit"] - cells["unpaid_amount"]) / cells["cost_to_serve"]
show(must_end.unstack("tier").iloc[::-1], kind="share", digits=0)

# %% [markdown] lang="en" slide="subslide"
# The lowest number would be refused first: is it low value and C? Where a good payer stands lower, serving them costs much beside what they buy. But some cells hold a handful of customers, so another year may change the order.
#
# And low value and C, the course's case? **Assumed**: asked for cash, they keep 70 % of what they bought on account; without visits, 30 % of the cost to serve ends and sales stay.

# %% [markdown] lang="zh"
# 数字最低的最该先拒绝：是“价值低、C 级”吗？付款好的客户数字反而更低，说明和购买金额相比，服务成本太高。不过有的格子只有几位客户，换一年，次序可能就变了。
#
# 那么课程说的“价值低、C 级”呢？**假设**：改为先付款，原来赊购的金额剩下 70%；不再上门，服务成本停掉 30%，销售额不变。

# %% [markdown] lang="en" tags=["slide-text"]
# The lowest number would be refused first. And the course's case, low value and C?
#
# **Assumed**: for cash they keep 70 % of what they bought on account; without visits 30 % of the cost to serve ends and sales stay.

# %% [markdown] lang="zh"
# 数字最低的最该先拒绝。那么课程说的“价值低、C 级”呢？
#
# **假设**：改为先付款，原来赊购的金额剩下 70%；不再上门，服务成本停掉 30%，销售额不变。

# %%
low_c = crossed[(crossed["tier"] == "low value") & (crossed["grade"] == "C")]
margin_rate = crossed["gross_profit"].sum() / crossed["monetary"].sum()
gain = low_c["unpaid_amount"] - 0.3 * margin_rate * low_c["amount"]
low_gain, high_gain, _ = chance.bootstrap_interval(gain, pd.Series.sum, seed=3)

# %% [markdown] lang="en"
# `gain` is what cash first saves with each of them, less the margin that goes elsewhere. An interval with zero within: one year does not settle it. Five plans for the year; the first is as before.

# %% [markdown] lang="zh"
# `gain` 是改为先付款以后，每位客户少损失的钱，减去跟着走掉的毛利。区间里有零，说明一年的数据还下不了定论。这一年有五种做法，第一种是照旧。

# %% slide="result"
total, gain_c, n_low = low_c.sum(numeric_only=True), gain.sum(), len(low_c)
kept, served = total["gross_profit"] - total["unpaid_amount"], total["cost_to_serve"]
plans = pd.Series({"as before": kept - served, "as before, no visits": kept - 0.7 * served,
    "cash first": kept + gain_c - served, "cash first, no visits": kept + gain_c - 0.7 * served,
    "refused": -0.7 * served}, name="plan_profit")
best_plan, worst_plan = t(plans.idxmax()), t(plans.idxmin())
say("Best is “{best_plan}”, worst “{worst_plan}”. With these {n_low} customers, cash first gains "
    "{gain_c:CNY} (95% interval: {low_gain:CNY} to {high_gain:CNY}).")
plans

# %% [markdown] lang="en"
# Two steps stand in the table: what ending the visits brings, and what ending the credit brings; the interval says whether the second is settled. Refusing throws away the cash sales too: even if every yuan of the cost ended, those refused would bring nothing.
#
# Where “refused” is the worst plan, the year speaks against refusing the *customer*; where the interval holds zero, it leaves open whether to refuse the *credit*. Nobody has measured how much stays, nor which cost ends. Try one change at a time, for half of them, chosen at random, and compare after half a year; so few customers give a rough answer. And what the
# rule misses: a customer refused today may grow, and one kept may fail.

# %% [markdown] lang="zh"
# 表里有两步：不再上门，能多多少；不再赊销，又能多多少，区间说明第二步有没有定论。拒绝连现购的毛利也丢了：就算服务成本一分不剩全停掉，拒绝以后的利润也只是零。
#
# “拒绝”排在最后，这一年的账就不支持拒绝*客户*；区间里有零，要不要停掉*赊销*就还说不准。销售额留下多少，哪些成本真的停掉，都没有人量过。可以试：一次只改一样，随机抽一半客户来改，半年后再比；客户这么少，只能看个大概。规则还有看不到的地方：今天拒绝的客户以后可能做大，留下的也可能倒下。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote before the table: whom would you refuse first? Most say C. Then ask why small customers with good grades are on the list as well: it is the visits. Let two students argue, sales manager and finance manager; the five plans are on the board.

# %% [markdown] lang="zh"
# 出表之前先表决：先拒绝谁？多数人说 C 级。再问：等级好的小客户为什么也在前面？因为上门的成本。让两位学生辩一辩，一位当销售经理，一位当财务经理，五种做法写在黑板上。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about days not yet shown.
#
# - `book_2025`: the limits of **1 January 2025**, one row per customer: `grade`, `monthly_sales`, `coefficient`, `term_days`, `limit`.
# - `ability_2024`: customers with a limit above 0 on **1 January 2024**: `limit`, `cash_in_term`, `equity`, and `has_failed` in the year 2024 (empty for those who bought nothing on account).
# - `low_unrated`: customers of low value and not rated on **1 January 2024**, with sums of 2024: `amount` (bought on account), `gross_profit` (the margin, on account and for cash), `unpaid_amount`, `failed_amount` (90 days late or never paid), `cost_to_serve`.
# - `thin_margin`: 3 % (assumed). `margin_rate`: our own. `lost_share`: as in this lesson.
#
# Stuck? `hint("3.3.1")`, then `solution("3.3.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用还没看过的日子。
#
# - `book_2025`：**2025 年 1 月 1 日**的额度，每位客户一行：`grade`（等级）、`monthly_sales`（月平均销售额）、`coefficient`（系数）、`term_days`（期限天数）、`limit`（额度）。
# - `ability_2024`：**2024 年 1 月 1 日**额度大于 0 的客户：`limit`、`cash_in_term`（期限内的现金）、`equity`（净资产），以及 2024 年是否违约 `has_failed`（没有赊购的空着）。
# - `low_unrated`：**2024 年 1 月 1 日**价值低、未评级的客户，2024 年的合计：`amount`（赊购金额）、`gross_profit`（毛利，赊购和现购都算）、`unpaid_amount`（未付金额）、`failed_amount`（晚付 90 天以上或一直没付的金额）、`cost_to_serve`（服务成本）。
# - `thin_margin`：3% 的毛利率（假设）；`margin_rate`：我们自己的毛利率；`lost_share`：损失比例，与本课相同。
#
# 卡住了，可以用 `hint("3.3.1")`，再用 `solution("3.3.1")`。

# %%
rated_2025 = credit.rate_customers(tables, card, as_of="2025-01-01")
book_2025 = credit.credit_limits(rated_2025, rated_2025, card)
book_2025 = book_2025[["grade", "monthly_sales", "coefficient", "term_days", "limit"]]
rated_2024 = credit.rate_customers(tables, card, as_of="2024-01-01")
limits_2024 = credit.credit_limits(rated_2024, rated_2024, card)
paid_2024 = credit.later_payments(
    invoices, since="2024-01-01", until="2024-12-31", as_of="2025-12-31")
able = credit.paying_ability(limits_2024, tables["statements"], as_of="2024-01-01")
ability_2024 = limits_2024[["limit"]].query("limit > 0").join([able, paid_2024["has_failed"]])
sales_2023 = (rated_2024["monthly_sales"] * rated_2024["n_months_sold"]).fillna(0)
is_low = (sales_2023 < sales_2023.quantile(0.8)) & (rated_2024["grade"] == "not rated")
done_2024 = tables["activities"][tables["activities"]["month"].dt.year == 2024]
lines_2024 = lines[lines["order_date"].dt.year == 2024]
profit_2024 = profitability.net_profit(lines_2024, done_2024, tables["activity_rates"])
low_unrated = paid_2024[["amount", "unpaid_amount", "failed_amount"]].join(
    profit_2024[["gross_profit", "cost_to_serve"]], how="outer")
low_unrated = low_unrated.reindex(rated_2024.index[is_low]).fillna(0)
thin_margin = 0.03
practice_on(book_2025=book_2025, ability_2024=ability_2024, low_unrated=low_unrated,
            thin_margin=thin_margin, margin_rate=margin_rate, lost_share=lost_share)

# %% [markdown] lang="en"
# **3.3.1** Everybody whose grade gets credit is given the *same term of 60 days*, with the coefficients as they are. How many times as high as now would all limits together be? (`book_2025`; a month has 30 days)

# %% [markdown] lang="zh"
# **3.3.1** 能得到信用的等级，一律改为 *60 天*期限，系数不变。全部额度加起来，是现在的多少倍？（用 `book_2025`；一个月按 30 天算）

# %% tags=["exercise"]
times_as_high = ...
check("3.3.1", times_as_high)

# %% [markdown] lang="en"
# **3.3.2** Customers whose limit was above their `cash_in_term` on 1 January 2024, and who bought on account in 2024: what share of them failed to pay? Compare with this lesson. (`ability_2024`; a fraction)

# %% [markdown] lang="zh"
# **3.3.2** 2024 年 1 月 1 日额度超过 `cash_in_term`、2024 年又赊购过的客户，违约的占多大比例？再和本课的结果比一比。（用 `ability_2024`；用小数表示）

# %% tags=["exercise"]
failed_share = ...
check("3.3.2", failed_share)

# %% [markdown] lang="en"
# **3.3.3** The AAA customers of 1 January 2025 use their *whole limit*, and buy their `monthly_sales` in each of the twelve months. The margin is thin, `thin_margin`, as a wholesaler's may be. At which default rate is the margin of a year gone? Of what a failing customer owes, `lost_share` is lost. (`book_2025`, `thin_margin`, `lost_share`; a fraction)

# %% [markdown] lang="zh"
# **3.3.3** 2025 年 1 月 1 日的 AAA 级客户把额度*全部用满*，十二个月每月都买 `monthly_sales`。毛利率像薄利的批发商那样，只有 `thin_margin`；违约率到多少，一年的毛利就赔光？违约客户的欠款，损失 `lost_share` 这么大比例。（用 `book_2025`、`thin_margin` 和 `lost_share`；用小数表示）

# %% tags=["exercise"]
break_even_rate = ...
check("3.3.3", break_even_rate)

# %% [markdown] lang="en"
# **3.3.4** Customers of low value and not rated on 1 January 2024: which share of their `cost_to_serve` of 2024 must end, so that refusing them would have brought *exactly as much* as keeping them? (`low_unrated`; a fraction)

# %% [markdown] lang="zh"
# **3.3.4** 2024 年 1 月 1 日价值低、未评级的客户：2024 年的 `cost_to_serve` 要停掉多大比例，拒绝他们的利润才*恰好等于*留下他们？（用 `low_unrated`；用小数表示）

# %% tags=["exercise"]
ends = ...
check("3.3.4", ends)

# %% [markdown] lang="en"
# **3.3.5** A judgment, without code. A noodle shop, graded C, buys 900 yuan a month on account and 300 for cash, pays two months late but has always paid, and is visited twice a month. “Never refuse a customer”, says sales; “C is C”, says finance. What do you propose, and which two numbers would you ask for? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **3.3.5** 思考题，不用写代码，没有标准答案。一家面馆是 C 级，每月赊购 900 元，现购 300 元；付款总要晚两个月，但每次都付了；业务员每月上门两次。销售部说：“永远不能拒绝客户。”财务部说：“C 级就是 C 级。”你有什么建议？还要问哪两个数？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
noodle_shop = ...
check("3.3.5", noodle_shop)

# %%
quiz("3.3.q1")

# %%
quiz("3.3.q2")

# %%
quiz("3.3.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **turn** grades into limits and terms, with vetoes and caps before the score,
# - **compare** expected loss with margin, by default rates of the year *after* the grade,
# - **decide** between credit, cash first and refusal, with the assumption the answer hangs on.
#
# **Words** — credit limit (信用额度), term (信用期限), veto (否决项), cap (最高可评等级), expected loss (预期损失), default rate (违约率), break-even rate (盈亏平衡违约率).
#
# **Next** — 3.4: Every quarter: who moves, and how much of it is noise?
#
# **Further reading** — Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **换算**：会把等级换成额度和期限，知道否决项和最高可评等级排在得分前面；
# - **比较**：会用定级*之后*一年的违约率，比较预期损失和毛利；
# - **决定**：会在赊销、先付款、拒绝之间算账，并说出结论取决于什么假设。
#
# **术语**：信用额度（credit limit）、信用期限（term）、否决项（veto）、最高可评等级（cap）、预期损失（expected loss）、违约率（default rate）、盈亏平衡违约率（break-even rate）。
#
# **下一课**：3.4 每季度一次：谁升谁降，有多少只是随机波动？
#
# **延伸阅读**：Thomas, Crook & Edelman (2017), *Credit Scoring and Its Applications*, 2nd ed., SIAM

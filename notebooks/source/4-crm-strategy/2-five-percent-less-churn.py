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

# %% [markdown] lang="en" minutes=31 exercise_minutes=14 pattern=2 needs=["4.1"] rows=["B6", "C12", "D27"] slide="slide"
# # 2 · Does 5 % less churn bring 25 to 85 % more profit?
#
# The course says so. Our firm sells a box of fresh food by the month, and every month some subscribers leave. What may a
# programme cost that keeps them?
#
# In this lesson you will
#
# - **compute** survival, retention and churn by hand, and what a customer who stays is worth,
# - **judge** a famous claim: percent or points, one customer or the firm, with or without the cost of keeping,
# - **decide** what a retention programme may cost per subscriber, with its interval.

# %% [markdown] lang="zh"
# # 2 · 流失率降低 5%，利润真能增加 25%～85% 吗？
#
# 课程里这么说。我们的企业按月卖鲜食套餐，每个月都有人退订。花钱做一个挽留计划，最多值得花多少？
#
# 在这一课里，你将
#
# - **计算**：亲手算存活比例、保留率、流失率，再算一位留得住的客户值多少钱；
# - **判断**：一句名言怎么读：百分之五还是五个百分点，一位客户还是整个企业，挽留的成本算没算；
# - **决定**：挽留计划在每位订阅客户身上最多花多少钱，给出区间。

# %% [markdown] lang="en" tags=["slide-text"]
# We sell a box of fresh food by the month. What may a programme cost that keeps subscribers?
#
# - **compute** survival, retention and churn by hand,
# - **judge** a famous claim: percent or points, customer or firm,
# - **decide** what keeping may cost, with its interval.

# %% [markdown] lang="zh"
# 鲜食套餐按月订。挽留计划最多值得花多少钱？
#
# - **计算**：存活比例、保留率、流失率；
# - **判断**：一句名言：百分之五还是五个百分点，客户还是企业；
# - **决定**：挽留最多花多少，给出区间。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** “5 % less churn” has two readings. Of a churn of 10 %, five points halve it; a part of 5 % leaves 9.5 %.
#
# **Hard point** The retention rate of a cohort rises although nobody's does. A mean rate of the first months therefore says that all will soon be gone.
#
# **Board** Churn 10 % in the middle, an arrow to 5 % (points) and one to 9.5 % (percent), the two gains beside them. Below it 350, 312.50, 250: one customer, three conventions.
#
# **Homework** Exercises 4.2.4 and 4.2.5. Find a claim of “x % less churn, y % more profit” in the press: which reading, of whom, at what cost?

# %% [markdown] lang="zh"
# **重点** “流失率降低 5%”有两种读法。流失率 10%，降 5 个百分点是减半；比原来少 5%，还有 9.5%。
#
# **难点** 一批客户的保留率会逐月上升，尽管没有一个人变得更忠诚。拿头几个月的平均保留率往后推，就会以为人很快走光。
#
# **板书** 中间写流失率 10%，一个箭头指向 5%（降 5 个百分点），一个指向 9.5%（降低 5%），旁边写各自增加多少。下面写 350、312.50、250：同一位客户，三种约定。
#
# **作业** 练习 4.2.4 和 4.2.5。在媒体上找一句“流失率降 x%，利润增 y%”：是哪种读法？说的是谁？成本呢？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import datasets, keeping, plots, purchases, retention, value
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## A box of fresh food, by the month
#
# One row is one subscription of the teaching company (**simulated**): the plan, what a month costs the customer (`monthly_fee`) and the firm (`monthly_cost`), the first day and the last day that was paid.
# An empty `end_date` means: still running on 31 December 2025. Money of a later year is worth less: we assume a discount rate (折现率) of 10 % a year.

# %% [markdown] lang="zh"
# ## 按月订的鲜食套餐
#
# 一行是教学公司（**模拟**数据）的一份订阅：`plan`（方案）是订哪种套餐，`monthly_fee` 是客户每月付多少，`monthly_cost` 是企业每月的成本，然后是付费的第一天和最后一天。`end_date` 空着，说明到 2025 年 12 月 31 日还在订。以后的钱没有今天的值钱：我们假设折现率每年 10%。

# %% [markdown] lang="en" tags=["slide-text"]
# One row is one subscription (**simulated**): plan, fee and cost of a month, first and last day paid.
#
# An empty `end_date`: still running on 31 December 2025. **Assumed**: discount rate (折现率) 10 % a year.

# %% [markdown] lang="zh"
# 一行是一份订阅（**模拟**数据）：套餐、月费、每月成本、付费的第一天和最后一天。
#
# `end_date` 空着：2025 年 12 月 31 日还在订。**假设**：折现率每年 10%。

# %%
tables, _ = datasets.load_data(company)
boxes, as_of, yearly_rate = tables["subscriptions"], pd.Timestamp("2025-12-31"), 0.10
monthly_rate = (1 + yearly_rate) ** (1 / 12) - 1
boxes.drop(columns="customer_id").head(4)

# %% [markdown] lang="en"
# Those who began on the same day are a **cohort** (同期群). The largest one is the first. How many months did each of them pay?

# %% [markdown] lang="zh"
# 同一天开始订阅的人，叫一个**同期群**（cohort）。最大的同期群是第一批。他们每人付了几个月？

# %% slide="result"
first = boxes[boxes["start_date"] == boxes["start_date"].min()]
months_paid = ((first["end_date"].fillna(as_of) - first["start_date"]).dt.days / 30.4).round()
n_first, n_early, n_stay = len(first), (months_paid <= 6).sum(), first["end_date"].isna().sum()
ax = plots.plot_histogram(months_paid, label=t("months paid"), bins=36)
ax.set_title(sentence("Of {n_first}, {n_early} paid half a year or less, {n_stay} to the end (simulated)"))
plt.show()

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## In words, then as a formula
#
# With a **contract** (合同) one sees who leaves. Let $S(t)$ be the share of a cohort that is still there after $t$ months: **survival** (存活比例). The **retention rate** (保留率) of a month looks back one month only,
# and **churn** (流失率) is the rest:
#
# $$r(t) = \frac{S(t)}{S(t-1)} \qquad \text{churn} = 1 - r(t)$$
#
# A retention rate is no rate of buying again: a customer of the shop who does not come in May has not left. That is lesson 4.3.
#
# Suppose a customer brings a margin $m$ each year and stays with the same chance $r$ each year; $d$ is the discount rate. A customer who is sure to pay today is worth
#
# $$m + m\frac{r}{1+d} + m\frac{r^2}{(1+d)^2} + \dots = m \cdot \frac{1+d}{1+d-r}$$
#
# If the first payment comes at the end of the year it is $m / (1+d-r)$; if it comes only if they stay, $m \cdot r/(1+d-r)$: the margin multiple (Gupta & Lehmann, 2003).

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 有**合同**，谁走了看得见。$S(t)$ 表示 $t$ 个月后同一批人里还在的比例，叫**存活比例**（survival）。某个月的**保留率**（retention rate）只往回看一个月；**流失率**（churn）是剩下的部分：
#
# $$r(t) = \frac{S(t)}{S(t-1)} \qquad 流失率 = 1 - r(t)$$
#
# 保留率不是重复购买率：店里的顾客五月没来，不等于走了。那是第 4.3 课的事。
#
# 假设一位客户每年贡献毛利 $m$，每年留下来的可能性都是 $r$，折现率为 $d$。今天就肯定付第一笔的客户，值
#
# $$m + m\frac{r}{1+d} + m\frac{r^2}{(1+d)^2} + \dots = m \cdot \frac{1+d}{1+d-r}$$
#
# 第一笔年底才付，是 $m / (1+d-r)$；留下来才付，是 $m \cdot r/(1+d-r)$，后面的分数叫毛利乘数（Gupta & Lehmann，2003）。

# %% [markdown] lang="en" tags=["slide-text"]
# **Survival** (存活比例) $S(t)$: the share still there after $t$ months. **Retention rate** (保留率): of those there a month before. **Churn** (流失率): the rest.
#
# $$r(t) = \frac{S(t)}{S(t-1)} \qquad \text{churn} = 1 - r(t)$$
#
# **Assumed**: margin $m$ each year, the same chance $r$ to stay, discount rate $d$:
#
# $$\text{value} = m \cdot \frac{1+d}{1+d-r} \quad \text{(first payment today, for certain)}$$

# %% [markdown] lang="zh"
# **存活比例** $S(t)$：$t$ 个月后还在的比例。**保留率**：上个月还在的人里，这个月还在的比例。**流失率**：剩下的部分。
#
# $$r(t) = \frac{S(t)}{S(t-1)} \qquad 流失率 = 1 - r(t)$$
#
# **假设**：每年毛利 $m$，每年留下的可能性都是 $r$，折现率 $d$：
#
# $$价值 = m \cdot \frac{1+d}{1+d-r} \quad （第一笔今天付，肯定会付）$$

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Eight subscribers, by hand
#
# Eight subscribers, typed in. All began on 1 January 2025; five have left by the end of June.

# %% [markdown] lang="zh"
# ## 八位订阅客户，亲手算
#
# 下面输入八位客户。都从 2025 年 1 月 1 日开始订；到六月底，走了五位。

# %%
ends = ["2025-01-31", "2025-02-28", "2025-02-28", "2025-03-31", "2025-05-31", None, None, None]
dates = {"start_date": pd.Timestamp("2025-01-01"), "end_date": pd.to_datetime(ends)}
eight = pd.DataFrame(dates, index=pd.Index(list("ABCDEFGH"), name="customer_id"))
eight

# %% [markdown] lang="en" slide="fragment"
# **4.2.a** Your turn: who paid until 31 May is no longer there in June. What is the retention rate of June? (a fraction)

# %% [markdown] lang="zh"
# **4.2.a** 你来算：付到 5 月 31 日的人，六月就不在了。六月的保留率是多少？（用小数表示）

# %% tags=["exercise"]
june = ...
check("4.2.a", june)

# %% [markdown] lang="en" slide="subslide"
# Now all months. `there` holds who is there in which month; the sum of a column is their number. `shift()` moves the numbers on by one month, so that each stands beside the month before.

# %% [markdown] lang="zh"
# 再算所有月份。`there` 记着谁在哪个月还在；每列加起来就是人数。`shift()` 把人数往后移一个月，正好和上个月对齐。

# %% slide="result"
months = pd.date_range("2025-01-01", "2025-06-01", freq="MS")
there = pd.DataFrame({month: ~(eight["end_date"] < month) for month in months})
by_hand = pd.DataFrame({"n_subscribers": there.sum().to_numpy()})
by_hand["survival_rate"] = by_hand["n_subscribers"] / len(eight)
by_hand["retention_rate"] = by_hand["n_subscribers"] / by_hand["n_subscribers"].shift()
by_hand

# %% [markdown] lang="en"
# Read the last row aloud: *of eight, three are still there; of the four of May, three stayed.* `follow_subscriptions` gives the same.

# %% [markdown] lang="zh"
# 把最后一行读出声来：*八位里还剩三位；五月的四位里，留下了三位*。`follow_subscriptions` 给出的也一样。

# %%
followed = retention.follow_subscriptions(eight, as_of="2025-06-30")
assert (followed["n_subscribers"] == by_hand["n_subscribers"]).all()
assert (followed["survival_rate"] - by_hand["survival_rate"]).abs().max() < 1e-12
assert (followed["retention_rate"] - by_hand["retention_rate"]).abs().max() < 1e-12

# %% [markdown] lang="en" slide="subslide"
# And the value: a margin of 100 yuan a year, $r$ = 80 %, $d$ = 12 %. We add up 300 years of payments, and get the formula. **One customer, three values**: only *when the first payment comes* differs. So a value without its
# convention says little.

# %% [markdown] lang="zh"
# 再算价值：每年毛利 100 元，$r$ = 80%，$d$ = 12%。把 300 年的付款加起来，得到的就是公式。**同一位客户，三个价值**：差别只在*第一笔什么时候付*。所以，不说约定的价值，等于没说。

# %% slide="result"
years = pd.Series(range(300))
today = (100 * 0.80**years / 1.12**years).sum()
added_up = pd.Series({"now": today, "end": today / 1.12, "end if retained": today - 100})
show(added_up.to_frame("customer_value"), kind="money")

# %% [markdown] lang="en"
# `retention_value` is the formula, with the convention as an argument that must be given.

# %% [markdown] lang="zh"
# `retention_value` 就是这个公式；约定是一个参数，必须写明。

# %%
for when in added_up.index:
    formula = value.retention_value(100, retention_rate=0.8, discount_rate=0.12, first_payment=when)
    assert abs(formula - added_up[when]) < 1e-9

# %% [markdown] lang="en" tags=["notes"]
# On the board a strip for each subscriber. Common in 4.2.a: 3/8 (survival) and 1/4 (churn). Ask for the value: “Which of the three does your bank mean?”

# %% [markdown] lang="zh"
# 在黑板上给每位客户画一条横线。4.2.a 常见的错：3/8（那是存活比例），1/4（那是流失率）。算完价值追问：“银行跟你说的，是三个里的哪一个？”

# %% [markdown] lang="en" minutes=8 rows=["B6", "C12", "D27"] slide="slide"
# ## The claim
#
# “流失率降低 5%，利润增加 25%～85%” (5 % less churn, 25 to 85 % more profit), says the course. The source is Reichheld & Sasser, *Zero Defections*, Harvard Business Review 1990. We shall ask it three questions. The first: **5 % of what?**
#
# Of 100 customers 10 leave each year. “5 % less” can mean that 5 leave (five **points** less, 百分点), or that 9.5 leave (5 **percent** less than before).
#
# **4.2.b** Guess before you look: churn falls from 10 % to **9.5 %**, the discount rate is 10 %. By how much is one customer worth more? (a fraction)

# %% [markdown] lang="zh"
# ## 这句名言
#
# “流失率降低 5%，利润增加 25%～85%”，课程里这样说。出处是 Reichheld 和 Sasser 1990 年发表在《哈佛商业评论》上的《零流失：品质由服务来》（*Zero Defections*）。我们问它三个问题。第一个：**是什么的 5%？**
#
# 100 位客户，每年走 10 位。“降低 5%”可以是只走 5 位（降 5 个**百分点**），也可以是走 9.5 位（比原来少 **5%**）。
#
# **4.2.b** 先猜再看：流失率从 10% 降到 **9.5%**，折现率 10%。一位客户的价值增加多少？（用小数表示）

# %% [markdown] lang="en" tags=["slide-text"]
# “流失率降低 5%，利润增加 25%～85%”: Reichheld & Sasser, *Zero Defections*, 1990. Question 1: **5 % of what?**
#
# Of 100 customers 10 leave. Five **points** less (百分点): 5 leave. 5 **percent** less: 9.5 leave.
#
# **4.2.b** Guess: churn from 10 % to **9.5 %**, discount rate 10 %. By how much is one customer worth more?

# %% [markdown] lang="zh"
# “流失率降低 5%，利润增加 25%～85%”：Reichheld & Sasser，《零流失》，1990。第一问：**是什么的 5%？**
#
# 100 位客户走 10 位。降 5 个**百分点**：走 5 位。比原来少 **5%**：走 9.5 位。
#
# **4.2.b** 先猜：流失率从 10% 降到 **9.5%**，折现率 10%。一位客户的价值增加多少？

# %% tags=["exercise"]
guess = ...
check("4.2.b", guess)

# %% [markdown] lang="en"
# What a customer is worth hangs on two things, says the course: how long they stay, with our formula $1/(1-r)$ years on average, and the discount rate. So the figure has both. `retention_gain` computes the formula before and after; `now` means that the first payment is certain. Coloured: 5 points less; thick and grey: 5 % less than before, without a discount (with one it lies lower).

# %% [markdown] lang="zh"
# 课程里说，客户终身价值取决于两样：关系生命周期（按我们的公式，平均 $1/(1-r)$ 年）和折现率。图上两样都有。`retention_gain` 把公式算两遍：降之前，降之后。`now` 表示第一笔肯定会付。彩线是降 5 个百分点；粗灰线是比原来少 5%，没有折现（折现以后更低）。

# %% slide="result"
before, gains = pd.Series(range(50, 100)) / 100, {}
for rate in (0, yearly_rate, 2 * yearly_rate):
    name = t("5 points less, discount rate {rate:.0%}", rate=rate)
    gains[name] = keeping.retention_gain(before, discount_rate=rate, first_payment="now")
ax = plots.plot_retention_gain(gains, claims=[0.25, 0.85])
ax.set_title(sentence("How much it brings depends on where one starts, and on “5 % of what”"))
plt.show()

# %% [markdown] lang="en"
# Now read off one place: a churn of 10 %, a discount rate of 10 %. `retention_needed` solves the formula for the rate from which five points bring a given gain.

# %% [markdown] lang="zh"
# 从图上读一个位置：流失率 10%，折现率 10%。`retention_needed` 反过来解公式：从多高的保留率出发，降 5 个百分点才有这么大的增加？

# %% slide="result"
one = keeping.retention_gain([0.90], discount_rate=yearly_rate, first_payment="now").loc[0.90]
by_points, by_percent = one["gain_of_points_share"], one["gain_of_relative_share"]
needed = keeping.retention_needed(0.25, discount_rate=yearly_rate)
say("From 10 % churn, at a discount rate of 10 %: 5 points less bring {by_points:.0%} more, 5 % less "
    "bring {by_percent:.1%}. For 25 % more, 5 points must start from a retention rate of {needed:.0%}.")

# %% [markdown] lang="en" slide="subslide"
# The grey line stays near 5 %, and lies lower with a discount: so the claim must mean points. The record: nine services, the present value of an **average customer**. `is_read` says whether we saw the number in a source; the others we know from the literature only, not read again. The last columns say from which
# retention rate five points would bring just that, at a discount rate of 0 % and of 10 %.

# %% [markdown] lang="zh"
# 粗灰线总在 5% 上下，到不了 25%：可见名言里的 5% 指百分点。原始记录：九种服务，算的是**一位平均客户**的现值。`is_read` 表示这个数字我们在资料里读到过；其余的只是从文献里知道，没有重读。最后两列：折现率 0% 和 10% 时，要从多高的保留率出发，降 5 个百分点才正好增加这么多。

# %% [markdown] lang="en" tags=["slide-text"]
# The record of 1990: nine services, present value of an **average customer**, five **points**. `is_read`: seen in a source, the others from the literature only.
#
# Last columns: the retention rate from which 5 points bring just that, at a discount rate of 0 % and 10 %.

# %% [markdown] lang="zh"
# 1990 年的记录：九种服务，**一位平均客户**的现值，5 个**百分点**。`is_read`：在资料里读到过；其余只从文献得知。
#
# 最后两列：折现率 0% 和 10% 时，要从多高的保留率出发。

# %% slide="result"
keeping.claims_of_1990(discount_rates=[0, yearly_rate])

# %% [markdown] lang="en" slide="subslide"
# A dash: **at a discount rate of 10 % no retention rate gives 75 or 85 % more**, where the first payment is certain. The most that five points can bring is 50 %, from 95 % to 100 % (that step brings 58 % if the first payment too comes only from those who stay). More needs customers who bring more each year, as the article says they do (from the literature, not read again).
#
# The second question: **whose profit?** A firm has 1,000 customers; each year 100 come and 10 % leave. Now churn is 5 %. One customer's value is up at once, but the firm's customers, and with them its profit of a year?

# %% [markdown] lang="zh"
# 横线的意思是：**折现率 10% 时，从哪个保留率出发，都增加不了 75% 或 85%**（第一笔肯定会付）。5 个百分点最多增加 50%，那是从 95% 升到 100%（如果第一笔也要留下来才付，这一步增加 58%）。要增加得更多，客户得一年比一年贡献得多；文章里正是这样说的（从文献得知，没有重读）。
#
# 第二个问题：**谁的利润？** 一家企业有 1000 位客户，每年来 100 位，走 10%。现在流失率降到 5%。一位客户的价值马上就高了；可是企业的客户数，还有当年的利润呢？

# %% [markdown] lang="en" tags=["slide-text"]
# A dash: at 10 % no rate gives 75 or 85 % more; 50 % is the most, unless customers bring more each year.
#
# Question 2: **whose profit?** 1,000 customers; each year 100 come and 10 % leave. Now churn is 5 %.

# %% [markdown] lang="zh"
# 横线：折现率 10% 时，从哪里出发都增加不了 75% 或 85%，最多 50%，除非客户一年比一年贡献得多。
#
# 第二问：**谁的利润？** 1000 位客户，每年来 100 位，走 10%。现在流失率降到 5%。

# %% slide="result"
n_customers = [1000]
for _ in range(10):
    n_customers.append(n_customers[-1] * (1 - 0.05) + 100)
pd.Series(n_customers, name="n_customers").rename_axis("year").loc[[0, 1, 2, 5, 10]].round()

# %% [markdown] lang="en"
# Half the churn: in the first year 5 % more customers, in the tenth 40 %. The third question: **who pays?** In the claim, keeping costs nothing. If a customer is worth 25 % more, then at most $1 - 1/1.25$ = 20 % of the margin of every customer, each year, may go
# into keeping. At more than that the programme loses money.

# %% [markdown] lang="zh"
# 流失率减半：第一年客户只多 5%，第十年才多 40%。第三个问题：**谁来付钱？** 名言里，挽留是不花钱的。一位客户的价值增加 25%，那么每年在每位客户身上，最多只能拿毛利的 $1 - 1/1.25$ = 20% 来挽留。超过这个数，挽留计划就亏本。

# %% [markdown] lang="en" tags=["notes"]
# The three questions on the board: 5 % of what? Whose profit? Who pays? Nobody says that keeping is useless; the claim alone does not say what it is worth.

# %% [markdown] lang="zh"
# 三个问题写在黑板上：什么的 5%？谁的利润？谁来付钱？并不是说挽留没用，而是说光凭这句名言，不知道它值多少。

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Where it misleads: one mean rate
#
# The formula takes one rate $r$ for all. Is there one? Here is the first cohort of the box.

# %% [markdown] lang="zh"
# ## 哪里会误导人：一个平均保留率
#
# 公式里只有一个 $r$，人人一样。真有这样一个数吗？看套餐的第一批客户。

# %% slide="result"
cohort = retention.follow_subscriptions(first, as_of=as_of)
cohort.loc[[1, 2, 3, 6, 12, 24, 35], ["n_subscribers", "retention_rate", "survival_rate"]]

# %% [markdown] lang="en" slide="subslide"
# Retention rises. Do people become more loyal? Not necessarily. Let half of 100 people leave with a chance of 40 % a month, half with 5 %, for ever. In the first month 22.5 leave. Of the 77.5 who stay most are of the loyal half, and now 19 % leave: **the
# rate rises, though nobody has changed.** The **shifted beta-geometric** model (Fader & Hardie, 2007) says just that: each has a chance of their own, spread over people as a beta distribution. We fit both on the first 12 months only; the later ones
# are **held out** (留出验证).

# %% [markdown] lang="zh"
# 保留率在上升。是人变得更忠诚了吗？不一定。设 100 人里，一半每月有 40% 的可能退订，一半只有 5%，一直不变。第一个月走 22.5 人。剩下的 77.5 人里，忠诚的那一半占了多数，于是第二个月只走 19%：**保留率升了，可谁也没变。** **移位贝塔—几何模型**（shifted beta-geometric，Fader & Hardie，2007）说的就是这件事：每人有自己的退订可能性，在人群里按贝塔分布散开。两种模型都只用前 12 个月拟合，后面的月份用来**留出验证**（held out）。

# %% [markdown] lang="en" tags=["slide-text"]
# Half of the people leave with a chance of 40 % a month, half with 5 %, for ever. First month: 22.5 % leave. Second: 19 %. **The rate rises, though nobody has changed.**
#
# **Shifted beta-geometric** (Fader & Hardie, 2007): each has a chance of their own. Fitted on 12 months; the later ones are **held out** (留出验证).

# %% [markdown] lang="zh"
# 一半人每月 40% 的可能退订，一半 5%，一直不变。第一个月走 22.5%，第二个月走 19%。**保留率升了，可谁也没变。**
#
# **移位贝塔—几何模型**（Fader & Hardie，2007）：每人有自己的退订可能性。用前 12 个月拟合，后面的**留出验证**。

# %% slide="result"
survival, months = cohort["survival_rate"], cohort.index.to_series()
mean_rate = survival.loc[1:12].sum() / survival.loc[0:11].sum()
model = purchases.fit_sbg(cohort.loc[0:12, "n_subscribers"])
by_mean, by_own = mean_rate**months, model.survival(months)

# %% [markdown] lang="en"
# The mean rate is all who stayed in months 1 to 12, over all who could. Black is what came.

# %% [markdown] lang="zh"
# 平均保留率：第 1 到 12 个月留下的人加起来，除以可以留下的人加起来。黑点是实际结果。

# %% slide="result"
last, came, said = months.max(), survival.iloc[-1], by_mean.iloc[-1]
labels = {t("one mean rate"): by_mean, t("each a chance of their own"): by_own}
ax = plots.plot_survival(survival, models=labels, until=12)
ax.set_title(sentence("After {last} months {came:.0%} are still there; the mean rate says {said:.0%}"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# That it fits the box proves little: the box is **simulated** with a chance of their own for each. The test is a **real** firm: the “High End” customers of a subscription business that is not named (Berry & Linoff, 2004; survival printed in Fader & Hardie, 2007). Fitted on 7 years, as in the paper; 5 are held out.

# %% [markdown] lang="zh"
# 套餐上拟合得好，说明不了什么：套餐的数据就是按“每人有自己的可能性”**模拟**的。真正的检验要看**真实**的企业：一家没有公开名字的订阅企业的“高端”（High End）客户（Berry & Linoff，2004；存活比例印在 Fader & Hardie，2007 里）。和论文一样，用前 7 年拟合，后 5 年留出验证。

# %% [markdown] lang="en" tags=["slide-text"]
# The box is **simulated** with a chance of their own for each: that the model fits proves little.
#
# A **real** firm: “High End” customers (Berry & Linoff, 2004; Fader & Hardie, 2007). Fitted on 7 years, 5 held out.

# %% [markdown] lang="zh"
# 套餐的数据就是按“每人有自己的可能性”**模拟**的，拟合得好说明不了什么。
#
# **真实**的企业：“高端”客户（Berry & Linoff，2004；Fader & Hardie，2007）。用前 7 年拟合，后 5 年留出验证。

# %% slide="result"
percent = [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]
real, years = pd.Series(percent) / 100, pd.Series(range(13))
real_mean = (real.loc[1:7].sum() / real.loc[0:6].sum()) ** years
real_own = purchases.fit_sbg(real.loc[0:7]).survival(years)
labels = {t("one mean rate"): real_mean, t("each a chance of their own"): real_own}
ax = plots.plot_survival(real, models=labels, until=7, unit=t("years since the start"))
ax.set_title(sentence("“High End” customers, a real firm: the same picture"))
plt.show()

# %% [markdown] lang="en"
# How wrong are both, in points of the cohort, at the last month of the box and in the last year of the real firm?

# %% [markdown] lang="zh"
# 两种模型各差多少个百分点？看套餐的最后一个月，和真实企业的最后一年。

# %% slide="result"
off = pd.Series({"mean": came - by_mean.iloc[-1], "own": came - by_own.iloc[-1],
                 "real_mean": real[12] - real_mean[12], "real_own": real[12] - real_own[12]})
off = 100 * off.abs()
say("Points off at the end. Box: mean rate {off[mean]:.1f}, own chances {off[own]:.1f}. Real firm: "
    "{off[real_mean]:.1f} and {off[real_own]:.1f}. Own chances came closer in both."
    if off["own"] < off["mean"] and off["real_own"] < off["real_mean"]
    else "Points off at the end. Box: mean rate {off[mean]:.1f}, own chances {off[own]:.1f}. Real firm: "
    "{off[real_mean]:.1f} and {off[real_own]:.1f}. Own chances did not come closer in both.")

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## Where the better model misleads as well
#
# In April 2025 the family box went from 218 to 238 yuan a month. A model of what people are like knows nothing of what the firm does to them. `follow_months` counts by the calendar. Churn of the two plans, basic and family:

# %% [markdown] lang="zh"
# ## 好一点的模型，也会误导人
#
# 2025 年 4 月，家庭装从每月 218 元涨到 238 元。模型只知道客户是什么样的人，不知道企业对他们做了什么。`follow_months` 按日历月数人。基础装和家庭装的流失率：

# %% slide="result"
by_plan = {plan: retention.follow_months(boxes[boxes["plan"] == plan], as_of=as_of)
           for plan in ("basic", "family")}
churn = pd.DataFrame({plan: one["churn_rate"] for plan, one in by_plan.items()})
show(churn.loc["2025-01":"2025-06"], kind="share", digits=0)

# %% [markdown] lang="en"
# Is April more than chance? The interval says which churn April could have had, judged from these subscribers.

# %% [markdown] lang="zh"
# 四月是随机波动吗？区间说的是：从这些客户来看，四月的流失率可能是多少。

# %% slide="result"
april, usual = by_plan["family"].loc["2025-04-01"], churn.loc["2024-04":"2025-03", "family"].mean()
left, low, high = april["churn_rate"], april["churn_low"], april["churn_high"]
beside = churn.loc["2025-04-01", "basic"]
say("Family box, April 2025: {left:.0%} left (95% interval: {low:.0%} to {high:.0%}), in a usual "
    "month {usual:.0%}: more than chance. Of the basic box, at its old price, {beside:.0%} left."
    if low > usual
    else "Family box, April 2025: {left:.0%} left (95% interval: {low:.0%} to {high:.0%}), in a usual "
    "month {usual:.0%}: not shown to be more than chance.")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# What may a programme cost that is for all subscribers of the basic box, from their first renewal on (the first month is paid already)? **Assumed**: it lowers everybody's churn by 5 %, by 10 %, or, as the claim would have it, by a half; nothing done is the first row. It costs the same at each payment, also of those who would have stayed. The most it
# may cost is the cost at which the firm is as well off as without it. `keeping_plans` computes it from the first cohort, where each has a chance of their own; the last column takes one mean rate.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 给基础装的所有客户做一个挽留计划，从第一次续订做起（第一个月已经付了），最多值得花多少？**假设**：它让每个人的流失率降低 5%、10%，或者像名言说的那样减半；第一行是什么也不做。每位客户每次付款，企业都要花同样的钱，本来就会留下的人也不例外。上限是：花到这么多，做和不做一样。`keeping_plans` 按第一批客户来算，每人有自己的退订可能性；最后一列改用一个平均保留率。

# %% [markdown] lang="en" tags=["slide-text"]
# A programme for all basic subscribers. **Assumed**: everybody's churn falls by 5 %, 10 % or a half; the first row does nothing.
#
# It costs the same at each payment, also of those who would have stayed. The most: as well off as without it.

# %% [markdown] lang="zh"
# 给基础装的所有客户做挽留。**假设**：每人的流失率降低 5%、10% 或减半；第一行什么也不做。
#
# 每次付款都花同样的钱，本来会留下的人也花。上限：和不做一样。

# %% slide="result"
of_basic = first[first["plan"] == "basic"]
basic = retention.follow_subscriptions(of_basic, as_of=as_of)["n_subscribers"]
margin = (of_basic["monthly_fee"] - of_basic["monthly_cost"]).mean()
own, mean_churn = purchases.fit_sbg(basic), 1 - basic.loc[1:].sum() / basic.iloc[:-1].sum()
given, cuts = {"margin": margin, "discount_rate": monthly_rate}, [0.05, 0.10, 0.50]
plans = keeping.keeping_plans(own, cuts, **given)
plans["most_by_mean_rate"] = keeping.keeping_plans(mean_churn, cuts, **given)["most_per_payment"]
show(plans.drop(columns="n_payments"), kind="money")

# %% [markdown] lang="en"
# And how sure are we? `cohort_interval` draws the cohort anew, with replacement, and fits again each time. An agency asks 2 yuan per subscriber and month, and promises 5 % less churn (assumed).

# %% [markdown] lang="zh"
# 有多大把握？`cohort_interval` 有放回地重新抽取这批客户，每次重新拟合。一家代理公司开价每位客户每月 2 元，承诺流失率降低 5%（假设）。

# %% slide="result"
def most(n_subscribers):
    drawn = purchases.fit_sbg(n_subscribers)
    return keeping.keeping_plans(drawn, [0.05], **given)["most_per_payment"].max()

asked, at_most = 2, most(basic)
low, high = retention.cohort_interval(basic, most, seed=1)
says = t("do nothing") if asked > high else t("buy") if asked < low else t("not decided")
say("For 5 % less churn it may cost {at_most:CNY.2} a payment (95% interval: {low:CNY.2} to "
    "{high:CNY.2}). Asked are {asked:CNY.2}: {says}.")

# %% [markdown] lang="en" slide="subslide"
# **It hangs on** the 5 %, which nobody has shown yet; on the model being right beyond the months that we have seen; and on everybody's churn falling by the same part. One more thing: a subscriber of a year is worth more than a new one, while by one mean rate both would be worth the same. But for whom may keeping (5 % less churn) cost more at each payment, in yuan? The payments still to come are discounted:

# %% [markdown] lang="zh"
# **结论取决于**：那 5% 还没有人证明过；看到的月份以后，模型还得对；每个人的流失率要按同样的比例下降。还有一点：留了一年的客户比新客户值钱；按一个平均保留率，两人却一样。那么，同样让流失率降低 5%，每次付款时对谁可以多花一点（元）？付款次数是以后还会付的，已经折现：

# %% [markdown] lang="en" tags=["slide-text"]
# **It hangs on** the 5 %, which nobody has shown; on the model beyond the months seen; on everybody's churn falling by the same part.
#
# A subscriber of a year is worth more than a new one. By one mean rate both would be worth the same.

# %% [markdown] lang="zh"
# **结论取决于**：那 5% 没人证明过；没看到的月份，模型还得对；每人按同样的比例下降。
#
# 留了一年的客户比新客户值钱；按一个平均保留率，两人却一样。

# %% slide="result"
to_come = pd.DataFrame({"n_renewals": [0, 12]})
to_come["n_payments"] = [own.residual_lifetime(n, discount_rate=monthly_rate) for n in (0, 12)]
to_come["customer_value"] = margin * to_come["n_payments"]
each = [keeping.keeping_plans(own, [0.05], n_renewals=n, **given) for n in (0, 12)]
to_come["most_per_payment"] = [one.loc[0.05, "most_per_payment"] for one in each]
payment = pd.Series(range(1, len(basic)))
seen = (own.survival(payment) / (1 + monthly_rate) ** (payment - 1)).sum()
beyond = 1 - seen / to_come.loc[0, "n_payments"]
say("Of a new subscriber's worth {beyond:.0%} lies beyond the months that anybody has seen.")
show(to_come.set_index("n_renewals"), digits=2)

# %% [markdown] lang="en" tags=["notes"]
# Let them vote before the last sentence: buy at 2 yuan? Then ask what would decide: subscribers drawn by lot. And why may keeping cost less for a subscriber of a year, who is worth more? (Few of them leave anyway.)

# %% [markdown] lang="zh"
# 最后一句出来之前先投票：2 元买不买？再问怎样才能定下来：抽签分两组。追问：留了一年的客户更值钱，为什么花在挽留上的钱反而该少？（他们本来就很少走。）

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# Data you have not seen: `later`, those who began **after** the first month, with `n_earlier_subscribers` and `n_subscribers` by month · `laundry`, one line of the table of 1990, now at a discount rate of 8 % · `regular`, survival of the “Regular” customers of the real firm, years 0 to
# 12 · `family`, payments still expected of a new subscriber of the family box, judged before the price rise, without a programme (0.0) and with churn 10 % lower (0.1). Stuck? `hint("4.2.1")`, then `solution("4.2.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 都是没见过的数据：`later` 是**第一个月以后**开始订阅的人，每月有 `n_earlier_subscribers`（该续订的人数）和 `n_subscribers`（还在的人数） · `laundry` 是 1990 年那张表里的一行，折现率改为 8% · `regular` 是那家真实企业的“普通”（Regular）客户，第 0 到 12 年的存活比例 · `family` 是家庭装新客户以后还会付几次（按涨价前的数据估计），不做挽留（0.0），和流失率降低 10%（0.1）。卡住了，可以用 `hint("4.2.1")`，再用 `solution("4.2.1")`。

# %%
later = boxes[boxes["start_date"] > boxes["start_date"].min()]
later = retention.follow_subscriptions(later, as_of=as_of).iloc[:, :2]
laundry = pd.Series({"gain": 0.45, "discount_rate": 0.08, "points": 0.05})
percent = [100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]
regular = pd.Series(percent) / 100
family = retention.follow_subscriptions(first[first["plan"] == "family"], as_of="2025-03-31")
family = keeping.keeping_plans(purchases.fit_sbg(family["n_subscribers"]), [0.1], **given)
practice_on(later=later, laundry=laundry, regular=regular, family=family[["n_payments"]])

# %% [markdown] lang="en"
# **4.2.1** Which share of those who began later is still there in month 6? Many of them began only a few months ago. (`later`; a fraction)

# %% [markdown] lang="zh"
# **4.2.1** 第一个月以后开始订阅的人，第 6 个月还在的占多大比例？其中很多人才开始几个月。（用 `later`；用小数表示）

# %% tags=["exercise"]
still_there = ...
check("4.2.1", still_there)

# %% [markdown] lang="en"
# **4.2.2** The laundry is said to have gained 45 % from five points less churn. From which retention rate, if a customer brings the same each year and the discount rate is 8 %? (`laundry`; a fraction)

# %% [markdown] lang="zh"
# **4.2.2** 据说那家洗衣企业的流失率降了 5 个百分点，价值增加 45%。如果客户每年贡献一样多，折现率 8%，原来的保留率是多少？（用 `laundry`；用小数表示）

# %% tags=["exercise"]
needed_before = ...
check("4.2.2", needed_before)

# %% [markdown] lang="en"
# **4.2.3** Fit one mean rate on the first **five** years of the “Regular” customers, as the lesson does: all who stayed, over all who could. Which share came in year 12, less the share that it predicts? (`regular`; a difference of two fractions)

# %% [markdown] lang="zh"
# **4.2.3** 用“普通”客户的前**五**年算一个平均保留率，和课上一样：留下的人加起来，除以可以留下的人加起来。第 12 年实际还在的比例，减去它预测的比例，是多少？（用 `regular`；两个小数之差）

# %% tags=["exercise"]
missed_points = ...
check("4.2.3", missed_points)

# %% [markdown] lang="en"
# **4.2.4** The family box brings a margin of 86 yuan a month since the price rise. A programme lowers churn by 10 % and costs **4 yuan** at each payment of each subscriber (assumed). How much more does a new subscriber bring with it than without? (`family`; in yuan, negative if less)

# %% [markdown] lang="zh"
# **4.2.4** 涨价以后，家庭装每月的毛利是 86 元。一个挽留计划让流失率降低 10%，每位客户每次付款时花 **4 元**（假设）。一位新客户，做了比不做多贡献多少？（用 `family`；单位元，少了就是负数）

# %% tags=["exercise"]
gain_of_offer = ...
check("4.2.4", gain_of_offer)

# %% [markdown] lang="en"
# **4.2.5** A judgment, without code. A consultant writes: “Lower your churn by 5 % and your profit rises by 25 to 85 %, as Harvard has shown. Our programme costs 3 yuan per subscriber and month.” What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.2.5** 思考题，不用写代码，没有标准答案。一位顾问来信说：“哈佛证明，流失率降低 5%，利润增加 25%～85%。我们的计划每位客户每月只要 3 元。”你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
consultant = ...
check("4.2.5", consultant)

# %%
quiz("4.2.q1")

# %%
quiz("4.2.q2")

# %%
quiz("4.2.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: could a trial show it?
#
# Two groups drawn by lot, one with the programme: how many subscriber-months must each have, so that a fall of churn by 5 % is seen in four of five trials (at the usual 95 %)? The usual formula for two shares $p$ and $q$ is $(1.96 + 0.84)^2 \cdot (p(1-p) + q(1-q)) / (p-q)^2$.

# %% [markdown] lang="zh"
# ## 选读：做个试验，看得出来吗？
#
# 抽签分两组，一组做挽留：每组要多少“人·月”，五次试验里才有四次能看出流失率降低了 5%（按通常的 95%）？两个比例 $p$ 和 $q$，常用公式是 $(1.96 + 0.84)^2 \cdot (p(1-p) + q(1-q)) / (p-q)^2$。

# %%
less_churn, n_running = 0.95 * mean_churn, boxes["end_date"].isna().sum()
variance = mean_churn * (1 - mean_churn) + less_churn * (1 - less_churn)
n_needed = round((1.96 + 0.84) ** 2 * variance / (mean_churn - less_churn) ** 2)
say("Each group needs {n_needed} subscriber-months. {n_running} subscriptions are running.")

# %% [markdown] lang="en"
# A promise as small as that can neither be kept nor broken in a firm of this size: nobody would see it. A half, as in the claim, would be seen soon. Try it: replace 0.95 by 0.50.

# %% [markdown] lang="zh"
# 这么小的承诺，在这样规模的企业里，兑现没兑现都看不出来。像名言那样减半，很快就能看出来。试一试：把 0.95 改成 0.50。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** survival, retention and churn by hand, and the value of a customer under three conventions,
# - **judge** “5 % less churn, 25 to 85 % more profit”: points, one customer, cost of keeping left out,
# - **decide** what a retention programme may cost per subscriber, from a cohort and with an interval.
#
# **Words** — survival (存活比例), retention rate (保留率), churn (流失率), cohort (同期群), percentage point (百分点), hold-out (留出验证), shifted beta-geometric (移位贝塔—几何模型).
#
# **Next** — 4.3: Who will buy again?
#
# **Further reading** — Reichheld & Sasser (1990), *Zero Defections: Quality Comes to Services*, HBR 68(5); Fader & Hardie (2007), *How to Project Customer Retention*; Gupta & Lehmann (2003), *Customers as Assets*

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：会亲手算存活比例、保留率、流失率，会按三种约定算一位客户的价值；
# - **判断**：会读“流失率降低 5%，利润增加 25%～85%”：说的是百分点，是一位客户，没算挽留的成本；
# - **决定**：会用一批客户的数据算出挽留计划最多花多少，并给出区间。
#
# **术语**：存活比例（survival）、保留率（retention rate）、流失率（churn）、同期群（cohort）、百分点（percentage point）、留出验证（hold-out）、移位贝塔—几何模型（shifted beta-geometric）。
#
# **下一课**：4.3 谁还会再来买？
#
# **延伸阅读**：Reichheld & Sasser (1990), *Zero Defections: Quality Comes to Services*, HBR 68(5)；Fader & Hardie (2007), *How to Project Customer Retention*；Gupta & Lehmann (2003), *Customers as Assets*

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

# %% [markdown] lang="en" part="opening"
# # Chapter 3 · Credit rating
#
# Goods go out today, the money comes in two months, or never. To whom do we deliver before they pay, how much, and how would we know that we were wrong?

# %% [markdown] lang="zh"
# # 第 3 章 · 客户信用等级评估
#
# 货今天发出，钱两个月以后才到，也可能永远不到。先发货给谁？发多少？错了，我们怎样才会知道？

# %% [markdown] lang="en" part="opening"
# ## Seven questions about one table
#
# 1. Twenty indicators, one hundred points: whom do we trust?
# 2. What was known then?
# 3. From grade to credit: how much, how long, and to whom none?
# 4. Every quarter: who moves, and how much of it is noise?
# 5. Does it work?
# 6. Who set the weights, and would others lose us less money?
# 7. Points from data: does a fitted card do better than the expert's?
# > Ask everybody to write down: of 100 customers to whom you deliver on credit, how many would you refuse? Keep the notes; the last slide of the chapter comes back to them.

# %% [markdown] lang="zh"
# ## 一张表，七个问题
#
# 1. 二十项指标，一百分：信得过谁？
# 2. 当时知道什么？
# 3. 从等级到信用：给多少，给多久，谁不给？
# 4. 每季度一次：谁升谁降，有多少只是随机波动？
# 5. 评得准吗？
# 6. 权重是谁定的？换一套，会少亏钱吗？
# 7. 分数来自数据：拟合出来的评分表，比专家的更准吗？
# > 请每人写下一个数：100 位赊购的客户，你会拒绝几位？纸条留着，本章最后一页还要回来看。

# %% [markdown] lang="en" part="opening"
# ## How every lesson works
#
# - First by hand, on eight customers; then the whole company.
# - You guess before you see a figure.
# - A claim is tested on what happened later, and it may fail.
# - The end is a decision in money, with the assumption it hangs on.
#
# The teaching company and its customers are **simulated**; what of the table is sourced, commonly quoted or rebuilt is marked **S**, **M** or **R**.

# %% [markdown] lang="zh"
# ## 每一课怎么上
#
# - 先拿八位客户亲手算，再算整家公司；
# - 看图之前先猜；
# - 说法要拿后来发生的事检验，也可能不成立；
# - 最后算清账，再决定，并说清楚结论靠哪个假设成立。
#
# 教学公司和客户都是**模拟**的；表里有公开来源的、常见的说法、我们补写的，分别标 **S**、**M**、**R**。

# %% [markdown] lang="en" part="handout"
# # Chapter 3 · Credit rating, on one page
#
# ## Words and formulas
#
# - **Slope** of an item with $P$ points: nothing at `zero`, all at `full`, a line between.
#   $P \cdot \min(1, \max(0, (x - \text{zero}) / (\text{full} - \text{zero})))$
# - **Score** = points got / points that could be judged, times 100. **Coverage** = points that could be judged / all points. Below 70 %: **not rated**.
# - **Grade** by cut-offs, nothing rounded before: AAA from 90, AA 80, A 70, B 60, else C. A **veto** goes before a **cap**, a cap before the score.
# - **Credit limit** = mean sales of a month with shipments × term in months × coefficient of the grade.
# - **Expected loss** = chance of default × what is owed × share that is lost. Set it beside the margin.
# - Cash first brings as much as credit, if this share of the sales on account stays: (margin of these sales − what is not paid) / margin of these sales.
# - **Migration matrix**: what share of each grade moved to each; *left* and *not rated* are states too. A year is the quarter's matrix to the fourth power.
# - **AUC**: the share of pairs (one defaulted, one did not) in which the first has the lower score. A coin: 0.5.
# - **Weight of evidence** = ln(share of the good in a bin / share of the bad); above 0 is safer than all.
#
# ## Before you believe a grade
#
# | ask | because |
# |---|---|
# | Who wrote the points? | Copies differ; much is quoted or rebuilt. |
# | What was known on that day? | Statements come weeks later; an invoice paid on the day itself was unpaid. |
# | How much of the points could be judged? | 58 of 100, or 58 of 58: both are wrong alone. |
# | Was it tested on later payments? | A grade made from late payment cannot prove itself by it. |
# | How many would move by chance? | A point more or less crosses a line. |
# | Whom does a refusal cost us? | Those who would have paid leave as well. |
#
# ## By hand: eight customers, to copy from the board
#
# | customer | repayment (20) | relation (3) | current ratio (4) | points |
# |---|---|---|---|---|
# | A |  |  |  |  |
# | B |  |  |  |  |
# | C |  |  |  |  |
# | D |  |  |  |  |
# | E |  |  |  |  |
# | F |  |  |  |  |
# | G |  |  |  |  |
# | H |  |  |  |  |

# %% [markdown] lang="zh"
# # 第 3 章 · 客户信用等级评估（一页讲义）
#
# ## 概念与公式
#
# - **斜线**，满分 $P$ 的项目：`zero` 处 0 分，`full` 处满分，中间是直线。
#   $P \cdot \min(1, \max(0, (x - \text{zero}) / (\text{full} - \text{zero})))$
# - **得分** = 得到的分数 ÷ 能评判的分数 × 100。**覆盖率** = 能评判的分数 ÷ 总分。不到 70%：**未评级**。
# - **等级**按分数线，定级前不四舍五入：90 分起 AAA，80 分起 AA，70 分起 A，60 分起 B，其余 C。先看**否决项**，再看**最高可评等级**，最后看得分。
# - **信用额度** = 有发货月份的月均销售额 × 信用期限（月）× 等级系数。
# - **预期损失** = 违约概率 × 欠款 × 损失比例。要和毛利放在一起看。
# - 改为先付款，赊购的金额剩下多大比例时利润不变：（赊购的毛利 − 未付的金额）÷ 赊购的毛利。
# - **等级迁移矩阵**：每个等级有多大比例变成各个等级；*流失*和*未评级*也是状态。一年是季度矩阵的四次方。
# - **AUC**：一位违约、一位没有违约，配成一对；违约的得分更低，这样的配对占多大比例。抛硬币是 0.5。
# - **证据权重** = ln（这一档占全部好客户的比例 ÷ 占全部坏客户的比例）；大于 0，比总体安全。
#
# ## 相信一个等级之前
#
# | 要问 | 因为 |
# |---|---|
# | 分数是谁定的？ | 各种版本不一样；许多是常见的说法，或后人补写的。 |
# | 那一天已经知道什么？ | 报表要晚几个星期才到；当天才付的发票，当天还算没付。 |
# | 能评判的分数占多少？ | 100 分里得 58 分，还是 58 分里得 58 分：单看哪个都不对。 |
# | 用后来的付款检验过吗？ | 等级里已经算进了拖欠，不能再用拖欠来证明它准。 |
# | 单凭随机波动，有多少人会升降？ | 多一分少一分，就会越过一条线。 |
# | 拒绝了谁，我们要付出什么？ | 本来会付款的人，也会走掉。 |
#
# ## 亲手算：八位客户（数字抄自黑板）
#
# | 客户 | 信用履约率（20） | 业务关系（3） | 流动比率（4） | 得分 |
# |---|---|---|---|---|
# | A |  |  |  |  |
# | B |  |  |  |  |
# | C |  |  |  |  |
# | D |  |  |  |  |
# | E |  |  |  |  |
# | F |  |  |  |  |
# | G |  |  |  |  |
# | H |  |  |  |  |

# %% [markdown] lang="en" part="take-away"
# ## What to take away
#
# - Every invoice is a loan: one that is not paid takes the margin of many that are.
# - A scorecard is a file of rules. Read who wrote each point before you read the grade.
# - A rating sees what was known before its day. Not known is neither zero nor full marks.
# - A grade decides nothing until there is a limit, a term, and somebody who may say no.
# - Grades move; part of it is noise. They are tested on what happens later, with an interval.
# - Weights are choices. Change them, and see whose grade hangs on them.

# %% [markdown] lang="zh"
# ## 学完带走
#
# - 每张发票都是一笔借款：一张收不到，许多张的毛利就没了。
# - 评分表是一份规则文件：先看每一分是谁定的，再看等级。
# - 评级只看那一天之前知道的。不知道，既不是零分，也不是满分。
# - 没有额度、没有账期、没有人能说“不”，等级就什么也决定不了。
# - 等级会升降，其中一部分只是随机波动；准不准，要看后来发生的事，并给出区间。
# - 权重是选择。改一改，就知道谁的等级取决于它。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 1
#
# A new canteen has no history and gave no statements. What is its grade?
#
# - A. C, for it has few points
# - B. AAA, for it has all the points that could be judged
# - C. None: not rated
# - D. B, the middle
# > Right: C. Too little is known. Not rated is a state of its own: no open credit, and no bad name either.

# %% [markdown] lang="zh"
# ## 小测 · 1
#
# 一家新食堂没有往来记录，也没有提供报表。它是哪一级？
#
# - A. C 级，因为分数少
# - B. AAA 级，能评判的分数它都得了
# - C. 没有等级：未评级
# - D. B 级，取中间
# > 正确：C。知道得太少。未评级是单独的一种状态：不赊销，但也不算名声差。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 2
#
# A customer scores 89.999. Which grade?
#
# - A. AA
# - B. AAA, rounded to 90
# - C. AAA if the head of sales signs
# - D. That depends on the quarter
# > Right: A. Nothing is rounded before the cut. An exception may be signed, but it is written down as one; the grade stays.

# %% [markdown] lang="zh"
# ## 小测 · 2
#
# 一位客户得 89.999 分。是哪一级？
#
# - A. AA
# - B. AAA，四舍五入是 90 分
# - C. 销售总监签字就是 AAA
# - D. 要看是哪个季度
# > 正确：A。定级之前不四舍五入。可以签字破例，但要写明是例外，等级不变。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 3
#
# An invoice due on 20 March was paid on 1 April. How does the rating of 1 April see it?
#
# - A. As paid, for the money came on that very day
# - B. As unpaid
# - C. As paid late by 12 days
# - D. It leaves it out
# > Right: B. A rating sees what was recorded before its day. The next one sees that it was paid late.

# %% [markdown] lang="zh"
# ## 小测 · 3
#
# 一张 3 月 20 日到期的发票，4 月 1 日才付。4 月 1 日的评级怎样看它？
#
# - A. 算已付，钱正好当天到账
# - B. 算未付
# - C. 算晚付 12 天
# - D. 不算这张发票
# > 正确：B。评级只看那一天之前登记的。下一次评级才看到它付了，而且付晚了。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 4
#
# Of what C customers bought on account, 7 % was never paid; the margin is 16 %. Refuse them credit?
#
# - A. Yes, C means no credit
# - B. Yes, for they pay worse than all the others
# - C. No, for they are still customers
# - D. That depends on how much they would still buy for cash
# > Right: D. On credit 9 yuan of each 100 are left. For cash 16 yuan of each 100 that stay: refusing credit pays only if more than 9 in 16 of these sales stay.

# %% [markdown] lang="zh"
# ## 小测 · 4
#
# C 级客户赊购的金额，有 7% 一直没有付；毛利率是 16%。该停掉赊销吗？
#
# - A. 该，C 级就是不能赊
# - B. 该，他们付款比别人都差
# - C. 不该，他们毕竟是客户
# - D. 要看改为先付款以后，他们还买多少
# > 正确：D。赊销每 100 元剩 9 元；先付款，留下的每 100 元赚 16 元。赊购的金额要剩下 9/16 以上，停掉赊销才划算。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 5
#
# A third of the customers changed grade since last quarter. What do you ask first?
#
# - A. Which seller, in which region, they belong to
# - B. How many would move by chance
# - C. Whether the cut-offs of the grades should be moved
# - D. How to win the third back
# > Right: B. A handful of invoices a quarter makes points jump. Only moves beyond that noise, or two quarters in a row, are worth a visit.

# %% [markdown] lang="zh"
# ## 小测 · 5
#
# 和上季度相比，三分之一的客户换了等级。先问什么？
#
# - A. 他们归哪位业务员管
# - B. 单凭随机波动会动多少
# - C. 分数线要不要挪一挪
# - D. 怎样把这三分之一的客户争取回来
# > 正确：B。一个季度只有几张发票，分数会跳来跳去。超出随机波动的升降，或者连续两个季度的下降，才值得上门。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 6
#
# A card fitted to 24 defaults has an AUC of .95 on the customers it was fitted to, and the expert's card .78. Which one do you take?
#
# - A. The fitted one, as .95 is so much more than .78
# - B. The expert's, as experts have known their trade for years
# - C. Neither, a coin would do
# - D. First try both on customers of a later year
# > Right: D, and give the difference an interval. On the customers it was fitted to every card flatters itself, and with 24 defaults most of all.

# %% [markdown] lang="zh"
# ## 小测 · 6
#
# 用 24 个违约拟合出来的评分表，在拟合用的客户上 AUC 是 .95，专家的表是 .78。用哪一张？
#
# - A. 拟合的，.95 比 .78 高出一大截
# - B. 专家的，专家干了这么多年，懂行
# - C. 都不用，抛硬币就行
# - D. 先拿后一年的客户都试一试
# > 正确：D，还要看差距的区间。在拟合用的客户上，每张表都会高看自己；违约只有 24 个，就更厉害。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 7
#
# “Most of what is overdue today is owed by today's C customers: the card works.” What test would be fair?
#
# - A. The grades of a day, beside what is paid in the months after it
# - B. The same figure for last year
# - C. Asking the sellers whether the grades look right
# - D. Counting how many customers have each grade
# > Right: A. The grade was made from what is overdue. Then return to the notes of the first hour: of 100 customers, how many would you refuse now?

# %% [markdown] lang="zh"
# ## 小测 · 7
#
# “今天逾期的钱大多是今天的 C 级客户欠的，所以评分表是准的。”怎样检验才公平？
#
# - A. 用某一天的等级，对照此后几个月的付款
# - B. 再看去年的同一个数字
# - C. 问问业务员，等级看起来对不对
# - D. 数一数每个等级各有多少客户
# > 正确：A。等级正是根据逾期评出来的。最后回到第一节课的纸条：100 位客户，现在你会拒绝几位？

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
# # Chapter 1 · Identifying customers
#
# The database says 3,000 records. How many customers are that, where does each of them stand, and whom do we call tomorrow?

# %% [markdown] lang="zh"
# # 第 1 章 · 识别客户
#
# 数据库里有 3,000 份档案。这到底是多少位客户？每位客户处在什么阶段？明天先给谁打电话？

# %% [markdown] lang="en" part="opening"
# ## Ten questions, one list of names
#
# 1. Who is a customer?
# 2. What do we ask, and what do we keep?
# 3. Who is who: which records are one customer?
# 4. What changes, and what leaks?
# 5. Stages of life: who is leaving?
# 6. Scores and clusters: to whom is a letter worth its postage?
# 7. When do they buy again?
# 8. Whom to call first?
# 9. When do you stop calling?
# 10. How far does word travel?
# > Ask everybody to write down one number: how many customers has a firm with 3,000 records? Keep the notes; the last slide of the chapter comes back to them.

# %% [markdown] lang="zh"
# ## 十个问题，一份名单
#
# 1. 谁是客户？
# 2. 该问什么？该留什么？
# 3. 谁是谁：哪些档案是同一位客户？
# 4. 什么变了？什么会泄漏？
# 5. 客户生命周期：谁正在离开？
# 6. 打分与聚类：给谁写信，才不白花邮费？
# 7. 他们什么时候再来买？
# 8. 先找谁？
# 9. 电话打到第几次该停？
# 10. 口碑能传多远？
# > 请每人写下一个数：有 3,000 份档案的企业，有多少位客户？纸条留着，本章最后一页还要回来看。

# %% [markdown] lang="en" part="opening"
# ## How every lesson works
#
# - First by hand, on eight customers; then the whole company.
# - You guess before you see a figure.
# - A claim of the course is tested, and it may fail.
# - The end is a decision in money, with the assumption it hangs on.
#
# The teaching company and its people are **simulated**; the real firms beside it are called by their names.

# %% [markdown] lang="zh"
# ## 每一课怎么上
#
# - 先拿八位客户亲手算，再算整家公司；
# - 看图之前先猜；
# - 课程里的说法要检验，也可能不成立；
# - 最后算清账，再决定，并说清楚结论靠哪个假设成立。
#
# 教学公司和其中的人都是**模拟**的；旁边的真实企业都标明名称。

# %% [markdown] lang="en" part="handout"
# # Chapter 1 · Identifying customers, on one page
#
# ## Words and formulas
#
# - **Consumer** uses, **buyer** pays, **customer** has a relation with us: one record can be all three, or one.
# - **Quality** of a record: complete, valid, unique, fresh, and fit for a purpose that is written down.
# - **Match weight** of an agreement in a field ($m$: how often it agrees in one person's records, $u$: in two persons' by chance), in bits; differences take weight away.
#   $w_{+} = \log_2 (m / u)$, $w_{-} = \log_2 ((1 - m) / (1 - u))$
# - **k-anonymous**: each combination of what others may know is shared by at least $k$ people. **l-diverse**: and what is secret takes at least $l$ values among them.
# - **Stage** of life: from the usual gap, the silence in gaps, and the slope of spending. **Expected stay** in a stage in which a share $p$ stays each period:
#   $1 / (1 - p)$
# - **Hazard of call n**: yes at call n, among those who got an n-th call. Call on while a call, and what it opens, brings more than it costs.
# - **Reach** of $n$ people with $k$ acquaintances each among $N$, if they know each other by chance only: $N\,(1 - (1 - k/N)^n)$; where friends share friends, less.
#
# ## Before you believe a number
#
# | ask | because |
# |---|---|
# | Records or customers? | One person may have two records, and one record two persons. |
# | What was known on that day? | Facts are recorded later than they change; outcomes leak into predictors. |
# | Who was never compared, never called, never asked? | What blocking missed and who was given up is not in the table. |
# | Is it their doing, or who they are? | Old customers say yes more often, and were others from the start. |
# | Does it hold on later data? | A rule chosen on a year is tried on the next. |
# | Steady, and yet late? | On any day at least one steady buyer in twenty looks late, more where the gap rests on few purchases. |
#
# ## By hand: eight customers, to copy from the board
#
# | customer | days of purchase | usual gap | silence | silence in gaps | stage |
# |---|---|---|---|---|---|
# | A |  |  |  |  |  |
# | B |  |  |  |  |  |
# | C |  |  |  |  |  |
# | D |  |  |  |  |  |
# | E |  |  |  |  |  |
# | F |  |  |  |  |  |
# | G |  |  |  |  |  |
# | H |  |  |  |  |  |

# %% [markdown] lang="zh"
# # 第 1 章 · 识别客户（一页讲义）
#
# ## 概念与公式
#
# - **消费者**使用，**顾客**购买，**客户**与我们有关系：一份档案可以三者都是，也可以只是其中一种。
# - 档案的**质量**：完整、有效、唯一、及时，并且合乎写明的用途。
# - 一个字段一致时的**匹配权重**（$m$：同一个人的两份档案有多大比例一致；$u$：两个不同的人碰巧一致的比例），单位是比特；不一致则要减。
#   $w_{+} = \log_2 (m / u)$, $w_{-} = \log_2 ((1 - m) / (1 - u))$
# - **k-匿名**：别人可能知道的那些特征，每种组合至少有 $k$ 个人。**l-多样**：这些人的敏感信息还至少有 $l$ 种取值。
# - 生命周期的**阶段**：看平常间隔、沉默了几个间隔、购买金额的升降。一个阶段每期有比例 $p$ 的客户留下，**预计停留**：
#   $1 / (1 - p)$
# - **第 n 次电话的成交率**：接到第 n 次电话的人里，这一次成交的比例。只要这一次连同它打开的机会，所得大于成本，就继续打。
# - **到达人数**：$n$ 个人在 $N$ 个人里各认识 $k$ 个，如果相识全凭随机：$N\,(1 - (1 - k/N)^n)$；朋友之间互相认识，就更少。
#
# ## 相信一个数字之前
#
# | 要问 | 因为 |
# |---|---|
# | 是档案数还是客户数？ | 一个人可能有两份档案，一份档案也可能是两个人。 |
# | 那一天已经知道什么？ | 信息变了，往往过后才登记；结果会混进预测变量里。 |
# | 谁从未比较、从未联系、从未问过？ | 没进候选的、被放弃的，都不在表里。 |
# | 是做法有效，还是人本来就不同？ | 老客户答应得多，可他们一开始就是另一批人。 |
# | 在后来的数据上还成立吗？ | 在一年里选出的规则，要拿下一年来检验。 |
# | 稳定购买，也会显得逾期未购？ | 任何一天，稳定购买的客户里至少有二十分之一看起来逾期未购；间隔根据的购买越少，这样的人越多。 |
#
# ## 亲手算：八位客户（数字抄自黑板）
#
# | 客户 | 购买日 | 平常间隔 | 沉默天数 | 沉默几个间隔 | 阶段 |
# |---|---|---|---|---|---|
# | A |  |  |  |  |  |
# | B |  |  |  |  |  |
# | C |  |  |  |  |  |
# | D |  |  |  |  |  |
# | E |  |  |  |  |  |
# | F |  |  |  |  |  |
# | G |  |  |  |  |  |
# | H |  |  |  |  |  |

# %% [markdown] lang="en" part="take-away"
# ## What to take away
#
# - A record is not a customer: say the rule before you count.
# - Keep what has a purpose; what is kept must be good, and may leak.
# - Two records are one customer with a weight, not with a feeling; who decides the doubtful ones is a question of money.
# - A stage is a rule on rhythm and slope; some move by chance alone.
# - A list of who is late is a reason to ask, and only a group chosen by lot shows what the asking did.
# - Whom to call first, and when to stop, follows from chance of a yes, margin and cost; no number of calls is a law.

# %% [markdown] lang="zh"
# ## 学完带走
#
# - 档案不等于客户：先说规则，再数人数。
# - 有用途的才留；留下来的要好，也可能泄漏。
# - 两份档案是不是同一位客户，看权重，不凭感觉；拿不准的由谁来定，要算清账。
# - 阶段是根据购买节奏和金额升降定的规则；有些变动只是随机波动。
# - 逾期未购客户的名单只是去问一问的理由；问了有没有用，只有随机抽出的对照组看得出来。
# - 先给谁打电话、打到第几次停，取决于成交率、毛利和成本；没有哪个次数是规律。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 1
#
# A school buys snacks for its canteen and sells them to pupils. Which kind of customer is it?
#
# - A. A consumer
# - B. Public-benefit, for it is a school, whatever it does with the goods
# - C. That depends on the rule, which must be stated
# - D. None of the kinds of the course
# > Right: C. By who it is, a public body; by what it does with the goods, an intermediary. The rule decides, and the count shows how much hangs on it.

# %% [markdown] lang="zh"
# ## 小测 · 1
#
# 学校为食堂采购零食，再卖给学生。它属于哪一种客户？
#
# - A. 消费客户
# - B. 公利客户：它是学校，货物去向如何都一样
# - C. 要看规则，规则要先写明
# - D. 课程里的几类都不是
# > 正确：C。看身份，它是公利单位；看货物的去向，它是中间客户。由规则决定；数一数就知道影响有多大。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 2
#
# Two records agree in the telephone number only. Are they one customer?
#
# - A. Yes, a telephone number is unique
# - B. No, the names differ
# - C. That depends on how rare the agreement is by chance
# - D. Merge them for now; a mistake can always be undone later
# > Right: C. A family shares a number. The weight says how much the agreement is worth, and the cost of a false merge how much weight is enough.

# %% [markdown] lang="zh"
# ## 小测 · 2
#
# 两份档案只有电话号码一致。是同一位客户吗？
#
# - A. 是，电话号码是唯一的
# - B. 不是，姓名不同
# - C. 要看这种一致碰巧发生的机会
# - D. 先合并再说，万一合错了，以后随时都能改回来
# > 正确：C。一家人可以共用一个号码。权重说明这种一致值多少；错误合并的代价决定权重要多大才够。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 3
#
# The late customers got a coupon, and half of them came back. What has the coupon done?
#
# - A. It cannot be said without a comparison
# - B. It brought half of them back
# - C. Nothing, they were loyal and would have come back anyway
# - D. It brought back at least a quarter
# > Right: A. Who is late often comes back anyway. Only late customers left without a coupon, drawn by lot, show how many.

# %% [markdown] lang="zh"
# ## 小测 · 3
#
# 给逾期未购的客户发了优惠券，一半人回来了。优惠券起了多大作用？
#
# - A. 没有对照，就说不准
# - B. 让一半人回来了
# - C. 没有作用，他们本来就忠诚，不发券也会回来
# - D. 至少让四分之一的人回来了
# > 正确：A。逾期未购的人，不发券也常会回来。只有随机抽出、不发券的同类客户，才看得出有多少。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 4
#
# A model of who will say yes uses the length of the call, and predicts very well. What is wrong?
#
# - A. Nothing, what counts is that it predicts well
# - B. The length is known only after the call
# - C. Calls should be shorter
# - D. A model needs more than one variable
# > Right: B. What is known only afterwards cannot choose whom to call. The fine number is a leak.

# %% [markdown] lang="zh"
# ## 小测 · 4
#
# 一个模型用通话时长来预测谁会答应，准得很。问题在哪里？
#
# - A. 没有问题，模型只要预测得准就行
# - B. 时长要打完才知道
# - C. 通话应该再短一些
# - D. 模型不能只用一个变量
# > 正确：B。事后才知道的东西，不能用来挑选给谁打电话。漂亮的数字来自信息泄漏。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 5
#
# “A deal takes twelve contacts; then stop.” When is twelve right?
#
# - A. Always, it comes from experience
# - B. Never, for one should go on calling until they say yes
# - C. When the call is cheap
# - D. When the twelfth call is the last that pays
# > Right: D. The best stop moves with each of the three. Then return to the notes of the first hour: how many customers has a firm with 3,000 records?

# %% [markdown] lang="zh"
# ## 小测 · 5
#
# “成交需要沟通十二次，之后就停。”十二次什么时候才对？
#
# - A. 永远对，这是经验之谈
# - B. 永远不对，应该一直打下去，打到对方答应为止
# - C. 电话便宜的时候
# - D. 第十二次恰好是最后一次划算的电话
# > 正确：D。三个数里哪个变了，最佳的停止点都会变。最后回到第一节课的纸条：有 3,000 份档案的企业，有多少位客户？

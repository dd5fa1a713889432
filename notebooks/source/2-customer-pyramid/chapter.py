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
# # Chapter 2 · The customer pyramid
#
# Next year there is one budget for all customers. Who gets more of it, who gets less, and how would we know that it was right?

# %% [markdown] lang="zh"
# # 第 2 章 · 客户金字塔
#
# 明年，全部客户共用一笔预算。谁该多分，谁该少分？怎么知道分得对不对？

# %% [markdown] lang="en" part="opening"
# ## Seven questions, one budget
#
# 1. The pyramid: who are the gold customers?
# 2. How concentrated are we, and is 80/20 a law?
# 3. Profit is not revenue: who takes back what the others earn?
# 4. Good customers, bad customers: may one say no?
# 5. Up, down, or chance: where do 10,000 yuan bring more?
# 6. Where does the next yuan go?
# 7. Raise the price, serve cheaper, or let them go?
# > Let the class vote now, by show of hands: who should get the next yuan? Write the numbers on the board and keep them; the last slide of the chapter comes back to them.

# %% [markdown] lang="zh"
# ## 七个问题，一笔预算
#
# 1. 金字塔：谁是“金牌”客户？
# 2. 销售有多集中？80/20 是规律吗？
# 3. 利润不等于收入：谁把别人赚的钱又亏掉了？
# 4. 好客户，差客户：可以说“不”吗？
# 5. 升级、降级，还是随机波动？一万元花在哪里更值？
# 6. 下一块钱花在哪里？
# 7. 提价、降低服务成本，还是放弃？
# > 先请全班举手表决：下一块钱该给谁？把票数写在黑板上留着，本章最后一页还要回来看。

# %% [markdown] lang="en" part="opening"
# ## How every lesson works
#
# - First by hand, on eight customers; then the whole company.
# - You guess before you see a figure.
# - A claim of the course is tested, and it may fail.
# - The end is a decision in money, with the assumption it hangs on.
#
# The teaching company is **simulated**; the real firms beside it are called by their names.

# %% [markdown] lang="zh"
# ## 每一课怎么上
#
# - 先拿八位客户亲手算，再算整家公司；
# - 看图之前先猜；
# - 课程里的说法要检验，也可能不成立；
# - 最后算清账，再决定，并说清楚结论靠哪个假设成立。
#
# 教学公司的数据是**模拟**的；旁边的真实企业都标明名称。

# %% [markdown] lang="en" part="handout"
# # Chapter 2 · The customer pyramid, on one page
#
# ## Words and formulas
#
# - **Tier**: a place in a ranking of customers by one value in one period. Say the value, the period, and what happens to ties and fractions.
# - **By share** of customers it is a race (there is always a best 1 %), **by amount** an exam (all may pass, or nobody).
# - **Lorenz curve**: customers from the smallest to the biggest, their money added up as a share of all. **Gini coefficient**: twice the area between the curve and the line of equality; 0 if all are equal, near 1 if one has all ($x_i$: what customer $i$ spent, smallest first).
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# - **Net profit of a customer** = gross profit − cost to serve, where each activity (order, visit, call, return) costs its rate.
# - **Avoidable cost**: what stops when the customer leaves. Letting go pays only if avoidable cost is more than gross profit.
# - **Growth** = acquired + raised − fallen − gone.
# - **Response curve**: profit against the effort spent on a group. Spend until the *next* yuan brings the same everywhere, and no less than a yuan.
#
# ## Before you believe a number
#
# | ask | because |
# |---|---|
# | Which period, and who is counted? | Counting customers who bought nothing changes every share; another period may. |
# | Revenue or profit? | The biggest buyers may be the dearest to serve. |
# | How much of it is chance? | On average the best fall and the worst rise, all by themselves. |
# | Compared with whom? | Only a group chosen by lot, left alone, shows what a programme did. |
# | The average, or the next one? | An average says little about what one more yuan brings. |
# | What if the assumption is wrong? | A decision names the value at which it would turn. |
#
# ## By hand: eight customers, to copy from the board
#
# | customer | revenue | share up to here | gross profit | cost to serve | net profit |
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
# # 第 2 章 · 客户金字塔（一页讲义）
#
# ## 概念与公式
#
# - **层级**：在一段时间里、按一个价值指标排出的名次。要说清楚按什么价值、统计哪段时间、并列和小数怎么处理。
# - **按人数比例**划分，像赛跑（总有人排在前 1%）；**按金额**划线，像考试（可能人人过线，也可能无人过线）。
# - **洛伦兹曲线**：把客户从小到大排列，逐个累加金额，算出占总数的比例。**基尼系数**：曲线与绝对平等线之间面积的两倍；人人相等时为 0，一人独占时接近 1（$x_i$ 是第 $i$ 位客户的金额，从小到大排）。
#
# $$G = \frac{2 \sum i \, x_i}{n \sum x_i} - \frac{n + 1}{n}$$
#
# - **一位客户的净利润** = 毛利 − 服务成本；每项活动（订单、拜访、电话、退货）按各自的费率计算。
# - **可避免成本**：客户走了就不再发生的成本。只有可避免成本大于毛利时，放弃才划算。
# - **增长** = 获取 + 增加 − 减少 − 流失。
# - **反应曲线**：一组客户的利润随投入的变化。一直投到各组的**下一块钱**带来的一样多，而且不少于一块钱。
#
# ## 相信一个数字之前
#
# | 要问 | 因为 |
# |---|---|
# | 哪段时间？算了哪些人？ | 把没买的客户算进来，比例就会变；换一段时间，也可能变。 |
# | 是收入还是利润？ | 买得最多的客户，服务起来可能也最贵。 |
# | 其中多少是随机造成的？ | 什么都不做，最好的平均也会回落，最差的平均也会回升。 |
# | 和谁比？ | 只有随机抽出、不加干预的对照组，才能看出方案的效果。 |
# | 是平均数，还是下一个？ | 一组客户平均贡献多少，说明不了再投一块钱能带来多少。 |
# | 假设错了怎么办？ | 决策要写明：到哪个数值，结论就会翻转。 |
#
# ## 亲手算：八位客户（数字抄自黑板）
#
# | 客户 | 收入 | 累计占比 | 毛利 | 服务成本 | 净利润 |
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
# - A tier is a place in a ranking, not a property of a person.
# - 80/20 is a memory aid: compute your own share, with its period and its base.
# - Rank by profit after service before you reward, raise or refuse anybody.
# - Much of a rise or a fall looks like merit and is chance: compare with a group chosen by lot.
# - The next yuan goes where it brings most, not where the last one did.
# - A fee or a farewell is decided by what stops, what leaves with it, and whom it hits.

# %% [markdown] lang="zh"
# ## 学完带走
#
# - 层级是名次，不是人的属性。
# - 80/20 只是便于记忆的说法：要算自己的比例，并说明时间和范围。
# - 奖励、提升或拒绝谁之前，先按扣除服务成本后的利润排一次。
# - 许多升降看上去是功劳，其实是随机波动：要和随机抽出的对照组比。
# - 下一块钱投到它能带来最多的地方，而不是上一块钱表现最好的地方。
# - 收费还是放弃，要看什么成本会消失、什么随之失去、影响到谁。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 1
#
# A club takes “the best 1 %”. This year everybody spends twice as much. What happens to the club?
#
# - A. Twice as many members
# - B. Nobody is left out any more
# - C. As many members as before
# - D. It cannot be said without the amounts
# > Right: C. A share of customers is a race: the ranking is the same, and so is the number of places. A line in yuan would let more in.

# %% [markdown] lang="zh"
# ## 小测 · 1
#
# 俱乐部只收“前 1%”的客户。今年人人都多花了一倍，会员会怎样？
#
# - A. 会员多了一倍
# - B. 再也没有人被挡在外面
# - C. 会员人数和原来一样
# - D. 不知道金额就说不准
# > 正确：C。按人数比例划分像赛跑：名次不变，名额也不变。若按金额划线，进来的人才会变多。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 2
#
# A consultant says: “In your trade 20 % of the customers bring 90 %.” What do you ask first?
#
# - A. In which period, and of which customers?
# - B. Which software was used?
# - C. Is the Gini coefficient above one half?
# - D. How many customers are there in the trade as a whole, and where?
# > Right: A. Counting customers who bought nothing changes the share, and another period may.

# %% [markdown] lang="zh"
# ## 小测 · 2
#
# 顾问说：“你们这一行，20% 的客户贡献 90% 的收入。”你先问什么？
#
# - A. 哪段时间？算了哪些客户？
# - B. 用的是什么软件？
# - C. 基尼系数超过一半了吗？
# - D. 全行业一共有多少客户，都分布在哪里？
# > 正确：A。没买的客户算不算在内，会改变这个比例；换一段时间，也可能改变。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 3
#
# The hundred least profitable customers got a service programme. A year later they are better. What have we learned?
#
# - A. The programme works
# - B. The programme works, but only for those who were the least profitable
# - C. They were good customers all along
# - D. Little: they might have risen without it
# > Right: D. Whoever is chosen for a bad year is likely to have a better one next. A group chosen by lot and left alone shows the rest.

# %% [markdown] lang="zh"
# ## 小测 · 3
#
# 给最不赚钱的一百位客户上了一套服务方案，一年后他们变好了。这说明什么？
#
# - A. 方案有效
# - B. 方案有效，但只对最不赚钱的那些客户有效
# - C. 他们本来就是好客户
# - D. 说明不了多少：不上方案也可能回升
# > 正确：D。因为某一年特别差而被挑出来的客户，下一年多半会好一些。要有随机抽出、不加干预的对照组才看得出来。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 4
#
# Tier A brings the most profit per customer, tier B the next. Where does the next yuan of marketing go?
#
# - A. To tier A
# - B. Where one more yuan brings the most
# - C. To both alike, because that is fair
# - D. To tier B, for in tier A there is nothing left to win
# > Right: B. The average says what the tier brings now, not what one more yuan adds. It may be A, B or neither.

# %% [markdown] lang="zh"
# ## 小测 · 4
#
# A 层的客户人均利润最高，B 层次之。下一块营销费用该投到哪里？
#
# - A. 投给 A 层
# - B. 投到多投一块钱带来最多的地方
# - C. 两层一样多，这样才公平
# - D. 投给 B 层，因为 A 层已经没有增长空间了
# > 正确：B。平均数说的是现在贡献多少，不是再投一块钱能增加多少。可能是 A，可能是 B，也可能都不是。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 5
#
# A customer costs more to serve than their gross profit. Should we let them go?
#
# - A. Yes, each such customer lowers the profit
# - B. Only if the cost that stops is more than the gross profit that leaves
# - C. No, a customer is never given up
# - D. Yes, if it is true for two years in a row
# > Right: B. Most of the cost of service stays when one customer leaves. Then return to the votes of the first hour: who has changed their mind, and by which number?

# %% [markdown] lang="zh"
# ## 小测 · 5
#
# 一位客户的服务成本高于毛利。该放弃吗？
#
# - A. 该，每一位这样的客户都在拉低利润
# - B. 只有会消失的成本大于随之失去的毛利，才该放弃
# - C. 不该，任何客户都不能放弃
# - D. 连续两年都这样，就该放弃
# > 正确：B。一位客户走了，服务成本的大部分还在。最后回到第一节课的票数：谁改变了主意，是因为哪个数字？

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
# # Chapter 4 · CRM strategy: what customers are worth
#
# A customer is an asset: what they will bring lies ahead, and part of it never comes. What may we pay to win one, to keep one, and how would we know that we paid too much?

# %% [markdown] lang="zh"
# # 第 4 章 · CRM 战略：客户值多少钱
#
# 客户是资产：他能贡献的利润都在以后，有一部分永远不会实现。赢得一位客户最多可以花多少？留住一位呢？花多了，我们怎样才会知道？

# %% [markdown] lang="en" part="opening"
# ## Seven questions about the years to come
#
# 1. What is a customer worth?
# 2. Does 5 % less churn bring 25 to 85 % more profit?
# 3. Who will buy again?
# 4. Who is worth much and slipping away?
# 5. Why do they choose us?
# 6. New customers or old ones: where does the next yuan go?
# 7. More, longer, deeper: what is the customer base worth, and where did its growth come from?
# > Ask everybody to write down: a guest of your café spends 20 yuan a week, of which 12 are left to you. What would you pay at most to keep them? Keep the notes; the last slide of the chapter comes back to them.

# %% [markdown] lang="zh"
# ## 往后看，七个问题
#
# 1. 一位客户值多少钱？
# 2. 流失率降低 5%，利润真能增加 25%～85% 吗？
# 3. 谁还会再来买？
# 4. 谁价值高、又正在流失？
# 5. 他们为什么选我们？
# 6. 拉新还是留旧：下一元钱花在哪里？
# 7. 更多、更久、更深：客户资产有多大，增长从哪里来？
# > 请每人写下一个数：你的咖啡馆有一位常客，每周消费 20 元，你能赚 12 元。为了留住他，你最多愿意花多少？纸条留着，本章最后一页还要回来看。

# %% [markdown] lang="en" part="opening"
# ## How every lesson works
#
# - First by hand, on eight customers; then the whole company, and a real firm beside it where there is one.
# - You guess before you see a figure.
# - A claim is tested on what came later, and it may fail.
# - The end is a decision in money, with the assumption it hangs on.
#
# The teaching company, its fresh box, its survey and its marketing are **simulated**; the telecom customers are **made up**. CDNOW, Complete Journey, the donors and the crackers are real.

# %% [markdown] lang="zh"
# ## 每一课怎么上
#
# - 先拿八位客户亲手算，再算整家公司；有真实企业的，放在旁边对照；
# - 看图之前先猜；
# - 说法要拿后来发生的事检验，也可能不成立；
# - 最后算清账，再决定，并说清楚结论靠哪个假设成立。
#
# 教学公司和它的鲜食月套餐、问卷、营销费用都是**模拟**的；电信客户是**虚构**的。CDNOW、Complete Journey、捐款人和饼干的数据是真实的。

# %% [markdown] lang="en" part="handout"
# # Chapter 4 · What customers are worth, on one page
#
# ## Words and formulas
#
# - **Customer profitability** in a period: $P_t = R_t - C_t$: revenue less goods, selling, service and activities.
# - **Customer lifetime value**: $\text{CLV} = \sum_{i=1}^{n} \pi_i / (1 + d)^i$. Say when the first payment comes.
# - **Retention rate** $r(t) = S(t) / S(t-1)$: of those there a period ago, how many are there now. $S$ is survival, $1 - r$ churn.
# - **Retention multiple**: margin × $r / (1 + d - r)$, paid at the end of a period, by those who stay.
# - **Frequency, recency, tenure** of the models: repeat purchases; from the first to the last; from the first to now. Not RFM's words.
# - **Alive with 30 %** is not "buys with 30 %": alive *and* buying in the window.
# - **Choice**: the chance of an alternative with utility $u_j$ is $e^{u_j} / \sum_k e^{u_k}$.
# - **Response to spending**: floor + (ceiling − floor) · $(1 - e^{-k s})$. The next yuan counts, not the mean.
# - **Customer equity** = number of customers × mean value, summed over segments.
# - **More, longer, deeper**: change one factor after the other, in every order; take the mean.
#
# ## Before you believe a value
#
# | ask | because |
# |---|---|
# | When is the first payment, and what is the period? | 250, 312.50 or 350 by convention alone. |
# | Points or per cent? | From 10 to 5 is five points, and half of all churn. |
# | Contract or not? | Who has no contract leaves without a word. |
# | Was it held out? | A model is good on what it was fitted to. |
# | Does our spending change it? | A high value does not say that a call helps. |
# | Was it drawn by lot? | Managers spend where it goes well anyway. |
#
# ## By hand: eight customers, to copy from the board
#
# | customer | year 1 | year 2 | year 3 | value at 10 % |
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
# # 第 4 章 · 客户值多少钱（一页讲义）
#
# ## 概念与公式
#
# - 某一期的**客户盈利性**：$P_t = R_t - C_t$，收入取决于需求和价格，成本来自货物、销售、服务和作业。
# - **客户终身价值**，课程的公式：$\text{CLV} = \sum_{i=1}^{n} \pi_i / (1 + d)^i$。要说清楚第一笔钱什么时候到。
# - **保留率** $r(t) = S(t) / S(t-1)$：上一期还在的客户，这一期还剩多大比例。$S$ 是存续比例，$1 - r$ 是流失率。
# - **保留乘数**：毛利 × $r / (1 + d - r)$，前提是第一笔钱在期末到，而且只有留下的人才付。
# - 模型里的 **frequency、recency、tenure**：复购次数；首次到末次购买隔了多久；首次购买到现在多久。和 RFM 里的词意思不同。
# - **“仍是客户”的概率 30%**，不等于“有 30% 会买”：既要还是客户，又要在这段时间里来买。
# - **选择**：效用为 $u_j$ 的选项被选中的概率是 $e^{u_j} / \sum_k e^{u_k}$。
# - **花费的效果**：下限 +（上限 − 下限）· $(1 - e^{-k s})$。要看下一元钱，不看平均。
# - **客户资产** = 客户数 × 平均价值；有几个细分市场，就分别算再相加。
# - **更多、更久、更深**：按每一种顺序，逐个改变因素，再取平均；各部分加起来正好等于变化。
#
# ## 相信一个价值之前
#
# | 要问 | 因为 |
# |---|---|
# | 第一笔钱什么时候到？一期多长？ | 单凭约定不同，就是 250、312.50 或 350。 |
# | 百分点，还是百分比？ | 从 10% 到 5%，是五个百分点，也是流失的一半。 |
# | 有没有合同？ | 没有合同的客户，走的时候不会说一声。 |
# | 做过留出验证吗？ | 在拟合用的数据上，模型总是好的。 |
# | 我们花的钱能改变它吗？ | 价值高，不等于打电话有用。 |
# | 是抽签决定的吗？ | 经理本来就把钱花在形势好的地方。 |
#
# ## 亲手算：八位客户（数字抄自黑板）
#
# | 客户 | 第 1 年 | 第 2 年 | 第 3 年 | 按 10% 贴现的价值 |
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
# - What counts is what a decision changes in a customer's value, not the value itself.
# - Say the convention before the number: when the first payment comes, and how long a period is.
# - A mean retention rate hides that those who leave easily leave first. Compare the same people, then and now.
# - Without a contract nobody says good-bye. A model tells how likely they are still there; hold out data to see how well.
# - Ratings, spending and results move together for many reasons; what a lot decided tells which.
# - Growth comes from more, longer, deeper; the parts must add up, and they explain no cause.

# %% [markdown] lang="zh"
# ## 学完带走
#
# - 要看一个决定改变了多少客户价值，而不是价值本身有多大。
# - 先说约定，再说数字：第一笔钱什么时候到，一期有多长。
# - 一个平均保留率，会掩盖一件事：容易走的人先走了。要比，就比同一批人的当年和现在。
# - 没有合同，客户走的时候不会道别。模型告诉你他还在的可能性；准不准，要留出数据来验证。
# - 评分、花费和结果一起变动，原因有很多；由抽签决定的那部分，才说得清是哪一个。
# - 增长来自更多、更久、更深；各部分要加得上，但它们不说明原因。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 1
#
# A customer brings 100 yuan at the end of each of two years; money costs 10 % a year. What are they worth?
#
# - A. 200 yuan
# - B. 191 yuan
# - C. 174 yuan
# - D. 165 yuan
# > Right: C. 100 / 1.1 + 100 / 1.21 = 173.55. B counts the first 100 as paid today; A does not discount.

# %% [markdown] lang="zh"
# ## 小测 · 1
#
# 一位客户两年里每年年末带来 100 元利润，资金成本每年 10%。他值多少？
#
# - A. 200 元
# - B. 191 元
# - C. 174 元
# - D. 165 元
# > 正确：C。100 ÷ 1.1 + 100 ÷ 1.21 = 173.55。B 把第一个 100 元当作今天就付；A 没有贴现。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 2
#
# Churn is 10 % a year. “Five per cent less churn brings a third more.” What do you ask first?
#
# - A. Points or per cent?
# - B. Which customers are the loyal ones?
# - C. Which journal the study was printed in
# - D. Whether competitors have done it already
# > Right: A. From 10 to 5 in a hundred, a customer's value rises by a third at a discount of 10 %; from 10 to 9.5, by less than 3 %.

# %% [markdown] lang="zh"
# ## 小测 · 2
#
# 每年的流失率是 10%。“流失率降低 5%，价值增加三分之一。”先问什么？
#
# - A. 是百分点，还是百分比？
# - B. 忠诚的客户是哪些人？
# - C. 这项研究登在哪本期刊上？
# - D. 竞争对手是不是已经做了？
# > 正确：A。从 10% 降到 5%，按 10% 贴现，客户价值增加三分之一；从 10% 降到 9.5%，增加不到 3%。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 3
#
# A model says: alive with 30 %. How likely does this customer buy in the next month?
#
# - A. With 30 %, that is what the number says
# - B. With less than 30 %
# - C. With 70 %, the rest
# - D. With more than 30 %, for the living buy
# > Right: B. They must still be a customer, and then also buy within that month.

# %% [markdown] lang="zh"
# ## 小测 · 3
#
# 模型说：仍是客户的概率是 30%。这位客户下个月来买的可能性多大？
#
# - A. 30%，数字说的就是这个
# - B. 不到 30%
# - C. 70%，剩下的部分
# - D. 高于 30%，还是客户就会买
# > 正确：B。首先还得是客户，其次还要正好在那个月来买。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 4
#
# A customer was worth much and is slipping away. What does a call bring?
#
# - A. Their whole value, for without it they are gone
# - B. Their value times the chance that they have left
# - C. Nothing, for those who leave have made up their minds
# - D. Unknown until a lot decides on calls
# > Right: D. The list says whom to try first. Whether a call changes anything shows only beside those who, by lot, got none.

# %% [markdown] lang="zh"
# ## 小测 · 4
#
# 一位客户价值高，又正在流失。打一个电话能带来多少？
#
# - A. 他的全部价值，不打他就走了
# - B. 他的价值乘以已经流失的概率
# - C. 什么也带不来，要走的人已经想好了
# - D. 抽签试过才知道
# > 正确：D。名单只说先试谁。电话有没有用，要和抽签没打的那些人比才看得出来。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 5
#
# Those who buy at our shop rate it higher. So better ratings bring buyers?
#
# - A. Yes, the two go together in every survey
# - B. Yes, if the difference is significant
# - C. Not shown: buying may raise ratings
# - D. No, ratings have nothing to do with buying
# > Right: C. Both directions give the same picture. A weight from such ratings is not what a change would bring.

# %% [markdown] lang="zh"
# ## 小测 · 5
#
# 在我们店里买的人，给我们的评分更高。所以评分高了，买的人就会多？
#
# - A. 会，每次调查里两者都一起变动
# - B. 会，只要两组的差异在统计上显著
# - C. 说明不了：也可能买了才评得高
# - D. 不会，评分和买不买没有关系
# > 正确：C。两个方向看起来一模一样。从这样的评分算出的权重，不等于改变它能带来的效果。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 6
#
# Last year we paid 50 yuan for each customer won and 10 for each kept. Where does the next yuan go?
#
# - A. To keeping, as keeping is five times cheaper
# - B. Where the next yuan adds more value
# - C. To winning, as keeping costs so little anyway
# - D. Half and half, to be on the safe side
# > Right: B. Averages do not say what one more yuan does, most of those kept would have stayed anyway, and a won and a kept customer are not worth the same.

# %% [markdown] lang="zh"
# ## 小测 · 6
#
# 去年每赢得一位客户花 50 元，每留住一位花 10 元。下一元钱花在哪里？
#
# - A. 花在留客上，便宜五倍
# - B. 下一元增值更多的地方
# - C. 花在拉新上，反正留客花不了多少
# - D. 一半一半，最稳妥
# > 正确：B。平均数不说明再多花一元会怎样；“留住”的人大多本来就会留下；新赢得的和留住的，价值也不一样。

# %% [markdown] lang="en" part="quiz"
# ## Wrap-up · 7
#
# 100 customers at 10 yuan each became 120 at 15. How much of the 800 more came from more customers, by the mean over the orders?
#
# - A. 200 yuan
# - B. 300 yuan
# - C. 550 yuan
# - D. 250 yuan
# > Right: D. Customers first: 20 × 10 = 200; profit first: 20 × 15 = 300. Then return to the notes of the first hour: what would you pay now to keep the guest, and by what assumption?

# %% [markdown] lang="zh"
# ## 小测 · 7
#
# 原来 100 位客户，每位 10 元；后来 120 位，每位 15 元。多出来的 800 元里，按各种顺序取平均，有多少来自客户变多？
#
# - A. 200 元
# - B. 300 元
# - C. 550 元
# - D. 250 元
# > 正确：D。先变客户数：20 × 10 = 200；先变利润：20 × 15 = 300。最后回到第一节课的纸条：为了留住那位常客，现在你愿意花多少？靠的是哪个假设？

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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["1.9"] rows=["E8", "E9"] slide="slide"
# # 10 · How far does word travel?
#
# The course tells of the car salesman Joe Girard and his *law of 250* (250原则): everybody knows some 250 people. Two unhappy customers a week, so the story
# goes on, make 2 × 52 × 250 people a year. It also tells of *viral marketing* (病毒营销): one tells another, and soon a fashion is made. What are a complaint
# and a recommendation worth, if both stories are counted through?
#
# In this lesson you will
#
# - **count** whom word reaches where circles overlap, by hand, by a formula and in a simulated town,
# - **tell** a chain that dies out from one that spreads, by how many each brings along,
# - **decide** on a reward for recommending us, doing nothing among the choices.

# %% [markdown] lang="zh"
# # 10 · 口碑能传多远？
#
# 课程讲了汽车推销员乔·吉拉德的 *250 原则*：每个人大约认识 250 个人。故事接着说，每周得罪两位客户，一年就是 2 × 52 × 250 人。课程还讲了*病毒营销*：一传十、十传百，引爆流行。把这两个故事仔细算一遍，一次抱怨、一次推荐到底值多少？
#
# 在这一课里，你将
#
# - **数清**圈子有重叠时口碑传到多少人：亲手数，用公式算，再到模拟的小城里数；
# - **分清**会断掉的传播和会扩散的传播：看每人平均带来几个人；
# - **决定**要不要给推荐人奖励，“什么都不做”也是一个方案。

# %% [markdown] lang="en" tags=["slide-text"]
# Girard's *law of 250* (250原则): two unhappy customers a week, so 2 × 52 × 250 people a year? *Viral marketing* (病毒营销): one tells another, without end?
#
# - **count** whom word reaches where circles overlap (in a *simulated* town),
# - **tell** a chain that dies out from one that spreads,
# - **decide** on a reward for recommending us.

# %% [markdown] lang="zh"
# 吉拉德的 *250 原则*：每周得罪两位，一年 2 × 52 × 250 人？*病毒营销*：一传十、十传百，没有尽头？
#
# - **数清**圈子重叠时传到多少人（*模拟*的小城）；
# - **分清**会断的和会扩散的传播；
# - **决定**要不要奖励推荐人。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import contagion, datasets, plots, reach
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: who brought whom?
#
# A network needs to be known: who talks to whom. None of the real data of this kit says so, and we do not pretend that it does. What we have is *simulated*: the teaching company
# writes down, for each customer, who recommended it to them (`referred_by`; empty where nobody did, or nobody asked). One row is a customer; we count how many each has brought.

# %% [markdown] lang="zh"
# ## 先看数据：谁介绍了谁？
#
# 要算口碑，得知道谁和谁说话。本课程的真实数据都没有这一项，我们也不假装有。手上只有*模拟*数据：教学公司给每位客户记下推荐人（`referred_by`；没人推荐，或者没有问过，就空着）。一行是一位客户；我们数每位客户介绍过几位。

# %% [markdown] lang="en" tags=["slide-text"]
# No real data here say who talks to whom. *Simulated*: the teaching company writes down who recommended it (`referred_by`). How many did each customer bring?

# %% [markdown] lang="zh"
# 真实数据都没有“谁和谁说话”。*模拟*公司记下了推荐人（`referred_by`）。每位客户介绍过几位？

# %%
tables = datasets.load_data(company)[0]
customers = tables["customers"].set_index("customer_id")
n_brought = customers["referred_by"].value_counts().reindex(customers.index, fill_value=0)

# %% [markdown] lang="en"
# The axis of the figure is logarithmic: each step up is ten times as many, or the few who brought much would not be seen.

# %% [markdown] lang="zh"
# 图的纵轴是对数刻度：每上一格多十倍，否则看不见那几位介绍很多人的客户。

# %%
none, most = (n_brought == 0).mean(), n_brought.max()
ax = n_brought.value_counts().sort_index().plot.bar(color=plots.BLUE, rot=0, log=True)
ax.set(xlabel=t("customers brought by one customer"), ylabel=t("customers (logarithmic)"))
ax.set_title(sentence("{none:.0%} of the customers brought nobody; one brought {most} (simulated)"))
plt.show()

# %% [markdown] lang="en" minutes=6 rows=["E8"] slide="slide"
# ## Eight people, by hand
#
# **Reach** is the number of *different* people who hear. Where two tellers know the same person, that person counts once: the circles **overlap**. Eight people stand in a circle, and each knows
# two on either side. A row of the table is a person; true where they know the one in the column.

# %% [markdown] lang="zh"
# ## 八个人，亲手数
#
# **到达人数**数的是听到的*不同*的人。两个传话的人都认识的，只算一次：圈子有**重叠**。八个人围成一圈，每人认识左右各两位。表中一行是一个人，认识列中的那位就是“是”。

# %% [markdown] lang="en" tags=["slide-text"]
# **Reach**: the number of *different* people who hear. Circles **overlap**: a person known by two tellers counts once. Eight people in a circle; each knows two on either side.

# %% [markdown] lang="zh"
# **到达人数**：听到的*不同*的人。圈子有**重叠**：两位都认识的只算一次。八个人围成一圈，每人认识左右各两位。

# %%
circle = {
    "A": "BCGH", "B": "ACDH", "C": "ABDE", "D": "BCEF",
    "E": "CDFG", "F": "DEGH", "G": "AEFH", "H": "ABFG",
}
rows = {one: [other in circle[one] for other in circle] for one in circle}
knows = pd.DataFrame(rows, index=list(circle))
knows

# %% [markdown] lang="en"
# **1.10.a** A and D are unhappy, and each tells everybody they know. How many different people hear? (a whole number)

# %% [markdown] lang="zh"
# **1.10.a** A 和 D 不满意，各自告诉认识的每一个人。听到的有多少个不同的人？（整数）

# %% tags=["exercise"]
answer = ...
check("1.10.a", answer)

# %% [markdown] lang="en"
# A with each of the others in turn: `|` is “or”, true where one of the two knows the person. Girard counts 8 each time. Read the row of D aloud.

# %% [markdown] lang="zh"
# A 依次和其他每一位搭配：`|` 是“或”，两人中有一人认识就是“是”。吉拉德每次都数 8 个。把 D 那一行读出来。

# %% slide="result"
pairs = pd.DataFrame(index=pd.Index(list("BCDEFGH"), name="together_with"))
pairs["told_in_all"] = [knows.loc["A"].sum() + knows.loc[one].sum() for one in pairs.index]
pairs["different_people"] = [(knows.loc["A"] | knows.loc[one]).sum() for one in pairs.index]
pairs

# %% [markdown] lang="en"
# `people_reached` counts the same. It is earned, and counts three circles as well:

# %% [markdown] lang="zh"
# `people_reached` 数出来的一样。核对相等，往后就用它；三个人的圈子也能数：

# %% slide="result"
by_helper = [reach.people_reached(knows, ["A", one]) for one in pairs.index]
assert by_helper == pairs["different_people"].tolist()
of_three = reach.people_reached(knows, ["A", "D", "F"])
say("Of the eight, {of_three} hear it from A, D or F.")

# %% [markdown] lang="en" minutes=7 rows=["E8"] slide="slide"
# ## Girard's town: predict first
#
# If each teller tells $k$ of $N$ people, drawn at random, a given person is missed by one teller with the chance $1 - k/N$, and by $n$ tellers with that to the power of $n$. So on average
#
# $$\text{reach} = N \cdot \left(1 - \left(1 - k/N\right)^n\right)$$
#
# (Feller 1968.) A town of 20,000 people (*assumed*), 250 told by each, two unhappy customers a week. **1.10.b** **What share of the town hears in a year?** (a fraction)

# %% [markdown] lang="zh"
# ## 吉拉德的小城：先猜
#
# 每个传话的人从 $N$ 人中随机告诉 $k$ 人。某个人没有被一位告诉的可能性是 $1 - k/N$，没有被 $n$ 位告诉的可能性就是它的 $n$ 次方。所以平均
#
# $$到达人数 = N \cdot \left(1 - \left(1 - k/N\right)^n\right)$$
#
# （Feller 1968。）一座 20,000 人的小城（*假设*），每人告诉 250 人，每周两位不满意的客户。**1.10.b** **一年后全城有多大比例的人听到？**（用小数表示）

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{reach} = N \cdot \left(1 - \left(1 - k/N\right)^n\right)$$
#
# $N$ people, $k$ told by each of $n$ tellers, at random (Feller 1968). *Assumed*: 20,000 people, 250 told, two a week. **1.10.b** **What share hears in a year?**

# %% [markdown] lang="zh"
# $$到达人数 = N \cdot \left(1 - \left(1 - k/N\right)^n\right)$$
#
# $N$ 人，$n$ 位各随机告诉 $k$ 人（Feller 1968）。*假设*：20,000 人，各告诉 250 人，每周两位。**1.10.b** **一年后多大比例听到？**

# %%
n_people, n_told, n_year = 20_000, 250, 2 * 52

# %% [markdown] lang="en"
# Write down your guess before the next cell.

# %% [markdown] lang="zh"
# 先写下你的猜测，再运行下一格。

# %% tags=["exercise"]
guess = ...
check("1.10.b", guess)

# %% [markdown] lang="en" slide="subslide"
# And a *simulated* town in which circles overlap more: people know their neighbors, and every tenth tie goes to anybody (Watts & Strogatz 1998). Unhappy customers may be anybody, or all of one quarter: customers
# of one shop often know each other.

# %% [markdown] lang="zh"
# 再造一座*模拟*的小城，圈子重叠更多：人人认识左邻右舍，每十条关系有一条随机连到任何人（Watts & Strogatz 1998）。不满意的客户可能是任何人，也可能都住在同一个街区：一家店的客户常常互相认识。

# %% [markdown] lang="en" tags=["slide-text"]
# A *simulated* town: people know their neighbors, every tenth tie goes to anybody (Watts & Strogatz 1998). Unhappy customers: anybody, or all of one quarter.

# %% [markdown] lang="zh"
# *模拟*的小城：认识左邻右舍，每十条关系有一条随机（Watts & Strogatz 1998）。不满意的客户：随机的人，或同一街区。

# %%
town = reach.acquaintances(n_people, n_known=n_told, share_by_lot=0.1, seed=10)
anybody = np.random.default_rng(10).permutation(n_people)
neighbors = anybody[anybody < n_people / 4]

# %% [markdown] lang="en"
# Four ways to count, week by week of the year.

# %% [markdown] lang="zh"
# 四种数法，看一年里怎样增加。

# %% slide="result"
tellers = pd.Index([2, 13, 26, 52, 78, 104], name="n_tellers")
counted = pd.DataFrame({"each counts anew": tellers * n_told}, index=tellers)
counted["by the formula"] = reach.expected_reach(tellers, n_told=n_told, n_people=n_people)
counted["simulated: anybody"] = [reach.people_reached(town, anybody[:n]) for n in tellers]
counted["simulated: one quarter"] = [reach.people_reached(town, neighbors[:n]) for n in tellers]
show(counted, kind="number", digits=0)

# %% [markdown] lang="en"
# The straight line passes the town; the curves bend. Which column bends most?

# %% [markdown] lang="zh"
# 直线越过了全城人数，曲线都往下弯。哪一列弯得最厉害？

# %% slide="result"
ax = plots.plot_reach(counted, n_people=n_people)
claimed, heard = counted.loc[n_year, ["each counts anew", "by the formula"]]
nearby = counted.loc[n_year, "simulated: one quarter"]
assert claimed > n_people > heard > nearby
ax.set_title(sentence("{claimed:.0f} are more than there are; {heard:.0f} hear from anybody, {nearby:.0f} from one quarter"))
plt.show()

# %% [markdown] lang="en"
# And to *know* 250 people is not to *tell* them. The same course says elsewhere: of unhappy customers 80 % tell eight to ten people, 20 % tell twenty. (It names no source for either.)

# %% [markdown] lang="zh"
# 而且，*认识* 250 人，不等于*告诉* 250 人。同一门课程在别处说：不满意的客户中，80% 告诉 8 到 10 个人，20% 告诉 20 个人。（两处都没有给出处。）

# %% slide="result"
told_each = 0.8 * 9 + 0.2 * 20
few = reach.expected_reach(n_year, n_told=told_each, n_people=n_people)
in_city = reach.expected_reach(n_year, n_told=n_told, n_people=10_000_000)
assert few < nearby and 0.99 * claimed < in_city < claimed
say("At {told_each:.1f} told by each, {few:.0f} people hear in a year: how many each tells matters more than overlap. Overlap is of the small town: of ten million people {in_city:.0f} would hear, hardly fewer than {claimed:.0f}.")

# %% [markdown] lang="en" tags=["notes"]
# Ties between neighbors alone change little while the tellers are anybody: compare the second and the third column. What counts is whether the *tellers* move in the same circles. Good word travels as
# well: in each of the 15 studies of East, Hammond & Wright (2007), doi:10.1016/j.ijresmar.2006.12.004, it was more common than bad word.

# %% [markdown] lang="zh"
# 只要传话的人是随机的，邻里关系本身影响不大：比较第二列和第三列。要紧的是*传话的人*是不是同一个圈子。好话也会传：East, Hammond & Wright (2007)，doi:10.1016/j.ijresmar.2006.12.004，他们的 15 项研究，每一项都是好话比坏话多。

# %% [markdown] lang="en" minutes=4 rows=["E9"] slide="slide"
# ## Passing it on: the number that decides
#
# Let each customer who comes bring $R$ others on average. From one, $R$ come in the next round, then $R^2$, and so on. If $R$ is below 1, the rounds shrink, and all of them together are
#
# $$1 + R + R^2 + \dots = \frac{1}{1 - R}$$
#
# At 1 and above the sum has no end: only the number of people stops it. **1.10.c** Ten customers begin, $R$ is 0.6. How many come in all, the ten included?

# %% [markdown] lang="zh"
# ## 一传十、十传百：由一个数决定
#
# 每位来的客户如果平均再带来 $R$ 位：从一位开始，下一轮来 $R$ 位，再下一轮 $R^2$ 位……$R$ 小于 1，一轮比一轮少，合计是
#
# $$1 + R + R^2 + \dots = \frac{1}{1 - R}$$
#
# $R$ 等于或大于 1，这个和没有尽头，只有人不够了才停。**1.10.c** 开始有十位客户，$R$ 是 0.6。连同这十位，一共来多少位？

# %% [markdown] lang="en" tags=["slide-text"]
# $$1 + R + R^2 + \dots = \frac{1}{1 - R} \quad (R < 1)$$
#
# $R$: how many each brings along on average. **1.10.c** Ten customers begin, $R$ is 0.6. How many come in all, the ten included?

# %% [markdown] lang="zh"
# $$1 + R + R^2 + \dots = \frac{1}{1 - R} \quad (R < 1)$$
#
# $R$：每位平均带来几位。**1.10.c** 开始十位，$R$ 是 0.6。连同这十位，一共来多少位？

# %%
begin, brings = 10, 0.6

# %% [markdown] lang="en"
# Type the number of customers.

# %% [markdown] lang="zh"
# 填写客户人数。

# %% tags=["exercise"]
in_all = ...
check("1.10.c", in_all)

# %% [markdown] lang="en"
# Round by round. And at the teaching company: of those who registered since 2023, how many has each brought by the end of 2025?

# %% [markdown] lang="zh"
# 一轮一轮地看。再看教学公司：2023 年以来注册的客户，到 2025 年底平均每位带来几位？

# %% slide="result"
rounds = pd.DataFrame({"n_new": begin * brings ** np.arange(8)}).rename_axis("round")
show(rounds.assign(n_so_far=rounds["n_new"].cumsum()), kind="number", digits=1)
since = customers[customers["registered_date"] >= "2023-01-01"]
r_now = n_brought[since.index].mean()
per_hundred = 100 / (1 - r_now)
say("At the teaching company R is {r_now:.2f}: a hundred customers become {per_hundred:.0f} by word of mouth (simulated; some are not asked, and some have still to bring theirs).")

# %% [markdown] lang="en" minutes=6 rows=["E9"] slide="slide"
# ## The threshold, and why chains die all the same
#
# Two *simulated* networks of 2,000 people, ten known by each. Five begin. Each person who goes along tells all ten once, and each of these goes along with the chance $R / 10$. In one network ties are random, in the other people know their
# neighbors. Twenty tries at each $R$.

# %% [markdown] lang="zh"
# ## 门槛，以及为什么照样会断
#
# 两个*模拟*网络，各 2,000 人，每人认识十位。从五个人开始；谁加入，就告诉那十位一次，每位以 $R / 10$ 的可能性加入。一个网络的关系是随机的，另一个里大家认识的是邻居。每个 $R$ 试二十次。

# %% [markdown] lang="en" tags=["slide-text"]
# Two *simulated* networks of 2,000 people, ten known by each: random ties, or neighbors. Five begin; each person told goes along with the chance $R / 10$.

# %% [markdown] lang="zh"
# 两个*模拟*网络，各 2,000 人，每人认识十位：关系随机，或都是邻居。从五人开始，被告诉的以 $R / 10$ 的可能性加入。

# %%
networks = {"random ties": reach.acquaintances(2000, n_known=10, share_by_lot=1, seed=3)}
networks["neighbors"] = reach.acquaintances(2000, n_known=10, share_by_lot=0.1, seed=3)
tried = [0.2, 0.5, 0.8, 1, 1.2, 1.5, 2, 3]
went_along = reach.spread_shares(networks, brings_along=tried, n_first=5, n_times=20, seed=3)

# %% [markdown] lang="en"
# `spread_shares` gives the share of the 2,000 who went along, on average over the tries.

# %% [markdown] lang="zh"
# `spread_shares` 给出 2,000 人中加入的比例，取各次的平均。

# %% slide="result"
show(went_along, kind="share")
ax = plots.plot_spread(went_along)
low = went_along.loc[0.8].max()
at_random, in_circles = went_along.loc[1.5]
assert in_circles < at_random and low < 0.05
ax.set_title(sentence("Below 1 it stays with few; at 1.5, {at_random:.0%} with random ties, {in_circles:.0%} among neighbors"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Above 1 a chain *may* go on. By hand: a quarter bring nobody, the others two each. Say $q$ is the chance that a chain from one person dies out: it does if the person brings nobody, or if
# both chains of the two die out: $q = 0.25 + 0.75 q^2$. The smallest $q$ that fits is the answer (Watson & Galton 1875): 1/3.
# `chance_of_dying_out` finds the same.
#
# Beside it another kind of chain with the same $R$ of 1.5: one in twenty brings thirty, the others nobody. Begun by one person, and by ten
# (`compare_chains`):

# %% [markdown] lang="zh"
# 大于 1 时，传播*可能*一直下去。亲手算：四分之一的人谁也没带来，其余各带来两位。设 $q$ 是从一个人开始的传播断掉的可能性：要么这个人谁也没带来，要么带来的两支都断掉：$q = 0.25 + 0.75 q^2$。满足它的最小的 $q$ 就是答案（Watson & Galton 1875）：1/3。`chance_of_dying_out` 算出来的相同。
#
# 再看另一种传播，$R$ 同样是 1.5：二十人中有一人带来三十位，其余谁也没带来。分别从一个人和十个人开始（`compare_chains`）：

# %% [markdown] lang="en" tags=["slide-text"]
# Above 1 a chain *may* go on. $q$: the chance that it dies out, begun by one person. A quarter bring nobody, the others two: $q = 0.25 + 0.75 q^2$, so
# $q = 1/3$ (Watson & Galton 1875). Another chain, $R$ again 1.5: one in twenty brings thirty.

# %% [markdown] lang="zh"
# 大于 1 时，传播*可能*一直下去。$q$：从一个人开始，传播断掉的可能性。四分之一谁也没带来，其余各带来两位：$q = 0.25 + 0.75 q^2$，所以 $q = 1/3$（Watson & Galton 1875）。另一种传播，$R$ 也是 1.5：二十人中有一人带来三十位。

# %% slide="result"
even, rare = pd.Series({0: 0.25, 2: 0.75}), pd.Series({0: 0.95, 30: 0.05})
assert abs(contagion.chance_of_dying_out(even) - 1 / 3) < 1e-9
dies = contagion.compare_chains({"two or nobody": even, "thirty or nobody": rare}, n_first=10)
show(dies, kind="number", digits=2)

# %% slide="result"
even_one, rare_one = dies["begun_by_1"]
assert rare_one > even_one and (dies["brings_along"] == 1.5).all()
say("With the same R of 1.5, {even_one:.0%} or {rare_one:.0%} of chains begun by one person die out. The famous campaigns are those that did not: nobody writes about the others.")

# %% [markdown] lang="en" tags=["notes"]
# Not the mean alone decides, but how it is spread: where it hangs on a few, nearly all chains die, and the rest are large. So an “average” campaign does not exist, and a story of one success says nothing
# about the next. Ask: what would one have to record to learn R of one's own customers?

# %% [markdown] lang="zh"
# 不只看平均数，还要看谁带来得多：如果全靠少数人，绝大多数传播会断，剩下的很大。所以没有“平均的”爆款，一个成功故事也说明不了下一次。问一问：要知道自己客户的 R，应当记录什么？

# %% [markdown] lang="en" minutes=4 rows=["E9"] slide="slide"
# ## Do the sums, then decide: a reward for recommending?
#
# A reward goes to whoever brings a customer, for *every* customer brought, also for those who would have come anyway. Per 1,000 customers. *Assumed*: a reward $w$ raises $R$ by ceiling · $w / (50 + w)$:
# at 50 yuan half of the ceiling is reached, so the first yuan do most. Three worlds: the ceiling is 0.10; it is 0.02, rewards **hardly work**; it is 0.10, but **half** of the additional customers would have come anyway.

# %% [markdown] lang="zh"
# ## 算清账，再决定：要不要奖励推荐？
#
# 谁带来一位客户就给谁奖励，带来的*每一位*都给，包括本来就会来的。按 1,000 位客户计。*假设*奖励 $w$ 元使 $R$ 增加“上限 × $w / (50 + w)$”：奖励 50 元时达到上限的一半，开头的钱最管用。三种情景：上限 0.10；上限只有 0.02，奖励**几乎没用**；上限 0.10，但多带来的人有**一半**本来也会来。

# %% [markdown] lang="en" tags=["slide-text"]
# A reward is paid for *every* customer brought. *Assumed*: it raises $R$ by ceiling · $w / (50 + w)$. Worlds: ceiling 0.10 · **hardly works**, 0.02 · **half** would have come anyway. Simulated company.

# %% [markdown] lang="zh"
# 带来的*每一位*都付奖励。*假设* $R$ 增加“上限 × $w / (50 + w)$”。情景：上限 0.10 · **几乎没用** 0.02 · **一半**本来会来。模拟公司。

# %%
lines = tables["transactions"]
gross = (lines["amount"] - lines["cost"]).groupby(lines["customer_id"]).sum()
by_word = since.index[since["referred_by"].notna()]
margin = gross.reindex(by_word, fill_value=0).mean()

# %% [markdown] lang="en"
# `margin`: the gross profit of a customer who came by recommendation since 2023, up to the end of 2025, on average; those who bought nothing count as 0 (`fill_value`).
# That is the window of $R$ above, so gains and rewards are of the same time. What a reward changes, per 1,000 customers:

# %% [markdown] lang="zh"
# `margin`：2023 年以来经推荐而来的客户，到 2025 年底平均贡献的毛利；没买的按 0 算（`fill_value`）。这和上面的 $R$ 是同一段时间，得失才能相比。一份奖励按 1,000 位客户改变多少：

# %%
def change(reward, ceiling, new_share):
    """What a reward changes, per 1,000 customers, by the margin of those who come."""
    r_then = r_now + ceiling * reward / (50 + reward)
    come, came = r_then / (1 - r_then), r_now / (1 - r_now)
    return 1000 * ((come - came) * new_share * margin - come * reward)


# %% [markdown] lang="en"
# Each row is a plan; 0 is no reward.

# %% [markdown] lang="zh"
# 一行是一个方案，0 就是不奖励。

# %% slide="result"
plans = pd.DataFrame(index=pd.Index([0, 10, 20, 50, 100], name="reward"))
plans["as assumed"] = change(plans.index, 0.10, 1)
plans["hardly works"] = change(plans.index, 0.02, 1)
plans["half come anyway"] = change(plans.index, 0.10, 0.5)
show(plans, kind="money", digits=0)

# %% slide="result"
mean, worst = plans.mean(axis=1), plans.min(axis=1)
best, best_mean, safest = mean.idxmax(), mean.max(), worst.idxmax()
its_worst = worst[best]
verdict = t("No reward is best: each costs more than it brings.")
if best > 0:
    verdict = sentence("{best} yuan are best: {best_mean:CNY} on average, {its_worst:CNY} in the worst world. If you must not lose in any world, pay {safest} yuan.")
say("Let the three worlds be equally likely (assumed). {verdict} A trial, with the reward for some drawn at random, would tell which world it is.")

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** — Reach counts different people; a chain spreads only where each brings more than one.
#
# **Hard point** — Above 1 most chains may die all the same, and we hear only of those that did not.
#
# **Board** — The circle of eight; ring the circles of A and D and count the overlap. Beside it 10, 6, 3.6 ... and 25.
#
# **Homework** — Exercise 1.10.5 in writing: ask five people how many they told of their last good and their last bad purchase.

# %% [markdown] lang="zh"
# **重点** — 到达人数数的是不同的人；每人带来超过一位，传播才会扩散。
#
# **难点** — 即使大于 1，多数传播照样可能断掉，而我们只听说没断的那些。
#
# **板书** — 八个人围成一圈；圈出 A 和 D 的圈子，数一数重叠。旁边写 10、6、3.6……和 25。
#
# **作业** — 书面完成练习 1.10.5：问五个人，上一次满意和上一次不满意的购物，各告诉了几个人？

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `village`: another place, n_people, n_told and n_tellers. · `club`: who knows whom among twelve people (simulated), a table as above. · `brought`: one row per customer of the teaching company, customer_type and
# n_brought. · `passed_on`: by how many others one person brings along, the share of such people.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `village`：另一个地方，人数 n_people、每人告诉 n_told、传话的 n_tellers。· `club`：十二个人谁认识谁（模拟），表的形式同上。· `brought`：教学公司一位客户一行，有客户类型 customer_type 和介绍人数 n_brought。· `passed_on`：一个人带来 0、1、2……位的，各占多大比例。

# %%
village = pd.Series({"n_people": 3000, "n_told": 40, "n_tellers": 60})
members = ["An", "Bai", "Cai", "Deng", "Fan", "Gao", "Han", "Jin", "Kong", "Lin", "Ma", "Ning"]
ties = reach.acquaintances(12, n_known=4, share_by_lot=0.4, seed=47).toarray()
club = pd.DataFrame(ties, index=members, columns=members)
brought = customers[["customer_type"]].assign(n_brought=n_brought)
passed_on = pd.Series({0: 0.55, 1: 0.15, 2: 0.20, 6: 0.10})
practice_on(village=village, club=club, brought=brought, passed_on=passed_on)

# %% [markdown] lang="en"
# **1.10.1** In `village` each teller tells `n_told` people, drawn at random. How many *different* people hear, on average? (not rounded)

# %% [markdown] lang="zh"
# **1.10.1** 在 `village`，每位传话的人随机告诉 `n_told` 人。平均有多少个*不同*的人听到？（不要取整）

# %% tags=["exercise"]
hear = ...
check("1.10.1", hear)

# %% [markdown] lang="en"
# **1.10.2** In `club`, An, Bai and Gao tell everybody they know. How many different people are told, counting a teller whom another teller tells? (a whole number)

# %% [markdown] lang="zh"
# **1.10.2** 在 `club` 中，An、Bai 和 Gao 告诉认识的每一个人。被告诉的有多少个不同的人？传话的人如果被另一位告诉，也算在内。（整数）

# %% tags=["exercise"]
told = ...
check("1.10.2", told)

# %% [markdown] lang="en"
# **1.10.3** A hundred *organizations* begin (customer_type "organisation"). If each who comes brings as many as an organization in `brought` did on average, how many come in all, the hundred included?

# %% [markdown] lang="zh"
# **1.10.3** 开始有一百家*组织*客户（customer_type 为 "organisation"）。如果来的每一家带来的客户数，和 `brought` 中组织客户的平均一样，连同这一百家，一共来多少家？

# %% tags=["exercise"]
come_in_all = ...
check("1.10.3", come_in_all)

# %% [markdown] lang="en"
# **1.10.4** Two people begin, independently, and everybody passes it on as `passed_on` says. What is the chance that *both* chains die out? (a fraction)

# %% [markdown] lang="zh"
# **1.10.4** 两个人各自独立开始，每个人的带动情况都如 `passed_on`。两支*都*断掉的可能性是多少？（用小数表示）

# %% tags=["exercise"]
both_die = ...
check("1.10.4", both_die)

# %% [markdown] lang="en"
# **1.10.5** A judgment, no code. An agency says: “Our last video was seen by two million people without a yuan for advertising. For 200,000 yuan we make you such a video.” Answer in three sentences, in quotes.

# %% [markdown] lang="zh"
# **1.10.5** 思考题，不用写代码，没有标准答案。一家代理公司说：“我们上一条视频没花一分广告费，看的人有二百万。付 20 万元，我们给你也做一条。”请用三句话回答，放在英文引号 `"..."` 里。

# %% tags=["exercise"]
answer = ...
check("1.10.5", answer)

# %%
quiz("1.10.q1")

# %%
quiz("1.10.q2")

# %%
quiz("1.10.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: the curve of a new product
#
# Bass (1969): some adopt by themselves, a share $p$ of those left in each period; others are drawn by those who have, a share $q$ times what share has adopted:
# new $= (p + q F)(1 - F)$, with $F$ the share so far. Over 213 applications $p$ is 0.03 and $q$ 0.38 a year on average (Sultan, Farley & Lehmann 1990, as others quote
# it; we have not seen the paper). Word alone, $p = 0$ after one in a hundred has it, takes longer.

# %% [markdown] lang="zh"
# ## 选读：新产品的扩散曲线
#
# Bass（1969）：每一期，还没有买的人中，有比例 $p$ 自己决定买；另有一部分是受已买的人带动，比例是 $q$ 乘以已买的比例：新增 $= (p + q F)(1 - F)$，$F$ 是到目前为止已买的比例。213 项应用的平均是每年 $p$ 约 0.03、$q$ 约 0.38（Sultan, Farley & Lehmann 1990，转引自他人，原文我们没有见到）。如果百分之一的人有了之后只靠口碑（$p = 0$），要慢得多。

# %%
share = pd.DataFrame({t("by themselves and by word"): [0.0], t("by word alone"): [0.01]})
for year in range(1, 26):
    so_far = share.loc[year - 1]
    share.loc[year] = so_far + (np.array([0.03, 0]) + 0.38 * so_far) * (1 - so_far)
half, half_alone = (share >= 0.5).idxmax()
assert half < half_alone
ax = plots.plot_adoption(share)
ax.set_title(sentence("Half have it by year {half}; by word alone not before year {half_alone}"))
plt.show()

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **count** whom word reaches where circles overlap, by hand, by a formula and in a simulated town,
# - **tell** a chain that dies out from one that spreads, by how many each brings along,
# - **decide** on a reward for recommending us, doing nothing among the choices.
#
# **Words** — reach (到达人数), overlap (重叠), network (网络), word of mouth (口碑), viral marketing (病毒营销), brought along, R (人均带来数), threshold (门槛), chance of dying out (断掉的可能性), reward (推荐奖励).
#
# **Next** — 2.1: The pyramid: who are the gold customers, and what is a place among them worth?
#
# **Further reading** — Watts & Strogatz (1998), [doi:10.1038/30918](https://doi.org/10.1038/30918) · Watson & Galton
# (1875), [doi:10.2307/2841222](https://doi.org/10.2307/2841222) · Bass (1969),
# [doi:10.1287/mnsc.15.5.215](https://doi.org/10.1287/mnsc.15.5.215) · Sultan, Farley & Lehmann (1990),
# [doi:10.1177/002224379002700107](https://doi.org/10.1177/002224379002700107) · Feller (1968), *An Introduction to Probability Theory and Its Applications* I

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **数清**圈子有重叠时口碑传到多少人：亲手数，用公式算，再到模拟的小城里数；
# - **分清**会断掉的传播和会扩散的传播：看每人平均带来几个人；
# - **决定**要不要给推荐人奖励，“什么都不做”也是一个方案。
#
# **术语**：到达人数（reach）、重叠（overlap）、网络（network）、口碑（word of mouth）、病毒营销（viral marketing）、人均带来数（R）、门槛（threshold）、断掉的可能性（chance of dying out）、推荐奖励（reward）。
#
# **下一课**：2.1 客户金字塔：谁是“金牌”客户？一个名额值多少钱？
#
# **延伸阅读**：Watts & Strogatz (1998), [doi:10.1038/30918](https://doi.org/10.1038/30918) · Watson & Galton (1875), [doi:10.2307/2841222](https://doi.org/10.2307/2841222) · Bass (1969), [doi:10.1287/mnsc.15.5.215](https://doi.org/10.1287/mnsc.15.5.215) · Sultan, Farley & Lehmann (1990), [doi:10.1177/002224379002700107](https://doi.org/10.1177/002224379002700107) · Feller (1968), *An Introduction to Probability Theory and Its Applications* I

# %% [markdown] lang="en" tags=["slide-text"]
# - **count** whom word reaches where circles overlap (*simulated* town),
# - **tell** a chain that dies out from one that spreads,
# - **decide** on a reward, doing nothing among the choices.

# %% [markdown] lang="zh"
# - **数清**圈子重叠时传到多少人（*模拟*的小城）；
# - **分清**会断的和会扩散的传播；
# - **决定**要不要奖励，包括什么都不做。

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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["4.1"] rows=["D24"] slide="slide"
# # 5 · Why do they choose us?
#
# Jiahe has 200,000 yuan. Purchasing wants lower prices, marketing wants advertising, sales wants a loyalty programme. Each of them says: *that* is why customers choose us.
# Who is right, and is any of it worth the money?
#
# In this lesson you will
#
# - **compute** the chance that a household chooses us, from how it sees each grocer,
# - **test** what the weights of such a model say, and what they do not,
# - **decide** between three plans and doing nothing, in money.

# %% [markdown] lang="zh"
# # 5 · 他们为什么选我们？
#
# 嘉禾手里有 20 万元。采购部要降价，市场部要做广告，销售部要办积分计划。每个部门都说：客户*就是冲着这个*来的。谁说得对？这笔钱又花得值不值？
#
# 在这一课里，你将
#
# - **计算**：从一个家庭对各家超市的评价，算出选我们的概率；
# - **检验**：这种模型的权重说明了什么，没有说明什么；
# - **决定**：三个方案，加上“什么也不做”，按钱来选。

# %% [markdown] lang="en" tags=["slide-text"]
# 200,000 yuan: for lower prices, for advertising, or for a loyalty programme? Each says: *that* is why they choose us.
#
# - **compute** the chance that a household chooses us,
# - **test** what the weights say, and what they do not,
# - **decide** between three plans and doing nothing.

# %% [markdown] lang="zh"
# 20 万元：降价、做广告，还是办积分计划？每个部门都说：客户*就是冲着这个*来的。
#
# - **计算**：一个家庭选我们的概率；
# - **检验**：权重说明了什么，没有说明什么；
# - **决定**：三个方案，加上“什么也不做”。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A choice says what people weigh against what. One point more of a driver is worth the share it moves, and share becomes money only through what a customer leaves us.
#
# **Hard point** A weight is not an effect. People rate the shop they use higher, and most who come back come back for a taste of their own.
#
# **Board** The sum of C: u = 0.3 · price + 0.4 · trust for both grocers, e^u below, one divided by the sum. Next to it: last (rows) to next (columns), with rows that add up to 1.
#
# **Homework** Exercises 4.5.4 and 4.5.5. Which shop did you go to last, and which next? Would you have said before that you went there for that reason?

# %% [markdown] lang="zh"
# **重点** 选择本身说明了人们拿什么和什么比。某个驱动因素高一分，值的是它带来的份额；份额要乘上客户给我们留下的毛利，才是钱。
#
# **难点** 权重不等于效果。人们对自己常去的店打分偏高；而回头客大多是因为本来就偏爱这一家。
#
# **板书** 受访者 C 的两笔账：u = 0.3 · 价格 + 0.4 · 信任，两家各算一个，下面写 e^u，再用其中一个除以总和。旁边画转换矩阵：行是上次，列是下次，每行加起来是 1。
#
# **作业** 练习 4.5.4 和 4.5.5。你上次去了哪家店，下次去了哪家？去之前，你会说是因为这个原因吗？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from scipy.optimize import minimize

from crmlib import choice, datasets, plots
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=4 rows=["D24"] slide="slide"
# ## What drives customer equity?
#
# **Customer equity** (客户资产) is the profit that customers of today and tomorrow bring over a period. The course names three drivers: **value equity** (价值资产: is it worth its money? *quality, price, convenience*), **brand equity** (品牌资产: *liking, trust*)
# and **relationship equity** (关系资产: do they gain by coming back? *recognition, rewards*).
#
# In June 2024 and in June 2025 Jiahe had households of its cities asked, drawn at random, not its customers only (**simulated**). One row is one household and one of four grocers: seven ratings from 1 to 5 (*price* 5 is cheap), whether it bought there **last** before
# the survey and **next** after it. Ratings left empty get the mean of that grocer and year.

# %% [markdown] lang="zh"
# ## 客户资产靠什么驱动？
#
# **客户资产**（customer equity）是现有和潜在客户在一段时期里贡献的利润。课程讲了三个驱动因素：**价值资产**（value equity，值不值这个价：质量、价格、便利）、**品牌资产**（brand equity：喜爱、信任）、**关系资产**（relationship equity，常来有没有好处：被认得、回馈）。
#
# 2024 年 6 月和 2025 年 6 月，嘉禾请人在所在各城市随机抽家庭来问，不只问自己的客户（**模拟**数据）。一行是一个家庭对一家超市（共四家）：七项评分，1 到 5 分（*价格*5 分表示便宜），调查前**上次**是不是在那里买的，调查后**下次**是不是去了那里。没填的评分，用那一年那家超市的平均分代替。

# %% [markdown] lang="en" tags=["slide-text"]
# **Customer equity** (客户资产) has three drivers:
#
# - **value** (价值资产): quality, price, convenience
# - **brand** (品牌资产): liking, trust
# - **relationship** (关系资产): recognition, rewards
#
# Households of its cities rate four grocers from 1 to 5 (**simulated**), and say where they bought last; then where they buy next.

# %% [markdown] lang="zh"
# **客户资产**有三个驱动因素：
#
# - **价值资产**：质量、价格、便利
# - **品牌资产**：喜爱、信任
# - **关系资产**：被认得、回馈
#
# 各城市随机抽的家庭给四家超市打 1～5 分（**模拟**数据），说出上次在哪儿买；再看下次去了哪儿。

# %%
tables, _ = datasets.load_data(company)
survey = tables["brand_survey"].astype({"is_last": "bool", "is_next": "bool"})
survey["year"] = survey["survey_date"].dt.year
drivers = ["quality", "price", "convenience", "liking", "trust", "recognition", "rewards"]
means = survey.groupby(["year", "grocer"])[drivers].transform("mean")
survey[drivers] = survey[drivers].astype(float).fillna(means)

# %% [markdown] lang="en"
# We learn from the survey of 2024, and keep 2025 for later. How are the four seen, and who buys where?

# %% [markdown] lang="zh"
# 先用 2024 年的调查来学，2025 年的留着检验。四家各自怎么样，谁在哪里买？

# %% slide="result"
survey_2024, survey_2025 = (survey[survey["year"] == year] for year in (2024, 2025))
seen = survey_2024.rename(columns={"is_last": "share last time", "is_next": "share next time"})
seen = seen.groupby("grocer")[[*drivers, "share last time", "share next time"]].mean()
show(seen.T, kind="number", digits=2)

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## In words, then as a formula
#
# Two questions. **Switching**: of those who bought at one grocer last, what share buys at each of them next? And **why**: every grocer has a **utility** (效用) for a household, the sum of its ratings times their weights. The household takes the highest, but we see only part of what
# counts; so we can give a **chance**. For household $i$ and grocer $j$, with ratings $x$ and weights $w$:
#
# $$u_{ij} = \sum_k w_k \, x_{ijk} \qquad\qquad P_{ij} = \frac{e^{u_{ij}}}{\sum_{m} e^{u_{im}}}$$
#
# This is the **multinomial logit** (McFadden, 1974). Rust, Lemon & Zeithaml (2004) use it to ask what a yuan for each driver brings.

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# 两个问题。**转换**：上次在某一家买的人，下次去各家的分别占多大比例？**原因**：每家超市对一个家庭都有一个**效用**（utility），就是各项评分乘以权重再相加。家庭选效用最高的一家，可影响选择的事我们只看到一部分，所以只能说**概率**。家庭 $i$、超市 $j$，评分 $x$，权重 $w$：
#
# $$u_{ij} = \sum_k w_k \, x_{ijk} \qquad\qquad P_{ij} = \frac{e^{u_{ij}}}{\sum_{m} e^{u_{im}}}$$
#
# 这叫**多项 Logit 模型**（multinomial logit；McFadden，1974）。Rust、Lemon 和 Zeithaml（2004）用它来问：在每个驱动因素上花一元，能带来多少。

# %% [markdown] lang="en" tags=["slide-text"]
# **Switching**: of those who bought at one grocer last, what share buys at each next?
#
# **Why**: utility $u$ = ratings times weights, added up; from it the chance (multinomial logit; McFadden 1974):
#
# $$u_{ij} = \sum_k w_k \, x_{ijk} \qquad\qquad P_{ij} = \frac{e^{u_{ij}}}{\sum_{m} e^{u_{im}}}$$

# %% [markdown] lang="zh"
# **转换**：上次在某一家买的人，下次去各家的比例。
#
# **原因**：效用 $u$ = 评分乘以权重再相加；再由它算概率（多项 Logit 模型，McFadden，1974）：
#
# $$u_{ij} = \sum_k w_k \, x_{ijk} \qquad\qquad P_{ij} = \frac{e^{u_{ij}}}{\sum_{m} e^{u_{im}}}$$

# %% [markdown] lang="en" minutes=9 slide="slide"
# ## Eight households, by hand
#
# Eight households, typed in: where they bought last, and where next. Two grocers, to keep it short.

# %% [markdown] lang="zh"
# ## 八个家庭，亲手算
#
# 下面输入八个家庭：上次在哪家买，下次在哪家买。为了简短，只有两家超市。

# %%
J, F = "Jiahe", "Fengyuan"
eight = pd.DataFrame({"last": [J, J, J, J, J, F, F, F], "next": [J, J, F, J, F, F, J, F]},
                     index=pd.Index(list("ABCDEFGH"), name="household"))
eight.T

# %% [markdown] lang="en" slide="fragment"
# **4.5.a** Your turn: of those who bought at Jiahe **last**, what share buys at Jiahe **next**? (a fraction)

# %% [markdown] lang="zh"
# **4.5.a** 你来算：**上次**在嘉禾（Jiahe）买的家庭里，**下次**还在嘉禾买的占多大比例？（用小数表示）

# %% tags=["exercise"]
stay_share = ...
check("4.5.a", stay_share)

# %% [markdown] lang="en" slide="subslide"
# Now both grocers. Each row is a grocer of last time, and adds up to 1. `switching_matrix` gives the same.

# %% [markdown] lang="zh"
# 两家都算。每一行是上次买的那一家，加起来是 1。`switching_matrix` 给出的也一样。

# %% slide="result"
by_hand = pd.crosstab(eight["last"], eight["next"], normalize="index").loc[[J, F], [J, F]]
helper = choice.switching_matrix(eight["last"], eight["next"], alternatives=[J, F])
assert np.allclose(by_hand, helper)
show(by_hand, kind="share")

# %% [markdown] lang="en" slide="subslide"
# And why? Below is how the eight see both grocers: *price* (5 is cheap) and *trust*. Read C aloud: *Jiahe is 3 for price and 4 for trust, Fengyuan 5 and 3; C takes Fengyuan next.*

# %% [markdown] lang="zh"
# 为什么呢？下面是八个家庭对两家的评分：*价格*（5 分表示便宜）和*信任*。把 C 读出声来：*嘉禾价格 3 分、信任 4 分，丰源（Fengyuan）价格 5 分、信任 3 分；C 下次去了丰源。*

# %% slide="result"
offers = pd.DataFrame({"household": np.repeat(eight.index, 2), "grocer": [J, F] * 8})
offers["price"] = [2, 4, 4, 3, 3, 5, 3, 3, 2, 3, 3, 4, 4, 4, 3, 4]
offers["trust"] = [5, 3, 4, 3, 4, 3, 4, 3, 5, 4, 3, 4, 3, 4, 4, 3]
offers["is_next"] = offers["grocer"].to_numpy() == np.repeat(eight["next"], 2).to_numpy()
show(offers[offers["household"].isin(["B", "C"])], kind="number", digits=0)

# %% [markdown] lang="en" slide="fragment"
# **4.5.b** Your turn: suppose a point of price weighs 0.3, a point of trust 0.4. What is the chance that C chooses **Jiahe**? (a fraction; e^u is `np.exp(u)`)

# %% [markdown] lang="zh"
# **4.5.b** 你来算：假设价格一分的权重是 0.3，信任一分的权重是 0.4。C 选**嘉禾**的概率是多少？（用小数表示；e^u 写作 `np.exp(u)`）

# %% tags=["exercise"]
chance_of_c = ...
check("4.5.b", chance_of_c)

# %% [markdown] lang="en" slide="subslide"
# Now all eight, in three lines: the utility of each row, e to its power, and divided by the sum of the household.

# %% [markdown] lang="zh"
# 八个家庭一起算，三行就够：每行的效用，取 e 的幂，再除以这个家庭的总和。

# %% slide="result"
def chances(weights):
    power = np.exp(offers[["price", "trust"]] @ weights)
    return power / power.groupby(offers["household"]).transform("sum")


offers.assign(chance=chances([.3, .4])).pivot(index="grocer", columns="household", values="chance")

# %% [markdown] lang="en" slide="subslide"
# But 0.3 and 0.4 were only assumed. The best weights are those under which **what the eight did** is most likely: the product of the chances of what they chose is as large as it can be (so is the sum of the logarithms). `minimize` looks for them, and then `fit_choice`
# does all of it at once.

# %% [markdown] lang="zh"
# 可 0.3 和 0.4 只是假设。最好的权重，要让**八个家庭实际做的选择**可能性最大：所选那一家的概率，连乘起来最大（也就是对数之和最大）。`minimize` 去找这组权重；`fit_choice` 则一步做完。

# %% [markdown] lang="en" tags=["slide-text"]
# 0.3 and 0.4 were only assumed. The best weights make **what the eight did** as likely as can be.

# %% [markdown] lang="zh"
# 0.3 和 0.4 只是假设。最好的权重，让**八个家庭实际做的选择**可能性最大。

# %% slide="result"
def misfit(weights):
    return -np.log(chances(weights)[offers["is_next"]]).sum()


found = minimize(misfit, [0, 0]).x
who = {"occasion": "household", "alternative": "grocer", "chosen": "is_next"}
model_of_eight = choice.fit_choice(offers, **who, drivers=["price", "trust"])
assert np.allclose(found, model_of_eight.weights, atol=0.001)
show(model_of_eight.intervals(), kind="number", digits=2)

# %% [markdown] lang="en"
# Eight households say next to nothing: do the intervals hold 0? But the way is the same for eight hundred.

# %% [markdown] lang="zh"
# 八个家庭几乎说明不了什么：区间里有没有 0？不过，八百个家庭也是这样算。

# %% [markdown] lang="en" tags=["notes"]
# Let them do C on paper: 2.5 and 2.7, a calculator for e^u, one division. Common: 2.5 / (2.5 + 2.7). Ask what happens to it if all weights are doubled: the shares of utilities stay, the chances do not.

# %% [markdown] lang="zh"
# 让学生在纸上算 C：2.5 和 2.7，用计算器求 e^u，再做一次除法。常见错误：2.5 ÷（2.5 + 2.7）。追问：权重都加倍会怎样？效用的占比不变，概率却变了。

# %% [markdown] lang="en" minutes=8 slide="slide"
# ## The whole survey, and a real panel
#
# **4.5.c** Guess before you look: if **all** households gave Jiahe one point more for its *price* (5 stays 5), what share of them would it gain? (a fraction: 0.01 is one household of 100)

# %% [markdown] lang="zh"
# ## 整个调查，和一组真实家庭
#
# **4.5.c** 先猜再看：如果**所有**家庭给嘉禾的*价格*评分都高一分（5 分的还是 5 分），它的份额会增加多少？（用小数表示：0.01 就是每 100 个家庭里多一个）

# %% tags=["exercise"]
guess = ...
check("4.5.c", guess)

# %% [markdown] lang="en"
# Two models of the survey of 2024: one with the seven ratings alone, one that also knows where the household bought last.

# %% [markdown] lang="zh"
# 用 2024 年的调查做两个模型：一个只用七项评分；另一个还知道这个家庭上次在哪里买。

# %%
who["occasion"] = "respondent_id"
ratings_only = choice.fit_choice(survey_2024, **who, drivers=drivers)
with_last = choice.fit_choice(survey_2024, **who, drivers=[*drivers, "is_last"])

# %% [markdown] lang="en"
# A dot is a weight, the line its 95% interval.

# %% [markdown] lang="zh"
# 圆点是权重，横线是它的 95% 区间。

# %% slide="result"
before, after = ratings_only.intervals(), with_last.intervals()
fell = 1 - after.loc[drivers, "weight"].mean() / before["weight"].mean()
both = (t("ratings alone"), t("and where they bought last"))
ax = plots.plot_weights(before, beside=after, names=both, label=t("weight of one point"))
ax.set_title(sentence("With the last shop the weights are {fell:.0%} lower (simulated)"
                      if fell > 0 else "The last shop does not lower the weights (simulated)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Which is right? With the ratings alone a weight holds a **halo** (光环效应): people rate the shop they use higher, so the rating follows the choice. With the last shop in the model the halo is taken out, and with it part of what the ratings did last time. Noise in the answers
# pulls all weights to 0. So the effect of a point lies somewhere about these two, and no survey says where.
#
# And where they bought last: is it **habit**? Households that buy again may simply like that shop. Our survey sees each household once and cannot tell. A **real** panel can: 3,292 purchases of crackers by 136 American households, four brands (Jain, Vilcassim & Chintagunta 1994). The source gives no dates; the rows of a
# household are taken to be in order of time.

# %% [markdown] lang="zh"
# 哪个对？只用评分，权重里混着**光环效应**（halo）：人们对自己常去的店打分偏高，是评分跟着选择走。把上次的店放进模型，光环去掉了，评分上次起的一部分作用也跟着去掉了。回答里的随机误差，又把所有权重往 0 拉。一分的真实效果就在这两者附近，究竟在哪里，问卷说不出来。
#
# 再说“上次在哪儿买”：这是**习惯**吗？再来的家庭，也许只是喜欢那家店。我们的调查每个家庭只看一次，分不开。有一组**真实**的家庭分得开：136 个美国家庭的 3292 次饼干购买，四个品牌（Jain、Vilcassim 和 Chintagunta，1994）。原始数据没有日期，我们把每个家庭各行的先后当作时间先后。

# %% [markdown] lang="en" tags=["slide-text"]
# **Halo** (光环效应): people rate the shop they use higher; the rating follows the choice. The effect of a point lies somewhere about the two weights.
#
# And buying again: **habit**, or a taste of their own? A **real** panel: 3,292 purchases of crackers by 136 households.

# %% [markdown] lang="zh"
# **光环效应**：人们对自己常去的店打分偏高，评分跟着选择走。一分的真实效果，在两个权重附近。
#
# 再次购买：是**习惯**，还是本来就偏爱？一组**真实**的家庭：136 个家庭，3292 次饼干购买。

# %%
bought = datasets.load_cracker().query("is_chosen").set_index("household_id")["brand"]
last = bought.groupby(level=0).shift()
matrix = choice.switching_matrix(last, bought, alternatives=list(bought.unique()))
share = bought.value_counts(normalize=True)[matrix.index]

# %% [markdown] lang="en"
# A dot is a brand: its share of all purchases, and how often its buyers take it again next time.

# %% [markdown] lang="zh"
# 一个点是一个品牌：横着看它占全部购买的比例，竖着看买过它的人下一次又买它的比例。

# %% slide="result"
ax = plots.plot_repeat(pd.DataFrame({"share": share, "repeat": np.diag(matrix)}))
ax.set_title(t("A brand is bought again far more often than by all (real)"))
assert (np.diag(matrix) > 1.2 * share).all()
plt.show()

# %% [markdown] lang="en"
# How much of that is habit? The trick: shuffle the purchases of each household. Tastes stay, the order goes. How often is a brand then followed by itself? We shuffle twenty times.

# %% [markdown] lang="zh"
# 其中有多少是习惯？办法很简单：把每个家庭自己的各次购买打乱顺序。偏爱还在，先后没了。这时，同一个品牌连着买两次的有多少？打乱二十次来看。

# %%
def repeats(purchases):
    before = purchases.groupby(level=0).shift()
    return (before == purchases)[before.notna()].mean()


shuffles = [repeats(bought.groupby(level=0).sample(frac=1, random_state=n)) for n in range(20)]

# %% [markdown] lang="en"
# Beside it: how often, if all households had one taste?

# %% [markdown] lang="zh"
# 再比一比：如果所有家庭口味都一样，会有多少？

# %%
real, no_habit, one_taste = repeats(bought), np.mean(shuffles), (share ** 2).sum()
habit_part = (real - no_habit) / (real - one_taste)
assert real > max(shuffles)  # so the order is more than chance
say("Repeats: {one_taste:.0%} if all had one taste, {no_habit:.0%} with each household's purchases shuffled, "
    "really {real:.0%}, more than in any shuffle. Of all above {one_taste:.0%}, the order makes "
    "{habit_part:.0%}. The rest stays the same in a household: taste, its shop, an old habit.")

# %% [markdown] lang="en" tags=["notes"]
# Hands up before the figure: who buys the brand of last time because it is the brand of last time? Then ask what shuffling does to a household that always takes Nabisco (nothing), and to one that takes turns (it repeats more). “Taste” is all that stays the same in a household, the shop it goes to as well. For the firm: a free first pack makes a habit in few.

# %% [markdown] lang="zh"
# 看图之前举手：谁买上次的品牌，只因为上次买的是它？再问：打乱顺序，对总买纳贝斯克的家庭有什么影响（没有）？对轮流买的家庭呢（反而重复得多了）？“偏爱”包括一个家庭里所有不变的东西，比如总去哪家店。对企业来说：免费送第一包，养成习惯的很少。

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Where it misleads
#
# **Whom we ask.** A firm has addresses of its customers, and asks them. What would Jiahe have learnt from the respondents whose card it knows?

# %% [markdown] lang="zh"
# ## 哪里会误导人
#
# **问了谁。** 企业手里有自己客户的联系方式，就去问他们。要是只问嘉禾认得会员卡的那些受访者，会得出什么结论？

# %% slide="result"
is_ours = survey_2024["customer_id"].notna()
asked = {t("all households asked"): survey_2024, t("own customers only"): survey_2024[is_ours]}
next_share = {said: table.groupby("grocer")["is_next"].mean() for said, table in asked.items()}
show(pd.DataFrame(next_share), kind="share", digits=0)

# %% [markdown] lang="en"
# Whoever asks only customers sees a town of customers: the share comes out too high, and why the others stay away nobody says.

# %% [markdown] lang="zh"
# 只问自己的客户，看到的就只是自己的客户：份额算高了，别人为什么不来，没有人告诉你。

# %% [markdown] lang="en" slide="subslide"
# **What is left out.** 900 households of California (**real**, as far as is known), five heating systems and what they cost (Train 2009; the costs of systems not taken are computed). First the two costs alone: the helper finds the weights printed for these data. Then each system also gets a **constant** (常数项): what speaks for it beside its costs. What is the weight of 100 dollars of installation?

# %% [markdown] lang="zh"
# **漏了什么。** 900 个美国加州家庭（据我们所知是**真实**数据），五种取暖设备，各要多少钱（Train，2009；没选的设备，费用是推算的）。先只用两项费用：算出的权重和公开发表的一样。再给每种设备加一个**常数项**（constant）：除了费用，还有什么让人选它。安装费 100 美元的权重变成多少？

# %% [markdown] lang="en" tags=["slide-text"]
# **What is left out.** 900 households of California (**real**, as far as is known), five heating systems and their costs (Train 2009). First the costs alone, then a **constant** (常数项) for each system too: what is the weight of 100 dollars of installation?

# %% [markdown] lang="zh"
# **漏了什么。** 900 个美国加州家庭（据我们所知是**真实**数据），五种取暖设备的费用（Train，2009）。先只用费用，再给每种设备加一个**常数项**：安装费 100 美元的权重变成多少？

# %% slide="result"
houses, costs = datasets.load_heating(), ["installation_cost", "operating_cost"]
house = {"occasion": "household_id", "alternative": "system", "chosen": "is_chosen"}
alone = choice.fit_choice(houses, **house, drivers=costs)
beside = choice.fit_choice(houses, **house, drivers=costs, base="heat_pump")
assert np.allclose(alone.weights, [-0.00623187, -0.00458008], atol=5e-9)  # as published
install = pd.DataFrame([one.intervals().loc[costs[0]] for one in (alone, beside)])
assert install["high"].iloc[0] < install["low"].iloc[1]  # the intervals do not touch
show(100 * install.set_axis([t("costs alone"), t("costs and system")]), kind="number", digits=2)

# %% [markdown] lang="en"
# Much of the first weight was not the cost: it was which system it is. What a model leaves out is put on what is in it, in our survey too.

# %% [markdown] lang="zh"
# 第一个权重里，一大半不是费用的作用，而是设备本身。模型漏掉的东西，会算到模型里有的东西头上；我们的问卷也一样。

# %% [markdown] lang="en" slide="subslide"
# **Another year.** Weights that fit 2024 must show what they are worth in 2025, beside a plain rival: “they go where they went last”. A **hit** is a household that buys where its chance was highest. A hit only asks who was first. Whoever wants to know *which share* moves needs good chances, so we also compare the logarithm of the chance of what each household chose (higher is better).

# %% [markdown] lang="zh"
# **换一年。** 适合 2024 年的权重，要拿到 2025 年去检验（留出验证），和一个简单的办法比：“上次在哪儿，下次还在哪儿”。**命中**，是指家庭去了概率最高的那一家。命中只问谁排第一；想知道*份额*会变多少，需要的是准的概率，所以再比一比：每个家庭实际选的那一家，模型给的概率取对数，越高越好。

# %% [markdown] lang="en" tags=["slide-text"]
# **Another year.** Fitted on 2024, tried on 2025, beside a plain rival: “where they went last”.
#
# A hit: the household buys where its chance was highest. The logarithm of the chance of what it chose: higher is better.

# %% [markdown] lang="zh"
# **换一年。** 用 2024 年估计，用 2025 年检验（留出验证），和一个简单的办法比：“上次在哪儿”。
#
# 命中：家庭去了概率最高的那一家。所选那一家的概率取对数：越高越好。

# %% slide="result"
last_only = choice.fit_choice(survey_2024, **who, drivers=["is_last"])
last_hits, hits = (one.score(survey_2025)["hit_rate"] for one in (last_only, with_last))
lead, low, high = with_last.lead_over(last_only, survey_2025)
say("In 2025 the ratings make the chances better: a lead of {lead:.3f} in the logarithm (95% "
    "interval: {low:.3f} to {high:.3f}). Hits: {hits:.1%}; by the last shop alone {last_hits:.1%}."
    if low > 0
    else "That the ratings add to the last shop is not shown in 2025: a lead of {lead:.3f} (95% "
    "interval: {low:.3f} to {high:.3f}). Hits: {hits:.1%}; by the last shop {last_hits:.1%}.")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Do the sums, then decide
#
# From share to money. In 2025 the households among our customers brought a contribution of so many yuan, at our share of today. We **assume**: contribution grows with share; a better rating lasts **five years**; 10 % a year, at the end of each year as in lesson 4.1; the 200,000 are all it costs. (Lower prices also cost
# margin on what is sold already: we say what one percent costs, and whoever lowers them adds it.)

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 从份额到钱。2025 年，我们的家庭客户贡献了一笔毛利，对应现在的份额。**假设**：毛利随份额同比例增加；评分提高以后能保持**五年**；折现率每年 10%，按第 4.1 课的办法在年末计算；成本就是这 20 万元。（降价还会减少已有销售额的毛利：下面算出降 1% 要少赚多少，要降价的话，这笔钱也得算进成本。）

# %% [markdown] lang="en" tags=["slide-text"]
# From share to money. **Assumed**: contribution grows with share; a better rating lasts **five years**; 10 % a year; the 200,000 are all it costs.

# %% [markdown] lang="zh"
# 从份额到钱。**假设**：毛利随份额同比例增加；评分提高后保持**五年**；折现率每年 10%；成本就是这 20 万元。

# %%
orders = tables["transactions"].merge(tables["customers"][["customer_id", "customer_type"]])
orders = orders[(orders["order_date"].dt.year == 2025) & (orders["customer_type"] == "person")]
contribution = orders["amount"].sum() - orders["cost"].sum()
equity = contribution * sum(1.1 ** -year for year in range(1, 6))
our_share = survey_2025.loc[survey_2025["grocer"] == "Jiahe", "is_next"].mean()
needed_share = our_share * 200_000 / equity
needed_points = 100 * needed_share
percent_off = 0.01 * orders["amount"].sum() * equity / contribution
say("Our households bring {contribution:CNY} a year; five years of it are a customer equity of "
    "{equity:CNY}. To bring back 200,000 yuan, our share of {our_share:.1%} must rise by "
    "{needed_points:.1f} percentage points. One percent off all prices costs {percent_off:CNY} in that time.")

# %% [markdown] lang="en"
# The decision is for today: both models now learn from both surveys, and are asked about 2025. `driver_returns` raises one rating of Jiahe after another by a point for everybody (5 stays 5), and says what share that gains. The red bar: the share that a plan must gain to bring back 200,000 yuan.

# %% [markdown] lang="zh"
# 决定是今天做的：两个模型现在都用两年的调查来学，再问 2025 年。`driver_returns` 让所有人给嘉禾的评分逐项高一分（5 分的还是 5 分），看份额增加多少。红色竖线：要收回 20 万元，份额必须增加多少。

# %% slide="result"
full = choice.fit_choice(survey, **who, drivers=[*drivers, "is_last"])
plain = choice.fit_choice(survey, **who, drivers=drivers)
asked = {"alternative": "Jiahe", "drivers": drivers, "highest": 5}
full_gains, plain_gains = (choice.driver_returns(one, survey_2025, **asked)
                            for one in (full, plain))
needed, axis_label = pd.Series(needed_share, drivers), t("share gained by one point, %")
ax = plots.plot_weights(plain_gains, beside=full_gains, names=both, bar=needed, label=axis_label)
n_pay, n_hope = ((gains["low"] > needed_share).sum() for gains in (full_gains, plain_gains))
ax.set_title(sentence("A point pays 200,000 yuan: {n_hope} of 7 by ratings alone, {n_pay} with the "
                      "last shop (simulated)" if n_hope else
                      "For no driver is it shown that a point pays 200,000 yuan (simulated)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Lower prices aim at *price* (value equity), advertising at *liking* (brand), the programme at *rewards* (relationship). How many points must each bring, and is that within reach? Our yardstick is the **gap**: by how many points the best-seen grocer is ahead of us. Whoever closes it is seen as well as the best. What closing it is worth (in proportion to one point) is the most that a plan may cost. We do not know which model is right, so we take the cautious end and the hopeful end: the model with the last shop, low end of its interval (`least_value`); the ratings alone, high end (`most_value`).

# %% [markdown] lang="zh"
# 降价为的是*价格*评分（价值资产），广告为的是*喜爱*（品牌资产），积分计划为的是*回馈*（关系资产）。各要提高多少分才不亏，做得到吗？拿**差距**来比：评价最好的那家比我们高多少分。补上差距，就和最好的那家一样了。补上差距值多少钱（按一分的钱数同比例算），方案最多就能花多少钱。哪个模型对，我们不知道，所以取两头：保守的一头，用带“上次的店”的模型，取区间下限（`least_value`）；乐观的一头，只用评分，取区间上限（`most_value`）。

# %% [markdown] lang="en" tags=["slide-text"]
# The **gap**: by how many points the best-seen grocer is ahead of us (**simulated**). What closing it is worth is the most that a plan may cost:
#
# - `least_value`: the model with the last shop, low end of its interval
# - `most_value`: the ratings alone, high end

# %% [markdown] lang="zh"
# **差距**：评价最好的那家比我们高多少分（**模拟**）。补上差距值多少钱，方案最多就能花多少钱：
#
# - `least_value`：带“上次的店”的模型，区间下限
# - `most_value`：只用评分，区间上限

# %% slide="result"
latest = survey_2025.groupby("grocer")[drivers].mean()
gap = latest.max() - latest.loc["Jiahe"]
plans = pd.DataFrame({"gap_points": gap, "points_to_pay": needed_share / full_gains["gained"]})
plans["least_value"] = 200_000 * gap * full_gains["low"] / needed_share
plans["most_value"] = 200_000 * gap * plain_gains["high"] / needed_share
plans = plans.loc[["price", "liking", "rewards"]]
plans.index = [t("lower prices"), t("advertising"), t("loyalty programme")]
plans.round({"gap_points": 2, "points_to_pay": 2})

# %% [markdown] lang="en"
# Doing nothing brings 0 and costs 0, and is one of the four choices.

# %% [markdown] lang="zh"
# 什么也不做，增加 0 元，花 0 元，是四个选择之一。

# %%
best, n_never = plans["most_value"].idxmax(), (plans["most_value"] < 200_000).sum()
least, most = plans.loc[best, ["least_value", "most_value"]]
say("By neither model is one of the three worth 200,000 yuan, even if it closes the gap: we do nothing."
    if most < 200_000
    else "Closing the gap of “{best}” is worth {least:CNY} to {most:CNY}. That it pays 200,000 yuan "
    "is not shown; for {n_never} of the three even the hopeful end is below it. We wait for a trial."
    if least < 200_000
    else "“{best}” is worth {least:CNY} or more if it closes the gap, more than it costs. First a trial.")

# %% [markdown] lang="en"
# All of it hangs on two things: that the weight is an effect, and that a rating moves for five years. What would tell? Lower the prices in two cities drawn by lot, and look at what people **buy** there next, not at how they rate.

# %% [markdown] lang="zh"
# 结论全靠两件事：权重确实是效果，评分的提高能保持五年。怎样才能弄清楚？抽签选两个城市降价，看那里的人接下来**买**什么，而不是看他们打几分。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote before the last figure: prices, advertising, programme, nothing. Then ask those who voted for the largest weight why a large weight need not be a good plan: how far can the rating still move, and what does a point of share leave us?

# %% [markdown] lang="zh"
# 最后一张图之前先投票：降价、广告、积分计划、什么也不做。再问投给最大权重的人：权重最大，为什么不一定是好方案？评分还能提高多少？一个点的份额能给我们留下多少钱？

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# All of it is about the survey of **2025**: `survey_2025`, one row per household and grocer as in the lesson (`drivers` are the seven ratings); `pairs_2025`, one row per household with `last` and `next`; `utilities`, those of four grocers for one household; `gained_share`, what share one
# point more of *recognition* gains Jiahe, `share_2025`, its share, and `contribution`, that of our households in a year. Stuck? `hint("4.5.1")`, then `solution("4.5.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 练习用 **2025 年**的调查：`survey_2025` 和课上一样，每个家庭对每家超市一行（`drivers` 是七项评分）；`pairs_2025` 每个家庭一行，`last` 是上次去的，`next` 是下次去的；`utilities` 是一个家庭对四家超市的效用；`gained_share` 是*被认得*（recognition）高一分给嘉禾增加的份额，`share_2025` 是它的份额，`contribution` 是我们的家庭客户一年贡献的毛利。卡住了，可以用 `hint("4.5.1")`，再用 `solution("4.5.1")`。

# %%
grocer = survey_2025.set_index("respondent_id")["grocer"]
pairs_2025 = pd.DataFrame({"last": grocer[survey_2025["is_last"].to_numpy()],
                           "next": grocer[survey_2025["is_next"].to_numpy()]})
model_2025 = choice.fit_choice(survey_2025, **who, drivers=[*drivers, "is_last"])
utilities = pd.Series({"Jiahe": 2.1, "Fengyuan": 2.4, "Wanjia": 1.2, "Lvhe": 1.9})
gains_2025 = choice.driver_returns(model_2025, survey_2025, **asked)
gained_share, share_2025 = gains_2025.loc["recognition", ["gained", "share"]]
practice_on(survey_2025=survey_2025, pairs_2025=pairs_2025, utilities=utilities,
            gained_share=gained_share, share_2025=share_2025, contribution=contribution)

# %% [markdown] lang="en"
# **4.5.1** Of all households that buy at Jiahe **next**, what share did we win, that is, bought at another grocer **last**? (`pairs_2025`; a fraction)

# %% [markdown] lang="zh"
# **4.5.1** **下次**在嘉禾（Jiahe）买的家庭里，有多大比例是我们争取来的，也就是**上次**在别家买的？（用 `pairs_2025`；用小数表示）

# %% tags=["exercise"]
won_share = ...
check("4.5.1", won_share)

# %% [markdown] lang="en"
# **4.5.2** Lvhe closes. What is the chance, by the logit, that the household of `utilities` then chooses Jiahe? (a fraction)

# %% [markdown] lang="zh"
# **4.5.2** 绿禾（Lvhe）关门了。按 Logit 模型，`utilities` 那个家庭选嘉禾的概率变成多少？（用小数表示）

# %% tags=["exercise"]
chance_without = ...
check("4.5.2", chance_without)

# %% [markdown] lang="en"
# **4.5.3** Fit the seven ratings **and** the last shop on the survey of 2025. If all gave Jiahe **half a point** more for *convenience* (nobody above 5), what share would it gain? (`survey_2025`, `choice.fit_choice`, `choice.driver_return`; a fraction)

# %% [markdown] lang="zh"
# **4.5.3** 用 2025 年的调查，七项评分**加上**上次的店，估计模型。如果所有人给嘉禾的*便利*（convenience）评分都高**半分**（不超过 5 分），份额会增加多少？（用 `survey_2025`、`choice.fit_choice` 和 `choice.driver_return`；用小数表示）

# %% tags=["exercise"]
gained_by_convenience = ...
check("4.5.3", gained_by_convenience)

# %% [markdown] lang="en"
# **4.5.4** A training for the tills, “we know you”, costs **90,000 yuan** and lifts *recognition* for **three years**. How many points must it bring to pay, at 10 % a year, at the end of each year? Contribution grows with share, and the gain with the points. (`gained_share`, `share_2025`, `contribution`; in points)

# %% [markdown] lang="zh"
# **4.5.4** 收银员培训“我认得你”要花 **9 万元**，能让*被认得*（recognition）的评分提高**三年**。至少要提高多少分才不亏？折现率每年 10%，钱在年末到；毛利随份额同比例增加，份额随分数同比例增加。（用 `gained_share`、`share_2025` 和 `contribution`；单位分）

# %% tags=["exercise"]
points_to_pay = ...
check("4.5.4", points_to_pay)

# %% [markdown] lang="en"
# **4.5.5** A judgment, without code. An advertising agency asked 900 people in our own shops. “Trust has the largest weight of all,” they say, “so put the 200,000 into trust.” What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.5.5** 思考题，不用写代码，没有标准答案。一家广告公司在我们自己的店里问了 900 个人。他们说：“信任的权重最大，这 20 万就该花在信任上。”你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
agency = ...
check("4.5.5", agency)

# %%
quiz("4.5.q1")

# %%
quiz("4.5.q2")

# %%
quiz("4.5.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: after the fact, the truth
#
# Only in a simulation can one look: there are two kinds of households, who look at the *price* or at the *relationship* (the first two columns). In which rows does a model lie between them? Noise pulls a weight to 0, a halo away from it; where a model is right, two mistakes may just have cancelled. In no real survey could we tell, and no advice above has used it.

# %% [markdown] lang="zh"
# ## 选读：事后看一眼真相
#
# 只有模拟数据才能这样看：家庭有两类，看重*价格*的和看重*关系*的（前两列）。哪几行里，模型的权重落在两类之间？随机误差把权重往 0 拉，光环效应往外推；模型要是对了，也可能只是两个错误碰巧抵消。真实的调查里无从知道；上面的建议也没有用过它。

# %%
truth = datasets.load_truth(company)["choice_weights"]
true_weights = truth.pivot(index="driver", columns="taste", values="weight").loc[drivers]
fitted = {t("ratings alone"): plain.params, t("ratings and last shop"): full.params}
show(true_weights.join(pd.DataFrame(fitted)), kind="number", digits=2)

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: what a household that switches is worth
#
# Rust, Lemon & Zeithaml go on from the switching matrix to customer equity: a household buys again and again, each time by the row of the brand it bought last. We take the matrix of the crackers (real) and **assume** 12 packs a year at 1 dollar, of which 30 % are left, and 10 % a year. What is a household worth to each brand in a year, by the brand it has just bought?

# %% [markdown] lang="zh"
# ## 选读：会换品牌的家庭值多少钱
#
# Rust、Lemon 和 Zeithaml 从转换矩阵接着算到客户资产：一个家庭一次次地买，每次都按上次那个品牌所在的一行来选。用饼干的矩阵（真实），再**假设**每年买 12 包，每包 1 美元，毛利率 30%，折现率每年 10%。刚买了某个品牌的家庭，一年里对各品牌值多少钱？

# %%
terms = {"purchases_per_year": 12, "spend": 1, "margin_rate": 0.3, "discount_rate": 0.1}
values = {brand: choice.switching_value(matrix, brand, **terms, n_purchases=12) for brand in matrix}
show(pd.DataFrame(values).rename_axis(index="brand", columns="last"), currency="USD", kind="money")

# %% [markdown] lang="en"
# Read a column: no household is worth all it spends to one brand, and each is worth something to the others. But one matrix of all hides that some never switch, and that most of the repeating stays with the household.

# %% [markdown] lang="zh"
# 竖着看一列：没有一个家庭把全部的钱都花在一个品牌上，对别的品牌它也值一点。不过，所有家庭合成一张矩阵，就看不出有人从来不换，也看不出重复购买大半来自每个家庭自己的偏爱。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** the chance that a household chooses us: utilities, e to their power, divided by the sum,
# - **test** what the weights say: with and without the last shop, on another year, of people asked anywhere,
# - **decide** between three plans and doing nothing: points to pay beside the gap to the best.
#
# **Words** — customer equity (客户资产), value equity (价值资产), brand equity (品牌资产), relationship equity (关系资产), utility (效用), multinomial logit (多项 Logit 模型), switching matrix (转换矩阵), halo (光环效应), hold-out (留出验证).
#
# **Next** — 4.6: New customers or old ones: where does the next yuan go?
#
# **Further reading** — Rust, Lemon & Zeithaml (2004), *Return on Marketing: Using Customer Equity to Focus Marketing Strategy*; Train (2009), *Discrete Choice Methods with Simulation*, chapter 3

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：一个家庭选我们的概率：效用，取 e 的幂，除以总和；
# - **检验**：权重说明了什么：加不加上次的店，换一年，换一批人来问；
# - **决定**：三个方案，加上“什么也不做”：不亏要提高多少分，和最好的一家差多少分，放在一起看。
#
# **词汇** — 客户资产（customer equity）、价值资产（value equity）、品牌资产（brand equity）、关系资产（relationship equity）、效用（utility）、多项 Logit 模型（multinomial logit）、转换矩阵（switching matrix）、光环效应（halo）、留出验证（hold-out）。
#
# **下一课** — 4.6：拉新还是留旧：下一元钱花在哪里？
#
# **延伸阅读** — Rust、Lemon 与 Zeithaml（2004），*Return on Marketing: Using Customer Equity to Focus Marketing Strategy*；Train（2009），*Discrete Choice Methods with Simulation*，第 3 章

# %% [markdown] lang="en" tags=["slide-text"]
# - **compute** the chance that a household chooses us,
# - **test** what the weights say: last shop, another year, who was asked,
# - **decide** between three plans and doing nothing: points to pay beside the gap.
#
# Rust, Lemon & Zeithaml (2004), *Return on Marketing* · Train (2009), *Discrete Choice Methods with Simulation*

# %% [markdown] lang="zh"
# - **计算**：一个家庭选我们的概率；
# - **检验**：权重说明了什么：上次的店，换一年，问了谁；
# - **决定**：三个方案，加上“什么也不做”：不亏所需的分数，和差距放在一起看。
#
# Rust、Lemon 与 Zeithaml（2004），*Return on Marketing* · Train（2009），*Discrete Choice Methods with Simulation*


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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["4.2"] rows=["D25"] slide="slide"
# # 3 · Who will buy again?
#
# The head of marketing has 500 coupons for old customers. Nobody tells a shop that they leave: those who left, and those who have no need this month, look the same. Who is still a
# customer at all, and is a coupon to them worth its money?
#
# In this lesson you will
#
# - **compute** from a list of purchases how often, until when and for how long a customer has bought, and the chance that they are still a customer,
# - **test** a model on purchases it has not seen, beside a plain rule,
# - **decide** in money who gets a coupon.

# %% [markdown] lang="zh"
# # 3 · 谁还会再来买？
#
# 市场部经理手里有 500 张优惠券，要发给老客户。可是在商店里，没有人会来“销户”：已经离开的人，和这个月刚好不需要的人，看上去一模一样。谁还是我们的客户？给他们发券，值不值？
#
# 在这一课里，你将
#
# - **计算**：从购买记录算出一位客户买过几次、买到什么时候、认识了多久，再算出他仍是客户的概率；
# - **检验**：用模型没见过的购买来检验模型，并且和一条简单的规则比一比；
# - **决定**：券发给谁，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# 500 coupons for old customers. Nobody tells a shop that they leave. Who is still a customer at all?
#
# - **compute** the chance that a customer is still one,
# - **test** a model on purchases it has not seen,
# - **decide** in money who gets a coupon.

# %% [markdown] lang="zh"
# 500 张优惠券，发给老客户。在商店里没有人会来“销户”。谁还是我们的客户？
#
# - **计算**：一位客户仍是客户的概率；
# - **检验**：用模型没见过的购买来检验；
# - **决定**：券发给谁，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Without a contract nobody says that they leave. Three numbers of each customer and a model turn silence into a chance, and a hold-out says whether that chance holds.
#
# **Hard point** The models' *recency* and *frequency* are not those of RFM. And “30 % alive” is neither “30 % buy again” nor “gone”.
#
# **Board** The table of four (contract or not, any time or on occasions). Two time lines with four purchases each: one ends late, one early. Then three words with two meanings.
#
# **Homework** Exercises 4.3.4 and 4.3.5. Write down when you last bought at five shops, and how often before: of which are you still a customer?

# %% [markdown] lang="zh"
# **重点** 没有合同，就没有人会说自己走了。每位客户三个数，加上一个模型，把“好久没来”变成一个概率；再用留出验证看这个概率准不准。
#
# **难点** 模型里的 recency 和 frequency 不是 RFM 里的那两个。“30% 仍是客户”既不是“30% 会再买”，也不是“已经走了”。
#
# **板书** 四格表（有没有合同；随时能买还是只在固定时点买）。两条时间线，各买四次：一条买到最近，一条早早就停了。再写三个词，各有两种意思。
#
# **作业** 练习 4.3.4 和 4.3.5。写下你最近一次在五家店买东西是什么时候、以前多久去一次：你还是哪几家的客户？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import customers, datasets, holdout, intervals, plots, purchases
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="USD")

# %% [markdown] lang="en" minutes=5 rows=["D25"] slide="slide"
# ## Nobody says goodbye
#
# Which model fits depends on two questions. Does a **contract** tell us when somebody leaves? And can they buy **at any time**, or only **on occasions** (once a month, once a year)?
#
# | | at any time | on occasions |
# |---|---|---|
# | **a contract ends: we see who leaves** | bank account: how long it lasts, day by day | monthly box, gym: sBG (lesson 4.2) |
# | **no contract: we only see silence** | shop, taxi, music store: **BG/NBD** | donation each year, trade fair: **BG/BB** |
#
# (Fader & Hardie, 2009.) This lesson is about the lower row. CDNOW is a **real** online music store: everybody in the table bought there first in early 1997. One row is one order. Only what was known on 30 September 1997, after 39 weeks, may be used. How often had they come back?

# %% [markdown] lang="zh"
# ## 没有人说再见
#
# 该用哪种模型，先问两件事：有没有**合同**告诉我们谁走了？客户是**随时**能买，还是只在**固定时点**买（每月一次、每年一次）？
#
# | | 随时 | 固定时点 |
# |---|---|---|
# | **有合同：看得见谁走了** | 银行账户：逐日看能留多久 | 包月套餐、健身房：sBG（第 4.2 课） |
# | **没有合同：只看得见好久没来** | 商店、打车、音像店：**BG/NBD** | 每年一次的捐款、展销会：**BG/BB** |
#
# （Fader & Hardie，2009。）这一课讲下面一行。CDNOW 是一家**真实**的网上音像店，表里的人都是 1997 年初第一次来买的。一行是一张订单。只许用 1997 年 9 月 30 日（第 39 周末）以前知道的事。到那天为止，他们回来过几次？

# %% [markdown] lang="en" tags=["slide-text"]
# | | at any time | on occasions |
# |---|---|---|
# | **contract** | bank account | gym: sBG (4.2) |
# | **no contract** | shop: **BG/NBD** | donation each year: **BG/BB** |
#
# CDNOW (**real**): first bought in early 1997. Known: 39 weeks.

# %% [markdown] lang="zh"
# | | 随时 | 固定时点 |
# |---|---|---|
# | **有合同** | 银行账户 | 健身房：sBG（4.2） |
# | **没有合同** | 商店：**BG/NBD** | 每年捐款：**BG/BB** |
#
# CDNOW（**真实**）：1997 年初第一次来买。已知：39 周。

# %%
lines = datasets.load_cdnow()
lines[["customer_id", "order_date", "amount"]].head(3)

# %% [markdown] lang="en"
# Two orders of a day are one purchase. A **repeat purchase** (重复购买) is every purchase after the first.

# %% [markdown] lang="zh"
# 同一天的两张订单算一次购买。第一次之后的每一次，都叫**重复购买**（repeat purchase）。

# %% slide="result"
known = lines[lines["order_date"] <= "1997-09-30"]
days = known.drop_duplicates(["customer_id", "order_date"])
repeats = days.groupby("customer_id").size() - 1
n_all, never_share = len(repeats), (repeats == 0).mean()
ax = plots.plot_histogram(repeats, label=t("repeat purchases in 39 weeks"), bins=30)
ax.set_title(sentence("{never_share:.0%} of {n_all} customers have not come back (CDNOW, real)"))
plt.show()

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## In words, then as a formula
#
# The story that **BG/NBD** tells: while somebody is a customer, they buy **at random** (随机), at a rate of their own. After each repeat purchase they may leave **for good**, by a chance of their own. We see only purchases. Three numbers of each customer are enough:
#
# | symbol | the models' word | means here | the same word in RFM |
# |---|---|---|---|
# | $x$ | frequency | **repeat** purchases (a day counts once) | all orders |
# | $t_x$ | recency | from the **first** purchase to the last | from the last purchase to **today** |
# | $T$ | tenure | from the first purchase to today | the same |
#
# The longer $t_x$, the better; RFM's recency is better the **shorter** it is. $r$ and $\alpha$ say how purchase rates differ between customers, $a$ and $b$ how chances to leave do. The chance that somebody with $x \ge 1$ is still a customer (“alive”; Fader, Hardie & Lee, 2005) falls with the silence, $T - t_x$, and faster for those who bought often:
#
# $$P(\text{alive}) = 1 \Big/ \left(1 + \frac{a}{b + x - 1} \left(\frac{\alpha + T}{\alpha + t_x}\right)^{r + x}\right)$$

# %% [markdown] lang="zh"
# ## 先用文字，再写公式
#
# **BG/NBD** 讲的故事是：一个人还是客户的时候，按自己的快慢**随机**（at random）地来买。每次重复购买之后，他可能从此**不再来**，可能性的大小也因人而异。我们只看得见购买。每位客户三个数就够了：
#
# | 符号 | 模型里的词 | 这里的意思 | 同一个词在 RFM 里 |
# |---|---|---|---|
# | $x$ | frequency | **重复**购买的次数（同一天算一次） | 全部订单数 |
# | $t_x$ | recency | 从**第一次**购买到最后一次 | 从最后一次购买到**今天** |
# | $T$ | tenure | 从第一次购买到今天 | 一样 |
#
# $t_x$ 越长越好；RFM 的 recency 却是越**短**越好。$r$、$\alpha$ 说的是客户买得快慢有多不同，$a$、$b$ 说的是离开的可能性有多不同。$x \ge 1$ 的人，仍是客户（模型里叫“存活”）的概率，随沉默的时间 $T - t_x$ 变小；以前买得越勤，小得越快（Fader, Hardie & Lee，2005）：
#
# $$仍是客户的概率 = 1 \Big/ \left(1 + \frac{a}{b + x - 1} \left(\frac{\alpha + T}{\alpha + t_x}\right)^{r + x}\right)$$

# %% [markdown] lang="en" tags=["slide-text"]
# While a customer, one buys **at random**, at a rate of one's own; after each repeat purchase one may leave **for good**.
#
# - $x$: **repeat** purchases (RFM: all orders)
# - $t_x$: **first** purchase to last (RFM: last to **today**)
# - $T$: first purchase to today
#
# $$P(\text{alive}) = 1 \Big/ \left(1 + \frac{a}{b + x - 1} \left(\frac{\alpha + T}{\alpha + t_x}\right)^{r + x}\right)$$

# %% [markdown] lang="zh"
# 还是客户时，按自己的快慢**随机**来买；每次重复购买之后，可能从此**不再来**。
#
# - $x$：**重复**购买次数（RFM：全部订单）
# - $t_x$：**第一次**到最后一次（RFM：最后一次到**今天**）
# - $T$：第一次到今天
#
# $$仍是客户的概率 = 1 \Big/ \left(1 + \frac{a}{b + x - 1} \left(\frac{\alpha + T}{\alpha + t_x}\right)^{r + x}\right)$$

# %% [markdown] lang="en" minutes=7 slide="slide"
# ## Eight customers, by hand
#
# Eight customers, typed in: in which weeks each of them bought. Today is week 39. D and E have two orders on one day. `explode` makes a row of each.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 下面输入八位客户，分别在第几周买过。今天是第 39 周。D 和 E 都有两张订单是同一天的。`explode` 把每次购买变成一行。

# %%
weeks = {"A": [0, 6, 12, 34], "B": [0, 3, 6, 9], "C": [2], "D": [5, 5], "E": [7, 15, 15, 29],
         "F": [1, 2, 4, 5, 7, 8, 38], "G": [0, 20], "H": [11, 13, 15, 17, 19, 21, 23, 25]}
eight = pd.Series(weeks, name="week").explode().astype(int).rename_axis("customer_id").reset_index()
pd.Series(weeks, name="weeks of purchase")

# %% [markdown] lang="en" slide="fragment"
# **4.3.a** Your turn: what is $t_x$ of E, the *recency* of the models? (in weeks)

# %% [markdown] lang="zh"
# **4.3.a** 你来算：E 的 $t_x$ 是多少？也就是模型里的 *recency*。（单位：周）

# %% tags=["exercise"]
recency_of_e = ...
check("4.3.a", recency_of_e)

# %% [markdown] lang="en" slide="subslide"
# All eight. `drop_duplicates` makes one purchase of two orders on a day.

# %% [markdown] lang="zh"
# 再算全部八位。`drop_duplicates` 把同一天的两张订单并成一次购买。

# %% slide="result"
of_each = eight.drop_duplicates().groupby("customer_id")["week"]
triples = pd.DataFrame({"x": of_each.count() - 1, "t_x": of_each.max() - of_each.min()})
triples["T"] = 39 - of_each.min()
triples

# %% [markdown] lang="en"
# Read B aloud: *came back three times, the last time nine weeks after the first, and we have known them for 39.* From a log with dates `repeat_purchase_summary` makes the same three columns, under the models' names.

# %% [markdown] lang="zh"
# 把 B 读出声来：*回来过三次，最后一次在第一次之后九周，我们认识他已经 39 周了。* 从带日期的订单里，`repeat_purchase_summary` 做出同样的三列，用的是模型里的名字。

# %%
dated = eight.assign(order_date=pd.Timestamp("2024-01-01"), amount=10.0)
dated["order_date"] += pd.to_timedelta(7 * dated["week"], unit="D")
by_helper = customers.repeat_purchase_summary(dated, as_of="2024-09-30", unit="week")
assert (by_helper[["frequency", "recency", "tenure"]].to_numpy() == triples.to_numpy()).all()

# %% [markdown] lang="en" slide="subslide"
# Now CDNOW. `split_purchases` cuts the log in two at 30 September, the **cut**: the three numbers at the cut, and beside them what came in the 39 weeks **after** it. The model sees the first part only. Its four parameters are those under which that part is most likely.

# %% [markdown] lang="zh"
# 轮到 CDNOW。`split_purchases` 在**分割日**（9 月 30 日）把记录切成两段：到那天为止的三个数，旁边是**之后** 39 周的购买。模型只看前一段；四个参数，取让前一段最可能发生的那一组。

# %% [markdown] lang="en" tags=["slide-text"]
# CDNOW, cut in two at 30 September: the three numbers at the **cut**, and what came in the 39 weeks **after** it. The model sees the first part only.

# %% [markdown] lang="zh"
# CDNOW，在**分割日**（9 月 30 日）切成两段：到那天为止的三个数，以及**之后** 39 周的购买。模型只看前一段。

# %%
both = holdout.split_purchases(lines, cut="1997-09-30", until="1998-06-30", unit="week")
x, t_x, T = both["frequency"], both["recency"], both["tenure"]
model = purchases.fit_bg_nbd(x, t_x, T)
{name: round(value, 3) for name, value in model.params.items()}

# %% [markdown] lang="en" slide="fragment"
# They are those that the authors printed. **A and B both came back three times. Which of them is more likely still a customer?** Say a number for each; then put the parameters into the formula.

# %% [markdown] lang="zh"
# 和论文里印的一样。**A 和 B 都回来过三次，谁更可能仍是客户？** 先各说一个数，再把参数代进公式。

# %% slide="result"
r, alpha, a, b = model.params.values()
gone = a / (b + triples["x"] - 1) * (
    (alpha + triples["T"]) / (alpha + triples["t_x"])) ** (r + triples["x"])
alive_share = (1 / (1 + gone)).where(triples["x"] > 0, 1.0)
assert np.allclose(alive_share, model.probability_alive(triples["x"], triples["t_x"], triples["T"]))
triples.assign(alive_share=alive_share)

# %% [markdown] lang="en"
# As many purchases, but silent for longer: less likely still a customer. H bought every two weeks; 14 weeks of silence say more about H than 19 weeks about G. And C and D? They are alive **for certain**: in BG/NBD one leaves only after a repeat purchase. That is the model's doing, not the customer's.

# %% [markdown] lang="zh"
# 次数一样，谁沉默得久，谁仍是客户的概率就低。H 每两周买一次，14 周没来；G 有 19 周没来，可是 H 更像走了。C 和 D 呢？**一定**还是客户：BG/NBD 里，只有重复购买之后才可能离开。这是模型规定的，不是客户说的。

# %% [markdown] lang="en" tags=["notes"]
# Let them draw the time lines of A and B on paper before the numbers. Common: 10 for E (RFM), 29 (the week itself), 3 repeat purchases of E and 1 of D (two orders on a day).

# %% [markdown] lang="zh"
# 先让学生在纸上画 A 和 B 的时间线，再看数字。常见错误：E 填 10（RFM 的算法）或 29（周数本身）；E 数出 3 次、D 数出 1 次重复购买（同一天的两张订单）。

# %% [markdown] lang="en" minutes=7 rows=["D25"] slide="slide"
# ## What came after the cut
#
# **4.3.b** Guess before you look. BG/NBD says that all who bought once are certainly still customers. What share of them bought again in the next 39 weeks? (a fraction)

# %% [markdown] lang="zh"
# ## 分割日之后怎样了
#
# **4.3.b** 先猜再看。只买过一次的人，BG/NBD 认定他们全都还是客户。此后 39 周里，其中多大比例真的又来买了？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("4.3.b", guess)

# %% [markdown] lang="en"
# The **modified** BG/NBD (MBG/NBD) lets one leave after the first purchase as well. `chance_to_buy(39, ...)` is the chance to buy at all in the next 39 weeks; `came` is what was held out, the purchases of those weeks.

# %% [markdown] lang="zh"
# **修正的** BG/NBD（MBG/NBD）允许第一次购买之后就离开。`chance_to_buy(39, ...)` 是此后 39 周里会买（至少一次）的概率；`came` 是留出来的那一段，也就是这 39 周的购买次数。

# %% slide="result"
modified = purchases.fit_mbg_nbd(x, t_x, T)
alive, chance = modified.probability_alive(x, t_x, T), modified.chance_to_buy(39, x, t_x, T)
came, is_once = both["holdout_purchases"], x == 0
n_once, again_once = is_once.sum(), (came[is_once] > 0).mean()
alive_once, chance_once = alive[is_once].mean(), chance[is_once].mean()
say("{n_once} bought once; {again_once:.0%} of them came again. MBG/NBD had said: "
    "{alive_once:.0%} are still customers, {chance_once:.0%} will buy in these 39 weeks.")

# %% [markdown] lang="en" slide="subslide"
# That is a **hold-out** (留出验证): a model is judged by what it has not seen. Beside it a plain rule with no model: everybody goes on at their own rate so far; who has been silent for more than 26 weeks is gone. Both say how many purchases each customer will make.

# %% [markdown] lang="zh"
# 这就是**留出验证**（hold-out）：用模型没见过的数据来评判它。旁边放一条不用模型的简单规则：人人照自己以前的快慢买下去；超过 26 周没来的，算走了。两者都为每位客户预测购买次数。

# %% [markdown] lang="en" tags=["slide-text"]
# A **hold-out** (留出验证): a model is judged by what it has not seen.
#
# Beside it a plain rule: everybody goes on at their own rate; silent for more than 26 weeks is gone.

# %% [markdown] lang="zh"
# **留出验证**：用模型没见过的数据来评判它。
#
# 旁边放一条简单规则：人人照自己的快慢买下去；超过 26 周没来的，算走了。

# %%
said = modified.future_purchases(39, x, t_x, T)
plain = holdout.carry_on(x, t_x, T, length=39, silence=26)
forecasts = {"MBG/NBD": said, t("plain rule"): plain}

# %% [markdown] lang="en"
# A third forecast to compare with: nobody buys anything. The last two columns are the average error per customer: in purchases, and squared, so that a large miss counts more. Where most people buy nothing, the first of them flatters whoever says 0; the squared one does not.

# %% [markdown] lang="zh"
# 再放一个预测来比：谁也不买。最后两列是平均每位客户的误差：前一列是差几次购买；后一列先平方，差得多的罚得重。多数人什么也不买的时候，只看前一列，预测 0 的总显得不错；平方误差就骗不过去。

# %% slide="result"
accuracy = holdout.accuracy_table(came, {**forecasts, t("nobody buys"): 0.0 * said})
accuracy[["predicted", "actual", "off_by_share",
          "average_absolute_error", "average_squared_error"]]

# %% [markdown] lang="en"
# The 26 weeks of the rule are our choice. Put 13 in their place and look at its row again: who would have told us beforehand which to take?
#
# Week by week: `cumulative_purchases` counts what came; we add what was predicted for so many weeks.

# %% [markdown] lang="zh"
# 规则里的 26 周是我们定的：换成 13 周，再看它那一行。可是事先谁能告诉我们该用哪一个？
#
# 一周一周地看：`cumulative_purchases` 数出实际的购买，我们加上对同样周数的预测。

# %% slide="result"
weekly = holdout.cumulative_purchases(lines, cut="1997-09-30", until="1998-06-30", unit="week")
weekly["MBG/NBD"] = [modified.future_purchases(n, x, t_x, T).sum() for n in weekly.index]
weekly[t("plain rule")] = [plain.sum() * n / 39 for n in weekly.index]
of_100, plain_of_100 = 100 * said.sum() / came.sum(), 100 * plain.sum() / came.sum()
ax = plots.plot_holdout_totals(weekly, unit="week")
ax.set_title(sentence("For 100 purchases that came: model {of_100:.0f}, rule {plain_of_100:.0f}"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Now in groups: customers with the same number of repeat purchases before the cut. Bars are what came after it.

# %% [markdown] lang="zh"
# 再把相似的客户放在一起看：分割日以前重复购买次数相同的人。柱子是之后的实际次数。

# %% slide="result"
by_repeats = holdout.frequency_table(x, came, forecasts)
top_came, top_said, top_plain = by_repeats.iloc[-1][["actual", *forecasts]]
ax = plots.plot_frequency_groups(by_repeats)
ax.set_title(sentence("7 or more before: {top_came:.1f} purchases each; model {top_said:.1f}, "
                      "rule {top_plain:.1f}"))
plt.show()

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## Where it misleads: a total, a chance, and a rhythm
#
# **What does “30 % alive” mean?** Not “30 % buy again”: who is alive may buy nothing for 39 weeks. Gray is the predicted chance to be alive, orange the predicted chance to buy, blue the share who did.

# %% [markdown] lang="zh"
# ## 哪里会误导人：合计、概率和节奏
#
# **“30% 仍是客户”是什么意思？** 不是“30% 会再买”：仍是客户的人，也可能 39 周什么都不买。灰色是预测仍是客户的概率，橙色是预测会买的概率，蓝色是实际又来买的比例。

# %% slide="result"
groups = holdout.alive_table(alive, came, chance=chance)
n_groups, n_low = len(groups), (groups["low_rate"] > groups["chance_rate"]).sum()
ax = plots.plot_alive_groups(groups)
ax.set_title(sentence("In {n_low} of {n_groups} groups more came than predicted (CDNOW, real)"))
plt.show()

# %% [markdown] lang="en"
# Look at the first group: to the model they had nearly all left; how many came all the same? Who crosses out all below 30 % loses customers who buy. **One customer** is harder to predict than a group: in the table above, how much better is the model than “nobody buys”, by either error? And does it beat the plain rule? We take each customer's squared error under the rule less that under the model; for the interval the customers are drawn anew, the forecasts stay. It is a rough one: a few customers buy very often, and much depends on them.

# %% [markdown] lang="zh"
# 看第一组：模型认为他们差不多都走了，后来又来了多少？要是 30% 以下的全划掉，就划掉了还会买的客户。预测**一位客户**，比预测一组更难：回头看上面的表，按两种误差，模型各比“谁也不买”强多少？它比简单规则强吗？每位客户都用规则的平方误差减去模型的平方误差；算区间时，预测不变，反复重新抽取客户。这个区间是粗略的：少数人买得特别多，结果很受他们影响。

# %% slide="result"
lead = (plain - came) ** 2 - (said - came) ** 2
better = lead.mean()
low, high = intervals.bootstrap_interval(lead, pd.Series.mean, n_resamples=500, seed=1)[:2]
say("Average squared error of the plain rule less that of the model: {better:.2f} "
    "(95% interval: {low:.2f} to {high:.2f}). The model is better."
    if low > 0
    else "Average squared error of the plain rule less that of the model: {better:.2f} "
    "(95% interval: {low:.2f} to {high:.2f}). That the model is better is not shown.")

# %% [markdown] lang="en" slide="subslide"
# **A rhythm breaks the story.** The models let everybody buy *at random*. Restaurants do not: in the teaching company (**simulated**) many buy in a steady rhythm. Somebody came every three weeks and has been silent for ten: would you give them up? We take customers with eight repeat purchases or more who have been silent for more than three of their own average gaps, $t_x / x$.

# %% [markdown] lang="zh"
# **有节奏，故事就不成立了。** 模型让人人都*随机*地买。餐馆可不是：教学公司（**模拟**数据）里，许多客户按固定的节奏买。一位一直每三周来一次的客户，十周没来了，你怎么看？我们取重复购买八次以上、而且沉默超过自己平均间隔（$t_x / x$）三倍的客户。

# %% [markdown] lang="en" tags=["slide-text"]
# **A rhythm breaks the story.** The models let everybody buy *at random*; restaurants buy in a rhythm (teaching company, **simulated**).
#
# Who: eight repeat purchases or more, silent for more than three of their own average gaps, $t_x / x$.

# %% [markdown] lang="zh"
# **有节奏，故事就不成立了。** 模型让人人都*随机*地买；餐馆按节奏买（教学公司，**模拟**数据）。
#
# 取谁：重复购买八次以上，沉默超过自己平均间隔（$t_x / x$）的三倍。

# %%
log = datasets.load_data(company)[0]["transactions"]
ours = holdout.split_purchases(log, cut="2025-06-30", until="2025-12-29", unit="week")
triple = [ours["frequency"], ours["recency"], ours["tenure"]]
of_ours = purchases.fit_mbg_nbd(*triple)

# %% [markdown] lang="en"
# `late` are those whose rhythm is broken; `others` bought as often and are not late.

# %% [markdown] lang="zh"
# `late` 是节奏断了的客户；`others` 也买过八次以上，但没有晚。

# %%
alive_ours, chance_ours = of_ours.probability_alive(*triple), of_ours.chance_to_buy(26, *triple)
silence, own_gap = ours["tenure"] - ours["recency"], ours["recency"] / ours["frequency"]
is_often, is_late = ours["frequency"] >= 8, silence > 3 * own_gap
late, others = ours[is_often & is_late], ours[is_often & ~is_late]

# %% [markdown] lang="en"
# What had the model said of both, and what came in the next 26 weeks? For those who are late `alive_table` again, with all of them in one group.

# %% [markdown] lang="zh"
# 模型对这两种人各是怎么说的？此后 26 周又怎样？晚了的人，还是用 `alive_table`，都放在一组。

# %% slide="result"
group = holdout.alive_table(alive_ours[late.index], late["holdout_purchases"],
                            chance=chance_ours[late.index], edges=(0, 1)).iloc[0]
others_said = chance_ours[others.index].mean()
others_came = (others["holdout_purchases"] > 0).mean()
say("{group[n_customers]:.0f} had broken their rhythm. Predicted to buy: {group[chance_rate]:.0%}; "
    "bought: {group[again_rate]:.0%} (95% interval: {group[low_rate]:.0%} to "
    "{group[high_rate]:.0%}). The model is too hopeful about them (simulated). "
    "The others: predicted {others_said:.0%}, bought {others_came:.0%}."
    if group["high_rate"] < group["chance_rate"]
    else "{group[n_customers]:.0f} had broken their rhythm. Predicted to buy: "
    "{group[chance_rate]:.0%}; bought: {group[again_rate]:.0%} (simulated).")

# %% [markdown] lang="en"
# Where customers are regular, silence says more than the model hears. A rule in the customer's *own* gaps hears it; lesson 1.7 builds one.

# %% [markdown] lang="zh"
# 客户买得越有规律，沉默就越说明问题，模型却看不出来。按客户*自己的*间隔定的规则看得出来，第 1.7 课做的就是这样的规则。

# %% [markdown] lang="en" tags=["notes"]
# Let them vote: cross out all below 30 %? Then uncover the first two groups. Ask which forecast they would show to the finance department (the total), and which to the call center (the order).

# %% [markdown] lang="zh"
# 先投票：30% 以下的全划掉，行不行？再揭开前两组。追问：给财务部看哪个预测（合计）？给客服中心看哪个（先后次序）？

# %% [markdown] lang="en" minutes=4 rows=["D25"] slide="slide"
# ## Do the sums, then decide
#
# A coupon costs 1 dollar, used or not. **Assumed**, for nobody has measured it: it lifts the purchases of who gets it by 10 %, and 30 % of a sale is margin. All that they would have bought anyway is *not* the coupon's doing:
#
# $$\text{gain} = 10\,\% \cdot 30\,\% \cdot \text{average purchase} \cdot \text{purchases} - 1 \text{ dollar} \cdot \text{coupons}$$
#
# From how many expected purchases on is a coupon worth its dollar?

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 一张券的成本是 1 美元，用不用都要花。**假设**（没有人量过）：拿到券的人购买次数增加 10%，销售额的 30% 是毛利。他们本来就会买的那些，*不是*券的功劳：
#
# $$增加的利润 = 10\% \cdot 30\% \cdot 平均每次购买金额 \cdot 购买次数 - 券数 \cdot 1~美元$$
#
# 预期购买多少次以上，一张券才值这 1 美元？

# %% [markdown] lang="en" tags=["slide-text"]
# A coupon costs 1 dollar, used or not. **Assumed**: it lifts purchases by 10 %, and 30 % of a sale is margin. What they would have bought anyway is *not* its doing.
#
# $$\text{gain} = 10\,\% \cdot 30\,\% \cdot \text{average purchase} \cdot \text{purchases} - 1 \text{ dollar} \cdot \text{coupons}$$

# %% [markdown] lang="zh"
# 一张券的成本是 1 美元，用不用都要花。**假设**：购买次数增加 10%，销售额的 30% 是毛利。本来就会买的，*不是*券的功劳。
#
# $$增加的利润 = 10\% \cdot 30\% \cdot 平均每次购买金额 \cdot 购买次数 - 券数 \cdot 1~美元$$

# %% slide="result"
average_purchase = known["amount"].sum() / len(days)
per_purchase = 0.10 * 0.30 * average_purchase
needed = 1 / per_purchase
float(round(needed, 2))

# %% [markdown] lang="en"
# The plans; nobody gets one, as before, is one of them. All are chosen on what was known in September 1997.

# %% [markdown] lang="zh"
# 几个方案，谁也不发（照旧）是其中之一。方案都只按 1997 年 9 月知道的来选。

# %%
chosen = {t("a coupon for nobody"): x.index[:0], t("a coupon for everybody"): x.index,
          t("500 drawn at random"): both.sample(500, random_state=1).index,
          t("the 500 of the plain rule"): plain.nlargest(500).index,
          t("the 500 of the model"): said.nlargest(500).index,
          t("those worth it to the model"): x.index[said > needed]}

# %% [markdown] lang="en"
# Counted is what those with a coupon really bought afterwards. The last column asks the other way round: how large must the lift be, so that the plan pays? (What a coupon brings grows in step with the lift.)

# %% [markdown] lang="zh"
# 账用拿券的人后来的实际购买来算。最后一列反过来问：券至少要让购买增加百分之几，方案才不亏？（增加一倍，券的好处也多一倍。）

# %% slide="result"
plans = pd.DataFrame({"n_coupons": [len(who) for who in chosen.values()]}, index=list(chosen))
plans["n_purchases"] = [came[who].sum() for who in chosen.values()]
plans["gain"] = per_purchase * plans["n_purchases"] - plans["n_coupons"]
plans["must_lift_share"] = 0.10 * plans["n_coupons"] / (per_purchase * plans["n_purchases"])
plans

# %% [markdown] lang="en" slide="subslide"
# Who predicts too little, draws the line of “worth it” too strictly: compare the last two rows. Now, does it have to be the *model* that chooses? Purchases of its 500 less those of the rule's 500, customers drawn anew:

# %% [markdown] lang="zh"
# 预测偏低，按它划的线就偏严：比一比最后两行。再问一句：非得由*模型*来挑吗？模型那 500 位的购买次数减去规则那 500 位的，反复重新抽取客户：

# %% slide="result"
is_model, is_plain = (x.index.isin(one.nlargest(500).index).astype(int) for one in (said, plain))
ahead = came * (is_model - is_plain)
low, high = np.multiply(n_all, intervals.bootstrap_interval(ahead, pd.Series.mean, seed=1)[:2])
more = ahead.sum()
say("The model's 500 bought {more} times more than the rule's (95% interval: {low:.0f} to "
    "{high:.0f}): it chooses better."
    if low > 0
    else "Model's 500 less the rule's: {more} purchases (95% interval: {low:.0f} to {high:.0f}). "
    "That the model chooses better is not shown.")

# %% [markdown] lang="en"
# For whom to send a coupon, a plain rule may do; for how many purchases to plan, it may not. All gains depend on the 10 %: those who buy most may need a reminder least. What would tell: send coupons to half of the chosen, drawn at random, and compare (lesson 1.8). Customers who are worth much and slipping away are lesson 4.4.

# %% [markdown] lang="zh"
# 挑谁发券，简单的规则也许够用；要计划有多少次购买，它就不一定够。账算得过来，全靠那 10%：买得最多的人，也许最不需要提醒。怎样才知道？在挑出的人里随机抽一半发券，再比较（第 1.8 课）。价值高、又正在流失的客户，见第 4.4 课。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# New data. `grocer`: the customers of the teaching company (**simulated**) at the end of **2024**, cut there, with the 26 weeks after it: `frequency`, `recency`, `tenure`, `holdout_purchases`. `grocer_model`: a modified BG/NBD of them. `donors`: **real** donors of a radio station who first gave in 1995: `n_years_given` (of 1996 to 2001), `last_year_given` (1 is 1996, 0 is never), `n_years` (6). Stuck? `hint("4.3.1")`, then `solution("4.3.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换新数据。`grocer`：教学公司（**模拟**数据）的客户，在 **2024** 年底切开，带着之后的 26 周，列有 `frequency`、`recency`、`tenure`、`holdout_purchases`。`grocer_model`：用他们拟合的修正 BG/NBD。`donors`：一家电台的**真实**捐款人，1995 年第一次捐，列有 `n_years_given`（1996 到 2001 年有几年捐过）、`last_year_given`（最后一次在第几年：1 是 1996 年，0 是再没捐过）、`n_years`（6）。卡住了，可以用 `hint("4.3.1")`，再用 `solution("4.3.1")`。

# %%
grocer = holdout.split_purchases(log, cut="2024-12-31", until="2025-07-01", unit="week")
grocer_model = purchases.fit_mbg_nbd(grocer["frequency"], grocer["recency"], grocer["tenure"])
donors = datasets.load_donors()
practice_on(grocer=grocer, grocer_model=grocer_model, donors=donors)

# %% [markdown] lang="en"
# **4.3.1** Mr. Wang first bought 80 weeks ago. He has bought on six different days in all; the last was 50 weeks ago. What is the chance that he is still a customer of the grocer? (`grocer_model`; a fraction)

# %% [markdown] lang="zh"
# **4.3.1** 王先生第一次来买是 80 周前，最后一次是 50 周前；一共来买过六次，每次都不在同一天。他仍是这家公司客户的概率是多少？（用 `grocer_model`；用小数表示）

# %% tags=["exercise"]
alive_of_wang = ...
check("4.3.1", alive_of_wang)

# %% [markdown] lang="en"
# **4.3.2** How far is the total that `grocer_model` predicts for the 26 weeks from the total that came? (`grocer`; predicted less actual, as a fraction of the actual; negative if too few were predicted)

# %% [markdown] lang="zh"
# **4.3.2** `grocer_model` 预测的 26 周购买总次数，和实际的总次数差多少？（用 `grocer`；预测减实际，再除以实际；用小数表示，预测少了就是负数）

# %% tags=["exercise"]
error_of_total = ...
check("4.3.2", error_of_total)

# %% [markdown] lang="en"
# **4.3.3** A donor first gave in 1995, again in 1996, 1997 and 1999, and not since. What is the chance that they give in 2002? (`purchases.fit_bg_bb` of the three columns of `donors`, in the order above; then `chance_to_buy(1, ...)` with this donor's three numbers; a fraction)

# %% [markdown] lang="zh"
# **4.3.3** 一位捐款人 1995 年第一次捐，1996、1997、1999 年又捐过，此后没有再捐。2002 年他会捐的概率是多少？（先用 `donors` 的三列，按上面的顺序，拟合 `purchases.fit_bg_bb`；再用 `chance_to_buy(1, ...)`，填这位捐款人的三个数；用小数表示）

# %% tags=["exercise"]
chance_in_2002 = ...
check("4.3.3", chance_in_2002)

# %% [markdown] lang="en"
# **4.3.4** The grocer's coupon costs 6 yuan and lifts purchases by 6 %; a purchase brings a margin of 50 yuan (all three assumed). Everybody gets one for whom, by `grocer_model`, it brings more than it costs in the 26 weeks. What would it have gained, counted on the purchases that came? (`grocer`; in yuan)

# %% [markdown] lang="zh"
# **4.3.4** 这家公司的券每张 6 元，能让购买次数增加 6%；每次购买的毛利是 50 元（三个数都是假设）。按 `grocer_model` 的预测，在这 26 周里券的好处大于成本的客户，每人发一张。用他们实际的购买次数算，一共能增加多少利润？（用 `grocer`；单位元）

# %% tags=["exercise"]
gain_of_coupons = ...
check("4.3.4", gain_of_coupons)

# %% [markdown] lang="en"
# **4.3.5** A worksheet, without code. Which box of the table of four does each belong to, and which one fits none? A gym with monthly contracts; a hairdresser; a yearly trade fair; a taxi app; a magazine that renews each year; a baker with guests who come every morning. Say why in a few words each, and what you would look at for the one that does not fit. (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.3.5** 工作表，不用写代码。下面各属于四格表的哪一格？哪一家放进哪一格都不合适？按月签合同的健身房；理发店；一年一次的展销会；打车软件；按年续订的杂志；客人天天早上来的面包店。每家用几个字说明理由；不合适的那一家，你会看什么？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
worksheet = ...
check("4.3.5", worksheet)

# %%
quiz("4.3.q1")

# %%
quiz("4.3.q2")

# %%
quiz("4.3.q3")

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Optional: what the donors can and cannot tell
#
# Each donor is a pair: in how many of six years they gave, and in which one last. Can we hold out the year 2001? Whoever gave in 2001 has lost what we would need: when they had given last *before* it. So the three numbers of the year 2000 cannot be had back for them, and no model of that day can be fitted. What can be had is a look at the chances themselves, by gifts (rows) and last year (columns):

# %% [markdown] lang="zh"
# ## 选读：捐款人的数据能说明什么、不能说明什么
#
# 每位捐款人只有两个数：六年里捐了几年，最后一次在第几年。能不能把 2001 年留出来？2001 年捐过的人，缺了我们需要的东西：*在那之前*最后一次是哪一年。所以 2000 年底的三个数还原不出来，也就拟合不出那一天的模型。能看的是概率本身：行是捐款年数，列是最后一次在第几年。

# %%
gave, last, years = donors["n_years_given"], donors["last_year_given"], donors["n_years"]
of_donors = purchases.fit_bg_bb(gave, last, years)
alive_donors = donors.assign(alive_share=of_donors.probability_alive(gave, last, years))
show(alive_donors.pivot_table("alive_share", "n_years_given", "last_year_given"), kind="share")

# %% [markdown] lang="en"
# Read along a row: as many gifts, the last of them later and later. Then down a column: the last gift in the same year, but more gifts. Does another gift help? Think of G and H: a silence says more about those who gave often. Only the last column is the same all the way down: those donors have not been silent.

# %% [markdown] lang="zh"
# 横着读一行：捐的年数一样，最后一次越来越晚。再竖着读一列：最后一次在同一年，捐的年数越来越多。多捐一年，是好事吗？想想 G 和 H：捐得越勤，沉默就越说明问题。只有最后一列上下都一样：他们还没有沉默过。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **compute** from a list of purchases how often, until when and for how long a customer has bought, and the chance that they are still a customer,
# - **test** a model on purchases it has not seen: total, customers, groups, beside a plain rule,
# - **decide** in money who gets a coupon, and say on what it hangs.
#
# **Words** — without a contract (没有合同), repeat purchase (重复购买), probability alive (仍是客户的概率), chance to buy (会买的概率), hold-out (留出验证), BG/NBD, MBG/NBD, BG/BB. A relative, Pareto/NBD, lets one leave at any time and says much the same here.
#
# **Next** — 4.4: Who is worth much and slipping away?
#
# **Further reading** — Fader, Hardie & Lee (2005), *“Counting Your Customers” the Easy Way*, Marketing Science 24; Fader & Hardie (2009), *Probability Models for Customer-Base Analysis*, Journal of Interactive Marketing 23; Wübben & Wangenheim (2008), *Instant Customer Base Analysis*, Journal of Marketing 72 (plain rules that keep up)

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **计算**：会从购买记录算出一位客户买过几次、买到什么时候、认识了多久，以及他仍是客户的概率；
# - **检验**：会用模型没见过的购买来检验它，看合计、看个人、看分组，还和简单的规则比；
# - **决定**：会算清楚券发给谁，也说得出这笔账靠什么。
#
# **术语**：没有合同（without a contract）、重复购买（repeat purchase）、仍是客户的概率（probability alive）、会买的概率（chance to buy）、留出验证（hold-out）、BG/NBD、MBG/NBD、BG/BB。还有一个近亲 Pareto/NBD，允许随时离开，在这里结论差不多。
#
# **下一课**：4.4 谁价值高、又正在流失？
#
# **延伸阅读**：Fader, Hardie & Lee (2005), *“Counting Your Customers” the Easy Way*, Marketing Science 24；Fader & Hardie (2009), *Probability Models for Customer-Base Analysis*, Journal of Interactive Marketing 23；Wübben & Wangenheim (2008), *Instant Customer Base Analysis*, Journal of Marketing 72（简单规则不输模型）

# %% [markdown] lang="en" tags=["slide-text"]
# - **compute** from a list of purchases the chance that a customer is still one,
# - **test** a model on purchases it has not seen, beside a plain rule,
# - **decide** in money who gets a coupon, and say on what it hangs.

# %% [markdown] lang="zh"
# - **计算**：会从购买记录算出一位客户仍是客户的概率；
# - **检验**：会用模型没见过的购买来检验它，还和简单的规则比；
# - **决定**：会算清楚券发给谁，也说得出这笔账靠什么。

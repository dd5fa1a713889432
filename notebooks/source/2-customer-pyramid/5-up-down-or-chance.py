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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["2.1"] rows=["A22", "D22"] slide="slide"
# # 5 · Up, down, or chance: where do 10,000 yuan bring more?
#
# The money may go into new customers, into those who might leave, or into those who might buy more. First we must
# know what moves by itself, and what moves by chance.
#
# In this lesson you will
#
# - **count** what customers acquired, kept and raised bring, in yuan,
# - **compare** their ups and downs with a world in which nobody changes,
# - **choose** where 10,000 yuan bring more, or keep them.

# %% [markdown] lang="zh"
# # 5 · 升级、降级，还是随机波动？一万元花在哪里更值？
#
# 一万元可以用来获取新客户，可以用来留住可能流失的客户，也可以用来推动老客户多买。先要知道：哪些变化本来就会发生，哪些只是随机波动。
#
# 在这一课里，你将
#
# - **算清**获取、保有、提升客户各带来多少销售额；
# - **对照**：把升级和降级与“谁都没有变”的情景相比；
# - **选择**一万元花在哪里更值，或者干脆不花。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Growth is a sum: what came, less what went, and the changes of those who stayed. Much of the last part is chance.
#
# **Hard point** Who stood at the top by luck falls without anybody's fault. A world in which nobody changes has ups and downs too.
#
# **Board** The growth of the eight as a sum of four parts; beside it the coin and one world it made.
#
# **Homework** Exercises 2.5.4 and 2.5.5. Toss a coin for each of your own purchases of two months: how different do the two months look?

# %% [markdown] lang="zh"
# **重点** 增长是一个和：新来的，减去流失的，再加上留下来的客户的增减。最后一部分有很多只是随机波动。
#
# **难点** 靠运气站到塔顶的客户，第二年会掉下来，不怪任何人。就算谁都没有变，也会有升有降。
#
# **板书** 八位客户的增长写成四部分之和；旁边写抛硬币，以及抛出来的一个情景。
#
# **作业** 练习 2.5.4 和 2.5.5。把自己两个月的每笔购买各抛一次硬币，分成两个“月”：看看这两个月差多少？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import math

import matplotlib.pyplot as plt
import pandas as pd

from crmlib import chance, datasets, growth, plots, pyramid, transitions
from crmlib.lesson import check, hint, practice_on, quiz, say, sentence, show, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## Look first: one row per customer
#
# Jiahe Foods (**simulated**): what each customer spent in each year, refunds taken off. `unstack` turns the years into
# columns; who bought nothing in a year has 0 there. `profit` is the same for gross profit.

# %% [markdown] lang="zh"
# ## 先看数据：一位客户一行
#
# 嘉禾食品（**模拟**）：每位客户每年的购买金额，已减去退款。`unstack` 把年份变成列；某年没有购买的，那一格是 0。`profit` 用同样的方法算出每年的毛利。

# %%
tables, reports = datasets.load_data(company)
transactions = tables["transactions"]
year = transactions["order_date"].dt.year.rename("year")
spent = transactions.groupby(["customer_id", year])["amount"].sum().unstack(fill_value=0)
gross = transactions.assign(profit=transactions["amount"] - transactions["cost"])
profit = gross.groupby(["customer_id", year])["profit"].sum().unstack(fill_value=0)
show(spent.head(4), kind="money")

# %% [markdown] lang="en" minutes=6 rows=["D22"] slide="slide"
# ## Growth is a sum, by hand
#
# The course asks three things: whom do we **acquire** (获取), whom do we **keep** (保有), whose value can we **raise**
# (提升)? *Acquired* customers spent only in the second year, *gone* ones only in the first. The others are *kept*: they
# rose or fell. So
#
# $$\text{growth} = \text{acquired} + \text{raised} - \text{fallen} - \text{gone}$$

# %% [markdown] lang="zh"
# ## 增长由哪几部分组成？亲手算
#
# 课程讲以客户为中心，有三问：**获取**谁？**保有**谁？**提升**谁的价值？只在第二年购买的是*新获取*的客户，只在第一年购买的是*流失*的客户，两年都买的是*保有*的客户，其中有人增加，有人减少。于是
#
# $$增长 = 获取 + 增加 - 减少 - 流失$$

# %% [markdown] lang="en" tags=["slide-text"]
# Whom do we **acquire** (获取), **keep** (保有), **raise** (提升)?
#
# $$\text{growth} = \text{acquired} + \text{raised} - \text{fallen} - \text{gone}$$

# %% [markdown] lang="zh"
# **获取**谁？**保有**谁？**提升**谁？
#
# $$增长 = 获取 + 增加 - 减少 - 流失$$

# %% [markdown] lang="en"
# Eight customers, typed in, one row per order. C and F do not come back. G and H are new. E has three orders in two years.

# %% [markdown] lang="zh"
# 下面输入八位客户，一张订单一行。C 和 F 没有再来；G 和 H 是新客户；E 两年有三张订单。

# %%
few = pd.DataFrame(
    [("A", 1, 2024, 500), ("A", 2, 2024, 400), ("A", 3, 2025, 700), ("B", 4, 2024, 250)]
    + [("B", 5, 2025, 200), ("B", 6, 2025, 200), ("C", 7, 2024, 120), ("D", 8, 2024, 120)]
    + [("D", 9, 2025, 120), ("E", 10, 2024, 40), ("E", 11, 2024, 40), ("E", 12, 2025, 60)]
    + [("F", 13, 2024, 60), ("G", 14, 2025, 90), ("H", 15, 2025, 30)],
    columns=["customer_id", "order_id", "year", "amount"],
)
few.head(3)

# %% [markdown] lang="en" slide="subslide"
# The same step as for the whole company: add up, and turn the years into columns.

# %% [markdown] lang="zh"
# 与全公司的做法相同：先加总，再把年份变成列。

# %% slide="result"
two = few.groupby(["customer_id", "year"])["amount"].sum().unstack(fill_value=0)
two.columns = ["before", "after"]
two

# %% [markdown] lang="en" slide="fragment"
# **2.5.a** Your turn: what share of the money of the first year went with those who did not come back? (a fraction)

# %% [markdown] lang="zh"
# **2.5.a** 你来算：没有再来的客户，带走了第一年销售额的多大比例？（用小数表示）

# %% tags=["exercise"]
share_gone = ...
check("2.5.a", share_gone)

# %% [markdown] lang="en"
# Now all four parts. `&` means *and*, `~` means *not*. Read it aloud: *sales fell by 130
# yuan, since those who fell and those who went took more than the new and the raised brought.*

# %% [markdown] lang="zh"
# 再算全部四个部分。`&` 是“并且”，`~` 是“不是”。读出声来：*销售额减少了 130 元，因为减少的和流失的，超过了新来的和增加的*。

# %% slide="result"
change, new, gone = two["after"] - two["before"], two["before"] == 0, two["after"] == 0
rose, fell = change[~new & (change > 0)].sum(), change[~gone & (change < 0)].sum()
parts = {"acquired": change[new].sum(), "raised": rose, "fell": fell, "gone": change[gone].sum()}
pd.Series(parts, name="change").rename_axis("group")

# %% [markdown] lang="en"
# `growth_table` does the same, and counts the customers. D, who spent as much as before, stands in a row of their own.

# %% [markdown] lang="zh"
# `growth_table` 做的正是这些，并且数出客户数。D 两年花得一样多，单独占一行。

# %%
table_of_eight = growth.growth_table(two["before"], two["after"])
assert table_of_eight["change"].drop("same").to_dict() == parts
table_of_eight

# %% [markdown] lang="en" tags=["notes"]
# Students count heads where money is asked for: two of six are gone, but only a small part of the money. Let them say both
# numbers. A second record of an old customer looks like a newcomer; chapter 1 puts such records together.

# %% [markdown] lang="zh"
# 问的是金额，学生往往去数人头：六位里流失两位，金额却只是一小部分。让他们把两个数都说出来。老客户的第二条记录看上去像新客户，第 1 章讲怎样合并。

# %% [markdown] lang="en" minutes=4 rows=["D22"] slide="slide"
# ## Where did the growth of the company come from?
#
# **2.5.b** Guess before you look: what share of the sales of 2024 (simulated) came from customers who bought nothing in
# 2025? (a fraction)

# %% [markdown] lang="zh"
# ## 公司的增长从哪里来？
#
# **2.5.b** 先猜再看：公司（模拟）2024 年的销售额中，多大比例来自 2025 年没有再购买的客户？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("2.5.b", guess)

# %% [markdown] lang="en"
# The same table for all customers, as a figure; `assign_groups` names the group of each customer. It walks from 2024 to 2025: a step up is green, a step down is red.

# %% [markdown] lang="zh"
# 对全部客户做同一张表，画成图；`assign_groups` 给出每位客户属于哪一组。图中从 2024 年走到 2025 年，绿色是增加，红色是减少。

# %% slide="slide"
parts = growth.growth_table(spent[2024], spent[2025])
group = growth.assign_groups(spent[2024], spent[2025])
gain, n_customers = parts["change"], parts["n_customers"]
grew, kept_change = gain.sum(), gain["raised"] + gain["fell"]
ax = plots.plot_growth(parts, currency="CNY")
ax.set_title(sentence("Newcomers bring {gain[acquired]:CNY}; all kept customers together change by {kept_change:CNY}"))
plt.show()
say(
    "Sales grew by {grew:CNY}. {n_customers[acquired]} customers came and {n_customers[gone]} went."
    if grew > 0
    else "Sales changed by {grew:CNY}. {n_customers[acquired]} customers came and {n_customers[gone]} went."
)

# %% [markdown] lang="en" minutes=5 rows=["D22"] slide="slide"
# ## Whom do we acquire, and whom do we keep?
#
# *Acquire* (simulated): who are they, what do they need, how do we deliver? The tables show where the money
# of 2025 comes from, newcomers beside those who were kept: `pivot_table` adds it up; divided by its sum, each column makes 100 %.

# %% [markdown] lang="zh"
# ## 获取谁？保有谁？
#
# *获取*（模拟数据）：客户是谁，需要什么，怎样交付？下面的表说明 2025 年的金额来自哪里，新客户与保有的客户并排：`pivot_table` 负责加总，再除以合计，每列合计 100%。

# %%
kinds = tables["customers"][["customer_id", "customer_type"]]
lines = transactions[year == 2025].merge(kinds, how="left")
newcomers = group.index[group == "acquired"]
lines["group"] = lines["customer_id"].isin(newcomers).map({True: "acquired", False: "kept"})
for column in ("customer_type", "category", "channel"):
    sums = lines.pivot_table("amount", column, "group", aggfunc="sum", fill_value=0)
    show(sums / sums.sum(), kind="share", digits=0)

# %% [markdown] lang="en"
# *Keep*: which customers of 2024 came back in 2025? First by tier: the share who did not (`mean`), and `gone_profit`, the gross profit
# of 2024 that went with them (`sum`).

# %% [markdown] lang="zh"
# *保有*：2024 年的客户，哪些 2025 年又来了？先按层级看：流失的比例（`mean`）；`gone_profit` 是流失的客户 2024 年的毛利合计（`sum`）。

# %%
tier = pyramid.assign_tiers(spent.loc[spent[2024] > 0, 2024])
is_gone = spent.loc[tier.index, 2025] <= 0
lost = pd.DataFrame({"gone_share": is_gone, "gone_profit": is_gone * profit.loc[tier.index, 2024]})
lost.groupby(tier, observed=True).agg({"gone_share": "mean", "gone_profit": "sum"})[::-1]

# %% [markdown] lang="en"
# Compare the heads that go with the profit that goes. Which of the *large* ones (regular or better) will go? A plain sign: **silence**, more than 60
# days without an order at the end of 2024.

# %% [markdown] lang="zh"
# 对照一下：流失了多大比例的人，带走了多少毛利。那么*大*客户（普通及以上）中，谁会流失？一个简单的信号是**沉默**：到 2024 年底，已经 60 天以上没有下单。

# %% slide="result"
large = tier.index[tier >= "regular"]
last_order = transactions[year == 2024].groupby("customer_id")["order_date"].max()[large]
is_silent = (pd.Timestamp("2024-12-31") - last_order).dt.days > 60
silent = is_silent.map({True: "silent", False: "active"}).rename("group")
by_silence = lost.loc[large].groupby(silent).agg({"gone_share": "mean", "gone_profit": "sum"})
by_silence.assign(n_customers=silent.value_counts())

# %% [markdown] lang="en"
# `map` gives every `True` and `False` its word. Is the list short enough to call everybody on it?

# %% [markdown] lang="zh"
# `map` 把每个 `True` 和 `False` 换成文字。这份名单够不够短，能不能逐个打电话？

# %%
n_silent, n_lost = is_silent.sum(), is_gone[large][is_silent].sum()
gone_share = by_silence["gone_share"]
say("{n_lost} of {n_silent} silent customers went, {gone_share[silent]:.0%}; of the active, {gone_share[active]:.0%}.")

# %% [markdown] lang="en"
# The 60 days are our choice, made on this company, which is simulated. Exercise 2.5.2 tries silence on a real firm.

# %% [markdown] lang="zh"
# “60 天”是我们在这家模拟公司上选的。练习 2.5.2 会在真实企业上再试一次。

# %% [markdown] lang="en" tags=["notes"]
# The channel table is the one to talk about: how do newcomers come, and how are the others served? Ask what silence
# means for somebody who orders twice a year, and for somebody who orders every week.

# %% [markdown] lang="zh"
# 重点讨论渠道那张表：新客户从哪里来，其他客户由谁服务？再问：对一年下两次单的客户和每周下单的客户，“沉默 60 天”的意思一样吗？

# %% [markdown] lang="en" minutes=5 rows=["A22", "D22"] slide="slide"
# ## Up and down: how much of it is chance?
#
# Imagine a world in which nobody changes. Take everybody's orders of both years, whole, and toss a coin for each: 2024
# or 2025? Habits stay as they are; only the dates are luck. Any ups and downs in that world are chance.

# %% [markdown] lang="zh"
# ## 升级与降级：有多少只是随机波动？
#
# 设想一个谁都没有变的情景：取每位客户两年的订单，整张不拆，逐张抛硬币，归 2024 年还是 2025 年。习惯不变，只有日期随机；那里的升降都是随机波动。

# %% [markdown] lang="en" tags=["slide-text"]
# A world in which nobody changes: for every order of the two years a coin says 2024 or 2025. Any ups and downs in that
# world are chance.

# %% [markdown] lang="zh"
# 谁都没有变的情景：两年的每张订单都抛硬币，归 2024 年还是 2025 年。那里的升降都是随机波动。

# %% [markdown] lang="en"
# Once on the eight. `toss_orders` makes such worlds, `next` takes the first. Everybody keeps their total; but look who
# seems to rise, to fall, or to be gone.

# %% [markdown] lang="zh"
# 先在八位客户身上做一次。`toss_orders` 造出这样的情景，`next` 取第一个。每个人的总金额不变；可是看看，谁好像增加了，谁好像减少了，谁好像流失了。

# %% slide="result"
before, after = next(chance.toss_orders(few, n_times=1, seed=5))
world = pd.DataFrame({"before": before, "after": after}).fillna(0)
assert (world.sum(axis=1) == two.sum(axis=1)).all()
world

# %% [markdown] lang="en"
# For the company we count the share of each tier who are in the same tier a year later. `reindex` puts the second year in
# the order of the first; who is away has no tier then, and has not stayed.

# %% [markdown] lang="zh"
# 对全公司，我们数各层级有多大比例的客户一年后仍在同一层级。`reindex` 把第二年按第一年的客户排好；第二年没有购买的没有层级，不算留在原层级。

# %%
def share_who_stay(before, after):
    """What share of the customers of each tier are in the same tier afterwards."""
    tier = pyramid.assign_tiers(before)
    same = pyramid.assign_tiers(after).reindex(tier.index) == tier
    return same.groupby(tier, observed=True).mean()[list(pyramid.LABELS)]


bought = spent[spent > 0]
found = share_who_stay(bought[2024].dropna(), bought[2025].dropna())

# %% [markdown] lang="en"
# Now a hundred worlds without change. `growth_table` also adds up how much they seem to raise.

# %% [markdown] lang="zh"
# 再造一百个谁都没有变的情景。`growth_table` 还会算出：那里看上去增加了多少金额。

# %%
both_years, stays, raised = transactions[year >= 2024], [], []
for before, after in chance.toss_orders(both_years, n_times=100, seed=5):
    stays.append(share_who_stay(before, after))
    raised.append(growth.growth_table(before, after)["change"]["raised"])

# %% [markdown] lang="en"
# The band holds 95 of the 100 worlds, and the mark is the company. Below, the same in money: how much would kept customers seem to rise if nobody changed?

# %% [markdown] lang="zh"
# 橙色带包含一百个情景中的 95 个，蓝色标记是教学公司的数据。下面再换成金额：假如谁都没有变，保有的客户会“增加”多少？

# %% slide="slide"
lowest, highest = pd.DataFrame(stays).quantile(0.025), pd.DataFrame(stays).quantile(0.975)
beside = pd.DataFrame({"found": found, "lowest_by_chance": lowest, "highest_by_chance": highest})
n_within, n_tiers = found.between(lowest, highest).sum(), len(beside)
ax = plots.plot_beside_chance(beside, label=t("share who stay in their tier"))
ax.set_title(sentence("In {n_within} of {n_tiers} tiers the ups and downs are what chance alone gives"))
plt.show()
raised_by_chance = pd.Series(raised).mean()
say("The raised bring {gain[raised]:CNY} more. If nobody changed, it would seem to be {raised_by_chance:CNY} more.")

# %% [markdown] lang="en"
# “No more than chance” is not “nobody changed”: with a few VIPs only large changes show. And the coin lets orders fall at
# random. Who orders every Monday leaves luck less room than a coin does; who buys in bursts leaves it more.

# %% [markdown] lang="zh"
# “不超过随机波动”并不等于“谁都没有变”：VIP 只有几位，变化很大才看得出来。另外，抛硬币时，订单是随机落下的：每周一固定下单的客户，随机波动比抛硬币小；一阵一阵集中购买的客户，随机波动比抛硬币大。

# %% [markdown] lang="en" tags=["notes"]
# Ask: a salesman's three VIPs have all dropped to major; is he to blame? Let them say what the coin keeps (each
# customer's orders, whole) and what it throws away (dates). Tossing rows instead of orders would tear orders apart and
# understate chance. The two made-up years are equal on average; the real ones are not, since the firm grew.

# %% [markdown] lang="zh"
# 可以问：某业务员的三位 VIP 全都降为主要客户，能怪他吗？让学生说出抛硬币保留了什么（每位客户的订单，整张不拆），又扔掉了什么（日期）。如果按行抛，会把一张订单拆散，低估随机波动。造出来的两年平均一样多；真实的两年不一样，因为公司在增长。

# %% [markdown] lang="en" minutes=3 rows=["D22"] slide="slide"
# ## Whom could we raise to VIP? A plain rule, put to the test
#
# The course wants customers pushed toward VIP: 推动客户向VIP转移. Whom? The rule: *major customers who spent at least 80 % of
# the VIP line*. By hand for the company (simulated), line by line:
#
# 1. what the customers of 2024 spent then (their tiers are in `tier`), and the tiers of 2025;
# 2. the majors of 2024, and who is a VIP in 2025;
# 3. which of those majors rose to VIP (`isin`), and which of them the rule chooses;
# 4. how many majors, how many rose, how many the rule chose, and how often it was right.

# %% [markdown] lang="zh"
# ## 谁能升为 VIP？一条简单规则，拿来检验
#
# 课程要求推动客户向VIP转移。推动谁？规则：*主要客户中，金额达到 VIP 门槛 80% 的人*。先在教学公司（模拟）上亲手算，逐行来看：
#
# 1. 2024 年的客户当年各花了多少（层级在 `tier` 里），以及 2025 年的层级；
# 2. 2024 年的主要客户是谁，2025 年的 VIP 是谁；
# 3. 这些主要客户中，谁升为 VIP（`isin`），谁被规则选中；
# 4. 主要客户几位，升级几位，规则选中几位，选对几位。

# %%
before, tier_2025 = spent.loc[tier.index, 2024], pyramid.assign_tiers(bought[2025].dropna())
major, vips = before[tier == "major"], tier_2025.index[tier_2025 == "VIP"]
rose, chosen = major.index.isin(vips), major >= 0.8 * before[tier == "VIP"].min()
by_hand = [len(major), rose.sum(), chosen.sum(), (rose & chosen).sum()]

# %% [markdown] lang="en"
# `try_rule` does these steps, and counts the VIPs who were none before. Beside the company two real firms: the grocer, from the first half of a year to the
# second, and CDNOW, the music shop, from nine months to nine. `before_and_after` adds up what each customer spent before a day and from it on.

# %% [markdown] lang="zh"
# `try_rule` 做的就是这几步，还数出新出现的 VIP。除了教学公司，再看两家真实企业：超市，从上半年到下半年；音像店 CDNOW，从前九个月到后九个月。`before_and_after` 算出每位客户在某一天之前、从这一天起各花了多少。

# %%
grocery, cdnow = datasets.load_complete_journey()["transactions"], datasets.load_cdnow()
tried = pd.DataFrame({"company (simulated)": growth.try_rule(spent[2024], tier, tier_2025)})
assert tried["company (simulated)"].tolist()[:4] == by_hand
for firm, lines, day in [("grocer", grocery, "2017-07-03"), ("CDNOW", cdnow, "1997-10-01")]:
    before, after = [one[one > 0] for _, one in growth.before_and_after(lines, day).items()]
    tiers = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    tried[firm] = growth.try_rule(before, *tiers)
show(tried.T, kind="number")

# %% [markdown] lang="en"
# Is that more than luck? First among our eight: A to F bought in 2024, and C and F went. Draw three of the six names out of a hat, a thousand times: how
# many of the two are among them? `found_by_lot` does the same.

# %% [markdown] lang="zh"
# 这比碰运气强吗？先看八位客户：2024 年购买的是 A 到 F 六位，其中 C 和 F 流失了。从六个名字中抽三个，抽一千次：抽到这两位中的几位？`found_by_lot` 做的是同样的事。

# %% slide="skip"
by_hand = [(two.head(6).sample(3, random_state=seed)["after"] == 0).sum() for seed in range(1000)]
lots = chance.found_by_lot(pd.Series(6), pd.Series(2), pd.Series(3), n_times=1000, seed=5)
drawn = pd.DataFrame({"by_hand": by_hand, "found_by_lot": lots})
show(drawn.apply(pd.Series.value_counts).rename_axis("n_found") / 1000, kind="share", digits=0)

# %% [markdown] lang="en"
# Now the two real firms together: as many names as the rule chose there, five thousand times.

# %% [markdown] lang="zh"
# 再看两家真实企业合计：规则选几位就抽几位，抽五千次。

# %%
real = tried[["grocer", "CDNOW"]].T
n_chosen, n_right, n_new = real[["n_chosen", "n_right", "n_new_vip"]].sum().astype(int)
lots = chance.found_by_lot(real["n_major"], real["n_rose"], real["n_chosen"], n_times=5000, seed=5)
by_lot, as_many, n_missed = lots.mean(), (lots >= n_right).mean(), n_new - n_right
say(
    "The rule was right with {n_right} of {n_chosen}, a draw by lot with {by_lot:.1f} on average, and with as many or more "
    "in {as_many:.0%} of the draws. The rule missed {n_missed} of {n_new} new VIPs."
)

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## Where it misleads: the mean pulls
#
# Who stands at the top in one year stood there with luck as well, and next year's luck is new. So the best tend to
# fall and the worst to rise, without anybody's doing: **regression to the mean** (Galton 1886).

# %% [markdown] lang="zh"
# ## 哪里会误导人：向均值回归
#
# 某一年站在塔顶，多少有些运气；第二年运气重新来过。所以最好的往往下降，最差的往往上升，与谁的努力都无关，这叫**向均值回归**（Galton 1886）。

# %% slide="result"
show(spent.loc[tier.index].groupby(tier, observed=True).mean()[::-1], kind="money")

# %% [markdown] lang="en"
# The rows are the tiers of 2024, the columns what one customer of it spent on average each year. Look at the VIPs and at the small
# customers from 2024 to 2025. Whoever picks the worst customers, trains their salesmen, and measures again will tend to see success.

# %% [markdown] lang="zh"
# 行是 2024 年的层级，列是该层客户每年的人均金额。看看 VIP 和小客户从 2024 年到 2025 年的变化。谁要是专挑最差的客户，培训他们的业务员，再量一次，多半会“见效”。

# %% [markdown] lang="en" minutes=3 rows=["D22"] slide="slide"
# ## The decision, in money
#
# Each row is a use of 10,000 yuan; doing nothing is one too. `profit_each`: the gross profit of a year from one success: a newcomer; a
# silent large customer kept; a major customer who rises to VIP. `n_last_year`: how many there were without us.
#
# We **assume** that 10,000 yuan bring one in ten more than that. And that who rises brings what the others there bring on average: one giant
# can pull up the mean of the VIPs, so the third plan looks better than it is.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 一行是一万元的一种用法；什么都不做也是一种选择。`profit_each`：成功一位，一年增加多少毛利：一位新客户；留住一位沉默的大客户；一位主要客户升为 VIP。`n_last_year`：我们什么都不做时有几位。
#
# **假设**：一万元能让人数比这多十分之一。还假设升上来的客户能达到该层的人均毛利：VIP 的人均可能因为一位特大客户而偏高，所以第三种用法看起来比实际好。

# %% [markdown] lang="en" tags=["slide-text"]
# What does one success bring in a year (gross profit), and how many were there without us?
#
# We **assume** that 10,000 yuan bring one in ten more.

# %% [markdown] lang="zh"
# 成功一位，一年增加多少毛利？我们什么都不做时有几位？
#
# **假设**：一万元能让人数多十分之一。

# %% slide="result"
worth = profit.loc[tier.index, 2024].groupby(tier, observed=True).mean()
each_gone = by_silence.loc["silent", "gone_profit"] / n_lost
each = [profit.loc[newcomers, 2025].mean(), each_gone, worth["VIP"] - worth["major"]]
plans = pd.DataFrame({"profit_each": each}, ["win newcomers", "keep the silent", "raise to VIP"])
plans["n_last_year"] = [n_customers["acquired"], n_lost, tried.loc["n_rose", "company (simulated)"]]
plans["n_to_pay"] = (10_000 / plans["profit_each"]).map(math.ceil)
plans["gain_less_cost"] = 0.1 * plans["n_last_year"] * plans["profit_each"] - 10_000
plans.rename_axis("plan")

# %% [markdown] lang="en"
# `n_to_pay` is how many more it takes to bring 10,000 yuan back, rounded up. Compare it with `n_last_year`. To do nothing leaves 0.

# %% [markdown] lang="zh"
# `n_to_pay` 是要多成功几位，才能赚回一万元（向上取整），可以和 `n_last_year` 比一比。什么都不做，净收益是 0。

# %% slide="result"
best_plan, best_gain = plans["gain_less_cost"].idxmax(), plans["gain_less_cost"].max()
need_new, need_kept, need_raised = plans["n_to_pay"]
n_new, n_gone, n_rose = plans["n_last_year"].astype(int)
say(
    "To pay, 10,000 yuan must win {need_new} newcomers more ({n_new} came), keep {need_kept} silent customers ({n_gone} went), "
    "or bring {need_raised} rises to VIP more ({n_rose} rose). With one in ten, “{best_plan}” is best and leaves {best_gain:CNY}."
    if best_gain > 0
    else "To pay, 10,000 yuan must win {need_new} newcomers more ({n_new} came), keep {need_kept} silent customers ({n_gone} went), "
    "or bring {need_raised} rises to VIP more ({n_rose} rose). With one in ten, it is best to do nothing."
)

# %% [markdown] lang="en"
# The answer hangs on *one in ten*, which nobody has measured, and on counting a single year of gross profit. A call to the few silent names costs far
# less than 10,000 yuan, so keeping may pay on a smaller budget. To know, treat some customers drawn by lot, leave the others, and
# compare: lesson 2.6 spends the next yuan.

# %% [markdown] lang="zh"
# 结论取决于“十分之一”，这个数谁也没有量过；而且只算了一年的毛利。给沉默名单上的几十位客户打电话，远用不了一万元，所以小一点的预算用来保有，也许划算。想要知道，就抽签：对抽中的客户行动，其余照旧，再比较。下一块钱花在哪里，第 2.6 课再谈。

# %% [markdown] lang="en" tags=["notes"]
# Let them change one in ten to one in five, and find when another plan becomes best. The mean of the newcomers is pulled up by a few large
# ones: ask for the median. And newcomers may leave again; who was new in 2024 came back less often than the others.

# %% [markdown] lang="zh"
# 让学生把十分之一改成五分之一，看什么时候最好的方案会变。新客户的平均毛利被少数大客户拉高，可以问中位数是多少。新客户还可能再流失：2024 年的新客户，第二年回来的比例低于其他客户。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `before`, `after`: what each customer of the company spent in **2023** and in **2024** · `orders`: the orders of the music
# shop CDNOW · `end`: a day · `tiers`: the pyramid of 2023, best tier first, with `n_customers`, `value` (the sum) and `mean`.
# Stuck? `hint("2.5.1")`, then `solution("2.5.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `before`、`after`：公司每位客户 **2023 年**和 **2024 年**的购买金额 · `orders`：音像店 CDNOW 的订单 · `end`：某一天 · `tiers`：2023 年的金字塔，最高层级在前，列有 `n_customers`（客户数）、`value`（金额合计）、`mean`（人均）。卡住了，可以用 `hint("2.5.1")`，再用 `solution("2.5.1")`。

# %%
before, after = spent.loc[spent[2023] > 0, 2023], spent.loc[spent[2024] > 0, 2024]
orders, end = cdnow[["customer_id", "order_date", "amount"]], pd.Timestamp("1997-09-30")
tiers = pyramid.tier_table(before, pyramid.assign_tiers(before))
practice_on(before=before, after=after, orders=orders, end=end, tiers=tiers)

# %% [markdown] lang="en"
# **2.5.1** From 2023 to 2024, by how much did the sales to the *kept* customers change, the raised and the fallen together? (`before`,
# `after`; in yuan)

# %% [markdown] lang="zh"
# **2.5.1** 从 2023 年到 2024 年，*保有*的客户（增加的和减少的合在一起）的销售额变化了多少？（用 `before` 和 `after`；单位：元）

# %% tags=["exercise"]
kept_change = ...
check("2.5.1", kept_change)

# %% [markdown] lang="en"
# **2.5.2** Silence at a real firm. A customer of CDNOW is *silent* if their last order up to and including `end` is more than 90 days before
# `end`. They are *gone* if they order nothing after it. How many times as likely is a silent customer to be gone as one who is
# not silent? (`orders`; a ratio, such as 2.5)

# %% [markdown] lang="zh"
# **2.5.2** 在真实企业上检验“沉默”。CDNOW 的客户，截至 `end`（含当天）的最后一张订单距 `end` 超过 90 天，就叫*沉默*；`end` 之后一张订单也没有，就叫*流失*。沉默客户的流失比例，是不沉默客户的几倍？（用 `orders`；写成倍数，例如 2.5）

# %% tags=["exercise"]
times = ...
check("2.5.2", times)

# %% [markdown] lang="en"
# **2.5.3** What share of the major customers of 2023 (`before`) are major or better in 2024 (`after`)? Who bought nothing in 2024 has not
# stayed. Tiers are cut among those who bought in the year. (a fraction)

# %% [markdown] lang="zh"
# **2.5.3** 2023 年（`before`）的主要客户中，有多大比例 2024 年（`after`）仍是主要客户或升为 VIP？2024 年没有购买的，不算留住。层级在当年有购买的客户中划分。（用小数表示）

# %% tags=["exercise"]
stayed = ...
check("2.5.3", stayed)

# %% [markdown] lang="en"
# **2.5.4** A book on the pyramid (Curry & Curry 2000) is quoted as saying that if 2 % of the customers move up, revenue grows by 10 %.
# Suppose that 2 % of each tier below VIP rise to the tier above and then bring what that tier brings on average. By what share
# would the sales in `tiers` grow? (a fraction; no rounding of customers)

# %% [markdown] lang="zh"
# **2.5.4** 有人引用金字塔一书（Curry & Curry 2000）说：2% 的客户升一级，收入就增加 10%。设 VIP 以下每个层级各有 2% 的客户升到上一层，之后贡献那一层的平均金额。`tiers` 中的销售额会增长多大比例？（用小数表示；客户数不取整）

# %% tags=["exercise"]
growth_share = ...
check("2.5.4", growth_share)

# %% [markdown] lang="en"
# **2.5.5** A judgment, without code. The manager chose the twenty customers who fell most last year and had them called
# each month. This year fifteen of the twenty buy more. “Calling works: fifteen of twenty!” What do you answer, and how would you
# find out? (two or three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.5.5** 思考题，不用写代码，没有标准答案。经理挑出去年下降最多的二十位客户，每月打一次电话。今年二十位中有十五位买得更多。“打电话管用：二十位有十五位！”你怎么回答？怎样才能弄清楚？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("2.5.5", answer)

# %%
quiz("2.5.q1")

# %%
quiz("2.5.q2")

# %%
quiz("2.5.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: who moved where?
#
# Rows are the tiers of 2024, columns those of 2025. `transition_counts` counts the pairs that `crosstab` would count; *away* did
# not buy in that year.

# %% [markdown] lang="zh"
# ## 选读：谁从哪一层到了哪一层？
#
# 行是 2024 年的层级，列是 2025 年的层级。`transition_counts` 数的就是 `crosstab` 会数的各种组合；*未购买*指那一年没有买。

# %%
states = [*pyramid.LABELS, "away"]
transitions.transition_counts(tier, tier_2025, states=states, absent="away")

# %% [markdown] lang="en" slide="skip"
# ## Optional: the list for next year
#
# Large customers of 2025 (regular or better) who were silent for more than 60 days at its end, the largest first: the first five.

# %% [markdown] lang="zh"
# ## 选读：明年的名单
#
# 2025 年的大客户（普通及以上）中，到年底已沉默 60 天以上的，按金额从大到小排，取前五位。

# %%
last_2025 = transactions[year == 2025].groupby("customer_id")["order_date"].max()
silent_days = (pd.Timestamp("2025-12-31") - last_2025).dt.days.rename("silent_days")
waiting = silent_days[tier_2025[tier_2025 >= "regular"].index]
waiting[waiting > 60].to_frame().join(spent[2025].rename("spent")).nlargest(5, "spent")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **count** what customers acquired, kept and raised bring, in yuan,
# - **compare** ups and downs with a world in which nobody changes,
# - **choose** where 10,000 yuan bring more, with the assumption the answer hangs on.
#
# **Words** — acquire, keep, raise (获取、保有、提升), silent (沉默), chance (随机波动), regression to the mean (向均值回归).
#
# **Next** — 2.6: Where does the next yuan go?
#
# **Further reading** — Galton (1886), Regression towards mediocrity in hereditary stature,
# [doi:10.2307/2841583](https://doi.org/10.2307/2841583) · Fisher (1935), *The Design of Experiments*, section 21

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **算清**：会算获取、保有、提升客户各带来多少销售额；
# - **对照**：会把升级和降级与“谁都没有变”的情景相比；
# - **选择**：会判断一万元花在哪里更值，并说出结论取决于什么假设。
#
# **术语**：获取、保有、提升（acquire, keep, raise）、沉默（silent）、随机波动（chance）、向均值回归（regression to the mean）。
#
# **下一课**：2.6 下一块钱花在哪里？
#
# **延伸阅读**：Galton (1886), Regression towards mediocrity in hereditary stature，[doi:10.2307/2841583](https://doi.org/10.2307/2841583) · Fisher (1935), *The Design of Experiments*，第 21 节

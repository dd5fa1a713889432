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

# %% [markdown] lang="en" minutes=31 exercise_minutes=14 pattern=2 needs=["1.5"] rows=["A9", "B2"] slide="slide"
# # 7 · When do they buy again, and is a coupon for those who are late worth its price?
#
# The grocer at the corner knows when you need rice again. A supermarket has thousands of customers; can its receipts know as much?
#
# In this lesson you will
#
# - **predict** the next purchase with an interval that keeps its promise,
# - **test** it on days to come, and a coupon against what would have happened anyway,
# - **decide** to whom to send something, or to nobody.

# %% [markdown] lang="zh"
# # 7 · 他们什么时候再来买？给逾期未购的客户发优惠券，值不值？
#
# 街角杂货店的老板知道你家的米什么时候吃完。超市有几千位客户，凭小票也能知道吗？
#
# 在这一课里，你将
#
# - **预计**下次购买，给出一个说话算数的区间；
# - **检验**：用后来的日子检验区间，用“不发也会发生的事”检验优惠券；
# - **决定**发给谁，或者谁都不发。

# %% [markdown] lang="en" tags=["slide-text"]
# The grocer at the corner knows when you need rice again. Can the receipts of a supermarket know as much?
#
# - **predict** the next purchase with an interval,
# - **test** it on days to come,
# - **decide** to whom to send something, or to nobody.

# %% [markdown] lang="zh"
# 街角杂货店的老板知道你家的米什么时候吃完。超市凭小票也能知道吗？
#
# - **预计**下次购买，给出一个区间；
# - **检验**：用后来的日子；
# - **决定**发给谁，或者谁都不发。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** An interval is a promise: of all customers so many come within it. It is kept or broken on days that it has not seen.
#
# **Hard point** Those who are late come back anyway, mostly. Before and after flatters; a test at random does not, but needs many customers.
#
# **Board** The eight waits in a row, sorted; a bracket from the second to the seventh: five of the nine places that a ninth customer can take.
#
# **Homework** Exercises 1.7.3 and 1.7.5. Write down when you bought rice, or shampoo, the last three times. When is the next? And by when at the latest?

# %% [markdown] lang="zh"
# **重点** 区间是一个承诺：全部客户中有这么多人会在区间里来。算不算数，要看它没见过的日子。
#
# **难点** 逾期未购的客户，多半自己也会回来。前后对比会夸大效果；抽签对照不会，但需要很多客户。
#
# **板书** 八个等待从小到大排成一行；从第二个到第七个画一个括号：第九位客户可能落在九个位置中的五个。
#
# **作业** 练习 1.7.3 和 1.7.5。写下你最近三次买米（或洗发水）的日子。下一次是哪天？最晚哪天？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import campaigns, customers, datasets, gaps, lifecycle, plots
from crmlib.lesson import check, hint, practice_on, quiz, say, sentence, show, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["A9"] slide="slide"
# ## Look first: on how many days?
#
# 「永恒的宝藏，而不是一次交易」: a customer is a lasting treasure and not one sale, says the course; so the grocer knows family, habits, credit, and
# 「下次需补货时间」, when they must stock up again. For that one has to have seen them come. Jiahe Foods (**simulated**), three years; `n_days`, as
# in lesson 1.5, is the number of days on which a customer bought. Refunds are no purchases.

# %% [markdown] lang="zh"
# ## 先看数据：来过几天？
#
# 课程说，要把每一个客户“当做一个永恒的宝藏，而不是一次交易”；杂货店老板要知道张先生的家庭状况、消费习惯、信用度，以及“下次需补货时间”。前提是见过他来买。嘉禾食品（**模拟**）三年的数据；`n_days` 和第 1.5 课一样，是客户有几个购买日，退款不算。

# %% [markdown] lang="en" tags=["slide-text"]
# 「永恒的宝藏，而不是一次交易」: the grocer knows 「下次需补货时间」, when they must stock up again.
#
# Jiahe Foods (**simulated**): customers by their days of purchase

# %% [markdown] lang="zh"
# “永恒的宝藏，而不是一次交易”：老板知道“下次需补货时间”。
#
# 嘉禾食品（**模拟**）：客户各有几个购买日

# %%
tables = datasets.load_data(company)[0]
transactions = tables["transactions"]
n_days = lifecycle.assign_stages(transactions, as_of="2025-12-31")["n_days"]
few = (n_days < 4).mean()

# %% [markdown] lang="en" slide="fragment"
# A rhythm takes at least three gaps, so four days. How many customers have one?

# %% [markdown] lang="zh"
# 看得出节奏，至少要有三个间隔，也就是四个购买日。有多少客户够？

# %% slide="result"
ax = plots.plot_histogram(n_days.clip(upper=40), label=t("days of purchase (40: 40 and more)"))
ax.set_title(sentence("{few:.0%} came on fewer than four days: no rhythm of their own"))
plt.show()

# %% [markdown] lang="en" minutes=7 rows=["A9"] slide="slide"
# ## An interval in words, and by hand
#
# The **gap** of a customer is the mean of the days between two days of purchase. Nobody keeps to it exactly. So we look back: at an earlier day,
# how long did each customer **wait** from then on, counted in their own gaps? Sort the waits of $n$ customers. A new customer of the kind is
# equally likely to fall into each of the $n + 1$ places between and around them. From the $r$-th smallest to the $r$-th largest lie
#
# $$\frac{n + 1 - 2r}{n + 1}$$
#
# of these places: that is what the interval promises, whatever the waits look like. It is called **split conformal** (Vovk and others 2005).

# %% [markdown] lang="zh"
# ## 区间：先用文字，再亲手算
#
# 一位客户的**间隔**，是相邻两个购买日之间天数的平均数。没有人会分秒不差，所以先回头看：站在过去某一天，每位客户从那天起又**等**了多久？用他自己的间隔作单位来数。把 $n$ 位客户的等待从小到大排好，同类的新客户落进它们之间和两头的 $n + 1$ 个位置，机会相等。从第 $r$ 小到第 $r$ 大，占了其中的
#
# $$\frac{n + 1 - 2r}{n + 1}$$
#
# 这就是区间的承诺，不管等待是什么样子。这种方法叫**分割共形预测**（Vovk 等，2005）。

# %% [markdown] lang="en" tags=["slide-text"]
# **Gap**: mean days between two days of purchase. **Wait**: from an earlier day on, in own gaps. Sort $n$ waits; from the $r$-th smallest to the $r$-th largest a
# new customer falls with
#
# $$\frac{n + 1 - 2r}{n + 1}$$

# %% [markdown] lang="zh"
# **间隔**：相邻两个购买日的平均天数。**等待**：从过去某一天起，以自己的间隔为单位。$n$ 个等待排好，新客户落在第 $r$ 小和第 $r$ 大之间的机会：
#
# $$\frac{n + 1 - 2r}{n + 1}$$

# %% [markdown] lang="en"
# Eight customers and their days of purchase, day 1 to day 90, which is today. The earlier day is day 60. The dotted line is how long each
# has been silent.

# %% [markdown] lang="zh"
# 八位客户和他们的购买日，从第 1 天到第 90 天，第 90 天是今天。回头站的那一天是第 60 天；虚线是每位客户沉默了多久。

# %%
days = [[11, 21, 31, 41, 51, 63], [24, 31, 38, 45, 52, 59, 66], [4, 18, 32, 46, 60, 76]]
days += [[35, 40, 45, 50, 55, 64], [1, 20, 39, 58, 80], [15, 27, 39, 51, 69]]
days += [[44, 47, 50, 53, 56, 68], [10, 25, 40, 55]]
eight = pd.Series(days, index=list("ABCDEFGH"), name="day").explode().astype(int)
of_g = eight["G"].reset_index(drop=True)
ax = plots.plot_rhythm((90 - eight).rename("days_ago").rename_axis("customer_id").reset_index())
ax.axvline(90 - 60, color=plots.ORANGE)
ax.set_title(sentence("The orange line is day 60. Who came after it, and how soon?"))
plt.show()

# %% [markdown] lang="en" slide="fragment"
# **1.7.a** Your turn: on day 60, how many of their own gaps was G still to wait? (a number with decimals; the gap as known on day 60; `of_g` holds G's days)

# %% [markdown] lang="zh"
# **1.7.a** 你来算：站在第 60 天，G 还要等几个自己的间隔才来？（带小数；间隔按第 60 天时所知道的算；`of_g` 是 G 的购买日）

# %% tags=["exercise"]
wait_of_g = ...
check("1.7.a", wait_of_g)

# %% [markdown] lang="en" slide="subslide"
# All eight, sorted. H has not come back within these 30 days: nobody knows how long that wait is, so it stands at the end, as infinite. Read a line
# aloud: *B came 0.86 of a gap after day 60.*

# %% [markdown] lang="zh"
# 全部八位，从小到大。H 在这 30 天里没有来，谁也不知道他还要等多久，所以记作无穷，排在最后。读一行：*B 在第 60 天之后等了 0.86 个间隔*。

# %% slide="result"
seen = eight[eight <= 60].groupby(level=0)
gap = (seen.max() - seen.min()) / (seen.size() - 1)
waits = ((eight[eight > 60].groupby(level=0).min() - 60) / gap).fillna(np.inf).sort_values()
show(waits.rename("wait_in_gaps"), kind="number", digits=2)

# %% [markdown] lang="en" slide="fragment"
# From the second to the seventh, $r = 2$: five of nine places, so more than half of all customers like them come within. From today on, each customer's
# interval is these two numbers times their gap of today; in days, so we round outward.

# %% [markdown] lang="zh"
# 取第二个到第七个，$r = 2$：九个位置占了五个，所以同类客户有一半以上会落在里面。从今天起，每位客户的区间就是这两个数乘以他今天的间隔；化成天数，向外取整。

# %% slide="result"
so_far = eight.groupby(level=0)
gap_today = (so_far.max() - so_far.min()) / (so_far.size() - 1)
by_hand = pd.DataFrame({"gap_days": gap_today, "earliest_in": np.floor(waits.iloc[1] * gap_today)})
by_hand["latest_in"] = np.ceil(waits.iloc[6] * gap_today)
show(by_hand, kind="number", digits=1)

# %% [markdown] lang="en"
# `next_purchase` does this for a whole log, with one thing more: it learns apart from customers who had been silent for about as long, once there are
# hundreds. `horizon_days` is how far back the earlier day lies, and how far ahead a date may lie: what was not seen to happen is not promised.

# %% [markdown] lang="zh"
# `next_purchase` 对整份记录这样做，还多做一件事：客户有几百位时，只向沉默时间差不多的客户学。`horizon_days` 是回头看多少天，也是最多往前说多少天：没见过的事，不承诺。

# %%
today = pd.Timestamp("2025-03-31")
dates = today + pd.to_timedelta(eight.to_numpy() - 90, unit="D")
log = pd.DataFrame({"customer_id": eight.index, "order_date": dates, "amount": 9.0})
of_eight = lifecycle.next_purchase(log, as_of=today, level=0.5, horizon_days=30)
earliest_in = (of_eight["earliest_date"] - today).dt.days
latest_in = (of_eight["latest_date"] - today).dt.days
assert (earliest_in == by_hand["earliest_in"]).all()
assert (latest_in.dropna() == by_hand.loc[by_hand["latest_in"] <= 30, "latest_in"]).all()

# %% [markdown] lang="en" tags=["notes"]
# Let the class sort the eight waits standing in a row, H at the end with a question mark. Then a ninth student draws a card with a wait and takes a
# place. The usual slip: waits counted from the last purchase instead of from day 60, and gaps divided by the number of days instead of one less.

# %% [markdown] lang="zh"
# 请八位学生拿着各自的等待从小到大站成一排，H 拿问号站在最后；第九位抽一张卡片，插到自己的位置。常见错误：从上次购买数起，而不是从第 60 天数起；算间隔时除以天数，没有减一。

# %% [markdown] lang="en" minutes=3 rows=["A9"] slide="slide"
# ## The whole company, and rice alone
#
# As of the middle of 2025, learned from the half year before, with a promise of 80 %. `intervals_held` looks at the half year after: an interval without an end is
# kept by everybody who does not come too early. The second line is the grocer's question, 下次需补货时间, asked of rice and flour alone. (Simulated.)

# %% [markdown] lang="zh"
# ## 全公司，以及单看大米
#
# 站在 2025 年年中，向前半年学，承诺 80%。`intervals_held` 看后半年：区间没有终点的，只要不来得太早就算数。第二行是杂货店老板的问题，“下次需补货时间”，只看米面这一类。（模拟数据）

# %% [markdown] lang="en" tags=["slide-text"]
# As of the middle of 2025, promise 80 %, tried on the half year after. Second line: 下次需补货时间 of rice and flour alone. (**Simulated.**)

# %% [markdown] lang="zh"
# 站在 2025 年年中，承诺 80%，用后半年检验。第二行只看米面的“下次需补货时间”。（**模拟**）


# %%
def try_intervals(lines, as_of, until):
    """How many customers, and what share of their 80 % intervals held, and had an end."""
    ahead = (pd.Timestamp(until) - pd.Timestamp(as_of)).days
    expected = lifecycle.next_purchase(lines, as_of=as_of, level=0.8, horizon_days=ahead)
    held = gaps.intervals_held(expected, gaps.first_days_after(lines, as_of=as_of, until=until))
    shares = {"share_held": held.mean(), "share_with_end": expected["latest_date"].notna().mean()}
    return pd.Series({"n_customers": len(expected), **shares})


# %% [markdown] lang="en"
# `share_with_end` says how many get an answer to “by when at the latest?”

# %% [markdown] lang="zh"
# `share_with_end` 是有多少人得到了“最晚哪天”的回答。

# %% slide="result"
rice = transactions[transactions["category"] == "rice and flour"]
tried = {t("whole company"): try_intervals(transactions, "2025-06-30", "2025-12-27")}
tried[t("rice and flour alone")] = try_intervals(rice, "2025-06-30", "2025-12-27")
pd.DataFrame(tried).T

# %% [markdown] lang="en"
# Read both columns: a promise may be kept and still say little. Half a year is short for rare customers; a corner shop sees its own far more often.

# %% [markdown] lang="zh"
# 两列要一起看：承诺可以兑现，话却没说多少。对难得来一次的客户，半年太短；街角小店见客户要勤得多。

# %% [markdown] lang="en" minutes=4 rows=["A9"] slide="slide"
# ## A real grocer, tested on the days after
#
# The Complete Journey: a year of receipts of 2,469 households of an American supermarket (**real**, frequent shoppers only). As of 30 September 2017,
# learned from the 60 days before, tried on the 60 days after.

# %% [markdown] lang="zh"
# ## 真实的超市，用后来的日子检验
#
# The Complete Journey：一家美国超市 2,469 个家庭一年的小票（**真实数据**，只有常客）。站在 2017 年 9 月 30 日，向前 60 天学，用后 60 天检验。

# %%
grocer = datasets.load_complete_journey()["transactions"]
expected = lifecycle.next_purchase(grocer, as_of="2017-09-30", level=0.8, horizon_days=60)
came = gaps.first_days_after(grocer, as_of="2017-09-30", until="2017-11-29")
expected[["last_order_date", "gap_days", "earliest_date", "expected_date", "latest_date"]].head(3)

# %% [markdown] lang="en" slide="fragment"
# **1.7.b** Guess before you look: the promise is 80 %. Of all households, which share came within their interval? (a fraction)

# %% [markdown] lang="zh"
# **1.7.b** 先猜一猜：承诺是 80%。全部家庭中，在自己的区间里来的占多大比例？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("1.7.b", guess)

# %% [markdown] lang="en" slide="subslide"
# Fifteen households drawn at random. A cross outside its line is a broken promise; a dotted line has no end.

# %% [markdown] lang="zh"
# 抽签选出的十五个家庭。叉在线外，就是落空；虚线没有终点。

# %% slide="result"
held = gaps.intervals_held(expected, came)
has_end, held_share = expected["latest_date"].notna(), held.mean()
fifteen = expected.dropna(subset="earliest_date").sample(15, random_state=17)
ax = plots.plot_intervals(fifteen, came=came)
ax.set_title(sentence("{held_share:.0%} of the intervals held; 80% were promised"))
plt.show()

# %%
n_households, end_share, end_held = len(expected), has_end.mean(), held[has_end].mean()
width = int((expected["latest_date"] - expected["earliest_date"]).dt.days.median())
verdict = t("kept, or more") if held_share >= 0.8 else t("broken")
say("Of {n_households} households {held_share:.0%} came within their interval: the promise of 80% is {verdict}. {end_share:.0%} of the intervals have an end; "
    "of these {end_held:.0%} held, and half of them are at most {width} days long.")

# %% [markdown] lang="en" minutes=3 rows=["A9"] slide="slide"
# ## Where it misleads: all together, not each; and the season
#
# The promise is one to all customers *together*. Here by rhythm, the lowest share first: customers in four quarters by their gaps, and those without a gap of their own (fewer
# than four days, so they borrow the median of all).

# %% [markdown] lang="zh"
# ## 哪里会误导人：说的是全体，不是每一位；还有季节
#
# 承诺是对*全体*客户许下的。下面按节奏分，比例最低的排第一：按间隔分成四份；没有自己间隔的另列（购买日不到四天，借用全体的中位数）。

# %% slide="result"
labels = [t("shortest gaps"), t("short"), t("long"), t("longest gaps")]
quarter = pd.qcut(expected["gap_days"], 4, labels=labels).astype(object)
quarter = quarter.where(expected["is_own_gap"], t("no gap of their own"))
held.groupby(quarter).agg(n_customers="size", share_held="mean").sort_values("share_held")

# %% [markdown] lang="en" slide="subslide"
# And the season: what was learned in October to December need not hold in January to March, with the Spring Festival between. The company (simulated), whose
# customers shop before the feast, a quarter at a time, each learned from the quarter before. The first line is the one with the feast.

# %% [markdown] lang="zh"
# 再看季节：十月到十二月学到的，到一月至三月未必还算数，中间隔着春节。教学公司（模拟）的客户会在年前采购；每次用上一季度学，看下一季度。第一行就是过年的那个季度。

# %% [markdown] lang="en" tags=["slide-text"]
# The season: the company (**simulated**), a quarter at a time, each learned from the quarter before. The first line is the one with the Spring Festival.

# %% [markdown] lang="zh"
# 季节：教学公司（**模拟**），每次用上一季度学，看下一季度。第一行是过年的那个季度。

# %% slide="result"
ends = ["2024-12-31", "2025-03-31", "2025-06-29", "2025-09-27"]
pairs = zip(ends[:-1], ends[1:], strict=True)
seasons = {end: try_intervals(transactions, start, end)["share_held"] for start, end in pairs}
pd.Series(seasons, name="share_held").rename_axis("quarter_up_to")

# %% [markdown] lang="en" minutes=3 rows=["B2"] slide="slide"
# ## Who is late?
#
# The course names the case of 迪克超市, Dick's Supermarkets: 注重质量、洞悉客户、完善服务, quality, insight, service. Insight, here, is to know who is late. Our rule:
# silent for more than **three** of their own gaps, and not more than six. A customer who buys by chance at a steady rate waits that long 1 time in 20, and more often if the gap comes from few purchases. Jiahe Foods at
# the end of 2025 (simulated), by the gross profit of the year.

# %% [markdown] lang="zh"
# ## 谁逾期未购？
#
# 课程的案例“迪克超市的秘密”：注重质量、洞悉客户、完善服务。这里的“洞悉”，就是知道谁该来没来。我们的规则：沉默超过自己**三个**间隔，但不超过六个，就是**逾期未购**。节奏稳定、时间随机的客户，20 次里也有 1 次等这么久；间隔是用少数几次购买算出来的，还要更多。嘉禾食品 2025 年底（模拟），按一年的毛利排：

# %% [markdown] lang="en" tags=["slide-text"]
# 迪克超市: 注重质量、洞悉客户、完善服务. **Late**: silent for more than 3 of their own gaps, and not more than 6. By chance alone: 1 in 20, or more.
#
# Jiahe Foods at the end of 2025 (**simulated**)

# %% [markdown] lang="zh"
# 迪克超市：注重质量、洞悉客户、完善服务。**逾期未购**：沉默超过自己 3 个间隔，不超过 6 个。单凭随机，20 次也至少有 1 次。
#
# 嘉禾食品 2025 年底（**模拟**）


# %%
def find_late(lines, as_of):
    """Who has been silent for more than three of their own gaps, and not more than six."""
    stages = lifecycle.assign_stages(lines, as_of=as_of)
    return stages[stages["is_own_gap"] & stages["times_gap"].between(3, 6, inclusive="right")]


# %% [markdown] lang="en" slide="fragment"
# `profit` is the gross profit they brought in 2025: the money at stake, not what a call will save.

# %% [markdown] lang="zh"
# `profit` 一列是他们 2025 年贡献的毛利，不是打一个电话就能留住的钱。

# %% slide="result"
in_2025 = customers.summarize_customers(transactions, since="2025-01-01", as_of="2025-12-31")
late_list = find_late(transactions, "2025-12-31")[["recency_days", "gap_days"]]
names = tables["customers"].set_index("customer_id")["name"]
late_list.join([in_2025["profit"], names]).sort_values("profit", ascending=False).head(5)

# %% [markdown] lang="en" minutes=5 rows=["B2"] slide="slide"
# ## What does a coupon do? Before and after, and a test at random
#
# The real grocer again: who was late on 30 September, and what they spent in the four weeks before and after. **We sent nothing.** (What the shop sent its
# households we leave aside: it chose whom.)

# %% [markdown] lang="zh"
# ## 优惠券有什么用？先看前后对比，再看抽签
#
# 还是真实的超市：9 月 30 日逾期未购的家庭，之前四周和之后四周各花了多少。**我们什么都没发。**（超市自己发过的优惠券不管它：发给谁是超市挑的。）

# %% slide="result"
late = find_late(grocer, "2017-09-30").index
before = customers.summarize_customers(grocer, since="2017-09-03", as_of="2017-09-30")["monetary"]
after = customers.summarize_customers(grocer, since="2017-10-01", as_of="2017-10-28")["monetary"]
spent = pd.DataFrame({"before": before, "after": after}).fillna(0.0)
of_late = spent.reindex(late).fillna(0.0)
means = {t("late"): of_late.mean(), t("all who bought in these weeks"): spent.mean()}
show(pd.DataFrame(means).T, currency="USD")

# %% [markdown] lang="en"
# They were chosen *because* they had bought nothing for long; so they were bound to rise, most of them. That is **regression to the mean**, and any coupon
# would have got the credit. A fair test is a **lot**: half of those who are late, drawn at random, get the coupon, the other half do not, and the halves are compared. We **simulate** one on
# top of the real weeks: of the late, a tenth would follow a coupon and come, if they had not come anyway.

# %% [markdown] lang="zh"
# 他们被选中，正*因为*很久没买；所以多半会升。这叫**向均值回归**，发了优惠券，功劳就都算在它头上了。公平的检验是**抽签**：逾期未购的人一半发，一半不发，再比较两半。我们在真实的四周上**模拟**一次：逾期未购的人里有一成，本来没来的，收到优惠券就会来。

# %%
came_anyway = of_late["after"] > 0
follow = came_anyway.sample(frac=0.1, random_state=17).index
with_coupon = came_anyway | came_anyway.index.isin(follow)
truth = with_coupon.mean() - came_anyway.mean()

# %% [markdown] lang="en" slide="subslide"
# `truth` is what the coupon adds, because we built it in. One lot may be lucky: `repeat_lots` draws five hundred, each with another half, and takes the share who came of the half with a coupon, less that of the other.

# %% [markdown] lang="zh"
# `truth` 是优惠券真正的作用，因为是我们设定的。只抽一次可能碰巧，所以用 `repeat_lots` 抽五百次，每次一半人不同；每次都用发券一半来的比例，减去另一半来的比例。

# %% slide="result"
lots = campaigns.repeat_lots(with_coupon, came_anyway, n_times=500, seed=1)
low, high = lots.quantile([0.025, 0.975])
n_late, n_anyway, harm = len(came_anyway), came_anyway.sum(), (lots < 0).mean()
ax = plots.plot_lots(lots, truth=truth)
ax.set_title(sentence("Simulated coupon, {n_late} late households: by {harm:.0%} of the lots it harms"))
plt.show()

# %%
rise, back = of_late["after"].sum() / of_late["before"].sum() - 1, came_anyway.mean()
added, worst, luckiest = 100 * truth, 100 * low, 100 * high  # percentage points
n_needed = int(np.ceil(16 * back * (1 - back) / truth**2 / 100) * 100)
say("With nothing sent, {back:.0%} of the late came within four weeks and spent {rise:.0%} more than in the four before. The coupon adds {added:.1f} percentage points (simulated); "
    "95 of 100 lots say {worst:.0f} to {luckiest:.0f}. To see it, a lot needs about {n_needed} households.")

# %% [markdown] lang="en" tags=["notes"]
# Ask first: the sales of those who got a coupon have doubled; do you go on? Most say yes. Then the table with nothing sent. That a fair test cannot see
# a real effect is the second surprise: fair is not yet exact. 16 p (1 − p) / d² is the usual rule for two halves.

# %% [markdown] lang="zh"
# 先问：收到优惠券的人，销售额翻了一番，还发不发？多数人说发。再给他们看什么都没发的表。公平的检验也看不见真实的作用，是第二个意外：公平不等于精确。16 p (1 − p) / d² 是两半对照常用的估算。

# %% [markdown] lang="en" minutes=3 rows=["B2"] slide="slide"
# ## Do the sums, then decide
#
# We **assume**: a dollar of sales leaves 25 cents; a coupon is worth 2 dollars to *everybody* who comes; a plain reminder costs 5 cents to send; a tenth of those who
# would have stayed away follows a coupon, a twentieth a reminder. Those who follow spend as much as those who came. *Everybody*: all who bought in these eight weeks. `message_gain` does the sums: what the followers leave, less what is sent and what is used.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# **假设**：每 1 美元销售额留下 0.25 美元；优惠券让*每一位*来的人少付 2 美元；不带优惠的提醒每条 0.05 美元；本来不会来的人里，一成会跟着优惠券来，半成会跟着提醒来，来了就和已来的人花得一样多。“全体”是这八周里买过的家庭。`message_gain` 来算账：跟着来的人留下的毛利，减去发送的费用和用掉的优惠。

# %% [markdown] lang="en" tags=["slide-text"]
# **Assumed:** 25 % margin; a coupon costs 2 dollars for *everybody* who comes, a reminder 5 cents to send; of those who would stay away a tenth follows a coupon, a
# twentieth a reminder.

# %% [markdown] lang="zh"
# **假设**：毛利率 25%；优惠券对*每一位*来的人花 2 美元，提醒每条 0.05 美元；本来不来的人，一成跟着优惠券来，半成跟着提醒来。


# %% slide="result"
coupon = {"follow": 0.1, "margin": 0.25, "per_coupon": 2.0}
reminder = {"follow": 0.05, "margin": 0.25, "per_message": 0.05}
plans = pd.DataFrame()
plans[t("nothing")] = campaigns.message_gain(of_late["after"], follow=0.0, margin=0.25)
plans[t("reminder to the late")] = campaigns.message_gain(of_late["after"], **reminder)
plans[t("coupon to the late")] = campaigns.message_gain(of_late["after"], **coupon)
plans[t("coupon to everybody")] = campaigns.message_gain(spent["after"], **coupon)
show(plans.T, currency="USD")

# %%
net, away = plans.loc["gain_less_cost"], n_late - n_anyway
best_plan, basket = net.idxmax(), of_late.loc[came_anyway, "after"].mean()
by_formula = 0.1 * away * (0.25 * basket - 2) - 2 * n_anyway
assert np.isclose(net[t("coupon to the late")], by_formula)
needed = 2 * n_anyway / (away * (0.25 * basket - 2))
reminder_needed = 0.05 * n_late / (away * 0.25 * basket)
for_nothing = n_anyway / (n_anyway + 0.1 * away)
say("Best under these assumptions: “{best_plan}”. Of the coupons used by the late, {for_nothing:.0%} go to households that came anyway. The coupon would pay if more "
    "than {needed:.0%} of those who stay away followed it, the reminder from {reminder_needed:.1%} on.")

# %% [markdown] lang="en"
# All of it hangs on the tenth and the twentieth, and nobody has measured them here. A reminder is cheap enough to try on a lot of a few thousand customers first.

# %% [markdown] lang="zh"
# 结论全系于“一成”和“半成”这两个假设，这里没有人量过。提醒很便宜，可以先在几千位客户中抽签试一试。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# Data you have not seen. `visits`: the orders of one customer of CDNOW (**real**). `spring_waits`: how many of their own gaps 39 households of the grocer still
# waited after 31 March (infinite: not come by the end of May). `expected_june`, `came_june`: intervals as of 30 June 2017, promised for 80 %, and who came when in the 60 days after. `after_june`:
# what those who were late on 30 June spent in the four weeks after, 0 if nothing.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 下面都是还没见过的数据。`visits`：CDNOW 一位客户的订单（**真实**）。`spring_waits`：超市的 39 个家庭，3 月 31 日之后又等了几个自己的间隔（到 5 月底还没来的，记作无穷）。`expected_june`、`came_june`：站在 2017 年 6 月 30 日、承诺 80% 的区间，和后 60 天里谁哪天来。`after_june`：6 月 30 日逾期未购的家庭，之后四周各花了多少，没来是零。

# %%
cdnow = datasets.load_cdnow()
visits = cdnow[cdnow["customer_id"] == "0289"]
day = pd.Timestamp("2017-03-31")
spring = lifecycle.assign_stages(grocer, as_of=day).query("is_own_gap").sample(39, random_state=17)
came_spring = gaps.first_days_after(grocer, as_of=day, until="2017-05-31")
days = (came_spring.reindex(spring.index) - day).dt.days
spring_waits = (days / spring["gap_days"]).fillna(np.inf)
expected_june = lifecycle.next_purchase(grocer, as_of="2017-06-30", level=0.8, horizon_days=60)
came_june = gaps.first_days_after(grocer, as_of="2017-06-30", until="2017-08-29")
came_june = came_june.reindex(expected_june.index)
july = customers.summarize_customers(grocer, since="2017-07-01", as_of="2017-07-28")["monetary"]
after_june = july.reindex(find_late(grocer, "2017-06-30").index).fillna(0.0)
practice_on(visits=visits, spring_waits=spring_waits, after_june=after_june,
            expected_june=expected_june, came_june=came_june)

# %% [markdown] lang="en"
# **1.7.1** What is the gap of this customer, in days? (`visits`; several orders on one day are one day of purchase)

# %% [markdown] lang="zh"
# **1.7.1** 这位客户的间隔是多少天？（用 `visits`；同一天的几张订单算一个购买日）

# %% tags=["exercise"]
gap_of_0289 = ...
check("1.7.1", gap_of_0289)

# %% [markdown] lang="en"
# **1.7.2** An interval for one more household like these 39 is to hold with 80 % and leave out as many places on either side. How many gaps is its *upper*
# end? (`spring_waits`)

# %% [markdown] lang="zh"
# **1.7.2** 再来一个同类家庭，区间要有 80% 的把握，两头去掉的位置一样多。区间的*上端*是几个间隔？（用 `spring_waits`）

# %% tags=["exercise"]
upper_end = ...
check("1.7.2", upper_end)

# %% [markdown] lang="en"
# **1.7.3** Of the June intervals that *have an end* (`latest_date` is not missing), which share held? Households that did not come within the 60 days count as too late. (a fraction;
# `came_june` has the same rows as `expected_june`)

# %% [markdown] lang="zh"
# **1.7.3** 6 月的区间中，*有终点*的（`latest_date` 不缺失）有多大比例算数？60 天内没来的，算来得太晚。（用小数表示；`came_june` 和 `expected_june` 的行相同）

# %% tags=["exercise"]
held_with_end = ...
check("1.7.3", held_with_end)

# %% [markdown] lang="en"
# **1.7.4** In June a coupon is worth 3 dollars to everybody who comes, and a dollar of sales leaves 30 cents. Those who follow it spend as those who came did on average. Which
# share of those who would have stayed away must follow, so that coupons to all who were late pay for themselves? (a fraction; `after_june`)

# %% [markdown] lang="zh"
# **1.7.4** 6 月的优惠券让每一位来的人少付 3 美元，每 1 美元销售额留下 0.30 美元。跟着优惠券来的人，花得和已来的人平均一样多。给所有逾期未购的人发，本来不会来的人中要有多大比例跟着来，才不亏？（用小数表示；用 `after_june`）

# %% tags=["exercise"]
share_needed = ...
check("1.7.4", share_needed)

# %% [markdown] lang="en"
# **1.7.5** A judgment, without code. A supermarket near you sent a coupon to everybody who had not come for a month. In the month after, their sales rose by 90 %.
# The manager wants to send it to all customers. What do you advise, and what would you do next month? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.7.5** 思考题，不用写代码，没有标准答案。附近一家超市给一个月没来的人都发了优惠券，下个月他们的销售额上升了 90%。经理想给全体客户都发。你怎么建议？下个月你会怎么做？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
advice = ...
check("1.7.5", advice)

# %%
quiz("1.7.q1")

# %%
quiz("1.7.q2")

# %%
quiz("1.7.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: milk, at the real grocer
#
# The grocer's question of one product, at a shop that sees its customers every week: the households' milk. Compare with the whole shop.

# %% [markdown] lang="zh"
# ## 选读：真实超市里的牛奶
#
# 在每周都能见到客户的店里，问一种商品什么时候补货：各家的牛奶。和整个超市比一比。

# %%
milk = grocer[grocer["category"] == "FLUID MILK PRODUCTS"]
shop_and_milk = {t("whole shop"): try_intervals(grocer, "2017-09-30", "2017-11-29")}
shop_and_milk[t("milk alone")] = try_intervals(milk, "2017-09-30", "2017-11-29")
pd.DataFrame(shop_and_milk).T

# %% [markdown] lang="en"
# Is each promise kept, and how many get an end? Those who buy milk here may buy it elsewhere next time: the lines of one product in one shop show only part of the waits.

# %% [markdown] lang="zh"
# 两个承诺都兑现了吗？有多少人得到了终点？这次在这里买牛奶，下次可能在别处买：只看一家店的一种商品，看到的等待并不完整。

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **predict** the next purchase with an interval that keeps its promise,
# - **test** it on days to come, and a coupon against what would have happened anyway,
# - **decide** to whom to send something, or to nobody.
#
# **Words:** gap (间隔), wait (等待), interval (区间), split conformal prediction (分割共形预测), late (逾期未购), regression to the mean (向均值回归), lot (抽签),
# control group (对照组), replenishment (补货).
#
# **Next** · 1.8: Whom to call first?
#
# **Further reading** · Vovk, Gammerman & Shafer (2005), *Algorithmic Learning in a Random World* · Boehmke & Mortimer, *completejourney*,
# [doi:10.32614/CRAN.package.completejourney](https://doi.org/10.32614/CRAN.package.completejourney) · Galton (1886), Regression towards mediocrity,
# [doi:10.2307/2841583](https://doi.org/10.2307/2841583)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **预计**下次购买，给出一个说话算数的区间；
# - **检验**：用后来的日子检验区间，用“不发也会发生的事”检验优惠券；
# - **决定**发给谁，或者谁都不发。
#
# **术语**：间隔（gap）、等待（wait）、区间（interval）、分割共形预测（split conformal prediction）、逾期未购（late）、向均值回归（regression to the mean）、抽签（lot）、对照组（control group）、补货（replenishment）。
#
# **下一课**：1.8 先找谁？
#
# **延伸阅读**：Vovk, Gammerman & Shafer (2005), *Algorithmic Learning in a Random World* · Boehmke & Mortimer, *completejourney*, [doi:10.32614/CRAN.package.completejourney](https://doi.org/10.32614/CRAN.package.completejourney) · Galton (1886), Regression towards mediocrity, [doi:10.2307/2841583](https://doi.org/10.2307/2841583)

# %% [markdown] lang="en" tags=["slide-text"]
# - **predict** the next purchase with an interval that keeps its promise,
# - **test** it on days to come,
# - **decide** to whom to send something, or to nobody.
#
# **Next** · 1.8: Whom to call first?

# %% [markdown] lang="zh"
# - **预计**下次购买，给出一个说话算数的区间；
# - **检验**：用后来的日子；
# - **决定**发给谁，或者谁都不发。
#
# **下一课**：1.8 先找谁？

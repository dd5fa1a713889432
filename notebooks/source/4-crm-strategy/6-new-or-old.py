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

# %% [markdown] lang="en" minutes=33 exercise_minutes=12 pattern=2 needs=["2.6", "4.1"] rows=["B5", "D20", "D21", "D23"] slide="slide"
# # 6 · New customers or old ones: where does the next yuan go?
#
# “Winning a new customer costs five times as much as keeping an old one” (争取一个新客户的成本是保留一个老客户成本的 5 倍). So the next yuan goes to the old ones. Does it? The whole marketing budget of our company hangs on the answer.
#
# In this lesson you will
#
# - **count** what a customer won and a customer kept have cost, and who must not be counted, by hand on eight cells,
# - **tell apart** an average and the next one, and what a manager's months say from what a lot says,
# - **split** next year's budget in money, with its interval, doing nothing among the choices.

# %% [markdown] lang="zh"
# # 6 · 拉新还是留旧：下一元钱花在哪里？
#
# “争取一个新客户的成本是保留一个老客户成本的 5 倍。”照这么说，下一元钱就该花在老客户身上。真是这样吗？公司全部的营销预算，就看怎么回答这个问题。
#
# 在这一课里，你将
#
# - **算出**争取一位、留住一位各花了多少钱，哪些人不该算进去，先用八格数据亲手算；
# - **分清**平均成本和下一位的成本，也分清经理挑的月份和抽签定的月份各说明什么；
# - **分配**明年的预算，用钱说话，给出区间，“什么都不做”也是一个方案。

# %% [markdown] lang="en" tags=["slide-text"]
# “Winning a new customer costs **five times** as much as keeping an old one.” So the next yuan goes to the old ones?
#
# - **count** what one won and one kept have cost,
# - **tell apart** an average and the next one,
# - **split** next year's budget in money, with its interval.

# %% [markdown] lang="zh"
# “争取一个新客户的成本是保留一个老客户成本的 **5 倍**。”下一元钱就该花在老客户身上吗？
#
# - **算出**争取一位、留住一位各花了多少；
# - **分清**平均成本和下一位的成本；
# - **分配**明年的预算，给出区间。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Only those count who would not have come, or stayed, by themselves; and a budget moves by what the *next* one costs. The ratio of the two costs is a result, not a law.
#
# **Hard point** Most of those who stay would have stayed anyway. And where a manager chose the spending, the line through the months is not what the money did.
#
# **Board** Two columns, win and keep. Three rows: by all, by those who would otherwise have left, the next one. Fill in the eight cells; write the ratio under each row.
#
# **Homework** Exercises 4.6.4 and 4.6.5. Look for “5 times cheaper” on the web: which of the pages says how it was counted?

# %% [markdown] lang="zh"
# **重点** 只有那些不花钱就不会来、不会留的人才算数；预算怎么动，看的是*下一位*要花多少。两种成本之比是算出来的结果，不是定律。
#
# **难点** 留下来的人，多数不花钱也会留下。花多少钱要是由经理挑，穿过这些月份的那条线就不是钱的作用。
#
# **板书** 两列：拉新、留客。三行：按全部人数算；只算本来会走的；下一位。把八格数据填进去，每行下面写出比值。
#
# **作业** 练习 4.6.4 和 4.6.5。上网搜“老客户成本是新客户的五分之一”：哪一篇说清楚了是怎么数出来的？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import acquisition, datasets, plots, prospects
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: what was spent on whom?
#
# The teaching company (**simulated**) keeps a table of its marketing. One row, a *cell*, is a city, a month and an aim: to *win* people who are no customers, or to *keep* customers who are about to leave. `n_people` were asked (or at risk), `n_success` of them were won, or were still customers a quarter later.

# %% [markdown] lang="zh"
# ## 先看数据：钱花在谁身上？
#
# 教学公司（**模拟**数据）有一张营销费用表。一行叫一*格*，是一个城市、一个月、一个目的：*拉新*，对象是还不是客户的人；*留客*，对象是可能要离开的客户。`n_people` 是被邀请（或可能离开）的人数，`n_success` 是其中争取到的人数，或者一个季度以后仍是客户的人数。

# %% [markdown] lang="en" tags=["slide-text"]
# The teaching company (**simulated**). One row: a city, a month, an aim.
#
# - **win**: people who are no customers; success: they come
# - **keep**: customers about to leave; success: still there a quarter later

# %% [markdown] lang="zh"
# 教学公司（**模拟**数据）。一行：一个城市、一个月、一个目的。
#
# - **拉新**：还不是客户的人；成功：来了
# - **留客**：可能要离开的客户；成功：一个季度以后还在

# %%
tables = datasets.load_data(company)[0]
cells = tables["marketing_spending"].copy()
cells["spent_per_person"] = cells["spent"] / cells["n_people"]
cells["success_rate"] = cells["n_success"] / cells["n_people"]
cells[["city", "month", "aim", "n_people", "spent_per_person", "success_rate", "is_test"]].head(4)

# %% [markdown] lang="en"
# `is_test`: in 2023 and 2024 the manager chose how much to spend. In 2025 the amounts were **drawn by lot**, city by city and month by month, nothing at all among them.

# %% [markdown] lang="zh"
# `is_test` 说明花多少钱是怎么定的：2023、2024 年由经理决定；2025 年每个城市、每个月都**抽签决定**，签里也有“一分不花”。

# %%
win, keep = cells[cells["aim"] == "win"], cells[cells["aim"] == "keep"]
sums = cells.groupby("aim", sort=False)[["n_people", "spent", "n_success"]].sum()
sums["cost_per_success"] = sums["spent"] / sums["n_success"]
sums[["n_people", "n_success", "cost_per_success"]]

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## “Five times”: five times what?
#
# The last column is what the course's sentence compares. Where does it come from? Keiningham et al. (2005, *Loyalty Myths*) traced it to a consultancy in Washington, TARP, in the late 1980s. From there it went into a paper of 1990 and into best-sellers, and on the way it became 4, 7, 10, 25. No general study stands behind it. Two doubts to begin with:
#
# - **Who is counted?** A customer who would have stayed anyway was not kept by the money.
# - **Which cost?** An average looks back. The next yuan buys the *next* customer.
#
# $$\text{cost per kept} = \frac{\text{spent}}{\text{stayed} - \text{would have stayed anyway}}$$

# %% [markdown] lang="zh"
# ## “5 倍”：什么的 5 倍？
#
# 上表最后一列，就是课程那句话比较的东西。这句话从哪里来？Keiningham 等（2005，*Loyalty Myths*）追到 20 世纪 80 年代末华盛顿的一家咨询机构 TARP；后来写进 1990 年的一篇文章和几本畅销书，越传越多样：4 倍、7 倍、10 倍、25 倍。背后没有一项普遍的研究。先提两个疑问：
#
# - **数了谁？** 不花钱也会留下的客户，不是钱留住的。
# - **哪种成本？** 平均成本说的是过去；下一元钱买的是*下一位*客户。
#
# $$留住一位的成本 = \frac{花费}{留下的人数 - 不花钱也会留下的人数}$$

# %% [markdown] lang="en" tags=["slide-text"]
# TARP, Washington, late 1980s; then 4, 7, 10, 25 times. No general study (Keiningham et al. 2005).
#
# - **Who is counted?** Who would have stayed anyway was not kept by the money.
# - **Which cost?** An average looks back.
#
# $$\text{cost per kept} = \frac{\text{spent}}{\text{stayed} - \text{would have stayed anyway}}$$

# %% [markdown] lang="zh"
# TARP，华盛顿，20 世纪 80 年代末；后来变成 4、7、10、25 倍。没有普遍的研究（Keiningham 等 2005）。
#
# - **数了谁？** 不花钱也会留下的，不是钱留住的。
# - **哪种成本？** 平均成本说的是过去。
#
# $$留住一位的成本 = \frac{花费}{留下的人数 - 不花钱也会留下的人数}$$

# %% [markdown] lang="en" minutes=7 rows=["B5"] slide="slide"
# ## Eight cells, by hand
#
# Eight cells of 400 people each, typed in. A to D: people asked to become customers; nobody comes without being asked. E to H: customers at risk; in E nothing was spent.

# %% [markdown] lang="zh"
# ## 八格数据，亲手算
#
# 下面输入八格，每格 400 人。A 到 D 是邀请来的人，不邀请就没有人来；E 到 H 是可能离开的客户，其中 E 一分钱也没花。

# %%
eight = pd.DataFrame({"aim": ["win"] * 4 + ["keep"] * 4, "n_people": 400,
                      "spent": [4000, 8000, 12_000, 16_000, 0, 3200, 6400, 9600],
                      "n_success": [80, 120, 140, 150, 300, 320, 330, 335]}, index=list("ABCDEFGH"))
eight.rename(columns={"spent": "spending"})

# %% [markdown] lang="en" slide="fragment"
# **4.6.a** Your turn: take F, G and H together. What did one customer cost who would have left without the money? (in yuan)

# %% [markdown] lang="zh"
# **4.6.a** 你来算：F、G、H 合在一起，留住一位本来会走的客户，花了多少钱？（元）

# %% tags=["exercise"]
cost_per_kept = ...
check("4.6.a", cost_per_kept)

# %% [markdown] lang="en" slide="subslide"
# Now both aims, both ways. `n_extra` are those who would not have come, or stayed, by themselves.

# %% [markdown] lang="zh"
# 现在两个目的都算，两种算法都用。`n_extra` 是不花钱就不会来、不会留的人数。

# %% slide="result"
eight["n_extra"] = eight["n_success"] - 300 * (eight["aim"] == "keep")
both = eight[eight["spent"] > 0].groupby("aim", sort=False)[["spent", "n_success", "n_extra"]].sum()
both["cost_by_all"] = both["spent"] / both["n_success"]
both["cost_by_extra"] = both["spent"] / both["n_extra"]
times = both.loc["win"] / both.loc["keep"]
assert times["cost_by_all"] > 4 and times["cost_by_extra"] < 1
both[["n_success", "n_extra", "cost_by_all", "cost_by_extra"]]

# %% [markdown] lang="en"
# Read the last two columns aloud: *by all who stayed, winning costs more than four times as much as keeping; by those who would otherwise have left, keeping costs more.* Same eight cells. (The line with `assert` checks that it is so.)

# %% [markdown] lang="zh"
# 把最后两列读出来：*按全部留下的人算，拉新是留客的四倍多；只算本来会走的人，贵的倒是留客*。还是那八格数据。（带 `assert` 的那一行核对这句话没有说错。）

# %% [markdown] lang="en" slide="subslide"
# And both are averages. What did the *next* ones cost: from A to B, from B to C ...? `diff` takes each row less the one above.

# %% [markdown] lang="zh"
# 而且两个都是平均数。*下一批*人花了多少：从 A 到 B，从 B 到 C……？`diff` 用每一行减去上一行。

# %% slide="result"
steps = eight.groupby("aim", sort=False)[["spent", "n_success"]].diff()
eight["cost_so_far"] = eight["spent"] / eight["n_extra"]
eight["cost_of_next"] = steps["spent"] / steps["n_success"]
eight[["aim", "n_extra", "cost_so_far", "cost_of_next"]]

# %% [markdown] lang="en"
# After the first step of each aim, the next one costs more than the average so far. The curve behind it is that of Blattberg & Deighton (1996). In words: each further yuan wins the same *part* of those who can still be won. With $x$ yuan per person:
#
# $$\text{rate} = \text{floor} + (\text{ceiling} - \text{floor}) \cdot (1 - e^{-k x})$$
#
# The *floor* is the rate without money (their paper has 0), the *ceiling* the rate that no money passes, $k$ says how fast it is approached. They ask a manager two questions: what is the rate now, and what would it be if money were no object? `curve_from_answers` makes the curve of the two answers, `fit_response_curve` finds it in cells. Earned: both meet A to D.

# %% [markdown] lang="zh"
# 两个目的都一样：第一步以后，下一位都比到此为止的平均成本贵。背后是 Blattberg 和 Deighton（1996）的反应曲线。用一句话说：每多花一元钱，还能争取的人里，争取到的*比例*相同。设人均花费 $x$ 元：
#
# $$比例 = 起点 + （上限 - 起点）\times (1 - e^{-k x})$$
#
# *起点*是不花钱也有的比例（原文是 0），*上限*是花多少钱也超不过的比例，$k$ 表示逼近上限有多快。他们只问经理两个问题：现在的比例是多少？不计花费，最多能到多少？`curve_from_answers` 由两个回答得出曲线，`fit_response_curve` 从数据里找出曲线。核对一下：A 到 D 两种都对得上。

# %% [markdown] lang="en" tags=["slide-text"]
# The next one costs more than the average so far (Blattberg & Deighton 1996); $x$ yuan per person:
#
# $$\text{rate} = \text{floor} + (\text{ceiling} - \text{floor}) \cdot (1 - e^{-k x})$$
#
# *Floor*: without money. *Ceiling*: what no money passes. $k$: how fast.

# %% [markdown] lang="zh"
# 下一位总比到此为止的平均成本贵（Blattberg 和 Deighton 1996）；人均花费 $x$ 元：
#
# $$比例 = 起点 + （上限 - 起点）\times (1 - e^{-k x})$$
#
# *起点*：不花钱也有的。*上限*：花多少也超不过的。$k$：逼近得多快。

# %%
four, no_floor = eight[eight["aim"] == "win"], {"with_floor": False}
answered = acquisition.curve_from_answers(spending=10, rate=80 / 400, ceiling=0.4)
assert np.allclose(answered.rate(four["spent"] / 400), four["n_success"] / 400)
assert np.allclose(acquisition.fit_response_curve(four, **no_floor).curve, answered, rtol=1e-4)

# %% [markdown] lang="en" tags=["notes"]
# Let them say which of the three numbers the course's sentence means. It is the first. Common mistakes in 4.6.a: all 985 who stayed; 300 taken away once instead of three times; the mean of three costs.

# %% [markdown] lang="zh"
# 让学生说说，课程那句话指的是三个数中的哪一个：第一个。4.6.a 常见错误：拿留下的 985 人全除；300 只减了一次，没有减三次；把三个成本拿来平均。

# %% [markdown] lang="en" minutes=7 rows=["B5"] slide="slide"
# ## The whole company: the manager's months, and the lot's
#
# First as anybody would do it: a straight line through the manager's months: across, what was spent on each person asked; upwards, the share that came. `straight_line` gives the slope with its interval (earned: on A to D it is that of `np.polyfit`); we say it for 1,000 yuan. `by_lot` are the months drawn by lot, over the same range of spending: the lot also tried more than the manager ever did.

# %% [markdown] lang="zh"
# ## 整家公司：经理的月份，抽签的月份
#
# 先按谁都会用的办法：在经理的月份里画一条直线，横轴是每人花了多少钱，纵轴是来的比例。`straight_line` 给出斜率和区间（核对：A 到 D 上和 `np.polyfit` 相同）；我们折算成每 1000 元。`by_lot` 是抽签的月份，取同样的花费范围，因为抽签还试过经理从没花到的数。

# %% [markdown] lang="en" tags=["slide-text"]
# First as anybody would do it: a straight line through the manager's months (**simulated**).
#
# Across: what was spent on each person asked. Upwards: the share that came.

# %% [markdown] lang="zh"
# 先按谁都会用的办法：在经理的月份里画一条直线（**模拟**数据）。
#
# 横轴：每人花了多少钱。纵轴：来的比例。

# %%
chosen = win[~win["is_test"]]
by_lot = win[win["is_test"] & (win["spent_per_person"] <= chosen["spent_per_person"].max())]
line_of_four = np.polyfit(four["spent"] / 400, four["n_success"] / 400, 1)
assert np.isclose(acquisition.straight_line(four).slope, line_of_four[0])
n_manager, low_manager, high_manager = (1000 * x for x in acquisition.straight_line(chosen)[1:])
say("In the manager's months, 1,000 yuan more went with {n_manager:.1f} more customers won "
    "(95% interval: {low_manager:.1f} to {high_manager:.1f}).")

# %% [markdown] lang="en" slide="fragment"
# **4.6.b** Guess before you look: in the months drawn by lot, over the same range of spending, the line has another slope. How many times as steep is the manager's line? (a number; 1 would be: alike)

# %% [markdown] lang="zh"
# **4.6.b** 先猜再看：抽签的月份，在同样的花费范围内，直线的斜率不一样。经理那条线的斜率是它的几倍？（一个数；1 表示一样）

# %% tags=["exercise"]
guess = ...
check("4.6.b", guess)

# %% [markdown] lang="en" slide="subslide"
# The manager spent most in the cities, and in the months, where people come easily. That ease is counted as the work of the money. A lot does not know which city is easy.

# %% [markdown] lang="zh"
# 经理在人容易来的城市、容易来的月份花得多，“容易来”就被算成了钱的功劳。抽签不知道哪个城市容易。

# %% slide="result"
n_lot, low_lot, high_lot = (1000 * one for one in acquisition.straight_line(by_lot)[1:])
say("Drawn by lot: {n_lot:.1f} (95% interval: {low_lot:.1f} to {high_lot:.1f}). The manager's months "
    "promise too much." if high_lot < low_manager
    else "Drawn by lot: {n_lot:.1f} (95% interval: {low_lot:.1f} to {high_lot:.1f}). The two "
    "intervals overlap: that the manager's months promise too much is not shown.")

# %% [markdown] lang="en"
# (They are other years as well: if money as such did less in 2025, that too would make the line flatter.)
#
# So the curves come from the year drawn by lot, one for each aim. Some come and most stay without money: both have a floor.

# %% [markdown] lang="zh"
# （年份也不一样：要是 2025 年钱本来就不那么管用，直线也会变平。）
#
# 所以曲线用抽签的那一年来拟合，两个目的各一条。有些人不花钱也来，多数人不花钱也留：两条都有起点。

# %%
fitted = {"win": acquisition.fit_response_curve(win[win["is_test"]], with_floor=True)}
fitted["keep"] = acquisition.fit_response_curve(keep[keep["is_test"]], with_floor=True)
ends = fitted["keep"].intervals.loc[["floor", "ceiling"]]
show(ends.set_axis(["estimate", "interval from", "interval to"], axis=1), kind="share", digits=1)

# %% [markdown] lang="en"
# The table is that of keeping: between floor and ceiling lies all that money can do. The figure has both curves, the band is where they may lie; a mark is a city and a month. Single cells lie above the ceiling: cities differ, and few are asked in each.

# %% [markdown] lang="zh"
# 表里是留客：钱能起作用的，只有起点到上限这一段。图上是两条曲线，色带是它们可能的位置；一个点是一个城市的一个月。有些点高过上限：城市有差别，每格的人也不多；曲线说的是平均。

# %% slide="result"
low_top, high_top = fitted["win"].intervals.loc["ceiling", ["low", "high"]]
seen = {"win": win[win["is_test"]], "keep": keep[keep["is_test"]]}
figure, axes = plt.subplots(1, 2, figsize=(10, 3.8), layout="constrained")
for aim, ax in zip(fitted, axes, strict=True):
    plots.plot_response({aim: fitted[aim]}, cells={aim: seen[aim]}, currency="CNY", ax=ax)
figure.suptitle(sentence("By its curve, no money wins more than {low_top:.1%} to {high_top:.1%} of "
                         "those asked, on average (simulated, by lot)"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Is it so in a **real** firm? A bank in Portugal sold by telephone, 2008 to 2010 (lesson 1.9). Its yuan is a call. How many people were called the first, second ... time for one who said yes?

# %% [markdown] lang="zh"
# **真实**的企业也这样吗？葡萄牙的一家银行 2008 至 2010 年用电话推销（第 1.9 课）。它花的“钱”是通话。打第一次、第二次……，每得到一个“好”，要打给多少人？

# %% slide="result"
calls = datasets.load_bank_calls()
real = prospects.call_hazard(calls["n_calls"], calls["subscribed"]).loc[[1, 2, 4, 6, 8]]
real["calls_per_yes"] = 1 / real["hazard"]
show(real[["n_called", "n_won", "calls_per_yes"]], kind="number", digits=0)

# %% [markdown] lang="en"
# Real as well: the next yes needs more and more calls. (Not by lot, though: those who are called again are the harder ones.)

# %% [markdown] lang="zh"
# 真实数据也一样：得到下一个“好”，要打的电话越来越多。（不过这里不是抽签：会接到第二次、第三次电话的，本来就是更难说动的人。）

# %% [markdown] lang="en" tags=["notes"]
# Two questions to leave open for a minute. The lot ran in 2025, the manager chose in 2023 and 2024: what if 2025 was a worse year? (It would lower the line; flatter it would only be if money itself did less.) And why do we draw by lot month by month in each city, and not one amount per city for good?

# %% [markdown] lang="zh"
# 两个问题，先让学生想一分钟。抽签是 2025 年的事，经理决定的是 2023、2024 年：要是 2025 年本来就差呢？（直线会整条变低；只有钱本身不那么管用了，才会变平。）为什么每个城市每个月都抽一次，而不是一个城市抽一次就定下来？

# %% [markdown] lang="en" minutes=4 rows=["B5"] slide="slide"
# ## Where it misleads: the ratio is an output
#
# Back to “five times”. By the curves, at the spending of 2024: what did a customer won cost who would not have come by themselves, and a customer kept who would otherwise have left? `cost_ratio_interval` divides the two averages; 1,000 pairs of curves that the data allow as well give the interval.

# %% [markdown] lang="zh"
# ## 哪里会误导人：倍数是算出来的
#
# 回到“5 倍”。按曲线，照 2024 年的花费：争取一位本来不会来的花了多少，留住一位本来会走的花了多少？`cost_ratio_interval` 给出两个平均成本之比；与数据同样相符的曲线再取 1000 对，得出区间。

# %% [markdown] lang="en" tags=["slide-text"]
# The **simulated** company, at the spending of 2024: a customer won who would not have come, against one kept who would have left.
#
# Is 5 in the interval?

# %% [markdown] lang="zh"
# **模拟**公司，照 2024 年的花费：争取一位本来不会来的，是留住一位本来会走的几倍？
#
# 5 在不在区间里？

# %%
in_2024 = cells[cells["month"].dt.year == 2024]
last = in_2024.groupby("aim")[["n_people", "spent", "n_success"]].sum()
a_head, by_all = (last["spent"] / last[count] for count in ("n_people", "n_success"))
spent = {"per_prospect": a_head["win"], "per_customer": a_head["keep"]}

# %% [markdown] lang="en"
# The verdict is chosen by the code: is 5 in the interval?

# %% [markdown] lang="zh"
# 结论由代码来选：5 在不在区间里？

# %% slide="result"
ratio_2024 = by_all["win"] / by_all["keep"]
_, low, high = acquisition.cost_ratio_interval(fitted["win"], fitted["keep"], **spent, seed=1)
say("All counted: {ratio_2024:.1f} times. Without those who would have come, or stayed, anyway: "
    "{low:.1f} to {high:.1f} times (95% interval). Five is not in it." if not low <= 5 <= high
    else "All counted: {ratio_2024:.1f} times. Without those who would have come, or stayed, anyway: "
    "{low:.1f} to {high:.1f} times (95% interval). Five may be; so may others.")

# %% [markdown] lang="en" slide="subslide"
# Is it a matter of our company? Take made-up ones. Each spends *best*, by `optimal_plan`: until the next one won, and the next one kept, cost what a customer is worth (Pfeifer 2005: both then cost the **same**). What is the ratio of their averages?

# %% [markdown] lang="zh"
# 只是我们公司的事吗？编几家公司来看。每家都花得*最合算*，用 `optimal_plan`：一直花到争取下一位、留住下一位的成本等于一位客户的价值为止（Pfeifer 2005：这时两者**一样贵**）。它们平均成本之比是多少？

# %%
ceilings = pd.Index([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5], name="ceiling of winning")
sweep, firm = pd.DataFrame(index=ceilings), {"margin": 300, "discount_rate": 0.02}
offers = [acquisition.ResponseCurve(ceiling, k=0.2) for ceiling in ceilings]
for name, k in (("hard to keep", 0.05), ("in between", 0.2), ("easy to keep", 1.0)):
    stay = acquisition.ResponseCurve(ceiling=0.9, k=k, floor=0.6)
    sweep[name] = [acquisition.optimal_plan(offer, stay, **firm).cost_ratio for offer in offers]
smallest, largest = sweep.min().min(), sweep.max().max()
assert smallest < 1 and largest > 10

# %% [markdown] lang="en"
# One line is a kind of customers; to the right, more and more prospects can be won.

# %% [markdown] lang="zh"
# 一条线是一类客户；越往右，能争取到的人越多。

# %% slide="result"
ax = plots.plot_cost_ratios(sweep, claim=5)
ax.set_title(sentence("Made-up firms, all of which spend best: {smallest:.1f} to {largest:.0f} times"))
plt.show()

# %% [markdown] lang="en"
# Five is one point of many. Whoever knows the ratio knows neither what the next one costs nor where to spend.

# %% [markdown] lang="zh"
# 5 倍只是许多点中的一个。知道了倍数，既不知道下一位要花多少，也不知道钱该花在哪里。

# %% [markdown] lang="en" minutes=5 rows=["B5"] slide="slide"
# ## Do the sums, then decide
#
# Next year's budget is that of 2024, the people are those of 2025. **Assumed**: a customer won, or kept, is worth the gross profit that a customer brought in 2025, one year of it. `split_budget` spends until the next yuan brings the same on both sides; what would not come back stays in the purse. `next_return`: what the next yuan would bring back.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 明年的预算和 2024 年一样，人数和 2025 年一样。**假设**：争取或留住一位客户，值 2025 年一位客户贡献的毛利，只算一年。`split_budget` 一直花到两边的下一元带来的一样多为止；收不回来的钱就不花。`next_return` 是再投一元能带来多少。

# %% [markdown] lang="en" tags=["slide-text"]
# The **simulated** company: budget of 2024, people of 2025. **Assumed**: a customer won or kept is worth one year's gross profit of a customer.
#
# `split_budget`: until the next yuan brings the same on both sides. Two questions: how much, and where?

# %% [markdown] lang="zh"
# **模拟**公司：预算同 2024 年，人数同 2025 年。**假设**：争取或留住一位客户，值一位客户一年的毛利。
#
# `split_budget`：花到两边的下一元带来的一样多。两个问题：花多少？往哪里花？

# %%
orders = tables["transactions"][tables["transactions"]["order_date"].dt.year == 2025]
value = (orders["amount"] - orders["cost"]).sum() / orders["customer_id"].nunique()
aims = pd.DataFrame({aim: one.curve._asdict() for aim, one in fitted.items()}).T
aims["n_people"] = cells[cells["is_test"]].groupby("aim")["n_people"].sum()
aims["value"] = value
budget = last["spent"].sum()
split = acquisition.split_budget(aims, budget=budget)
split[["spending", "spent_per_person", "n_extra", "next_return", "net_gain"]]

# %% [markdown] lang="en"
# Beside it: nothing, as in 2024, half and half, all to one side, and half as much money again, split best. The net gain is beyond doing nothing, the money deducted; `ahead` is the lead over what we did in 2024. Earned: `net_gain` by the formula.

# %% [markdown] lang="zh"
# 旁边放上：什么都不做、照 2024 年、一半一半、全给一边，还有预算增加一半、最优分配。净增利润是和什么都不做相比，已扣除花费；`ahead` 是比 2024 年的做法多多少。用公式核对一次 `net_gain`。

# %% slide="result"
plans = pd.DataFrame({"win": [0, last.loc["win", "spent"], budget / 2, budget, 0],
                      "keep": [0, last.loc["keep", "spent"], budget / 2, 0, budget]}, dtype=float,
                     index=["nothing", "as in 2024", "half and half", "all to win", "all to keep"])
plans.loc["best split"] = split["spending"]
plans.loc["half as much again"] = acquisition.split_budget(aims, budget=1.5 * budget)["spending"]
by_formula = split["n_extra"] * value - split["spending"]
assert np.allclose(acquisition.net_gain(aims, split["spending"]), by_formula)
compared = acquisition.compare_plans(aims, plans, fitted, beside="as in 2024", seed=1)
show(compared, kind="money", digits=0)

# %% [markdown] lang="en"
# Of the plans with the money of 2024: which is ahead, and is its lead more than the curves leave open?

# %% [markdown] lang="zh"
# 钱和 2024 年一样多的方案里，哪个领先？多出的部分，超出曲线的不确定了吗？

# %% slide="result"
assert compared.loc[:"best split", "net_gain"].idxmax() == "best split"
lead, low_lead, high_lead = compared.loc["best split", ["ahead", "ahead_low", "ahead_high"]]
share_to_keep = split.loc["keep", "spending"] / split["spending"].sum()
say("The best split gives {share_to_keep:.0%} to keeping and is {lead:CNY} ahead of 2024 (95% interval: "
    "{low_lead:CNY} to {high_lead:CNY})." if low_lead > 0
    else "The best split gives {share_to_keep:.0%} to keeping. That it is ahead of 2024 is not shown: "
    "{lead:CNY} (95% interval: {low_lead:CNY} to {high_lead:CNY}).")

# %% [markdown] lang="en"
# That is where the money goes. And how much of it? Compare with the last row.

# %% [markdown] lang="zh"
# 这是钱往哪里花。那么该花多少？和最后一行比一比。

# %% slide="result"
more, low_more, high_more = compared.loc["half as much again", ["ahead", "ahead_low", "ahead_high"]]
say("Half as much money again: {more:CNY} ahead of 2024 (95% interval: {low_more:CNY} to {high_more:CNY}). "
    "That is more than a better split of the same money brings." if low_more > high_lead
    else "Half as much money again: {more:CNY} ahead of 2024 (95% interval: {low_more:CNY} to "
    "{high_more:CNY}). That it does more than a better split is not shown.")

# %% [markdown] lang="en"
# The intervals speak of the curves only, and of these cities. The splits were chosen on these very curves, so their leads are rather too good; and “as in 2024” is its sums, spread evenly over the cities: what the manager knew of cities is not in it. Above all it hangs on the assumption. Customers who are about to leave may buy less than others. What if a kept one is worth half of a won one?

# %% [markdown] lang="zh"
# 区间只说曲线的不确定，也只说这几个城市。分法就是按这几条曲线选的，领先的数往往估得偏高；“照 2024 年”只用了它的总额，平均分到各城市，经理对各城市的了解没有算进去。最要紧的还是那个假设：快要离开的客户，买得也许比别人少。要是留住一位只值争取一位的一半呢？

# %% slide="result"
of_less = acquisition.split_budget(aims.assign(value=[value, value / 2]), budget=budget)
worth = pd.DataFrame({"worth the same": split["spending"], "kept worth half": of_less["spending"]})
worth.loc["not spent"] = budget - worth.sum()
show(worth, kind="money", digits=0)

# %% [markdown] lang="en" minutes=3 rows=["D20", "D21"] slide="slide"
# ## Which lever moves what?
#
# The course names three ways (更多, 更久, 更深). Each moves numbers of this lesson:
#
# | way | measures of the course | moves |
# | --- | --- | --- |
# | more | win new ones, win back, find new segments | ceiling and k of winning |
# | longer | loyalty, saving who is leaving | floor, ceiling and k of keeping |
# | deeper | cross-selling, rousing the wish to buy | margin |
#
# What is a *prospect* worth more, if a number rises by a tenth and we spend best? **Assumed**: every customer is like those at risk, brings a quarter of the year's gross profit each quarter, and counts until they leave (2% discounted a quarter). A lever is worth pulling only if moving it costs less than that gain.

# %% [markdown] lang="zh"
# ## 哪根杠杆动哪个数？
#
# 课程讲了三条路：更多、更久、更深。每一条动的都是本课里的数：
#
# | 路 | 课程里的措施 | 动哪个数 |
# | --- | --- | --- |
# | 更多 | 获取新客户、赢回流失客户、识别新的细分市场 | 拉新的上限和 k |
# | 更久 | 培养客户忠诚、挽留、减少流失 | 留客的起点、上限和 k |
# | 更深 | 交叉销售、刺激购买倾向 | 每位客户的毛利 |
#
# 某个数提高一成，而且花得最合算，一位*潜在客户*多值多少？**假设**：每位客户都像可能离开的客户那样，每季度贡献全年毛利的四分之一，一直算到离开为止，每季度折现 2%。提高这一成的代价比多值的钱低，这根杠杆才值得动。

# %% [markdown] lang="en" tags=["slide-text"]
# - **more** (更多): new ones, win back, new segments → ceiling and k of winning
# - **longer** (更久): loyalty, saving → floor, ceiling and k of keeping
# - **deeper** (更深): cross-selling → margin
#
# What is a *prospect* worth more, if a number rises by a tenth? **Assumed**: every customer is like those at risk.

# %% [markdown] lang="zh"
# - **更多**：新客户、赢回、新细分市场 → 拉新的上限和 k
# - **更久**：忠诚、挽留 → 留客的起点、上限和 k
# - **更深**：交叉销售 → 毛利
#
# 某个数提高一成，一位*潜在客户*多值多少？**假设**：每位客户都像可能离开的客户那样。

# %% slide="result"
curves = [one.curve for one in fitted.values()]
levers = acquisition.lever_gains(*curves, margin=value / 4, discount_rate=0.02)
levers[["way", "gain"]].sort_values("gain", ascending=False)

# %% [markdown] lang="en"
# A tenth is not equally hard everywhere: a tenth of a share of 90 % is nine customers in a hundred, a tenth of 5 % is half a customer. Compare the gain with what it takes.

# %% [markdown] lang="zh"
# 同样是一成，难易并不一样：90% 的一成是一百位客户里的九位，5% 的一成只有半位。多值的钱，要和做到它的代价相比。

# %% [markdown] lang="en" slide="subslide"
# The course also has **four aims**, and gives their names only. Two questions order them (Ansoff 1957): is it for those who are customers now? Is it about what we sell already?
#
# | | what we sell already | something new |
# | --- | --- | --- |
# | **customers now** | loyalty (忠实) | extend (扩充) |
# | **no customers now** | acquire (获得) | diversify (多样化) |

# %% [markdown] lang="zh"
# 课程还有**四种目标战略**，只给了名称。用两个问题就能分清（Ansoff 1957）：对象现在是不是我们的客户？卖的是不是已经在卖的东西？
#
# | | 已经在卖的 | 新的 |
# | --- | --- | --- |
# | **现在的客户** | 客户忠实于你 | 客户扩充 |
# | **现在不是客户** | 客户获得 | 客户多样化 |

# %% [markdown] lang="en" minutes=0 rows=["D21", "D23"] slide="skip"
# ## Your turn
#
# `club`: a chain of sports clubs (**made up**), rows as in the eight cells; `answers`: what its manager says · `contracts`: `load_telecom()`, a **fictional** telephone company: `contract`, `monthly_charge`, `has_left` (last month) · `moves`: eight moves of a grocer and their cost. The course's case, Sichuan Mobile (四川移动), has four tasks: win new customers, win back the valuable, keep those there are steady, make the most of their value; 4.6.3 asks where to begin. Stuck? `hint("4.6.1")`, then `solution("4.6.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `club` 是一家连锁健身俱乐部（**虚构**），各行和前面的八格一样；`answers` 是它的经理的回答 · `contracts` 由 `load_telecom()` 读取，是一家**虚构**的电话公司：`contract`（合同）、`monthly_charge`（月费）、`has_left`（上个月是否离开） · `moves` 是一家食品店的八项举措和费用。课程的案例四川移动有四项任务：拓展新的客户，赢回流失的有价值客户，稳定现有客户，最大化客户价值；4.6.3 问的是从哪里下手。卡住了，可以用 `hint("4.6.1")`，再用 `solution("4.6.1")`。

# %%
club = pd.DataFrame({"aim": ["win", "win", "keep", "keep", "keep"],
                     "n_people": [2400, 1800, 900, 700, 1000],
                     "spent": [36_000, 54_000, 0, 14_000, 30_000],
                     "n_success": [144, 180, 540, 483, 730]})
answers = pd.Series({"spending": 25.0, "rate": 0.12, "ceiling": 0.20}, name="answer")
contracts = datasets.load_telecom()
club.rename(columns={"spent": "spending"})

# %% [markdown] lang="en"
# The eight moves:

# %% [markdown] lang="zh"
# 八项举措：

# %%
moves = pd.DataFrame(
    {"move": [t("points that are lost unless one buys again"), t("a cooking course for our customers"),
              t("vouchers for neighbours who never bought"), t("fruit baskets for offices, a new business"),
              t("a call before the monthly box runs out"), t("a shelf of pet food, shown to our customers"),
              t("a stand where people move into new homes"), t("a letter to those who left a year ago")],
     "cost": [21_000, 13_000, 16_000, 18_000, 28_000, 9000, 10_000, 20_000]},
    index=list("ABCDEFGH"))
practice_on(club=club, answers=answers, contracts=contracts, moves=moves)
moves

# %% [markdown] lang="en"
# **4.6.1** How many times as much as a member kept does a member won cost the club, if only those count who would otherwise have left? (`club`; a number)

# %% [markdown] lang="zh"
# **4.6.1** 只算本来会走的人，俱乐部争取一位会员的成本是留住一位会员的几倍？（用 `club`；一个数）

# %% tags=["exercise"]
ratio = ...
check("4.6.1", ratio)

# %% [markdown] lang="en"
# **4.6.2** Asked about winning, the manager says: “We spend 25 yuan on each prospect and win 12 % of them. If money were no object it would be 20 %.” What does the *next* member won cost? (`answers`; in yuan)

# %% [markdown] lang="zh"
# **4.6.2** 问到拉新，经理说：“每位潜在会员我们花 25 元，争取到 12%。不计花费的话，最多 20%。”争取*下一位*会员要花多少钱？（用 `answers`；元）

# %% tags=["exercise"]
cost_of_next = ...
check("4.6.2", cost_of_next)

# %% [markdown] lang="en"
# **4.6.3** The fictional telephone company. Give each customer who is **still there** the chance to leave of their kind of contract: the share of all with that contract who left last month. At risk is that chance times the monthly charge. What share of all the money at risk lies with month-to-month contracts? (`contracts`; a fraction)

# %% [markdown] lang="zh"
# **4.6.3** 虚构的电话公司。给每位**还在**的客户按合同类别定一个离开的可能性：这类合同的全部客户中，上个月离开的比例。可能性乘以月费，就是有风险的钱。有风险的钱里，按月合同（Month-to-month）占多大比例？（用 `contracts`；小数）

# %% tags=["exercise"]
monthly_share = ...
check("4.6.3", monthly_share)

# %% [markdown] lang="en"
# **4.6.4** Which share of the cost of the eight moves goes to the aim *acquire* (获得)? (`moves`; a fraction. Sort all eight into the four aims first, on paper.)

# %% [markdown] lang="zh"
# **4.6.4** 八项举措的费用，有多大比例用在*客户获得*上？（用 `moves`；小数。先在纸上把八项都归入四种目标。）

# %% tags=["exercise"]
acquire = ...
check("4.6.4", acquire)

# %% [markdown] lang="en"
# **4.6.5** A judgment, without code. The owner of the club reads: “Winning costs five times keeping.” He wants to stop winning and to give all of the money to keeping. What do you answer, and what do you propose? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **4.6.5** 思考题，不用写代码，没有标准答案。俱乐部老板读到：“拉新的成本是留客的 5 倍。”他想停掉拉新，把钱全部用来留客。你怎么回答？有什么建议？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
owner = ...
check("4.6.5", owner)

# %%
quiz("4.6.q1")

# %%
quiz("4.6.q2")

# %%
quiz("4.6.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **count** what a customer won and a customer kept have cost, without those who would have come, or stayed, anyway,
# - **tell apart** an average and the next one, and what a manager's months say from what a lot says,
# - **split** a budget in money, with its interval, doing nothing among the choices.
#
# **Words** — response curve (反应曲线), floor (起点), ceiling (上限), next one, or marginal cost (边际成本), drawn by lot (抽签决定), net gain (净增利润).
#
# **Next** — 4.7: More, longer, deeper: what is the customer base worth, and where did its growth come from?
#
# **Further reading** — Blattberg & Deighton (1996), *Manage marketing by the customer equity test*, Harvard Business Review 74(4); Pfeifer (2005), *The optimal ratio of acquisition and retention costs*; Keiningham et al. (2005), *Loyalty Myths*, myth 8

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **算出**：会算争取一位、留住一位各花了多少，不把本来就会来、会留的人算进去；
# - **分清**：会分清平均成本和下一位的成本，分清经理挑的月份和抽签定的月份；
# - **分配**：会分配预算，用钱说话，给出区间，“什么都不做”也在其中。
#
# **术语**：反应曲线（response curve）、起点（floor）、上限（ceiling）、边际成本（marginal cost，下一位的成本）、抽签决定（drawn by lot）、净增利润（net gain）。
#
# **下一课**：4.7 更多、更久、更深：客户资产有多大，增长从哪里来？
#
# **延伸阅读**：Blattberg & Deighton (1996), *Manage marketing by the customer equity test*, Harvard Business Review 74(4)；Pfeifer (2005), *The optimal ratio of acquisition and retention costs*；Keiningham et al. (2005), *Loyalty Myths*，第 8 条

# %% [markdown] lang="en" tags=["slide-text"]
# - **count** what a customer won and a customer kept have cost,
# - **tell apart** an average and the next one, a manager's months and a lot's,
# - **split** a budget in money, doing nothing among the choices.
#
# **Words** — response curve (反应曲线), floor (起点), ceiling (上限), marginal cost (边际成本), net gain (净增利润).

# %% [markdown] lang="zh"
# - **算出**争取一位、留住一位各花了多少；
# - **分清**平均成本和下一位的成本，经理的月份和抽签的月份；
# - **分配**预算，“什么都不做”也在其中。
#
# **术语**：反应曲线、起点、上限、边际成本、净增利润。

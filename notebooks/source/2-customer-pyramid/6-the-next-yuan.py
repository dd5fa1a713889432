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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["2.1", "2.3"] rows=["A21", "A26"] slide="slide"
# # 6 · Where does the next yuan go?
#
# Resources are limited, says the course, so put them “on the edge of the blade” (刀口): the top of the pyramid. The VIPs bring most. Does a yuan
# *more* for them also bring most? We have 10,000 yuan for *attention* (calls, samples, invitations), and the visits of a year.
#
# In this lesson you will
#
# - **tell apart** what money brought on average and what the next yuan brings, by hand,
# - **spread** a budget and our visits by the next return, under an assumption that you name,
# - **weigh** plans when nobody knows which assumption is true, doing nothing among them, and say what a trial may cost.

# %% [markdown] lang="zh"
# # 6 · 下一块钱花在哪里？
#
# 课程说，企业资源有限，要花在“刀口上”，也就是客户金字塔的顶端。VIP 贡献最多，那么*再多*花一块钱，花在他们身上也增加得最多吗？我们手上有 10,000 元维护费用，还有一年的拜访要安排。
#
# 在这一课里，你将
#
# - **分清**平均每块钱带来多少、下一块钱带来多少，先亲手算；
# - **分配**预算和拜访：看下一步的回报，并说明用了什么假设；
# - **权衡**几个方案：谁也不知道哪种假设成真，“什么都不做”也是一个方案；再算试验最多值得花多少钱。

# %% [markdown] lang="en" tags=["slide-text"]
# “On the edge of the blade” (刀口): the top of the pyramid, says the course. Does a yuan *more* for the VIPs bring most?
#
# - **tell apart** the average and the next yuan,
# - **spread** a budget and our visits, under an assumption that you name,
# - **weigh** plans, doing nothing among them, and say what a trial may cost.

# %% [markdown] lang="zh"
# 课程说：花在“刀口上”，即金字塔顶端。*再多*给 VIP 一块钱，也带来最多吗？
#
# - **分清**平均与下一块钱；
# - **分配**预算和拜访，并说明假设；
# - **权衡**方案，包括什么都不做；试验最多花多少。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import allocation, datasets, plots, pyramid
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: what do the tiers bring?
#
# The teaching company is simulated; its orders of 2025. *Gross profit* is sales less what the goods cost. The tiers are those of 2.1, by sales: the
# best 1 % VIP, the next 4 % major, the next 15 % regular, the others small. One row below is a tier.

# %% [markdown] lang="zh"
# ## 先看数据：各层级贡献多少？
#
# 教学公司是模拟出来的，这里是它 2025 年的订单。*毛利*是销售额减去货品成本。层级与 2.1 相同，按销售额排：前 1% 是 VIP 客户，再 4% 是主要客户，再 15% 是普通客户，其余是小客户。下表一行是一个层级。

# %% [markdown] lang="en" tags=["slide-text"]
# A *simulated* company in 2025. Gross profit: sales less what the goods cost. Tiers of 2.1: the best 1 % VIP, 4 % major, 15 % regular, the others small.

# %% [markdown] lang="zh"
# *模拟*公司，2025 年。毛利 = 销售额 − 货品成本。层级同 2.1：1% VIP 客户，4% 主要客户，15% 普通客户，其余小客户。

# %%
tables = datasets.load_data(company)[0]
year = tables["transactions"][tables["transactions"]["order_date"].dt.year == 2025]
gross = (year["amount"] - year["cost"]).groupby(year["customer_id"]).sum().rename("gross_profit")
tier = pyramid.assign_tiers(year.groupby("customer_id")["amount"].sum())

# %% [markdown] lang="en"
# The last column is an average: what one customer of the tier brought. It says who is big. It does not say what attention would change.

# %% [markdown] lang="zh"
# 最后一列是平均数：该层级每位客户贡献了多少。它说明谁大，却没有说多花维护费用会改变什么。

# %%
by_tier = gross.groupby(tier, observed=True).agg(["size", "sum", "mean"])[::-1]
by_tier.columns = ["n_customers", "gross_profit", "mean_gross_profit"]
by_tier

# %% [markdown] lang="en" minutes=8 rows=["A21"] slide="slide"
# ## Eight customers, by hand
#
# A **response curve** says how much *extra* gross profit a customer brings when we spend $x$ yuan on them. In words: the first yuan bring much, later ones
# less and less. As a formula (Little 1970, in its simplest form):
#
# $$\text{extra profit} = \text{ceiling} \cdot \frac{x}{\text{half at} + x}$$
#
# The *ceiling* is the most that attention can add; at $x$ = *half at* half of it is reached. Nobody can read this curve off a pyramid. It is an **assumption**
# until a trial has tested it. For our eight: *half at* is 50 yuan, and each has a ceiling.

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# **反应曲线**说的是：在一位客户身上投入 $x$ 元，*多*得多少毛利。用一句话说：开头的钱带来得多，后面越来越少。写成公式（Little 1970，最简单的形式）：
#
# $$增加的毛利 = 上限 \times \frac{x}{半程投入 + x}$$
#
# *上限*是维护最多能增加的毛利；投入 $x$ = *半程投入*时，正好达到一半。金字塔上看不到这条曲线。没有用试验检验之前，它只是**假设**。这八位客户的半程投入都是 50 元，各有各的上限。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{extra profit} = \text{ceiling} \cdot \frac{x}{\text{half at} + x}$$
#
# $x$: yuan spent on a customer; *ceiling*: the most that attention can add; *half at*: where half of it is reached (Little 1970). It is an **assumption** until a trial has tested it.

# %% [markdown] lang="zh"
# $$增加的毛利 = 上限 \times \frac{x}{半程投入 + x}$$
#
# $x$：在一位客户身上投入的元数；*上限*：维护最多能增加的毛利；*半程投入*：达到一半时的投入（Little 1970）。检验之前，它只是**假设**。

# %%
ceilings = pd.Series([660, 400, 300, 180, 120, 80, 40, 20], index=list("ABCDEFGH"), name="ceiling")


def extra(ceiling, spent):
    """The extra profit of one customer, by the response curve."""
    return ceiling * spent / (50 + spent)


# %% [markdown] lang="en"
# **2.6.a** The ceiling of customer A is 660, half at 50 yuan. A has had 50 yuan already. How much extra profit do the *next* 50 yuan for A bring? (in yuan)

# %% [markdown] lang="zh"
# **2.6.a** 客户 A 的上限是 660 元，半程投入是 50 元，已经得到 50 元。*再*给 A 50 元，能多带来多少毛利？（元）

# %% tags=["exercise"]
answer = ...
check("2.6.a", answer)

# %% [markdown] lang="en"
# What each next 50 yuan would bring, for all eight: step 1 is the first 50, step 2 the second, step 3 the third. Read the row of A aloud, then compare its second number with the first numbers of B and C.

# %% [markdown] lang="zh"
# 给八位客户每再投 50 元，各带来多少：第 1 步是第一个 50 元，第 2 步是第二个，第 3 步是第三个。把 A 那一行读出来，再拿它的第二个数与 B、C 的第一个数比一比。

# %% slide="result"
steps = pd.DataFrame(index=ceilings.index.rename("customer_id"))
for step in [1, 2, 3]:
    steps[step] = extra(ceilings, 50 * step) - extra(ceilings, 50 * (step - 1))
show(steps.rename_axis("step", axis=1), kind="money", digits=0)

# %% [markdown] lang="en"
# With 200 yuan we can make four steps. Take the four largest numbers of the table, wherever they stand: `stack` puts the columns below each other.

# %% [markdown] lang="zh"
# 有 200 元，可以走四步。在表中挑最大的四个数，不管在哪一行哪一列：`stack` 把各列上下接成一列。

# %% slide="result"
four = steps.stack().nlargest(4).rename("gain").rename_axis(["customer_id", "step"])
four.reset_index()

# %% [markdown] lang="en"
# `allocate_budget` goes the same way, step by step: each step goes where it brings most. It is earned. Beside it: other ways to spend 200 yuan, or none.

# %% [markdown] lang="zh"
# `allocate_budget` 走的是同一条路：每一步都投到增加最多的地方。核对相等，往后就可以用它。旁边是 200 元的另外几种花法，以及一分不花。

# %% slide="result"
curves_of_eight = pd.DataFrame({"n_customers": 1, "ceiling": ceilings, "half_at": 50})
plan_of_eight = allocation.allocate_budget(curves_of_eight, budget=200, step=50)
assert abs(plan_of_eight["gain"].sum() - four.sum()) < 1e-9
ways = pd.Series({"step by step": four.sum(), "25 for each": extra(ceilings, 25).sum()})
ways["all to A"], ways["nothing"] = extra(660, 200), 0
ways.rename_axis("plan").to_frame("gain")

# %% [markdown] lang="en" tags=["notes"]
# The common mistake is the average for the next: "100 yuan brought 440 from A, so 100 more bring 440". Cover the second column and ask. Step by step is the best
# there is *because* every number in a row is smaller than the one before it; the section on what misleads shows a customer for whom it is not.

# %% [markdown] lang="zh"
# 常见错误是拿平均当下一步：“100 元从 A 得到 440，再投 100 也得 440。”遮住第二列再问。逐步挑选之所以就是最好的，是*因为*每一行里后一个数都比前一个小；“哪里会误导人”一节有一位客户不是这样。

# %% [markdown] lang="en" minutes=5 rows=["A21"] slide="slide"
# ## The whole company: predict first
#
# *Assumed*: attention can raise a customer's gross profit by a fifth at most (the ceiling), and 50 yuan a head bring half of that. All customers of a tier get
# the same. We hand out 10,000 yuan, 50 at a time, always to the tier whose next 50 bring most. **2.6.b** **What share goes to the VIPs?** (a fraction)

# %% [markdown] lang="zh"
# ## 整家公司：先猜
#
# *假设*：维护最多能让一位客户的毛利增加五分之一（上限），每人 50 元达到一半。同一层级的客户得到的一样多。10,000 元每次拿出 50 元，总是给“再得 50 元增加最多”的那个层级。**2.6.b** **VIP 会分到多大比例？**（用小数表示）

# %% [markdown] lang="en" tags=["slide-text"]
# *Assumed*: attention adds at most a fifth of a customer's gross profit; 50 yuan a head bring half of that. 10,000 yuan, 50 at a time. **2.6.b** **What share goes to the VIPs?**

# %% [markdown] lang="zh"
# *假设*：维护最多使毛利增加五分之一，每人 50 元达到一半。10,000 元，每次 50 元。**2.6.b** **VIP 会分到多大比例？**

# %%
budget = 10_000
curves = by_tier[["n_customers"]].assign(ceiling=0.20 * by_tier["mean_gross_profit"], half_at=50.0)

# %% [markdown] lang="en"
# Write down your guess before the next cell.

# %% [markdown] lang="zh"
# 先写下你的猜测，再运行下一格。

# %% tags=["exercise"]
guess = ...
check("2.6.b", guess)

# %% [markdown] lang="en"
# The table shows the plan; its last column is what one more step would bring, for each yuan of it. In the figure each curve falls, and each dot is where the plan leaves the tier. Among the tiers that get money the dots stand equally high, as nearly as steps of 50
# allow. A tier that gets nothing lies *lower*: already its first yuan brings less than the next yuan elsewhere.

# %% [markdown] lang="zh"
# 表中是方案，最后一列是：再走一步，每一元能带来多少。图中每条曲线都往下走，圆点是方案给这个层级停下来的地方。分到钱的层级，圆点一样高（每步 50 元，略有出入）。没分到钱的层级在*更低*处：它的第一块钱，就不如别处的下一块钱。

# %% slide="result"
plan = allocation.allocate_budget(curves, budget=budget, step=50)
show(plan[["spending", "per_customer", "gain", "next_return"]], kind="money")
paid, unpaid = plan[plan["spending"] > 0]["next_return"], plan[plan["spending"] == 0]["next_return"]
low, high, elsewhere = paid.min(), paid.max(), unpaid.max()
ax = plots.plot_next_return(curves, plan=plan, currency="CNY")
ax.set_title(sentence("The next yuan brings {low:CNY.2} to {high:CNY.2} where we spend, {elsewhere:CNY.2} where we do not"))
plt.show()

# %% [markdown] lang="en"
# Three other plans on the same curve: the same for every customer, all to the VIPs, nothing.

# %% [markdown] lang="zh"
# 同一条曲线上的另外三个方案：人人一样、全给 VIP、什么都不做。

# %% slide="result"
evenly = budget * curves["n_customers"] / curves["n_customers"].sum()
to_vips = (curves.index == "VIP") * pd.Series(float(budget), index=curves.index)
by_step, even = plan["gain"].sum(), allocation.expected_gain(curves, evenly).sum()
vips_only = allocation.expected_gain(curves, to_vips).sum()
say("{budget:CNY} bring {by_step:CNY} step by step, {even:CNY} spread evenly, {vips_only:CNY} if the VIPs get all. If the curve is right.")

# %% [markdown] lang="en" minutes=5 rows=["A26"] slide="slide"
# ## Our visits, spread anew by the next visit
#
# After the full analysis, says the course, spread the marketing effort anew (重新合理分配营销力量). A visit by a representative costs 120 yuan. The usual rule gives visits in
# proportion to the profit a tier brings: that is the average again. *Assumed* here: without visits half of a visited customer's gross profit would be lost, and four visits a year hold half of that.

# %% [markdown] lang="zh"
# ## 重新分配拜访：看下一次拜访
#
# 课程说，全面分析顾客之后，要“重新合理分配营销力量”。业务员拜访一次要花 120 元。常见的做法是按各层级贡献的毛利分配拜访，这又是平均数。这里*假设*：完全不拜访，受访客户的毛利会失去一半；一年四次拜访能保住这一半中的一半。

# %% [markdown] lang="en" tags=["slide-text"]
# The course: spread the effort anew (重新合理分配营销力量). A visit costs 120 yuan.
#
# *Assumed*: half of a visited customer's gross profit hangs on visits; four visits a year hold half of that.

# %% [markdown] lang="zh"
# 课程：“重新合理分配营销力量”。一次拜访 120 元。
#
# *假设*：受访客户的毛利有一半取决于拜访；一年四次能保住其中一半。

# %%
work = tables["activities"]
is_visit = (work["activity"] == "representative visit") & (work["month"] >= "2025-01-01")
n_visits = work[is_visit].groupby("customer_id")["n_times"].sum()
visited = pd.DataFrame({"gross_profit": gross, "n_visits": n_visits, "tier": tier}).dropna()

# %% [markdown] lang="en"
# What a visit has brought on average, and what the next one would bring by the curve. (Visits to people who bought nothing in 2025 are left out.)

# %% [markdown] lang="zh"
# 一次拜访平均对应多少毛利；按曲线，下一次拜访又带来多少。（2025 年什么都没买的人，对他们的拜访没有算进来。）

# %% slide="result"
by_door = visited.groupby("tier", observed=True)
doors = by_door[["gross_profit", "n_visits"]].sum().assign(n_customers=by_door.size())[::-1]
hang_on_visits = 0.5 * doors["gross_profit"] / doors["n_customers"]
door_curves = doors[["n_customers"]].assign(ceiling=hang_on_visits, half_at=4.0)
doors["gross_profit_per_visit"] = doors["gross_profit"] / doors["n_visits"]
doors["gain_of_next_visit"] = allocation.marginal_gain(door_curves, doors["n_visits"])
doors

# %% [markdown] lang="en"
# Five plans: as now; by average; by the next visit, with the number kept; only visits whose next return covers the 120; none. The same helper does it: the unit is a visit.

# %% [markdown] lang="zh"
# 五个方案：照旧；按平均；总次数不变、看下一次拜访；只做抵得上 120 元的拜访；一次不去。用的还是同一个函数，单位换成“次”。

# %% slide="result"
n_all, share = int(doors["n_visits"].sum()), doors["gross_profit"] / doors["gross_profit"].sum()
spread = pd.DataFrame({"as now": doors["n_visits"], "by average": n_all * share})
for name, least in {"by next visit": 0, "only what pays": 120}.items():
    chosen = allocation.allocate_budget(door_curves, budget=n_all, step=1, least_return=least)
    spread[name] = chosen["spending"]
spread["no visits"] = 0.0
show(spread.T.rename_axis("plan"), kind="number", digits=0)

# %% [markdown] lang="en"
# What is left of the profit held, after 120 yuan a visit: in the world assumed, and in one where *all* the gross profit of visited customers hangs on visits.
# In the first world “only what pays” must win: it was made for that world. The second world is the test.

# %% [markdown] lang="zh"
# 保住的毛利扣除每次 120 元之后，还剩多少：一列是假设的情景，另一列是毛利*全部*取决于拜访的情景。第一种情景里“只做划算的”必定最好，因为它就是按这个情景做的；第二种情景才是检验。

# %% slide="result"
all_hangs = door_curves.assign(ceiling=2 * hang_on_visits)
left = pd.DataFrame(index=spread.columns.rename("plan"))
for world, curve in {"half hangs on visits": door_curves, "all hangs on visits": all_hangs}.items():
    left[world] = [(allocation.expected_gain(curve, n) - 120 * n).sum() for _, n in spread.items()]
more = left["half hangs on visits"] - left.loc["as now", "half hangs on visits"]
moved, dropped = more["by next visit"], more["only what pays"]
show(left, kind="money", digits=0)

# %% slide="result"
say("If half hangs on visits, moving the same {n_all} is worth {moved:CNY} a year; making only those that pay, {dropped:CNY}. How many matters more than where."
    if dropped > 2 * moved
    else "If half hangs on visits, moving the same {n_all} is worth {moved:CNY} a year; making only those that pay, {dropped:CNY}.")

# %% [markdown] lang="en" tags=["notes"]
# Representatives went where much was bought, so purchases may have drawn the visits and not the reverse; the average says nothing about that. And 120 yuan is saved only
# if the hour is used otherwise or not paid. Ask how the firm could find out what a visit holds: leave some out, drawn by lot.

# %% [markdown] lang="zh"
# 业务员本来就爱去买得多的客户那里，很可能是购买引来拜访，而不是拜访带来购买；平均数说明不了这一点。而且，只有省下的时间另有用处或不必付薪，120 元才真正省下。问一问：怎样弄清一次拜访能保住多少？——抽签选一些客户，少去几次。

# %% [markdown] lang="en" minutes=3 rows=["A21"] slide="slide"
# ## Where this misleads: when small steps do nothing
#
# Step by step is best only where each step brings less than the one before. For some customers a little does nothing and more does much (an S-shaped
# curve). Two customers, 100 yuan, steps of 50. Which two steps does the rule take, and which are best?

# %% [markdown] lang="zh"
# ## 哪里会误导人：小步没有效果的时候
#
# 只有后一步总比前一步少，逐步挑选才是最好的。有些客户，投一点没有效果，多投才见效（S 形曲线）。两位客户，100 元，每步 50 元。按规则会选哪两步？最好的又是哪两步？

# %% [markdown] lang="en" tags=["slide-text"]
# Step by step is best only where each step brings less than the one before. Two customers, 100 yuan, steps of 50, an S-shaped curve. Which two steps does the rule take?

# %% [markdown] lang="zh"
# 只有后一步总比前一步少，逐步挑选才最好。两位客户，100 元，每步 50 元，S 形曲线。按规则会选哪两步？

# %%
two = pd.DataFrame({1: [10, 40], 2: [200, 30]}, index=["P", "Q"]).rename_axis("step", axis=1)
by_rule, best_of_two = two.loc["Q"].sum(), two.loc["P"].sum()
assert two.loc["Q"].min() > two.loc["P", 1] and best_of_two > by_rule
show(two.rename_axis("customer_id"), kind="money", digits=0)

# %% slide="result"
say("The rule never sees past the first step for P: it takes both for Q and gets {by_rule:CNY}. Both for P bring {best_of_two:CNY}.")

# %% [markdown] lang="en" slide="subslide"
# ### Can the curve be read off past data?
#
# A real charity in the Netherlands wrote to some supporters more often than to others (Franses & Paap 2001). For each number of letters a year:
# the mean gift to one mailing, and what the same people had given on average *before*, in guilders. (One supporter with 5,005 on average is left out.)

# %% [markdown] lang="zh"
# ### 能从过去的数据中读出这条曲线吗？
#
# 荷兰一家真实的慈善机构，给有些支持者写信多，给有些写信少（Franses 与 Paap，2001）。按每年信件数分组：这一次募捐平均捐了多少，*此前*平均每次捐多少（单位：荷兰盾，表中写作 NLG）。（有一位此前平均每次捐 5,005，没有算进来。）

# %% [markdown] lang="en" tags=["slide-text"]
# A real charity wrote to some supporters more often than to others (Franses & Paap 2001). By letters a year: the mean gift to one mailing, and what the same
# people had given on average *before*. It was **no experiment**.

# %% [markdown] lang="zh"
# 一家真实的慈善机构，给有些支持者写信多，给有些写信少（Franses 与 Paap，2001）。按每年信件数分组：这一次平均捐多少，*此前*平均每次捐多少。这**不是试验**。

# %% slide="result"
charity = datasets.load_charity()
charity = charity[charity["average_gift"] < 1000]
letters = pd.cut(charity["mailings_per_year"], [0, 1, 2, 2.5, 4], labels=[1, 2, 2.5, 4])
by_letters = charity.groupby(letters, observed=True)[["gift", "average_gift"]].mean()
assert by_letters["gift"].idxmax() == by_letters["average_gift"].idxmax() == 4
show(by_letters.rename_axis("letters_a_year_at_most"), kind="money", currency="NLG", digits=2)

# %% [markdown] lang="en"
# Read as a response curve, the first column would say that many letters bring much. But look at the second: those who got most letters gave most already before.
# The charity wrote most to its best givers, as our representatives visit the best customers. This is no experiment, so the table cannot say what the *next* letter brings.

# %% [markdown] lang="zh"
# 把第一列当作反应曲线来读，就是“信写得多，捐得多”。可是看第二列：收到信最多的人，此前本来就捐得最多。慈善机构给捐得多的人写信多，正像我们的业务员爱去大客户那里。这不是试验，所以这张表说不出*下一封*信带来多少。

# %% [markdown] lang="en" minutes=6 rows=["A21"] slide="slide"
# ## Do the sums, then decide: plans and worlds
#
# Nobody knows the curve. Four guesses that a reasonable person could make: **as assumed**; **VIPs buy all from us** already, so there is more room further down (the ceiling of the VIPs is 2 % of what was
# assumed, that of the major customers 10 %, that of the small ones four times as high);
# customers are **harder to move**, 200 yuan for half; attention **hardly works**, a tenth of the ceilings. For each guess there is a plan that would be best if it were true.
# The table has the plans, one a row: who gets how much. Three more are added: a part of each, the same for everybody, and nothing.

# %% [markdown] lang="zh"
# ## 算清账，再决定：方案与情景
#
# 谁也不知道曲线是什么样。四种都说得通的猜测：**如假设所说**；**VIP 已全在我们这里买**，余地反而在下面（VIP 的上限只有原来的 2%，主要客户 10%，小客户是原来的四倍）；客户**更难打动**，200 元才到一半；维护**几乎没用**，上限只有十分之一。每种猜测都有一个“假如成真就最好”的方案。下表一行是一个方案：谁分到多少。另加三个：四个方案各取一份、人人一样、什么都不做。

# %% [markdown] lang="en" tags=["slide-text"]
# Four guesses, all of them *assumptions*: **as assumed** · **VIPs buy all from us** · **harder to move** · **hardly works**. For each, the plan that would be best if it were true.

# %% [markdown] lang="zh"
# 四种猜测，都是*假设*：**如假设所说** · **VIP 已全在我们这里买** · **更难打动** · **几乎没用**。每种都有一个“成真就最好”的方案。

# %%
guesses = {"as assumed": curves, "harder to move": curves.assign(half_at=200.0)}
guesses["VIPs buy all from us"] = curves.assign(ceiling=curves["ceiling"] * [0.02, 0.10, 1, 4])
guesses["hardly works"] = curves.assign(ceiling=0.10 * curves["ceiling"])
plans = pd.DataFrame(index=curves.index)
for guess, curve in guesses.items():
    plans[guess] = allocation.allocate_budget(curve, budget=budget, step=50)["spending"]
plans["a part of each"], plans["spread evenly"], plans["nothing"] = plans.mean(axis=1), evenly, 0.0
show(plans.T.rename_axis("plan"), kind="money", digits=0)

# %% [markdown] lang="en"
# Each row is a plan, each column a world in which one guess is true. What is left of the gain after the spending?

# %% [markdown] lang="zh"
# 一行是一个方案，一列是一种猜测成真的情景。扣除投入之后，还剩多少？

# %% slide="result"
outcome = pd.DataFrame(index=plans.columns.rename("plan"))
for world, curve in guesses.items():
    outcome[world] = [(allocation.expected_gain(curve, x) - x).sum() for _, x in plans.items()]
show(outcome, kind="money", digits=0)

# %% [markdown] lang="en"
# Two ways to choose: by the mean of a row, if the worlds are equally likely (*assumed*), or by its worst. And what would it be worth to know the world first?

# %% [markdown] lang="zh"
# 两种选法：如果各情景同样可能（*假设*），看一行的平均；或者看一行的最坏值。再问：事先知道是哪种情景，值多少钱？

# %%
on_average, worst = outcome.mean(axis=1), outcome.min(axis=1)
best, cautious, most_safe = on_average.idxmax(), worst.idxmax(), worst.max()
best_mean, its_worst = on_average.max(), worst[best]
worth = outcome.max().mean() - best_mean

# %% slide="result"
say("On average “{best}” is best, {best_mean:CNY}; in its worst world it comes to {its_worst:CNY}. Who fears the worst takes “{cautious}”: never below {most_safe:CNY}.")
say("To know the world first would be worth {worth:CNY} a year more. A trial may cost at most that, less if it does not tell for certain.")

# %% [markdown] lang="en" tags=["notes"]
# Let the class look at the plan for “hardly works”: a little money, and its row loses little in any world. A small spending that teaches something is what a trial is.
# Ask what would change their choice: other odds, a world left out, a boss who may not lose money.

# %% [markdown] lang="zh"
# 让学生看“几乎没用”对应的那个方案：花钱不多，在哪种情景里都亏不了多少。花一点小钱，换来一点知识，这就是试验。再问：什么会改变他们的选择？——别的可能性、漏掉的情景、一位不许亏钱的老板。

# %% [markdown] lang="en"
# Such trials can be done. At United Airlines salesmen drawn by lot planned their calls with such curves, and sold 8.1 % more than their matched colleagues
# ([Fudge & Lodish 1977](https://doi.org/10.1287/inte.8.1pt2.97); ten pairs, a real firm). The edge of the blade lies where the curve says, not where the pyramid is narrow.

# %% [markdown] lang="zh"
# 这种试验是做得成的。美国联合航空公司让抽签选中的业务员用这类曲线安排拜访，销售额比配对的同事高出 8.1%（[Fudge & Lodish 1977](https://doi.org/10.1287/inte.8.1pt2.97)；真实企业，共十对）。“刀口”在曲线所指的地方，不在金字塔的尖上。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** — What counts is what the next yuan changes, not what a tier brought on average.
#
# **Hard point** — The response curve is an assumption; a plan is judged in several worlds, and doing nothing is one of the plans.
#
# **Board** — The table of first, second and third 50 yuan; ring the four largest numbers.
#
# **Homework** — Exercise 2.6.5 in writing: how would you test the curve at a shop you know?

# %% [markdown] lang="zh"
# **重点** — 要看下一块钱改变多少，而不是一个层级平均贡献多少。
#
# **难点** — 反应曲线只是假设；方案要放到几种情景里看，“什么都不做”也是一个方案。
#
# **板书** — 第一、第二、第三个 50 元的表；圈出最大的四个数。
#
# **作业** — 书面完成练习 2.6.5：在你熟悉的一家店里，怎样检验这条曲线？

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# Another year and other worlds. `curves_2024` are the response curves of the tiers of 2024, with other assumptions: the ceiling is a quarter of the mean gross profit, and 80 yuan a
# head bring half · `door_curves_2024` are those of visits in 2024, counted in visits: 60 % of the gross profit hangs on them, three a year hold half · `outcome_of_trial` is a small table of plans and worlds, `odds` how likely the worlds are.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换一年，换几种情景。`curves_2024`：2024 年各层级的反应曲线，假设也不同：上限是人均毛利的四分之一，每人 80 元达到一半 · `door_curves_2024`：2024 年拜访的反应曲线，单位是次：毛利的 60% 取决于拜访，一年三次保住一半 · `outcome_of_trial`：一张小表，行是方案，列是情景；`odds`：各情景有多大可能。

# %%
year_2024 = tables["transactions"][tables["transactions"]["order_date"].dt.year == 2024]
tier_2024 = pyramid.assign_tiers(year_2024.groupby("customer_id")["amount"].sum())
gross_2024 = (year_2024["amount"] - year_2024["cost"]).groupby(year_2024["customer_id"]).sum()
by_tier_2024 = gross_2024.groupby(tier_2024, observed=True).agg(["size", "mean"])[::-1]
by_tier_2024.columns = ["n_customers", "mean"]
curves_2024 = by_tier_2024.assign(ceiling=0.25 * by_tier_2024["mean"], half_at=80.0)
curves_2024 = curves_2024.drop(columns="mean")

# %% [markdown] lang="en" slide="skip"
# The same for those who were visited in 2024:

# %% [markdown] lang="zh"
# 再算 2024 年被拜访过的客户。

# %%
in_2024 = work[work["month"].between("2024-01-01", "2024-12-31")]
is_visit = in_2024["activity"] == "representative visit"
seen = gross_2024[gross_2024.index.isin(in_2024.loc[is_visit, "customer_id"])]
seen = seen.groupby(tier_2024, observed=True).agg(["size", "mean"])[::-1]
door_curves_2024 = pd.DataFrame({"n_customers": seen["size"], "ceiling": 0.60 * seen["mean"]})
door_curves_2024["half_at"] = 3.0

# %% [markdown] lang="en" slide="skip"
# And a trial: its plans, one a row, its worlds, and how likely each of them is.

# %% [markdown] lang="zh"
# 还有一次试验：一行一个方案，一列一种情景，以及各情景的可能性。

# %%
worlds, plans_of_trial = ["works", "half works", "fails"], ["bold", "careful", "mixed", "nothing"]
money = [[9000, 1000, -6000], [5000, 3500, -3000], [6600, 2500, -4000], [0, 0, 0]]
outcome_of_trial = pd.DataFrame(money, index=plans_of_trial, columns=worlds)
odds = pd.Series([0.5, 0.3, 0.2], index=worlds)
practice_on(curves_2024=curves_2024, door_curves_2024=door_curves_2024)
practice_on(outcome_of_trial=outcome_of_trial, odds=odds)

# %% [markdown] lang="en"
# **2.6.1** By `curves_2024` the major customers together have had 3,000 yuan, spread evenly over them. How much extra profit would the *next* 600 yuan for them bring? (in yuan)

# %% [markdown] lang="zh"
# **2.6.1** 按 `curves_2024`，主要客户一共已经得到 3,000 元，平均分给每位。*再*给他们 600 元，能多带来多少毛利？（元）

# %% tags=["exercise"]
next_600 = ...
check("2.6.1", next_600)

# %% [markdown] lang="en"
# **2.6.2** Hand out 8,000 yuan by `curves_2024`, 100 yuan at a time, each step where it brings most. How much do the regular customers get together? (in yuan)

# %% [markdown] lang="zh"
# **2.6.2** 按 `curves_2024` 分配 8,000 元，每次 100 元，每一步都投到增加最多的层级。普通客户一共分到多少？（元）

# %% tags=["exercise"]
to_regular = ...
check("2.6.2", to_regular)

# %% [markdown] lang="en"
# **2.6.3** By `door_curves_2024`, how many visits are worth making, over all tiers: each one brings at least the 120 yuan it costs? (a whole number; no budget binds)

# %% [markdown] lang="zh"
# **2.6.3** 按 `door_curves_2024`，各层级合计有多少次拜访值得做，也就是每一次带来的都不少于它花的 120 元？（整数；次数不设上限）

# %% tags=["exercise"]
n_worth = ...
check("2.6.3", n_worth)

# %% [markdown] lang="en"
# **2.6.4** What may a trial cost at most that tells for certain which world of `outcome_of_trial` is true, with the `odds` given? (in yuan)

# %% [markdown] lang="zh"
# **2.6.4** 一次试验能确切告诉你 `outcome_of_trial` 中哪种情景成真，各情景的可能性见 `odds`。这次试验最多值得花多少钱？（元）

# %% tags=["exercise"]
at_most = ...
check("2.6.4", at_most)

# %% [markdown] lang="en"
# **2.6.5** A judgment, no code. The sales director says: “The VIPs bring most per head, so all 10,000 yuan go to them. That is what 刀口 means.” Answer in three sentences, in quotes.

# %% [markdown] lang="zh"
# **2.6.5** 思考题，不用写代码，没有标准答案。销售总监说：“VIP 人均贡献最多，所以 10,000 元全给他们。‘刀口’就是这个意思。”请用三句话回答，放在英文引号 `"..."` 里。

# %% tags=["exercise"]
answer = ...
check("2.6.5", answer)

# %%
quiz("2.6.q1")

# %%
quiz("2.6.q2")

# %%
quiz("2.6.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **tell apart** what money brought on average and what the next yuan brings,
# - **spread** a budget and visits by the next return, under an assumption that you name,
# - **weigh** plans in several worlds, doing nothing among them, and say what a trial may cost.
#
# **Words** — response curve (反应曲线), ceiling (上限), next or marginal return (边际回报), average return (平均回报), world (情景).
#
# **Next** — 2.7: Raise the price, serve cheaper, or let them go?
#
# **Further reading** — Little (1970), Models and managers, reprinted 2004, [doi:10.1287/mnsc.1040.0267](https://doi.org/10.1287/mnsc.1040.0267) · Lodish (1971), CALLPLAN,
# *Management Science* 18(4), 25–40 · Fox (1966), Discrete optimization via marginal analysis, [doi:10.1287/mnsc.13.3.210](https://doi.org/10.1287/mnsc.13.3.210) ·
# Fudge & Lodish (1977), [doi:10.1287/inte.8.1pt2.97](https://doi.org/10.1287/inte.8.1pt2.97) · Franses & Paap (2001), *Quantitative Models in Marketing
# Research*, [doi:10.1017/CBO9780511753794](https://doi.org/10.1017/CBO9780511753794)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **分清**平均每块钱带来多少、下一块钱带来多少；
# - **分配**预算和拜访：看下一步的回报，并说明用了什么假设；
# - **权衡**几个方案：放到几种情景里看，包括什么都不做；再算试验最多值得花多少钱。
#
# **术语**：反应曲线（response curve）、上限（ceiling）、边际回报（marginal return）、平均回报（average return）、情景（world）。
#
# **下一课**：2.7 提价、降低服务成本，还是放弃？
#
# **延伸阅读**：Little (1970), Models and managers, 2004 年重印，[doi:10.1287/mnsc.1040.0267](https://doi.org/10.1287/mnsc.1040.0267) · Lodish (1971), CALLPLAN, *Management Science* 18(4), 25–40 · Fox (1966), Discrete optimization via marginal analysis, [doi:10.1287/mnsc.13.3.210](https://doi.org/10.1287/mnsc.13.3.210) · Fudge & Lodish (1977), [doi:10.1287/inte.8.1pt2.97](https://doi.org/10.1287/inte.8.1pt2.97) · Franses & Paap (2001), *Quantitative Models in Marketing Research*, [doi:10.1017/CBO9780511753794](https://doi.org/10.1017/CBO9780511753794)

# %% [markdown] lang="en" tags=["slide-text"]
# - **tell apart** the average and the next yuan,
# - **spread** a budget and visits by the next return, under an assumption that you name,
# - **weigh** plans in several worlds, doing nothing among them, and say what a trial may cost.

# %% [markdown] lang="zh"
# - **分清**平均与下一块钱；
# - **分配**预算和拜访，看下一步的回报，并说明假设；
# - **权衡**方案，包括什么都不做；试验最多值得花多少钱。

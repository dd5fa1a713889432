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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["1.8"] rows=["E7", "E11"] slide="slide"
# # 9 · When do you stop calling?
#
# A deal takes 12 contacts on average, says the course, and it names “a professional survey” (专业调查). After 12 without a deal, give the customer up for now. A
# similar number goes around as a finding of a “National Sales Executive Association”; people who looked for it found neither study nor association. Is 12 right
# for our calls? A call too many costs money, and so does one too few.
#
# In this lesson you will
#
# - **count** who says yes at which call, by hand and for 45,211 real people,
# - **find** after how many calls it is best to stop, and what moves that number,
# - **compare** sources of prospects by what a yuan brought, and what the next yuan brings.

# %% [markdown] lang="zh"
# # 9 · 电话打到第几次该停？
#
# 课程说，“专业调查显示平均起来达成一笔交易与顾客的沟通频次为12次”；12 次仍不成交，就暂时放弃。流传的还有一个近亲：“多数成交发生在第 5 到第 12 次接触”，据称出自美国某“全国销售主管协会”；有人去查，研究没找到，协会也没找到。12 次适合我们吗？多打一次要花钱，少打一次会丢生意。
#
# 在这一课里，你将
#
# - **数清**有多少人在第几次电话成交：先亲手数，再数 45,211 位真实的人；
# - **找出**最好在第几次后停止，以及什么会改变这个数；
# - **比较**潜在客户的来源：平均每元带来多少，下一元又带来多少。

# %% [markdown] lang="en" tags=["slide-text"]
# A deal takes 12 contacts, says the course (平均 12 次), then give up for now. No source is known. Is 12 right for our calls?
#
# - **count** who says yes at which call,
# - **find** after how many calls it is best to stop,
# - **compare** sources of prospects: the average yuan and the next.

# %% [markdown] lang="zh"
# 课程：成交平均要沟通 12 次，不成就暂时放弃。出处查不到。12 次适合我们吗？
#
# - **数清**多少人在第几次成交；
# - **找出**最好在第几次后停止；
# - **比较**来源：平均每元与下一元。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import datasets, leads, plots, prospects
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Look first: how often were they called?
#
# A real bank in Portugal offered a term deposit by telephone, May 2008 to November 2010 (Moro, Cortez & Rita 2014). One row is a person in one campaign:
# `n_calls` says how often they were called, `subscribed` whether they said yes. Nothing is missing. After a yes nobody is called again, so the
# yes, if any, came at the last call.

# %% [markdown] lang="zh"
# ## 先看数据：打了几次？
#
# 这是葡萄牙一家真实的银行，2008 年 5 月至 2010 年 11 月用电话推销定期存款（Moro, Cortez & Rita 2014）。一行是一个人参加的一次活动：`n_calls` 是给他打了几次，`subscribed` 是他有没有答应，也就是成交。没有缺失。成交后不再打，所以如果成交，就在最后一次电话。

# %% [markdown] lang="en" tags=["slide-text"]
# A *real* bank, term deposits by telephone, 2008 to 2010. One row: a person in one campaign. A yes, if any, came at the last call.

# %% [markdown] lang="zh"
# 一家*真实*的银行，2008 至 2010 年，电话推销定期存款。一行：一个人的一次活动。如果成交，就在最后一次电话。

# %%
calls = datasets.load_bank_calls()
n_people, most_calls = len(calls), calls["n_calls"].max()
by_number = calls["n_calls"].clip(upper=15).value_counts().sort_index()
assert by_number.loc[[1, 2]].sum() > n_people / 2
ax = by_number.plot.bar(color=plots.BLUE, figsize=(7.5, 3), rot=0)
ax.set(xlabel=t("calls to one person (the last bar: 15 and more)"), ylabel=t("people"))
ax.set_title(sentence("Of {n_people} people most got one call or two; one got {most_calls}"))
plt.show()

# %% [markdown] lang="en" minutes=6 rows=["E11"] slide="slide"
# ## Eight prospects, by hand
#
# The **hazard** of call $n$ is a share of those who *got* that call. Those who said yes before, or were given up before, are not among them:
#
# $$\text{hazard}_n = \frac{\text{yes at call } n}{\text{people who got call } n}$$
#
# (Singer & Willett 1993.) Eight prospects: how many calls each got, and whether the last one ended in a yes.

# %% [markdown] lang="zh"
# ## 八位潜在客户，亲手算
#
# 第 $n$ 次电话的**成交率**（统计学称风险率，hazard），分母是*接到*这次电话的人。此前已成交的、已放弃的，都不在内：
#
# $$成交率_n = \frac{第\ n\ 次电话成交的人数}{接到第\ n\ 次电话的人数}$$
#
# （Singer & Willett 1993。）下面八位：各打了几次，最后一次有没有成交。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{hazard}_n = \frac{\text{yes at call } n}{\text{people who got call } n}$$
#
# Those who said yes before, or were given up before, are not among them (Singer & Willett 1993).

# %% [markdown] lang="zh"
# $$成交率_n = \frac{第\ n\ 次电话成交的人数}{接到第\ n\ 次电话的人数}$$
#
# 此前已成交的、已放弃的，都不在分母里（Singer & Willett 1993）。

# %%
eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="prospect"))
eight["n_calls"] = [1, 1, 1, 2, 2, 2, 3, 3]
eight["won"] = [True, False, False, True, True, False, True, False]
eight

# %% [markdown] lang="en"
# **1.9.a** What is the hazard of the *second* call? (a fraction)

# %% [markdown] lang="zh"
# **1.9.a** *第二次*电话的成交率是多少？（用小数表示）

# %% tags=["exercise"]
answer = ...
check("1.9.a", answer)

# %% [markdown] lang="en"
# All three calls: everybody with at least $n$ calls got call $n$. Read the row of call 2 aloud: *so many got it, so many said yes*.

# %% [markdown] lang="zh"
# 三次都算：打过至少这么多次的人，就是接到这次电话的人。把第 2 次那一行读出来：*多少人接到，多少人成交*。

# %% slide="result"
by_hand = pd.DataFrame(index=pd.Index([1, 2, 3], name="call"))
by_hand["n_called"] = [(eight["n_calls"] >= n).sum() for n in by_hand.index]
by_hand["n_won"] = [eight[eight["n_calls"] == n]["won"].sum() for n in by_hand.index]
by_hand.assign(hazard=by_hand["n_won"] / by_hand["n_called"])

# %% [markdown] lang="en"
# `call_hazard` counts the same, and adds the 95% interval of the share, from `low` to `high` (Wilson 1927). Of so few people we know next to nothing.

# %% [markdown] lang="zh"
# `call_hazard` 数出来的一样，还附上成交率的 95% 区间，从 `low` 到 `high`（Wilson 1927）。人这么少，等于什么都不知道。

# %% slide="result"
of_eight = prospects.call_hazard(eight["n_calls"], eight["won"])
assert (of_eight["hazard"] == by_hand["n_won"] / by_hand["n_called"]).all()
show(of_eight[["hazard", "low", "high"]], kind="share", digits=0)

# %% [markdown] lang="en" minutes=5 rows=["E11"] slide="slide"
# ## What does one more call bring?
#
# A call brings hazard × margin and costs its price; but it is made only to those *still open*, who have not said yes before. Per prospect we began with:
#
# $$\text{call } n \text{ adds} = \text{still open}_n \cdot (\text{hazard}_n \cdot \text{margin} - \text{cost})$$
#
# *Assumed* for now: chances of 12, 9, 6 and 3 %, a margin of 200 yuan, 15 yuan a call.

# %% [markdown] lang="zh"
# ## 再打一次，多得多少？
#
# 打一次电话带来“成交率 × 毛利”，花掉一次的成本；但只打给*还没成交*的人。按一开始的每位潜在客户计算：
#
# $$第\ n\ 次增加 = 未成交比例_n \times \left( 成交率_n \times 毛利 - 成本 \right)$$
#
# 先*假设*四次的成交率是 12%、9%、6%、3%，毛利 200 元，每次电话 15 元。

# %% [markdown] lang="en" tags=["slide-text"]
# $$\text{call } n \text{ adds} = \text{still open}_n \cdot (\text{hazard}_n \cdot \text{margin} - \text{cost})$$
#
# *Assumed*: chances of 12, 9, 6, 3 %, margin 200 yuan, 15 yuan a call.

# %% [markdown] lang="zh"
# $$第\ n\ 次增加 = 未成交比例_n \times \left( 成交率_n \times 毛利 - 成本 \right)$$
#
# *假设*：成交率 12%、9%、6%、3%，毛利 200 元，每次 15 元。

# %%
chance = pd.Series([0.12, 0.09, 0.06, 0.03], index=[1, 2, 3, 4]).rename_axis("call")
margin, cost = 200, 15

# %% [markdown] lang="en"
# **1.9.b** How much does the *second* call add, per prospect we began with? (in yuan)

# %% [markdown] lang="zh"
# **1.9.b** 按一开始的每位潜在客户算，*第二次*电话增加多少元？

# %% tags=["exercise"]
answer = ...
check("1.9.b", answer)

# %% [markdown] lang="en"
# All four: `cumprod` multiplies from the top down, `shift` moves each share to the next call. The last column adds up what the calls bring: where is it highest?

# %% [markdown] lang="zh"
# 四次都算：`cumprod` 从上往下连乘，`shift` 把每个比例移到下一次。最后一列是累计：哪里最高？

# %% slide="result"
still_open = (1 - chance).cumprod().shift(fill_value=1)
call_profit = still_open * (chance * margin - cost)
steps = pd.DataFrame({"open_share": still_open, "call_profit": call_profit})
steps.assign(profit_so_far=call_profit.cumsum())

# %% [markdown] lang="en"
# `best_stop` does the same, with a row 0 for no call at all, and marks the highest sum. It is earned.

# %% [markdown] lang="zh"
# `best_stop` 做的相同，另加第 0 行“一次不打”，并标出累计最高的一行。核对相等，往后就用它。

# %% slide="result"
table = prospects.best_stop(chance, margin=margin, cost_per_call=cost)
assert (table["profit"].drop(0) - call_profit.cumsum()).abs().max() < 1e-9
table[["profit", "sold_share", "is_best"]].rename(columns={"profit": "profit_so_far"})

# %% [markdown] lang="en" tags=["notes"]
# The rule “call while hazard × margin covers the cost” is right where hazards fall. Where a losing call opens the way to winning ones, the sum decides: exercise 1.9.3
# has such a case. Ask why the still-open share does not change *where* to stop when hazards fall, only how much is won.

# %% [markdown] lang="zh"
# “只要成交率 × 毛利够付成本就接着打”，在成交率一路下降时是对的。如果一次亏的电话后面有赚的，就要看累计：练习 1.9.3 正是这样。问一问：成交率下降时，未成交比例为什么不改变*停在哪里*，只改变赚多少？

# %% [markdown] lang="en" minutes=6 rows=["E11"] slide="slide"
# ## 45,211 real people: predict first
#
# The course: a deal takes 12 contacts on average. **1.9.c** Of the people at the bank who said yes: at which call did the yes come, *on average*? (one decimal)

# %% [markdown] lang="zh"
# ## 45,211 位真实的人：先猜
#
# 课程说成交平均要 12 次。**1.9.c** 银行里成交的人，*平均*是在第几次电话成交的？（猜到一位小数）

# %% tags=["exercise"]
guess = ...
check("1.9.c", guess)

# %% [markdown] lang="en"
# The hazard of the first twelve calls, each with its 95% interval. Later calls exist; too few people got them to draw.

# %% [markdown] lang="zh"
# 前十二次电话的成交率，各附 95% 的区间。更晚的也有，但接到的人太少，不画。

# %% slide="result"
hazard = prospects.call_hazard(calls["n_calls"], calls["subscribed"])
at_first, at_twelve = hazard.loc[1, "hazard"], hazard.loc[12, "hazard"]
ax = plots.plot_hazards({"all": hazard.head(12)})
ax.set_title(sentence("The first call: {at_first:.1%} say yes. The twelfth: {at_twelve:.1%} of those who got it"))
plt.show()

# %% slide="result"
assert hazard.loc[12, "high"] < hazard.loc[1, "low"]
yes_calls = calls[calls["subscribed"]]["n_calls"]
mean_call, up_to_three = yes_calls.mean(), (yes_calls <= 3).mean()
got_twelve = hazard.loc[12, "n_called"] / n_people
say("A yes came at call {mean_call:.1f} on average, {up_to_three:.0%} of the yeses within three calls. But only {got_twelve:.1%} of the people got a twelfth call: "
    "the bank gave nearly all up before, so no average near 12 was possible. Alone, {mean_call:.1f} refutes nothing.")

# %% [markdown] lang="en" slide="subslide"
# So ask what would have happened had nobody been given up. Suppose (an *assumption*, looked at below) that those who were given up would have said yes like the others at
# each call. `sold_share` of `best_stop` is the share who have said yes by then: at which call, on average?

# %% [markdown] lang="zh"
# 所以要问：如果谁也不放弃，会怎样？先*假设*（下面再检验）被放弃的人接着打，每次的成交率和别人一样。`best_stop` 的 `sold_share` 是到那时成交的比例：平均在第几次成交？

# %% [markdown] lang="en" tags=["slide-text"]
# Had nobody been given up, at which call would a yes come, on average? *Assumed*: those given up would have said yes like the others.

# %% [markdown] lang="zh"
# 如果谁也不放弃，平均在第几次成交？*假设*：被放弃的人接着打，成交率和别人一样。

# %% slide="result"
sold = prospects.best_stop(hazard["hazard"].head(20), margin=1, cost_per_call=0)["sold_share"]
new_yes = sold - sold.shift(fill_value=0)
mean_of_all = (new_yes * new_yes.index).sum() / sold[20]
verdict = t("So 12 is too many here.") if mean_of_all < 9 else t("So 12 is not refuted.")
say("If everybody were called up to 20 times, a yes would come at call {mean_of_all:.1f} on average. {verdict}")

# %% [markdown] lang="en"
# And where is it best to stop? Only the quotient counts: a yes worth 150 at 5 a call *pays for* 30 calls. Three groups: all years, and two of them alone. We use calls that at least 100 people got.
# A line that runs flat at its end may have run out of such calls.

# %% [markdown] lang="zh"
# 那么停在哪里最好？只有商起作用：成交一次值 150，每次电话 5，就*抵得上* 30 次电话。分三组：全部年份，以及其中两年。只用至少 100 人接到的那几次；线的末端变平，可能是因为再往后接到电话的人不够 100。

# %% slide="result"
groups = {"all years": hazard}
for one in [2008, 2009]:
    in_year = calls[calls["call_date"].dt.year == one]
    groups[str(one)] = prospects.call_hazard(in_year["n_calls"], in_year["subscribed"])

# %% [markdown] lang="en"
# `best_stops` asks `best_stop` once for each quotient from 1 to 100.

# %% [markdown] lang="zh"
# `best_stops` 对 1 到 100 的每个商各调用一次 `best_stop`。

# %% slide="result"
known = {name: table["hazard"][table["n_called"] >= 100] for name, table in groups.items()}
stops = prospects.best_stops(known, pays_for=range(1, 101))
fewest, most = stops.loc[20:80].min().min(), stops.loc[20:80].max().max()
assert fewest < 12 and most != fewest
ax = plots.plot_best_stops(stops, claim=12)
ax.set_title(sentence("A yes that pays for 20 to 80 calls: it is best to stop after {fewest} to {most}"))
plt.show()

# %% [markdown] lang="en"
# No single number is right for all. The best stop moves with the hazard, and with what a yes pays for.

# %% [markdown] lang="zh"
# 没有一个次数对谁都合适。最佳停止点随成交率变，也随成交一次抵得上几次电话变。

# %% [markdown] lang="en" tags=["notes"]
# The claim is about deals in general, and this is one bank with a simple product: it can refute “always”, not say what a machine builder needs. The next section
# asks what the people would have said whom the bank gave up.

# %% [markdown] lang="zh"
# 课程说的是一般的交易，这里只是一家银行的一种简单产品：它能推翻“总是”，不能说明卖机床要打几次。下一节就问：那些被放弃的人，接着打会怎样？

# %% [markdown] lang="en" minutes=4 rows=["E11"] slide="slide"
# ## Where this misleads: who gets late calls?
#
# Who was called again and again was not decided at random. Two things hide in a falling curve. First, *mixing*: the bank called other people each year, and most late calls fell into one year. Look at the two years alone.

# %% [markdown] lang="zh"
# ## 哪里会误导人：晚的电话打给了谁？
#
# 接着打给谁，不是抽签决定的。下降的曲线里藏着两件事。第一是*混合*：银行每年打给的人不一样，晚的电话多半集中在一年。把两年分开看。

# %% slide="result"
assert groups["2008"]["n_called"][4] > hazard["n_called"][4] / 2
early, in_2008 = hazard["hazard"], groups["2008"]["hazard"]
fell_all, fell_2008 = 1 - early[4] / early[1], 1 - in_2008[4] / in_2008[1]
assert fell_2008 < 0.05 < fell_all
ax = plots.plot_hazards({name: groups[name].head(8) for name in ["2008", "2009"]})
ax.set_title(sentence("By call 4 the hazard falls by {fell_all:.0%} over all years; in 2008 alone it does not"))
plt.show()

# %% [markdown] lang="en" slide="subslide"
# Second, *choice*: callers go on with people they feel good about. Our *simulated* company tried it: in one city half of the
# prospects, drawn at random (by **lot**), were called on, up to 12 times, whatever the seller felt. Sellers choose from the second call on. So compare calls 2 to 4 only: later
# calls were made mostly where the lot said so.

# %% [markdown] lang="zh"
# 第二是*挑选*：打电话的人觉得有戏，才接着打。我们的*模拟*公司做过试验：在一座城市，**抽签**让一半潜在客户一直打下去，最多 12 次，不管业务员怎么想。从第二次开始，业务员才会挑人。所以只比第 2 到第 4 次：再往后，多半只有抽中的人还在接电话。

# %% [markdown] lang="en" tags=["slide-text"]
# *Choice*: callers go on with people they feel good about. In the *simulated* company half, drawn at random (by **lot**), were called on, up to 12 times. Compare the same calls, 2 to 4: who says yes?

# %% [markdown] lang="zh"
# *挑选*：觉得有戏才接着打。*模拟*公司里，**抽签**让一半人一直打下去，最多 12 次。比同样的电话：第 2 到第 4 次有多少成交？

# %% slide="result"
tables = datasets.load_data(company)[0]
found, contacts = tables["prospects"], tables["contacts"]
later = contacts[contacts["n_contact"].between(2, 4)].merge(found[["prospect_id", "lot"]])
by_lot = leads.yes_shares(later["outcome"] == "won", later["lot"])
by_lot

# %% slide="result"
usual, by_draw = by_lot["yes_share"][["as usual", "called on"]]
gap, low, high = leads.share_gap(by_lot, "as usual", "called on")
verdict = t("So few calls do not tell choice from chance.")
if low > 0:
    verdict = t("The record flatters: sellers keep those more likely to say yes.")
say("Where sellers chose, {usual:.1%} of these calls end in a yes, where a lot chose {by_draw:.1%}. "
    "The difference is {gap:.1%} of the calls (95% interval: {low:.1%} to {high:.1%}). {verdict}")

# %% [markdown] lang="en" minutes=4 rows=["E7"] slide="slide"
# ## Where do prospects come from, and what does a yuan bring there?
#
# The course has two ways to find prospects: **analysis of records** (资料分析法), here our own records of customers and a bought list; and **general methods** (一般性方法), here
# referrals, exhibitions, the street, ads, web forms. A source costs what finding and what calling cost; `source_return` adds both up. Simulated company, 2024 and 2025, and first the average:

# %% [markdown] lang="zh"
# ## 潜在客户从哪里来，每元带来多少？
#
# 课程说寻找潜在顾客（也叫潜在客户，就是第 1.8 课的潜在客户）有两种通用的方法：**资料分析法**，这里是自己的客户档案和购买的名录；**一般性方法**，这里是熟人介绍、展会、扫街、广告、网上留言。一个来源的成本包括寻找的费用和打电话、上门的费用，`source_return` 把两项加起来。模拟公司，2024 和 2025 年，先看平均：

# %% [markdown] lang="en" tags=["slide-text"]
# Analysis of records (资料分析法): own records, a bought list. General methods (一般性方法): referrals, exhibitions, the street, ads, web forms. Cost: finding *and* calling. Simulated.

# %% [markdown] lang="zh"
# 资料分析法：客户档案、购买名录。一般性方法：熟人介绍、展会、扫街、广告、网上留言。成本 = 寻找 + 电话和拜访。模拟数据。

# %% slide="result"
by_year = leads.source_return(found, contacts, tables["lead_sources"])
by_source = by_year.groupby("source").sum()
by_source["margin_per_yuan"] = by_source["margin"] / by_source["cost"]
by_source.sort_values("margin_per_yuan", ascending=False)

# %% [markdown] lang="en"
# The next yuan: where a source cost at least a tenth more in 2025, what did the additional money bring? (2025 less 2024; other things changed as well, so it is a hint and no proof.)

# %% [markdown] lang="zh"
# 再看下一元：2025 年成本至少增加一成的来源，多花的钱增加了多少毛利？（2025 年减 2024 年；别的也在变，所以只是线索，不是证明。）

# %% slide="result"
first, second = by_year.xs(2024, level="year"), by_year.xs(2025, level="year")
more = (second - first).loc[second["cost"] >= 1.10 * first["cost"], ["cost", "margin"]]
more["margin_per_next_yuan"] = more["margin"] / more["cost"]
more

# %% [markdown] lang="en"
# How sure is that? Each contract came or did not. So the sum of their margins has a 95% interval of about twice the root of the sum of their squares to either side (a compound Poisson sum).

# %% [markdown] lang="zh"
# 这个数有多可靠？每份合同可能签成，也可能签不成，所以毛利合计的 95% 区间，大约是向两边各伸出“各份毛利平方和的平方根”的两倍（复合泊松和）。

# %% slide="result"
source = more["cost"].idxmax()
named, of_it = t(source), found[found["source"] == source]
on_average = by_source.loc[source, "margin_per_yuan"]
by_next, cost_more = more.loc[source, ["margin_per_next_yuan", "cost"]]
spread = 2 * (of_it["order_margin"] ** 2).sum() ** 0.5 / cost_more
low, high, n_open = by_next - spread, by_next + spread, (of_it["outcome"] == "open").sum()
verdict = t("It pays.") if low > 1 else t("It does not pay.")
if low < 1 < high:
    verdict = t("So few contracts cannot say whether it pays.")
say("Most was added for “{named}”: on average a yuan brought {on_average:CNY.2}, the next one {by_next:CNY.2} (95% interval: {low:CNY.2} to {high:CNY.2}). {verdict} {n_open} of its prospects are still open.")

# %% [markdown] lang="en" tags=["notes"]
# Own records bring most and cannot be bought: their number is that of our customers. Referrals come from people who know us. So no source *makes* a yes: other people come by it. Whether
# another 10,000 yuan for ads would find people like the last ones is what a trial would tell.

# %% [markdown] lang="zh"
# 客户档案回报最高，却买不到更多：有多少客户就有多少档案。熟人介绍来的人本来就了解我们。所以不是来源*造成*成交，而是不同来源找来的人不一样。再投一万元广告，找来的会不会还是这样的人，要试了才知道。

# %% [markdown] lang="en" minutes=2 rows=["E11"] slide="slide"
# ## Do the sums, then decide: how many calls at most?
#
# At the bank, per 1,000 people. *Assumed*, for it tells us neither: a yes is worth 150 euros, a call costs 5. Those who were given up might have said yes like the others (“all years”), or **never**: then
# a call's hazard is its yeses over *everyone* without a yes before. Two more worlds: people as in 2008, and as in 2009. A row is a plan; 0 is to call nobody.

# %% [markdown] lang="zh"
# ## 算清账，再决定：最多打几次？
#
# 以银行为例，按 1,000 人计。银行没有公布，所以*假设*成交一次值 150 欧元，每次电话 5 欧元。被放弃的人，接着打也许和别人一样（“全部年份”），也许**永远不会**成交：那时分母要用此前没成交的*所有人*。另外两种情景：人像 2008 年，或像 2009 年。一行是一个方案，0 就是一个电话也不打。

# %% [markdown] lang="en" tags=["slide-text"]
# Per 1,000 people. *Assumed*: a yes is worth 150 euros, a call costs 5. Four worlds: all years · given up: **never** yes · as in 2008 · as in 2009. 0: call nobody.

# %% [markdown] lang="zh"
# 按 1,000 人计。*假设*成交值 150 欧元，每次 5 欧元。四种情景：全部年份 · 放弃的**永远不会**成交 · 像 2008 年 · 像 2009 年。0：不打。

# %% slide="result"
worlds = {name: table["hazard"] for name, table in groups.items()}
no_yes_yet = n_people - hazard["n_won"].cumsum().shift(fill_value=0)
worlds["given up: never yes"] = hazard["n_won"] / no_yes_yet
profits = prospects.stop_profits(worlds, margin=150, cost_per_call=5)
plans = 1000 * profits.loc[[0, 1, 2, 3, 6, 12]]
show(plans, kind="money", currency="EUR", digits=0)

# %% slide="result"
mean, worst = plans.mean(axis=1), plans.min(axis=1)
best, best_mean, safest = mean.idxmax(), mean.max(), worst.idxmax()
its_worst, n_losing = worst[best], (plans.loc[12] < 0).sum()
say("If the four worlds are equally likely (assumed), stop after {best}: {best_mean:EUR} on average, {its_worst:EUR} in its worst world. Twelve calls lose in {n_losing} of 4. "
    "If only the worst world of each plan counts, stop after {safest}.")

# %% [markdown] lang="en"
# So the number is a result, never a rule: it hangs on margin, cost, and whom we call. Keep it under review, and choose at random a few who are called on.

# %% [markdown] lang="zh"
# 所以这个次数是算出来的，不是定律：它取决于毛利、成本和打给谁。要定期重算，并且随机抽少数人接着打下去。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** — A call is worth making while hazard × margin covers its cost; so the best stop moves, and 12 is no law.
#
# **Hard point** — The hazard is a share of those who got the call, and late calls are not made at random.
#
# **Board** — The eight as a staircase: 8, 5, 2 got the call; 1, 2, 1 said yes; write the three fractions.
#
# **Homework** — Exercise 1.9.5 in writing: a seller you know, what a call costs them, what a deal brings, and how they would find their hazard.

# %% [markdown] lang="zh"
# **重点** — 只要成交率 × 毛利够付成本，这次电话就值得打；所以最好的次数会变，12 不是定律。
#
# **难点** — 成交率的分母是接到这次电话的人；而晚的电话打给谁，并不是抽签决定的。
#
# **板书** — 八位画成台阶：接到的 8、5、2 人，成交 1、2、1 人；写出三个分数。
#
# **作业** — 书面完成练习 1.9.5：找一位你认识的业务员，打一次电话多少成本，成交一次多少毛利，怎样得到自己的成交率。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `again`: the people of the bank who had been called in an earlier campaign and had said no then; `n_calls` and `subscribed` are about this campaign. · `new_leads`: by source, the prospects of the
# simulated company who were *no* customers yet, 2024 and 2025: n_leads, n_won, margin, cost_of_calls, cost_of_finding (yuan).

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `again`：银行里以前某次活动打过、当时没有答应的人；`n_calls` 和 `subscribed` 说的是这一次活动。· `new_leads`：模拟公司*还不是*客户的潜在客户，2024 和 2025 年，按来源：人数 n_leads、成交 n_won、毛利 margin、联系成本 cost_of_calls、寻找成本 cost_of_finding（元）。

# %%
again = calls[calls["outcome_before"] == "failure"]
strangers = found[~found["is_old_customer"].astype(bool)]
by_year = leads.source_return(strangers, contacts, tables["lead_sources"])
new_leads = by_year.groupby("source").sum().drop(columns="cost")

# %% [markdown] lang="en"
# (What finding one of them cost is taken to be the same for old and new.)

# %% [markdown] lang="zh"
# （假设找到一位新老客户的成本相同。）

# %%
cost_of_one = by_source["cost_of_finding"] / by_source["n_leads"]
new_leads["cost_of_finding"] = new_leads["n_leads"] * cost_of_one
practice_on(again=again, new_leads=new_leads)

# %% [markdown] lang="en"
# **1.9.1** In `again`, what is the hazard of the *fourth* call? (a fraction)

# %% [markdown] lang="zh"
# **1.9.1** 在 `again` 中，*第四次*电话的成交率是多少？（用小数表示）

# %% tags=["exercise"]
fourth = ...
check("1.9.1", fourth)

# %% [markdown] lang="en"
# **1.9.2** If everybody in `again` were called until a yes, but at most *three* times, with the hazards found there: which share would have said yes by then? (a fraction)

# %% [markdown] lang="zh"
# **1.9.2** 如果对 `again` 中每个人都打到成交为止，但最多*三次*，成交率就用这里数出来的：到那时有多大比例成交？（用小数表示）

# %% tags=["exercise"]
by_third = ...
check("1.9.2", by_third)

# %% [markdown] lang="en"
# **1.9.3** In `again` a yes is worth 115 euros and a call costs 5 (assumed). How much do calls bring per 1,000 people if we stop where it is best? (in euros)

# %% [markdown] lang="zh"
# **1.9.3** 在 `again` 中，成交一次值 115 欧元，每次电话 5 欧元（假设）。如果停在最好的地方，每 1,000 人能赚多少？（欧元）

# %% tags=["exercise"]
at_best = ...
check("1.9.3", at_best)

# %% [markdown] lang="en"
# **1.9.4** By `new_leads`, how much is left of the margin per prospect *found* by a bought list, after finding and calls? (in yuan per prospect)

# %% [markdown] lang="zh"
# **1.9.4** 按 `new_leads`，“购买名录”*每找到*一位潜在客户，毛利扣除寻找和联系的成本后还剩多少？（元/人）

# %% tags=["exercise"]
left = ...
check("1.9.4", left)

# %% [markdown] lang="en"
# **1.9.5** A judgment, no code. The sales manager says: “Our record shows that 5 % of the calls after the eighth end in a deal. So from now on everybody is called at least ten times.” Answer in three sentences, in quotes.

# %% [markdown] lang="zh"
# **1.9.5** 思考题，不用写代码，没有标准答案。销售经理说：“记录显示，第 8 次以后的电话有 5% 成交。所以今后每个人至少要打十次。”请用三句话回答，放在英文引号 `"..."` 里。

# %% tags=["exercise"]
answer = ...
check("1.9.5", answer)

# %%
quiz("1.9.q1")

# %%
quiz("1.9.q2")

# %%
quiz("1.9.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **count** who says yes at which call, by hand and for 45,211 real people,
# - **find** after how many calls it is best to stop, and say what moves that number,
# - **compare** sources of prospects by what a yuan brought, and what the next yuan brings.
#
# **Words** — prospect (潜在客户), hazard (成交率, 风险率), still open (未成交), best stop (最佳停止点), lot (抽签), source of prospects (潜在客户来源), analysis of records (资料分析法), general methods (一般性方法).
#
# **Next** — 1.10: How far does word travel?
#
# **Further reading** — Moro, Cortez & Rita (2014), [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Singer & Willett (1993), It's about time, *Journal of Educational
# Statistics* 18(2), 155–195 · Wilson (1927), [doi:10.1080/01621459.1927.10502953](https://doi.org/10.1080/01621459.1927.10502953) · Manski (1989), Anatomy of the selection problem, *Journal of Human Resources* 24(3), 343–360

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **数清**有多少人在第几次电话成交：先亲手数，再数 45,211 位真实的人；
# - **找出**最好在第几次后停止，并说明什么会改变这个数；
# - **比较**潜在客户的来源：平均每元带来多少，下一元又带来多少。
#
# **术语**：潜在客户（prospect）、成交率即风险率（hazard）、未成交（still open）、最佳停止点（best stop）、抽签（lot）、潜在客户来源（source of prospects）、资料分析法（analysis of records）、一般性方法（general methods）。
#
# **下一课**：1.10 口碑能传多远？
#
# **延伸阅读**：Moro, Cortez & Rita (2014), [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Singer & Willett (1993), It's about time, *Journal of Educational Statistics* 18(2), 155–195 · Wilson (1927), [doi:10.1080/01621459.1927.10502953](https://doi.org/10.1080/01621459.1927.10502953) · Manski (1989), Anatomy of the selection problem, *Journal of Human Resources* 24(3), 343–360

# %% [markdown] lang="en" tags=["slide-text"]
# - **count** who says yes at which call,
# - **find** after how many calls it is best to stop, and what moves that number,
# - **compare** sources of prospects: the average yuan and the next.

# %% [markdown] lang="zh"
# - **数清**多少人在第几次成交；
# - **找出**最佳停止点，以及什么会改变它；
# - **比较**来源：平均每元与下一元。

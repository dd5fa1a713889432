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

# %% [markdown] lang="en" minutes=40 needs=["2.3"] rows=["A28", "A31"] slide="slide"
# # 7 · Raise the price, serve cheaper, or let them go?
#
# Find the bad customers, says the course; then turn them into good ones or give them up. It tells of a bank that charged a fee
# below a certain balance. Would you have signed that fee? What would it earn, and whom would it hit?
#
# In this lesson you will
#
# - **separate** the cost that stops when a customer leaves from the cost that stays,
# - **choose** between keeping, repricing, serving cheaper and letting go by expected value,
# - **judge** a bank's fee: what it earns, who leaves, whom it hits.

# %% [markdown] lang="zh"
# # 7 · 提价、降低服务成本，还是放弃？
#
# 课程说：找出差客户是谁，把他们变成好客户，或者放弃。课程还讲了一家银行：月平均结余低于某个标准就收费。换作您，会签字吗？这笔费能收多少，又会打到谁？
#
# 在这一课里，您将
#
# - **区分**客户走后会消失的成本和会留下的成本；
# - **选择**：按期望值，在维持现状、提价、降低服务成本和放弃之间做决定；
# - **评判**银行的收费：能收多少，谁会走，打到谁。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from ipywidgets import FloatSlider

from crmlib import bank, customers, datasets, plots, profitability
from crmlib.lesson import check, explore, hint, practice_on, quiz, say, solution
from crmlib.language import money, number, percent, t, translate, use
from crmlib.simulate import bank as simulated

use(language)

# %% [markdown] lang="en" minutes=7 rows=["A31"] slide="slide"
# ## What disappears with a customer?
#
# Lesson 2.3 charged each customer with full cost. If he leaves, his gross profit goes at once; of the cost only a part stops: fuel
# and parcels do, the car, the office and the salesman's wage do not. That part is the *avoidable share*. It stands in no table.
#
# $$\text{change when he leaves} = \text{avoidable share} \times \text{cost to serve} - \text{gross profit}$$
#
# Take the customers of the teaching company (simulated) who lost money in 2025 and send all of them away:

# %% [markdown] lang="zh"
# ## 客户走了，什么会随之消失？
#
# 第 2.3 课把全部成本都算在了客户头上。客户一走，毛利立刻没有了；成本却只消失一部分：油费、包装费会省下，车辆、办公室和业务员的工资照付。会消失的那一部分叫*可避免比例*，哪张表里都查不到。
#
# $$客户离开带来的变化 = 可避免比例 \times 服务成本 - 毛利$$
#
# 现在让教学公司（模拟数据）2025 年亏损的客户全部离开：

# %%
tables = datasets.load_teaching_company()
done = tables["activities"][tables["activities"]["month"].between("2025-01-01", "2025-12-31")]
summary = customers.summarize_customers(tables["transactions"], as_of="2025-12-31", since="2025-01-01")
profit = summary[["monetary", "profit"]].rename(columns={"profit": "gross_profit"})
profit = profit.join(profitability.cost_to_serve(done, tables["activity_rates"]), how="outer").fillna(0.0)
profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]
losers = profit[profit["net_profit"] < 0]
translate(losers.sum().rename("losers").to_frame().T.round(0))

# %%
share = np.linspace(0, 1, 101)
change = pd.DataFrame({
    "all": [(s * losers["cost_to_serve"] - losers["gross_profit"]).sum() for s in share],
    "only where it pays": [(s * losers["cost_to_serve"] - losers["gross_profit"]).clip(lower=0).sum() for s in share],
}, index=share)
even = losers["gross_profit"].sum() / losers["cost_to_serve"].sum()

# %% slide="slide"
ax = plt.figure(figsize=(7, 4.2), layout="constrained").add_subplot()
ax.plot(share, change["all"], color=plots.RED, linewidth=2.5, label=t("let all losers go"))
ax.plot(share, change["only where it pays"], color=plots.BLUE, linewidth=2, linestyle="--", label=t("let go only where it pays"))
ax.fill_between(share, change["all"], 0, where=change["all"] < 0, color=plots.RED, alpha=0.15, linewidth=0)
ax.axhline(0, color=plots.GRAY, linewidth=0.8)
ax.plot(even, 0, marker="o", color=plots.RED)
ax.set_title(t("Unless {share} of the cost stops, letting all losers go loses money", share=percent(even, 0)))
ax.set(xlabel=t("avoidable share of the cost to serve"), ylabel=t("change in profit, yuan a year"), xlim=(0, 1))
ax.spines[["top", "right"]].set_visible(False)
ax.legend(loc="upper left", frameon=False)
plt.show()

# %%
say(
    "{n} customers lose {loss}. If all their cost stopped, letting them go would save that; if none did, it would cost the "
    "{gross} of gross profit they bring. It breaks even at an avoidable share of {even}.",
    n=number(len(losers)),
    loss=money(-losers["net_profit"].sum(), "CNY"),
    gross=money(losers["gross_profit"].sum(), "CNY"),
    even=percent(even),
)

# %% [markdown] lang="en" tags=["notes"]
# Ask for a cost that stops tomorrow, one that stops next year, and one that never does. The share depends on how long you look:
# over years a car is not replaced. Common error: to take the whale's back for money one could have.

# %% [markdown] lang="zh"
# 让学生各举一例：明天就消失的成本、明年才消失的成本、永远不会消失的成本。比例取决于看多久：看几年，旧车可以不再换新。常见错误：以为鲸背那么多的钱都能拿到手。

# %% [markdown] lang="en" minutes=8 rows=["A31"] slide="slide"
# ## Convert or drop, by expected value
#
# Turning a customer may fail. We take the severe view that whoever refuses, leaves. The probabilities below are *assumptions*;
# so beside each choice stands its *break-even*: how likely must he be to accept, so that trying beats keeping him and letting him go?
#
# By hand, customer B of lesson 2.3: sales 6,000, gross profit 1,200, cost to serve 1,430. We assume that 40 % of the cost stops, that 60 %
# accept 5 % more on the price, that 70 % accept a service at half the avoidable cost, and that the talk costs 30.

# %% [markdown] lang="zh"
# ## 转变还是放弃：按期望值决定
#
# 转变客户未必成功。这里从严假设：谁拒绝，谁就离开。下面的概率都是*假设*，所以每种做法旁边都写出*盈亏平衡点*：他接受的可能性要有多大，试一试才胜过维持现状和放弃？
#
# 先亲手算第 2.3 课的客户 B：销售额 6,000，毛利 1,200，服务成本 1,430。假设：成本的 40% 可以避免；提价 5% 有 60% 的可能被接受；把可避免成本减半的服务有 70% 的可能被接受；谈一次花 30。

# %%
let_go = 0.40 * 1430 - 1200
reprice = 0.60 * (0.05 * 6000) + 0.40 * let_go - 30
cheaper = 0.70 * (0.5 * 0.40 * 1430) + 0.30 * let_go - 30
needed = (30 - let_go) / (0.5 * 0.40 * 1430 - let_go)
pd.Series({t("keep"): 0, t("reprice"): reprice, t("serve cheaper"): cheaper, t("let go"): let_go}).round(1)

# %% [markdown] lang="en"
# Read it aloud: *B loses 230 a year by full cost, and doing nothing is still the best of the four.* Letting him go would cost 628.
# Serving him cheaper pays once 72 % accept it; we assumed 70. The package does the same:

# %% [markdown] lang="zh"
# 读出声来：*按全部成本算，B 一年亏 230，可四种做法里最好的仍是什么都不做。*放弃他反而要损失 628。只有接受的可能性达到 72%，降低服务成本才划算，而我们只假设了 70%。程序包算出的结果相同：

# %%
assumed = {"price_rise": 0.05, "p_accept": 0.6, "saving": 0.5, "p_cheaper": 0.7, "avoidable_share": 0.4, "attempt_cost": 30}
b = pd.DataFrame({"monetary": [6000.0], "gross_profit": [1200.0], "cost_to_serve": [1430.0]}, index=["B"])
tree = profitability.convert_or_drop(b, **assumed)
worked = tree.loc["B", ["reprice", "serve cheaper", "let go", "break_even_cheaper"]].astype(float)
assert np.allclose(worked, [reprice, cheaper, let_go, needed])
translate(tree.round(2))

# %%
options = profitability.convert_or_drop(losers, **assumed)
gain = options[["keep", "reprice", "serve cheaper", "let go"]].max(axis=1)
chosen = gain.groupby(options["best"], observed=False).agg(n_customers="size", expected_change="sum")
translate(chosen.round(0))

# %%
say(
    "Under these assumptions {keep} of {n} customers who lose money are best left as they are, {convert} are worth converting "
    "and {drop} worth letting go: {gain} a year expected in all, of {loss} that full cost calls lost.",
    keep=number(chosen.loc["keep", "n_customers"]),
    n=number(len(losers)),
    convert=number(chosen.loc[["reprice", "serve cheaper"], "n_customers"].sum()),
    drop=number(chosen.loc["let go", "n_customers"]),
    gain=money(chosen["expected_change"].sum(), "CNY"),
    loss=money(-losers["net_profit"].sum(), "CNY"),
)

# %% slide="slide"
choices = {s: profitability.convert_or_drop(losers, **assumed | {"avoidable_share": s})["best"] for s in share}
best = pd.DataFrame({s: choice.value_counts(sort=False) for s, choice in choices.items()}).T
ax = plt.figure(figsize=(7, 4.2), layout="constrained").add_subplot()
colors = ["#BBBBBB", plots.ORANGE, plots.BLUE, plots.RED]
ax.stackplot(share, (best / len(losers)).T, labels=[t(name) for name in best.columns], colors=colors)
ax.set_title(t("What to do with them hangs on what stops when they leave"))
ax.set(xlabel=t("avoidable share of the cost to serve"), ylabel=t("share of the customers who lose money"))
ax.set(xlim=(0, 1), ylim=(0, 1))
ax.legend(loc="lower left")
plt.show()

# %%
ends = best.loc[[share[20], share[80]]]

# %%
say(
    "If a fifth of the cost stops, keeping as they are is best for {low} of these customers; if four fifths do, for {high}.",
    low=percent(ends["keep"].iloc[0] / len(losers), 0),
    high=percent(ends["keep"].iloc[1] / len(losers), 0),
)

# %% [markdown] lang="en" tags=["notes"]
# Students drop whoever loses by full cost. Have them compute letting B go before the cell runs. Then ask which of the assumed numbers
# they would pay to know better: the avoidable share moves everything, and the figure shows it. *Break-even* is the word to take home.

# %% [markdown] lang="zh"
# 学生会把按全部成本亏损的客户一律放弃。运行单元格之前，先让他们算一算放弃 B 的结果。再问：这些假设的数里，最值得花钱弄清楚的是哪一个？可避免比例牵动一切，图上看得很清楚。要让学生带走的词是*盈亏平衡点*。

# %% [markdown] lang="en" minutes=6 rows=["A28"] slide="slide"
# ## The bank: a table rebuilt from the course's case
#
# A bank studied its customers: about 19 % made 90 % of the profit; most of the other 81 % kept less than 250 dollars on average and
# wrote many cheques; some were near retirement, 1 % were new and would be useful later. The bank is not named and its data are not
# published, so **this table is simulated**, from those figures and from assumptions: what a dollar earns, what a cheque costs, how
# the rest is spread. That 19 % make 90 % was *put in*. Use it to learn what a fee does, never as evidence.
#
# One row is an account; balances are yearly averages in dollars. Nothing is missing, which already tells that it is not real.

# %% [markdown] lang="zh"
# ## 银行案例：按课程所述重建的一张表
#
# 一家银行研究了自己的客户：大约 19% 的客户产生 90% 的利润；另外 81% 的客户，支票账户平均结余大多不到 250 美元，却写了许多支票；其中有些人接近退休，1% 是新客户，日后会成为有用的客户。课程没有说是哪家银行，数据也没有公布，所以**这张表是模拟的**：依据上述数字，加上我们的假设（一美元结余赚多少、处理一张支票花多少、其余如何分布）。“19% 产生 90%”是事先*放进去*的。它只能用来学收费有什么后果，不能当证据。
#
# 一行是一个账户，结余是全年平均数，单位为美元。没有任何缺失值，仅此一点就能看出不是真实数据。

# %%
made = simulated.simulate_bank()
accounts, truth = made["accounts"], made["truth"]
translate(accounts.head(4))

# %%
prices = simulated.RATES
translate(pd.Series(prices, name="assumed").to_frame().rename_axis("item"))

# %% [markdown] lang="en"
# An account earns what its balances bring and costs what its cheques and its upkeep take. By hand, eight accounts:

# %% [markdown] lang="zh"
# 账户的收入来自结余，成本来自处理支票和维持账户。亲手算八个账户：

# %%
eight = pd.DataFrame({"balance": [120, 80, 240, 300, 1500, 2000, 4000, 9000], "savings": [0, 0, 3000, 0, 0, 2000, 0, 5000],
                      "cheques_per_month": [15, 20, 3, 10, 10, 5, 12, 8]}, index=list("ABCDEFGH"))
earned = prices["spread"] * eight["balance"] + prices["savings_spread"] * eight["savings"]
cost = 12 * (prices["cheque_cost"] * eight["cheques_per_month"] + prices["account_cost"])
by_hand = earned - cost
assert np.allclose(by_hand, bank.account_profit(eight, **prices)["profit"])
translate(eight.assign(net_profit=by_hand).round(2))

# %% [markdown] lang="en"
# Read it aloud: *A keeps 120 dollars, which earn 5.40; fifteen cheques a month cost 36 a year and the account 12, so the bank loses
# 42.60 on A.* C keeps little on the account but 3,000 in savings, writes three cheques, and earns us money: a low balance alone is no sign.

# %% [markdown] lang="zh"
# 读出声来：*A 的结余是 120 美元，一年赚 5.40；每月 15 张支票一年花 36，账户本身花 12，所以银行在 A 身上亏 42.60。*C 的支票账户结余也低，但有 3,000 储蓄，每月只写三张支票，银行是赚钱的：单看结余低，说明不了问题。

# %%
result = bank.account_profit(accounts, **prices, avoidable_share=simulated.AVOIDABLE_SHARE)
curve = profitability.whale_curve(result["profit"])
ax = plots.plot_whale(curve, currency="USD")
ax.set_title(t("A simulated bank: {hump} lost again on {n} accounts",
    hump=money(curve["profit"].max() - curve["profit"].iloc[-1], "USD"), n=number((result["profit"] < 0).sum())))
plt.show()

# %%
best_19 = result["profit"].nlargest(round(0.19 * len(result))).index
rest = accounts.drop(index=best_19)
rest_profit = result.loc[rest.index, "profit"]

# %%
say(
    "The best 19 % make {best} of the profit, as the course says (it was put in). But the other 81 % do not lose money together: "
    "those who lose cost {lost}, the rest of them earn {earned}, {sum} of the total in sum. {low} of the 81 % keep less than $250.",
    best=percent(result.loc[best_19, "profit"].sum() / result["profit"].sum()),
    lost=money(-rest_profit[rest_profit < 0].sum(), "USD"),
    earned=money(rest_profit[rest_profit > 0].sum(), "USD"),
    sum=percent(rest_profit.sum() / result["profit"].sum()),
    low=percent((rest["balance"] < 250).mean(), 0),
)

# %% [markdown] lang="en"
# That is arithmetic, not data: if 19 % make 90 %, the 81 % make the other 10 %. The course adds that the bank lost much on them.
# Both hold only if some of the 81 % lose what others earn. *They* are two kinds of people, and one fee meets both.

# %% [markdown] lang="zh"
# 这是算术，用不着数据：19% 的客户占 90%，其余 81% 就占 10%。课程又说银行在这些客户身上损失了很多钱。两句话要同时成立，只能是 81% 当中一部分人赚的被另一部分人亏掉了。“他们”其实是两种人，而一项收费会同时碰到两种人。

# %% [markdown] lang="en" minutes=4 rows=["A28"] slide="slide"
# ## From which balance does an account pay for itself?
#
# The more cheques, the more balance it takes: yearly cost divided by what a dollar earns.
#
# $$\text{break-even balance} = \frac{12 \times (\text{cheque cost} \times \text{cheques a month} + \text{account cost})}{\text{spread}}$$

# %% [markdown] lang="zh"
# ## 结余到多少，账户才不亏？
#
# 支票写得越多，需要的结余越高：用一年的成本除以一美元结余的收益率。
#
# $$盈亏平衡结余 = \frac{12 \times （每张支票成本 \times 每月支票数 + 账户月成本）}{利差}$$

# %%
own = {name: prices[name] for name in ("spread", "cheque_cost", "account_cost")}
needed = pd.Series({n: bank.break_even_balance(n, **own) for n in range(31)})
needed.loc[[0, 3, 15, 30]].round(0)

# %% slide="slide"
some = accounts[accounts["savings"] == 0].sample(400, random_state=4)
loses = result["profit"].reindex(some.index) < 0
ax = plt.figure(figsize=(7, 4.4), layout="constrained").add_subplot()
for color, marker, label, rows in ((plots.BLUE, "o", t("earns"), some[~loses]), (plots.RED, "x", t("loses"), some[loses])):
    ax.scatter(rows["cheques_per_month"], rows["balance"], s=14, color=color, marker=marker, alpha=0.6, label=label)
ax.plot(needed.index, needed, color="black", linewidth=2, label=t("break-even balance"))
ax.axhline(250, color=plots.ORANGE, linestyle="--", linewidth=2, label=t("a threshold of $250"))
ax.set_yscale("log")
ax.yaxis.set_major_formatter("{x:,.0f}")
ax.set_title(t("A flat threshold ignores the cheques that cause the cost"))
ax.set(xlabel=t("cheques a month"), ylabel=t("balance, dollars (logarithmic)"), xlim=(0, 30))
ax.spines[["top", "right"]].set_visible(False)
ax.legend(frameon=False, loc="lower right", ncols=2)
plt.show()

# %%
say(
    "With 3 cheques a month an account without savings breaks even at {few}, with 15 at {many}: both far above a threshold of $250.",
    few=money(needed[3], "USD"),
    many=money(needed[15], "USD"),
)

# %% [markdown] lang="en" minutes=6 rows=["A28"] slide="slide"
# ## The fee: what it earns, and whom it hits
#
# The bank's rule: whoever keeps less than a threshold pays a fee each month, unless there is enough in savings. Our assumptions: 250
# dollars, 3 dollars a month, savings of 1,000 spare you, and *for each dollar of fee one in ten of the charged leaves*. Of an
# account's cost only a tenth stops when it closes: halls and machines stay.

# %% [markdown] lang="zh"
# ## 收费：能收多少，打到谁
#
# 银行的规定：每月平均结余低于标准就收费，除非储蓄里还有些钱。我们的假设：标准 250 美元，每月收 3 美元，储蓄满 1,000 免收；*月费每提高 1 美元，被收费的客户中就有十分之一离开*。账户关闭时，成本只有十分之一消失：营业厅和机器还在。

# %%
book = accounts.join(result)
later = accounts.assign(balance=truth["balance_later"], savings=truth["savings_later"])
book["later"] = bank.account_profit(later, **prices)["profit"]
kinds = {
    t("new, under a year"): book["tenure_months"] < simulated.NEW_MONTHS,
    t("60 or older"): book["age"] >= simulated.RETIRED_AGE,
    t("profitable in three years"): (book["profit"] < 0) & (book["later"] > 0),
    t("others who earn"): book["profit"] >= 0,
}
book["group"] = np.select(list(kinds.values()), list(kinds), t("others who lose"))

# %%
LEAVE_PER_DOLLAR = 0.10  # assumed
rule = {"savings_floor": 1000, "spread": prices["spread"]}
effect = bank.fee_effect(book, fee=3, threshold=250, leave=3 * LEAVE_PER_DOLLAR, **rule)
hit = effect.groupby(book["group"])[["is_charged", "fees", "lost", "change"]].sum().rename(columns={"is_charged": "n_charged"})
hit.insert(0, "n_accounts", book.groupby("group").size())
hit["share_charged"] = hit["n_charged"] / hit["n_accounts"]
translate(hit.round({"fees": 0, "lost": 0, "change": 0, "share_charged": 2}))

# %%
earns = effect["is_charged"] & (book["profit"] >= 0)

# %%
say(
    "This year the fee changes profit by {change}. It hits {charged} of {n} accounts; {old} are people of 60 or older, {new} are new, {good} earn us "
    "money already. Those who leave take {lost} of contribution with them: in one year's accounts little stands against the fee.",
    change=money(effect["change"].sum(), "USD"),
    charged=number(effect["is_charged"].sum()),
    n=number(len(book)),
    old=number(hit.loc[t("60 or older"), "n_charged"]),
    new=number(hit.loc[t("new, under a year"), "n_charged"]),
    good=number(earns.sum()),
    lost=money(effect["lost"].sum(), "USD"),
)

# %% slide="slide"
order = [t("new, under a year"), t("profitable in three years"), t("60 or older"), t("others who earn"), t("others who lose")]
part = hit["share_charged"].reindex(order)[::-1]
ax = plt.figure(figsize=(7, 3.4), layout="constrained").add_subplot()
ax.barh(part.index, part, color=[plots.GRAY, plots.BLUE, plots.ORANGE, plots.GREEN, plots.GREEN][: len(part)])
for place, (name, value) in enumerate(part.items()):
    label = t("{share} of {n}", share=percent(value, 0), n=number(hit.loc[name, "n_accounts"]))
    ax.text(value + 0.01, place, label, va="center")
ax.set_title(t("The fee cannot tell who will grow from who only costs"))
ax.set(xlabel=t("share of the group's accounts that are charged"), xlim=(0, 1.18))
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %%
say(
    "{grow} of those who would grow are charged, and {cost} of the others who lose: the rule sees a balance, not a person.",
    grow=percent(part[t("profitable in three years")], 0),
    cost=percent(part[t("others who lose")], 0),
)

# %% [markdown] lang="en" tags=["notes"]
# Let the class vote on the fee before this figure. Students say "they lose money, so charge them". Ask who is 22 and who is 67. The
# bank cannot see *who will grow*; the column comes from the simulation's truth and rests on an assumption (a quarter of the young grow).

# %% [markdown] lang="zh"
# 看这张图之前，先让全班表决是否收费。学生常说“他们亏钱，那就收”。追问：谁 22 岁，谁 67 岁？银行看不出*谁会成长*，这一列来自模拟数据的真相，依据的也是假设（年轻客户中四分之一会成长）。

# %% [markdown] lang="en" minutes=5 rows=["A28"] slide="slide"
# ## How much leaving can the fee bear?
#
# The course's bank did not want to lose those who would be useful later. So count, beside this year, the later profit of those
# who leave: five years of it from the third year on, not discounted (chapter 4 does that). The chance of leaving is now the axis.
#
# *Who will grow* no bank can see. Here it comes from the simulation's truth, and rests on an assumption: of those under 30, a
# quarter of the cheque writers and more of the new will keep in three years what the best customers keep now.

# %% [markdown] lang="zh"
# ## 走多少人，收费仍然划算？
#
# 课程里的银行不想失去日后有用的客户。所以除了今年，还要算上离开者日后的利润：从第三年起算五年，暂不折现（第 4 章再折现）。现在把离开的概率放在横轴上。
#
# *谁会成长*，没有哪家银行看得见。这里用的是模拟数据的真相，依据的也是假设：30 岁以下的人当中，四分之一常写支票的客户和更多的新客户，三年后的结余会达到最佳客户现在的水平。

# %%
future = 5 * book["later"].where((book["profit"] < 0) & (book["later"] > 0), 0.0)
spared = (book["age"] < simulated.YOUNG_AGE) | (book["tenure_months"] < simulated.NEW_MONTHS)
rows = []
for p in share:
    e = bank.fee_effect(book, fee=3, threshold=250, leave=p, **rule)
    gone = p * future.where(e["is_charged"], 0.0)
    rows.append((e["change"].sum(), (e["change"] - gone).sum(), (e["change"] - gone)[~spared].sum()))
bear = pd.DataFrame(rows, index=share, columns=["this year", "with five later years", "with later years, young and new spared"])

# %%
limit = {name: np.interp(0, -bear[name], share) if bear[name].iloc[-1] < 0 else 1.0 for name in bear}
ax = plt.figure(figsize=(7, 4.2), layout="constrained").add_subplot()
labels = (t("this year"), t("with five later years"), t("with later years, young and new spared"))
for name, label, color, dash in zip(bear, labels, (plots.GRAY, plots.RED, plots.BLUE), ("--", "-", "-."), strict=True):
    ax.plot(share, bear[name], color=color, linestyle=dash, linewidth=2.2, label=label)
ax.axhline(0, color="black", linewidth=0.8)
ax.axvline(3 * LEAVE_PER_DOLLAR, color=plots.ORANGE, linewidth=1.5, label=t("assumed share leaving"))
ax.set_title(t("Counting later years, the fee bears {share} leaving", share=percent(limit["with five later years"], 0)))
ax.set(xlabel=t("share of the charged who leave"), ylabel=t("change in profit, dollars"), xlim=(0, 1))
ax.spines[["top", "right"]].set_visible(False)
ax.legend(frameon=False, loc="lower left")
plt.show()

# %%
at = bear.iloc[30]

# %%
say(
    "By this year's money the fee pays as long as fewer than {now} leave; with five later years of those who would have grown, fewer than {later}. "
    "At the assumed {assumed} that is {plain}; sparing customers under 30 and new ones, {spared}.",
    now=percent(limit["this year"], 0),
    later=percent(limit["with five later years"], 0),
    assumed=percent(3 * LEAVE_PER_DOLLAR, 0),
    plain=money(at.iloc[1], "USD"),
    spared=money(at.iloc[2], "USD"),
)

# %%
grower = (book["profit"] < 0) & (book["later"] > 0)
eager = pd.Series(3 * LEAVE_PER_DOLLAR, index=book.index).where(~grower, 6 * LEAVE_PER_DOLLAR)
e = bank.fee_effect(book, fee=3, threshold=250, leave=eager, **rule)

# %%
say(
    "Who has prospects has other banks as well. If those who will grow leave twice as readily, the fee changes profit by {change}, later years counted.",
    change=money((e["change"] - eager * future.where(e["is_charged"], 0.0)).sum(), "USD"),
)

# %% [markdown] lang="en" tags=["notes"]
# Who says that so many leave? Nobody: it is assumed, so read the figure from the axis, not from the vertical line. Students add five later
# years to this year as if they were the same money; ask what a year's delay costs, and leave the answer to chapter 4.

# %% [markdown] lang="zh"
# “会走这么多人”是谁说的？谁也没说，是假设，所以要看横轴上的临界点，不要只看那条竖线。学生会把日后五年的钱和今年的钱直接相加；问一问：晚一年到手，要损失多少？答案留给第 4 章。

# %% [markdown] lang="en" minutes=2 slide="slide"
# ### Move the fee and the threshold
#
# Which pair would you sign? A higher fee drives more away (one in ten for each dollar, assumed); a higher threshold meets customers who
# earn us money. The figure below stands at 3 dollars and a threshold of 250.

# %% [markdown] lang="zh"
# ### 动手改一改：月费与标准
#
# 您会签哪一组？月费越高，走的人越多（每 1 美元走十分之一，这是假设）；标准越高，就越会碰到本来赚钱的客户。下图停在月费 3 美元、标准 250 美元。

# %%
def draw(fee, threshold):
    leave = min(1.0, LEAVE_PER_DOLLAR * fee)
    e = bank.fee_effect(book, fee=fee, threshold=threshold, leave=leave, **rule)
    grown = leave * future[e["is_charged"]].sum()
    parts = [e["fees"].sum(), -e["lost"].sum(), -grown]
    ax = plt.figure(figsize=(8.4, 3.4), layout="constrained").add_subplot()
    names = [t("fees, this year"), t("contribution that left"), t("later profit that left")]
    ax.bar([*names, t("together")], [*parts, sum(parts)], color=[plots.GREEN, plots.ORANGE, plots.RED, plots.BLUE])
    ax.axhline(0, color="black", linewidth=0.8)
    ax.set_title(t("{n} charged, {share} of them leave, together {sum}",
        n=number(e["is_charged"].sum()), share=percent(leave, 0), sum=money(sum(parts), "USD")))
    ax.set_ylabel(t("change in profit, dollars"))
    ax.spines[["top", "right"]].set_visible(False)
    return ax

explore(draw, fee=FloatSlider(value=3, min=0, max=10, step=0.5, description=t("fee")),
        threshold=FloatSlider(value=250, min=0, max=3000, step=50, description=t("threshold")))

# %%
tried = {}
for fee in np.arange(0.5, 6.5, 0.5):
    for threshold in range(250, 3001, 250):
        e = bank.fee_effect(book, fee=fee, threshold=threshold, leave=LEAVE_PER_DOLLAR * fee, **rule)
        tried[fee, threshold] = (e["change"] - LEAVE_PER_DOLLAR * fee * future.where(e["is_charged"], 0.0)).sum()
top = max(tried, key=tried.get)
say(
    "Of {n} pairs tried, {fee} a month below {threshold} brings most, {sum} together; 3 dollars below 250 bring {default}. "
    "The best pair is only as good as the assumption of who leaves.",
    n=number(len(tried)),
    fee=money(top[0], "USD", 2),
    threshold=money(top[1], "USD"),
    sum=money(tried[top], "USD"),
    default=money(tried[3.0, 250], "USD"),
)

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## The decision, in money
#
# Not "charge the bad customers", but: which cost, caused by whom, could be avoided, and who is worth waiting for?

# %% [markdown] lang="zh"
# ## 用钱来做决定
#
# 问题不是“要不要罚差客户”，而是：哪些成本由谁引起、能不能避免，又有哪些人值得等。

# %%
per_cheque = prices["cheque_cost"] * (accounts["cheques_per_month"] - 8).clip(lower=0) * 12
plain, careful = effect["change"].sum(), effect["change"][~spared].sum()

# %%
say(
    "The fee on everybody brings {plain} this year, sparing the young and the new {careful}: {price} a year is the price of waiting for "
    "them. A charge of {cheque} for each cheque beyond eight a month would meet {n} accounts and the cause of the cost, {amount} a year if nobody changed.",
    plain=money(plain, "USD"),
    careful=money(careful, "USD"),
    price=money(plain - careful, "USD"),
    cheque=money(prices["cheque_cost"], "USD", 2),
    n=number((per_cheque > 0).sum()),
    amount=money(per_cheque.sum(), "USD"),
)

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `losers` are the customers of the teaching company who lose money; `book` the bank's accounts with `earned`, `cost`, `profit`, `contribution` and `age`;
# `charged` says which of them the fee of this lesson hits; `prices` what a dollar earns and a cheque costs.

# %% [markdown] lang="zh"
# ## 轮到您了
#
# `losers` 是教学公司里亏损的客户；`book` 是银行账户，含 `earned`（收入）、`cost`（成本）、`profit`（利润）、`contribution`（贡献）和 `age`（年龄）；`charged` 表示本课的收费打到哪些账户；`prices` 是一美元赚多少、一张支票花多少。

# %%
charged = effect["is_charged"]
practice_on(losers=losers, book=book, charged=charged, prices=prices)

# %% [markdown] lang="en"
# **2.7.1** All customers in `losers` leave, and half of their cost to serve stops. By how much does the firm's profit change? (a fall is negative)

# %% [markdown] lang="zh"
# **2.7.1** `losers` 中的客户全部离开，他们的服务成本有一半消失。企业利润变化多少？（减少为负）

# %% tags=["exercise"]
change_if_gone = ...
check("2.7.1", change_if_gone)

# %% [markdown] lang="en"
# **2.7.2** What balance does an account without savings need to pay for itself, if its owner writes 12 cheques a month?

# %% [markdown] lang="zh"
# **2.7.2** 没有储蓄、每月写 12 张支票的账户，结余要达到多少才不亏？

# %% tags=["exercise"]
balance_needed = ...
check("2.7.2", balance_needed)

# %% [markdown] lang="en"
# **2.7.3** Of the accounts that are charged, what share belongs to people of 60 or older? (a fraction)

# %% [markdown] lang="zh"
# **2.7.3** 在被收费的账户中，60 岁及以上的人占多大份额？（用小数表示）

# %% tags=["exercise"]
old_among_charged = ...
check("2.7.3", old_among_charged)

# %% [markdown] lang="en"
# **2.7.4** Suppose the fee is 3 dollars a month for the charged accounts. What share of them may leave before this year's profit is lower than without the
# fee? Count the contribution that leaves with them; every charged account is equally likely to leave. (a fraction)

# %% [markdown] lang="zh"
# **2.7.4** 设被收费的账户每月付 3 美元。走掉多大份额的人，今年的利润就会低于不收费的时候？要算上他们带走的贡献；每个被收费的账户离开的可能性相同。（用小数表示）

# %% tags=["exercise"]
may_leave = ...
check("2.7.4", may_leave)

# %% [markdown] lang="en"
# **2.7.5** A judgment. You sit on the bank's board. Sign the fee, change it, or refuse it? Say which number decided, and which assumption you would test first
# and how. (three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.7.5** 思考题，没有标准答案。您是银行的董事：签字、修改，还是否决这项收费？说明是哪个数字让您下了决心，您最想先检验哪个假设、怎样检验。（写三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
vote = ...
check("2.7.5", vote)

# %%
quiz("2.7.q1")

# %%
quiz("2.7.q2")

# %%
quiz("2.7.q3")

# %% [markdown] lang="en" slide="slide"
# ## You have
#
# - **separated** the cost that stops from the cost that stays,
# - **chosen** between keeping, repricing, serving cheaper and letting go by expected value, with the break-even beside each assumption,
# - **judged** a fee: what it earns, who leaves, whom it hits.
#
# **Words** — avoidable cost (可避免成本), break-even (盈亏平衡), expected value (期望值), contribution (贡献), customer divestment (放弃客户).
#
# **Next** — chapter 3: whom do we let pay later? Low value *and* a bad payer is another matter than low value alone.
#
# **Further reading** — Mittal, Sarkees & Murshed (2008), The right way to manage unprofitable customers, *Harvard Business Review* 86(4), 94–102 ·
# Haenlein, Kaplan & Schoder (2006), Valuing the real option of abandoning unprofitable customers,
# [doi:10.1509/jmkg.70.3.5](https://doi.org/10.1509/jmkg.70.3.5) · Haenlein & Kaplan (2012), The impact of unprofitable customer abandonment
# on current customers' exit, voice, and loyalty intentions, [doi:10.1108/08876041211257936](https://doi.org/10.1108/08876041211257936)

# %% [markdown] lang="zh"
# ## 您已经
#
# - **区分**了会消失的成本和会留下的成本；
# - **选择**过：按期望值在维持现状、提价、降低服务成本和放弃之间做决定，每个假设旁边都有盈亏平衡点；
# - **评判**了一项收费：能收多少，谁会走，打到谁。
#
# **术语**：可避免成本（avoidable cost）、盈亏平衡（break-even）、期望值（expected value）、贡献（contribution）、放弃客户（customer divestment）。
#
# **下一课**：第 3 章，让谁赊账？价值低*而且*不按时付款，与单纯价值低是两回事。
#
# **延伸阅读**：Mittal, Sarkees & Murshed (2008), The right way to manage unprofitable customers, *Harvard Business Review* 86(4), 94–102 · Haenlein, Kaplan & Schoder (2006), Valuing the real option of abandoning unprofitable customers, [doi:10.1509/jmkg.70.3.5](https://doi.org/10.1509/jmkg.70.3.5) · Haenlein & Kaplan (2012), The impact of unprofitable customer abandonment on current customers' exit, voice, and loyalty intentions, [doi:10.1108/08876041211257936](https://doi.org/10.1108/08876041211257936)

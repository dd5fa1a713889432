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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["2.3"] rows=["A28", "A31"] slide="slide"
# # 7 · Raise the price, serve cheaper, or let them go?
#
# Find the bad customers, says the course; then turn them into good ones, or give them up. It tells of a bank that
# charged a monthly fee below a certain balance. Would you have signed that fee?
#
# In this lesson you will
#
# - **separate** the cost that stops when a customer leaves from the cost that stays,
# - **choose** between keeping, repricing, serving cheaper and letting go by expected value,
# - **judge** a bank's fee: what it earns, who leaves, whom it hits.

# %% [markdown] lang="zh"
# # 7 · 提价、降低服务成本，还是放弃？
#
# 课程说：先找出差客户，再把他们变成好客户，不行就放弃。课程还讲了一家银行：月平均结余低于某个标准就收费。换作你，这个收费方案你签不签字？
#
# 在这一课里，你将
#
# - **区分**客户走后会消失的成本和会留下的成本；
# - **选择**：按期望值，在维持现状、提价、降低服务成本和放弃之间做决定；
# - **评判**银行的收费：能收多少，谁会走，哪些人受影响。

# %% [markdown] lang="en" tags=["slide-text"]
# Find the bad customers, says the course; turn them into good ones, or give them up. A bank charged a monthly fee below a certain balance. Would you have signed it?
#
# - **separate** the cost that stops from the cost that stays,
# - **choose** by expected value: keep, reprice, serve cheaper, let go,
# - **judge** a bank's fee: what it earns, who leaves, whom it hits.

# %% [markdown] lang="zh"
# 课程说：找出差客户，把他们变成好客户，不行就放弃。一家银行向结余低的账户收费，你签不签字？
#
# - **区分**会消失的成本和会留下的成本；
# - **选择**：按期望值，维持现状、提价、降低服务成本，还是放弃；
# - **评判**银行的收费：能收多少，谁会走，哪些人受影响。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import math

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import bank, customers, datasets, plots, profitability
from crmlib.lesson import check, explore, practice_on, quiz, say, sentence, show, start
from crmlib.language import t
from crmlib.simulate import bank as simulated

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=6 rows=["A31"] slide="slide"
# ## What disappears with a customer?
#
# Lesson 2.3 charged each customer with *full* cost. When a customer leaves, their gross profit goes at once. Of the
# cost only a part stops: fuel and parcels do; the car, the office and the salesman's wage do not. That part is the
# **avoidable share**. No table holds it; the firm must estimate it.
#
# $$\text{change when they leave} = \text{avoidable share} \times \text{cost to serve} - \text{gross profit}$$
#
# Eight customers, in yuan a year. By full cost, A earns 1,900 and B loses 230. Assume that 40 % of the cost is avoidable.

# %% [markdown] lang="zh"
# ## 客户走了，什么会随之消失？
#
# 第 2.3 课把*全部*成本都算在客户头上。客户一走，毛利立刻没有了；成本却只消失一部分：油费、包装费会省下，车辆、办公室和业务员的工资照付。会消失的那一部分叫**可避免比例**。哪张表里都查不到，要靠企业自己估计。
#
# $$客户离开带来的变化 = 可避免比例 \times 服务成本 - 毛利$$
#
# 下面是八位客户一年的数字，单位为元。按全部成本算，A 赚 1,900 元，B 亏 230 元。假设成本的 40% 可以避免。

# %% [markdown] lang="en" tags=["slide-text"]
# Gross profit goes at once. Of the cost, only the **avoidable share** stops.
#
# $$\text{change when they leave} = \text{avoidable share} \times \text{cost to serve} - \text{gross profit}$$
#
# Assumed for our eight: 40 % is avoidable. The company below is simulated.

# %% [markdown] lang="zh"
# 客户一走，毛利立刻没有了；成本只消失**可避免**的那部分。
#
# $$客户离开带来的变化 = 可避免比例 \times 服务成本 - 毛利$$
#
# 八位客户：假设 40% 可以避免。后面的公司是模拟数据。

# %%
eight = pd.DataFrame(
    {
        "monetary": [20000, 6000, 1500, 900, 600, 500, 400, 100],
        "gross_profit": [4000, 1200, 300, 200, 60, 90, 100, -20],
        "cost_to_serve": [2100, 1430, 240, 320, 210, 80, 290, 110],
    },
    index=list("ABCDEFGH"),
)
eight

# %% [markdown] lang="en" slide="subslide"
# **2.7.a** **B** brings a gross profit of 1,200 yuan and costs 1,430 to serve; 40 % of that stops. By how much does the firm's profit change if B leaves? (a fall is negative)

# %% [markdown] lang="zh"
# **2.7.a** 客户 **B** 的毛利是 1,200 元，服务成本是 1,430 元，其中 40% 会消失。如果 B 离开，企业的利润变化多少？（减少为负）

# %% tags=["exercise"]
answer = ...
check("2.7.a", answer)

# %% [markdown] lang="en"
# Now all eight, beside what full cost says of them.

# %% [markdown] lang="zh"
# 再算全部八位，并与按全部成本算的利润放在一起看。

# %% slide="result"
let_go = 0.40 * eight["cost_to_serve"] - eight["gross_profit"]
eight["net_profit"] = eight["gross_profit"] - eight["cost_to_serve"]
assert ((eight["net_profit"] < 0).sum(), (let_go > 0).sum()) == (5, 3)
eight.assign(change_if_they_leave=let_go)

# %% [markdown] lang="en"
# Read it aloud: *five of eight lose money by full cost, and the firm gains by the leaving of three.* The other two pay a
# part of the office that stays. Now the teaching company (simulated), year 2025: everybody who lost money leaves.

# %% [markdown] lang="zh"
# 读出声来：*按全部成本算，八位里有五位亏损；可真正走了反而对企业有利的，只有三位*。另外两位还在分担留下来的办公室费用。下面看教学公司（模拟数据）2025 年：让亏损的客户全部离开。

# %%
tables, _ = datasets.load_data(company)
done = tables["activities"][tables["activities"]["month"].between("2025-01-01", "2025-12-31")]
lines, rates = tables["transactions"], tables["activity_rates"]
profit = customers.summarize_customers(lines, as_of="2025-12-31", since="2025-01-01")
profit = profit[["monetary", "profit"]].rename(columns={"profit": "gross_profit"})
profit = profit.join(profitability.cost_to_serve(done, rates), how="outer").fillna(0.0)

# %% [markdown] lang="en"
# `losers` are those whose cost to serve is more than their gross profit. From which avoidable share on does it pay? (`math.ceil` rounds up, to the safe side.)

# %% [markdown] lang="zh"
# `losers` 是服务成本高于毛利的客户。可避免比例要达到多少，放弃他们才划算？（`math.ceil` 向上取整，宁可多算。）

# %%
losers = profit[profit["cost_to_serve"] > profit["gross_profit"]]
n_losers, gross, cost = len(losers), losers["gross_profit"].sum(), losers["cost_to_serve"].sum()
even = math.ceil(1000 * gross / cost) / 1000
full_loss = cost - gross

# %%
say(
    "{n_losers} customers lose {full_loss:CNY} by full cost. If all their cost stopped, letting them go would save "
    "that; if none did, it would cost the {gross:CNY} of gross profit they bring. It pays only where at least {even:.1%} of "
    "their cost stops."
)

# %% [markdown] lang="en" tags=["notes"]
# Ask for a cost that stops tomorrow, one that stops next year, and one that never does. The share depends on how long
# you look: over years a car is not replaced. Common error: to take the whole loss by full cost for money one could have.

# %% [markdown] lang="zh"
# 让学生各举一例：明天就消失的成本、明年才消失的成本、永远不会消失的成本。比例取决于看多久：看几年，旧车可以不再换新。常见错误：以为按全部成本算出的亏损，都是能省下来的钱。

# %% [markdown] lang="en" minutes=8 rows=["A31"] slide="slide"
# ## Turn them or drop them, by expected value
#
# Turning a customer may fail. We take the severe view that whoever refuses, leaves. With chance $p$ of a yes,
#
# $$\text{expected change} = p \times \text{what a yes brings} + (1 - p) \times \text{change when they leave} - \text{cost of the talk}$$
#
# All of these are *assumptions*: 60 % accept a price 5 % higher; 70 % accept a service that halves the avoidable cost;
# the talk costs 30 yuan. Keeping changes nothing: 0.

# %% [markdown] lang="zh"
# ## 转变还是放弃：按期望值决定
#
# 转变差客户，未必成功。这里从严假设：谁拒绝，谁就离开。设接受的可能性为 $p$，
#
# $$期望变化 = p \times 接受后的变化 + (1 - p) \times 离开带来的变化 - 谈一次的费用$$
#
# 以下都是*假设*：提价 5%，60% 的客户接受；换成把可避免成本减半的服务，70% 的客户接受；谈一次花 30 元。维持现状什么也不变，记为 0。

# %% [markdown] lang="en" tags=["slide-text"]
# Whoever refuses, leaves (a severe view). With chance $p$ of a yes:
#
# $$p \times \text{what a yes brings} + (1 - p) \times \text{change when they leave} - \text{cost of the talk}$$
#
# **Assumed**: 60 % accept 5 % more, 70 % accept a cheaper service, a talk costs 30 yuan.

# %% [markdown] lang="zh"
# 从严假设：谁拒绝，谁就离开。接受的可能性为 $p$ 时：
#
# $$p \times 接受后的变化 + (1 - p) \times 离开带来的变化 - 谈一次的费用$$
#
# **假设**：60% 接受提价 5%，70% 接受较便宜的服务，谈一次 30 元。

# %%
reprice = 0.60 * 0.05 * eight["monetary"] + 0.40 * let_go - 30
cheap = 0.70 * 0.5 * 0.40 * eight["cost_to_serve"] + 0.30 * let_go - 30
by_hand = pd.DataFrame({"keep": 0.0, "reprice": reprice, "serve cheaper": cheap, "let go": let_go})
show(by_hand, kind="money", digits=0)

# %% [markdown] lang="en"
# Read it aloud: *B loses 230 a year by full cost, and yet doing nothing is the best of the four.* H brings nothing: even a
# refusal gains. `convert_or_drop` does the same for any number of customers, and names the best choice of each.

# %% [markdown] lang="zh"
# 读出声来：*按全部成本算，B 一年亏 230 元，可四种做法里最好的仍是什么都不做*。H 什么也没贡献，他就算拒绝了，企业也有好处。`convert_or_drop` 用同样的方法算任意多位客户，并给出每位客户的最佳做法。

# %%
assumed = {"price_rise": 0.05, "p_accept": 0.6, "saving": 0.5, "p_cheaper": 0.7, "attempt_cost": 30}
options = profitability.convert_or_drop(eight, **assumed, avoidable_share=0.4)
assert np.allclose(options[by_hand.columns].astype(float), by_hand)

# %% [markdown] lang="en" slide="slide"
# ### Predict
#
# **2.7.b** Of all customers of the company who lose money: for what share will *keep* be best, at an avoidable share of 40 %?

# %% [markdown] lang="zh"
# ### 先猜一猜
#
# **2.7.b** 在公司所有亏损的客户当中，可避免比例为 40% 时，有多大比例最好是*维持现状*？

# %% tags=["exercise"]
guess = ...
check("2.7.b", guess)

# %% [markdown] lang="en"
# The same count at six avoidable shares, because that number is the one nobody knows.

# %% [markdown] lang="zh"
# 可避免比例谁也说不准，所以取六个值，各数一遍。

# %%
best = {}
for avoidable in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
    choice = profitability.convert_or_drop(losers, **assumed, avoidable_share=avoidable)["best"]
    best[avoidable] = choice.value_counts(normalize=True, sort=False)
shares = pd.DataFrame(best)
kept, dropped = shares.loc["keep", 0.4], shares.loc["let go", 0.4]

# %% [markdown] lang="en" slide="slide"
# One bar is one belief about the cost; the customers are the same in all.

# %% [markdown] lang="zh"
# 一根柱子对应一种对成本的估计，柱子里的客户始终是同一批。

# %%
ax = plots.plot_shares(shares.T)
ax.set(xlabel=t("avoidable share of the cost to serve"), ylabel=t("share of the customers who lose money"))
assert shares.loc["keep"].is_monotonic_decreasing
ax.set_title(t("The more of the cost stops, the fewer are best left as they are"))
plt.show()

# %%
say(
    "At 40 % avoidable, {kept:.0%} of those who lose money are best left as they are, and {dropped:.0%} are best let go. "
    "Nothing about the customers changed between the bars: only what we believe about our own cost."
)

# %% [markdown] lang="en" tags=["notes"]
# Students drop whoever loses by full cost. Have them compute B before the cell runs. Then ask which of the assumed
# numbers they would pay to know better: the avoidable share moves everything, and the figure shows it.

# %% [markdown] lang="zh"
# 学生往往把按全部成本亏损的客户一律放弃。运行之前，先让他们算一算 B。再问：这些假设的数里，最值得花钱弄清楚的是哪一个？可避免比例牵动一切，图上看得很清楚。

# %% [markdown] lang="en" minutes=8 rows=["A28"] slide="slide"
# ## The bank, rebuilt from the course's case
#
# A bank found that about 19 % of its customers made 90 % of the profit. Most of the other 81 % kept less than 250
# dollars and wrote many cheques; some were near retirement; 1 % were new and would be useful later. The bank is not
# named and its data are not published. So **this table is simulated** from those figures and our assumptions: that 19 %
# make 90 % was *put in*. It can teach what a fee does; it proves nothing about banks.
#
# One row is an account; balances are yearly averages in dollars.

# %% [markdown] lang="zh"
# ## 银行案例：按课程所述重建
#
# 一家银行发现，约 19% 的客户产生 90% 的利润。另外 81% 的客户，支票账户平均结余大多不到 250 美元，却写许多支票；其中有些人接近退休，1% 是日后会有用的新客户。课程没有说是哪家银行，数据也没有公布。所以**这张表是模拟的**：依据上述数字，加上我们的假设；“19% 产生 90%”是事先*放进去*的。它能教你收费有什么后果，但不能证明真实的银行是什么样子。
#
# 一行是一个账户，结余是全年平均数，单位为美元。

# %% [markdown] lang="en" tags=["slide-text"]
# About 19 % of the customers make 90 % of the profit; the other 81 % mostly keep less than 250 dollars and write many cheques.
#
# **Simulated**, from the course's figures and our assumptions: the 90 % was *put in*. It proves nothing about banks.

# %% [markdown] lang="zh"
# 约 19% 的客户产生 90% 的利润；另外 81% 结余大多不到 250 美元，却写许多支票。
#
# **模拟数据**，依据课程的数字和我们的假设：“90%”是事先*放进去*的，不能证明真实的银行如此。

# %%
made = simulated.simulate_bank()
accounts, truth = made["accounts"], made["truth"]
show(accounts.head(3), currency="USD")

# %% [markdown] lang="en"
# Assumed as well: what a dollar earns in a year, what one cheque costs, and what a month of an account costs.

# %% [markdown] lang="zh"
# 同样是假设：一美元结余一年赚多少，处理一张支票花多少，维持账户一个月花多少。

# %%
prices = simulated.RATES
show(pd.Series(prices, name="assumed"), digits=3)

# %% [markdown] lang="en"
# **2.7.c** An account without savings keeps 120 dollars, and its owner writes 15 cheques a month. What does the bank earn on it in a year?

# %% [markdown] lang="zh"
# **2.7.c** 有一个账户，没有储蓄，结余 120 美元，每月写 15 张支票。银行一年在它身上赚多少？（亏损为负）

# %% tags=["exercise"]
answer = ...
check("2.7.c", answer)

# %% [markdown] lang="en"
# The formula, and the helper on all accounts; the first of them shows that the two agree.

# %% [markdown] lang="zh"
# 先按公式算，再用程序包算全部账户；拿第一个账户核对，两者一致。

# %%
avoidable = simulated.AVOIDABLE_SHARE
book = accounts.join(bank.account_profit(accounts, **prices, avoidable_share=avoidable))
one = accounts.iloc[0]
earned = prices["spread"] * one["balance"] + prices["savings_spread"] * one["savings"]
spent = 12 * (prices["cheque_cost"] * one["cheques_per_month"] + prices["account_cost"])
assert math.isclose(earned - spent, book["profit"].iloc[0])

# %% [markdown] lang="en" slide="slide"
# ### Whom does the fee hit?
#
# The rule of our fee, assumed: whoever keeps less than 250 dollars, and less than 1,000 in savings, pays 3 dollars a
# month. Who is that? *Will grow* are accounts that lose money now and earn in three years: no bank can see them, our
# simulation can. In it a part of the under-30s grow, and some up to 50.

# %% [markdown] lang="zh"
# ### 收费会落到谁头上？
#
# 我们假设的收费规则：结余不到 250 美元，而且储蓄不到 1,000 美元的，每月付 3 美元。这些是什么人？“将来会成长”指现在亏损、三年后赚钱的账户：没有哪家银行看得见，模拟数据里看得见。其中一部分是 30 岁以下的人，也有一些人年纪大一些，但不到 50 岁。

# %% [markdown] lang="en" tags=["slide-text"]
# Less than 250 dollars, and less than 1,000 in savings: 3 dollars a month (assumed). *Will grow*: lose now, earn in three years. Only our simulation sees them.

# %% [markdown] lang="zh"
# 结余不到 250 美元且储蓄不到 1,000 美元的，每月付 3 美元（假设）。“将来会成长”：现在亏损，三年后赚钱，只有模拟数据里看得见。

# %%
is_charged = (book["balance"] < 250) & (book["savings"] < 1000)
later = accounts.assign(balance=truth["balance_later"], savings=truth["savings_later"])
book["later_profit"] = bank.account_profit(later, **prices)["profit"]
grows = (book["profit"] < 0) & (book["later_profit"] > 0)

# %% [markdown] lang="en"
# Five groups; who could stand in two stands in the first that fits. `np.select` goes through the conditions in this order.

# %% [markdown] lang="zh"
# 分成五组；同时符合两组的，归入先列出的那一组。`np.select` 按这个顺序逐个看条件。

# %%
is_one = [grows, book["tenure_months"] < 12, book["age"] >= 60, book["profit"] >= 0]
names = ["will grow", "new, under a year", "60 or older", "others who earn", "others who lose"]
book["group"] = pd.Categorical(np.select(is_one, names[:4], names[4]), categories=names)
by_group = is_charged.groupby(book["group"], observed=False)
charged = by_group.agg(n_accounts="size", n_charged="sum", share_charged="mean")
charged

# %%
share_charged = charged["share_charged"]
say(
    "The fee sees a balance, not a person. It charges {share_charged[will grow]:.0%} of those who will grow, "
    "{share_charged[others who lose]:.0%} of the others who lose, and {share_charged[60 or older]:.0%} of the people of "
    "60 or older."
)

# %% [markdown] lang="en" tags=["notes"]
# Let the class vote on the fee before this table. Students say "they lose money, so charge them". Ask who is 22 and who
# is 67.

# %% [markdown] lang="zh"
# 看这张表之前，先让全班表决是否收费。学生常说“他们亏钱，那就收”。追问：谁 22 岁，谁 67 岁？

# %% [markdown] lang="en" minutes=8 rows=["A28", "A31"] slide="slide"
# ## Where it misleads, and the decision in money
#
# The course's bank did not want to lose those who would be useful later. One year's accounts cannot see them. So count,
# beside this year, five later years of the profit of those who leave (not discounted; chapter 4 does that).
#
# Four plans: no fee; the fee; the fee with the young and the new spared; 20 cents for each cheque beyond eight a month.
# **The assumption on which all hangs**: of those charged, one in ten leaves for each dollar a month.

# %% [markdown] lang="zh"
# ## 哪里会误导人；算清账，再决定
#
# 课程里的银行不想失去日后有用的客户。只看一年的账，看不见他们。所以除了今年，还要算上离开者日后五年的利润（暂不折现，第 4 章再折现）。
#
# 四个方案：不收费；收费；收费但免收年轻客户和新客户；每月第八张以后的支票，每张收 20 美分。**全部结论都取决于这个假设**：每收 1 美元月费，被收费者中就有十分之一离开。

# %% [markdown] lang="en" tags=["slide-text"]
# Beside this year, count five later years of the profit of those who leave (simulated). Four plans: no fee; the fee; the young and the new spared; 20 cents a cheque beyond eight.
#
# **Assumed**: of those charged, one in ten leaves for each dollar a month.

# %% [markdown] lang="zh"
# 除了今年，还要算上离开者日后五年的利润（取自模拟数据）。四个方案：不收费；收费；免收年轻客户和新客户；第八张以后每张支票 20 美分。
#
# **假设**：每收 1 美元月费，被收费者中有十分之一离开。

# %%
spared = (book["age"] < 30) | (book["tenure_months"] < 12)
plans = {
    t("no fee"): 0 * book["balance"],
    t("the fee"): 3.0 * is_charged,
    t("the fee, young and new spared"): 3.0 * (is_charged & ~spared),
    t("20 cents a cheque beyond eight"): 0.20 * (book["cheques_per_month"] - 8).clip(lower=0),
}
in_the_plan = {"threshold": math.inf, "savings_floor": math.inf, "spread": 0}

# %% [markdown] lang="en"
# `fee_effect` weighs fees against what those who leave take with them: their *contribution*, what they earn less the cost
# that stops (a tenth here, assumed). Who pays what stands in the plan, so no threshold is needed here.

# %% [markdown] lang="zh"
# `fee_effect` 比较收到的费用和离开者带走的*贡献*，即他们的收入减去随之消失的成本（这里假设为成本的十分之一）。谁付多少已写在方案里，所以不再需要门槛。

# %%
later_years = 5 * book["later_profit"].where(grows, 0.0)
rows = {}
for name, fee in plans.items():
    leave = 0.10 * fee
    effect = bank.fee_effect(book, fee=fee, leave=leave, **in_the_plan)
    rows[name] = effect["change"].sum(), -(leave * later_years).sum()
outcome = pd.DataFrame.from_dict(rows, orient="index", columns=["change_this_year", "change_later"])

# %% [markdown] lang="en"
# And does the exemption spare the right ones? We look at the truth, which the bank cannot.

# %% [markdown] lang="zh"
# 免收的是不是该免的人？我们查看模拟数据的真相，银行是查不到的。

# %% slide="slide"
outcome["change"] = outcome.sum(axis=1)
caught, in_vain = spared[grows].mean(), (~grows[spared]).mean()
show(outcome.rename_axis("plan"), currency="USD", digits=0)

# %%
this_year, together = outcome["change_this_year"].idxmax(), outcome["change"].idxmax()
brings = outcome["change"].max()
say(
    "The best plan for this year alone is “{this_year}”; with later years it is “{together}”, a change of {brings:USD}. "
    "The plan with the young and the new spared reaches {caught:.0%} of those who will grow, and {in_vain:.0%} of those it spares will "
    "not grow."
)

# %% [markdown] lang="en"
# This is one simulated bank; another draw of it moves the sums. And how many leave is assumed, so the decision is not finished: exercise 2.7.4 asks how many may leave, and the optional
# section below turns the plan around by that number. A trial in a few branches would tell.

# %% [markdown] lang="zh"
# 这只是模拟出来的一家银行，再模拟一次，金额就会变。走多少人也只是假设，所以决定还没有完：练习 2.7.4 问最多可以走多少人，后面的选读部分改变这个数，方案就会反过来。先在几家网点试行，就能知道。

# %% [markdown] lang="en" tags=["notes"]
# Who says that so many leave? Nobody. Students add five later years to this year as if they were the same money; ask what
# a year's delay costs, and leave the answer to chapter 4. Ask too who would be *called* unfair: the old, who are 60 and
# keep little, do not grow and are not spared by anyone.

# %% [markdown] lang="zh"
# “会走这么多人”是谁说的？谁也没说。学生会把日后五年的钱和今年的钱直接相加；问一问：晚一年到手，要损失多少？答案留给第 4 章。再问：谁会被说成受了不公平的待遇？60 岁以上、结余不多的老人不会成长，也没有哪条规则免收他们的费。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Full cost says who uses the firm; only avoidable cost belongs into a decision to let somebody go.
#
# **Hard point** An expected value with a refusal in it: who says no leaves, and takes gross profit along.
#
# **Board** change when they leave = avoidable share × cost to serve − gross profit; the four choices in a row, a number under
# each; below, the one assumption that turns the row round.
#
# **Homework** Exercises 2.7.2 and 2.7.4; the judgment 2.7.5 as half a page, with the trial the bank should run.

# %% [markdown] lang="zh"
# **重点** 全部成本说明谁占用了企业的资源；决定是否放弃客户，只能用可避免成本。
#
# **难点** 期望值里包含“拒绝”：客户一拒绝就离开，毛利也随之失去。
#
# **板书** 离开带来的变化 = 可避免比例 × 服务成本 − 毛利；四种做法排成一行，下面各写一个数；再写出能让结论翻转的那个假设。
#
# **作业** 练习 2.7.2 和 2.7.4；思考题 2.7.5 写成半页纸，并设计银行应当做的试行方案。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# New data: `losers_2024` are the customers of the teaching company who lost money in **2024**; `its_book` is **another** simulated bank
# with `balance`, `savings`, `earned`, `cost`, `profit`, `contribution` (a year, dollars), `age` and `cheques_per_month`;
# `its_charged` says whom its fee hits; `its_prices` are what its dollars earn and its cheques cost.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换一批数据：`losers_2024` 是教学公司 **2024** 年亏损的客户；`its_book` 是**另一家**模拟银行的账户，列有 `balance`（结余）、`savings`（储蓄）、`earned`（收入）、`cost`（成本）、`profit`（利润）、`contribution`（贡献，以上金额均为一年、美元）、`age`（年龄）、`cheques_per_month`（每月支票数）；`its_charged` 表示它的收费落到哪些账户；`its_prices` 是它的利差和单价。

# %%
before = customers.summarize_customers(lines, as_of="2024-12-31", since="2024-01-01")
done = tables["activities"][tables["activities"]["month"].between("2024-01-01", "2024-12-31")]
before = before[["monetary", "profit"]].rename(columns={"profit": "gross_profit"})
before = before.join(profitability.cost_to_serve(done, rates), how="outer").fillna(0.0)
before["net_profit"] = before["gross_profit"] - before["cost_to_serve"]
losers_2024 = before[before["net_profit"] < 0]

# %% [markdown] lang="en"
# And the other bank, with its own accounts, prices and fee:

# %% [markdown] lang="zh"
# 再准备另一家银行：它自己的账户、价格和收费规则。

# %%
its_prices = {"spread": 0.035, "savings_spread": 0.010, "cheque_cost": 0.15, "account_cost": 1.50}
its_accounts = simulated.simulate_bank(n_accounts=4000, seed=7)["accounts"]
its_book = its_accounts.join(bank.account_profit(its_accounts, **its_prices, avoidable_share=0.10))
its_charged = (its_book["balance"] < 400) & (its_book["savings"] < 1000)
practice_on(losers_2024=losers_2024, its_book=its_book,
            its_charged=its_charged, its_prices=its_prices)

# %% [markdown] lang="en"
# **2.7.1** All customers in `losers_2024` leave, and half of their cost to serve stops. By how much does the firm's profit change? (a fall is negative)

# %% [markdown] lang="zh"
# **2.7.1** `losers_2024` 中的客户全部离开，他们的服务成本有一半消失。企业利润变化多少？（减少为负）

# %% tags=["exercise"]
change_if_gone = ...
check("2.7.1", change_if_gone)

# %% [markdown] lang="en"
# **2.7.2** What balance does an account without savings need to pay for itself at this bank, if its owner writes 12 cheques a month? (use `its_prices`)

# %% [markdown] lang="zh"
# **2.7.2** 在这家银行，没有储蓄、每月写 12 张支票的账户，结余要达到多少才不亏？（用 `its_prices`）

# %% tags=["exercise"]
balance_needed = ...
check("2.7.2", balance_needed)

# %% [markdown] lang="en"
# **2.7.3** Of the accounts of this bank that are charged (`its_book`, `its_charged`), what share belongs to people of 60 or older? (a fraction)

# %% [markdown] lang="zh"
# **2.7.3** 在这家银行被收费的账户中（`its_book`、`its_charged`），60 岁及以上的人占多大比例？（用小数表示）

# %% tags=["exercise"]
old_among_charged = ...
check("2.7.3", old_among_charged)

# %% [markdown] lang="en"
# **2.7.4** The fee is 3 dollars a month for the charged accounts. What share of them may leave before this year's profit is lower than without
# the fee? Count the contribution that leaves with them; every charged account is equally likely to leave. (a fraction)

# %% [markdown] lang="zh"
# **2.7.4** 被收费的账户每月付 3 美元。走掉多大比例的人，今年的利润就会低于不收费的时候？要算上他们带走的贡献；每个被收费的账户离开的可能性相同。（用小数表示）

# %% tags=["exercise"]
may_leave = ...
check("2.7.4", may_leave)

# %% [markdown] lang="en"
# **2.7.5** A judgment. You sit on the bank's board. Sign the fee, change it, or refuse it? Say which number decided, and which assumption you would
# test first and how. (three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.7.5** 思考题，没有标准答案。你是银行的董事：签字、修改，还是否决这项收费？说明是哪个数字让你下了决心，你最想先检验哪个假设、怎样检验。（写三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
vote = ...
check("2.7.5", vote)

# %%
quiz("2.7.q1")

# %%
quiz("2.7.q2")

# %%
quiz("2.7.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: how much leaving can each plan bear?
#
# The same four plans, for other shares who leave per dollar of fee.

# %% [markdown] lang="zh"
# ## 选读：每个方案最多能承受多少人离开？
#
# 还是这四个方案，改变“每收 1 美元有多少人离开”。

# %%
readiness = np.linspace(0, 0.25, 26)
curves = pd.DataFrame(index=readiness)
for name, fee in plans.items():
    for r in readiness:
        leave = (r * fee).clip(upper=1)
        now = bank.fee_effect(book, fee=fee, leave=leave, **in_the_plan)["change"].sum()
        curves.loc[r, name] = now - (r * fee * later_years).sum()

# %% [markdown] lang="en" slide="skip"
# One line a plan. Where two lines cross, the best plan changes.

# %% [markdown] lang="zh"
# 一条线是一个方案。两条线相交的地方，最好的方案就换了。

# %%
colors, turns = [plots.GRAY, plots.RED, plots.BLUE, plots.GREEN], curves.idxmax(axis=1)
ax = curves.plot(figsize=(7, 4), style=["-", "--", "-.", ":"], color=colors)
ax.set_xlabel(t("share who leave for each dollar a month"))
ax.set_ylabel(t("change in profit, dollars, later years counted"))
ax.xaxis.set_major_formatter("{x:.0%}")
ax.yaxis.set_major_formatter("{x:,.0f}")
ax.set_title(t("Which plan is best depends on how many leave")
             if turns.nunique() > 1 else t("One plan is best throughout"))
plt.show()

# %%
first_without = turns[turns == t("no fee")].index.min()
say("From {first_without:.0%} leaving for each dollar on, no fee is the best of the four plans.")

# %% [markdown] lang="en" slide="skip"
# Move it yourself: the four plans, for one share who leave. Before you move the slider, say which bar will fall fastest.

# %% [markdown] lang="zh"
# 自己拖一拖：改变离开的比例，看四个方案。拖动之前，先说说哪一根条缩得最快。

# %%
from ipywidgets import FloatSlider


def draw(leaves):
    ax = curves.iloc[round(100 * leaves)].plot.barh(color=plots.BLUE, figsize=(7, 2.8))
    ax.set(xlim=(curves.min().min(), curves.max().max()))
    ax.set_xlabel(t("change in profit, dollars, later years counted"))
    ax.xaxis.set_major_formatter("{x:,.0f}")
    return ax


slider = FloatSlider(value=0.10, max=0.25, step=0.01, readout_format=".0%", description=t("leave"))
explore(draw, leaves=slider)

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **separate** the cost that stops when a customer leaves from the cost that stays,
# - **choose** between keeping, repricing, serving cheaper and letting go by expected value,
# - **judge** a fee: what it earns, who leaves, whom it hits.
#
# **Words** — avoidable cost (可避免成本), expected value (期望值), contribution (贡献), break-even (盈亏平衡), customer divestment (放弃客户).
#
# **Next** — chapter 3: whom do we let pay later?
#
# **Further reading** — Mittal, Sarkees & Murshed (2008), The right way to manage unprofitable customers, *Harvard Business Review* 86(4), 94–102 ·
# Haenlein, Kaplan & Schoder (2006), Valuing the real option of abandoning unprofitable customers,
# [doi:10.1509/jmkg.70.3.5](https://doi.org/10.1509/jmkg.70.3.5) · Haenlein & Kaplan (2012), The impact of unprofitable customer abandonment
# on current customers' exit, voice, and loyalty intentions, [doi:10.1108/08876041211257936](https://doi.org/10.1108/08876041211257936)

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **区分**客户走后会消失的成本和会留下的成本；
# - **选择**：按期望值，在维持现状、提价、降低服务成本和放弃之间做决定；
# - **评判**一项收费：能收多少，谁会走，哪些人受影响。
#
# **术语**：可避免成本（avoidable cost）、期望值（expected value）、贡献（contribution）、盈亏平衡（break-even）、放弃客户（customer divestment）。
#
# **下一课**：第 3 章，让谁赊账？
#
# **延伸阅读**：Mittal, Sarkees & Murshed (2008), The right way to manage unprofitable customers, *Harvard Business Review* 86(4), 94–102 · Haenlein, Kaplan & Schoder (2006), Valuing the real option of abandoning unprofitable customers, [doi:10.1509/jmkg.70.3.5](https://doi.org/10.1509/jmkg.70.3.5) · Haenlein & Kaplan (2012), The impact of unprofitable customer abandonment on current customers' exit, voice, and loyalty intentions, [doi:10.1108/08876041211257936](https://doi.org/10.1108/08876041211257936)

# %% [markdown] lang="en" tags=["slide-text"]
# - **separate** the cost that stops from the cost that stays,
# - **choose** by expected value: keep, reprice, serve cheaper, let go,
# - **judge** a fee: what it earns, who leaves, whom it hits.
#
# **Words** — avoidable cost, expected value, contribution, break-even, customer divestment.
#
# **Next** — chapter 3: whom do we let pay later?

# %% [markdown] lang="zh"
# - **区分**会消失的成本和会留下的成本；
# - **选择**：按期望值，维持现状、提价、降低服务成本，还是放弃；
# - **评判**一项收费：能收多少，谁会走，哪些人受影响。
#
# **术语**：可避免成本、期望值、贡献、盈亏平衡、放弃客户。
#
# **下一课**：第 3 章，让谁赊账？

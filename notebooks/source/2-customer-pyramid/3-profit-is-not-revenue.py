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

# %% [markdown] lang="en" minutes=43 needs=["2.1"] rows=["A13", "A25", "A26", "A27", "A29", "A30"] slide="slide"
# # 3 · Profit is not revenue: who takes back what the others earn?
#
# A customer who buys much can cost us money: by the visits, deliveries and returns that go with the sales. The course
# asks 哪些客户导致了企业成本 — which customers cause the firm's cost — and answers that some are better called bad customers.
#
# In this lesson you will
#
# - **trace** the cost of serving to the customers who cause it, activity by activity,
# - **find** who loses money and what makes them so, and put the course's five signs to the test,
# - **re-allocate** effort without being fooled by chance.

# %% [markdown] lang="zh"
# # 3 · 利润不等于收入：谁把别人赚的钱又花掉了？
#
# 买得多的客户也可能让企业亏钱：随订单而来的拜访、送货和退货都要花钱。课程里提出“哪些客户导致了企业成本”，并把其中一些称为“差客户”。
#
# 在这一课里，您将
#
# - **追溯**服务成本：按一项项活动，把成本记到引起它的客户头上；
# - **找出**谁在亏钱、亏在哪项活动上，并检验课程里“差客户”的五个表现；
# - **重新分配**营销力量，而且不被偶然因素蒙蔽。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import customers, datasets, plots, profitability, pyramid
from crmlib.lesson import check, hint, practice_on, quiz, say, solution
from crmlib.language import money, number, percent, t, translate, use

use(language)

# %% [markdown] lang="en" minutes=4 rows=["A13"] slide="slide"
# ## What does it take to serve somebody?
#
# The teaching company (simulated) writes down what it does for whom. In `activities` one row is a customer, a month and an
# activity, with how many times; in `activity_rates` one row is an activity and what one of it costs, in CNY. The rates are
# *full costs*: what a visit is charged at pays for the car and the office as well. Remember that word, *full*; lesson 2.7 turns on it.

# %% [markdown] lang="zh"
# ## 服务一位客户要做些什么？
#
# 教学公司（模拟数据）记下了为谁做过什么。`activities` 表一行是一位客户、一个月、一项活动及其次数；`activity_rates` 表一行是一项活动及做一次的成本，单位为人民币元。这里的单价是*全部成本*：拜访一次的单价，把车辆和办公室的费用也摊在里面。记住“全部”两个字，第 2.7 课全靠它。

# %%
tables = datasets.load_teaching_company()
transactions, activities, rates = (tables[name] for name in ("transactions", "activities", "activity_rates"))
translate(rates[["activity", "unit_cost"]])

# %%
year = activities[activities["month"].between("2025-01-01", "2025-12-31")]
translate(year.head(4))

# %%
summary = customers.summarize_customers(transactions, as_of="2025-12-31", since="2025-01-01")
unsold = ~year["customer_id"].drop_duplicates().isin(summary.index)

# %%
say(
    "In 2025, {n} customers bought or returned something; {served} had activities, {unsold} of them without any sale. "
    "A customer without a row in activities cost nothing to serve: a purchase carried home from the shop, say.",
    n=number(len(summary)),
    served=number(year["customer_id"].nunique()),
    unsold=number(unsold.sum()),
)

# %% [markdown] lang="en" minutes=6 slide="slide"
# ## Eight customers, by hand
#
# In words: what a customer is worth this year is what he pays, less the goods, less what it took to serve him.
#
# $$\text{net profit} = \text{sales} - \text{cost of goods} - \sum_{\text{activity}} \text{times} \times \text{unit cost}$$
#
# This is *activity-based costing* as Kaplan and Narayanan teach it (2001): a cost goes to whoever causes it, by a driver one
# can count, not to everybody by sales. Eight customers, typed in:

# %% [markdown] lang="zh"
# ## 八位客户，亲手算
#
# 用一句话说：一位客户今年值多少钱，等于他付的钱减去货物成本，再减去为服务他所花的钱。
#
# $$净利 = 销售额 - 货物成本 - \sum_{活动} 次数 \times 单价$$
#
# 这就是 Kaplan 与 Narayanan（2001）所讲的*作业成本法*：成本由谁引起，就记到谁的头上，依据是数得清的动因，而不是按销售额平摊给所有人。先输入八位客户：

# %%
eight = pd.DataFrame(
    {
        "monetary": [9000, 6000, 2400, 1500, 900, 600, 400, 200],
        "gross_profit": [1800, 1200, 700, 450, 250, 180, 130, 60],
        "home delivery": [12, 30, 6, 4, 2, 9, 1, 0],
        "representative visit": [4, 6, 1, 0, 0, 0, 0, 1],
        "return handling": [1, 5, 0, 0, 1, 2, 0, 0],
    },
    index=pd.Index(list("ABCDEFGH"), name="customer_id"),
)

# %%
prices = pd.Series({"home delivery": 20, "representative visit": 120, "return handling": 22})
eight["cost_to_serve"] = (eight[prices.index] * prices).sum(axis=1)
eight["net_profit"] = eight["gross_profit"] - eight["cost_to_serve"]
translate(eight)

# %% [markdown] lang="en"
# Read it aloud: *B is the second biggest customer and the worst one.* Thirty deliveries at 20, six visits at 120 and five
# returns at 22 come to 1,430; the gross profit of 1,200 does not cover them. The package does the same:

# %% [markdown] lang="zh"
# 读出声来：*B 是第二大客户，也是最差的客户。*30 次送货每次 20 元，6 次拜访每次 120 元，5 次退货每次 22 元，合计 1,430 元；1,200 元的毛利不够付。程序包算出的结果相同：

# %%
done = eight[prices.index].rename_axis(columns="activity").stack().rename("n_times").reset_index()
by_activity = profitability.cost_by_activity(done, prices.rename("unit_cost").rename_axis("activity").reset_index())
assert (by_activity.sum(axis=1) == eight["cost_to_serve"]).all()
profitability.whale_curve(eight["net_profit"])["profit"].tolist()

# %% [markdown] lang="en"
# That list is profit added up from the best customer to the worst. It rises to 2,186, then falls to 1,852: the difference
# of 334 was earned by five customers and lost again on three.

# %% [markdown] lang="zh"
# 这串数是从最赚钱的客户开始逐个累加的利润：先升到 2,186，再降到 1,852；相差的 334 是五位客户赚来、又在另外三位身上亏掉的。

# %% [markdown] lang="en" tags=["notes"]
# On paper first, B and H only: most forget to multiply the visits, or take cost to serve off sales instead of gross profit. Ask whether
# H, the smallest, is a bad customer: one visit made him so, and that was our decision, not his.

# %% [markdown] lang="zh"
# 先在纸上算 B 和 H 两位：多数人会忘记把拜访次数乘以单价，或者从销售额而不是毛利里减服务成本。再问：最小的 H 是差客户吗？他亏在一次拜访上，而去不去拜访是我们决定的，不是他。

# %% [markdown] lang="en" minutes=4 rows=["A13"] slide="slide"
# ## The whole company: how much is lost again?

# %% [markdown] lang="zh"
# ## 整家公司：有多少利润又亏掉了？

# %%
costs = profitability.cost_by_activity(year, rates)
profit = summary[["monetary", "frequency", "profit"]].rename(columns={"profit": "gross_profit"})
profit = profit.join(costs.sum(axis=1).rename("cost_to_serve"), how="outer").fillna(0.0)
profit["net_profit"] = profit["gross_profit"] - profit["cost_to_serve"]
costs = costs.reindex(profit.index, fill_value=0.0)
translate(profit.nsmallest(5, "net_profit").round(0))

# %% slide="slide"
curve = profitability.whale_curve(profit["net_profit"])
hump = curve["profit"].max() - curve["profit"].iloc[-1]
ax = plots.plot_whale(curve, currency="CNY")
ax.set_title(t("The whale's back: {hump} earned and lost again", hump=money(hump, "CNY")))
plt.show()

# %%
losing = profit["net_profit"] < 0
biggest = profit.nlargest(round(0.05 * len(profit)), "monetary")

# %%
say(
    "{n} of {all} customers lose money, {hump} together; the others earn {peak}, so {total} is left. "
    "Of the {top} biggest by sales, {bad} lose money.",
    n=number(losing.sum()),
    all=number(len(profit)),
    hump=money(hump, "CNY"),
    peak=money(curve["profit"].max(), "CNY"),
    total=money(curve["profit"].iloc[-1], "CNY"),
    top=number(len(biggest)),
    bad=number((biggest["net_profit"] < 0).sum()),
)

# %% [markdown] lang="en" tags=["notes"]
# Cover the right half of the whale and ask: where does it end? Students read the hump as "profit we could have by sending
# them away". It is not: the rates are full costs. Say so now, and promise lesson 2.7. Nobody set how big the hump is; it comes
# out of how the simulated customers order.

# %% [markdown] lang="zh"
# 先遮住图的右半边，问学生：曲线会停在哪里？常见的误解是“把这些客户送走，就能多出这么多利润”。不对：单价是全部成本。现在就点明，并预告第 2.7 课。鲸背有多高不是谁设定的，是模拟客户的下单方式带来的结果。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ### Where this misleads: cost spread by sales
#
# Many accounts spread the cost of serving over customers in proportion to sales. Then everybody with a fair margin looks fine.

# %% [markdown] lang="zh"
# ### 哪里会误导人：按销售额分摊
#
# 许多账目把服务成本按销售额的比例分摊给客户。这样一来，毛利率过得去的客户个个都好看。

# %%
share_of_sales = profit["monetary"] / profit["monetary"].sum()
by_sales = profit["gross_profit"] - profit["cost_to_serve"].sum() * share_of_sales
judged = pd.crosstab(losing.map({True: t("loses"), False: t("earns")}), (by_sales < 0).map({True: t("loses"), False: t("earns")}))
judged.rename_axis(index=t("by activity"), columns=t("by sales"))

# %%
say(
    "Spread by sales, {hidden} of the {n} customers who lose money look profitable, and {blamed} who earn look like losers. "
    "The total is the same in both; only the blame moves.",
    hidden=number((losing & (by_sales >= 0)).sum()),
    n=number(losing.sum()),
    blamed=number((~losing & (by_sales < 0)).sum()),
)

# %% [markdown] lang="en" minutes=4 rows=["A13"] slide="slide"
# ## Which activity makes them so?
#
# What does it cost, in each activity, to sell for 100 yuan: to those who lose money and to those who earn? Totals are divided
# by totals; the mean of each customer's rate would let somebody with one small order count like the biggest.

# %% [markdown] lang="zh"
# ## 亏在哪项活动上？
#
# 每卖出 100 元，各项活动要花多少钱？亏损的客户与盈利的客户分开算。用合计除以合计；如果对每位客户的比率取平均，只下过一张小单的人就会和最大的客户一样重要。

# %%
sales = profit.groupby(losing)["monetary"].sum()
per_100 = (100 * costs.groupby(losing).sum().div(sales, axis=0)).T.rename(columns={False: "earns", True: "loses"})
per_100 = per_100.sort_values("loses").rename_axis(columns=None)
translate(per_100.rename_axis("activity").round(2))

# %%
ax = translate(per_100).plot.barh(color=[plots.BLUE, plots.RED], figsize=(7, 3.8), width=0.75)
most = per_100.index[-1]
ax.set_title(t("It is the {activity}: {loses} per 100 of sales against {earns}",
    activity=t(most), loses=money(per_100.loc[most, "loses"], "CNY", 1), earns=money(per_100.loc[most, "earns"], "CNY", 1)))
ax.set(xlabel=t("cost per 100 yuan of sales"), ylabel="")
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %%
cause = costs.idxmax(axis=1).where(profit["gross_profit"] > 0, t("the goods themselves"))[losing]
causes = pd.DataFrame({"n_customers": cause.value_counts(), "net_profit": profit["net_profit"].groupby(cause).sum()})
translate(causes.sort_values("net_profit").rename_axis("largest cost").round(0) + 0)  # + 0: no minus before a zero

# %%
by_heads, by_money = causes["n_customers"].idxmax(), causes["net_profit"].idxmin()

# %%
say(
    "Counted by heads, {heads} is most often the largest cost; by money, {money_most}, with {amount} of the {hump} lost.",
    heads=t(by_heads),
    money_most=t(by_money),
    amount=money(-causes["net_profit"].min(), "CNY"),
    hump=money(hump, "CNY"),
)

# %%
twice = datasets.load_truth("teaching-company")["customers"].set_index("customer_id")["is_duplicate_of"].dropna()
split = profit.index.isin(twice.index) | profit.index.isin(twice)

# %%
say(
    "Before you speak to anybody: {n} of the customers who lose money are one half of somebody recorded twice, with the visits booked "
    "to one record and part of the sales to the other (chapter 1 finds them; here the truth of the simulation tells).",
    n=number((losing & split).sum()),
)

# %% [markdown] lang="en" minutes=5 rows=["A30"] slide="slide"
# ## The course's five signs of a bad customer, as a checklist
#
# A sign counts only where there is evidence; a sign nobody can see is *not judged*, not a zero.
#
# | sign, says the course | evidence in our tables | counts if |
# |---|---|---|
# | asks for what you do badly | returned lines (weak: a return may be a whim) | one return or more for every four orders |
# | distracts you from your plan | none: no table holds it; ask your own people | not judged |
# | buys little and costs more than he brings | cost to serve and gross profit | cost to serve above gross profit |
# | asks for much service and attention | visits, deliveries and calls for each order | among the highest tenth |
# | is unhappy whatever you do | complaints, although served more than most | a complaint, and cost to serve above the median |
#
# Here we look at 2024, and then see what 2025 brought.

# %% [markdown] lang="zh"
# ## 课程所列“差客户”的五个表现，做成一张检查表
#
# 有证据，才能算一条；没有证据的表现记为*无法判断*，不能记为零。
#
# | 表现（课程的说法） | 我们表中的证据 | 何时算一条 |
# |---|---|---|
# | 让你做做不好的事 | 退货行数（较弱：退货也可能只是一时兴起） | 每四张订单至少有一次退货 |
# | 分散注意力，偏离计划 | 没有：哪张表都没记，要问自己的员工 | 无法判断 |
# | 买得少，成本超过收入 | 服务成本与毛利 | 服务成本高于毛利 |
# | 要求很多服务和关注 | 平均每张订单的拜访、送货和电话次数 | 属于最高的十分之一 |
# | 怎么做都不满意 | 已经比多数客户多花服务成本，仍有投诉 | 有投诉，且服务成本高于中位数 |
#
# 这里先看 2024 年，再看 2025 年结果如何。

# %%
def net_of(first, last):
    """Net profit and times of each activity, one row per customer."""
    lines = transactions[transactions["order_date"].between(first, f"{last} 23:59:59")]
    done = activities[activities["month"].between(first, last)]
    seen = customers.summarize_customers(lines, as_of=last)[["frequency", "profit"]]
    times = done.pivot_table(index="customer_id", columns="activity", values="n_times", aggfunc="sum", observed=True)
    served = profitability.cost_to_serve(done, rates)
    seen = seen.join([served, times], how="outer").fillna(0.0)
    return seen.assign(net_profit=seen["profit"] - seen["cost_to_serve"])

# %%
before, after = net_of("2024-01-01", "2024-12-31"), net_of("2025-01-01", "2025-12-31")
orders = before["frequency"].clip(lower=1)
asked = before[["representative visit", "home delivery", "phone order"]].sum(axis=1) / orders
above_median = before["cost_to_serve"] > before["cost_to_serve"].median()
signs = pd.DataFrame({
    "returns": before["return handling"] / orders >= 0.25,
    "costs more than brings": before["net_profit"] < 0,
    "asks much": asked >= asked.quantile(0.9),
    "unhappy": (before["complaint"] > 0) & above_median,
})
translate(signs.sum().rename("n_customers").to_frame().rename_axis("sign"))

# %%
score = signs.sum(axis=1).clip(upper=3).rename("n_signs")
next_year = after["net_profit"].reindex(signs.index)
bought = next_year.notna()
tested = pd.DataFrame({
    "n_customers": score.groupby(score).size(),
    "n_came_back": bought.groupby(score).sum(),
    "share_losing": (next_year[bought] < 0).groupby(score[bought]).mean(),
    "mean_net_profit": next_year[bought].groupby(score[bought]).mean(),
})
translate(tested.round({"share_losing": 3, "mean_net_profit": 0}))

# %%
alone = signs["costs more than brings"][bought]

# %%
say(
    "Of customers with no sign in 2024, {none} lost money in 2025; with three or four, {many}. The third sign alone: "
    "{loss} of last year's losers lost again, {rest} of the others. Signs 3 and 4 are largely one fact asked twice.",
    none=percent(tested["share_losing"].iloc[0], 0),
    many=percent(tested["share_losing"].iloc[-1], 0),
    loss=percent((next_year[bought][alone] < 0).mean(), 0),
    rest=percent((next_year[bought][~alone] < 0).mean(), 0),
)

# %% [markdown] lang="en" tags=["notes"]
# The cut-offs (a quarter, a tenth, the median) are ours, not the course's; let students move them. Ask which sign they could
# defend before the customer. Note that "not judged" is kept apart: four signs were judged, one never.

# %% [markdown] lang="zh"
# 几条界线（四分之一、十分之一、中位数）是我们定的，课程里没有，不妨让学生自己改。问一问：哪一条当着客户的面也站得住脚？注意“无法判断”单独列出：能判断的有四条，还有一条从未判断。

# %% [markdown] lang="en" minutes=2 rows=["A29"] slide="slide"
# ## And the four signs of the best?
#
# | sign, says the course | evidence in our tables | counts if |
# |---|---|---|
# | lets you do what you do well | share bought from our three categories of highest margin | half or more |
# | values what you do, and pays | paid, as a share of list price | 95 % or more |
# | new demands make you better | bought from a category new to him (weak: a whim will do) | once or more |
# | takes you where you want to go | none: our strategy stands in no table | not judged |

# %% [markdown] lang="zh"
# ## 那么，最佳客户的四个表现呢？
#
# | 表现（课程的说法） | 我们表中的证据 | 何时算一条 |
# |---|---|---|
# | 让你做自己擅长的事 | 毛利率最高的三个品类占其购买的比例 | 一半以上 |
# | 看重你做的事，愿意付钱 | 实付金额占标价的比例 | 95% 以上 |
# | 提出新要求，让你提高 | 买了以前没买过的品类（较弱：也可能只是一时兴起） | 至少一次 |
# | 带你去战略想去的地方 | 没有：哪张表都没记我们的战略 | 无法判断 |

# %%
sold = transactions[transactions["amount"] > 0]
listed = sold["product_id"].map(tables["products"].set_index("product_id")["list_price"]) * sold["quantity"]
sold = sold.assign(listed=listed, year=sold["order_date"].dt.year)[lambda lines: lines["year"].isin([2023, 2024])]
now = sold[sold["year"] == 2024]
total = now.groupby("category", observed=True)[["amount", "cost"]].sum()
strong = (1 - total["cost"] / total["amount"]).nlargest(3).index
paid = now.groupby("customer_id")[["amount", "listed"]].sum()
first_year = sold.groupby(["customer_id", "category"], observed=True)["year"].min().reset_index()
old, fresh = (set(first_year.loc[first_year["year"] == year, "customer_id"]) for year in (2023, 2024))
best_signs = pd.DataFrame({
    "does it well": now[now["category"].isin(strong)].groupby("customer_id")["amount"].sum() / paid["amount"] >= 0.5,
    "pays": paid["amount"] / paid["listed"] >= 0.95,
    "new demands": pd.Series(paid.index.isin(old & fresh), index=paid.index),
}).reindex(before.index).fillna(False).astype(bool)

# %%
n_good = best_signs.sum(axis=1).rename("n_signs")
good = pd.DataFrame({
    "n_customers": n_good.groupby(n_good).size(),
    "share_losing": (next_year[bought] < 0).groupby(n_good[bought]).mean(),
    "mean_net_profit": next_year[bought].groupby(n_good[bought]).mean(),
})
translate(good.round({"share_losing": 3, "mean_net_profit": 0}))

# %%
say(
    "Of those who came back in 2025, {none} lost money who had shown none of the three signs, and the mean was {poor}; with all three, "
    "{all} and {rich}. A checklist sorts as well as its evidence, and this one was never tried before.",
    none=percent(good["share_losing"].iloc[0], 0),
    poor=money(good["mean_net_profit"].iloc[0], "CNY"),
    all=percent(good["share_losing"].iloc[-1], 0),
    rich=money(good["mean_net_profit"].iloc[-1], "CNY"),
)

# %% [markdown] lang="en" minutes=2 rows=["A25"] slide="slide"
# ## May one say no?
#
# Among the other 80 %, says the course, are customers in a bad financial state who do not pay in time, and *never refuse a
# customer* is a trap. Who pays late stands in none of our tables (chapter 3 rates it). But how much may stay unpaid does: whoever
# does not pay has cost us the goods and the service, so of each 100 yuan sold the *net profit* may be lost and no more.

# %% [markdown] lang="zh"
# ## 可以拒绝客户吗？
#
# 课程说，另外的 80% 里有人财务状况很糟糕，不能及时付款；“永远不能拒绝客户”是个陷阱。谁付款晚，我们的表里没有记录（第 3 章来评级）。但最多可以收不回多少，表里有：不付款的客户已经花掉了货物和服务成本，所以每卖 100 元，最多只能损失其中的*净利*。

# %%
tier = pyramid.assign_tiers(profit["monetary"].clip(lower=0))
bears = profit.groupby(tier, observed=True)[["monetary", "net_profit"]].sum().iloc[::-1]
bears["may_stay_unpaid"] = (bears["net_profit"] / bears["monetary"]).clip(lower=0)
translate(bears.round({"monetary": 0, "net_profit": 0, "may_stay_unpaid": 3}))

# %%
most, least = bears["may_stay_unpaid"].idxmax(), bears["may_stay_unpaid"].idxmin()

# %%
say(
    "Of 100 yuan sold on credit, the tier that bears most ({most}) may leave {high} unpaid before its profit is gone, the tier that "
    "bears least ({least}) {low}. Above that, and at full cost, selling on credit loses money.",
    most=t(most),
    high=money(100 * bears["may_stay_unpaid"].max(), "CNY", 1),
    least=t(least),
    low=money(100 * bears["may_stay_unpaid"].min(), "CNY", 1),
)

# %% [markdown] lang="en" minutes=3 rows=["A27"] slide="slide"
# ## The segmentation worksheet, filled in by the data
#
# The course hands out an empty form, 市场细分作业单: for each segment by product, the best customer, the worst, and what to do
# next. A segment here is the category a customer spends most on. The steps are suggestions by rule, and the rule stands in the cell.

# %% [markdown] lang="zh"
# ## 用数据填写“市场细分作业单”
#
# 课程发的是一张空表：按产品或服务划分的市场区段、最佳客户、最差客户、进一步行动。这里按客户花钱最多的品类划分区段。“进一步行动”是按规则给出的建议，规则就写在单元格里。

# %%
lines = transactions[transactions["order_date"].dt.year == 2025]
spent = lines.groupby(["customer_id", "category"], observed=True)["amount"].sum().reset_index()
main = spent.sort_values("amount", kind="stable").drop_duplicates("customer_id", keep="last").set_index("customer_id")["category"]
segment = main.astype(object).reindex(profit.index).fillna(t("no purchase in 2025"))

# %%
steps = {
    "representative visit": t("phone instead of some visits"),
    "home delivery": t("bundle deliveries, or a minimum order"),
    "return handling": t("find out what goes wrong"),
    "complaint": t("find out what goes wrong"),
}
mend = costs.idxmax(axis=1).map(steps).fillna(t("a minimum order"))
mend = mend.where(profit["gross_profit"] > 0, t("look at the price first"))
keep = pd.Series(t("thank him, ask what else he needs"), index=profit.index)
work = pd.DataFrame({"segment": segment, "net_profit": profit["net_profit"], "next_step": mend.where(losing, keep)})

# %%
sheet = profitability.segment_worksheet(work, k=1)
form = sheet.pivot(index="segment", columns="place", values=["customer_id", "net_profit", "next_step"])
form = form.reindex(sheet["segment"].unique())
form.columns = [f"{place} {column}".replace("_", " ") for column, place in form.columns]
form = form[["best customer id", "best net profit", "worst customer id", "worst net profit", "worst next step"]]
translate(form.assign(**{c: form[c].astype(float).round(0) for c in form if c.endswith("profit")}))

# %%
say(
    "{n} customers stand on the form, out of {all}; the worst of each segment lose {lost} together, {share} of the hump.",
    n=number(len(sheet)),
    all=number(len(work)),
    lost=money(-sheet.loc[sheet["place"] == "worst", "net_profit"].clip(upper=0).sum(), "CNY"),
    share=percent(-sheet.loc[sheet["place"] == "worst", "net_profit"].clip(upper=0).sum() / hump, 0),
)

# %% [markdown] lang="en" minutes=3 rows=["A26"] slide="slide"
# ## Re-allocating effort: the same visits, to other doors
#
# After the whole analysis, says the course, distribute marketing effort anew. Visits are our dearest effort. The number stays;
# each fifth of the customers who are visited (by gross profit) gets visits in proportion to the gross profit it brings.

# %% [markdown] lang="zh"
# ## 重新分配营销力量：拜访次数不变，换几家门
#
# 课程说，全面分析之后要“重新合理分配营销力量”。拜访是最贵的力量。总次数不变；把受访客户按毛利从高到低分成五等份，各份按其毛利占比分配拜访。

# %%
visits = after["representative visit"]
visited = profit[visits.reindex(profit.index) > 0]
fifth = pd.qcut(visited["gross_profit"].rank(method="first", ascending=False), 5, labels=range(1, 6)).rename("fifth")
plan = visited.groupby(fifth, observed=True)["gross_profit"].agg(n_customers="size", gross_profit="sum")
plan["visits_before"] = visits.reindex(visited.index).groupby(fifth, observed=True).sum()
earning = plan["gross_profit"].clip(lower=0)
plan["visits_after"] = (plan["visits_before"].sum() * earning / earning.sum()).round()
plan["gross_profit_per_visit"] = plan["gross_profit"] / plan["visits_before"]
translate(plan.round(0))

# %%
say(
    "The lowest two fifths bring {low} of gross profit for each visit, the highest {high}; a visit costs {cost}. "
    "{moved} of {total} visits would move. What a moved visit would bring the table cannot say: it must bring "
    "{cost} of extra gross profit to pay for itself, and only a trial can show it.",
    low=money(plan["gross_profit"].iloc[3:].sum() / plan["visits_before"].iloc[3:].sum(), "CNY"),
    high=money(plan["gross_profit_per_visit"].iloc[0], "CNY"),
    cost=money(rates.set_index("activity")["unit_cost"]["representative visit"], "CNY"),
    moved=number((plan["visits_after"] - plan["visits_before"]).clip(lower=0).sum()),
    total=number(plan["visits_before"].sum()),
)

# %% [markdown] lang="en" tags=["notes"]
# Students read the last column as what a moved visit will bring. It is an average of the past: representatives went where much was
# bought, so purchases may have drawn the visits and not the reverse. Ask how the firm could find out: visit some more, drawn by lot.

# %% [markdown] lang="zh"
# 学生常把最后一列当成“换过去一次拜访能带来的毛利”。它是过去的平均数：业务员本来就爱去买得多的客户那里，很可能是购买引来了拜访，而不是拜访带来了购买。问一问：企业怎样才能弄清楚？抽签选出一部分客户，多去几次。

# %% [markdown] lang="en" minutes=5 rows=["A26"] slide="slide"
# ### Where this misleads: the worst improve without us
#
# Whoever is worst this year had, among other things, bad luck: a year of complaints, a shipment returned. Luck does not
# repeat, so the worst look better next year and the best look worse, whatever we do. Galton saw it in 1886 and called it
# regression. Rank by 2024, then look at 2025. Nothing was done to these simulated customers in between.

# %% [markdown] lang="zh"
# ### 哪里会误导人：什么都不做，最差的也会变好
#
# 今年垫底的客户，多少带点坏运气：投诉多的一年、整批退掉的一车货。运气不会重复，所以不管我们做什么，最差的明年会显得好些，最好的会显得差些。高尔顿 1886 年就发现了，称之为*回归*。下面按 2024 年排名，再看 2025 年。其间没有对这些模拟客户采取任何措施。

# %%
both = before[["net_profit"]].join(after["net_profit"], suffixes=("_2024", "_2025"), how="inner")
rank = pd.qcut(both["net_profit_2024"].rank(method="first"), 5, labels=range(1, 6)).rename("fifth")
means = both.groupby(rank, observed=True).mean().set_axis(["mean 2024", "mean 2025"], axis=1)
say("{n} customers have figures in both years; {left} of 2024 have none in 2025 and cannot be compared.",
    n=number(len(both)), left=number(len(before) - len(both)))
translate(means.round(0))

# %% slide="slide"
ax = plt.figure(figsize=(6.4, 4.4), layout="constrained").add_subplot()
for name, row in means.iterrows():
    color = {1: plots.RED, 5: plots.GREEN}.get(name, plots.GRAY)
    ax.plot([0, 1], row, marker="o", color=color, linewidth=2.5 if name in (1, 5) else 1)
    if name in (1, 5):
        ax.margins(y=0.12)
        for x, value in enumerate(row):
            ax.annotate(money(value, "CNY"), (x, value), xytext=(0, 9), textcoords="offset points", ha="center", color=color)
recovered = 1 - means.iloc[0, 1] / means.iloc[0, 0]
ax.set_title(t("Untouched, the worst fifth recovered {share} of its loss", share=percent(recovered, 0)))
ax.set(xlim=(-0.25, 1.25), ylabel=t("mean net profit of a fifth, yuan"))
ax.set_xticks([0, 1], [t("2024: the year ranked by"), t("2025: the year after")])
ax.spines[["top", "right"]].set_visible(False)
plt.show()

# %%
say(
    "The worst fifth went from {worst_before} to {worst_after} each, the best from {best_before} to {best_after}. All together moved from "
    "{all_before} to {all_after}, so only a small part of the recovery is a better year for everybody.",
    worst_before=money(means.iloc[0, 0], "CNY"),
    worst_after=money(means.iloc[0, 1], "CNY"),
    best_before=money(means.iloc[-1, 0], "CNY"),
    best_after=money(means.iloc[-1, 1], "CNY"),
    all_before=money(both["net_profit_2024"].mean(), "CNY"),
    all_after=money(both["net_profit_2025"].mean(), "CNY"),
)

# %% [markdown] lang="en"
# So a programme for the worst customers will look like a success even if it does nothing. Try it: take the 200 worst of
# 2024, let a coin (seed 6) put half of them into a programme that consists of *nothing*, and compare with the other half.

# %% [markdown] lang="zh"
# 所以，专门针对最差客户的方案，哪怕什么都不做，看上去也会成功。试一试：取 2024 年最差的 200 位客户，用抛硬币的办法（随机种子 6）让一半进入一个*什么都不做*的方案，再与另一半比较。

# %%
worst = both.nsmallest(200, "net_profit_2024")
gain = worst["net_profit_2025"] - worst["net_profit_2024"]
in_programme = np.random.default_rng(6).permutation(len(worst)) < len(worst) // 2
treated, control = gain[in_programme], gain[~in_programme]
error = np.sqrt(treated.var() / len(treated) + control.var() / len(control))

# %%
difference = treated.mean() - control.mean()

# %%
say(
    "Those in the programme improved by {treated} each: a triumph, it seems. Those outside improved by {control}. The "
    "difference is {difference}, 95 % interval {low} to {high}: it takes a control group to see that, and many customers to see little.",
    treated=money(treated.mean(), "CNY"),
    control=money(control.mean(), "CNY"),
    difference=money(difference, "CNY"),
    low=money(difference - 1.96 * error, "CNY"),
    high=money(difference + 1.96 * error, "CNY"),
)

# %% [markdown] lang="en"
# Real households do the same. The Complete Journey has no costs, so spending stands in for profit: rank the households of a
# real grocer by their odd weeks of one year, and look at their even weeks. The weeks alternate, so nobody had time to change.

# %% [markdown] lang="zh"
# 真实的家庭也是这样。“The Complete Journey”没有成本数据，只好用购买金额代替利润：把一家真实超市的家庭按一年中单周的金额排名，再看双周。单双周交替进行，谁也来不及改变。

# %%
real = datasets.load_complete_journey()["transactions"]
week = (real["order_date"] - real["order_date"].min().normalize()).dt.days // 7
halves = real.groupby(["customer_id", week % 2])["amount"].sum().unstack(fill_value=0.0)
tenth = pd.qcut(halves[1].rank(method="first"), 10, labels=False)
ends = halves.groupby(tenth).mean().loc[[0, 9]]

# %%
say(
    "Real households: the lowest tenth by odd weeks spent {low_odd} there and {low_even} in the even weeks; the highest tenth "
    "{high_odd} and {high_even}. All households together: {all_odd} and {all_even}.",
    low_odd=money(ends.loc[0, 1], "USD"),
    low_even=money(ends.loc[0, 0], "USD"),
    high_odd=money(ends.loc[9, 1], "USD"),
    high_even=money(ends.loc[9, 0], "USD"),
    all_odd=money(halves[1].mean(), "USD"),
    all_even=money(halves[0].mean(), "USD"),
)

# %% [markdown] lang="en" tags=["notes"]
# Before the coin is tossed let everybody write down whether the programme will seem to work. Then ask for programmes they know that were
# begun for the worst: tutoring after a failed test, a new coach after a lost season. The question that decides: compared with whom?

# %% [markdown] lang="zh"
# 抛硬币之前，先让每个人写下：这个方案看上去会不会见效？再请他们举出身边专为“最差”设的办法：考砸了请家教，输了一个赛季换教练。决定性的一问是：跟谁比？

# %% [markdown] lang="en" minutes=2 slide="slide"
# ## The decision, in money
#
# Where would you begin on Monday, with time for fifty conversations?

# %% [markdown] lang="zh"
# ## 用钱来做决定
#
# 如果周一开始，只够谈五十位客户，从哪里着手？

# %%
fifty = profit.nsmallest(50, "net_profit").index

# %%
say(
    "The fifty worst customers hold {share} of the hump, {lost}; {visits} of what serving them costs is visits. Begin "
    "there, keep a control group: from 2024 to 2025 the worst fifth got back {fading} of its loss without any conversation.",
    share=percent(-profit.loc[fifty, "net_profit"].sum() / hump, 0),
    lost=money(-profit.loc[fifty, "net_profit"].sum(), "CNY"),
    visits=percent(costs.loc[fifty, "representative visit"].sum() / costs.loc[fifty].sum().sum(), 0),
    fading=percent(recovered, 0),
)

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# `profit` and `costs` are the tables of this lesson: one row per customer of 2025.

# %% [markdown] lang="zh"
# ## 轮到您了
#
# `profit` 和 `costs` 就是本课的两张表：2025 年每位客户一行。

# %%
practice_on(profit=profit, costs=costs)

# %% [markdown] lang="en"
# **2.3.1** How much money do the customers who lose money take back, together? (a positive amount)

# %% [markdown] lang="zh"
# **2.3.1** 亏损的客户一共把多少钱又亏掉了？（填正数金额）

# %% tags=["exercise"]
taken_back = ...
check("2.3.1", taken_back)

# %% [markdown] lang="en"
# **2.3.2** What share of their gross profit do the hundred biggest customers (by sales) use up in service? (one fraction for all of them)

# %% [markdown] lang="zh"
# **2.3.2** 销售额最大的一百位客户，服务成本占其毛利的多大份额？（合在一起算一个小数）

# %% tags=["exercise"]
used_up = ...
check("2.3.2", used_up)

# %% [markdown] lang="en"
# **2.3.3** Of all that it costs to serve the customers who lose money, what share is visits by representatives? (a fraction)

# %% [markdown] lang="zh"
# **2.3.3** 在服务亏损客户的全部成本中，业务员拜访占多大份额？（用小数表示）

# %% tags=["exercise"]
visit_share = ...
check("2.3.3", visit_share)

# %% [markdown] lang="en"
# **2.3.4** Spread all cost to serve over the customers in proportion to sales. How many who really lose money (by activity) would now look as if they did not?

# %% [markdown] lang="zh"
# **2.3.4** 把全部服务成本按销售额比例分摊给客户。实际亏损（按活动计算）的客户中，有多少位看上去不亏了？

# %% tags=["exercise"]
hidden = ...
check("2.3.4", hidden)

# %% [markdown] lang="en"
# **2.3.5** A judgment. Customer C001171 is among the biggest by sales, loses money, and complained again and again. The sales manager
# says: our best customer. The controller says: drop him. What do you propose, and what would you want to know first? (two or three sentences, in quotes)

# %% [markdown] lang="zh"
# **2.3.5** 思考题，没有标准答案。客户 C001171 的销售额名列前茅，却在亏损，还一再投诉。销售经理说：这是最好的客户。财务说：放弃他。您有什么建议？先要弄清什么？（写两三句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
proposal = ...
check("2.3.5", proposal)

# %%
quiz("2.3.q1")

# %%
quiz("2.3.q2")

# %%
quiz("2.3.q3")

# %% [markdown] lang="en" slide="slide"
# ## You have
#
# - **traced** the cost of serving to those who cause it,
# - **found** who loses money, by which activity, and what a checklist adds to last year's figures,
# - **re-allocated** effort, with a control group in view.
#
# **Words** — cost to serve (服务成本), activity-based costing (作业成本法), whale curve (鲸鱼曲线), regression to the mean (向均值回归),
# control group (对照组).
#
# **Next** — 2.7: raise the price, serve cheaper, or let them go? What disappears with a customer, and whom a bank's fee hits.
#
# **Further reading** — Kaplan & Narayanan (2001), Measuring and managing customer profitability, *Journal of Cost Management* 15(5),
# 5–15 · Galton (1886), Regression towards mediocrity, [doi:10.2307/2841583](https://doi.org/10.2307/2841583) ·
# Barnett, van der Pols & Dobson (2005), Regression to the mean: what it is and how to deal with it,
# [doi:10.1093/ije/dyh299](https://doi.org/10.1093/ije/dyh299) · Haenlein & Kaplan (2009), Unprofitable customers and their management,
# [doi:10.1016/j.bushor.2008.09.001](https://doi.org/10.1016/j.bushor.2008.09.001)

# %% [markdown] lang="zh"
# ## 您已经
#
# - **追溯**了服务成本，记到引起它的客户头上；
# - **找出**了谁在亏钱、亏在哪项活动上，也看到了检查表比去年的账多说明了多少；
# - **重新分配**了营销力量，并想到了对照组。
#
# **术语**：服务成本（cost to serve）、作业成本法（activity-based costing）、鲸鱼曲线（whale curve）、向均值回归（regression to the mean）、对照组（control group）。
#
# **下一课**：2.7 提价、降低服务成本，还是放弃？客户走了，什么会随之消失；银行的收费会打到谁。
#
# **延伸阅读**：Kaplan & Narayanan (2001), Measuring and managing customer profitability, *Journal of Cost Management* 15(5), 5–15 · Galton (1886), Regression towards mediocrity, [doi:10.2307/2841583](https://doi.org/10.2307/2841583) · Barnett, van der Pols & Dobson (2005), Regression to the mean: what it is and how to deal with it, [doi:10.1093/ije/dyh299](https://doi.org/10.1093/ije/dyh299) · Haenlein & Kaplan (2009), Unprofitable customers and their management, [doi:10.1016/j.bushor.2008.09.001](https://doi.org/10.1016/j.bushor.2008.09.001)

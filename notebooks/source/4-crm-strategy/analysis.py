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

# %% [markdown] lang="en"
# # 4 · What are our customers worth, and who is slipping away?
#
# This notebook runs on the kit's own data and on yours: on orders, one row each, with the day and the amount. The answer stands first: what
# those who have bought so far are worth in the time ahead, how many of them are customers still, and whom to act on. The evidence follows:
#
# 1. What data is this, and what is its margin?
# 2. Can these data carry a model of purchases?
# 3. Does the model predict? The last third of the time, held out
# 4. What is each customer worth, and who is a customer still?
# 5. Which segments hold that worth?
# 6. More, longer, deeper: where did growth come from?
# 7. What are the contracts worth, and what does the course's formula say?
# 8. What to doubt.
#
# Whether the numbers of the model are an answer, or doubtful, or none, is decided by the hold-out on these very data. Where they carry no model
# the notebook says why, and falls back on the course's formula with a retention rate that is an assumption. A section for which a table is
# missing, or for which there are too few data, says so, and the rest goes on.

# %% [markdown] lang="zh"
# # 4 · 客户值多少钱？谁正在流失？
#
# 本笔记本既能分析自带的数据，也能分析你自己的数据：订单明细，每行一笔，有日期、有金额。结论放在最前面：买过的客户今后还值多少钱、其中多少位仍是客户、该先跟进谁。随后是依据，依次回答八个问题：
#
# 1. 这是什么数据？毛利率是多少？
# 2. 这些数据撑得起购买模型吗？
# 3. 模型预测得准吗？留出最后三分之一的时间来检验
# 4. 每位客户值多少钱？谁仍是客户？
# 5. 价值在哪些细分客户手里？
# 6. 更多、更久、更深：增长从哪里来？
# 7. 合同值多少钱？课程的公式怎么说？
# 8. 哪些地方要存疑？
#
# 模型的数字能不能当结论、是不是只能存疑、还是根本不能用，由留出验证在你自己的数据上说了算。数据撑不起模型时，会说明原因，改用课程的公式，其中的保留率只是假设。某一节缺少所需的表，或者数据太少时，会说明原因，其余各节照常进行。

# %% [markdown] lang="en"
# **What you can set.** `data`: a data set of the kit, or the path of your file or folder · `mapping`: the small file that says which of
# your columns is which of ours; if empty, the one beside your data (`crmlib check` drafts it) · `show_personal`: do not mask names,
# telephone numbers and the like · `as_of`: the day to look from, the last day in the data if empty (a day far behind all others is taken
# for mistyped) · `horizon_days`: how far ahead customers are valued · `discount_rate`: what money is worth less a year later ·
# `margin_rate`: what is left of sales after the cost of the goods, such as 0.3; if empty, from the orders, where they have a cost or a
# profit · `retention_rate`: the share of customers who are there a year later, for the course's formula; if empty, an assumption of the
# notebook's · `unit`: in what the models count time, "day", "week" or "month" · `currency`: only a sign before the amounts, that of the
# file if it has one · `out`: a folder for the result tables.

# %% [markdown] lang="zh"
# **可以改的参数**：`data`：自带数据集的名称，或者你的文件、文件夹的路径 · `mapping`：映射文件，写明你的哪一列对应我们的哪一列；不填就用数据旁边的那一个（`crmlib check` 会起草） · `show_personal`：不遮盖姓名、电话等个人信息 · `as_of`：截至哪一天，不填就是数据的最后一天（远远落在其他日期之后的日子视为录入错误） · `horizon_days`：往后算多少天的价值 · `discount_rate`：折现率（一年） · `margin_rate`：毛利率，例如 0.3；不填就从订单的成本或利润里算 · `retention_rate`：保留率，即一年后还在的客户所占的比例，用在课程的公式里；不填就用本笔记本的假设 · `unit`：模型里时间的单位，"day"（天）、"week"（周）或 "month"（月） · `currency`：金额前的货币符号，不填就用文件里的 · `out`：结果表格写到哪个文件夹。

# %% tags=["parameters"]
data = "teaching-company"
mapping = None  # for example "orders.csv.mapping.toml"
show_personal = False
as_of = None  # for example "2025-12-31"
horizon_days = 365
discount_rate = 0.10  # a year
margin_rate = None  # for example 0.3
retention_rate = None  # a year; for example 0.7
unit = "week"  # or "day", "month"
currency = None  # for example "CNY"
language = "en"  # "en" or "zh"
out = None

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from datetime import date

from crmlib import bridge, customers, datasets, equity, holdout, orders, plots, priorities, purchases, quality, require, value
from crmlib.lesson import enough, find_main, needs, save_table, say, show_doubts, show_headline, show_period
from crmlib.lesson import show_priorities, show_source
from crmlib.language import FEW, for_reading, money, number, out_of, percent, plural, span, t, use
from crmlib.customer_index import look_up, rank, rank_order, side_by_side
from crmlib.kinds import find_kinds, find_main_kind
from crmlib.tables import TABLES

use(language)

# %% [markdown] lang="en"
# ## The answer
#
# *Worth* is the margin expected of those who have bought so far, in the `horizon_days` after `as_of`, discounted to `as_of`; who will buy for the
# first time is not in it. *Still a customer* (the models say *alive*): nobody says that they leave, so each has a probability, and the number is their sum.

# %% [markdown] lang="zh"
# ## 结论
#
# *价值*是已经买过的客户在 `as_of` 之后 `horizon_days` 天里预计贡献的毛利，折现到 `as_of`；以后才第一次来买的人不算在内。*仍是客户*（模型里叫“存活”）：没有人会宣布自己走了，所以每位客户只有一个概率，人数是这些概率之和。

# %% tags=["folded"]
require.whole(horizon_days, "horizon_days")
require.number(discount_rate, "discount_rate", least=0, example=0.1)
for name, share in {"margin_rate": margin_rate, "retention_rate": retention_rate}.items():
    if share is not None:
        require.share(share, name)

# %% tags=["folded"]
tables, reports = datasets.load_data(data, mapping=mapping, show_personal=show_personal)
main = find_main(tables, only=("transactions",))
lines = tables[main]
currency = currency or reports[main].currency
asked_for = as_of
DEFAULTS = {"horizon_days": 365, "discount_rate": 0.10, "unit": "week"}  # a default is called one
DEFAULT_MARGIN, DEFAULT_RETENTION, BORROWED = 0.2, 0.7, 5
FEWEST_DAYS, EVEN, TRUSTED, USABLE, FARTHEST = 84, 0.2, 0.2, 0.5, 2.5
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
require.one_of(unit, [*DAYS], "unit")

# %% tags=["folded"]
last_day = quality.last_day(lines)
as_of = pd.Timestamp(as_of or last_day).normalize()
log = orders.describe_orders(lines, as_of=as_of)
first_day, latest = log["earliest_day"], log["latest_day"]
show_period(first_day, last_day if log["n_later"] else latest, as_of=as_of)

# %% tags=["folded"]
transactions = orders.select_orders(lines, as_of=as_of)
history_days = (as_of - first_day).days + 1
spent = orders.select_orders(transactions, drop=["cost"])
ever = customers.summarize_customers(spent, as_of=as_of)
lately = as_of - pd.Timedelta(days=min(horizon_days, history_days) - 1)
scale = horizon_days / min(horizon_days, history_days)  # of a log shorter than the horizon, as much more
of_late = customers.summarize_customers(spent, as_of=as_of, since=lately)
n_recent = int((of_late["frequency"] > 0).sum())
recent = look_up(of_late["monetary"].clip(lower=0), ever.index, 0.0) * scale
del of_late  # of millions of customers each table weighs


# %% tags=["folded"]
def spending_up_to(end, days):
    """What each customer brought in a period; who only gave back is no customer in it."""
    since = end - pd.Timedelta(days=days - 1)
    if not orders.describe_orders(spent, as_of=end, since=since)["n_lines"]:
        return pd.Series(dtype=float)
    found = customers.summarize_customers(spent, as_of=end, since=since)
    return found["monetary"].where(found["frequency"] > 0)


# Asked before there is much to hold; what growth is made of follows from it.
period_days = next((days for days in (365, 182, 91) if history_days >= 3 * days), None)
if period_days is not None:
    ends = [as_of - pd.Timedelta(days=n * period_days) for n in (2, 1, 0)]
    brought = side_by_side({end: spending_up_to(end, period_days) for end in ends})


# %% tags=["folded"]
def margins_of(everyone):
    """The margin rate of each customer, where it is from (given, the costs of the orders, or the default), that of all."""
    costed_amount = log["amount"] - log["amount_without_cost"]
    if margin_rate is not None:
        return pd.Series(float(margin_rate), index=everyone), "given", float(margin_rate)
    if log["n_without_cost"] > 0.1 * log["n_lines"] or not costed_amount > 0:
        return pd.Series(DEFAULT_MARGIN, index=everyone), "default", DEFAULT_MARGIN
    costed = orders.select_orders(transactions, with_cost=True)
    sums = look_up(orders.sum_orders(costed, ["customer_id"])[["amount", "cost"]], everyone, 0.0)
    of_all = 1 - sums["cost"].sum() / costed_amount
    n = ever["frequency"].clip(lower=1)
    more = BORROWED * (sums["amount"] / n).clip(lower=0)  # as if they had bought five times more, at the margin of all
    both = (sums["amount"] + more).where(lambda amount: amount > 0)
    own = (sums["amount"] - sums["cost"] + more * of_all) / both
    return own.clip(-1, 1).fillna(of_all), "cost", of_all


margin, margin_from, margin_of_all = margins_of(ever.index)

# %% tags=["folded"]
n_bought, n_again, bought, model, spending, why_not = 0, 0, None, None, None, None
if (ever["frequency"] > 0).any():
    bought = customers.repeat_purchase_summary(transactions, as_of=as_of, unit=unit)
    n_bought, n_again = len(bought), int((bought["frequency"] > 0).sum())
    bought["monetary"] = bought["monetary"].clip(lower=0).fillna(0.0)


# %% tags=["folded"]
def look_at_gaps(lines, most=20_000):
    """How uneven the gaps of customers are (0 is a clock, 1 chance), of how many, and the usual gap of purchase days."""
    some = orders.sample_customers(lines, most, seed=4)  # all of them, where there are no more
    days = some.loc[some["amount"] >= 0, ["customer_id", "order_date"]].assign(day=lambda rows: rows["order_date"].dt.normalize())
    own = days[["customer_id", "day"]].drop_duplicates().sort_values(["customer_id", "day"])
    gaps = own.groupby("customer_id")["day"].diff().dt.days.groupby(own["customer_id"]).agg(["count", "mean", "std"])
    gaps = gaps[gaps["count"] >= 3]
    between = pd.Series(np.sort(days["day"].unique())).diff().dt.days.median()
    return (gaps["std"] / gaps["mean"]).median(), len(gaps), between


unevenness, n_looked_at, days_between = look_at_gaps(spent)

# %% tags=["folded"]
is_even = n_looked_at >= FEW and unevenness < EVEN
is_rare = history_days >= 365 and days_between > 25 and n_bought >= FEW  # a purchase day a month, or fewer
if n_bought < FEW:
    why_not = plural(n_bought, "only 1 customer bought, and it takes {few}", "only {n} customers bought, and it takes {few}", few=FEW)
elif n_again == 0:
    why_not = t("nobody bought again")
elif n_again < FEW:
    why_not = t("of {n} customers only {again} bought again, and it takes {few}", again=number(n_again), n=number(n_bought), few=FEW)
elif history_days < FEWEST_DAYS:
    why_not = t("the data cover {days} days, and it takes {few}", days=number(history_days), few=FEWEST_DAYS)
elif is_even:
    why_not = t("customers buy at even gaps, like payments by contract; there one sees who leaves, and need not guess")
elif is_rare:
    why_not = t("purchases lie on few days, {days} days apart, like yearly lists; the models take purchases at any time", days=number(days_between))

# %% tags=["folded"]
FITS = {"MBG/NBD": purchases.fit_mbg_nbd, "BG/NBD": purchases.fit_bg_nbd}  # the first, unless the second errs less
UNDER = ["frequency", "recency", "tenure"]


def fit(name, summary):
    """The model of purchases by its name and that of what a purchase is worth; None where the data do not tell them."""
    again = summary[((summary["frequency"] > 0) & (summary["monetary"] > 0)).to_numpy()]
    try:
        found = FITS[name](*(summary[one] for one in UNDER)), purchases.fit_gamma_gamma(again["frequency"], again["monetary"])
    except ValueError:
        return None
    is_usable = all(one.is_converged for one in found) and np.isfinite(found[1].average_purchase())
    return found if is_usable else None


# %% tags=["folded"]
fitted = {name: fit(name, bought) for name in FITS} if why_not is None else {}
fitted = {name: found for name, found in fitted.items() if found is not None}
if why_not is None and not fitted:
    why_not = t("the purchases do not tell its parameters; customers are too few, too much alike, or seen for too short a time")

# %% tags=["folded"]
until = min(as_of, latest)
test_days = ((until - first_day).days + 1) // 3
cut = until - pd.Timedelta(days=test_days)
then, forecasts, of_money, tested = None, {}, {}, {}
if fitted and (ever["first_order_date"] <= cut).any():
    then = holdout.split_purchases(spent, cut=cut, until=until, unit=unit)
    then["monetary"] = then["monetary"].clip(lower=0).fillna(0.0)
    tested = {name: fit(name, then) for name in fitted}
    tested = {name: found for name, found in tested.items() if found is not None}

# %% tags=["folded"]
came = then["holdout_purchases"] if then is not None else pd.Series(dtype=int)
for name, (of_purchases, of_amounts) in tested.items():
    forecasts[name] = of_purchases.future_purchases(test_days / DAYS[unit], *(then[one] for one in UNDER))
    of_money[name] = forecasts[name] * of_amounts.expected_purchase(then["frequency"], then["monetary"])
best = next(iter(tested or fitted), None)
if len(tested) > 1:  # not by one customer: without the one of whom the two differ most the second must still err less
    worse = ((forecasts["MBG/NBD"] - came).abs() - (forecasts["BG/NBD"] - came).abs()).to_numpy()
    best = "BG/NBD" if min(worse.sum(), np.delete(worse, np.abs(worse).argmax()).sum()) > 0 else "MBG/NBD"


# %% tags=["folded"]
def misses_of(predicted, actual):
    """By what share of the actual a total is missed: with all customers, and without the one who is missed most."""
    most = (predicted - actual).abs().to_numpy().argmax()
    sums = [(one.sum(), np.delete(one.to_numpy(), most).sum()) for one in (predicted, actual)]
    return [said / came - 1 if came > 0 else np.inf for said, came in zip(*sums, strict=True)]


tested_verdict = "untested"
if best in tested and max(came.sum(), forecasts[best].sum()) >= FEW:
    misses = misses_of(forecasts[best], came) + misses_of(of_money[best], then["holdout_spent"])
    farthest = max(abs(miss) for miss in misses)
    tested_verdict = "holds" if farthest <= TRUSTED else "doubtful" if farthest <= USABLE else "fails"
verdict = "none" if why_not else tested_verdict

# %% tags=["folded"]
health, has_model = None, verdict not in ("none", "fails")
if has_model:
    model, spending = fitted[best]
    health = value.check_purchase_model(model, spending, bought)
    ahead = {"margin_rate": 1.0, "discount_rate": discount_rate, "periods": horizon_days / DAYS[unit], "unit": unit}
    try:
        worth = value.purchase_value(model, spending, bought, **ahead, n_draws=0)
    except ValueError:
        verdict, has_model = "none", False
        why_not = t("the purchases do not tell its parameters; one may as well be twenty times as large")

# %% tags=["folded"]
why_doubtful = []
if tested_verdict == "untested":
    why_doubtful.append(t("it could not be tested"))
elif tested_verdict == "doubtful":
    why_doubtful.append(t("the model missed by more than {most} in the test", most=percent(TRUSTED, 0)))
if has_model and tested_verdict != "untested" and horizon_days > FARTHEST * test_days:
    why_doubtful.append(t("it was tested over {tested} days only", tested=number(test_days)))
if has_model and (health["verdict"] == "unusable").any():
    unusable = health.loc[health["verdict"] == "unusable", "found"]
    checks = [t("{check} ({found})", check=name, found=number(found, 0 if found >= 20 else 2)) for name, found in unusable.items()]
    why_doubtful.append(t("its health check warns of: {checks}", checks=t(", ").join(checks)))
if verdict == "holds" and why_doubtful:
    verdict = "doubtful"

# %% tags=["folded"]
MOST_DRAWN, RANDOM = 5_000, np.random.default_rng(4)
total = lowest = highest = n_alive = np.nan


def range_of_total(models, summary, **ahead):
    """By what shares a total may come lower and higher: from the parameters alone, and with what customers do themselves."""
    drawn = summary.sample(MOST_DRAWN, random_state=4) if len(summary) > MOST_DRAWN else summary
    doubt = value.total_purchase_value(*models, drawn, **ahead, n_draws=200)
    apart = doubt[["low", "high"]].div(doubt["value"], axis=0) - 1
    few = len(drawn) / len(summary)  # what customers do themselves evens out over more of them
    both = np.sqrt(apart.loc["parameters"] ** 2 + few * apart.loc["own futures"] ** 2)
    return apart.loc["parameters"].tolist(), [max(-both["low"], -1.0), both["high"]]


# %% tags=["folded"]
is_covered = False
if has_model:
    worth[["value", "value_if_alive"]] = worth[["value", "value_if_alive"]].mul(look_up(margin, worth.index), axis=0)
    total, alive = worth["value"].sum(), worth["probability_alive"]
    by_parameters, apart = range_of_total((model, spending), bought, **ahead)
    if tested_verdict != "untested":
        tested_ahead = {**ahead, "discount_rate": 0.0, "periods": test_days / DAYS[unit]}
        _, of_test = range_of_total(tested[best], then, **tested_ahead)
        off = then["holdout_spent"].sum() / of_money[best].sum() - 1
        is_covered = of_test[0] <= off <= of_test[1]
        if not is_covered:  # an interval that did not hold what came is too narrow: as wide as the miss, on both sides
            apart = [min(apart[0], -abs(off)), max(apart[1], abs(off))]
    lowest, highest = sorted([total * max(1 + apart[0], 0), total * (1 + apart[1])])

# %% tags=["folded"]
if has_model:
    n_alive, some = alive.sum(), bought.sample(min(n_bought, MOST_DRAWN), random_state=4)
    others = [model.drawn(RANDOM).probability_alive(*(some[one] for one in UNDER)).mean() * n_bought for _ in range(100)]
    spread = 1.96 * np.hypot(np.std(others), np.sqrt((alive * (1 - alive)).sum()))
    fewest_alive, most_alive = max(n_alive - spread, 0), min(n_alive + spread, n_bought)
    by_worth = rank(worth["value"])
    n_half = int((by_worth.cumsum() < total / 2).sum()) + 1

# %% tags=["folded"]
years = horizon_days / 365
retention = DEFAULT_RETENTION if retention_rate is None else retention_rate
recent_margin = (recent * margin).clip(lower=0)


def by_formula(rate):
    """What a unit of margin of the time before is worth in the horizon: paid once, at its end, by who has stayed."""
    options = {"retention_rate": rate**years, "discount_rate": (1 + discount_rate) ** years - 1, "n_periods": 0}
    return value.retention_value(1.0, first_payment="end if retained", **options)


formula = recent_margin.sum() * by_formula(retention)
no_formula = None
if horizon_days > 4 * history_days:
    no_formula = t("the data cover {days} days, too few to tell what {ahead} days bring", days=number(history_days), ahead=number(horizon_days))
elif not recent_margin.sum() > 0:
    no_formula = t("in the time before, nobody brought a margin")

# %% tags=["folded"]
GONE, SLIPS, WORTH_MUCH = 0.05, 0.8, 0.8  # probabilities to be a customer still; from which quantile on worth is much
act_on = pd.DataFrame({"at_stake": pd.Series(dtype=float)}, index=pd.Index([], name="customer_id"))
if has_model:
    there = worth["value_if_alive"].where(alive >= GONE)
    is_slipping = ((alive < SLIPS) & (there > 0) & (there >= there.quantile(WORTH_MUCH))).to_numpy()
    act_on = pd.DataFrame({"at_stake": (there - worth["value"])[is_slipping], "worth": worth["value"][is_slipping]})
    act_on["probability_alive"] = alive[is_slipping]
else:
    late = priorities.overdue(ever)
    before = look_up(recent_margin, late.index)
    much = recent_margin[(recent_margin > 0).to_numpy()].quantile(WORTH_MUCH)
    at_stake, is_slipping = before * by_formula(retention), ((before > 0) & (before >= much)).to_numpy()
    act_on = pd.DataFrame({"at_stake": at_stake[is_slipping]})
act_on = act_on.iloc[rank_order(act_on["at_stake"])].rename_axis("customer_id")


# %% tags=["folded"]
def tell_why(row):
    """Why a customer is on the list, in a sentence: how they used to buy, and for how long they have not."""
    silent = number(row.recency_days)
    if row.frequency < 2:
        return t("bought once, {silent} days ago", silent=silent)
    gap = (row.tenure_days - row.recency_days) / (row.frequency - 1)
    told = {"n": number(row.frequency), "gap": number(gap, 0 if gap >= 10 else 1), "silent": silent}
    return t("{n} orders, one every {gap} days on average; none for {silent} days", **told)


listed = look_up(ever, act_on.index)
act_on.insert(0, "why", pd.Series([tell_why(row) for row in listed.itertuples()], index=act_on.index, dtype="str"))
act_on["last_order_date"] = listed["last_order_date"]

# %% tags=["folded"]
known = tables.get("customers")
if show_personal and known is not None and "name" in known:
    names = known.drop_duplicates("customer_id").set_index("customer_id")["name"]
    act_on.insert(0, "name", names.reindex(act_on.index))

# %% tags=["folded"]
margin_said = {
    "given": t("at the margin rate you have set, {rate}", rate=percent(margin_rate or 0)),
    "cost": t("at the margin of the orders' own costs"),
    "default": t("at a margin rate of {rate}, which is the notebook's default and not yours", rate=percent(DEFAULT_MARGIN, 0)),
}[margin_from]
# %% tags=["folded"]
retention_said = (
    t("which you have set") if retention_rate is not None else t("which is an assumption of the notebook's, not measured")
)
values = {
    "n": number(n_bought),
    "days": number(horizon_days),
    "day": as_of.date(),
    "worth": money(total, currency),
    "low": money(lowest, currency),
    "high": money(highest, currency),
    "margin": margin_said,
    "rate": percent(discount_rate, 0),
}

# %% tags=["folded"]
interval_said = t("95% interval: {low} to {high}", **values)
if not is_covered:
    interval_said = t("{low} to {high}, if it is off by as much as in its test", **values)
if tested_verdict == "untested":
    interval_said = t("{low} to {high} by chance alone", **values)

# %% tags=["folded"]
facts, answer = {}, []
if verdict == "holds":
    facts["customer_equity"] = (t("Worth, next {days} days", days=number(horizon_days)), values["worth"], total)
    answer.append(
        t(
            "Those who have bought so far are worth {worth} in the {days} days after {day} ({interval}), {margin}, discounted at {rate} a year.",
            **values,
            interval=interval_said,
        )
    )

# %% tags=["folded"]
if has_model and verdict != "holds":
    facts["customer_equity"] = (t("Worth, next {days} days: doubtful", days=number(horizon_days)), values["worth"], total)
    answer.append(
        t(
            "Doubtful: those who have bought so far may be worth about {worth} in the {days} days after {day} ({interval}), {margin}, "
            "discounted at {rate} a year. No plan should rest on it: {why}.",
            **values,
            interval=interval_said,
            why=t("; ").join(why_doubtful),
        )
    )

# %% tags=["folded"]
if has_model:
    facts["still_customers"] = (t("Customers still"), t("about {n}", n=number(n_alive)), n_alive)
    answer.append(
        t(
            "Of {n} who bought, about {alive} are customers still (95% interval: {fewest} to {most}), worth {each} each on average.",
            n=number(n_bought),
            alive=number(n_alive),
            fewest=number(fewest_alive),
            most=number(most_alive),
            each=money(total / n_alive, currency),
        )
    )
if has_model and total > 0:
    half = t("Half of all the worth is that of {half}.", half=plural(n_half, "1 customer", "{n} customers"))
    answer[-1] = t("{text} {more}", text=answer[-1], more=half)

# %% tags=["folded"]
def tell_off(miss):
    """By how much a forecast was off, in words."""
    share = percent(abs(miss))
    if not np.isfinite(miss):
        return t("wrong altogether")
    if share == percent(0):
        return t("right")
    return t("{share} too low", share=share) if miss < 0 else t("{share} too high", share=share)


# %% tags=["folded"]
if tested_verdict != "untested":
    told = {
        "days": number(test_days),
        "name": best,
        "predicted": money(of_money[best].sum(), currency),
        "came": money(then["holdout_spent"].sum(), currency),
        "off": tell_off(misses[2]),
    }
    test_said = t(
        "Tested on the last {days} days, held out: the model {name} predicted sales of {predicted}, and {came} came; it was {off}.", **told
    )
elif has_model and best not in tested:
    test_said = t("The model could not be tested: the first two thirds of the time do not tell its parameters.")
elif has_model:
    test_said = t("The model could not be tested: too little was bought in the last third of the time.")

# %% tags=["folded"]
if verdict == "fails":
    why_not = t("the model missed by more than {most} in the test", most=percent(USABLE, 0))
if not has_model:
    answer.append(t("These data carry no model of purchases: {why}.", why=why_not))
if not has_model and no_formula:
    answer.append(t("What the customers are worth cannot be told: {why}.", why=no_formula))

# %% tags=["folded"]
if not has_model and not no_formula:
    facts["customer_equity"] = (t("Worth, next {days} days: assumed", days=number(horizon_days)), money(formula, currency), formula)
    answer.append(
        t(
            "By the course's formula those who bought are worth {worth} in the {days} days after {day}, if {rate} of the margin stays within "
            "a year, {source}. In as many days before, the margin was {before}, {margin}.",
            worth=money(formula, currency),
            days=number(horizon_days),
            day=as_of.date(),
            before=money(recent_margin.sum(), currency),
            margin=margin_said,
            rate=percent(retention, 0),
            source=retention_said,
        )
    )

# %% tags=["folded"]
if not has_model:
    answer.append(
        t(
            "How many are customers still cannot be told; since {day} {part} bought.",
            day=lately.date(),
            part=out_of(n_recent, len(ever)),
        )
    )
if verdict in ("holds", "doubtful", "untested", "fails"):
    answer.append(test_said)

# %% tags=["folded"]
contracts = tables.get("subscriptions")
has_contracts = contracts is not None and {"monthly_fee", "start_date", "end_date"} <= set(contracts)
ended = running = pd.DataFrame()
if has_contracts:
    start, end = contracts["start_date"], contracts["end_date"].fillna(as_of + pd.Timedelta(days=1))
    since = as_of - pd.Timedelta(days=365)
    running, ended = contracts[(start <= as_of) & (end > as_of)], contracts[(end > since) & (end <= as_of)]
    months = ((end.clip(upper=as_of) - start.clip(lower=since)).dt.days.clip(lower=0) / DAYS["month"]).sum()
    each = contracts["monthly_fee"] - contracts["monthly_cost"] if "monthly_cost" in contracts else contracts["monthly_fee"] * DEFAULT_MARGIN
    by_month = each[running.index].sum()


# %% tags=["folded"]
def by_contract(n_ended):
    """What the running contracts are worth in the horizon, if so many of them had ended in the last year."""
    n_months = max(round(horizon_days / DAYS["month"]), 1)
    options = {"discount_rate": (1 + discount_rate) ** (1 / 12) - 1, "n_periods": n_months - 1}
    stay = float(np.clip(1 - n_ended / months, 0, 1))
    return value.retention_value(by_month, retention_rate=stay, first_payment="end if retained", **options)


has_contracts = has_contracts and len(running) > 0 and len(ended) >= FEW
if has_contracts:
    n_ended, spread = len(ended), 1.96 * np.sqrt(len(ended))
    of_contracts = [by_contract(n) for n in (n_ended, n_ended + spread, n_ended - spread)]

# %% tags=["folded"]
if len(act_on):
    first_three = [t("{customer} ({stake})", customer=row.Index, stake=money(row.at_stake, currency)) for row in act_on.head(3).itertuples()]
    answer.append(
        t(
            "Worth much and slipping away: {n}, with {stake} at stake. First: {names}.",
            n=plural(len(act_on), "1 customer", "{n} customers"),
            stake=money(act_on["at_stake"].sum(), currency),
            names=t(", ").join(first_three),
        )
    )
else:
    answer.append(t("By these signs there is nobody to act on."))
if has_contracts and len(answer) < 5:
    running_said = plural(len(running), "1 contract that is running", "{n} contracts that are running")
    answer.append(t("Not in it: {running}, worth {worth} in the same time.", running=running_said, worth=money(of_contracts[0], currency)))
show_headline(facts, answer=answer, currency=currency)

# %% [markdown] lang="en"
# ### Whom to act on
#
# With a model: customers whose worth, if they are customers still, is among the highest fifth, and who have left with a probability of 20% or more.
# *At stake* is the part of that worth that is expected to be lost: worth if they are still there, less the worth expected. Who is still there with
# less than 5% is taken for gone. Without a model: customers of the highest fifth who wait more than three times as long as they usually do (four
# orders or more); at stake is what the formula gives for them. A sign is a reason to ask, not a proof: nobody said that they leave, and who is
# won back is not known before it is tried.

# %% [markdown] lang="zh"
# ### 该先跟进谁
#
# 有模型时：列出“如果仍是客户”的价值排在前五分之一、而已经流失的概率达到 20% 的客户。*涉及金额*是预计会失去的那部分价值：仍是客户时的价值减去预计价值。仍是客户的概率不到 5% 的，当作已经走了。没有模型时：列出金额排在前五分之一、而等待时间超过平常间隔三倍的客户（至少有四张订单）；涉及金额是公式给出的价值。迹象只是去问一问的理由，不是证据：没有人说过要走；能不能挽回，试过才知道。

# %%
section = t("Whom to act on")
has_list = enough(recent_margin.sum() > 0 or len(act_on) > 0, t("nobody brought more money than went back"), section=section)
if has_list and len(act_on):
    text = t("Worth much and slipping away: {n}.", n=plural(len(act_on), "1 customer", "{n} customers"))
    if len(act_on) > 10:
        first_ten = percent(act_on["at_stake"].head(10).sum() / act_on["at_stake"].sum())
        text = t("{text} {more}", text=text, more=t("The first ten have {share} of what is at stake.", share=first_ten))
    show_priorities(act_on, text, "4-act-on", title=section, out=out, currency=currency)
elif has_list:
    show_priorities(act_on, t("By these signs there is nobody to act on."), "4-act-on", title=section, out=out, currency=currency)

# %%
if has_model and best in tested:
    alive_then = tested[best][0].probability_alive(*(then[one] for one in UNDER))
    there_then = (of_money[best] / alive_then.where(alive_then >= GONE)).fillna(0.0)
    is_high = there_then >= there_then.quantile(WORTH_MUCH)
    is_high &= there_then > 0
    slipped, stayed = (came[(is_high & one).to_numpy()] > 0 for one in (alive_then < SLIPS, alive_then >= SLIPS))
if has_model and best in tested and len(slipped) and len(stayed):
    say(
        "The same rule at the end of {cut}: of those it would have listed {back} came back in the {days} days since, of the others worth as "
        "much {others}.",
        cut=cut.date(),
        days=number(test_days),
        back=out_of(slipped.sum(), len(slipped)),
        others=out_of(stayed.sum(), len(stayed)),
    )

# %% [markdown] lang="en"
# ## What data is this?
#
# One row is one line of an order, or of a refund, which is negative. Rows that cannot be read are set aside, never dropped in silence: how many,
# and why, stands here. A customer and day counts as one purchase, however many orders it holds; a refund is no purchase and lowers the amounts.

# %% [markdown] lang="zh"
# ## 这是什么数据？
#
# 一行就是一张订单中的一项，退款也占一行，金额为负。无法读取的行记为未采用，不会悄悄丢弃：共有多少行、原因是什么，都写在下面。同一客户同一天的订单合起来算一次购买；退款不算购买，只减少金额。


# %%
def name_defaults():
    """The settings nobody has set, in words."""
    untouched = []
    if horizon_days == DEFAULTS["horizon_days"]:
        untouched.append(t("the horizon, {n} days", n=horizon_days))
    if discount_rate == DEFAULTS["discount_rate"]:
        untouched.append(t("the discount rate, {rate} a year", rate=percent(discount_rate, 0)))
    if margin_from == "default":
        untouched.append(t("the margin rate, {rate}", rate=percent(DEFAULT_MARGIN, 0)))
    if retention_rate is None:
        untouched.append(t("the retention rate of the formula, {rate} a year", rate=percent(DEFAULT_RETENTION, 0)))
    return untouched


if name_defaults():
    say(
        "As the notebook comes, not as you have chosen: {defaults}. Set your own in its first cell.",
        defaults=t("; ").join(name_defaults()),
    )

# %%
show_source(reports, out=out)
show_doubts(datasets.find_doubts(data, tables, today=date.today()))

# %%
say(
    "{lines} from {n}; the amounts add up to {total}.",
    lines=plural(log["n_lines"], "1 line", "{n} lines"),
    n=plural(len(ever), "1 customer", "{n} customers"),
    total=money(log["amount"], currency),
)

# %%
if log["n_later"] and asked_for:
    say(
        "Lines after {as_of}: {n}, the last of {latest}. They are not counted.",
        n=number(log["n_later"]),
        as_of=as_of.date(),
        latest=latest.date(),
    )
elif log["n_later"]:
    say(
        "Lines after {as_of}: {n}, the last of {latest}. A day so far behind all others is taken for mistyped, so they "
        "are not counted; set as_of to count them.",
        n=number(log["n_later"]),
        as_of=as_of.date(),
        latest=latest.date(),
    )

# %% [markdown] lang="en"
# ### Margin
#
# A purchase is worth what is left of it. Where lines have a cost, the margin of each customer is reckoned from their own lines, as if they had made
# five purchases more at the margin of all: the fewer they made, the less their own margin says.

# %% [markdown] lang="zh"
# ### 毛利
#
# 一次购买的价值，是扣除成本后剩下的部分。订单里有成本时，按每位客户自己的订单算毛利率，再给他添上五次“平均毛利率”的购买一起算：买得越少，自己的毛利率说明得越少。

# %%
section = t("Margin")
has_cost = margin_from != "default" or needs(tables, "transactions", ("cost",), section=section)
if margin_from == "default" and has_cost:
    counts = {"n": number(log["n_without_cost"]), "all": number(log["n_lines"])}
    lacking = t("lines without a cost: {n} of {all}, or the sales with a cost come to nothing", **counts)
    has_cost = enough(False, lacking, section=section)
if margin_from == "cost":
    low_margin, high_margin = margin.quantile([0.1, 0.9])
    say(
        "Of all sales with a cost {of_all} are margin. Of eight customers in ten the margin rate lies between {low} and {high}.",
        of_all=percent(margin_of_all),
        low=percent(low_margin),
        high=percent(high_margin),
    )
elif margin_from == "given":
    say("The margin rate is {rate}, as you have set it, the same for every customer.", rate=percent(margin_rate))

# %% [markdown] lang="en"
# ## Can these data carry a model?
#
# A model of purchases takes customers who buy when they like and leave without a word. It needs at least 30 who bought again, twelve weeks, and
# purchases at uneven gaps: who pays at even gaps has a contract, and there one sees who leaves. The table is the health check of the fitted model;
# its limits are habits, not laws. MBG/NBD and BG/NBD are both tried (Batislam et al. 2007; Fader, Hardie & Lee 2005). In the second, who bought once is a
# customer still for certain; it is taken only where it erred less in the hold-out.

# %% [markdown] lang="zh"
# ## 这些数据撑得起模型吗？
#
# 购买模型适用于这样的客户：想买就买，要走也不打招呼。它至少需要 30 位重复购买的客户、十二周的数据，而且购买间隔要有长有短：间隔固定的付款是合同，谁走了一看便知，用不着猜。下表是对拟合出来的模型的“体检”，其中的界限是经验，不是定律。MBG/NBD 和 BG/NBD 两个模型都试（Batislam 等 2007；Fader, Hardie & Lee 2005）；后者把只买过一次的人一律当作仍是客户，所以只有它在留出验证中误差更小时才用它。

# %%
section = t("Can these data carry a model?")
has_health = enough(health is not None, why_not or "", section=section)
if has_health:
    save_table(health, "4-health", title=t("Health check of the model"), out=out)
    columns = {name: [number(one, 0 if one >= 20 else 2) for one in health[name]] for name in ("found", "good", "unusable")}
    shown = health.assign(**columns).reset_index()
    display(for_reading(shown.set_index(pd.RangeIndex(1, len(shown) + 1))))

# %%
if has_health:
    bad = health.index[health["verdict"] != "good"]
    say(
        "The model is {name}, fitted to {n} customers, of whom {again} bought again.",
        name=best,
        n=number(n_bought),
        again=number(n_again),
    )
    if len(bad):
        say("Not good in the health check: {checks}.", checks=t("; ").join(bad))
    else:
        say("In the health check everything is good.")

# %% [markdown] lang="en"
# ## Does the model predict?
#
# The last third of the time is held out: the model sees only what came before, predicts, and what came decides. *Off by* is the error of the total as
# a share of what came. With all customers, and without the one who is missed most, purchases and money must be off by less than 20% for the numbers
# to be an answer, and by less than 50% to be shown as doubtful. Beside the models stands the naive rule: everybody buys on as so far.

# %% [markdown] lang="zh"
# ## 模型预测得准吗？
#
# 把最后三分之一的时间留出来：模型只看之前的数据来预测，再由后来真实发生的购买评判，这就是*留出验证*。*偏差*是总数的误差占实际的比例。无论算上全部客户，还是去掉误差最大的那一位，购买次数和金额的偏差都要在 20% 以内，数字才能当结论；在 50% 以内，只能作为存疑的数字列出。旁边是最简单的规则：每个人都照以前的速度买下去。

# %%
section = t("Does the model predict?")
has_test = enough(bool(fitted), t("it needs a model"), section=section)
if has_test:
    too_little = t("purchases in the last third of the time, by customers known before it: {n}; it takes {few}", n=number(came.sum()), few=FEW)
    has_test = enough(tested_verdict != "untested", too_little, section=section)
if has_test:
    none_came = t("of {n} purchases that were predicted none came, or all was taken back", n=number(forecasts[best].sum()))
    has_test = enough(came.sum() > 0 and then["holdout_spent"].sum() > 0, none_came, section=section)

# %%
if has_test:
    naive = holdout.carry_on(*(then[one] for one in UNDER), length=test_days / DAYS[unit])
    per_purchase = tested[best][1].expected_purchase(then["frequency"], then["monetary"])
    in_number = holdout.accuracy_table(came, {**forecasts, "as so far": naive})
    in_money = holdout.accuracy_table(then["holdout_spent"], {**of_money, "as so far": naive * per_purchase})
    accuracy = pd.concat({"purchases": in_number, "money": in_money}, names=["measure"]).reset_index()
    save_table(accuracy.set_index("measure"), "4-holdout", title=t("Forecasts of the last third of the time"), out=out)

# %%
if has_test:
    shown = accuracy.drop(columns="average_squared_error").astype({"rank_correlation": object})
    is_money = shown["measure"] == "money"
    for name, digits in {"predicted": 0, "actual": 0, "average_absolute_error": 2}.items():
        in_words = [number(one, digits) for one in accuracy[name]], [money(one, currency, digits) for one in accuracy[name]]
        shown[name] = np.where(is_money, in_words[1], in_words[0])
    shown["rank_correlation"] = [number(one, 2) for one in accuracy["rank_correlation"]]
    shown[["measure", "forecast"]] = shown[["measure", "forecast"]].map(t)
    display(for_reading(shown.set_index("measure"), currency=currency))

# %%
if has_test:
    groups = holdout.frequency_table(then["frequency"], came, {best: forecasts[best]})
    save_table(groups, "4-holdout-by-frequency", title=t("Held out, by purchases before"), out=out)
    _, ax = plt.subplots(figsize=(6.8, 3.4), layout="constrained")
    plots.plot_frequency_groups(groups, ax=ax)
    titles = {
        "holds": t("Purchases predicted and come: within {limit}", limit=percent(TRUSTED, 0)),
        "doubtful": t("Purchases predicted and come: the test leaves doubt"),
        "fails": t("Purchases predicted and come: the test was not passed"),
    }
    ax.set_title(titles[tested_verdict])
    plt.show()

# %%
if has_test:
    table = in_money.loc[[best, "as so far"]]
    say(
        "Held out, the {days} days after {cut}: of {n} customers known then, {name} predicted {predicted} purchases, {came} came: {off_number}; "
        "in money {money_said}, {money_came} came: {off_money}.",
        days=number(test_days),
        cut=cut.date(),
        n=number(len(then)),
        name=best,
        predicted=number(in_number.loc[best, "predicted"]),
        came=number(came.sum()),
        off_number=tell_off(in_number.loc[best, "off_by_share"]),
        money_said=money(table.loc[best, "predicted"], currency),
        money_came=money(table.loc[best, "actual"], currency),
        off_money=tell_off(table.loc[best, "off_by_share"]),
    )

# %%
if has_test and has_model and not is_covered:
    say(
        "What came lies outside what the model held possible ({low} to {high}): the interval of the answer is as wide as that miss.",
        low=money(of_money[best].sum() * (1 + of_test[0]), currency),
        high=money(of_money[best].sum() * (1 + of_test[1]), currency),
    )

# %%
if has_test:
    errors = in_money["average_absolute_error"]
    gained = (of_money[best] - then["holdout_spent"]).abs() - (naive * per_purchase - then["holdout_spent"]).abs()
    gained = gained.to_numpy()
    beats = max(gained.sum(), np.delete(gained, np.abs(gained).argmax()).sum()) < 0  # also without the customer who decides most
    told = {"model": money(errors[best], currency, 2), "naive": money(errors["as so far"], currency, 2)}
    if beats:
        say("Customer by customer the model is off by {model} on average, the naive rule by {naive}.", **told)
    else:
        say(
            "Customer by customer the model is off by {model} on average, the naive rule by {naive}: the list of single customers is no "
            "better than their own past.",
            **told,
        )

# %%
if has_test:
    if not has_model and tested_verdict != "fails":
        say("The numbers of the model are not used all the same: {why}.", why=why_not)
    elif verdict == "holds":
        say("That is near enough: the numbers of the model are shown as an answer.")
    elif tested_verdict == "holds":
        say("That is near enough, and yet the numbers of the model are shown as doubtful: {why}.", why=t("; ").join(why_doubtful))
    elif tested_verdict == "doubtful":
        say("That is too far off for an answer: the numbers of the model are shown as doubtful.")
    else:
        say("That is no forecast: the numbers of the model are not used.")

# %%
if has_test and len(tested) > 1:
    say(
        "Of the two models {name} is taken. Average error of a customer, in purchases: {errors}.",
        name=best,
        errors=t("; ").join(
            t("{name} {error}", name=name, error=number(in_number.loc[name, "average_absolute_error"], 3)) for name in tested
        ),
    )

# %% [markdown] lang="en"
# ## What is each customer worth?
#
# Purchases expected in the horizon, times what a purchase of this customer is worth (Gamma-Gamma, Fader & Hardie 2013), times the margin, discounted from the day of
# each purchase. Two intervals are not the same: the *total* is uncertain because the parameters are estimated and customers do as they like, which
# evens out over many; what *one* customer will bring is wide open, and the model knows it. The list of all customers is the table `4-customers`.

# %% [markdown] lang="zh"
# ## 每位客户值多少钱？
#
# 今后预计的购买次数 × 这位客户一次购买值多少（Gamma-Gamma，Fader & Hardie 2013）× 毛利率，从每次购买的那一天折现回来，就是*客户终身价值*在这段时间里的部分。有两种区间，不要混为一谈：*总数*不确定，是因为参数是估计的、客户各有各的打算，人多了会互相抵消；*单个客户*会贡献多少，则大有出入，模型自己也知道。全部客户见 `4-customers` 表。

# %%
section = t("What is each customer worth?")
has_worth = enough(has_model, t("it needs a model that passes its test"), section=section)
if has_worth:
    shown_first = by_worth.index[:200].union(act_on.index[:200], sort=False)
    single = value.purchase_value(model, spending, look_up(bought, shown_first), **ahead, n_draws=200)
    listed = pd.DataFrame({"worth": by_worth})
    for name in ("future_low", "future_high"):
        listed[name] = look_up(single[name] * look_up(margin, shown_first), listed.index)
    listed["probability_alive"] = look_up(alive, listed.index)
    of_model = look_up(worth[["expected_purchases", "expected_amount"]], listed.index)
    of_orders = look_up(ever[["frequency", "recency_days", "monetary"]].assign(margin_rate=margin), listed.index)
    listed = pd.concat([listed, of_model, of_orders[["margin_rate", "frequency", "recency_days", "monetary"]]], axis=1)
    del of_model, of_orders
    save_table(listed, "4-customers", title=t("Worth of each customer"), out=out)
    shown = listed.drop(columns=["expected_amount", "margin_rate"]).head(10)
    display(for_reading(shown.assign(expected_purchases=[number(one, 1) for one in shown["expected_purchases"]]), currency=currency))

# %%
if has_worth and total > 0:
    _, ax = plt.subplots(figsize=(7, 4), layout="constrained")
    is_shown = (worth["probability_alive"] >= GONE).to_numpy()
    shown = worth[["probability_alive", "value_if_alive"]][is_shown]
    plots.plot_worth_map(shown, chosen=pd.Series(is_slipping[is_shown], shown.index), currency=currency, ax=ax)
    top_fifth = by_worth.head(round(0.2 * n_bought)).sum() / total
    ax.set_title(t("The fifth who are worth most hold {share} of the worth", share=percent(top_fifth)))
    plt.show()
    n_gone = int((alive < GONE).sum())
    say("Not drawn, for they are customers still with less than {limit}: {n}.", limit=percent(GONE, 0), n=out_of(n_gone, n_bought))

# %%
if has_worth:
    say(
        "All together: {worth} ({interval}); were only the parameters in doubt: {low} to {high}.",
        worth=money(total, currency),
        interval=interval_said,
        low=money(min(total * (1 + one) for one in by_parameters), currency),
        high=money(max(total * (1 + one) for one in by_parameters), currency),
    )
    first = listed.index[0]
    say(
        "Worth most is {customer}: {worth} expected, and between {low} and {high} in 95 of 100 cases. That wide open is the future of one customer.",
        customer=first,
        worth=money(listed["worth"].iloc[0], currency),
        low=money(listed["future_low"].iloc[0], currency),
        high=money(listed["future_high"].iloc[0], currency),
    )
    del listed, single, shown

# %% [markdown] lang="en"
# ### Who is a customer still?
#
# By the probability of each to be a customer still, at the cut of the hold-out: how many there were, what the model gave them to buy again in the
# time held out, and how many did. "30% still a customer" is not "30% buy again": who is still there may buy nothing for a while. Nor is it the count of the analysis of
# chapter 1: there, who has been silent for much longer than their own rhythm is called lost by a rule, and all others are with us; here everybody has a
# probability. Two definitions, two numbers: name the one you use.

# %% [markdown] lang="zh"
# ### 谁仍是客户？
#
# 按留出验证开始那天“仍是客户”的概率分组：各组多少人、模型认为他们在留出的时间里再来买的概率、实际来了多少。“30% 仍是客户”不等于“30% 会再来买”：仍是客户的人，也可能很久不买。它也不是第 1 章分析里的人数：那里按规则判断，沉默时间远远超过自己节奏的算流失，其余都算仍在；这里每个人只有一个概率。两种定义，两个数字，用哪一个要说清楚。

# %%
section = t("Who is a customer still?")
has_alive = enough(has_worth and has_test, t("it needs a model that passes its test"), section=section)
if has_alive:
    buys_again = tested[best][0].chance_to_buy(test_days / DAYS[unit], *(then[one] for one in UNDER))
    groups = holdout.alive_table(alive_then, came, chance=buys_again)
    save_table(groups, "4-still-customers", title=section, out=out)
    display(for_reading(groups.rename(columns={"low_rate": "again_low_rate", "high_rate": "again_high_rate"})))
    _, ax = plt.subplots(figsize=(6.8, 3.4), layout="constrained")
    plots.plot_alive_groups(groups, ax=ax)
    ax.set_title(t("Of {n} customers at the cut, {again} bought again", n=number(len(then)), again=number((came > 0).sum())))
    plt.show()

# %%
if has_alive:
    of_many = groups[groups["n_customers"] >= FEW]
    is_outside = ~of_many["chance_rate"].between(of_many["low_rate"], of_many["high_rate"])
    say(
        "Groups of {few} customers or more: {n}. Of them the share who bought again lies further than chance from what the model gave in {part}.",
        few=FEW,
        n=number(len(of_many)),
        part=number(is_outside.sum()),
    )
    del buys_again, alive_then, there_then, is_high, naive, per_purchase

# %% [markdown] lang="en"
# ## Which segments hold the worth?
#
# The worth of the customers (*customer equity*) by columns that sort them: of their records, such as type, city or line of business; of the orders, by where each
# customer spent most. Where no model is carried, the worth is that of the formula.

# %% [markdown] lang="zh"
# ## 价值在哪些细分客户手里？
#
# 把全部客户的价值（*客户资产*）按能给客户分类的列拆开：客户档案里的类型、城市、行业；订单里则看每位客户在哪一类花钱最多。数据撑不起模型时，用公式算出的价值来拆。


# %%
def list_kinds(most=30):
    """By the name of a column, the kind of each customer: of the records, or where they spent most."""
    found = {}
    records = known.drop_duplicates("customer_id").set_index("customer_id") if known is not None else pd.DataFrame(index=ever.index)
    for name in records:
        if name in ("customer_type", "industry", "city") or name not in TABLES["customers"].names:
            found[name] = records[name]
    for name in transactions.columns:
        is_own = name in ("channel", "category") or name not in TABLES["transactions"].names
        if is_own and name not in found and find_kinds(transactions, [name], most=10 * most):  # of more, one each is none
            found[name] = find_main_kind(transactions, name)
    kinds = {name: look_up(kind.astype("category"), ever.index) for name, kind in found.items()}
    kinds = {name: kind.cat.rename_categories(str) for name, kind in kinds.items()}
    return {name: kind for name, kind in kinds.items() if 1 < kind.nunique() <= most}


# %%
section = t("Which segments hold the worth?")
value_each = look_up(worth["value"], ever.index, 0.0).fillna(0.0) if has_model else recent_margin * by_formula(retention)
kinds = list_kinds()
no_kinds = t(
    "no column sorts the customers into kinds; add a table customers with customer_type, city or industry, or take a column of the orders "
    "along by extra in the mapping file"
)
has_kinds = enough(value_each.sum() > 0, t("nobody is worth anything"), section=section)
has_kinds = has_kinds and enough(len(kinds) > 0, no_kinds, section=section)

# %%
for place, (column, kind) in enumerate(list(kinds.items())[:3] if has_kinds else [], start=1):
    kind = kind.cat.set_categories([*dict.fromkeys([*kind.cat.categories, t("not known")])]).fillna(t("not known"))
    parts = value_each.groupby(kind.array, observed=True)
    by_kind = pd.DataFrame({"n_customers": parts.size(), "worth": parts.sum()})
    if has_model:
        by_kind["still_customers"] = alive.groupby(look_up(kind, alive.index).array, observed=True).sum().round(1)
    by_kind.index = by_kind.index.astype("str")
    by_kind["worth_share"] = by_kind["worth"] / value_each.sum()
    by_kind = by_kind.rename_axis(column).sort_values("worth", ascending=False, kind="stable")
    save_table(by_kind, f"4-by-{place}", title=t("By {column}", column=t(column.replace("_", " "))), out=out)
    shown = by_kind.assign(still_customers=[number(one) for one in by_kind["still_customers"]]) if has_model else by_kind
    display(for_reading(shown, currency=currency))
    top = next(name for name in by_kind.index if name != t("not known"))
    say(
        "{column}: {best} holds {share} of the worth, with {n} of the customers.",
        column=t(column.replace("_", " ")),
        best=t(str(top)),
        share=percent(by_kind.loc[top, "worth_share"]),
        n=out_of(by_kind.loc[top, "n_customers"], len(ever)),
    )

# %% [markdown] lang="en"
# ## More, longer, deeper
#
# Number of customers × how long they stay × what each brings is the worth of the base, over all the time ahead and not only the horizon, if the shares
# who came back, and the margins, went on as they were; so it grows by *more* customers, *longer* relations or *deeper* ones. Two periods of the same length, the one up to `as_of` and the one
# before it; a third, before both, says who came back. The parts are the mean over all orders in which the factors can be changed (Shapley 1953). A part
# whose interval holds 0 is not shown to have moved.

# %% [markdown] lang="zh"
# ## 更多、更久、更深
#
# 客户数 × 关系持续多久 × 每位客户贡献多少，就是客户资产（算到今后所有时间，不只是上面那段），前提是回头的比例和毛利照旧。所以它的增长只有三条路：*更多*客户、*更久*的关系、*更深*的关系。取长度相同的两段时间，一段截至 `as_of`，一段在它之前；再往前的一段用来看谁回来了。各部分取所有改变顺序的平均（Shapley 1953）。某一部分的区间含 0，就不能说它变了。

# %%
section = t("More, longer, deeper")
too_short = t("it takes three periods of 91 days or longer; the data cover {days} days", days=number(history_days))
has_growth = enough(period_days is not None, too_short, section=section)
if has_growth:
    profits = brought.mul(look_up(margin, brought.index), axis=0)
    del brought
    fewest = int(profits.notna().sum().min()) if profits.shape[1] == 3 else 0
    has_growth = enough(fewest >= FEW, t("it takes {few} customers in each of three periods; in one there are {n}", few=FEW, n=fewest), section=section)
    has_growth = has_growth and enough((profits.sum() > 0).all(), t("in a period there was no margin"), section=section)

# %%
if has_growth:
    rate = {"discount_rate": (1 + discount_rate) ** (period_days / 365) - 1}
    base = equity.base_by_period(profits, **rate)
    base.index = base.index.strftime("%Y-%m-%d").rename("until")
    split = bridge.growth_split(base.shift().iloc[1:], base.iloc[1:])
    parts = bridge.growth_intervals(profits, **rate, seed=4)
    save_table(base.drop(columns="value_per_customer"), "4-base", title=t("The base by period"), out=out)
    save_table(parts, "4-growth", title=t("What growth was made of"), out=out)
    told = {"length": [number(one, 2) for one in base["length"]]}
    told["profit_per_customer"] = [money(one, currency, 2) for one in base["profit_per_customer"]]
    display(for_reading(base.drop(columns="value_per_customer").assign(**told), currency=currency))

# %%
if has_growth:
    moved = parts[(parts["low"] > 0) | (parts["high"] < 0)].drop("change", errors="ignore")
    _, ax = plt.subplots(figsize=(7, 3.6), layout="constrained")
    plots.plot_bridge(split, start=base.index[0], currency=currency, ax=ax)
    shown_moved = t(", ").join(t(name) for name in moved.index)
    ax.set_title(t("What moved the worth of the base: {parts}", parts=shown_moved) if len(moved) else t("No part is shown to have moved"))
    plt.show()



# %%
def tell_part(name, row):
    """A part of the growth with its interval; one without width has none."""
    amount, low, high = (money(row[one], currency) for one in ("amount", "low", "high"))
    if low == high:
        return t("{part}: {amount}", part=t(name), amount=amount)
    return t("{part}: {amount} (95% interval: {low} to {high})", part=t(name), amount=amount, low=low, high=high)


# %%
if has_growth:
    say(
        "From the {days} days up to {before} to those up to {after} the worth of the base, over all the time ahead, went from {first} to {last}: {parts}.",
        days=number(period_days),
        before=base.index[0],
        after=base.index[1],
        first=money(base["equity"].iloc[0], currency),
        last=money(base["equity"].iloc[1], currency),
        parts=t("; ").join(tell_part(name, row) for name, row in parts.iterrows()),
    )
    if period_days < 365:
        say("The periods are shorter than a year: how much of the change is season cannot be told.")

# %% [markdown] lang="en"
# ## What are the contracts worth?
#
# Of contracts one sees who leaves, and needs no model to guess it: the share that stays from month to month is counted over the last year, and the running
# contracts are valued by it, month by month, for the horizon. Where the loyal remain, later months lose fewer than this says.

# %% [markdown] lang="zh"
# ## 合同值多少钱？
#
# 有合同，谁走了一看便知，不需要模型来猜：数一数最近一年里每个月留下来的比例，再按它逐月算出正在履行的合同在这段时间里的价值。容易走的先走，留下来的更忠诚，所以往后每个月流失的会比这里算的少。

# %%
section = t("What are the contracts worth?")
has_contracts = needs(tables, "subscriptions", ("monthly_fee", "start_date", "end_date"), section=section)
if has_contracts:
    few_ended = t("of {running} contracts {ended} ended in the last year, and it takes {few}", running=len(running), ended=len(ended), few=FEW)
    has_contracts = enough(len(running) > 0 and len(ended) >= FEW, few_ended, section=section)

# %%
if has_contracts:
    worth_said, low_said, high_said = (money(one, currency) for one in of_contracts)
    say(
        "Running at the end of {day}: {n}, with {margin} of margin a month. In the last 365 days {ended} ended: from month to month {share} stay "
        "(95% interval: {low} to {high}). In the next {days} days they are worth {worth} (95% interval: {worth_low} to {worth_high}).",
        day=as_of.date(),
        n=plural(len(running), "1 contract", "{n} contracts"),
        margin=money(by_month, currency),
        ended=number(n_ended),
        share=percent(1 - n_ended / months),
        low=percent(1 - (n_ended + spread) / months),
        high=percent(1 - (n_ended - spread) / months),
        days=number(horizon_days),
        worth=worth_said,
        worth_low=low_said,
        worth_high=high_said,
    )
    if "monthly_cost" not in contracts:
        say("The contracts have no cost a month: their margin is taken as {rate} of the fee, the notebook's default.", rate=percent(DEFAULT_MARGIN, 0))

# %% [markdown] lang="en"
# ## What does the course's formula say?
#
# The margin of the time before, times the share that stays, paid at the end of the horizon and discounted: the course's formula with one retention
# rate for all. It knows nothing of single customers; what it gives hangs on the rate, which nobody has measured here: a share who bought again is
# no retention rate, for who did not buy in a period may still be a customer.

# %% [markdown] lang="zh"
# ## 课程的公式怎么说？
#
# 此前同样长时间的毛利 × 留下来的比例，期末一次付清，再折现：这就是课程的公式，所有客户用同一个保留率。它不区分单个客户；结果全看保留率，而保留率在这里没有人量过：“又来买的比例”不是保留率，因为某段时间没买的人，可能仍是客户。

# %%
section = t("What does the course's formula say?")
has_formula = enough(no_formula is None, no_formula or "", section=section)
if has_formula:
    rates = sorted({max(retention - 0.1, 0.0), retention, min(retention + 0.1, 1.0)})
    table = pd.DataFrame({"worth": [recent_margin.sum() * by_formula(rate) for rate in rates]}, index=[percent(rate, 0) for rate in rates])
    table.index.name = "retention_rate"
    save_table(table, "4-formula", title=t("Worth by the formula"), out=out)
    display(for_reading(table, currency=currency))
    say(
        "By the formula the customers are worth {worth} in {days} days if {rate} stay within a year, {source}; ten points more or less make {less} to {more}.",
        worth=money(formula, currency),
        days=number(horizon_days),
        rate=percent(retention, 0),
        source=retention_said,
        less=money(table["worth"].min(), currency),
        more=money(table["worth"].max(), currency),
    )

# %%
if has_formula and has_growth:
    again = base["retention_rate"].iloc[-1]
    told = {"days": number(period_days), "share": percent(again)}
    share = t("Of the customers of the {days} days before the last {days}, {share} bought again in the last.", **told)
    if period_days < 365:
        share = t("{text} {more}", text=share, more=t("That is {share} a year.", share=percent(again ** (365 / period_days))))
    if is_even or is_rare:
        say("{text} With payments at fixed times that is a retention rate: set retention_rate to it, if you hold it for right.", text=share)
    else:
        say("{text} The retention rate is hardly below that.", text=share)
if has_formula and scale > 1:
    say("The data are shorter than the horizon: their margin was scaled up to {days} days.", days=number(horizon_days))

# %% [markdown] lang="en"
# ## What to doubt
#
# A model of purchases takes every customer to buy at a steady rate until they leave for good. Seasons, prices, competitors and what you do for
# your customers are not in it.

# %% [markdown] lang="zh"
# ## 哪些地方要存疑？
#
# 购买模型认为，每位客户一直按自己的速度买，直到有一天彻底离开。季节、价格、竞争对手，还有你为客户做的一切，都不在里面。

# %%
if has_model and tested_verdict != "untested" and horizon_days > test_days:
    say(
        "The model was tested over {tested} days, and is asked for {asked}: beyond the test nobody has seen how it does.",
        tested=number(test_days),
        asked=number(horizon_days),
    )
if has_model and horizon_days > history_days:
    say("The horizon is longer than all the data, {days} days.", days=number(history_days))

# %%
if has_model:
    days_in = (bought["first_order_date"] - first_day).dt.days
    early = int((days_in < 0.1 * history_days).sum())
    if early > 0.3 * n_bought:
        say(
            "Seen for the first time in the first tenth of the data: {part}. Many of them were customers before; to the model they are new that day.",
            part=out_of(early, n_bought),
        )
    again = bought.loc[((bought["frequency"] > 0) & (bought["monetary"] > 0)).to_numpy(), ["frequency", "monetary"]]
    together = again["frequency"].corr(again["monetary"], method="spearman")
    if together > 0.2:
        say("Who buys often spends more on a purchase (rank correlation {r}); the model takes the two for unrelated.", r=number(together, 2))
    elif together < -0.2:
        say("Who buys often spends less on a purchase (rank correlation {r}); the model takes the two for unrelated.", r=number(together, 2))

# %%
if has_model and total > 0 and by_worth.iloc[0] > 0.1 * total:
    say(
        "One customer, {customer}, is {share} of the worth. What is said of sums hangs on them.",
        customer=by_worth.index[0],
        share=percent(by_worth.iloc[0] / total),
    )
one_time = n_bought - n_again
if has_model and best == "BG/NBD" and one_time:
    say("Bought once: {n}. The model BG/NBD calls each of them a customer still, for certain; that is its doing.", n=out_of(one_time, n_bought))
elif has_model and one_time > 0.5 * n_bought:
    say("Bought once: {n}. Of them the model knows no more than of all.", n=out_of(one_time, n_bought))

# %%
if len(ever) < FEW:
    say(
        "These are fewer than {few} customers. What follows describes them; it is too little to conclude anything about others.",
        few=FEW,
    )

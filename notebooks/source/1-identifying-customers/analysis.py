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
# # 1 · Who are our customers, and where does each stand?
#
# This notebook runs on the kit's own data and on yours: on orders, on a list of customers, or on both.
# The answer stands first: how many customers, how many of them are still with us or stand in the list twice, and whom to act on. The evidence follows:
#
# 1. What data is this, and what was set aside?
# 2. How good are the records of customers?
# 3. Which records may be the same customer twice?
# 4. At which stage of life is each customer, and how do they move?
# 5. Who should buy next, and when?
#
# Every number below comes from this run. A section for which a table is missing, or for which there are too few data, says so,
# and the rest goes on.

# %% [markdown] lang="zh"
# # 1 · 我们的客户是谁？各处在哪个阶段？
#
# 本笔记本既能分析自带的数据，也能分析你自己的数据：有订单明细、客户名单，或者两样都有，都可以。结论放在最前面：有多少客户、多少人仍在购买、哪些人在名单里重复、该先跟进谁。随后是依据，依次回答五个问题：
#
# 1. 这是什么数据？有哪些行未采用？
# 2. 客户档案的质量怎么样？
# 3. 哪些档案可能是同一位客户？
# 4. 每位客户处在生命周期的哪个阶段？阶段之间怎样变动？
# 5. 接下来谁该买了？什么时候？
#
# 文中每个数字都是这次运行算出来的。某一节缺少所需的表，或者数据太少时，会说明原因，其余各节照常进行。

# %% [markdown] lang="en"
# **What you can set.** `data`: a data set of the kit, or the path of your file or folder · `mapping`: the small file
# that says which of your columns is which of ours; if empty, the one beside your data (`crmlib check` drafts it) · `show_personal`: do
# not mask names, telephone numbers and the like; then they stand beside the pairs of records · `as_of`: the day to look from, the
# last day in the data if empty (a day far behind all others is taken for mistyped) · `period_days`: the period whose purchases are at
# stake · `horizon_days`: how many days to look ahead · `currency`: only a sign before the amounts, that of the file if it has one ·
# `out`: a folder for the result tables.

# %% [markdown] lang="zh"
# **可以改的参数**：`data`：自带数据集的名称，或者你的文件、文件夹的路径 · `mapping`：映射文件，写明你的哪一列对应我们的哪一列；不填就用数据旁边的那一个（`crmlib check` 会起草） · `show_personal`：不遮盖姓名、电话等个人信息；打开后，它们会列在重复档案的旁边，方便核对 · `as_of`：截至哪一天，不填就是数据的最后一天（远远落在其他日期之后的日子视为录入错误） · `period_days`：涉及金额按多少天的购买计算 · `horizon_days`：往后看多少天 · `currency`：金额前的货币符号，不填就用文件里的 · `out`：结果表格写到哪个文件夹。

# %% tags=["parameters"]
data = "teaching-company"
mapping = None  # for example "orders.csv.mapping.toml"
show_personal = False
as_of = None  # for example "2025-12-31"
period_days = 365
horizon_days = 60
currency = None  # for example "CNY"
language = "en"  # "en" or "zh"
out = None

# %%
from datetime import date

import matplotlib.pyplot as plt
import pandas as pd
from scipy import stats

from crmlib import customers, datasets, gaps, identity, lifecycle, orders, plots, priorities, quality, transitions
from crmlib.intake import duplicates
from crmlib.lesson import enough, find_main, needs, save_table, say, show_doubts, show_headline, show_period
from crmlib.lesson import show_priorities, show_source
from crmlib.language import for_reading, money, number, out_of, percent, span, t, use
from crmlib.customer_index import look_up

use(language)

# %% [markdown] lang="en"
# ## The answer
#
# *Revenue* is what customers paid in the period, refunds taken off; the period is the `period_days` up to and including `as_of`.
# The five stages of life are told by a rule, which stands below with its limits.

# %% [markdown] lang="zh"
# ## 结论
#
# *收入*是客户在统计期内的付款减去退款；统计期是截至 `as_of` 当天（含当天）的 `period_days` 天。生命周期的五个阶段按明确的规则划分，规则及其局限见后文。

# %% tags=["folded"]
given = {"mapping": mapping, "show_personal": show_personal, "with_pairs": True}
tables, reports = datasets.load_data(data, **given)
main = find_main(tables, "customers")
has_orders = main == "transactions"  # stages and purchases need days
currency = currency or reports[main].currency
asked_for = as_of

# %% tags=["folded"]
if has_orders:
    lines = tables["transactions"]  # a DataFrame, or a table that stays where it is
    last_day = quality.last_day(lines)
    as_of = pd.Timestamp(as_of or last_day).normalize()
    log = orders.describe_orders(lines, as_of=as_of)
    first_day, latest = log["earliest_day"], log["latest_day"]
    show_period(first_day, last_day if log["n_later"] else latest, as_of=as_of)

# %% tags=["folded"]
if has_orders:
    transactions = orders.select_orders(lines, as_of=as_of, drop=["cost"])
    since = max(as_of - pd.Timedelta(days=period_days - 1), first_day)
    history_days = (as_of - first_day).days + 1
    in_period = customers.summarize_customers(transactions, as_of=as_of, since=since)["monetary"]
    stages = lifecycle.assign_stages(transactions, as_of=as_of)
    stages["revenue"] = look_up(in_period, stages.index, 0.0)
else:
    as_of = pd.Timestamp(as_of or date.today()).normalize()

# %% tags=["folded"]
# A rhythm takes four days of purchase; where nobody has one, nobody is late and nothing is expected.
has_rhythm = has_orders and bool(stages["is_own_gap"].any())
expected, reasons = None, {}
if has_rhythm:
    at_stake = stages["revenue"].clip(lower=0)
    declines = (stages["stage"] == "decline") & (at_stake > 0)
    is_silent = declines & stages["is_own_gap"] & (stages["times_gap"] > lifecycle.LATE)
    is_falling = declines & ~is_silent & (stages["slope_z"] < -lifecycle.CLEAR)
    falls_by = (-stages["yearly_slope"]).clip(0, 1)
    reasons["silent too long"] = at_stake[is_silent.to_numpy()]
    reasons["buys less and less"] = (at_stake * falls_by)[is_falling.to_numpy()]
    del declines, is_silent, is_falling, falls_by  # of millions of customers each column weighs

# %% tags=["folded"]
act_on = priorities.list_priorities(reasons)
if has_rhythm:
    for name in ("stage", "revenue", "last_order_date", "gap_days", "is_own_gap", "times_gap"):
        act_on[name] = look_up(stages[name], act_on.index)

# %% tags=["folded"]
ahead = min(horizon_days, history_days // 3) if has_orders else 0
if has_rhythm and ahead >= 1:
    cut = as_of - pd.Timedelta(days=ahead)
    if gaps.count_returned(transactions, as_of=cut):
        expected = lifecycle.next_purchase(transactions, as_of=as_of, horizon_days=ahead)

# %% tags=["folded"]
# The pairs were found before anything was masked; they hold numbers, weights and which fields agree, and no name.
known = tables.get("customers")
pairs = tables.get("record_pairs")
personal = [name for name in ("name", "phone", "email", "address") if known is not None and name in known]
is_masked = any(known[name].dropna().astype(str).str.endswith("***").any() for name in personal)

# %% tags=["folded"]
if pairs is not None:
    compared = list(pairs.columns[5:])
    names = {(name, "agree"): t(name.replace("_", " ")) for name in compared}
    names |= {(name, "nearly"): t("{field} nearly", field=names[name, "agree"]) for name in compared}
    outcomes = pairs[compared].astype(str).to_dict("records")
    pairs["agree_in"] = [t(", ").join(names[one] for one in row.items() if one in names) for row in outcomes]
    likely, unsure = pairs[pairs["is_likely"]], pairs[~pairs["is_likely"]]

# %% tags=["folded"]
answer, facts = [], {}
if has_orders:
    n_customers, revenue = len(stages), in_period.sum()
    facts["ever_bought"] = (t("Customers who ever bought"), number(n_customers), n_customers)
    facts["revenue"] = (t("Revenue"), money(revenue, currency), revenue)
    facts["period"] = (t("Period"), span(since.date(), as_of.date()), None)
elif known is not None:
    facts["records"] = (t("Records of customers"), number(len(known)), len(known))
    answer.append(
        t("Records of customers: {n}; there are no orders with their days, so who is still with us cannot be told.", n=number(len(known)))
    )

# %% tags=["folded"]
if has_orders:
    by_stage = stages.groupby("stage", observed=False)
    stage_table = pd.DataFrame({"n_customers": by_stage.size(), "revenue": by_stage["revenue"].sum()})
    stage_table["customer_share"] = stage_table["n_customers"] / max(stage_table["n_customers"].sum(), 1)
    stage_table["value_share"] = stage_table["revenue"] / max(stage_table["revenue"].sum(), 1e-9)
    with_us = ["acquisition", "growth", "maturity"]
    n_with_us = int(stage_table.loc[with_us, "n_customers"].sum())
    facts["with_us"] = (t("Still with us"), out_of(n_with_us, n_customers), n_with_us)
    answer.append(
        t(
            "Customers who ever bought: {all}. By their rhythm still with us: {part}; in decline: {n_decline}; ended: {n_ended}.",
            all=number(n_customers),
            part=out_of(n_with_us, n_customers),
            n_decline=number(stage_table.loc["decline", "n_customers"]),
            n_ended=number(stage_table.loc["ended", "n_customers"]),
        )
    )

# %% tags=["folded"]
if len(act_on):
    first_three = [
        t("{customer} ({reason}, {stake})", customer=who, reason=t(row["reason"]), stake=money(row["at_stake"], currency))
        for who, row in act_on.head(3).iterrows()
    ]
    answer.append(
        t(
            "Customers to act on: {n}. At stake: {stake}. First: {names}.",
            n=number(len(act_on)),
            stake=money(act_on["at_stake"].sum(), currency),
            names=t(", ").join(first_three),
        )
    )
elif has_rhythm:
    answer.append(t("By these signs there is nobody to act on."))
elif has_orders:
    answer.append(t("Whether somebody is late cannot be told: nobody bought on four days or more."))

# %% tags=["folded"]
if expected is not None:
    n_due = int(expected["expected_date"].notna().sum())
    answer.append(
        t(
            "Expected to buy in the {n_days} days after {day}: {part}.",
            n_days=number(ahead),
            day=as_of.date(),
            part=out_of(n_due, len(expected)),
        )
    )

# %% tags=["folded"]
if pairs is not None and len(likely):
    concerned = pd.unique(likely[["id_left", "id_right"]].to_numpy().ravel())
    facts["pairs"] = (t("Pairs to review"), number(len(likely)), len(likely))
    first_pairs = [
        t("{one} and {other} ({names})", one=row["id_left"], other=row["id_right"], names=row["agree_in"])
        for _, row in likely.head(3).iterrows()
    ]
    answer.append(
        t(
            "Pairs of records that are more likely one customer than two: {n}; records concerned: {n_records} ({share}). First: {pairs}. "
            "Nothing was merged.",
            n=number(len(likely)),
            n_records=number(len(concerned)),
            share=percent(len(concerned) / len(known)),
            pairs=t("; ").join(first_pairs),
        )
    )

# %% tags=["folded"]
if pairs is not None and not len(likely) and len(unsure):
    answer.append(
        t("Pairs of records that agree, with too little known to say whether they are one customer: {n}.", n=number(len(unsure)))
    )
if pairs is not None and not len(likely) and not len(unsure):
    answer.append(t("No two records look like the same customer."))
if not has_orders and personal and len(known):
    there = known[personal].notna().mean()
    answer.append(t("Filled least of the records: {name}, {share}.", name=t(there.idxmin()), share=percent(there.min())))
if not has_orders and known is None:
    answer.append(t("There are no orders and no records of customers: this chapter has nothing to work on."))
show_headline(facts, answer=answer, currency=currency)

# %% [markdown] lang="en"
# ### Whom to act on
#
# Customers in decline who brought money in the period. *Silent too long*: their last purchase lies more than three times as far back
# as they usually wait; at stake is what they brought in the period. *Buys less and less*: their spending falls clearly; at
# stake is the part of it that a year at this pace takes away. A sign is a reason to ask, not a proof. How many show it by chance
# alone stands below the list.

# %% [markdown] lang="zh"
# ### 该先跟进谁
#
# 列出处在衰退期、统计期内仍贡献收入的客户。*逾期未购*：距最近一次购买的时间超过其平常间隔的三倍；涉及金额是其统计期内贡献的收入。*越买越少*：购买金额明显下降；涉及金额是照这个速度一年会减少的部分。迹象只是去问一问的理由，不是证据；单凭随机波动就会有多少人出现这种迹象，写在名单下面。

# %%
section = t("Whom to act on")
has_list = needs(tables, "transactions", section=section) and enough(
    has_rhythm, t("it needs a customer with purchases on four days or more"), section=section
)
if has_list:
    by_sign = [t("{reason}: {n}", reason=t(name), n=number(len(amounts))) for name, amounts in reasons.items() if len(amounts)]
    text = t("By sign: {counts}.", counts=t("; ").join(by_sign)) if by_sign else t("By these signs there is nobody to act on.")
    show_priorities(act_on, text, "1-act-on", title=section, out=out, currency=currency)

# %%
if has_list:
    asked = stages.loc[(stages["is_own_gap"] & (stages["stage"] != "ended")).to_numpy(), ["times_gap", "n_days"]]
    n_late = int((asked["times_gap"] > lifecycle.LATE).sum())
    # A gap reckoned from few purchases is uncertain: with n of them a steady buyer is late more often than exp(-3).
    n_gaps = asked["n_days"] - 1
    late, gone = ((1 + times / n_gaps) ** -n_gaps for times in (lifecycle.LATE, lifecycle.GONE))
    by_chance = (late - gone) / (1 - gone)
    most_by_chance = int(by_chance.sum() + 1.96 * (by_chance * (1 - by_chance)).sum() ** 0.5)
    late_of_asked = out_of(n_late, len(asked))
    del n_gaps, late, gone, by_chance

# %%
if has_list:
    if n_late > most_by_chance:
        say(
            "Of the customers with a rhythm, silent too long are {part}; were all of them steady, chance alone would make up to {most}. "
            "There are more: some of them are leaving.",
            part=late_of_asked,
            most=number(most_by_chance),
        )
    else:
        say(
            "Of the customers with a rhythm, silent too long are {part}; were all of them steady, chance alone would make up to {most}. "
            "So the list may be chance, all of it: ask before you spend.",
            part=late_of_asked,
            most=number(most_by_chance),
        )

# %% [markdown] lang="en"
# ## What data is this?
#
# One row is one line of an order, or of a refund, which is negative; in the table of customers, one row is one record, and a person may
# have two by mistake. Rows that cannot be read are set aside, never dropped in silence: how many, and why, stands here.

# %% [markdown] lang="zh"
# ## 这是什么数据？
#
# 订单明细里，一行就是一张订单中的一项，退款也占一行，金额为负；客户档案表里，一行是一份档案，同一位客户可能误建了两份。无法读取的行记为未采用，不会悄悄丢弃：共有多少行、原因是什么，都写在下面。

# %%
show_source(reports, out=out)
show_doubts(datasets.find_doubts(data, tables, today=date.today()))

# %%
if has_orders and log["n_later"]:
    say(
        "Lines after {as_of}: {n}, the last of {latest}. They are not counted.",
        n=number(log["n_later"]),
        as_of=as_of.date(),
        latest=latest.date(),
    )

# %%
if has_orders and known is not None:
    never = known.loc[~known["customer_id"].isin(stages.index), "customer_id"]
    unknown = stages.index.difference(known["customer_id"])
    say(
        "Records of customers: {all}. Without any purchase: {part}; they are customers to be won. Customers with purchases "
        "and without a record: {n_unknown}.",
        all=number(len(known)),
        part=out_of(len(never), len(known)),
        n_unknown=number(len(unknown)),
    )

# %% [markdown] lang="en"
# ## How good are the records?
#
# A value is *complete* if it is there, *valid* if it has the form of such a value, *unique* if no other record has it. A number of the
# right form may still be another person's. Where names and numbers are masked, only completeness can be told.

# %% [markdown] lang="zh"
# ## 客户档案的质量
#
# 有值就算*完整*；形式正确就算*有效*；没有别的档案与它相同就算*唯一*。形式正确的号码，仍可能是别人的。姓名和号码被遮盖时，只能判断是否完整。

# %%
section = t("How good are the records?")
has_records = known is not None or needs(tables, "customers", ("customer_id", "name"), section=section)
forms = {"phone": r"[+()\d\s./–-]{5,}", "email": r"[^@\s]+@[^@\s]+\.[^@\s]+"}
purposes = {
    "name": t("to address them"),
    "phone": t("to call them"),
    "email": t("to write to them"),
    "address": t("to deliver"),
    "birth_date": t("to tell people of one name apart"),
    "registered_date": t("to know since when"),
}

# %%
if has_records:
    contract = [
        identity.Field(name, purpose, pattern=None if is_masked else forms.get(name), unique=name in forms and not is_masked, required=name == "name")
        for name, purpose in purposes.items()
        if name in known
    ]
    has_records = enough(
        bool(contract) and len(known) > 0, t("it needs at least one of {names}", names=", ".join(purposes)), section=section
    )

# %%
if has_records:
    fields = known[[field.name for field in contract]]
    score = identity.quality_score(fields, contract, as_of=as_of).drop(columns="fresh")
    score["purpose"] = score["purpose"].fillna("")
    if is_masked:  # only whether something is there can be seen
        score = score.drop(index="all", columns=["valid", "unique", "fit"])
    save_table(score, "1-quality", title=section, out=out)
    display(for_reading(score, shares=["complete", "valid", "unique", "fit"]))

# %%
if has_records:
    complete = score["complete"].drop("all", errors="ignore")
    worst = complete.idxmin()
    least = {"name": t(worst.replace("_", " ")), "share": percent(complete[worst])}
    used = fields.columns[complete[fields.columns] > 0]  # a column that nobody fills says nothing of a record
    n_whole = int(fields[used].notna().all(axis=1).sum())
if has_records and is_masked:
    say(
        "Filled least: {name}, {share}. Records in which nothing is missing, columns that are empty throughout apart: {n} ({whole}).",
        **least,
        n=number(n_whole),
        whole=percent(n_whole / len(known)),
    )
elif has_records:
    say(
        "Filled least: {name}, {share}. Records in which no field fails: {fit}.",
        **least,
        fit=percent(score.loc["all", "fit"]),
    )

# %%
if has_records:
    repeated = known["customer_id"].duplicated(keep=False)
if has_records and repeated.any():
    say(
        "Records whose number stands in another record as well: {n} ({share}). Of each such number only the first was compared below.",
        n=number(int(repeated.sum())),
        share=percent(repeated.mean()),
    )

# %% [markdown] lang="en"
# ## Which records may be the same customer?
#
# Two records are compared field by field; each agreement that would be rare by chance adds weight, each difference takes some away
# (Fellegi & Sunter 1969). They were compared before names and numbers were masked; the table says which fields agree, and the values stand beside
# only with `show_personal`. The pairs are for a person to review: nothing is merged here. Father and son, two firms at one address and twins look
# alike as well; and pairs that agree in none of the fields used to find candidates were never compared.

# %% [markdown] lang="zh"
# ## 哪些档案可能是同一位客户？
#
# 逐个字段比较两份档案：很难碰巧出现的一致会加权重，不一致会减权重（Fellegi & Sunter 1969）。比较在遮盖姓名和号码之前进行；表里只写哪些字段一致，打开 `show_personal` 才会列出具体内容。这些档案对要由人来核对，这里什么都没有合并。父子、双胞胎、同一地址的两家单位看起来也很像；用来找候选的字段一个都不一致的档案对，则从未比较过。

# %%
section = t("Which records may be the same customer?")
has_pairs = known is not None or needs(tables, "customers", ("customer_id", "name"), section=section)
if has_pairs:
    has_pairs = enough(bool(personal), t("it needs names, numbers or addresses"), section=section)
if has_pairs:
    limit = number(duplicates.MOST_RECORDS)
    reason = t("a run compares {limit} records at most; identity.link_records compares more", limit=limit)
    has_pairs = enough(len(known) <= duplicates.MOST_RECORDS, reason, section=section)
if has_pairs:
    has_pairs = enough(pairs is not None, t("it compares two records or more, with something in them"), section=section)

# %%
if has_pairs:
    review = pairs.set_index("id_left").drop(columns=["is_likely", *compared])
    if has_orders:
        revenue = stages["revenue"].reindex(known["customer_id"].unique()).fillna(0.0)
        review["revenue"] = revenue[pairs["id_left"]].to_numpy() + revenue[pairs["id_right"]].to_numpy()
    if not is_masked:
        by_id = known.drop_duplicates("customer_id").set_index("customer_id")
        for name in personal:  # to review a pair one has to see both
            review[f"{name}_left"] = by_id[name].reindex(pairs["id_left"]).to_numpy()
            review[f"{name}_right"] = by_id[name].reindex(pairs["id_right"]).to_numpy()

# %%
has_review = has_pairs and len(review) > 0
if has_review and has_orders:
    save_table(review, "1-pairs-to-review", title=t("Pairs of records to review"), out=out)
    display(for_reading(review.head(10), currency=currency))
elif has_review:
    text = t("Records to look at side by side, the most certain pairs first.")
    show_priorities(review, text, "1-pairs-to-review", title=section, out=out, currency=currency)

# %%
if has_pairs and len(likely):
    sure = likely["probability"] >= 0.99
    say(
        "Pairs that are more likely one customer than two: {n}; of these nearly sure (99 % or more): {n_sure}. Records concerned: {n_records}.",
        n=number(len(likely)),
        n_sure=number(sure.sum()),
        n_records=number(len(concerned)),
    )
elif has_pairs and not len(unsure):
    say("No two records look like the same customer.")

# %%
if has_pairs and len(unsure):
    say(
        "Further pairs that agree and differ in nothing, with too little known to call them likely: {n}. They stand last in the list. "
        "People of one name and families with one telephone are among them.",
        n=number(len(unsure)),
    )

# %% [markdown] lang="en"
# ## The stages of life
#
# The first of these that holds: *ended*, silent for more than six of the customer's usual gaps; *acquisition*, fewer than three days of purchase;
# *decline*, silent for more than three gaps, or spending falls clearly; *growth*, spending rises clearly; *maturity*, all others.
# Of who bought on fewer than four days the usual gap is that of all who came back. A steady buyer seems to rise or to fall
# once in twenty times each, and to be silent too long once in twenty times at least: after four purchases once in eight, for so few do not tell the gap well.

# %% [markdown] lang="zh"
# ## 生命周期的阶段
#
# *沉默*是距最近一次购买的时间。按顺序取第一个成立的：*终止期*，沉默超过其平常间隔的六倍；*潜在获取期*，购买日不足三天；*衰退期*，沉默超过间隔的三倍，或购买金额明显下降；*成长期*，购买金额明显上升；其余为*成熟期*。购买日不足四天的客户，间隔取所有回头客户的中位数。稳定购买的客户，看起来上升或下降的机会各有二十分之一；看起来逾期未购的机会至少二十分之一，只买过四次的是八分之一，因为次数太少，间隔算不准。

# %%
section = t("The stages of life")
has_stages = needs(tables, "transactions", section=section) and enough(
    has_rhythm, t("it needs a customer with purchases on four days or more"), section=section
)
if has_stages:
    shown = stage_table.assign(mean_revenue=stage_table["revenue"] / stage_table["n_customers"].where(lambda n: n > 0))
    save_table(shown, "1-stages", title=section, out=out)
    title = t("The stage of each customer")
    save_table(stages, "1-stage-of-each-customer", title=title, out=out, best="revenue")
    display(for_reading(shown, currency=currency))

# %%
if has_stages:
    _, ax = plt.subplots(figsize=(6.6, 3), layout="constrained")
    plots.plot_stages(stage_table, ax=ax)
    ax.set_title(t("By their rhythm still with us: {part}", part=out_of(n_with_us, n_customers)))
    plt.show()

# %%
if has_stages:
    shares = stage_table["value_share"]
    say(
        "In growth or maturity: {n} customers, who brought {share} of the revenue of the period; in decline: {n_decline}, {decline_share} of it.",
        n=number(stage_table.loc[["growth", "maturity"], "n_customers"].sum()),
        share=percent(shares[["growth", "maturity"]].sum()),
        n_decline=number(stage_table.loc["decline", "n_customers"]),
        decline_share=percent(shares["decline"]),
    )

# %%
if has_stages:
    is_ended = stages["stage"] == "ended"
    say(
        "Called ended: {n_ended}. Of these {n_borrowed} came on fewer than four days and have no gap of their own; they are judged "
        "by the gap of all, and less surely: see `is_own_gap` in the table of each customer.",
        n_ended=number(is_ended.sum()),
        n_borrowed=number((is_ended & ~stages["is_own_gap"]).sum()),
    )

# %%
if has_stages and history_days < lifecycle.WINDOW_DAYS:
    say(
        "The data cover {days} days, less than two years: a season may look like growth or decline.",
        days=number(history_days),
    )

# %% [markdown] lang="en"
# ### Moves in half a year
#
# The stage half a year ago in the rows, the stage now in the columns. Who had not bought yet then stands in a row of their own. The expected
# stay is what follows if customers go on moving as in this half-year; it is a sum, not a promise.

# %% [markdown] lang="zh"
# ### 半年里的变动
#
# 行是半年前的阶段，列是现在的阶段；当时还没有买过的客户单独占一行。预计停留时间是假定今后照这半年的样子变动而推算出来的，不是承诺。

# %%
section = t("Moves in half a year")
HALF = 182
has_moves = has_stages and enough(
    history_days >= 2 * HALF, t("it needs a year of orders; the data cover {n} days", n=number(history_days)), section=section
)

# %%
if has_moves:
    earlier = lifecycle.assign_stages(transactions, as_of=as_of - pd.Timedelta(days=HALF))["stage"]
    states = [*lifecycle.STAGES, "not yet bought"]
    earlier, later = (one[one.notna().to_numpy()] for one in (earlier, stages["stage"]))  # who only gave back has none
    moves = transitions.transition_counts(earlier, later, states=states, absent="not yet bought")
    del earlier, later
    save_table(moves, "1-stage-moves", title=section, out=out)
    display(for_reading(moves))

# %%
if has_moves:
    inner = moves.loc[list(lifecycle.STAGES)]
    n_from = inner.sum(axis=1)
    stay = pd.Series({stage: inner.loc[stage, stage] for stage in inner.index}) / n_from.where(n_from > 0)
    n_left = int(inner.loc[["growth", "maturity"], ["decline", "ended"]].to_numpy().sum())
    n_before = int(n_from[["growth", "maturity"]].sum())
    back = int(inner.loc["ended", ["acquisition", "growth", "maturity"]].sum())
    has_moves = enough(n_before > 0, t("half a year ago nobody was in growth or maturity"), section=section)

# %%
if has_moves:
    say(
        "Of the customers who were in growth or maturity half a year ago, now in decline or ended: {part}. Of those who had ended, "
        "back with us: {back}.",
        part=out_of(n_left, n_before),
        back=out_of(back, int(n_from["ended"])) if n_from["ended"] else t("nobody had ended by then"),
    )

# %%
if has_moves and 0 < stay["maturity"] < 1:
    say(
        "In maturity {stay} stayed; at this pace a customer stays there for about {days} days.",
        stay=percent(stay["maturity"]),
        days=number(round(HALF / (1 - stay["maturity"]), -1)),
    )

# %% [markdown] lang="en"
# ## Who should buy next?
#
# Each customer's next purchase is expected from how long customers of like silence waited in an earlier part of the same orders. The
# interval is made to hold for four fifths of all customers, if they go on as before; a season between the two parts breaks that. How often
# it held is tried on the days just before `as_of`, which it had not seen.

# %% [markdown] lang="zh"
# ## 接下来谁该买了？
#
# 每位客户的下次购买日，是根据沉默同样久的客户过去又等了多久来推算的。只要客户照旧购买，区间应当对五分之四的客户成立；两段时间季节不同，就不一定成立。它究竟成立了多少次，用 `as_of` 之前、推算时没有见过的那些天来检验。

# %%
section = t("Who should buy next?")
has_next = needs(tables, "transactions", section=section) and enough(
    expected is not None, t("it needs customers who came back, and days to learn from"), section=section
)
if has_next:
    next_list = expected.assign(revenue=look_up(stages["revenue"], expected.index))
    next_list = next_list[next_list["expected_date"].notna().to_numpy()].sort_values(["expected_date", "revenue"], ascending=[True, False])
    columns = ["expected_date", "earliest_date", "latest_date", "last_order_date", "revenue"]
    save_table(next_list, "1-next-purchases", title=t("Expected next purchases"), out=out)
    has_next = enough(len(next_list) > 0, t("nobody is expected within {n} days", n=ahead), section=section)

# %%
if has_next:
    biggest = next_list.sort_values("revenue", ascending=False).head(10)
    display(for_reading(biggest[columns], currency=currency))
    say(
        "Expected within {n_days} days: {n} customers, who brought {revenue} in the period. Above the biggest of them: {n_shown}.",
        n_shown=number(len(biggest)),
        n_days=number(ahead),
        n=number(len(next_list)),
        revenue=money(next_list["revenue"].sum(), currency),
    )

# %%
has_trial = has_next and history_days >= 4 * ahead
if has_trial:
    earlier_list = lifecycle.next_purchase(transactions, as_of=cut, horizon_days=ahead)
    came = gaps.first_days_after(transactions, as_of=cut, until=as_of)
    held = gaps.intervals_held(earlier_list, came).to_numpy()

# %%
if has_trial:
    promised = 0.8
    if held.sum() >= stats.binom.ppf(0.025, len(held), promised):  # no fewer than chance alone leaves
        say(
            "Tried on the last {n_days} days: the interval held for {part}. It promises {promised}: kept.",
            n_days=number(ahead),
            part=out_of(int(held.sum()), len(held)),
            promised=percent(promised, 0),
        )
    else:
        say(
            "Tried on the last {n_days} days: the interval held for {part}. It promises {promised}: not kept, customers or the season have changed. "
            "Do not trust the dates.",
            n_days=number(ahead),
            part=out_of(int(held.sum()), len(held)),
            promised=percent(promised, 0),
        )

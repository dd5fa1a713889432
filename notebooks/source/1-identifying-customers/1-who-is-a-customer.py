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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=[] rows=["B1", "B3", "B4", "B10", "B14", "E6"] slide="slide"
# # 1 · Who is a customer: how many do we have, and who gets the catalog?
#
# A catalog costs 15 yuan a copy. “Send it to all customers,” says the manager. To how many, and to whom is that?
#
# In this lesson you will
#
# - **label** every record of a firm by stated rules: consumer or buyer, actual or potential, one of four types,
# - **find** the records on which two rules disagree, and the money that hangs on them,
# - **decide** who gets the catalog, or whether to print one at all.

# %% [markdown] lang="zh"
# # 1 · 谁是客户：我们有多少客户？商品目录寄给谁？
#
# 一本商品目录的印刷和邮寄成本是 15 元。经理说：“给所有客户都寄一本。”那是多少人？又是哪些人？
#
# 在这一课里，你将
#
# - **标注**企业的每份档案：按写明的规则，分出消费者与顾客、现实与潜在、四种类型；
# - **找出**两种规则说法不一的档案，以及这些档案涉及的金额；
# - **决定**目录寄给谁，或者干脆不印。

# %% [markdown] lang="en" tags=["slide-text"]
# A catalog costs 15 yuan a copy. “Send it to all customers.” To whom is that?
#
# - **label** every record by stated rules,
# - **find** where two rules disagree, and the money that hangs on it,
# - **decide** who gets the catalog.

# %% [markdown] lang="zh"
# 一本目录 15 元。“给所有客户都寄一本。”那是哪些人？
#
# - **标注**：按写明的规则标注每份档案；
# - **找出**两种规则说法不一的档案，以及涉及的金额；
# - **决定**目录寄给谁。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** “Customer” is a rule, not a fact. Say the rule, then count. Another rule gives another number.
#
# **Hard point** The four types answer two questions at once: who somebody is, and what they do with the goods.
#
# **Board** The eight records. Left column: who they are. Right column: what they do with the goods. Circle where the two disagree.
#
# **Homework** Exercises 1.1.4 and 1.1.5. For a school you know: who uses the canteen, who pays, who decides, and who is its customer?

# %% [markdown] lang="zh"
# **重点** “客户”是按规则定的，不是天生的。先说规则，再数人数；换一条规则，就是另一个数。
#
# **难点** 四种类型同时回答了两个问题：是什么人，以及货物拿去做什么。
#
# **板书** 写出八份档案。左列：是什么人；右列：货物拿去做什么。两列对不上的，圈出来。
#
# **作业** 练习 1.1.4 和 1.1.5。想一所你熟悉的学校：食堂谁在用？谁付钱？谁决定？谁是食堂的客户？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import datasets, plots
from crmlib.lesson import check, hint, practice_on, quiz, say, sentence, show, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["B1", "B10"] slide="slide"
# ## Look first: what is one row?
#
# Jiahe Foods is a **simulated** company. One row of `customer_roles` is one record in its lists: who uses the
# goods, and for what purpose. `listed_in` says in which list the record stands. An empty cell: nobody asked.
#
# Why does it matter who is a customer? The course names three uses: to win new customers, to speak with the ones we have, and to make them
# satisfied and loyal. Each needs another list of names.

# %% [markdown] lang="zh"
# ## 先看数据：一行是什么？
#
# 教学公司“嘉禾食品”是**模拟**的。`customer_roles` 的一行是名单里的一份档案：谁使用、为了什么目的。`listed_in` 表示它在哪份名单里。空格表示没有问过。
#
# 为什么要弄清谁是客户？课程讲了客户识别的三个作用：获取新客户；更好地与客户沟通；提升满意度和忠诚度。每个作用要的是不同的名单。

# %% [markdown] lang="en" tags=["slide-text"]
# One row: one record in the lists of a **simulated** company. Who uses the goods, for what purpose?
#
# - to win new customers
# - to speak with those we have
# - to make them satisfied and loyal

# %% [markdown] lang="zh"
# 一行是一份档案（公司是**模拟**的）：谁使用？为了什么？
#
# - 获取新客户
# - 更好地与客户沟通
# - 提升满意度和忠诚度

# %%
tables, reports = datasets.load_data(company)
roles, transactions = tables["customer_roles"], tables["transactions"]
roles[["customer_id", "listed_in", "uses", "purpose", "second_purpose"]].head(4)

# %% [markdown] lang="en"
# How many records are there for each purpose? `dropna=False` counts the empty cells as well.

# %% [markdown] lang="zh"
# 每种目的各有多少份档案？`dropna=False` 把空格也数进去。

# %% slide="result"
roles["purpose"].value_counts(dropna=False).rename("n_records")

# %% [markdown] lang="en" minutes=6 rows=["B3", "B4"] slide="slide"
# ## Three words and four types
#
# - **Consumer** (消费者): the person or household that uses the goods for their own life.
# - **Buyer** (顾客): in the wide sense all who buy or might buy, firms and schools too. **Actual** buyers have bought. **Potential** buyers have a need
#   and have not bought yet. In the narrow sense only the actual ones count.
# - **Customer** (客户): an *outside* person or firm that deals with us. Colleagues are *internal* customers of each other; in CRM a customer is external.
#
# By what they buy for, customers are of four types: **consumers** use it, **intermediaries** sell it on or buy for others, **enterprises** use
# it in their business, **public-benefit** customers serve the public. Of $N$ records the share with the label $c$ is $n_c / N$.

# %% [markdown] lang="zh"
# ## 三个词，四种类型
#
# - **消费者**：为自己的生活使用商品的个人和家庭。
# - **顾客**：广义上，凡是购买或可能购买的都算，企业、学校也算。已经购买的是**现实顾客**；有需求、还没有购买的是**潜在顾客**。狭义上，只算现实顾客。
# - **客户**：与企业打交道的*外部*个人或组织。同事之间互为*内部*客户；CRM 里说的客户是外部客户。
#
# 按购买目的分，客户有四种类型：**消费客户**自己用，**中间客户**转卖或代买，**企业客户**用在自己的经营里，**公利客户**为公众服务。$N$ 份档案中，标签 $c$ 的占比是 $n_c / N$。

# %% [markdown] lang="en" tags=["slide-text"]
# - **Consumer**: uses it. **Buyer**: buys (actual) or might (potential). **Customer**: deals with us from *outside*.
# - Four types, by purpose: **consumer**, **intermediary**, **enterprise**, **public-benefit**.

# %% [markdown] lang="zh"
# - **消费者**：使用。**顾客**：已购买（现实）或可能购买（潜在）。**客户**：与我们打交道的*外部*个人或组织。
# - 按购买目的分四种类型：**消费客户**、**中间客户**、**企业客户**、**公利客户**。

# %% [markdown] lang="en" slide="subslide"
# Eight records, typed in. C registered and never bought. D is our own driver. G is a school canteen that sells snacks on to pupils.

# %% [markdown] lang="zh"
# 下面输入八份档案。C 登记过，从未购买。D 是我们自己的司机。G 是一所学校的食堂，把零食转卖给学生。

# %%
home, firm, school = "household", "company", "school"
few = pd.DataFrame({
    "listed_in": ["customers"] * 3 + ["staff"] + ["customers"] * 4,
    "is_a": [home, firm, home, home, firm, school, school, home],
    "purpose": ["own use", "resale", "own use", None] + ["used in the organisation"]
    + ["public service", "resale", "own use"],
    "n_orders": [3, 5, 0, 0, 2, 4, 1, 1],
}, index=list("ABCDEFGH"))
few

# %% [markdown] lang="en" slide="fragment"
# **1.1.a** Your turn: how many of the eight are customers in the narrow sense, that is, from outside, and have bought?

# %% [markdown] lang="zh"
# **1.1.a** 你来数：八份档案里，狭义的客户有几位？也就是来自外部的现实顾客：不是同事，而且买过。

# %% tags=["exercise"]
n_narrow = ...
check("1.1.a", n_narrow)

# %% [markdown] lang="en"
# Now the type of each, by two rules: by *purpose*, what they do with the goods, and by *body*, who they are. Each rule is a small
# dictionary, a `dict`. `|=` adds more entries to one; `dict.fromkeys` gives every word of a list the same entry.

# %% [markdown] lang="zh"
# 再看每份档案属于哪种类型，用两种规则：*按目的*（货物拿去做什么）和*按身份*（是什么人）。每种规则是一本小词典（`dict`）。`|=` 往词典里再添几项，`dict.fromkeys` 给列表里的每个词配上同一项。

# %%
type_of_purpose = {"own use": "consumer", "resale": "intermediary", "for others": "intermediary"}
type_of_purpose |= {"used in the organisation": "enterprise", "public service": "public-benefit"}
type_of_body = {"household": "consumer", "company": "enterprise", "sole trader": "enterprise"}
public = ["school", "hospital", "nursing home", "training center"]
type_of_body |= dict.fromkeys(public, "public-benefit")

# %% [markdown] lang="en"
# `map` looks each value up in a dictionary. Read G aloud: *by purpose an intermediary, by body public-benefit.*

# %% [markdown] lang="zh"
# `map` 把每个值拿到词典里去查。把 G 读出声来：*按目的是中间客户，按身份是公利客户*。

# %% slide="result"
few["by_purpose"] = few["purpose"].map(type_of_purpose)
few["by_body"] = few["is_a"].map(type_of_body)
few.loc[few["listed_in"] == "customers", ["is_a", "purpose", "by_body", "by_purpose"]]

# %% [markdown] lang="en"
# B disagrees as well: a company that sells on. No label of who somebody *is* ever says “intermediary”. So the four types of
# the course mix two questions, and whoever counts must say which one they asked.

# %% [markdown] lang="zh"
# B 也对不上：它是一家公司，却把货转卖出去。光看*是什么人*，永远分不出“中间客户”。课程的四种类型其实混着两个问题，数的时候要说清楚问的是哪一个。

# %% [markdown] lang="en" tags=["notes"]
# Let them label the eight on paper, alone, then compare with their neighbor. The quarrels are the lesson: G, B, and whether C is a customer.
# Common: counting C (registered is not bought), counting D (a colleague), counting orders instead of records.

# %% [markdown] lang="zh"
# 先让学生各自在纸上标注，再和同桌比。争论就是这一课的内容：G、B，还有 C 算不算客户。常见错误：把 C 数进去（登记不等于购买）；把 D 数进去（是同事）；数成了订单数。

# %% [markdown] lang="en" minutes=5 rows=["B3", "E6"] slide="slide"
# ## How many customers have we?
#
# Now the whole company. The course calls those *potential* who have a need and are not yet found or not yet served. A firm sees only a
# part of them: records of people who registered and never bought.

# %% [markdown] lang="zh"
# ## 我们有多少客户？
#
# 现在看整家公司。课程把有需求、“尚未发现”或尚未成交的称为*潜在*顾客。企业看得见的只是其中一部分：登记过、从未购买的档案。

# %% [markdown] lang="en"
# **1.1.b** Guess before you look: of the records in the list of customers, what share has never bought anything? (a fraction)

# %% [markdown] lang="zh"
# **1.1.b** 先猜一猜：客户名单里的档案，有多大比例从未购买？（用小数表示）

# %% tags=["exercise"]
guess = ...
check("1.1.b", guess)

# %% [markdown] lang="en"
# `isin` asks for each record whether its number stands in the orders. A record that is in no order belongs to a potential buyer, at best.

# %% [markdown] lang="zh"
# `isin` 问每份档案的编号在不在订单里。一张订单也没有的，最多是潜在顾客。

# %%
year = transactions[transactions["order_date"].dt.year == 2025]
outside = roles[roles["listed_in"] == "customers"]
outside = outside.assign(has_bought=outside["customer_id"].isin(transactions["customer_id"]))
outside["bought_2025"] = outside["customer_id"].isin(year["customer_id"])

# %% [markdown] lang="en"
# Five rules, five numbers of “our customers”. Each answers another question: how many records the database holds, how many of them we could write
# to, how many have ever bought, how many bought in 2025, how many of these buy for their own use.

# %% [markdown] lang="zh"
# 五条规则，五个“客户数”。每个数回答一个不同的问题：数据库里有多少档案，可以写信给多少人，多少人买过，2025 年多少人买过，其中多少人是为自己买的。

# %% slide="result"
n_actual, n_year = outside["has_bought"].sum(), outside["bought_2025"].sum()
n_consumers = (outside["bought_2025"] & (outside["purpose"] == "own use")).sum()
counts = {t("all records"): len(roles), t("external"): len(outside)}
counts |= {t("actual, ever"): n_actual, t("actual, in 2025"): n_year}
counts |= {t("consumers, in 2025"): n_consumers}
counts = pd.Series(counts, name="n_records")
counts

# %% [markdown] lang="en"
# The figure shows the same numbers, from the widest rule to the narrowest.

# %% [markdown] lang="zh"
# 图里是同样的数，从最宽的规则到最窄的规则。

# %% slide="slide"
n_records, never = len(roles), 1 - outside["has_bought"].mean()
ax = counts[::-1].plot.barh(figsize=(6.6, 2.8), color=plots.BLUE)
ax.set_xlabel(t("records"))
ax.set_title(sentence("{n_records} records, {n_actual} have ever bought, {n_year} bought in 2025"))
plt.show()
say("Of the records in the list of customers {never:.0%} have never bought. They are potential buyers, or nobody.")

# %% [markdown] lang="en"
# One doubt remains: a person may have two records. Lesson 1.3 finds them; until then every count here is a count of *records*.

# %% [markdown] lang="zh"
# 还有一个疑点：同一个人可能有两份档案。第 1.3 课来找；在那之前，这里数的都是*档案*。

# %% [markdown] lang="en" minutes=5 rows=["B4"] slide="slide"
# ## Where the rules disagree
#
# A household has no `organisation_kind`, so `fillna` writes it in. `crosstab` counts each pair of labels: rows by who they are, columns by what they do with the goods.

# %% [markdown] lang="zh"
# ## 两种规则在哪里对不上？
#
# 家庭没有 `organisation_kind`，用 `fillna` 填上。`crosstab` 数出每一对标签：行是按是什么人，列是按货物拿去做什么。

# %% slide="result"
by_body = outside["organisation_kind"].fillna("household").map(type_of_body)
by_purpose = outside["purpose"].map(type_of_purpose)
order = ["consumer", "intermediary", "enterprise", "public-benefit"]
pd.crosstab(by_body, by_purpose)[order].rename_axis(index="by_body", columns="by_purpose")

# %% [markdown] lang="en"
# They are few heads. Are they little money? `revenue` is what each record paid in 2025.

# %% [markdown] lang="zh"
# 从人数看不多。金额呢？`revenue` 是每份档案 2025 年的付款。

# %%
paid = year.groupby("customer_id")["amount"].sum()
revenue = outside["customer_id"].map(paid).fillna(0)
disagree = by_body != by_purpose
n_disagree, heads = disagree.sum(), disagree.mean()
money_share = revenue[disagree].sum() / revenue.sum()
say("The two rules disagree on {n_disagree} records: {heads:.0%} of all, with {money_share:.0%} of the revenue of 2025.")

# %% [markdown] lang="en"
# And one record may have two purposes: an owner who also buys for home, a household that sells a part on. The table keeps the second purpose
# in a column of its own. Whoever throws it away cannot see that the label was a choice. How much money is it? You find out in exercise 1.1.4.

# %% [markdown] lang="zh"
# 一份档案还可能有两个目的：店主顺便给家里买，家庭把一部分转卖出去。表里把第二个目的单独放一列。丢掉这一列，就看不出标签其实是选出来的。这涉及多少钱？练习 1.1.4 来算。

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## A real firm: whom did the bank call?
#
# A Portuguese bank called people who already had an account, to sell them a deposit (2008–2010, **real**). For the bank they are all customers; for the deposit
# they are potential buyers, except those who said yes to an earlier campaign.

# %% [markdown] lang="zh"
# ## 一家真实的企业：银行给谁打电话？
#
# 葡萄牙的一家银行给已有账户的人打电话，推销定期存款（2008–2010 年，**真实**数据）。对银行来说，他们都是客户；对这款存款来说，他们是潜在顾客，只有上次活动答应过的除外。

# %% slide="result"
calls = datasets.load_bank_calls()
groups = calls["outcome_before"].replace({"unknown": "never called", "other": "failure"})
bank = calls.groupby(groups)["subscribed"].agg(n_people="size", yes_share="mean")
bank.sort_values("yes_share").rename_axis("earlier_campaign")

# %% [markdown] lang="en"
# “Failure” holds those who said no before, and other outcomes.

# %% [markdown] lang="zh"
# “failure”包括以前拒绝过的人和其他结果。

# %%
bought_before, new = bank.loc["success", "yes_share"], bank.loc["never called", "yes_share"]
n_bought = int(bank.loc["success", "n_people"])
say(
    "Of {n_bought} people who had bought in an earlier campaign {bought_before:.0%} said yes, of those never called {new:.0%}."
    if bought_before > new
    else "Those who had bought before did not say yes more often: {bought_before:.0%}, and {new:.0%} of those never called."
)

# %% [markdown] lang="en"
# So the label tells much about the chance of a yes. It does not say why: perhaps the first purchase convinced them, perhaps they were such
# people from the start. Lesson 1.8 asks which.

# %% [markdown] lang="zh"
# 可见标签很能说明成功的机会，却说明不了原因：也许是第一次购买说服了他们，也许他们本来就是这样的人。第 1.8 课再来分辨。

# %% [markdown] lang="en" minutes=3 rows=["B14", "E6"] slide="slide"
# ## Needs and wants
#
# The course: a **need** (需要) is what life cannot do without; a **want** (需求) is a need with something added. What counts as a need is an opinion, so we
# write it down: here rice and flour, oil, noodles, seasoning.

# %% [markdown] lang="zh"
# ## 需要与需求
#
# 课程的说法：“需要”是生活中不可缺少的东西；“需求”往往是带有附加价值的“需要”。哪些算需要，见仁见智，所以先写明：这里算米面、食用油、面条、调味品。

# %% [markdown] lang="en" tags=["slide-text"]
# A **need** is what life cannot do without; a **want** is a need with something added. What counts as a need is written down:
# rice and flour, oil, noodles, seasoning.

# %% [markdown] lang="zh"
# “需要”不可缺少；“需求”是带有附加价值的“需要”。先写明哪些算需要：米面、食用油、面条、调味品。

# %%
needs = ["rice and flour", "oil", "noodles", "seasoning"]
lines = year.merge(outside.assign(type=by_purpose)[["customer_id", "type"]])
lines["on_needs"] = lines["amount"].where(lines["category"].isin(needs), 0)
spent = lines.groupby(["type", "customer_id"])[["on_needs", "amount"]].sum()

# %% [markdown] lang="en"
# `spent` has one row per customer: what went to needs, and what they paid in all. Of each type, which share of the money went to needs?

# %% [markdown] lang="zh"
# `spent` 每位客户一行：用于需要的钱，以及一共付的钱。每种类型花的钱里，有多大比例用于需要？

# %% slide="result"
def need_share(some):
    sums = some.groupby("type").sum()
    return (sums["on_needs"] / sums["amount"]).rename("need_share")


need_share(spent)

# %% [markdown] lang="en"
# Public-benefit customers are few: one more large school, and the share is another. How far does **chance** move it? We draw
# as many customers of each type at random, some twice and some not at all, work out the share, and do so 300 times. `low` and `high` hold 95 % of these shares.

# %% [markdown] lang="zh"
# 公利客户很少：多一所大学校，比例就变了。**随机波动**能让它变多少？每种类型都从中随机抽取同样多的客户（抽后放回，有的抽到两次，有的没抽到），算一次比例，这样重复 300 次。95% 的比例落在 `low` 和 `high` 之间。

# %% slide="result"
lots = [spent.groupby("type").sample(frac=1, replace=True, random_state=n) for n in range(300)]
by_lot = pd.DataFrame([need_share(drawn) for drawn in lots])
shares = by_lot.quantile([0.025, 0.975]).T.set_axis(["low", "high"], axis=1)
show(shares, kind="share")

# %% [markdown] lang="en"
# The need of whom? A shop buys no rice because it is hungry: its need is to sell. The list was made with a household in mind, and for an intermediary it
# means little.

# %% [markdown] lang="zh"
# 是谁的需要？小店买米，不是因为饿，它需要的是卖得出去。这份清单是照着家庭写的，对中间客户没有多大意义。

# %%
share = need_share(spent)
most, least, top, bottom = share.idxmax(), share.idxmin(), share.max(), share.min()
(low, high), most_said, least_said = shares.loc[most], t(most), t(least)
say(
    "Of type “{most_said}” needs take {top:.0%} (95% interval: {low:.0%} to {high:.0%}), of “{least_said}” {bottom:.0%}. The types differ."
    if low > shares.loc[least, "high"] else
    "Of type “{most_said}” needs take {top:.0%} (95% interval: {low:.0%} to {high:.0%}), of “{least_said}” {bottom:.0%}. That may be chance."
)

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## The decision, in money
#
# It is the end of **2024**, and a catalog costs 15 yuan. We **assume**: a buyer who gets one buys 2 % more in 2025; of 200 who have never bought, 1 begins to buy,
# and brings the gross profit (amount less cost of goods) of the median buyer (half bring more, half less). Four plans: no catalog; all external records; all who ever bought; only types for which a copy paid by the figures of **2024**.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 现在是 **2024 年**底，一本目录 15 元。**假设**：收到的人 2025 年多买 2%；从未购买的人里，每 200 位有 1 位开始购买，贡献的毛利（金额减去商品成本）等于买家的中位数（一半人比它多，一半人比它少）。四种方案：不印；寄给全部外部档案；寄给所有买过的人；只寄给按 **2024 年**的数字划得来的类型。

# %% [markdown] lang="en" tags=["slide-text"]
# A catalog costs 15 yuan. We **assume**: 2 % more from each buyer; 1 in 200 of the others begins to buy.
#
# - no catalog
# - all external records
# - all who ever bought
# - the types for which it paid in 2024

# %% [markdown] lang="zh"
# 一本目录 15 元。**假设**：买过的人多买 2%；从未买过的，每 200 位有 1 位开始购买。
#
# - 不印
# - 寄给全部外部档案
# - 寄给所有买过的人
# - 只寄给按 2024 年划得来的类型

# %%
lines = transactions.assign(year=transactions["order_date"].dt.year)
lines["profit"] = lines["amount"] - lines["cost"]
by_year = lines.pivot_table("profit", index="customer_id", columns="year", aggfunc="sum")
profit = by_year.reindex(outside["customer_id"]).fillna(0).set_index(outside.index)

# %% [markdown] lang="en"
# `pivot_table` adds up the profit of each customer in each year. Next, `gain` is what a copy brings by the assumption: 2 % of the gross profit of 2025, or the chance of a new buyer. Whoever decides at the end of 2024 cannot know what happens in 2025:
# who will register, who will buy for the first time, and what they will bring.

# %% [markdown] lang="zh"
# `pivot_table` 把每位客户每年的毛利加起来。下面的 `gain` 是按假设一本目录带来的所得：2025 年毛利的 2%，或者出现一位新买主的机会。做决定的人还不知道 2025 年：谁会登记、谁会第一次买、留下多少毛利，都不知道。

# %%
cost, rise, start_buying = 15, 0.02, 1 / 200
before = lines[lines["year"] < 2025]
had_bought = outside["customer_id"].isin(before["customer_id"])
middle = profit.loc[outside["bought_2025"], 2025].median()
gain = (rise * profit[2025]).where(had_bought, start_buying * middle)
paid_2024 = (rise * profit[2024])[had_bought].groupby(by_purpose).mean() > cost

# %% [markdown] lang="en"
# A plan is a column of true and false: who gets a copy. `is_listed` marks the records that existed by then: the list is shorter than above, where those who registered in 2025 stand, too.

# %% [markdown] lang="zh"
# 一种方案就是一列真假值：谁收到目录。`is_listed` 标出当时已有的档案：名单比上面的短，因为 2025 年才登记的还不在上面。

# %%
registered = tables["customers"].set_index("customer_id")["registered_date"]
is_listed = outside["customer_id"].map(registered) < "2025-01-01"
plans = {
    t("no catalog"): pd.Series(False, index=had_bought.index),
    t("all external records"): is_listed,
    t("all who ever bought"): had_bought,
    t("types that paid in 2024"): had_bought & by_purpose.map(paid_2024),
}

# %% [markdown] lang="en"
# For each plan: how many copies, what they cost, what they bring.

# %% [markdown] lang="zh"
# 每种方案：寄多少本、花多少钱、带来多少。

# %% slide="result"
n_copies = {name: chosen.sum() for name, chosen in plans.items()}
sent = pd.DataFrame({"n_copies": n_copies}).rename_axis("plan")
sent["cost"] = cost * sent["n_copies"]
sent["gain"] = [gain[chosen].sum() for chosen in plans.values()]
sent["gain_less_cost"] = sent["gain"] - sent["cost"]
sent

# %% [markdown] lang="en"
# The whole answer hangs on the 2 %. So we ask how much more a buyer must buy before a copy to *every* buyer pays.

# %% [markdown] lang="zh"
# 整个答案都取决于那 2%。所以再问一句：买过的人要多买多少，给*每位*都寄才划得来？

# %%
best, best_left = sent["gain_less_cost"].idxmax(), sent["gain_less_cost"].max()
kinds = t(", ").join(t(kind) for kind in paid_2024.index[paid_2024])
needed = cost * had_bought.sum() / profit.loc[had_bought, 2025].sum()
needed = np.ceil(1000 * needed) / 1000  # to the safe side
say(
    "Best under this assumption: “{best}”, it leaves {best_left:CNY}. A copy paid for: {kinds}. To send to all buyers pays only from {needed:.1%} more on."
    if best_left > 0
    else "Under this assumption no catalog is best. To send to all buyers pays only from {needed:.1%} more on."
)

# %% [markdown] lang="en"
# Whether a catalog moves anybody at all is a guess, until some buyers drawn at random get one and others do not.

# %% [markdown] lang="zh"
# 目录到底有没有用，还只是猜测；要抽签，一部分客户寄，另一部分不寄，再比较。

# %% [markdown] lang="en" tags=["notes"]
# Vote before the table: most choose all who ever bought. Ask who pays for the copies to people who buy for a few yuan a year. The question “what would we need to
# know?” should end at the lot.

# %% [markdown] lang="zh"
# 出表之前先举手表决，多数人会选“所有买过的人”。可以问：一年只买几块钱的人，目录钱谁来出？“还需要知道什么”应当引到抽签上。

# %% [markdown] lang="en" minutes=0 slide="skip"
# ## Your turn
#
# `roles`: the records · `lines`: all order rows up to the end of **2024** · `registered`: when each record was made, by `customer_id` · `as_of`: a day late in
# 2024, at midnight (`order_date` has an hour, too) · `calls`: the people whom the bank called. Stuck? `hint("1.1.1")`, then `solution("1.1.1")`.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# `roles`：全部档案 · `lines`：截至 **2024 年**底的全部订单行 · `registered`：每份档案的建档日期，以 `customer_id` 为索引 · `as_of`：2024 年末某一天的零点（`order_date` 还带时刻） · `calls`：银行打过电话的人。卡住了，可以用 `hint("1.1.1")`，再用 `solution("1.1.1")`。

# %%
lines = before[["customer_id", "order_date", "amount"]]
never = registered[~registered.index.isin(lines["customer_id"])]
as_of = never[never <= "2024-12-31"].max()
practice_on(roles=roles, lines=lines, registered=registered, as_of=as_of, calls=calls)

# %% [markdown] lang="en"
# **1.1.1** On the evening of `as_of`: how many records of the list of customers belonged to potential buyers, that is, existed by then and had not bought by then? Orders of that day count. (`roles`, `registered`, `lines`, `as_of`)

# %% [markdown] lang="zh"
# **1.1.1** `as_of` 那天晚上：客户名单里有多少份档案属于潜在顾客，也就是当时已经建档、但还没有购买？当天的订单也算。（用 `roles`、`registered`、`lines`、`as_of`）

# %% tags=["exercise"]
n_potential = ...
check("1.1.1", n_potential)

# %% [markdown] lang="en"
# **1.1.2** What share of the money of **2024** did intermediaries bring, by purpose? Refunds count. (`roles`, `lines`; a fraction)

# %% [markdown] lang="zh"
# **1.1.2** **2024 年**的销售额里，中间客户（按目的）占多大比例？退款要算。（用 `roles`、`lines`；用小数表示）

# %% tags=["exercise"]
share = ...
check("1.1.2", share)

# %% [markdown] lang="en"
# **1.1.3** The bank, students only: of those who were **never called** before (`outcome_before` is "unknown"), what share said yes? (`calls`, column `job`; a fraction)

# %% [markdown] lang="zh"
# **1.1.3** 只看银行名单里的学生（student）：以前**从未接到过电话**的人（`outcome_before` 为 "unknown"），有多大比例答应了？（用 `calls`，列 `job`；用小数表示）

# %% tags=["exercise"]
yes = ...
check("1.1.3", yes)

# %% [markdown] lang="en"
# **1.1.4** How much money of **2024** came from records that have a second purpose beside the first, refunds included? (`roles`, `lines`)

# %% [markdown] lang="zh"
# **1.1.4** **2024 年**的销售额里，有多少来自还有第二个目的的档案？退款要算。（用 `roles`、`lines`）

# %% tags=["exercise"]
money = ...
check("1.1.4", money)

# %% [markdown] lang="en"
# **1.1.5** A worksheet, without code. A firm makes milk powder. A mother chooses it, a grandfather pays, a baby drinks it, a shop sells it, a hospital recommends it, a nursery
# gets it for free from the city. Who is consumer, buyer and customer of the firm, of which type, and what need has each? Which fact would you have to look up to be sure? (three or four sentences, in quotes)

# %% [markdown] lang="zh"
# **1.1.5** 思考题，不用写代码，没有标准答案。一家企业生产奶粉：妈妈挑选，爷爷付钱，宝宝喝，母婴店销售，医院推荐，市里免费发给托儿所。谁是消费者、顾客、企业的客户？各属于哪种类型、有什么需要？要弄确切，还得查清哪个事实？（写三四句话，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
answer = ...
check("1.1.5", answer)

# %%
quiz("1.1.q1")

# %%
quiz("1.1.q2")

# %%
quiz("1.1.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **label** records by stated rules: consumer, buyer, customer; actual and potential; four types,
# - **find** where two rules disagree, and the money that hangs on it,
# - **decide** who gets a costly message, with the assumption the answer hangs on.
#
# **Words** — consumer (消费者), buyer (顾客), customer (客户), actual and potential (现实、潜在), internal and external (内部、外部), intermediary
# (中间客户), public-benefit customer (公利客户), need and want (需要、需求).
#
# **Next** — 1.2: What do we ask, and what do we keep?
#
# **Further reading** — Moro, Cortez & Rita (2014), doi:10.1016/j.dss.2014.03.001, on the calls of the bank.

# %% [markdown] lang="zh"
# ## 本课小结
#
# - **标注**：会按写明的规则标注档案：消费者、顾客、客户，现实与潜在，四种类型；
# - **找出**：会找出两种规则说法不一的地方，以及涉及的金额；
# - **决定**：会判断一份要花钱的材料寄给谁，并说出结论取决于什么假设。
#
# **术语**：消费者（consumer）、顾客（buyer）、客户（customer）、现实与潜在（actual, potential）、内部与外部（internal, external）、中间客户（intermediary）、公利客户（public-benefit customer）、需要与需求（need, want）。
#
# **下一课**：1.2 该问什么？该留什么？
#
# **延伸阅读**：Moro, Cortez & Rita (2014), doi:10.1016/j.dss.2014.03.001（银行电话营销的数据）。

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

# %% [markdown] lang="en" minutes=30 exercise_minutes=15 pattern=2 needs=["1.1"] rows=["B15", "B16", "B17", "B18", "B19", "B21", "A11"] slide="slide"
# # 2 · What do we ask, and what do we keep?
#
# The course lists what one may ask a customer, from the telephone number to the blood type. Each question costs time, each answer ages,
# and a wrong address costs a second delivery. Which fields do we drop, which do we repair first, and what is it worth?
#
# In this lesson you will
#
# - **choose** the fields that have a purpose, and drop the rest,
# - **score** records: complete, valid, unique, fresh, and fit for use,
# - **decide** what to repair first, in money.

# %% [markdown] lang="zh"
# # 2 · 该问什么？该留什么？
#
# 课程列出了可以向客户了解的信息，从电话一直到血型。每问一项都花时间，每个答案都会过时，地址错了就要再送一次。哪些信息不要？哪些先修？值多少钱？
#
# 在这一课里，你将
#
# - **选择**：留下有用途的信息，其余的不收集；
# - **评分**：完整、有效、唯一、及时，合起来是否合用；
# - **决定**：把钱算清楚，先修哪一项。

# %% [markdown] lang="en" tags=["slide-text"]
# From the telephone number to the blood type: what do we ask, what do we repair, and what is it worth?
#
# - **choose** the fields that have a purpose, and drop the rest,
# - **score** records: complete, valid, unique, fresh, and fit for use,
# - **decide** what to repair first, in money.

# %% [markdown] lang="zh"
# 从电话一直问到血型：该问什么，先修什么，值多少钱？
#
# - **选择**：留下有用途的信息，其余的不收集；
# - **评分**：完整、有效、唯一、及时，合起来是否合用；
# - **决定**：把钱算清楚，先修哪一项。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A field is kept for a purpose, and a record is good if it serves that purpose: all its fields, not most of them.
#
# **Hard point** Four good columns do not mend a bad one: count records that are fit in everything, and do not average the columns.
#
# **Board** The five steps 定义 → 收集 → 整合管理 → 更新 → 安全 in a row, under each its question and our check. Later the formula of alpha.
#
# **Homework** Exercises 1.2.4 and 1.2.5. Take a form that you filled in this month: which of its fields has no purpose?

# %% [markdown] lang="zh"
# **重点** 为了用途才保留一项信息；能派上用场的档案才是好档案，要每一项都好，不是多数项好。
#
# **难点** 四列都好，也补不了一列坏的：要数每一项都合用的档案，不要把各列的得分平均。
#
# **板书** 横着写五步：定义 → 收集 → 整合管理 → 更新 → 安全，每一步下面写课程的问题和我们的检查。后面写 α 系数的公式。
#
# **作业** 练习 1.2.4 和 1.2.5。找一张你这个月填过的表：哪一项没有用途？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import pandas as pd

from crmlib import contracts, datasets, history, plots
from crmlib.identity import Field, quality_score
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["B15"] slide="slide"
# ## Look first: five steps, five questions
#
# | step of the course (识别过程) | its question | our check |
# |---|---|---|
# | 定义 define | which facts do we need? | each field has a purpose |
# | 收集 collect | where do we get them? | complete and valid |
# | 整合管理 integrate | one database? | unique: no fact stands in two records |
# | 更新 update | what has changed? | fresh: checked not long ago |
# | 安全 protect | has anything leaked? | nothing sensitive without a purpose |

# %% [markdown] lang="zh"
# ## 先看数据：五个步骤，五个问题
#
# | 步骤（客户识别过程） | 课程的问题 | 我们的检查 |
# |---|---|---|
# | 定义客户信息 | 需要掌握哪些资料与数据？ | 每一项都有用途 |
# | 收集客户信息 | 从哪里可以得到所需要的信息？ | 完整、有效 |
# | 整合、管理客户信息 | 利用数据库管理信息？ | 唯一：同一个值不出现在两份档案里 |
# | 更新客户信息 | 客户的信息发生何种变化？ | 及时：不久前核实过 |
# | 客户信息安全 | 信息是否有泄漏？有没有侵犯客户隐私？ | 没有用途的敏感信息一项也不留 |

# %% [markdown] lang="en" slide="subslide"
# One row of `customers` is one record of the teaching company (simulated) at the end of 2025. We look at people first; the firms are for
# your exercises. How many of five facts does a record hold: phone, e-mail, address, city, birth date?

# %% [markdown] lang="zh"
# `customers` 的一行，是教学公司（模拟）2025 年底的一份客户档案。先看个人客户，组织客户留给练习。电话、邮箱、地址、城市、出生日期这五项，一份档案填了几项？

# %% slide="result"
tables, _ = datasets.load_data(company, show_personal=True)
customers = tables["customers"].set_index("customer_id")
people = customers.query("customer_type == 'person'").drop(columns=["customer_type", "industry"])
n_facts = people[["phone", "email", "address", "city", "birth_date"]].notna().sum(axis=1)
full = (n_facts == 5).mean()
ax = n_facts.value_counts().sort_index().plot.bar(color=plots.BLUE, rot=0)
ax.set_title(sentence("{full:.0%} of the records of people hold all five facts"))
ax.set(xlabel=t("facts in a record"), ylabel=t("number of records"))
plt.show()

# %% [markdown] lang="en" minutes=6 rows=["B16", "B17", "B18", "B21"] slide="slide"
# ## Step 1, define: no purpose, no question
#
# A **purpose** is what we do with a fact. The course: take what *you* need (根据自身的需求) and what fits the customer. The law sets limits,
# too. China (PIPL, article 6): a clear and reasonable purpose, and only the least that it takes. Europe (GDPR, article 5): for stated
# purposes (1b), and no more than is necessary (1c). We quote definitions; this is no legal advice.
#
# By hand: eight fields of the course's list, three purposes. 1 means that the purpose needs the field.

# %% [markdown] lang="zh"
# ## 第一步，定义：没有用途就不问
#
# **用途**就是拿这项信息做什么。课程的原则：根据**自身的需求**界定范围，根据客户的特点确定范围。法律也有限制。《个人信息保护法》第六条：目的明确、合理，限于实现目的的最小范围，不得过度收集。欧盟 GDPR 第 5 条：目的要讲明（1b），够用就好（1c）。这里只引用定义，不是法律意见。
#
# 亲手算：课程清单里的八项信息，三种用途。1 表示这种用途需要这项信息。

# %% [markdown] lang="en" tags=["slide-text"]
# A **purpose** is what we do with a fact (PIPL article 6; GDPR article 5, 1b and 1c). By hand: 1 means that the purpose needs the field.
#
# **1.2.a** How many of these eight fields do we *not* ask?

# %% [markdown] lang="zh"
# **用途**就是拿这项信息做什么（《个人信息保护法》第六条；GDPR 第 5 条 1b、1c）。亲手算：1 表示这种用途需要这项信息。
#
# **1.2.a** 这八项里，有几项*不*问？

# %%
names = "full name,telephone,address,what they buy,motive of buying,fax,blood type".split(",")
needs = pd.DataFrame({"deliver": [1, 1, 1] + [0] * 5}, index=[*names, "birthday of the spouse"])
needs["call ahead"], needs["recommend"] = [1, 1] + [0] * 6, [0, 0, 0, 1, 1, 0, 0, 0]
needs

# %% [markdown] lang="en"
# **1.2.a** How many of these eight fields do we *not* ask?

# %% [markdown] lang="zh"
# **1.2.a** 这八项里，有几项*不*问？

# %% tags=["exercise"]
n_dropped = ...
check("1.2.a", n_dropped)

# %% [markdown] lang="en"
# `sum(axis=1)` adds up each row: how many purposes need the field. Zero means that nobody asks.

# %% [markdown] lang="zh"
# `sum(axis=1)` 按行相加：有几种用途需要这一项。得 0 就不问。

# %% slide="result"
n_purposes = needs.sum(axis=1)
pd.DataFrame({"n_purposes": n_purposes, "is_asked": n_purposes > 0})

# %% [markdown] lang="en" slide="subslide"
# `course_fields` holds the course's whole list for people, with a purpose where a grocer has one (**our choice**), and why a
# field is sensitive. **Sensitive** is what can hurt somebody if it leaks: health (blood type), belief, children, money, dignity, and, our
# addition, facts about somebody else who was never asked. True counts as 1, so the sum of a column of true and false counts.

# %% [markdown] lang="zh"
# `course_fields` 是课程关于个人客户的完整清单，并写明食品店拿它做什么（**用途是我们定的**），以及为什么敏感。**敏感**，是指一旦泄漏就可能伤害到人：健康（血型）、信念、儿童、钱财、人格尊严；还有一类是我们加的：关于别人的信息，而那个人从来没有被问过。真（True）当作 1，所以真假值加起来就是个数。

# %% [markdown] lang="en" tags=["slide-text"]
# The course's whole list for people, with the purposes a grocer has (**our choice**).
#
# **Sensitive**: it can hurt somebody if it leaks: health, belief, children, money, dignity, facts about somebody else.

# %% [markdown] lang="zh"
# 课程关于个人客户的完整清单，以及食品店的用途（**我们定的**）。
#
# **敏感**：泄漏了会伤害人，如健康、信念、儿童、钱财、人格尊严、关于别人的信息。

# %% slide="result"
fields = contracts.course_fields("person")
asked, flagged = fields["purpose"] != "", fields["sensitive"] != ""
listed = pd.DataFrame({"n_listed": 1, "n_asked": asked, "n_sensitive": flagged})
listed.groupby(fields["topic"], sort=False).sum()

# %% [markdown] lang="en"
# Firms have a list of their own, down to the character and the interests of their managers, who are people as well.

# %% [markdown] lang="zh"
# 组织客户另有一张清单，一直列到负责人的性格和兴趣。负责人也是人。

# %%
assert not (asked & flagged).any()
n_listed, n_asked = len(fields), asked.sum()
firm_purpose = contracts.course_fields("organization")["purpose"]
n_firm, n_firm_asked = len(firm_purpose), (firm_purpose != "").sum()
say("Of {n_listed} fields on people a grocer asks {n_asked}, and nothing sensitive among them; of {n_firm} on firms, {n_firm_asked}.")

# %% [markdown] lang="en" tags=["notes"]
# Let the class argue for a field: who has a purpose for the birthday? ("A coupon" is one, if somebody really sends it.) A purpose must be
# said before the question is asked. A bank, a hospital, a school have other lists.

# %% [markdown] lang="zh"
# 让学生为某一项辩护：生日有什么用途？（“发生日券”算一个，前提是真的有人发。）用途要在问之前讲清楚。银行、医院、学校的清单各不相同。

# %% [markdown] lang="en" minutes=6 rows=["A11"] slide="slide"
# ## Steps 2 to 4: how good is a record?
#
# A value is **complete** if it is there; **valid** if it has the right form; **unique** if no other record has it; **fresh** if it was
# checked not long ago, here within 1,095 days. It is **fit** if it passes all four. A record is fit if *all* its fields are:
#
# $$\text{fit} = \frac{\text{records in which every field is fit}}{\text{all records}}$$
#
# (Four of the quality dimensions of DAMA UK 2013; the rule for "fit" is ours.) Eight records. A good number has eleven digits and begins
# with 154. The day of the judgment is the end of 2025.

# %% [markdown] lang="zh"
# ## 第二至四步：一份档案有多好？
#
# 一个值，有就是**完整**；形式对就是**有效**；别的档案没有就是**唯一**；不久前核实过就是**及时**，这里指 1,095 天（三年）以内。四样都做到才算**合用**。一份档案*每一项*都合用，才算合用：
#
# $$合用率 = \frac{每一项都合用的档案数}{全部档案数}$$
#
# （前四个是 DAMA UK 2013 数据质量维度中的四个；“合用”的规则是我们定的。）下面是八份档案。好的号码有十一位，以 154 开头。评判日是 2025 年底。

# %% [markdown] lang="en" tags=["slide-text"]
# **Complete**: there. **Valid**: the right form. **Unique**: in no other record. **Fresh**: checked within 1,095 days. **Fit**: all four.
#
# $$\text{fit} = \frac{\text{records in which every field is fit}}{\text{all records}}$$
#
# A good number has eleven digits and begins with 154. We judge at the end of 2025.

# %% [markdown] lang="zh"
# **完整**：有值。**有效**：形式对。**唯一**：别的档案没有。**及时**：1,095 天内核实过。**合用**：四样都做到。
#
# $$合用率 = \frac{每一项都合用的档案数}{全部档案数}$$
#
# 好的号码有十一位，以 154 开头。评判日是 2025 年底。

# %%
eight = pd.DataFrame({
    "phone": ["15400001111", "1540000222", "154-0000-1111", None]
    + ["15400005555", "15400006666", "15400007777", "15400008888"],
    "city": ["杭州", "绍兴", "杭州", "宁波", "杭州", "湖州", "-", "宁波"],
    "checked_date": ["2025-06-01", "2025-03-01", "2024-11-01", "2025-09-10"]
    + ["2019-05-20", "2021-02-02", "2025-10-05", "2023-07-01"],
    "n_parcels": [12, 5, 3, 9, 20, 2, 7, 4],
}, index=list("ABCDEFGH")).astype({"checked_date": "datetime64[ns]"})
eight

# %% [markdown] lang="en"
# **1.2.b** `n_parcels` is how many parcels a record gets in a year. The driver calls ahead. For how many parcels is the phone number fit?

# %% [markdown] lang="zh"
# **1.2.b** `n_parcels` 是每份档案一年收到的包裹数。送货前司机要先打电话。有多少个包裹的电话号码是合用的？

# %% tags=["exercise"]
n_with_call = ...
check("1.2.b", n_with_call)

# %% [markdown] lang="en"
# In code, one comparison each. First take out the dashes, so that the same number looks the same, and count the days since the last check.
# `fullmatch` compares the whole text with a form: 154, then eight digits (`\d`).

# %% [markdown] lang="zh"
# 写成代码，每样一次比较。先去掉短横线，同一个号码才看得出相同；再数离上次核实过了多少天。`fullmatch` 拿整段文字和一个形式比：154，后面八位数字（`\d`）。

# %%
end = pd.Timestamp("2025-12-31")
digits, age_days = eight["phone"].str.replace("-", ""), (end - eight["checked_date"]).dt.days
phone = pd.DataFrame({"complete": digits.notna(), "valid": digits.str.fullmatch(r"154\d{8}")})

# %% [markdown] lang="en"
# `duplicated(keep=False)` marks every record whose value occurs again. Fit is a record that passes all four.

# %% [markdown] lang="zh"
# `duplicated(keep=False)` 把值重复出现的每份档案都标出来。四样都做到，才算合用。

# %% slide="result"
phone["unique"] = digits.notna() & ~digits.duplicated(keep=False)
phone["fresh"] = digits.notna() & (age_days <= 1095)
phone["fit"] = phone.all(axis=1)
phone

# %% [markdown] lang="en"
# Read it aloud: *two numbers of eight are fit*, although seven are there. `quality_score` asks the same of each column, and of all together.
# It counts valid, unique and fresh among the values that are *there*, so these shares are larger than ours by hand; fit is of all records. G has a
# dash for a city, which is none. The row `all` judges whole records.

# %% [markdown] lang="zh"
# 读出声来：*八个号码里，七个有，两个合用*。`quality_score` 对每一列问同样的问题，再合起来问一次。有效、唯一、及时，它只在填了值的档案里数，所以比我们手算的比例大；合用按全部档案算。`all`（合计）一行判断的是整份档案。G 的城市是一横，等于没有。

# %% slide="result"
to_call, to_route = t("to call about an order"), t("to choose the route of the delivery")
contract = [
    Field("phone", to_call, pattern=r"154-?\d{4}-?\d{4}", unique=True, fresh_days=1095),
    Field("city", to_route, pattern=r"[^-]+"),
]
scores = quality_score(eight.drop(columns="n_parcels"), contract, as_of=end, checked="checked_date")
assert scores.loc["phone", "fit"] == phone["fit"].mean()
show(scores[["complete", "valid", "unique", "fresh", "fit"]], kind="share", digits=0)

# %% [markdown] lang="en" minutes=4 rows=["A11"] slide="slide"
# ## The whole company
#
# `person_contract` names what a grocer keeps of a person, for what, and in which form. `customers` holds what was typed at registration;
# what we learned later stands in `customer_changes` (lesson 1.4). `as_known` puts the latest of it into the records, and takes the last day
# on which anything was written about a customer as the day of the last check (`checked_date`).

# %% [markdown] lang="zh"
# ## 整家公司
#
# `person_contract` 写明食品店保留个人的哪些信息、做什么用、什么形式才对。`customers` 是登记当天填的；后来得知的变化在 `customer_changes` 里（第 1.4 课）。`as_known` 把其中最新的填进档案，并把最后一次记下这位客户任何变化的日子当作上次核实的日子（`checked_date`）。

# %% [markdown] lang="en" tags=["slide-text"]
# A contract: what a grocer keeps of a person, for what, in which form. Checked last: the last day on which anything was written about the customer.

# %% [markdown] lang="zh"
# 合同写明：食品店保留个人的哪些信息、做什么用、什么形式才对。上次核实：最后一次记下这位客户任何变化的日子。

# %% slide="result"
known = history.as_known(people, tables["customer_changes"], as_of=end)
records = known.drop(columns="registered_date").reset_index()
score = quality_score(records, contracts.person_contract(), as_of=end, checked="checked_date")
show(score.drop("all")[["purpose", "complete", "valid", "unique", "fresh"]], kind="share", digits=0)

# %% [markdown] lang="en"
# Four of the five steps, with their numbers: collect (complete, valid), integrate (unique), update (fresh), and define: the birth date has no
# purpose here. The fifth, protect, is lesson 1.4.
#
# **1.2.c** First guess: of the records of people, which share is fit in *every* field? (a fraction, such as 0.5)

# %% [markdown] lang="zh"
# 五个步骤中的四步，这次带上数字：收集（完整、有效）、整合（唯一）、更新（及时）、定义（这里出生日期没有用途）。第五步“安全”是第 1.4 课。
#
# **1.2.c** 先猜一猜：个人客户的档案中，*每一项*都合用的占多大比例？（用小数表示，例如 0.5）

# %% tags=["exercise"]
guess = ...
check("1.2.c", guess)

# %% [markdown] lang="en"
# The last bar is of whole records, not of a column.

# %% [markdown] lang="zh"
# 最后一根柱子说的是整份档案，不是某一列。

# %% slide="result"
fit = score.loc[["name", "city", "email", "phone", "address"], "fit"]
all_fit, mean_fit = score.loc["all", "fit"], fit.mean()
bars = 100 * fit.rename(t).rename_axis(None)
bars[t("whole record")] = 100 * all_fit
ax = bars.plot.bar(color=[plots.BLUE] * 5 + [plots.RED], rot=0, ylabel=t("fit, % of the records"))
ax.set_title(sentence("{all_fit:.0%} of the records are fit in everything"))
plt.show()
say("The mean of the columns is {mean_fit:.0%}, but only {all_fit:.0%} of the records are fit. Parcels go to records, not to columns.")

# %% [markdown] lang="en" minutes=4 rows=["A11"] slide="slide"
# ## Where it misleads
#
# **Unknown, but not empty.** A real bank (45,211 telephone calls, Portugal, 2008 to 2010) has no empty cell in these columns. It writes
# "unknown". (Most of the earlier outcomes are unknown because there was no earlier call.)

# %% [markdown] lang="zh"
# ## 哪里会误导人
#
# **不知道，却没有空着**：一家真实的银行（葡萄牙，2008 至 2010 年，45,211 次电话推销），下面这些列一个空格也没有，写的是“unknown”（不知道）。（以前的结果大多不知道，是因为以前没打过电话。）

# %% slide="result"
calls = datasets.load_bank_calls()
four = calls[["job", "education", "contact", "outcome_before"]]
pd.DataFrame({"n_empty": four.isna().sum(), "unknown_share": (four == "unknown").mean()})

# %% [markdown] lang="en" slide="subslide"
# Worse is a date or a zero in the place of "unknown". What if our clerks had typed 1900-01-01 where they did not know a birth date?

# %% [markdown] lang="zh"
# 更糟的是用一个日期或者零代替“不知道”。假如营业员不知道出生日期时，都填 1900-01-01，会怎样？

# %% slide="result"
born = pd.DataFrame({t("left empty"): people["birth_date"]})
born[t("typed as 1900-01-01")] = people["birth_date"].fillna(pd.Timestamp("1900-01-01"))
age_years = (end - born).mean().dt.days / 365.25
show(pd.DataFrame({"complete_share": born.notna().mean(), "age_years": age_years}), digits=1)

# %% [markdown] lang="en" slide="subslide"
# **The right form, the wrong person.** In Febrl (**simulated**: nobody in it exists, and each has two records) the truth is
# known: which two records are one person. So we can ask what no firm can: is the number of the right form also the right number?

# %% [markdown] lang="zh"
# **形式对，人不对**：Febrl 是**模拟**的数据，人都是虚构的，每人两份档案。它知道真相：哪两份是同一个人。所以能问一个企业没法问的问题：形式正确的号码，就是正确的号码吗？

# %% [markdown] lang="en" tags=["slide-text"]
# **The right form, the wrong person.** Febrl is **simulated**, so the truth is known: which two records are one person.

# %% [markdown] lang="zh"
# **形式对，人不对**：Febrl 是**模拟**数据，知道哪两份档案是同一个人。

# %% slide="result"
number = datasets.load_febrl().set_index("record_id")["social_security_id"]
links = datasets.load_truth("febrl")["links"]
assert number.str.fullmatch(r"\d{7}").all()
n_people = len(links)
n_two = (number[links["record_id"]].to_numpy() != number[links["duplicate_id"]].to_numpy()).sum()
say("Every number has seven digits, as it must. Yet of {n_people} people {n_two} have two different ones: one of each two is "
    "another person's, or nobody's. No check of the form sees it; a call does.")

# %% [markdown] lang="en" minutes=4 rows=["B19"] slide="slide"
# ## What people think: do the questions hang together?
#
# Motives and attitudes (心理与态度信息) are asked with several sentences, each answered from 1 (not at all) to 5 (very much). If they
# measure one thing, people who score high on one score high on the others. **Cronbach's alpha** (1951) measures it: of $k$ items, with
# $s_i^2$ the variance of item $i$ and $s_T^2$ that of the sum,
#
# $$\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_T^2}\right)$$
#
# At best it is 1; from about 0.7 the sum is used as one score, which is a custom and no law. Eight answers, **made up**:

# %% [markdown] lang="zh"
# ## 心里怎么想：这几道题问的是一件事吗？
#
# 动机、生活方式、信念和态度（心理与态度信息），通常用几句话来问，每句从 1（完全不同意）答到 5（非常同意）。如果问的是同一件事，一题分高的人，别的题分也高。**克隆巴赫 α 系数**（1951）量的就是这个：共 $k$ 题，$s_i^2$ 是第 $i$ 题的方差，$s_T^2$ 是总分的方差，
#
# $$\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_T^2}\right)$$
#
# 最高为 1；习惯上 0.7 左右以上才把总分当一个分数用，这是惯例，不是定律。下面八个人的回答是**编的**：

# %% [markdown] lang="en" tags=["slide-text"]
# Several sentences, each answered from 1 (not at all) to 5 (very much): 动机, 生活方式, 信念和态度. **Cronbach's alpha** (1951) of $k$
# items, with the variances of each item and of the sum:
#
# $$\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_T^2}\right)$$
#
# Eight answers, **made up**:

# %% [markdown] lang="zh"
# 几句话，每句从 1（完全不同意）答到 5（非常同意）。$k$ 道题的**克隆巴赫 α 系数**（1951），用到每题的方差和总分的方差：
#
# $$\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_T^2}\right)$$
#
# 下面八个人的回答是**编的**：

# %%
answers = pd.DataFrame({
    "likes to cook": [5, 4, 4, 2, 1, 3, 5, 2],
    "tries new dishes": [4, 4, 5, 2, 2, 3, 5, 1],
    "good food is worth it": [5, 3, 4, 1, 2, 3, 4, 2],
    "would rather eat out": [1, 2, 1, 4, 5, 3, 2, 4],
}, index=list("ABCDEFGH"))
answers

# %% [markdown] lang="en"
# `var` gives the variance of each column; the sum of each row is the score of a person. The last sentence asks for the opposite: people who
# like to cook say 1. So it is turned round, $6 - x$, and alpha worked out again.

# %% [markdown] lang="zh"
# `var` 给出每列的方差；按行相加，是每个人的总分。最后一句是反着问的：爱做饭的人答 1。所以把它翻转过来，$6 - x$，再算一次 α。

# %% slide="result"
k = answers.shape[1]
alpha_as_asked = k / (k - 1) * (1 - answers.var().sum() / answers.sum(axis=1).var())
answers["would rather eat out"] = 6 - answers["would rather eat out"]
alpha = k / (k - 1) * (1 - answers.var().sum() / answers.sum(axis=1).var())
say(
    "Alpha is {alpha_as_asked:.2f} as asked, and {alpha:.2f} with the opposite sentence turned round. "
    "A high alpha says that the sentences hang together, not that people will do as they say."
)

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Do the sums, then decide
#
# It is the end of **2024**. What will a missing address cost in 2025? A parcel without one goes out again: 20 yuan, the company's rate.
# **Assumed:** each time. To ask costs a call, 6 yuan. Whom do we call first?

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 现在是 **2024 年**底。缺一个地址，2025 年要花多少钱？没有地址的包裹要再送一次：20 元，公司的费率。**假设**每次都如此。补问要打一次电话，和电话接单一样是 6 元。先打给谁？

# %% slide="skip"
done = tables["activities"].query("activity == 'home delivery'")
times = done.groupby([done["month"].dt.year, "customer_id"])["n_times"].sum()
then = history.as_known(people, tables["customer_changes"], as_of="2024-12-31")
parcels = times[2025].reindex(then.index, fill_value=0)

# %% [markdown] lang="en" slide="subslide"
# We choose by what we knew **then**: no address; no address, and a parcel in 2024; an address not checked for three years, and a parcel in
# 2024. We count the parcels of **2025**: whoever decides does not know them yet.

# %% [markdown] lang="zh"
# 按**当时**所知来挑选：没有地址的；没有地址、2024 年又有包裹的；地址三年没有核实、2024 年又有包裹的。再数 **2025 年**的包裹：做决定的人那时还不知道。

# %% slide="skip"
had_parcels = times[2024].reindex(then.index, fill_value=0) > 0
lacks, is_old = then["address"].isna(), then["checked_date"] < "2022-01-01"
who = pd.DataFrame({t("no address"): lacks, t("no address, parcels in 2024"): lacks & had_parcels})
who[t("old address, parcels in 2024")] = ~lacks & is_old & had_parcels

# %% [markdown] lang="en"
# For each list: how many calls, how many parcels, what is left. Of the old addresses we suppose that a quarter is wrong (**assumed**; lesson 1.4
# estimates it).

# %% [markdown] lang="zh"
# 每张名单：打多少电话，有多少包裹，净得多少。旧地址，假设其中四分之一是错的（**假设**，第 1.4 课再估计）。

# %% slide="result"
plan = pd.DataFrame({"n_called": who.sum(), "n_parcels": who.mul(parcels, axis=0).sum()})
saves, costs = 20 * plan["n_parcels"], 6 * plan["n_called"]
plan["pays_from_share"] = costs / saves
wrong_share = 0.25  # of the old addresses
plan["gain"] = saves * [1, 1, wrong_share] - costs
plan

# %% [markdown] lang="en"
# `pays_from_share` is what the decision hangs on: the share of the parcels that must really go out twice before the calls pay. And what
# do we save by not asking what has no purpose? **Assumed**: a question takes 15 seconds at 60 yuan an hour, 0.25 yuan.

# %% [markdown] lang="zh"
# `pays_from_share` 是决定的关键：至少有多大比例的包裹真的要送两次，打电话才划算。没有用途的不问，又省下多少？**假设**：问一项要 15 秒，人工每小时 60 元，合 0.25 元。

# %%
all_gain, missing_gain, old_gain = plan["gain"]
n_new = (people["registered_date"].dt.year == 2025).sum()
per_question = 0.25
unasked = per_question * n_new * (n_listed - n_asked)
say(
    "Against doing nothing in 2025: all missing addresses {all_gain:CNY}, those who had parcels {missing_gain:CNY}, "
    "old addresses {old_gain:CNY}; not asking {n_new} new customers what has no purpose {unasked:CNY}."
)

# %% [markdown] lang="en"
# A field that nobody uses has one more price, which stands in no table: it can leak.

# %% [markdown] lang="zh"
# 没人用的信息还有一个代价，哪张表上都没有：它会泄漏。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# New data: `firms` are the records of organizations, as known at the end of **2024**. Their `digits` are the last eleven digits of the phone
# number, so that +86 and dashes do not matter. `parcels_2024` and `parcels_2025` are how many home deliveries each had. `calls_2010` are
# the rows of the bank in 2010. `survey` has answers of ten others (made up) to four sentences; "shopping is a chore" is the opposite one.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换新数据：`firms` 是组织客户 **2024 年**底的档案，其中 `digits` 是电话的最后十一位数字，有没有 +86 和短横线都不影响。`parcels_2024` 和 `parcels_2025` 是每家两年里送货上门的次数。`calls_2010` 是银行 2010 年的行。`survey` 是另外十个人对四句话的回答（编的），其中 “shopping is a chore”（买东西是件苦差事）是反着问的。

# %%
firms = customers.query("customer_type == 'organisation'")
firms = history.as_known(firms, tables["customer_changes"], as_of="2024-12-31")
digits = firms["phone"].str.normalize("NFKC").str.replace(r"\D", "", regex=True)
firms["digits"] = digits.str[-11:]
parcels_2024 = times[2024].reindex(firms.index, fill_value=0)
parcels_2025 = times[2025].reindex(firms.index, fill_value=0)
calls_2010 = calls[calls["call_date"].dt.year == 2010]
survey = pd.DataFrame({
    "shopping is fun": [5, 2, 4, 3, 1, 4, 2, 5, 3, 4],
    "compares prices": [4, 3, 4, 2, 2, 5, 1, 4, 3, 3],
    "tells friends": [4, 1, 5, 3, 2, 3, 2, 5, 2, 4],
    "shopping is a chore": [2, 4, 1, 3, 4, 2, 5, 2, 3, 1],
})
practice_on(firms=firms, parcels_2024=parcels_2024, parcels_2025=parcels_2025,
            calls_2010=calls_2010, survey=survey, people=people)

# %% [markdown] lang="en"
# **1.2.1** Of the records of firms that have a phone number (`digits`), which share has one that another record of a firm has, too? (a fraction)

# %% [markdown] lang="zh"
# **1.2.1** 有电话号码（`digits`）的组织客户档案中，号码也出现在另一份组织客户档案里的占多大比例？（用小数表示）

# %% tags=["exercise"]
share_shared = ...
check("1.2.1", share_shared)

# %% [markdown] lang="en"
# **1.2.2** In `calls_2010`, which share of the rows has "unknown" in `job`, `education` or `contact`, in at least one of the three? (a fraction)

# %% [markdown] lang="zh"
# **1.2.2** `calls_2010` 中，`job`、`education`、`contact` 三列里至少有一列是“unknown”的行，占多大比例？（用小数表示）

# %% tags=["exercise"]
unknown_somewhere = ...
check("1.2.2", unknown_somewhere)

# %% [markdown] lang="en"
# **1.2.3** Cronbach's alpha of the four sentences of `survey`. (a number to two decimals or more; look at how each sentence is asked)

# %% [markdown] lang="zh"
# **1.2.3** `survey` 四句话的克隆巴赫 α 系数是多少？（至少两位小数；先看每句话是怎么问的）

# %% tags=["exercise"]
alpha_of_survey = ...
check("1.2.3", alpha_of_survey)

# %% [markdown] lang="en"
# **1.2.4** It is the end of 2024. You call every firm that has no address in its record and had a delivery in 2024, at 6 yuan a call. Each parcel
# that goes to such a firm in 2025 goes out a second time, at 20 yuan, unless you called. What do you gain in 2025, in yuan?

# %% [markdown] lang="zh"
# **1.2.4** 现在是 2024 年底。档案里没有地址、2024 年又送过货的组织客户，你每家打一个电话，每次 6 元。不打电话，2025 年送给他们的每个包裹都要再送一次，每次 20 元。2025 年你一共省下多少元（扣除电话费）？

# %% tags=["exercise"]
gain_from_calls = ...
check("1.2.4", gain_from_calls)

# %% [markdown] lang="en"
# **1.2.5** A judgment, without code. For firms the course lists the age, the character and the interests of the manager and of the purchasing
# manager (主要负责人信息). A colleague wants all three in the database. Say for each whether you keep it, for which purpose, who may see it and
# when it is deleted. (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.2.5** 思考题，不用写代码，没有标准答案。对组织客户，课程列出了高层管理者、采购经理等主要负责人的年龄、性格和兴趣。同事想把这三项都存进数据库。逐项说明：留不留，用途是什么，谁可以看，什么时候删除。（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
what_to_keep = ...
check("1.2.5", what_to_keep)

# %%
quiz("1.2.q1")

# %%
quiz("1.2.q2")

# %%
quiz("1.2.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **choose** the fields that have a purpose, and drop the rest,
# - **score** records: complete, valid, unique, fresh, and fit for use,
# - **decide** what to repair first, in money.
#
# **Words:** purpose (用途), sensitive information (敏感信息), complete, valid, unique, fresh (完整、有效、唯一、及时), fit (合用), Cronbach's alpha
# (克隆巴赫 α 系数), reversed item (反向题).
#
# **Next** · 1.3: Who is who: three catalogs for one person, and no VIP tier?
#
# **Further reading** · DAMA UK (2013), The six primary dimensions for data quality assessment · Cronbach (1951), Coefficient alpha and the
# internal structure of tests, [doi:10.1007/BF02310555](https://doi.org/10.1007/BF02310555) · Wells & Tigert (1971), Activities, interests and
# opinions, *Journal of Advertising Research* 11 · Moro, Cortez & Rita (2014), the bank's calls,
# [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Christen (2008), Febrl,
# [doi:10.1145/1401890.1402020](https://doi.org/10.1145/1401890.1402020)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **选择**：留下有用途的信息，其余的不收集；
# - **评分**：完整、有效、唯一、及时，合起来是否合用；
# - **决定**：把钱算清楚，先修哪一项。
#
# **术语**：用途（purpose）、敏感信息（sensitive information）、完整（complete）、有效（valid）、唯一（unique）、及时（fresh）、合用（fit）、克隆巴赫 α 系数（Cronbach's alpha）、反向题（reversed item）。
#
# **下一课**：1.3 谁是谁：一个人收到三本目录，却进不了 VIP？
#
# **延伸阅读**：DAMA UK (2013), The six primary dimensions for data quality assessment · Cronbach (1951), Coefficient alpha and the internal structure of tests, [doi:10.1007/BF02310555](https://doi.org/10.1007/BF02310555) · Wells & Tigert (1971), Activities, interests and opinions, *Journal of Advertising Research* 11 · Moro, Cortez & Rita (2014)，银行电话数据，[doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001) · Christen (2008), Febrl, [doi:10.1145/1401890.1402020](https://doi.org/10.1145/1401890.1402020)

# %% [markdown] lang="en" tags=["slide-text"]
# - **choose** the fields that have a purpose, and drop the rest,
# - **score** records: complete, valid, unique, fresh, and fit for use,
# - **decide** what to repair first, in money.
#
# **Next** · 1.3: Who is who: three catalogs for one person, and no VIP tier?

# %% [markdown] lang="zh"
# - **选择**：留下有用途的信息，其余的不收集；
# - **评分**：完整、有效、唯一、及时，合起来是否合用；
# - **决定**：把钱算清楚，先修哪一项。
#
# **下一课**：1.3 谁是谁：一个人收到三本目录，却进不了 VIP？

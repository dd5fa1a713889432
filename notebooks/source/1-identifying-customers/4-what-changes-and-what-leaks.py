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

# %% [markdown] lang="en" minutes=31 exercise_minutes=14 pattern=2 needs=["1.2"] rows=["B22", "B23"] slide="slide"
# # 4 · What changes, and what leaks?
#
# Customers move and tell nobody; their parcels come back. And a file without names, handed to an agency, can still point at people. After how
# many years is half of our addresses wrong? How much detail do we give away, and what does less detail cost?
#
# In this lesson you will
#
# - **date** facts, and say what we knew on a day and what was true,
# - **estimate** the half-life of an address, and what makes it look too long,
# - **decide** how much detail a file may show, in money.

# %% [markdown] lang="zh"
# # 4 · 什么变了？什么会泄漏？
#
# 客户搬了家，谁也没告诉，包裹就退回来了。把一份没有姓名的名单交给外包公司，照样可能认出人来。过多少年，一半的地址就错了？名单该给到多细，给粗一点又损失多少钱？
#
# 在这一课里，你将
#
# - **标日期**：说清某一天我们知道什么、真实情况是什么；
# - **估计**地址的半衰期，并说明它为什么会显得太长；
# - **决定**：把钱算清楚，名单给到多细。

# %% [markdown] lang="en" tags=["slide-text"]
# Customers move and tell nobody. A file without names can still point at people.
#
# - **date** facts, and say what we knew on a day and what was true,
# - **estimate** the half-life of an address, and what makes it look too long,
# - **decide** how much detail a file may show, in money.

# %% [markdown] lang="zh"
# 客户搬家，谁也没告诉；没有姓名的名单，照样可能认出人。
#
# - **标日期**：说清某一天我们知道什么、真实情况是什么；
# - **估计**地址的半衰期，并说明它为什么会显得太长；
# - **决定**：把钱算清楚，名单给到多细。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** A fact has two dates: since when it holds, and since when we know. A file without names is not a file without people.
#
# **Hard point** A value that has not changed yet is no value that never changes: its years count, its end is not seen. And $k$ says nothing
# about what all people of a group have in common.
#
# **Board** A line of time with two arrows, *true from* and *known from*; the gap between them shaded. Later a group of four patients, all with cancer.
#
# **Homework** Exercises 1.4.4 and 1.4.5. Which four facts would find you in a list of your university?

# %% [markdown] lang="zh"
# **重点** 一条信息有两个日期：从哪天起属实，从哪天起我们知道。没有姓名的名单，里面还是有人。
#
# **难点** 还没变，不等于永远不变：它的年数要算，只是没看到它结束。$k$ 再大，也不说明一组人有没有共同的秘密。
#
# **板书** 画一条时间轴，两个箭头：*属实之日*和*得知之日*，中间涂上阴影。后面画一组四位病人，全是癌症。
#
# **作业** 练习 1.4.4 和 1.4.5。想一想：在你们学校的名单里，哪四项信息就能找到你？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import hashlib
import hmac
import math

import matplotlib.pyplot as plt
import pandas as pd
from statsmodels.api import SurvfuncRight

from crmlib import datasets, history, plots, privacy
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["B22"] slide="slide"
# ## Look first: how late do we hear of it?
#
# 更新客户信息 (update), asks the course: 客户的信息发生何种变化, which change has happened? One row of `customer_changes` is one fact about a
# customer of the teaching company (simulated): the first of a customer and field was typed at registration, each later one is a change.
# `valid_from` says since when it is true, `recorded_date` when we wrote it down.

# %% [markdown] lang="zh"
# ## 先看数据：我们多久以后才知道？
#
# 更新客户信息这一步，课程问的是：客户的信息发生何种变化？`customer_changes` 的一行，是教学公司（模拟）某位客户的一条信息：每位客户每一项的第一条是登记时填的，以后每一条都是一次变化。`valid_from` 是从哪天起属实，`recorded_date` 是我们哪天记下的。

# %% [markdown] lang="en" tags=["slide-text"]
# 更新客户信息: 客户的信息发生何种变化? Which change has happened? (**simulated**)
#
# - `valid_from`: since when it is true
# - `recorded_date`: when we wrote it down

# %% [markdown] lang="zh"
# 更新客户信息：客户的信息发生何种变化？（**模拟**数据）
#
# - `valid_from`：从哪天起属实
# - `recorded_date`：我们哪天记下

# %% slide="result"
tables, _ = datasets.load_data(company, show_personal=True)
facts = tables["customer_changes"]
is_change = facts.duplicated(["customer_id", "field"])
days_late = (facts["recorded_date"] - facts["valid_from"])[is_change].dt.days
middle = days_late.median()
ax = days_late.clip(upper=365).plot.hist(bins=36, xlabel=t("days late (more than 365: last bar)"))
ax.set_ylabel(t("number of changes"))
ax.set_title(sentence("Half of the changes were written down {middle:.0f} days late or later"))
plt.show()

# %% [markdown] lang="en" minutes=6 rows=["B22"] slide="slide"
# ## Two dates for each fact, by hand
#
# A fact is **valid from** the day on which it becomes true **to** the day on which the next one does. We **know** it from the day on which it
# was written down. We overwrite nothing: a new fact is a new row, and the old one gets an end. (Kimball calls it a slowly changing dimension of
# type 2.) Four customers; each letter from p to w stands for an address.

# %% [markdown] lang="zh"
# ## 每条信息两个日期，亲手算
#
# 一条信息的**有效期**，从它属实那天起，到下一条属实那天止。我们从记下它那天起才**知道**它。旧的不覆盖：新信息另起一行，旧信息写上结束日期。（Kimball 称之为第 2 类缓慢变化维。）下面有四位客户，p 到 w 的每个字母代表一个地址。

# %% [markdown] lang="en" tags=["slide-text"]
# **Valid from** the day on which it becomes true **to** the day on which the next fact does. **Known** from the day on which it was written down. Nothing is overwritten.
#
# **1.4.a** For how many days in all did we use an address that was no longer true?

# %% [markdown] lang="zh"
# **有效期**：从属实那天起，到下一条属实那天止。记下它那天起，我们才**知道**。旧的不覆盖。
#
# **1.4.a** 我们一共有多少天用的是已经不对的地址？

# %%
eight = pd.DataFrame({"customer_id": list("AAABBCCD"), "field_value": list("pqrstuvw")})
eight["field"] = "address"
eight["valid_from"] = pd.to_datetime(["2019-03-01", "2022-05-10", "2025-02-01", "2020-01-15",
                                      "2024-07-01", "2021-09-01", "2023-11-20", "2018-06-01"])
eight["recorded_date"] = pd.to_datetime(["2019-03-01", "2022-06-09", "2025-05-12", "2020-01-15",
                                         "2024-07-16", "2021-09-01", "2024-01-19", "2018-06-01"])
eight.drop(columns="field")

# %% [markdown] lang="en"
# **1.4.a** For how many days in all, added up over the four customers, did we use an address that was no longer true?

# %% [markdown] lang="zh"
# **1.4.a** 四位客户加起来，我们一共有多少天用的是已经不对的地址？

# %% tags=["exercise"]
days_wrong = ...
check("1.4.a", days_wrong)

# %% [markdown] lang="en"
# `shift(-1)` fetches the value of the next row of the same customer: there the old fact ends.

# %% [markdown] lang="zh"
# `shift(-1)` 取同一位客户下一行的值：旧信息到那天为止。

# %% slide="result"
eight["valid_to"] = eight.groupby("customer_id")["valid_from"].shift(-1)
eight["days_late"] = (eight["recorded_date"] - eight["valid_from"]).dt.days
eight.drop(columns="field")

# %% [markdown] lang="en" slide="subslide"
# What did we know on 1 March 2025, and what was true? The same line twice, once with each date.

# %% [markdown] lang="zh"
# 2025 年 3 月 1 日我们知道什么，真实情况又是什么？同一行代码写两遍，各用一个日期。

# %% slide="result"
day = "2025-03-01"
known = eight[eight["recorded_date"] <= day].groupby("customer_id")["field_value"].last()
true = eight[eight["valid_from"] <= day].groupby("customer_id")["field_value"].last()
pd.DataFrame({"known_then": known, "true_then": true})

# %% [markdown] lang="en" minutes=7 rows=["B22"] slide="slide"
# ## The half-life of an address
#
# After how many years is half of the addresses no longer true? If changes come at a constant rate,
#
# $$\text{rate} = \frac{\text{changes seen}}{\text{years in which one could be seen}}, \qquad \text{half-life} = \frac{\ln 2}{\text{rate}}$$
#
# as with radioactive atoms. An address that still holds gives its years and no change. By hand, up to the end of 2025:

# %% [markdown] lang="zh"
# ## 地址的半衰期
#
# 过多少年，一半的地址就不对了？如果变化以固定的速率发生，那么
#
# $$速率 = \frac{看到的变化次数}{能看到变化的年数}, \qquad 半衰期 = \frac{\ln 2}{速率}$$
#
# 和放射性原子一样。还没变的地址，年数要算，变化不算。亲手算到 2025 年底：

# %% [markdown] lang="en" tags=["slide-text"]
# If changes come at a constant rate:
#
# $$\text{rate} = \frac{\text{changes seen}}{\text{years in which one could be seen}}, \qquad \text{half-life} = \frac{\ln 2}{\text{rate}}$$
#
# An address that still holds gives its years and no change.

# %% [markdown] lang="zh"
# 如果变化以固定的速率发生：
#
# $$速率 = \frac{看到的变化次数}{能看到变化的年数}, \qquad 半衰期 = \frac{\ln 2}{速率}$$
#
# 还没变的地址，年数要算，变化不算。

# %% slide="result"
end = pd.Timestamp("2025-12-31")
years = (eight["valid_to"].fillna(end) - eight["valid_from"]).dt.days.sum() / 365.25
rate = eight["valid_to"].notna().sum() / years
by_hand = math.log(2) / rate

# %% [markdown] lang="en"
# `spells` gives each fact its end and its years, `half_life` makes the same division and adds a 95% interval, from `low` to `high`: so few changes say
# little about the rate.

# %% [markdown] lang="zh"
# `spells` 给每条信息标上结束日期和年数；`half_life` 做同样的除法，再加一个 95% 区间（`low` 到 `high`）：变化次数这么少，速率估不准。

# %% slide="result"
lasted = history.spells(eight, as_of=end)
assert math.isclose(history.half_life(lasted)["half_life"], by_hand)
history.half_life(lasted)[["half_life", "low", "high"]].rename("years")

# %% [markdown] lang="en" slide="subslide"
# Now the people of the company, up to the end of 2025.
#
# **1.4.b** First guess: after how many years is half of their addresses no longer true, *as far as they told us*?

# %% [markdown] lang="zh"
# 现在看公司的个人客户，到 2025 年底。
#
# **1.4.b** 先猜一猜：*就他们告诉我们的来看*，过多少年一半的地址就不对了？

# %%
customers = tables["customers"].set_index("customer_id")
people = customers.index[customers["customer_type"] == "person"]
addresses = facts[(facts["field"] == "address") & facts["customer_id"].isin(people)]
lasted = history.spells(addresses, as_of=end)

# %% [markdown] lang="en"
# Write your guess, then look.

# %% [markdown] lang="zh"
# 写下猜测，再往下看。

# %% tags=["exercise"]
guess = ...
check("1.4.b", guess)

# %% [markdown] lang="en"
# A warning first: how many years have we watched? Where the half-life is longer, no half has been seen to change. The number then
# says what comes *if* the rate stays as it is.

# %% [markdown] lang="zh"
# 先提醒一句：我们观察了多少年？半衰期比这更长时，谁也没有看到过一半变掉；那个数说的是：*假如*速率一直不变，将会怎样。

# %% slide="result"
half, low, high = history.half_life(lasted)[["half_life", "low", "high"]]
watched = lasted["years"].max()
how = t("extrapolated") if half > watched else t("within the years watched")
say("As told to us, half are old after {half:.1f} years (95% interval: {low:.1f} to {high:.1f}); watched at most {watched:.1f}: {how}.")

# %% [markdown] lang="en"
# The curve of Kaplan and Meier (1958) needs no constant rate: at each age it asks which share of the addresses still watched did not change.
# Dotted, the constant rate; to the right of the gray line nobody was watched.

# %% [markdown] lang="zh"
# 卡普兰-迈耶曲线（1958）不要求速率固定：在每个年龄上，只看还在观察的地址里有多大比例没有变。虚线是固定速率；灰线右边，谁也没有观察过。

# %% slide="result"
curve = SurvfuncRight(lasted["years"], lasted["has_ended"])
plt.step(curve.surv_times, 100 * curve.surv_prob, where="post", label=t("as told to us"))
plt.plot([100 * 0.5 ** (x / half) for x in range(17)], ":", c=plots.RED, label=t("constant rate"))
plt.axvline(watched, color="gray", label=t("longest watched"))
plt.gca().set(xlabel=t("years since it became true"), ylabel=t("addresses not changed, %"), ylim=(0, 100))
plt.title(sentence("As told to us, half of the addresses are old after {half:.1f} years"))
plt.legend()
plt.show()

# %% [markdown] lang="en" minutes=3 rows=["B22"] slide="slide"
# ## Where it misleads: who does not tell
#
# The half-life comes out too long. Changes of the last weeks are not written down yet. Customers who have left do not tell us that they moved, and count
# as if they had stayed where they were: so count only people who bought in 2025. And some never tell: only the **simulated truth** (`load_truth`) knows of these. `merge(how="outer")` puts the rows of both
# tables into one.

# %% [markdown] lang="zh"
# ## 哪里会误导人：没有告诉我们的人
#
# 这样算，半衰期会显得太长。最近几周的变化还没有记下。已经离开的客户搬了家不会告诉我们，却被当作没有搬：所以只看 2025 年买过的人。还有些人从来不说：这些变化只有**模拟的真相**（`load_truth`）知道。`merge(how="outer")` 把两张表的行合到一起。

# %% [markdown] lang="en" tags=["slide-text"]
# The half-life comes out too long:
#
# - the last weeks are not written down yet,
# - those who have left tell nothing: count only those who bought in 2025,
# - some never tell: only the **simulated truth** knows. (Lesson 1.2 **assumed** a quarter wrong.)

# %% [markdown] lang="zh"
# 半衰期会显得太长：
#
# - 最近几周的变化还没有记下；
# - 已经离开的人不会说：只看 2025 年买过的人；
# - 有些人从来不说：只有**模拟的真相**知道。（第 1.2 课**假设**四分之一是错的。）

# %% slide="result"
orders = tables["transactions"]
buyers = orders.loc[orders["order_date"].dt.year == 2025, "customer_id"]
untold = datasets.load_truth(company)["unrecorded_changes"]
untold = untold[(untold["field"] == "address") & untold["customer_id"].isin(people)]
both = addresses.drop(columns="recorded_date").merge(untold, how="outer")
who_buys = history.half_life(lasted[lasted["customer_id"].isin(buyers)])["half_life"]
in_truth = history.half_life(history.spells(both, as_of=end))["half_life"]
assert in_truth < who_buys < half

# %% [markdown] lang="en"
# Three answers to one question. After $x$ years the share $1 - 0.5^{\,x / \text{half-life}}$ is wrong; lesson 1.2 assumed a quarter for old addresses.

# %% [markdown] lang="zh"
# 同一个问题，三个答案。过了 $x$ 年，出错的比例是 $1 - 0.5^{\,x / 半衰期}$；第 1.2 课对旧地址假设的是四分之一。

# %%
wrong_told, wrong_true = 1 - 0.5 ** (4 / half), 1 - 0.5 ** (4 / in_truth)
say(
    "As told by everybody, {half:.1f} years; as told by those who still buy, {who_buys:.1f}; in the simulated truth, {in_truth:.1f}. "
    "An address of four years is then wrong with {wrong_told:.0%}, or with {wrong_true:.0%} in truth."
)

# %% [markdown] lang="en" tags=["notes"]
# A firm has no truth. It can call a sample: of 100 addresses drawn at random, how many are wrong? That is how the third number is found in practice.
# Ask which customers are worth the call (lesson 1.2: those who get parcels).

# %% [markdown] lang="zh"
# 企业没有“真相”，但可以抽查：随机抽 100 个地址打电话，有几个是错的？实际工作中第三个数就是这样得来的。再问：哪些客户值得打电话？（第 1.2 课：收包裹的客户。）

# %% [markdown] lang="en" minutes=4 rows=["B23"] slide="slide"
# ## A file without names, by hand
#
# 信息是否有泄漏? 有没有侵犯客户隐私? A published example (Machanavajjhala et al. 2007): twelve patients, no names, postcode and age
# made coarse. A table is **k-anonymous** if each combination of what an outsider may know is shared by at least $k$ people (Sweeney 2002). It is
# **l-diverse** if each such group holds at least $l$ different secrets.

# %% [markdown] lang="zh"
# ## 没有姓名的名单，亲手算
#
# 信息是否有泄漏？有没有侵犯客户隐私？看一个已发表的例子（Machanavajjhala 等，2007）：十二位病人，没有姓名，邮编和年龄都改粗了。外人可能知道的每一种信息组合，都至少有 $k$ 个人共有，就叫 **k-匿名**（Sweeney 2002）；每一组里至少有 $l$ 种不同的秘密，就叫 **l-多样**。

# %% [markdown] lang="en" tags=["slide-text"]
# 信息是否有泄漏? 有没有侵犯客户隐私? Twelve patients, no names (Machanavajjhala et al. 2007).
#
# - **k-anonymous**: what an outsider may know is shared by at least $k$ people
# - **l-diverse**: each such group holds at least $l$ secrets

# %% [markdown] lang="zh"
# 信息是否有泄漏？有没有侵犯客户隐私？十二位病人，没有姓名（Machanavajjhala 等，2007）。
#
# - **k-匿名**：外人可能知道的每种组合，至少 $k$ 个人共有
# - **l-多样**：每一组至少有 $l$ 种秘密

# %%
postcodes = ["130xx"] * 4 + ["1485x"] * 4 + ["130xx"] * 4
patients = pd.DataFrame({"postcode": postcodes}, index=range(1, 13))
patients["age"] = ["< 30"] * 4 + ["40 +"] * 4 + ["30-39"] * 4
heart, virus, cancer = t("heart"), t("virus"), t("cancer")
patients["disease"] = [heart, heart, virus, virus, cancer, heart, virus, virus] + [cancer] * 4
patients

# %% [markdown] lang="en"
# **1.4.c** An outsider knows the postcode and the age of all twelve. Of how many patients do they learn the disease for certain?

# %% [markdown] lang="zh"
# **1.4.c** 外人知道这十二位病人的邮编和年龄。他能确切知道其中几位得的是什么病？

# %% tags=["exercise"]
n_revealed = ...
check("1.4.c", n_revealed)

# %% [markdown] lang="en"
# Three lines: put into groups, count the people of each, count the different secrets of each.

# %% [markdown] lang="zh"
# 三行代码：分组，数每组的人数，数每组有几种秘密。

# %% slide="result"
groups = patients.groupby(["postcode", "age"])["disease"]
smallest, fewest = groups.size().min(), groups.nunique().min()
pd.DataFrame({"n_people": groups.size(), "n_secrets": groups.nunique()}).reset_index()

# %% [markdown] lang="en"
# Read it aloud: *every group has four people, so $k$ is 4; in one group all have the same disease, so $l$ is 1*. A good $k$ hides nobody there.

# %% [markdown] lang="zh"
# 读出声来：*每组都有四个人，所以 $k$ 是 4；有一组得的是同一种病，所以 $l$ 是 1*。$k$ 再好，那一组人也藏不住。

# %% [markdown] lang="en" minutes=4 rows=["B23"] slide="slide"
# ## Real people: the bank's calls
#
# The file of the bank (calls from Portugal, 2008 to 2010) has no name, no number, no address. Suppose an outsider knows four facts about somebody
# on it: age in tens, job, marital status, education.

# %% [markdown] lang="zh"
# ## 真实的人：银行的电话名单
#
# 银行的数据（葡萄牙，2008 至 2010 年的电话）没有姓名、号码和地址。假设外人知道名单上某个人的四项信息：年龄段（十岁一段）、职业、婚姻状况、教育程度。

# %%
calls = datasets.load_bank_calls()
calls["age_band"] = calls["age_years"] // 10 * 10
known_by = ["age_band", "job", "marital_status", "education"]
size = calls.groupby(known_by).size()

# %% [markdown] lang="en"
# **1.4.d** First guess: of the groups that these four facts make, which share holds one person only? (a fraction)

# %% [markdown] lang="zh"
# **1.4.d** 先猜一猜：这四项信息分成的组里，只有一个人的组占多大比例？（用小数表示）

# %% tags=["exercise"]
guess_alone = ...
check("1.4.d", guess_alone)

# %% [markdown] lang="en"
# `pd.cut` sorts the groups by their size. (A row is a person and campaign; a person called in two campaigns has two rows.)

# %% [markdown] lang="zh"
# `pd.cut` 把各组按大小归类。（一行是一个人在一次活动中的记录，两次活动都打过的人有两行。）

# %% slide="result"
n_alone, n_rows = (size == 1).sum(), len(calls)
kinds = pd.cut(size, [0, 1, 4, 19, 99, n_rows], labels=["1", "2-4", "5-19", "20-99", "100 +"])
ax = kinds.value_counts(sort=False).plot.bar(color=plots.BLUE, rot=0)
ax.set(xlabel=t("people in the group"), ylabel=t("number of groups"))
ax.set_title(sentence("{n_alone} people are alone in their group"))
plt.show()
say("Of {n_rows} rows {n_alone} are the only ones of their group, with the age in tens only.")

# %% [markdown] lang="en"
# Whoever knows the four facts about one of them finds the row, and reads the balance, the loans, and whether they failed to pay one back (`default`). It is a public file; all the same we print
# none of these rows.

# %% [markdown] lang="zh"
# 谁知道其中一个人的这四项信息，就能找到那一行，读到余额、贷款，以及有没有违约（`default`）。数据虽然是公开的，这些行我们还是一行也不打印。

# %% [markdown] lang="en" minutes=2 rows=["B23"] slide="slide"
# ## Masked, hashed, or with a key
#
# Names must go, but the rows of one customer must stay together. A **hash** turns a number into letters that look like nothing. But numbers are
# few: an outsider tries them all. Here the last four digits (`:04` writes each with four, 0007); all eleven take no more than patience.

# %% [markdown] lang="zh"
# ## 遮盖、散列，还是用密钥
#
# 姓名要去掉，但同一位客户的行还要连得起来。**散列**把号码变成看不懂的字符。可是号码就那么多，外人可以一个一个试。这里只试后四位（`:04` 写成四位，例如 0007）；十一位全试，也只是多花点时间。

# %% [markdown] lang="en" tags=["slide-text"]
# A **hash** turns a number into letters that look like nothing. But numbers are few: an outsider tries them all, here the last four digits.

# %% [markdown] lang="zh"
# **散列**把号码变成看不懂的字符。可是号码就那么多，外人可以一个一个试；这里试后四位。

# %% slide="result"
phone = "15441088533"
hashed = hashlib.sha256(phone.encode()).hexdigest()
tries = [f"1544108{last:04}" for last in range(10_000)]
found_by_trying = [one for one in tries if hashlib.sha256(one.encode()).hexdigest() == hashed]

# %% [markdown] lang="en"
# A **keyed pseudonym** mixes in a secret key, kept in another place. Without the key nothing can be tried; with it we know the customer again, so in
# law the file is still about people: de-identified (去标识化), not anonymous (匿名化; PIPL, article 73; GDPR, article 4(5)).

# %% [markdown] lang="zh"
# **带密钥的假名**在里面混进一把密钥，密钥放在别处。没有密钥就没法试；有密钥，我们还能认出客户，所以按法律，这份名单仍是个人信息：只是去标识化，不是匿名化（《个人信息保护法》第七十三条；GDPR 第 4 条第 5 款）。

# %% slide="result"
pseudonym = hmac.new(b"a key kept in another place", phone.encode(), "sha256").hexdigest()
shown = {"masked": phone[:3] + "****" + phone[-4:], "plain hash": hashed[:12]}
shown |= {"plain hash, guessed": found_by_trying[0], "keyed pseudonym": pseudonym[:12]}
pd.Series(shown, name="shown_as")

# %% [markdown] lang="en" minutes=2 rows=["B23"] slide="slide"
# ## Do the sums, then decide
#
# An agency is to call 3,000 of the people of 2009 (real bank). From the file of 2008 it learns in which groups many say yes. How much detail does
# it get? **Assumed:** a yes is worth 100 euros. "No file" means that it calls at random.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# 外包公司要从 2009 年的人里挑 3,000 位打电话（真实的银行）。它从 2008 年的名单学到哪些组的人容易答应。名单给到多细？**假设**一个“答应”值 100 欧元。“不给名单”就是随机打。

# %% [markdown] lang="en" tags=["slide-text"]
# An agency calls 3,000 of the people of 2009 (real bank), after what it learns from the file of 2008. How much detail does it get? "No file": it calls at random. **Assumed:** a yes is worth 100 euros.

# %% [markdown] lang="zh"
# 外包公司根据 2008 年的名单，从 2009 年的人里挑 3,000 位打电话（真实的银行）。名单给到多细？“不给名单”就是随机打。**假设**一个“答应”值 100 欧元。

# %% slide="result"
files = {"all four, exact age": ["age_years", *known_by[1:]], "all four, age in tens": known_by}
files |= {"age in tens and education": ["age_band", "education"]}
files |= {"education only": ["education"], "no file": []}
first, later = [calls[calls["call_date"].dt.year == year] for year in (2008, 2009)]
ladder = privacy.detail_ladder(first, later, files, outcome="subscribed", n_chosen=3000)
assert ladder.loc["all four, age in tens", "k"] == first.groupby(known_by).size().min()
ladder["gain"] = 100 * (ladder["n_yes"] - ladder.loc["no file", "n_yes"])
show(ladder[["k", "n_alone", "n_yes", "gain"]], currency="EUR", digits=0)

# %% [markdown] lang="en"
# `gain` is against no file. Small groups look very good or very bad by chance, so the finest file may find fewer than a coarse one. Is the
# difference between the best and the finest file more than chance? It is made only by people whom one file takes and the other does not:
# `by_chance` is two standard errors of it.

# %% [markdown] lang="zh"
# `gain` 是和不给名单相比。组小，比例高低多半是随机波动，所以最细的名单找到的人可能反而少。最好的名单和最细的名单，差别是不是超出随机波动？造成差别的，只是一份选了、另一份没选的人：`by_chance` 是这个差别的两个标准误。

# %%
best, finest = ladder["gain"].idxmax(), ladder.index[0]
best_name, best_k, best_gain = t(best), ladder.loc[best, "k"], ladder.loc[best, "gain"]
ahead = best_gain - ladder.loc[finest, "gain"]
by_chance = 100 * ladder.loc[best, "by_chance"]
assert ahead > by_chance
say("Best is “{best_name}”, no group under {best_k}: {best_gain:EUR} more than no file, {ahead:EUR} more than the finest, "
    "of which {by_chance:EUR} may be chance. Less detail costs nothing here.")

# %% [markdown] lang="en"
# It hangs on one pair of years, and on plain shares: a model that trusts small groups less (lesson 1.8) might get more out of detail. What the
# file singles out stays the same. And money is not the only measure: a purpose comes first (lesson 1.2).

# %% [markdown] lang="zh"
# 这只是前后两年的结果，用的又是最简单的比例：对小组少信几分的模型（第 1.8 课）也许能从细节里多得一些；但名单认出多少人，不会因此改变。钱也不是唯一的尺度：先要有用途（第 1.2 课）。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# New data. `phones` are the facts about the phone numbers of **organizations**, `jobs` those about the jobs of people; `end` is the last day, as above.
# `calls_2010` are the bank's rows
# of 2010, with `age_band`. `calls_2009` are those of 2009.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 换新数据。`phones` 是**组织客户**电话号码的信息，`jobs` 是个人客户职业的信息；`end` 是最后一天，同上。`calls_2010` 是银行 2010 年的行，有 `age_band` 列；`calls_2009` 是 2009 年的行。

# %%
firms = customers.index[customers["customer_type"] == "organisation"]
phones = facts[(facts["field"] == "phone") & facts["customer_id"].isin(firms)]
calls_2009, calls_2010 = later, calls[calls["call_date"].dt.year == 2010]
jobs = facts[facts["field"] == "job"]
practice_on(phones=phones, end=end, jobs=jobs, calls_2009=calls_2009, calls_2010=calls_2010,
            addresses=addresses, calls=calls)

# %% [markdown] lang="en"
# **1.4.1** The half-life, in years, of the phone number of an organization, as told to us up to `end`.

# %% [markdown] lang="zh"
# **1.4.1** 就告诉我们的来看，到 `end` 为止，组织客户电话号码的半衰期是多少年？

# %% tags=["exercise"]
half_life_of_phones = ...
check("1.4.1", half_life_of_phones)

# %% [markdown] lang="en"
# **1.4.2** On 1 April 2025, for how many people in `jobs` was the job that we knew no longer the true one? (as far as we know by `end`; people with
# no job recorded by that day do not count)

# %% [markdown] lang="zh"
# **1.4.2** 2025 年 4 月 1 日，`jobs` 里有多少人，我们知道的职业已经不对了？（按到 `end` 为止所知的来算；那天还没有记下职业的不算）

# %% tags=["exercise"]
n_wrong_jobs = ...
check("1.4.2", n_wrong_jobs)

# %% [markdown] lang="en"
# **1.4.3** In `calls_2010`, with `age_band`, `job` and `education` known: which share of the rows is in a group of fewer than five? (a fraction)

# %% [markdown] lang="zh"
# **1.4.3** `calls_2010` 中，如果知道 `age_band`、`job` 和 `education`，有多大比例的行落在不足五人的组里？（用小数表示）

# %% tags=["exercise"]
in_small_groups = ...
check("1.4.3", in_small_groups)

# %% [markdown] lang="en"
# **1.4.4** The file for 2010 shows `job` only. The agency calls everybody of 2010 whose job had the highest share of yes in 2009. A yes is worth 100 euros; at random it
# would call as many people, with the mean share of 2010. How much more, in euros, does the file bring?

# %% [markdown] lang="zh"
# **1.4.4** 给 2010 年用的名单只有 `job` 一列。2009 年答应比例最高的那个职业，2010 年的人外包公司全都打。一个“答应”值 100 欧元；如果随机打同样多的人，答应比例就是 2010 年的平均数。名单多赚多少欧元？

# %% tags=["exercise"]
worth_of_file = ...
check("1.4.4", worth_of_file)

# %% [markdown] lang="en"
# **1.4.5** A judgment, without code. A firm that prints birthday cards asks for the list of your customers: name, address, phone, birthday, orders of the last
# year. What do you hand over, in which form, under which conditions, and what do you refuse? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.4.5** 思考题，不用写代码，没有标准答案。一家印生日贺卡的公司要你的客户名单：姓名、地址、电话、生日、最近一年的订单。你给什么，以什么形式给，附什么条件，拒绝什么？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
what_to_hand_over = ...
check("1.4.5", what_to_hand_over)

# %%
quiz("1.4.q1")

# %%
quiz("1.4.q2")

# %%
quiz("1.4.q3")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **date** facts, and say what we knew on a day and what was true,
# - **estimate** the half-life of an address, and what makes it look too long,
# - **decide** how much detail a file may show, in money.
#
# **Words:** valid from, valid to (有效期起、止), half-life (半衰期), Kaplan-Meier curve (卡普兰-迈耶曲线), k-anonymity (k-匿名), l-diversity (l-多样),
# masking (遮盖), keyed pseudonym (带密钥的假名), de-identified (去标识化), anonymous (匿名化).
#
# **Next** · 1.5: Stages of life: who is leaving, and how much goes with them?
#
# **Further reading** · Sweeney (2002), k-anonymity, [doi:10.1142/S0218488502001648](https://doi.org/10.1142/S0218488502001648) · Machanavajjhala,
# Kifer, Gehrke & Venkitasubramaniam (2007), l-diversity, [doi:10.1145/1217299.1217302](https://doi.org/10.1145/1217299.1217302) · Kaplan & Meier
# (1958), [doi:10.1080/01621459.1958.10501452](https://doi.org/10.1080/01621459.1958.10501452) · Moro, Cortez & Rita (2014), the bank's calls,
# [doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **标日期**：说清某一天我们知道什么、真实情况是什么；
# - **估计**地址的半衰期，并说明它为什么会显得太长；
# - **决定**：把钱算清楚，名单给到多细。
#
# **术语**：有效期起、止（valid from, valid to）、半衰期（half-life）、卡普兰-迈耶曲线（Kaplan-Meier curve）、k-匿名（k-anonymity）、l-多样（l-diversity）、遮盖（masking）、带密钥的假名（keyed pseudonym）、去标识化（de-identified）、匿名化（anonymous）。
#
# **下一课**：1.5 客户生命周期：谁正在离开，会带走多少钱？
#
# **延伸阅读**：Sweeney (2002), k-anonymity, [doi:10.1142/S0218488502001648](https://doi.org/10.1142/S0218488502001648) · Machanavajjhala, Kifer, Gehrke & Venkitasubramaniam (2007), l-diversity, [doi:10.1145/1217299.1217302](https://doi.org/10.1145/1217299.1217302) · Kaplan & Meier (1958), [doi:10.1080/01621459.1958.10501452](https://doi.org/10.1080/01621459.1958.10501452) · Moro, Cortez & Rita (2014)，银行电话数据，[doi:10.1016/j.dss.2014.03.001](https://doi.org/10.1016/j.dss.2014.03.001)

# %% [markdown] lang="en" tags=["slide-text"]
# - **date** facts, and say what we knew on a day and what was true,
# - **estimate** the half-life of an address, and what makes it look too long,
# - **decide** how much detail a file may show, in money.
#
# **Next** · 1.5: Stages of life: who is leaving, and how much goes with them?

# %% [markdown] lang="zh"
# - **标日期**：说清某一天我们知道什么、真实情况是什么；
# - **估计**地址的半衰期，并说明它为什么会显得太长；
# - **决定**：把钱算清楚，名单给到多细。
#
# **下一课**：1.5 客户生命周期：谁正在离开，会带走多少钱？

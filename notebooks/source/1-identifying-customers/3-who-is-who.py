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

# %% [markdown] lang="en" minutes=32 exercise_minutes=13 pattern=2 needs=["1.2"] rows=["B9", "A11"] slide="slide"
# # 3 · Who is who: three catalogs for one person, and no VIP tier?
#
# Ms Wang stands in our list three times: a move, a clerk in a hurry, a number typed in another way. She gets three catalogs. Her purchases are split over three
# records, so none of them looks like a good customer. What do such records cost, and what does it cost to be wrong about them?
#
# In this lesson you will
#
# - **weigh** the evidence that two records are one person, in bits,
# - **link** the records of a whole firm, and count what is right, wrong and missed,
# - **decide** in money which pairs to merge, which to leave and which somebody must look at.

# %% [markdown] lang="zh"
# # 3 · 谁是谁：一个人收到三本目录，却进不了 VIP？
#
# 王女士在我们的名单里有三份档案：搬过一次家，号码的写法不一样，还有一次是店员手忙脚乱。她收到三本目录，购买记录却分散在三份档案里，哪一份看上去都不像好客户。这样的档案让我们损失多少？认错了人，又要损失多少？
#
# 在这一课里，你将
#
# - **称量**证据：两份档案是不是同一个人，用“比特”来量；
# - **匹配**整家公司的档案，数一数对了多少、错了多少、漏了多少；
# - **决定**哪些合并、哪些不动、哪些要人来看，把钱算清楚。

# %% [markdown] lang="en" tags=["slide-text"]
# Ms Wang stands in our list three times. She gets three catalogs, and her purchases are split over three records.
#
# - **weigh** the evidence that two records are one person, in bits,
# - **link** the records of a whole firm: right, wrong, missed,
# - **decide** in money: merge, leave, or look.

# %% [markdown] lang="zh"
# 王女士有三份档案：收到三本目录，购买记录分散在三处。
#
# - **称量**证据：两份档案是不是同一个人；
# - **匹配**整家公司的档案：对了、错了、漏了多少；
# - **决定**合并、不动，还是请人看，把钱算清楚。

# %% [markdown] lang="en" tags=["notes", "plan"]
# **Key point** Agreement is evidence, and evidence has a weight: how much more often records of one person agree than records of strangers.
#
# **Hard point** Weights may be added only if the fields know nothing of each other. A family and a hotel show that they do.
#
# **Board** Two columns, *one person* ($m$) and *strangers* ($u$), three rows, name, phone, city. Below it the sum of one pair. Later: a line
# from 0 to 1 with two marks, *apart*, *look*, *merge*.
#
# **Homework** Exercises 1.3.4 and 1.3.5. Ask in an office how often one person stands in their list twice, and how they find out.

# %% [markdown] lang="zh"
# **重点** 字段一致就是证据，证据有轻重：同一个人的两份档案一致，比两个陌生人碰巧一致，要常见多少倍。
#
# **难点** 各字段互不相干，权重才能相加。一家人、一座酒店都说明：字段之间常常相干。
#
# **板书** 两列：*同一个人*（$m$）、*陌生人*（$u$）；三行：姓名、电话、城市。下面写一对档案的权重之和。后面再画一条从 0 到 1 的线，标两个点：*不动*、*看一看*、*合并*。
#
# **作业** 练习 1.3.4 和 1.3.5。找一家单位问问：名单里一个人有两份档案的情况多不多？他们是怎么发现的？

# %% tags=["parameters"]
language = "en"  # "en" or "zh"
company = "teaching-company"

# %%
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from crmlib import datasets, identity, plots, pyramid
from crmlib.lesson import check, practice_on, quiz, say, sentence, show, start
from crmlib.language import t

start(language, currency="CNY")

# %% [markdown] lang="en" minutes=3 rows=["B9"] slide="slide"
# ## Look first: one row is a record, not a person
#
# To know customers, says the course, is to recognize each one at every contact and to link what is known of them into one whole
# (在每一次联系的时候，能够认出每一个客户). Jiahe Foods is **simulated**. How much of each field is filled in?

# %% [markdown] lang="zh"
# ## 先看数据：一行是一份档案，不是一个人
#
# 课程说，识别客户的目的，是“当每一次我们与客户联系的时候，能够认出每一个客户”，再把不同的数据连接起来，构成完整印象。嘉禾食品是**模拟**的公司。各个字段填了多少？

# %%
tables, _ = datasets.load_data(company, show_personal=True)
records, transactions = tables["customers"], tables["transactions"]
fields = ["name", "phone", "email", "address", "birth_date"]
records[fields].notna().mean().rename("filled_share")

# %% [markdown] lang="en" slide="subslide"
# The simplest search is for records that are typed alike. `duplicated` marks each row that has stood there before.

# %% [markdown] lang="zh"
# 最简单的办法：找写得一模一样的档案。`duplicated` 标出前面已经出现过的行。

# %% slide="result"
known = records.dropna(subset=["name", "phone"])
n_typed_alike = int(known.duplicated(["name", "phone"]).sum())
say("{n_typed_alike} records repeat the name and the phone number of an earlier one, letter by letter.")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## Evidence has a weight
#
# Compare two records field by field. A field *agrees*, *nearly* agrees, *differs*, or is *missing* in one of them. Say how often it agrees
#
# - between two records of **one person**: the chance $m$. Below 1, for people move and clerks mistype;
# - between two records of **strangers**: the chance $u$. Small for a telephone, large for a city.
#
# The **weight** of agreement is $\log_2 (m/u)$ bits, that of a difference $\log_2 \frac{1-m}{1-u}$; a missing field weighs 0. One bit doubles
# the odds that the two are one person. The weight of a pair is the sum over its fields (Fellegi & Sunter 1969).

# %% [markdown] lang="zh"
# ## 证据有轻重
#
# 把两份档案逐个字段比较。一个字段可能*一致*、*接近*、*不一致*，也可能有一份*缺失*。先说它一致的概率有多大：
#
# - 两份档案是**同一个人**：概率是 $m$。不到 1，因为人会搬家，店员会打错；
# - 两份档案是**陌生人**：概率是 $u$。电话的 $u$ 很小，城市的 $u$ 很大。
#
# 一致的**权重**是 $\log_2 (m/u)$ 比特，不一致的权重是 $\log_2 \frac{1-m}{1-u}$，缺失的权重是 0。每多一比特，“是同一个人”的可能性之比（优势）就翻一倍。一对档案的权重是各字段之和（Fellegi 和 Sunter，1969）。

# %% [markdown] lang="en" tags=["slide-text"]
# How often does a field agree between two records of **one person** ($m$), and of **strangers** ($u$)?
#
# $$\text{agrees: } \log_2 \frac{m}{u} \qquad \text{differs: } \log_2 \frac{1-m}{1-u} \qquad \text{missing: } 0$$
#
# One bit doubles the odds. The weight of a pair is the sum over its fields.

# %% [markdown] lang="zh"
# 同一个人的两份档案，字段一致的概率是 $m$；两个陌生人，概率是 $u$。
#
# $$一致：\log_2 \frac{m}{u} \qquad 不一致：\log_2 \frac{1-m}{1-u} \qquad 缺失：0$$
#
# 每多一比特，优势翻一倍。一对档案的权重是各字段之和。

# %% [markdown] lang="en" minutes=6 slide="subslide"
# ## Eight records by hand
#
# Eight records, as clerks typed them. The third has full-width digits, as a Chinese keyboard writes them.

# %% [markdown] lang="zh"
# ## 八份档案，亲手算
#
# 八份档案，照店员输入的原样。第三份的电话是全角数字。

# %%
eight = pd.DataFrame({
    "customer_id": list("ABCDEFGH"),
    "name": ["张伟", "张伟", "李娜", "王芳", "王芳", "王芳", "章伟", "吕遥"],
    "phone": ["154-4108-5533", "15498201177", "１５４４１０８５５３３", "+86 15420462861",
              "154 2046 2861", "15420462861", "15441085533", "15461069332"],
    "city": ["杭州", "杭州", "杭州", "宁波", "宁波", "上海", "杭州", "绍兴"],
})
eight

# %% [markdown] lang="en"
# One number is typed in several ways. `normalize("NFKC")` makes full-width digits plain ones, `replace` takes off all that is no digit
# (`\D`), and the last eleven digits leave the 86 of China out. Beside it, our **assumed** chances:

# %% [markdown] lang="zh"
# 同一个号码有好几种写法。`normalize("NFKC")` 把全角数字变成半角，`replace` 去掉数字以外的字符（`\D`），取最后十一位就去掉了区号 86。旁边是我们**假设**的概率：

# %% [markdown] lang="en" tags=["slide-text"]
# One number is typed in several ways: make digits plain, take off all that is no digit, keep the last eleven.
#
# **Assumed** chances: $m$ .9, .8, .9 and $u$ .01, .001, .25 for name, phone and city.

# %% [markdown] lang="zh"
# 同一个号码有好几种写法：变成半角，去掉非数字，取最后十一位。
#
# **假设**的概率：姓名、电话、城市的 $m$ 为 0.9、0.8、0.9，$u$ 为 0.01、0.001、0.25。

# %%
clean = eight["phone"].str.normalize("NFKC").str.replace(r"\D", "", regex=True).str[-11:]
typed_in = eight.assign(phone=clean)
chances = pd.DataFrame({"m": [0.9, 0.8, 0.9], "u": [0.01, 0.001, 0.25]}, ["name", "phone", "city"])
show(chances, digits=3)

# %% [markdown] lang="en" slide="subslide"
# **1.3.a** A and B: the same name, the same city, another telephone. What does this pair weigh, in bits? (`np.log2` is the logarithm)

# %% [markdown] lang="zh"
# **1.3.a** A 和 B：姓名相同，城市相同，电话不同。这一对的权重是多少比特？（对数用 `np.log2`）

# %% tags=["exercise"]
weight_of_a_and_b = ...
check("1.3.a", weight_of_a_and_b)

# %% [markdown] lang="en"
# Now all 28 pairs. `merge(how="cross")` puts each record beside each; we keep each pair once. Then one field after the other.

# %% [markdown] lang="zh"
# 现在算全部 28 对。`merge(how="cross")` 让每份档案和每份档案并排；每一对只留一次。然后一个字段一个字段地加。

# %% slide="result"
beside = typed_in.merge(typed_in, how="cross", suffixes=["_left", "_right"])
beside = beside[beside["customer_id_left"] < beside["customer_id_right"]]
beside = beside.set_index(["customer_id_left", "customer_id_right"])
weight = pd.Series(0.0, index=beside.index, name="weight")
for field, (m, u) in chances.iterrows():
    agrees = beside[f"{field}_left"] == beside[f"{field}_right"]
    weight += np.where(agrees, np.log2(m / u), np.log2((1 - m) / (1 - u)))
weight.nlargest(8).reset_index()

# %% [markdown] lang="en" slide="subslide"
# Read it aloud: *D and E weigh 18 bits: one person makes this agreement 2 to the power of 18, a quarter of a million, times likelier than chance.*
# D, E and F are the Ms Wang of the title. `link_records` does the same. It compares only pairs that agree in one field of `block_on`, cleans the telephone itself,
# and sees more: A and G **sound** alike. Our chances have no line for *nearly*, so here that weighs as a difference.

# %% [markdown] lang="zh"
# 读出声来：*D 和 E 是 18 比特：是同一个人时出现这样的一致，概率是碰巧一致的 2 的 18 次方倍，约 26 万倍*。D、E、F 就是标题里的王女士。`link_records` 做的是同样的计算。它只比较在 `block_on` 的某个字段上一致的对，自己清洗电话，还多看出一点：A 和 G 的名字**读音相同**。我们假设的概率里没有“接近”这一档，所以这里按不一致算。

# %% [markdown] lang="en" tags=["slide-text"]
# D and E weigh 18 bits: such agreement is about a quarter of a million times likelier of one person than of strangers.
#
# `link_records` does the same, and sees that A and G **sound** alike.

# %% [markdown] lang="zh"
# D 和 E 是 18 比特：同一个人出现这样的一致，概率是碰巧一致的约 26 万倍。
#
# `link_records` 做同样的计算，还看出 A 和 G **读音相同**。

# %% slide="result"
kinds = {"name": "name", "phone": "phone", "city": "category"}
found = identity.link_records(eight, fields=kinds, block_on=["name", "phone"], chances=chances)
by_hand = weight.loc[found.set_index(["id_left", "id_right"]).index]
assert np.allclose(by_hand, found["weight"], atol=1e-6)
assert np.isclose(identity.agreement_weight(0.8, 0.001), np.log2(0.8 / 0.001))
found.drop(columns=["found_by", "probability"])

# %% [markdown] lang="en" tags=["notes"]
# A and C share a telephone and nothing else: a couple. A and B have one name: two people, or one with a new number. Let students say what
# else they would ask. Where m and u of "nearly" are not given, nearly counts as differs; learned from a file, it has a weight of its own.

# %% [markdown] lang="zh"
# A 和 C 只有电话相同：可能是夫妻。A 和 B 同名：可能是两个人，也可能换了号码。让学生说说还想问什么。没有给出“接近”的 m 和 u 时，接近按不一致算；从档案里学出来时，它有自己的权重。

# %% [markdown] lang="en" minutes=5 rows=["B9", "A11"] slide="slide"
# ## All 3,000 records
#
# Nobody tells us $m$ and $u$ here. `estimate_chances` counts $u$ among all pairs and learns $m$ by **EM**: guess which pairs are
# one person, count, guess again, until nothing changes. The weights it finds:

# %% [markdown] lang="zh"
# ## 全部 3,000 份档案
#
# 这里没有人告诉我们 $m$ 和 $u$。`estimate_chances` 在所有的对里数出 $u$，再用 **EM** 学出 $m$：先猜哪些对是同一个人，数一遍，再猜，直到不再变化。得到的权重是：

# %% slide="result"
learned = identity.estimate_chances(records)
show(learned["weight"].unstack()[["agree", "nearly", "differ"]], digits=1)

# %% [markdown] lang="en" slide="subslide"
# Comparing all pairs is idle work, so a rule says which ones: *the same name by sound, or the same telephone ...* (**blocking**). What is
# compared, and what is never seen? `n_added`: pairs that no rule above has found. `n_without`: records that lack the field, which the rule cannot see.

# %% [markdown] lang="zh"
# 所有的对都比一遍是白费力气，所以先定规则：“姓名读音相同，或电话相同……”才比（叫**分块**）。比了多少对？有多少对根本没看？“新增对数”是上面的规则没有找到的对；“没有该字段的档案数”是这条规则看不到的档案。

# %% [markdown] lang="en" tags=["slide-text"]
# A rule says which pairs to compare: *the same name by sound, or the same telephone ...* (**blocking**). `n_added`: pairs that no rule above has found.
# `n_without`: records the rule cannot see.

# %% [markdown] lang="zh"
# 先定规则，哪些对才比：“姓名读音相同，或电话相同……”（**分块**）。“新增对数”：上面的规则没有找到的对。“没有该字段的档案数”：这条规则看不到的档案。

# %% slide="result"
identity.count_comparisons(records)[["n_pairs", "n_added", "n_without"]]

# %% [markdown] lang="en" slide="subslide"
# **1.3.b** First guess: which share of the 3,000 records will be the *second* record of somebody? (a fraction, such as 0.1)

# %% [markdown] lang="zh"
# **1.3.b** 先猜一猜：3,000 份档案中，是某个人的*第二份*档案的占多大比例？（用小数表示，例如 0.1）

# %%
pairs = identity.link_records(records)
linked = pairs[pairs["probability"] >= 0.5]
person = identity.group_records(records["customer_id"], linked)

# %% [markdown] lang="en"
# `probability`: how likely it is that the two are one person. It rises with the weight, and is lower the rarer such pairs are among all pairs. `group_records` gives linked records one id: the
# smallest. Write your guess, then look.

# %% [markdown] lang="zh"
# `probability` 是两份档案属于同一个人的概率：权重越大，概率越高；这样的对在全部对里越少，概率越低。`group_records` 给匹配上的档案同一个编号：取最小的。写下猜测，再往下看。

# %% tags=["exercise"]
guess = ...
check("1.3.b", guess)

# %% slide="subslide"
n_pairs, n_records, n_linked = len(pairs), len(records), len(linked)
n_unsure = pairs["probability"].between(0.1, 0.9).sum()
ax = plots.plot_link_weights(pairs, thresholds=(0.1, 0.9))
ax.set_title(sentence(
    "{n_linked} pairs are one person; only {n_unsure} of {n_pairs} lie in doubt"
    if n_unsure < n_pairs / 20 else
    "{n_linked} pairs are one person; {n_unsure} of {n_pairs} lie in doubt"
))
plt.show()
say("{n_typed_alike} records are typed like an earlier one. By weight {n_linked} pairs are linked, of {n_pairs} compared; in doubt, from 0.1 to 0.9, are {n_unsure}.")

# %% [markdown] lang="en" minutes=3 rows=["A11"] slide="slide"
# ## Before and after: how many customers, which tiers?
#
# The course wants the database verified and outdated records deleted. We count buyers and tiers of 2025 (lesson 2.1) by record and by person.

# %% [markdown] lang="zh"
# ## 去重前后：客户多少位？层级怎么变？
#
# 课程要求：检验客户信息，删除过时的信息。我们按档案和按人，各数一遍 2025 年的买家和层级（第 2.1 课）。

# %%
bought = transactions[transactions["order_date"].dt.year == 2025]
before = bought.groupby("customer_id")["amount"].sum()
after = before.groupby(person).sum()
tier_before, tier_after = pyramid.assign_tiers(before), pyramid.assign_tiers(after)

# %% [markdown] lang="en"
# A person moves up if the tier after is above the best of their records. Look at those who bought under two records.

# %% [markdown] lang="zh"
# 去重后的层级，高于各份档案中最好的层级，就算升级。只看用两份档案买过的人。

# %% slide="result"
best_before = tier_before.groupby(person).max().astype(tier_after.dtype)
bought_twice = before.groupby(person).size() >= 2
went_up = bought_twice & (tier_after.cat.codes > best_before.cat.codes)
n_before, n_after, n_twice, n_up = len(before), len(after), bought_twice.sum(), went_up.sum()
say(
    "2025 has {n_before} buyers by record and {n_after} by person. Of the {n_twice} who bought under two records, "
    "{n_up} belong to a higher tier than either record shows."
)

# %% [markdown] lang="en" minutes=3 rows=["B9"] slide="slide"
# ## The truth, and a real list
#
# **Truth.** Only of a simulated firm do we know who is who. **Precision** is the share of the linked pairs that are right, **recall** the share of
# the true pairs that are linked. Missed pairs (`n_missed`) include those that were never compared.

# %% [markdown] lang="zh"
# ## 真相，以及一份真实的名单
#
# **真相**：只有模拟的公司，我们才知道谁是谁。**精确率**是匹配上的对中正确的比例，**召回率**是真正的对中匹配上的比例。“漏掉的对数”包括从没比较过的。

# %% slide="result"
truth = datasets.load_truth(company)["customers"].dropna(subset=["is_duplicate_of"])
true_pairs = truth[["customer_id", "is_duplicate_of"]]
quality = identity.link_quality(pairs, true_pairs, thresholds=[0.5, 0.99])
quality

# %% [markdown] lang="en" slide="subslide"
# **Real.** Two restaurant guides of the 1990s, Fodor's and Zagat's: 864 entries, 112 restaurants in both. `between` compares an entry of one guide
# with those of the other only.

# %% [markdown] lang="zh"
# **真实数据**：1990 年代的两本餐馆指南，Fodor's 和 Zagat's：864 条，有 112 家餐馆两本都收。`between` 只拿一本的条目和另一本的比。

# %% slide="result"
guides = datasets.load_restaurants().set_index("record_id")
columns = {"name": "name", "address": "address", "phone": "phone", "city": "text"}
blocks = ["name", "phone", "address"]
real = identity.link_records(guides, fields=columns, block_on=blocks, between="guide")
real_truth = datasets.load_truth("restaurants")["links"]
in_both = identity.link_quality(real, real_truth, thresholds=[0.5, 0.99])
in_both

# %% [markdown] lang="en" minutes=4 rows=["B9"] slide="slide"
# ## Where it misleads
#
# Which pairs of the guides are wrong although they weigh most? We join the names, and look at pairs with another name.

# %% [markdown] lang="zh"
# ## 哪里会误导人
#
# 两本指南里，哪些对权重很高却是错的？把店名连上，看看店名不同的对。

# %% slide="result"
is_wrong = (real["probability"] >= 0.5) & ~identity.is_true_pair(real, real_truth)
wrong, names = real[is_wrong].head(8), guides["name"].str.slice(0, 24)
wrong = wrong.assign(name_left=wrong["id_left"].map(names), name_right=wrong["id_right"].map(names))
wrong[["name_left", "name_right", "weight", "address", "phone"]]

# %% [markdown] lang="en" slide="subslide"
# Circus Circus and its steak house: two restaurants **inside one hotel** in Las Vegas share address and telephone. The fields know of each other; their
# weights are added as if they did not. In the firm it is name and mail, for people make their mail address from their name:

# %% [markdown] lang="zh"
# Circus Circus 和它的牛排馆：拉斯维加斯**同一座酒店里**的两家餐馆，地址和电话都相同。字段之间相干，权重却当作不相干来相加。在公司里，相干的是姓名和邮箱，因为人们用名字取邮箱：

# %% [markdown] lang="en" tags=["slide-text"]
# Two restaurants in **one hotel** share address and telephone; in the firm, people make their mail address from their name. The fields know of each other.

# %% [markdown] lang="zh"
# **同一座酒店里**的两家餐馆，地址和电话相同；在公司里，人们用名字取邮箱。字段之间相干。

# %% slide="result"
wrong_here = pairs[(pairs["probability"] >= 0.5) & ~identity.is_true_pair(pairs, true_pairs)]
wrong_here.drop(columns="found_by")

# %% [markdown] lang="en" slide="subslide"
# And a family. A father and a son, typed in, at one address with one telephone, weighed with what was learned above:

# %% [markdown] lang="zh"
# 再看一家人。父亲和儿子，住址和电话相同（我们输入的例子），用上面学到的概率来称：

# %% slide="result"
family = pd.DataFrame({"name": ["张建国", "张小伟"], "birth_date": ["1958-03-02", "1986-11-20"]})
family = family.assign(phone="15441085533", address="云禾路5号3幢502室", email=None)
show(family)
share_of_all = n_linked / (n_records * (n_records - 1) / 2)
both = identity.link_records(family, chances=learned, share=share_of_all)
weight_of_family, chance_of_family = both.loc[0, ["weight", "probability"]]
n_never, n_true = int(quality.loc[0.5, "n_never_compared"]), len(true_pairs)
say(
    "Father and son weigh {weight_of_family:.0f} bits, and are taken for one person with probability {chance_of_family:.2f}. "
    "Of the {n_true} true pairs blocking never looked at {n_never}."
)

# %% [markdown] lang="en" tags=["notes"]
# Twins are worse: the same birth date as well. Chinese homophones: 张伟 and 章伟 sound alike, and so do many strangers; that is why
# "nearly" weighs less than "agree" in the table. What would help: a field of its own per person (a card), or a rule that two
# birth dates far apart are two people.

# %% [markdown] lang="zh"
# 双胞胎更难：连生日都一样。同音名字：张伟和章伟读音相同，许多陌生人也这样，所以表里“接近”的权重比“一致”小。什么会有帮助？每人独有的字段（会员卡号），或者加一条规则：生日相差很远的就是两个人。

# %% [markdown] lang="en" minutes=4 rows=["B9"] slide="slide"
# ## Do the sums, then decide
#
# **Assumed:** a false merge costs 300 yuan (a stranger reads your orders, and somebody must take the records apart), a missed duplicate 60 (a second
# catalog, no tier), a look by somebody 5, and whoever looks is always right. With probability $p$: leaving costs $60 p$, merging $300 (1 - p)$,
# looking 5. So a look is cheapest from $5/60$ to $1 - 5/300$.

# %% [markdown] lang="zh"
# ## 算清账，再决定
#
# **假设**：错误合并一次损失 300 元（别人看到你的订单，还要有人把档案拆开），漏掉一对重复损失 60 元（多寄一本目录，层级评低），请人看一对 5 元，而且看的人从不出错。概率为 $p$ 时：不动的代价是 $60 p$，合并是 $300 (1 - p)$，看一看是 5 元。所以从 $5/60$ 到 $1 - 5/300$，看一看最省。

# %% [markdown] lang="en" tags=["slide-text"]
# **Assumed:** a false merge 300 yuan, a missed duplicate 60, a look 5; whoever looks is always right.
#
# $$\text{leave: } 60\,p \qquad \text{look: } 5 \qquad \text{merge: } 300\,(1 - p)$$

# %% [markdown] lang="zh"
# **假设**：错误合并 300 元，漏掉一对 60 元，看一对 5 元；看的人从不出错。
#
# $$不动：60\,p \qquad 看一看：5 \qquad 合并：300\,(1 - p)$$

# %%
lower, upper = identity.review_thresholds(false_merge=300, missed_duplicate=60, review=5)
assert np.isclose(lower, 5 / 60) and np.isclose(upper, 1 - 5 / 300)


def cost(is_one, lower, upper):
    """What it costs to leave pairs below `lower`, merge from `upper` on and look between."""
    p = pairs["probability"]
    left, merged = is_one[p < lower], is_one[p >= upper]
    return 60 * left.sum() + 300 * (1 - merged).sum() + 5 * ((p >= lower) & (p < upper)).sum()


# %% [markdown] lang="en" slide="subslide"
# Four choices, each paid twice: as the probabilities expect it, and as the **truth** of the simulation has it. What was never compared
# costs the same in all four and is left out.

# %% [markdown] lang="zh"
# 四种做法，各算两遍：按概率预期，和按模拟的**真相**。从没比较过的对，在四种做法里代价一样，不计入。

# %% slide="result"
is_one = identity.is_true_pair(pairs, true_pairs).astype(float)
limits = {t("do nothing"): (1.1, 1.1), t("merge from 0.5, unseen"): (0.5, 0.5)}
limits |= {t("look between"): (lower, upper), t("look at all"): (0, 1.1)}
bill = pd.DataFrame(index=limits)
bill["expected_cost"] = [cost(pairs["probability"], low, high) for low, high in limits.values()]
bill["true_cost"] = [cost(is_one, low, high) for low, high in limits.values()]
bill

# %% [markdown] lang="en"
# Which of them is cheapest, and does the truth agree?

# %% [markdown] lang="zh"
# 哪种最省？真相同意吗？

# %%
expected, best = bill["expected_cost"], bill["expected_cost"].idxmin()
nothing, cheapest, in_truth = expected.iloc[0], expected[best], bill.loc[best, "true_cost"]
n_look = pairs["probability"].between(lower, upper, inclusive="left").sum()
more, not_more = t("That is more than expected."), t("That is not more than expected.")
verdict = more if in_truth > cheapest else not_more
say("Doing nothing costs {nothing:CNY}. Cheapest, as expected, is “{best}”: {cheapest:CNY}, where {n_look} pairs lie between the two limits. "
    "In truth it costs {in_truth:CNY}. {verdict}")

# %% [markdown] lang="en"
# All hangs on the probabilities, and they are too sure of themselves where fields know of each other. So look at some pairs beyond both thresholds
# as well, drawn at random, and keep the old records: a merge must be possible to undo.

# %% [markdown] lang="zh"
# 一切都取决于概率；字段之间相干时，概率过于自信。所以两条界线之外的对，也要抽签看几对；旧档案要留着：合并必须能撤销。

# %% [markdown] lang="en" slide="skip"
# ## Your turn
#
# A list you have not seen: Febrl, **artificial** people of Australia (made by a program; none of them exists). `febrl` has 1,000 records, each person
# twice; `links` says who is who: `record_id` is the first record of a person, `duplicate_id` the second. `left` and `right` are the two records of each true pair,
# row by row. `febrl_pairs` is what `link_records` finds if only pairs of the **same suburb** are compared, without the birth date.

# %% [markdown] lang="zh"
# ## 轮到你了
#
# 一份你还没见过的名单：Febrl，澳大利亚的**人造**名单（程序生成，没有一个真人）。`febrl` 有 1,000 份档案，每人两份；`links` 写明谁是谁：`record_id` 是第一份，`duplicate_id` 是第二份。`left` 和 `right` 是每一对真正的两份档案，逐行对应。`febrl_pairs` 是只比较**居民区（`suburb`）相同**的对、又不看出生日期时，`link_records` 找到的结果。

# %%
febrl = datasets.load_febrl().set_index("record_id")
links = datasets.load_truth("febrl")["links"]
left = febrl.loc[links["record_id"]].reset_index()
right = febrl.loc[links["duplicate_id"]].reset_index()
compared = {"given_name": "text", "surname": "text", "suburb": "text", "postcode": "code"}
febrl_pairs = identity.link_records(febrl, fields=compared, block_on=["suburb"])
practice_on(febrl=febrl, links=links, left=left, right=right, febrl_pairs=febrl_pairs)

# %% [markdown] lang="en"
# **1.3.1** Of the true pairs in which both records have a surname, which share has the same one? That is $m$ of the surname. (a fraction)

# %% [markdown] lang="zh"
# **1.3.1** 两份档案都有姓氏（`surname`）的真正的对中，姓氏相同的占多大比例？这就是姓氏的 $m$。（用小数表示）

# %% tags=["exercise"]
m_of_surname = ...
check("1.3.1", m_of_surname)

# %% [markdown] lang="en"
# **1.3.2** Take the records of `febrl` that have a `state`. Draw one at random, put it back, and draw again. What is the chance that both have the same state? That is close to $u$.
# (a fraction)

# %% [markdown] lang="zh"
# **1.3.2** 从 `febrl` 中有 `state`（州）的档案里随机抽一份，放回，再抽一份。两份的州相同的概率是多少？它接近 $u$。（用小数表示）

# %% tags=["exercise"]
u_of_state = ...
check("1.3.2", u_of_state)

# %% [markdown] lang="en"
# **1.3.3** What does it weigh, in bits, if two records *differ* in their state? Take $m$ from the true pairs in which both have one, and $u$ from 1.3.2.

# %% [markdown] lang="zh"
# **1.3.3** 两份档案的州*不一致*，权重是多少比特？$m$ 取自两份都有州的真正的对，$u$ 用 1.3.2 的答案。

# %% tags=["exercise"]
weight_if_state_differs = ...
check("1.3.3", weight_if_state_differs)

# %% [markdown] lang="en"
# **1.3.4** Link the pairs of `febrl_pairs` with probability 0.1 or more. What is the recall? (a fraction)

# %% [markdown] lang="zh"
# **1.3.4** 把 `febrl_pairs` 中概率在 0.1 以上（含 0.1）的对当作同一个人。召回率是多少？（用小数表示）

# %% tags=["exercise"]
recall = ...
check("1.3.4", recall)

# %% [markdown] lang="en"
# **1.3.5** A judgment, without code. A hospital, a bank and a shop each find a pair of records with probability 0.97. What should each do with it, and why not the
# same? (three sentences or more, in quotes)

# %% [markdown] lang="zh"
# **1.3.5** 思考题，不用写代码，没有标准答案。一家医院、一家银行、一家商店，各发现一对概率为 0.97 的档案。各自应该怎么办？为什么不一样？（写三句以上，放在英文引号 `"..."` 里）

# %% tags=["exercise"]
what_each_should_do = ...
check("1.3.5", what_each_should_do)

# %%
quiz("1.3.q1")

# %%
quiz("1.3.q2")

# %%
quiz("1.3.q3")

# %% [markdown] lang="en" slide="skip"
# ## Optional: the same with Splink
#
# Splink is the library that many firms and offices use. Its settings say the same in its own words: which outcomes a field has, with
# $m$ and $u$. Here for two fields of the artificial list, with the chances that we learned. Is the weight the same?

# %% [markdown] lang="zh"
# ## 选读：用 Splink 再做一遍
#
# Splink 是许多企业和机构在用的库。它的设置说的是同样的事：每个字段有哪几种结果，各自的 $m$ 和 $u$ 是多少。这里用人造名单的两个字段和我们学到的概率。权重一样吗？

# %%
import splink.comparison_library as outcomes
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

two = {"surname": "category", "birth_date": "category"}

# %% [markdown] lang="en"
# One comparison per field, `ExactMatch`: what is missing weighs nothing; agreement and the rest have their chances.
# Splink's weight has the odds of the beginning in it, even odds here (0.5), so nothing is added.

# %% [markdown] lang="zh"
# 每个字段一项比较，`ExactMatch`（完全一致）：缺失的权重为零；一致和其余情况各有自己的概率。Splink 的权重里还含有开始时的优势；这里设为 0.5（一比一），所以什么也没加。

# %%
two_chances, comparisons = identity.estimate_chances(febrl, fields=two), []
for field in two:
    m, u = two_chances.loc[field, "m"].to_list(), two_chances.loc[field, "u"].to_list()
    comparisons.append(outcomes.ExactMatch(field).configure(m_probabilities=m, u_probabilities=u))
rules = {"blocking_rules_to_generate_predictions": [block_on("surname")]}
rules |= {"unique_id_column_name": "record_id", "probability_two_random_records_match": 0.5}
settings = SettingsCreator("dedupe_only", comparisons=comparisons, **rules)
linker = Linker(DuckDBAPI().register(febrl[[*two]].reset_index()), settings, log_level=None)
theirs = linker.inference.predict().as_pandas_dataframe()
ours = identity.link_records(febrl, fields=two, block_on=["surname"], chances=two_chances)
assert np.allclose(np.sort(theirs["match_weight"]), np.sort(ours["weight"]), atol=1e-5)
n_same = len(theirs)
say("Both give each of the {n_same} pairs the same weight.")

# %% [markdown] lang="en" slide="slide"
# ## You can now
#
# - **weigh** the evidence that two records are one person, in bits,
# - **link** the records of a whole firm, and count what is right, wrong and missed,
# - **decide** in money which pairs to merge, which to leave and which somebody must look at.
#
# **Words:** record linkage (档案匹配), weight (权重), bit (比特), blocking (分块), precision (精确率), recall (召回率), clerical review (人工复核),
# false merge (错误合并).
#
# **Next** · 1.4: What changes, and what leaks?
#
# **Further reading** · Fellegi & Sunter (1969), A theory for record linkage,
# [doi:10.1080/01621459.1969.10501049](https://doi.org/10.1080/01621459.1969.10501049) · Tejada, Knoblock & Minton (2001), the restaurants,
# [doi:10.1016/S0306-4379(01)00042-4](https://doi.org/10.1016/S0306-4379(01)00042-4) · Christen (2008), Febrl,
# [doi:10.1145/1401890.1402020](https://doi.org/10.1145/1401890.1402020)

# %% [markdown] lang="zh"
# ## 本课小结
#
# 现在你能够
#
# - **称量**证据：两份档案是不是同一个人；
# - **匹配**整家公司的档案，数一数对了多少、错了多少、漏了多少；
# - **决定**哪些合并、哪些不动、哪些要人来看，把钱算清楚。
#
# **术语**：档案匹配（record linkage，文献中也译“记录链接”）、权重（weight）、比特（bit）、分块（blocking）、精确率（precision）、召回率（recall）、人工复核（clerical review）、错误合并（false merge）。
#
# **下一课**：1.4 什么变了？什么会泄漏？
#
# **延伸阅读**：Fellegi 和 Sunter（1969），档案匹配的理论，[doi:10.1080/01621459.1969.10501049](https://doi.org/10.1080/01621459.1969.10501049)；Tejada、Knoblock 和 Minton（2001），餐馆数据，[doi:10.1016/S0306-4379(01)00042-4](https://doi.org/10.1016/S0306-4379(01)00042-4)；Christen（2008），Febrl，[doi:10.1145/1401890.1402020](https://doi.org/10.1145/1401890.1402020)

# %% [markdown] lang="en" tags=["slide-text"]
# - **weigh** the evidence that two records are one person, in bits,
# - **link** the records of a whole firm, and count what is right, wrong and missed,
# - **decide** in money which pairs to merge, which to leave and which somebody must look at.
#
# **Next** · 1.4: What changes, and what leaks?

# %% [markdown] lang="zh"
# - **称量**证据：两份档案是不是同一个人；
# - **匹配**整家公司的档案，数一数对了多少、错了多少、漏了多少；
# - **决定**哪些合并、哪些不动、哪些要人来看，把钱算清楚。
#
# **下一课**：1.4 什么变了？什么会泄漏？

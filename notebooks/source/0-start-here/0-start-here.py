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

# %% [markdown] lang="en" minutes=15 needs=[] rows=[] slide="slide"
# # Start here
#
# A firm keeps every order it ever took, and still cannot say whom it should call tomorrow. This kit is about getting from
# the one to the other: from rows of orders to a decision about customers, with the money it is worth.
#
# In the next quarter of an hour you will
#
# - **run** a cell and see its result,
# - **answer** a first exercise and have it checked,
# - **meet** the company whose customers you will know well by the end.
#
# You need no more Python than a little pandas: picking a column, `groupby`, a sum.

# %% [markdown] lang="zh"
# # 从这里开始
#
# 一家企业存着多年来的每一张订单，却说不清明天该给哪位客户打电话。本套笔记本讲的就是怎样走完这段路：从一行行订单出发，得出关于客户的决定，并算清这个决定值多少钱。
#
# 在接下来的一刻钟里，你将
#
# - **运行**一个单元格，看到它的结果；
# - **完成**第一道练习，并当场检查对错；
# - **认识**一家公司；学完全部课程，你会对它的客户了如指掌。
#
# Python 会一点 pandas 就够了：选一列、`groupby`、求和。

# %% [markdown] lang="en" tags=["notes"]
# Let everybody run the cells of this page before the first lesson; a class loses more time to one broken installation than
# to any formula. Ask who has *not* seen the sentence that ends the next section.

# %% [markdown] lang="zh"
# 第一次上课之前，请每位学生把这一页从头运行一遍：课堂上最费时间的不是公式，而是某台电脑没装好。问一问：下一节末尾的那句话，谁还没有看到？

# %% [markdown] lang="en" minutes=3 slide="slide"
# ## Run a cell
#
# A notebook is made of cells: some are text, like this one, some are code. Click into the next one and press **Shift + Enter**.
# It runs, its result appears below it, and the next cell is selected. To run all of them from the top: *Run → Run All Cells*.
#
# If a cell says `ModuleNotFoundError: No module named 'crmlib'`, the notebook was opened with another Python than the
# kit's. Close it and open the kit with `make lab` (or `crmlib lab`) from its folder.

# %% [markdown] lang="zh"
# ## 运行单元格
#
# 笔记本由一个个单元格组成：有的是文字，比如这一格；有的是代码。点一下下面的代码格，按 **Shift + Enter**：代码会运行，结果显示在它下方，光标跳到下一格。要从头运行全部单元格，点菜单中的*运行 → 运行所有单元格*。
#
# 如果出现 `ModuleNotFoundError: No module named 'crmlib'`，说明打开笔记本用的不是本套课程的 Python。请关掉它，在课程文件夹里用 `make lab EDITION=zh`（或 `crmlib lab --language zh`）重新打开。

# %% tags=["parameters"]
language = "en"  # "en" or "zh"

# %%
import pandas as pd

from crmlib import datasets
from crmlib.lesson import check, hint, list_lessons, practice_on, quiz, say, solution, start
from crmlib.language import t

start(language, currency="CNY")

# %%
tables = datasets.load_teaching_company()
n_lines = len(tables["transactions"])
say("Everything works: {n_lines} order lines were read.")

# %% [markdown] lang="en"
# Two habits save hours. Change a number and run the cell *again*: nothing changes before you do. And when a notebook behaves
# oddly, start it afresh: *Run → Restart Kernel and Run All Cells*.

# %% [markdown] lang="zh"
# 有两个习惯能省下许多时间。改了数字，要*重新*运行那一格：不运行，什么都不会变。笔记本表现反常时，从头再来：*运行 → 重启并运行所有单元格*。

# %%
quiz("0.0.q1")

# %% [markdown] lang="en" minutes=4 slide="slide"
# ## How a lesson works
#
# Each lesson asks one question with money in it. You first work it by hand on a handful of customers, so that you know what
# the number means; then the same on a whole company; then you see where it misleads; then you decide.
#
# At the end it is your turn. An exercise is a cell with three dots in it. Put your answer in their place and run the cell.
# `check` tells you how you stand. If you are stuck, type `hint("0.0.1")` into a new cell (*the + above*), then
# `hint("0.0.1", 2)`; `solution("0.0.1")` shows one way to do it. Nobody keeps score, so try things.
#
# Two things you will see everywhere. A table that ends a cell shows itself with headings to read; in your code a column
# keeps its own name: under the heading *customer id* stands `orders["customer_id"]`, and the mouse on a heading shows that
# name. `say(...)` writes the sentences with a blue bar, with the numbers of your run; its code teaches nothing new and is
# folded away: a click on the three dots above the sentence shows it.
#
# Inside a lesson there are blanks as well, with a letter: one after the calculation by hand, one to guess before you see a
# figure. They are for you; the lesson runs on without them.

# %% [markdown] lang="zh"
# ## 一课怎么学
#
# 每一课都回答一个与钱有关的问题。先用几位客户亲手算一遍，弄懂这个数是什么意思；再对整家公司算同样的数；然后看看它在哪里会误导人；最后做出决定。
#
# 课后轮到你来做。练习就是带三个点的单元格：把答案写在三个点的位置，运行这一格，`check` 会告诉你做得怎样。卡住了，就新建一个单元格（点上方的 *+*），输入 `hint("0.0.1")` 看提示，再看 `hint("0.0.1", 2)`；`solution("0.0.1")` 会给出一种做法。没有人记分，放心去试。
#
# 有两样东西到处都会出现。放在单元格末尾的表格会自动显示成中文表头；写代码仍要用列原来的名称：显示为“客户编号”的那一列，代码里是 `orders["customer_id"]`，把鼠标停在表头上就能看到原名。`say(...)` 写出左边带蓝条的句子，其中的数字来自这一次运行；它的代码没有新内容，所以折叠起来了，点一下句子上方的三个点就能看到。
#
# 课文中间也有空格要填，编号带字母：一个在亲手计算之后，一个在看图之前，让你先猜一猜。它们是给你自己练的，不填，后面照样能运行。

# %% [markdown] lang="en" slide="subslide"
# ### Your first exercise
#
# Six orders of three customers:

# %% [markdown] lang="zh"
# ### 第一道练习
#
# 三位客户的六张订单：

# %%
rows = [("c1", 120.0), ("c2", 210.0), ("c1", 150.0), ("c3", 40.0), ("c3", 30.0), ("c3", 60.0)]
orders = pd.DataFrame(rows, columns=["customer_id", "amount"])
practice_on(orders=orders)
orders

# %% [markdown] lang="en"
# **0.0.1** How much did the customer spend who spent most, all orders taken together? You may type the number, or let pandas
# find it. Try a wrong answer as well: give the biggest single order, and read what `check` says.

# %% [markdown] lang="zh"
# **0.0.1** 把每位客户的订单合在一起看，花钱最多的那位一共花了多少？可以直接写数字，也可以让 pandas 来算。不妨也试一个错误答案：填最大的一张订单的金额，看看 `check` 怎么说。

# %% tags=["exercise"]
most = ...
check("0.0.1", most)

# %% [markdown] lang="en" tags=["notes"]
# Most give the biggest single order first. That is the point: an order is not a customer, and everything later rests on the
# table that has one row per customer.

# %% [markdown] lang="zh"
# 多数学生会先填最大的一张订单。这正是要点：订单不等于客户，后面的一切都建立在“每位客户一行”的表上。

# %% [markdown] lang="en" minutes=5 slide="slide"
# ## The company you will work with
#
# Jiahe Foods (嘉禾食品) sells rice, oil, soy sauce and tea to households, and on account to restaurants, shops and firms. It does
# not exist: it was **simulated**, so that we know the truth behind its numbers and can see when a method finds it. Its data
# are as untidy as real ones. Beside it stand real data, because what holds in a company we made up proves nothing about the world.

# %% [markdown] lang="zh"
# ## 教学公司
#
# 嘉禾食品卖米、油、酱油和茶叶：家庭客户现买现付，餐馆、小店和企业挂账采购。这家公司并不存在，数据是**模拟**出来的：这样我们知道数字背后的真相，可以看出一种方法能不能把它找出来。它的数据和真实数据一样不整洁。每一课还会对照真实数据，因为在虚构的公司里成立的规律，并不能证明现实世界也是如此。

# %%
transactions = tables["transactions"]
transactions[["customer_id", "order_id", "order_date", "amount", "cost"]].head(4)

# %% [markdown] lang="en"
# One row is one line of an order: who, when, which order, how much. A refund is a line with a negative amount.

# %% [markdown] lang="zh"
# 一行是一张订单里的一项：谁、什么时候、哪张订单、多少钱。退款也占一行，金额为负。

# %%
n_records, n_products = len(tables["customers"]), len(tables["products"])
n_lines = len(transactions)
n_done = len(tables["activities"])
first, last = transactions["order_date"].min(), transactions["order_date"].max()
say(
    "{n_records} customer records, {n_lines} order lines of {n_products} products, from {first} to {last}; and {n_done} "
    "rows on what was done to serve them."
)

# %% [markdown] lang="en" minutes=2 slide="skip"
# ## The map
#
# Five chapters, in the order of the questions a firm asks: who are they, who matters, whom do we trust, what do we do, do they stay?
# The minutes are those of a class, and those of its exercises. What is not here yet is on its way.

# %% [markdown] lang="zh"
# ## 课程地图
#
# 五章，依次回答企业关心的问题：客户是谁，谁重要，谁可信，我们怎么做，他们会不会留下？分钟数是“讲授 + 练习”。还没有的课程正在编写。

# %%
from IPython.display import Markdown

chapters = [
    t("Identifying customers"),
    t("The customer pyramid"),
    t("Credit rating"),
    t("CRM strategy"),
    t("Loyalty and key accounts"),
]
columns = ["chapter", "lesson", "title", "minutes", "exercise_minutes", "path"]
lessons = pd.DataFrame(list_lessons(language), columns=columns)

# %%
lines = []
for chapter, name in enumerate(chapters, start=1):
    there = lessons[lessons["chapter"] == chapter]
    lines.append(f"- **{chapter} {name}**" + ("" if len(there) else " · " + t("to come")))
    for row in there.itertuples():
        title = row.title.split(" · ")[-1]  # without the number that it begins with
        minutes = t("{n} + {more} minutes", n=row.minutes, more=row.exercise_minutes)
        lines.append(f"  - [{chapter}.{row.lesson} {title}]({row.path}) · {minutes}")
Markdown("\n".join(lines))

# %% [markdown] lang="en" minutes=1 slide="slide"
# ## Where help is
#
# - A word you stumble over: the [glossary](../../docs/glossary.md).
# - What a function does: `help(check)`, for example, or Shift + Tab with the cursor in its parentheses. `help(crmlib)` is a map of the package.
# - What a column means, and where data come from: [the data](../../datasets/README.md).
# - Your own data: open a notebook in [analysis](../analysis/en/) and set `data` to your file. See the [README](../../README.md).
#
# ## You can now
#
# - **run** cells, and know what to do when one misbehaves,
# - **answer** an exercise and have it checked,
# - say who **Jiahe Foods** is.
#
# Next: the first lesson with a link on the map above.

# %% [markdown] lang="zh"
# ## 哪里有帮助
#
# - 不懂的术语：查[术语表](../../docs/glossary.zh.md)。
# - 函数怎么用：例如运行 `help(check)`，或者把光标放在函数的括号里，按 Shift + Tab。`help(crmlib)` 是整个程序包的地图。
# - 某一列是什么意思、数据从哪里来：见[数据说明](../../datasets/README.zh.md)。
# - 想分析自己的数据：打开[分析笔记本](../analysis/zh/)，把 `data` 改成你的文件。详见 [README](../../README.md)。
#
# ## 本课小结
#
# - **运行**单元格，出了问题也知道该怎么办；
# - **完成**一道练习，并当场检查对错；
# - 说出**嘉禾食品**是怎样一家公司。
#
# 下一步：打开上面地图中第一个带链接的课。

"""The README that goes with every written company, in both languages."""

from __future__ import annotations

from crmlib.simulate import parameters as p

TEXT = """\
# 嘉禾食品 Jiahe Foods, the teaching company (SIMULATED)

**Everything here is simulated.** There is no such company; nobody in it exists. `crmlib.simulate` made it;

    python -m crmlib.simulate FOLDER --customers {n_customers} --seed {seed}

makes it again, byte for byte. What holds in it was put into it (`crmlib/simulate/parameters*.py`): use it to
learn a method, never as evidence about the world.

Jiahe sells rice, oil, soy sauce, tea and the like: to households, in its shop, on the web and by phone; to
restaurants, shops, firms and institutions on account, at a discount. Money is CNY. The period is {start} to
{end}.

| File | One row is | Rows |
| --- | --- | --- |
{files_en}

`category`, `channel`, `industry` and `activity` are in English; names of people and firms, cities and
streets are the same in both editions. `list_price` and `unit_cost` in products.csv are those of the last
day; they were lower before (prices rose in April, costs in January). A refund has the order's number, a
negative amount, quantity and cost, and its own date. An amount of 0.00 is a sample.

customers.csv keeps what was typed when a record was made; customer_changes.csv has what changed since, and
when that was written down. A second record of the same person or firm has its roles, but no changes. Records
N... in customer_roles.csv are staff and suppliers: they are in no other table.

Prospects (prospects.csv) are organisations that are offered a **yearly supply contract**; its goods come from
the depot and are not in transactions. Old customers are asked, too (`is_old_customer`). The scores for money,
authority and need were written down before the first call; `outcome`, `converted_date`, `order_margin` and
all of contacts.csv are known only afterwards, and `minutes` tells the answer. Those not decided by the last
day are `open`: they are no refusals. Whom to call again was the seller's choice, so late calls went to the
likely; only where `lot` is filled (Hangzhou, found from January to September 2025) did a lot decide. In 2025
other things counted than in 2024.

Organisations buy **on account** (invoices.csv), but for small and scattered ones, and for the first weeks of the
new. What one bought in a month, or by an order, less refunds, makes an invoice: of transactions as they were before
anything went wrong in the files. Nobody was graded: `due_date` follows from what was agreed at the start. From the
month after somebody is seen to have ceased to pay they pay at once, and have no more invoices. A second record of a
customer has invoices of its own; statements.csv and credit_reviews.csv know the first record only. Statements come
weeks after the quarter, from some much later, from many never, and the weak give fewer. Reviews are the seller's
judgement, and kind to large buyers. **Defaults are far more frequent than in life**, about one customer on account
in six in 2025, because a few hundred customers must give enough of them to test a card on; and 2025 was a worse year
than those before. Not everybody who pays late is a bad payer: some wait for a disputed delivery to be put right, and
institutions for their offices.

Households may subscribe to a **fresh box** (subscriptions.csv), paid by the month and delivered from the depot: its
payments are not in transactions. From April 2025 the family box costs 238 instead of 218; who pays for a month has it
to its last day. Who comes back has a second subscription. A **survey** (brand_survey.csv), in June 2024 and June 2025,
asks households of its cities, most of them no customers of ours, how they see Jiahe and three other grocers, all
invented, and where they bought last and next; `customer_id` is there where a card says so. **Marketing**
(marketing_spending.csv) is spent by city and month to win people and to keep customers. Some come, and most stay,
without it; up to 2024 the manager chose how much, from 2025 a lot did (`is_test`). **Ideas** of customers (ideas.csv)
have the gain that was booked for those adopted.

**Wrong on purpose**, and listed line by line in `truth/planted-lines.csv`: lines of the till without
customer, amounts and dates that cannot be, lines cut short, orders exported twice. In customers.csv some
people and firms have two records, differently spelled, with their orders split between them.

**truth/** is what no company knows: who is a duplicate of whom, how each customer was made, who had left
and when; which changes nobody told; what each record of customer_roles.csv was made as, and in which planted
cases rules disagree; how likely each prospect was to say yes; how well each customer could pay and how much
they cared to, quarter by quarter, who ceased to pay and why; each subscriber's own chance to leave; what weighs in the
choice of a grocer, and for whom; what spending could do at all; what an idea truly brought. Use it to judge an answer, never to find one.

Names are put together at random. Telephone numbers begin with 154, which the list of mobile numbers
allotted by the ministry (MIIT, June 2023) does not have; mail addresses lie in example.com, .net and .org
(RFC 2606); streets are invented. Terms: CC BY 4.0.

---

# 嘉禾食品，教学公司（模拟数据）

**这里的一切都是模拟出来的。** 世上没有这家公司，里面的人也都不存在。数据由 `crmlib.simulate` 生成；运行

    python -m crmlib.simulate FOLDER --customers {n_customers} --seed {seed}

可以逐字节重新生成。里面成立的规律都是事先放进去的（见 `crmlib/simulate/parameters*.py`），只能用来学方法，不能当作现实世界的证据。

嘉禾卖米、油、酱油、茶叶等食品：家庭客户到店、上网或打电话买；餐馆、小店、企业和机构挂账采购，享受折扣。货币为人民币，时间从 {start} 到 {end}。

| 文件 | 一行是什么 | 行数 |
| --- | --- | --- |
{files_zh}

`category`（品类）、`channel`（渠道）、`industry`（行业）和 `activity`（活动）用英文；人名、企业名、城市和街道两种语言版本相同。products.csv 里的
`list_price` 和 `unit_cost` 是最后一天的标价和成本，以前要低一些（四月提价，一月成本上涨）。退款行沿用原订单号，金额、数量、成本为负，日期是退款当天。
金额为 0.00 的是样品。

customers.csv 保留建档当天登记的内容；此后的变化以及记入系统的日期在 customer_changes.csv。同一个人或企业的第二条记录也写明了角色，但没有变更记录。
customer_roles.csv 中以 N 开头的是员工和供应商，不出现在其他表里。

潜在客户（prospects.csv）是公司想与之签订**全年供货合同**的单位；合同货物由仓库直接发出，不在 transactions 里。老客户也在洽谈之列（`is_old_customer`）。
购买力、决策权、需要三项评分是第一次联系之前记下的；`outcome`、`converted_date`、`order_margin` 和整张 contacts.csv
都是事后才知道的，`minutes`（通话时长）等于泄露答案。到最后一天还没有结果的记为 `open`，不能当作拒绝。是否继续联系由业务员自己决定，所以打到后面几次的多是更有希望的单位；
只有 `lot` 有值的（杭州，2025 年 1 月至 9 月发现）才由抽签决定。2025 年起作用的因素与 2024 年不同。

单位客户**挂账**采购（invoices.csv；零星小客户和刚开始往来的几周除外）：按月或按订单开发票，金额等于 transactions
里相应的采购额减去退款（未计那些故意弄坏的行）。当时没有评过信用等级，`due_date`（到期日）按开始往来时约定的账期计算。
客户停止付款、被我们发现以后，改为现款现货，不再有发票。同一客户的第二条记录有自己的发票，但 statements.csv 和 credit_reviews.csv 只认第一条记录。
财务报表要在季度结束几周以后才收到，有的很晚，许多客户从来不给，状况差的给得更少；credit_reviews.csv 是业务员的主观评价，对大客户偏宽。
**这里的违约远比现实中多**，2025 年大约每六位挂账客户就有一位，因为只有几百位客户，违约太少就无法检验评分表；
而且 2025 年比前几年差。付款晚的不一定是坏客户：有的在等有争议的货物处理完，机构则要走报销流程。

家庭客户可以订**鲜食月套餐**（subscriptions.csv），按月付款、由仓库直接配送，所付的钱不在 transactions 里。2025 年 4 月起，家庭装从 218 元涨到 238
元；付了一个月的钱，就送到月底。退订以后又回来的，另有一条订阅记录。**问卷**（brand_survey.csv）在 2024 年和 2025 年 6
月各做一次，访问各城市的家庭，多数不是我们的客户：他们怎样看嘉禾和另外三家虚构的商家，上一次、下一次在哪家买；能凭会员卡对上的，填了
`customer_id`。**营销费用**（marketing_spending.csv）按城市、月份花在拉新和留客上；有些人不花钱也会来，多数客户不花钱也会留下。2024
年以前花多少由经理决定，2025 年起由抽签决定（`is_test`）。**客户建议**（ideas.csv）被采纳的，记有入账的年收益。

**故意留下的毛病**，逐行列在 `truth/planted-lines.csv`：收银台没有记客户的行、不可能的金额和日期、被截断的行、重复导出的订单。customers.csv
里有些人和企业有两条写法不同的记录，订单分散在两条记录上。

**truth/** 是现实中的公司永远不知道的真相：谁和谁重复、每位客户是按什么参数生成的、谁已经流失、何时流失，哪些变化没有人告诉公司，
customer_roles.csv 的每条记录本来属于哪一类、哪些是故意安排的两可情形，每位潜在客户答应的可能性有多大，每位挂账客户各季度的付款能力和付款意愿，谁停止了付款、为什么；每位订户自己每月退订的概率；选商家时各因素的真实权重、对谁而言；花钱最多能有多大效果；一条建议真正带来了多少。它用来评判答案，不能用来寻找答案。

姓名随机拼成；电话号码以 154 开头，工业和信息化部 2023 年 6 月公布的号码分配表中没有这一号段；邮箱都在 example.com、.net、.org 三个示例域名下（RFC
2606）；街道是虚构的。许可：CC BY 4.0。
"""

ROWS = {
    "customers.csv": ("a customer record", "一条客户记录"),
    "products.csv": ("a product", "一种商品"),
    "transactions": ("a line of an order or of a refund", "订单或退款的一行"),
    "activities.csv": (
        "a customer, month and activity that costs money to serve",
        "一位客户、一个月、一种要花钱的服务活动",
    ),
    "activity_rates.csv": ("a kind of activity and what one of it costs", "一种活动及其单价"),
    "customer_changes.csv": ("a fact about a customer, and when it was learnt", "客户的一条信息及其记录日期"),
    "customer_roles.csv": (
        "a record of a list: who pays, who uses, and for what",
        "名单中的一条记录：谁付款、谁使用、买来做什么",
    ),
    "prospects.csv": ("a prospect for a yearly supply contract", "一位潜在客户（全年供货合同）"),
    "contacts.csv": ("a call or visit to a prospect", "对潜在客户的一次电话或拜访"),
    "lead_sources.csv": ("a source of prospects in a year, and its cost", "潜在客户的一个来源在一年中的费用"),
    "invoices.csv": ("an invoice: due, paid or open, given up", "一张发票：何时到期、何时付款、是否核销"),
    "statements.csv": ("a customer's statement of a quarter", "一位客户一个季度的财务报表"),
    "credit_reviews.csv": ("the seller's judgement of a customer in a half-year", "业务员半年一次对一位客户的评价"),
    "subscriptions.csv": ("a subscription to the fresh box", "一份鲜食月套餐的订阅"),
    "brand_survey.csv": ("a respondent of a survey and a grocer", "一位受访者对一家商家的看法"),
    "marketing_spending.csv": ("a city, month and aim of marketing", "一个城市、一个月、一个营销目的"),
    "ideas.csv": ("a suggestion of a customer", "客户提的一条建议"),
    "truth/customers.csv": ("the truth about a customer record", "一条客户记录的真相"),
    "truth/planted-lines.csv": ("a line with something wrong in it", "有毛病的一行"),
    "truth/customer-roles.csv": ("what a record was made as", "一条记录本来属于哪一类"),
    "truth/unrecorded-changes.csv": ("a change nobody told the company of", "没有人告诉公司的一次变化"),
    "truth/prospects.csv": ("the truth about a prospect", "一位潜在客户的真相"),
    "truth/credit.csv": ("the truth about a customer on account in a quarter", "一位挂账客户一个季度的真相"),
    "truth/subscriptions.csv": ("the truth about a subscription", "一份订阅的真相"),
    "truth/brand-survey.csv": ("the truth about a respondent and a grocer", "一位受访者与一家商家的真相"),
    "truth/choice-weights.csv": ("the true weight of a driver of the choice", "选择商家的一个因素的真实权重"),
    "truth/marketing-spending.csv": ("the truth about a city, month and aim", "一个城市、一个月、一个营销目的的真相"),
    "truth/ideas.csv": ("the truth about an idea", "一条建议的真相"),
}


def readme(rows: dict[str, int], n_customers: int, seed: int) -> str:
    """The text, with what was written."""

    def listed(language: int) -> str:
        kinds = {name: "transactions" if name.startswith("transactions") else name for name in rows}
        return "\n".join(f"| `{name}` | {ROWS[kind][language]} | {rows[name]:,} |" for name, kind in kinds.items())

    return TEXT.format(
        n_customers=n_customers,
        seed=seed,
        start=p.START,
        end=p.END,
        files_en=listed(0),
        files_zh=listed(1),
    )

"""The README that goes with every written company, in both languages."""

from __future__ import annotations

from crmlib.simulate import parameters as p

TEXT = """\
# 嘉禾食品 Jiahe Foods, the teaching company (SIMULATED)

**Everything here is simulated.** There is no such company; nobody in it exists. `crmlib.simulate` made it;

    python -m crmlib.simulate FOLDER --customers {n_customers} --seed {seed}

makes it again, byte for byte. What holds in it was put into it (`crmlib/simulate/parameters.py`): use it to
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

**Wrong on purpose**, and listed line by line in `truth/planted-lines.csv`: lines of the till without
customer, amounts and dates that cannot be, lines cut short, orders exported twice. In customers.csv some
people and firms have two records, differently spelled, with their orders split between them.

**truth/** is what no company knows: who is a duplicate of whom, how each customer was made, who had left
and when. Use it to judge an answer, never to find one.

Names are put together at random. Telephone numbers begin with 154, which the list of mobile numbers
allotted by the ministry (MIIT, June 2023) does not have; mail addresses lie in example.com, .net and .org
(RFC 2606); streets are invented. Terms: CC BY 4.0.

---

# 嘉禾食品，教学公司（模拟数据）

**这里的一切都是模拟出来的。** 世上没有这家公司，里面的人也都不存在。数据由 `crmlib.simulate` 生成；运行

    python -m crmlib.simulate FOLDER --customers {n_customers} --seed {seed}

可以逐字节重新生成。里面成立的规律都是事先放进去的（见 `crmlib/simulate/parameters.py`），只能用来学方法，不能当作现实世界的证据。

嘉禾卖米、油、酱油、茶叶等食品：家庭客户到店、上网或打电话买；餐馆、小店、企业和机构挂账采购，享受折扣。货币为人民币，时间从 {start} 到 {end}。

| 文件 | 一行是什么 | 行数 |
| --- | --- | --- |
{files_zh}

`category`（品类）、`channel`（渠道）、`industry`（行业）和 `activity`（活动）用英文；人名、企业名、城市和街道两种语言版本相同。products.csv 里的
`list_price` 和 `unit_cost` 是最后一天的标价和成本，以前要低一些（四月提价，一月成本上涨）。退款行沿用原订单号，金额、数量、成本为负，日期是退款当天。
金额为 0.00 的是样品。

**故意留下的毛病**，逐行列在 `truth/planted-lines.csv`：收银台没有记客户的行、不可能的金额和日期、被截断的行、重复导出的订单。customers.csv
里有些人和企业有两条写法不同的记录，订单分散在两条记录上。

**truth/** 是现实中的公司永远不知道的真相：谁和谁重复、每位客户是按什么参数生成的、谁已经流失、何时流失。它用来评判答案，不能用来寻找答案。

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
    "truth/customers.csv": ("the truth about a customer record", "一条客户记录的真相"),
    "truth/planted-lines.csv": ("a line with something wrong in it", "有毛病的一行"),
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

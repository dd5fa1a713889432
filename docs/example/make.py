"""Make shop-export.csv: a file as a shop's system writes it, on a bad day. Made up.

The orders of 250 customers of the (simulated) teaching company in 2024 and 2025, in GB18030,
with the shop's own names of columns, Chinese dates, ¥ and thousands commas, refunds in
parentheses; and what happens to files: title lines above, orders without a customer, a year
mistyped, a line sent twice, words where an amount belongs, a total at the end.

    python docs/example/make.py
"""

from pathlib import Path

import pandas as pd

from crmlib import datasets

PATH = Path(__file__).with_name("shop-export.csv")
HEADINGS = ["小票号", "会员编号", "下单时间", "品类", "件数", "实付金额（元）", "收银员"]


def make_lines() -> list[str]:
    orders = datasets.load_teaching_company()["transactions"]
    orders = orders[orders["order_date"] >= "2024-01-01"]
    chosen = sorted(orders["customer_id"].unique())[::9][:250]
    orders = orders[orders["customer_id"].isin(chosen)].sort_values(["order_date", "order_id"], kind="stable")
    rows = [
        [
            row.order_id,
            row.customer_id,
            f"{row.order_date:%Y年%m月%d日 %H:%M}",
            row.category,
            f"{row.quantity:g}",
            money(row.amount),
            "李娜",
        ]
        for row in orders.itertuples()
    ]
    for i in (40, 41, 700):
        rows[i][1] = ""
    rows[90][2] = "2052" + rows[90][2][4:]
    rows[150][5] = "见备注"
    rows.insert(500, rows[499])
    total = ["合计", "", "", "", "", money(orders["amount"].sum()), ""]
    return [
        ",".join(cells)
        for cells in (["销售明细", *[""] * 6], ["2024-01-01 至 2025-12-31", *[""] * 6], HEADINGS, *rows, total)
    ]


def money(amount: float) -> str:
    text = f"¥{abs(amount):,.2f}"
    return f'"({text})"' if amount < 0 else f'"{text}"' if pd.notna(amount) else ""


if __name__ == "__main__":
    PATH.write_text("\n".join(make_lines()) + "\n", encoding="gb18030", newline="\n")

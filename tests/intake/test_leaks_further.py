"""More files full of people, of other countries and other faults: no output shows anybody.

Each file has personal values that are known; everything that leaves is searched for them: what `crmlib check`
prints, what is asked, the mapping file, the tables and the rows set aside.
"""

from __future__ import annotations

import pytest
from nasty import (
    AMERICAN,
    BORN,
    CHINESE,
    DUTCH,
    GERMAN,
    IDS,
    INDIAN,
    JAPANESE,
    KOREAN,
    MOBILES,
    ORDERS,
    PLAIN,
    RARE,
    RARE_CHINESE,
    RUSSIAN,
    SPANISH,
    STREETS,
    TRADITIONAL,
    Nasty,
    amount,
    day,
    extra,
    german_day,
    leaks,
    parts,
)

FILES = {
    "trad": Nasty(
        {
            "客戶姓名": TRADITIONAL,
            "訂單日期": day,
            "金額": amount,
            "備註": [f"{n}收，電話 09{12345678 + i * 1111}" for i, n in enumerate(TRADITIONAL)],
            "訂單狀態": lambda n: "已完成" if n % 2 else f"退款給{TRADITIONAL[n % 10]}",
        },
        TRADITIONAL,
        said=extra("備註"),
        encoding="big5",
    ),
    "kor": Nasty(
        {
            "고객명": KOREAN,
            "주문일": day,
            "금액": amount,
            "메모": [f"{n}님 부재시 경비실" for n in KOREAN],
            "연락처": [f"010-{2345 + i * 777}-{1234 + i * 531}" for i in range(10)],
        },
        KOREAN + ["010-2345"],
        said=extra("메모", "연락처"),
    ),
    "rus": Nasty(
        {
            "Клиент": RUSSIAN,
            "Дата": german_day,
            "Сумма": amount,
            "Комментарий": [f"позвонить {n} заранее пожалуйста" for n in RUSSIAN],
            "Дата рождения": [f"{b[8:]}.{b[5:7]}.{b[:4]}" for b in BORN],
        },
        parts(RUSSIAN) + [f"{b[8:]}.{b[5:7]}.{b[:4]}" for b in BORN],
        said=extra("Комментарий", "Дата рождения"),
    ),
    "esp": Nasty(
        {
            "Cliente": SPANISH,
            "Fecha": day,
            "Importe": amount,
            "Observaciones": [f"entregar a {n}" for n in SPANISH],
            "Fecha de nacimiento": BORN,
            "Móvil": [f"6{12 + i * 7} {234 + i * 31} {111 + i * 71}" for i in range(10)],
            "Estado": lambda n: "pagado" if n % 2 else f"devuelto a {SPANISH[n % 10]}",
        },
        parts(SPANISH) + BORN + ["612 234 111"],
        said=extra("Observaciones", "Fecha de nacimiento", "Móvil"),
    ),
    "ind": Nasty(
        {
            "Party": INDIAN,
            "Bill Date": day,
            "Net Amt": amount,
            "Narration": [f"Recd from {n} by UPI" for n in INDIAN],
            "Aadhaar": [f"{2345 + i} {6789 - i} {1234 + i * 7}" for i in range(10)],
        },
        parts(INDIAN) + ["2345 6789"],
        said=extra("Narration", "Aadhaar"),
    ),
    "ned": Nasty(
        {
            "Klant": DUTCH,
            "Datum": day,
            "Bedrag": amount,
            "Opmerking": [f"t.a.v. {n}" for n in DUTCH],
            "Geboortedatum": BORN,
            "IBAN": [f"NL91ABNA04171643{i}0" for i in range(10)],
        },
        parts(DUTCH) + BORN + ["NL91ABNA"],
        said=extra("Opmerking", "Geboortedatum", "IBAN"),
    ),
    "numbers": Nasty(
        {
            "order_id": MOBILES,
            "customer_id": [f"{n.split()[0].lower()}@mail.example" for n in AMERICAN],
            "order_date": day,
            "amount": amount,
            "category": [f"+49 171 23456{n}8" for n in range(10)],
        },
        [*MOBILES, "@mail", "+49 171"],
    ),
    "amount with names": Nasty(
        {
            **ORDERS,
        },
        ["Okonkwo", "Tamihana", "Kertbeny", "小明", "逄锦聚"],
        more="9001,C1,2024-01-02,12.50 Ngozi Okonkwo\n9002,C2,2024-01-02 Wiremu Tamihana,5\n"
        "9003,C2,(Zsofia Kertbeny),5\n9004,C2,2024-02-02,王小明12.00\n9005,C3,收件人：逄锦聚,4\n",
    ),
    "dominant": Nasty(
        {"customer_id": lambda n: RARE[0] if n % 2 else f"{RARE[n % 10]}", "order_date": day, "amount": amount},
        parts(RARE),
        times=20,
    ),
    "titles above": Nasty(
        {"x": ["Report for Ngozi Okonkwo, printed by Anna Lang"]},
        ["Okonkwo", "Lang"],
        more="customer_id,order_date,amount\nC1,2024-01-02,5.00\nC2,2024-01-03,6.00\n",
        has_names=False,
        times=0,
    ),
    "total of": Nasty(
        PLAIN,
        ["Okonkwo", "Lang", "王小明"],
        more="Total for Ngozi Okonkwo,,55.00\nSumme Anna Lang,,66.00\n小计 王小明,,88\n",
    ),
    "quote open": Nasty(
        {**ORDERS, "note": [f"ring {n}" for n in RARE]},
        parts(RARE),
        more='9001,C1,2024-01-02,5,"Ngozi Okonkwo said\n9002,C1,2024-01-02,5,x\n',
    ),
    "wrong mapping": Nasty(
        {**ORDERS, "who": RARE}, parts(RARE), said='[transactions.columns]\nname = "Kunde"\ncustomer_id = "nobody"\n'
    ),
    "keep patterns": Nasty(
        {**ORDERS, "Zahlungsstatus": lambda n: "bezahlt" if n % 2 else f"storniert, bitte {RARE[n % 10]} fragen"},
        parts(RARE),
    ),
    "refund col": Nasty(
        {**ORDERS, "Vorgang": lambda n: "Verkauf" if n % 3 else f"Gutschrift {GERMAN[n % 10]}"}, parts(GERMAN)
    ),
    "refund col rare": Nasty(
        {**ORDERS, "Vorgang": lambda n: "Verkauf" if n % 3 else f"Gutschrift {RARE[n % 10]}"}, parts(RARE)
    ),
    "zh refund short": Nasty(
        {**ORDERS, "类型": lambda n: "销售" if n % 3 else f"退货-{CHINESE[n % 10]}"}, CHINESE[::3]
    ),
    "zh refund rare": Nasty(
        {**ORDERS, "类型": lambda n: "销售" if n % 3 else f"{RARE_CHINESE[n % 10]}退货"},
        [RARE_CHINESE[i] for i in (0, 3, 6, 9)],
    ),
    "category free": Nasty(
        {**ORDERS, "category": [f"Gift for {n}" for n in AMERICAN], "product_name": [f"Fotobuch {n}" for n in GERMAN]},
        parts(AMERICAN),
        said=extra("product_name"),
    ),
    "json list": Nasty(
        {
            "customer.name": RARE,
            "customer.birth": BORN,
            "date": day,
            "amount": amount,
            "ship.to": AMERICAN,
            "ship.phone": [f"(200) 555-10{n}0" for n in range(10)],
        },
        [*parts(RARE), *parts(AMERICAN), *BORN, "(200)"],
        file="o.json",
        said=extra("customer.birth", "ship.to", "ship.phone"),
    ),
    "xlsx us": Nasty(
        {
            "Customer": RARE,
            "Birthday": BORN,
            "Date": day,
            "Total": amount,
            "Comment": [f"{n} wants a receipt by mail" for n in RARE],
            "Rep": AMERICAN,
        },
        [*parts(RARE), *BORN, *parts(AMERICAN)],
        file="o.xlsx",
        said=extra("Birthday", "Comment", "Rep"),
    ),
    "sqlite ja": Nasty(
        {
            "顧客名": JAPANESE,
            "生年月日": BORN,
            "注文日": day,
            "金額": amount,
            "携帯": [f"080-{1234 + 611 * n}-5{n}78" for n in range(10)],
            "メモ": [f"{n}さんへ連絡" for n in JAPANESE],
        },
        [*JAPANESE, *BORN, "080-1234"],
        file="o.sqlite",
        said=extra("生年月日", "携帯", "メモ"),
    ),
    "customers": Nasty(
        {
            "Kundennr": IDS,
            "Name": GERMAN,
            "Straße": STREETS,
            "PLZ": [f"8907{n}" for n in range(10)],
            "Geb.": BORN,
            "Umsatz": amount,
            "Handy": [f"0171 2345{n}78" for n in range(10)],
            "Bemerkungen": [f"spricht nur mit {r}" for r in RARE],
        },
        [*parts(GERMAN), *STREETS, *BORN, "0171 2345", *parts(RARE)],
        times=1,
        file="kunden.csv",
        sep=";",
    ),
    "8 digit births": Nasty(
        {
            **ORDERS,
            "gbd": [b.replace("-", "") for b in BORN],
            "geburtstag": [f"{b[8:]}.{b[5:7]}.{b[2:4]}" for b in BORN],
        },
        [b.replace("-", "") for b in BORN] + [f"{b[8:]}.{b[5:7]}.{b[2:4]}" for b in BORN],
        said=extra("gbd", "geburtstag"),
    ),
    "zh cards": Nasty(
        {
            "会员": [f"330203198505{n + 11}123{n}" for n in range(10)],
            "日期": day,
            "金额": amount,
            "微信昵称": [f"小{n}猫咪" for n in range(10)],
            "QQ号": [f"384{n}2719" for n in range(10)],
            "抖音号": [f"dy{n}abc99" for n in range(10)],
        },
        ["330203198505", "384", "dy0abc", "猫咪"],
        said=extra("微信昵称", "QQ号", "抖音号"),
    ),
}


@pytest.mark.parametrize("speech", ["en", "zh"])
@pytest.mark.parametrize("name", FILES)
def test_nobody_is_seen_either(name, speech, tmp_path):
    assert leaks(FILES[name], tmp_path, speech) == []

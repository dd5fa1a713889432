"""Shops, offices and registers full of people: no output shows anybody.

Each file has personal values that are known; everything that leaves is searched for them: what `crmlib check`
prints, what is asked, the mapping file, the tables and the rows set aside.
"""

from __future__ import annotations

import pytest
from nasty import (
    AMERICAN,
    BORN,
    CHINESE,
    FRENCH,
    GERMAN,
    IDS,
    JAPANESE,
    MOBILES,
    ORDERS,
    RARE,
    RARE_CHINESE,
    STREETS,
    Nasty,
    amount,
    day,
    dotted,
    extra,
    leaks,
    parts,
)

FILES = {
    "zh shop": Nasty(
        {
            "订单编号": lambda n: f"D{n}",
            "买家会员名": CHINESE,
            "收货人姓名": CHINESE[::-1],
            "联系手机": [dotted(number) for number in MOBILES],
            "收货地址": [f"浙江省宁波市海曙区中山路{n}号" for n in range(10)],
            "订单付款时间": day,
            "买家实际支付金额": amount,
            "订单状态": lambda n: "交易成功" if n % 3 else f"待发货，请联系{CHINESE[n % 10]}",
            "备注": [f"请联系{name}，送到前台即可" for name in CHINESE],
        },
        [*CHINESE, *map(dotted, MOBILES), "中山路"],
        said=extra("收货人姓名", "联系手机", "收货地址", "备注"),
        encoding="gb18030",
    ),
    "zh remarks of few kinds": Nasty(
        {**ORDERS, "留言": [f"收件人：{name}" if n % 2 else "尽快发货" for n, name in enumerate(CHINESE)]},
        CHINESE[1::2],
        said=extra("留言"),
    ),
    "zh currency says more": Nasty(
        {**ORDERS, "币种": lambda n: "CNY" if n % 4 else f"USD {CHINESE[n % 10]}"}, CHINESE[::4]
    ),
    "currency column full of people": Nasty({**ORDERS, "Currency": AMERICAN}, parts(AMERICAN)),
    "currency of rare people": Nasty({**ORDERS, "Currency": RARE}, parts(RARE)),
    "zh rare surnames, no header that says": Nasty(
        {**ORDERS, "a1": RARE_CHINESE, "a2": CHINESE}, [*RARE_CHINESE, *CHINESE], said=extra("a1", "a2")
    ),
    "rare names, no header that says": Nasty(
        {**ORDERS, "X7": RARE, "X8": AMERICAN}, parts(RARE + AMERICAN), said=extra("X7", "X8")
    ),
    "rare names as customers": Nasty({"X7": RARE, "order_date": day, "amount": amount}, parts(RARE)),
    "de": Nasty(
        {
            "Auftragsnr": lambda n: f"A{n}",
            "Kunde": GERMAN,
            "Telefon": [f"0171 2345{n}78" for n in range(10)],
            "Anschrift": STREETS,
            "geb. am": [f"{b[8:]}.{b[5:7]}.{b[:4]}" for b in BORN],
            "Bestelldatum": lambda n: f"{n % 28 + 1:02}.{n % 12 + 1:02}.2024",
            "Betrag": lambda n: amount(n).replace(".", ","),
            "Bemerkung": [
                f"Hr. {name.split(',')[0]} rief an, c/o {GERMAN[9 - n].split(',')[0]}" for n, name in enumerate(GERMAN)
            ],
            "Status": lambda n: "bezahlt" if n % 2 else f"storniert v. Hr. {GERMAN[n % 10].split(',')[0]}",
        },
        [
            *parts(GERMAN),
            *STREETS,
            *(f"0171 2345{n}78" for n in range(10)),
            *(f"{b[8:]}.{b[5:7]}.{b[:4]}" for b in BORN),
            *BORN,
        ],
        said=extra("Telefon", "Anschrift", "geb. am", "Bemerkung"),
        encoding="cp1252",
        sep=";",
    ),
    "fr": Nasty(
        {
            "Nom du client": FRENCH,
            "Téléphone": [f"06 {12 + 7 * n} 34 5{n} 78" for n in range(10)],
            "Date de commande": day,
            "Date de naissance": BORN,
            "Montant": amount,
            "Remarques": [f"à l'attention de Mme {name.split()[1]}, merci" for name in FRENCH],
        },
        [*parts(FRENCH), *BORN, *(f"06 {12 + 7 * n} 34 5{n} 78" for n in range(10))],
        said=extra("Date de naissance", "Téléphone", "Remarques"),
    ),
    "ja": Nasty(
        {
            "顧客名": JAPANESE,
            "電話番号": [f"090-{1234 + 611 * n}-5{n}78" for n in range(10)],
            "注文日": day,
            "金額": amount,
            "備考": [f"{name[:2]}様へ配達してください" for name in JAPANESE],
        },
        [*JAPANESE, *(f"{name[:2]}様" for name in JAPANESE), *(f"090-{1234 + 611 * n}-5{n}78" for n in range(10))],
        said=extra("電話番号", "備考"),
        encoding="cp932",
    ),
    "us": Nasty(
        {
            **ORDERS,
            "Bill To": AMERICAN,
            "SSN": [f"123-4{n}-678{n}" for n in range(10)],
            "DOB": [f"{b[5:7]}/{b[8:]}/{b[:4]}" for b in BORN],
            "Phone": [f"(200) 555-10{n}0" for n in range(10)],
            "Notes": [f"Attn {name}, leave at door" for name in AMERICAN],
            "Signed": [f"Thanks, {name.split()[0]}" for name in AMERICAN],
            "Mail": [f"{name.split()[1].lower()}@example.com" for name in AMERICAN],
        },
        [*parts(AMERICAN), *BORN, *(f"{b[5:7]}/{b[8:]}/{b[:4]}" for b in BORN), "(200) 555", "123-4", "@example"],
        said=extra("Bill To", "SSN", "DOB", "Phone", "Notes", "Signed", "Mail"),
    ),
    "birth dates under a name that says nothing": Nasty(
        {"who": IDS, "beta": day, "alpha": BORN, "price paid": amount, "other price": amount}, BORN, said=extra("alpha")
    ),
    "birth dates with an order not known": Nasty(
        {
            "customer_id": IDS,
            "when": day,
            "d1": [f"0{n % 9 + 1}/0{n % 8 + 2}/19{60 + 3 * n}" for n in range(10)],
            "amount": amount,
        },
        [f"0{n % 9 + 1}/0{n % 8 + 2}/19{60 + 3 * n}" for n in range(10)] + [f"19{60 + 3 * n}-0" for n in range(10)],
        said=extra("d1"),
    ),
    "names where numbers belong": Nasty({"customer_id": IDS, "order_date": day, "amount": RARE}, parts(RARE)),
    "texts where days belong": Nasty(
        {"customer_id": IDS, "order_date": [f"请联系{name}" for name in CHINESE], "amount": amount}, CHINESE
    ),
    "lines set aside": Nasty(
        ORDERS,
        ["Okonkwo", "王小明", "张伟", "13800138000", "Krause", "Lefèvre", "wxid_", "Tamihana"],
        more="9001,Ngozi Okonkwo 13800138000,soon,5\n9002,C001,请联系王小明,7\n9003,C001,2024-01-02,Hr. Krause\n"
        "9004,张伟\n9005,C001,2024-01-02,wxid_a1b2c3d4\n9006,C001,attn Lefèvre,5.00\n9007,C002,Wiremu Tamihana,5.00\n",
    ),
    "no line of names": Nasty(
        {"a": AMERICAN, "b": MOBILES, "c": day, "d": amount, "e": BORN[::-1]},
        [*parts(AMERICAN), *MOBILES, *BORN],
        has_names=False,
    ),
    "sellers as categories": Nasty(
        {**ORDERS, "category": CHINESE[:5] * 2, "channel": AMERICAN[:5] * 2},
        [*CHINESE[:5], *parts(AMERICAN[:5])],
        times=12,
    ),
    "states with people in them": Nasty(
        {**ORDERS, "Status": [f"refund to {name}" if n % 2 else f"done by {name}" for n, name in enumerate(RARE)]},
        parts(RARE),
    ),
    "messengers": Nasty(
        {
            **ORDERS,
            "contact": [f"wxid_a{n}b2c3d4" for n in range(10)],
            "skype": [f"live:.cid.{n}f3a9b8c7d6e5f4" for n in range(10)],
            "tg": [f"@anna_lang{n}" for n in range(10)],
            "微信": [f"weixin{n}abc" for n in range(10)],
            "QQ": [f"38472{n}19" for n in range(10)],
        },
        ["wxid_", "live:.cid", "anna_lang", "weixin", "38472"],
        said=extra("contact", "skype", "tg", "微信", "QQ"),
    ),
    "workbook": Nasty(
        {"Kunde": GERMAN, "Datum": day, "Betrag": amount, "Notiz": [f"Paket an {name}" for name in RARE]},
        [*parts(GERMAN), *parts(RARE)],
        file="orders.xlsx",
        said=extra("Notiz"),
    ),
    "objects": Nasty(
        {
            "buyer.name": RARE,
            "buyer.mobile": MOBILES,
            "created": day,
            "total": amount,
            "message": [f"ring {name} first please" for name in AMERICAN],
        },
        [*parts(RARE), *MOBILES, *parts(AMERICAN)],
        file="orders.json",
        said=extra("buyer.mobile", "message"),
    ),
    "database": Nasty(
        {
            "客户": CHINESE,
            "生日": BORN,
            "日期": day,
            "金额": amount,
            "说明": [f"{name}已收货，谢谢" for name in RARE_CHINESE],
        },
        [*CHINESE, *BORN, *RARE_CHINESE],
        file="orders.sqlite",
        said=extra("生日", "说明"),
    ),
    "one row per customer": Nasty(
        {
            "name": RARE,
            "naissance": BORN,
            "total spent": amount,
            "comment": [f"{name} prefers calls" for name in AMERICAN],
        },
        [*parts(RARE), *BORN, *parts(AMERICAN)],
        file="clients.csv",
        times=1,
    ),
    "nobody knows which column": Nasty(
        {
            "c1": RARE,
            "c2": CHINESE,
            "c5": day,
            "c3": BORN,
            "c6": amount,
            "c7": amount,
            "c4": MOBILES,
            "c8": [f"mit {name} besprochen" for name in GERMAN],
        },
        [*parts(RARE), *CHINESE, *BORN, *MOBILES, *parts(GERMAN)],
    ),
}


@pytest.mark.parametrize("speech", ["en", "zh"])
@pytest.mark.parametrize("name", FILES)
def test_nobody_is_seen(name, speech, tmp_path):
    assert leaks(FILES[name], tmp_path, speech) == []


@pytest.mark.parametrize("name", FILES)
def test_whoever_asks_for_them_sees_them(name, tmp_path):
    assert leaks(FILES[name], tmp_path, "en", show_personal=True)

"""Files full of people, as a data-protection officer would try them: no output shows any of them.

Each file below has personal values that are known; everything that leaves is searched for them: what `crmlib check`
prints, what is asked, the mapping file, the tables and the rows set aside. `show_personal` brings them back.
"""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

import pandas as pd
import pytest
from click.testing import CliRunner

from crmlib import language
from crmlib.intake.prepare import prepare
from crmlib.kit import cli

CHINESE = "王小明 张伟 李娜 欧阳静怡 陈建国 赵敏 孙丽 周杰 吴秀英 郑海涛".split()
RARE_CHINESE = "仉督晟 逄锦聚 呼延灼 亓官韵 缑文博 禤国维 揭英 妫海若 笪重 芈月溪".split()
GERMAN = (
    "Vogel, Dieter;Lang, Anna;Meier, Berta;Krause, Uwe;Oetker, Ralph;Schön, Jörg;Żur, Ewa;Klein, Ida;Maas, Otto;Ott, Jo"
).split(";")
FRENCH = (
    "Amélie Lefèvre;Jean-Luc Moreau;Zoé Guérin;Hugo Petit;Inès Roux;Léo Faure;Manon Blanc;Paul Girard;Lina Morel;Noé Ga"
).split(";")
JAPANESE = "山田太郎 佐藤花子 鈴木一郎 高橋美咲 田中健 渡辺直子 伊藤翔太 中村優子 小林誠 加藤恵".split()
AMERICAN = (
    "John Smith;Mary Johnson;Robert Brown;Linda Davis;James Wilson;Tyrell Washington;Hunter Brooks;Latoya Price;"
    "Chad Kroeger;Dwayne Pratt"
).split(";")
RARE = (
    "Ngozi Okonkwo;Quvenzhane Wallis;Thandiwe Mbeki;Zsofia Kertbeny;Oluwaseun Adeyemi;Bjarki Thorvald;Wiremu Tamihana;"
    "Xochitl Cuauhtli;Nkechi Ezeh;Eluned Pritchard"
).split(";")
STREETS = [f"{street} {n}" for n, street in enumerate(("Hafenstr.", "Lindenweg", "Marktplatz") * 4, 3)][:10]
BORN = [f"19{60 + 3 * n}-0{n % 9 + 1}-1{n}" for n in range(10)]
MOBILES = [f"1{3 + n % 7}{9 - n}{(n * 7919 + 1234567) * 37 % 10**8:08}" for n in range(10)]


class Nasty(NamedTuple):
    """A file: ten people, four rows each unless `times` says otherwise; lists of ten go with the people."""

    columns: dict  # name -> ten values, or a function of the row's number
    secrets: list[str]  # what must not be seen
    file: str = "orders.csv"
    said: str = ""  # the mapping file
    encoding: str = "utf-8"
    sep: str = ","
    times: int = 4
    more: str = ""  # further lines of text
    has_names: bool = True


def parts(names: list[str]) -> list[str]:
    """Names, and the words of which they are made where those are long enough to be nobody else's."""
    words = [word.strip(",") for name in names for word in name.split() if len(word.strip(",")) > 3]
    return [*names, *words]


def day(n: int) -> str:
    return f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"


def amount(n: int) -> str:
    return f"{20 + n * 1.37:.2f}"


IDS = [f"C{n:03}" for n in range(10)]
PLAIN = {"customer_id": IDS, "order_date": day, "amount": amount}
ORDERS = {"order_id": lambda n: f"{1000 + n}", **PLAIN}
EXTRA = "[transactions.file]\nextra = {}\n"


def extra(*names: str) -> str:
    return EXTRA.format(json.dumps(list(names), ensure_ascii=False))


def dotted(number: str) -> str:
    return f"{number[:3]}.{number[3:7]}.{number[7:]}"


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
        {"who": IDS, "d2": day, "d1": BORN, "sum1": amount, "sum2": amount}, BORN
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


def write(nasty: Nasty, folder) -> str:
    """The file in a folder, with the mapping that is said."""
    n_rows = 10 * nasty.times
    cells = {
        name: [values(n) if callable(values) else values[n % 10] for n in range(n_rows)]
        for name, values in nasty.columns.items()
    }
    frame, path = pd.DataFrame(cells), folder / nasty.file
    if nasty.file.endswith(".xlsx"):
        frame.to_excel(path, index=False)
    elif nasty.file.endswith(".json"):
        path.write_text(json.dumps([_nested(row) for row in frame.to_dict("records")], ensure_ascii=False), "utf-8")
    elif nasty.file.endswith(".sqlite"):
        with sqlite3.connect(path) as connection:
            frame.to_sql("orders", connection, index=False)
        connection.close()
    else:
        text = frame.to_csv(index=False, sep=nasty.sep, header=nasty.has_names) + nasty.more
        path.write_bytes(text.encode(nasty.encoding, errors="replace"))
    if nasty.said:
        path.with_name(f"{path.name}.mapping.toml").write_text(nasty.said, "utf-8")
    return path


def _nested(row: dict) -> dict:
    found: dict = {}
    for name, value in row.items():
        *above, last = name.split(".")
        inner = found
        for key in above:
            inner = inner.setdefault(key, {})
        inner[last] = value
    return found


def outputs(path, speech: str, *, show_personal: bool = False) -> dict[str, str]:
    """All that leaves: of `crmlib check`, then of a person who takes the first answer to each question."""
    flags = ["--show-personal"] if show_personal else []
    aside = path.with_name("aside.csv")
    said = CliRunner().invoke(cli.cli, ["check", str(path), "--set-aside", str(aside), "--language", speech, *flags])
    found = {"check": said.output + str(said.exception or "")}
    found["mapping"] = "".join(one.read_text("utf-8") for one in path.parent.glob("*.mapping.toml"))
    language.use(speech)
    asked: list[str] = []

    def first(question):
        asked.append(f"{question.text} {question.choices}")
        return question.choices[0]

    try:
        prepared = prepare(path, ask=first, show_personal=show_personal)
    except ValueError as error:
        found["error"] = str(error)
    else:
        for name, frame in prepared.tables.items():
            found[f"table {name}"] = frame.to_csv()
        for name, report in prepared.reports.items():
            found[f"report {name}"] = "\n".join(
                [report.rejected.to_csv(), *report.notes, *report.doubts, *report.losses, repr(report), str(report)]
            )
        found["mapping then"] = prepared.path.read_text("utf-8") if prepared.path else ""
    finally:
        language.use("en")
    return found | {"asked": "\n".join(asked)}


def leaks(nasty: Nasty, folder, speech: str, **how) -> list[tuple[str, str]]:
    """Which secrets are seen, and where."""
    found = outputs(write(nasty, folder), speech, **how)
    return [(place, secret) for place, text in found.items() for secret in nasty.secrets if secret in text]


@pytest.mark.parametrize("speech", ["en", "zh"])
@pytest.mark.parametrize("name", FILES)
def test_nobody_is_seen(name, speech, tmp_path):
    assert leaks(FILES[name], tmp_path, speech) == []

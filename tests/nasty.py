"""Files full of people, as a data-protection officer would try them, and all that leaves when they are read."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

import pandas as pd
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
TRADITIONAL = "陳大文 林志玲 歐陽娜娜 鄭秀文 謝霆鋒 黃曉明 劉德華 張學友 郭富城 黎明輝".split()
KOREAN = "김민준 이서연 박지훈 최수빈 정하은 강도윤 조예린 윤시우 장지호 임소율".split()
RUSSIAN = (
    "Иван Петров;Ольга Шевченко;Сергей Кузнецов;Мария Волкова;Олег Зайцев;Нина Белова;Павел Громов;"
    "Анна Лосева;Юрий Котов;Вера Орлова"
).split(";")
SPANISH = (
    "María García López;José Luis Pérez;Carmen Ruiz;Ana Belén Ortega;Iker Etxeberria;Nerea Zabala;"
    "Xabier Otegi;Lucía Soto;Pau Ferrer;Blai Puig"
).split(";")
INDIAN = (
    "Venkatesh Iyer;Lakshmi Narayanan;Gurpreet Dhaliwal;Ishita Banerjee;Anirudh Raghavan;"
    "Zoya Merchant;Farhan Qureshi;Deepti Kulkarni;Manoj Bhatt;Kavya Pillai"
).split(";")
DUTCH = (
    "Sjoerd van den Berg;Femke de Boer;Joost Hoekstra;Maaike Dijkstra;Wouter Postma;Ilse Kuipers;"
    "Bram Veenstra;Lotte Zijlstra;Tjeerd Boonstra;Sanne Wiersma"
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


def german_day(n: int) -> str:
    return f"{n % 28 + 1:02}.{n % 12 + 1:02}.2024"


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
        prepared = prepare(path, ask=first, show_personal=show_personal, with_pairs=True)
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

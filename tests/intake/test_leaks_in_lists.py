"""Lists of customers full of people: what is found of them, pairs of records and all, shows nobody.

Each list has everybody twice, so that there are pairs; everything that leaves is searched for what is personal.
"""

from __future__ import annotations

import pytest
from nasty import AMERICAN, BORN, CHINESE, GERMAN, MOBILES, RARE, STREETS, Nasty, leaks, outputs, parts, write

from crmlib.intake.prepare import prepare


def number(n: int) -> str:
    return f"{5001 + n}"


def first(names: list[str]) -> list[str]:
    return [name.split()[0] for name in names]


def last(names: list[str]) -> list[str]:
    return [name.split()[-1] for name in names]


MAILS = [f"{name.replace(' ', '.').lower()}@example.com" for name in AMERICAN]
LISTS = {
    "shop": Nasty(
        {
            "Customer ID": number,
            "First Name": first(AMERICAN),
            "Last Name": last(AMERICAN),
            "Email": MAILS,
            "Default Address Address1": STREETS,
            "Phone": [f"+1512555{1000 + 137 * n}" for n in range(10)],
            "Total Spent": lambda n: f"{20 + 3.7 * n:.2f}",
            "Total Orders": lambda n: n % 4,
            "Note": [f"call {name}, please" for name in AMERICAN],
        },
        [*parts(AMERICAN), *MAILS, *STREETS, "512555"],
    ),
    "register": Nasty(
        {
            "Kundennr": number,
            "Vorname": [name.split(", ")[1] for name in GERMAN],
            "Name": [name.split(", ")[0] for name in GERMAN],
            "Straße": [street.split()[0] for street in STREETS],
            "Hausnr": [street.split()[1] for street in STREETS],
            "Telefon": [f"0228 55{n}90{n}1" for n in range(10)],
            "Geburtsdatum": BORN,
        },
        [
            *(word for name in GERMAN for word in name.split(", ") if len(word) > 3),
            "Hafenstr",
            "Lindenweg",
            *BORN,
            "0228",
        ],
        sep=";",
    ),
    "members": Nasty(
        {
            "客户手机号": MOBILES,
            "客户昵称": [f"小{name[-1]}{n}" for n, name in enumerate(CHINESE)],
            "客户姓名": CHINESE,
            "收货地址": [f"浙江省宁波市海曙区中山路{n + 11}号" for n in range(10)],
            "客户积分": lambda n: f"{100 + 7 * n}",
        },
        [*CHINESE, *MOBILES, "中山路"],
        encoding="gb18030",
    ),
    "known by mail": Nasty({"Email": MAILS, "Name": AMERICAN, "City": ["Austin"] * 10}, [*MAILS, *parts(AMERICAN)]),
    "rare names alone": Nasty({"Name": RARE}, parts(RARE)),
}


@pytest.mark.parametrize("speech", ["en", "zh"])
@pytest.mark.parametrize("name", LISTS)
def test_nobody_is_seen(name, speech, tmp_path):
    assert leaks(LISTS[name]._replace(times=2, file="list.csv"), tmp_path, speech) == []


@pytest.mark.parametrize("name", LISTS)
def test_the_search_finds_them_where_they_are_asked_for(name, tmp_path):
    """Proof that the test above can fail; and that the list was taken as one, with pairs where numbers differ."""
    path = write(LISTS[name]._replace(times=2, file="list.csv"), tmp_path)
    found = outputs(path, "en", show_personal=True)
    assert [secret for secret in LISTS[name].secrets if secret in found["table customers"]]
    tables = prepare(path, with_pairs=True).tables
    if name != "known by mail":  # whose number is their mail: there is one record for each
        pairs = tables["record_pairs"]
        assert len(pairs[pairs.iloc[:, 5:].eq("agree").any(axis=1)]) >= 10

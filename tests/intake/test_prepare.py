"""From a file nobody has seen to tables: what is drafted, asked, kept beside the data and used again."""

import io
import os
import tomllib
from pathlib import Path

import pytest

from crmlib.datasets import load_data
from crmlib.files.places import ROOT
from crmlib.intake import prepare as preparing
from crmlib.intake.conventions import Choice, OpenQuestion, Undecided
from crmlib.intake.load import load_path
from crmlib.intake.prepare import prepare
from crmlib.kit.prepared import prepare_data

PLAIN = "customer_id,order_date,amount\nc1,2024-01-31,10.50\nc2,2024-02-01,20.00\n"
NAMED = "Kunde,Bestelldatum,Betrag\nc1,2024-01-31,10.50\nc2,2024-02-01,20.00\n"
# Day or month first? Nothing in it says so.
OPEN = "Kunde,Bestelldatum,Betrag\nc1,03/04/2024,10.50\nc2,05/06/2024,20.00\n"
# And what is the point in 1.250? Two questions.
OPEN_TWICE = "Kunde,Bestelldatum,Betrag\nc1,03/04/2024,1.250\nc2,05/06/2024,2.500\n"


@pytest.fixture
def put(tmp_path):
    def put(text, name="orders.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


def mapping_of(path):
    return path.with_name(f"{path.name}.mapping.toml")


def pick(**wanted):
    """Answers a question by its key; counts what it was asked."""

    def ask(question):
        asked.append(question.key)
        return next((choice for choice in question.choices if choice.value == wanted.get(question.key)), None)

    asked = ask.asked = []
    return ask


def first_choice(question):
    return question.choices[0]


def test_the_kit_s_own_data_need_no_mapping():
    prepared = prepare_data("cdnow")
    assert (prepared.mapping, prepared.path, prepared.is_drafted) == ({}, None, False)
    assert len(prepared.tables["transactions"]) == 6_919


def test_names_that_are_ours_leave_nothing_beside_the_file(put):
    path = put(PLAIN)
    prepared = prepare(path)
    assert (prepared.path, prepared.is_drafted) == (None, False)
    assert list(path.parent.iterdir()) == [path]


def test_other_names_are_drafted_kept_and_used_again(put):
    path = put(NAMED)
    first = prepare(path)
    assert (first.path, first.is_drafted) == (mapping_of(path), True)
    kept = first.path.read_bytes()
    assert tomllib.loads(kept.decode())["transactions"]["columns"] == {
        "customer_id": "Kunde",
        "order_date": "Bestelldatum",
        "amount": "Betrag",
    }
    again = prepare(path)
    assert (again.path, again.is_drafted) == (mapping_of(path), False)
    assert again.path.read_bytes() == kept
    assert again.tables["transactions"].equals(first.tables["transactions"])


def test_what_a_person_wrote_into_the_mapping_stays(put):
    path = put(NAMED.replace("Betrag", "Betrag,Netto").replace("10.50", "10.50,8.82").replace("20.00", "20.00,16.81"))
    prepare(path)
    mapping = mapping_of(path)
    mapping.write_text(
        "# net of tax, says Ms Wang\n" + mapping.read_text(encoding="utf-8").replace('"Betrag"', '"Netto"'),
        encoding="utf-8",
    )
    written = mapping.read_bytes()
    prepared = prepare(path)
    assert prepared.tables["transactions"]["amount"].tolist() == [8.82, 16.81]
    assert mapping.read_bytes() == written


def test_a_question_nobody_answers_is_an_error_that_prints_the_lines(put):
    path = put(OPEN)
    with pytest.raises(
        ValueError, match="(?s)Take the # from one of these lines in orders.csv.mapping.toml:.*order_date = "
    ) as raised:
        prepare(path)
    text = mapping_of(path).read_text(encoding="utf-8")
    lines = [line.split("  #")[0].strip() for line in str(raised.value).splitlines() if line.startswith("  order_date")]
    assert len(lines) == 2
    for line in lines:
        assert f"# {line}" in text  # what the error prints stands in the file, to be uncommented
    tomllib.loads(text)


@pytest.mark.parametrize(("order", "month"), [("day first", 4), ("month first", 3)])
def test_an_answer_is_used_and_kept_and_not_asked_again(put, order, month):
    path, ask = put(OPEN), pick(order_date=order)
    first = prepare(path, ask=ask)
    assert ask.asked == ["order_date"]
    assert first.tables["transactions"]["order_date"].dt.month.tolist() == [month, month + 2]
    again = prepare(path, ask=ask)
    assert ask.asked == ["order_date"]
    assert again.tables["transactions"].equals(first.tables["transactions"])


def test_every_question_is_asked_once(put):
    path, ask = put(OPEN_TWICE), pick(order_date="day first", amount=",")
    prepared = prepare(path, ask=ask)
    assert sorted(ask.asked) == ["amount", "order_date"]
    assert prepared.tables["transactions"]["amount"].tolist() == [1250, 2500]


def test_answers_given_before_one_is_refused_are_not_lost(put):
    path, ask = put(OPEN_TWICE), pick(order_date="day first")  # of the amounts the person knows nothing
    with pytest.raises(ValueError, match="amount"):
        prepare(path, ask=ask)
    later = pick(amount=".")
    assert prepare(path, ask=later).tables["transactions"]["amount"].tolist() == [1.25, 2.5]
    assert (ask.asked, later.asked) == (["order_date", "amount"], ["amount"])


def test_a_folder_that_may_not_be_written_to_is_no_obstacle(put, monkeypatch):
    path = put(NAMED)

    def refuse(*_):
        raise PermissionError("read only")

    monkeypatch.setattr(preparing, "write_mapping", refuse)
    prepared = prepare(path)
    assert (len(prepared.tables["transactions"]), prepared.path, prepared.is_drafted) == (2, None, False)
    with pytest.raises(
        ValueError, match="Nothing can be written beside the data. Write one of these lines into a file"
    ):
        prepare(put(OPEN, "open.csv"))
    mine = put('[transactions.columns]\ncustomer_id = "Kunde"\n', "mine.toml")
    with pytest.raises(ValueError, match="Write one of these lines into mine.toml:"):
        prepare(path.with_name("open.csv"), mapping=mine)


def test_a_name_too_long_for_a_mapping_beside_it_is_no_obstacle(put):
    path = put(NAMED, "x" * 246 + ".csv")
    prepared = prepare(path)
    assert (len(prepared.tables["transactions"]), prepared.path) == (2, None)
    assert len(load_data(path, mapping=prepared.mapping)[0]["transactions"]) == 2
    with pytest.raises(ValueError, match="Nothing can be written beside the data"):
        prepare(put(OPEN, "y" * 246 + ".csv"))
    with pytest.raises(FileNotFoundError, match="there is none at"):
        prepare(path.with_name("z" * 300))
    kept = prepare(put(NAMED, "x" * 230 + ".csv"))
    assert kept.path == mapping_of(path.with_name("x" * 230 + ".csv")) and kept.path.exists()


def test_a_mapping_lies_beside_the_path_that_was_named(put, tmp_path):
    target = put(NAMED, "far/orders.csv")
    link = tmp_path / "link.csv"
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("links need a permission here")
    prepared = prepare(link)
    assert prepared.path == mapping_of(link) and prepared.path.exists() and not mapping_of(target).exists()
    assert len(load_data(link)[0]["transactions"]) == 2
    again = prepare(link)
    assert (again.path, again.is_drafted) == (mapping_of(link), False)
    with pytest.raises(ValueError, match="customer_id"):
        load_data(target)


def test_a_file_is_looked_at_once_and_read_once(tmp_path, monkeypatch):
    path = tmp_path / "shop-export.csv"
    path.write_bytes((ROOT / "docs" / "example" / "shop-export.csv").read_bytes())
    opened, open_it = [], io.open

    def count(file, *rest, **more):
        opened.append(Path(str(file)).name)
        return open_it(file, *rest, **more)

    monkeypatch.setattr(io, "open", count)
    monkeypatch.setattr("builtins.open", count)
    assert prepare(path, ask=first_choice).path.exists()
    assert opened.count(path.name) == 2
    opened.clear()
    prepare(path)
    assert (opened.count(path.name), opened.count(f"{path.name}.mapping.toml")) == (2, 1)
    opened.clear()
    twice = tmp_path / "twice.csv"
    twice.write_text(OPEN_TWICE, encoding="utf-8")
    opened.clear()
    prepare(twice, ask=first_choice)
    assert opened.count("twice.csv") == 3  # looked at once, read before the questions and after


@pytest.mark.parametrize("n_questions", [3, 19])
def test_a_person_may_be_asked_many_times_but_not_for_ever(put, monkeypatch, n_questions):
    """Each question comes alone here, as those of a sheet, an encoding and several columns may."""
    path, asked = put(PLAIN), []

    def load(*given, **more):
        if len(asked) < n_questions:
            choice = Choice(".", "a point")
            raise Undecided(OpenQuestion("transactions", "decimal", "amount", "Which?", (choice,)))
        return load_path(*given, **more)

    monkeypatch.setattr(preparing, "load_path", load)
    prepared = prepare(path, ask=lambda question: asked.append(question) or question.choices[0])
    assert len(asked) == n_questions and len(prepared.tables["transactions"]) == 2
    asked.clear()
    n_questions = 10**6
    with pytest.raises(RuntimeError, match="asked again and again"):
        prepare(path, ask=lambda question: asked.append(question) or question.choices[0])
    assert len(asked) == preparing.MOST_ROUNDS


def test_a_mapping_elsewhere_serves_many_files_and_is_not_drafted_beside_them(put):
    prepare(put(NAMED, "january.csv"))
    mapping = mapping_of(put(NAMED, "january.csv"))
    elsewhere = mapping.rename(mapping.parent / "ours.toml")
    other = put(NAMED.replace("c2", "c3"), "february.csv")
    prepared = prepare(other, mapping=elsewhere)
    assert prepared.path == elsewhere and not mapping_of(other).exists()
    with pytest.raises(ValueError, match="there is none at 'nowhere.toml'"):
        prepare(other, mapping="nowhere.toml")


def test_a_mapping_of_columns_that_are_gone_says_which(put):
    path = put(NAMED)
    prepare(path)
    put(NAMED.replace("Betrag", "Summe"))
    with pytest.raises(ValueError, match=r"no \['Betrag'\]"):
        prepare(path)


def test_a_folder_has_one_mapping_for_all_its_tables(put, tmp_path):
    put(NAMED, "shop/transactions.csv")
    put("Kunde,Stadt\nc1,Köln\nc2,Bonn\n", "shop/customers.csv")
    prepared = prepare(tmp_path / "shop")
    assert prepared.path == tmp_path / "shop" / "mapping.toml"
    assert prepared.mapping["customers"]["columns"]["customer_id"] == "Kunde"
    assert set(prepared.tables) == {"transactions", "customers"}


def test_what_is_personal_is_masked_unless_asked_for(put):
    path = put(PLAIN.replace("c1", "13800138000").replace("c2", "13900139000"))
    assert prepare(path).tables["transactions"]["customer_id"].str.startswith("customer-").all()
    assert prepare(path, show_personal=True).tables["transactions"]["customer_id"].tolist() == [
        "13800138000",
        "13900139000",
    ]


def test_the_data_are_never_touched(put):
    path = put(NAMED)
    os.utime(path, (1, 1))
    prepare(path)
    assert path.read_text(encoding="utf-8") == NAMED and path.stat().st_mtime == 1


def test_a_home_folder_may_be_meant(put, monkeypatch):
    path = put(PLAIN)
    monkeypatch.setenv("HOME", str(path.parent))
    monkeypatch.setenv("USERPROFILE", str(path.parent))
    assert len(prepare(Path("~") / path.name).tables["transactions"]) == 2

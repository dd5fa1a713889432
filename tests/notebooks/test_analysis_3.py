"""The analysis of chapter 3 goes on for any ledger, says what it leaves out, grades nobody of whom little is known."""

import copy
import re

import analyses
import numpy as np
import pandas as pd
import pytest
from analyses import orders, read_cells, run_cells, skipped, texts

from crmlib import credit, datasets, language, ledger, receivables, scorecard
from crmlib.files.places import SOURCES
from crmlib.lesson import findings

SOURCE = SOURCES / "3-credit-rating" / "analysis.py"
NO_NUMBER = re.compile(r"\b(nan|inf|NaT|None)\b|–(?! \d)|∞")

ACT, AGES, PAY = "Whom to act on", "How old is what they owe?", "How do they pay?"
STATEMENTS, REVIEWS, GRADES = "Points from statements", "Points from the sellers' reviews", "The grades"
LIMITS, MOVES = "Limits and terms", "Who moved since the quarter before?"
TEST, LOSS = "Does the card tell who ceases to pay?", "What is expected to be lost?"
NO_GRADES = {GRADES, LIMITS, MOVES, TEST, LOSS}
ONLY_LEDGER = NO_GRADES | {STATEMENTS, REVIEWS}
NOTHING_OWED = {ACT, AGES}


def bills(n_customers, n_each, *, seed=1, start="2024-01-01", n_days=700, late=5, unpaid=0.1, end="2025-12-31"):
    """A ledger: invoices of a term of 30 days, paid some days late, some never; those after the end are open."""
    rng, n = np.random.default_rng(seed), n_customers * n_each
    made = pd.Timestamp(start) + pd.to_timedelta(rng.integers(0, n_days, n), unit="D")
    due = made + pd.Timedelta(days=30)
    paid = pd.Series(due + pd.to_timedelta(np.round(rng.gamma(1, late, n) - 3).astype(int), unit="D"))
    return pd.DataFrame(
        {
            "invoice_id": [f"I{i:06}" for i in range(n)],
            "customer_id": np.repeat([f"K{i:04}" for i in range(n_customers)], n_each),
            "invoice_date": made,
            "due_date": due,
            "amount": np.round(rng.lognormal(6, 1, n), 2),
            "paid_date": paid.where((rng.random(n) > unpaid) & (paid <= pd.Timestamp(end))),
        }
    )


def all_paid(table):
    return table.assign(paid_date=table["due_date"])


OPEN = bills(30, 4, start="2025-09-01", n_days=120).drop(columns="paid_date")
TINY = {
    "three customers": (bills(3, 8), ONLY_LEDGER),
    "one customer": (bills(1, 9, unpaid=0.5), ONLY_LEDGER),
    "one invoice": (bills(1, 1, unpaid=1), ONLY_LEDGER | {PAY}),
    "all paid": (all_paid(bills(40, 12)), ONLY_LEDGER | NOTHING_OWED),
    "nothing paid": (bills(40, 12, unpaid=1), ONLY_LEDGER | {PAY}),
    "open items": (OPEN, ONLY_LEDGER | {PAY}),
    "open items without their days": (OPEN.drop(columns="invoice_date"), ONLY_LEDGER | {PAY}),
    "nothing overdue": (
        (table := bills(30, 10, unpaid=0)).assign(
            paid_date=table["due_date"].where(table["due_date"] < table["invoice_date"].max())
        ),
        ONLY_LEDGER,
    ),
    "credit notes": (bills(30, 10).assign(amount=lambda t: t["amount"].where(t.index % 10 > 0, -5.0)), ONLY_LEDGER),
    "each twice": (pd.concat([bills(40, 12)] * 2), ONLY_LEDGER),
    "a payment in the far future": (
        bills(60, 12).assign(paid_date=lambda t: t["paid_date"].mask(t.index == 3, pd.Timestamp("2052-01-01"))),
        ONLY_LEDGER,
    ),
    "short": (bills(40, 3, n_days=60), ONLY_LEDGER),
}  # fmt: skip


@pytest.fixture(scope="module")
def company():
    """The tables of the teaching company that the analysis reads, but for the orders, which are long."""
    tables = datasets.load_teaching_company()
    return {name: tables[name] for name in ("invoices", "statements", "credit_reviews", "customers")}


@pytest.fixture
def of_company(analyze, company):
    """The analysis of the teaching company, some tables left out or changed."""

    def run(*without, change=None, **parameters):
        tables = {name: table for name, table in company.items() if name not in without} | (change or {})
        return analyze(tables, **parameters)

    return run


@pytest.fixture(scope="module")
def usual(company, tmp_path_factory):
    """The analysis of the teaching company as it comes, once: marks, names, and the folder of its tables."""
    folder = tmp_path_factory.mktemp("usual")
    with pytest.MonkeyPatch.context() as patch, language.speaking("en"):
        marks, names = run_cells(SOURCE, folder, company, patch)
    return marks, names, folder / "out" / "tables"


def headline(marks):
    return next(mark for mark in marks if mark["kind"] == "headline")


def said(marks, start):
    return next((text for text in texts(marks) if text.startswith(start)), None)


# --- any ledger ---


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("name", TINY)
def test_the_notebook_goes_on_and_says_what_it_leaves_out(analyze, name, spoken):
    table, expected = TINY[name]
    marks, _ = analyze({"invoices": table}, language=spoken)
    language.use(spoken)
    assert set(skipped(marks)) == {language.t(section) for section in expected}
    answer = headline(marks)["answer"]
    assert 2 <= len(answer) <= 5
    assert not [text for text in (*texts(marks), *answer) if NO_NUMBER.search(text)]


def test_cells_are_short():
    assert [cell.source for cell in read_cells(SOURCE) if len(cell.source.splitlines()) > 20] == []


def test_a_ledger_is_what_it_takes(analyze):
    with pytest.raises(ValueError, match="data must have invoices to be analyzed; it has transactions"):
        analyze(orders(["a"], ["2024-05-05"], [10.0]))


def test_a_ledger_of_credit_notes_alone_is_refused(analyze):
    with pytest.raises(ValueError, match="at least one invoice"):
        analyze({"invoices": bills(20, 5).assign(amount=-5.0)})


def test_names_out_of_the_data_neither_run_nor_break_a_sentence(analyze, tmp_path):
    names = ["<script>alert(1)</script>", "=HYPERLINK(1)", "{brace}", "100%", "$5 & $6"]
    table = bills(5, 10, unpaid=0.5)
    marks, _ = analyze({"invoices": table.assign(customer_id=np.repeat(names, 10))})
    act = next(mark for mark in marks if mark["kind"] == "act_on")
    assert {row[0] for row in act["rows"]} <= set(names)
    kept = (tmp_path / "out" / "tables" / "3-act-on.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in kept and ",=HYPERLINK" not in kept and "\n=HYPERLINK" not in kept


# --- what is owed, and whom to act on ---


def test_the_answer_says_what_is_owed_and_overdue(analyze):
    table = bills(40, 12)
    marks, names = analyze({"invoices": table})
    day = names["rating_day"]
    assert names["as_of"] == max(table["invoice_date"].max(), table["paid_date"].max())
    assert day == names["as_of"] + pd.Timedelta(days=1)
    is_open = ~(table["paid_date"] < day) & (table["invoice_date"] < day)
    late = is_open & (table["due_date"] < day)
    values = {fact["name"]: fact["value"] for fact in headline(marks)["facts"]}
    assert values["owed"] == pytest.approx(table.loc[is_open, "amount"].sum())
    assert values["overdue"] == pytest.approx(table.loc[late, "amount"].sum())
    very = table.loc[late & (table["due_date"] < day - pd.Timedelta(days=90)), "amount"].sum()
    assert f"{very:,.0f} for more than 90 days" in headline(marks)["answer"][0]


def test_a_list_of_open_items_says_from_which_day_it_is_looked_at(analyze):
    last, later = OPEN["invoice_date"].max(), "2026-06-30"
    said = f"looked at from {last.date()}, the last on which an invoice was made"
    assert any(said in text for text in texts(analyze({"invoices": OPEN})[0]))
    for marks, _ in (analyze({"invoices": OPEN}, as_of=later), analyze({"invoices": bills(40, 12)})):
        assert not any("does not say of which day" in text for text in texts(marks))


def test_what_is_due_on_the_last_day_is_overdue_at_its_end_and_that_is_said(analyze):
    table = bills(40, 12)
    last = max(table["invoice_date"].max(), table["paid_date"].max())
    place = table.index[table["paid_date"].isna() & (table["invoice_date"] < last)][0]
    said = f"Due on {last.date()} itself, and not paid by its end: 1 invoice"
    is_due_now = table["paid_date"].isna() & (table["due_date"] == last)
    table.loc[is_due_now, "due_date"] -= pd.Timedelta(days=1)
    assert not any("itself, and not paid by its end" in text for text in texts(analyze({"invoices": table})[0]))
    marks, names = analyze({"invoices": table.assign(due_date=table["due_date"].mask(table.index == place, last))})
    assert any(said in text for text in texts(marks))
    found = ledger.measure_ledger(names["bills"], as_of=last)
    assert (found["owed"], found["overdue"]) == pytest.approx((names["total"], names["overdue"]))


@pytest.mark.parametrize(
    ("paid", "said"),
    [("due", "nobody owes anything"), ("late", "none of it is overdue"), ("never", "of it is overdue")],
)
def test_what_is_nought_is_said_in_words(analyze, paid, said):
    table = bills(10, 6, unpaid=0)
    last = table["invoice_date"].max()
    table["paid_date"] = {
        "due": table["due_date"],
        "late": table["due_date"].where(table["due_date"] < last - pd.Timedelta(days=1)),
        "never": table["due_date"].where(table["due_date"] < last - pd.Timedelta(days=20)),
    }[paid]
    answer = headline(analyze({"invoices": table}, as_of=str(last.date()) if paid != "due" else None)[0])["answer"][0]
    assert said in answer and "more than 90" not in answer


def test_the_list_is_sorted_by_what_is_at_stake_and_kept(usual):
    marks, names, folder = usual
    act = next(mark for mark in marks if mark["kind"] == "act_on")
    kept = pd.read_csv(folder / "3-act-on.csv", index_col="customer_id")
    assert len(kept) == act["n_all"] > 100
    assert kept["at_stake"].is_monotonic_decreasing
    owed = receivables.owed_by_customer(names["bills"], as_of=names["rating_day"])
    assert (kept["at_stake"] <= owed["owed"].reindex(kept.index) + 1e-6).all()
    assert set(kept.loc[kept["overdue_days"] > 90, "what_to_do"]) == {"stop delivery"}
    is_worst = (kept["grade"] == "C") & (kept["overdue_days"] <= 90)
    assert set(kept.loc[is_worst, "what_to_do"]) == {"cash first"}
    late = owed.index[owed["overdue_amount"] > 0]
    assert late.difference(kept.index).empty
    assert kept["why"].str.len().min() > 10


def test_who_is_not_rated_is_asked_for_what_lacks_and_for_nothing_else(usual):
    _, names, _ = usual
    todo = names["act_on"]["what_to_do"].astype(str)
    rated = names["rated"].loc[todo.index]
    asked, told = todo[todo == "ask for statements"].index, todo[todo == "fill in the review"].index
    waited = todo[todo == "watch the next payment"].index
    assert len(asked) and len(waited)
    assert rated.loc[asked, "statement_age_days"].isna().all()
    assert rated.loc[told, "statement_age_days"].notna().all() and rated.loc[told, "review_age_days"].isna().all()
    assert rated.loc[waited, ["statement_age_days", "review_age_days"]].notna().all(axis=None)


@pytest.mark.parametrize("shown", [False, True])
def test_names_stand_there_only_where_they_are_asked_for(of_company, company, shown):
    marks, names = of_company(show_personal=shown)
    assert ("name" in names["act_on"]) == shown
    rows = next(mark for mark in marks if mark["kind"] == "act_on")["rows"]
    first = company["customers"].set_index("customer_id")["name"][rows[0][0]]
    assert (first in rows[0]) == shown


# --- grades ---


def test_the_grades_are_those_of_the_day_after_the_last_that_counts(of_company, company):
    marks, names = of_company(as_of="2025-09-30")
    card = scorecard.load_scorecard("default")
    expected = credit.rate_customers(company, card, as_of="2025-10-01")
    pd.testing.assert_series_equal(names["rated"]["grade"], expected["grade"])
    owed = receivables.owed_by_customer(company["invoices"], as_of="2025-10-01")["owed"].sum()
    assert headline(marks)["facts"][0]["value"] == pytest.approx(owed)
    assert "They are not counted" in said(marks, "Invoices made after 2025-09-30")


def test_what_is_recorded_later_changes_nothing_but_the_two_sentences_on_it(of_company, company):
    day = pd.Timestamp("2025-06-30")
    early = {"customers": company["customers"]}
    early["invoices"] = company["invoices"][company["invoices"]["invoice_date"] <= day].copy()
    for name in ("paid_date", "written_off_date"):
        early["invoices"][name] = early["invoices"][name].where(early["invoices"][name] <= day)
    for name in ("statements", "credit_reviews"):
        early[name] = company[name][company[name]["recorded_date"] <= day]
    both = [of_company(change=tables, as_of="2025-06-30")[0] for tables in (None, early)]
    assert headline(both[0]) == headline(both[1])
    later = ("Invoices made after", "Payments dated after")
    findings = [[text for text in texts(marks) if not text.startswith(later)] for marks in both]
    assert findings[0] == findings[1]
    acts = [next(mark for mark in marks if mark["kind"] == "act_on") for marks in both]
    assert acts[0] == acts[1]


def test_without_statements_and_reviews_nobody_is_graded_and_it_is_said_what_a_smaller_card_would_do(of_company):
    marks, names = of_company("statements", "credit_reviews")
    assert set(skipped(marks)) == ONLY_LEDGER
    assert "grade" not in names["act_on"]
    answer = headline(marks)["answer"]
    assert "There are no grades: of no customer more than 45% of the points" in answer[1]
    assert "was paid in time" in answer[2]
    assert "4 items of 20, 45 of 100 points: set scorecard to" in said(marks, "The ledger alone could give grades")


def test_the_smaller_card_is_used_if_it_is_chosen_and_called_so(of_company):
    marks, names = of_company("statements", "credit_reviews", scorecard="payments")
    assert set(skipped(marks)) == {STATEMENTS, REVIEWS}
    assert len(names["card"].items) == 4
    assert names["rated"]["grade"].astype(str).isin(["A", "B", "C", "not rated"]).all()  # no veto is known not to hold
    assert "no grade above A is given" in said(marks, "Graded by 4 items of 20 alone")


def test_without_statements_alone_the_rest_is_graded(of_company):
    marks, names = of_company("statements")
    assert set(skipped(marks)) == {STATEMENTS}
    assert names["is_rated"].sum() > 50


def test_a_scorecard_of_ones_own_is_read(of_company, tmp_path):
    path = scorecard.copy_scorecard("35-35-30", tmp_path / "mine.toml")
    marks, names = of_company(scorecard=str(path))
    assert names["card"].id == "mine" and len(names["card"].classes) == 3
    assert "the scorecard" not in said(marks, "As the notebook comes")


def test_points_by_class_and_by_item_add_up_to_those_of_the_customer(usual):
    _, names, folder = usual
    items = pd.read_csv(folder / "3-points.csv")
    listed = pd.read_csv(folder / "3-rated-customers.csv", index_col="customer_id")
    points = names["rated"]["points"]
    by_item = items.groupby("customer_id")["points"].sum().reindex(points.index)
    np.testing.assert_allclose(by_item, points)
    by_class = listed.filter(regex="_points$").sum(axis=1).reindex(points.index)
    np.testing.assert_allclose(by_class, points)
    assert len(items) == 20 * len(points)
    assert items["customer_id"].drop_duplicates().tolist() == listed.index.tolist()  # who owes most first


def test_of_a_large_book_whoever_is_farthest_above_the_limit_is_shown(company, tmp_path, monkeypatch):
    monkeypatch.setattr(findings, "MOST_IN_CSV", 50)
    monkeypatch.setattr(findings, "N_BEST", 40)
    _, names = run_cells(SOURCE, tmp_path, company, monkeypatch)
    folder = tmp_path / "out" / "tables"
    limits = pd.read_parquet(folder / "3-limits.parquet")
    assert len(limits) == len(names["limits"])
    shown = pd.read_csv(folder / "3-limits.csv", index_col="customer_id")
    assert shown["above_limit"].tolist() == limits["above_limit"].nlargest(40).tolist()
    points = pd.read_parquet(folder / "3-points.parquet")
    assert points.equals(names["explained"].loc[names["listed"].index])
    shown = pd.read_csv(folder / "3-points.csv")
    assert shown["customer_id"].unique().tolist() == names["listed"].index[:2].tolist()  # 20 items each


def test_of_very_many_customers_some_are_told_item_by_item_and_the_points_of_all_are_written(
    company, usual, tmp_path, monkeypatch
):
    cells = copy.deepcopy(read_cells(SOURCE))
    for cell in cells:
        cell.source = cell.source.replace("MOST_TOLD = 20_000", "MOST_TOLD = 60")
    monkeypatch.setattr(analyses, "read_cells", lambda source: cells)
    marks, names = run_cells(SOURCE, tmp_path, company, monkeypatch)
    folder, whole = tmp_path / "out" / "tables", usual[2]
    told = pd.read_csv(folder / "3-points.csv").set_index(["customer_id", "item"])
    listed, who = names["listed"].index, told.index.unique("customer_id")
    first = {*listed[:30], *names["act_on"].index[:30]}
    assert who.tolist() == [one for one in listed if one in first]
    assert 30 < len(who) < len(listed)
    known = pd.read_csv(whole / "3-points.csv").set_index(["customer_id", "item"])
    assert told.equals(known.loc[who])
    points = pd.read_csv(folder / "3-item-points.csv", index_col="customer_id")
    assert points.index.equals(listed)
    pd.testing.assert_frame_equal(points, known["points"].unstack().loc[listed, points.columns], check_names=False)
    text = f"has the {len(who)} customers who owe most or come first on the list to act on; 3-item-points"
    assert text in said(marks, "Item by item") and said(usual[0], "Item by item") is None
    for name in ("3-rated-customers", "3-not-known", "3-grades"):
        assert (folder / f"{name}.csv").read_bytes() == (whole / f"{name}.csv").read_bytes()


def test_money_by_grade_adds_up(usual):
    marks, names, folder = usual
    grades = pd.read_csv(folder / "3-grades.csv", index_col="grade")
    values = {fact["name"]: fact["value"] for fact in headline(marks)["facts"]}
    assert grades["owed"].sum() == pytest.approx(values["owed"])
    assert grades["above_limit"].sum() == pytest.approx(values["above_limit"])
    assert grades["n_customers"].sum() == len(names["rated"])
    assert grades.loc["not rated", "above_limit"] == 0  # their money is told apart


# --- who moved, who ceased to pay, what is lost ---


def test_moves_count_everybody_once(usual):
    _, names, _ = usual
    everyone = names["before"].index.union(names["rated"].index)
    assert names["moves"].to_numpy().sum() == len(everyone)
    assert names["moves"].loc["new"].sum() == len(names["rated"].index.difference(names["before"].index))


def test_a_year_decides_whether_the_card_tells_who_ceases_to_pay(usual):
    marks, names, _ = usual
    followed = names["followed"]
    assert names["year_before"] == pd.Timestamp("2025-01-01")
    assert (names["state"][followed.index] != "in default").all()
    assert said(marks, "The score predicts") and names["verdict"] == "predicts"
    scored = names["scored"]
    good, bad = (scored.loc[scored["is_default"] == one, "score"].to_numpy() for one in (False, True))
    ahead = good[:, None] - bad
    auc = (ahead > 0).mean() + 0.5 * (ahead == 0).mean()
    assert f"AUC {auc:.2f}" in said(marks, "Rated on 2025-01-01")


def test_of_few_defaults_there_is_no_verdict_and_no_loss(of_company, company):
    invoices = company["invoices"]
    late = (invoices["paid_date"] - invoices["due_date"]).dt.days
    is_bad = ~(late <= 90)
    keep = invoices.loc[is_bad, "customer_id"].drop_duplicates().sort_values().iloc[::12]
    few = invoices[
        ~invoices["customer_id"].isin(invoices.loc[is_bad, "customer_id"]) | invoices["customer_id"].isin(keep)
    ]
    marks, names = of_company(change={"invoices": few})
    assert 0 < names["n_defaults"] < 10
    assert {TEST, LOSS} <= set(skipped(marks))
    reason = next(mark["text"] for mark in marks if mark["kind"] == "skipped" and mark["section"] == TEST)
    assert "with fewer than 10 of a kind no verdict is given" in reason
    assert any("cannot be told" in text for text in headline(marks)["answer"])


def test_a_short_ledger_says_how_long_it_would_have_to_be(of_company, company):
    recent = company["invoices"][company["invoices"]["invoice_date"] >= "2025-03-01"]
    old = recent.head(1).assign(
        invoice_id="R0", invoice_date="2015-03-02", due_date="2015-04-01"
    )  # one item is no history
    old[["invoice_date", "due_date"]] = old[["invoice_date", "due_date"]].apply(pd.to_datetime)
    marks, _ = of_company(change={"invoices": pd.concat([recent, old])})
    assert {TEST, LOSS} <= set(skipped(marks)) and MOVES not in skipped(marks)
    assert any("a ledger of 15 months" in text for text in headline(marks)["answer"])


def test_who_is_in_default_is_counted_so_and_not_by_their_grade(usual):
    _, names, _ = usual
    loss, book = names["loss"], names["book"]
    is_default = book["overdue_days"] > 90
    assert loss.loc["in default", "default_rate"] == 1
    assert loss.loc["in default", "exposure"] == pytest.approx(book.loc[is_default, "owed"].sum())
    assert loss["exposure"].sum() == pytest.approx(names["total"])
    assert names["lowest"] < names["expected"] < names["highest"]


@pytest.mark.parametrize(
    ("given", "has_orders", "says"),
    [
        ({}, True, "from the costs in the orders"),
        ({"margin_rate": 0.1}, True, "at the margin rate you have set"),
        ({}, False, "at a rate of 20%, which is the notebook's default and not yours"),
    ],
)
def test_the_margin_says_where_it_is_from(of_company, company, given, has_orders, says):
    orders_of = company["invoices"].rename(columns={"invoice_date": "order_date"})
    orders_of = orders_of[["customer_id", "order_date", "amount"]].assign(cost=orders_of["amount"] * 0.7)
    marks, names = of_company(change={"transactions": orders_of} if has_orders else None, **given)
    assert says in next(text for text in headline(marks)["answer"] if "expected to be lost" in text)
    rate = names["margin"].sum() / names["sold"].sum()
    assert rate == pytest.approx(given.get("margin_rate", 0.3 if has_orders else 0.2))


def test_a_verdict_on_the_loss_stands_if_one_more_or_one_less_had_paid(of_company):
    marks, names = of_company(margin_rate=0.02)
    surely, perhaps = names["surely"], names["perhaps"]
    assert len(surely) and not set(surely) & set(perhaps)
    assert said(marks, "More is expected to be lost than the margin of a year brings: ")
    assert "in default" not in (*surely, *perhaps)  # that is a fact, no forecast


def test_a_line_of_other_days_moves_who_has_ceased_to_pay(of_company, usual):
    marks, names = of_company(days_late_is_default=30)
    assert names["n_defaults"] > usual[1]["n_defaults"]
    assert "for more than 30 days" in headline(marks)["answer"][0]


# --- what to doubt ---


def test_what_a_rating_cannot_take_is_told(of_company, company):
    table = company["invoices"].copy()
    odd = pd.concat([table, table.head(3), table.head(2).assign(invoice_id=["N1", "N2"], amount=-50.0)])
    review = company["credit_reviews"]
    marks, names = of_company(change={"invoices": odd, "credit_reviews": pd.concat([review, review.head(4)])})
    doubts = texts(marks, "doubt")
    for said_of in (
        "Credit notes that name no invoice here: 2 rows, 100.00",
        "in everything: 3 rows",
        "4 rows of credit reviews",
    ):
        assert sum(said_of in doubt for doubt in doubts) == 1
    assert len(names["bills"]) == len(table)


def test_the_doubts_name_where_the_points_come_from_and_who_owes_a_tenth(usual):
    marks, names, _ = usual
    assert "commonly quoted (M): 56" in said(marks, "Where the 100 points come from")
    biggest = names["owed"]["owed"]
    assert said(marks, f"One customer, {biggest.idxmax()}, owes")
    score, is_scored = names["rated"]["score"], names["rated"]["reason"] == "score"
    n_near = (sum(((score - cut).abs() < 1) & is_scored for cut in (60, 70, 80, 90)) > 0).sum()
    assert f": {n_near} of {is_scored.sum()} (" in said(marks, "Graded by their score and within one point")


def test_a_day_before_the_ledger_begins_is_not_looked_from(analyze):
    marks, names = analyze({"invoices": bills(20, 6)}, as_of="2020-01-31")
    assert names["as_of"] > pd.Timestamp("2024-01-01")
    assert "lies before the ledger begins" in said(marks, "The day asked for")

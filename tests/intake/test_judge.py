"""What the values of columns say: refunds, cancelled orders, currencies, nobody, totals, discounts; and the answers."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmlib import intake
from crmlib.intake import Undecided, sums
from crmlib.language.words import is_nobody, is_total, kind_of_row

N, N_CUSTOMERS = 120, 30


def lines(**more):
    """120 lines of 30 customers, 4 each, whose amounts have cents and are all different; and more columns."""
    numbers = np.arange(N)
    days = pd.Timestamp("2024-01-01") + pd.to_timedelta(numbers * 3 % 360, unit="D")
    frame = {
        "order_id": [f"{1000 + n}" for n in numbers],
        "customer_id": [f"C{n % N_CUSTOMERS:03}" for n in numbers],
        "order_date": days.strftime("%Y-%m-%d"),
        "amount": [f"{10 + n * 1.37:.2f}" for n in numbers],
    }
    return pd.DataFrame(frame | more)


TOTAL = round(sum(10 + n * 1.37 for n in range(N)), 2)
EVERY_TENTH = [n % 10 == 3 for n in range(N)]
TENTHS = round(sum(round(10 + n * 1.37, 2) for n in range(N) if n % 10 == 3), 2)


@pytest.fixture
def read(tmp_path):
    """Read a table as orders, as a mapping says."""

    def read(frame, **mapping):
        path = tmp_path / "sales.csv"
        frame.to_csv(path, index=False)
        return intake.read_transactions(path, mapping=mapping)

    return read


@pytest.fixture
def ask(read):
    """The one question that is asked, its text and its answers by section."""

    def ask(frame, **mapping):
        with pytest.raises(Undecided) as caught:
            read(frame, **mapping)
        (question,) = caught.value.questions
        answers = {section: [choice.value for choice in question.choices_of(section)] for section in question.sections}
        return question.key, question.text, answers

    return ask


def kinds(word, other="sale"):
    return [word if is_one else other for is_one in EVERY_TENTH]


def test_nothing_is_asked_of_plain_orders(read):
    orders, report = read(lines(region=[("North", "South", "East")[n % 3] for n in range(N)]))
    assert len(orders) == N and report.doubts == ()
    assert (report.amount_accepted, report.amount_set_aside) == (pytest.approx(TOTAL), 0)


# --- what was paid back ---


@pytest.mark.parametrize(
    ("column", "word"),
    [
        ("type", "refund"),
        ("类型", "退货"),
        ("Belegart", "Gutschrift"),
        ("anything at all", "Credit note"),
        ("note", "remboursement"),
        ("x", "devolución"),
        ("收/支", "支出"),
    ],
)
def test_refunds_without_a_minus_are_asked_whatever_the_column_is_called(read, ask, column, word):
    frame = lines(**{column: kinds(word)})
    key, text, answers = ask(frame)
    assert key == column
    assert f"{column} says {word} in 12 rows with amounts above zero, {TENTHS:,.2f} in all." in text
    assert answers == {"negative": [[word], []], "keep": [["sale"]]}
    orders, _ = read(frame, negative={column: [word]})
    assert orders["amount"].sum() == pytest.approx(TOTAL - 2 * TENTHS)
    orders, report = read(frame, keep={column: ["sale"]})
    assert (orders["amount"].sum(), report.n_rejected) == (pytest.approx(TOTAL - TENTHS), 12)
    assert set(report.rejected["reason"]) == {f"{column} is none of the values whose rows count"}
    assert set(report.rejected["value"]) == {word}
    orders, _ = read(frame, negative={column: []})
    assert orders["amount"].sum() == pytest.approx(TOTAL)


def test_refunds_with_a_minus_are_not_asked(read):
    frame = lines(type=kinds("refund"))
    frame.loc[EVERY_TENTH, "amount"] = "-" + frame.loc[EVERY_TENTH, "amount"]
    assert read(frame)[0]["amount"].sum() == pytest.approx(TOTAL - 2 * TENTHS)


def test_a_list_of_refunds_only_is_not_asked(read):
    assert len(read(lines(type=["refund"] * N))[0]) == N


def test_of_a_product_the_word_must_be_the_whole_cell(read, ask):
    assert len(read(lines(product_id=kinds("Return gifts", "tea")))[0]) == N
    assert ask(lines(product_id=kinds("Refund", "tea")))[0] == "product_id"


def test_a_column_called_refund_that_says_yes(ask):
    key, text, answers = ask(lines(is_refund=kinds("yes", "no")))
    assert (key, answers["negative"]) == ("is_refund", [["yes"], []])
    assert "is_refund says yes in 12 rows" in text


def test_a_quantity_below_zero_beside_a_positive_amount(read, ask):
    frame = lines(quantity=kinds("-1", "1"))
    key, text, answers = ask(frame)
    assert (key, answers) == ("quantity", {"negative": [["<0"], []]})
    assert read(frame, negative={"quantity": ["<0"]})[0]["amount"].sum() == pytest.approx(TOTAL - 2 * TENTHS)


def test_order_numbers_that_begin_with_c(read, ask):
    frame = lines()
    frame.loc[EVERY_TENTH, "order_id"] = "C" + frame.loc[EVERY_TENTH, "order_id"]
    key, text, answers = ask(frame)
    assert (key, answers) == ("order_id", {"negative": [["C*"], []]})
    assert "begins with C in 12 rows" in text and "such as C1003" in text
    assert read(frame, negative={"order_id": ["C*"]})[0]["amount"].sum() == pytest.approx(TOTAL - 2 * TENTHS)


def test_order_numbers_that_all_begin_so_are_plain(read):
    frame = lines()
    frame["order_id"] = "C" + frame["order_id"]
    assert len(read(frame)[0]) == N


def test_of_two_columns_that_say_the_same_one_is_asked_about(ask):
    assert ask(lines(type=kinds("refund"), quantity=kinds("-1", "1")))[0] == "type"


# --- what came to nothing ---


@pytest.mark.parametrize(
    "word", ["cancelled", "VOID", "交易关闭", "storniert", "test order", "failed", "已取消", "annulé"]
)
def test_orders_that_came_to_nothing_are_asked(read, ask, word):
    frame = lines(state=kinds(word, "paid"))
    key, text, answers = ask(frame)
    assert (key, answers) == ("state", {"keep": [["paid"], "all"]})
    assert f"state says {word} in 12 rows, {TENTHS:,.2f} in all. Do such rows count as sales?" in text
    assert read(frame, keep={"state": ["paid"]})[0]["amount"].sum() == pytest.approx(TOTAL - TENTHS)
    assert read(frame, keep={"state": "all"})[0]["amount"].sum() == pytest.approx(TOTAL)


@pytest.mark.parametrize("word", ["期初余额", "Opening balance", "Saldovortrag"])
def test_opening_balances_are_asked(ask, word):
    assert ask(lines(text=kinds(word, "sale")))[2] == {"keep": [["sale"], "all"]}


def test_the_first_rows_need_not_have_the_word(ask):
    """What a column may say is found in its first rows; the word itself may stand anywhere."""
    frame = pd.concat([lines(type=["sale"] * N)] * 6, ignore_index=True)
    frame["order_id"] = [str(n) for n in range(len(frame))]
    frame.loc[len(frame) - 1, "type"] = "refund"
    assert ask(frame)[0] == "type"


@pytest.mark.parametrize("word", ["not cancelled", "no refund", "未退款", "无退款", "complete", "shipped", "Retail"])
def test_words_that_say_no_such_thing(word):
    assert kind_of_row(word) is None


# --- money of two kinds ---


@pytest.mark.parametrize("column", ["Order Currency", "币种", "whatever"])
def test_two_currencies_are_asked(read, ask, column):
    frame = lines(**{column: kinds("USD", "EUR")})
    key, text, answers = ask(frame)
    assert (key, answers) == (column, {"keep": [["EUR"], ["USD"]]})
    orders, report = read(frame, keep={column: ["USD"]})
    assert (orders["amount"].sum(), report.currency) == (pytest.approx(TENTHS), "USD")


def test_one_currency_is_known_by_its_values(read):
    assert read(lines(whatever=["EUR"] * N))[1].currency == "EUR"


# --- what is to be taken off ---


def discount_of(frame, share=0.1):
    return (frame["amount"].astype(float) * share).round(2)


def test_a_discount_left_out_is_asked_and_taken_off(read, ask):
    frame = lines()
    off = discount_of(frame)
    frame = frame.assign(Discount=off)
    key, text, answers = ask(frame)
    assert (key, answers) == ("Discount", {"subtract": [False, True]})
    assert f"Discount is left out and is not zero in 120 rows, {off.sum():,.2f} in all. Does amount stand" in text
    assert read(frame, subtract={"Discount": True})[0]["amount"].sum() == pytest.approx(TOTAL - off.sum())
    assert read(frame, subtract={"Discount": False})[0]["amount"].sum() == pytest.approx(TOTAL)


def test_a_gross_amount_is_likelier_to_stand_before_it(ask):
    frame = lines().rename(columns={"amount": "gross_amount"})
    frame = frame.assign(Rabatt=(frame["gross_amount"].astype(float) * 0.1).round(2))
    assert ask(frame, columns={"amount": "gross_amount"})[2] == {"subtract": [True, False]}


def test_arithmetic_answers_by_itself(read, ask):
    frame = lines()
    off = discount_of(frame)
    gross = (frame["amount"].astype(float) + off).round(2)
    assert len(read(frame.assign(Discount=off, listprice=gross))[0]) == N
    net = (frame["amount"].astype(float) - off).round(2)
    assert ask(frame.assign(Discount=off, rest=net))[2] == {"subtract": [True, False]}


def test_a_share_is_taken_off_as_one(read, ask):
    frame = lines(discount=["0.1"] * N)
    assert ask(frame)[2] == {"subtract": [False, "share"]}
    assert read(frame, subtract={"discount": "share"})[0]["amount"].sum() == pytest.approx(TOTAL * 0.9, abs=0.01)


def test_a_discount_of_nothing_is_not_asked(read):
    assert len(read(lines(discount=["0"] * N))[0]) == N


def test_a_cell_that_cannot_be_taken_off_sets_its_row_aside(read):
    frame = lines(discount=["1"] * (N - 1) + ["some"])
    _, report = read(frame, subtract={"discount": True})
    assert report.rejected["line"].tolist() == [N + 1]
    assert "what is to be taken off it is not a number" in report.rejected.loc[0, "reason"]


# --- nobody ---


@pytest.mark.parametrize(
    "word", ["NA", "匿名", "散客", "Guest", "walk-in", "非会员", "-", "?", "unknown", "Laufkundschaft"]
)
def test_nobody_is_set_aside_and_said(read, word):
    frame = lines()
    frame.loc[EVERY_TENTH, "customer_id"] = word
    orders, report = read(frame)
    assert orders["amount"].sum() == pytest.approx(TOTAL - TENTHS)
    assert set(report.rejected["reason"]) == {"customer_id is what stands for no customer"}
    assert report.losses[0].startswith(f"Much is set aside: 12 of 120 rows (10.0%), {TENTHS:,.2f} (")
    assert len(read(frame, nobody={"customer_id": []})[0]) == N


@pytest.mark.parametrize("word", ["0", "000000", "99999", "-1"])
def test_a_number_that_may_be_nobody_is_asked_if_it_stands_out(read, ask, word):
    frame = lines()
    frame.loc[[n % 3 == 0 for n in range(N)], "customer_id"] = word
    key, text, answers = ask(frame)
    assert (key, answers) == ("customer_id", {"nobody": [[word], []]})
    assert len(read(frame, nobody={"customer_id": [word]})[0]) == 80


def test_customer_zero_among_others_is_one(read):
    frame = lines()
    frame["customer_id"] = [str(n % N_CUSTOMERS) for n in range(N)]
    assert read(frame)[0]["customer_id"].nunique() == N_CUSTOMERS


def test_one_number_with_far_too_many_rows_is_doubted(read):
    frame = lines()
    frame.loc[[n % 3 == 0 for n in range(N)], "customer_id"] = "C-77"
    (doubt,) = read(frame)[1].doubts
    assert doubt.startswith("One customer, C-77, has 33.3% of the rows")
    assert 'write below [transactions.nobody] in the mapping file: customer_id = ["C-77"]' in doubt


def test_as_many_customers_as_orders_are_doubted_and_the_better_column_offered(read):
    frame = lines(customer_unique_id=[f"U{n % 30}" for n in range(N)])
    frame["customer_id"] = [f"X{n}" for n in range(N)]
    (doubt,) = read(frame)[1].doubts
    assert "Nearly every row has a customer of its own (120)" in doubt
    assert 'customer_id = "customer_unique_id"' in doubt


@given(st.from_regex(r"[A-Z]{1,3}-?[0-9]{1,8}", fullmatch=True))
def test_no_code_is_nobody_or_a_total(code):
    assert not is_nobody(code) and not is_total(code)


# --- sums among the lines ---


def test_a_grand_total_by_its_amount_alone(read):
    frame = lines()
    last = {"order_id": "x", "customer_id": "C000", "order_date": "2024-12-31", "amount": f"{TOTAL:.2f}"}
    exact = round(frame["amount"].astype(float).sum(), 2)
    frame = pd.concat([frame, pd.DataFrame([last | {"amount": f"{exact:.2f}"}])], ignore_index=True)
    orders, report = read(frame)
    assert orders["amount"].sum() == pytest.approx(exact)
    assert report.rejected["reason"].tolist() == ["amount is the sum of all other lines"]
    assert "Set aside as totals: 1 row" in report.doubts[-1] and 'sums = "count"' in report.doubts[-1]
    assert read(frame, file={"sums": "count"})[0]["amount"].sum() == pytest.approx(2 * exact)


@pytest.mark.parametrize("of", ["customer", "month"])
def test_subtotals_by_their_amounts_alone(read, of):
    frame = lines()
    frame["amount"] = frame["amount"].astype(float)
    key = frame["customer_id"] if of == "customer" else frame["order_date"].str[:7]
    subtotals = frame.groupby(key, sort=False).agg(
        order_id=("order_id", "first"), customer_id=("customer_id", "first"), order_date=("order_date", "last"),
        amount=("amount", "sum"),
    ).assign(amount=lambda part: part["amount"].round(2))  # fmt: skip
    if of == "month":
        subtotals["customer_id"] = "C000"
    whole = pd.concat([frame, subtotals], ignore_index=True)
    orders, report = read(whole)
    assert len(orders) == N and orders["amount"].sum() == pytest.approx(frame["amount"].sum())
    assert set(report.rejected["reason"]) == {f"amount is the sum of the other lines of its {of}"}


@given(st.lists(st.integers(1, 10**7), min_size=12, max_size=40, unique=True))
def test_a_sum_of_all_is_found_wherever_it_stands(cents):
    if 2 * max(cents) == sum(cents):
        return  # one of them is that already
    amounts = np.array([*cents[:5], sum(cents), *cents[5:]]) / 100
    found = sums.find_sums(amounts, {})
    expected = [] if not sums._is_fine(np.rint(amounts * 100).astype(int)) else [5]
    assert [int(place) for lines_ in found.values() for place in np.flatnonzero(lines_)] == expected


def test_equal_halves_of_round_amounts_are_chance(read):
    frame = lines()
    frame["amount"] = ["5"] * N
    assert len(read(frame)[0]) == N


# --- rows twice ---


def test_a_file_that_holds_everything_twice_is_doubted_and_mended(read):
    frame = pd.concat([lines().drop(columns="order_id")] * 2, ignore_index=True)
    (doubt,) = read(frame)[1].doubts
    assert doubt.startswith("120 of 240 rows repeat another exactly.") and 'repeated = "once"' in doubt
    orders, report = read(frame, file={"repeated": "once"})
    assert (len(orders), report.n_rejected) == (N, N)
    assert set(report.rejected["reason"]) == {"repeats a row above exactly"}
    assert (
        len(read(frame, file={"repeated": "all"})[0]) == 2 * N and read(frame, file={"repeated": "all"})[1].doubts == ()
    )


# --- further columns, profit ---


def test_further_columns_travel_along(read):
    frame = lines(Region=kinds("North", "South"), Size=[str(n / 2) for n in range(N)])
    orders, _ = read(frame, file={"extra": ["Region", "Size"]})
    assert orders.columns[-2:].tolist() == ["Region", "Size"]
    assert (orders["Region"] == "North").sum() == 12 and orders["Size"].sum() == sum(n / 2 for n in range(N))
    with pytest.raises(ValueError, match=r"extra under \[transactions.file\] must name columns.*got \['Shelf'\]"):
        read(frame, file={"extra": ["Shelf"]})
    with pytest.raises(ValueError, match=r"got \['amount'\]"):
        read(frame, file={"extra": ["amount"]})


def test_profit_becomes_the_cost(read):
    frame = lines()
    orders, _ = read(frame.assign(profit=(frame["amount"].astype(float) * 0.25).round(2)))
    assert "profit" not in orders
    assert orders["cost"].sum() == pytest.approx(TOTAL * 0.75, abs=0.5)
    given_both = frame.assign(profit="1", cost="2")
    assert read(given_both)[0]["cost"].eq(2).all()


def test_what_is_said_of_a_column_that_is_not_there(read):
    with pytest.raises(ValueError, match=r"what stands under keep must be columns of the file; it has no \['Status'\]"):
        read(lines(), keep={"Status": ["paid"]})


# --- more of the same kind, found by trying ---


def test_days_and_seconds_that_are_counted_are_dates(read):
    frame = lines()
    days = pd.to_datetime(frame["order_date"])
    for numbers, what in (
        ((days - pd.Timestamp("1899-12-30")).dt.days, "a spreadsheet's days"),
        ((days - pd.Timestamp("1970-01-01")) // pd.Timedelta("1s"), "seconds since 1970, of UTC"),
        ((days - pd.Timestamp("1970-01-01")) // pd.Timedelta("1ms"), "milliseconds since 1970, of UTC"),
    ):
        orders, report = read(frame.assign(order_date=numbers.astype(str)))
        assert (orders["order_date"] == days).all()
        assert f"order_date: read as {what}." in report.notes


def test_a_line_that_averages_is_none(read):
    frame = lines()
    frame.loc[N] = ["", "Average", "2024-12-31", "90.00"]
    assert read(frame)[1].rejected["line"].tolist() == [N + 2]


def test_addresses_that_differ_in_capitals_only_are_doubted(read):
    frame = lines()
    frame["customer_id"] = [f"{'User' if n % 2 else 'user'}{n // 2 % 15:02}@example.com" for n in range(N)]
    (doubt,) = read(frame)[1].doubts
    assert doubt.startswith("Names or addresses of customers that differ from another only in capitals or spaces: 15.")


def test_money_is_likelier_than_a_count_and_a_code_than_a_telephone():
    from crmlib.intake.draft import draft_columns
    from crmlib.tables import TRANSACTIONS

    days = [f"2024-01-{n % 28 + 1:02}" for n in range(40)]
    samples = {
        "会员": [f"HY{n % 9}" for n in range(40)],
        "手机号": [f"1380013800{n % 9}" for n in range(40)],
        "order_date": days,
        "total": [str(n % 5 + 1) for n in range(40)],
        "paid": [f"{n * 1.37 + 5:.2f}" for n in range(40)],
    }
    columns, questions = draft_columns(list(samples), samples, TRANSACTIONS, {})
    assert columns["customer_id"] == "会员"
    (question,) = questions
    assert (question.key, [choice.value for choice in question.choices]) == ("amount", ["total", "paid"])

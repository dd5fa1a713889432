"""Columns whose names say nothing: what cannot be a customer or an amount is not offered."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from crmlib.intake.by_value import may_be
from crmlib.intake.prepare import prepare
from crmlib.language import speaking
from crmlib.tables import TRANSACTIONS

N = 40
NAMES = ["Ann Lang", "Bob Day", "Eve Moss", "Jim Fox", "Kim Ray", "Lea Orr", "Max Poe"]


def make_payments():
    chance = random.Random(7)
    gross = [round(chance.lognormvariate(3, 1), 2) for _ in range(N)]
    return pd.DataFrame(
        {
            "Date": [f"2024-03-{1 + i % 28:02d}" for i in range(N)],
            "Time": [f"{i % 24:02d}:{i % 60:02d}:07" for i in range(N)],
            "TimeZone": "PST",
            "Name": [NAMES[i % 7] for i in range(N)],
            "Type": ["Express Checkout Payment" if i % 9 else "Payment Refund" for i in range(N)],
            "Status": ["Completed" if i % 11 else "Pending" for i in range(N)],
            "Currency": "USD",
            "Gross": gross,
            "Fee": [-round(amount * 0.03, 2) for amount in gross],
            "Net": [round(amount * 0.97, 2) for amount in gross],
            "From Email Address": [f"{NAMES[i % 7][:3].lower()}@example.com" for i in range(N)],
            "To Email Address": "shop@example.com",
            "Transaction ID": [f"9X{i:05}" for i in range(N)],
            "Balance": [round(900 + 3.1 * i, 2) for i in range(N)],
            "Balance Impact": "Credit",
        }
    )


def offered(frame, path, language="en"):
    frame.to_csv(path, index=False)
    with speaking(language), pytest.raises(ValueError) as caught:
        prepare(path)
    lines = [line.strip() for line in str(caught.value).splitlines() if " = " in line and "#" in line]
    return {
        key: [line.split('"')[1] for line in lines if line.startswith(f"{key} = ")]
        for key in ("customer_id", "amount", "order_date")
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_a_list_of_payments_only_what_may_be_meant_is_offered(tmp_path, language):
    found = offered(make_payments(), tmp_path / "payments.csv", language)
    assert found == {"customer_id": ["From Email Address", "Name"], "amount": ["Gross", "Net"], "order_date": []}


@pytest.mark.parametrize(
    ("name", "values", "is_customer", "is_amount"),
    [
        ("Who", ["ann", "bob", "ann"] * 9, True, False),
        ("X", ["1001", "1002", "1001"] * 9, True, True),
        ("Uhr", ["8:05", "12:30 PM", "23:59:59.5"] * 9, False, False),
        ("时刻", ["上午9:05", "下午3:10"] * 9, False, False),
        ("K", ["EUR", "USD"] * 9, False, False),
        ("交易状态", ["完成", "关闭"] * 9, False, False),
        ("Art", ["sale", "refund"] * 9, False, False),
        ("Same", ["a"] * 20, False, False),
        ("Same", ["a"] * 500, True, False),  # of a long file, the first rows may be one customer's
        ("Same", ["a"] * 3, True, False),
        ("M", ["9.90"] * 20, False, True),  # everybody pays the same
        ("M", ["-9.90", "-3.00", "1.00"] * 9, False, False),
        ("Saldo", ["100.50", "90.25"] * 9, False, False),
        ("Alter Age", ["44", "57"] * 9, True, False),
        ("Row", [str(n) for n in range(40)], True, False),
        ("J", ["2023", "2024"] * 9, True, False),
        ("", [], False, False),
    ],
)
def test_what_may_be_a_customer_and_what_an_amount(name, values, is_customer, is_amount):
    customer, amount = TRANSACTIONS.column("customer_id"), TRANSACTIONS.column("amount")
    numbers = [value for value in values if value.lstrip("-").replace(".", "", 1).isdigit()]
    assert may_be(name, values, customer) == is_customer
    if numbers or not values:  # of others it is never asked: they are no numbers
        assert may_be(name, values, amount) == is_amount

"""What an engine answers, as pandas."""

import pandas as pd

from crmlib import customers
from crmlib.engine import results

LINES = pd.DataFrame(
    {"customer_id": ["b", "a", "c"], "order_date": pd.to_datetime(["2024-01-01", "2024-01-02", "2024-02-01"])}
).assign(amount=1.0)


def test_tables_of_the_same_customers_share_one_index(monkeypatch):
    def answer(day):
        return customers.summarize_customers(LINES, as_of=day)

    assert not answer("2024-03-01").index.is_(answer("2024-03-02").index)
    monkeypatch.setattr(results, "MANY", 2)
    one, other, fewer, again = map(answer, ["2024-03-01", "2024-03-02", "2024-01-05", "2024-03-01"])
    assert one.index.is_(other.index)
    assert fewer.index.tolist() == ["a", "b"]
    assert again.index.tolist() == one.index.tolist() == ["a", "b", "c"]
    other.index.name = "who"  # a name is the table's own
    assert one.index.name == "customer_id"
    assert answer("2024-03-01").index.name == "customer_id"

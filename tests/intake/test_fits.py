"""A file that would not fit into memory is told in words before it is read."""

import pytest

from crmlib import datasets
from crmlib.intake import fits

ORDERS = '{"customer_id": "a", "order_date": "2024-01-05", "amount": 1.50}\n'


def test_a_file_that_takes_more_memory_than_there_is_is_refused_in_words(tmp_path, monkeypatch):
    file = tmp_path / "orders.jsonl"
    file.write_text(ORDERS, encoding="utf-8")
    monkeypatch.setattr(fits, "SMALL", 10)
    monkeypatch.setattr(fits, "memory_of_machine", lambda: 4 * len(ORDERS) - 1)
    with pytest.raises(ValueError, match=r"orders\.jsonl must fit into memory .* COPY \(FROM read_json\('orders"):
        datasets.load_data(file)
    monkeypatch.setattr(fits, "memory_of_machine", lambda: 4 * len(ORDERS))
    assert len(datasets.load_data(file)[0]["transactions"]) == 1
    monkeypatch.setattr(fits, "memory_of_machine", lambda: None)
    assert len(datasets.load_data(file)[0]["transactions"]) == 1


def test_the_memory_of_a_container_counts(tmp_path, monkeypatch):
    machine = fits.memory_of_machine()
    limit = tmp_path / "memory.max"
    limit.write_text("max\n")
    monkeypatch.setattr(fits, "LIMITS", (str(limit),))
    whole = fits.memory_of_machine()
    limit.write_text("1000000\n")
    assert fits.memory_of_machine() == 1_000_000
    assert machine is None or machine <= whole

"""Numbers as people type them."""

import pytest

from crmlib.lesson.typed import read_typed


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("88,649", 88649),
        ("¥88,649.50", 88649.5),
        ("￥88，649", 88649),
        ("8.8万", 88000),
        ("8.8 万元", 88000),
        ("1.2亿", 1.2e8),
        ("25%", 0.25),
        ("２５％", 0.25),
        ("-3", -3),
        ("-¥300", -300),
        ("约 0.25", 0.25),
        ("about 30", 30),
        (".5", 0.5),
        ("13位", 13),
        ("88 649", 88649),
        ((88, 649), 88649),
        ((1, 234, 567.5), 1234567.5),
        ((-88, 649), -88649),
    ],
)
def test_a_typed_number_is_read(typed, number):
    assert read_typed(typed) == pytest.approx(number)


@pytest.mark.parametrize(
    "typed",
    ["", "a", "1,2", "12,34", "VIP 3", "1 to 3", (0.5, 0.6), (1000, 1), (88,), (88, True), (88, "649"), None, 5],
)
def test_what_is_no_number_is_none(typed):
    assert read_typed(typed) is None

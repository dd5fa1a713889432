"""Lessons run on another company, and their answers are others: who has heard those of the kit's must still work."""

import pytest
from built import LESSONS, name_of

from crmlib.kit.key import COMPANY, find_unmoved
from crmlib.simulate import write_company

MOVABLE = [source for source in LESSONS if f"\n{COMPANY} = " in source.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A company that nobody has seen: another seed."""
    folder = tmp_path_factory.mktemp("other") / "my-company"
    write_company(folder, n_customers=3000, seed=7)
    return str(folder)


@pytest.mark.slow
@pytest.mark.parametrize("source", MOVABLE, ids=name_of)
def test_answers_on_another_company_are_others(source, other, record_property):
    elsewhere, unmoved = find_unmoved(source, other)
    record_property("on data of their own", elsewhere)
    assert unmoved == []

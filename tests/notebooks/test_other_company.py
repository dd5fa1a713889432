"""Lessons run on another company, and their answers are others: who has heard those of the kit's must still work."""

import functools
from pathlib import Path

import pytest
from built import LESSONS, name_of

from crmlib import datasets
from crmlib.intake.load import load_path
from crmlib.kit.key import COMPANY, find_unmoved
from crmlib.simulate import write_company

MOVABLE = [source for source in LESSONS if f"\n{COMPANY} = " in source.read_text(encoding="utf-8")]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A company that nobody has seen: another seed."""
    folder = tmp_path_factory.mktemp("other") / "my-company"
    write_company(folder, n_customers=3000, seed=7)
    return str(folder)


@pytest.fixture
def read_once(other, monkeypatch):
    """The other company is the same in all lessons, and pandas copies on write: it is taken in once."""

    def load(path, **options):
        tables, reports = _take_in(str(path), tuple(sorted(options.items())))
        return {name: table.copy(deep=False) for name, table in tables.items()}, dict(reports)

    monkeypatch.setattr(datasets, "load_path", load)


@functools.cache
def _take_in(path, options):
    return load_path(Path(path), **dict(options))


@pytest.mark.slow
@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("source", MOVABLE, ids=name_of)
def test_answers_on_another_company_are_others(source, other, record_property):
    elsewhere, unmoved = find_unmoved(source, other)
    record_property("on data of their own", elsewhere)
    assert unmoved == []

"""The templates of pages: compiled once, strict about names, and what comes from data is escaped."""

import pytest
from jinja2 import UndefinedError

from crmlib.kit.pages import find_template


def test_a_template_is_compiled_once():
    assert find_template("page.html.j2") is find_template("page.html.j2")


def test_a_name_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="title"):
        find_template("page.html.j2").render(body="", language="en")


def test_what_comes_from_data_is_escaped():
    assert "<b>&" not in find_template("page.html.j2").render(title="<b>&", body="", language="en")

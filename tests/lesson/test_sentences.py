"""Sentences that take their numbers from the notebook."""

import re

import pandas as pd
import pytest

from crmlib.language import speaking
from crmlib.lesson import say, sentence
from crmlib.lesson.sentences import fill_in, write

# What a notebook has set.
n_lost, lost, gain, part, whole = 1204, 0.255, -1234.5, 3, 8
share_of = pd.Series({"VIP": 0.333, "small": 0.1})


def test_a_sentence_takes_names_and_parts_of_them_from_where_it_stands():
    assert sentence("{n_lost} left, {lost:.0%} of all; {share_of[VIP]:.1%}") == "1,204 left, 26% of all; 33.3%"


def test_say_prints_what_sentence_says(capsys):
    say("It lost {gain:CNY}.")
    assert capsys.readouterr().out == sentence("It lost {gain:CNY}.") + "\n" == "It lost −¥1,235.\n"


def test_chinese_is_said_where_chinese_is_spoken():
    with speaking("zh"):
        assert sentence("{part} of {whole}") not in ("3 of 8", "")
        assert {"3", "8"} <= set(sentence("{part} of {whole}"))


@pytest.mark.parametrize(
    ("value", "how", "written"),
    [
        (1e6, "USD", "$1,000,000"),
        (0.125, "%", "12.5%"),
        (2.5, ".0f", "3"),
        (pd.Timestamp("2025-03-01 10:00"), "", "2025-03-01"),
        (True, "", "yes"),
        (float("nan"), ".0%", "–"),
        (pd.Index(["tea", "oil"]), "", "tea, oil"),
    ],
)
def test_values_are_written_as_asked(value, how, written):
    assert write(value, how) == written


def test_a_fraction_must_say_how_it_is_written():
    with pytest.raises(ValueError, match=re.escape("must say how it is written, such as {n}, {share:.0%}")):
        sentence("{lost} left")


def test_a_format_of_python_is_refused_where_it_would_not_speak_the_language():
    with pytest.raises(ValueError, match="got 1.5 with ',.2g'"):
        fill_in("{x:,.2g}", {"x": 1.5})


def test_a_name_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="n_gone is not one"):
        sentence("{n_gone} left")

"""How far a long question is: said in lines, and in the language of whoever asked."""

import sys
import threading

from crmlib.intake import progress
from crmlib.language import speaking


class Asked:
    """A connection whose question is ever farther, and then begins another."""

    def __init__(self, *shares):
        self.shares = list(shares)

    def query_progress(self):
        return self.shares.pop(0)

    def execute(self, sql):
        assert "progress" in sql


class Waiting:
    """An event that comes after so many waits."""

    def __init__(self, n):
        self.n = n

    def wait(self, seconds):
        self.n -= 1
        return self.n < 0


def test_lines_say_how_many_rows_and_that_they_are_read_again(capsys):
    progress._lines(progress._Far(Asked(-1, 25, 10), "orders read", 1_000), Waiting(3))
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "  orders read: 0 of 1,000 rows",
        "  orders read: 250 of 1,000 rows",
        "  orders read, once more: 100 of 1,000 rows",
    ]
    progress._lines(progress._Far(Asked(50), "orders written", 0), Waiting(1))
    assert capsys.readouterr().err == "  orders written: 50 %\n"


def test_a_bar_is_shown_on_a_terminal_and_ends(monkeypatch, capsys):
    monkeypatch.setenv("FORCE_COLOR", "1")  # as a terminal is taken for one
    progress._bar(progress._Far(Asked(10, 60), "orders read", 100), Waiting(3))
    assert "60 of 100 rows" in capsys.readouterr().err


def test_it_speaks_the_language_of_whoever_asks_and_ends_with_the_question(monkeypatch, capsys):
    monkeypatch.setattr(progress, "TOLD", 0.001)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False, raising=False)
    seen = threading.Event()

    class Slow(Asked):
        def query_progress(self):
            seen.set()
            return 50

    with speaking("zh"), progress.told(Slow(), "orders", 10):
        assert seen.wait(10)
    assert "5" in capsys.readouterr().err
    assert not [thread for thread in threading.enumerate() if "watch" in thread.name]

"""The glossary stands in both languages, term by term."""

import re

from crmlib.files.places import DOCS

ENGLISH = re.compile(r"^\*\*(.+?)\*\* \((.+?)\) —", re.MULTILINE)
CHINESE = re.compile(r"^\*\*(.+?)\*\*（(.+?)）——", re.MULTILINE)


def test_both_glossaries_hold_the_same_terms_in_the_same_order():
    english = ENGLISH.findall((DOCS / "glossary.md").read_text(encoding="utf-8"))
    chinese = CHINESE.findall((DOCS / "glossary.zh.md").read_text(encoding="utf-8"))
    assert len(english) > 30
    assert [term.casefold() for term, _ in english] == [term.casefold() for _, term in chinese]


def test_a_term_is_followed_by_its_trap_in_both():
    for name, trap in (("glossary.md", "*Trap:*"), ("glossary.zh.md", "*注意*：")):
        text = (DOCS / name).read_text(encoding="utf-8")
        n_terms = len((ENGLISH if name == "glossary.md" else CHINESE).findall(text))
        assert text.count(trap) == n_terms

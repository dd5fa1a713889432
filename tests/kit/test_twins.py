"""How the texts in a lesson's code are laid out over lines, in both editions."""

import ast

import pytest

from crmlib.kit.twins import WIDTH, columns_of, put_twins


def test_a_long_text_ends_no_line_inside_a_value_and_begins_none_with_a_mark(monkeypatch):
    twin = "按毛利排，{n} 位客户会换层级：每位 VIP 平均{worth[VIP]:CNY}，" * 6
    monkeypatch.setattr("crmlib.kit.twins.find_twin", lambda text: twin)
    code = put_twins('say(\n    "one"\n    "two"\n)', "zh")
    assert ast.literal_eval(code.removeprefix("say")) == twin
    lines = [line.strip().strip('"') for line in code.splitlines()[1:-1]]
    assert len(lines) > 2
    for line in lines:
        assert line.count("{") == line.count("}")
        assert line[0] not in "，。；：？！、）》”"
        assert columns_of(line) <= WIDTH


LONG = "Sales grew by {grew:CNY} and {n_lost} customers left; who stayed bought a little more than before. " * 3


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    "code",
    [
        f'say("{LONG}")',
        f'say("{LONG}"\n    if grew > 0\n    else "{LONG}")',
        f'ax.set_title(sentence("{LONG}"), loc="left")',
        f'def spent(name):\n    """{LONG.strip()}"""\n    return name',
    ],
)
def test_a_long_text_on_one_line_goes_on_in_the_next(monkeypatch, code, language):
    twin = "销售额增加了{grew:CNY}，{n_lost} 位客户流失；留下来的客户买得比以前略多一些。" * 4
    monkeypatch.setattr("crmlib.kit.twins.find_twin", lambda text: twin)
    written = put_twins(code, language)
    assert max(map(columns_of, written.splitlines())) <= WIDTH < max(map(columns_of, code.splitlines()))
    wanted = {"en": LONG, "zh": twin}[language]
    assert {_unspaced(text) for text in _texts_of(written)} == {_unspaced(wanted)} | {
        text for text in _texts_of(code) if len(text) < 10
    }


def _texts_of(code):
    return [node.value for node in ast.walk(ast.parse(code)) if isinstance(getattr(node, "value", None), str)]


def _unspaced(text):
    """A docstring has ends of lines where it goes on."""
    return "".join(text.split())


def test_what_fits_stays_as_it_was_written():
    code = 'say(\n    "one "\n    "two"\n)  # a remark'
    assert put_twins(code, "en") == code

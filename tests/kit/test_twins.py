"""The Chinese edition's code: how its texts are laid out over lines."""

import ast

from crmlib.kit.twins import WIDTH, put_twins


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
        assert len(line.encode("gbk")) <= WIDTH + 2

"""The font for Chinese labels: whole, ours by name, and drawn by matplotlib without a warning."""

import hashlib
import re
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font, LoadFlags

from crmlib.language import fonts
from crmlib.language.fonts import make_subset as maker

FONT = maker.FOLDER / "CRMSansSC-Regular.otf"
SAMPLE = "客户金字塔 喆堃昇玥 ¥1,234万 −5%"


@pytest.fixture(scope="module")
def font():
    with TTFont(FONT, lazy=True) as opened:
        yield opened


@pytest.fixture
def chinese(monkeypatch):
    """matplotlib set up to draw Chinese; afterwards it has forgotten the font."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*font_manager.fontManager.ttflist])
    font_manager.fontManager.addfont(FONT)
    with matplotlib.rc_context({"font.family": ["DejaVu Sans", maker.FAMILY]}):
        yield


def draw(text):
    """The pixels of `text` alone, drawn large: 0 black, 255 white."""
    figure = Figure(figsize=(6, 1), dpi=100)
    canvas = FigureCanvasAgg(figure)
    figure.text(0.02, 0.3, text, fontsize=24)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3].min(axis=2).copy()


def test_file_is_where_the_kit_looks_and_small():
    assert fonts.FONT == FONT
    assert 1_000_000 < FONT.stat().st_size < 3_000_000


def test_readme_tells_of_this_very_file():
    content, readme = FONT.read_bytes(), (maker.FOLDER / "README.md").read_text(encoding="utf-8")
    assert hashlib.sha256(content).hexdigest() in readme
    assert f"{len(content):,} bytes" in readme


def test_names_are_ours_and_the_license_is_kept(font):
    names = {record.nameID: record.toUnicode() for record in font["name"].names}
    assert (names[1], names[2], names[6]) == ("CRM Sans SC", "Regular", "CRMSansSC-Regular")
    assert "Adobe" in names[0] and "SIL Open Font License, Version 1.1" in names[13]
    outlines = font["CFF "].cff
    assert outlines.fontNames == ["CRMSansSC-Regular"] and outlines[0].FamilyName == "CRM Sans SC"
    shown = [*(names[number] for number in (1, 3, 4, 6)), outlines[0].FullName]
    shown += [part.FontName for part in outlines[0].FDArray]
    assert not [name for name in shown if re.search("noto|source", name, re.IGNORECASE)]
    assert font["OS/2"].usWeightClass == 400
    license_text = (maker.FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert license_text.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in license_text


def test_characters_are_the_table():
    levels = maker.read_characters()
    assert [len(level) for level in levels] == [3500, 3000, 1605]
    assert len(set("".join(levels))) == 8105
    # First and last of each level in the table of 2013: numbers 1 and 3500, 3501 and 6500, 6501 and 8105.
    assert [level[0] + level[-1] for level in levels] == ["一矗", "乂齉", "亍蠼"]
    # Names of people: four of level three, one of level two.
    assert set("喆堃昇镕") <= set(levels[2]) and "玥" in levels[1]
    # 196 stand beyond the basic plane.
    assert sum(ord(character) > 0xFFFF for character in "".join(levels)) == 196


def test_font_covers_characters_and_punctuation_and_nothing_else(font):
    covered = {chr(code) for code in font.getBestCmap()}
    assert covered == set("".join(maker.read_characters())) | set(maker.punctuation())
    asked = "，。、；：？！（）【】《》「」〇¥￥€£−–—‘’“”…×÷±≤≥≈→←↑↓•·%‰°①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳Ａｚ０９"
    assert set(asked) | {chr(code) for code in range(0x20, 0x7F)} <= covered


def test_every_chinese_character_has_an_outline_of_its_own():
    face = FT2Font(str(FONT))

    def outline(glyph):
        face.load_glyph(glyph, flags=LoadFlags.NO_SCALE)
        points, _ = face.get_path()
        return points.tobytes()

    glyphs = [face.get_char_index(ord(character)) for character in "".join(maker.read_characters())]
    outlines = {outline(glyph) for glyph in glyphs}
    assert len(outlines) == 8105
    assert min(len(points) for points in outlines) >= 4 * 16  # 一, a bar: four corners of two numbers
    assert outline(0) not in outlines  # glyph 0 is the empty box


def test_forms_are_simplified_chinese_not_japanese(font):
    # In Noto Sans CJK 2.004 the faces for simplified Chinese and for Japanese differ in these:
    # 骨 45133, 45132; 直 27874, 27873; 令 9809, 9808; 角 37449, 37448.
    glyphs = font.getBestCmap()
    found = [glyphs[ord(character)] for character in "骨直令角"]
    assert found == ["cid45133", "cid27874", "cid09809", "cid37449"]


def test_matplotlib_knows_family_and_weight(chinese):
    entry = font_manager.fontManager.ttflist[-1]
    assert (entry.name, entry.weight, entry.style) == ("CRM Sans SC", 400, "normal")
    # A bold Chinese title is drawn with the one weight there is.
    found = font_manager.findfont("CRM Sans SC:bold", fallback_to_default=False)
    assert found == str(FONT)


@pytest.mark.parametrize("file_format", ["png", "svg", "pdf"])
def test_sample_is_drawn_without_a_warning(chinese, tmp_path, file_format):
    # Warnings are errors: a character without a glyph ends the test.
    figure = Figure(figsize=(6, 2))
    axes = figure.subplots()
    axes.bar(["铂金", "黄金", "铁", "铅"], [5, -2, 3, 8])
    axes.set_title(SAMPLE)
    axes.set_xlabel("“净利润”——《报告》（第①⑳类），￥９８ ≤≥≈×÷±‰° 𬱖𬭎")
    path = tmp_path / f"sample.{file_format}"
    figure.savefig(path)
    assert path.stat().st_size > 5_000


def test_drawn_characters_are_not_empty_boxes(chinese):
    with pytest.warns(UserWarning, match="missing from font"):
        box = draw("\U0010fffd")  # no font has this one, so it shows the empty box, and matplotlib says so
    pictures = {character: draw(character) for character in "客户金字塔喆堃昇玥镕万𬱖"}
    assert all((picture < 128).sum() > 40 for picture in pictures.values())
    for one, other in combinations([*pictures.values(), box], 2):
        assert (one != other).sum() > 40


def test_without_the_font_the_sample_would_warn():
    # The tests above can fail: DejaVu Sans alone has no Chinese.
    alone = matplotlib.rc_context({"font.family": ["DejaVu Sans"]})
    with alone, pytest.warns(UserWarning, match="missing from font"):
        draw("客")


def test_making_it_twice_gives_the_same_bytes(tmp_path):
    # The font is a source for a smaller one, so no other font is needed here.
    for name in ("first.otf", "second.otf"):
        maker.make_subset(FONT, tmp_path / name, text=SAMPLE)
    first = (tmp_path / "first.otf").read_bytes()
    assert first == (tmp_path / "second.otf").read_bytes()
    with TTFont(tmp_path / "first.otf") as small, TTFont(FONT) as large:
        assert {chr(code) for code in small.getBestCmap()} == set(SAMPLE)
        assert small["head"].modified == large["head"].modified
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.otf", "second.otf"]


def test_a_source_that_lacks_a_character_is_refused(tmp_path):
    with pytest.raises(ValueError, match="must have every character asked for; .* lacks '龘'"):
        maker.make_subset(FONT, tmp_path / "font.otf", text="客龘")
    assert not (tmp_path / "font.otf").exists()


def test_another_font_is_refused(tmp_path):
    other = font_manager.findfont("DejaVu Sans")
    with pytest.raises(ValueError, match="must be one of .*'DejaVu Sans' of weight 400"):
        maker.make_subset(Path(other), tmp_path / "font.otf", text="a")


def test_unihan_is_read_by_number(tmp_path):
    characters = "".join(maker.read_characters())
    numbered = enumerate(characters, start=1)
    lines = [f"U+{ord(character):04X}\tkTGH\t2013:{number}" for number, character in numbered]
    path = tmp_path / "Unihan_OtherMappings.txt"
    # In the file the characters stand by code point, with other fields between.
    text = "# comment\nU+4E00\tkBigFive\tA440\n" + "\n".join(sorted(lines)) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")
    assert maker.read_unihan(path) == maker.read_characters()
    path.write_text("\n".join(sorted(lines)[1:]), encoding="utf-8", newline="\n")
    with pytest.raises(ValueError, match="from 1 to 8105 in its field kTGH; found 8104 numbers"):
        maker.read_unihan(path)


def test_a_shortened_list_is_refused():
    levels = maker.read_characters()
    with pytest.raises(ValueError, match=r"got lines of \[3500, 3000, 1604\] with 8104 different ones"):
        maker.check_levels([*levels[:2], levels[2][:-1]])

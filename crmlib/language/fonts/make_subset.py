"""Make CRMSansSC-Regular.otf: the font that draws the kit's Chinese labels.

Run by whoever changes the font, never by the kit itself; README.md beside this file
says which source it was made from and why:

    python crmlib/language/fonts/make_subset.py NotoSansCJK-Regular.ttc

The same source, characters and fontTools give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from itertools import pairwise
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "CRM Sans SC"  # a name of our own: an installed Noto Sans SC must never stand in for this file
POSTSCRIPT_NAME = "CRMSansSC-Regular"
SOURCE_FAMILIES = ("Noto Sans CJK SC", "Noto Sans SC")  # simplified forms: in a collection, or alone
LEVEL_SIZES = (3500, 3000, 1605)  # the three levels of the table of general standard Chinese characters, 2013
LARGEST = 3_000_000  # bytes; the repository warns above 3 MiB


def punctuation() -> str:
    """Everything in the font that is not a Chinese character, in code point order.

    Examples
    --------
    >>> all(mark in punctuation() for mark in "¥￥€£−–—‘’“”…×÷±≤≥≈→←↑↓•·%‰°①⑳，。《》")
    True
    """
    ranges = (
        (0x20, 0x7E),  # ASCII
        (0xA0, 0xFF),  # Latin-1: ¥ £ ° ± · × ÷ and the letters of Western names
        (0x3000, 0x301F),  # CJK punctuation, 〇 included
        (0xFF01, 0xFF5E),  # full-width forms
        (0xFFE0, 0xFFE6),  # full-width signs, ￥ included
        (0x2460, 0x2473),  # ① to ⑳
        (0x2190, 0x2193),  # ← ↑ → ↓
    )
    marks = {chr(code) for first, last in ranges for code in range(first, last + 1)}
    return "".join(sorted(marks | set("–—―‖‘’“”†‡•…‰′″※€℃№−√∞≈≠≤≥・")))


def read_characters(path: Path = FOLDER / "characters.txt") -> list[str]:
    """The Chinese characters: one string a level, in the table's order.

    Raises
    ------
    ValueError
        If a level has not the number of characters the table has, or one stands twice.

    Examples
    --------
    >>> [len(level) for level in read_characters()]
    [3500, 3000, 1605]
    """
    levels = path.read_text(encoding="utf-8").splitlines()
    check_levels(levels)
    return levels


def check_levels(levels: list[str]) -> None:
    """Refuse levels that are not 3,500, 3,000 and 1,605 different characters."""
    sizes = tuple(len(level) for level in levels)
    different = len(set("".join(levels)))
    if sizes != LEVEL_SIZES or different != sum(LEVEL_SIZES):
        raise ValueError(
            f"the characters must be {len(LEVEL_SIZES)} lines of {list(LEVEL_SIZES)} characters, none "
            f"twice; got lines of {list(sizes)} with {different} different ones. "
            "Make the list again with --unihan Unihan_OtherMappings.txt."
        )


def read_unihan(path: Path) -> list[str]:
    """The three levels out of Unihan_OtherMappings.txt, field kTGH: ``U+5586 kTGH 2013:7294``.

    The field gives each character its number in the table, so the numbers must run
    from 1 to 8,105 without a gap.
    """
    numbered: dict[int, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) == 3 and fields[1] == "kTGH":
            for place in fields[2].split():
                numbered[int(place.removeprefix("2013:"))] = chr(int(fields[0].removeprefix("U+"), 16))
    if sorted(numbered) != list(range(1, sum(LEVEL_SIZES) + 1)):
        raise ValueError(
            f"the file must number the characters from 1 to {sum(LEVEL_SIZES)} in its field kTGH; "
            f"found {len(numbered)} numbers in {path.name}. "
            "Take Unihan_OtherMappings.txt of Unicode 15.0 or later."
        )
    ordered = "".join(numbered[number] for number in sorted(numbered))
    ends = [sum(LEVEL_SIZES[:count]) for count in range(len(LEVEL_SIZES) + 1)]
    levels = [ordered[start:end] for start, end in pairwise(ends)]
    check_levels(levels)
    return levels


def open_source(path: Path):
    """The regular face for simplified Chinese, out of a collection or a single font.

    In a collection the face is found by name: its faces share all glyphs and differ in
    which form a character gets, so the wrong one would draw Japanese forms.
    """
    from fontTools.ttLib import TTCollection, TTFont

    if path.suffix.lower() in (".ttc", ".otc"):
        with TTCollection(path) as collection:
            names = [face["name"].getDebugName(1) for face in collection.fonts]
        number = next((place for place, name in enumerate(names) if name in SOURCE_FAMILIES), -1)
        if number < 0:
            raise ValueError(
                f"the collection must hold one of {list(SOURCE_FAMILIES)}; {path.name} has {names}. "
                "Take NotoSansCJK-Regular.ttc of Debian's package fonts-noto-cjk."
            )
    else:
        number = -1
    # The day the source was made stays in the file: the day of the run would change its bytes.
    font = TTFont(path, fontNumber=number, recalcTimestamp=False)
    name, weight = font["name"].getDebugName(1), font["OS/2"].usWeightClass
    if name not in (*SOURCE_FAMILIES, FAMILY) or weight != 400 or "CFF " not in font:
        raise ValueError(
            f"the source must be one of {list(SOURCE_FAMILIES)} of weight 400 with CFF outlines; "
            f"got {name!r} of weight {weight} in {path.name}. "
            "Take NotoSansCJK-Regular.ttc of Debian's package fonts-noto-cjk."
        )
    return font


def rename(font) -> None:
    """Give the font our family name everywhere a program may read one; keep notice and licence."""
    names, top = font["name"], font["CFF "].cff
    notice, version = names.getDebugName(0), names.getDebugName(5)
    texts = {
        0: notice,
        1: FAMILY,
        2: "Regular",
        3: f"{POSTSCRIPT_NAME};{version}",
        4: f"{FAMILY} Regular",
        5: version,
        6: POSTSCRIPT_NAME,
        13: names.getDebugName(13),
        14: names.getDebugName(14),
    }
    names.names = []
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].achVendID = "    "  # not a product of the source's vendor
    top.fontNames = [POSTSCRIPT_NAME]
    top.topDictIndex[0].FullName = f"{FAMILY} Regular"
    top.topDictIndex[0].FamilyName = FAMILY
    for place, part in enumerate(top.topDictIndex[0].FDArray):
        part.FontName = f"{POSTSCRIPT_NAME}-{place}"


def make_subset(source: Path, target: Path, *, text: str) -> None:
    """Write `target`, a font with the characters of `text` cut out of `source`.

    Raises
    ------
    ValueError
        If the source lacks one of the characters.
    """
    from fontTools import subset

    font = open_source(source)
    missing = sorted(set(text) - {chr(code) for code in font.getBestCmap()})
    if missing:
        raise ValueError(
            f"the source must have every character asked for; {source.name} lacks {''.join(missing)!r}. "
            "Take those out of the text, or a newer source."
        )
    options = subset.Options()
    options.hinting = False  # matplotlib hints by itself (text.hinting: force_autohint)
    options.layout_features = []  # labels are set in one line, left to right, without ligatures
    options.notdef_outline = True  # the box that shows a character the font lacks
    options.name_IDs = ["*"]  # rename() decides
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)
    rename(font)
    # Whole or not at all: a run that is stopped leaves the font that was there.
    unfinished = target.with_name(target.name + ".part")
    font.save(unfinished)
    os.replace(unfinished, target)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the kit's font for Chinese labels.")
    parser.add_argument("source", type=Path, help="NotoSansCJK-Regular.ttc, or the SC face alone as .otf")
    target = FOLDER / f"{POSTSCRIPT_NAME}.otf"
    parser.add_argument("--target", type=Path, default=target, help="the font to write")
    parser.add_argument("--unihan", type=Path, help="Unihan_OtherMappings.txt, to make characters.txt from")
    given = parser.parse_args(arguments)
    if given.unihan:
        text = "\n".join(read_unihan(given.unihan)) + "\n"
        (FOLDER / "characters.txt").write_text(text, encoding="utf-8", newline="\n")
    make_subset(given.source, given.target, text=punctuation() + "".join(read_characters()))
    content = given.target.read_bytes()
    print(f"{given.target.name}: {len(content):,} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    if len(content) > LARGEST:
        raise SystemExit(f"the font must stay under {LARGEST:,} bytes; it has {len(content):,}. Cut more.")


if __name__ == "__main__":
    main()

"""Numbers as people type them: "¥88,649", "8.8万", "25 %", and 88,649, which Python takes for two numbers."""

from __future__ import annotations

import re
import unicodedata

TIMES = {"": 1.0, "万": 1e4, "亿": 1e8, "千": 1e3, "k": 1e3, "m": 1e6, "%": 0.01, "‰": 0.001}
NUMBER = re.compile(
    r"(?:about|ca\.|约|大约)?[¥$€£]?(?P<sign>-?)[¥$€£]?(?P<digits>\d+(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+(?:e-?\d+)?)"
    r"(?P<times>万|亿|千|k|m|%|‰)?(?:元|美元|块|yuan|cny|rmb|usd|dollars|人|位|名|个|次|倍|天|days|customers|visits|times)?",
    re.IGNORECASE,
)


def read_typed(answer: object) -> float | None:
    """The number that a text or a pair of numbers means, or None where it means none.

    Examples
    --------
    >>> read_typed("¥88,649"), read_typed("8.8万元"), read_typed("25 %"), read_typed((88, 649)), read_typed("a")
    (88649.0, 88000.0, 0.25, 88649.0, None)
    """
    if isinstance(answer, tuple) and len(answer) > 1:
        return _join_groups(answer)
    if not isinstance(answer, str):
        return None
    plain = re.sub(r"[\s\u00a0_]", "", unicodedata.normalize("NFKC", answer)).replace("−", "-")
    found = NUMBER.fullmatch(plain)
    if found is None:
        return None
    number = float(found["digits"].replace(",", "")) * TIMES[(found["times"] or "").lower()]
    return -number if found["sign"] else number


def _join_groups(parts: tuple) -> float | None:
    """88,649 typed without quotes is the pair (88, 649)."""
    whole = all(isinstance(part, int) and not isinstance(part, bool) for part in parts[:-1])
    if not whole or isinstance(parts[-1], bool) or not isinstance(parts[-1], (int, float)):
        return None
    if not all(0 <= part < 1000 for part in parts[1:]) or not 0 < abs(parts[0]) < 1000:
        return None
    number = 0.0
    for part in parts:
        number = number * 1000 + (part if number >= 0 else -part)
    return number

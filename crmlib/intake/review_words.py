"""What sellers write in a review -> the choices of the contract: 大型, 中等, 前三名, 勉强提供, 未结 and their like."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# By column and choice, in lower case, without spaces; the words of the shipped scorecards are among them.
WORDS = {
    "business_size": {
        "large": "大型 大 特大 特大型 大企业 大型企业 大规模 規模大 大公司 large big groß gross",
        "medium": "中型 中 中等 中型企业 中等规模 中企业 medium mid middle mittel mittelgroß",
        "small": "小型 小 微 微型 小微 小型企业 小微企业 小规模 小企业 small micro klein",
    },
    "trade_rank": {
        "top 3": "前三名 前三 前3名 前3 top3 第一名 第二名 第三名 第一 第二 第三 龙头 1 2 3",
        "top 10": "前十名 前十 前10名 前10 top10 4 5 6 7 8 9 10 四至十名 4-10名",
        "other": "其他 其它 十名以外 10名以外 十名之外 前十名以外 无排名 未入前十 other others none 没有排名",
    },
    "management": {
        "good": "好 良好 优 优秀 较好 很好 高 good gut strong",
        "fair": "一般 中 中等 尚可 普通 fair average mittel ok",
        "poor": "差 较差 很差 不好 不佳 低 poor bad weak schlecht",
    },
    "supplier_rank": {
        "main": "主要供应商 主要 主供 主供应商 首选 首要 第一供应商 main primary haupt hauptlieferant",
        "secondary": "次要供应商 次要 次供 辅助 备选 第二供应商 secondary neben nebenlieferant",
        "occasional": "偶尔供货 偶尔 偶尔采购 临时 临时供应商 零星 零星供货 occasional gelegentlich",
    },
    "good_faith": {
        "gives": "主动提供 主动 提供 愿意 愿意提供 配合 积极配合 gives willing yes",
        "reluctant": "勉强提供 勉强 不太愿意 催促后提供 催要后提供 部分提供 reluctant reluctantly",
        "refuses": "拒绝提供 拒绝 不提供 不愿意 不愿提供 不配合 refuses refused no",
    },
    "litigation": {
        "none": "没有诉讼 无诉讼 无 没有 无诉讼记录 未涉诉 none no keine",
        "won": "全部胜诉 胜诉 已胜诉 胜诉已执行 won gewonnen",
        "pending": "未结或胜诉但无法执行 未结 未结案 审理中 诉讼中 进行中 胜诉但无法执行 胜诉未执行 pending open",
        "lost": "败诉 有败诉 全部败诉 部分败诉 lost verloren",
    },
}
TRUE = "是 有 对 √ ✓ y yes true ja 1 稳定 比较稳定 停业 已停业 出口 有出口 被起诉 已被起诉 stable"
FALSE = "否 无 没有 不是 × ✗ x n no false nein 0 不稳定 流动大 营业 正常 正常营业 未停业 不出口 无出口 未被起诉"
WITH_UNIT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:年|人|名|位|余人|years?|people|persons?|jahre|mitarbeiter)")


def bare(text: str) -> str:
    """A word without what people write differently: width, case, spaces, a full stop."""
    return re.sub(r"[\s_。.]+", "", unicodedata.normalize("NFKC", text)).casefold()


@cache
def _known(column: str) -> dict[str, str]:
    if column not in WORDS:
        return {bare(word): said for said, words in (("true", TRUE), ("false", FALSE)) for word in words.split()}
    pairs = WORDS[column].items()
    return {bare(word): choice for choice, words in pairs for word in (choice.replace(" ", ""), *words.split())}


def choice_of(column: str, text: str) -> str | None:
    """The choice that a word means in a column, or "true" and "false" of a yes-or-no one; None where it is not known.

    Examples
    --------
    >>> choice_of("business_size", "中等规模"), choice_of("trade_rank", "前三"), choice_of("is_export", "否")
    ('medium', 'top 3', 'false')
    >>> choice_of("litigation", "调解") is None
    True
    """
    return _known(column).get(bare(text))


def number_in(text: str) -> str | None:
    """The number of a cell that counts years or people; None where it has no such unit.

    Examples
    --------
    >>> number_in("15年"), number_in("120人"), number_in("many")
    ('15', '120', None)
    """
    found = WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return found[1] if found else None

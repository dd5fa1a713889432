"""Which of several encodings a text is in, by what it says in each: known names, or characters in common use.

Big5, Shift-JIS and Korean decode as GB18030 without an error, and other characters come out; so does much the
other way round. What tells them apart is not whether they decode but whether anybody would write what comes out.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from crmlib.intake.names import is_known

# Of each script, how files in it are encoded: the first that decodes the whole file stands for it.
SCRIPTS = {
    "gb18030": ("gb18030",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "shift_jis": ("shift_jis", "cp932"),
    "euc_kr": ("euc_kr", "cp949"),
    "euc_jp": ("euc_jp",),
}
LABELS = {"gb18030": "GB18030", "big5": "Big5", "shift_jis": "Shift-JIS", "euc_kr": "EUC-KR", "euc_jp": "EUC-JP"}
# Of each script the characters in common use are those its standard put first: where they stand in it.
COMMON = {
    "gb18030": ("gb2312", ((0xB0A1, 0xD7F9),)),
    "big5": ("big5", ((0xA440, 0xC67E),)),
    "shift_jis": ("shift_jis", ((0x829F, 0x8396), (0x889F, 0x9872))),
    "euc_kr": ("euc_kr", ((0xB0A1, 0xC8FE),)),
    "euc_jp": ("shift_jis", ((0x829F, 0x8396), (0x889F, 0x9872))),
}
# What names, places, wares and headings are made of: of characters that come out by chance, one in ten is here.
FAMILIAR = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范"
    "金石廖贾夏方白邹孟熊秦江薛段雷侯龙史陶贺顾毛郝邵万钱严武戴莫孔汤伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉红文辉"
    "力建国华志海波鹏飞宇浩然子晨雪梅玲燕云春秋冬北京上津重庆广州深圳东西南山河湖川浙安徽福省市区县宁杭汉成都长沙青岛大连厦门"
    "公司有限店铺网商品数量额价格订单客户会员编号时间日期姓名电话地址类别称男女是否已未付款退货交支宝微信现银行卡食服装鞋帽家居"
    "图书母婴美妆饮料酒水果蔬菜肉蛋奶粮油用百办具运动机脑配件其他的一不了在人我他这个们中来为和到以说要就出可也你对生能天小新"
    "张劉陳楊黃趙吳孫馬許韓馮鄧蕭蔣葉蘇呂盧鍾譚陸賈鄒龍顧萬錢嚴湯張偉麗強軍艷濤剛蘭紅輝國華鵬飛陽雲東廣漢長島連廈門灣臺台雄"
    "竹桃園縣區號樓網數額價訂單戶會員編時間電話類稱與還銀現飲無線機腦書裝辦運動買賣購項備註統發票業務實際總計茶點雞魚麵飯餅糖"
    "佐藤鈴木橋渡辺伊本村加吉斎松井清崎森池口野谷藤原顧客番注文円売価様株式東京都道府区町県大阪名古屋横浜"
    "のアイウエオカキクケコサシスセソタチツテトナニネノハヒフヘホマミムメモヤユヨラリルレロンバドプー"
    "김이박최정강조윤장임한오서신권황안송류전홍고문손양배남심노성차주우구민진나지원천방현영수경미은호준동상희숙자순도부산대인광기울"
)
IGNORED = re.compile(r"[\x00-\x7f\u3000-\u3004\u3008-\u3029\uff01-\uff5e\uffe5\u00b7\u00d7\u2010-\u2026\u20ac\u2103]")
MOST_STRANGE = 0.25  # of the characters of a text in its own encoding; of one in another, it is a third and more
FEW, MANY = 8, 100  # different characters: that so few are common is chance, that so many are is none
FAMILIAR_ENOUGH = 0.3
MOST_FAMILIAR = 0.75  # of so few


class Candidate(NamedTuple):
    """What a text is like in one encoding."""

    script: str
    encoding: str
    known: tuple[str, ...]  # names of columns that are known, none of them in plain ASCII
    n_different: int  # characters beside ASCII and punctuation
    strange: float  # share of the characters that are not in common use
    familiar: float  # share of the different characters that names, places and wares are made of

    def is_plain(self, most_strange: float = MOST_STRANGE) -> bool:
        """Does it read as a text of its script?"""
        if self.n_different == 0 or self.strange > most_strange:
            return False
        enough = MOST_FAMILIAR if self.n_different < FEW else FAMILIAR_ENOUGH
        return self.n_different > MANY or self.familiar >= enough


def list_candidates(head: bytes, window: bytes) -> list[Candidate]:
    """The encodings that the first lines and those around the first byte in question decode in.

    Examples
    --------
    >>> lines = "客戶編號,訂單日期,實付金額\\n".encode("big5")
    >>> [one.known for one in list_candidates(lines, lines) if one.known]
    [('客戶編號', '訂單日期', '實付金額')]
    """
    found = []
    for script, encodings in SCRIPTS.items():
        for encoding in encodings:
            first, around = decode_part(head, encoding), decode_part(window, encoding)
            if first is not None and around is not None:
                found.append(_weigh(script, encoding, first, around))
                break
    return found


def _weigh(script: str, encoding: str, first: str, around: str) -> Candidate:
    characters = IGNORED.sub("", first if first == around else first + around)
    different = set(characters)
    strange = {character for character in different if not _is_common(character, script)}
    return Candidate(
        script,
        encoding,
        known_names(first),
        len(different),
        sum(character in strange for character in characters) / max(1, len(characters)),
        len(different & FAMILIAR) / max(1, len(different)),
    )


def _is_common(character: str, script: str) -> bool:
    codec, ranges = COMMON[script]
    try:
        place = int.from_bytes(character.encode(codec), "big")
    except UnicodeEncodeError:
        return False
    return any(first <= place <= last for first, last in ranges)


def choose(candidates: list[Candidate]) -> Candidate | None:
    """The one candidate that reads as a text; where several do, the one whose characters are far more familiar."""
    # Rare names make a short text strange; then no other reading may come near.
    for most_strange in (MOST_STRANGE, 1.5 * MOST_STRANGE):
        plain = [one for one in candidates if one.is_plain(most_strange)]
        plain.sort(key=lambda one: one.familiar, reverse=True)
        if len(plain) > 1 and plain[0].familiar < max(FAMILIAR_ENOUGH, 2 * plain[1].familiar):
            return None
        if plain and (most_strange == MOST_STRANGE or plain[0].n_different > FEW):
            return plain[0]
    return None


def known_names(text: str, *, with_ascii: bool = False) -> tuple[str, ...]:
    """The known names of columns in the first lines of a text, of the line that has most."""
    best: tuple[str, ...] = ()
    for line in text.splitlines()[:30]:
        for fields in (re.split(r"[,;\t|]", line), line.split()):
            names = dict.fromkeys(field.strip().strip("\"'").strip() for field in fields)
            found = tuple(name for name in names if is_known(name) and (with_ascii or not name.isascii()))
            best = max(best, found, key=len)
    return best


def decode_part(part: bytes, encoding: str) -> str | None:
    """The text of a part of a file, which may end within a character; None where it does not decode."""
    try:
        return part.decode(encoding)
    except UnicodeDecodeError as error:
        return part[: error.start].decode(encoding) if error.start >= len(part) - 4 else None


def is_damaged_utf8(window: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8; of GB18030 a few percent are by chance, of few words half."""
    n_fits, n_high = _count_high(window.decode("utf-8", "ignore").encode("utf-8")), _count_high(window)
    return n_fits > (0.75 if n_high < 40 else 0.5) * n_high


def _count_high(content: bytes) -> int:
    return sum(byte > 127 for byte in content)


def is_western(window: bytes) -> bool:
    """Whether "Chinese" comes from an accented letter and the plain letter after it, as in Müller.

    The second byte of the 6,763 common characters is never an ASCII letter.
    """
    pairs = re.findall(rb"([A-Za-z]?)[\x81-\xfe]([\x40-\x7e\x80-\xfe])(?=([A-Za-z]?))", window)
    with_letter = [before or after for before, second, after in pairs if b"A" <= second <= b"z"]
    return 2 * len(with_letter) > len(pairs) and any(with_letter)

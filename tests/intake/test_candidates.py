"""Which encoding a text is in that is not UTF-8: found where its words tell, asked where they do not."""

from __future__ import annotations

import random

import pytest

from crmlib.intake import encodings
from crmlib.intake.candidates import choose, list_candidates
from crmlib.intake.conventions import Undecided
from crmlib.intake.source import Source

# Of each encoding words as customers, cities and wares are called.
WORDS = {
    "gb18030": "张伟 李娜 王秀英 刘洋 陈静 杨磊 赵敏 黄强 周杰 吴艳 北京 上海 广州 深圳 服装 食品 家居 数码".split(),
    "big5": "張淑芬 李雅婷 王志明 劉家豪 陳怡君 黃建宏 台北市 新北市 高雄市 電子 食品 服飾 圖書 飲料".split(),
    "shift_jis": "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 東京 大阪 コーヒー お茶 りんご ノート".split(),
    "euc_jp": "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 東京 大阪 コーヒー お茶 りんご ノート".split(),
    "euc_kr": "김민준 이서연 박지우 최하은 정도윤 서울 부산 대구 인천 식품 의류 커피".split(),
    "cp1252": "Müller Gröbel Köln Straße Österreich Café François Muñoz Peña Größe Öl Ångström Malmö ÄÖÜ KÖLN".split(),
    "cp1250": "Łódź Kraków Poznań Gdańsk Świątek Żółć Dvořák Plzeň Škoda Šťastný Győr Pécs ŁÓDŹ".split(),
    "cp1251": "Москва Иванов Петров Санкт Смирнов Екатеринбург МОСКВА ИВАНОВ Анна Олег Да Нет".split(),
    "cp1253": "Αθήνα Θεσσαλονίκη Γιώργος Μαρία ΑΘΗΝΑ".split(),
    "cp1256": "محمد القاهرة أحمد دبي".split(),
}
EASTERN = ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")


def find(tmp_path, content: bytes) -> str:
    """The encoding found, or "asked"."""
    path = tmp_path / "sales.csv"
    path.write_bytes(content)
    with Source(path) as source:
        try:
            return encodings.find_encoding(source).name
        except Undecided as undecided:
            assert undecided.questions[0].key == "encoding"
            return "asked"


def some_rows(encoding: str, n: int, seed: int) -> bytes:
    chance = random.Random(seed)
    rows = "".join(f"C{i},2024-01-02,{chance.choice(WORDS[encoding])}\n" for i in range(n))
    return f"customer_id,order_date,city\n{rows}".encode(encoding)


@pytest.mark.parametrize("encoding", WORDS)
@pytest.mark.parametrize("n", [1, 2, 4, 8, 40])
def test_words_in_cells_are_never_read_in_the_wrong_encoding(tmp_path, encoding, n):
    allowed = {encoding, "asked"} if encoding in EASTERN else {"asked"}
    texts = (some_rows(encoding, n, seed) for seed in range(12))
    # One or two words may be UTF-8 by chance, as the two of China Unicom, 联通, are.
    assert {find(tmp_path, text) for text in texts if not is_utf8(text)} <= allowed


def is_utf8(text: bytes) -> bool:
    return text.decode("utf-8", "ignore").encode() == text


@pytest.mark.parametrize("encoding", EASTERN)
def test_many_words_in_cells_are_read_without_a_question(tmp_path, encoding):
    assert {find(tmp_path, some_rows(encoding, 40, seed)) for seed in range(12)} == {encoding}


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("客户编号,下单时间,实付金额", "gb18030"),
        ("會員編號,訂單日期,實付金額", "big5"),
        ("訂單編號,會員編號,類別", "gb18030"),  # of Taiwan, saved on the mainland
        ("顧客番号;注文日;売上金額", "shift_jis"),
        ("顧客番号\t注文日\t売上金額", "euc_jp"),
        ("고객번호,주문일,결제금액", "euc_kr"),
    ],
)
def test_known_names_of_columns_decide(tmp_path, header, encoding):
    # Characters that no list has, in each of the encodings.
    assert find(tmp_path, f"{header}\n喆,1,2\n".encode(encoding, "ignore")) == encoding


def test_a_title_above_the_names_does_not_hide_them(tmp_path):
    assert find(tmp_path, "報表\n\n會員編號,訂單日期,實付金額\n1,2,3\n".encode("big5")) == "big5"


def test_the_microsoft_form_of_an_encoding_is_found_where_the_plain_one_fails(tmp_path):
    lines = "會員編號,訂單日期,實付金額\n恒碁裏,2024-01-02,3\n"
    with pytest.raises(UnicodeEncodeError):
        lines.encode("big5")
    assert find(tmp_path, lines.encode("cp950")) == "cp950"


def test_what_is_known_and_damaged_is_refused_with_the_byte(tmp_path):
    """Rather than offered in all encodings but its own."""
    whole = "客户编号,下单时间,实付金额\n张,1,2\n".encode("gb18030")
    assert find(tmp_path, whole) == "gb18030"
    with pytest.raises(ValueError, match=r"it is GB18030, but byte 35 \(0xFF, in line 3\) does not fit"):
        find(tmp_path, whole + b"\xff\n")


def test_those_that_read_as_a_text_are_offered_first(tmp_path):
    path = tmp_path / "sales.csv"
    path.write_bytes("customer_id\n彐彖\n".encode("gb18030"))
    with Source(path) as source, pytest.raises(Undecided) as error:
        encodings.find_encoding(source, table="transactions")
    choices = error.value.questions[0].choices
    assert dict(choice[:2] for choice in choices)["gb18030"] == "彐…"
    assert len({choice.value for choice in choices}) == len(choices) > 3


def test_utf_16_without_a_mark_is_found_by_its_names(tmp_path):
    text = "customer_id,order_date,amount\na,2024-01-02,1\n"
    for encoding in ("utf-16-le", "utf-16-be"):
        assert find(tmp_path, text.encode(encoding)) == encoding
    with pytest.raises(ValueError, match="is NUL"):
        find(tmp_path, "who,when\na,2024-01-02\n".encode("utf-16-le"))


def test_rare_names_are_read_where_nothing_else_comes_near():
    text = "customer_id,city\n张三,茶叶\n朱镕基,喆堃\n".encode("gb18030")
    assert choose(list_candidates(text, text)).script == "gb18030"

"""Made-up names, telephone numbers, mail and street addresses.

Nobody real is meant. Telephone numbers begin with 154, a range that the list of
allotted mobile numbers of the Chinese ministry (工业和信息化部, 2023-06-05) does not
have; mail goes to the domains that RFC 2606 keeps for examples; streets are
invented, in cities that exist.
"""

from __future__ import annotations

import numpy as np

from crmlib.simulate import parameters as p
from crmlib.simulate.streams import pick

# A character and how it is read, most frequent first.
SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he "
    "郭guo 马ma 罗luo 梁liang 宋song 郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan "
    "邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai 贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu "
    "潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 欧阳ouyang 上官shangguan 诸葛zhuge"
)
GIVEN_MALE = (
    "文wen 晨chen 宇yu 博bo 浩hao 睿rui 俊jun 杰jie 轩xuan 辰chen 航hang 逸yi 凯kai 磊lei 鑫xin 峰feng 哲zhe 喆zhe "
    "昇sheng 堃kun 志zhi 远yuan 思si 源yuan 嘉jia 诚cheng 一yi 鸣ming 天tian 佑you 承cheng 宏hong 启qi 明ming "
    "振zhen 庆qing 兴xing 根gen 阿a 福fu 海hai 松song 柏bo 木mu 森sen 川chuan 子zi 墨mo 景jing 言yan"
)
GIVEN_FEMALE = (
    "雨yu 佳jia 怡yi 欣xin 婷ting 雪xue 玥yue 悦yue 琪qi 萱xuan 梦meng 瑶yao 静jing 雯wen 倩qian 颖ying 芳fang "
    "玲ling 秀xiu 兰lan 桂gui 英ying 梅mei 月yue 娥e 彩cai 霞xia 红hong 丹dan 蕾lei 晓xiao 琳lin 诗shi 涵han "
    "语yu 桐tong 若ruo 溪xi 可ke 依yi 思si 甜tian 宁ning 乐le 禾he 苗miao 清qing 音yin 子zi 墨mo"
)
LATIN_MALE = ("Thomas", "Jörg", "David", "Hiroshi", "André", "Samuel")
LATIN_FEMALE = ("Anna", "Zoë", "Maria", "Yuki", "Hélène", "Grace")
LATIN_SURNAMES = ("Müllenbrück", "Tanabashi", "O'Dannel", "Lefauré", "Nováčkin", "Wood-Berglund", "Salvarro")
# Well-known people whom chance would name.
NOT_THESE = {
    "林俊杰", "王一博", "王俊凯", "王源", "吴磊", "李晨", "黄轩", "陈晓", "林青霞", "刘若英", "张杰", "杨颖", "陈思诚",
    "李天一", "马凯", "林依晨", "周杰", "苏明", "梁静", "李静",
}  # fmt: skip
# What a clerk writes instead, hearing the same.
SAME_SOUND = dict(
    zip(
        "张陈李周徐余阎傅萧蒋佳嘉辰晨婷雯文玲欣鑫怡悦玥喆哲昇堃瑶萱宇雨浩磊俊杰轩航峰琳芳英梅霞静涵源远诚承宏明兰红思秀",
        "章程黎邹许于颜付肖姜嘉佳晨辰亭文雯铃鑫欣宜玥悦哲喆升坤遥宣雨宇昊雷军洁宣杭锋林方瑛玫夏婧函元元成成洪铭岚虹斯绣",
        strict=True,
    )
)
CITIES = ("杭州", "宁波", "绍兴", "嘉兴", "湖州", "金华", "上海", "苏州")
CITY_WEIGHTS = np.array((46, 9, 11, 10, 7, 5, 8, 4), dtype=float)
STREET_WORDS = (
    "云禾", "青麦", "稻香桥", "望谷", "竹篮", "听茶", "白鹭桥", "三禾", "米仓", "油坊弄", "酱园", "桂子", "长亭外", "石臼",
)  # fmt: skip
STREETS = tuple(first + last for first in STREET_WORDS for last in ("路", "街", "巷", "大道"))
WORDS = (
    "云禾", "青麦", "望谷", "听茶", "三禾", "石臼", "禾月", "米桶", "小满", "芒种", "白露", "谷雨", "霜橙", "竹篮", "半山禾",
    "麦田里", "鹿鸣", "星河", "暖阳", "晴川",
)  # fmt: skip
ORGANISATIONS = {
    "restaurant": (
        "老{surname}川菜馆", "{word}酒楼", "{surname}记面馆", "{word}饭店", "{surname}家小厨", "{word}火锅",
        "{word}茶餐厅", "阿{given}烧烤", "{word}早餐店", "Café {latin} {word}店", "{surname}氏粥铺", "{word}农家乐",
    ),
    "shop": (
        "{surname}记粮油店", "{word}便利店", "{word}生活超市", "{given}{given2}副食店", "{word}果蔬店", "{word} Mart",
        "老{surname}杂货铺",
    ),
    "firm": (
        "{city}{word}科技有限公司", "{word}商贸有限公司", "{city}{word}服饰厂", "{word}广告公司", "{word}物业公司",
        "{word}设计事务所",
    ),
    "institution": (
        "{word}小学食堂", "{word}幼儿园", "{word}医院职工食堂", "{word}养老院", "{word}中学食堂", "{word}培训中心",
    ),
}  # fmt: skip
MAIL = ("example.com", "example.net", "example.org")


def _split(table: str) -> list[tuple[str, str]]:
    """Characters and their reading, apart."""
    pairs = []
    for item in table.split():
        cut = next(place for place, character in enumerate(item) if character.isascii())
        pairs.append((item[:cut], item[cut:]))
    return pairs


_SURNAMES, _MALE, _FEMALE = _split(SURNAMES), _split(GIVEN_MALE), _split(GIVEN_FEMALE)
_SURNAME_WEIGHTS = 1 / np.arange(1, len(_SURNAMES) + 1) ** 0.8


def make_people(chance: np.ndarray, is_female: np.ndarray) -> list[dict]:
    """A name for each row of `chance` (6 uniform numbers): name, reading (family, given) and surname."""
    surname = pick(chance[:, 0], _SURNAME_WEIGHTS)
    people = []
    for row, (place, female) in enumerate(zip(surname, is_female, strict=True)):
        first, second, length, foreign, latin = chance[row, 1:6]
        if foreign < p.LATIN_SHARE:
            given = _one(LATIN_FEMALE if female else LATIN_MALE, latin)
            family = _one(LATIN_SURNAMES, first)
            people.append({"name": f"{given} {family}", "reading": (_ascii(family), _ascii(given)), "surname": family})
            continue
        characters = _FEMALE if female else _MALE
        given = [_one(characters, first), _one(characters, second)]
        if length < p.ONE_CHARACTER_SHARE:
            given = given[:1]
        family, reading = _SURNAMES[place]
        if family + "".join(character for character, _ in given) in NOT_THESE:
            given = [_FEMALE[-5], _MALE[-1]]
        read = "".join(sound for _, sound in given)
        people.append(
            {
                "name": family + "".join(character for character, _ in given),
                "reading": (_ascii(reading), _ascii(read)),
                "surname": family,
            }
        )
    return people


def make_organisation(kind: str, city: str, chance: np.ndarray) -> dict:
    """A name for an organisation from 6 uniform numbers."""
    family, reading = _one(_SURNAMES[:40], chance[1])
    word = _one(WORDS, chance[2])
    given, _ = _one(_MALE, chance[3])
    second, _ = _one(_FEMALE, chance[4])
    name = _one(ORGANISATIONS[kind], chance[0]).format(
        surname=family, word=word, given=given, given2=second, city=city, latin=_one(LATIN_FEMALE, chance[5])
    )
    return {"name": name, "reading": (_ascii(reading), kind), "surname": family}


def make_phone(chance: float) -> str:
    """Eleven digits that nobody has."""
    return f"154{int(chance * 10**8):08d}"


def write_phone(digits: str, chance: float) -> str:
    """The number as one clerk or another types it.

    Examples
    --------
    >>> write_phone("15400001234", 0.1), write_phone("15400001234", 0.7)
    ('15400001234', '154 0000 1234')
    """
    first, second, third = digits[:3], digits[3:7], digits[7:]
    if chance < 0.66:
        return digits
    if chance < 0.80:
        return f"{first} {second} {third}"
    if chance < 0.91:
        return f"{first}-{second}-{third}"
    if chance < 0.97:
        return f"+86 {digits}"
    if chance < 0.99:
        return f"(86){digits}"
    return digits.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})  # full width


def make_mail(reading: tuple[str, str], number: float, domain: float, form: float) -> str:
    """An address in a domain kept for examples, from the name as it is read and 3 uniform numbers."""
    family, given = reading
    digits = int(number * 900) + 10
    locals_ = (f"{given}.{family}", f"{family}{given}{digits}", f"{given}{digits}")
    return f"{locals_[0 if form < 0.3 else 1 if form < 0.8 else 2]}@{_one(MAIL, domain)}"


def make_address(chance: np.ndarray, is_home: bool) -> tuple[str, int, int, int]:
    """Street, number, building and room from 4 uniform numbers; an organisation has no building and room."""
    return (
        _one(STREETS, chance[0]),
        int(chance[1] ** 2 * 400) + 1,
        int(chance[2] * 24) + 1 if is_home else 0,
        (int(chance[3] * 17) + 1) * 100 + int(chance[3] * 1000) % 4 + 1 if is_home else 0,
    )


def write_address(address: tuple[str, int, int, int], city: str, chance: float) -> str:
    """The address long, without the city, or short.

    Examples
    --------
    >>> write_address(("云禾路", 5, 3, 502), "杭州", 0.1), write_address(("云禾路", 5, 3, 502), "杭州", 0.9)
    ('杭州市云禾路5号3幢502室', '云禾路5-3-502')
    """
    street, number, building, room = address
    if chance < 0.4:
        return f"{city}市{street}{number}号" + (f"{building}幢{room}室" if room else "")
    if chance < 0.75:
        return f"{street}{number}号" + (f"{building}幢{room}室" if room else "")
    return f"{street}{number}" + (f"-{building}-{room}" if room else "号")


def misspell(person: dict, chance: float, where: float, is_person: bool, is_female: bool) -> str:
    """The name as it stands in a second record of the same person or firm."""
    name, (family, given) = person["name"], person["reading"]
    if chance < p.SAME_NAME:
        return name
    if chance < p.SAME_NAME + p.SAME_SOUND:
        places = [place for place, character in enumerate(name) if character in SAME_SOUND]
        if places:
            place = places[int(where * len(places))]
            return name[:place] + SAME_SOUND[name[place]] + name[place + 1 :]
        return name.upper() if name[:2].isascii() else name[:1] + " " + name[1:]
    if not is_person:
        return name[:-1] if where < 0.5 else f"{name}（分店）" if where < 0.7 else name.replace("有限公司", "公司")
    if chance < 0.90:
        return f"{person['surname']}{'女士' if is_female else '先生'}"
    return f"{family.capitalize()} {given.capitalize()}"


def _one(choices, chance: float):
    return choices[int(chance * len(choices))]


def _ascii(text: str) -> str:
    """Letters that a mail address may have."""
    plain = text.lower().translate(str.maketrans("üöëéèáč", "voeeeac"))
    return "".join(character for character in plain if character.isascii() and character.isalnum())

"""People inside a text: after a form of address, a greeting or 联系, before 様 or 先生, and the ids of messengers.

A name nobody knows, in the middle of a sentence, is found only there. A column of such texts is therefore judged as a
whole (`personal`); this is for single cells, and for the few texts of a state.
"""

from __future__ import annotations

import re

from crmlib.intake import people
from crmlib.intake.brands import BRANDS
from crmlib.intake.persons import HAN, HANGUL, IS, KANA, person

CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"  # the scripts without capitals as well
WORD = rf"{CAPITAL}[^\W\d_]*(?:['’-][^\W\d_]+)*"
LATIN_WORD = rf"(?![^\x00-\u024f]){WORD}"
PARTICLE = r"(?: (?:van|von|vom|de|der|den|del|da|di|do|dos|la|le|zu|ter|ten|bin|ben|y|e))*"
NAME = rf"{LATIN_WORD}\.?(?:,?{PARTICLE} {LATIN_WORD}){{0,2}}"
TWO_WORDS = rf"{LATIN_WORD},?{PARTICLE} {LATIN_WORD}"
TITLE = r"(?:(?i:herrn?|frau|fam\.|familie|hr\.|fr\.|mr|mrs|ms|miss|mme|mlle|monsieur|madame|sr\.|sra\.|dr|prof)\.? )"
BEFORE = (
    r"(?i:c/o|f\.?a\.?o\.?|attn|att\.|attention|z\.? ?h(?:d|d[nt])\.?(?: v(?:on|\.))?|zu händen(?: von)?|"
    r"à l['’]attention d(?:e |['’])|a/c|signed(?: by)?|t\.?a\.?v\.?|"
    r"recd from|received from|signature|gez\.|ansprechpartner(?:in)?|contact|recipient|"
    r"consignee|kontakt|empfänger|destinataire|destinatario|(?:customer|kunde|client|name)(?=:))"
)
THANKS = (
    r"(?i:regards|thanks|thank you|thx|cheers|sincerely|yours|grüße?n?|grüssen?|gruß|gruss|lg|vg|mfg|danke|merci|"
    r"cordialement|bien à vous|saludos|gracias|atentamente|saluti|grazie|obrigad[oa])"
)
# Of two words with a capital behind one of these most are a person; behind one of the others, where one is a name.
TOWARDS = (
    r"(?:sub)?total(?: for| of)?|summe|customer|client|kund(?:e|in)|to|by|ring|call|ask|tell|inform|an|von|chez|"
    r"appeler|para"
)
BESIDE = r"for|from|with|see|für|mit|bei|durch|pour|par|avec|por|con|per|da|di"
NO_PERSON = people.NO_NAME | set(
    "mail pay post express parcel royal deutsche post google apple amazon western american union visa paypal hermes "
    "returns store shop warehouse buyer seller sender depot team support service desk department the this that next "
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday pick return sender courier check out back "
    "africa asia europe america pacific caribbean arab world income economies".split()
)
FOREIGN = re.compile(
    rf"(?P<sure>(?<!\w)(?:{BEFORE}[.:]*\s+{TITLE}?|{TITLE}+)(?P<called>{NAME}))|"
    rf"(?P<signed>{THANKS}(?:[,!.;:]|\s+[-–—])?\s+[-–—]?\s*(?P<signer>{LATIN_WORD}(?: {LATIN_WORD})?)\s*$)|"
    rf"(?P<dash>[.!?,;]\s*[-–—]+\s?(?P<dashed>{LATIN_WORD}(?: {LATIN_WORD})?)\s*$)|"
    rf"(?P<weak>(?<!\w)(?i:(?P<beside>{BESIDE})|{TOWARDS})\s+(?P<met>{TWO_WORDS}))"
)
PAIR = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)(,? )(?=([^\W\d_]+(?:-[^\W\d_]+)*))")

SURNAME = f"(?:{'|'.join(sorted(people.CHINESE_DOUBLE_SURNAMES))}|[{''.join(sorted(people.CHINESE_SURNAMES))}])"
GIVEN = f"[{''.join(sorted(people.CHINESE_GIVEN))}]"
COMMONEST = "王李张刘陈杨赵吴徐孙胡朱何郭罗郑谢韩唐冯邓曹彭曾萧蔡潘袁蒋董吕苏魏薛"
KNOWN = f"{SURNAME}{GIVEN}{{1,2}}"
ROLES = (
    "收件人|收貨人|收货人|联系人|聯絡人|寄件人|签收人|代收人|经办人|经手人|付款人|负责人|持卡人|户名|姓名|买家|客户|会员|"
    "业务员|销售员?|导购|店员|客服|跟进人|推荐人|介绍人|担当|担当者|お名前|氏名|宛名"
)
DOING = "联系|聯絡|致[电電]|[转轉]交|[转轉交发發寄送退]给|[轉交發寄送退]給|退款[给給]|通知|告知|打[给給]|拨打|找"
ALSO = "给|由|替|帮|为|与|和|叫|让|问|代"  # less often before a name: only where a known one ends there
AFTER = r"(?=[，。；、,.;:：!！?？\s(（/]|$|送|发|退|换|取|领|拿|签|接|收|代|处|电|确认|先生|女士|小姐)"
CHINESE = re.compile(
    rf"(?P<role>(?:{ROLES})[：:是为\s]{{1,2}})(?:{HAN}{{2,4}}(?:[·•・]{HAN}{{2,8}})?(?!{HAN})|{KNOWN})|"
    rf"(?P<plain>(?:{ROLES}))(?:{KNOWN}){AFTER}|"
    rf"(?P<also>{ALSO}){KNOWN}(?!{HAN})|"
    rf"(?P<doing>{DOING})(?:{SURNAME}{HAN}{{1,2}}?{AFTER}|{KNOWN}(?!{HAN}))|"
    rf"(?:{SURNAME}{HAN}{{0,2}}?(?=先生|女士|小姐|太太|老师|老師|师傅|師傅|阿姨|同学|经理|医生))|"
    rf"(?<!{HAN}){SURNAME}{HAN}{{1,2}}(?=亲收|代收|签收|已签收|已收货|已收到|亲启|敬上|敬启|收$)|"
    rf"(?P<apart>(?:(?<=\s)|^)(?:{SURNAME}{GIVEN}{{2}}|[{COMMONEST}]{GIVEN})(?=\s)|"
    rf"(?<=\s)(?:{SURNAME}{GIVEN}{{2}}|[{COMMONEST}]{GIVEN})$)|"
    rf"(?:(?<=[，。；！])|^){SURNAME}{GIVEN}{{2}}(?=[，。；！])|(?<=[，。；！]){SURNAME}{GIVEN}{{2}}$"
)
NOBODY = re.compile(r"客|皆|各位|何|奥|神様|同|多様|仕|異|王様|一様|고객|회원|선생|손님|판매자|구매자")
LONG_SURNAME = f"(?:{'|'.join(sorted(name for name in people.JAPANESE_SURNAMES if len(name) > 1))})"
EASTERN = re.compile(
    rf"(?:{HAN}{{2,5}}|{KANA}{{2,6}}|{HAN}{{1,3}}[ 　]?(?:{HAN}|{KANA}){{1,4}})"
    rf"(?=様|さま|さん(?![かがのは]?{KANA}{{2}})|殿(?!堂)|氏(?!名))|"
    rf"(?<!{HANGUL}){HANGUL}{{2,4}}(?=님|씨(?!{HANGUL}))|"
    rf"{LONG_SURNAME}(?:{HAN}|{KANA}){{0,3}}(?=宛|へ連絡|に連絡|へ配達)"
)
MESSENGER = re.compile(
    r"(?P<app>(?:微信号?|weixin|wechat(?: id)?|vx|v信|qq号?|line ?id|skype|telegram|whatsapp|旺旺)\s*[：:是为]?\s*)"
    r"(?=[\w.:-]*[\d_-])[A-Za-z0-9][\w.:-]{4,}|(?<!\w)live:[\w.:-]{4,}|(?<![\w.])@[A-Za-z]\w{4,}",
    re.IGNORECASE,
)
MAKER = re.compile(r"(dr|by|from|von|per|da|di)\b", re.IGNORECASE)
MARK = "***"


def hide_people(text: str, *, is_sure: bool = False, in_goods: bool = False) -> str:
    """A text without the people it names; where `is_sure`, only those behind more than a preposition.

    Goods are called after people in all languages with capitals (Herr Nilsson, Paul Smith): `in_goods` those stay.

    Examples
    --------
    >>> [hide_people(text) for text in ("请联系张伟，收件人：王小明", "Hr. Krause rief an", "refund to Ngozi Okonkwo")]
    ['请联系***，收件人：***', 'Hr. *** rief an', 'refund to ***']
    >>> [hide_people(text) for text in ("shipped by Royal Mail", "Dr. Oetker Pizza", "和平路的包裹已签收")]
    ['shipped by Royal Mail', 'Dr. Oetker Pizza', '和平路的包裹已签收']
    """
    text = MESSENGER.sub(lambda found: f"{found['app'] or ''}{MARK}", text)
    if not text.isascii():
        text = CHINESE.sub(lambda found: found[0] if in_goods and found["apart"] else _in_chinese(found), text)
        text = EASTERN.sub(lambda found: found[0] if NOBODY.search(found[0]) else MARK, text)
    if in_goods or (not any(letter.isupper() for letter in text) and not PAIR.search(text)):
        return text
    return _hide_pairs(FOREIGN.sub(lambda found: found[0] if is_sure and found["met"] else _in_words(found), text))


def mentions_person(text: str) -> bool:
    """Does a text name somebody for sure?

    Examples
    --------
    >>> mentions_person("王女士亲启"), mentions_person("Thanks, Anna"), mentions_person("Thanks to all")
    (True, True, False)
    """
    return hide_people(text, is_sure=True) != text


def _in_chinese(found: re.Match) -> str:
    before = found["role"] or found["plain"] or found["doing"] or found["also"] or ""
    name = found[0][len(before) :]
    is_brand = BRANDS.match(found.string, found.start() + len(before)) is not None
    is_none = name in people.CHINESE_PLACES or is_brand or (len(name) == 1 and name in "和时常全高")
    return found[0] if is_none else f"{before}{MARK}"


def _in_words(found: re.Match) -> str:
    group = next(group for group in ("called", "signer", "dashed", "met") if found[group])
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    name, whole = found[group], found[0]
    words = [word.strip(".,").casefold() for word in name.split()]
    is_brand = BRANDS.search(whole) is not None and MAKER.match(whole) is not None
    if is_brand or words[0] in NO_PERSON or (group == "met" and not may_be_person(words)):
        return whole
    if found["beside"] and people.GIVEN.isdisjoint(words) and people.SURNAMES.isdisjoint(words):
        return whole
    return f"{whole[:start]}{MARK}{whole[end:]}"


def may_be_person(words: list[str]) -> bool:
    """Are none of some words those of goods, places and states? Behind a known given name anything may stand.

    Examples
    --------
    >>> may_be_person(["Robert", "Brown"]), may_be_person(["Royal", "Mail"]), may_be_person(["Calvin", "Klein"])
    (True, False, False)
    """
    plain = [word.strip(".,").casefold() for word in words]
    is_known = plain[0] in people.GIVEN or (len(words) > 1 and words[0].endswith(",") and plain[1] in people.GIVEN)
    return (is_known or NO_PERSON.isdisjoint(plain)) and BRANDS.search(" ".join(words)) is None


def _hide_pairs(text: str) -> str:
    """A known given name beside a known surname, in whichever order, wherever they stand."""
    if not text.isascii() and re.search(HAN, text) and " " not in text:
        return text
    for first, between, second in PAIR.findall(text):
        one, other = first.casefold(), second.casefold()
        is_pair = (one in people.GIVEN and other in people.SURNAMES) or (
            first.istitle() and second.istitle() and "," in between and person(f"{first}, {second}") == IS
        )
        if is_pair and not BRANDS.search(f"{first}{between}{second}"):
            text = text.replace(f"{first}{between}{second}", MARK)
    return text

"""What a column's name says of the people in it: telephones, addresses, birthdays, messengers; or of goods."""

from __future__ import annotations

import re

from crmlib.intake import people
from crmlib.intake.names import bare, is_name

PERSONAL_BY_HEADER = {"phone": "telephone", "email": "email", "address": "address", "birth_date": "date of birth"}
BORN_HEADER = re.compile(
    r"birth|dob$|^geb(oren)?(am|datum|tag)?$|geburts?(datum|tag)|生日|出生|誕生日|生年月日|naissance|nacimiento|nascita|"
    r"nascimento|^n[ée]e?le$|생년월일|생일|born|rozhdeniya|рожд"
)
SINCE_HEADER = re.compile(
    r"since|regist|join|sign|creat|first|last|order|seit|opened|start|begin|depuis|desde|alta|注册|註冊|入会|创建|建档|"
    r"开户|首次|最近|下单|订单"
)
CARD_HEADER = re.compile(
    r"身份证|身份證|证件号|護照|护照|passport|reisepass|idcard|ssn|socialsecurity|ausweis|aadh?aar|nationalid|taxid|steuerid|steuernummer|^(pan|nif|dni|nie|cpf|curp|rfc|bsn|ahv|svnr)(no|nr|number)?$|codicefiscale|"
    r"sozialvers|driver.?s?licen|führerschein|tarjeta|银行卡|卡号$|iban"
)
PHONE_HEADER = re.compile(
    r"t[eé]l[eéèê]?(ph|f)on|^tel$|^t[eé]l$|telnr|m[oó]bile?|m[oó]vil|handy(nr|nummer)?$|cell(phone)?$|^fax|portable$|celular|电话|電話|"
    r"手机|手機|携帯|전화|연락처|телефон"
)
ADDRESS_HEADER = re.compile(
    r"(?<!ip)(?<!mac)addr(ess)?(line)?\d?$|adresse|anschrift|stra(ß|ss)e$|street|地址|住所|住址|주소|direcci[oó]n|indirizzo|"
    r"endere[cç]o|адрес"
)
MESSENGER_HEADER = re.compile(
    r"(微信|wechat|weixin|qq|skype|whatsapp|telegram|tg|lineid|kakaotalk|kakao|messenger|旺旺|抖音|小红书|快手|微博|instagram|facebook|twitter)"
    r"(号|号码|号碼|id|name|handle|昵称|account|账号|user|username)?"
)
STATE_HEADER = re.compile(r"status|state$|zustand|reason|grund$|状态|狀態|原因|类型|區分|区分")
BRAND_HEADER = re.compile(
    r"brand|marke$|marque|marca|品牌|牌子|ブランド|designer|hersteller|manufacturer|maker|label$|vendor$|"
    r"^(film|movie|book|buch|song|album|artist|author|autor|game|show|series)(s|name|title|titel)?$|书名|影片|歌手|作者"
)
GOODS_HEADER = re.compile(
    r"product|produkt|produit|categor|kategorie|catégorie|item|artikel|article|sku|descri|beschreibung|bezeichnung|title|"
    r"titel|style|model|goods|ware|商品|产品|產品|品类|品名|款式|型号|货品|标题|描述|宝贝|カテゴリ|"
    r"^(country|region|city|town|state|province|land|ort|stadt|ville|pays|ciudad|pais)(name)?$|国家|城市|地区|省份"
)


def is_of_people(name: str) -> bool:
    """Is a column called after people: Customer, Ship Name, 收件人; but not Customer Type?"""
    plain = bare(name)
    is_so = is_name(name) or re.search(people.PERSON_WORDS, plain) is not None
    return is_so and re.search(people.NUMBER_WORDS, plain) is None


def is_of_goods(name: str) -> bool:
    """Is a column called after goods, or places?"""
    plain = bare(name)
    found = BRAND_HEADER.search(plain) or GOODS_HEADER.search(plain)
    return found is not None and not is_of_people(name)


def is_of_short_numbers(name: str) -> bool:
    """Is a column called after telephones, messengers, cards or birthdays? Then its numbers may be short."""
    plain = bare(name)
    forms = (PHONE_HEADER, CARD_HEADER, BORN_HEADER)
    return any(form.search(plain) for form in forms) or MESSENGER_HEADER.fullmatch(plain) is not None

"""Words that mean the same in every file, in the languages of exports: totals, nobody, refunds, cancelled orders.

Each is known as a whole cell, without case, spaces and marks; a refund or a cancelled order also as
one of the few words of a cell ("Full refund", "订单已取消").
"""

from __future__ import annotations

import re
import unicodedata

# What stands in the first column of a line that adds the others up.
TOTALS = frozenset(
    (
        "average avg mean durchschnitt mittelwert moyenne promedio 平均 平均值 均值 total totals grandtotal"
        " subtotal subtotals sum sumtotal runningtotal pagetotal monthlytotal overall summe"
        " gesamt gesamtsumme gesamtergebnis zwischensumme teilsumme insgesamt endsumme monatssumme ergebnis"
        " totalgénéral"
        " totalgeneral soustotal somme suma sumatotal totalgeral subtotale totale totalegenerale parziale somma"
        " totaal"
        " eindtotaal subtotaal summa yhteensä ialt razem ogółem sumacałkowita celkem součet összesen toplam"
        " geneltoplam aratoplam итого всего общийитог σύνολο 合计 总计 小计 总和 汇总 总合计 累计 共计 本页合计"
        " 本页小计 本月合计 本月累计 本年累计 合計 總計 小計 總和 累計 総計 合计金额 합계 총계 소계 총합"
    ).split()
)
# Before or behind the name of what is added up, as spreadsheets write it: "C021 Total", 合计：宁波.
TOTAL_OF = (
    r"(sub ?total|grand total|total|summe|gesamt|ergebnis|zwischensumme|sous-total|suma|somme|totale|totaal|razem"
    r"|toplam|итого|合计|总计|小计|汇总|合計|總計|小計)"
)
OF_SOMETHING = re.compile(
    rf"{TOTAL_OF}(\s+(for|of|für|pour|de|di|van)\b|\s*[:：]|(?=\s+\S*\d)).*\S|\S.*\s{TOTAL_OF}:?|\S.*(合计|总计|小计|汇总|合計|總計|小計)",
    re.IGNORECASE,
)
# What is written where no customer is known.
NOBODY = frozenset(
    (
        "na nan none blank nocard anonymoususer visitor visitors generalpublic passante null nil nobody noone"
        " unknown unknowncustomer unbekannt unidentified anonymous anon anonym anonyme"
        " anonymouscustomer anonymousbuyer anónimo anonimo anonimous guest guests guestcustomer guestuser"
        " guestcheckout"
        " gast gastkunde invité invite invitado ospite walkin walkincustomer walkins walkincustomers cash"
        " cashcustomer"
        " cashsale cashsales barverkauf barkunde laufkunde laufkundschaft diverse diversekunden kundeunbekannt"
        " sammelkunde cpd einmalkunde clientcomptoir clientdivers clientdepassage passage inconnu desconocido"
        " sinnombre clientegenerico clientegenérico publicogeneral públicoengeneral consumidorfinal mostrador"
        " consumatorefinale sconosciuto particulier onbekend okänd nomember nonmember notamember nocustomer"
        " nocustomerid noid noname notavailable notprovided notapplicable notset unassigned default defaultcustomer"
        " dummy dummycustomer test testcustomer testkunde testuser generic genericcustomer retailcustomer misc"
        " miscellaneous sundry sundrycustomer various otc overthecounter online onlineguest xxx xxxx"
        " 匿名 匿名用户 匿名客户 匿名买家 匿名会员 过客 现金 零售 无卡 普通顾客 普通客户 客户不详 顾客不详 散客"
        " 散户 零散客户 零售客户 零售散客 普通散客 过路客 路过客 流动客户"
        " 游客 现金客户 非会员 非会员客户 非会員 无会员 未注册 未登录 未知 未知客户 不详 不明 无 无名 无客户 没有 空"
        " 默认客户 默认 其他客户 测试 测试客户 测试用户 测试账号 临时客户 匿名顧客 散客戶 訪客 访客 未提供"
        " 未登记 不知道"
        " ゲスト 匿名さん 非会員様 不明 一般 비회원 게스트 익명 гость неизвестно аноним розничныйпокупатель"
    ).split()
)
# Numbers that stand for nobody, if they stand out: -1, 0, 000000, 99999.
NUMBER_OF_NOBODY = re.compile(r"-1(\.0+)?|0+(\.0+)?|9{4,}|0*1{6,}|8{6,}")
# What was paid back.
REFUNDS = (
    r"refund\w*|chargebacks?|reversals?|reversed|returns?|returned|credit ?(note|memo)s?|money ?back|gutschrift\w*"
    r"|retoure\w*|retour\w*|rück(sendung|gabe|erstattung|zahlung)\w*|erstatt\w*|stornorechnung|rembours\w*|avoirs?"
    r"|note de crédit|devoluci\w+|devolvido|devolução|reembols\w*|nota de cr[eé]dito|abonos?|estorn\w*|rimbors\w*"
    r"|resi|reso|nota di credito|terugbetal\w*|retouren|creditnota|zwrot\w*|korekta|återbetal\w*|kreditnota"
    r"|возврат\w*|iade"
)
REFUNDS_ZH = r"支出|退货|退款|退换|退单|退貨|退訂|红字|红冲|冲红|冲销|冲正|返金|返品|환불|반품"
# What came to nothing, or was only tried out.
NOTHING = (
    r"void|voided|cancel\w*|storn\w*|annul\w*|cancelad\w*|anulad\w*|geannuleerd|anulowan\w*|iptal\w*|отмен\w*|failed"
    r"|failure|declined|denied|rejected|abandoned|expired|drafts?|deleted|entwurf|fehlgeschlagen|abgelehnt"
    r"|gelöscht|abgebrochen|abgelaufen|échoué|refusé|fallido|rechazado"
    r"|unpaid|not paid|unbezahlt|impayé|test|tests|test ?orders?|testbestellung"
    r"|testing|dummy|sample order|training"
)
NOTHING_ZH = (
    r"取消|作废|作廢|关闭|關閉|失败|失敗|未付款|待付款|未支付|待支付|等待买家付款"
    r"|等待付款|已删除|草稿|测试|測試|撤销|撤单|キャンセル|취소"
)
# What was owed or owned before, and is no sale.
OPENINGS = (
    r"opening balance|balance brought forward|brought forward|balance b/?f|b/f|carried forward|c/f|opening|saldovortrag"
    r"|anfangsbestand|anfangssaldo|eröffnungssaldo|vortrag|solde initial|report à nouveau|saldo inicial|saldo iniziale"
    r"|riporto|beginsaldo|bilans otwarcia"
)
OPENINGS_ZH = r"期初余额|期初|上期结转|上年结转|年初余额|承前页|结转|期初餘額|前期繰越"
LONGEST_STATE = 40  # characters; a longer text tells a story, and may speak of a refund that was refused


def is_total(text: str) -> bool:
    """Is it the word for a sum, such as "Total:" or 合计, alone or beside what is added up?

    Examples
    --------
    >>> is_total("Grand total:"), is_total("C021 Total"), is_total("小计 C021"), is_total("Total Wine")
    (True, True, True, False)
    """
    return bare_word(text) in TOTALS or OF_SOMETHING.fullmatch(text.strip()) is not None


def is_nobody(text: str) -> bool:
    """Is it what is written where no customer is known, such as Guest, 散客 or a dash?

    Examples
    --------
    >>> is_nobody("Walk-in"), is_nobody("匿名"), is_nobody("-"), is_nobody("?"), is_nobody("C021")
    (True, True, True, True, False)
    """
    word = bare_word(text)
    # Marks alone, such as a dash; a picture may be somebody's sign.
    return word in NOBODY if word else not any(unicodedata.category(one) == "So" for one in text)


def bare_word(text: str) -> str:
    """A cell without case, spaces and marks."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()


def kind_of_row(text: str, *, whole: bool = False) -> str | None:
    """What a cell says of its row: "refund", "nothing" (cancelled, void, a test), "opening" (a balance), or None.

    Parameters
    ----------
    text : str
        The cell.
    whole : bool
        Only if the words are the whole cell: a product may be called "Test kit".

    Examples
    --------
    >>> kind_of_row("Full refund"), kind_of_row("已取消"), kind_of_row("Saldovortrag"), kind_of_row("paid")
    ('refund', 'nothing', 'opening', None)
    >>> kind_of_row("not cancelled"), kind_of_row("Test kit", whole=True)
    (None, None)
    """
    plain = " ".join(re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text)).casefold().split())
    if not plain or len(plain) > LONGEST_STATE or NOT_SO.search(plain):
        return None
    for kind, (words, signs) in KINDS.items():
        if words.fullmatch(plain) or (signs.fullmatch(plain) if whole else words.search(plain) or signs.search(plain)):
            return kind
    return None


def _anywhere(words: str) -> re.Pattern:
    return re.compile(rf"\b({words})\b")


KINDS = {
    "opening": (_anywhere(OPENINGS), re.compile(rf"({OPENINGS_ZH})")),
    "refund": (_anywhere(REFUNDS), re.compile(rf"[已部分全额整申请]*({REFUNDS_ZH})[单款货成功完成中]*")),
    "nothing": (_anywhere(NOTHING), re.compile(rf"[已交易订单]*({NOTHING_ZH})[订单]*")),
}
# "not returned", "no refund", 未退款, 不退货: the word stands there and is denied.
NOT_SO = re.compile(
    r"\b(not|no|non|nicht|kein\w*|pas|sans|without|sin|never)\b(?! paid)|[未无不非免](退|取消|作废|关闭)|没有"
)

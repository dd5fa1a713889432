"""Goods called after people, states, places and reasons: shown as they are, in questions and in tables."""

from __future__ import annotations

import random
from collections import Counter

import pandas as pd
import pytest

from crmlib.intake.privacy import mask_personal
from crmlib.intake.shown import show_values

OTHERS = {
    "Brand": "Calvin Klein;Ralph Lauren;Tommy Hilfiger;Hugo Boss;Michael Kors;Levi's",
    "category": "Calvin Klein;Ralph Lauren;Dr. Oetker;Betty Crocker;Jack Daniel's",
    "Product": (
        "Dr. Oetker Ristorante Pizza;Calvin Klein Eternity;Paul Smith Wallet;"
        "Johnson & Johnson Baby Oil;Uncle Ben's Rice;Jim Beam"
    ),
    "Artikel": (
        "Dr. Oetker Vanillezucker;Müller Milchreis;Meister Proper Zitrone;Frau Antje Käse;"
        "Herr Nilsson Puppe;Haribo Goldbären"
    ),
    "商品名称": (
        "李宁运动鞋;李锦记蚝油;王老吉凉茶;周大福金饰;金骏眉 250g;正山小种;方便面;康师傅红烧牛肉面;张小泉剪刀;马应龙口红"
    ),
    "品牌": "李宁;安踏;王老吉;周大福;李锦记;张裕",
    "Status": (
        "Shipped - Delivered to Buyer;Shipped - Returned to Seller;Cancelled;Shipped;"
        "Pending - Waiting for Pick Up;Shipped - Out for Delivery;Shipped - Rejected by Buyer;"
        "Partially Refunded"
    ),
    "status2": (
        "Paid via Apple Pay;Paid with Credit Card;Shipped by Royal Mail;Waiting for Payment;"
        "Returned to Sender;Handed to Courier;Picked up by Customer"
    ),
    "Status3": (
        "Versand durch Verkäufer;Zahlung mit Kreditkarte;Bezahlt per Rechnung;Abgeholt vom Kunden;"
        "Rücksendung an Absender;Lieferung an Packstation"
    ),
    "订单状态": (
        "交易成功;买家已付款，等待卖家发货;卖家已发货，等待买家确认;交易关闭;退款成功;等待买家付款;已签收;客户拒收"
    ),
    "状态": "已完成;待发货;由于缺货取消;已退款给客户;已通知仓库;与客户协商中;代发货",
    "City": "New York;Los Angeles;San Jose;St. Louis;Salt Lake City;Charlotte;Jackson;Santa Maria;Fort Worth;Austin",
    "城市": "宁波;温州;金华;常州;石家庄;张家港;安康;海宁;马鞍山;高雄",
    "Region": "North West;South East;Upper Austria;Lower Saxony;Baden Wuerttemberg",
    "Channel": "门店;微信小程序;天猫旗舰店;京东自营;抖音直播",
    "Payment": "Apple Pay;Google Pay;American Express;Western Union;Deutsche Bank;Visa Debit",
    "Campaign": "Spring Sale;Black Friday;Mother's Day;Back to School;Summer Splash;Golden Week",
    "Segment": "Young Professional;Home Office;Small Business;Big Spender;Single Parent;Empty Nester",
    "Carrier": "Royal Mail;Deutsche Post;UPS Ground;FedEx Express;Federal Express;Speedy Package;United Package",
    "Ship Mode": "Standard Class;Second Class;First Class;Same Day",
    "Model": "Toyota Corolla;Honda Civic;Ford Fiesta;Alfa Romeo;Aston Martin;Mercedes Benz",
    "Film": "Annie Hall;Jerry Maguire;Forrest Gump;Erin Brockovich;Harry Potter;Billy Elliot",
    "Warehouse": "Lager Nord;Lager Mitte;Halle West;Werk Ulm",
    "取消原因": "不想要了;地址填错;与商家协商一致退款;缺货;买贵了;由于疫情无法发货;为他人代付",
    "コメント区分": "お客様都合;在庫切れ;住所不明;問題ありません;配送業者へ確認中",
    "Grade": "Gold;Silver;Platin;Bronze",
    "Since": "1999-01-02;2003-04-05;2007-08-09;2001-02-03;2010-11-12",
    "Year": "1999;2003;2007;2011",
    "Launch date": "2019-01-02;2020-04-05;2021-08-09;2022-02-03;2023-11-12",
    "Order No": "RE-2024-001;RE-2024-002;RE-2024-003",
    "SKU": "85123A;71053;84406B;84029G",
    "Delivery slot": "Mon 9-12;Tue 14-18;Wed 9-12",
    "Mobile": "yes;no",
    "Handy": "ja;nein",
    "is_mobile": "1;0",
    "Title": "Mr;Mrs;Ms;Dr",
    "Store": "Berlin Mitte;Köln Süd;Hamburg Altona;Ulm Donau;München Ost",
    "Supplier": "Vogel GmbH;Smith & Sons Ltd;Exotic Liquids;Tokyo Traders;New Orleans Cajun Delights",
    "Cuisine": "Chicken Curry for Two;Pasta with Pesto Rosso;Fish and Chips;Tea for Two",
    "Country": "United States;South Korea;Saudi Arabia;Costa Rica;Sierra Leone;Burkina Faso",
    "Genre": "Science Fiction;Young Adult;True Crime;Historical Fiction",
    "Plan": "Month to month;One year;Two year",
    "业务类型": "零售;批发;团购;代销",
    "单位": "件;箱;千克",
}


def column(name: str, *, is_small: bool) -> tuple[list[str], list[str]]:
    """The different values, and a column of 300 of them; or of each one."""
    values = OTHERS[name].split(";")
    chosen = random.Random(1)
    return values, list(values) if is_small else [chosen.choice(values) for _ in range(300)]


@pytest.mark.parametrize("is_small", [False, True])
@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_person_is_shown(name, is_small):
    values, cells = column(name, is_small=is_small)
    assert show_values(values, Counter(cells), name) == values
    chosen = random.Random(2)
    customers = [f"C{n if is_small else chosen.randrange(60)}" for n in range(len(cells))]
    frame = pd.DataFrame({"customer_id": customers, "order_date": pd.Timestamp("2024-03-04"), "amount": 1.0})
    frame[name] = pd.array(cells, dtype="str")
    assert mask_personal({"transactions": frame})[0]["transactions"][name].tolist() == cells


def test_a_customer_has_a_name_and_a_product_has_many_customers():
    names = ["Ngozi Okonkwo", "Bjarki Thorvald", "Wiremu Tamihana", "Zsofia Kertbeny"] * 5
    customers = [f"C{n % 4}" for n in range(20)]
    frame = pd.DataFrame({"customer_id": customers, "order_date": pd.Timestamp("2024-03-04"), "amount": 1.0})
    for name, cells in (("x", names), ("y", sorted(names))):
        frame[name] = pd.array(cells, dtype="str")
    masked = mask_personal({"transactions": frame})[0]["transactions"]
    assert masked["x"].unique().tolist() == ["x-2", "x-1", "x-3", "x-4"]
    assert masked["y"].tolist() == sorted(names)  # each customer has all of them: goods called after people

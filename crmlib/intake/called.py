"""What shops and offices call the columns of a list of customers, beyond the names that say it anywhere."""

from __future__ import annotations

# Elsewhere such a name may mean another thing; without spaces and marks, in lower case.
CALLED = {
    "name": (
        "customer client kunde firma firmenname company companyname name1 displayname contactname contact 客户 昵称"
        " 客户昵称 会员昵称 会员名称 微信昵称 联系人 联系人姓名 收货人 收货人姓名 顾客姓名 公司名称"
    ),
    "phone": (
        "tel telefonnummer telefonnr telefon1 festnetz mobil mobilnummer mobiltelefon handy mobileno mobilenumber"
        " phoneno cellphone contactnumber phone1 phone1value primaryphone businessphone homephone billingphone"
        " defaultaddressphone smsphone 联系手机 联系手机号 会员手机号 客户手机号 会员手机 联系方式 收货人手机号"
    ),
    "email": (
        "emailadresse billingemail useremail customeremail email1 email1value mailadresse primaryemail 电子邮件地址"
        " email地址"
    ),
    "address": (
        "strasse strassehausnr strasseundhausnummer streetaddress address1"
        " addressline1 billingaddress1 billingaddressline1 defaultaddressaddress1 street1 address1street mailingstreet"
        " homestreet 详细地址 联系地址 收件地址 家庭住址 住址"
    ),
    "city": "wohnort billingcity defaultaddresscity address1city mailingcity homecity 所在城市 市",
    "birth_date": "birthdate geburtstag geboren geborenam geb gebdatum 会员生日 出生年月",
    "registered_date": (
        "created createdat createdate createddate dateregistered registered registeredon customersince membersince"
        " angelegt angelegtam anlagedatum kundeseit 成为客户时间 成为会员时间 创建时间 加入时间 加入日期 领卡时间"
    ),
}
# The parts of a name and of an address, in the order in which they are put together.
PARTS = {
    "name": (
        "firstname givenname vorname prénom prenom nombre billingfirstname fname 名",
        "lastname surname familyname nachname familienname nom apellido apellidos billinglastname lname name 姓",
    ),
    "address": (
        "strasse street streetaddress address1 addressline1 billingaddress1 billingaddressline1"
        " defaultaddressaddress1 street1",
        "hausnummer hausnr hnr housenumber houseno address2 addressline2 billingaddress2 billingaddressline2"
        " defaultaddressaddress2 street2",
    ),
}

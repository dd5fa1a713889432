"""Every number that shapes what changes about the customers of the teaching company, and who pays and uses."""

from __future__ import annotations

# --- what changes ------------------------------------------------------------------------------------------

# Changes a year of somebody of middling unrest, by field; of a person and of an organisation.
CHANGES = {
    "person": {"address": 0.085, "phone": 0.055, "job": 0.13},
    "organisation": {"address": 0.045, "phone": 0.080, "contact person": 0.22},
}
UNREST_SHAPE = 1.5  # of the gamma distribution of unrest, mean 1: some move again and again
MOST_CHANGES = 12
JOB_KNOWN, CONTACT_KNOWN = 0.55, 0.85  # share of the records that have the field from the start
TOLD = 0.72  # share of the changes that we are told of, while somebody is a customer
TOLD_DAYS = 75.0  # mean, from the change to the day it is written down
JOBS = (
    "教师", "会计", "司机", "工程师", "护士", "店员", "退休", "公务员", "自由职业", "厨师", "销售", "医生", "学生",
    "工人",
)  # fmt: skip

# --- who pays, who uses, and for what ----------------------------------------------------------------------

STAFF_SHARE = 0.008  # of the people among the customers work for us
OTHERS_SHARE = 0.006  # people and firms in our lists who are no customers, so many a customer record
OTHERS_STAFF = 0.6  # of these are staff, the others suppliers
FIELD_EMPTY = 0.04  # share of "pays" and "uses" that nobody wrote down

HOUSEHOLD_PAYS = {"self": 0.70, "family": 0.25, "employer": 0.05}
HOUSEHOLD_USES = {"family": 0.66, "self": 0.26, "friends": 0.08}
AGENT_SHARE = 0.02  # of households order for their neighbours
STALL_SHARE = 0.012  # of households resell a part at a stall
CANTEEN_RESELLS = 0.15  # of canteens sell meals to people from outside
HOME_SHARE = 0.15  # of shops of one owner, who takes goods home
COUNTER_SHARE = 0.08  # of restaurants sell sauces over the counter
GIFT_SHARE = 0.25  # of firms give to business partners
STAFF_SALE_SHARE = 0.10  # of firms sell on to their own staff
PRIVATE_HOME_SHARE = 0.5  # of nursing homes belong to a company
SUPPLIER_SHARE = 0.02  # of shops and firms supply us, too

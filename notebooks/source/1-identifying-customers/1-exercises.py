"""Exercises of lesson 1.1: who is a customer?"""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    # As of 2024-11-30 thirteen of the list had not bought: c, f, h to m, o, u, v, w, 0. f and o were made that day, g, q later;
    # d, r and t buy on that day; h, k, l and m in December; p bought in 2023 only. s is staff.
    rows = [("a", "customers", "own use", None, None), ("b", "customers", "resale", "own use", "company")]
    rows += [("c", "customers", "own use", "resale", None), ("d", "customers", "for others", None, None)]
    rows += [("e", "customers", "resale", "own use", "school"), ("s", "staff", None, None, None)]
    rows += [("n", "customers", "for others", "resale", "company")]  # two purposes of one type
    rows += [("r", "customers", "own use", "resale", None), ("z", "customers", "used in the organisation", None, "company")]
    rows += [(name, "customers", "own use", None, None) for name in "fghijklmopqtuvwy0"]
    roles = pd.DataFrame(rows, columns=["customer_id", "listed_in", "purpose", "second_purpose", "organisation_kind"])
    made = dict.fromkeys("abcdenhijklmprtuvwyz0", "2023-05-01") | dict.fromkeys("fo", "2024-11-30")
    made |= dict.fromkeys("gq", "2025-02-01") | {"s": "2020-01-01"}
    registered = pd.to_datetime(pd.Series(made, name="registered_date"))
    # In 2024 a paid 300, b 100 - 20, d 60, e 50, n 35, z 40, the seven others 50, and x, who is nobody on the list, 15.
    # Intermediaries by purpose: b, d, e, n, 225 of 615. With a second purpose: b, e, n, r, 175.
    bought = [("a", "2024-03-01", 300), ("b", "2024-04-01", 100), ("b", "2024-05-01", -20), ("d", "2024-11-30 17:00", 60)]
    bought += [("e", "2024-06-01", 50), ("n", "2024-07-01", 35), ("x", "2024-08-01", 15), ("p", "2023-07-01", 8)]
    bought += [(name, "2024-12-01", 5) for name in "hklm"] + [("y", "2024-02-01", 10), ("z", "2024-05-05", 40)]
    bought += [(name, "2024-11-30 09:00", 10) for name in "rt"]
    bought += [("a", "2023-03-01", 400), ("b", "2023-04-01", 90), ("e", "2023-05-01", 7), ("n", "2023-06-01", 3)]
    lines = pd.DataFrame(bought, columns=["customer_id", "order_date", "amount"])
    lines["order_date"] = pd.to_datetime(lines["order_date"], format="ISO8601")
    # Students never called: 2 of 5 said yes; called before, 4 of 5; of all who were never called, 3 of 11.
    people = [("student", "unknown", True)] * 2 + [("student", "unknown", False)] * 3 + [("student", "success", True)] * 4
    people += [("student", "failure", False)] + [("retired", "unknown", True)] + [("retired", "unknown", False)] * 5
    calls = pd.DataFrame(people, columns=["job", "outcome_before", "subscribed"])
    few = pd.DataFrame(
        {"listed_in": ["customers"] * 3 + ["staff"] + ["customers"] * 4, "n_orders": [3, 5, 0, 0, 2, 4, 1, 0]},
        index=list("ABCDEFGH"),
    )
    known = {"roles": roles, "registered": registered, "lines": lines, "as_of": pd.Timestamp("2024-11-30")}
    return {**known, "calls": calls, "few": few, "transactions": lines}


@exercise(
    "1.1.a",
    why="Two conditions, and both must hold: from outside, and at least one order. A rule is written down so that two people count the same.",
    hints=[
        "Cross out the records that do not come from outside. Then cross out those without an order.",
        '((few["listed_in"] == "customers") & (few["n_orders"] > 0)).sum()',
    ],
)
def n_narrow(few):
    return int(((few["listed_in"] == "customers") & (few["n_orders"] > 0)).sum())


@n_narrow.mistake("You counted those who registered and never bought. They are buyers in the wide sense only: potential ones.")
def potential_too(few):
    return int((few["listed_in"] == "customers").sum())


@n_narrow.mistake("You counted all records, our own driver as well. A colleague is an internal customer at most.")
def all_records(few):
    return len(few)


@n_narrow.mistake("You added up the orders. One customer may have many: count the records that have one or more.")
def orders(few):
    return int(few.loc[few["listed_in"] == "customers", "n_orders"].sum())


@n_narrow.mistake("You counted those who have bought more than once. One order is enough to be an actual customer.")
def repeaters(few):
    return int(((few["listed_in"] == "customers") & (few["n_orders"] > 1)).sum())


@prediction(
    "1.1.b",
    near=0.5,
    why="Look at the second bar of the figure and at the third: what the third lacks is that share.",
    hints=["Think of your own cards in your purse: in how many of these shops did you never buy anything?"],
)
def never_bought(roles, transactions):
    listed = roles.loc[roles["listed_in"] == "customers", "customer_id"]
    return float(1 - listed.isin(transactions["customer_id"]).mean())


def _known(roles, registered, as_of):
    return (roles["listed_in"] == "customers") & (roles["customer_id"].map(registered) <= as_of)


def _had_bought(roles, lines, as_of, since="2000-01-01"):
    until = lines["order_date"] < as_of + pd.Timedelta(days=1)
    return roles["customer_id"].isin(lines.loc[until & (lines["order_date"] >= since), "customer_id"])


@exercise(
    "1.1.1",
    why="What we know today was not all known then. A list as of a day holds who was on it that evening, and what had happened by then.",
    hints=[
        "Three conditions: in the list of customers, made by that day, in no order up to that day.",
        'registered.reindex(roles["customer_id"]) gives the day of each record, in the order of roles.',
        'made = roles["customer_id"].map(registered); (made <= as_of) & ~roles["customer_id"].isin(...) with the orders before as_of + one day',
    ],
)
def n_potential(roles, registered, lines, as_of):
    made = roles["customer_id"].map(registered)
    until = lines["order_date"] < as_of + pd.Timedelta(days=1)
    has_bought = roles["customer_id"].isin(lines.loc[until, "customer_id"])
    return int(((roles["listed_in"] == "customers") & (made <= as_of) & ~has_bought).sum())


@n_potential.mistake("You counted records that were made after that day. On that evening they did not exist.")
def made_later(roles, lines, as_of):
    return int(((roles["listed_in"] == "customers") & ~_had_bought(roles, lines, as_of)).sum())


@n_potential.mistake(
    "You looked at orders of 2024 only. A customer of 2023 has bought: they may be a lost customer, but not a potential one."
)
def orders_of_2024(roles, registered, lines, as_of):
    return int((_known(roles, registered, as_of) & ~_had_bought(roles, lines, as_of, "2024-01-01")).sum())


@n_potential.mistake("You left out the records made on that day itself. By the evening they existed: use <=.")
def last_day_missing(roles, registered, lines, as_of):
    before = as_of - pd.Timedelta(days=1)
    return int((_known(roles, registered, before) & ~_had_bought(roles, lines, as_of)).sum())


@n_potential.mistake("You used orders that came after that day. Those who bought later were still potential buyers that evening.")
def orders_later(roles, registered, lines, as_of):
    return int((_known(roles, registered, as_of) & ~roles["customer_id"].isin(lines["customer_id"])).sum())


@n_potential.mistake(
    "`order_date` has an hour, and `as_of` is that day at midnight: `<= as_of` leaves out the orders of that day. They count: go up to the next day."
)
def midnight(roles, registered, lines, as_of):
    until_midnight = lines.loc[lines["order_date"] <= as_of, "customer_id"]
    return int((_known(roles, registered, as_of) & ~roles["customer_id"].isin(until_midnight)).sum())


@n_potential.mistake(
    "That is everybody who never bought up to the end of 2024, whenever their record was made. Stop the clock on the evening of `as_of`, for records and orders."
)
def no_day_at_all(registered, lines):
    return int((~registered.index.isin(lines["customer_id"])).sum())


@n_potential.mistake("These are the actual ones. Potential buyers are those in no order.")
def the_actual(roles, registered, lines, as_of):
    return int((_known(roles, registered, as_of) & _had_bought(roles, lines, as_of)).sum())


@n_potential.mistake("That is everybody on the list that evening. Take away who had bought.")
def everybody(roles, registered, as_of):
    return int(_known(roles, registered, as_of).sum())


def _of_2024(lines):
    return lines[lines["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum()


@exercise(
    "1.1.2",
    why="Few records, but more of the money: intermediaries carry goods to people whom we never see.",
    hints=[
        "Intermediaries by purpose are two purposes: resale, and for others.",
        "Add up the amounts of 2024 of each record, refunds included; keep the records that stand on the list.",
        'roles["customer_id"].map(lines[lines["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum())',
    ],
)
def share_of_intermediaries(roles, lines):
    of_2024 = lines[lines["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum()
    paid = roles["customer_id"].map(of_2024).fillna(0)
    is_one = roles["purpose"].isin(["resale", "for others"])
    return paid[is_one].sum() / paid.sum()


@share_of_intermediaries.mistake("You took resale alone. Somebody who buys for others, an agent or a neighbor who orders for the house, is one as well.")
def resale_only(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["purpose"] == "resale"].sum() / paid.sum()


@share_of_intermediaries.mistake("You took in the firms that use the goods themselves. Only those who sell on or buy for others are intermediaries.")
def users_too(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["purpose"].isin(["resale", "for others", "used in the organisation"])].sum() / paid.sum()


@share_of_intermediaries.mistake("You took in those whose second purpose is resale. The type goes by the first purpose, the column `purpose`.")
def second_too(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    either = roles["purpose"].isin(["resale", "for others"]) | roles["second_purpose"].isin(["resale", "for others"])
    return paid[either].sum() / paid.sum()


@share_of_intermediaries.mistake("You left the refunds out. Money that went back was not paid.")
def without_refunds(roles, lines):
    bought = lines[(lines["order_date"] >= "2024-01-01") & (lines["amount"] > 0)]
    paid = roles["customer_id"].map(bought.groupby("customer_id")["amount"].sum()).fillna(0)
    return paid[roles["purpose"].isin(["resale", "for others"])].sum() / paid.sum()


@share_of_intermediaries.mistake("That is their share of the records. The question is about money.")
def share_of_heads(roles):
    return float(roles.loc[roles["listed_in"] == "customers", "purpose"].isin(["resale", "for others"]).mean())


@share_of_intermediaries.mistake("That is a share of the records, with our own people among them. The question is about money.")
def share_of_all_heads(roles):
    return float(roles["purpose"].isin(["resale", "for others"]).mean())


@share_of_intermediaries.mistake("You took all the rows. Only those of 2024 count.")
def all_years(roles, lines):
    paid = roles["customer_id"].map(lines.groupby("customer_id")["amount"].sum()).fillna(0)
    return paid[roles["purpose"].isin(["resale", "for others"])].sum() / paid.sum()


@share_of_intermediaries.mistake("You took firms for intermediaries. A firm that uses the goods itself is an enterprise: look at the purpose.")
def by_body(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["organisation_kind"].isin(["company", "sole trader"])].sum() / paid.sum()


@exercise(
    "1.1.3",
    why="One number for all hides that groups answer differently. Whoever calls starts where the chance is best, and where calling is allowed.",
    hints=[
        "Two conditions choose the people: the job, and no earlier call. Then the share of yes among them.",
        'calls[(calls["job"] == "student") & (calls["outcome_before"] == "unknown")]["subscribed"].mean()',
    ],
)
def yes_of_students(calls):
    chosen = calls[(calls["job"] == "student") & (calls["outcome_before"] == "unknown")]
    return float(chosen["subscribed"].mean())


@yes_of_students.mistake("You took all students, also those called in an earlier campaign.")
def all_students(calls):
    return float(calls.loc[calls["job"] == "student", "subscribed"].mean())


@yes_of_students.mistake("You took everybody who was never called. Keep the students only.")
def all_new(calls):
    return float(calls.loc[calls["outcome_before"] == "unknown", "subscribed"].mean())


@yes_of_students.mistake("You divided by all students. The base is those who were never called before.")
def over_all_students(calls):
    is_student = calls["job"] == "student"
    return float((is_student & (calls["outcome_before"] == "unknown") & calls["subscribed"]).sum() / is_student.sum())


@yes_of_students.mistake("You divided by everybody whom the bank called. The base is the students who were never called before.")
def over_everybody(calls):
    return float(((calls["job"] == "student") & (calls["outcome_before"] == "unknown") & calls["subscribed"]).mean())


@yes_of_students.mistake(
    "You turned the question round: of the students who said yes, what share was new. Asked is: of the new ones, what share said yes."
)
def turned_round(calls):
    yes = calls[(calls["job"] == "student") & calls["subscribed"]]
    return float((yes["outcome_before"] == "unknown").mean())


@yes_of_students.mistake("You took the students who had been called before. Never called is \"unknown\".")
def called_before(calls):
    chosen = calls[(calls["job"] == "student") & (calls["outcome_before"] != "unknown")]
    return float(chosen["subscribed"].mean())


@exercise(
    "1.1.4",
    why="For this money one label is a choice. Whoever reports the types should report it beside them.",
    hints=[
        "Which records have a second purpose at all? notna() says where a cell is filled.",
        "Then add up what these records paid in 2024, refunds included.",
        'roles["customer_id"].map(lines[lines["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum())',
    ],
)
def money_of_two(roles, lines):
    of_2024 = lines[lines["order_date"] >= "2024-01-01"].groupby("customer_id")["amount"].sum()
    paid = roles["customer_id"].map(of_2024).fillna(0)
    return paid[roles["second_purpose"].notna()].sum()


@money_of_two.mistake("That is the money of all records. An empty cell is unlike every purpose, so != finds those with no second purpose as well. Ask with notna().")
def empty_differs(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["second_purpose"] != roles["purpose"]].sum()


@money_of_two.mistake("You took all the rows. Only those of 2024 count.")
def all_years_of_two(roles, lines):
    paid = roles["customer_id"].map(lines.groupby("customer_id")["amount"].sum()).fillna(0)
    return paid[roles["second_purpose"].notna()].sum()


@money_of_two.mistake("You left the refunds out. Money that went back was not paid.")
def gross_of_two(roles, lines):
    bought = lines[(lines["order_date"] >= "2024-01-01") & (lines["amount"] > 0)]
    paid = roles["customer_id"].map(bought.groupby("customer_id")["amount"].sum()).fillna(0)
    return paid[roles["second_purpose"].notna()].sum()


@money_of_two.mistake("That is the money of the records with one purpose only. notna() finds those with a second.")
def one_purpose(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["second_purpose"].isna()].sum()


@money_of_two.mistake("You counted records. The question is how much money they brought.")
def heads_of_two(roles):
    return int(roles["second_purpose"].notna().sum())


@money_of_two.mistake("That is their share. Asked is the amount, in yuan.")
def share_of_two(roles, lines):
    paid = roles["customer_id"].map(_of_2024(lines)).fillna(0)
    return paid[roles["second_purpose"].notna()].sum() / paid.sum()


milk_powder = judgment(
    "1.1.5",
    hints=[
        "Go through the six one by one: uses, pays, decides, sells on, recommends, serves the public.",
        "With whom does the firm itself deal? Who is its customer in the narrow sense?",
    ],
    weighs=[
        "the baby as consumer, and that consumer, payer and who decides are three people here",
        "that the firm deals with the shop and the city, so by the narrow sense these are its customers: intermediary and public-benefit",
        "that the hospital buys nothing and still moves what is bought",
        "the need of each: to feed a child, to be safe, to earn, to serve the public",
        "one fact to look up: who signs the order, where the invoice goes, or what the shop does with what is left",
    ],
    example=(
        "The baby is the consumer, but the grandfather pays and the mother decides. The firm sells to the shop, an intermediary, and to the city, a "
        "public-benefit customer; the family is the customer of the shop. The mother needs to be sure it is safe, the shop needs to earn. I would "
        "look up who signs the orders: without that I cannot say whether the hospital is a customer or only an adviser."
    ),
)

registered_only = question(
    "1.1.q1",
    "A woman filled in a card at the counter and has never bought. What is she?",
    [
        Option("A customer, for she is in the database of customers", "The database holds records. By the narrow rule she is none: she has not bought."),
        Option("A consumer of ours", "She uses nothing of ours yet, as far as we know."),
        Option("Nobody, so the card can be thrown away", "She showed a need. That is more than we know of most people."),
        Option("A potential buyer", "A need, and no purchase yet: potential, in the words of the course.", right=True),
    ],
)

two_numbers = question(
    "1.1.q2",
    "Sales counts 3,000 customers, the accountant 1,700, for one firm in one year. Who is wrong?",
    [
        Option("Perhaps nobody: ask for the two rules", "Records or buyers, ever or this year: each rule has its number and its use.", right=True),
        Option("Sales, for a number that is larger is meant to impress", "It may be, but a number without its rule says neither."),
        Option("The accountant, who forgets customers that did not buy this year", "By the rule “bought this year” they are rightly left out."),
        Option("Both, for the true number lies in between", "There is no number in between that belongs to a rule."),
    ],
)

canteen = question(
    "1.1.q3",
    "A hospital buys tea. What tells best which of the four types it is?",
    [
        Option("That it is a hospital", "That says who it is. It may sell the tea in its shop."),
        Option("What it does with the tea", "Drunk by patients, sold in the shop, given to visiting firms: three types.", right=True),
        Option("How much tea it buys in a year, and how often it orders", "An amount says how big a customer is, not of which type."),
        Option("Whether it pays its bills at once or after a month", "That matters for credit (chapter 3), not for the type."),
    ],
)

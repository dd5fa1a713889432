"""Exercises of lesson 2.4: good customers, bad customers."""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question

SIGNS = ["returns much", "costs more than brings", "asks much", "unhappy"]


def example():
    eight = pd.DataFrame(
        {
            "n_orders": [20, 15, 8, 5, 4, 6, 2, 1],
            "n_requests": [16, 36, 7, 4, 2, 9, 1, 1],
            "n_returned": [1, 5, 0, 0, 1, 2, 0, 0],
            "n_complaints": [1, 2, 0, 0, 0, 0, 0, 0],
            "cost_to_serve": [742, 1430, 240, 80, 62, 224, 20, 120],
            "net_profit": [1058, -230, 460, 370, 188, -44, 110, -60],
        },
        index=list("ABCDEFGH"),
    )
    # Signs of a to j: 0 0 0 1 1 2 2 3 4 3. Of e, f, h, i and j, who lost in 2023, f and j lose again, h has left, j is served and buys nothing.
    shown = ["0000", "0000", "0000", "1000", "0100", "0110", "1001", "1110", "1111", "1101"]
    bad = pd.DataFrame([[mark == "1" for mark in one] for one in shown], index=list("abcdefghij"), columns=SIGNS)
    before = pd.DataFrame({"monetary": [500.0, 300, 200, 90, 80, 70, 60, 50, 40, 30]}, index=bad.index)
    before["gross_profit"] = [120.0, 80, 30, 20, 8, 9, 21, 10, 5, 4]
    before["net_profit"] = [100.0, 60, 20, 15, -2, -11, 6, -20, -55, -7]
    before["cost_to_serve"] = before["gross_profit"] - before["net_profit"]
    after = pd.DataFrame({"monetary": [520.0, 310, 0, 95, 85, 60, 55, 0, 30, 0]}, index=bad.index)
    after["gross_profit"] = [125.0, 82, 0, 22, 9, 7, 4, 0, 6, 0]
    after["cost_to_serve"] = [25.0, 20, 0, 10, 3, 17, 10, 0, 2, 12]
    after["net_profit"] = after["gross_profit"] - after["cost_to_serve"]  # 100 62 0 12 6 -10 -6 0 4 -12
    return {
        "eight": eight,
        "bad": bad,
        "next_year": after["net_profit"],
        "bad_2023": bad,
        "profit_2023": before,
        "profit_2024": after,
    }


# --- inside the lesson ---


@exercise(
    "2.4.a",
    why="A, the best customer, is among them: one sign is soon shown.",
    hints=[
        "Go down the table sign by sign and write a mark behind each customer who shows it.",
        "Divide returns and requests by the number of orders. For the last sign look at the complaints, then at the cost.",
        "Returns: B, E, F. Net profit: B, F, H. Requests: B. Unhappy: A, B. How many different customers are these?",
    ],
)
def at_least_one(eight):
    returns_much = eight["n_returned"] / eight["n_orders"] >= 0.25
    asks_much = eight["n_requests"] / eight["n_orders"] >= 2
    unhappy = (eight["n_complaints"] > 0) & (eight["cost_to_serve"] > 172)
    return int((returns_much | (eight["net_profit"] < 0) | asks_much | unhappy).sum())


def marks_of(eight):
    return pd.DataFrame(
        {
            "returns much": eight["n_returned"] / eight["n_orders"] >= 0.25,
            "loses": eight["net_profit"] < 0,
            "asks much": eight["n_requests"] / eight["n_orders"] >= 2,
            "unhappy": (eight["n_complaints"] > 0) & (eight["cost_to_serve"] > 172),
        }
    )


@at_least_one.mistake("You counted signs. B shows four and is still one customer.")
def all_signs(eight):
    return int(marks_of(eight).sum().sum())


@at_least_one.mistake("You counted those with two or more signs. One is enough here.")
def two_or_more(eight):
    return int((marks_of(eight).sum(axis=1) >= 2).sum())


@at_least_one.mistake("One customer shows the last sign alone: a complaint, and a cost to serve above 172.")
def without_unhappy(eight):
    return int(marks_of(eight).drop(columns="unhappy").any(axis=1).sum())


@at_least_one.mistake("You compared all requests with 2. The sign is about requests for each order: divide first.")
def requests_in_all(eight):
    return int(marks_of(eight).assign(asks_much=eight["n_requests"] >= 2).any(axis=1).sum())


@at_least_one.mistake("You looked at one sign only. Any of the four will do.")
def one_sign_only(eight):
    return int(marks_of(eight)["returns much"].sum())


@at_least_one.mistake("You counted everybody. Some show no sign at all.")
def all_of_them(eight):
    return len(eight)


@at_least_one.mistake("You counted those who show every sign. One of the four is enough.")
def every_sign(eight):
    return int(marks_of(eight).all(axis=1).sum())


@prediction(
    "2.4.b",
    near=0.2,
    why="Look at every step: does it climb all the way, and how many customers stand on it?",
    hints=["If the signs said nothing, it would be as large as the share of all customers who lose money."],
)
def losing_after_two_signs(bad, next_year):
    return (next_year[bad.sum(axis=1) >= 2] < 0).mean()


@exercise(
    "2.4.c",
    why="Nine good sales do not pay for one that is lost: the goods and the service are gone, not only the profit.",
    hints=[
        "How much money comes in from those who pay, and how much did all ten cost?",
        "Nine pay 100 each. All ten cost 92 each.",
        "In numbers: 9 * 100 - 10 * 92",
    ],
)
def on_credit():
    return 9 * 100 - 10 * 92


@on_credit.mistake("Nobody has failed to pay in your sum. One of the ten never does.")
def everybody_pays():
    return 10 * (100 - 92)


@on_credit.mistake("You left the tenth customer out. We delivered to them, too, and that cost 92.")
def nine_only():
    return 9 * (100 - 92)


@on_credit.mistake("You took only the lost profit of 8 off. Goods and service of 92 are lost as well.")
def profit_lost():
    return 9 * (100 - 92) - (100 - 92)


@on_credit.mistake("You took the whole price of 100 off the profit of the nine. What we really spent on the tenth is 92.")
def price_lost():
    return 9 * (100 - 92) - 100


@on_credit.mistake("That is the loss on the one who does not pay. The profit on the other nine covers part of it.")
def only_the_loss():
    return -92


# --- at its end, judged by 2023 ---


@exercise(
    "2.4.1",
    why="A rule that begins at one sign instead would reach many more customers.",
    hints=[
        "Add up each row of bad_2023: that is the number of signs of a customer.",
        "bad_2023.sum(axis=1) has one number per customer. Compare it with 2, then count.",
        "In code: (bad_2023.sum(axis=1) >= 2).sum()",
    ],
)
def n_two_signs(bad_2023):
    return int((bad_2023.sum(axis=1) >= 2).sum())


@n_two_signs.in_lesson("the year 2024", asks="the year 2023")
def signs_of_2024(bad):
    return {"bad_2023": bad}



@n_two_signs.mistake("You counted those with exactly two. Two or more are asked for.")
def exactly_two(bad_2023):
    return int((bad_2023.sum(axis=1) == 2).sum())


@n_two_signs.mistake("You counted those with more than two. Two are enough.")
def more_than_two(bad_2023):
    return int((bad_2023.sum(axis=1) > 2).sum())


@n_two_signs.mistake("You counted those with one sign or more.")
def at_least_one_sign(bad_2023):
    return int(bad_2023.any(axis=1).sum())


@n_two_signs.mistake("You added up signs. Count customers: each once, however many signs they show.")
def signs_in_all(bad_2023):
    return int(bad_2023.sum().sum())


@exercise(
    "2.4.2",
    why="A loss is a sign and no fate. Compare this share with that of all customers before you call it large.",
    hints=[
        "Which customers are the whole? Those whose net profit of 2023 lies below zero.",
        "Among these rows of profit_2024, count the ones below zero, and divide by how many rows there are.",
        'losers = profit_2023["net_profit"] < 0; then take the mean of profit_2024.loc[losers, "net_profit"] < 0.',
    ],
)
def lost_again(profit_2023, profit_2024):
    losers = profit_2023["net_profit"] < 0
    return (profit_2024.loc[losers, "net_profit"] < 0).mean()


def a_year_later(bad, profit, after):
    """The lesson itself: signs of 2024, and the year 2025."""
    later = after.reindex(bad.index).fillna(0.0)
    return {"bad_2023": bad, "profit_2023": profit.reindex(bad.index).fillna(0.0), "profit_2024": later}


lost_again.in_lesson("the years 2024 and 2025", asks="the years 2023 and 2024")(a_year_later)



@lost_again.mistake("You took all customers. The whole are those who lost money in 2023.")
def of_all(profit_2024):
    return (profit_2024["net_profit"] < 0).mean()


@lost_again.mistake("You divided by the losers of 2024. That says how many of them were losers before; the question goes forward.")
def backward(profit_2023, profit_2024):
    losers = profit_2024["net_profit"] < 0
    return (profit_2023.loc[losers, "net_profit"] < 0).mean()


@lost_again.mistake("You left those out who had gone by 2024. They were judged, too: they belong to the whole and did not lose.")
def only_who_stayed(profit_2023, profit_2024):
    stayed = (profit_2024["monetary"] != 0) | (profit_2024["cost_to_serve"] != 0)
    losers = (profit_2023["net_profit"] < 0) & stayed
    return (profit_2024.loc[losers, "net_profit"] < 0).mean()


@lost_again.mistake("You divided by all customers. Divide by those who lost money in 2023.")
def twice_of_all(profit_2023, profit_2024):
    return ((profit_2023["net_profit"] < 0) & (profit_2024["net_profit"] < 0)).mean()


@lost_again.mistake("You divided the losers of one year by those of the other. How many are the same people?")
def losers_over_losers(profit_2023, profit_2024):
    return (profit_2024["net_profit"] < 0).sum() / (profit_2023["net_profit"] < 0).sum()


@lost_again.mistake("You left out those who bought nothing in 2024. They belong to the whole: they lost money the year before.")
def only_buyers(profit_2023, profit_2024):
    losers = (profit_2023["net_profit"] < 0) & (profit_2024["monetary"] > 0)
    return (profit_2024.loc[losers, "net_profit"] < 0).mean()


@lost_again.mistake("You divided money. The question is how many customers: count heads.")
def money_for_heads(profit_2023, profit_2024):
    losers = profit_2023["net_profit"] < 0
    return profit_2024.loc[losers, "net_profit"].clip(upper=0).sum() / profit_2023.loc[losers, "net_profit"].sum()


@exercise(
    "2.4.3",
    why="It is what stops, less the gross profit that goes. Whether the result is a gain hangs on the 60 %.",
    hints=[
        "Whom do you refuse? Whoever has three signs or more in 2023. What changes is their year 2024.",
        "You save 60 % of their cost to serve of 2024 and lose their gross profit of 2024.",
        "refused = profit_2024[bad_2023.sum(axis=1) >= 3]; then 0.6 times the sum of one column, less that of another.",
    ],
)
def change_of_profit(bad_2023, profit_2024):
    refused = profit_2024[bad_2023.sum(axis=1) >= 3]
    return 0.6 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


change_of_profit.in_lesson("the years 2024 and 2025", asks="the years 2023 and 2024")(a_year_later)



@change_of_profit.mistake("You let all of their cost stop. Only 60 % of it does.")
def all_stops(bad_2023, profit_2024):
    return -profit_2024.loc[bad_2023.sum(axis=1) >= 3, "net_profit"].sum()


@change_of_profit.mistake("You forgot the gross profit that goes with them.")
def cost_only(bad_2023, profit_2024):
    return 0.6 * profit_2024.loc[bad_2023.sum(axis=1) >= 3, "cost_to_serve"].sum()


@change_of_profit.mistake("You used the figures of 2023. They decide whom you refuse; what changes is 2024.")
def of_2023(bad_2023, profit_2023):
    refused = profit_2023[bad_2023.sum(axis=1) >= 3]
    return 0.6 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


@change_of_profit.mistake("You refused those with two signs or more. Here it takes three.")
def from_two_signs(bad_2023, profit_2024):
    refused = profit_2024[bad_2023.sum(axis=1) >= 2]
    return 0.6 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


@change_of_profit.mistake("You took their sales off. With the sales the cost of the goods goes, too: what is lost is the gross profit.")
def sales_lost(bad_2023, profit_2024):
    refused = profit_2024[bad_2023.sum(axis=1) >= 3]
    return 0.6 * refused["cost_to_serve"].sum() - refused["monetary"].sum()


@change_of_profit.mistake("You refused those who lost money in 2023. The rule goes by the number of signs.")
def losers_refused(profit_2023, profit_2024):
    refused = profit_2024[profit_2023["net_profit"] < 0]
    return 0.6 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


@change_of_profit.mistake("You let 40 % of their cost stop. 40 % is what stays: 60 % stops.")
def the_part_that_stays(bad_2023, profit_2024):
    refused = profit_2024[bad_2023.sum(axis=1) >= 3]
    return 0.4 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


@change_of_profit.mistake("You took 60 % of their loss. The share is of the cost; the gross profit goes entirely.")
def part_of_the_loss(bad_2023, profit_2024):
    return -0.6 * profit_2024.loc[bad_2023.sum(axis=1) >= 3, "net_profit"].sum()


@change_of_profit.mistake("Half of the cost is the assumption of the lesson. Here 60 % stops.")
def half_stops(bad_2023, profit_2024):
    refused = profit_2024[bad_2023.sum(axis=1) >= 3]
    return 0.5 * refused["cost_to_serve"].sum() - refused["gross_profit"].sum()


@exercise(
    "2.4.4",
    why="More than that unpaid, and even customers without a sign cost money. It is their net profit on 100 yuan of sales.",
    hints=[
        "Goods and service are spent whether they pay or not. What is there to lose is the net profit.",
        "The net profit of those without a sign, divided by their sales (monetary): add up first, divide afterwards.",
        'without = profit_2023[bad_2023.sum(axis=1) == 0]; then divide the sum of "net_profit" by the sum of "monetary".',
    ],
)
def bearable(bad_2023, profit_2023):
    without = profit_2023[bad_2023.sum(axis=1) == 0]
    return without["net_profit"].sum() / without["monetary"].sum()


@bearable.in_lesson("the year 2024", asks="the year 2023")
def bearable_in_2024(bad, profit):
    return {"bad_2023": bad, "profit_2023": profit}



@bearable.mistake("You took gross profit. Service has been paid for by then as well: net profit is what can be lost.")
def gross_share(bad_2023, profit_2023):
    without = profit_2023[bad_2023.sum(axis=1) == 0]
    return without["gross_profit"].sum() / without["monetary"].sum()


@bearable.mistake("You took all customers. Only those without any sign are asked for.")
def share_of_all(profit_2023):
    return profit_2023["net_profit"].sum() / profit_2023["monetary"].sum()


@bearable.mistake("You averaged the shares of the customers. Add up first, divide afterwards.")
def mean_of_shares(bad_2023, profit_2023):
    without = profit_2023[(bad_2023.sum(axis=1) == 0) & (profit_2023["monetary"] > 0)]
    return (without["net_profit"] / without["monetary"]).mean()


@bearable.mistake("You divided by gross profit. The share is one of sales: that is what stands on the invoice.")
def of_gross_profit(bad_2023, profit_2023):
    without = profit_2023[bad_2023.sum(axis=1) == 0]
    return without["net_profit"].sum() / without["gross_profit"].sum()


@bearable.mistake("You used the year 2024. Their sales and net profit of 2023 are asked for.")
def share_in_2024(bad_2023, profit_2024):
    without = profit_2024[bad_2023.sum(axis=1) == 0]
    return without["net_profit"].sum() / without["monetary"].sum()


@bearable.mistake("You took those who show a sign. Those without any are asked for.")
def with_a_sign(bad_2023, profit_2023):
    shown = profit_2023[bad_2023.sum(axis=1) > 0]
    return shown["net_profit"].sum() / shown["monetary"].sum()


line_of_the_worksheet = judgment(
    "2.4.5",
    hints=[
        "Write the five signs one below the other. Behind each: what have you seen, or what would a table have to hold?",
        "What could you offer before you refuse, and how would you know next year that it worked?",
    ],
    weighs=[
        "an evidence for each sign that counts, and not only a feeling",
        "which sign is not judged, said so and not taken for a zero",
        "what the customer brings, beside what they cost",
        "a next step that is tried before a refusal, and how one would see that it worked",
        "that one sign, or one bad year, may be chance",
    ],
    example=(
        "A regular at our canteen asks for a dish of their own nearly every day: that is sign four, by the slips of the"
        " kitchen, about five a week. They complain often, sign five, but they are right about the rice. Whether they"
        " cost more than they bring nobody has counted, so sign three is not judged. Next step: offer the dish on"
        " Mondays only, write down the minutes for a month, and count again."
    ),
)

sign_without_evidence = question(
    "2.4.q1",
    "A checklist has five signs; for one of them no table holds any evidence. How do you count it?",
    [
        Option("As absent: no evidence, no sign", "Then a firm that writes nothing down has only good customers."),
        Option("As present, to be careful", "Then every customer carries it, and it tells nobody apart."),
        Option("As half a sign", "Half of what nobody has seen is still a guess."),
        Option("As not judged, and say so", "What was not looked at is not zero.", right=True),
    ],
)

ends_only = question(
    "2.4.q2",
    "Customers with no, one, two and three signs bring 106, 165, 168 and 160 yuan the year after. What may a report say?",
    [
        Option(
            "Three signs bring half as much again as none: the more signs, the better",
            "True of the two ends, and wrong about the steps between: from one to three nothing climbs.",
        ),
        Option(
            "Those with any sign bring more; among them the number says nothing",
            "That is what the four numbers show. Their intervals come next.",
            right=True,
        ),
        Option(
            "The best number of signs is two, so look for customers with exactly two",
            "168 and 165 differ by less than chance would. Look at the intervals first.",
        ),
        Option("Nothing, since the steps do not climb", "That says too little: none and any do differ."),
    ],
)

refuse_or_not = question(
    "2.4.q3",
    "A small customer leaves 8 yuan of every 100. People like them leave 15 of every 100 unpaid. What do you do first?",
    [
        Option(
            "Refuse, since 15 is more than 8",
            "On credit the sum is right. But there is a way to sell to them without credit.",
        ),
        Option("Sell on credit, since one never refuses a customer", "Of 100 yuan on credit 7 would be lost."),
        Option("Offer to sell for cash in advance", "Then nothing stays unpaid. Refuse credit, not the customer.", right=True),
        Option(
            "Raise the price by 15 for everybody, so that those who pay cover the rest",
            "Those who pay would go elsewhere, and those who do not pay would stay.",
        ),
    ],
)

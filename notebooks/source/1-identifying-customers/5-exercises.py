"""Exercises of lesson 1.5: stages of life."""

import pandas as pd

from crmlib import lifecycle, transitions
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    # D: four purchases, 300, 260, 220 and 180 days ago. Three gaps of 40, and 180 days of silence: 4.5.
    purchases = [("A", 110), ("A", 60), ("A", 10), ("D", 300), ("D", 260), ("D", 220), ("D", 180), ("F", 90), ("F", 20)]
    few = pd.DataFrame(purchases, columns=["customer_id", "days_ago"])
    # Of 10 in acquisition 6 stay, 3 are mature, 1 has ended: 1 / 0.4 = 2.5. Of 8 mature 6 stay, 1 declines, 1 ends.
    names = ["acquisition"] * 10 + ["maturity"] * 8 + ["decline"] * 4 + ["ended"] * 2 + ["potential"] * 5 + ["growth"] * 2
    later = ["acquisition"] * 6 + ["maturity"] * 3 + ["ended"] + ["maturity"] * 6 + ["decline", "ended"]
    later += ["maturity", "decline", "ended", "ended"] + ["ended"] * 2 + ["acquisition"] + ["potential"] * 4
    later += ["growth", "maturity"]
    before, after = (pd.Series(one, index=[f"c{n:02}" for n in range(31)]) for one in (names, later))
    # By 30 June a to f had registered, f on that very day: c and f had not bought, c did later; d bought that evening.
    # g came the day after; h, i and j in 2025, and never bought; k long before, and bought.
    days = ["2020-01-01", "2023-05-05", "2024-01-01", "2024-03-03", "2024-04-04", "2024-06-30", "2024-07-01"] + ["2025-01-01"] * 3 + ["2022-02-02"]
    customers = pd.DataFrame({"registered_date": pd.to_datetime(days)}, index=pd.Index(list("abcdefghijk"), name="customer_id"))
    bought = pd.DataFrame({"customer_id": list("aabdecgk")})
    bought["order_date"] = pd.to_datetime(
        ["2020-01-01", "2023-02-02", "2023-06-06", "2024-06-30 20:00", "2024-05-05", "2024-08-08", "2024-07-01", "2022-03-03"],
        format="mixed",
    )
    day, end = pd.Timestamp("2024-06-30"), pd.Timestamp("2024-12-31")
    # c0 to c4 came every 10 days until October: ended; c0 and c1 come back, c0 in three orders. c5 to c7 until 20 November: in
    # decline; c5 comes back. c8 to c11 keep coming, c8, c9 and c11 afterwards too; c12 came twice and comes back.
    visits = [(f"c{n}", day + pd.Timedelta(days=10 * k)) for n in range(5) for k in range(1, 10)]
    visits += [(f"c{n}", day + pd.Timedelta(days=10 * k)) for n in range(5, 8) for k in range(1, 15)]
    visits += [(f"c{n}", day + pd.Timedelta(days=10 * k)) for n in range(8, 12) for k in range(1, 19)]
    visits += [("c12", day + pd.Timedelta(days=150)), ("c12", day + pd.Timedelta(days=160))]
    visits += [(name, end + pd.Timedelta(days=40)) for name in ("c0", "c0", "c0", "c1", "c5", "c8", "c9", "c11", "c12")]
    orders = pd.DataFrame(visits, columns=["customer_id", "order_date"]).assign(amount=10.0)
    # 9 % of 1,000, 400, 250 and 230 are more than 20; of 150 and less they are not.
    profits = [1000.0, 400, 250, 230, 150, 60, 30, 18, 0, -12]
    list_2024 = pd.DataFrame({"gross_profit": profits}, index=[f"c{n}" for n in range(10)])
    moves = transitions.transition_matrix(before, after, states=["potential", *lifecycle.STAGES])
    tables = {"few": few, "before": before, "after": after, "customers": customers, "bought": bought, "day": day}
    return {**tables, "orders": orders, "end": end, "list_2024": list_2024, "moves": moves}


@exercise(
    "1.5.a",
    why="The rule puts D in decline: 180 days say little by themselves, but they are far more than three of D's own gaps.",
    hints=[
        "D bought 300, 260, 220 and 180 days ago. Four purchases have three gaps between them.",
        "The gap is (300 - 180) / 3 days. How many of them fit into the silence of 180 days?",
    ],
)
def gaps_of_d(few):
    ago = few.loc[few["customer_id"] == "D", "days_ago"]
    gap = (ago.max() - ago.min()) / (len(ago) - 1)
    return ago.min() / gap


@gaps_of_d.mistake("You divided by the purchases. Between four purchases there are only three gaps.")
def purchases_for_gaps(few):
    ago = few.loc[few["customer_id"] == "D", "days_ago"]
    return ago.min() / ((ago.max() - ago.min()) / len(ago))


@gaps_of_d.mistake("You took the gaps from the first purchase to today. They end at the last purchase: the silence is no gap yet.")
def with_the_silence(few):
    ago = few.loc[few["customer_id"] == "D", "days_ago"]
    return ago.min() / (ago.max() / (len(ago) - 1))


@gaps_of_d.mistake(
    "You divided all the days since the first purchase by the purchases. The gap is between purchases: take off the silence, and"
    " count one gap less than purchases."
)
def tenure_by_purchases(few):
    ago = few.loc[few["customer_id"] == "D", "days_ago"]
    return ago.min() / (ago.max() / len(ago))


@gaps_of_d.mistake("You counted the gaps since the first purchase. Silent is D since the last one.")
def since_the_first(few):
    ago = few.loc[few["customer_id"] == "D", "days_ago"]
    return ago.max() / ((ago.max() - ago.min()) / (len(ago) - 1))


@gaps_of_d.mistake("You took the median gap of all. D has four purchases, and so a gap of their own.")
def gap_of_others(few):
    ago = few.groupby("customer_id")["days_ago"]
    gap = (ago.max() - ago.min()) / (ago.count() - 1)
    return ago.min()["D"] / gap.median()


@gaps_of_d.mistake("You took the gap of F. Each customer has a gap of their own; that of D is twice as long.")
def gap_of_f(few):
    ago = few.groupby("customer_id")["days_ago"]
    gap = (ago.max() - ago.min()) / (ago.count() - 1)
    return ago.min()["D"] / gap["F"]


@prediction(
    "1.5.b",
    near=0.2,
    why="Look at the last cell of the row of decline, and at who came back.",
    hints=["Silent for three gaps: of customers who buy by chance, one in twenty is so at any time. What are the others?"],
)
def ended_from_decline(moves):
    return moves.loc["decline", "ended"]


@exercise(
    "1.5.1",
    why="Half a year later about half of the newcomers are somewhere else: a firm that wants to win them has little time.",
    hints=[
        "Who was in acquisition before? What share of them is in acquisition after?",
        'after[before == "acquisition"] are their later stages; the mean of == "acquisition" is the share p who stay.',
        "Everybody is there for one half-year, p for a second one, and so on: 1 / (1 - p).",
    ],
)
def half_years(before, after):
    later = after[before == "acquisition"]
    p = (later == "acquisition").mean()
    return 1 / (1 - p)


@half_years.mistake("You divided by the share who stay. The stay ends for those who leave the stage: divide by their share.")
def one_over_the_stay(before, after):
    return 1 / (after[before == "acquisition"] == "acquisition").mean()


@half_years.mistake("You left the first half-year out: those in the stage now have it for sure. Add 1.")
def without_the_first(before, after):
    p = (after[before == "acquisition"] == "acquisition").mean()
    return p / (1 - p)


@half_years.mistake("That is how long until they are called ended, by all ways. The question is about the stay in one stage.")
def until_the_end(before, after):
    moves = transitions.transition_matrix(before, after, states=["potential", *lifecycle.STAGES])
    return transitions.expected_stay(moves, end="ended").loc["acquisition", "until_end"]


@half_years.mistake("That is the stay in maturity. The question asks about acquisition.")
def maturity_for_acquisition(before, after):
    return 1 / (1 - (after[before == "maturity"] == "maturity").mean())


@half_years.mistake("You let only those leave who have ended. Those who have become mature have left the stage as well.")
def only_who_ended(before, after):
    return 1 / (after[before == "acquisition"] == "ended").mean()


@half_years.mistake("You read along the column: where did those now in acquisition come from? A row says where they go.")
def down_the_column(before, after):
    return 1 / (1 - (before[after == "acquisition"] == "acquisition").mean())


@half_years.mistake("You divided by all customers. The share who stay is one of those who were in acquisition before.")
def of_all(before, after):
    return 1 / (1 - ((before == "acquisition") & (after == "acquisition")).mean())


@half_years.mistake("You stopped after three half-years. Some stay for a fourth, a fifth: the sum goes on, and is 1 / (1 - p).")
def three_terms(before, after):
    p = (after[before == "acquisition"] == "acquisition").mean()
    return 1 + p + p**2


@half_years.mistake("That is the stay of those who never bought, potential. The question asks about acquisition, those who bought once or twice.")
def potential_for_acquisition(before, after):
    return 1 / (1 - (after[before == "potential"] == "potential").mean())



@half_years.mistake("That is in months. The question asks for half-years.")
def in_months(before, after):
    return 6 / (1 - (after[before == "acquisition"] == "acquisition").mean())


@half_years.mistake("That is in years. The question asks for half-years.")
def in_years(before, after):
    return 0.5 / (1 - (after[before == "acquisition"] == "acquisition").mean())


@exercise(
    "1.5.2",
    why="No analysis of transactions shows them. If you count only buyers, you take every registration for a sale.",
    hints=[
        "Two lists: who had registered by the day, and who had bought by then. Who is on the first and not on the second?",
        'registered = customers.index[customers["registered_date"] <= day] is the first list; isin asks who is on the second.',
        'Orders have an hour: order_date < day + pd.Timedelta(days=1) keeps the whole day. Then (~registered.isin(buyers)).mean().',
    ],
)
def share_potential(customers, bought, day):
    registered = customers.index[customers["registered_date"] <= day]
    buyers = bought.loc[bought["order_date"] < day + pd.Timedelta(days=1), "customer_id"]
    return (~registered.isin(buyers)).mean()


@share_potential.mistake("You left out those who bought only later. On that day they had not bought yet: look at earlier orders only.")
def never_at_all(customers, bought, day):
    registered = customers.index[customers["registered_date"] <= day]
    return (~registered.isin(bought["customer_id"])).mean()


@share_potential.mistake("You counted those who registered only later. They were not there yet: keep those who had registered by the day.")
def registered_later_too(customers, bought, day):
    buyers = bought.loc[bought["order_date"] < day + pd.Timedelta(days=1), "customer_id"]
    return (~customers.index.isin(buyers)).mean()


@share_potential.mistake("That is the share at the end of the data. The question stands on an earlier day: cut both lists there.")
def as_of_today(customers, bought, day):
    return (~customers.index.isin(bought["customer_id"])).mean()


@share_potential.mistake("You cut the orders at midnight, when the day begins. Orders have an hour, and the day counts whole.")
def cut_at_midnight(customers, bought, day):
    registered = customers.index[customers["registered_date"] <= day]
    return (~registered.isin(bought.loc[bought["order_date"] <= day, "customer_id"])).mean()



@share_potential.mistake("That is the share three months later, as `before` has it. Cut both lists on `day`.")
def share_in_before(before):
    return (before == "potential").mean()


@share_potential.mistake("You divided by everybody, also those who registered later. Divide by those who had registered by the day.")
def over_all(customers, bought, day):
    registered = customers.index[customers["registered_date"] <= day]
    buyers = bought.loc[bought["order_date"] < day + pd.Timedelta(days=1), "customer_id"]
    return (~registered.isin(buyers)).sum() / len(customers)


@share_potential.mistake("You divided by those who had bought. The whole is everybody who had registered.")
def per_buyer(customers, bought, day):
    registered = customers.index[customers["registered_date"] <= day]
    buyers = bought.loc[bought["order_date"] < day + pd.Timedelta(days=1), "customer_id"]
    return (~registered.isin(buyers)).sum() / registered.isin(buyers).sum()


@exercise(
    "1.5.3",
    why="At this firm a rule that looks strict is wrong about many: people who buy music in bursts are silent for long, and come again.",
    hints=[
        'First the stages: lifecycle.assign_stages(orders, as_of=end)["stage"]. Who is "ended"?',
        'Who orders later: orders.loc[orders["order_date"] > end, "customer_id"].',
        "ended.isin(later).mean() is the share of the ended who are among them.",
    ],
)
def wrongly_ended(orders, end):
    found = lifecycle.assign_stages(orders, as_of=end)["stage"]
    ended = found.index[found == "ended"]
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    return ended.isin(later).mean()


@wrongly_ended.mistake("You counted those in decline as well. The question begins with the ended only.")
def decline_too(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    return stage.index[stage >= "decline"].isin(later).mean()


@wrongly_ended.mistake("That is for those in decline. The question asks about the ended.")
def decline_for_ended(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    return stage.index[stage == "decline"].isin(later).mean()


@wrongly_ended.mistake("You looked for the ended among those who came back. Begin with the ended: what share of them came back?")
def among_who_came_back(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    return stage.index[stage == "ended"].isin(later).sum() / later.nunique()


@wrongly_ended.mistake("You divided by all customers. The share is one of the ended.")
def of_everybody(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    return stage.index[stage == "ended"].isin(later).sum() / len(stage)


@wrongly_ended.mistake("That is the share whom the rule calls ended. Which of them ordered again?")
def share_ended(orders, end):
    return (lifecycle.assign_stages(orders, as_of=end)["stage"] == "ended").mean()


@wrongly_ended.mistake("That is the share of all customers who came back. The question is about those called ended.")
def whoever_came_back(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    return stage.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]).mean()


@wrongly_ended.mistake("That is a quarter later, as in the lesson. Take the stages as of `end`.")
def a_quarter_later(orders, end):
    later_end = end + pd.offsets.QuarterEnd(1)
    stage = lifecycle.assign_stages(orders, as_of=later_end)["stage"]
    return stage.index[stage == "ended"].isin(orders.loc[orders["order_date"] > later_end, "customer_id"]).mean()


@wrongly_ended.mistake("You counted orders: a customer who came back three times counts three times there. Ask of each customer once.")
def orders_for_customers(orders, end):
    stage = lifecycle.assign_stages(orders, as_of=end)["stage"]
    return orders.loc[orders["order_date"] > end, "customer_id"].isin(stage.index[stage == "ended"]).mean()


@exercise(
    "1.5.4",
    why="A short list of the right names may bring more than a call to everybody, and it all hangs on one in five.",
    hints=[
        "What does one call bring on average: how many of the called would end, and how many of these are kept?",
        'gain = 0.45 * 0.2 * list_2024["gross_profit"] is what you expect from a call to each of them.',
        "Keep the gains above 20, take 20 off each, and add up.",
    ],
)
def left_over(list_2024):
    gain = 0.45 * 0.2 * list_2024["gross_profit"]
    called = gain[gain > 20]
    return (called - 20).sum()


@left_over.mistake("You call everybody. Call only those from whom you expect more than the call costs.")
def call_all(list_2024):
    return (0.45 * 0.2 * list_2024["gross_profit"] - 20).sum()


@left_over.mistake("You forgot what the calls cost: take 20 yuan off for each.")
def without_cost(list_2024):
    gain = 0.45 * 0.2 * list_2024["gross_profit"]
    return gain[gain > 20].sum()


@left_over.mistake("You let everybody on the list end. Only 45 % would; the others come anyway, and a call to them keeps nothing.")
def all_would_end(list_2024):
    gain = 0.2 * list_2024["gross_profit"]
    return (gain[gain > 20] - 20).sum()


@left_over.mistake("You let every call keep a customer. Of those who would end, it keeps one in five.")
def every_call_keeps(list_2024):
    gain = 0.45 * list_2024["gross_profit"]
    return (gain[gain > 20] - 20).sum()


@left_over.mistake("You took the whole profit of each, as if every call brought it. Of 45 % that would end, a call keeps one in five.")
def whole_profit(list_2024):
    profit = list_2024["gross_profit"]
    return (profit[profit > 20] - 20).sum()


@left_over.mistake("You took the 55 % who would stay. They stay without a call; a call can keep only those of the 45 %.")
def those_who_stay(list_2024):
    gain = 0.55 * 0.2 * list_2024["gross_profit"]
    return (gain[gain > 20] - 20).sum()


@left_over.mistake("You paid for one call. Each call costs 20 yuan: take 20 off for each whom you call.")
def one_call(list_2024):
    gain = 0.45 * 0.2 * list_2024["gross_profit"]
    return gain[gain > 20].sum() - 20



@left_over.mistake("You added the two shares. One in five of the 45 %: multiply.")
def shares_added(list_2024):
    gain = (0.45 + 0.2) * list_2024["gross_profit"]
    return (gain[gain > 20] - 20).sum()


@left_over.mistake("You compared the whole profit with the cost. What a call is expected to bring is far less: compare that.")
def profit_above_cost(list_2024):
    profit = list_2024["gross_profit"]
    return (0.45 * 0.2 * profit[profit > 20] - 20).sum()


@left_over.mistake("You kept one in ten, as in the lesson. Here it is one in five.")
def one_in_ten(list_2024):
    gain = 0.45 * 0.1 * list_2024["gross_profit"]
    return (gain[gain > 20] - 20).sum()


@left_over.mistake("You took 15 yuan, as in the lesson. Here a call costs 20.")
def fifteen(list_2024):
    gain = 0.45 * 0.2 * list_2024["gross_profit"]
    return (gain[gain > 15] - 15).sum()


@left_over.mistake("You paid for calls to the whole list, though you call only some of them.")
def cost_of_all(list_2024):
    gain = 0.45 * 0.2 * list_2024["gross_profit"]
    return gain[gain > 20].sum() - 20 * len(gain)


car_dealer = judgment(
    "1.5.5",
    hints=[
        "How many gaps are two years, for somebody who buys every six?",
        "What else than a purchase does the dealer see of the customers in these six years?",
    ],
    weighs=[
        "that two years are a third of a gap there: nearly everybody is called ended while all is well",
        "that silence is to be measured in the customer's own gap, or that of all where they have bought only once",
        "other signs of life that come more often: services, tyres, answers to an invitation",
        "that one should first count how many of those called ended bought again, as we did at CDNOW",
        "what a wrong removal costs (the profit of a car) beside what an invitation costs",
    ],
    example=(
        "Two years are a third of the usual gap of six years, so your rule calls people ended who are only waiting. Look at visits"
        " to the workshop instead, and call somebody late when they miss three of those. Before you change anything, take the"
        " customers whom the rule struck off five years ago and count how many have bought since, and what their cars brought."
    ),
)

same_silence = question(
    "1.5.q1",
    "Two customers have been silent for 60 days. Li used to come every week, Wang twice a year. Whom do you call first?",
    [
        Option(
            "Both on the same day, since both have been silent for 60 days",
            "The days are the same, the silence is not: it counts in their own gaps.",
        ),
        Option(
            "Li, for whom it is more than eight gaps",
            "For Wang 60 days are a third of a gap, which says nothing yet.",
            right=True,
        ),
        Option(
            "Wang, who comes so rarely that we can hardly afford to lose a visit of theirs",
            "Wang is not late at all. Their next purchase is due in months.",
        ),
        Option(
            "Neither; silence says nothing as long as they have not told us that they leave",
            "Nobody tells a shop that they leave. Silence in gaps is what there is.",
        ),
    ],
)

one_year_of_log = question(
    "1.5.q2",
    "A wholesaler has a log of eight months, which ends with Mid-Autumn. A program finds that 30 % of the customers grow. What do you say?",
    [
        Option(
            "They grow, since a slope that lies more than 1.645 standard errors above 0 is no chance",
            "It may be no chance, and yet no growth: the season comes every year.",
        ),
        Option(
            "Half of them grow, since half of what one sees in a season is the season",
            "Nobody knows which part it is. Eight months hold each season once at most.",
        ),
        Option(
            "Nobody can tell before the season has been there twice",
            "With two years of log each season is in the slope twice.",
            right=True,
        ),
        Option(
            "Take the last three months only, because that is where the growth must be seen best",
            "Then the season is all that is left.",
        ),
    ],
)

chance_of_decline = question(
    "1.5.q3",
    "200 customers are called in decline. In a world in which nobody leaves or changes, the same rule calls about 170 so. What follows?",
    [
        Option(
            "170 of the 200 are not leaving, and the other 30 are",
            "Which ones, and even how many, it does not say: in that world nobody has left, so more can seem late.",
        ),
        Option(
            "The rule is useless, because it finds hardly more than luck would find",
            "It may still tell who is more likely to end. See what became of them half a year later.",
        ),
        Option(
            "Make the rule stricter until luck finds nobody, and then trust it entirely",
            "Then it finds those who left long ago, and misses those who are leaving now.",
        ),
        Option(
            "Many on the list may only be unlucky; test calls on half of it",
            "Draw lots, call one half, and compare: that tells what a call is worth on such a list.",
            right=True,
        ),
    ],
)

"""Exercises of lesson 4.6: new customers or old ones, where does the next yuan go?"""

import numpy as np
import pandas as pd

from crmlib import acquisition
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame(index=pd.Index(list("ABCDEFGH"), name="cell"))
    eight["aim"] = ["win"] * 4 + ["keep"] * 4
    eight["n_people"] = 400
    eight["spent"] = [4000, 8000, 12_000, 16_000, 0, 3200, 6400, 9600]
    eight["n_success"] = [80, 120, 140, 150, 300, 320, 330, 335]
    club = pd.DataFrame(
        {
            "aim": ["win", "win", "keep", "keep", "keep"],
            "n_people": [2500, 2000, 800, 700, 900],
            "spent": [30_000, 60_000, 0, 12_000, 24_000],
            "n_success": [150, 240, 520, 511, 693],
        }
    )
    contracts = pd.DataFrame(
        {
            "contract": ["Month-to-month"] * 7 + ["One year"] * 5 + ["Two year"] * 6,
            "has_left": [True, True, True, False, False, False, False, True] + [False] * 4 + [True] + [False] * 5,
            "monthly_charge": [70.0, 85, 40, 30, 55, 90, 20, 60, 75, 100, 45, 50, 25, 80, 95, 110, 35, 65],
            "total_charge": [70.0, 850, 120, 900, 55, 1800, 240, 600, 2250, 1000, 4500, 500, 1750, 800, 1900, 5500, 350, 65],
        }
    )
    moves = pd.DataFrame({"cost": [10_500, 6500, 8000, 9000, 14_000, 4500, 5000, 10_000]}, index=list("ABCDEFGH"))
    chosen = pd.DataFrame({"n_people": 100, "spent": [0, 200, 500, 900, 1200], "n_success": [1, 2, 4, 8, 10]})
    by_lot = pd.DataFrame({"n_people": 100, "spent": [0, 300, 600, 900, 1200], "n_success": [2, 4, 5, 5, 6]})
    return {
        "eight": eight,
        "club": club,
        "answers": pd.Series({"spending": 25.0, "rate": 0.12, "ceiling": 0.20}),
        "contracts": contracts,
        "moves": moves,
        "chosen": chosen,
        "by_lot": by_lot,
    }


# --- inside the lesson ---


@exercise(
    "4.6.a",
    why="Whoever would have stayed anyway was not bought with the money. What is left is a small number, and a large cost.",
    hints=[
        "E says how many stay if nothing is spent: 300 of 400. In F, G and H as many would have stayed without the money.",
        "F, G and H: 985 stayed, 900 would have stayed anyway. How many were kept by the money?",
        "3,200 + 6,400 + 9,600 yuan, divided by 85 customers.",
    ],
)
def cost_of_kept(eight):
    at_risk = eight[eight["aim"] == "keep"]
    free, paid = at_risk[at_risk["spent"] == 0], at_risk[at_risk["spent"] > 0]
    anyway = free["n_success"].sum() / free["n_people"].sum() * paid["n_people"].sum()
    return paid["spent"].sum() / (paid["n_success"].sum() - anyway)


def _paid(eight):
    return eight[(eight["aim"] == "keep") & (eight["spent"] > 0)]


def _anyway(eight):
    return 0.75 * _paid(eight)["n_people"]


@cost_of_kept.mistake("You divided by all who stayed. Three quarters of them would have stayed without the money, as in E.")
def all_who_stayed(eight):
    return _paid(eight)["spent"].sum() / _paid(eight)["n_success"].sum()


@cost_of_kept.mistake("You divided by all who stayed, those of E as well. They cost nothing, and most of the others would have stayed too.")
def all_who_stayed_and_e(eight):
    keep = eight[eight["aim"] == "keep"]
    return keep["spent"].sum() / keep["n_success"].sum()


@cost_of_kept.mistake("That is what was spent on each customer at risk. Asked is what one more customer kept has cost.")
def per_person(eight):
    return _paid(eight)["spent"].sum() / _paid(eight)["n_people"].sum()


@cost_of_kept.mistake("That is what was spent on each customer at risk, E included. Asked is what one more customer kept has cost.")
def per_person_and_e(eight):
    keep = eight[eight["aim"] == "keep"]
    return keep["spent"].sum() / keep["n_people"].sum()


@cost_of_kept.mistake("You took away the 300 once. F, G and H have 400 customers each, and 300 of each would have stayed.")
def taken_away_once(eight):
    return _paid(eight)["spent"].sum() / (_paid(eight)["n_success"].sum() - 300)


@cost_of_kept.mistake("You divided by those who left. The money was for those who stayed because of it.")
def those_who_left(eight):
    return _paid(eight)["spent"].sum() / (_paid(eight)["n_people"] - _paid(eight)["n_success"]).sum()


@cost_of_kept.mistake("That is cell H alone. F, G and H together are asked for.")
def one_cell(eight):
    return (_paid(eight)["spent"] / (_paid(eight)["n_success"] - _anyway(eight))).iloc[-1]


@cost_of_kept.mistake("That is cell F alone. F, G and H together are asked for.")
def first_cell(eight):
    return (_paid(eight)["spent"] / (_paid(eight)["n_success"] - _anyway(eight))).iloc[0]


@cost_of_kept.mistake("That is the mean of three costs. Add up the money and the customers first, then divide.")
def mean_of_costs(eight):
    return (_paid(eight)["spent"] / (_paid(eight)["n_success"] - _anyway(eight))).mean()


@cost_of_kept.mistake("You divided by those who would have stayed anyway. They are the ones to leave out.")
def by_those_anyway(eight):
    return _paid(eight)["spent"].sum() / _anyway(eight).sum()


@cost_of_kept.mistake("That is what a customer won has cost, cells A to D. Asked is keeping.")
def cost_of_won(eight):
    win = eight[eight["aim"] == "win"]
    return win["spent"].sum() / win["n_success"].sum()


@cost_of_kept.mistake("That is what the last few kept have cost, from G to H. It comes in a minute; here the average of F, G and H is asked for.")
def next_one(eight):
    return (_paid(eight)["spent"].diff() / _paid(eight)["n_success"].diff()).iloc[-1]


@cost_of_kept.mistake("That is H, divided by all who stayed there. Take F, G and H together, and leave out who would have stayed anyway.")
def one_cell_all(eight):
    return (_paid(eight)["spent"] / _paid(eight)["n_success"]).iloc[-1]


@cost_of_kept.mistake("You took the money of H only, and the customers of F, G and H. Add up both.")
def last_spending(eight):
    return _paid(eight)["spent"].max() / (_paid(eight)["n_success"] - _anyway(eight)).sum()


@cost_of_kept.mistake("That is how many were kept by the money. What did each of them cost?")
def number_saved(eight):
    return (_paid(eight)["n_success"] - _anyway(eight)).sum()


@cost_of_kept.mistake("That is a share of those at risk. What did each customer kept by the money cost, in yuan?")
def share_saved(eight):
    return (_paid(eight)["n_success"] - _anyway(eight)).sum() / _paid(eight)["n_people"].sum()


@prediction(
    "4.6.b",
    near=0.5,
    why="The manager spent most where people come easily. That ease is counted as the work of the money.",
    hints=[
        "If the manager had spent without looking, both lines would be alike: 1.",
        "They spent more where it went well. Does that make their line steeper or flatter than the truth?",
    ],
)
def times_as_steep(chosen, by_lot):
    return acquisition.straight_line(chosen).slope / acquisition.straight_line(by_lot).slope


# --- at its end ---


@exercise(
    "4.6.1",
    why="The owner counts all who stayed, and finds their slogan. Count those who would otherwise have left, and it is gone.",
    hints=[
        "Two costs, then one divided by the other. For winning: all the money by all who were won.",
        "For keeping: the row with spent 0 says which share stays without money. In the two others that share would have stayed too.",
        'stay = free["n_success"].sum() / free["n_people"].sum(), saved = (paid["n_success"] - stay * paid["n_people"]).sum()',
    ],
)
def ratio_of_club(club):
    won, at_risk = club[club["aim"] == "win"], club[club["aim"] == "keep"]
    free, paid = at_risk[at_risk["spent"] == 0], at_risk[at_risk["spent"] > 0]
    stay = free["n_success"].sum() / free["n_people"].sum()
    saved = (paid["n_success"] - stay * paid["n_people"]).sum()
    return (won["spent"].sum() / won["n_success"].sum()) / (paid["spent"].sum() / saved)


def _club(club):
    """Winning, the cell without money, the others, and who was kept by money in each of them."""
    won, keep = club[club["aim"] == "win"], club[club["aim"] == "keep"]
    free, paid = keep[keep["spent"] == 0], keep[keep["spent"] > 0]
    stay = free["n_success"].sum() / free["n_people"].sum()
    return won, free, paid, paid["n_success"] - stay * paid["n_people"]


def _per_won(club):
    won = _club(club)[0]
    return won["spent"].sum() / won["n_success"].sum()


@ratio_of_club.mistake("You divided the money for keeping by all who stayed. Most of them would have stayed without it.")
def all_stayed(club):
    paid = _club(club)[2]
    return _per_won(club) / (paid["spent"].sum() / paid["n_success"].sum())


@ratio_of_club.mistake("You divided by all who stayed, the row without money as well. Only those count who would otherwise have left.")
def all_stayed_free_too(club):
    keep = club[club["aim"] == "keep"]
    return _per_won(club) / (keep["spent"].sum() / keep["n_success"].sum())


@ratio_of_club.mistake("That is what a member won costs. How many times the cost of a member kept is it?")
def cost_per_won(club):
    return _per_won(club)


@ratio_of_club.mistake("That is what a member kept costs. How many times as much does a member won cost?")
def cost_per_kept(club):
    paid, saved = _club(club)[2:]
    return paid["spent"].sum() / saved.sum()


@ratio_of_club.mistake("That is the difference of the two costs. Divide one by the other.")
def difference(club):
    return cost_per_won(club) - cost_per_kept(club)


@ratio_of_club.mistake("That is the ratio of the money. Divide each sum by its members first.")
def ratio_of_money(club):
    won, _, paid, _ = _club(club)
    return won["spent"].sum() / paid["spent"].sum()


@ratio_of_club.mistake("That is the ratio of the members. Ask what each of them cost.")
def ratio_of_successes(club):
    won, _, _, saved = _club(club)
    return won["n_success"].sum() / saved.sum()


@ratio_of_club.mistake("That compares what is spent on each person. Divide by those won, and by those kept by the money.")
def per_head(club):
    won, _, paid, _ = _club(club)
    return (won["spent"].sum() / won["n_people"].sum()) / (paid["spent"].sum() / paid["n_people"].sum())


@ratio_of_club.mistake("That compares what is spent on each person, the row without money as well. Divide by those won, and by those kept by the money.")
def per_head_free_too(club):
    won, keep = _club(club)[0], club[club["aim"] == "keep"]
    return (won["spent"].sum() / won["n_people"].sum()) / (keep["spent"].sum() / keep["n_people"].sum())


@ratio_of_club.mistake("You took the mean of two costs of winning. Add up money and members first.")
def mean_of_won_costs(club):
    won = _club(club)[0]
    return (won["spent"] / won["n_success"]).mean() / cost_per_kept(club)


@ratio_of_club.mistake("You took the mean of two costs of keeping. Add up money and members first.")
def mean_of_kept_costs(club):
    paid, saved = _club(club)[2:]
    return _per_won(club) / (paid["spent"] / saved).mean()


@ratio_of_club.mistake("You took away the number who stayed without money. Take the share, and apply it to the members of the other rows.")
def taken_away_once_again(club):
    _, free, paid, _ = _club(club)
    return _per_won(club) / (paid["spent"].sum() / (paid["n_success"].sum() - free["n_success"].sum()))


@ratio_of_club.mistake("You divided the money for keeping by those who left. It was for those who stayed because of it.")
def by_those_who_left(club):
    paid = _club(club)[2]
    return _per_won(club) / (paid["spent"].sum() / (paid["n_people"] - paid["n_success"]).sum())


@ratio_of_club.mistake("You took the last row of each aim. All rows together are asked for.")
def last_cells(club):
    won, _, paid, saved = _club(club)
    return (won["spent"] / won["n_success"]).iloc[-1] / (paid["spent"] / saved).iloc[-1]


@ratio_of_club.mistake("That compares what the next ones cost, from one row to the next. Here the averages are asked for.")
def next_ones(club):
    won, _, paid, _ = _club(club)
    step = won["spent"].diff() / won["n_success"].diff()
    return step.iloc[-1] / (paid["spent"].diff() / paid["n_success"].diff()).iloc[-1]


@exercise(
    "4.6.2",
    why="The average is below it: the first members came cheaply. Whoever decides by the average spends too much.",
    hints=[
        "Two answers make a curve: acquisition.curve_from_answers(spending=..., rate=..., ceiling=...).",
        "curve.slope(25) says how many more members a further yuan per prospect wins, for each prospect.",
        'curve = acquisition.curve_from_answers(**answers), then 1 / curve.slope(answers["spending"])',
    ],
)
def next_member(answers):
    curve = acquisition.curve_from_answers(**answers)
    return 1 / curve.slope(answers["spending"])


def _parts(answers):
    spending, rate, ceiling = answers[["spending", "rate", "ceiling"]]
    return spending, rate, ceiling, -np.log(1 - rate / ceiling) / spending


@next_member.mistake("That is what a member costs on average. The next one costs more: look at the slope of the curve.")
def average_cost(answers):
    return answers["spending"] / answers["rate"]


@next_member.mistake("That is what the first member costs, at a spending of 0. Take the slope at the present spending.")
def first_member(answers):
    _, _, ceiling, k = _parts(answers)
    return 1 / (ceiling * k)


@next_member.mistake("That is k, how fast the ceiling is approached. What does the next member cost?")
def just_k(answers):
    return _parts(answers)[3]


@next_member.mistake("You divided the spending by the ceiling. The ceiling is reached by no spending.")
def by_ceiling(answers):
    return answers["spending"] / answers["ceiling"]


@next_member.mistake("You divided the present spending by what is left to the ceiling. The next yuan does not win it all.")
def to_ceiling(answers):
    return answers["spending"] / (answers["ceiling"] - answers["rate"])


@next_member.mistake("You forgot the ceiling: the slope is ceiling x k x exp(-k x spending).")
def ceiling_forgotten(answers):
    spending, _, _, k = _parts(answers)
    return 1 / (k * np.exp(-k * spending))


@next_member.mistake("You forgot k: the slope is ceiling x k x exp(-k x spending).")
def k_forgotten(answers):
    spending, _, ceiling, k = _parts(answers)
    return 1 / (ceiling * np.exp(-k * spending))


@next_member.mistake("You took k times the rate. The slope is k times what is left to the ceiling.")
def rate_for_left(answers):
    _, rate, _, k = _parts(answers)
    return 1 / (rate * k)


@next_member.mistake("That is the average cost at twice the spending. Asked is the next member at the present one.")
def average_at_double(answers):
    spending, _, ceiling, k = _parts(answers)
    return 2 * spending / (ceiling * (1 - np.exp(-2 * k * spending)))


@next_member.mistake("That is what members cost if the spending is doubled. Asked is the next one, at the present spending.")
def step_to_double(answers):
    spending, rate, ceiling, k = _parts(answers)
    return spending / (ceiling * (1 - np.exp(-2 * k * spending)) - rate)


@next_member.mistake("That is what is spent on a prospect. Not every prospect becomes a member.")
def spending_itself(answers):
    return answers["spending"]


@next_member.mistake("You doubled the average. How much dearer the next member is, the curve says: take its slope.")
def twice_average(answers):
    return 2 * answers["spending"] / answers["rate"]


@next_member.mistake("That is how many prospects make a member now. What does the next member cost, in yuan?")
def prospects_per_member(answers):
    return 1 / answers["rate"]


@next_member.mistake("You used the logarithm to base ten. The curve has the natural one, np.log; or use curve_from_answers.")
def base_ten(answers):
    spending, rate, ceiling, _ = _parts(answers)
    return 1 / ((ceiling - rate) * -np.log10(1 - rate / ceiling) / spending)


@next_member.mistake("You took 1 for the ceiling. The manager says that no spending wins more than the ceiling.")
def ceiling_one(answers):
    spending, rate, _, _ = _parts(answers)
    return 1 / (-np.log(1 - rate) / spending * (1 - rate))


@next_member.mistake("That is by how much the next member is dearer than the average one. Asked is what the next one costs.")
def dearer_by(answers):
    return 1 / acquisition.curve_from_answers(**answers).slope(answers["spending"]) - average_cost(answers)


@next_member.mistake("That is how many times the average the next member costs. Asked is the cost in yuan.")
def times_dearer(answers):
    return 1 / acquisition.curve_from_answers(**answers).slope(answers["spending"]) / average_cost(answers)


@next_member.mistake("That is at a yuan more than now. Take the slope at the present spending.")
def a_yuan_more(answers):
    return 1 / acquisition.curve_from_answers(**answers).slope(answers["spending"] + 1)


@next_member.mistake("You took a step of a whole yuan per prospect. The next member comes at once: take curve.slope(25).")
def step_of_a_yuan(answers):
    spending, rate, ceiling, k = _parts(answers)
    return 1 / (ceiling * (1 - np.exp(-k * (spending + 1))) - rate)


@next_member.mistake("That is what a whole point more of the rate costs. The next member is less than that: take curve.slope(25).")
def step_of_a_point(answers):
    spending, rate, ceiling, k = _parts(answers)
    return (-np.log(1 - (rate + 0.01) / ceiling) / k - spending) / 0.01


@exercise(
    "4.6.3",
    why="Chance times value, and both point the same way here. Whether a call changes anything, the table cannot say: that needs a trial.",
    hints=[
        "The chance first: of each contract, which share left last month? groupby and mean.",
        "Then only those who are still there: each has the chance of their contract, times what they pay a month.",
        'here = contracts[~contracts["has_left"]], risk = here["contract"].map(chance).astype(float) * here["monthly_charge"]',
    ],
)
def risk_of_monthly(contracts):
    chance = contracts.groupby("contract", observed=True)["has_left"].mean()
    here = contracts[~contracts["has_left"]]
    risk = here["contract"].map(chance).astype(float) * here["monthly_charge"]
    return risk[here["contract"] == "Month-to-month"].sum() / risk.sum()


def _risk(contracts):
    """The chance of each contract; those still there; whether month to month; what is at risk with them."""
    gone = contracts.groupby("contract", observed=True)["has_left"].mean()
    here = contracts[~contracts["has_left"]]
    chance = here["contract"].map(gone).astype(float)
    return gone, here, here["contract"] == "Month-to-month", chance


@risk_of_monthly.mistake("That is a share of the customers. Weigh each by the chance to leave and by what they pay.")
def share_of_customers(contracts):
    return _risk(contracts)[2].mean()


@risk_of_monthly.mistake("That is a share of the money, all of it. At risk is only chance times money.")
def share_of_money(contracts):
    _, here, monthly, _ = _risk(contracts)
    return here.loc[monthly, "monthly_charge"].sum() / here["monthly_charge"].sum()


@risk_of_monthly.mistake("You added up chances. Multiply each by what the customer pays.")
def chances_only(contracts):
    _, _, monthly, chance = _risk(contracts)
    return chance[monthly].sum() / chance.sum()


@risk_of_monthly.mistake("You kept those who have left already. They can no longer be saved: choose who is still there.")
def left_as_well(contracts):
    gone, _, _, _ = _risk(contracts)
    risk = contracts["contract"].map(gone).astype(float) * contracts["monthly_charge"]
    return risk[contracts["contract"] == "Month-to-month"].sum() / risk.sum()


@risk_of_monthly.mistake("That is the chance to leave of those month to month. What share of the money at risk is theirs?")
def chance_of_monthly(contracts):
    return _risk(contracts)[0]["Month-to-month"]


@risk_of_monthly.mistake("That is an amount. Divide it by all the money at risk.")
def amount(contracts):
    _, here, monthly, chance = _risk(contracts)
    return (chance * here["monthly_charge"])[monthly].sum()


@risk_of_monthly.mistake("That is all the money at risk. Which share of it lies with month to month?")
def all_at_risk(contracts):
    _, here, _, chance = _risk(contracts)
    return (chance * here["monthly_charge"]).sum()


@risk_of_monthly.mistake("That is about those who have left. Asked is who may leave next.")
def of_those_who_left(contracts):
    return contracts.loc[contracts["has_left"], "contract"].eq("Month-to-month").mean()


@risk_of_monthly.mistake("That is the money that has gone already. Asked is what may go next.")
def money_of_those_who_left(contracts):
    left = contracts[contracts["has_left"]]
    return left.loc[left["contract"].eq("Month-to-month"), "monthly_charge"].sum() / left["monthly_charge"].sum()


@risk_of_monthly.mistake("That compares means. Add up: a share of the sum is asked for.")
def ratio_of_means(contracts):
    _, here, monthly, chance = _risk(contracts)
    risk = chance * here["monthly_charge"]
    return risk[monthly].mean() / risk.mean()


@risk_of_monthly.mistake("You divided by all the money. Divide by the money at risk.")
def of_all_money(contracts):
    _, here, monthly, chance = _risk(contracts)
    return (chance * here["monthly_charge"])[monthly].sum() / here["monthly_charge"].sum()


@risk_of_monthly.mistake("That is the share of all who left last month. Who pays how much, and who is still there?")
def leaving_share(contracts):
    return contracts["has_left"].mean()


@risk_of_monthly.mistake("You took the chance to stay. At risk is the money times the chance to leave.")
def chance_to_stay(contracts):
    _, here, monthly, chance = _risk(contracts)
    stays = (1 - chance) * here["monthly_charge"]
    return stays[monthly].sum() / stays.sum()


@risk_of_monthly.mistake("You divided one rate by the sum of the rates. How many have each contract, and what do they pay?")
def rates_only(contracts):
    gone = _risk(contracts)[0]
    return gone["Month-to-month"] / gone.sum()


@risk_of_monthly.mistake("You took total_charge, what was paid so far. What may go is what they pay from now on: monthly_charge.")
def total_charge(contracts):
    _, here, monthly, chance = _risk(contracts)
    paid = chance * here["total_charge"]
    return paid[monthly].sum() / paid.sum()


@risk_of_monthly.mistake("That is a share of all rows, those who left included. Weigh those still there by chance and money.")
def share_of_all_rows(contracts):
    return contracts["contract"].eq("Month-to-month").mean()


@exercise(
    "4.6.4",
    why="Look at who is spoken to and at what is offered, not at how the move is called. Who left is not ours any more, so winning back acquires.",
    hints=[
        "Two questions about each move: is it for those who are customers now? Is it about what we sell already?",
        "Acquire: not customers now, and what we sell already. Those who left a year ago are not customers now.",
        'C, G and H: moves.loc[["C", "G", "H"], "cost"].sum() divided by all the cost.',
    ],
)
def acquire_share(moves):
    cost = moves["cost"]
    return cost[["C", "G", "H"]].sum() / cost.sum()


def _part(moves, letters):
    return moves.loc[list(letters), "cost"].sum() / moves["cost"].sum()


@acquire_share.mistake("You left out H. Who left a year ago is no customer now: to win them back is to acquire.")
def without_winning_back(moves):
    return _part(moves, "CG")


@acquire_share.mistake("You took D as well. It sells something new to new people: that is the fourth aim, to diversify.")
def with_new_offer(moves):
    return _part(moves, "CDGH")


@acquire_share.mistake("You took D, which sells something new (to diversify), and left out H, who are no customers now.")
def new_customers_only(moves):
    return _part(moves, "CDG")


@acquire_share.mistake("That is an amount. Divide it by all the cost.")
def amount_of_moves(moves):
    return moves.loc[["C", "G", "H"], "cost"].sum()


@acquire_share.mistake("You counted moves. A share of the money is asked for: add up the cost.")
def share_of_moves(moves):
    return 3 / len(moves)


@acquire_share.mistake("You counted moves, and left out H. Add up the cost, of C, G and H.")
def share_of_moves_two(moves):
    return 2 / len(moves)


@acquire_share.mistake("B and F sell something more to our own customers: that is to extend. Asked is to acquire.")
def extending(moves):
    return _part(moves, "BF")


@acquire_share.mistake("A and E keep our customers with what they buy already: loyalty. Asked is to acquire.")
def loyalty(moves):
    return _part(moves, "AE")


@acquire_share.mistake("A and E keep our customers: loyalty. Of these three only H acquires, and C and G do as well.")
def loyalty_and_back(moves):
    return _part(moves, "AEH")


@acquire_share.mistake("D is something new for new people: to diversify. Asked is to acquire.")
def diversifying(moves):
    return _part(moves, "D")


@acquire_share.mistake("You took C alone. G and H are for people who are no customers now, too, and about what we sell already.")
def one_move(moves):
    return _part(moves, "C")


@acquire_share.mistake("You took G alone. C and H are for people who are no customers now, too, and about what we sell already.")
def one_move_fair(moves):
    return _part(moves, "G")


@acquire_share.mistake("You left out G. Who moves into a new house is no customer yet, and gets what we sell already.")
def without_fair(moves):
    return _part(moves, "CH")


@acquire_share.mistake("You left out C. Neighbours who never bought are no customers yet, and get what we sell already.")
def without_vouchers(moves):
    return _part(moves, "GH")


@acquire_share.mistake("You took whatever is new in the shop. Asked is what brings new customers to what we sell already.")
def new_offers(moves):
    return _part(moves, "BDF")


@acquire_share.mistake("You took F as well. The shelf is new, but it is for our own customers: to extend.")
def with_shelf(moves):
    return _part(moves, "CFGH")


@acquire_share.mistake("You took whatever is new, people or goods. To acquire: new people, present goods.")
def whatever_is_new(moves):
    return _part(moves, "CDFGH")


@acquire_share.mistake("You divided by the money for present customers. Divide by all the cost.")
def new_to_old(moves):
    return moves.loc[["C", "G", "H"], "cost"].sum() / moves.loc[["A", "B", "E", "F"], "cost"].sum()


@acquire_share.mistake("That is all the cost. Which share of it is for acquiring?")
def all_money(moves):
    return moves["cost"].sum()


slogan = judgment(
    "4.6.5",
    hints=[
        "Which two numbers were divided? Would those who stayed have stayed anyway?",
        "Is the question what they cost so far, or what the next one costs?",
    ],
    weighs=[
        "that the ratio counts all who stayed, and not those alone who would otherwise have left",
        "that an average says what was; a budget moves by what the next one costs, of both",
        "that a ratio of costs leaves out what a customer is worth: dear and worth it is a good buy",
        "that if nobody is won, those who leave are not replaced, and the base shrinks",
        "that the spending was chosen, not drawn by lot, so that neither cost is known",
        "a proposal that can be tested: amounts drawn by lot in some cities, and a number that would change your mind",
    ],
    example=(
        "I would not stop. The ratio divides the money for keeping by everybody who stayed, and most of them would have stayed without it; if only"
        " those count who would otherwise have left, the ratio is much smaller. It is also an average: for next year I need to know what the next customer"
        " won and the next one kept would cost, against what they are worth. I propose to draw the amounts by lot in half of the shops for six months,"
        " and to move money from winning to keeping only if the next one kept then costs less."
    ),
)

average = question(
    "4.6.q1",
    "Winning costs 60 yuan a customer on average, keeping 90. Both are worth 150. The next one won would cost 200, the next one kept 100. Where does the next yuan go?",
    [
        Option(
            "To winning, since a customer won costs less than one kept",
            "On average, so far. The next one won costs more than it is worth.",
        ),
        Option(
            "To keeping",
            "The next one kept costs less than it is worth, the next one won more.",
            right=True,
        ),
        Option(
            "Half and half, since both are cheaper on average than they are worth",
            "What was cheap so far says nothing about the next one.",
        ),
        Option(
            "Nowhere, because the average cost of both together must not rise",
            "The next one kept brings 150 and costs 100: why leave that?",
        ),
    ],
)

anyway = question(
    "4.6.q2",
    "Of 1,000 customers at risk 800 stay without any offer, 850 with one that costs 10 yuan each. What does a customer kept by the offer cost?",
    [
        Option(
            "10 yuan, which is what the offer costs for each customer",
            "Only a few stay because of it, but all get it.",
        ),
        Option(
            "About 12 yuan: 10,000 yuan by the 850 customers who stay with the offer",
            "800 of the 850 would have stayed anyway.",
        ),
        Option(
            "About 67 yuan: 10,000 yuan by the 150 customers who leave all the same",
            "Those who leave were not kept at all.",
        ),
        Option(
            "200 yuan: 10,000 by 50",
            "50 more stay than without the offer, and they carry the whole cost.",
            right=True,
        ),
    ],
)

by_chance = question(
    "4.6.q3",
    "A manager spends more in cities where people come easily. We draw a line through all cities. What is wrong with it?",
    [
        Option(
            "It is too steep: part of the slope is the cities, not the money",
            "The ease of the city is counted as the work of the money.",
            right=True,
        ),
        Option(
            "It is too flat, because most of the money is spent in good cities",
            "In good cities many come and much is spent: that makes it steeper.",
        ),
        Option(
            "Nothing, if there are enough cities and months in the table",
            "More of the same rows make the interval narrow around the wrong slope.",
        ),
        Option(
            "It is only uncertain; the interval of the slope tells by how much",
            "An interval speaks of chance. This error is none of chance.",
        ),
    ],
)

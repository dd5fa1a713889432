"""Exercises of lesson 1.10: how far does word travel?"""

import numpy as np
import pandas as pd

from crmlib import contagion, reach
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    names = list("ABCDEFGH")
    circle = {"A": "BCGH", "B": "ACDH", "C": "ABDE", "D": "BCEF", "E": "CDFG", "F": "DEGH", "G": "AEFH", "H": "ABFG"}
    members = ["An", "Bai", "Cai", "Deng", "Fan", "Gao", "Han", "Jin", "Kong", "Lin"]
    knows = np.zeros((10, 10), dtype=bool)
    for one, other in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 6), (5, 3), (5, 8), (5, 2), (4, 7), (7, 9), (1, 4), (1, 9)]:
        knows[one, other] = knows[other, one] = True
    return {
        "knows": pd.DataFrame({one: [other in circle[one] for other in names] for one in names}, index=names),
        "n_people": 20_000,
        "n_told": 250,
        "n_year": 104,
        "begin": 10,
        "brings": 0.6,
        "village": pd.Series({"n_people": 900, "n_told": 30, "n_tellers": 45}),
        "club": pd.DataFrame(knows, index=members, columns=members),
        "brought": pd.DataFrame(
            {
                "customer_type": ["organisation"] * 22 + ["person"] * 6,
                "n_brought": [3, 1, 1, *[0] * 19, 2, 1, 0, 0, 0, 0],
            }
        ),
        "passed_on": pd.Series({0: 0.4, 1: 0.3, 2: 0.1, 4: 0.2}),
    }


@exercise(
    "1.10.a",
    why="Eight are told and fewer hear: B and C hear it twice.",
    hints=["A knows B, C, G and H. Whom does D know?", "Write the names of both circles down, each name once."],
)
def two_circles(knows):
    heard = knows.loc["A"] | knows.loc["D"]
    return int(heard.sum())


@two_circles.mistake("You counted B and C twice: they hear it from A and from D.")
def with_repeats(knows):
    return int(knows.loc["A"].sum() + knows.loc["D"].sum())


@two_circles.mistake("That is how many hear it twice: the overlap. How many hear it at all?")
def overlap_only(knows):
    return int((knows.loc["A"] & knows.loc["D"]).sum())


@two_circles.mistake("That is one circle, or those who hear it only once. Two people tell, and those who hear it twice count, too.")
def one_circle(knows):
    return int(knows.loc["A"].sum())


@two_circles.mistake("That is A together with C or G. The question is about A and D.")
def another_pair(knows):
    return int((knows.loc["A"] | knows.loc["C"]).sum())


@prediction(
    "1.10.b",
    near=0.2,
    why="Look where the formula leaves the straight line, and how far the line passes the town.",
    hints=["26,000 are told in a year, in a town of 20,000. How many of them were told before?"],
)
def share_of_town(n_people, n_told, n_year):
    return reach.expected_reach(n_year, n_told=n_told, n_people=n_people) / n_people


@exercise(
    "1.10.c",
    why="Ten bring fifteen more, and there it ends. Below 1 word of mouth multiplies; it does not explode.",
    hints=["The rounds are 10, 6, 3.6 and so on. Add them all up.", "Ten times 1 / (1 - R)."],
)
def come_in_all_of_ten(begin, brings):
    return begin / (1 - brings)


@come_in_all_of_ten.mistake("That is the first round after the ten. Those it brings bring others.")
def one_round(begin, brings):
    return begin * brings


@come_in_all_of_ten.mistake("That is the ten and those whom they bring. Those bring others in turn.")
def two_rounds(begin, brings):
    return begin * (1 + brings)


@come_in_all_of_ten.mistake("You stopped after the third round. The rounds go on, ever smaller: use 1 / (1 - R).")
def three_rounds(begin, brings):
    return begin * (1 + brings + brings**2)


@come_in_all_of_ten.mistake("You added up eight rounds. More follow, ever smaller: use 1 / (1 - R).")
def eight_rounds(begin, brings):
    return begin * (1 - brings**8) / (1 - brings)


@come_in_all_of_ten.mistake("That is without the ten who began. They are to be counted.")
def without_the_first(begin, brings):
    return begin * brings / (1 - brings)


@come_in_all_of_ten.mistake("You divided by R. Divide by what is missing to 1.")
def divided_by_r(begin, brings):
    return begin / brings


@exercise(
    "1.10.1",
    why="Together they tell most of the village, and a good part of it twice.",
    hints=[
        "What is the chance that a given person is missed by one teller? By all of them?",
        "N * (1 - (1 - k / N) ** n), or reach.expected_reach(n, n_told=k, n_people=N).",
    ],
)
def hear(village):
    missed = (1 - village["n_told"] / village["n_people"]) ** village["n_tellers"]
    return village["n_people"] * (1 - missed)


@hear.mistake("That is how many are told, some of them several times. Count different people.")
def told_in_all(village):
    return village["n_told"] * village["n_tellers"]


@hear.mistake("That is the whole village. Some are told by nobody: one teller misses a person with the chance 1 - k / N, and the power is that of missing.")
def missed_for_told(village):
    told = village["n_told"] / village["n_people"]
    return village["n_people"] * (1 - told ** village["n_tellers"])


@hear.mistake("That is how many do NOT hear.")
def do_not_hear(village):
    return village["n_people"] * (1 - village["n_told"] / village["n_people"]) ** village["n_tellers"]


@hear.mistake("You exchanged tellers and told: the power is the number of tellers.")
def exchanged(village):
    return village["n_people"] * (1 - (1 - village["n_tellers"] / village["n_people"]) ** village["n_told"])


@hear.mistake("That is the share of the village. How many people is it?")
def as_share(village):
    return 1 - (1 - village["n_told"] / village["n_people"]) ** village["n_tellers"]


@hear.mistake("You took the numbers of Girard's town. Here they stand in village.")
def girards_town():
    return reach.expected_reach(104, n_told=250, n_people=20_000)


@hear.mistake("You let one person be told 1/N of the time: the chance to be told by one teller is k / N.")
def one_in_n(village):
    return village["n_people"] * (1 - (1 - 1 / village["n_people"]) ** village["n_tellers"])


@exercise(
    "1.10.2",
    why="What three tellers reach is less than three circles; how much less only the network says.",
    hints=[
        "Take the three rows. In which columns does at least one of them say true?",
        "reach.people_reached(club, [...]), or club.loc[[...]].any().sum().",
    ],
)
def told(club):
    rows = club.loc[["An", "Bai", "Gao"]]
    return int(rows.any().sum())


@told.mistake("You counted those told by two of them twice.")
def told_twice_counted(club):
    return int(club.loc[["An", "Bai", "Gao"]].to_numpy().sum())


@told.mistake("You left out the three tellers. One whom another teller tells counts as well.")
def without_tellers(club):
    return int(club.loc[["An", "Bai", "Gao"]].any().drop(["An", "Bai", "Gao"]).sum())


@told.mistake("You counted all three tellers. A teller counts only if another teller tells them.")
def tellers_counted(club):
    tellers = ["An", "Bai", "Gao"]
    return int((club.loc[tellers].any() | club.columns.isin(tellers)).sum())


@told.mistake("That is how many are told by more than one. How many are told at all?")
def told_by_several(club):
    return int((club.loc[["An", "Bai", "Gao"]].sum() > 1).sum())


@told.mistake("Those are the people told by all three. One is enough.")
def told_by_all(club):
    return int(club.loc[["An", "Bai", "Gao"]].all().sum())


@told.mistake("That is the circle of one of the three.")
def circle_of_an(club):
    return int(club.loc["An"].sum())


@told.mistake("You left out Gao. All three tell.")
def without_gao(club):
    return int(club.loc[["An", "Bai"]].any().sum())


@told.mistake("That is everybody in the club. Some are told by none of the three.")
def the_whole_club(club):
    return len(club)


@told.mistake("By the formula, for listeners drawn at random. Here you know who knows whom: count.")
def by_formula(club):
    mean = club.loc[["An", "Bai", "Gao"]].sum(axis=1).mean()
    return float(reach.expected_reach(3, n_told=mean, n_people=len(club)))


@exercise(
    "1.10.3",
    why="Word of mouth adds this much, and no more, as long as nothing changes R.",
    hints=[
        "First R: the mean of n_brought over the organizations.",
        "Then a hundred times 1 / (1 - R).",
    ],
)
def come_in_all(brought):
    organizations = brought[brought["customer_type"] == "organisation"]
    brings = organizations["n_brought"].mean()
    return 100 / (1 - brings)


def _r(brought):
    return brought.loc[brought["customer_type"] == "organisation", "n_brought"].mean()


@come_in_all.mistake("That is the hundred and the first round. Those who come bring others in turn.")
def one_round_only(brought):
    return 100 * (1 + _r(brought))


@come_in_all.mistake("That is the first round alone. Add the hundred, and the rounds after it.")
def first_round_alone(brought):
    return 100 * _r(brought)


@come_in_all.mistake("The hundred themselves are to be counted as well.")
def hundred_left_out(brought):
    return 100 * _r(brought) / (1 - _r(brought))


@come_in_all.mistake("That is R of all customers. The question is about organizations.")
def of_all_customers(brought):
    return 100 / (1 - brought["n_brought"].mean())


@come_in_all.mistake("You took the share who brought anybody. R is the mean number: an organization that brought three counts three.")
def share_who_brought(brought):
    organizations = brought[brought["customer_type"] == "organisation"]
    return 100 / (1 - (organizations["n_brought"] > 0).mean())


@come_in_all.mistake("You divided what the organizations brought by all customers. Divide by the organizations.")
def per_customer(brought):
    organizations = brought[brought["customer_type"] == "organisation"]
    return 100 / (1 - organizations["n_brought"].sum() / len(brought))


@come_in_all.mistake("You took the mean of those who brought somebody. Most brought nobody, and they count.")
def mean_of_those_who_did(brought):
    who_did = brought[(brought["customer_type"] == "organisation") & (brought["n_brought"] > 0)]
    return 100 * (1 + who_did["n_brought"].mean())


@come_in_all.mistake("That is the other kind of customer, the persons.")
def persons(brought):
    return 100 / (1 - brought.loc[brought["customer_type"] == "person", "n_brought"].mean())


@exercise(
    "1.10.4",
    why="On average each brings more than one, and yet it may well end: begin with more people than one.",
    hints=[
        "The chance for one chain: contagion.chance_of_dying_out(passed_on).",
        "Two chains that know nothing of each other both die out: multiply.",
    ],
)
def both_die(passed_on):
    dies = contagion.chance_of_dying_out(passed_on)
    return dies**2


@both_die.mistake("That is for one chain. Both have to die out.")
def one_chain(passed_on):
    return contagion.chance_of_dying_out(passed_on)


@both_die.mistake("That is the chance that both end at once: neither brings anybody. A chain may end later, too.")
def end_at_once(passed_on):
    return passed_on[0] ** 2


@both_die.mistake("That is the chance that the first brings nobody. A chain may end later, too.")
def first_brings_nobody(passed_on):
    return passed_on[0]


@both_die.mistake("You added the chances of the two. Both have to happen: multiply.")
def added(passed_on):
    return 2 * contagion.chance_of_dying_out(passed_on)


@both_die.mistake("That is the chance that at least one dies out. Both have to.")
def at_least_one(passed_on):
    return 1 - (1 - contagion.chance_of_dying_out(passed_on)) ** 2


@both_die.mistake("That is the chance that neither dies out. Both have to.")
def neither_dies(passed_on):
    return (1 - contagion.chance_of_dying_out(passed_on)) ** 2


@both_die.mistake("You stopped after two rounds. Put the result into the formula again and again, until it stays.")
def two_rounds_only(passed_on):
    once = (passed_on * passed_on[0] ** passed_on.index.to_numpy()).sum()
    return once**2


@both_die.mistake("1 / R is not the chance. Take the smallest q that fits: the sum of shares times q to the power of how many are brought.")
def one_over_r(passed_on):
    return 1 / (passed_on * passed_on.index.to_numpy()).sum()


agency = judgment(
    "1.10.5",
    weighs=[
        "that one success is shown and the videos that died out are not: how many did they make?",
        "how many each viewer brings along, and that above 1 most chains may die all the same",
        "what a viewer is worth to us in money, and how a small trial, or pay by result, would test it",
    ],
    example=(
        "You show us the one that spread; how many did you make that year, and how many did they reach? Even where each"
        " viewer brings more than one, most chains die early, so the next video is a lottery ticket of 200,000 yuan, and"
        " two million viewers are not two million customers. Make us three small ones, and let us pay for customers"
        " who come."
    ),
    hints=["Which videos does the agency not speak of?", "What is a view worth to us?"],
)

double = question(
    "1.10.q1",
    "In a large town twice as many customers complain, each to 250 people drawn at random. What of the number of different people who hear?",
    [
        Option("It doubles, as Girard counts", "Only if nobody heard before."),
        Option("It more than doubles, since they tell each other and others on top", "They tell the same people again."),
        Option("It grows, but does not double", "The more have heard, the more are told again.", right=True),
        Option("It stays: everybody knows the same 250", "They are drawn anew for each."),
    ],
)

average_of_one = question(
    "1.10.q2",
    "Each customer brings 0.9 others on average. What happens to a recommendation begun by 100?",
    [
        Option("It grows without end: 0.9 is nearly 1", "Nearly is not enough: 100, 90, 81 ... shrink."),
        Option("It ends, after about 1,000 in all", "100 / (1 - 0.9).", right=True),
        Option("It ends with 190, the hundred and the ninety whom they bring along", "The ninety bring others, too."),
        Option("Nobody can say anything", "Not about one chain; but the sum of the rounds is known."),
    ],
)

survivors = question(
    "1.10.q3",
    "Ten famous campaigns all had a prize draw. Does a prize draw make campaigns spread?",
    [
        Option("We cannot tell: those that died out may have had one, too", "The dead ones are missing.", right=True),
        Option("Yes, ten of ten is clear", "Perhaps all campaigns have one, the dead as well."),
        Option("No, chance decides alone, as the theory of chains has shown", "Chance plays a part; that the draw has none is not shown."),
        Option("Yes, if R was above 1", "It was, for those that spread. Was it the draw?"),
    ],
)

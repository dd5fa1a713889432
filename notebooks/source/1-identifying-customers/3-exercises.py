"""Exercises of lesson 1.3: who is who."""

import numpy as np
import pandas as pd

from crmlib import identity
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    chances = pd.DataFrame({"m": [0.9, 0.8, 0.9], "u": [0.01, 0.001, 0.25]}, index=["name", "phone", "city"])
    # Six people, twice each; of the third the surname is missing once, of the fifth the state.
    left = pd.DataFrame(
        {
            "record_id": [f"{n}-org" for n in range(6)],
            "given_name": ["ann", "bob", "cy", "dee", "eve", "fay"],
            "surname": ["ames", "bell", "cole", "dunn", "eads", "ford"],
            "state": ["nsw", "nsw", "vic", "nsw", "qld", "vic"],
        }
    )
    right = pd.DataFrame(
        {
            "record_id": [f"{n}-dup-0" for n in range(6)],
            "given_name": ["ann", "bob", "cyy", None, "eva", "fay"],
            "surname": ["ames", "bell", None, "dunn", "eades", "ford"],
            "state": ["nsw", "nsw", "vic", "wa", None, "vic"],
        }
    )
    febrl = pd.concat([left, right]).set_index("record_id")
    links = pd.DataFrame({"record_id": left["record_id"], "duplicate_id": right["record_id"]})
    febrl_pairs = pd.DataFrame(
        {
            "id_left": ["0-dup-0", "1-dup-0", "2-dup-0", "3-dup-0", "4-dup-0", "0-org", "1-org", "2-org"],
            "id_right": ["0-org", "1-org", "2-org", "3-org", "4-org", "3-org", "5-org", "5-org"],
            "probability": [1.0, 0.99, 0.6, 0.4, 0.05, 0.55, 0.7, 0.65],
            "surname": ["agree", "agree", "missing", "agree", "nearly", "differ", "differ", "differ"],
        }
    )
    return {
        "chances": chances,
        "linked": febrl_pairs[febrl_pairs["probability"] >= 0.5],
        "records": febrl,
        "febrl": febrl,
        "links": links,
        "left": left,
        "right": right,
        "febrl_pairs": febrl_pairs,
    }


def bits(chances, name, *, agrees):
    m, u = chances.loc[name, ["m", "u"]]
    return float(np.log2(m / u) if agrees else np.log2((1 - m) / (1 - u)))


def agreements(chances):
    """What the two fields weigh in which A and B agree."""
    return bits(chances, "name", agrees=True) + bits(chances, "city", agrees=True)


def agreeing(left, right, column):
    """The share of the true pairs that agree, of those in which nothing is missing."""
    there = left[column].notna() & right[column].notna()
    return (left[column] == right[column])[there].mean()


def by_lot(febrl, column):
    """The chance that two records drawn at random agree."""
    return (febrl[column].value_counts(normalize=True) ** 2).sum()


# --- inside the lesson ---


@exercise(
    "1.3.a",
    why="The two agreements outweigh the other telephone. Whether so many bits are enough depends on how rare duplicates are.",
    hints=[
        "Three fields, three weights, one sum. Which of the fields agree?",
        "Name and city agree: log2(m / u) each. The telephone differs: log2((1 - m) / (1 - u)), which is below 0.",
        "In code: np.log2(0.9 / 0.01) + np.log2(0.2 / 0.999) + np.log2(0.9 / 0.25)",
    ],
)
def weight_of_a_and_b(chances):
    agree = np.log2(chances["m"] / chances["u"])
    differ = np.log2((1 - chances["m"]) / (1 - chances["u"]))
    return agree["name"] + differ["phone"] + agree["city"]


@weight_of_a_and_b.mistake("You left the telephone out. It is there in both records and differs: that speaks against.")
def without_phone(chances):
    return agreements(chances)


@weight_of_a_and_b.mistake("You let the telephone agree. B has another number than A.")
def phone_agrees(chances):
    return sum(bits(chances, name, agrees=True) for name in chances.index)


@weight_of_a_and_b.mistake("You took the weight of the telephone with the sign of an agreement. A difference weighs below 0: add it with its minus.")
def phone_added(chances):
    return agreements(chances) - bits(chances, "phone", agrees=False)


@weight_of_a_and_b.mistake("You subtracted what the telephone would weigh if it agreed. A difference has chances of its own: 1 - m and 1 - u.")
def phone_subtracted(chances):
    return agreements(chances) - bits(chances, "phone", agrees=True)


@weight_of_a_and_b.mistake("You forgot the city. It agrees and says a little.")
def without_city(chances):
    return bits(chances, "name", agrees=True) + bits(chances, "phone", agrees=False)


@weight_of_a_and_b.mistake("That is the natural logarithm. A bit is a doubling: take np.log2.")
def natural(chances):
    return (agreements(chances) + bits(chances, "phone", agrees=False)) * float(np.log(2))


@weight_of_a_and_b.mistake("That is how many times the odds grow. The weight is its logarithm to the base 2.")
def times(chances):
    return 2 ** (agreements(chances) + bits(chances, "phone", agrees=False))


@prediction(
    "1.3.b",
    near=0.3,
    why="See how deep the valley between the two hills is: few pairs are in doubt.",
    hints=["Records typed alike are known already. How many more may have been typed differently?"],
)
def second_share(linked, records):
    return len(linked) / len(records)


# --- at its end, on the artificial list ---


@exercise(
    "1.3.1",
    why="So a surname is typed differently in many pairs of one person, and a search for the same surname misses all of these.",
    hints=[
        "Two steps: in which pairs do both records have a surname? In how many of these is it the same?",
        'there = left["surname"].notna() & right["surname"].notna() says in which.',
        'In code: (left["surname"] == right["surname"])[there].mean()',
    ],
)
def m_of_surname(left, right):
    there = left["surname"].notna() & right["surname"].notna()
    return (left["surname"] == right["surname"])[there].mean()


@m_of_surname.mistake("You divided by all true pairs. Where a surname is missing nothing was compared: leave these pairs out.")
def of_all_pairs(left, right):
    return (left["surname"] == right["surname"]).mean()


@m_of_surname.mistake("You counted a missing surname as the same. Nobody knows whether it is: leave these pairs out.")
def missing_as_same(left, right):
    there = left["surname"].notna() & right["surname"].notna()
    return ((left["surname"] == right["surname"]) | ~there).mean()


@m_of_surname.mistake("You looked at the pairs with the same suburb only. m is asked of all true pairs.")
def among_found(febrl_pairs):
    there = febrl_pairs[febrl_pairs["surname"] != "missing"]
    return (there["surname"] == "agree").mean()


@m_of_surname.mistake("That is the given name. The surname is asked for.")
def given_name(left, right):
    return agreeing(left, right, "given_name")


@m_of_surname.mistake("You took the chance that two records drawn at random have the same surname. That is u, the chance of strangers.")
def of_strangers(febrl):
    return by_lot(febrl, "surname")


@exercise(
    "1.3.2",
    why="A field with few values agrees often by chance, so its agreement says little. Large states make it more likely still.",
    hints=[
        "Both are from New South Wales, or both from Victoria, or ... Each of these has a chance; add them up.",
        "The chance that both come from a state is its share times its share.",
        'In code: shares = febrl["state"].value_counts(normalize=True), then (shares**2).sum()',
    ],
)
def u_of_state(febrl):
    shares = febrl["state"].value_counts(normalize=True)
    return (shares**2).sum()


@u_of_state.mistake("You took all states for equally large. Where most live, chance meets more often.")
def one_by_n(febrl):
    return 1 / febrl["state"].nunique()


@u_of_state.mistake("That is the share of the largest state. Two must come from the same one, whichever it is.")
def largest(febrl):
    return febrl["state"].value_counts(normalize=True).max()


@u_of_state.mistake("You counted the records without a state in. Draw only from those that have one.")
def with_missing(febrl):
    shares = febrl["state"].value_counts() / len(febrl)
    return (shares**2).sum()


@u_of_state.mistake("You let two missing states agree. Missing is no state.")
def missing_is_a_state(febrl):
    shares = febrl["state"].value_counts(normalize=True, dropna=False)
    return (shares**2).sum()


@u_of_state.mistake("That is how often the state agrees in true pairs: m. For u draw any two records.")
def that_is_m(left, right):
    return agreeing(left, right, "state")


@u_of_state.mistake("That is the chance for the largest state alone. Add the other states.")
def largest_only(febrl):
    return febrl["state"].value_counts(normalize=True).max() ** 2


def chances_of_state(febrl, left, right):
    return agreeing(left, right, "state"), by_lot(febrl, "state")


@exercise(
    "1.3.3",
    why="A state that differs speaks against one person, since people rarely change it. Compare its size with that of an agreement.",
    hints=[
        "Two chances of a difference: 1 - m between records of one person, 1 - u between strangers.",
        "m is found as in 1.3.1, with the state in place of the surname. Then the logarithm to the base 2 of a quotient.",
        "In code: np.log2((1 - m) / (1 - u))",
    ],
)
def weight_if_state_differs(febrl, left, right):
    there = left["state"].notna() & right["state"].notna()
    m = (left["state"] == right["state"])[there].mean()
    u = (febrl["state"].value_counts(normalize=True) ** 2).sum()
    return np.log2((1 - m) / (1 - u))


@weight_if_state_differs.mistake("That is the weight of an agreement. Here the states differ: 1 - m and 1 - u.")
def if_it_agrees(febrl, left, right):
    m, u = chances_of_state(febrl, left, right)
    return float(np.log2(m / u))


@weight_if_state_differs.mistake("A difference does not weigh minus an agreement. It has chances of its own: 1 - m and 1 - u.")
def minus_agreement(febrl, left, right):
    m, u = chances_of_state(febrl, left, right)
    return -float(np.log2(m / u))


@weight_if_state_differs.mistake("You turned only m round. Strangers differ as well, with the chance 1 - u.")
def one_turned(febrl, left, right):
    m, u = chances_of_state(febrl, left, right)
    return float(np.log2((1 - m) / u))


@weight_if_state_differs.mistake("You took only 1 - m. Strangers differ as well: divide by 1 - u before the logarithm.")
def without_strangers(left, right):
    return float(np.log2(1 - agreeing(left, right, "state")))


@weight_if_state_differs.mistake("That is the natural logarithm. Bits need np.log2.")
def natural_log(febrl, left, right):
    m, u = chances_of_state(febrl, left, right)
    return float(np.log((1 - m) / (1 - u)))


@weight_if_state_differs.mistake("That is the quotient. The weight is its logarithm to the base 2.")
def quotient(febrl, left, right):
    m, u = chances_of_state(febrl, left, right)
    return float((1 - m) / (1 - u))


@weight_if_state_differs.mistake("You took m of all true pairs. Leave out the pairs in which a state is missing.")
def m_of_all(febrl, left, right):
    m, u = (left["state"] == right["state"]).mean(), by_lot(febrl, "state")
    return float(np.log2((1 - m) / (1 - u)))


@weight_if_state_differs.mistake("You took m and u of the surname. The state is asked for.")
def of_surname(febrl, left, right):
    m, u = agreeing(left, right, "surname"), by_lot(febrl, "surname")
    return float(np.log2((1 - m) / (1 - u)))


@exercise(
    "1.3.4",
    why="What a rule of blocking does not compare, no weight can bring back. A second rule, such as the same postcode, helps.",
    hints=[
        "Of all true pairs, how many are among the linked ones? The true pairs stand in links.",
        "identity.link_quality counts it, with febrl_pairs, links and the threshold.",
        'In code: identity.link_quality(febrl_pairs, links, thresholds=[0.1]).loc[0.1, "recall"]',
    ],
)
def recall(febrl_pairs, links):
    return identity.link_quality(febrl_pairs, links, thresholds=[0.1]).loc[0.1, "recall"]


@recall.mistake("You divided by the true pairs that were compared. Those that the suburb kept apart are missed as well: divide by all.")
def of_compared(febrl_pairs, links):
    right = identity.is_true_pair(febrl_pairs, links)
    return (right & (febrl_pairs["probability"] >= 0.1)).sum() / right.sum()


@recall.mistake("That is the precision: the share of the linked pairs that are right. Recall looks from the true pairs.")
def precision(febrl_pairs, links):
    return identity.is_true_pair(febrl_pairs, links)[febrl_pairs["probability"] >= 0.1].mean()


@recall.mistake("You counted all compared true pairs, also those below 0.1.")
def all_compared(febrl_pairs, links):
    return identity.is_true_pair(febrl_pairs, links).sum() / len(links)


@recall.mistake("You divided by the number of records. Two records make one pair: divide by the true pairs.")
def of_records(febrl_pairs, links, febrl):
    return (identity.is_true_pair(febrl_pairs, links) & (febrl_pairs["probability"] >= 0.1)).sum() / len(febrl)


@recall.mistake("That is how many are found. Divide by the number of true pairs.")
def how_many(febrl_pairs, links):
    return int((identity.is_true_pair(febrl_pairs, links) & (febrl_pairs["probability"] >= 0.1)).sum())


@recall.mistake("That is the share of the compared pairs that are linked. Nothing in it knows the truth.")
def linked_share(febrl_pairs):
    return (febrl_pairs["probability"] >= 0.1).mean()


@recall.mistake("That is the recall from 0.5 on. Here pairs are linked from 0.1 on.")
def at_half(febrl_pairs, links):
    return identity.link_quality(febrl_pairs, links).loc[0.5, "recall"]


@recall.mistake("You counted all linked pairs, the false ones as well. Recall asks how many of the true pairs are among them.")
def linked_of_true(febrl_pairs, links):
    return (febrl_pairs["probability"] >= 0.1).sum() / len(links)


what_each_should_do = judgment(
    "1.3.5",
    hints=[
        "Write two costs for each of the three: of merging two people, and of leaving one person in two records.",
        "Whose look is cheap? Whom could one simply ask, and with which field could they prove who they are?",
    ],
    weighs=[
        "for each of the three, what a false merge would do, and to whom",
        "for each of the three, what a missed duplicate would do",
        "that the threshold follows from these costs and from what a look costs",
        "that 0.97 may be too sure, where fields know of each other, such as in families",
        "that a merge can be undone, and the person be asked",
    ],
    example=(
        "In the hospital a false merge mixes two people's allergies, which may kill, but a missed one hides an"
        " allergy, too: so nobody merges unseen, and somebody asks for the birth date at the desk. The bank has the number"
        " of an identity card and needs no chance at all. The shop loses a catalog or a coupon, so it merges and keeps the old"
        " records, in case a father and his son complain."
    ),
)

rare_or_common = question(
    "1.3.q1",
    "Two records agree in the city and differ in everything else. Another two agree in the telephone only. Which agreement weighs more?",
    [
        Option("The telephone: strangers seldom share one", "A small u makes a large weight.", right=True),
        Option("The city: more people write it without a mistake", "That is a large m. But strangers share a city every day."),
        Option("Both the same: one field is one field", "Then a shared city would prove as much as a shared number."),
        Option("Neither: two records that differ elsewhere are never one person", "People move and change their number. Add the weights."),
    ],
)

what_blocking_does = question(
    "1.3.q2",
    "Pairs are compared only if they share a telephone. A woman changed her number. What happens to her two records?",
    [
        Option("Their weight is low, because the telephone differs", "They never get a weight: nobody compares them."),
        Option("They are linked if name and address agree", "They would be, if another rule had them compared."),
        Option("Precision falls", "Precision looks at the linked pairs only, and this pair is none."),
        Option("They are not compared, and recall falls", "So one rule is seldom enough.", right=True),
    ],
)

who_looks = question(
    "1.3.q3",
    "A look becomes as costly as a false merge. What do the thresholds do?",
    [
        Option("More pairs are looked at", "The more a look costs, the fewer are worth it."),
        Option("All pairs are left apart", "Merging a pair that is nearly sure still saves a duplicate."),
        Option("They fall together: nobody looks", "Merge above one limit, leave below it.", right=True),
        Option("Nothing: they depend on the probabilities alone", "They follow from the three costs, before any probability is known."),
    ],
)

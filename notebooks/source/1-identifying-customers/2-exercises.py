"""Exercises of lesson 1.2: what do we ask, and what do we keep?"""

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    needs = pd.DataFrame(
        {
            "deliver": [1, 1, 1, 0, 0, 0, 0, 0],
            "call ahead": [1, 1, 0, 0, 0, 0, 0, 0],
            "recommend": [0, 0, 0, 1, 1, 0, 0, 0],
        },
        index=["full name", "telephone", "address", "what they buy", "motive of buying", "fax", "blood type", "spouse"],
    )
    checked = ["2025-06-01", "2025-03-01", "2024-11-01", "2025-09-10", "2019-05-20", "2021-02-02", "2025-10-05", "2023-07-01"]
    eight = pd.DataFrame(
        {
            "phone": ["15400001111", "1540000222", "154-0000-1111", None, "15400005555", "15400006666", "15400007777", "15400008888"],
            "city": ["杭州", "绍兴", "杭州", "宁波", "杭州", "湖州", "-", "宁波"],
            "checked_date": pd.to_datetime(checked),
            "n_parcels": [12, 5, 3, 9, 20, 2, 7, 4],
        },
        index=list("ABCDEFGH"),
    )
    firms = pd.DataFrame(
        {
            "digits": ["1", "2", "1", None, "3", "2", "2", "4", None, None, "5", "5"],
            "phone": ["1", "2", "+1", None, "3", "2", "2", "4", None, None, "5", "+5"],
            "address": [None, "a", None, "b", None, "c", "d", "e", None, None, "f", "g"],
        }
    )
    calls_2010 = pd.DataFrame(
        {
            "job": ["clerk", "unknown", "clerk", "clerk", "clerk", "unknown", "clerk", "clerk", "clerk", "clerk", "x"],
            "education": ["unknown", "x", "x", "x", "unknown", "unknown", "x", "x", "x", "x", "x"],
            "contact": ["x", "x", "unknown", "x", "unknown", "unknown", "unknown", "x", "x", "x", "x"],
            "outcome_before": ["unknown"] * 8 + ["failure", "failure", "success"],
        }
    )
    survey = pd.DataFrame(
        {
            "shopping is fun": [5, 2, 4, 3, 1, 4],
            "compares prices": [4, 3, 4, 2, 2, 5],
            "tells friends": [4, 1, 5, 3, 2, 3],
            "shopping is a chore": [2, 4, 1, 3, 4, 1],
        }
    )
    score = pd.DataFrame({"fit": [1.0, 0.9, 0.6, 0.5]}, index=["customer_id", "name", "phone", "all"])
    return {
        "needs": needs,
        "eight": eight,
        "score": score,
        "firms": firms,
        "parcels_2024": pd.Series([4, 9, 0, 2, 1, 0, 3, 2, 0, 7, 5, 1]),
        "parcels_2025": pd.Series([6, 7, 3, 1, 0, 2, 4, 0, 2, 5, 8, 1]),
        "calls_2010": calls_2010,
        "survey": survey,
        "people": pd.DataFrame({"phone": ["1", "2", "2", None], "address": ["a", None, None, "b"]}),
    }


# --- inside the lesson ---


@exercise(
    "1.2.a",
    why="Whoever has no purpose for a field need not ask it, store it, keep it fresh, or lose it to a thief.",
    hints=[
        "Go along each row: is there a 1 in any of the three columns?",
        "A field is asked if at least one purpose needs it. Count the rows without any 1.",
        "Fax, blood type, ... which rows hold nothing but zeros?",
    ],
)
def n_dropped(needs):
    return int((needs.sum(axis=1) == 0).sum())


@n_dropped.mistake("You left out fields with one purpose, too. One purpose is enough to ask.")
def one_is_not_enough(needs):
    return int((needs.sum(axis=1) <= 1).sum())


@n_dropped.mistake("You counted zeros of the table. Count fields: a row is left out only if all of it is zero.")
def zeros(needs):
    return int((needs == 0).sum().sum())


@n_dropped.mistake("You counted marks. Count the fields (rows) that have none.")
def marks(needs):
    return int(needs.sum().sum())


@n_dropped.mistake("You looked for what is sensitive. A fax number is not, and nobody here needs it either.")
def only_the_sensitive(needs):
    return int((needs.sum(axis=1) == 0).sum()) - 1


def is_good(eight, *, days=1095):
    digits = eight["phone"].str.replace("-", "")
    is_fresh = (pd.Timestamp("2025-12-31") - eight["checked_date"]).dt.days <= days
    return (digits.str.len() == 11) & ~digits.duplicated(keep=False) & is_fresh


@exercise(
    "1.2.b",
    why="Seven of eight numbers are there, and most parcels still go out without a call.",
    hints=[
        "Strike out the records whose number fails in one of the four: there, eleven digits, nobody else's, checked within 1,095 days.",
        "A and C have the same number; E and F were checked long ago. Add up n_parcels of the records that are left.",
        "Only G and H are left.",
    ],
)
def n_with_call(eight):
    digits = eight["phone"].str.replace("-", "")
    is_fresh = (pd.Timestamp("2025-12-31") - eight["checked_date"]).dt.days <= 1095
    is_fit = (digits.str.len() == 11) & ~digits.duplicated(keep=False) & is_fresh
    return int(eight.loc[is_fit, "n_parcels"].sum())


@n_with_call.mistake("You counted records. The question is about their parcels.")
def n_records(eight):
    return int(is_good(eight).sum())


@n_with_call.mistake("A and C have the same number: without the dashes it is one. Whose it is we do not know, so neither counts.")
def twins_kept(eight):
    is_fresh = (pd.Timestamp("2025-12-31") - eight["checked_date"]).dt.days <= 1095
    return int(eight.loc[(eight["phone"].str.replace("-", "").str.len() == 11) & is_fresh, "n_parcels"].sum())


@n_with_call.mistake("You kept A and dropped only C. Which of the two has the number, nobody knows: both fail.")
def first_kept(eight):
    digits = eight["phone"].str.replace("-", "")
    is_fresh = (pd.Timestamp("2025-12-31") - eight["checked_date"]).dt.days <= 1095
    return int(eight.loc[(digits.str.len() == 11) & ~digits.duplicated() & is_fresh, "n_parcels"].sum())


@n_with_call.mistake("E or F was checked more than three years ago. Their numbers may have changed: not fresh.")
def stale_kept(eight):
    return int(eight.loc[is_good(eight, days=9999), "n_parcels"].sum())


@n_with_call.mistake("Only one of E and F? Both were checked more than 1,095 days before the end of 2025.")
def one_stale_kept(eight):
    return int(eight.loc[is_good(eight, days=2000), "n_parcels"].sum())


@n_with_call.mistake("B has ten digits: one is missing, so nobody answers.")
def short_kept(eight):
    is_fresh = (pd.Timestamp("2025-12-31") - eight["checked_date"]).dt.days <= 1095
    digits = eight["phone"].str.replace("-", "")
    return int(eight.loc[digits.notna() & ~digits.duplicated(keep=False) & is_fresh, "n_parcels"].sum())


@n_with_call.mistake("You took every number that is there. Being there is the first of four things.")
def all_there(eight):
    return int(eight.loc[eight["phone"].notna(), "n_parcels"].sum())


@n_with_call.mistake("You left out G for its city. Here only the phone number is asked about.")
def city_too(eight):
    return int(eight.loc[is_good(eight) & (eight["city"] != "-"), "n_parcels"].sum())


@prediction(
    "1.2.c",
    near=0.12,
    why="The whole can be no better than its worst column, and is worse where different records fail in different columns.",
    hints=["It lies below the share of the worst single column. How many records are older than three years?"],
)
def share_fit(score):
    return score.loc["all", "fit"]


# --- at its end: firms, the bank in 2010, another survey ---


@exercise(
    "1.2.1",
    why="Each of these is a question for lesson 1.3: one firm with two records, or two firms behind one number?",
    hints=[
        "Which values of `digits` occur more than once? Missing numbers are no shared numbers.",
        'firms["digits"].dropna() leaves out the missing; duplicated(keep=False) marks every record of a shared number.',
        'In code: firms["digits"].dropna().duplicated(keep=False).mean()',
    ],
)
def share_shared(firms):
    return float(firms["digits"].dropna().duplicated(keep=False).mean())


@share_shared.mistake("You left out the first record of each shared number. With keep=False all are marked.")
def first_left_out(firms):
    return float(firms["digits"].dropna().duplicated().mean())


@share_shared.mistake("Records without a number were counted: two missing values look the same to `duplicated`. Drop them first.")
def missing_counted(firms):
    return float(firms["digits"].duplicated(keep=False).mean())


@share_shared.mistake("Those are the records whose number is theirs alone.")
def not_shared(firms):
    return float((~firms["digits"].dropna().duplicated(keep=False)).mean())


@share_shared.mistake("You compared `phone`, where one number is written in several ways. Compare `digits`.")
def as_written(firms):
    return float(firms["phone"].dropna().duplicated(keep=False).mean())


@share_shared.mistake("You left out the first record of each number, and counted missing numbers as shared ones.")
def repeated_and_missing(firms):
    return float(firms["digits"].duplicated().mean())


@share_shared.mistake("That is the share of different numbers. Which share of the records has a number that another one has, too?")
def different_numbers(firms):
    return firms["digits"].nunique() / firms["digits"].notna().sum()


@share_shared.mistake("That is the share of the numbers that are shared. Which share of the records has such a number?")
def of_numbers(firms):
    return float(firms["digits"].value_counts().gt(1).mean())


@share_shared.mistake("You divided by all records of firms. Those without a number cannot share one: divide by the records that have a number.")
def over_all_records(firms):
    return firms["digits"].dropna().duplicated(keep=False).sum() / len(firms)


@exercise(
    "1.2.2",
    why="A bank would call such a file complete. Count what is unknown, and not only what is empty.",
    hints=[
        "A row counts once, even if two of its three columns are unknown.",
        'Compare the three columns with "unknown", and ask for each row whether any of the three is True.',
        'In code: (calls_2010[["job", "education", "contact"]] == "unknown").any(axis=1).mean()',
    ],
)
def unknown_somewhere(calls_2010):
    return float((calls_2010[["job", "education", "contact"]] == "unknown").any(axis=1).mean())


@unknown_somewhere.mistake("You added up the shares of the three columns. A row with two unknowns is then counted twice.")
def sum_of_shares(calls_2010):
    return float((calls_2010[["job", "education", "contact"]] == "unknown").mean().sum())


@unknown_somewhere.mistake("That is the share of cells. Ask for each row whether any of its three cells is unknown.")
def share_of_cells(calls_2010):
    return float((calls_2010[["job", "education", "contact"]] == "unknown").to_numpy().mean())


@unknown_somewhere.mistake("You looked at more columns than three. Most earlier outcomes are unknown because there was no earlier call.")
def four_columns(calls_2010):
    return float((calls_2010 == "unknown").any(axis=1).mean())


@unknown_somewhere.mistake("You looked at one column, `contact`. A row counts if any of the three is unknown.")
def contact_only(calls_2010):
    return float((calls_2010["contact"] == "unknown").mean())


@unknown_somewhere.mistake('No row has an empty cell, and none has all three unknown. Ask for "unknown" in at least one of the three.')
def empty_cells(calls_2010):
    return float(calls_2010[["job", "education", "contact"]].isna().any(axis=1).mean())


def alpha_of(answers):
    k = answers.shape[1]
    return k / (k - 1) * (1 - answers.var().sum() / answers.sum(axis=1).var())


@exercise(
    "1.2.3",
    why="Turning one sentence round makes the difference between questions that seem to measure nothing and one usable score.",
    hints=[
        "One of the four sentences asks for the opposite. Turn it round before anything else.",
        "6 minus the answer turns 1 into 5. Then: the variances of the four columns, and the variance of the sums of the rows.",
        'turned = survey.copy(); turned["shopping is a chore"] = 6 - turned["shopping is a chore"]; then the formula with k = 4.',
    ],
)
def alpha_of_survey(survey):
    turned = survey.assign(**{"shopping is a chore": 6 - survey["shopping is a chore"]})
    return float(4 / 3 * (1 - turned.var().sum() / turned.sum(axis=1).var()))


def turned_round(survey):
    return survey.assign(**{"shopping is a chore": 6 - survey["shopping is a chore"]})


@alpha_of_survey.mistake("One sentence asks for the opposite: people who like shopping say 1. Turn it round, 6 - x, and try again.")
def not_turned(survey):
    return float(alpha_of(survey))


@alpha_of_survey.mistake("The factor k / (k - 1) is missing.")
def without_factor(survey):
    return float(1 - turned_round(survey).var().sum() / turned_round(survey).sum(axis=1).var())


@alpha_of_survey.mistake("The factor is k / (k - 1) with k the number of sentences, four; you took the number of people.")
def people_for_sentences(survey):
    n = len(survey)
    return float(n / (n - 1) * (1 - turned_round(survey).var().sum() / turned_round(survey).sum(axis=1).var()))


@alpha_of_survey.mistake("You left the opposite sentence out. Turned round it belongs to the four.")
def left_out(survey):
    return float(alpha_of(survey.drop(columns="shopping is a chore")))


@alpha_of_survey.mistake("You took standard deviations. The formula has variances, which are their squares.")
def deviations(survey):
    return float(4 / 3 * (1 - turned_round(survey).std().sum() / turned_round(survey).sum(axis=1).std()))


@alpha_of_survey.mistake("You turned the first sentence round. Read all four: the one that asks for the opposite is another.")
def wrong_sentence(survey):
    return float(alpha_of(survey.assign(**{"shopping is fun": 6 - survey["shopping is fun"]})))


@alpha_of_survey.mistake("That is the share of the variances, to be taken from 1 first.")
def share_of_variances(survey):
    return float(turned_round(survey).var().sum() / turned_round(survey).sum(axis=1).var())


@exercise(
    "1.2.4",
    why="Chosen by what was known, counted by what came: some firms called got no parcel in 2025, and others began to get some.",
    hints=[
        "Which firms do you call? Both must hold: no address, and a delivery in 2024.",
        "You save 20 yuan for each of their parcels of 2025 and pay 6 yuan for each of these firms.",
        'called = firms["address"].isna() & (parcels_2024 > 0); then 20 * their parcels of 2025 - 6 * their number.',
    ],
)
def gain_from_calls(firms, parcels_2024, parcels_2025):
    called = firms["address"].isna() & (parcels_2024 > 0)
    return float(20 * parcels_2025[called].sum() - 6 * called.sum())


@gain_from_calls.mistake("You chose by 2025. At the end of 2024 nobody knows who will get a parcel: choose by 2024, count in 2025.")
def chosen_by_the_result(firms, parcels_2025):
    called = firms["address"].isna() & (parcels_2025 > 0)
    return float(20 * parcels_2025[called].sum() - 6 * called.sum())


@gain_from_calls.mistake("You counted the parcels of 2024. They have gone out already: the calls save those of 2025.")
def counted_in_2024(firms, parcels_2024):
    called = firms["address"].isna() & (parcels_2024 > 0)
    return float(20 * parcels_2024[called].sum() - 6 * called.sum())


@gain_from_calls.mistake("You called every firm without an address. Firms that got no parcel in 2024 are not called.")
def all_without_address(firms, parcels_2025):
    lacks = firms["address"].isna()
    return float(20 * parcels_2025[lacks].sum() - 6 * lacks.sum())


@gain_from_calls.mistake("You called only firms that get a parcel in 2025 as well. At the end of 2024 nobody knows that: some calls are in vain, and cost 6 yuan.")
def chosen_by_both(firms, parcels_2024, parcels_2025):
    called = firms["address"].isna() & (parcels_2024 > 0) & (parcels_2025 > 0)
    return float(20 * parcels_2025[called].sum() - 6 * called.sum())


@gain_from_calls.mistake("You saved parcels of firms that you did not call. Only firms that had a delivery in 2024 are called.")
def saved_uncalled(firms, parcels_2024, parcels_2025):
    lacks = firms["address"].isna()
    return float(20 * parcels_2025[lacks].sum() - 6 * (lacks & (parcels_2024 > 0)).sum())


@gain_from_calls.mistake("The calls cost money as well: 6 yuan for each firm called.")
def calls_for_nothing(firms, parcels_2024, parcels_2025):
    return float(20 * parcels_2025[firms["address"].isna() & (parcels_2024 > 0)].sum())


@gain_from_calls.mistake("You took 20 yuan once for each firm. It is saved for each parcel.")
def firms_for_parcels(firms, parcels_2024):
    return float(14 * (firms["address"].isna() & (parcels_2024 > 0)).sum())


@gain_from_calls.mistake("You paid 6 yuan for each parcel. One call a firm is enough.")
def call_for_each_parcel(firms, parcels_2024, parcels_2025):
    return float(14 * parcels_2025[firms["address"].isna() & (parcels_2024 > 0)].sum())


@gain_from_calls.mistake("You called every firm that gets parcels. Only those without an address are called.")
def everybody_called(parcels_2024, parcels_2025):
    called = parcels_2024 > 0
    return float(20 * parcels_2025[called].sum() - 6 * called.sum())


@gain_from_calls.mistake("You took the firms that do have an address.")
def with_address(firms, parcels_2024, parcels_2025):
    called = firms["address"].notna() & (parcels_2024 > 0)
    return float(20 * parcels_2025[called].sum() - 6 * called.sum())


what_to_keep = judgment(
    "1.2.5",
    hints=[
        "For each of the three: what would you do with it next Monday? If nothing comes to mind, that is an answer.",
        "Would you read the entry aloud to the manager? Who else could read it, and what happens when the manager leaves?",
    ],
    weighs=[
        "a purpose for each field that is kept, said before it is asked, or a clear no",
        "that the manager is a person as well, who did not ask to be described",
        "that a note on character is an opinion of the seller and may hurt if it leaks",
        "who may see it, and that this is written down",
        "when it goes: at the latest when the manager leaves or the purpose ends",
    ],
    example=(
        "Age: we keep none, since no offer of ours depends on it. Character: no; it is one seller's opinion, and I would"
        " not read it aloud to the manager. Interests: only what they told us themselves and for one purpose, to choose"
        " the trade fair to which we invite them; the seller of this account may see it, nobody else. We delete it when"
        " they leave the firm or do not want invitations any more."
    ),
)

good_columns = question(
    "1.2.q1",
    "Six columns are fit in 90 % of the records each. What may a report say about whole records?",
    [
        Option("90 % of the records are fit in all six", "Only if the same records fail in every column."),
        Option("Between 40 % and 90 % are; count them", "At worst each column fails in others: 6 times 10 %.", right=True),
        Option(
            "About 53 % are, since 0.9 taken six times by itself gives 0.53",
            "That holds if the columns fail independently, which nobody has checked.",
        ),
        Option("54 % of the records are not fit, six times nine", "Six times ten would be the most that can fail."),
    ],
)

blood_type = question(
    "1.2.q2",
    "A shop's form for the members' card asks for the blood type. A colleague: \"We might need it one day.\" What do you answer?",
    [
        Option(
            "Keep it, but as a voluntary answer, with a star that says so on the form",
            "A voluntary question needs a purpose too; most people answer whatever a form asks.",
        ),
        Option("Keep it encrypted", "That protects a fact which should not be there at all."),
        Option("Ask it later, when they know us", "Later it has no purpose either."),
        Option("Strike it: one day is no purpose", "It is about health as well, so a leak would hurt.", right=True),
    ],
)

high_alpha = question(
    "1.2.q3",
    "Four sentences on loving good food have an alpha of 0.95. What follows?",
    [
        Option("They hang together: one score will do", "That, and no more. Two of them might even do.", right=True),
        Option("People who score high will buy more", "That is for the orders to say. Compare the two."),
        Option(
            "The answers are true, because nobody could give false ones that fit so well",
            "People can be consistently polite.",
        ),
        Option("95 % of the answers are right", "Alpha is no share of answers."),
    ],
)

"""Exercises of lesson 1.4: what changes, and what leaks?"""

import math

import pandas as pd

from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    eight = pd.DataFrame({"customer_id": list("AAABBCCD"), "field": "address", "field_value": list("pqrstuvw")})
    valid = ["2019-03-01", "2022-05-10", "2025-02-01", "2020-01-15", "2024-07-01", "2021-09-01", "2023-11-20", "2018-06-01"]
    known = ["2019-03-01", "2022-06-09", "2025-05-12", "2020-01-15", "2024-07-16", "2021-09-01", "2024-01-19", "2018-06-01"]
    eight["valid_from"], eight["recorded_date"] = pd.to_datetime(valid), pd.to_datetime(known)
    patients = pd.DataFrame(
        {
            "postcode": ["130xx"] * 4 + ["1485x"] * 4 + ["130xx"] * 4,
            "age": ["< 30"] * 4 + ["40 +"] * 4 + ["30-39"] * 4,
            "disease": ["heart", "heart", "virus", "virus", "cancer", "heart", "virus", "virus"] + ["cancer"] * 4,
        }
    )
    # Of eight people with a job known on 1 April 2025, D, E and G had another one by then; H's job we learnt later.
    jobs = pd.DataFrame(
        [
            ("A", "cook", "2020-01-01", "2020-01-01"),
            ("B", "cook", "2021-01-01", "2021-01-01"),
            ("B", "clerk", "2022-01-01", "2022-02-01"),
            ("C", "driver", "2020-06-01", "2020-06-01"),
            ("C", "cook", "2025-06-01", "2025-07-01"),
            ("D", "clerk", "2019-01-01", "2019-01-01"),
            ("D", "driver", "2025-03-01", "2025-04-20"),
            ("E", "cook", "2018-01-01", "2018-01-01"),
            ("E", "clerk", "2025-01-01", "2025-04-02"),
            ("F", "cook", "2018-01-01", "2018-01-01"),
            ("G", "cook", "2017-01-01", "2017-01-01"),
            ("G", "clerk", "2025-03-30", "2025-05-01"),
            ("G", "driver", "2025-08-01", "2025-09-01"),
            ("H", "cook", "2025-02-01", "2025-04-10"),
            ("I", "cook", "2025-05-01", "2025-05-05"),
            ("A", "clerk", "2025-10-01", "2025-11-01"),
            ("F", "driver", "2025-11-01", "2025-12-01"),
        ],
        columns=["customer_id", "field_value", "valid_from", "recorded_date"],
    ).assign(field="job")
    for column in ["valid_from", "recorded_date"]:
        jobs[column] = pd.to_datetime(jobs[column])
    jobs = jobs.sort_values("recorded_date", ignore_index=True)
    calls_2009 = pd.DataFrame(
        {
            "age_band": [20, 20, 30, 30, 30, 40, 40, 50, 50, 20, 50, 50, 20, 20, 20],
            "job": list("aaabbbbcccccccc"),
            "education": ["x"] * 15,
            "subscribed": [True, True, False, True] + [False] * 3 + [True] + [False] * 2 + [True, True] + [False] * 3,
        }
    )
    calls_2010 = pd.DataFrame(
        {
            "age_band": [20] * 6 + [30] * 5 + [40] * 3 + [50],
            "job": list("aaaaaabbbbbcccb"),
            "education": ["x"] * 15,
            "marital_status": ["single"] * 5 + ["married"] * 5 + ["single"] * 5,
            "subscribed": [True, False, False, False, True, False, True, True, False, True, True, True, True, False, True],
        }
    )
    return {
        "eight": eight,
        "patients": patients,
        "lasted": pd.DataFrame({"years": [3.0, 5, 2, 9], "has_ended": [True, False, True, False]}),
        "size": pd.Series([1, 1, 4, 20, 7, 3, 9, 12]),
        "phones": jobs.assign(field="phone"),
        "end": pd.Timestamp("2025-12-31"),
        "jobs": jobs,
        "calls_2009": calls_2009,
        "calls_2010": calls_2010,
        "addresses": eight,
        "calls": pd.DataFrame({"job": ["a"], "subscribed": [True]}),
    }


# --- inside the lesson ---


@exercise(
    "1.4.a",
    why="So long did parcels go to the old door. And these are only the changes that somebody told us in the end.",
    hints=[
        "Which rows are changes? For each, count the days from the day it became true to the day we wrote it down.",
        "A has two changes, B and C one each, D none. Registration itself is no day late.",
        "In code: (eight['recorded_date'] - eight['valid_from']).dt.days.sum()",
    ],
)
def days_wrong(eight):
    return int((eight["recorded_date"] - eight["valid_from"]).dt.days.sum())


@days_wrong.mistake("A has two changes. You counted only the last one of each customer.")
def last_change_only(eight):
    last = eight.drop_duplicates("customer_id", keep="last")
    return int((last["recorded_date"] - last["valid_from"]).dt.days.sum())


@days_wrong.mistake("You took customer A alone. All four are asked for.")
def only_a(eight):
    one = eight[eight["customer_id"] == "A"]
    return int((one["recorded_date"] - one["valid_from"]).dt.days.sum())


@days_wrong.mistake("That is the longest delay. Add up all of them.")
def longest(eight):
    return int((eight["recorded_date"] - eight["valid_from"]).dt.days.max())


@days_wrong.mistake("You counted the changes. How many days did each go unnoticed?")
def n_late(eight):
    return int((eight["recorded_date"] > eight["valid_from"]).sum())


@days_wrong.mistake("You counted how long the old addresses were true. Wrong they were only between the two dates of the new one.")
def days_true(eight):
    return int((eight.groupby("customer_id")["valid_from"].shift(-1) - eight["valid_from"]).dt.days.sum())


@prediction(
    "1.4.b",
    near=0.25,
    why="Look how many years the curve has been watched: the half-life lies beyond them, so it rests on the constant rate.",
    hints=["How many of ten people you know have moved in the last five years? And would each of them have told the grocer?"],
)
def half_life_told(lasted):
    return math.log(2) * lasted["years"].sum() / lasted["has_ended"].sum()


@exercise(
    "1.4.c",
    why="Nobody is alone in this table, and still it tells on them: k protects the row, not the secret.",
    hints=[
        "Go through the three groups. In which of them is there only one disease?",
        "In the group 130xx, 30-39 everybody has the same.",
        "How many people are in that group?",
    ],
)
def n_revealed(patients):
    groups = patients.groupby(["postcode", "age"])["disease"]
    return int((groups.transform("nunique") == 1).sum())


@n_revealed.mistake("Four to a group hides the row. But look at what all of one group have in common.")
def nobody(patients):
    return 0


@n_revealed.mistake("That is the number of such groups. How many patients are in it?")
def groups_revealed(patients):
    return int((patients.groupby(["postcode", "age"])["disease"].nunique() == 1).sum())


@n_revealed.mistake("The outsider finds the group of everybody, but most groups hold several diseases.")
def everybody(patients):
    return len(patients)


@n_revealed.mistake("You counted everybody with cancer. One of them is in a group with other diseases, and stays uncertain.")
def all_with_cancer(patients):
    return int((patients["disease"] == patients["disease"].iloc[-1]).sum())


@n_revealed.mistake("You counted groups. Count the patients in groups with one disease.")
def all_groups(patients):
    return int(patients.groupby(["postcode", "age"]).ngroups)


@prediction(
    "1.4.d",
    near=0.3,
    why="Four harmless facts, and so many groups of one. Then look at what the exact age adds.",
    hints=["Rare combinations are many: a divorced student of fifty, a housemaid with a university degree in her twenties."],
)
def share_alone(size):
    return (size == 1).mean()


# --- at its end: numbers of firms, jobs, the bank in 2010 ---


def spells_of(facts, end):
    """Years of each fact, and whether it ended."""
    facts = facts.sort_values(["customer_id", "valid_from"])
    until = facts.groupby("customer_id")["valid_from"].shift(-1)
    return pd.DataFrame({"years": (until.fillna(end) - facts["valid_from"]).dt.days / 365.25, "ended": until.notna()})


@exercise(
    "1.4.1",
    why="As told to us: what nobody told makes the true one shorter. A sample of calls would show by how much.",
    hints=[
        "The rate is the number of changes, divided by all years in which one could be seen.",
        "history.spells(phones, as_of=end) gives years and has_ended; the half-life is ln 2 divided by the rate.",
        'history.half_life(history.spells(phones, as_of=end))["half_life"]',
    ],
)
def half_life_of_phones(phones, end):
    ordered = phones.sort_values(["customer_id", "valid_from"])
    valid_to = ordered.groupby("customer_id")["valid_from"].shift(-1)
    years = (valid_to.fillna(end) - ordered["valid_from"]).dt.days.sum() / 365.25
    return float(math.log(2) * years / valid_to.notna().sum())


@half_life_of_phones.mistake("That is the mean life of a number, years divided by changes. The half-life is ln 2 (about 0.69) of it.")
def mean_life(phones, end):
    lasted = spells_of(phones, end)
    return float(lasted["years"].sum() / lasted["ended"].sum())


@half_life_of_phones.mistake("You counted every row as a change. The first of each customer is none.")
def rows_for_changes(phones, end):
    lasted = spells_of(phones, end)
    return float(math.log(2) * lasted["years"].sum() / len(lasted))


@half_life_of_phones.mistake("You used only numbers that have ended. Those that still hold were watched as well: their years count.")
def ended_only(phones, end):
    lasted = spells_of(phones, end)
    return float(math.log(2) * lasted.loc[lasted["ended"], "years"].sum() / lasted["ended"].sum())


@half_life_of_phones.mistake("That is the mean age at which a number ended. Those that still hold are left out there, and there is no ln 2 in it.")
def mean_of_ended(phones, end):
    lasted = spells_of(phones, end)
    return float(lasted.loc[lasted["ended"], "years"].mean())


@half_life_of_phones.mistake("That is the half-life of the addresses of people, a number of the lesson. Asked are the phone numbers of organizations.")
def of_addresses(addresses, end):
    lasted = spells_of(addresses, end)
    return float(math.log(2) * lasted["years"].sum() / lasted["ended"].sum())


@half_life_of_phones.mistake("That is the median of those that have ended. Whoever still has the same number is left out there.")
def median_of_ended(phones, end):
    lasted = spells_of(phones, end)
    return float(lasted.loc[lasted["ended"], "years"].median())


@half_life_of_phones.mistake("That is the rate, changes in a year. Divide ln 2 by it.")
def rate_only(phones, end):
    lasted = spells_of(phones, end)
    return float(lasted["ended"].sum() / lasted["years"].sum())


@half_life_of_phones.mistake("You took the logarithm of 2 to the base 10 (0.30). The natural logarithm of 2 is 0.69: math.log(2).")
def other_logarithm(phones, end):
    lasted = spells_of(phones, end)
    return float(math.log10(2) * lasted["years"].sum() / lasted["ended"].sum())


@half_life_of_phones.mistake("That is the mean of the years watched, without any change in it.")
def mean_watched(phones, end):
    return float(spells_of(phones, end)["years"].mean())


@exercise(
    "1.4.2",
    why="Whoever looks at the table today sees nothing of it: only the second date keeps what we did not know.",
    hints=[
        "For each person, the job that was known by that day (recorded_date), and the one that was true (valid_from).",
        'known = jobs[jobs["recorded_date"] <= day].groupby("customer_id")["field_value"].last(); the same with valid_from.',
        "Bring both to the people of known: (known != true.reindex(known.index)).sum()",
    ],
)
def n_wrong_jobs(jobs):
    day = "2025-04-01"
    known = jobs[jobs["recorded_date"] <= day].groupby("customer_id")["field_value"].last()
    true = jobs[jobs["valid_from"] <= day].groupby("customer_id")["field_value"].last()
    return int((known != true.reindex(known.index)).sum())


def known_and_true(jobs, day):
    known = jobs[jobs["recorded_date"] <= day].groupby("customer_id")["field_value"].last()
    return known, jobs[jobs["valid_from"] <= day].groupby("customer_id")["field_value"].last()


@n_wrong_jobs.mistake("You counted those as well of whom no job was known on that day. They had no wrong one.")
def unknown_counted(jobs):
    known, true = known_and_true(jobs, "2025-04-01")
    return int((true != known.reindex(true.index)).sum())


@n_wrong_jobs.mistake("You compared with the job at the end of the data. On that day many of these changes had not happened.")
def compared_with_the_end(jobs):
    known, _ = known_and_true(jobs, "2025-04-01")
    return int((known != jobs.groupby("customer_id")["field_value"].last().reindex(known.index)).sum())


@n_wrong_jobs.mistake("You counted all changes that were recorded late, at any time. Only those of that day are asked for.")
def ever_late(jobs):
    return int((jobs["recorded_date"] > jobs["valid_from"]).sum())


@n_wrong_jobs.mistake("You took the end of the year. The day is 1 April 2025.")
def at_the_end_of_the_year(jobs):
    known, true = known_and_true(jobs, "2025-12-31")
    return int((known != true.reindex(known.index)).sum())


@n_wrong_jobs.mistake("You counted changes that came after that day. What happened before it, and was not yet known?")
def changes_after(jobs):
    return int((jobs["valid_from"] > "2025-04-01").sum())


@exercise(
    "1.4.3",
    why="A smaller file singles out more people: the same columns were far less telling in the bank's full file.",
    hints=[
        "Give each row the size of its group, then ask for which share of the rows it is below five.",
        'calls_2010.groupby(["age_band", "job", "education"])["subscribed"].transform("size") gives each row that size.',
        "(size_of_row < 5).mean()",
    ],
)
def in_small_groups(calls_2010):
    size_of_row = calls_2010.groupby(["age_band", "job", "education"])["subscribed"].transform("size")
    return float((size_of_row < 5).mean())


def sizes_2010(calls_2010):
    return calls_2010.groupby(["age_band", "job", "education"]).size()


@in_small_groups.mistake("That is the share of the groups. A small group holds few people: ask for the share of the rows.")
def share_of_groups(calls_2010):
    return float((sizes_2010(calls_2010) < 5).mean())


@in_small_groups.mistake("You used the marital status as well. Here three facts are known: age_band, job and education.")
def four_facts(calls_2010):
    known = ["age_band", "job", "education", "marital_status"]
    return float((calls_2010.groupby(known)["job"].transform("size") < 5).mean())


@in_small_groups.mistake("You counted groups of five as well. Fewer than five is < 5.")
def five_too(calls_2010):
    size = calls_2010.groupby(["age_band", "job", "education"])["subscribed"].transform("size")
    return float((size <= 5).mean())


@in_small_groups.mistake("You took those who are alone. Fewer than five is asked for.")
def alone_only(calls_2010):
    return float((sizes_2010(calls_2010) == 1).sum() / len(calls_2010))


@in_small_groups.mistake("You divided the number of small groups by the number of rows. Each group counts with its people.")
def groups_by_rows(calls_2010):
    return float((sizes_2010(calls_2010) < 5).sum() / len(calls_2010))


@in_small_groups.mistake("You left a column out: the outsider knows age band, job and education, all three.")
def without_age(calls_2010):
    size = calls_2010.groupby(["job", "education"])["subscribed"].transform("size")
    return float((size < 5).mean())


@exercise(
    "1.4.4",
    why="What was best in one year need not be so in the next: a file that singles people out may bring nothing at all.",
    hints=[
        "Find the job with the highest share of yes in 2009. Then look only at 2010.",
        "Yes among these people in 2010, less the yes that as many people drawn at random would give.",
        'best = calls_2009.groupby("job")["subscribed"].mean().idxmax(); chosen = calls_2010[calls_2010["job"] == best]',
    ],
)
def worth_of_file(calls_2009, calls_2010):
    best = calls_2009.groupby("job")["subscribed"].mean().idxmax()
    chosen = calls_2010.loc[calls_2010["job"] == best, "subscribed"]
    return float(100 * (chosen.sum() - len(chosen) * calls_2010["subscribed"].mean()))


def best_of(calls):
    return calls.groupby("job")["subscribed"].mean().idxmax()


@worth_of_file.mistake("You chose the best job of 2010. When the calls are made, its outcome is not yet known: choose by 2009.")
def chosen_with_hindsight(calls_2010):
    chosen = calls_2010.loc[calls_2010["job"] == best_of(calls_2010), "subscribed"]
    return float(100 * (chosen.sum() - len(chosen) * calls_2010["subscribed"].mean()))


@worth_of_file.mistake("That is the value of all who say yes. Of people called at random many would say yes, too: subtract them.")
def without_lot(calls_2009, calls_2010):
    return float(100 * calls_2010.loc[calls_2010["job"] == best_of(calls_2009), "subscribed"].sum())


@worth_of_file.mistake("You compared with the mean share of 2009. The people called at random are of 2010.")
def lot_of_2009(calls_2009, calls_2010):
    chosen = calls_2010.loc[calls_2010["job"] == best_of(calls_2009), "subscribed"]
    return float(100 * (chosen.sum() - len(chosen) * calls_2009["subscribed"].mean()))


@worth_of_file.mistake("You let the shares of 2009 hold in 2010. Count who really said yes in 2010.")
def promised(calls_2009, calls_2010):
    shares, n = calls_2009.groupby("job")["subscribed"].mean(), (calls_2010["job"] == best_of(calls_2009)).sum()
    return float(100 * n * (shares.max() - calls_2009["subscribed"].mean()))


@worth_of_file.mistake("You took a job with many people. Choose by the share of yes, and by that of 2009.")
def most_yes(calls_2009, calls_2010):
    best = calls_2009.groupby("job")["subscribed"].sum().idxmax()
    chosen = calls_2010.loc[calls_2010["job"] == best, "subscribed"]
    return float(100 * (chosen.sum() - len(chosen) * calls_2010["subscribed"].mean()))


@worth_of_file.mistake("You compared with all people of 2010. By lot only as many are called as have that job.")
def lot_of_all(calls_2009, calls_2010):
    chosen = calls_2010.loc[calls_2010["job"] == best_of(calls_2009), "subscribed"]
    return float(100 * (chosen.sum() - calls_2010["subscribed"].sum()))


what_to_hand_over = judgment(
    "1.4.5",
    hints=[
        "What does the printer need to print and post a card? Go through the five columns one by one.",
        "Could you do it without handing anything over? What happens to the file afterwards?",
    ],
    weighs=[
        "the purpose first, and only the columns that it needs",
        "that a birthday beside a postcode can single people out",
        "a form: day and month without the year, a keyed pseudonym, no orders, no phone",
        "conditions: written, for this purpose only, deleted by a date, nobody else",
        "the choice to hand over nothing: print the cards oneself, or ask the customers first",
    ],
    example=(
        "The purpose is one card each, so the printer needs name, address and the day of the birthday, and no year. Orders"
        " and phones I refuse: no card needs them. I would send only customers who said yes to cards, month by month, with"
        " a keyed pseudonym in place of our number, and have it in writing that the file is deleted after two weeks. The"
        " other choice is to post the printed cards ourselves; then nothing leaves the house."
    ),
)

overwritten = question(
    "1.4.q1",
    "A clerk overwrites the old address with the new one. What is lost?",
    [
        Option("Nothing: the new one is right", "Ask next year where a parcel of last March went."),
        Option("What we knew on an earlier day", "And with it how late we hear of changes.", right=True),
        Option(
            "The name of the customer, since one no longer knows who lived there",
            "The record keeps its number and name.",
        ),
        Option("The half-life of the new address", "That is still to come. The old one's years are gone."),
    ],
)

ten_anonymous = question(
    "1.4.q2",
    "A table is 10-anonymous. In one group all ten people have the same debt. What does an outsider learn?",
    [
        Option("Whose debt it is, for all ten", "They need not know the row: all rows of the group say the same.", right=True),
        Option("Nothing, since ten is more than five", "The number hides the row, not what all rows say."),
        Option(
            "With a probability of one in ten, which of the rows belongs to the neighbor",
            "True, and not needed: every one of the ten rows has the debt.",
        ),
        Option("Only that somebody has a debt", "More: everybody in that group has it."),
    ],
)

hashed_numbers = question(
    "1.4.q3",
    "A partner says: \"Phone numbers are hashed, so the file is anonymous.\" What do you answer?",
    [
        Option("Right, if the hash is a long one", "Its length does not matter: the numbers to be tried are few."),
        Option("Right, since a hash cannot be turned back", "It need not be: one tries all numbers and compares."),
        Option(
            "Hash each number twice, one after the other, and then it will be",
            "An outsider tries twice as well.",
        ),
        Option("It is not: all numbers can be tried", "A secret key stops that; anonymous it is not, even then.", right=True),
    ],
)

"""Exercises of lesson 2.5: up, down, or chance."""

import pandas as pd

from crmlib import pyramid
from crmlib.lesson import Option, exercise, judgment, prediction, question


def example():
    # 150 customers in each period: 2 VIP, 6 major. Of the major c002 to c007, c002 is gone, c003 and c007 fell, c004 is VIP,
    # c005 and c006 stay; the VIPs c000 and c001 are major, beside the risen c090 and c091.
    before = pd.Series({f"c{n:03}": 1000.0 - 5 * n for n in range(150)})
    now = {"c000": 950.0, "c001": 940, "c003": 845, "c004": 3000, "c005": 930, "c006": 920, "c007": 850, "c090": 1200}
    now |= {"c091": 1190.0, "n1": 300, "n2": 45, "n3": 2000}
    after = pd.Series({**(0.9 * before).drop(["c002", "c140", "c141"]), **now})
    # End is 30 June. Silent: a (exactly 91 days), b, c; of them b and c are gone. Not silent: d (90 days), e, f, g, i,
    # of them e and i are gone. h orders only afterwards. Two of three against two of five: 1.667.
    days = [("a", "2025-03-31"), ("a", "2025-08-01"), ("b", "2025-01-15"), ("c", "2024-11-01"), ("c", "2025-01-20")]
    days += [("d", "2025-04-01"), ("d", "2025-07-15"), ("e", "2025-06-01"), ("f", "2025-06-30"), ("f", "2025-07-01")]
    days += [("g", "2025-02-01"), ("g", "2025-04-20"), ("g", "2025-12-01"), ("h", "2025-09-09"), ("i", "2025-06-20")]
    orders = pd.DataFrame(days, columns=["customer_id", "order_date"]).assign(amount=10.0)
    orders["order_date"] = pd.to_datetime(orders["order_date"])
    # 100 customers, 4,900 in all. 1.6 small ones gain 90 each, 0.3 regular ones 300, 0.08 major ones 600: 282.
    names = ["VIP", "major", "regular", "small"]
    tiers = pd.DataFrame({"n_customers": [1, 4, 15, 80], "mean": [1000.0, 400, 100, 10]}, index=names)
    tiers["value"] = tiers["n_customers"] * tiers["mean"]
    two = pd.DataFrame({"before": [50, 20, 30, 0, 40], "after": [60, 0, 0, 25, 30]}, index=list("abcde"))
    spent = pd.DataFrame({2024: [50.0, 20, 30, 0], 2025: [60.0, 0, 0, 25]}, index=list("abcd"))
    end = pd.Timestamp("2025-06-30")
    return {"before": before, "after": after, "orders": orders, "end": end, "tiers": tiers, "two": two, "spent": spent}


@exercise(
    "2.5.a",
    why="Few yuan went, though many heads did: those who go are often small. So count both.",
    hints=[
        "Who has 0 in the second column, and how much did they spend in the first?",
        'two.loc[two["after"] == 0, "before"] are they; divide their sum by that of all.',
    ],
)
def share_gone(two):
    return two.loc[two["after"] == 0, "before"].sum() / two["before"].sum()


@share_gone.mistake("You counted heads. The question is about the money: add up what they had spent.")
def heads(two):
    return (two["after"] == 0).sum() / (two["before"] > 0).sum()


@share_gone.mistake("You counted heads, and of all eight. Two of them came only later; and the question is about the money.")
def heads_of_all(two):
    return (two["after"] == 0).sum() / len(two)


@share_gone.mistake("You divided by the sales of the second year. What went was money of the first year.")
def over_the_second_year(two):
    return two.loc[two["after"] == 0, "before"].sum() / two["after"].sum()


@share_gone.mistake("You also counted what those who stayed spend less. They fell, but they are not gone.")
def fallen_too(two):
    return (two["before"] - two["after"]).clip(lower=0).sum() / two["before"].sum()


@share_gone.mistake("You took off what the new customers brought. That is another part of the sum.")
def less_the_new(two):
    gone, new = two.loc[two["after"] == 0, "before"].sum(), two.loc[two["before"] == 0, "after"].sum()
    return (gone - new) / two["before"].sum()


@share_gone.mistake("That is what the new customers bring. The question is about those who did not come back.")
def new_for_gone(two):
    return two.loc[two["before"] == 0, "after"].sum() / two["after"].sum()


@share_gone.mistake("You counted who went. The question is about their money, as a share of all.")
def how_many_went(two):
    return int((two["after"] == 0).sum())


@prediction(
    "2.5.b",
    near=0.3,
    why="Look at the last red step of the figure beside the first blue bar.",
    hints=["Of the eight customers two of six went. Were they the large ones?"],
)
def share_of_the_gone(spent):
    return spent.loc[spent[2025] <= 0, 2024].clip(lower=0).sum() / spent[2024].clip(lower=0).sum()


@exercise(
    "2.5.1",
    why=(
        "The kept customers can rise and fall by large sums and yet change little together. Whoever reports only the raised "
        "reports half of it."
    ),
    hints=[
        "Kept are those who are in both years. What does after - before give for somebody who is in one only?",
        "pandas matches customers by their number; who is missing in one year has a gap, and dropna() leaves the others.",
        "(after - before).dropna() has one number per kept customer; add them up.",
    ],
)
def kept_change(before, after):
    return (after - before).dropna().sum()


def a_year_later(spent):
    """The lesson itself: from 2024 to 2025."""
    return {"before": spent.loc[spent[2024] > 0, 2024], "after": spent.loc[spent[2025] > 0, 2025]}


kept_change.in_lesson("the years 2024 and 2025", asks="the years 2023 and 2024")(a_year_later)



@kept_change.mistake("You counted the raised only. Those who fell are kept customers too: take off what they lost.")
def raised_only(before, after):
    return (after - before).clip(lower=0).sum()


@kept_change.mistake("You counted the fallen only. Those who rose are kept customers too: add what they spend more.")
def fallen_only(before, after):
    return (after - before).clip(upper=0).sum()


@kept_change.mistake("You added up falls as if they were rises. A fall lowers the sum: keep its minus.")
def without_signs(before, after):
    return (after - before).abs().sum()


@kept_change.mistake("That is the change as a share of the sales. The question asks for yuan.")
def as_a_share(before, after):
    return (after - before).dropna().sum() / before.sum()


@kept_change.mistake("That is the growth of all. Newcomers and those who went are not kept customers.")
def all_growth(before, after):
    return after.sum() - before.sum()


@kept_change.mistake("You counted the newcomers as well. They spent nothing before, so they were not kept.")
def with_the_new(before, after):
    both = pd.DataFrame({"before": before, "after": after})
    both = both[both["after"].notna()].fillna(0)
    return (both["after"] - both["before"]).sum()


@kept_change.mistake("You counted those who went as well. They did not come back, so they were not kept.")
def with_the_gone(before, after):
    both = pd.DataFrame({"before": before, "after": after})
    both = both[both["before"].notna()].fillna(0)
    return (both["after"] - both["before"]).sum()


@kept_change.mistake("That is what they spend in the second year. The change is what is more, or less, than the year before.")
def second_year(before, after):
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    return both["after"].sum()


@kept_change.mistake("That is a share of what the kept customers spent. The question asks for yuan.")
def share_of_the_kept(before, after):
    both = pd.DataFrame({"before": before, "after": after}).dropna()
    return (both["after"] - both["before"]).sum() / both["before"].sum()


@exercise(
    "2.5.2",
    why=(
        "Silence tells something at a real firm as well. It does not say why they are silent, nor that a call brings them "
        "back."
    ),
    hints=[
        "Look only at orders up to the end first: when was the last of each customer? Then: who orders after it?",
        "Two shares, one among the silent and one among the others; then divide the first by the second.",
        'The last: orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max(). The gone: ~last.index.isin(...).',
    ],
)
def times_as_likely(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    later = orders.loc[orders["order_date"] > end, "customer_id"]
    is_gone = pd.Series(~last.index.isin(later), index=last.index)
    is_silent = (end - last).dt.days > 90
    return is_gone[is_silent].mean() / is_gone[~is_silent].mean()


@times_as_likely.in_lesson("the lesson's company", asks="the customers of CDNOW")
def at_the_company(gone_share):
    return gone_share["silent"] / gone_share["active"]


@times_as_likely.in_lesson("the lesson's company", asks="the customers of CDNOW")
def silent_at_the_company(gone_share):
    return gone_share["silent"]



@times_as_likely.mistake("That is the difference of the two shares. How many times as likely is a ratio: divide.")
def difference(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    is_silent = (end - last).dt.days > 90
    return is_gone[is_silent].mean() - is_gone[~is_silent].mean()


@times_as_likely.mistake("That is the share of the silent who are gone. Compare it with the share among the others.")
def one_share(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    return is_gone[(end - last).dt.days > 90].mean()


@times_as_likely.mistake("You compared how many are gone. The two groups differ in size: compare shares.")
def numbers(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    is_silent = (end - last).dt.days > 90
    return is_gone[is_silent].sum() / is_gone[~is_silent].sum()


@times_as_likely.mistake("You compared the silent with everybody. The silent are among them: compare with those who are not.")
def beside_all(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    return is_gone[(end - last).dt.days > 90].mean() / is_gone.mean()


@times_as_likely.mistake("You looked for the silent among the gone. Begin with the silent: how many of them are gone?")
def silent_among_the_gone(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    return ((end - last).dt.days > 90)[is_gone].mean()


@times_as_likely.mistake("You compared how often the gone and the others were silent. Compare how often the silent and the others are gone.")
def the_other_way(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    is_silent = (end - last).dt.days > 90
    return is_silent[is_gone].mean() / is_silent[~is_gone].mean()


@times_as_likely.mistake("You compared how likely it is to stay. The question compares how likely it is to be gone.")
def staying(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_back = pd.Series(last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    is_silent = (end - last).dt.days > 90
    return is_back[is_silent].mean() / is_back[~is_silent].mean()


@times_as_likely.mistake("You divided how many are silent by how many are gone. Among the silent: what share is gone?")
def silent_over_gone(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = ~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"])
    return ((end - last).dt.days > 90).sum() / is_gone.sum()


@times_as_likely.mistake("That is the share of the others who are gone. Divide the share among the silent by it.")
def share_of_the_others(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    return is_gone[(end - last).dt.days <= 90].mean()


@times_as_likely.mistake("You drew the line at 60 days, as the lesson did. Here it is 90.")
def from_60_days(orders, end):
    last = orders[orders["order_date"] <= end].groupby("customer_id")["order_date"].max()
    is_gone = pd.Series(~last.index.isin(orders.loc[orders["order_date"] > end, "customer_id"]), index=last.index)
    is_silent = (end - last).dt.days > 60
    return is_gone[is_silent].mean() / is_gone[~is_silent].mean()


@exercise(
    "2.5.3",
    why="Compare it with the band of chance before you praise or blame anybody.",
    hints=[
        "Cut the tiers in each year. Who is major in the first, and where are the same customers in the second?",
        'reindex puts the second year in the order of the first; >= "major" is False where somebody is away.',
        'majors = first.index[first == "major"] are they; then the mean of second.reindex(majors) >= "major".',
    ],
)
def stayed(before, after):
    first, second = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    majors = first.index[first == "major"]
    return (second.reindex(majors) >= "major").mean()


stayed.in_lesson("the years 2024 and 2025", asks="the years 2023 and 2024")(a_year_later)



@stayed.mistake("You left out those who bought nothing in the second year. They were major, and have not stayed: count them.")
def only_who_came(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    major = tier.index[tier == "major"].intersection(later.index)
    return (later[major] >= "major").mean()


@stayed.mistake("You left out those who rose to VIP. Major or better includes them.")
def without_the_risen(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    major = tier.index[tier == "major"]
    return (later.reindex(major).astype(object) == "major").mean()


@stayed.mistake(
    "You looked from the second year back: of the major customers of that year, who had been major or better before?"
)
def looking_back(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    major = later.index[later == "major"]
    return (tier.reindex(major) >= "major").mean()


@stayed.mistake("Those are the risen only. Who is major again has stayed as well.")
def risen_only(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    return (later.reindex(tier.index[tier == "major"]) >= "VIP").mean()


@stayed.mistake("You counted those who are regular now. They have fallen: major or better is asked for.")
def regular_too(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    return (later.reindex(tier.index[tier == "major"]) >= "regular").mean()


@stayed.mistake("You began with the VIPs as well. The question begins with the major customers only.")
def vips_too(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    best = tier.index[tier >= "major"]
    return (later.reindex(best) >= "major").mean()


@stayed.mistake("That is how many they are. Divide by the number of major customers of the first year.")
def how_many(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    major = tier.index[tier == "major"]
    return int((later.reindex(major) >= "major").sum())


@stayed.mistake("You divided all of the second year by those of the first. Follow the same people: where are they now?")
def other_people(before, after):
    tier, later = pyramid.assign_tiers(before), pyramid.assign_tiers(after)
    return (later >= "major").sum() / (tier == "major").sum()


@exercise(
    "2.5.4",
    why=(
        "A number like 10 % follows from a firm's means, not from a law, and it takes for granted that whoever rises "
        "spends what the old members of that tier spend. How the risen were made to rise, and what that cost, it does "
        "not say."
    ),
    hints=[
        "Start with one tier: how many rise, and by how much does each of them grow?",
        "Somebody who rises brings the mean of the tier above, but no longer the mean of their own.",
        (
            'tiers["mean"].shift(1) is the mean of the tier above; VIPs have none above them and stay. Divide by the'
            " sales of all."
        ),
    ],
)
def growth_share(tiers):
    step = (tiers["mean"].shift(1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth_share.in_lesson("the year 2024", asks="the year 2023")
def growth_of_2024(spent, tier):
    return {"tiers": pyramid.tier_table(spent.loc[tier.index, 2024], tier)}



@growth_share.mistake(
    "You counted all that they bring after rising. They had brought something before: only the difference is growth."
)
def without_before(tiers):
    return (0.02 * tiers["n_customers"] * tiers["mean"].shift(1).fillna(0.0)).sum() / tiers["value"].sum()


@growth_share.mistake("You let everybody rise to VIP. The question moves them one tier up.")
def straight_to_the_top(tiers):
    step = tiers["mean"].iloc[0] - tiers["mean"]
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth_share.mistake("You took all who rise from the small customers. Of each tier below VIP a part rises.")
def from_the_bottom(tiers):
    step = tiers["mean"].iloc[2] - tiers["mean"].iloc[3]
    return 0.02 * tiers["n_customers"].sum() * step / tiers["value"].sum()


@growth_share.mistake("You let them fall: shift(-1) gives the tier below. The tier above stands one row higher.")
def downward(tiers):
    step = (tiers["mean"].shift(-1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum() / tiers["value"].sum()


@growth_share.mistake("That is the growth in yuan. Divide it by the sales of all tiers.")
def in_yuan(tiers):
    step = (tiers["mean"].shift(1) - tiers["mean"]).fillna(0.0)
    return (0.02 * tiers["n_customers"] * step).sum()


@growth_share.mistake("That is what the book is said to claim. Work it out for the tiers at hand.")
def as_the_book_says():
    return 0.1


@growth_share.mistake("That is the share of the customers who rise. By what share do the sales grow?")
def share_of_risers():
    return 0.02


@growth_share.mistake("That is the growth from one tier only. Of each tier below VIP a part rises: add them up.")
def major_only(tiers):
    step = tiers["mean"].iloc[0] - tiers["mean"].iloc[1]
    return 0.02 * tiers["n_customers"].iloc[1] * step / tiers["value"].sum()


@growth_share.mistake("That is the growth from the regular customers only. Of each tier below VIP a part rises.")
def regular_only(tiers):
    step = tiers["mean"].iloc[1] - tiers["mean"].iloc[2]
    return 0.02 * tiers["n_customers"].iloc[2] * step / tiers["value"].sum()


fallen_customers = judgment(
    "2.5.5",
    hints=[
        "How many of the twenty who fell most would buy more without any call?",
        "With whom could you compare them?",
    ],
    weighs=[
        "that those who fell most tend to rise again by themselves: regression to the mean",
        "that nobody knows how many of the twenty would have risen without a call",
        "that the fallen should be split by lot: some are called, the others are not, and both are counted",
        "what the calls cost, and what the rises bring in gross profit, not in heads",
        "that the firm as a whole may have grown, so that most customers rose",
    ],
    example=(
        "Those who fell most had bad luck as well, and most of them would rise without a call. I would take next year's "
        "forty who fell most, draw twenty of them by lot to be called, leave the others, and compare what both groups "
        "bring, less what the calls cost."
    ),
)

parts_of_growth = question(
    "2.5.q1",
    "Sales did not change from one year to the next. What does that say about the customers?",
    [
        Option(
            "Nobody came and nobody went, and each of them spent as much as before",
            "That is one way to get no change. There are many others.",
        ),
        Option(
            "As many customers came as went, so that their number is the same as before",
            "Growth is a sum of money, not of heads: one large newcomer may replace many small ones.",
        ),
        Option(
            "Little yet: large parts may have canceled each other",
            "What came and rose may be as much as what fell and went.",
            right=True,
        ),
        Option(
            "That the kept customers are loyal, since they make up for all who went",
            "It may as well be newcomers who made up for it. The parts must be counted.",
        ),
    ],
)

fallen_vip = question(
    "2.5.q2",
    "Of ten VIPs four are no longer VIP after a year. In a world in which nobody changes, four of ten fall as well. What "
    "do you tell the team that looks after them?",
    [
        Option(
            "The number alone is no sign of a loss; look at each of the four",
            "Ask whether they still order, and what, before you praise or blame.",
            right=True,
        ),
        Option(
            "You lost four VIPs, and you should find out what went wrong with your service",
            "As many would have fallen if nobody had changed and nothing had been done wrong.",
        ),
        Option(
            "All is well, nobody has changed, since chance explains all of the four falls",
            "One cannot tell from this. With ten customers a real change would have to be large to show.",
        ),
        Option(
            "Next year the four will be VIP again, since their luck will turn",
            "Luck has no memory. They are as likely to stand there as their habits make them.",
        ),
    ],
)

rule_that_shone = question(
    "2.5.q3",
    "A rule found the new VIPs of the company on which it was chosen. What do you do before you use it?",
    [
        Option(
            "Use it at once, since it was right with the customers it was tried on",
            "It was chosen because it was right there. That is no test.",
        ),
        Option(
            "Choose the best of ten more rules on the same data, to be on the safe side",
            "The more rules you try on the same data, the better the best one looks by luck.",
        ),
        Option(
            "Make it stricter, so that it chooses fewer customers and is right more often",
            "You would choose it on the same data once more, and it would find fewer of the new VIPs.",
        ),
        Option(
            "Test it on customers that had no part in choosing it, beside a draw by lot",
            "Only there it can fail, and only a draw by lot says what is little and what is much.",
            right=True,
        ),
    ],
)

"""The real people and firms behind the records: who they are and how they behave.

Nothing here is in the company's tables. One row per entity; days count from
`parameters.START`, days before it are negative.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate.streams import pick, stream

SEGMENT_KIND = np.array([p.KINDS.index(segment.kind) for segment in p.SEGMENTS])


def of_segment(name: str) -> np.ndarray:
    """One parameter of all segments, in their order."""
    return np.array([getattr(segment, name) for segment in p.SEGMENTS], dtype=float)


def day_number(day: str) -> int:
    """Days from START to a calendar day.

    Examples
    --------
    >>> day_number("2023-01-01"), day_number("2024-01-01")
    (0, 365)
    """
    return int((np.datetime64(day, "D") - p.START).astype(int))


def windows() -> np.ndarray:
    """For each day of the period the place in `parameters.WINDOWS`."""
    calendar = p.START + np.arange(p.N_DAYS)
    month_day = pd.DatetimeIndex(calendar).month * 100 + pd.DatetimeIndex(calendar).day
    (first_month, first_day), (last_month, last_day) = p.SUMMER
    found = np.zeros(p.N_DAYS, dtype=int)
    found[(month_day >= first_month * 100 + first_day) & (month_day <= last_month * 100 + last_day)] = 3
    for festivals, days, place in ((p.MID_AUTUMNS, p.AUTUMN_DAYS, 2), (p.SPRING_FESTIVALS, p.SPRING_DAYS, 1)):
        for day in map(day_number, festivals):
            found[max(day - days, 0) : day] = place
    return found


def intensity() -> np.ndarray:
    """Orders of a usual customer on each day, kinds in rows, on average 1 a day."""
    window = windows()
    weekday = ((p.START + np.arange(p.N_DAYS)).astype(int) + 3) % 7  # Monday is 0; 1970 began on a Thursday
    rows = []
    for kind in p.KINDS:
        season = p.SEASONS[kind]
        by_window = np.array([1.0, season.before_spring, season.before_autumn, season.summer])
        days = by_window[window] * np.array(season.week)[weekday]
        for day in map(day_number, p.SPRING_FESTIVALS):
            end = day + p.SPRING_HOLIDAY
            days[day:end] *= season.spring_holiday
            days[end : end + p.SPRING_AFTER] *= season.after_spring
        rows.append(days / days.mean())
    return np.array(rows)


def promotion_days() -> np.ndarray:
    """Whether any promotion runs, for each day."""
    running = np.zeros(p.N_DAYS, dtype=bool)
    for first, last, *_ in p.PROMOTIONS:
        running[day_number(first) : day_number(last) + 1] = True
    return running


def make_entities(seed: int, chunk: int, n: int) -> pd.DataFrame:
    """The latent truth of `n` people and firms.

    Returns
    -------
    DataFrame
        One row per entity: segment and kind (places in the parameters), joined and
        left (days; left is N_DAYS or more for those who stayed), orders_per_year,
        size, discount (percent), demanding, trend, is_fading, is_deal_prone,
        never_buys, is_large, channel (their usual one), advocacy.
    """
    random = stream(seed, "entities", chunk)
    segment = pick(random.random(n), of_segment("share"))
    kind = SEGMENT_KIND[segment]
    household = kind == 0
    never = random.random(n) < np.array([p.NEVER_SHARE[name] for name in p.KINDS])[kind]

    before = random.random(n) < p.BEFORE_SHARE
    years_before = p.BEFORE_YEARS * random.random(n) ** p.BEFORE_SKEW * before
    growing = 1 + p.JOINING_GROWTH * np.arange(p.N_DAYS) / p.N_DAYS
    joining, chance = intensity() * growing, random.random(n)
    joined = -1 - np.floor(years_before * p.DAYS_PER_YEAR).astype(int)
    for place in range(len(p.KINDS)):
        new = ~before & (kind == place)
        joined[new] = pick(chance[new], joining[place])

    # Gamma hazards; of those who joined years ago the patient are left, which is a gamma with more exposure.
    scale = of_segment("leave_per_year")[segment] / p.LEAVE_SHAPE
    hazard = random.gamma(p.LEAVE_SHAPE, scale / (1 + scale * years_before), n)
    years = random.standard_exponential(n) / np.maximum(hazard, 1e-9)
    left = np.maximum(joined, 0) + np.floor(np.minimum(years, 100) * p.DAYS_PER_YEAR).astype(int)

    is_large = random.random(n) < of_segment("large_share")[segment]
    log_size = of_segment("size_spread")[segment] * random.standard_normal(n)
    log_size += is_large * (p.LARGE_SIZE[0] + p.LARGE_SIZE[1] * random.standard_normal(n))
    shape = of_segment("rate_shape")[segment]
    rate = random.gamma(shape, of_segment("orders_per_year")[segment] / shape, n)
    rate = np.where(never, 0.0, rate * np.where(is_large, p.LARGE_RATE, 1.0))

    # Demands follow size a little among organisations, and not at all among households.
    follows = np.where(household, 0.0, p.DEMANDING_WITH_SIZE)
    standard = log_size / p.SIZE_SPREAD
    demanding = np.exp(p.DEMANDING_SPREAD * (follows * standard + np.sqrt(1 - follows**2) * random.standard_normal(n)))
    bought = np.maximum(rate * np.exp(log_size), 1e-9) / p.DISCOUNT_FROM
    discount = p.DISCOUNT_PER_DOUBLING * np.log2(bought) + p.DISCOUNT_BARGAINING * random.standard_normal(n)
    channels = np.array([segment.channels for segment in p.SEGMENTS])
    return pd.DataFrame(
        {
            "segment": segment,
            "kind": kind,
            "joined": joined,
            "left": left,
            "orders_per_year": rate.round(4),
            "size": np.exp(log_size).round(4),
            "discount": np.where(household, 0, np.clip(np.rint(discount), 0, p.DISCOUNT_LARGEST)).astype(int),
            "demanding": np.clip(demanding, 0.05, 20).round(4),
            "trend": (p.TREND_SPREAD * random.standard_normal(n)).round(4),
            "is_fading": random.random(n) < p.FADING_SHARE,
            "is_deal_prone": household & (random.random(n) < p.DEAL_PRONE_SHARE),
            "never_buys": never,
            "is_large": is_large,
            "channel": pick(random.random(n), channels[segment]),
            "advocacy": random.gamma(p.ADVOCACY_SHAPE, 1, n).round(6),
        }
    )

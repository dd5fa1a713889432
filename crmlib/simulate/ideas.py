"""What customers suggested, what became of it, and what was booked as its gain."""

from __future__ import annotations

import numpy as np
import pandas as pd

from crmlib.simulate import parameters as p
from crmlib.simulate import parameters_worth as pw
from crmlib.simulate.records import typed
from crmlib.simulate.streams import pick, stream


def make_ideas(entities: pd.DataFrame, records: pd.DataFrame, seed: int, chunk: int) -> pd.DataFrame:
    """The columns of both tables: one row per idea, in order of its day."""
    random = stream(seed, "ideas", chunk)
    first = records[~records["is_second"]].set_index("entity")["customer_id"].reindex(np.arange(len(entities)))
    n = int(len(records) * pw.IDEAS_PER_CUSTOMER + 0.5)
    eager = entities["demanding"].to_numpy() + entities["advocacy"].to_numpy()  # who asks much, and who recommends us
    came, went = np.maximum(entities["joined"].to_numpy(), 0), np.minimum(entities["left"].to_numpy(), p.N_DAYS)
    here = (went - came).clip(0) * ~entities["never_buys"].to_numpy()
    who = pick(random.random(n), eager * here)
    day = came[who] + np.floor(random.random(n) * (went - came)[who]).astype(int)
    is_adopted = random.random(n) < pw.ADOPTED_SHARE
    gain = np.exp(pw.GAIN[0] + pw.GAIN[1] * random.standard_normal(n))
    true = gain * (random.random(n) >= pw.NOTHING_GAINED)
    booked = gain * np.exp(pw.BOOKED_NOISE * random.standard_normal(n))
    table = pd.DataFrame(
        {
            "customer_id": first.to_numpy()[who],
            "idea_date": p.START + day.astype("timedelta64[D]"),
            "topic": np.array(pw.TOPICS, dtype=object)[random.integers(len(pw.TOPICS), size=n)],
            "is_adopted": pd.array(is_adopted, dtype="boolean"),
            "yearly_gain": np.where(is_adopted, booked.round(-1), np.nan),
            "true_gain": np.where(is_adopted, true.round(2), 0.0),
        }
    )
    table = table.sort_values(["idea_date", "customer_id"], kind="stable", ignore_index=True)
    table.insert(0, "idea_id", [f"D{chunk * p.CHUNK + 1 + row:06d}" for row in range(len(table))])
    return typed(table, ["idea_id", "customer_id", "topic"])


def make_public(ideas: pd.DataFrame) -> pd.DataFrame:
    return ideas.drop(columns="true_gain")


def make_truth(ideas: pd.DataFrame) -> pd.DataFrame:
    """What an idea was truly worth a year; nothing where it was not adopted."""
    return ideas[["idea_id", "true_gain"]]

"""What people changed against the runs, and what the model expected of it."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from ledger.measures import people
from ledger.measures.numbers import columns_of
from runs.kpi.window import Window


def overrides_of(connection: Connection, window: Window) -> pd.DataFrame:
    """Return the overrides of a window, one row each.

    ``actor``, ``from`` and ``to`` (reps; empty for nobody), ``given_up`` (value of the
    pair of lead and rep before, a model expectation), ``taken`` (of the new pair; NaN
    where no run scored it).
    """
    done = _frame(
        connection, people.overrides(), ["lead_id", "at", "actor", "to", "other"]
    )
    done = done[window.has(window.days_of(done["at"].astype(float)))]
    before = _frame(connection, people.overridden(), ["lead_id", "at", "rep_id", "run"])
    before = before.drop_duplicates(["lead_id", "at"], keep="last")
    done = done.merge(before, on=["lead_id", "at"], how="left")
    done["from"] = done["other"].where(done["other"].notna(), done["rep_id"])
    done["from"] = done["from"].fillna("")
    is_change = done["from"] != done["to"]
    pairs = _frame(connection, people.scored_pairs(), ["lead_id", "rep_id", "value"])
    pairs = pairs.drop_duplicates(["lead_id", "rep_id"], keep="last")
    value = pairs.set_index(["lead_id", "rep_id"])["value"].astype(float)
    for name, rep in (("given_up", "from"), ("taken", "to")):
        keys = pd.MultiIndex.from_frame(done[["lead_id", rep]])
        done[name] = value.reindex(keys).to_numpy()
    names = ["lead_id", "actor", "from", "to", "given_up", "taken"]
    return done.loc[is_change, names].reset_index(drop=True)


def by_actor(done: pd.DataFrame) -> pd.DataFrame:
    """Return the overrides of each person, and what the model expected of them.

    ``expected_cost`` is over the overrides whose two pairs were scored; the value
    given up by the others is apart, since what was taken for it is not known.
    """
    is_scored = done["given_up"].notna() & done["taken"].notna()
    is_half = done["given_up"].notna() & ~is_scored
    cost = (done["given_up"] - done["taken"]).where(is_scored)
    grouped = done.assign(
        cost=cost,
        n_scored=is_scored,
        n_not_scored=~is_scored,
        given_up=done["given_up"].where(is_half),
    ).groupby("actor", sort=True)
    table = pd.DataFrame(
        {
            "n_overrides": grouped.size(),
            "n_scored": grouped["n_scored"].sum(),
            "expected_cost": grouped["cost"].sum(min_count=1),
            "n_not_scored": grouped["n_not_scored"].sum(),
            "expected_given_up": grouped["given_up"].sum(min_count=1),
        }
    )
    return table.sort_values(
        "n_overrides", ascending=False, kind="stable"
    ).reset_index()


def by_direction(done: pd.DataFrame) -> pd.DataFrame:
    """Return from whom to whom each person moved leads, the most frequent first."""
    counted = done.groupby(["actor", "from", "to"], sort=True).size()
    table = counted.rename("n_overrides").reset_index()
    return table.sort_values(
        "n_overrides", ascending=False, kind="stable", ignore_index=True
    )


def _frame(connection: Connection, query: Select, names: Iterable[str]) -> pd.DataFrame:
    cells = zip(names, columns_of(connection, query), strict=True)
    table = {name: pd.Series(list(column), dtype=object) for name, column in cells}
    frame = pd.DataFrame(table)
    return frame.astype({"at": np.float64}) if "at" in frame else frame

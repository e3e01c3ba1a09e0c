"""What an export changes: the events that the ledger does not have yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import numpy as np
import pandas as pd

from crm.zones import day_of, zoned
from ledger.learning.outcomes import Known
from runs.outcomes.facts import CLOSED, Facts
from runs.outcomes.left_out import left_out, together
from runs.outcomes.standing import standing_of

NEWS = ("lead_id", "kind", "at", "value", "reason", "row")
"""Columns of a table of events that are new."""
ORDER = ("responded", "progressed", "reopened", "won", "lost")
"""Of events of one lead at one moment."""


@dataclass(frozen=True, eq=False)
class News:
    """What an export says that the ledger does not have.

    Attributes
    ----------
    events
        New events, in order of time: `NEWS`.
    corrected
        Leads whose outcome the export corrects: lead_id, before, after.
    left_out
        Rows that contradict what is known: row, lead_id, reason, detail.
    moment
        The moment that the export is of.
    n_planned
        Next steps that are still to come, which are no events.
    """

    events: pd.DataFrame
    corrected: pd.DataFrame
    left_out: pd.DataFrame
    moment: pd.Timestamp
    n_planned: int


def news_of(
    facts: Facts, known: Known, at: datetime | None, now: datetime, zone: tzinfo
) -> News:
    """Return what the facts of an export change.

    Parameters
    ----------
    facts
        Of leads that the ledger knows.
    known
        What it knows of them.
    at
        When the export was made; `None`: as late as the latest time it names.
    now
        What happens later than both has not happened.
    zone
        The company's; a time at the start of its day stands for all of that day.
    """
    limit = pd.Timestamp(at or now).tz_convert(UTC)
    rows = facts.leads.join(standing_of(known), on="lead_id")
    rows, impossible = _possible(rows, limit, zone)
    steps = facts.steps[facts.steps["lead_id"].isin(rows["lead_id"])]
    is_planned = steps["next_step_at"] > limit
    steps = steps[~is_planned]
    moment = limit if at is not None else _newest(rows, steps, limit)
    is_older = known.newest is not None and moment < pd.Timestamp(known.newest)
    closings, corrected, older = _closings(rows, moment, is_older=is_older)
    responses, late = _responses(rows, known, zone)
    events = pd.concat([responses, _steps(steps, known), *closings], ignore_index=True)
    events = events[~events["lead_id"].isin(older["lead_id"])]
    late = late[~late["lead_id"].isin(older["lead_id"])]
    place = events["kind"].map({kind: place for place, kind in enumerate(ORDER)})
    events = events.assign(place=place).sort_values(["at", "lead_id", "place"])
    events = events[[*NEWS]].reset_index(drop=True)
    out = together(impossible, older, late)
    return News(events, corrected, out, moment, int(is_planned.sum()))


def is_before(times: pd.Series, limits: pd.Series, zone: tzinfo) -> pd.Series:
    """Tell which times are earlier; of a time at its day's start, which whole days."""
    local = times.dt.tz_convert(zone)
    midnight = pd.DatetimeIndex(day_of(local))
    start = pd.Series(zoned(midnight, zone), index=times.index)
    is_day = local == start
    earlier_day = day_of(local) < day_of(limits.dt.tz_convert(zone))
    return (times < limits) & (~is_day | earlier_day)


def _possible(
    rows: pd.DataFrame, limit: pd.Timestamp, zone: tzinfo
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the leads whose times can be, and those whose cannot."""
    closed, response = rows["closed_at"], rows["first_response_at"]
    is_early = is_before(closed, rows["created_at"], zone)
    is_unowned = is_before(closed, rows["first_started_at"], zone)
    out = together(
        left_out(rows[closed > limit], "in_future", _order("closed_at", "", zone)),
        left_out(
            rows[response > limit], "in_future", _order("first_response_at", "", zone)
        ),
        left_out(
            rows[is_early], "before_created", _order("closed_at", "created_at", zone)
        ),
        left_out(
            rows[is_unowned],
            "before_assigned",
            _order("closed_at", "first_started_at", zone),
        ),
    ).drop_duplicates("lead_id")
    return rows[~rows["lead_id"].isin(out["lead_id"])], out


def _order(column: str, against: str, zone: tzinfo) -> Callable[[pd.Series], str]:
    """Return how to say that a time of a row is in the future, or before another."""
    words = {"created_at": "was created", "first_started_at": "was first assigned"}

    def detail(row: pd.Series) -> str:
        own = f"{column} {_shown(row[column], zone)}"
        if not against:
            return f"{own} is still to come"
        return f"{own} is before the lead {words[against]}, " + _shown(
            row[against], zone
        )

    return detail


def _shown(moment: pd.Timestamp, zone: tzinfo) -> str:
    return f"{moment.tz_convert(zone):%Y-%m-%d %H:%M}"


def _newest(
    rows: pd.DataFrame, steps: pd.DataFrame, limit: pd.Timestamp
) -> pd.Timestamp:
    """Return the latest time that an export names, as the moment that it is of."""
    times = [rows["closed_at"], rows["first_response_at"], steps["next_step_at"]]
    newest = pd.concat(times).max()
    return limit if pd.isna(newest) else min(pd.Timestamp(newest), limit)


def _closings(
    rows: pd.DataFrame, moment: pd.Timestamp, *, is_older: bool
) -> tuple[list[pd.DataFrame], pd.DataFrame, pd.DataFrame]:
    """Return events of outcomes, what they correct, and corrections left out."""
    was_open = rows["known_outcome"] == "open"
    is_closed = rows["outcome"].isin(CLOSED)
    new = rows[is_closed & was_open]
    is_same = rows["outcome"] == rows["known_outcome"]
    has_moved = (rows["closed_at"] != rows["known_at"]) | (
        rows["won_value"].notna() & (rows["won_value"] != rows["known_value"])
    )
    differs = is_closed & ~was_open & (~is_same | has_moved)
    reopens = (rows["outcome"] == "open") & ~was_open & (rows["known_at"] < moment)
    # What an earlier export says of a lead that is closed by now is no news.
    again = rows[reopens & (not is_older)]
    older = rows[differs] if is_older else rows.iloc[:0]
    changed = rows.iloc[:0] if is_older else rows[differs]
    other = changed[changed["outcome"] != changed["known_outcome"]]
    opened_at = other["closed_at"].where(
        other["closed_at"] >= other["known_at"], other["known_at"]
    )
    parts = [
        _events(new, new["outcome"], new["closed_at"], new["won_value"]),
        _events(other, "reopened", opened_at, reason=_corrects(other)),
        _events(
            changed,
            changed["outcome"],
            changed["closed_at"],
            changed["won_value"],
            _corrects(changed),
        ),
        _events(again, "reopened", moment, reason=_corrects(again)),
    ]
    corrected = pd.concat([changed, again])
    out = left_out(
        older,
        "older_file",
        lambda row: (
            f"{_outcome(row, 'outcome', 'closed_at', 'won_value')} here, "
            f"{_outcome(row, 'known_outcome', 'known_at', 'known_value')} in the ledger"
        ),
    )
    return parts, _corrections(corrected), out


def _corrections(rows: pd.DataFrame) -> pd.DataFrame:
    before = [
        _outcome(row, "known_outcome", "known_at", "known_value")
        for _, row in rows.iterrows()
    ]
    after = [
        _outcome(row, "outcome", "closed_at", "won_value") for _, row in rows.iterrows()
    ]
    return pd.DataFrame(
        {"lead_id": list(rows["lead_id"]), "before": before, "after": after},
        dtype=object,
    )


def _outcome(row: pd.Series, outcome: str, at: str, value: str) -> str:
    if row[outcome] not in CLOSED:
        return "open"
    won = f" for {row[value]:g}" if pd.notna(row[value]) else ""
    return f"{row[outcome]} {row[at].tz_convert(UTC):%Y-%m-%d %H:%M}{won}"


def _corrects(rows: pd.DataFrame) -> pd.Series:
    return "corrects event " + rows["known_number"].astype(str)


def _responses(
    rows: pd.DataFrame, known: Known, zone: tzinfo
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return first responses that are new, and those that cannot be the first.

    A lead with another owner since may have a response of theirs.
    """
    rows = rows[rows["first_response_at"].notna()]
    facts = known.facts[known.facts["kind"] == "responded"]
    told = {*zip(facts["lead_id"], facts["at"], strict=True)}
    own = zip(rows["lead_id"], rows["first_response_at"], strict=True)
    rows = rows[np.array([row not in told for row in own], dtype=bool)]
    at, before = rows["first_response_at"], rows["known_response_at"]
    is_early = is_before(at, rows["first_started_at"], zone)
    is_theirs = (rows["owner_since"] > before) & (at >= rows["owner_since"])
    is_later = (at > before) & ~is_theirs
    out = together(
        left_out(
            rows[is_early],
            "early_response",
            lambda row: (
                "the response alone: "
                + _order("first_response_at", "first_started_at", zone)(row)
            ),
        ),
        left_out(
            rows[is_later],
            "later_response",
            lambda row: (
                "the response alone: first_response_at "
                f"{_shown(row['first_response_at'], zone)}, the ledger has an earlier "
                f"one, {_shown(row['known_response_at'], zone)}"
            ),
        ),
    )
    new = rows[~(is_early | is_later)]
    return _events(new, "responded", new["first_response_at"]), out


def _steps(steps: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Return next steps that the ledger does not have."""
    facts = known.facts[known.facts["kind"] == "progressed"]
    told = {*zip(facts["lead_id"], facts["at"], facts["reason"], strict=True)}
    own = zip(steps["lead_id"], steps["next_step_at"], steps["status"], strict=True)
    new = steps[np.array([row not in told for row in own], dtype=bool)]
    return _events(new, "progressed", new["next_step_at"], reason=new["status"])


def _events(
    rows: pd.DataFrame,
    kind: str | pd.Series,
    at: pd.Series | pd.Timestamp,
    value: pd.Series | float = float("nan"),
    reason: pd.Series | str = "",
) -> pd.DataFrame:
    events = rows[["lead_id", "row"]].assign(kind=kind, at=at, value=value)
    utc = pd.to_datetime(events["at"], utc=True).astype("datetime64[ns, UTC]")
    return events.assign(at=utc, value=events["value"].astype(float), reason=reason)

"""Leads that nobody looks after: the owner is gone, late or buried, or is nobody."""

from collections.abc import Iterator
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Connection

from ledger import Ledger
from ledger.frames import frame_of
from ledger.measures import leaks as asked
from ledger.people.rep_facts import FACTS, LEFT, facts_query
from ledger.people.switches import SWITCHES, switched_off
from reporting.text.company.leaks import Concern
from scenarios.leak_limits import LeakLimits
from solver import Reason

DAY = pd.Timedelta(days=1)
SECONDS = DAY.total_seconds()
LEAST_PILE = 10
"""Open leads below which nobody is buried."""
FOR_NOW = {
    *(Reason.REPS_FULL, Reason.LIMIT_REACHED, Reason.OWNER_ELSEWHERE),
    *(Reason.SHARE_REACHED, Reason.PENALTIES_EXCEED_VALUE, Reason.ROOM_LEFT),
    *(Reason.UNASSIGNED_BY_RANDOMISATION, Reason.INFEASIBLE, Reason.OUT_OF_TIME),
}
"""Reasons of a day that has reps for the lead; others say that nobody may have it."""
NURTURED = {"below_floor", "kept_for_nurturing"}
"""Reasons of leads that are not to be distributed."""
FOLLOWING = {"duplicate_of", ""}
"""Reasons that tell of another lead, or nothing."""


def of_owners(
    ledger: Ledger, reps: pd.DataFrame, moment: datetime, day: date, limits: LeakLimits
) -> Iterator[Concern]:
    """Yield open leads of reps who are not active, and piles on one rep.

    Parameters
    ----------
    reps
        The scenario's; those who left, or are off without an end, are not active.
    moment, day
        The moment that is looked from, and the company's day of it.
    """
    held = pd.Series(ledger.open_leads(), dtype="float64").sort_index()
    active = set(reps["rep_id"][reps["active"].astype(bool)])
    active -= _gone(ledger, moment, day)
    gone = held[~held.index.isin(active)]
    if len(gone):
        who = tuple(f"{rep} {n:.0f}" for rep, n in gone.items())
        yield Concern("inactive_owner", who, gone.sum())
    own = held.reindex(sorted(active), fill_value=0.0)
    mean = own.mean() if len(own) else 0.0
    for rep, n in own[own >= max(LEAST_PILE, limits.pile * mean)].items():
        if len(own) > 1:
            yield Concern("pile", (str(rep),), n, {"times": n / mean, "mean": mean})


def _gone(ledger: Ledger, moment: datetime, day: date) -> set[str]:
    """Return the reps who have left by the ledger, or are off until switched on."""
    facts = ledger.asked(facts_query(), FACTS)
    left = facts[(facts["kind"] == LEFT) & (facts["from_day"] < day)]
    off = ledger.asked(switched_off(moment), SWITCHES)
    return {*left["rep_id"], *off["rep_id"][off["until"].isna()]}


def of_clocks(connection: Connection, now: pd.Timestamp) -> Iterator[Concern]:
    """Yield the leads that were escalated and that their owner has not looked after."""
    late = frame_of(connection.execute(asked.late()).all(), asked.LATE)
    late = late.drop_duplicates("lead_id")
    if len(late):
        who = tuple(late["lead_id"] + " of " + late["rep_id"])
        oldest = (now - late["at"].min()) / DAY
        yield Concern("late", who, len(late), {"oldest": oldest})


def of_nobody(
    connection: Connection, now: pd.Timestamp, limits: LeakLimits
) -> Iterator[Concern]:
    """Yield leads that no active rep may have, and those that wait for too long."""
    wait = frame_of(connection.execute(asked.waiting()).all(), asked.WAITING)
    left = wait[wait["kind"] == "unassigned"]
    queue = left[~left["reason"].isin([*map(str, FOR_NOW), *NURTURED, *FOLLOWING])]
    for reason, own in queue.groupby("reason", sort=True):
        yield Concern("no_rep", _what(own, str(reason)), len(own), {"reason": reason})
    age = (now - wait["created_at"]).dt.total_seconds() / SECONDS
    old = wait.assign(age=age)[age > limits.waiting_days]
    old = old[~old["reason"].isin(NURTURED)].sort_values("age", ascending=False)
    if len(old):
        figures = {"most": limits.waiting_days, "oldest": old["age"].iloc[0]}
        yield Concern("waiting_long", tuple(old["lead_id"]), len(old), figures)


def _what(queue: pd.DataFrame, reason: str) -> tuple[str, ...]:
    """Return the territories, or products, that leads of a queue are of, most first."""
    column = "product" if "product" in reason else "territory"
    counted = queue[column][queue[column] != ""].value_counts()
    if counted.empty:
        return tuple(queue["lead_id"])
    return tuple(f"{name} {n}" for name, n in counted.items())

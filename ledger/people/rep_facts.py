"""Facts of reps' days: absences, part-time, ramp-up, and their leaving."""

from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, Select, insert, select

from ledger.events import last_run
from ledger.frames import Kind
from ledger.schema import rep_facts
from ledger.vantage import Before, number_of

FACTS: dict[str, Kind] = {
    "number": "count",
    "recorded_at": "time",
    "rep_id": "text",
    "kind": "text",
    "from_day": "date",
    "to_day": "date",
    "factor": "number",
    "actor": "text",
    "reason": "text",
}
"""Columns of a frame of facts."""
ABSENT, PART_TIME, RAMP_UP, LEFT = "absent", "part_time", "ramp_up", "left"
VOID = "void"

_later = rep_facts.alias("later_fact")


@dataclass(frozen=True)
class RepFact:
    """A fact of a rep's days.

    Attributes
    ----------
    rep_id
        The rep.
    kind
        absent, part_time, ramp_up or left.
    from_day, to_day
        First and last day, both included; without an end, `to_day` is None.
    factor
        Of the rep's daily capacity.
    actor, reason
        Who said it, and why.
    """

    rep_id: str
    kind: str
    from_day: date
    actor: str
    to_day: date | None = None
    factor: float | None = None
    reason: str = ""


def add_fact(connection: Connection, fact: RepFact) -> bool:
    """Add a fact; return whether it is new, or one that holds already.

    Parameters
    ----------
    connection
        One that writes.
    """
    c = rep_facts.c
    of_kind = facts_query().where(c.rep_id == fact.rep_id, c.kind == fact.kind)
    known = connection.execute(of_kind).all()
    # Of absences all hold, of the others the last.
    holding = known if fact.kind == ABSENT else known[-1:]
    said = fact.from_day, fact.to_day, fact.factor
    if any((row.from_day, row.to_day, row.factor) == said for row in holding):
        return False
    _insert(connection, asdict(fact))
    return True


def void_fact(
    connection: Connection, number: int, actor: str, reason: str
) -> bool | None:
    """Make a fact void; return whether it held, None where there is no such fact."""
    c = rep_facts.c
    query = select(c.rep_id, c.from_day).where(c.number == number, c.kind != VOID)
    fact = connection.execute(query).first()
    if fact is None:
        return None
    if connection.execute(facts_query().where(c.number == number)).first() is None:
        return False
    said = {"actor": actor, "reason": reason, "voids": number}
    _insert(connection, {**fact._mapping, "kind": VOID, **said})
    return True


def facts_query(before: Before | None = None) -> Select:
    """Ask for the facts that hold, in the order of recording.

    Parameters
    ----------
    before
        Number of a run: those known when it was made; by default all.
    """
    c = rep_facts.c
    is_void = select(_later.c.number).where(_later.c.voids == c.number)
    query = select(*(c[name] for name in FACTS)).where(c.kind != VOID)
    if before is not None:
        is_void = is_void.where(_later.c.after_run < number_of(before))
        query = query.where(c.after_run < number_of(before))
    return query.where(~is_void.exists()).order_by(c.number)


def _insert(connection: Connection, values: dict[str, object]) -> None:
    row = {"recorded_at": datetime.now(UTC), "after_run": last_run(connection)}
    connection.execute(insert(rep_facts), [values | row])

"""Days of a small ledger with all that its tables can hold."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import insert

from ledger import Ledger
from ledger.events import Event, add_events
from ledger.ownership import give, take
from ledger.schema import lead_keys, models, rep_facts
from tests.ledger.example_runs import decisions_of, entry_of

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
PERSONAL = {
    "company": "Muster GmbH",
    "email": "erika@muster.example",
    "phone": "+49 30 123456",
    "first_name": "Erika",
    "territory": "North",
    "size": 12,
}
TEXTS = "name: daily\nrules: []\n", "name: daily\nrules:\n- kind: capacity\n"


def fill(ledger: Ledger) -> None:
    """Record two days: runs, people's deeds, keys, facts and a model."""
    first = decisions_of({"L1": "R1", "L2": "R1", "L3": "", "L4": "R2"})
    first["columns"] = [PERSONAL, {"territory": "North"}, {}, {"size": 3}]
    _record(ledger, "mon", first, "2026-09-07T08:00", TEXTS[0], "ann")
    with ledger.writing() as connection:
        give(connection, Event("overridden", NOON, "ann", "L1", "R3", "R1", "asked"))
        take(connection, Event("recalled", NOON, "clock", "L2", "R1"))
        won = Event("won", NOON, "crm", "L4", "R2", value=1200.5)
        add_events(connection, [won, Event("rep_off", NOON, "ann", rep_id="R2")])
        keys = [("email", "erika@muster.example", "L1"), ("phone", "+4930123456", "L1")]
        rows = [dict(zip(("kind", "key", "lead_id"), key, strict=True)) for key in keys]
        connection.execute(insert(lead_keys), rows)
        fact = {"recorded_at": NOON, "rep_id": "R2", "kind": "absent", "actor": "ann"}
        fact |= {"after_run": 1}
        fact |= {"from_day": date(2026, 9, 8), "to_day": date(2026, 9, 9)}
        connection.execute(insert(rep_facts).values(fact))
        model = {"model_id": "abc", "at": NOON, "verdict": "first", "actor": "ann"}
        connection.execute(insert(models).values(model | {"figures": {"auc": 0.7}}))
    second = decisions_of({"L3": "R1", "L2": "R3", "L5": "R1"})
    _record(ledger, "tue", second, "2026-09-08T08:00", TEXTS[1], "bob")


def _record(ledger, run_id, made, as_of, text, actor):
    entry = replace(entry_of(run_id, made, as_of), text=text, actor=actor)
    assert ledger.record(entry, made)

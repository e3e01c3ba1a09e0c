"""Whatever people do in any order: one owner per lead, and events that explain it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import Ledger
from ledger.events import EVENTS, Event, events_query
from ledger.ownership import hand_over
from ledger.people.locks import LOCKS, locks
from tests.ledger.example_runs import decisions_of, entry_of

LEADS, REPS = ["L1", "L2", "L3"], ["R1", "R2", "R3"]
START = datetime(2026, 9, 7, 8, tzinfo=UTC)

given_by = st.tuples(
    st.sampled_from(["overridden", "reassigned"]),
    st.sampled_from(LEADS),
    st.sampled_from(REPS),
)
taken = st.tuples(
    st.sampled_from(["recalled", "reassigned"]), st.sampled_from(LEADS), st.just("")
)
run = st.tuples(
    st.just("run"),
    st.just(""),
    st.dictionaries(st.sampled_from(LEADS), st.sampled_from(REPS)),
)


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(given_by, taken, run), max_size=12))
def test_owners_are_what_the_events_say(deeds):
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.db") as ledger:
        first = decisions_of({"L1": "R1", "L2": "R2", "L3": ""})
        ledger.record(entry_of("first", first, f"{START:%Y-%m-%dT%H:%M}"), first)
        owner = {"L1": "R1", "L2": "R2"}
        locked: set[str] = set()
        for hour, (kind, lead, whom) in enumerate(deeds, 1):
            moment = START + timedelta(hours=hour)
            if kind == "run":
                _run(ledger, moment, whom)
                locked -= {one for one in whom if owner.get(one) != whom[one]}
                owner |= whom
                continue
            event = Event(kind, moment, "Ann", lead, whom, other=owner.get(lead, ""))
            with ledger.writing() as connection:
                is_new = hand_over(connection, [event])[0]
            assert is_new == (owner.get(lead, "") != whom)
            _hand(owner, locked, event)
            again = _hand_over_again(ledger, event)
            assert not again
        owners = ledger.owners()
        assert dict(zip(owners["lead_id"], owners["rep_id"], strict=True)) == owner
        assert set(ledger.asked(locks(), LOCKS)["lead_id"]) == locked
        assert _told(ledger) == owner


def _hand(owner, locked, event):
    if owner.get(event.lead_id, "") != event.rep_id:
        locked.discard(event.lead_id)
    owner.pop(event.lead_id, None)
    if event.rep_id:
        owner[event.lead_id] = event.rep_id
    if event.kind == "overridden":
        locked.add(event.lead_id)


def _hand_over_again(ledger, event):
    with ledger.writing() as connection:
        return hand_over(connection, [event])[0]


def _run(ledger, moment, whom):
    made = decisions_of(whom)
    name = f"run{moment:%H%d}"
    ledger.record(entry_of(name, made, f"{moment:%Y-%m-%dT%H:%M}"), made)


def _told(ledger):
    """Return lead -> owner, by the events alone."""
    owner = {}
    for event in ledger.asked(events_query(), EVENTS).itertuples():
        if event.kind in ("assigned", "overridden", "reassigned", "recalled"):
            owner[event.lead_id] = event.rep_id
    return {lead: rep for lead, rep in owner.items() if rep}

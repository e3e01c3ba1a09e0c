"""Each change of a scenario: who used it first, and what runs around it recorded."""

from dataclasses import replace

from ledger import Ledger
from ledger.care.scenario_history import scenario_changes
from tests.ledger.example_runs import decisions_of, entry_of
from tests.ledger.lives import TEXTS, fill


def test_a_change_is_the_first_run_with_another_text(place):
    with Ledger(place) as ledger:
        fill(ledger)
        made = decisions_of({"L8": "R1"})
        for number, text in enumerate([TEXTS[1], TEXTS[0]]):
            entry = entry_of(f"later{number}", made, f"2026-09-1{number}")
            ledger.record(replace(entry, text=text), made)
        other = replace(entry_of("other", made), scenario="other", text="name: other\n")
        ledger.record(other, made)
        with ledger.reading() as connection:
            changes = scenario_changes(connection)
            own = scenario_changes(connection, "other")
    assert [change.run_id for change in changes] == ["mon", "tue", "later1", "other"]
    first, second, third, _ = changes
    assert first.before is None and "+rules: []" in first.diff
    assert second.actor == "bob" and second.previous == "mon"
    assert {"-rules: []", "+- kind: capacity"} <= set(second.diff)
    assert second.before["n_leads"] == 4 and second.figures["n_leads"] == 3
    assert third.previous == "later0"
    assert [change.scenario for change in own] == ["other"]

"""What is recorded is what is read back, once and in order."""

from dataclasses import asdict, replace
from datetime import date
from itertools import permutations

import pandas as pd
import pytest

from ledger import Ledger, LedgerError
from tests.ledger.example_runs import decisions_of, entry_of

MONDAY = decisions_of({"L2": "R1", "L1": "R2", "L3": ""})
TUESDAY = decisions_of({"L1": "", "L2": "R3"})


def test_a_run_reads_back_as_it_was_recorded(path):
    """Entry and decisions survive closing the file, missing values included."""
    entry = entry_of("a", MONDAY, as_of="2026-09-07T23:59:59.999999")
    with Ledger(path) as ledger:
        assert ledger.record(entry, MONDAY)
    with Ledger(path) as ledger:
        [row] = ledger.runs().to_dict("records")
        read = ledger.decisions("a")
    stated = asdict(replace(entry, day=date(2026, 9, 7)))
    del stated["text"]
    assert row == stated
    assert set(read.pop("run_id")) == {"a"}
    assert read.pop("kind").tolist() == ["assigned", "assigned", "unassigned"]
    expected = MONDAY.sort_values("lead_id", ignore_index=True)
    expected["created_at"] = expected["created_at"].astype("datetime64[ns, UTC]")
    pd.testing.assert_frame_equal(read[expected.columns], expected)


def test_a_new_ledger_has_typed_and_empty_frames(path):
    """No rows, and the dtypes that a filled ledger has."""
    with Ledger(path) as ledger:
        empty = ledger.runs(), ledger.decisions()
        ledger.record(entry_of("a", MONDAY), MONDAY)
        filled = ledger.runs(), ledger.decisions()
    for before, after in zip(empty, filled, strict=True):
        assert before.empty
        pd.testing.assert_series_equal(before.dtypes, after.dtypes)
    assert str(filled[0]["as_of"].dtype) == "datetime64[ns, UTC]"
    assert filled[0]["seed"].dtype == "int64"


def test_a_run_is_recorded_once(path):
    """The same id again changes nothing, whatever comes with it."""
    with Ledger(path) as ledger:
        assert ledger.record(entry_of("a", MONDAY), MONDAY)
        before = ledger.runs(), ledger.decisions()
        assert not ledger.record(entry_of("a", TUESDAY), TUESDAY)
        after = ledger.runs(), ledger.decisions()
    for was, stays in zip(before, after, strict=True):
        pd.testing.assert_frame_equal(was, stays)


def test_a_missing_objective_stays_missing(path):
    """A run without a solution has no objective."""
    entry = replace(entry_of("a", TUESDAY), status="infeasible", objective=float("nan"))
    with Ledger(path) as ledger:
        ledger.record(entry, TUESDAY)
        assert ledger.runs()["objective"].isna().all()


def test_runs_are_told_apart(path):
    """Each run has its own decisions, and an unknown one has none."""
    with Ledger(path) as ledger:
        ledger.record(entry_of("z", MONDAY), MONDAY)
        ledger.record(entry_of("a", TUESDAY), TUESDAY)
        assert ledger.runs()["run_id"].tolist() == ["z", "a"]
        assert ledger.decisions()["run_id"].tolist() == ["z", "z", "z", "a", "a"]
        assert ledger.decisions("a")["lead_id"].tolist() == ["L1", "L2"]
        assert ledger.decisions("b").empty


def test_the_owner_is_the_rep_last_given_the_lead(path):
    """Being unassigned later takes a lead from nobody."""
    with Ledger(path) as ledger:
        ledger.record(entry_of("mon", MONDAY, "2026-09-07"), MONDAY)
        ledger.record(entry_of("tue", TUESDAY, "2026-09-08"), TUESDAY)
        owner = {lead: ledger.owner_of(lead) for lead in ("L1", "L2", "L3", "L4")}
    assert owner == {"L1": "R2", "L2": "R3", "L3": "", "L4": ""}


@pytest.mark.parametrize("days", [*permutations((1, 2, 3))])
def test_the_owner_hangs_on_the_day_not_on_the_order_of_recording(path, days):
    """A day recorded late does not undo the days after it."""
    with Ledger(path) as ledger:
        for day in days:
            made = decisions_of({"L1": f"R{day}"})
            ledger.record(entry_of(f"run{day}", made, f"2026-09-0{day}"), made)
        assert ledger.owner_of("L1") == "R3"


def test_of_two_runs_of_one_moment_the_later_recorded_counts(path):
    """A day run again with another seed replaces the owner."""
    with Ledger(path) as ledger:
        for run_id, rep_id in [("b", "R2"), ("a", "R1")]:
            made = decisions_of({"L1": rep_id})
            ledger.record(entry_of(run_id, made), made)
        assert ledger.owner_of("L1") == "R1"


@pytest.mark.parametrize(
    ("decisions", "reason"),
    [
        (TUESDAY, "3 leads, 2 assigned; its decisions of 2, 1"),
        (decisions_of({"L1": "R1", "L2": "", "L3": ""}), "its decisions of 3, 1"),
        (MONDAY.assign(lead_id="L1"), "contradicts itself"),
        (MONDAY.assign(reason=None), "contradicts itself"),
    ],
)
def test_decisions_that_are_not_the_runs_are_refused(path, decisions, reason):
    """Nothing of a run is recorded when its decisions cannot be."""
    with Ledger(path) as ledger:
        with pytest.raises(LedgerError, match=reason):
            ledger.record(entry_of("a", MONDAY), decisions)
        assert ledger.runs().empty
        assert ledger.decisions().empty
        assert ledger.record(entry_of("a", MONDAY), MONDAY)


def test_a_closed_ledger_says_so(path):
    """Use after closing is a ledger error, not one of SQLite's."""
    with Ledger(path) as ledger:
        pass
    with pytest.raises(LedgerError, match="closed"):
        ledger.runs()

"""The leads of past days, as the runs of these days knew them."""

import pandas as pd

from ledger import Ledger
from ledger.learning.decided import decided_leads
from tests.ledger.example_runs import decisions_of, entry_of


def test_each_day_has_its_leads_as_they_were(path):
    """Void runs are none; the last run of a day counts; columns are those of then."""
    first = decisions_of({"L1": "R1", "L2": ""})
    first["columns"] = [{"size": "1"}, {"size": "2"}]
    void = decisions_of({"L9": "R1"})
    later = decisions_of({"L2": "R2", "L3": ""})
    later["columns"] = [{"size": "9"}, {}]
    with Ledger(path) as ledger:
        ledger.record(entry_of("a", first, "2026-09-07T08:00"), first)
        ledger.record(entry_of("b", void, "2026-09-08T08:00"), void)
        ledger.record(entry_of("c", later, "2026-09-08T09:00"), later, supersedes="b")
        with ledger.reading() as connection:
            rows = decided_leads(connection, "daily")
            assert decided_leads(connection, "another").empty
    told = rows[["lead_id", "kind", "run"]].to_numpy().tolist()
    assert told == [
        ["L1", "assigned", 1],
        ["L2", "unassigned", 1],
        ["L2", "assigned", 3],
        ["L3", "unassigned", 3],
    ]
    sizes = [columns.get("size") for columns in rows["columns"]]
    assert sizes == ["1", "2", "9", None]
    assert rows["day"].nunique() == 2
    assert rows["as_of"].max() == pd.Timestamp("2026-09-08T09:00Z")

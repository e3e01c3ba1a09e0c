"""Keys of leads in the ledger: found by one query, on both databases, at any size."""

import os
from time import perf_counter

import pandas as pd
import pytest
from sqlalchemy import String, cast, insert, literal, select

from crm.databases.address import address_of
from ledger import Ledger
from ledger.duplicates.likeness import leads_with, owners_of, said, shared
from ledger.duplicates.same_leads import merge, part
from ledger.schema import lead_keys, leads, runs
from tests.ledger.example_runs import decisions_of, entry_of

AT = pd.Timestamp("2026-09-08T12:00Z").to_pydatetime()


@pytest.fixture(params=["file", "server"])
def ledger(request, tmp_path, monkeypatch):
    """Return a new ledger, in a file or on a server."""
    place = tmp_path / "ledger.db"
    if request.param == "server":
        postgres = request.getfixturevalue("postgres")
        postgres.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        monkeypatch.setenv("LEDGER_URL", postgres.url)
        place = address_of("${LEDGER_URL}", tmp_path, "ledger")
    with Ledger(place) as own:
        yield own


def run(ledger, name, owners, day, keys=None, columns=None):
    made = decisions_of(owners)
    none = [[] for _ in owners]
    made["keys"] = pd.Series([(keys or {}).get(i, []) for i in owners] or none)
    made["columns"] = pd.Series([(columns or {}).get(i, {}) for i in owners])
    ledger.record(entry_of(name, made, day), made)


MARA = ("email", "mara@acme.com")
KEYS = pd.DataFrame([MARA], columns=["kind", "key"])


def test_leads_are_found_by_their_keys_as_things_were(ledger):
    run(ledger, "a", {"L1": "R1", "L2": ""}, "2026-09-07", {"L1": [MARA]})
    run(ledger, "b", {"L3": "R2"}, "2026-09-08", {"L3": [MARA]})
    with ledger.reading() as connection:
        now = leads_with(connection, KEYS).set_index("lead_id")["rep_id"]
        then = leads_with(connection, KEYS, before=2)["lead_id"].tolist()
        late = leads_with(connection, KEYS, pd.Timestamp("2026-09-08").date())
        both = shared(connection, ["email"])["lead_id"]
        none = shared(connection, ["phone"])
        owners = owners_of(connection, ["L2", "L3", "L9"]).set_index("lead_id")
    assert now.to_dict() == {"L1": "R1", "L3": "R2"}
    assert then == ["L1"] and late["lead_id"].tolist() == ["L3"]
    assert sorted(both) == ["L1", "L3"] and none.empty
    assert owners["rep_id"].to_dict() == {"L2": "", "L3": "R2"}


def test_what_is_known_of_a_lead_follows_the_last_run(ledger):
    first = {"territory": "North", "email": "mara@acme.com", "phone": "1"}
    run(ledger, "a", {"L1": "R1"}, "2026-09-07", {"L1": [MARA]}, {"L1": first})
    new = {"territory": "South", "email": "mara@beta.org"}
    keys = {"L1": [("email", "mara@beta.org"), ("domain", "beta.org")]}
    run(ledger, "b", {"L1": "R1"}, "2026-09-08", keys, {"L1": new})
    run(ledger, "c", {"L1": "R1"}, "2026-09-09")
    with ledger.reading() as connection:
        row = connection.execute(leads.select()).mappings().one()
        found = connection.execute(lead_keys.select()).all()
    assert (row["email"], row["phone"]) == ("mara@beta.org", "1")
    assert row["columns"] == {"territory": "South"} and row["first_run"] == 1
    assert sorted(found) == [
        ("domain", "beta.org", "L1"),
        ("email", "mara@beta.org", "L1"),
    ]


def test_erased_data_do_not_come_back(ledger):
    run(ledger, "a", {"L1": "R1"}, "2026-09-07")
    with ledger.writing() as connection:
        connection.execute(leads.update().values(erased_at=AT))
    told = {"L1": {"email": "mara@acme.com"}}
    run(ledger, "b", {"L1": "R1"}, "2026-09-08", {"L1": [MARA]}, told)
    with ledger.reading() as connection:
        assert connection.execute(leads.select()).mappings().one()["email"] == ""
        assert connection.execute(lead_keys.select()).all() == []


def test_the_last_word_on_two_leads_counts(ledger):
    run(ledger, "a", {"L1": "R1", "L2": "R2"}, "2026-09-07")
    with ledger.writing() as connection:
        assert part(connection, ("L1", "L2"), AT, "ann")
        assert merge(connection, ("L2", "L1"), AT, "ann").stays == "L1"
    with ledger.reading() as connection:
        words = said(connection)
        before = said(connection, before=1)
    assert words[["kind", "lead_id", "other"]].values.tolist() == [
        ["merged", "L2", "L1"]
    ]
    assert before.empty
    assert ledger.owners()["lead_id"].tolist() == ["L1"]


N_LEADS = int(os.environ.get("RIGHTREP_TEST_LEADS", "500000"))


def half_a_million_leads():
    """Yield what lets the database count leads up, two with the same keys each."""
    first = select(literal(0).label("n")).cte("numbers", recursive=True)
    n = first.union_all(select(first.c.n + 1).where(first.c.n < N_LEADS - 1)).c.n
    lead_id = literal("L").concat(cast(n, String))
    values = lead_id, literal(1), literal({}, leads.c.columns.type)
    yield insert(leads).from_select(
        ["lead_id", "first_run", "columns"], select(*values)
    )
    for kind in ("email", "phone", "company"):
        key = literal(kind).concat(cast(n // 2, String))
        keys = select(literal(kind), key, lead_id)
        yield insert(lead_keys).from_select(["kind", "key", "lead_id"], keys)


@pytest.mark.slow
def test_keys_are_found_at_once_among_half_a_million_leads(ledger):
    with ledger.writing() as connection:
        first = {"run_id": "a", "scenario": "s", "day": AT.date(), "as_of": AT}
        first |= {"status": "optimal", "engine": "flow", "seed": 0}
        first |= dict.fromkeys(("n_leads", "n_assigned", "n_kept", "n_unassigned"), 0)
        connection.execute(insert(runs), [first])
        for statement in half_a_million_leads():
            connection.execute(statement)
    wanted = pd.DataFrame(
        [(kind, f"{kind}{n}") for n in range(2000) for kind in ("email", "phone")],
        columns=["kind", "key"],
    )
    start = perf_counter()
    with ledger.reading() as connection:
        found = leads_with(connection, wanted)
    seconds = perf_counter() - start
    start = perf_counter()
    with ledger.reading() as connection:
        pairs = shared(connection, ["email", "phone"])
    print(f"by keys {seconds:.2f} s, all {perf_counter() - start:.2f} s")
    assert len(found) == 8000 and len(pairs) == 2 * N_LEADS
    assert seconds < 5  # Some 0.1 where nobody else is at work.

"""The ledger is history: the same as an export of the same facts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pandas as pd
import pytest

from ledger import Ledger
from ledger.events import Event, add_events
from ledger.ownership import give
from reporting import measurements_json
from runs import allocate, evaluate, find_model, notes, prepare, record, with_history
from scenarios import ScenarioError
from scoring import train
from tests.ledger.example_runs import decisions_of, entry_of
from tests.runs.morning.test_morning import MONDAY, SCENARIO, TUESDAY, Company

FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
DAY = timedelta(days=1)
N_DAYS, PER_DAY = 20, 8


def lives(seed: int = 3) -> pd.DataFrame:
    """Return leads as an export would have them, one row each."""
    random, rows = Random(seed), []
    for day in range(N_DAYS):
        at = FIRST + day * DAY
        for i in range(PER_DAY):
            kind = random.choice(["won", "lost", "lost", "open"])
            closed = None if kind == "open" else at + random.uniform(1, 9) * DAY
            rows.append(
                {
                    "lead_id": f"H{day}-{i}",
                    "created_at": at - random.uniform(0.1, 2) * DAY,
                    "territory": random.choice(["North", "South"]),
                    "size": float(random.randint(1, 9)),
                    "rep_id": random.choice(["R1", "R2"]),
                    "assigned_at": at,
                    "outcome": kind,
                    "closed_at": closed,
                    "won_value": 100.0 if kind == "won" else None,
                }
            )
    table = pd.DataFrame(rows)
    for name in ("created_at", "assigned_at", "closed_at"):
        table[name] = pd.to_datetime(table[name], utc=True).dt.floor("s")
    return table


def remember(ledger: Ledger, table: pd.DataFrame) -> None:
    """Record the same: a run a day, and outcomes as they come in."""
    for at, rows in table.groupby("assigned_at"):
        made = decisions_of(dict(zip(rows["lead_id"], rows["rep_id"], strict=True)))
        told = rows[["territory", "size"]].to_dict("records")
        made = made.assign(created_at=rows["created_at"].to_numpy(), columns=told)
        made["created_at"] = pd.to_datetime(made["created_at"], utc=True)
        drawn = [name for name in ("arm", "propensity") if name in rows]
        made = made.assign(**{name: rows[name].to_numpy() for name in drawn})
        entry = entry_of(f"run{at:%j}", made, at.strftime("%Y-%m-%dT%H:%M"))
        ledger.record(entry, made)
    closed = table[table["outcome"] != "open"].to_dict("records")
    with ledger.writing() as connection:
        add_events(connection, [closing(row) for row in closed])


def closing(row) -> Event:
    value = row["won_value"] if row["outcome"] == "won" else None
    at = row["closed_at"].to_pydatetime()
    return Event(row["outcome"], at, "crm", row["lead_id"], value=value)


@pytest.fixture
def home(tmp_path):
    days = Company(tmp_path)
    days.write(MONDAY, "L1 North", "L2 South")
    return days


def ask(home, *, also: str = "") -> None:
    """Let the scenario read the ledger, beside a table of history if any."""
    scenario = home.folder / "days.yaml"
    text = SCENARIO.format(day=MONDAY).replace("  history: history.csv\n", also)
    scenario.write_text(text.replace("data:\n", "data:\n  history_from_ledger: true\n"))


@pytest.mark.slow
def test_the_ledger_is_the_same_history_as_an_export(home):
    table = lives()
    table.to_csv(home.folder / "history.csv", index=False)
    export = prepare(home.folder / "days.yaml")
    remember(home.ledger, table.sample(frac=1, random_state=1))
    ask(home)
    own = with_history(prepare(home.folder / "days.yaml"))
    columns = [name for name in table if name != "lead_id"]
    first, second = (
        one.crm.history.set_index("lead_id").sort_index()[columns]
        for one in (export, own)
    )
    pd.testing.assert_frame_equal(first, second)
    models = [train(one.crm) for one in (export, own)]
    leads = export.crm.leads
    scores = [
        model.score(one.crm) for model, one in zip(models, (export, own), strict=True)
    ]
    assert (scores[0].lead == scores[1].lead).all()
    assert (scores[0].rep == scores[1].rep).all()
    cards = [model.card for model in models]
    assert cards[0].n_closed == cards[1].n_closed > 50 and len(leads) == 2
    assert cards[0].validation == cards[1].validation


def test_rows_of_the_ledger_win_over_those_of_the_table(home):
    table = lives()
    remember(home.ledger, table.iloc[: PER_DAY * 10])
    table.assign(outcome="lost", won_value=None, closed_at=table["assigned_at"]).to_csv(
        home.folder / "history.csv", index=False
    )
    ask(home, also="  history: history.csv\n")
    history = with_history(prepare(home.folder / "days.yaml")).crm.history
    assert len(history) == len(table) and history["lead_id"].is_unique
    of_ledger = history.iloc[: PER_DAY * 10].set_index("lead_id")["outcome"]
    told = table.set_index("lead_id")["outcome"].loc[of_ledger.index]
    assert (of_ledger == told).all()
    assert (history.iloc[PER_DAY * 10 :]["outcome"] == "lost").all()


@pytest.mark.slow
def test_a_run_made_again_reads_the_history_as_it_was(home):
    table = lives()
    remember(home.ledger, table)
    ask(home)
    first = allocate(home.folder / "days.yaml")
    record(first)
    assert any("History: 160 leads of the ledger" in note for note in notes(first))
    still_open = table.loc[table["outcome"] == "open", "lead_id"]
    with home.ledger as ledger, ledger.writing() as connection:
        late = [Event("won", FIRST + 200 * DAY, "crm", lead) for lead in still_open]
        add_events(connection, late)
    again = allocate(home.folder / "days.yaml")
    assert again.run_id == first.run_id
    pd.testing.assert_frame_equal(again.crm.history, first.crm.history)
    home.write(TUESDAY, "L3 North")
    ask(home)
    text = (home.folder / "days.yaml").read_text().replace(MONDAY, TUESDAY)
    (home.folder / "days.yaml").write_text(text)
    new = allocate(home.folder / "days.yaml")
    assert len(new.crm.history) == len(first.crm.history) + 2
    assert (new.crm.history["outcome"] == "won").sum() > (
        first.crm.history["outcome"] == "won"
    ).sum()


def test_a_young_ledger_is_said(home):
    remember(home.ledger, lives().head(20))
    ask(home)
    with pytest.raises(ScenarioError, match=r"only \d+ rows are won or lost"):
        find_model(with_history(prepare(home.folder / "days.yaml")), None)


def test_it_needs_a_ledger(home):
    ask(home)
    text = (home.folder / "days.yaml").read_text().replace("ledger: ledger.db\n", "")
    (home.folder / "days.yaml").write_text(text)
    with pytest.raises(ScenarioError, match="history_from_ledger needs a ledger"):
        prepare(home.folder / "days.yaml")


def past(home) -> pd.DataFrame:
    ask(home)
    history = with_history(prepare(home.folder / "days.yaml")).crm.history
    return history.set_index("lead_id")


def test_an_override_is_whose_the_lead_was_and_a_recall_is_not(home):
    """A lead counts for whom the run assigned it to, unless a person changed that."""
    made = decisions_of({"A": "R1", "B": "R1"})
    home.ledger.record(entry_of("one", made, "2026-09-01T08:00"), made)
    at = datetime(2026, 9, 2, tzinfo=UTC)
    with home.ledger as ledger, ledger.writing() as connection:
        give(connection, Event("overridden", at, "ann", "A", "R2"))
        give(connection, Event("reassigned", at, "clock", "B", "R2"))
        for lead in ("A", "B"):
            add_events(connection, [Event("won", at + DAY, "crm", lead, value=5.0)])
    rows = past(home)
    assert rows["rep_id"].to_dict() == {"A": "R2", "B": "R1"}
    assert rows["assigned_at"]["A"] == pd.Timestamp(at)
    assert (rows["outcome"] == "won").all() and (rows["won_value"] == 5).all()


def test_void_runs_kept_leads_and_duplicates_are_no_rows(home):
    ledger = home.ledger
    first = decisions_of({"A": "R1", "B": "R1", "C": "", "D": "R2"})
    ledger.record(entry_of("one", first, "2026-09-01T08:00"), first)
    second = decisions_of({"A": "R2", "C": ""})
    ledger.record(entry_of("two", second, "2026-09-01T09:00"), second, supersedes="one")
    third = decisions_of({"A": "R2", "B": "R2"}).assign(kind=["kept", "assigned"])
    entry = entry_of("three", third, "2026-09-02T08:00")
    ledger.record(replace(entry, n_kept=1, n_assigned=1), third)
    with ledger.writing() as connection:
        merged = Event(
            "merged", datetime(2026, 9, 3, tzinfo=UTC), "ann", "B", other="A"
        )
        add_events(connection, [merged])
    assert past(home)["rep_id"].to_dict() == {"A": "R2"}


def test_a_lead_that_was_opened_again_is_open(home):
    made = decisions_of({"A": "R1"})
    home.ledger.record(entry_of("one", made, "2026-09-01T08:00"), made)
    at = datetime(2026, 9, 2, tzinfo=UTC)
    with home.ledger as ledger, ledger.writing() as connection:
        kinds = ("responded", "won", "reopened")
        add_events(connection, [Event(kind, at, "crm", "A") for kind in kinds])
    row = past(home).loc["A"]
    assert row["outcome"] == "open" and pd.isna(row["closed_at"])
    assert row["first_response_at"] == pd.Timestamp(at)


def test_arms_and_propensities_are_those_of_experiments(home):
    drawn = decisions_of({"A": "R1", "B": "R2"})
    drawn = drawn.assign(arm=["control", "optimal"], propensity=[0.3, 0.8])
    home.ledger.record(entry_of("one", drawn, "2026-09-01T08:00"), drawn)
    made = decisions_of({"C": "R1"})
    home.ledger.record(entry_of("two", made, "2026-09-02T08:00"), made)
    rows = past(home)
    assert rows["arm"].to_dict() == {"A": "control", "B": "optimal", "C": ""}
    assert rows["propensity"].tolist()[:2] == [0.3, 0.8]
    assert pd.isna(rows["propensity"]["C"])


def test_columns_are_those_of_the_assignment(home):
    """A later export may know how the lead went on."""
    first = decisions_of({"A": "R1", "B": ""}).assign(columns=[{"size": 1.0}] * 2)
    second = decisions_of({"A": "R1", "B": "R1"}).assign(columns=[{"size": 2.0}] * 2)
    second = second.assign(kind=["kept", "assigned"])
    third = second.assign(columns=[{"size": 3.0}] * 2, kind="kept")
    for day, (made, n_kept) in enumerate([(first, 0), (second, 1), (third, 2)], 1):
        entry = entry_of(f"run{day}", made, f"2026-09-0{day}T08:00")
        n_assigned = entry.n_assigned - n_kept
        entry = replace(entry, n_kept=n_kept, n_assigned=n_assigned)
        home.ledger.record(entry, made)
    assert past(home)["size"].to_dict() == {"A": 1.0, "B": 2.0}


@pytest.mark.slow
def test_an_experiment_is_measured_as_by_an_export(home):
    table, random = lives(), Random(8)
    table["arm"] = [random.choice(["control", "optimal"]) for _ in table["lead_id"]]
    table["propensity"] = [random.choice([0.25, 0.5]) for _ in table["lead_id"]]
    table.to_csv(home.folder / "history.csv", index=False)
    remember(home.ledger, table)
    export = evaluate(home.folder / "days.yaml")
    ask(home)
    own = evaluate(home.folder / "days.yaml")
    first, second = measurements_json(export), measurements_json(own)
    assert first == second and first["arms"]

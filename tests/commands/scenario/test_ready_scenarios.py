"""The pages of docs/connect, done as they say on exports of an invented company."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from cli import main
from runs.prepared.prepared import prepare
from scenarios.files import SYSTEMS
from tests.exports.company import EARLIER, NEW, REPS
from tests.exports.systems import EXPORTS
from tests.few import few

PAGES = Path(__file__).parents[3] / "docs" / "connect"
OWNER_IS = {
    "salesforce": lambda rep: f"0055g00000abc{rep.n:02d}AAA",
    "hubspot": lambda rep: rep.email,
    "zoho": lambda rep: rep.email,
    "csv": lambda rep: rep.email,
}
"""System -> how its importer knows an owner; the others by name."""


def page_of(system):
    """Return the page that extends a ready scenario."""
    told = f"extends: rightrep:{system}\n"
    pages = [path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")]
    return next(text for text in pages if told in text and "## What comes" in text)


def scenario_on(page, system):
    blocks = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    return next(b for b in blocks if f"rightrep:{system}\n" in b)


def commands_on(page):
    return re.findall(r"^rightrep (.+)$", page, re.MULTILINE)


@pytest.fixture
def connected(request, tmp_path, monkeypatch):
    """Return system, language and page, in a folder with the exports and daily.yaml."""
    system, _, language = request.param.partition("-")
    page = page_of(system)
    EXPORTS[request.param](tmp_path)
    text = scenario_on(page, system)
    (tmp_path / "daily.yaml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return system, language, page


def rightrep(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def minutes(moments, form="%Y-%m-%d %H:%M"):
    return [moment.strftime(form) if moment else "" for moment in moments]


def read_minutes(column, *form):
    return minutes([None if pd.isna(m) else m for m in column], *form)


@pytest.mark.slow
@pytest.mark.parametrize("connected", EXPORTS, indirect=True)
def test_every_value_is_the_one_that_was_put_in(connected):
    """Ids aside, which every system makes its own."""
    system, _, _ = connected
    crm = prepare("daily.yaml").crm
    rep_of = dict(zip(crm.reps["name"], crm.reps["rep_id"], strict=True))
    assert list(rep_of) == [rep.name for rep in REPS]
    assert list(crm.reps["active"]) == [rep.active for rep in REPS]
    for table, leads in {"leads": NEW, "history": EARLIER}.items():
        frame = getattr(crm, table)
        assert frame["lead_id"].is_unique
        assert read_minutes(frame["created_at"]) == minutes(x.created for x in leads)
        assert list(frame["source"]) == [lead.source for lead in leads]
        assert list(frame["company"]) == [lead.company for lead in leads]
        if crm.has(table, "territory"):
            assert list(frame["territory"]) == [lead.country for lead in leads]
        if crm.has(table, "deal_value"):
            assert list(frame["deal_value"]) == [lead.value for lead in leads]
        for column in ("email", "phone"):
            if crm.has(table, column):
                assert list(frame[column]) == [getattr(x, column) for x in leads]
    history = crm.history
    assert list(history["rep_id"]) == [rep_of[lead.owner.name] for lead in EARLIER]
    assert list(history["outcome"]) == [lead.outcome for lead in EARLIER]
    form = ["%Y-%m-%d"] if system == "salesforce_report" else []
    closed = minutes((lead.closed for lead in EARLIER), *form)
    assert read_minutes(history["closed_at"], *form) == closed
    assert read_minutes(history["assigned_at"]) == minutes(x.created for x in EARLIER)
    has_value = system not in ("salesforce", "salesforce_report", "hubspot", "zoho")
    assert crm.has("leads", "deal_value") == has_value


@pytest.mark.parametrize("connected", few(EXPORTS, 1), indirect=True)
def test_the_whole_way(connected, nothing_twice):
    """Check, run and export, as the page says; owners come back as the system's."""
    system, language, page = connected
    check, run, export = commands_on(page)
    for command in (check, run, export):
        done = rightrep(*command.split())
        assert done.exit_code == 0, (command, done.output)
    with open("owners.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    with open("runs/monday/assignments.csv", encoding="utf-8", newline="") as file:
        assigned = {row["lead_id"]: row["rep_id"] for row in csv.DictReader(file)}
    crm = prepare("daily.yaml").crm
    names = dict(zip(crm.reps["rep_id"], crm.reps["name"], strict=True))
    kept = dict(zip(crm.leads["lead_id"], crm.leads["current_rep_id"], strict=True))
    owner = {rep.name: rep for rep in REPS}
    word = OWNER_IS.get(export.split()[3], lambda rep: rep.name)
    assert {row[0]: row[1] for row in rows} == {
        lead: word(owner[names[rep]])
        for lead, rep in assigned.items()
        if kept[lead] != rep
    }
    assert len(rows) >= 5
    if system == "dynamics":
        ours = {"en": "Owner", "": "Owner", "de": "Besitzer", "fr": "Propriétaire"}
        assert header[1] == ours[language]


def test_every_ready_scenario_has_exports_and_a_page():
    """And a line on the first page."""
    assert {name.partition("-")[0] for name in EXPORTS} == set(SYSTEMS)
    first = (PAGES / "README.md").read_text(encoding="utf-8")
    assert all(
        f"`rightrep:{system}`" in first and page_of(system) for system in SYSTEMS
    )

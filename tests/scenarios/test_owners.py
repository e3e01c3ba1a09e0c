"""Leads that have an owner, or belong together, are told where no rule looks."""

import pytest

from runs import allocate, prepare
from tests.small_company import SCENARIO, write_company

STABILITY = "  - kind: stability\n"


@pytest.fixture
def company(tmp_path):
    """Return a function: columns of three leads, rules, data -> the scenario's file."""
    write_company(tmp_path)
    history = (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()
    cells = dict(zip(history[0].split(","), history[1].split(","), strict=True))
    cells |= {"lead_id": "L2", "rep_id": "R2", "outcome": "open", "closed_at": ""}
    text = "\n".join([*history, ",".join(cells.values())])
    (tmp_path / "history.csv").write_text(text + "\n", encoding="utf-8")

    def written(columns, rules="", data=""):
        names = ["lead_id", "created_at", *columns]
        rows = zip(
            ("L0", "L1", "L2"), ["2026-09-01"] * 3, *columns.values(), strict=True
        )
        lines = [",".join(row) for row in (names, *rows)]
        (tmp_path / "leads.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        head = SCENARIO.partition("rules:")[0]
        text = f"{head}{data}rules:\n  - kind: capacity\n{rules}"
        (tmp_path / "daily.yaml").write_text(text, encoding="utf-8")
        return tmp_path / "daily.yaml"

    return written


def told(path):
    """Return what is said of the leads."""
    return [i.expected for i in prepare(path).warnings if i.column == "data.leads"]


OWNED = {"current_rep_id": ["R1", "", ""]}


def test_owners_are_told_where_no_rule_keeps_them(company):
    """Those of the table and those of history, with the way out."""
    [text] = told(company(OWNED))
    assert text == (
        "leads that have an owner may go to another: 1 by current_rep_id and 1 open in "
        "history (L0 of R1, L2 of R2); a rule of kind stability keeps them, "
        "data.owner_from_history: true tells it of history"
    )


@pytest.mark.slow
def test_stability_keeps_owners(company):
    """All of them, once it knows those of history."""
    [text] = told(company(OWNED, STABILITY))
    assert "may go to another: 1 open in history (L2 of R2)" in text
    path = company(OWNED, STABILITY, "  owner_from_history: true\n")
    assert told(path) == []
    assert prepare(path).crm.leads["current_rep_id"].tolist() == ["R1", "", "R2"]
    run = allocate(path)
    assert (run.owner["L0"], run.owner["L2"]) == ("R1", "R2")
    assert not [i for i in run.warnings if "owners change" in i.expected]


def test_stability_of_other_leads_keeps_nobody(company):
    """Its where picks another lead."""
    rule = f"{STABILITY}    where: {{lead_id: L1}}\n"
    assert "1 by current_rep_id" in told(company(OWNED, rule))[0]


def test_a_run_says_whose_leads_moved(company):
    """With the number: the lead of history cannot stay, its rep has no slot."""
    path = company(OWNED)
    reps = path.with_name("reps.csv")
    lines = reps.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("daily_capacity")
    rows = [line.split(",") for line in lines]
    rows[2][place] = "0"
    reps.write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    run = allocate(path)
    [text] = [i.expected for i in run.warnings if "owners change" in i.expected]
    assert "of 2 leads that had one" in text
    assert f"L2 from R2 to {run.owner['L2']}" in text


def test_a_column_that_holds_reps(company):
    """Whatever it is called, it may say who has the leads now."""
    texts = told(company({"assignee": ["R1", "R3", ""]}))
    assert any(
        text.startswith("the column assignee of leads holds reps; if those have")
        for text in texts
    )


@pytest.mark.slow
def test_a_day_on_which_nothing_is_assigned(company):
    """It is told, with the reasons."""
    path = company({}, "  - kind: qualify\n    where: {lead_id: [L0, L1, L2]}\n")
    [text] = [i.expected for i in allocate(path).warnings if "no lead is" in i.expected]
    assert text == "no lead is assigned today: 3 kept for nurturing"

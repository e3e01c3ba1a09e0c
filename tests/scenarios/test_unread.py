"""Columns of the reps that nothing reads are listed once, with what may be meant."""

from types import SimpleNamespace

import pytest

from crm import read_crm
from scenarios.unread import unread_issues
from tests.solver.days import rules_of

LEADS = "lead_id,created_at\nL1,2026-09-07\n"


@pytest.fixture
def told(tmp_path):
    """Return a function: columns of the reps, rules, where -> the one text, or ""."""

    def text(columns, *rules, **where):
        names, *rows = zip(*([n, *c] for n, c in columns.items()), strict=True)
        lines = [f"rep_id,daily_capacity,{','.join(names)}"]
        lines += [f"R{i},5,{','.join(row)}" for i, row in enumerate(rows)]
        (tmp_path / "reps.csv").write_text("\n".join(lines) + "\n")
        (tmp_path / "leads.csv").write_text(LEADS)
        crm, _ = read_crm({"leads": "leads.csv", "reps": "reps.csv"}, tmp_path)
        reps = SimpleNamespace(where=where)
        file = SimpleNamespace(
            scenario=SimpleNamespace(
                rules=rules_of(*rules), data=SimpleNamespace(reps=reps)
            ),
            issue=lambda keys, text, severity: (keys, text, severity),
        )
        issues = list(unread_issues(file, crm))
        assert all(i[0] == ("data", "reps") and i[2] == "warning" for i in issues)
        return issues[0][1] if issues else ""

    return text


def test_nothing_is_said_of_columns_that_are_read(told):
    """By the schema, by a rule, or by the source's where."""
    assert told({"active": ["yes", "no"]}) == ""
    rule = {"kind": "skill", "rep_column": "can"}
    assert told({"can": ["a", "b"]}, rule) == ""
    assert told({"status": ["Active", "Gone"]}, status="Active") == ""


def test_all_are_listed_once(told):
    """In one warning, with names that are near."""
    columns = {"region": ["N"], "nick": ["x"], "end_dat": ["2026-01-01"]}
    assert told(columns) == (
        "columns of reps that nothing reads: end_dat (did you mean 'end_date'?); nick; "
        "region (did you mean 'territories'?)"
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("IsActive", "active"),
        ("Employment Status", "active"),
        ("leaving_date", "end_date"),
        ("Hire Date", "start_date"),
        ("max_leads", "daily_capacity"),
    ],
)
def test_other_names_of_our_columns(told, name, meant):
    """In any spelling, and not where ours is there as well."""
    hint = f"{name} (did you mean {meant!r}?)"
    if meant != "daily_capacity":
        assert told({name: ["1"]}).endswith(hint)
        assert told({name: ["1"], meant: ["" if "date" in meant else "true"]}).endswith(
            f" {name}"
        )


def test_who_is_gone_by_a_column_that_nothing_reads(told):
    """Reps are named who count as active, those who do not are not."""
    columns = {"note": ["", "Former", "left"], "active": ["true", "true", "false"]}
    assert told(columns).endswith("note (it says Former of R1, who count as active)")


def test_absences_have_a_table(told):
    """A tick in the reps table is no absence."""
    assert "read from a table of absences" in told({"on_leave": ["yes"]})

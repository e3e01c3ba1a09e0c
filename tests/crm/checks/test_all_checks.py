"""Checks within and between tables."""

import pytest

from crm import DataError

LEADS = "lead_id,created_at\n"
HISTORY = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at\n"


def found(read, **given) -> list[str]:
    """Return everything said, errors and warnings."""
    try:
        return [f"{i.severity} {i}" for i in read(**given)[1]]
    except DataError as error:
        return [f"{i.severity} {i}" for i in error.issues]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            {"leads": LEADS + "L1,2026-09-01\nL2,2026-09-01\nL1,2026-09-02\n"},
            "error leads.csv, row 4, column lead_id: 'L1': appears before",
        ),
        (
            {"reps": "rep_id,daily_capacity\nR1,1\nR2,2\n R1 ,3\n"},
            "error reps.csv, row 4, column rep_id: 'R1': appears before",
        ),
        (
            {"accounts": "account_id,owner_rep_id\nA1,R1\nA1,R2\n"},
            "error accounts.csv, row 3, column account_id: 'A1': appears before",
        ),
        (
            {"accounts": "account_id,owner_rep_id\nA1,R7\n"},
            "error accounts.csv, row 2, column owner_rep_id: 'R7': not a rep_id",
        ),
        (
            {"absences": "rep_id,from,to\nR7,2026-09-01,2026-09-02\n"},
            "error absences.csv, row 2, column rep_id: 'R7': not a rep_id",
        ),
        (
            {"absences": "rep_id,from,to\nR1,2026-09-03,2026-09-02\n"},
            "error absences.csv, row 2, column to: '2026-09-02T23:59:59.999999999",
        ),
        (
            {"leads": "lead_id,created_at,current_rep_id\nL1,2026-09-01,R7\n"},
            "warning leads.csv, row 2, column current_rep_id: 'R7': not a rep_id",
        ),
        (
            {"leads": LEADS + "L1,2026-09-08\n"},
            "error leads.csv, row 2, column created_at: '2026-09-08T00:00:00+00:00': "
            "later than the allocation (as_of 2026-09-07T23:59:59Z)",
        ),
        (
            {"leads": LEADS + "H1,2026-09-01\n"},
            "warning leads.csv, row 2, column lead_id: 'H1': history says",
        ),
        (
            {"leads": "lead_id,created_at,teritory\nL1,2026-09-01,West\n"},
            "warning leads.csv, row 1, column teritory: not a column that leads can "
            "have; did you mean 'territory'?",
        ),
        (
            {"history": HISTORY + "H1,2026-08-01,R1,2026-08-02,won,2026-08-01\n"},
            "warning history.csv, row 2, column closed_at: '2026-08-01T00:00:00+00:00':"
            " closed before it was assigned",
        ),
        (
            {"history": HISTORY + "H1,2026-08-01,R1,2026-08-02,won,\n"},
            "error history.csv, row 2, column closed_at: '': empty; a lead",
        ),
        (
            {"history": HISTORY + "H1,2026-08-01,R1,2026-08-02,lost,2026-10-01\n"},
            "error history.csv, row 2, column closed_at: '2026-10-01T00:00:00+00:00': "
            "later than the allocation",
        ),
        (
            {
                "history": HISTORY
                + "H1,2026-08-01,R8,2026-08-01,open,\n"
                + "H2,2026-08-01,R8,2026-08-01,open,\n"
            },
            "warning history.csv, row 2, column rep_id: 'R8': not a rep_id of the "
            "reps (rows: 2)",
        ),
        (
            {
                "reps": "rep_id,daily_capacity,start_date,end_date\n"
                "R1,5,2026-09-01,2026-08-01\nR2,5,,\n"
            },
            "error reps.csv, row 2, column end_date: '2026-08-01T23:59:59.999999999",
        ),
        (
            {"history": HISTORY + "H1,2026-08-01,R1,2026-08-01,open,\n" * 2},
            "warning history.csv, row 3, column lead_id: 'H1': the same row appears",
        ),
        (
            {
                "history": HISTORY
                + "H1,2026-08-01,R1,2026-08-01,open,\n"
                + "H1,2026-08-01,R1,2026-08-01,lost,2026-08-03\n"
            },
            "error history.csv, row 3, column lead_id: 'H1': assigned to the same rep",
        ),
    ],
)
def test_what_is_wrong_is_said(read, texts, expected):
    """One thing is wrong, and exactly that is said."""
    said = [line for line in found(read, **texts) if "cannot serve" not in line]
    assert len(said) == 1, said
    assert said[0].startswith(expected)


def test_a_lead_may_come_back(read):
    """The same lead given to another rep, or later, is no repetition."""
    rows = "H1,2026-08-01,R1,2026-08-01,open,\nH1,2026-08-01,R2,2026-08-01,open,\n"
    assert found(read, history=HISTORY + rows) == []


def test_an_unreadable_cell_is_said_once(read):
    """A closing date that cannot be read is not also missing."""
    row = "H1,2026-08-01,R1,2026-08-01,won,1/2/26\n"
    assert len(found(read, history=HISTORY + row)) == 1


def test_a_feature_of_one_table_only(read):
    """It is kept where it is, with a warning."""
    leads = "lead_id,created_at,visits\nL1,2026-09-01,3\n"
    (warning,) = found(read, leads=leads)
    assert "visits: in leads but not in history" in warning


def test_strange_rep_ids_do_not_flood(read):
    """Forty unknown reps are three warnings and a count."""
    rows = [f"H{k},2026-08-01,X{k},2026-08-01,open,\n" for k in range(40)]
    said = found(read, history=HISTORY + "".join(rows))
    assert len(said) == 4
    assert said[-1].endswith("... and 37 more like it")


def test_a_bad_cell_hides_no_other_problem(read):
    """What can be said of the readable rows is said, and nothing of the others."""
    history = HISTORY + (
        "H1,2026-08-01,R1,soon,won,2026-08-05\n"
        "H2,2026-08-01,R1,2026-08-02,won,\n"
        "H3,2026-08-01,R1,2026-08-02,lost,then\n"
        "H4,2026-08-01,R1,2026-08-02,open,\n"
        "H4,2026-08-01,R1,2026-08-02,open,\n"
    )
    said = found(read, history=history)
    assert [line.partition(":")[0] for line in said] == [
        "error history.csv, row 2, column assigned_at",
        "error history.csv, row 4, column closed_at",
        "warning history.csv, row 6, column lead_id",
        "error history.csv, row 3, column closed_at",
    ]

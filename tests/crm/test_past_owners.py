"""Owners of past leads: none, placeholders, and a history of other reps."""

import pytest

from crm import DataError, read_crm

LEADS = "lead_id,created_at\nL1,2026-09-01\n"
HEADER = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at"


def read(tmp_path, reps, owners, header=HEADER):
    rows = [
        f"H{i},2026-08-01,{owner},2026-08-01,open," for i, owner in enumerate(owners)
    ]
    texts = {"leads": LEADS, "reps": reps, "history": "\n".join([header, *rows]) + "\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return read_crm({name: f"{name}.csv" for name in texts}, tmp_path)


@pytest.mark.parametrize("nobody", ["", "nobody", "Lead Queue", "Unassigned", "N/A"])
def test_leads_of_nobody_have_no_owner_and_are_counted(tmp_path, nobody):
    """A placeholder is no rep, unless the reps have it."""
    crm, issues = read(tmp_path, "rep_id,daily_capacity\nR1,1\n", ["R1", nobody])
    assert crm.history["rep_id"].tolist() == ["R1", ""]
    said = " ".join(map(str, issues))
    assert "1 of 2 rows have no owner" in said
    assert nobody in said


def test_a_rep_may_have_a_strange_name(tmp_path):
    """Whoever is among the reps is one."""
    crm, issues = read(tmp_path, "rep_id,daily_capacity\nHouse,1\n", ["House"])
    assert crm.history["rep_id"].tolist() == ["House"]
    assert not issues


@pytest.mark.parametrize(
    ("reps", "owner", "hint"),
    [
        (
            "rep_id,daily_capacity,name\nA1,1,Anna Lee\n",
            "Anna Lee",
            "'name' of the reps",
        ),
        (
            "rep_id,daily_capacity,email\nA1,1,a@x.com\n",
            "a@x.com",
            "'email' of the reps",
        ),
        ("rep_id,daily_capacity\nanna,1\n", "Anna", "in lower case"),
        (
            "rep_id,daily_capacity\n005xx0000012Q9PAAU,1\n",
            "005xx0000012Q9P",
            "the first 15 characters",
        ),
        ("rep_id,daily_capacity\n007,1\n", "7", "without leading zeros"),
        ("rep_id,daily_capacity\nanna@x.com,1\n", "anna", "before the @"),
        ("rep_id,daily_capacity\nanna.lee@x.com,1\n", "Lee Anna", "as words of a name"),
        (
            "rep_id,daily_capacity\nA1,1\n",
            "B2",
            "map to rep_id a column that both have",
        ),
    ],
)
def test_a_history_of_other_reps_is_an_error_that_says_what_would_join(
    tmp_path, reps, owner, hint
):
    """Otherwise every rep would silently count as new."""
    with pytest.raises(DataError) as error:
        read(tmp_path, reps, [owner, owner])
    assert hint in str(error.value)
    assert "0 of the 1 reps" in str(error.value)


def test_a_column_of_history_may_join(tmp_path):
    """An owner's name beside an id that the reps do not have."""
    header = HEADER + ",Owner Name"
    rows = "H0,2026-08-01,X9,2026-08-01,open,,Anna Lee\n"
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "reps.csv").write_text("rep_id,daily_capacity\nAnna Lee,1\n")
    (tmp_path / "history.csv").write_text(f"{header}\n{rows}")
    with pytest.raises(DataError, match="'Owner Name' of the history and 'rep_id'"):
        read_crm({n: f"{n}.csv" for n in ("leads", "reps", "history")}, tmp_path)

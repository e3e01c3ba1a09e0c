"""What further columns hold is decided over leads and history together."""

import pytest

LEADS = "lead_id,created_at,x\n"
HISTORY = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at,x\n"


@pytest.mark.parametrize(
    ("lead", "past", "dtype"),
    [
        ("3", "4.5", "float64"),
        ("3", "", "float64"),
        ("3", "many", "object"),
        ("many", "3", "object"),
        ("12", "007", "object"),
        ("0", "0.5", "float64"),
        ("2026-01-01", "2026-01-02T08:00", "datetime64[ns, UTC]"),
        ("2026-01-01", "soon", "object"),
        ("", "", "object"),
    ],
)
def test_kind_of_a_feature(read, lead, past, dtype):
    """Numbers and times only where all filled cells of both tables are."""
    crm, _ = read(
        leads=f"{LEADS}L1,2026-09-01,{lead}\n",
        history=f"{HISTORY}H1,2026-08-01,R1,2026-08-01,open,,{past}\n",
    )
    assert crm.leads["x"].dtype == dtype
    assert crm.history["x"].dtype == dtype


def test_ids_written_with_zeros_stay_text(read):
    """A code such as 007 is not a number, even beside plain numbers."""
    crm, _ = read(leads=f"{LEADS}L1,2026-09-01,007\nL2,2026-09-01,12\n")
    assert list(crm.leads["x"]) == ["007", "12"]


def test_one_bad_cell_among_numbers_is_named(read):
    """It makes the whole column text, which nobody meant."""
    rows = [f"L{i},2026-09-01,{i}\n" for i in range(30)] + ["L30,2026-09-01,n/a\n"]
    leads = "lead_id,created_at,visits\n" + "".join(rows)
    _, warnings = read(leads=leads)
    assert [str(w) for w in warnings if w.row == 32] == [
        "leads.csv, row 32, column visits: 'n/a': the other cells are numbers; with "
        "this one all count as text"
    ]

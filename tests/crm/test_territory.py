"""Territories told by who served an account."""

from crm import from_account_history

REPS = "rep_id,daily_capacity,territories\nR1,5,North\nR2,5,South\nR3,5,North|South\n"
HEAD = "lead_id,created_at,rep_id,assigned_at,outcome,closed_at,account_id\n"


def history(*pairs: tuple[str, str]) -> str:
    rows = [
        f"H{k},2026-08-01,{rep},2026-08-01,open,,{account}\n"
        for k, (account, rep) in enumerate(pairs)
    ]
    return HEAD + "".join(rows)


def test_the_most_frequent_territory_wins(read):
    """Reps of several territories tell nothing; ties and strangers stay empty."""
    crm, _ = read(
        reps=REPS,
        leads="lead_id,created_at,account_id\nL1,2026-09-01,A\nL2,2026-09-01,B\n"
        "L3,2026-09-01,C\nL4,2026-09-01,\nL5,2026-09-01,D\n",
        history=history(
            *[("A", "R1"), ("A", "R1"), ("A", "R2"), ("A", "R3"), ("A", "R3")],
            *[("B", "R1"), ("B", "R2")],
            *[("C", "R3"), ("", "R1")],
        ),
    )
    filled = from_account_history(crm)
    assert list(filled.leads["territory"]) == ["North", "", "", "", ""]
    assert list(filled.history["territory"]) == ["North"] * 5 + [""] * 4
    assert filled.leads["territory"].dtype == object
    assert filled.has("leads", "territory")
    assert not crm.has("leads", "territory")
    assert (crm.leads["territory"] == "").all()


def test_a_given_territory_stays(read):
    """Only empty territories are filled; without history nothing changes."""
    leads = "lead_id,created_at,account_id,territory\nL1,2026-09-01,A,South\n"
    crm, _ = read(reps=REPS, leads=leads, history=history(("A", "R1")))
    assert list(from_account_history(crm).leads["territory"]) == ["South"]
    crm, _ = read(reps=REPS, leads=leads, history=HEAD)
    assert list(from_account_history(crm).leads["territory"]) == ["South"]

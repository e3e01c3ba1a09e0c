"""Work that waits counts less in the open book."""

import pytest

from runs import allocate, notes, record
from tests.runs.morning.test_morning import MONDAY, TUESDAY, Company

OPEN = "R1,9,North,true,4\nR2,9,South,true,4\n"


@pytest.fixture
def company(tmp_path):
    days = Company(tmp_path)
    days.write(MONDAY, "A1 North", "A2 North", "A3 North")
    leads = tmp_path / "leads.csv"
    rows = leads.read_text().splitlines()
    words = ["status", "Paused", "Paused", "Active"]
    told = [f"{row},{word}" for row, word in zip(rows, words, strict=True)]
    leads.write_text("\n".join([*told, ""]))

    record(allocate(tmp_path / "days.yaml"))
    return days


def tuesday(company, text=""):
    company.write(TUESDAY, *(f"L{i} North" for i in range(6)))
    header = "rep_id,daily_capacity,territories,active,open_capacity\n"
    (company.folder / "reps.csv").write_text(header + OPEN)
    days = company.folder / "days.yaml"
    days.write_text(days.read_text() + text)
    return allocate(days)


def test_without_weights_every_open_lead_counts_one(company):
    assert len(tuesday(company).owner) == 1


def test_paused_leads_count_less(company):
    weights = "{Paused: 0.3, Parked: 0.5}"
    run = tuesday(company, f"open_weight: {{column: status, weights: {weights}}}\n")
    assert len(run.owner) == 2
    told = " ".join(notes(run))
    assert "Of 3 open leads, by status: 2 Paused count 0.3 each." in told
    assert "no open lead has status 'Parked'; there is Active, Paused." in told

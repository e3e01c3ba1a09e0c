"""A source says how its file is to be read, and what is odd in a dropped column."""

from datetime import datetime

import pytest

from crm import DataError

REPORT = """\
My leads
lead_id;created_at;owner
L1;2026-09-01;Anna
L2;2026-09-02;
Total;2
"""
KEYS = {"header_row": 2, "skip_footer": 1, "fill_down": ["owner"], "separator": ";"}


def test_a_report_is_read_by_its_keys(read):
    """Title, footer and groups; without the keys the first of them is named."""
    with pytest.raises(DataError, match="`header_row: 2`"):
        read(leads=REPORT)
    crm, _ = read({"leads": {"file": "leads.csv", **KEYS}}, leads=REPORT)
    assert crm.leads["lead_id"].tolist() == ["L1", "L2"]
    assert crm.leads["owner"].tolist() == ["Anna", "Anna"]


def test_one_file_may_be_read_in_two_ways(read):
    """Each source has its own layout, and what is said of both is said once."""
    both = "a\nlead_id,created_at,rep_id,daily_capacity\nL1,2026-09-01,R1,5\n"
    source = {"file": "reps.csv", "header_row": 2}
    reps = {**source, "drop": ["lead_id", "created_at"]}
    leads = {**source, "skip_footer": 0, "drop": ["rep_id", "daily_capacity"]}
    crm, _ = read({"leads": leads, "reps": reps}, reps=both)
    assert (len(crm.leads), len(crm.reps)) == (1, 1)


def test_odd_dates_matter_where_they_are_read(read, tmp_path):
    """Half-swapped dates are an error, unless their column is left out."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    with xlsxwriter.Workbook(tmp_path / "leads.xlsx") as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["lead_id", "created_at", "due"])
        sheet.write_row(1, 0, ["L1", "2026-09-01", "25/07/2026"])
        sheet.write_row(2, 0, ["L2", "2026-09-01"])
        sheet.write_datetime(2, 2, datetime(2026, 7, 9), day)
    with pytest.raises(DataError, match="row 2, column due: '25/07/2026'"):
        read({"leads": "leads.xlsx"})
    crm, _ = read({"leads": {"file": "leads.xlsx", "drop": ["due"]}})
    assert crm.leads["lead_id"].tolist() == ["L1", "L2"]

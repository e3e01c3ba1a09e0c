"""The files of a run folder are read as they were written."""

from pathlib import Path
from typing import Any

from crm import csv_text
from crm.table import text_frame
from runs.folder.reading import RunFolder


def test_nothing_is_guessed_of_what_a_run_wrote(tmp_path: Path):
    """Odd ids and columns are no title, no footer and no other separator."""
    nothing: Any = None
    frame = text_frame(
        ["lead_id", "a;b;c;d", "x", "y"],
        [["(c) 1", "Total"], ["1;1;1;1", ""], ["", ""], ["", ""]],
    )
    (tmp_path / "unassigned.csv").write_text(csv_text(frame), encoding="utf-8")
    table = RunFolder(tmp_path, nothing, nothing, nothing).table("unassigned.csv")
    assert table.frame.to_dict("list") == frame.to_dict("list")


def test_a_file_is_read_once_and_each_has_a_table_of_its_own(tmp_path: Path):
    """What one reader does to its table is not seen by the next."""
    nothing: Any = None
    path = tmp_path / "kept.csv"
    path.write_text("lead_id,rep_id\nL1,R1\n", encoding="utf-8")
    run = RunFolder(tmp_path, nothing, nothing, nothing)
    frame = run.table("kept.csv").frame
    frame["rep_id"] = "changed"
    path.unlink()
    assert run.rows("kept.csv", "rep_id") == [{"lead_id": "L1", "rep_id": "R1"}]

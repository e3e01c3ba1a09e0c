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

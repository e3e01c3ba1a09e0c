"""Files are deterministic, and whole or absent."""

import numpy as np
import pandas as pd
import pytest

from crm import csv_text, write_whole


def test_csv_text():
    """Each kind of cell has one form, and text with separators is quoted."""
    frame = pd.DataFrame(
        {
            "id": pd.Series(["007", 'a,"b"', ""], dtype=object),
            "p": [0.1, 2.0, np.nan],
            "n": [1, 2, 3],
            "at": pd.to_datetime(["2026-09-07T08:00:00.5", None, None], utc=True),
            "parts": pd.Series([("a", "b"), (), ("c;d",)], dtype=object),
            "active": [True, False, True],
        }
    )
    assert csv_text(frame) == (
        "id,p,n,at,parts,active\n"
        "007,0.1,1,2026-09-07T08:00:00.500000Z,a|b,true\n"
        '"a,""b""",2,2,,,false\n'
        ',,3,,"c;d",true\n'
    )
    assert csv_text(frame) == csv_text(frame.copy())
    assert csv_text(frame[["id"]].iloc[:0]) == "id\n"


def test_a_written_file_is_whole(tmp_path):
    """Text is UTF-8 with its own newlines; an existing file is replaced."""
    path = tmp_path / "a.csv"
    write_whole(path, b"old")
    write_whole(path, "é\n")
    assert path.read_bytes() == b"\xc3\xa9\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("failure", [OSError, KeyboardInterrupt])
def test_a_failure_leaves_everything_as_it_was(tmp_path, monkeypatch, failure):
    """The old file stays and no partial file is left."""
    path = tmp_path / "a.csv"
    path.write_text("old")

    def fail(_: int) -> None:
        raise failure

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(failure):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]

"""Parquet tables in several files, and stretches of their rows."""

from itertools import combinations_with_replacement
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from crm import DataError, read_crm
from crm.files import hash_of
from crm.formats import read_table
from crm.layout import Layout

LEADS = pd.DataFrame(
    {
        "lead_id": [f"L{number}" for number in range(10)],
        "deal_value": [number * 1.5 for number in range(10)],
        "territory": ["North", "South"] * 5,
    }
)


@pytest.fixture
def one_file(tmp_path: Path) -> Path:
    path = tmp_path / "leads.parquet"
    LEADS.to_parquet(path, index=False, row_group_size=3)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "parts" / "leads.parquet"
    path.mkdir(parents=True)
    LEADS[:4].to_parquet(path / "part-0.parquet", index=False)
    LEADS[4:].to_parquet(path / "part-1.parquet", index=False)
    (path / "_SUCCESS").touch()
    (path / ".part-0.parquet.crc").write_bytes(b"of the writer")
    return path


def rows_of(path: Path, first: int | None = None, last: int | None = None):
    rows = None if first is None else (first, last)
    return read_table(path, path.name, Layout(file=path.name, rows=rows))


def test_a_folder_of_files_is_one_table(one_file: Path, folder: Path) -> None:
    assert rows_of(folder).frame.equals(rows_of(one_file).frame)


def test_a_stretch_is_a_part_of_the_table(one_file: Path, folder: Path) -> None:
    for first, last in combinations_with_replacement(range(2, 12), 2):
        for path in one_file, folder:
            table = rows_of(path, first, last)
            assert table.frame["lead_id"].tolist() == [
                f"L{number - 2}" for number in range(first, last + 1)
            ]
            assert table.rows.tolist() == list(range(first, last + 1))


def test_a_stretch_does_not_go_back(one_file: Path) -> None:
    with pytest.raises(ValidationError, match="the first row, then the last"):
        rows_of(one_file, 5, 4)


@pytest.mark.parametrize(("first", "last"), [(2, 12), (12, 12), (40, 50)])
def test_rows_that_are_not_there_are_refused(
    folder: Path, first: int, last: int
) -> None:
    with pytest.raises(DataError, match="the last row is 11"):
        rows_of(folder, first, last)


@pytest.mark.parametrize(
    ("other", "complaint"),
    [
        (LEADS.rename(columns={"territory": "region"}), "has no such column"),
        (LEADS.assign(deal_value="1"), "column deal_value: part-2.parquet has the"),
        (LEADS[["territory", "deal_value", "lead_id"]], "in another order"),
    ],
)
def test_files_of_other_columns_are_refused(
    folder: Path, other: pd.DataFrame, complaint: str
) -> None:
    other.to_parquet(folder / "part-2.parquet", index=False)
    with pytest.raises(DataError, match=complaint):
        rows_of(folder)


def test_a_damaged_file_is_named(folder: Path) -> None:
    (folder / "part-1.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(DataError, match="not a readable Parquet file"):
        rows_of(folder)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leads.parquet"
    path.mkdir()
    with pytest.raises(DataError, match="no file in this folder"):
        rows_of(path)


def test_rows_are_of_parquet_files_only(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("lead_id\nL1\n")
    with pytest.raises(DataError, match=r"`rows`: only \.parquet files have it"):
        read_table(path, path.name, Layout(file=path.name, rows=(2, 2)))


def test_the_hash_of_a_folder_is_of_its_files(folder: Path) -> None:
    before = hash_of(folder)
    (folder / "_SUCCESS").write_text("still of no table")
    assert hash_of(folder) == before
    (folder / "part-1.parquet").rename(folder / "part-2.parquet")
    assert hash_of(folder) != before


def test_messages_name_the_row_in_the_whole(folder: Path) -> None:
    bad = LEADS[4:].assign(created_at="yesterday")
    (folder / "part-1.parquet").unlink()
    early = LEADS[:4].assign(created_at="2026-09-07T08:00:00Z")
    early.to_parquet(folder / "part-0.parquet", index=False)
    bad.to_parquet(folder / "part-1.parquet", index=False)
    (folder.parent / "reps.csv").write_text("rep_id,daily_capacity\nR1,5\n")
    sources = {"leads": "leads.parquet", "reps": "reps.csv"}
    with pytest.raises(DataError, match=r"row 6.*created_at.*yesterday"):
        read_crm(sources, folder.parent)

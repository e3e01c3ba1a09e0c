"""A worker that lacks a file, a version or a plug-in says so in a sentence."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from runs.cluster.agreement import (
    agreement_on,
    content_of,
    faults,
    own_versions,
    version_faults,
)


@pytest.fixture
def leads(tmp_path: Path) -> Path:
    """Return a folder of two Parquet files."""
    folder = tmp_path / "leads.parquet"
    folder.mkdir()
    for part in "ab":
        write(folder / f"{part}.parquet", 0)
    return folder


def write(path: Path, seed: int) -> None:
    value = np.random.default_rng(seed).random(1_000)
    pd.DataFrame({"deal_value": value}).to_parquet(path, index=False)


def test_the_same_files_are_no_fault(leads: Path) -> None:
    assert faults(agreement_on([leads])) == ()


def test_a_file_that_is_not_there_is_named(leads: Path, tmp_path: Path) -> None:
    agreement = agreement_on([leads, tmp_path / "reps.csv"])
    [fault] = faults(agreement)
    assert fault.startswith(f"{tmp_path / 'reps.csv'}: no such file")


@pytest.mark.parametrize("change", ["other rows", "one file less", "one file more"])
def test_another_table_is_named(leads: Path, change: str) -> None:
    """Though it has as many rows in files of the same size."""
    agreement = agreement_on([leads])
    if change == "other rows":
        write(leads / "a.parquet", 1)
    elif change == "one file less":
        (leads / "b.parquet").unlink()
    else:
        write(leads / "c.parquet", 0)
    assert faults(agreement) == (f"{leads}: is another file there than here",)


def test_small_files_are_compared_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "reps.csv"
    path.write_text("rep_id\nR1\n")
    before = content_of(path)
    path.write_text("rep_id\nR2\n")
    assert content_of(path) != before


def test_versions_that_differ_are_named_with_both() -> None:
    theirs = {**own_versions(), "rightrep": "0.0.9", "scipy": None}
    assert list(version_faults(own_versions(), own_versions())) == []
    other, missing = version_faults(own_versions(), theirs)
    assert other.startswith("has rightrep 0.0.9, here it is ")
    assert missing == "has no scipy"


def test_a_worker_of_another_version_knows_it_by_itself() -> None:
    """As one does that comes while the work is being done."""
    others = tuple(
        (kind, name, "0.0.9" if name == "rightrep" else own)
        for kind, name, own in agreement_on([])
    )
    [fault] = faults(others)
    assert fault.endswith("here it is 0.0.9")

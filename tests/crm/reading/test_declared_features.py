"""Features of declared numbers that some cells are not written as."""

from datetime import date

import pytest

from crm import Source, read_crm


def read(folder, cells, **keys):
    """Return the feature's cells, and what is said."""
    rows = [f"L{k};2026-09-01;{cell}\n" for k, cell in enumerate(cells)]
    (folder / "leads.csv").write_text("lead_id;created_at;size\n" + "".join(rows))
    (folder / "reps.csv").write_text("rep_id,daily_capacity\nR1,5\n")
    sources = {"leads": Source(file="leads.csv", **keys), "reps": "reps.csv"}
    crm, told = read_crm(sources, folder, date(2026, 9, 7))
    return crm.leads["size"].tolist(), "\n".join(map(str, told))


SIZES = [f"1.{k}0,50" for k in range(10, 30)]


@pytest.mark.parametrize("odd", ["viele", "-1.234,50-", "12.34", "1E400"])
def test_one_odd_cell_makes_text_of_numbers(tmp_path, odd):
    """That all then count as text is said, with the cell and the key."""
    cells, told = read(tmp_path, [odd, *SIZES], decimal=",", thousands=".")
    assert cells[0] == odd
    assert "1 of 21 cells are not a number of `decimal:" in told
    assert f"'{odd}'; translate it under `values`, or say missing: ['{odd}']" in told


@pytest.mark.parametrize("cells", [["A", "B", "7,5"], ["Süd", "Nord", "West"]])
def test_words_are_words(tmp_path, cells):
    """A column mostly of words is no column of numbers, and nothing is said."""
    assert read(tmp_path, cells, decimal=",") == (cells, "")


def test_a_number_beyond_all_is_none(tmp_path):
    """No key is named that would read it."""
    _, told = read(tmp_path, [*"123456789", "1E400"])
    assert "reads all" not in told

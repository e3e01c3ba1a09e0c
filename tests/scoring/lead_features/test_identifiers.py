import numpy as np
import pandas as pd
import pytest

from scoring.lead_features.identifiers import is_category, why_identifier
from tests.scoring.synthetic_history import texts

N = 400
RNG = np.random.default_rng(0)
LEVELS = RNG.integers(0, 90, N)


@pytest.mark.parametrize(
    ("name", "cells", "reason"),
    [
        ("ticket", np.arange(N) * 3.0 + 1000, "running number"),
        ("ticket", N - np.arange(N, dtype=float), "running number"),
        ("session_id", RNG.permutation(N) * 7.0, "an id by its name"),
        ("note", [f"note {i}" for i in range(N)], "nearly unique text"),
        ("note", [f"they said {i % 150} or so" for i in range(N)], "free text"),
    ],
)
def test_what_names_a_row_is_recognised(name, cells, reason):
    """Numbers in order, ids and words about one lead."""
    assert reason in why_identifier(column(name, cells))


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("spend", RNG.normal(size=N)),
        ("visits", RNG.poisson(3, N).astype(float)),
        ("days", np.sort(RNG.integers(0, 300, N)).astype(float)),
        ("landing_page_id", LEVELS.astype(float)),
        ("landing page", [f"page {i}" for i in LEVELS]),
        ("aim", ["I would like to have a better job"] * N),
        ("few", np.arange(20.0)),
    ],
)
def test_what_rows_share_is_kept(name, cells):
    """Quantities, levels that come again, and columns too short to tell."""
    assert why_identifier(column(name, cells)) is None


@pytest.mark.parametrize("name", ["zip", "campaign_id", "SIC Code", "utmId"])
def test_codes_are_told_by_a_word_of_their_name(name):
    """A code is no quantity; an idea or a bid is no id."""
    assert is_category(column(name, [1.0]))


@pytest.mark.parametrize("name", ["idea", "bid", "width", "zipper"])
def test_part_of_a_word_makes_no_code(name):
    """Only whole words count."""
    assert not is_category(column(name, [1.0]))


def column(name, cells):
    cells = list(cells)
    found = texts(cells) if isinstance(cells[0], str) else pd.Series(cells)
    return found.rename(name)

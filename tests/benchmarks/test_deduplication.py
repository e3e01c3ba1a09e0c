"""The benchmark of people found again: a small world, and its measures."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

pytest.importorskip("splink")
FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def script():
    """Return a function: name of a benchmark's file -> its names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FOLDER)
        yield lambda name: SimpleNamespace(**runpy.run_path(f"{FOLDER / name}.py"))


@pytest.fixture(scope="module")
def result(script):
    return script("deduplication").measured(
        script("deduplication_world").make_world(2000, 20_000, seed=3)
    )


@pytest.mark.slow
def test_most_people_are_found_and_few_strangers(result):
    [row] = [row for row in result["by_threshold"] if row["threshold"] == 0.99]
    assert row["precision"] > 0.98 and row["recall"] > 0.9
    assert row["b_cubed_precision"] > 0.98 and row["b_cubed_recall"] > 0.95


@pytest.mark.slow
def test_a_higher_threshold_finds_fewer(result):
    recalls = [row["recall"] for row in result["by_threshold"]]
    assert recalls == sorted(recalls, reverse=True)


def test_measures_of_a_known_case(script):
    benchmark, world = script("deduplication"), script("deduplication_world")
    leads = pd.DataFrame({"lead_id": ["L1", "L2", "L3"]})
    truth = pd.DataFrame({"lead_id": ["L1", "L2"], "contact_id": ["C1", "C2"]})
    own = world.World(pd.DataFrame({"contact_id": ["C1", "C2"]}), leads, truth)
    pairs = pd.DataFrame(
        {"left_id": ["L1", "L3"], "right_id": ["C1", "C2"], "probability": [1, 0.9]}
    )
    measures = benchmark.accuracy(own, pairs)
    assert measures["precision"] == 0.5 and measures["recall"] == 0.5
    # L1 and C1 are right; L2 lacks C2, which has L3 beside it.
    assert measures["b_cubed_precision"] == 0.8
    assert measures["b_cubed_recall"] == 0.8

"""What a day assigned: told by the run itself, and again by its folder."""

from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from crm import DataError
from runs import distribution_of


@pytest.fixture(scope="module")
def folder(small):
    return small / "run"


@pytest.mark.slow
def test_folder_and_scenario_tell_the_same(small, folder):
    """The folder needs neither the model nor the tables it was made from."""
    again, made = distribution_of(folder), distribution_of(small / "daily.yaml")
    assert again.status == made.status
    assert again.fairness.gini == pytest.approx(made.fairness.gini)
    assert_frame_equal(again.fairness.by_rep, made.fairness.by_rep)


def test_folder_tells_what_was_assigned(folder):
    """As many leads per rep as the table has rows."""
    rows = pd.read_csv(folder / "assignments.csv", dtype=str)
    found = distribution_of(folder).fairness.by_rep.set_index("rep_id")["leads"]
    counted = rows["rep_id"].value_counts()
    assert found[found > 0].to_dict() == counted.to_dict()


@pytest.mark.slow
def test_frontier_begins_at_the_optimum(folder):
    """Its first row is the run as it was solved."""
    found = distribution_of(folder)
    brief = found.scenario.model_copy(
        update={"solve": found.scenario.solve.model_copy(update={"time_limit": 0.3})}
    )
    first = replace(found, scenario=brief).frontier.iloc[0]
    assert first["kept"] == 1.0
    assert first["gini"] == pytest.approx(found.fairness.gini)


def test_changed_folder_is_refused(folder, tmp_path):
    """Whoever got another lead after the run, fairness of the run is not told."""
    for path in folder.rglob("*.*"):
        copy = tmp_path / path.relative_to(folder)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes())
    table = tmp_path / "assignments.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(DataError, match="changed after the run"):
        distribution_of(tmp_path)

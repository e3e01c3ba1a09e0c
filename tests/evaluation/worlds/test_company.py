import pandas as pd
import pytest

from crm import TABLES, Source, csv_text, read_crm
from evaluation import PRESETS, draw_world
from evaluation.worlds import changed
from solver.availability import at_work


@pytest.mark.parametrize("preset", ["cold_start", "demo"])
def test_a_company_is_as_if_read_from_files(tmp_path, preset) -> None:
    """Written as CSV and read again, every table is the same."""
    world = draw_world(changed(PRESETS[preset], ["absence_share=0.3"]), seed=0)
    made = world.company(200, 20, day=3)
    for name, table in world.tables(200, 20, day=3).items():
        (tmp_path / f"{name}.csv").write_text(csv_text(table))
    given = {name: Source(file=f"{name}.csv") for name in made.given}
    read, _ = read_crm(given, tmp_path, made.as_of)
    assert read.given == made.given
    assert read.as_of == made.as_of
    for name in TABLES:
        pd.testing.assert_frame_equal(
            getattr(read, name), getattr(made, name), check_like=True, obj=name
        )


def test_who_is_absent_is_not_at_work() -> None:
    """The solver reads the absences as the world means them."""
    world = draw_world(changed(PRESETS["mild"], ["absence_share=0.3"]), seed=0)
    company = world.company(100, 10, day=8)
    today = pd.DatetimeIndex([company.as_of])
    assert (at_work(company) == ~world.away(today)[0]).all()


def test_the_truth_is_a_table_of_eligible_pairs() -> None:
    """Each pair once, with its probability."""
    world = draw_world(PRESETS["overloaded"], seed=0)
    leads = world.leads(10)
    truth, eligible = world.truth(leads), world.eligible(leads)
    pairs = truth.pairs(eligible)
    assert len(pairs) == eligible.sum()
    known = truth.probability(pairs["lead_id"].tolist(), pairs["rep_id"].tolist())
    assert (pairs["known truth"] == known).all()

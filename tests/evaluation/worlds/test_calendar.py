import numpy as np
import pandas as pd

from evaluation import PRESETS, STARTS_AT, draw_world
from evaluation.worlds import World, changed
from evaluation.worlds.calendar import at_work, week_of, working_days


def world(share: float = 0.2) -> World:
    return draw_world(changed(PRESETS["mild"], [f"absence_share={share}"]), seed=0)


def test_so_many_are_away_whole_weeks() -> None:
    """A fifth of the reps, on average, and each from Monday to Friday."""
    gone = world().away(working_days(500))
    assert abs(gone.mean() - 0.2) < 0.03
    by_week = gone.reshape(100, 5, -1)
    assert (by_week == by_week[:, :1]).all()
    assert not world(0.0).away(working_days(20)).any()


def test_some_are_away_every_week() -> None:
    """Two each week, not always the same, whatever the share."""
    made = draw_world(changed(PRESETS["mild"], ["n_away=2"]), seed=0)
    by_week = made.away(working_days(100))[::5]
    assert (by_week.sum(axis=1) == 2).all()
    assert by_week.any(axis=0).sum() > 12


def test_the_table_says_the_same() -> None:
    """Who is in the table is away on the days between its two ends, no one else."""
    made, days = world(), working_days(10)
    table = made.absences(days)
    for day, gone in zip(days, made.away(days), strict=True):
        noon = day + pd.Timedelta(hours=12)
        rows = table[(table["from"] <= noon) & (noon <= table["to"])]
        assert set(rows["rep_id"]) == set(made.reps["rep_id"][gone])
    assert table["to"].dt.day_name().unique().tolist() == ["Friday"]


def test_who_is_away_hangs_on_week_and_rep_alone() -> None:
    """Asked about one day or many, the answer is the same."""
    made, days = world(), working_days(10)
    assert np.array_equal(made.away(days)[7], made.away(days[7:8])[0])


def test_history_spares_who_was_away() -> None:
    """Nobody got a lead in a week of absence; propensities count who was there."""
    made = world()
    past = made.history(4000, with_propensity=True)
    day = pd.DatetimeIndex(past["created_at"])
    rep = pd.Index(made.reps["rep_id"]).get_indexer(past["rep_id"])
    gone = made.away(day)
    assert not gone[np.arange(len(past)), rep].any()
    assert np.allclose(1 / past["propensity"], (~gone).sum(axis=1))


def test_where_all_are_away_all_stay() -> None:
    """A territory without anyone is served by all who could."""
    eligible = np.array([[True, True, False], [False, True, True]])
    gone = np.array([[True, True, False]])
    assert at_work(eligible, gone).tolist() == [
        [True, True, False],
        [False, False, True],
    ]


def test_weeks_begin_on_monday() -> None:
    """From Monday's first second to Sunday's last."""
    days = pd.DatetimeIndex([STARTS_AT, STARTS_AT + pd.Timedelta(days=6, hours=23)])
    assert week_of(days).tolist() == [STARTS_AT, STARTS_AT]

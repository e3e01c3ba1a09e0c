import numpy as np
import pandas as pd
import pytest

from tests.scoring.rep_effects.synthetic_rows import world

JUNIOR, SENIOR, ABSENT = 1, 3, 7


@pytest.fixture(scope="module")
def made():
    """Twelve juniors at -0.6, twelve seniors at +0.6, each with an own bit."""
    effect = np.zeros((24, 3))
    effect[:, 0] = np.repeat([-0.6, 0.6], 12)
    effect[:, 0] += np.random.default_rng(0).normal(0, 0.15, 24)
    return world(seed=5, n=12_000, n_reps=24, effect=effect)


@pytest.fixture(scope="module")
def seniority(made):
    levels = pd.array([JUNIOR] * 12 + [SENIOR] * 12, dtype="Int64")
    return pd.Series(levels, index=made.rep_id)


@pytest.fixture(scope="module")
def effects(made, seniority):
    return made.fitted(seniority)


def of_new(effects, *levels):
    known = pd.Series(pd.array(levels, dtype="Int64"))
    return effects.deviations([f"new {i}" for i in range(len(levels))], known)[:, 0]


def test_a_new_rep_is_the_average_of_their_seniority(effects):
    """Juniors and seniors without history count as those with one do."""
    own = effects.coefficient[:, 0]
    junior, senior = of_new(effects, JUNIOR, SENIOR)
    assert junior == pytest.approx(own[:12].mean(), abs=0.05)
    assert senior == pytest.approx(own[12:].mean(), abs=0.05)
    assert junior < -0.4 < 0.4 < senior


def test_the_spread_told_is_that_of_all_reps(made, effects):
    """What juniors and seniors differ by is part of how far reps differ."""
    assert effects.main.sd == pytest.approx(made.effect[:, 0].std(), rel=0.15)


def test_errors_cover_the_truth(made, effects):
    """Judged within their seniority, most effects lie within two standard errors."""
    off = np.abs(
        effects.coefficient[:, 0] - made.effect[:, 0] + made.effect[:, 0].mean()
    )
    assert (off < 2 * effects.error).mean() >= 0.85
    assert effects.error.max() < 0.3


def test_an_unknown_seniority_is_the_average_of_all(effects):
    """Neither missing nor never seen levels are guessed at."""
    assert of_new(effects, pd.NA, ABSENT).tolist() == [0, 0]
    assert effects.deviations(["new"], None)[0, 0] == 0


def test_seniorities_keep_to_their_level_whatever_their_dtype(effects):
    """3, 3.0 and "3" are one seniority, None and NaN are none."""
    for known in ([3.0, np.nan], ["3", None], [3, None]):
        found = effects.deviations(["new", "newer"], pd.Series(known, dtype=object))[
            :, 0
        ]
        assert found.tolist() == [of_new(effects, SENIOR)[0], 0]


def test_a_rep_with_five_leads_is_close_to_their_seniority(made, seniority):
    """Five lost leads do not make a senior a junior."""
    own = np.flatnonzero(made.rep == 20)
    keep = np.setdiff1d(np.arange(len(made.rep)), own[5:])
    few = world(seed=5, n=12_000, n_reps=24, effect=made.effect)
    few.frame = made.frame.iloc[keep].reset_index(drop=True)
    few.offset, few.rep = made.offset[keep], made.rep[keep]
    few.won = np.where(few.rep == 20, 0.0, made.won[keep])
    effects = few.fitted(seniority)
    senior = of_new(effects, SENIOR)[0]
    assert effects.n_leads[20] == 5
    assert senior - 0.4 < effects.coefficient[20, 0] < senior


def test_without_levels_that_differ_a_level_says_little():
    """Where seniority has no effect new reps of all levels are near the average."""
    made = world(seed=8, n=12_000, n_reps=24, main_sd=0.5)
    levels = pd.Series(np.tile([1, 2], 12), index=made.rep_id, dtype="Int64")
    junior, senior = of_new(made.fitted(levels), 1, 2)
    assert abs(junior) < 0.2
    assert abs(senior) < 0.2


def test_a_seniority_that_is_partly_missing_serves_the_others(made, seniority):
    """Reps of unknown seniority keep their own effect, levels stay apart."""
    partly = seniority.copy()
    partly.iloc[[0, 3, 14]] = pd.NA
    partly = partly.drop(partly.index[[5, 20]])
    effects = made.fitted(partly)
    junior, senior = of_new(effects, JUNIOR, SENIOR)
    assert junior < -0.35 < 0.35 < senior
    own, truth = effects.coefficient[:, 0], made.effect[:, 0]
    assert np.corrcoef(own, truth)[0, 1] > 0.95


@pytest.mark.parametrize("levels", [[pd.NA] * 24, [2] * 24, list(range(24))])
def test_levels_that_tell_nothing_change_little(made, levels):
    """None, one for all, or one for each rep: reps keep their effects."""
    known = pd.Series(pd.array(levels, dtype="Int64"), index=made.rep_id)
    effects, plain = made.fitted(known), made.fitted()
    assert effects.coefficient[:, 0] == pytest.approx(plain.coefficient[:, 0], abs=0.1)

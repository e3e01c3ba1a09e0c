from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from scoring.rep_effects.mixed_model import fit_mixed_model
from scoring.rep_effects.screening import screen
from tests.scoring.rep_effects.synthetic_rows import world


def test_a_planted_main_effect_is_found():
    """Sign and order of the reps are right, and no rep is overstated."""
    made = world(seed=1, n=8000, n_reps=16, main_sd=0.5)
    effects = made.fitted()
    found, truth = made.added(effects)[:, 0], made.effect[:, 0]
    assert effects.main.confirmed
    assert effects.answer == "yes"
    assert np.corrcoef(found, truth)[0, 1] > 0.9
    assert (found > 0)[np.abs(truth) > 0.5].tolist() == (
        (truth > 0)[np.abs(truth) > 0.5].tolist()
    )
    assert found.std() < 1.1 * truth.std()
    assert not effects.interaction.confirmed


def test_a_planted_interaction_is_found():
    """Who is better with large leads is told, and by about how much."""
    made = world(seed=3, n=12_000, n_reps=12, interaction_sd=0.5)
    effects = made.fitted()
    assert effects.interaction.confirmed
    size = 1 + effects.columns.names.index("size")
    found, truth = effects.coefficient[:, size], made.effect[:, 1]
    assert np.corrcoef(found, truth)[0, 1] > 0.9
    assert effects.interaction.shrunken_sd == pytest.approx(0.55, rel=0.4)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_reps_who_do_not_differ_get_exactly_nothing(seed):
    """Enough history, no effect: every coefficient is 0, and the answer is no."""
    effects = world(seed=seed, n=6000, n_reps=10).fitted()
    assert effects.answer == "no"
    assert not effects.used
    assert not effects.coefficient.any()
    assert not effects.shared.any()
    assert not effects.error.any()


def test_too_little_history_cannot_tell():
    """With twenty leads each, a spread that matters might not show."""
    effects = world(seed=1, n=200, n_reps=10).fitted()
    assert effects.answer == "cannot_tell"
    assert effects.main.test.detectable_sd > 0.25


def test_an_effect_that_turns_is_no_effect():
    """Reps differ beyond chance, yet not in a way that lasts: nothing is used."""

    def turned(added):
        return np.where(np.arange(len(added)) < 5500, added, -added)

    made = world(seed=1, n=10_000, n_reps=20, main_sd=0.6, change=turned)
    effects = made.fitted()
    assert effects.main.test.significant
    assert effects.answer == "no"
    assert np.abs(effects.coefficient[:, 0]).max() < 0.05


def test_errors_cover_the_truth():
    """About nineteen of twenty effects lie within two standard errors."""
    inside = []
    for seed in range(4):
        made = world(seed=seed, n=4000, n_reps=20, main_sd=0.5)
        effects = made.fitted()
        truth = made.effect[:, 0] - made.effect[:, 0].mean()
        inside += [np.abs(effects.coefficient[:, 0] - truth) < 2 * effects.error]
    assert 0.88 < np.mean(inside) <= 1


def test_fewer_leads_are_pooled_more():
    """Of two reps who win alike, who has had fewer leads is nearer to the average."""
    effect = np.zeros((10, 3))
    effect[:5, 0], effect[5:, 0] = 0.8, -0.8
    made = world(seed=2, n=6000, n_reps=10, effect=effect)
    few = np.flatnonzero(made.rep == 0)[8:]
    keep = np.setdiff1d(np.arange(6000), few)
    made.frame = made.frame.iloc[keep].reset_index(drop=True)
    made.offset, made.won, made.rep = (
        of[keep] for of in (made.offset, made.won, made.rep)
    )
    effects = made.fitted()
    assert effects.n_leads[0] == 8
    assert np.abs(effects.coefficient[0, 0]) < effects.coefficient[1:5, 0].min()
    assert effects.error[0] > 2 * effects.error[1]


def test_a_rep_nobody_knows_is_average():
    """Without history and without seniority a rep adds nothing."""
    made = world(seed=1, n=3000, main_sd=0.6)
    effects = made.fitted()
    assert effects.used
    assert effects.deviations(["nobody"]).tolist() == [
        [0.0] * effects.coefficient.shape[1]
    ]


def test_withdrawn_reps_are_average():
    """Nothing is left of what was found but the evidence for it."""
    effects = world(seed=1, n=3000, main_sd=0.6).fitted().withdrawn()
    assert not effects.used
    assert effects.answer == "no"
    assert not effects.coefficient.any()
    assert effects.main.test.significant


def test_named_features_are_the_only_ones():
    """Reps are held apart in what was asked for and nothing else."""
    made = world(seed=3, n=12_000, n_reps=12, interaction_sd=0.5)
    assert made.fitted(interaction_features=["industry"]).columns.names == ("industry",)
    assert made.fitted(interaction_features=[]).columns.names == ()


class TestStrangeHistory:
    """Histories that hardly say anything, or not in the usual way."""

    def test_one_rep(self):
        """A single rep cannot be compared with anybody."""
        effects = world(n=500, n_reps=1).fitted()
        assert effects.answer == "cannot_tell"
        assert effects.n_leads.tolist() == [500]
        assert not effects.used

    def test_one_of_two_reps_has_one_lead(self):
        """They cannot be told apart, and nothing fails."""
        made = world(n=500, n_reps=2)
        made.rep = np.r_[np.zeros(499, int), 1]
        effects = made.fitted()
        assert effects.answer == "cannot_tell"
        assert np.isfinite(effects.coefficient).all()
        assert np.abs(effects.coefficient).max() < 0.3

    @pytest.mark.parametrize(
        "n_reps", [100, pytest.param(1000, marks=pytest.mark.slow)]
    )
    def test_many_reps_with_two_leads_each(self, n_reps):
        """Nobody is far from average."""
        made = world(n=2 * n_reps, n_reps=n_reps)
        made.rep = np.arange(2 * n_reps) % n_reps
        effects = made.fitted()
        assert effects.n_leads.tolist() == [2] * n_reps
        assert np.abs(effects.coefficient).max() < 0.5

    @pytest.mark.parametrize("n_lost", [0, 9, 10])
    def test_all_won_but_ten(self, n_lost):
        """Fewer than ten of either outcome say nothing of reps, ten hardly."""
        made = world(n=500)
        made.won = np.r_[np.ones(500 - n_lost), np.zeros(n_lost)]
        effects = made.fitted()
        assert effects.used is (n_lost == 10 and effects.used)
        assert np.isfinite(effects.coefficient).all()
        assert effects.answer == "cannot_tell"

    def test_leads_that_do_not_differ(self):
        """Constant columns and one offset leave the reps' own effect only."""
        made = world(seed=1, n=3000, main_sd=0.8)
        made.frame = pd.DataFrame({"size": np.full(3000, 0.1), "industry": 1})
        made.offset = np.full(3000, -1.0)
        effects = made.fitted()
        assert effects.columns.names == ()
        assert effects.main.confirmed

    def test_numbers_that_nobody_filled_in(self):
        """A column without a number is no column, one with half of them is."""
        made = world(seed=1, n=3000, main_sd=0.8)
        made.frame["size"] = np.nan
        assert "size" not in made.fitted().columns.names
        made.frame.loc[::2, "size"] = np.arange(1500.0)
        effects = made.fitted()
        assert np.isfinite(effects.coefficient).all()

    def test_a_rep_who_got_one_product_only(self):
        """What is not known of a rep is drawn to the others, not beyond them."""
        made = world(seed=3, n=12_000, n_reps=12, interaction_sd=0.5)
        only = (made.rep != 4) | (made.frame["industry"] == 0).to_numpy()
        made.frame = made.frame[only].reset_index(drop=True)
        made.offset, made.won, made.rep = (
            of[only] for of in (made.offset, made.won, made.rep)
        )
        effects = made.fitted()
        assert effects.interaction.confirmed
        own = np.abs(effects.coefficient)
        assert own[4].max() <= own.max()
        assert np.isfinite(effects.coefficient).all()

    def test_no_rows_at_all(self):
        """Where every lead was found by its rep there is nothing to compare."""
        made = world(n=0, n_reps=0)
        effects = made.fitted()
        assert effects.rep_ids == ()
        assert effects.deviations(["anybody"]).tolist() == [[0.0]]
        assert effects.answer == "cannot_tell"


def test_errors_cover_the_difference_of_two_reps_for_a_lead():
    """Interactions included: nineteen of twenty, and hardly a wrong sign."""
    made = world(seed=1, n=6000, n_reps=15, main_sd=0.4, interaction_sd=0.4)
    effects = made.fitted()
    columns = effects.columns.matrix(made.frame[:200], made.offset[:200])
    lead = np.column_stack([np.ones(200), columns])
    added, variance = lead @ effects.coefficient.T, lead**2 @ (effects.uncertainty**2).T
    true = made.columns[:200] @ made.effect.T
    off = np.abs(np.diff(added) - np.diff(true))
    error = np.sqrt(variance[:, 1:] + variance[:, :-1])
    assert 0.9 < (off < 1.96 * error).mean() < 0.999
    sure = np.abs(np.diff(added)) > 1.96 * error
    assert 0.2 < sure.mean() < 0.6
    assert (sure & (np.diff(added) * np.diff(true) < 0)).mean() < 0.01


def test_a_rep_nobody_knows_may_lie_anywhere():
    """The error of a rep without history is the spread of the others."""
    effects = world(seed=1, n=3000, main_sd=0.6).fitted()
    known, new = effects.uncertainties(["R0001", "nobody"])
    assert known.tolist() == effects.uncertainty[1].tolist()
    assert new[0] > 1.5 * known[0]
    assert new[0] == pytest.approx(0.6, rel=0.5)


@pytest.fixture(scope="module")
def shuffled():
    """Rows, and the same ones in another order under other names of their reps."""
    made = world(seed=6, n=1500, n_reps=60, main_sd=0.5, interaction_sd=0.4)
    rng = np.random.default_rng(0)
    order, name = rng.permutation(1500), rng.permutation(60)
    other = world(seed=6, n=1500, n_reps=60)
    other.frame = made.frame.iloc[order].reset_index(drop=True)
    other.offset, other.won = made.offset[order], made.won[order]
    other.rep = name[made.rep[order]]
    return made, other, name


def test_neither_order_nor_names_of_reps_matter(shuffled):
    """The same variances, coefficients and errors for permuted rows, renamed reps."""
    made, other, name = shuffled
    level = np.arange(60) % 3
    feature = np.array([0, 1, 2])
    first = fit_mixed_model(made.by_rep(), feature, level, 3)
    second = fit_mixed_model(other.by_rep(), feature, level[np.argsort(name)], 3)
    close = {"rel": 1e-8, "abs": 1e-10}
    assert second.covariance == pytest.approx(first.covariance, **close)
    assert second.deviation[name] == pytest.approx(first.deviation, **close)
    assert second.error[name] == pytest.approx(first.error, **close)


def test_neither_order_nor_names_change_the_tests(shuffled):
    """The same p-values and bounds."""
    made, other, _ = shuffled
    *first, of_features = screen(made.by_rep(), np.array([0, 1, 2]))
    *second, again = screen(other.by_rep(), np.array([0, 1, 2]))
    assert again == pytest.approx(of_features)
    for one, two in zip(first, second, strict=True):
        assert astuple(two) == pytest.approx(astuple(one))

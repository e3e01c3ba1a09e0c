import numpy as np
import pandas as pd
import pytest

from scoring.rep_effects import answer_of, finding_of
from tests.scoring.rep_effects.worlds import world


def test_a_planted_main_effect_is_found():
    """Sign and order of the reps are right, and no rep is overstated."""
    made = world(seed=1, n=8000, n_reps=16, main_sd=0.5)
    part = made.fitted()
    found, truth = made.added(part)[:, 0], made.effect[:, 0]
    assert part.main.found
    assert answer_of(part) == "yes"
    assert np.corrcoef(found, truth)[0, 1] > 0.9
    assert (found > 0)[np.abs(truth) > 0.5].tolist() == (
        (truth > 0)[np.abs(truth) > 0.5].tolist()
    )
    assert found.std() < 1.1 * truth.std()
    assert not part.match.found


def test_a_planted_match_is_found():
    """Who is better with large leads is told, and by about how much."""
    made = world(seed=3, n=12_000, n_reps=12, match_sd=0.5)
    part = made.fitted()
    assert part.match.found
    size = 1 + part.columns.names.index("size")
    found, truth = part.coefficient[:, size], made.effect[:, 1]
    assert np.corrcoef(found, truth)[0, 1] > 0.9
    assert part.match.shrunken_sd == pytest.approx(0.55, rel=0.4)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_reps_who_do_not_differ_get_exactly_nothing(seed):
    """Enough history, no effect: every coefficient is 0, and the answer is no."""
    part = world(seed=seed, n=6000, n_reps=10).fitted()
    assert answer_of(part) == "no"
    assert finding_of(part).startswith("No")
    assert not part.used
    assert not part.coefficient.any()
    assert not part.shared.any()
    assert not part.error.any()


def test_too_little_history_cannot_tell():
    """With twenty leads each, a spread that matters might not show."""
    part = world(seed=1, n=200, n_reps=10).fitted()
    assert answer_of(part) == "cannot tell"
    assert part.main.test.detectable_sd > 0.25


def test_an_effect_that_turns_is_no_effect():
    """Reps differ beyond chance, yet not in a way that lasts: nothing is used."""

    def turned(added):
        return np.where(np.arange(len(added)) < 5500, added, -added)

    made = world(seed=1, n=10_000, n_reps=20, main_sd=0.6, change=turned)
    part = made.fitted()
    assert part.main.test.significant
    assert answer_of(part) == "no"
    assert "lasts" in finding_of(part)
    assert np.abs(part.coefficient[:, 0]).max() < 0.05


def test_errors_cover_the_truth():
    """About nineteen of twenty effects lie within two standard errors."""
    inside = []
    for seed in range(4):
        made = world(seed=seed, n=4000, n_reps=20, main_sd=0.5)
        part = made.fitted()
        truth = made.effect[:, 0] - made.effect[:, 0].mean()
        inside += [np.abs(part.coefficient[:, 0] - truth) < 2 * part.error]
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
    part = made.fitted()
    assert part.n_leads[0] == 8
    assert np.abs(part.coefficient[0, 0]) < part.coefficient[1:5, 0].min()
    assert part.error[0] > 2 * part.error[1]


def test_a_rep_nobody_knows_is_average():
    """Without history and without seniority a rep adds nothing."""
    made = world(seed=1, n=3000, main_sd=0.6)
    part = made.fitted()
    assert part.used
    assert part.of(["nobody"]).tolist() == [[0.0] * part.coefficient.shape[1]]


def test_withdrawn_reps_are_average():
    """Nothing is left of what was found but the evidence for it."""
    part = world(seed=1, n=3000, main_sd=0.6).fitted().withdrawn()
    assert not part.used
    assert not part.found
    assert not part.coefficient.any()
    assert part.main.test.significant


def test_named_features_are_the_only_ones():
    """Reps are held apart in what was asked for and nothing else."""
    made = world(seed=3, n=12_000, n_reps=12, match_sd=0.5)
    assert made.fitted(match_features=["industry"]).columns.names == ("industry",)
    assert made.fitted(match_features=[]).columns.names == ()


class TestStrangeHistory:
    """Histories that can hardly teach, or not in the usual way."""

    def test_one_rep(self):
        """A single rep cannot be compared with anybody."""
        part = world(n=500, n_reps=1).fitted()
        assert answer_of(part) == "cannot tell"
        assert part.n_leads.tolist() == [500]
        assert not part.used

    def test_one_of_two_reps_has_one_lead(self):
        """They cannot be told apart, and nothing fails."""
        made = world(n=500, n_reps=2)
        made.rep = np.r_[np.zeros(499, int), 1]
        part = made.fitted()
        assert answer_of(part) == "cannot tell"
        assert np.isfinite(part.coefficient).all()
        assert np.abs(part.coefficient).max() < 0.3

    @pytest.mark.parametrize(
        "n_reps", [100, pytest.param(1000, marks=pytest.mark.slow)]
    )
    def test_many_reps_with_two_leads_each(self, n_reps):
        """Nobody is far from average."""
        made = world(n=2 * n_reps, n_reps=n_reps)
        made.rep = np.arange(2 * n_reps) % n_reps
        part = made.fitted()
        assert part.n_leads.tolist() == [2] * n_reps
        assert np.abs(part.coefficient).max() < 0.5

    @pytest.mark.parametrize("n_lost", [0, 9, 10])
    def test_all_won_but_ten(self, n_lost):
        """Fewer than ten of either outcome teach nothing of reps, ten hardly."""
        made = world(n=500)
        made.won = np.r_[np.ones(500 - n_lost), np.zeros(n_lost)]
        part = made.fitted()
        assert part.used is (n_lost == 10 and part.used)
        assert np.isfinite(part.coefficient).all()
        assert answer_of(part) == "cannot tell"

    def test_leads_that_do_not_differ(self):
        """Constant columns and one offset leave the reps' own effect only."""
        made = world(seed=1, n=3000, main_sd=0.8)
        made.frame = pd.DataFrame({"size": np.full(3000, 0.1), "industry": 1})
        made.offset = np.full(3000, -1.0)
        part = made.fitted()
        assert part.columns.names == ()
        assert part.main.found

    def test_numbers_that_nobody_filled_in(self):
        """A column without a number is no column, one with half of them is."""
        made = world(seed=1, n=3000, main_sd=0.8)
        made.frame["size"] = np.nan
        assert "size" not in made.fitted().columns.names
        made.frame.loc[::2, "size"] = np.arange(1500.0)
        part = made.fitted()
        assert np.isfinite(part.coefficient).all()

    def test_a_rep_who_got_one_product_only(self):
        """What is not known of a rep is drawn to the others, not beyond them."""
        made = world(seed=3, n=12_000, n_reps=12, match_sd=0.5)
        only = (made.rep != 4) | (made.frame["industry"] == 0).to_numpy()
        made.frame = made.frame[only].reset_index(drop=True)
        made.offset, made.won, made.rep = (
            of[only] for of in (made.offset, made.won, made.rep)
        )
        part = made.fitted()
        assert part.match.found
        own = np.abs(part.coefficient)
        assert own[4].max() <= own.max()
        assert np.isfinite(part.coefficient).all()

    def test_no_rows_at_all(self):
        """Where every lead was found by its rep there is nothing to compare."""
        made = world(n=0, n_reps=0)
        part = made.fitted()
        assert part.rep_ids == ()
        assert part.of(["anybody"]).tolist() == [[0.0]]
        assert answer_of(part) == "cannot tell"

import numpy as np
import pytest
from scipy.stats import chi2, kstest

from scoring.rep_effects.rows import RepRows
from scoring.rep_effects.screening import screen
from tests.scoring.rep_effects.synthetic_rows import world

FEATURE = np.array([0, 1, 2])
TESTS = ("main", "interaction", "one feature")


def p_values(made):
    main, interaction, feature_p = screen(made.by_rep(), FEATURE)
    return main.p_value, interaction.p_value, feature_p[0]


def drawn(n_worlds, first=0, **of):
    seeds = range(first, first + n_worlds)
    return np.array([p_values(world(seed=seed, **of)) for seed in seeds])


@pytest.mark.parametrize("place", range(3), ids=TESTS)
def test_without_any_spread_every_p_value_is_as_likely(place, of_null_worlds):
    """Sixty worlds without rep effects: nothing speaks against uniform p-values."""
    p = of_null_worlds[:, place]
    assert kstest(p, "uniform").pvalue > 0.001
    assert (p <= 0.05).mean() <= 0.12


@pytest.fixture(scope="module")
def of_null_worlds():
    return drawn(60, first=400, n=1500, n_reps=15)


@pytest.mark.slow
@pytest.mark.parametrize("n_reps", [40, 200])
def test_rare_wins_of_thin_reps_raise_no_false_alarm(n_reps):
    """Where three leads in a hundred are won the tests keep their level."""
    p = drawn(30, n=600, n_reps=n_reps, base=-3.5)
    assert ((p <= 0.05).mean(axis=0) <= 0.17).all()


def test_the_test_of_equal_reps_is_the_chi_square_of_tables():
    """With one offset for all and as many leads each it is Pearson's statistic."""
    rng = np.random.default_rng(0)
    n_reps, n_each = 8, 200
    rep = np.repeat(np.arange(n_reps), n_each)
    won = (rng.random(len(rep)) < 0.3).astype(float)
    share = won.mean()
    offset = np.full(len(rep), np.log(share / (1 - share)))
    rows = RepRows(offset, won, np.ones((len(rep), 1)), rep, n_reps)
    wins = np.bincount(rep, won)
    pearson = np.sum((wins - n_each * share) ** 2) / (n_each * share * (1 - share))
    found = screen(rows, FEATURE[:1])[0].p_value
    assert found == pytest.approx(chi2.sf(pearson, n_reps - 1), abs=0.01)


def test_a_spread_is_found_for_what_it_is():
    """A main effect is not taken for an interaction, nor the reverse."""
    main = np.median(drawn(8, n=3000, n_reps=15, main_sd=0.5), axis=0)
    interaction = np.median(drawn(8, n=3000, n_reps=15, interaction_sd=0.5), axis=0)
    assert main[0] < 1e-4 < 0.05 < main[1]
    assert interaction[1] < 1e-4 < 0.01 < interaction[0]


@pytest.mark.slow
def test_a_spread_that_would_have_shown_shows_four_times_in_five():
    """What is called detectable is found about as often as it says."""
    sd = screen(world(n=3000, n_reps=20).by_rep(), FEATURE)[0].detectable_sd
    p = drawn(40, n=3000, n_reps=20, main_sd=sd)[:, 0]
    assert 0.6 < (p <= 0.05).mean() < 0.97


def test_more_history_detects_less_spread():
    """Four times the leads: half the spread shows, about."""
    few = screen(world(n=1000).by_rep(), FEATURE)[0].detectable_sd
    many = screen(world(n=16_000).by_rep(), FEATURE)[0].detectable_sd
    assert many == pytest.approx(few / 4, rel=0.15)


@pytest.mark.slow
def test_the_largest_spread_allowed_covers_the_truth():
    """The upper bound lies below the true spread in few worlds."""
    bounds = [
        screen(world(seed=s, n=3000, n_reps=20, main_sd=0.3).by_rep(), FEATURE)
        for s in range(30)
    ]
    covered = [main.upper_sd > 0.25 for main, *_ in bounds]
    assert np.mean(covered) > 0.85


def test_one_rep_cannot_be_compared():
    """With a single rep there is nothing to test, nor to detect."""
    main, interaction, _ = screen(world(n=300, n_reps=1).by_rep(), FEATURE)
    assert main.p_value == 1
    assert np.isinf(main.detectable_sd)
    assert not interaction.significant

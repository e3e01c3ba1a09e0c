import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from scoring.origins.finding import find_origins
from tests.scoring.synthetic_history import AS_OF, texts


def world(seed, n=4000, n_reps=12, rep_sd=0.3, planted=0.0):
    """Self-generated leads close better; R00 and R01 do not close distributed ones."""
    rng = np.random.default_rng(seed)
    share_found = rng.uniform(0.1, 0.6, n_reps)
    rep = rng.integers(0, n_reps, n)
    found = rng.random(n) < share_found[rep]
    quality = rng.normal(0, 0.8, n)
    log_odds = -1 + quality + 0.6 * found + rng.normal(0, rep_sd, n_reps)[rep]
    log_odds -= planted * ((rep < 2) & ~found)
    won = rng.random(n) < expit(log_odds)
    rows = pd.DataFrame(
        {
            "lead_id": texts(f"L{i}" for i in range(n)),
            "rep_id": texts(f"R{j:02d}" for j in rep),
            "assigned_at": pd.Series([AS_OF] * n),
            "outcome": texts(np.where(won, "won", "lost")),
            "origin": texts(np.where(found, "self_generated", "distributed")),
        }
    )
    return rows, quality


def who(finding):
    own = {rep.rep_id for rep in finding.reps if rep.better_self_generated}
    return own, {rep.rep_id for rep in finding.reps if rep.better_distributed}


@pytest.mark.slow
@pytest.mark.parametrize("rep_sd", [0.0, 0.6])
def test_reps_who_treat_both_alike_seldom_stand_out(rep_sd):
    """In at most one company of twenty, however much reps differ at both."""
    alarms = [
        any(who(find_origins(*world(seed, n=1000, rep_sd=rep_sd))))
        for seed in range(40)
    ]
    assert np.mean(alarms) <= 0.05


def test_who_closes_their_own_leads_only_is_named():
    """The planted reps and no others, relative to how the company does."""
    finding = find_origins(*world(1, planted=1.8))
    assert who(finding) == ({"R00", "R01"}, set())
    first = finding.reps[0]
    assert first.low < first.difference < first.high < 0
    assert first.difference > -1.8


def test_the_reverse_is_named_too():
    """With the kinds exchanged, the same reps close distributed leads."""
    rows, quality = world(1, planted=1.8)
    found = rows["origin"] == "self_generated"
    swapped = texts(np.where(found, "distributed", "self_generated"))
    finding = find_origins(rows.assign(origin=swapped), quality)
    assert who(finding) == (set(), {"R00", "R01"})


def test_a_rep_is_not_blamed_for_poor_leads():
    """Where a rep is given the poorest leads, the lead model explains it."""
    rows, quality = world(2, n=12_000)
    given = (rows["origin"] == "distributed").to_numpy()
    of_first = (rows["rep_id"] == "R00").to_numpy()
    kept = ~(of_first & given & (quality > -0.7))
    rows, quality = rows[kept], quality[kept]
    assert "R00" in who(find_origins(rows))[0]
    assert "R00" not in who(find_origins(rows, quality))[0]


def test_counts_and_rates_add_up():
    """Each row holds its rep's own leads; shrunken rates lie near what was seen."""
    rows, quality = world(3, rep_sd=0.8)
    finding = find_origins(rows, quality)
    assert len(finding.reps) == 12
    for rep in finding.reps:
        own = rows[rows["rep_id"] == rep.rep_id]
        given = own[own["origin"] == "distributed"]
        assert rep.n_distributed + rep.n_self_generated == len(own)
        assert rep.n_distributed == len(given)
        assert rep.won_distributed == (given["outcome"] == "won").sum()
        seen = rep.won_distributed / rep.n_distributed
        assert min(seen, finding.rate_distributed) <= rep.rate_distributed
        assert rep.rate_distributed <= max(seen, finding.rate_distributed)


def test_where_nobody_differs_differences_shrink_to_nothing():
    """Most of what is seen is noise, and is taken off."""
    finding = find_origins(*world(4, rep_sd=0.0))
    assert max(abs(rep.difference) for rep in finding.reps) < 0.15
    assert who(finding) == (set(), set())


@pytest.mark.parametrize("origin", ["", "distributed", "self_generated"])
def test_one_kind_alone_cannot_be_compared(origin):
    """Where origin is not known, or all leads are of one kind, nothing is said."""
    rows, quality = world(5, n=300)
    finding = find_origins(rows.assign(origin=texts([origin] * 300)), quality)
    assert finding.reps == ()
    assert np.isnan(finding.rate_distributed)


def test_a_rep_with_leads_of_one_kind_is_listed_but_not_judged():
    """A newcomer with three leads does not stand out."""
    rows, quality = world(6)
    newcomer = rows.iloc[:3].assign(rep_id=texts(["new"] * 3))
    more = pd.concat([rows, newcomer], ignore_index=True)
    finding = find_origins(more, np.append(quality, quality[:3]))
    last = finding.reps[-1]
    assert last.rep_id == "new"
    assert last.adjusted_p == 1
    assert abs(last.difference) < 0.5


def test_no_history_finds_nothing():
    """An empty table is no error."""
    assert find_origins(world(7)[0].iloc[:0]).reps == ()

"""Allocations made at once obey what they look at, and leave no room unused."""

import numpy as np
import pytest

from solver.engines.mip.model import Model, point_of
from solver.engines.mip.start import filled
from tests.solver.engines.mip.company_days import companies


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_no_lead_could_be_added_to_a_filled_allocation(seed, share):
    """From nothing, or from a part of what was filled; what was there stays."""
    model = Model.of(companies(seed, n_leads=30, n_reps=4))
    problem = model.problem
    nothing = np.full(problem.n_leads, -1)
    whole = filled(model, point_of(model, nothing)).pair
    kept = np.random.default_rng(seed).random(problem.n_leads) < share
    start = point_of(model, np.where(kept, whole, -1))
    found = filled(model, start)
    assert found.obeys
    assert np.array_equal(found.pair[start.pair >= 0], start.pair[start.pair >= 0])
    unassigned = np.flatnonzero(found.pair < 0)
    assert 0 < len(unassigned) < np.sum(start.pair < 0)
    for lead in unassigned:
        for pair in range(*problem.indptr[lead : lead + 2]):
            more = found.pair.copy()
            more[lead] = pair
            assert not point_of(model, more).obeys

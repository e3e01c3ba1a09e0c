"""Large days of slots alone are priced where numba is there; all others are not."""

import subprocess
import sys

import numpy as np
import pytest

import solver.engines.solving as solving
from solver.engines import price
from solver.engines.price import suitability
from solver.engines.price.suitability import suits
from solver.problem.constraints import Limit
from solver.problem.result import CUT_SHORT, EXACT, Result, Status
from tests.solver.instances import two_by_two

pytest.importorskip("numba")


@pytest.fixture
def any_size_is_large(monkeypatch):
    monkeypatch.setattr(suitability, "LARGE", 1)


def test_small_days_stay_with_the_flow():
    """Loading compiled code would take longer than they do."""
    result = solving.solve(two_by_two(), seed=0, time_limit=60)
    assert not suits(two_by_two())
    assert result.engine == "flow"


def test_large_days_are_priced(any_size_is_large):
    """The answer and its prices are the flow's."""
    result = solving.solve(two_by_two(), seed=0, time_limit=60)
    assert (result.engine, result.status) == ("price", Status.OPTIMAL)
    assert result.price_kind == EXACT
    assert result.solution.rep_of.tolist() == [1, 0]
    assert result.price == pytest.approx([0.1, 0.0])


def test_prices_of_a_search_cut_short_are_not_called_exact(any_size_is_large):
    """They bound the objective, and are no more than that."""
    result = solving.solve(two_by_two(), seed=0, time_limit=0)
    assert result.status in {Status.FEASIBLE, Status.OPTIMAL}
    if result.status == Status.FEASIBLE:
        assert result.price_kind == CUT_SHORT


def test_an_answer_that_prices_do_not_prove_is_asked_of_the_flow(
    any_size_is_large, monkeypatch
):
    """Where rounding keeps prices from a proof, the flow has whole numbers."""
    unproven = Result.without_solution(two_by_two(), Status.FEASIBLE, "price")
    monkeypatch.setattr(price, "solve_price", lambda *_, **__: unproven)
    result = solving.solve(two_by_two(), seed=0, time_limit=60)
    assert (result.engine, result.status) == ("flow", Status.OPTIMAL)


def test_limits_are_not_priced(any_size_is_large):
    """A limit on pairs is the flow's."""
    limit = Limit("quota", "team_slot", "A", np.arange(2), np.ones(2), upper=1)
    assert suits(two_by_two())
    assert not suits(two_by_two().replace(limits=(limit,)))


def test_without_numba_nothing_is_priced(any_size_is_large, monkeypatch):
    """The extra is not needed for an answer."""
    monkeypatch.setattr(suitability, "find_spec", lambda name: None)
    assert not suits(two_by_two())


def test_small_days_do_not_load_numba():
    """Neither does importing all that a run needs."""
    code = (
        "import sys; from tests.solver.instances import two_by_two\n"
        "from solver import solve\n"
        "solve(two_by_two(), seed=0, time_limit=60)\n"
        "print('numba' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "False"

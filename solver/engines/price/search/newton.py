"""Prices at which smooth demand meets the slots, by Newton's method.

The second derivative of the smooth dual function is that of a network: reps between
whom leads hesitate are linked. Its system is solved by conjugate gradients on the
leads' shares, roughly, for far from the solution a step is only good for a few
temperatures. What leads do not hesitate about weighs nothing in it, so that it is
preconditioned by its diagonal: a load alone would say too much of reps whose leads are
sure.

References
----------
Nocedal, Wright (2006), Numerical Optimization, chapter 7; Kitagawa, Mérigot, Thibert
(2019), Convergence of a Newton algorithm for semi-discrete optimal transport, Journal
of the European Mathematical Society 21.
"""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, cg

from solver.engines.price.dual.smoothed import Smoothed, smoothed
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market

ENOUGH = 0.001
"""Part of the leads that may still be too many or too few somewhere."""
MOST_STEPS = 12
MOST_TURNS, PRECISION = 80, 0.1
"""Turns of the conjugate gradients, and the part of the residual they may leave."""
RIDGE = 1e-3
"""What is added to the second derivative, in slots per temperature."""
BOUND = 5.0
"""No step of a price is longer, in the temperature of the rep's leads."""
PARTS = (1.0, 1 / 2, 1 / 4, 1 / 8, 1 / 16)
"""Parts of a step that are tried, until the dual function does not rise."""


def calmed(
    market: Market,
    slots: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: NDArray[np.float64],
    crew: Crew,
) -> tuple[NDArray[np.float64], float]:
    """Return prices nearer to those at which shares fill the slots, shape (n_reps,).

    And how many options of a lead have a share.

    Parameters
    ----------
    slots
        Shape (n_reps,); may be parts of slots. Reps with none are left out.
    temperature
        Shape (n_leads,).
    """

    def answer(price: NDArray[np.float64]) -> Smoothed:
        return smoothed(market, slots > 0, price, temperature, crew)

    now = answer(price)
    for _ in range(MOST_STEPS):
        excess = np.where((price > 0) | (now.load > slots), now.load - slots, 0.0)
        if np.abs(excess).sum() <= ENOUGH * market.n_leads:
            break
        steps = _steps(now, slots, excess, crew)
        lowered = (_lowered(now, slots, price, step, answer) for step in steps)
        found = next(filter(None, lowered), None)
        if found is None:
            break
        price, now = found
    return price, len(now.share) / max(market.n_leads, 1)


def _steps(
    now: Smoothed,
    slots: NDArray[np.float64],
    excess: NDArray[np.float64],
    crew: Crew,
) -> Iterator[NDArray[np.float64]]:
    """Yield Newton's step, and one that is surely downwards: each price by itself.

    Bounds can turn the first upwards, not the second.
    """
    temperature = now.temperature_of_reps
    own = now.pull + RIDGE * (slots + 1.0) * now.unit / temperature
    bound = BOUND * temperature
    step = now.unit * _direction(now, own, excess, crew)
    yield np.clip(step, -bound, bound)
    yield np.clip(now.unit * (excess / (own - now.held)), -bound, bound)


def _lowered(
    now: Smoothed,
    slots: NDArray[np.float64],
    price: NDArray[np.float64],
    step: NDArray[np.float64],
    answer: Callable[[NDArray[np.float64]], Smoothed],
) -> tuple[NDArray[np.float64], Smoothed] | None:
    """Return prices some part of a step away where the dual function is no higher."""
    best = now.gain + float(price @ slots)
    for part in PARTS:
        further = np.maximum(price + part * step, 0.0)
        after = answer(further)
        if after.gain + float(further @ slots) <= best:
            return further, after
    return None


def _direction(
    now: Smoothed,
    own: NDArray[np.float64],
    excess: NDArray[np.float64],
    crew: Crew,
) -> NDArray[np.float64]:
    """Return by how many units prices should move, (n_reps,); 0 without excess.

    Parameters
    ----------
    own
        Shape (n_reps,); the pull of each rep's shares, and the ridge.
    """
    free = excess != 0
    mixed = now.mixing(crew)
    own = np.where(free, own, 1.0)
    diagonal = np.where(free, own - now.held, 1.0)

    def curved(step: NDArray[np.float64]) -> NDArray[np.float64]:
        step = np.where(free, step, 0.0)
        return np.where(free, own * step - mixed(step), 0.0)

    shape = len(own), len(own)
    step, _ = cg(
        LinearOperator(shape, matvec=curved, dtype=np.float64),
        excess,
        rtol=PRECISION,
        maxiter=MOST_TURNS,
        M=LinearOperator(shape, matvec=lambda left: left / diagonal, dtype=np.float64),
    )
    return np.where(free, step, 0.0)

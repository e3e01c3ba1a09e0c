"""Prices at which smooth demand meets the slots, by Newton's method.

The second derivative of the smooth dual function is that of a network: reps between
whom leads hesitate are linked. Its system is solved by conjugate gradients on the
leads' shares, roughly, for far from the solution a step is only good for a few
temperatures. Prices that need more are let go further every time they run against
their bound.

References
----------
Nocedal, Wright (2006), Numerical Optimization, chapter 7; Kitagawa, Mérigot, Thibert
(2019), Convergence of a Newton algorithm for semi-discrete optimal transport, Journal
of the European Mathematical Society 21.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.linalg import LinearOperator, cg

from solver.engines.price.dual.smoothed import Smoothed, smoothed
from solver.engines.price.machine.crew import Crew
from solver.engines.price.market.market import Market

ENOUGH = 0.003
"""Part of the leads that may still be too many or too few somewhere."""
MOST_STEPS = 12
MOST_TURNS, PRECISION = 80, 0.1
"""Turns of the conjugate gradients, and the part of the residual they may leave."""
RIDGE = 1e-3
"""What is added to the second derivative, in slots per temperature."""
BOUND, WIDENING = 5.0, 3.0
"""First bound of a step, in temperatures; how it grows where a price ran against it."""
SHORTEST, SHORTENING = 1.0 / 16, 4.0
"""Least part of a step, and by what it is divided where the dual function rises."""


def calmed(
    market: Market,
    slots: NDArray[np.float64],
    price: NDArray[np.float64],
    temperature: float,
    crew: Crew,
) -> tuple[NDArray[np.float64], float]:
    """Return prices nearer to those at which shares fill the slots, shape (n_reps,).

    And how many options of a lead have a share.

    Parameters
    ----------
    slots
        Shape (n_reps,); may be parts of slots. Reps with none are left out.
    """
    now = smoothed(market, slots > 0, price, temperature, crew)
    bound, before = np.full(len(price), BOUND * temperature), np.zeros(len(price))
    for _ in range(MOST_STEPS):
        excess = np.where((price > 0) | (now.load > slots), now.load - slots, 0.0)
        if np.abs(excess).sum() <= ENOUGH * market.n_leads:
            break
        wanted = _direction(now, slots, excess, temperature, crew)
        step = np.clip(wanted, -bound, bound)
        ran_on = (np.abs(wanted) >= bound) & (step * before > 0)
        bound = np.where(ran_on, WIDENING * bound, BOUND * temperature)
        before, best = step, now.gain + float(price @ slots)
        part = 1.0
        while True:
            further = np.maximum(price + part * step, 0.0)
            now = smoothed(market, slots > 0, further, temperature, crew)
            if now.gain + float(further @ slots) <= best or part <= SHORTEST:
                break
            part /= SHORTENING
        price = further
    return price, len(now.share) / max(market.n_leads, 1)


def _direction(
    now: Smoothed,
    slots: NDArray[np.float64],
    excess: NDArray[np.float64],
    temperature: float,
    crew: Crew,
) -> NDArray[np.float64]:
    """Return by how much prices should move, shape (n_reps,); 0 without excess."""
    free = excess != 0
    mixed = now.mixing(crew)
    own = np.where(free, now.load + RIDGE * (slots + 1.0), 1.0) / temperature
    diagonal = np.where(free, own - now.held / temperature, own)

    def curved(step: NDArray[np.float64]) -> NDArray[np.float64]:
        step = np.where(free, step, 0.0)
        return np.where(free, own * step - mixed(step) / temperature, 0.0)

    shape = len(slots), len(slots)
    step, _ = cg(
        LinearOperator(shape, matvec=curved, dtype=np.float64),
        excess,
        rtol=PRECISION,
        maxiter=MOST_TURNS,
        M=LinearOperator(shape, matvec=lambda left: left / diagonal, dtype=np.float64),
    )
    return np.where(free, step, 0.0)

"""Which way of telling a won lead's value is nearest on the newest won leads."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.diagnostics.measures import paired_mean

POWER = 1.5
"""Between counts (1) and values whose spread grows with them (2); allows nought."""


@dataclass(frozen=True)
class ValueContest:
    """How the ways of telling the value fared on the newest won rows.

    Attributes
    ----------
    n_taught, n_tested
        Won rows with a value, older and newer.
    deviance
        Way -> mean Tweedie deviance per tested row, in value to the power 0.5;
        lower is nearer.
    gain, standard_error
        How much lower the winner's is than the incumbent's, and its paired
        standard error; 0 where the incumbent stays.
    winner
        The way that is used.
    """

    n_taught: int
    n_tested: int
    deviance: Mapping[str, float]
    gain: float
    standard_error: float
    winner: str


def hold_contest(
    value: np.ndarray,
    weight: np.ndarray,
    expected: Mapping[str, np.ndarray],
    n_taught: int,
) -> ValueContest:
    """Return which way is nearest; an earlier one stays unless clearly beaten.

    Parameters
    ----------
    value
        What the tested leads brought, (n_tested,), at least 0.
    weight
        What each counts for, (n_tested,).
    expected
        Way -> what it had expected of them, (n_tested,), above 0; simplest first.
    n_taught
        Older rows the ways learnt from.
    """
    loss = {way: deviances(value, of) for way, of in expected.items()}
    incumbent, *others = loss
    winner, gain, error = incumbent, 0.0, 0.0
    for way in others:
        mean, standard_error = paired_mean(loss[winner] - loss[way], weight)
        if mean > standard_error:
            winner = way
    if winner != incumbent:
        gain, error = paired_mean(loss[incumbent] - loss[winner], weight)
    means = {way: float(np.average(of, weights=weight)) for way, of in loss.items()}
    return ValueContest(n_taught, len(value), means, gain, error, winner)


def deviances(value: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """Return each row's Tweedie deviance, (n_rows,); least where expected is right.

    Its expectation is least at the mean, so that expected sums are right, and it
    grows with the root of the value only, so that one great deal does not decide.

    References
    ----------
    Jorgensen (1987), Exponential dispersion models, Journal of the Royal
    Statistical Society B 49, 127-145.
    """
    return 4 * (np.sqrt(value) - np.sqrt(expected)) ** 2 / np.sqrt(expected)

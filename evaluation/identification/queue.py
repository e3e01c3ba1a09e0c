"""One queue of leads: whether its assignments look randomised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.identification.queue_tests import (
    ChiSquare,
    balance_by_period,
    balance_of,
)
from scoring.card.figures import SIGNIFICANCE as SIGNIFICANCE_OF_COMPANY
from scoring.diagnostics.quality_overlap import detectable_share
from scoring.statistics.multiplicity import holm

SIGNIFICANCE = 0.025
"""Of each of four tests: a randomised queue passes nine times in ten."""
STRICT = 0.01
"""Of tests over several queues together."""
TELLING_SHARE = 0.02
"""Share of variance between reps that must be detectable for a queue to pass."""
MOST_INELIGIBLE = 0.01

QueueTest = Literal["shares", "periods", "quality"]
TESTS: tuple[QueueTest, ...] = ("shares", "periods", "quality")
QueueDoubt = Literal[
    "ineligible_reps",
    "unequal_quality",
    "unequal_column",
    "unequal_shares",
    "too_few_leads",
    "uneven_company",
    "uneven_together",
    "most_leads_fail",
]
"""Why the leads of a queue cannot be taken as assigned at random."""


@dataclass(frozen=True)
class Queue:
    """Leads that may have been assigned to reps in turn.

    Attributes
    ----------
    name
        The territory, in words.
    n_leads, n_reps
        Leads assigned, and reps eligible for some of them.
    ineligible_share
        Share of the leads that were assigned to a rep who was not eligible.
    detectable_share
        Share of the variance of lead quality between reps that would have shown.
    shares, periods, quality
        Tests of how many leads each rep was assigned, in all and in each period, and
        of how good they were.
    column, column_p
        The column that differs most between reps, and its p-value beside all other
        columns (Holm).
    company_test, company_p
        A test over all queues that fails, and that this queue is too small to pass for
        itself; with its p-value. `None` where there is none.
    is_uneven_together
        Whether the queues that pass for themselves fail together.
    is_exception
        Whether most leads lie in queues that fail.
    """

    name: str
    n_leads: int
    n_reps: int
    ineligible_share: float
    detectable_share: float
    shares: ChiSquare
    periods: ChiSquare
    quality: ChiSquare
    column: str
    column_p: float
    company_test: QueueTest | None = None
    company_p: float = 1.0
    is_uneven_together: bool = False
    is_exception: bool = False

    @property
    def looks_random(self) -> bool:
        """Tell whether no test refutes randomisation, all of them having power."""
        return self.doubt is None

    @property
    def doubt(self) -> QueueDoubt | None:
        """Why its leads cannot be taken as assigned at random; `None` if they can."""
        doubts: dict[QueueDoubt, bool] = {
            "ineligible_reps": self.ineligible_share > MOST_INELIGIBLE,
            "unequal_quality": self.quality.p_value <= SIGNIFICANCE,
            "unequal_column": self.column_p <= SIGNIFICANCE,
            "unequal_shares": self.shares_p <= SIGNIFICANCE,
            "too_few_leads": self.detectable_share > TELLING_SHARE,
            "uneven_together": self.is_uneven_together,
            "uneven_company": self.company_test is not None,
            "most_leads_fail": self.is_exception,
        }
        return next((doubt for doubt, is_so in doubts.items() if is_so), None)

    @property
    def shares_p(self) -> float:
        """The smaller p-value of shares, in all and over time."""
        return min(self.shares.p_value, self.periods.p_value)


def examine(
    name: str,
    rep: NDArray[np.intp],
    probability: NDArray[np.float64],
    ineligible_share: float,
    quality: NDArray[np.float64],
    columns: NDArray[np.float64],
    column_names: Sequence[str],
) -> Queue:
    """Return the tests of a queue.

    Parameters
    ----------
    name
        Of the queue.
    rep, probability
        As for :func:`balance_of`, of the leads that went to eligible reps.
    ineligible_share
        Share of other leads.
    quality
        Log odds of each lead whoever has it, (n_leads,).
    columns, column_names
        What else is known of each lead, (n_leads, n_columns).
    """
    balance = partial(balance_of, rep=rep, probability=probability)
    tests = [balance(_centred(column)) for column in columns.T]
    adjusted = holm(np.array([test.p_value for test in tests]))
    worst = int(np.argmin(adjusted))
    n_leads = len(rep)
    shares = balance(np.ones(n_leads))
    telling = detectable_share(n_leads, shares.freedom) if shares.freedom else 1.0
    return Queue(
        name=name,
        n_leads=n_leads,
        n_reps=int((probability > 0).any(axis=0).sum()),
        ineligible_share=ineligible_share,
        detectable_share=telling,
        shares=shares,
        periods=balance_by_period(rep, probability),
        quality=balance(_centred(quality)),
        column=column_names[worst],
        column_p=float(adjusted[worst]),
    )


def with_joint_tests(queues: Sequence[Queue]) -> tuple[Queue, ...]:
    """Return the queues, with the doubts that tests over all of them raise.

    Where all queues together are uneven, a queue that looks random may only be too
    small to show it: it must rule out the company's mean unevenness. The queues that
    then look random must pass together. None counts where most leads lie in queues that
    fail: of many queues that somebody filled by choice, one passes by luck.
    """
    doubted = tuple(_with_company_test(queue, queues) for queue in queues)
    passed = [queue for queue in doubted if queue.looks_random]
    if any(_together(passed, test).p_value <= STRICT for test in TESTS):
        return tuple(
            replace(queue, is_uneven_together=queue.looks_random) for queue in doubted
        )
    n_passed = sum(queue.n_leads for queue in passed)
    is_minority = 2 * n_passed < sum(queue.n_leads for queue in queues)
    return tuple(
        replace(queue, is_exception=is_minority and queue.looks_random)
        for queue in doubted
    )


def _with_company_test(queue: Queue, queues: Sequence[Queue]) -> Queue:
    """Return the queue with the failed company test that it is too small to refute."""
    n_leads = sum(other.n_leads for other in queues)
    for test in TESTS:
        whole = _together(queues, test)
        expected = whole.excess * queue.n_leads / n_leads
        own: ChiSquare = getattr(queue, test)
        is_uneven = whole.p_value <= STRICT
        if is_uneven and own.p_below(expected) > SIGNIFICANCE_OF_COMPANY:
            return replace(queue, company_test=test, company_p=whole.p_value)
    return queue


def _together(queues: Sequence[Queue], test: QueueTest) -> ChiSquare:
    """Return one test over all these queues."""
    return sum((getattr(queue, test) for queue in queues), ChiSquare())


def _centred(column: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the column less its mean, (n,)."""
    return column - column.mean()

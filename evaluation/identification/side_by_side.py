"""Queues beside each other: one that looks random in a company that is not."""

from collections.abc import Sequence
from dataclasses import replace

from evaluation.identification.queue import Queue
from evaluation.identification.queue_tests import ChiSquare
from scoring.card.figures import SIGNIFICANCE

STRICT = 0.01
TESTS = {"shares": "shares", "periods": "shares over time", "quality": "lead quality"}


def beside_each_other(queues: Sequence[Queue]) -> tuple[Queue, ...]:
    """Return the queues, with doubts where the company's others raise them.

    Where all queues together are uneven, a queue that looks random may only be too
    small to show it: it must rule out the company's mean unevenness. The queues that
    are left must pass together.
    """
    doubted = tuple(replace(queue, doubt=doubt_of(queue, queues)) for queue in queues)
    passed = [queue for queue in doubted if queue.looks_random]
    if all(together(passed, test).p_value > STRICT for test in TESTS):
        return doubted
    said = "looks random by itself, but not with the others that do"
    return tuple(
        replace(queue, doubt=said) if queue.looks_random else queue for queue in doubted
    )


def doubt_of(queue: Queue, queues: Sequence[Queue]) -> str:
    """Return in what the company is so uneven that this queue cannot rule it out."""
    n_leads = sum(each.n_leads for each in queues)
    for test, name in TESTS.items():
        whole = together(queues, test)
        expected = whole.excess * queue.n_leads / n_leads
        own: ChiSquare = getattr(queue, test)
        if whole.p_value <= STRICT and own.less_if(expected) > SIGNIFICANCE:
            return (
                f"the company is uneven in {name} (p = {whole.p_value:.2g}), and this "
                "queue is too small to show that it is not"
            )
    return ""


def together(queues: Sequence[Queue], test: str) -> ChiSquare:
    """Return one test over all these queues."""
    return sum((getattr(queue, test) for queue in queues), ChiSquare())

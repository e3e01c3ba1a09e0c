"""All policies in the world of one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

from evaluation.simulation.beliefs import Beliefs, beliefs_of, first_beliefs
from evaluation.simulation.course import Course, draw_course
from evaluation.simulation.result import Result, summed_up
from evaluation.simulation.trial import policy_of, through_days
from evaluation.worlds.spec import WorldSpec


@dataclass(frozen=True)
class Task:
    """What to simulate.

    Attributes
    ----------
    spec, seed
        Of the world.
    policies
        Names.
    days, retrain_days, n_history
        As for :func:`evaluation.simulation.run.simulate`.
    """

    spec: WorldSpec
    seed: int
    policies: tuple[str, ...]
    days: int
    retrain_days: int
    n_history: int

    def results(self) -> Iterator[Result]:
        """Yield the result of each policy; all meet the same leads and chances."""
        course = draw_course(self.spec, self.seed, self.days, self.n_history)
        first = first_beliefs(course)
        for policy in self.policies:
            beliefs = beliefs_of(policy, course, first, self.retrain_days)
            yield _timed(course, policy, beliefs)


def _timed(course: Course, policy: str, beliefs: Beliefs) -> Result:
    began = perf_counter()
    record = through_days(course, policy_of(policy), beliefs)
    return summed_up(record, policy, perf_counter() - began)

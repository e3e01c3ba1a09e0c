"""Which change moved which lead: the first run's day, changed step by step."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from crm import DataError
from crm.where import WhereError
from reporting.text.whatif.difference_figures import DayChange, Step
from runs.differences.mixture import Mixture
from runs.differences.side import Side
from runs.differences.steps import made
from runs.job.rule_costs import solve_day
from solver import Day, ProblemError, Status
from solver.problem.deadline import Deadline

Owner = Mapping[str, str]
UNFIT = (ProblemError, WhereError, DataError, KeyError, ValueError, IndexError)
"""What rules and tables raise that do not go together."""


def attributed(
    before: Side,
    after: Side,
    changes: Sequence[DayChange],
    shared: Sequence[str],
    altered: frozenset[str],
    seconds: float,
) -> list[Step]:
    """Return what each change moved, in their order.

    The days in between are solved again. The first step is what solving the first day
    again changes, as another version may; the last one what the second run has that no
    change explains. Steps that moved nothing are among them. Changes whose day was not
    proven optimal in time are one step with the next.

    Parameters
    ----------
    changes
        As :func:`runs.differences.steps.day_steps` has them.
    shared
        Leads that both runs have.
    altered
        Those with other cells.
    seconds
        For all that is solved; changes that are left then are one step.
    """
    day = Mixture(before, after, frozenset(), tuple(before.rules), altered)
    owners = [((), before.owner), *_owners(day, changes, seconds)]
    steps = [
        Step(made_now, _moved(old, new, shared))
        for (_, old), (made_now, new) in pairwise(owners)
    ]
    last = {lead: place for place, step in enumerate(steps) for lead in step.moved}
    return [
        Step(step.changes, step.moved, _settled(step.moved, last, place, before, after))
        for place, step in enumerate(steps)
    ]


def _settled(
    moved: Sequence[str], last: Owner | dict, place: int, before: Side, after: Side
) -> tuple[str, ...]:
    return tuple(
        lead
        for lead in moved
        if last[lead] == place and before.owner.get(lead) != after.owner.get(lead)
    )


def _moved(old: Owner, new: Owner, shared: Sequence[str]) -> tuple[str, ...]:
    return tuple(lead for lead in shared if old.get(lead) != new.get(lead))


def _owners(
    day: Mixture, changes: Sequence[DayChange], seconds: float
) -> Iterator[tuple[tuple[DayChange, ...], Owner]]:
    """Yield the changes made, and the owners after them."""
    before, after = day.before, day.after
    if before.run.manifest.experiment.is_drawn:
        yield (DayChange("drawn before"),), before.optimal_owner
    deadline, left = Deadline.after(seconds), list(changes)
    again = _proven(day, day.day, deadline, len(left) + 1)
    if again is not None:
        yield (DayChange("solved again"),), again
    waiting: list[DayChange] = []
    while left and deadline.seconds > 0:
        change = left.pop(0)
        day, waiting = made(day, change), [*waiting, change]
        try:
            built = day.day
        except UNFIT:
            continue
        owner = _proven(day, built, deadline, len(left) + 1)
        if owner is not None:
            yield tuple(waiting), owner
            waiting = []
    yield (*waiting, *left, DayChange("not attributed")), after.optimal_owner
    if after.run.manifest.experiment.is_drawn:
        yield (DayChange("drawn"),), after.owner


def _proven(mixed: Mixture, day: Day, deadline: Deadline, n_left: int) -> Owner | None:
    """Return the owners by the optimum of a day; None where it was not proven in time.

    What is short of the optimum differs from run to run, and no change is to blame.
    """
    seed, spec = mixed.side("ties").seed, mixed.side("solve").run.file.scenario.solve
    own = deadline.part(1 / n_left)
    result = solve_day(day, own.seconds, spec, seed=seed)
    is_final = result.status in {Status.OPTIMAL, Status.INFEASIBLE}
    return result.solution.owner if is_final else None

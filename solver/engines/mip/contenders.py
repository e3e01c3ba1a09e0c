"""Branch and bound in processes of its own: HiGHS at once, SCIP from a known point."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from time import monotonic

from solver.engines.mip import highs
from solver.engines.mip.highs import at_size, slack_of
from solver.engines.mip.model import Point
from solver.engines.mip.natural import Natural
from solver.engines.mip.process import ProgramProcess
from solver.engines.mip.proof import Remaining

SCIP = str(Path(__file__).with_name("scip.py"))


@dataclass(frozen=True, eq=False)
class Contender:
    """A branch and bound at work: on the columns that remain, or on all."""

    remaining: Remaining | Natural
    process: ProgramProcess

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return self.process.is_done


@contextmanager
def highs_at_work(
    remaining: Remaining, end: float, nodes: float = inf
) -> Iterator[Contender]:
    """Yield HiGHS at work until `end`, by the monotonic clock, or so many nodes."""
    options = {"kind": "branched", "nodes": nodes, "yields": True}
    seconds = end - monotonic()
    with ProgramProcess(highs.__file__, remaining.task, seconds, **options) as process:
        yield Contender(remaining, process)


@contextmanager
def plain_at_work(natural: Natural, end: float) -> Iterator[Contender]:
    """Yield HiGHS at work on the whole program until `end`, before all others."""
    seconds = end - monotonic()
    with ProgramProcess(highs.__file__, natural.task, seconds, kind="plain") as process:
        yield Contender(natural, process)


@contextmanager
def scip_at_work(remaining: Remaining, best: Point, end: float) -> Iterator[Contender]:
    """Yield SCIP at work until `end`, from the best point known."""
    sized, size = at_size(remaining.task)
    options = {
        "hint": best.value[remaining.kept],
        "size": size,
        "slack": slack_of(sized),
    }
    with ProgramProcess(SCIP, sized, end - monotonic(), **options) as process:
        yield Contender(remaining, process)

"""Search and two proofs at once, until the bound is met or time is up."""

from contextlib import AbstractContextManager, ExitStack
from math import inf
from time import monotonic

from solver.engines.mip.contenders import (
    Contender,
    highs_at_work,
    plain_at_work,
    scip_at_work,
)
from solver.engines.mip.highs import SOLVED, Outcome, branched
from solver.engines.mip.incumbent import Incumbent
from solver.engines.mip.model import Point
from solver.engines.mip.natural import Natural
from solver.engines.mip.proof import Remaining
from solver.engines.mip.search import Search
from solver.engines.processes.process import n_cores
from solver.engines.processes.silence import silenced

SEARCHING = 0.05
"""Share of the time limit for a first search, so that the proof has less to do."""
LONGEST_SEARCH = 10.0
"""Seconds that the first search takes at most."""
PROVING, SHORTEST_PROOF = 0.2, 3.0
"""Share of the remaining time that a second proof may take, and seconds at least."""
ANSWERING = 0.03
"""Share of the time limit within which a process answers that has to end."""
PATIENCE = 0.1
"""Share of the time limit that search may take without improvement."""
FEW, AT_ONCE = 2_000, 0.25
"""Columns of a program that is first tried in this process, and its seconds."""
MEDIUM, MANY = 50_000, 300_000
"""Columns of programs too large for the second proof, and for branch and bound."""
SPARE = 0.5
"""Seconds that starting a process is worth."""
LISTENING = 0.1
"""Seconds between two looks at the processes."""


def race(incumbent: Incumbent, natural: Natural, seed: int, end: float) -> None:
    """Improve the incumbent until nothing better is to be found, or time is up.

    Parameters
    ----------
    natural
        The program in its own order, for a proof that no plain call is ahead of.
    seed
        Of all random choices.
    end
        When to stop, by the monotonic clock; an answer that is due may take a moment.
    """
    rest = incumbent.remaining
    if not incumbent.is_over and rest.kept.sum() <= FEW:
        with silenced():
            _try_at_once(incumbent, rest, end)
    if incumbent.is_over:
        return
    search = Search(
        incumbent.model,
        incumbent.relaxed,
        incumbent.search_start,
        seed=seed,
        threads=n_cores(),
    )
    with search.running(), ExitStack() as processes:
        _Race(incumbent, natural, search, processes).run(end)


def _try_at_once(incumbent: Incumbent, rest: Remaining, end: float) -> None:
    """Branch and bound in this process, for a moment, at every scale there is."""
    seconds = min(AT_ONCE, end - monotonic())
    incumbent.apply(rest, branched(rest.task, seconds, presolve=False))
    if rest.is_uneven and not incumbent.is_proven:
        natural = rest.as_it_is
        incumbent.apply(natural, branched(natural.task, seconds, presolve=False))
        held = branched(rest.held(incumbent.best), seconds, presolve=False)
        incumbent.improve(rest.point(held))


class _Race:
    """The search in this process, and the proofs in others."""

    def __init__(
        self,
        incumbent: Incumbent,
        natural: Natural,
        search: Search,
        processes: ExitStack,
    ) -> None:
        self._incumbent, self._natural, self._search = incumbent, natural, search
        self._processes = processes
        self._contenders: list[Contender] = []
        self._reserve: Point | None = None
        self._reserve_is_optimal = False
        self._reserved_until = inf
        self._patience = inf

    def run(self, end: float) -> None:
        """Search on the cores that the proofs leave."""
        began, seconds = monotonic(), end - monotonic()
        answering, self._patience = ANSWERING * seconds, PATIENCE * seconds
        rest = self._incumbent.remaining
        if rest.kept.sum() <= MANY and seconds > SPARE:
            if len(rest.kept) <= MANY and not rest.is_uneven:
                self._enter(plain_at_work(self._natural, end))
            self._enter(highs_at_work(rest, end - answering))
        self._improve(began + min(SEARCHING * seconds, LONGEST_SEARCH))
        proving = min(max(PROVING * seconds, SHORTEST_PROOF), seconds / 2)
        while not self._incumbent.is_over and monotonic() < end:
            self._prove_again(min(monotonic() + proving, end - answering))
            self._improve(end, patience=self._patience)
        self._await(end + answering)

    def _enter(self, contender: AbstractContextManager[Contender]) -> None:
        self._contenders.append(self._processes.enter_context(contender))

    def _prove_again(self, end: float) -> None:
        """Let SCIP begin from the best allocation, where that is worth it."""
        rest, best = self._incumbent.remaining, self._incumbent.best
        if rest.kept.sum() <= MEDIUM and end - monotonic() > SPARE:
            other = rest.as_it_is if rest.has_cut_costs else rest
            self._enter(scip_at_work(other, best, end))
            self._improve(end + SPARE, least_threads=int(not self._search.best.obeys))

    def _improve(
        self, end: float, *, least_threads: int = 1, patience: float = inf
    ) -> None:
        """Search until `end` on the cores that no process has, at least so many.

        Not longer than `patience` seconds without improvement.
        """
        incumbent, search = self._incumbent, self._search
        known, since = incumbent.best.rank, monotonic()
        while not incumbent.is_over and monotonic() < min(end, since + patience):
            search.threads = max(n_cores() - len(self._contenders), least_threads)
            if incumbent.assigns and incumbent.best.rank > search.best.rank:
                search.best = incumbent.best
            search.improve(min(end, monotonic() + LISTENING))
            incumbent.improve(search.best)
            self._hear()
            incumbent.report()
            if incumbent.best.rank > known:
                known, since = incumbent.best.rank, monotonic()

    def _await(self, end: float) -> None:
        """Wait for the processes that still have to answer."""
        for contender in self._contenders if not self._incumbent.is_over else []:
            contender.process.outcome(end)
        self._reserved_until = -inf
        self._hear()

    def _hear(self) -> None:
        """Take in the outcomes of the processes that have ended."""
        for contender in [each for each in self._contenders if each.is_done]:
            self._contenders.remove(contender)
            outcome = contender.process.outcome(0.0)
            assert outcome is not None
            if isinstance(contender.remaining, Natural):
                self._hear_plainly(contender.remaining, outcome)
            else:
                self._incumbent.apply(contender.remaining, outcome)
        if monotonic() >= self._reserved_until:
            self._incumbent.take_over(self._reserve, self._reserve_is_optimal)

    def _hear_plainly(self, natural: Natural, outcome: Outcome) -> None:
        """Take in the bound at once, and the allocation in a while.

        Which of equal allocations a plain call finds depends on the order of rows: one
        that the seed chooses goes before it.
        """
        self._incumbent.learn(natural.bound(outcome))
        self._reserve = natural.point(outcome)
        self._reserve_is_optimal = outcome.status == SOLVED
        if self._reserve_is_optimal:
            self._reserved_until = monotonic() + self._patience

"""Workers of a Dask cluster, which read and score partitions where they are."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, ClassVar, TypeVar

import cloudpickle
from distributed import Client, Future, wait
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from runs.cluster.agreement import Agreement, agreement_on
from runs.cluster.at_worker import in_our_packages
from runs.cluster.checking import refuse_other_files, refuse_other_versions
from runs.cluster.cluster_error import ClusterError

S = TypeVar("S")
T = TypeVar("T")
LOOK, PATIENCE = 1.0, 60.0
"""Seconds between two looks at who works, and without anyone before it ends."""
AHEAD = 2
"""Tasks per worker that are under way, so that none waits for the next."""
KEPT = "what was done is kept: the same command goes on from there"


@dataclass
class DaskWorkers:
    """Workers behind a scheduler; a worker that is lost costs what it had in hand.

    Attributes
    ----------
    client
        The connection.
    address
        Of the scheduler, as messages name it.
    """

    see_work: ClassVar[bool] = False
    client: Client
    address: str
    _agreement: Agreement = ()
    _known: set[str] = field(default_factory=set)
    _seen: float = field(default_factory=monotonic)

    def check(self, files: Iterable[Path]) -> None:
        """Raise where a worker has other versions or files than this machine.

        Raises
        ------
        ClusterError
            Names every such worker, and what it lacks.
        """
        refuse_other_versions(self.client)
        self._agreement = agreement_on(path.absolute() for path in files)
        refuse_other_files(self.client, self._agreement)

    def results_of(
        self, task: Callable[[S], Iterable[T]], seeds: Sequence[S]
    ) -> Iterator[T]:
        """Yield the results of a task for every seed, in no order.

        Raises
        ------
        ClusterError
            Where no worker is left, one task ends worker after worker, or the scheduler
            is gone.
        """
        submit = partial(self._submit, cloudpickle.dumps(task))
        waiting, working = iter(seeds), set[Future]()
        try:
            working |= set(map(submit, islice(waiting, self._room(0))))
            while working:
                done, working = self._some_done(working)
                for future in done:
                    yield from self._results(future)
                room = self._room(len(working))
                working |= set(map(submit, islice(waiting, room)))
        finally:
            self.client.cancel(list(working))

    def _submit(self, task: bytes, seed: object) -> Future:
        perform, sent = in_our_packages("perform"), cloudpickle.dumps(seed)
        with self._connected():
            return self.client.submit(perform, self._agreement, task, sent, pure=False)

    def _some_done(self, working: set[Future]) -> tuple[set[Future], set[Future]]:
        """Return who is done, at least one, and who is not."""
        while True:
            try:
                with self._connected():
                    done, left = wait(working, LOOK, "FIRST_COMPLETED")
                    return done, left
            except TimeoutError:
                self._room(len(working))

    def _results(self, future: Future) -> list[Any]:
        """Return the results of a task; what the task itself raised passes through."""
        if future.status != "error":
            with self._connected():
                return future.result()
        try:
            return future.result()
        except KilledWorker as error:
            raise ClusterError(f"{error}; {KEPT}") from error

    def _room(self, n_working: int) -> int:
        """Return how many more tasks to send, at least one where none is under way."""
        with self._connected():
            now = set(self.client.nthreads())
        if gone := self._known - now:
            text = "a worker is gone, %s; others do what it had in hand"
            logging.getLogger("rightrep").warning(text, ", ".join(sorted(gone)))
        self._known = now
        self._seen = monotonic() if now else self._seen
        if monotonic() - self._seen > PATIENCE:
            raise ClusterError(
                f"{self.address} has had no worker for {PATIENCE:.0f} s; {KEPT}"
            )
        return max(max(AHEAD * len(now), 1) - n_working, 0)

    @contextmanager
    def _connected(self) -> Iterator[None]:
        try:
            yield
        except (CancelledError, CommClosedError) as error:
            raise ClusterError(f"{self.address} was lost; {KEPT}") from error

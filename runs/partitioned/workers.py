"""Who reads and scores partitions: processes of this machine, or anyone like them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol, TypeVar

from evaluation.simulation.processes import results_of

S = TypeVar("S")
T = TypeVar("T")


class Workers(Protocol):
    """Do a task for every partition; tasks read files, results travel, no file does.

    Attributes
    ----------
    see_work
        Whether they see the folder of what is done, and may read what is kept there.
    """

    see_work: ClassVar[bool]

    def check(self, files: Iterable[Path]) -> None:
        """Raise where a worker cannot read a file, or reads another than this machine.

        Parameters
        ----------
        files
            What tasks are going to read: files, and folders of Parquet files.
        """

    def results_of(
        self, task: Callable[[S], Iterable[T]], seeds: Sequence[S]
    ) -> Iterator[T]:
        """Yield the results of a task for every seed, in no order."""
        ...


@dataclass(frozen=True)
class OwnProcesses:
    """Processes of this machine, which read what it reads.

    Attributes
    ----------
    count
        How many; by default one per core.
    """

    see_work: ClassVar[bool] = True
    count: int | None = None

    def check(self, files: Iterable[Path]) -> None:
        """Do nothing: they see what this process sees."""

    def results_of(
        self, task: Callable[[S], Iterable[T]], seeds: Sequence[S]
    ) -> Iterator[T]:
        """Yield the results of a task for every seed, in no order."""
        return results_of(task, seeds, self.count)


LOCAL = OwnProcesses()
"""One process per core."""

"""What a cluster decides is what one process decides, whoever dies meanwhile."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from runs.cluster.cluster_error import ClusterError
from runs.cluster.connecting import connected
from runs.partitioned.job import allocate_in_partitions
from runs.partitioned.partitioned_files import files_of_run
from runs.partitioned.workers import LOCAL, OwnProcesses, Workers
from tests.runs.cluster.deadly import always_dying, dying
from tests.runs.partitioned.test_job import _small_partitions, company, day_of

__all__ = ["_small_partitions", "company"]
pytest.importorskip("distributed")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Deadly:
    """Workers one of which kills itself in each stage, once, in the middle of a task.

    Attributes
    ----------
    workers
        The workers.
    graves
        Folder with a file for each stage that had a death.
    """

    see_work = False
    workers: Workers
    graves: Path

    def check(self, files: Iterable[Path]) -> None:
        self.workers.check(files)

    def results_of(self, task: Callable, seeds: Sequence[object]) -> Iterator[object]:
        return self.workers.results_of(partial(dying, task, self.graves), seeds)


def files_of(company: Path, workers: Workers, name: str) -> dict[str, object]:
    """Return the files of a run folder, the times in its manifest aside."""
    work = company / name
    run = allocate_in_partitions(
        day_of(company).everywhere(), work, lambda *_: None, workers
    )
    files: dict[str, object] = dict(files_of_run(run, work))
    manifest = json.loads(files.pop("manifest.json"))
    del manifest["timings"]
    return files | {"manifest.json": manifest}


def test_the_run_folder_is_the_same_to_the_byte(company: Path) -> None:
    """Of one process, of two, and of a cluster."""
    alone = files_of(company, OwnProcesses(1), "alone")
    assert len(alone) > 8
    assert files_of(company, LOCAL, "processes") == alone
    with connected("local", 2) as workers:
        assert files_of(company, workers, "cluster") == alone


def test_a_worker_that_is_killed_costs_nothing_of_the_result(company: Path) -> None:
    """Once while partitions are scored, and once while they are assigned."""
    alone = files_of(company, OwnProcesses(1), "alone")
    graves = company / "graves"
    graves.mkdir()
    with connected("local", 2) as workers:
        assert files_of(company, Deadly(workers, graves), "cluster") == alone
    assert {grave.name for grave in graves.iterdir()} == {"_scored", "_assigned"}


def test_a_task_that_kills_every_worker_ends_the_run(company: Path) -> None:
    with (
        connected("local", 2) as workers,
        pytest.raises(ClusterError, match="all those workers died"),
    ):
        list(workers.results_of(always_dying, [1, 2, 3]))

"""Schedulers and workers that others have started, elsewhere and otherwise."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import monotonic, sleep

import pytest

from reporting import new_folder
from runs.cluster import connecting
from runs.cluster.cluster_error import ClusterError
from runs.cluster.connecting import connected
from runs.partitioned.job import allocate_in_partitions
from runs.partitioned.partitioned_files import files_of_run
from runs.partitioned.verifying import verify_partitions
from runs.partitioned.workers import OwnProcesses
from tests.imports import ROOT
from tests.runs.partitioned.test_job import _small_partitions, company, day_of

__all__ = ["_small_partitions", "company"]
pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
HERE = Path("/proc/self/cwd")
"""A path that is another folder in every process: as on disks of their own."""
Start = Callable[..., subprocess.Popen]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a program of Dask, ended after the test."""
    with ExitStack() as ended:

        def started(
            program: str, *arguments: str, cwd: Path = tmp_path, first: Path = ROOT
        ) -> subprocess.Popen:
            file = str(tmp_path / "scheduler.json")
            call = [sys.executable, "-m", f"distributed.cli.dask_{program}"]
            call += ["--scheduler-file", file, "--host", "127.0.0.1", "--no-dashboard"]
            path = f"{first}:{ROOT}"
            process = subprocess.Popen(
                [*call, *arguments],
                cwd=cwd,
                env={"PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"},
                stderr=subprocess.DEVNULL,
            )
            ended.callback(process.wait)
            ended.callback(process.kill)
            return process

        yield started


@pytest.fixture
def scheduler(start: Start, tmp_path: Path) -> tuple[subprocess.Popen, str]:
    """Return a scheduler without a worker, and its address."""
    process = start("scheduler", "--port", "0")
    file, late = tmp_path / "scheduler.json", monotonic() + 60
    while not file.exists() or not file.read_text():
        assert monotonic() < late
        sleep(0.1)
    return process, json.loads(file.read_text())["address"]


def worker(start: Start, **kwargs: Path) -> subprocess.Popen:
    return start("worker", "--nthreads", "1", "--no-nanny", **kwargs)


def test_workers_in_another_folder_do_the_same(
    company: Path, scheduler: tuple[subprocess.Popen, str], start: Start
) -> None:
    """They know rightrep as an installed package, and files by their whole paths."""
    worker(start, cwd=Path("/"))
    worker(start, cwd=Path("/"))
    day = day_of(company).everywhere()
    with connected(scheduler[1]) as workers:
        run = allocate_in_partitions(day, company / "work", lambda *_: None, workers)
        with new_folder(company / "out", files_of_run(run, company / "work")):
            pass
        verdict = verify_partitions(company / "out", company, workers)
    alone = verify_partitions(company / "out", company, OwnProcesses(1))
    assert verdict.problems == ()
    assert verdict == alone


def test_a_scheduler_without_workers_says_how_to_start_some(
    scheduler: tuple[subprocess.Popen, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "SECONDS", 2)
    with (
        pytest.raises(ClusterError, match="no worker; start some: dask worker tcp://"),
        connected(scheduler[1]),
    ):
        pass


def test_a_worker_of_another_version_is_refused(
    company: Path, scheduler: tuple[subprocess.Popen, str], start: Start
) -> None:
    other = company / "site"
    (other / "rightrep-0.0.9.dist-info").mkdir(parents=True)
    text = "Metadata-Version: 2.1\nName: rightrep\nVersion: 0.0.9\n"
    (other / "rightrep-0.0.9.dist-info" / "METADATA").write_text(text)
    worker(start, first=other)
    with (
        connected(scheduler[1]) as workers,
        pytest.raises(
            ClusterError, match=r"worker tcp://\S+ has rightrep 0\.0\.9, here"
        ),
    ):
        workers.check([])


def test_a_file_that_a_worker_cannot_see_is_named(
    company: Path,
    scheduler: tuple[subprocess.Popen, str],
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And one that is another there; a worker that has them all is not."""
    elsewhere = company.parent / "elsewhere"
    shutil.copytree(company, elsewhere)
    (elsewhere / "leads.parquet").unlink()
    (elsewhere / "reps.csv").write_text("rep_id,daily_capacity\nR1,1\n")
    worker(start, cwd=elsewhere)
    worker(start, cwd=company)
    monkeypatch.chdir(company)
    with connected(scheduler[1]) as workers:
        workers.client.wait_for_workers(2, timeout=60)
        with pytest.raises(ClusterError) as caught:
            workers.check([HERE / "leads.parquet", HERE / "reps.csv"])
    told = str(caught.value)
    assert told.count("worker tcp://") == 1
    assert f"{HERE}/leads.parquet: no such file" in told
    assert f"{HERE}/reps.csv: is another file there than here" in told


def killing(pid: int, seed: object) -> list[object]:
    os.kill(pid, signal.SIGKILL)
    sleep(60)
    return [seed]


def test_a_scheduler_that_ends_meanwhile_ends_the_run(
    scheduler: tuple[subprocess.Popen, str], start: Start
) -> None:
    """With a word on what is kept, instead of waiting for ever."""
    worker(start)
    process, address = scheduler
    with (
        connected(address) as workers,
        pytest.raises(ClusterError, match="was lost; what was done is kept"),
    ):
        list(workers.results_of(partial(killing, process.pid), [1, 2]))

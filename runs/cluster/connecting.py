"""The way to a cluster: a scheduler by its address, or one of this machine."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from runs.cluster.cluster_error import ClusterError
from scoring.processes.pool import KEPT_MEMORY
from solver.engines.processes.process import n_cores

if TYPE_CHECKING:
    from distributed import Client

    from runs.cluster.dask_workers import DaskWorkers

LOCAL = "local"
ENVIRONMENT = "distributed.nanny.pre-spawn-environ"
SETTINGS = {
    **{f"{ENVIRONMENT}.{name}": value for name, value in KEPT_MEMORY.items()},
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
}
"""Workers keep memory that the next task needs again; they serve no pages about what
goes on, and take no samples of it, which would take time."""
SECONDS = 10
"""To reach the scheduler, and for its first worker to come."""


@contextmanager
def connected(address: str, n_workers: int | None = None) -> "Iterator[DaskWorkers]":
    """Yield the workers of a cluster, and leave it.

    Parameters
    ----------
    address
        Of a scheduler, such as ``tcp://host:8786``; `LOCAL` starts one of this machine
        that only this process can reach, and ends it.
    n_workers
        Of `LOCAL`; by default one per core.

    Raises
    ------
    ClusterError
        Where the extra is missing, nobody answers, or nobody works there.
    """
    if find_spec("distributed") is None:
        raise ClusterError('a cluster needs: pip install "rightrep[cluster]"')
    from runs.cluster.dask_workers import DaskWorkers

    # What it says of lost workers and ended connections, we say.
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    opened = _local(n_workers) if address == LOCAL else _existing(address)
    with opened as client:
        try:
            client.wait_for_workers(1, timeout=SECONDS)
        except TimeoutError as error:
            start = f"start some: dask worker {address} --nthreads 1"
            raise ClusterError(f"{address} has no worker; {start}") from error
        yield DaskWorkers(client, address)


@contextmanager
def _local(n_workers: int | None) -> "Iterator[Client]":
    from dask import config
    from distributed import Client, LocalCluster

    with (
        config.set(SETTINGS),
        LocalCluster(
            n_workers=n_workers or n_cores(),
            threads_per_worker=1,
            silence_logs=logging.CRITICAL,
            security=True,
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def _existing(address: str) -> "Iterator[Client]":
    from distributed import Client

    try:
        client = Client(address, timeout=SECONDS)
    except (OSError, ValueError) as error:
        problem = f"no Dask scheduler answers at {address}: {error}"
        raise ClusterError(problem) from error
    with client:
        yield client

"""What a worker does. It may be older or newer than us: only plain values travel."""

from collections.abc import Callable
from threading import Lock

import cloudpickle

from runs.cluster.agreement import Agreement, faults
from runs.cluster.cluster_error import ClusterError

_one_at_a_time = Lock()
"""Tasks of several threads take turns: they share warnings and a model."""


def perform(agreement: Agreement, task: bytes, seed: bytes) -> list[object]:
    """Return the results of a task, once this worker has what it takes."""
    with _one_at_a_time:
        if found := faults(agreement):
            raise ClusterError(f"a worker {'; '.join(found)}")
        return list(cloudpickle.loads(task)(cloudpickle.loads(seed)))


def in_our_packages(name: str) -> Callable[..., object]:
    """Return a function of this module that finds its way at any worker.

    Functions within functions travel as they are, not as names in a module: a worker
    knows our modules only once it has been told by `rightrep` where they are.
    """

    def of_this_module(*arguments: object) -> object:
        from importlib import import_module

        rooms = import_module("rightrep.rooms")
        return getattr(rooms.own_module("runs.cluster.at_worker"), name)(*arguments)

    return of_this_module

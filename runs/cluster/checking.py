"""Workers that would not do the work as this machine does, refused before it starts."""

from typing import Any

from distributed import Client

from runs.cluster.agreement import PACKAGES, Agreement, own_versions, version_faults
from runs.cluster.at_worker import in_our_packages
from runs.cluster.cluster_error import ClusterError

ADVICE = (
    "every worker needs the packages of this machine, and the day's files at the same "
    "paths"
)


def refuse_other_versions(client: Client) -> None:
    """Raise where a worker has no rightrep, or other versions than this machine.

    Raises
    ------
    ClusterError
        Names every such worker.
    """
    versions_of: Any = client.get_versions
    told = versions_of(packages=PACKAGES)["workers"]
    ours = own_versions()
    _refuse({name: version_faults(ours, own["packages"]) for name, own in told.items()})


def refuse_other_files(client: Client, agreement: Agreement) -> None:
    """Raise where a worker lacks something of an agreement.

    Raises
    ------
    ClusterError
        Names every such worker, and what it lacks.
    """
    _refuse(client.run(in_our_packages("faults"), agreement))


def _refuse(found: Any) -> None:
    """Raise with all that was found, worker by worker."""
    texts = {worker: "; ".join(faults) for worker, faults in found.items()}
    lines = [f"worker {worker} {text}" for worker, text in texts.items() if text]
    if lines:
        raise ClusterError("\n".join([*lines, ADVICE]))

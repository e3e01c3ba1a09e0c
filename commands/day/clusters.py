"""The option that gives the work of partitions to a cluster."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runs.partitioned.workers import Workers

ADDRESS = re.compile(r"local|(tcp|tls)://\S+:[0-9]+")
FOR_LARGE_DAYS = (
    "--cluster is for a day in partitions: 500,000 leads and more, in Parquet"
)


class ClusterAddress(click.ParamType):
    """``local``, or where a scheduler listens."""

    name = "cluster"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str:
        """Return the address."""
        if ADDRESS.fullmatch(value):
            return value
        expected = "expected local, or a scheduler such as tcp://host:8786"
        return self.fail(f"{value!r}: {expected}", param, ctx)


cluster = click.option(
    "--cluster",
    type=ClusterAddress(),
    metavar="ADDRESS",
    help="Give the work of a large day's partitions to the workers of this Dask "
    "scheduler, such as tcp://host:8786; local: to some of this machine.",
)


@contextmanager
def workers_at(address: str | None) -> "Iterator[Workers]":
    """Yield the workers of a cluster, by default the processes of this machine."""
    from runs.partitioned.workers import LOCAL

    if address is None:
        yield LOCAL
        return
    from runs.cluster.connecting import connected

    with connected(address) as workers:
        yield workers

"""Runs that are killed, started many times at once, or find no room: what is left."""

import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import click

import runs
from benchmarks.daily import LEDGERS, VARIABLE
from benchmarks.faults_company import FaultCompany, close_terminal
from benchmarks.rows import line
from cli import main as rightrep
from tests.postgres import Postgres
from tests.preloading import preload

NOBODY = 65_534
"""A user who owns nothing."""
COUNT = click.IntRange(min=0)
assert runs.allocate, "rooms are loaded once, before processes are forked"


@click.command()
@click.option("--kills", default=2_000, show_default=True, type=COUNT)
@click.option("--starts", default=200, show_default=True, type=COUNT)
@click.option("--processes", default=16, show_default=True, type=COUNT)
@click.option("--limits", default=40, show_default=True, type=COUNT)
@click.option(
    "--database",
    "databases",
    multiple=True,
    type=click.Choice(list(LEDGERS)),
    help="May be repeated; by default both.",
)
@click.option("--seed", default=0, show_default=True, help="Of the moments of kills.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, not lines.")
def main(
    kills: int,
    starts: int,
    processes: int,
    limits: int,
    databases: tuple[str, ...],
    seed: int,
    as_json: bool,
) -> None:
    """Kill runs at random moments, start them many times at once, and let disks fill.

    After each fault the same command is given again, and everything is looked at.
    Fails where a lead is lost or has two owners, a file is corrupt, or a folder has no
    record or a record no folder.
    """
    rows = []
    for database in databases or LEDGERS:
        faults = Faults(database, random.Random(seed))
        with faults.stack:
            faults.prepare()
            rows += [faults.killed(kills), faults.started(starts, processes)]
            if database == "sqlite":
                rows += [faults.full(limits), faults.read_only()]
        if not as_json:
            click.echo("\n".join(map(line, rows[-4:])))
    if as_json:
        click.echo(json.dumps(rows, indent=2))
    sys.exit(any(row["faults"] for row in rows))


class Faults:
    """Faults of one database, each from one seed.

    Parameters
    ----------
    database
        ``sqlite`` or ``postgresql``.
    rng
        When runs are killed.
    """

    def __init__(self, database: str, rng: random.Random) -> None:
        self.stack = ExitStack()
        self._database = database
        self._rng = rng
        self._seconds = 1.0

    def prepare(self) -> None:
        """Make what all companies share: a server, and a trained model."""
        if self._database == "postgresql":
            self._cluster = Postgres.started()
            self.stack.callback(self._cluster.remove)
            os.environ[VARIABLE] = self._cluster.url
        company = self._company()
        company.begin(0)
        self._model = company.folder / "m.model"
        train = ["train", str(company.scenario), "--model", str(self._model)]
        assert ended(started(train)) == 0
        preload(partial(silently, company.command(0)))
        company = self._company()
        company.begin(0)
        began = time.perf_counter()
        assert ended(started(company.command(0))) == 0
        self._seconds = time.perf_counter() - began

    def killed(self, n_kills: int) -> dict[str, Any]:
        """Kill a day's run once or more, then let it end; day after day."""
        company, n_cut = self._company(), 0
        done, day = 0, 0
        while done < n_kills:
            company.begin(day)
            n_here = min(1 + (self._rng.random() < 1 / 3), n_kills - done)
            for _ in range(n_here):
                n_cut += self._kill(company.command(day))
                company.look(is_over=False)
            done, day = done + n_here, day + 1
            self._end(company, day - 1)
        return self._row("kills", n_kills, company, killed_while_running=n_cut)

    def started(self, n_rounds: int, n_processes: int) -> dict[str, Any]:
        """Start one command many times at once, from no ledger at all."""
        codes: Counter[str] = Counter()
        total = FaultCompany(Path(), "")
        for _ in range(n_rounds):
            company = self._company()
            company.begin(0)
            command = company.command(0)
            children = [started(command) for _ in range(n_processes)]
            codes.update(str(ended(child)) for child in children)
            company.look(is_over=False)
            self._end(company, 0)
            for kind, count in company.found.items():
                total.found[kind] += count
        name = f"starts_of_{n_processes}"
        return self._row(name, n_rounds, total, exit_codes=dict(codes))

    def full(self, n_limits: int) -> dict[str, Any]:
        """Let files grow to a limit only, as on a full disk: ever larger ones."""
        company, codes = self._company(), Counter()
        for day in range(n_limits):
            company.begin(day)
            most = 2_048 * (1 + day * 4)

            def limit(most: int = most) -> None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

            codes[str(ended(started(company.command(day), limit)))] += 1
            company.look(is_over=False)
            self._end(company, day)
        return self._row("full_disks", n_limits, company, exit_codes=dict(codes))

    def read_only(self) -> dict[str, Any]:
        """Run as somebody who may read the ledger, and not write it."""
        company = self._company()
        company.begin(0)
        self._end(company, 0)
        company.begin(1)
        for path in company.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o444)
        company.folder.chmod(0o555)
        (company.folder / "runs").chmod(0o777)
        is_root = os.geteuid() == 0
        child = started(company.command(1), as_nobody if is_root else None)
        codes = {str(ended(child)): 1}
        company.folder.chmod(0o755)
        for path in company.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        company.look(is_over=False)
        self._end(company, 1)
        return self._row("read_only", 1, company, exit_codes=codes)

    def _company(self) -> FaultCompany:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        if self._database == "postgresql":
            drop = "DROP SCHEMA public CASCADE"
            self._cluster.execute(drop, "CREATE SCHEMA public")
        if hasattr(self, "_model"):
            (folder / "m.model").write_bytes(self._model.read_bytes())
        return FaultCompany(folder, LEDGERS[self._database])

    def _kill(self, command: list[str]) -> bool:
        child = started(command)
        time.sleep(self._rng.random() * 1.2 * self._seconds)
        os.kill(child, signal.SIGKILL)
        return ended(child) == -signal.SIGKILL

    def _end(self, company: FaultCompany, day: int) -> None:
        began = time.perf_counter()
        company.found["unfinished"] += ended(started(company.command(day))) != 0
        self._seconds += (time.perf_counter() - began - self._seconds) / 10
        company.look(is_over=True)

    def _row(
        self, fault: str, count: int, company: FaultCompany, **more: Any
    ) -> dict[str, Any]:
        found = sum(company.found.values())
        row: dict[str, Any] = {
            "database": self._database,
            "what": fault,
            "times": count,
        }
        return row | {"faults": found} | company.found | more


def started(command: list[str], prepare: Callable[[], None] | None = None) -> int:
    """Start a whole `rightrep` command in a process of its own; return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        if prepare is not None:
            prepare()
        silently(command)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def silently(command: list[str]) -> None:
    """Give a `rightrep` command whose words nobody reads."""
    close_terminal()
    rightrep(command)


def ended(child: int) -> int:
    """Return the exit code of a process, or its signal as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def as_nobody() -> None:
    """Give up the rights of the superuser, whom no file's rights would stop."""
    os.setgid(NOBODY)
    os.setuid(NOBODY)


if __name__ == "__main__":
    main()

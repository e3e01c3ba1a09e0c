"""Where results go, and the databases of a scenario."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import perf_counter

from crm import DataError
from runs.machine.machine_part import MachinePart, State
from runs.machine.resources import GIB
from runs.prepared.ledger_place import ledger_place
from scenarios import ScenarioFile

LEAST_ROOM = 1.0
"""GiB; a run folder of 2,000 leads has a few MB."""
PROBE = b"rightrep doctor\n" * 64


def folder(path: Path) -> Iterator[MachinePart]:
    """Yield how much room a folder has, and whether a file can be written there."""
    usage = shutil.disk_usage(path)
    measured = f"{usage.free / GIB:.1f} of {usage.total / GIB:.1f} GiB free"
    has_room = usage.free >= LEAST_ROOM * GIB
    state = State.OK if has_room else State.ATTENTION
    advice = "" if has_room else "make room"
    yield MachinePart("disk", state, f"{measured}, {path}", advice)
    began = perf_counter()
    try:
        with tempfile.NamedTemporaryFile(dir=path, prefix=".rightrep.") as file:
            file.write(PROBE)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        text = f"{path} cannot be written to: {error.strerror}"
        yield MachinePart("folder", State.BROKEN, text, "name a folder that is yours")
        return
    took = 1000 * (perf_counter() - began)
    measured = f"a file was on disk after {took:.1f} ms, {path}"
    yield MachinePart("folder", State.OK, measured)


def databases(file: ScenarioFile) -> Iterator[MachinePart]:
    """Yield whether the ledger and each database of the tables answer."""
    place = ledger_place(file)
    if place is None:
        yield MachinePart("ledger", State.ABSENT, "the scenario names none")
    elif isinstance(place, Path):
        yield _ledger_file(place)
    else:
        yield _answer("ledger", file.scenario.ledger or "", file.path.parent)
    for name, source in file.scenario.data.sources.items():
        if source.url is not None:
            yield _answer(f"database of {name}", source.url, file.path.parent)


def _ledger_file(path: Path) -> MachinePart:
    if not path.is_file():
        return MachinePart("ledger", State.ABSENT, f"{path}: the first run makes it")
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    measured = f"{path}, {path.stat().st_size / 2**20:.1f} MiB, quick check: {said}"
    if said != "ok":
        return MachinePart("ledger", State.BROKEN, measured, "rightrep ledger check")
    if not os.access(path, os.W_OK):
        return MachinePart("ledger", State.BROKEN, f"{path} is read-only")
    return MachinePart("ledger", State.OK, measured)


def _answer(part: str, url: str, home: Path) -> MachinePart:
    """Return how long a database took to answer; nothing of its URL that is secret."""
    from sqlalchemy import text

    from crm.databases.address import address_of
    from crm.databases.connecting import connected

    try:
        address = address_of(url, home, part)
        began = perf_counter()
        with connected(address) as connection:
            connection.execute(text("SELECT 1"))
    except DataError as error:
        return MachinePart(part, State.BROKEN, "; ".join(map(str, error.issues)))
    took = 1000 * (perf_counter() - began)
    return MachinePart(part, State.OK, f"{address.shown} answered after {took:.0f} ms")

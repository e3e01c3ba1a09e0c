"""Cores, memory, clock and letters of a machine."""

import locale
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from runs.machine.machine_part import MachinePart, State

GIB = 2**30
LEAST_MEMORY = 1.0
"""GiB that a day of 2,000 leads and 100 reps is sure to fit in."""
CGROUPS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
LETTERS = "é Ł 東 €"


def cores() -> Iterator[MachinePart]:
    """Yield how many cores this process may use, of how many."""
    has_affinity = hasattr(os, "sched_getaffinity")
    usable = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 1
    yield MachinePart("cores", State.OK, f"{usable} of {os.cpu_count()}")


def memory() -> Iterator[MachinePart]:
    """Yield how much memory is free, and the limit of a container."""
    free = _free_memory()
    if free is None:
        yield MachinePart("memory", State.ABSENT, "this system does not tell")
        return
    limits = [limit for path in CGROUPS if (limit := _number_in(path)) is not None]
    least = min([free, *limits])
    measured = f"{free / GIB:.1f} GiB free"
    if limits and min(limits) < free:
        measured += f", {min(limits) / GIB:.1f} GiB is the limit of the container"
    if least < LEAST_MEMORY * GIB:
        advice = f"at least {LEAST_MEMORY:g} GiB, more for days of many leads"
        yield MachinePart("memory", State.ATTENTION, measured, advice)
    else:
        yield MachinePart("memory", State.OK, measured)


def _free_memory() -> int | None:
    path = Path("/proc/meminfo")
    if not path.is_file():
        return None
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            return int(rest.split()[0]) * 1024
    return None


def _number_in(path: Path) -> int | None:
    """Return the number in a file of the system; None for no file, and no limit."""
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def clock() -> Iterator[MachinePart]:
    """Yield the time, the zone of the machine, and whether zones are known."""
    now = datetime.now(UTC)
    local = now.astimezone()
    measured = f"{now:%Y-%m-%d %H:%M:%S} UTC, here {local:%H:%M %Z}"
    installed = distribution("rightrep").locate_file("rightrep/__init__.py")
    made = Path(str(installed))
    is_past = made.is_file() and made.stat().st_mtime > now.timestamp()
    if is_past:
        advice = "it is before the time that rightrep was installed: set the clock"
        yield MachinePart("clock", State.ATTENTION, measured, advice)
    else:
        yield MachinePart("clock", State.OK, measured)
    zones = len(available_timezones())
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    is_right = zones > 0 and summer.hour == 14
    state = State.OK if is_right else State.BROKEN
    yield MachinePart(
        "time zones", state, f"{zones} known, Berlin in July: {summer:%H:%M}"
    )


def letters() -> Iterator[MachinePart]:
    """Yield in which encoding texts are shown, and files are named."""
    shown = getattr(sys.stdout, "encoding", None) or "unknown"
    files = sys.getfilesystemencoding()
    measured = f"output {shown}, file names {files}, {locale.getlocale()[0] or 'C'}"
    try:
        LETTERS.encode(shown)
        LETTERS.encode(files)
    except (UnicodeEncodeError, LookupError):
        advice = "names are shown with escapes; set PYTHONUTF8=1, or LANG=C.UTF-8"
        yield MachinePart("letters", State.ATTENTION, measured, advice)
    else:
        yield MachinePart("letters", State.OK, measured)

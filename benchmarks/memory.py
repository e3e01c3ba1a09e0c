"""The memory that a process and all those it starts hold together."""

import subprocess
from pathlib import Path
from threading import Event, Thread
from typing import Self

PAUSE = 0.1
"""Seconds between two looks."""


class PeakMemory:
    """The most memory seen while a process runs, as the system shares it out."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.megabytes = 0
        self._process, self._over = process, Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(PAUSE):
            held = sum(map(_kilobytes, _with_children(self._process.pid)))
            self.megabytes = max(self.megabytes, held // 1024)


def _with_children(process: int) -> list[int]:
    """Return a process and all that descend from it."""
    children: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children += map(int, task.read_text().split())
        except OSError:  # It has ended meanwhile.
            continue
    return [process, *(own for child in children for own in _with_children(child))]


def _kilobytes(process: int) -> int:
    """Return what a process holds, its part of what several share; 0 once it ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))

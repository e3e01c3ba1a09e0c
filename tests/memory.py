"""Where the folders of tests lie: in memory, where there is room for them."""

import os
from pathlib import Path

MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes; all tests together leave about half a gigabyte."""


def use_memory(folder: Path = MEMORY) -> None:
    """Let pytest make its folders there, unless somebody has said where."""
    if folder.is_dir() and has_room(folder):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(folder))


def has_room(folder: Path) -> bool:
    """Tell whether what tests write has room there, and programs may run there."""
    there = os.statvfs(folder)
    room = there.f_bavail * there.f_frsize
    return room >= ROOM and not there.f_flag & os.ST_NOEXEC

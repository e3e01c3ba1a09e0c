"""Commands of ``rightrep``, each a fork of a process that has imported what they need.

Each has a process, a folder, an environment and streams of its own, as if a shell had
started it; it only finds imported what commands before it have imported, and fitted
what they have fitted on the same rows.
"""

import atexit
import gc
import json
import os
import select
import socket
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tests.pages.forks.fits import share_fits

STREAMS = 3
"""Input, output and errors: what a caller hands over."""
AT_ONCE = 65_536


class Forked(NamedTuple):
    """A command that was started, and who waits for its exit code."""

    pid: int
    caller: socket.socket
    names: bytearray
    """Of modules that it has imported, as far as it has told."""


def serve(listener: socket.socket, fits: Path) -> None:
    """Start what callers ask for, until standard input ends."""
    running: dict[int, Forked] = {}
    while True:
        ready, *_ = select.select([0, listener, *running], [], [])
        if 0 in ready:
            return
        if listener in ready:
            told, forked = started(listener, fits)
            running[told] = forked
        for told in running.keys() & set(ready):
            if has_ended(told, running[told]):
                del running[told]


def started(listener: socket.socket, fits: Path) -> tuple[int, Forked]:
    """Fork a command that a caller waits for; return where it tells of its modules."""
    caller, _ = listener.accept()
    streams = socket.recv_fds(caller, 1, STREAMS)[1]
    asked = json.loads(caller.makefile(encoding="utf-8").readline())
    telling, told = os.pipe()
    refuse_threads()
    pid = os.fork()
    if not pid:
        listener.close()
        caller.close()
        take(streams)
        share_fits(fits)
        become(asked, told)
    os.close(told)
    for stream in streams:
        os.close(stream)
    return telling, Forked(pid, caller, bytearray())


def refuse_threads() -> None:
    """Fail where threads are that would be missing after a fork; jemalloc heeds it."""
    tasks = Path("/proc/self/task")
    names = [path.read_text().strip() for path in tasks.glob("*/comm")]
    assert names.count("jemalloc_bg_thd") == len(names) - 1, names


def take(streams: list[int]) -> None:
    """Read and write where the caller does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, errors="backslashreplace", closefd=False)


def become(asked: dict[str, Any], told: int) -> None:
    """Be the command that a caller asks for, and end as it does."""
    from rightrep.command import script

    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.argv = ["rightrep", *asked["arguments"]]
    before = set(sys.modules)
    atexit.register(tell, before, told)
    script()
    sys.exit()


def tell(before: set[str], told: int) -> None:
    """Tell the server which modules a command has imported, in their order."""
    new = [name for name in sys.modules if name not in before]
    os.write(told, " ".join(new).encode())


def has_ended(told: int, forked: Forked) -> bool:
    """Hear what a command has imported; at its end import it too, and tell its code."""
    part = os.read(told, AT_ONCE)
    forked.names.extend(part)
    if part:
        return False
    os.close(told)
    code = os.waitstatus_to_exitcode(os.waitpid(forked.pid, 0)[1])
    with forked.caller, suppress(BrokenPipeError):
        forked.caller.sendall(str(code).encode())
    for name in forked.names.decode().split():
        with suppress(ImportError):
            import_module(name)
    gc.freeze()
    return True


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as listener:
        serve(listener, Path(sys.argv[2]))

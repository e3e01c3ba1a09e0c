"""What some work loads, loaded before processes are forked that do it."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module


def preload(work: Callable[[], object]) -> None:
    """Import the modules that some work loads, which another process does to tell."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        with suppress(SystemExit):
            work()
        os.write(writing, " ".join(sys.modules).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as stream:
        names = stream.read().split()
    assert os.waitpid(child, 0)[1] == 0, "the work failed"
    for name in names:
        with suppress(ImportError):
            import_module(name)

"""What pages' commands are started with."""

import shlex
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.pages.blocks import ROOT

FORKS = ROOT / "tests" / "pages" / "forks"
Shared = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def forked(shared: Shared) -> Iterator[Path]:
    """Return a folder with a ``rightrep`` that spares each command its imports.

    It spares it as well what another command has fitted on the same rows.
    """
    fits = shared("fits", lambda _: None)
    with TemporaryDirectory() as name:
        program, address = Path(name) / "rightrep", Path(name) / "listening"
        words = [sys.executable, "-I", "-S", FORKS / "caller.py", address]
        caller = shlex.join(map(str, words))
        program.write_text(f'#!/bin/sh\nexec {caller} "$@"\n')
        program.chmod(0o755)
        with started(address, fits) as server:
            yield program.parent
            server.communicate(timeout=60)


def started(address: Path, fits: Path) -> "subprocess.Popen[bytes]":
    """Return the server; it ends with its standard input, and so with us."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(address))
        listener.listen()
        number = listener.fileno()
        words = [sys.executable, "-m", "tests.pages.forks.server", str(number), fits]
        return subprocess.Popen(
            words, cwd=ROOT, stdin=subprocess.PIPE, pass_fds=[number]
        )

"""Processes that end with whoever started them."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress

Process = subprocess.Popen[bytes]

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""Environment in which NumPy keeps to one core."""


def started(arguments: list[str], environment: Mapping[str, str]) -> Process:
    """Return a process of this Python, to talk with by its pipes.

    Parameters
    ----------
    arguments
        What Python is to run.
    environment
        Goes over ours.
    """
    return subprocess.Popen(
        [sys.executable, "-P", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | dict(environment),
        # An interrupt from the keyboard is for us, who then end it.
        process_group=0,
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )


def start(
    stack: ExitStack, arguments: list[str], environment: Mapping[str, str]
) -> Process:
    """Return such a process, which ends when the stack closes."""
    process = started(arguments, environment)
    stack.callback(_end, process)
    return process


def n_cores() -> int:
    """Return how many processes can run at once."""
    count = getattr(os, "process_cpu_count", os.cpu_count)
    return count() or 1


def _end(process: Process) -> None:
    with suppress(OSError), process:
        process.kill()

"""JSON on the terminal, and signals as interrupts."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

import click

INTERRUPTED = "interrupted; nothing is half-written"
_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if hasattr(signal, name)
]


def echo_json(content: Any) -> None:
    """Print JSON on stdout, in ASCII, which every terminal and pipe can carry."""
    click.echo(json.dumps(content, indent=2, allow_nan=False))


class Interruption:
    """Whether a signal asked for the end of the command."""

    def __init__(self) -> None:
        self.asked = False

    def interrupt(self, _number: int, frame: FrameType | None) -> None:
        """Raise KeyboardInterrupt, or end where that would be swallowed."""
        self.asked = True
        if _is_importing(frame):
            click.echo(INTERRUPTED, err=True)
            os._exit(130)
        raise KeyboardInterrupt


@contextmanager
def terminable() -> Iterator[Interruption]:
    """Let signals that end a process interrupt as Ctrl-C does, so that all is undone.

    Where modules are being imported, which cannot be interrupted safely, nothing is
    being written: the process ends at once.
    """
    interruption = Interruption()
    if current_thread() is not main_thread():
        yield interruption
        return
    before = {
        number: signal.signal(number, interruption.interrupt)
        for number in _SIGNALS
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False

"""The console script: signals first, then our own packages, then the command line."""

import atexit
import gc
import os
import signal
import sys
import threading

INTERNAL = 1
INTERRUPTED = 130
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
YOUNG = 100_000
"""Objects made before the garbage collector looks at them: a day has little garbage."""
LINE = b"interrupted; nothing is half-written\n"


def main() -> None:
    """Run the command line of rightrep.

    A folder on PYTHONPATH or an installed package may be called ``cli``, ``crm``,
    ``solver`` ... as well: ours come first, and if one still wins, that is an error.
    """
    _on_signals(_end)
    _open_closed_streams()
    from rightrep import rooms

    rooms.put_first()
    try:
        rooms.refuse_foreign(*rooms.ROOMS)
    except rooms.ForeignModuleError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(INTERNAL)
    from cli import ignore_drawing_styles
    from cli import main as command

    ignore_drawing_styles()
    try:
        command(prog_name="rightrep")
    finally:
        # All is done and written: the exit code stays what it is.
        _on_signals(signal.SIG_IGN)


def script() -> None:
    """Run the command line as a process of its own, and end it."""
    gc.set_threshold(YOUNG)
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int | None):
            _leave(end.code or 0)
        raise


def _leave(code: int) -> None:
    """End without taking large tables apart, text by text, which takes a second.

    Returns where something is still to be told, or a thread at work.
    """
    _on_signals(signal.SIG_IGN)
    if threading.active_count() > 1:
        return
    atexit._run_exitfuncs()
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (AttributeError, OSError, ValueError):
        return
    os._exit(code)


def _end(_number: int, _frame: object) -> None:
    """End at once, which is safe as long as nothing is being written."""
    try:
        os.write(2, LINE)
    finally:
        os._exit(INTERRUPTED)


def _on_signals(handler: "signal._HANDLER") -> None:
    """Let signals that end a process do this, except where the caller ignores them."""
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)


def _open_closed_streams() -> None:
    """Keep files that are opened later from becoming stdout or stderr."""
    while (opened := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(opened, True)
    os.close(opened)

"""Silence of native code: what solvers print reaches neither stdout nor stderr.

Descriptors belong to the whole process. While a solver is silenced, 1 and 2 lead
nowhere, and the streams of Python that write there write to copies: what Python prints
meanwhile, in whichever thread, still appears.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from io import FileIO
from threading import RLock
from typing import TextIO

_lock = RLock()
_inside = 0
_undo = ExitStack()
_copies: dict[int, int] = {}


@contextmanager
def silenced() -> Iterator[None]:
    """Drop what native code prints within the ``with`` block.

    Blocks may be nested, and overlap in several threads: the last one to end gives the
    descriptors back. A stream that is closed or leads elsewhere is left alone, and so
    is a console on Windows, whose streams cannot be led to a copy.

    Notes
    -----
    A process that starts meanwhile inherits the silence. Whoever writes to descriptor
    1 or 2 itself, instead of to ``sys.stdout``, is silenced as well.
    """
    global _inside
    with _lock:
        if _inside == 0:
            _redirect()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                _restore()


def _redirect() -> None:
    with ExitStack() as stack:
        _flush_c()
        for stream, descriptor in ((sys.__stdout__, 1), (sys.__stderr__, 2)):
            file = _file(stream)
            if file is not None and file.fileno() == descriptor:
                _lead_nowhere(file, stack)
        _undo.push(stack.pop_all())


def _restore() -> None:
    _flush_c()
    _undo.close()


def _file(stream: TextIO | None) -> FileIO | None:
    """Return the open file beneath a standard stream, None where there is none."""
    with suppress(AttributeError, ValueError, OSError):
        buffer = stream.buffer  # type: ignore[union-attr]
        file = getattr(buffer, "raw", buffer)
        os.fstat(file.fileno())
        return file if type(file) is FileIO else None
    return None


def _lead_nowhere(file: FileIO, stack: ExitStack) -> None:
    """Lead a file's descriptor nowhere, and the file itself to a copy."""
    descriptor, nowhere = file.fileno(), os.open(os.devnull, os.O_WRONLY)
    stack.callback(os.close, nowhere)
    copy = _copy(descriptor)
    # Not closed: a thread that is about to write there must not fail.
    stack.callback(os.dup2, nowhere, copy, inheritable=False)
    _lead_to(file, copy)
    stack.callback(_lead_to, file, descriptor)
    os.dup2(nowhere, descriptor)
    stack.callback(os.dup2, copy, descriptor)


def _copy(descriptor: int) -> int:
    if descriptor not in _copies:
        _copies[descriptor] = os.dup(descriptor)
    return os.dup2(descriptor, _copies[descriptor], inheritable=False)


def _lead_to(file: FileIO, descriptor: int) -> None:
    """Let a file write to another descriptor.

    The object stays the same, since handlers and progress bars hold it.
    """
    name = file.name
    file.__init__(descriptor, "wb", closefd=False)  # type: ignore[misc]
    file.name = name


def _flush_c() -> None:
    """Write out what C has buffered for stdout and stderr.

    These two alone: flushing all files would wait for whoever reads stdin.
    """
    with suppress(AttributeError, OSError, ValueError):
        flush, files = _c_output()
        for file in files:
            flush(file)


@cache
def _c_output() -> tuple[Callable[[ctypes.c_void_p], int], list[ctypes.c_void_p]]:
    """Return C's fflush, and its stdout and stderr."""
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    if os.name == "nt":
        of_number = library.__acrt_iob_func
        of_number.restype = ctypes.c_void_p
        files = [ctypes.c_void_p(of_number(number)) for number in (1, 2)]
    else:
        name = "__{}p" if sys.platform == "darwin" else "{}"
        both = (name.format(stream) for stream in ("stdout", "stderr"))
        files = [ctypes.c_void_p.in_dll(library, each) for each in both]
    return library.fflush, files


def _hear_again() -> None:
    """Give a forked process its descriptors back: no solver runs in it."""
    global _lock, _inside
    _lock = RLock()
    if _inside:
        _inside = 0
        _undo.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_hear_again)

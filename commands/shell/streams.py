"""Standard streams that show what is in tables, and never obey it."""

import errno
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from reporting.text.layout.screen import Screen

_SUSPECT = re.compile(r"[^\n\t -~]")
"""ASCII that is not printed, and all that is not ASCII."""


_MARK = f"\x0e{os.urandom(8).hex()}"
"""Begins a mark of our own for the terminal; no data can hold it by chance."""
_SHOWN_MARK = _MARK.replace("\x0e", "\\x0e")
_WEIGHTS = {"strong": "1", "faint": "2", "plain": "0"}
_COLUMNS, _LINES = 80, 24


class StreamError(OSError):
    """A standard stream takes no more; its ``filename`` says which."""


class VisibleStream:
    """A text stream on which control characters are written as escapes.

    A reader who went away, as ``head`` does, is no failure.

    Parameters
    ----------
    unguarded
        The stream to write to.
    name
        What messages call it; what cannot be written on one without is lost.
    """

    def __init__(self, unguarded: TextIO, name: str = "") -> None:
        self.unguarded = unguarded
        self.name = name

    def write(self, text: str) -> int:
        """Write the text, and return its length."""
        if isinstance(text, str) and not text:
            return 0
        shown = text
        if _SUSPECT.search(text):
            from crm.characters import visible

            shown = _unmarked(visible(text))
        with self._told():
            self.unguarded.write(shown)
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write the lines."""
        self.write("".join(lines))

    def flush(self) -> None:
        """Hand over what was written."""
        with self._told():
            self.unguarded.flush()

    @property
    def screen(self) -> "Screen | None":
        """The terminal that it is; None for a pipe or a file."""
        if not self.unguarded.isatty():
            return None
        from reporting.text.layout.screen import Screen

        width = shutil.get_terminal_size((_COLUMNS, _LINES)).columns
        drawn = Screen(width)
        if _shows("─…", self.unguarded):
            drawn = replace(drawn, rule="─", ellipsis="…")
        if has_weights():
            drawn = replace(drawn, strong=_strong, faint=_faint)
        return drawn

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._silence()
            if self.name and error.errno != errno.EPIPE:
                reason = f"{error.strerror}; files that were to be written are complete"
                raise StreamError(error.errno, reason, self.name) from error

    def _silence(self) -> None:
        """Let what is still to be written go nowhere, without another failure."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.unguarded.fileno())
            os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        if name in {"buffer", "detach"}:
            raise AttributeError(f"a guarded stream has no {name}")
        return getattr(self.unguarded, name)


def has_weights() -> bool:
    """Tell whether terminals may be sent anything but text."""
    is_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in (None, "dumb")
    return not is_plain and os.name != "nt"


def _shows(text: str, stream: TextIO) -> bool:
    try:
        text.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _strong(text: str) -> str:
    return _weighted(text, "strong")


def _faint(text: str) -> str:
    return _weighted(text, "faint")


def _weighted(text: str, weight: str) -> str:
    return f"{_MARK}{_WEIGHTS[weight]}m{text}{_MARK}{_WEIGHTS['plain']}m"


def _unmarked(shown: str) -> str:
    """Return the text with our marks as the terminal takes them."""
    return shown.replace(_SHOWN_MARK, "\x1b[")


@contextmanager
def visible_streams() -> Iterator[None]:
    """Guard stdout and stderr for as long as a command runs."""
    before = sys.stdout, sys.stderr
    sys.stdout = _guarded(before[0], "standard output")
    sys.stderr = _guarded(before[1], "")
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _guarded(stream: TextIO | None, name: str) -> Any:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, TextIOWrapper):
        # A name that the terminal cannot show is no reason to fail.
        stream.reconfigure(errors="backslashreplace")
    return VisibleStream(stream, name)

"""A progress bar on terminals; nothing in pipes and logs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from crm import one_line


class Stages:
    """A progress bar over the stages of a job, with the gap of a running solve.

    Parameters
    ----------
    count
        Number of stages that will come.
    """

    def __init__(self, count: int) -> None:
        # The bar moves the cursor, which the guarded stream of a command forbids.
        stream = getattr(sys.stderr, "unguarded", sys.stderr)
        is_plain = os.environ.get("TERM") == "dumb"
        hidden = stream is None or is_plain or not stream.isatty()
        fill, empty = signs_of(getattr(stream, "encoding", None))
        self.bar = click.progressbar(
            length=count,
            file=stream,
            hidden=hidden,
            show_eta=False,
            width=24,
            fill_char=fill,
            empty_char=empty,
            bar_template="%(label)s %(bar)s %(info)s",
        )
        self.begun = 0

    def __call__(self, name: str) -> None:
        """Show the stage that begins."""
        self.bar.label = f"{one_line(name):<20}"
        self.bar.update(min(self.begun, 1))
        self.begun += 1
        self.bar.render_progress()

    def gap(self, incumbent: float, bound: float) -> None:
        """Show the value of the best allocation so far, its bound, and the gap."""
        gap = (bound - incumbent) / max(abs(incumbent), 1.0)
        self.bar.label = f"{incumbent:.6g} of {bound:.6g}, gap {gap:.2%}".ljust(20)
        self.bar.render_progress()

    def note(self, text: str) -> None:
        """Show how far the stage has come."""
        self.bar.label = f"{one_line(text):<20}"
        self.bar.render_progress()

    def finish(self) -> None:
        """Show that all is done."""
        self.bar.label = f"{'done':<20}"
        self.bar.update((self.bar.length or 0) - self.bar.pos)


def signs_of(encoding: str | None) -> tuple[str, str]:
    """Return what a bar is made of where it is full and empty, as can be shown."""
    try:
        "━─".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "#", "-"
    return "━", "─"


@contextmanager
def stages(count: int) -> Iterator[Stages]:
    """Yield a progress bar, to be called with the name of each stage as it begins.

    Parameters
    ----------
    count
        Number of stages that will come.
    """
    progress = Stages(count)
    with progress.bar:
        yield progress
        progress.finish()

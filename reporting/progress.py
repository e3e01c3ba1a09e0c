"""A progress bar on terminals; nothing in pipes and logs."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


class Stages:
    """Told the name of each stage as it begins, and how near to the proof a solve is.

    Parameters
    ----------
    count
        Number of stages that will come.
    """

    def __init__(self, count: int) -> None:
        hidden = not sys.stderr.isatty()
        self.bar = click.progressbar(
            length=count, file=sys.stderr, hidden=hidden, show_eta=False, width=24
        )
        self.begun = 0

    def __call__(self, name: str) -> None:
        """Show the stage that begins."""
        self.bar.label = f"{name:<20}"
        self.bar.update(min(self.begun, 1))
        self.begun += 1
        self.bar.render_progress()

    def gap(self, incumbent: float, bound: float) -> None:
        """Show the best allocation's value so far, its bound, and what lies between."""
        gap = (bound - incumbent) / max(abs(incumbent), 1.0)
        self.bar.label = f"{incumbent:.6g} of {bound:.6g}, gap {gap:.2%}".ljust(20)
        self.bar.render_progress()

    def note(self, text: str) -> None:
        """Show how far the stage has come."""
        self.bar.label = f"{text:<20}"
        self.bar.render_progress()

    def finish(self) -> None:
        """Show that all is done."""
        self.bar.label = f"{'done':<20}"
        self.bar.update(1)


@contextmanager
def stages(count: int) -> Iterator[Stages]:
    """Yield a function to be told the name of each stage as it begins.

    Parameters
    ----------
    count
        Number of stages that will come.
    """
    shown = Stages(count)
    with shown.bar:
        yield shown
        shown.finish()

"""A progress bar on terminals; nothing in pipes and logs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def stages(count: int) -> Iterator[Callable[[str], None]]:
    """Yield a function to be told the name of each stage as it begins.

    Parameters
    ----------
    count
        Number of stages that will come.
    """
    hidden = not sys.stderr.isatty()
    bar = click.progressbar(
        length=count, file=sys.stderr, hidden=hidden, show_eta=False, width=24
    )
    begun = 0

    def begin(name: str) -> None:
        nonlocal begun
        bar.label = f"{name:<20}"
        bar.update(min(begun, 1))
        begun += 1
        bar.render_progress()

    with bar:
        yield begin
        bar.label = f"{'done':<20}"
        bar.update(1)

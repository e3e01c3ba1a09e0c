"""Issues and JSON on the terminal, and SIGTERM as an interrupt."""

import json
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import current_thread, main_thread
from typing import Any

import click

from crm import Issue


def warn(issues: Iterable[Issue]) -> None:
    """Print issues on stderr."""
    for issue in issues:
        click.echo(f"{issue.severity}: {issue}", err=True)


def issue_rows(issues: Iterable[Issue]) -> list[dict[str, Any]]:
    """Return issues as records of JSON."""
    return [asdict(issue) for issue in issues]


def echo_json(content: Any) -> None:
    """Print JSON on stdout, in ASCII, which every terminal and pipe can carry."""
    click.echo(json.dumps(content, indent=2, allow_nan=False))


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM interrupt as Ctrl-C does, so that nothing is half-written."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)

"""The issues that a command prints, in the form that its reader asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.output import output

if TYPE_CHECKING:
    from crm import Issue


def show(issues: Sequence["Issue"], *, err: bool = True) -> None:
    """Print issues, on stderr unless they are what was asked for."""
    from reporting import issues_text

    if issues:
        click.echo(issues_text(issues, output().issues, _folder()), err=err)


def _folder() -> Path | None:
    """Return the folder of the tables that the command reads."""
    options = click.get_current_context().params
    data, scenario = options.get("data"), options.get("scenario")
    return data or (scenario.parent if isinstance(scenario, Path) else None)

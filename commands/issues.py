"""The issues that a command prints, in the form that its reader asked for."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crm import Issue

FORMATS = ("full", "concise", "json", "github")
_KEY = "rightrep.issue_format"


def _keep(context: click.Context, _option: click.Parameter, style: str) -> None:
    context.meta[_KEY] = style


def issue_format(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that says how a command prints issues."""
    option = click.option(
        "--format",
        type=click.Choice(FORMATS),
        default=FORMATS[0],
        envvar="RIGHTREP_FORMAT",
        callback=_keep,
        expose_value=False,
        help="How issues are printed: full shows the line of a scenario, concise has "
        "a line each, json one object, github annotations of a workflow.  "
        "[default: full]",
    )
    return option(function)


def style() -> str:
    """Return how issues are to be printed."""
    return str(click.get_current_context().meta.get(_KEY, FORMATS[0]))


def show(issues: Sequence["Issue"], *, err: bool = True) -> None:
    """Print issues, on stderr unless they are what was asked for."""
    from reporting import issues_text

    if issues:
        click.echo(issues_text(issues, style(), _folder()), err=err)


def _folder() -> Path | None:
    """Return the folder of the tables that the command reads."""
    options = click.get_current_context().params
    data, scenario = options.get("data"), options.get("scenario")
    return data or (scenario.parent if isinstance(scenario, Path) else None)

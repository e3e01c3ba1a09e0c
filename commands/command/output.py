"""In what form a command prints its result and its issues: `--format`."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    import pandas as pd

ISSUES = ("full", "concise", "github")
RESULTS = ("text", "table", "json", "csv", "markdown")
VARIABLE = "RIGHTREP_FORMAT"
_KEY = "rightrep.output"
_OF_ISSUES = "issues: full, concise, github or json"
_OF_BOTH = (
    "How to print the result: text, table, json, csv or markdown; and "
    f"{_OF_ISSUES}. Repeat for both.  [default: text, full]"
)


@dataclass(frozen=True)
class Output:
    """How a command prints.

    Attributes
    ----------
    result, issues
        The form of its result, and of issues.
    only
        The one table of the result that is asked for; empty for all.
    """

    result: str = "text"
    issues: str = "full"
    only: str = ""


def output() -> Output:
    """Return how the running command is to print."""
    kept = click.get_current_context().meta.get(_KEY)
    return kept if isinstance(kept, Output) else Output()


def add_formats(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--format` to a command that reads a scenario or has a result.

    With a result, which is one with `as_json`, comes `--only`.
    """
    names = {parameter.name for parameter in getattr(function, "__click_params__", ())}
    if "as_json" in names:
        only = click.option(
            "--only",
            metavar="TABLE",
            help="Print this table of the result, as table, json, csv or markdown.",
        )
        return _last(_option((*RESULTS, *ISSUES), _OF_BOTH)(only(function)), 2)
    if "scenario" in names:
        text = f"How to print {_OF_ISSUES}.  [default: full]"
        return _last(_option((*ISSUES, "json"), text)(function), 1)
    return function


def _option(words: tuple[str, ...], text: str) -> Callable[..., Any]:
    kind = click.Choice(words)
    return click.option(
        "--format", "formats", type=kind, multiple=True, metavar="FORM", help=text
    )


def _last(function: Callable[..., Any], n_options: int) -> Callable[..., Any]:
    """Put the options that were added last below all others of the help."""
    options: list[click.Parameter] = function.__click_params__  # type: ignore[attr-defined]
    options[:] = options[-n_options:] + options[:-n_options]
    return function


def keep_output(options: dict[str, Any]) -> None:
    """Take the options of :func:`add_formats` out, and keep what they say.

    Where the result is asked for in any form but text, `as_json` is set, so that the
    command hands its record to :func:`echo_record`.

    Raises
    ------
    click.UsageError
        Where two forms are asked for at once, or one table of a text.
    """
    if "formats" not in options:
        return
    result, issues = _forms("--format", options.pop("formats"))
    by_default = _forms(VARIABLE, _of_environment())
    if options.get("as_json"):
        if result not in (None, "json"):
            raise click.UsageError(f"--json or --format {result}, not both")
        result = "json"
    result = result or by_default[0] or "text"
    only = options.pop("only", None) or ""
    if only and result == "text":
        raise click.UsageError("--only is for --format table, json, csv or markdown")
    if "as_json" in options:
        options["as_json"] = result != "text"
    kept = Output(result, issues or by_default[1] or "full", only)
    click.get_current_context().meta[_KEY] = kept


def _of_environment() -> list[str]:
    words = os.environ.get(VARIABLE, "").split()
    known = (*RESULTS, *ISSUES)
    if foreign := [word for word in words if word not in known]:
        listed = ", ".join(known)
        raise click.UsageError(f"{VARIABLE}: {foreign[0]!r} is none of {listed}")
    return words


def _forms(place: str, words: Iterable[str]) -> tuple[str | None, str | None]:
    """Return the form of the result and that of issues; None where nothing says."""
    said = list(dict.fromkeys(words))
    found: list[str | None] = []
    for known in (RESULTS, ISSUES):
        of_kind = [word for word in said if word in known]
        if len(of_kind) > 1:
            raise click.UsageError(f"{place}: {' or '.join(of_kind)}, not both")
        found.append(of_kind[0] if of_kind else None)
    result, issues = found
    return result, issues or ("json" if result == "json" else None)


def echo_record(record: Any) -> None:
    """Print a result in the form that was asked for; JSON where none was.

    Parameters
    ----------
    record
        What JSON can hold. Lists of records are its tables.

    Raises
    ------
    click.UsageError
        Where the one table that is asked for is none of them.
    """
    from reporting import echo_json
    from reporting.text.layout.result_tables import result_tables

    asked = output()
    if asked.result in ("text", "json") and not asked.only:
        return echo_json(record)
    tables = result_tables(record)
    if asked.only:
        tables = {asked.only: _named(tables, asked.only)}
    if asked.result == "json":
        frame = tables[asked.only]
        return echo_json(frame.where(frame.notna(), None).to_dict("records"))
    if asked.result == "csv":
        return _echo_csv(tables)
    return _echo_all(tables, asked.result == "markdown")


def _named(tables: dict[str, "pd.DataFrame"], name: str) -> "pd.DataFrame":
    from crm import suggestion

    if name not in tables:
        listed = ", ".join(tables)
        near = suggestion(name, list(tables))
        said = f"no table {name!r}{near}; the result, which is complete, has {listed}"
        raise click.UsageError(f"--only: {said}")
    return tables[name]


def _echo_csv(tables: dict[str, "pd.DataFrame"]) -> None:
    """Print the first table, and say on stderr which others there are."""
    from crm import csv_text

    first, *others = tables
    if len(tables[first].columns):
        click.echo(csv_text(tables[first]), nl=False)
    if others:
        rest = ", ".join(others)
        note = f"printed: {first}; also in the result: {rest}; print one by --only NAME"
        click.echo(f"note: {note}", err=True)


def _echo_all(tables: dict[str, "pd.DataFrame"], is_markdown: bool) -> None:
    """Print all tables, each below its name."""
    from reporting import table
    from reporting.text.layout.markdown import heading, markdown_table

    parts = []
    for name, frame in tables.items():
        title = f"{heading(name)}\n" if is_markdown else name
        text = (markdown_table if is_markdown else table)(frame)
        parts.append(f"{title}\n{text if len(frame) else 'none'}")
    click.echo("\n\n".join(parts))

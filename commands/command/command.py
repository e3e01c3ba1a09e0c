"""What all commands share: their options, plug-ins, and how they fail."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from commands.command.completing import complete_texts
from commands.command.issues import show
from commands.command.output import add_formats, keep_output, output

STAGES = 6
POLICY_NAMES = (
    *("optimal", "round_robin", "weighted_round_robin", "random", "greedy"),
    *("best_rep", "load_balancing", "shortfall", "odoo", "cherry_pick"),
)
"""The project's own, named here so that help need not load them."""

FILE = click.Path(path_type=Path)
OUT_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
data = click.option(
    "--data", type=FILE, help="Folder of the tables; by default the scenario's."
)


def scenario(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the scenario."""
    return click.argument("scenario", type=FILE)(function)


def company_scenario(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the scenario that names the ledger."""
    option = click.option(
        "--scenario",
        type=FILE,
        help="The scenario that names the ledger; by default $RIGHTREP_SCENARIO, or "
        "the only one of this folder that has a ledger.",
    )
    return option(function)


class Moment(click.ParamType):
    """A date, or a time of ISO 8601."""

    name = "moment"

    def convert(
        self,
        value: str | date,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> date:
        """Return the date or the time."""
        if isinstance(value, date):
            return value
        try:
            is_time = "T" in value or " " in value
            return (datetime if is_time else date).fromisoformat(value)
        except ValueError:
            return self.fail(
                f"{value!r}: expected a date or time, such as 2026-09-07 or "
                "2026-09-07T18:00:00Z",
                param,
                ctx,
            )


as_of = click.option(
    "--as-of",
    type=Moment(),
    help="Moment of the allocation, in place of the scenario's; a date: all of it.",
)
at = click.option(
    "--at",
    type=Moment(),
    help="When it happened, in the company's time zone; by default now.",
)
looked_at = click.option(
    "--at",
    type=Moment(),
    help="The moment to look from, in the company's time zone; by default now.",
)
by = click.option("--by", help="Who does it; by default $RIGHTREP_USER, or your login.")
model = click.option(
    "--model", type=FILE, help="A trained model; without one, a model is trained first."
)
policies = click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="POLICY",
    help=f"One of {', '.join(POLICY_NAMES)}, or yours; repeat for more. By default "
    "all.",
)
replace = click.option(
    "--replace", is_flag=True, help="Replace an earlier result in the same folder."
)


def command(example: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator for commands that fail with one block and an exit code.

    Parameters
    ----------
    example
        A command line, for the help text.
    """

    def decorate(function: Callable[..., None]) -> click.Command:
        @wraps(function)
        def guarded(**options: Any) -> None:
            from reporting import terminable

            keep_output(options)
            try:
                with terminable() as interruption:
                    function(**options)
            except Exception as error:
                if interruption.asked:
                    end_interrupted()
                if isinstance(error, click.ClickException):
                    raise
                if click.get_current_context().find_root().params["debug"]:
                    raise
                sys.exit(tell(error))
            except KeyboardInterrupt:
                end_interrupted()

        made = click.command(epilog=f"Example: {example}")(add_formats(guarded))
        return complete_texts(made)

    return decorate


def end_interrupted() -> NoReturn:
    """Say in one line that nothing is half-written, and exit."""
    from reporting.terminal import INTERRUPTED

    click.echo(INTERRUPTED, err=True)
    sys.exit(130)


def tell(error: Exception) -> int:
    """Print what failed on stderr, and as JSON; return the exit code."""
    from reporting import counted, echo_json, issue_rows
    from runs.failures import failure

    failed = failure(error)
    is_object = output().issues == "json"
    if is_object or output().result == "json":
        issues = issue_rows(failed.issues)
        faults = [issue for issue in failed.issues if issue.severity == "error"]
        text = failed.text or f"error: {counted(len(faults), 'fault')} in the input"
        echo_json({"ok": False, "error": text, "issues": issues})
    if not is_object:
        show(failed.issues)
    if failed.text:
        sign = "::error::" if output().issues == "github" else ""
        click.echo(f"{sign}{failed.text}", err=True)
    return failed.exit_code


def load_plugins(names: tuple[str, ...]) -> None:
    """Load plug-ins, or end with a usage error; warn of those that register nothing."""
    if not names:
        return
    from solver import POLICIES, RULES
    from solver.registry.plugins import PluginError, load_plugin

    for name in dict.fromkeys(names):
        before = POLICIES.n_registrations + RULES.n_registrations
        try:
            load_plugin(name)
        except PluginError as error:
            raise click.UsageError(str(error)) from error
        if POLICIES.n_registrations + RULES.n_registrations == before:
            warning = f"the plug-in {name} registers no rule and no policy"
            click.echo(f"warning: {warning}", err=True)

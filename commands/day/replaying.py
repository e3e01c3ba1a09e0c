"""Past days under changed rules: what `rightrep whatif --days` does."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.command.issues import show
from commands.command.output import echo_record

if TYPE_CHECKING:
    from scenarios.changes import Variant

STAGES = 3
past_days = click.option(
    "--days",
    "n_days",
    type=click.IntRange(min=1),
    help="Replay the last so many days of the ledger, or of history, instead of today.",
)


measured = click.option(
    "--measure",
    is_flag=True,
    help="With --days: look for what logged outcomes measure of the variants.",
)


def refuse_unfit(
    scenarios: Sequence[Path], html: Path | None, plot: Path | None
) -> None:
    """Raise where options do not go together with past days."""
    if len(scenarios) > 1:
        raise click.UsageError(
            "--days takes one scenario; lay what differs over it with --set, --off or "
            "--overlay"
        )
    if html is not None or plot is not None:
        raise click.UsageError("--days prints text, --json or --csv, no page or plot")


def replay(
    scenario: Path,
    variants: "Sequence[Variant]",
    n_days: int,
    data: Path | None,
    as_of: date | None,
    model: Path | None,
    as_json: bool,
    as_csv: bool,
    measure: bool,
) -> None:
    """Replay past days under a scenario and its variants, and print what is asked."""
    from crm import csv_text
    from reporting import replay_csv, replay_json, replay_text, stages
    from runs import prepare, replay_days

    with stages(STAGES) as stage:
        prepared = prepare(scenario, data, stage, as_of=as_of)
        replayed, warnings = replay_days(
            prepared, variants, n_days, model, stage=stage, measure=measure
        )
    show([*prepared.warnings, *warnings])
    if as_json:
        return echo_record(replay_json(replayed))
    if as_csv:
        return click.echo(csv_text(replay_csv(replayed)), nl=False)
    return click.echo(replay_text(replayed))

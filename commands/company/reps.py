"""What a company says of its reps between runs."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from commands.command.command import (
    Moment,
    as_json,
    at,
    by,
    command,
    company_scenario,
    looked_at,
)
from commands.command.output import echo_record
from commands.company.deeds import deed_of, why
from commands.shell.groups import NamingGroup

DAY = click.DateTime(["%Y-%m-%d"])
SHARE = click.FloatRange(0, 1)
rep_id = click.argument("rep_id", metavar="REP")


def of_rep(function: Any) -> Any:
    """Add the rep, and what all of these commands share."""
    for option in (as_json, company_scenario, by, at, why, rep_id):
        function = option(function)
    return function


@click.group(
    cls=NamingGroup, epilog="Example: rightrep rep absent R-7 2026-09-14 2026-09-18"
)
def rep() -> None:
    """Say who is away, part-time, new or leaving; the next run knows it."""


@command("rightrep rep off R-7 --until 2026-09-14 --reason training")
@of_rep
@click.option("--until", type=Moment(), help="When the rep is back by itself.")
def off(rep_id: str, until: date | None, **said: Any) -> None:
    """Switch a rep off, with effect at once; the leads they have stay theirs."""
    from runs.book.reps import switch_off

    def switch(here: Any, deed: Any) -> tuple[bool, str]:
        end = None if until is None else here.moment(until)
        if end is not None and end <= deed.moment:
            raise click.UsageError("--until is not later than the switch")
        back = "switched on" if until is None else f"{until}"
        return switch_off(here, rep_id, deed, end), f"off until {back}"

    _do(rep_id, switch, said)


@command("rightrep rep on R-7")
@of_rep
def on(rep_id: str, **said: Any) -> None:
    """Switch a rep on again, with effect at once; no turn was kept for them."""
    from runs.book.reps import switch_on

    _do(rep_id, lambda here, deed: (switch_on(here, rep_id, deed), "on"), said)


@command("rightrep rep absent R-7 2026-09-14 2026-09-18 --reason holiday")
@of_rep
@click.argument("first", metavar="FROM", type=DAY)
@click.argument("last", metavar="TO", type=DAY)
def absent(rep_id: str, first: datetime, last: datetime, **said: Any) -> None:
    """Say on which days a rep is away, the first and the last included."""
    _refuse_backwards(first, last)
    text = f"absent from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
    _say(rep_id, "absent", (first, last), None, text, said)


@command("rightrep rep part-time R-7 0.5 2026-09-14")
@of_rep
@click.argument("factor", type=SHARE)
@click.argument("first", metavar="[FROM]", type=DAY, required=False)
@click.argument("last", metavar="[TO]", type=DAY, required=False)
def part_time(
    rep_id: str,
    factor: float,
    first: datetime | None,
    last: datetime | None,
    **said: Any,
) -> None:
    """Say which part of the daily capacity and hours a rep has; 1 is all again.

    By default from today on.
    """
    _refuse_backwards(first, last)
    text = f"{factor:.0%} of the daily capacity"
    _say(rep_id, "part_time", (first, last), factor, text, said)


@command("rightrep rep ramp-up R-7 2026-09-14 2026-11-01 --factor 0.25")
@of_rep
@click.argument("first", metavar="FROM", type=DAY)
@click.argument("last", metavar="TO", type=DAY)
@click.option(
    "--factor",
    type=SHARE,
    default=0.25,
    show_default=True,
    help="Share of the daily capacity on the first day.",
)
def ramp_up(
    rep_id: str, first: datetime, last: datetime, factor: float, **said: Any
) -> None:
    """Say that a rep's capacity grows in a straight line, and is full on the last day.

    A ramp_up of the scenario's rule counts as well.
    """
    if last <= first:
        raise click.UsageError("TO is not later than FROM")
    text = f"from {factor:.0%} on {first:%Y-%m-%d} to all on {last:%Y-%m-%d}"
    _say(rep_id, "ramp_up", (first, last), factor, text, said)


@command("rightrep rep left R-7 2026-09-30")
@of_rep
@click.argument("day", metavar="DAY", type=DAY)
def left(rep_id: str, day: datetime, **said: Any) -> None:
    """Say which day is a rep's last; `rightrep reassign` distributes their book."""
    text = f"last day {day:%Y-%m-%d}; rightrep reassign --from {rep_id} moves the book"
    _say(rep_id, "left", (day, None), None, text, said)


@command("rightrep rep void 12 --reason 'typing error'")
@click.argument("number", type=click.IntRange(1))
@why
@at
@by
@company_scenario
@as_json
def void(number: int, **said: Any) -> None:
    """Take a fact back, by its number; runs that knew it stay as they are."""
    from runs.book.reps import make_void

    def take_back(here: Any, deed: Any) -> tuple[bool, str]:
        return make_void(here, number, deed), "void"

    _do(f"fact {number}", take_back, said)


@command("rightrep rep facts R-7")
@click.argument("rep_id", metavar="[REP]", required=False)
@looked_at
@company_scenario
@as_json
def facts(
    rep_id: str | None, at: date | None, scenario: Path | None, as_json: bool
) -> None:
    """List the facts of reps, and who is off."""
    from reporting import table
    from reporting.text.layout.json_record import record_of
    from runs.book.reps import facts_now
    from runs.company.company import company

    with company(scenario) as here:
        known, switched = facts_now(here, here.moment(at), rep_id)
    known, switched = known.astype(str), switched.astype(str)
    known, switched = (
        frame.replace({"None": "", "nan": "", "NaT": ""}) for frame in (known, switched)
    )
    if as_json:
        rows = {
            "facts": known.to_dict("records"),
            "off": switched.to_dict("records"),
        }
        return echo_record(record_of(rows))
    click.echo(table(known) if len(known) else "no facts")
    if len(switched):
        click.echo(f"\noff\n{table(switched)}")
    return None


for own in (off, on, absent, part_time, ramp_up, left, void, facts):
    rep.add_command(own)


def _say(
    rep_id: str,
    kind: str,
    days: tuple[datetime | None, datetime | None],
    factor: float | None,
    text: str,
    said: dict[str, Any],
) -> None:
    """Add a fact, and print what holds."""
    from ledger.people.rep_facts import RepFact
    from runs.book.reps import say_fact

    def add(here: Any, deed: Any) -> tuple[bool, str]:
        first, last = days
        from_day = first.date() if first else here.day(deed.moment)
        fact = RepFact(
            rep_id,
            kind,
            from_day,
            deed.actor,
            last.date() if last else None,
            factor,
            deed.reason,
        )
        return say_fact(here, fact, deed), text

    _do(rep_id, add, said)


def _do(who: str, deed: Any, said: dict[str, Any]) -> None:
    """Do something in the company's ledger, and print what holds."""
    from runs.company.company import company

    with company(said["scenario"]) as here:
        own = deed_of(here, said["at"], said["by"], said["reason"])
        is_new, text = deed(here, own)
    if said["as_json"]:
        return echo_record({"what": who, "holds": text, "is_new": is_new})
    already = "" if is_new else " (already)"
    return click.echo(f"{who}: {text}{already}")


def _refuse_backwards(first: datetime | None, last: datetime | None) -> None:
    if first and last and last < first:
        raise click.UsageError("TO is earlier than FROM")

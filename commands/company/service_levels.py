"""The clocks of service levels, looked at between runs."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.command.command import as_json, by, command, company_scenario, looked_at
from commands.command.output import echo_record

if TYPE_CHECKING:
    from crm import Calendar
    from runs.service_levels.checking import ServiceCheck
    from runs.service_levels.clocks import ClockReading

STEPS = ("warned", "escalated", "recalled")


@command("rightrep sla")
@company_scenario
@looked_at
@by
@click.option("--dry-run", is_flag=True, help="Say what is due, and change nothing.")
@as_json
def sla(
    scenario: Path | None, at: date | None, by: str | None, dry_run: bool, as_json: bool
) -> None:
    """Look at the clocks of open leads; warn, escalate and recall what is late.

    For a scheduler, between runs. Exit code 7 where somebody has to do something.
    """
    from runs.company.company import company
    from runs.company.people import actor
    from runs.exit_codes import ExitCode
    from runs.service_levels.checking import check_service

    with company(scenario) as here:
        moment = here.moment(at)
        checked = check_service(here, moment, by or actor(), dry_run=dry_run)
        calendar = here.calendar
    if as_json:
        echo_record(_record(checked, dry_run))
    else:
        click.echo(_text(checked, calendar, dry_run))
    sys.exit(ExitCode.ATTENTION if len(checked.due) else ExitCode.SOLVED)


def _text(checked: "ServiceCheck", calendar: "Calendar", dry_run: bool) -> str:
    from reporting import counted
    from reporting.text.company.service_levels import WHEN, clock_sentence, todo_text

    moment = checked.moment.tz_convert(calendar.zone)
    lines = [f"{moment:{WHEN}} {calendar.time_zone}"]
    lines += [
        clock_sentence(r.name, _counts(r), is_restricted=bool(r.clock.where))
        for r in checked.readings
    ]
    if len(checked.due):
        wanted = {reading.name: reading.clock.to for reading in checked.readings}
        lines += ["", todo_text(checked.due, wanted, calendar.zone), ""]
    upcoming = [r.next_due for r in checked.readings if r.next_due == r.next_due]
    if upcoming:
        first = min(upcoming).tz_convert(calendar.zone)
        lines.append(f"Next of the others due: {first:{WHEN}}.")
    verb = "Would be recorded" if dry_run else "Recorded"
    return "\n".join([*lines, f"{verb}: {counted(checked.n_new, 'event')}."])


def _counts(reading: "ClockReading") -> dict[str, int]:
    from reporting.text.company.service_levels import STATES

    states = reading.due["state"].value_counts()
    names = ("n_leads", "n_running", "n_undated", "n_foreign")
    own = {name: getattr(reading, name) for name in names}
    return own | {state: int(states.get(state, 0)) for state in STATES}


def _record(checked: "ServiceCheck", dry_run: bool) -> dict[str, Any]:
    from crm.zones import moment_text
    from reporting.text.layout.json_record import record_of

    rows = [
        {
            **{name: row[name] for name in ("lead_id", "clock", "rep_id", "manager")},
            **{name: moment_text(row[name]) for name in ("since", "due_at")},
            "state": row["state"],
            "new": [step for step in STEPS if row[step] == row[step]],
        }
        for row in checked.due.to_dict("records")
    ]
    clocks = [{"clock": r.name, **_counts(r)} for r in checked.readings]
    return {
        "at": moment_text(checked.moment.tz_convert("UTC")),
        "dry_run": dry_run,
        "n_new": checked.n_new,
        "clocks": clocks,
        "due": record_of(rows),
    }

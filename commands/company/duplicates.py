"""Leads that are one and the same: listed, joined and parted."""

import sys
from datetime import date
from pathlib import Path

import click

from commands.command.command import FILE, as_json, at, by, command, company_scenario
from commands.command.output import echo_record
from commands.company.deeds import why


@command("rightrep duplicates")
@company_scenario
@as_json
def duplicates(scenario: Path | None, as_json: bool) -> None:
    """List leads of the ledger that are one: by their keys, and by people's word.

    Exit code 7 says that some of them have several owners.
    """
    from reporting import duplicates_json, duplicates_text
    from runs import ExitCode
    from runs.company.company import company
    from runs.duplicates.listing import listing

    with company(scenario) as own:
        found = listing(own.ledger, own.file.scenario.duplicates)
    parts = found.leads, found.conflicts, found.crowded, found.refused
    if as_json:
        echo_record(duplicates_json(*parts))
    else:
        click.echo(duplicates_text(*parts))
    sys.exit(ExitCode.ATTENTION if found.conflicts else 0)


@command("rightrep contacts contacts.csv --threshold 0.99")
@click.argument("file", type=FILE)
@click.option(
    "--threshold",
    type=click.FloatRange(0.5, 1),
    default=0.99,
    show_default=True,
    help="Probability from which on a pair is shown.",
)
@company_scenario
@as_json
def contacts(
    file: Path, threshold: float, scenario: Path | None, as_json: bool
) -> None:
    """Find the day's leads among contacts, by keys and by probability.

    The latter needs the extra `dedupe`. The file has a contact_id and names, company,
    email or phone; an owner_rep_id is shown. Nothing is changed: `rightrep same` and an
    account_id of the leads do that.
    """
    from reporting import contacts_text
    from runs.duplicates.contacts import likely_contacts

    found = likely_contacts(file, threshold, scenario)
    if as_json:
        told = {"threshold": threshold, "is_fitted": found.is_fitted}
        return echo_record({**told, "pairs": found.pairs.to_dict("records")})
    return click.echo(contacts_text(found.pairs, threshold, found.is_fitted))


@command("rightrep same L1 L2 --reason 'one person, two forms'")
@click.argument("lead")
@click.argument("other")
@why
@company_scenario
@at
@by
@as_json
def same(
    lead: str,
    other: str,
    reason: str,
    scenario: Path | None,
    at: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Make two leads one: the owner who has had one longer keeps it.

    The assignment of the other one ends, and it is no work of its own any more.
    """
    from reporting import same_text
    from runs.company.company import company
    from runs.duplicates.words import say_same

    with company(scenario) as own:
        merger = say_same(own, (lead, other), reason, at, by)
    echo_record(merger) if as_json else click.echo(same_text(merger))


@command("rightrep different L1 L2 --reason 'mother and daughter'")
@click.argument("lead")
@click.argument("other")
@why
@company_scenario
@at
@by
@as_json
def different(
    lead: str,
    other: str,
    reason: str,
    scenario: Path | None,
    at: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Say that two leads are different, whatever they share; their owners stay."""
    from reporting import different_text
    from runs.company.company import company
    from runs.duplicates.words import say_different

    with company(scenario) as own:
        parting = say_different(own, (lead, other), reason, at, by)
    echo_record(parting) if as_json else click.echo(different_text(parting))

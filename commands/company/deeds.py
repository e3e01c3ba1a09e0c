"""What commands of people's deeds share: when, by whom, why."""

from datetime import date
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runs.book.deed import Deed
    from runs.company.company import Company

reason = click.option("--reason", required=True, help="Why, in your own words.")
why = click.option("--reason", default="", help="Why, in your own words.")


def deed_of(company: "Company", at: date | None, by: str | None, reason: str) -> "Deed":
    """Return when, by whom and why, as the options say."""
    from runs.book.deed import Deed
    from runs.company.people import actor

    if not reason.strip() and reason:
        raise click.UsageError("--reason is empty; say why")
    return Deed(company.moment(at), by or actor(), reason.strip(), at is None)

"""Exports of HubSpot: contacts, deals and users."""

from datetime import timedelta
from pathlib import Path

from tests.exports.company import EARLIER, REPS, Lead
from tests.exports.writing import Row, both, shown, write_csv, write_quoted


def _hubspot_users(folder: Path) -> None:
    rows = [
        {
            "First name": rep.first,
            "Last name": rep.last,
            "Email": rep.email,
            "Main team": rep.team,
            "Status": "Active" if rep.active else "Deactivated",
        }
        for rep in REPS
    ]
    write_csv(folder / "users.csv", rows)


def _hubspot_owner(lead: Lead) -> str:
    if lead.n > len(EARLIER):
        return ""
    return lead.owner.name + ("" if lead.owner.active else " (Deactivated User)")


def hubspot(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M"

    def row(lead: Lead) -> Row:
        won = lead.outcome == "won"
        status = {"won": "Connected", "lost": "Unqualified"}.get(lead.outcome, "New")
        return {
            "Record ID": 29000000000 + 51 * lead.n,
            "First Name": "Bo",
            "Last Name": "Buyer",
            "Email": lead.email,
            "Phone Number": lead.phone,
            "Contact owner": _hubspot_owner(lead),
            "Lifecycle Stage": "Customer" if won else "Lead",
            "Lead Status": status,
            "Create Date": shown(lead.created, clock),
            "Became a Customer Date": shown(lead.closed, clock) if won else "",
            "Last Modified Date": shown(lead.closed or lead.created, clock),
            "Country/Region": lead.country,
            "Original Traffic Source": lead.source,
            "Associated Company": lead.company,
        }

    new, earlier = both(row)
    write_quoted(folder / "new_contacts.csv", new)
    write_quoted(folder / "contacts.csv", earlier)
    _hubspot_users(folder)


def hubspot_deals(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M"

    def row(lead: Lead) -> Row:
        stages = {"won": "Closed won", "lost": "Closed lost"}
        expected = shown(lead.closed or lead.created + timedelta(days=300), clock)
        return {
            "Record ID": 9000000000 + lead.n,
            "Deal Name": f"{lead.company} {lead.n}",
            "Deal Stage": stages.get(lead.outcome, "Appointment scheduled"),
            "Close Date": expected,
            "Deal owner": _hubspot_owner(lead),
            "Amount": lead.value,
            "Create Date": shown(lead.created, clock),
            "Country/Region": lead.country,
            "Original Traffic Source": lead.source,
            "Associated Company": lead.company,
        }

    new, earlier = both(row)
    write_quoted(folder / "new_deals.csv", new)
    write_quoted(folder / "deals.csv", earlier)
    _hubspot_users(folder)

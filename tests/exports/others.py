"""Exports of Pipedrive, Zoho and Google Sheets."""

from pathlib import Path

from tests.exports.company import EARLIER, NEW, REPS, Lead
from tests.exports.writing import Row, both, shown, write_csv, write_own_reps


def pipedrive(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        ends = {lead.outcome: shown(lead.closed, clock)}
        return {
            "Deal - ID": lead.n,
            "Deal - Title": f"{lead.company} deal",
            "Deal - Owner": "Ines Vogel" if lead.n > 60 else lead.owner.name,
            "Deal - Value": lead.value,
            "Deal - Currency of Value": "EUR",
            "Deal - Organization": lead.company,
            "Deal - Stage": "Contact made",
            "Deal - Deal created": shown(lead.created, clock),
            "Deal - Won time": ends.get("won", ""),
            "Deal - Lost time": ends.get("lost", ""),
            "Deal - Lost reason": "Price" if lead.outcome == "lost" else "",
            "Deal - Status": lead.outcome.title(),
            "Deal - Source channel": lead.source,
        }

    new, earlier = both(row)
    write_csv(folder / "new_deals.csv", new)
    write_csv(folder / "deals.csv", earlier)
    write_own_reps(folder)


def zoho(folder: Path) -> None:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        won = lead.outcome == "won"
        new = lead.n > len(EARLIER)
        status = {"won": "Contacted", "lost": "Lost Lead"}.get(
            lead.outcome, "Not Contacted"
        )
        return {
            "Record Id": f"zcrm_55550000000{lead.n:05d}",
            "Lead Owner.id": f"zcrm_5555000000000{lead.owner.n}",
            "Lead Owner": "New Leads" if new else lead.owner.name,
            "Company": lead.company,
            "Last Name": "Buyer",
            "Email": lead.email,
            "Phone": lead.phone,
            "Lead Source": lead.source,
            "Lead Status": status,
            "Country": lead.country,
            "Created Time": shown(lead.created, clock),
            "Modified Time": shown(lead.closed or lead.created, clock),
            "Is Converted": str(won).lower(),
            "Converted Date Time": shown(lead.closed, clock) if won else "",
        }

    new, earlier = both(row)
    write_csv(folder / "new_leads.csv", new)
    write_csv(folder / "leads.csv", earlier)
    write_own_reps(folder)


def sheets(folder: Path) -> None:
    clock = "%-m/%-d/%Y %-H:%M:%S"

    def row(lead: Lead) -> Row:
        return {
            "lead_id": f"L{lead.n:03d}",
            "created_at": shown(lead.created, clock),
            "territory": lead.country,
            "source": lead.source,
            "company": lead.company,
            "email": lead.email,
            "deal_value": f"€{lead.value:,.2f}",
            "lookup": "#N/A" if lead.n % 3 else "A",
            "": "",
        }

    def past(lead: Lead) -> Row:
        return row(lead) | {
            "rep_id": lead.owner.email,
            "assigned_at": shown(lead.created, clock),
            "outcome": lead.outcome,
            "closed_at": shown(lead.closed, clock),
        }

    write_csv(folder / "Leads - Today.csv", [row(lead) for lead in NEW])
    write_csv(folder / "Leads - History.csv", [past(lead) for lead in EARLIER])
    reps = [
        {
            "rep_id": rep.email,
            "name": rep.name,
            "daily_capacity": 3,
            "territories": "Germany, France, Ireland, Netherlands",
            "active": str(rep.active).upper(),
        }
        for rep in REPS
    ]
    write_csv(folder / "Leads - Reps.csv", reps)

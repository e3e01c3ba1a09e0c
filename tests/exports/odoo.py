"""Exports of Odoo in three languages."""

from pathlib import Path

from tests.exports.company import EARLIER, REPS, Lead
from tests.exports.writing import Row, Write, both, shown, write_quoted

ODOO = {
    "en": (
        *("External ID", "Opportunity", "Salesperson", "Stage", "Active"),
        *("Probability", "Expected Revenue", "Created on", "Assignment Date"),
        *("Closed Date", "Country", "Source", "Customer", "Lost Reason"),
    ),
    "de": (
        *("Externe ID", "Verkaufschance", "Vertriebsmitarbeiter", "Phase", "Aktiv"),
        *("Wahrscheinlichkeit", "Erwarteter Umsatz", "Erstellt am"),
        *("Zuweisungsdatum", "Abschlussdatum", "Land", "Quelle", "Kunde"),
        "Verlustgrund",
    ),
    "fr": (
        *("ID externe", "Opportunité", "Vendeur", "Étape", "Actif", "Probabilité"),
        *("Revenus espérés", "Créé le", "Date d'affectation", "Date de clôture"),
        *("Pays", "Source", "Client", "Motif de perte"),
    ),
}
"""Language -> the headers of crm.lead."""
ODOO_USERS = {
    "en": ("Name", "Login", "Sales Teams", "Active"),
    "de": ("Name", "Anmeldung", "Verkaufsteams", "Aktiv"),
    "fr": ("Nom", "Identifiant", "Équipes commerciales", "Actif"),
}


def odoo(language: str) -> Write:
    clock = "%Y-%m-%d %H:%M:%S"

    def row(lead: Lead) -> Row:
        new = lead.n > len(EARLIER)
        probability = {"won": "100.0", "lost": "0.0"}.get(lead.outcome, "35.5")
        cells = (
            f"__export__.crm_lead_{lead.n}_0a",
            f"{lead.company} {lead.n}",
            "" if new else lead.owner.name,
            "Won" if lead.outcome == "won" else "New",
            str(lead.outcome != "lost"),
            probability,
            lead.value,
            shown(lead.created, clock),
            "" if new else shown(lead.created, clock),
            shown(lead.closed, clock),
            lead.country,
            lead.source,
            lead.company,
            "Too expensive" if lead.outcome == "lost" else "",
        )
        return dict(zip(ODOO[language], cells, strict=True))

    def write(folder: Path) -> None:
        new, earlier = both(row)
        write_quoted(folder / "new_leads.csv", new)
        write_quoted(folder / "crm.lead.csv", earlier)
        users = [
            dict(
                zip(
                    ODOO_USERS[language],
                    (rep.name, rep.email, rep.team, str(rep.active)),
                    strict=True,
                )
            )
            for rep in REPS
        ]
        write_quoted(folder / "res.users.csv", users)

    return write

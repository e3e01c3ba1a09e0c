"""Names of columns that tables of no known system have, in several languages."""

from collections.abc import Mapping

from crm.systems.export import COUNTRY, EMAIL, LEAD_SOURCE, PHONE, Headers

_ID: Headers = ("Id", "Record ID", "Key", "Kennung", "Identifiant")
_OWNER: Headers = (
    *("OwnerId", "Owner Id", "User Id", "Assigned To Id", "Assignee Id"),
    *("Owner", "Lead Owner", "Deal Owner", "Account Owner", "Sales Rep", "Rep"),
    *("Assigned To", "Assignee", "Salesperson", "Sales Agent", "Account Executive"),
    *("Besitzer", "Inhaber", "Zuständig", "Bearbeiter", "Vertriebsmitarbeiter"),
    *("Verkäufer", "Betreuer", "Propriétaire", "Commercial", "Vendeur", "Attribué à"),
    *("Owner Email", "Owner Name"),
)
_CREATED: Headers = (
    *("Created", "Created At", "Created On", "Created Date", "CreatedDate"),
    *("Create Date", "Creation Date", "Date Created", "Created Time", "Inserted At"),
    *("Received At", "Erstellt", "Erstellt am", "Angelegt am", "Anlagedatum"),
    *("Erstelldatum", "Erstellungsdatum", "Eingangsdatum", "Créé le"),
    *("Date de création", "Création"),
)
_LEADS: Mapping[str, Headers] = {
    "lead_id": (
        *("Lead Id", "Deal Id", "Opportunity Id", "Contact Id", "Lead Number"),
        *("Lead-Nr.", "Leadnummer", "Vorgangsnummer", *_ID),
    ),
    "created_at": _CREATED,
    "territory": (*COUNTRY, "Region", "Territory", "Gebiet", "Région", "Secteur"),
    "product": ("Product", "Product Interest", "Produkt", "Produit"),
    "language": ("Language", "Sprache", "Langue"),
    "source": (*LEAD_SOURCE, "Channel", "Source", "Quelle", "Kanal", "Canal"),
    "account_id": ("Account Id", "Company Id", "Customer Id", "Kundennummer"),
    "company": ("Company", "Account Name", "Firma", "Unternehmen", "Société"),
    "email": EMAIL,
    "phone": PHONE,
    "deal_value": (
        *("Amount", "Value", "Deal Value", "Deal Amount", "Expected Revenue"),
        *("Betrag", "Wert", "Auftragswert", "Umsatz", "Montant", "Valeur"),
    ),
    "current_rep_id": _OWNER,
}
NAMES: Mapping[str, Mapping[str, Headers]] = {
    "leads": _LEADS,
    "history": {
        **_LEADS,
        "rep_id": _OWNER,
        "assigned_at": (
            *("Assigned", "Assigned On", "Assigned Date", "Assignment Date"),
            *("Owner Assigned Date", "Zugewiesen am", "Zuweisungsdatum"),
            *("Attribué le", "Date d'affectation", "Date d'attribution"),
        ),
        "outcome": (
            *("Outcome", "Status", "Stage", "Deal Stage", "StageName", "Result"),
            *("Won", "IsWon", "Is Won", "Converted", "IsConverted", "Is Converted"),
            *("Ergebnis", "Phase", "Statut", "Étape", "Résultat"),
        ),
        "closed_at": (
            *("Closed", "Closed On", "Closed Date", "Close Date", "CloseDate"),
            *("Closing Date", "Converted Date", "ConvertedDate", "Won Time"),
            *("Abgeschlossen am", "Abschlussdatum", "Geschlossen am"),
            *("Date de clôture", "Date de fermeture", "Clôturé le"),
        ),
    },
    "reps": {
        "rep_id": (
            *("User Id", "Rep Id", "Owner Id", "Employee Id", "Personalnummer"),
            *(*_ID, "Login", "User Name", "Username", *EMAIL),
            *("Full Name", "Name", "Sales Agent", "Nom"),
        ),
        "daily_capacity": (
            *("Capacity", "Max Leads", "Max Leads per Day", "Daily Limit", "Quota"),
            *("Kapazität", "Leads pro Tag", "Capacité"),
        ),
        "name": ("Full Name", "Name", "Vollständiger Name", "Nom complet", "Nom"),
        "email": (*EMAIL, "E-mail Address", "Mail", "Login"),
        "team": ("Team", "Department", "Abteilung", "Équipe", "Sales Team", "Group"),
        "manager": ("Manager", "Vorgesetzter", "Responsable"),
        "territories": (
            *("Territories", "Territory", "Countries", "Country", "Regions", "Region"),
            *("Länder", "Land", "Gebiete", "Gebiet", "Vertriebsgebiet", "Regionen"),
            *("Pays", "Territoires", "Secteurs", "Secteur", "Régions"),
        ),
        "products": ("Products", "Product", "Produkte", "Produkt", "Produits"),
        "languages": ("Languages", "Language", "Sprachen", "Sprache", "Langues"),
        "seniority": ("Seniority", "Level", "Senioritätsstufe", "Ancienneté"),
        "active": (
            *("Active", "Is Active", "IsActive", "Enabled", "Aktiv", "Ist aktiv"),
            *("Actif", "Active?", "Status", "Statut"),
        ),
    },
    "accounts": {
        "account_id": ("Account Id", "Company Id", "Customer Id", *_ID),
        "owner_rep_id": _OWNER,
    },
    "absences": {
        "rep_id": ("User Id", "Employee Id", "Email", "Employee", "Mitarbeiter"),
        "from": ("Start", "Start Date", "Begin", "Von", "Beginn", "Début", "Du"),
        "to": ("End", "End Date", "Until", "Bis", "Ende", "Fin", "Au"),
    },
}
"""Table -> our column -> its names, the likeliest first."""

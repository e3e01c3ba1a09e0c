"""Exports of Odoo: crm.lead, res.users and res.partner, in the user's language."""

from crm.systems.export import COUNTRY, EMAIL, LOST, NO, PHONE, WON, Export

_SYSTEM = "Odoo"
_ID = ("External ID", "Externe ID", "ID externe", "Identifiant externe", "ID externo")
_SALESPERSON = (
    *("Salesperson", "Vertriebsmitarbeiter", "Verkäufer"),
    *("Vendeur", "Commercial"),
)
_ACTIVE = ("Active", "Aktiv", "Actif", "Active Lead")
_HUNDRED = ("100", "100.0", "100.00", "100,0", "100,00")
_ZERO = ("0", "0.0", "0.00", "0,0", "0,00")

LEAD = Export(
    _SYSTEM,
    "crm.lead",
    ("leads", "history"),
    (
        *("Salesperson", "Expected Revenue", "Lost Reason", "Vertriebsmitarbeiter"),
        *("Erwarteter Umsatz", "Verlustgrund", "Verkaufschance", "Vendeur"),
        *("Revenu espéré", "Revenus espérés", "Revenu attendu", "Revenus attendus"),
        *("Motif de perte", "Raison de la perte", "Sales Team", "Verkaufsteam"),
    ),
    {
        "lead_id": _ID,
        "created_at": ("Created on", "Erstellt am", "Angelegt am", "Créé le"),
        "assigned_at": (
            *("Assignment Date", "Zuweisungsdatum"),
            *("Date d'affectation", "Date d'assignation", "Date d'attribution"),
        ),
        "rep_id": _SALESPERSON,
        "current_rep_id": _SALESPERSON,
        "territory": COUNTRY,
        "source": ("Source", "Quelle"),
        "company": (
            *("Company Name", "Firmenname", "Unternehmensname", "Nom de la société"),
            *("Customer", "Kunde", "Client"),
        ),
        "email": EMAIL,
        "phone": PHONE,
        "deal_value": (
            *("Expected Revenue", "Erwarteter Umsatz", "Revenu espéré"),
            *("Revenus espérés", "Revenu attendu", "Revenus attendus"),
        ),
        "closed_at": (
            *("Closed Date", "Abschlussdatum", "Date de clôture"),
            "Date de fermeture",
        ),
        "priority": ("Priority", "Priorität", "Priorité"),
    },
    others={
        "Stage": ("Stage", "Phase", "Étape"),
        "Active": _ACTIVE,
        "Probability": ("Probability", "Wahrscheinlichkeit", "Probabilité"),
        "Lost Reason": (
            *("Lost Reason", "Verlustgrund"),
            *("Motif de perte", "Raison de la perte"),
        ),
    },
    won=({"Stage": WON}, {"Probability": _HUNDRED}),
    lost=({"Active": NO, "Probability": _ZERO}, {"Stage": LOST}),
    owner=("name",),
    time_zone="UTC",
)
USERS = Export(
    _SYSTEM,
    "res.users",
    ("reps",),
    ("Login", "Sales Teams", "Anmeldung", "Verkaufsteams", "Équipes commerciales"),
    {
        "rep_id": ("Login", "Anmeldung", "Anmeldename", "Benutzername", "Identifiant"),
        "name": ("Name", "Nom"),
        "email": ("Email", "E-Mail", "E-mail", "Login", "Anmeldung"),
        "team": ("Sales Teams", "Sales Team", "Verkaufsteams", "Équipes commerciales"),
        "active": _ACTIVE,
    },
)
PARTNER = Export(
    _SYSTEM,
    "res.partner",
    ("accounts",),
    ("Is a Company", "Company Type", "Ist ein Unternehmen", "Est une société"),
    {"account_id": _ID, "owner_rep_id": _SALESPERSON},
    owner=("name",),
)

EXPORTS = (LEAD, USERS, PARTNER)

"""Exports of Dynamics 365 to Excel: its first columns are hidden and not to change."""

from crm.systems.export import COUNTRY_REGION, EMAIL, LEAD_SOURCE, Export

_SYSTEM = "Dynamics 365"
_CREATED = ("Created On", "Erstellt am", "Créé le")
_OWNER = ("Owner", "Besitzer", "Besitzer(in)", "Propriétaire")
_REASON = ("Status Reason", "Statusgrund", "Raison du statut")

LEAD = Export(
    _SYSTEM,
    "Lead",
    ("leads", "history"),
    (
        *("(Do Not Modify) *", "(Nicht ändern) *", "(Ne pas modifier) *"),
        *_REASON,
    ),
    {
        "lead_id": (
            *("(Do Not Modify) Lead", "(Nicht ändern) Lead"),
            *("(Ne pas modifier) Prospect", "(Ne pas modifier) Lead"),
            *("(Do Not Modify) Opportunity", "(Nicht ändern) Verkaufschance"),
            "(Ne pas modifier) Opportunité",
        ),
        "created_at": _CREATED,
        "rep_id": _OWNER,
        "current_rep_id": _OWNER,
        "territory": (
            *COUNTRY_REGION,
            *("Address 1: Country/Region", "Adresse 1: Land/Region"),
        ),
        "source": LEAD_SOURCE,
        "company": (
            *("Company Name", "Firmenname", "Nom de la société"),
            *("Potential Customer", "Potenzieller Kunde", "Client potentiel"),
        ),
        "email": EMAIL,
        "deal_value": (
            *("Est. Value", "Est. Revenue", "Gesch. Wert", "Geschätzter Wert"),
            *(
                "Gesch. Umsatz",
                "Valeur estimée",
                "CA estimé",
                "Revenu est.",
                "Revenu estimé",
            ),
        ),
        "closed_at": (
            *("Close Date", "Actual Close Date", "Abschlussdatum"),
            *(
                "Tatsächliches Abschlussdatum",
                "Date de clôture",
                "Date de clôture réelle",
            ),
        ),
    },
    others={
        "(Do Not Modify) Modified On": (
            *("(Do Not Modify) Modified On", "(Nicht ändern) Geändert am"),
            "(Ne pas modifier) Modifié le",
        ),
        "Status Reason": _REASON,
        "Currency": ("Currency", "Währung", "Devise"),
    },
    won=(
        {
            "Status Reason": (
                "Qualified",
                "Won",
                "Qualifiziert",
                "Gewonnen",
                "Gagné",
                "Conclue",
                "Conclu",
            )
        },
    ),
    lost=(
        {
            "Status Reason": (
                *("Lost", "Cannot Contact", "No Longer Interested", "Canceled"),
                *("Out-Sold", "Verloren", "Kontakt nicht möglich", "Abgebrochen"),
                *("Kein Interesse mehr", "Perdu", "Impossible de contacter"),
                *("Plus intéressé", "Annulé"),
            )
        },
    ),
    stand_ins={"assigned_at": "Created On"},
    owner=("name",),
    dates="excel",
)
USERS = Export(
    _SYSTEM,
    "users",
    ("reps",),
    ("Business Unit", "Unternehmenseinheit", "Division", "(Do Not Modify) User"),
    {
        "rep_id": (
            *("(Do Not Modify) User", "(Nicht ändern) Benutzer"),
            *("Full Name", "Vollständiger Name", "Nom complet"),
        ),
        "name": ("Full Name", "Vollständiger Name", "Nom complet"),
        "email": ("Primary Email", "Primäre E-Mail-Adresse", "E-mail principal"),
        "team": ("Business Unit", "Unternehmenseinheit", "Division"),
        "active": ("Status", "Statut"),
    },
    dates="excel",
)
ACCOUNT = Export(
    _SYSTEM,
    "Account",
    ("accounts",),
    ("(Do Not Modify) Account", "(Nicht ändern) Firma", "(Ne pas modifier) Compte"),
    {
        "account_id": (
            *("(Do Not Modify) Account", "(Nicht ändern) Firma"),
            "(Ne pas modifier) Compte",
        ),
        "owner_rep_id": _OWNER,
    },
    owner=("name",),
    dates="excel",
)

EXPORTS = (LEAD, USERS, ACCOUNT)

"""Exports of Pipedrive: every header begins with what the file is of."""

from crm.systems.export import LOST, WON, Export, Headers

_SYSTEM = "Pipedrive"


def _of_deals(*names: str) -> Headers:
    """Return the headers with what stands before them in English, German and French."""
    return tuple(f"{of} - {name}" for name in names for of in ("Deal", "Affaire"))


DEALS = Export(
    _SYSTEM,
    "deals",
    ("leads", "history"),
    ("Deal - *", "Affaire - *"),
    {
        "lead_id": _of_deals("ID"),
        "created_at": _of_deals(
            *("Deal created", "Deal erstellt", "Deal erstellt am", "Erstellungsdatum"),
            *("Affaire créée", "Affaire créée le", "Date de création"),
        ),
        "rep_id": _of_deals("Owner", "Besitzer", "Inhaber", "Propriétaire"),
        "current_rep_id": _of_deals("Owner", "Besitzer", "Inhaber", "Propriétaire"),
        "source": _of_deals("Source channel", "Quellkanal", "Canal source"),
        "company": _of_deals("Organization", "Organisation"),
        "deal_value": _of_deals("Value", "Wert", "Valeur"),
        "closed_at": _of_deals(
            *("Deal closed on", "Deal abgeschlossen am", "Geschlossen am"),
            *("Affaire close le", "Affaire conclue le"),
        ),
    },
    others={
        "Status": _of_deals("Status", "Statut"),
        "Won time": _of_deals(
            *("Won time", "Zeitpunkt gewonnen", "Gewonnen am"),
            *("Date de gain", "Gagnée le"),
        ),
        "Lost time": _of_deals(
            *("Lost time", "Zeitpunkt verloren", "Verloren am"),
            *("Date de perte", "Perdue le"),
        ),
        "Currency": _of_deals(
            *("Currency of Value", "Währung des Werts", "Währung von Wert"),
            "Devise de Valeur",
        ),
    },
    won=({"Status": WON},),
    lost=({"Status": LOST},),
    first_filled={"closed_at": ("Won time", "Lost time")},
    stand_ins={"assigned_at": "Deal - Deal created"},
    owner=("name",),
)
USERS = Export(
    _SYSTEM,
    "users",
    ("reps",),
    ("User - *", "Benutzer - *", "Utilisateur - *"),
    {
        "rep_id": ("User - ID", "Benutzer - ID", "Utilisateur - ID"),
        "name": ("User - Name", "Benutzer - Name", "Utilisateur - Nom"),
        "email": ("User - Email", "Benutzer - E-Mail", "Utilisateur - E-mail"),
        "active": ("User - Active", "Benutzer - Aktiv", "Utilisateur - Actif"),
    },
)
ORGANIZATIONS = Export(
    _SYSTEM,
    "organizations",
    ("accounts",),
    ("Organization - *",),
    {
        "account_id": ("Organization - ID", "Organisation - ID"),
        "owner_rep_id": (
            *("Organization - Owner", "Organisation - Besitzer"),
            *("Organisation - Inhaber", "Organisation - Propriétaire"),
        ),
    },
    owner=("name",),
)

EXPORTS = (DEALS, USERS, ORGANIZATIONS)

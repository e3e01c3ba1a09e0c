"""Exports of HubSpot: contacts, deals, companies and users."""

from crm.systems.export import (
    COUNTRY_REGION,
    EMAIL,
    FIRST_NAME,
    LAST_NAME,
    LOST,
    PHONE,
    WON,
    Export,
)

_SYSTEM = "HubSpot"
_RECORD_ID = (
    *("Record ID", "Datensatz-ID", "ID de fiche d'informations"),
    *("ID d'enregistrement", "ID de l'enregistrement", "ID de registro"),
)
_CREATED = (
    *("Create Date", "Erstellungsdatum", "Erstelldatum", "Date de création"),
    "Fecha de creación",
)
_SOURCE = (
    *("Original Traffic Source", "Original Source", "Ursprüngliche Traffic-Quelle"),
    *("Original-Traffic-Quelle", "Source de trafic d'origine", "Source d'origine"),
    *("Ursprüngliche Quelle", "Source d'origine du trafic"),
    *("Fuente original de tráfico", "Fuente original"),
)
_DEAL_OWNER = (
    *("Deal owner", "Zuständiger Mitarbeiter für Deal", "Deal-Zuständiger"),
    *("Deal-Inhaber", "Propriétaire de la transaction", "Deal-Besitzer"),
    *("Für Deal zuständiger Mitarbeiter", "Propietario del negocio"),
)
_CONTACT_OWNER = (
    *("Contact owner", "Zuständiger Mitarbeiter für Kontakt", "Kontaktinhaber"),
    *("Für Kontakt zuständiger Mitarbeiter", "Kontakt-Zuständiger"),
    *("Kontakt-Inhaber", "Propriétaire du contact", "Propietario del contacto"),
)
_ASSIGNED = (
    *("Owner Assigned Date", "Datum der Zuweisung des zuständigen Mitarbeiters"),
    "Date d'attribution du propriétaire",
)

DEALS = Export(
    _SYSTEM,
    "deals",
    ("leads", "history"),
    (
        *("Deal Stage", "Deal owner", "Deal-Phase", "Dealphase", "Deal Name"),
        *("Phase de la transaction", "Propriétaire de la transaction"),
        *("Für Deal zuständiger Mitarbeiter", "Etapa del negocio"),
        "Propietario del negocio",
    ),
    {
        "lead_id": _RECORD_ID,
        "created_at": _CREATED,
        "assigned_at": _ASSIGNED,
        "rep_id": _DEAL_OWNER,
        "current_rep_id": _DEAL_OWNER,
        "territory": COUNTRY_REGION,
        "source": _SOURCE,
        "company": (
            *("Associated Company", "Zugeordnetes Unternehmen", "Entreprise associée"),
            "Empresa asociada",
        ),
        "account_id": ("Associated Company IDs",),
        "deal_value": ("Amount", "Betrag", "Montant", "Valor"),
        "closed_at": (
            *("Close Date", "Abschlussdatum", "Schlussdatum"),
            *("Date de fermeture", "Date de clôture", "Fecha de cierre"),
        ),
    },
    others={
        "Deal Stage": (
            *("Deal Stage", "Deal-Phase", "Dealphase"),
            *("Phase de la transaction", "Etapa del negocio"),
        ),
        "Currency": ("Currency", "Währung", "Devise"),
    },
    won=({"Deal Stage": WON},),
    lost=({"Deal Stage": LOST},),
    stand_ins={"assigned_at": "Create Date"},
    owner=("name", "email"),
    close_is_expected=True,
)
CONTACTS = Export(
    _SYSTEM,
    "contacts",
    ("leads", "history"),
    (
        *("Lifecycle Stage", "Contact owner", "Lifecycle-Phase"),
        *("Phase du cycle de vie", "Propriétaire du contact"),
    ),
    {
        "lead_id": _RECORD_ID,
        "created_at": _CREATED,
        "assigned_at": _ASSIGNED,
        "rep_id": _CONTACT_OWNER,
        "current_rep_id": _CONTACT_OWNER,
        "territory": COUNTRY_REGION,
        "source": _SOURCE,
        "company": (
            *("Associated Company", "Company Name", "Zugeordnetes Unternehmen"),
            *("Entreprise associée", "Nom de l'entreprise", "Unternehmensname"),
        ),
        "account_id": ("Associated Company IDs",),
        "email": EMAIL,
        "phone": PHONE,
        "closed_at": (
            *("Became a Customer Date", "Date de passage au statut de client"),
            *("Datum, an dem der Kontakt Kunde wurde", "Wurde Kunde am"),
            "Datum der Kundenwerdung",
        ),
    },
    others={
        "Lifecycle Stage": (
            *("Lifecycle Stage", "Lifecycle-Phase"),
            "Phase du cycle de vie",
        ),
        "Lead Status": ("Lead Status", "Lead-Status", "Statut du lead"),
        "Last Modified Date": (
            *("Last Modified Date", "Datum der letzten Änderung"),
            "Date de dernière modification",
        ),
    },
    won=({"Lifecycle Stage": ("Customer", "Evangelist", "Kunde", "Client")},),
    lost=({"Lead Status": ("Unqualified", "Nicht qualifiziert", "Non qualifié")},),
    first_filled={"closed_at": ("Became a Customer Date", "Last Modified Date")},
    stand_ins={"assigned_at": "Create Date"},
    owner=("name", "email"),
)
USERS = Export(
    _SYSTEM,
    "users",
    ("reps",),
    ("Main team", "Primary team", "Haupt-Team", "Équipe principale"),
    {
        "rep_id": EMAIL,
        "email": EMAIL,
        "team": ("Main team", "Primary team", "Haupt-Team", "Équipe principale"),
        "active": ("Status", "Statut"),
    },
    others={"First name": FIRST_NAME, "Last name": LAST_NAME},
    joined={"name": ("First name", "Last name")},
)
COMPANIES = Export(
    _SYSTEM,
    "companies",
    ("accounts",),
    ("Company owner", "Company Domain Name", "Zuständiger Mitarbeiter für Unternehmen"),
    {
        "account_id": _RECORD_ID,
        "owner_rep_id": (
            *("Company owner", "Zuständiger Mitarbeiter für Unternehmen"),
            "Propriétaire de l'entreprise",
        ),
    },
    owner=("name", "email"),
)

EXPORTS = (DEALS, CONTACTS, USERS, COMPANIES)

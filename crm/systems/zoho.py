"""Exports of Zoho CRM: owners by id and by name, ids that begin with ``zcrm_``."""

from crm.systems.export import (
    COUNTRY,
    EMAIL,
    FIRST_NAME,
    LAST_NAME,
    LEAD_SOURCE,
    LOST,
    NO,
    PHONE,
    YES,
    Export,
)

_SYSTEM = "Zoho"
_ID = ("Record Id", "Datensatz-ID", "ID d'enregistrement", "ID de l'enregistrement")
_OWNER = (
    *("Lead Owner.id", "Lead-Inhaber.id", "Lead-Besitzer.id"),
    *("Propriétaire du prospect.id", "Lead Owner", "Lead-Inhaber", "Lead-Besitzer"),
    "Propriétaire du prospect",
)
_CREATED = ("Created Time", "Erstellungszeit", "Erstellt um", "Heure de création")

LEADS = Export(
    _SYSTEM,
    "Leads",
    ("leads", "history"),
    (
        *("Lead Owner.id", "Lead-Inhaber.id", "Lead-Besitzer.id"),
        *("Propriétaire du prospect.id", "Converted Date Time", "Record Id"),
    ),
    {
        "lead_id": _ID,
        "created_at": _CREATED,
        "rep_id": _OWNER,
        "current_rep_id": _OWNER,
        "territory": COUNTRY,
        "source": LEAD_SOURCE,
        "company": ("Company", "Firma", "Unternehmen", "Société"),
        "email": EMAIL,
        "phone": PHONE,
        "deal_value": ("Annual Revenue", "Jahresumsatz", "Chiffre d'affaires annuel"),
        "closed_at": (
            *("Converted Date Time", "Konvertiert am"),
            "Date et heure de conversion",
        ),
    },
    others={
        "Is Converted": (
            *("Is Converted", "Ist konvertiert", "Konvertiert", "Est converti"),
            "Converti",
        ),
        "Lead Status": (
            *("Lead Status", "Lead-Status", "Leadstatus"),
            "Statut du prospect",
        ),
        "Modified Time": (
            *("Modified Time", "Änderungszeit", "Geändert um"),
            "Heure de modification",
        ),
    },
    won=({"Is Converted": YES},),
    lost=({"Is Converted": NO, "Lead Status": (*LOST, "Lost Lead", "Junk Lead")},),
    first_filled={"closed_at": ("Converted Date Time", "Modified Time")},
    stand_ins={"assigned_at": "Created Time"},
    owner=("rep_id", "name"),
)
_DEAL_OWNER = (
    *("Deal Owner.id", "Deal-Inhaber.id", "Deal-Besitzer.id", "Abschluss-Besitzer.id"),
    *("Propriétaire de la transaction.id", "Deal Owner", "Deal-Inhaber"),
    *("Deal-Besitzer", "Abschluss-Besitzer", "Propriétaire de la transaction"),
)
DEALS = Export(
    _SYSTEM,
    "Deals",
    ("leads", "history"),
    (
        *("Deal Owner.id", "Potential Owner.id", "Deal-Inhaber.id"),
        *("Abschluss-Besitzer.id", "Deal-Besitzer.id", "Potential-Besitzer.id"),
        *("Propriétaire de la transaction.id", "Account Name.id", "Contact Name.id"),
        *("Kontoname.id", "Nom du compte.id", "Probability (%)"),
    ),
    {
        "lead_id": _ID,
        "created_at": _CREATED,
        "rep_id": _DEAL_OWNER,
        "current_rep_id": _DEAL_OWNER,
        "account_id": ("Account Name.id", "Kontoname.id", "Nom du compte.id"),
        "company": ("Account Name", "Kontoname", "Nom du compte", "Nom de la société"),
        "source": LEAD_SOURCE,
        "deal_value": ("Amount", "Betrag", "Montant"),
        "closed_at": ("Closing Date", "Abschlussdatum", "Date de clôture"),
    },
    others={"Stage": ("Stage", "Phase", "Étape")},
    won=({"Stage": ("Closed Won", "Abgeschlossen gewonnen", "Fermé - Gagné")},),
    lost=({"Stage": ("Closed Lost", "Closed Lost to Competition", "Fermé - Perdu")},),
    stand_ins={"assigned_at": "Created Time"},
    owner=("rep_id", "name"),
    close_is_expected=True,
)
USERS = Export(
    _SYSTEM,
    "users",
    ("reps",),
    ("Zuid", "Profile.id"),
    {
        "rep_id": ("Record Id", "User Id", "Id", "Benutzer-ID"),
        "name": ("Full Name", "Vollständiger Name", "Nom complet"),
        "email": EMAIL,
        "team": ("Role", "Rolle", "Rôle"),
        "active": ("Status", "Statut"),
    },
    others={"First Name": FIRST_NAME, "Last Name": LAST_NAME},
    joined={"name": ("First Name", "Last Name")},
)
ACCOUNTS = Export(
    _SYSTEM,
    "Accounts",
    ("accounts",),
    ("Account Owner.id", "Konto-Inhaber.id"),
    {
        "account_id": _ID,
        "owner_rep_id": ("Account Owner.id", "Account Owner", "Konto-Inhaber"),
    },
    owner=("rep_id", "name"),
)

EXPORTS = (LEADS, DEALS, USERS, ACCOUNTS)

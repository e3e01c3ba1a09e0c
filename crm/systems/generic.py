"""Names of columns that tables of no known system have, in several languages."""

from collections.abc import Mapping

from crm.systems.export import COUNTRY, EMAIL, LEAD_SOURCE, PHONE, Headers

_ID: Headers = (
    *("Id", "Record ID", "Key", "Kennung", "Identifiant", "Identificador"),
    *("Item ID", "ID de registro"),
)
_OWNER: Headers = (
    *("OwnerId", "Owner Id", "User Id", "Assigned To Id", "Assignee Id"),
    *("Owner", "Lead Owner", "Deal Owner", "Account Owner", "Sales Rep", "Rep"),
    *("Assigned To", "Assignee", "Salesperson", "Sales Agent", "Account Executive"),
    *("Besitzer", "Inhaber", "Zuständig", "Bearbeiter", "Vertriebsmitarbeiter"),
    *("Verkäufer", "Betreuer", "Propriétaire", "Commercial", "Vendeur", "Attribué à"),
    *("Sales Owner", "Owned By", "Account Manager", "Responsible", "Handled By"),
    *("Ansprechpartner intern", "Vertriebler", "Zuständiger", "Verantwortlicher"),
    *("Verantwortlich", "Responsable", "Conseiller", "Chargé d'affaires", "Comercial"),
    *("Propietario", "Vendedor", "Asignado a", "Verkoper", "Eigenaar", "Opiekun"),
    *("Handlowiec", "Właściciel", "User Name", "Owner Email", "Owner Name"),
    *("Sales Owner Email", "Assigned User"),
)
_CREATED: Headers = (
    *("Created", "Created At", "Created On", "Created Date", "CreatedDate"),
    *("Create Date", "Creation Date", "Date Created", "Created Time", "Inserted At"),
    *("Received At", "Erstellt", "Erstellt am", "Angelegt am", "Anlagedatum"),
    *("Erstelldatum", "Erstellungsdatum", "Eingangsdatum", "Créé le"),
    *("Date de création", "Création", "Date Received", "Date Added", "Date Entered"),
    *("Received", "Received On", "Submitted At", "Submission Date", "Eingang"),
    *("Eingegangen am", "Erstellt um", "Heure de création", "Créée le", "Reçu le"),
    *("Date de réception", "Fecha de creación", "Creado el", "Creado", "Aangemaakt op"),
    *("Aanmaakdatum", "Aangemaakt", "Data utworzenia", "Utworzono", "Data wpływu"),
)
_LEADS: Mapping[str, Headers] = {
    "lead_id": (
        *("Lead Id", "Deal Id", "Opportunity Id", "Contact Id", "Lead Number"),
        *("Lead-Nr.", "Leadnummer", "Vorgangsnummer", "Lead No", "ID de piste"),
        *("ID de la piste", "ID externo", "Externe ID", *_ID),
    ),
    "created_at": _CREATED,
    "territory": (
        *(*COUNTRY, "Region", "Territory", "Gebiet", "Région", "Secteur", "País"),
        *("Kraj", "Primary Address Country", "Country/Region", "Land/Region"),
        *("Pays/Région", "Región", "Regio", "Verkaufsgebiet", "Vertriebsgebiet"),
    ),
    "product": (
        *("Product", "Products", "Product Interest", "Produkt", "Produkte", "Produit"),
        *("Produits", "Producto", "Productos", "Product Line", "Produktinteresse"),
    ),
    "language": ("Language", "Sprache", "Langue", "Idioma", "Taal", "Język"),
    "source": (
        *(*LEAD_SOURCE, "Channel", "Source", "Quelle", "Kanal", "Canal", "Origen"),
        *("Herkunft", "Origine", "Provenance", "Bron", "Źródło", "Original Source"),
        *("Original Traffic Source", "UTM Source", "Marketing Source"),
    ),
    "account_id": ("Account Id", "Company Id", "Customer Id", "Kundennummer"),
    "company": (
        *("Company", "Company Name", "Account Name", "Sales Account", "Lead Name"),
        *("Organization", "Organisation", "Potential Customer", "Associated Company"),
        *("Display Name", "Firma", "Firmenname", "Unternehmen", "Potenzieller Kunde"),
        *("Unternehmensname", "Kontoname", "Société", "Nom de la société"),
        *(
            "Nom de l'entreprise",
            "Entreprise",
            "Entreprise associée",
            "Client potentiel",
        ),
        *("Nom du compte", "Raison sociale", "Empresa", "Nombre de la empresa"),
        *("Bedrijf", "Bedrijfsnaam", "Nazwa firmy", "Zugeordnetes Unternehmen"),
    ),
    "email": EMAIL,
    "phone": PHONE,
    "deal_value": (
        *("Amount", "Value", "Deal Value", "Deal Amount", "Deal Size"),
        *("Expected Revenue", "Opportunity Amount", "Opportunity Value", "Est. Value"),
        *("Betrag", "Wert", "Auftragswert", "Umsatz", "Erwarteter Umsatz"),
        *("Auftragssumme", "Angebotswert", "Angebotssumme", "Montant", "Valeur"),
        *("Chiffre d'affaires", "CA estimé", "Revenu espéré", "Importe", "Valor"),
        *("Ingreso esperado", "Bedrag", "Verwachte omzet", "Waarde", "Kwota"),
        *("Wartość",),
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
            *("Date d'assignation", "Fecha de asignación", "Toewijzingsdatum"),
        ),
        "outcome": (
            *("Outcome", "Status", "Stage", "Deal Stage", "StageName", "Result"),
            *("Won", "IsWon", "Is Won", "Converted", "IsConverted", "Is Converted"),
            *("Ergebnis", "Phase", "Statut", "Étape", "Résultat", "Status Label"),
            *("Lead Status", "Leadstatus", "Statut de la piste", "Statut du lead"),
            *("Deal Status", "Opportunity Status", "Status Type", "Status Reason"),
            *("Statut du prospect", "Estado", "Etapa", "Etapa del negocio", "Fase"),
            *("Etap",),
        ),
        "closed_at": (
            *("Closed", "Closed On", "Closed Date", "Close Date", "CloseDate"),
            *("Closing Date", "Converted Date", "ConvertedDate", "Won Time"),
            *("Abgeschlossen am", "Abschlussdatum", "Geschlossen am"),
            *("Date de clôture", "Date de fermeture", "Clôturé le", "Date Closed"),
            *(
                "Decision Date",
                "Date Won",
                "Won Date",
                "Date Lost",
                "Lost Date",
                "Lost Time",
                "Geschlossen",
                "Erledigt am",
                "Clôture",
            ),
            *("Fecha de cierre", "Cerrado el", "Sluitingsdatum", "Gesloten op"),
            *("Data zamknięcia", "Zamknięto"),
        ),
    },
    "reps": {
        "rep_id": (
            *("User Id", "Rep Id", "Owner Id", "Employee Id", "Personalnummer"),
            *("Benutzer-ID", "ID utilisateur"),
            *(*_ID, "Login", "User Name", "Username", *EMAIL),
            *("Full Name", "Name", "Sales Agent", "Nom", "Nombre", "Naam"),
            *("Inicio de sesión", "Anmeldename"),
        ),
        "daily_capacity": (
            *("Capacity", "Max Leads", "Max Leads per Day", "Daily Limit", "Quota"),
            *("Kapazität", "Leads pro Tag", "Capacité", "Capacidad", "Capaciteit"),
            *("Limit", "Limit dzienny", "Leads par jour", "Max. Leads"),
        ),
        "name": (
            *("Full Name", "Name", "Vollständiger Name", "Nom complet", "Nom"),
            *("Nombre", "Nombre completo", "Naam", "Volledige naam", "Mitarbeiter"),
            *("Imię i nazwisko", "Sales Rep", "Rep"),
        ),
        "email": (*EMAIL, "E-mail Address", "Mail", "Login"),
        "team": (
            "Team",
            "Department",
            "Abteilung",
            "Équipe",
            "Sales Team",
            "Group",
            "Equipo",
            "Zespół",
        ),
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
            *("Actif", "Active?", "Status", "Statut", "Activo", "Actief"),
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

"""What writes the exports of the company, by ready scenario."""

from tests.exports.dynamics import dynamics
from tests.exports.hubspot import hubspot, hubspot_deals
from tests.exports.odoo import odoo
from tests.exports.others import pipedrive, sheets, zoho
from tests.exports.salesforce import salesforce, salesforce_report
from tests.exports.writing import Write

EXPORTS: dict[str, Write] = {
    "salesforce": salesforce,
    "salesforce_report": salesforce_report,
    "hubspot": hubspot,
    "hubspot_deals": hubspot_deals,
    "pipedrive": pipedrive,
    "odoo": odoo("en"),
    "odoo-de": odoo("de"),
    "odoo-fr": odoo("fr"),
    "dynamics": dynamics("en"),
    "dynamics-de": dynamics("de"),
    "dynamics-fr": dynamics("fr"),
    "zoho": zoho,
    "sheets": sheets,
}
"""Ready scenario, with a language where there are several -> what writes exports."""

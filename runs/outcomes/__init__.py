"""Outcomes that come back from the CRM: read, held against the ledger, taken in."""

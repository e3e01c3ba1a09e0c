"""How a scenario has the cells of leads read as keys."""

from crm.contact_keys.keys import KeyReader
from scenarios.duplicates import Duplicates


def key_reader(spec: Duplicates | None) -> KeyReader:
    """Return how cells are read as keys; without a section, by its defaults."""
    spec = spec or Duplicates()
    return KeyReader(spec.country or "", spec.plus_addresses)

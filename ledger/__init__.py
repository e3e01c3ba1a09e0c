"""The durable record of every run and every decision."""

from ledger.entry import RunEntry
from ledger.errors import LedgerError
from ledger.ledger import Ledger

__all__ = ["Ledger", "LedgerError", "RunEntry"]

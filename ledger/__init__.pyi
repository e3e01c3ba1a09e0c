from .entries import RunEntry as RunEntry
from .errors import LedgerError as LedgerError
from .ledger import Ledger as Ledger

from .errors import LedgerError as LedgerError
from .ledger import Ledger as Ledger
from .ledger import RunEntry as RunEntry

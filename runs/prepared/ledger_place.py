"""The ledger that a scenario names: where it is, and whether it can take a run."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from crm import DataError, Issue
from crm.database_url import VARIABLE
from scenarios import ScenarioFile

if TYPE_CHECKING:
    from crm.databases.address import Address


def ledger_place(file: ScenarioFile) -> "Path | Address | None":
    """Return the file or database of the ledger that a scenario names, if it does.

    Raises
    ------
    DataError
        Where a variable of the environment is missing.
    """
    named = file.scenario.ledger
    if named is None:
        return None
    if "://" in named or VARIABLE.search(named):
        from crm.databases.address import address_of

        return address_of(named, file.path.parent, "ledger")
    return file.path.parent / named


def is_there(place: "Path | Address") -> bool:
    """Tell whether there may be a ledger: a file is, or a server has to be asked."""
    return os.path.exists(place) if isinstance(place, Path) else True


def ledger_issues(file: ScenarioFile, *, records: bool) -> Iterator[Issue]:
    """Yield why the ledger that a scenario names could not take a run.

    Parameters
    ----------
    records
        Whether a run is going to be recorded: then its tables are looked through, and
        it has to be writable.
    """
    if file.scenario.ledger is None:
        return
    from ledger import Ledger, LedgerError

    try:
        place = ledger_place(file)
        if isinstance(place, Path) and not os.path.isdir(place.parent):
            yield file.issue(("ledger",), f"there is no folder {place.parent}")
        elif place is not None and is_there(place):
            with Ledger(place) as ledger:
                if records:
                    ledger.check()
    except (LedgerError, DataError) as error:
        yield file.issue(("ledger",), str(error))

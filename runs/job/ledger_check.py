"""Whether the ledger that a scenario names can take a run, before one is made."""

import os
from collections.abc import Iterator

from crm import Issue
from ledger import Ledger, LedgerError
from scenarios import ScenarioFile


def ledger_issues(file: ScenarioFile) -> Iterator[Issue]:
    """Yield why the ledger that a scenario names could not take a run."""
    if file.scenario.ledger is None:
        return
    path = file.path.parent / file.scenario.ledger
    if not os.path.isdir(path.parent):
        yield file.issue(("ledger",), f"there is no folder {path.parent}")
    elif os.path.exists(path):
        try:
            Ledger(path).close()
        except LedgerError as error:
            yield file.issue(("ledger",), str(error))

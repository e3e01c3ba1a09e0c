"""What cannot be made again."""

from typing import NoReturn

from runs.prepared.prepared import Prepared
from scenarios import ScenarioError


def nothing_to_redo(prepared: Prepared) -> NoReturn:
    """Raise since the day has no run of this scenario to make again."""
    name, day = prepared.file.scenario.name, prepared.crm.today
    expected = f"no run of {name} on {day} is recorded, so there is none to redo"
    raise ScenarioError([prepared.file.issue(("ledger",), expected)])


def nothing_new(prepared: Prepared) -> NoReturn:
    """Raise since this very run is recorded, and has made no other one void."""
    expected = (
        f"these are the tables, rules and moment of run {prepared.run_id}, which is "
        "recorded; to make the day again with what people said since, give a later "
        "moment by --as-of"
    )
    raise ScenarioError([prepared.file.issue(("ledger",), expected)])

"""What a scenario asks that only a day held as a whole can give."""

from collections.abc import Iterator

from crm import Issue
from runs.prepared.saved_model import asks_for_history
from scenarios import ScenarioFile
from solver.building import bounds_sums

KEYS = {
    ("experiment",): "an experiment",
    ("ledger",): "a ledger",
    ("sticky",): "owners that last",
    ("turns",): "turns",
    ("duplicates",): "duplicates",
    ("solve", "two_level"): "two-level distribution",
    ("data", "owner_from_history"): "owners from history",
    ("data", "territory_from_account"): "territories from accounts",
}
"""Keys of the scenario -> what they ask for."""


def whole_day_issues(file: ScenarioFile, n_leads: int, limit: int) -> Iterator[Issue]:
    """Yield an error for each thing that cannot be decided partition by partition."""
    large = f"a day of {n_leads:,} leads ({limit:,} and more) is decided in partitions"
    for keys, what in KEYS.items():
        if _said(file, keys):
            yield file.issue(keys, f"{large}, which has no place for {what}")
    for rule in bounds_sums(file.scenario.rules):
        place = file.scenario.rules.index(rule)
        bounds = f"rule {rule.name} bounds more than pairs and slots"
        yield file.issue(("rules", place), f"{large}: {bounds}")
    if asks_for_history(file.scenario):
        yield file.issue(("data",), f"{large}: a rule asks for the rows of the history")
    if file.scenario.data.as_of is None:
        yield file.issue(("data",), f"{large}: say its moment, as_of, or give --as-of")


def _said(file: ScenarioFile, keys: tuple[str, ...]) -> bool:
    value: object = file.scenario
    for key in keys:
        value = getattr(value, key)
    return bool(value)

"""What becomes of a value of a scenario, or of a list, by a change."""

from collections.abc import Sequence
from typing import Any

from crm import suggestion
from scenarios.changes.new_value import NewValue
from scenarios.changes.wording import shown
from scenarios.errors import fault


def changed_value(before: Any, value: NewValue, what: str, source: str) -> Any:
    """Return what becomes of a value: set, computed, or a list with more or less in it.

    Parameters
    ----------
    before
        The value that is there, None for none.
    what, source
        What it is the value of, and the change, for messages.

    Raises
    ------
    ScenarioError
        Where the value that is there cannot change so.
    """
    if not value.is_relative:
        return value.content
    if isinstance(before, list | tuple):
        return changed_list(before, value, what, source)
    is_number = isinstance(before, int | float) and not isinstance(before, bool)
    if not is_number or value.amount is None:
        problem = f"{what} is {shown(before)}: no number to change by {value.words}"
        raise fault(source, None, f"{problem}; set it with =")
    after = value.of(before)
    return int(after) if isinstance(before, int) and after.is_integer() else after


def changed_list(
    before: Sequence[Any], value: NewValue, what: str, source: str
) -> list[Any]:
    """Return a list with entries added, or taken out.

    Raises
    ------
    ScenarioError
        Where an entry is to be taken out that is not there.
    """
    entries = value.content if isinstance(value.content, list) else [value.content]
    if value.operation == "*":
        raise fault(source, None, f"{what} is a list: + adds to it, - takes out")
    if value.operation == "+":
        return list(dict.fromkeys([*before, *entries]))
    for entry in entries:
        if entry not in before:
            near = suggestion(str(entry), map(str, before))
            raise fault(source, None, f"{what} has no {shown(entry)}{near}")
    return [entry for entry in before if entry not in entries]

"""What differs between the scenarios of two runs, rule by rule and key by key."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.text.whatif.difference_figures import ChangedKey, ChangedRule, Way
from scenarios import Scenario
from solver import Rule

OF_THE_DAY = ("rules", "data.as_of")
"""Keys that are compared elsewhere."""


def rule_changes(
    before: Mapping[str, Rule], after: Mapping[str, Rule]
) -> list[ChangedRule]:
    """Return what changed of the rules: those gone, then the others in their order.

    Parameters
    ----------
    before, after
        Name -> rule.
    """
    gone = [
        _whole(rule, "removed") for name, rule in before.items() if name not in after
    ]
    others = [
        _changed(before[name], rule) if name in before else _whole(rule, "added")
        for name, rule in after.items()
        if before.get(name) != rule
    ]
    return [*gone, *others]


def _whole(rule: Rule, way: Way) -> ChangedRule:
    return ChangedRule(rule.name, rule.kind, way, rule.sentence)


def _changed(before: Rule, after: Rule) -> ChangedRule:
    keys = tuple(key_changes(_plain(before), _plain(after)))
    return ChangedRule(after.name, after.kind, "changed", after.sentence, keys)


def setting_changes(before: Scenario, after: Scenario) -> list[ChangedKey]:
    """Return the keys beside rules that say something else."""
    changes = key_changes(_plain(before), _plain(after))
    return [change for change in changes if not change.key.startswith(OF_THE_DAY)]


def key_changes(before: Any, after: Any, key: str = "") -> Iterator[ChangedKey]:
    """Yield the keys that differ, level by level; a list is one value."""
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*before, *(name for name in after if name not in before)]:
            place = f"{key}.{name}" if key else str(name)
            yield from key_changes(before.get(name), after.get(name), place)
    elif before != after:
        yield ChangedKey(key, before, after)


def _plain(model: Scenario | Rule) -> dict[str, Any]:
    return model.model_dump(mode="json", by_alias=True, exclude_none=True)

"""What is other in one part of a scenario, key by key, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter

from crm import Condition
from crm.where_words import column_words, condition_words, value_words

_CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
_MISSING = object()
WHERE = "where"


def leaf_changes(now: BaseModel, before: BaseModel) -> list[str]:
    """Return what is other in a part of a scenario, in words, an entry per key."""
    return list(_mapping(_plain(now), _plain(before), ()))


def _plain(part: BaseModel) -> dict[str, Any]:
    return part.model_dump(by_alias=True)


def _mapping(
    now: Mapping[str, Any], before: Mapping[str, Any], path: tuple[str, ...]
) -> Iterator[str]:
    for key in dict.fromkeys([*now, *before]):
        new, old = now.get(key, _MISSING), before.get(key, _MISSING)
        if new == old and type(new) is type(old):
            continue
        if key == WHERE and isinstance(new, dict) and isinstance(old, dict):
            yield from _conditions(new, old)
        elif isinstance(new, dict) and isinstance(old, dict):
            yield from _mapping(new, old, (*path, key))
        elif new != old:
            yield _leaf((*path, key), new, old)


def _leaf(path: tuple[str, ...], new: Any, old: Any) -> str:
    """Return one key that is other: ``min seniority now 3 instead of 4``."""
    name = " ".join(map(column_words, path))
    if _is_list(new) and _is_list(old):
        parts = [*_entries("also", new, old), *_entries("no longer", old, new)]
        return f"{name} {' and '.join(parts) or 'in another order'}"
    return f"{name} now {_words(new)} instead of {_words(old)}"


def _entries(words: str, of: list[Any], without: list[Any]) -> list[str]:
    listed = [_words(entry) for entry in of if entry not in without]
    return [f"{words} {', '.join(listed)}"] if listed else []


def _conditions(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    for column in dict.fromkeys([*now, *before]):
        new, old = now.get(column), before.get(column)
        if new == old:
            continue
        name = column_words(column)
        if old is None:
            yield f"now only leads whose {name} {_condition(new)}"
        elif new is None:
            yield f"no longer only leads whose {name} {_condition(old)}"
        else:
            words = (_condition(each).removeprefix("is ") for each in (new, old))
            yield f"{name} now {_instead(*words)}"


def _instead(new: str, old: str) -> str:
    """Return what is now and was, words that both begin with said once."""
    (*words, _), (*others, last) = new.split(" "), old.split(" ")
    return f"{new} instead of {last if words == others else old}"


def _condition(plain: Any) -> str:
    set_keys = (
        {key: value for key, value in plain.items() if value is not None}
        if isinstance(plain, dict)
        else plain
    )
    return condition_words(_CONDITION.validate_python(set_keys))


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _words(value: Any) -> str:
    """Return any value of a scenario in words."""
    if value is None or value is _MISSING:
        return "none"
    if isinstance(value, dict):
        known = {key: part for key, part in value.items() if part is not None}
        return ", ".join(f"{column_words(k)} {_words(v)}" for k, v in known.items())
    if isinstance(value, list):
        return ", ".join(map(_words, value)) or "none"
    return value_words(value)

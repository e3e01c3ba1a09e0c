"""The fields of our value objects: all there, none unknown, each of its type."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from sklearn.base import BaseEstimator


@cache
def field_types(kind: Any) -> dict[str, Any]:
    """Return the type of each field: of a dataclass, or of an estimator.

    An estimator has those it is constructed with, then those that it learns.
    """
    types = get_type_hints(kind)
    if not issubclass(kind, BaseEstimator):
        return {field.name: types[field.name] for field in fields(kind)}
    given = get_type_hints(vars(kind)["__init__"])
    fitted = {name: types[name] for name in types if name.endswith("_")}
    return {name: given[name] for name in given if name != "return"} | fitted


def field_values(content: Any) -> dict[str, Any]:
    """Return the fields of an object of ours.

    Raises
    ------
    ValueError
        If one is not of its type.
    """
    kind: Any = type(content)
    values = {name: getattr(content, name) for name in field_types(kind)}
    check_types(kind, values)
    return values


def constructed(kind: Any, values: Mapping[str, Any]) -> Any:
    """Return the object of ours that has these fields.

    Raises
    ------
    ValueError
        If a field is missing, unknown or not of its type.
    """
    strange = values.keys() ^ field_types(kind).keys()
    if strange:
        raise ValueError(f"missing or unknown: {', '.join(sorted(strange))}")
    check_types(kind, values)
    if not issubclass(kind, BaseEstimator):
        return kind(**values)
    content = object.__new__(kind)
    vars(content).update(values)
    return content


def check_types(kind: Any, values: Mapping[str, Any]) -> None:
    """Raise if a field of an object of this class is not of its type."""
    for name, hint in field_types(kind).items():
        if not fits(values[name], hint):
            raise ValueError(f"{name} is not of the type {hint}")


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a value is of a type, and its items, too."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return True
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in inner)
    if origin is Literal:
        return isinstance(value, str) and value in inner
    if origin is np.ndarray:
        return isinstance(value, np.ndarray) and value.dtype == get_args(inner[1])[0]
    if origin is Mapping:
        return isinstance(value, dict) and all(
            fits(key, inner[0]) and fits(item, inner[1]) for key, item in value.items()
        )
    if origin is tuple:
        return isinstance(value, tuple) and fit_in_order(value, inner)
    if origin in (Sequence, Collection):
        several = (list, tuple) if origin is Sequence else (list, tuple, set, frozenset)
        return isinstance(value, several) and all(fits(one, inner[0]) for one in value)
    if hint is float:
        return isinstance(value, float | int) and not isinstance(value, bool)
    return type(value) is int if hint is int else isinstance(value, hint)


def fit_in_order(values: tuple[Any, ...], hints: tuple[Any, ...]) -> bool:
    """Tell whether the items of a tuple are of the types of its places."""
    if hints[1:] == (...,):
        return all(fits(value, hints[0]) for value in values)
    return len(values) == len(hints) and all(map(fits, values, hints))

"""Worlds changed by what a user wrote: `name=value`."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from crm import suggestion
from evaluation.worlds.spec import WorldSpec

_KINDS = {field.name: field.type for field in fields(WorldSpec)}


class SettingError(ValueError):
    """A setting that no world can have, named."""


def changed(spec: WorldSpec, settings: Iterable[str]) -> WorldSpec:
    """Return the spec with these settings.

    Parameters
    ----------
    spec
        What to change.
    settings
        Texts such as ``rep_sd=0.4``; of two with one name the last counts.

    Raises
    ------
    SettingError
        If a name is unknown, or a value is not a number of its kind or its range.
    """
    values: dict[str, Any] = dict(_read(setting) for setting in settings)
    try:
        return replace(spec, **values)
    except ValueError as error:
        raise SettingError(str(error)) from None


def _read(setting: str) -> tuple[str, float]:
    name, equals, text = (part.strip() for part in setting.partition("="))
    if not equals:
        raise SettingError(f"{setting!r}: expected name=value, such as rep_sd=0.4")
    if name not in _KINDS:
        hint = suggestion(name, _KINDS) or f"; there are {', '.join(_KINDS)}"
        raise SettingError(f"a world has no {name!r}{hint}")
    try:
        return name, int(text) if _KINDS[name] is int else float(text)
    except ValueError:
        kind = "a whole number" if _KINDS[name] is int else "a number"
        raise SettingError(f"{name} is {text!r}, expected {kind}") from None

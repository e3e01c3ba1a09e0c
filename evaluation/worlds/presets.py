"""Named worlds, and changes of a world by `name=value`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from crm import suggestion
from evaluation.worlds.spec import WorldSpec

_MILD = WorldSpec(rep_sd=0.25, interaction_sd=0.25)

PRESETS: Mapping[str, WorldSpec] = MappingProxyType(
    {
        "null": WorldSpec(rep_sd=0.0, interaction_sd=0.0),
        "mild": _MILD,
        "strong": WorldSpec(rep_sd=0.5, interaction_sd=0.5),
        "confounded": replace(
            _MILD, confounding=1.0, hidden_sd=0.5, seniority_share=0.3
        ),
        "overloaded": replace(
            _MILD, load=1.4, territories_per_rep=2, seniority_share=0.3
        ),
        "cold_start": replace(_MILD, new_reps=8, seniority_share=0.3, drift_sd=0.2),
        "demo": WorldSpec(
            n_reps=16,
            leads_per_day=100,
            base_rate=0.16,
            n_numeric=4,
            interaction_rank=4,
            rep_sd=0.35,
            interaction_sd=0.3,
            seniority_share=0.3,
            product_share=0.5,
            territories_per_rep=2,
            load=0.75,
            delay_days=5.0,
            deal_sd=1.5,
            n_away=2,
            named=True,
            n_teams=4,
            products_per_rep=2,
            n_languages=4,
            language_loss=0.5,
            n_accounts=40,
            account_share=0.12,
            unserved_share=0.02,
            book_room=30,
        ),
    }
)
"""In `null` no rep matters; in `mild` and `strong` rep effects and interaction have a
spread of a quarter or half a logit. History of `confounded` assigned hot leads to
favoured reps; `overloaded` has more leads than slots; a third of the reps of
`cold_start` are new. `demo` has all that a company's rules may speak of."""
_KINDS = {field.name: field.type for field in fields(WorldSpec)}
_READ: Mapping[Any, tuple[str, Callable[[str], Any]]] = {
    int: ("a whole number", int),
    float: ("a number", float),
    bool: ("0 or 1", lambda text: bool(("0", "1").index(text))),
}
"""Kind of a field -> what it is, and how it is read."""


class SettingError(ValueError):
    """A setting that no world can have; the message names it."""


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
    values: dict[str, Any] = dict(_parsed(setting) for setting in settings)
    try:
        return replace(spec, **values)
    except ValueError as error:
        raise SettingError(str(error)) from None


def _parsed(setting: str) -> tuple[str, Any]:
    name, equals, text = (part.strip() for part in setting.partition("="))
    if not equals:
        raise SettingError(f"{setting!r}: expected name=value, such as rep_sd=0.4")
    if name not in _KINDS:
        hint = suggestion(name, _KINDS) or f"; there are {', '.join(_KINDS)}"
        raise SettingError(f"a world has no {name!r}{hint}")
    kind, read = _READ[_KINDS[name]]
    try:
        return name, read(text)
    except ValueError:
        raise SettingError(f"{name} is {text!r}, expected {kind}") from None

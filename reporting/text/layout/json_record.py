"""Results as JSON can hold them."""

import math
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaluation import Interval


def record_of(content: Any) -> Any:
    """Return the content as JSON can hold it.

    A dataclass becomes its fields and its properties, so that readers of the JSON
    find what the text says, too; a number that is not finite becomes None.
    """
    if is_dataclass(content):
        return {
            name: record_of(getattr(content, name)) for name in shown_names(content)
        }
    if isinstance(content, Mapping):
        return {str(name): record_of(value) for name, value in content.items()}
    if isinstance(content, list | tuple):
        return [record_of(value) for value in content]
    if isinstance(content, float) and not math.isfinite(content):
        return None
    return content


def shown_names(content: Any) -> list[str]:
    """Return the names of the fields of a dataclass, then of its properties."""
    kind = type(content)
    members = vars(kind).items()
    named = [name for name, member in members if isinstance(member, property)]
    return [field.name for field in fields(content)] + named


def interval_json(interval: "Interval | None") -> dict[str, float] | None:
    """Return the estimate and the ends of its 95 % interval; null if not known."""
    return None if interval is None else asdict(interval)

"""A part of a machine, measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether a part of the machine is ready.

    ABSENT: it is not there, and nothing that was asked for needs it. ATTENTION: it
    works, and a person has to look. BROKEN: it does not work.
    """

    OK = "ok"
    ABSENT = "absent"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True)
class MachinePart:
    """A part of the machine, what was measured, and what to do about it."""

    part: str
    state: State
    measured: str
    advice: str = ""


Look = Callable[[], Iterator[MachinePart]]


def looked(part: str, look: Look) -> list[MachinePart]:
    """Return what a look finds; a failure of the look itself is a finding."""
    try:
        return list(look())
    except Exception as error:
        text = f"{type(error).__name__}: {error}"
        return [MachinePart(part, State.BROKEN, text)]

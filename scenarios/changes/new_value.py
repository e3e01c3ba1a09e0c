"""What a change sets: a value, or how the one that is there changes."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from crm import shorten
from scenarios.changes.wording import shown, split_outside, yaml_value
from scenarios.errors import fault

Operation = Literal["=", "*", "+", "-"]
MOST_STEPS = 1000
"""Values of one range."""
DIGITS = 9
"""Decimals that numbers keep, so that 0.8 + 2 x 0.1 is 1."""
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_RANGE = re.compile(rf"({_NUMBER}):({_NUMBER}):({_NUMBER})")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
_SHARE = re.compile(rf"([+-]\s*{_NUMBER})\s*%")
_WORDS: dict[Operation, str] = {"=": "=", "*": "x", "+": "+", "-": "-"}


@dataclass(frozen=True)
class NewValue:
    """A value, or how the one that is there changes.

    Attributes
    ----------
    operation
        ``=`` sets, ``*`` multiplies, ``+`` and ``-`` add and take away.
    content
        The value; a number where it multiplies.
    """

    operation: Operation
    content: Any

    @property
    def is_relative(self) -> bool:
        """Whether it depends on the value that is there."""
        return self.operation != "="

    @property
    def amount(self) -> float | None:
        """The number it multiplies by or adds; None where that is none."""
        value = self.content
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return float(value) if is_number else None

    @property
    def words(self) -> str:
        """The operation and the value, such as ``x 1.2``."""
        return f"{_WORDS[self.operation]} {shown(self.content)}"

    def of(self, number: float) -> float:
        """Return what becomes of a number; `amount` has to be one."""
        amount = self.amount or 0.0
        match self.operation:
            case "*":
                return round(number * amount, DIGITS)
            case "+":
                return round(number + amount, DIGITS)
            case "-":
                return round(number - amount, DIGITS)
        return amount


def values_of(text: str, source: str) -> list[NewValue]:
    """Return each value that a text asks for, one variant each.

    ``60`` sets; ``*1.2``, ``+5``, ``-2`` and ``+20%`` change what is there;
    ``0.8:1.2:0.1`` is a range with both ends, ``a,b`` a list of variants. ``=-5`` sets
    a value that begins with a sign.

    Parameters
    ----------
    source
        The change, for messages.

    Raises
    ------
    ScenarioError
        Where it cannot be read.
    """
    if _GROUPED.fullmatch(text.strip()):
        plain = text.strip().replace(",", "")
        ways = f"write {plain} for the number; a list of variants needs spaces: "
        ways += text.strip().replace(",", ", ")
        raise fault(source, None, f"{text.strip()!r} is a number or a list; {ways}")
    return [
        value
        for part in split_outside(text, ",")
        for value in _values_of_part(part, source)
    ]


def value_of(content: Any, source: str) -> NewValue:
    """Return the one value that a cell of YAML asks for; numbers set."""
    if not isinstance(content, str):
        return NewValue("=", content)
    operation, rest = _operation(content.strip())
    if operation == "=" and not content.strip().startswith("="):
        return NewValue("=", content)
    return _one(operation, rest, source)


def _values_of_part(text: str, source: str) -> list[NewValue]:
    operation, rest = _operation(text)
    if span := _RANGE.fullmatch(rest.strip()):
        first, last, step = map(float, span.groups())
        steps = _steps(first, last, step, source)
        return [NewValue(operation, step) for step in steps]
    return [_one(operation, rest, source)]


def _operation(text: str) -> tuple[Operation, str]:
    if share := _SHARE.fullmatch(text):
        factor = 1 + float(share[1].replace(" ", "")) / 100
        return "*", f"{round(factor, DIGITS):g}"
    for operation in _WORDS:
        if text.startswith(operation):
            return operation, text[1:].strip()
    return "=", text


def _one(operation: Operation, rest: str, source: str) -> NewValue:
    value = NewValue(operation, yaml_value(rest, source))
    if operation == "*" and value.amount is None:
        expected = "expected a number after *, such as *1.2"
        raise fault(source, None, f"{shorten(rest)!r}: {expected}")
    if operation in "+-" and not rest:
        expected = f"expected an amount after {operation}, such as {operation}5"
        raise fault(source, None, expected)
    return value


def _steps(first: float, last: float, step: float, source: str) -> list[int | float]:
    count = (last - first) / step if step else -1.0
    if count < 0 or count > MOST_STEPS:
        expected = (
            "expected first:last:step, such as 0.8:1.2:0.1, where steps lead from the "
            f"first to the last in at most {MOST_STEPS:,}"
        )
        raise fault(source, None, expected)
    steps = [round(first + i * step, DIGITS) for i in range(int(count + 1e-6) + 1)]
    if abs(steps[-1] - last) > 1e-6 * abs(step):
        ends = f"steps of {step:g} from {first:g} end at {steps[-1]:g}, not at {last:g}"
        raise fault(source, None, f"{ends}: write {first:g}:{steps[-1]:g}:{step:g}")
    return [int(value) if value.is_integer() else value for value in steps]

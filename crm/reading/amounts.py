"""Numbers as other systems write them: separators, currencies, and what would fit."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import isinf

from crm.currencies import CODES, SIGNS

_UNIT = (
    rf"(?:[A-Za-z]{{0,2}}[{SIGNS}]|{'|'.join(sorted(CODES))}"
    r"|[Kk]r\.?|zł|Kč|Ft|[Ss]?Fr\.?|%)"
)
_UNIT_BESIDE = re.compile(rf"{_UNIT}(?= ?[-+0-9(.,])|(?<=[0-9.,\-)]) ?{_UNIT}")


@dataclass(frozen=True)
class Signs:
    """How numbers are written: the decimal sign, and what separates thousands."""

    decimal: str = "."
    thousands: str | None = None

    def key(self, column: str | None = None) -> str:
        """Return the keys that say so, as a scenario has them."""
        keys = {"decimal": self.decimal, "thousands": self.thousands}
        told = [(key, sign) for key, sign in keys.items() if sign]
        if column is None:
            return ", ".join(f'{key}: "{sign}"' for key, sign in told)
        return ", ".join(f'{key}: {{{column}: "{sign}"}}' for key, sign in told)


@dataclass(frozen=True)
class Amount:
    """A number as text with a decimal point, ``""`` for none, and its unit."""

    text: str = ""
    unit: str = ""


NONE = Amount()
_CANDIDATES = (
    Signs(".", ","),
    Signs(",", "."),
    Signs(",", " "),
    Signs(".", " "),
    Signs(".", "'"),
    Signs(",", "'"),
    Signs(",", None),
    Signs(".", None),
)


@lru_cache
def _pattern(signs: Signs) -> re.Pattern[str]:
    whole = "[0-9]+"
    if signs.thousands:
        sign = "['\u2019]" if signs.thousands == "'" else re.escape(signs.thousands)
        by_three = rf"[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+"
        indian = rf"[1-9][0-9]?(?:{sign}[0-9]{{2}})+{sign}[0-9]{{3}}"
        whole = rf"{by_three}|{indian}|[0-9]+"
    number = rf"(?P<whole>{whole})?(?:{re.escape(signs.decimal)}(?P<part>[0-9]*))?"
    return re.compile(
        rf"(?P<open>\()?(?P<minus>[-+\u2212])? ?(?P<before>{_UNIT})? ?"
        rf"(?P<inner>[-+\u2212])?{number}(?P<power>[eE][-+]?[0-9]+)?"
        rf"(?P<last>-)? ?(?P<after>{_UNIT})?(?P<close>\))?"
    )


def amount(text: str, signs: Signs) -> Amount:
    """Return the number that a text is if written so, `NONE` if it is none."""
    match = _pattern(signs).fullmatch(text)
    if match is None or not (match["whole"] or match["part"]):
        return NONE
    is_negative = [bool(match["open"])]
    is_negative += [match[g] in ("-", "\u2212") for g in ("minus", "inner", "last")]
    has_signs = sum(bool(match[g]) for g in ("open", "minus", "inner", "last"))
    if bool(match["open"]) != bool(match["close"]) or has_signs > 1:
        return NONE
    if match["before"] and match["after"]:
        return NONE
    whole = re.sub("[^0-9]", "", match["whole"] or "0")
    part = f".{match['part']}" if match["part"] else ""
    sign = "-" if any(is_negative) else ""
    number = f"{sign}{whole}{part}{match['power'] or ''}"
    if isinf(float(number)):
        return NONE
    return Amount(number, (match["before"] or match["after"] or "").strip())


def fitting_signs(texts: Iterable[str]) -> list[Signs]:
    """Return the ways in which all of these filled texts are numbers, each distinct.

    Several where a text such as ``27.393`` may be either of two numbers.
    """
    distinct = list(dict.fromkeys(texts))
    fitting: dict[tuple[Amount, ...], Signs] = {}
    for signs in _CANDIDATES:
        read = []
        for text in distinct:
            read.append(amount(text, signs))
            if not read[-1].text:
                break
        else:
            fitting[tuple(read)] = signs
    return list(fitting.values())


def may_be_thousands(text: str) -> bool:
    """Tell whether the dot of a plain number may separate thousands: ``27.393``."""
    return bool(_DOTTED_THOUSANDS.fullmatch(text))


_DOTTED_THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")

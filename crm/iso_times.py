"""Texts of equal length that are ISO 8601 times, read at once by their places."""

import re
from collections.abc import Sequence

import numpy as np

_DIGITS = str.maketrans("123456789", "0" * 9)
_TEMPLATE = re.compile(
    r"0000-00-00(?:[T ]00:00(?::00(?:\.(?P<part>0{1,9}))?)?(?P<offset>Z|[+-]00:00)?)?"
)
_YEARS = (1701, 2198)
_FEWEST = 100
"""Texts of a length below which it is not worth while."""
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_NANOSECONDS = 10**9


def quick_times(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return times in nanoseconds since 1970, which are local, and which are read.

    Shape (n,) each: int64, bool and bool. Those with an offset are in UTC. A text that
    is not read may be a time all the same, or none.
    """
    moments = np.zeros(len(texts), dtype=np.int64)
    is_local = np.zeros(len(texts), dtype=bool)
    is_read = np.zeros(len(texts), dtype=bool)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    for length in np.flatnonzero(np.bincount(lengths[lengths < 40]) >= _FEWEST):
        places = np.flatnonzero(lengths == length)
        same = (
            texts if len(places) == len(texts) else [texts[k] for k in places.tolist()]
        )
        template = _TEMPLATE.fullmatch(same[0].translate(_DIGITS))
        joined = "".join(same)
        if template is None or not joined.isascii():
            continue
        signs = np.frombuffer(joined.encode(), dtype=np.uint8).reshape(-1, length)
        moments[places], is_read[places] = _moments(signs, template)
        is_local[places] = not template["offset"]
    return moments, is_local, is_read


def _moments(
    signs: np.ndarray, template: re.Match[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the moments, and which of them there are; shape (n,) each.

    Parameters
    ----------
    signs
        Shape (n, length) uint8: texts as their ASCII codes.
    template
        One of the texts, with zeros for digits.
    """
    is_read = _have(signs, template[0].encode())
    year, month, day = (_number(signs, *p) for p in ((0, 4), (5, 7), (8, 10)))
    is_read &= (year >= _YEARS[0]) & (year <= _YEARS[1])
    is_leap = (month == 2) & (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _DAYS[np.where(month <= 12, month, 0)] + is_leap
    is_read &= (day >= 1) & (day <= last)
    months = (year - 1970) * 12 + month - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    seconds = (days + day - 1) * 86_400
    for start, factor, beyond in ((11, 3600, 24), (14, 60, 60), (17, 1, 60)):
        if template[0][start : start + 2] == "00" and template[0][start - 1] in "T :":
            part = _number(signs, start, start + 2)
            is_read &= part < beyond
            seconds += part * factor
    moments = seconds * _NANOSECONDS
    if template["part"]:
        start, stop = template.span("part")
        moments += _number(signs, start, stop) * 10 ** (9 - stop + start)
    if template["offset"] and template["offset"] != "Z":
        hours, minutes = _number(signs, -5, -3), _number(signs, -2, signs.shape[1])
        is_read &= (hours <= 14) & (minutes < 60)
        ahead = (hours * 60 + minutes) * 60 * _NANOSECONDS
        moments += ahead if template["offset"][0] == "-" else -ahead
    return moments, is_read


def _have(signs: np.ndarray, template: bytes) -> np.ndarray:
    """Tell which texts have the template's signs, and digits at its zeros."""
    fits = np.ones(len(signs), dtype=bool)
    for place, sign in enumerate(template):
        column = signs[:, place]
        is_digit = sign == ord("0")
        fits &= (column - ord("0") <= 9) if is_digit else (column == sign)
    return fits


def _number(signs: np.ndarray, start: int, stop: int) -> np.ndarray:
    """Return the numbers that the digits of these places make, shape (n,) int64."""
    number = np.zeros(len(signs), dtype=np.int64)
    for column in signs[:, start:stop].T:
        number = number * 10 + (column - ord("0"))
    return number

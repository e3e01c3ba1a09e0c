"""Dates as other systems write them: read by a format, and formats that would fit."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from crm.cells import numbers
from crm.reading.month_names import in_english

EPOCHS = {"excel": "1899-12-30", "excel-1904": "1904-01-01"}
"""Format -> the day from which Excel counts."""
_FIRST_SERIAL = 61
"""Excel counts a 29 February 1900, which never was: days before 1 March differ."""
_SERIALS = (20_000, 80_000)
"""Serial numbers of 1954 to 2119: what dates of a CRM are."""
MOST_TRIED = 5000
"""Texts among which formats are looked for first."""
_ORDERS = ("dmy", "mdy", "ymd")
_SHAPE = re.compile(
    r"(?P<date>\w+\.?(?P<sep>[-/.]|,? )\w+\.?(?:(?P=sep)|,? )\w+)"
    r"(?:(?P<gap>,? |T)(?P<time>[0-9]{1,2}:[0-9]{2}(?P<second>:[0-9]{2})?"
    r"(?P<part>[.,][0-9]+)?(?: ?(?P<half>[AaPp]\.?[Mm]\.?))?))?"
)


def iso_texts(texts: Sequence[str], form: str) -> list[str]:
    """Return the times as ISO 8601, ``""`` where a text is not of this format.

    Dates without a time stay dates, times without an offset have none. Names of
    months may be English, German or French.

    Parameters
    ----------
    texts
        Texts as the file has them.
    form
        One of `EPOCHS`, or a format of strptime.
    """
    if form in EPOCHS:
        return _from_serials(texts, form)
    form = re.sub(r"%[bB]\.?", "%b", form)
    if "%b" in form:
        texts = [in_english(text) for text in texts]
    if "%p" in form:
        texts = [re.sub(r"([AaPp])\.?([Mm])\.?$", r"\1\2", text) for text in texts]
    if "%z" in form:
        aware = pd.to_datetime(
            pd.Series(texts, dtype=object), format=form, utc=True, errors="coerce"
        )
        return [text and f"{text}Z" for text in _formatted(aware.dt.tz_localize(None))]
    naive = pd.to_datetime(pd.Series(texts, dtype=object), format=form, errors="coerce")
    has_time = any(sign in form for sign in ("%H", "%I", "%X", "%T"))
    return _formatted(naive, "us" if has_time else "D")


def _formatted(times: pd.Series, unit: Literal["us", "D"] = "us") -> list[str]:
    moments = times.to_numpy().astype("datetime64[us]")
    written = np.datetime_as_string(moments, unit=unit)
    return np.where(np.isnat(moments), "", written).tolist()


def _from_serials(texts: Sequence[str], form: str) -> list[str]:
    days = numbers([text.replace(",", ".") for text in texts])
    days[~((days >= _FIRST_SERIAL) & (days < 110_000))] = np.nan
    epoch = pd.Timestamp(EPOCHS[form])
    moments = pd.Series(epoch + pd.to_timedelta(days, unit="D").round("ms"))
    whole = days % 1 == 0
    dates, times = _formatted(moments, "D"), _formatted(moments)
    return [
        d if is_day else t for d, t, is_day in zip(dates, times, whole, strict=True)
    ]


def fitting_formats(texts: Iterable[str]) -> list[str]:
    """Return the formats that every one of these filled texts is written in.

    Several where a text such as ``01/02/2026`` may be either. None where no format
    fits, or where they are ISO 8601.
    """
    distinct = list(dict.fromkeys(texts))
    if not distinct:
        return []
    serials = numbers([text.replace(",", ".") for text in distinct])
    if np.all((serials >= _SERIALS[0]) & (serials <= _SERIALS[1])):
        return ["excel"]
    forms = list(dict.fromkeys(f for text in distinct[:20] for f in _forms(text)))
    for some in (distinct[:MOST_TRIED], distinct):
        forms = [form for form in forms if all(iso_texts(some, form))]
    return forms


def _forms(text: str) -> list[str]:
    """Return the formats that a text of this shape may have."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return []
    tokens = re.findall(r"[^\W\d_]+\.?|[0-9]+|[^\w]+", shape["date"])
    parts = [token for token in tokens if token[0].isalnum()]
    if len(parts) != 3:
        return []
    forms = []
    for order in _ORDERS:
        signs = [_sign(part, which) for part, which in zip(parts, order, strict=True)]
        if all(signs) and signs[0] != "%y":
            filled = iter(signs)
            date = "".join(
                next(filled) if token[0].isalnum() else token for token in tokens
            )
            forms.append(date + _clock(shape))
    return forms


def _sign(part: str, which: str) -> str:
    """Return how a part of a date is written, "" where it cannot be that part."""
    if not part.isdigit():
        return "%b" if which == "m" else ""
    if which == "y":
        return {4: "%Y", 2: "%y"}.get(len(part), "")
    return f"%{which}" if len(part) <= 2 else ""


def _clock(shape: re.Match[str]) -> str:
    if not shape["time"]:
        return ""
    clock = "%I:%M" if shape["half"] else "%H:%M"
    clock += ":%S" if shape["second"] else ""
    clock += ".%f" if shape["part"] and shape["part"][0] == "." else ""
    if shape["half"]:
        clock += " %p" if " " in shape["time"] else "%p"
    return f"{shape['gap']}{clock}"

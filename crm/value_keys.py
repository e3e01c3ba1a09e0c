"""How the cells of a file are written: dates, numbers, lists, and what is empty."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from crm.currencies import currency_code

NAMED_FORMATS = ("iso", "excel", "excel-1904")
"""Date formats that have a name; any other is one of strptime."""
_SAMPLE = pd.Timestamp(2026, 2, 3, tz="UTC")
SEPARATORS = {".": ".", ",": ",", " ": " ", "'": "'", "\u2019": "'", "_": "_"}
"""What may stand between thousands -> as it is written in cells once read."""


def _a_format(text: str) -> str:
    if text in NAMED_FORMATS:
        return text
    try:
        read = pd.to_datetime([_SAMPLE.strftime(text)], format=text)[0]
    except ValueError:
        read = None
    if read is None or (read.year, read.month, read.day) != (2026, 2, 3):
        raise PydanticCustomError(
            "date_format",
            "expected iso, excel, excel-1904, or a format such as %d.%m.%Y %H:%M "
            "(%d day, %m month, %Y year, %H hour, %I hour of 12, %M minute, %S second, "
            "%p AM or PM, %b Jan, %B January)",
        )
    return text


def _a_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise PydanticCustomError(
            "time_zone", "expected a time zone such as Europe/Berlin or UTC"
        ) from None
    return name


def _a_decimal(sign: str) -> str:
    if sign not in (".", ","):
        raise PydanticCustomError("decimal", "expected '.' or ','")
    return sign


def _a_separator(sign: str) -> str:
    shown = SEPARATORS.get(" " if sign.isspace() else sign)
    if shown is None:
        raise PydanticCustomError(
            "thousands", "expected one of '.', ',', ' ', \"'\" or '_'"
        )
    return shown


def _a_list_separator(sign: str) -> str:
    if not sign:
        raise PydanticCustomError("split", "expected a separator such as ';'")
    return sign if sign.isspace() else sign.strip()


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "by_column"
    return "several" if isinstance(value, list) else "one"


_BY_SHAPE = Discriminator(_shape)
DateFormat = Annotated[str, AfterValidator(_a_format)]
_Several = Annotated[list[DateFormat], Field(min_length=1)]
Formats = Annotated[
    Annotated[DateFormat, Tag("one")] | Annotated[_Several, Tag("several")], _BY_SHAPE
]
_Dates = Annotated[
    Annotated[DateFormat, Tag("one")]
    | Annotated[_Several, Tag("several")]
    | Annotated[dict[str, Formats], Tag("by_column")],
    _BY_SHAPE,
]
_Decimal = Annotated[str, AfterValidator(_a_decimal)]
_Thousands = Annotated[str, AfterValidator(_a_separator)]
_Split = Annotated[str, AfterValidator(_a_list_separator)]
_Sign = TypeVar("_Sign")
_OneOrMany = Annotated[
    Annotated[_Sign, Tag("one")] | Annotated[dict[str, _Sign], Tag("by_column")],
    _BY_SHAPE,
]


class Rates(BaseModel):
    """Factors that turn amounts of other currencies into one."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)
    __pydantic_extra__: dict[str, Annotated[float, Field(gt=0, allow_inf_nan=False)]]

    to: str = Field(description="The currency of all amounts, such as EUR.")
    column: str | None = Field(
        None,
        description="The file's column that holds the currency; without it, the sign "
        "or code beside each amount tells.",
    )

    @property
    def _rates(self) -> dict[str, float]:
        return self.model_extra or {}

    def factor(self, unit: str) -> float | None:
        """Return by what an amount in this currency is multiplied, `None` if unknown.

        An amount without a currency counts as one of the currency `to`.
        """
        given = {currency_code(name): rate for name, rate in self._rates.items()}
        code = currency_code(unit)
        return 1.0 if code in ("", currency_code(self.to)) else given.get(code)


class ValueKeys(BaseModel):
    """Keys of a source about how its cells are written."""

    dates: _Dates | None = Field(
        None,
        description="How dates are written: iso, excel (serial numbers), excel-1904, a "
        "format such as '%d.%m.%Y %H:%M', a list of formats, or these by column of "
        "ours. By default ISO 8601.",
    )
    time_zone: Annotated[str, AfterValidator(_a_zone)] | None = Field(
        None,
        description="Zone of times without an offset, such as Europe/Berlin. An hour "
        "that comes twice is the first one, one that is skipped the moment after.",
    )
    decimal: _OneOrMany[_Decimal] | None = Field(
        None,
        description="Decimal sign of numbers, '.' or ','; one for all or by column of "
        "ours. Currencies and % beside numbers are removed where it is given.",
    )
    thousands: _OneOrMany[_Thousands] | None = Field(
        None,
        description="What separates thousands: '.', ',', ' ' or \"'\"; one for all or "
        "by column of ours.",
    )
    missing: list[str] | None = Field(
        None,
        description="Words that mean empty. By default \\N, NULL, NaN, (blank) and "
        "the errors of spreadsheets such as #N/A; [] for none.",
    )
    split: _OneOrMany[_Split] | None = Field(
        None,
        description="What separates the parts of a list, such as ';'; one for all "
        "lists, or by column of ours. By default |.",
    )
    rates: Rates | None = Field(
        None,
        description="Currency -> factor that makes deal_value and won_value amounts "
        "of the currency `to`, such as {to: EUR, column: Currency, GBP: 1.17}.",
    )

    @model_validator(mode="after")
    def _tells_signs_apart(self) -> Any:
        names = {"": None}
        for key in (self.decimal, self.thousands):
            names |= dict.fromkeys(key) if isinstance(key, dict) else {}
        for name in names:
            decimal, thousands = of_column(self.decimal, name), self.thousands_of(name)
            if decimal and decimal == thousands:
                raise PydanticCustomError(
                    "signs", "decimal and thousands are the same sign"
                )
        return self

    def formats(self, column: str) -> list[str]:
        """Return the date formats of a column, `[]` where nothing is said."""
        given = of_column(self.dates, column)
        return [given] if isinstance(given, str) else list(given or [])

    def thousands_of(self, column: str) -> str | None:
        """Return what separates thousands in a column, `None` where nothing is said."""
        return of_column(self.thousands, column)

    def decimal_of(self, column: str) -> str | None:
        """Return the decimal sign of a column, `None` where nothing is said of it."""
        decimal, thousands = of_column(self.decimal, column), self.thousands_of(column)
        if decimal or not thousands:
            return decimal
        return "," if thousands == "." else "."


def of_column(key: Any, column: str) -> Any:
    """Return what a key says of a column: by its name, or for all."""
    return key.get(column) if isinstance(key, Mapping) else key

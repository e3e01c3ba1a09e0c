"""The templates of pages, and their filters for numbers and texts."""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import jinja2
import pandas as pd
from markupsafe import Markup

from crm import visible
from reporting.text.layout.layout import number

NOTHING = 1e-9
"""Costs and prices below this are rounding."""
_THOUSANDTH = 1e-3
_MISSING = "\N{EN DASH}"


@cache
def environment() -> jinja2.Environment:
    """Return the templates of this room, read once; their content is escaped."""
    jinja = jinja2.Environment(
        loader=jinja2.PackageLoader("reporting"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.filters.update(FORMS, figure=_figure, tested=_tested)
    jinja.globals.update(script=page_script(), policy=content_policy())
    return jinja


@cache
def page_script() -> Markup:
    """Return the one script of all pages; nothing of any data is in it."""
    folder = files("reporting") / "templates"
    return Markup((folder / "report.js").read_text(encoding="utf-8"))


@cache
def content_policy() -> str:
    """Return what a page may load and run: its own style, and exactly its script."""
    digest = b64encode(sha256(page_script().encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _shown(value: Any) -> Any:
    """Return a text with what would act on the page visible; markup as it is."""
    is_plain = isinstance(value, str) and not isinstance(value, Markup)
    return visible(value) if is_plain else value


def _count(number: float) -> str:
    return _MISSING if pd.isna(number) else f"{number:,.0f}"


def _percent(probability: float) -> str:
    return _MISSING if pd.isna(probability) else f"{100 * probability:.1f} %"


def _amount(value: float) -> str:
    if pd.isna(value):
        return _MISSING
    if NOTHING < abs(value) < _THOUSANDTH / 2:
        return f"{value:.1g}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3f}"


def _money(amount: float) -> str:
    """Return an amount with cents only below 100, and only where it has some."""
    if pd.isna(amount):
        return _MISSING
    return f"{amount:,.2f}" if abs(amount) < 100 and amount % 1 else f"{amount:,.0f}"


def _short(value: float) -> str:
    return _MISSING if pd.isna(value) else f"{value:,.4g}"


def _text(text: Any) -> str:
    return _MISSING if text is None or text != text or text == "" else str(text)


def _figure(value: float | None) -> str:
    return _MISSING if value is None else f"{value:.4f}"


def _number(value: float) -> str:
    return _MISSING if pd.isna(value) else number(value)


def _signed(value: float, digits: int = 2) -> str:
    return f"{value:+.{digits}f}"


def _tested(p_value: float) -> str:
    return f"{p_value:.2g}"


FORMS: dict[str, Callable[..., str]] = {
    "text": _text,
    "count": _count,
    "percent": _percent,
    "amount": _amount,
    "money": _money,
    "short": _short,
    "signed": _signed,
    "number": _number,
}
"""How a cell of each form is shown."""

"""The leads that come to the demo company, and how ready they are to buy."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from evaluation.demo.staff import LANGUAGES, PRODUCTS

# Level -> its share of the leads, and what it adds to the logit.
_SOURCES = {
    "web": (0.40, -0.1),
    "event": (0.22, 0.0),
    "partner": (0.16, 0.3),
    "referral": (0.10, 0.7),
    "cold list": (0.12, -0.8),
}
_INDUSTRIES = {
    "finance": (0.25, 0.25),
    "health": (0.20, 0.10),
    "retail": (0.25, -0.20),
    "energy": (0.15, 0.0),
    "public": (0.15, -0.25),
}
_TERRITORY_SHARES = (0.24, 0.20, 0.20, 0.20, 0.16)
_PRODUCT_SHARES = (0.38, 0.24, 0.24, 0.14)
_LANGUAGE_SHARES = {
    "North": (0.80, 0.10, 0.10, 0.00),
    "South": (0.45, 0.05, 0.15, 0.35),
    "East": (0.50, 0.50, 0.00, 0.00),
    "West": (0.55, 0.10, 0.30, 0.05),
    "Centre": (0.50, 0.25, 0.25, 0.00),
}
_FIRST = "Alder Bright Cobalt Delta Elm Falcon Granit Harbour Iris Kestrel Lumen"
_SECOND = "Optics Foods Logistics Clinics Mills Textiles Energy Books Tools Studios"
_LEGAL = {"en": "Ltd", "de": "GmbH", "fr": "SA", "es": "SL"}


def draw_leads(created_at: pd.DatetimeIndex, rng: np.random.Generator) -> pd.DataFrame:
    """Return one lead per moment, without an id, in the stable columns."""
    n_leads = len(created_at)
    territory = rng.choice(list(_LANGUAGE_SHARES), n_leads, p=_TERRITORY_SHARES)
    language = np.array(
        [rng.choice(LANGUAGES, p=_LANGUAGE_SHARES[place]) for place in territory]
    )
    leads = {
        "created_at": iso(created_at),
        "territory": territory,
        "product": rng.choice(PRODUCTS, n_leads, p=_PRODUCT_SHARES),
        "language": language,
        "source": _draw(_SOURCES, n_leads, rng),
        "account_id": np.full(n_leads, ""),
        "company": _names(language, rng),
        "deal_value": rng.lognormal(np.log(9000.0), 0.9, n_leads).round(2),
        "industry": _draw(_INDUSTRIES, n_leads, rng),
        "employees": rng.lognormal(np.log(60.0), 1.0, n_leads).astype(np.int64) + 1,
        "visits": rng.poisson(3.0, n_leads),
        "demo_requested": np.where(rng.random(n_leads) < 0.3, "yes", "no"),
    }
    return plain(pd.DataFrame(leads))


def lead_logits(leads: pd.DataFrame) -> NDArray[np.float64]:
    """Return how ready each lead is to buy from anyone, logits ``(n_leads,)``."""
    logit = (
        -1.95
        + _effect(leads["source"], _SOURCES)
        + _effect(leads["industry"], _INDUSTRIES)
        + 0.7 * (leads["demo_requested"] == "yes")
        + 0.12 * (leads["visits"] - 3)
        + 0.15 * np.log(leads["employees"] / 60.0)
        - 0.25 * _size(leads)
    )
    return logit.to_numpy(np.float64)


def lead_factors(leads: pd.DataFrame) -> NDArray[np.float64]:
    """Return the columns that meet a rep's skills, ``(n_leads, 9)``.

    Products and languages (one where the lead has it), then the e-folds of its
    deal value over 9,000.
    """
    columns = [leads["product"] == product for product in PRODUCTS]
    columns += [leads["language"] == language for language in LANGUAGES]
    return np.column_stack([*columns, _size(leads)]).astype(np.float64)


def iso(moments: pd.DatetimeIndex) -> list[str]:
    """Return the moments as ISO 8601 text to the second."""
    return list(moments.strftime("%Y-%m-%dT%H:%M:%SZ"))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its text in ``object`` columns of ``str``."""
    text = frame.select_dtypes(exclude="number").columns
    return frame.astype(dict.fromkeys(text, object))


def _size(leads: pd.DataFrame) -> pd.Series:
    return np.log(leads["deal_value"] / 9000.0)


def _draw(
    levels: dict[str, tuple[float, float]], n_leads: int, rng: np.random.Generator
) -> NDArray[np.str_]:
    return rng.choice(list(levels), n_leads, p=[share for share, _ in levels.values()])


def _effect(
    column: pd.Series, levels: dict[str, tuple[float, float]]
) -> NDArray[np.float64]:
    return np.array([levels[level][1] for level in column])


def _names(language: NDArray[np.str_], rng: np.random.Generator) -> list[str]:
    first = rng.choice(_FIRST.split(), len(language))
    second = rng.choice(_SECOND.split(), len(language))
    legal = [_LEGAL[spoken] for spoken in language]
    return [" ".join(words) for words in zip(first, second, legal, strict=True)]

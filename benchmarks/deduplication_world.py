"""People and companies that never were, and leads of some of them, with mistakes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SURNAMES, FORENAMES, CITIES = 40_000, 3_000, 2_000
CONSONANTS, VOWELS = list("bdfghklmnprstvwz"), list("aeiou")
FREE = ("gmail.com", "gmx.net", "outlook.com", "yahoo.com")


@dataclass(frozen=True)
class World:
    """Contacts, leads, and which lead is which contact.

    Attributes
    ----------
    contacts, leads
        Tables with an id and what people write of themselves.
    truth
        lead_id and contact_id of those leads that are contacts.
    """

    contacts: pd.DataFrame
    leads: pd.DataFrame
    truth: pd.DataFrame


def make_world(n_leads: int, n_contacts: int, seed: int = 0) -> World:
    """Return a world half of whose leads are contacts, by Zipf names and workplaces."""
    rng = np.random.default_rng(seed)
    words = {n: _words(rng, n) for n in (SURNAMES, FORENAMES, CITIES)}
    companies = _companies(rng, max(n_contacts // 6, 10), words[CITIES])
    people = _people(rng, n_contacts + n_leads // 2, words, companies)
    contacts = people.iloc[:n_contacts]
    known = rng.choice(n_contacts, n_leads - n_leads // 2, replace=False)
    strangers = np.arange(n_contacts, n_contacts + n_leads // 2)
    order = rng.permutation(n_leads)
    who = np.concatenate([known, strangers])[order]
    leads = _as_written(rng, people.iloc[who].reset_index(drop=True), companies)
    lead_ids = np.array([f"L{i}" for i in range(n_leads)], dtype=object)
    leads.insert(0, "lead_id", lead_ids)
    contact_ids = np.array([f"C{i}" for i in range(n_contacts)], dtype=object)
    own = contacts.drop(columns="workplace").reset_index(drop=True)
    own.insert(0, "contact_id", contact_ids)
    is_known = who < n_contacts
    truth = {"lead_id": lead_ids[is_known], "contact_id": contact_ids[who[is_known]]}
    return World(own, leads, pd.DataFrame(truth))


def _words(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """Return that many different words of two to four syllables."""
    found: set[str] = set()
    while len(found) < n:
        size = rng.integers(2, 5)
        letters = zip(
            rng.choice(CONSONANTS, size), rng.choice(VOWELS, size), strict=True
        )
        found.add(
            "".join(a + b for a, b in letters) + str(rng.choice(["", "n", "r", "s"]))
        )
    return np.array(sorted(found), dtype=object)[rng.permutation(n)]


def _zipf(
    rng: np.random.Generator, n: int, size: int, power: float
) -> NDArray[np.int64]:
    weight = 1 / np.arange(1, n + 1) ** power
    return rng.choice(n, size, p=weight / weight.sum())


def _companies(
    rng: np.random.Generator, n: int, cities: NDArray[np.object_]
) -> pd.DataFrame:
    names = _words(rng, n)
    city = cities[_zipf(rng, len(cities), n, 1.0)]
    board = [f"+4930{number}" for number in rng.integers(1_000_000, 9_999_999, n)]
    return pd.DataFrame({"name": names, "city": city, "board": board}, dtype=object)


def _people(
    rng: np.random.Generator, n: int, words: dict, companies: pd.DataFrame
) -> pd.DataFrame:
    first = words[FORENAMES][_zipf(rng, FORENAMES, n, 0.9)]
    last = words[SURNAMES][_zipf(rng, SURNAMES, n, 0.8)]
    workplace = _zipf(rng, len(companies), n, 0.5)
    at = companies.iloc[workplace].reset_index(drop=True)
    is_free = rng.random(n) < 0.2
    number = rng.integers(1, 99, n)
    domain = at["name"] + ".com"
    free = np.array(FREE, dtype=object)[rng.integers(len(FREE), size=n)]
    own = pd.Series(first + "." + last, dtype=object)
    email = (own + number.astype(str) + "@" + free).where(is_free, own + "@" + domain)
    mobile = pd.Series([f"+49170{x}" for x in rng.integers(1_000_000, 9_999_999, n)])
    phone = mobile.astype(object).where(rng.random(n) < 0.6, at["board"])
    table = {"first_name": first, "last_name": last, "company": at["name"]}
    table |= {"email": email, "phone": phone, "city": at["city"]}
    return pd.DataFrame({**table, "workplace": workplace})


def _as_written(
    rng: np.random.Generator, people: pd.DataFrame, companies: pd.DataFrame
) -> pd.DataFrame:
    """Return people as a form has them: typos, gaps, another address, a switchboard."""
    n, leads = len(people), people.drop(columns="workplace")
    for name, share in {"first_name": 0.05, "last_name": 0.08, "company": 0.08}.items():
        leads[name] = _mistyped(rng, leads[name], share)
    forms = np.array(["", " GmbH", " Ltd", ", Inc."], dtype=object)
    leads["company"] = leads["company"] + forms[rng.integers(4, size=n)]
    free = leads["first_name"] + rng.integers(1, 999, n).astype(str) + "@gmail.com"
    leads["email"] = leads["email"].where(rng.random(n) > 0.15, free)
    board = companies["board"].iloc[people["workplace"]].to_numpy()
    leads["phone"] = leads["phone"].where(rng.random(n) > 0.15, board)
    for name, share in {
        "email": 0.15,
        "phone": 0.3,
        "company": 0.1,
        "city": 0.3,
    }.items():
        leads[name] = leads[name].where(rng.random(n) > share, "")
    return leads


def _mistyped(rng: np.random.Generator, cells: pd.Series, share: float) -> pd.Series:
    wrong = rng.random(len(cells)) < share
    place = rng.random(len(cells))
    texts = [
        text if not is_wrong else _swapped(text, int(x * (len(text) - 1)))
        for text, is_wrong, x in zip(cells, wrong, place, strict=True)
    ]
    return pd.Series(texts, cells.index, object)


def _swapped(text: str, at: int) -> str:
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

"""A small company with a known truth, to try everything on."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.demo.demand import draw_leads, lead_factors, lead_logits, plain
from evaluation.demo.past import rotated, served_leads, with_outcomes
from evaluation.demo.staff import demo_reps, demo_skills
from evaluation.worlds.truth import Truth

_N_LEADS = 140
_N_HISTORY = 6200
_N_ACCOUNTS = 40
_UNCOVERED = [12, 55, 97]
_TINY = [20, 71, 118, 133]


@dataclass(frozen=True)
class Company:
    """A sales company on the Monday after a trade fair.

    Attributes
    ----------
    tables
        ``leads``, ``reps``, ``history``, ``accounts`` and ``absences`` in the
        stable columns, as a CSV file would hold them.
    as_of
        The moment of the allocation (UTC).
    truth
        How likely each of the day's leads converts with each rep.
    """

    tables: Mapping[str, pd.DataFrame]
    as_of: pd.Timestamp
    truth: Truth


def demo_company(seed: int = 0) -> Company:
    """Return the company of this seed; its staff is the same for every seed.

    A hundred and forty leads wait for sixteen reps, two of them away, with nine
    months of history given out by rotation. A few leads cannot be served: nobody
    covers the Islands, nobody sells Support in the South, and some deals are tiny.

    Parameters
    ----------
    seed
        Decides the leads, the reps' skills and what happened in the past.
    """
    rng = np.random.default_rng(seed)
    as_of = pd.Timestamp("2026-09-07T08:00:00Z")
    reps = demo_reps()
    skills = demo_skills(reps, rng)
    accounts, home = _accounts(reps, rng)
    past = _known(served_leads(reps, _N_HISTORY, as_of, rng), home, rng)
    given = rotated(past, reps)
    history = with_outcomes(past, given, _truth(past, skills), as_of, rng)
    leads = _known(_todays_leads(as_of, rng), home, rng)
    tables = {
        "leads": leads,
        "reps": _with_books(reps, history, rng),
        "history": history,
        "accounts": accounts,
        "absences": _absences(),
    }
    return Company(tables, as_of, _truth(leads, skills))


def _truth(leads: pd.DataFrame, skills: pd.DataFrame) -> Truth:
    return Truth(
        leads=pd.Index(leads["lead_id"], dtype=object),
        reps=skills.index,
        lead_part=lead_logits(leads),
        rep_part=skills["talent"].to_numpy(np.float64),
        lead_factors=lead_factors(leads),
        rep_factors=skills.drop(columns="talent").to_numpy(np.float64),
    )


def _todays_leads(as_of: pd.Timestamp, rng: np.random.Generator) -> pd.DataFrame:
    waited = pd.to_timedelta(rng.integers(60, 60 * 3600, _N_LEADS), unit="s")
    leads = draw_leads((as_of - waited).sort_values(), rng)
    leads.loc[_UNCOVERED, "territory"] = "Islands"
    leads.loc[_TINY, "deal_value"] = rng.uniform(50.0, 250.0, len(_TINY)).round(2)
    leads.loc[0, ["territory", "product"]] = ["South", "Support"]
    leads.loc[1, "company"] = "<b>Smith & Söhne</b>"
    leads.insert(0, "lead_id", [f"L{row + 1:04d}" for row in leads.index])
    return plain(leads)


def _accounts(
    reps: pd.DataFrame, rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the accounts, and the territory each of them is in."""
    owners = rng.integers(len(reps), size=_N_ACCOUNTS)
    ids = [f"A{number + 1:03d}" for number in range(_N_ACCOUNTS)]
    owned = reps["rep_id"].to_numpy()[owners]
    accounts = plain(pd.DataFrame({"account_id": ids, "owner_rep_id": owned}))
    home = reps["territories"].str.split("|").str[0].to_numpy()[owners]
    return accounts, pd.Series(home, index=ids, dtype=object)


def _known(
    leads: pd.DataFrame, home: pd.Series, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the leads, every tenth or so of an account in its territory."""
    account_id = leads["account_id"].to_numpy(object, copy=True)
    for territory in sorted(set(home)):
        here = np.flatnonzero(leads["territory"] == territory)
        known = here[rng.random(len(here)) < 0.1]
        account_id[known] = rng.choice(home.index[home == territory], len(known))
    return leads.assign(account_id=pd.Series(account_id, dtype=object))


def _with_books(
    reps: pd.DataFrame, history: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the reps with their open leads; three books are nearly full."""
    is_open = history.loc[history["outcome"] == "open", "rep_id"]
    n_open = is_open.value_counts().reindex(reps["rep_id"], fill_value=0).to_numpy()
    room = np.full(len(reps), 30)
    room[rng.choice(len(reps), 3, replace=False)] = [0, 2, 4]
    return reps.assign(open_capacity=n_open + room, open_leads=n_open)


def _absences() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rep_id": ["R07", "R13", "R02"],
            "from": ["2026-09-01", "2026-09-07", "2026-09-21"],
            "to": ["2026-09-11", "2026-09-07", "2026-09-25"],
        },
        dtype=object,
    )

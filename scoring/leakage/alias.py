"""The rep under another name: columns that the rep determines, or that determine it."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from scoring.history.cells import as_text, distinct_texts, is_filled
from scoring.history.rows import has_owner
from scoring.leakage.leak import Leak, in_words
from scoring.leakage.names import listed_names

NEARLY = 0.9
"""Share of the rows, beyond what the commonest explains, that are determined."""
MOSTLY = 0.5
"""The same where the name or the reps' table already says that it is the rep."""
CONFOUNDED = 0.95
UNSEEN = 0.9
MIN_ROWS = 50
MIN_DIFFERENT = 20
OF_A_REP = ("rep_id", "name", "email", "team", "manager")
"""Columns of reps that a column of leads may repeat."""
OF_A_LEAD = frozenset(
    ["territory", "product", "language", "source", "priority", "deal_value"]
)
OWNER_WORDS = listed_names(
    """
    advisor, adviser, ae, agent, assigned, assignee, bdr, closer, consultant, handler,
    owned, owner, rep, representative, salesman, salesperson, saleswoman, sdr, seller,
    setter, user, bearbeiter, besitzer, betreuer, inhaber, verkaeufer, vertriebler,
    commercial, proprietaire, responsable, vendeur, propietario, vendedor
    """
)
OWNER_PHRASES = ("account executive", "account manager", "handled by", "worked by")


def find_alias(
    name: str,
    rows: pd.DataFrame,
    leads: pd.DataFrame | None,
    reps: pd.DataFrame | None,
) -> Leak | None:
    """Return that a column is the rep under another name, `None` if it is not.

    It is certain where the column is determined by the rep, or determines the rep,
    and is the owner's rather than the lead's: by its name, since it repeats the table
    of reps, or as today's leads hold other values. A column of the lead that
    determines the rep is no alias, yet both cannot be told apart.

    Parameters
    ----------
    name
        The column.
    rows
        Closed history, (n_rows,).
    leads
        Leads to be scored; `None` where they are not known.
    reps
        The day's reps; `None` where they are not known.
    """
    counted = is_filled(rows[name]) & has_owner(rows)
    if counted.sum() < MIN_ROWS or is_datetime64_any_dtype(rows[name]):
        return None
    value, values = pd.factorize(rows.loc[counted, name])
    rep, _ = pd.factorize(rows.loc[counted, "rep_id"].to_numpy(dtype=object))
    of_rep, to_rep = determined(rep, value), determined(value, rep)
    share = max(of_rep, to_rep)
    if share < MOSTLY:
        return None
    seen = set(map(as_text, values))
    evidence = "" if name in OF_A_LEAD else next(signs(name, seen, reps), "")
    if not evidence and name not in OF_A_LEAD and share >= NEARLY:
        evidence = unseen(name, seen, leads)
    if evidence:
        goes = f"goes with rep_id in {in_words(share)} of the rows"
        return Leak(f"the rep under another name: {evidence}, and it {goes}")
    if to_rep >= CONFOUNDED:
        told = in_words(to_rep)
        return Leak(f"tells which rep had the lead in {told} of the rows", False)
    return None


def determined(given: np.ndarray, by_it: np.ndarray) -> float:
    """Return the share of rows that one column tells of another, (n_rows,) codes each.

    A row is told where the commonest among the others of its kind is its own. What
    always to say the commonest would tell is taken off, as in Goodman and Kruskal's
    lambda; 0 where nearly all rows are alike.
    """
    pair = pd.DataFrame({"given": given, "by_it": by_it}).value_counts(sort=False)
    most = pair.groupby(level="given").max()
    commonest = int(np.bincount(by_it).max())
    n_rows, told = len(given), int(most[most >= 2].sum())
    if n_rows - commonest < MIN_DIFFERENT:
        return 0.0
    return max(0.0, (told - commonest) / (n_rows - commonest))


def signs(name: str, seen: set[str], reps: pd.DataFrame | None) -> Iterator[str]:
    """Yield by what the column is the owner's, whatever today's leads hold."""
    if is_owner_name(name):
        yield "its name says so"
    if reps is None:
        return
    for column in OF_A_REP:
        if column in reps.columns:
            known = {text for text in reps[column] if isinstance(text, str) and text}
            if known and len(known & seen) > MOSTLY * len(seen):
                yield f"it repeats {column} of the reps"


def is_owner_name(name: str) -> bool:
    """Tell whether a column of this name says whose a lead is."""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).casefold()
    parted = parted.replace("ä", "ae").replace("é", "e")
    words = re.findall(r"[a-z0-9]+", parted)
    joined = " ".join(words)
    return bool(OWNER_WORDS & set(words)) or any(
        phrase in joined for phrase in OWNER_PHRASES
    )


def unseen(name: str, seen: set[str], leads: pd.DataFrame | None) -> str:
    """Return that today's leads hold other values than history; empty if not."""
    if leads is None or name not in leads.columns:
        return ""
    filled = leads.loc[is_filled(leads[name]), name]
    place, texts = distinct_texts(filled)
    strange = np.array([text not in seen for text in texts], dtype=bool)[place]
    if filled.empty or strange.mean() < UNSEEN:
        return ""
    return f"{in_words(float(strange.mean()))} of today's leads hold what it never held"

"""What happened to leads that are one: an answer to one of them answers all."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from ledger.duplicates.likeness import MERGED, PARTED, joined, said
from ledger.open_work import deeds
from runs.duplicates.finding import pairs_of
from runs.duplicates.grouping import BY_WORD, Groups, Link
from runs.service_levels.clocks import STOPS

ANSWERS = frozenset(kind for kinds in STOPS.values() for kind in kinds)
"""What people did for the person behind a lead, whichever form they filled in."""


def deeds_of_groups(
    connection: Connection, kinds: Sequence[str], lead_ids: Sequence[str]
) -> pd.DataFrame:
    """Return what happened to these leads, as :func:`ledger.open_work.deeds`.

    What answers a lead answers those that runs or people made one with it as well.
    """
    one_of = _groups(connection)
    open_ids = set(lead_ids)
    others = {other for i in open_ids & one_of.keys() for other in one_of[i]}
    happened = deeds(connection, kinds, [*lead_ids, *sorted(others - open_ids)])
    grouped = happened["lead_id"].isin(one_of) & happened["kind"].isin(ANSWERS)
    answered = happened[grouped]
    same = answered["lead_id"].map(lambda lead_id: sorted(one_of[lead_id]))
    told = answered.assign(lead_id=same).explode("lead_id")
    together = pd.concat([happened[~grouped], told])
    return together.sort_index(kind="stable").reset_index(drop=True)


def _groups(connection: Connection) -> dict[str, set[str]]:
    """Return lead -> the leads that are one with it, itself among them."""
    words = said(connection)
    links = [Link(pair, BY_WORD) for pair in pairs_of(words[words["kind"] == MERGED])]
    links += [Link(pair, "run") for pair in joined(connection)]
    parted = map(frozenset, pairs_of(words[words["kind"] == PARTED]))
    return {i: group for group in Groups(links, parted) for i in group}

"""Reps' open books as the ledger counts them, waiting work counting less."""

from collections import Counter
from dataclasses import replace

import numpy as np

from crm import CrmData, listed
from ledger.people.book import open_by_word
from reporting import counted
from runs.morning.memory import NAMED, Memory
from runs.prepared.prepared import Prepared
from scenarios import OpenWeight

Counts = list[tuple[str, str, int]]
"""Rep, word in the column of `open_weight`, and open leads with it."""


def with_open_books(prepared: Prepared, memory: Memory) -> Prepared:
    """Return the day with open leads of reps as the ledger counts them.

    Where the table of reps has them, these stand.
    """
    crm, spec = prepared.crm, prepared.file.scenario.open_weight
    if crm.has("reps", "open_leads"):
        return prepared
    if spec is None:
        return replace(prepared, crm=_holding(crm, _plain(memory)))
    counts = _by_word(memory, spec)
    morning = prepared.earlier.noting(*_notes(spec, counts))
    held = _weighted(spec, counts)
    return replace(prepared, crm=_holding(crm, held), morning=morning)


def _plain(memory: Memory) -> dict[str, float]:
    held = memory.ledger.open_leads(memory.before)
    return {rep: float(n) for rep, n in held.items()}


def _holding(crm: CrmData, held: dict[str, float]) -> CrmData:
    open_leads = crm.reps["rep_id"].map(held).fillna(0).astype(float)
    return replace(crm, reps=crm.reps.assign(open_leads=open_leads))


def _by_word(memory: Memory, spec: OpenWeight) -> Counts:
    with memory.ledger.reading() as connection:
        query = open_by_word(spec.column, memory.before)
        rows = connection.execute(query).all()
    return [(str(rep), _word(cell), int(n)) for rep, cell, n in rows]


def _word(cell: object) -> str:
    """Return a cell as people write it: numbers without a needless zero."""
    return "" if cell is None else str(cell).removesuffix(".0")


def _weighted(spec: OpenWeight, counts: Counts) -> dict[str, float]:
    """Return rep -> open leads by weight, rounded up to whole leads."""
    held: dict[str, float] = {}
    for rep, word, n in counts:
        held[rep] = held.get(rep, 0.0) + n * spec.weights.get(word, 1.0)
    return {rep: float(np.ceil(round(n, 6))) for rep, n in held.items()}


def _notes(spec: OpenWeight, counts: Counts) -> list[str]:
    """Return what the weights reach, and the words that no open lead has."""
    of_word: Counter[str] = Counter()
    for _, word, n in counts:
        of_word[word] += n
    reached = [
        f"{of_word[word]} {word} count {weight:g} each"
        for word, weight in spec.weights.items()
        if word in of_word
    ]
    there = listed(sorted(word for word in of_word if word), NAMED) or "no word at all"
    return [
        f"Of {counted(of_word.total(), 'open lead')}, by {spec.column}: "
        f"{', '.join(reached) or 'none counts less'}.",
        *(
            f"open_weight: no open lead has {spec.column} {word!r}; there is {there}."
            for word in spec.weights
            if word not in of_word
        ),
    ]

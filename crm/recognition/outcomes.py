"""Which rows were won, lost or are open: by words of a stage, or by conditions."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from crm.cells import TRUTHS, numbers
from crm.issues import listed
from crm.reading.origins import origin_cells
from crm.recognition.decisions import Decisions
from crm.recognition.entry import Entry
from crm.recognition.lost_flags import flag_of_lost
from crm.recognition.names import header_of
from crm.recognition.outcome_column import OutcomeColumn
from crm.recognition.outcome_words import LOST, OPEN, WON, known_outcome
from crm.source import Source
from crm.systems.export import NO, YES, Condition, Export
from crm.systems.known_headers import first_among
from crm.table import Table

OUTCOMES = (WON, LOST, OPEN)
MOST_WORDS = 60
"""Different words up to which a column may be one of stages."""
NAMED = 30


def outcome_of(
    table: Table,
    export: Export | None,
    closed: np.ndarray,
    decisions: Decisions,
) -> OutcomeColumn | None:
    """Return how a file tells the outcome, None where it does not.

    Parameters
    ----------
    table
        The file.
    export
        What it was recognised as.
    closed
        Whether each row has a close date, shape (n_rows,) bool.
    decisions
        Where unknown words are asked about.
    """
    conditions = _conditions(table, export)
    stage = _stage(table, export)
    words = _words_of(table, stage)
    if conditions:
        cells = _by(table, conditions)
        if not words or not _tells(table, stage, cells):
            return _conditional(table, export, conditions, cells, stage, decisions)
        fixed = dict(zip(table.frame[stage], cells, strict=True))
        fixed = {word: told for word, told in fixed.items() if told != OPEN}
        return _worded(table, export, stage, fixed, closed, decisions)
    if not words:
        return None
    told = _told(words, stage, export)
    is_won = table.frame[stage].map(told).eq(WON).to_numpy()
    if LOST not in told.values() and (flag := flag_of_lost(table, closed, is_won)):
        won = [word for word in words if told[word] == WON]
        conditions = {WON: {stage: won if len(won) > 1 else won[0]}, LOST: flag}
        cells = _by(table, conditions)
        why = f"{_counts(cells)}; a guess: the lost ones are those with a close date"
        return OutcomeColumn(conditions, (), why, cells, stage)
    return _worded(table, export, stage, {}, closed, decisions)


def _told(words: Sequence[str], stage: str, export: Export | None) -> dict[str, str]:
    return {word: _known(word, stage, export) for word in words}


def _stage(table: Table, export: Export | None) -> str:
    """Return the header of the stage or status, "" where there is none."""
    if export is not None:
        for condition in (*export.lost, *export.won):
            for name, words in condition.items():
                header = first_among(export.headers_of(name), table.names)
                if header and not _is_truth(words):
                    return header
    return header_of("outcome", "history", table.names) or _by_words(table)


def _by_words(table: Table) -> str:
    """Return the column of few words of which some mean won or lost, "" for none."""
    n_told: dict[str, int] = {}
    for name in table.names:
        counts = table.frame[name].value_counts()
        if len(counts) <= MOST_WORDS:
            told = {word: known_outcome(word) for word in counts.index}
            if LOST in told.values():
                n_told[name] = sum(int(counts[w]) for w in told if told[w])
    return max(n_told, key=lambda name: n_told[name], default="")


def _is_truth(words: Sequence[str]) -> bool:
    return words in (YES, NO) or not np.isnan(numbers(words[:1])).any()


def _words_of(table: Table, stage: str) -> list[str]:
    if not stage:
        return []
    counts = table.frame[stage].value_counts()
    return [w for w in counts.index if w] if len(counts) <= MOST_WORDS else []


def _conditions(table: Table, export: Export | None) -> dict[str, dict[str, Any]]:
    """Return what the system tells won and lost by, in the words of the file."""
    if export is None:
        return {}
    told = {}
    for outcome, alternatives in ((WON, export.won), (LOST, export.lost)):
        found = [_in_file(table, export, condition) for condition in alternatives]
        here = [one for one in found if one]
        reached = [one for one in here if (_by(table, {WON: one}) == WON).any()]
        if here:
            told[outcome] = (reached or here)[0]
    if WON not in told:
        return {}
    return told


def _in_file(table: Table, export: Export, condition: Condition) -> dict[str, Any]:
    """Return a condition with the words that the file has, {} where it has none."""
    told: dict[str, Any] = {}
    for name, words in condition.items():
        header = first_among(export.headers_of(name), table.names)
        if not header:
            return {}
        wanted = {word.casefold() for word in words}
        cells = [c for c in table.frame[header].unique() if c]
        here = [c for c in cells if c.casefold() in wanted]
        if not _is_truth(words):
            here += [c for c in cells if c not in here and _means_same(c, words)]
        if not here:
            return {}
        told[header] = _condition(here, words)
    return told


def _means_same(cell: str, words: Sequence[str]) -> bool:
    """Tell whether a stage is of the same outcome as the known words of a system."""
    outcome = known_outcome(cell)
    return outcome in (WON, LOST) and outcome == known_outcome(words[0])


def _condition(here: list[str], words: Sequence[str]) -> Any:
    if words in (YES, NO) and all(c.casefold() in TRUTHS for c in here):
        return words == YES
    if len(here) == 1:
        value = numbers(here)[0]
        return int(value) if value == value and value % 1 == 0 else here[0]
    return here


def _by(table: Table, conditions: Mapping[str, Any]) -> np.ndarray:
    """Return what the reader makes of the rows by these conditions."""
    source = Source.model_validate(
        {"file": table.file, "columns": {"outcome": dict(conditions)}}
    )
    return origin_cells(source, table, "outcome")


def _tells(table: Table, stage: str, cells: np.ndarray) -> bool:
    """Tell whether each word of the stage is of one outcome only."""
    kinds = pd.Series(cells).groupby(table.frame[stage].to_numpy()).nunique()
    is_filled = bool((table.frame[stage] != "").all())
    if not is_filled or len(kinds) > MOST_WORDS or not (kinds == 1).all():
        return False
    told = dict(zip(table.frame[stage], cells, strict=True))
    return all(
        known_outcome(word) in ("", outcome) or outcome == OPEN
        for word, outcome in told.items()
    )


def _conditional(
    table: Table,
    export: Export | None,
    conditions: dict[str, Any],
    cells: np.ndarray,
    stage: str,
    decisions: Decisions,
) -> OutcomeColumn:
    open_words = table.frame[stage][cells == OPEN] if stage else pd.Series(dtype=object)
    counts = open_words[open_words != ""].value_counts()
    lost = conditions.get(LOST, {})
    if stage and (stage in lost or not lost):
        said = lost.get(stage, [])
        words = [*said] if isinstance(said, list) else [said]
        words += _more_lost(counts, export, decisions)
        if words:
            lost = {**lost, stage: words if len(words) > 1 else words[0]}
            conditions = {**conditions, LOST: lost}
            cells = _by(table, conditions)
    why = f"{_counts(cells)}; open: {_shown(counts)}" if len(counts) else _counts(cells)
    return OutcomeColumn(conditions, (), why, cells, stage)


def _more_lost(
    counts: pd.Series, export: Export | None, decisions: Decisions
) -> list[str]:
    """Return the stages of rows that no flag closes which mean lost, or may."""
    words = []
    for word, n in zip(map(str, counts.index), counts, strict=True):
        known = known_outcome(word, export)
        if known == LOST or (
            not known and _asked(decisions, word, int(n), 0, OPEN) == LOST
        ):
            words.append(word)
    return words


def _worded(
    table: Table,
    export: Export | None,
    stage: str,
    fixed: Mapping[str, str],
    closed: np.ndarray,
    decisions: Decisions,
) -> OutcomeColumn:
    column = table.frame[stage]
    counts = column[column != ""].value_counts()
    meanings: dict[str, str] = {}
    lines = []
    is_expected = export is not None and export.close_is_expected
    told = {*_told(list(counts.index), stage, export).values(), *fixed.values()}
    is_one_sided = not told >= {WON, LOST}
    for word, n in zip(map(str, counts.index), counts, strict=True):
        dated = int((closed & (column == word).to_numpy()).sum())
        known = fixed.get(word) or _known(word, stage, export)
        if not known and dated == n and word.lower() in TRUTHS:
            known = LOST
        if known == OPEN and is_one_sided and not is_expected and 2 * dated > n:
            known = ""
        meaning = known or _asked(decisions, word, int(n), dated)
        meanings[word] = meaning
        why = f"rows: {n:,}, with a close date: {dated:,}"
        if word == meaning:
            continue
        if not known:
            why += "" if meaning else "; undecided: won, lost or open"
        lines.append(Entry(word, meaning or OPEN, why, bool(meaning)))
    is_empty = (column == "").to_numpy()
    fill: tuple[Entry, ...] = ()
    if is_empty.any() and not (is_empty & closed).any():
        why = f"{int(is_empty.sum()):,} rows have no {stage}, and no close date"
        fill = (Entry("fill", {"outcome": OPEN}, why),)
        meanings[""] = OPEN
    cells = column.map(meanings).fillna("").to_numpy(dtype=object)
    values = (Entry("outcome", tuple(lines)),) if lines else ()
    return OutcomeColumn(stage, values, _counts(cells), cells, stage, fill)


def _known(word: str, stage: str, export: Export | None) -> str:
    """Return what a word means; of a column such as IsWon, what its truth does."""
    if word.lower() in TRUTHS:
        return WON if TRUTHS[word.lower()] else ""
    return known_outcome(word, export)


def _asked(
    decisions: Decisions, word: str, n: int, dated: int, default: str = ""
) -> str:
    text = f"{word!r} (rows: {n:,}, with a close date: {dated:,}): won, lost or open?"
    return decisions.choose(f"outcome {word}", text, OUTCOMES, default)


def _counts(cells: np.ndarray) -> str:
    counts = pd.Series(cells).value_counts()
    told = [f"{word} {counts[word]:,}" for word in OUTCOMES if word in counts]
    if "" in counts:
        told.append(f"undecided {counts['']:,}")
    return ", ".join(told)


def _shown(counts: pd.Series) -> str:
    return listed([f"{word} {n:,}" for word, n in counts.items()], NAMED)

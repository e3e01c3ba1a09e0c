"""One lead explained in plain text and as JSON."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from reporting.text.layout import aligned, counted, table
from reporting.text.reasons import choice_text, reason_text
from solver import EXACT, Alternative, Explanation

DIGITS = 6


def explanation_text(explained: Explanation, scores: pd.DataFrame) -> str:
    """Return why a lead has its rep or none, for people.

    Parameters
    ----------
    scores
        One row per rep: ``rep_id``, ``p_convert``, and what lead, rep and their
        interaction add to the log odds.
    """
    parts = [aligned([*_head(explained), *_odds(scores), *_cut_short(explained)])]
    eligible = [rep for rep in explained.alternatives if not rep.excluded_by]
    excluded = [rep for rep in explained.alternatives if rep.excluded_by]
    if eligible:
        by_rep = scores.set_index("rep_id").to_dict("index")
        rows = [{**_row(rep), **_score(by_rep[rep.rep_id])} for rep in eligible]
        parts.append(table(pd.DataFrame(rows)))
    if excluded:
        parts.append(aligned(list(_excluded(excluded))))
    if explained.relaxations:
        lines = [f"  {relaxation}" for relaxation in explained.relaxations]
        parts.append("\n".join(["What would place it (solved again):", *lines]))
    return "\n\n".join(parts)


def explanation_json(explained: Explanation, scores: pd.DataFrame) -> dict[str, Any]:
    """Return the explanation as JSON can hold it: what is not a number is null.

    Parameters
    ----------
    scores
        As for :func:`explanation_text`.
    """
    record: dict[str, Any] = _finite(asdict(explained))
    if not explained.n_unsolved:
        del record["n_unsolved"]
    parts = scores.set_index("rep_id").to_dict("index")
    for entry, rep in zip(record["alternatives"], explained.alternatives, strict=True):
        entry |= parts[rep.rep_id]
        entry["net"] = rep.net if math.isfinite(rep.net) else None
        entry["can_be_forced"] = not rep.excluded_by and rep.forced_cost != math.inf
    return record


def _head(explained: Explanation) -> Iterator[tuple[str, str]]:
    yield "lead", explained.lead_id
    yield "rep", explained.rep_id or "none"
    in_words = choice_text if explained.rep_id else reason_text
    reason = in_words(explained.reason)
    yield "because", f"{reason} ({explained.detail})" if explained.detail else reason
    if explained.rep_id:
        yield "backup", explained.backup_rep_id or "none"
        if explained.price_kind != EXACT:
            yield "prices", f"{explained.price_kind}: a guide, not the whole reason"
        skipping = _amount(explained.skipping, explained.skipping_is_proven)
        yield "leaving it unassigned", f"loses {skipping}"


def _cut_short(explained: Explanation) -> Iterator[tuple[str, str]]:
    """Yield how many questions the time limit left open, if any."""
    if explained.n_unsolved:
        questions = counted(explained.n_unsolved, "question")
        yield "cut short", f"{questions} not solved: the time limit passed"


def _odds(scores: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if len(scores):
        log_odds = scores["lead_log_odds"].iloc[0]
        yield "log odds", f"{log_odds:+.3f} with an average rep"


def _score(scores: Mapping[Hashable, float]) -> dict[str, str]:
    return {
        "P(convert)": f"{scores['p_convert']:.{DIGITS}g}",
        "rep adds": f"{scores['rep_log_odds']:+.3f}",
        "interaction adds": f"{scores['interaction_log_odds']:+.3f}",
    }


def _row(rep: Alternative) -> dict[str, str]:
    forced = _amount(rep.forced_cost, rep.is_proven)
    return {
        "rep": rep.rep_id,
        "value": f"{rep.value:.{DIGITS}g}",
        "price": f"{rep.price:.{DIGITS}g}",
        "value less price": f"{rep.net:.{DIGITS}g}",
        "forcing it loses": "chosen" if rep.is_chosen else forced,
    }


def _amount(cost: float, is_proven: bool) -> str:
    if math.isnan(cost):
        return "not solved"
    if math.isinf(cost):
        return "impossible"
    return f"{cost:.{DIGITS}g}" + ("" if is_proven else " (not proven)")


def _excluded(excluded: Sequence[Alternative]) -> Iterator[tuple[str, str]]:
    """Yield the reps that the same rules exclude."""
    by_rules = defaultdict(list)
    for rep in excluded:
        by_rules[rep.excluded_by].append(rep.rep_id)
    for rules, rep_ids in by_rules.items():
        yield f"excluded by {', '.join(rules)}", ", ".join(rep_ids)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

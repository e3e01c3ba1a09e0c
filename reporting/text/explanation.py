"""One lead explained in plain text and as JSON."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from reporting.text.layout import aligned, table
from reporting.text.reasons import choice_text, reason_text
from solver import EXACT, Alternative, Explanation

DIGITS = 6


def explanation_text(explained: Explanation, scores: pd.DataFrame) -> str:
    """Return why a lead went where it did, for people.

    Parameters
    ----------
    scores
        One row per rep: ``rep_id``, ``p_convert``, and what lead, rep and their
        interaction add to the log odds.
    """
    parts = [aligned([*_head(explained), *_odds(scores)])]
    eligible = [each for each in explained.alternatives if not each.excluded_by]
    excluded = [each for each in explained.alternatives if each.excluded_by]
    if eligible:
        by_rep = scores.set_index("rep_id").to_dict("index")
        rows = [{**_row(each), **_score(by_rep[each.rep_id])} for each in eligible]
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
    parts = scores.set_index("rep_id").to_dict("index")
    for alternative, each in zip(
        record["alternatives"], explained.alternatives, strict=True
    ):
        alternative |= parts[each.rep_id]
        alternative["net"] = each.net if math.isfinite(each.net) else None
        alternative["can_be_forced"] = (
            not each.excluded_by and each.forced_cost != math.inf
        )
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


def _odds(scores: pd.DataFrame) -> Iterator[tuple[str, str]]:
    if len(scores):
        log_odds = scores["lead_log_odds"].iloc[0]
        yield "log odds", f"{log_odds:+.3f} with an average rep"


def _score(of: Mapping[Hashable, float]) -> dict[str, str]:
    return {
        "P(convert)": f"{of['p_convert']:.{DIGITS}g}",
        "rep adds": f"{of['rep_log_odds']:+.3f}",
        "interaction adds": f"{of['interaction_log_odds']:+.3f}",
    }


def _row(each: Alternative) -> dict[str, str]:
    forced = _amount(each.forced_cost, each.is_proven)
    return {
        "rep": each.rep_id,
        "value": f"{each.value:.{DIGITS}g}",
        "price": f"{each.price:.{DIGITS}g}",
        "value less price": f"{each.net:.{DIGITS}g}",
        "forcing it loses": "chosen" if each.is_chosen else forced,
    }


def _amount(cost: float, is_proven: bool) -> str:
    if math.isnan(cost):
        return "not solved"
    if math.isinf(cost):
        return "impossible"
    return f"{cost:.{DIGITS}g}" + ("" if is_proven else " (not proven)")


def _excluded(excluded: Sequence[Alternative]) -> Iterator[tuple[str, str]]:
    """Yield the reps that the same rules exclude."""
    reps = defaultdict(list)
    for each in excluded:
        reps[each.excluded_by].append(each.rep_id)
    for rules, rep_ids in reps.items():
        yield f"excluded by {', '.join(rules)}", ", ".join(rep_ids)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value

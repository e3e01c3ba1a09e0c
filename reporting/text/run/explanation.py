"""One lead explained in plain text and as JSON."""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from reporting.text.layout.layout import aligned, counted, table
from reporting.text.words.people import rep_name
from reporting.text.words.why import (
    KeptLead,
    explanation_sentence,
    is_kept,
    why_not,
    with_names,
)
from solver import EXACT, Alternative, Explanation

DIGITS = 6


def explanation_text(
    explained: Explanation, scores: pd.DataFrame, names: Mapping[str, str], unit: str
) -> str:
    """Return why a lead has its rep or none, for people; then for analysts.

    Parameters
    ----------
    scores
        One row per rep: ``rep_id``, ``p_convert``, and what lead, rep and their
        interaction add to the log odds.
    names
        rep_id -> name.
    unit
        What the objective counts.
    """
    head = [*_head(explained, names, unit), *_cut_short(explained)]
    parts = [aligned(head)]
    eligible = [rep for rep in explained.alternatives if not rep.excluded_by]
    excluded = [rep for rep in explained.alternatives if rep.excluded_by]
    by_rep = scores.set_index("rep_id").to_dict("index")
    if eligible:
        rows = [_row(explained, rep, by_rep[rep.rep_id], names) for rep in eligible]
        parts.append(table(pd.DataFrame(rows)))
    if excluded:
        parts.append(aligned(list(_excluded(excluded, names))))
    if explained.relaxations:
        lines = [
            f"  {with_names(tried.change, names)}: it would go to "
            f"{rep_name(tried.rep_id, names)} ({tried.gain:+.{DIGITS}g})"
            for tried in explained.relaxations
        ]
        parts.append("\n".join(["What would place it (solved again):", *lines]))
    if eligible:
        parts.append(_for_analysts(explained, eligible, by_rep))
    return "\n\n".join(parts)


def explanation_json(
    explained: Explanation, scores: pd.DataFrame, names: Mapping[str, str], unit: str
) -> dict[str, Any]:
    """Return the explanation as JSON can hold it: what is not a number is null.

    Parameters
    ----------
    scores, names, unit
        As for :func:`explanation_text`.
    """
    record: dict[str, Any] = _finite(asdict(explained))
    record["sentence"] = explanation_sentence(explained, names, unit)
    for name in ("n_unsolved", "losses_are_least"):
        if not record[name]:
            del record[name]
    parts = scores.set_index("rep_id").to_dict("index")
    for entry, rep in zip(record["alternatives"], explained.alternatives, strict=True):
        entry |= parts[rep.rep_id]
        entry["name"] = names.get(rep.rep_id, "")
        entry["net"] = rep.net if math.isfinite(rep.net) else None
        entry["can_be_forced"] = not rep.excluded_by and rep.forced_cost != math.inf
        name, at_least = rep_name(rep.rep_id, names), explained.losses_are_least
        entry["sentence"] = why_not(rep, name, unit, at_least=at_least)
    return record


def kept_text(kept: KeptLead, names: Mapping[str, str]) -> str:
    """Return why a run did not distribute a lead, and who has it since when."""
    rep = rep_name(kept.rep_id, names) if kept.rep_id else "none"
    sentence = is_kept(kept, rep)
    return aligned([("lead", kept.lead_id), ("rep", rep), ("because", sentence)])


def kept_json(kept: KeptLead, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the same as JSON."""
    since = None if kept.since is None else kept.since.isoformat()
    sentence = is_kept(kept, rep_name(kept.rep_id, names))
    return {**asdict(kept), "since": since, "is_kept": True, "sentence": sentence}


def _head(
    explained: Explanation, names: Mapping[str, str], unit: str
) -> Iterator[tuple[str, str]]:
    yield "lead", explained.lead_id
    yield "rep", _named(explained.rep_id, names)
    yield "because", explanation_sentence(explained, names, unit)
    if explained.rep_id:
        yield "backup", _named(explained.backup_rep_id, names)
        is_told = explained.skipping_is_proven or explained.losses_are_least
        skipping = _amount(explained.skipping, is_told)
        yield "leaving it unassigned", f"{_loses(explained)} {skipping}"


def _loses(explained: Explanation) -> str:
    return "loses at least" if explained.losses_are_least else "loses"


def _named(rep_id: str, names: Mapping[str, str]) -> str:
    return rep_name(rep_id, names) if rep_id else "none"


def _cut_short(explained: Explanation) -> Iterator[tuple[str, str]]:
    """Yield how many questions the time limit left open, if any."""
    if explained.n_unsolved:
        questions = counted(explained.n_unsolved, "question")
        yield "cut short", f"{questions} not solved: the time limit passed"


def _row(
    explained: Explanation,
    rep: Alternative,
    score: Mapping[Hashable, float],
    names: Mapping[str, str],
) -> dict[str, str]:
    forced = _amount(rep.forced_cost, rep.is_proven or explained.losses_are_least)
    return {
        "rep": rep_name(rep.rep_id, names),
        "P(convert)": f"{score['p_convert']:.{DIGITS}g}",
        "value": f"{rep.value:.{DIGITS}g}",
        f"forcing it {_loses(explained)}": "chosen" if rep.is_chosen else forced,
    }


def _for_analysts(
    explained: Explanation,
    eligible: Sequence[Alternative],
    by_rep: Mapping[Hashable, Mapping[Hashable, float]],
) -> str:
    """Return dual prices, and what lead, rep and interaction add to the log odds."""
    lead = by_rep[eligible[0].rep_id]["lead_log_odds"]
    head = [("log odds", f"{lead:+.3f} with an average rep")]
    if explained.price_kind != EXACT:
        head.append(
            ("prices", f"{explained.price_kind}: a guide, not the whole reason")
        )
    rows = [
        {
            "rep": rep.rep_id,
            "price": f"{rep.price:.{DIGITS}g}",
            "value less price": f"{rep.net:.{DIGITS}g}",
            "rep adds": f"{by_rep[rep.rep_id]['rep_log_odds']:+.3f}",
            "interaction adds": f"{by_rep[rep.rep_id]['interaction_log_odds']:+.3f}",
        }
        for rep in eligible
    ]
    return "\n".join(["For analysts:", aligned(head), table(pd.DataFrame(rows))])


def _amount(cost: float, is_proven: bool) -> str:
    if math.isnan(cost):
        return "not solved"
    if math.isinf(cost):
        return "impossible"
    return f"{cost:.{DIGITS}g}" + ("" if is_proven else " (not proven)")


def _excluded(
    excluded: Sequence[Alternative], names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the reps that the same rules exclude."""
    by_rules = defaultdict(list)
    for rep in excluded:
        by_rules[rep.excluded_by].append(rep_name(rep.rep_id, names))
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

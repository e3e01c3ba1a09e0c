"""A rep's own sheet in sentences: nobody else is named in it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from crm import visible
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import counted, table
from reporting.text.reps.rep_sheet import BELOW, RepSheet, SheetLead, Strength

SHOWN = 6
"""Segments that a sheet shows."""
COACHED = 3
"""Kinds of leads that are named for training."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program calculates."""


def strengths_summary(sheet: RepSheet) -> Iterator[str]:
    """Yield how the rep does with all leads, and what is sure of the segments."""
    if sheet.overall is not None:
        yield strength_sentence(sheet.overall)
    yield sheet.about_strengths
    if sheet.strengths:
        yield _of_segments(sheet)


def _of_segments(sheet: RepSheet) -> str:
    """Return how many kinds of leads are shown, and of how many nothing is known."""
    n_unsure = len(sheet.strengths) - len(sheet.sure)
    kinds = f"{counted(len(sheet.strengths), 'kind')} of leads"
    if not sheet.sure:
        return f"In none of {kinds} can the data tell you from the average rep."
    n_more = len(sheet.sure) - SHOWN
    shown = f", the {SHOWN} of the largest differences are shown" if n_more > 0 else ""
    unsure = f" In the other {n_unsure:,} they cannot tell." if n_unsure else ""
    return (
        f"In {len(sheet.sure):,} of {kinds} the data tell you from the average rep"
        f"{shown}.{unsure}"
    )


def strength_sentence(strength: Strength) -> str:
    """Return how a rep does with leads of a kind, and how sure that is."""
    return (
        f"{strength.segment[:1].upper()}{strength.segment[1:]}: {strength.own:.1%} "
        f"expected to convert with you ({strength.low:.1%} to {strength.high:.1%}), "
        f"{strength.average:.1%} with the average rep: {strength.verdict}."
    )


def coaching_sentences(
    strengths: Sequence[Strength], overall: Strength | None, least: float
) -> list[str]:
    """Return where training would pay most: surely below average, of many leads.

    Who is below the average with all leads is told of those kinds with which they are
    further below.

    Parameters
    ----------
    overall
        How the rep does with all leads.
    least
        Share of the day's leads from which a kind has many.
    """
    behind = max(0.0, overall.average - overall.own) if overall else 0.0
    weak = [
        strength
        for strength in strengths
        if strength.verdict == BELOW
        and strength.share >= least
        and strength.average - strength.own >= behind
    ]
    weak.sort(key=lambda strength: -strength.lost)
    return [_coaching(strength) for strength in weak[:COACHED]]


def _coaching(weak: Strength) -> str:
    return (
        f"{weak.segment[:1].upper()}{weak.segment[1:]}: {weak.n_leads:,} of the day's "
        f"leads ({weak.share:.0%}) are of this kind; {weak.own:.1%} are expected to "
        f"convert with you ({weak.low:.1%} to {weak.high:.1%}), {weak.average:.1%} "
        "with the average rep."
    )


def sheet_text(sheet: RepSheet) -> str:
    """Return the sheet for a terminal or a mail."""
    parts = [f"{sheet.title}\n{sheet.day}\n{sheet.opening}"]
    if sheet.leads:
        parts += ["YOUR LEADS, the most urgent first", _leads(sheet.leads)]
    parts += ["YOUR STRENGTHS", "\n".join(strengths_summary(sheet))]
    if shown := sheet.sure[:SHOWN]:
        parts.append(table(pd.DataFrame([_strength(strength) for strength in shown])))
    if sheet.strengths or sheet.coaching:
        parts += ["WHERE TRAINING WOULD PAY", "\n".join(coaching_of(sheet))]
    parts += ["YOUR SHARE", "\n".join(sheet.fair)]
    parts += ["\n".join(f"note: {note}" for note in sheet.notes)] if sheet.notes else []
    return visible("\n\n".join(parts))


def coaching_of(sheet: RepSheet) -> tuple[str, ...]:
    """Return where training would pay, or that the data show nowhere."""
    nowhere = "In no segment with many leads do the data show you below the average."
    return sheet.coaching or (nowhere,)


def _leads(leads: Sequence[SheetLead]) -> str:
    return "\n".join(
        f"{place:>2}. {lead.lead_id}  {lead.company}".rstrip()
        + "".join(f"\n    {line}" for line in lead_lines(lead))
        for place, lead in enumerate(leads, start=1)
    )


def lead_lines(lead: SheetLead) -> Iterator[str]:
    """Yield what is known of a lead, then why it came."""
    facts = [lead.facts, lead.contact]
    facts += [f"priority {lead.priority}"] if lead.priority else []
    facts += [f"due {lead.due}"] if lead.due else []
    facts += [lead.waiting, chance_text(lead)]
    yield from filter(None, ("; ".join(filter(None, facts)), lead.why))


def chance_text(lead: SheetLead) -> str:
    """Return what the model expects of a lead; "" where it did not score it."""
    return "" if math.isnan(lead.p_convert) else f"P(convert) {lead.p_convert:.0%}"


def _strength(strength: Strength) -> dict[str, Any]:
    return {
        "segment": strength.segment,
        "leads today": f"{strength.n_leads:,}",
        "with you": f"{strength.own:.1%}",
        "95 %": f"{strength.low:.1%} to {strength.high:.1%}",
        "average rep": f"{strength.average:.1%}",
        "": strength.verdict,
    }


def sheet_json(sheet: RepSheet) -> dict[str, Any]:
    """Return the sheet as a record of JSON."""
    content = asdict(sheet)
    content["opening"] = sheet.opening
    for entry, lead in zip(content["leads"], sheet.leads, strict=True):
        is_dated = not pd.isna(lead.created_at)
        entry["created_at"] = lead.created_at.isoformat() if is_dated else None
        entry["sentence"] = entry.pop("why")
    for entry, strength in zip(content["strengths"], sheet.strengths, strict=True):
        entry["verdict"] = strength.verdict
        entry["sentence"] = strength_sentence(strength)
    record: dict[str, Any] = record_of(content)
    return record


def sheets_index(rows: Sequence[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Return the index of a mail merge: rep_id, name, email and file of each rep.

    A cell that a spreadsheet program would calculate has an apostrophe before it.
    """
    cells = [[_inert(cell) for cell in row] for row in rows]
    columns = ["rep_id", "name", "email", "file"]
    return pd.DataFrame(cells, columns=columns, dtype=object)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in FORMULA else cell


def fair_sentences(row: dict[str, Any], unit: str) -> list[str]:
    """Return a rep's own row of the fairness table in sentences.

    Parameters
    ----------
    row
        Of :class:`evaluation.fairness.Fairness`.
    unit
        hour or slot.
    """
    hours = f"{row['hours']:.3g} {unit}{'' if row['hours'] == 1 else 's'}"
    if not row["hours"]:
        return ["You were away or had no room, so no share was due to you."]
    sentences = [
        f"You had {hours} for new leads, and got {counted(row['leads'], 'lead')}."
    ]
    times = row["times fair share"]
    if not math.isnan(times):
        sentences.append(
            f"By what is expected of them, whoever works them, your leads are "
            f"{times:.2f} times your fair share: what falls to you if every lead goes "
            f"to one of those who may have it, in proportion to {unit}s."
        )
    low, high = row["top leads from"], row["top leads to"]
    if high or row["top leads"]:
        sentences.append(
            f"Of the day's best tenth you got {row['top leads']:,}; a fair draw gives "
            f"you {low:,} to {high:,}."
        )
    return sentences

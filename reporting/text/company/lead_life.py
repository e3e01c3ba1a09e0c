"""A lead's whole life, in sentences of the company's time zone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import pandas as pd

from crm import visible
from evaluation.labels import EXPECTED
from reporting.text.company.kpi_words import hours_text, share_text
from reporting.text.layout.layout import aligned, number
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import choice_text, reason_text

HOUR = pd.Timedelta(hours=1)


@dataclass(frozen=True, eq=False)
class LeadLife:
    """All that the ledger has of a lead.

    Attributes
    ----------
    lead_id, company
        Of the lead; the company is empty where it is not known, or was erased.
    zone
        The company's time zone.
    moments
        What happened, in order: ``at``, ``kind``, ``rep_id``, ``other``, ``reason``,
        ``actor``, ``value``, ``until``, ``p_convert``, ``arm``, ``run_id``,
        ``is_void``, ``why`` (it is one with the other lead), ``since`` (when it was
        last assigned before).
    owner
        Who owns it now; empty for nobody.
    since
        Since when; `None` for nobody.
    state
        open, won, lost or merged.
    names
        rep -> name.
    """

    lead_id: str
    company: str
    zone: tzinfo
    moments: pd.DataFrame
    owner: str
    since: pd.Timestamp | None
    state: str
    names: Mapping[str, str]

    def rep(self, rep_id: str) -> str:
        """Return a rep by name and id."""
        return rep_name(rep_id, self.names)


def life_text(life: LeadLife) -> str:
    """Return one line per thing that happened to a lead, and what holds now."""
    rows = [(_time(life, row["at"]), sentence) for row, sentence in _told(life)]
    title = f"Lead {life.lead_id}" + (f", {life.company}" if life.company else "")
    return "\n".join([visible(title), aligned([*rows, ("now", _now(life))])])


def life_json(life: LeadLife) -> dict[str, Any]:
    """Return the same as a record of JSON."""
    return {
        "lead_id": life.lead_id,
        "company": life.company,
        "owner": life.owner,
        "since": _iso(life.since),
        "state": life.state,
        "events": [
            {
                "at": _iso(row["at"]),
                "kind": row["kind"],
                "rep_id": row["rep_id"],
                "run_id": row["run_id"],
                "superseded": bool(row["is_void"]),
                "actor": row["actor"],
                "reason": row["reason"],
                "text": sentence,
            }
            for row, sentence in _told(life)
        ],
    }


def _told(life: LeadLife) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what happened and its sentence; one of several runs that kept the lead."""
    rows = [{str(k): v for k, v in r.items()} for r in life.moments.to_dict("records")]
    n_kept = 0
    for row, after in zip(rows, [*rows[1:], {}], strict=True):
        is_kept = row["kind"] == "kept" and not row["is_void"] and not row["other"]
        n_kept = n_kept + 1 if is_kept else 0
        same = after.get("kind") == "kept" and after.get("rep_id") == row["rep_id"]
        if is_kept and same:
            continue
        sentence = _sentence(life, row)
        if n_kept > 1:
            sentence += f", the last of {n_kept} runs that kept it there"
        void = "; this run was superseded, so it does not count"
        yield row, visible(sentence + (void if row["is_void"] else ""))
        n_kept = 0


def _sentence(life: LeadLife, row: Mapping[str, Any]) -> str:
    tell = SENTENCES.get(row["kind"])
    return tell(life, row) if tell else row["kind"] + _by(row)


def _assigned(life: LeadLife, row: Mapping[str, Any]) -> str:
    why = [choice_text(row["reason"])]
    if not pd.isna(row["p_convert"]):
        expected = f"P(convert) {share_text(row['p_convert'])}"
        if not pd.isna(row["value"]):
            expected += f", value {number(row['value'])}"
        why.append(f"{expected} ({EXPECTED})")
    if row["arm"]:
        why.append(f"arm {row['arm']}")
    rep = life.rep(row["rep_id"])
    return f"assigned to {rep} by run {row['run_id']}: {'; '.join(why)}"


def _unassigned(_: LeadLife, row: Mapping[str, Any]) -> str:
    return f"left unassigned by run {row['run_id']}: {reason_text(row['reason'])}"


def _kept(life: LeadLife, row: Mapping[str, Any]) -> str:
    rep, run = life.rep(row["rep_id"]), f"run {row['run_id']}"
    if row["other"]:
        why = f" ({row['why']})" if row["why"] else ""
        return f"given to {rep} by {run}, as {row['other']} is the same lead{why}"
    return f"stayed with {rep} in {run}"


def _moved(verb: str) -> Callable[[LeadLife, Mapping[str, Any]], str]:
    def tell(life: LeadLife, row: Mapping[str, Any]) -> str:
        before = f" from {life.rep(row['other'])}" if row["other"] else ""
        return f"{verb}{before} to {life.rep(row['rep_id'])}{_by(row)}"

    return tell


def _recalled(life: LeadLife, row: Mapping[str, Any]) -> str:
    rep = row["rep_id"] or row["other"]
    return f"recalled{f' from {life.rep(rep)}' if rep else ''}{_by(row)}"


def _responded(life: LeadLife, row: Mapping[str, Any]) -> str:
    who = f"{life.rep(row['rep_id'])} responded" if row["rep_id"] else "responded"
    return f"{who}{_after(row)}"


def _won(_: LeadLife, row: Mapping[str, Any]) -> str:
    value = "" if pd.isna(row["value"]) else f", {number(row['value'])}"
    return f"won{value}{_after(row)}"


def _other(words: str, link: str = "") -> Callable[[LeadLife, Mapping[str, Any]], str]:
    def tell(_: LeadLife, row: Mapping[str, Any]) -> str:
        other = f" {link} {row['other']}" if link and row["other"] else ""
        return f"{words}{other}{_by(row)}"

    return tell


def _after(row: Mapping[str, Any]) -> str:
    """Return how long it took since the lead was assigned."""
    if pd.isna(row["since"]):
        return ""
    return f" after {hours_text((row['at'] - row['since']) / HOUR)}"


def _by(row: Mapping[str, Any]) -> str:
    reason = f": {row['reason']}" if row["reason"] else ""
    return f" by {row['actor']}{reason}" if row["actor"] else reason


SENTENCES: Mapping[str, Callable[[LeadLife, Mapping[str, Any]], str]] = {
    "created": lambda _life, _row: "created",
    "assigned": _assigned,
    "unassigned": _unassigned,
    "kept": _kept,
    "overridden": _moved("moved"),
    "reassigned": _moved("reassigned"),
    "recalled": _recalled,
    "responded": _responded,
    "progressed": _other("progressed"),
    "won": _won,
    "lost": lambda _, row: (
        f"lost{_after(row)}" + (f": {row['reason']}" if row["reason"] else "")
    ),
    "reopened": _other("opened again"),
    "credited": _other("credited back to the rep"),
    "merged": _other("found to be the same", "as"),
    "parted": _other("found to be another", "than"),
    "warned": _other("warned"),
    "escalated": _other("escalated", "to"),
    "erased": _other("personal data erased"),
}
"""Kind of event -> its sentence."""


def _now(life: LeadLife) -> str:
    if not life.owner or life.since is None:
        return f"nobody owns it; {life.state}"
    since = _time(life, life.since)
    return visible(f"owned by {life.rep(life.owner)} since {since}; {life.state}")


def _time(life: LeadLife, moment: pd.Timestamp) -> str:
    return f"{moment.tz_convert(life.zone):%Y-%m-%d %H:%M}"


def _iso(moment: pd.Timestamp | None) -> str | None:
    return None if moment is None else moment.isoformat()

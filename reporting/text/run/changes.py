"""What changed since the last run of a scenario, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crm import listed
from reporting.text.layout.layout import counted
from reporting.text.words.people import rep_name
from reporting.text.words.reasons import reason_text

NAMED = 5
"""Leads, reps and rules that a sentence names."""
JUMP = 1.3
"""A day has far more leads, or fewer, from this ratio on."""


@dataclass(frozen=True)
class Changes:
    """What the last run of a scenario decided, beside what this one does.

    Attributes
    ----------
    day
        Of the last run.
    then, now
        Leads by what became of them: ``all``, ``assigned``, ``unassigned``, ``kept``.
    reasons
        Code of a reason -> leads without an owner for it, then and now.
    placed, still
        Leads without an owner then: those that this run assigned, and those that it
        left unassigned again.
    busier, idler
        Reps who got leads now and none then, and the other way round, with how many.
    rules_added, rules_gone, rules_changed
        Names of rules of the scenario.
    settings_changed
        Other parts of the scenario.
    is_new_model
        Whether another model file was used; None where that is not known.
    names
        rep_id -> name.
    """

    day: date
    then: Mapping[str, int]
    now: Mapping[str, int]
    reasons: Mapping[str, tuple[int, int]]
    placed: Sequence[str] = ()
    still: Sequence[str] = ()
    busier: Sequence[tuple[str, int]] = ()
    idler: Sequence[tuple[str, int]] = ()
    rules_added: Sequence[str] = ()
    rules_gone: Sequence[str] = ()
    rules_changed: Sequence[str] = ()
    settings_changed: Sequence[str] = ()
    is_new_model: bool | None = None
    names: Mapping[str, str] | None = None

    @property
    def is_unlike(self) -> bool:
        """Whether this day has far more leads than the last, or far fewer."""
        then, now = self.then["all"], self.now["all"]
        return max(then, now) > JUMP * max(min(then, now), 1)


def change_sentences(changes: Changes) -> Iterator[str]:
    """Yield what changed, the leads first, then people, rules and the model."""
    then, now = changes.then, changes.now
    yield (
        f"{counted(now['all'], 'lead')} today, {then['all']:,} then; "
        f"{now['unassigned']:,} without an owner, {then['unassigned']:,} then."
    )
    if changes.placed or changes.still:
        yield (
            f"Of those left then, {_leads(changes.placed)} got an owner today, and "
            f"{_leads(changes.still)} wait again."
        )
    names = changes.names or {}
    if changes.busier:
        yield f"Got leads today and none then: {_reps(changes.busier, names)}."
    if changes.idler:
        yield f"Got leads then and none today: {_reps(changes.idler, names)}."
    yield from _scenario(changes)


def unlike_sentence(changes: Changes) -> str:
    """Return that this day has far more leads than the last, or far fewer."""
    more = "more" if changes.now["all"] > changes.then["all"] else "fewer"
    return (
        f"There are far {more} leads than in the last run ({changes.now['all']:,}, "
        f"{changes.then['all']:,} on {changes.day:%d %B})."
    )


def change_rows(changes: Changes) -> list[tuple[str, int, int]]:
    """Return what became of leads and why, with how many then and now."""
    rows = [
        (name, changes.then[name], changes.now[name])
        for name in ("all", "assigned", "unassigned", "kept")
        if changes.then[name] or changes.now[name]
    ]
    reasons = sorted(changes.reasons.items(), key=lambda item: (-item[1][1], item[0]))
    rows += [(f"because {reason_text(code)}", *pair) for code, pair in reasons]
    return rows


def _scenario(changes: Changes) -> Iterator[str]:
    for verb, rules in (
        ("New", changes.rules_added),
        ("Gone", changes.rules_gone),
        ("Changed", changes.rules_changed),
    ):
        if rules:
            noun = "rule" if len(rules) == 1 else "rules"
            yield f"{verb} {noun} of the scenario: {listed(list(rules), NAMED)}."
    if changes.settings_changed:
        parts = listed(list(changes.settings_changed), NAMED)
        yield f"Changed in the scenario besides its rules: {parts}."
    if not any((*changes.rules_added, *changes.rules_gone, *changes.rules_changed)):
        yield "The rules are the same."
    if changes.is_new_model:
        yield "Another model file was used."


def _leads(lead_ids: Sequence[str]) -> str:
    if not lead_ids:
        return "none"
    named = f" ({listed(list(lead_ids), NAMED)})"
    return f"{len(lead_ids):,}{named}"


def _reps(reps: Sequence[tuple[str, int]], names: Mapping[str, str]) -> str:
    told = [f"{rep_name(rep_id, names)} {n}" for rep_id, n in reps[:NAMED]]
    more = len(reps) - NAMED
    return ", ".join(told) + (f" and {more:,} more" if more > 0 else "")

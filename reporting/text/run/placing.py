"""Leads without an owner by reason, and what would place them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evaluation.labels import EXPECTED
from reporting.text.layout.layout import counted, number
from reporting.text.words.people import rep_name
from solver import Reason

NOTHING = 1e-9
"""Prices below this are rounding."""


@dataclass(frozen=True)
class UnassignedGroup:
    """Leads without an owner for one reason, and what stands around them.

    Attributes
    ----------
    code, n_leads
        The reason; how many leads.
    kept_by
        Rules that keep them from distribution on purpose, with their leads.
    full
        Full reps who may have some of them: rep_id, what one more slot adds to the
        objective, and how many of the leads; the dearest slot first.
    limits
        Limits that leave no room: rule, whom it limits, and what one more adds.
    away
        Reps who are away and may have some of them, with how many.
    spared
        Rules without which some of them would have an eligible rep at work: name, how
        many, and for how many of these one has a slot left.
    """

    code: str
    n_leads: int
    kept_by: Sequence[tuple[str, int]] = ()
    full: Sequence[tuple[str, float, int]] = ()
    limits: Sequence[tuple[str, str, float]] = ()
    away: Sequence[tuple[str, int]] = ()
    spared: Sequence[tuple[str, int, int]] = ()


OTHERWISE = {
    Reason.NO_REP_AT_WORK: "Nothing today; they come again when a rep is at work.",
    Reason.PENALTIES_EXCEED_VALUE: "Lower penalties of soft rules: today a breach "
    "costs more than these leads are expected to bring.",
    Reason.ROOM_LEFT: "A longer time limit (solve: time_limit).",
    Reason.OUT_OF_TIME: "A longer time limit (solve: time_limit), or fewer rules.",
    Reason.OWNER_ELSEWHERE: "Room with the owner of the leads that they belong to.",
    Reason.SHARE_REACHED: "A wider fair share.",
    Reason.UNASSIGNED_BY_RANDOMISATION: "Nothing: the experiment drew it so, and they "
    "come again.",
    Reason.INFEASIBLE: "A relaxation of one of the rules that contradict each other, "
    "as the notes name them.",
}
"""What places leads where nothing more is known."""
NOTHING_KNOWN = (
    "No single change that is known; rightrep explain tries some, lead by lead."
)
_OTHERWISE = {str(code): text for code, text in OTHERWISE.items()}


def placing_sentences(
    group: UnassignedGroup, names: Mapping[str, str], unit: str, most: int = 3
) -> Iterator[str]:
    """Yield what would place the leads of a group, with figures.

    Parameters
    ----------
    names
        rep_id -> name.
    unit
        What the objective counts.
    most
        Reps, rules and limits that are named.
    """
    said = [
        *_kept(group),
        *_slots(group, names, unit, most),
        *_limits(group, unit, most),
        *_away(group, names, most),
        *_spared(group, most),
    ]
    fallback = _OTHERWISE.get(group.code, NOTHING_KNOWN)
    yield from said or [fallback]


def _kept(group: UnassignedGroup) -> Iterator[str]:
    for rule, n_leads in group.kept_by:
        yield (
            f"Rule {rule} keeps {counted(n_leads, 'lead')} from distribution on "
            "purpose; a looser one would not."
        )


def _slots(
    group: UnassignedGroup, names: Mapping[str, str], unit: str, most: int
) -> Iterator[str]:
    if not group.full:
        return
    dear = [each for each in group.full if each[1] > NOTHING][:most]
    reps = counted(len(group.full), "rep")
    head = f"More slots: {reps} who may have some of them {_are(group.full)} full."
    if not dear:
        yield f"{head} One more slot adds nothing by itself."
        return
    told = [
        f"{rep_name(rep_id, names)} {number(price)}, may have {n_leads:,} of them"
        for rep_id, price, n_leads in dear
    ]
    yield f"{head} One more adds most, in {unit} ({EXPECTED}), with {'; '.join(told)}."


def _limits(group: UnassignedGroup, unit: str, most: int) -> Iterator[str]:
    if group.limits:
        told = [
            f"rule {rule}, {key}: {number(price)}"
            for rule, key, price in group.limits[:most]
        ]
        adds = f"one more adds, in {unit} ({EXPECTED})"
        yield f"Higher limits; {adds}: {'; '.join(told)}."


def _away(group: UnassignedGroup, names: Mapping[str, str], most: int) -> Iterator[str]:
    if group.away:
        told = [
            f"{rep_name(rep_id, names)} may have {n_leads:,} of them"
            for rep_id, n_leads in group.away[:most]
        ]
        yield f"Reps who are away and might have them: {'; '.join(told)}."


def _spared(group: UnassignedGroup, most: int) -> Iterator[str]:
    for rule, n_leads, n_room in group.spared[:most]:
        if group.n_leads == 1:
            room = "with a slot left" if n_room else "none with a slot left"
            yield f"Without rule {rule} it has an eligible rep at work, {room}."
            continue
        have = "has" if n_leads == 1 else "have"
        yield (
            f"Without rule {rule}, {n_leads:,} of them {have} an eligible rep at work; "
            f"for {f'{n_room:,}' if n_room else 'none'}, one has a slot left."
        )


def _are(full: Sequence[object]) -> str:
    return "is" if len(full) == 1 else "are"

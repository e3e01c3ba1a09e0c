"""What leaks, in sentences, the gravest first."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from crm import listed, visible
from evaluation.labels import EXPECTED
from reporting.text.company.kpi_words import days_text, share_text
from reporting.text.layout.json_record import record_of
from reporting.text.layout.layout import counted
from reporting.text.words.reasons import reason_text

NAMED = 5


@dataclass(frozen=True)
class Concern:
    """Something that a person has to look at.

    Attributes
    ----------
    kind
        One of :data:`LEAK_TEXT`.
    who
        Reps, leads, clocks or a reason that it is about.
    n
        How many leads; days where it is about the record.
    figures
        Further numbers, by name.
    """

    kind: str
    who: tuple[str, ...] = ()
    n: float = 0
    figures: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class MorningCheck:
    """What the leak check found.

    Attributes
    ----------
    scenario
        Its name.
    day
        The company's day.
    leaks
        In the order of their gravity.
    unknown
        What could not be looked at, and why.
    """

    scenario: str
    day: str
    leaks: tuple[Concern, ...]
    unknown: tuple[str, ...] = ()


def leaks_text(check: MorningCheck) -> str:
    """Return one line per leak, or that nothing leaks, and what is not known."""
    title = f"{check.scenario}, {check.day}: "
    n = len(check.leaks)
    title += "nothing leaks" if not n else f"{counted(n, 'thing')} to look at"
    lines = [f"- {leak_text(leak)}." for leak in check.leaks]
    lines += [f"not looked at: {text}" for text in check.unknown]
    return "\n".join([title, *lines])


def leaks_json(check: MorningCheck) -> dict[str, Any]:
    """Return the same as a record of JSON."""
    leaks = [
        record_of(asdict(leak)) | {"text": leak_text(leak)} for leak in check.leaks
    ]
    return {
        "scenario": check.scenario,
        "day": check.day,
        "quiet": not leaks,
        "leaks": leaks,
        "not_looked_at": list(check.unknown),
    }


def leak_text(leak: Concern) -> str:
    """Return a leak as a sentence, with names and figures."""
    return visible(LEAK_TEXT[leak.kind](leak, dict(leak.figures or {})))


def _named(leak: Concern) -> str:
    return listed(list(leak.who), NAMED)


def _leads(leak: Concern) -> str:
    return counted(int(leak.n), "lead")


def _wait(leak: Concern) -> str:
    return "waits" if leak.n == 1 else "wait"


def _old_model(leak: Concern, figures: Mapping[str, Any]) -> str:
    since = "was fitted" if figures["is_known"] else "was first used"
    return (
        f"the model {_named(leak)} {since} {leak.n:.0f} days ago; more than "
        f"{figures['most']} are too many: `rightrep retrain`"
    )


def _drift(leak: Concern, figures: Mapping[str, Any]) -> str:
    return (
        f"the model has drifted: of {_leads(leak)} assigned from {figures['first']} to "
        f"{figures['last']}, conversion is {share_text(figures['least'])} to "
        f"{share_text(figures['most'])} (95 %, open leads counted both ways); the "
        f"{EXPECTED} was {share_text(figures['expected'])}: `rightrep retrain`"
    )


LEAK_TEXT: Mapping[str, Callable[[Concern, Mapping[str, Any]], str]] = {
    "no_run": lambda leak, f: (
        f"no run of {_named(leak)} today; the last was on {f['last'] or 'no day'}"
    ),
    "inactive_owner": lambda leak, _: (
        f"{_leads(leak)} open with reps who are not active: {_named(leak)}; "
        "`rightrep reassign --from REP` gives them new owners"
    ),
    "late": lambda leak, f: (
        f"{_leads(leak)} escalated by a clock and still waiting for the owner: "
        f"{_named(leak)}; the oldest since {days_text(f['oldest'])}"
    ),
    "no_rep": lambda leak, f: (
        f"{_leads(leak)} {_wait(leak)} for people: {reason_text(f['reason'])} "
        f"({_named(leak)})"
    ),
    "waiting_long": lambda leak, f: (
        f"{_leads(leak)} unassigned for more than {f['most']} days, the oldest for "
        f"{days_text(f['oldest'])}: {_named(leak)}"
    ),
    "pile": lambda leak, f: (
        f"{leak.who[0]} has {_leads(leak)} open, {f['times']:.1f} times the mean of "
        f"{f['mean']:.1f}"
    ),
    "outcomes_stale": lambda leak, f: (
        f"no response or outcome of the last {leak.n:.0f} days is in the ledger; more "
        f"than {f['most']} are too many: `rightrep outcomes FILE`"
    ),
    "model_old": _old_model,
    "model_drift": _drift,
}
"""Kind of leak -> its sentence; the gravest first."""

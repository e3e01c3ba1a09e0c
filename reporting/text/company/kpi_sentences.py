"""What the figures of days say, in sentences."""

from collections.abc import Iterator

from evaluation.labels import EXPECTED, MEASURED
from reporting.text.company.kpi_figures import KpiFigures
from reporting.text.company.kpi_words import (
    amount_text,
    count_text,
    days_text,
    hours_text,
    share_text,
)
from reporting.text.evidence.arms import arm_reason
from reporting.text.evidence.verdicts import detectable_text, verdict_text
from reporting.text.layout.layout import counted, number, percent

ODD = {
    "created_unknown": "{} have no created_at; they count from the run that first met "
    "them, and in no turn-around",
    "created_later": "{} were created after they were distributed; they are in no "
    "turn-around",
    "assigned_before": "{} had an owner before these days; they are not distributed in "
    "them",
    "merged": "{} are duplicates of others; they are in no conversion",
    "won_without_value": "{} were won without a value; they add no revenue",
}
NOTHING = "No run of these days is in the ledger."


def kpi_lines(kpi: KpiFigures) -> Iterator[tuple[str, str]]:
    """Yield the main figures, a label and a value each."""
    yield "days", f"{kpi.first} to {kpi.last}, {kpi.zone}"
    yield "runs", f"{count_text(kpi.n_runs)}, which met {counted(kpi.n_leads, 'lead')}"
    if kpi.total.empty:
        return
    row = kpi.total.iloc[0]
    yield "generated", counted(int(row["n_generated"]), "lead")
    yield "distributed", counted(int(row["n_distributed"]), "lead")
    yield "not distributed", _waiting(kpi)
    if row["n_distributed"]:
        high = f"nine tenths within {hours_text(row['wait_high'])}"
        same = f"{share_text(row['same_day_share'])} on the same business day"
        yield "turn-around", f"median {hours_text(row['wait_median'])}, {high}, {same}"
        yield "response", _response(kpi)
        yield "SLA", _service(kpi)
        yield "conversion", _conversion(kpi)
        yield "revenue", _revenue(kpi)
    yield from lift_lines(kpi)
    yield "overrides", _overrides(kpi)


def lift_lines(kpi: KpiFigures) -> Iterator[tuple[str, str]]:
    """Yield what the experiment measured so far, if there is one."""
    lift = kpi.lift
    if lift is None:
        text = kpi.lift_doubt and f"not known yet: {kpi.lift_doubt}"
        yield MEASURED, text or "none: no lead was drawn for a control arm"
        return
    what = f"arm {lift.arm} over {lift.control}"
    if lift.lift is None:
        yield MEASURED, f"{what}: not identifiable: {arm_reason(lift)}"
        return
    verdict = verdict_text(lift.verdict)
    yield MEASURED, f"{what}: {percent(lift.lift)}, {verdict}"
    yield "smallest detectable", detectable_text(lift.lift)


def kpi_notes(kpi: KpiFigures) -> Iterator[str]:
    """Yield what a reader has to know of these figures."""
    if not kpi.n_runs:
        yield NOTHING + _known_days(kpi)
    for code, n in kpi.odd.items():
        yield f"{ODD[code].format(counted(n, 'lead'))}."
    if kpi.n_leads and not kpi.total.iloc[0][["n_won", "n_lost"]].sum():
        yield (
            "No outcome has come back yet: all leads are open. "
            "`rightrep outcomes` reads them in."
        )
    if kpi.reps_fault:
        yield f"Teams and names of reps are not known: {kpi.reps_fault}."


def _known_days(kpi: KpiFigures) -> str:
    if kpi.days_known is None:
        return " It is empty: the first `rightrep run` fills it."
    first, last = kpi.days_known
    return f" It has runs from {first} to {last}; see --from and --to."


def evenness_text(kpi: KpiFigures) -> str:
    """Return how evenly the last days shared leads, and the model expectation."""
    first, last = kpi.shares_days
    even = kpi.evenness
    return (
        f"{first} to {last}: Gini {number(even['gini'])} of leads per rep, least over "
        f"most {share_text(even['min_max'])}; Gini "
        f"{number(even['gini_of_expectation'])} of the {EXPECTED} per rep. Hours of "
        "reps are not in the ledger, so part-time is not allowed for."
    )


def overrides_text(kpi: KpiFigures) -> str:
    """Return what the columns of overrides are."""
    return (
        f"{EXPECTED}, in {kpi.unit}: cost is the value of the pair before less that of "
        "the pair after, where runs scored both; where the pair after was not scored, "
        "only what was given up is known."
    )


def _waiting(kpi: KpiFigures) -> str:
    n, age = int(kpi.total["n_waiting"].iloc[0]), kpi.waiting
    if not n:
        return "no lead waits"
    return (
        f"{counted(n, 'lead')}: median age {days_text(age['age_median'])}, nine tenths "
        f"below {days_text(age['age_high'])}, oldest {days_text(age['age_oldest'])}"
    )


def _response(kpi: KpiFigures) -> str:
    row = kpi.total.iloc[0]
    n, of = count_text(row["n_responded"]), count_text(row["n_distributed"])
    if not row["n_responded"]:
        return "no response is recorded"
    return (
        f"{n} of {of} leads; median {hours_text(row['response_median'])}, nine tenths "
        f"by {hours_text(row['response_high'])}"
    )


def _service(kpi: KpiFigures) -> str:
    row = kpi.total.iloc[0]
    if kpi.clocks.empty:
        return "no clock has warned, escalated or recalled a lead"
    late = counted(int(row["n_late"]), "lead")
    return (
        f"kept by {share_text(row['in_time_share'])} of the leads; {late} escalated or "
        "recalled"
    )


def _conversion(kpi: KpiFigures) -> str:
    row = kpi.total.iloc[0]
    span = f"{share_text(row['won_low'])} to {share_text(row['won_high'])}"
    return (
        f"{count_text(row['n_won'])} won, {count_text(row['n_lost'])} lost, "
        f"{count_text(row['n_open'])} open; won so far {share_text(row['won_share'])} "
        f"({span})"
    )


def _revenue(kpi: KpiFigures) -> str:
    row = kpi.total.iloc[0]
    each = (
        f"{amount_text(row['revenue_per_lead'])} per lead "
        f"({amount_text(row['revenue_low'])} to {amount_text(row['revenue_high'])})"
    )
    return f"{amount_text(row['revenue'])}; {each}"


def _overrides(kpi: KpiFigures) -> str:
    if kpi.actors.empty:
        return "none"
    n, people = int(kpi.actors["n_overrides"].sum()), len(kpi.actors)
    who = "1 person" if people == 1 else f"{people} people"
    return f"{count_text(n)} by {who}"

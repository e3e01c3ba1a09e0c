"""Arms of an experiment as text and JSON: a figure if they are what was drawn."""

from collections.abc import Iterator
from typing import Any

from crm import listed
from evaluation.experiment import LEAST_OF_ARM, ArmDoubt, ArmLift
from evaluation.labels import MEASURED
from reporting.text.evidence.verdicts import detectable_line, verdict_text
from reporting.text.layout.json_record import interval_json
from reporting.text.layout.layout import aligned, counted, number_interval, percent

MOST_NAMED = 5
ESTIMAND = (
    "wins per lead drawn for an arm, over those per lead drawn for the other; a lead "
    "that its arm left unassigned counts as not won"
)
RECORD_HELP = (
    "name the run folders with --runs, or the ledger in the scenario: they know every "
    "lead that was drawn"
)
ARM_TEXT: dict[ArmDoubt, str] = {
    "arms_missing": "{0.leads.n_without_arm:,} of {0.leads.n_leads:,} leads have no "
    "arm; take it from assignments.csv of their runs, or " + RECORD_HELP,
    "arms_moved": "column arm: {1:,} leads have another arm in history than they were "
    "drawn for ({2})",
    "reps_moved": "column rep_id: {0.leads.gaps.n_other_rep:,} of "
    "{0.leads.n_leads:,} leads are with another rep than the one drawn",
    "leads_lost": "{0.leads.gaps.n_lost:,} leads that were drawn and assigned are not "
    "in history",
    "share_unknown": "history holds assigned leads only, so what each arm left "
    "unassigned is not known, and the scenario does not say which share was drawn for "
    "control; " + RECORD_HELP + ", or give experiment: {{control_share: ...}} as it "
    "was",
    "even_propensities": "column propensity: all are one over a whole number, so both "
    "arms drew reps evenly, or these are not the probabilities of this experiment",
    "uneven_share": "{3}; arms are not as drawn, or one left more leads unassigned "
    "than the other: " + RECORD_HELP,
    "uneven_column": "the leads of the arms differ in {3}; arms were not drawn, or one "
    "left other leads unassigned than the other: " + RECORD_HELP,
    "few_wins_of_arm": "arm {0.arm} has won {0.n_won} leads, at least "
    f"{LEAST_OF_ARM} are needed",
    "few_wins_of_control": "arm {0.control} has won {0.n_control_won} leads, at least "
    f"{LEAST_OF_ARM} are needed",
    "few_shared_clusters": "too few days and territories have won leads of both arms",
}


def arm_text(lift: ArmLift) -> str:
    """Return what an arm won per lead drawn beyond control, or why not known."""
    what = f"arm {lift.arm} over {lift.control}"
    if lift.lift is None:
        headline = [
            (MEASURED, f"{what}: not identifiable"),
            ("reason", arm_reason(lift)),
        ]
    else:
        verdict = verdict_text(lift.verdict)
        headline = [(MEASURED, f"{what}: {percent(lift.lift)}, {verdict}")]
        headline += detectable_line(lift.lift)
    return aligned([*headline, ("is", ESTIMAND), *_lines(lift)])


def arm_json(lift: ArmLift) -> dict[str, Any]:
    """Return the comparison of arms as a record of JSON; what is not known is null."""
    leads = lift.leads
    return {
        "arm": lift.arm,
        "control": lift.control,
        MEASURED: interval_json(lift.lift),
        "measured_difference_per_lead": interval_json(lift.difference),
        "estimand": ESTIMAND,
        "verdict": lift.verdict,
        "reason": arm_reason(lift),
        "smallest_detectable_lift": lift.lift and lift.lift.smallest_detectable,
        "n_leads": lift.n_leads,
        "n_control": lift.n_control,
        "n_won": lift.n_won,
        "n_control_won": lift.n_control_won,
        "draw_recorded": leads.is_recorded,
        "n_without_arm": leads.n_without_arm,
        "n_not_drawn": leads.gaps.n_not_drawn,
        "n_lost": leads.gaps.n_lost,
        "n_with_another_rep": leads.gaps.n_other_rep,
        "tests": {test.what: test.p_value for test in lift.tests},
    }


def arm_reason(lift: ArmLift) -> str:
    """Return why arms cannot be compared; empty if they can."""
    if lift.doubt is None:
        return ""
    moved = lift.leads.gaps.moved
    failed = [
        f"{test.what} (p = {test.p_value:.2g})" for test in lift.tests if test.fails
    ]
    named = listed(list(moved), MOST_NAMED), listed(failed, MOST_NAMED)
    return ARM_TEXT[lift.doubt].format(lift, len(moved), *named)


def _lines(lift: ArmLift) -> Iterator[tuple[str, str]]:
    leads = lift.leads
    if lift.difference is not None:
        yield "difference per lead", number_interval(lift.difference)
    won = f"{lift.n_won:,} of {lift.n_leads:,}"
    kind = "drawn" if leads.is_recorded else "assigned"
    control = f"{lift.n_control_won:,} of {lift.n_control:,} leads {kind}"
    yield "won", f"{won} beside {control}"
    if not leads.is_recorded and leads.knows_share:
        yield "drawn", f"{leads.control_share[0]:.4g} for control, as the scenario says"
    if leads.n_without_arm:
        yield "without an arm", counted(leads.n_without_arm, "lead")
    if leads.gaps.n_not_drawn:
        yield "left out", f"{leads.gaps.n_not_drawn:,} whose draw is not recorded"
    if leads.gaps.n_lost:
        yield "left out", f"{leads.gaps.n_lost:,} drawn and assigned, not in history"
    if leads.gaps.n_other_rep:
        moved = f"{leads.gaps.n_other_rep:,} are with another rep than the one drawn"
        yield "moved", f"{moved}; they count in the arm they were drawn for"

"""Codes of reasons: why a lead has no owner, and why it has this one."""

from enum import StrEnum

from solver.rules.known_rules import RULES


class Reason(StrEnum):
    """Why a lead is unassigned, where no single rule is the reason."""

    NO_REP_MEETS_ALL_RULES = "no_rep_meets_all_rules"
    NO_REP_AT_WORK = "no_rep_at_work"
    REPS_FULL = "reps_full"
    LIMIT_REACHED = "limit_reached"
    OWNER_ELSEWHERE = "owner_elsewhere"
    SHARE_REACHED = "share_reached"
    PENALTIES_EXCEED_VALUE = "penalties_exceed_value"
    ROOM_LEFT = "room_left"
    UNASSIGNED_BY_RANDOMISATION = "unassigned_by_randomisation"
    INFEASIBLE = "infeasible"
    OUT_OF_TIME = "out_of_time"


class Choice(StrEnum):
    """Why an assigned lead went to its rep, where no single rule decides."""

    ONLY_ELIGIBLE_REP = "only_eligible_rep"
    HIGHEST_VALUE = "highest_value"
    HIGHEST_VALUE_AFTER_PRICES = "highest_value_after_prices"
    BEST_TOGETHER = "best_together"
    CONTROL_POLICY = "control_policy"
    RANDOMISED_UNDER_CAP = "randomised_under_cap"


def known_reasons() -> set[str]:
    """Return all codes for an unassigned lead: ours, and those of every rule."""
    return {str(reason) for reason in Reason}.union(
        *(rule.reasons for rule in RULES.values())
    )

"""The closed list of reasons: why a lead has no owner, and why it has this one."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a lead was not distributed."""

    NO_REP_IN_TERRITORY = "no_rep_in_territory"
    NO_REP_FOR_PRODUCT = "no_rep_for_product"
    NO_REP_FOR_LANGUAGE = "no_rep_for_language"
    NO_REP_WITH_SENIORITY = "no_rep_with_seniority"
    NO_REP_IN_TEAM = "no_rep_in_team"
    NO_REP_WITH_SKILL = "no_rep_with_skill"
    NO_REP_NEAR = "no_rep_near"
    NO_TOP_PERFORMER = "no_top_performer"
    ACCOUNT_OWNER_NOT_A_REP = "account_owner_not_a_rep"
    EXCLUDED = "excluded"
    LOCKED_TO_NO_REP = "locked_to_no_rep"
    NO_REP_MEETS_ALL_RULES = "no_rep_meets_all_rules"
    NO_REP_AT_WORK = "no_rep_at_work"
    BELOW_FLOOR = "below_floor"
    KEPT_FOR_NURTURING = "kept_for_nurturing"
    REPS_FULL = "reps_full"
    LIMIT_REACHED = "limit_reached"
    OWNER_ELSEWHERE = "owner_elsewhere"
    SHARE_REACHED = "share_reached"
    PENALTIES_EXCEED_VALUE = "penalties_exceed_value"
    ROOM_LEFT = "room_left"
    LEFT_BY_LOT = "left_by_lot"
    INFEASIBLE = "infeasible"
    OUT_OF_TIME = "out_of_time"


class Choice(StrEnum):
    """Why an assigned lead went to its rep."""

    LOCKED = "locked"
    ACCOUNT_OWNER = "account_owner"
    ONLY_ELIGIBLE_REP = "only_eligible_rep"
    HIGHEST_VALUE = "highest_value"
    HIGHEST_VALUE_AFTER_PRICES = "highest_value_after_prices"
    BEST_TOGETHER = "best_together"
    CONTROL_POLICY = "control_policy"
    DRAWN_UNDER_CAP = "drawn_under_cap"


REASON_TEXT = {
    Reason.NO_REP_IN_TERRITORY: "no rep covers the territory",
    Reason.NO_REP_FOR_PRODUCT: "no rep sells the product",
    Reason.NO_REP_FOR_LANGUAGE: "no rep speaks the language",
    Reason.NO_REP_WITH_SENIORITY: "no rep is senior enough",
    Reason.NO_REP_IN_TEAM: "no rep is in the teams the rule names",
    Reason.NO_REP_WITH_SKILL: "no rep has every skill it needs",
    Reason.NO_REP_NEAR: "no rep is near enough",
    Reason.NO_TOP_PERFORMER: "no active rep is a top performer",
    Reason.ACCOUNT_OWNER_NOT_A_REP: "the account's owner is not among the reps",
    Reason.EXCLUDED: "excluded from every rep",
    Reason.LOCKED_TO_NO_REP: "locked to a rep that is not there",
    Reason.NO_REP_MEETS_ALL_RULES: "no rep meets all rules at once",
    Reason.NO_REP_AT_WORK: "every eligible rep is away",
    Reason.BELOW_FLOOR: "below the floor for distribution",
    Reason.KEPT_FOR_NURTURING: "kept for nurturing",
    Reason.REPS_FULL: "the eligible reps are full",
    Reason.LIMIT_REACHED: "the eligible reps have reached a limit",
    Reason.OWNER_ELSEWHERE: "leads that belong to it have another owner",
    Reason.SHARE_REACHED: "the eligible reps would leave the fair share",
    Reason.PENALTIES_EXCEED_VALUE: "soft rules cost more than the lead is worth",
    Reason.ROOM_LEFT: "there is room, but the allocation found does not use it",
    Reason.LEFT_BY_LOT: "the experiment's lot left it over",
    Reason.INFEASIBLE: "the rules contradict each other today",
    Reason.OUT_OF_TIME: "no allocation was found in time",
}
"""Each reason in words, for people."""

CHOICE_TEXT = {
    Choice.LOCKED: "locked to this rep",
    Choice.ACCOUNT_OWNER: "the account's owner",
    Choice.ONLY_ELIGIBLE_REP: "the only eligible rep",
    Choice.HIGHEST_VALUE: "worth most with this rep",
    Choice.BEST_TOGETHER: "best for all leads together, under rules that bind several",
    Choice.HIGHEST_VALUE_AFTER_PRICES: "worth most here, slots elsewhere being dearer",
    Choice.CONTROL_POLICY: "drawn for the control arm, whose policy chose the rep",
    Choice.DRAWN_UNDER_CAP: "drawn by lot, since no rep may be certain to get it",
}
"""Each choice in words, for people."""

"""Codes of reasons in words: the solver's here, those of rules on their classes."""

from solver import RULES, Choice, Reason

REASON_TEXT = {
    Reason.NO_REP_MEETS_ALL_RULES: "no rep meets all rules at once",
    Reason.NO_REP_AT_WORK: "every eligible rep is away",
    Reason.REPS_FULL: "the eligible reps are full",
    Reason.LIMIT_REACHED: "the eligible reps have reached a limit",
    Reason.OWNER_ELSEWHERE: "leads that belong to it have another owner",
    Reason.SHARE_REACHED: "the eligible reps would leave the fair share",
    Reason.PENALTIES_EXCEED_VALUE: "soft rules cost more than the lead's value",
    Reason.ROOM_LEFT: "there is room, but the allocation found does not use it",
    Reason.UNASSIGNED_BY_RANDOMISATION: "the randomised assignment left it unassigned",
    Reason.INFEASIBLE: "the rules contradict each other today",
    Reason.OUT_OF_TIME: "no allocation was found in time",
}
KEPT_TEXT = {
    "duplicate_of": "the lead that it is a duplicate of has no owner",
    "closed": "won or lost already",
}
"""Why a lead took no part in the day, and has no owner."""
CHOICE_TEXT = {
    Choice.ONLY_ELIGIBLE_REP: "no other rep may have it",
    Choice.HIGHEST_VALUE: "most is expected of it with this rep",
    Choice.BEST_TOGETHER: "weighed together with all other leads, under rules that "
    "bind several, most is expected this way",
    Choice.HIGHEST_VALUE_AFTER_PRICES: "weighed together with all other leads and "
    "their slots, most is expected this way",
    Choice.CONTROL_POLICY: "in the control arm, whose policy chose the rep",
    Choice.RANDOMISED_UNDER_CAP: "drawn at random, as no rep may be certain to get it",
}


def reason_text(code: str) -> str:
    """Return why a lead is unassigned, in words; an unknown code as it is."""
    return (_texts(REASON_TEXT, "reasons") | KEPT_TEXT).get(code, code)


def choice_text(code: str) -> str:
    """Return why a lead has its rep, in words; an unknown code as it is."""
    return _texts(CHOICE_TEXT, "choices").get(code, code)


def _texts(own: dict, attribute: str) -> dict[str, str]:
    texts = {str(code): text for code, text in own.items()}
    for rule in RULES.values():
        texts |= getattr(rule, attribute)
    return texts

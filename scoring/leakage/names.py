"""Names by which columns with target leakage are known."""

import re
from collections.abc import Collection


def listed_names(text: str) -> frozenset[str]:
    """Return the names in a text, one comma between them."""
    return frozenset(" ".join(text.split()).split(", "))


AFTERMATH = listed_names(
    """
    actual close date, actual closed date, actual value, call duration, close date,
    close reason, close value, contract signed at, contract signed date, conversion
    date, converted, converted at, converted date, date closed, date lost, date won,
    days to close, deal outcome, disqualification reason, duration, fiscal, is
    closed, is closed won, is converted, is lost, is won, last call duration, loss
    reason, reason for loss, reason lost, rejection reason, time to close,
    unqualified reason, win loss, win loss reason, win reason
    """
)
"""Filled at the end of a deal or by working on it, whatever they hold."""
AFTERMATH_STARTS = (
    "closed ",
    "converted ",
    "date entered ",
    "date exited ",
    "lost ",
    "won ",
)
DOUBTFUL = listed_names(
    """
    call disposition, call outcome, close probability, complete final proposal, deal
    stage, deal stage probability, deal status, disposition, expected close date,
    expected revenue, forecast, forecast category, forecast category name, has
    opportunity line item, last activity, last activity type, last call outcome,
    last notable activity, lead profile, lead quality, lead stage, lead status,
    lifecycle stage, next step, num contacted notes, num notes, number of calls,
    opportunity rating, opportunity rating code, opportunity stage, opportunity
    status, pipeline stage, present proposal, probability, push count, sales stage,
    stage, stage name, state code, status, status code, step name, tag, tags, times
    contacted, win probability
    """
)
"""Often rewritten while a deal is worked on, but a funding stage or a marital
status may go by such a name, too: the data must agree."""
SYSTEMS = ("hs", "msdyn")
"""Prefixes that some systems give all their columns."""


def is_aftermath(name: str) -> bool:
    """Tell whether a column of this name exists only once a lead was worked on."""
    return is_among(AFTERMATH, name) or bare(name).startswith(AFTERMATH_STARTS)


def is_doubtful(name: str) -> bool:
    """Tell whether columns of this name are often rewritten afterwards."""
    return is_among(DOUBTFUL, name)


def is_among(names: Collection[str], name: str) -> bool:
    """Tell whether the name is one of these, written in whatever way."""
    return together(bare(name)) in {*map(together, names)}


def bare(name: str) -> str:
    """Return the plain name without what a system adds, such as `hs_` and `__c`."""
    first, _, rest = plain(name.removesuffix("__c")).partition(" ")
    return rest if first in SYSTEMS and rest else f"{first} {rest}".strip()


def together(words: str) -> str:
    """Return the words without spaces: `closedate` is the same as `close date`."""
    return words.replace(" ", "")


def plain(name: str) -> str:
    """Return the name's words in lower case, one space between them.

    `LostReason`, `lost_reason` and `Lost Reason` are the same.
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", parted.lower()))

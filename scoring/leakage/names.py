"""Names by which columns that know the future are known."""

import re

AFTERMATH = frozenset(
    [
        "call duration",
        "close date",
        "close reason",
        "close value",
        "contract signed at",
        "contract signed date",
        "conversion date",
        "converted",
        "converted at",
        "converted date",
        "date closed",
        "deal outcome",
        "duration",
        "is closed",
        "is converted",
        "is lost",
        "is won",
        "last call duration",
        "loss reason",
        "reason for loss",
        "reason lost",
        "win reason",
    ]
)
"""Made at the end of a deal or by working on it, whatever they hold."""
AFTERMATH_STARTS = ("closed ", "lost ", "won ")
DOUBTFUL = frozenset(
    [
        "deal stage",
        "deal status",
        "forecast",
        "forecast category",
        "last activity",
        "last notable activity",
        "lead profile",
        "lead quality",
        "lead stage",
        "lead status",
        "next step",
        "opportunity stage",
        "opportunity status",
        "pipeline stage",
        "probability",
        "sales stage",
        "stage",
        "stage name",
        "status",
        "tag",
        "tags",
        "win probability",
    ]
)
"""Often rewritten while a deal is worked on, but a funding stage or a marital
status may go by such a name, too: the data must agree."""


def is_aftermath(name: str) -> bool:
    """Tell whether a column of this name exists only once a lead was worked on."""
    words = plain(name)
    return words in AFTERMATH or words.startswith(AFTERMATH_STARTS)


def is_doubtful(name: str) -> bool:
    """Tell whether columns of this name are often rewritten afterwards."""
    return plain(name) in DOUBTFUL


def plain(name: str) -> str:
    """Return the name's words in lower case, one space between them.

    `LostReason`, `lost_reason` and `Lost Reason` are the same.
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[a-z0-9]+", parted.lower()))

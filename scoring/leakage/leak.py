"""The reason to suspect a column of target leakage."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Leak:
    """Why a column may have target leakage.

    Attributes
    ----------
    reason
        In plain words, with the figure it rests on.
    certain
        Whether that is enough to leave the column out.
    """

    reason: str
    certain: bool = True


def in_words(share: float) -> str:
    """Return a share as a sentence has it: none, all, or per cent."""
    if share in (0.0, 1.0):
        return "none" if share == 0 else "all"
    return f"{share:.0%}" if share >= 0.01 else "under 1%"

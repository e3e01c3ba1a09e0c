"""What a cell says as a key, or why it says nothing."""

from dataclasses import dataclass

PLACEHOLDER = "stands for nothing"


@dataclass(frozen=True)
class KeyReading:
    """A key, or why there is none.

    Attributes
    ----------
    key
        Equal for cells that mean the same; empty where there is none.
    why_not
        Then: in words, such as "stands for nothing".
    """

    key: str = ""
    why_not: str = ""


NOTHING = KeyReading(why_not=PLACEHOLDER)

"""Language: a lead goes to a rep who speaks its language."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from solver.rules.pair_rules import CoverageRule


class Language(CoverageRule):
    """The lead's language is one of the rep's languages."""

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_for_language": "no rep speaks the language"
    }
    lead_column: ClassVar[str] = "language"
    rep_column: ClassVar[str] = "languages"

    kind: Literal["language"] = "language"

    @property
    def statement(self) -> str:
        """What the rep speaks."""
        return "the rep speaks the lead's language"

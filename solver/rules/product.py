"""Product: a lead goes to a rep who sells its product."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from solver.rules.pair_rules import CoverageRule


class Product(CoverageRule):
    """The lead's product is one of the rep's products."""

    reasons: ClassVar[Mapping[str, str]] = {
        "no_rep_for_product": "no rep sells the product"
    }
    lead_column: ClassVar[str] = "product"
    rep_column: ClassVar[str] = "products"

    kind: Literal["product"] = "product"

    @property
    def statement(self) -> str:
        """What the rep sells."""
        return "the rep sells the lead's product"

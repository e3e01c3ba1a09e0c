"""Product: specialists get the leads for what they sell."""

from typing import ClassVar, Literal

from solver.reasons import Reason
from solver.rules.base import Need
from solver.rules.coverage import CoverageRule


class Product(CoverageRule):
    """The lead's product is one of the rep's products."""

    kind: Literal["product"]
    needs: ClassVar[tuple[Need, ...]] = (("leads", "product"), ("reps", "products"))
    reason: ClassVar[Reason] = Reason.NO_REP_FOR_PRODUCT
    lead_column: ClassVar[str] = "product"
    rep_column: ClassVar[str] = "products"

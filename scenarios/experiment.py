"""What a scenario randomises."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.section import Section
from solver import POLICIES


def control_policies() -> list[str]:
    """Return the policies that may allocate the control arm."""
    return [policy for policy in POLICIES if policy != "optimal"]


def _four_decimals(value: Any) -> Any:
    if isinstance(value, float) and round(value, 4) != value:
        raise PydanticCustomError("decimals", "expected at most four decimals")
    return value


Share = Annotated[float, Field(ge=0, lt=1), BeforeValidator(_four_decimals)]
Cap = Annotated[float, Field(gt=0, le=1), BeforeValidator(_four_decimals)]


def _a_control(value: Any) -> Any:
    known = control_policies()
    if value in known:
        return value
    raise PydanticCustomError("policy", f"expected one of {', '.join(known)}")


def _enumerate_controls(schema: dict[str, Any]) -> None:
    schema["enum"] = control_policies()


class Experiment(Section):
    """What is randomised, so that the allocation can be measured."""

    control_share: Share = Field(
        0.0,
        description="Probability that a lead is in the control arm, whatever it is "
        "like; at most four decimals.",
    )
    control_policy: Annotated[str, BeforeValidator(_a_control)] = Field(
        "round_robin",
        json_schema_extra=_enumerate_controls,
        description="Policy that allocates the control arm, inside the same rules.",
    )
    max_pair_probability: Cap | None = Field(
        None,
        description="No lead goes to one rep with a greater probability, unless too "
        "few reps are eligible; at most four decimals.",
    )

    @model_validator(mode="after")
    def _randomises_something(self) -> Self:
        cap = self.max_pair_probability
        if not (self.control_share or cap):
            raise ValueError(
                "an experiment needs a control_share above 0, such as 0.1, or a "
                "max_pair_probability, such as 0.8"
            )
        if cap and self.control_share > cap:
            raise ValueError(
                "max_pair_probability must not be below control_share: the control "
                "arm alone could exceed it"
            )
        return self

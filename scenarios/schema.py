"""The scenario: which tables, what to maximise, under which rules."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from crm import Source
from scenarios.experiment import Experiment
from scenarios.section import Section
from solver.rules import RULES, AnyRule, Unit

RENAMED = {"match_features": "interaction_features"}
"""Key that earlier versions knew -> its name now."""


def _one_moment(value: Any) -> Any:
    if isinstance(value, date):
        return value
    raise PydanticCustomError(
        "moment", "expected a date or time without quotes, such as 2026-09-07"
    )


class Data(Section):
    """Where the tables come from."""

    leads: Source = Field(description="The day's leads.")
    reps: Source = Field(description="The reps who may get them.")
    history: Source | None = Field(
        None, description="Earlier leads with rep and outcome, to fit the model on."
    )
    accounts: Source | None = Field(None, description="Existing customers' owners.")
    absences: Source | None = Field(None, description="Who is away, and when.")
    as_of: Annotated[datetime | date, BeforeValidator(_one_moment)] | None = Field(
        None,
        description="Moment of the allocation (UTC); a date means all of that day. "
        "By default the newest created_at of the leads.",
    )
    territory_from_account: bool = Field(
        False,
        description="Give leads without a territory that of the reps who served "
        "their account most often.",
    )

    @property
    def sources(self) -> dict[str, Source]:
        """Table name -> source, for the tables that are given."""
        tables = ("leads", "reps", "history", "accounts", "absences")
        sources = {table: getattr(self, table) for table in tables}
        return {table: source for table, source in sources.items() if source}


class Objective(Section):
    """What the allocation makes as large as possible."""

    maximise: Unit = Field(
        "conversions",
        description="conversions: the sum of P(convert). revenue: of P(convert) times "
        "the value of the lead once won: a model of won_value where history has it, "
        "else the lead's own deal_value.",
    )


class Scoring(Section):
    """What the conversion model is fitted on."""

    keep: list[str] = Field(
        [],
        description="Columns of leads known to be filled when a lead is assigned, "
        "though they look like target leakage.",
    )
    leave_out: list[str] = Field([], description="Columns not to use.")
    interaction_features: list[str] | None = Field(
        None,
        description="Columns of leads that may suit one rep better than another. By "
        "default those that tell reps apart.",
    )


class Solve(Section):
    """How the solver runs."""

    time_limit: float = Field(60, gt=0, description="Seconds, a number.")
    two_level: bool = Field(
        False,
        description="Leads go to teams first, then to reps inside each team; the run "
        "says what that costs against deciding at once.",
    )
    rule_costs: bool = Field(
        True, description="Solve again without each rule, to say what it costs."
    )
    seed: int = Field(
        0, ge=0, lt=2**31, description="Breaks ties; the same seed, the same run."
    )


class Scenario(Section):
    """One day's allocation as an analyst writes it."""

    version: Literal[1] = Field(description="Version of the scenario format: 1.")
    name: Annotated[str, Field(min_length=1)] = Field(
        description="What reports call the scenario."
    )
    data: Data
    objective: Objective = Objective()
    rules: list[AnyRule] = Field(
        [], description="The rules that hold; hard unless they say soft."
    )
    scoring: Scoring = Scoring()
    solve: Solve = Solve()
    experiment: Experiment | None = Field(
        None, description="What is randomised, so that the allocation can be measured."
    )
    ledger: Annotated[str, Field(min_length=1)] | None = Field(
        None,
        description="SQLite file in which every run is recorded; relative to the "
        "scenario.",
    )


_kinds_built = list(RULES.values())


def scenario_model() -> type[Scenario]:
    """Return the schema of scenario files, which knows every registered rule."""
    global _kinds_built
    kinds = list(RULES.values())
    if kinds != _kinds_built:
        Scenario.model_rebuild(force=True)
        _kinds_built = kinds
    return Scenario


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, for editors."""
    schema = scenario_model().model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "rightrep scenario"
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "Another scenario file; this one's values go over it, rules by "
        "name.",
    }
    return schema

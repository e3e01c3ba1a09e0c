"""The scenario: which tables, what to maximise, under which rules."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from crm import Calendar, Source
from crm.database_url import VARIABLE, url_fault
from crm.files import names_a_folder
from scenarios.ageing import Ageing
from scenarios.duplicates import Duplicates
from scenarios.experiment import Experiment
from scenarios.leak_limits import LeakLimits
from scenarios.open_weight import OpenWeight
from scenarios.section import Section
from scenarios.sla import Sla
from scenarios.sticky import Sticky
from scenarios.turns import Turns
from solver.rules import RULES, AnyRule, Unit

RENAMED = {"match_features": "interaction_features"}
"""Key that earlier versions knew -> its name now."""


MOST_WIDTH = 100.0
"""Log odds within which all reps count as equal."""


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
    outcomes: Source | None = Field(
        None,
        description="What `rightrep outcomes` takes into the ledger: lead_id, outcome, "
        "closed_at, won_value, first_response_at, next_step_at, rep_id, status. No run "
        "reads it.",
    )
    history_from_ledger: bool = Field(
        False,
        description="History is what the ledger knows of the leads that it assigned, "
        "with their outcomes; rows of `history` are those of other leads.",
    )
    as_of: Annotated[datetime | date, BeforeValidator(_one_moment)] | None = Field(
        None,
        description="Moment of the allocation; a date means all of that local day. "
        "By default the newest created_at of the leads; --as-of goes over it.",
    )
    territory_from_account: bool = Field(
        False,
        description="Give leads without a territory that of the reps who served "
        "their account most often.",
    )

    owner_from_history: bool = Field(
        False,
        description="Leads without a current_rep_id that history holds as open are "
        "those of the rep who has them there, for a rule of kind stability.",
    )

    @property
    def has_history(self) -> bool:
        """Whether there is a history to fit a model on."""
        return self.history is not None or self.history_from_ledger

    @property
    def sources(self) -> dict[str, Source]:
        """Table name -> source, for the tables that are given."""
        tables = ("leads", "reps", "history", "accounts", "absences")
        sources = {table: getattr(self, table) for table in tables}
        return {table: source for table, source in sources.items() if source}


def _a_width(value: Any) -> Any:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if value in (None, "auto") or (is_number and 0 <= value <= MOST_WIDTH):
        return float(value) if is_number else value
    raise PydanticCustomError(
        "width", f"expected auto, or log odds from 0 to {MOST_WIDTH:g}"
    )


class Objective(Section):
    """What the allocation makes as large as possible."""

    maximise: Unit = Field(
        "conversions",
        description="conversions: the sum of P(convert). revenue: of P(convert) times "
        "the value of the lead once won: a model of won_value where history has it, "
        "else the lead's own deal_value.",
    )
    tie_width: Annotated[float | Literal["auto"] | None, BeforeValidator(_a_width)] = (
        Field(
            None,
            description="Log odds: what reps add counts in steps of so much, so that "
            "leads are spread by load among equal reps; the run says what it costs. "
            "auto: twice the spread of reps that history could not have shown, where "
            "the model card cannot tell whether reps differ; else none.",
        )
    )


class Scoring(Section):
    """What the conversion model is fitted on."""

    keep: list[str] = Field(
        [],
        description="Columns of leads known to be filled when a lead is assigned, "
        "though they look like target leakage, or to be features, though they look "
        "like names, e-mail addresses, phone numbers, ids or free text.",
    )
    leave_out: list[str] = Field([], description="Columns not to use.")
    lost_after_days: int | None = Field(
        None,
        gt=0,
        description="Days after which a lead of history that is still open counts as "
        "lost. By default it never does.",
    )
    interaction_features: list[str] | None = Field(
        None,
        description="Columns of leads that may suit one rep better than another. By "
        "default those that tell reps apart.",
    )


class Solve(Section):
    """How the solver runs."""

    time_limit: float = Field(
        60,
        gt=0,
        description="Seconds, a number: for all that a command solves, together. "
        "Reading, training and writing come on top.",
    )
    effort: int | None = Field(
        None,
        gt=0,
        description="Work after which a day ends that is not proven, a whole number; "
        "the same run on any machine, if the time limit allows it. "
        "1 is little, 10 is much.",
    )
    two_level: bool = Field(
        False,
        description="Leads go to teams first, then to reps inside each team; the run "
        "says what that costs against deciding at once.",
    )
    rule_costs: bool = Field(
        True, description="Solve again without each rule, to say what it costs."
    )
    seed: int = Field(
        0,
        ge=0,
        lt=2**31,
        description="Breaks ties, together with as_of: the same seed and moment, the "
        "same run.",
    )


def _a_version(value: Any) -> Any:
    if type(value) is int:
        return value
    raise PydanticCustomError("version", "expected the whole number 1")


def _a_place(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if "://" in value or VARIABLE.search(value):
        if fault := url_fault(value):
            raise ValueError(fault)
    elif names_a_folder(value):
        raise PydanticCustomError("file", "expected a file, this names a folder")
    return value


class Scenario(Section, hide_input_in_errors=True):
    """One day's allocation as an analyst writes it."""

    version: Annotated[Literal[1], BeforeValidator(_a_version)] = Field(
        description="Version of the scenario format: 1."
    )
    name: Annotated[str, Field(min_length=1)] = Field(
        description="What reports call the scenario."
    )
    data: Data
    calendar: Calendar | None = Field(
        None,
        description="The company's time zone, working days and holidays; by default "
        "UTC, and every day is one.",
    )
    objective: Objective = Objective()
    rules: list[AnyRule] = Field(
        [], description="The rules that hold; hard unless they say soft."
    )
    scoring: Scoring = Scoring()
    solve: Solve = Solve()
    experiment: Experiment | None = Field(
        None, description="What is randomised, so that the allocation can be measured."
    )
    sla: Sla | None = Field(
        None, description="Service levels: within which time leads are answered."
    )
    morning: LeakLimits | None = Field(
        None, description="From where on `rightrep morning` says that something leaks."
    )
    sticky: Sticky | None = Field(
        None, description="Whose leads return to the rep who had them before."
    )
    ageing: Ageing | None = Field(
        None,
        description="How much less a lead counts the longer it waits; by default it "
        "counts the same.",
    )
    turns: Turns | None = Field(
        None, description="What takes a slot of a rep's day, and what gives one back."
    )
    open_weight: OpenWeight | None = Field(
        None, description="How much work that waits counts in a rep's open book."
    )
    duplicates: Duplicates | None = Field(
        None,
        description="Which leads are one and the same, and so have one owner; without "
        "it, leads that share an e-mail or phone are noted.",
    )
    ledger: Annotated[str, Field(min_length=1), BeforeValidator(_a_place)] | None = (
        Field(
            None,
            description="What runs remember, and are recorded in: an SQLite file, "
            "relative to the scenario, or a database's URL, such as ${LEDGER_URL}.",
        )
    )

    @model_validator(mode="after")
    def _has_a_ledger_to_read(self) -> Self:
        if self.data.history_from_ledger and self.ledger is None:
            raise ValueError(
                "data.history_from_ledger needs a ledger, such as `ledger: ledger.db`"
            )
        return self


_kinds_built = list(RULES.values())


def scenario_model() -> type[Scenario]:
    """Return the schema of scenario files, which knows every registered rule."""
    global _kinds_built
    kinds = list(RULES.values())
    if kinds != _kinds_built:
        Scenario.model_rebuild(force=True)
        _kinds_built = kinds
    return Scenario


_ENABLED = {
    "type": "boolean",
    "description": "false: the rule, or the base's of this name, is left out.",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file, for editors."""
    schema = scenario_model().model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "rightrep scenario"
    for part in schema["$defs"].values():
        if "strength" in part.get("properties", {}):
            part["properties"]["enabled"] = _ENABLED
    schema["properties"]["extends"] = {
        "type": "string",
        "description": "Another scenario file, or how a system's export is read, such "
        "as rightrep:salesforce; this one's values go over it, rules by "
        "name: `enabled: false` takes one out, and {add: [..], remove: [..]} in place "
        "of a list changes the base's.",
    }
    return schema

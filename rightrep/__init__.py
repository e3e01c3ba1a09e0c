"""The right rep for every lead: all that a researcher needs, in one import.

>>> import rightrep as rr
>>> world = rr.draw_world(rr.PRESETS["mild"], seed=0)

Names are loaded when they are used: importing this package loads no other library.
"""

TYPE_CHECKING = False
"""True for type checkers; `typing` is not imported, so that the command starts fast."""

if TYPE_CHECKING:
    from crm import CrmData, DataError, Source, read_crm
    from evaluation import (
        PRESETS,
        compare_policies,
        draw_world,
        policy_table,
        price_of_fairness,
        simulate,
    )
    from evaluation import fairness_of as fairness
    from reporting import plots
    from runs import allocate, backtest, evaluate, explain_run, prepare
    from scoring import ConversionModel, TrainedModel, load_model, save_model, train
    from solver import (
        Allocation,
        Day,
        Draft,
        Eligibility,
        Group,
        Limit,
        Policy,
        Problem,
        Result,
        Share,
        Solution,
        Violation,
        build_day,
        register_policy,
        register_rule,
        solve,
        violations,
    )
    from solver import explain_lead as explain
    from solver.rules import (
        AccountOwner,
        Capacity,
        Exclude,
        FairShare,
        Language,
        Lock,
        Lookup,
        MaxPerRep,
        MinPerRep,
        MustAssign,
        OneOwner,
        OnlyTo,
        PairRule,
        Performer,
        Product,
        Proximity,
        Qualify,
        Rule,
        RuleIssue,
        Seniority,
        Skill,
        Stability,
        Team,
        TeamQuota,
        Territory,
        Workload,
    )

_NAMES = {
    "crm": ["CrmData", "DataError", "Source", "read_crm"],
    "scoring": ["ConversionModel", "TrainedModel", "load_model", "save_model", "train"],
    "solver": [
        *["Allocation", "Day", "Draft", "Eligibility", "Group", "Limit", "Policy"],
        *["Problem", "Result", "Share", "Solution", "Violation"],
        *["build_day", "register_policy", "register_rule", "solve", "violations"],
    ],
    "solver.rules": [
        *["Rule", "PairRule", "RuleIssue", "Lookup"],
        *["AccountOwner", "Capacity", "Exclude", "FairShare"],
        *["Language", "Lock", "MaxPerRep", "MinPerRep", "MustAssign", "OneOwner"],
        *[
            "OnlyTo",
            "Performer",
            "Product",
            "Proximity",
            "Qualify",
            "Seniority",
            "Skill",
        ],
        *["Stability", "Team", "TeamQuota", "Territory", "Workload"],
    ],
    "evaluation": [
        *["PRESETS", "compare_policies", "draw_world", "policy_table"],
        *["price_of_fairness", "simulate"],
    ],
    "runs": ["allocate", "backtest", "evaluate", "explain_run", "prepare"],
}
_PLACE = {name: (room, name) for room, names in _NAMES.items() for name in names}
_PLACE |= {
    "explain": ("solver", "explain_lead"),
    "fairness": ("evaluation", "fairness_of"),
}
"""Name -> the module that has it, and what it is called there."""

_MODULES = {"plots": "reporting.plots"}

__all__ = [*_PLACE, *_MODULES]


def __getattr__(name: str) -> object:
    from rightrep.rooms import own_module

    if name == "rooms":
        return globals()[name]
    if name in _MODULES:
        value: object = own_module(_MODULES[name])
    elif name in _PLACE:
        module, attribute = _PLACE[name]
        value = getattr(own_module(module), attribute)
    else:
        raise AttributeError(f"module 'rightrep' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

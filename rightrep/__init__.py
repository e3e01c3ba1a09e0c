"""The right rep for every lead: all that a researcher needs, in one import.

>>> import rightrep as rr
>>> world = rr.draw_world(rr.PRESETS["mild"], seed=0)

Names are loaded when they are used: importing this package loads no other library.
"""

from typing import TYPE_CHECKING, Any

from rightrep import rooms

if TYPE_CHECKING:
    from crm import CrmData, DataError, read_crm
    from evaluation import (
        PRESETS,
        compare_policies,
        draw_world,
        policy_table,
        simulate,
    )
    from evaluation import fairness_of as fairness
    from runs import allocate, backtest, evaluate, explain_run, prepare
    from scoring import ConversionModel, TrainedModel, load_model, save_model, train
    from solver import (
        Day,
        Eligibility,
        Policy,
        Problem,
        Result,
        Solution,
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
        MaxPerRep,
        MinPerRep,
        MustAssign,
        OneOwner,
        PairRule,
        Performer,
        Product,
        Proximity,
        Qualify,
        Rule,
        Seniority,
        Skill,
        Stability,
        Team,
        TeamQuota,
        Territory,
        Workload,
    )

_NAMES = {
    "crm": ["CrmData", "DataError", "read_crm"],
    "scoring": ["ConversionModel", "TrainedModel", "load_model", "save_model", "train"],
    "solver": [
        *["Day", "Eligibility", "Policy", "Problem", "Result", "Solution"],
        *["build_day", "register_policy", "register_rule", "solve", "violations"],
    ],
    "solver.rules": [
        *["Rule", "PairRule", "AccountOwner", "Capacity", "Exclude", "FairShare"],
        *["Language", "Lock", "MaxPerRep", "MinPerRep", "MustAssign", "OneOwner"],
        *["Performer", "Product", "Proximity", "Qualify", "Seniority", "Skill"],
        *["Stability", "Team", "TeamQuota", "Territory", "Workload"],
    ],
    "evaluation": [
        *["PRESETS", "compare_policies", "draw_world", "policy_table", "simulate"],
    ],
    "runs": ["allocate", "backtest", "evaluate", "explain_run", "prepare"],
}
_PLACE = {name: (room, name) for room, names in _NAMES.items() for name in names}
_PLACE |= {
    "explain": ("solver", "explain_lead"),
    "fairness": ("evaluation", "fairness_of"),
}
"""Name -> the module that has it, and what it is called there."""

__all__ = list(_PLACE)


def __getattr__(name: str) -> Any:
    if name not in _PLACE:
        raise AttributeError(f"module 'rightrep' has no attribute {name!r}")
    module, attribute = _PLACE[name]
    found = getattr(rooms.own_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(_PLACE)

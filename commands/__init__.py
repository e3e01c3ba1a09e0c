"""The commands of ``rightrep``: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

from commands.company.crediting import credit
from commands.company.duplicates import contacts, different, duplicates, same
from commands.company.kpi import kpi
from commands.company.lead_life import lead
from commands.company.leaks import morning
from commands.company.ledger_care import ledger
from commands.company.outcomes import outcomes
from commands.company.overriding import override
from commands.company.reassigning import reassign
from commands.company.reps import rep
from commands.company.service_levels import sla
from commands.day.comparing import compare
from commands.day.daily_job import explain, run, verify
from commands.day.differences import diff
from commands.day.exporting import export
from commands.day.fair_distribution import fairness
from commands.day.recommending import recommend
from commands.day.sheets import sheet
from commands.day.whatif import whatif
from commands.model.measuring import backtest, evaluate
from commands.model.modelling import retrain, score, train
from commands.model.simulating import simulate
from commands.scenario.checking import check
from commands.scenario.rules import rules
from commands.scenario.setting_up import demo, init, schema
from commands.shell.completion import completion
from commands.shell.machine_check import doctor

COMMANDS = (
    demo,
    init,
    check,
    rules,
    train,
    retrain,
    score,
    run,
    verify,
    export,
    override,
    reassign,
    credit,
    rep,
    explain,
    diff,
    recommend,
    sheet,
    outcomes,
    compare,
    whatif,
    fairness,
    backtest,
    evaluate,
    simulate,
    sla,
    kpi,
    lead,
    morning,
    duplicates,
    same,
    different,
    contacts,
    ledger,
    schema,
    completion,
    doctor,
)

__all__ = ["COMMANDS"]

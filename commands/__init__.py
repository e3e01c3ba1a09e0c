"""The commands of ``rightrep``: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

from commands.checking import check
from commands.comparing import compare
from commands.completion import completion
from commands.crediting import credit
from commands.daily_job import explain, run, verify
from commands.differences import diff
from commands.duplicates import contacts, different, duplicates, same
from commands.exporting import export
from commands.fair_distribution import fairness
from commands.kpi import kpi
from commands.lead_life import lead
from commands.leaks import morning
from commands.ledger_care import ledger
from commands.machine_check import doctor
from commands.measuring import backtest, evaluate
from commands.modelling import retrain, score, train
from commands.outcomes import outcomes
from commands.overriding import override
from commands.reassigning import reassign
from commands.recommending import recommend
from commands.reps import rep
from commands.rules import rules
from commands.service_levels import sla
from commands.setting_up import demo, init, schema
from commands.sheets import sheet
from commands.simulating import simulate
from commands.whatif import whatif

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

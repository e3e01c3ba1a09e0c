"""The commands of ``rightrep``: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

from commands.comparing import compare
from commands.daily_job import explain, run, verify
from commands.duplicates import contacts, different, duplicates, same
from commands.exporting import export
from commands.fair_distribution import fairness
from commands.measuring import backtest, evaluate
from commands.modelling import score, train
from commands.setting_up import check, demo, init, schema
from commands.simulating import simulate

COMMANDS = (
    demo,
    init,
    check,
    train,
    score,
    run,
    verify,
    export,
    explain,
    compare,
    fairness,
    backtest,
    evaluate,
    simulate,
    duplicates,
    same,
    different,
    contacts,
    schema,
)

__all__ = ["COMMANDS"]

"""The commands of ``rightrep``: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

from commands.comparing import compare
from commands.crediting import credit
from commands.daily_job import explain, run, verify
from commands.exporting import export
from commands.fair_distribution import fairness
from commands.measuring import backtest, evaluate
from commands.modelling import score, train
from commands.overriding import override
from commands.reassigning import reassign
from commands.reps import rep
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
    override,
    reassign,
    credit,
    rep,
    explain,
    compare,
    fairness,
    backtest,
    evaluate,
    simulate,
    schema,
)

__all__ = ["COMMANDS"]

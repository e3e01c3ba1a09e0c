"""The commands of ``rightrep``: parse, call one function, print, exit code.

Rooms are imported inside the commands, so that `--help` is instant.
"""

from commands.comparing import compare
from commands.daily_job import explain, run, verify
from commands.modelling import score, train
from commands.setting_up import check, demo, init, schema

COMMANDS = (demo, init, check, train, score, run, verify, explain, compare, schema)

__all__ = ["COMMANDS"]

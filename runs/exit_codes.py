"""Exit codes of commands."""

from enum import IntEnum

from solver import Status


class ExitCode(IntEnum):
    """How a command ended that was not interrupted.

    LEFT_ALONE: some rows were not written, since others changed them. ATTENTION: the
    command did what it should, and found what a person has to look at.
    """

    SOLVED = 0
    INTERNAL = 1
    USAGE = 2
    BAD_INPUT = 3
    INFEASIBLE = 4
    OUT_OF_TIME = 5
    LEFT_ALONE = 6
    ATTENTION = 7


EXIT_CODE = {
    Status.OPTIMAL: ExitCode.SOLVED,
    Status.FEASIBLE: ExitCode.SOLVED,
    Status.INFEASIBLE: ExitCode.INFEASIBLE,
    Status.NO_SOLUTION: ExitCode.OUT_OF_TIME,
}
"""The exit code of each way a solve can end."""

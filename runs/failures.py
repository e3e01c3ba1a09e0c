"""Failures told to people: one block of text, and the exit code that goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm import DataError, Issue
from ledger import LedgerError
from reporting import FolderInUseError
from runs.exit_codes import ExitCode
from scoring import ModelFileError
from solver import PolicyError, ScalingError
from solver.registry import plugins
from solver.registry.plugins import PluginError


@dataclass(frozen=True)
class Failure:
    """Why a command failed.

    Attributes
    ----------
    exit_code
        For the shell.
    text
        What happened; empty where the issues say it.
    issues
        Everything found wrong with the input.
    """

    exit_code: ExitCode
    text: str = ""
    issues: Sequence[Issue] = ()


def failure(error: Exception) -> Failure:
    """Return what to tell people of an exception that ended a command."""
    if isinstance(error, DataError):
        return Failure(ExitCode.BAD_INPUT, issues=error.issues)
    if isinstance(error, ModelFileError | PluginError | PolicyError | ScalingError):
        return Failure(ExitCode.BAD_INPUT, f"error: {error}")
    if isinstance(error, FolderInUseError):
        return Failure(ExitCode.USAGE, f"error: {error}")
    if isinstance(error, LedgerError):
        return Failure(ExitCode.INTERNAL, f"error: {error}")
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return Failure(ExitCode.INTERNAL, f"error: {place}{error.strerror or error}")
    return _defect(error)


def _defect(error: Exception) -> Failure:
    """Return whose fault an exception is that nobody foresaw."""
    what = f"{type(error).__name__}: {error}"
    if place := plugins.place_in_plugin(error):
        return Failure(ExitCode.BAD_INPUT, f"error: {place}: {what}")
    whose = "of rightrep"
    if plugins.loaded:
        whose += f", or of a plug-in ({', '.join(plugins.loaded.values())})"
    return Failure(
        ExitCode.INTERNAL,
        f"internal error: {what}\n"
        f"This is a defect {whose}; `rightrep --debug COMMAND` shows where.",
    )

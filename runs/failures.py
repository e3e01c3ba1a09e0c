"""Failures of commands: one block of text, and the exit code."""

from collections.abc import Sequence
from dataclasses import dataclass

from crm import DataError, Issue
from ledger import LedgerError
from reporting import FolderInUseError
from runs.cluster.cluster_error import ClusterError
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
    """Return the failure that an exception stands for."""
    if isinstance(error, DataError):
        return Failure(ExitCode.BAD_INPUT, issues=error.issues)
    if isinstance(error, ModelFileError | PluginError | PolicyError | ScalingError):
        return Failure(ExitCode.BAD_INPUT, f"error: {error}")
    if isinstance(error, FolderInUseError):
        return Failure(ExitCode.USAGE, f"error: {error}")
    if isinstance(error, LedgerError | ClusterError):
        return Failure(ExitCode.INTERNAL, f"error: {error}")
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return Failure(ExitCode.INTERNAL, f"error: {place}{error.strerror or error}")
    return _defect(error)


def _defect(error: Exception) -> Failure:
    """Return the failure of an unforeseen exception, and whose defect it is."""
    message = f"{type(error).__name__}: {error}"
    if place := plugins.place_in_plugin(error):
        return Failure(ExitCode.BAD_INPUT, f"error: {place}: {message}")
    owner = "of rightrep"
    if plugins.loaded:
        owner += f", or of a plug-in ({', '.join(plugins.loaded.values())})"
    return Failure(
        ExitCode.INTERNAL,
        f"internal error: {message}\n"
        f"This is a defect {owner}; `rightrep --debug COMMAND` shows where.",
    )

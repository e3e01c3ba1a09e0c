"""Scenario files, and the daily job that runs them."""

from scenarios.demo import Demo, demo
from scenarios.distribution import Distribution, distribution_of
from scenarios.errors import ScenarioError
from scenarios.explaining import explain_run
from scenarios.failures import EXIT_CODE, ExitCode, Failure, failure
from scenarios.folder import json_text, run_files
from scenarios.measuring.backtesting import backtest
from scenarios.measuring.evaluating import evaluate
from scenarios.model_notes import leak_warnings
from scenarios.pipeline import CheckFailedError, allocate, find_model, prepare, score
from scenarios.recording import record
from scenarios.run import Prepared, Run, Scored
from scenarios.schema import Scenario, json_schema
from scenarios.scoring_parts import score_parts
from scenarios.starter import starter_files
from scenarios.summary import notes, summary
from scenarios.validation import ScenarioFile, read_scenario
from scenarios.verifying import Verdict, verify

__all__ = [
    "EXIT_CODE",
    "CheckFailedError",
    "Demo",
    "Distribution",
    "ExitCode",
    "Failure",
    "Prepared",
    "Run",
    "Scenario",
    "ScenarioError",
    "ScenarioFile",
    "Scored",
    "Verdict",
    "allocate",
    "backtest",
    "demo",
    "distribution_of",
    "evaluate",
    "explain_run",
    "failure",
    "find_model",
    "json_schema",
    "json_text",
    "leak_warnings",
    "notes",
    "prepare",
    "read_scenario",
    "record",
    "run_files",
    "score",
    "score_parts",
    "starter_files",
    "summary",
    "verify",
]

"""History day by day: train on the past, allocate that day's leads, estimate."""

from evaluation.backtest.measurement import MeasuredPolicy, measure
from evaluation.backtest.needs import experiments
from evaluation.backtest.past_days import PastDay, first_assignments, past_days
from evaluation.backtest.queues import Queues, queues_of
from evaluation.backtest.replay import Replay, replay
from evaluation.backtest.result import VALUE, Backtest, Need

__all__ = [
    "VALUE",
    "Backtest",
    "MeasuredPolicy",
    "Need",
    "PastDay",
    "Queues",
    "Replay",
    "experiments",
    "first_assignments",
    "measure",
    "past_days",
    "queues_of",
    "replay",
]

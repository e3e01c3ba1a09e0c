"""Random allocations of known probabilities, no rule broken in any draw."""

from solver.lottery.capped import capped_optimum
from solver.lottery.drawing_up import LotteryError, lottery_of, n_draws
from solver.lottery.lottery import CONTROL, OPTIMAL, SHARES, Draw, Lottery
from solver.lottery.marginals import Marginals
from solver.lottery.nesting import unnested_rules

__all__ = [
    "CONTROL",
    "OPTIMAL",
    "SHARES",
    "Draw",
    "Lottery",
    "LotteryError",
    "Marginals",
    "capped_optimum",
    "lottery_of",
    "n_draws",
    "unnested_rules",
]

"""What the rep adds to a lead's log odds: on every lead, and on leads like this."""

from scoring.reps.columns import MatchColumns, choose_columns
from scoring.reps.component import Component
from scoring.reps.finding import Answer, answer_of, finding_of
from scoring.reps.fitting import fit_rep_part
from scoring.reps.part import RepPart

__all__ = [
    "Answer",
    "Component",
    "MatchColumns",
    "RepPart",
    "answer_of",
    "choose_columns",
    "finding_of",
    "fit_rep_part",
]

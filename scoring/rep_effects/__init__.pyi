from .finding import Answer as Answer
from .finding import answer_of as answer_of
from .finding import finding_of as finding_of
from .fitting import fit_rep_part as fit_rep_part
from .interaction_columns import MatchColumns as MatchColumns
from .interaction_columns import choose_columns as choose_columns
from .rep_effects import RepPart as RepPart
from .variance_component import Component as Component

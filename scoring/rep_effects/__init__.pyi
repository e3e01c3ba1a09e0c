from .fitting import fit_rep_effects as fit_rep_effects
from .interaction_columns import InteractionColumns as InteractionColumns
from .interaction_columns import choose_columns as choose_columns
from .rep_effects import Answer as Answer
from .rep_effects import RepEffects as RepEffects
from .variance_component import SpreadTest as SpreadTest
from .variance_component import VarianceComponent as VarianceComponent
from .variance_component import WinRates as WinRates

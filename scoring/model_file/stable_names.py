"""The names by which a model file knows our value objects, wherever they live.

A name is never given to something else. A class whose fields change in name or
meaning gets the next version: files with the old one are refused and say so.
"""

from scoring.card.content import ModelCard
from scoring.card.parts import (
    MaturityFigures,
    RepFigure,
    RepFinding,
    Teaching,
    ValueFinding,
)
from scoring.censoring.delays import ClosingDelays
from scoring.censoring.weights import Maturity
from scoring.conversion_model import ConversionModel
from scoring.deal_value.contest import ValueContest
from scoring.deal_value.own import MeanValue, OwnValue
from scoring.deal_value.regression import ValueRegression
from scoring.deal_value.value import DealValue
from scoring.diagnostics.balance import Balance
from scoring.diagnostics.measures import Bin, Figures, Gain
from scoring.diagnostics.stratum import StratumBalance, ThinRep
from scoring.diagnostics.validation import Measures, Validation
from scoring.lead_features.features import Features
from scoring.lead_model.calibration import Calibration
from scoring.lead_model.lead_model import LeadPart
from scoring.lead_model.selection import Contest
from scoring.origins.finding import OriginFinding, RepOrigins
from scoring.rep_effects import Component, MatchColumns, RepPart
from scoring.rep_effects.significance import SpreadTest
from scoring.rep_effects.win_rates import WinRates
from scoring.training import TrainedModel

VALUE_OBJECTS: tuple[tuple[str, int, type], ...] = (
    ("balance", 1, Balance),
    ("calibration", 1, Calibration),
    ("censoring_figures", 1, MaturityFigures),
    ("censoring_weights", 1, Maturity),
    ("closing_delays", 1, ClosingDelays),
    ("conversion_model", 1, ConversionModel),
    ("deal_value", 1, DealValue),
    ("features", 1, Features),
    ("interaction_columns", 1, MatchColumns),
    ("lead_model", 1, LeadPart),
    ("low_overlap_rep", 1, ThinRep),
    ("mean_value", 1, MeanValue),
    ("model_card", 1, ModelCard),
    ("model_selection", 1, Contest),
    ("origin_finding", 1, OriginFinding),
    ("own_value", 1, OwnValue),
    ("reliability_bin", 1, Bin),
    ("rep_effects", 1, RepPart),
    ("rep_figure", 1, RepFigure),
    ("rep_finding", 1, RepFinding),
    ("rep_origins", 1, RepOrigins),
    ("spread_test", 1, SpreadTest),
    ("stratum_balance", 1, StratumBalance),
    ("trained_model", 1, TrainedModel),
    ("training_record", 1, Teaching),
    ("validation", 1, Validation),
    ("validation_figures", 1, Figures),
    ("validation_gain", 1, Gain),
    ("validation_measures", 1, Measures),
    ("value_finding", 1, ValueFinding),
    ("value_regression", 1, ValueRegression),
    ("value_selection", 1, ValueContest),
    ("variance_component", 1, Component),
    ("win_rates", 1, WinRates),
)
"""Name, version and class of every object of ours that a model may be made of."""

CLASSES = {name: kind for name, _, kind in VALUE_OBJECTS}
NAMES = {kind: name for name, kind in CLASSES.items()}
VERSIONS = {name: version for name, version, _ in VALUE_OBJECTS}

"""History in, calibrated P(convert given lead and rep) out."""

from scoring.card.content import ModelCard
from scoring.card.text import describe
from scoring.model import ConversionModel
from scoring.model_file import ModelFileError, load_model, save_model
from scoring.origins.given import given_conversion
from scoring.pair_scores import PairScores
from scoring.training import TrainedModel, train

__all__ = [
    "ConversionModel",
    "ModelCard",
    "ModelFileError",
    "PairScores",
    "TrainedModel",
    "describe",
    "given_conversion",
    "load_model",
    "save_model",
    "train",
]

"""Whether a model can score the day's leads."""

from pathlib import Path

from runs.job.prepared import Prepared
from scoring import ModelFileError, TrainedModel
from scoring.lead_features.compatibility import altered_columns, missing_columns


def check_columns(trained: TrainedModel, prepared: Prepared, file: Path) -> None:
    """Raise where the day's leads are not what the model was fitted on.

    Raises
    ------
    ModelFileError
        With every column that is missing or holds something else.
    """
    features, crm = trained.model.lead_model_.features, prepared.crm
    missing = missing_columns(features, crm.leads, crm.file_columns.get("leads", ()))
    altered = altered_columns(features, crm.leads)
    reasons = [f"leads lack {', '.join(missing)}"] if missing else []
    reasons += [f"{name} of the leads holds {what}" for name, what in altered.items()]
    if reasons:
        raise ModelFileError(
            f"{file}: was fitted on other columns: {'; '.join(reasons)}; train again, "
            "or map the columns in the scenario"
        )

"""A day in partitions, each of which can be read and scored by itself."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from crm.files import hash_of
from runs.job.scored import ScoredLeads, check_columns, scored_leads
from runs.partitioned.partitions import Partition, partitions_of
from runs.prepared.prepared import Prepared, prepared_of
from runs.prepared.saved_model import saved_model
from scenarios import ScenarioFile
from scoring import TrainedModel


@dataclass(frozen=True)
class PartitionedDay:
    """What every partition is read and scored by; travels between processes.

    Attributes
    ----------
    file
        The scenario.
    folder
        The folder that its tables' names are relative to.
    model
        File of the trained model.
    """

    file: ScenarioFile
    folder: Path
    model: Path

    @property
    def trained(self) -> TrainedModel:
        """The trained model."""
        return _model(self.model, self.model.stat().st_mtime_ns)

    @cached_property
    def origin(self) -> dict[str, str]:
        """What the day is made of: input -> hash of its content."""
        sources = self.file.scenario.data.sources.items()
        tables = {
            name: hash_of(self.folder / source.file)
            for name, source in sources
            if source.file
        }
        scenario = self.file.scenario.model_dump_json()
        return {
            **tables,
            "scenario": sha256(scenario.encode()).hexdigest(),
            "model": hash_of(self.model),
            "version": version("rightrep"),
        }

    @property
    def scored_reps(self) -> ScoredLeads:
        """The reps with what they add to scores, beside the first lead."""
        first = partitions_of(self.file, self.folder, 1)[0]
        return scored_leads(self.prepared(first), self.trained)

    def prepared(self, partition: Partition) -> Prepared:
        """Return the leads of a partition with the day's other tables, checked.

        Raises
        ------
        DataError, ScenarioError, ModelFileError
            With everything found wrong.
        """
        own = partition.of(self.file)
        prepared = prepared_of(own, self.folder, trained=self.trained)
        check_columns(self.trained, prepared, self.model)
        return prepared


@lru_cache(maxsize=1)
def _model(path: Path, changed: int) -> TrainedModel:
    """Return a model, read once in each process."""
    return saved_model(path)

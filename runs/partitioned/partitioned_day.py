"""A day in partitions, each of which can be read and scored by itself."""

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from crm.files import hash_of
from crm.formats.parquet_rows import Stretch
from runs.job.scored import ScoredLeads, check_columns, scored_leads
from runs.partitioned.partitions import SIZE, Partition, partitions_of
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
    size
        Leads of a partition.
    """

    file: ScenarioFile
    folder: Path
    model: Path
    size: int = SIZE

    def everywhere(self) -> "PartitionedDay":
        """Return the same day by paths that are right in any working folder."""
        return replace(self, folder=self.folder.absolute(), model=self.model.absolute())

    @cached_property
    def partitions(self) -> tuple[Partition, ...]:
        """Its partitions, in the order of their rows."""
        return partitions_of(self.file, self.folder, self.size)

    @property
    def trained(self) -> TrainedModel:
        """The trained model."""
        return _model(self.model, self.model.stat().st_mtime_ns)

    @cached_property
    def inputs(self) -> dict[str, dict[str, str]]:
        """Each file that the day is made of, with its hash."""
        sources = self.file.scenario.data.sources
        return {
            name: {
                "file": (sources[name].file or "") if name in sources else path.name,
                "sha256": hash_of(path),
            }
            for name, path in self.paths.items()
        }

    @property
    def paths(self) -> dict[str, Path]:
        """Each table but the history, the scenario and the model -> its file."""
        sources = self.file.scenario.data.sources.items()
        files = {name: source.file for name, source in sources if name != "history"}
        tables = {name: self.folder / file for name, file in files.items() if file}
        return {**tables, "scenario": self.file.path, "model": self.model}

    @property
    def read_by_partition(self) -> list[Path]:
        """What each partition is read from: the tables and the model."""
        return [path for name, path in self.paths.items() if name != "scenario"]

    @property
    def origin(self) -> dict[str, str]:
        """What tells the day from all others: of each part of it the hash."""
        hashes = {name: entry["sha256"] for name, entry in self.inputs.items()}
        said = self.file.scenario.model_dump_json().encode()
        return {
            **hashes,
            "scenario": sha256(said).hexdigest(),
            "rightrep": version("rightrep"),
        }

    @cached_property
    def scored_reps(self) -> ScoredLeads:
        """The reps with what they add to scores, beside the first lead."""
        first = self.partitions[0].rows.first
        one = Partition(0, Stretch(first, first))
        return scored_leads(self.prepared(one), self.trained)

    def prepared(self, partition: Partition) -> Prepared:
        """Return the leads of a partition with the day's other tables, checked.

        Raises
        ------
        DataError, ScenarioError, ModelFileError
            With everything found wrong.
        """
        own = partition.of(self.file)
        prepared = prepared_of(
            own, self.folder, trained=self.trained, with_rows=("reps",)
        )
        check_columns(self.trained, prepared, self.model)
        return prepared


@lru_cache(maxsize=1)
def _model(path: Path, changed: int) -> TrainedModel:
    """Return a model, read once in each process."""
    return saved_model(path)

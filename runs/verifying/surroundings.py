"""What the manifest states of the run's surroundings: files read, versions, times."""

import re
from collections.abc import Iterator

from runs.folder.manifest import LIBRARIES, InputFile
from runs.prepared.stages import STAGES
from runs.verifying.audit import Audit
from runs.verifying.linked_inputs import read_sources

DAY = 86_400.0
DIGEST = re.compile("[0-9a-f]{64}")


def surrounding_problems(audit: Audit) -> Iterator[str]:
    """Yield a sentence for each field that no run could have written.

    The files that a run has read are not in its folder, nor is its clock: what is
    stated of them can only be held against the scenario and against its own form.
    """
    yield from _input_problems(audit)
    manifest = audit.run.manifest
    names = {"python", *LIBRARIES}
    if manifest.versions.keys() != names:
        yield f"the manifest has versions of other packages than {', '.join(names)}"
    for name, version in manifest.versions.items():
        if not version[:1].isdigit():
            yield f"the manifest says version {version!r} of {name}"
    for stage, seconds in manifest.timings.items():
        if stage not in STAGES or not 0 <= seconds < DAY:
            yield f"the manifest says that {stage} took {seconds} seconds"


def _input_problems(audit: Audit) -> Iterator[str]:
    """Yield the files read that the scenario does not name, and the other way round."""
    inputs = audit.run.manifest.inputs
    sources = audit.run.file.scenario.data.sources
    for name in sorted({*read_sources(audit.run), "scenario"} - inputs.keys()):
        yield f"the manifest names no file for {name}, which the run has read"
    for name in sorted(inputs.keys() - {*sources, "scenario", "model"}):
        yield f"the manifest names a file for {name}, which the scenario does not"
    for name, read in inputs.items():
        said = read.file if isinstance(read, InputFile) else read.sql
        if name in sources and said != (sources[name].file or sources[name].sql):
            given = sources[name].file or sources[name].sql
            yield f"the manifest says {name} was {said}, not {given}"
        if not DIGEST.fullmatch(read.sha256):
            yield f"the manifest's sha256 of {name} is none"

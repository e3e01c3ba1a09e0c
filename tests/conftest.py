"""What many tests use and is dear to make: made once, by the first process to ask."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from pickle import dumps
from pkgutil import resolve_name

# Hundreds of processes start here: what they import is compiled once, beside the code
# or, where Python is told to write nothing there, in the folder of pytest's own cache.
if sys.dont_write_bytecode:
    BYTECODE = Path(__file__).parents[1] / ".pytest_cache" / "bytecode"
    sys.pycache_prefix = sys.pycache_prefix or str(BYTECODE)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False

# Test processes share the cores: threads beside them would only wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from click.testing import CliRunner
from filelock import FileLock
from hypothesis import settings

import runs
from cli import main
from tests.memory import use_memory
from tests.postgres import Postgres
from tests.small_company import write_company

if "PYTEST_XDIST_WORKER" in os.environ:
    # The workers share the cores: threads of each would wait for the others'.
    os.environ["OMP_NUM_THREADS"] = "1"

# Most of what a test makes is gone with it; a tenth of the time went into looking.
gc.set_threshold(50_000, 20, 50)

# How long an example takes tells of the machine, not of what is tested.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")

ONCE: dict[str, Callable[..., object]] = {
    "reporting.page.report.model_section.model_section": repr,
    "scoring.load_model": Path.read_bytes,
}
"""Functions that return the same for the same, and what tells that it is the same."""
FITTED: dict[str, Callable[..., object]] = {
    f"scoring.conversion.fitting.{name}": lambda *args, **named: content_of(args, named)
    for name in ("fit_lead_model", "held_out_logits", "fit_rep_effects")
}
"""What training a model consists of, and the content of all that it is given."""
Shared = Callable[[str, Callable[[Path], None]], Path]


def pytest_configure() -> None:
    """Heed signals that our starter ignores, as a shell in the background does.

    Thousands of files are synchronised and deleted: in memory nothing waits for that.
    """
    use_memory()
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over all that imports and collecting made."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Return a function: a name, what fills a folder -> the folder, filled once.

    All processes of a test run see the same folder; no test writes there.
    """
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        path, filled = base / f"shared-{name}", base / f"shared-{name}.filled"
        with FileLock(base / f"shared-{name}.lock"):
            if not filled.exists():
                path.mkdir()
                fill(path)
                filled.touch()
        return path

    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Return a PostgreSQL of our own, removed at the end; skips where there is none."""
    cluster = Postgres.started()
    yield cluster
    cluster.remove()


@pytest.fixture(scope="session")
def small(shared: Shared) -> Path:
    """Return the small company's folder, with its model and a run."""
    return shared("small", fill_small)


@pytest.fixture
def company(small: Path, tmp_path: Path) -> Path:
    """Return a copy of the small company, with its model and a run, to be changed."""
    return Path(shutil.copytree(small, tmp_path / "company"))


@pytest.fixture(scope="session")
def demo(shared: Shared) -> Path:
    """Return a folder with the demo, its model, and what the commands printed."""
    return shared("demo", fill_demo)


@pytest.fixture(scope="session")
def results() -> dict[tuple[str, object], object]:
    """What functions in `ONCE` returned, by function and by what was given."""
    return {}


@pytest.fixture
def nothing_twice(
    results: dict[tuple[str, object], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let runs share the models they load and the pictures they draw, where alike."""
    for name, key_of in ONCE.items():
        monkeypatch.setattr(name, once(name, key_of, results))


@pytest.fixture
def nothing_fitted_twice(
    results: dict[tuple[str, object], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let runs that train on the same rows share what is fitted on them."""
    for name, key_of in FITTED.items():
        monkeypatch.setattr(name, once(name, key_of, results))


def once(
    name: str, key_of: Callable[..., object], results: dict[tuple[str, object], object]
) -> Callable[..., object]:
    """Return a function that calls another once for each key of its arguments."""
    function = resolve_name(name)

    def known(*given: object, **named: object) -> object:
        key = name, key_of(*given, **named)
        if key not in results:
            results[key] = function(*given, **named)
        return results[key]

    return known


def content_of(*given: object) -> bytes:
    """Return a digest: another for other content, nearly always the same for the same.

    It can miss what was fitted before, and never takes one content for another.
    """
    return sha256(dumps(given)).digest()


def fill_small(folder: Path) -> None:
    """Write daily.yaml and its tables, daily.model, and run/."""
    write_company(folder)
    scenario, model = folder / "daily.yaml", folder / "daily.model"
    printed("train", scenario, "--model", model)
    printed("run", scenario, "--model", model, "--out", folder / "run")


def fill_demo(folder: Path) -> None:
    """Write demo/ with demo.txt and demo.json, demo.model with train.txt and a page.

    It is made once, and so is its model: the demo has trained it on its own history.
    """
    scenario = folder / "demo" / "company" / "demo.yaml"
    options = "--model", folder / "demo.model", "--card", folder / "card.html"
    with pytest.MonkeyPatch.context() as patch:
        made = cache(lambda: runs.demo.make_demo())
        patch.setattr(runs, "make_demo", lambda *_: made())
        (folder / "demo.txt").write_text(printed("demo", "--out", folder / "demo"))
        again = printed("demo", "--out", folder / "demo", "--json")
        patch.setattr("scoring.train", lambda *_: made().run.scored.trained)
        trained = printed("train", scenario, *options)
    (folder / "demo.json").write_text(again)
    (folder / "train.txt").write_text(trained)


def printed(*arguments: object) -> str:
    """Return what a command prints that succeeds."""
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert done.exit_code == 0, (arguments, done.output)
    return str(done.stdout)

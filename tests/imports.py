"""Who imports whom, read from the source: by file, by folder and by room."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
ORDER = ("crm", "scoring", "solver", "evaluation", "reporting", "scenarios", "runs")
ROOMS = (*ORDER, "ledger", "commands", "rightrep")
FILES = [
    ROOT / "cli.py",
    *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))),
]


def room_of(file: Path) -> str:
    """Return the room that a file is in."""
    return file.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def tree_of(file: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def imported_modules(file: Path) -> Iterator[str]:
    """Yield the modules of ours that a file imports, lazy rooms seen through."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and is_ours(node.module):
            yield from (home_of(node.module, alias.name) for alias in node.names)


def is_ours(module: str) -> bool:
    """Tell whether a dotted name is that of a module of ours."""
    return module.partition(".")[0] in {*ROOMS, "cli"}


def home_of(module: str, name: str) -> str:
    """Return the module that defines what is imported from a package."""
    path = ROOT.joinpath(*module.split("."))
    if (path / name).is_dir() or (path / f"{name}.py").is_file():
        return f"{module}.{name}"
    home = stub_of(path).get(name)
    return module if home is None else home_of(f"{module}{home}", name)


@cache
def stub_of(package: Path) -> dict[str, str]:
    """Return name -> module, relative to the package, of a lazy package's stub."""
    stub = package / "__init__.pyi"
    if not stub.is_file():
        return {}
    return {
        alias.asname or alias.name: f".{node.module}"
        for node in ast.parse(stub.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def folder_of(module: str) -> str:
    """Return the folder of a module, with dots."""
    path = ROOT.joinpath(*module.split("."))
    return module if path.is_dir() else module.rpartition(".")[0] or module


def folder_imports() -> dict[str, set[str]]:
    """Return folder -> the folders that its files import, itself left out."""
    imports: defaultdict[str, set[str]] = defaultdict(set)
    for file in FILES:
        folder = ".".join(file.relative_to(ROOT).parent.parts) or "cli"
        imports[folder] |= {folder_of(module) for module in imported_modules(file)}
        imports[folder].discard(folder)
    return dict(imports)


def defined_classes(file: Path) -> list[str]:
    """Return the names of a file's public classes."""
    return [
        node.name
        for node in tree_of(file).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]

"""References in docstrings lead to the names under which `rightrep` offers things."""

import sys
from functools import cache
from inspect import isclass
from pydoc import locate
from typing import Any

from docutils import nodes
from pydantic import BaseModel
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import rightrep
from rightrep.rooms import ROOMS


def _own_name(name: str) -> str:
    """Return what a public thing is called where it is defined."""
    return getattr(getattr(rightrep, name), "__name__", name)


PUBLIC = {_own_name(name): name for name in rightrep.__all__}
"""What a thing is called where it is defined -> its public name."""


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.Element | None:
    """Return a link to the public name, or the words alone of what is not public."""
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"].lstrip(".")
    name = PUBLIC.get(target.rpartition(".")[2])
    place = f"rightrep.{name}"
    if name is None or place == target:
        return content if is_there(target) else None
    domain = env.domains.python_domain
    return domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", place, node, content
    )


def is_there(target: str) -> bool:
    """Whether a reference is to something that exists, if not publicly."""
    return locate(target) is not None or target.rpartition(".")[2] in _own_names()


@cache
def _own_names() -> frozenset[str]:
    """Return the names of all modules of ours, of what is in them, and of members."""
    modules = [m for name, m in sys.modules.items() if name.split(".")[0] in ROOMS]
    classes = [thing for m in modules for thing in vars(m).values() if isclass(thing)]
    names = {name for thing in (*modules, *classes) for name in dir(thing)}
    return frozenset(names | {m.__name__.rpartition(".")[2] for m in modules})


def sign_keys(
    _app: Sphinx, _what: str, _name: str, thing: Any, *_: Any
) -> tuple[str, str] | None:
    """Return a short signature of what is written in scenarios: its keys are there."""
    if isclass(thing) and issubclass(thing, BaseModel):
        return "(**keys)", ""
    return None


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at references that nothing else resolves, and at long signatures."""
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-signature", sign_keys)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

"""References in docstrings lead to the names under which `rightrep` offers things."""

import inspect
from typing import Any

from docutils import nodes
from pydantic import BaseModel
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import rightrep


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
    name = PUBLIC.get(node["reftarget"].rpartition(".")[2])
    place = f"rightrep.{name}"
    if name is None or place == node["reftarget"]:
        return content
    domain = env.domains.python_domain
    return domain.resolve_xref(
        env, node["refdoc"], app.builder, "obj", place, node, content
    )


def sign_keys(
    _app: Sphinx, _what: str, _name: str, thing: Any, *_: Any
) -> tuple[str, str] | None:
    """Return a short signature of what is written in scenarios: its keys are there."""
    if inspect.isclass(thing) and issubclass(thing, BaseModel):
        return "(**keys)", ""
    return None


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at references that nothing else resolves, and at long signatures."""
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-signature", sign_keys)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

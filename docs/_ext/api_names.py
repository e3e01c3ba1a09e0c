"""References in docstrings lead to the names under which `rightrep` offers things."""

import inspect
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import rightrep


def _path(thing: object) -> str:
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', '')}"


PUBLIC = {_path(getattr(rightrep, name)): name for name in rightrep.__all__}
"""Where a thing is defined -> its public name."""
SHORT = {
    getattr(getattr(rightrep, name), "__name__", name): name for name in PUBLIC.values()
}
"""Its own name -> its public name."""


def resolve(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.Element | None:
    """Return a link to the public name, or the words alone of what is not public."""
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    owner, _, member = target.rpartition(".")
    for name in (PUBLIC.get(target), SHORT.get(target.rpartition(".")[2])):
        if name and name != target:
            domain = env.domains.python_domain
            return domain.resolve_xref(
                env,
                node["refdoc"],
                app.builder,
                "obj",
                f"rightrep.{name}",
                node,
                content,
            )
    return content


def sign_rule(
    app: Sphinx,
    what: str,
    name: str,
    obj: Any,
    options: Any,
    signature: str,
    returned: str,
) -> tuple[str, str] | None:
    """Return a short signature of rules, whose keys are in the scenario reference."""
    if inspect.isclass(obj) and issubclass(obj, rightrep.Rule):
        return "(**keys)", ""
    return None


def setup(app: Sphinx) -> dict[str, bool]:
    """Look at references that nothing else resolves, and at signatures of rules."""
    app.connect("missing-reference", resolve)
    app.connect("autodoc-process-signature", sign_rule)
    return {"parallel_read_safe": True, "parallel_write_safe": True}

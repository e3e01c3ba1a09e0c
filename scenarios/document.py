"""A scenario file as plain values with their file and line."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crm import ALL_TABLES, Excerpt
from crm.database_url import VARIABLE, rebased_url

Key = str | int


@dataclass(frozen=True)
class Spot:
    """A part of a line of a file.

    Attributes
    ----------
    line
        Its line, counted from 1.
    excerpt
        The text of the line, and the part.
    """

    line: int
    excerpt: Excerpt


@dataclass(frozen=True)
class Node:
    """A value of a YAML file, and where it stands.

    Attributes
    ----------
    content
        A dict of nodes, a list of nodes, or a scalar.
    file
        The file, as the user named it.
    line
        Its line, counted from 1; for an entry of a mapping, the line of its key; None
        for what stands in no file.
    key, value
        Where its key and its value stand; an entry of a list has no key.
    """

    content: Any
    file: str
    line: int | None
    key: Spot | None = None
    value: Spot | None = None

    @property
    def spot(self) -> Spot | None:
        """What is meant by the node: a scalar itself, else its key."""
        is_scalar = not isinstance(self.content, dict | list)
        return self.value if is_scalar else self.key or self.value

    @property
    def excerpt(self) -> Excerpt | None:
        """The line of what is meant."""
        return None if self.spot is None else self.spot.excerpt

    def plain(self) -> Any:
        """Return the value without file and line."""
        if isinstance(self.content, dict):
            return {key: node.plain() for key, node in self.content.items()}
        if isinstance(self.content, list):
            return [node.plain() for node in self.content]
        return self.content

    def at(self, *keys: Key) -> "Node":
        """Return the node at the end of the keys, or the last one on the way.

        Keys that are not there are skipped, since a validator's path also names
        the alternatives it tried.
        """
        node = self
        for key in keys:
            node = node._child(key) or node
        return node

    def known_keys(self, *keys: Key) -> tuple[Key, ...]:
        """Return those of the keys that :meth:`at` does not skip."""
        known: list[Key] = []
        node = self
        for key in keys:
            if child := node._child(key):
                node = child
                known.append(key)
        return tuple(known)

    def walk(self) -> Iterator["Node"]:
        """Yield the node and all below it."""
        yield self
        if isinstance(self.content, dict):
            for node in self.content.values():
                yield from node.walk()
        elif isinstance(self.content, list):
            for node in self.content:
                yield from node.walk()

    @property
    def text(self) -> str | None:
        """The scalar as text, None where it is empty or no scalar."""
        if self.content is None or isinstance(self.content, dict | list):
            return None
        return str(self.content)

    def get(self, key: str) -> Any:
        """Return the plain value of a mapping's key, None where it is not there."""
        child = self._child(key)
        return None if child is None else child.plain()

    def _child(self, key: Key) -> "Node | None":
        if isinstance(self.content, dict):
            return self.content.get(key)
        if isinstance(self.content, list) and isinstance(key, int):
            return self.content[key] if key < len(self.content) else None
        return None


def rebase_files(data: Node, folder: Path, home: Path) -> Node:
    """Return the data section with file names relative to `home`, not `folder`."""
    if folder == home or not isinstance(data.content, dict):
        return data

    def rebased(node: Node) -> Node:
        if not isinstance(node.content, dict):
            return rebase_file(node, folder, home)
        moved = {
            key: rebase(node.content[key], folder, home)
            for key, rebase in {"file": rebase_file, "url": _rebase_url}.items()
            if key in node.content
        }
        return replace(node, content=node.content | moved)

    moved = {k: rebased(n) for k, n in data.content.items() if k in ALL_TABLES}
    return replace(data, content=data.content | moved)


def rebase_file(name: Node, folder: Path, home: Path) -> Node:
    """Return a file name relative to `home`, not `folder`; anything else as it is."""
    if folder == home or not isinstance(name.content, str):
        return name
    if "://" in name.content or VARIABLE.search(name.content):
        return name
    path = os.path.relpath(folder / name.content, home)
    return replace(name, content=Path(path).as_posix())


def _rebase_url(url: Node, folder: Path, home: Path) -> Node:
    if not isinstance(url.content, str):
        return url
    return replace(url, content=rebased_url(url.content, folder, home))

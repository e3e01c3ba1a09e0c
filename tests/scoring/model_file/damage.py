"""Model files as an attacker would forge them: well sealed, and wrong somewhere."""

import copy
import hashlib

import numpy as np

from scoring.model_file.container import (
    FORMAT,
    NAME,
    model_bytes,
    opened,
    packed,
    stated_versions,
    unpacked,
)

STRANGE = [
    None,
    True,
    -1,
    10**12,
    0.5,
    float("nan"),
    "strange",
    [],
    {},
    {"is": "tuple"},
]


def contents(path):
    """The versions, the tree and the arrays of a file."""
    with opened(path) as file:
        return stated_versions(file), *unpacked(file)


def forged(path, versions, tree, arrays):
    """Write a file whose checksum is right, whatever it holds."""
    path.write_bytes(model_bytes(versions, packed(tree, arrays)))


def sealed(body):
    """A first line that vouches for what follows, and what follows."""
    digest = hashlib.sha256(body).hexdigest()
    return f"{NAME} {FORMAT} {digest}\n".encode() + body


def places(node, way=()):
    """Every way from the root of a tree to one of its nodes."""
    yield way
    if isinstance(node, dict | list):
        inner = node.items() if isinstance(node, dict) else enumerate(node)
        for key, part in inner:
            yield from places(part, (*way, key))


def node_at(tree, way):
    """The node of a tree to which a way leads."""
    for key in way:
        tree = tree[key]
    return tree


def replaced(tree, way, strange):
    """A copy of the tree with something else at one place."""
    if not way:
        return strange
    tree = copy.deepcopy(tree)
    node_at(tree, way[:-1])[way[-1]] = strange
    return tree


def damaged(array):
    """Arrays that stand where this one should, and are wrong."""
    yield array[:-1] if array.ndim else array.reshape(1)
    yield array[..., None]
    yield array.ravel()[:0]
    yield np.full(array.shape, "strange")
    if array.dtype.kind == "f":
        yield np.full_like(array, np.nan)
        yield array.astype(np.float32)
    elif array.dtype.kind in "iu":
        yield np.full_like(array, np.iinfo(array.dtype).max)
        yield array.astype(float)
    elif array.dtype.names:
        for name in array.dtype.names:
            yield with_field(array, name)


def with_field(array, name):
    """The records with the largest number there is in one of their fields."""
    array = array.copy()
    array[name] = (
        np.nan if array[name].dtype.kind == "f" else np.iinfo(array[name].dtype).max
    )
    return array

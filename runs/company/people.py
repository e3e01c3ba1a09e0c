"""Who does something: a person at a terminal, or a scheduler's user."""

import getpass
import os

USER = "RIGHTREP_USER"
"""Variable of the environment that names who acts, in place of the login."""


def actor() -> str:
    """Return the name of who acts; of nobody known: ``unknown``."""
    if named := os.environ.get(USER, "").strip():
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"

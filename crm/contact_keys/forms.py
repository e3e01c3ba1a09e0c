"""Texts without what no eye tells apart: case, form of letters, unseen characters."""

from crm.characters import alike

MOST_ROUNDS = 4
"""Some letters take more than one round until nothing changes."""


def folded(text: str) -> str:
    """Return a text that stays as it is when it is folded again."""
    for _ in range(MOST_ROUNDS):
        once = alike(text)
        if once == text:
            break
        text = once
    return text

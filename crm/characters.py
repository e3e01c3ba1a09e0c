"""Characters that nobody sees: removed from cells, and shown where they would act."""

import re
from collections.abc import Iterable
from unicodedata import normalize

_FORMATS = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
    "\U000e01f0-\U000e0fff"
)
_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_JOINERS = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u200c\u200d\u2800\u3164"
    f"\uffa0{_VARIANTS}"
)
"""What shows nothing by itself, but belongs into some scripts and emoji."""

INVISIBLE = re.compile(f"[{_CONTROLS}{_FORMATS}]")
"""Control and format characters that no cell needs; white space is none of them."""
_STRAY_JOINER = re.compile(
    f"(?<![^\x00-\x7f])[{_JOINERS}]+|(?![{_VARIANTS}])[{_JOINERS}]+(?![^\x00-\x7f])"
)
_UNSEEN = re.compile(f"[{_CONTROLS}{_FORMATS}{_JOINERS}]")
_ACTING = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_FORMATS}]")
_BREAKS = re.compile("[\t\n]")


def cleaned(text: str) -> str:
    """Return the text as it looks: composed (NFC), without characters nobody sees.

    White space of any kind and length becomes one space, and none at the ends.
    Joiners stay between letters of scripts that need them.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    shown = _STRAY_JOINER.sub("", INVISIBLE.sub("", text))
    return normalize("NFC", " ".join(shown.split()))


def are_plain(texts: Iterable[str]) -> bool:
    """Tell whether all texts are as they look, by their letters alone, as most are."""
    joined = "|".join(texts)
    padded = f"|{joined}|"
    return (
        joined.isascii()
        and joined.isprintable()
        and not any(space in padded for space in ("  ", " |", "| "))
    )


def seen(text: str) -> str:
    """Return the text without joiners, too, as an id has to be."""
    return text if text.isascii() else cleaned(_UNSEEN.sub("", text))


def invisible(text: str) -> list[str]:
    """Return the characters that nobody sees, as ``U+200B``, each once."""
    removed = [*INVISIBLE.findall(text), *"".join(_STRAY_JOINER.findall(text))]
    return [f"U+{ord(character):04X}" for character in dict.fromkeys(removed)]


def look(text: str) -> str:
    """Return what is equal for texts that are the same to the eye."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join(normalize("NFKC", _UNSEEN.sub("", text)).split())


def alike(text: str) -> str:
    """Return what is equal for texts that differ in case or form of letters only."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()).lower()
    return normalize("NFKC", look(text).casefold())


def alike_keys(texts: Iterable[str]) -> list[str]:
    """Return what :func:`alike` returns of each text, all at once where they are plain.

    Those have no line break that could be taken for one between them.
    """
    texts = list(texts)
    if not texts or not are_plain(texts):
        return list(map(alike, texts))
    return "\n".join(texts).lower().split("\n")


def visible(text: str) -> str:
    r"""Return the text with what acts on a terminal or a page written as ``\x1b``.

    Line breaks and tabs stay.
    """
    return _ACTING.sub(_escaped, text)


def one_line(text: str) -> str:
    r"""Return the visible text on one line, with ``\n`` for a line break."""
    return _BREAKS.sub(_escaped, visible(text))


def _escaped(character: re.Match[str]) -> str:
    return character[0].encode("unicode_escape").decode("ascii")

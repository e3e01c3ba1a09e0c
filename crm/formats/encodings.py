"""Encodings of text: decoded as said, and which one would fit where none is said."""

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from crm.issues import DataError, Issue, shorten

UTF8 = "utf-8"
_CANDIDATES = ("cp1252", "mac_roman", "cp850", "cp1250", "cp1251")
_USUAL = frozenset(
    "äöüÄÖÜßéèêëàâáãåæçñíìîïóòôõøœúùûýÿÉÈÀÁÅÆÇÑÓØŒÚ€£§°„«»…·½²ąćęłńśźżčďěňřšťůž"
    "ĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽ"
    "\u2013\u2014\u2018\u2019\u201c\u201d"
    "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЭЮЯ"
)
"""Letters and signs that people write; in a wrong reading others are among them."""
_WORD = re.compile(r"[^\s,;|\"]*[^\x00-\x7f\s,;|\"][^\s,;|\"]*")


def decoded(content: bytes, file: str, encoding: str) -> str:
    """Return the text of the bytes.

    Raises
    ------
    DataError
        If they are not of that encoding, or are UTF-8 where another one is said.
    """
    if not _is(encoding, UTF8) and not content.isascii():
        _refuse_utf8(content, file, encoding)
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        row = content.count(b"\n", 0, problem.start) + 1
        message = f"byte 0x{content[problem.start]:02X} is not {encoding}"
        fit = fitting(content[problem.start - 50 : problem.start + 50], encoding)
        issue = Issue(file, message + fit.told, row, mended_by=fit.keys)
        raise DataError([issue]) from None


def _refuse_utf8(content: bytes, file: str, encoding: str) -> None:
    try:
        right = content.decode(UTF8)
    except UnicodeDecodeError:
        return
    if "\0" in right:
        return
    word = _WORD.search(right)
    example = shorten(word[0] if word else "")
    wrong = example.encode().decode(encoding, errors="replace")
    message = (
        f"`encoding` says {encoding}, the file is UTF-8: {example!r} would be read as "
        f"{wrong!r}; leave `encoding` out"
    )
    raise DataError([Issue(file, message)])


def refuse_other(file: str, encoding: str, marked: str) -> None:
    """Raise where the source says another encoding than the file's own mark."""
    if _is(encoding, marked) or codecs.lookup(encoding).name == marked[:6]:
        return
    message = f"`encoding` says {encoding}, the file's byte order mark {marked}; leave "
    raise DataError([Issue(file, f"{message}`encoding` out")])


def _is(encoding: str, name: str) -> bool:
    return codecs.lookup(encoding).name in (name, f"{name}-sig")


@dataclass(frozen=True)
class Fitting:
    """An encoding that bytes may be of.

    Attributes
    ----------
    name
        The encoding, "" where none fits.
    told
        The key that says so, with an example.
    """

    name: str
    told: str

    @property
    def keys(self) -> dict[str, str | int]:
        """The key of the source, none where no encoding fits."""
        return {"encoding": self.name} if self.name else {}


def fitting(around: bytes, refused: str = UTF8) -> Fitting:
    """Return the encoding which fits these bytes, with an example.

    Parameters
    ----------
    around
        The bytes that are not of the encoding `refused`, with others around them.
    refused
        The encoding that they are not of.
    """
    texts = {}
    for name in _CANDIDATES:
        try:
            texts[name] = around.decode(name)
        except UnicodeDecodeError:
            continue
    texts.pop(refused, None)
    if not texts:
        return Fitting("", "; say under `encoding` what it is")
    scores = Counter({name: _usual_letters(text) for name, text in texts.items()})
    name = scores.most_common(1)[0][0]
    word = _WORD.search(texts[name])
    example = f" reads {shorten(word[0])!r}" if word else ""
    told = f"; `encoding: {name}`{example}, or save the file as 'CSV UTF-8'"
    return Fitting(name, told)


def _usual_letters(text: str) -> int:
    """Return how many letters beyond ASCII are usual ones, less those that are not."""
    beyond = [character for character in text if not character.isascii()]
    return sum(1 if character in _USUAL else -1 for character in beyond)

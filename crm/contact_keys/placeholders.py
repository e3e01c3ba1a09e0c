"""Cells that stand for nothing: "[not provided]", "n/a", "test"."""

import re

from crm.characters import alike

WORDS = frozenset(
    re.split(
        r",\s+",
        "anonymous, asdf, aucun, company, company name, dummy, email, example, "
        "fake, foo, freelance, individual, inconnu, inconnue, k a, keine, keine "
        "angabe, e mail, n a, na, name, nan, nicht angegeben, nil, ninguno, no, no "
        "company, no email, no name, no phone, nobody, none, not applicable, not "
        "available, not given, not known, not provided, not specified, null, ohne, "
        "phone, private, privat, self, self employed, sin datos, student, tba, tbd, "
        "test, test company, test test, tester, unbekannt, undefined, unknown, "
        "user, xx, xxx, your company",
    )
)
"""What people write where they know nothing; signs count as spaces."""
NO_PERSON = frozenset(
    re.split(
        r",\s+",
        "abc, admin, do not reply, donotreply, noemail, nomail, nobody, noreply, no "
        "reply, nospam, postmaster, mailer daemon, someone, testing, your email, "
        "your name, youremail, yourname",
    )
)
"""Local parts of e-mail addresses behind which there is no person, beside these."""

NO_LETTERS = ("", "x")


def is_placeholder(text: str) -> bool:
    """Tell whether a cell stands for nothing, be it of letters or signs."""
    words = words_of(text)
    return words in WORDS or len(words.replace(" ", "")) < 2


def is_nobody(local_part: str) -> bool:
    """Tell whether an address names no person before the @."""
    return words_of(local_part) in {*WORDS, *NO_PERSON, *NO_LETTERS}


def words_of(text: str) -> str:
    """Return the words of a text, without case and signs, one space between."""
    return " ".join(re.findall(r"[^\W_]+", alike(text)))

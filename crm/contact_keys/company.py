"""Names of companies as keys, without accents and legal form."""

import re
import unicodedata

from crm.contact_keys.forms import folded
from crm.contact_keys.placeholders import is_placeholder
from crm.contact_keys.reading import NOTHING, KeyReading

LEGAL_FORMS = frozenset(
    re.split(
        r",\s+",
        "ab, ag, agcokg, aktiengesellschaft, as, asa, aps, bv, bvba, co, cokg, "
        "company, corp, corporation, dd, doo, ead, eg, eirl, ek, eood, ev, eu, fze, "
        "fzco, gbr, gmbh, gmbhcokg, ggmbh, haftungsbeschrankt, hf, ehf, inc, "
        "incorporated, kft, kg, kgaa, kk, lda, limited, llc, llp, lp, ltd, ltda, "
        "nv, nyrt, og, ohg, ood, oy, oyj, pc, plc, pllc, pte, pteltd, ptyltd, pty, "
        "pvt, pvtltd, sa, saa, sab, sadecv, sapi, sarl, sarlu, sas, sasu, sau, sca, "
        "scs, se, sia, sl, slu, sll, snc, spa, spj, spk, spzoo, srl, srls, sro, "
        "uab, ug, vof, zrt, ao, zao, oao, ooo, pao, \u043e\u043e\u043e, "
        "\u0430\u043e, \u0437\u0430\u043e, \u043e\u0430\u043e, \u043f\u0430\u043e",
    )
)
"""Legal forms as they are at the end of a name, written together."""
FORMS_IN_FRONT = frozenset(
    {
        *("ooo", "oao", "pt", "\u043e\u043e\u043e", "\u0430\u043e"),
        *("\u0437\u0430\u043e", "\u043e\u0430\u043e", "\u043f\u0430\u043e"),
    }
)
_JOINED = (
    "\u682a\u5f0f\u4f1a\u793e",
    "\u6709\u9650\u4f1a\u793e",
    "\u6709\u9650\u516c\u53f8",
)
MOST_PARTS = 4
_ACCENT = re.compile("[\u0300-\u036f]")
_UNSAID = re.compile("[.'\u2019\u02bc`]")


def company_key(text: str) -> KeyReading:
    """Return a name in small letters without accents, signs and legal form."""
    if is_placeholder(text):
        return NOTHING
    plain = folded(_without_accents(folded(text)))
    for form in _JOINED:
        plain = plain.replace(form, " ")
    words = re.findall(r"[^\W_]+", _UNSAID.sub("", plain))
    name = " ".join(_without_forms(words))
    return NOTHING if is_placeholder(name) else KeyReading(name)


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _ACCENT.sub("", decomposed))


def _without_forms(words: list[str]) -> list[str]:
    """Return the words without legal forms at the ends; one word stays always."""
    while len(words) > 1:
        lengths = range(min(MOST_PARTS, len(words) - 1), 0, -1)
        ends = (n for n in lengths if "".join(words[-n:]) in LEGAL_FORMS)
        if n_last := next(ends, 0):
            words = words[:-n_last]
        elif words[0] in FORMS_IN_FRONT:
            words = words[1:]
        else:
            break
    return words

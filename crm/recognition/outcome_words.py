"""Words of stages and statuses that mean won, lost or open, in three languages."""

import re

from crm.spelling import folded
from crm.systems.export import Export, Words

WON, LOST, OPEN = "won", "lost", "open"
_NOT = frozenset(["not", "nicht", "non", "pas", "no", "un", "niet", "nie", "bad"])
_WON_WORDS = """
won win wins gewonnen gewonnene gewonnener gagne gagnee gagnes converted
konvertiert converti convertie customer kunde client evangelist signe signee
sold verkauft vendu vendue signed conclu conclue ganado ganada wygrana wygrany
wygrane cliente umgewandelt
"""
_LOST_WORDS = """
lost loss verloren verlorene verlorener perdu perdue unqualified disqualified
disqualifie unqualifiziert disqualifiziert junk abgelehnt absage abgesagt
rejected refuse refusee dead canceled cancelled storniert abgebrochen annule
annulee churned abandoned abandonne abandonnee abandonado perdido perdida
przegrana przegrany przegrane verlies gescheitert spam outsold
"""
_OPEN_WORDS = """
open new neu offen ouvert ouverte nouveau nouvelle working contacted kontaktiert
contacte attempted qualified qualification qualifiziert qualifie prospecting
proposal proposition presentation negotiation needs analysis nurturing progress
bearbeitung cours angebot verhandlung negociation demo scheduled appointment
termin decision assigned zugewiesen attribue pending wartend attente review
prospect lead subscriber opportunity connected verbunden connecte devis quote
identify discovery interessent sent contact future kontaktaufnahme active aktiv
actif arbeit contrat contract vertrag rendez vous planifie planifiee geplant
zugeschickt qualifizierung decideur entscheidungstrager convaincu inbox
potential nuevo nueva curso abierto abierta nowy nowa toku otwarta nieuw lopend
gekwalificeerd calificado cita programada contrato enviado evaluation
evaluierung besichtigung
"""
_WON, _LOST, _OPEN = (
    frozenset(words.split()) for words in (_WON_WORDS, _LOST_WORDS, _OPEN_WORDS)
)
_QUALIFIED = frozenset(["qualified", "qualifiziert", "qualifie", "fit"])
_INTEREST = frozenset(
    ["interest", "interested", "interesse", "interessiert", "interesse", "interessee"]
)
"""Open, and lost where it is denied."""
_LETTERS = {"w": WON, "l": LOST}
_NO_MORE = frozenset(["kein", "keine", "plus", "sans", "geen"])
"""Not won, and lost where it is denied."""


def known_outcome(word: str, export: Export | None = None) -> str:
    """Return won, lost or open, "" where a word is not known or says two things.

    Parameters
    ----------
    word
        A cell of a stage or status.
    export
        The export it is from, of which the words are tried first.
    """
    for outcome, words in _of_export(export):
        if folded(word) in set(map(folded, words)):
            return outcome
    if folded(word) in _LETTERS:
        return _LETTERS[folded(word)]
    tokens = [folded(token) for token in re.findall(r"\w+", word)]
    named = set(tokens)
    if named & _NOT and named & (_WON | _QUALIFIED):
        return LOST
    if named & _INTEREST:
        return LOST if named & (_NOT | _NO_MORE) else OPEN
    is_won, is_lost = bool(named & _WON), bool(named & _LOST)
    if is_won != is_lost:
        return WON if is_won else LOST
    if is_won or is_lost:
        return ""
    return OPEN if named & _OPEN else ""


def _of_export(export: Export | None) -> list[tuple[str, Words]]:
    if export is None:
        return [(WON, ("won",)), (LOST, ("lost",)), (OPEN, ("open",))]
    told = ((WON, export.won), (LOST, export.lost))
    return [
        (outcome, words)
        for outcome, conditions in told
        for condition in conditions
        for words in condition.values()
        if not {w.casefold() for w in words} & {"true", "false", "0", "100"}
    ]

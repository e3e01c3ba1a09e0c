"""Names of months in German and French, as English ones."""

import re

_GERMAN = "januar februar märz april mai juni juli august september oktober november "
_GERMAN += "dezember"
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre "
_FRENCH += "décembre"
_ENGLISH = [
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
]
_MORE = {
    "jänner": 1,
    "feber": 2,
    "mrz": 3,
    "fevr": 2,
    "fevrier": 2,
    "aout": 8,
    "dec": 12,
}
_WORD = re.compile(r"[^\W\d_]+\.?")


def _numbers() -> dict[str, int]:
    """Return each name, and each beginning that only one month has -> its number."""
    known = dict(_MORE)
    for names in (_GERMAN.split(), _FRENCH.split(), [n.lower() for n in _ENGLISH]):
        for number, name in enumerate(names, start=1):
            for length in range(3, len(name) + 1):
                start = name[:length]
                if sum(other.startswith(start) for other in names) == 1:
                    known[start] = number
    return known


_NUMBERS = _numbers()


def in_english(text: str) -> str:
    """Return the text with the name of a month as ``Mar``, without a full stop."""
    return _WORD.sub(_english, text)


def _english(word: re.Match[str]) -> str:
    number = _NUMBERS.get(word[0].rstrip(".").lower())
    return word[0] if number is None else _ENGLISH[number - 1][:3]

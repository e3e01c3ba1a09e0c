"""E-mail addresses as keys."""

import re

from crm.contact_keys.domain import ascii_domain, is_reserved
from crm.contact_keys.forms import folded
from crm.contact_keys.placeholders import is_nobody, is_placeholder
from crm.contact_keys.reading import NOTHING, KeyReading

_NO_ADDRESS = KeyReading(why_not="is no e-mail address")
_IN_BRACKETS = re.compile(r"<([^<>]*)>[\s;,.]*$")
_PARTS = re.compile(r"([^\s@<>,;]+)@([^\s@<>,;]+\.[^\s@<>,;]+)")
_TEST_DOMAINS = frozenset({"test.com", "domain.com", "company.com", "email.test"})


def email_key(text: str, *, plus_addresses: bool = False) -> KeyReading:
    """Return an address as it is delivered: without case, name and brackets.

    Parameters
    ----------
    text
        An address, also as ``"Mara Kovac" <mara@acme.com>`` or ``mailto:``.
    plus_addresses
        Whether ``mara+fair@acme.com`` is ``mara@acme.com``.
    """
    plain = folded(text)
    if inside := _IN_BRACKETS.search(plain):
        plain = inside[1].strip()
    elif is_placeholder(plain):
        return NOTHING
    parts = _PARTS.fullmatch(plain.removeprefix("mailto:").strip(" \"';,."))
    if parts is None:
        return _NO_ADDRESS
    local, domain = parts[1].strip("\"'"), ascii_domain(parts[2])
    if plus_addresses:
        local = local.partition("+")[0]
    if not (local and domain):
        return _NO_ADDRESS
    if is_nobody(local) or domain in _TEST_DOMAINS or _is_no_mailbox(domain):
        return NOTHING
    return KeyReading(f"{local}@{domain}")


def _is_no_mailbox(domain: str) -> bool:
    """Tell of a domain that no mail reaches; ``example.com`` stands in for many."""
    return is_reserved(domain) and not re.fullmatch(r"(.*\.)?example(\.\w+)?", domain)

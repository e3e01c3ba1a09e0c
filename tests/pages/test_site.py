"""The site is built without a warning, whole, and asks nothing of any network."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import rightrep
from cli import main
from evaluation import EXPECTED, TRUTH
from scenarios.schema import json_schema
from solver import RULES
from tests.pages.blocks import ROOT

pytestmark = pytest.mark.slow

LOADING = {"img", "script", "link", "iframe", "source", "video", "audio", "object"}
"""Tags whose address a browser fetches by itself."""


def build(folder: Path) -> None:
    """Build the site as CONTRIBUTING says, in a folder."""
    options = ["-W", "--keep-going", "-q", "-d", folder / "read", "-b", "html"]
    words = [sys.executable, "-m", "sphinx", *options, ROOT / "docs", folder / "site"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(shared):
    """Return the folder of the built site."""
    return shared("site", build) / "site"


class Addresses(HTMLParser):
    """Gathers what a browser fetches for a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LOADING:
            own = dict(attrs)
            names = ("src", "href", "data", "srcset")
            self.found += [own[name] or "" for name in names if name in own]


def text_of(site: Path, page: str) -> str:
    return (site / page).read_text(encoding="utf-8")


def test_pages_ask_nothing_of_any_network(site):
    """No script, style, font or picture from elsewhere; links to follow may be."""
    pages = list(site.rglob("*.html"))
    assert len(pages) > 70
    for page in pages:
        addresses = Addresses()
        addresses.feed(page.read_text(encoding="utf-8"))
        assert len(addresses.found) > 5
        assert [a for a in addresses.found if re.match(r"(https?:)?//", a)] == [], page
    for style in site.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(['\"]?(https?:)?//", text), style


def test_every_key_of_scenarios_is_described(site):
    """By its name, with words beside it; every kind of rule has a heading."""
    text = text_of(site, "reference/scenario.html") + text_of(
        site, "reference/rule_kinds.html"
    )
    schema = json_schema()
    parts = [schema, *schema["$defs"].values()]
    keys = {key for part in parts for key in part.get("properties", {})} - {"kind"}
    told = dict(
        re.findall(r"<dt><code[^>]*>.*?>(\w+)</span>.*?<dd><p>(.*?)<", text, re.S)
    )
    assert len(keys) > 80 and keys - told.keys() == set()
    assert all(words.strip() for words in told.values())
    for kind in RULES:
        assert re.search(rf"<h2>{kind}<", text), kind


def test_every_command_and_option_is_there(site):
    text = text_of(site, "reference/cli.html")
    for name, command in main.commands.items():
        assert f'id="rightrep-{name}"' in text, name
        for parameter in command.params:
            option = max(parameter.opts, key=len)
            assert f'id="cmdoption-rightrep-{name}-{option.lstrip("-")}"' in text or (
                not option.startswith("-")
            ), (name, option)


def test_every_public_name_is_there(site):
    """Also those of the module of plots."""
    text = text_of(site, "reference/api.html")
    plots = [f"plots.{name}" for name in rightrep.plots.__all__]
    for name in [*rightrep.__all__, *plots]:
        assert name == "plots" or f'id="rightrep.{name}"' in text, name


def test_the_notebook_was_executed(site):
    """It draws two plots, and tells what is expected from what is true."""
    text = text_of(site, "examples/allocation.html")
    assert text.count("<img") == 2
    assert EXPECTED in text and TRUTH in text and "optimal: objective" in text


def test_every_formula_was_understood(site):
    """No command of LaTeX is left, and no sign that aligns."""
    formulas = [
        formula
        for page in site.rglob("*.html")
        for formula in re.findall(r"<math.*?</math>", page.read_text("utf-8"), re.S)
    ]
    assert len(formulas) > 50
    assert [f for f in formulas if re.search(r"\\|>&(amp;)?<", f)] == []

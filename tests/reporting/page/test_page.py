import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.page.page import Page, render

VOID = {"meta", "br"}
# Words of the page that no reader may mistake for a measured gain.
FORBIDDEN = re.compile(r"\b(up)?lift", re.IGNORECASE)


def page_of(
    n_assigned: int = 3, n_unassigned: int = 2, n_reps: int = 2, text: str = "R"
) -> Page:
    assignments = pd.DataFrame(
        {
            "lead_id": [f"L{row}" for row in range(n_assigned)],
            "rep_id": [f"{text}{row % n_reps}" for row in range(n_assigned)],
            "backup_rep_id": "",
            "team": "Atlas",
            "p_convert": [1 / (2 + row) for row in range(n_assigned)],
            "value": [1250.0 / (1 + row) for row in range(n_assigned)],
            "arm": "optimal",
            "propensity": 0.9,
            "reason": text,
        }
    )
    unassigned = pd.DataFrame(
        {
            "lead_id": [f"U{row}" for row in range(n_unassigned)],
            "reason": ["no capacity left"] * n_unassigned,
            "detail": text,
        }
    )
    load = pd.DataFrame(
        {
            "rep_id": [f"{text}{row}" for row in range(n_reps)],
            "name": text,
            "team": "Atlas",
            "capacity": 5,
            "slots_used": [row % 5 for row in range(n_reps)],
            "slotless": 0,
        }
    )
    return Page(
        title=f"Run of {text}",
        summary=[("Leads", str(n_assigned + n_unassigned)), (text, text)],
        notes=["Model expectation is no measurement.", text],
        assignments=assignments,
        unassigned=unassigned,
        load=load,
        prices=pd.DataFrame(
            {"what": "rep_slot", "key": load["rep_id"], "price": 0.125, "rule": ""}
        ),
        rule_costs=pd.DataFrame(
            {
                "rule": [text],
                "kind": ["capacity"],
                "strength": ["hard"],
                "cost": [1.5],
                "leads_held_back": [3],
                "proven": [False],
            }
        ),
        rules=[(text, f"Nobody gets {text}.")],
    )


class Outline(HTMLParser):
    """Collects what the page is made of, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        loading = {"src", "href", "xlink:href", "action", "srcset"}
        self.addresses += [value or "" for key, value in attrs if key in loading]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(" ".join(data.split()))


def test_every_rule_is_told_in_a_sentence() -> None:
    """The name of each rule stands beside what it asks."""
    words = [word for word in Outline(render(page_of(text="more"))).words if word]
    at = words.index("Rules of the day")
    assert words[at + 1 : at + 3] == ["more", "Nobody gets more."]


def test_every_lead_is_told() -> None:
    """Each lead stands in the page with its rep or its reason."""
    words = Outline(render(page_of())).words
    for lead in ("L0", "L1", "L2", "U0", "U1"):
        assert words.count(lead) == 1
    assert words.count("no capacity left") == 3
    assert "50.0 %" in words
    assert "1,250" in words


def test_leads_stand_under_their_rep_the_best_first() -> None:
    """Groups follow team and rep; within a rep the likeliest lead is first."""
    words = Outline(render(page_of(n_assigned=5))).words
    leads = [word for word in words if re.fullmatch(r"L\d", word)]
    assert leads == ["L0", "L2", "L4", "L1", "L3"]


def test_model_figures_are_labelled() -> None:
    """What the model foresees is called model expectation, never a gain."""
    html = render(page_of())
    assert "Model expectation" in Outline(html).words
    assert not FORBIDDEN.search(html)


def test_costs_of_rules_count_penalties_and_say_so() -> None:
    """A penalty of 100 is no model expectation; the caption names both."""
    words = " ".join(Outline(render(page_of())).words)
    assert "Objective lost" in words
    assert "Model expectation lost" not in words
    assert "model expectation less penalties" in " ".join(words.split())


def test_wide_tables_scroll_inside_a_narrow_page() -> None:
    """All but the reasons, which are two short columns; nothing is cut on a phone."""
    html = render(page_of())
    before_tables = re.findall(r"(\S+)\s*<table", html)
    assert before_tables.count('tabindex="0">') == len(before_tables) - 1 == 5


def test_only_nothing_looks_like_nothing() -> None:
    """A price of a ten-thousandth is not shown as 0.000."""
    page = page_of()
    tiny = replace(page, prices=page.prices.assign(price=0.0001))
    assert "0.0001" in Outline(render(tiny)).words


def test_page_asks_nothing_of_the_network() -> None:
    """No script, no stylesheet, no picture and no address to load from."""
    outline = Outline(render(page_of()))
    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert all(address.startswith("#") for address in outline.addresses)
    assert "url(" not in re.sub(r"url\(#\w+\)", "", render(page_of()))


def test_page_is_well_formed_and_accessible() -> None:
    """Elements are closed, tables have captions, one first heading, a language."""
    html = render(page_of())
    outline = Outline(html)
    assert outline.open == []
    assert outline.tags.count("table") == outline.tags.count("caption") == 6
    assert outline.tags.count("h1") == 1
    assert '<html lang="en">' in html


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "Smith & Söhne", "$a_1$", "x" * 5000, "李雷"]
)
def test_any_text_is_shown_as_text(text: str) -> None:
    """Markup in a name is shown, not obeyed; elements stay the same."""
    harmless, outline = Outline(render(page_of())), Outline(render(page_of(text=text)))
    assert outline.tags == harmless.tags
    assert text in outline.words


@settings(max_examples=15, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_no_text_breaks_the_page(text: str) -> None:
    """Whatever the ids and names are, the page has the same elements."""
    assert Outline(render(page_of(text=text))).open == []


@pytest.mark.parametrize(
    ("n_assigned", "n_unassigned", "n_reps", "said"),
    [
        (0, 2, 2, "No lead was assigned."),
        (3, 0, 2, "Every lead has a rep."),
        (0, 0, 1, "Every lead has a rep."),
    ],
)
def test_nothing_is_said_in_words(
    n_assigned: int, n_unassigned: int, n_reps: int, said: str
) -> None:
    """An empty list is a sentence, not an empty table."""
    words = Outline(render(page_of(n_assigned, n_unassigned, n_reps))).words
    assert said in words


def test_leads_without_a_slot_are_explained() -> None:
    """The key names the colour of leads that take no slot where there are any."""
    page = page_of()
    owners = replace(page, load=page.load.assign(slotless=2))
    assert "that take no slot" not in " ".join(Outline(render(page)).words)
    assert "that take no slot" in " ".join(Outline(render(owners)).words)


def test_missing_numbers_are_dashes() -> None:
    """No limit, no probability and no value are shown as a dash."""
    page = page_of(n_assigned=1, n_reps=1, text="x")
    nothing = replace(
        page,
        assignments=page.assignments.assign(p_convert=np.nan, value=np.nan),
        load=page.load.assign(capacity=np.nan),
    )
    dashes = [Outline(render(p)).words.count("\N{EN DASH}") for p in (page, nothing)]
    assert dashes == [1, 4]


def test_a_company_without_reps_has_a_page() -> None:
    """Where there is nobody, the page says so."""
    nobody = page_of(n_assigned=0)
    nobody = replace(nobody, load=nobody.load.head(0))
    assert "There are no reps." in Outline(render(nobody)).words


def test_large_runs_are_cut_and_say_so() -> None:
    """Long tables stop at 500 rows and name the file that has the rest."""
    html = render(page_of(n_assigned=2_300, n_unassigned=701, n_reps=1_000))
    words = Outline(html).words
    assert "and 1,800 more in assignments.csv" in words
    assert "and 201 more in unassigned.csv" in words
    assert "and 500 more reps" in words
    assert "The 40 most loaded of 1,000 reps are drawn." in words
    height = re.search(r'<svg[^>]* height="([\d.]+)pt"', html)
    assert height and float(height[1]) < 1000


def test_the_same_page_gives_the_same_bytes() -> None:
    """Neither clock nor chance gets into the page."""
    assert render(page_of()) == render(page_of())

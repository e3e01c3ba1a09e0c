"""The page of a run from plain data: what it says, leaves out and escapes."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.page.report.baseline_section import Baseline, Expected
from reporting.page.report.coverage_section import Coverage
from reporting.page.report.grid import ROWS
from reporting.page.report.page import Page, render
from reporting.page.report.scores_section import Scores
from reporting.text.run.opening import Opening
from reporting.text.run.placing import UnassignedGroup

VOID = {"meta", "br"}
# Words of the page that no reader may mistake for a measured gain.
FORBIDDEN = re.compile(r"\b(up)?lift", re.IGNORECASE)


def page_of(
    n_assigned: int = 3, n_unassigned: int = 2, n_reps: int = 2, text: str = "R"
) -> Page:
    reps = [f"{text}{row}" for row in range(n_reps)]
    names = {rep: f"Name {rep}" for rep in reps}
    owners = [reps[row % n_reps] for row in range(n_assigned)]
    assignments = pd.DataFrame(
        {
            "lead_id": [f"L{row}" for row in range(n_assigned)],
            "company": text,
            "deal_value": [1250.0 * (1 + row) for row in range(n_assigned)],
            "territory": "North",
            "rep_id": owners,
            "rep": [names[owner] for owner in owners],
            "backup": "",
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
            "company": text,
            "deal_value": 1000.0,
            "territory": "",
            "reason": "the eligible reps are full",
            "detail": text,
        }
    )
    load = pd.DataFrame(
        {
            "rep_id": reps,
            "rep": list(names.values()),
            "team": "Atlas",
            "capacity": 5.0,
            "slots_used": [row % 5 for row in range(n_reps)],
            "slotless": 0,
            "at_work": True,
        }
    )
    group = UnassignedGroup("reps_full", n_unassigned, full=[(reps[0], 0.25, 2)])
    return Page(
        title=f"Run of {text}",
        opening=Opening(["3 leads were assigned."], [text], ["Look."]),
        summary=[("Leads", str(n_assigned + n_unassigned)), (text, text)],
        notes=["Model expectation is no measurement.", text],
        assignments=assignments,
        unassigned=unassigned,
        load=load,
        groups=[group] if n_unassigned else [],
        prices=pd.DataFrame(
            {"what": "rep_slot", "key": reps, "price": 0.125, "rule": ""}
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
        unit="conversions",
        names=names,
        rules=[(text, f"Nobody gets {text}.")],
        origin=[("leads", text)],
    )


def full_page(text: str = "R") -> Page:
    """Return a page with each section that needs no model."""
    page = page_of(text=text)
    territories = pd.DataFrame(
        {
            "territory": ["North", text],
            "leads": [3, 2],
            "assigned": [3, 0],
            "unassigned": [0, 2],
            "reps": [2, 0],
        }
    )
    coverage = Coverage(
        territories,
        list(page.names.values()),
        np.array([[True, False], [True, False]]),
        np.array([[3, 0], [0, 0]]),
    )
    kept = pd.DataFrame(
        {
            "lead_id": ["K1"],
            "company": text,
            "rep": "Name R0",
            "reason": "owned",
            "duplicate_of": "",
            "same": "",
            "score": np.nan,
        }
    )
    baseline = Baseline(
        Expected(3, 1.5, 1.4), Expected(3, 1.25, 1.25), 5, 0.1, ["Nothing was."]
    )
    scores = Scores(np.array([0.05, 0.21, 0.3]), np.array([True, True, False]))
    found = {"coverage": coverage, "kept": kept, "baseline": baseline, "scores": scores}
    return replace(page, **found)


class Outline(HTMLParser):
    """Collects what the page is made of, and whether every element is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        loading = {"src", "href", "xlink:href", "action", "srcset"}
        self.addresses += [value or "" for key, value in attrs if key in loading]
        self.ids += [value or "" for key, value in attrs if key == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"script", "style"}:
            self.words.append(" ".join(data.split()))


def words_of(page: Page) -> list[str]:
    return Outline(render(page)).words


def text_of(page: Page) -> str:
    return " ".join(filter(None, words_of(page)))


def test_the_opening_is_one_paragraph_before_all_else() -> None:
    """What was decided, what is unusual, what to do; then the contents."""
    text = text_of(page_of(text="odd"))
    told = "3 leads were assigned. Unusual today: odd What to do: Look."
    assert told in text
    assert text.index(told) < text.index("Who got what")


def test_a_quiet_day_says_so() -> None:
    """Nothing unusual and nothing to do is said, not left out."""
    quiet = replace(page_of(), opening=Opening(["Done."]))
    assert "Unusual today: nothing. What to do: nothing." in text_of(quiet)


def test_an_alarm_leads_to_the_notes() -> None:
    """Where only warnings are odd, the notes are what to look at."""
    alarmed = replace(page_of(), opening=Opening(["Done."], alarms=["There is 1."]))
    html = render(alarmed)
    assert "look at the warnings among the" in html and 'href="#notes"' in html


def test_every_rule_is_told_in_a_sentence_with_its_price() -> None:
    """The name of each rule stands beside what it asks and what it costs."""
    text = text_of(page_of(text="more"))
    cost = "Without it: 1.50 more expected conversions after penalties, 3 more leads"
    assert f"more Nobody gets more. {cost} assigned" in text
    assert "(at least; the time limit passed)" in text


def test_every_lead_is_told_with_names_and_deal_value() -> None:
    """Each lead stands in the page with its rep or its reason."""
    words = words_of(page_of())
    for lead in ("L0", "L1", "L2", "U0", "U1"):
        assert words.count(lead) == 1
    assert "Name R0" in words and "1,250" in words and "50.0 %" in words


def test_what_would_place_unassigned_leads_is_told() -> None:
    """Under each reason stand the reps whose slots help, and what they add."""
    text = text_of(page_of())
    assert "2 leads: the eligible reps are full What would place them:" in text
    assert "Name R0 (R0) 0.25, may have 2 of them" in text


def test_leads_stand_by_rep_the_best_first() -> None:
    """Rows follow team and rep; within a rep the likeliest lead is first."""
    words = words_of(page_of(n_assigned=5))
    leads = [word for word in words if re.fullmatch(r"L\d", word)]
    assert leads == ["L0", "L2", "L4", "L1", "L3"]


def test_model_figures_are_labelled() -> None:
    """What the model foresees is called model expectation, never a gain."""
    html = render(full_page())
    assert "Model expectation" in Outline(html).words
    assert not FORBIDDEN.search(html)


@pytest.mark.parametrize(
    ("heading", "change"),
    [
        ("Territories and reps", {"coverage": None}),
        ("Kept leads", {"kept": pd.DataFrame()}),
        ("Beside round robin", {"baseline": None}),
        ("How promising the leads are", {"scores": None}),
        ("Notes and warnings", {"notes": []}),
        ("Rules and what they cost", {"rules": []}),
        ("Made from", {"origin": []}),
    ],
)
def test_absent_sections_do_not_show(heading: str, change: dict) -> None:
    """Neither as a heading nor among the contents."""
    assert words_of(full_page()).count(heading) == 2
    assert heading not in words_of(replace(full_page(), **change))


def test_arms_show_in_an_experiment_only() -> None:
    """Without one, everybody would be in the same arm for certain."""
    assert "Arm" not in words_of(page_of())
    drawn = words_of(replace(page_of(), is_drawn=True))
    assert {"Arm", "Propensity", "90.0 %"} <= set(drawn)


def test_empty_columns_do_not_show() -> None:
    """A company without companies, teams and deal values has no columns of them."""
    page = page_of()
    bare = page.assignments.assign(company="", team="", deal_value=np.nan)
    load = page.load.assign(team="")
    gone = page.unassigned.assign(company="", deal_value=np.nan)
    words = words_of(replace(page, assignments=bare, load=load, unassigned=gone))
    assert not {"Company", "Team", "Deal value", "Backup"} & set(words)


def test_holes_of_the_coverage_are_loud() -> None:
    """Territories that nobody serves are named first."""
    text = text_of(full_page(text="Islands"))
    assert "No rep at work may have the leads of Islands (2)." in text
    assert "hole: nobody" in text


def test_page_asks_nothing_of_the_network() -> None:
    """No stylesheet, no picture, no address to load from; its policy forbids it."""
    html = render(full_page())
    outline = Outline(html)
    assert not {"link", "img", "iframe", "object"} & set(outline.tags)
    assert outline.tags.count("script") == 1
    assert all(address.startswith("#") for address in outline.addresses)
    assert {address[1:] for address in outline.addresses} <= {*outline.ids, "content"}
    assert "default-src &#39;none&#39;" in html
    assert "url(" not in re.sub(r"url\(#\w+\)", "", html)


def test_page_is_well_formed_and_accessible() -> None:
    """Elements are closed, tables have captions, one first heading, a language."""
    html = render(full_page())
    outline = Outline(html)
    assert outline.open == []
    assert outline.tags.count("table") == outline.tags.count("caption")
    assert html.count('class="scroll"') == outline.tags.count("table")
    assert outline.tags.count("h1") == 1
    assert '<html lang="en">' in html
    assert 'class="skip" href="#content"' in html
    assert len(outline.ids) == len(set(outline.ids))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><svg onload=alert(1)>',
        "</style></script>",
        "{{ 7 * 7 }}",
        "Smith & Söhne",
        "=1+1",
        "x" * 5000,
        "李雷",
    ],
)
def test_any_text_is_shown_as_text(text: str) -> None:
    """Markup in a name is shown, not obeyed; elements stay the same."""
    harmless = Outline(render(full_page(text="x" * len(text)))).tags
    outline = Outline(render(full_page(text=text)))
    assert outline.tags == harmless
    assert text in outline.words


def test_signs_that_turn_text_around_are_visible() -> None:
    """A right-to-left mark in a name does not act on the page."""
    assert "\u202e" not in render(page_of(text="a\u202eb"))
    assert r"a\u202eb" in words_of(page_of(text="a\u202eb"))


@settings(max_examples=8, deadline=None)
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
    assert said in words_of(page_of(n_assigned, n_unassigned, n_reps))


def test_leads_without_a_slot_are_explained() -> None:
    """The key names the colour of leads that take no slot where there are any."""
    page = page_of()
    owners = replace(page, load=page.load.assign(slotless=2))
    assert "that take no slot" not in text_of(page)
    assert "that take no slot" in text_of(owners)


def test_missing_numbers_are_dashes() -> None:
    """No limit, no probability and no value are shown as a dash."""
    page = page_of(n_assigned=1, n_unassigned=0, n_reps=1, text="x")
    nothing = replace(
        page,
        assignments=page.assignments.assign(p_convert=np.nan, value=np.nan),
        load=page.load.assign(capacity=np.nan),
    )
    dashes = [words_of(p).count("\N{EN DASH}") for p in (page, nothing)]
    assert dashes == [0, 4]


def test_a_company_without_reps_has_a_page() -> None:
    """Where there is nobody, the page says so."""
    nobody = page_of(n_assigned=0, n_unassigned=0)
    nobody = replace(nobody, load=nobody.load.head(0))
    assert "There are no reps." in words_of(nobody)


@pytest.mark.slow
def test_rows_above_the_limit_are_said() -> None:
    """Long tables stop, and name the file that has the rest."""
    text = text_of(page_of(n_assigned=ROWS + 300, n_unassigned=ROWS + 1))
    assert "The first 2,500 of 2,800 rows; all are in assignments.csv." in text
    assert "The first 2,500 of 2,501 rows; all are in unassigned.csv." in text


def test_the_same_page_gives_the_same_bytes() -> None:
    """Neither clock nor chance gets into the page."""
    assert render(full_page()) == render(full_page())

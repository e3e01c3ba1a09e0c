"""The page of a run in a real browser: sorts, searches, and runs nothing of data."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from runs import allocate, run_files
from tests.browser import DESK, PHONE, Browser, running_browser

WHO = "section[aria-labelledby=assignments] .grid"
EVIL = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "=HYPERLINK(1)",
    "\u202eright to left",
    "w" * 300,
    "</style><svg onload=alert(3)>",
]
"""Names of reps, companies and territories that want to be more than names."""
PAPER = 718
"""CSS pixels between the margins of A4."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def hostile(company: Path) -> Path:
    """Return the page of a company whose tables are all traps."""
    leads = pd.read_csv(company / "leads.csv", dtype=str, keep_default_na=False)
    reps = pd.read_csv(company / "reps.csv", dtype=str, keep_default_na=False)
    leads["company"] = [EVIL[row % len(EVIL)] for row in range(len(leads))]
    reps["name"] = EVIL[: len(reps)]
    reps["team"] = EVIL[::-1][: len(reps)]
    leads["lead_id"] = [f"{name}{EVIL[0]}" for name in leads["lead_id"]]
    leads.to_csv(company / "leads.csv", index=False)
    reps.to_csv(company / "reps.csv", index=False)
    run = allocate(company / "daily.yaml", model=company / "daily.model")
    page = company / "hostile.html"
    page.write_text(str(run_files(run)["report.html"]), encoding="utf-8")
    return page


def test_a_phone_sorts_and_searches_without_a_network(
    browser: Browser, small: Path
) -> None:
    """No error, no request but the file itself, nothing wider than the window."""
    with browser.showing(small / "run" / "report.html", PHONE) as seen:
        assert seen.overflow == 0
        leads = f"{WHO} tbody th"
        first = seen.texts(leads)
        seen.page.click(f"{WHO} th button:text('Lead')")
        assert seen.texts(leads) == sorted(first)
        seen.page.click(f"{WHO} th button:text('Lead')")
        assert seen.texts(leads) == sorted(first, reverse=True)
        seen.page.fill(f"{WHO} input", first[0])
        assert seen.texts(leads) == [first[0]]
        assert seen.texts(f"{WHO} output") == [f"1 of {len(first)} rows"]
        assert (seen.messages, len(seen.requests)) == ([], 1)


@pytest.mark.slow
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_hostile_names_stay_names(browser: Browser, hostile: Path, width: int) -> None:
    """No box opens, nothing is asked for, the page keeps its width."""
    with browser.showing(hostile, width) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(d=>d.open=1)")
        assert seen.overflow == 0
        assert (seen.dialogs, seen.messages, len(seen.requests)) == ([], [], 1)
        assert seen.page.locator("img, svg[onload], main script").count() == 0
        assert any(EVIL[0] in text for text in seen.texts(f"{WHO} td"))


@pytest.mark.slow
def test_no_column_of_long_names_is_cut_on_paper(
    browser: Browser, hostile: Path
) -> None:
    """What leaves the sheet of paper is lost."""
    with browser.showing(hostile, PAPER) as seen:
        seen.page.emulate_media(media="print")
        assert seen.overflow == 0


@pytest.mark.slow
def test_its_policy_stops_what_is_written_into_it(
    browser: Browser, small: Path, tmp_path: Path
) -> None:
    """Even a script and a picture that somebody adds to the file do nothing."""
    html = (small / "run" / "report.html").read_text(encoding="utf-8")
    added = "<script>document.title = 'hacked'</script><img src='https://a.b/c.png'>"
    page = tmp_path / "changed.html"
    page.write_text(html.replace("</main>", f"{added}</main>"), encoding="utf-8")
    with browser.showing(page) as seen:
        assert "hacked" not in seen.page.title()
        refused = [m for m in seen.messages if "Content Security Policy" in m]
        assert len(refused) == 2


@pytest.mark.slow
def test_everything_is_reached_by_keys(browser: Browser, small: Path) -> None:
    """Tab leads to the skip link, links, search, headers and folds, each visible."""
    with browser.showing(small / "run" / "report.html") as seen:
        reached, page = [], seen.page
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.className"))
            has_outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(has_outline) != "none"
            tag = page.evaluate("document.activeElement.tagName")
            reached.append(tag)
        assert reached[0] == "skip"
        assert {"A", "INPUT", "BUTTON", "SUMMARY", "DIV"} <= set(reached)
        page.focus(f"{WHO} th button:text('Rep')")
        page.keyboard.press("Enter")
        head = page.locator(f"{WHO} th[aria-sort]")
        assert head.get_attribute("aria-sort") == "ascending"


@pytest.mark.slow
def test_numbers_sort_as_numbers(browser: Browser, small: Path) -> None:
    """The largest deal first, then the smallest; thousands do not confuse it."""
    with browser.showing(small / "run" / "report.html") as seen:
        button = f"{WHO} th button:text('Deal value')"
        cells = f"{WHO} tbody td:nth-child(2)"
        for is_down in (True, False):
            seen.page.click(button)
            shown = [float(text.replace(",", "")) for text in seen.texts(cells)]
            assert shown == sorted(shown, reverse=is_down) and max(shown) > 1000


@pytest.mark.slow
def test_without_scripts_everything_is_there(browser: Browser, small: Path) -> None:
    """Each row is shown, and no control that would do nothing."""
    page = small / "run" / "report.html"
    with browser.showing(page, java_script_enabled=False) as seen:
        rows = (small / "run" / "assignments.csv").read_text().count("\n") - 1
        assert len(seen.texts(f"{WHO} tbody th")) == rows
        assert seen.page.locator("button, input").count() == 0


@pytest.mark.slow
def test_dark_and_print_are_readable(browser: Browser, small: Path) -> None:
    """Dark where people want it dark; on paper black on white, folds open."""
    page = small / "run" / "report.html"
    paper = "getComputedStyle(document.body).backgroundColor"
    with browser.showing(page, color_scheme="dark") as seen:
        assert seen.page.evaluate(paper) == "rgb(18, 24, 31)"
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate(paper) == "rgb(255, 255, 255)"
        assert seen.texts("nav a") == seen.texts(".search") == []

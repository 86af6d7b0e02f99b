"""The site in a real browser: accessible, fitting, usable without script and with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
NARROW = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser(browser_path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, headless=True, args=FLAGS)
        yield browser
        browser.close()


def opened(browser: Browser, **options) -> Page:
    page = browser.new_context(reduced_motion="reduce", **options).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


@pytest.mark.parametrize(("scheme", "locale"), [("light", "zh-CN"), ("dark", "en-GB")])
def test_every_page_is_accessible(browser: Browser, served: str, pages: dict[str, str], scheme: str, locale: str) -> None:
    page = opened(browser, viewport=WIDE, color_scheme=scheme, locale=locale)
    for name, address in pages.items():
        page.goto(served + address)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
    assert [text for text in page.complaints if "404" not in text] == []


def test_no_page_is_wider_than_a_narrow_screen(browser: Browser, served: str, pages: dict[str, str]) -> None:
    page = opened(browser, viewport=NARROW)
    for name, address in pages.items():
        page.goto(served + address)
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, name


def test_the_head_of_every_page_is_as_wide_as_the_window(browser: Browser, served: str, pages: dict[str, str]) -> None:
    """A page's own name among its classes must not meet the style of a part that is called the same."""
    page = opened(browser, viewport=WIDE)
    for name, address in pages.items():
        page.goto(served + address)
        assert page.evaluate("document.querySelector('header').clientWidth") == WIDE["width"], name


def test_a_question_is_answered_without_script(browser: Browser, served: str) -> None:
    page = opened(browser, java_script_enabled=False, locale="en-GB")
    page.goto(served)
    page.fill("#ask", "who handles housing")
    page.click("main form.ask button")
    assert "/who?q=" in page.url
    page.click("ol.bodies a.body >> nth=0")
    assert "/departments/" in page.url
    page.click(".duties .evidence a[title] >> nth=0")
    assert page.locator("h1").count() == 1
    assert "#" in page.url


def test_the_address_of_a_fact_shows_it_in_the_text(browser: Browser, served: str) -> None:
    page = opened(browser, viewport=WIDE)
    page.goto(f"{served}/targets")
    page.click(".targets .evidence a[title] >> nth=5")
    anchor = page.evaluate("decodeURIComponent(location.hash.slice(1))")
    box = page.locator(f"xpath=//*[@id={anchor!r}]/following-sibling::*[1]").bounding_box()
    assert box is not None
    assert 0 <= box["y"] <= WIDE["height"]


def test_the_first_tab_skips_to_the_content(browser: Browser, served: str) -> None:
    page = opened(browser)
    page.goto(f"{served}/documents")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_marks_of_one_kind_can_be_taken_away(browser: Browser, served: str, pages: dict[str, str]) -> None:
    page = opened(browser)
    page.goto(served + pages["document"])
    mark = page.locator(".text .responsibilities").first
    shown = mark.evaluate("element => getComputedStyle(element).backgroundColor")
    page.uncheck(".show-responsibilities")
    hidden = mark.evaluate("element => getComputedStyle(element).backgroundColor")
    assert shown != hidden == "rgba(0, 0, 0, 0)"


def test_a_slash_moves_to_the_question(browser: Browser, served: str) -> None:
    page = opened(browser)
    page.goto(f"{served}/documents")
    page.keyboard.press("/")
    page.keyboard.type("住房")
    assert page.input_value("#ask") == "住房"


def test_a_chosen_filter_applies_and_leaves_a_clean_address(browser: Browser, served: str) -> None:
    page = opened(browser)
    page.goto(f"{served}/targets")
    page.click(".filters summary")
    page.select_option("select[name=jurisdiction]", "昆明市")
    page.wait_for_url("**jurisdiction=*")
    assert "level" not in page.url

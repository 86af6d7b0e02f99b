"""The interface in two languages."""

from __future__ import annotations

import gettext as plain_gettext
import io
import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from settings import LANGUAGE, ROOT
from web.labels import provision_name

CATALOGUE = ROOT / "web" / "translations" / "zh" / "LC_MESSAGES"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


def messages() -> set[str]:
    """Every text of the interface, as templates and modules write it."""
    found = extract_from_dir(str(ROOT / "web"), METHODS, keywords=KEYWORDS)
    return {text if isinstance(text, str) else text[0] for _, _, text, _, _ in found}


def catalogue():
    with (CATALOGUE / "messages.po").open("rb") as file:
        return read_po(file, locale="zh")


def test_every_text_has_its_chinese_and_nothing_is_left_over() -> None:
    translated = {(m.id if isinstance(m.id, str) else m.id[0]) for m in catalogue() if m.id}
    assert translated == messages()
    for message in catalogue():
        assert not message.id or all(message.string if isinstance(message.string, tuple) else (message.string,)), message.id
        assert not message.fuzzy or not message.id


def test_translations_keep_the_places_that_are_filled_in() -> None:
    for message in catalogue():
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[-1]
            string = message.string if isinstance(message.string, str) else message.string[0]
            assert set(re.findall(r"%\(\w+\)\w", string)) == set(re.findall(r"%\(\w+\)\w", source)), source


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalogue())
    assert (CATALOGUE / "messages.mo").read_bytes() == fresh.getvalue(), "run: pybabel compile -d web/translations"
    with (CATALOGUE / "messages.mo").open("rb") as file:
        assert plain_gettext.GNUTranslations(file).gettext("Departments") == "部门"


def test_the_address_chooses_and_is_remembered(site: FlaskClient) -> None:
    assert 'lang="en"' in site.get("/about?lang=en", headers={"Accept-Language": "zh"}).text[:60]
    assert 'lang="en"' in site.get("/about", headers={"Accept-Language": "zh"}).text[:60]
    assert 'lang="zh-Hans"' in site.get("/about?lang=zh").text[:60]
    assert 'lang="zh-Hans"' in site.get("/about", headers={"Accept-Language": "en"}).text[:60]


ACCEPTED = [("zh-TW,zh;q=0.9", "zh-Hans"), ("en-GB", "en"), ("fr,en;q=0.5", "en"), ("fr", "zh-Hans")]


@pytest.mark.parametrize(("accepted", "shown"), ACCEPTED)
def test_the_browser_chooses_where_nothing_else_does(site: FlaskClient, accepted: str, shown: str) -> None:
    assert f'<html lang="{shown}">' in site.get("/about", headers={"Accept-Language": accepted}).text


def test_the_setting_comes_before_the_browser(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LANGUAGE.variable, "en")
    assert '<html lang="en">' in site.get("/about", headers={"Accept-Language": "zh"}).text


def test_caches_are_told_that_pages_differ(site: FlaskClient) -> None:
    assert {"Accept-Language", "Cookie"} <= set(site.get("/about").headers["Vary"].split(", "))


def test_systems_and_roles_have_names_in_both_languages(site: FlaskClient) -> None:
    english, chinese = (site.get(f"/who?q=谁负责住房&lang={code}").text for code in ("en", "zh"))
    assert "Housing and Urban-Rural Development" in english
    assert ">leads<" in english
    assert "住房城乡建设" in chinese
    assert ">牵头<" in chinese


def test_evidence_stays_as_it_was_written(site: FlaskClient) -> None:
    quote = "《国务院关于进一步做好为农民工服务工作的意见》"
    for code in ("en", "zh"):
        assert quote in site.get(f"/trace/内政发〔2015〕71号?lang={code}").text


def test_a_provision_without_a_heading_is_called_by_its_article(site: FlaskClient) -> None:
    with site.application.test_request_context("/?lang=zh"):
        assert provision_name("p2/a7.3") == "第7条 第3项"
        assert provision_name("3.1") == "3.1"

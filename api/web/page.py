"""A page as HTML: its template, its language, what stands round it, and the headers that let it fetch from here alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from api.web.advice import read_on, with_danish_days, with_english_days
from api.web.translation import english, looks_danish
from sim.words.numbers import english_marks
from tariffs.elements import elements

LANGUAGE_COOKIE, LANGUAGE = "sprog", "sprog"
CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
YEAR_S = 31_536_000


@dataclass(frozen=True)
class Link:
    """A link in the page's head: where to, and what it is called in both languages."""

    href: str
    da: str
    en: str


BATCHES = Link("/batch", "Alle kommuner", "All municipalities")
"""Shown where the service has been given batches to show."""
NAVIGATION = (
    Link("/", "Sammenlign", "Compare"),
    Link("/budget", "Budget", "Budget"),
    Link("/koersler", "Gemte svar", "Saved answers"),
    Link("/pris", "Prisberegner", "Fare calculator"),
    Link("/prislister", "Prislister", "Price lists"),
    Link("/byomraade", "Byområder", "Town areas"),
    Link("/egne-data", "Egne data", "Own data"),
    BATCHES,
    Link("/om", "Om modellen", "About the model"),
)


def language_of(request: Request) -> str:
    """Return the page's language: what the address says, else what was chosen before, else Danish."""
    asked = request.query_params.get(LANGUAGE) or request.cookies.get(LANGUAGE_COOKIE)
    return "en" if asked == "en" else "da"


def translator(language: str) -> Callable[[str, str], str]:
    """Return the function by which templates say a text in the page's language."""
    return (lambda da, en: en) if language == "en" else (lambda da, en: da)


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """Return a page; ``values`` are the template's own, beside ``t``, ``language`` and what stands round every page."""
    language = language_of(request)
    t = translator(language)
    markup = environment(language).get_template(template).render(
        t=t,
        language=language,
        navigation=[
            {"href": link.href, "text": t(link.da, link.en), "here": _is_here(request, link)}
            for link in NAVIGATION
            if link != BATCHES or request.app.state.batches
        ],
        other_language=_in_language(request, "da" if language == "en" else "en"),
        version=_version(),
        **values,
    )  # fmt: skip
    response = Response(
        markup,
        status,
        {"Content-Security-Policy": CSP, "Referrer-Policy": "same-origin", "Vary": "Cookie, HX-Request"},
        media_type="text/html; charset=utf-8",
    )
    if request.query_params.get(LANGUAGE) in ("da", "en"):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=YEAR_S, httponly=True, samesite="strict")
    return response


def _is_here(request: Request, link: Link) -> bool:
    path = request.url.path
    return path == link.href or (link.href != "/" and path.startswith(f"{link.href}/"))


def _in_language(request: Request, language: str) -> str:
    """Return this page's address in another language."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key != LANGUAGE]
    path = request.url.path if request.method in ("GET", "HEAD") else "/"
    return f"{path}?{urlencode([*kept, (LANGUAGE, language)])}"


def amount_text(value: str, unit: str, language: str) -> str:
    """Return a value with its unit; kroner stand before their number in English.

    >>> amount_text("40", "kr.", "en"), amount_text("40", "kr.", "da")
    ('DKK 40', '40 kr.')
    """
    if language == "en":
        return f"DKK {value}" if unit == "kr." else f"{value} {english(unit)}"
    return f"{value} {unit}"


@lru_cache(maxsize=2)
def environment(language: str) -> Any:
    """Return what the pages of a language are written with."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    from api.web.figures import inline
    from sim.telling.report.assumption_rows import range_text, value_text
    from sim.telling.report.html import breakable, unbroken
    from sim.telling.report.phrases import date_words
    from sim.telling.section import NAMES_EN
    from sim.words.cells import plain_number
    from sim.words.names import told_apart

    environment = Environment(
        loader=ChoiceLoader([PackageLoader("api.web"), PackageLoader("sim.telling.report")]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["breakable"] = breakable
    environment.filters["unbroken"] = unbroken
    environment.filters["capital"] = lambda text: text[:1].upper() + text[1:]
    environment.filters["tr"] = english if language == "en" else str
    environment.filters["tr_name"] = lambda text, is_name: (
        english(text) if language == "en" and (not is_name or text in NAMES_EN) else str(text)
    )
    environment.globals["lang_of"] = lambda text: ' lang="da"' if language == "en" and looks_danish(text) else ""
    environment.filters["page_words"] = with_english_days if language == "en" else with_danish_days
    environment.filters["told_apart"] = lambda names: told_apart(names, language)
    environment.filters["read_on"] = read_on
    environment.filters["day_and_time"] = _day_and_time_en if language == "en" else _day_and_time
    marks = english_marks if language == "en" else str
    environment.filters["marks"] = marks
    environment.filters["day_words"] = lambda day: marks(
        date_words(day if isinstance(day, date) else date.fromisoformat(day))
    )
    environment.filters["assumption_value"] = lambda assumption: marks(value_text(assumption.value))
    environment.filters["assumption_range"] = lambda assumption: (
        english(range_text(assumption)) if language == "en" else range_text(assumption)
    )
    environment.filters["assumption_amount"] = lambda assumption: amount_text(
        marks(value_text(assumption.value)), assumption.unit, language
    )
    said = english if language == "en" else str
    environment.globals["inline"] = lambda figures, name, half=False: Markup(inline(figures, name, said, half=half))
    environment.globals["number"] = plain_number
    environment.globals["option_choices"] = lambda names: [(str(n), name) for n, name in enumerate(names)]
    environment.globals["schemes"] = [("", translator(language)("ingen", "none"))] + [
        (element.id, translator(language)(element.control_da, element.control_en)) for element in elements().values()
    ]
    environment.globals["dansk"] = ' lang="da"' if language == "en" else ""
    return environment


def _day_and_time(instant: datetime) -> str:
    """Return an instant as Danes write it, in Danish time."""
    from zoneinfo import ZoneInfo

    local = instant.astimezone(ZoneInfo("Europe/Copenhagen"))
    return f"{local.day}.{local.month}.{local.year} kl. {local:%H.%M}"


def _day_and_time_en(instant: datetime) -> str:
    from zoneinfo import ZoneInfo

    return f"{english_marks(_day_and_time(instant).partition(' ')[0])}, {instant.astimezone(ZoneInfo('Europe/Copenhagen')):%H:%M}"


@lru_cache(maxsize=1)
def _version() -> str:
    from importlib.metadata import version

    return version("takstlab")

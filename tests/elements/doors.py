"""Prints what each door says of a declared element, as JSON: run with the file of declarations, before anything has read it."""

import html
import json
import sys
from datetime import date
from pathlib import Path

import numpy as np

import tariffs.elements

NAME = "bytakst_overalt"


def main(declared: Path, folder: Path) -> None:
    tariffs.elements.FILE = declared  # type: ignore[misc]
    json.dump({"tariff": tariff(), "service": service(folder), "answer": answer(folder)}, sys.stdout)


def tariff() -> dict[str, object]:
    from tariffs import (
        FareTable,
        ServicePackage,
        Switches,
        Trip,
        TripColumns,
        day_number,
        load_price_book,
        parse_package,
        quote,
        quote_columns,
    )
    from tariffs.errors import InputError

    def refused(text: str) -> str:
        try:
            return str(parse_package(text))
        except InputError as error:
            return str(error)

    book, package = load_price_book(), parse_package(f"plustur, {NAME}")
    day = date(2024, 3, 4)
    trips = [
        Trip("0390", "0390", metres, booked=day, travel=day, from_town=town, to_town=town)
        for town, metres in (("", 5_000), ("Vordingborg", 5_000), ("", 13_000))
    ]
    place = next(n for n, m in enumerate(book.choices.municipalities) if m.code == "0390")
    many = len(trips)
    columns = TripColumns(
        product=np.zeros(many, np.int8), booked=np.full(many, day_number(day), np.int32),
        travel=np.full(many, day_number(day), np.int32), standing=np.zeros(many, bool),
        from_municipality=np.full(many, place, np.int16), to_municipality=np.full(many, place, np.int16),
        distance_m=np.array([t.distance_m for t in trips], np.int32),
        from_town=np.array([bool(t.from_town) for t in trips], np.int32),
        to_town=np.array([bool(t.to_town) for t in trips], np.int32), free_destination=np.zeros(many, bool),
        online=np.zeros(many, bool), adults=np.ones(many, np.int32), children=np.zeros(many, np.int32),
        kommunetakst=np.zeros(many, bool), bytakst=np.zeros(many, np.int8),
        schemes=np.full(many, 1 << list(tariffs.elements.elements()).index(NAME)),
    )  # fmt: skip
    return {
        "written": str(package),
        "is": package == ServicePackage(plustur=True, schemes=(NAME,)),
        "with_bytakst": refused(f"bytakst=low, {NAME}"),
        "misspelt": refused("bytakst_overal"),
        "fares_oere": [int(quote(trip, package, book, Switches()).fare_oere) for trip in trips],  # type: ignore[union-attr]
        "column_oere": quote_columns(columns, FareTable.build(book)).fare_oere.tolist(),
    }


def service(folder: Path) -> dict[str, object]:
    from fastapi.testclient import TestClient

    from api.http.app import create_app
    from api.settings import Settings
    from tests.api.http.conftest import ADDRESS, Memory

    kept = Memory(Settings(store=str(folder / "lager"), estimate_wait_ms=60_000))
    client = TestClient(create_app(kept.settings, kept, kept), base_url=ADDRESS)
    scheme = "/v1/skoen/0316?year=2024&passengers=900&today=kommunetakst"
    parameters = client.get("/openapi.json").json()["paths"]["/v1/skoen/{municipality}"]["get"]["parameters"]
    pages = {
        page: html.unescape(client.get(page, headers={"Accept": "text/html"}).text)
        for path in ("/sammenlign?kommune=0316", "/pris?valg=egne", "/byomraade?kommune=0316&valg=egne")
        for page in (f"{path}&sprog={language}" for language in ("da", "en"))
    }
    return {
        "estimate": client.get(f"{scheme}&{NAME}=1").json(),
        "listed": [row[NAME] for row in client.get("/v1/municipalities?year=2020").json()["municipalities"][:1]],
        "parameters": [parameter["name"] for parameter in parameters],
        "pages": pages,
    }


def answer(folder: Path) -> dict[str, object]:
    from data import attribution
    from sim.answer.compare import compare
    from sim.inputs.scenario.scenario import build_scenario
    from sim.study.prepare import prepare
    from sim.telling.paper import decision_paper, to_html
    from sim.telling.report.html import render_html
    from sim.telling.report.text import text_report

    told = {
        "municipality": "0316", "year": 2024, "passengers": 400, "draws": 0, "min_replications": 2,
        "max_replications": 2, "options": [
            {"name": "I dag", "elements": ["kommunetakst"]}, {"name": "En takst", "elements": [NAME]}
        ],
    }  # fmt: skip
    found = compare(prepare(build_scenario(told, "test"), "0316"), workers=1).answer
    paper = decision_paper(found, {})
    return {
        "elements": found.options[1].elements,
        "touches": found.options[1].affected.rule if found.options[1].affected else None,
        "prices": [trip.oere[1].adult_phone for trip in found.citizen_prices if trip.oere[1] is not None],
        "text": text_report(found, "x"),
        "report": html.unescape(render_html(found, attribution=attribution(), manifest={})),
        "paper_da": html.unescape(to_html(paper, "da")),
        "paper_en": html.unescape(to_html(paper, "en")),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

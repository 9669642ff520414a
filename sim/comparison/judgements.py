"""Judgements that a result rests on and that no ``--assume`` changes: fitted, or built into geography and fee."""

from dataclasses import astuple

from sim.comparison.figures import Json
from sim.geography.attraction import VisitWeights
from sim.geography.network import LONG_ROAD_FACTOR, ROAD_SCALE_M, SHORT_ROAD_EXTRA
from sim.geography.town_areas import town_density
from sim.response.response import FREE_MULTIPLIER, load_response
from tariffs import load_price_book


def fixed_judgements() -> list[Json]:
    """Return them in the form of the register's entries, marked as not to be changed by the user."""
    response = load_response().summary
    fit, free = response["posterior"], response["facts"]["free"]
    spread = fit["spread"]
    weights = [float(weight) for weight in fit["family_weights"].values()]
    calls, fixed = (load_price_book().parameters[f"movia/{key}"].values[-1] for key in ("sparede_opkald", "fast_andel"))
    memo = "Movia, notat til KKR Hovedstaden om ny model for flextur (vinter 2018/19), bilag 1"
    return [
        _entry(
            "price_response_families",
            "Prisfølsomhed: vægt af logistisk, normal, Weibull og lineær betalingsvillighed; se docs/response.md",
            weights,
            "vægt",
            "C",
            f"Tilpasset forsøgene med 48 kr. (fire kommuner) og 72 kr. (Lolland): {memo}",
        ),
        _entry(
            "price_response_spread",
            "Forskel mellem kommuner: prisfølsomheden ganges med exp(s·z)",
            spread["mean"],
            "sigma",
            "C",
            f"Samme tilpasning; 80 % af sandsynligheden ligger i {spread['p10']:.2f}-{spread['p90']:.2f}".replace(
                ".", ","
            ),
            spread["p10"],
            spread["p90"],
        ),
        _entry(
            "free_destination_multiplier",
            "Så mange gange dagens ture får en gratis destination, hvor intet vides om den",
            FREE_MULTIPLIER,
            "faktor",
            "J",
            f"Skøn; Gladsaxe gik fra 30 til 180 ture pr. måned (A): {memo}",
            free["multiplier_low"],
            free["multiplier_high"],
        ),
        _entry(
            "road_distance_factor",
            "Vejafstand = korteste landvej i 500 m-celler × (første + andet × exp(−afstand/tredje km))",
            [LONG_ROAD_FACTOR, SHORT_ROAD_EXTRA, ROAD_SCALE_M / 1000],
            "faktor, faktor, km",
            "J",
            "Målt mod kendte vejafstande på 13-95 km (middelfejl 5,5 %); under 13 km skøn; se docs/geography.md",
        ),
        _entry(
            "town_density",
            "Befolkningstæthed, der afgrænser et byområde på 200, 2.000 og 20.000 indbyggere",
            [float(round(town_density(persons))) for persons in (200, 2_000, 20_000)],
            "indbyggere pr. km²",
            "J",
            "Skøn; kommunens egne grænser kan gives som GeoJSON",
        ),
        _entry(
            "visit_weights",
            "Besøg pr. mål: pleje, læge, hospital, apotek, bibliotek, kultur, rådhus, uddannelse, sport, supermarked,"
            " center, regionssygehus, station",
            [float(weight) for weight in astuple(VisitWeights())],
            "vægt",
            "J",
            "Skøn: kun forholdet mellem dem betyder noget",
        ),
        _entry(
            "fee_calls_saved",
            "Sparede opkald pr. passager, der går online",
            float(calls.text),
            "opkald",
            "C",
            f"Ét opkald pr. bestilling med 1,2 passagerer ({calls.source.mark}); virker kun, når online_share ændres",
            float(calls.low),
            float(calls.high),
        ),
        _entry(
            "fee_fixed_part",
            "Fast del af betalingen til Movia",
            float(fixed.text),
            "andel",
            "J",
            f"Skøn ({fixed.source.mark}); virker kun, når passagertallet i hele Movia ændres",
            float(fixed.low),
            float(fixed.high),
        ),
    ]


def _entry(
    key: str,
    statement: str,
    value: float | list[float],
    unit: str,
    mark: str,
    source: str,
    low: float | None = None,
    high: float | None = None,
) -> Json:
    return {
        "id": key,
        "statement": statement,
        "value": value,
        "low": low,
        "high": high,
        "range": None if low is not None else "ligger fast",
        "unit": unit,
        "mark": mark,
        "source": source,
        "who": "kalibrering",
        "drawn": False,
        "overridden": False,
        "outside_range": False,
    }

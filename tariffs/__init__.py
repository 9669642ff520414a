"""What a trip costs the rider and what a vehicle earns its operator: pure rules over dated, sourced values.

This room knows the editions of the flextur and plustur tariff, the rules that price one trip or columns of
trips, the municipalities' known choices, the operator's payment and the fee to Movia. It does not know
vehicles, maps, clocks, files of trips or HTTP, and it never guesses: a price outside the editions, or one
that was not published, is a refusal with its reason.

The names below are the front door; they are imported when first used, so that importing the room is quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tariffs.certainty import Certainty, certainty_note, certainty_of, certainty_text, certainty_word
    from tariffs.columns import QuoteColumns, TripColumns, quote_columns
    from tariffs.edition import Edition
    from tariffs.errors import DataError, InputError, TakstlabError, TariffError
    from tariffs.fare_table import FareTable, day_number, fare_columns
    from tariffs.flexhandicap import flexhandicap_fare_oere
    from tariffs.indexing import draft_edition
    from tariffs.level_choice import PlaceClass, choose_level, place_class, price_level
    from tariffs.load import list_variants, load_price_book
    from tariffs.money import Money, format_kroner, parse_kroner
    from tariffs.movia_fee import FeeTerms, fee_per_passenger, fee_terms, municipal_fee, split_fee
    from tariffs.municipal_choices import MunicipalChoice, MunicipalChoices, Municipality, load_municipal_choices
    from tariffs.offer import Line, Offer, Reason, Refusal
    from tariffs.operator_payment import (
        GarantivognRates,
        VariabelRates,
        garantivogn_payment,
        payment_to_oere,
        variabel_payment,
    )
    from tariffs.package import ServicePackage, parse_package
    from tariffs.parameter import Parameter, Value
    from tariffs.price_book import Level, PriceBook
    from tariffs.price_list import PriceList, read_price_list
    from tariffs.projection import last_known
    from tariffs.quotation import quote
    from tariffs.source import Source
    from tariffs.switches import SWITCHES, Switches
    from tariffs.trip import Trip
    from tariffs.validity import effective_date

_HOMES = {
    "certainty": ("Certainty", "certainty_note", "certainty_of", "certainty_text", "certainty_word"),
    "columns": ("QuoteColumns", "TripColumns", "quote_columns"),
    "edition": ("Edition",),
    "errors": ("DataError", "InputError", "TakstlabError", "TariffError"),
    "fare_table": ("FareTable", "day_number", "fare_columns"),
    "flexhandicap": ("flexhandicap_fare_oere",),
    "indexing": ("draft_edition",),
    "level_choice": ("PlaceClass", "choose_level", "place_class", "price_level"),
    "load": ("list_variants", "load_price_book"),
    "money": ("Money", "format_kroner", "parse_kroner"),
    "movia_fee": ("FeeTerms", "fee_per_passenger", "fee_terms", "municipal_fee", "split_fee"),
    "municipal_choices": ("Municipality", "MunicipalChoice", "MunicipalChoices", "load_municipal_choices"),
    "offer": ("Line", "Offer", "Reason", "Refusal"),
    "operator_payment": (
        "GarantivognRates",
        "VariabelRates",
        "garantivogn_payment",
        "payment_to_oere",
        "variabel_payment",
    ),
    "package": ("ServicePackage", "parse_package"),
    "parameter": ("Parameter", "Value"),
    "price_book": ("Level", "PriceBook"),
    "price_list": ("PriceList", "read_price_list"),
    "projection": ("last_known",),
    "quotation": ("quote",),
    "source": ("Source",),
    "switches": ("SWITCHES", "Switches"),
    "trip": ("Trip",),
    "validity": ("effective_date",),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - by theme, as in the docstring
    "load_price_book",
    "list_variants",
    "PriceBook",
    "Edition",
    "Parameter",
    "Value",
    "Source",
    "Level",
    "Switches",
    "SWITCHES",
    "ServicePackage",
    "parse_package",
    "MunicipalChoices",
    "MunicipalChoice",
    "Municipality",
    "load_municipal_choices",
    "Trip",
    "quote",
    "Offer",
    "Line",
    "Refusal",
    "Reason",
    "Certainty",
    "certainty_note",
    "certainty_of",
    "certainty_text",
    "certainty_word",
    "PlaceClass",
    "place_class",
    "choose_level",
    "price_level",
    "effective_date",
    "FareTable",
    "fare_columns",
    "day_number",
    "TripColumns",
    "quote_columns",
    "QuoteColumns",
    "VariabelRates",
    "GarantivognRates",
    "variabel_payment",
    "garantivogn_payment",
    "payment_to_oere",
    "FeeTerms",
    "fee_terms",
    "fee_per_passenger",
    "municipal_fee",
    "split_fee",
    "flexhandicap_fare_oere",
    "Money",
    "parse_kroner",
    "format_kroner",
    "draft_edition",
    "PriceList",
    "read_price_list",
    "last_known",
    "TakstlabError",
    "InputError",
    "DataError",
    "TariffError",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'tariffs' has no attribute '{name}'")
    return getattr(import_module(f"tariffs.{_HOME_OF[name]}"), name)

"""What the command line says of a command it cannot read, in Danish: click's own sentences, translated in one place."""

from typing import Any

import click

_SENTENCES = {
    "Usage:": "Brug:",
    "Options": "Valg",
    "Commands": "Kommandoer",
    "Show this message and exit.": "Vis denne hjælp.",
    "default: {default}": "standard: {default}",
    "Error: {message}": "Fejl: {message}",
    "Try '{command} {option}' for help.": "Hjælp: {command} {option}",
    "Invalid value: {message}": "Værdien kan ikke bruges: {message}",
    "Invalid value for {param_hint}: {message}": "Værdien for {param_hint} kan ikke bruges: {message}",
    "Missing command.": "Kommandoen mangler.",
    "Missing argument": "Der mangler",
    "Missing option": "Der mangler",
    "Missing parameter": "Der mangler",
    "Choose from:\n\t{choices}": "Vælg mellem:\n\t{choices}",
    "No such option {name!r}.": "Valget {name!r} findes ikke.",
    "No such command {name!r}.": "Kommandoen {name!r} findes ikke.",
    "Got unexpected extra argument ({args})": "Der er et led for meget: {args}",
    "Got unexpected extra arguments ({args})": "Der er led for meget: {args}",
    "Did you mean {possibility}?": "Mente du {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Mente du en af disse: {possibilities}?)",
    "Option {name!r} requires an argument.": "Valget {name!r} skal have en værdi.",
    "Option {name!r} does not take a value.": "Valget {name!r} skal ikke have en værdi.",
    "{value!r} is not a valid {number_type}.": "{value!r} er ikke et {number_type}.",
    "{value} is not in the range {range}.": "{value} ligger ikke i {range}.",
    "{value!r} is not {choice}.": "{value!r} er ikke {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} er ikke en af {choices}.",
    "file": "fil",
    "directory": "mappe",
    "path": "sti",
}
_MODULES = (
    click.core,
    click.decorators,
    click.exceptions,
    click.formatting,
    click.parser,
    click.types,
)
_KINDS: dict[type[click.ParamType[Any]], str] = {
    click.types.StringParamType: "tekst",
    click.types.IntParamType: "heltal",
    click.IntRange: "heltal",
    click.types.FloatParamType: "tal",
    click.FloatRange: "tal",
}


def speak_danish() -> None:
    """Let click say its sentences in Danish; one that is not known here stays English."""
    for module in _MODULES:
        for name, translated in (("_", _one), ("ngettext", _one_or_many)):
            if hasattr(module, name):
                setattr(module, name, translated)
    for kind, name in _KINDS.items():
        kind.name = name


def _one(sentence: str) -> str:
    return _SENTENCES.get(sentence, sentence)


def _one_or_many(one: str, many: str, number: int) -> str:
    return _one(one if number == 1 else many)

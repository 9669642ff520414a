"""The plan of a batch as the user states it in TOML, checked when it enters."""

import tomllib
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.geography.municipalities import find_municipality, movia_municipalities
from sim.inputs.scenario import Option
from sim.inputs.scenario.names import any_alike, check_destinations
from sim.inputs.scenario.scenario import MAX_PASSENGERS, faults_in_danish
from sim.study.draws import MOST_DRAWS
from tariffs import ServicePackage, parse_package
from tariffs.errors import DataError, InputError
from tariffs.source import read_bytes

MAX_OPTIONS = 24
ALL = "all"
LISTS = ("municipalities", "years", "options", "tariff_files")

Count = Annotated[float, Field(gt=0, le=MAX_PASSENGERS, strict=False)]


class BatchPlan(BaseModel):
    """What a batch simulates: every municipality under every option, in every year, so many times.

    Attributes
    ----------
    municipalities : codes or names, or "all" for Movia's 45
    options : the first is the base that the others are held against; no elements means grundtakst alone
    replications : years simulated under central parameters
    draws : joint draws of what is not known, each simulated once beside the replications
    passengers : a municipality's own yearly passengers; without them Movia's total is shared out
    reference : the elements in force when those passengers were counted; without it the choice known of that year
    tariff_files : further editions of fares, as `takstlab tariffs enter` writes them
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    name: Annotated[str, Field(min_length=1, max_length=120)]
    municipalities: Literal["all"] | Annotated[tuple[str, ...], Field(min_length=1)]
    years: Annotated[tuple[Annotated[int, Field(ge=1990, le=2100)], ...], Field(min_length=1, max_length=50)]
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    replications: Annotated[int, Field(ge=1, le=1000)] = 10
    draws: Annotated[int, Field(ge=0, le=MOST_DRAWS)] = 16
    passengers: dict[str, Count] = {}
    reference: dict[str, tuple[str, ...]] = {}
    tariff_files: tuple[str, ...] = ()
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MAX_OPTIONS)]

    @model_validator(mode="before")
    @classmethod
    def _from_toml(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        raw = {key: tuple(value) if key in LISTS and isinstance(value, list) else value for key, value in raw.items()}
        if isinstance(raw.get("municipalities"), str) and raw["municipalities"] != ALL:
            raw["municipalities"] = (raw["municipalities"],)
        if isinstance(raw.get("reference"), dict):
            raw["reference"] = {k: tuple(v) if isinstance(v, list) else v for k, v in raw["reference"].items()}
        return raw

    @model_validator(mode="after")
    def _whole(self) -> "BatchPlan":
        if any_alike(option.name for option in self.options):
            raise ValueError("to valgmuligheder har samme navn")
        for key in ("municipalities", "years"):
            values = getattr(self, key)
            if values != ALL and len(set(values)) != len(values):
                raise ValueError(f"{key} nævner det samme to gange")
        return self

    @property
    def codes(self) -> tuple[str, ...]:
        """The municipalities' codes, each once, in order; raises InputError for one that is unknown."""
        if self.municipalities == ALL:
            return tuple(m.code for m in movia_municipalities())
        return tuple(sorted({find_municipality(text).code for text in self.municipalities}))

    @property
    def packages(self) -> tuple[ServicePackage, ...]:
        """The options' packages; raises InputError for elements that are unknown or contradict each other."""
        return tuple(option.package for option in self.options)

    @property
    def own_passengers(self) -> dict[str, float]:
        """The stated passengers by code."""
        return {find_municipality(text).code: count for text, count in self.passengers.items()}

    @cached_property
    def price_lists(self) -> tuple[str, ...]:
        """The texts of the plan's own editions, read once; raises DataError for a file that cannot be read."""
        return tuple(read_bytes(Path(file), file).decode("utf-8", "replace") for file in self.tariff_files)

    @property
    def references(self) -> dict[str, ServicePackage]:
        """The stated references by code."""
        return {
            find_municipality(text).code: parse_package(", ".join(elements))
            for text, elements in self.reference.items()
        }


def plan_of(values: dict[str, Any], where: str) -> BatchPlan:
    """Return a checked plan; raises InputError saying which value is wrong and why."""
    try:
        plan = BatchPlan(**values)
    except ValidationError as error:
        raise InputError(
            f"Planen kan ikke bruges: {faults_in_danish(error)}",
            where=where,
            next_step="ret værdien; se docs/batch.md eller takstlab schema plan",
        ) from None
    codes, packages = plan.codes, plan.packages
    check_destinations(packages)
    own = plan.own_passengers
    distinct = {"passengers": len(own), "reference": len(plan.references)}
    for key, count in distinct.items():
        if len(getattr(plan, key)) != count:
            raise InputError(
                f"{key} nævner en kommune to gange",
                where=where,
                why="kode og navn er den samme kommune",
                next_step="behold den ene linje",
            )
    for key, given, of, what in (
        ("passengers", own, set(codes), "ikke er blandt planens kommuner"),
        ("reference", plan.references, set(own), "ikke har et tal i passengers"),
    ):
        outside = sorted(set(given) - of)
        if outside:
            raise InputError(
                f"{key} nævner {', '.join(outside)}, som {what}",
                where=where,
                next_step="ret planens tabeller efter hinanden",
            )
    if len(codes) > 1 and any(package.free_destinations for package in packages):
        raise InputError(
            "En gratis destination kan ikke indgå i en plan for flere kommuner",
            where=where,
            why="destinationen ligger i én kommune",
            next_step="lav en plan for kommunen alene",
        )
    return plan


def read_plan(text: str) -> BatchPlan:
    """Read a plan from a TOML file, or a packaged one by its name; raises InputError or DataError when it cannot be."""
    path = Path(text)
    packaged = files("data") / "plans" / f"{text}.toml"
    source: Any = packaged if not path.exists() and path.name == text and packaged.is_file() else path
    try:
        content = source.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(
            f"Planen {text} findes ikke",
            next_step=f"angiv stien til en TOML-fil, eller navnet på en færdig plan: {', '.join(packaged_plans())}",
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("Planen kan ikke læses", where=text, why=str(error), next_step="kontrollér filen") from None
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            "Planen kan ikke læses", where=text, why=str(error), next_step="ret filen; den skal være TOML"
        ) from None
    return plan_of(values, text)


def packaged_plans() -> tuple[str, ...]:
    """Return the names of the plans that come with the program."""
    folder = files("data") / "plans"
    return tuple(sorted(e.name.removesuffix(".toml") for e in folder.iterdir() if e.name.endswith(".toml")))

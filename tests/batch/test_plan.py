"""A plan is checked when it enters, and what is wrong with it is said in Danish."""

from typing import Any

import pytest

from sim.batch.plan import packaged_plans, plan_of, read_plan
from tariffs.errors import DataError, InputError

PLAN: dict[str, Any] = {"name": "x", "municipalities": ["0316"], "years": [2020], "options": [{"name": "I dag"}]}


def test_the_ready_plan_is_all_45_under_twelve_packages() -> None:
    plan = read_plan("movia")
    assert len(plan.codes) == 45
    assert plan.years == (2020,)
    packages = {(p.kommunetakst, p.bytakst, p.plustur) for p in plan.packages}
    assert packages == {(k, b, p) for k in (False, True) for b in (None, "low", "high") for p in (False, True)}
    assert plan.packages[0].elements() == ()
    assert "movia" in packaged_plans()


def test_municipalities_are_found_by_code_or_name_and_stand_in_order() -> None:
    assert plan_of({**PLAN, "municipalities": ["Sorø", "0155", "holbæk"]}, "x").codes == ("0155", "0316", "0340")
    assert plan_of({**PLAN, "municipalities": "Sorø"}, "x").codes == ("0340",)
    assert len(plan_of({**PLAN, "municipalities": "all"}, "x").codes) == 45


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"years": ["2020"]}, "years.0: skal være et helt tal"),
        ({"replications": 0}, "replications: skal være mindst 1"),
        ({"replications": True}, "replications: skal være et helt tal"),
        ({"draws": 65}, "draws: må højst være 64"),
        ({"turism": 1}, "turism: ukendt nøgle"),
        ({"name": ""}, "name"),
        ({"options": []}, "options: der skal være mindst én"),
        ({"options": [{"name": f"{n}"} for n in range(25)]}, "options: højst 24"),
        ({"options": [{"name": "a"}, {"name": "a"}]}, "to valgmuligheder har samme navn"),
        ({"options": [{"name": "a"}, {"name": "a\u00ad"}]}, "to valgmuligheder har samme navn"),
        ({"options": [{"name": "a", "elements": ["gratis=Byen", "gratis=BYEN"]}]}, "'BYEN' skrives også 'Byen'"),
        ({"passengers": {"0316": 100, "Holbæk": 200}}, "passengers nævner en kommune to gange"),
        ({"years": [2020, 2020]}, "years nævner det samme to gange"),
        ({"municipalities": ["Atlantis"]}, "Atlantis"),
        ({"municipalities": ["0751"]}, "ikke en af Movias 45"),
        ({"options": [{"name": "a", "elements": ["bytakts=low"]}]}, "mente du bytakst"),
        ({"options": [{"name": "a", "elements": ["bytakst=12"]}]}, "vælg mindst 21 kr."),
        ({"passengers": {"0340": 100}}, "passengers nævner 0340, som ikke er blandt planens kommuner"),
        ({"passengers": {"0316": -5}}, "skal være over 0"),
        ({"passengers": {"0316": float("nan")}}, "passengers.0316"),
        ({"reference": {"0316": ["kommunetakst"]}}, "reference nævner 0316, som ikke har et tal i passengers"),
        (
            {"municipalities": ["0159", "0316"], "options": [{"name": "a", "elements": ["gratis=Telefonfabrikken"]}]},
            "destinationen ligger i én kommune",
        ),
    ],
)
def test_a_plan_that_cannot_be_used_says_which_value_and_why(values: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as refused:
        plan_of({**PLAN, **values}, "plan.toml")
    assert words in str(refused.value)


def test_a_plan_that_is_not_there_names_the_ready_ones() -> None:
    with pytest.raises(InputError, match=r"Planen findes_ikke findes ikke.*movia"):
        read_plan("findes_ikke")


def test_a_plan_that_is_no_toml_is_refused(tmp_path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(DataError, match="Planen kan ikke læses"):
        read_plan(str(path))
    path.write_bytes(b'name = "\xe6"')
    with pytest.raises(DataError, match="Planen kan ikke læses"):
        read_plan(str(path))


def test_the_schema_of_a_plan_is_published(takstlab) -> None:
    import json

    status, out, _ = takstlab("schema", "plan")
    assert status == 0
    schema = json.loads(out)
    assert schema["required"] == ["name", "municipalities", "years", "options"]
    assert schema["additionalProperties"] is False

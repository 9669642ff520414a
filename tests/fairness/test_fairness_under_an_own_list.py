"""The town line priced by a list that was typed: its kroner, and its name beside them."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import takstlab
from api.http.app import create_app
from api.settings import Settings
from tariffs import PriceList

AMOUNTS = {
    "grundtakst": 4900, "kommunetakst": 3300, "bytakst_low": 6500, "bytakst_high": 8000, "gratis_destination": 0,
    "kilometertakst_fra_km_11": 900, "kilometertakst_fra_km_21": 1700, "plusturtakst": 2900,
}  # fmt: skip
NAMED = "egen prisliste, Movias brev af 20-11-2026"


@pytest.fixture(scope="module")
def own() -> bytes:
    return PriceList(date(2027, 1, 17), "Movias brev af 20-11-2026", AMOUNTS).toml().encode()


def test_the_command_prices_both_sides_by_the_list_and_names_it(own: bytes, tmp_path: Path) -> None:
    file = tmp_path / "2027.toml"
    file.write_bytes(own)
    asked = ["fairness", "--municipality", "0316", "--on", "2027-03-01", "--elements", "kommunetakst, bytakst=low"]
    with_list = CliRunner().invoke(takstlab, [*asked, "--tariff", str(file), "--json"])
    report = json.loads(with_list.output)
    trip = report["lines"][0]["trips"][0]
    assert [trip[side]["oere"]["adult_phone"] for side in ("inside", "outside")] == [6500, 3300]
    assert report["fares"] == {
        "certainty": "entered",
        "text_da": NAMED,
        "text_en": "own price list, Movias brev af 20-11-2026",
    }
    without = CliRunner().invoke(takstlab, asked)
    assert "Priserne: fremskrevet; ikke Movias prisliste." in without.output


def test_the_page_ticks_the_lists_that_are_kept_and_says_which_it_used(
    own: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    app = create_app(Settings(store=str(tmp_path_factory.mktemp("lager"))), None, None)  # type: ignore[arg-type]
    client = TestClient(app, base_url="http://127.0.0.1:8600")
    kept = client.post("/v1/price-lists", content=own, headers={"Content-Type": "application/toml"})
    assert kept.status_code == 201, kept.text
    name = f"prices:{kept.json()['id']}"
    page = client.get("/byomraade", params={"kommune": "0316", "dag": "1.3.2027", "prisliste": name}).text
    assert f"Priserne: {NAMED}." in page
    assert f'value="{name}" checked' in page
    gone = client.get("/byomraade", params={"kommune": "0316", "dag": "1.3.2027", "prisliste": "prices:" + "0" * 64})
    assert gone.status_code == 422
    assert "Prislisten er ikke gemt her" in gone.text

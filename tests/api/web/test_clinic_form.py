"""The nurse clinic in the builder: its fields stand there, and what is wrong stands at the field as well as on top."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.cli.scenario_values import _visits
from api.http.app import create_app
from api.settings import Settings
from tariffs.errors import InputError


def test_what_is_wrong_with_a_clinic_stands_at_its_field(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path), today="2026-11-28", estimate_wait_ms=0)
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    client = TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})
    page = client.get("/sammenlign?kommune=0316&klinik=Huset&klinik_besoeg=4.000").text
    assert 'value="Huset"' in page
    assert 'id="klinik-error"><span class="sr-only">Fejl: </span>Ingen valgmulighed har gratis kørsel til Huset' in page
    assert 'href="#klinik"' in page
    assert 'id="klinik_besoeg-error"' not in page


def test_known_visits_are_read_from_the_command_line() -> None:
    read = {"name": "Huset", "trips_per_month_before": 30.0, "added_trips_per_month": 150.5}
    assert _visits("Huset: 30; 150,5") == read
    assert _visits("Huset: ; 150,5") == {key: read[key] for key in ("name", "added_trips_per_month")}
    for text in ("Huset", "Huset: 30", "Huset: ;", ": 30; 5", "Huset: mange; 5"):
        with pytest.raises(InputError, match="--visits"):
            _visits(text)

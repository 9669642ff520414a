"""One clock: the doors ask it, nothing deeper reads the date, and what a door takes for granted follows from it."""

import ast
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from api.cli.main import takstlab
from api.clock import VARIABLE, clock_of, usual_year
from api.http.app import create_app
from api.http.scenarios import ScenarioBody
from api.settings import Settings
from tariffs.errors import InputError

ROOT = Path(__file__).parents[2]
NOVEMBER = "2026-11-28"
READERS = {"today", "now", "utcnow", "localtime", "gmtime"}
MAY_READ = {
    "api/clock.py",
    "api/cli/keys.py",
    "api/http/keys.py",
    "api/jobs/sqlite_clock.py",
    "api/store/areas.py",
    "api/store/backup.py",
    "api/web/saved.py",
    "api/store/drafts.py",
    "api/store/saved_columns.py",
    "api/store/timetables.py",
    "api/store/uploads.py",
}
"""The clock, and what keeps the instant at which something was received or runs out."""


@pytest.fixture
def november(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path), today=NOVEMBER, estimate_wait_ms=0)
    app = create_app(settings, None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    return TestClient(app, base_url="http://127.0.0.1:8600", headers={"Accept": "text/html"})


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 7, 31), 2026), (date(2026, 8, 1), 2027), (date(2027, 1, 2), 2027)]
)
def test_from_august_on_the_next_years_budget_is_made(day: date, year: int) -> None:
    assert usual_year(day) == year


def test_no_year_is_offered_that_has_no_fares() -> None:
    assert usual_year(date(2035, 3, 1)) == 2027


def test_a_stated_day_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="skriv fx 2026-11-28"):
        clock_of("i morgen")


def test_nothing_but_the_clock_reads_todays_date() -> None:
    for room in ("tariffs", "sim", "data", "api"):
        for path in sorted((ROOT / room).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            read = {
                f"{node.value.id}.{node.attr}"
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                and node.value.id in ("date", "datetime", "time", "dt") and node.attr in READERS | {"time"}
            } - {"datetime.time", "dt.time"}  # fmt: skip
            assert name in MAY_READ or not read, f"{name} reads the date by {read}; let the door pass it on"


def test_the_page_begins_with_next_years_budget_and_todays_prices(november: TestClient) -> None:
    built = november.get("/sammenlign?kommune=0316").text
    assert '<option value="2027" selected>' in built
    assert 'name="forslag" value="0316-2027"' in built
    assert 'name="dag" value="28.11.2026"' in november.get("/pris").text
    assert 'name="dag" value="28.11.2026"' in november.get("/byomraade").text
    assert '<option value="2020" selected>' in november.get("/sammenlign?kommune=0316&aar=2020").text


def test_what_a_trip_in_holbaek_costs_today_is_said_with_its_mark(november: TestClient) -> None:
    """DOMAIN: kommunetakst 31 and 8 kr per km past 10 km in 2026, both projected: 31 + 3 x 8 = 55 kr for 13 km."""
    page = november.get("/pris?kommune=0316&km=13").text
    assert "55" in page
    assert "fremskrevet; ikke Movias prisliste" in page


def test_the_command_line_and_the_api_mean_the_same_year(monkeypatch: pytest.MonkeyPatch, november: TestClient) -> None:
    monkeypatch.setenv(VARIABLE, NOVEMBER)
    told = CliRunner().invoke(takstlab, ["municipalities", "--json", "Holbæk"])
    assert json.loads(told.output)["year"] == 2026
    assert november.get("/v1/municipalities").json()["year"] == 2026
    body = ScenarioBody(municipality="0316", options=["I dag: kommunetakst"])
    assert body.values(date(2026, 11, 28))["year"] == 2027
    assert body.model_copy(update={"start": "2019-07-01"}).values(date(2026, 11, 28))["year"] == 2019

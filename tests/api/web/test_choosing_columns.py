"""The page that chooses columns: a file that is not read at the first try waits without what may not come in, and is read again."""

import re
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from tests.api.http.conftest import Memory, open_client
from tests.intake.sheets import write_xlsx

HEADERS = {"Accept": "text/html"}
OFFICE = ["Dato", "Kl.", "Vognløb", "Navn", "CPR-nr.", "Afhentning x", "Afhentning y", "Aflevering x", "Aflevering y",
          "Antal pers.", "Egenbetaling", "Bemærkning", "Turstatus"]  # fmt: skip


def trip(day: int, **other: Any) -> list[Any]:
    """A row as a planning system writes it, in Holbæk; coordinates in UTM 32."""
    cells = {
        "Dato": date(2025, 3, day), "Kl.": time(8, 15), "Vognløb": "V7", "Navn": "Jens Hansen", "CPR-nr.": "010150-1234",
        "Afhentning x": 670580 + day, "Afhentning y": 6177890, "Aflevering x": 674000, "Aflevering y": 6166800,
        "Antal pers.": 1, "Egenbetaling": 24.5, "Bemærkning": "ring ved ankomst", "Turstatus": "Udført",
    }  # fmt: skip
    return list((cells | other).values())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=str(tmp_path / "lager"), estimate_wait_ms=60_000, today="2026-11-28")


@pytest.fixture
def client(settings: Settings) -> TestClient:
    return open_client(settings, Memory(settings))


@pytest.fixture
def office(tmp_path: Path) -> bytes:
    """A file as an office has it: a title, names of columns that are its own, and what must not come in."""
    return workbook(tmp_path, [["Flextur Holbæk 2025"], [], OFFICE, *(trip(day) for day in range(1, 9))])


def workbook(folder: Path, rows: Sequence[Sequence[object]], **more: Sequence[Sequence[object]]) -> bytes:
    write_xlsx(folder / "ture.xlsx", {"Kørsler": rows, **more})
    return (folder / "ture.xlsx").read_bytes()


def send(client: TestClient, content: bytes, name: str = "ture.xlsx", **fields: str) -> Any:
    return client.post(
        "/egne-data/ture", data={"kommune": "0316", **fields}, files={"fil": (name, content)}, headers=HEADERS
    )


def choose(client: TestClient, page: Any, **fields: str) -> Any:
    """Send the form of a page of columns again, some of its fields changed."""
    return client.post(
        page.url.path,
        data={**chosen(page), **{name.replace("_", "-"): value for name, value in fields.items()}},
        files={"ingen": ("", b"")},
        headers=HEADERS,
    )


def chosen(page: Any) -> dict[str, str]:
    """What the drop-downs of a page say, as a browser sends it: every end of a line is CRLF."""
    found = {}
    for name, inside in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page.text, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = re.sub("\r?\n", "\r\n", chosen[1]) if chosen else ""
    return found


def plain(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def on_disk(settings: Settings) -> bytes:
    """Every byte that the store has."""
    return b"\n".join(path.read_bytes() for path in Path(settings.store).rglob("*") if path.is_file())


def test_columns_under_other_names_are_guessed_and_the_list_is_taken_in_without_being_sent_again(
    client: TestClient, office: bytes
) -> None:
    page = send(client, office)
    assert page.status_code == 200
    assert page.url.path.startswith("/egne-data/kolonner/")
    words = plain(page)
    assert "Holbæk: 8 rækker" in words
    assert "Listen kan læses" in words
    assert chosen(page) == {
        "kol-dato": "Dato", "kol-tid": "Kl.", "kol-passagerer": "Antal pers.", "kol-fra-sted": "",
        "kol-fra-nord": "Afhentning y", "kol-fra-oest": "Afhentning x", "kol-til-sted": "", "kol-til-nord": "Aflevering y",
        "kol-til-oest": "Aflevering x", "kol-status": "Turstatus", "kol-pris": "Egenbetaling", "kol-boern": "",
        "kol-bestilt": "", "kol-kanal": "", "kol-fast": "", "kol-produkt": "", "numbers": "", "dates": "",
    }  # fmt: skip
    assert "4 1.3.2025 08:00 Holbæk" in words, "the first row as it is understood, by its number in the file"
    taken = choose(client, page, goer="tag")
    assert taken.url.path == "/egne-data"
    words = plain(taken)
    assert "Listen er indlæst." in words
    assert "Læst: 8 rækker. Taget med: 8." in words
    assert "Kolonner, der ikke er læst: Vognløb; Navn; CPR-nr.; Bemærkning" in words
    assert client.get("/v1/uploads").json()["uploads"][0]["rows"] == 8
    assert client.get(page.url.path, headers=HEADERS).status_code == 404, "what waited is gone"


def test_names_of_columns_that_run_over_two_lines_can_be_chosen(
    client: TestClient, office: bytes, tmp_path: Path
) -> None:
    """As a cell of headings with Alt+Enter in it has them; a hyphen before the end of the line divides a word."""
    lines = {"Dato": "Rejse-\ndato", "Antal pers.": "Antal\npers.", "Egenbetaling": "Egen-\r\nbetaling\n(kr.)"}
    rows = [*(trip(day) for day in range(1, 9)), [], ["I alt", "", "", "", "", "", "", "", "", 8]]
    page = choose(client, send(client, workbook(tmp_path, [[lines.get(name, name) for name in OFFICE], *rows])))
    assert "Listen kan læses" in plain(page)
    assert "Holbæk: 8 rækker" in plain(page), "neither the empty row nor the total is one"
    names = ("Rejsedato", "Antal pers.", "Egenbetaling (kr.)")
    assert tuple(chosen(page)[f"kol-{field}"] for field in ("dato", "passagerer", "pris")) == names
    assert "Listen er indlæst." in plain(choose(client, page, goer="tag"))


def test_a_cancelled_trip_is_shown_as_that(client: TestClient, tmp_path: Path) -> None:
    called_off = [trip(day, Turstatus=word) for day, word in ((1, "Aflyst"), (2, "Forgæves"), (3, "Udført"))]
    words = plain(send(client, workbook(tmp_path, [OFFICE, *called_off])))
    # The field's own words are "udført, forgæves eller aflyst".
    assert [words.count(said) for said in (" aflyst", " forgæves", " udført ")] == [2, 2, 1]


def test_what_waits_has_no_names_numbers_notes_or_streets(
    client: TestClient, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    names = [*OFFICE[:5], "Afhentes hos", "Køres til", "Antal pers."]
    rows = [[*trip(day)[:5], "Ahlgade 12, 4300 Holbæk", "Bakkevej 3, Tølløse", 1] for day in range(1, 5)]
    page = send(client, workbook(tmp_path, [names, *rows]))
    assert chosen(page)["kol-fra-sted"] == "Afhentes hos"
    assert "Dag 1" not in plain(page)
    [kept] = Path(settings.store, "drafts").glob("*/ark-*.parquet")
    cells = "".join(map(str, pq.read_table(kept).to_pylist()))
    assert "4300 Holbæk" in cells
    assert "Tølløse" in cells
    for hidden in ("Jens", "010150", "Ahlgade", "Bakkevej", "V7"):
        assert hidden not in cells + page.text + caplog.text
        assert hidden.encode() not in on_disk(settings)
    assert Path(settings.store, "drafts").stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0


def test_one_address_is_one_place_in_a_file_that_waits(client: TestClient, settings: Settings, tmp_path: Path) -> None:
    """The street is dropped, and yet a doctor in Holbæk is where she was on every trip, whatever the case and spaces."""
    names = [*OFFICE[:5], "Afhentes hos", "Køres til", "Antal pers."]
    doctor, others = "Ahlgade 12, 4300 Holbæk", [f"Bakkevej {n}, 4300 Holbæk" for n in range(20)]
    rows = [[*trip(1)[:5], other, doctor if n % 2 else "ahlgade  12, 4300 Holbæk", 1] for n, other in enumerate(others)]
    choose(client, send(client, workbook(tmp_path, [names, *rows])), goer="tag")
    [kept] = Path(settings.store, "uploads").glob("*/*.parquet")
    table = pq.read_table(kept)
    assert len(set(table["to_zone"].to_pylist())) == 1
    assert len(set(table["from_zone"].to_pylist())) > 10
    assert not any(street in on_disk(settings) for street in (b"Ahlgade", b"ahlgade", b"Bakkevej"))


def test_what_is_not_chosen_or_chosen_twice_is_said_at_its_field(client: TestClient, office: bytes) -> None:
    page = send(client, office)
    again = choose(client, page, kol_passagerer="", kol_pris="Dato", kol_til_oest="")
    assert again.status_code == 200
    for where, words in (
        ("kol-passagerer", "Vælg kolonnen med antal passagerer"),
        ("kol-pris", "Kolonnen »Dato« er allerede valgt som dag"),
        ("kol-til-oest", "Vælg også den anden koordinat for, hvor turen slutter"),
    ):
        assert f'<a href="#{where}">{words}</a>' in again.text
        assert re.search(rf'id="{where}-error"><span class="sr-only">Fejl: </span>{words}', again.text)
    assert "Indlæs listen" not in again.text
    assert chosen(again)["kol-til-oest"] == "", "what was chosen stays chosen"
    right = choose(client, again, kol_passagerer="Antal pers.", kol_pris="", kol_til_oest="Aflevering x")
    assert "Listen kan læses" in plain(right)


def test_rows_that_cannot_be_read_are_named_at_the_column_and_the_others_are_shown(
    client: TestClient, tmp_path: Path
) -> None:
    bad = [trip(2, **{"Antal pers.": "mange penge"}), trip(3, **{"Antal pers.": 12})]
    rows = [OFFICE, trip(1), *bad, *(trip(day) for day in range(4, 8))]
    page = send(client, workbook(tmp_path, rows))
    said = "Antal pers.: 2 celler kan ikke læses, række 3-4. Der skal stå helt tal, 1-8, børn talt med"
    assert said in plain(page)
    assert "mange penge" not in page.text
    assert '<a href="#kol-passagerer">' in page.text
    assert "Er kolonnen den rigtige, så ret cellerne i jeres egen fil, og send den igen under Egne data" in plain(page)
    words = plain(page)
    assert "2 1.3.2025 08:00" in words
    assert "5 4.3.2025 08:00" in words
    assert client.get("/v1/uploads").json() == {"uploads": []}
    assert "Listen er ikke indlæst endnu" in plain(choose(client, page, goer="tag"))


def test_a_sheet_is_chosen_where_there_are_several(client: TestClient, tmp_path: Path) -> None:
    simple = [
        ["Turdag", "Kl.", "Hentes i", "Køres til", "Antal pers."],
        [date(2025, 3, 1), time(9, 0), "Holbæk", "Tølløse", 1],
    ]
    other = [OFFICE, trip(1), trip(2)]
    page = send(client, workbook(tmp_path, simple, Kort=other))
    assert chosen(page)["ark"] == "Kørsler"
    assert "Holbæk: 1 række." in plain(page)
    moved = choose(client, page, ark="Kort", goer="tag")
    assert moved.url.path == page.url.path, "another sheet is looked at before it is taken"
    assert (chosen(moved)["ark"], chosen(moved)["kol-fra-nord"]) == ("Kort", "Afhentning y")
    assert "Læst: 2 rækker" in plain(choose(client, moved, goer="tag"))


def test_trips_of_another_municipality_and_a_period_are_settled_on_the_page(client: TestClient, tmp_path: Path) -> None:
    rows = [OFFICE, trip(1), trip(2), trip(3, **{"Afhentning x": 725000, "Afhentning y": 6175000})]
    page = send(client, workbook(tmp_path, rows))
    assert "1 tur starter i en anden kommune" in plain(page)
    assert 'href="#only_own"' in page.text
    taken = choose(client, page, only_own="1", fra="1.3.2025", til="1.3.2025", goer="tag")
    assert "Læst: 3 rækker. Taget med: 1." in plain(taken)
    assert "som I har angivet" in plain(taken)


def test_what_waits_is_gone_when_it_is_deleted_or_its_time_is_up(
    client: TestClient, settings: Settings, office: bytes
) -> None:
    page = send(client, office)
    deleted = choose(client, page, goer="slet")
    assert "Filen er slettet." in plain(deleted)
    assert not list(Path(settings.store, "drafts").iterdir())
    [waiting] = [send(client, office)]
    name = waiting.url.path.rpartition("/")[2]
    about = Path(settings.store, "drafts", name, "draft.json")
    about.write_text(re.sub(r'"received": "20\d\d', '"received": "2020', about.read_text("utf-8")), "utf-8")
    late = client.get(waiting.url.path, headers=HEADERS)
    assert late.status_code == 404
    assert "Filen venter ikke mere" in plain(late)
    assert "Send den igen under »Egne data«".lower() in plain(late).lower()
    send(client, office)
    assert name not in [path.name for path in Path(settings.store, "drafts").iterdir()], "it is swept"


def test_a_file_waits_for_nobody_but_the_machine_it_was_sent_from(client: TestClient, office: bytes) -> None:
    page = send(client, office)
    elsewhere = {**HEADERS, "X-Forwarded-For": "192.0.2.1"}
    assert client.get(page.url.path, headers=elsewhere).status_code == 404
    sent = client.post(
        "/egne-data/ture", data={"kommune": "0316"}, files={"fil": ("t.xlsx", office)}, headers=elsewhere
    )
    assert sent.status_code == 422
    assert client.get("/egne-data/kolonner/" + "0" * 32, headers=HEADERS).status_code == 404
    assert client.get("/egne-data/kolonner/..%2Fuploads", headers=HEADERS).status_code == 404


def test_the_page_is_in_english_too(client: TestClient, office: bytes) -> None:
    page = client.get(send(client, office).url.path, params={"sprog": "en"}, headers=HEADERS)
    words = plain(page)
    assert "The list can be read" in words
    assert "How the first rows are understood" in words
    assert "Where it starts" in words


def test_a_column_with_a_number_like_cpr_is_deleted_and_the_row_is_named(client: TestClient, tmp_path: Path) -> None:
    rows = [OFFICE, trip(1), trip(2, Turstatus="udført 010150-1234"), trip(3)]
    page = send(client, workbook(tmp_path, rows))
    assert (
        "Kolonnen »Turstatus« er slettet her, fordi en celle i den ligner CPR-numre (første gang i række 3)"
        in plain(page)
    )
    assert "010150" not in page.text


def test_the_next_list_with_the_same_headings_is_read_as_the_last_one_until_that_is_deleted(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    names = ["Turdag", "Kl.", "A", "B", "Tæller", "Navn"]
    first = [[date(2025, 3, day), time(9, 0), "Holbæk", "Tølløse", 1, "Jens Hansen"] for day in (1, 2)]
    page = send(client, workbook(tmp_path, [names, *first]))
    assert chosen(page)["kol-passagerer"] == "", "a count is not guessed at"
    taken = choose(client, page, kol_passagerer="Tæller", husk="1", goer="tag")
    assert "Dag ← Turdag; Klokkeslæt ← Kl.; Passagerer ← Tæller; Start: sted ← A; Slut: sted ← B" in plain(taken)
    [kept] = Path(settings.store, "saved_columns").iterdir()
    assert "Holbæk" not in kept.read_text("utf-8")

    second = [[date(2025, 4, 1), time(9, 0), "Holbæk", "Tølløse", 2, "Karen Olsen"]]
    again = send(client, workbook(tmp_path, [["Ny titel"], [], names, *second]))
    assert again.url.path == "/egne-data"
    assert "Læst: 1 rækker. Taget med: 1." in plain(again)
    assert "Kolonner, der ikke er læst: Navn" in plain(again)
    assert not list(Path(settings.store, "drafts").iterdir())

    bad = send(client, workbook(tmp_path, [names, *second, [date(2025, 4, 2), time(3, 0), "Holbæk", "Tølløse", 1, ""]]))
    assert chosen(bad)["kol-passagerer"] == "Tæller", "what is saved is chosen where the list has faults too"

    fields = {"id": f"kolonner:{kept.stem}", "kommune": "0316"}
    client.post("/egne-data/slet", data=fields, files={"ingen": ("", b"")}, headers=HEADERS)
    asked = send(client, workbook(tmp_path, [names, *second]))
    assert chosen(asked)["kol-passagerer"] == ""

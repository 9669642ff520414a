"""Every table of page, report, paper (HTML and Word) and workbook is read back and added up, for several answers, in both languages."""

import gzip
import io
import json
import random
import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import Table as WordTable
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.translation import known_english
from api.web.why import counts
from sim.telling.paper import decision_paper, to_html
from sim.telling.report.html import render_html
from sim.telling.sheet import Lang
from sim.telling.word import to_word
from tests.answer.building import answer_of
from tests.api.http.conftest import ADDRESS, SCENARIO
from tests.api.http.workbook_cells import SheetCell, read_workbook
from tests.api.web.small_answer import HTML, Kept, run_of
from tests.report.printed_tables import Page, Shown, bare, half, kinds_of, number
from tests.report.printed_together import agree
from tests.report.small_comparison import small_comparison

Json = dict[str, Any]
STORED = Path(__file__).parents[2] / "answer" / "answers"
MANIFEST: Json = {
    "run_id": "0" * 20,
    "command": "takstlab compare x.toml",
    "versions": {}, "hashes": {}, "scenario": {**SCENARIO, "municipalities": ["0316"]}, "switches": {},
    "price_level": None, "town_zones": {"names": ["Sorø"], "source": "prøve"},
}  # fmt: skip
NO_SUMS = re.compile(
    r"Valgmulighederne|Ændring i nettoudgift i forhold til|Nettoudgift pr\. (?:indbygger|passager)"
    r"|Hvem der kører de berørte ture|Afledt udgift til|Ændring i de ture, som forsøget"
    r"|Hvad én (?:passager|voksen) betaler|Prisen for én voksen|Eksempler på borgere"
    r"|Vognmandsbetaling: kommunens andel|Hvad usikkerheden kommer af|De (?:fem )?forudsætninger, der betyder mest"
    r"|(?:Alle f|F)orudsætninger|Hvad der skal til for at regne|Ture over kommunegrænsen|Nettoudgift, 1\.000 kr\."
    r"|Mer- eller mindreudgift|Ture$|Hvad årene er regnet på|Transportregnskabet|De to holdt op|Ordningerne; pris"
    r"|Et helt år; ture|Hvad der falder bort her|Observeret|Nettoudgift i|.*: hvem der vinder og taber"
    r"|Kun de ture, som valget|Kommunens nettoudgift"
)
"""Tables whose figures are each for themselves, or are held against another table of the same page (`printed_together`)."""


def stored() -> dict[str, Json]:
    return {
        path.name.removesuffix(".json.gz"): json.loads(gzip.decompress(path.read_bytes()))
        for path in sorted(STORED.glob("*.gz"))
    }


NAMES = sorted(stored())


def checked(tables: list[Shown]) -> list[list[str]]:
    """Check every table, alone and with the others, and return under which laws each is."""
    kinds = [kinds_of(table) for table in tables]
    agree(tables)
    return kinds


def both(danish: list[Shown], english: list[Shown]) -> list[list[str]]:
    """Check the tables of both languages: the same laws, and every Danish table under one or known to have no sums."""
    kinds = checked(danish)
    unknown = [
        table.caption
        for table, laws in zip(danish, kinds, strict=True)
        if not laws and not NO_SUMS.match(table.caption)
    ]
    assert unknown == []
    assert checked(english) == kinds
    return kinds


def word_tables(document: bytes, language: Lang) -> list[Shown]:
    """The tables of a Word file under their captions, each cell without what is in its second line."""
    found: list[Shown] = []
    caption = ""
    for block in docx.Document(io.BytesIO(document)).iter_inner_content():
        if isinstance(block, WordTable):
            rows = [tuple(_first_line(cell.paragraphs[0]) for cell in row.cells) for row in block.rows]
            found.append(Shown(caption, rows[0], tuple(rows[1:]), language))
        elif block.style is not None and block.style.name == "Caption":
            caption = bare(block.text)
    return found


def _first_line(paragraph: Any) -> str:
    return bare(str(paragraph.text).split("\n")[0])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kept, TestClient]:
    memory = Kept(Settings(store=str(tmp_path_factory.mktemp("lager"))))
    memory.folder = tmp_path_factory.mktemp("svar")
    (memory.folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    return memory, TestClient(create_app(memory.settings, memory, memory), base_url=ADDRESS)


@pytest.mark.parametrize("name", NAMES)
def test_report_and_paper_of_a_stored_answer_add_up(name: str) -> None:
    answer = answer_of(stored()[name])
    report = checked(Page(render_html(answer, attribution="Kilde", manifest=MANIFEST)).tables)
    paper = decision_paper(answer, MANIFEST, english=known_english)
    pages = both(Page(to_html(paper, "da")).tables, Page(to_html(paper, "en")).tables)
    words = both(word_tables(to_word(paper, "da"), "da"), word_tables(to_word(paper, "en"), "en"))
    assert words == pages
    assert {"account", "parts", "months", "changes_from_the_first_row"} <= {law for laws in report for law in laws}
    assert {"account", "parts", "changes_from_the_first_row"} <= {law for laws in pages for law in laws}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_passenger_costs_adds_up_and_each_difference_is_of_what_is_printed(name: str) -> None:
    comparison = answer_of(stored()[name])
    for place in range(len(comparison.options)):
        table = counts(comparison, place, part=False)
        rows = [[Decimal(cell.text.replace(".", "").replace(",", ".")) for cell in row[1:]] for row in table.rows]
        for operator, fares, fee, net in zip(*rows[4:], strict=True):
            assert operator - fares + fee == net
        for row in rows if place else []:
            assert row[2] == row[1] - row[0]


def test_all_laws_are_met_by_the_stored_answers() -> None:
    met: set[str] = set()
    for content in stored().values():
        for laws in checked(Page(render_html(answer_of(content), attribution="Kilde", manifest=MANIFEST)).tables):
            met |= set(laws)
    assert met >= {
        "account", "changes_from_the_first_row", "before_and_after", "parts", "months", "budget", "spent", "nurses", "own_lines",
        "prices_before_and_after", "each",
    }  # fmt: skip


def _scenario(name: str, seed: int) -> Json:
    return {**SCENARIO, "municipality": stored()[name]["municipality"], "seed": seed + NAMES.index(name)}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_stored_answer_adds_up(service: tuple[Kept, TestClient], name: str) -> None:
    memory, client = service
    run = memory.submit(_scenario(name, 100)).id
    memory.finish(run, stored()[name])
    pages = [client.get(f"/koersel/{run}?sprog={language}", headers=HTML).text for language in ("da", "en")]
    kinds = both(*(Page(page).tables for page in pages))
    assert {"account", "parts", "months", "before_and_after"} <= {law for laws in kinds for law in laws}


def test_the_page_of_a_simulated_answer_adds_up(client: TestClient, kept: Kept) -> None:
    """With its trips on the disk: who gains and who loses, and the parishes of the map."""
    run, _ = run_of(kept)
    pages = [
        Page(client.get(f"/koersel/{run}?sprog={language}", headers=HTML).text).tables for language in ("da", "en")
    ]
    both(*pages)
    assert any("hvem der vinder og taber" in table.caption for table in pages[0])


@pytest.mark.parametrize("name", NAMES)
def test_the_workbook_adds_up_in_whole_kroner(service: tuple[Kept, TestClient], name: str) -> None:
    memory, client = service
    run = memory.submit(_scenario(name, 200)).id
    memory.finish(run, stored()[name])
    code = stored()[name]["municipality"]
    book = read_workbook(client.get(f"/v1/runs/{run}/budget.xlsx?kommune={code}").content)
    for sheet in ("Budget", "Levende tal"):
        rows = [_row(book[sheet], row) for row in range(6, 6 + len(stored()[name]["options"]))]
        for operator, fares, fee, net, change in rows:
            assert operator - fares + fee == net
            assert rows[0][3] + change == net


def _row(cells: dict[str, SheetCell], row: int) -> list[float]:
    """Return an option's account in a sheet: whole kroner."""
    heads = {cell.value: place[0] for place, cell in cells.items() if place[1:] == "5"}
    names = ("vognmandsbetaling", "brugerbetaling", "betaling til Movia", "nettoudgift", "mer-/mindreudgift")
    amounts = [cells[f"{heads[name]}{row}"].value for name in names]
    assert all(isinstance(amount, float) and amount == int(amount) for amount in amounts)
    return amounts  # type: ignore[return-value]


@pytest.mark.parametrize("seed", range(40))
def test_invented_amounts_add_up_wherever_they_round(seed: int) -> None:
    """Amounts to the oere and trips to the half, drawn anew: parts, changes, months and bands land on every kind of remainder."""
    answer = answer_of(_shaken(small_comparison("I dag", "Gratis", "Andet"), random.Random(seed)))
    report = checked(Page(render_html(answer, attribution="Kilde", manifest=MANIFEST)).tables)
    paper = decision_paper(answer, MANIFEST, english=known_english)
    pages = both(Page(to_html(paper, "da")).tables, Page(to_html(paper, "en")).tables)
    assert {"account", "parts", "changes_from_the_first_row"} <= {law for laws in (*report, *pages) for law in laws}


def _shaken(comparison: Json, draw: random.Random) -> Json:
    """The small comparison with other amounts of the same kind: net cost is operator less fares plus fee, changes are differences."""
    comparison = json.loads(json.dumps(comparison))
    today, *others = comparison["options"]
    for option in comparison["options"]:
        for block, share in ((option, 1.0), (option["part_year"], draw.uniform(0.2, 0.8))):
            fresh = {
                "operator_payment_oere": 100 * draw.randint(700_000, 1_300_000) + draw.randint(0, 99),
                "fares_oere": 100 * draw.randint(150_000, 300_000) + 50 * draw.randint(0, 1),
                "movia_fee_oere": 100 * draw.randint(250_000, 380_000) + draw.randint(0, 99),
            }
            for key, value in fresh.items():
                block[key] = _spread(share * value)
            means = [block[key]["mean"] for key in fresh]
            block["net_cost_oere"] = _spread(means[0] - means[1] + means[2])
        option["trips"], option["passengers"] = (
            _spread(draw.randint(9_000, 19_000) / 2),
            _spread(draw.randint(9_000, 25_000) / 2),
        )
        net = option["net_cost_oere"]["mean"]
        option["net_cost_per_passenger_oere"] = _spread(net / option["passengers"]["mean"])
    for option in others:
        for block, before in ((option, today), (option["part_year"], today["part_year"])):
            for key in ("trips", "passengers", "net_cost_oere"):
                if key in before and key in block:
                    moved = block[key]["mean"] - before[key]["mean"]
                    block["change"][key] = _spread(moved)
                    if block["change"]["percent"]:
                        block["change"]["percent"][key] = _spread(100 * moved / before[key]["mean"])
        before, moved = draw.randint(200, 4_000) / 2, draw.randint(-99, 4_000) / 2
        option["affected_riders"]["trips"] = _spread(before)
        option["affected"]["change"]["trips"] = _spread(moved)
        option["affected"]["change"]["percent"]["trips"] = _spread(100 * moved / before)
        change = option["change"]["net_cost_oere"]["mean"]
        cuts = sorted(draw.uniform(-2, 2) * abs(change) for _ in range(4))
        parts = [cuts[0], *(after - first for first, after in pairwise(cuts)), change - cuts[-1]]
        ids = ("fewer_trips", "higher_fares", "operator_payment", "movia_fee", "plustur")
        option["waterfall"] = [{"id": id, "oere": _spread(part)} for id, part in zip(ids, parts, strict=True)]
    return comparison


def _spread(mean: float) -> Json:
    return {"mean": mean, "p10": mean - 0.3 * abs(mean), "p90": mean + 0.3 * abs(mean)}


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        (("valgmulighed", "vognmandsbetaling", "brugerbetaling", "betaling til Movia", "nettoudgift"), [("A", "10", "3", "2", "8")]),
        (("valgmulighed", "nettoudgift", "mer-/mindreudgift", "i procent"), [("A", "10", "–", "–"), ("B", "12", "+3", "+30 %")]),
        (("valgmulighed", "nettoudgift", "mer-/mindreudgift", "i procent"), [("A", "10", "–", "–"), ("B", "12", "+2", "+21 %")]),
        (("valgmulighed", "ture, uændret 2027", "ture efter", "ændring"), [("A", "10", "12", "+3")]),
        (("valgmulighed", "x", "y", "z", "ændring i nettoudgift"), [("A", "+1", "+2", "-1", "+3")]),
        (("valgmulighed", "forventet regnskab", "budget", "afvigelse", "tillægsbevilling"), [("A", "12", "10", "+3", "3")]),
        (("borger", "I dag", "B"), [("82 år", "96", "60 (-30)")]),
    ],
)  # fmt: skip
def test_a_table_that_does_not_add_up_is_found(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with pytest.raises(AssertionError):
        kinds_of(Shown("Prøve", header, tuple(rows)))


def test_numbers_are_read_with_the_marks_of_their_language() -> None:
    assert number("-1.234,50") == Decimal("-1234.50")
    assert number("1,234.5", "en") == Decimal("1234.5")
    assert number("usikker") is None
    assert half(Decimal("12.3")) == Decimal("0.05")

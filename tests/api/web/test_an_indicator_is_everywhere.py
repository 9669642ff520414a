"""A number that is declared in quantities.toml and filled in the record is at every door, without a line anywhere else."""

import io
import re
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from api.http.fields import all_fields, of_estimate
from api.http.problems import NoSuchFieldError
from api.web import translation
from data import attribution
from sim.answer import quantities
from sim.answer.codec import as_json
from sim.estimate.amounts import Amounts
from sim.telling.paper import decision_paper, to_html
from sim.telling.report.html import render_html
from sim.telling.report.text import text_report
from tests.api.web.small_answer import HTML, Kept, run_of, text_of

ENTRY = """
[no_vehicle]
unit = "count"
da = "ønsker uden vogn"
en = "requests without a vehicle"
means_da = "ønsker, som ingen vogn kunne tage"
means_en = "requests that no vehicle could take"
cell = true
table = "driving"
head_da = "uden vogn"
head_en = "no vehicle found"
"""
"""A figure of the record that no table shows, declared anew as one would declare another."""


@pytest.fixture
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    text = quantities.FILE.read_text(encoding="utf-8")
    file = tmp_path / "quantities.toml"
    file.write_text(re.sub(r"\n\[no_vehicle\]\n(?:.+\n)+", ENTRY, text), encoding="utf-8")
    kept = (quantities.quantities, all_fields, translation._catalogue, translation._searched)
    with monkeypatch.context() as patched:
        patched.setattr(quantities, "FILE", file)
        for one in kept:
            one.cache_clear()
        yield
    for one in kept:
        one.cache_clear()


@pytest.mark.usefixtures("declared")
def test_one_entry_shows_a_number_at_every_door(client: TestClient, kept: Kept) -> None:
    run, _ = run_of(kept)
    answer = kept.answer(run)
    figure = answer.options[1].no_vehicle
    assert as_json(answer)["options"][1]["no_vehicle"] == vars(figure)
    assert "no_vehicle" in set(answer.to_frame()["quantity"])
    for language, name in (("da", "ønsker uden vogn"), ("en", "requests without a vehicle")):
        assert name in client.get(f"/v1/runs/{run}/result.csv?sprog={language}").text
    cell = client.get(f"/v1/celle/{run}/0316/2/no_vehicle")
    assert (cell.status_code, cell.text) == (200, str(round(figure.mean)))
    estimated = SimpleNamespace(year=Amounts(*range(1, 8)), part_year=None)
    with pytest.raises(NoSuchFieldError):
        of_estimate(estimated, estimated, all_fields()["no_vehicle"])  # type: ignore[arg-type]
    book = zipfile.ZipFile(io.BytesIO(client.get(f"/v1/runs/{run}/budget.xlsx").content))
    assert ">uden vogn<" in book.read("xl/sharedStrings.xml").decode()
    for language, head in (("da", "uden vogn"), ("en", "no vehicle found")):
        page = client.get(f"/koersel/{run}", headers=HTML | {"Cookie": f"sprog={language}"})
        assert head in text_of(page.text), language
        paper = to_html(decision_paper(answer, {}, english=translation.known_english), language)
        assert head in text_of(paper), language
    assert "uden vogn" in text_of(render_html(answer, attribution=attribution(), manifest={}))
    assert re.search(r"uden\s+vogn", text_report(answer, "x"))


def test_a_columns_title_has_its_english_in_one_place() -> None:
    texts = tomllib.loads((files("api.web") / "english" / "tables.toml").read_text(encoding="utf-8"))["texts"]
    heads = (head for quantity in quantities.quantities().values() for head in quantity.heads.values())
    assert not {head.da for head in heads} & texts.keys()

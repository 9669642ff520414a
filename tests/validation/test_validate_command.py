"""The command: its folder, its words and its exit status, on the groups that take no time."""

import json
import re
from pathlib import Path

import pytest

import api.cli.main
import sim.evidence.validation.run
from sim.evidence.validation import covering, elasticity, prices, trials, years
from sim.evidence.validation.charts import chart_of
from sim.evidence.validation.group import Found, Group
from sim.evidence.validation.registry import GROUPS
from sim.evidence.validation.report import render_html
from sim.evidence.validation.target import Simulated, Target
from sim.inputs.facts import load_facts

OFF = Target("town", "validation", "Udgift pr. <tur>", "Movia", 96.0, 108.0, Simulated(90.0, 85.0, 95.0), "kr.")
MISSED = Group("missed", "Noget, der ikke holder", lambda profile, seed: (), lambda profile, results: Found([OFF]))


def run(monkeypatch: pytest.MonkeyPatch, groups: tuple[Group, ...], out: Path) -> int:
    monkeypatch.setattr(sim.evidence.validation.run, "GROUPS", groups)
    monkeypatch.setattr("sys.argv", ["takstlab", "validate", "--workers", "1", "--out", str(out)])
    with pytest.raises(SystemExit) as ended:
        api.cli.main.main()
    return int(ended.value.code or 0)


def test_the_folder_holds_the_validation_stamped_with_versions(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, (prices.GROUP,), tmp_path / "ud") == 0
    found = json.loads((tmp_path / "ud" / "validation.json").read_text(encoding="utf-8"))
    assert {t["verdict"] for t in found["targets"]} == {"pass"}
    assert (found["profile"], found["seed"]) == ("quick", sim.evidence.validation.run.SEED)
    assert found["versions"]["model"]
    assert len(found["facts_sha256"]) == 64
    assert {fact["id"] for fact in found["fitted"]} == {f.id for f in load_facts().used_for("calibration")}
    assert not {t["id"] for t in found["targets"]} & {fact["id"] for fact in found["fitted"]}
    printed = capsys.readouterr().out
    assert "ingen afviger uden forklaring" in printed


def test_the_same_validation_may_take_its_own_place_again(monkeypatch, tmp_path) -> None:
    for _ in range(2):
        assert run(monkeypatch, (prices.GROUP,), tmp_path / "ud") == 0


def test_a_folder_with_other_files_is_left_alone(monkeypatch, tmp_path, capsys) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ud" / "noter.txt").write_text("mine", encoding="utf-8")
    assert run(monkeypatch, (prices.GROUP,), tmp_path / "ud") == 2
    assert "er i brug" in capsys.readouterr().err


def test_a_miss_without_explanation_ends_with_status_one_and_is_told(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, (MISSED,), tmp_path / "ud") == 1
    printed = capsys.readouterr().out
    assert "1 afviger uden forklaring" in printed
    assert "town: 90 (85 til 95) kr., ventet 96 til 108" in printed


def test_the_report_asks_nothing_of_anybody_and_escapes_what_it_shows(monkeypatch, tmp_path) -> None:
    run(monkeypatch, (MISSED,), tmp_path / "ud")
    page = (tmp_path / "ud" / "report.html").read_text(encoding="utf-8")
    assert not re.findall(r"(?:src|href)=|url\(|@import|<script", page)
    assert "Udgift pr. &lt;tur&gt;" in page
    assert "<h2>Afvigelser</h2>" in page


def test_every_picture_can_be_drawn_inside_the_page() -> None:
    points = [{"code": "0316", "trips": -45.0, "cost": -58.0}]
    series = {
        trials: {"town": points, "lolland": points, "gladsaxe": points},
        years: {"years": [{"year": 2015, "kr": 110.2}, {"year": 2016, "kr": 104.0}]},
        elasticity: {"levels": [{"kr": kr, "mean": -kr / 30, "p10": -kr / 20, "p90": -kr / 50} for kr in (24, 48, 72)]},
        covering: {"prior": [10] * 20, "left_out": [3] * 20},
    }
    for module, values in series.items():
        drawn = chart_of(module.GROUP.name, values)
        assert drawn is not None
        assert drawn.startswith("<svg")
        assert 'role="img"' in drawn


def test_any_number_of_workers_gives_the_same() -> None:
    one, two = (
        sim.evidence.validation.run.validate("quick", workers=n, groups=(prices.GROUP, elasticity.GROUP))
        for n in (1, 2)
    )
    assert one == two
    assert render_html(one) == render_html(two)


def test_groups_have_names_of_their_own() -> None:
    assert len({group.name for group in GROUPS}) == len(GROUPS)

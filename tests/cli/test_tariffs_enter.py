"""``takstlab tariffs enter``: a file that other commands take with --tariff."""

from pathlib import Path

from click.testing import CliRunner, Result

from api.cli.main import takstlab
from tariffs.errors import InputError

AMOUNTS = (
    "--grundtakst 49 --kommunetakst 32 --bytakst-low 64 --kilometertakst-fra-km-11 9 --kilometertakst-fra-km-21 17"
    " --plusturtakst 29"
)


def entered(out: Path, *more: str, high: str = "80") -> Result:
    told = ["tariffs", "enter", "--from", "17-01-2027", "--source", "Movias brev", *AMOUNTS.split()]
    return CliRunner().invoke(takstlab, [*told, "--bytakst-high", high, "--out", str(out), *more])


def test_the_file_prices_a_trip_and_the_answer_names_it(tmp_path: Path) -> None:
    out = tmp_path / "2027.toml"
    result = entered(out)
    assert result.exit_code == 0, result.output
    assert "Prislisten gælder 17-01-2027 til 15-01-2028" in result.output
    assert "47        49   +4,3 %  (før: fremskrevet)" in result.output
    asked = f"quote --from 0316 --to 0316 --km 13 --travel 2027-03-03 --tariff {out}"
    answer = CliRunner().invoke(takstlab, asked.split())
    assert "Pris: 76,00 kr. (egen prisliste, Movias brev)" in answer.output  # 49 + 3 x 9


def test_an_unusual_amount_is_written_only_when_confirmed(tmp_path: Path) -> None:
    out = tmp_path / "2027.toml"
    refused = entered(out, high="100")
    assert isinstance(refused.exception, InputError)
    assert "--bytakst-high: Det er +28,2 % i forhold til året før (78 kr.)" in str(refused.exception)
    assert not out.exists()
    assert entered(out, "--confirm", high="100").exit_code == 0
    assert out.exists()


def test_what_is_missing_is_named_by_its_option_and_no_file_is_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "2027.toml"
    missing = CliRunner().invoke(takstlab, ["tariffs", "enter", "--out", str(out)])
    assert "--kilometertakst-fra-km-21: Skriv prisen i kroner" in str(missing.exception)
    assert entered(out).exit_code == 0
    assert "filen findes i forvejen" in str(entered(out).exception)

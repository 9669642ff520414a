"""Columns said in a file, for lists with the same headings."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from api.cli.clean import command
from sim.inputs.intake.columns_file import read_columns_file
from tariffs.errors import InputError

LIST = "Turdag;Kl.;A;B;Tæller;Vogn\n03-08-2019;10.40;Holbæk;Tølløse;2;V7\n"
COLUMNS = 'ignore = ["Vogn"]\n[columns]\ndato = "Turdag"\nfra = "A"\ntil = "B"\npassagerer = "Tæller"\n'


def test_a_file_of_columns_takes_the_place_of_map_and_ignore(tmp_path: Path) -> None:
    (tmp_path / "ture.csv").write_text(LIST, "utf-8")
    (tmp_path / "kolonner.toml").write_text(COLUMNS, "utf-8")
    said = [str(tmp_path / "ture.csv"), "--municipality", "0316", "--out", str(tmp_path / "ren.parquet")]
    done = CliRunner().invoke(command, [*said, "--columns", str(tmp_path / "kolonner.toml")])
    assert done.exit_code == 0, done.output
    assert pq.read_table(tmp_path / "ren.parquet")["passengers"].to_pylist() == [2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("columns = 3", "'columns' i filen med kolonner kan ikke bruges"),
        ('[columns]\ntid = ["Kl."]', "'columns' i filen med kolonner kan ikke bruges"),
        ('numbers = "dansk"', "'numbers' i filen med kolonner kan ikke bruges"),
        ('map = "tid=Kl."', "brug columns, ignore, sheet, numbers, dates"),
        ("[columns", "filen med kolonner kan ikke læses"),
    ],
)
def test_a_file_of_columns_that_says_anything_else_is_refused(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "kolonner.toml").write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        read_columns_file(tmp_path / "kolonner.toml")
    assert words in str(caught.value)

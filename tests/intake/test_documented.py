"""What docs/import.md says of fields and columns is what the code reads and writes, and the template comes in."""

from pathlib import Path

from sim.inputs.intake.door import read_trip_list
from sim.inputs.intake.fields import FIELDS
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import COLUMNS

ROOT = Path(__file__).parent.parent.parent


def test_every_field_and_column_is_documented_word_for_word() -> None:
    text = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    for key, field in FIELDS.items():
        assert f"| `{key}` | `{field.da}` | {field.expects} | {', '.join(field.headers)} |" in text
    for name, meaning in COLUMNS.items():
        assert f"| `{name}` | {meaning} |" in text


def test_the_template_comes_in_as_it_is() -> None:
    listed = read_trip_list(ROOT / "data" / "templates" / "own_trips.csv", "0316", Settings())
    assert listed.table.num_rows == 4
    assert listed.table["status"].to_pylist().count("forgæves") == 1
    assert listed.account.notes == ()

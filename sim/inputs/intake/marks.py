"""What is said of a sheet's cells beside their values."""

from dataclasses import dataclass, field

from sim.inputs.intake.number_formats import Format


@dataclass
class Marks:
    """What a file says of a sheet's cells; rows and columns from 0, merged rows from 1.

    ``formats`` are those of the cells whose number is shown as something else than it is; ``texts`` the texts whose lines or tabs the
    reader in use joins without a gap ("Vej 1" above "4300 Holbæk" is "Vej 14300 Holbæk" to it; python-calamine 0.9.1, .ods);
    ``struck`` the rows with a cell that is struck through; ``asked`` is False for a file that keeps all of this to itself.
    """

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    formats: list[tuple[int, int, Format]] = field(default_factory=list)
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    struck: set[int] = field(default_factory=set)
    columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int]] = field(default_factory=list)
    unsure: int = 0
    asked: bool = True

"""The land of Movia's 45 municipalities as 500-m cells, each in one municipality and one parish."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sim.geography.polygons import Area, Grid, cells_inside, reference_areas
from sim.geography.projection import FloatArray, to_degrees, to_metres

CELL_M = 500.0
IntArray = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Land:
    """Land cells in row order; arrays run over cells. A cell is land when its centre lies in a municipality.

    ``index`` has the grid's shape and gives a cell's place in the arrays, -1 in the water. ``municipality`` and
    ``parish`` point into the two tuples of codes.
    """

    grid: Grid
    index: IntArray
    row: IntArray
    column: IntArray
    municipality: IntArray
    parish: IntArray
    municipality_codes: tuple[str, ...]
    parish_codes: tuple[str, ...]

    @property
    def cell_id(self) -> IntArray:
        """A number per cell that stays the same from run to run: row times columns plus column."""
        ids: IntArray = self.row * np.int32(self.grid.columns) + self.column
        return ids

    def centres(self) -> tuple[FloatArray, FloatArray]:
        """Return easting and northing in metres of every cell's centre."""
        return self.grid.centre(self.row, self.column)

    def centres_degrees(self) -> tuple[FloatArray, FloatArray]:
        """Return latitude and longitude of every cell's centre."""
        return to_degrees(*self.centres())

    def nearest_cell(self, lat: float, lon: float, among: npt.NDArray[np.bool_] | None = None) -> int:
        """Return the land cell whose centre is nearest to a point, among those chosen."""
        east, north = to_metres(lat, lon)
        x, y = self.centres()
        distance = np.hypot(x - float(east), y - float(north))
        if among is not None:
            distance = np.where(among, distance, np.inf)
        return int(np.argmin(distance))


def _labels(areas: tuple[Area, ...], grid: Grid) -> IntArray:
    labels = np.full((grid.rows, grid.columns), -1, np.int32)
    for number, area in enumerate(areas):
        labels[cells_inside(area.rings, grid) & (labels < 0)] = number
    return labels


@cache
def land() -> Land:
    """Return the land cells, built once per process (about 0.2 s)."""
    from scipy.ndimage import distance_transform_edt

    municipalities = reference_areas("municipalities.geojson")
    parishes = reference_areas("parishes.geojson")
    points = np.concatenate([ring for area in municipalities for ring in area.rings])
    east, north = np.floor(points.min(axis=0) / CELL_M) * CELL_M
    columns, rows = np.ceil((points.max(axis=0) - [east, north]) / CELL_M).astype(int)
    grid = Grid(float(east), float(north), int(rows), int(columns), CELL_M)
    in_municipality = _labels(municipalities, grid)
    in_parish = _labels(parishes, grid)
    # The parish borders are simplified, so a land cell just outside every parish takes the nearest one.
    nearest = distance_transform_edt(in_parish < 0, return_distances=False, return_indices=True)
    in_parish = in_parish[nearest[0], nearest[1]]
    row, column = (a.astype(np.int32) for a in np.nonzero(in_municipality >= 0))
    index = np.full((grid.rows, grid.columns), -1, np.int32)
    index[row, column] = np.arange(len(row), dtype=np.int32)
    return Land(
        grid=grid,
        index=index,
        row=row,
        column=column,
        municipality=in_municipality[row, column],
        parish=in_parish[row, column],
        municipality_codes=tuple(area.properties["code"] for area in municipalities),
        parish_codes=tuple(area.properties["code"] for area in parishes),
    )

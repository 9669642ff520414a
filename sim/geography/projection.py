"""ETRS89 / UTM zone 32 in metres, by Krüger's series (Karney 2011), good to a millimetre over Denmark.

On Sjælland and Lolland-Falster the scale of the projection lies between 0.9997 and 1.0003, so plane lengths are used as
they are: the error is at most 0.03 %.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_A, _F = 6_378_137.0, 1 / 298.257222101  # GRS80
_N = _F / (2 - _F)
_SCALE, _FALSE_EAST, _CENTRAL = 0.9996, 500_000.0, 9.0
_RADIUS = _SCALE * _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ECC = 2 * np.sqrt(_N) / (1 + _N)
_ALPHA = (_N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16, 13 * _N**2 / 48 - 3 * _N**3 / 5, 61 * _N**3 / 240)
_BETA = (_N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96, _N**2 / 48 + _N**3 / 15, 17 * _N**3 / 480)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)


def to_metres(lat: Any, lon: Any) -> tuple[FloatArray, FloatArray]:
    """Return easting and northing in metres of WGS84 degrees (arrays or numbers)."""
    phi = np.radians(np.asarray(lat, np.float64))
    lam = np.radians(np.asarray(lon, np.float64) - _CENTRAL)
    t = np.sinh(np.arctanh(np.sin(phi)) - _ECC * np.arctanh(_ECC * np.sin(phi)))
    xi = np.arctan2(t, np.cos(lam))
    eta = np.arctanh(np.sin(lam) / np.sqrt(1 + t * t))
    east, north = eta, xi
    for j, alpha in enumerate(_ALPHA, start=1):
        east = east + alpha * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
        north = north + alpha * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
    return _FALSE_EAST + _RADIUS * east, _RADIUS * north


@lru_cache(maxsize=8_192)
def point_metres(lat: float, lon: float) -> tuple[float, float]:
    """Return easting and northing in metres of one point; towns and hamlets are asked about again and again."""
    east, north = to_metres(lat, lon)
    return float(east), float(north)


def to_degrees(easting: Any, northing: Any) -> tuple[FloatArray, FloatArray]:
    """Return WGS84 latitude and longitude in degrees of eastings and northings in metres."""
    xi = np.asarray(northing, np.float64) / _RADIUS
    eta = (np.asarray(easting, np.float64) - _FALSE_EAST) / _RADIUS
    xi_p, eta_p = xi, eta
    for j, beta in enumerate(_BETA, start=1):
        xi_p = xi_p - beta * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
        eta_p = eta_p - beta * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
    chi = np.arcsin(np.sin(xi_p) / np.cosh(eta_p))
    phi = chi
    for j, delta in enumerate(_DELTA, start=1):
        phi = phi + delta * np.sin(2 * j * chi)
    return np.degrees(phi), _CENTRAL + np.degrees(np.arctan2(np.sinh(eta_p), np.cos(xi_p)))

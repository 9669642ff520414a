"""A stranger's file of zones: six drivers, no address asked, and an end to memory, time and unpacked size."""

import json
import os
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sim.geography.user_areas import read_user_areas
from sim.geography.zone_files import child, reading, unpacking
from sim.geography.zone_files.drivers import ALLOWED, environment
from sim.geography.zone_files.reading import read_zone_file
from tariffs.errors import InputError, TakstlabError
from tests.zone_files.conftest import BASE, FILES, packed


class Listener:
    """A server on this machine that remembers whether anybody called."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(2)
                self.calls.append(caller.recv(400))
                caller.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


def with_addresses(folder: Path, address: str) -> list[Path]:
    """Files that name an address in every way that a reader of these formats could follow."""
    gml = (FILES / "plandata.gml").read_text("utf-8").replace("https://geoserver.plandata.dk", address)
    gml = gml.replace("https://schemas.opengis.net", address)
    kml = (FILES / "byer.kml").read_text("utf-8")
    link = f"<NetworkLink><name>x</name><Link><href>{address}/mere.kml</href></Link></NetworkLink>"
    texts = {
        "schema.gml": gml,
        "xlink.gml": gml.replace(
            '<gml:surfaceMember>', f'<gml:surfaceMember xlink:href="{address}/flade.gml" xmlns:xlink="http://www.w3.org/1999/xlink">', 1
        ),
        "system.gml": gml.replace("urn:ogc:def:crs:EPSG::25832", f"{address}/crs/25832"),
        "entity.gml": gml.replace("?>", f'?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}/e">]>', 1).replace("Byzone", "&e;", 1),
        "link.kml": kml.replace("<Folder>", f"{link}<Folder>"),
        "style.kml": kml.replace("<Placemark", f"<Placemark><styleUrl>{address}/stil.kml#a</styleUrl></Placemark><Placemark", 1),
        "wfs.gml": f'<OGRWFSDataSource><URL>{address}/wfs</URL></OGRWFSDataSource>',
        "vrt.gml": f'<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/{address}/a.gpkg</SrcDataSource></OGRVRTLayer>'
        "</OGRVRTDataSource>",
        "http.kml": address,
    }  # fmt: skip
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "url.geojson").write_text(f"{address}/x.geojson", "utf-8")
    return [*(folder / name for name in texts), packed(folder / "url.zip", folder / "url.geojson")]


@pytest.mark.slow
def test_no_address_is_asked_whatever_a_file_names(tmp_path: Path, listener: Listener) -> None:
    for file in with_addresses(tmp_path, listener.address):
        with suppress(TakstlabError):
            read_zone_file(file)
    assert listener.calls == []


def test_gdal_as_it_comes_would_have_asked(tmp_path: Path, listener: Listener) -> None:
    """The test above would notice: the very same file makes an unguarded reader call."""
    file = next(one for one in with_addresses(tmp_path, listener.address) if one.name == "schema.gml")
    code = f"import pyogrio; pyogrio.raw.read({str(file)!r})"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert listener.calls


def test_only_the_named_formats_have_a_driver() -> None:
    code = (
        "from sim.geography.zone_files.drivers import switch_others_off; switch_others_off();"
        "import json, pyogrio; print(json.dumps(list(pyogrio.list_drivers())))"
    )
    env = environment(dict(os.environ) | {"OGR_SKIP": "", "GDAL_DATA": "/tmp", "CPL_DEBUG": "ON"})
    assert not {"OGR_SKIP", "GDAL_DATA", "CPL_DEBUG"} & set(env)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert set(json.loads(done.stdout)) == ALLOWED


def test_a_format_that_is_not_named_is_not_read_under_another_ending(tmp_path: Path) -> None:
    fgb = tmp_path / "byer.fgb"
    code = (
        f"import pyogrio, numpy; m, f, g, c = pyogrio.raw.read({str(FILES / 'byer.gpkg')!r});"
        f"pyogrio.raw.write({str(fgb)!r}, g, c, fields=m['fields'], crs=m['crs'], geometry_type='Polygon', driver='FlatGeobuf')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    with pytest.raises(TakstlabError, match=r"kendes ikke|kan ikke læses"):
        read_zone_file(fgb)
    with pytest.raises(InputError, match=r"kan ikke læses som zoner"):
        read_zone_file(fgb.rename(tmp_path / "byer.gpkg"))


def test_a_small_file_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "stor.zip", "w", zipfile.ZIP_DEFLATED) as out,
        out.open("a.gpkg", "w", force_zip64=True) as part,
    ):
        for _ in range(unpacking.MOST_MB + 1):
            part.write(bytes(1_000_000))
    assert (tmp_path / "stor.zip").stat().st_size < 500_000
    with pytest.raises(InputError, match=r"over 200 MB.*kommunens egne zoner"):
        read_zone_file(tmp_path / "stor.zip")


def test_names_in_an_archive_lead_nowhere_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ond.zip", "w") as out:
        out.write(FILES / "byer.gpkg", "../../ude.gpkg")
        out.write(FILES / "byer.gpkg", "__MACOSX/._byer.gpkg")
    assert read_user_areas(tmp_path / "ond.zip").names == ("Holbæk",)
    assert not (tmp_path.parent / "ude.gpkg").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_a_reader_beyond_its_memory_or_time_ends_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from sim.geography.zone_files import child; child.MEMORY_MB = 300; child.bound(); bytes(400_000_000)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "MemoryError" in done.stderr
    code = "from sim.geography.zone_files import child; child.SECONDS = 1; child.bound()\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode < 0
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(InputError, match=r"beskadiget, eller den kræver over 3 GB eller"):
        read_zone_file(packed(tmp_path / "a.zip", FILES / "byer.gpkg"))
    assert child.SECONDS == 60


def test_without_the_reader_geojson_still_comes_in_and_the_rest_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "missing_packages", lambda: ("pyogrio",))
    assert read_user_areas(BASE).names == ("Holbæk",)
    with pytest.raises(InputError, match=r"pakken pyogrio er ikke installeret.*pip install pyogrio"):
        read_zone_file(FILES / "byer.gpkg")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_an_outline_too_entangled_to_mend_is_refused_and_the_service_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A zigzag of 1.4 km over itself crosses itself millions of times."""
    ring = [[11.68 + 0.02 * (n % 2) + n * 1e-7, 55.70 + 0.01 * (n * 7919 % 6_000) / 6_000] for n in range(6_000)]
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    told = {"type": "FeatureCollection", "features": [{"properties": {"name": "Garn"}, "geometry": area}]}
    (tmp_path / "garn.geojson").write_text(json.dumps(told))
    monkeypatch.setattr(reading, "SECONDS", 1)
    with pytest.raises(InputError, match=r"'Garn' krydser sig selv for mange gange.*Ret geometrier"):
        read_user_areas(tmp_path / "garn.geojson")

"""Build hook: fetches the design system, htmx and OpenLayers by npm at locked versions, and puts what the pages use into the package.

Run by the build of the package (also of an editable installation). Nothing is fetched when what is there already belongs
to the lock file. Without npm a wheel is not built; an editable installation goes on, and its pages have no design until npm
is there and the installation is repeated.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
VENDOR = HERE / "static" / "vendor"
STAMP = "lock.sha256"
SHEET = "dkfds/dist/css/dkfds.min.css"
COPIED = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "LICENSE-htmx.txt",
    "dkfds/dist/LICENSE.md": "LICENSE-dkfds.md",
    "ol/dist/ol.js": "ol.js",
    "ol/ol.css": "css/ol.css",
    "ol/LICENSE.md": "LICENSE-ol.md",
}
WITHIN_OL = "LICENSE-ol-bundled.txt"
"""The licences of the packages that OpenLayers' own build has inside it."""
FONT = re.compile(r"src:(?:url\([^)]*\)(?: format\(\"[^)]*\"\))?,?)+")
WOFF2 = re.compile(r"url\(([^)]*\.woff2)\) format\(\"woff2\"\)")
MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|^//# sourceMappingURL=.*$", re.MULTILINE)
"""Where a debugger is to look for sources; they are not there, and a browser's tools would complain."""
USED = re.compile(r"url\(\.\./([^)]*)\)")


class AssetsHook(BuildHookInterface[Any]):
    """Hatchling's hook."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Put the assets in place before the files of the package are gathered."""
        try:
            place_assets()
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            said = f"The page's design was not fetched: npm is needed for it ({error}). Install Node.js with npm and try again."
            if version != "editable":
                raise RuntimeError(said) from None
            print(said, file=sys.stderr)


def place_assets() -> None:
    """Fetch and copy, unless what is there belongs to the lock file; raises when npm is missing or fails."""
    wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
    stamp = VENDOR / STAMP
    if stamp.exists() and stamp.read_text() == wanted:
        return
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm was not found")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=folder, check=True
        )
        made = HERE / "static" / "vendor.new"
        shutil.rmtree(made, ignore_errors=True)
        _copy(Path(folder) / "node_modules", made)
    (made / STAMP).write_text(wanted)
    shutil.rmtree(VENDOR, ignore_errors=True)
    made.rename(VENDOR)


def _copy(modules: Path, target: Path) -> None:
    """Copy the style sheet, what it asks for, htmx, OpenLayers and the licences; of each font only the form that browsers use."""
    (target / "css").mkdir(parents=True)
    for source, name in COPIED.items():
        shutil.copy(modules / source, target / name)
    script = (target / "ol.js").read_text(encoding="utf-8")
    (target / "ol.js").write_text(MAP.sub("", script), encoding="utf-8")
    (target / WITHIN_OL).write_text(_licences(modules, "ol"), encoding="utf-8")
    sheet = (modules / SHEET).read_text(encoding="utf-8")
    sheet = FONT.sub(lambda found: f"src:{_woff2(found[0])}", sheet)
    sheet = MAP.sub("", sheet)
    (target / "css" / "dkfds.min.css").write_text(sheet, encoding="utf-8")
    for name in sorted(set(USED.findall(sheet))):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / "dkfds" / "dist" / name, place)


def _licences(modules: Path, package: str) -> str:
    """Return the licences of all packages that a package needs, and of those that they need."""
    wanted, found = [package], dict[str, str]()
    while wanted:
        name = wanted.pop()
        needs = json.loads((modules / name / "package.json").read_text(encoding="utf-8")).get("dependencies", {})
        for other in sorted(set(needs) - found.keys()):
            texts = sorted((modules / other).glob("[Ll][Ii][Cc][Ee][Nn][SsCc][Ee]*"))
            kind = json.loads((modules / other / "package.json").read_text(encoding="utf-8")).get("license", "")
            found[other] = "\n".join(text.read_text(encoding="utf-8") for text in texts) or f"{kind}\n"
            wanted.append(other)
    return "\n".join(f"{name}\n\n{found[name]}" for name in sorted(found))


def _woff2(source: str) -> str:
    found = WOFF2.search(source)
    return f'url({found[1]}) format("woff2")' if found else source.removeprefix("src:")


if __name__ == "__main__":
    place_assets()

"""Answers that earlier builds wrote, unpacked into folders as they were."""

import gzip
import shutil
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parent / "answers"


def unpacked(name: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "comparison.json").write_bytes(gzip.decompress((ANSWERS / name / "comparison.json.gz").read_bytes()))
    shutil.copy(ANSWERS / name / "manifest.json", folder / "manifest.json")
    return folder


@pytest.fixture(scope="session")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Result folders of earlier builds, by version and scenario."""
    home = tmp_path_factory.mktemp("svar")
    names = sorted(path.name for path in ANSWERS.iterdir() if path.is_dir())
    return {name: unpacked(name, home / name) for name in names}

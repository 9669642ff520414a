"""The model's version is kept between runs, and what is kept is never believed when it is not whole."""

from pathlib import Path

import pytest

from sim.answer.kept_version import kept_version


class Counted:
    """Computes a version and counts how often it was asked to."""

    def __init__(self, version: str = "0123456789abcdef") -> None:
        self.version = version
        self.times = 0

    def __call__(self) -> str:
        self.times += 1
        return self.version


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path))
    return tmp_path


def test_a_version_is_computed_once_for_each_program(kept: Path) -> None:
    one, other = Counted(), Counted("fedcba9876543210")
    assert [kept_version("a" * 64, one) for _ in range(3)] == [one.version] * 3
    # The same first 32 digits, so the same file, yet another program.
    assert kept_version("a" * 32 + "b" * 32, other) == other.version
    assert (one.times, other.times) == (1, 1)
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[:20],
        lambda text: text.replace("0123", "1123"),
        lambda text: text[:-3] + "zz\n",
        lambda text: "",
        lambda text: "é" * 30,
        lambda text: text + text,
    ],
)
def test_a_damaged_file_is_computed_anew(kept: Path, damage: object) -> None:
    kept_version("a" * 64, Counted())
    (file,) = kept.iterdir()
    file.write_text(damage(file.read_text("ascii")), encoding="utf-8")  # type: ignore[operator]
    again = Counted()
    assert [kept_version("a" * 64, again) for _ in range(2)] == [again.version] * 2
    assert again.times == 1


def test_a_cache_that_cannot_be_written_costs_time_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("TAKSTLAB_CACHE", str(tmp_path / "file" / "folder"))
    asked = Counted()
    assert [kept_version("a" * 64, asked) for _ in range(2)] == [asked.version] * 2
    assert asked.times == 2

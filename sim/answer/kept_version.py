"""The model's version kept on disk between runs. A damaged or unwritable cache costs time, never a wrong version."""

import hashlib
import platform
from collections.abc import Callable
from contextlib import suppress

from sim.geography.cache import cache_folder, write_whole


def kept_version(of: str, compute: Callable[[], str]) -> str:
    """Return what was computed before for ``of`` under this Python, or compute it and keep it.

    The file holds the version and a hash of it with what it is the version of, so that a file that is another's, cut off or
    changed is computed anew.
    """
    path = cache_folder() / f"model-{platform.python_version()}-{of[:32]}.txt"
    with suppress(OSError, ValueError):
        version, seal = path.read_text(encoding="ascii").split()
        if seal == _seal(of, version):
            return version
    version = compute()
    with suppress(OSError):
        write_whole(path, f"{version} {_seal(of, version)}\n".encode("ascii"))
    return version


def _seal(of: str, version: str) -> str:
    return hashlib.sha256(f"{platform.python_version()} {of} {version}".encode("ascii")).hexdigest()

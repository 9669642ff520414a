"""Named random streams: what a stream yields depends on its name and the seed, never on who drew before."""

import hashlib

import numpy as np

MODEL_STREAMS_VERSION = 1


def stream(seed: int, municipality: str, replication: int, name: str) -> np.random.Generator:
    """Return the generator of one named stream.

    The scenario's options are not part of the name, so that every option meets the same people and the same chance.
    """
    label = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    sequence = np.random.SeedSequence([MODEL_STREAMS_VERSION, seed, int(municipality), replication, label])
    return np.random.Generator(np.random.Philox(sequence))

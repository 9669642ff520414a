"""A progress bar on standard error: a real one on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress_bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be called with units done and units expected; the expected number may grow."""
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("tilbage"),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=False) as bar:
            task = bar.add_task(text, total=None)
            yield lambda done, expected: bar.update(task, completed=done, total=expected)
        return
    started = time.monotonic()
    said = 0.0

    def say(done: int, expected: int) -> None:
        nonlocal said
        elapsed = time.monotonic() - started
        if done == expected or elapsed - said >= 5:
            said = elapsed
            left = elapsed / done * (expected - done)
            print(f"{text}: {done} af {expected}, ca. {left:.0f} s tilbage", file=sys.stderr, flush=True)

    yield say

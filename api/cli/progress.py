"""A progress bar on standard error: a real one on a terminal, a line now and then elsewhere."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.cli.interrupt import stop_if_interrupted


@contextmanager
def progress_bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to be called with units done and units expected; the expected number may grow.

    The function raises KeyboardInterrupt when Ctrl-C was pressed where it could not be acted on.
    """
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

            def move(done: int, expected: int) -> None:
                stop_if_interrupted()
                bar.update(task, completed=done, total=expected)

            yield move
        return
    started = time.monotonic()
    said = 0.0

    def say(done: int, expected: int) -> None:
        nonlocal said
        stop_if_interrupted()
        elapsed = time.monotonic() - started
        if done == 0:
            print(f"{text}: 0 af {expected}", file=sys.stderr, flush=True)
        elif done == expected or elapsed - said >= 5:
            said = elapsed
            left = elapsed / done * (expected - done)
            print(f"{text}: {done} af {expected}, ca. {left:.0f} s tilbage", file=sys.stderr, flush=True)

    yield say

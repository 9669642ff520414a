"""Pools of processes of this machine that break, and neither hang nor fail otherwise, when one is killed at whatever instant."""

import errno
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
LOOKS_EVERY_S = 0.3
UNNOTICED_S = 5.0


class Pool(ProcessPoolExecutor):
    """A pool that says of a process killed while another is being started what it says of one killed at work."""

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> "Future[T]":
        """Hand out work; raises BrokenProcessPool when a process of the pool was killed."""
        try:
            return super().submit(fn, *args, **kwargs)
        except (OSError, ValueError) as error:
            # Its pipes are closed when it notices, which the start of the next process runs into in several ways.
            if getattr(error, "errno", None) not in (None, errno.EPIPE, errno.EBADF):
                raise
            raise BrokenProcessPool("a process was killed while it was being started") from error


@contextmanager
def pool(workers: int, initializer: Callable[..., object], initargs: tuple[Any, ...] = ()) -> Iterator[Pool]:
    """Yield a new pool of processes; they are ended at once when the block ends badly, as by Ctrl-C or a full disk.

    A process that was started while the pool broke is in nobody's charge, and would be waited for without end.
    """
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    made = Pool(workers, mp_context=context, initializer=initializer, initargs=initargs)
    try:
        yield made
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
        raise
    finally:
        made.shutdown(wait=True, cancel_futures=True)


def end_with_a_dead_child() -> None:
    """End this process when one that it started has been dead for a while and nobody has taken notice.

    Python hangs for ever when a process is killed in the instant in which it is being handed more data than a pipe holds.
    """

    def watch() -> None:
        since: dict[int, float] = {}
        while True:
            try:
                dead = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                dead = None
            since = {} if dead is None else {dead.si_pid: since.get(dead.si_pid, time.monotonic())}
            if any(time.monotonic() - at > UNNOTICED_S for at in since.values()):
                os._exit(1)
            time.sleep(LOOKS_EVERY_S)

    threading.Thread(target=watch, daemon=True).start()

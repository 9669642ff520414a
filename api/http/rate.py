"""How often one caller may ask."""

import threading
import time
from collections import OrderedDict

from api.http.problems import TooManyRequestsError

MOST_CALLERS = 10_000


class RateLimit:
    """A bucket for each caller that fills evenly; a minute's worth may be asked at once. Kept in memory only."""

    def __init__(self, per_minute: int | None) -> None:
        self.per_minute = per_minute
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, caller: str, now: float | None = None) -> None:
        """Count one request; raises TooManyRequestsError when the caller has none left."""
        if self.per_minute is None:
            return
        now = time.monotonic() if now is None else now
        with self._lock:
            left, since = self._buckets.pop(caller, (float(self.per_minute), now))
            left = min(float(self.per_minute), left + (now - since) * self.per_minute / 60.0)
            self._buckets[caller] = (max(0.0, left - 1.0) if left >= 1.0 else left, now)
            if len(self._buckets) > MOST_CALLERS:
                self._buckets.popitem(last=False)
        if left < 1.0:
            error = TooManyRequestsError(
                f"Der er spurgt mere end {self.per_minute} gange på et minut",
                next_step="vent, og hent mange celler på én gang som tabel",
            )
            error.retry_after_s = max(1, round((1.0 - left) * 60.0 / self.per_minute + 0.5))
            raise error

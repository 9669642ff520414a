"""What can go wrong with what the service keeps; the table from errors to HTTP statuses is `api.http.problems`."""

from tariffs.errors import DataError, TakstlabError


class NotFoundError(TakstlabError):
    """There is no run or saved name like that."""


class NotReadyError(TakstlabError):
    """The run exists, but its result does not yet; ask again."""


class NoResultError(TakstlabError):
    """The run has ended without a result: it failed or was cancelled, and ``why`` says so."""


class DamagedError(DataError):
    """A stored result is not what was written; it has been set aside and the scenario can be sent again."""


class StoreFullError(TakstlabError):
    """There is no room on the disk to take more work on."""


class QueueFullError(TakstlabError):
    """More runs are waiting than the service takes on; ask again later."""


class StoreBusyError(TakstlabError):
    """Another server works on this store."""


class JobsDownError(TakstlabError):
    """The database of jobs does not answer; what was taken on is still there when it does again."""

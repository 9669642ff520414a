"""A cell's way past the framework: hundreds are asked for at once, and each is a look in memory.

Only plain addresses come this way; what it answers, and every error, is what the documented route in `cells` answers.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace

from starlette.requests import Request
from starlette.responses import Response

from api.http.cells import PATH, RUN_LENGTH, cell_response
from api.http.fields import Unit
from api.http.problems import respond
from api.http.security import Guard
from api.store.protocol import Results
from sim.geography.municipalities import find_municipality
from tariffs.errors import TakstlabError

START = "/v1/celle/"
ROUTE = SimpleNamespace(path=PATH, path_format=PATH)
QUERIES: dict[bytes, Unit] = {
    b"": "kr",
    b"enhed=kr": "kr",
    b"enhed=oere": "oere",
    b"fejl=tekst": "kr",
    b"enhed=kr&fejl=tekst": "kr",
    b"enhed=oere&fejl=tekst": "oere",
    b"fejl=tekst&enhed=oere": "oere",
}
MARKED = re.compile(rb"valg=([0-9a-f]{8})(?:&(.*))?")
"""A query that begins with an option's mark, as those of the budget workbook do."""
OPTIONS = {str(number): number for number in range(1, 13)}


@dataclass(frozen=True)
class ShortWay:
    """Answers plain cells; leaves everything else to the routes."""

    guard: Guard
    results: Results

    def answer(self, request: Request) -> Response | None:
        """Return the answer, or None when the request is to go the long way."""
        scope = request.scope
        parts = scope["path"][len(START) :].split("/")
        found = MARKED.fullmatch(scope["query_string"])
        mark = found[1].decode() if found else None
        unit = QUERIES.get(found[2] or b"" if found else scope["query_string"])
        if unit is None or len(parts) != 4 or len(parts[0]) != RUN_LENGTH or parts[2] not in OPTIONS:
            return None
        run, municipality, option, field = parts
        if len(municipality) > 60 or len(field) > 60:
            return None
        scope["route"] = ROUTE
        try:
            self.guard.admit(request, "read")
            return cell_response(self.results, run, _code(municipality), OPTIONS[option], field, unit, mark)
        except TakstlabError as error:
            return respond(request, error)


@lru_cache(maxsize=1_000)
def _code(municipality: str) -> str:
    return find_municipality(municipality).code

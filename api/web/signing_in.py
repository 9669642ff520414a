"""Signing in with a key, where the service asks for one: the browser then sends it as a cookie that no script can read."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.http.security import COOKIE_KEY, QUERY_KEY
from api.web.page import render


async def _from_this_site(request: Request) -> None:
    """Let no page elsewhere sign somebody in or out: these forms ask for no key, which checks that for all others."""
    request.app.state.guard.check_site(request)


router = APIRouter(include_in_schema=False, dependencies=[Depends(_from_this_site)])
A_WORKING_DAY_S = 10 * 3600


AFTERWARDS = "til"
"""The page that was asked for: a link that somebody was sent leads there once the key is given."""


@router.get("/log-ind")
def form(request: Request) -> Response:
    """Ask for a key; lead on where the browser has a good one, which it does not send with a link from another site."""
    afterwards = own_page(request.query_params.get(AFTERWARDS, ""))
    keys, known = request.app.state.guard.keys, request.cookies.get(COOKIE_KEY)
    if known and keys is not None and keys.find(known) is not None:
        return RedirectResponse(afterwards, status_code=303)
    return render(request, "sign_in.html.j2", wrong=False, afterwards=afterwards)


@router.post("/log-ind")
async def sign_in(request: Request) -> Response:
    """Take a good key and lead on; ask again for any other."""
    told = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    text, afterwards = told.get("noegle", "").strip(), own_page(told.get(AFTERWARDS, ""))
    guard = request.app.state.guard
    guard.rate.take(f"address {request.client.host if request.client else '?'}")
    if guard.keys is None or guard.keys.find(text) is None:
        return render(request, "sign_in.html.j2", status=401, wrong=True, afterwards=afterwards)
    answer = RedirectResponse(afterwards, status_code=303)
    secure = request.app.state.settings.base_url.startswith("https:")
    answer.set_cookie(COOKIE_KEY, text, max_age=A_WORKING_DAY_S, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/log-ud")
def sign_out(request: Request) -> Response:
    """Forget the key."""
    answer = RedirectResponse("/log-ind", status_code=303)
    answer.delete_cookie(COOKIE_KEY, httponly=True, samesite="strict")
    return answer


def address(request: Request) -> str:
    """Return the address of the form that leads back to the page that was asked for, without a key that stood in it."""
    asked = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != QUERY_KEY])
    page = request.url.path + (f"?{asked}" if asked else "")
    return "/log-ind" + ("" if request.method != "GET" or page == "/" else f"?{urlencode({AFTERWARDS: page})}")


def own_page(text: str) -> str:
    """Return an address of this service, the first page for any other.

    >>> own_page("/koersel/1?del=a"), own_page("https://example.org/"), own_page("//example.org"), own_page("")
    ('/koersel/1?del=a', '/', '/', '/')
    """
    parts = urlsplit(text)
    own = text.startswith("/") and not parts.scheme and not parts.netloc and text.isprintable() and "\\" not in text
    return text if own else "/"

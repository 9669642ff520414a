"""Signing in with a key, where the service asks for one: the browser then sends it as a cookie that no script can read."""

from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from api.http.security import COOKIE_KEY
from api.web.page import render


async def _from_this_site(request: Request) -> None:
    """Let no page elsewhere sign somebody in or out: these forms ask for no key, which checks that for all others."""
    request.app.state.guard.check_site(request)


router = APIRouter(include_in_schema=False, dependencies=[Depends(_from_this_site)])
A_WORKING_DAY_S = 10 * 3600


@router.get("/log-ind")
def form(request: Request) -> Response:
    """Ask for a key."""
    return render(request, "sign_in.html.j2", wrong=False)


@router.post("/log-ind")
async def sign_in(request: Request) -> Response:
    """Take a good key and lead on; ask again for any other."""
    told = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    text = told.get("noegle", "").strip()
    guard = request.app.state.guard
    guard.rate.take(f"address {request.client.host if request.client else '?'}")
    if guard.keys is None or guard.keys.find(text) is None:
        return render(request, "sign_in.html.j2", status=401, wrong=True)
    answer = RedirectResponse("/", status_code=303)
    secure = request.app.state.settings.base_url.startswith("https:")
    answer.set_cookie(COOKIE_KEY, text, max_age=A_WORKING_DAY_S, httponly=True, samesite="strict", secure=secure)
    return answer


@router.post("/log-ud")
def sign_out(request: Request) -> Response:
    """Forget the key."""
    answer = RedirectResponse("/log-ind", status_code=303)
    answer.delete_cookie(COOKIE_KEY, httponly=True, samesite="strict")
    return answer

import pytest

from api.http.fields import all_fields, option_mark
from api.http.short_way import ShortWay


def answers(client, paths: list[str]) -> list[tuple]:
    told = [client.get(path) for path in paths] + [client.head(path) for path in paths]
    return [(a.status_code, a.content, {k: v for k, v in a.headers.items() if k != "date"}) for a in told]


def test_the_short_way_answers_what_the_documented_route_answers(client, done, memory, monkeypatch) -> None:
    other = "b" * 64
    memory.states[other] = memory.states[done]
    memory.move(other, state="running")
    paths = [f"/v1/celle/{done}/0316/2/{field}" for field in all_fields()]
    paths += [
        f"/v1/celle/{done}/0316/1/net_cost{tail}" for tail in ("?enhed=oere", "?fejl=tekst", "?enhed=oere&fejl=tekst")
    ]
    for tail in ("", "?fejl=tekst"):
        paths += [
            f"/v1/celle/{done}/{rest}{tail}" for rest in ("0316/9/trips", "0316/1/trip", "0326/1/trips", "9/1/trips")
        ]
        paths += [f"/v1/celle/{other}/0316/1/trips{tail}", f"/v1/celle/{'0' * 64}/0316/1/trips{tail}"]
    option = memory.comparisons[done, "0316"]["options"][1]
    right = option_mark(option["name"], option["elements"])
    paths += [
        f"/v1/celle/{done}/0316/2/trips?valg={mark}{tail}"
        for mark in (right, "0" * 8, "x")
        for tail in ("", "&enhed=oere", "&fejl=tekst", "&x=1")
    ]
    short = answers(client, paths)
    assert [s for s, *_ in short[len(paths) - 12 : len(paths)]] == [
        200,
        200,
        200,
        422,
        404,
        404,
        200,
        422,
        422,
        422,
        200,
        422,
    ]
    monkeypatch.setattr(ShortWay, "answer", lambda *_: None)
    assert answers(client, paths) == short


@pytest.mark.parametrize(
    "tail", ["1/trips?enhed=ore", "1/trips?x=1", "13/trips", "1/" + "x" * 61, "1/trips/", "x/trips"]
)
def test_what_is_not_plain_goes_the_long_way_and_is_refused_there(client, done, tail: str) -> None:
    assert client.get(f"/v1/celle/{done}/0316/{tail}").status_code in (404, 422)

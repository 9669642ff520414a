"""``takstlab serve`` as it is started, watched and stopped."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from api.http.keys import KeyBook
from tests.api.serve.conftest import Serve, fingerprints, gone
from tests.conftest import Takstlab


def test_it_answers_on_loopback_without_any_configuration_and_stops_when_told(serve: Serve) -> None:
    server = serve()
    assert server.address.startswith("http://127.0.0.1:")
    for path in ("/healthz", "/readyz"):
        status, _, text = server.ask(path)
        assert (status, text) == (200, "ok\n")
    assert server.stop(signal.SIGTERM) == 0
    again = serve()
    assert again.stop(signal.SIGINT) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_it_is_told_in_the_instant_it_says_that_it_answers(tmp_path: Path, number: int) -> None:
    told_at_once = (
        "import os, sys; from api.serving import serve; from api.settings import read_settings;"
        " serve(read_settings({}, None, port=0, host=None, store=sys.argv[1]),"
        " lambda _: os.kill(os.getpid(), int(sys.argv[2]))); os._exit(0)"
    )
    command = [sys.executable, "-c", told_at_once, str(tmp_path / "lager"), str(int(number))]
    ended = subprocess.run(command, check=False, stderr=subprocess.PIPE, timeout=60)
    assert ended.returncode == 0, ended.stderr.decode()


@pytest.mark.slow
def test_a_run_under_way_when_it_is_stopped_is_finished_by_the_next(serve: Serve, undisturbed: dict[str, str]) -> None:
    server = serve()
    runs = [server.send(seed=1), server.send(seed=2)]
    family = server.until_family()
    started = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - started < 10
    assert gone(family)
    again = serve()
    again.finish(*runs)
    assert fingerprints(again.store) == undisturbed


@pytest.mark.slow
def test_a_result_is_the_same_after_a_crash_and_an_error_when_it_is_damaged_and_then_made_anew(serve: Serve) -> None:
    server = serve()
    run = server.send()
    server.finish(run)
    server.until('"run ended"')
    whole = fingerprints(server.store)
    before = server.ask(f"/v1/runs/{run}/result.json")
    server.stop(signal.SIGKILL)
    server = serve()
    after = server.ask(f"/v1/runs/{run}/result.json")
    assert (before[0], before[2], before[1]["etag"]) == (after[0], after[2], after[1]["etag"])

    path = server.store / "runs" / run / "0316" / "comparison.json"
    path.write_bytes(path.read_bytes().replace(b'"mean": 1', b'"mean": 2', 1))
    status, _, problem = server.ask(f"/v1/runs/{run}/result.json")
    assert status == 500
    assert "beskadiget" in json.dumps(problem, ensure_ascii=False)
    assert server.state(run)["state"] == "failed"
    assert server.send() == run
    server.finish(run)
    assert fingerprints(server.store) == whole


@pytest.mark.slow
def test_a_second_server_on_the_store_is_refused_in_danish(serve: Serve) -> None:
    server = serve()
    with pytest.raises(AssertionError, match="Lageret bruges af en anden server"):
        serve()
    assert server.ask("/readyz")[0] == 200


def test_a_port_that_is_taken_is_told_and_the_store_is_left_free(takstlab: Takstlab, serve: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(AssertionError, match=f"Der kan ikke lyttes på 127.0.0.1 port {port}"):
            serve("--port", str(port))
    assert serve().ask("/healthz")[0] == 200


@pytest.mark.slow
def test_outside_loopback_it_wants_a_key_or_to_be_told_that_none_is_needed(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="der er ingen nøgle"):
        serve("--host", "0.0.0.0")
    server = serve("--host", "0.0.0.0", open_to_all="ja")
    server.stop()
    _, secret = KeyBook(server.store / "keys.json").add("prøve", ["read"], 1)
    server = serve("--host", "0.0.0.0")
    server.address = server.address.replace("0.0.0.0", "127.0.0.1")
    assert server.ask("/v1/runs")[0] == 401
    assert server.ask("/metrics")[0] == 401
    assert server.ask("/v1/runs", authorization=f"Bearer {secret}")[0] == 200


def test_keys_are_made_shown_and_revoked_on_the_command_line(takstlab: Takstlab, serve: Serve) -> None:
    server = serve()
    store = ("--store", str(server.store))
    status, secret, told = takstlab(
        "keys", "add", "Økonomi", "--scope", "read", "--scope", "run", "--days", "30", *store
    )
    assert status == 0
    assert "vises ikke igen" in told
    status, listed, _ = takstlab("keys", "list", *store)
    assert "Økonomi" in listed
    assert "read,run" in listed
    assert secret.strip() not in listed + (server.store / "keys.json").read_text()
    identity = listed.split()[0]
    assert "trukket tilbage" in takstlab("keys", "revoke", identity, *store)[1]
    assert "trukket tilbage" in takstlab("keys", "list", *store)[1]
    assert takstlab("keys", "revoke", "ukendt", *store)[0] == 2


def test_every_answer_has_the_name_of_its_request_and_so_has_its_line_in_the_log(serve: Serve) -> None:
    server = serve()
    assert server.ask("/v1/tariffs", x_request_id="min-forespoergsel.1")[1]["x-request-id"] == "min-forespoergsel.1"
    line = json.loads(server.until(r".*min-forespoergsel.1.*")[0])
    assert (line["event"], line["method"], line["route"], line["status"]) == ("request", "GET", "/v1/tariffs", 200)
    made = server.ask("/v1/tariffs", x_request_id="ikke et navn\t")[1]["x-request-id"]
    assert len(made) == 32


def test_neither_keys_nor_addresses_reach_the_log(serve: Serve) -> None:
    server = serve()
    server.ask("/v1/quote?from=Hemmelig%20Gade%2012&to=0316&noegle=tk_hemmelig", authorization="Bearer tk_hemmelig2")
    server.ask("/findes/ikke/Hemmelig-Gade?x=tk_hemmelig")
    server.ask("/v1/tariffs", x_request_id="sidst")
    server.until("sidst")
    server.stop()
    log = server.log.read_text(encoding="utf-8")
    assert '"route": "-"' in log
    assert "emmelig" not in log


def test_metrics_count_requests_by_route_and_tell_of_runs_and_room(serve: Serve) -> None:
    server = serve()
    for _ in range(3):
        server.ask("/v1/tariffs")
    server.ask("/findes/ikke")
    _, headers, text = server.ask("/metrics")
    assert headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'takstlab_requests_total{method="GET",route="/v1/tariffs",status="200"} 3.0' in text
    assert 'takstlab_requests_total{method="GET",route="-",status="404"} 1.0' in text
    assert "takstlab_runs_waiting 0.0" in text
    assert "takstlab_runs_working 0.0" in text
    assert float(text.partition("\ntakstlab_store_free_bytes ")[2].split()[0]) > 0


def test_events_of_a_run_end_when_the_server_stops(serve: Serve) -> None:
    server = serve()
    run = server.send(max_replications=90, passengers=5000)
    with urllib.request.urlopen(f"{server.address}/v1/runs/{run}/events", timeout=30) as events:
        assert events.readline()
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        events.read()
        assert time.monotonic() - started < 8
    assert server.stop() == 0


def test_health_is_answered_while_a_run_fills_the_cores(serve: Serve) -> None:
    server = serve()
    run = server.send(max_replications=90, passengers=5000)
    while server.state(run)["state"] != "running":
        time.sleep(0.05)
    for _ in range(50):
        assert server.ask("/healthz")[0] == 200
    assert server.state(run)["state"] == "running"
    assert server.ask(f"/v1/runs/{run}/cancel", {}, "POST")[2]["state"] == "cancelled"

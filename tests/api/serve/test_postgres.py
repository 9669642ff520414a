"""Jobs in PostgreSQL: the same promises, also when the database goes away for a while."""

import pytest

from tests.api.serve.conftest import Postgres, Serve

pytestmark = pytest.mark.postgres


def test_jobs_are_kept_in_postgresql_and_no_file_of_jobs_is_made(serve: Serve, postgres: Postgres) -> None:
    server = serve(database=postgres.url)
    run = server.send()
    server.finish(run)
    assert not list(server.store.glob("jobs.sqlite*"))
    assert server.stop() == 0
    again = serve(database=postgres.url)
    assert [state["id"] for state in again.ask("/v1/runs")[2]["runs"]] == [run]


def test_while_the_database_is_gone_results_are_read_and_nothing_is_taken_on(serve: Serve, postgres: Postgres) -> None:
    server = serve(database=postgres.url)
    run = server.send()
    server.finish(run)
    waiting = server.send(seed=2)
    postgres.stop()
    try:
        assert server.ask("/healthz")[0] == 200
        assert server.ask("/readyz")[0] == 503
        assert server.ask("/metrics")[0] == 200
        status, _, problem = server.ask(f"/v1/runs/{waiting}")
        assert (status, problem["type"].rpartition(":")[2]) == (503, "jobs-down")
        assert server.ask("/v1/runs", {"municipality": "0316", "options": [{"name": "A", "elements": []}]})[0] == 503
        assert server.ask(f"/v1/runs/{run}/result.json")[0] == 200
    finally:
        postgres.start()
    server.finish(waiting)
    assert server.ask("/readyz")[0] == 200


def test_a_database_that_is_not_there_is_told_at_once_and_no_password_with_it(serve: Serve) -> None:
    with pytest.raises(AssertionError, match="Databasen med job kan ikke bruges") as told:
        serve(database="postgresql://bruger:hemmeligt@127.0.0.1:1/intet")
    assert "hemmeligt" not in str(told.value)

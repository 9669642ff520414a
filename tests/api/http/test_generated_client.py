"""A client that openapi-python-client makes of the OpenAPI document: no warning, prices a trip, uploads a file, reads a result."""

import json
import re
import subprocess
import venv
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

GENERATOR = "openapi-python-client==0.29.1"
DOCS = Path(__file__).parents[3] / "docs"
LIST = "dato;tid;fra;til;passagerer\n" + "03-08-2019;10.40;Holbæk;Jyderup;1\n" * 2
CALLS = """
import io, json, sys, httpx
sys.path.insert(0, sys.argv[1])
from takstlab_client import Client
from takstlab_client.api.priser import get_quote, post_file
from takstlab_client.api.resultater import get_result
from takstlab_client.api.turlister import post_upload
from takstlab_client.models import Format
from takstlab_client.types import File

sent = []

def answer(request):
    given = answers[(request.method, request.url.path)]
    sent.append([request.method, str(request.url), request.headers.get("content-type"), request.content.decode()])
    return httpx.Response(given["status"], content=given["content"].encode(), headers={"Content-Type": given["kind"]})

answers = {tuple(key.split(" ")): value for key, value in json.load(sys.stdin).items()}
client = Client(base_url="http://svar").set_httpx_client(
    httpx.Client(base_url="http://svar", transport=httpx.MockTransport(answer))
)
quote = get_quote.sync(client=client, from_="0316", to="0316", km="13", travel="2019-08-03", element=["kommunetakst"])
upload = post_upload.sync(client=client, body=File(io.BytesIO(sys.argv[2].encode())), municipality="0316")
result = get_result.sync(sys.argv[3], Format.JSON, client=client)
print(json.dumps({
    "fare": quote.fare_oere, "rows": upload.rows, "sent": sent,
    "net": result.options[1].change.net_cost_oere.mean, "name": result.municipality_name,
}))
"""


@pytest.mark.slow
def test_a_client_made_of_the_document_prices_a_trip_uploads_a_file_and_reads_a_result(
    client: TestClient, done: str, comparison: dict[str, Any], tmp_path: Path
) -> None:
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", GENERATOR], check=True)
    (tmp_path / "openapi.json").write_text(json.dumps(client.get("/openapi.json").json()))
    told = re.search(r"```yaml\n(.*?)```", (DOCS / "api.md").read_text(encoding="utf-8"), re.S)
    assert told is not None
    (tmp_path / "config.yaml").write_text(told[1])
    made = subprocess.run(
        [
            python.with_name("openapi-python-client"), "generate", "--path", tmp_path / "openapi.json", "--config",
            tmp_path / "config.yaml", "--output-path", tmp_path / "made", "--fail-on-warning",
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    assert "arning" not in made.stdout + made.stderr

    # The client talks to what the service answers to the very same requests.
    asked = {"from": "0316", "to": "0316", "km": "13", "travel": "2019-08-03", "element": "kommunetakst"}
    answers = {
        "GET /v1/quote": client.get("/v1/quote", params=asked),
        "POST /v1/uploads": client.post(
            "/v1/uploads", params={"municipality": "0316"}, content=LIST.encode(),
            headers={"Content-Type": "application/octet-stream"},
        ),
        f"GET /v1/runs/{done}/result.json": client.get(f"/v1/runs/{done}/result.json"),
    }  # fmt: skip
    given = {
        key: {"status": a.status_code, "content": a.text, "kind": a.headers["Content-Type"]}
        for key, a in answers.items()
    }
    called = subprocess.run(
        [python, "-c", CALLS, tmp_path / "made", LIST, done],
        input=json.dumps(given), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert called.returncode == 0, called.stderr
    found = json.loads(called.stdout)
    assert found["fare"] == client.get("/v1/quote", params=asked).json()["fare_oere"] > 0
    assert found["rows"] == 2
    assert found["net"] == comparison["options"][1]["change"]["net_cost_oere"]["mean"]
    assert found["name"] == "Holbæk"
    (priced, uploaded, _) = found["sent"]
    for method, url, kind, content in (priced, uploaded):
        again = client.request(
            method, url.replace("http://svar", ""), content=content, headers={"Content-Type": kind or ""}
        )
        assert again.status_code in (200, 201)
        assert (
            again.text == answers[f"{method} {url.partition('?')[0].replace('http://svar', '')}"].text
            or method == "POST"
        )

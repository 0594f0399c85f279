"""Who is let in."""

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from classifier.errors import ServerError
from classifier.web.settings import Settings
from tests.web.conftest import serving
from tests.web.running_server import answering

TOKEN = "long-enough-to-be-a-token"


def test_other_hosts_than_loopback_need_a_token() -> None:
    with pytest.raises(ServerError, match="give a --token of at least 16 characters"):
        Settings(labels=Path("labels"), host="0.0.0.0")
    with pytest.raises(ServerError, match="too short"):
        Settings(labels=Path("labels"), host="0.0.0.0", token="short")
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.2"):
        assert Settings(labels=Path("labels"), host=host).loopback


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:9", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("192.168.1.5", 421),
        ("[", 421),
        ("", 421),
    ],
)
def test_a_server_answers_by_its_own_name_only(client: TestClient, host: str, status: int) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 409),
        ({"Origin": "http://127.0.0.1:8000"}, 409),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 409),
    ],
)
def test_another_web_page_changes_nothing(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/undo", headers=headers).status_code == status


def test_only_who_knows_the_token_comes_in(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels"), token=TOKEN) as client:
        assert client.get("/health").status_code == 200
        assert client.get("/static/app.css").status_code == 200
        for path in ("/metrics", "/api/models", "/openapi.json", "/labels"):
            refused = client.get(path)
            assert refused.status_code == 401, path
            assert refused.headers["www-authenticate"] == "Bearer"
        page = client.get("/labels", headers={"Accept": "text/html"})
        assert (page.status_code, page.headers["location"]) == (303, "/login?to=/labels")
        page = client.get("/labels?q=稻田&page=2", headers={"Accept": "text/html"})
        assert parse_qs(urlsplit(page.headers["location"]).query)["to"] == ["/labels?q=%E7%A8%BB%E7%94%B0&page=2"]
        assert client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/metrics", auth=("anybody", TOKEN)).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Basic ???"}).status_code == 401
        refused = client.post("/login", data={"token": "wrong"})
        assert refused.status_code == 401
        assert str(workspace) not in refused.text
        there = client.post("/login", data={"token": TOKEN, "to": "/labels"})
        assert (there.status_code, there.headers["location"]) == (303, "/labels")
        cookie = there.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert TOKEN not in cookie
        assert client.get("/metrics").status_code == 200


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "/\r\nSet-Cookie: a=b"])
def test_signing_in_leads_nowhere_else(workspace: Path, to: str) -> None:
    with serving(Settings(labels=workspace / "labels"), token=TOKEN) as client:
        assert client.post("/login", data={"token": TOKEN, "to": to}).headers["location"] == "/"


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/labels", "/api/models", "/nowhere", "/static/app.js"):
        policy = client.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_no_get_changes_anything(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    changing = ("promote", "rollback", "undo", "import", "decisions", "cancel", "setup", "webhook", "predict")
    for word in changing:
        assert any(word in path for path in described["paths"]), word
    for path, methods in described["paths"].items():
        if any(word in path for word in changing):
            assert "get" not in methods, path


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/a/../../app.py",
    ],
)
def test_what_lies_beside_the_static_files_is_not_handed_out(workspace: Path, path: str) -> None:
    """Sent as it stands: most clients take the dots out of an address before."""
    with answering(Settings(labels=workspace / "labels")) as address:
        connection = HTTPConnection(urlsplit(address).netloc)
        for method, asked, status in (("GET", "/static/app.css", 200), ("GET", path, 404), ("HEAD", path, 404)):
            connection.request(method, asked)
            with connection.getresponse() as answer:
                assert answer.status == status, (method, asked)
                answer.read()
        connection.close()


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/models/..%2f..%2fetc", "/sheets/..%2f"]
)
def test_no_path_of_a_client_reaches_the_file_system(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {303, 404}
    assert client.post("/api/models/%2Fetc/promote").status_code == 404
    assert client.post("/api/models/..%2Fmodels/promote").status_code == 404

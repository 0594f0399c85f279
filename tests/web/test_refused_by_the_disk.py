"""A folder into which the server may not write, or that has no room: said as such, with what to do."""

import errno
import os
from collections.abc import Callable
from typing import NoReturn

import pytest
from fastapi.testclient import TestClient
from filelock import FileLock
from httpx2 import Response

from classifier.i18n.sentences import translated
from tests.web.conftest import open_text, shown

SHUT, FULL = "the server may not write (or read) there", "the server has no room left on its disk"


def decide(client: TestClient, sheet: str) -> Response:
    model, states = shown(client, sheet)
    data = {"index": 0, "labels": ["farming"], "by": "甲", "model": model, "version": states[0]["version"]}
    return client.post(f"/api/sheets/{sheet}/decisions", json=data, headers={"X-Client": "window-one"})


def bring(client: TestClient, _: str) -> Response:
    return client.post("/api/labels/import", files={"file": ("a.csv", "文本,标签\n一段新的话。,农业\n".encode())})


@pytest.mark.parametrize("ask", [decide, bring], ids=["decide", "import"])
@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.EACCES, SHUT), (errno.EROFS, SHUT), (errno.EPERM, SHUT), (errno.ENOSPC, FULL), (errno.EDQUOT, FULL)],
)
def test_what_the_disk_refuses_is_said_with_what_to_do(
    number: int, says: str, ask: Callable[[TestClient, str], Response], client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """The lock is the first thing that is written into a labels folder."""
    sheet = open_text(client)

    def refuse(lock: FileLock, *_: object, **__: object) -> NoReturn:
        raise OSError(number, os.strerror(number), str(lock.lock_file))

    with monkeypatch.context() as patch:
        patch.setattr(FileLock, "acquire", refuse)
        answer = ask(client, sheet)
    assert answer.status_code == 507
    detail = answer.json()["detail"]
    assert says in detail
    assert ".lock" in detail
    assert not {"may", "server", "disk"} & set(translated(detail, "zh").split())
    assert ask(client, sheet).status_code == 200

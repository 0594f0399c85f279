"""What Label Studio sends, as its version 1.23 does."""

from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from classifier.labelling.corpus import read_decisions

CONFIG = """<View><Header value="段落"/><Text name="para" value="$body"/>
<Choices name="what" toName="para" choice="{choice}">
  <Choice value="农业"/><Choice value="Sights" alias="tourism"/><Choice value="无"/><Choice value="别的"/>
</Choices></View>"""
FARMING, TOURISM, OTHER = "化肥种子备得足，粮食播种面积稳住了。", "古镇游客比去年多了两成。", "会议由某某主持。"
MADE = "2026-01-02T03:04:05.678901Z"  # when the project was made


def config(choice: str = "multiple") -> str:
    return CONFIG.format(choice=choice)


def region(*choices: Any, name: str = "what", to: str = "para") -> dict[str, Any]:
    return {"from_name": name, "to_name": to, "type": "choices", "value": {"choices": list(choices)}}


def annotation(id_: int, *choices: str, task: int = 7, at: str = "2026-02-02T03:04:05Z", **more: Any) -> dict[str, Any]:
    result = [region(*choices)] if choices else []
    return {"id": id_, "task": task, "completed_by": 3, "result": result, "updated_at": at, **more}


def task(id_: int, text: Any, key: str = "body") -> dict[str, Any]:
    return {"id": id_, "data": {key: text}}


def project(id_: int = 1, made: str = MADE, label_config: str = "") -> dict[str, Any]:
    return {"id": id_, "created_at": made, "label_config": label_config or config()}


def report(client: TestClient, action: str, *, instance: str = "", **more: Any) -> dict[str, Any]:
    """Send a report; return what was answered."""
    body = {"action": action, "project": project(), **more}
    answer = client.post("/webhook", params={"instance": instance} if instance else {}, json=body)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


def stored(workspace: Path) -> dict[str | None, tuple[str, ...]]:
    """Return what counts in the labels folder of what was decided there."""
    return {one.text: one.labels for one in read_decisions(workspace / "labels").paragraphs if one.at}

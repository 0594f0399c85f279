"""Exports of Label Studio whose tasks are HTML or dialogues: stored as their text."""

import json
from typing import Any

import pytest

from classifier.labelling.exchange.recognise import understood
from tests.labelling.exchange.test_formats import NAMES

CHOSEN = [{"from_name": "topic", "to_name": "t", "type": "choices", "value": {"choices": ["农业"]}}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("<p>稻田<b>丰收</b>。</p><p>第二段&nbsp;</p>", "稻田丰收。\n第二段"),
        ("<div>稻田丰收。<br/>又一行</div>", "稻田丰收。\n又一行"),
        ([{"author": "甲", "text": "稻田丰收。"}, {"author": "乙", "text": "是的。"}], "稻田丰收。\n是的。"),
        ("产量 a<b，而 <见附件> 不变", "产量 a<b，而 <见附件> 不变"),
        ("稻田丰收。", "稻田丰收。"),
    ],
)
@pytest.mark.parametrize("min_", [False, True])
def test_a_task_is_its_text(value: Any, text: str, min_: bool) -> None:
    whole = {"id": 1, "data": {"text": value}, "annotations": [{"id": 1, "result": CHOSEN}]}
    row = {"id": 1, "text": value, "topic": "农业", "annotator": 1, "annotation_id": 2} if min_ else whole
    found = understood(json.dumps([row], ensure_ascii=False).encode(), "a.json", NAMES)
    assert (found.problems, [(one.text, one.labels) for one in found.decisions]) == ((), [(text, ("farming",))])

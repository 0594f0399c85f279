"""What schemathesis does not know of the server: JSON Lines, files worth reading, which sheets and models there are.

scripts/fuzz_service.py names this module in SCHEMATHESIS_HOOKS and the server's address in FUZZED.
"""

import atexit
import json
import os
import urllib.parse
import urllib.request
import zlib
from collections import Counter, defaultdict
from typing import Any

import schemathesis
from hypothesis import strategies as st

TEXT = (
    "要持续优化营商环境，为企业办好事。\n对群众反映的问题一查到底，坚决整治形式主义。\n来源：本报\n会后，观看了专题片。"
)
TABLE = "文本,标签\n为企业办好事。,营商环境\n整治形式主义。,作风建设\n观看了专题片。,无\n"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"
FILES = [TEXT.encode(), TEXT.encode("gb18030"), TABLE.encode(), PAGE.encode(), b"%PDF-1.4\n", b"PK\x03\x04", b""]
FILES += [json.dumps({"text": TEXT, "labels": ["work_style"]}).encode()]
_answered: defaultdict[str, Counter[int]] = defaultdict(Counter)
STRANGERS = 4  # of so many requests one keeps an id that nobody gave out

_objects = st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.text(max_size=20), max_size=3)
_rows = st.builds(lambda row, text: json.dumps({**row, "text": text}).encode(), _objects, st.text() | st.just(TEXT))
_lines = _rows | _objects.map(lambda row: json.dumps(row).encode()) | st.binary(max_size=50)

schemathesis.openapi.format("binary", st.sampled_from(FILES) | st.binary(max_size=200))
schemathesis.openapi.media_type("application/x-ndjson", st.lists(_lines, max_size=20).map(b"\n".join))


@schemathesis.serializer("application/x-ndjson")
def lines(_context: schemathesis.SerializationContext, value: Any) -> bytes:
    """Send lines as they are; what is tried in their place, as JSON."""
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@schemathesis.deserializer("application/x-ndjson")
def answers(_context: schemathesis.DeserializationContext, response: schemathesis.Response) -> str:
    """Return an answer to lines, each of which must be a JSON object: labels, or a problem."""
    for line in response.content.splitlines():
        row = json.loads(line)
        known = {"labels", "error", "model"} <= row.keys() or "notes" in row
        if not known and row["problem"]["status"] != 422:
            raise ValueError(f"neither labels nor a problem: {row}")
    return response.content.decode()


@schemathesis.hook
def before_call(_context: schemathesis.HookContext, case: schemathesis.Case[Any], _kwargs: dict[str, Any]) -> None:
    """Put an id that exists in the place of most invented ones, the same whenever the same request is tried again."""
    path, body = case.path_parameters or {}, case.body
    chance = zlib.crc32(repr((case.operation.label, path, body)).encode())
    if chance % STRANGERS == 0:
        return
    if "id" in path:
        path["id"] = opened()["id"]
    if "index" in path:
        path["index"] = chance % 4
    if "version" in path:
        known = get("/api/models")
        path["version"] = known[chance % len(known)]["version"]
    if isinstance(body, dict):
        _real(body, chance)


@schemathesis.hook
def after_call(
    _context: schemathesis.HookContext, case: schemathesis.Case[Any], response: schemathesis.Response
) -> None:
    """Count the answers, so that it is seen which operations were really tried."""
    _answered[case.operation.label][response.status_code] += 1


@atexit.register
def _tell() -> None:
    for label, statuses in sorted(_answered.items()):
        print(f"{label}: {', '.join(f'{status} × {number}' for status, number in sorted(statuses.items()))}")


def _real(body: dict[str, Any], chance: int) -> None:
    if isinstance(body.get("index"), int):
        body["index"] = chance % 4
    if isinstance(body.get("key"), str) and len(body["key"]) == 24:
        body["key"] = decided()
    if isinstance(body.get("labels"), list) and chance % 3:
        body["labels"] = ["work_style"][: chance % 2]


def opened() -> Any:
    """Open a document; return what the server says of it."""
    return post("/api/sheets", urllib.parse.urlencode({"text": TEXT}).encode(), "x-www-form-urlencoded")


def decided() -> str:
    """Decide on a paragraph; return its key."""
    choice = json.dumps({"index": 0, "labels": ["work_style"]}).encode()
    return str(post(f"/api/sheets/{opened()['id']}/decisions", choice, "json")["key"])


def get(path: str) -> Any:
    """Return what the server says at an address."""
    with urllib.request.urlopen(os.environ["FUZZED"] + path, timeout=30) as answer:  # noqa: S310 - http, ours
        return json.load(answer)


def post(path: str, data: bytes, kind: str) -> Any:
    """Send something to the server; return what it says."""
    headers = {"Content-Type": f"application/{kind}", "X-Client": "fuzzing-hooks"}
    request = urllib.request.Request(os.environ["FUZZED"] + path, data, headers)  # noqa: S310 - http, ours
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.load(answer)

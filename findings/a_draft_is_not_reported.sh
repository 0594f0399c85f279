#!/usr/bin/env bash
# label-studio 1.23.2: what its webhooks report of annotations, and what it makes of the answers.
# Expected: an annotation that is turned back into a draft is reported as deleted, as the code around it asks for; an answer
# that says "disk full, send it again" is heeded, or at least shown.
# Does: turned into a draft, an annotation vanishes without any report (its number is looked up again after it was deleted, and
# nothing is found to report). Answers are not looked at: nothing is sent a second time, the webhook goes on as if all were well.
# Needs some minutes: a database is made first. FOLDER (optional) keeps it and the environment for the next run.
set -euo pipefail
folder=${1:-$(mktemp -d)}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
export PYTHONPATH="$(cd "$(dirname "$0")/.." && pwd)/scripts"
python3 - "$folder" <<'PYTHON'
import json
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from running_label_studio import installed, prepared, studio_running

base, seen = Path(sys.argv[1]), []


class Full(BaseHTTPRequestHandler):
    def do_POST(self):
        report = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        seen.append((report["action"], [one["id"] for one in report.get("annotations", [])]))
        self.send_response(507)
        self.end_headers()

    def log_message(self, *_):
        pass


hears = ThreadingHTTPServer(("127.0.0.1", 0), Full)
threading.Thread(target=hears.serve_forever, daemon=True).start()
CONFIG = '<View><Text name="t" value="$text"/><Choices name="c" toName="t"><Choice value="民生"/></Choices></View>'
REGION = {"from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["民生"]}}
program = installed(base / "venv")
with (
    tempfile.TemporaryDirectory(dir=base) as work,
    studio_running(program, prepared(program, base / "fresh"), Path(work) / "one") as studio,
):
    project = studio.call("POST", "/api/projects/", {"title": "reports", "label_config": CONFIG})["id"]
    address = f"http://localhost:{hears.server_port}/"
    hook = studio.call("POST", "/api/webhooks/", {"project": project, "url": address, "send_payload": True})["id"]
    studio.call("POST", f"/api/projects/{project}/import", [{"text": "为老人送餐上门。"}])
    task = studio.call("GET", f"/api/tasks?project={project}&fields=all")["tasks"][0]["id"]
    seen.clear()
    first, second = (studio.call("POST", f"/api/tasks/{task}/annotations/", {"result": [REGION]})["id"] for _ in range(2))
    studio.call("POST", f"/api/annotations/{first}/convert-to-draft", {})
    studio.call("DELETE", f"/api/annotations/{second}/")
    time.sleep(20)
    print("reported:", seen)
    assert seen == [("ANNOTATION_CREATED", [])] * 2 + [("ANNOTATIONS_DELETED", [second])], seen
    assert studio.call("GET", f"/api/webhooks/{hook}/")["is_active"]
    print("the webhook is active still, though every answer was 507")
PYTHON

"""Run the Label Studio backend against the real Label Studio: project, connect, predict, annotate, export, import.

    python scripts/check_label_studio.py [FOLDER]

Installs label-studio into an environment of its own in FOLDER (kept, so that the next run is quicker), starts it and
`classify serve` on free ports, goes the whole way by Label Studio's own API and prints each step. Exits with 1 where a
step fails.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

TEXTS = [
    "要持续优化营商环境，为企业办好事。",
    "对群众反映的吃拿卡要问题一查到底，坚决整治形式主义。",
    "会后，与会人员观看了专题片。",
    "全县签约亿元以上项目二十六个，招商小分队驻点招引。",
]
CONFIG = """<View><Text name="paragraph" value="$text"/>
<Choices name="topic" toName="paragraph" choice="multiple">
<Choice value="作风建设"/><Choice value="business" alias="营商环境"/><Choice value="项目招引"/><Choice value="民生"/>
<Choice value="无"/></Choices></View>"""
USER = "check@localhost.invalid"


def main() -> int:
    """Go the whole way; return the exit code."""
    base = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp(prefix="label-studio-"))
    base.mkdir(parents=True, exist_ok=True)
    studio = installed(base / "venv")
    with tempfile.TemporaryDirectory(dir=base) as name:
        work = Path(name)
        with serving(work) as ours, studio_running(studio, work) as theirs:
            check(ours, theirs, work)
    print("all steps passed")
    return 0


def check(ours: str, theirs: "Studio", work: Path) -> None:
    """The steps of one project."""
    project = theirs.call("POST", "/api/projects/", {"title": "check", "label_config": CONFIG})["id"]
    theirs.call("POST", f"/api/projects/{project}/import", [{"text": text} for text in TEXTS])
    say(f"project {project} with {len(TEXTS)} tasks")
    backend = theirs.call("POST", "/api/ml/", {"project": project, "url": ours, "title": "classify"})
    say(f"connected: state {backend['state']}, version {backend.get('model_version')}")
    require(backend["state"] == "CO", backend)
    theirs.call("POST", "/api/webhooks/", {"project": project, "url": f"{ours}/webhook", "send_payload": True})

    tasks = [one["id"] for one in theirs.call("GET", f"/api/tasks?project={project}&fields=all")["tasks"]]
    everything = {"selectedItems": {"all": True, "excluded": []}}
    theirs.call("POST", f"/api/dm/actions?id=retrieve_tasks_predictions&project={project}", everything)
    shown = {}
    for task in tasks:
        found = until(partial(predictions, theirs, task))
        chosen = [region["value"]["choices"] for region in found[0]["result"]]
        text = theirs.call("GET", f"/api/tasks/{task}")["data"]["text"]
        shown[text] = (chosen[0] if chosen else [], found[0]["model_version"])
    for text, (choices, version) in shown.items():
        say(f"predicted by {version}: {text} → {', '.join(choices)}")
    require([shown[text][0] for text in TEXTS] == [["营商环境"], ["作风建设"], ["无"], ["项目招引"]], shown)

    region = {"from_name": "topic", "to_name": "paragraph", "type": "choices", "value": {"choices": ["民生"]}}
    made = theirs.call("POST", f"/api/tasks/{tasks[0]}/annotations/", {"result": [region]})
    corrected = theirs.call("GET", f"/api/tasks/{tasks[0]}")["data"]["text"]
    until(lambda: stored(work).get(corrected) == ["livelihood"])
    say("annotation arrived by webhook")
    region["value"] = {"choices": ["营商环境", "民生"]}
    theirs.call("PATCH", f"/api/annotations/{made['id']}/", {"result": [region]})
    until(lambda: stored(work).get(corrected) == ["business_environment", "livelihood"])
    say("changed annotation arrived")
    other = theirs.call("POST", f"/api/tasks/{tasks[1]}/annotations/", {"result": [region]})
    second = theirs.call("GET", f"/api/tasks/{tasks[1]}")["data"]["text"]
    until(lambda: second in stored(work))
    theirs.call("DELETE", f"/api/annotations/{other['id']}/")
    until(lambda: second not in stored(work))
    say("deleted annotation is gone")

    export = work / "export.json"
    export.write_bytes(theirs.raw("GET", f"/api/projects/{project}/export?exportType=JSON"))
    labels = work / "imported"
    command = [classify(), "labels", "import", str(export), "--labels", str(labels), "--confirmed"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=work)
    say(f"export → {done.stderr.strip().splitlines()[-1]}")
    require(done.returncode == 0, done.stderr)
    require(stored(work, labels).get(corrected) == ["business_environment", "livelihood"], done.stderr)


def predictions(studio: "Studio", task: int) -> Any:
    """Return a task's predictions."""
    return studio.call("GET", f"/api/tasks/{task}")["predictions"]


class Studio:
    """A Label Studio that runs, and its token."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token

    def raw(self, method: str, path: str, data: Any = None) -> bytes:
        """Call its API."""
        body = None if data is None else json.dumps(data).encode()
        headers = {"Authorization": f"Token {self.token}", "Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, body, headers, method=method)  # noqa: S310 - http, ours
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            print(method, path, error.code, error.read().decode(errors="replace")[:1000])
            raise

    def call(self, method: str, path: str, data: Any = None) -> Any:
        """Call its API for JSON."""
        answer = self.raw(method, path, data)
        return json.loads(answer) if answer else None


@contextmanager
def studio_running(program: Path, work: Path) -> Iterator[Studio]:
    """Start Label Studio with a user who may use its API; stop it at the end."""
    port, token = free_port(), secrets.token_hex(20)
    settings = {
        "ML_BLOCK_LOCAL_IP": "false",
        "SSRF_PROTECTION_ENABLED": "false",
        "LABEL_STUDIO_BASE_DATA_DIR": str(work / "studio"),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
    }
    command = [str(program), "start", "--no-browser", "--port", str(port), "--username", USER]
    command += ["--password", secrets.token_urlsafe(16), "--user-token", token]
    with (
        (work / "studio.log").open("wb") as log,
        subprocess.Popen(command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=work) as process,
    ):
        try:
            found = Studio(f"http://localhost:{port}", token)
            until(lambda: reachable(f"{found.address}/health"), 300)
            say(f"Label Studio {found.call('GET', '/api/version')['release']} runs")
            yield found
        except BaseException:
            print((work / "studio.log").read_text(errors="replace")[-3000:])
            raise
        finally:
            process.terminate()


@contextmanager
def serving(work: Path) -> Iterator[str]:
    """Start `classify serve` with labels of its own; stop it at the end."""
    port = free_port()
    environment = {**os.environ, "CLASSIFIER_HOME": str(work / "home")}
    command = [classify(), "serve", "--port", str(port), "--labels", str(work / "labels")]
    with subprocess.Popen(command, env=environment, cwd=work) as process:
        try:
            until(lambda: reachable(f"http://localhost:{port}/health"), 60)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def installed(folder: Path) -> Path:
    """Return the program label-studio in an environment of its own."""
    program = folder / "bin" / "label-studio"
    if not program.is_file():
        say("installing label-studio")
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "python", "-m", "pip", "install", "--quiet", "label-studio"], check=True)
    return program


def stored(work: Path, folder: Path | None = None) -> dict[str, list[str]]:
    """Return the newest decisions in a labels folder."""
    from classifier.labelling.corpus import read_decisions  # noqa: PLC0415 - after the checks above

    path = folder or work / "labels"
    if not (path / "taxonomy.toml").is_file():
        return {}
    return {str(one.text): list(one.labels) for one in read_decisions(path).paragraphs}


def classify() -> str:
    """Return the program of this environment."""
    return str(Path(sys.executable).with_name("classify"))


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.3)
    return found


def reachable(address: str) -> bool:
    """Tell whether a server answers."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310
            return True
    except OSError:
        return False


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def require(condition: bool, shown: Any) -> None:
    """Stop where something is not as it must be."""
    if not condition:
        raise SystemExit(f"not as expected: {shown}")


def say(message: str) -> None:
    """Print a step."""
    print(f"{time.strftime('%H:%M:%S')} {message}", flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""A Label Studio of its own for a check, and `classify serve` beside it: started, called, stopped."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

VERSION = "1.23.2"
USER = "check@localhost.invalid"
SETTINGS = {
    "ML_BLOCK_LOCAL_IP": "false",
    "SSRF_PROTECTION_ENABLED": "false",
    "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
    "COLLECT_ANALYTICS": "false",
    "LATEST_VERSION_CHECK": "false",
    "DJANGO_DB": "sqlite",
}


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
            with urllib.request.urlopen(request, timeout=900) as answer:  # noqa: S310
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            print(method, path, error.code, error.read().decode(errors="replace")[:1000])
            raise

    def call(self, method: str, path: str, data: Any = None) -> Any:
        """Call its API for JSON."""
        answer = self.raw(method, path, data)
        return json.loads(answer) if answer else None


@contextmanager
def studio_running(program: Path, fresh: Path, work: Path) -> Iterator[Studio]:
    """Start Label Studio on a copy of a fresh database, with a user who may use its API; stop it at the end."""
    port, token = free_port(), secrets.token_hex(20)
    shutil.copytree(fresh, work / "studio")
    settings = {**SETTINGS, "LABEL_STUDIO_BASE_DATA_DIR": str(work / "studio")}
    command = [str(program), "start", "--no-browser", "--port", str(port), "--username", USER]
    command += ["--password", secrets.token_urlsafe(16), "--user-token", token]
    with (
        (work / "studio.log").open("wb") as log,
        subprocess.Popen(command, env=alone(settings), stdout=log, stderr=log, cwd=work) as process,
    ):
        try:
            found = Studio(f"http://localhost:{port}", token)
            until(lambda: reachable(f"{found.address}/health") or process.poll() is not None, 900)
            require(process.poll() is None, "Label Studio ended at once")
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
            until(lambda: reachable(f"http://localhost:{port}/health"), 300)
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def installed(folder: Path) -> Path:
    """Return the program label-studio in an environment of its own."""
    program = folder / "bin" / "label-studio"
    if not program.is_file():
        say("installing label-studio")
        venv.create(folder, with_pip=True)
        subprocess.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", f"label-studio=={VERSION}"], check=True
        )
    return program


def prepared(program: Path, folder: Path) -> Path:
    """Return a folder with the database of a Label Studio that nobody has used yet; made once, for it takes minutes."""
    if not folder.is_dir():
        say("preparing a database")
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        manage = next(program.parents[1].glob("lib/python3*/site-packages/label_studio/manage.py"))
        module = "label_studio.core.settings.label_studio"
        own = {"LABEL_STUDIO_BASE_DATA_DIR": str(part), "DJANGO_SETTINGS_MODULE": module}
        command = [str(program.with_name("python")), str(manage), "migrate", "--verbosity", "0"]
        subprocess.run(command, check=True, capture_output=True, env=alone({**SETTINGS, **own}), cwd=manage.parent)
        part.rename(folder)
    return folder


def alone(settings: dict[str, str]) -> dict[str, str]:
    """Return the environment of a program that sees none of our modules."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | settings


def classify() -> str:
    """Return the program of this environment."""
    return str(Path(sys.executable).with_name("classify"))


def until(condition: Callable[[], Any], seconds: float = 120) -> Any:
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


def fetched(address: str, language: str) -> str:
    """Return a page in a language."""
    request = urllib.request.Request(address, headers={"Accept-Language": language})  # noqa: S310 - http, ours
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return str(answer.read().decode())


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

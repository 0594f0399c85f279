"""What stands at the top of the repository says what the code does: security, hooks, issue forms, entries without make."""

import hashlib
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from classifier.files import UNPACKED_MOST
from classifier.training import portable
from classifier.web.settings import MEGABYTE, SHORTEST_TOKEN, Settings

ROOT = Path(__file__).parent.parent
APACHE = "0ffddef9e48f8a09aed5caf2d44f7ba1c1be2d9b8e0a6f693b1635b2d5566645"  # of the words of its text
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_hooks_use_the_versions_that_ci_uses() -> None:
    pins = set((ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines())
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    pinned = [one for hook in hooks for one in hook.get("additional_dependencies", ())]
    assert pinned
    assert set(pinned) <= pins
    assert {repo["repo"] for repo in yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_bytes())["repos"]} == {
        "local"
    }


def test_issue_forms_ask_in_both_languages() -> None:
    forms = [path for path in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config"]
    assert len(forms) == 2
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        fields = [one["attributes"].get("label", "") for one in form["body"] if one["type"] != "markdown"]
        assert len(fields) >= 4
        for text in (form["name"], form["description"], *fields):
            assert re.search("[一-鿿]", text)
            assert re.search("[A-Za-z]", text)


def test_the_figures_in_security_md_are_those_of_the_code(tmp_path: Path) -> None:
    assert f"at least {SHORTEST_TOKEN} characters" in SECURITY
    assert f"({Settings(tmp_path).body_limit // MEGABYTE} MB; `--upload-mb`)" in SECURITY
    assert f"tables to score at {Settings(tmp_path).score_limit // MEGABYTE:,} MB" in SECURITY
    assert f"may unpack to {UNPACKED_MOST // 1_000_000} MB" in SECURITY
    assert f"more than {portable._MOST // 1_000_000} MB" in SECURITY
    assert Settings(tmp_path).loopback


def test_labelling_opens_no_pickle() -> None:
    """As SECURITY.md says: neither the module that opens them nor joblib is loaded."""
    code = (
        "import sys, classifier; classifier.load().label('新建两所小学。', explain=True); "
        "print([one for one in ('joblib', 'classifier.model.trusted') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr


def test_make_and_start_install_the_same() -> None:
    """One owner: the Makefile asks scripts/start.py."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "scripts/start.py --setup" in makefile
    assert "-m venv" not in makefile


def test_a_python_that_is_too_old_is_told_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """As they are on many a system of an office; nothing of the program can be imported there."""
    start = runpy.run_path(str(ROOT / "scripts" / "start.py"), run_name="started")
    start["main"].__globals__["OLDEST"] = (9, 9)
    assert start["main"]() == 1
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(" 9.9 ")[0] for line in told] == ["需要 Python", "Python"]


def test_the_entry_without_make_needs_nothing_installed() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", "import runpy; runpy.run_path('scripts/start.py', run_name='started')"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("system", "said"), [("en_GB", "label a sample document"), ("zh_CN", "判定一份示例文档")])
def test_the_entry_without_make_helps_and_does_nothing_else(system: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "scripts").mkdir()
    for name in ("scripts/start.py", "classifier/__init__.py", "classifier/platforms.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"" if name.endswith("__init__.py") else (ROOT / name).read_bytes())
    speaking = os.environ | {"LC_ALL": f"{system}.UTF-8", "LANG": f"{system}.UTF-8", "PYTHONUTF8": "1"}
    for option, code in (("--help", 0), ("-h", 0), ("--helf", 2)):
        done = subprocess.run(
            [sys.executable, "scripts/start.py", option], cwd=tmp_path, env=speaking, capture_output=True,
            encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, said in done.stdout) == (code, code == 0), done.stderr
        assert not (tmp_path / ".venv").exists()


def test_every_script_knows_that_help_is_asked_for() -> None:
    """One that takes it for a file or a number, or for nothing, runs for minutes or fails."""
    scripts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "scripts").glob("*.py"))]
    run = [one for one in scripts if '__name__ == "__main__"' in one]
    assert len(run) > 10
    assert not [one for one in run if not re.search('"--help"|argparse|typer|len\\(sys.argv\\) not in', one)]


def test_the_licence_is_apaches_text_as_it_stands() -> None:
    """A copy of another project's would name that one's authors, in every bundle too."""
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    words = " ".join(text.split())
    assert words.startswith(
        "Apache License Version 2.0, January 2004 http://www.apache.org/licenses/ TERMS AND CONDITIONS"
    )
    assert hashlib.sha256(words.encode()).hexdigest() == APACHE


REQUESTS = {"name": "requests", "version": "1.0", "vulns": []}
BAD = {
    "name": "one",
    "version": "2",
    "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}, {"id": "CVE-2", "fix_versions": []}],
}
SKIPPED = {"name": "two", "skip_reason": "Dependency not found and could not be audited: two (1.0)"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([REQUESTS], 0, "none is known of 1 packages"),
        ([REQUESTS, BAD], 1, "one 2: CVE-1, mended in 3\none 2: CVE-2, mended in no version"),
        ([REQUESTS, SKIPPED], 1, "two: Dependency not found and could not be audited: two (1.0)"),
        ([SKIPPED], 0, "no database of vulnerabilities can be reached: nothing is known of them"),
        ([], 0, "no database of vulnerabilities can be reached: nothing is known of them"),
    ],
)
def test_what_is_said_of_known_vulnerabilities(packages: list[dict[str, object]], code: int, said: str) -> None:
    verdict = runpy.run_path(str(ROOT / "scripts" / "vulnerable_pins.py"))["verdict"]
    assert verdict({"dependencies": packages, "fixes": []} if packages else {}) == (code, said)


def test_every_change_is_held_against_known_vulnerabilities() -> None:
    assert "\nbash .ci/audit" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "bash .ci/audit" in SECURITY

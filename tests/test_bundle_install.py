"""A bundle's installer takes what was packed only, says what is wrong with the machine, and tries what it installed."""

import importlib.util
import json
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from types import ModuleType

import pip as pip_package
import pytest

from classifier.places import PACKAGE
from tests.test_bundle import wheel

sys.path.insert(0, str(PACKAGE.parent / "scripts"))
from bundle import contents, write
from bundle_wheels import Target

SCRIPT = PACKAGE.parent / "scripts" / "bundle_files" / "install.py"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="installs what is for this machine")


def here() -> Target:
    """The machine that runs the tests."""
    return Target("linux-x86_64", "{}.{}".format(*sys.version_info))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    return unpacked(tmp_path, "print(sys.argv[1:])")


def unpacked(tmp_path: Path, does: str, recogniser: str = "") -> Path:
    """Return a bundle of a small project, unpacked: nothing of it needs a network.

    `does`: a line of Python that its command runs; `recogniser`: what its onnxruntime does when it is loaded.
    """
    wheels = tmp_path / "made"
    script = f"import sys\n\n\ndef main() -> None:\n    {does}\n"
    pip = wheel(wheels, "pip", "0")
    others = ("one", "cv2", "onnxruntime", "rapidocr") if recogniser else ("one",)
    made = [wheel(wheels, "project", needs=others), *(wheel(wheels, name) for name in others), pip]
    for one in made:
        if one.name == "onnxruntime":
            with zipfile.ZipFile(one.path, "a") as archive:
                archive.writestr("onnxruntime/__init__.py", recogniser)
    with zipfile.ZipFile(made[0].path, "a") as archive:
        archive.writestr("project-1.0.dist-info/entry_points.txt", "[console_scripts]\nclassify = tool:main\n")
        archive.writestr("tool.py", script)
    with zipfile.ZipFile(pip.path, "a") as archive:  # the real one: it runs out of its wheel
        source = Path(pip_package.__path__[0])
        for path in source.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(source.parent).as_posix())
    write(tmp_path / "b.zip", "b", contents(made, here(), "project"))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked" / "b"


def installed(bundle: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(bundle / "install.sh"), str(folder)],
        capture_output=True, text=True, check=False, encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "PYTHON": sys.executable, "PYTHONIOENCODING": "utf-8", "PIP_INDEX_URL": "http://127.0.0.1:9"},
    )  # fmt: skip


def test_a_bundle_installs_into_a_folder_with_spaces_and_chinese(bundle: Path, tmp_path: Path) -> None:
    done = installed(bundle, tmp_path / "程序 一")
    assert done.returncode == 0, done.stderr
    command = tmp_path / "程序 一" / "bin" / "classify"
    assert str(command) in done.stdout
    assert subprocess.run([command, "x"], capture_output=True, text=True, check=True).stdout == "['x']\n"
    assert (tmp_path / "程序 一" / "bundle.json").read_bytes() == (bundle / "bundle.json").read_bytes()


def test_what_was_changed_added_or_lost_is_not_installed(bundle: Path, tmp_path: Path) -> None:
    one = bundle / "wheels" / "one-1.0-py3-none-any.whl"
    whole = one.read_bytes()
    one.write_bytes(whole + b"x")
    assert "was changed or damaged" in installed(bundle, tmp_path / "p").stderr
    one.unlink()
    assert "is missing" in installed(bundle, tmp_path / "p").stderr
    one.write_bytes(whole)
    shutil.copy(one, bundle / "wheels" / "other-1.0-py3-none-any.whl")
    assert "is no part of this bundle" in installed(bundle, tmp_path / "p").stderr
    assert not (tmp_path / "p").exists()


def test_a_folder_that_holds_something_is_left_alone(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "own.txt").write_text("own", encoding="utf-8")
    done = installed(bundle, tmp_path / "p")
    assert (done.returncode, "is there already" in done.stderr) == (1, True)
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["own.txt"]


@pytest.mark.parametrize(("key", "value"), [("python", "3.99"), ("machine", ["s390x"]), ("system", "win32")])
def test_a_bundle_for_another_machine_says_so(bundle: Path, tmp_path: Path, key: str, value: object) -> None:
    about = json.loads((bundle / "bundle.json").read_text(encoding="utf-8"))
    (bundle / "bundle.json").write_text(json.dumps(about | {key: value}), encoding="utf-8")
    done = installed(bundle, tmp_path / "p")
    assert done.returncode == 1
    assert "is needed" in done.stderr or "for another kind of machine" in done.stderr


def test_what_does_not_run_is_not_called_installed(tmp_path: Path) -> None:
    """A small system without C++'s library; what is wrong stands in the last line of many."""
    done = installed(unpacked(tmp_path, "import missing_library"), tmp_path / "p")
    assert (done.returncode, "installed:" in done.stdout, (tmp_path / "p").exists()) == (1, False, False)
    assert "No module named 'missing_library'" in done.stderr
    assert "libstdc++6" in done.stderr
    assert "Traceback" not in done.stderr


def test_where_scans_cannot_be_read_the_rest_is_installed_all_the_same(tmp_path: Path) -> None:
    failing = unpacked(tmp_path, "pass", "raise ImportError('DLL load failed while importing it')")
    done = installed(failing, tmp_path / "p")
    assert (done.returncode, "installed:" in done.stdout) == (0, True), done.stderr
    assert "scans cannot be read yet: ImportError: DLL load failed while importing it\n" in done.stderr
    assert "Visual C++" in done.stderr


def test_of_scans_that_can_be_read_nothing_is_said(tmp_path: Path) -> None:
    done = installed(unpacked(tmp_path, "pass", "READY = True"), tmp_path / "p")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture
def installer() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("installer", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def about(*machines: str) -> dict[str, object]:
    return {"python": "{}.{}".format(*sys.version_info), "system": sys.platform, "machine": machines}


def test_a_python_of_32_bits_is_told_from_its_machine(installer: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows of 64 bits it says of itself to run on AMD64."""
    monkeypatch.setattr(installer.platform, "machine", lambda: "AMD64")
    assert installer.other_machine(about("AMD64")) == ""
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert "64 bits is needed" in installer.other_machine(about("AMD64"))


@pytest.mark.parametrize(("built", "fits"), [("win-amd64", True), ("win-arm64", False)])
def test_what_counts_on_windows_is_what_python_was_made_for(
    installer: ModuleType, monkeypatch: pytest.MonkeyPatch, built: str, fits: bool
) -> None:
    """Windows on Arm runs programs made for other machines, and says ARM64 to them, too."""
    monkeypatch.setattr(installer.platform, "machine", lambda: "ARM64")
    monkeypatch.setattr(sysconfig, "get_platform", lambda: built)
    assert (installer.other_machine(about("AMD64", "x86_64")) == "") is fits


def test_a_double_click_asks_for_a_folder(
    installer: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And leaves what it said on the screen until a key is pressed."""
    answers = {"装到": f'"{tmp_path}"', "按回": ""}
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt[:2])
        return answers[prompt[:2]]

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(sys, "argv", ["install.py"])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    for stream in (sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "reconfigure", lambda **_: None, raising=False)
    taken: list[Path] = []
    monkeypatch.setattr(installer, "set_up", taken.append)
    installer.main()
    assert (taken, asked) == ([tmp_path], ["装到", "按回"])
    answers["装到"] = ""
    installer.main()
    assert taken[-1] == Path.home() / "classifier"


def test_a_quoted_folder_that_ends_in_a_backslash_is_that_folder(
    installer: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    r"""Windows hands `"C:\my folder\"` on as `C:\my folder"`."""
    monkeypatch.setattr(installer, "on_windows", lambda: True)
    assert installer.given('my folder"').name == "my folder"

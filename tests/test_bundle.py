"""A bundle for a machine without a network: whole for that machine's own markers, and it installs what was packed only."""

import base64
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pip as pip_package
import pytest
from packaging.requirements import Requirement

from classifier.places import PACKAGE

sys.path.insert(0, str(PACKAGE.parent / "scripts"))
from bundle import FILES, contents, write
from bundle_papers import bill_of_materials, licence_of, licences
from bundle_wheels import IncompleteError, Target, Wheel, graph, unmet, wheels_in

LINUX, WINDOWS = Target("linux-x86_64", "3.12"), Target("windows-x86_64", "3.12")


def wheel(folder: Path, name: str, version: str = "1.0", needs: tuple[str, ...] = (), more: str = "") -> Wheel:
    """Write a real wheel: one module, its metadata, its record."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in needs), *more.splitlines()]
    files = {
        f"{name}.py": f"NAME = {name!r}\n",
        f"{info}/METADATA": "Metadata-Version: 2.4\n" + "".join(f"{line}\n" for line in lines),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/licenses/LICENSE": f"May be used, says {name}.\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},\n"
        for path, text in files.items()
    )
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(inside, text)
    return Wheel(path)


def test_what_only_windows_needs_is_asked_for_on_windows_only(tmp_path: Path) -> None:
    one = wheel(tmp_path, "one", needs=("two; sys_platform == 'win32'", "three; python_version < '3.12'"))
    asked = [Requirement("one")]
    assert [need.name for need in unmet(asked, [one], WINDOWS)] == ["two"]
    assert unmet(asked, [one], LINUX) == []
    assert [need.name for need in unmet(asked, [one], Target("linux-x86_64", "3.11"))] == ["three"]
    assert [need.name for need in unmet(asked, [], LINUX)] == ["one"]


def test_extras_are_followed_wherever_they_are_asked_for(tmp_path: Path) -> None:
    one = wheel(tmp_path, "one", needs=("two[fast]>=1",))
    two = wheel(tmp_path, "two", needs=("Three.Four; extra == 'fast'", "five; extra == 'slow'"))
    assert [need.name for need in unmet([Requirement("one")], [one, two], LINUX)] == ["Three.Four"]
    found = graph([Requirement("two"), Requirement("two[slow]")], [one, two], LINUX)
    assert {need.name for need in found["two"]} == {"five"}


def test_a_version_that_somebody_does_not_take_is_an_error(tmp_path: Path) -> None:
    found = [wheel(tmp_path, "one", needs=("two<2",)), wheel(tmp_path, "two", "2.1")]
    with pytest.raises(IncompleteError, match=r"one needs two<2, here is 2\.1"):
        unmet([Requirement("one")], found, LINUX)


def test_what_cannot_be_installed_without_building_is_an_error(tmp_path: Path) -> None:
    wheel(tmp_path, "one")
    (tmp_path / "two-1.0.tar.gz").write_bytes(b"")
    with pytest.raises(IncompleteError, match=r"two-1\.0\.tar\.gz"):
        wheels_in(tmp_path)


@pytest.mark.parametrize(
    ("more", "licence"),
    [
        ("License-Expression: MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("License: BSD\nClassifier: License :: OSI Approved :: MIT License", "BSD"),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT License"),
        ("", ""),
    ],
)
def test_licences(tmp_path: Path, more: str, licence: str) -> None:
    one = wheel(tmp_path, "one", more=more)
    assert licence_of(one) == licence
    files = licences([one])
    assert files["licences/one/licenses_LICENSE"] == b"May be used, says one.\n"
    assert f"one\t1.0\t{licence or '(not said)'}\t" in files["licences/LICENCES.tsv"].decode()


def test_the_bill_names_each_package_its_hash_and_who_needs_it(tmp_path: Path) -> None:
    found = [wheel(tmp_path, "project", needs=("one",)), wheel(tmp_path, "one", more="License-Expression: MIT")]
    data = bill_of_materials(found, LINUX, "project")
    assert data == bill_of_materials(found, LINUX, "project")
    bill = json.loads(data)
    assert bill["metadata"]["component"]["purl"] == "pkg:pypi/project@1.0"
    (part,) = bill["components"]
    assert part["hashes"][0]["content"] == hashlib.sha256(found[1].path.read_bytes()).hexdigest()
    assert part["licenses"] == [{"expression": "MIT"}]
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    assert needs == {"pkg:pypi/project@1.0": ["pkg:pypi/one@1.0"], "pkg:pypi/one@1.0": []}


def here() -> Target:
    """The machine that runs the tests."""
    return Target("linux-x86_64", "{}.{}".format(*sys.version_info))


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A bundle of a small project, unpacked: nothing of it needs a network."""
    wheels = tmp_path / "made"
    script = "import sys\n\n\ndef main() -> None:\n    print(sys.argv[1:])\n"
    pip = wheel(wheels, "pip", "0")
    made = [wheel(wheels, "project", needs=("one",)), wheel(wheels, "one"), pip]
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


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="installs what is for this machine")


def test_a_bundle_installs_into_a_folder_with_spaces_and_chinese(bundle: Path, tmp_path: Path) -> None:
    done = installed(bundle, tmp_path / "程序 一")
    assert done.returncode == 0, done.stderr
    command = tmp_path / "程序 一" / "bin" / "classify"
    assert str(command) in done.stdout
    assert subprocess.run([command, "x"], capture_output=True, text=True, check=True).stdout == "['x']\n"


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


def test_the_windows_script_is_plain_ascii_with_its_line_ends(tmp_path: Path) -> None:
    files = contents([wheel(tmp_path, "local_government_classifier")], WINDOWS, "x")
    script = files["install.cmd"].decode("ascii")
    assert script.count("\r\n") == script.count("\n") > 5
    assert "@PYTHON@" not in script
    assert "py -3.12" in script
    assert files["README.zh.txt"].startswith(b"\xef\xbb\xbf")
    assert "@" not in files["install.sh"].decode().replace('"$@"', "")
    assert files["install.py"] == (FILES / "install.py").read_bytes()

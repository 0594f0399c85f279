"""A bundle for a machine without a network is whole for that machine's own markers; test_bundle_install.py installs one."""

import base64
import hashlib
import json
import re
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from classifier.places import PACKAGE, user_folder

sys.path.insert(0, str(PACKAGE.parent / "scripts"))
from bundle import EXTRAS, FILES, contents
from bundle_papers import bill_of_materials, licence_of, licences
from bundle_wheels import IncompleteError, Target, Wheel, graph, unmet, wheels_in

LINUX, WINDOWS = Target("linux-x86_64", "3.12"), Target("windows-x86_64", "3.12")


def wheel(
    folder: Path,
    name: str,
    version: str = "1.0",
    needs: tuple[str, ...] = (),
    more: str = "",
    licence: str = "May be used, says {}.\n",
) -> Wheel:
    """Write a real wheel: one module, its metadata, its record."""
    folder.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in needs), *more.splitlines()]
    files = {
        f"{name}.py": f"NAME = {name!r}\n",
        f"{info}/METADATA": "Metadata-Version: 2.4\n" + "".join(f"{line}\n" for line in lines),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/licenses/LICENSE": licence.format(name),
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


@pytest.mark.parametrize(
    ("more", "begins"),
    [
        ("License: MIT\nAuthor: Somebody", "MIT License\n\nCopyright (c) Somebody\n"),
        ("License: MIT", "MIT License\n\nCopyright (c) the authors of one\n"),
        ("License-Expression: Apache-2.0", "Apache License\n"),
        ("License: Apache 2.0", "Apache License\n"),
    ],
)
def test_a_licence_whose_text_a_package_does_not_bring_is_there_all_the_same(
    tmp_path: Path, more: str, begins: str
) -> None:
    one = wheel(tmp_path, "one", more=more, licence="")
    (text,) = (data.decode() for name, data in licences([one]).items() if name.startswith("licences/one/"))
    assert text.lstrip().startswith(begins)
    assert licences([wheel(tmp_path, "two", licence="")])["licences/LICENCES.tsv"].endswith(b"(not said)\t-\n")


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


def test_the_windows_script_is_plain_ascii_with_its_line_ends(tmp_path: Path) -> None:
    files = contents([wheel(tmp_path, "local_government_classifier")], WINDOWS, "x")
    script = files["install.cmd"].decode("ascii")
    assert script.count("\r\n") == script.count("\n") > 5
    assert "@PYTHON@" not in script
    assert "py -3.12" in script
    assert "(3, 12)" in script
    assert "Python 3.12" in files["no-python.txt"].decode("gbk")
    assert files["README.zh.txt"].startswith(b"\xef\xbb\xbf")
    assert "@" not in files["install.sh"].decode().replace('"$@"', "")
    assert files["install.py"] == (FILES / "install.py").read_bytes()


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_names_what_a_bundle_holds_unless_told_otherwise(name: str) -> None:
    text = (Path(__file__).parent.parent / name).read_text(encoding="utf-8")
    said = text[: text.index("scripts/bundle.py")].split("\n## ")[-1]
    assert set(re.findall(r"`([a-z]+)`", said.split("```")[2])) >= set(EXTRAS.split(","))


def test_those_who_are_handed_a_bundle_are_told_where_their_own_models_lie(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CLASSIFIER_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    told = contents([], LINUX, "project")["README.zh.txt"].decode("utf-8-sig")
    for system in (Unix, MacOS):
        folder = Path(system(user_folder().name, appauthor=False).user_data_dir)
        assert f"~/{folder.relative_to(Path.home()).as_posix()}\r\n" in told
    assert f"%LOCALAPPDATA%\\{user_folder().name}\r\n" in told

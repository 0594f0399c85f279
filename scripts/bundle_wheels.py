"""Which wheels a machine of another kind needs: resolved by its own markers, fetched, and checked to be complete."""

import email.parser
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from functools import cached_property
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

_GLIBC = range(17, 29)  # manylinux_2_17 to _2_28: what the systems of offices have (Kylin V10 and UOS: 2.28)
SOURCE_ONLY = ("jieba",)  # published without a wheel; pure Python, so one built anywhere will do
_ROUNDS = 20  # of fetching what the packages of the round before need


class IncompleteError(Exception):
    """Something that a package needs is not there."""


@dataclass(frozen=True)
class _Platform:
    """A kind of machine: what pip calls it, what markers say there, what Python's `platform.machine` may answer."""

    tags: tuple[str, ...]
    sys_platform: str
    platform_system: str
    os_name: str
    machines: tuple[str, ...]


def _linux(machine: str, *names: str) -> _Platform:
    tags = (*(f"manylinux_2_{minor}_{machine}" for minor in reversed(_GLIBC)), f"manylinux2014_{machine}")
    return _Platform(tags, "linux", "Linux", "posix", (machine, *names))


PLATFORMS = {
    "linux-x86_64": _linux("x86_64", "amd64"),
    "linux-aarch64": _linux("aarch64", "arm64"),
    "windows-x86_64": _Platform(("win_amd64",), "win32", "Windows", "nt", ("AMD64", "x86_64")),
    "macos-arm64": _Platform(("macosx_14_0_arm64",), "darwin", "Darwin", "posix", ("arm64",)),
}


@dataclass(frozen=True)
class Target:
    """The machine that is installed on: a key of PLATFORMS and its Python ("3.12")."""

    platform: str
    python: str

    def __str__(self) -> str:
        """Its name in file names."""
        return f"{self.platform}-py{self.python}"

    @property
    def system(self) -> str:
        """What `sys.platform` is there."""
        return PLATFORMS[self.platform].sys_platform

    @property
    def machines(self) -> list[str]:
        """What `platform.machine()` may be there."""
        return list(PLATFORMS[self.platform].machines)

    def markers(self, extra: str) -> dict[str, str]:
        """Return what markers see there, where a package is asked for with an extra ("" for none).

        A late patch release: some packages need something below an early one only.
        """
        kind = PLATFORMS[self.platform]
        return {
            "extra": extra,
            "python_version": self.python, "python_full_version": f"{self.python}.99", "os_name": kind.os_name,
            "sys_platform": kind.sys_platform, "platform_system": kind.platform_system,
            "platform_machine": kind.machines[0], "platform_release": "", "platform_version": "",
            "implementation_name": "cpython", "implementation_version": f"{self.python}.99",
            "platform_python_implementation": "CPython",
        }  # fmt: skip

    def options(self) -> list[str]:
        """Return pip's options for wheels of that machine."""
        short = self.python.replace(".", "")
        tags = [option for tag in PLATFORMS[self.platform].tags for option in ("--platform", tag)]
        abis = [option for abi in (f"cp{short}", "abi3", "none") for option in ("--abi", abi)]
        return ["--only-binary", ":all:", "--python-version", self.python, "--implementation", "cp", *abis, *tags]


@dataclass(frozen=True)
class Wheel:
    """A wheel on disk and what it says of itself."""

    path: Path

    @property
    def name(self) -> str:
        """Its canonical name."""
        return str(parse_wheel_filename(self.path.name)[0])

    @property
    def version(self) -> str:
        """Its version."""
        return str(parse_wheel_filename(self.path.name)[1])

    @cached_property
    def metadata(self) -> Message:
        """Its METADATA."""
        with zipfile.ZipFile(self.path) as archive:
            name = next(
                one for one in archive.namelist() if one.count("/") == 1 and one.endswith(".dist-info/METADATA")
            )
            return email.parser.BytesParser().parsebytes(archive.read(name))

    def needs(self, extras: Iterable[str], target: Target) -> Iterator[Requirement]:
        """Yield what it needs on a machine, with extras of its own."""
        asked = [Requirement(line) for line in self.metadata.get_all("Requires-Dist") or ()]
        for one in asked:
            marker = one.marker
            if marker is None or any(marker.evaluate(target.markers(extra)) for extra in ("", *extras)):
                yield one


def gather(root: Path, wanted: str, target: Target, folder: Path) -> list[Wheel]:
    """Fetch or build into a folder all that `wanted` (this project with extras) needs on a machine; return the wheels.

    Versions are those of constraints.txt. Raises IncompleteError where something is missing or fits nobody.
    """
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(root))
    pins = {canonicalize_name(line.partition("==")[0]): line.strip() for line in _lines(root / "constraints.txt")}
    for name in SOURCE_ONLY:
        _pip("wheel", "--no-deps", "--wheel-dir", str(folder), pins[canonicalize_name(name)])
    roots = [Requirement(wanted), Requirement("pip")]
    for _ in range(_ROUNDS):
        missing = {one.name: one for one in unmet(roots, wheels_in(folder), target)}
        if not missing:
            return _complete(roots, folder, target)
        asked = [pins.get(canonicalize_name(name), f"{name}{one.specifier}") for name, one in sorted(missing.items())]
        _pip("download", "--no-deps", "--dest", str(folder), *target.options(), *asked)
    raise IncompleteError(f"no end of needs: {', '.join(sorted(missing))}")


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if "==" in line]


def _complete(roots: list[Requirement], folder: Path, target: Target) -> list[Wheel]:
    """Return the wheels that are needed; the others (a source-only package that no chosen extra asks for) stay out."""
    wheels = {one.name: one for one in wheels_in(folder)}
    return [wheels[name] for name in sorted(graph(roots, wheels.values(), target))]


def wheels_in(folder: Path) -> list[Wheel]:
    """Return the wheels of a folder; raise IncompleteError where a file is none, or two are of one package."""
    found = [Wheel(path) for path in sorted(folder.iterdir())]
    others = [one.path.name for one in found if one.path.suffix != ".whl"]
    names = [one.name for one in found if one.path.suffix == ".whl"]
    if others or len(set(names)) < len(names):
        raise IncompleteError(f"no wheel, or two of one package: {', '.join(others or sorted(names))}")
    return found


def unmet(roots: Iterable[Requirement], wheels: Iterable[Wheel], target: Target) -> list[Requirement]:
    """Return what the roots, and what they need in turn, lack; raise IncompleteError where a version fits nobody."""
    wheels = list(wheels)
    here = {one.name for one in wheels}
    asked = [one for needs in graph(roots, wheels, target).values() for one in needs]
    return [one for one in [*roots, *asked] if canonicalize_name(one.name) not in here]


def graph(roots: Iterable[Requirement], wheels: Iterable[Wheel], target: Target) -> Mapping[str, list[Requirement]]:
    """Return what each package that is needed and here needs itself, by name.

    Raises IncompleteError where one is here in a version that who needs it does not take.
    """
    here = {one.name: one for one in wheels}
    extras: defaultdict[str, set[str]] = defaultdict(set)
    found: dict[str, list[Requirement]] = {}
    waiting = [("what is asked for", one) for one in roots]
    while waiting:
        who, one = waiting.pop()
        name = str(canonicalize_name(one.name))
        wheel = here.get(name)
        if wheel is None:
            continue
        if not one.specifier.contains(wheel.version, prereleases=True):
            raise IncompleteError(f"{who} needs {one}, here is {wheel.version}")
        if name in found and one.extras <= extras[name]:
            continue
        extras[name] |= one.extras
        found[name] = list(wheel.needs(sorted(extras[name]), target))
        waiting += [(name, need) for need in found[name]]
    return found


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", arguments[0], "--quiet", *arguments[1:]]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise IncompleteError(f"pip {arguments[0]} failed:\n{done.stderr}")

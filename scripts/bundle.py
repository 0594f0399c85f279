"""Make one file that installs this program on a machine without a network.

    python scripts/bundle.py --platform windows-x86_64 --python 3.12 -o OUT.zip

Needs a network itself, and `packaging` (`make test` installs it). The file holds the wheels of this project, its
default model inside, of all that the extras need and of pip; install.sh and install.cmd, which check every file's hash
and install from the wheels alone; the licences; a bill of materials (CycloneDX). What any package needs on the target,
by its own markers, is there in a version that it takes, or nothing is written.
"""

import argparse
import hashlib
import json
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from bundle_papers import bill_of_materials, licences
from bundle_wheels import PLATFORMS, Target, Wheel, gather

ROOT = Path(__file__).resolve().parent.parent
FILES = Path(__file__).resolve().parent / "bundle_files"
PROJECT = "local-government-classifier"
EXTRAS = "documents,excel,ocr,web"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same contents give the same bytes


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the bundle; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--platform", required=True, choices=sorted(PLATFORMS))
    parser.add_argument("--python", default="3.12", metavar="X.Y", help="the target's Python (default: 3.12)")
    parser.add_argument("--extras", default=EXTRAS, help=f"of this project, with commas between (default: {EXTRAS})")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.zip")
    asked = parser.parse_args(arguments)
    target = Target(asked.platform, asked.python)
    wanted = f"{PROJECT}[{asked.extras}]" if asked.extras else PROJECT
    with tempfile.TemporaryDirectory() as folder:
        wheels = gather(ROOT, wanted, target, Path(folder))
        version = next(one.version for one in wheels if one.name == PROJECT)
        write(asked.output, f"classifier-{version}-{target}", contents(wheels, target, wanted))
    size = asked.output.stat().st_size / 1e6
    print(
        f"{asked.output}: {len(wheels)} wheels for {target}, {size:.0f} MB; nothing that any of them needs is missing"
    )
    return 0


def contents(wheels: Sequence[Wheel], target: Target, wanted: str) -> dict[str, bytes]:
    """Return all files of a bundle by name, their hashes last."""
    files = {f"wheels/{one.path.name}": one.path.read_bytes() for one in wheels}
    files |= licences(wheels)
    files["sbom.cdx.json"] = bill_of_materials(wheels, target, PROJECT)
    about = {"install": wanted, "python": target.python, "system": target.system, "machine": target.machines}
    files["bundle.json"] = json.dumps(about, indent=2).encode() + b"\n"
    files["install.py"] = (FILES / "install.py").read_bytes()
    files["install.sh"] = _filled("install.sh", target).encode()
    files["install.cmd"] = _filled("install.cmd", target).replace("\n", "\r\n").encode("ascii")
    files["no-python.txt"] = _filled("no-python.txt", target).replace("\n", "\r\n").encode("gbk")  # shown by `type`
    # with a byte order mark and Windows' line ends: an old Notepad shows it rightly, too
    files["README.zh.txt"] = _filled("README.zh.txt", target).replace("\n", "\r\n").encode("utf-8-sig")
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items()))
    return files | {"SHA256SUMS": sums.encode()}


def _filled(name: str, target: Target) -> str:
    text = (FILES / name).read_text(encoding="utf-8")
    major, minor = target.python.split(".")
    return (
        text.replace("@PYTHON@", target.python)
        .replace("@TUPLE@", f"({major}, {minor})")
        .replace("@TARGET@", str(target))
    )


def write(output: Path, folder: str, files: dict[str, bytes]) -> None:
    """Write a zip archive whose files lie in one folder; scripts are executable where that counts."""
    part = output.with_name(output.name + ".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            entry.external_attr = (0o755 if name.endswith(".sh") else 0o644) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    part.replace(output)


if __name__ == "__main__":
    sys.exit(main())

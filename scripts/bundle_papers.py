"""What a bundle says of what it holds: the licences of all packages, and a bill of materials (CycloneDX)."""

import hashlib
import json
import re
import uuid
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from bundle_wheels import Target, Wheel, graph
from packaging.requirements import Requirement

_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors|patents)", re.IGNORECASE)
_MOST = 200  # characters of a licence's name: some packages put its whole text there
_FILES = Path(__file__).resolve().parent / "bundle_files"
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # RFC 4122's for addresses


def licence_of(wheel: Wheel) -> str:
    """Return a package's licence by its own metadata: an SPDX expression, else a name; "" where it says none."""
    said = wheel.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    trove = [one.rpartition(" :: ")[2] for one in said.get_all("Classifier") or () if one.startswith("License ::")]
    name = str(said.get("License") or "").strip()
    if name and "\n" not in name and len(name) <= _MOST:
        return name
    return ", ".join(trove)


def licences(wheels: Sequence[Wheel]) -> dict[str, bytes]:
    """Return the licence texts in the wheels by their names in the bundle, and a table of them all."""
    files: dict[str, bytes] = {}
    rows = ["package\tversion\tlicence by its metadata\ttexts"]
    for wheel in wheels:
        texts = _texts(wheel) or _standard_text(wheel)
        files |= {f"licences/{wheel.name}/{name}": data for name, data in texts.items()}
        rows.append("\t".join([wheel.name, wheel.version, licence_of(wheel) or "(not said)", ", ".join(texts) or "-"]))
    return files | {"licences/LICENCES.tsv": "".join(f"{row}\n" for row in rows).encode()}


def _standard_text(wheel: Wheel) -> dict[str, bytes]:
    """Return the text of the licence that a wheel names where it brings none: who hands it on has to; {} for others."""
    name = re.sub(r"[^a-z0-9]", "", licence_of(wheel).lower())
    if name.startswith("apache") and "2" in name:
        return {"Apache-2.0.txt": (_FILES.parents[1] / "LICENSE").read_bytes()}
    if name in {"mit", "mitlicense"}:
        said = wheel.metadata
        who = said.get("Author") or said.get("Author-email") or said.get("Maintainer") or f"the authors of {wheel.name}"
        return {"MIT.txt": (_FILES / "MIT.txt").read_text(encoding="utf-8").replace("@WHO@", str(who)).encode()}
    return {}


def _texts(wheel: Wheel) -> dict[str, bytes]:
    """Return the files of a wheel that are licences, by name; those of what it carries with it, too."""
    found: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel.path) as archive:
        for one in archive.infolist():
            path = PurePosixPath(one.filename)
            inside = path.parts[0].endswith(".dist-info") and "licenses" in path.parts[1:-1]
            if one.is_dir() or path.suffix == ".py" or not (inside or _LICENCE.match(path.name)):
                continue
            data, name = archive.read(one), "_".join(path.parts[1:] if inside else path.parts)
            if data.strip() and data not in found.values():
                found[name[-150:]] = data
    return found


def bill_of_materials(wheels: Sequence[Wheel], target: Target, project: str) -> bytes:
    """Return what the bundle holds as CycloneDX 1.6 JSON: each package, its hash and licence, and who needs it."""
    refs = {one.name: f"pkg:pypi/{one.name}@{one.version}" for one in wheels}
    needs = graph([Requirement(one.name) for one in wheels], wheels, target)
    parts = [_component(one, refs[one.name]) for one in wheels if one.name != project]
    main = [_component(one, refs[one.name]) | {"type": "application"} for one in wheels if one.name == project]
    hashes = "".join(sorted(one["hashes"][0]["content"] for one in (*parts, *main)))
    bill: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, f'{target} {hashes}')}",
        "version": 1,
        "metadata": {"component": main[0], "properties": [{"name": "target", "value": str(target)}]} if main else {},
        "components": parts,
        "dependencies": [
            {
                "ref": refs[name],
                "dependsOn": sorted({refs[key] for one in needs[name] if (key := _key(one)) in refs and key != name}),
            }
            for name in sorted(needs)
        ],
    }
    return json.dumps(bill, indent=2, ensure_ascii=False).encode() + b"\n"


def _key(one: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", one.name).lower()


def _component(wheel: Wheel, ref: str) -> dict[str, Any]:
    licence = licence_of(wheel)
    how = {"expression": licence} if wheel.metadata.get("License-Expression") else {"license": {"name": licence}}
    return {
        "type": "library",
        "bom-ref": ref,
        "name": wheel.name,
        "version": wheel.version,
        "purl": ref,
        "description": str(wheel.metadata.get("Summary") or ""),
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(wheel.path.read_bytes()).hexdigest()}],
        **({"licenses": [how]} if licence else {}),
    }

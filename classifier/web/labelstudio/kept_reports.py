"""Reports of Label Studio that could not be made use of: kept with their bytes until somebody has seen to them.

Label Studio looks at no answer and sends nothing twice, so what is not kept here is known to nobody.

    labels/reports/20260903T080509-123456.report     a line of JSON (why, when, which annotations), then the report
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

from classifier.errors import LabelError
from classifier.files import replacing, sync
from classifier.json_types import JsonDict
from classifier.labelling.decision import now

FOLDER, _ENDING = "reports", ".report"
LONGEST = 5_000_000  # bytes of a report; what is longer is cut off
MOST = 500  # reports
_REASON = 2000  # characters


@dataclass(frozen=True)
class KeptReport:
    """A report. `names`: the annotations in it; `whole`: whether all its bytes are there. `config`: a project's name
    where not an annotation but its labelling configuration cannot be understood.
    """

    name: str
    at: str
    why: str
    names: tuple[str, ...]
    whole: bool
    instance: str
    config: str
    bytes: int


class KeptReports:
    """The reports of a labels folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FOLDER
        self._undone = folder / "undone"

    def keep(self, data: bytes, why: str, names: Sequence[str] = (), instance: str = "") -> KeptReport:
        """Keep a report; it is on disk when this returns. Raises OSError where it cannot be written, LabelError where
        there are too many already.
        """
        there = self._paths()
        if len(there) >= MOST:
            raise LabelError(
                f"{self.folder}: {MOST} reports of Label Studio wait to be seen to; the page of the labels shows them. "
                "No more are kept"
            )
        made = self._write(self._free(now()), data, {"why": why, "names": list(names), "instance": instance})
        self.settled(names, made.name)
        return made

    def keep_config(self, project: str, config: str, why: str) -> None:
        """Keep a project's labelling configuration that cannot be used, in place of the one before."""
        path = self._config(project)
        known = path.is_file()
        if (known and self._read(path).why != why) or (not known and len(self._paths()) < MOST):
            self._write(path, config.encode(errors="replace"), {"why": why, "config": project})

    def config_fits(self, project: str) -> None:
        """Forget what was kept of a project's configuration."""
        self._config(project).unlink(missing_ok=True)

    def all(self) -> list[KeptReport]:
        """Return the reports, the newest first."""
        return sorted((self._read(path) for path in self._paths()), key=lambda one: one.at, reverse=True)

    def get(self, name: str) -> tuple[KeptReport, bytes]:
        """Return a report and its bytes; raise LabelError where there is none of this name."""
        path = self._path(name)
        return self._read(path), path.read_bytes().partition(b"\n")[2]

    def explain(self, name: str, why: str) -> None:
        """Say anew why a report cannot be made use of."""
        path = self._path(name)
        head, _, data = path.read_bytes().partition(b"\n")
        with replacing(path) as part:
            part.write_bytes(orjson.dumps({**orjson.loads(head), "why": why[:_REASON]}) + b"\n" + data)

    def set_aside(self, name: str) -> None:
        """Take a report off the list: its file moves to undone/."""
        path = self._path(name)
        self._undone.mkdir(parents=True, exist_ok=True)
        path.replace(self._undone / path.name)
        sync(self._undone)

    def settled(self, names: Collection[str], but: str = "") -> None:
        """Set aside what was kept of some annotations, but for one report, where something newer is known of them."""
        for one in self.all() if names else []:
            if one.names and one.name != but and set(one.names) <= set(names):
                self.set_aside(one.name)

    def _write(self, path: Path, data: bytes, facts: JsonDict) -> KeptReport:
        self.folder.mkdir(parents=True, exist_ok=True)
        facts["why"] = str(facts["why"])[:_REASON]
        head = {"at": now(), "bytes": len(data), "whole": len(data) <= LONGEST, **facts}
        with replacing(path) as part:
            part.write_bytes(orjson.dumps(head) + b"\n" + data[:LONGEST])
        return self._read(path)

    def _config(self, project: str) -> Path:
        return self.folder / f"config-{project[:100].translate(_SAFE)}{_ENDING}"

    def _paths(self) -> list[Path]:
        return list(self.folder.glob(f"*{_ENDING}"))

    def _path(self, name: str) -> Path:
        path = next(
            (one for one in self._paths() if one.name == name), None
        )  # a name from outside is never made a path
        if path is None:
            raise LabelError("no such report is kept any more; load the page again")
        return path

    def _free(self, at: str) -> Path:
        plain = at[:26].replace("-", "").replace(":", "").replace(".", "-")
        return next(path for path in _numbered(self.folder, plain) if not path.exists())

    def _read(self, path: Path) -> KeptReport:
        with path.open("rb") as stream:
            line = stream.readline()
        try:
            head = orjson.loads(line)
        except orjson.JSONDecodeError:
            head = None
        known = head if isinstance(head, dict) else {"why": "its first line is damaged", "whole": False}
        names = known.get("names")
        return KeptReport(
            path.name, str(known.get("at") or ""), str(known.get("why") or ""),
            tuple(map(str, names)) if isinstance(names, list) else (), known.get("whole") is True,
            str(known.get("instance") or ""), str(known.get("config") or ""), int(str(known.get("bytes") or 0)),
        )  # fmt: skip


_SAFE = dict.fromkeys(map(ord, '\\/:*?"<>|\n\r\t'), "_")


def _numbered(folder: Path, name: str) -> Iterator[Path]:
    yield folder / f"{name}{_ENDING}"
    for number in range(2, MOST + 2):
        yield folder / f"{name}-{number}{_ENDING}"

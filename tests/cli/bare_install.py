"""Run a command as after `pip install .` alone: what only an extra or the tests need cannot be imported.

python -m tests.cli.bare_install ARGUMENTS
WITHOUT=xlsxwriter python -m tests.cli.bare_install ARGUMENTS     all is there but this module
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import Distribution, DistributionFinder, PackageNotFoundError, packages_distributions, requires
from types import ModuleType
from typing import Protocol, cast

from classifier.cli.main import main

PROJECT = "local-government-classifier"


class Finder(Protocol):
    """What stands in `sys.meta_path`."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None, /) -> ModuleSpec | None:
        """Return where a module is."""


class Without(MetaPathFinder):
    """A finder that does not find some modules."""

    def __init__(self, finder: Finder, names: frozenset[str]) -> None:
        self.finder, self.names = finder, names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module is; None for those and for what is nowhere."""
        if fullname.partition(".")[0] in self.names:
            return None
        return self.finder.find_spec(fullname, path, target)

    def find_distributions(self, context: DistributionFinder.Context | None = None) -> Iterable[Distribution]:
        """Return the packages that are installed, which some libraries ask for their versions."""
        find = getattr(self.finder, "find_distributions", None)
        return [] if find is None else find(context or DistributionFinder.Context())


def beyond_the_base() -> frozenset[str]:
    """Return the modules of installed packages that the project without extras does not need, not even indirectly."""
    base = {PROJECT, *_needed(PROJECT, set())}
    return frozenset(
        module for module, owners in packages_distributions().items() if not base & {_name(one) for one in owners}
    )


def _needed(package: str, known: set[str]) -> set[str]:
    for name in _requirements(package):
        if name not in known:
            known.add(name)
            _needed(name, known)
    return known


def _requirements(package: str) -> Iterator[str]:
    try:
        lines = requires(package) or []
    except PackageNotFoundError:  # for another system or Python
        return
    for line in lines:
        if "extra ==" not in line and (name := re.match(r"[\w.-]+", line)):
            yield _name(name[0])


def _name(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


if __name__ == "__main__":
    hidden = frozenset({os.environ["WITHOUT"]}) if "WITHOUT" in os.environ else beyond_the_base()
    sys.meta_path[:] = [Without(cast("Finder", finder), hidden) for finder in sys.meta_path]
    sys.argv = ["classify", *sys.argv[1:]]
    main()

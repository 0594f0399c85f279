"""Programs that some tests run: whether they are here, and the fonts that they do nothing useful without."""

import os
import shutil
import sys
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")  # where Linux has them
# Pages do not look otherwise on another Python: .ci runs their tests in a browser once.
_LEFT_OUT = "TESTS_WITHOUT_BROWSER is set" if "TESTS_WITHOUT_BROWSER" in os.environ else ""


def holds_fonts(*folders: str) -> bool:
    """Tell whether there is any font in one of some folders; a container may have none."""
    kinds = ("*.ttf", "*.ttc", "*.otf")
    return any(next(Path(one).expanduser().rglob(kind), None) for one in folders for kind in kinds)


FONTLESS = "" if sys.platform != "linux" or holds_fonts(*_FONTS) else "no font is here: apt-get install fonts-noto-cjk"
_NO_CHROMIUM = "" if CHROMIUM else "needs a Chromium: apt-get install chromium"
_NO_OFFICE = "" if SOFFICE else "needs LibreOffice"
needs_chromium = pytest.mark.skipif(
    bool(why := _LEFT_OUT or _NO_CHROMIUM or FONTLESS), reason=why or "a Chromium is here"
)
needs_libreoffice = pytest.mark.skipif(bool(why := _NO_OFFICE or FONTLESS), reason=why or "LibreOffice is here")

"""Small OFD files, made part by part."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0  # millimetres of a character
LEFT, TOP, STEP = 25.0, 30.0, 9.0


def text(words: str, x: float, y: float, size: float = SIZE, extra: str = "", code: str = "") -> str:
    """Return a text object of one line that begins at x, y (its baseline), each character `size` wide."""
    steps = code or f'DeltaX="g {max(1, len(words) - 1)} {size}"'
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 150 {size * 1.2}" Font="3" Size="{size}" {extra}>'
        f'<ofd:TextCode X="0" Y="{size}" {steps}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def lines(*words: str, x: float = LEFT, y: float = TOP, step: float = STEP) -> str:
    """Return text objects below each other; two blanks at the head of a line move it in."""
    return "".join(text(one, x, y + i * step) for i, one in enumerate(words))


def page(*objects: str, templates: Sequence[str] = (), box: str = "0 0 210 297") -> str:
    under = "".join(f'<ofd:Template TemplateID="{one}" ZOrder="Background"/>' for one in templates)
    return (
        f"<ofd:Page {NAMESPACE}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>{under}"
        f'<ofd:Content><ofd:Layer ID="9" Type="Body">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def packed(members: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members(
    *pages: str, templates: Mapping[str, str] | None = None, common: str = "", document: str = "", body: str = ""
) -> dict[str, str | bytes]:
    """Return the members of a file. `common`, `document`, `body`: more elements of these parents."""
    templates = templates or {}
    listed = "".join(f'<ofd:TemplatePage ID="{key}" BaseLoc="Tpls/{key}.xml"/>' for key in templates)
    numbered = "".join(f'<ofd:Page ID="{100 + i}" BaseLoc="Pages/{i}.xml"/>' for i in range(len(pages)))
    return {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMESPACE}><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:Title>季度通报</ofd:Title></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{body}"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea>{listed}{common}</ofd:CommonData><ofd:Pages>{numbered}</ofd:Pages>{document}"
        "</ofd:Document>",
        **{f"Doc_0/Pages/{i}.xml": one for i, one in enumerate(pages)},
        **{f"Doc_0/Tpls/{key}.xml": one for key, one in templates.items()},
    }


def ofd(*pages: str, **more: object) -> bytes:
    return packed(members(*pages, **more))  # type: ignore[arg-type]

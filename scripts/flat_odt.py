"""Flat OpenDocument files (.fodt), which LibreOffice turns into PDFs: pages of A4, set as official documents are."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NAMES = {"office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible"}
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in _NAMES.items()
)
_FURNITURE = (
    "<style:header><text:p>某县人民政府公报　2026年第3期</text:p></style:header>"
    '<style:footer><text:p text:style-name="F">— <text:page-number>1</text:page-number> —</text:p></style:footer>'
)
_HEADER_FOOTER = "".join(
    f'<style:{part}-style><style:header-footer-properties fo:min-height="30pt" fo:margin-{side}="10pt"/>'
    f"</style:{part}-style>"
    for part, side in (("header", "bottom"), ("footer", "top"))
)


@dataclass(frozen=True)
class Layout:
    """How a document is set. `paragraph`: attributes of its paragraphs; `columns`: side by side; `size`: in points."""

    paragraph: str = 'fo:text-indent="32pt" fo:text-align="justify" fo:line-height="28pt"'
    furniture: bool = False
    columns: int = 1
    size: int = 16


def flat_odt(body: str, layout: Layout) -> str:
    """Return a document of A4 pages with 28 characters of 16 points a line."""
    columns = f'<style:columns fo:column-count="{layout.columns}" fo:column-gap="24pt"/>' if layout.columns > 1 else ""
    styles = "".join(
        (
            _style("P", f'fo:orphans="0" fo:widows="0" {layout.paragraph}'),
            _style("F", 'fo:text-align="center"', 14),
            _style("T", 'fo:text-align="center"', 22),
            _style("R", 'fo:text-align="end" fo:margin-right="64pt" fo:line-height="28pt"'),
            _style("L", 'fo:line-height="28pt"'),
        )
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Noto Serif CJK SC"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" svg:font-family="'Noto Serif CJK SC'"/>
</office:font-face-decls>
<office:styles><style:style style:name="Standard" style:family="paragraph"><style:text-properties
 style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="{layout.size}pt" fo:font-size="{layout.size}pt"
 fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:style></office:styles>
<office:automatic-styles>{styles}
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="4pt"/></style:style>
<style:page-layout style:name="M"><style:page-layout-properties fo:page-width="595.3pt" fo:page-height="841.9pt"
 fo:margin-top="72pt" fo:margin-bottom="72pt" fo:margin-left="73.6pt" fo:margin-right="73.6pt">{columns}
</style:page-layout-properties>{_HEADER_FOOTER}</style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="M">
{_FURNITURE if layout.furniture else ""}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def _style(name: str, paragraph: str, size: int | None = None) -> str:
    font = f'<style:text-properties fo:font-size="{size}pt" style:font-size-asian="{size}pt"/>' if size else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="Standard">'
        f"<style:paragraph-properties {paragraph}/>{font}</style:style>"
    )


def as_body(texts: Sequence[str], style: str = "P") -> str:
    """Return paragraphs as ODF."""
    return "".join(f'<text:p text:style-name="{style}">{escape(text)}</text:p>' for text in texts)


def as_table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with ruling lines as ODF."""
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    columns = f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>'
    return f'<table:table table:name="T1">{columns}{lines}</table:table>'


def _cell(text: str) -> str:
    return f'<table:table-cell table:style-name="C"><text:p>{escape(text)}</text:p></table:table-cell>'

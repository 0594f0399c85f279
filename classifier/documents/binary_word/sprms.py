"""Single property modifiers: how a binary Word file tells formats apart ([MS-DOC] 2.2.5, 2.6)."""

from collections.abc import Iterator

# Paragraphs ([MS-DOC] 2.6.2)
STYLE = 0x4600  # sprmPIstd
LEVEL = 0x260A  # sprmPIlvl
LIST = 0x460B  # sprmPIlfo
IN_TABLE = 0x2416  # sprmPFInTable
ROW_END = 0x2417  # sprmPFTtp
DEPTH = 0x6649  # sprmPItap
INNER_CELL_END = 0x244B  # sprmPFInnerTableCell
INNER_ROW_END = 0x244C  # sprmPFInnerTtp
OUTLINE = 0x2640  # sprmPOutLvl
FAR = frozenset({0x6645, 0x6646, 0x646B})  # sprmPHugePapx, its older number, sprmPTableProps: more in stream Data
# Characters (2.6.1)
DELETED = 0x0800  # sprmCFRMarkDel
HIDDEN = 0x083C  # sprmCFVanish
CHARACTER_STYLE = 0x4A30  # sprmCIstd
FONT = 0x4A4F  # sprmCRgFtc0
SYMBOL = 0x6A09  # sprmCSymbol
PLAIN = 0x2A33  # sprmCPlain
LOCATION = 0x6A03  # sprmCPicLocation
FIELD_DATA = 0x0806  # sprmCFData
OLE_OBJECT = 0x080A  # sprmCFOle2
# Tables (2.6.3)
COLUMN_HEADING = 0x3404  # sprmTTableHeader
CELLS = 0xD608  # sprmTDefTable
MERGE = 0x5624  # sprmTMerge
TITLE_PAGE = 0x300A  # sprmSFTitlePage, of sections (2.6.4)
_TABS = 0xC615  # sprmPChgTabs
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes of the operand, by the highest three bits; 0: the operand says it


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each modifier's number and operand, up to the first that is cut off.

    The operand of a variable length comes without its length.
    """
    at = 0
    while at + 2 < len(grpprl):
        sprm = int.from_bytes(grpprl[at : at + 2], "little")
        at += 2
        size = _SIZES[sprm >> 13]
        if not size:
            at, size = _variable(sprm, grpprl, at)
        if at + size > len(grpprl):
            return
        yield sprm, grpprl[at : at + size]
        at += size


def _variable(sprm: int, grpprl: bytes, at: int) -> tuple[int, int]:
    """Return where an operand of variable length begins and its size ([MS-DOC] 2.2.5.1)."""
    if sprm == CELLS:
        return at + 2, max(0, int.from_bytes(grpprl[at : at + 2], "little") - 1)
    size = grpprl[at]
    if sprm == _TABS and size == 0xFF:  # too many tabs for a byte
        deleted = grpprl[at + 1] if at + 1 < len(grpprl) else 0
        added_at = at + 2 + 4 * deleted
        added = grpprl[added_at] if added_at < len(grpprl) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, size

"""Word 2003 XML (w:wordDocument) brought into the shape of Open XML, from which it differs in names only."""

from classifier.documents.word.names import VAL, W
from classifier.documents.xml_element import Element

_W2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_NAMES = {"listPr": "numPr", "ilfo": "numId", "lists": "numbering", "listDef": "abstractNum", "list": "num",
          "ilst": "abstractNumId", "vmerge": "vMerge", "hmerge": "hMerge", "nfc": "numFmt", "ilfoId": "numId",
          "listDefId": "abstractNumId", "listStyleLink": "numStyleLink"}  # fmt: skip
_CHANGES = {"Word.Deletion": f"{W}del", "Word.Insertion": f"{W}ins", "Word.Comment": f"{W}commentReference"}
_FORMATS = {  # the numbers of MSONFC that Word writes in w:nfc ([MS-OSHARED] 2.2.1.3)
    "0": "decimal", "1": "upperRoman", "2": "lowerRoman", "3": "upperLetter", "4": "lowerLetter", "5": "ordinal",
    "10": "ideographDigital", "11": "japaneseCounting", "14": "decimalFullWidth", "16": "japaneseLegal",
    "17": "japaneseDigitalTenThousand", "18": "decimalEnclosedCircle", "19": "decimalFullWidth2", "22": "decimalZero",
    "23": "bullet", "26": "decimalEnclosedFullstop", "27": "decimalEnclosedParen",
    "28": "decimalEnclosedCircleChinese", "29": "ideographEnclosedCircle", "30": "ideographTraditional",
    "31": "ideographZodiac", "32": "ideographZodiacTraditional", "33": "taiwaneseCounting",
    "34": "ideographLegalTraditional", "35": "taiwaneseCountingThousand", "36": "taiwaneseDigital",
    "37": "chineseCounting", "38": "chineseLegalSimplified", "39": "chineseCountingThousand", "57": "numberInDash",
    "255": "none",
}  # fmt: skip


def is_word2003(root: Element) -> bool:
    """Return whether a tree is a Word 2003 document."""
    return bool(root.tag == f"{_W2003}wordDocument")


def to_open_xml(root: Element) -> None:
    """Rename what has another name in Open XML."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag.startswith(_W2003):
            local = element.tag.removeprefix(_W2003)
            element.tag = W + _NAMES.get(local, local)
        elif element.tag == f"{_AML}annotation":
            element.tag = _CHANGES.get(element.get(f"{_W2003}type"), element.tag)
        for name in [one for one in element.attrib if one.startswith(_W2003)]:
            local = name.removeprefix(_W2003)
            element.set(W + _NAMES.get(local, local), element.attrib.pop(name))
        if element.tag == f"{W}numFmt":
            element.set(VAL, _FORMATS.get(element.get(VAL), "decimal"))

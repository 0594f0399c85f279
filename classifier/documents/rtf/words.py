"""RTF's control words that are characters, and its destinations: which are read, which are left (RTF 1.9.1)."""

CHARACTERS = {
    "line": "\n", "tab": "\t", "emdash": "—", "endash": "–", "emspace": "\u2003", "enspace": "\u2002",
    "qmspace": "\u2005", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
}  # fmt: skip
SYMBOLS = {b"~": "\u00a0", b"_": "-", b"\n": "\\par", b"\r": "\\par", b"\\": "\\", b"{": "{", b"}": "}"}

FLOWS = {  # destination → what its paragraphs become
    "footnote": "footnote", "header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
    "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer", "shptxt": "box",
    "dptxbxtext": "box", "listtext": "number", "pntext": "number", "fldinst": "instruction",
}  # fmt: skip
COUNTED = {"pict": "pictures", "annotation": "comments"}
TABLES = frozenset({"fonttbl", "stylesheet", "listtable", "listoverridetable"})

# Groups that are marked as optional (\*) and yet hold text; all others so marked are left.
READ = frozenset({
    "shpinst", "shppict", "ud", "do", "nesttableprops", "moMath", "moMathPara", "formfield",
    *FLOWS, *COUNTED, *TABLES,
})  # fmt: skip
SKIPPED = frozenset({
    "colortbl", "info", "list", "listlevel", "listname", "listoverride", "filetbl", "revtbl", "rsidtbl", "generator",
    "xmlnstbl", "themedata", "colorschememapping", "latentstyles", "datastore", "template", "private", "background",
    "shprslt", "nonshppict", "nonesttables", "objdata", "objclass", "objname", "objalias", "objsect", "objtime",
    "bkmkstart", "bkmkend", "xe", "tc", "rxe", "txe", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
    "atnid", "atnauthor", "atndate", "atntime", "atnicn", "atnref", "atrfstart", "atrfend", "pnseclvl", "pn", "fchars",
    "lchars", "ffname", "ffdeftext", "ffformat", "ffhelptext", "ffstattext", "ffentrymcr", "ffexitmcr", "datafield",
    "comment", "doccomm", "author", "operator", "mmathPict", "mfPr", "mctrlPr", "mrPr", "mdPr", "mradPr", "mnaryPr",
    "msSubPr", "msSupPr", "msSubSupPr", "msPrePr", "maccPr", "mbarPr", "mboxPr", "mborderBoxPr", "mmPr", "meqArrPr",
    "mfuncPr", "mgroupChrPr", "mlimLowPr", "mlimUppPr", "mphantPr", "mmcs", "moMathParaPr", "margPr", "picprop", "sn",
    "xmlattrname", "xmlattrvalue", "macroname",
})  # fmt: skip

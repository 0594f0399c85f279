"""Measure text recognition: make pages in the layout of GB/T 9704, spoil them as scanners do, count wrong characters.

    CLASSIFIER_NO_CACHE=1 python scripts/measure_ocr.py

Needs the extra `ocr` and the Noto CJK fonts. For each kind of page: the error rate (edit distance over the characters
of the page's text, spaces aside), paragraphs that came out whole, seconds of wall clock and of processor time. On a
busy machine only processor time tells; two threads at most work on a page.
"""

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from classifier.documents.document import Reading
from classifier.documents.ocr import read_picture

FONTS = Path("/usr/share/fonts/opentype/noto")
TITLE = ("清河县人民政府办公室", "关于推进惠企便民服务提质增效的通知")
HEAD = "清河县人民政府办公室文件"
NUMBER = "清政办发〔2031〕17号"
TEXT = """各乡镇人民政府、街道办事处，县政府各部门、各直属单位：
为进一步转变机关作风、改善企业和群众办事体验，经县政府同意，现就有关事项通知如下，请结合实际认真抓好落实。
一、压缩审批时限
（一）推行容缺受理。对主要材料齐全、次要材料暂缺的申请，窗口应当先行收件，一次告知需补充的内容，申请人在5个工作日内补齐即可。
（二）减少跑动次数。凡能通过数据共享核验的证明，一律不得要求重复提交；确需现场踏勘的，由牵头科室统一组织，做到一次到场、一并验收、一口反馈。
二、服务项目落地
对签约满三个月仍未开工的项目逐个会诊，弄清卡点究竟在用地、用能、环评还是融资，列出清单，明确责任人和完成日期。2031年上半年，力争新开工亿元以上项目12个，其中制造业项目不少于8个，到位资金超过36.5亿元。
三、办好民生实事
继续扩大普惠托育覆盖面，新增托位420个；完成7个老旧小区改造，惠及居民3,180户；为65岁以上老年人免费体检，建档率保持在92%以上。寒冬时节要把困难家庭的取暖问题放在心上，逐户走访，不落一人。
四、严明工作纪律
各单位主要负责同志要亲自过问、靠前调度，既不允许推诿扯皮、敷衍塞责，也不搞层层加码、处处留痕。县纪委监委将会同督查室开展明察暗访，对“门好进、脸好看、事难办”的典型问题点名通报。
本通知自印发之日起施行，执行中遇到的困难，请及时向县政府办公室反映。"""
SIGNED = ("清河县人民政府办公室", "2031年4月9日")
CLOSERS = "，。、；：？！）》”’〕%"


@dataclass(frozen=True)
class Kind:
    """A kind of page: how it is made, and the error rate it should stay under."""

    name: str
    make: Callable[[], bytes]
    text: Sequence[str]
    target: float


def font(size: float, dpi: int, face: str = "Serif", weight: str = "Regular") -> ImageFont.FreeTypeFont:
    """Return a font for simplified Chinese. `size`: in points."""
    return ImageFont.truetype(str(FONTS / f"Noto{face}CJK-{weight}.ttc"), round(size * dpi / 72), index=2)


def wrapped(paragraph: str, width: int, indent: int, body: ImageFont.FreeTypeFont) -> list[str]:
    """Break a paragraph into lines as wide as `width` Han characters; no line begins with a closing mark."""
    lines, line = [], "\u3000" * indent
    for character in paragraph:
        if body.getlength(line + character) > (width + 0.1) * body.size and character not in CLOSERS:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def official(dpi: int = 300, face: str = "Serif") -> Image.Image:
    """Draw a page: red head, number, rule, title, 22 lines to the rest of it, signature, page number."""
    page = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
    draw = ImageDraw.Draw(page)
    mm = dpi / 25.4
    body = font(11.5, dpi, face)
    centre = page.width / 2
    draw.text((centre, 30 * mm), HEAD, fill=(214, 20, 28), font=font(30, dpi, face, "Bold"), anchor="ma")
    draw.text((centre, 46 * mm), NUMBER, fill="black", font=body, anchor="ma")
    draw.line((28 * mm, 54 * mm, 182 * mm, 54 * mm), fill=(214, 20, 28), width=max(2, round(0.5 * mm)))
    y = 60 * mm
    for line in TITLE:
        draw.text((centre, y), line, fill="black", font=font(17, dpi, face, "Bold"), anchor="ma")
        y += 9 * mm
    y += 3 * mm
    for i, paragraph in enumerate(TEXT.splitlines()):
        for line in wrapped(paragraph, 38, 2 if i else 0, body):
            draw.text((28 * mm, y), line, fill="black", font=body)
            y += 6.6 * mm
    for line in SIGNED:
        y += 6.6 * mm
        draw.text((182 * mm, y), line, fill="black", font=body, anchor="ra")
    draw.text((centre, 282 * mm), "— 1 —", fill="black", font=font(10, dpi, face), anchor="ma")
    return page


def columns(dpi: int = 300, face: str = "Serif") -> Image.Image:
    """Draw a page of two columns under a title across both."""
    page = Image.new("RGB", (round(210 / 25.4 * dpi), round(297 / 25.4 * dpi)), "white")
    draw = ImageDraw.Draw(page)
    mm = dpi / 25.4
    draw.text((page.width / 2, 25 * mm), TITLE[1], fill="black", font=font(18, dpi, face, "Bold"), anchor="ma")
    body = font(11, dpi, face)
    lines = [line for i, one in enumerate(TEXT.splitlines()) for line in wrapped(one, 20, 2 if i else 0, body)]
    half = (len(lines) + 1) // 2
    for x, part in ((22, lines[:half]), (109, lines[half:])):
        for i, line in enumerate(part):
            draw.text((x * mm, (42 + 6.5 * i) * mm), line, fill="black", font=body)
    return page


def sealed(page: Image.Image) -> Image.Image:
    """Stamp a round seal of 42 mm over signature and text; ink multiplies."""
    mm = page.width / 210
    ink = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(ink)
    x, y, radius = 150 * mm, 222 * mm, 21 * mm
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(222, 40, 45), width=round(1.2 * mm))
    draw.regular_polygon((x, y, 7 * mm), 5, fill=(222, 40, 45))
    draw.text((x, y + 12 * mm), "办公室专用章", fill=(222, 40, 45), font=font(12, round(mm * 25.4)), anchor="mm")
    for i, character in enumerate("清河县人民政府"):
        angle = np.radians(200 + 23 * i)
        spot = (x + 16 * mm * np.cos(angle), y + 16 * mm * np.sin(angle))
        draw.text(spot, character, fill=(222, 40, 45), font=font(13, round(mm * 25.4)), anchor="mm")
    mixed = np.asarray(page, dtype=np.uint16) * np.asarray(ink, dtype=np.uint16) // 255
    return Image.fromarray(mixed.astype(np.uint8))


def turned(page: Image.Image, degrees: float) -> Image.Image:
    """Turn a page a little, as a feeder does."""
    return page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")


def grained(page: Image.Image, strength: float = 12) -> Image.Image:
    """Add the noise of a scanner; the same each time."""
    noise = np.random.default_rng(7).normal(0, strength, (page.height, page.width, 1))
    return Image.fromarray(np.clip(np.asarray(page, dtype=float) * 0.94 + noise, 0, 255).astype(np.uint8))


def saved(page: Image.Image, form: str = "PNG", quality: int = 90, dpi: int = 300) -> bytes:
    """Return a page as the bytes of a file."""
    stream = io.BytesIO()
    page.save(stream, form, quality=quality, dpi=(dpi, dpi))
    return stream.getvalue()


def kinds() -> list[Kind]:
    """Return the kinds of pages that are measured."""
    one = [HEAD, NUMBER, "".join(TITLE), *TEXT.splitlines(), *SIGNED]
    two = [TITLE[1], *TEXT.splitlines()]
    return [
        Kind("clean, 300 dpi, serif", lambda: saved(official()), one, 0.01),
        Kind("clean, 300 dpi, sans", lambda: saved(official(face="Sans")), one, 0.01),
        Kind("150 dpi", lambda: saved(official(150)), one, 0.03),
        Kind("turned by 1 degree", lambda: saved(turned(official(), 1)), one, 0.03),
        Kind("turned by -2 degrees", lambda: saved(turned(official(), -2)), one, 0.03),
        Kind("red seal over text", lambda: saved(sealed(official())), one, 0.03),
        Kind("seal, JPEG quality 40", lambda: saved(sealed(official()), "JPEG", 40), one, 0.03),
        Kind("JPEG quality 40, noise", lambda: saved(grained(official()), "JPEG", 40), one, 0.03),
        Kind(
            "150 dpi, JPEG 40, noise, turned", lambda: saved(grained(turned(official(150), 1.5)), "JPEG", 40), one, 0.03
        ),
        Kind("two columns", lambda: saved(columns()), two, 0.03),
        Kind("two columns, 150 dpi, sans", lambda: saved(columns(150, "Sans")), two, 0.03),
        Kind("on its side", lambda: saved(official().rotate(90, expand=True)), one, 0.03),
        Kind("on its head", lambda: saved(official().rotate(180)), one, 0.03),
    ]


def distance(one: str, two: str) -> int:
    """Return how many characters must be put in, left out or exchanged to make one text of the other."""
    codes = np.frombuffer(two.encode("utf-32-le"), dtype=np.uint32)
    row = np.arange(len(codes) + 1)
    steps = np.arange(len(codes) + 1)
    for i, character in enumerate(one, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (codes != ord(character)))
        row = np.minimum.accumulate(np.concatenate(([i], best)) - steps) + steps
    return int(row[-1])


def plain(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def report(kind: Kind, show: bool) -> bool:
    """Print a line on a kind of page; return whether it stayed under its target."""
    data = kind.make()
    wall, processor = time.perf_counter(), time.process_time()
    reading: Reading = read_picture(data, kind.name)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    found = [plain(one.text) for one in reading.blocks]
    wanted = [plain(one) for one in kind.text]
    rate = distance("".join(wanted), "".join(found)) / len("".join(wanted))
    whole = sum(one in found for one in wanted)
    mark = "" if rate <= kind.target else "  over its target"
    print(f"{kind.name:34} {rate:7.2%}  {whole:2}/{len(wanted)} whole  {wall:5.1f} s  {processor:5.1f} s cpu{mark}")
    if show:
        for one in reading.blocks:
            print(f"    {one.role:9} {'' if plain(one.text) in wanted else '≠ '}{one.text}")
        for note in reading.notes:
            print(f"    note      {note.say()}")
    return rate <= kind.target


def main() -> None:
    """Measure all kinds of pages, or those whose name holds a word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="?", default="", help="only kinds whose name holds this word")
    parser.add_argument("--show", action="store_true", help="print the blocks, too")
    arguments = parser.parse_args()
    os.environ["CLASSIFIER_NO_CACHE"] = "1"
    read_picture(saved(official(100)), "warming up")
    chosen = [kind for kind in kinds() if arguments.word in kind.name]
    good = [report(kind, arguments.show) for kind in chosen]
    sys.exit(0 if all(good) else 1)


if __name__ == "__main__":
    main()

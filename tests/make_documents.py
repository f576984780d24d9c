"""Small files of every kind that is read, made by hand or by other programs' libraries."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

TITLE = "在全区法治政府建设工作会议上的讲话"
PARAGRAPHS = (
    "同志们：今天我们召开全区法治政府建设工作会议，主要任务是总结去年工作，部署今年任务。",
    "一、提高认识，切实增强做好法治政府建设工作的责任感。法治是最好的营商环境，各部门要坚持依法行政，规范执法行为。",
    "二、突出重点，全面推进各项任务落实。全年办理行政复议案件1119件，化解率99.6%，同比下降23%。",
    "三、加强领导，确保工作取得实效。要压实主体责任，完善督察机制，推动形成齐抓共管的工作格局。",
)


def make_docx(*, title: str = "", change: Any = None) -> bytes:
    """A Word file with a heading, paragraphs, a table of two rows and a last paragraph."""
    from docx import Document

    document = Document()
    document.core_properties.title = title
    document.add_paragraph(TITLE)
    document.add_paragraph(PARAGRAPHS[0])
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("指标", "数量", "复议案件", "1119件"), strict=True):
        cell.text = text
    document.add_paragraph(PARAGRAPHS[3])
    if change is not None:
        change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_bomb(*, megabytes: int) -> bytes:
    """A Word file whose text is a run of spaces that packs to a thousandth."""
    stream = io.BytesIO(make_docx())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/media/bomb.xml", b" " * (megabytes * 1_000_000))
    return stream.getvalue()


def make_pdf(pages: Sequence[Sequence[str]], *, extra: str = "", info: str = "") -> bytes:
    """A PDF of lines in a standard Chinese font that is not embedded, written object by object."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    )
    objects.append(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    kids = []
    for lines in pages:
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -20 Td\n" for line in lines)
        stream = f"BT /F1 12 Tf 50 780 Td\n{shown}ET"
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    if info:
        objects.append(f"<< /Title <feff{info.encode('utf-16-be').hex()}> >>")
        extra += f" /Info {len(objects)} 0 R"
    body, places = "%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("latin-1")


def make_encrypted_pdf() -> bytes:
    """A PDF that asks for a password: its user key fits none."""
    handler = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        f" /O <{'4f' * 32}> /U <{'55' * 32}> >> /ID [<{'00' * 16}> <{'00' * 16}>]"
    )
    return make_pdf([[TITLE]], extra=handler)


def make_scan() -> bytes:
    """A PDF of two pictures, as a scanner makes it."""
    from PIL import Image

    stream = io.BytesIO()
    page = Image.new("L", (200, 280), 230)
    page.save(stream, "PDF", save_all=True, append_images=[page])
    return stream.getvalue()


def make_page(*, charset: str = "utf-8", body: str | None = None) -> str:
    """A page of a government portal as a browser saves it: menu, article, share buttons, footer."""
    article = "".join(f"<p>　　{text}</p>" for text in PARAGRAPHS) if body is None else body
    return f"""<!DOCTYPE html>
<!-- saved from url=(0042)http://www.pingqiao.gov.cn/2025/0221/1.html -->
<html lang="zh-CN"><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{TITLE}_平桥区人民政府</title>
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2025-02-21 10:30">
</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/hd">互动交流</a></li></ul></div>
<div class="article"><h1>{TITLE}</h1><div class="info">发布时间：2025-02-21 来源：区司法局 【字号：大 中 小】</div>
<div class="content">{article}</div></div>
<div class="footer"><a href="/map">网站地图</a> 主办单位：平桥区人民政府 版权所有</div>
</body></html>"""

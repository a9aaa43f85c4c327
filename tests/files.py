"""Files of every kind, made with other libraries than those that check them: Pillow for pictures, pikepdf for PDFs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pikepdf
from PIL import Image, ImageDraw, ImageOps
from PIL.TiffImagePlugin import IFDRational

from calculators.files import examine
from calculators.files.command import limits_of
from calculators.law.plateformes import plateformes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calculators.files import Examen

GEODEMAT = limits_of(plateformes()["geodemat"])
#: An A4 sheet at 150 dots an inch.
A4 = (1240, 1754)


class Counted(io.BytesIO):
    """A file of which what is read at once is noted."""

    largest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.largest = max(self.largest, len(data))
        return data


def look(data: bytes, name: str = "acte.pdf", place: str = "geodemat") -> Examen:
    return examine(io.BytesIO(data), name, limits_of(plateformes()[place]))


def codes(data: bytes, name: str = "acte.pdf", place: str = "geodemat") -> set[str]:
    return {motif.code for motif in look(data, name, place).motifs}


def drawing(size: tuple[int, int] = A4, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for line in range(20, size[1] - 20, 40):
        pen.text((40, line), f"Ligne {line} : le tiers saisi est tenu de déclarer", fill="black")
    return image.convert(mode)


def picture(kind: str, size: tuple[int, int] = A4, mode: str = "RGB", **options: Any) -> bytes:
    content = io.BytesIO()
    drawing(size, mode).save(content, kind, **options)
    return content.getvalue()


def interlaced(size: tuple[int, int]) -> bytes:
    """A PNG that is shown coarse, then finer and finer: no library at hand writes one."""
    grey = drawing(size, "L")
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    lines = []
    for left, top, across, down in passes:
        for y in range(top, size[1], down):
            row = grey.crop((0, y, size[0], y + 1)).tobytes()[left::across]
            lines.append(b"\0" + row)
    head = struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 1)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def turned_jpeg(orientation: int, *, where: bool = False, size: tuple[int, int] = A4) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110] = "Téléphone 12"
    if where:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (IFDRational(49), IFDRational(55), IFDRational(58))
    return picture("JPEG", size, exif=exif)


def pdf(pages: int = 1, change: Callable[[pikepdf.Pdf], None] = lambda _: None, **options: Any) -> bytes:
    """A PDF of pages with a line of text each."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 72 700 Td (Page %d) Tj ET" % (number + 1))
    change(made)
    content = io.BytesIO()
    made.save(content, **options)
    return content.getvalue()


def scan(*images: Image.Image, how: str = "jpeg") -> bytes:
    """A PDF as a scanner makes it, a picture a page: kept in a JPEG, packed, packed as PNG does, as a fax, or bare."""
    made = pikepdf.new()
    for image in images:
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=_kept(made, image, how)))
        page.Contents = made.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    content = io.BytesIO()
    # What the pictures are kept in is left as it is.
    made.save(content, compress_streams=False)
    return content.getvalue()


def _kept(made: pikepdf.Pdf, image: Image.Image, how: str) -> pikepdf.Stream:
    name = pikepdf.Name
    bits, space = (1 if image.mode == "1" else 8), {"RGB": name.DeviceRGB, "CMYK": name.DeviceCMYK}.get(image.mode)
    about = pikepdf.Dictionary(
        Type=name.XObject,
        Subtype=name.Image,
        Width=image.width,
        Height=image.height,
        BitsPerComponent=bits,
        ColorSpace=space or name.DeviceGray,
    )
    content = io.BytesIO()
    if how in {"jpeg", "jpeg, packed"}:
        image.save(content, "JPEG", quality=85)
        about.Filter = name.DCTDecode
        if how != "jpeg":
            content = io.BytesIO(zlib.compress(content.getvalue()))
            about.Filter = pikepdf.Array([name.FlateDecode, name.DCTDecode])
    elif how == "png":
        image.save(content, "PNG")
        content = io.BytesIO(_chunks(content.getvalue()))
        about.Filter = name.FlateDecode
        about.DecodeParms = pikepdf.Dictionary(
            Predictor=15, Colors=len(image.getbands()), BitsPerComponent=bits, Columns=image.width
        )
    elif how == "fax":
        # As a scanner sends it: white is what costs least.
        ImageOps.invert(image.convert("L")).convert("1").save(content, "TIFF", compression="group4", strip_size=1 << 30)
        tiff = Image.open(content)
        at, size = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]
        content = io.BytesIO(content.getvalue()[at : at + size])
        about.Filter = name.CCITTFaxDecode
        about.DecodeParms = pikepdf.Dictionary(K=-1, Columns=image.width, Rows=image.height)
    elif how == "packed":
        content = io.BytesIO(zlib.compress(image.tobytes()))
        about.Filter = name.FlateDecode
    else:
        content = io.BytesIO(image.tobytes())
    return pikepdf.Stream(made, content.getvalue(), about)


def _chunks(png: bytes) -> bytes:
    """What the IDAT of a PNG hold."""
    data, at = b"", 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        data += png[at + 8 : at + 8 + size] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += size + 12
    return data


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF written by hand, object by object: what no library would write."""
    body, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    return body + table + end


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def bomb(size: int) -> bytes:
    """What unfolds to so many zeros, and again as many as it takes."""
    packer = zlib.compressobj(9)
    piece = bytes(1 << 20)
    return b"".join([*(packer.compress(piece) for _ in range(size >> 20)), packer.flush()])


def immense(kind: str = "PNG", mode: str = "1") -> bytes:
    """An image of a hundred megapixels."""
    content = io.BytesIO()
    Image.new(mode, (10_000, 10_000), "white").save(content, kind)
    return content.getvalue()


def endless_pdf() -> bytes:
    """A PDF of one page, which unfolds to 200 MB of nothing."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    tree = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf)
    return raw_pdf(*tree, stream(bomb(200 << 20), b"/Filter/FlateDecode"))


#: Bytes of the heaviest file that anyone drops.
HEAVY = 200_000_000


def heavy_file(folder: Path, kind: str) -> Path:
    """A file of 200 MB: what begins and ends one, with a hole between, which takes no room on the disk."""
    path = folder / f"lourd.{kind}"
    end = b""
    with path.open("wb") as file:
        if kind == "pdf":
            file.write(b"%PDF-1.7\n")
            end = b"%%EOF\n"
        elif kind == "png":
            # Its measures, then a part that viewers pass over, as long as it takes.
            whole = picture("PNG")
            file.write(whole[:33] + struct.pack(">I", HEAVY - len(whole) - 12) + b"prIv")
            end = b"\0" * 4 + whole[33:]
        else:
            file.write(picture("JPEG"))
        file.truncate(HEAVY - len(end))
        file.seek(0, 2)
        file.write(end)
    return path


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 200)
    return content.getvalue()

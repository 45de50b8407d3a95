"""PDF files with one name planted in each, most of them written by hand or by pikepdf, which read nothing of it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from PIL import Image

from tests.services.planted_kinds import Planted

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def raw_pdf(objects: dict[int, bytes], *, info: int = 0, head: bytes = b"") -> bytes:
    """A PDF of these objects, whether anything refers to them or not; object 1 is the catalogue."""
    out, places = bytearray(head + b"%PDF-1.7\n"), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out) - len(head)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out) - len(head), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    named = b"/Info %d 0 R" % info if info else b""
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, named, start))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def page_objects(drawing: bytes, *, catalog: bytes = b"", page: bytes = b"") -> dict[int, bytes]:
    return {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>%s>>" % page,
        4: stream(drawing),
        5: _FONT,
    }


def shown(*lines: str, before: str = "") -> bytes:
    drawn = "".join(f"({line}) Tj T* " for line in lines)
    return f"{before} BT /F1 12 Tf 14 TL 72 720 Td {drawn} ET".encode("cp1252")


PLAIN = shown("An ordinary page")


def drawn(make: Callable[[str], bytes]) -> Callable[[str], bytes]:
    return lambda name: raw_pdf(page_objects(make(name)))


def with_catalog(make: Callable[[str], str]) -> Callable[[str], bytes]:
    return lambda name: raw_pdf(page_objects(PLAIN, catalog=make(name).encode("latin-1")))


def with_note(make: Callable[[str], str]) -> Callable[[str], bytes]:
    def build(name: str) -> bytes:
        objects = page_objects(PLAIN, page=b"/Annots[6 0 R]")
        objects[6] = b"<</Type/Annot/Rect[10 10 90 40]%s>>" % make(name).encode("latin-1")
        return raw_pdf(objects)

    return build


def with_field(make: Callable[[str], str]) -> Callable[[str], bytes]:
    def build(name: str) -> bytes:
        objects = page_objects(PLAIN, page=b"/Annots[6 0 R]", catalog=b"/AcroForm<</Fields[6 0 R]>>")
        own = make(name).encode("latin-1")
        objects[6] = b"<</Type/Annot/Subtype/Widget/FT/Tx/Rect[10 10 90 40]/P 3 0 R%s>>" % own
        return raw_pdf(objects)

    return build


def with_object(body: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """An object that nothing refers to."""
    return lambda name: raw_pdf({**page_objects(PLAIN), 6: body(name)})


def utf16(text: str) -> str:
    marked = "\ufeff" + text
    return f"<{marked.encode('utf-16-be').hex()}>"


def placed_apart(name: str) -> bytes:
    letters = "".join(f"1 0 0 1 {72 + 14 * n} 700 Tm ({letter}) Tj " for n, letter in enumerate(name) if letter != " ")
    return f"BT /F1 12 Tf {letters} ET".encode()


def placed_backwards(name: str) -> bytes:
    first, last = name.split()
    return (
        f"BT /F1 12 Tf 1 0 0 1 110 700 Tm (and others) Tj 1 0 0 1 {72 + 7 * len(first)} 740 Tm ({last}) Tj "
        f"1 0 0 1 72 600 Tm (Other words) Tj 1 0 0 1 72 740 Tm ({first}) Tj ET"
    ).encode()


def bookmark(name: str) -> bytes:
    with pikepdf.new() as pdf:
        for _ in range(3):
            pdf.add_blank_page()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"Statement of {name}", 2))
        return saved(pdf)


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    target = io.BytesIO()
    pdf.save(target, **how)
    return target.getvalue()


def described(name: str) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        with pdf.open_metadata(set_pikepdf_as_editor=False) as meta:
            meta["dc:creator"] = [name]
        return saved(pdf)


def detail(key: str) -> Callable[[str], bytes]:
    def build(name: str) -> bytes:
        with pikepdf.new() as pdf:
            pdf.add_blank_page()
            pdf.docinfo[key] = f"About {name}"
            return saved(pdf)

    return build


def attached(filename: str, content: bytes, description: str = "") -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["one"] = pikepdf.AttachedFileSpec(pdf, content, filename=filename, description=description)
        return saved(pdf)


def zipped(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("letters/one.txt", f"Dear {name}, thank you.")
    return target.getvalue()


def appearance(name: str) -> bytes:
    objects = page_objects(PLAIN, page=b"/Annots[6 0 R]")
    objects[6] = b"<</Type/Annot/Subtype/Stamp/F 2/Rect[10 10 90 40]/AP<</N 7 0 R>>>>"
    objects[7] = told_as_form(name)
    objects |= subset_font(name)
    return raw_pdf(objects)


def told_as_form(name: str) -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 50]/Resources<</Font<</F9 8 0 R>>>>"
    return stream(coded(name), entries)


def coded(name: str) -> bytes:
    """Text by glyph numbers that only the font's own table turns into letters."""
    letters = sorted(set(name))
    codes = "".join(f"{letters.index(letter) + 1:04x}" for letter in name)
    return f"BT /F9 12 Tf 5 5 Td <{codes}> Tj ET".encode()


def subset_font(name: str) -> dict[int, bytes]:
    rows = "\n".join(f"<{n:04x}> <{ord(letter):04x}>" for n, letter in enumerate(sorted(set(name)), 1))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(set(name))} beginbfchar\n{rows}\nendbfchar endcmap end end"
    ).encode()
    return {
        8: b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Any/Encoding/Identity-H/DescendantFonts[9 0 R]"
        b"/ToUnicode 10 0 R>>",
        9: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Any/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor 11 0 R/DW 600>>",
        10: stream(cmap),
        11: b"<</Type/FontDescriptor/FontName/ABCDEF+Any/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800"
        b"/Descent -200/CapHeight 700/StemV 80>>",
    }


def orphan_page(name: str) -> bytes:
    objects = page_objects(PLAIN) | subset_font(name)
    objects[6] = b"<</Type/Page/MediaBox[0 0 600 800]/Contents 7 0 R/Resources<</Font<</F9 8 0 R>>>>>>"
    objects[7] = stream(coded(name))
    return raw_pdf(objects)


def lost_drawing(name: str) -> bytes:
    """A drawing without a page; its font still belongs to another page's resources."""
    objects = page_objects(PLAIN) | subset_font(name)
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R/F9 8 0 R")
    objects[7] = stream(coded(name))
    return raw_pdf(objects)


def hidden_layer(name: str) -> bytes:
    drawing = shown("Seen") + b" /OC /L1 BDC " + shown(name) + b" EMC"
    catalog = b"/OCProperties<</OCGs[6 0 R]/D<</BaseState/ON/OFF[6 0 R]/Order[6 0 R]>>>>"
    objects = page_objects(drawing, catalog=catalog)
    objects[3] = objects[3].replace(b"/Resources<<", b"/Resources<</Properties<</L1 6 0 R>>")
    objects[6] = b"<</Type/OCG/Name(Layer one)>>"
    return raw_pdf(objects)


def outside_crop(name: str) -> bytes:
    return raw_pdf(page_objects(shown(name), page=b"/CropBox[0 0 600 300]"))


def earlier_revision(name: str) -> bytes:
    """Saved in addition: the page's drawing is another one now."""
    objects = page_objects(coded(name)) | subset_font(name)
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R/F9 8 0 R")
    first = raw_pdf(objects)
    place = len(first)
    second = b"4 0 obj\n%s\nendobj\n" % stream(PLAIN)
    start = place + len(second)
    previous = first.rpartition(b"startxref\n")[2].split()[0]
    table = b"xref\n4 1\n%010d 00000 n \ntrailer\n<</Size 12/Root 1 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return first + second + table % (place, previous, start)


def replaced_object(name: str) -> bytes:
    """The old body of an object lies in the file, but its table names the new one only."""
    made = raw_pdf({**page_objects(PLAIN), 6: b"<</Type/Note/Words(Nothing)>>"})
    old = b"6 0 obj\n<</Type/Note/Words(%s)>>\nendobj\n" % name.encode()
    head, _, rest = made.partition(b"xref\n0")
    start = int(rest.rpartition(b"startxref\n")[2].split()[0]) + len(old)
    body = (b"xref\n0" + rest).rpartition(b"startxref\n")[0]
    return head + old + body + b"startxref\n%d\n%%%%EOF\n" % start


def alternative_text(name: str) -> bytes:
    objects = page_objects(PLAIN, catalog=b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R")
    objects[6] = b"<</Type/StructTreeRoot/K 7 0 R>>"
    objects[7] = f"<</Type/StructElem/S/Figure/P 6 0 R/Pg 3 0 R/Alt({name} at a desk)>>".encode()
    return raw_pdf(objects)


def replacement_text(name: str) -> bytes:
    return b"/Span <</ActualText " + utf16(name).encode() + b">> BDC " + shown("x") + b" EMC"


def replaced_text(name: str) -> bytes:
    """Seen on the page, but readers that honour the replacement take “x” for it."""
    objects = page_objects(b"/Span<</ActualText(x)>>BDC " + coded(name) + b" EMC") | subset_font(name)
    objects[3] = objects[3].replace(b"/F1 5 0 R", b"/F1 5 0 R/F9 8 0 R")
    return raw_pdf(objects)


def scattered(name: str) -> bytes:
    order = sorted(range(len(name)), key=lambda place: place * 7 % 15)
    letters = "".join(f"1 0 0 1 {72 + 14 * n} 700 Tm ({name[n]}) Tj " for n in order if name[n] != " ")
    return f"BT /F1 12 Tf {letters} ET".encode()


def upright(name: str) -> bytes:
    letters = "".join(f"1 0 0 1 90 {700 - 16 * n} Tm ({letter}) Tj " for n, letter in enumerate(name.replace(" ", "")))
    return f"BT /F1 12 Tf {letters} ET".encode()


def pattern(name: str) -> bytes:
    objects = page_objects(b"/Pattern cs /P scn 0 0 600 800 re f") | subset_font(name)
    objects[3] = objects[3].replace(b"/Resources<<", b"/Resources<</Pattern<</P 7 0 R>>")
    entries = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 300 300]/XStep 300/YStep 300"
    objects[7] = stream(coded(name), entries + b"/Resources<</Font<</F9 8 0 R>>>>")
    return raw_pdf(objects)


def again(content: bytes, **how: object) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return saved(pdf, **how)


def locked_for_changes(name: str) -> bytes:
    note = with_note(lambda own: f"/Subtype/Text/Contents({own})")(name)
    return again(note, encryption=pikepdf.Encryption(owner="owner", user="", R=6))


def in_object_stream(name: str) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.PieceInfo = pdf.make_indirect(
            pikepdf.Dictionary(Tool=pikepdf.Dictionary(LastModified="D:2026", Private=pikepdf.String(f"by {name}")))
        )
        return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def exif_picture(name: str) -> bytes:
    picture, target = Image.new("RGB", (32, 32), "white"), io.BytesIO()
    exif = picture.getexif()
    exif[0x013B] = name
    picture.save(target, "JPEG", exif=exif)
    objects = page_objects(b"q 100 0 0 100 0 0 cm /I Do Q")
    objects[3] = objects[3].replace(b"/Resources<<", b"/Resources<</XObject<</I 6 0 R>>")
    entries = b"/Type/XObject/Subtype/Image/Width 32/Height 32/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
    content = target.getvalue()
    objects[6] = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)
    return raw_pdf(objects)


def form_data_xml(name: str) -> bytes:
    objects = page_objects(PLAIN, catalog=b"/AcroForm<</Fields[]/XFA[(datasets)6 0 R]>>")
    objects[6] = stream(f"<xfa:datasets><who><b>{name.replace(' ', '</b> ')}</who></xfa:datasets>".encode())
    return raw_pdf(objects)


def script_stream(name: str) -> bytes:
    objects = page_objects(PLAIN, catalog=b"/OpenAction<</S/JavaScript/JS 6 0 R>>")
    objects[6] = stream(b'app.alert("' + "".join(f"\\u{ord(sign):04x}" for sign in name).encode() + b'")')
    return raw_pdf(objects)


def spelled(name: str) -> str:
    return "".join(f"%{byte:02X}" for byte in name.encode())


IN_PDF: dict[str, Planted] = {
    "text": Planted(drawn(lambda name: shown(f"Then {name} spoke")), "text of page 1", "as typed"),
    "text over two lines": Planted(drawn(lambda name: shown(*name.split())), "text of page 1", "across a line end"),
    "hyphenated": Planted(drawn(lambda name: shown(f"{name[:9]}-", name[9:])), "text of page 1", "hyphenated"),
    "soft hyphen": Planted(drawn(lambda name: shown(f"{name[:9]}\u00ad{name[9:]}")), "text of page 1"),
    "letters placed apart": Planted(drawn(placed_apart), "text of page 1", "letters spaced out"),
    "words drawn backwards": Planted(drawn(placed_backwards), "text of page 1"),
    "bookmark": Planted(bookmark, "a bookmark", page=3),
    "title": Planted(detail("/Title"), "title in the file's details"),
    "author": Planted(detail("/Author"), "author in the file's details"),
    "a detail of its own": Planted(detail("/Client"), "object"),
    "XMP": Planted(described, "XMP description"),
    "attachment name": Planted(lambda name: attached(f"{name}.txt", b"Nothing."), "attachment"),
    "attachment description": Planted(lambda name: attached("a.txt", b"Nothing.", name), "attachment"),
    "attachment content": Planted(lambda name: attached("a.txt", f"Dear {name}".encode()), "the text"),
    "attachment in an archive": Planted(lambda name: attached("a.zip", zipped(name)), "the text of “letters/one.txt”"),
    "form value": Planted(with_field(lambda name: f"/T(who)/V({name})"), "a form value", page=1),
    "form default": Planted(with_field(lambda name: f"/T(who)/DV({name})"), "a form default", page=1),
    "form choice": Planted(with_field(lambda name: f"/T(who)/Opt[(A)({name})]"), "a choice of a form field"),
    "form field's name": Planted(with_field(lambda name: f"/T({name})"), "the name of a form field"),
    "tooltip": Planted(with_field(lambda name: f"/T(who)/TU({name})"), "the hint of a form field"),
    "note": Planted(with_note(lambda name: f"/Subtype/Text/Contents({name})"), "a note", page=1),
    "rich note": Planted(with_note(lambda name: f"/Subtype/Text/RC(<p>{name.replace(' ', '&#32;')}</p>)"), "formatted"),
    "author of a note": Planted(with_note(lambda name: f"/Subtype/Text/T({name})"), "the author of a note"),
    "appearance of a hidden note": Planted(appearance, "a drawing that a note"),
    "hidden layer": Planted(hidden_layer, "text of page 1"),
    "layer name": Planted(
        with_catalog(lambda name: f"/OCProperties<</OCGs[]/D<</Name({name})>>>>"), "the name of a layer"
    ),
    "invisible text": Planted(drawn(lambda name: shown(name, before="3 Tr")), "text of page 1"),
    "outside the crop box": Planted(outside_crop, "text of page 1"),
    "outside the paper": Planted(
        drawn(lambda name: f"BT /F1 12 Tf 1 0 0 1 9000 9000 Tm ({name}) Tj ET".encode()), "text of page 1"
    ),
    "earlier revision": Planted(earlier_revision, "earlier revision 1, page 1"),
    "replaced object": Planted(replaced_object, "object 6 of an earlier state"),
    "orphan object": Planted(with_object(lambda name: f"<</Any({name})>>".encode()), "object 6"),
    "orphan stream": Planted(with_object(lambda name: stream(name.encode())), "object 6"),
    "orphan page": Planted(orphan_page, "a drawing that a note"),
    "orphan drawing": Planted(lost_drawing, "a drawing that a note"),
    "after the end": Planted(
        lambda name: raw_pdf(page_objects(PLAIN)) + f"\n% {name}\n".encode(), "after the file's end"
    ),
    "before the beginning": Planted(
        lambda name: raw_pdf(page_objects(PLAIN), head=f"{name}\n".encode()), "before the file's beginning"
    ),
    "alternative text": Planted(alternative_text, "a description of a picture", page=1),
    "replacement text": Planted(drawn(replacement_text), "a replacement text", page=1),
    "text under a replacement": Planted(replaced_text, "text of page 1"),
    "letters drawn in any order": Planted(drawn(scattered), "text of page 1", "letters spaced out"),
    "pattern": Planted(pattern, "a drawing that a note"),
    "locked against changes": Planted(locked_for_changes, "a note", page=1),
    "linearised": Planted(lambda name: again(bookmark(name), linearize=True), "a bookmark", page=3),
    "reason of a signature": Planted(
        with_object(lambda name: f"<</Type/Sig/Reason(by {name})/Contents<00>>>".encode()), "object 6, entry Reason"
    ),
    "upright": Planted(drawn(upright), "text of page 1"),
    "comment in a drawing": Planted(drawn(lambda name: PLAIN + f"\n% {name}\n".encode()), "the drawing of page 1"),
    "named destination": Planted(
        with_catalog(lambda name: f"/Names<</Dests<</Names[({name})[3 0 R/Fit]]>>>>"), "a named destination"
    ),
    "page label": Planted(with_catalog(lambda name: f"/PageLabels<</Nums[0<</P({name} )/S/D>>]>>"), "a page label"),
    "script": Planted(with_catalog(lambda name: f"/OpenAction<</S/JavaScript/JS(x='{name}')>>"), "a script"),
    "script in a stream": Planted(script_stream, "object 6", "as escapes"),
    "link": Planted(
        with_note(lambda name: f"/Subtype/Link/A<</S/URI/URI(https://example.org/{spelled(name)})>>"), "a link"
    ),
    "UTF-16 string": Planted(with_note(lambda name: f"/Subtype/Text/Subj{utf16(name)}"), "the subject of a note"),
    "octal escapes": Planted(
        with_note(lambda name: "/Subtype/Text/Contents(" + "".join(f"\\{ord(sign):03o}" for sign in name) + ")"),
        "a note",
    ),
    "name of an entry": Planted(
        with_catalog(lambda name: "/" + "".join(f"#{ord(sign):02X}" for sign in name) + " true"), "object 1"
    ),
    "object stream": Planted(in_object_stream, "object"),
    "portfolio": Planted(
        with_catalog(lambda name: f"/Collection<</Schema<</a<</Subtype/S/N({name})>>>>>>"), "object 1, entry N"
    ),
    "EXIF of a picture": Planted(exif_picture, "the details of a picture"),
    "XFA": Planted(form_data_xml, "object 6", "between tags"),
}

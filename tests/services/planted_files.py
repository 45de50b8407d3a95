"""Files of other kinds with one name planted in each: tables, web pages, databases, archives, Office, mail."""

from __future__ import annotations

import base64
import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx
import openpyxl
from docx.oxml import OxmlElement
from PIL import Image, PngImagePlugin

from tests.services.planted_kinds import Planted


def text(make: Callable[[str], str], encoding: str = "utf-8") -> Callable[[str], bytes]:
    return lambda name: make(name).encode(encoding)


def database(*statements: str, many: bool = False) -> Callable[[str], bytes]:
    """A database after these statements; ``?`` stands for the name, in several hundred rows if asked for."""

    def build(name: str) -> bytes:
        connection = sqlite3.connect(":memory:")
        for statement in statements:
            rows = [[f"{name} {number}"] for number in range(400)] if many else [[name]]
            if "?" in statement:
                connection.executemany(statement, rows)
            else:
                connection.execute(statement)
            connection.commit()
        content = connection.serialize()
        connection.close()
        return content

    return build


def script_with_database(name: str) -> bytes:
    made = database("CREATE TABLE page (text TEXT)", "INSERT INTO page VALUES (?)")(name)
    held = {"bytes": len(made), "gzip": base64.b64encode(gzip.compress(made, mtime=0)).decode()}
    return f"globalThis.CASE_DATABASE = {json.dumps(held)};\n".encode()


def zipped(entry: str, content: str, *, comment: str = "", entry_comment: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(entry)
        member.comment = entry_comment.encode()
        archive.writestr(member, content, zipfile.ZIP_DEFLATED)
        archive.comment = comment.encode()
    return target.getvalue()


def removed_member(name: str) -> bytes:
    """A member that the archive's list no longer names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("kept.txt", "Kept.")
        archive.writestr("gone.txt", f"Dear {name}, " + "and so on " * 20)
        gone = archive.infolist()[1]
        archive.filelist.remove(gone)
    return target.getvalue()


def tarred(name: str) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w:gz") as archive:
        content = f"Dear {name}".encode()
        member = tarfile.TarInfo("letter.txt")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def word(change: Callable[[docx.document.Document, str], None]) -> Callable[[str], bytes]:
    def build(name: str) -> bytes:
        made, target = docx.Document(), io.BytesIO()
        made.add_paragraph("An ordinary letter.")
        change(made, name)
        made.save(target)
        return target.getvalue()

    return build


def word_property(made: docx.document.Document, name: str) -> None:
    made.core_properties.last_modified_by = name


def word_comment(made: docx.document.Document, name: str) -> None:
    made.add_comment(made.paragraphs[0].runs, text=f"Ask {name}", author="A", initials="A")


def word_runs(made: docx.document.Document, name: str) -> None:
    paragraph = made.add_paragraph()
    for piece in (name[:3], name[3:8], name[8:]):
        paragraph.add_run(piece).bold = piece != name[3:8]


def word_deletion(made: docx.document.Document, name: str) -> None:
    deletion, run, gone = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
    gone.text = name
    run.append(gone)
    deletion.append(run)
    made.paragraphs[0]._p.append(deletion)


def hidden_sheet(name: str) -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("Key")
    sheet["B2"] = name
    sheet.sheet_state = "veryHidden"
    book.save(target)
    return target.getvalue()


def picture_text(*, is_packed: bool) -> Callable[[str], bytes]:
    def build(name: str) -> bytes:
        texts, target = PngImagePlugin.PngInfo(), io.BytesIO()
        texts.add_text("Comment", f"Shows {name} " + "and so on " * 9, zip=is_packed)
        Image.new("L", (8, 8)).save(target, "PNG", pnginfo=texts)
        return target.getvalue()

    return build


def photograph(name: str) -> bytes:
    picture, target = Image.new("RGB", (16, 16)), io.BytesIO()
    exif = picture.getexif()
    exif[0x9C9D] = (name + "\0").encode("utf-16-le")  # the author as Windows writes it
    picture.save(target, "JPEG", exif=exif)
    return target.getvalue()


def message(*, subject: str = "Hello", body: str = "Nothing.", attachment: str = "") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", subject
    mail.set_content(body, cte="quoted-printable")
    if attachment:
        mail.add_attachment(attachment.encode(), maintype="application", subtype="octet-stream", filename="a.bin")
    return mail.as_bytes()


def every(name: str, pattern: str) -> str:
    return "".join(pattern.format(ord(sign)) for sign in name)


def quoted(name: str) -> str:
    return "".join(f"={byte:02X}" for byte in name.encode())


#: Some systems build SQLite so that it overwrites what is deleted.
_KEPT = "PRAGMA secure_delete = OFF"
_INDEX = "CREATE VIRTUAL TABLE search USING fts5(text, content='')"

IN_FILES: dict[str, Planted] = {
    "table": Planted(text(lambda name: "id,first,last\n1," + name.replace(" ", ",") + "\n"), "line 2", ending=".csv"),
    "quoted table": Planted(
        text(lambda name: "a;b\n" + ";".join(f'"{part}"' for part in name.split())), "line 2", ending=".csv"
    ),
    "capitals": Planted(text(lambda name: f"MS {name.upper()} SAID"), "the text", ending=".txt"),
    "entities": Planted(text(lambda name: f"<p>{every(name, '&#x{:x};')}</p>"), "the text", "entities", ending=".html"),
    "comment in a web page": Planted(text(lambda name: f"<p>a</p><!-- {name} -->"), "the text", ending=".html"),
    "between tags": Planted(
        text(lambda name: f"<p>{name[:7]}<b>{name[7:10]}</b>{name[10:]}</p>"),
        "the text",
        "between tags",
        ending=".html",
    ),
    "attribute": Planted(text(lambda name: f'<img alt="{name}" src="a.png">'), "the text", ending=".html"),
    "link in a web page": Planted(
        text(lambda name: f'<a href="/find?{every(name, "%{:02x}")}">x</a>'), "the text", "percent", ending=".html"
    ),
    "address in small letters": Planted(
        text(lambda name: f"https://example.org/{name.lower().replace(' ', '-')}/"), "the text", ending=".txt"
    ),
    "JSON escapes": Planted(
        text(lambda name: f'{{"a": "{every(name, chr(92) + "u{:04x}")}"}}'), "the text", "as escapes", ending=".json"
    ),
    "script escapes": Planted(text(lambda name: f"x = '{every(name, chr(92) + 'x{:02x}')}'"), "the text", ending=".js"),
    "style sheet": Planted(text(lambda name: f"/* for {name} */ p {{}}"), "the text", ending=".css"),
    "database in a script": Planted(script_with_database, "the table “page”", ending=".js"),
    "base64": Planted(
        text(lambda name: f"key={base64.b64encode(name.encode()).decode()}"), "the text", "as base64", ending=".txt"
    ),
    "hexadecimal": Planted(
        text(lambda name: f"key: {name.encode().hex()}"), "the text", "as hexadecimal", ending=".txt"
    ),
    "UTF-16 text": Planted(text(lambda name: f"Dear {name}", "utf-16"), "the text", ending=".txt"),
    "UTF-16 without a mark": Planted(text(lambda name: f"Dear {name}", "utf-16-be"), "the text", ending=".txt"),
    "Windows letters": Planted(
        text(lambda name: f"Dear {name}\u2019s friend \u00e9", "cp1252"), "the text", ending=".txt"
    ),
    "RTF": Planted(
        text(lambda name: "{\\rtf1 " + "".join(f"\\'{ord(sign):02x}" for sign in name) + "}"), "the text", ending=".rtf"
    ),
    "SVG": Planted(
        text(lambda name: f"<svg><text><tspan>{name[:6]}</tspan><tspan>{name[6:]}</tspan></text></svg>"),
        "the text",
        ending=".svg",
    ),
    "row": Planted(database("CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES (?)"), "row 1, “b”", ending=".db"),
    "two columns": Planted(
        lambda name: database(
            "CREATE TABLE a (b TEXT, c TEXT)", "INSERT INTO a VALUES ('{}', '{}')".format(*name.split())
        )(name),
        "row 1",
        ending=".db",
    ),
    "deleted row": Planted(
        database(_KEPT, "CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES (?)", "DELETE FROM a"),
        "raw pages",
        ending=".db",
    ),
    "free page": Planted(
        database(_KEPT, "CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES (?)", "DROP TABLE a", many=True),
        "raw pages",
        ending=".db",
    ),
    "name of a table": Planted(
        lambda name: database(f'CREATE TABLE "{name}" (b TEXT)')(name), "the definition of", ending=".db"
    ),
    "search index": Planted(
        database(_INDEX, "INSERT INTO search (rowid, text) VALUES (1, ?)"), "put together again", ending=".db"
    ),
    "UTF-16 database": Planted(
        database("PRAGMA encoding = 'UTF-16le'", "CREATE TABLE a (b TEXT)", "INSERT INTO a VALUES (?)"),
        "row 1",
        ending=".db",
    ),
    "name in an archive": Planted(lambda name: zipped(f"{name}.txt", "Nothing."), "a name inside", ending=".zip"),
    "comment of an archive": Planted(
        lambda name: zipped("a.txt", "b", comment=name), "the comment of the archive", ending=".zip"
    ),
    "comment of a member": Planted(
        lambda name: zipped("a.txt", "b", entry_comment=name), "the comment of a file", ending=".zip"
    ),
    "removed member": Planted(removed_member, "the text of “gone.txt”", ending=".zip"),
    "archive in an archive": Planted(tarred, "the text of", ending=".tgz"),
    "Word details": Planted(word(word_property), "docProps/core.xml", ending=".docx"),
    "Word comment": Planted(word(word_comment), "word/comments.xml", ending=".docx"),
    "Word runs": Planted(word(word_runs), "word/document.xml", "between tags", ending=".docx"),
    "Word deletion": Planted(word(word_deletion), "word/document.xml", ending=".docx"),
    "hidden sheet": Planted(hidden_sheet, "xl/", ending=".xlsx"),
    "PNG text": Planted(picture_text(is_packed=False), "the bytes", ending=".png"),
    "packed PNG text": Planted(picture_text(is_packed=True), "a text of the picture", ending=".png"),
    "JPEG author": Planted(photograph, "the bytes", ending=".jpg"),
    "subject of a message": Planted(
        lambda name: message(subject=f"{name} \u2013 reply"), "the header Subject", ending=".eml"
    ),
    "quoted-printable": Planted(
        lambda name: message(body="x").replace(b"x", quoted(name).encode()), "message", ending=".eml"
    ),
    "attachment of a message": Planted(lambda name: message(attachment=f"Dear {name}"), "a.bin", ending=".eml"),
    "any bytes": Planted(lambda name: bytes(range(256)) * 4 + name.encode() + bytes(500), "the bytes", ending=".bin"),
}

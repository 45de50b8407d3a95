"""Makes the sample documents in resources/samples/documents: invented institutions, dry institutional content.

Run by hand when a sample changes: ``python packaging/make_samples.py``. The quotes of resources/samples/case.json
are taken from what stands here; tests/journeys/test_sample_story.py fails when the two no longer agree.
"""

from __future__ import annotations

import io
import random
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pymupdf
from docx import Document as WordDocument
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from sample_texts import (
    ACT,
    FILLER,
    GUIDANCE,
    POLICY,
    POLICY_2015,
    QUARTER,
    REPORT,
    RESPONSE,
    REVIEW_TOPICS,
    STATEMENT,
)

ROOT = Path(__file__).parents[1]
OUT = ROOT / "resources" / "samples" / "documents"
FONTS = ROOT / "resources" / "fonts"



def _css() -> str:
    return (
        "body {font-family: sans-serif; font-size: 11pt; line-height: 1.35} h1 {font-size: 18pt} h2 {font-size: 13pt}"
    )


def _pdf(
    pages: list[str], *, outline: list[tuple[int, str, int]] | None = None, rotate: dict[int, int] | None = None
) -> bytes:
    document = pymupdf.open()
    for number, html in enumerate(pages):
        page = document.new_page()
        page.insert_htmlbox(pymupdf.Rect(72, 72, 523, 760), html, css=_css())
        page.insert_text((290, 815), str(number + 1), fontsize=9)
        if rotate and number in rotate:
            page.set_rotation(rotate[number])
    if outline:
        document.set_toc([list(item) for item in outline])
    document.subset_fonts()
    content: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
    return content


def policy() -> bytes:
    pages, outline = [], []
    for number, (title, text) in enumerate(POLICY):
        head = "<h1>Brightwell Connect Ltd: Reports policy</h1>" if number == 0 else ""
        pages.append(f"{head}<h2>{title}</h2><p>{text}</p><p>{FILLER[number]}</p>")
        outline.append((1, title, number + 1))
    return _pdf(pages, outline=outline, rotate={4: 90})


def review() -> bytes:
    chance = random.Random(11)
    pages = [
        "<h1>Answering reports: an independent review</h1><p>Presented to the Department for Digital Safety, 6 June 2017</p>"
    ]
    outline = [(1, "Cover", 1)]
    for chapter, (title, text) in enumerate(REVIEW_TOPICS, 1):
        for sheet in range(3):
            head = f"<h2>Chapter {chapter}: {title}</h2><p>{text}</p>" if sheet == 0 else f"<h2>{title}, continued</h2>"
            body = "".join(
                f"<p>{chapter}.{sheet * 4 + n} {' '.join(chance.sample(FILLER, 3))}</p>" for n in range(1, 5)
            )
            pages.append(head + body)
        outline.append((1, f"Chapter {chapter}: {title}", len(pages) - 2))
    return _pdf(pages, outline=outline)


def minutes() -> bytes:
    document = WordDocument()
    document.core_properties.author = "Secretariat"
    document.add_heading("Minutes of the Safety Liaison Group, 9 October 2014", 1)
    for text in (
        "Present: Office for Online Standards (chair), Brightwell Connect Ltd, Northmere Police Digital Unit, Heddlu Dŵr Llŷn, "
        "Harbour Line (hotline).",
        "1. Brightwell Connect reported that the median time to answer an urgent report was nine days. It said that posts in the "
        "unit had been left vacant since April 2013.",
        "2. Northmere Police said that referrals arrived in batches of several hundred at the end of each month and not on the day "
        "they were read.",
        "3. IN-A1, who attended for item 3, described waiting eleven weeks for an answer to a report made in May 2014.",
        "4. The chair noted that the Office had no power to require figures and would write again.",
        "5. Heddlu Dŵr Llŷn asked for referrals in Welsh and English. Brightwell Connect undertook to reply by December 2014.",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=1, cols=3)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text, table.rows[0].cells[2].text = "Action", "Owner", "Due"
    for row in (
        ("Write for figures", "Office for Online Standards", "31/10/2014"),
        ("Fill vacant posts", "Brightwell Connect", "31/12/2014"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return _saved(document)


def letter() -> bytes:
    document = WordDocument()
    for text in (
        "Office for Online Standards",
        "3 November 2014",
        "Dear Chief Executive,",
        "Request for figures",
        "We asked on 12/03/2013 and again on 4 April 2014 for the number of reports received and the time taken to answer them. We have had no reply.",
        "The Group was told in October that urgent reports take nine days. Your published policy promises 24 hours. Please explain the difference by 1 December 2014.",
        "We have no power to require a reply, but we shall publish the fact if none is received.",
        "Yours faithfully, Director of Supervision",
    ):
        document.add_paragraph(text)
    return _saved(document)


def second_policy() -> bytes:
    return _pdf([f"<h1>{title}</h1><p>{text}</p>" for title, text in POLICY_2015])


def board_minutes() -> bytes:
    document = WordDocument()
    document.core_properties.author = "Board secretary"
    document.add_heading("Brightwell Connect Ltd: minutes of the board, 14 May 2013 (extract)", 1)
    for text in (
        "7. The board received a paper from the head of Trust and Safety dated 22 April 2013. It noted that four of eleven posts were "
        "vacant.",
        "8. The board decided not to change the published standard and not to fill the posts before the next financial year.",
        "9. The chair asked for figures on answer times at each meeting. None had been received since July 2012.",
        "10. The secretary reported a letter from the Office for Online Standards of 12 March 2013. The board decided that no reply was "
        "needed while the guidance was not binding.",
    ):
        document.add_paragraph(text)
    return _saved(document)


def hotline_statement() -> bytes:
    document = WordDocument()
    document.core_properties.author = "Harbour Line"
    document.add_heading("Statement of Harbour Line", 1)
    for text in (
        "Signed 3 June 2019",
        "1. Harbour Line has passed reports to platforms since September 2008. It agreed a form for urgent reports with Brightwell "
        "Connect in the summer of 2012.",
        "2. Shortly before the meeting of the Safety Liaison Group in October 2014 it told the Office that 61 urgent reports had not "
        "been acknowledged.",
        "3. It wrote to the chief executive of Brightwell Connect on 19 September 2014 and was answered on 16 October 2015.",
        "4. From 2016 it received an acknowledgement of every urgent report within one working day.",
    ):
        document.add_paragraph(text)
    return _saved(document)


def reply() -> bytes:
    document = WordDocument()
    for text in (
        "Brightwell Connect Ltd",
        "8 July 2019",
        "Dear Solicitor to the Investigation,",
        "Confidential: Inquiry Rules 2006",
        "The company accepts that the posts were left vacant. It says that recruitment was resumed in January 2015 and that eleven posts "
        "were filled by June 2015.",
        "The company does not accept that the board was told in terms that the standard could not be met.",
        "Yours faithfully, General Counsel",
    ):
        document.add_paragraph(text)
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return _fixed_zip(buffer.getvalue())


def _fixed_zip(content: bytes) -> bytes:
    """The same archive with the same dates every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def volumes() -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Referrals"
    sheet.append(["Year", "Referrals received", "Answered on the day", "Officers in the unit"])
    for row in (
        (2012, 310, 301, 6),
        (2013, 870, 640, 6),
        (2014, 1640, 702, 6),
        (2015, 2210, 811, 7),
        (2016, 2940, 1190, 12),
    ):
        sheet.append(row)
    hidden = workbook.create_sheet("Notes")
    hidden.append(["Counting changed in April 2013: batches are counted by item."])
    hidden.sheet_state = "hidden"
    workbook.properties.created = workbook.properties.modified = datetime(2017, 1, 9, 9, 0)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return _fixed_zip(buffer.getvalue())


def slides() -> bytes:
    presentation = Presentation()
    for title, lines in (
        ("Referrals: training for duty officers", ["Northmere Police Digital Unit, January 2015"]),
        (
            "What changed",
            [
                "Referrals are logged on arrival",
                "A duty officer reads each referral the same day",
                "Batches are split by district",
            ],
        ),
        ("Why", ["In 2014 fewer than half were answered on the day", "The unit had six officers for 1,640 referrals"]),
    ):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(lines)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return _fixed_zip(buffer.getvalue())


def mail(attachment: bytes) -> bytes:
    message = EmailMessage()
    message["From"] = "Head of Trust and Safety <head@brightwell.invalid>"
    message["To"] = "Board Secretary <secretary@brightwell.invalid>"
    message["Date"] = "Mon, 22 Apr 2013 09:14:00 +0100"
    message["Subject"] = "Vacant posts in the unit"
    message["Message-ID"] = "<20130422.1@brightwell.invalid>"
    message.set_content(
        "Four of the eleven posts are vacant from this month and the board has paused recruitment.\n\n"
        "With seven people we cannot answer urgent reports within a day. I ask that the standard be changed or the posts filled.\n\n"
        "The figures for the quarter are attached.\n"
    )
    message.add_attachment(attachment, maintype="text", subtype="csv", filename="Quarter 1 2013.csv")
    return message.as_bytes().replace(message.get_boundary().encode(), b"sample-boundary")


def mailbox() -> bytes:
    texts = []
    for day, subject, body in (
        (
            "Tue, 05 May 2015 10:00:00 +0100",
            "Welsh referrals",
            "From 1 June 2015 referrals to Heddlu Dŵr Llŷn are sent in Welsh and English.",
        ),
        ("Wed, 06 May 2015 11:30:00 +0100", "Re: Welsh referrals", "Diolch. We will confirm when the first arrives."),
    ):
        message = EmailMessage()
        message["From"], message["To"], message["Date"], message["Subject"] = (
            "liaison@brightwell.invalid",
            "heddlu@dwrllyn.invalid",
            day,
            subject,
        )
        message.set_content(body + "\n")
        texts.append(b"From liaison@brightwell.invalid Tue May  5 10:00:00 2015\n" + message.as_bytes())
    return b"\n".join(texts)


def scan() -> bytes:
    image = Image.new("L", (1240, 1754), 245)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FONTS / "LiberationSans-Regular.ttf"), 34)
    for number, line in enumerate(
        (
            "Harbour Line",
            "Note of a telephone call, 2 June 2014",
            "Caller asks when a report of May will be answered.",
            "Told: no date can be given.",
        )
    ):
        draw.text((140, 180 + 70 * number), line, fill=40, font=font)
    turned = image.rotate(0.7, fillcolor=245)
    buffer = io.BytesIO()
    turned.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()




def main() -> None:
    """Write every sample."""
    OUT.mkdir(parents=True, exist_ok=True)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in (("Quarter 1 2013 (copy).csv", QUARTER), ("Department response 2017.txt", RESPONSE)):
            target.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    samples = {
        "INQ000101 Brightwell reports policy 2011.pdf": policy(),
        "INQ000102 Independent review 2017.pdf": review(),
        "INQ000103 Liaison group minutes 2014-10-09.docx": minutes(),
        "INQ000104 Letter from the Office 2014-11-03.docx": letter(),
        "INQ000105 Statement of Northmere Police.rtf": STATEMENT.encode("ascii"),
        "INQ000106 Digital Safety Act extract.html": ACT.encode(),
        "INQ000107 Guidance March 2011.md": GUIDANCE.encode(),
        "INQ000108 Police referral volumes.xlsx": volumes(),
        "INQ000109 Duty officer training 2015.pptx": slides(),
        "INQ000110 Vacant posts.eml": mail(QUARTER.encode()),
        "INQ000111 Telephone note 2014-06-02.png": scan(),
        "INQ000112 Board minutes 2013-05-14.docx": board_minutes(),
        "INQ000113 Brightwell reports policy 2015.pdf": second_policy(),
        "INQ000114 Office report 2015-2016.html": REPORT.encode(),
        "INQ000115 Statement of Harbour Line.docx": hotline_statement(),
        "INQ000116 Reply of Brightwell Connect 2019-07-08.docx": reply(),
        "Welsh referrals.mbox": mailbox(),
        "Later papers.zip": archive.getvalue(),
    }
    for name, content in samples.items():
        (OUT / name).write_bytes(content)


if __name__ == "__main__":
    main()

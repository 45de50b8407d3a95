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

ROOT = Path(__file__).parents[1]
OUT = ROOT / "resources" / "samples" / "documents"
FONTS = ROOT / "resources" / "fonts"

POLICY = [
    (
        "1 Purpose",
        "This policy sets out how Brightwell Connect Ltd receives, records and answers reports made by users, "
        "by the public and by hotlines. It was approved by the board on 14 March 2011 and replaces the notice of 2009.",
    ),
    (
        "2 Standard",
        "Reports marked urgent are answered within 24 hours. All other reports are answered within five working days. "
        "The Trust and Safety Unit keeps a log of the time each report arrives and the time it is answered.",
    ),
    (
        "3 Staffing",
        "The unit has eleven posts. Posts are filled before growth targets for the platform are agreed. The head of the "
        "unit reports every quarter to the board on volumes, answer times and appeals.",
    ),
    (
        "4 Referral",
        "Reports that may need the attention of the police are referred to the Northmere Police Digital Unit on the day they "
        "are read. The unit keeps a copy of each referral for two years, as section 19(2)(b) of the Digital Safety Act 2010 requires.",
    ),
    ("5 Review", "This policy is reviewed each year. The next review falls in March 2012."),
]
REVIEW_TOPICS = [
    (
        "Terms of reference",
        "The Department for Digital Safety asked for an independent review of how platforms answer reports. The review "
        "covered 1 January 2012 to 31 December 2016.",
    ),
    (
        "Method",
        "The review read 412 documents, took 23 statements and visited four institutions. Figures before 2013 were not kept in one form "
        "and could not be compared.",
    ),
    (
        "Answer times",
        "Across the sample the median time to answer an urgent report was nine days in 2014 and four days in 2016. "
        "The published standard remained 24 hours throughout.",
    ),
    (
        "Oversight",
        "The Office for Online Standards had no power to require figures before 2015. It asked for them by letter and received "
        "them from three of seven platforms.",
    ),
    (
        "Police referrals",
        "Referrals to police forces rose from 310 in 2012 to 2,940 in 2016. Forces were not told in advance and did not plan "
        "for the increase.",
    ),
    ("Retention", "Two platforms deleted copies of referrals after ninety days. The statutory period was two years."),
    (
        "Wales",
        "Heddlu Dŵr Llŷn received referrals in English only until 2015, although the scheme promised both languages.",
    ),
    ("Learning", "The review found no process by which a platform learned from an appeal that was upheld."),
]
POLICY_2015 = [
    (
        "Reports policy, second version",
        "This version was approved by the board on 9 February 2015 and replaces the policy of 14 March 2011 from 1 March 2015.",
    ),
    (
        "Standard",
        "Reports marked urgent are answered within 72 hours. All other reports are answered within ten working days. Users are "
        "told the times that apply.",
    ),
    (
        "Referral",
        "Referrals are sent to the police on the day they are read, in English, and in Welsh where the force asks for it. The board "
        "sees the number sent and the number acknowledged every quarter.",
    ),
]
FILLER = [
    "The institution provided an organisation chart and a schedule of meetings for the period.",
    "Where two sources differ the earlier record made at the time is preferred and the difference is noted.",
    "Figures are given as they were supplied; percentages are rounded to the nearest whole number.",
    "The text of each request and of each reply is kept with the papers of the review.",
    "Officials confirmed the account in writing and corrected two dates.",
    "Minutes of the quarterly meetings were complete from 2013 and incomplete before that year.",
]


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


STATEMENT = r"""{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}}\f0\fs22
{\b Statement of the Northmere Police Digital Unit}\par
Signed 20 May 2019\par
1. The unit was formed in 2011 with six officers. It asked for six more in 2013 and was refused.\par
2. Between 2012 and 2016 referrals rose more than ninefold. The force was not told in advance.\par
3. From January 2015 every referral was read by a duty officer on the day it arrived.\par
4. The unit accepts that in 2014 most referrals waited, and that it did not tell the platform so.\par}
"""
ACT = """<!doctype html><html lang="en"><head><title>Digital Safety Act 2010 (extract)</title></head><body>
<h1>Digital Safety Act 2010 (extract)</h1>
<h2>Section 19: records</h2>
<p>(1) A provider must keep a record of every report it receives.</p>
<p>(2) A provider must keep (a) the time at which the report was answered, and (b) a copy of any referral to a police force for two years.</p>
<h2>Section 20: figures</h2>
<p>From 1 April 2015 the Office for Online Standards may require a provider to supply figures.</p>
</body></html>
"""
GUIDANCE = """# Guidance on answering reports

Office for Online Standards, March 2011

Providers should answer urgent reports within 24 hours and should publish their answer times each year.

The guidance is not binding. It was sent to seven platforms, and four acknowledged it.
"""
REPORT = """<!doctype html><html lang="en"><head><title>Office for Online Standards: report for 2015 to 2016</title></head><body>
<h1>Office for Online Standards: report for 2015 to 2016</h1>
<p>The Office used its power to require figures for the first time on 18 May 2015. Seven platforms supplied them.</p>
<p>Brightwell Connect supplied its figures on 30 June 2015. They showed a median of six days for urgent reports in the first half of 2015.</p>
<p>The Office issued new guidance on 5 October 2015. It asks for urgent reports to be answered within 24 hours and for the times to be published every quarter.</p>
<p>An inspection of four platforms was carried out between February and April 2016. The Office published its results on 21 July 2016.</p>
<p>The Office told the Department in writing on 8 December 2014 that guidance alone had not been followed.</p>
</body></html>
"""
QUARTER = "Month,Reports,Urgent,Median days to answer\nJanuary 2013,1204,310,3\nFebruary 2013,1311,344,4\nMarch 2013,1540,402,6\n"
RESPONSE = """Department for Digital Safety: response to the independent review

11 September 2017

The Department accepts six of the nine recommendations. It will require figures every quarter.

It does not accept that the power to require figures should have come before 2015. The Office did not ask for it until 2014.
"""


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

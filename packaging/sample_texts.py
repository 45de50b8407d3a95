"""What the sample documents say: invented institutions, dry institutional content."""

from __future__ import annotations

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

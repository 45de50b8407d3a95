"""Commands about conclusions: the claim ledger of findings, and the register of recommendations."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from workbench.cli.opening import case_argument, named_id, opened, passphrase_option
from workbench.cli.terminal import EXIT_DONE, EXIT_WITH_FINDINGS, print_json, printable, say
from workbench.domain.analysis import Finding
from workbench.domain.dates import parse_edtf
from workbench.domain.frame import CaseStudy
from workbench.domain.ledger import FindingSupport
from workbench.domain.near_wording import ALIKE
from workbench.services.case_numbers import case_numbers
from workbench.services.genealogy import Lineage, lineage_of
from workbench.services.ledger import ledger_of


@click.command("findings")
@case_argument
@click.option("--case-study", default="", help="Only the findings of the case study with this title.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def findings_command(case_path: Path, case_study: str, as_json: bool, passphrase_file: Path | None) -> None:
    """List the findings with what carries each sentence; ends with 1 when one is red."""
    with opened(case_path, passphrase_file) as case:
        titles = {item.title: item.id for item in case.all(CaseStudy, "title")}
        studies = {str(identifier): title for title, identifier in titles.items()}
        chosen = None
        if case_study:
            chosen = case.all(Finding, case_study=named_id(titles, case_study, "case study"))
        ledger, numbers = ledger_of(case, chosen), case_numbers(case)
    red = [support for support in ledger if support.is_red]
    if as_json:
        print_json({"findings": [_finding_object(item, studies, numbers) for item in ledger], "red": len(red)})
    else:
        for support in ledger:
            _print_finding(support, numbers[support.finding.id])
        say(f"{len(ledger)} findings, {len(red)} of them red: those are not exported without a reason.")
    raise SystemExit(EXIT_WITH_FINDINGS if red else EXIT_DONE)


def _print_finding(support: FindingSupport, number: str) -> None:
    finding = support.finding
    head = f"{support.light.upper():<5} {support.state}  [{finding.kind}, {finding.status}]  {number}  {support.name}"
    click.echo(printable(head))
    for sentence in support.sentences:
        pages = ", ".join(dict.fromkeys(page.reference for page in sentence.pages))
        click.echo(printable(f"  {sentence.number}. {sentence.sentence.text}  ({pages or 'no page'})"))
    for fault in support.faults:
        click.echo(printable(f"    {fault.state}: {fault.spoken}"))


def _finding_object(support: FindingSupport, studies: dict[str, str], numbers: dict[str, str]) -> dict[str, Any]:
    finding = support.finding
    return {
        "id": finding.id,
        "number": numbers[finding.id],
        "name": support.name,
        "kind": finding.kind.value,
        "status": finding.status.value,
        "case_study": studies.get(finding.case_study or "", ""),
        "light": support.light,
        "state": support.state.value,
        "is_red": support.is_red,
        "faults": [{"state": fault.state.value, "text": fault.spoken} for fault in support.faults],
        "sentences": [
            {
                "number": sentence.number,
                "text": sentence.sentence.text,
                "state": sentence.state.value,
                "pages": list(dict.fromkeys(page.reference for page in sentence.pages)),
                "evidence": [
                    {
                        "kind": ground.kind,
                        "title": ground.title,
                        "state": ground.state.value,
                        "pages": [page.reference for page in ground.pages],
                    }
                    for ground in sentence.grounds
                ],
            }
            for sentence in support.sentences
        ],
    }


@click.command("recommendations")
@case_argument
@click.option("--on", "day", default="", metavar="DAY", help="Tell what is overdue on this day instead of today.")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def recommendations_command(case_path: Path, day: str, as_json: bool, passphrase_file: Path | None) -> None:
    """List the recommendations with what they come from and what became of them; ends with 1 when one has no ground."""
    day = parse_edtf(day).latest if day else datetime.now(UTC).date().isoformat()
    with opened(case_path, passphrase_file) as case:
        lineage, numbers = lineage_of(case), case_numbers(case)
    told = _recommendations_object(lineage, day, numbers)
    if as_json:
        print_json(told)
    else:
        _print_recommendations(told)
    raise SystemExit(EXIT_WITH_FINDINGS if any(row["is_unfounded"] for row in told["orphans"]) else EXIT_DONE)


def _recommendations_object(lineage: Lineage, day: str, numbers: dict[str, str]) -> dict[str, Any]:
    words, genealogy = lineage.words, lineage.genealogy
    rows = []
    for item in genealogy.recommendations.values():
        standing = genealogy.standing(item, day)
        rows.append(
            {
                "number": numbers[item.id],
                "text": item.text,
                "addressee": item.addressee,
                "deadline": item.deadline,
                "due_on": item.due_on,
                "is_final": item.is_final,
                "measure": item.measure,
                "earlier": list(item.earlier),
                "lessons": [words[lesson] for lesson in item.lessons],
                "findings": [words[finding.id] for finding in genealogy.findings_behind(item.id)],
                "answers": [
                    {"by": a.by, "on": a.on, "answer": a.answer.value, "state": a.state.value, "text": a.text}
                    for a in genealogy.responses[item.id]
                ],
                "answer": standing.answer.value,
                "state": standing.state.value,
                "overdue": standing.overdue,
            }
        )
    return {
        "day": day,
        "recommendations": rows,
        "orphans": [
            {"kind": orphan.kind, "text": words[orphan.item], "why": orphan.text, "is_unfounded": orphan.is_unfounded}
            for orphan in genealogy.orphans()
        ],
        "alike": [
            {"one": words[pair.one], "other": words[pair.other], "share": round(pair.share, 2)}
            for pair in lineage.alike
        ],
        "alike_from": ALIKE,
    }


def _print_recommendations(told: dict[str, Any]) -> None:
    for row in told["recommendations"]:
        to = f"{row['addressee'] or 'nobody yet'}, {row['deadline'] or row['due_on'] or 'no deadline'}"
        click.echo(printable(f"{row['number']}  {row['text']}  ({to}; {row['answer']}, {row['state']})"))
        for name in ("findings", "lessons"):
            for text in row[name]:
                click.echo(printable(f"     from the {name.removesuffix('s')}: {text}"))
        if row["overdue"]:
            click.echo(printable(f"     OVERDUE {row['overdue']}"))
    for orphan in told["orphans"]:
        click.echo(printable(f"ORPHAN the {orphan['kind']} “{orphan['text']}” {orphan['why']}"))
    for pair in told["alike"]:
        share = f"{pair['share']:.0%}, shown from {told['alike_from']:.0%} on"
        click.echo(printable(f"ALIKE ({share})\n     {pair['one']}\n     {pair['other']}"))
    say(f"{len(told['recommendations'])} recommendations, as of {told['day']}.")


COMMANDS = (findings_command, recommendations_command)

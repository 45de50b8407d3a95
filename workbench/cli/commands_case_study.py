"""Commands about case studies, their bundles, and what one item of the case is linked to."""

from __future__ import annotations

from pathlib import Path

import click

from workbench.cli.opening import case_argument, opened, passphrase_option
from workbench.cli.terminal import print_json, printable, say
from workbench.domain.audience import AUDIENCES, TEAM
from workbench.domain.frame import CaseStudy
from workbench.domain.link_map import (
    KINDS,
    MOST_DEPTH,
    USUAL_KINDS,
    Asked,
    Neighbourhood,
    neighbourhood,
    relation_words,
)
from workbench.services.case_studies import CaseStudyNumbers, case_study_named, numbers_of
from workbench.services.case_study_bundle import CaseStudyBundleProposal, propose
from workbench.services.case_study_composing import GROUPINGS, PROFILE, make_bundle
from workbench.services.link_map import link_graph, node_named
from workbench.store.case_file import CaseFile


@click.command("case-study")
@case_argument
@click.argument("name")
@click.option("--json", "as_json", is_flag=True)
@click.option("--make-bundle", "bundle", default="", metavar="BUNDLE", help="Make a bundle of what it cites.")
@click.option("--profile", default=PROFILE, show_default=True, help="The rules that the bundle follows.")
@click.option("--audience", type=click.Choice(AUDIENCES), default=TEAM, show_default=True)
@click.option("--page-context", type=click.IntRange(min=0), default=None, help="Only cited pages, with so many around.")
@click.option("--by", "grouping", type=click.Choice(GROUPINGS), default=GROUPINGS[0], help="What makes a section.")
@passphrase_option
def case_study_command(
    case_path: Path,
    name: str,
    as_json: bool,
    bundle: str,
    profile: str,
    audience: str,
    page_context: int | None,
    grouping: str,
    passphrase_file: Path | None,
) -> None:
    """Show the case study NAME: why it was chosen, what it cites and by what, its context, and what it leaves out."""
    with opened(case_path, passphrase_file) as case:
        study = case_study_named(case, name)
        if bundle:
            make_bundle(case, study.id, bundle, profile, audience, page_context=page_context, grouping=grouping)
        proposal = propose(case, study.id, audience, page_context=page_context)
        described = _described(case, proposal, numbers_of(case, study.id))
    if as_json:
        print_json(described)
        return
    _print_study(study, proposal)
    if bundle:
        say(f"The bundle “{bundle}” holds {len(proposal.documents)} documents.")


def _described(case: CaseFile, proposal: CaseStudyBundleProposal, numbers: CaseStudyNumbers) -> dict[str, object]:
    study = proposal.study
    return {
        "title": study.title,
        "status": study.status.value,
        "period": study.period,
        "reason": study.reason,
        "alternatives": list(study.alternatives),
        "institutions": _names(case, study.institutions),
        "scope": _names(case, study.scope),
        "audience": proposal.audience,
        "numbers": {field: getattr(numbers, field) for field in CaseStudyNumbers.__dataclass_fields__},
        "documents": [
            {
                "urn": item.document.urn,
                "title": item.document.title or item.document.filename,
                "pages": item.pages,
                "cited_pages": [index + 1 for index in item.cited_pages],
                "why": list(item.why),
                "is_context": item.is_context,
                "withheld": item.withheld,
                "warning": item.warning,
            }
            for item in proposal.documents
        ],
        "left_out": [
            {
                "urn": item.document.urn,
                "title": item.document.title or item.document.filename,
                "reason": item.reason,
                "is_about": item.is_about,
                "is_cited": item.is_cited,
            }
            for item in proposal.left_out
        ],
    }


def _names(case: CaseFile, ids: tuple[str, ...]) -> list[str]:
    graph = link_graph(case).nodes
    return [graph[identifier].name for identifier in ids]


def _print_study(study: CaseStudy, proposal: CaseStudyBundleProposal) -> None:
    click.echo(f"{printable(study.title)}  ({study.status.value})")
    click.echo(f"  chosen because: {printable(study.reason) or 'not stated'}")
    for alternative in study.alternatives:
        click.echo(f"  considered instead: {printable(alternative)}")
    for item in proposal.documents:
        pages = f" pages {item.pages}" if item.pages else ""
        why = "context" if item.is_context else "; ".join(item.why)
        click.echo(f"  {item.document.urn}{pages}: {printable(why)}")
        for said in filter(None, (item.withheld, item.warning)):
            say(f"{item.document.urn}: {said}")
    click.echo("  left out:")
    for left in proposal.left_out_about:
        click.echo(f"    {left.document.urn}  {printable(left.document.title)}: {printable(left.reason)}")
    others = len(proposal.left_out) - len(proposal.left_out_about)
    click.echo(f"    {others} other documents of the case, which are not about what it looks at")


@click.command("links")
@case_argument
@click.argument("name")
@click.option("--depth", type=click.IntRange(1, MOST_DEPTH), default=1, show_default=True)
@click.option("--kinds", default=",".join(USUAL_KINDS), show_default=True, help="Kinds to show, with commas between.")
@click.option("--most", type=click.IntRange(min=1), default=10_000, help="Most items in a ring  [default: all].")
@click.option("--json", "as_json", is_flag=True)
@passphrase_option
def links_command(
    case_path: Path, name: str, depth: int, kinds: str, most: int, as_json: bool, passphrase_file: Path | None
) -> None:
    """List what NAME - an institution, cipher, document, event, paragraph ... - is linked to, and by what."""
    chosen = frozenset(kind.strip() for kind in kinds.split(",") if kind.strip())
    unknown = sorted(chosen - {*KINDS})
    if unknown:
        raise click.BadParameter(f"“{unknown[0]}” is no kind. Choose from: {', '.join(KINDS)}.", param_hint="--kinds")
    with opened(case_path, passphrase_file) as case:
        graph = link_graph(case)
        shown = neighbourhood(graph, node_named(graph, name).id, Asked(depth=depth, kinds=chosen, most=most))
    if as_json:
        print_json(_described_links(shown))
    else:
        _print_links(shown)


def _described_links(shown: Neighbourhood) -> dict[str, object]:
    return {
        "centre": _node(shown, shown.centre.id),
        "items": [{**_node(shown, spot.id), "ring": spot.ring, "through": spot.through} for spot in shown.spots],
        "more": [{"ring": rest.ring, "count": rest.count, "kinds": dict(rest.kinds)} for rest in shown.rests],
        "ties": [
            {
                "one": edge.one,
                "other": edge.other,
                "words": relation_words(edge.counts),
                "counts": [{"relation": name, "detail": detail, "count": n} for name, detail, n in edge.counts],
            }
            for edge in shown.edges
        ],
    }


def _node(shown: Neighbourhood, identifier: str) -> dict[str, object]:
    spot = shown.spot(identifier)
    node = spot.node if spot is not None else shown.centre.node
    return {"id": node.id, "kind": node.kind, "name": node.name, "detail": node.detail, "flag": node.flag}


def _print_links(shown: Neighbourhood) -> None:
    stems = {edge.other: edge for edge in shown.edges if edge.is_stem}
    click.echo(f"{printable(shown.centre.node.name)}  ({shown.centre.node.kind})")
    for spot in shown.spots:
        name = shown.spot(spot.through)
        through = f"  through {printable(name.node.name)}" if name is not None and spot.ring > 1 else ""
        words = relation_words(stems[spot.id].counts)
        click.echo(f"  {'  ' * (spot.ring - 1)}{spot.node.kind:<14} {printable(spot.node.name)}: {words}{through}")
    for rest in shown.rests:
        say(
            f"Ring {rest.ring}: {rest.count} more are not shown ({', '.join(f'{n} {kind}' for kind, n in rest.kinds)})."
        )


COMMANDS = (case_study_command, links_command)

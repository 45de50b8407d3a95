"""Turns rows of analysis into records: standards, searches, assessments, findings, lessons, recommendations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.domain.adequacy import refuse_unfounded
from workbench.domain.analysis import (
    Answer,
    Assessment,
    Finding,
    FindingKind,
    FindingStatus,
    Implementation,
    Lesson,
    NegativeSearch,
    Rating,
    Recommendation,
    Response,
    ScopeExclusion,
    SecondReading,
    Sentence,
    Standard,
    StandardKind,
)
from workbench.domain.errors import Refused
from workbench.domain.genealogy import first_circle
from workbench.domain.ids import new_id
from workbench.domain.standing import refuse_impossible_days
from workbench.services.apply_fields import choice_of, count_of, edtf_of, flag_of, instant_of
from workbench.services.apply_names import Names
from workbench.services.apply_shapes import ApplyRow
from workbench.store.step import Step


class AnalysisBuilders:
    """Writes the records of rows whose ids are known; raises ``Refused`` naming the row that is wrong."""

    _step: Step
    _names: Names

    def _standards(self, row: ApplyRow, identifier: Any) -> None:
        excerpt, replaces = row.text("excerpt"), row.text("replaces")
        names = self._names
        record = Standard(
            id=identifier,
            title=row.text("title"),
            excerpt=names.find("excerpts", excerpt, row.where) if excerpt else None,
            from_on=edtf_of(row, "from"),
            until_on=edtf_of(row, "until"),
            kind=choice_of(row, "kind", StandardKind, StandardKind.OTHER),
            institutions=names.find_all("institutions", row.texts("institutions"), row.where),
            version=row.text("version"),
            replaces=names.find("standards", replaces, row.where) if replaces else None,
            note=row.text("note"),
        )
        self._naming(row, refuse_impossible_days, record)
        self._step.put(record)
        self._refuse_circle(row, Standard, {s.id: [s.replaces] if s.replaces else [] for s in self._step.all(Standard)})

    def _refuse_circle(self, row: ApplyRow, kind: type[Any], builds_on: Any) -> None:
        if first_circle(builds_on):
            name = kind.__name__.lower()
            raise Refused(f"{row.where} makes a circle: a {name} would come from itself. Leave one of its parents out.")

    def _negative_searches(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            NegativeSearch(
                id=identifier,
                sought=row.text("sought"),
                query=row.text("query"),
                among=row.text("among"),
                period=edtf_of(row, "period"),
                understood_as=row.text("understood_as"),
                hits=count_of(row, "hits"),
                documents=count_of(row, "documents"),
                pages=count_of(row, "pages"),
                not_searchable=row.texts("not_searchable"),
                conclusion=row.text("conclusion"),
                searched_by=row.text("searched_by"),
                searched_at=instant_of(row, "searched_at"),
                history_head=row.text("history_head"),
            )
        )

    def _assessments(self, row: ApplyRow, identifier: Any) -> None:
        names = self._names
        record = Assessment(
            id=identifier,
            institution=names.find("institutions", row.text("institution"), row.where),
            scope=names.find("scope", row.text("scope"), row.where),
            period=edtf_of(row, "period"),
            rating=choice_of(row, "rating", Rating, Rating.NOT_YET_ASSESSED),
            standards=names.find_all("standards", row.texts("standards"), row.where),
            evidence_for=names.evidence(row.texts("for"), row.where),
            evidence_against=names.evidence(row.texts("against"), row.where),
            gaps=row.texts("gaps"),
            confidence=row.text("confidence"),
            reasoning=row.text("reasoning"),
            question=row.text("question"),
            dimensions=row.texts("dimensions"),
            issues=names.find_all("issues", row.texts("issues"), row.where),
            author=row.text("author"),
            assessed_on=edtf_of(row, "assessed_on"),
        )
        self._naming(row, refuse_unfounded, record)
        self._step.put(record)
        for reading in row.rows("second_readings"):
            self._second_reading(reading, identifier)

    def _naming(self, row: ApplyRow, check: Callable[[Any], None], record: Any) -> None:
        """Check a record; a refusal names the row."""
        try:
            check(record)
        except Refused as error:
            raise Refused(f"{row.where}: {error}") from None

    def _second_reading(self, row: ApplyRow, assessment: Any) -> None:
        known = self._step.first(SecondReading, assessment=assessment, reader=row.text("reader"))
        self._step.put(
            SecondReading(
                id=known.id if known else new_id("snd"),
                assessment=assessment,
                reader=row.text("reader"),
                rating=choice_of(row, "rating", Rating, Rating.NOT_YET_ASSESSED),
                confidence=row.text("confidence"),
                reasoning=row.text("reasoning"),
                read_on=edtf_of(row, "read_on"),
            )
        )

    def _scope_exclusions(self, row: ApplyRow, _: Any) -> None:
        institution = self._names.find("institutions", row.text("institution"), row.where)
        scope = self._names.find("scope", row.text("scope"), row.where)
        place: dict[str, Any] = {"institution": institution, "scope": scope, "period": edtf_of(row, "period")}
        known = self._step.first(ScopeExclusion, **place)
        identifier = known.id if known else new_id("sxc")
        self._step.put(ScopeExclusion(id=identifier, reason=row.text("reason"), **place))

    def _findings(self, row: ApplyRow, identifier: Any) -> None:
        study = row.text("case_study")
        case_study: Any = self._names.find("case_studies", study, row.where) if study else None
        self._step.put(
            Finding(
                id=identifier,
                kind=choice_of(row, "kind", FindingKind, FindingKind.FACT),
                case_study=case_study,
                title=row.text("title"),
                status=choice_of(row, "status", FindingStatus, FindingStatus.DRAFT),
                criticised=self._names.criticised(row.texts("criticised"), row.where),
                proof=row.text("proof"),
            )
        )
        for old in self._step.all(Sentence, finding=identifier):
            self._step.delete(Sentence, old.id)
        for position, sentence in enumerate(row.rows("sentences")):
            evidence = self._names.evidence(sentence.texts("evidence"), sentence.where)
            self._step.put(
                Sentence(
                    id=new_id("sen"),
                    finding=identifier,
                    position=position,
                    text=sentence.text("text"),
                    evidence=evidence,
                )
            )

    def _lessons(self, row: ApplyRow, identifier: Any) -> None:
        findings: Any = self._names.find_all("findings", row.texts("findings"), row.where)
        builds_on: Any = self._names.find_all("lessons", row.texts("builds_on"), row.where)
        self._step.put(Lesson(id=identifier, text=row.text("text"), findings=findings, builds_on=builds_on))
        self._refuse_circle(row, Lesson, {lesson.id: lesson.builds_on for lesson in self._step.all(Lesson)})

    def _recommendations(self, row: ApplyRow, identifier: Any) -> None:
        self._step.put(
            Recommendation(
                id=identifier,
                text=row.text("text"),
                addressee=row.text("addressee"),
                deadline=row.text("deadline"),
                lessons=self._names.find_all("lessons", row.texts("lessons"), row.where),
                findings=self._names.find_all("findings", row.texts("findings"), row.where),
                due_on=edtf_of(row, "due_on"),
                measure=row.text("measure"),
                is_final=flag_of(row, "is_final"),
                earlier=row.texts("earlier"),
            )
        )
        for response in row.rows("responses"):
            self._response(response, identifier)

    def _response(self, row: ApplyRow, recommendation: Any) -> None:
        by, on = row.text("by"), edtf_of(row, "on")
        known = self._step.first(Response, recommendation=recommendation, by=by, on=on)
        self._step.put(
            Response(
                id=known.id if known else new_id("rsp"),
                recommendation=recommendation,
                by=by,
                on=on,
                answer=choice_of(row, "answer", Answer, Answer.NO_REPLY),
                text=row.text("text"),
                state=choice_of(row, "state", Implementation, Implementation.NOT_KNOWN),
                evidence=self._names.evidence(row.texts("evidence"), row.where),
            )
        )

"""The bundle of a case study before it is made: what goes in and why, what is left out and why, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.bundle import Bundle
from workbench.domain.ids import BundleId, CaseStudyId
from workbench.domain.progress import Ticket
from workbench.gui.columns import Column
from workbench.gui.models.record_table import RecordTable
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import FittedBox, small
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.case_study_bundle import CaseStudyBundleProposal, LeftOut, ProposedDocument, propose
from workbench.services.case_study_composing import (
    GROUPINGS,
    PROFILE,
    BundleDifferences,
    differences,
    make_bundle,
    refresh_bundle,
)
from workbench.services.profiles import load_profile, profile_names
from workbench.store.case_file import CaseFile

_GROUPING_TITLES = {"institution": mark("by institution"), "kind": mark("by kind of document")}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposed:
    """What was read: the proposal, the rules to choose from, and bundles of the case study that have parted from it."""

    proposal: CaseStudyBundleProposal
    profiles: list[tuple[str, str]]
    bundles: list[tuple[Bundle, BundleDifferences]]


def _place(row: ProposedDocument | LeftOut) -> str:
    if isinstance(row, LeftOut):
        return _("left out")
    pages = _("pages {range}").format(range=row.pages) if row.pages else _("whole")
    return _("{pages}, context").format(pages=pages) if row.is_context else pages


def _why(row: ProposedDocument | LeftOut) -> str:
    if isinstance(row, LeftOut):
        return row.reason
    return "; ".join(part for part in (row.warning, row.withheld, *row.why) if part) or _("a context document")


_COLUMNS: tuple[Column, ...] = (
    Column(
        id="urn",
        title=mark("URN"),
        text=lambda r: r.document.urn,
        sort_key=lambda r: r.document.urn.casefold(),
        width=11,
    ),
    Column(
        id="place",
        title=mark("In the bundle"),
        text=_place,
        sort_key=lambda r: (isinstance(r, LeftOut), r.document.urn),
        width=14,
    ),
    Column(
        id="title",
        title=mark("Title"),
        text=lambda r: r.document.title or r.document.filename,
        sort_key=lambda r: (r.document.title or r.document.filename).casefold(),
        width=20,
    ),
    Column(id="why", title=mark("Why"), text=_why, sort_key=lambda r: _why(r), width=24, stretches=True),
)


class CaseStudyBundleSheet(FormSheet):
    """Shows the proposal anew whenever the audience or the pages are chosen anew."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Bundle of the case study"), workspace, home, cancel=_("Cancel the bundle"), width=720)
        self._study: CaseStudyId | None = None
        self._parted: tuple[BundleId, str] | None = None
        self.name, self.profile = QLineEdit(), FittedBox()
        self.audience, self.grouping = QComboBox(), QComboBox()
        for audience in AUDIENCES:
            self.audience.addItem(_("For {audience}").format(audience=_(audience)), audience)
        for grouping in GROUPINGS:
            self.grouping.addItem(_(_GROUPING_TITLES[grouping]), grouping)
        self.pages = QComboBox()
        self.pages.addItem(_("Whole documents"), -1)
        self.pages.addItem(_("Only the cited pages"), 0)
        for around in (1, 2, 3, 5, 10):
            said = _.count("The cited pages with {n} page around", "The cited pages with {n} pages around", around)
            self.pages.addItem(said, around)
        self.model = RecordTable(_COLUMNS, self)
        self.view = RecordView(_COLUMNS, _("What goes in and what is left out"))
        self.view.setModel(self.model)
        self.view.sort_by(1)
        self.view.setMinimumHeight(self.fontMetrics().lineSpacing() * 11)
        self.summary, self.parted = small(""), QLabel()
        self.parted.setWordWrap(True)
        self.parted.setProperty("role", "warning")
        self.fill_button = QPushButton(_("Put in what is missing"))
        self.fill_button.clicked.connect(lambda: self.bring_up_to_date(removes=False))
        self.match_button = QPushButton(_("Make it hold exactly what is cited"))
        self.match_button.clicked.connect(lambda: self.bring_up_to_date(removes=True))
        self._lay_out_fields()
        self.audience.currentIndexChanged.connect(self._read)
        self.pages.currentIndexChanged.connect(self._read)

    def _lay_out_fields(self) -> None:
        self.add(_("&Name"), self.name)
        self.add(_("&Rules"), self.profile)
        self.add(_("&Audience"), self.audience)
        self.add(_("&Pages"), self.pages)
        self.add(_("&Sections"), self.grouping)
        self.form.addRow(self.view)
        self.form.addRow(self.summary)
        self.form.addRow(self.parted)
        row = QHBoxLayout()
        row.addWidget(self.fill_button)
        row.addWidget(self.match_button)
        self.form.addRow(row)
        self.save_button.setText(_("Make the bundle"))

    def begin(self, study: CaseStudyId, title: str) -> None:
        """Propose a bundle for a case study."""
        self._study = study
        self.heading.setText(_("Bundle of the case study “{title}”").format(title=title))
        self.name.setText(title)
        self.complaint.say("")
        self._show_parted([])
        self.model.show({})
        self._read()
        self.open_near()
        self.name.setFocus()

    @property
    def page_context(self) -> int | None:
        """How many pages are taken around cited ones; None for whole documents."""
        chosen = int(self.pages.currentData())
        return None if chosen < 0 else chosen

    @Slot()
    def _read(self) -> None:
        study, audience, around = self._study, str(self.audience.currentData()), self.page_context
        if study is None or not self.workspace.has_case:
            return

        def read(case: CaseFile, _ticket: Ticket) -> _Proposed:
            found = [
                (item, differences(case, item.id, page_context=around)) for item in case.all(Bundle, case_study=study)
            ]
            return _Proposed(
                proposal=propose(case, study, audience, page_context=around),
                profiles=[(load_profile(name, case).title, name) for name in profile_names(case)],
                bundles=[pair for pair in found if not pair[1].is_exact],
            )

        self.workspace.read(_("Propose the bundle"), read, self._show)

    def _show(self, found: _Proposed) -> None:
        proposal = found.proposal
        if not self.profile.count():
            for title, name in found.profiles:
                self.profile.addItem(title, name)
            self.profile.setCurrentIndex(self.profile.findData(PROFILE))
        rows: list[ProposedDocument | LeftOut] = [*proposal.documents, *proposal.left_out_about]
        self.model.show({str(row.document.id): row for row in rows})
        others = len(proposal.left_out) - len(proposal.left_out_about)
        self.summary.setText(
            _("{cited} cited, {context} for context; left out: {about} about what it looks at, {others} others").format(
                cited=len(proposal.cited),
                context=len(proposal.context),
                about=len(proposal.left_out_about),
                others=others,
            )
        )
        self._show_parted(found.bundles)
        self.view.fit_columns()
        self.fit()

    def _show_parted(self, bundles: list[tuple[Bundle, BundleDifferences]]) -> None:
        self._parted = (bundles[0][0].id, bundles[0][0].name) if bundles else None
        if bundles:
            bundle, parted = bundles[0]
            self.parted.setText(
                _(
                    "The bundle “{name}” has parted from the citations: {missing} to put in, {surplus} to take out."
                ).format(name=bundle.name, missing=len(parted.missing), surplus=len(parted.surplus))
            )
        self.parted.setVisible(bool(bundles))
        self.fill_button.setVisible(any(parted.missing for _bundle, parted in bundles[:1]))
        self.match_button.setVisible(any(parted.surplus for _bundle, parted in bundles[:1]))

    def bring_up_to_date(self, *, removes: bool) -> None:
        """Put what is missing into the bundle that is there; take out what is no longer cited only when asked to."""
        if self._parted is None:
            return
        bundle, name = self._parted
        around = self.page_context
        self.keep(
            _("Bring the bundle up to date"),
            lambda case, _ticket: refresh_bundle(case, bundle, page_context=around, removes=removes),
            lambda _change: self.workspace.say(
                _("“{name}” holds everything that is cited.").format(name=name), "success"
            ),
        )

    @Slot()
    def save(self) -> None:
        """Make the bundle, as one undoable step."""
        study, name, profile = self._study, self.name.text(), str(self.profile.currentData() or PROFILE)
        audience, grouping, around = (
            str(self.audience.currentData()),
            str(self.grouping.currentData()),
            self.page_context,
        )
        if study is None:
            return
        self.keep(
            _("Make the bundle"),
            lambda case, _ticket: make_bundle(
                case, study, name, profile, audience, page_context=around, grouping=grouping
            ),
            lambda _change: self.workspace.say(
                _("The bundle “{name}” was made from what the case study cites.").format(name=name.strip()), "success"
            ),
        )

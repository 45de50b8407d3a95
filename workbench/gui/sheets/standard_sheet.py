"""A standard: what ought to have happened, from when to when, whom it bound, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from workbench.domain.analysis import Standard, StandardKind
from workbench.domain.change import Change
from workbench.domain.frame import Institution
from workbench.domain.ids import ExcerptId, InstitutionId, StandardId
from workbench.domain.progress import Ticket
from workbench.domain.standing import called
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.chips import ChipRow
from workbench.gui.widgets.day_field import DayField
from workbench.gui.widgets.form import ChoiceBox, small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.assessing import Named
from workbench.services.standards import StandardFacts, StandardRow, add_standard, edit_standard
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class _Choices:
    """Whom it may bind, and what it may replace."""

    institutions: list[tuple[str, str]]
    standards: list[tuple[str, str]]


class StandardSheet(FormSheet):
    """For a new standard, another version of one, or one that is there."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Standard"), workspace, home, cancel=_("Cancel the standard"), width=500)
        self._standard: StandardId | None = None
        self._bound: dict[str, str] = {}
        self._excerpt: Named | None = None
        self.chosen_excerpts: Callable[[], Sequence[Named]] = tuple
        self.title, self.version, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.title.setPlaceholderText(_("What ought to have happened, or the statute or policy"))
        self.version.setPlaceholderText(_("2, 2014, third edition"))
        self.kind = QComboBox()
        for kind in StandardKind:
            self.kind.addItem(_(kind.value).capitalize(), kind.value)
        self.from_on, self.until_on = DayField(), DayField(_("empty while it stands, or until the next version"))
        self.replaces = ChoiceBox(_("Replaces"), hint=_("The version before it"))
        self.binds = ChoiceBox(_("Binds"), hint=_("Type to add an institution; everybody when none"))
        self.binds.activated.connect(lambda _row: self._bind())
        self.bound = ChipRow(_("Institutions it binds"))
        self.bound.removed.connect(self._unbind)
        self.written = ChipRow(_("The words it is written in"))
        self.written.removed.connect(lambda _key: self._write_in(None))
        self.use_excerpt = QPushButton(_("Written in the chosen excerpt"))
        self.use_excerpt.clicked.connect(self.take_excerpt)
        self._lay_out()

    def _lay_out(self) -> None:
        self.add(_("&Title"), self.title)
        self.add(_("&Kind"), self.kind)
        self.add(_("&Version"), self.version)
        self.add(_("&From"), self.from_on)
        self.form.addRow("", self.from_on.understood)
        self.add(_("&Until, that day included"), self.until_on)
        self.form.addRow("", self.until_on.understood)
        self.add(_("&Replaces"), self.replaces)
        self.add(_("&Binds"), self.binds)
        self.form.addRow("", self.bound)
        self.form.addRow(_("Written in"), self.written)
        self.add(_("&Note"), self.note)
        self.form.addRow("", small(_("Where no beginning is recorded, nobody can say for certain that it stood.")))
        self.foot.insertWidget(0, self.use_excerpt)

    def begin(self, row: StandardRow | None, *, next_version: bool = False) -> None:
        """Edit a standard, ask for another, or for the version that follows this one."""
        record = row.standard if row is not None else None
        self._standard = record.id if record is not None and not next_version else None
        heading = _("Edit the standard") if self._standard else _("New standard")
        self.heading.setText(_("Next version of “{name}”").format(name=row.name) if row and next_version else heading)
        self.title.setText(record.title if record else "")
        self.kind.setCurrentIndex(self.kind.findData(record.kind.value if record else StandardKind.GUIDANCE.value))
        kept = record if record is not None and not next_version else None
        self.version.setText(kept.version if kept else "")
        self.from_on.setText(kept.from_on if kept else "")
        self.until_on.setText(kept.until_on if kept else "")
        self.note.setText(kept.note if kept else "")
        self.replaces.setEditText(row.name if row and next_version else row.replaces if row else "")
        self._bound = dict(zip(row.standard.institutions, row.institutions, strict=False)) if row else {}
        self._write_in(Named(id=kept.excerpt, name=row.source) if kept and kept.excerpt and row else None)  # type: ignore[arg-type]
        self.binds.reset()
        self.complaint.say("")
        self._list()
        self.workspace.read(_("List standards"), lambda case, _ticket: _choices(case, self._standard), self._offer)
        self.open_near()
        self.title.setFocus()

    def _offer(self, found: _Choices) -> None:
        self.binds.offer(found.institutions)
        self.replaces.offer(found.standards)

    def _list(self) -> None:
        self.bound.show_chips([(name, identifier) for identifier, name in self._bound.items()])
        self.fit()

    @Slot()
    def _bind(self) -> None:
        chosen = self.binds.chosen_id
        if chosen is not None:
            self._bound[chosen] = self.binds.currentText().strip()
            self.binds.reset()
            self._list()

    @Slot(str)
    def _unbind(self, identifier: str) -> None:
        self._bound.pop(identifier, None)
        self._list()

    def _write_in(self, excerpt: Named | None) -> None:
        self._excerpt = excerpt
        self.written.show_chips([(excerpt.name, excerpt.id)] if excerpt else [])
        self.fit()

    @Slot()
    def take_excerpt(self) -> None:
        """The excerpt chosen in the list holds the words of the standard."""
        chosen = list(self.chosen_excerpts())
        if len(chosen) == 1:
            self.complaint.say("")
            self._write_in(chosen[0])
        else:
            self.complaint.say(_("Choose one excerpt in the list of excerpts first."))
            self.fit()

    @Slot()
    def save(self) -> None:
        """Keep it, as one undoable step."""
        if not self.is_open:
            return
        self._bind()
        unknown = self.binds.new_name or self.replaces.new_name
        if unknown:
            self.complaint.say(_("“{name}” is not in the case. Choose from the list.").format(name=unknown))
            self.fit()
            return
        facts = StandardFacts(
            title=self.title.text(),
            kind=StandardKind(self.kind.currentData()),
            version=self.version.text(),
            from_on=self.from_on.edtf,
            until_on=self.until_on.edtf,
            institutions=tuple(InstitutionId(identifier) for identifier in self._bound),
            replaces=StandardId(self.replaces.chosen_id) if self.replaces.chosen_id else None,
            excerpt=ExcerptId(self._excerpt.id) if self._excerpt else None,
            note=self.note.text(),
        )
        known = self._standard

        def work(case: CaseFile, _ticket: Ticket) -> Change:
            return add_standard(case, facts)[0] if known is None else edit_standard(case, known, facts)

        self.keep(_("Edit the standard"), work)


def _choices(case: CaseFile, without: StandardId | None) -> _Choices:
    return _Choices(
        institutions=[(item.name, item.id) for item in case.all(Institution, "name")],
        standards=[(called(item), item.id) for item in case.all(Standard, "title") if item.id != without],
    )

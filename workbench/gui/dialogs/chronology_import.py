"""The preview of a chronology made elsewhere: every row with our reading of its date, to settle before the import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.domain.dates import parse_edtf
from workbench.domain.errors import Refused
from workbench.domain.event import EventStatus
from workbench.domain.written_dates import read_written_date
from workbench.gui.columns import RECORD_ROLE, Column, shown_date
from workbench.gui.errors import sentence_of
from workbench.gui.models.record_table import RecordTable
from workbench.gui.widgets.form import Complaint, small
from workbench.gui.widgets.record_view import RecordView
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import mark
from workbench.runtime.i18n import speech as _
from workbench.services.chronology_import import (
    ChronologyPreview,
    Decision,
    ImportedChronology,
    PreviewRow,
    RowState,
    import_rows,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the preview with what was decided about it."""

    number: int
    row: PreviewRow
    decision: Decision

    @property
    def on(self) -> str:
        """The date that would be imported, "" while there is none or what was typed is no date."""
        on = self.decision.on or self.row.on
        return on if _is_date(on) else ""

    @property
    def outcome(self) -> str:
        """What becomes of the row as things stand."""
        if self.decision.is_left_out:
            return mark("left out")
        if self.row.state is RowState.DUPLICATE and not self.decision.is_wanted:
            return mark("already there")
        return mark("to import") if self.on and (self.decision.title or self.row.title) else mark("to decide")


def _is_date(on: str) -> bool:
    try:
        parse_edtf(on)
    except Refused:
        return False
    return True


_RANKS = ("to decide", "already there", "to import", "left out")
LINE_COLUMNS: tuple[Column, ...] = (
    Column(id="number", title=mark("Row"), text=lambda r: str(r.number), sort_key=lambda r: r.number, width=4),
    Column(
        id="outcome",
        title=mark("What becomes of it"),
        text=lambda r: _(r.outcome),
        sort_key=lambda r: (_RANKS.index(r.outcome), r.number),
        width=16,
    ),
    Column(
        id="written",
        title=mark("Date as written"),
        text=lambda r: r.row.date_words,
        sort_key=lambda r: r.row.date_words.casefold(),
        width=18,
    ),
    Column(
        id="read",
        title=mark("Our reading"),
        text=lambda r: shown_date(r.on) or _("undated"),
        sort_key=lambda r: r.on,
        width=18,
    ),
    Column(
        id="title",
        title=mark("Event"),
        text=lambda r: r.decision.title or r.row.title,
        sort_key=lambda r: r.row.title.casefold(),
        width=30,
        stretches=True,
    ),
    Column(
        id="sources",
        title=mark("Sources"),
        text=lambda r: ", ".join(place.reference for place in r.row.sources) or "–",
        sort_key=lambda r: len(r.row.sources),
        width=15,
        rank=1,
    ),
    Column(
        id="told",
        title=mark("To know"),
        text=lambda r: " ".join((*r.row.questions, *r.row.remarks)),
        sort_key=lambda r: -len(r.row.questions),
        width=30,
        rank=2,
    ),
)


class ChronologyImport(QDialog):
    """Stays open beside the work. ``read_again(is_day_first, status)`` asks for the file to be read another way."""

    imported = Signal(object)
    read_again = Signal(bool, object)

    def __init__(
        self,
        workspace: Workspace,
        shown: ChronologyPreview,
        *,
        is_day_first: bool,
        status: EventStatus,
        decisions: Mapping[str, Decision] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._shown = workspace, shown
        self.setWindowTitle(_("Import a chronology"))
        self.setAccessibleName(_("Import a chronology"))
        self.resize(1080, 640)
        kept = decisions or {}
        self._lines = {row.key: Line(int(row.key) + 1, row, kept.get(row.key, Decision())) for row in shown.rows}
        self.model = RecordTable(LINE_COLUMNS, self)
        self.view = RecordView(LINE_COLUMNS, _("Rows of the chronology"))
        self.view.setModel(self.model)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.sort_by(-1)
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.only_open = QCheckBox(_("Only what is to decide"))
        self.day_first = QCheckBox(_("Days stand first: 3/4/2014 is in April"))
        self.day_first.setChecked(is_day_first)
        self.status = QComboBox()
        for known in EventStatus:
            self.status.addItem(_(known.value).capitalize(), known)
        self.status.setCurrentIndex(self.status.findData(status))
        self.status.setAccessibleName(_("Status of rows that give none"))
        self.date, self.title_field = QLineEdit(), QLineEdit()
        self.understood, self.told = small(""), small("")
        self.proposals = QHBoxLayout()
        self.left_out, self.wanted = QCheckBox(_("Leave it out")), QCheckBox(_("Import it although it is there"))
        self.complaint = Complaint()
        self.notices = small("\n".join(shown.notices))
        self.go = QPushButton()
        self._lay_out()
        self._connect()
        self._show()
        self._begin_at_first_question()

    def _lay_out(self) -> None:
        head, options, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.only_open)
        options.addWidget(self.day_first)
        options.addStretch(1)
        label = QLabel(_("&Status of rows that give none"))
        label.setBuddy(self.status)
        options.addWidget(label)
        options.addWidget(self.status)
        form = QFormLayout()
        self.date.setPlaceholderText(_("12 March 2014, 2014-03, 2014?, 2010/2012, ../2010"))
        for text, field in ((_("&When"), self.date), ("", self.understood), (_("W&hat"), self.title_field)):
            form.addRow(text, field)
            if text:
                field.setAccessibleName(text.replace("&", ""))
        form.insertRow(2, "", self.proposals)
        choices = QHBoxLayout()
        choices.addWidget(self.left_out)
        choices.addWidget(self.wanted)
        choices.addStretch(1)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self.reject)
        self.go.setProperty("primary", True)
        foot.addWidget(small(_("Nothing is changed before you import; the import is one step that can be undone.")), 1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        for part in (head, options):
            column.addLayout(part)
        column.addWidget(self.view, 1)
        column.addWidget(self.told)
        column.addLayout(form)
        column.addLayout(choices)
        self.notices.setVisible(bool(self._shown.notices))
        column.addWidget(self.notices)
        column.addWidget(self.complaint)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.view.selectionModel().currentRowChanged.connect(self._follow)
        self.only_open.toggled.connect(lambda _on: self._show())
        self.day_first.toggled.connect(self._ask_to_read_again)
        self.status.activated.connect(self._ask_to_read_again)
        self.date.textEdited.connect(self._date_typed)
        self.date.returnPressed.connect(self.next_question)
        self.title_field.textEdited.connect(lambda text: self._decide(title=" ".join(text.split())))
        self.left_out.clicked.connect(lambda on: self._decide_all(is_left_out=on))
        self.wanted.clicked.connect(lambda on: self._decide_all(is_wanted=on))
        self.go.clicked.connect(self.import_now)

    @Slot()
    def _ask_to_read_again(self) -> None:
        self.read_again.emit(self.day_first.isChecked(), EventStatus(self.status.currentData()))

    @property
    def decisions(self) -> dict[str, Decision]:
        """What was decided so far, by the key of the row."""
        return {key: line.decision for key, line in self._lines.items()}

    # What is shown

    def _show(self) -> None:
        lines = self._lines.values()
        if self.only_open.isChecked():
            lines = [line for line in lines if line.row.state is not RowState.READY]  # type: ignore[assignment]
        self.model.show({line.row.key: line for line in lines})
        self.view.fit_columns()
        self._count()

    def _count(self) -> None:
        counts = {name: sum(line.outcome == name for line in self._lines.values()) for name in _RANKS}
        told = ", ".join(f"{count:,} {_(name)}" for name, count in counts.items() if count)
        self.heading.setText(f"{self._shown.filename}: {told}")
        ready = counts["to import"]
        self.go.setText(_.count("Import {n} event", "Import {n} events", ready))
        self.go.setEnabled(bool(ready))

    def _begin_at_first_question(self) -> None:
        keys = list(self._lines)
        first = next((at for at, key in enumerate(keys) if self._lines[key].outcome == _RANKS[0]), 0)
        self.view.selectRow(first)
        self.view.setFocus()

    @property
    def line(self) -> Line | None:
        """The row that is being settled."""
        line: Line | None = self.view.currentIndex().data(RECORD_ROLE)
        return line

    @Slot(QModelIndex)
    def _follow(self, _index: QModelIndex) -> None:
        line = self.line
        if line is None:
            return
        self.date.setText(line.decision.on or line.row.on)
        self.title_field.setText(line.decision.title or line.row.title)
        self.left_out.setChecked(line.decision.is_left_out)
        self.wanted.setChecked(line.decision.is_wanted)
        self.wanted.setVisible(line.row.state is RowState.DUPLICATE)
        where = f"{line.row.where}: “{line.row.date_words}”"
        self.told.setText("\n".join((where, *line.row.questions, *line.row.remarks)))
        self._offer(line.row.proposals)
        self._understand()

    def _offer(self, proposals: tuple[str, ...]) -> None:
        """Readings to take with one press."""
        while (item := self.proposals.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for on in proposals:
            button = QPushButton(shown_date(on))
            button.setAccessibleName(_("Take the reading {date}").format(date=shown_date(on)))
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.take, on))
            self.proposals.addWidget(button)
        self.proposals.addStretch(1)

    def _understand(self) -> None:
        """Say how what stands in the field is read, or why it is no date."""
        typed = self.date.text().strip()
        line = self.line
        on = read_written_date(typed).on if typed else line.row.on if line is not None else ""
        try:
            self.understood.setText(shown_date(parse_edtf(on or typed).text))
        except Refused as error:
            self.understood.setText(str(error) if typed else _("Not imported until it has a date."))

    # Decisions

    def take(self, on: str) -> None:
        """Take one of the readings offered."""
        self.date.setText(on)
        self._decide(on=on)
        self._understand()
        self.next_question()

    @Slot(str)
    def _date_typed(self, text: str) -> None:
        """A date in words is read as it is read in a file."""
        typed = text.strip()
        self._decide(on=read_written_date(typed).on or typed)
        self._understand()

    def _decide(self, **what: Any) -> None:
        line = self.line
        if line is not None:
            self._put(replace(line, decision=replace(line.decision, **what)))
            self._count()

    def _decide_all(self, **what: Any) -> None:
        """The same for every selected row."""
        for index in self.view.selectionModel().selectedRows():
            line = index.data(RECORD_ROLE)
            self._put(replace(line, decision=replace(line.decision, **what)))
        self._count()

    def _put(self, line: Line) -> None:
        self._lines[line.row.key] = line
        self.model.update({line.row.key: line})

    @Slot()
    def next_question(self) -> None:
        """To the next row that needs a decision."""
        at = self.view.currentIndex().row()
        count = self.model.rowCount()
        for row in [*range(at + 1, count), *range(at)]:
            if self.model.record(self.model.id_at(row)).outcome == _RANKS[0]:
                self.view.selectRow(row)
                self.date.setFocus()
                return
        self.go.setFocus()

    @Slot()
    def import_now(self) -> None:
        """Import what is ready and decided, as one undoable step."""
        decisions, shown = self.decisions, self._shown
        self.go.setEnabled(False)
        job = self._workspace.write(
            _("Import the chronology"), lambda case, _ticket: import_rows(case, shown, decisions), self._done
        )
        job.failed.connect(self._refused)

    def _done(self, made: ImportedChronology) -> None:
        self.imported.emit(made)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.complaint.say(sentence_of(error) or "")
        self._count()

"""Where a bundle is composed: the bundles, what the chosen one follows, its sections and entries, how large it gets."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from workbench.domain.audience import AUDIENCES
from workbench.domain.bundle import Bundle
from workbench.gui.models.bundle_tree import BundleTree
from workbench.gui.panels.bundle_list import BundleList
from workbench.gui.panels.compose_tree import ComposeTree
from workbench.gui.sheets.profile_sheet import ListedProfile
from workbench.gui.theme import Theme
from workbench.gui.widgets.empty_state import EmptyState
from workbench.gui.widgets.form import Complaint, FittedBox, small
from workbench.runtime.i18n import speech as _
from workbench.services.bundle_outline import BundleOutline

_MEGABYTE = 1_000_000
_MOST_PROBLEMS = 3


class ComposingRoom(QWidget):
    """Shows; what is done here is asked for by signals (``asked`` names an action of composing)."""

    asked = Signal(str)
    profile_chosen = Signal(str)
    audience_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles: dict[str, ListedProfile] = {}
        self.bundles = BundleList(theme)
        self.model = BundleTree(theme, self)
        self.tree = ComposeTree(self.model)
        self.profile, self.audience = FittedBox(), QComboBox()
        self.profile.setAccessibleName(_("Profile of the bundle"))
        self.audience.setAccessibleName(_("Audience of the bundle"))
        for audience in AUDIENCES:
            self.audience.addItem(_(audience).capitalize(), audience)
        self.profile.activated.connect(lambda: self.profile_chosen.emit(str(self.profile.currentData())))
        self.audience.activated.connect(lambda: self.audience_chosen.emit(str(self.audience.currentData())))
        self.about = small("")
        self.size_line = QLabel()
        self.size_line.setProperty("role", "heading")
        self.size_line.setWordWrap(True)
        self.problems = Complaint()
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                _("No bundle yet"),
                _("A bundle takes documents of the case in sections, for one audience, by the rules of one profile."),
                does=((_("New bundle…"), lambda: self.asked.emit("begin")),),
            )
        )
        self._lay_out()

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        top = QVBoxLayout(head)
        top.setContentsMargins(8, 8, 10, 8)
        top.setSpacing(6)
        choices = QHBoxLayout()
        choices.addWidget(self.profile, 1)
        choices.addWidget(self.audience)
        top.addWidget(self.bundles)
        top.addLayout(choices)
        top.addWidget(self.about)
        foot = QFrame()
        foot.setProperty("role", "bar")
        below = QVBoxLayout(foot)
        below.setContentsMargins(8, 8, 10, 8)
        below.setSpacing(6)
        below.addWidget(self.size_line)
        below.addWidget(self.problems)
        below.addLayout(self._buttons())
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.tree, 1)
        column.addWidget(foot)
        self._stack.addWidget(whole)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._stack)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        does = (
            (_("New…"), _("New bundle…"), "begin"),
            (_("Section…"), _("Add a section…"), "add_section"),
            (_("Edit…"), _("Edit the chosen entries or section…"), "edit"),
            (_("About…"), _("About the bundle…"), "about"),
        )
        for text, name, what in does:
            button = QPushButton(text)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.setStyleSheet("padding: 5px 8px;")
            button.clicked.connect(lambda _checked=False, what=what: self.asked.emit(what))
            row.addWidget(button)
        row.addStretch(1)
        self.build_button = QPushButton(_("Build…"))
        self.build_button.setAccessibleName(_("Build the bundle…"))
        self.build_button.setProperty("primary", True)
        self.build_button.clicked.connect(lambda: self.asked.emit("build"))
        row.addWidget(self.build_button)
        return row

    def recolour(self, theme: Theme) -> None:
        """Use other colours."""
        self.bundles.card.set_theme(theme)
        self.model.set_theme(theme)
        self.tree.viewport().update()

    # Filling

    def show_bundles(self, bundles: list[Bundle], profiles: list[ListedProfile]) -> None:
        """The bundles and profiles of the case."""
        self._profiles = {item.name: item for item in profiles}
        self.profile.clear()
        for item in profiles:
            self.profile.addItem(f"{item.title} ({item.name})" if item.is_own else item.title, item.name)
        self._stack.setCurrentIndex(1 if bundles else 0)
        self.bundles.show_bundles(bundles)
        self._show_rules(self.bundles.current)

    def show_outline(self, outline: BundleOutline | None, refusal: str = "") -> None:
        """The chosen bundle as composed so far; ``refusal`` says why it cannot be shown."""
        self.tree.show_outline(outline)
        self._show_rules(outline.bundle if outline is not None else self.bundles.current)
        self.size_line.setText(size_in_words(outline) if outline is not None else "")
        self.size_line.setAccessibleName(self.size_line.text())
        self.problems.say("\n".join(_problems(outline)) if outline is not None else refusal)
        self.build_button.setEnabled(outline is not None)

    def _show_rules(self, bundle: Bundle | None) -> None:
        if bundle is None:
            return
        self.profile.setCurrentIndex(self.profile.findData(bundle.profile))
        self.audience.setCurrentIndex(self.audience.findData(bundle.audience))
        known = self._profiles.get(bundle.profile)
        about = (known.problem or known.about, known.warning) if known is not None else ()
        self.about.setText("\n".join(part for part in about if part))
        self.about.setAccessibleName(self.about.text())
        tip = "\n".join((known.title, known.about, known.warning)) if known is not None else ""
        self.about.setToolTip(f"<p>{_escaped(tip)}</p>" if tip else "")
        self.profile.setToolTip(self.about.toolTip())

    @Slot()
    def take_focus(self) -> None:
        """Put the keyboard where composing begins."""
        (self.tree if self._stack.currentIndex() == 1 else self).setFocus()


def size_in_words(outline: BundleOutline) -> str:
    """``14 documents, about 231 pages, 12.4 MB, 2 volumes``."""
    parts = [
        _.count("{n} document", "{n} documents", outline.document_count),
        _.count("about {n} page", "about {n} pages", outline.page_count),
        _("{size} MB").format(size=f"{outline.bytes / _MEGABYTE:,.1f}"),
    ]
    if outline.volumes > 1:
        parts.append(_.count("{n} volume", "{n} volumes", outline.volumes))
    left_out = sum(bool(line.withheld) for part in outline.sections for line in part.entries)
    if left_out:
        parts.append(_.count("{n} withheld in part or whole", "{n} withheld in part or whole", left_out))
    return ", ".join(parts)


def _problems(outline: BundleOutline) -> list[str]:
    shown = list(outline.problems[:_MOST_PROBLEMS])
    more = len(outline.problems) - len(shown)
    return [*shown, _.count("and {n} more", "and {n} more", more)] if more > 0 else shown


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")

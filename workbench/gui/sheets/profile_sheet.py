"""The rules of courts and inquiries: reading them, copying one into the case, changing the copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from workbench.domain.errors import Refused
from workbench.gui.columns import shown_date
from workbench.gui.sheets.form_sheet import FormSheet
from workbench.gui.widgets.form import small
from workbench.gui.workspace import Workspace
from workbench.runtime.i18n import speech as _
from workbench.services.profiles import change_profile, copy_profile, profile_text, read_profile
from workbench.store.case_file import CaseFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProfile:
    """A profile as it is listed; ``problem`` says why it cannot be used."""

    name: str
    title: str
    is_own: bool
    about: str = ""
    warning: str = ""
    problem: str = ""


class ProfileSheet(FormSheet):
    """Shipped profiles are read only; a copy can be changed, and what is no profile is never saved."""

    def __init__(self, workspace: Workspace, home: QWidget) -> None:
        super().__init__(_("Profiles"), workspace, home, cancel=_("Close the profiles"), width=640)
        self.heading.setText(_("Profiles: the rules that bundles follow"))
        self._profiles: tuple[ListedProfile, ...] = ()
        self._wanted = ""
        self.profile = QComboBox()
        self.text = QPlainTextEdit()
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * 15)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.own_name = QLineEdit()
        self.own_name.setPlaceholderText(_("a name of small letters, digits and hyphens"))
        self.own_name.setAccessibleName(_("Name of the copy"))
        self.own_name.returnPressed.connect(self.copy)
        copy = QPushButton(_("Copy it"))
        copy.clicked.connect(self.copy)
        row = QHBoxLayout()
        row.addWidget(self.own_name, 1)
        row.addWidget(copy)
        self.about = small("")
        self.form.addRow(_("&Profile"), self.profile)
        self.profile.setAccessibleName(_("Profile"))
        self.form.addRow("", self.about)
        self.form.addRow(_("Its &rules"), self.text)
        self.text.setAccessibleName(_("Rules of the profile, as TOML"))
        self.form.addRow(_("Copy as"), row)
        self.profile.currentIndexChanged.connect(self._read)
        self.text.textChanged.connect(self._judge)

    @property
    def chosen(self) -> ListedProfile | None:
        """The profile that is shown."""
        at = self.profile.currentIndex()
        return self._profiles[at] if 0 <= at < len(self._profiles) else None

    def begin(self, profiles: Sequence[ListedProfile], name: str) -> None:
        """Show the rules of one profile."""
        self.offer(profiles, name)
        self.own_name.clear()
        self.open_near()
        self.profile.setFocus()

    def offer(self, profiles: Sequence[ListedProfile], name: str = "") -> None:
        """The profiles there are now; one that was just made is shown."""
        kept = self._wanted or name or (self.chosen.name if self.chosen else "")
        self._profiles = tuple(profiles)
        self.profile.blockSignals(True)
        self.profile.clear()
        for item in profiles:
            own = _("{name} (own)").format(name=item.name) if item.is_own else item.title
            self.profile.addItem(own, item.name)
        at = self.profile.findData(kept)
        self.profile.setCurrentIndex(max(at, 0))
        self.profile.blockSignals(False)
        if at >= 0 and kept == self._wanted:
            self._wanted = ""
        self._read()

    @Slot()
    def _read(self) -> None:
        chosen = self.chosen
        if chosen is None or not self.workspace.has_case:
            return
        name = chosen.name

        def show(text: str) -> None:
            if self.chosen is not None and self.chosen.name == name and self.text.toPlainText() != text:
                self.text.setPlainText(text)

        self.about.setText(chosen.about)
        self.text.setReadOnly(not chosen.is_own)
        self.save_button.setEnabled(chosen.is_own)
        self.workspace.read(_("Read the profile"), lambda case, _ticket: profile_text(name, case), show)

    @Slot()
    def _judge(self) -> None:
        """Say at once what is wrong with the rules as they stand."""
        chosen = self.chosen
        sentence = ""
        if chosen is not None:
            try:
                read_profile(chosen.name, self.text.toPlainText())
            except Refused as error:
                sentence = str(error)
        self.complaint.say(sentence)
        self.save_button.setEnabled(chosen is not None and chosen.is_own and not sentence)
        self.fit()

    @Slot()
    def copy(self) -> None:
        """Keep a copy of the shown profile under the name that was typed, and show it."""
        chosen, name = self.chosen, self.own_name.text().strip()
        if chosen is None:
            return

        self._wanted, source = name, chosen.name
        job = self.workspace.write(
            _("Copy the profile"),
            lambda case, _ticket: copy_profile(case, source, name),
            lambda _change: self.own_name.clear(),
        )
        job.failed.connect(self._refused_copy)

    @Slot(object)
    def _refused_copy(self, error: BaseException) -> None:
        self._wanted = ""
        self._refuse(str(error))

    @Slot()
    def save(self) -> None:
        """Keep the changed rules; refused while they are no profile."""
        chosen, text = self.chosen, self.text.toPlainText()
        if chosen is None or not self.is_open:
            return
        if not chosen.is_own:
            self.complaint.say(_("This profile came with the program. Copy it first; the copy can be changed."))
            self.fit()
            return
        name = chosen.name
        self.keep(_("Change the profile"), lambda case, _ticket: change_profile(case, name, text))


def list_profiles(case: CaseFile, names: Sequence[str], own: Sequence[str]) -> list[ListedProfile]:
    """Every profile with where it comes from and what it warns of."""
    listed = []
    for name in names:
        try:
            profile = read_profile(name, profile_text(name, case))
        except Refused as error:
            listed.append(ListedProfile(name=name, title=name, is_own=name in own, problem=str(error)))
            continue
        on = shown_date(profile.issued)
        issued = _("issued {date}").format(date=on) if on else _("no general rule issued")
        about = _("{authority}, {issued}, reviewed {reviewed}").format(
            authority=profile.authority or profile.title, issued=issued, reviewed=shown_date(profile.reviewed)
        )
        about = about[:1].upper() + about[1:]
        listed.append(
            ListedProfile(name=name, title=profile.title, is_own=name in own, about=about, warning=profile.warning)
        )
    return listed

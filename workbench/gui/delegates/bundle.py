"""Draws a bundle in the list of bundles: its name, and what kind it is and for whom."""

from __future__ import annotations

from html import escape

from workbench.domain.bundle import Bundle
from workbench.gui.delegates.rich_row import RichRow, quiet
from workbench.gui.theme import Theme
from workbench.gui.wording import KIND_TITLES, shortened
from workbench.runtime.i18n import speech as _


class BundleCard(RichRow):
    """One bundle in two lines."""

    def html(self, record: object, theme: Theme) -> str:
        assert isinstance(record, Bundle)
        return f"<div>{escape(shortened(record.name, 60))}</div><div>{quiet(about_bundle(record), theme)}</div>"


def about_bundle(bundle: Bundle) -> str:
    """``Hearing bundle · for the team · ctj-2021``."""
    kind = _(KIND_TITLES.get(bundle.kind, bundle.kind))
    return f"{kind}  ·  {_('for')} {_(bundle.audience)}  ·  {bundle.profile}"


def spoken_bundle(bundle: Bundle) -> str:
    """What a screen reader says for one."""
    return f"{bundle.name}, {about_bundle(bundle)}"

"""The templates that ship with the program, and those that a team gives as a file."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

from workbench.domain.audience import AUDIENCES
from workbench.domain.errors import NotFound, Refused
from workbench.domain.report_template import Known, ReportTemplate, template_from
from workbench.runtime.resources import resource_names, resource_text
from workbench.services.report.fields import COUNTS, FIELDS
from workbench.services.report.shown import SHOWS

DEFAULT = "case-study-report"
#: A template is words; anything longer is not one.
_MOST_BYTES = 1 << 20


def template_names() -> list[str]:
    """The names of the templates that ship with the program."""
    return resource_names("templates", ".toml")


def load_template(name: str = "") -> ReportTemplate:
    """A shipped template by name (the usual one for ""), or a file; raises ``NotFound`` or ``Refused``."""
    name = name or DEFAULT
    text, shown = _text(name)
    try:
        described = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"The report template “{shown}” cannot be read: {error}.") from error
    known = Known(fields=FIELDS, counts=tuple(COUNTS), shows=tuple(SHOWS), audiences=AUDIENCES)
    return template_from(shown, described, hashlib.sha256(text.encode()).hexdigest(), known)


def _text(name: str) -> tuple[str, str]:
    if name in template_names():
        return resource_text(f"templates/{name}.toml"), name
    path = Path(name)
    if not path.is_file():
        known = ", ".join(template_names())
        raise NotFound(f"There is no report template “{name}”. There are: {known}; or give the path of a .toml file.")
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise Refused(f"“{path.name}” is too large for a report template. Choose the TOML file that describes it.")
        return path.read_text(encoding="utf-8-sig"), path.name
    except OSError as error:
        raise NotFound(f"The report template “{path.name}” cannot be read: {error.strerror}. Check the path.") from None
    except UnicodeDecodeError:
        raise Refused(f"The report template “{path.name}” is no UTF-8 text. Save it as UTF-8.") from None

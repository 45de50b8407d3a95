"""Writes the certificate of a build: as JSON for programs, as PDF for people."""

from __future__ import annotations

import json

from workbench.domain.certificate import Certificate, certificate_record
from workbench.domain.progress import Ticket
from workbench.runtime.resources import resource_path
from workbench.runtime.sandbox import Limits, Sandbox

_TASK = "workbench.pdf.certificate_pages:make_task"
_LIMITS = Limits(memory_bytes=2 << 30, seconds_per_step=60.0)


def certificate_json(certificate: Certificate) -> str:
    """The certificate with its keys in order, so that equal certificates are equal bytes."""
    return json.dumps(certificate_record(certificate), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def certificate_pdf(certificate: Certificate, ticket: Ticket | None = None) -> bytes:
    """The certificate on A4 paper; equal certificates are equal bytes."""
    ticket = ticket or Ticket()
    fonts = [resource_path(f"fonts/LiberationSans-{name}.ttf").read_bytes() for name in ("Regular", "Bold")]
    with Sandbox(_TASK, limits=_LIMITS) as child:
        answer = child.call(
            {"certificate": certificate_record(certificate)},
            fonts,
            on_step=lambda step: ticket.tick(int(step["page"]), 0, certificate.title),
        )
    return answer.blobs[0]

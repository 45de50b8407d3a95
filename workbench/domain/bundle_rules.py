"""All rules for finished bundles, in order."""

from __future__ import annotations

from dataclasses import replace

from workbench.domain import (
    bundle_rules_documents,
    bundle_rules_file,
    bundle_rules_index,
    bundle_rules_numbers,
    bundle_rules_pages,
    bundle_rules_redaction,
)
from workbench.domain.bundle_expected import Expected
from workbench.domain.bundle_facts import BundleFacts
from workbench.domain.bundle_verdicts import Rule
from workbench.domain.checks import Check, Severity
from workbench.domain.rules_asked import RulesAsked

_SUBJECTS = (
    bundle_rules_file,
    bundle_rules_pages,
    bundle_rules_numbers,
    bundle_rules_index,
    bundle_rules_documents,
    bundle_rules_redaction,
)
#: Each rule's name begins with its id, so that they can be put in order.
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for subject in _SUBJECTS for rule in subject.RULES), key=lambda rule: rule.__name__)
)


def judge(facts: BundleFacts, expected: Expected | None = None, asked: RulesAsked | None = None) -> list[Check]:
    """Every rule, in order; severities as the profile sets them."""
    asked = asked or RulesAsked()
    return [_weighed(rule(facts, expected, asked), asked) for rule in RULES]


def _weighed(check: Check, asked: RulesAsked) -> Check:
    severity = asked.severities.get(check.id)
    return replace(check, severity=Severity(severity)) if severity and check.is_checked else check

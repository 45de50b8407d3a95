"""Foreseen trouble: each error's text is the sentence a person is shown."""


class WorkbenchError(Exception):
    """The world or the user did something foreseen; ``str(error)`` says what, where and what to do."""


class Cancelled(Exception):
    """The person asked for the running work to stop; not an error."""


class CaseNotOpened(WorkbenchError):
    """The case file cannot be opened: wrong passphrase, damaged, in use, or newer than this program."""


class CaseMissing(CaseNotOpened):
    """There is no file where the case should be."""


class WrongPassphrase(CaseNotOpened):
    """The passphrase does not open this case file."""


class CaseInUse(CaseNotOpened):
    """Another program holds the case; the sentence names who, where and since when."""


class CaseFromNewerVersion(CaseNotOpened):
    """The case was written by a newer version of the workbench."""


class CaseDamaged(CaseNotOpened):
    """The file is not a case file, or its bytes do not read as one."""


class NotFound(WorkbenchError):
    """Something named by the person is not in the case."""


class Refused(WorkbenchError):
    """The input breaks a rule; nothing was changed."""


class FileRefused(WorkbenchError):
    """One file cannot be imported; the sentence is its reason in the import report."""


class PdfDamaged(FileRefused):
    """A PDF cannot be followed by the library that reads it; another may still be able to."""


class ChildFailed(WorkbenchError):
    """A child process died, ran out of its limits or answered with something unreadable."""


class QueryRefused(WorkbenchError):
    """A search cannot be understood or answered correctly; the sentence says which part."""


class NothingToUndo(WorkbenchError):
    """There is no change left to undo or redo."""


class CheckFailed(WorkbenchError):
    """A finished file does not satisfy the rules it was built to; it is not handed over."""

"""The tables of a case file, as numbered small steps that are never edited once released."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from workbench.domain.errors import CaseFromNewerVersion
from workbench.store.triggers import create_triggers, missing_triggers

#: Written into the file; a program that knows fewer steps refuses to open it.
SCHEMA_VERSION = 5

case_schema = Migrations("case")

# name: columns; "?" may be NULL, ":int" / ":real" otherwise text, ">table" points at a table's id.
_RECORDS = {
    "investigation": "title scope_title scope_source urn_prefix urn_digits:int created_at",
    "scope_paragraph": "number text kind parent?>scope_paragraph position:int",
    "institution": "name kind aliases name_cy parent?>institution",
    "person": "cipher person_class",
    "protected_term": "person>person term",
    "case_study": "title scope institutions period reason",
    "theme": "name",
    "document": (
        "urn title kind filename media_type sha256>content.sha256 copy_sha256 bytes:int page_count:int "
        "pages_without_text:int text_digest on on_earliest on_latest proposed_on proposed_on_basis language "
        "author?>institution marking supplier parent?>document notices imported_at"
    ),
    "receipt": "document>document path supplier request parent?>document received_at",
    "refusal": "path sha256 bytes:int reason supplier request refused_at",
    "excerpt": (
        "document>document page_index:int start:int end:int quote prefix suffix text_digest boxes note themes "
        "state made_by made_at"
    ),
    "link": "excerpt>excerpt target stance",
    "event": "title on on_earliest on_latest words kind status institutions scope sources",
    "standard": "title excerpt?>excerpt from_on until_on",
    "assessment": (
        "institution>institution scope>scope_paragraph period rating standards evidence_for evidence_against gaps "
        "confidence reasoning"
    ),
    "finding": "kind case_study?>case_study",
    "sentence": "finding>finding position:int text evidence",
    "lesson": "text findings",
    "recommendation": "text addressee deadline lessons findings",
    "restriction": "kind made_by on targets until",
    "redaction": "document>document page_index:int quote boxes reason restriction?>restriction",
    "bundle": "name kind profile audience case_study?>case_study",
    "section": "bundle>bundle position:int title",
    "entry": "section>section position:int document>document pages title on",
    "build": (
        # Plain text, not keys: a build tells what left, whatever becomes of the bundle later.
        "bundle? case_study? number:int profile page_count:int sha256 filename history_head built_at"
    ),
}

_UNIQUE = (
    ("scope_paragraph", "number"),
    ("institution", "name"),
    ("person", "cipher"),
    ("theme", "name"),
    ("case_study", "title"),
    ("document", "urn"),
    ("document", "sha256"),
    ("bundle", "name"),
)

#: What tuples of identifiers and links may point at; one column each in the table ``reference``.
REFERENCE_TARGETS = (
    "institution",
    "scope_paragraph",
    "case_study",
    "person",
    "theme",
    "excerpt",
    "event",
    "standard",
    "assessment",
    "finding",
    "lesson",
    "document",
)


#: Added to ``reference`` by the fifth step.
LATER_REFERENCE_TARGETS = ("negative_search", "issue")


def _create_tables(db: Database, described: dict[str, str]) -> None:
    for name, columns in described.items():
        types: dict[str, type] = {"id": str}
        optional, keys = set(), []
        for column in columns.split():
            spec, _, target = column.partition(">")
            spec, _, kind = spec.partition(":")
            field = spec.removesuffix("?")
            types[field] = {"int": int, "real": float}.get(kind, str)
            if spec.endswith("?"):
                optional.add(field)
            if target:
                table, _, other = target.partition(".")
                keys.append((field, table, other or "id"))
        required = set(types) - optional
        db.table(name).create(types, pk="id", not_null=required, foreign_keys=keys, strict=True)
        for field, _, _ in keys:
            db.table(name).create_index([field], if_not_exists=True)


def _create_records(db: Database) -> None:
    _create_tables(db, _RECORDS)
    for name, field in _UNIQUE:
        db.table(name).create_index([field], unique=True, index_name=f"unique_{name}_{field}")


def _create_contents(db: Database) -> None:
    db.table("content").create(
        {"sha256": str, "bytes": int, "chunks": int}, pk="sha256", not_null={"bytes", "chunks"}, strict=True
    )
    db.execute(
        "CREATE TABLE content_chunk (sha256 TEXT NOT NULL REFERENCES content(sha256), position INTEGER NOT NULL, "
        "bytes BLOB NOT NULL, PRIMARY KEY (sha256, position)) STRICT"
    )
    db.table("working_copy").create(
        {"sha256": str, "copy_sha256": str},
        pk="sha256",
        not_null={"copy_sha256"},
        foreign_keys=[("sha256", "content", "sha256"), ("copy_sha256", "content", "sha256")],
        strict=True,
    )


def _create_history(db: Database) -> None:
    db.table("history").create(
        {
            "number": int,
            "at": str,
            "who": str,
            "action": str,
            "summary": str,
            "run": str,
            "reverts": str,
            "previous": str,
            "digest": str,
        },
        pk="number",
        not_null={"at", "who", "action", "summary", "run", "reverts", "previous", "digest"},
        strict=True,
    )
    db.execute(
        "CREATE TABLE history_row (entry INTEGER NOT NULL REFERENCES history(number), position INTEGER NOT NULL, "
        "table_name TEXT NOT NULL, row_id TEXT NOT NULL, before TEXT, after TEXT, before_digest TEXT NOT NULL, "
        "after_digest TEXT NOT NULL, PRIMARY KEY (entry, position)) STRICT, WITHOUT ROWID"
    )
    db.table("history_row").create_index(["row_id", "entry"])


def _create_references(db: Database) -> None:
    columns = ", ".join(f"{target} TEXT REFERENCES {target}(id)" for target in REFERENCE_TARGETS)
    db.execute(
        "CREATE TABLE reference (owner_id TEXT NOT NULL, owner_table TEXT NOT NULL, field TEXT NOT NULL, "
        f"position INTEGER NOT NULL, {columns}, PRIMARY KEY (owner_id, field, position)) STRICT, WITHOUT ROWID"
    )
    for target in REFERENCE_TARGETS:
        db.execute(f"CREATE INDEX reference_{target} ON reference({target}) WHERE {target} IS NOT NULL")


def _create_page_index(db: Database) -> None:
    db.execute(
        "CREATE TABLE page (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL REFERENCES content(sha256), "
        "page_index INTEGER NOT NULL, text TEXT NOT NULL, search_text TEXT NOT NULL, terms TEXT NOT NULL, "
        "width_pt REAL NOT NULL, height_pt REAL NOT NULL, text_digest TEXT NOT NULL, "
        "UNIQUE (sha256, page_index)) STRICT"
    )
    db.execute(
        "CREATE VIEW page_search_source AS SELECT id, "
        "CASE WHEN search_text = '' THEN text ELSE search_text END AS text, terms FROM page"
    )
    db.execute(
        "CREATE VIRTUAL TABLE page_search USING fts5(text, terms, content='page_search_source', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 2 tokenchars '_'\")"
    )
    db.execute("CREATE TABLE search_word (word TEXT PRIMARY KEY, stem TEXT NOT NULL) STRICT, WITHOUT ROWID")
    db.execute("CREATE INDEX search_word_stem ON search_word(stem)")


@case_schema()
def m0001_everything(db: Database) -> None:
    """The first released shape of a case."""
    _create_contents(db)
    _create_records(db)
    _create_history(db)
    _create_references(db)
    _create_page_index(db)


@case_schema()
def m0002_excerpts_over_pages(db: Database) -> None:
    """Words that run on over a page end: each later part names the one before it."""
    db.execute("ALTER TABLE excerpt ADD COLUMN continues TEXT REFERENCES excerpt(id)")
    db.table("excerpt").create_index(["continues"])


@case_schema()
def m0003_saved_views(db: Database) -> None:
    """Views and searches that a person named."""
    columns = {"id": str, "name": str, "room": str, "query": str}
    db.table("saved_view").create(columns, pk="id", not_null={"name", "room", "query"}, strict=True)


_FOURTH_COLUMNS = {
    "protected_term": ("kind TEXT NOT NULL DEFAULT 'name'",),
    "bundle": (
        "main TEXT REFERENCES bundle(id)",
        "is_divided INTEGER NOT NULL DEFAULT 0",
        "marks_references INTEGER NOT NULL DEFAULT 0",
        "volume_pages INTEGER NOT NULL DEFAULT 0",
        "volume_bytes INTEGER NOT NULL DEFAULT 0",
    ),
    "section": ("letter TEXT NOT NULL DEFAULT ''",),
    "build": (
        "kind TEXT NOT NULL DEFAULT 'bundle'",
        "audience TEXT NOT NULL DEFAULT 'team'",
        "files TEXT NOT NULL DEFAULT '[]'",
        "account_sha256 TEXT NOT NULL DEFAULT ''",
        "overrides TEXT NOT NULL DEFAULT '[]'",
        "late TEXT NOT NULL DEFAULT ''",
    ),
    "restriction": (
        "allows TEXT NOT NULL DEFAULT '[]'",
        "revoked_on TEXT NOT NULL DEFAULT ''",
        "note TEXT NOT NULL DEFAULT ''",
    ),
    "redaction": (
        "start INTEGER NOT NULL DEFAULT 0",
        '"end" INTEGER NOT NULL DEFAULT 0',
        "state TEXT NOT NULL DEFAULT 'proposed'",
        "basis TEXT NOT NULL DEFAULT ''",
        "label TEXT NOT NULL DEFAULT ''",
        "proposed_by TEXT NOT NULL DEFAULT ''",
        "proposed_at TEXT",
        "decided_by TEXT NOT NULL DEFAULT ''",
        "decided_at TEXT",
    ),
}
_FOURTH_TABLES: dict[str, tuple[dict[str, type], list[tuple[str, str, str]]]] = {
    "clearance": (
        {"document": str, "audience": str, "decision": str, "by": str, "on": str, "note": str},
        [("document", "document", "id")],
    ),
    # Plain text for the build: the log tells what left, whatever becomes of the build's row.
    "disclosure": (
        {"build": str, "recipient": str, "audience": str, "medium": str, "sent_on": str, "note": str},
        [],
    ),
    "warning_letter": (
        {"finding": str, "addressee": str, "sent_on": str, "due_on": str, "answered_on": str, "note": str},
        [("finding", "finding", "id")],
    ),
    "own_profile": ({"name": str, "based_on": str, "described": str}, []),
}


@case_schema()
def m0004_bundles_that_prove_themselves(db: Database) -> None:
    """Volumes, late pages, review of redactions, clearances, the disclosure log, warning letters, own profiles."""
    for table, columns in _FOURTH_COLUMNS.items():
        for column in columns:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.table("bundle").create_index(["main"])
    for name, (fields, keys) in _FOURTH_TABLES.items():
        db.table(name).create({"id": str, **fields}, pk="id", not_null=set(fields), foreign_keys=keys, strict=True)
        for field, _, _ in keys:
            db.table(name).create_index([field])
    db.table("own_profile").create_index(["name"], unique=True, index_name="unique_own_profile_name")


_FIFTH_COLUMNS = {
    "document": (
        "withdrawn_on TEXT NOT NULL DEFAULT ''",
        "withdrawn_reason TEXT NOT NULL DEFAULT ''",
        "superseded_by TEXT REFERENCES document(id)",
    ),
    "excerpt": ("withdrawn TEXT NOT NULL DEFAULT ''",),
    "event": (
        "people TEXT NOT NULL DEFAULT '[]'",
        "dispute TEXT NOT NULL DEFAULT ''",
        "note TEXT NOT NULL DEFAULT ''",
    ),
    "case_study": (
        "status TEXT NOT NULL DEFAULT 'proposed'",
        "alternatives TEXT NOT NULL DEFAULT '[]'",
        "context TEXT NOT NULL DEFAULT '[]'",
    ),
    "standard": (
        "kind TEXT NOT NULL DEFAULT 'other'",
        "institutions TEXT NOT NULL DEFAULT '[]'",
        "version TEXT NOT NULL DEFAULT ''",
        "replaces TEXT REFERENCES standard(id)",
        "note TEXT NOT NULL DEFAULT ''",
    ),
    "assessment": (
        "question TEXT NOT NULL DEFAULT ''",
        "dimensions TEXT NOT NULL DEFAULT '[]'",
        "issues TEXT NOT NULL DEFAULT '[]'",
        "author TEXT NOT NULL DEFAULT ''",
        "assessed_on TEXT NOT NULL DEFAULT ''",
    ),
    "finding": (
        "title TEXT NOT NULL DEFAULT ''",
        "status TEXT NOT NULL DEFAULT 'draft'",
        "criticised TEXT NOT NULL DEFAULT '[]'",
        "proof TEXT NOT NULL DEFAULT ''",
    ),
    "lesson": ("builds_on TEXT NOT NULL DEFAULT '[]'",),
    "recommendation": (
        "due_on TEXT NOT NULL DEFAULT ''",
        "measure TEXT NOT NULL DEFAULT ''",
        "is_final INTEGER NOT NULL DEFAULT 0",
        "earlier TEXT NOT NULL DEFAULT '[]'",
    ),
    "warning_letter": (
        "sealed TEXT NOT NULL DEFAULT ''",
        "evidence TEXT NOT NULL DEFAULT '[]'",
        "answer TEXT NOT NULL DEFAULT '[]'",
        "outcome TEXT NOT NULL DEFAULT ''",
        "is_waived INTEGER NOT NULL DEFAULT 0",
    ),
}
_FIFTH_TABLES = {
    "negative_search": (
        "sought query among period understood_as hits:int documents:int pages:int not_searchable conclusion "
        "searched_by searched_at history_head"
    ),
    "scope_exclusion": "institution>institution scope>scope_paragraph period reason",
    "second_reading": "assessment>assessment reader rating confidence reasoning read_on",
    "response": "recommendation>recommendation by on answer text state evidence",
    "event_order": "earlier>event later>event words source?>excerpt",
    "issue": "number scope>scope_paragraph text status",
    "evidence_request": (
        "reference kind addressee institution?>institution sent_on due_on answered_on about scope note"
    ),
    "hearing": "on day:int title kind venue witnesses note",
    "party": "name institution?>institution person?>person role from_on until_on representative",
}
_FIFTH_UNIQUE = (("issue", "number"), ("evidence_request", "reference"))


@case_schema()
def m0005_from_excerpts_to_recommendations(db: Database) -> None:
    """Second readings, negative searches, exclusions, responses, order of events, and what the inquiry did."""
    for table, columns in _FIFTH_COLUMNS.items():
        for column in columns:
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    db.table("document").create_index(["superseded_by"])
    db.table("standard").create_index(["replaces"])
    _create_tables(db, _FIFTH_TABLES)
    for name, field in _FIFTH_UNIQUE:
        db.table(name).create_index([field], unique=True, index_name=f"unique_{name}_{field}")
    for target in LATER_REFERENCE_TARGETS:
        db.execute(f"ALTER TABLE reference ADD COLUMN {target} TEXT REFERENCES {target}(id)")
        db.execute(f"CREATE INDEX reference_{target} ON reference({target}) WHERE {target} IS NOT NULL")


def refuse_newer(db: Database) -> None:
    """Raise ``CaseFromNewerVersion`` before anything is written to a case this program does not know."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise CaseFromNewerVersion(
            f"This case was written by a newer version of the workbench (its tables have number {version}, "
            f"this program knows {SCHEMA_VERSION}). Open it with that version."
        )


def migrate(db: Database) -> None:
    """Bring the tables up to date, then put back the triggers that ``transform`` may have dropped."""
    if db.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
        case_schema.apply(db)
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    if missing_triggers(db):
        create_triggers(db)

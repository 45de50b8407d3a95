"""The house keeps its shape: small files and functions, floors, names, no addresses and no machine's paths."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "workbench").rglob("*.py"))
BANNED_NAMES = {
    "manager",
    "helper",
    "util",
    "utils",
    "common",
    "misc",
    "handler",
    "processor",
    "data",
    "info",
    "new",
    "v2",
}
#: Where an error of any kind may be caught: the border names what went wrong and goes on.
BROAD_EXCEPT_BORDERS = {
    "workbench/gui/jobs.py",
    "workbench/gui/errors.py",
    "workbench/gui/app.py",
    "workbench/runtime/child.py",
    "workbench/services/import_parsing.py",
}
TOP_LEVEL = {
    "main.py", "workbench", "resources", "tests", "packaging", "docs", ".ci", "pyproject.toml", "Makefile", "README.md",
    "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", ".gitignore", ".gitattributes",
}  # fmt: skip


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT).as_posix())


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_small_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))
    long = [f"{f.name}: {_length(f)}" for f in _functions(path) if _length(f) > 40]
    assert long == []
    words = set(re.split(r"[_/.]", _name(path).removesuffix(".py")))
    allowed = {"base"} & words
    assert not (words - allowed) & BANNED_NAMES


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_at_its_top_and_catches_what_it_knows(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for function in _functions(path):
        inner = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert inner == [], f"{function.name} imports inside"
    caught = {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    }
    assert not caught or _name(path) in BROAD_EXCEPT_BORDERS, f"catches everything in lines {caught}"


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            if node.module == "PySide6":
                found |= {f"PySide6.{alias.name}" for alias in node.names}
    return found


_KEPT_IN = {
    "PySide6": "gui",
    "sqlite_utils": "store",
    "sqlcipher3": "store",
    "sqlite3": "store",
    "whoosh": "search",
    "pymupdf": "pdf",
    "fitz": "pdf",
    "pikepdf": "pdf",
    "pypdfium2": "pdf",
    "click": "cli",
}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_each_outside_library_lives_on_its_floor(path: Path) -> None:
    floor = path.relative_to(ROOT / "workbench").parts[0]
    for name in _imports(path):
        library = name.partition(".")[0]
        assert _KEPT_IN.get(library, floor) == floor, f"{library} belongs in {_KEPT_IN[library]}"
        assert name not in {"PySide6.QtNetwork", "socket", "ssl", "urllib.request", "http.client"}
        if floor == "domain":
            assert library in sys.stdlib_module_names or library == "workbench"


def test_the_floors_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_the_top_level_is_as_agreed() -> None:
    assert {name.partition("/")[0] for name in _tracked()} <= TOP_LEVEL


def test_no_registry_address_and_no_path_of_a_machine_is_tracked() -> None:
    registry = re.compile(
        r"https?://[^\s\"]*/simple\b|index-url +http|\"resolved\": *\"http|^registry *=", re.MULTILINE
    )
    machine = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w+|" + re.escape(str(ROOT.parent)) + "/")
    for name in _tracked():
        path = ROOT / name
        if (
            path.suffix in {".py", ".toml", ".lock", ".json", ".md", ".sh", ".txt", ".js", ".html", ".css", ""}
            and path.is_file()
        ):
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not registry.search(text), name
            assert not machine.search(text) or name == "tests/test_shape.py", name


def test_the_lock_names_hashes_and_no_address() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    assert "http" not in lock
    pins = re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)
    assert len(pins) > 20
    assert all(f"\n{pin}==" in "\n" + lock for pin in pins)
    assert lock.count("--hash=sha256:") >= len(pins)

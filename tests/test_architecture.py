"""The walls of the house: who may import whom."""

import ast
import functools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sizes import for_each

ADDON = Path(__file__).parent.parent / "addon"

LEAVES = {"keys", "logs", "text", "vendored", "version"}
"""Everybody may import them."""

ACTIONS = {"actions", "anki", "collection", "files", "gui", "schemas"}
ACTIONS |= {f"rpc.{module}" for module in ("caller", "context", "errors", "executor", "host", "registry")}
ACTIONS |= {"rpc.scopes", "rpc.threads"}
HOSTS = {"anki", "collection", "config", "extension", "gateway", "gui", "rpc", "http.server"}

ALLOWED = {
    "__init__": {"anki", "desktop"},
    "__main__": {"cli"},
    "cli": {"config", "gateway", "headless", "mcp.stdio_bridge", "rpc.openrpc", "terminal"},
    "terminal": {"terminal"},
    "keys": set(),
    "logs": set(),
    "version": set(),
    "text": {"idna", "text"},
    "vendored": {"_vendor", "jsonrpcserver", "marshmallow", "waitress"},
    "rpc": {"rpc", "apispec", "orjson"},
    "schemas": {"schemas"},
    "config": {"schemas"},
    "legacy_adapter": {"rpc.errors"},
    "gui": {"aqt"},
    "files": {"anki", "files", "requests", "urllib3"}
    | {f"rpc.{module}" for module in ("caller", "errors", "host", "shares", "threads")},
    "collection": {"anki", "collection", "files", "rpc"},
    "collection.profile_store": {"collection", "rpc", "send2trash"},
    "actions": ACTIONS,
    "actions.gateway": ACTIONS | {"rpc.openrpc", "rpc.operations", "rpc.shares"},
    "actions.graphical": ACTIONS | {"aqt"},
    "extension": {"extension", "jsonschema", "rpc"},
    "extension.declarations": {"extension.declarations"},
    "extension.interface": {"extension.declarations"},
    "mcp": {"mcp", "rpc"},
    "mcp.stdio_bridge": {"mcp.headers"},
    "http": {"http", "config", "legacy_adapter", "mcp", "rpc", "werkzeug"},
    "http.endpoints.media": {"http", "rpc", "werkzeug", "collection.media_folder"},
    "http.server": {"http.server", "rpc.shares"},
    "gateway": {"actions", "anki", "collection", "config", "extension", "http", "rpc", "schemas.tolerance"},
    "headless": HOSTS | {"headless", "keyring"},
    "desktop": HOSTS | {"desktop", "aqt", "http.call_log"},
}
"""Package, or module, to what it may import beside the standard library and the leaves; the longest name counts."""

ANKIS_CALLS = {
    *("_backend", "db_begin", "add_custom_undo_entry", "merge_undo_entries", "undo_status", "_clear_cache"),
    "remove_notes",
}
HTTPS_NAMES = {
    *("GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS"),
    *("Accept", "Authorization", "Content-Length", "Content-Type", "Host", "Origin", "X-API-Key"),
}

MODULES = sorted(path for path in ADDON.rglob("*.py") if "_vendor" not in path.parts)


def test_labels_of_qt_are_made_where_their_format_is_set():
    made = {path.name for path in ADDON.glob("desktop/**/*.py") if "QLabel(" in path.read_text("utf-8")}
    assert made == {"texts.py"}


def name_of(path: Path) -> str:
    name = ".".join(path.relative_to(ADDON).with_suffix("").parts)
    return name.removesuffix(".__init__")


def is_for_types_only(node: ast.stmt) -> bool:
    if not isinstance(node, ast.If):
        return False
    return any("TYPE_CHECKING" in (getattr(part, "id", ""), getattr(part, "attr", "")) for part in ast.walk(node.test))


def statements(body, inside_function=False, for_types=False):
    """Every statement below, as (the statement, is it inside a function, is it for types only)."""
    for node in body:
        yield node, inside_function, for_types
        inside = inside_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for field in ("body", "orelse", "handlers", "finalbody", "cases"):
            if inner := getattr(node, field, None):
                yield from statements(inner, inside, for_types or (field == "body" and is_for_types_only(node)))


def imports(found, package):
    """Every import among statements, as (what, is it relative, is it inside a function)."""
    for node, inside_function, for_types in found:
        if isinstance(node, ast.Import):
            named = [(alias.name, False, inside_function) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            named = imports_from(node, package, inside_function)
        else:
            continue
        yield from (each for each in named if each[1] or not for_types)  # types of others are free


def imports_from(node, package, inside_function):
    if not node.level:
        yield node.module, False, inside_function
        return
    base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
    for alias in node.names:
        place = ADDON.joinpath(*base, alias.name)
        is_module = place.with_suffix(".py").exists() or place.is_dir()
        yield ".".join([*base, alias.name] if is_module else base), True, inside_function


@functools.cache
def facts_of(path: Path):
    """The imports and the classes of a module. Its tree is not kept: to look for garbage in it takes as long again."""
    found = list(statements(ast.parse(path.read_text("utf-8")).body))
    named = list(imports(found, list(path.relative_to(ADDON).parent.parts)))
    return named, [node.name for node, _, _ in found if isinstance(node, ast.ClassDef)]


def imports_of(path: Path):
    return facts_of(path)[0]


def allowed_for(name: str) -> set[str]:
    candidates = [known for known in ALLOWED if name == known or name.startswith(f"{known}.")]
    return ALLOWED[max(candidates, key=len)] if candidates else set()


def is_among(target: str, names) -> bool:
    return any(target == name or target.startswith(name + ".") for name in names)


@for_each(path=MODULES)
def test_a_module_imports_only_what_its_layer_may(path):
    allowed = allowed_for(name_of(path) or "__init__") | LEAVES
    foreign = [
        target
        for target, is_ours, _ in imports_of(path)
        if target and not is_among(target, allowed) and (is_ours or target.split(".")[0] not in sys.stdlib_module_names)
    ]
    assert foreign == []


def test_no_modules_import_each_other_in_a_circle():
    found = circles({name_of(path): modules_named_by(path) for path in MODULES})
    assert not found, "each line is one circle; imports for types and inside functions count:\n" + "\n".join(found)


def modules_named_by(path: Path) -> set[str]:
    """The modules of ours that it imports anywhere: inside functions and for types only, too."""
    return {target for target, is_ours, _ in imports_of(path) if is_ours}


def circles(graph: dict[str, set[str]]) -> list[str]:
    """The groups of two or more modules each of which leads to all others of its group."""
    ahead = {name: reachable(name, graph) for name in graph}
    groups = {tuple(sorted(other for other in ahead[name] if name in ahead.get(other, ()))) for name in graph}
    return [" ".join(group) for group in sorted(groups) if len(group) > 1]


def reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    """All that it leads to; itself only where it leads back to itself."""
    found: set[str] = set()
    waiting = {start}
    while waiting:
        fresh = graph.get(waiting.pop(), set()) - found
        found |= fresh
        waiting |= fresh
    return found


@for_each(path=MODULES)
def test_imports_inside_the_addon_are_relative(path):
    assert [target for target, _, _ in imports_of(path) if target.split(".")[0] == "addon"] == []


@for_each(path=[p for p in MODULES if "actions" in p.parts])
def test_actions_import_aqt_inside_functions_only(path):
    assert [t for t, _, inside in imports_of(path) if t.split(".")[0] == "aqt" and not inside] == []


@for_each(path=[p for p in MODULES if p.parent.name == "rpc"])
def test_the_core_knows_neither_ankis_calls_nor_http(path):
    """What an undo step is stands in addon/collection/, and what HTTP is in addon/http/: the core is handed both."""
    tree = ast.parse(path.read_text())
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert (attributes | texts) & ANKIS_CALLS == set()
    assert texts & HTTPS_NAMES == set()


def test_only_the_server_uses_waitress_and_takes_it_from_vendored():
    users = {name_of(path): path.read_text() for path in MODULES if "waitress" in path.read_text()}
    assert [name for name in users if not name.startswith("http.server.")] == ["vendored"]
    lines = {line for name, text in users.items() if name != "vendored" for line in text.splitlines()}
    assert [line for line in lines if "import" in line and "waitress" in line] == ["from ...vendored import waitress"]


def test_few_modules_stand_loose():
    assert len(list(ADDON.glob("*.py"))) <= 10


def test_only_the_answers_use_jsonrpcserver():
    users = [name_of(path) for path in MODULES if "jsonrpcserver." in path.read_text()]
    assert users == ["rpc.answers"]


RUNS_STATEMENTS = {
    "collection.change_log": "only in an Anki that lacks the quiet way, as soon as a collection is open",
    "collection.sync_status": "on an empty collection of its own",
    "actions.statistic.reviews": "it says that it clears the history",
    "actions.package.templates": "on a package",
    "headless.opening": "on a file that no collection has opened",
    "headless.base_folder": "on Anki's list of profiles",
    "collection.profile_store": "on Anki's list of profiles",
}


def test_statements_other_than_select_are_known():
    """Each of them, a pragma too, clears Anki's undo history if it runs on the open collection (`DBProxy.execute`)."""
    runs = re.compile(r"\.(execute|executemany|executescript)\(")
    assert {name_of(path) for path in MODULES if runs.search(path.read_text())} == {*RUNS_STATEMENTS}


def test_only_temporary_tables_are_changed_without_ankis_notice():
    """Anki would not know that the collection was changed, and undo would restore what nobody expects.

    A backup changes a time, too, and puts it back at once.
    """
    users = {name_of(path) for path in MODULES if re.search(r"\b(quiet_statements|_run_command)\(", path.read_text())}
    assert users == {"collection.quiet_statements", "collection.change_log", "collection.backups"}


def test_no_module_is_left_without_a_layer():
    assert [name_of(p) for p in MODULES if not allowed_for(name_of(p) or "__init__") and name_of(p) not in LEAVES] == []


def test_anki_loads_a_short_module():
    assert len((ADDON / "__init__.py").read_text().splitlines()) <= 20


@pytest.mark.process
def test_what_only_requests_need_is_not_loaded_before_the_first():
    source = "import sys, addon.gateway; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", source], cwd=ADDON.parent, capture_output=True, text=True, check=True
    )
    assert {"addon.actions", "addon.schemas.note.notes", "jsonrpcserver"} & set(loaded.stdout.split()) == set()


def test_no_class_name_occurs_twice():
    names: dict[str, list[str]] = {}
    for path in ADDON.glob("**/*.py"):
        for name in facts_of(path)[1]:
            if name != "Meta":  # marshmallow's own
                names.setdefault(name, []).append(path.relative_to(ADDON).as_posix())
    assert {name: places for name, places in names.items() if len(places) > 1} == {}


OLD_WORDS = re.compile(r"AnkiConnect|lenient|tolera", re.IGNORECASE)
OLD_SETTINGS = re.compile(r"ANKICONNECT_\w+|AnkiConnect Plus|anki_?connect_?plus", re.IGNORECASE)


def test_the_old_protocol_stands_in_the_adapter_and_the_overlay():
    """Schemas are strict, and only the actions that the adapter's header lists ask who calls."""
    header = ast.get_docstring(ast.parse((ADDON / "legacy_adapter.py").read_text("utf-8")))
    for path in sorted([*ADDON.glob("schemas/**/*.py"), *ADDON.glob("actions/**/*.py")]):
        name = path.relative_to(ADDON).as_posix()
        if name == "schemas/tolerance.py" or name.removeprefix("actions/") in header:
            continue
        words = OLD_WORDS.findall(OLD_SETTINGS.sub("", path.read_text("utf-8")))
        assert len(words) <= OF_SETTINGS.get(name, 0), f"{name}: facts for old clients belong in schemas/tolerance.py"


OF_SETTINGS = {"schemas/config.py": 3}
"""How often a module may name AnkiConnect, in the help of settings that come from there."""

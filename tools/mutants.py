"""Sample mutants of the modules that decide, and report those that the tests do not notice.

A mutant is a module with one small change: another comparison, a constant that is off by one, a `raise` left out.
The tests of the module should fail with it. If they pass, they are weak there, unless the change has no effect.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import importlib.util
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple, TypeVar

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[1]
GUARDED_BY = {
    "addon/files/address_policy.py": ("tests/files/test_address_policy.py",),
    "addon/files/file_policy.py": ("tests/files/test_file_policy.py",),
    "addon/http/key_throttle.py": ("tests/http/test_guard.py",),
    "addon/http/guard.py": ("tests/http/test_guard.py",),
    "addon/keys.py": ("tests/test_keys.py", "tests/test_config.py"),
    "addon/legacy_adapter.py": ("tests/test_legacy_translation.py", "tests/test_legacy_adapter.py"),
    "addon/rpc/dispatcher.py": ("tests/rpc/test_dispatcher.py", "tests/rpc/test_specification.py"),
}
"""Each module, and the quick test files that have to notice its mutants."""
NEEDED = ("addon", "clients", "docs", "spec", "tests", "pyproject.toml")
"""The parts of the repository that these tests read."""
WORKERS = 2

_PAIRS = [
    *(("==", "!="), ("<", "<="), (">", ">="), ("is", "is not"), ("in", "not in"), ("and", "or")),
    *(("+", "-"), ("*", "/"), ("|", "&")),
]
SWAPS = {**dict(_PAIRS), **{right: left for left, right in _PAIRS}, "//": "*", "%": "*", "**": "*"}
"""What each operator is replaced by."""
OPERATOR = re.compile("|".join(re.escape(text) for text in sorted(SWAPS, key=len, reverse=True)).encode())


class Mutant(NamedTuple):
    """A change of a source: the bytes from `start` to `end` become `text`."""

    start: int
    end: int
    text: str

    def of(self, source: bytes) -> bytes:
        return source[: self.start] + self.text.encode() + source[self.end :]

    def line(self, source: bytes) -> int:
        return source.count(b"\n", 0, self.start) + 1

    def diff(self, source: bytes) -> str:
        """The changed lines alone, as in a unified diff."""
        before, after = source.decode().splitlines(), self.of(source).decode().splitlines()
        return "\n".join(list(difflib.unified_diff(before, after, n=0, lineterm=""))[3:])


def mutants(source: bytes) -> list[Mutant]:
    """Every mutant of a module, in the order of the source."""
    return sorted(set(_Mutations(source).of(ast.parse(source))))


def sample(source: bytes, number: int, seed: object) -> list[Mutant]:
    """Some of a module's mutants; the same ones for the same seed."""
    every = mutants(source)
    return sorted(random.Random(str(seed)).sample(every, min(number, len(every))))  # noqa: S311  (no secret)


class _Mutations:
    """Finds what can be changed. Docstrings, annotations, assertions and log entries are left alone."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def of(self, node: ast.AST) -> Iterator[Mutant]:
        """The mutants of a node and of everything in it."""
        if _is_left_alone(node):
            return
        if isinstance(node, ast.stmt):
            yield from self._of_statement(node)
        elif isinstance(node, ast.expr):
            yield from self._of_expression(node)
        for condition in _conditions(node):
            yield from self._negated(condition)
        types = {getattr(node, name, None) for name in ("annotation", "returns")}
        for child in ast.iter_child_nodes(node):
            if child not in types:
                yield from self.of(child)

    def _of_statement(self, node: ast.stmt) -> Iterator[Mutant]:
        if isinstance(node, ast.Return) and not _is_none(node.value):
            yield self._put(node, "return None")
        if isinstance(node, ast.Raise | ast.Continue | ast.Break | ast.Delete | ast.AugAssign) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ):
            yield self._put(node, "pass")
        if isinstance(node, ast.If):  # an early return goes by this, too
            yield Mutant(self._start(node.body[0]), self._end(node.body[-1]), "pass")

    def _of_expression(self, node: ast.expr) -> Iterator[Mutant]:
        if isinstance(node, ast.Compare):
            yield from self._swapped([node.left, *node.comparators])
        elif isinstance(node, ast.BoolOp):
            yield from self._swapped(node.values)
        elif isinstance(node, ast.BinOp) and not _is_type(node.right):
            yield from self._swapped([node.left, node.right])
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            start = self._start(node)
            yield Mutant(start, start + len("not "), "")
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, bool):
                yield self._put(node, str(not node.value))
            elif isinstance(node.value, int | float):
                yield self._put(node, str(node.value + 1))
                yield self._put(node, str(node.value - 1))
            elif isinstance(node.value, str | bytes) and node.value:
                yield self._put(node, '""' if isinstance(node.value, str) else 'b""')

    def _negated(self, test: ast.expr) -> Iterator[Mutant]:
        """A condition without an operator that another mutant changes."""
        is_not = isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)
        if not is_not and not isinstance(test, ast.Compare | ast.BoolOp | ast.NamedExpr):
            start, end = self._start(test), self._end(test)
            yield Mutant(start, end, f"(not ({self._source[start:end].decode()}))")

    def _swapped(self, operands: Sequence[ast.expr]) -> Iterator[Mutant]:
        for left, right in pairwise(operands):
            begin = self._end(left)
            between = re.sub(b"#.*", lambda comment: b" " * len(comment[0]), self._source[begin : self._start(right)])
            if found := OPERATOR.search(between):
                yield Mutant(begin + found.start(), begin + found.end(), SWAPS[found[0].decode()])

    def _put(self, node: ast.stmt | ast.expr, text: str) -> Mutant:
        return Mutant(self._start(node), self._end(node), text)

    def _start(self, node: ast.stmt | ast.expr) -> int:
        return self._lines[node.lineno - 1] + node.col_offset

    def _end(self, node: ast.stmt | ast.expr) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return self._lines[node.end_lineno - 1] + node.end_col_offset


def _conditions(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return [node.test]
    return node.ifs if isinstance(node, ast.comprehension) else []


def _is_left_alone(node: ast.AST) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True  # a docstring
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return True
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("logger.", "logging.")):
        return True
    if isinstance(node, ast.Expr) and _is_left_alone(node.value):
        return True
    # Python 3.11 places the texts of an f-string where the whole begins.
    return isinstance(node, ast.Assert | ast.Import | ast.ImportFrom | ast.JoinedStr)


def _is_type(node: ast.expr) -> bool:
    """It looks like a type, as in `str | None`."""
    builtin = {"bool", "bytes", "dict", "float", "frozenset", "int", "list", "object", "set", "str", "tuple"}
    if not isinstance(node, ast.Name):
        return _is_none(node)
    return node.id in builtin or (node.id[:1].isupper() and not node.id.isupper())


def _is_none(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


class Tree:
    """A copy of the repository in which a module can be changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        ignore = shutil.ignore_patterns("__pycache__", "node_modules", "user_files")
        for name in NEEDED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, path / name, ignore=ignore)
            else:
                shutil.copy(ROOT / name, path / name)

    def notices(self, module: str, content: bytes, timeout: float) -> bool:
        """Whether the module's tests fail, or do not end in time, with this content."""
        file = self._path / module
        source = file.read_bytes()
        try:
            self._write(file, content)
            return self.run(module, timeout) is not None
        finally:
            self._write(file, source)

    def run(self, module: str, timeout: float) -> str | None:
        """Run the tests of a module: what they print if they fail, or None."""
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *GUARDED_BY[module]]
        with subprocess.Popen(  # noqa: S603
            command,
            cwd=self._path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                output = process.communicate(timeout=timeout)[0]
            except subprocess.TimeoutExpired:
                if sys.platform == "win32":
                    process.kill()
                else:
                    os.killpg(process.pid, signal.SIGKILL)
                return f"not done within {timeout:g} seconds"
        return output if process.returncode else None

    @staticmethod
    def _write(file: Path, content: bytes) -> None:
        """Python would take a compiled module for current that has the size and the second of the last one."""
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)
        file.write_bytes(content)


class Trees:
    """A tree for each worker. Work that is left when this is closed is dropped."""

    def __init__(self, folder: str) -> None:
        self._pool = ThreadPoolExecutor(WORKERS)
        self._free: SimpleQueue[Tree] = SimpleQueue()
        for worker in range(WORKERS):
            (path := Path(folder, str(worker))).mkdir()
            self._free.put(Tree(path))

    def submit(self, work: Callable[[Tree], T]) -> Future[T]:
        return self._pool.submit(self._do, work)

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)

    def _do(self, work: Callable[[Tree], T]) -> T:
        tree = self._free.get()
        try:
            return work(tree)
        finally:
            self._free.put(tree)


def run(modules: Sequence[str], number: int, seed: object) -> int:
    """Try a sample of each module's mutants, and print the survivors and a table. The exit status."""
    with tempfile.TemporaryDirectory() as folder, closing(Trees(folder)) as trees:
        return _run(trees, modules, number, seed)


def _run(trees: Trees, modules: Sequence[str], number: int, seed: object) -> int:
    checks = [(module, trees.submit(partial(_check, module))) for module in modules]
    jobs = []
    for module, check in checks:
        seconds, failure = check.result()
        if failure is not None:
            print(f"The tests of {module} fail without a mutant:\n{failure}")
            return 1
        source = (ROOT / module).read_bytes()
        for mutant in sample(source, number, f"{seed} {module}"):
            content, timeout = mutant.of(source), 30 + 5 * seconds
            job = trees.submit(partial(Tree.notices, module=module, content=content, timeout=timeout))
            jobs.append((module, source, mutant, job))
    totals, noticed = Counter[str](), Counter[str]()
    for module, source, mutant, job in jobs:
        totals[module] += 1
        if job.result():
            noticed[module] += 1
        else:
            print(f"{module}:{mutant.line(source)}\n{mutant.diff(source)}", flush=True)
    for module in modules:
        print(f"{module:28} {noticed[module]:4}/{totals[module]}")
    return 0


def _check(module: str, tree: Tree) -> tuple[float, str | None]:
    """How long a module's tests take, and how they fail as they are."""
    begin = time.monotonic()
    failure = tree.run(module, 600)
    return time.monotonic() - begin, failure


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Sample mutants and report those that the tests do not notice.")
    parser.add_argument("names", nargs="*", help="only modules whose path contains one of these")
    parser.add_argument("--number", type=int, default=20, help="mutants of each module")
    parser.add_argument("--seed", default=str(random.randrange(1000)), help="the same seed gives the same mutants")  # noqa: S311
    options = parser.parse_args()
    modules = [name for name in GUARDED_BY if not options.names or any(part in name for part in options.names)]
    print(f"{options.number} mutants of each module, SEED={options.seed}", flush=True)
    return run(modules, options.number, options.seed)


if __name__ == "__main__":
    sys.exit(main())

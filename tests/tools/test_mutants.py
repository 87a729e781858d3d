"""The sampler of mutants: each has one change, compiles, and leaves alone what no test need notice."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import mutants

ROOT = Path(__file__).resolve().parents[2]


def lines_of(source):
    """The mutants of a source, each as what it makes of the line that it changes."""
    return [mutant.diff(source.encode()).partition("\n+")[2] for mutant in mutants.mutants(source.encode())]


@pytest.mark.parametrize("module", mutants.GUARDED_BY)
def test_every_mutant_differs_from_its_module_in_one_place_and_compiles(module):
    source = (ROOT / module).read_bytes()
    some = mutants.sample(source, 40, 1)
    assert len({mutant.of(source) for mutant in some}) == len(some) > 20
    for mutant in some:
        content = mutant.of(source)
        compile(content, module, "exec", dont_inherit=True)
        assert content != source
        rest = len(source) - mutant.end
        assert (content[: mutant.start], content[len(content) - rest :]) == (
            source[: mutant.start],
            source[mutant.end :],
        )
        assert mutant.diff(source).startswith("-")


@pytest.mark.parametrize("module", mutants.GUARDED_BY)
def test_the_tests_of_each_module_are_there(module):
    assert [path for path in (module, *mutants.GUARDED_BY[module]) if not (ROOT / path).is_file()] == []


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("a == b", ["a != b"]),
        ("a not in b", ["a in b"]),
        ("a is not b", ["a is b"]),
        ("a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("a and b and c", ["a or b and c", "a and b or c"]),
        ("(a) or (b)", ["(a) and (b)"]),
        ("not a", ["a"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("a if b else c", ["a if (not (b)) else c"]),
        ("[a for a in b if c]", ["[a for a in b if (not (c))]"]),
        ("x = True", ["x = False"]),
        ("x = 'é' + 5", ['x = "" + 5', "x = 'é' - 5", "x = 'é' + 4", "x = 'é' + 6"]),
        ("f(a)", ["pass"]),
        ("raise a", ["pass"]),
        ("a += b", ["pass"]),
        ("def f(): return a", ["def f(): return None"]),
        ("def f(): return None", []),
        ("if a: b = c", ["if (not (a)): b = c", "if a: pass"]),
        ("if a == b: b = c", ["if a != b: b = c", "if a == b: pass"]),
        ("while a: b = c", ["while (not (a)): b = c"]),
        ('"""A docstring."""', []),
        ("x: Literal['a'] = b", []),
        ("def f(a: int | None) -> b[5]: c = d", []),
        ("X = int | None", []),
        ("isinstance(a, str | Part)", ["pass"]),
        ("logger.error('text', 5)", []),
        ("assert a == 5", []),
        ("import a", []),
        ("if TYPE_CHECKING: a = 5", []),
        ("x = f'{a} of {b}'", []),
    ],
)
def test_what_is_made_of_a_line(line, changed):
    assert sorted(lines_of(line)) == sorted(changed)


def test_an_operator_is_found_over_lines_and_comments():
    source = b"x = (\n    a  # this == that\n    == b\n)\n"
    (mutant,) = mutants.mutants(source)
    assert mutant.of(source) == b"x = (\n    a  # this == that\n    != b\n)\n"
    assert mutant.line(source) == 3


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another():
    source = (ROOT / "addon/legacy_adapter.py").read_bytes()
    assert mutants.sample(source, 20, 1) == mutants.sample(source, 20, 1) != mutants.sample(source, 20, 2)
    assert len(mutants.sample(source, 20, 1)) == 20
    assert mutants.sample(source, 10**6, 1) == mutants.mutants(source)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A repository of one module, whose test sees one of its two values."""
    for folder in ("addon", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "addon/small.py").write_text("SEEN = True\nUNSEEN = True\n")
    (tmp_path / "tests/test_small.py").write_text(
        "import sys; sys.path.insert(0, 'addon'); import small\ndef test_it(): assert small.SEEN == 1\n"
    )
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    monkeypatch.setattr(mutants, "NEEDED", ("addon", "tests"))
    monkeypatch.setattr(mutants, "GUARDED_BY", {"addon/small.py": ("tests/test_small.py",)})
    return tmp_path


@pytest.mark.process
def test_survivors_are_shown_and_counted_and_the_sources_stay_as_they_are(small, capsys):
    before = (small / "addon/small.py").read_bytes()
    assert mutants.run(["addon/small.py"], 20, 1) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:-1] == [
        *("addon/small.py:2", "-UNSEEN = True", "+UNSEEN = False"),
    ]
    assert lines[-1].split() == ["addon/small.py", "1/2"]
    assert (small / "addon/small.py").read_bytes() == before
    assert sorted(path.name for path in small.rglob("*")) == ["addon", "small.py", "test_small.py", "tests"]


@pytest.mark.process
def test_a_mutant_that_hangs_is_noticed(small, tmp_path):
    (tmp_path / "copy").mkdir()
    tree = mutants.Tree(tmp_path / "copy")
    assert tree.notices("addon/small.py", b"import time\ntime.sleep(60)\n", 2)
    assert not tree.notices("addon/small.py", b"SEEN = 1\n", 60)


@pytest.mark.process
def test_tests_that_fail_without_a_mutant_are_shown_and_end_it(small, capsys):
    (small / "tests/test_small.py").write_text("def test_it(): assert 1 == 2\n")
    assert mutants.run(["addon/small.py"], 20, 1) == 1
    assert "assert 1 == 2" in capsys.readouterr().out

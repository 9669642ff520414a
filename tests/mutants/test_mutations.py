"""The mutants themselves: what is changed, what is left alone, and that every reason on record is about a mutant there is."""

import ast
import tomllib
from pathlib import Path

from tests.mutants.mutations import mutants
from tests.mutants.targets import WHOLE, elsewhere, sample

ROOT = Path(__file__).parents[2]
MODULE = '''
LIMIT: int | None = 7

def fee(people: int | None, each=2):
    """Text + text."""
    if people is None or people < 3:
        return "a" + "b" + f"{each * 2}"
    return number("kr") * each - 1

@compiled
def inner(x):
    return x + 1
'''


def changes(tmp_path: Path, source: str = MODULE) -> list[str]:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    return [mutant.name.rpartition(": ")[2] for mutant in mutants(tmp_path, "module.py")]


def test_sums_comparisons_words_and_numbers_are_changed_and_texts_types_and_compiled_code_are_not(
    tmp_path: Path,
) -> None:
    assert changes(tmp_path) == [
        "Or -> And", "Lt -> LtE at 0", "Lt -> GtE at 0", "3 -> 4", "Sub -> Add", "Mult -> Div", "1 -> 2",
    ]  # fmt: skip


def test_each_mutant_is_the_module_with_one_change(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("def f(a, b):\n    return a + b * 2\n", encoding="utf-8")
    found = [ast.unparse(mutant.tree(tmp_path)).splitlines()[1].strip() for mutant in mutants(tmp_path, "module.py")]
    assert found == ["return a - b * 2", "return a + b / 2", "return a + b * 3"]


def test_equal_changes_on_equal_lines_have_names_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("def f(a):\n    return a + a + a\n", encoding="utf-8")
    names = [mutant.name for mutant in mutants(tmp_path, "module.py")]
    assert names == ["f: return a + a + a: Add -> Sub", "f: return a + a + a: Add -> Sub (no. 2)"]


def test_every_reason_for_a_survivor_is_about_a_mutant_there_is() -> None:
    reasons = tomllib.loads((ROOT / "tests/mutants/survivors.toml").read_text(encoding="utf-8"))
    there = {mutant.id for group in (*WHOLE, *elsewhere(ROOT)) for mutant in group.mutants(ROOT)}
    assert not reasons.keys() - there


def test_the_sample_depends_on_the_seed_alone() -> None:
    rest = elsewhere(ROOT)
    once, again, other = (
        [mutant.id for part in sample(rest, ROOT, seed, 50).values() for mutant in part] for seed in (1, 1, 2)
    )
    assert once == again != other
    assert len(set(once)) == 50


def test_every_test_that_judges_is_there() -> None:
    for group in (*WHOLE, *elsewhere(ROOT)):
        for test in (test for tests in group.modules.values() for test in tests):
            path, _, name = test.partition("::")
            assert (ROOT / path).exists()
            assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")

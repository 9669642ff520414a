"""Parquet is read by the thread that asks: a command that ended just after pyarrow 26 had started threads of its own was aborted (SIGABRT).

Seen on two busy cores for `takstlab rank`, whose answer was printed in full, and for errors that are said after a first file was read:
"terminate called without an active exception", in 6 of 30 and 9 of 40 tries; in none of 80 by one thread.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
READS = {"read_table", "iter_batches", "read_row_group", "read_row_groups"}


def reads_by_threads(source: str) -> Iterator[int]:
    """Yield the lines of a module that read Parquet without saying that one thread does it."""
    opened = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Assign)
            and "ParquetFile(" in ast.unparse(node.value)
            and ".read(" not in ast.unparse(node.value)
        ):
            opened |= {ast.unparse(target) for target in node.targets}
        if isinstance(node, ast.withitem) and "ParquetFile(" in ast.unparse(node.context_expr) and node.optional_vars:
            opened.add(ast.unparse(node.optional_vars))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = ast.unparse(node.func.value)
        whole = node.func.attr == "read" and (of in opened or "ParquetFile(" in of)
        if (whole or node.func.attr in READS) and not any(
            word.arg == "use_threads" and ast.unparse(word.value) == "False" for word in node.keywords
        ):
            yield node.lineno


def test_a_read_by_threads_is_found() -> None:
    assert list(reads_by_threads("import pyarrow.parquet as pq\npq.read_table(path, columns=['a'])")) == [2]
    assert list(reads_by_threads("with pq.ParquetFile(path) as file:\n    file.read(columns=names)")) == [2]
    assert list(reads_by_threads("pq.ParquetFile(path).read(use_threads=True)")) == [1]
    assert not list(reads_by_threads("pq.read_table(path, use_threads=False)\nopen(path).read()"))


def test_every_module_reads_parquet_by_one_thread() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for room in ("api", "sim", "tariffs", "data")
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in reads_by_threads(path.read_text(encoding="utf-8"))
    ]
    assert not found

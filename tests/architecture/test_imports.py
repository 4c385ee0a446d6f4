"""The floors of the house: who may import whom."""

import ast

from importlinter.cli import lint_imports

from tests.architecture.sources import PACKAGES, ROOT, functions, name, python_files


def test_every_import_contract_is_kept(capsys):
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_no_function_imports():
    hidden = [
        f"{name(path)}:{inner.lineno}"
        for path in python_files(*PACKAGES)
        for function in functions(path)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []

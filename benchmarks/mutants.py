"""Single small changes to a module, each of which some test ought to notice.

A mutant is one changed node of the syntax tree: a comparison moved by one or turned round, an
arithmetic sign exchanged, a number raised by one, a condition negated, a check or a refusal left
out, ``min`` for ``max``. Words (docstrings, messages, annotations) are left alone, and so is
``strict`` of ``zip``, which only says what the code around it takes for granted.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
    "minimum": "maximum",
    "maximum": "minimum",
    "argmin": "argmax",
    "argmax": "argmin",
    "left": "right",
    "right": "left",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of one module."""

    function: str
    """The function or class it lies in; empty at the level of the module."""
    line: int
    """First line of the statement."""
    last_line: int
    """Last line of the statement, or of its head where it holds others."""
    before: str
    """The statement, or its head where it holds others."""
    after: str
    """The same with the change."""
    tree: ast.Module
    """The whole module with the change."""


Site = tuple[ast.AST, str, int | None]
"""A parent, its field, and the place in it where that is a list."""


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    for function, statement, site in _sites(tree):
        node, before = _get(site), _head(statement)
        for changed in _changes(node):
            _put(site, changed)
            yield Mutant(
                function,
                statement.lineno,
                max(statement.lineno, _last_line(statement)),
                before,
                _head(changed if node is statement else statement),
                ast.fix_missing_locations(copy.deepcopy(tree)),
            )
            _put(site, node)


def _head(statement: ast.AST) -> str:
    return ast.unparse(statement).splitlines()[0]


def _last_line(statement: ast.stmt) -> int:
    body = getattr(statement, "body", None) or getattr(statement, "cases", None)
    if isinstance(body, list) and body and hasattr(body[0], "lineno"):
        return int(body[0].lineno) - 1
    return statement.end_lineno or statement.lineno


def _get(site: Site) -> ast.AST:
    parent, field, at = site
    value = getattr(parent, field)
    found = value if at is None else value[at]
    assert isinstance(found, ast.AST)
    return found


def _put(site: Site, node: ast.AST) -> None:
    parent, field, at = site
    if at is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[at] = node


def _sites(tree: ast.Module) -> Iterator[tuple[str, ast.stmt, Site]]:
    """Yield every node that may be changed, with its function and its statement."""

    def inside(
        node: ast.AST, function: str, statement: ast.stmt | None
    ) -> Iterator[tuple[str, ast.stmt, Site]]:
        for field, value in ast.iter_fields(node):
            if _is_words(node, field):
                continue
            for at, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not isinstance(child, ast.AST) or _is_type_checking(child):
                    continue
                here = child if isinstance(child, ast.stmt) else statement
                if here is not None:
                    yield function, here, (node, field, at)
                name = function
                if isinstance(child, ast.FunctionDef | ast.ClassDef):
                    name = f"{function}.{child.name}" if function else child.name
                yield from inside(child, name, here)

    yield from inside(tree, "", None)


def _is_words(node: ast.AST, field: str) -> bool:
    """Whether a field holds words for people or for a type checker, or how a value is stored."""
    if field in {"annotation", "returns", "decorator_list", "type_params"}:
        return True
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.keyword) and node.arg == "strict":
        return True
    if isinstance(node, ast.Subscript) and field == "slice":
        return isinstance(node.value, ast.Name) and node.value.id[:1].isupper()
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    for kind, change in CHANGES.items():
        if isinstance(node, kind):
            yield from change(node)


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for at, operator in enumerate(node.ops):
        for other in COMPARISONS[type(operator)]:
            operators = [*node.ops[:at], other(), *node.ops[at + 1 :]]
            yield ast.Compare(node.left, operators, node.comparators)


def _binary(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in ARITHMETIC:
        yield ast.BinOp(node.left, ARITHMETIC[type(node.op)](), node.right)


def _augmented(node: ast.AugAssign) -> Iterator[ast.AST]:
    if type(node.op) in ARITHMETIC:
        yield ast.AugAssign(node.target, ARITHMETIC[type(node.op)](), node.value)


def _unary(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield node.operand


def _boolean(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int():
            yield ast.Constant(node.value + 1)
        case float():
            yield ast.Constant(2 * node.value if node.value else 1.0)
        case str() if node.value in NAMES:
            yield ast.Constant(NAMES[node.value])


def _condition(node: ast.If | ast.IfExp | ast.While) -> Iterator[ast.AST]:
    if not isinstance(node.test, ast.Compare | ast.UnaryOp):
        changed = copy.copy(node)
        changed.test = ast.UnaryOp(ast.Not(), node.test)
        yield changed


def _name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES and isinstance(node.ctx, ast.Load):
        yield ast.Name(NAMES[node.id], node.ctx)


def _attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr], node.ctx)


def _left_out(node: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(node, ast.Expr) and not isinstance(node.value, ast.Call):
        return
    yield ast.Pass()


CHANGES: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _compare,
    ast.BinOp: _binary,
    ast.AugAssign: _augmented,
    ast.UnaryOp: _unary,
    ast.BoolOp: _boolean,
    ast.Constant: _constant,
    ast.If: _condition,
    ast.IfExp: _condition,
    ast.While: _condition,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Raise: _left_out,
    ast.Expr: _left_out,
    ast.Continue: _left_out,
    ast.Break: _left_out,
}

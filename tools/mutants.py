"""The small ways to break a Python file: each comparison, sum, number, test, return, call and assignment by itself.

A mutant is what to put where; the tree is only made when it is needed, so
that listing them costs nothing. Texts, annotations and docstrings are left
alone, and so is what an __init__ only prepares. Who notices is asked by mutate.py.
"""
import ast
from collections.abc import Iterator

COMPARE: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,)}
SWAP: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift}


def changes(node: ast.AST, in_init: bool) -> Iterator[tuple[str, str, object]]:
    """(what, field, new value) of every way to break one node; the field "" replaces the node itself."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for new in COMPARE[type(op)]:
                yield "%s to %s" % (type(op).__name__, new.__name__), "ops", node.ops[:i] + [new()] + node.ops[i + 1:]
    elif isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)) and type(node.op) in SWAP:
        text = isinstance(node, ast.BinOp) and isinstance(node.left, (ast.Constant, ast.JoinedStr)) and not _is_int(node.left)
        if not text:  # "%d" % x is no arithmetic
            yield "%s to %s" % (type(node.op).__name__, SWAP[type(node.op)].__name__), "op", SWAP[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield "without %s" % type(node.op).__name__, "", node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "%r to %r" % (node.value, not node.value), "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        for number in (node.value + 1, node.value - 1):
            yield "%d to %d" % (node.value, number), "value", number
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)) and isinstance(node.test, (ast.Name, ast.Attribute, ast.Call)):
        yield "test turned round", "test", ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield "returns None", "value", ast.Constant(None)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", "", ast.Pass()
    elif isinstance(node, ast.Assign) and not in_init and isinstance(node.targets[0], ast.Attribute):
        yield "not assigned", "", ast.Pass()


def _is_int(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def places(tree: ast.AST, in_init: bool = False, path: tuple = ()) -> Iterator[tuple[tuple, ast.AST, bool]]:
    """(path, node, is it in an __init__) of every node that runs; annotations and docstrings do not."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for i, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST):
                here = path + ((name, i),)
                yield here, child, in_init
                yield from places(child, in_init or getattr(child, "name", "") == "__init__", here)


class Mutant:
    """One small thing that is otherwise: its line, what it is, and where."""

    def __init__(self, line: int, what: str, path: tuple, field: str, new: object) -> None:
        self.line, self.what = line, what
        self._path, self._field, self._new = path, field, new

    def tree(self, source: str) -> ast.Module:
        """The whole file, broken. source: the text this mutant was made of."""
        tree = ast.parse(source)
        parent: ast.AST = tree
        for name, i in self._path[:-1]:
            parent = _child(parent, name, i)
        name, i = self._path[-1]
        if self._field:
            setattr(_child(parent, name, i), self._field, self._new)
        elif i is None:
            setattr(parent, name, self._new)
        else:
            getattr(parent, name)[i] = self._new
        return ast.fix_missing_locations(tree)


def _child(node: ast.AST, name: str, i: int | None):
    return getattr(node, name) if i is None else getattr(node, name)[i]


def mutants(source: str) -> list[Mutant]:
    """Every mutant of a file, in the order of its nodes."""
    return [Mutant(getattr(node, "lineno", 0), what, path, field, new)
            for path, node, in_init in places(ast.parse(source)) for what, field, new in changes(node, in_init)]

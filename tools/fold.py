"""Puts the numbers in the place of their names before the firmware is frozen, in build/folded. firmware/manifest.py calls it.

A module's public constants would each take a slot of its dictionary in the heap, and another one in every module that
imports them; six hundred of them are 6 kB. So the image is made from a copy of lib, hal, main.py and boot.py in which
what is defined once with const(...), or as a row of names (`A, B, C = range(3)`), stands as a number or a text where it
is used, and is defined and imported no more. Lines keep their numbers. What a plain `X = 5` defines stays a variable.

What it left out is listed in host/folded_names.py, so that tools/host/unfold.py can give it back to tests. It refuses
what it cannot do safely, and looks at the result once more: no name may be left that nobody defines any longer.
"""
import ast
import pathlib
import symtable
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Cannot(Exception):
    """The message says where and why."""


class Module:
    """One file: its text, its tree, and what of it will be left out."""

    def __init__(self, place: str, text: str) -> None:
        self.place, self.text, self.tree = place, text, ast.parse(text)
        self.name = place.removeprefix("lib/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self.rows: list[ast.stmt] = []      # statements that define constants
        self.known: dict[str, int | str | bytes] = {}   # its constants, and those it imports
        self.aliases: dict[str, str] = {}   # name in this file -> our module


def read(root: pathlib.Path) -> dict[str, Module]:
    """All that is frozen of ours, by the name it is imported with."""
    places = [p for folder in ("lib", "hal") for p in sorted((root / folder).rglob("*.py"))] + [root / "main.py", root / "boot.py"]
    found = [Module(str(p.relative_to(root)), p.read_text()) for p in places if p.exists()]
    return {m.name: m for m in found}


def evaluate(node: ast.expr, known: dict) -> "int | str | bytes | None":
    """The value of an expression of literals and known names, or None."""
    for part in ast.walk(node):
        if not isinstance(part, (ast.Constant, ast.Name, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context)):
            return None
        if isinstance(part, ast.Name) and part.id not in known:
            return None
    value = eval(compile(ast.Expression(node), "", "eval"), {"__builtins__": {}}, known)
    return value if isinstance(value, (int, str, bytes)) and not isinstance(value, bool) else None


def is_call(node: "ast.expr | None", name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name and len(node.args) == 1


def defined(statement: ast.stmt, known: dict) -> dict:
    """The constants that a statement of a module defines."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return {}
    target, value = statement.targets[0], statement.value
    if isinstance(target, ast.Name) and is_call(value, "const"):
        number = evaluate(value.args[0], known)  # type: ignore[attr-defined]
        return {} if number is None else {target.id: number}
    if not isinstance(target, ast.Tuple):
        return {}
    names = [e.id for e in target.elts if isinstance(e, ast.Name)]
    if len(names) < len(target.elts):
        return {}
    if is_call(value, "range"):
        return {name: i for i, name in enumerate(names)}
    parts = [evaluate(e, known) for e in value.elts] if isinstance(value, ast.Tuple) else []
    return dict(zip(names, parts)) if len(parts) == len(names) and None not in parts else {}


def stored(tree: ast.AST) -> list[str]:
    """Every name that is bound in the scope of this node."""
    names = []
    todo = list(ast.iter_child_nodes(tree))
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.append(node.id)
        elif isinstance(node, ast.arg):
            names.append(node.arg)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            names.extend(node.names)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            names.append(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.extend((a.asname or a.name).split(".")[0] for a in node.names)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.append(node.name)
        if not isinstance(node, FUNCTIONS + COMPREHENSIONS + (ast.ClassDef,)):
            todo.extend(ast.iter_child_nodes(node))
    return names


def learn(modules: dict[str, Module]) -> None:
    """Finds the constants of all modules, those that are imported and handed on included."""
    late = {(n.module, a.name) for m in modules.values() for f in ast.walk(m.tree) if isinstance(f, FUNCTIONS)
            for n in ast.walk(f) if isinstance(n, ast.ImportFrom) for a in n.names}
    turned = {n for m in modules.values() for f in ast.walk(m.tree) if isinstance(f, ast.Global) for n in f.names}
    before = -1
    while before != sum(len(m.known) for m in modules.values()):  # a constant may be made of an imported one
        before = sum(len(m.known) for m in modules.values())
        for m in modules.values():
            bound = stored(m.tree)
            m.rows = []
            for statement in m.tree.body:
                if isinstance(statement, ast.ImportFrom):
                    for a in statement.names:
                        name, full = a.asname or a.name, "%s.%s" % (statement.module, a.name)
                        if full in modules:
                            m.aliases[name] = full
                        elif statement.module in modules and a.name in modules[statement.module].known:
                            m.known[name] = modules[statement.module].known[a.name]
                elif isinstance(statement, ast.Import):
                    m.aliases.update({a.asname or a.name: a.name for a in statement.names if a.name in modules and (a.asname or "." not in a.name)})
                new = defined(statement, m.known)
                if new and all(bound.count(n) == 1 and n not in turned and (m.name, n) not in late for n in new):
                    m.known.update(new)
                    m.rows.append(statement)


class Uses(ast.NodeVisitor):
    """Where the names of constants are used: (node, value)."""

    def __init__(self, m: Module, modules: dict[str, Module]) -> None:
        self.m, self.modules = m, modules
        self.found: list[tuple[ast.expr, "int | str | bytes"]] = []
        self.hidden: list[set[str]] = []
        self.visit(m.tree)

    def _within(self, node: ast.AST, outside: list, inside: list) -> None:
        for part in outside:
            self.visit(part)
        self.hidden.append(set(stored(node)) - set(n for g in ast.walk(node) if isinstance(g, ast.Global) for n in g.names))
        for part in inside:
            self.visit(part)
        self.hidden.pop()

    def visit_FunctionDef(self, node) -> None:
        args = node.args
        outside = [d for d in (*args.defaults, *args.kw_defaults) if d] + getattr(node, "decorator_list", [])
        self._within(node, outside, node.body if isinstance(node.body, list) else [node.body])

    visit_AsyncFunctionDef = visit_Lambda = visit_FunctionDef  # type: ignore[assignment]

    def visit_ListComp(self, node) -> None:
        self._within(node, [], list(ast.iter_child_nodes(node)))

    visit_SetComp = visit_DictComp = visit_GeneratorExp = visit_ListComp  # type: ignore[assignment]

    def visit_ClassDef(self, node) -> None:
        for name in stored(node):
            if name in self.m.known:
                raise Cannot("%s:%d: a class with a constant's name %s" % (self.m.place, node.lineno, name))
        self.generic_visit(node)

    def visit_JoinedStr(self, node) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and (part.id in self.m.known or part.id in self.m.aliases):
                raise Cannot("%s:%d: %s in an f-string" % (self.m.place, node.lineno, part.id))

    def _is_hidden(self, name: str) -> bool:
        return any(name in names for names in self.hidden)

    def visit_Name(self, node) -> None:
        if isinstance(node.ctx, ast.Load) and node.id in self.m.known and not self._is_hidden(node.id):
            self.found.append((node, self.m.known[node.id]))

    def visit_Attribute(self, node) -> None:
        base = node.value
        if isinstance(base, ast.Name) and base.id in self.m.aliases and not self._is_hidden(base.id):
            there = self.modules[self.m.aliases[base.id]]
            if not isinstance(node.ctx, ast.Load) and node.attr in there.known:
                raise Cannot("%s:%d: %s.%s is a constant and is set" % (self.m.place, node.lineno, base.id, node.attr))
            if node.attr in there.known:
                self.found.append((node, there.known[node.attr]))
                return
        self.generic_visit(node)


class Text:
    """A file's lines as bytes, for the tree counts in bytes; later places are edited first."""

    def __init__(self, text: str) -> None:
        self.lines = [line.encode() for line in text.split("\n")]

    def put(self, node, new: str) -> None:
        """Replaces a node; the lines after its first stay, empty."""
        first, last = node.lineno - 1, node.end_lineno - 1
        head, tail = self.lines[first][:node.col_offset], self.lines[last][node.end_col_offset:]
        for i in range(first + 1, last + 1):
            self.lines[i] = b""
        self.lines[first] = head + new.encode() + tail


def imported(statement: ast.stmt, m: Module, modules: dict[str, Module], left: set[str]) -> "list[ast.alias] | None":
    """What an import still has to bring; None when it is none of ours to change."""
    if isinstance(statement, ast.ImportFrom) and statement.module == "micropython":
        return [a for a in statement.names if a.name != "const" or "const" in left]
    if isinstance(statement, ast.ImportFrom):
        of = modules.get(str(statement.module))
        gone = [a for a in statement.names if of and a.name in of.known
                or "%s.%s" % (statement.module, a.name) in modules and (a.asname or a.name) not in left]
        return [a for a in statement.names if a not in gone]
    if isinstance(statement, ast.Import):
        return [a for a in statement.names if not (a.name in modules and (a.asname or a.name) not in left and "." not in a.name)]
    return None


def fold(m: Module, modules: dict[str, Module]) -> str:
    """The text of a module with its constants in their places."""
    uses = Uses(m, modules)
    edits: list[tuple] = [(statement, "") for statement in m.rows]
    inside = {id(part) for statement in m.rows for part in ast.walk(statement)}
    edits += [(node, "(%r)" % value if isinstance(value, int) and value < 0 else repr(value)) for node, value in uses.found if id(node) not in inside]
    left = _still_named(m, uses, inside)
    for statement in m.tree.body:
        keep = imported(statement, m, modules, left)
        if keep is not None and len(keep) < len(statement.names):  # type: ignore[attr-defined]
            what = ", ".join(a.name + (" as " + a.asname if a.asname else "") for a in keep)
            begin = "from %s import " % statement.module if isinstance(statement, ast.ImportFrom) else "import "
            edits.append((statement, begin + what if what else ""))
    text = Text(m.text)
    for node, new in sorted(edits, key=lambda e: (e[0].lineno, e[0].col_offset), reverse=True):
        text.put(node, new)
    out = b"\n".join(text.lines).decode()
    check(m, out)
    return out


def _still_named(m: Module, uses: Uses, inside: set[int]) -> set[str]:
    """Names that the text still reads once the constants are in their places, in any scope."""
    folded = {id(node) for node, _ in uses.found}
    names: set[str] = set()
    todo: list[ast.AST] = [m.tree]
    while todo:
        node = todo.pop()
        if id(node) in folded or id(node) in inside:
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            names.add(node.id)
        todo.extend(ast.iter_child_nodes(node))
    return names


def check(m: Module, text: str) -> None:
    """Cannot when the text still reads a name that it no longer has."""
    todo = [symtable.symtable(text, m.place, "exec")]
    top = todo[0]
    has = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    lost = (set(m.known) | set(m.aliases)) - has
    while todo:
        scope = todo.pop()
        for s in scope.get_symbols():
            if s.get_name() in lost and s.is_referenced() and (s.is_global() or scope is top):
                raise Cannot("%s: %s would be read and is not there" % (m.place, s.get_name()))
        todo.extend(scope.get_children())


def write(path: pathlib.Path, text: str) -> None:
    """Only what is new is written, so that it alone is compiled again."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(text)
        new.replace(path)


def fold_all(root: pathlib.Path, out: pathlib.Path) -> dict[str, dict]:
    """Writes the folded copy; what was left out of each module."""
    modules = read(root)
    learn(modules)
    texts = {m.place: fold(m, modules) for m in modules.values()}
    gone = {m.name: {n: v for n, v in m.known.items() if n[0] != "_"} for m in modules.values()}
    rows = ["    (%r, (%s)),\n" % (name, "".join("%r, %r, " % pair for pair in gone[name].items())) for name in sorted(gone) if gone[name]]
    texts["host/folded_names.py"] = '"""What tools/fold.py left out: (module, (name, value, name, value ...))."""\nTABLE = (\n%s)\n' % "".join(rows)
    for place, text in texts.items():
        write(out / place, text)
    for old in out.rglob("*.py"):
        if str(old.relative_to(out)) not in texts:
            old.unlink()
    return gone


def main() -> int:
    try:
        fold_all(ROOT, ROOT / "build/folded")
    except Cannot as e:
        sys.exit("fold: %s" % e)
    return 0


if __name__ == "__main__":
    sys.exit(main())

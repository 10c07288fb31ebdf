import ast

from antidote_host.at_home.wrong_call import WrongCall

KINDS = ("filter", "shape", "train")
WANTED = "wanted is exactly one function of filter(train, host), shape(step, host), train(task, host) at its top level"


def kind_of(code: bytes, name: str) -> str:
    """The one function of the three that the text binds at its top level, by its syntax. Raises WrongCall."""
    try:
        tree = ast.parse(code.decode("utf-8-sig"))
    except (SyntaxError, ValueError) as error:
        raise WrongCall(f"{name} is not valid Python: {error}.") from error
    bound = {bound for node in tree.body for bound in _bound(node)}
    kinds = [kind for kind in KINDS if kind in bound]
    if len(kinds) != 1:
        raise WrongCall(f"{name} has {' and '.join(kinds) or 'none of the functions'}; {WANTED}.")
    return kinds[0]


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name for alias in node.names]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]

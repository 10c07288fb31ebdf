import linecache
import sys
from types import ModuleType

from antidote_host.defense_failed import DefenseFailed
from antidote_host.guest.job_folder import MODULE_FILE

MODULE_NAME = "module"


def load_module(code: bytes) -> ModuleType:
    """The module of that text, run once. Its name in errors is module.py.

    The text is UTF-8, whatever its first lines declare: in another encoding a comment could be code, which neither the
    check nor a reader would see.
    """
    text = code.decode("utf-8-sig")
    try:
        compiled = compile(text, MODULE_FILE, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:  # ValueError: it holds a NUL
        line = getattr(error, "lineno", None)
        place = f" ({MODULE_FILE}:{line})" if line else ""
        raise DefenseFailed(
            "not-a-defense", f"The module is not valid Python: {getattr(error, 'msg', error)}{place}."
        ) from error
    linecache.cache[MODULE_FILE] = (len(text), None, text.splitlines(True), MODULE_FILE)  # for inspect.getsource
    module = ModuleType(MODULE_NAME)
    module.__file__ = f"/job/{MODULE_FILE}"
    sys.modules[MODULE_NAME] = module
    exec(compiled, module.__dict__)
    return module

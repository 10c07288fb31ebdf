"""`describe.py <packages>` prints, as JSON, what of this machine the interpreter needs to run elsewhere."""

import importlib
import json
import os
import sys
import sysconfig

packages = os.path.realpath(sys.argv[1])
sys.path.append(packages)

library = sysconfig.get_path("stdlib")
prefix = sys.base_prefix
native = os.path.join(library, "lib-dynload")
own = [name.split(".")[0] for name in os.listdir(native)] if os.path.isdir(native) else []
unwanted = ("_test", "xx", "_tkinter", "_xx", "_ctypes_test", "readline", "_curses", "nis", "_dbm", "_gdbm")
wanted = [name for name in own if not name.startswith(unwanted)]
for name in [*wanted, "numpy", "safetensors", "scipy.linalg", "scipy.stats", "sklearn.cluster", "jax", "torch"]:
    try:
        importlib.import_module(name)
    except ImportError:
        pass

with open("/proc/self/maps") as maps:
    mapped = {line.split(maxsplit=5)[5].strip() for line in maps if len(line.split(maxsplit=5)) == 6}
inside = (os.path.realpath(library) + os.sep, packages + os.sep)
shared = set()
for path in mapped:
    folder, name = os.path.split(path)
    if ".so" not in name or path.startswith(inside):
        continue
    # The loader asks by another name than that of the file: libffi.so.8 is a link to libffi.so.8.1.2.
    names = [other for other in os.listdir(folder) if os.path.realpath(os.path.join(folder, other)) == path]
    shared.update(os.path.join(folder, other) for other in names)

print(
    json.dumps(
        {
            "version": "%d.%d.%d" % sys.version_info[:3],
            "executable": os.path.realpath(sys.executable),
            "prefix": prefix,
            "library": os.path.relpath(library, prefix),
            "shared": sorted(shared),
        }
    )
)

import type { PythonSet } from '../runtime.ts';

/**
 * What every set holds: the packages of `numpy.lock` and the harness's own, by the name under which Python imports
 * them.
 */
const everywhere = [
  'antidote_host',
  'cloudpickle',
  'joblib',
  'narwhals',
  'numpy',
  'safetensors',
  'scipy',
  'sklearn',
  'threadpoolctl',
  'tqdm',
] as const;

const ofTorch = [
  'PIL',
  'filelock',
  'fsspec',
  'functorch',
  'jinja2',
  'markupsafe',
  'mpmath',
  'networkx',
  'opacus',
  'opt_einsum',
  'setuptools',
  'sympy',
  'torch',
  'torchgen',
  'torchvision',
  'triton',
  'typing_extensions',
] as const;

/** By set, what a module may import beside the standard library. A test holds it to the lock files. */
export const importable: Readonly<Record<PythonSet, readonly string[]>> = {
  numpy: everywhere,
  jax: [...everywhere, 'jax', 'jaxlib', 'ml_dtypes', 'opt_einsum'],
  torch: [...everywhere, ...ofTorch],
};

/** The public modules of CPython 3.11 to 3.13 on Linux (`sys.stdlib_module_names`). */
export const standardLibrary: ReadonlySet<string> = new Set(
  `__future__ _thread abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii
  bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal
  difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch
  fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http
  idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma
  mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nis nntplib ntpath nturl2path numbers
  opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix
  posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline
  reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr
  socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct
  subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time
  timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
  urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo`.split(
    /\s+/,
  ),
);

"""What the guest makes of what a defense returns and throws, without a jail."""

from pathlib import Path

import numpy as np
import pytest
from antidote_host import DefenseFailed
from antidote_host.guest.failure import failure_of
from antidote_host.guest.load_module import load_module
from antidote_host.guest.train import row_weights_of


@pytest.mark.parametrize(
    "given", [[1, 0.5, 0], (True, False, True), np.array([0, 1, 1], np.int64), np.float16([0, 0.5, 1])]
)
def test_a_filter_may_return_any_numbers_in_the_unit_interval(given: object) -> None:
    weights = row_weights_of(given, 3)
    assert weights.dtype == np.float32
    assert np.array_equal(weights, np.asarray(given, np.float32))


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ([1, 1], "bad-output"),
        ([[1, 1, 1]], "bad-output"),
        ([1, 1, 2], "bad-output"),
        ([1, 1, -1e-3], "bad-output"),
        ([1, np.nan, 1], "not-finite"),
        ([np.inf, 1, 1], "not-finite"),
        ([0, 0, 0], "bad-output"),
        (None, "bad-output"),
        ("111", "bad-output"),
        ([1, [1], 1], "bad-output"),
        (object(), "bad-output"),
        ({1: 2}, "bad-output"),
    ],
)
def test_a_filter_that_returns_anything_else_failed(given: object, reason: str) -> None:
    with pytest.raises(DefenseFailed) as refused:
        row_weights_of(given, 3)
    assert refused.value.reason == reason


def thrown(code: str) -> BaseException:
    try:
        load_module(code.encode()).filter(None, None)
    except BaseException as error:
        return error
    raise AssertionError("it threw nothing")


@pytest.mark.parametrize(
    ("body", "reason", "words"),
    [
        ("1 / 0", "threw", "The module threw ZeroDivisionError: division by zero (module.py:2)."),
        ("sorted(key=1)", "threw", "(module.py:2)."),
        ("import no_such_package", "blocked-import", "No module named 'no_such_package' (module.py:2)."),
        ("raise MemoryError", "out-of-memory", "MemoryError"),
        ("raise SystemExit", "threw", "The module ended its process with sys.exit (module.py:2)."),
        ("import errno; raise OSError(errno.ENOSPC, 'full')", "too-large", "more than its room holds"),
        ("raise RuntimeError('Found no NVIDIA driver on your system.')", "threw", "asks for a GPU, and this runner"),
        ("raise AssertionError('Torch not compiled with CUDA enabled')", "threw", "asks for a GPU, and this runner"),
        ("raise ValueError('x' * 500)", "threw", "… (module.py:2)."),
    ],
)
def test_what_a_module_throws_is_told_in_one_sentence_with_its_line(body: str, reason: str, words: str) -> None:
    told = failure_of(thrown(f"def filter(train, host):\n    {body}\n"))
    assert told[0] == reason
    assert words in told[1]
    assert len(told[1]) <= 200
    assert "\n" not in told[1]


def test_a_text_that_is_no_python_is_no_defense() -> None:
    for code in ["def filter(:", "filter\0", "\x00", "return 1"]:
        with pytest.raises(DefenseFailed) as refused:
            load_module(code.encode())
        assert refused.value.reason == "not-a-defense"


def test_a_module_can_read_its_own_source(tmp_path: Path) -> None:
    import inspect

    code = "class A:\n    def f(self):\n        return 1\n"
    assert inspect.getsource(load_module(code.encode()).A.f) == "    def f(self):\n        return 1\n"

"""A forked kernel is what a new one is: nothing of another, and it ends as one."""

import os
import sys

import forks
import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kernels are forked where Linux can say they end")


def run(folder, *code, env=None, **options):
    """What each cell shows."""
    cells = [nbformat.v4.new_code_cell(one) for one in code]
    options = {"resources": {"metadata": {"path": str(folder)}}, "extra_arguments": ["--log-level=CRITICAL"]} | options
    NotebookClient(nbformat.v4.new_notebook(cells=cells), kernel_name="python3", **options).execute(
        **({"env": env} if env else {})
    )
    return ["".join(output.get("text", "picture") for output in cell.outputs) for cell in cells]


STATE = """
import os, random, sys
import numpy as np, pandas as pd
print(os.getpid() == os.getsid(0), os.getcwd(), [name for name in dir() if name == 'left_behind'])
left_behind = 1; pd.set_option("display.precision", 1)
"""
OF_ITS_OWN = "print(np.random.random(), random.random(), os.getpid())"
LOADED_BEFORE = "print('pandas' in sys.modules, 'matplotlib_inline.backend_inline' in sys.modules, sys.argv[0][-21:])"


def test_a_kernel_is_forked_and_has_nothing_of_another(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir(), second.mkdir()
    options = "import pandas as pd; print(pd.get_option('display.precision'))"
    here = [run(folder, f"import sys\n{LOADED_BEFORE}", options, STATE, OF_ITS_OWN) for folder in (first, second)]
    for folder, (loaded, precision, state, _) in zip((first, second), here, strict=True):
        assert loaded.split()[0] == "True"  # though nobody has imported it: this one was forked
        assert loaded.split()[2] == "ipykernel_launcher.py"
        assert precision.strip() == "6"
        assert state.split() == ["True", str(folder), "[]"]
    numbers = [set(one[-1].split()) for one in here]
    assert not numbers[0] & numbers[1]


def test_a_company_that_one_kernel_changes_is_whole_in_the_next(tmp_path):
    change = """
from crmlib import datasets
orders = datasets.load_cdnow()
print(orders["amount"].max()); orders["amount"] = 0.0
orders.attrs["changed"] = True
"""
    assert len({run(tmp_path, change)[0] for _ in range(2)}) == 1


def test_tables_are_shown_as_in_a_new_process(tmp_path):
    code = "import os, pandas as pd; print(os.environ.get('MPLBACKEND')); print(pd.describe_option(_print_desc=False))"
    own = {**os.environ, "MPLBACKEND": "agg"}  # which is no fork
    forked, new = run(tmp_path, code)[0], run(tmp_path, code, env=own)[0]
    assert new.startswith("agg\n") and not forked.startswith("agg\n")
    assert "display.max_columns" in new
    assert forked.partition("\n")[2].casefold() == new.partition("\n")[2].casefold()  # utf-8, UTF-8


def test_a_figure_is_shown_in_the_notebook(tmp_path):
    assert "picture" in run(tmp_path, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")[0]


def test_a_kernel_that_dies_is_seen(tmp_path):
    with pytest.raises(DeadKernelError):
        run(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")


def test_what_a_kernel_starts_is_waited_for(tmp_path):
    code = "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'raise SystemExit(3)']).returncode)"
    assert run(tmp_path, code) == ["3\n"]


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ([sys.executable, "-m", "another_kernel"], {}),
        (["another-python", "-m", "ipykernel_launcher"], {}),
        ([sys.executable, "-m", "ipykernel_launcher"], {"env": {**os.environ, "MPLBACKEND": "svg"}}),
        ([sys.executable, "-m", "ipykernel_launcher"], {"independent": True}),
        ([sys.executable, "-m", "ipykernel_launcher"], {"umask": 0o77}),
    ],
    ids=["another module", "another Python", "another back end", "to outlive us", "an option of Popen"],
)
def test_what_would_differ_starts_as_a_process_of_its_own(command, options):
    template = forks.Template()
    assert template.launch(command, **options) is None
    assert template.here is None  # nor was anything started


def test_other_settings_start_as_a_process_of_their_own():
    template = forks.Template()
    template.here, template.flags, template.settings = object(), [], {"PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "ipykernel_launcher"]
    assert template.launch(command, env={"PYTHONHASHSEED": "1"}) is None

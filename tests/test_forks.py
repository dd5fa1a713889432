"""A forked kernel is what a new one is: nothing of another, and it ends as one."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

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


def test_what_is_set_as_tests_are_read_parts_no_kernel_from_the_others(request, monkeypatch):
    """As `import sklearn` does: the notebooks come first, and each of their kernels would start anew."""
    monkeypatch.setenv("SET_AS_A_TEST_WAS_READ", "1")
    registered = request.config.hook.pytest_collection_finish.get_hookimpls()
    (ours,) = [one for one in registered if one.plugin_name == str(Path(__file__).with_name("conftest.py"))]
    ours.function()
    assert forks._read_settings(os.environ) == forks._read_settings(ours.plugin.BEGAN)
    assert "SET_AS_A_TEST_WAS_READ" not in os.environ


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_workers_fork_from_one_process(tmp_path):
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(tmp_path / "kernel.json")]
    workers = [forks.Template(), forks.Template()]
    kernels = [worker.launch(command, cwd=tmp_path) for worker in workers]
    assert len({parent_of(kernel.pid) for kernel in kernels}) == 1
    assert len({kernel.pid for kernel in kernels}) == 2
    for worker, kernel in zip(workers, kernels, strict=True):
        kernel.kill()
        worker.here.close()
        assert kernel.wait(10_000) == 0


SERVE = "import socket, sys, forks; print(forks.serve(socket.socket(fileno=int(sys.argv[1]))), flush=True)"


def test_it_serves_who_is_left_and_ends_with_the_last(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind("")  # a name that nobody else has
        door.listen()
        command, env = [sys.executable, "-c", SERVE, str(door.fileno())], {**os.environ, "PYTHONPATH": forks.HERE}
        process = subprocess.Popen(command, env=env, pass_fds=[door.fileno()])
        workers = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(2)]
        for worker in workers:
            worker.connect(door.getsockname())
    workers[0].close()
    with (tmp_path / "said").open("w") as said:
        request = json.dumps({"arguments": ["of the second"], "env": {}, "cwd": str(tmp_path)}).encode()
        socket.send_fds(workers[1], [request], [said.fileno()] * 3)
        forked = forks.ForkedKernel(int(workers[1].recv(64)))
    assert forked.pid != process.pid
    assert process.poll() is None
    workers[1].close()
    assert process.wait(30) == 0
    assert forked.wait(30_000) == 0  # it may say so after the other has ended
    assert (tmp_path / "said").read_text() == "['of the second']\n"


def test_a_command_waits_for_nobody(tmp_path, monkeypatch):
    """It asks who is there, and starts nothing that others would keep alive."""
    monkeypatch.setenv(forks.MEETING, str(tmp_path))
    template = forks.Template(is_started=False)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", str(tmp_path / "kernel.json")]
    assert template.launch(command, cwd=tmp_path) is None
    assert template.here is None

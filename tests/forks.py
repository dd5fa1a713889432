"""Kernels forked from a process that has loaded pandas and the kit's companies already.

That takes a kernel longer than most of what a lesson does with them, and the tests start some hundred kernels. Each
is still a process of its own, with its folder, its environment and names of nobody else; no figure and no kernel of
IPython is there before the fork. What would differ from a new process (another Python, other settings, a system without
`pidfd_open`) starts as one. The code that reads the companies is the one that is tested: where it fails here, nothing
is kept, and each kernel reads them, and fails, by itself. The workers of one run share the process: whoever needs it
first starts it, and it ends with the last of them.
"""

import atexit
import builtins
import contextlib
import gc
import hashlib
import importlib
import json
import os
import select
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import types
from pathlib import Path

INLINE = "module://matplotlib_inline.backend_inline"  # what a kernel draws with where nothing is said
# What may differ between a kernel and the process it is forked from: read after the fork, or by nobody.
OWN = {"COLUMNS", "JPY_PARENT_PID", "JPY_SESSION_NAME", "LINES", "MPLBACKEND", "OLDPWD", "PWD", "PYTEST_CURRENT_TEST"}
OWN |= {"PYTEST_XDIST_TESTRUNUID", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT"}
MEETING = "CRM_TESTS_KERNELS"  # the folder in which the workers of a run meet
LOADED = """
comm debugpy ipykernel.ipkernel ipykernel.kernelapp ipykernel.zmqshell IPython.core.completer ipywidgets
matplotlib.backends.backend_agg matplotlib.pyplot pandas scipy.cluster.hierarchy scipy.stats sklearn.cluster
sklearn.linear_model statsmodels.api duckdb ibis ibis.backends.duckdb jupytext pyarrow.csv pyarrow.parquet
""".split()
HERE = os.path.dirname(os.path.abspath(__file__))
LONGEST = 1 << 17  # bytes of a request: an environment and a command


class ForkedKernel:
    """What Jupyter needs of a process that it has started; the template is its parent."""

    stdin = stdout = stderr = None
    returncode = None

    def __init__(self, pid: int):
        self.pid = pid
        self._end = os.pidfd_open(pid)  # readable once it has ended, even where the pid is another's by then

    def poll(self, milliseconds=0):
        if self.returncode is None and select.select([self._end], [], [], milliseconds)[0]:
            os.close(self._end)
            self.returncode = 0  # only its parent could say more, and nobody asks
        return self.returncode

    def wait(self, timeout=None):
        if self.poll(timeout) is None:
            raise subprocess.TimeoutExpired("a forked kernel", timeout)
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            signal.pidfd_send_signal(self._end, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class Template:
    """The process that kernels are forked from: started with the first of them, ended with this one."""

    def __init__(self, *, is_started=True):
        """With `is_started=False` only one that is there is asked."""
        self.is_started = is_started
        # As the tests begin, and not as the first kernel happens to be started.
        self.folder = os.environ.get(MEETING, "")
        self.here, self.flags, self.env = None, None, dict(os.environ)
        self.settings = _read_settings(self.env)
        self.lock = threading.Lock()  # a run starts kernels from several threads

    def launch(self, command, *, stdin=None, stdout=None, stderr=None, env=None, independent=False, cwd=None, **more):
        """A forked kernel, or None where one would not be what a new process is."""
        env = dict(os.environ if env is None else env)
        if independent or more or "-m" not in command or command[0] != sys.executable:
            return None
        place = command.index("-m")
        flags, (module, *arguments) = command[1:place], command[place + 1 :]
        settings = _read_settings(env)
        if module != "ipykernel_launcher" or env.get("MPLBACKEND", INLINE) != INLINE or settings != self.settings:
            return None
        with self.lock:
            if self.here is None:
                self._find(flags)
            if self.here is None or flags != self.flags:
                return None
            request = {"arguments": arguments, "env": env, "cwd": str(cwd or os.getcwd())}
            with open(os.devnull, "r+b") as nothing:
                streams = [nothing if stream is None else stream for stream in (stdin,)]
                streams += [default if stream is None else stream for stream, default in ((stdout, 1), (stderr, 2))]
                numbers = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
                if min(numbers) < 0:  # a pipe is asked for
                    return None
                try:
                    socket.send_fds(self.here, [json.dumps(request).encode()], numbers)
                    answer = self.here.recv(64)
                except ConnectionError:  # it was ending when we came
                    return None
        return ForkedKernel(int(answer)) if answer else None

    def _find(self, flags):
        """Meet the process that another worker has started, or start it."""
        import fcntl

        asked = json.dumps([flags, sorted(self.settings.items())])
        place = Path(self.folder, hashlib.sha256(asked.encode()).hexdigest()[:12])
        here, self.flags = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET), flags
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                here.connect(str(place))
            except OSError:  # nobody has, or it has ended
                if not self.is_started:
                    return here.close()
                place.unlink(missing_ok=True)
                self._start(flags, place)
                here.connect(str(place))
        self.here = here
        return None

    def _start(self, flags, place):
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as there:
            there.bind(str(place))
            there.listen()
            command = [sys.executable, *flags, __file__, str(there.fileno())]
            process = subprocess.Popen(command, env=self.env, pass_fds=[there.fileno()], stdin=subprocess.DEVNULL)
        atexit.register(self._end, process)

    def _end(self, process):
        if self.here:
            self.here.close()
        process.wait()  # until no other worker needs it


def as_shell(*arguments):
    """The command `crmlib` as the shell starts it, in a process of its own; its kernels are forked where others are."""
    code = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); import forks; sys.path.pop(0); "
    code += "forks.fork_kernels(is_started=False); runpy.run_module('crmlib', run_name='__main__', alter_sys=True)"
    return [sys.executable, "-c", code, HERE, *arguments]


def _read_settings(env):
    return {name: value for name, value in env.items() if name not in OWN}


def fork_kernels(*, is_started=True):
    """From now on, in this process, kernels are forked where they can be; with `is_started`, from one it may start."""
    from jupyter_client.provisioning import local_provisioner

    if not hasattr(os, "pidfd_open"):
        return
    # A worker has it of whoever started it. Tests that a test starts must end before it, and meet apart.
    if is_started and (MEETING not in os.environ or "PYTEST_CURRENT_TEST" in os.environ):
        os.environ[MEETING] = tempfile.mkdtemp(prefix="crm-kernels-")
        atexit.register(shutil.rmtree, os.environ[MEETING], ignore_errors=True)
    start, template = local_provisioner.launch_kernel, Template(is_started=is_started)

    def launch_kernel(command, **options):
        return template.launch(command, **options) or start(command, **options)

    local_provisioner.launch_kernel = launch_kernel


def serve(door):
    """In the template: fork at each request. Returns in each fork, with its arguments; never in the template."""
    waiting = selectors.DefaultSelector()
    waiting.register(door, selectors.EVENT_READ)
    while True:
        for there in [key.fileobj for key, _ in waiting.select()]:
            if there is door:
                waiting.register(door.accept()[0], selectors.EVENT_READ)
                continue
            request, streams, _, _ = socket.recv_fds(there, LONGEST, 3)
            if not request:  # this worker has ended
                waiting.unregister(there)
                there.close()
                if len(waiting.get_map()) == 1:  # the last of them
                    os._exit(0)
            elif os.fork():
                for stream in streams:
                    os.close(stream)
            else:
                others = [key.fileobj for key in waiting.get_map().values() if key.fileobj is not there]
                waiting.close()
                for other in others:
                    other.close()
                return _begin(there, request, streams)


def _begin(there, request, streams):
    """In a fork: what was asked for takes the place of what the template has."""
    os.setsid()  # as Jupyter starts one: a signal to its group must not reach others
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    wanted = json.loads(request)
    os.chdir(wanted["cwd"])
    os.environ.clear()
    os.environ.update(wanted["env"])
    there.send(str(os.getpid()).encode())
    there.close()
    return wanted["arguments"]


def _bury(*_):
    """Ended kernels leave no zombies, and their time counts as this process's, and so as the tests'."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _read_companies():
    """The kit's companies as every lesson asks for them: a fork shares them until somebody writes there."""
    from crmlib.intake.companies import COMPANIES, read_company
    from crmlib.language import LANGUAGES, speaking

    for language in LANGUAGES:
        for name in COMPANIES:
            with contextlib.suppress(Exception), speaking(language):  # the lesson that needs it fails
                read_company(name)


def main(number):
    sys.path[:] = [place for place in sys.path if place != HERE]
    # Kernels look at who their parent is, and end with it.
    os.environ |= {"JPY_PARENT_PID": str(os.getpid()), "MPLBACKEND": INLINE}
    # As it is imported, pandas looks whether a kernel does so, and shows tables accordingly.
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)
    importlib.import_module("pandas")

    del builtins.get_ipython
    for module in LOADED:
        importlib.import_module(module)
    _read_companies()

    import ipykernel_launcher
    import numpy as np
    from ipykernel import kernelapp

    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, _bury)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever runs the tests
    arguments = serve(socket.socket(fileno=number))
    np.random.seed()  # as in a new process: nobody can count on these numbers
    sys.argv = [ipykernel_launcher.__file__, *arguments]
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    main(int(sys.argv[1]))

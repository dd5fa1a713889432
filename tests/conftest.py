"""What every test shares."""

import os

import matplotlib
import pytest

# Kernels started by a test inherit these: the last digit shown must not depend on
# the number of threads, nor the order of a set on the process.
os.environ.update({"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"})
matplotlib.use("Agg")


@pytest.fixture(autouse=True)
def speak_english():
    """Tests that speak Chinese must not leave others speaking it."""
    from crmlib import language

    yield
    language.use("en")

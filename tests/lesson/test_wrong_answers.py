"""What students answer wrong gets advice that helps: of a list of their answers, and none that misleads."""

import inspect
import tomllib
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from built import LESSONS, name_of, run_lesson, run_to_blank

from crmlib import allocation, concentration, pyramid
from crmlib.lesson import exercise_files
from crmlib.lesson.exercises import find_others
from crmlib.lesson.replies import reply_to_value
from crmlib.lesson.worked import Worked

# wrong_answers.toml is that of chapter 2; a lesson of another chapter has its own, wrong_answers_<lesson>.toml.
FILES = sorted(Path(__file__).parent.glob("wrong_answers*.toml"))
LISTED = [one for path in FILES for one in tomllib.loads(path.read_text(encoding="utf-8"))["exercise"]]
# Of the wrong answers get advice of their own or useful general advice: in each lesson, and in all.
AIM, OF_ALL = 0.6, 0.8

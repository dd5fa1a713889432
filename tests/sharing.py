"""Which tests run in one process, because they read what is computed once in a process."""

# Each lesson is run once for all of these, by `built.run_lesson`.
LESSONS_RUN = {
    "tests/lesson/test_in_lesson.py",
    "tests/lesson/test_wrong_answers.py",
    "tests/lesson/test_wrong_guesses.py",
    "tests/notebooks/test_exercises_of_lessons.py",
}


def find_group(nodeid: str) -> str:
    """The tests that go to one process with this one: those of its file, or of several."""
    file = nodeid.split("::", 1)[0]
    return "lessons run" if file in LESSONS_RUN else file


def make_scheduler(config, log):
    from xdist.scheduler import LoadFileScheduling

    class ByRun(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return find_group(nodeid)

    return ByRun(config, log)

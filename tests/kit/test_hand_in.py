"""What a class has handed in, however it was packed: nothing overwrites anything, and everybody keeps their name."""

import io
import json
import zipfile

import nbformat
import pytest
from helpers import code, lesson

from crmlib.kit.hand_in import name_students, read_handed_in

ASKS = nbformat.writes(lesson(code('answer = 1\ncheck("0.0.1", answer)')))
OTHER = nbformat.writes(lesson(code("1 + 1")))


def put(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


class OldInfo(zipfile.ZipInfo):
    __slots__ = ("encoding",)

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.encoding), 0


def zipped(files, *, encoding=None):
    """A zip; with an encoding its names are written in that and not marked, as by older Windows."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            if encoding:
                entry = OldInfo(name)
                entry.encoding = encoding
            archive.writestr(entry, content)
    return stream.getvalue()


def told(place):
    return [(one.student, one.file) for one in read_handed_in(place)]


def test_the_same_file_name_in_two_folders_is_two_notebooks(tmp_path):
    put(tmp_path, {"李四/start.ipynb": ASKS, "Zhang San_12_assignsubmission_file_/start.ipynb": ASKS})
    assert told(tmp_path) == [
        ("Zhang San", "Zhang San_12_assignsubmission_file_/start.ipynb"),
        ("李四", "李四/start.ipynb"),
    ]


def test_files_side_by_side_are_named_by_themselves(tmp_path):
    put(tmp_path, {"li-start.ipynb": ASKS, "王五.ipynb": ASKS})
    assert told(tmp_path) == [("li-start", "li-start.ipynb"), ("王五", "王五.ipynb")]


def test_a_folder_around_all_others_is_nobodys_and_folders_inside_are_the_students(tmp_path):
    put(tmp_path, {"class 1/李四/work/1.ipynb": ASKS, "class 1/Wang/2.ipynb": ASKS})
    assert [student for student, _ in told(tmp_path)] == ["Wang", "李四"]


def test_one_student_with_two_notebooks_is_one_student(tmp_path):
    put(tmp_path, {"李四/1.ipynb": ASKS, "李四/2.ipynb": ASKS})
    assert [student for student, _ in told(tmp_path)] == ["李四", "李四"]


@pytest.mark.parametrize("encoding", [None, "gb18030", "utf-8"])
def test_a_zip_is_read_with_its_chinese_names_and_nothing_is_unpacked(tmp_path, encoding):
    path = tmp_path / "class.zip"
    path.write_bytes(zipped({"李四/1.ipynb": ASKS, "王五/1.ipynb": ASKS, "../../evil.ipynb": ASKS}, encoding=encoding))
    assert {"李四", "王五"} <= {student for student, _ in told(path)}
    assert [entry.name for entry in tmp_path.iterdir()] == ["class.zip"]


def test_a_zip_in_a_folder_is_a_students_folder(tmp_path):
    put(tmp_path, {"李四.zip": zipped({"1.ipynb": ASKS}), "Wang/1.ipynb": ASKS})
    assert told(tmp_path) == [("Wang", "Wang/1.ipynb"), ("李四", "李四/1.ipynb")]


def test_what_systems_leave_beside_is_nobodys_work(tmp_path):
    put(
        tmp_path, {"li/1.ipynb": ASKS, "li/.ipynb_checkpoints/1-checkpoint.ipynb": ASKS, "__MACOSX/li/._1.ipynb": b"\0"}
    )
    assert told(tmp_path) == [("li", "li/1.ipynb")]


def test_what_lay_in_a_students_folder_comes_along_and_other_students_notebooks_do_not(tmp_path):
    put(tmp_path, {"li/1.ipynb": ASKS, "li/own.csv": "a", "wang/1.ipynb": ASKS})
    first, second = read_handed_in(tmp_path)
    assert (first.beside, second.beside) == ({"own.csv": b"a"}, {})


def test_a_lesson_is_known_by_its_exercises_or_by_what_it_says_of_itself(tmp_path):
    about = json.loads(OTHER)
    about["metadata"]["crmlib"] = {"source": "0-start-here/0-start-here.py"}
    forged = json.loads(ASKS)
    forged["metadata"]["crmlib"] = {"source": "2-customer-pyramid/1-the-pyramid.py"}
    put(tmp_path, {"a.ipynb": json.dumps(about), "b.ipynb": json.dumps(forged), "c.ipynb": OTHER, "d.ipynb": "no {"})
    found = [(one.lesson.stem if one.lesson else None, one.cells is None) for one in read_handed_in(tmp_path)]
    assert found == [("0-start-here", False), ("0-start-here", False), (None, False), (None, True)]


def test_a_folder_without_notebooks_no_folder_and_a_broken_zip_are_refused(tmp_path):
    with pytest.raises(ValueError, match="must hold notebooks"):
        read_handed_in(tmp_path)
    with pytest.raises(FileNotFoundError, match="FOLDER must be a folder or a zip archive"):
        read_handed_in(tmp_path / "nowhere")
    put(tmp_path, {"class.zip": b"PK\x03\x04 no"})
    with pytest.raises(ValueError, match="must be a zip archive that can be unpacked"):
        read_handed_in(tmp_path / "class.zip")


def test_students_are_named_whatever_lies_how_deep():
    from pathlib import PurePosixPath as P

    assert list(name_students([P("a/1.ipynb"), P("2.ipynb")]).values()) == ["a", "2"]

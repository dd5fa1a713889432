"""A file is whole or not there, and nothing is left lying."""

import os
import stat

import pytest

from crmlib.files.whole import write_whole


def modes(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_text_is_written_as_it_is(tmp_path):
    path = write_whole(tmp_path / "a.txt", "茶\n\r\n")
    assert path.read_bytes() == "茶\n\r\n".encode()
    assert write_whole(path, b"\x00\xff").read_bytes() == b"\x00\xff"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_what_utf_8_cannot_hold_is_written_as_a_number(tmp_path):
    assert write_whole(tmp_path / "a.txt", "a\udcff").read_bytes() == b"a\\udcff"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_new_file_is_for_everybody_and_an_old_one_keeps_its_mode(tmp_path):
    path = write_whole(tmp_path / "a.txt", "one")
    assert modes(path) == 0o644
    path.chmod(0o600)
    assert modes(write_whole(path, "two")) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some people make links")
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.txt").write_text("one")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", "two")
    assert (tmp_path / "link.txt").is_symlink() and (tmp_path / "real.txt").read_text() == "two"


def test_a_name_as_long_as_names_may_be(tmp_path):
    assert write_whole(tmp_path / ("n" * 251 + ".txt"), "x").read_text() == "x"


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = write_whole(tmp_path / "a.txt", "one")

    def fail(*_):
        raise OSError("no room")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no room"):
        write_whole(path, "two")
    assert path.read_text() == "one"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]

"""A folder of your own: whole or not there, with parameters that are valid Python for any path."""

import ast
import os
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from crmlib.intake import prepare as preparing
from crmlib.kit import run as kit
from crmlib.kit import workspace


def orders(n=300):
    """Lines over two years of 30 customers; customer k spends k each time."""
    lines = [
        f"c{k % 30:02},{2024 + i // 150}-{1 + i % 12:02}-{1 + i % 28:02},{1 + k % 30}.50"
        for i, k in enumerate(range(n))
    ]
    return "customer_id,order_date,amount\n" + "\n".join(lines) + "\n"


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data" / "orders.csv"
    path.parent.mkdir()
    path.write_text(orders(), encoding="utf-8", newline="\n")
    return path


def read_parameters(path):
    cell = next(
        cell for cell in nbformat.read(path, as_version=4).cells if "parameters" in cell.metadata.get("tags", [])
    )
    assigned = {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(cell.source).body}
    return assigned, cell.source


def test_the_notebooks_are_there_without_outputs_and_with_their_parameters(data, tmp_path):
    folder = tmp_path / "mine"
    paths = workspace.make_workspace(folder, data, language="zh", as_of="2025-06-30")
    path = paths[-1]
    assert path.name == "4-crm-strategy.ipynb"
    values, source = read_parameters(path)
    assert values["data"] == "../data/orders.csv" and values["language"] == "zh"
    assert values["as_of"] == "2025-06-30" and values["out"] == "results" and values["horizon_days"] == 365
    assert '# for example "2025-12-31"' in source  # what a parameter means stays beside it
    notebook = nbformat.read(path, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    assert sorted(entry.name for entry in folder.iterdir()) == [*(path.name for path in paths), "README.md"]
    assert "crmlib lab mine" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ['it\'s "1".csv', "a\\b.csv", "{x}.csv", "订单 №1.csv", "a\nb.csv"])
def test_any_path_is_valid_python(tmp_path, name):
    path = tmp_path / name
    try:
        path.write_text(orders(3), encoding="utf-8")
    except OSError:
        pytest.skip("this system has no such file names")
    *_, notebook = workspace.make_workspace(tmp_path / "mine", path)
    assert read_parameters(notebook)[0]["data"] == f"../{name}"


def test_a_name_of_the_kit_stays_a_name_and_far_away_is_named_in_full(tmp_path):
    *_, notebook = workspace.make_workspace(tmp_path / "a", "cdnow")
    assert read_parameters(notebook)[0]["data"] == "cdnow"
    far = tmp_path / "f.csv"
    far.write_text(orders(3), encoding="utf-8")
    *_, notebook = workspace.make_workspace(tmp_path / "1/2/3/4/5", far)
    assert read_parameters(notebook)[0]["data"] == str(far)


@pytest.mark.parametrize(("folder", "is_near"), [("1/2/3", True), ("1/2/3/4", False)])
def test_three_folders_up_is_near(tmp_path, folder, is_near):
    place = tmp_path / "f.csv"
    assert workspace._from(tmp_path / folder, str(place)) == ("../../../f.csv" if is_near else str(place))


def test_what_only_looks_like_ours_is_left_alone(data, tmp_path):
    other = tmp_path / f".mine.{os.getpid()}.partial"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    workspace.make_workspace(tmp_path / "mine", data)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [other.name, "data", "mine"]
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_mapping_that_cannot_be_kept_beside_the_data_goes_into_the_folder(data, tmp_path, monkeypatch):
    data.write_text(data.read_text(encoding="utf-8").replace("amount", "total", 1), encoding="utf-8")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(preparing, "write_mapping", refuse)
    *_, notebook = workspace.make_workspace(tmp_path / "mine", data)
    assert read_parameters(notebook)[0]["mapping"] == "mapping.toml"
    assert 'amount = "total"' in (tmp_path / "mine" / "mapping.toml").read_text(encoding="utf-8")


def test_nothing_of_yours_is_written_over(data, tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    workspace.make_workspace(folder, data)  # empty: fine
    with pytest.raises(ValueError, match=r"the folder must be new or empty; .*mine is not"):
        workspace.make_workspace(folder, data)


def test_it_is_whole_or_not_there(data, tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "_describe", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        workspace.make_workspace(tmp_path / "mine", data)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["data"]


@pytest.mark.slow
def test_what_was_copied_runs_also_after_both_were_moved(data, tmp_path):
    workspace.make_workspace(tmp_path / "mine", data)
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("mine", "data"):
        shutil.move(tmp_path / name, moved / name)
    path = moved / "mine" / "2-customer-pyramid.ipynb"
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    assert (moved / "mine" / "results" / "tables" / "2-tiers.csv").exists()


def test_the_command_says_what_it_made_and_how_to_open_it(call, data, monkeypatch):
    monkeypatch.chdir(data.parent)
    code, said, _ = call("new", "my analysis", "--data", "orders.csv")
    assert code == 0
    assert "2-customer-pyramid.ipynb" in said and "crmlib lab 'my analysis'" in said
    code, _, complained = call("new", "my analysis", "--data", "orders.csv")
    assert code == 2 and "must be new or empty" in complained
    code, _, complained = call("new", "other", "--data", "nowhere.csv")
    assert code == 2 and "there is no 'nowhere.csv' here" in complained
    code, _, complained = call("lab", "nowhere")
    assert code == 2 and "DIR must be a folder" in complained


def test_every_analysis_has_the_parameters_that_are_filled_in():
    for language in ("en", "zh"):
        for path in kit.list_analyses(language):
            assert {"data", "mapping", "show_personal", "as_of", "language", "out"} <= set(read_parameters(path)[0])

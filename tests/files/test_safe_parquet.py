"""Parquet that is whole or not there."""

import pandas as pd
import pytest

from crmlib.files.safe_parquet import write_parquet

TABLE = pd.DataFrame(
    {"tier": pd.Categorical(["VIP", "small"]), "spent": [5.1, -0.2], "last": pd.to_datetime(["2024-01-01", None])},
    index=pd.Index(["=1+1", "张三"], name="customer_id"),
)


def test_what_is_written_is_read_again(tmp_path):
    path = write_parquet(TABLE, tmp_path / "tables" / "a.parquet")
    pd.testing.assert_frame_equal(pd.read_parquet(path), TABLE)
    assert path.stat().st_mode & 0o777 == 0o644
    assert write_parquet(TABLE.head(1), path) == path
    assert len(pd.read_parquet(path)) == 1


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(tmp_path):
    path = write_parquet(TABLE, tmp_path / "a.parquet")
    with pytest.raises(Exception, match="object"):
        write_parquet(pd.DataFrame({"mixed": [1, object()]}), path)
    pd.testing.assert_frame_equal(pd.read_parquet(path), TABLE)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.parquet"]

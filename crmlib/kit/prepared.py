"""Data ready to be analyzed, whether the kit's own or yours."""

from __future__ import annotations

import os
from pathlib import Path

from crmlib import datasets
from crmlib.intake.kept import is_kept
from crmlib.intake.links import is_link
from crmlib.intake.prepare import Ask, Prepared, prepare
from crmlib.language import t


def prepare_data(
    data: str | os.PathLike,
    *,
    mapping: str | os.PathLike | None = None,
    ask: Ask | None = None,
    show_personal: bool = False,
    with_pairs: bool = True,
) -> Prepared:
    """The tables of a data set of the kit, or of a file or folder of yours with its mapping (`intake.prepare`)."""
    if data in (*datasets.COMPANIES, *datasets.SINGLE_TABLES):
        refuse_unusable(str(data), mapping=mapping)
        return Prepared(*datasets.load_data(data, with_pairs=with_pairs), {}, None, False)
    if is_link(data):
        return prepare(data, mapping=mapping, ask=ask, show_personal=show_personal, with_pairs=with_pairs)
    if is_kept(Path(data).expanduser()):
        return Prepared(*datasets.load_data(data), {}, None, False)
    return prepare(Path(data), mapping=mapping, ask=ask, show_personal=show_personal, with_pairs=with_pairs)


def refuse_unusable(data: str, *, mapping: str | os.PathLike | None = None) -> None:
    """Refuse a data set of the kit that has no orders, or a mapping for one, which needs none."""
    if data in datasets.SINGLE_TABLES:
        raise ValueError(
            t(
                "data must have transactions to be analyzed; {data} has none. Try {names}.",
                data=data,
                names=datasets.COMPANIES[0],
            )
        )
    if mapping is not None:
        raise ValueError(
            t("a mapping file is for a file of yours; {data} is a data set of the kit. Leave --mapping out.", data=data)
        )

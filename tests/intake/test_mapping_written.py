"""Questions in a mapping file: each stands there once, whichever language asked it first."""

from __future__ import annotations

import pytest

from crmlib.intake.prepare import prepare
from crmlib.language import speaking

ASKED_TWICE = {
    "columns.csv": "who,when,sum,Total,Net\nC1,2024-03-05,5,5.5,4.1\nC2,2024-04-05,7,7.5,6.1\n",
    "unnamed.csv": "customer_id,order_date,,\nC1,2024-03-05,5.5,4.1\nC2,2024-04-05,7.5,6.1\n",
    "dates.csv": "customer_id,order_date,amount\nC1,03/04/2024,5\nC2,05/06/2024,7\n",
    "decimals.csv": 'customer_id,order_date,amount\nC1,2024-03-05,"1,250"\nC2,2024-03-05,"2,500"\n',
    "refunds.csv": "customer_id,order_date,amount,Type\n"
    + "".join(f"C{n % 9},2024-03-{1 + n % 28:02},{n + 5}.5,{'refund' if n % 7 == 3 else 'sale'}\n" for n in range(40)),
    "names.csv": "C1,2024-03-05,5.5\nC2,2024-04-05,7.5\nC1,2024-05-05,6.5\n",
    "novalue.csv": "Customer ID,Age,T\n" + "".join(f"C{n},{20 + n % 50},{n % 9}\n" for n in range(30)),
}


@pytest.mark.parametrize("order", [("en", "zh"), ("zh", "en"), ("en", "en")], ids="-".join)
@pytest.mark.parametrize("name", ASKED_TWICE)
def test_a_question_stands_once_in_whatever_language_it_was_asked(tmp_path, name, order):
    path = tmp_path / name
    path.write_text(ASKED_TWICE[name], encoding="utf-8")
    written = []
    for spoken in order:
        with speaking(spoken), pytest.raises(ValueError):
            prepare(path)
        written.append(path.with_name(f"{name}.mapping.toml").read_text(encoding="utf-8"))
    assert written[0] == written[1]
    lines = [
        line for line in written[0].splitlines() if line.startswith("# ") and " = " in line and "Status" not in line
    ]
    assert len(lines) == len(set(lines)) >= 1


def test_another_question_is_added_below_the_first(tmp_path):
    path = tmp_path / "dates.csv"
    path.write_text(ASKED_TWICE["dates.csv"], encoding="utf-8")
    with pytest.raises(ValueError):
        prepare(path)
    path.write_text(ASKED_TWICE["dates.csv"].replace("7\n", '"1,250"\n'), encoding="utf-8")
    with speaking("zh"), pytest.raises(ValueError):
        prepare(path)
    text = path.with_name("dates.csv.mapping.toml").read_text(encoding="utf-8")
    assert text.count('# order_date = "day first"') == 1 and text.count('# amount = ","') == 1

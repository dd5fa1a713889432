"""Statements as people keep them: units, quarters, days that are missing, sums that cannot be."""

import pandas as pd
import pytest

from crmlib.intake.prepare import prepare

HEAD = "客户编号,报告期,收到日期,资产总计,负债合计,流动资产合计,流动负债合计,存货,应收账款,营业收入,净利润\n"
FIRST = "C1,2024-03-31,2024-05-10,1200,500,800,300,200,250,3000,120\n"
SECOND = "C1,2024-06-30,2024-08-20,1300,600,850,320,210,260,3100,130\n"


def take(folder, text, name="财务报表.csv", mapping=""):
    (folder / name).write_text(text, encoding="utf-8")
    if mapping:
        (folder / "mapping.toml").write_text(mapping, encoding="utf-8")
    done = prepare(folder)
    report = done.reports["statements"]
    return done.tables["statements"], " ".join(report.notes), " ".join(report.doubts)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (HEAD + FIRST, 1),
        ("财务报表汇总,,,,,,,,,,\n单位：万元,,,,,,,,,,\n" + HEAD + FIRST, 10_000),
        (HEAD.replace("资产总计", "资产总计（千元）").replace("营业收入", "营业收入（千元）") + FIRST, 1_000),
        (HEAD + FIRST.replace("1200", "1200万").replace("3000", "3000万"), 10_000),
    ],
    ids=["yuan", "a line above", "names of columns", "cells"],
)
def test_money_is_multiplied_out_and_said(tmp_path, text, times):
    table, notes, _ = take(tmp_path, text)
    assert table.loc[0, ["total_assets", "revenue"]].tolist() == [1200 * times, 3000 * times]
    assert (f"multiplied by {times:,}" in notes or "multiplied out" in notes) == (times > 1)


def test_a_unit_said_in_the_mapping_file_goes_before_the_line_above(tmp_path):
    text = "单位：万元,,,,,,,,,,\n" + HEAD + FIRST
    table, _, _ = take(tmp_path, text, mapping='[statements.file]\nunit = "元"\n')
    assert table.loc[0, "total_assets"] == 1200


@pytest.mark.parametrize("quarter", ["2024Q1", "2024年一季度", "2024-03", "2024年3月"])
def test_a_quarter_stands_for_its_last_day(tmp_path, quarter):
    table, notes, _ = take(tmp_path, HEAD + FIRST.replace("2024-03-31", quarter))
    assert table.loc[0, "period_end"] == pd.Timestamp("2024-03-31") and "read as the last day" in notes


def test_without_a_day_of_receipt_a_late_one_is_taken_and_doubted(tmp_path):
    text = "\n".join(",".join(line.split(",")[:2] + line.split(",")[3:]) for line in (HEAD + FIRST).splitlines())
    table, _, doubts = take(tmp_path, text + "\n")
    assert table.loc[0, "recorded_date"] == pd.Timestamp("2024-07-29")  # 120 days after the last of March
    assert "Nothing says when these statements were received: 1 row. They count as known 120 days" in doubts


def test_quarters_beside_each_other_are_refused_with_what_to_do(tmp_path):
    with pytest.raises(ValueError, match="quarters stand beside each other \\(2024Q1, 2024Q2, 2024Q3\\)"):
        take(tmp_path, "客户编号,项目,2024Q1,2024Q2,2024Q3\nC1,资产总计,1,2,3\n")


@pytest.mark.parametrize(
    ("change", "doubt"),
    [
        (("800", "1900"), "current_assets is above total_assets"),
        (("2024-05-10", "2024-03-01"), "Received before the last day of their quarter: 1 row"),
        (("1200", "0.12"), "Another unit?"),
    ],
)
def test_what_cannot_be_is_doubted(tmp_path, change, doubt):
    _, _, doubts = take(tmp_path, HEAD + FIRST.replace(*change) + SECOND)
    assert doubt in doubts


def test_liabilities_above_assets_are_no_doubt(tmp_path):
    assert take(tmp_path, HEAD + FIRST.replace(",500,", ",1500,"))[2] == ""


def test_sums_since_january_are_doubted(tmp_path):
    rows = [
        f"C{c},{year}-{day},{year + 1}-05-01,1000,500,800,300,200,250,{revenue},1"
        for c in (1, 2)
        for year in (2022, 2023, 2024)
        for day, revenue in (("03-31", 100), ("06-30", 210), ("09-30", 330), ("12-31", 450))
    ]
    assert "本年累计" in take(tmp_path, HEAD + "\n".join(rows) + "\n")[2]
    assert "本年累计" not in take(tmp_path, HEAD + FIRST + SECOND)[2]

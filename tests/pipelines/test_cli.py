"""The command line: exit codes, and messages in Chinese that say what to do."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from submissions import content, write
from typer.testing import CliRunner

from models.catalogue import EDITIONS
from pipelines.cli import app

RUNNER = CliRunner()


def call(*arguments: object) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    result = RUNNER.invoke(app, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "明州市"
    made.mkdir()
    (made / "说明.txt").write_text("明州市申报材料说明", encoding="utf-8")
    return made


def wrong_use(*arguments: object) -> str:
    """What a wrong call says; it screens nothing and advises in Chinese."""
    code, _, error = call(*arguments)
    message = error.replace("\n", "")
    assert code == 2 and re.search(r"请|可用的|应写作", message), (code, error)
    return message


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert "没有这里" in wrong_use("run", tmp_path / "没有这里", "--out", tmp_path / "结果")
    assert not (tmp_path / "结果").exists()


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    assert "空文件夹" in wrong_use("run", tmp_path / "空的", "--out", tmp_path / "结果")


def test_a_single_file_that_is_no_archive(folder: Path, tmp_path: Path) -> None:
    assert "prescreen extract" in wrong_use("run", folder / "说明.txt", "--out", tmp_path / "结果")


def test_an_edition_that_does_not_exist_names_those_that_do(folder: Path, tmp_path: Path) -> None:
    assert "2023" in wrong_use("run", folder, "--edition", "1999", "--out", tmp_path / "结果")


def test_a_bad_file_of_an_edition_is_named_with_its_line(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(EDITIONS / "2023", tmp_path / "版本")
    file = copy / "conditions.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("threshold: 30", "threshold: 三十"), encoding="utf-8")
    message = wrong_use("run", folder, "--edition", copy, "--out", tmp_path / "结果")
    assert re.search(r"conditions\.yaml 第\d+行", message)
    assert re.search(r"conditions\.yaml 第\d+行", wrong_use("check-edition", copy))


@pytest.mark.parametrize("roster", ["名录.xlsx", "cities=名录.xlsx", "5g_factories=没有这个.xlsx"])
def test_a_bad_roster(folder: Path, tmp_path: Path, roster: str) -> None:
    wrong_use("run", folder, "--roster", roster, "--out", tmp_path / "结果")
    assert not (tmp_path / "结果").exists()


def test_an_unknown_option_and_a_file_to_extract_that_is_not_there(tmp_path: Path) -> None:
    assert call("run", "--nonsense")[0] == 2
    assert "找不到文件" in wrong_use("extract", tmp_path / "没有.pdf")


def test_show_without_results_says_to_run_first(tmp_path: Path) -> None:
    assert "prescreen run" in wrong_use("show", "明州市", "--out", tmp_path)


def test_extract_prints_what_was_read(folder: Path) -> None:
    code, out, _ = call("extract", folder / "说明.txt")
    assert code == 0 and "明州市申报材料说明" in out


def test_extract_of_a_broken_file_says_so_by_its_exit_code(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK\x03\x04broken")
    code, _, error = call("extract", broken)
    assert code == 4 and error.strip()


def test_check_edition_lists_the_six_conditions() -> None:
    code, out, _ = call("check-edition")
    assert code == 0 and "37项指标，6项不可偏离条件" in out and "每万人拥有5G基站数超过30个" in out


def test_the_schema_is_a_valid_schema_with_the_fixed_fields() -> None:
    code, out, _ = call("schema")
    schema = json.loads(out)
    assert schema["type"] == "object" and schema["$schema"].startswith("https://json-schema.org/")
    references = set(re.findall(r'"#/\$defs/([^"]+)"', out))
    assert references <= set(schema.get("$defs", {}))
    fixed = {"schema", "catalogue", "submission", "gate", "conditions", "indicators", "evidence", "documents"}
    assert code == 0 and fixed <= set(schema["properties"])


def test_a_run_exits_by_its_gates_and_writes_findings_that_fit_the_schema(tmp_path: Path) -> None:
    files = content()
    write(tmp_path / "申报" / "一号", files)
    write(tmp_path / "申报" / "二号", {name: blocks for name, blocks in files.items() if "承诺书" not in name})
    common = ("--out", tmp_path / "结果", "--workers", 1, "--no-cache", "--quiet", "--json")
    code, out, error = call("run", tmp_path / "申报" / "一号", *common)
    assert code == 0, (out, error)
    code, out, error = call("run", tmp_path / "申报", *common)
    assert code == 1, (out, error)
    assert {item["name"]: item["gate"] for item in json.loads(out)} == {"一号": "pass", "二号": "fail"}
    schema = json.loads(call("schema")[1])
    for name in ("一号", "二号"):
        found = json.loads((tmp_path / "结果" / name / "findings.json").read_text(encoding="utf-8"))
        assert set(schema["required"]) <= set(found) <= set(schema["properties"])
        assert len(found["conditions"]) == 6 and len(found["indicators"]) == 37


def test_a_wrong_path_beside_a_good_one_is_told_and_the_good_one_is_screened(tmp_path: Path) -> None:
    good = write(tmp_path / "一号", content())
    code, _, error = call("run", good, tmp_path / "没有", "--out", tmp_path / "结果", "--workers", 1, "--no-cache", "--quiet")
    assert code == 4 and "找不到" in error
    assert (tmp_path / "结果" / "一号" / "findings.json").is_file()

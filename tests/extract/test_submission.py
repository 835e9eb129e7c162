"""A submission is its files in order: debris aside, archives opened, nothing lost silently."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from extract.submission import list_submissions, open_submission
from tests.extract.containers import zip_raw


def zipped(members: dict[str, bytes]) -> bytes:
    import io

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_a_folder_is_walked_in_order_with_debris_aside(tmp_path: Path) -> None:
    root = folder(
        tmp_path / "甲市申报材料",
        {
            "方案/方案.txt": b"1",
            "证明/2.txt": b"2",
            "证明/1.txt": b"1",
            "证明/Thumbs.db": b"",
            "证明/~$1.docx": b"",
            ".DS_Store": b"",
            "desktop.ini": b"",
            "__MACOSX/证明/._1.txt": b"",
        },
    )
    found = open_submission(root, tmp_path / "work")
    assert found.name == "甲市申报材料"
    assert [entry.path for entry in found.entries] == ["方案/方案.txt", "证明/1.txt", "证明/2.txt"]
    assert set(found.debris) == {"证明/Thumbs.db", "证明/~$1.docx", ".DS_Store", "desktop.ini", "__MACOSX"}
    assert not found.problems


def test_an_archive_is_a_submission_whose_paths_begin_inside_it(tmp_path: Path) -> None:
    names = [("材料（最终）/方案.txt".encode("gbk"), b"x"), ("材料（最终）/Thumbs.db".encode("gbk"), b"x")]
    found = open_submission(zip_raw(tmp_path / "甲市申报.zip", names), tmp_path / "work")
    assert (found.name, [entry.path for entry in found.entries]) == ("甲市申报", ["材料（最终）/方案.txt"])
    assert found.debris == ("材料（最终）/Thumbs.db",)


def test_an_archive_inside_is_opened_under_its_own_name_whatever_its_suffix(tmp_path: Path) -> None:
    inner = zipped({"内/照片.txt": b"3"})
    root = folder(tmp_path / "包", {"佐证/证书.zip": zipped({"a.txt": b"1", "再一层.dat": inner})})
    paths = [entry.path for entry in open_submission(root, tmp_path / "work").entries]
    assert paths == ["佐证/证书.zip/a.txt", "佐证/证书.zip/再一层.dat/内/照片.txt"]


def test_archives_nested_deeper_than_three_are_named(tmp_path: Path) -> None:
    data = zipped({"底.txt": b"x"})
    for index in range(3):
        data = zipped({f"{index}.zip": data})
    found = open_submission(folder(tmp_path / "包", {"外.zip": data}), tmp_path / "work")
    (entry,) = found.entries
    assert entry.path == "外.zip/2.zip/1.zip/0.zip" and entry.file is None
    assert entry.problem and entry.problem.code == "dangerous" and "3 层" in entry.problem.message


def test_a_broken_archive_inside_is_an_entry_with_a_problem(tmp_path: Path) -> None:
    root = folder(tmp_path / "包", {"坏.zip": zipped({"a.txt": b"x" * 500})[:300], "好.txt": b"1"})
    entries = {entry.path: entry for entry in open_submission(root, tmp_path / "work").entries}
    problem = entries["坏.zip"].problem
    assert problem and problem.code == "damaged" and problem.advice
    assert entries["好.txt"].file is not None


def test_a_broken_archive_as_the_submission_is_a_problem_of_the_submission(tmp_path: Path) -> None:
    (tmp_path / "坏.zip").write_bytes(zipped({"a.txt": b"x" * 500})[:300])
    found = open_submission(tmp_path / "坏.zip", tmp_path / "work")
    assert [problem.code for problem in found.problems] == ["damaged"]


def test_a_link_in_a_folder_is_not_followed(tmp_path: Path) -> None:
    root = folder(tmp_path / "包", {"a.txt": b"1"})
    (root / "外面").symlink_to("/etc")
    entries = {entry.path: entry for entry in open_submission(root, tmp_path / "work").entries}
    assert set(entries) == {"a.txt", "外面"} and entries["外面"].problem


def test_an_empty_folder_says_so_and_a_missing_path_raises(tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert open_submission(tmp_path / "空", tmp_path / "work").problems[0].code == "no_files"
    with pytest.raises(FileNotFoundError):
        open_submission(tmp_path / "没有", tmp_path / "work")


OVERRIDES = '[roles]\n"方案.txt" = "plan"\n"没有.txt" = "plan"\n"b.txt" = "计划"\n'


def test_overrides_are_read_and_bad_ones_are_told(tmp_path: Path) -> None:
    toml = 'city = "甲市"\nprovince = "乙省"\n' + OVERRIDES
    root = folder(tmp_path / "包", {"submission.toml": toml.encode(), "方案.txt": b"1", "b.txt": b"2"})
    found = open_submission(root, tmp_path / "work")
    assert found.overrides == {"city": "甲市", "province": "乙省", "roles": {"方案.txt": "plan"}}
    assert [entry.path for entry in found.entries] == ["b.txt", "方案.txt"]
    assert [problem.code for problem in found.problems] == ["bad_overrides"] * 2
    assert "没有.txt" in found.problems[0].message and "plan" in found.problems[0].advice


def test_overrides_lie_in_the_single_top_folder_too(tmp_path: Path) -> None:
    root = folder(tmp_path / "包", {"材料/submission.toml": b'[roles]\n"a.txt" = "letter"\n', "材料/a.txt": b"1"})
    assert open_submission(root, tmp_path / "work").overrides == {"roles": {"材料/a.txt": "letter"}}


def test_broken_overrides_are_a_problem_with_advice(tmp_path: Path) -> None:
    found = open_submission(folder(tmp_path / "包", {"submission.toml": b"roles = [", "a.txt": b"1"}), tmp_path / "work")
    assert found.problems[0].code == "bad_overrides" and found.problems[0].advice and found.overrides == {}


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (["甲市/方案.pdf", "乙市申报.zip", "甲市.truth.json", "README.md"], ["乙市申报.zip", "甲市"]),
        (["方案.pdf", "证明/1.pdf"], None),
        (["01方案/方案.docx", "02推荐函/函.pdf", "03证明材料/1.pdf"], None),
        (["一、试点工作方案/a.pdf", "二、推荐函/b.pdf"], None),
        (["附件1.zip", "附件2.zip"], None),
        (["甲市报送材料/a.pdf"], None),
        (["甲市报送材料/a.pdf", "甲市报送材料.truth.json"], ["甲市报送材料"]),
        (["东甲市/a.pdf", "西乙州/b.pdf", "情况汇总表.xlsx"], ["东甲市", "西乙州"]),
        (["政策/a.pdf", "其他/b.pdf", "c.xlsx"], None),
        (["甲市/a.pdf", "乙市/Thumbs.db"], None),
    ],
)
def test_a_batch_is_told_from_a_submission(tmp_path: Path, files: list[str], expected: list[str] | None) -> None:
    root = folder(tmp_path / "目录", dict.fromkeys(files, b"x"))
    found = list_submissions(root)
    assert [path.name for path in found] == (expected or ["目录"])


def test_several_paths_are_each_a_submission(tmp_path: Path) -> None:
    one, two = folder(tmp_path / "一", {"a/b.pdf": b"x"}), folder(tmp_path / "二", {"a.pdf": b"x"})
    assert list_submissions([one, two]) == [one, two]
    with pytest.raises(FileNotFoundError):
        list_submissions([one, tmp_path / "三"])

"""Archives are opened without trusting their names, sizes or numbers."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from extract import archives, limits
from extract.archives import Budget, Member, unpack
from extract.problems import Damaged, Encrypted
from tests.extract.containers import rar, zip_raw


def members_of(file: Path, tmp_path: Path, kind: str = "zip") -> dict[str, Member]:
    return {member.name: member for member in unpack(file, kind, tmp_path / "out", Budget())}


def code_of(member: Member) -> str:
    return member.problem.code if member.problem else ""


def test_gbk_names_without_the_flag_are_read_as_chinese(tmp_path: Path) -> None:
    file = zip_raw(tmp_path / "a.zip", [("佐证/数据表１.xlsx".encode("gbk"), b"1"), ("方案（定稿）.doc".encode("gbk"), b"2")])
    assert list(members_of(file, tmp_path)) == ["佐证/数据表１.xlsx", "方案（定稿）.doc"]


def test_utf8_names_without_the_flag_are_read_as_chinese(tmp_path: Path) -> None:
    file = zip_raw(tmp_path / "a.zip", [("材料/承诺函.pdf".encode(), b"1")])
    assert list(members_of(file, tmp_path)) == ["材料/承诺函.pdf"]


def test_names_of_no_chinese_encoding_fall_back_to_cp437(tmp_path: Path) -> None:
    file = zip_raw(tmp_path / "a.zip", [(b"caf\x82 \xff.txt", b"1")])
    assert list(members_of(file, tmp_path)) == [b"caf\x82 \xff.txt".decode("cp437")]


def test_flagged_names_and_contents_come_out_as_they_are(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("一/二.txt", "三")
        archive.writestr("一/空/", "")
    found = members_of(tmp_path / "a.zip", tmp_path)
    assert list(found) == ["一/二.txt"]
    assert found["一/二.txt"].file is not None and found["一/二.txt"].file.read_text("utf-8") == "三"


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("../../etc/x.txt", "指向包外"),
        ("a/../../x.txt", "指向包外"),
        ("/etc/x.txt", "绝对路径"),
        ("C:\\x.txt", "绝对路径"),
        ("a/NUL.txt", "设备名"),
    ],
)
def test_a_name_that_would_leave_its_folder_is_refused_and_the_rest_is_read(tmp_path: Path, name: str, word: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, "x")
        archive.writestr("好.txt", "好")
    found = members_of(tmp_path / "a.zip", tmp_path)
    bad = next(member for member in found.values() if member.problem)
    assert bad.file is None and bad.problem and bad.problem.code == "dangerous" and word in bad.problem.message
    assert found["好.txt"].file is not None
    assert all(path.is_relative_to(tmp_path) for path in tmp_path.rglob("*"))


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("链接.pdf")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert code_of(members_of(tmp_path / "a.zip", tmp_path)["链接.pdf"]) == "dangerous"


def test_an_encrypted_member_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("locked.txt", "x")
        archive.writestr("open.txt", "y")
    data = bytearray(file.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    file.write_bytes(data)
    found = members_of(file, tmp_path)
    assert code_of(found["locked.txt"]) == "encrypted" and found["open.txt"].file is not None


def test_a_second_member_of_the_same_name_is_a_problem(tmp_path: Path) -> None:
    file = zip_raw(tmp_path / "a.zip", [(b"same.txt", b"1"), (b"same.txt", b"2")])
    found = unpack(file, "zip", tmp_path / "out", Budget())
    assert [code_of(member) for member in found] == ["", "duplicate"]


def test_a_bomb_is_named_by_its_ratio(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("bomb.bin", "w") as out:
        for _ in range(66):
            out.write(bytes(1 << 20))
    problem = members_of(tmp_path / "a.zip", tmp_path)["bomb.bin"].problem
    assert (
        problem and problem.code == "dangerous" and "压缩比" in problem.message and str(limits.ARCHIVE_RATIO) in problem.message
    )


def test_count_and_total_size_have_limits_that_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for index in range(5):
            archive.writestr(f"{index}.txt", "x" * 100)
    budget = Budget(entries=3)
    assert len(unpack(tmp_path / "a.zip", "zip", tmp_path / "one", budget)) == 3
    assert "文件数超过上限" in budget.problems[0].message and "2 个" in budget.problems[0].message
    found = unpack(tmp_path / "a.zip", "zip", tmp_path / "two", Budget(total=250))
    assert [code_of(member) for member in found] == ["", "", "dangerous", "dangerous", "dangerous"]
    assert found[2].problem and "总大小" in found[2].problem.message


def test_a_member_that_holds_more_than_it_says_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "x" * 5000)
    data = bytearray(file.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    file.write_bytes(data)
    member = members_of(file, tmp_path)["a.txt"]
    assert member.file is None and code_of(member) in ("dangerous", "damaged")


def test_a_truncated_zip_is_damaged(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x" * 5000)
    file.write_bytes(file.read_bytes()[:3000])
    with pytest.raises(Damaged):
        unpack(file, "zip", tmp_path / "out", Budget())


def test_a_member_with_broken_data_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x" * 50)
        archive.writestr("b.txt", "y" * 50)
    file.write_bytes(file.read_bytes().replace(b"xxxxxxxx", b"xxxzzxxx", 1))
    found = members_of(file, tmp_path)
    assert code_of(found["a.txt"]) == "damaged" and found["b.txt"].file is not None


def test_7z_is_read_and_a_locked_one_is_encrypted(tmp_path: Path) -> None:
    import py7zr

    with py7zr.SevenZipFile(tmp_path / "a.7z", "w") as archive:
        archive.writestr("内容", "文件夹/一.txt")
    found = members_of(tmp_path / "a.7z", tmp_path, "7z")
    file = found["文件夹/一.txt"].file
    assert file is not None and file.read_text("utf-8") == "内容"
    with py7zr.SevenZipFile(tmp_path / "b.7z", "w", password="secret") as archive:
        archive.writestr("内容", "一.txt")
    with pytest.raises(Encrypted):
        unpack(tmp_path / "b.7z", "7z", tmp_path / "out2", Budget())
    (tmp_path / "c.7z").write_bytes((tmp_path / "a.7z").read_bytes()[:40])
    with pytest.raises(Damaged):
        unpack(tmp_path / "c.7z", "7z", tmp_path / "out3", Budget())


def test_rar_is_read(tmp_path: Path) -> None:
    found = members_of(rar(tmp_path / "a.rar", {"one.txt": b"1", "two/three.txt": b"23"}), tmp_path, "rar")
    file = found["two/three.txt"].file
    assert file is not None and file.read_bytes() == b"23"


def test_rar_without_a_tool_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = members_of(rar(tmp_path / "a.rar", {"one.txt": b"1" * 50}, method=0x33), tmp_path, "rar")
    problem = found["one.txt"].problem
    assert archives.rar_tool() == ""
    assert problem and problem.code == "engine_missing" and "unrar" in problem.message

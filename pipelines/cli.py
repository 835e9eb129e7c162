"""The command line: ``prescreen run``, ``extract``, ``show``, ``diff``, ``doctor``, ``schema``, ``check-edition``.

Exit codes: 0 all pass, 1 a submission fails, 3 none fails but one needs a person, 2 wrong use (nothing screened),
4 something could not be screened at all, 70 a fault of the program. 4 comes before 1, and 1 before 3.
"""

from __future__ import annotations

import contextlib
import json
import sys
import traceback
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table

from extract.document import Table as DocumentTable
from extract.formats import ReadOptions
from extract.sandbox import MB, Limits
from extract.submission import list_submissions
from models.catalogue import CatalogueError, Edition, load_edition
from pipelines.batch import BatchError, BatchSettings, Outcome, Wishes, run_batch
from pipelines.progress import choose
from pipelines.screening import Screening, Verdict
from pipelines.wording import GATES, VERDICTS, condition_name, sentence

PASS, FAIL, WRONG_USE, REVIEW, NOT_SCREENED, FAULT = 0, 1, 2, 3, 4, 70

app = typer.Typer(
    name="prescreen",
    help="“5G+工业互联网”融合应用先导区申报材料完整性预审。",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
_COLOURS = {"pass": "green", "fail": "red", "review": "yellow", "": "magenta"}
# Short enough for the six to stand side by side in 80 columns.
_HEADS = {
    "policies": "专项政策", "density": "5G覆盖", "scenarios": "应用场景", "listed_projects": "5G工厂", "titles": "全国示范", "statement": "筹备情况",
}  # fmt: skip
_MARKS = {Verdict.MET: "[green]符合[/]", Verdict.REVIEW: "[yellow]需核查[/]"}


def _stop(message: str, code: int = WRONG_USE) -> NoReturn:
    """Say what is wrong in one sentence, and leave."""
    Console(stderr=True, soft_wrap=True).print(message, style="red", markup=False, highlight=False)
    raise typer.Exit(code)


def _edition(name: str) -> Edition:
    try:
        return load_edition(name)
    except (CatalogueError, LookupError) as error:
        _stop(str(error.args[0]))


def _submissions(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The submissions that the paths name, and a sentence for each path that names none."""
    wrong: list[str] = []
    good: list[Path] = []
    for path in paths:
        if not path.exists():
            wrong.append(f"找不到“{path}”。请检查路径是否正确。")
        elif path.is_file() and path.suffix.lower() not in (".zip", ".7z", ".rar"):
            wrong.append(
                f"“{path}”是单个文件，不是一份申报材料。请给出申报材料的文件夹或压缩包；只看一个文件的内容请用 prescreen extract。"
            )
        elif path.is_dir() and not any(child for child in path.rglob("*") if child.is_file()):
            wrong.append(f"“{path}”是空文件夹，没有可预审的材料。请检查是否漏拷文件。")
        else:
            good.append(path)
    found = list_submissions(good) if good else []
    return found, wrong


@app.command()
def run(
    paths: Annotated[
        list[Path], typer.Argument(help="申报材料：一个或多个文件夹、压缩包，或装有多份材料的文件夹", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="结果写到这个文件夹")] = Path("reports"),
    edition: Annotated[str, typer.Option(help="指标版本：名称，或自定义版本的文件夹")] = "2023",
    workers: Annotated[int | None, typer.Option(help="工作进程数，默认按本机核数", min=1)] = None,
    roster: Annotated[list[str] | None, typer.Option(help="官方名录，如 5g_factories=名录.xlsx")] = None,
    redact: Annotated[bool, typer.Option("--redact", help="在所有输出中遮盖身份证号、电话、银行账号")] = False,
    annotate: Annotated[bool, typer.Option("--annotate", help="另存标注了证据的 PDF 副本")] = False,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="不识别扫描页（未读页会列出）")] = False,
    cache: Annotated[Path | None, typer.Option(help="读取缓存的文件夹")] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="不用缓存")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="已有结果也重新做")] = False,
    memory: Annotated[int, typer.Option(help="读取一个文件最多用多少内存（MB）", min=256)] = 2560,
    time_factor: Annotated[float, typer.Option(help="读取时间上限放宽几倍（慢机器、大文件）", min=0.1)] = 1.0,
    cluster: Annotated[str | None, typer.Option(help="dask 集群地址，如 tcp://10.0.0.1:8786")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="不显示进度")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="结论表以 JSON 输出到标准输出")] = False,
) -> None:
    """预审一份或多份申报材料，输出结论和报告。"""
    from pipelines.reports.options import ReportOptions

    loaded = _edition(edition)
    if roster:
        from pipelines.rosters import RosterError, load_roster  # late: it loads the language pipeline, which takes a second

        for option in roster:
            try:
                load_roster(option)
            except RosterError as error:
                _stop(str(error))
    submissions, wrong = _submissions(paths)
    for message in wrong:
        Console(stderr=True, soft_wrap=True).print(message, style="red", markup=False, highlight=False)
    if not submissions:
        if not wrong:
            _stop("没有找到申报材料。请给出申报材料的文件夹或压缩包。")
        raise typer.Exit(WRONG_USE)
    settings = BatchSettings(
        workers=workers,
        cache=cache,
        use_cache=not no_cache,
        options=ReadOptions(ocr=not no_ocr),
        limits=Limits(memory=memory * MB, factor=time_factor),
        wishes=Wishes(edition=edition, rosters=tuple(roster or ()), report=ReportOptions(redact=redact, annotate=annotate)),
        fresh=fresh,
    )
    try:
        with contextlib.ExitStack() as stack:
            if cluster:
                from dataclasses import replace

                from pipelines.cluster import connect

                joined = stack.enter_context(connect(cluster, submissions, out))
                settings = replace(settings, executor=joined.executor, places=joined.places, ship=joined.ship)
            outcomes = run_batch(submissions, out, settings, choose(quiet))
    except BatchError as error:
        _stop(f"{error}。{error.advice}", error.exit_code)
    _show_outcomes(outcomes, out, loaded, as_json, quiet)
    raise typer.Exit(_exit_code(outcomes, bool(wrong)))


def _exit_code(outcomes: Sequence[Outcome], wrong: bool) -> int:
    gates = {outcome.gate for outcome in outcomes}
    if wrong or any(outcome.failed or not outcome.gate for outcome in outcomes):
        return NOT_SCREENED
    if "fail" in gates:
        return FAIL
    return REVIEW if "review" in gates else PASS


def _show_outcomes(outcomes: Sequence[Outcome], out: Path, edition: Edition, as_json: bool, quiet: bool) -> None:
    """The table of verdicts, or the same as JSON."""
    from pipelines.reports import findings_json

    rows = []
    for outcome in outcomes:
        file = outcome.folder / "findings.json"
        screening = findings_json.load(file) if file.is_file() else None
        rows.append((outcome, screening))
    if as_json:
        data = [
            {
                "name": outcome.name,
                "gate": outcome.gate,
                "failed": outcome.failed,
                "conditions": {f.indicator: str(f.verdict) for f in screening.conditions} if screening else {},
                "report": str(outcome.folder / "report.html"),
            }
            for outcome, screening in rows
        ]
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")
        return
    console = Console()
    table = Table(title="预审结论", title_justify="left", padding=(0, 0), collapse_padding=True)
    table.add_column("申报材料", overflow="fold")
    table.add_column("审查", no_wrap=True)
    for condition in edition.conditions:
        table.add_column(
            _HEADS.get(condition.check, condition_name(edition, condition.indicator)), justify="center", no_wrap=True
        )
    for outcome, screening in rows:
        colour = _COLOURS.get(outcome.gate, "magenta")
        gate = (GATES[screening.gate] if screening and not outcome.failed else "未能预审").replace("需人工核查", "需核查")
        cells = []
        for condition in edition.conditions:
            finding = next((f for f in screening.conditions if f.indicator == condition.indicator), None) if screening else None
            cells.append(_MARKS.get(finding.verdict, f"[red]{VERDICTS[finding.verdict]}[/]") if finding else "—")
        table.add_row(outcome.name, f"[{colour}]{gate}[/]", *cells)
    console.print(table)
    for outcome, screening in rows:
        if outcome.failed:
            console.print(f"{outcome.name}：{outcome.failed}", style="magenta", markup=False)
        elif screening and not quiet:
            _say_unread(console, screening)
    console.print(
        f"汇总：{out / 'index.html'}    各份报告：{out}/材料名称/report.html", markup=False, soft_wrap=True, highlight=False
    )


def _say_unread(console: Console, screening: Screening) -> None:
    for record in screening.documents:
        if record.status != "read":
            what = "；".join(dict.fromkeys(record.messages)) or "未能读取"
            console.print(
                f"未读：{screening.name}/{record.path}：{what[:160]}",
                style="yellow",
                markup=False,
                soft_wrap=True,
                highlight=False,
            )


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="要读取的文件", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="输出带位置的 JSON")] = False,
    no_ocr: Annotated[bool, typer.Option("--no-ocr", help="不识别扫描页")] = False,
) -> None:
    """读取一个文件，显示读到的文字、表格和问题。"""
    from extract.formats import read
    from pipelines.reports.findings_json import document_json, dumps

    if not file.is_file():
        _stop(f"找不到文件“{file}”。请检查路径是否正确。")
    document = read(file, path=file.name, options=ReadOptions(ocr=not no_ocr))
    if as_json:
        sys.stdout.write(dumps(document_json(document)) + "\n")
    else:
        for block in document.blocks:
            if isinstance(block, DocumentTable):
                if block.caption:
                    sys.stdout.write(f"〔表〕{block.caption}\n")
                for row in block.rows():
                    sys.stdout.write(" | ".join(cell.replace("\n", " ") for cell in row) + "\n")
            else:
                sys.stdout.write(block.text + "\n")
            sys.stdout.write("\n")
    for problem in document.problems:
        sys.stderr.write(f"{problem.message}。{problem.advice}\n")
    raise typer.Exit({"read": PASS, "partial": REVIEW, "unreadable": NOT_SCREENED}[document.status])


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="申报材料名称（结果文件夹中的名称，可只写一部分）", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", help="结果文件夹")] = Path("reports"),
) -> None:
    """打开一份申报材料的报告。"""
    found = sorted(child for child in out.glob("*/report.html") if name in child.parent.name) if out.is_dir() else []
    exact = [file for file in found if file.parent.name == name]
    chosen = exact or found
    if not chosen:
        _stop(f"在“{out}”中没有名称含“{name}”的报告。请用 --out 指明结果文件夹，或先运行 prescreen run。")
    if len(chosen) > 1:
        _stop(f"有多份报告的名称含“{name}”：{'、'.join(file.parent.name for file in chosen)}。请写完整名称。")
    typer.echo(str(chosen[0]))
    webbrowser.open(chosen[0].resolve().as_uri())


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="上一次的 findings.json 或其文件夹", show_default=False)],
    new: Annotated[Path, typer.Argument(help="这一次的 findings.json 或其文件夹", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
) -> None:
    """比较同一申报材料的两次预审结果。"""
    from pipelines.diff import diff as compare
    from pipelines.reports import findings_json

    screenings = []
    for path in (old, new):
        file = path / "findings.json" if path.is_dir() else path
        if not file.is_file():
            _stop(f"找不到“{file}”。请给出 findings.json 或含有它的文件夹。")
        try:
            screenings.append(findings_json.load(file))
        except (ValueError, KeyError) as error:
            _stop(f"“{file}”不是预审结果（{type(error).__name__}）。请给出 prescreen run 写出的 findings.json。")
    changes = compare(screenings[0], screenings[1])
    if as_json:
        sys.stdout.write(json.dumps([str(change) for change in changes], ensure_ascii=False, indent=1) + "\n")
    else:
        for change in changes or ["两次结果没有差别。"]:
            typer.echo(str(change))


@app.command()
def doctor(out: Annotated[Path | None, typer.Option("--out", "-o", help="顺便检查结果文件夹能否写入")] = None) -> None:
    """检查本机：哪些读取程序可用，缺少什么，各有什么用处。"""
    from pipelines.doctor import checks

    found = checks(out=out)
    table = Table(title="本机检查", title_justify="left")
    for title in ("项目", "状态", "说明", "建议"):
        table.add_column(title, overflow="fold")
    for check in found:
        state = "[green]可用[/]" if check.ok else ("[red]缺少（必需）[/]" if check.needed else "[yellow]缺少（可选）[/]")
        table.add_row(check.name, state, check.detail + (f"（{check.adds}）" if check.adds else ""), check.advice)
    Console().print(table)
    raise typer.Exit(NOT_SCREENED if any(check.needed and not check.ok for check in found) else PASS)


@app.command()
def schema() -> None:
    """输出 findings.json 的 JSON Schema。"""
    from pipelines.reports.findings_json import schema as findings_schema

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    sys.stdout.write(json.dumps(dialect | findings_schema(), ensure_ascii=False, indent=1) + "\n")


@app.command("check-edition")
def check_edition(edition: Annotated[str, typer.Argument(help="指标版本：名称或文件夹")] = "2023") -> None:
    """检查一个指标版本的文件，列出其不可偏离条件。"""
    loaded = _edition(edition)
    typer.echo(f"{loaded.title}（{loaded.name}）：{len(loaded.indicators)}项指标，{len(loaded.conditions)}项不可偏离条件。")
    for condition in loaded.conditions:
        typer.echo(f"  {condition_name(loaded, condition.indicator)}：{condition.clause}")


def reasons_in_words(screening: Screening) -> list[str]:
    """The gate's reasons as sentences."""
    return [sentence(reason) for reason in screening.gate_reasons]


def main() -> None:
    """The console command. A fault of the program exits with 70 and says what to send to whom."""
    try:
        app()
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        trace = Path("prescreen-fault.txt")
        with contextlib.suppress(OSError):
            trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        sys.stderr.write(f"程序出错（{type(error).__name__}）。请将 {trace} 发给维护人员；已完成的结果不受影响。\n")
        sys.exit(FAULT)


if __name__ == "__main__":
    main()

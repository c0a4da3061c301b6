"""The peer of `npm run bench -- evaluate`: the same papers with openpyxl, docxtpl and LibreOffice.

usage: evaluate_peer.py BOOKS_FOLDER OUT_FOLDER
Reads each project workbook with openpyxl, counts and sums the ledgers, then writes the table (XLSX and DOCX), the report
(DOCX), both PDFs through one LibreOffice call for all, and a JSON. Prints one JSON line with seconds for each stage.
"""

import json
import resource
import subprocess
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from docx import Document
from docxtpl import DocxTemplate
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Side


def table_template(path: Path) -> None:
    document = Document()
    document.add_heading("项目支出绩效自评表", 0)
    head = document.add_table(rows=2, cols=4)
    head.style = "Table Grid"
    for cell, text in zip(head.rows[0].cells, ["项目名称", "{{ name }}", "实施单位", "{{ unit }}"]):
        cell.text = text
    for cell, text in zip(head.rows[1].cells, ["年初预算数", "{{ initial }}", "全年执行数", "{{ executed }}"]):
        cell.text = text
    rows = document.add_table(rows=4, cols=7)
    rows.style = "Table Grid"
    for cell, text in zip(rows.rows[0].cells, ["一级", "二级", "三级", "指标值", "完成值", "分值", "得分"]):
        cell.text = text
    rows.rows[1].cells[0].text = "{%tr for i in indicators %}"
    for cell, name in zip(rows.rows[2].cells, ["a", "b", "c", "target", "actual", "weight", "score"]):
        cell.text = "{{ i.%s }}" % name
    rows.rows[3].cells[0].text = "{%tr endfor %}"
    document.save(path)


def report_template(path: Path) -> None:
    document = Document()
    document.add_heading("项目绩效自评报告", 0)
    document.add_heading("一、基本情况", 1)
    document.add_paragraph("{{ name }}，年初预算{{ initial }}万元，支付{{ executed }}万元，执行率{{ rate }}%。")
    document.add_heading("二、绩效指标分析", 1)
    document.add_paragraph("{%p for i in indicators %}")
    document.add_paragraph("{{ i.c }}：指标值{{ i.target }}，实际完成{{ i.actual }}，分值{{ i.weight }}分，自评{{ i.score }}分。")
    document.add_paragraph("{%p endfor %}")
    document.save(path)


def rows_of(book, sheet):
    if sheet not in book.sheetnames:
        return []
    return list(book[sheet].iter_rows(values_only=True))


def column(rows, name):
    for row in rows:
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith(name):
                return index
    return None


def read_project(path: Path):
    book = load_workbook(path, read_only=True, data_only=True)
    facts = {str(r[0]): r[1] for r in rows_of(book, "项目") if r and r[0]}
    money = rows_of(book, "资金")
    kind, amount = column(money, "类型"), column(money, "金额")
    initial = sum((Decimal(str(r[amount])) for r in money if kind is not None and r[kind] == "年初预算" and r[amount]), Decimal(0))
    payments = rows_of(book, "支付")
    paid_column = column(payments, "金额")
    paid = sum((Decimal(str(r[paid_column])) for r in payments if paid_column is not None and isinstance(r[paid_column], (int, float))), Decimal(0)) / 10000
    for name in ("宣传活动", "宣传品发放", "培训会议", "医疗救助", "参保进度"):
        rows_of(book, name)
    indicators = []
    table = rows_of(book, "绩效指标")
    places = [column(table, n) for n in ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "自评得分")]
    for row in table:
        values = [row[p] if p is not None and p < len(row) else None for p in places]
        if values[2] and values[2] != "三级指标":
            indicators.append(dict(zip(("a", "b", "c", "target", "actual", "weight", "score"), ["" if v is None else v for v in values])))
    rate = (paid / initial * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) if initial else None
    return {
        "name": facts.get("项目名称"), "unit": facts.get("实施单位"), "initial": str(initial),
        "executed": str(paid.quantize(Decimal("0.01"), ROUND_HALF_UP)), "rate": str(rate), "indicators": indicators,
    }


def write_table(project, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    thin = Side(style="thin")
    sheet.append(["项目支出绩效自评表"])
    sheet.append(["项目名称", project["name"], "", "", "实施单位", project["unit"], ""])
    sheet.append(["年初预算数", project["initial"], "", "", "全年执行数", project["executed"], ""])
    sheet.append(["一级", "二级", "三级", "指标值", "完成值", "分值", "得分"])
    for i in project["indicators"]:
        sheet.append([i[k] for k in ("a", "b", "c", "target", "actual", "weight", "score")])
    for row in sheet.iter_rows():
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.merge_cells("A1:G1")
    book.save(path)


def main() -> None:
    books, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    table_template(out / "table-template.docx")
    report_template(out / "report-template.docx")
    spent = {"read": 0.0, "xlsx": 0.0, "docx": 0.0, "pdf": 0.0}
    documents = []
    for path in sorted(books.glob("*.xlsx")):
        start = time.perf_counter()
        project = read_project(path)
        (out / f"{path.stem}.json").write_text(json.dumps(project, ensure_ascii=False), "utf-8")
        spent["read"] += time.perf_counter() - start
        start = time.perf_counter()
        write_table(project, out / f"{path.stem}.xlsx")
        spent["xlsx"] += time.perf_counter() - start
        start = time.perf_counter()
        for kind in ("table", "report"):
            template = DocxTemplate(out / f"{kind}-template.docx")
            template.render(project)
            target = out / f"{path.stem}-{kind}.docx"
            template.save(target)
            documents.append(str(target))
        spent["docx"] += time.perf_counter() - start
    start = time.perf_counter()
    for index in range(0, len(documents), 200):
        subprocess.run(["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(out), *documents[index:index + 200]],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    spent["pdf"] = time.perf_counter() - start
    peak = max(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(json.dumps({"projects": len(documents) // 2, "seconds": spent, "peakKiB": peak}))


main()

"""The spreadsheet of a questionnaire, to change and bring in again: every cell as it came in, the rows of groups in bold, a sheet that says how."""

import io

import xlsxwriter

WIDTHS = {"type": 24, "name": 22, "relevant": 36, "constraint": 36, "calculation": 30, "list_name": 18}
USUAL_WIDTH, TEXT_WIDTH = 14, 40
ADVICE = (
    "Trang survey: mỗi dòng một câu hỏi. Trang choices: các câu trả lời để chọn. Trang settings: tên phiếu; không sửa form_id.",
    "Thêm câu: chèn một dòng trong nhóm house (nhà) hoặc people (người), đặt tên (name) mới chưa dùng bao giờ.",
    "Sửa lời: sửa ô label, hint. Ý của câu và của từng câu trả lời phải giữ nguyên; muốn hỏi ý khác thì đặt tên mới.",
    "Bớt câu: xóa cả dòng. Câu dùng để tính số liệu thì không bớt được.",
    "Thêm tiếng khác: thêm cột label::Tên tiếng (mã), ví dụ label::Tiếng Mường (mtq). Ô để trống thì máy dùng tiếng Việt.",
    "Chỉ hỏi khi: cột relevant, ví dụ ${phone} = 'smartphone' and ${age} >= 15. Điều kiện của câu trả lời: cột constraint.",
    "Xong thì tải tệp lên ở trang Phiếu khảo sát. Chưa bấm phát hành thì chưa có gì thay đổi.",
)


def xlsx(sheets: dict[str, list[list[str]]], version: str) -> bytes:
    """The workbook of sheets as tables.plain gives them; version: what settings say they are."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False})
    wrap = {"num_format": "@", "text_wrap": True, "valign": "top"}
    text, bold = book.add_format(wrap), book.add_format({**wrap, "bold": True, "bg_color": "#DDEFE9"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        header = rows[0]
        for place, heading in enumerate(header):
            column = heading.partition("::")
            sheet.set_column(place, place, TEXT_WIDTH if column[1] else WIDTHS.get(heading, USUAL_WIDTH))
        sheet.write_row(0, 0, header, bold)
        for line, row in enumerate(rows[1:], start=1):
            group = name == "survey" and bool(row) and row[0].startswith(("begin", "end"))
            for place, cell in enumerate(row):
                said = version if name == "settings" and header[place] == "version" else cell
                if said:
                    sheet.write_string(line, place, said, bold if group else text)
        sheet.freeze_panes(1, 2 if name == "survey" else 0)
    advice = book.add_worksheet("Cách sửa")
    advice.set_column(0, 0, 110)
    advice.write_column(0, 0, ADVICE)
    book.close()
    return made.getvalue()

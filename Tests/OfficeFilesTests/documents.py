"""Writes documents as offices type them, by python-docx: documents.py FOLDER. Every fact is invented."""
import sys
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as A, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def line(place, text, bold=False, italic=False, align=None, style=None):
    p = place.add_paragraph(style=style)
    if text:
        run = p.add_run(text)
        run.bold, run.italic = bold or None, italic or None
    if align is not None:
        p.alignment = align
    return p


def fill(cell, lines):
    """Lines as (text, bold) into a cell, whose first paragraph is there already."""
    for index, (text, bold) in enumerate(lines):
        p = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        p.alignment = A.CENTER
        if text:
            p.add_run(text).bold = bold or None


def head(d, number, day, superior='UBND THÀNH PHỐ MINH HỌA', issuer=('ỦY BAN NHÂN DÂN', 'PHƯỜNG VÍ DỤ'),
         subject=None, party=False):
    t = d.add_table(rows=2, cols=2)
    fill(t.cell(0, 0), [(superior, False)] + [(i, True) for i in issuer] + [('_______', False)])
    motto = [('ĐẢNG CỘNG SẢN VIỆT NAM', True)] if party else [
        ('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', True), ('Độc lập - Tự do - Hạnh phúc', True)]
    fill(t.cell(0, 1), motto + [('_________', False)])
    fill(t.cell(1, 0), [(number, False)] + ([(s, False) for s in subject] if subject else []))
    fill(t.cell(1, 1), [(day, False)])
    for run in t.cell(1, 1).paragraphs[0].runs:
        run.italic = True
    d.add_paragraph()


def title(d, name, *subject):
    line(d, name, bold=True, align=A.CENTER)
    for s in subject:
        line(d, s, bold=True, align=A.CENTER)
    line(d, '--------', align=A.CENTER)
    d.add_paragraph()


def end(d, recipients, signature):
    t = d.add_table(rows=1, cols=2)
    left, right = t.cell(0, 0), t.cell(0, 1)
    left.paragraphs[0].add_run('Nơi nhận:').bold = True
    for r in recipients:
        left.add_paragraph(r)
    fill(right, signature)


CHAIR = [('TM. ỦY BAN NHÂN DÂN', True), ('CHỦ TỊCH', True), ('', False), ('', False), ('Trần Thị B', True)]


def grid(d, rows, style='Table Grid'):
    t = d.add_table(rows=len(rows), cols=len(rows[0]), style=style)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            t.cell(r, c).text = text
    return t


def typed_report():
    d = Document()
    head(d, 'Số: 96/BC-UBND', 'Ví Dụ, ngày 25 tháng 9 năm 2026')
    title(d, 'BÁO CÁO', 'Kết quả rà soát, niêm yết thủ tục hành chính', 'trên địa bàn phường Ví Dụ')
    line(d, 'Kính gửi: Ủy ban nhân dân thành phố Minh Họa', align=A.CENTER)
    line(d, 'Thực hiện Kế hoạch số 12/KH-UBND ngày 05/02/2026, UBND phường báo cáo kết quả như sau:')
    line(d, 'I. KẾT QUẢ THỰC HIỆN', bold=True)
    line(d, '1. Rà soát', bold=True)
    line(d, 'UBND phường đã rà soát 186 thủ tục hành chính, đề nghị sửa 04 thủ tục.')
    line(d, 'Việc rà soát có ý kiến của 12 tổ dân phố.')
    line(d, '2. Niêm yết', bold=True)
    line(d, '- Niêm yết tại trụ sở 186 thủ tục;')
    line(d, '- Niêm yết tại 12 bảng tin của tổ dân phố.')
    line(d, 'Các bảng tin đều có người phụ trách.')
    line(d, 'a) Bảng tin trong nhà có 04 chiếc.')
    line(d, 'b) Bảng tin ngoài trời có 08 chiếc.')
    line(d, 'II. HẠN CHẾ', bold=True)
    line(d, 'Hai tổ dân phố niêm yết chậm.')
    line(d, 'III. NHIỆM VỤ', bold=True)
    line(d, '1. Cập nhật thủ tục mới trong 03 ngày.')
    line(d, '2. Kiểm tra mỗi quý một lần.')
    line(d, 'Trên đây là kết quả rà soát thủ tục hành chính, UBND phường kính báo cáo./.')
    end(d, ['- Như trên;', '- Chủ tịch, các Phó Chủ tịch UBND phường;', '- Lưu: VT, VHXH.'], CHAIR)
    return d


def table_report():
    d = Document()
    head(d, 'Số: 97/BC-UBND', 'Ví Dụ, ngày 30 tháng 9 năm 2026')
    title(d, 'BÁO CÁO', 'Kết quả thu các loại quỹ năm 2026')
    line(d, 'UBND phường Ví Dụ báo cáo kết quả thu như sau:')
    line(d, '1. Kết quả thu', bold=True)
    line(d, 'Các tổ dân phố đã thu đủ.')
    line(d, 'CÁC KHOẢN THU', bold=True, align=A.CENTER)
    line(d, 'Đơn vị tính: nghìn đồng', italic=True, align=A.RIGHT)
    t = grid(d, [['TT', 'Khoản thu', 'Năm 2026', ''], ['', '', 'Kế hoạch', 'Thực hiện'],
                 ['1', 'Quỹ khuyến học', '12.500', '11.900,5'], ['2', 'Quỹ vì người nghèo', '8.000', '8.250'],
                 ['', 'Tổng cộng', '20.500', '20.150,5']])
    t.cell(0, 2).merge(t.cell(0, 3))
    t.cell(0, 0).merge(t.cell(1, 0))
    t.cell(0, 1).merge(t.cell(1, 1))
    line(d, 'Nguồn: Văn phòng HĐND và UBND phường')
    line(d, 'Số thu tăng so với năm trước.')
    line(d, '2. Phương hướng', bold=True)
    grid(d, [['STT', 'Việc', 'Người chủ trì', 'Thời hạn'],
             ['1', 'Rà soát hộ nghèo', 'Phòng Văn hóa - Xã hội', '30/10/2026'],
             ['2', 'Công khai quỹ', 'Các tổ dân phố', '15/11/2026']])
    line(d, 'Trên đây là báo cáo kết quả thu các loại quỹ./.')
    end(d, ['- Chủ tịch UBND phường;', '- Lưu: VT.'],
        [('TM. ỦY BAN NHÂN DÂN', True), ('KT. CHỦ TỊCH', True), ('PHÓ CHỦ TỊCH', True), ('', False),
         ('Hoàng Văn D', True)])
    return d


def numbering(d, number, levels):
    """A list definition: levels as (format, text)."""
    root = d.part.numbering_part.element
    abstract = OxmlElement('w:abstractNum')
    abstract.set(qn('w:abstractNumId'), str(900 + number))
    for index, (form, text) in enumerate(levels):
        level = OxmlElement('w:lvl')
        level.set(qn('w:ilvl'), str(index))
        for name, value in (('start', '1'), ('numFmt', form), ('lvlText', text)):
            child = OxmlElement('w:' + name)
            child.set(qn('w:val'), value)
            level.append(child)
        abstract.append(level)
    root.insert(0, abstract)
    num = OxmlElement('w:num')
    num.set(qn('w:numId'), str(900 + number))
    child = OxmlElement('w:abstractNumId')
    child.set(qn('w:val'), str(900 + number))
    num.append(child)
    root.append(num)
    return 900 + number


def item(d, text, number, level, bold=False):
    p = line(d, text, bold=bold)
    pr = p._p.get_or_add_pPr()
    num = OxmlElement('w:numPr')
    for name, value in (('ilvl', level), ('numId', number)):
        child = OxmlElement('w:' + name)
        child.set(qn('w:val'), str(value))
        num.append(child)
    pr.append(num)
    return p


def automatic_plan():
    d = Document()
    head(d, 'Số: 15/KH-UBND', 'Ví Dụ, ngày 20 tháng 7 năm 2026')
    title(d, 'KẾ HOẠCH', 'Tổ chức hội nghị của cộng đồng dân cư năm 2026')
    n = numbering(d, 1, [('upperRoman', '%1.'), ('decimal', '%2.'), ('lowerLetter', '%3)'), ('bullet', '-')])
    line(d, 'Thực hiện Luật Thực hiện dân chủ ở cơ sở, UBND phường xây dựng Kế hoạch như sau:')
    item(d, 'MỤC ĐÍCH, YÊU CẦU', n, 0, True)
    item(d, 'Mục đích', n, 1, True)
    item(d, 'Nhân dân bàn và quyết định các việc của tổ dân phố.', n, 3)
    item(d, 'Công khai các khoản thu, chi.', n, 3)
    item(d, 'Yêu cầu', n, 1, True)
    line(d, 'Hội nghị đúng thành phần, có biên bản.')
    item(d, 'NỘI DUNG', n, 0, True)
    item(d, 'Các tổ dân phố báo cáo:', n, 1)
    item(d, 'Kết quả thu, chi;', n, 2)
    item(d, 'Việc thực hiện quy ước.', n, 2)
    item(d, 'Nhân dân thảo luận.', n, 1)
    item(d, 'TỔ CHỨC THỰC HIỆN', n, 0, True)
    item(d, 'Văn phòng theo dõi, tổng hợp.', n, 1)
    item(d, 'Các tổ dân phố báo cáo trước ngày 30/9/2026.', n, 1)
    line(d, 'Yêu cầu các bộ phận, tổ dân phố nghiêm túc thực hiện./.')
    end(d, ['- Thường trực Đảng ủy phường;', '- Các tổ dân phố;', '- Lưu: VT.'], CHAIR)
    return d


def decision():
    d = Document()
    head(d, 'Số: 141/QĐ-UBND', 'Ví Dụ, ngày 01 tháng 9 năm 2026')
    title(d, 'QUYẾT ĐỊNH', 'Về việc thành lập Tổ công nghệ số cộng đồng phường Ví Dụ')
    line(d, 'ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ', bold=True, align=A.CENTER)
    line(d, 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;', italic=True)
    line(d, 'Căn cứ Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ quy định chi tiết một số điều '
         'của Luật Thực hiện dân chủ ở cơ sở;', italic=True)
    line(d, 'Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.', italic=True)
    line(d, 'QUYẾT ĐỊNH:', bold=True, align=A.CENTER)
    line(d, 'Điều 1. Thành lập Tổ công nghệ số cộng đồng phường Ví Dụ gồm 03 thành viên, có danh sách tại Phụ lục kèm theo.')
    line(d, 'Điều 2. Tổ có nhiệm vụ:')
    line(d, '1. Hướng dẫn người dân dùng dịch vụ công trực tuyến.')
    line(d, '2. Báo cáo UBND phường hằng tháng.')
    line(d, 'Điều 3. Các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.')
    end(d, ['- Như Điều 3;', '- Thường trực Đảng ủy phường;', '- Lưu: VT, VHXH.'], CHAIR)
    d.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    line(d, 'PHỤ LỤC', bold=True, align=A.CENTER)
    line(d, 'DANH SÁCH THÀNH VIÊN TỔ CÔNG NGHỆ SỐ CỘNG ĐỒNG', bold=True, align=A.CENTER)
    line(d, '(Kèm theo Quyết định số 141/QĐ-UBND ngày 01 tháng 9 năm 2026 của Ủy ban nhân dân phường Ví Dụ)',
         italic=True, align=A.CENTER)
    grid(d, [['TT', 'Họ và tên', 'Đơn vị công tác', 'Chức danh trong Tổ'],
             ['1', 'Hoàng Văn D', 'Phó Chủ tịch UBND phường', 'Tổ trưởng'],
             ['2', 'Lê Thị C', 'Phòng Văn hóa - Xã hội', 'Tổ phó'],
             ['3', 'Phạm Văn E', 'Đoàn Thanh niên phường', 'Thành viên']])
    return d


def letter():
    d = Document()
    head(d, 'Số: 312/UBND-VHXH', 'Ví Dụ, ngày 10 tháng 8 năm 2026',
         subject=['V/v tăng cường công khai', 'thủ tục hành chính'])
    line(d, 'Kính gửi:', align=A.CENTER)
    line(d, '- Trung tâm Phục vụ hành chính công phường;')
    line(d, '- Các tổ dân phố.')
    d.add_paragraph()
    line(d, 'Qua kiểm tra tháng 7/2026, một số nơi niêm yết chưa đủ. UBND phường đề nghị thực hiện những việc sau:')
    line(d, '1. Niêm yết đủ bộ thủ tục hành chính, xong trước ngày 31/8/2026.')
    line(d, '2. Cử người trả lời những câu hỏi của Nhân dân.')
    line(d, 'Đề nghị các cơ quan, tổ dân phố quan tâm thực hiện./.')
    end(d, ['- Như trên;', '- Chủ tịch UBND phường;', '- Lưu: VT, VHXH.'], CHAIR)
    return d


def party_notice():
    d = Document()
    head(d, 'Số 58-TB/ĐU', 'Ví Dụ, ngày 08 tháng 7 năm 2026', superior='ĐẢNG BỘ THÀNH PHỐ MINH HỌA',
         issuer=('ĐẢNG ỦY PHƯỜNG VÍ DỤ',), party=True)
    title(d, 'THÔNG BÁO', 'Kết luận của Thường trực Đảng ủy tại cuộc họp giao ban tháng 7/2026')
    line(d, 'Ngày 06/7/2026, Thường trực Đảng ủy họp giao ban và kết luận như sau:')
    line(d, '1. Về kết quả công tác', bold=True)
    line(d, '1.1. Các chi bộ đã sinh hoạt đúng định kỳ.')
    line(d, '1.2. Công tác kiểm tra được thực hiện theo chương trình.')
    line(d, '2. Về nhiệm vụ', bold=True)
    line(d, '2.1. Văn phòng Đảng ủy theo dõi việc thực hiện.')
    line(d, '2.2. Các chi bộ báo cáo trước ngày 30/7/2026.')
    line(d, 'Đề nghị các chi bộ nghiêm túc thực hiện.')
    end(d, ['- Thường trực Đảng ủy,', '- Các chi bộ,', '- Lưu Văn phòng Đảng ủy.'],
        [('T/M ĐẢNG ỦY', True), ('PHÓ BÍ THƯ', True), ('', False), ('Nguyễn Văn A', True)])
    return d


def tabbed_report():
    d = Document()
    line(d, 'UBND THÀNH PHỐ MINH HỌA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')
    line(d, 'ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ\t\tĐộc lập - Tự do - Hạnh phúc', bold=True)
    line(d, '---------\t-------------')
    line(d, 'Số:      /BC-UBND\t\tVí Dụ, ngày      tháng 9 năm 2026')
    d.add_paragraph()
    line(d, 'BÁO CÁO', bold=True, align=A.CENTER)
    line(d, 'Về công tác hòa giải ở cơ sở quý III năm 2026', bold=True, align=A.CENTER)
    d.add_paragraph()
    line(d, 'UBND phường báo cáo công tác hòa giải như sau:')
    line(d, 'I- KẾT QUẢ', bold=True)
    line(d, '1- Hòa giải 12 vụ việc, thành 10 vụ việc.')
    line(d, '2- Tập huấn 02 lớp.')
    line(d, 'II- PHƯƠNG HƯỚNG', bold=True)
    line(d, '- Kiện toàn các tổ hòa giải;')
    line(d, '- Tập huấn cho hòa giải viên.')
    line(d, 'Trên đây là báo cáo công tác hòa giải, UBND phường báo cáo./.')
    d.add_paragraph()
    line(d, 'Nơi nhận:\t\t\tTM. ỦY BAN NHÂN DÂN')
    line(d, '- Chủ tịch UBND phường;\t\t\tCHỦ TỊCH')
    line(d, '- Lưu: VT.')
    d.add_paragraph()
    line(d, '\t\t\t\t\tTrần Thị B')
    return d


def joint_plan():
    d = Document()
    head(d, 'Số: 02/KHLT-UBND-MTTQ', 'Ví Dụ, ngày 05 tháng 8 năm 2026',
         issuer=('ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ -', 'ỦY BAN MTTQ VIỆT NAM PHƯỜNG VÍ DỤ'))
    title(d, 'KẾ HOẠCH', 'Phối hợp tổ chức đối thoại với Nhân dân năm 2026')
    line(d, 'UBND phường và Ủy ban MTTQ Việt Nam phường xây dựng Kế hoạch như sau:')
    line(d, '1. Thời gian: quý IV năm 2026.')
    line(d, '2. Địa điểm: hội trường UBND phường.')
    line(d, 'Yêu cầu các bộ phận thực hiện Kế hoạch này./.')
    t = d.add_table(rows=2, cols=2)
    fill(t.cell(0, 0), [('TM. ỦY BAN MTTQ VIỆT NAM', True), ('CHỦ TỊCH', True)])
    fill(t.cell(0, 1), [('TM. ỦY BAN NHÂN DÂN', True), ('CHỦ TỊCH', True)])
    fill(t.cell(1, 0), [('', False), ('Phạm Thị G', True)])
    fill(t.cell(1, 1), [('', False), ('Trần Thị B', True)])
    line(d, 'Nơi nhận:', bold=True)
    line(d, '- Thường trực Đảng ủy phường;')
    line(d, '- Lưu: VT.')
    return d


def regulation():
    d = Document()
    head(d, 'Số: 130/QĐ-UBND', 'Ví Dụ, ngày 12 tháng 8 năm 2026')
    title(d, 'QUYẾT ĐỊNH', 'Ban hành Quy chế tiếp công dân của Ủy ban nhân dân phường Ví Dụ')
    line(d, 'ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ', bold=True, align=A.CENTER)
    line(d, 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;', italic=True)
    line(d, 'Theo đề nghị của Chánh Văn phòng HĐND và UBND phường.', italic=True)
    line(d, 'QUYẾT ĐỊNH:', bold=True, align=A.CENTER)
    line(d, 'Điều 1. Ban hành kèm theo Quyết định này Quy chế tiếp công dân của Ủy ban nhân dân phường Ví Dụ.')
    line(d, 'Điều 2. Quyết định này có hiệu lực từ ngày ký./.')
    end(d, ['- Như Điều 1;', '- Lưu: VT.'], CHAIR)
    d.add_page_break()
    head(d, '', '')
    line(d, 'QUY CHẾ', bold=True, align=A.CENTER)
    line(d, 'Tiếp công dân của Ủy ban nhân dân phường Ví Dụ', bold=True, align=A.CENTER)
    line(d, '(Kèm theo Quyết định số 130/QĐ-UBND ngày 12 tháng 8 năm 2026 của Ủy ban nhân dân phường Ví Dụ)',
         italic=True, align=A.CENTER)
    line(d, 'Chương I', bold=True, align=A.CENTER)
    line(d, 'QUY ĐỊNH CHUNG', bold=True, align=A.CENTER)
    line(d, 'Điều 1. Phạm vi, đối tượng', bold=True)
    line(d, '1. Quy chế này quy định việc tiếp công dân tại trụ sở.')
    line(d, '2. Quy chế áp dụng với:')
    line(d, 'a) Người tiếp công dân;')
    line(d, 'b) Công dân đến trụ sở.')
    line(d, 'Chương II', bold=True, align=A.CENTER)
    line(d, 'ĐIỀU KHOẢN THI HÀNH', bold=True, align=A.CENTER)
    line(d, 'Điều 2. Trách nhiệm thi hành', bold=True)
    line(d, 'Người tiếp công dân thực hiện đúng Quy chế này.')
    return d


def proposal():
    d = Document()
    head(d, 'Số: 41/TTr-UBND', 'Ví Dụ, ngày 20 tháng 7 năm 2026')
    title(d, 'TỜ TRÌNH', 'Phê duyệt Kế hoạch đối thoại năm 2026')
    line(d, 'Kính gửi: Hội đồng nhân dân phường Ví Dụ', align=A.CENTER)
    line(d, 'UBND phường trình Hội đồng nhân dân phường như sau:')
    line(d, '1. Nội dung đối thoại', bold=True)
    line(d, 'Công khai thủ tục hành chính; chỉnh trang ngõ, ngách.')
    line(d, '2. Thời gian, địa điểm', bold=True)
    line(d, 'Dự kiến trong quý IV năm 2026, tại hội trường UBND phường.')
    line(d, 'Kính trình Hội đồng nhân dân phường xem xét, cho ý kiến./.')
    end(d, ['- Như trên;', '- Chủ tịch UBND phường;', '- Lưu: VT.'], CHAIR)
    return d


def markup():
    d = Document()
    head(d, 'Số: 98/BC-UBND', 'Ví Dụ, ngày 30 tháng 9 năm 2026')
    title(d, 'BÁO CÁO', 'Việc dùng các ký hiệu # và * trong sổ theo dõi')
    line(d, 'UBND phường báo cáo như sau:')
    line(d, '1. Sổ ghi # và **đậm**, _nghiêng_, `mã`, <b>thẻ</b> và {{ tên }} như chữ thường.')
    line(d, '2. Có dòng kết thúc bằng dấu gạch chéo ngược \\')
    line(d, '+ Có dòng bắt đầu bằng dấu cộng.')
    line(d, '3. %rec: là chữ trong sổ | và có gạch đứng.')
    line(d, 'Trên đây là báo cáo của UBND phường./.')
    end(d, ['- Chủ tịch UBND phường;', '- Lưu: VT.'], CHAIR)
    return d


DOCUMENTS = [typed_report, table_report, automatic_plan, decision, letter, party_notice, tabbed_report, joint_plan,
             regulation, proposal, markup]

if __name__ == '__main__':
    for make in DOCUMENTS:
        make().save(f'{sys.argv[1]}/{make.__name__.replace("_", "-")}.docx')

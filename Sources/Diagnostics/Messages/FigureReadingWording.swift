extension ValueProblem {
  /// Figures with more than a number: V014, V015, V018, V019.
  var plainWording: Wording? {
    switch self {
    case .notPlainFigure(let text, let reading):
      Wording(
        "V015", "«\(text)»: trường này chỉ ghi con số", "“\(text)”: this field holds a number only",
        hint: reading.hint)
    case .range(let text, let meant):
      Wording(
        "V014", "«\(text)» là một khoảng", "“\(text)” is a range",
        hint: meant.map { ("viết \($0)", "write \($0)") }
          ?? ("trường này chỉ ghi một số", "this field holds one number"))
    case .backwardRange(let text, let meant):
      Wording(
        "V014", "khoảng «\(text)» bắt đầu bằng số lớn hơn",
        "the range “\(text)” begins with the larger number",
        hint: ("viết \(meant), hoặc sửa hai số", "write \(meant), or correct the two"))
    case .nothing(let text, let gap):
      Wording(
        "V018", "«\(text)» không phải là giá trị của trường này",
        "“\(text)” is not a value of this field", hint: gap.hint)
    case .numberWithSign(let text, let number, let sign):
      Wording(
        "V019", "«\(text)» là số và ký hiệu, ghi ở hai trường",
        "“\(text)” is a number and a sign, which go into two fields",
        hint: (
          "viết «so: \(number)» và «ky_hieu: \(sign)»",
          "write “so: \(number)” and “ky_hieu: \(sign)”"
        ))
    case .notADocumentSerial(let text, let meant):
      Wording(
        "V022", "«\(text)» không phải là số của văn bản",
        "“\(text)” is not the number of a document",
        hint: meant.map { ("viết \($0)", "write \($0)") }
          ?? (
            "chỉ viết chữ số, từ 1, như 145; chưa có số thì để trống",
            "write digits only, from 1, such as 145; leave it empty where there is no number yet"
          ))
    default: nil
    }
  }

  static func readings(
    _ grouped: String?, _ decimal: String?
  ) -> (vietnamese: String, english: String) {
    switch (grouped, decimal) {
    case (let grouped?, let decimal?):
      (
        "hàng nghìn thì viết \(grouped); số thập phân thì viết \(decimal)",
        "for thousands write \(grouped); for a decimal write \(decimal)"
      )
    case (let grouped?, nil):
      ("đủ chữ số thì viết \(grouped)", "if no digit is missing write \(grouped)")
    case (nil, let decimal?):
      ("số thập phân thì dùng dấu phẩy: \(decimal)", "a decimal takes a comma: \(decimal)")
    case (nil, nil): ("", "")
    }
  }
}

extension ValueProblem.OddFigure {
  var hint: (vietnamese: String, english: String) {
    switch self {
    case .error:
      (
        "ô ấy trong bảng tính bị lỗi hoặc quá hẹp: sửa ở bảng tính rồi lưu lại",
        "that cell of the spreadsheet has an error or is too narrow: mend it there and save again"
      )
    case .shortened:
      (
        "bảng tính đã viết gọn số: định dạng ô là Number rồi lưu lại, hoặc gõ đủ chữ số",
        "a spreadsheet shortened it: format the cell as Number and save, or type all digits"
      )
    }
  }
}

extension ValueProblem.PlainReading {
  var hint: (vietnamese: String, english: String) {
    switch self {
    case .number(let number, nil, nil): ("viết \(number)", "write \(number)")
    case .number(let number, let unit?, nil):
      ("tính bằng «\(unit)» thì viết \(number)", "counted in “\(unit)” write \(number)")
    case .number(let number, _, let hedge?):
      (
        "viết \(number); chữ «\(hedge)» ghi ở trường riêng (uoc)",
        "write \(number); the word “\(hedge)” goes into a field of its own (uoc)"
      )
    case .eitherScale(let full, let short, let unit):
      (
        "viết \(full), hoặc \(short) nếu đơn vị tính là «\(unit)»",
        "write \(full), or \(short) where the unit is “\(unit)”"
      )
    case .otherUnit(let number, let unit, let recordUnit):
      (
        "đơn vị tính đang ghi «\(recordUnit)»: viết số tính bằng «\(recordUnit)», hoặc sửa thành"
          + " «\(unit)» rồi viết \(number)",
        "the unit is given as “\(recordUnit)”: write the number in “\(recordUnit)”, or change it to"
          + " “\(unit)” and write \(number)"
      )
    case .meanings(let meanings):
      (
        meanings.map { "nếu là «\($0.text)»: \($0.reading.hint.vietnamese)" }
          .joined(separator: "; "),
        meanings.map { "if it is “\($0.text)”: \($0.reading.hint.english)" }
          .joined(separator: "; ")
      )
    case .withRemark(let remark, let reading):
      (
        "\(reading.hint.vietnamese); «\(remark)» thành một số liệu riêng",
        "\(reading.hint.english); “\(remark)” becomes a figure of its own"
      )
    case .severalFigures:
      (
        "gộp thành một số theo đơn vị tính của số liệu, hoặc tách thành nhiều số liệu",
        "make one number of it in the unit of the figure, or make several figures"
      )
    }
  }
}

extension ValueProblem.Gap {
  var hint: (vietnamese: String, english: String) {
    switch self {
    case .line: ("không có thì bỏ cả dòng này", "where there is none leave the whole line out")
    case .record:
      (
        "trường này phải có: hãy điền; không có gì để ghi thì bỏ cả bản ghi này",
        "this field is needed: fill it in; where there is nothing to tell leave the whole record out"
      )
    case .row:
      (
        "cột này phải có: hãy điền; không có gì để ghi thì bỏ cả hàng này",
        "this column is needed: fill it in; where there is nothing to tell leave the whole row out"
      )
    case .neither: ("trường này phải có: hãy điền", "this field is needed: fill it in")
    case .cell: ("không có thì để trống ô này", "where there is none leave the cell empty")
    case .documentNumber:
      (
        "chưa cấp số thì để trống: văn bản in chỗ trống để điền sau",
        "where none is given yet leave it empty: the document has a blank to fill in"
      )
    case .figureCell:
      (
        "không có số liệu thì để trống ô này; bằng không thì viết 0",
        "where there is no figure leave the cell empty; where it is zero write 0"
      )
    case .figureRow:
      (
        "không có số liệu thì bỏ cả hàng này; bằng không thì viết 0",
        "where there is no figure leave the whole row out; where it is zero write 0"
      )
    case .figureLine:
      (
        "không có số liệu thì bỏ cả dòng này; bằng không thì viết 0",
        "where there is no figure leave the whole line out; where it is zero write 0"
      )
    case .figureRecord:
      (
        "không có số liệu thì bỏ cả bản ghi này; bằng không thì viết 0",
        "where there is no figure leave the whole record out; where it is zero write 0"
      )
    }
  }
}

import Diagnostics
import Texts
import Templating
import Vietnamese

extension ValueType {
  /// The attributes that a template gets of a value of this type.
  var textType: TextType {
    switch self {
    case .ngay: .date
    case .ngayVanBan: .openDate
    case .ngayGio: .dateWithTime
    case .so, .soNguyen: .hedgedFigure
    case .tyLe: .percentage
    case .tien: .money
    case .ky: .period
    case .soKyHieu: .documentNumber
    case .nguoi: .person
    case .thoiHan: .deadline
    }
  }
}

extension TextType {
  static let date = TextType("ngay", attributes: dateAttributes) {
    (text, name) throws(Diagnostic) in try CalendarDate(text).attribute(name)
  }

  static let dateWithTime = TextType(
    "ngay_gio", attributes: dateAttributes + ["gio", "phut", "giay"]
  ) {
    (text, name) throws(Diagnostic) in
    let written = try DateWithTime(text)
    return switch name {
    case "gio": written.time.map { .int($0.hour) } ?? .missing
    case "phut": written.time.map { .int($0.minute) } ?? .missing
    case "giay": written.time.map { .int($0.second) } ?? .missing
    default: written.date.attribute(name)
    }
  }

  /// Of an open date, what is to be filled in by hand is missing.
  static let openDate = TextType("ngay_van_ban", attributes: dateAttributes) {
    (text, name) throws(Diagnostic) in
    guard let open = OpenDate(text) else { return try CalendarDate(text).attribute(name) }
    return switch name {
    case "nam": .int(open.year)
    case "thang": open.month.map { .int($0) } ?? .missing
    case "quy": open.month.map { .int(($0 + 2) / 3) } ?? .missing
    default: .missing
    }
  }

  private static let dateAttributes = ["ngay", "thang", "nam", "quy", "thu"]

  /// Figures with a hedge; those without one are numbers.
  static let hedgedFigure = TextType("so", attributes: ["so", "uoc", "don_vi"]) {
    (text, name) throws(Diagnostic) in
    let figure = try HedgedNumber(text)
    let unit: Text? = figure.isPercent ? Text("%") : figure.unit.nonEmpty
    return name == "don_vi" ? Value(optional: unit) : figure.attribute(name)
  }

  static let percentage = TextType("ty_le", attributes: ["so", "uoc"]) {
    (text, name) throws(Diagnostic) in try Reports.percentage(text).attribute(name)
  }

  static let money = TextType("tien", attributes: ["so", "uoc", "don_vi", "dong"]) {
    (text, name) throws(Diagnostic) in
    let money = try Money(text)
    return switch name {
    case "dong": Value(exact: money.dong)
    case "don_vi": .text(money.figure.unit)
    default: money.figure.attribute(name)
    }
  }

  static let documentNumber = TextType(
    "so_ky_hieu", attributes: ["so", "nam", "loai", "co_quan", "don_vi", "cua_dang"]
  ) { (text, name) throws(Diagnostic) in
    let number = try DocumentNumber(text)
    return switch name {
    case "so": .text(number.number)
    case "nam": number.year.map { .int($0) } ?? .missing
    case "loai": Value(optional: number.kind)
    case "co_quan": Value(optional: number.issuer)
    case "don_vi": Value(optional: number.unit)
    default: .bool(number.isOfParty)
    }
  }

  static let deadline = TextType("thoi_han", attributes: ["loai", "cau"]) {
    (text, name) throws(Diagnostic) in
    let deadline = try Deadline(text)
    let value = name == "loai" ? deadline.kind.rawValue : deadline.phrase
    return .text(Text(computed: Array(value.utf8), from: text))
  }

  static let person = TextType("nguoi", attributes: ["ho_ten", "ten", "chuc_vu", "xung_ho"]) {
    (text, name) throws(Diagnostic) in
    let person = try Person(text)
    return switch name {
    case "ho_ten": .text(person.name)
    case "ten": .text(person.givenName)
    case "chuc_vu": .text(person.title)
    default: Value(optional: person.address)
    }
  }
}

extension Value {
  /// Missing, so false and printed as nothing, where the writing leaves a part out.
  init(optional text: Text?) {
    self = text.map { .text($0) } ?? .missing
  }

  /// A decimal in ASCII; one of more digits than templates count with stays a text.
  init(exact decimal: [UInt8]) {
    self = Value(number: Decimal(decimal)) ?? Value(computed: decimal)
  }

  /// A date as the schema's type `ngay` has it.
  init(_ date: CalendarDate, from origin: Text) {
    var written = ByteBuffer()
    date.append(as: .ngay, to: &written)
    self = .typed(Text(computed: written.bytes, from: origin), .date)
  }
}

extension CalendarDate {
  fileprivate func attribute(_ name: String) -> Value {
    switch name {
    case "ngay": .int(day)
    case "thang": .int(month)
    case "nam": .int(year)
    case "quy": .int(quarter)
    default: Value(weekday.name)
    }
  }
}

extension HedgedNumber {
  fileprivate func attribute(_ name: String) -> Value {
    name == "so" ? Value(exact: decimal) : Value(optional: hedge.map { Text($0.rawValue) })
  }
}

extension Text {
  fileprivate var nonEmpty: Text? { isEmpty ? nil : self }
}

import Diagnostics
import Texts
import Records
import Vietnamese

/// What the record of a table says of its columns: which, under what titles, in which groups, and
/// what is added up.
struct TableForm {
  /// A line `cot: so_luong | Số lượng | số`.
  struct Column {
    let name: Text
    let title: Text?
    let setting: Setting?
  }

  /// A line `nhom: Năm 2026 | so_vu so_nguoi`.
  struct Group {
    let title: Text
    let columns: [Text]
  }

  /// A line `tong: Tổng cộng | so_luong kinh_phi=1.400`.
  struct Total {
    let title: Text
    let columns: [(name: Text, given: Text?)]
  }

  /// The way in which the cells of a column are set.
  enum Setting {
    case left, center, right
    /// A figure, which is checked.
    case number
    /// Text, whatever it looks like.
    case text

    init?(_ word: Text) {
      switch withoutMarks(word.string).lowercased() {
      case "trai": self = .left
      case "giua": self = .center
      case "phai": self = .right
      case "so": self = .number
      case "chu": self = .text
      default: return nil
      }
    }
  }

  private(set) var columns: [Column] = []
  private(set) var groups: [Group] = []
  private(set) var total: Total?

  init(_ record: Record, _ problems: inout [Diagnostic]) {
    for line in record.values("cot") {
      let parts = line.parts(at: "|")
      guard let name = parts.first, !name.isEmpty, parts.count < 4 else {
        problems.append(Diagnostic(.table(.badColumn(line.string)), at: line))
        continue
      }
      var setting: Setting?
      if parts.count == 3 {
        setting = Setting(parts[2])
        if setting == nil {
          problems.append(Diagnostic(.table(.badColumn(parts[2].string)), at: parts[2]))
        }
      }
      let title = parts.count > 1 && !parts[1].isEmpty ? parts[1] : nil
      columns.append(Column(name: name, title: title, setting: setting))
    }
    for line in record.values("nhom") {
      let parts = line.parts(at: "|")
      let names = parts.count == 2 ? parts[1].names : []
      guard parts.count == 2, !parts[0].isEmpty, !names.isEmpty else {
        problems.append(Diagnostic(.table(.badGroup(line.string)), at: line))
        continue
      }
      groups.append(Group(title: parts[0], columns: names))
    }
    guard let line = record.values("tong").first else { return }
    let parts = line.parts(at: "|")
    let names = parts.count == 2 ? parts[1].names : []
    guard parts.count == 2, !parts[0].isEmpty, !names.isEmpty else {
      problems.append(Diagnostic(.table(.badTotal(line.string)), at: line))
      return
    }
    total = Total(
      title: parts[0],
      columns: names.map { name in
        let sides = name.parts(at: "=")
        return (sides[0], sides.count > 1 ? sides[1] : nil)
      })
  }
}

extension Text {
  /// The parts between a sign, without blanks around them.
  fileprivate func parts(at sign: String) -> [Text] {
    let byte = sign.utf8.first ?? 0
    var parts: [Text] = []
    var start = bytes.startIndex
    for index in bytes.indices where bytes[index] == byte {
      parts.append(part(start..<index).trimmed)
      start = index + 1
    }
    return parts + [part(start..<bytes.endIndex).trimmed]
  }

  /// Names between semicolons, or where there are none between blanks.
  fileprivate var names: [Text] {
    if bytes.contains(UInt8(ascii: ";")) { return parts(at: ";").filter { !$0.isEmpty } }
    return words
  }
}

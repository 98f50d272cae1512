import ArgumentParser
import Diagnostics

extension ArgumentHelp {
  /// The help of an argument in the user's language, and the name of its value.
  static func text(
    _ vietnamese: String, _ english: String,
    value: (vietnamese: String, english: String)? = nil
  ) -> ArgumentHelp {
    let name = value.map { Messages.text($0.vietnamese, $0.english) }
    return ArgumentHelp("\(Messages.text(vietnamese, english))", valueName: name)
  }
}

/// The set phrases of the argument parser, which speaks English only.
enum ParserPhrases {
  /// A help page with the phrases in the user's language.
  static func help(_ page: String) -> String {
    guard Messages.language == .vietnamese else { return page }
    return help.reduce(page) { $0.replacing($1.english, with: $1.vietnamese) }
  }

  /// A complaint about a command line with the phrases in Vietnamese.
  static func complaint(_ text: String) -> String {
    (complaints + help).reduce(text) { $0.replacing($1.english, with: $1.vietnamese) }
  }

  private static let help: [(english: String, vietnamese: String)] = [
    ("OVERVIEW: ", "CÔNG DỤNG: "),
    ("USAGE: ", "CÁCH DÙNG: "),
    ("ARGUMENTS:", "ĐỐI SỐ:"),
    ("OPTIONS:", "TÙY CHỌN:"),
    ("SUBCOMMANDS:", "CÁC LỆNH:"),
    ("<options>", "<tùy chọn>"),
    ("<subcommands>", "<lệnh con>"),
    ("<subcommand>", "<lệnh>"),
    ("Show help information.", "In lời giải thích này."),
    ("Show subcommand help information.", "In lời giải thích của một lệnh."),
    ("(default:", "(mặc định:"),
    ("(values:", "(các giá trị:"),
    ("; default:", "; mặc định:"),
    (" default: auto)", " mặc định: auto)"),
    ("  See '", "  Xem '"),
    ("' for detailed help.", "' để biết chi tiết."),
  ]

  private static let complaints: [(english: String, vietnamese: String)] = [
    ("Unknown option", "không có tùy chọn"),
    ("Missing expected argument", "thiếu đối số"),
    ("Missing value for", "thiếu giá trị của"),
    ("Unexpected argument", "thừa đối số"),
    (" unexpected arguments", " đối số thừa"),
    ("The value", "giá trị"),
    ("is invalid for", "không dùng được cho"),
    ("Did you mean", "Có phải là"),
    ("Please provide one of", "Hãy dùng một trong"),
    ("' and '", "' và '"),
    ("' or '", "' hoặc '"),
    ("' in '", "' trong '"),
    ("\n   or: ", "\n   hoặc: "),
    ("Usage:", "Cách dùng:"),
    ("Help:", "Giải thích:"),
    ("  See '", "  Xem thêm: '"),
    (" for more information.", "."),
  ]
}

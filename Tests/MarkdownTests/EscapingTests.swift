import CaseFiles
import Diagnostics
import Texts
import Foundation
import Markdown
import Testing

/// Places a value can stand in; `{{}}` is the value.
private let places = [
  "{{}}", "{{}}\n", "Trước {{}} sau", "{{}} sau", "Trước {{}}", "a{{}}b", "- {{}}\n- x\n",
  "1. {{}}\n2. y\n", "x\n\n   - {{}}\n", "> {{}}\n", "> trước {{}}\n> sau\n", "> - {{}} a\n",
  "# {{}}\n", "## Mục {{}}\n\nđoạn\n", "# {{}} #\n", "**{{}}**: x\n", "*{{}}*\n", "_{{}}_\n",
  "[{{}}](/a)\n", "xem [{{}}](/a) và (b)\n", "![{{}}](/a)\n", "{{}}\n===\n", "a {{}}: b\n",
  "| a | b |\n|---|---|\n| {{}} | y |\n", "| {{}} | b |\n|---|---|\n| x | y |\n",
  "| a | b |\n|---|---|\n|{{}}|y|\n", "a | b\n--|--\nx | {{}}\n", "> | a |\n> |---|\n> | {{}} |\n",
  "x\n| {{}} |\ny\n", "| x |\n| {{}} |\n", "x\n{{}}\ny\n", "x  \n{{}}\n", "({{}})", "“{{}}”",
  "<{{}}", "< {{}} >", "<{{}} x", "&{{}};", "&#{{}};", "\\{{}}", "!{{}}", "{{}}[x](/y)",
  "[x]{{}}", "x {{}}\n\n[x]: /y\n", "#{{}}", "-{{}}", "+{{}}", "{{}}-", "~~{{}}", "={{}}",
  "x\n={{}}\n", "x\n-{{}}\n", "1{{}}", "12{{}} y", "1.{{}}", "- a\n\n    - {{}}", "- a\n\n  {{}}\n",
  "[a](/b \"t\") {{}}", "`a` {{}} `b`", "a\n\n{{}}\n\nb", "* {{}}\n", "+ {{}}", "1) {{}}",
  "&am{{}}", "Số: {{}}/BC-{{}}", "{{}}{{}}", "{{}} {{}}", "{{}}\n{{}}\n", "{{}}{{}}{{}} x",
  "{{}} | {{}}\n--|--\nx | y\n", "| {{}} | {{}} |\n| --- | --- |\n| {{}} | {{}} |\n",
]

private let alphabet: [String] = [
  "\\", "*", "_", "`", "[", "]", "<", ">", "&", "!", "|", "#", "+", "-", "=", "~", ":", ".", ")",
  "(", "1", "12", "0", "a", "b", "ế", "Ư", "đ", " ", " ", "  ", "\t", "\n", "\n", "\n\n", "\"",
  "'", "/", "?", "{", "}", "^", "%", "$", "@", ";", "&amp;", "&#35;", "&lt", "<b>", "</b>",
  "<!--", "-->", "<?", "<a@b.vn>", "http://x", "](/evil)", "[x]: /y", "---", "===", "```", "~~~",
  "|---|", "- ", "1. ", "# ", "> ", "    ", "“", "”", "–", "\u{A0}", "\r", "\u{B}", "\u{200B}", "日",
  "**", "__", "a_b", "2 * 3", "![", "<div>", "javascript:", "Ủy ban nhân dân",
]

private func randomValue(_ random: inout FixedRandom) -> String {
  let count = Int.random(in: 1...9, using: &random)
  return (0..<count).map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
}

/// Emphasis marks beside a value are CommonMark's own limit when a letter stands outside.
private let stand = "QzQz"

/// The tags of an HTML text, without line breaks.
private func tags(_ html: String) -> [Substring] {
  html.split(separator: "<", omittingEmptySubsequences: false).dropFirst()
    .map { $0.prefix { $0 != ">" } }.filter { $0 != "br /" }
    .map { $0.hasPrefix("img") ? "img" : $0 }
}

@Suite struct EscapingTests {
  /// A number that the template's own `.` follows is the template's list.
  private func isTemplatesOwnMarker(_ place: String, _ value: String) -> Bool {
    value.allSatisfy(\.isNumber) && place.hasPrefix("{{}}{{}}")
  }

  @Test(arguments: places) func showsExactlyTheValue(place: String) throws {
    var random = FixedRandom(seed: 20_260)
    var failures: [String] = []
    let plainFilled = try fill(place, stand)
    let (wantedText, wantedTags) = (plainText(plainFilled), tags(html(plainFilled)))
    for _ in 0..<1500 {
      let value = randomValue(&random)
      if isTemplatesOwnMarker(place, value) { continue }
      let markdown = try fill(place, value)
      let wanted = wantedText.replacingOccurrences(of: stand, with: value)
      let text = plainText(markdown)
      if Array(text.utf8) != Array(wanted.utf8) || tags(html(markdown)) != wantedTags {
        failures.append("\(value.debugDescription) as \(markdown.debugDescription)")
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(3).joined(separator: "; "))")
  }

  /// What follows a value settles how its end is written.
  @Test(arguments: ["", "b", "ế", " ", "1", ";", ".", "amp;", "#1;", "-", "(x)", "\u{A0}", "/"])
  func valuesNextToEachOther(between: String) throws {
    var random = FixedRandom(seed: 5)
    for _ in 0..<2000 {
      let values = [randomValue(&random), Bool.random(using: &random) ? "" : randomValue(&random)]
      let markdown = try fill("Trước {{}}\(between){{}}\(between)sau\n", values[0], values[1])
      let wanted = "Trước \(values[0])\(between)\(values[1])\(between)sau"
      #expect(Array(plainText(markdown).utf8) == Array(wanted.utf8), "\(values) as \(markdown)")
    }
  }

  @Test(arguments: [
    "Ủy ban nhân dân quận Lê Chân", "213/2015/NĐ-CP", "1.234", "1.234.567,5", "85%", "(BCĐ)",
    "“Dân vận khéo”", "tăng - giảm", "a – b", "Kết thúc.", "Gồm;", "Như sau:", "Hoan nghênh!",
    "so_van_ban", "Đồng chí A, B & C", "vanthu@example.gov.vn", "+84 225 123", "-5 độ", "2 * 3",
    "10 < 20", "a > b", "C# và F#", "x = y", "độ ~ 5 km", "~5 km", "(~5 km)", "3 tháng/lần", "$100",
    "#1 cả nước",
    "0225.3456789", "28/6/2018", "{ghi chú}", "a^2", "R&D và AT&T ngày nay", "https://x.vn/a?b=c",
    "05/03/2020 | 18:10", "dòng 'một' \"hai\"", "1/2, 3/4", "Mục 1. Mở đầu", "a! b?", "2020",
  ]) func staysReadable(value: String) throws {
    for place in ["{{}}\n", "Trước {{}} sau\n", "- {{}}\n", "**{{}}**\n", "# Mục {{}}\n"] {
      let expected = place.replacingOccurrences(of: "{{}}", with: value)
      #expect(try fill(place, value) == expected)
    }
  }

  /// Lines of a template around values whose last characters could join with what follows them.
  @Test func valuesEndAtTheirEndWhateverFollows() throws {
    var random = FixedRandom(seed: 1501)
    let pieces = [
      "{{}}", "{{}}", "{{}}", "q ", "a", " ", "\n", "\n", "\n\n", "|", " | ", "| a |\n", "|---|\n",
      "\n|---|\n", "\n---|---\n", "\n| - |\n", "a | b\n--|--\n", "| {{}} |\n", "x | {{}}\n", "- ",
      "  ", "1. ", "> ", "# ", "  \n", "\n    ", ".", "]", ")", "(x)", "&", ";", "#",
      "\n```\nx\n```\n",
      "\n===\n", "\n---\n", "\n***\n", "\\\n", "\\", "!", "[x](/y)", "<", "~",
    ]
    let ends = [
      "\\", "\\\\", "|", "\\|", "|\\", "a\\", "-\\", "x", "a\n\\", "-", ":", "&", "!", "`",
    ]
    var failures: [String] = []
    for _ in 0..<20_000 {
      let template = (0..<Int.random(in: 2...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      let value = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        ends.randomElement(using: &random) ?? ""
      }.joined()
      guard template.contains("{{}}"), let plainFilled = try? fill(template, stand),
        let markdown = try? fill(template, value)
      else { continue }
      let wanted = plainText(plainFilled).replacingOccurrences(of: stand, with: value)
      if plainText(markdown) != wanted || tags(html(markdown)) != tags(html(plainFilled)) {
        failures.append(
          "\(value.debugDescription) in \(template.debugDescription) as \(markdown.debugDescription)"
        )
      }
    }
    #expect(failures.isEmpty, "\(failures.count): \(failures.prefix(20).joined(separator: "\n"))")
  }

  /// What an escaper learned from other texts changes nothing; and digits that it need not look
  /// at come out as those that it reads.
  @Test func whatWasLearnedChangesNothing() throws {
    var random = FixedRandom(seed: 17)
    let passages = [
      " ", "\n", "\n\n", "- ", "1. ", "2) ", "> ", "# ", "### ", "    ", "a", "Trước ", " sau",
      ";\n",
      ".\n\n", "| ", " | ", " |\n", "|---|\n", "| --- | :-: |\n", "| a | b |\n", "-", "--", "`",
      "``",
      "```\n", "~~~\n", "[", "]", "](", ")", "](/a \"", "\")", "<", ">", "<b>", "</b>", "<!-- ",
      " -->",
      "\\", "*", "**", "_", "!", "&", "&#", ";", "\t", "[a]: ", "===\n", "***\n", "{", "(", "'",
    ]
    var veteran = MarkdownEscaper()
    var numbers: [String: Int] = [:]
    func number(_ passage: String) -> Int {
      if let number = numbers[passage] { return number }
      numbers[passage] = numbers.count
      return numbers.count - 1
    }
    var filled = 0
    func piece() -> Piece {
      switch Int.random(in: 0..<7, using: &random) {
      case 0: .number(Int.random(in: -20...2000, using: &random))
      case 1, 2: .value(randomValue(&random))
      default: .template(passages.randomElement(using: &random) ?? "")
      }
    }
    func ordinary(_ random: inout FixedRandom) -> String {
      [
        "An Biên", "phường", "7 hộ", "2020", "à", "", "a@b.vn", "số #1 cả nước", "C## và", "ô! này",
        "a !# b", "A #", "C#", "B!",
      ].randomElement(using: &random) ?? ""
    }
    var pieces: [Piece] = []
    for round in 0..<120_000 {
      if round % 4 == 0 {
        pieces = (0..<Int.random(in: 1...9, using: &random)).map { _ in piece() }
      } else {
        // The same template with other values.
        pieces = pieces.map { old in
          switch old {
          case .template: old
          case .value:
            .value(Bool.random(using: &random) ? randomValue(&random) : ordinary(&random))
          case .number: .number(Int.random(in: -20...2000, using: &random))
          }
        }
      }
      let read = pieces.map { piece in
        if case .number(let number) = piece { Piece.template(String(number)) } else { piece }
      }
      var (novice, other) = (MarkdownEscaper(), MarkdownEscaper())
      let result = try? fill(pieces, with: &veteran, number: number)
      #expect((try? fill(pieces, with: &novice)) == result, "\(pieces)")
      #expect((try? fill(read, with: &other)) == result, "\(pieces)")
      filled += result == nil ? 0 : 1
    }
    #expect(filled > 60_000)
  }

  /// GitHub and its like strike out what stands between tildes.
  @Test(.enabled(if: gfm.isHere, "cmark-gfm is not installed"))
  func nothingIsStruckOut() throws {
    var random = FixedRandom(seed: 11)
    let pieces = ["~", "~~", "a", "ế", " ", "(", ")", ".", "*", "_", "“", "\u{A0}", "\\", "5 km"]
    func value() -> String {
      (0...6).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }
    let places = [
      "{{}}", "Trước {{}} sau {{}}.", "**{{}}** {{}}", "({{}}){{}}", "# {{}} {{}}", "- {{}}{{}}",
    ]
    for place in places {
      let document = try (0..<500).map { _ in try fill(place, value(), value()) }
        .joined(separator: "\n\n<!-- -->\n\n")
      let html = try Self.gfm.run(["-e", "strikethrough"], input: Data(document.utf8)).output
      let struck = html.split(separator: "\n").filter { $0.contains("<del>") }
      #expect(struck.isEmpty, "\(place): \(struck.prefix(3))")
    }
  }

  private static let gfm = Tool("cmark-gfm")

  @Test func casesOfTheFile() throws {
    let all = try cases("escaping.txt")
    try #require(all.count >= 20)
    for (name, sections) in all {
      try #require(sections.count == 3, "\(name)")
      #expect(result(sections[0], sections[1]) == sections[2], "\(name)")
    }
  }

  /// The Markdown, or the code of the problem that refused the value.
  private func result(_ template: String, _ value: String) -> String {
    do {
      return try fill(template, value)
    } catch let problem as Diagnostic {
      return "refused \(problem.kind.code)"
    } catch {
      return "\(error)"
    }
  }

  @Test func randomTextInCodeIsKeptOrRefused() throws {
    var random = FixedRandom(seed: 7)
    var kept = 0
    let places = [
      "`{{}}`\n", "x `a {{}} b` y\n", "``{{}}``\n", "```\n{{}}\n```\n", "~~~~\na {{}}\n~~~~\n",
    ]
    for place in places {
      let wantedText = plainText(place.replacingOccurrences(of: "{{}}", with: stand))
      for _ in 0..<1000 {
        let value = randomValue(&random).replacingOccurrences(of: "\r", with: "")
        guard let markdown = try? fill(place, value) else { continue }
        kept += 1
        let wanted = wantedText.replacingOccurrences(of: stand, with: value)
        #expect(plainText(markdown) == wanted, "\(value.debugDescription)")
      }
    }
    #expect(kept > 1000)
  }

  @Test func randomTextStaysOneDestination() throws {
    var random = FixedRandom(seed: 11)
    for place in ["[x]({{}})", "a [x]({{}} \"t\") b", "[x](</{{}}>)", "[x](/a?q={{}})"] {
      let wanted = tags(html(place.replacingOccurrences(of: "{{}}", with: "q"))).count
      for _ in 0..<1000 {
        let value = randomValue(&random)
        let markdown = try fill(place, value)
        #expect(tags(html(markdown)).count == wanted, "\(value.debugDescription)")
      }
    }
  }
}

import Archives
import Diagnostics
import Reports

extension Entry {
  private static let postTemplates = try? TemplateCollection(
    TemplateFolder("Templates"), undefined: .strict)
  private static let importer = postTemplates.flatMap {
    try? PostImporter($0, proposesFacts: true)
  }

  /// An old post becomes a data file that is right, and of which every word is printed.
  static func post(_ bytes: [UInt8]) {
    guard let templates = postTemplates, let importer else {
      preconditionFailure("run in the folder of the package")
    }
    for name in ["fuzz.txt", "fuzz.html", "fuzz.mht"] {
      guard let post = try? importer.post(bytes, of: name) else { continue }
      guard let file = try? DataFile.read(name: "fuzz.rec", bytes: post.bytes) else {
        preconditionFailure("the data file is no text")
      }
      let checked = file.check(templates)
      precondition(!checked.hasErrors, "the data file is wrong")
      guard let printed = try? checked.render(templates, formats: [.text]).first?.bytes else {
        preconditionFailure("the data file is not printed")
      }
      // Letters that were read in another encoding once are other letters now.
      let isDecoded = post.notices.contains { $0.kind.code == "N127" }
      if name == "fuzz.txt", !isDecoded {
        precondition(words(printed) == words(bytes), "a word is lost")
      }
    }
  }

  /// The words of a text in composed letters, with what counts as a blank in a post.
  private static func words(_ bytes: [UInt8]) -> [Substring] {
    String(decoding: bytes, as: UTF8.self).composed.split { character in
      character.isWhitespace
        || character.unicodeScalars.allSatisfy { scalar in
          scalar.value < 0x20 || scalar.value == 0x7F || (0x80...0x9F).contains(scalar.value)
            || scalar.value == 0xFEFF
        }
    }
  }
}

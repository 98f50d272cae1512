import CaseFiles
import Foundation
import Testing

/// The pages that tell where things are, `CarryingOn.md` and the README's section “The house”, name
/// nothing that is not there and leave out no module.
@Suite struct HouseTests {
  private static let root = packageRoot(ofTest: #filePath)
  private static let page = text(of: "Sources/Reports/Reports.docc/CarryingOn.md")
  private static let house =
    text(of: "README.md").components(separatedBy: "\n## ").first { $0.hasPrefix("The house\n") }
    ?? ""

  private static func text(of path: String) -> String {
    (try? String(contentsOfFile: root + "/" + path, encoding: .utf8)) ?? ""
  }

  /// Every file and folder that the pages may name, without what is built.
  private static let paths: Set<String> = {
    let manager = FileManager.default
    var paths = Set((try? manager.contentsOfDirectory(atPath: root)) ?? [])
    for folder in ["Sources", "Templates", "Tests", "data", ".ci"] {
      let below = (try? manager.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
      paths.formUnion(below.map { "\(folder)/\($0)" })
    }
    return paths
  }()

  /// What stands in backticks and begins like a path of the repository.
  private static func names(in text: String) -> [String] {
    text.matches(
      of: /`((?:Sources|Templates|Tests|data|\.ci)(?:\/[^`\s]*)?|[A-Za-z]+\.(?:md|swift))`/
    )
    .map { String($0.1) }
  }

  /// Whether a path is there, or for a name without a folder any file of that name. `KIND`, `NAME`
  /// and `FORMAT` stand for any name.
  private static func exists(_ name: String) -> Bool {
    let path = name.hasSuffix("/") ? String(name.dropLast()) : name
    let pattern = ["KIND", "NAME", "FORMAT"].reduce(
      NSRegularExpression.escapedPattern(for: path)
    ) {
      $0.replacing($1, with: "[^/]+")
    }
    let whole = path.contains("/") ? "^\(pattern)$" : "(^|/)\(pattern)$"
    return paths.contains { $0.range(of: whole, options: .regularExpression) != nil }
  }

  @Test("what is installed names nothing that is not") func installedNames() {
    for path in Self.paths where path.hasPrefix("Templates/") {
      let text = Self.text(of: path)
      for folder in ["Sources/", "Templates/", "Tests/", ".docc", "../"] {
        #expect(!text.contains(folder), "\(path): \(folder)")
      }
    }
  }

  @Test("every file and folder that the pages name is there") func everyPath() {
    let names = Self.names(in: Self.page) + Self.names(in: Self.house)
    #expect(names.count > 60)
    let missing = names.filter { !Self.exists($0) }
    #expect(missing.isEmpty, "\(missing)")
  }

  @Test("every module is in the README's table") func everyModule() {
    let missing = Self.modules.filter { !Self.house.contains("| `Sources/\($0)` |") }
    #expect(missing.isEmpty, "\(missing)")
  }

  private static let modules = Set(
    (try? FileManager.default.contentsOfDirectory(atPath: root + "/Sources")) ?? [])

  /// The modules that the page lets each module import.
  private static var allowed: [String: Set<String>] {
    var allowed: [String: Set<String>] = [:]
    for row in page.matches(of: /\| `Sources\/(\w+)` \| ([^|\n]*) \|/) {
      allowed[String(row.1)] = Set(row.2.matches(of: /`(\w+)`/).map { String($0.1) })
    }
    return allowed
  }

  /// The modules of the package on which each of them depends by the manifest.
  private static var declared: [String: Set<String>] {
    var declared: [String: Set<String>] = [:]
    for target in text(of: "Package.swift").components(separatedBy: "\n    .") {
      guard let name = target.firstMatch(of: /name: "(\w+)"/), modules.contains(String(name.1)),
        target.firstMatch(of: /^(target|executableTarget|systemLibrary)\(/) != nil
      else { continue }
      let dependencies = target[name.range.upperBound...].matches(of: /"(\w+)"/).map {
        String($0.1)
      }
      declared[String(name.1)] = modules.intersection(dependencies)
    }
    return declared
  }

  @Test("the page's table has the dependencies of the manifest") func dependencies() {
    #expect(Self.allowed.count >= 9)
    #expect(Self.allowed == Self.declared)
  }
}

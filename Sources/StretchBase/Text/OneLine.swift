/// A text in quotes on one line, cut when it is long.
package func quoted(_ text: String) -> String {
    oneLine((text.count <= 60 ? text : text.prefix(59) + "…").debugDescription)
}

/// A text without line breaks and other control characters: nothing a file says may move the cursor of a terminal.
///
/// It may not turn round the text beside it either, or hide in it. What joins and orders letters belongs to the spelling.
package func oneLine(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .format where joining.contains(scalar): result.append(scalar)
        case .control, .format, .lineSeparator, .paragraphSeparator: result.append("\u{FFFD}")
        default: result.append(scalar)
        }
    }
    return String(result)
}

/// These join or order letters, or say where a word may break.
private let joining = "\u{AD}\u{200C}\u{200D}\u{200E}\u{200F}".unicodeScalars

/// A text in quotes on one line, cut when it is long.
package func quoted(_ text: String) -> String {
    oneLine((text.count <= 60 ? text : text.prefix(59) + "…").debugDescription)
}

/// Replaces line breaks and other control characters, so that a text from a file cannot move the cursor of a terminal.
///
/// Also replaces invisible characters and those that reverse the text beside them. Invisible characters that belong to
/// the spelling of words stay.
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

/// The soft hyphen, the joiners and the direction marks, which belong to the spelling.
private let joining = "\u{AD}\u{200C}\u{200D}\u{200E}\u{200F}".unicodeScalars

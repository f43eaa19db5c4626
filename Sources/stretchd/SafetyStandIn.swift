import StretchCore

// To be deleted when Safety.swift of the core has these.
extension Safety {
    static let warningSigns = [
        "numbness around genitals or buttocks",
        "loss of control over bladder or bowel",
        "weakness in the legs",
        "an accident or a fall before it",
        "fever, or feeling unwell with the pain",
    ]
    static let stopRule = "Stop when pain shoots down the leg."
    static let noCure = "Stretching can relieve; it promises no cure."
    static let sources: [String] = []
}

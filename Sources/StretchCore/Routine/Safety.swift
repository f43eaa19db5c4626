/// What must be known before anybody stretches.
package enum Safety {
    /// In one paragraph, for a notification.
    package static let warning =
        "Do not stretch, and get urgent care, when there is numbness around genitals or buttocks, loss of control over "
        + "bladder or bowel, weakness in the legs, after an accident, or fever or feeling unwell with the pain. "
        + "Stop when pain shoots down the leg."
}

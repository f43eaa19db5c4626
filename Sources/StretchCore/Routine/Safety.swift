/// What must be known before anybody stretches.
package enum Safety {
    /// Signs that need urgent care: a person with any of them must not stretch.
    ///
    /// Short phrases, for a list or inside a sentence.
    package static let warningSigns = [
        "numbness around genitals or buttocks",
        "loss of control over bladder or bowel",
        "weakness in the legs",
        "pain after an accident",
        "fever or feeling unwell with the pain",
    ]

    package static let stopRule = "Stop when pain shoots down the leg."

    /// The signs and the rule in one paragraph, for a notification.
    package static let warning =
        "Do not stretch, and get urgent care, with any of these: \(warningSigns.joined(separator: ", ")). \(stopRule)"

    /// The warning signs in short: all of them must be visible on four lines of 35 characters.
    package static let briefTitle = "Urgent care, not stretching, with"
    package static let briefWarning =
        "numbness at genitals or buttocks, bladder or bowel out of control, weak legs, an accident, fever."

    /// What stretching can do, and what it cannot.
    package static let noCure =
        "Stretching relieves; it is no cure. Pain that did not come overnight will not go overnight: a daily routine "
        + "aims at the cause. An injury is another matter and belongs to a doctor."

    /// The sources of the signs.
    package static let sources = [
        "Back pain. NHS. https://www.nhs.uk/conditions/back-pain/",
        "Low Back Pain, physiotherapy leaflet. Robert Jones and Agnes Hunt Orthopaedic Hospital, NHS. "
            + "https://rjah.nhs.uk/About-Us/Publications/Patient-Leaflets/Low-back-pain-Physiotherapy-Leaflet.aspx",
        "Lower back: self-help and information. NHS Greater Glasgow and Clyde. "
            + "https://www.nhsggc.scot/hospitals-services/services-a-to-z/musculoskeletal-msk-physiotherapy/"
            + "self-help-and-information-lower-back/",
    ]
}

/// What must be known before anybody stretches.
package enum Safety {
    /// With any of these nobody stretches, but gets urgent care.
    ///
    /// Short phrases for a list, or to stand in a sentence.
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

    /// The signs where there is room for four lines of 35 characters: none may be out of sight.
    package static let briefTitle = "Urgent care, not stretching, with"
    package static let briefWarning =
        "numbness at genitals or buttocks, bladder or bowel out of control, weak legs, an accident, fever."

    /// What may be expected of stretching, and what not.
    package static let noCure =
        "Stretching relieves; it is no cure. Pain that did not come overnight will not go overnight: a daily routine "
        + "aims at the cause. An injury is another matter and belongs to a doctor."

    /// Where the signs come from.
    package static let sources = [
        "Back pain. NHS. https://www.nhs.uk/conditions/back-pain/",
        "Low Back Pain, physiotherapy leaflet. Robert Jones and Agnes Hunt Orthopaedic Hospital, NHS. "
            + "https://rjah.nhs.uk/About-Us/Publications/Patient-Leaflets/Low-back-pain-Physiotherapy-Leaflet.aspx",
        "Lower back: self-help and information. NHS Greater Glasgow and Clyde. "
            + "https://www.nhsggc.scot/hospitals-services/services-a-to-z/musculoskeletal-msk-physiotherapy/"
            + "self-help-and-information-lower-back/",
    ]
}

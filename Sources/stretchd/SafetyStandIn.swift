import StretchCore

// To be deleted when Safety.swift of the core has these words, which are taken from there.
extension Safety {
    /// With any of these nobody stretches, but gets urgent care.
    ///
    /// Short phrases for a list, or to stand in a sentence.
    static let warningSigns = [
        "numbness around genitals or buttocks",
        "loss of control over bladder or bowel",
        "weakness in the legs",
        "pain after an accident",
        "fever or feeling unwell with the pain",
    ]

    static let stopRule = "Stop when pain shoots down the leg."

    /// What may be expected of stretching, and what not.
    static let noCure =
        "Stretching relieves; it is no cure. Pain that did not come overnight will not go overnight: a daily routine "
        + "aims at the cause. An injury is another matter and belongs to a doctor."

    /// Where the signs come from.
    static let sources = [
        "Back pain. NHS. https://www.nhs.uk/conditions/back-pain/",
        "Low Back Pain, physiotherapy leaflet. Robert Jones and Agnes Hunt Orthopaedic Hospital, NHS. "
            + "https://rjah.nhs.uk/About-Us/Publications/Patient-Leaflets/Low-back-pain-Physiotherapy-Leaflet.aspx",
        "Lower back: self-help and information. NHS Greater Glasgow and Clyde. "
            + "https://www.nhsggc.scot/hospitals-services/services-a-to-z/musculoskeletal-msk-physiotherapy/"
            + "self-help-and-information-lower-back/",
    ]
}

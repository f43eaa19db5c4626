/// What must be known before anybody stretches.
///
/// What each source says, and when it was read, is in docs/sources.md.
package enum Safety {
    /// Signs that need urgent care: a person with any of them must not stretch.
    ///
    /// Short phrases, for a list. Some of them contain commas, so a sentence separates them with semicolons.
    package static let warningSigns = [
        "numbness or tingling between the legs, around genitals or buttocks",
        "trouble passing water, or loss of control over bladder or bowel",
        "new trouble with sex, such as loss of feeling",
        "weakness or numbness in the legs, or pain down both",
        "pain after a fall or accident",
        "chest pain, fever, feeling unwell, losing weight without trying",
    ]

    /// When to stop.
    ///
    /// Most people who stretch with this program hurt already when they begin, so the rule cannot be "stop when it
    /// hurts".
    package static let stopRule = "Stop if it hurts more than when you began, or if pain runs down the leg."

    /// The sentence above the signs.
    package static let signsTitle = "Do not stretch, and get urgent care, with any of these:"

    /// The signs as a list, with the sentence above it and the rule below it.
    package static let warning = "\(signsTitle)\n\(list(warningSigns))\n\(stopRule)"

    /// A list with a line for each item.
    package static func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }

    /// The warning signs in short: all of them must be visible on four lines of 35 characters.
    ///
    /// An injury stands for the fall and the accident.
    package static let briefTitle = "Urgent care, not stretching, with"
    package static let briefWarning =
        "numb between legs, bladder, bowel or sex trouble, weak legs, injury, chest pain, fever, weight loss."

    /// What stretching can do, and what it cannot.
    package static let noCure =
        "Stretching relieves; it is no cure. Pain that did not come overnight will not go overnight: a daily routine "
        + "works on tight and weak muscles. An injury is another matter and belongs to a doctor."

    /// How to get down to the floor and up again, for somebody who has a chair.
    ///
    /// After: Getting Up from the Floor, Go4Life, National Institute on Aging (the way up, and to ask first after
    /// surgery); Getting onto the floor and up safely, Later Life Training (the way down, and not to try it when in
    /// doubt about the way up).
    package static let gettingDown =
        "Down: hold a steady chair, lower one knee, then the other, then your hands. Sit to one side and lie down. "
        + "Up: roll on your side, push up to hands and knees, put your hands on the chair and one foot flat, and rise. "
        + "Not sure that you can get up? Stay on a chair. After an operation on hip or back, ask first."

    /// What each routine is for that bends in one direction: something to try, no diagnosis.
    ///
    /// Long, Donelson, Fung 2004, in docs/sources.md: many people have a direction that eases their pain. But a trained
    /// person found it, not a question. The week is ours.
    package static let tries = [
        (
            routine: "backward",
            text:
                "Worse when you sit or bend? Many with that find that bending backward eases it. Try it for a week. If "
                + "pain moves down the leg, this is not yours."
        ),
        (
            routine: "forward",
            text:
                "Worse when you stand or walk? Many with that find that bending forward eases it. Try it for a week, in "
                + "the evening. If pain moves down the leg, this is not yours. If your legs hurt or weaken when you walk, "
                + "show that to a doctor first."
        ),
    ]

    /// The sources of the signs.
    ///
    /// No single one has all of them.
    package static let sources = [
        // All but trouble with sex, weakness of one leg and falls. Only copies of the page could be read.
        "Back pain. NHS. https://www.nhs.uk/conditions/back-pain/",
        // Between the legs, genitals and buttocks; bladder and bowel; sex; pain down one leg or both.
        "Cauda equina syndrome. Royal Free London, NHS. "
            + "https://royalfree.nhs.uk/patients-and-visitors/patient-information-leaflets/cauda-equina-syndrome",
        // New pain into both legs; legs that lose strength; sex.
        "Got back pain? Norfolk and Waveney Community Health, NHS. "
            + "https://norfolkandwaveneycommunityhealth.nhs.uk/msk/refer-yourself/systmconnect/got-back-pain/",
        // Chest pain, fever, weight loss, an accident; weakness or numbness in the legs.
        "Back pain. Bridgwater Bay Health, NHS. https://bridgwaterbayhealth.nhs.uk/back-pain",
        // Weak legs, less feeling in legs, buttocks or genitals; feeling unwell.
        "Low Back Pain, physiotherapy leaflet. Robert Jones and Agnes Hunt Orthopaedic Hospital, NHS. "
            + "https://rjah.nhs.uk/About-Us/Publications/Patient-Leaflets/Low-back-pain-Physiotherapy-Leaflet.aspx",
        // A fall or an accident; passing water, bowel, sex; feeling between the legs.
        "Lower back: self-help and information. NHS Greater Glasgow and Clyde. "
            + "https://www.nhsggc.scot/hospitals-services/services-a-to-z/musculoskeletal-msk-physiotherapy/"
            + "self-help-and-information-lower-back/",
        // The rule when to stop: symptoms that get worse, or new pain.
        "Exercises for back pain. NHS inform. "
            + "https://www.nhsinform.scot/illnesses-and-conditions/muscle-bone-and-joints/exercises/"
            + "exercises-for-back-pain/",
    ]
}

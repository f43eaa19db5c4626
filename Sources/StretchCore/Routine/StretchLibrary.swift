/// The stretches we know, as data, in our own words.
package enum StretchLibrary {
    package static let all: [Stretch] = [halfKneelingHipFlexor]

    package static func stretch(_ id: String) -> Stretch? { all.first { $0.id == id } }

    /// The key stretch of the morning, for the front of the hip.
    ///
    /// Dose: the sources hold it between 15 s, three times (Proprio), and a minute, once (UMBC). Where they differ we
    /// take the gentler one: the shortest hold.
    package static let halfKneelingHipFlexor = Stretch(
        id: "half-kneeling-hip-flexor",
        title: "Half-kneeling hip-flexor stretch",
        purpose: "Lengthens the muscles at the front of the hip. When they are tight they pull the pelvis forward and "
            + "hollow the lower back. It can relieve; it is no cure.",
        instructions: [
            "Lower yourself to one knee, on a cushion. The other foot stands flat in front of you and carries you; "
                + "a chair beside you keeps the balance.",
            "Tighten the buttock of the kneeling side and tip the pelvis back under the spine, as if to tuck in a tail.",
            "Keep it tucked and lean forward from there, trunk upright, until you feel the stretch through the front of "
                + "the hip. Stop there and breathe.",
            "Come back slowly, rest, and change sides.",
        ],
        sides: .both,
        hold: .seconds(15),
        repeats: 3,
        rest: .seconds(10),
        cautions: [
            "Do not let the lower back arch: tuck the pelvis first, then lean.",
            "A pull is right, pain is not. Stop when it hurts, or when pain shoots down the leg.",
            "Not for a knee that cannot be knelt on.",
        ],
        sources: [
            "Hip Flexor Stretch. Fitness at the RAC, University of Maryland, Baltimore County. "
                + "https://my3.my.umbc.edu/groups/fitness-at-therac/media/5188",
            "Stretching the hip flexors. Proprio. "
                + "https://en.proprio.info/exercises/athletes/stretching-exercises/hip-flexors",
            "M. Hatefi, F. Babakhani, M. Ashrafizadeh: The effect of static stretching exercises on hip range of motion, "
                + "pain, and disability in patients with non-specific low back pain. Journal of Experimental "
                + "Orthopaedics 8:55, 2021 (30 women, 8 weeks: better than before, but not shown to be better than the "
                + "control group). https://pmc.ncbi.nlm.nih.gov/articles/PMC8316530",
        ])
}

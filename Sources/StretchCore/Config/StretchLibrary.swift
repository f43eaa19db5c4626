/// The built-in stretches: the files in `Stretches`, embedded at build time.
///
/// Each file is read only when it is needed, because most commands need only three. The files use the keys of a user's
/// configuration (stretchd.5), so people can copy a stretch into theirs. Where the sources give different doses, the
/// gentler dose is used; a comment above `sources` says what each source gives, and a comment below each source what it
/// supports and what was read of it.
///
/// `flexion` means that the lower back bends. Just after getting up the discs have the most fluid, so these stretches
/// have a caution for the morning. In the study by Snook and others, which they cite, people avoided bending for two
/// hours. The `preparation` of a stretch says which leg its left side means.
package enum StretchLibrary {
    /// The ids of the built-in stretches, in the order in which commands list them.
    package static let ids = files.map(\.id)

    package static var all: [Stretch] { files.map { read($0.id, $0.text) } }

    package static func stretch(_ id: String) -> Stretch? { files.first { $0.id == id }.map { read($0.id, $0.text) } }

    private static let files: [(id: String, text: [UInt8])] = [
        ("half-kneeling-hip-flexor", PackageResources.half_kneeling_hip_flexor_toml),
        ("standing-hip-flexor", PackageResources.standing_hip_flexor_toml),
        ("glute-bridge", PackageResources.glute_bridge_toml),
        ("cat-camel", PackageResources.cat_camel_toml),
        ("pelvic-tilt", PackageResources.pelvic_tilt_toml),
        ("figure-four", PackageResources.figure_four_toml),
        ("child-pose", PackageResources.child_pose_toml),
        ("prone-press-up", PackageResources.prone_press_up_toml),
        ("bird-dog", PackageResources.bird_dog_toml),
        ("single-knee-to-chest", PackageResources.single_knee_to_chest_toml),
        ("hamstring-towel", PackageResources.hamstring_towel_toml),
        ("standing-back-extension", PackageResources.standing_back_extension_toml),
        ("prone-prop", PackageResources.prone_prop_toml),
        ("knee-rolls", PackageResources.knee_rolls_toml),
        ("side-lying-hip-raise", PackageResources.side_lying_hip_raise_toml),
        ("sit-to-stand", PackageResources.sit_to_stand_toml),
        ("seated-posture-break", PackageResources.seated_posture_break_toml),
        ("walking", PackageResources.walking_toml),
    ]

    private static func read(_ id: String, _ text: [UInt8]) -> Stretch {
        let problems = ProblemList(file: "\(id).toml")
        let root = KeyedTable(document: String(decoding: text, as: UTF8.self), problems: problems)
        let stretches = (root?.tables("stretch") ?? []).map(StretchReader.stretch)
        root?.finish()
        let complaints = problems.list.map(\.description).joined(separator: "\n")
        guard problems.list.isEmpty, stretches.count == 1, stretches[0].id == id else {
            preconditionFailure("built-in stretch \(id): \(complaints)")
        }
        return stretches[0]
    }
}

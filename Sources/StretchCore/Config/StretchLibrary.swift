/// The stretches that are built in: the files in `Stretches`, put into the program when it is built.
///
/// Each is read when it is asked for: most commands need three. The keys are those of a user's configuration
/// (stretchd.5), so any of them can be copied there. Where the sources of a dose differ, the gentler one is taken, and a
/// comment above `sources` says what they are. `flexion` is whether the lower back gets round: the discs hold the most
/// fluid just after getting up, so those stretches carry a caution for the morning (Snook and others, cited there, had
/// people avoid bending for two hours). Which leg a side means is said by the preparation.
package enum StretchLibrary {
    /// In the order in which they are told.
    package static let ids = files.map(\.id)

    package static var all: [Stretch] { files.map { read($0.id, $0.text) } }

    package static func stretch(_ id: String) -> Stretch? {
        files.first { $0.id == id }.map { read($0.id, $0.text) }
    }

    /// A routine's steps in the dose of the library; the ids are those of built-in stretches.
    static func steps(_ ids: [String]) -> [Step] {
        ids.map { id in
            guard let stretch = stretch(id) else { preconditionFailure("built-in routine: no stretch \(id)") }
            return Step(stretch)
        }
    }

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
    ]

    private static func read(_ id: String, _ text: [UInt8]) -> Stretch {
        let problems = ProblemList(file: "\(id).toml")
        let root = KeyedTable(document: String(decoding: text, as: UTF8.self), problems: problems)
        let stretches = (root?.tables("stretch") ?? []).map(StretchReader.stretch)
        root?.finish()
        let complaints = problems.list.map(\.description).joined(separator: "\n")
        guard problems.isEmpty, stretches.count == 1, stretches[0].id == id else {
            preconditionFailure("built-in stretch \(id): \(complaints)")
        }
        return stretches[0]
    }
}

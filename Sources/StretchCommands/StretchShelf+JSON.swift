import StretchBase
import StretchCore

// The keys of a stretch and its dose are those of the configuration, and what they hold is written as there; they are
// only ever added to.

extension StretchShelf {
    var json: JSON {
        .object([
            "stretches": .array(entries.map(\.json)),
            "routines": .array(
                routines.map { routine in
                    .object([
                        "id": .text(routine.id), "title": .text(routine.title), "length": .span(routine.length),
                        "steps": .array(
                            routine.steps.map { step in
                                .object([
                                    "stretch": .text(step.stretch.id), "sides": .text(step.dose.sides.rawValue),
                                    "hold": .span(step.dose.hold), "repeats": .integer(step.dose.repeats),
                                    "rest": .span(step.dose.rest),
                                ])
                            }),
                    ])
                }),
        ])
    }
}

extension StretchShelf.Entry {
    var json: JSON {
        let dose = stretch.dose
        return .object([
            "id": .text(stretch.id), "title": .text(stretch.title), "purpose": .text(stretch.purpose),
            "muscles": .texts(stretch.muscles), "position": .text(stretch.position.rawValue),
            "needs": .texts(stretch.needs), "preparation": .texts(stretch.preparation),
            "movement": .text(stretch.movement), "sides": .text(dose.sides.rawValue), "hold": .span(dose.hold),
            "repeats": .integer(dose.repeats), "rest": .span(dose.rest), "feel": .text(stretch.feel),
            "faults": .texts(stretch.faults), "cautions": .texts(stretch.cautions), "flexion": .bool(stretch.flexion),
            "sources": .texts(stretch.sources), "drawing": .text(stretch.drawing.joined(separator: "\n")),
            "length": .span(length), "own": .bool(isOwn),
        ])
    }
}

extension JSON {
    fileprivate static func texts(_ texts: [String]) -> JSON { .array(texts.map { .text($0) }) }
    fileprivate static func span(_ span: Duration) -> JSON { .text(TimeSpan.format(span)) }
}

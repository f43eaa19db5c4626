import Foundation
import StretchBase
import StretchCore
import TestSupport
import Testing

/// The sounds of a guide, as libcanberra plays them from the sound theme that is installed.
@Suite(.enabled(if: canPlay, "libcanberra and the freedesktop sound theme are installed"))
struct CueSoundTests {
    @Test func cuesAreHeardAndAboutEquallyLoud() async throws {
        let heard = try await heardCues()
        for (cue, sound) in heard {
            #expect(sound.loudness > -35, "\(cue) is too silent")
        }
        let loudness = heard.values.map(\.loudness)
        #expect(try #require(loudness.max()) - #require(loudness.min()) <= 13, "\(heard.mapValues(\.loudness))")
    }

    @Test func eachCueDiffersFromTheOthersInPitchOrLengthOrRhythm() async throws {
        let heard = try await heardCues()
        for (cue, sound) in heard {
            for (other, its) in heard where other != cue {
                let ratios = [
                    sound.pitch / its.pitch, sound.length / its.length, Double(sound.tones) / Double(its.tones),
                ]
                #expect(ratios.contains { max($0, 1 / $0) > 1.5 }, "\(cue) \(sound) \(other) \(its)")
            }
        }
    }

    /// Words wait that long, and marks follow one another after a second.
    @Test func noCueIsHeardForLongerThanItsLength() async throws {
        for (cue, sound) in try await heardCues() {
            #expect(.seconds(sound.duration) <= cue.length, "\(cue) \(sound)")
            if cue == .countdown { #expect(sound.length < 1) }
        }
    }

    private func heardCues() async throws -> [Cue: HeardSound] {
        var heard: [Cue: HeardSound] = [:]
        try await withBus { bus in
            for cue in Cue.allCases { heard[cue] = try await HeardSound(of: cue.soundName, on: bus) }
        }
        return heard
    }
}

private let canPlay =
    dlopen("libcanberra.so.0", RTLD_LAZY) != nil && access("/usr/share/sounds/freedesktop/index.theme", R_OK) == 0

/// What a person hears of a sound.
private struct HeardSound {
    /// The loudest eighth of a second, in dB of a full square wave, as far as small loudspeakers play it, and without the
    /// first 50 ms, which a sound device that wakes up may swallow.
    let loudness: Double
    /// In Hz, where it is loudest.
    let pitch: Double
    /// In seconds, as long as it is no more than 20 dB below its loudest.
    let length: Double
    /// In seconds, from its beginning to its end.
    let duration: Double
    /// Tones with silence between them.
    let tones: Int

    /// Plays it with the program into a file, as ALSA writes it.
    init(of sound: String, on bus: PrivateBus) async throws {
        let file = bus.directory.appending(path: "\(sound).wav")
        let settings = bus.directory.appending(path: "asound.conf")
        try "pcm.!default { type file slave.pcm { type null } file \"\(file.path)\" format wav }"
            .write(to: settings, atomically: true, encoding: .utf8)
        let cue = try bus.start(
            [builtProgram("stretchd"), "cue", "--", sound],
            adding: ["CANBERRA_DRIVER": "alsa", "ALSA_CONFIG_PATH": settings.path])
        try #require(try await cue.finish() == 0, "\(sound)")
        self.init(wave: try Data(contentsOf: file))
    }

    /// - Parameter wave: a WAVE file of 16 bits with a header of 44 bytes.
    private init(wave: Data) {
        func number(at offset: Int, bytes: Int) -> Int {
            (0..<bytes).reduce(0) { $0 | Int(wave[offset + $1]) << (8 * $1) }
        }
        let (channels, rate) = (number(at: 22, bytes: 2), number(at: 24, bytes: 4))
        let played = stride(from: 44, to: wave.count - 2 * channels + 1, by: 2 * channels).map { frame in
            (0..<channels).reduce(0) { sum, channel in
                sum + Double(Int16(truncatingIfNeeded: number(at: frame + 2 * channel, bytes: 2))) / 32_768
            } / Double(channels)
        }
        duration = Double(played.count) / Double(rate)
        let samples = Self.withoutLowTones(Self.withoutLowTones(played, rate: rate), rate: rate)
        let (loudness, loudest) = Self.loudest(samples.dropFirst(rate / 20), of: rate / 8)
        self.loudness = 10 * log10(loudness)
        let crossings = zip(loudest, loudest.dropFirst()).count { $0 < 0 && $1 >= 0 }
        pitch = Double(crossings * rate) / Double(loudest.count)

        let pieces = stride(from: 0, to: samples.count, by: rate / 50).map { start in
            samples[start..<min(start + rate / 50, samples.count)].reduce(0) { $0 + $1 * $1 }
        }
        let isLoud = pieces.map { [most = pieces.max() ?? 0] in $0 > most / 100 }
        length = Double(isLoud.count { $0 }) / 50
        tones = zip([false] + isLoud, isLoud).count { !$0 && $1 }
    }

    /// A small loudspeaker plays little below 400 Hz.
    private static func withoutLowTones(_ samples: [Double], rate: Int) -> [Double] {
        let share = 1 / (1 + 2 * Double.pi * 400 / Double(rate))
        var (before, passed) = (0.0, 0.0)
        return samples.map { sample in
            passed = share * (passed + sample - before)
            before = sample
            return passed
        }
    }

    /// The mean power of the loudest so many samples, and those.
    private static func loudest(_ samples: ArraySlice<Double>, of count: Int) -> (Double, ArraySlice<Double>) {
        var best = (power: 0.0, end: samples.startIndex)
        var power = 0.0
        for index in samples.indices {
            power += samples[index] * samples[index]
            let left = index - count
            if left >= samples.startIndex { power -= samples[left] * samples[left] }
            if power > best.power { best = (power, index + 1) }
        }
        let start = max(samples.startIndex, best.end - count)
        return (best.power / Double(count), samples[start..<best.end])
    }
}

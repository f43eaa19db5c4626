import Foundation
import StretchBase
import StretchCore
import StretchSystem
import TestSupport
import Testing

/// The zones of this system, and what `TZ` makes of them: Python's zoneinfo and date(1) say what is right.
struct ZoneReaderTests {
    @Test(arguments: [
        ("Europe/Berlin", 1_774_745_999, 3600), ("Europe/Berlin", 1_774_746_000, 7200),
        ("Europe/Berlin", 4_099_000_000, 3600), ("America/New_York", 0, -18_000),
        ("Asia/Kathmandu", 504_901_799, 19_800), ("Asia/Kathmandu", 504_901_800, 20_700),
        ("Pacific/Apia", 1_325_239_199, -36_000), ("Pacific/Apia", 1_325_239_200, 50_400),
        ("Australia/Lord_Howe", 1_783_000_000, 37_800), ("Antarctica/Troll", 1_783_000_000, 7200),
        ("Europe/Dublin", 1_767_225_600, 0), ("Europe/Dublin", 1_783_000_000, 3600),
        // Winter is the exception there: the daylight offset is 0.
        ("Europe/Dublin", 2_237_000_000, 0), ("UTC", 1_783_000_000, 0),
    ])
    func offsetsAreThoseOfTzdata(name: String, second: Int64, offset: Int) throws {
        #expect(try ZoneReader().zone(named: name).offset(at: Instant(seconds: second)) == offset)
    }

    /// From 1900 to 2100, whether a file has the changes until 2037 or leaves what is regular to its rule.
    @Test(arguments: ["slim", "fat"])
    func everyZoneChangesWhenPythonSaysIt(kind: String) async throws {
        let tzdata = try await Tzdata("-b", kind)
        let python = try Subprocess(
            ["/usr/bin/python3", "-c", Self.script, tzdata.path], environment: ["PATH": "/usr/bin:/bin"])
        #expect(try await python.finish() == 0)
        let lines = try await python.rest()
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            let zone = try tzdata.reader.zone(named: words[0])
            let changes = zone.periods.filter { Self.span.contains($0.start) }.map { "\($0.start):\($0.offset)" }
            let first = zone.offset(at: Instant(seconds: Self.span.lowerBound))
            #expect(Array(words.dropFirst()) == ["\(first)"] + changes, "\(words[0])")
        }
        #expect(lines.count == Set(ZoneReader().names()).count && lines.count > 500)
    }

    /// 1900 to 2100.
    private static let span: ClosedRange<Int64> = -2_208_988_800...4_102_444_800

    /// Prints of each zone its name, its offset in 1900, and the changes: `second:offset`.
    ///
    /// Python is asked around each time in the file, and after the last one for the offset of each seventh day; and between
    /// two that differ for the second of the change, or of several.
    private static let script = """
        import datetime, multiprocessing, os, struct, sys, zoneinfo
        first, last = \(span.lowerBound), \(span.upperBound)
        def times(content):
            ut, standard, leap, time, type, character = struct.unpack_from(">6l", content, 20)
            start = 44 + time * 5 + type * 6 + character + leap * 8 + standard + ut
            count = struct.unpack_from(">6l", content, start + 20)[3]
            return struct.unpack_from(f">{count}q", content, start + 44)
        def changes(path):
            with open(path, "rb") as file: zone = zoneinfo.ZoneInfo.from_file(file)
            with open(path, "rb") as file: known = times(file.read())
            moment = datetime.datetime.fromtimestamp
            def offset(second): return moment(second, zone).utcoffset()
            def text(span): return str(int(span.total_seconds()))
            found = [text(offset(first))]
            def search(low, before, high, after):
                if before == after: return
                start, end = low, high
                while end - start > 1:
                    middle = (start + end) // 2
                    if offset(middle) == before: start = middle
                    else: end = middle
                found.append(f"{end}:{text(offset(end))}")
                search(end, offset(end), high, after)
            rule = range(max(first, *known, first), last, 7 * 86400)
            near = (time + step for time in known for step in (-1, 0, 1))
            seconds = sorted({first, last, *rule, *(second for second in near if first < second < last)})
            offsets = [offset(second) for second in seconds]
            for number, (before, after) in enumerate(zip(offsets, offsets[1:])):
                search(seconds[number], before, seconds[number + 1], after)
            return " ".join(found)
        root, files = sys.argv[1], {}
        for directory, _, names in os.walk(root):
            for path in (os.path.join(directory, name) for name in names):
                with open(path, "rb") as file: files.setdefault(file.read(), []).append(path)
        with multiprocessing.Pool() as pool: found = pool.map(changes, [paths[0] for paths in files.values()], 8)
        for paths, line in zip(files.values(), found):
            for path in paths: print(os.path.relpath(path, root), line)
        """

    @Test(arguments: [
        "", "Nowhere/Town", "Europe/berlin", "CEST", "../../etc/passwd", "/etc/passwd", "Europe/", "/Europe/Berlin",
        "Europe//Berlin", "Europe/../Europe/Berlin", "./UTC", "+01:00", "UTC0", "EST5EDT4", "CET-1CEST", ":UTC",
        "Europe",
        "zone.tab", "leapseconds ", "localtime", "posixrules", "posix/Europe/Berlin", "right/Europe/Berlin",
        "Europe/Berlin\n", "Europe/Be\u{308}rlin",
    ])
    func whatIsNoNameOfTheDatabaseIsNoZone(name: String) {
        let error = #expect(throws: ZoneError.self) { try ZoneReader().zone(named: name) }
        guard case .unknown(name, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func anUnknownNameIsToldTheNearestOne() {
        #expect(throws: ZoneError.unknown("Europe/Berlim", nearest: "Europe/Berlin")) {
            try ZoneReader().zone(named: "Europe/Berlim")
        }
    }

    /// Debian keeps old names in a package of their own, but lists them all.
    @Test func aNameWithoutItsFileIsNeverProposed() throws {
        let directory = try TemporaryDirectory()
        let list = """
            # version 2026a
            Z America/New_York -4:56:2 - LMT 1883 N 18 17u
            Z Europe/Berlin 0:53:28 - LMT 1893 Ap
            Z Old/Town 1 - X
            L America/New_York US/Eastern
            L Old/Town Old/Village
            """
        try list.write(toFile: "\(directory.path)/tzdata.zi", atomically: false, encoding: .utf8)
        for name in ["America", "Europe"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory.path)/\(name)", withDestinationPath: "/usr/share/zoneinfo/\(name)")
        }
        let reader = ZoneReader(environment: ["TZDIR": directory.path])
        #expect(reader.names() == ["America/New_York", "Europe/Berlin"])
        for (name, words) in [
            (
                "US/Eastern",
                "the time zone US/Eastern is not installed; it is another name of America/New_York: use that, "
                    + "or install the package tzdata-legacy"
            ),
            ("Old/Village", "the time zone Old/Village is not installed; install the package tzdata-legacy"),
            ("Old/Town", "the time zone Old/Town is not installed; install the package tzdata-legacy"),
            ("US/Easter", #"no time zone "US/Easter"; zones are named like Europe/Berlin"#),
            ("Europe/Berlim", #"no time zone "Europe/Berlim"; did you mean Europe/Berlin?"#),
        ] {
            let error = #expect(throws: ZoneError.self) { try reader.zone(named: name) }
            #expect(error?.description == words)
        }
    }

    @Test func thereMayBeAPipeInPlaceOfTheList() throws {
        let directory = try TemporaryDirectory()
        #expect(mkfifo("\(directory.path)/tzdata.zi", 0o600) == 0)
        let reader = ZoneReader(environment: ["TZDIR": directory.path])
        #expect(throws: ZoneError.unknown("Europe/Berlin", nearest: nil)) { try reader.zone(named: "Europe/Berlin") }
    }

    @Test func withoutTzdataTheErrorSaysWhatToInstall() throws {
        let directory = try TemporaryDirectory()
        for path in [directory.path, "\(directory.path)/missing"] {
            let reader = ZoneReader(environment: ["TZDIR": path, "TZ": "Europe/Berlin"])
            let error = #expect(throws: ZoneError.self) { try reader.zone(named: "Europe/Berlin") }
            #expect(error?.description == "there are no time zones in \(path); install the package tzdata")
            #expect(reader.system().trouble?.hasSuffix("install the package tzdata") ?? false)
        }
    }

    @Test(arguments: ["UTC", "Etc/UTC", "GMT", "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", ""])
    func someZonesNeedNoTzdata(variable: String) throws {
        let directory = try TemporaryDirectory()
        let system = ZoneReader(environment: ["TZDIR": directory.path, "TZ": variable]).system()
        #expect(system.trouble == nil)
        #expect(system.zone.identifier == (variable.isEmpty ? "UTC" : variable))
    }

    @Test func aFileThatCannotBeUsedIsNamed() throws {
        let directory = try TemporaryDirectory()
        func system(_ content: [UInt8]) throws -> SystemZone {
            let file = "\(directory.path)/zone"
            try Data(content).write(to: URL(filePath: file))
            return ZoneReader(environment: ["TZ": file]).system()
        }
        let berlin = try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
        #expect(try system(berlin).trouble == nil)
        #expect(try system(berlin).zone.offset(at: Instant(seconds: 1_783_000_000)) == 7200)
        for (content, words) in [
            (Array(berlin.dropLast()), "zone is damaged"), ([], "zone is no time zone file"),
            (Array("#!/bin/sh".utf8), "zone is no time zone file"),
        ] {
            let unusable = try system(content)
            #expect(unusable.zone == .utc)
            #expect(unusable.trouble?.contains(words) ?? false, "\(unusable)")
        }
    }

    /// Nobody waits for who writes into a pipe, and devices have no end.
    @Test func pipesAndDevicesAreNoZones() async throws {
        let directory = try TemporaryDirectory()
        #expect(mkfifo("\(directory.path)/pipe", 0o600) == 0)
        for path in ["\(directory.path)/pipe", "/dev/zero", "/dev/null"] {
            let system = ZoneReader(environment: ["TZ": path]).system()
            #expect(system.zone == .utc)
            #expect(system.trouble?.contains("\(path) is no time zone file") ?? false)
        }
    }

    @Test func zonesThatCountLeapSecondsAreRefusedWithAWord() async throws {
        let right = try await Tzdata("-L", "/usr/share/zoneinfo/leapseconds")
        let system = ZoneReader(environment: ["TZ": "Europe/Berlin", "TZDIR": right.path]).system()
        #expect(system.zone == .utc)
        #expect(system.trouble?.contains("counts leap seconds") ?? false)
    }

    @Test(arguments: [
        (["TZ": "Europe/Berlin"], "Europe/Berlin", 7200), (["TZ": ":Europe/Berlin"], "Europe/Berlin", 7200),
        (["TZ": "CET-1CEST,M3.5.0,M10.5.0/3"], "CET-1CEST,M3.5.0,M10.5.0/3", 7200),
        (["TZ": "<+03>-3"], "<+03>-3", 10_800),
        (["TZ": ""], "UTC", 0), (["TZ": ":"], "UTC", 0), (["TZ": "Nowhere/Town"], "UTC", 0),
        (["TZ": ":/usr/share/zoneinfo/Asia/Tokyo"], "/usr/share/zoneinfo/Asia/Tokyo", 32_400),
        (["TZ": "Tokyo", "TZDIR": "/usr/share/zoneinfo/Asia"], "Tokyo", 32_400),
        (["TZ": "Asia/Tokyo", "TZDIR": ""], "Asia/Tokyo", 32_400),
    ])
    func theEnvironmentNamesTheZone(environment: [String: String], identifier: String, offset: Int) {
        let zone = ZoneReader(environment: environment).system().zone
        #expect(zone.identifier == identifier)
        #expect(zone.offset(at: Instant(seconds: 1_783_000_000)) == offset)
    }

    /// Those without a word of trouble mean what they mean to everybody; those with one are UTC.
    @Test(arguments: [
        "Europe/Berlin", ":Europe/Dublin", "Asia/Kathmandu", "EST5EDT", "EST", "GMT", "UTC", "UTC0", ":UTC0", "<UTC>0",
        "/usr/share/zoneinfo/Asia/Tokyo", ":/usr/share/zoneinfo/Asia/Tokyo", "../zoneinfo/Asia/Tokyo", "", ":",
        "Factory",
        "IST-1GMT0,M10.5.0,M3.5.0/1", "WAT-1GMT0,M10.5.0,M3.5.0/1", "XXX3GMT0,M3.5.0,M10.5.0",

        "CET-1CEST,M3.5.0,M10.5.0/3", "<+03>-3", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "EET-2EEST,M3.4.4/50,M10.4.4/50",
        "AAA3BBB,J60/0,J300", "AAA3BBB,59/0,300", "AEST-10AEDT,M10.1.0,M4.1.0/3",
        "NZST-12:00:00NZDT-13:00:00,M10.1.0,M3.3.0",
        "AAA-24", "AAA24:59:59", "PST8PDT7:30:15,M3.2.0,M11.1.0", "AAA0BBB,J1/0,J365/24",
    ])
    func formsOfTZMeanWhatTheyMeanToDate(variable: String) throws {
        let seconds = Array(stride(from: Int64(1_167_609_603), to: 2_114_380_800, by: 5 * 86_400 + 3601))
        let system = ZoneReader(environment: ["TZ": variable]).system()
        #expect(system.trouble == nil)
        let offsets = seconds.map { system.zone.offset(at: Instant(seconds: $0)) }
        #expect(offsets == (try offsetsOfDate(seconds, zone: variable)))
    }

    /// Where there is an old file `posixrules`, glibc makes of it changes at hours that nobody has.
    @Test(arguments: ["CST-9:30CDT", "EST+5EDT", "<+05>-5<+06>"])
    func aDaylightNameWithoutRulesHasThoseOfTheUnitedStates(variable: String) throws {
        let seconds = Array(stride(from: Int64(3), to: 2_114_380_800, by: 12 * 86_400 + 3601))
        let zone = ZoneReader(environment: ["TZ": variable]).system().zone
        let offsets = seconds.map { zone.offset(at: Instant(seconds: $0)) }
        #expect(offsets == (try offsetsOfDate(seconds, zone: "\(variable),M3.2.0,M11.1.0")))
    }

    @Test(arguments: [
        "Nowhere/Town", "garbage", "zone.tab", "Europe", "CEST", "+1", "UTC+", "<>0", "  ", "../../../etc/passwd",
        "/nowhere",
        "/", "\u{1B}[31m", "EST-", String(repeating: "x", count: 100_000),
    ])
    func whatCannotBeReadIsUTCAndSaid(variable: String) throws {
        let system = ZoneReader(environment: ["TZ": variable]).system()
        #expect(system.zone == .utc)
        let trouble = try #require(system.trouble)
        #expect(trouble.hasPrefix("times are in UTC, as TZ cannot be used: "))
        #expect(oneLine(trouble) == trouble && trouble.count < 300)
    }

    @Test(arguments: ["TZ", "TZDIR"])
    func whatIsNotUTF8IsRefusedWithAWord(variable: String) throws {
        let environment = ["TZ": "Europe/Berlin"].merging([variable: "/tmp/tok\u{FFFD}"]) { $1 }
        let system = ZoneReader(environment: environment).system()
        #expect(system.zone == .utc)
        #expect(
            system.trouble == "times are in UTC, as TZ cannot be used: \(variable) is not UTF-8, or has U+FFFD in it; "
                + "set it to a path that is, such as that of a link to it")
    }

    @Test(arguments: [
        ("Europe/Berlin", "/usr/share/zoneinfo/Europe/Berlin"), ("Nowhere/Town", "/usr/share/zoneinfo/Nowhere/Town"),
        (":/some/file", "/some/file"), ("UTC0", nil), ("EST5EDT4,", nil), ("", nil), ("UTC", "/usr/share/zoneinfo/UTC"),
    ])
    func theFileThatDecidesIsKnownBeforeItIsThere(variable: String, path: String?) {
        #expect(ZoneReader(environment: ["TZ": variable]).path == path)
    }

    @Test func withoutTZTheZoneIsThatOfEtcLocaltime() throws {
        #expect(ZoneReader().path == "/etc/localtime")
        let zone = ZoneReader().system().zone
        let seconds = Array(stride(from: Int64(0), to: 2_114_380_800, by: 97 * 86_400))
        #expect(seconds.map { zone.offset(at: Instant(seconds: $0)) } == (try offsetsOfDate(seconds, zone: nil)))
    }
}

/// The zones of this system, compiled in another way.
private struct Tzdata {
    private let directory: TemporaryDirectory

    init(_ options: String...) async throws {
        directory = try TemporaryDirectory()
        let source = "/usr/share/zoneinfo/tzdata.zi"
        try await Subprocess.run(
            ["/usr/bin/env", "zic"] + options + ["-d", path, source],
            environment: ["PATH": "/usr/bin:/bin:/usr/sbin:/sbin"])
    }

    var path: String { directory.path }
    var reader: ZoneReader { ZoneReader(environment: ["TZDIR": path]) }
}

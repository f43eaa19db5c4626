extension Record {
    /// Placeholder until the journal part is merged.
    package var line: [UInt8] { Array("\(self)".utf8) }
}

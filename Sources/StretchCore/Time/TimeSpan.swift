/// Time spans in the syntax of systemd.time(7): `1h 30min`, `90s`, `2 days`.
package enum TimeSpan {
}

using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>
/// ntp.toml of ntpd-rs: each <c>[[source]]</c> is one directive <c>source</c> of alternating keys and values; other settings are
/// directives by their dotted names, <c>synchronization.single-step-panic-threshold</c>.
/// </summary>
internal static class NtpdRsConfReader
{
    public static Fact<NtpConfiguration> Read(IMachine machine, string file) => machine.ReadText(file).Then(text =>
    {
        var directives = new List<ConfigDirective>();
        var entries = Toml.Parse(text);
        foreach (var source in entries.Where(e => e.Table == "source").GroupBy(e => e.Index))
            directives.Add(new("source", [.. source.SelectMany(e => new[] { e.Key, e.Value })], $"{file}:{source.First().Line}"));
        foreach (var entry in entries.Where(e => e.Table != "source"))
            directives.Add(new(entry.Table.Length == 0 ? entry.Key : $"{entry.Table}.{entry.Key}", [entry.Value], $"{file}:{entry.Line}"));
        return new NtpConfiguration(TimeServiceKind.NtpdRs, file, directives, []);
    });
}

using Guestclock.Protocols.Ntp;
using Guestclock.Facts;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>time-servers-answer: each configured server, asked once over NTP, gives an answer that may be believed.</summary>
public sealed class TimeServersAnswer : Check
{
    public override string Id => "time-servers-answer";

    public override string Title => "Every configured time server gives a sane answer";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        var asked = facts.NtpServers;
        if (!asked.Asked)
            return Finding.NotApplicable("servers are asked only with --probe-servers");
        if (asked.Answers.Count == 0)
            return Finding.NotApplicable("the configuration names no NTP server to ask");
        var evidence = asked.Answers.Select(a =>
            new EvidenceItem(a.Server, a.Sample.TryGet(out var sample) ? Words(sample) : a.Sample.Why ?? "no answer", "NTP")).ToList();
        var good = asked.Answers.Where(a => a.Sample.Is(s => s.Problem is null)).ToList();
        var bad = asked.Answers.Except(good).ToList();
        if (good.Count == 0)
        {
            var summary = asked.Answers.Count == 1 ? $"the only time server, {bad[0].Server}, {Trouble(bad[0])}"
                : $"none of {asked.Answers.Count} time servers gives a sane answer: {bad[0].Server} {Trouble(bad[0])}";
            return Finding.Critical(summary, Reach(), evidence);
        }

        // The answer with the smallest delay bounds the local clock's error best.
        var best = good.Select(a => (a.Server, Sample: a.Sample.Value!)).MinBy(a => a.Sample.DelayNs);
        var certain = new Nanoseconds(Math.Max(0, Magnitude(best.Sample.OffsetNs) - Math.Max(0, best.Sample.RootDistanceNs)));
        if (certain > policy.OffsetWarning)
        {
            var summary = $"the system clock is {new Nanoseconds(Magnitude(best.Sample.OffsetNs))} " +
                $"{(best.Sample.OffsetNs > 0 ? "behind" : "ahead of")} {best.Server}";
            var remedy = new Remedy("Let the time service step the clock once, and see clock-synchronized and step-policy",
                "chronyc makestep");
            return certain > policy.OffsetCritical ? Finding.Critical(summary, remedy, evidence)
                : Finding.Warning(summary, remedy, evidence);
        }

        if (bad.Count > 0)
            return Finding.Warning(
                $"{bad.Count} of {asked.Answers.Count} time servers give no sane answer: {bad[0].Server} {Trouble(bad[0])}", Reach(),
                evidence);
        return Finding.Pass(
            $"{(good.Count == 1 ? "the time server answers" : $"all {good.Count} time servers answer")}; {best.Server} is " +
                $"{new Nanoseconds(best.Sample.OffsetNs)} from the system clock", evidence);
    }

    private static Remedy Reach() =>
        new("See that UDP port 123 to the server is open in both directions, that its name resolves and that it is synchronised itself; " +
            "else name other servers");

    private static string Trouble(NtpServerAnswer a) => a.Sample.TryGet(out var sample) ? $"must not be believed: {sample.Problem}"
        : $"gives no answer ({a.Sample.Why})";

    private static string Words(NtpSample s) => s.Problem is not null
        ? $"{s.Address}: {s.Problem}"
        : $"{s.Address}: stratum {s.Stratum}, offset {new Nanoseconds(s.OffsetNs)} ± {new Nanoseconds(s.RootDistanceNs)}, delay " +
            $"{new Nanoseconds(s.DelayNs)}";

    private static long Magnitude(long value) => value == long.MinValue ? long.MaxValue : Math.Abs(value);
}

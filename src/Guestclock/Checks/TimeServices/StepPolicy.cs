using System.Globalization;
using Guestclock.Facts;
using Guestclock.Formats.TimeServices;
using Guestclock.Remedies;
using Guestclock.Units;

namespace Guestclock.Checks.TimeServices;

/// <summary>step-policy: after a pause the service puts the clock right at once, at any time and not only after its start.</summary>
public sealed class StepPolicy : Check
{
    /// <summary>maxslewrate of chrony.conf(5) where it is not set, in ppm.</summary>
    private const double DefaultSlewPpm = 83333.333;

    /// <summary>What adjtime(3) and the kernel's discipline slew, in ppm.</summary>
    private const double KernelSlewPpm = 500;

    /// <summary>A threshold up to this is stepped or slewed away within two minutes either way.</summary>
    private const double SaneThresholdS = NtpdPolicy.SaneStepS;

    private const double ExamplePauseS = 60;

    public override string Id => "step-policy";

    public override string Title => "After a pause the clock is stepped, not slewed";

    public override CheckGroup Group => CheckGroup.TimeService;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (Situation.NotJudged(facts) is { } not)
            return not;
        if (facts.Assumed.Pauses == false)
            return Finding.NotApplicable("the machine is assumed never to be paused");
        if (facts.Assumed.Pauses is null && !facts.IsGuest)
        {
            return facts.Identity.Roles.IsKnown
                ? Finding.NotApplicable("no hypervisor can pause this machine",
                    EvidenceItem.Of("roles", facts.Identity.Roles, string.Join(' ', facts.Identity.Roles.Value!)))
                : Finding.Unknown("whether the machine is a guest", facts.Identity.Roles);
        }

        return Situation.Active(facts) switch
        {
            null when !facts.Services.TimeServices.IsKnown => Finding.Unknown("the list of time services", facts.Services.TimeServices),
            null => Finding.NotApplicable("no time service keeps the clock (see time-service-running)"),
            { Kind: TimeServiceKind.Chronyd } => Chrony(facts),
            { Kind: TimeServiceKind.Ntpd or TimeServiceKind.Ntpsec } ntpd => Ntpd(facts, ntpd),
            { Kind: TimeServiceKind.Openntpd } => Slewing(facts, "OpenNTPD steps the clock only when it starts"),
            { Kind: TimeServiceKind.Phc2sys } phc2sys => Phc2Sys(facts, phc2sys),
            { Kind: TimeServiceKind.Timesyncd } => Finding.Pass(
                "systemd-timesyncd steps the clock whenever it is off by 0.4 s or more, at its next poll (34 min at most)"),
            { } other => Finding.Pass($"{other.Name} steps the clock whenever it is off") with
            {
                Reason = "above its panic threshold (1000 s) it ends, and its unit starts it again, which allows any step forward",
            },
        };
    }

    private static Finding Chrony(MachineFacts facts)
    {
        if (!facts.Services.ChronyConf.TryGet(out var conf))
            return Finding.Unknown("chrony's configuration", facts.Services.ChronyConf);
        var slew = Number(conf.Last("maxslewrate")?.Words, 0) is { } ppm and > 0 ? ppm : DefaultSlewPpm;
        var line = conf.Last("makestep");
        var evidence = new EvidenceItem("makestep", line?.ToString() ?? "not set: chronyd never steps", line?.Source ?? conf.File);
        var fix = Fix(facts, conf, line);
        if (conf.Last("maxchange") is { } change && Number(change.Words, 0) is { } most)
        {
            // The clock of a guest that was paused for longer looks like an attack to chronyd, and it ends.
            return Finding.Warning($"'{change}' makes chronyd end when the clock is off by more than {Text(most)} s, as after a long pause",
                new Remedy($"Remove maxchange, or allow for the longest pause ({change.Source})"), evidence,
                    new EvidenceItem("maxchange", change.ToString(), change.Source));
        }

        if (Number(line?.Words, 0) is not { } threshold || Number(line?.Words, 1) is not { } limit)
            return Finding.Warning(
                $"chronyd never steps the clock: a gap of {Text(ExamplePauseS)} s takes {Duration(ExamplePauseS, slew)} to slew away", fix,
                evidence);
        if (limit >= 0)
        {
            return Finding.Warning(
                $"chronyd steps only in its first {Text(limit)} updates: after a pause of {Text(ExamplePauseS)} s the clock stays wrong " +
                    $"for {Duration(ExamplePauseS, slew)} or more, since chronyd cannot see the pause",
                fix, evidence);
        }

        if (threshold > SaneThresholdS)
            return Finding.Warning(
                $"chronyd steps only above {Text(threshold)} s; a smaller gap takes up to {Duration(threshold, slew)} to slew away", fix,
                evidence);
        return Finding.Pass($"chronyd steps the clock at any time when it is off by more than {Text(threshold)} s", evidence);
    }

    /// <summary>The makestep line that steps at any time, with the threshold that is there where it is sane; null where it is so already.</summary>
    internal static string? Wanted(ChronyConfiguration conf)
    {
        var line = conf.Last("makestep");
        var threshold = Number(line?.Words, 0) is >= 0 and <= SaneThresholdS and not 1 ? line!.Words[0] : "1";
        return Number(line?.Words, 0) <= SaneThresholdS && Number(line?.Words, 1) < 0 ? null : $"makestep {threshold} -1";
    }

    private static Remedy Fix(MachineFacts facts, ChronyConfiguration conf, ConfigDirective? line)
    {
        var wanted = Wanted(conf) ?? "makestep 1 -1";
        var summary = $"Let chronyd step the clock by more than {wanted.Split(' ')[1]} s at any time";
        var file = line?.File ?? conf.File;
        // Directives on chronyd's command line stand in no file.
        if (!file.StartsWith('/'))
            return new($"{summary}: {wanted}");
        var edit = line is null
            ? $"echo '{wanted}' >> {file}"
            : $"sed -i -E 's/^[[:space:]]*makestep[[:space:]].*/{wanted}/I' {file}";
        return new(summary, edit, ByDistribution.Restart(facts, Unit(facts)));
    }

    private static Finding Ntpd(MachineFacts facts, TimeService ntpd)
    {
        var conf = facts.Services.NtpConf;
        var policy = NtpdPolicy.Of(facts, ntpd);
        if (policy.Lines.Count == 0 && !conf.IsKnown && conf.State != FactState.Missing)
            return Finding.Unknown("ntp.conf", conf);
        var evidence = new EvidenceItem("ntpd", $"step threshold {Text(policy.StepS)} s, panic threshold {Text(policy.PanicS)} s",
            policy.Lines.LastOrDefault()?.Source ?? conf.Source);
        if (!policy.StepsSoon)
            return NtpdSlewing(facts, ntpd, policy, evidence);
        if (policy.PanicS > 0)
        {
            var file = conf.TryGet(out var known) ? known.File : "/etc/ntp.conf";
            // ntp.conf(5): tinker panic belongs to the top of the file.
            return Finding.Warning(
                $"ntpd ends when the clock is off by more than {Text(policy.PanicS)} s, as after a pause of " +
                    $"{new Nanoseconds((long)Math.Min(policy.PanicS, 1e9) * 1_000_000_000)}",
                new Remedy("Switch the panic threshold off, as virtual machines need", $"sed -i '1i tinker panic 0' {file}",
                    ByDistribution.Restart(facts, ntpd.ServiceName)), evidence);
        }

        return Finding.Pass($"ntpd steps the clock whenever it stays off by more than {Text(policy.StepS)} s, after 5 to 15 minutes",
            evidence);
    }

    private static Finding NtpdSlewing(MachineFacts facts, TimeService ntpd, NtpdPolicy policy, EvidenceItem evidence)
    {
        var what = policy.StepS <= 0 ? "ntpd never steps the clock (tinker step 0)"
            : $"ntpd steps only above {Text(policy.StepS)} s (-x or tinker step)";
        return Slewing(facts, what, evidence) with
        {
            Remedy = new("Let ntpd step: -x out of its options, 'step' and 'panic' out of its tinker lines, tinker panic 0 as the first line; or use chrony",
                ByDistribution.Restart(facts, ntpd.ServiceName)),
        };
    }

    private static Finding Phc2Sys(MachineFacts facts, TimeService phc2sys)
    {
        var options = DaemonOptions.Phc2sys(phc2sys.Arguments);
        return Number([options.Argument('S') ?? ""], 0) is > 0 and var threshold
            ? Finding.Pass($"phc2sys steps the clock whenever it is off by more than {Text(threshold)} s", Situation.Evidence(phc2sys))
            : Finding.Warning("phc2sys steps the clock only at its first update, since it runs without -S",
                new Remedy("Add -S 1 (step above 1 s) to its options and restart it", ByDistribution.Restart(facts, phc2sys.ServiceName)),
                    Situation.Evidence(phc2sys));
    }

    private static Finding Slewing(MachineFacts facts, string what, params IReadOnlyList<EvidenceItem> evidence) => Finding.Warning(
        $"{what}: a gap of {Text(ExamplePauseS)} s takes {Duration(ExamplePauseS, KernelSlewPpm)} to slew away",
        new Remedy("Use chrony with 'makestep 1 -1' instead",
            [ByDistribution.Install(facts, "chrony"), .. ByDistribution.EnableAndStart(facts, ByDistribution.ChronyUnit(facts))]),
            evidence);

    private static string Unit(MachineFacts facts) =>
        facts.Services.Find(TimeServiceKind.Chronyd) is { } s && s.Unit.EndsWith(".service", StringComparison.Ordinal) ? s.ServiceName
            : ByDistribution.ChronyUnit(facts);

    /// <summary>How long a gap takes at a slew rate, as a user says it.</summary>
    private static string Duration(double gapS, double ppm)
    {
        var seconds = Math.Min(gapS / (ppm * 1e-6), 1e9);
        return seconds switch
        {
            < 120 => $"{Text(Math.Round(seconds))} s",
            < 7200 => $"{Text(Math.Round(seconds / 60))} min",
            _ => $"{Text(Math.Round(seconds / 3600))} h",
        };
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static double? Number(IReadOnlyList<string>? words, int index) =>
        words is not null && index < words.Count
            && double.TryParse(words[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : null;
}

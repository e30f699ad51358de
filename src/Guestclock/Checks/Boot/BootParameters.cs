using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Remedies;

namespace Guestclock.Checks.Boot;

/// <summary>boot-parameters: what the kernel is told of clocks is right for this release and this machine.</summary>
public sealed class BootParameters : Check
{
    private static readonly Func<ParameterContext, IEnumerable<ParameterRemark>>[] Rules =
        [TableRules.Judge, LpjRules.Judge, TscRules.Judge, ClockSourceRules.Judge, KvmClockRules.Judge, TickRules.Judge,
            EmergencyRules.Judge];

    public override string Id => "boot-parameters";

    public override string Title => "The kernel's timekeeping parameters are right for this release";

    public override CheckGroup Group => CheckGroup.Boot;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Has(Role.Container))
            return Finding.NotApplicable("a container runs on its host's kernel, whose command line is not its own");
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows has no kernel command line; see windows-timer");
        if (Lines(facts) is not { Count: > 0 } lines)
            return Finding.Unknown("the kernel command line", facts.Clock.CommandLine.State is FactState.NotRecorded ? facts.Boot.Entries
                : facts.Clock.CommandLine);

        var (first, source, _) = lines[0];
        var remarks = Remarks(facts, first);
        var later = lines.Skip(1).SelectMany(l => AtNextBoot(facts, l, remarks)).ToList();
        return Compose(facts, first, source, remarks, later);
    }

    private sealed record Line(KernelArguments Arguments, string Source, bool Running);

    // The running command line first; the default entry is looked at too, because it is what the next boot brings.
    private static List<Line> Lines(MachineFacts facts)
    {
        var lines = new List<Line>();
        if (facts.Clock.CommandLine.TryGet(out var running))
            lines.Add(new(running, facts.Clock.CommandLine.Source, true));
        if (facts.Boot.DefaultEntry is { } entry)
            lines.Add(new(entry.Arguments, entry.Source, false));
        if (facts.Boot.GrubDefault.TryGet(out var grub) && BootPlaces.UsesGrub2(facts))
            lines.Add(new(grub.Together, string.Join(' ', grub.Files), false));
        if (facts.Boot.KernelInstallArguments.TryGet(out var install) && lines.Count == 0)
            lines.Add(new(install, facts.Boot.KernelInstallArguments.Source, false));
        return lines;
    }

    private static List<ParameterRemark> Remarks(MachineFacts facts, KernelArguments arguments)
    {
        var context = new ParameterContext(facts, arguments);
        return Rules.SelectMany(rule => rule(context)).ToList();
    }

    // Only what is written there and is not judged already; what it lacks is the matter of boot-parameters-persist.
    private static IEnumerable<ParameterRemark> AtNextBoot(MachineFacts facts, Line line, List<ParameterRemark> known) =>
        Remarks(facts, line.Arguments)
            .Where(r => r.Status is CheckStatus.Warning or CheckStatus.Critical && r.Remove is not null
                && known.TrueForAll(k => k.Parameter != r.Parameter))
            .Select(r => r with { Status = CheckStatus.Warning, Text = $"from the next boot on ({line.Source}): {r.Text}" });

    private static Finding Compose(MachineFacts facts, KernelArguments arguments, string source, List<ParameterRemark> remarks,
        List<ParameterRemark> later)
    {
        var all = remarks.Concat(later.DistinctBy(r => r.Parameter)).OrderByDescending(r => Rank(r.Status)).ToList();
        var evidence = new List<EvidenceItem> { new("timekeeping parameters", Shown(arguments), source) };
        evidence.AddRange(all.Select(r => new EvidenceItem(r.Parameter, r.Text, source)));
        evidence.AddRange(facts.Boot.Remarks.Select(r => new EvidenceItem("boot configuration", r, r.Split(':')[0])));
        var worst = all.FirstOrDefault();
        if (worst is null)
            return Finding.Pass("no timekeeping parameter is set, and none is needed", evidence);
        var same = all.Count(r => r.Status == worst.Status) - 1;
        var summary = same > 0 && worst.Status is CheckStatus.Warning or CheckStatus.Critical ? $"{worst.Text}; and {same} more"
            : worst.Text;
        return worst.Status switch
        {
            CheckStatus.Unknown =>
                Finding.Unknown("cannot tell whether the parameters are right", $"{worst.Text}: say --assume {worst.Assume}",
                    FactState.Missing, evidence),
            CheckStatus.Pass => Finding.Pass(summary, evidence),
            CheckStatus.Info => Finding.Info(summary, evidence),
            _ => new(worst.Status, summary, evidence, null, Remedy(facts, all)),
        };
    }

    private static string Shown(KernelArguments arguments) =>
        TimeParameters.Of(arguments) is { Count: > 0 } found ? string.Join(' ', found) : $"none among {arguments.All.Count}";

    private static Remedy Remedy(MachineFacts facts, List<ParameterRemark> all)
    {
        var wrong = all.Where(r => r.Status is CheckStatus.Warning or CheckStatus.Critical).ToList();
        var add = wrong.Select(r => r.Add).OfType<string>().SelectMany(a => a.Split(' ')).Distinct(StringComparer.Ordinal).ToList();
        var remove = wrong.Select(r => r.Remove).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (add.Count + remove.Count == 0)
            return new("Boot once without lpj=, read the number in the kernel log, and set that", "dmesg | grep 'Calibrating delay'");
        return ByDistribution.KernelArguments(facts, "Change the kernel's parameters", add, remove);
    }

    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Critical => 4,
        CheckStatus.Warning => 3,
        CheckStatus.Unknown => 2,
        CheckStatus.Info => 1,
        _ => 0,
    };
}

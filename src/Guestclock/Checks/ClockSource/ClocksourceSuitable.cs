using Guestclock.Facts;

namespace Guestclock.Checks.ClockSource;

/// <summary>clocksource-suitable: the kernel's clock rests on the source that is right for this machine.</summary>
public sealed class ClocksourceSuitable : Check
{
    public override string Id => "clocksource-suitable";

    public override string Title => "The clock source suits the machine";

    public override CheckGroup Group => CheckGroup.ClockSource;

    public override bool IsEssential => true;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        if (facts.Identity.Os.Is(o => o.Family == OsFamily.Windows))
            return Finding.NotApplicable("Windows has no clock source to choose; see windows-timer");
        var clock = CurrentClock.Of(facts);
        if (clock.Unknown is { } unknown)
            return unknown;
        var evidence = new List<EvidenceItem> { clock.Evidence, EvidenceItem.Of("available", facts.Clock.AvailableSources) };
        if (clock.Name is "jiffies" or "refined-jiffies" or "pit" or "dummy")
        {
            return Finding.Critical($"the clock runs on {clock.Name}, which loses time whenever a timer interrupt is late",
                SourceRemedy.Switch(facts, clock.Name), evidence);
        }

        var suits = !facts.Identity.Architecture.IsKnown || facts.IsX86 ? X86Suitability.Of(facts, clock.Name)
            : OtherArchitecture(facts, clock.Name);
        return suits.Finding(facts, clock.Name, evidence);
    }

    /// <summary>Other architectures have one counter that is made for timekeeping.</summary>
    private static Suitability OtherArchitecture(MachineFacts facts, string name)
    {
        var architecture = facts.Identity.Architecture.Or("");
        var right = architecture switch
        {
            "aarch64" => "arch_sys_counter",
            _ when architecture.StartsWith("arm", StringComparison.Ordinal) => "arch_sys_counter",
            _ when architecture.StartsWith("ppc", StringComparison.Ordinal) => "timebase",
            _ when architecture.StartsWith("s390", StringComparison.Ordinal) => "tod",
            _ when architecture.StartsWith("riscv", StringComparison.Ordinal) => "riscv_clocksource",
            _ when architecture.StartsWith("loongarch", StringComparison.Ordinal) => "Constant",
            _ => null,
        };
        if (right is null)
            return new(CheckStatus.Info, $"the clock runs on {name}; this program does not know what suits {architecture}");
        return right == name ? new(CheckStatus.Pass, $"the clock runs on {name}, the right source on {architecture}")
            : new(facts.IsGuest || facts.IsHost ? CheckStatus.Warning : CheckStatus.Info, $"the clock runs on {name} instead of {right}");
    }
}

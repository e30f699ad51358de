using Guestclock.Facts;
using Guestclock.Remedies;

namespace Guestclock.Checks.Xen;

/// <summary>xen-tsc-mode: the tsc_mode of each Xen guest configuration is valid and lets the guest keep time when it moves.</summary>
public sealed class XenTscMode : Check
{
    private static readonly string[] Names = ["default", "always_emulate", "native", "native_paravirt"];

    public override string Id => "xen-tsc-mode";

    public override string Title => "Every Xen guest has a TSC mode that keeps its time right";

    public override CheckGroup Group => CheckGroup.Xen;

    public override Finding Judge(MachineFacts facts, Policy policy)
    {
        var fact = facts.Xen.Guests;
        if (!fact.TryGet(out var guests))
        {
            return fact.State == FactState.Missing
                || (fact.State == FactState.NotRecorded && facts.Identity.Roles.IsKnown && !facts.Has(Role.XenDom0))
                ? Finding.NotApplicable("this machine configures no Xen guests")
                : Finding.Unknown("the Xen guests' configuration", fact);
        }

        if (guests.Count == 0)
            return Finding.NotApplicable("there is no guest configuration in /etc/xen");
        var judged = Judged(facts);
        var evidence = guests.Select(g =>
            new EvidenceItem(g.Name, $"tsc_mode={g.TscMode ?? "not set"} nomigrate={(g.NoMigrate is { } n ? n ? "1" : "0" : "not set")}",
                g.File)).ToList();
        var worst = judged[0];
        return worst.Status switch
        {
            CheckStatus.Warning => Finding.Warning(worst.Says, worst.Remedy, evidence),
            CheckStatus.Info => Finding.Info(worst.Says, evidence) with { Remedy = worst.Remedy },
            _ => Finding.Pass($"the TSC mode of {guests.Count} {(guests.Count == 1 ? "guest" : "guests")} is right", evidence),
        };
    }

    /// <summary>Every guest, the worst first.</summary>
    internal static IReadOnlyList<JudgedGuest> Judged(MachineFacts facts) => [.. facts.Xen.Guests.Or([]).Select(g => Judge(g, facts.Xen.HasXend.Or(false)))
        .OrderByDescending(j => j.Status switch { CheckStatus.Warning => 2, CheckStatus.Info => 1, _ => 0 }).ThenBy(j => j.Remedy is null)];

    /// <summary>One guest and what is to be written.</summary>
    /// <param name="Mode">The mode to set: a name for xl, a number for xm; null: none.</param>
    internal sealed record JudgedGuest(XenGuestConfig Guest, CheckStatus Status, string Says, Remedy? Remedy, string? Mode);

    /// <param name="hasXend">xm may read the file, which takes numbers only; xl takes both.</param>
    private static JudgedGuest Judge(XenGuestConfig guest, bool hasXend)
    {
        if (guest.TscMode is not { } written)
            return new(guest, CheckStatus.Pass, "", null, null);
        var isNumber = int.TryParse(written, out var number);
        var mode = isNumber ? number is >= 0 and < 4 ? Names[number] : "" : written;
        var (setting, tool, safe) = hasXend ? ("tsc_mode=0", "xm", "0") : ("tsc_mode=\"default\"", "xl", "default");
        var set = new Remedy("Write the default mode and start the guest anew", $"vi {guest.File}   # {setting}",
            $"{tool} shutdown -w {guest.Name}", $"{tool} create {guest.File}");
        return mode switch
        {
            "native_paravirt" => new(guest, CheckStatus.Warning, $"{guest.Name} has tsc_mode={written} (native_paravirt), which Xen no longer "
                + "offers: the guest does not start after an update of Xen", set, safe),
            "native" when guest.NoMigrate != true => new(guest, CheckStatus.Warning,
                $"{guest.Name} has tsc_mode={written} (native) and may migrate: its TSC jumps when it moves to another host or is restored",
                set with { Summary = "Write the default mode, or nomigrate=1 if it never moves, and start the guest anew" }, safe),
            "" or not ("default" or "always_emulate" or "native") =>
                new(guest, CheckStatus.Warning, $"{guest.Name} has tsc_mode={written}, which is no mode of Xen", set, safe),
            _ when isNumber && !hasXend => new(guest, CheckStatus.Info, $"{guest.Name} has tsc_mode={written}: numbers are deprecated, the name is \"{mode}\"",
                new Remedy("Write the mode's name", $"vi {guest.File}   # tsc_mode=\"{mode}\""), mode),
            "always_emulate" => new(guest, CheckStatus.Info,
                $"{guest.Name} has tsc_mode={written}: its time is right, every reading of the TSC is slow", null, null),
            _ => new(guest, CheckStatus.Pass, "", null, null),
        };
    }
}

using Guestclock.Checks;
using Guestclock.Checks.Domain;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Domains;
using Guestclock.Formats.Editing.Domains;

namespace Guestclock.Fixes.Domains;

/// <summary>
/// Changes the definitions of libvirt's domains as a check's own rules say: on a running machine through libvirt, in an image in the file below
/// /etc/libvirt/qemu. What another manager writes, what has no definition and what is more than clock, timers and channel is left to the user.
/// </summary>
public abstract class DomainFix : Fix
{
    public const string Uri = "qemu:///system";

    private readonly IDomainRules _rules;

    private protected DomainFix(IDomainRules rules) => _rules = rules;

    public override IReadOnlyList<string> Checks => [((Check)_rules).Id];

    public override void Plan(FixContext context)
    {
        // A finding that warns is no reason to change what is only worth knowing, unless the user named it.
        var least = context.IsNamed ? CheckStatus.Info : context.Judged.Finding.Status;
        foreach (var (domain, all) in DomainJudge.Bad(context.Facts, _rules))
        {
            var faults = all.Where(f => f.Status >= least).ToList();
            if (faults.Count == 0)
                continue;
            if (LeftToUser(domain, faults) is { } why)
            {
                context.LeaveToUser($"{domain.Name}: {why}", Lines(domain, faults));
                continue;
            }

            try
            {
                Change(context, domain, least);
            }
            catch (Exception e) when (e is FixRefusedException or MalformedInputException)
            {
                context.LeaveToUser($"{domain.Name}: {e.Message}", Lines(domain, faults));
            }
        }
    }

    private static string? LeftToUser(JudgedDomain domain, List<DomainFault> faults)
    {
        if (domain.Definition.Manager is not null || !domain.IsLibvirt)
            return DomainRemedy.Summary(domain);
        if (faults.TrueForAll(f => f.IsMended))
            return "its definition is right already; it gets it when it is shut down and started again";
        return domain is { IsActive: true, NextStart: null } ? "a transient domain: whoever creates it has to change the definition that it is created with" : null;
    }

    private void Change(FixContext context, JudgedDomain domain, CheckStatus least)
    {
        var path = $"/etc/libvirt/qemu/{domain.Name}.xml";
        var text = context.IsLive ? context.Files.Domain(domain.Name)
            : context.Files.Text(path) ?? throw new FixRefusedException($"there is no {path}");
        var stored = Stored(domain, text);
        var faults = _rules.Concerns(stored) ? _rules.Faults(stored, context.Facts).Where(f => f.Status >= least).ToList() : [];
        var version = LibvirtVersion.Of(context.Files);
        var mended = faults.Where(f => f.Change is { } c && (version is null || version >= LibvirtVersion.First(c))).ToList();
        var after = DomainXmlEditor.Apply(text, [.. mended.Select(f => f.Change!)]);
        if (_rules.Faults(Stored(domain, after), context.Facts).FirstOrDefault(f => mended.Exists(m => m.Change == f.Change)) is { } left)
            throw new FixRefusedException($"the change would not mend that {left.Says}");
        var why = string.Join("; ", mended.Select(f => f.Says));
        var risk = mended.Exists(f => f.MaySetClockWrong) ? Risk.Clock : Risk.None;
        if (!context.IsLive)
            context.Write(path, after, $"{domain.Name}: {why}", Effect.GuestStart, risk);
        else if (after != text)
            context.Add(new DomainStep(Uri, domain.Name, text, after) { Effect = Effect.GuestStart, Risk = risk }, $"{domain.Name}: {why}");
        if (mended.Count > 0 && context.Facts.Libvirt.SavedDomains.Or([]).Contains(domain.Name, StringComparer.Ordinal))
        {
            var name = DomainRemedy.Quote(domain.Name);
            context.LeaveToUser($"{domain.Name}: it is saved, and its next start goes on with the definition of that time; it gets the new one at the start after that",
                $"virsh start {name}", $"virsh shutdown {name}   # and when it is off: virsh start {name}");
        }

        foreach (var other in faults.Except(mended))
        {
            var old = other.Change is { } change ? $", and this libvirt {version} is older than {LibvirtVersion.First(change)}, which knows the remedy" : "";
            context.LeaveToUser($"{domain.Name}: {other.Says}{old}", Lines(domain, [other]));
        }
    }

    private static JudgedDomain Stored(JudgedDomain domain, string text) =>
        domain with { Definition = DomainXmlReader.Parse(DomainXmlEditor.WithoutMark(text)), State = "shut off", NextStart = null };

    private static string[] Lines(JudgedDomain domain, IEnumerable<DomainFault> faults) =>
        [.. faults.Select(f => DomainRemedy.Line(domain, f)).Distinct(StringComparer.Ordinal)];
}

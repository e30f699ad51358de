using System.Text;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Judging;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>A KVM guest's boot files, judged by the checks of kernel arguments, repaired, and judged again.</summary>
internal sealed class BootDisk(string id, string version, OsFamily family, string architecture = "x86_64")
{
    private static readonly string[] Checks = ["boot-parameters", "boot-parameters-persist"];

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private string? _running;
    private string[] _log = [];
    private bool? _hostConstantTsc, _pvClock;

    public Plan Plan { get; private set; } = null!;

    public BootDisk File(string path, string text)
    {
        _files[path] = Encoding.Latin1.GetBytes(text);
        return this;
    }

    public BootDisk Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    /// <summary>The guest runs, with these kernel arguments.</summary>
    public BootDisk Running(string arguments)
    {
        _running = arguments;
        return this;
    }

    public BootDisk Log(params string[] lines)
    {
        _log = lines;
        return this;
    }

    public BootDisk Assume(bool? hostConstantTsc, bool? pvClock = null)
    {
        (_hostConstantTsc, _pvClock) = (hostConstantTsc, pvClock);
        return this;
    }

    public string Text(string path) => Encoding.Latin1.GetString(_files[path]);

    public Finding Finding(string check) => Judged().Judgement.Checks.First(c => c.Check.Id == check).Finding;

    /// <summary>The files that the plan writes.</summary>
    public IReadOnlyList<string> Written => [.. Plan.Steps.OfType<FileStep>().Select(s => s.Path)];

    /// <summary>What is left to the user, with the reasons.</summary>
    public string Left => string.Join('\n', Plan.Findings.SelectMany(f => f.ByHand.Select(b => $"{b.Sentence}: {string.Join("; ", b.Commands)}").Prepend(f.Why ?? "")));

    public BootDisk Planned(bool named = true, bool aside = false)
    {
        var (facts, judgement) = Judged();
        var names = named ? Checks.ToHashSet(StringComparer.Ordinal) : [];
        Plan = Planner.Make(facts, judgement, Machine(), new() { Chosen = c => Checks.Contains(c.Id), Named = names, Aside = aside });
        return this;
    }

    /// <summary>The planned files are written.</summary>
    public BootDisk Applied()
    {
        foreach (var step in Plan.Steps.OfType<FileStep>())
            _files[step.Path] = step.After;
        return this;
    }

    /// <summary>After its plan the checks fail no more (on a running guest: only what the next boot brings), and a second plan is empty.</summary>
    public BootDisk Repaired()
    {
        Planned();
        Assert.True(Plan.Steps.Count > 0, $"nothing is planned: {Left}");
        var plan = Plan;
        Applied();
        foreach (var check in Checks.Skip(_running is null ? 0 : 1))
            Assert.True(Finding(check).Status is CheckStatus.Pass or CheckStatus.Info or CheckStatus.NotApplicable, $"{check}: {CheckRow.AllText(Finding(check))}");
        Planned();
        Assert.Empty(Plan.Steps.OfType<FileStep>().Select(s => Encoding.Latin1.GetString(s.After)));
        Plan = plan;
        return this;
    }

    private (MachineFacts Facts, Judgement Judgement) Judged()
    {
        var facts = new MachineFacts
        {
            Identity = new()
            {
                Os = Some.Known(Some.Os(id, version, family)),
                Architecture = Some.Known(architecture),
                Hypervisor = Some.Known(Hypervisor.Kvm),
                Roles = Some.List(Role.KvmGuest),
            },
            Clock = new() { CommandLine = _running is null ? Some.Not<KernelArguments>(FactState.NotRecorded) : Some.Known(Some.Arguments(_running)) },
            KernelLog = new() { Log = _log.Length == 0 ? Some.Missing<KernelLog>() : Some.Known(new KernelLog(false, [.. _log.Select(l => new KernelLogLine(0, l))])) },
            Boot = BootProbe.Gather(Machine()),
            Assumed = new() { HostConstantTsc = _hostConstantTsc, PvClock = _pvClock },
        };
        return (facts, Judge.Run(facts, Policy.Default, new DateOnly(2026, 1, 1), c => Checks.Contains(c.Id)));
    }

    private MemoryMachine Machine()
    {
        var machine = new MemoryMachine { IsLive = _running is not null };
        foreach (var (path, bytes) in _files)
            machine.File(path, bytes);
        foreach (var (path, target) in _links)
            machine.Link(path, target);
        return machine;
    }
}

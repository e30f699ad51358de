using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes;

/// <summary>The files of a machine, judged by one check, repaired, and judged again.</summary>
internal sealed class RepairedFiles
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly MachineFacts _basis;
    private readonly string _check;
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private string? _processes;

    public RepairedFiles(string check, MachineFacts basis) => (_check, _basis) = (check, basis);

    /// <summary>A guest of that distribution.</summary>
    public static RepairedFiles Guest(string check, string id, string version, OsFamily family) =>
        new(check, Some.KvmGuest() with { Identity = Some.KvmGuest().Identity with { Os = Some.Known(Some.Os(id, version, family)) } });

    /// <summary>The files that the plan writes, with what they hold then.</summary>
    public Dictionary<string, string> Written { get; } = new(StringComparer.Ordinal);

    public Plan Plan { get; private set; } = null!;

    public RepairedFiles File(string path, string text)
    {
        _files[path] = text;
        return this;
    }

    public RepairedFiles Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    /// <summary>It is a running machine with these processes: <c>812\tchronyd\t/usr/sbin/chronyd\t-F\t1</c>.</summary>
    public RepairedFiles Runs(string processes)
    {
        _processes = processes;
        return this;
    }

    /// <summary>Plans; after its files are written the check must pass and a second plan be empty.</summary>
    public RepairedFiles Mended()
    {
        Planned();
        Assert.True(Plan.Steps.Count > 0, $"nothing is planned: {Told()}");
        foreach (var (path, text) in Written)
            _files[path] = text;
        foreach (var link in Plan.Steps.OfType<LinkStep>())
            _links[link.Path] = link.After ?? throw new InvalidOperationException("a link is removed");
        foreach (var value in Plan.Steps.OfType<ValueStep>())
            _files[value.Path] = value.After + "\n";
        var (facts, judgement) = Judged();
        if (_processes is null or "")
            Assert.True(judgement.Checks[0].Finding.Status is not (CheckStatus.Warning or CheckStatus.Critical), $"still: {judgement.Checks[0].Finding.Summary}");
        var again = Planner.Make(facts, judgement, Machine(), Options);
        Assert.DoesNotContain(again.Steps, s => s is FileStep or LinkStep or ValueStep);
        return this;
    }

    /// <summary>Plans, and nothing is to be written: why is said.</summary>
    public RepairedFiles Left(string says)
    {
        Planned();
        Assert.Empty(Written);
        Assert.Contains(says, Told(), StringComparison.Ordinal);
        return this;
    }

    public RepairedFiles Planned()
    {
        var (facts, judgement) = Judged();
        Plan = Planner.Make(facts, judgement, Machine(), Options);
        foreach (var step in Plan.Steps.OfType<FileStep>())
            Written[step.Path] = System.Text.Encoding.Latin1.GetString(step.After);
        return this;
    }

    public RepairedFiles Writes(string path, string text)
    {
        Assert.Equal(text, Written[path]);
        return this;
    }

    /// <summary>The programs of the plan, in order, those left out for their risk with a '?'.</summary>
    public IReadOnlyList<string> Programs =>
        [.. Plan.Steps.OfType<ProgramStep>().Select(s => s.Line), .. Plan.Deferred.OfType<ProgramStep>().Select(s => s.Line + "?")];

    private PlanOptions Options => new() { Named = new HashSet<string> { _check } };

    private string Told() => string.Join('\n', Plan.Findings.Select(f => $"{f.State} {f.Why} {string.Join(' ', f.ByHand.Select(b => $"{b.Sentence} {string.Join(" | ", b.Commands)}"))}"));

    private (MachineFacts Facts, Judgement Judgement) Judged()
    {
        var facts = _basis with { Services = ServiceProbe.Gather(Machine()), Power = PowerProbe.Gather(Machine()) };
        return (facts, Judge.Run(facts, Policy.Default, new DateOnly(2026, 1, 1), c => c.Id == _check));
    }

    public MemoryMachine Machine()
    {
        var machine = new MemoryMachine { IsLive = _processes is not null };
        foreach (var (path, text) in _files)
            machine.File(path, System.Text.Encoding.Latin1.GetBytes(text));
        foreach (var (path, target) in _links)
            machine.Link(path, target);
        if (_processes is not null)
            machine.Answer(Machines.Questions.Processes, _processes);
        return machine;
    }
}

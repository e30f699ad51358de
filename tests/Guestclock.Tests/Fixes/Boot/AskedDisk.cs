using System.Text;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Judging;
using Guestclock.Probes;
using Guestclock.Remedies;
using Guestclock.Testing;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Tests.Fixes.Boot;

/// <summary>A machine of which only the boot configuration counts, with findings that ask for kernel arguments.</summary>
internal sealed class AskedDisk(OperatingSystem os)
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<JudgedCheck> _findings = [];
    private string? _running;

    public string Architecture { get; init; } = "x86_64";

    public bool IsGuest { get; init; }

    public AskedDisk File(string path, string text)
    {
        _files[path] = Encoding.Latin1.GetBytes(text);
        return this;
    }

    public AskedDisk Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    public AskedDisk Programs(params string[] names)
    {
        foreach (var name in names)
            File($"/usr/sbin/{name}", "#!/bin/sh\n");
        return this;
    }

    /// <summary>It runs, with this command line.</summary>
    public AskedDisk Runs(string commandLine)
    {
        _running = commandLine;
        return this;
    }

    /// <summary>A finding that asks for these arguments; <c>-name</c> is to go.</summary>
    public AskedDisk Wants(string check, params string[] arguments) => Wants(CheckStatus.Warning, check, arguments);

    public AskedDisk Wants(CheckStatus status, string check, params string[] arguments)
    {
        var found = Catalogue.Find(check)!;
        var change = new ArgumentChange([.. arguments.Where(a => a[0] != '-')], [.. arguments.Where(a => a[0] == '-').Select(a => a[1..])]);
        _findings.Add(new(found, ChainLink.HostTsc, new(status, "wrong", [], null, new Remedy("change it", "by hand") { Arguments = change }), null));
        return this;
    }

    public string Text(string path) => Encoding.Latin1.GetString(_files[path]);

    public MachineFacts Facts()
    {
        var machine = Machine();
        var facts = IsGuest ? Some.KvmGuest() : Some.KvmHost();
        return facts with
        {
            Identity = facts.Identity with { Os = Some.Known(os), Architecture = Some.Known(Architecture) },
            Clock = facts.Clock with { CommandLine = _running is null ? Some.Not<KernelArguments>(FactState.NotRecorded) : Some.Known(KernelArguments.Parse(_running)) },
            Boot = BootProbe.Gather(machine),
        };
    }

    public Plan Plan() => Planner.Make(Facts(), new(_findings, Verdict.Of(_findings), []), Machine(), new());

    /// <summary>A line for each step.</summary>
    public string[] Steps() => [.. Plan().Steps.Select(s => s is FileStep file ? $"file {file.Path}" : s is ProgramStep program ? $"{s.Phase} {program.Line}" : s.Key)];

    /// <summary>Everything that is left to the user, with its commands.</summary>
    public string ByHand() => string.Join('\n', Plan().Findings.SelectMany(f => f.ByHand.SelectMany(b => b.Commands.Prepend(b.Sentence)).Append(f.Why)));

    /// <summary>With the plan's files as they will be.</summary>
    public AskedDisk Fixed()
    {
        foreach (var step in Plan().Steps.OfType<FileStep>())
            _files[step.Path] = step.After;
        return this;
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

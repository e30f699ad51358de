using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Judging;
using Guestclock.Linux.Gathering;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Trees;

/// <summary>
/// A whole machine as its files, links, devices and answers, put together piece by piece. While nothing made it run it is the disk of a
/// stopped machine: then it is written to a directory and read as <c>check --root</c> reads one.
/// </summary>
internal sealed class Tree(string name)
{
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EntryKind> _special = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _denied = new(StringComparer.Ordinal);
    private bool _runs;

    public string Name { get; private set; } = name;

    /// <summary>The release of the kernel that the disk holds, and that runs.</summary>
    public string Kernel { get; set; } = "";

    public string Architecture { get; set; } = "x86_64";

    /// <summary>The kernel's arguments as the boot loader of this disk gives them.</summary>
    public string CommandLine { get; set; } = "";

    public override string ToString() => Name;

    public Tree Called(string name)
    {
        Name = name;
        return this;
    }

    public Tree File(string path, string text) => File(path, Encoding.UTF8.GetBytes(text));

    public Tree File(string path, byte[] bytes)
    {
        _files[path] = bytes;
        return this;
    }

    /// <summary>An executable of which only the name counts.</summary>
    public Tree Program(string path) => File(path, "#!/bin/sh\n");

    public Tree Append(string path, string text) => File(path, Text(path) + text);

    public Tree Replace(string path, string old, string with)
    {
        var text = Text(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return File(path, text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>GRUB's environment block has 1024 bytes, whatever stands in it.</summary>
    public Tree Padded(string path) => File(path, Text(path).TrimEnd('#').PadRight(1024, '#'));

    public Tree Link(string path, string target)
    {
        _links[path] = target;
        return this;
    }

    public Tree Special(string path, EntryKind kind)
    {
        _special[path] = kind;
        return this;
    }

    /// <summary>Takes away what stands at a path and below it.</summary>
    public Tree Without(string path)
    {
        foreach (var p in _files.Keys.Where(Below).ToList())
            _files.Remove(p);
        foreach (var p in _links.Keys.Where(Below).ToList())
            _links.Remove(p);
        foreach (var p in _special.Keys.Where(Below).ToList())
            _special.Remove(p);
        return this;

        bool Below(string p) => p == path || p.StartsWith(path + "/", StringComparison.Ordinal);
    }

    public Tree Answer(string question, string text) => Answer(question, Encoding.UTF8.GetBytes(text));

    public Tree Answer(string question, byte[] bytes)
    {
        _answers[question] = bytes;
        return this;
    }

    public Tree AppendAnswer(string question, string text) =>
        Answer(question, Encoding.UTF8.GetString(_answers.GetValueOrDefault(question, [])) + text);

    public Tree ReplaceInAnswer(string question, string old, string with)
    {
        var text = Encoding.UTF8.GetString(_answers[question]);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return Answer(question, text.Replace(old, with, StringComparison.Ordinal));
    }

    /// <summary>What stands at a path of a running machine is for root only.</summary>
    public Tree Denied(string path)
    {
        _denied.Add(path);
        return Without(path);
    }

    public Tree NoAnswer(string question)
    {
        _answers.Remove(question);
        return this;
    }

    /// <summary>The paths of the files that hold a text.</summary>
    public IReadOnlyList<string> FilesWith(string text) =>
        [.. _files.Where(f => Encoding.UTF8.GetString(f.Value).Contains(text, StringComparison.Ordinal)).Select(f => f.Key)];

    public Tree With(Func<Tree, Tree> change) => change(this);

    /// <summary>From here on it is a running machine.</summary>
    public Tree Runs()
    {
        _runs = true;
        return this;
    }

    /// <summary>Gathers every fact and runs every check, as the program does.</summary>
    public Told Judged(params IReadOnlyList<string> assume)
    {
        if (_runs)
            return Judge(Memory(), assume);
        using var directory = Written();
        return Judged(directory, assume);
    }

    /// <summary>Judges what stands in a directory now, as <c>check --root</c> does.</summary>
    public Told Judged(TempTree directory, params IReadOnlyList<string> assume)
    {
        using var machine = new DirectoryMachine(directory.Root);
        return Judge(new CachingMachine(new RedactingMachine(machine)), assume);
    }

    /// <summary>The disk of the machine in a directory.</summary>
    public TempTree Written()
    {
        var directory = new TempTree();
        foreach (var (path, bytes) in _files)
            directory.File(path, bytes);
        foreach (var (path, target) in _links)
            directory.Link(path, target);
        return directory;
    }

    private Told Judge(IMachine machine, IReadOnlyList<string> assume)
    {
        var facts = Assumptions.Apply(new FactGatherer(ProbeList.All, TimeSpan.FromSeconds(60)).Gather(machine), assume);
        Assert.All(facts.Probes, p => Assert.Equal((p.Name, FactState.Known), (p.Name, p.State)));
        return new(Name, facts, Judging.Judge.Run(facts, Checks.Policy.Default, new DateOnly(2026, 1, 1)));
    }

    /// <summary>The plan of <c>fix</c> for the running machine.</summary>
    public Plan Planned(IReadOnlyList<string> assume, PlanOptions options)
    {
        Assert.True(_runs, $"{Name} does not run");
        var machine = Memory();
        var told = Judge(machine, assume);
        return Planner.Make(told.Facts, told.Judgement, machine, options);
    }

    private MemoryMachine Memory()
    {
        var machine = new MemoryMachine();
        foreach (var (path, bytes) in _files)
            machine.File(path, bytes);
        foreach (var (path, target) in _links)
            machine.Link(path, target);
        foreach (var (path, kind) in _special)
            machine.Special(path, kind);
        foreach (var (question, bytes) in _answers)
            machine.Answer(question, bytes);
        foreach (var path in _denied)
            machine.State(path, FactState.Denied, "permission denied");
        if (_denied.Count > 0)
            machine.NoAnswer(Questions.KernelLog, FactState.Denied, "reading the kernel log needs root");
        return machine;
    }

    private string Text(string path) => Encoding.UTF8.GetString(_files[path]);
}

using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;

namespace Guestclock.Fixes;

/// <summary>What one repair sees, and where it puts its steps.</summary>
public sealed class FixContext
{
    private readonly List<FixStep> _steps = [];
    private readonly List<ByHand> _byHand = [];

    internal FixContext(MachineFacts facts, Judgement judgement, JudgedCheck judged, Draft files, bool isLive, bool isNamed = false) =>
        (Facts, Judgement, Judged, Files, IsLive, IsNamed) = (facts, judgement, judged, files, isLive, isNamed);

    public MachineFacts Facts { get; }

    /// <summary>Everything that was found, for repairs that have to agree with others.</summary>
    public Judgement Judgement { get; }

    /// <summary>The check and what it found.</summary>
    public JudgedCheck Judged { get; }

    /// <summary>The files as they will be after the steps so far.</summary>
    public Draft Files { get; }

    /// <summary>A running machine, where programs may run; false for an image, where only files change.</summary>
    public bool IsLive { get; }

    /// <summary>The user named the check: what is only worth knowing is wanted too.</summary>
    public bool IsNamed { get; }

    public IReadOnlyList<FixStep> Steps => _steps;

    /// <summary>What this repair leaves to the user.</summary>
    public IReadOnlyList<ByHand> LeftToUser => _byHand;

    /// <summary>Replaces or creates a file; nothing where it holds that already.</summary>
    /// <param name="text">Latin-1, as <see cref="Draft.Text"/> gives it.</param>
    /// <exception cref="FixRefusedException">The file cannot be read, or the text holds a character above 255.</exception>
    public void Write(string path, string text, string why, Effect effect = Effect.ServiceRestart, Risk risk = Risk.None)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u00FF') >= 0)
            throw new FixRefusedException($"{path} would get a character that is not of one byte");
        Write(path, Encoding.Latin1.GetBytes(text), why, effect, risk);
    }

    /// <inheritdoc cref="Write(string,string,string,Effect,Risk)"/>
    public void Write(string path, byte[] bytes, string why, Effect effect = Effect.ServiceRestart, Risk risk = Risk.None)
    {
        var before = Files.Read(path);
        if (before is null || !before.AsSpan().SequenceEqual(bytes))
            Add(new FileStep(Files.Resolve(path), before, bytes) { Effect = effect, Risk = risk }, why);
    }

    /// <summary>Makes a symbolic link, or removes it (<paramref name="target"/> null); nothing where it is so already.</summary>
    /// <exception cref="FixRefusedException">Something else than a link stands there.</exception>
    public void Link(string path, string? target, string why, Effect effect = Effect.NextBoot)
    {
        var before = Files.Link(path);
        if (before is null && Files.Exists(path))
            throw new FixRefusedException($"{path} is no symbolic link: look what it is, and move it away");
        if (before != target)
            Add(new LinkStep(Files.Place(path), before, target) { Effect = effect }, why);
    }

    /// <summary>Adds a step of another kind; one that needs the running machine is passed over on an image.</summary>
    public void Add(FixStep step, string why)
    {
        if (step is ProgramStep program && !KnownPrograms.Contains(program.Program))
            throw new ArgumentException($"{program.Program} is not among the known programs", nameof(step));
        if (step.NeedsRunningMachine && !IsLive)
            return;
        _steps.Add(step with { Reasons = [new(Judged.Check.Id, why)] });
        Files.Put(step);
    }

    /// <summary>Says what is not done here and how the user does it.</summary>
    public void LeaveToUser(string sentence, params IReadOnlyList<string> commands) => _byHand.Add(new(sentence, commands));
}

/// <summary>What is left to the user.</summary>
/// <param name="Sentence">Without a full stop.</param>
/// <param name="Commands">Lines to type, in order; may be empty.</param>
public sealed record ByHand(string Sentence, IReadOnlyList<string> Commands);

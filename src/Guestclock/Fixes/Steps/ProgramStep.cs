namespace Guestclock.Fixes.Steps;

/// <summary>One of the programs of <see cref="KnownPrograms"/> runs.</summary>
/// <param name="Program">Its name there.</param>
public sealed record ProgramStep(string Program, params IReadOnlyList<string> Arguments) : FixStep
{
    public override StepPhase Phase { get; init; } = StepPhase.Activate;

    /// <summary>
    /// The files that it writes, absolute, without links, as far as they matter: they are kept before it runs, and put back by a rollback.
    /// A name that ends in <c>/*</c> means every file of that folder.
    /// </summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>What a rollback runs, after the files were put back: the same program with these arguments; null: nothing.</summary>
    public IReadOnlyList<string>? Undo { get; init; }

    /// <summary>Longest time that it may take, in seconds.</summary>
    public int LimitS { get; init; } = 60;

    public override string Key => $"run {Line}";

    public override bool NeedsRunningMachine => true;

    /// <summary>As one would type it.</summary>
    public string Line => string.Join(' ', [Program, .. Arguments.Select(a => a.Contains(' ', StringComparison.Ordinal) ? $"\"{a}\"" : a)]);
}

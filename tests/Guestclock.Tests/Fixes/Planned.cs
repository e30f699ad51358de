using System.Text;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Judging;
using Guestclock.Machines;

namespace Guestclock.Tests.Fixes;

/// <summary>Plans of one check's repair.</summary>
internal static class Planned
{
    /// <param name="named">The user named the check.</param>
    public static Plan For(MachineFacts facts, IMachine machine, string check, bool named = true) =>
        Planner.Make(facts, Judge.Run(facts, Policy.Default, new(2026, 1, 1)), machine,
            new() { Chosen = c => c.Id == check, Named = named ? new HashSet<string>(StringComparer.Ordinal) { check } : new HashSet<string>() });

    /// <summary>The only file that changes, as Latin-1.</summary>
    public static string OnlyFile(Plan plan, string path)
    {
        var file = Assert.IsType<FileStep>(Assert.Single(plan.Steps));
        Assert.Equal(path, file.Path);
        return Encoding.Latin1.GetString(file.After);
    }

    /// <summary>Everything that is left to the user.</summary>
    public static string ByHand(Plan plan) => string.Join('\n', plan.Findings.SelectMany(f => f.ByHand.SelectMany(b => new[] { b.Sentence }.Concat(b.Commands)).Append(f.Why)));
}

using System.Text;
using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>What edits of boot files have in common.</summary>
internal static class BootFile
{
    /// <summary>The entries that checks look at: those of the loader that starts the machine, without those for repair, but with the next boot's.</summary>
    public static IEnumerable<BootEntry> Judged(MachineFacts facts) =>
        facts.Boot.Entries.Or([]).Where(e => !e.IsLeftOver && (!e.IsRescue || ReferenceEquals(e, facts.Boot.DefaultEntry)));

    /// <summary>The file of an entry, without the line.</summary>
    public static string Of(BootEntry entry) => entry.Source.LastIndexOf(':') is var at and > 0 ? entry.Source[..at] : entry.Source;

    /// <summary>The file as it will be after the steps so far.</summary>
    /// <exception cref="FixRefusedException">It is gone, or cannot be read.</exception>
    public static string Text(FixContext context, string path) =>
        context.Files.Text(path) ?? throw new FixRefusedException($"{path} is not there any more; run it again");

    /// <summary>Writes the file; where an earlier finding's repair has done it already, this finding gets its share of that step.</summary>
    /// <param name="wasMet">It was so before any repair.</param>
    public static void Put(FixContext context, string path, string after, ArgumentEdit edit, string why, bool wasMet)
    {
        var risk = RiskOf(edit);
        if (!wasMet && context.Files.IsChanged(path) && context.Files.Text(path) == after)
            context.Add(new FileStep(context.Files.Resolve(path), Encoding.Latin1.GetBytes(after), Encoding.Latin1.GetBytes(after)) { Effect = Effect.NextBoot, Risk = risk }, why);
        else
            context.Write(path, after, why, Effect.NextBoot, risk);
    }

    /// <summary>A wrong number of loops per jiffy can keep a machine from booting.</summary>
    public static Risk RiskOf(ArgumentEdit edit) => edit.Add.Any(a => a.StartsWith("lpj=", StringComparison.Ordinal)) ? Risk.Boot : Risk.None;

    /// <summary>Whether this machine has one of the known programs.</summary>
    public static bool Has(FixContext context, string program) => KnownPrograms.Places(program).Any(context.Files.Exists);

    /// <summary>What is added and removed, in words.</summary>
    public static string Words(ArgumentEdit edit) => string.Join(", ", edit.Add.Select(a => $"add {a}").Concat(edit.Remove.Select(r => $"remove {r}")));
}

using System.Buffers;
using Guestclock.Fixes.Steps;
using Guestclock.Formats;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// grubby(8), with which Red Hat's systems change the arguments of every entry. Since RHEL 8 it is a script that takes lines apart at blanks and
/// puts them through sed, so that it is used only where that gives what is wanted.
/// </summary>
internal static class Grubby
{
    public const string Program = "grubby";

    /// <summary>Where its script looks.</summary>
    public const string Folder = "/boot/loader/entries";

    private const string Block = "/boot/grub2/grubenv";

    // To sed, to a shell that parts words, or inside the quotes of the template.
    private static readonly SearchValues<char> Special = SearchValues.Create("\\&\"'`*?[]\r");

    // In the regular expressions that it makes of what is to go.
    private static readonly SearchValues<char> Expressions = SearchValues.Create("\\&\"'`*?[]+(){}|^$");

    private const string NoTemplate = "--no-etc-grub-update";

    /// <summary>For boot entries; null where the script would not do exactly what is wanted.</summary>
    /// <param name="entries">The texts of all entries, those for repair too.</param>
    /// <param name="usesVariable">Entries take kernelopts.</param>
    public static ProgramStep? ForEntries(FixContext context, ArgumentEdit edit, IReadOnlyList<string> entries, bool usesVariable)
    {
        var script = KnownPrograms.Places(Program).Where(context.Files.Exists).Select(context.Files.Text).OfType<string>().FirstOrDefault();
        var block = context.Files.Text(Block) is { } text ? GrubEnv.Parse(text).GetValueOrDefault(GrubEnvironment.Name) : null;
        var install = context.Files.Text(KernelInstallFile.Path)?.TrimEnd('\n');
        var keepsTemplate = script?.Contains(NoTemplate[2..], StringComparison.Ordinal) == true;
        var template = keepsTemplate ? null : context.Files.Text(GrubTemplate.Main);
        if (script is null || edit.Remove.Any(r => r.AsSpan().IndexOfAny(Expressions) >= 0) || (usesVariable && block is null) || install?.Contains('\n', StringComparison.Ordinal) == true
            || !entries.All(e => TakesEntry(edit, e)) || !Takes(edit, block) || !Takes(edit, install) || !TakesTemplate(template))
            return null;
        string[] others = [Block, "/boot/grub2/grub.cfg", GrubTemplate.Main];
        var step = Step(edit, [context.Files.Resolve(Folder) + "/*", .. others.Where(context.Files.Exists).Select(context.Files.Resolve),
            .. context.Files.IsDirectory("/etc/kernel") ? [context.Files.Resolve(KernelInstallFile.Path)] : Array.Empty<string>()]);
        // The last one, because some releases skip what follows it.
        return keepsTemplate ? step with { Arguments = [.. step.Arguments, NoTemplate] } : step;
    }

    /// <param name="writes">The files that it may write, without links.</param>
    public static ProgramStep Step(ArgumentEdit edit, IReadOnlyList<string> writes)
    {
        var arguments = new List<string> { "--update-kernel=ALL" };
        if (edit.Remove.Count > 0)
            arguments.Add($"--remove-args={string.Join(' ', edit.Remove)}");
        if (edit.Add.Count > 0)
            arguments.Add($"--args={string.Join(' ', edit.Add)}");
        return new(Program, arguments)
        {
            Phase = StepPhase.Generate,
            Effect = Effect.NextBoot,
            Risk = BootFile.RiskOf(edit),
            Writes = writes,
            LimitS = 120,
        };
    }

    private static bool TakesEntry(ArgumentEdit edit, string entry)
    {
        var lines = entry.Split('\n').Where(l => l.StartsWith("options", StringComparison.Ordinal)).ToList();
        if (lines.Count != 1 || lines[0].Length < 8 || lines[0][7] is not (' ' or '\t'))
            return false;
        // Entries that take the variable are left as they are.
        var options = lines[0][8..].Trim();
        return options.Split(' ', '\t').Contains("$kernelopts", StringComparer.Ordinal) ? new ArgumentEdit([], edit.Remove).IsMet(KernelArguments.Parse(options)) : Takes(edit, options);
    }

    // What its function update_args makes of the line.
    private static bool Takes(ArgumentEdit edit, string? line)
    {
        if (line is null)
            return true;
        if (line.AsSpan().IndexOfAny(Special) >= 0)
            return false;
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var remove in edit.Remove)
        {
            if (remove.Contains('=', StringComparison.Ordinal))
                words.Remove(remove);
            else
                RemoveName(remove);
        }

        foreach (var add in edit.Add)
            RemoveName(add.Split('=')[0]);
        return edit.IsProven(KernelArguments.Parse(line), KernelArguments.Parse(string.Join(' ', words.Concat(edit.Add))));

        void RemoveName(string name) => words.RemoveAll(w => w == name || w.StartsWith(name + "=", StringComparison.Ordinal));
    }

    // Without its option it writes the value of all assignments together into each line of this name.
    private static bool TakesTemplate(string? template) => template is null
        || (template.Split('\n').Count(l => l.StartsWith("GRUB_CMDLINE_LINUX=", StringComparison.Ordinal)) <= 1
            && ShellVariables.Parse(template).GetValueOrDefault("GRUB_CMDLINE_LINUX", "").AsSpan().IndexOfAny(Special) < 0);
}

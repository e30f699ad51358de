using Guestclock.Facts;
using Guestclock.Fixes.Steps;
using Guestclock.Formats.Boot;
using Guestclock.Formats.Editing;

namespace Guestclock.Fixes.Boot;

/// <summary>
/// Boot Loader Specification entries: on a running Red Hat system by grubby, on SUSE by sdbootutil from /etc/kernel/cmdline, else the
/// <c>options</c> lines themselves, and <c>kernelopts</c> where they use it.
/// </summary>
internal static class BootEntries
{
    private sealed record Edited(string Path, string Before, string After, bool UsesVariable, bool WasMet);

    public static void Plan(FixContext context, ArgumentEdit edit)
    {
        var entries = BootFile.Judged(context.Facts).Where(e => e.Loader == BootLoader.Bls).ToList();
        if (entries.Count == 0)
            return;
        if (entries.Exists(e => e.Arguments.Has("ostree")))
        {
            context.LeaveToUser("ostree writes the boot entries of this machine", Ostree(edit));
            return;
        }

        var variable = GrubEnvironment.Value(context);
        var edits = entries.Select(e => Edit(context, e, edit, variable is not null)).ToList();
        var block = edits.Exists(e => e.UsesVariable) ? GrubEnvironment.Changed(context, edit) : null;
        if (edits.TrueForAll(e => e.WasMet))
            return;
        if (Tool(context, edit, edits, block is not null) is { } step)
        {
            context.Add(step, "the boot entries");
            return;
        }

        foreach (var e in edits.Where(e => e.After != e.Before || context.Files.IsChanged(e.Path)))
            BootFile.Put(context, e.Path, e.After, edit, "the boot entry of a kernel", e.WasMet);
        if (block is { } changed)
            BootFile.Put(context, changed.Path, changed.After, edit, "kernelopts, which the boot entries use", wasMet: false);
    }

    private static Edited Edit(FixContext context, BootEntry entry, ArgumentEdit edit, bool isVariableKnown)
    {
        var text = BootFile.Text(context, entry.Source);
        var uses = isVariableKnown && BlsEntry.Parse(text).Options.Split(' ', '\t').Any(w => w is "$kernelopts" or "${kernelopts}");
        return new(entry.Source, text, BlsEditor.Change(text, edit, takesNew: !uses), uses, edit.IsMet(entry.Arguments));
    }

    private static ProgramStep? Tool(FixContext context, ArgumentEdit edit, List<Edited> edits, bool changesBlock)
    {
        if (!context.IsLive)
            return null;
        var family = context.Facts.Identity.Os.Or(new("", "", "", OsFamily.Unknown)).Family;
        var folders = edits.Select(e => context.Files.Resolve(e.Path[..e.Path.LastIndexOf('/')]) + "/*").Distinct(StringComparer.Ordinal).ToList();
        if (family == OsFamily.RedHat && edits.TrueForAll(e => e.Path.StartsWith(Grubby.Folder + "/", StringComparison.Ordinal)))
        {
            if (edits.TrueForAll(e => e.After == e.Before) && !changesBlock)
                return null;
            var all = context.Facts.Boot.Entries.Or([]).Where(e => e.Loader == BootLoader.Bls).Select(e => BootFile.Text(context, e.Source));
            return Grubby.ForEntries(context, edit, [.. all], edits.Exists(e => e.UsesVariable));
        }

        if (family == OsFamily.Suse && context.Files.Exists(KernelInstallFile.Path) && BootFile.Has(context, "sdbootutil"))
            return Sdbootutil(edit, folders);
        return null;
    }

    // Once more after a rollback: what it predicts for the TPM follows the entries.
    private static ProgramStep Sdbootutil(ArgumentEdit edit, IReadOnlyList<string> writes) => new("sdbootutil", "update-all-entries")
    {
        Phase = StepPhase.Generate,
        Effect = Effect.NextBoot,
        Risk = BootFile.RiskOf(edit),
        Writes = writes,
        Undo = ["update-all-entries"],
        LimitS = 300,
    };

    private static string Ostree(ArgumentEdit edit) =>
        "rpm-ostree kargs " + string.Join(' ', edit.Remove.Select(r => $"--delete-if-present={r}").Concat(edit.Add.Select(a => $"--append-if-missing={a}")));
}

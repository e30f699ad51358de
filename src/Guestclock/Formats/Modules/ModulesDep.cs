namespace Guestclock.Formats.Modules;

/// <summary>
/// modules.dep (<c>kernel/drivers/ptp/ptp_kvm.ko: kernel/drivers/ptp/ptp.ko</c>) and modules.builtin (a path a line) of
/// /lib/modules/RELEASE, modules.dep(5): the names of their modules.
/// </summary>
public static class ModulesDep
{
    public static IReadOnlySet<string> Names(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var end = line.IndexOf(':');
            var name = ModuleName.OfFile((end < 0 ? line : line[..end]).Trim());
            if (name.Length > 0)
                names.Add(name);
        }

        return names;
    }
}

using Guestclock.Facts;
using Guestclock.Machines;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Probes.Identity;

/// <summary>Whether a Windows system lies below the root.</summary>
public static class WindowsTree
{
    /// <summary>The system folder (or boot.ini, where only that was kept); null where there is no Windows. A Linux tree beside it
    /// wins.</summary>
    public static string? Find(IMachine machine)
    {
        if (machine.IsLive)
            return null;
        var names = machine.List("/").Or([]);
        if (names.Contains("etc", StringComparer.Ordinal)
            && (names.Contains("bin", StringComparer.Ordinal) || names.Contains("usr", StringComparer.Ordinal)))
            return null;
        foreach (var name in names)
        {
            if ((name.Equals("Windows", StringComparison.OrdinalIgnoreCase) || name.Equals("WINNT", StringComparison.OrdinalIgnoreCase))
                && machine.List($"/{name}").Is(inner => inner.Any(i => i.Equals("System32", StringComparison.OrdinalIgnoreCase))))
                return $"/{name}";
        }

        return names.FirstOrDefault(n => n.Equals("boot.ini", StringComparison.OrdinalIgnoreCase)) is { } bootIni ? $"/{bootIni}" : null;
    }

    /// <summary>The release is in the registry, which is not read; boot.ini's title tells it for Windows up to Server 2003.</summary>
    public static Fact<OperatingSystem> System(IMachine machine, string tree)
    {
        var bootIni = machine.List("/").Or([]).FirstOrDefault(n => n.Equals("boot.ini", StringComparison.OrdinalIgnoreCase));
        var title = bootIni is null ? null : Title(machine.Read($"/{bootIni}", 65536));
        return Fact.Known(new OperatingSystem("windows", Version(title), title ?? "Windows", OsFamily.Windows), tree);
    }

    private static string? Title(Fact<byte[]> file)
    {
        foreach (var line in file.Then(b => global::System.Text.Encoding.Latin1.GetString(b)).Or("").Split('\n'))
        {
            var parts = line.Split('"');
            if (parts.Length == 3 && parts[0].Contains('\\', StringComparison.Ordinal)
                && parts[1].Contains("Windows", StringComparison.OrdinalIgnoreCase) && parts[1].Length < 100)
                return parts[1];
        }

        return null;
    }

    private static string Version(string? title) =>
        title is null ? "" : title.Contains("2003", StringComparison.Ordinal) ? "5.2" : title.Contains(" XP", StringComparison.Ordinal)
            ? "5.1"
        : title.Contains("2000", StringComparison.Ordinal) ? "5.0" : "";
}

using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;

namespace Guestclock.Probes;

/// <summary>A Windows system partition at the root. Names on it know no case, so they are looked for in the listing.</summary>
public static class WindowsProbe
{
    public static WindowsFacts Gather(IMachine machine)
    {
        var root = machine.List("/");
        if (!root.TryGet(out var names))
        {
            return new()
            {
                BootIni = Fact.Unknown<BootIni>(root.State, root.Source, root.Why!),
                BootManager = Fact.Unknown<string>(root.State, root.Source, root.Why!),
            };
        }

        return new()
        {
            BootIni = Named(names, "boot.ini") is { } name
                ? machine.Read($"/{name}", BootIniFile.LimitBytes).Then(BootIniFile.Parse)
                : Fact.Missing<BootIni>("/boot.ini", "no such file"),
            BootManager = BootManager(machine, names),
        };
    }

    private static Fact<string> BootManager(IMachine machine, IReadOnlyList<string> names)
    {
        if (Named(names, "bootmgr") is { } manager)
            return Fact.Known($"/{manager}", $"/{manager}");
        foreach (var path in new[] { "Boot/BCD", "EFI/Microsoft/Boot/BCD" })
        {
            if (Walk(machine, names, path.Split('/')) is { } found)
                return Fact.Known(found, found);
        }

        return Fact.Missing<string>("/bootmgr", "no bootmgr and no BCD");
    }

    private static string? Walk(IMachine machine, IReadOnlyList<string> names, string[] path)
    {
        var at = "";
        foreach (var part in path)
        {
            if (Named(at.Length == 0 ? names : machine.List(at).Or([]), part) is not { } name)
                return null;
            at += "/" + name;
        }

        return at;
    }

    private static string? Named(IReadOnlyList<string> names, string wanted)
    {
        foreach (var name in names)
        {
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return null;
    }
}

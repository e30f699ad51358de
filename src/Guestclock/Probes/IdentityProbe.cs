using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;
using Guestclock.Probes.Identity;

namespace Guestclock.Probes;

/// <summary>Who the machine is.</summary>
public static class IdentityProbe
{
    /// <summary>Small programs first: only the header counts, but a file is read whole.</summary>
    private static readonly string[] Programs = ["/bin/true", "/usr/bin/true", "/bin/cat", "/bin/sh", "/usr/bin/env"];

    public static IdentityFacts Gather(IMachine machine)
    {
        var uname = machine.AskFields(Questions.Uname);
        var windows = WindowsTree.Find(machine);
        var architecture = Architecture(machine, uname, windows);
        var (hypervisor, roles) = RoleReading.Read(machine, uname.IsKnown);
        return new()
        {
            Hostname = Hostname(machine, uname),
            Os = windows is null ? SystemReading.Read(machine) : WindowsTree.System(machine, windows),
            KernelRelease = Release(machine, uname, windows),
            Architecture = architecture,
            Hypervisor = hypervisor,
            Roles = roles,
            InitProcess = machine.ReadValue("/proc/1/comm"),
            IsRoot = machine.AskFields(Questions.User).Then(a => a.Number("euid") == 0),
        };
    }

    private static Fact<string> Hostname(IMachine machine, Fact<AnswerFields> uname)
    {
        var answers = new[]
        {
            machine.ReadValue("/proc/sys/kernel/hostname"), uname.Then(a => a.Text("nodename")), machine.ReadValue("/etc/hostname"),
                machine.ReadValue("/etc/HOSTNAME"),
            machine.ReadText("/etc/sysconfig/network").Then(t => ShellVariables.Parse(t).GetValueOrDefault("HOSTNAME", "")),
        };
        foreach (var answer in answers)
        {
            if (answer.Is(h => h.Length is > 0 and <= 255))
                return answer;
        }

        return Fact.Unknown<string>(FactState.NotRecorded, "/etc/hostname", "no file names the host");
    }

    private static Fact<string> Release(IMachine machine, Fact<AnswerFields> uname, string? windows)
    {
        if (uname.IsKnown)
            return uname.Then(a => a.Text("release"));
        if (windows is not null)
            return Fact.Unknown<string>(FactState.Unsupported, windows, "Windows has no Linux kernel");
        var newest = "";
        foreach (var name in machine.List("/lib/modules").Or([]))
        {
            if (name.Length > 0 && char.IsAsciiDigit(name[0]) && KernelVersion.Compare(name, newest) > 0)
                newest = name;
        }

        return newest.Length > 0 ? Fact.Known(newest, "/lib/modules")
            : Fact.Unknown<string>(FactState.NotRecorded, "/lib/modules", "no kernel is installed below the root");
    }

    private static Fact<string> Architecture(IMachine machine, Fact<AnswerFields> uname, string? windows)
    {
        if (uname.IsKnown)
            return uname.Then(a => a.Text("machine"));
        foreach (var program in windows is null ? Programs : [$"{windows}/System32/smss.exe", $"{windows}/system32/smss.exe"])
        {
            var architecture = machine.Read(program, 4 << 20).Then(b => ExecutableHeader.Architecture(b));
            if (architecture.IsKnown)
                return architecture;
        }

        return Fact.Unknown<string>(FactState.NotRecorded, Programs[0], "no program below the root tells the architecture");
    }
}

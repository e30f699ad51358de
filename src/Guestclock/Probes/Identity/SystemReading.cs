using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Machines;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Probes.Identity;

/// <summary>Which Linux distribution it is: os-release, else the files that came before it.</summary>
public static class SystemReading
{
    private static readonly string[] RedHatFiles =
        ["/etc/centos-release", "/etc/oracle-release", "/etc/fedora-release", "/etc/redhat-release"];

    public static Fact<OperatingSystem> Read(IMachine machine)
    {
        Fact<SystemRelease>? first = null;
        foreach (var path in new[] { "/etc/os-release", "/usr/lib/os-release" })
        {
            var release = machine.ReadText(path, 65536).Then(OsRelease.Parse);
            if (release.IsKnown)
                return WithUpdate(machine, release).Then(System);
            if (first is null || first.State is FactState.Missing or FactState.NotRecorded)
                first = release;
        }

        foreach (var old in Old(machine))
        {
            if (old.IsKnown)
                return old.Then(System);
        }

        return first!.Then(System);
    }

    /// <summary>CentOS's os-release gives only the major version; centos-release gives the minor too, on which kernel advice
    /// depends.</summary>
    private static Fact<SystemRelease> WithUpdate(IMachine machine, Fact<SystemRelease> release)
    {
        var known = release.Value!;
        if (known.Id != "centos" || known.VersionId.Contains('.', StringComparison.Ordinal))
            return release;
        var old = machine.ReadText(RedHatFiles[0], 4096).Then(OldReleaseFiles.ParseRedHat);
        return old.Is(o => o.VersionId.StartsWith(known.VersionId + ".", StringComparison.Ordinal))
            ? Fact.Known(known with { VersionId = old.Value!.VersionId }, old.Source) : release;
    }

    private static IEnumerable<Fact<SystemRelease>> Old(IMachine machine)
    {
        foreach (var path in RedHatFiles)
            yield return machine.ReadText(path, 4096).Then(OldReleaseFiles.ParseRedHat);
        yield return machine.ReadText("/etc/SuSE-release", 4096).Then(OldReleaseFiles.ParseSuse);
        // Ubuntu has a debian_version too, so lsb-release comes first.
        yield return machine.ReadText("/etc/lsb-release", 4096).Then(OldReleaseFiles.ParseLsb);
        yield return machine.ReadText("/etc/debian_version", 4096).Then(OldReleaseFiles.ParseDebian);
        yield return machine.ReadValue("/etc/alpine-release").Then(v => new SystemRelease("alpine", v, $"Alpine Linux {v}", []));
        if (machine.Exists("/etc/arch-release"))
            yield return Fact.Known(new SystemRelease("arch", "", "Arch Linux", []), "/etc/arch-release");
    }

    private static OperatingSystem System(SystemRelease release) => new(release.Id, release.VersionId, release.PrettyName, Family(release));

    private static OsFamily Family(SystemRelease release)
    {
        foreach (var id in (string[])[release.Id, .. release.Likes])
        {
            var family = id switch
            {
                "rhel" or "centos" or "fedora" or "rocky" or "almalinux" or "ol" or "amzn" or "scientific" or "redhat"
                    or "xenserver" or "xcp-ng"
                    => OsFamily.RedHat,
                "debian" or "ubuntu" or "raspbian" or "linuxmint" or "proxmox" => OsFamily.Debian,
                "suse" or "opensuse" or "sles" or "sled" or "sle-micro" or "opensuse-leap" or "opensuse-tumbleweed" => OsFamily.Suse,
                "arch" or "archlinux" or "manjaro" => OsFamily.Arch,
                "alpine" => OsFamily.Alpine,
                _ => OsFamily.Unknown,
            };
            if (family != OsFamily.Unknown)
                return family;
        }

        return OsFamily.Unknown;
    }
}

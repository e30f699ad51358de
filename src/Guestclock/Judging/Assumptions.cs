using Guestclock.Facts;
using Guestclock.Formats;
using OperatingSystem = Guestclock.Facts.OperatingSystem;

namespace Guestclock.Judging;

/// <summary>What the user says of a machine that it cannot tell itself: <c>--assume KEY=VALUE</c>.</summary>
public static class Assumptions
{
    /// <summary>Every key with what its value may be, for help and completion.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Keys { get; } =
    [
        new("role", "bare-metal, kvm-host, kvm-guest, xen-dom0, xen-guest, hyperv-guest, vmware-guest, virtualbox-guest, other-guest, container; several with commas"),
        new("os", "ID-VERSION, for example centos-5.4, debian-12"),
        new("kernel", "a kernel release as uname -r prints it"),
        new("architecture", "x86_64, i686, aarch64, ..."),
        new("host-constant-tsc", "yes or no: whether the CPUs of the guest's host have a constant TSC"),
        new("pv-clock", "yes or no: whether the hypervisor offers the guest a paravirtualised clock"),
        new("pauses", "yes or no: whether the machine may be paused, restored or migrated"),
    ];

    private static readonly (string Name, Role Role, Hypervisor Hypervisor)[] Roles =
    [
        ("bare-metal", Role.BareMetal, Hypervisor.None),
        ("kvm-host", Role.KvmHost, Hypervisor.None),
        ("kvm-guest", Role.KvmGuest, Hypervisor.Kvm),
        ("xen-dom0", Role.XenDom0, Hypervisor.Xen),
        ("xen-guest", Role.XenGuest, Hypervisor.Xen),
        ("hyperv-guest", Role.HyperVGuest, Hypervisor.HyperV),
        ("vmware-guest", Role.VmwareGuest, Hypervisor.Vmware),
        ("virtualbox-guest", Role.VirtualBoxGuest, Hypervisor.VirtualBox),
        ("other-guest", Role.OtherGuest, Hypervisor.Other),
        ("container", Role.Container, Hypervisor.Unknown),
    ];

    /// <summary>Puts the assumed values in the place of the measured ones.</summary>
    /// <exception cref="MalformedInputException">An assumption has no '=', an unknown key or a wrong value; the message says which and what is right.</exception>
    public static MachineFacts Apply(MachineFacts facts, IReadOnlyList<string> assumptions)
    {
        var all = new List<KeyValuePair<string, string>>();
        foreach (var text in assumptions)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0)
                throw new MalformedInputException($"--assume {text}: write KEY=VALUE, for example role=kvm-guest");
            var (key, value) = (text[..at], text[(at + 1)..]);
            facts = ApplyOne(facts, key, value);
            all.Add(new(key, value));
        }

        return facts with { Assumed = facts.Assumed with { All = all } };
    }

    private static MachineFacts ApplyOne(MachineFacts facts, string key, string value)
    {
        var source = $"--assume {key}";
        var (identity, assumed) = (facts.Identity, facts.Assumed);
        return key switch
        {
            "role" => facts with { Identity = WithRoles(identity, value, source) },
            "os" => facts with { Identity = identity with { Os = Fact.Known(Os(value), source) } },
            "kernel" => facts with { Identity = identity with { KernelRelease = Fact.Known(value, source) } },
            "architecture" => facts with { Identity = identity with { Architecture = Fact.Known(value, source) } },
            "host-constant-tsc" => facts with { Assumed = assumed with { HostConstantTsc = YesNo(key, value) } },
            "pv-clock" => facts with { Assumed = assumed with { PvClock = YesNo(key, value) } },
            "pauses" => facts with { Assumed = assumed with { Pauses = YesNo(key, value) } },
            _ => throw new MalformedInputException($"--assume {key}: there is no such key; the keys are {string.Join(", ", Keys.Select(k => k.Key))}"),
        };
    }

    private static IdentityFacts WithRoles(IdentityFacts identity, string value, string source)
    {
        var found = value.Split(',', StringSplitOptions.TrimEntries).Select(name => Roles.FirstOrDefault(r => r.Name == name)).ToList();
        if (found.Any(r => r.Name is null))
            throw new MalformedInputException($"--assume role={value}: the roles are {string.Join(", ", Roles.Select(r => r.Name))}");
        var hypervisor = found.Select(r => r.Hypervisor).FirstOrDefault(h => h is not (Hypervisor.None or Hypervisor.Unknown), found[0].Hypervisor);
        return identity with
        {
            Roles = Fact.Known<IReadOnlyList<Role>>(found.Select(r => r.Role).ToList(), source),
            Hypervisor = Fact.Known(hypervisor, source),
        };
    }

    private static OperatingSystem Os(string value)
    {
        var at = value.LastIndexOf('-');
        var (id, version) = at < 0 ? (value, "") : (value[..at], value[(at + 1)..]);
        var family = id switch
        {
            "rhel" or "centos" or "fedora" or "rocky" or "almalinux" or "ol" or "amzn" or "scientific" => OsFamily.RedHat,
            "debian" or "ubuntu" => OsFamily.Debian,
            "sles" or "sled" or "opensuse" or "opensuse-leap" or "opensuse-tumbleweed" => OsFamily.Suse,
            "arch" => OsFamily.Arch,
            "alpine" => OsFamily.Alpine,
            "windows" => OsFamily.Windows,
            _ => throw new MalformedInputException($"--assume os={value}: write ID-VERSION with an id such as rhel, centos, debian, ubuntu, sles, windows"),
        };
        return new(id, version, $"{id} {version}".Trim(), family);
    }

    private static bool YesNo(string key, string value) => value switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new MalformedInputException($"--assume {key}={value}: write yes or no"),
    };
}

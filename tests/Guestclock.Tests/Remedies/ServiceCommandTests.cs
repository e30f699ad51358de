using Guestclock.Facts;
using Guestclock.Remedies;
using Guestclock.Testing;

namespace Guestclock.Tests.Remedies;

/// <summary>A command that is shown must work on the machine: systemctl only where systemd runs, or where nothing is known of process 1.</summary>
public class ServiceCommandTests
{
    [Theory]
    [InlineData("debian", "12", OsFamily.Debian, "systemd", "systemctl enable --now chrony", "systemctl restart chrony")]
    [InlineData("debian", "12", OsFamily.Debian, null, "systemctl enable --now chrony", "systemctl restart chrony")]
    [InlineData("debian", "12", OsFamily.Debian, "init", "update-rc.d chrony defaults", "service chrony restart")]
    [InlineData("debian", "12", OsFamily.Debian, "tini", "service chrony start", "service chrony restart")]
    [InlineData("debian", "7", OsFamily.Debian, null, "update-rc.d chrony defaults", "service chrony restart")]
    [InlineData("fedora", "42", OsFamily.RedHat, "tini", "chronyd", "# restart chrony: no systemd runs here")]
    [InlineData("centos", "6.10", OsFamily.RedHat, "init", "chkconfig chrony on", "service chrony restart")]
    [InlineData("alpine", "3.20", OsFamily.Alpine, "init", "rc-update add chrony default", "rc-service chrony restart")]
    public void Suit_what_starts_services(string id, string version, OsFamily family, string? process1, string start, string restart)
    {
        var machine = Some.KvmGuest();
        var facts = machine with
        {
            Identity = machine.Identity with
            {
                Os = Some.Known(Some.Os(id, version, family)),
                InitProcess = process1 is null ? Some.Missing<string>() : Some.Known(process1),
            },
        };
        Assert.Equal(start, ByDistribution.EnableAndStart(facts, "chrony")[0]);
        Assert.Equal(restart, ByDistribution.Restart(facts, "chrony"));
        Assert.NotEmpty(ByDistribution.DisableAndStop(facts, "chrony"));
    }
}

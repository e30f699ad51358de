using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Judging;

namespace Guestclock.Tests.Judging;

public class AssumptionsTests
{
    private static MachineFacts With(params string[] assumptions) => Assumptions.Apply(new MachineFacts(), assumptions);

    [Fact]
    public void Roles_bring_their_hypervisor()
    {
        var facts = With("role=kvm-guest,kvm-host");
        Assert.Equal([Role.KvmGuest, Role.KvmHost], facts.Identity.Roles.Value!);
        Assert.Equal(Hypervisor.Kvm, facts.Identity.Hypervisor.Value);
        Assert.Equal("--assume role", facts.Identity.Roles.Source);
        Assert.True(facts.IsGuest && facts.IsHost);
    }

    [Fact]
    public void Systems_have_family_and_version()
    {
        var os = With("os=centos-5.4").Identity.Os.Value!;
        Assert.Equal((OsFamily.RedHat, 5, 4), (os.Family, os.Major, os.Minor));
    }

    [Fact]
    public void Yes_and_no()
    {
        var assumed = With("host-constant-tsc=no", "pauses=yes", "pv-clock=no").Assumed;
        Assert.Equal((false, true, false), (assumed.HostConstantTsc, assumed.Pauses, assumed.PvClock));
        Assert.Equal(["host-constant-tsc", "pauses", "pv-clock"], assumed.All.Select(a => a.Key));
    }

    [Theory]
    [InlineData("role", "KEY=VALUE")]
    [InlineData("role=guest", "kvm-guest")]
    [InlineData("pauses=maybe", "yes or no")]
    [InlineData("colour=red", "the keys are")]
    [InlineData("os=plan9-4", "ID-VERSION")]
    public void A_mistake_says_what_is_right(string assumption, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => With(assumption)).Message, StringComparison.Ordinal);
}

using Guestclock.Facts;
using Guestclock.Fixes;
using Guestclock.Fixes.Steps;
using Guestclock.Probes;
using Guestclock.Testing;

namespace Guestclock.Tests.Fixes.Xen;

public class XenTscModeFixTests
{
    [Theory]
    [InlineData("tsc_mode=3", "tsc_mode=\"default\"", false)]
    [InlineData("tsc_mode='native'", "tsc_mode='default'", false)]
    [InlineData("tsc_mode=7", "tsc_mode=\"default\"", false)]
    [InlineData("tsc_mode=3", "tsc_mode=0", true)]
    [InlineData("tsc_mode=0", "tsc_mode=\"default\"", false)]
    [InlineData("tsc_mode=1", "tsc_mode=\"always_emulate\"", false)]
    [InlineData("tsc_mode=2; nomigrate=1", "tsc_mode=\"native\"; nomigrate=1", false)]
    [InlineData("tsc_mode=0", "tsc_mode=0", true)]
    [InlineData("tsc_mode=2; nomigrate=1", "tsc_mode=2; nomigrate=1", true)]
    [InlineData("tsc_mode=\"default\"", "tsc_mode=\"default\"", false)]
    public void Writes_what_the_guests_tools_take(string before, string after, bool hasXend)
    {
        var plan = Plan(Config(before), hasXend);
        var text = plan.Steps.Count == 0 ? Config(before) : Planned.OnlyFile(plan, "/etc/xen/web.cfg");
        Assert.Equal(Config(after), text);
        Assert.All(plan.Steps, s => Assert.Equal((Effect.GuestStart, Risk.None), (s.Effect, s.Risk)));
        Assert.Empty(Plan(text, hasXend).Steps);
    }

    [Fact]
    public void What_Python_computes_is_left_to_the_user()
    {
        var plan = Plan(Config("tsc_mode = modes[2]"), false);
        Assert.Empty(plan.Steps);
        Assert.Contains("web: the value of tsc_mode", Planned.ByHand(plan), StringComparison.Ordinal);
        Assert.Contains("vi /etc/xen/web.cfg", Planned.ByHand(plan), StringComparison.Ordinal);
    }

    private static string Config(string line) => $"# web\nname = 'web'\nmemory = '1024'   # MiB\n{line}\nvif = [ 'ip=10.0.0.2' ]\n";

    private static Plan Plan(string config, bool hasXend)
    {
        var machine = new MemoryMachine { IsLive = false }.File("/etc/xen/web.cfg", config).File("/etc/xen/xl.conf", "");
        if (hasXend)
            machine.File("/etc/xen/xend-config.sxp", "");
        var facts = Some.KvmHost() with { Identity = Some.KvmHost().Identity with { Roles = Some.List(Role.XenDom0) }, Xen = XenProbe.Gather(machine) };
        return Planned.For(facts, machine, "xen-tsc-mode");
    }
}

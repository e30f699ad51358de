using Guestclock.Lab.Methods;
using Guestclock.Lab.Scenarios;
using Guestclock.Lab.Sessions;

namespace Guestclock.Lab.Tests.Sessions;

public class LabPlanTests
{
    private static readonly LabPlan Whole = LabPlan.Of(ScenarioCatalogue.All, MethodCatalogue.All);

    [Fact]
    public void Every_method_is_tried_in_every_scenario_or_left_out_with_a_reason()
    {
        var seen = Whole.Cells.Select(c => c.ToString()).Concat(Whole.LeftOut.Select(l => $"{l.Scenario} × {l.Method}"));
        var all = ScenarioCatalogue.All.SelectMany(_ => MethodCatalogue.All, (s, m) => $"{s.Name} × {m.Name}");

        Assert.Equal(all.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
        Assert.All(Whole.LeftOut, l => Assert.NotEmpty(l.Reason));
    }

    [Fact]
    public void A_guest_does_not_read_an_rtc_that_is_itself_wrong() =>
        Assert.Contains(Whole.LeftOut, l => (l.Scenario, l.Method) == ("wrong-rtc", "domtime-sync"));

    [Fact]
    public void Only_time_services_try_the_users_patience()
    {
        var options = new LabOptions { Observe = TimeSpan.FromSeconds(20), Patience = TimeSpan.FromMinutes(15) };

        Assert.Equal(["chrony-makestep", "chrony-stock"],
            Whole.Cells.Where(c => c.Limit(options) > options.Observe).Select(c => c.Method.Name).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Frozen: results of other versions are compared by them.</summary>
    [Fact]
    public void Names_stay_as_they_are()
    {
        Assert.Equal(["pause", "snapshot", "migrate", "wrong-rtc", "host-step"], ScenarioCatalogue.All.Select(s => s.Name));
        Assert.Equal(["nothing", "chrony-stock", "chrony-makestep", "domtime-sync", "agent-blind", "sync", "watch"], MethodCatalogue.All.Select(m => m.Name));
    }

    [Theory]
    [InlineData("QEMU emulator version 7.2.22 (Debian 1:7.2+dfsg-7+deb12u18)\nCopyright (c) 2003-2022", "7.2.22")]
    [InlineData("something else", "of unknown version")]
    [InlineData("", "of unknown version")]
    public void The_version_of_qemu_is_the_number(string text, string version) => Assert.Equal(version, GuestIdentity.VersionIn(text));
}

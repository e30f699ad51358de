using Guestclock.Discipline.Watch;

namespace Guestclock.Tests.Discipline.Watch;

public class WatchSourceTests
{
    private static SourceSaid Libvirt(string? detail) => new("libvirt qemu:///system", detail is not null, detail ?? "") { IsWhole = true };

    [Fact]
    public void Trouble_that_lasts_is_told_once_and_so_is_its_end()
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        string[] Said(SourceSaid said) => [.. state.On(said, 0).OfType<Tell>().Select(t => $"{t.Record.IsRaised} {t.Record.Detail}")];
        Assert.Empty(Said(Libvirt(null)));
        Assert.Equal(["True refused"], Said(Libvirt("refused")));
        Assert.Empty(Said(Libvirt("refused")));
        Assert.Equal(["True gone"], Said(Libvirt("gone")));
        Assert.Equal([("libvirt qemu:///system", "gone")], state.Snapshot(0).Troubles);
        Assert.Equal(["False "], Said(Libvirt(null)));
        Assert.Empty(Said(Libvirt(null)));
        Assert.Empty(state.Snapshot(0).Troubles);
    }

    [Fact]
    public void Sources_that_are_watched_no_longer_have_no_trouble()
    {
        var state = new WatchState(WatchPolicy.Default, 1);
        state.On(Libvirt("refused"), 0);
        state.On(new SourcesReplaced(), 1);
        Assert.Empty(state.Snapshot(1).Troubles);
    }
}

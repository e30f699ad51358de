using Guestclock.Linux.References;
using Guestclock.Measuring;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.References;

public class ReferenceFactoryTests
{
    private static readonly OffsetSample Sample = new(0, 0, 0, 0, [new("reading", 1)]);

    [Fact]
    public void The_hypervisors_clock_comes_first_then_chronyd_then_a_server()
    {
        var machine = new MemoryMachine().File("/usr/sbin/chronyd", "").File("/etc/chrony/chrony.conf", "server ntp1.example iburst\nserver ntp2.example\n");
        var kvm = new MemoryMachine().File("/sys/class/ptp/ptp1/clock_name", "KVM virtual PTP\n");
        Assert.Equal("phc:/dev/ptp1", Choice(kvm, _ => true));
        Assert.Equal("chrony", Choice(kvm, n => n.Kind != ReferenceKind.Phc));
        Assert.Equal("chrony", Choice(machine, _ => true));
        Assert.Equal("ntp:ntp1.example:123", Choice(machine, n => n.Kind == ReferenceKind.Ntp));
    }

    [Fact]
    public void Where_there_is_nothing_each_reason_is_told() =>
        Assert.Equal("there is nothing to measure against: there is no PTP clock of a hypervisor; chrony gives nothing; "
            + "no time service's configuration names an NTP server. Name one with --reference, for example ntp:HOST",
            Assert.Throws<ReferenceException>(() => Choice(new MemoryMachine(), _ => false)).Message);

    [Fact]
    public void Who_is_not_chosen_is_closed()
    {
        var opened = new List<Fake>();
        Assert.Throws<ReferenceException>(() => ReferenceFactory.OpenDefault(new MemoryMachine(), name =>
        {
            opened.Add(new(name, OffsetReading.None("no")));
            return opened[^1];
        }));
        Assert.All(opened, f => Assert.True(f.IsClosed));
        Assert.Single(opened);
    }

    private static string Choice(MemoryMachine machine, Func<ReferenceName, bool> works)
    {
        using var reference = ReferenceFactory.OpenDefault(machine,
            name => new Fake(name, works(name) ? OffsetReading.Of(Sample) : OffsetReading.None($"{name} gives nothing")));
        return reference.Pair.Reference;
    }

    private sealed class Fake(ReferenceName name, OffsetReading reading) : IReference
    {
        public bool IsClosed { get; private set; }

        public MeasuredPair Pair => new("system clock", $"{name}", "", []);

        public TimeSpan LeastInterval => TimeSpan.Zero;

        public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(reading);

        public void Dispose() => IsClosed = true;
    }
}

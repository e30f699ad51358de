using Guestclock.Machines;

namespace Guestclock.Linux.ClockTests;

/// <summary>How the kernel's clock was steered in the course of a run: by adjtimex(2), frequency and length of a tick.</summary>
internal sealed class Steering(IMachine machine)
{
    /// <summary>A tick of 10000 µs is the true one; one more makes 100 ppm.</summary>
    private const long TrueTickUs = 10_000;

    private bool _isKnown = true;

    public double? LeastPpm { get; private set; }

    public double? MostPpm { get; private set; }

    /// <summary>Looks now; what happens between two looks is not seen.</summary>
    public void Look()
    {
        if (!_isKnown)
            return;
        var ppm = machine.AskFields(Questions.Adjtimex).Then(a => (a.Number("freq") / 65536.0) + ((a.Number("tick") - TrueTickUs) * 100.0));
        _isKnown = ppm.IsKnown;
        var now = ppm.Or(0);
        LeastPpm = _isKnown ? Math.Min(now, LeastPpm ?? now) : null;
        MostPpm = _isKnown ? Math.Max(now, MostPpm ?? now) : null;
    }
}

namespace Guestclock.Measuring;

/// <summary>
/// A CMOS RTC says that it updates (bit UIP) from 244 µs before the edge on, and drivers wait then (Motorola MC146818A, "update in progress";
/// linux, drivers/rtc/rtc-mc146818-lib.c): who could read the old second read it at least 244 µs before the edge. Emulations may lack this, so it is
/// believed only when edges have shown it, and not any more once one has refuted it.
/// </summary>
public sealed class RtcHold
{
    private const long HoldNs = 244_000;

    /// <summary>How many edges must show it. By chance a program is rarely held up just there, and hardly so often in a row without being refuted.</summary>
    private const int Needed = 3;

    private int _shown;
    private bool _isRefuted;

    public bool IsBelieved => _shown >= Needed && !_isRefuted;

    /// <summary>The edge between two readings, no earlier than the hold after the last reading of the old second began.</summary>
    public RtcEdge Tighten(RtcSecond last, RtcSecond next, RtcEdge edge)
    {
        _isRefuted |= edge.WidthNs < HoldNs;
        // Readings are short, and only the one that met the hold was long.
        if (last.RawAfterNs - last.RawBeforeNs < HoldNs / 2 && next.RawAfterNs - next.RawBeforeNs > HoldNs / 2)
            _shown++;
        return IsBelieved ? edge with { EarliestNs = last.RawBeforeNs + HoldNs } : edge;
    }
}

namespace Guestclock.Measuring;

/// <summary>One question to an NTP server and the answer to it.</summary>
/// <param name="Address">Of the server, with its port.</param>
/// <param name="T1Ns">When the question left, in nanoseconds of CLOCK_REALTIME.</param>
/// <param name="T4Ns">When the answer came, by the same clock.</param>
/// <param name="Span">Both clocks of this machine before the question and after the answer.</param>
/// <param name="Strays">Datagrams from the server's address that did not answer our question and were ignored.</param>
/// <param name="KernelSent"><paramref name="T1Ns"/> is the kernel's time stamp.</param>
/// <param name="KernelReceived"><paramref name="T4Ns"/> is the kernel's time stamp.</param>
public sealed record NtpRoundTrip(string Address, byte[] Request, byte[] Reply, long T1Ns, long T4Ns, ClockSpan Span, int Strays,
    bool KernelSent, bool KernelReceived);

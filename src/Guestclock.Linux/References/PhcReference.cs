using System.Globalization;
using System.Runtime.InteropServices;
using Guestclock.Formats;
using Guestclock.Linux.Live.Devices;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Native;
using Guestclock.Machines;
using Guestclock.Measuring;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Linux.References;

/// <summary>
/// The system clock against a PTP hardware clock, by the best request that works at each reading. The descriptor is opened for reading only,
/// so that nothing of the clock can be changed.
/// </summary>
public sealed class PhcReference : IReference
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly IMachine _machine;
    private readonly PhcPlace _place;
    private readonly int _descriptor;
    private readonly PhcJudge _judge = new();
    private readonly BlockingReader _reader;

    /// <param name="device">Empty for the hypervisor's clock or the only one; else a device, with or without /dev/.</param>
    public PhcReference(string device)
        : this(new LiveMachine([]), device)
    {
    }

    private PhcReference(IMachine machine, string device)
    {
        _machine = machine;
        _place = PhcDevices.Find(machine, device);
        _descriptor = LibC.OpenAt(LibC.WorkingDirectory, _place.Device, OpenFlags.Read);
        if (_descriptor < 0)
            throw new ReferenceException(NotOpened(_place.Device, Errno.Last));
        if (PtpRequests.Caps(_descriptor, out var errno) is null)
        {
            _ = LibC.Close(_descriptor);
            throw new ReferenceException(errno is Errno.NotATerminal or Errno.Invalid ? $"{_place.Device} is not a PTP clock"
                : $"{_place.Device} does not answer as a PTP clock: {Marshal.GetPInvokeErrorMessage(errno)}");
        }

        _reader = new(_place.Device, Limit, () => _ = LibC.Close(_descriptor));
        Pair = new("system clock", _place.ToString(), "by the best request that the driver has", Remarks(null));
    }

    public MeasuredPair Pair { get; private set; }

    public TimeSpan LeastInterval => TimeSpan.FromMilliseconds(10);

    public Task<OffsetReading> ReadAsync(CancellationToken cancellationToken) => _reader.ReadAsync(Read, cancellationToken);

    public void Dispose() => _reader.Dispose();

    private OffsetReading Read()
    {
        try
        {
            var before = ClockTriples.Read();
            var measured = Measure(out var errno);
            var span = new ClockSpan(before, ClockTriples.Read());
            if (measured is not var (method, samples))
                return Failed(errno);
            var reading = _judge.Judge(samples, span, OwnErrorNs());
            if (reading.Sample is { } sample)
                Pair = Pair with { Method = MethodText(method), Remarks = Remarks(PhcJudge.Hint(sample.OffsetNs, sample.AtUnixNs)) };
            return reading;
        }
        catch (MalformedInputException e)
        {
            return OffsetReading.None($"{_place.Device} shows no time that can be: {e.Message}");
        }
    }

    private (string Method, IReadOnlyList<PtpSample> Samples)? Measure(out int errno)
    {
        if (PtpRequests.Measure(_descriptor, out errno) is { } measured)
            return measured;
        return DynamicClock.Measure(_descriptor, PtpRequests.Samples, out errno) is { } samples ? ("clock-gettime", samples) : null;
    }

    private OffsetReading Failed(int errno) => errno is Errno.NoDevice or Errno.NoSuchDevice
        ? OffsetReading.None($"{_place.Device} was removed", isFinal: true)
        : OffsetReading.None($"{_place.Device} cannot be read: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})");

    /// <summary>
    /// phc_error_bound beside Amazon's network adapter: how far its clock may be off, in nanoseconds (ENA's Linux driver, README, "PHC error
    /// bound").
    /// </summary>
    private long? OwnErrorNs() => PtpClockName.IsEna(_place.ClockName)
        && _machine.ReadValue($"{_place.Folder}/device/phc_error_bound").TryGet(out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ns) && ns < PtpClockTime.MaxSeconds ? ns : null;

    private List<string> Remarks(string? hint)
    {
        var remarks = new List<string>();
        if (_place.ClockName == PtpClockName.Kvm)
            remarks.Add("this PHC is the host's system clock as the host believes it: what the host itself is off by is not in the bound");
        else if (PtpClockName.IsEna(_place.ClockName))
            remarks.Add(OwnErrorNs() is null ? "the driver tells no error bound of this PHC: its own error is not in the bound"
                : "the driver's phc_error_bound is in the bound, as the part 'reference'");
        else
            remarks.Add("what this PHC itself is off by is not in the bound: it tells nothing of it");
        if (hint is not null)
            remarks.Add(hint);
        return remarks;
    }

    private static string MethodText(string method) => method switch
    {
        "precise" => "PTP_SYS_OFFSET_PRECISE: both clocks at one value of the CPU's counter, so that reading costs nothing",
        "extended" => "PTP_SYS_OFFSET_EXTENDED: the driver reads the system clock right before and after the PHC; half of the narrowest interval is the bound",
        "plain" => "PTP_SYS_OFFSET: the kernel reads the system clock before and after it asks the driver; half of the narrowest interval is the bound",
        _ => "clock_gettime of the device between two readings of the system clock, since it has no better request; half of the narrowest interval is the bound",
    };

    private static string NotOpened(string device, int errno) => errno switch
    {
        Errno.AccessDenied or Errno.NotPermitted => $"{device} may not be opened by this user; use sudo",
        Errno.NoEntry or Errno.NotADirectory => $"there is no {device}",
        Errno.NoDevice or Errno.NoSuchDevice => $"{device} has no driver any more",
        _ => $"{device} cannot be opened: {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})",
    };
}

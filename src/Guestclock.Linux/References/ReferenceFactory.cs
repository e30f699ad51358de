using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Linux.Live;
using Guestclock.Linux.Machines;
using Guestclock.Machines;
using Guestclock.Measuring;
using Guestclock.Probes;

namespace Guestclock.Linux.References;

/// <summary>Opens references of this machine's system clock.</summary>
public static class ReferenceFactory
{
    /// <summary>Opens what the name says; throws <see cref="ReferenceException"/> where it cannot be used. Guests and agents are opened elsewhere.</summary>
    public static IReference Open(ReferenceName name) => name.Kind switch
    {
        ReferenceKind.Phc => new PhcReference(name.Argument),
        ReferenceKind.Rtc => RtcReference.Open(name.Argument),
        ReferenceKind.Ntp => new NtpReference(name.Server),
        ReferenceKind.Chrony => new ChronyReference(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name.Kind, "not a reference of the system clock"),
    };

    /// <summary>
    /// What is best where nothing is named: the hypervisor's PHC, else a chronyd that is synchronised, else the first NTP server that a time
    /// service's configuration names. Takes a few seconds at most.
    /// </summary>
    public static IReference OpenDefault() => OpenDefault(new LiveMachine([new Processes()]), Open);

    internal static IReference OpenDefault(IMachine machine, Func<ReferenceName, IReference> open)
    {
        var failures = new List<string>();
        if (PhcDevices.Hypervisors(machine) is not { } phc)
            failures.Add("there is no PTP clock of a hypervisor");
        else if (Try(new(ReferenceKind.Phc, phc.Device), open, failures) is { } reference)
            return reference;
        if (Try(new(ReferenceKind.Chrony, ""), open, failures) is { } chrony)
            return chrony;
        if (ConfiguredSource.NtpServers(ServiceProbe.Gather(machine)).FirstOrDefault() is not { } server)
            failures.Add("no time service's configuration names an NTP server");
        else if (TryServer(server, open, failures) is { } ntp)
            return ntp;
        throw new ReferenceException($"there is nothing to measure against: {string.Join("; ", failures)}. Name one with --reference, for example ntp:HOST");
    }

    /// <summary>What can be opened and gives a sample, else null and one failure more.</summary>
    private static IReference? Try(ReferenceName name, Func<ReferenceName, IReference> open, List<string> failures)
    {
        try
        {
            var reference = open(name);
            var reading = reference.ReadAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (reading.Sample is not null)
                return reference;
            reference.Dispose();
            failures.Add(reading.Problem!);
        }
        catch (ReferenceException e)
        {
            failures.Add(e.Message);
        }

        return null;
    }

    private static IReference? TryServer(string server, Func<ReferenceName, IReference> open, List<string> failures)
    {
        try
        {
            return open(ReferenceName.Parse($"ntp:{server}"));
        }
        catch (Exception e) when (e is ReferenceException or MalformedInputException)
        {
            failures.Add(e.Message);
            return null;
        }
    }
}

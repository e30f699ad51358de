namespace Guestclock.Lab.Guests;

/// <summary>What a guest is made of. A new one has Linux's own choice of clock source and no time service.</summary>
/// <param name="Name">Tells it from other variants; it is also the name of what is recorded from it.</param>
public sealed record GuestVariant(string Name, GuestKernel Kernel)
{
    /// <summary>The file that becomes <c>/usr/bin/guestclock</c>; null: none.</summary>
    public string? Program { get; init; }

    /// <summary>Further kernel parameters, such as <c>clocksource=hpet</c>.</summary>
    public string Parameters { get; init; } = "";

    /// <summary>Chrony as Debian ships it, enabled; without it the package is not there.</summary>
    public bool Chrony { get; init; }

    /// <summary>The UDP port of this machine's loopback where chrony finds its one server; null: it has no server.</summary>
    public int? ServerPort { get; init; }

    /// <summary>What follows address and port in chrony's <c>server</c> directive.</summary>
    public string ServerOptions { get; init; } = "iburst minpoll 2 maxpoll 4";

    /// <summary>What chrony's <c>makestep</c> is given; null: as Debian ships it.</summary>
    public string? MakeStep { get; init; }

    /// <summary>The QEMU guest agent and its channel.</summary>
    public bool Agent { get; init; }

    /// <summary>A second agent on a channel of its own, for somebody who looks on.</summary>
    public bool Referee { get; init; }

    /// <summary>QEMU's vmclock device; needs QEMU 10, which is then fetched.</summary>
    public bool VmClock { get; init; }

    /// <summary>A network card besides virtio's, which has a PTP clock; needs QEMU 10 for the card and linuxptp for <c>phc_ctl</c>.</summary>
    public bool PtpCard { get; init; }

    /// <summary>A disk that takes snapshots of the whole machine.</summary>
    public bool SnapshotDisk { get; init; }

    /// <summary>How far the real-time clock is behind this machine's clock; QEMU takes whole seconds.</summary>
    public TimeSpan RtcBehind { get; init; }

    /// <summary>Modules that the guest loads at start, by /etc/modules-load.d.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>The guest's memory. 256 MiB are enough, 128 are not.</summary>
    public int MemoryMebibytes { get; init; } = 512;

    /// <summary>Virtual CPUs.</summary>
    public int Cpus { get; init; } = 2;
}

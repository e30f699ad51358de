using System.Net;
using Guestclock.Discipline;
using Guestclock.Discipline.Watch;
using Guestclock.Formats;
using Guestclock.Units;

namespace Guestclock.Linux.Watching;

/// <summary>How the host's daemon watches its guests: what docs/watch.md explains, key by key.</summary>
public sealed record WatchSettings
{
    /// <summary>What a configuration file that says nothing means.</summary>
    public static WatchSettings Default { get; } = new();

    /// <summary>Where /metrics, /healthz and /readyz are served; null: nowhere.</summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>The unix socket that tells <c>guestclock watch status</c>; null: none.</summary>
    public string? StatusSocket { get; init; } = "/run/guestclock/watch.sock";

    /// <summary>libvirt's connections; null: the usual one where it is to be had and <see cref="Qmp"/> names none; empty: none.</summary>
    public IReadOnlyList<string>? Libvirt { get; init; }

    /// <summary>Globs of QMP sockets.</summary>
    public IReadOnlyList<string> Qmp { get; init; } = [];

    /// <summary>Where a bare QEMU's agent listens: a path in which <c>{guest}</c> stands for the guest's name; null: no agent of bare QEMU.</summary>
    public string? Agent { get; init; }

    /// <summary>Keep a bare QEMU's agent channel open, so that nothing is lost on connecting when an event comes.</summary>
    public bool HoldAgentChannel { get; init; } = true;

    /// <summary>A guest is right when |offset| + bound is at most this.</summary>
    public Nanoseconds Within { get; init; } = Nanoseconds.FromMilliseconds(10);

    /// <summary>Below this a guest's own time service is left to do it; null: as <see cref="Within"/>.</summary>
    public Nanoseconds? Threshold { get; init; }

    /// <summary>What a second correction aims at where it pays.</summary>
    public Nanoseconds Aim { get; init; } = Nanoseconds.FromMilliseconds(1);

    /// <summary>Never set a guest's clock backward.</summary>
    public bool ForwardOnly { get; init; }

    /// <summary>A guest that is ahead by less is left alone: its own time service shall slew it.</summary>
    public Nanoseconds BackwardLimit { get; init; } = Nanoseconds.FromSeconds(1);

    /// <summary>How long one recovery may take.</summary>
    public Nanoseconds Timeout { get; init; } = Nanoseconds.FromSeconds(10);

    /// <summary>Between two measurements of a guest to which nothing happened.</summary>
    public Nanoseconds MeasureEvery { get; init; } = Nanoseconds.FromSeconds(60);

    /// <summary>Guests that are worked on at the same time.</summary>
    public int Concurrency { get; init; } = 256;

    /// <summary>While the host's own clock is not synchronised.</summary>
    public HostUnsynchronized HostUnsynchronized { get; init; } = HostUnsynchronized.Refuse;

    /// <summary>Globs of guests' names that are left alone.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Globs of the only guests that are watched; empty: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>An offset that is surely larger is told.</summary>
    public Nanoseconds OffsetWarning { get; init; } = Nanoseconds.FromMilliseconds(100);

    /// <summary>A drift against the host that is surely larger is told, parts per million.</summary>
    public double DriftWarningPpm { get; init; } = 20;

    /// <summary>A jump of a guest's clock that no event explains is told from this size on.</summary>
    public Nanoseconds JumpWarning { get; init; } = Nanoseconds.FromMilliseconds(10);

    /// <summary>When guests are recovered and measured.</summary>
    public WatchPolicy WatchPolicy => new()
    {
        MaxActive = Concurrency,
        MeasureEveryNs = MeasureEvery.Value,
        HostUnsynchronized = HostUnsynchronized,
        RecoverAboveNs = RecoveryPolicy.EffectiveThresholdNs,
        OffsetAlertNs = OffsetWarning.Value,
        DriftAlertPpb = (long)Math.Round(DriftWarningPpm * 1000),
        JumpAlertNs = JumpWarning.Value,
    };

    /// <summary>How one guest is recovered.</summary>
    public RecoveryPolicy RecoveryPolicy => new()
    {
        WithinNs = Within.Value,
        ThresholdNs = Threshold?.Value,
        AimNs = Aim.Value,
        ForwardOnly = ForwardOnly,
        BackwardLimitNs = BackwardLimit.Value,
        TimeoutNs = Timeout.Value,
    };

    /// <summary>Whether these settings name the same guests, reached in the same way.</summary>
    public bool HasSameGuests(WatchSettings other) =>
        Agent == other.Agent && HoldAgentChannel == other.HoldAgentChannel
        && Libvirt is null == other.Libvirt is null && (Libvirt ?? []).SequenceEqual(other.Libvirt ?? [])
        && Qmp.SequenceEqual(other.Qmp) && Skip.SequenceEqual(other.Skip) && Only.SequenceEqual(other.Only);

    /// <summary>Whether the guest of that name is watched.</summary>
    public bool Watches(string guest) =>
        (Only.Count == 0 || Only.Any(p => GlobPattern.Matches(p, guest))) && !Skip.Any(p => GlobPattern.Matches(p, guest));
}

using System.Globalization;
using Guestclock.Discipline.Watch;
using Guestclock.Linux.Serving;
using Guestclock.Linux.Watching;
using static Guestclock.Cli.Configuration.WatchKinds;

namespace Guestclock.Cli.Configuration;

/// <summary>Every setting of <c>guestclock watch</c>, in the order in which help and documentation show them. Names are frozen.</summary>
internal static class WatchKeys
{
    private const long Us = 1_000;
    private const long Ms = 1_000_000;
    private const long S = 1_000_000_000;
    private const long Hour = 3600 * S;

    public static IReadOnlyList<WatchKey> All { get; } =
    [
        Text("listen", "ADDR:PORT", "Serve /metrics, /healthz and /readyz there.", "an address and port such as 127.0.0.1:9877, [::1]:9877 or :9877, or none",
            s => s.Listen?.ToString() ?? "none",
            (s, v) => v == "none" ? s with { Listen = null } : SocketAddressText.TryParse(v, out var address) ? s with { Listen = address } : null),
        Text("status-socket", "PATH", "Where 'watch status' asks; or none.", "an absolute path of at most 100 characters, or none",
            s => s.StatusSocket ?? "none",
            (s, v) => v == "none" ? s with { StatusSocket = null } : v[0] == '/' && v.Length <= 100 ? s with { StatusSocket = v } : null),
        Patterns("libvirt", "URI", "libvirt's connections, or none. Default: if there.", "connections such as qemu:///system, or none",
            s => s.Libvirt is null ? [] : s.Libvirt.Count == 0 ? ["none"] : s.Libvirt,
            (s, v) => s with { Libvirt = v is ["none"] ? [] : v }) with { Words = ["qemu:///system", "none"] },
        Patterns("qmp", "GLOB", "QMP sockets of guests without libvirt.", "patterns of sockets such as /run/vms/*/qmp",
            s => s.Qmp, (s, v) => s with { Qmp = v }),
        Text("agent", "PATH", "Their agents' sockets, {guest} for the name.", "an absolute path with {guest} in it, or none",
            s => s.Agent ?? "none",
            (s, v) => v == "none" ? s with { Agent = null } : v[0] == '/' && v.Contains("{guest}", StringComparison.Ordinal) ? s with { Agent = v } : null),
        Switch("hold-agent-channel", "Keep those sockets open (default).", s => s.HoldAgentChannel, (s, v) => s with { HoldAgentChannel = v }),
        Duration("within", "Right: |offset| + bound at most this (10ms).", Us, Hour, s => s.Within, (s, v) => s with { Within = v }),
        Duration("threshold", "Leave less to the guest. Default: within.", Us, Hour, s => s.Threshold, (s, v) => s with { Threshold = v }),
        Duration("aim", "Correct once more down to this (1ms).", Us, Hour, s => s.Aim, (s, v) => s with { Aim = v }),
        Switch("forward-only", "Never set a clock backward.", s => s.ForwardOnly, (s, v) => s with { ForwardOnly = v }),
        Duration("backward-limit", "Set backward from this on (1s).", Us, 24 * Hour, s => s.BackwardLimit, (s, v) => s with { BackwardLimit = v }),
        Duration("timeout", "Of one recovery (10s).", 100 * Ms, Hour, s => s.Timeout, (s, v) => s with { Timeout = v }),
        Duration("measure-every", "Between measurements of a guest (1m).", S, 24 * Hour, s => s.MeasureEvery, (s, v) => s with { MeasureEvery = v }),
        Count("concurrency", "Guests worked on at once (256).", 1024, s => s.Concurrency, (s, v) => s with { Concurrency = v }),
        OneOf("host-unsynchronized", "HOW", "refuse (default) to set guests, or warn.", ["refuse", "warn"],
            s => s.HostUnsynchronized == HostUnsynchronized.Refuse ? "refuse" : "warn",
            (s, v) => s with { HostUnsynchronized = v == "refuse" ? HostUnsynchronized.Refuse : HostUnsynchronized.Warn }),
        Patterns("skip", "GLOB", "Guests to leave alone.", "patterns of guests' names such as test-*", s => s.Skip, (s, v) => s with { Skip = v }),
        Patterns("only", "GLOB", "Watch these guests only.", "patterns of guests' names such as web-*", s => s.Only, (s, v) => s with { Only = v }),
        Duration("offset-warning", "Tell larger offsets (100ms).", Us, 24 * Hour, s => s.OffsetWarning, (s, v) => s with { OffsetWarning = v }),
        Text("drift-warning", "PPM", "Tell faster drifts (20).", "parts per million from 0.1 to 100000, such as 20 or 20ppm",
            s => s.DriftWarningPpm.ToString(CultureInfo.InvariantCulture),
            (s, v) => double.TryParse(v.EndsWith("ppm", StringComparison.Ordinal) ? v.AsSpan(0, v.Length - 3).TrimEnd() : v, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ppm)
                && ppm is >= 0.1 and <= 100_000 ? s with { DriftWarningPpm = ppm } : null),
        Duration("jump-warning", "Tell larger unexplained jumps (10ms).", Us, 24 * Hour, s => s.JumpWarning, (s, v) => s with { JumpWarning = v }),
    ];

    public static IEnumerable<string> Names => All.Select(k => k.Name);

    public static WatchKey? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>What is wrong between settings that are each right; null: nothing.</summary>
    public static string? Contradiction(WatchSettings settings) =>
        settings.Aim > settings.Within ? $"aim ({settings.Aim}) must not be larger than within ({settings.Within})"
        : settings.Threshold is { } threshold && threshold < settings.Aim ? $"threshold ({threshold}) must not be smaller than aim ({settings.Aim})"
        : settings.Libvirt is { Count: 0 } && settings.Qmp.Count == 0 ? "libvirt is none and qmp names no socket: there is nothing to watch"
        : settings.Agent is not null && settings.Qmp.Count == 0 ? "agent is for guests of qmp, which names none"
        : null;
}

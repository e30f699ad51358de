using Guestclock.Machines;

namespace Guestclock.Probes.TimeServices;

/// <summary>Instances of template units: <c>phc2sys@eth0.service</c> is enabled by a link of that name, though no file defines
/// it.</summary>
internal static class UnitInstance
{
    private const string Wants = "/etc/systemd/system/multi-user.target.wants";

    /// <summary>The link that starts an instance of the kind's unit at boot, or null.</summary>
    public static string? Of(IMachine machine, ServiceKind kind)
    {
        var prefix = kind.Units[0] + "@";
        var instance = machine.List(Wants).Or([])
            .FirstOrDefault(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith(".service", StringComparison.Ordinal));
        return instance is null ? null : $"{Wants}/{instance}";
    }
}

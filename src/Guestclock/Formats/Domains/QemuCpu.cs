namespace Guestclock.Formats.Domains;

/// <summary>The -cpu option: <c>MODEL,+name,-name,name,name=value</c>; QEMU takes '_' for '-' in names.</summary>
internal static class QemuCpu
{
    public static void Read(string value, DomainParts parts, QemuTimers timers)
    {
        var first = true;
        foreach (var (key, text) in QemuCommandLine.Pairs(value))
        {
            if (first)
                parts.CpuMode = key switch { "host" => "host-passthrough", "max" => "maximum", _ => "custom" };
            else
                Feature(key, text, parts, timers);
            first = false;
        }
    }

    private static void Feature(string key, string? text, DomainParts parts, QemuTimers timers)
    {
        var on = !key.StartsWith('-') && QemuCommandLine.IsOn(text);
        var name = key.TrimStart('+', '-').Replace('_', '-');
        switch (name)
        {
            case "invtsc":
                parts.InvariantTsc = on;
                break;
            case "migratable":
                parts.Migratable = on;
                break;
            case "tsc-frequency" or "tsc-freq":
                timers.TscHz = QemuCommandLine.Hertz(text);
                break;
            case "kvmclock":
                timers.KvmClock = on;
                break;
            case "kvm":
                parts.KvmHidden = !on;
                break;
            case "hv-time" or "hv-passthrough":
                timers.HyperVClock = on;
                break;
            case not null when on && name.StartsWith("hv-", StringComparison.Ordinal):
                parts.HyperV.Add(name[3..]);
                break;
        }
    }
}

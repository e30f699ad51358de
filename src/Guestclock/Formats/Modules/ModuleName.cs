namespace Guestclock.Formats.Modules;

/// <summary>Names of kernel modules: '-' and '_' are the same, the kernel writes '_' (modprobe(8)).</summary>
public static class ModuleName
{
    public static string Normalise(ReadOnlySpan<char> name) => name.ToString().Replace('-', '_');

    /// <summary>
    /// The module of a file: <c>kernel/drivers/ptp/ptp_kvm.ko.xz</c> is <c>ptp_kvm</c>; empty where it is no module file.
    /// </summary>
    public static string OfFile(ReadOnlySpan<char> path)
    {
        var file = path[(path.LastIndexOf('/') + 1)..];
        var end = file.IndexOf(".ko", StringComparison.Ordinal);
        return end < 0 ? "" : Normalise(file[..end]);
    }
}

using System.IO.Compression;
using System.Text;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Formats.Modules;
using Guestclock.Machines;

namespace Guestclock.Probes.Modules;

/// <summary>
/// The kernel's build options that concern clocks, for kernels without lists of modules: /boot/config-RELEASE, else /proc/config.gz.
/// </summary>
public static class KernelOptions
{
    /// <summary>A distribution's configuration has some 300 kB.</summary>
    private const int ConfigBytes = 2 << 20;

    private static readonly string[] Wanted =
    [
        "CONFIG_MODULES", "CONFIG_PTP_1588_CLOCK", "CONFIG_PTP_1588_CLOCK_KVM", "CONFIG_PTP_1588_CLOCK_VMCLOCK",
        "CONFIG_PTP_1588_CLOCK_VMW",
        "CONFIG_HYPERV_UTILS", "CONFIG_RTC_CLASS",
    ];

    public static Fact<IReadOnlyDictionary<string, string>> Gather(IMachine machine, Fact<string> release)
    {
        var path = $"/boot/config-{release.Or("")}";
        var file = release.IsKnown
            ? machine.ReadText(path, ConfigBytes)
            : Fact.Unknown<string>(release.State, path, release.Why!);
        if (!file.IsKnown && machine.Read("/proc/config.gz") is { IsKnown: true } packed)
            file = packed.Then(Unpack);
        return file.Then(text => KernelConfig.Parse(text, Wanted));
    }

    private static string Unpack(byte[] packed)
    {
        try
        {
            using var zip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            var bytes = new byte[ConfigBytes];
            var length = zip.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new MalformedInputException($"not gzip: {e.Message}", e);
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestclock.Reports;

/// <summary>
/// A set of CPU flags or kernel modules: only those that touch time or virtual machines. A CPU has some 150 flags, a distribution's kernel
/// 5,000 modules.
/// </summary>
internal sealed class TimeNamesConverter : JsonConverter<IReadOnlySet<string>>
{
    private static readonly string[] Topics =
        ["tsc", "ptp", "kvm", "clock", "hypervisor", "arat", "aperfmperf", "vmx", "svm", "hv_utils", "rtc_cmos", "rtc_efi", "virtio_rtc", "evtstrm"];

    public override IReadOnlySet<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("facts are written only");

    public override void Write(Utf8JsonWriter writer, IReadOnlySet<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.Where(n => Array.Exists(Topics, t => n.Contains(t, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Guestclock.Formats;

namespace Guestclock.Reports;

/// <summary>A kernel command line as it was written.</summary>
internal sealed class KernelArgumentsConverter : JsonConverter<KernelArguments>
{
    public override KernelArguments Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        KernelArguments.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, KernelArguments value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

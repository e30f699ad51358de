using System.Buffers;
using System.Text.Json;

namespace Guestclock.Protocols.Qmp;

/// <summary>A command as one line.</summary>
public static class QmpCommand
{
    /// <param name="argumentsJson">An object, as <see cref="Arguments"/> writes it; empty when there are none.</param>
    /// <param name="id">QEMU's answer carries it.</param>
    /// <exception cref="JsonException">The arguments are not JSON.</exception>
    public static byte[] Encode(string command, string argumentsJson, long id)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("execute", command);
            if (argumentsJson.Length > 0)
            {
                json.WritePropertyName("arguments");
                json.WriteRawValue(argumentsJson);
            }

            json.WriteNumber("id", id);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }

    /// <summary>An object of texts.</summary>
    public static string Arguments(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

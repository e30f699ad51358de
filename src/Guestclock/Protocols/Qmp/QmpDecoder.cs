using System.Text.Json;
using Guestclock.Formats;

namespace Guestclock.Protocols.Qmp;

/// <summary>Reads one line of QMP (docs/interop/qmp-spec.rst of QEMU 10, sections 2.2 to 2.5). The order of members means nothing.</summary>
public static class QmpDecoder
{
    private const int ShownBytes = 80;

    private const long UsPerSecond = 1_000_000;

    /// <param name="line">Without its end.</param>
    /// <param name="arrivedNs">CLOCK_MONOTONIC; events carry it.</param>
    /// <exception cref="MalformedInputException">It is no message of QMP.</exception>
    public static QmpMessage Decode(ReadOnlySpan<byte> line, long arrivedNs = 0)
    {
        var message = Parse(line);
        if (message.Member("event").ValueKind != JsonValueKind.Undefined)
            return line.Length <= QmpLimits.EventBytes ? Event(message, line, arrivedNs)
                : throw new MalformedInputException($"an event is longer than {QmpLimits.EventBytes} bytes");
        if (message.Member("error") is { ValueKind: not JsonValueKind.Undefined } error)
            return new QmpFailure(message.Number("id"), error.Text("class") ?? "GenericError", error.Text("desc") ?? "no reason given");
        if (message.Member("return") is { ValueKind: not JsonValueKind.Undefined } value)
            return new QmpReply(message.Number("id"), value);
        if (message.Member("QMP") is { ValueKind: not JsonValueKind.Undefined } greeting)
            return Greeting(greeting);
        throw Foreign(line);
    }

    private static QmpGreeting Greeting(JsonElement greeting)
    {
        var version = greeting.Member("version");
        var qemu = version.Member("qemu");
        return new(Part(qemu, "major"), Part(qemu, "minor"), Part(qemu, "micro"), version.Text("package") ?? "");
    }

    private static int Part(JsonElement version, string name) => (int)Math.Clamp(version.Number(name) ?? 0, 0, int.MaxValue);

    private static QmpEvent Event(JsonElement message, ReadOnlySpan<byte> line, long arrivedNs)
    {
        var timestamp = message.Member("timestamp");
        long? at = timestamp.Number("seconds") is { } seconds and >= 0 and < long.MaxValue / UsPerSecond
            && timestamp.Number("microseconds") is { } us and >= 0 and < UsPerSecond ? (seconds * UsPerSecond) + us : null;
        return new(message.Text("event") ?? throw Foreign(line), message.Member("data"), at, arrivedNs);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = QmpLimits.Depth });
            var message = JsonElement.ParseValue(ref reader);
            if (reader.Read() || message.ValueKind != JsonValueKind.Object)
                throw Foreign(line);
            return message;
        }
        catch (JsonException e)
        {
            throw new MalformedInputException(Foreign(line).Message, e);
        }
    }

    /// <summary>Shown are printable characters of ASCII only: somebody else's bytes must not steer a terminal.</summary>
    private static MalformedInputException Foreign(ReadOnlySpan<byte> line)
    {
        var shown = string.Create(Math.Min(line.Length, ShownBytes), line[..Math.Min(line.Length, ShownBytes)].ToArray(), static (text, bytes) =>
        {
            for (var n = 0; n < text.Length; n++)
                text[n] = bytes[n] is >= 0x20 and < 0x7F ? (char)bytes[n] : '?';
        });
        return new($"no message of QMP: {shown}{(line.Length > ShownBytes ? "…" : "")}");
    }
}

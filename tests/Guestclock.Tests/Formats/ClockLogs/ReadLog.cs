using System.Text;
using Guestclock.Formats.ClockLogs;
using Guestclock.Testing;

namespace Guestclock.Tests.Formats.ClockLogs;

internal static class ReadLog
{
    /// <summary>A captured log; tests/clocklogs/README.md says how it was captured.</summary>
    public static ClockLog Captured(string name) => Of(Bytes(name));

    public static byte[] Bytes(string name) => File.ReadAllBytes(Repository.At("tests", "clocklogs", name));

    public static ClockLog Of(string text, SampleKind? kind = null, string? format = null) => Of(Encoding.UTF8.GetBytes(text), kind, format);

    public static ClockLog Of(byte[] bytes, SampleKind? kind = null, string? format = null)
    {
        using var stream = new MemoryStream(bytes);
        return ClockLogReader.Read(stream, format, kind, CancellationToken.None);
    }
}

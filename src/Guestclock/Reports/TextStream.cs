using System.Text;

namespace Guestclock.Reports;

/// <summary>UTF-8 bytes into a text writer as they come, so that a large document is never in memory as a whole.</summary>
internal sealed class TextStream(TextWriter output) : WriteOnlyStream
{
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private readonly char[] _characters = new char[4096];

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            _decoder.Convert(buffer, _characters, flush: false, out var bytes, out var characters, out _);
            output.Write(_characters.AsSpan(0, characters));
            buffer = buffer[bytes..];
        }
    }
}

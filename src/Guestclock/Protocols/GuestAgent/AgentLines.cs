using System.Diagnostics.CodeAnalysis;
using Guestclock.Formats;

namespace Guestclock.Protocols.GuestAgent;

/// <summary>One line from an agent. <paramref name="IsDelimited"/>: the byte 0xFF stood before it, as before the answer to a delimited sync.</summary>
public sealed record AgentLine(byte[] Json, bool IsDelimited);

/// <summary>
/// Cuts the bytes of an agent into lines. What stands before a byte 0xFF is thrown away: it belongs to an earlier conversation.
/// A guest may send what it likes; a line longer than <paramref name="longest"/> bytes is refused.
/// </summary>
public sealed class AgentLines(int longest = 64 << 10)
{
    private const byte Delimiter = 0xFF;

    private readonly List<byte> _line = [];
    private readonly Queue<AgentLine> _lines = new();
    private bool _isDelimited;

    /// <summary>Takes bytes in, as they come.</summary>
    /// <exception cref="MalformedInputException">A line is too long; nothing more can be read from this conversation.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            switch (b)
            {
                case Delimiter:
                    _line.Clear();
                    _lines.Clear();
                    _isDelimited = true;
                    break;
                case (byte)'\n':
                    End();
                    break;
                default:
                    if (_line.Count >= longest)
                        throw new MalformedInputException($"guest agent: a line is longer than {longest} bytes");
                    _line.Add(b);
                    break;
            }
        }
    }

    public bool TryTake([NotNullWhen(true)] out AgentLine? line) => _lines.TryDequeue(out line);

    /// <summary>Forgets everything that has come so far.</summary>
    public void Clear()
    {
        _line.Clear();
        _lines.Clear();
        _isDelimited = false;
    }

    private void End()
    {
        if (_line.Count > 0 && _line[^1] == (byte)'\r')
            _line.RemoveAt(_line.Count - 1);
        if (_line.Count == 0)
            return;
        _lines.Enqueue(new([.. _line], _isDelimited));
        _line.Clear();
        _isDelimited = false;
    }
}

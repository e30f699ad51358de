using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Guestclock.Linux.Live;

/// <summary>
/// Records of /dev/kmsg as lines: <c>PRIORITY,SEQUENCE,MICROSECONDS,FLAGS[,…];TEXT</c>, then lines that begin with a space (a dictionary,
/// left out). Messages that programs wrote (a facility other than the kernel's) are left out. Text is escaped as <c>\xNN</c>;
/// a decoded line end begins a new line.
/// </summary>
public sealed class KernelRecords
{
    private readonly StringBuilder _text = new();
    private bool _complete = true;
    private bool _lastIsKernels;
    private bool _any;

    /// <summary>How many records were understood.</summary>
    public int Count { get; private set; }

    public int Characters => _text.Length;

    public void MarkIncomplete() => _complete = false;

    /// <summary>One record, as one read gives it. What breaks the form is skipped, and the log is not complete then.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        var semicolon = record.IndexOf((byte)';');
        var prefix = semicolon < 0 ? record : record[..semicolon];
        if (semicolon < 0 || !Number(ref prefix, out var priority) || !Number(ref prefix, out var sequence)
            || !Number(ref prefix, out var microseconds))
        {
            _complete = false;
            return;
        }

        Count++;
        _complete &= _any || sequence == 0;
        _any = true;
        var text = record[(semicolon + 1)..];
        var end = text.IndexOf((byte)'\n');
        var decoded = Decode(end < 0 ? text : text[..end]);

        // Before Linux 5.10 a line may come in fragments: 'c' begins it, '+' goes on with it.
        if (prefix.StartsWith("+"u8))
        {
            if (_lastIsKernels)
                Continue(decoded);
            return;
        }

        _lastIsKernels = priority >> 3 == 0;
        if (_lastIsKernels)
            Append(microseconds, decoded);
    }

    /// <summary>The answer.</summary>
    public string ToText() => (_complete && _any ? "complete=yes\n" : "complete=no\n") + _text;

    private void Append(long microseconds, string text)
    {
        foreach (var line in text.Split('\n'))
        {
            _text.Append(CultureInfo.InvariantCulture, $"{microseconds / 1_000_000}.{microseconds % 1_000_000:D6} ").Append(line)
                .Append('\n');
        }
    }

    private void Continue(string text)
    {
        _text.Length--;
        _text.Append(text.Replace('\n', ' ')).Append('\n');
    }

    /// <summary>Takes a number and the comma after it.</summary>
    private static bool Number(ref ReadOnlySpan<byte> prefix, out long number)
    {
        if (!Utf8Parser.TryParse(prefix, out number, out var length) || number < 0)
            return false;
        prefix = prefix[length..];
        if (prefix.Length > 0 && prefix[0] == ',')
            prefix = prefix[1..];
        return true;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)'\\') < 0)
            return Encoding.UTF8.GetString(text);
        var decoded = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x'
                && Utf8Parser.TryParse(text.Slice(i + 2, 2), out byte value, out var digits, 'x') && digits == 2)
            {
                // Other control characters than a tab and a line end would break the form of the answer.
                decoded[length++] = value is < 0x20 and not ((byte)'\n' or (byte)'\t') ? (byte)' ' : value;
                i += 3;
            }
            else
            {
                decoded[length++] = text[i];
            }
        }

        return Encoding.UTF8.GetString(decoded, 0, length);
    }
}

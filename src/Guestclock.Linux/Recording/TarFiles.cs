using System.Text;
using Guestclock.Formats;

namespace Guestclock.Linux.Recording;

/// <summary>
/// The regular files of a tar stream: ustar with pax headers (POSIX.1-2017, pax) or GNU long names (GNU tar manual, "Standard Format").
/// Every header's claim is checked before anything is allocated for it: a reader that believes it can be made to ask for gigabytes.
/// </summary>
internal sealed class TarFiles
{
    private const int BlockBytes = 512;
    private const int MostEntries = 100_000;

    /// <summary>A pax header or a GNU long name; a path has at most 4096 bytes (PATH_MAX of linux/limits.h).</summary>
    private const int NameBytes = 64 << 10;

    private readonly Stream _stream;
    private readonly long _limit;
    private readonly byte[] _block = new byte[BlockBytes];
    private long _total;
    private string? _longName;
    private long? _longSize;

    private TarFiles(Stream stream, long limit) => (_stream, _limit) = (stream, limit);

    /// <summary>The files by name, at most <paramref name="limit"/> bytes of contents in all; of two with one name the later.</summary>
    /// <exception cref="MalformedInputException">It is not such a stream, is cut short, or holds too much.</exception>
    public static Dictionary<string, byte[]> Read(Stream stream, long limit) => new TarFiles(stream, limit).Read();

    private Dictionary<string, byte[]> Read()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var count = 0; NextHeader(); count++)
        {
            if (count == MostEntries)
                throw new MalformedInputException($"it holds more than {MostEntries} entries");
            var (type, size) = ((char)_block[156], _longSize ?? Number(124, 12));
            switch (type)
            {
                case 'x':
                    Pax(Contents(Number(124, 12), NameBytes));
                    break;
                case 'L':
                    _longName = Text(Contents(Number(124, 12), NameBytes));
                    break;
                case 'g' or 'K':
                    _ = Contents(Number(124, 12), NameBytes);
                    break;
                case '0' or '\0':
                    var name = _longName ?? Name();
                    files[name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name] = Contents(size, _limit - _total);
                    (_longName, _longSize) = (null, null);
                    break;
                default:
                    Skip(size);
                    (_longName, _longSize) = (null, null);
                    break;
            }
        }

        return files;
    }

    /// <summary>False at the end: a block of zeros, or the end of the stream where a header could begin.</summary>
    private bool NextHeader()
    {
        var got = _stream.ReadAtLeast(_block, BlockBytes, throwOnEndOfStream: false);
        if (got == 0 || (got == BlockBytes && !_block.AsSpan().ContainsAnyExcept((byte)0)))
            return false;
        if (got < BlockBytes)
            throw new MalformedInputException("it is cut short");
        var sum = 8 * ' ';
        for (var i = 0; i < BlockBytes; i++)
            sum += i is >= 148 and < 156 ? 0 : _block[i];
        return Number(148, 8) == sum ? true : throw new MalformedInputException("a header of it is damaged");
    }

    /// <summary>Octal digits, ended by a space or NUL.</summary>
    private long Number(int at, int length)
    {
        var value = 0L;
        foreach (var digit in _block.AsSpan(at, length).Trim((byte)' '))
        {
            if (digit is 0 or (byte)' ')
                break;
            value = digit is >= (byte)'0' and <= (byte)'7' && value < 1L << 40
                ? (value * 8) + (digit - '0')
                : throw new MalformedInputException("a number in a header of it is damaged or too large");
        }

        return value;
    }

    private string Name()
    {
        var name = Text(_block.AsSpan(0, 100));
        var prefix = _block.AsSpan(257, 6).SequenceEqual("ustar\0"u8) ? Text(_block.AsSpan(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }

    /// <summary>Records <c>LENGTH KEY=VALUE\n</c>; only the path and the size matter here.</summary>
    private void Pax(ReadOnlySpan<byte> records)
    {
        while (records.Length > 0)
        {
            var space = records.IndexOf((byte)' ');
            if (space is <= 0 or > 6 || !int.TryParse(Encoding.ASCII.GetString(records[..space]), out var length)
                || length <= space + 1 || length > records.Length)
                throw new MalformedInputException("an extended header of it is damaged");
            var record = records[(space + 1)..(length - 1)];
            if (record.StartsWith("path="u8))
                _longName = Encoding.UTF8.GetString(record[5..]);
            else if (record.StartsWith("size="u8))
                _longSize = long.TryParse(Encoding.ASCII.GetString(record[5..]), out var size) && size >= 0
                    ? size : throw new MalformedInputException("an extended header of it is damaged");
            records = records[length..];
        }
    }

    private byte[] Contents(long size, long limit)
    {
        if (size > limit)
            throw new MalformedInputException($"it unpacks to more than {_limit} bytes, or a header of it says so");
        _total += size;
        var bytes = new byte[size];
        if (_stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new MalformedInputException("it is cut short");
        Skip(0, (BlockBytes - (size % BlockBytes)) % BlockBytes);
        return bytes;
    }

    private void Skip(long size, long? rest = null)
    {
        if (size > _limit)
            throw new MalformedInputException($"it unpacks to more than {_limit} bytes, or a header of it says so");
        for (var left = rest ?? ((size + BlockBytes - 1) / BlockBytes * BlockBytes); left > 0;)
        {
            var got = _stream.Read(_block, 0, (int)Math.Min(left, BlockBytes));
            left = got > 0 ? left - got : throw new MalformedInputException("it is cut short");
        }
    }
}

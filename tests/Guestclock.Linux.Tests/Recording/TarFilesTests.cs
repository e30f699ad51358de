using System.Text;
using Guestclock.Formats;
using Guestclock.Linux.Recording;

namespace Guestclock.Linux.Tests.Recording;

/// <summary>What a header claims is checked before it is believed; archives of every usual tar are read.</summary>
public sealed class TarFilesTests
{
    private const long Limit = 1 << 20;

    [Theory]
    [InlineData('0', 5L << 30)]
    [InlineData('x', 5L << 30)]
    [InlineData('x', 120L << 20)]
    [InlineData('L', 120L << 20)]
    [InlineData('g', 1L << 30)]
    [InlineData('5', 1L << 30)]
    [InlineData('S', 1L << 30)]
    public void A_header_that_claims_too_much_is_refused_before_it_is_read(char type, long size)
    {
        using var stream = new EndlessStream(Header("name", type, size));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var e = Assert.Throws<MalformedInputException>(() => TarFiles.Read(stream, Limit));

        Assert.Contains("a header of it says so", e.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.InRange(stream.Given, 0, 1 << 20);
    }

    [Fact]
    public void Files_count_together()
    {
        var file = Header("name", '0', 600 << 10).Concat(new byte[600 << 10]).ToArray();

        Assert.Throws<MalformedInputException>(() => TarFiles.Read(new MemoryStream([.. file, .. file]), Limit));
    }

    [Fact]
    public void Endless_zeros_are_an_empty_archive()
    {
        using var zeros = new EndlessStream([]);
        Assert.Empty(TarFiles.Read(zeros, Limit));
    }

    [Fact]
    public void A_wrong_checksum_and_a_number_of_no_digits_are_damage()
    {
        var header = Header("name", '0', 0);
        header[0] ^= 1;
        Assert.Throws<MalformedInputException>(() => TarFiles.Read(new MemoryStream(header), Limit));
        Assert.Throws<MalformedInputException>(() => TarFiles.Read(new MemoryStream(Header("name", '0', -1)), Limit));
    }

    [Theory]
    [InlineData("30 path=short\n")]
    [InlineData("5 path=long\n")]
    [InlineData("0 \n")]
    [InlineData("-3 path=x\n")]
    [InlineData("99999999999999999999 path=x\n")]
    [InlineData("no length")]
    [InlineData("11 size=-5\n")]
    public void An_odd_extended_header_is_damage(string record)
    {
        var bytes = new byte[512];
        Encoding.ASCII.GetBytes(record, bytes);

        Assert.Throws<MalformedInputException>(() =>
            TarFiles.Read(new MemoryStream([.. Header("p", 'x', record.Length), .. bytes]), Limit));
    }

    [Theory]
    [InlineData("ustar")]
    [InlineData("gnu")]
    [InlineData("pax")]
    public void Archives_of_tar_are_read(string format)
    {
        var path = string.Join('/', Enumerable.Repeat("folder-of-a-longish-name", format == "ustar" ? 5 : 12)) + "/file";
        using var tree = new TempTree();
        tree.File("in/" + path, "content").File("in/small", new byte[513]).Link("in/link", "small");
        TempTree.Run("tar", "-C", tree.At("in"), $"--format={format}", "-cf", tree.At("out.tar"), ".");

        using var stream = File.OpenRead(tree.At("out.tar"));
        var files = TarFiles.Read(stream, Limit);

        Assert.Equal([path, "small"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("content", Encoding.UTF8.GetString(files[path]));
        Assert.Equal(513, files["small"].Length);
    }

    /// <summary>A ustar header, sizes above 8 GiB in GNU's binary form.</summary>
    private static byte[] Header(string name, char type, long size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name, header);
        Encoding.ASCII.GetBytes(size < 0 ? "-0000000001" : Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        header[156] = (byte)type;
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", header.AsSpan(148));
        return header;
    }

    /// <summary>Bytes, then zeros without end.</summary>
    private sealed class EndlessStream(byte[] first) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Given++)
                buffer[offset + i] = Given < first.Length ? first[Given] : (byte)0;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Guestclock.Linux.Machines;
using Guestclock.Linux.Recording;
using Guestclock.Machines;
using Guestclock.Testing;

namespace Guestclock.Linux.Tests.Recording;

public sealed class DamagedRecordTests
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""
        {"schema":"guestclock.record/1","tool":{"name":"guestclock","version":"0.1.0"},"live":true,
        "takenAt":"2026-11-21T01:02:03.0000000+00:00","hostname":"h",
        "files":{"/a":{},"/b":{"state":"missing","why":"no"},"/c":{"at":".guestclock/moved/1"}},
        "listings":{"/":{"names":["a","b"]}},"links":{"/l":{"target":"/a"}},
        "found":{"/a":{"kind":"file"}},"foundLinks":{"/l":{"kind":"link"}},
        "answers":{"q":{},"r":{"state":"timed-out","why":"no","source":"elsewhere"}}}
        """);

    [Fact]
    public void Only_malformed_input_comes_out_of_the_json_reader() =>
        Fuzz.Bytes([Json], b => RecordJsonReader.Read(b, _ => []), runs: 5000);

    [Theory]
    [InlineData("""{"at":"../x"}""")]
    [InlineData("""{"at":"/etc/passwd"}""")]
    [InlineData("""{"at":"a/../../x"}""")]
    [InlineData("""{"at":""}""")]
    [InlineData("""{"state":"strange","why":""}""")]
    [InlineData("""{"state":"missing"}""")]
    [InlineData("[]")]
    public void Odd_entries_are_refused(string entry)
    {
        var text = Encoding.UTF8.GetString(Json).Replace("\"/a\":{}", "\"/a\":" + entry, StringComparison.Ordinal);

        Assert.Throws<Formats.MalformedInputException>(() => RecordJsonReader.Read(Encoding.UTF8.GetBytes(text), _ => []));
    }

    [Fact]
    public void Only_a_sentence_comes_out_of_the_tar_reader()
    {
        var tar = Tar(("top/.guestclock/record.json", Json), ("top/a", [1, 2, 3]), ("top/" + new string('n', 120), [4]));
        Fuzz.Bytes([tar], b =>
        {
            try
            {
                RecordReader.ReadTar(new MemoryStream(Pack(b)), "fuzz");
            }
            catch (MachineOpenException)
            {
                // Refused with a sentence: that is right.
            }
        });
    }

    [Fact]
    public void An_archive_made_by_hand_is_read_too()
    {
        using var tree = new TempTree();
        tree.File("r/.guestclock/record.json", Json).File("r/a", "a").File("r/.guestclock/moved/1", "c")
            .File("r/.guestclock/answers/q", "q");
        TempTree.Run("tar", "-C", tree.At("r"), "-czf", tree.At("bare.tgz"), ".");
        TempTree.Run("tar", "-C", tree.Root, "-czf", tree.At("folder.tgz"), "r");

        foreach (var name in (string[])["bare.tgz", "folder.tgz"])
        {
            var machine = MachineRoot.Open(tree.At(name)).Machine;
            Assert.Equal("a", machine.ReadText("/a").Value);
            Assert.Equal("c", machine.ReadText("/c").Value);
            Assert.Equal("q", machine.AskText("q").Value);
            Assert.Equal("elsewhere", machine.Ask(new Question("r")).Source);
        }
    }

    [Fact]
    public void A_bomb_is_refused_soon()
    {
        using var tree = new TempTree();
        using (var gzip = new GZipStream(File.Create(tree.At("bomb.tar.gz")), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip))
        {
            for (var i = 0; i < 5; i++)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"x{i}") { DataStream = new MemoryStream(new byte[40 << 20]) });
        }

        var e = Assert.Throws<MachineOpenException>(() => MachineRoot.Open(tree.At("bomb.tar.gz")));
        Assert.Contains("unpacks to more than", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Tar(params (string Name, byte[] Bytes)[] files)
    {
        var to = new MemoryStream();
        using (var tar = new TarWriter(to, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        }

        return to.ToArray();
    }

    private static byte[] Pack(byte[] bytes)
    {
        var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return to.ToArray();
    }
}

using System.Text;
using Guestclock.Lab.Guests.Image;
using Guestclock.Lab.Packages;

namespace Guestclock.EndToEnd.Guests;

/// <summary>The parts of a guest that need none.</summary>
public sealed class GuestPiecesTests
{
    [Theory]
    [InlineData("deb http://mirror.example/debian bookworm main", "http://mirror.example/debian")]
    [InlineData("deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/debian/ sid main", "https://mirror.example/debian/")]
    [InlineData("URIs: http://mirror.example/debian", "http://mirror.example/debian")]
    [InlineData("deb http://mirror.example/debian-security bookworm-security main", null)]
    [InlineData("deb-src http://mirror.example/debian bookworm main", null)]
    [InlineData("# deb http://mirror.example/debian bookworm main", null)]
    public void A_debian_mirror_is_found_in_source_lists_of_both_formats(string line, string? url) =>
        Assert.Equal(url, DebianMirror.Urls(line).SingleOrDefault());

    [Fact]
    public void An_initramfs_holds_folders_before_files_and_each_path_once()
    {
        using var output = new MemoryStream();
        var cpio = new CpioWriter(output);
        Assert.True(cpio.AddFile("a/b", "x"u8));
        Assert.False(cpio.AddFile("a/b", "y"u8));
        cpio.Finish();
        var text = Encoding.ASCII.GetString(output.ToArray());
        var names = text.Split("070701", StringSplitOptions.RemoveEmptyEntries).Select(entry => entry[104..].TrimEnd('\0', 'x'));
        Assert.Equal(["a", "a/b", "TRAILER!!!"], names);
        Assert.StartsWith("07070100000001000041ED", text, StringComparison.Ordinal); // Entry 1: a folder of mode 0755.
        Assert.Equal(0, output.Length % 4);
    }

    [Fact]
    public void Libraries_of_a_program_are_read_from_its_elf_file()
    {
        var host = File.ReadAllBytes(Environment.ProcessPath!);
        Assert.Contains("libc.so.6", ElfFile.Needed(host));
        Assert.Empty(ElfFile.Needed("#!/bin/sh\n"u8));
    }
}

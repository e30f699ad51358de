using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Guests;

/// <summary>
/// Records the guests as test machines: <c>tests/machines/NAME/</c>, the report of the running guest among it.
/// Runs only when asked for: <c>tests/guests/record-machines</c>.
/// </summary>
public sealed class MachineRecorder(SharedGuests guests)
{
    public static TheoryData<string> Names => [.. GuestVariants.All.Select(variant => variant.Name)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Record(string name)
    {
        await using var guest = await guests.BootAsync(name);
        var record = await guest.RunAsync("guestclock record /tmp/machine.tar.gz >&2 && cat /tmp/machine.tar.gz");
        Assert.True(record.ExitCode == 0, record.Stderr);

        var folder = Repository.At("tests", "machines", name);
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var unpacked = Directory.CreateTempSubdirectory("guestclock-recorded-").FullName;
        await using (var archive = new GZipStream(new MemoryStream(record.Output.ToArray()), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(archive, unpacked, overwriteFiles: false);
        using (var copy = Process.Start("cp", ["-r", Path.Combine(unpacked, "machine"), folder]))
        {
            await copy.WaitForExitAsync();
            Assert.Equal(0, copy.ExitCode);
        }

        Directory.Delete(unpacked, recursive: true);
    }
}

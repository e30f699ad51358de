using System.Formats.Tar;
using System.IO.Compression;
using Guestclock.Testing;

namespace Guestclock.EndToEnd.Guests;

/// <summary>
/// Records the guests as test machines: <c>tests/machines/NAME/</c> and the report that was made in the same guest,
/// <c>tests/machines/NAME.report.json</c>. Runs only when asked for: <c>tests/guests/record-machines</c>.
/// </summary>
public sealed class MachineRecorder(SharedGuests guests)
{
    public static TheoryData<string> Names => [.. GuestVariants.All.Select(variant => variant.Name)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Names))]
    public async Task Record(string name)
    {
        await using var guest = await guests.BootAsync(name);
        var report = await guest.RunAsync("guestclock check --format json");
        Assert.True(report.ExitCode is >= 0 and <= 3, $"{report}");
        var record = await guest.RunAsync("guestclock record /tmp/out.tar.gz >&2 && cat /tmp/out.tar.gz");
        Assert.True(record.ExitCode == 0, record.Stderr);

        var folder = Repository.At("tests", "machines", name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await using var archive = new GZipStream(new MemoryStream(record.Output.ToArray()), CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: false);
        await File.WriteAllBytesAsync(folder + ".report.json", report.Output);
    }
}

using System.Buffers.Binary;
using System.Diagnostics;
using Guestclock.Lab.Guests;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Lab;

/// <summary>The parts of the lab that need no guest.</summary>
public sealed class LabPiecesTests
{
    [Theory]
    [InlineData("flags\t\t: fpu vmx tsc\n", null, "kvm")]
    [InlineData("flags\t\t: fpu svm tsc\n", null, "kvm")]
    [InlineData("flags\t\t: fpu tsc\n", null, "tcg")]
    [InlineData("", null, "tcg")]
    [InlineData("flags\t\t: fpu vmx tsc\n", "no right to open it", "tcg")]
    [InlineData("vmx flags\t: ept\n", null, "tcg")]
    public void Kvm_is_taken_only_where_the_cpu_and_the_device_allow(string cpuInfo, string? refusal, string accelerator)
    {
        var choice = Accelerator.Choose(cpuInfo, () => refusal);
        Assert.Equal(accelerator, choice.Name);
        Assert.NotEmpty(choice.Reason);
    }

    [Fact]
    public async Task A_work_folder_goes_when_it_is_disposed_of()
    {
        var folder = WorkFolder.Create("gclab-");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "file"), "x");
        await folder.DisposeAsync();
        Assert.False(Directory.Exists(folder.Path));
    }

    [Fact]
    public async Task A_work_folder_that_is_kept_stays()
    {
        var folder = WorkFolder.Create("gclab-", keep: true);
        await folder.DisposeAsync();
        Assert.True(Directory.Exists(folder.Path));
        Directory.Delete(folder.Path);
    }

    [Fact]
    public async Task A_program_and_what_it_started_ends_with_its_leash()
    {
        var daemon = HostDaemon.Start(["sleep", "1000"]);
        Assert.False(daemon.Ended.IsCompleted);
        await daemon.StopAsync();
        await daemon.DisposeAsync();
        await daemon.DisposeAsync();
        Assert.True(daemon.Ended.IsCompleted);
    }

    [Theory]
    [InlineData(0x23, 48, true)] // version 4, client
    [InlineData(0x1B, 48, true)] // version 3, client
    [InlineData(0x24, 48, false)] // a server
    [InlineData(0x0B, 48, false)] // version 1
    [InlineData(0x23, 47, false)]
    public void Only_a_client_of_ntp_is_answered(byte first, int length, bool answered)
    {
        var question = new byte[length];
        question[0] = first;
        if (length == 48)
            question[47] = 7;
        var answer = new byte[48];
        Assert.Equal(answered, SteppedTimeServer.TryAnswer(question, answer, 1_000_000_000_500_000_000));
        if (!answered)
            return;
        Assert.Equal((4, first >> 3 & 7, 2), (answer[0] & 7, answer[0] >> 3 & 7, answer[1]));
        Assert.Equal(question[40..48], answer[24..32]);
        Assert.Equal((1_000_000_000 + 2_208_988_800, 0x80000000), (BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(32)), BinaryPrimitives.ReadUInt32BigEndian(answer.AsSpan(36))));
    }

    [Fact]
    public async Task A_program_under_faketime_sees_the_host_stepped()
    {
        await using var folder = WorkFolder.Create("gclab-");
        var faketime = await Guests.SharedGuests.SkipUnlessAvailableAsync(Faketime.PrepareAsync(folder.Path, null, CancellationToken.None));
        foreach (var shiftS in (long[])[0, 86_400, -3_600])
        {
            faketime.Shift(shiftS * 1_000_000_000);
            using var date = Process.Start(new ProcessStartInfo("env", [.. faketime.Environment, "date", "+%s"]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            var seen = long.Parse(await date.StandardOutput.ReadToEndAsync());
            Assert.InRange(seen - shiftS - DateTimeOffset.UtcNow.ToUnixTimeSeconds(), -3, 1);
        }
    }
}

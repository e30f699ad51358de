using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using Guestclock.EndToEnd.Guests;
using Guestclock.Testing;

namespace Guestclock.EndToEnd;

/// <summary>The published program in real guests: emulated machines with kernels of Debian 12 and 14.</summary>
public sealed class GuestTests(SharedGuests guests)
{
    public static TheoryData<string> Guests => ["qemu-tcg-6.1-smp", "qemu-tcg-6.1-tsc-chrony", "qemu-tcg-7.2-tsc", "qemu-tcg-7.2-vmclock"];

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task The_program_runs_where_there_is_no_dotnet(string name)
    {
        var guest = await guests.GetAsync(name);
        var result = await guest.RunAsync("guestclock --version");
        Assert.True(result.ExitCode == 0 && result.Stderr.Length == 0, $"{result}");
        Assert.Matches(@"\d+\.\d+", result.Stdout);
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task Check_knows_the_guest(string name)
    {
        var guest = await guests.GetAsync(name);
        var result = await guest.RunAsync("guestclock check --format json");
        Assert.True(result.ExitCode is >= 0 and <= 3, $"{result}");
        using var report = JsonDocument.Parse(result.Stdout);
        Assert.Equal("guestclock.report/1", report.RootElement.GetProperty("schema").GetString());
        Assert.Equal("live", report.RootElement.GetProperty("source").GetString());
        var machine = report.RootElement.GetProperty("machine");
        var kernel = await guest.RunAsync("uname -r");
        Assert.Equal(kernel.Stdout.Trim(), machine.GetProperty("kernel").GetString());
        Assert.Equal("guest", machine.GetProperty("hostname").GetString());
        Assert.Equal("debian", machine.GetProperty("os").GetProperty("id").GetString());
    }

    /// <summary>What a fresh guest, live in the hypervisor, is found to be: the source of its clock, its time service, the first broken link.</summary>
    [Theory]
    [InlineData("qemu-tcg-6.1-smp", "hpet", "critical", "critical", "time-service-running")]
    [InlineData("qemu-tcg-6.1-tsc-chrony", "tsc", "pass", "warning", "step-policy")]
    [InlineData("qemu-tcg-7.2-tsc", "tsc", "critical", "critical", "time-service-running")]
    [InlineData("qemu-tcg-7.2-vmclock", "tsc", "pass", "warning", "step-policy")]
    public async Task The_verdict_is_true(string name, string clockSource, string synchronized, string verdict, string firstBrokenLink)
    {
        var guest = await guests.GetAsync(name);
        using var report = JsonDocument.Parse((await guest.RunAsync("guestclock check --format json")).Stdout);
        var checks = report.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("id").GetString()!);
        Assert.Equal(synchronized, checks["clock-synchronized"].GetProperty("status").GetString());
        Assert.Contains(checks["clocksource-suitable"].GetProperty("evidence").EnumerateArray(), e => e.GetProperty("value").GetString() == clockSource);
        Assert.Equal((verdict, firstBrokenLink), (report.RootElement.GetProperty("verdict").GetProperty("status").GetString(),
            report.RootElement.GetProperty("verdict").GetProperty("firstBrokenLink").GetString()));
    }

    /// <summary>Two virtual CPUs whose clock is one emulated HPET, and no kvm-clock: what a guest without KVM's clock has.</summary>
    [Fact]
    public async Task The_clocks_of_a_guest_are_tested()
    {
        var guest = await guests.GetAsync("qemu-tcg-6.1-smp");
        var result = await guest.RunAsync("guestclock test --duration 3s --format json");
        Assert.True(result.ExitCode is >= 0 and <= 3 && result.Stderr.Length == 0, $"{result}");
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Repository.At("docs", "test.schema.json")));
        using var report = JsonDocument.Parse(result.Stdout);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, report.RootElement));
        var evidence = report.RootElement.GetProperty("evidence");
        Assert.Equal((2, "hpet"), (evidence.GetProperty("cpus").GetArrayLength(), evidence.GetProperty("clockSource").GetString()));
        Assert.False(evidence.TryGetProperty("kvmClockRate", out _));
        var clocks = evidence.GetProperty("clocks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal(0, clocks["CLOCK_MONOTONIC"].GetProperty("steps").GetProperty("backSteps").GetInt64());
        Assert.InRange(clocks["CLOCK_MONOTONIC"].GetProperty("steps").GetProperty("reads").GetInt64(), 100, long.MaxValue);
        Assert.InRange(evidence.GetProperty("timers").GetProperty("count").GetInt64(), 1, long.MaxValue);
    }

    /// <summary>An emulated guest has no KVM: that is told, with what it has.</summary>
    [Fact]
    public async Task Probe_says_that_there_is_no_KVM()
    {
        var guest = await guests.GetAsync("qemu-tcg-6.1-smp");
        var result = await guest.RunAsync("guestclock probe");
        Assert.True(result.ExitCode == 3 && result.Stderr.Length == 0, $"{result}");
        Assert.StartsWith("UNKNOWN  there is no /dev/kvm: ", result.Stdout, StringComparison.Ordinal);
        Assert.Contains("info host-clock-source: the host's clock source is hpet", result.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Guests))]
    public async Task Record_writes_an_archive_that_check_reads(string name)
    {
        var guest = await guests.GetAsync(name);
        var record = await guest.RunAsync("guestclock record /tmp/record.tar.gz");
        Assert.True(record.ExitCode == 0, $"{record}");
        var replay = await guest.RunAsync("guestclock check --root /tmp/record.tar.gz --format json");
        Assert.True(replay.ExitCode is >= 0 and <= 3, $"{replay}");
        var copy = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}.tar.gz");
        try
        {
            await guest.CopyOutAsync("/tmp/record.tar.gz", copy);
            await using var file = File.OpenRead(copy);
            await using var archive = new TarReader(new GZipStream(file, CompressionMode.Decompress));
            Assert.NotNull(await archive.GetNextEntryAsync());
        }
        finally
        {
            File.Delete(copy);
        }
    }
}

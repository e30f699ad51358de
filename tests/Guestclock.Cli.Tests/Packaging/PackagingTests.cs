using System.Diagnostics;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Packaging;

/// <summary>What is shipped beside the program, checked by the programs that will read it.</summary>
public class PackagingTests
{
    private static readonly string Folder = Repository.At("packaging");

    [Theory]
    [InlineData("check", "rules", "guestclock-alerts.yaml")]
    [InlineData("test", "rules", "guestclock-alerts.test.yaml")]
    public void Promtool_accepts_the_alert_rules(params string[] arguments)
    {
        var (exitCode, text) = Of("/usr/bin/promtool", "prometheus", arguments);
        Assert.True(exitCode == 0, text);
    }

    [Fact]
    public void Every_alert_is_tested()
    {
        var tests = File.ReadAllText(Path.Combine(Folder, "guestclock-alerts.test.yaml"));
        var alerts = File.ReadLines(Path.Combine(Folder, "guestclock-alerts.yaml")).Where(l => l.Contains("- alert: ", StringComparison.Ordinal)).Select(l => l.Split(": ")[1]).ToList();
        Assert.NotEmpty(alerts);
        Assert.All(alerts, a => Assert.Contains($"alertname: {a}\n", tests, StringComparison.Ordinal));
    }

    [Fact]
    public void Systemd_understands_the_unit_and_finds_it_confined()
    {
        var copy = Directory.CreateTempSubdirectory("gc-");
        try
        {
            var unit = Path.Combine(copy.FullName, "guestclock-watch.service");
            File.WriteAllText(unit, File.ReadAllText(Path.Combine(Folder, "guestclock-watch.service")).Replace("/usr/bin/guestclock", "/bin/true", StringComparison.Ordinal));
            var (exitCode, text) = Of("/usr/bin/systemd-analyze", "systemd", "verify", "--man=no", unit);
            Assert.True(exitCode == 0 && !text.Contains("guestclock-watch.service", StringComparison.Ordinal), text);
            (exitCode, text) = Of("/usr/bin/systemd-analyze", "systemd", "security", "--offline=true", "--threshold=30", unit);
            Assert.True(exitCode == 0, text);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    private static (int ExitCode, string Text) Of(string program, string package, params string[] arguments)
    {
        if (!File.Exists(program))
            Assert.Skip($"needs the package {package}");
        using var process = Process.Start(new ProcessStartInfo("timeout", ["60", program, .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}

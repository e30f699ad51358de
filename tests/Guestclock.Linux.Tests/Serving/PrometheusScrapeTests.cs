using System.Diagnostics;
using System.Globalization;
using System.Net;
using Guestclock.Linux.Serving;

namespace Guestclock.Linux.Tests.Serving;

/// <summary>A real Prometheus reads our page.</summary>
public sealed class PrometheusScrapeTests : IDisposable
{
    private const string Program = "/usr/bin/prometheus";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gc-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_real_prometheus_scrapes_the_page()
    {
        if (!File.Exists(Program))
            Assert.Skip("needs the package prometheus");
        await using var responder = HttpResponder.Start(new(IPAddress.Loopback, 0), path =>
            path == "/metrics" ? new(200, HttpAnswer.Metrics, "# TYPE guestclock_guest_offset_seconds gauge\nguestclock_guest_offset_seconds{guest=\"a\"} -0.0125\n") : null);
        var port = FreePort();
        var config = Path.Combine(_folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: { scrape_interval: 1s }
            scrape_configs:
              - job_name: guestclock
                static_configs: [ { targets: ["{{responder.Address}}"] } ]
            """);
        using var prometheus = Process.Start(new ProcessStartInfo("timeout", ["120", Program, $"--config.file={config}", $"--storage.tsdb.path={_folder.FullName}/data",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"), "--log.level=error"])
        {
            UseShellExecute = false,
        })!;
        try
        {
            Assert.Contains("-0.0125", await AskAsync(port, "guestclock_guest_offset_seconds"), StringComparison.Ordinal);
            Assert.Contains("\"1\"", await AskAsync(port, "up"), StringComparison.Ordinal);
        }
        finally
        {
            prometheus.Kill(entireProcessTree: true);
            await prometheus.WaitForExitAsync();
        }
    }

    /// <summary>The answer to a query once it has a value.</summary>
    private static async Task<string> AskAsync(int port, string query)
    {
        using var client = new HttpClient { BaseAddress = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(100))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(40), "prometheus saw nothing");
            try
            {
                if (await client.GetStringAsync($"/api/v1/query?query={query}") is var text && text.Contains("\"value\"", StringComparison.Ordinal))
                    return text;
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Guestclock.Lab.Hosts;

namespace Guestclock.EndToEnd.Recovery;

/// <summary>The published binary as a daemon: <c>guestclock watch</c>, its lines, its doors. It dies with this process, too.</summary>
internal sealed class WatchProcess : IAsyncDisposable
{
    // As the lab's leash, and it tells the process id first of all.
    private const string Leash = """
        exec 3<&0
        "$@" 3<&- </dev/null &
        program=$!
        echo "$program" >&2
        { cat <&3; kill -KILL "$program"; } >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$program"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly WorkFolder _folder = WorkFolder.Create("gcw-");
    private readonly Process _leash;
    private readonly List<JsonElement> _lines = [];
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly SemaphoreSlim _more = new(0);
    private readonly TaskCompletionSource<int> _id = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _read;

    private WatchProcess(IEnumerable<string> program, IEnumerable<string> settings)
    {
        string[] own = ["watch", "--status-socket", StatusSocket, "--host-unsynchronized", "warn", "--within", "100ms"];
        var start = new ProcessStartInfo("/bin/sh", ["-c", Leash, "sh", .. program, .. own, .. settings])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _leash = Process.Start(start)!;
        _leash.OutputDataReceived += (_, e) => Take(e.Data);
        _leash.ErrorDataReceived += (_, e) => TakeComplaint(e.Data);
        _leash.BeginOutputReadLine();
        _leash.BeginErrorReadLine();
    }

    /// <summary>Where status is asked.</summary>
    public string StatusSocket => Path.Combine(_folder.Path, "status");

    public string Complaints => string.Join('\n', _complaints);

    /// <summary>Everything that it has told so far, for a test that failed.</summary>
    public string Told
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines.Select(l => l.GetRawText())) + "\n" + Complaints;
        }
    }

    /// <param name="settings">Flags of watch, besides those for a machine that nobody synchronises and that has other work.</param>
    public static WatchProcess Start(params string[] settings) => new([Binary.Path], settings);

    /// <summary>As <see cref="Start"/>, with an output that takes nothing.</summary>
    public static WatchProcess StartOnFullDisk(params string[] settings) => new(["/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/full", Binary.Path], settings);

    /// <summary>The next line of which that is true; what comes before it is passed over.</summary>
    /// <param name="what">For the sentence that says that it did not come.</param>
    public async Task<JsonElement> UntilAsync(string what, Predicate<JsonElement> isIt)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            lock (_lines)
            {
                while (_read < _lines.Count)
                {
                    var line = _lines[_read++];
                    if (isIt(line))
                        return line;
                }
            }

            if (clock.Elapsed > Limit || _leash.HasExited)
                Assert.Fail($"the watch did not tell {what} within {clock.Elapsed.TotalSeconds:0} s; it told\n{Told}");
            await _more.WaitAsync(200);
        }
    }

    /// <summary>The next line of an event.</summary>
    public Task<JsonElement> EventAsync(string name) => UntilAsync($"event {name}", l => Json.Text(l, "kind") == "guest-event" && Json.Text(l, "event") == name);

    /// <summary>The next recovery with that outcome.</summary>
    public Task<JsonElement> RecoveryAsync(string outcome, string? trigger = null) => UntilAsync(
        $"recovery {outcome} {trigger}",
        l => Json.Text(l, "kind") == "recovery" && Json.Text(l, "outcome") == outcome && (trigger is null || Json.Text(l, "trigger") == trigger));

    /// <summary>The next recovery that ended well, whether anything was to be done or not.</summary>
    public Task<JsonElement> RightAsync(string? trigger = null) => UntilAsync(
        $"a guest that is right, {trigger}",
        l => Json.Text(l, "kind") == "recovery" && Json.Text(l, "outcome") is "recovered" or "in-time" && (trigger is null || Json.Text(l, "trigger") == trigger));

    /// <summary>What it says of itself; its exit code follows the host and the guests.</summary>
    public async Task<JsonElement> StatusAsync()
    {
        var outcome = (await Binary.RunAsync(["watch", "status", "--format", "json", "--socket", StatusSocket])).Ends(0, 1, 2);
        using var document = JsonDocument.Parse(outcome.Out);
        return document.RootElement.Clone();
    }

    /// <summary>The first status of which that is true.</summary>
    public async Task<JsonElement> StatusUntilAsync(string what, Predicate<JsonElement> isIt)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            var status = File.Exists(StatusSocket) ? await StatusAsync() : default;
            if (status.ValueKind != JsonValueKind.Undefined && isIt(status))
                return status;
            Assert.True(clock.Elapsed < Limit, $"no status {what}: {status}");
        }
    }

    /// <summary>The page /metrics; the watch was told to listen.</summary>
    public async Task<string> MetricsAsync()
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(_complaints.First(c => c.Contains("/metrics", StringComparison.Ordinal)).Split(' ')[^1]));
    }

    public async Task SignalAsync(string name) =>
        (await Binary.RunProgramAsync("/bin/kill", ["-" + name, (await IdAsync()).ToString(CultureInfo.InvariantCulture)])).Ends(0);

    /// <summary>Its process id.</summary>
    public Task<int> IdAsync() => _id.Task.WaitAsync(Limit);

    /// <summary>Asks it to end; returns its exit code and how long it took.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> StopAsync()
    {
        var clock = Stopwatch.StartNew();
        await SignalAsync("TERM");
        await _leash.WaitForExitAsync().WaitAsync(Limit);
        return (_leash.ExitCode, clock.Elapsed);
    }

    public async ValueTask DisposeAsync()
    {
        _leash.StandardInput.Close();
        await _leash.WaitForExitAsync().WaitAsync(Limit);
        _leash.Dispose();
        _more.Dispose();
        await _folder.DisposeAsync();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        using var document = JsonDocument.Parse(line);
        lock (_lines)
            _lines.Add(document.RootElement.Clone());
        _more.Release();
    }

    private void TakeComplaint(string? line)
    {
        if (line is not null && !_id.Task.IsCompleted)
            _id.SetResult(int.Parse(line, CultureInfo.InvariantCulture));
        else if (line is not null)
            _complaints.Enqueue(line);
    }
}

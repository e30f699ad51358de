using System.Diagnostics;
using System.Text;
using Guestclock.Linux.Agents;
using Guestclock.Linux.Qmp;
using Guestclock.Protocols.Qmp;

namespace Guestclock.Linux.Tests.Qmp;

/// <summary>With real QEMU processes.</summary>
public sealed class QmpConnectionTests : IDisposable
{
    private readonly TempTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public async Task Events_come_in_their_order_with_our_time()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S");
        await using var connection = await qemu.ConnectAsync();
        Assert.True(connection.Greeting.Major >= 5, connection.Greeting.ToString());
        Assert.Equal("prelaunch", (await connection.ExecuteAsync("query-status")).Text("status"));

        var before = HostClock.Instance.MonotonicNs;
        await connection.ExecuteAsync("cont");
        await connection.ExecuteAsync("stop");
        await connection.ExecuteAsync("system_reset");
        await connection.ExecuteAsync("cont");
        var after = HostClock.Instance.MonotonicNs;

        var events = await TakeAsync(connection, 4);
        Assert.Equal(["RESUME", "STOP", "RESET", "RESUME"], events.Select(e => e.Name));
        Assert.All(events, e => Assert.InRange(e.MonotonicNs, before, after));
        Assert.Equal(events.Select(e => e.MonotonicNs).Order(), events.Select(e => e.MonotonicNs));
    }

    [Fact]
    public async Task Answers_find_their_questions_though_events_come_between()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S", "-name", "one");
        await using var connection = await qemu.ConnectAsync();
        var questions = Enumerable.Range(0, 200).Select(async n => (n % 4) switch
        {
            0 => (await connection.ExecuteAsync("cont")).ValueKind.ToString() == "Object",
            1 => (await connection.ExecuteAsync("stop")).ValueKind.ToString() == "Object",
            2 => (await connection.ExecuteAsync("query-name")).Text("name") == "one",
            _ => (await connection.ExecuteAsync("query-status")).Member("running").ValueKind.ToString() is "True" or "False",
        });
        Assert.DoesNotContain(false, await Task.WhenAll(questions));
    }

    [Fact]
    public async Task A_refusal_has_QEMUs_class_and_words()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S");
        await using var connection = await qemu.ConnectAsync();
        var refused = await Assert.ThrowsAsync<QmpException>(() => connection.ExecuteAsync("no-such-thing"));
        Assert.Equal((QmpProblem.CommandFailed, "CommandNotFound", "The command no-such-thing has not been found"), (refused.Problem, refused.Class, refused.Description));
        Assert.Equal($"{qemu.Monitor}: no-such-thing: The command no-such-thing has not been found", refused.Message);
    }

    [Fact]
    public async Task A_QEMU_that_is_killed_closes_the_connection_and_fails_what_waits()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S");
        await using var connection = await qemu.ConnectAsync();
        qemu.Signal("STOP");
        var waits = connection.ExecuteAsync("query-status");
        qemu.Kill();
        Assert.Equal(QmpProblem.HungUp, (await Assert.ThrowsAsync<QmpException>(() => waits)).Problem);
        await connection.Closed.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(QmpProblem.HungUp, connection.ClosedBecause?.Problem);
        Assert.Equal(QmpProblem.HungUp, (await Assert.ThrowsAsync<QmpException>(() => connection.ExecuteAsync("stop"))).Problem);
        Assert.Equal(QmpProblem.Refused, (await Refused(qemu.Monitor)).Problem);
    }

    [Fact]
    public async Task A_QEMU_that_hangs_ends_the_question_not_the_connection()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S");
        await using var connection = await qemu.ConnectAsync();
        qemu.Signal("STOP");
        var late = await Assert.ThrowsAsync<QmpException>(() => connection.ExecuteAsync("query-name", limit: TimeSpan.FromMilliseconds(100)));
        Assert.Equal($"{qemu.Monitor}: QEMU did not answer query-name within 0.1 s", late.Message);
        qemu.Signal("CONT");
        Assert.Equal("prelaunch", (await connection.ExecuteAsync("query-status")).Text("status"));
    }

    [Fact]
    public async Task A_monitor_serves_one_client_and_then_the_one_that_waited()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), "-S");
        var first = await qemu.ConnectAsync();
        Assert.Contains("another client holds this monitor", (await Refused(qemu.Monitor)).Message, StringComparison.Ordinal);
        var second = QmpConnection.ConnectAsync(qemu.Monitor, Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        Assert.Null(first.ClosedBecause);
        await using var served = await second.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("prelaunch", (await served.ExecuteAsync("query-status")).Text("status"));
    }

    [Theory]
    [InlineData("", false, QmpProblem.Silent)]
    [InlineData("220 mail.example.net ESMTP\r\n", false, QmpProblem.Foreign)]
    [InlineData("\0\u0001\u0002\n", false, QmpProblem.Foreign)]
    [InlineData("{\"return\": {}}\n", false, QmpProblem.Foreign)]
    [InlineData("{\"event\": \"STOP\"}\n", false, QmpProblem.Foreign)]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", true, QmpProblem.Foreign)]
    [InlineData("{\"QMP\": {}}\n", false, QmpProblem.Silent)]
    public async Task What_is_no_QEMU_is_refused_in_one_sentence(string says, bool endless, QmpProblem problem)
    {
        var path = _tree.At("other");
        using var other = new FakeListener(path, Encoding.UTF8.GetBytes(says), endless);
        var refused = await Refused(path, endless ? 30 : 0.3);
        Assert.Equal(problem, refused.Problem);
        Assert.StartsWith(path + ": ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_hangs_up_says_so()
    {
        using var other = new FakeListener(_tree.At("other"), Encoding.UTF8.GetBytes("{\"QM"), hangsUp: true);
        Assert.Equal(QmpProblem.HungUp, (await Refused(_tree.At("other"), 30)).Problem);
    }

    [Fact]
    public async Task Without_a_socket_it_says_what_is_there_instead()
    {
        Assert.Equal(QmpProblem.Missing, (await Refused(_tree.At("nothing"))).Problem);
        _tree.File("file");
        Assert.Equal(QmpProblem.Refused, (await Refused(_tree.At("file"))).Problem);
        Assert.Contains("107 bytes", (await Refused(_tree.At(new string('x', 200)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vital_events_are_kept_when_others_flood_and_end_the_connection_when_they_flood()
    {
        var flood = string.Concat(Enumerable.Range(0, 1000).Select(_ => "{\"event\": \"RTC_CHANGE\", \"data\": {\"offset\": 1}}\n"));
        using var other = new FakeListener(_tree.At("other"), "{\"QMP\": {}}\n"u8.ToArray(), then: Encoding.UTF8.GetBytes(
            "{\"return\": {}, \"id\": 1}\n" + flood + "{\"event\": \"STOP\"}\n" + flood + "{\"event\": \"RESUME\"}\n"));
        await using var connection = await QmpConnection.ConnectAsync(_tree.At("other"), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var events = new List<string>();
        while (!events.Contains("RESUME"))
            events.Add((await TakeAsync(connection, 1))[0].Name);
        Assert.Equal(["STOP", "RESUME"], events.Where(e => e != "RTC_CHANGE"));
        Assert.InRange(events.Count, 3, 1000);

        using var worse = new FakeListener(_tree.At("worse"), "{\"QMP\": {}}\n"u8.ToArray(), then: Encoding.UTF8.GetBytes(
            "{\"return\": {}, \"id\": 1}\n" + string.Concat(Enumerable.Range(0, 2000).Select(_ => "{\"event\": \"STOP\"}\n"))));
        await using var overrun = await QmpConnection.ConnectAsync(_tree.At("worse"), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await overrun.Closed;
        Assert.Equal(QmpProblem.Overrun, overrun.ClosedBecause?.Problem);
    }

    [Fact]
    public async Task Fifty_at_once()
    {
        Assert.SkipUnless(Qemu.IsInstalled, Qemu.NotInstalled);
        using var qemu = new Qemu(_tree.At("vm"), ["-S", .. Enumerable.Range(0, 50).SelectMany(n => new[] { "-qmp", $"unix:{_tree.At("vm")}/m{n},server=on,wait=off" })]);
        var connections = await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Qemu.ConnectAsync($"{qemu.Folder}/m{n}")));
        await qemu.DoAsync("cont", "stop");
        foreach (var connection in connections)
        {
            Assert.Equal(["RESUME", "STOP"], (await TakeAsync(connection, 2)).Select(e => e.Name));
            await connection.DisposeAsync();
        }
    }

    private static async Task<QmpException> Refused(string path, double limitSeconds = 0.3)
    {
        var started = Stopwatch.GetTimestamp();
        var refused = await Assert.ThrowsAsync<QmpException>(() => QmpConnection.ConnectAsync(path, TimeSpan.FromSeconds(limitSeconds), TestContext.Current.CancellationToken));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(limitSeconds + 10));
        return refused;
    }

    private static async Task<List<QmpEvent>> TakeAsync(QmpConnection connection, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var events = new List<QmpEvent>();
        while (events.Count < count)
            events.Add(await connection.Events.ReadAsync(limit.Token));
        return events;
    }
}

using System.Text.Json;
using Guestclock.Cli.Commands;
using Guestclock.Discipline.Watch;
using Guestclock.Testing;

namespace Guestclock.Cli.Tests.Commands;

/// <summary>sync with a simulated agent on a real socket.</summary>
public sealed class SyncTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-sync-").FullName;

    private string Socket => Path.Combine(_folder, "agent");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CommandContext Trusted(CommandContext context) => context with { JudgeHost = () => HostSanity.Synchronized(2_000_000, "chronyd, stratum 3, 192.0.2.1") };

    private static CommandContext Untrusted(CommandContext context) => context with { JudgeHost = () => HostSanity.NotSynchronized("no source") };

    private static void HoldsToSchema(string text)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "sync.schema.json")));
        using var json = JsonDocument.Parse(text);
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json.RootElement));
    }

    [Fact]
    public async Task A_recovery_is_told_as_text_and_as_JSON_that_holds_to_its_schema()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20_000_000_000, Manners = AgentManners.Good };
        var json = Run.In(Trusted, "sync", "--agent", Socket, "--format", "json").Ends(0);
        HoldsToSchema(json.Out);
        Assert.Contains("\"outcome\": \"recovered\"", json.Out, StringComparison.Ordinal);
        Assert.Empty(json.Error);
        var text = Run.In(Trusted, "sync", "--agent", Socket).Ends(0);
        Assert.StartsWith($"{Socket}: right already\n", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_has_its_sentence_and_hint_in_JSON_and_letters_as_themselves()
    {
        var run = Run.In(Trusted, "sync", "--agent", Socket, "--format", "json").Ends(ExitCodes.Unknown);
        HoldsToSchema(run.Out);
        Assert.Contains("\"hint\": \"Look at 'virsh list'", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_synchronised_is_warned_of_and_its_time_set_all_the_same()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20_000_000_000 };
        var run = Run.In(Untrusted, "sync", "--agent", Socket).Ends(0);
        Assert.Equal("guestclock: this host's own clock is not synchronised, and the guests follow it: no source; 'guestclock check' says what to do\n", run.Error);
        Assert.InRange(agent.OffsetNs, -10_000_000, 10_000_000);
    }

    [Fact]
    public async Task A_host_that_must_be_synchronised_and_is_not_tells_no_guest_the_time()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20_000_000_000 };
        var run = Run.In(Untrusted, "sync", "--agent", Socket, "--require-synchronized-host", "--format", "json").Ends(ExitCodes.Critical);
        HoldsToSchema(run.Out);
        Assert.Contains("\"host-not-synchronized\"", run.Out, StringComparison.Ordinal);
        Assert.Equal(0, agent.Sets);
        run = Run.In(Untrusted, "sync", "--agent", Socket, "--require-synchronized-host").Ends(ExitCodes.Critical);
        Assert.Contains("because    no source\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_takes_long_is_shown_on_a_terminal_and_leaves_no_trace()
    {
        await using var agent = new SimulatedAgent(Socket) { OffsetNs = -20_000_000_000, SetTakes = TimeSpan.FromSeconds(1.5) };
        var run = Run.In(c => Trusted(c) with { Terminal = new(80, false, true, TimeProvider.System) }, "sync", "--agent", Socket).Ends(0);
        Assert.Contains($"waiting for {Socket}: 1 s", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_socket_is_called_so()
    {
        File.WriteAllText(Socket, "");
        Assert.Contains($"{Socket} is no socket", Run.In(Trusted, "sync", "--agent", Socket).Ends(ExitCodes.Unknown).Out.ReplaceLineEndings(" ").Replace("             ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--agent", "")]
    [InlineData("--agent", "/nonexistent", "--prover", "")]
    [InlineData("--domain", "")]
    [InlineData("--domain", "web", "--prover", "/nonexistent")]
    [InlineData("--agent", "/nonexistent", "--within", "0ms")]
    [InlineData("--agent", "/nonexistent", "--within", "5")]
    [InlineData("--agent", "/nonexistent", "--timeout", "-1s")]
    [InlineData("--agent", "/nonexistent", "--agent", "/nonexistent")]
    public void A_wrong_command_line_is_one_sentence_and_64(params string[] options)
    {
        var run = Run.In(Trusted, ["sync", .. options]).Ends(ExitCodes.Usage);
        Assert.StartsWith("guestclock: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }
}

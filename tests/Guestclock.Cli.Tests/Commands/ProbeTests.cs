using System.Text.Json;
using Guestclock.Checks;
using Guestclock.Cli.Trials;
using Guestclock.Facts;
using Guestclock.Judging;
using Guestclock.Json;
using Guestclock.Linux.Kvm;
using Guestclock.Reports.Trials;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Cli.Tests.Commands;

public sealed class ProbeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guestclock-probe-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Run Probe(KvmEvidence evidence, params string[] options) => Run.In(c => c with { Probe = (_, _, _, _) => evidence }, ["probe", .. options]);

    private static JsonElement HoldsToSchema(string text)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "probe.schema.json")));
        var json = JsonDocument.Parse(text).RootElement;
        Assert.Empty(JsonSchema.Problems(schema.RootElement, json));
        return json;
    }

    [Fact]
    public void The_exit_code_is_that_of_the_worst_property()
    {
        Assert.StartsWith("OK  ", Probe(SomeKvm.Sound).Ends(ExitCodes.Ok).Out, StringComparison.Ordinal);
        Assert.StartsWith("WARNING  ", Probe(SomeKvm.Unstable()).Ends(ExitCodes.Warning).Out, StringComparison.Ordinal);
        var backwards = SomeKvm.Sound with { Warp = SomeKvm.Sound.Warp.Then(w => w with { WorstTscStep = 300 }) };
        Assert.StartsWith("CRITICAL  the TSC goes back by up to 300 cycles between vCPUs.\n", Probe(backwards).Ends(ExitCodes.Critical).Out, StringComparison.Ordinal);
        Assert.StartsWith("UNKNOWN  this user may not open /dev/kvm", Probe(SomeKvm.Without(FactState.Denied, "/dev/kvm: Permission denied")).Ends(ExitCodes.Unknown).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_moves_the_thresholds()
    {
        var policy = Path.Combine(_folder, "policy.yaml");
        File.WriteAllText(policy, "thresholds:\n  offset-warning: 50ms\n");
        var late = SomeKvm.Sound with { WallClock = SomeKvm.Sound.WallClock.Then(w => w with { OffsetNs = -20_000_000 }) };
        Probe(late).Ends(ExitCodes.Warning);
        Probe(late, "--policy", policy).Ends(ExitCodes.Ok);
    }

    /// <summary>On this machine's own KVM, where there is one that this user may use.</summary>
    [Fact]
    public void Seen_by_guests_on_this_machine_it_is_told_and_can_be_kept()
    {
        Assert.SkipUnless(CanOpen(KvmEvidence.DefaultDevice), $"needs a {KvmEvidence.DefaultDevice} that this user may use");
        var run = Run.In(c => c with { Terminal = c.Terminal with { ErrorIsTerminal = true } }, "probe", "--format", "json");
        var json = HoldsToSchema(run.Out);
        var status = KebabName.Find<VerdictStatus>(json.GetProperty("verdict").GetProperty("status").GetString());
        Assert.Equal((int)status!, run.ExitCode);
        Assert.Equal("pass", json.GetProperty("trials")[0].GetProperty("status").GetString());
        Assert.Equal(status, ProbeReport.Of(ProbeReader.Read(run.Out).Evidence, Policy.Default).Verdict.Status);
        Assert.Contains("\r\u001b[Kcomparing the clocks of vCPUs", run.Error, StringComparison.Ordinal);
        Assert.EndsWith("\r\u001b[K", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_ended_before_it_began_says_so_and_still_knows_the_host()
    {
        var evidence = HostProbe.Run(KvmEvidence.DefaultDevice, TimeSpan.FromSeconds(8), new Progress<string>(), new CancellationToken(canceled: true));
        Assert.True(evidence.Host.KernelRelease.IsKnown);
        Assert.False(evidence.Warp.IsKnown);
        Probe(evidence).Ends(ExitCodes.Unknown);
    }

    [Theory]
    [InlineData("/dev/null", "/dev/null is not KVM's device: give that, usually /dev/kvm")]
    [InlineData("/nonexistent/kvm", "there is no /nonexistent/kvm: give KVM's device, usually /dev/kvm")]
    [InlineData("/proc", "/proc could not be asked")]
    [InlineData("/etc/passwd", "/etc/passwd ")]
    public void What_is_no_KVM_is_one_sentence_and_what_could_be_learnt(string device, string says)
    {
        var run = Run.Of("probe", "--device", device).Ends(ExitCodes.Unknown);
        Assert.StartsWith($"UNKNOWN  {says}", run.Out, StringComparison.Ordinal);
        Assert.Contains("host-clock-source", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Out.Split('\n'), l => l.Length > 80);
        Assert.Empty(run.Error);
        HoldsToSchema(Run.Of("probe", "--device", device, "--format", "json").Ends(ExitCodes.Unknown).Out);
    }

    [Theory]
    [InlineData("probe --device", "--device needs a value")]
    [InlineData("probe --limit 10ms", "--limit 10.0 ms: give a duration from 1s to 1h")]
    [InlineData("probe --format xml", "--format xml: must be one of text, json")]
    [InlineData("probe --policy /nonexistent", "/nonexistent")]
    [InlineData("probe now", "'now' is one word too many")]
    public void A_wrong_command_line_is_one_sentence_and_64(string line, string says) =>
        Assert.Contains(says, Run.Of(line.Split(' ')).Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public void An_empty_path_is_no_device() => Assert.Contains("--device needs the path", Run.Of("probe", "--device", "").Ends(ExitCodes.Usage).Error, StringComparison.Ordinal);

    [Fact]
    public void The_group_of_a_device_is_named()
    {
        var file = Path.Combine(_folder, "kvm");
        File.WriteAllText(file, "");
        Assert.True(KvmHost.GroupOf(file).IsKnown);
        Assert.Equal("root", KvmHost.GroupOf("/dev/null").Value);
        Assert.Equal(FactState.Missing, KvmHost.GroupOf(Path.Combine(_folder, "none")).State);
    }

    private static bool CanOpen(string device)
    {
        try
        {
            File.Open(device, FileMode.Open, FileAccess.ReadWrite).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

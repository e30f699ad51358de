using System.Text.Json;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Formats;
using Guestclock.Reports;
using Guestclock.Reports.Trials;
using Guestclock.Testing;
using Guestclock.Trials.Kvm.Evidence;

namespace Guestclock.Tests.Reports.Trials;

/// <summary>The file that is kept of a host: its schema, and that it suffices to judge again.</summary>
public class ProbeJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, 250, TimeSpan.Zero);

    public static TheoryData<string> Names => [.. Evidences.Keys];

    private static Dictionary<string, KvmEvidence> Evidences { get; } = new(StringComparer.Ordinal)
    {
        ["sound"] = SomeKvm.Sound,
        ["unstable"] = SomeKvm.Unstable() with { ClockPairing = Some.Known(new PairingEvidence(PairingOutcome.NeverReturned, null, null, null, "vmcall")) },
        ["denied"] = SomeKvm.Without(FactState.Denied, "/dev/kvm: Permission denied"),
        ["nothing"] = new(),
        ["odd numbers"] = SomeKvm.Sound with { Rate = SomeKvm.Sound.Rate.Then(r => r with { ErrorPpb = double.NaN, BoundPpb = double.PositiveInfinity }) },
    };

    private static string Written(KvmEvidence evidence)
    {
        using var output = new StringWriter();
        ProbeJson.Write(ProbeReport.Of(evidence, Policy.Default) with { Remarks = ["It was interrupted"] }, evidence, "0.1.0", At, output);
        return output.ToString();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_holds_to_its_schema(string name)
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Repository.At("docs", "probe.schema.json")));
        using var json = JsonDocument.Parse(Written(Evidences[name]));
        Assert.Equal(name == "odd numbers" ? ["$.evidence.rate.value.errorPpb is string, not number", "$.evidence.rate.value.boundPpb is string, not number"] : [],
            JsonSchema.Problems(schema.RootElement, json.RootElement));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_kept_is_judged_as_it_was(string name)
    {
        var text = Written(Evidences[name]);
        var kept = ProbeReader.Read(text);
        Assert.Equal((At, "0.1.0"), (kept.TakenAt, kept.Version));
        Assert.Equal(text, Written(kept.Evidence));
    }

    [Theory]
    [InlineData("", "JSON as guestclock wrote it")]
    [InlineData("[]", "schema")]
    [InlineData("{}", "schema")]
    [InlineData("""{"schema":"guestclock.report/1"}""", "guestclock.report/1")]
    [InlineData("""{"schema":"guestclock.probe/1","takenAt":"2026-11-21T12:00:00.250Z"}""", "evidence")]
    [InlineData("""{"schema":"guestclock.probe/1","evidence":{}}""", "time")]
    public void What_is_no_such_file_is_refused_in_a_sentence(string text, string says) =>
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => ProbeReader.Read(text)).Message, StringComparison.Ordinal);

    /// <summary>The evidence of a sound host in which a part is another; the part is to be found there.</summary>
    [Theory]
    [InlineData("\"device\": \"/dev/kvm\"", "\"device\": null", "evidence.device")]
    [InlineData("\"host\": {", "\"house\": {", "evidence.host")]
    [InlineData("\"warp\": {", "\"warp\": null, \"wrap\": {", "evidence.warp")]
    [InlineData("\"clockPairing\": {\n      \"state\": \"known\"", "\"clockPairing\": {\n      \"state\": 0", "the state of evidence.clockPairing")]
    [InlineData("\"tscScaling\": {\n        \"state\": \"known\",", "\"tscScaling\": {", "the state of evidence.kvm.tscScaling")]
    [InlineData("\"value\": \"host1\"", "\"value\": null", "a value of evidence.host.hostname")]
    [InlineData("\"value\": \"host1\"", "\"value\": 1", "JSON")]
    [InlineData("\"cpus\": [", "\"cpu\": [", "CPUs")]
    [InlineData("\"detail\": \"vmcall", "\"details\": \"vmcall", "the detail")]
    [InlineData("\"kvm_intel\"\n", "null\n", "whole entries of evidence.host.loadedModules")]
    public void A_gap_is_refused_and_named(string part, string other, string says)
    {
        var text = Written(SomeKvm.Sound);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Contains(says, Assert.Throws<MalformedInputException>(() => ProbeReader.Read(text.Replace(part, other, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_all_measure_is_refused() => Assert.Throws<MalformedInputException>(() => ProbeReader.Read(new string(' ', 2 << 20)));

    [Fact]
    public void Whatever_a_file_holds_it_is_refused_or_judged_and_told()
    {
        string[] samples = [.. Evidences.Values.Select(Written), .. Evidences.Values.Select(Written).Select(t => t.Replace("2596120", "9223372036854775807", StringComparison.Ordinal))];
        Fuzz.Text(samples, text =>
        {
            var evidence = ProbeReader.Read(text).Evidence;
            using var output = new StringWriter();
            TrialText.Write(ProbeReport.Of(evidence, Policy.Default), output, TextLayout.Plain, verbose: true);
            ProbeReader.Read(Written(evidence));
        });
    }
}

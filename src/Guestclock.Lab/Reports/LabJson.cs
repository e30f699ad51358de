using System.Text.Json;
using System.Text.Json.Serialization;
using Guestclock.Discipline;
using Guestclock.Lab.Results;

namespace Guestclock.Lab.Reports;

/// <summary>The lab's result for programs, schema <c>guestclock.lab/1</c> (docs/lab.schema.json). Names and their meaning are frozen.</summary>
public static class LabJson
{
    public const string Schema = "guestclock.lab/1";

    public static void Write(LabReport report, TextWriter output)
    {
        var s = report.Setting;
        var document = new LabDocument(
            Schema,
            new("guestclock", s.Version),
            s.TakenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            s.Command,
            s.Accelerator,
            s.AcceleratorReason,
            s.Kernel,
            s.Qemu,
            S(s.ErrorNs),
            S(s.ObserveNs),
            S(s.PatienceNs),
            !report.IsInterrupted,
            report.Cells.Select(Cell).ToList(),
            report.Cells.SelectMany(c => c.Runs).Select(Run).ToList(),
            report.LeftOut.Select(l => new LeftOutDocument(l.Scenario, l.Method, l.Reason)).ToList());
        output.WriteLine(JsonSerializer.Serialize(document, LabJsonContext.Default.LabDocument));
    }

    private static CellDocument Cell(CellResult c) => new(
        c.Scenario, c.Method, c.DoneRuns, S(c.TimeTo100Ns), S(c.TimeTo10Ns), S(c.TimeTo1Ns), Ms(c.WorstErrorNs), Ms(c.ResidualNs), Ms(c.RefereeBoundNs),
        Ms(c.ClaimedResidualNs), Ms(c.ClaimedBoundNs), S(c.ProofNs), S(c.WatchedNs), c.BrokenClaims);

    private static RunDocument Run(RunResult r) => new(
        r.Scenario, r.Method, r.Number, r.Failure, S(r.TimeTo100Ns), S(r.TimeTo10Ns), S(r.TimeTo1Ns), Ms(r.Worst?.OffsetNs), Ms(r.Before), Ms(r.Residual?.OffsetNs),
        Ms(r.Bound?.MedianNs), Ms(r.Bound?.WorstNs), Ms(r.Claim.ResidualNs), Ms(r.Claim.BoundNs), S(r.Claim.ProofNs), r.ClaimHolds, r.Claim.Detail,
        S(r.WatchedNs), r.Samples.Count(s => s.SinceBreakNs >= 0), r.Missed);

    private static double? S(long? ns) => ns is { } value ? Math.Round(value / 1e9, 6) : null;

    private static double S(long ns) => Math.Round(ns / 1e9, 6);

    private static double? Ms(long? ns) => ns is { } value ? Math.Round(value / 1e6, 6) : null;

    private static double? Ms(ClockOffset? offset) => Ms(offset?.OffsetNs);
}

internal sealed record LabDocument(string Schema, LabToolDocument Tool, string TakenAt, string Command, string Accelerator, string AcceleratorReason, string Kernel, string Qemu,
    double ErrorS, double ObserveS, double PatienceS, bool Complete, IReadOnlyList<CellDocument> Cells, IReadOnlyList<RunDocument> Runs, IReadOnlyList<LeftOutDocument> LeftOut);

internal sealed record LabToolDocument(string Name, string Version);

internal sealed record CellDocument(string Scenario, string Method, int Runs, double? TimeTo100msS, double? TimeTo10msS, double? TimeTo1msS, double? WorstErrorMs,
    double? ResidualMs, double? RefereeBoundMs, double? ClaimedResidualMs, double? ClaimedBoundMs, double? ProofS, double WatchedS, int BrokenClaims);

internal sealed record RunDocument(string Scenario, string Method, int Run, string? Failure, double? TimeTo100msS, double? TimeTo10msS, double? TimeTo1msS,
    double? WorstErrorMs, double? ErrorBeforeMs, double? ResidualMs, double? RefereeBoundMs, double? RefereeWorstBoundMs, double? ClaimedResidualMs, double? ClaimedBoundMs,
    double? ProofS, bool? ClaimHolds, string ClaimDetail, double WatchedS, int Samples, int Missed);

internal sealed record LeftOutDocument(string Scenario, string Method, string Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LabDocument))]
internal sealed partial class LabJsonContext : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;
using Guestclock.Checks;
using Guestclock.Facts;
using Guestclock.Judging;

namespace Guestclock.Reports;

/// <summary>The report for programs, schema <c>guestclock.report/1</c> (docs/report.schema.json). Names and their meaning are frozen.</summary>
public static class JsonReport
{
    public const string Schema = "guestclock.report/1";

    public static void Write(Report report, TextWriter output)
    {
        var identity = report.Facts.Identity;
        var os = identity.Os.IsKnown ? identity.Os.Value : null;
        var document = new ReportDocument(
            Schema,
            new(Report.ToolName, report.ToolVersion),
            report.TakenAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            report.IsLive ? "live" : "root",
            new(
                identity.Hostname.Or(null!),
                new(os?.Id, os?.VersionId, os?.PrettyName),
                identity.KernelRelease.Or(null!),
                identity.Architecture.Or(null!),
                identity.Roles.Or([]),
                identity.Hypervisor.Or(Hypervisor.Unknown)),
            new(report.Verdict.Status, report.Verdict.FirstBroken?.Check.Id, report.Verdict.Summary),
            report.Judgement.Checks.Select(Entry).ToList(),
            report.Facts.Assumed.All.Select(a => new AssumedDocument(a.Key, a.Value)).ToList(),
            report.Judgement.StaleWaivers.Select(s => new WaiverDocument(s.Waiver.CheckId, s.Waiver.Reason, s.Waiver.Until.ToString("yyyy-MM-dd"), s.Why)).ToList());
        output.WriteLine(JsonSerializer.Serialize(document, ReportJson.Default.ReportDocument));
    }

    private static CheckDocument Entry(JudgedCheck judged)
    {
        var (check, finding) = (judged.Check, judged.Finding);
        return new(check.Id, check.Title, check.Group, judged.Link, finding.Status, finding.Summary,
            finding.Evidence.Select(e => new EvidenceDocument(e.Fact, e.Value, e.Source)).ToList(), finding.Reason,
            finding.Remedy is { } r ? new(r.Summary, r.Commands) : null, Report.PageOf(check));
    }
}

internal sealed record ReportDocument(string Schema, ToolDocument Tool, string TakenAt, string Source, MachineDocument Machine, VerdictDocument Verdict,
    IReadOnlyList<CheckDocument> Checks, IReadOnlyList<AssumedDocument> Assumed, IReadOnlyList<WaiverDocument> StaleWaivers);

internal sealed record ToolDocument(string Name, string Version);

internal sealed record MachineDocument(string? Hostname, OsDocument Os, string? Kernel, string? Architecture, IReadOnlyList<Role> Roles, Hypervisor Hypervisor);

internal sealed record OsDocument(string? Id, string? VersionId, string? PrettyName);

internal sealed record VerdictDocument(VerdictStatus Status, string? FirstBrokenLink, string Summary);

internal sealed record CheckDocument(string Id, string Title, CheckGroup Group, ChainLink Link, CheckStatus Status, string Summary,
    IReadOnlyList<EvidenceDocument> Evidence, string? Reason, RemedyDocument? Remedy, string Docs);

internal sealed record EvidenceDocument(string Fact, string Value, string Source);

internal sealed record RemedyDocument(string Summary, IReadOnlyList<string> Commands);

internal sealed record AssumedDocument(string Key, string Value);

internal sealed record WaiverDocument(string Check, string Reason, string Until, string Why);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ReportDocument))]
internal sealed partial class ReportJson : JsonSerializerContext;

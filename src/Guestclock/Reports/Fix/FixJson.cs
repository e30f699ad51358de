using System.Text.Json;
using Guestclock.Fixes.Steps;
using Guestclock.Json;
using Guestclock.Judging;

namespace Guestclock.Reports.Fix;

/// <summary>What <c>guestclock fix --format json</c> prints, schema <c>guestclock.fix/1</c> (docs/fix.schema.json). Names and their meaning are frozen.</summary>
public static class FixJson
{
    public const string Schema = "guestclock.fix/1";

    public static void Write(FixReport report, TextWriter output, SecretFilter secrets)
    {
        using var json = new Utf8JsonWriter(new TextStream(output), JsonStyle.Indented);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.WriteString("version", report.Version);
        json.WriteString("takenAt", report.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        json.WriteString("source", report.IsLive ? "live" : "root");
        json.WriteString("state", KebabName.Of(report.State));
        Steps(json, "steps", report.Plan.Steps, secrets);
        Steps(json, "deferred", report.Plan.Deferred, secrets);
        Findings(json, report);
        if (report.Run is { } run)
            RunJson.Write(json, "run", run);
        Verdict(json, "before", report.Before.Verdict);
        if (report.After is { } after)
            Verdict(json, "after", after.Verdict);
        json.WriteEndObject();
        json.Flush();
        output.WriteLine();
    }

    private static void Steps(Utf8JsonWriter json, string name, IReadOnlyList<FixStep> steps, SecretFilter secrets)
    {
        json.WriteStartArray(name);
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("kind", StepText.Kind(step));
            json.WriteString("phase", KebabName.Of(step.Phase));
            json.WriteString("effect", KebabName.Of(step.Effect));
            json.WriteString("risk", KebabName.Of(step.Risk));
            Own(json, step, secrets);
            json.WriteStartArray("reasons");
            foreach (var reason in step.Reasons)
            {
                json.WriteStartObject();
                json.WriteString("check", reason.CheckId);
                json.WriteString("text", Words.Plain(reason.Text));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Own(Utf8JsonWriter json, FixStep step, SecretFilter secrets)
    {
        switch (step)
        {
            case FileStep file:
                json.WriteString("path", file.Path);
                json.WriteBoolean("isNew", file.Before is null);
                json.WriteString("diff", string.Concat(StepText.Diff(file, secrets).Select(l => l + "\n")));
                break;
            case LinkStep link:
                json.WriteString("path", link.Path);
                From(json, link.Before, link.After);
                break;
            case ValueStep value:
                json.WriteString("path", value.Path);
                From(json, value.Before, value.After);
                break;
            case ModuleStep module:
                json.WriteString("module", module.Name);
                break;
            case ProgramStep program:
                json.WriteString("program", program.Program);
                Texts(json, "arguments", program.Arguments);
                Texts(json, "writes", program.Writes);
                break;
            case DomainStep domain:
                json.WriteString("uri", domain.Uri);
                json.WriteString("domain", domain.Name);
                json.WriteString("diff", string.Concat(StepText.Diff(domain, secrets).Select(l => l + "\n")));
                break;
        }
    }

    private static void From(Utf8JsonWriter json, string? before, string? after)
    {
        if (before is not null)
            json.WriteString("from", before);
        if (after is not null)
            json.WriteString("to", after);
    }

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Findings(Utf8JsonWriter json, FixReport report)
    {
        json.WriteStartArray("findings");
        foreach (var finding in report.Plan.Findings)
        {
            json.WriteStartObject();
            json.WriteString("check", finding.Judged.Check.Id);
            json.WriteString("status", KebabName.Of(finding.Judged.Finding.Status));
            json.WriteString("summary", Words.Plain(finding.Judged.Finding.Summary));
            Texts(json, "fixes", [.. finding.Fixes.Select(f => f.Name)]);
            json.WriteString("state", KebabName.Of(finding.State));
            json.WriteString("risk", KebabName.Of(finding.Risk));
            if (finding.Why is { } why)
                json.WriteString("why", Words.Plain(why));
            json.WriteStartArray("byHand");
            foreach (var hand in finding.ByHand)
            {
                json.WriteStartObject();
                json.WriteString("text", Words.Plain(hand.Sentence));
                Texts(json, "commands", hand.Commands);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (finding.WouldDo.Count > 0)
                Texts(json, "wouldDo", [.. finding.WouldDo.Select(s => Words.Plain(StepText.Title(s)))]);
            if (report.Of(finding) is { } aftermath)
            {
                json.WriteString("after", KebabName.Of(aftermath.State));
                if (aftermath.For is { } effect)
                    json.WriteString("waitsFor", KebabName.Of(effect));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Verdict(Utf8JsonWriter json, string name, Verdict verdict)
    {
        json.WriteStartObject(name);
        json.WriteString("status", KebabName.Of(verdict.Status));
        if (verdict.FirstBroken is { } broken)
            json.WriteString("firstBrokenLink", broken.Check.Id);
        json.WriteString("summary", Words.Plain(verdict.Summary));
        json.WriteEndObject();
    }
}

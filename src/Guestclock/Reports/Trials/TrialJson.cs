using System.Text.Json;
using Guestclock.Checks;
using Guestclock.Judging;
using Guestclock.Trials;

namespace Guestclock.Reports.Trials;

/// <summary>Members that the JSON of <c>probe</c> and <c>test</c> have in common. Names are frozen; what is not known is left out.</summary>
internal static class TrialJson
{
    /// <summary><c>verdict</c> and <c>trials</c>, in the object that is open.</summary>
    public static void Trials(this Utf8JsonWriter json, TrialReport report)
    {
        json.WriteStartObject("verdict");
        json.Name<VerdictStatus>("status", report.Verdict.Status);
        json.Text("worst", report.Verdict.Worst?.Id);
        json.Text("summary", report.Summary);
        json.WriteEndObject();
        json.WriteStartArray("trials");
        foreach (var trial in report.Trials)
            json.Trial(trial);
        json.WriteEndArray();
        json.WriteStartArray("remarks");
        foreach (var remark in report.Remarks)
            json.WriteStringValue(JsonMembers.Cut(remark));
        json.WriteEndArray();
    }

    private static void Trial(this Utf8JsonWriter json, JudgedTrial trial)
    {
        var finding = trial.Finding;
        json.WriteStartObject();
        json.WriteString("id", trial.Id);
        json.WriteString("title", trial.Title);
        json.Name<CheckStatus>("status", finding.Status);
        json.WriteString("summary", JsonMembers.Cut(finding.Summary));
        json.Text("reason", finding.Reason);
        json.WriteStartArray("figures");
        foreach (var figure in finding.Figures.Where(f => double.IsFinite(f.Value)))
            json.Figure(figure);
        json.WriteEndArray();
        json.WriteStartObject("means");
        json.Text("linux", finding.Means.Linux);
        json.Text("windows", finding.Means.Windows);
        json.Text("migration", finding.Means.Migration);
        json.WriteEndObject();
        json.Text("fix", finding.Fix);
        json.WriteEndObject();
    }

    private static void Figure(this Utf8JsonWriter json, Figure figure)
    {
        json.WriteStartObject();
        json.WriteString("name", figure.Name);
        json.WriteNumber("value", figure.Value);
        json.WriteString("unit", figure.Unit);
        if (figure.Bound is { } bound && double.IsFinite(bound))
            json.WriteNumber("bound", bound);
        json.WriteEndObject();
    }
}

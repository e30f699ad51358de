using System.Globalization;
using Guestclock.Json;

namespace Guestclock.Reports.Stability;

/// <summary>The statistics as comma-separated values (RFC 4180); empty where nothing is known. Column names are frozen.</summary>
public static class StabilityCsv
{
    public static void Write(StabilityReport report, TextWriter output)
    {
        output.Write("series,statistic,tau_s,n,value,low,high,noise\r\n");
        foreach (var series in report.Series)
        {
            foreach (var p in series.Points)
            {
                output.Write(string.Create(
                    CultureInfo.InvariantCulture, $"{Quoted(series.Name)},{KebabName.Of(p.Statistic)},{p.TauS:R},{p.N},{p.Value:R},{p.Low:R},{p.High:R},{KebabName.Of(p.Noise)}\r\n"));
            }
        }
    }

    private static string Quoted(string text)
    {
        var plain = Words.Plain(text);
        return plain.AsSpan().IndexOfAny(',', '"') < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

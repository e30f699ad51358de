using System.Globalization;
using System.Text;
using Guestclock.Formats;
using Guestclock.Machines;
using Guestclock.Protocols.Ptp;

namespace Guestclock.Probes;

/// <summary>
/// The answer to <c>ptp/ptpN</c>, frozen with recorded machines: <c>caps.maxAdjustPpb=</c>, <c>caps.crossTimestamping=0|1</c> (both or
/// none),
/// <c>method=precise|extended|plain</c>, <c>samples=N</c> and <c>s0=PRE,PHC,POST</c> … in nanoseconds since the epoch of each clock.
/// </summary>
public static class PtpAnswer
{
    public static string Write(PtpMeasurement measurement)
    {
        var text = new StringBuilder();
        if (measurement.Caps is { } caps)
            text.Append($"caps.maxAdjustPpb={caps.MaxAdjustPpb}\ncaps.crossTimestamping={(caps.CrossTimestamping ? 1 : 0)}\n");
        text.Append($"method={measurement.Method}\nsamples={measurement.Samples.Count}\n");
        for (var i = 0; i < measurement.Samples.Count; i++)
        {
            var sample = measurement.Samples[i];
            text.Append($"s{i}={sample.PreNs},{sample.PhcNs},{sample.PostNs}\n");
        }

        return text.ToString();
    }

    public static PtpMeasurement Read(AnswerFields fields)
    {
        var count = fields.Number("samples");
        if (count is < 1 or > PtpMeasurement.MaxSamples)
            throw new MalformedInputException("field samples", $"1 to {PtpMeasurement.MaxSamples}", $"{count}");
        var samples = new PtpSample[count];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = Sample(fields.Text($"s{i}"));
        var method = fields.Text("method");
        if (method is not ("precise" or "extended" or "plain"))
            throw new MalformedInputException("field method", "precise, extended or plain", $"'{method}'");
        return new(Caps(fields), method, samples);
    }

    private static PtpCaps? Caps(AnswerFields fields)
    {
        if (fields.FindNumber("caps.maxAdjustPpb") is not { } adjust)
            return null;
        if (adjust is < int.MinValue or > int.MaxValue)
            throw new MalformedInputException("field caps.maxAdjustPpb", "a number of 32 bits", $"{adjust}");
        return new((int)adjust, fields.FindNumber("caps.crossTimestamping") is 1);
    }

    private static PtpSample Sample(string text)
    {
        const long Most = PtpClockTime.MaxSeconds * 1_000_000_000;
        var parts = text.Split(',');
        Span<long> times = stackalloc long[3];
        for (var i = 0; i < 3; i++)
        {
            if (parts.Length != 3 || !long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out times[i])
                || times[i] is < -Most or > Most)
                throw new MalformedInputException("a sample", "three times in nanoseconds", $"'{text}'");
        }

        return new(times[0], times[1], times[2]);
    }
}

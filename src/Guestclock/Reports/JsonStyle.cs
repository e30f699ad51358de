using System.Text.Encodings.Web;
using System.Text.Json;

namespace Guestclock.Reports;

/// <summary>How JSON looks: <c>±</c>, <c>'</c> and other letters as themselves; control characters, quotes and backslashes escaped.</summary>
internal static class JsonStyle
{
    /// <summary>One line, for journals.</summary>
    public static JsonWriterOptions Line => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonWriterOptions Indented => new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

using System.Globalization;
using System.Text;

namespace Guestclock.Reports.Plot;

/// <summary>Writes SVG elements; coordinates in pixels, with one decimal.</summary>
public sealed class SvgText(TextWriter output)
{
    public void Begin(int width, double height) =>
        output.WriteLine(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:0}" width="{width}" height="{height:0}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="100%" height="100%" fill="#ffffff"/>
            """));

    public void End() => output.WriteLine("</svg>");

    public void Line(double x1, double y1, double x2, double y2, string color, double width = 1, string more = "") =>
        output.WriteLine(Invariant($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{color}" stroke-width="{width}"{more}/>"""));

    public void Rectangle(double x, double y, double width, double height, string fill) =>
        output.WriteLine(Invariant($"""<rect x="{x:0.#}" y="{y:0.#}" width="{width:0.#}" height="{height:0.#}" fill="{fill}"/>"""));

    public void Circle(double x, double y, double radius, string color, string title) =>
        output.WriteLine(Invariant($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{radius}" fill="#ffffff" stroke="{color}" stroke-width="2"><title>{Escape(title)}</title></circle>"""));

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    public void Text(double x, double y, string text, string anchor = "start", string color = "#444444", string more = "") =>
        output.WriteLine(Invariant($"""<text x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}" fill="{color}"{more}>{Escape(text)}</text>"""));

    /// <summary>A line through points; those that no eye can tell from the one before are left out.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, string color, double width, double opacity, string more = "")
    {
        var path = new StringBuilder();
        var (lastX, lastY) = (double.NaN, double.NaN);
        foreach (var (x, y) in points)
        {
            if (Math.Abs(x - lastX) < 0.5 && Math.Abs(y - lastY) < 0.5)
                continue;
            path.Append(CultureInfo.InvariantCulture, $"{(path.Length == 0 ? "" : " ")}{x:0.#},{y:0.#}");
            (lastX, lastY) = (x, y);
        }

        if (path.Length > 0)
            output.WriteLine(Invariant($"""<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{width}" stroke-linejoin="round" opacity="{opacity}"{more}/>"""));
    }

    /// <summary>The area between two lines over the same x; columns of less than half a pixel become one.</summary>
    public void Band(IEnumerable<(double X, double Y1, double Y2)> columns, string fill)
    {
        var merged = new List<(double X, double Y1, double Y2)>();
        foreach (var (x, y1, y2) in columns)
        {
            if (merged.Count > 0 && x - merged[^1].X < 0.5)
                merged[^1] = (merged[^1].X, Math.Min(merged[^1].Y1, y1), Math.Max(merged[^1].Y2, y2));
            else
                merged.Add((x, y1, y2));
        }

        var path = string.Join(' ', merged.Select(c => Invariant($"{c.X:0.#},{c.Y1:0.#}")).Concat(merged.AsEnumerable().Reverse().Select(c => Invariant($"{c.X:0.#},{c.Y2:0.#}"))));
        if (merged.Count > 1)
            output.WriteLine(Invariant($"""<polygon points="{path}" fill="{fill}"/>"""));
    }

    public void Dot(double x, double y, double radius, string fill) =>
        output.WriteLine(Invariant($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="{radius}" fill="{fill}"/>"""));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}

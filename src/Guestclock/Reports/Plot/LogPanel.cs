namespace Guestclock.Reports.Plot;

/// <summary>The frame of a plot with two logarithmic axes: grid, and names beside the curves. In pixels; the top is the smaller number.</summary>
public sealed record LogPanel(double Left, double Right, double Top, double Bottom)
{
    /// <summary>From one name of a curve to the next.</summary>
    public const double LabelStep = 15;

    public void Grid(SvgText svg, LogAxis x, LogAxis y, string xTitle)
    {
        foreach (var (pixel, name) in x.Ticks())
        {
            svg.Line(pixel, Bottom, pixel, Top, "#e5e5e5");
            svg.Text(pixel, Bottom + 18, name, "middle");
        }

        foreach (var (pixel, name) in y.Ticks())
        {
            svg.Line(Left, pixel, Right, pixel, "#e5e5e5");
            svg.Text(Left - 8, pixel + 4, name, "end");
        }

        svg.Text((Left + Right) / 2, Bottom + 38, xTitle, "middle", "#666666");
    }

    /// <summary>Each name beside the end of its curve; names that would cover one another are moved apart.</summary>
    public void Labels(SvgText svg, IEnumerable<CurveEnd> curves)
    {
        var ends = curves.OrderBy(c => c.Y).ToList();
        var next = Top;
        for (var i = 0; i < ends.Count; i++)
        {
            var (name, color, x, y) = ends[i];
            var at = Math.Max(next, Math.Min(y, Bottom - ((ends.Count - 1 - i) * LabelStep)));
            svg.Line(x + 3, y, Right + 3, y, color, more: " stroke-dasharray=\"1 4\"");
            svg.Line(Right + 3, y, Right + 16, at, color);
            svg.Text(Right + 20, at + 4, name, color: color, more: " font-weight=\"bold\"");
            next = at + LabelStep;
        }
    }
}

namespace Guestclock.Reports.Plot;

/// <summary>Where a curve ends, in pixels, and its name.</summary>
public readonly record struct CurveEnd(string Name, string Color, double X, double Y);

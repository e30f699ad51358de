namespace Guestclock.Measuring;

/// <summary>One part of an error bound: the bound of a sample is their sum.</summary>
/// <param name="Name">Frozen, kebab-case: <c>reading</c> (half the interval of the reading), <c>resolution</c>, <c>round-trip</c> (half of it), <c>root-distance</c>, <c>ageing</c>, <c>reference</c> (the reference's own error).</param>
public readonly record struct BoundPart(string Name, long Ns);

namespace Guestclock.Stability.Family;

/// <summary>One statistic of the Allan family.</summary>
internal interface IFormula
{
    /// <summary>The value at averaging factor <paramref name="m"/> and the number of terms that it rests on; the value means nothing where there are none.</summary>
    (double Value, long Terms) At(Samples samples, int m);

    /// <summary>Equivalent degrees of freedom for a noise that is known; null where the literature gives none.</summary>
    double? DegreesOfFreedom(Samples samples, int m, long terms, NoiseType noise);
}

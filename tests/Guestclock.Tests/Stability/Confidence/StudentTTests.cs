using Guestclock.Stability.Confidence;

namespace Guestclock.Tests.Stability.Confidence;

public class StudentTTests
{
    /// <summary>As SciPy 1.10 (t.ppf) has them.</summary>
    [Theory]
    [InlineData(0.683, 1, 1.8394733927803892, 1e-9)]
    [InlineData(0.95, 2, 4.302652729911275, 1e-9)]
    [InlineData(0.683, 3, 1.197803923338431, 1e-3)]
    [InlineData(0.95, 3, 3.182446305284263, 1e-2)]
    [InlineData(0.95, 5, 2.5705818366147395, 2e-3)]
    [InlineData(0.99, 5, 4.032142983557536, 1e-2)]
    [InlineData(0.683, 30, 1.01761056006125, 1e-6)]
    [InlineData(0.95, 30, 2.0422724563012373, 1e-6)]
    [InlineData(0.99, 100, 2.6258905205863337, 1e-6)]
    public void Quantiles_agree(double confidence, int degrees, double expected, double relative) =>
        PublishedSeries.Near(expected, StudentT.TwoSided(confidence, degrees), relative);
}
